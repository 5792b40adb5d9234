//! A letter by e-mail, and the expedition book of what leaves on paper.

use praja_eoffice::MODULE;
use praja_testkit::Kit;

use crate::{
    Officer, PDF,
    naskah::{number, ready, scan},
};

const BOOK: &str = "/eoffice/buku-ekspedisi";
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0,
    0x3A, 0x7E, 0x9B, 0x55, 0, 0, 0, 10, b'I', b'D', b'A', b'T', 0x78, 0x9C, 0x63, 0xF8, 0x0F, 0, 1, 1, 1, 0, 0x1B, 0xB6, 0xEE,
    0x56, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82,
];

fn signed(kit: &Kit, more: &[(&str, &str)]) -> String {
    let path = ready(kit, more);
    number(kit, &path);
    assert_eq!(scan(&mut Officer::of(kit, "kadis"), &path, PDF).status, 303);
    path
}

/// Gives the box a mail server that nobody calls.
fn mail(kit: &Kit) {
    let form = "/desk/saluran/baru?jenis=surel";
    let fields =
        [("nama", "Surel"), ("mesin", "127.0.0.1"), ("porta", "1"), ("pengaman", "tanpa"), ("dari", "praja@contoh.go.id")];
    let saved = Officer::of(kit, "superadmin").fill(form, form, &fields);
    assert_eq!(saved.status, 303, "{}", saved.body);
}

#[test]
fn what_leaves_on_paper_stands_in_the_book_with_its_receiver_and_a_photograph() {
    let kit = Kit::new(&[&MODULE]);
    let path = signed(&kit, &[]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let form = format!("{path}/kirim");
    assert!(!tu.get(&form).says("Alamat surel"), "no mail server, no question");
    assert_eq!(tu.fill(&form, &form, &[]).status, 303);
    let book = tu.get(BOOK);
    assert!(book.says("Badan Pusat Statistik") && book.says("Ekspedisi") && book.says("Belum dikirim"), "{}", book.body);
    let id = book.body.split(&format!("{path}/penerima/")).nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let row = format!("{path}/penerima/{id}");
    let wrong = tu.upload(
        &row,
        &row,
        &[("cara", "ekspedisi"), ("diterima", "1"), ("pada", "2030-01-01")],
        &[("foto", "foto.png", b"<svg>")],
    );
    assert!(wrong.status == 422, "{}", wrong.body);
    assert!(wrong.says("belum tiba") && wrong.says("Tulis siapa yang menerima") && wrong.says("foto.png"), "{}", wrong.body);
    let fields = [("cara", "ekspedisi"), ("diterima", "1"), ("tanda_terima", "Rahmat, resepsionis"), ("pada", "2026-11-22")];
    let done = tu.upload(&row, &row, &fields, &[("foto", "foto.png", PNG)]);
    assert_eq!(done.status, 303, "{}", done.body);
    assert!(tu.get(&row).says("Foto tanda terima"));
    let book = tu.get(&format!("{BOOK}?cetak=1"));
    assert!(book.says("Rahmat, resepsionis") && book.says("Tanda tangan"), "{}", book.body);
    assert!(tu.get(&format!("{BOOK}/unduh?format=csv")).says("Rahmat, resepsionis"));
    assert!(!tu.get(&format!("{BOOK}?dari=2026-10-01&sampai=2026-10-31")).says("Rahmat"), "of its period alone");
    assert!(!Officer::of(&kit, "tu.setda").get(BOOK).says("Rahmat"), "of its own office alone");
}

#[test]
fn a_letter_by_e_mail_needs_an_address_and_shows_how_far_it_came() {
    let kit = Kit::asli(&[&MODULE]);
    mail(&kit);
    let path = signed(&kit, &[]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let form = format!("{path}/kirim");
    let page = tu.get(&form);
    let urut = page.body.split("name=\"surel_").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let (way, address) = (format!("cara_{urut}"), format!("surel_{urut}"));
    for typed in ["", "bukan alamat", "a@b", "a@b.id, c@d.id"] {
        let wrong = tu.fill(&form, &form, &[(&way, "surel"), (&address, typed)]);
        assert!(wrong.status == 422 && wrong.says("Tulis alamat surelnya"), "{typed}: {}", wrong.body);
    }
    let sent = tu.fill(&form, &form, &[(&way, "surel"), (&address, "bps@contoh.go.id")]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert!(tu.get(&path).says("bps@contoh.go.id") && tu.get(&path).says("Surel: Menunggu"));
    kit.work();
    let shown = tu.get(&path);
    assert!(shown.says("Surel: Menunggu. Mesin surel tidak dapat dihubungi"), "{}", shown.body);
    assert!(tu.get(BOOK).says("Surel"));
}

#[test]
fn what_is_not_for_everybody_never_leaves_by_e_mail() {
    let kit = Kit::asli(&[&MODULE]);
    mail(&kit);
    let path = signed(&kit, &[("sifat", "terbatas")]);
    let mut kadis = Officer::of(&kit, "kadis");
    let form = format!("{path}/kirim");
    let page = kadis.get(&form);
    assert!(page.says("cara_") && !page.says("surel_"), "{}", page.body);
    let forced: Vec<(String, &str)> = (1..4).map(|at| (format!("cara_{at}"), "surel")).collect();
    let mut fields: Vec<(&str, &str)> = forced.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    let addresses: Vec<String> = (1..4).map(|at| format!("surel_{at}")).collect();
    fields.extend(addresses.iter().map(|name| (name.as_str(), "bps@contoh.go.id")));
    let refused = kadis.fill(&form, &form, &fields);
    assert!(refused.status == 422 && refused.says("Hanya naskah biasa"), "{}", refused.body);
}
