//! A naskah on its way: written, initialled, numbered, signed by hand, sent and received.

use praja_eoffice::MODULE;
use praja_testkit::{Kit, Page};

use crate::{Officer, PDF};

pub(crate) const LIST: &str = "/eoffice/naskah";
pub(crate) const HAL: &str = "Undangan rapat koordinasi posyandu";

/// Writes a letter of the kind; gives its page.
pub(crate) fn write(officer: &mut Officer<'_>, kode: &str, more: &[(&str, &str)]) -> String {
    let form = format!("{LIST}/baru/{kode}");
    let mut fields = vec![
        ("hal", HAL),
        ("kepada", "Camat Uji Barat\nBadan Pusat Statistik"),
        ("bidang_isi", "Dengan hormat, kami mengundang Saudara.\n\n1. Satu\n2. Dua"),
        ("penandatangan_teks", "Kepala Dinas Kesehatan"),
        ("klasifikasi_teks", "000.1.2"),
        ("wewenang", "langsung"),
        ("sifat", "biasa"),
        ("derajat", "biasa"),
    ];
    for (name, value) in more {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    let saved = officer.fill(&form, &form, &fields);
    assert_eq!(saved.status, 303, "{}", saved.body);
    saved.location.expect("a saved draft leads to its page")
}

/// Sends a form with the version of what it was drawn for.
pub(crate) fn send(officer: &mut Officer<'_>, page: &str, fields: &[(&str, &str)]) -> Page {
    let versi = officer.get(page).hidden("versi").unwrap_or_default().to_owned();
    let mut all = vec![("versi", versi.as_str())];
    all.extend(fields);
    officer.fill(page, page, &all)
}

pub(crate) fn press(officer: &mut Officer<'_>, path: &str, act: &str, alasan: &str) -> Page {
    send(officer, &format!("{path}/tindakan/{act}"), &[("alasan", alasan)])
}

/// Brings the scan of what was signed by hand.
pub(crate) fn scan(officer: &mut Officer<'_>, path: &str, content: &[u8]) -> Page {
    let versi = officer.get(path).hidden("versi").unwrap_or_default().to_owned();
    officer.upload(path, &format!("{path}/bertanda-tangan"), &[("versi", &versi)], &[("naskah", "surat.pdf", content)])
}

pub(crate) fn submit(officer: &mut Officer<'_>, path: &str) -> Page {
    let page = format!("{path}/ajukan");
    let form = officer.get(&page);
    let ticked: Vec<String> = form
        .body
        .split("name=\"paraf\" value=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next().map(ToOwned::to_owned))
        .collect();
    let fields: Vec<(&str, &str)> = ticked.iter().map(|id| ("paraf", id.as_str())).collect();
    send(officer, &page, &fields)
}

/// Brings a letter of the staff to the desk of the head.
pub(crate) fn ready(kit: &Kit, more: &[(&str, &str)]) -> String {
    let mut staf = Officer::of(kit, "staf");
    let path = write(&mut staf, "surat-dinas", more);
    let sent = submit(&mut staf, &path);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let mut kabid = Officer::of(kit, "kabid");
    let done = press(&mut kabid, &path, "paraf", "");
    assert_eq!(done.status, 303, "{}", done.body);
    path
}

pub(crate) fn number(kit: &Kit, path: &str) {
    let mut kadis = Officer::of(kit, "kadis");
    let form = format!("{path}/nomor");
    let done = send(&mut kadis, &form, &[("tanggal", "2026-11-22")]);
    assert_eq!(done.status, 303, "{}", done.body);
}

/// A naskah that was signed by hand and sent; gives its page.
pub(crate) fn sent(kit: &Kit) -> String {
    let path = ready(kit, &[]);
    number(kit, &path);
    let mut tu = Officer::of(kit, "tata-usaha");
    assert_eq!(scan(&mut tu, &path, PDF).status, 303);
    let form = format!("{path}/kirim");
    assert_eq!(tu.fill(&form, &form, &[]).status, 303);
    path
}

/// The place of the number that a page shows: 12 of "000.1.2/12/DINKES".
pub(crate) fn place(page: &Page) -> u32 {
    let rest = page.body.split("000.1.2/").nth(1).unwrap_or_else(|| panic!("no number in {}", page.body));
    rest.split('/').next().and_then(|text| text.parse().ok()).expect("a number has its place")
}

#[test]
fn a_letter_is_written_initialled_numbered_signed_and_sent() {
    let kit = Kit::new(&[&MODULE]);
    let path = ready(&kit, &[]);
    let mut kadis = Officer::of(&kit, "kadis");
    assert!(kadis.inbox().contains("Tanda tangani naskah"));
    number(&kit, &path);
    let shown = kadis.get(&path);
    assert!(shown.says("/DINKES") && shown.says("Bernomor, belum ditandatangani"), "{}", shown.body);
    let token = shown.body.split("/v/").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    assert!(Officer(kit.stranger()).get(&format!("/v/{token}")).says("BELUM DITANDATANGANI"));
    assert!(kadis.get(&format!("{path}/cetak")).says("Keaslian naskah ini"));

    let mut tu = Officer::of(&kit, "tata-usaha");
    let wrong = scan(&mut tu, &path, b"<html>");
    assert_eq!(wrong.status, 422, "{}", wrong.body);
    let right = scan(&mut tu, &path, PDF);
    assert_eq!(right.status, 303, "{}", right.body);
    assert!(Officer(kit.stranger()).get(&format!("/v/{token}")).says("SAH"));

    let sent = tu.fill(&format!("{path}/kirim"), &format!("{path}/kirim"), &[]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let shown = tu.get(&path);
    assert!(shown.says("Dikirim") && shown.says("Ekspedisi") && shown.says("Catat pengiriman"), "{}", shown.body);
    let found = tu.get(&format!("{LIST}?q=posyandu"));
    assert!(found.says(HAL), "{}", found.body);
    let book = tu.get("/eoffice/buku-keluar");
    assert!(book.says("000.1.2/") && book.says(HAL), "{}", book.body);
    assert!(tu.get("/eoffice/buku-keluar/unduh?format=csv").says(HAL));
}

#[test]
fn initials_given_for_older_words_count_no_more() {
    let kit = Kit::new(&[&MODULE]);
    let path = ready(&kit, &[]);
    let mut kadis = Officer::of(&kit, "kadis");
    let empty = press(&mut kadis, &path, "kembalikan", "");
    assert!(empty.status == 422 && empty.says("Alasan belum ditulis"), "{}", empty.body);
    assert_eq!(press(&mut kadis, &path, "kembalikan", "Tanggalnya keliru.").status, 303);
    let mut staf = Officer::of(&kit, "staf");
    assert!(staf.inbox().contains("Perbaiki naskah"));
    let edit = format!("{path}/ubah");
    let fields = [
        ("hal", HAL),
        ("kepada", "Camat Uji Barat"),
        ("bidang_isi", "Dengan hormat, kami mengundang Bapak dan Ibu."),
        ("penandatangan_teks", "Kepala Dinas Kesehatan"),
        ("klasifikasi_teks", "000.1.2"),
    ];
    let saved = send(&mut staf, &edit, &fields);
    assert_eq!(saved.status, 303, "{}", saved.body);
    assert_eq!(submit(&mut staf, &path).status, 303);
    let shown = staf.get(&path);
    assert!(shown.says("Gugur karena isi berubah") && shown.says("Menunggu paraf"), "{}", shown.body);
    let diff = staf.get(&format!("{path}/versi/2"));
    assert!(diff.says("<del>") && diff.says("<ins>"), "{}", diff.body);
    assert_eq!(staf.get(&format!("{path}/versi/1")).status, 404);
}

#[test]
fn only_whose_turn_it_is_may_act() {
    let kit = Kit::new(&[&MODULE]);
    let mut staf = Officer::of(&kit, "staf");
    let path = write(&mut staf, "surat-dinas", &[]);
    assert_eq!(Officer::of(&kit, "kabid").get(&path).status, 404, "a draft is its writer's alone");
    assert_eq!(Officer::of(&kit, "camat").get(&path).status, 404);
    assert_eq!(submit(&mut staf, &path).status, 303);
    let own = press(&mut staf, &path, "paraf", "");
    assert!(own.status == 422 && own.says("tidak menunggu tindakan"), "{}", own.body);
    let early = staf.get(&format!("{path}/nomor"));
    assert_eq!(early.status, 422, "{}", early.body);
    assert_eq!(Officer::of(&kit, "camat").get(&format!("{path}/tindakan/paraf")).status, 404);
    assert_eq!(press(&mut staf, &path, "tarik", "").status, 303);
    assert!(staf.get(&path).says("belum diajukan"));
}

#[test]
fn an_unfinished_draft_is_kept_and_named_when_it_is_handed_on() {
    let kit = Kit::new(&[&MODULE]);
    let mut staf = Officer::of(&kit, "staf");
    let path = write(&mut staf, "surat-dinas", &[("bidang_isi", ""), ("kepada", "")]);
    let asked = staf.get(&format!("{path}/ajukan"));
    assert!(asked.says("Naskah belum lengkap") && asked.says("Isi surat belum diisi") && asked.says("Tujuan belum diisi"));
    let form = format!("{LIST}/baru/surat-dinas");
    let again = staf.fill(&form, &form, &[("hal", "🎉🎉"), ("bidang_isi", "tetap ada"), ("penandatangan_teks", "Entah Siapa")]);
    assert!(again.status == 422 && again.says("dengan kata-kata") && again.says("tetap ada"), "{}", again.body);
    assert!(again.says("Tidak ada jabatan yang cocok"));
    assert_eq!(staf.get(&format!("{LIST}/baru/surat-cinta")).status, 404);
}

#[test]
fn a_number_is_kept_by_its_letter_and_a_released_one_is_never_given_again() {
    let kit = Kit::new(&[&MODULE]);
    let first = ready(&kit, &[]);
    number(&kit, &first);
    let mut kadis = Officer::of(&kit, "kadis");
    let before = place(&kadis.get(&first));
    let released = press(&mut kadis, &first, "lepas", "Salah tanggal");
    assert_eq!(released.status, 303, "{}", released.body);
    number(&kit, &first);
    assert_eq!(place(&kadis.get(&first)), before + 1);
    let second = ready(&kit, &[]);
    number(&kit, &second);
    assert_eq!(place(&kadis.get(&second)), before + 2);
    let future = ready(&kit, &[]);
    let form = format!("{future}/nomor");
    let refused = send(&mut kadis, &form, &[("tanggal", "2030-01-01")]);
    assert!(refused.status == 422 && refused.says("belum tiba"), "{}", refused.body);
}

#[test]
fn a_withdrawn_letter_says_so_to_everybody_who_verifies_it() {
    let kit = Kit::new(&[&MODULE]);
    let path = ready(&kit, &[]);
    number(&kit, &path);
    let mut tu = Officer::of(&kit, "tata-usaha");
    assert_eq!(scan(&mut tu, &path, PDF).status, 303);
    assert_eq!(press(&mut tu, &path, "cabut", "Keliru").status, 422, "the registry may not");
    let mut kadis = Officer::of(&kit, "kadis");
    assert_eq!(press(&mut kadis, &path, "cabut", "Rapat dibatalkan").status, 303);
    let shown = kadis.get(&path);
    let token = shown.body.split("/v/").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let page = Officer(kit.stranger()).get(&format!("/v/{token}"));
    assert!(page.says("DICABUT") && page.says("Rapat dibatalkan"), "{}", page.body);
}

#[test]
fn the_words_of_a_secret_naskah_reach_no_list_and_no_search() {
    let kit = Kit::new(&[&MODULE]);
    let path = ready(&kit, &[("sifat", "rahasia")]);
    number(&kit, &path);
    let mut tu = Officer::of(&kit, "tata-usaha");
    assert_eq!(tu.get(&path).status, 404, "a secret naskah is not shared with the office");
    let mut kadis = Officer::of(&kit, "kadis");
    let list = kadis.get(LIST);
    assert!(list.says("[RAHASIA]") && !list.says(HAL), "{}", list.body);
    assert!(kadis.get(&path).says(HAL), "who signs it reads it");
    assert!(!kadis.get("/eoffice/naskah/unduh?format=csv").says(HAL));
    assert!(!kadis.inbox().contains(HAL));
}

#[test]
fn every_kind_has_its_form_and_its_page() {
    let kit = Kit::new(&[&MODULE]);
    let mut staf = Officer::of(&kit, "staf");
    let all = staf.get(&format!("{LIST}/baru"));
    let kinds: Vec<String> = all
        .body
        .split(&format!("href=\"{LIST}/baru/"))
        .skip(1)
        .filter_map(|rest| rest.split('"').next().map(ToOwned::to_owned))
        .collect();
    assert_eq!(kinds.len(), 31, "{kinds:?}");
    for kind in kinds {
        let path = write(&mut staf, &kind, &[]);
        let page = staf.get(&format!("{path}/cetak"));
        assert!(page.status == 200 && page.says("KONSEP"), "{kind}");
    }
}
