use praja_testkit::{Kit, Page};
use totp_rs::{Algorithm, Builder, Secret};

use crate::{Browser, chain, password, regency, signed_in, slips::desk, stranger};

const PAGE: &str = "/profil/dua-langkah";

/// The code that an application shows now, for the key on the page of setting up.
fn code(kit: &Kit, page: &Page) -> String {
    let start = page.body.find("<code>").expect("the key is shown") + "<code>".len();
    let key = page.body[start..].split("</code>").next().expect("it ends").replace(' ', "");
    let secret = Secret::try_from_base32(&key).expect("base32");
    let totp = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_step_duration(30).with_secret(secret);
    let seconds = u64::try_from(kit.instance.now().ms() / 1000).expect("after 1970");
    totp.build_noncompliant().generate(seconds).to_string()
}

/// Turns the second step on and gives the page of setting up and the recovery codes.
fn activate(kit: &Kit, browser: &mut Browser<'_>) -> (Page, Vec<String>) {
    assert_eq!(browser.fill(PAGE, &format!("{PAGE}/mulai"), &[]).location.as_deref(), Some(PAGE));
    let setting_up = browser.get(PAGE);
    assert!(setting_up.says("Pindai dengan aplikasi") && setting_up.says("<svg class=\"qr\""));
    let done = browser.fill(PAGE, &format!("{PAGE}/aktifkan"), &[("kode", &code(kit, &setting_up))]);
    assert_eq!(done.status, 200, "{}", done.body);
    let codes: Vec<String> =
        done.body.split("<li><code>").skip(1).map(|part| part.split("</code>").next().unwrap_or_default().to_owned()).collect();
    assert_eq!(codes.len(), 10);
    (setting_up, codes)
}

#[test]
fn with_the_second_step_a_password_alone_opens_nothing() {
    let (kit, accounts) = regency();
    let (setting_up, _) = activate(&kit, &mut signed_in(&kit, "staf"));
    let right = [("akun", "staf"), ("sandi", password(&accounts, "staf"))];
    let mut browser = stranger(&kit);
    assert_eq!(browser.fill("/masuk", "/masuk", &right).location.as_deref(), Some("/masuk/kode"));
    assert_eq!(browser.get("/profil").status, 303, "not yet inside");
    let wrong = browser.fill("/masuk/kode", "/masuk/kode", &[("kode", "000000")]);
    assert!(wrong.status == 422 && wrong.says("Kode tidak cocok"), "{}", wrong.body);
    kit.clock.move_ms(60_000);
    let now = code(&kit, &setting_up);
    assert_eq!(browser.fill("/masuk/kode", "/masuk/kode", &[("kode", &now)]).location.as_deref(), Some("/"));
    assert_eq!(browser.get("/profil").status, 200);
    // The same code again, in another browser that knows the password.
    let mut thief = stranger(&kit);
    thief.fill("/masuk", "/masuk", &right);
    assert!(thief.fill("/masuk/kode", "/masuk/kode", &[("kode", &now)]).says("baru saja dipakai"));
    let umum = chain(&kit, "umum");
    assert!(umum.contains("identity.fail-second-step") && umum.contains("langkah_kedua"));
}

#[test]
fn the_page_that_was_wanted_opens_after_the_second_step_too() {
    let (kit, accounts) = regency();
    let (setting_up, _) = activate(&kit, &mut signed_in(&kit, "staf"));
    kit.clock.move_ms(60_000);
    let mut browser = stranger(&kit);
    let right = [("akun", "staf"), ("sandi", password(&accounts, "staf")), ("ke", "/profil")];
    browser.fill("/masuk", "/masuk", &right);
    let sent = browser.fill("/masuk/kode", "/masuk/kode", &[("kode", &code(&kit, &setting_up))]);
    assert_eq!(sent.location.as_deref(), Some("/profil"));
}

#[test]
fn a_recovery_code_opens_once_and_says_how_many_are_left() {
    let (kit, accounts) = regency();
    let (_, codes) = activate(&kit, &mut signed_in(&kit, "staf"));
    let right = [("akun", "staf"), ("sandi", password(&accounts, "staf"))];
    let mut browser = stranger(&kit);
    browser.fill("/masuk", "/masuk", &right);
    let typed = codes[0].to_uppercase().replace('-', " ");
    assert_eq!(browser.fill("/masuk/kode", "/masuk/kode", &[("kode", &typed)]).status, 303);
    assert!(browser.get("/profil").says("Sisa 9 kode"));
    let mut again = stranger(&kit);
    again.fill("/masuk", "/masuk", &right);
    assert_eq!(again.fill("/masuk/kode", "/masuk/kode", &[("kode", &codes[0])]).status, 422);
    assert!(!chain(&kit, "umum").contains(&codes[0]));
}

