use crate::{chain, password, regency, signed_in, stranger};

const NEW: &str = "kopi senja di tepi rel";

#[test]
fn somebody_with_two_posts_acts_for_either() {
    let (kit, _) = regency();
    let mut browser = signed_in(&kit, "sekdis");
    let page = browser.get("/profil");
    assert!(page.says("Plt. Direktur Rumah Sakit Umum Daerah"));
    let at = page.body.find("name=\"penugasan\" value=\"").expect("a post to choose") + "name=\"penugasan\" value=\"".len();
    let wanted = page.body[at..at + 36].to_owned();
    let sent = browser.fill("/profil", "/bertindak-sebagai", &[("penugasan", &wanted), ("ke", "/profil")]);
    assert_eq!(sent.location.as_deref(), Some("/profil"));
    assert!(browser.get("/profil").says("Anda sekarang bertindak sebagai Plt. Direktur Rumah Sakit Umum Daerah."));
    assert!(browser.get("/profil").says("Plt. Direktur Rumah Sakit Umum Daerah, Rumah Sakit Umum Daerah"));
}

#[test]
fn nobody_acts_for_a_post_of_another() {
    let (kit, _) = regency();
    let page = signed_in(&kit, "sekdis").get("/profil");
    let at = page.body.find("name=\"penugasan\" value=\"").expect("a post to choose") + "name=\"penugasan\" value=\"".len();
    let foreign = page.body[at..at + 36].to_owned();
    let mut other = signed_in(&kit, "staf");
    let refused = other.fill("/profil", "/bertindak-sebagai", &[("penugasan", &foreign)]);
    assert_eq!(refused.status, 422);
    assert!(refused.says("Anda tidak sedang memegang jabatan itu."));
}

#[test]
fn a_temporary_post_ends_with_its_last_day() {
    let (kit, _) = regency();
    assert!(signed_in(&kit, "sekban").get("/profil").says("Plh. Kepala Badan"));
    kit.clock.move_ms(6 * 24 * 60 * 60 * 1000);
    assert!(!signed_in(&kit, "sekban").get("/profil").says("Plh. Kepala Badan"));
}

#[test]
fn a_new_password_replaces_the_old_one_and_ends_other_sessions() {
    let (kit, accounts) = regency();
    let (mut here, mut elsewhere) = (signed_in(&kit, "staf"), signed_in(&kit, "staf"));
    let old = password(&accounts, "staf");
    let fields = [("sandi_lama", old), ("sandi_baru", NEW), ("sandi_ulang", NEW)];
    assert_eq!(here.fill("/profil", "/profil/sandi", &fields).location.as_deref(), Some("/profil"));
    assert_eq!(here.get("/profil").status, 200);
    assert_eq!(elsewhere.get("/profil").status, 303);
    assert_eq!(stranger(&kit).fill("/masuk", "/masuk", &[("akun", "staf"), ("sandi", old)]).status, 422);
    assert_eq!(stranger(&kit).fill("/masuk", "/masuk", &[("akun", "staf"), ("sandi", NEW)]).status, 303);
}

#[test]
fn a_refused_password_says_why_under_its_field() {
    let (kit, accounts) = regency();
    let old = password(&accounts, "staf");
    let cases = [
        ("salah", NEW, NEW, "Sandi lama tidak cocok."),
        (old, "pendek", "pendek", "yang ditulis 6."),
        (old, NEW, "lain dari yang tadi", "Kedua sandi baru tidak sama."),
        (old, old, old, "Sandi baru sama dengan sandi lama."),
        (old, "Ramadhan naik kuda", "Ramadhan naik kuda", "tidak boleh memuat"),
    ];
    let mut browser = signed_in(&kit, "staf");
    for (old, new, again, words) in cases {
        let fields = [("sandi_lama", old), ("sandi_baru", new), ("sandi_ulang", again)];
        let page = browser.fill("/profil", "/profil/sandi", &fields);
        assert_eq!(page.status, 422, "{words}");
        assert!(page.says(words) && !page.says(NEW), "{words}: {}", page.body);
    }
}

#[test]
fn a_session_of_another_cannot_be_ended_and_ones_own_can() {
    let (kit, _) = regency();
    let (mut here, mut there, mut stranger) = (signed_in(&kit, "staf"), signed_in(&kit, "staf"), signed_in(&kit, "kabid"));
    let page = here.get("/profil");
    let at = page.body.find("/profil/sesi/").expect("another session is listed");
    let path = page.body[at..].split('"').next().expect("an address").to_owned();
    assert_eq!(stranger.fill("/profil", &path, &[]).status, 404);
    assert_eq!(there.get("/profil").status, 200);
    assert_eq!(here.fill("/profil", &path, &[]).status, 303);
    assert!([here.get("/profil").status, there.get("/profil").status].contains(&303), "one of the two is out");
    assert!(kit.instance.db.verify_audit(&[], str::to_owned).expect("the chains can be read").problems.is_empty());
    assert!(!chain(&kit, "umum").contains("identity.revoke-session"), "the row stands in the OPD's own chain");
}
