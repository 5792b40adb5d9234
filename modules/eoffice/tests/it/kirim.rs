//! Distribution lists: kept by an office or by the regency, named on a naskah, frozen with its number.

use praja_eoffice::MODULE;
use praja_testkit::Kit;

use crate::{
    Officer, PDF,
    naskah::{number, ready, scan, write},
};

const LISTS: &str = "/eoffice/daftar-kirim";
const REGENCY: &str = "/eoffice/daftar-kirim-daerah";

/// Makes a list; gives the address of its form.
fn list(officer: &mut Officer<'_>, place: &str, nama: &str, anggota: &str) -> String {
    let form = format!("{place}/baru");
    let saved = officer.fill(&form, &form, &[("nama", nama), ("anggota", anggota)]);
    assert_eq!(saved.status, 303, "{}", saved.body);
    let page = officer.get(place);
    let row = page.body.split(nama).next().and_then(|before| before.rsplit(&format!("{place}/0")).next());
    let id = row.and_then(|rest| rest.split('"').next()).expect("a list leads to its form");
    format!("{place}/0{id}")
}

fn change(officer: &mut Officer<'_>, form: &str, nama: &str, anggota: &str) {
    let versi = officer.get(form).hidden("versi").expect("the form knows its version").to_owned();
    let saved = officer.fill(form, form, &[("nama", nama), ("anggota", anggota), ("versi", &versi)]);
    assert_eq!(saved.status, 303, "{}", saved.body);
}

#[test]
fn a_list_is_frozen_with_the_number_and_what_was_sent_stays_as_it_was() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let six = "Camat Tanjung Harapan\nPuskesmas Satu\nPuskesmas Dua\nPuskesmas Tiga\nPuskesmas Empat\nPuskesmas Lima";
    let form = list(&mut tu, LISTS, "Mitra Posyandu", six);
    let path = ready(&kit, &[("kepada", "Mitra Posyandu"), ("tembusan", "Inspektorat")]);
    let mut kadis = Officer::of(&kit, "kadis");
    let draft = kadis.get(&path);
    assert!(draft.says("(daftar terlampir)") && draft.says("DAFTAR TUJUAN") && draft.says("Puskesmas Lima"), "{}", draft.body);
    change(&mut tu, &form, "Mitra Posyandu", &six.replace("Puskesmas Lima", "Puskesmas Enam"));
    assert!(kadis.get(&path).says("Puskesmas Enam"), "a draft follows its list");

    number(&kit, &path);
    change(&mut tu, &form, "Mitra Posyandu", "Puskesmas Tujuh");
    let paper = kadis.get(&format!("{path}/cetak"));
    assert!(paper.says("Puskesmas Enam") && !paper.says("Puskesmas Tujuh"), "{}", paper.body);
    assert_eq!(scan(&mut tu, &path, PDF).status, 303);
    let sent = tu.fill(&format!("{path}/kirim"), &format!("{path}/kirim"), &[]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    change(&mut tu, &form, "Mitra Posyandu", "Puskesmas Delapan");
    let shown = tu.get(&path);
    assert!(shown.says("Puskesmas Enam") && shown.says("dari daftar Mitra Posyandu") && !shown.says("Puskesmas Delapan"));
    assert!(Officer::of(&kit, "camat").inbox().contains("Catat dalam buku agenda"), "an office of the list has it at once");
}

#[test]
fn a_number_that_was_given_back_lets_the_list_speak_again() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let form = list(&mut tu, LISTS, "Mitra Posyandu", "Puskesmas Satu");
    let path = ready(&kit, &[("kepada", "Mitra Posyandu")]);
    number(&kit, &path);
    change(&mut tu, &form, "Mitra Posyandu", "Puskesmas Dua");
    let mut kadis = Officer::of(&kit, "kadis");
    assert!(kadis.get(&path).says("Puskesmas Satu"));
    assert_eq!(crate::naskah::press(&mut kadis, &path, "lepas", "Salah tanggal").status, 303);
    assert!(kadis.get(&path).says("Puskesmas Dua"));
}

#[test]
fn lists_belong_to_their_office_or_to_the_regency() {
    let kit = Kit::new(&[&MODULE]);
    let mut tu = Officer::of(&kit, "tata-usaha");
    let own = list(&mut tu, LISTS, "Mitra Posyandu", "Puskesmas Satu");
    let mut admin = Officer::of(&kit, "superadmin");
    let regency = list(&mut admin, REGENCY, "Seluruh Camat", "Camat Tanjung Harapan");
    assert!(tu.get(LISTS).says("Seluruh Camat"), "everybody may use those of the regency");
    assert_eq!(tu.get(&regency).status, 403);
    assert_eq!(tu.get(&regency.replace(REGENCY, LISTS)).status, 404, "and change it under no other address");
    assert_eq!(admin.get(&own.replace(LISTS, REGENCY)).status, 404);
    assert!(tu.get(&format!("{LISTS}/unduh?format=csv")).says("Puskesmas Satu"));
    let again = tu.fill(&format!("{LISTS}/baru"), &format!("{LISTS}/baru"), &[("nama", "mitra posyandu"), ("anggota", "Dinkes")]);
    assert!(again.status == 422 && again.says("sudah dipakai") && again.says("Dinkes"), "{}", again.body);
    let filled = admin.get(&format!("{REGENCY}/baru?dari=camat"));
    assert!(filled.says("Camat Tanjung Harapan") && filled.says("Seluruh Camat"), "{}", filled.body);
    let found = tu.get("/eoffice/pilih/tujuan?q=seluruh");
    assert!(found.says("daftar kirim, 1 tujuan"), "{}", found.body);
}

#[test]
fn an_addressee_is_added_to_the_form_without_saving_it() {
    let kit = Kit::new(&[&MODULE]);
    let mut staf = Officer::of(&kit, "staf");
    let form = "/eoffice/naskah/baru/surat-dinas";
    let fields =
        [("hal", "Undangan rapat"), ("kepada", "Inspektur"), ("tambah_kepada_teks", "Camat Tanjung Harapan"), ("_tambah", "1")];
    let page = staf.fill(form, form, &fields);
    assert!(page.status == 200 && page.says("Inspektur\nCamat Tanjung Harapan"), "{}", page.body);
    let path = write(&mut staf, "surat-dinas", &[("kepada", "Inspektur"), ("tambah_tembusan_teks", "Paguyuban Warga")]);
    assert!(staf.get(&path).says("Paguyuban Warga"), "what was picked and not yet added is not lost");
}

#[test]
fn attention_goes_to_the_unit_that_is_named() {
    let kit = Kit::new(&[&MODULE]);
    let path = ready(&kit, &[("kepada", "Sekretaris Daerah u.p. Camat Tanjung Harapan")]);
    number(&kit, &path);
    let mut tu = Officer::of(&kit, "tata-usaha");
    assert!(tu.get(&format!("{path}/cetak")).says("u.p. Camat Tanjung Harapan"));
    assert_eq!(scan(&mut tu, &path, PDF).status, 303);
    assert_eq!(tu.fill(&format!("{path}/kirim"), &format!("{path}/kirim"), &[]).status, 303);
    let mut camat = Officer::of(&kit, "camat");
    assert!(camat.inbox().contains("Catat dalam buku agenda"));
}
