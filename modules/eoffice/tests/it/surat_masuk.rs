//! A letter on its way through the pages.

use praja_eoffice::MODULE;
use praja_testkit::{Kit, Page};

use crate::{BARU, LIST, Officer, PDF, with};

fn register(officer: &mut Officer<'_>, changes: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> String {
    let answer = officer.upload(BARU, BARU, &with(changes), files);
    assert_eq!(answer.status, 303, "{}", answer.body);
    answer.location.expect("a saved letter leads to its page")
}

/// How many rows the shown list has.
fn rows(page: &Page) -> usize {
    page.body.matches("data-href=").count()
}

#[test]
fn a_registered_letter_gets_the_next_number_and_stands_in_the_list() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let empty = tu.get(LIST);
    assert!(empty.says("Belum ada surat masuk") && empty.says("Catat surat masuk"));
    let first = register(&mut tu, &[], &[]);
    register(&mut tu, &[("nomor_surat", "B-124/BPS/2026")], &[]);
    let page = tu.get(&first);
    for words in
        ["1/2026", "B-123/BPS/2026", "Permintaan data potensi desa", "dipegang", "mendaftarkan", "Tercatat", "27 November 2026"]
    {
        assert!(page.says(words), "{words} in {}", page.body);
    }
    let list = tu.get(LIST);
    assert_eq!(rows(&list), 2);
    assert!(list.says("2/2026") && list.says("Badan Pusat Statistik Kabupaten"));
    assert!(tu.get("/kotak-masuk").says("Pindai surat masuk 1/2026"));
}

#[test]
fn a_letter_received_last_year_stands_in_last_years_book() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    register(&mut tu, &[], &[]);
    let old = register(&mut tu, &[("tanggal_surat", "29-12-2025"), ("tanggal_terima", "31-12-2025")], &[]);
    assert!(tu.get(&old).says("1/2025"));
}

#[test]
fn every_problem_stands_beside_its_field_and_nothing_typed_is_lost() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let again = tu.upload(BARU, BARU, &[("asal", "Dinas <Kesehatan>"), ("tanggal_surat", "31 November 2026")], &[]);
    assert_eq!(again.status, 422);
    assert!(again.says("Dinas &lt;Kesehatan&gt;") && again.says("31 November 2026"));
    assert!(again.says("hanya sampai tanggal 30") && again.says("Hal belum diisi") && again.says("Nomor surat belum diisi"));
    assert_eq!(rows(&tu.get(LIST)), 0);
}

#[test]
fn the_same_letter_is_warned_about_and_registered_when_the_officer_insists() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let first = register(&mut tu, &[], &[]);
    let warned = tu.upload(BARU, BARU, &with(&[("asal_teks", "badan pusat  statistik KABUPATEN")]), &[]);
    assert_eq!(warned.status, 422);
    assert!(warned.says("1/2026") && warned.says(&first) && warned.says("Catat sebagai surat lain"), "{}", warned.body);
    register(&mut tu, &[("tetap", "1")], &[]);
    assert_eq!(rows(&tu.get(LIST)), 2);
}

#[test]
fn a_form_sent_twice_registers_one_letter() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let form = tu.get(BARU);
    let fields = with(&[("_csrf", form.hidden("_csrf").unwrap()), ("_kunci", form.hidden("_kunci").unwrap())]);
    let (first, second) = (tu.post(BARU, &fields), tu.post(BARU, &fields));
    assert_eq!((first.status, second.status), (303, 303), "{}", second.body);
    assert_eq!(first.location, second.location);
    assert_eq!(rows(&tu.get(LIST)), 1);
}

