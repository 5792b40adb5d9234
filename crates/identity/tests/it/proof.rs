use praja_identity::rights::MANAGE_PEOPLE;
use praja_module::{Access, Ctx, Input, Module, Outcome, Response, Route};
use praja_store::{Keys, MigrationSet, Tx};
use praja_web::{PageHeader, frame, html};

use crate::{Browser, chain, regency_with, signed_in, stranger};

/// A module with one dangerous page and one dangerous act.
static DANGER: Module = Module {
    id: "uji",
    title: "Uji",
    legal_basis: &[],
    needs: &[],
    migrations: || MigrationSet { owner: "uji", files: Vec::new() },
    routes: &[
        Route::get_as("/uji", Access::SignedIn, "Halaman biasa", show),
        Route::get("/uji/rahasia", MANAGE_PEOPLE, "Halaman penting", show).with_reauth(),
        Route::post_as("/uji/hapus", Access::SignedIn, "Menghapus semuanya", act).with_reauth(),
        Route::get_as("/uji/warga", Access::Warga, "Halaman warga", show),
        Route::get_as("/uji/semua", Access::Account, "Halaman semua akun", show),
    ],
    menu: &[],
    permissions: &[],
    roles: &[],
    tiles: &[],
    jobs: &[],
    search: &[],
    api: &[],
    demo: None,
    training: &[],
    listens: &[],
    provide: None,
    event_keys: |_| Keys::none(),
    on_event: None,
};

fn show(ctx: &Ctx, _tx: &mut Tx<'_>) -> Outcome {
    Ok(frame::respond(ctx, &PageHeader::new("Uji"), html! { (frame::form(ctx, "/uji/hapus")) }))
}

fn act(_ctx: &Ctx, input: &Input) -> Outcome {
    assert!(input.fields.iter().all(|(name, _)| name != "_sandi"), "no handler sees the password");
    Ok(Response::redirect("/uji").with_notice(&format!("dihapus: {}", input.text("alasan"))))
}

const MINUTE: i64 = 60_000;

fn done(page: &praja_testkit::Page) -> bool {
    page.status == 303 && page.header("set-cookie").is_some_and(|cookie| cookie.contains("dihapus%3A%20karena%20%22usang%22"))
}

/// Sends the form that was shown again, as a browser would: every hidden value and the password.
fn send_again(browser: &mut Browser<'_>, page: &praja_testkit::Page, sandi: &str) -> praja_testkit::Page {
    let fields = ["_csrf", "_kunci", "alasan"].map(|name| {
        let value = page.hidden(name).unwrap_or_else(|| panic!("{name} travels along: {}", page.body)).replace("&quot;", "\"");
        (name, value)
    });
    let mut all: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    all.push(("_sandi", sandi));
    browser.post("/uji/hapus", &all)
}

#[test]
fn a_dangerous_act_right_after_log_in_is_done_at_once() {
    let (kit, _) = regency_with(&[&DANGER]);
    assert!(done(&signed_in(&kit, "staf").fill("/uji", "/uji/hapus", &[("alasan", "karena \"usang\"")])));
}

#[test]
fn after_ten_minutes_the_password_is_asked_for_and_what_was_typed_is_kept() {
    let (kit, accounts) = regency_with(&[&DANGER]);
    let mut browser = signed_in(&kit, "staf");
    kit.clock.move_ms(10 * MINUTE);
    let asked = browser.fill("/uji", "/uji/hapus", &[("alasan", "karena \"usang\"")]);
    assert_eq!(asked.status, 422);
    assert!(asked.says("Ketik sandi Anda sekali lagi") && asked.says("Menghapus semuanya"), "{}", asked.body);
    let wrong = send_again(&mut browser, &asked, "bukan sandi saya");
    assert!(wrong.status == 422 && wrong.says("Sandi tidak cocok"), "{}", wrong.body);
    let sandi = crate::password(&accounts, "staf").to_owned();
    assert!(done(&send_again(&mut browser, &wrong, &sandi)));
    assert!(done(&browser.fill("/uji", "/uji/hapus", &[("alasan", "karena \"usang\"")])), "the proof holds for ten minutes");
    let umum = chain(&kit, "umum");
    assert!(umum.contains("identity.confirm-password") && umum.contains("identity.fail-confirm-password"));
    assert!(!umum.contains(&sandi));
}

#[test]
fn a_dangerous_page_opens_after_the_password_and_a_borrowed_session_cannot_guess_it() {
    let (kit, accounts) = regency_with(&[&DANGER]);
    let mut browser = signed_in(&kit, "admin-opd");
    assert_eq!(browser.get("/uji/rahasia?a=1").status, 200);
    kit.clock.move_ms(11 * MINUTE);
    let led = browser.get("/uji/rahasia?a=1");
    assert_eq!(led.location.as_deref(), Some("/buktikan?ke=%2Fuji%2Frahasia%3Fa%3D1"));
    let ke = [("ke", "/uji/rahasia?a=1")];
    for _ in 0..5 {
        let fields = [ke[0], ("sandi", "salah")];
        assert!(browser.fill("/buktikan", "/buktikan", &fields).says("Sandi tidak cocok"));
    }
    let right = [ke[0], ("sandi", crate::password(&accounts, "admin-opd"))];
    assert!(browser.fill("/buktikan", "/buktikan", &right).says("Coba lagi pukul"));
    kit.clock.move_ms(2 * MINUTE);
    assert_eq!(browser.fill("/buktikan", "/buktikan", &right).location.as_deref(), Some("/uji/rahasia?a=1"));
    assert_eq!(browser.get("/uji/rahasia").status, 200);
}

#[test]
fn pages_of_citizens_are_not_for_officers_and_strangers_log_in_first() {
    let (kit, _) = regency_with(&[&DANGER]);
    let mut officer = signed_in(&kit, "staf");
    let page = officer.get("/uji/warga");
    assert!(page.status == 403 && page.says("Halaman ini untuk warga"));
    assert_eq!(officer.get("/uji/semua").status, 200);
    for path in ["/uji/warga", "/uji/semua", "/uji"] {
        assert!(stranger(&kit).get(path).location.is_some_and(|to| to.starts_with("/masuk?ke=")), "{path}");
    }
}

#[test]
fn no_dangerous_act_carries_files() {
    let both = praja_identity::MODULE.routes.iter().filter(|route| route.reauth && route.upload.is_some());
    assert_eq!(both.count(), 0, "files are lost while the password is typed; mark the page of the form instead");
}
