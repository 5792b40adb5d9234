//! The register of assisted visits, and a NIK that is opened on it.

use praja_perizinan::MODULE;
use praja_testkit::Kit;

use crate::Person;

const LIST: &str = "/perizinan/izin/bantuan";
const NEW: &str = "/perizinan/izin/bantuan/baru";
const VISIT: [(&str, &str); 8] = [
    ("kanal", "OSS"),
    ("nama", "Siti Rahma"),
    ("nik", "5315 0152 0985 0001"),
    ("badan", "Warung Siti"),
    ("nib", "9120001234567"),
    ("kbli_teks", "56101"),
    ("keperluan", "pendaftaran"),
    ("keadaan", "terbit"),
];

fn with<'a>(changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = VISIT.to_vec();
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    fields
}

#[test]
fn a_visit_is_written_down_found_changed_and_taken_along_and_never_becomes_a_licence() {
    let kit = Kit::new(&[&MODULE]);
    let mut loket = Person::officer(&kit, "loket");
    let answer = loket.upload(NEW, NEW, &VISIT, &[("berkas", "nib.pdf", crate::PDF)]);
    assert_eq!(answer.status, 303, "{}", answer.body);
    let at = answer.location.unwrap();
    let page = loket.get(&at);
    for words in ["Catatan ini bukan izin", "531501******0001", "56101", "KBLI 2020", "nib.pdf", "Terbit di sistem nasional"] {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    assert!(!page.says("5315015209850001"));
    assert!(
        loket.get(&format!("{LIST}?q=warung+siti")).says("Siti Rahma")
            && loket.get(&format!("{LIST}?kanal=SIMBG")).says("Tidak ada kunjungan")
    );
    let versi = loket.get(&format!("{at}/ubah")).hidden("versi").unwrap().to_owned();
    let change =
        with(&[("versi", &versi), ("keadaan", "ditolak"), ("keadaan_luar", "Permohonan ditolak Dinas"), ("kbli", "2020:56101")]);
    let changed = loket.upload(&format!("{at}/ubah"), &format!("{at}/ubah"), &change, &[]);
    assert_eq!(changed.status, 303, "{}", changed.body);
    assert!(loket.get(&at).says("Permohonan ditolak Dinas"));
    let csv = loket.get(&format!("{LIST}/unduh?format=csv"));
    assert!(csv.says("531501******0001") && csv.says("2020:56101") && csv.says("Ditolak di sistem nasional"), "{}", csv.body);
    let licences: i64 = kit
        .off(|instance| instance.db.read(|tx| tx.scalar("SELECT COUNT(*) FROM perizinan_izin", praja_store::params![])))
        .unwrap();
    assert_eq!(licences, 0);
}

#[test]
fn a_nik_is_opened_by_an_act_that_is_written_down_and_by_nobody_else() {
    let kit = Kit::new(&[&MODULE]);
    let mut loket = Person::officer(&kit, "loket");
    let at = loket.upload(NEW, NEW, &VISIT, &[]).location.unwrap();
    let page = loket.get(&at);
    let seal = page.hidden("segel").expect("the officer may open it").to_owned();
    let opened = loket.fill(&at, "/perizinan/izin/nik", &[("segel", &seal)]);
    assert!(opened.status == 200 && opened.says("5315 0152 0985 0001") && opened.says("12 September 1985"), "{}", opened.body);
    assert!(loket.get(&at).says("membuka NIK"), "{}", loket.get(&at).body);
    // Another officer does not get it with this seal, nor this one with one that is old or made up.
    let mut other = Person::officer(&kit, "loket2");
    assert!(!other.fill(&at, "/perizinan/izin/nik", &[("segel", &seal)]).says("5315 0152 0985 0001"));
    assert!(!loket.fill(&at, "/perizinan/izin/nik", &[("segel", "00.11")]).says("5315 0152"));
    kit.clock.move_ms(31 * 60_000);
    assert!(!loket.fill(&at, "/perizinan/izin/nik", &[("segel", &seal)]).says("5315 0152 0985 0001"));
    let mut reader = Person::officer(&kit, "kepala-izin");
    let page = reader.get(&at);
    assert!(page.says("531501******0001") && !page.says("Buka NIK"), "{}", page.body);
}

#[test]
fn what_is_wrong_is_told_beside_its_field_and_what_was_typed_stays() {
    let kit = Kit::new(&[&MODULE]);
    let mut loket = Person::officer(&kit, "loket");
    let wrong = with(&[("nib", "123"), ("nik", "9915015209850001"), ("kbli_teks", "rumah makan warung sate")]);
    let page = loket.upload(NEW, NEW, &wrong, &[("berkas", "kosong.pdf", b"")]);
    assert_eq!(page.status, 422);
    for words in ["13 angka", "bukan kode provinsi", "value=\"Warung Siti\""] {
        assert!(page.says(words), "{words}: {}", page.body);
    }
    assert_eq!(Person::officer(&kit, "opd-teknis").get(LIST).status, 404);
    assert_eq!(Person::officer(&kit, "kepala-izin").get(NEW).status, 403);
    assert!(loket.get("/perizinan/izin/pilih/kbli?q=restoran").says("2020:"));
}
