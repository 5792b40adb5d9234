//! The counter: an application for somebody who is there.

use praja_testkit::{Kit, Page};

use crate::{
    Person,
    alur::{NIK, jpeg, kit, of_two},
    jenis::{of, saved},
};

const PAGE: &str = "/perizinan/izin/loket";
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

const ANSWERS: [(&str, &str); 13] = [
    ("permintaan", "baru"),
    ("nama", "Siti Rahma"),
    ("nik", NIK),
    ("alamat", "Dusun Melati RT 02 RW 01, Desa Lalang Jaya"),
    ("telepon", "081234567890"),
    ("golongan", "Perguruan tinggi atau sekolah"),
    ("pekerjaan", "Mahasiswa S-1"),
    ("judul_penelitian", "Pola tanam lada putih"),
    ("tujuan", "Mengetahui pola tanam petani lada"),
    ("bidang", "Pertanian"),
    ("lokasi", "Desa Lalang Jaya"),
    ("mulai", "2026-12-01"),
    ("selesai", "2027-03-31"),
];

#[test]
fn what_needs_no_check_is_registered_at_the_counter_as_well() {
    let kit = kit();
    let mut keeper = Person::officer(&kit, "pengelola-izin");
    let first = of(&mut keeper, "SKP");
    let next = keeper.fill(&first, &format!("{first}/versi"), &[]).location.expect("a draft");
    let days = [
        ("sla.hari", "4"),
        ("sla.rekomendasi_persen", "40"),
        ("sla.perbaikan_hari", "10"),
        ("sla.tanpa_periksa", "ya"),
        ("diam.akibat", "peringatan"),
    ];
    saved(&mut keeper, &format!("{next}/bagian/waktu"), &days);
    saved(&mut keeper, &format!("{next}/terbitkan"), &[]);
    let receipt = registered(&kit);
    assert!(receipt.says("SKP-20261122-0001"), "{}", receipt.body);
    let by_itself = kit.off(|instance| {
        let sql = "SELECT COUNT(*) FROM perizinan_riwayat WHERE langkah = 'nyatakan-lengkap' AND kode = 'lengkap-sistem'";
        instance.db.read(|tx| tx.one(sql, praja_store::params![], |row| row.get::<i64>(0)))
    });
    assert_eq!(by_itself.expect("the steps are counted"), 1, "it was complete once, and nobody had to say so");
}

#[test]
fn somebody_who_is_there_is_registered_with_two_forms_and_takes_a_receipt_home() {
    let receipt = registered(&kit());
    assert!(receipt.says("SKP-20261122-0001") && receipt.says("Tidak ada pungutan apa pun"), "{}", receipt.body);
}

/// Registers a research letter with two forms, and sees that it waits for the back office; gives the receipt.
fn registered(kit: &Kit) -> Page {
    let mut loket = Person::officer(kit, "loket");
    assert!(loket.get(&format!("{PAGE}?q=penelitian")).says("Surat Keterangan Penelitian"));
    let page = format!("{PAGE}/SKP");
    // What an answer brings in is asked before anything is registered.
    let asked = loket.fill(&page, &page, &ANSWERS);
    assert!(asked.status == 422 && asked.says("Isi nama perguruan tinggi"), "{}", asked.body);
    let mut answers = ANSWERS.to_vec();
    answers.push(("lembaga", "Universitas Contoh"));
    let saved = loket.fill(&page, &page, &answers);
    assert_eq!(saved.status, 303, "{}", saved.body);
    let files = saved.location.expect("it leads to the files");
    let photo = jpeg();
    let blank = loket.upload(
        &files,
        &files,
        &[("daftar", "ya")],
        &[("berkas_proposal", "proposal.pdf", PDF), ("berkas_ktp", "ktp.jpg", b"")],
    );
    assert!(blank.status == 422 && blank.says("kosong") && blank.says("Sudah ada: proposal.pdf"), "{}", blank.body);
    let rest: Vec<(&str, &str, &[u8])> = vec![
        ("berkas_surat_kampus", "surat.pdf", PDF),
        ("berkas_pernyataan_taat", "taat.pdf", PDF),
        ("berkas_pernyataan_sah", "sah.pdf", PDF),
        ("berkas_ktp", "ktp.jpg", &photo),
        ("berkas_foto", "foto.jpg", &photo),
    ];
    let done = loket.upload(&files, &files, &[("daftar", "ya")], &rest);
    assert_eq!(done.status, 303, "{}", done.body);
    let receipt = loket.get(&done.location.expect("it leads to the receipt"));
    let (mut pemeriksa, path) = of_two(kit, ["pemeriksa", "pemeriksa2"]);
    assert!(pemeriksa.get(&path).says("Lengkap, menunggu pemeriksa"));
    receipt
}

#[test]
fn who_shows_the_ktp_at_the_counter_takes_an_account_home_without_mail_or_telephone() {
    let kit = kit();
    let mut loket = Person::officer(&kit, "loket");
    let page = "/identity/warga/baru";
    let refused = loket.fill(page, page, &[("nik", "123"), ("nama", "Si")]);
    assert!(
        refused.status == 422 && refused.says("harus 16 angka") && refused.says("setelah KTP asli dilihat"),
        "{}",
        refused.body
    );
    let slip = loket.fill(page, page, &[("nik", NIK), ("nama", "Siti Rahma"), ("ktp", "1")]);
    assert!(slip.status == 200 && slip.says("Slip masuk Praja"), "{}", slip.body);
    let code =
        slip.body.split("<p class=\"kode\"><code>").nth(1).and_then(|rest| rest.split('<').next()).expect("a code").to_owned();
    let again = loket.fill(page, page, &[("nik", NIK), ("nama", "Siti Rahma"), ("ktp", "1")]);
    assert!(again.status == 422 && again.says("sudah mempunyai akun"), "{}", again.body);
    let mut citizen = Person::stranger(&kit);
    let entered = citizen.fill("/masuk", "/masuk", &[("akun", NIK), ("sandi", &code)]);
    assert_eq!(entered.status, 303, "{}", entered.body);
}
