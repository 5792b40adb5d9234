//! Finished letters are put into files, files are closed, and their years count.

use praja_eoffice::MODULE;
use praja_testkit::{Kit, Page};

use crate::{KABID, Officer, order, register};

pub(crate) const ARSIP: &str = "/eoffice/arsip";
const BELUM: &str = "/eoffice/arsip/belum";
const FILE: &str = "/eoffice/arsip/berkaskan";

/// A letter that the leader closed; gives its page and its identity.
pub(crate) fn finished(kit: &Kit, nomor: &str) -> (String, String) {
    let (mut tu, mut kadis) = (Officer::of(kit, "tata-usaha"), Officer::of(kit, "kadis"));
    let letter = register(&mut tu, &[("nomor_surat", nomor), ("klasifikasi_teks", "000.1.1")]);
    order(&mut kadis, &format!("{letter}/disposisi"), KABID, &[]);
    let closed = format!("{letter}/selesai");
    assert_eq!(kadis.fill(&closed, &closed, &[("alasan", "Cukup diketahui.")]).status, 303);
    let id = letter.rsplit('/').next().unwrap_or_default().to_owned();
    (letter, id)
}

/// Sends a form with its hidden fields.
pub(crate) fn send(officer: &mut Officer<'_>, page: &str, fields: &[(&str, &str)]) -> Page {
    let versi = officer.get(page).hidden("versi").unwrap_or_default().to_owned();
    let mut all = vec![("versi", versi.as_str())];
    all.extend(fields);
    officer.fill(page, page, &all)
}

/// Chooses letters on the list and confirms with these fields.
pub(crate) fn file(tu: &mut Officer<'_>, ids: &[&str], fields: &[(&str, &str)]) -> Page {
    let keys: Vec<String> = ids.iter().map(|id| format!("masuk.{id}")).collect();
    let mut all: Vec<(&str, &str)> = keys.iter().map(|key| ("pilih", key.as_str())).collect();
    all.extend(fields);
    tu.fill(BELUM, FILE, &all)
}

#[test]
fn finished_letters_are_filed_together_and_the_file_is_closed() {
    let kit = Kit::new(&[&MODULE]);
    let (first, a) = finished(&kit, "A/1");
    let (second, b) = finished(&kit, "A/2");
    let mut tu = Officer::of(&kit, "tata-usaha");
    assert!(tu.get(ARSIP).says("2 surat dan naskah sudah selesai dan belum diberkaskan"));
    let waiting = tu.get(BELUM);
    assert_eq!(waiting.body.matches("name=\"pilih\"").count(), 2, "{}", waiting.body);

    let asked = file(&mut tu, &[&a, &b], &[("aksi", "berkaskan")]);
    assert!(asked.status == 200 && asked.says("A/1") && asked.says("A/2") && asked.says("Berkaskan 2"), "{}", asked.body);
    let nowhere = file(&mut tu, &[&a, &b], &[]);
    assert!(nowhere.status == 422 && nowhere.says("tulis nama berkas baru"), "{}", nowhere.body);
    let both = [("nama", "Langganan telepon 2026"), ("klasifikasi_teks", "000.1.1")];
    let filed = file(&mut tu, &[&a, &b], &both);
    assert_eq!(filed.status, 303, "{}", filed.body);
    let berkas = filed.location.expect("leads to the file");
    let page = tu.get(&berkas);
    assert!(page.says("Langganan telepon 2026") && page.says("A/1") && page.says("A/2"), "{}", page.body);
    assert!(page.says("1 tahun aktif, 1 tahun inaktif, lalu Musnah") && page.says("Kepala daerah"));
    assert!(tu.get(&first).says("Diberkaskan dalam berkas nomor 1"));
    assert!(tu.get(BELUM).says("Semua sudah diberkaskan"));
    let twice = file(&mut tu, &[&a], &[("nama", "Lain"), ("klasifikasi_teks", "000.1.1")]);
    assert!(twice.status == 422 && twice.says("tidak dapat diberkaskan"), "{}", twice.body);

    let out = page
        .body
        .split("href=\"")
        .find(|rest| rest.contains("/keluarkan/"))
        .and_then(|rest| rest.split('"').next())
        .unwrap()
        .to_owned();
    assert_eq!(tu.fill(&out, &out, &[]).status, 303);
    assert!(tu.get(&first).says("Selesai") && !tu.get(&first).says("Diberkaskan dalam berkas"));
    let known = [("berkas_teks", "langganan telepon")];
    let back = file(&mut tu, &[&a], &known);
    assert_eq!(back.location.as_deref(), Some(berkas.as_str()), "{}", back.body);

    let close = format!("{berkas}/tindakan/tutup");
    let early = send(&mut tu, &close, &[("ditutup", "2027-01-01")]);
    assert!(early.status == 422 && early.says("antara tanggal dibuka dan hari ini"), "{}", early.body);
    assert_eq!(send(&mut tu, &close, &[("ditutup", "2026-11-22")]).status, 303);
    let page = tu.get(&berkas);
    assert!(page.says("Arsip aktif sampai 22 Nov 2027"), "{}", page.body);
    let later = file(&mut tu, &[&b], &known);
    assert_eq!(later.status, 422, "a closed file takes nothing: {}", later.body);
    assert!(tu.get(&format!("{ARSIP}/unduh?format=csv")).says("Langganan telepon 2026"));
    let contents = tu.get(&format!("{berkas}/unduh?format=csv"));
    assert!(contents.says("A/1") && contents.says("A/2"), "{}", contents.body);
    assert!(tu.get(&second).says("Riwayat"));

    let reopen = format!("{berkas}/tindakan/buka");
    let silent = send(&mut tu, &reopen, &[]);
    assert!(silent.status == 422 && silent.says("Alasannya belum ditulis"), "{}", silent.body);
    assert_eq!(send(&mut tu, &reopen, &[("alasan", "Satu surat tertinggal.")]).status, 303);
    assert!(tu.get(&berkas).says("masih terbuka"));
}

