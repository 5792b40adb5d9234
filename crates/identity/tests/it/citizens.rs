use praja_testkit::Kit;

use crate::{
    Browser, chain,
    forgot::{NEW, shown_code},
    offices, signed_in, stranger,
};

pub const NIK: &str = "5315015209850001";
const OTHER_NIK: &str = "5315010101900002";

fn citizen<'a>(nik: &'a str, kontak: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("nik", nik), ("nama", "Maria Goreti Uma"), ("kontak", kontak), ("setuju", "ya")]
}

/// Registers a citizen and gives the browser, which is signed in.
pub fn register<'a>(kit: &'a Kit, nik: &str, kontak: &str) -> Browser<'a> {
    let mut browser = stranger(kit);
    let sent = browser.fill("/daftar/warga", "/daftar/warga", &citizen(nik, kontak));
    assert_eq!(sent.location.as_deref(), Some("/daftar/kode"), "{}", sent.body);
    let code = shown_code(&browser.get("/daftar/kode"));
    let fields = [("kode", code.as_str()), ("sandi_baru", NEW), ("sandi_ulang", NEW)];
    let done = browser.fill("/daftar/kode", "/daftar/kode", &fields);
    assert_eq!(done.location.as_deref(), Some("/warga"), "{}", done.body);
    browser
}

#[test]
fn a_citizen_registers_with_a_code_and_logs_in_by_nik_e_mail_or_telephone() {
    let kit = offices();
    let page = register(&kit, NIK, "maria@contoh.example").get("/warga");
    assert!(page.says("Maria Goreti Uma") && page.says("531501******0001") && !page.says(NIK), "{}", page.body);
    assert!(page.says("Diberikan") && page.says("Belum dicocokkan petugas"));
    register(&kit, OTHER_NIK, "0812-3456-7890");
    for akun in [NIK, "5315 0152 0985 0001", "MARIA@contoh.example", "081234567890", "+62 812 3456 7890"] {
        let sent = stranger(&kit).fill("/masuk", "/masuk", &[("akun", akun), ("sandi", NEW)]);
        assert_eq!((sent.status, sent.location.as_deref()), (303, Some("/")), "{akun}: {}", sent.body);
    }
    let umum = chain(&kit, "umum");
    assert!(umum.contains("identity.register-account") && !umum.contains(NIK) && !umum.contains(NEW));
}

#[test]
fn a_new_code_is_sent_after_a_minute_and_replaces_the_old_one() {
    let kit = offices();
    let mut browser = stranger(&kit);
    browser.fill("/daftar/warga", "/daftar/warga", &citizen(NIK, "maria@contoh.example"));
    let at = "/daftar/kode";
    let old = shown_code(&browser.get(at));
    let soon = browser.fill(at, "/daftar/kirim-ulang", &[]);
    assert!(soon.status == 422 && soon.says("Tunggu 60 detik"), "{}", soon.body);
    kit.clock.move_ms(61_000);
    assert_eq!(browser.fill(at, "/daftar/kirim-ulang", &[]).location.as_deref(), Some(at));
    let new = shown_code(&browser.get(at));
    let with = |code| [("kode", code), ("sandi_baru", NEW), ("sandi_ulang", NEW)];
    assert_ne!(old, new);
    assert_eq!(browser.fill(at, at, &with(old.as_str())).status, 422, "the old one opens nothing");
    assert_eq!(browser.fill(at, at, &with(new.as_str())).location.as_deref(), Some("/warga"));
    assert_eq!(stranger(&kit).post("/daftar/kirim-ulang", &[]).status, 403, "without the proof of origin");
}

#[test]
fn a_body_registers_with_its_number() {
    let kit = offices();
    let mut browser = stranger(&kit);
    let fields = [
        ("jenis", "koperasi"),
        ("nomor", "9120001234567"),
        ("nama", "Koperasi Nelayan Sejahtera"),
        ("wakil", "Maria Goreti Uma"),
        ("wakil_nik", NIK),
        ("kontak", "koperasi@contoh.example"),
        ("setuju", "ya"),
    ];
    assert_eq!(browser.fill("/daftar/badan", "/daftar/badan", &fields).location.as_deref(), Some("/daftar/kode"));
    let code = shown_code(&browser.get("/daftar/kode"));
    let fields = [("kode", code.as_str()), ("sandi_baru", NEW), ("sandi_ulang", NEW)];
    assert_eq!(browser.fill("/daftar/kode", "/daftar/kode", &fields).location.as_deref(), Some("/warga"));
    assert!(browser.get("/warga").says("Koperasi Nelayan Sejahtera"));
    assert_eq!(stranger(&kit).fill("/masuk", "/masuk", &[("akun", "9120001234567"), ("sandi", NEW)]).status, 303);
}

#[test]
fn a_number_that_has_an_account_looks_like_any_other_and_gets_no_second() {
    let kit = offices();
    register(&kit, NIK, "maria@contoh.example");
    let mut thief = stranger(&kit);
    let sent = thief.fill("/daftar/warga", "/daftar/warga", &citizen(NIK, "pencuri@contoh.example"));
    assert_eq!(sent.location.as_deref(), Some("/daftar/kode"));
    let code = shown_code(&thief.get("/daftar/kode"));
    let fields = [("kode", code.as_str()), ("sandi_baru", NEW), ("sandi_ulang", NEW)];
    assert!(thief.fill("/daftar/kode", "/daftar/kode", &fields).says("Kode tidak cocok"));
    assert_eq!(stranger(&kit).fill("/masuk", "/masuk", &[("akun", "pencuri@contoh.example"), ("sandi", NEW)]).status, 422);
}