#[test]
fn a_scan_is_read_back_and_closes_the_task() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let path = register(&mut tu, &[], &[]);
    let to = format!("{path}/pindaian");
    let page = tu.get(&path);
    let versi = page.hidden("versi").expect("the form guards against a second hand").to_owned();
    let none = tu.upload(&path, &to, &[("versi", &versi)], &[]);
    assert!(none.status == 422 && none.says("Belum ada berkas pindaian"), "{}", none.body);
    let wrong = tu.upload(&path, &to, &[("versi", &versi)], &[("pindaian", "surat.html", b"<html>")]);
    assert_eq!(wrong.status, 422);
    let right = tu.upload(&path, &to, &[("versi", &versi)], &[("pindaian", "surat.pdf", PDF)]);
    assert_eq!((right.status, right.location.as_deref()), (303, Some(path.as_str())));
    let shown = tu.get(&path);
    assert!(shown.says("Dipindai") && shown.says("surat.pdf"));
    let link = shown.body.split("href=\"/desk/lampiran/").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    assert!(tu.get(&format!("/desk/lampiran/{link}")).body.starts_with("%PDF-1.4"));
    assert!(!tu.get("/kotak-masuk").says("Pindai surat masuk 1/2026"));
    let late = tu.upload(&path, &to, &[("versi", &versi)], &[("pindaian", "dua.pdf", PDF)]);
    assert_eq!(late.status, 409, "somebody scanned it in the meantime");
}

#[test]
fn a_letter_may_come_with_its_scans_at_once() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let path = register(&mut tu, &[], &[("pindaian", "satu.pdf", PDF), ("pindaian", "dua.pdf", PDF)]);
    let page = tu.get(&path);
    assert!(page.says("Dipindai") && page.says("satu.pdf") && page.says("dua.pdf"));
}

/// Two dots.
const PNG: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x02\x00\x00\x00\x01\x08\x02\x00\x00\x00{@\xe8\xdd\x00\x00\x00\x0dIDATx\x9cc\x10P0\x00\"\x00\x02g\x00\xc1\x93D\x0ea\x00\x00\x00\x00IEND\xaeB`\x82";

#[test]
fn photographs_of_a_letter_are_the_pages_of_one_scan_and_leave_as_one_document() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let photos = [("pindaian", "satu.png", PNG), ("pindaian", "surat.pdf", PDF), ("pindaian", "dua.png", PNG)];
    let path = register(&mut tu, &[], &photos);
    let page = tu.get(&path);
    assert!(page.says("satu.png") && page.says("2 halaman") && page.says("surat.pdf") && !page.says("dua.png"), "{}", page.body);
    let at = page.body.find("/desk/lampiran/").expect("the scan is linked");
    let scan = page.body[at..].split('"').next().expect("an address").to_owned();
    let shown = tu.get(&scan);
    assert!(shown.says("Halaman 2 dari 2") && shown.says("dua.png") && shown.says("Unduh satu PDF"), "{}", shown.body);
    let pdf = tu.get(&format!("{scan}?pdf=1"));
    assert!(pdf.bytes.starts_with(b"%PDF-1.7") && pdf.says("/Count 2") && pdf.header("content-type") == Some("application/pdf"));
    assert_eq!(Officer::of(&kit, "camat").get(&format!("{scan}?pdf=1")).status, 404, "another office has no such scan");
    let secret = register(&mut tu, &[("sifat", "rahasia"), ("nomor_surat", "R/1")], &photos);
    let mut kadis = Officer::of(&kit, "kadis");
    let opened = kadis.fill(&secret, &format!("{secret}/buka"), &[]);
    let at = opened.body.find("/desk/lampiran/").unwrap_or_else(|| panic!("the leader opens it: {}", opened.body));
    let scan = opened.body[at..].split('"').next().expect("an address").to_owned();
    assert!(kadis.get(&format!("{scan}?pdf=1")).says("Buka lampiran"), "first it is said that opening is written down");
}

