//! Beside the national application: it numbers, we take back; what only one side has; the outage; the package.

use std::io::{Cursor, Read};

use praja_eoffice::MODULE;
use praja_testkit::{Kit, Page};

use crate::{
    Officer, PDF,
    naskah::{number, press, ready, scan, send},
};

const HERE: &str = "/eoffice/srikandi";
const REGISTERS: &str = "/desk/register";
const NOMOR: &str = "000.1.2/77/SRI/2026";

/// Opens the register of letters of the health office and gives its page.
fn register(officer: &mut Officer<'_>) -> String {
    let page = officer.get(REGISTERS);
    let at = page.body.find("Naskah surat").expect("the register is there");
    let before = &page.body[..at];
    let id = before.rsplit(&format!("{REGISTERS}/0")).next().and_then(|rest| rest.split('"').next());
    format!("{REGISTERS}/0{}", id.expect("it leads to its page"))
}

/// Hands the letters of the health office to the national application.
fn hand_over(kit: &Kit) -> String {
    let mut tu = Officer::of(kit, "tata-usaha");
    let open = tu.fill(REGISTERS, &format!("{REGISTERS}/buka"), &[("kelompok", "naskah.surat"), ("tahun", "2026")]);
    assert_eq!(open.status, 303, "{}", open.body);
    let page = open.location.expect("an opened register leads to its page");
    let form = format!("{page}/pemilik");
    let done = tu.fill(&form, &form, &[("dasar", "Keputusan Bupati 100/2026")]);
    assert_eq!(done.status, 303, "{}", done.body);
    page
}

fn approve(kit: &Kit, path: &str) {
    let mut kadis = Officer::of(kit, "kadis");
    let to = kadis.get(&format!("{path}/nomor"));
    assert_eq!(to.location.as_deref(), Some(format!("{path}/srikandi").as_str()), "this box gives no number");
    let done = send(&mut kadis, &format!("{path}/srikandi"), &[]);
    assert_eq!(done.status, 303, "{}", done.body);
}

fn back(officer: &mut Officer<'_>, path: &str, nomor: &str, file: &[u8]) -> Page {
    let form = format!("{path}/srikandi");
    let versi = officer.get(&form).hidden("versi").unwrap_or_default().to_owned();
    let fields = [("versi", versi.as_str()), ("nomor", nomor), ("tanggal", "2026-11-22")];
    officer.upload(&form, &format!("{form}/kembali"), &fields, &[("naskah", "surat.pdf", file)])
}

#[test]
fn a_naskah_is_published_by_the_national_application_and_comes_back_with_its_number() {
    let kit = Kit::new(&[&MODULE]);
    hand_over(&kit);
    let path = ready(&kit, &[]);
    approve(&kit, &path);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let waits = tu.get(&path);
    assert!(waits.says("Terbitkan lewat SRIKANDI") && !waits.says("Simpan naskah bertanda tangan"), "{}", waits.body);
    assert!(tu.get(HERE).says(&format!("{path}/srikandi")), "it stands in the list of what waits");
    let fields = tu.get(&format!("{path}/srikandi"));
    let place = |words: &str| fields.body.find(words).unwrap_or_else(|| panic!("no {words} in {}", fields.body));
    assert!(place("Jenis Naskah") < place("Sifat Naskah") && place("Klasifikasi") < place("Isi Ringkas"), "in its order");
    assert!(fields.says("data-salin") && fields.says("Undangan rapat koordinasi posyandu"));

    let wrong = back(&mut tu, &path, "", b"<html>");
    assert!(wrong.status == 422 && wrong.says("bukan PDF"), "{}", wrong.body);
    let empty = back(&mut tu, &path, "", PDF);
    assert!(empty.status == 422 && empty.says("Salin nomor naskah dari SRIKANDI"), "{}", empty.body);
    let right = back(&mut tu, &path, NOMOR, PDF);
    assert_eq!(right.status, 303, "{}", right.body);
    let shown = tu.get(&path);
    assert!(
        shown.says(NOMOR) && shown.says("Sudah ditandatangani dan belum dikirim") && shown.says("surat.pdf"),
        "{}",
        shown.body
    );
    assert!(tu.get("/eoffice/buku-keluar").says(NOMOR));
    let again = tu.get(&format!("{path}/srikandi"));
    assert!(again.status == 422 && again.says("tidak sedang menunggu"), "{}", again.body);

    let second = ready(&kit, &[]);
    approve(&kit, &second);
    let twin = back(&mut tu, &second, NOMOR, PDF);
    assert!(twin.status == 422 && twin.says("sudah ada"), "a number belongs to one naskah: {}", twin.body);
    let mut kadis = Officer::of(&kit, "kadis");
    assert_eq!(press(&mut kadis, &second, "lepas", "Salah hal").status, 303);
    assert!(kadis.get(&second).says("Menunggu tanda tangan"), "what was not published comes back to its signer");
}

