use praja_testkit::Kit;

use crate::{chain, password, regency, signed_in, stranger};

const WRONG: &str = "Akun atau sandi tidak cocok.";

#[test]
fn everybody_logs_in_by_account_name_or_e_mail_however_typed() {
    let (kit, accounts) = regency();
    for akun in ["tata-usaha", " TATA-USAHA ", "tata-usaha@praja.example"] {
        let mut browser = stranger(&kit);
        let sandi = password(&accounts, "tata-usaha");
        let page = browser.fill("/masuk", "/masuk", &[("akun", akun), ("sandi", sandi)]);
        assert_eq!((page.status, page.location.as_deref()), (303, Some("/")), "{akun}: {}", page.body);
        let page = browser.get("/profil");
        assert!(page.says("Wulan Anggraini Pratiwi, A.Md.") && page.says("Pengadministrasi Persuratan Dinas Kesehatan"));
    }
}

#[test]
fn a_nip_logs_in_with_or_without_blanks() {
    let (kit, accounts) = regency();
    let page = signed_in(&kit, "tata-usaha").get("/profil");
    let start = page.body.find("19940112").expect("the profile shows the NIP");
    let nip = &page.body[start..start + 18];
    let spaced = format!("{} {} {} {}", &nip[..8], &nip[8..14], &nip[14..15], &nip[15..]);
    for typed in [nip, &spaced] {
        let fields = [("akun", typed), ("sandi", password(&accounts, "tata-usaha"))];
        assert_eq!(stranger(&kit).fill("/masuk", "/masuk", &fields).status, 303, "{typed}");
    }
}

#[test]
fn a_wrong_password_and_an_unknown_account_look_the_same_and_keep_what_was_typed() {
    let (kit, _) = regency();
    let mut bodies = Vec::new();
    for akun in ["tata-usaha", "tidak-ada-x"] {
        let page = stranger(&kit).fill("/masuk", "/masuk", &[("akun", akun), ("sandi", "salah-sekali-ini")]);
        assert_eq!(page.status, 422);
        assert!(page.says(WRONG) && page.says(&format!("value=\"{akun}\"")) && !page.says("salah-sekali-ini"));
        let at = page.body.find("ringkasan-masalah").expect("there is a summary");
        bodies.push(page.body[at..at + 300].to_owned());
    }
    assert_eq!(bodies[0], bodies[1]);
    let umum = chain(&kit, "umum");
    assert_eq!(umum.matches("identity.fail-log-in").count(), 1, "only accounts that exist are named");
    assert!(!umum.contains("tidak-ada-x"));
}

#[test]
fn the_door_shuts_after_five_failures_and_says_when_to_come_back() {
    let (kit, accounts) = regency();
    for akun in ["tata-usaha", "tidak-ada-x"] {
        for _ in 0..5 {
            assert!(stranger(&kit).fill("/masuk", "/masuk", &[("akun", akun), ("sandi", "salah")]).says(WRONG));
        }
        let page = stranger(&kit).fill("/masuk", "/masuk", &[("akun", akun), ("sandi", "salah")]);
        assert!(page.says("Coba lagi pukul 09.01 WIB"), "{akun}: {}", page.body);
    }
    let right = [("akun", "tata-usaha"), ("sandi", password(&accounts, "tata-usaha"))];
    assert_eq!(stranger(&kit).fill("/masuk", "/masuk", &right).status, 422, "the right password waits, too");
    kit.clock.move_ms(60_000);
    assert_eq!(stranger(&kit).fill("/masuk", "/masuk", &right).status, 303);
    assert!(stranger(&kit).fill("/masuk", "/masuk", &[("akun", "tata-usaha"), ("sandi", "salah")]).says(WRONG), "counted anew");
}

#[test]
fn after_log_in_the_page_that_was_wanted_opens_unless_it_is_elsewhere() {
    let (kit, accounts) = regency();
    let cases =
        [("/profil", "/profil"), ("//jahat.example/", "/"), ("/keluar", "/"), ("/bertindak-sebagai", "/"), ("/masuk", "/")];
    for (ke, to) in cases {
        let mut browser = stranger(&kit);
        let form = browser.get(&format!("/masuk?ke={}", ke.replace('/', "%2F")));
        let csrf = form.hidden("_csrf").expect("the form has its token").to_owned();
        let fields = [("_csrf", csrf.as_str()), ("ke", ke), ("akun", "staf"), ("sandi", password(&accounts, "staf"))];
        assert_eq!(browser.post("/masuk", &fields).location.as_deref(), Some(to), "{ke}");
    }
}

#[test]
fn logging_out_ends_the_session_for_good() {
    let (kit, accounts) = regency();
    let mut browser = stranger(&kit);
    let fields = [("akun", "staf"), ("sandi", password(&accounts, "staf"))];
    let cookie = browser.fill("/masuk", "/masuk", &fields);
    let cookie =
        cookie.headers.iter().find(|(name, value)| name == "set-cookie" && value.starts_with("praja_sesi=")).expect("a session");
    assert!(cookie.1.contains("HttpOnly") && cookie.1.contains("SameSite=Lax"));
    let value = cookie.1["praja_sesi=".len()..].split(';').next().expect("a value").to_owned();
    assert_eq!(browser.fill("/profil", "/keluar", &[]).location.as_deref(), Some("/masuk"));
    assert_eq!(browser.get("/profil").location.as_deref(), Some("/masuk?ke=%2Fprofil"));
    let mut thief = stranger(&kit).with_cookie("praja_sesi", &value);
    assert_eq!(thief.get("/profil").status, 303, "the old cookie opens nothing");
    let (_, rest) =
        chain(&kit, "umum").split_once("identity.log-in").map(|(a, b)| (a.to_owned(), b.to_owned())).expect("audited");
    assert!(!rest.contains(password(&accounts, "staf")));
}

#[test]
fn logging_in_again_leaves_no_older_session_of_this_browser() {
    let (kit, accounts) = regency();
    let mut browser = stranger(&kit);
    let fields = [("akun", "staf"), ("sandi", password(&accounts, "staf"))];
    browser.fill("/masuk", "/masuk", &fields);
    // The form of a second tab that was open before.
    browser.fill("/profil", "/masuk", &fields);
    let page = browser.get("/profil");
    assert_eq!(page.body.matches("Akhiri sesi</span>").count(), 0, "{}", page.body);
}

#[test]
fn a_session_ends_by_itself_when_it_is_not_used() {
    let (kit, _) = regency();
    let mut browser = signed_in(&kit, "staf");
    assert_eq!(browser.get("/profil").status, 200);
    kit.clock.move_ms(12 * 60 * 60 * 1000);
    assert_eq!(browser.get("/profil").status, 303);
}

#[test]
fn the_log_in_page_of_a_rehearsal_says_so_and_where_the_accounts_are() {
    let (kit, accounts) = regency();
    let page = stranger(&kit).get("/masuk");
    assert!(page.says("LATIHAN") && page.says("akun-demo.csv"));
    assert!(accounts.iter().all(|one| !page.says(&one.sandi)));
}

#[test]
fn whoever_is_signed_in_is_not_asked_again() {
    let kit = Kit::new(&[]);
    assert_eq!(signed_in(&kit, "staf").get("/masuk").location.as_deref(), Some("/"));
}
