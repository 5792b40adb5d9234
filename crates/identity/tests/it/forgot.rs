use praja_testkit::Page;

use crate::{Browser, chain, offices, password, regency, signed_in, stranger};

pub const NEW: &str = "kopi senja di tepi rel";

/// The code that a contoh Instance shows instead of sending it.
pub fn shown_code(page: &Page) -> String {
    let start =
        page.body.find("seharusnya Anda terima: ").expect("a rehearsal shows the code") + "seharusnya Anda terima: ".len();
    page.body[start..start + 6].to_owned()
}

fn ask(browser: &mut Browser<'_>, akun: &str) -> String {
    assert_eq!(
        browser.fill("/lupa-sandi", "/lupa-sandi", &[("akun", akun)]).location.as_deref(),
        Some("/lupa-sandi/kode"),
        "{akun}"
    );
    shown_code(&browser.get("/lupa-sandi/kode"))
}

#[test]
fn whoever_forgot_the_password_chooses_a_new_one_with_the_code_and_old_sessions_end() {
    let (kit, accounts) = regency();
    let mut inside = signed_in(&kit, "staf");
    let mut browser = stranger(&kit);
    let code = ask(&mut browser, "staf");
    let fields = [("kode", code.as_str()), ("sandi_baru", NEW), ("sandi_ulang", NEW)];
    assert_eq!(browser.fill("/lupa-sandi/kode", "/lupa-sandi/kode", &fields).location.as_deref(), Some("/masuk"));
    assert_eq!(inside.get("/profil").status, 303);
    let old = [("akun", "staf"), ("sandi", password(&accounts, "staf"))];
    assert_eq!(stranger(&kit).fill("/masuk", "/masuk", &old).status, 422);
    assert_eq!(stranger(&kit).fill("/masuk", "/masuk", &[("akun", "staf"), ("sandi", NEW)]).status, 303);
    assert_eq!(
        browser.fill("/lupa-sandi", "/lupa-sandi/kode", &fields).location.as_deref(),
        Some("/lupa-sandi"),
        "a code counts once"
    );
    let umum = chain(&kit, "umum");
    assert!(umum.contains("identity.reset-password") && !umum.contains(NEW) && !umum.contains(&code));
}

#[test]
fn an_unknown_account_looks_the_same_and_its_code_opens_nothing() {
    let kit = offices();
    signed_in(&kit, "staf");
    let (mut known, mut unknown) = (stranger(&kit), stranger(&kit));
    let theirs = ask(&mut known, "staf");
    let code = ask(&mut unknown, "tidak-ada-x");
    let bodies =
        [known.get("/lupa-sandi/kode").body.replace(&theirs, ""), unknown.get("/lupa-sandi/kode").body.replace(&code, "")];
    let main = |body: &str| {
        let at = body.find("<main").expect("a page");
        let text = body[at..].to_owned();
        // The proof of origin and the form's own name differ for everybody.
        text.split('"').filter(|part| part.len() < 32).collect::<Vec<_>>().join("\"")
    };
    assert_eq!(main(&bodies[0]), main(&bodies[1]));
    let fields = [("kode", code.as_str()), ("sandi_baru", NEW), ("sandi_ulang", NEW)];
    let page = unknown.fill("/lupa-sandi/kode", "/lupa-sandi/kode", &fields);
    assert!(page.status == 422 && page.says("Kode tidak cocok"), "{}", page.body);
}

#[test]
fn a_code_is_tried_five_times_holds_five_minutes_and_is_sent_again_after_one() {
    let kit = offices();
    signed_in(&kit, "staf");
    let mut browser = stranger(&kit);
    let code = ask(&mut browser, "staf");
    let right = [("kode", code.as_str()), ("sandi_baru", NEW), ("sandi_ulang", NEW)];
    let wrong = [("kode", "999999"), ("sandi_baru", NEW), ("sandi_ulang", NEW)];
    assert!(browser.fill("/lupa-sandi/kode", "/lupa-sandi/kirim-ulang", &[]).says("Tunggu 60 detik"));
    for left in [4, 3, 2, 1] {
        let page = browser.fill("/lupa-sandi/kode", "/lupa-sandi/kode", &wrong);
        assert!(page.says(&format!("sisa percobaan {left}")), "{}", page.body);
    }
    browser.fill("/lupa-sandi/kode", "/lupa-sandi/kode", &wrong);
    assert!(browser.fill("/lupa-sandi/kode", "/lupa-sandi/kode", &right).says("tidak berlaku lagi"), "also the right one");
    kit.clock.move_ms(61_000);
    assert_eq!(browser.fill("/lupa-sandi/kode", "/lupa-sandi/kirim-ulang", &[]).status, 303);
    let code = shown_code(&browser.get("/lupa-sandi/kode"));
    kit.clock.move_ms(5 * 60_000);
    let late = [("kode", code.as_str()), ("sandi_baru", NEW), ("sandi_ulang", NEW)];
    assert!(browser.fill("/lupa-sandi/kode", "/lupa-sandi/kode", &late).says("sudah lewat 5 menit"));
}

#[test]
fn a_weak_password_does_not_use_up_the_code() {
    let kit = offices();
    signed_in(&kit, "staf");
    let mut browser = stranger(&kit);
    let code = ask(&mut browser, "staf");
    for (new, again, words) in
        [("pendek", "pendek", "paling sedikit 12"), (NEW, "lain sama sekali ini", "Kedua sandi baru tidak sama")]
    {
        let fields = [("kode", code.as_str()), ("sandi_baru", new), ("sandi_ulang", again)];
        let page = browser.fill("/lupa-sandi/kode", "/lupa-sandi/kode", &fields);
        assert!(page.status == 422 && page.says(words) && page.says(&format!("value=\"{code}\"")), "{}", page.body);
    }
    let fields = [("kode", code.as_str()), ("sandi_baru", NEW), ("sandi_ulang", NEW)];
    assert_eq!(browser.fill("/lupa-sandi/kode", "/lupa-sandi/kode", &fields).status, 303);
}

#[test]
fn nobody_is_flooded_with_codes() {
    let kit = offices();
    signed_in(&kit, "staf");
    signed_in(&kit, "kabid");
    for _ in 0..5 {
        ask(&mut stranger(&kit), "staf");
    }
    let page = stranger(&kit).fill("/lupa-sandi", "/lupa-sandi", &[("akun", " STAF ")]);
    assert!(page.status == 422 && page.says("terlalu sering diminta"), "{}", page.body);
    ask(&mut stranger(&kit), "kabid");
}

#[test]
fn nothing_typed_is_said_under_the_field() {
    let kit = offices();
    assert!(stranger(&kit).fill("/lupa-sandi", "/lupa-sandi", &[("akun", " ")]).says("Isi NIP, NIK"));
    assert_eq!(stranger(&kit).get("/lupa-sandi/kode").location.as_deref(), Some("/lupa-sandi"));
}