#[test]
fn what_only_one_side_has_is_listed_and_told_every_day() {
    let kit = Kit::new(&[&MODULE]);
    hand_over(&kit);
    let path = ready(&kit, &[]);
    approve(&kit, &path);
    let mut tu = Officer::of(&kit, "tata-usaha");
    assert_eq!(back(&mut tu, &path, NOMOR, PDF).status, 303);
    let page = tu.get(HERE);
    assert!(page.says(NOMOR), "only here: {}", page.body);
    let nothing = tu.fill(HERE, HERE, &[("daftar", "entah\napa ini")]);
    assert!(nothing.status == 422 && nothing.says("tidak terbaca"), "{}", nothing.body);
    let list =
        format!("Nomor\tTanggal\tHal\n{}\t22-11-2026\tUndangan\n000.1.2/78/SRI/2026\t21-11-2026\tLain", NOMOR.to_lowercase());
    let read = tu.fill(HERE, HERE, &[("daftar", &list)]);
    assert_eq!(read.status, 303, "{}", read.body);
    let csv = tu.get(&format!("{HERE}/unduh?format=csv")).body;
    assert!(csv.contains("000.1.2/78/SRI/2026") && !csv.contains(NOMOR), "only there: {csv}");
    kit.run_job("eoffice.watch-srikandi");
    assert!(tu.get("/kabar").says("1 hanya di SRIKANDI"));
}

#[test]
fn an_outage_is_decreed_ends_by_itself_and_is_reconciled() {
    let kit = Kit::new(&[&MODULE]);
    let page = hand_over(&kit);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let form = format!("{page}/darurat");
    let wrong = tu.fill(&form, &form, &[("nomor", ""), ("tanggal", "2026-11-22"), ("sampai", "2026-11-20")]);
    assert!(wrong.status == 422 && wrong.says("sudah lewat") && wrong.says("Tulis nomor keputusan"), "{}", wrong.body);
    let begun = tu.fill(&form, &form, &[("nomor", "800/9/2026"), ("tanggal", "2026-11-22"), ("sampai", "2026-11-23")]);
    assert_eq!(begun.status, 303, "{}", begun.body);
    assert!(tu.get(&page).says("menurut keputusan 800/9/2026"));

    let path = ready(&kit, &[]);
    number(&kit, &path);
    assert_eq!(scan(&mut tu, &path, PDF).status, 303);
    kit.run_job("desk.end-darurat");
    assert!(tu.get(&page).says("Akhiri masa darurat"), "it lasts until its last day has passed");
    kit.clock.move_ms(2 * 24 * 60 * 60 * 1000);
    kit.run_job("desk.end-darurat");
    // Two days later nobody is signed in any more.
    let mut tu = Officer::of(&kit, "tata-usaha");
    let ended = tu.get(&page);
    assert!(ended.says("Mulai masa darurat") && ended.says("1 nomor dari masa darurat belum dicatat"), "{}", ended.body);

    let form = format!("{page}/rekonsiliasi");
    let open = tu.get(&form);
    let field = open.body.split("name=\"n_").nth(1).and_then(|rest| rest.split('"').next()).expect("a number to reconcile");
    let done = tu.fill(&form, &form, &[(&format!("n_{field}"), "SRI-2026-0099")]);
    assert_eq!(done.status, 303, "{}", done.body);
    assert!(tu.get(&form).says("Semua nomor masa darurat sudah cocok"));
    let next = ready(&kit, &[]);
    let to = Officer::of(&kit, "kadis").get(&format!("{next}/nomor"));
    assert!(to.location.is_some_and(|to| to.ends_with("/srikandi")), "the national application numbers again");
    assert_eq!(register(&mut tu), page);
}

#[test]
fn a_package_holds_the_files_and_their_columns_as_the_profile_says() {
    let kit = Kit::new(&[&MODULE]);
    let path = ready(&kit, &[]);
    number(&kit, &path);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let page = format!("{HERE}/paket/berkas?dari=2026-11-01&sampai=2026-11-22");
    let nothing = tu.get(&page);
    assert!(nothing.status == 422 && nothing.says("Tidak ada naskah bertanda tangan"), "{}", nothing.body);
    assert_eq!(scan(&mut tu, &path, PDF).status, 303);
    let form = format!("{HERE}/profil/baru");
    let empty = tu.fill(&form, &form, &[("nama", "Unggahan")]);
    assert!(empty.status == 422 && empty.says("sedikitnya satu kolom"), "{}", empty.body);
    let fields = [("nama", "Unggahan"), ("kolom_1", "PERIHAL"), ("isi_1", "hal"), ("kolom_3", "BERKAS"), ("isi_3", "berkas")];
    assert_eq!(tu.fill(&form, &form, &fields).status, 303);
    let twice = tu.fill(&form, &form, &fields);
    assert!(twice.status == 422 && twice.says("sudah dipakai"), "{}", twice.body);
    let choices = tu.get(&format!("{HERE}/paket")).body;
    let profil = choices.split("<option value=\"0").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let packed = tu.get(&format!("{page}&profil=0{profil}"));
    assert_eq!(packed.status, 200);
    let mut zip = zip::ZipArchive::new(Cursor::new(packed.bytes)).unwrap();
    let mut part = |name: &str| {
        let mut bytes = Vec::new();
        zip.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    let csv = String::from_utf8_lossy(&part("naskah.csv")).into_owned();
    let file = csv.split(['"', ';', ',', '\n', '\r']).find(|cell| cell.ends_with(".pdf")).unwrap().to_owned();
    assert!(csv.contains("PERIHAL") && csv.contains("Undangan rapat koordinasi posyandu"), "{csv}");
    assert_eq!(part(&file), PDF, "byte for byte");
    assert!(String::from_utf8_lossy(&part("naskah.xml")).contains("<kolom nama=\"BERKAS\">"));
    assert!(part("naskah.xlsx").starts_with(b"PK"));
    assert_eq!(Officer::of(&kit, "camat").get(&format!("{HERE}/profil/0{profil}")).status, 403);
}