#[test]
fn a_secret_letter_is_masked_for_the_registry_opened_by_the_leader_and_unknown_to_others() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let hal = "Usulan hukuman disiplin";
    let path = register(&mut tu, &[("sifat", "rahasia"), ("hal", hal)], &[]);
    let masked = tu.get(&path);
    assert!(masked.says("[RAHASIA]") && !masked.says(hal));
    assert!(tu.get(LIST).says("[RAHASIA]"));
    assert_eq!(rows(&tu.get(&format!("{LIST}?q=disiplin"))), 0);
    assert_eq!(rows(&tu.get(&format!("{LIST}?q=1/2026"))), 1);
    assert!(!tu.get(&format!("{LIST}/unduh")).says(hal));
    assert_eq!(tu.post(&format!("{path}/buka"), &[]).status, 403);

    let mut staf = Officer::of(&kit, "staf");
    assert_eq!(staf.get(&path).status, 404);
    assert_eq!(rows(&staf.get(LIST)), 0);

    let mut kadis = Officer::of(&kit, "kadis");
    let before = kadis.get(&path);
    assert!(before.says("Buka isi surat") && !before.says(hal));
    assert!(kadis.get("/kotak-masuk").says("Buka surat rahasia"));
    let opened = kadis.fill(&path, &format!("{path}/buka"), &[]);
    assert!(opened.status == 200 && opened.says(hal), "{}", opened.body);
    assert!(kadis.get(&path).says("membuka surat rahasia"), "the opening is written down");
    assert!(!kadis.get("/kotak-masuk").says("Buka surat rahasia"));
}

#[test]
fn a_top_secret_letter_stores_no_scan() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let fields = with(&[("sifat", "sangat_rahasia"), ("hal", "")]);
    let refused = tu.upload(BARU, BARU, &fields, &[("pindaian", "surat.pdf", PDF)]);
    assert!(refused.status == 422 && refused.says("tidak disimpan"), "{}", refused.body);
    assert_eq!(tu.upload(BARU, BARU, &fields, &[]).status, 303);
}

#[test]
fn an_open_letter_is_read_by_the_opd_and_by_nobody_else() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let path = register(&mut tu, &[], &[]);
    assert_eq!(Officer::of(&kit, "staf").get(&path).status, 200);
    assert_eq!(Officer::of(&kit, "staf").get(BARU).status, 403);
    assert_eq!(Officer::of(&kit, "camat").get(&path).status, 404);
    assert_eq!(Officer(kit.stranger()).get(&path).status, 303);
    assert_eq!(Officer::of(&kit, "superadmin").get(LIST).status, 403);
}

#[test]
fn pages_of_fifty_lead_down_and_up_again() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    for number in 1..=53 {
        register(&mut tu, &[("nomor_surat", &format!("X/{number}"))], &[]);
    }
    let top = tu.get(LIST);
    assert!(rows(&top) == 50 && top.says("53/2026") && !top.says("rel=\"prev\""));
    let older = top.body.split("rel=\"next\"").next().and_then(|before| before.rsplit("href=\"").next()).unwrap();
    let older = older.split('"').next().unwrap().replace("&amp;", "&");
    let below = tu.get(&older);
    assert!(rows(&below) == 3 && below.says("1/2026") && below.says("rel=\"prev\""), "{older}");
    assert_eq!(tu.get(&format!("{LIST}?lama=x")).status, 404);
    let csv = tu.get(&format!("{LIST}/unduh"));
    assert_eq!(csv.body.lines().count(), 54);
}

#[test]
fn the_demo_shows_something_late_and_something_due_today() {
    let kit = Kit::new(&[&MODULE]);
    kit.load_demo("eoffice");
    let mut tu = Officer::of(&kit, "tata-usaha");
    let late = tu.get(&format!("{LIST}?status=lewat"));
    assert!(rows(&late) >= 1 && late.says("Lewat batas"));
    let inbox = tu.get("/kotak-masuk");
    assert!(inbox.says("Jatuh tempo hari ini"), "{}", inbox.body);
    assert!(rows(&tu.get(LIST)) >= 4);
    assert!(Officer::of(&kit, "bupati").get("/").says("Lewat batas waktu"));
}