#[test]
fn what_is_wrong_with_the_form_is_said_under_each_field_and_what_was_typed_stays() {
    let kit = offices();
    let fields = [("nik", "53150152098500"), ("nama", "Maria"), ("kontak", "maria@"), ("setuju", "")];
    let page = stranger(&kit).fill("/daftar/warga", "/daftar/warga", &fields);
    assert_eq!(page.status, 422);
    for words in
        ["NIK harus 16 angka; yang ditulis 14", "Alamat surel ini tidak lengkap", "bila Anda menyetujuinya", "value=\"Maria\""]
    {
        assert!(page.says(words), "{words}: {}", page.body);
    }
}

#[test]
fn citizens_and_officers_have_doors_of_their_own() {
    let kit = offices();
    let mut citizen = register(&kit, NIK, "maria@contoh.example");
    assert_eq!(citizen.get("/").location.as_deref(), Some("/warga"));
    for path in ["/kotak-masuk", "/profil", "/identity/orang", "/cari?q=a"] {
        let page = citizen.get(path);
        assert!(page.status == 403 && page.says("Halaman ini untuk pegawai"), "{path}: {}", page.status);
    }
    assert!(signed_in(&kit, "staf").get("/warga").says("Halaman ini untuk warga"));
    assert_eq!(citizen.fill("/warga", "/keluar", &[]).location.as_deref(), Some("/masuk"));
    assert_eq!(citizen.get("/warga").status, 303);
}

#[test]
fn a_consent_is_withdrawn_and_given_again_and_the_needed_one_stays() {
    let kit = offices();
    let mut browser = register(&kit, NIK, "maria@contoh.example");
    for (beri, words) in [("ya", "diberikan"), ("tidak", "dicabut"), ("ya", "diberikan")] {
        let fields = [("tujuan", "kabar"), ("beri", beri)];
        assert_eq!(browser.fill("/warga", "/warga/persetujuan", &fields).location.as_deref(), Some("/warga"));
        assert!(browser.get("/warga").says(&format!("Persetujuan &quot;Kabar layanan&quot; {words}.")), "{words}");
    }
    assert_eq!(browser.fill("/warga", "/warga/persetujuan", &[("tujuan", "layanan"), ("beri", "tidak")]).status, 404);
    assert_eq!(browser.fill("/warga", "/warga/persetujuan", &[("tujuan", "apa saja"), ("beri", "ya")]).status, 404);
}

#[test]
fn a_new_address_counts_after_its_code_only() {
    let kit = offices();
    let mut browser = register(&kit, NIK, "maria@contoh.example");
    let sent = browser.fill("/warga/kontak", "/warga/kontak", &[("kontak", "baru@contoh.example")]);
    assert_eq!(sent.location.as_deref(), Some("/warga/kontak/kode"), "{}", sent.body);
    let code = shown_code(&browser.get("/warga/kontak/kode"));
    let by = |akun: &str| stranger(&kit).fill("/masuk", "/masuk", &[("akun", akun), ("sandi", NEW)]).status;
    assert_eq!(by("baru@contoh.example"), 422);
    assert!(browser.fill("/warga/kontak/kode", "/warga/kontak/kode", &[("kode", "999999")]).says("Kode tidak cocok"));
    assert_eq!(browser.fill("/warga/kontak/kode", "/warga/kontak/kode", &[("kode", &code)]).location.as_deref(), Some("/warga"));
    assert_eq!((by("baru@contoh.example"), by("maria@contoh.example")), (303, 422));
}

#[test]
fn a_citizen_changes_the_password_and_ends_other_sessions() {
    let kit = offices();
    let mut here = register(&kit, NIK, "maria@contoh.example");
    let mut there = stranger(&kit);
    there.fill("/masuk", "/masuk", &[("akun", NIK), ("sandi", NEW)]);
    assert_eq!(there.get("/warga").status, 200);
    let other = "hujan batu di negeri sendiri";
    let wrong = here.fill("/warga", "/profil/sandi", &[("sandi_lama", "salah"), ("sandi_baru", other), ("sandi_ulang", other)]);
    assert!(wrong.status == 422 && wrong.says("Sandi lama tidak cocok") && wrong.says("Persetujuan"), "{}", wrong.body);
    let fields = [("sandi_lama", NEW), ("sandi_baru", other), ("sandi_ulang", other)];
    assert_eq!(here.fill("/warga", "/profil/sandi", &fields).location.as_deref(), Some("/warga"));
    assert_eq!(there.get("/warga").status, 303);
}

#[test]
fn a_closed_account_opens_nothing_and_its_number_may_be_registered_anew() {
    let kit = offices();
    let mut browser = register(&kit, NIK, "maria@contoh.example");
    assert!(browser.fill("/warga/tutup", "/warga/tutup", &[]).says("Centang untuk menutup akun"));
    assert_eq!(browser.fill("/warga/tutup", "/warga/tutup", &[("yakin", "ya")]).location.as_deref(), Some("/masuk"));
    assert_eq!(stranger(&kit).fill("/masuk", "/masuk", &[("akun", NIK), ("sandi", NEW)]).status, 422);
    register(&kit, NIK, "maria@contoh.example");
}