#[test]
fn the_archive_of_an_office_is_nobody_elses() {
    let kit = Kit::new(&[&MODULE]);
    let (_, a) = finished(&kit, "A/1");
    let mut tu = Officer::of(&kit, "tata-usaha");
    let berkas = file(&mut tu, &[&a], &[("nama", "Telepon"), ("klasifikasi_teks", "000.1.1")]).location.unwrap();
    let mut staf = Officer::of(&kit, "staf");
    assert_eq!(staf.get(ARSIP).status, 403);
    let mut other = Officer::of(&kit, "tu.setda");
    for page in [berkas.clone(), format!("{berkas}/ubah"), format!("{berkas}/tindakan/tutup"), format!("{berkas}/unduh")] {
        assert_eq!(other.get(&page).status, 404, "{page}");
    }
    assert!(!other.get(ARSIP).says("Telepon"));
    let foreign = file(&mut other, &[&a], &[("aksi", "berkaskan")]);
    assert!(foreign.says("Tidak ada yang dapat diberkaskan"), "{}", foreign.body);
}

#[test]
fn a_new_file_says_what_is_wrong_and_keeps_what_was_typed() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let form = format!("{ARSIP}/baru");
    let empty = tu.fill(&form, &form, &[("lokasi", "Lemari 3")]);
    assert!(empty.status == 422 && empty.says("Nama berkas belum diisi") && empty.says("Lemari 3"), "{}", empty.body);
    let heading = tu.fill(&form, &form, &[("nama", "Perjalanan dinas"), ("klasifikasi_teks", "000.1.2")]);
    assert!(heading.status == 422 && heading.says("Lama arsip aktif"), "{}", heading.body);
    let by_hand =
        [("nama", "Perjalanan dinas"), ("klasifikasi_teks", "000.1.2"), ("aktif", "2"), ("inaktif", "8"), ("nasib", "musnah")];
    let saved = tu.fill(&form, &form, &by_hand);
    assert_eq!(saved.status, 303, "{}", saved.body);
    let berkas = saved.location.unwrap();
    assert!(tu.get(&berkas).says("Kepala ANRI"), "ten years need the national archives");
    let edit = format!("{berkas}/ubah");
    let wrong = send(&mut tu, &edit, &[("nama", "")]);
    assert!(wrong.status == 422 && wrong.says("Nama berkas belum diisi"), "{}", wrong.body);
    assert_eq!(send(&mut tu, &edit, &[("nama", "Perjalanan dinas luar"), ("lokasi", "Boks 7")]).status, 303);
    assert!(tu.get(&berkas).says("Boks 7"));
    assert_eq!(tu.fill(&edit, &edit, &[("nama", "Lama"), ("versi", "1")]).status, 409, "an older page changes nothing");
}