#[test]
fn wrong_codes_shut_the_door_like_wrong_passwords() {
    let (kit, accounts) = regency();
    activate(&kit, &mut signed_in(&kit, "staf"));
    let mut browser = stranger(&kit);
    browser.fill("/masuk", "/masuk", &[("akun", "staf"), ("sandi", password(&accounts, "staf"))]);
    for _ in 0..5 {
        browser.fill("/masuk/kode", "/masuk/kode", &[("kode", "000000")]);
    }
    assert!(browser.fill("/masuk/kode", "/masuk/kode", &[("kode", "000000")]).says("Coba lagi pukul"));
}

#[test]
fn turning_it_off_asks_for_the_password_when_it_was_typed_long_ago() {
    let (kit, accounts) = regency();
    let mut browser = signed_in(&kit, "staf");
    activate(&kit, &mut browser);
    kit.clock.move_ms(11 * 60_000);
    let asked = browser.fill(PAGE, &format!("{PAGE}/matikan"), &[]);
    assert!(asked.status == 422 && asked.says("Ketik sandi Anda sekali lagi"));
    let fields = [("_sandi", password(&accounts, "staf"))];
    assert_eq!(browser.fill(PAGE, &format!("{PAGE}/matikan"), &fields).location.as_deref(), Some("/profil"));
    let right = [("akun", "staf"), ("sandi", password(&accounts, "staf"))];
    assert_eq!(stranger(&kit).fill("/masuk", "/masuk", &right).location.as_deref(), Some("/"));
}

#[test]
fn the_seed_is_sealed_in_the_database_and_new_recovery_codes_replace_the_old() {
    let (kit, accounts) = regency();
    let mut browser = signed_in(&kit, "staf");
    let (_, old) = activate(&kit, &mut browser);
    let page = browser.fill(PAGE, &format!("{PAGE}/kode"), &[]);
    assert!(page.says("Kode pemulihan baru dibuat") && !page.says(&old[0]));
    let mut again = stranger(&kit);
    again.fill("/masuk", "/masuk", &[("akun", "staf"), ("sandi", password(&accounts, "staf"))]);
    assert_eq!(again.fill("/masuk/kode", "/masuk/kode", &[("kode", &old[0])]).status, 422);
}

#[test]
fn an_admin_turns_it_off_for_who_lost_the_telephone_and_says_why() {
    let (kit, accounts) = regency();
    let (mut admin, page) = desk(&kit);
    let mut officer = signed_in(&kit, "tata-usaha");
    assert!(!admin.get(&page).says("Matikan langkah kedua"), "there is none yet");
    activate(&kit, &mut officer);
    assert!(admin.get(&page).says("Matikan langkah kedua"));
    let form = format!("{page}/matikan-langkah-kedua");
    assert!(admin.get(&form).says("Lakukan hanya setelah Anda memastikan"));
    let short = admin.fill(&form, &form, &[("alasan", "hilang")]);
    assert!(short.status == 422 && short.says("paling sedikit 10 huruf") && short.says("hilang"), "{}", short.body);
    let reason = "Ponselnya hilang, ia datang sendiri ke meja saya";
    assert_eq!(admin.fill(&form, &form, &[("alasan", reason)]).location.as_deref(), Some(page.as_str()));
    assert_eq!(officer.get("/profil").status, 303, "every session ended");
    let right = [("akun", "tata-usaha"), ("sandi", password(&accounts, "tata-usaha"))];
    let mut browser = stranger(&kit);
    assert_eq!(browser.fill("/masuk", "/masuk", &right).location.as_deref(), Some("/"));
    assert!(browser.get("/kabar").says("Langkah kedua akun Anda dimatikan"), "whose account it is learns it");
    assert!(signed_in(&kit, "auditor").get("/identity/audit?tindakan=identity.reset-second-step").says(reason));
    assert_eq!(signed_in(&kit, "staf").fill("/profil", &form, &[("alasan", reason)]).status, 403);
}
