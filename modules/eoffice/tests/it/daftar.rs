//! The list of letters as it is narrowed, sorted and taken along; scans that came piece by piece.

use praja_eoffice::MODULE;
use praja_testkit::{Kit, Page};

use crate::{BARU, LIST, Officer, PDF, with};

/// Three letters of two senders, received on three days.
fn three(tu: &mut Officer<'_>) {
    for (nomor, asal, terima, derajat) in [
        ("A-1", "Dinas Sosial", "2026-11-18", "biasa"),
        ("A-2", "Badan Pusat Statistik Kabupaten", "2026-11-19", "segera"),
        ("A-3", "Dinas Sosial", "2026-11-20", "segera"),
    ] {
        let changes = [("nomor_surat", nomor), ("asal_teks", asal), ("tanggal_terima", terima), ("derajat", derajat)];
        let answer = tu.upload(BARU, BARU, &with(&changes), &[]);
        assert_eq!(answer.status, 303, "{}", answer.body);
    }
}

/// The numbers of the letters that a page shows, in its order.
fn shown(page: &Page) -> Vec<&'static str> {
    let main = &page.body[page.body.find("<tbody").unwrap_or(page.body.len())..];
    let mut found: Vec<(usize, &str)> =
        ["A-1", "A-2", "A-3"].into_iter().filter_map(|word| Some((main.find(word)?, word))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, word)| word).collect()
}

#[test]
fn filters_and_order_narrow_the_list_and_what_is_taken_along() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    three(&mut tu);
    for (query, expected) in [
        ("", &["A-3", "A-2", "A-1"][..]),
        ("?urut=agenda", &["A-1", "A-2", "A-3"]),
        ("?urut=-agenda", &["A-3", "A-2", "A-1"]),
        ("?pengirim=SOSIAL", &["A-3", "A-1"]),
        ("?pengirim=sosial&urut=agenda", &["A-1", "A-3"]),
        ("?derajat=segera", &["A-3", "A-2"]),
        ("?dari=2026-11-19&sampai=19-11-2026", &["A-2"]),
        ("?pengirim=sosial&derajat=segera&status=tercatat", &["A-3"]),
        ("?sifat=rahasia", &[]),
    ] {
        let page = tu.get(&format!("{LIST}{query}"));
        assert_eq!(shown(&page), expected, "{query}");
        let query = if query.is_empty() { "?format=csv".to_owned() } else { format!("{query}&format=csv") };
        let taken = tu.get(&format!("{LIST}/unduh{query}")).body;
        let at: Vec<Option<usize>> = expected.iter().map(|nomor| taken.find(nomor)).collect();
        assert!(at.iter().all(Option::is_some) && at.is_sorted(), "{query}: {taken}");
        assert_eq!(taken.matches("A-").count(), expected.len(), "{query}: {taken}");
    }
    let wrong = tu.get(&format!("{LIST}?dari=31-02-2026"));
    assert!(wrong.says("hanya sampai tanggal 28") && shown(&wrong).len() == 3, "what is wrong is said beside its field");
    let narrowed = tu.get(&format!("{LIST}?pengirim=sosial"));
    assert!(narrowed.says("Pengirim: sosial") && narrowed.says("Hapus semua saringan"));
    assert!(tu.get(&format!("{LIST}?sifat=rahasia")).says("Tidak ada surat yang cocok dengan saringan ini"));
}

#[test]
fn a_narrowed_list_is_turned_forth_and_back_in_either_order() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    for number in 1..=110 {
        let nomor = format!("N-{number:03}.");
        let asal = if number % 2 == 0 { "Dinas Sosial" } else { "Dinas Lain" };
        assert_eq!(tu.upload(BARU, BARU, &with(&[("nomor_surat", &nomor), ("asal_teks", asal)]), &[]).status, 303);
    }
    for (order, first) in [("", "N-110."), ("&urut=agenda", "N-002.")] {
        let top = tu.get(&format!("{LIST}?pengirim=sosial{order}"));
        assert!(top.says(first) && !top.says("rel=\"prev\""), "{order}");
        assert_eq!(top.body.matches("data-href=").count(), 50);
        let second = tu.get(&turned(&top, "next"));
        assert_eq!(second.body.matches("data-href=").count(), 5, "{order}");
        assert!(!second.says("rel=\"next\""));
        let back = tu.get(&turned(&second, "prev"));
        assert!(back.says(first) && back.body.matches("data-href=").count() == 50, "{order}");
    }
}

fn turned(page: &Page, rel: &str) -> String {
    let tag =
        page.body.split("<a ").find(|part| part.split('>').next().is_some_and(|tag| tag.contains(&format!("rel=\"{rel}\""))));
    let tag = tag.unwrap_or_else(|| panic!("no {rel} in {}", page.body));
    tag.split("href=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an address").replace("&amp;", "&")
}

/// Sends a file ahead of its form in two pieces; gives its name for the form.
fn ahead(tu: &mut Officer<'_>, file: &[u8]) -> String {
    let size = file.len().to_string();
    let begun = tu.fill(BARU, "/desk/unggahan", &[("nama", "surat.pdf"), ("ukuran", &size)]);
    let id = begun.body.split("\"id\":\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an upload").to_owned();
    let (first, rest) = file.split_at(file.len() / 2);
    for (from, piece) in [(0, first), (first.len(), rest)] {
        let to = format!("/desk/unggahan/{id}");
        let sent = tu.upload(BARU, &to, &[("dari", &from.to_string())], &[("potongan", "potongan", piece)]);
        assert_eq!(sent.status, 200, "{}", sent.body);
    }
    id
}

#[test]
fn a_scan_that_came_piece_by_piece_is_the_letters_scan() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let id = ahead(&mut tu, PDF);
    let answer = tu.upload(BARU, BARU, &with(&[("pindaian_unggahan", &id)]), &[]);
    let letter = answer.location.expect("a saved letter leads to its page");
    let page = tu.get(&letter);
    assert!(page.says("surat.pdf") && page.says("Dipindai"), "{}", page.body);
    let link = page.body.split("href=\"/desk/lampiran/").nth(1).and_then(|rest| rest.split('"').next()).expect("its scan");
    assert_eq!(tu.get(&format!("/desk/lampiran/{link}")).bytes, PDF);

    // What is no document is refused beside its field, whichever way it came; nobody else's upload is taken.
    let odd = ahead(&mut tu, b"bukan dokumen sama sekali");
    let refused = tu.upload(BARU, BARU, &with(&[("nomor_surat", "Z-1"), ("pindaian_unggahan", &odd)]), &[]);
    assert!(refused.status == 422 && refused.says("f-pindaian-masalah") && refused.says("Z-1"), "{}", refused.body);
    let mine = ahead(&mut tu, PDF);
    let mut other = Officer::of(&kit, "kadis");
    let part = other.upload("/profil", &format!("{letter}/pindaian"), &[("versi", "1"), ("pindaian_unggahan", &mine)], &[]);
    assert_ne!(part.status, 303, "an upload belongs to whoever sent it");
}
