use crate::{chain, password, regency};

const NEW: &str = "kopi senja di tepi rel";

#[actix_web::test]
async fn somebody_with_two_posts_acts_for_either() {
    let (kit, _) = regency();
    let mut browser = kit.sign_in_as("sekdis");
    let page = browser.get("/profil").await;
    assert!(page.says("Plt. Direktur Rumah Sakit Umum Daerah"));
    let at = page.body.find("name=\"penugasan\" value=\"").expect("a post to choose") + "name=\"penugasan\" value=\"".len();
    let wanted = page.body[at..at + 36].to_owned();
    let sent = browser.fill("/profil", "/bertindak-sebagai", &[("penugasan", &wanted), ("ke", "/profil")]).await;
    assert_eq!(sent.location.as_deref(), Some("/profil"));
    assert!(browser.get("/profil").await.says("Anda sekarang bertindak sebagai Plt. Direktur Rumah Sakit Umum Daerah."));
    assert!(browser.get("/profil").await.says("Plt. Direktur Rumah Sakit Umum Daerah, Rumah Sakit Umum Daerah"));
}

#[actix_web::test]
async fn nobody_acts_for_a_post_of_another() {
    let (kit, _) = regency();
    let page = kit.sign_in_as("sekdis").get("/profil").await;
    let at = page.body.find("name=\"penugasan\" value=\"").expect("a post to choose") + "name=\"penugasan\" value=\"".len();
    let foreign = page.body[at..at + 36].to_owned();
    let mut other = kit.sign_in_as("staf");
    let refused = other.fill("/profil", "/bertindak-sebagai", &[("penugasan", &foreign)]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("Anda tidak sedang memegang jabatan itu."));
}

#[actix_web::test]
async fn a_temporary_post_ends_with_its_last_day() {
    let (kit, _) = regency();
    assert!(kit.sign_in_as("sekban").get("/profil").await.says("Plh. Kepala Badan"));
    kit.clock.move_ms(6 * 24 * 60 * 60 * 1000);
    assert!(!kit.sign_in_as("sekban").get("/profil").await.says("Plh. Kepala Badan"));
}

#[actix_web::test]
async fn a_new_password_replaces_the_old_one_and_ends_other_sessions() {
    let (kit, accounts) = regency();
    let (mut here, mut elsewhere) = (kit.sign_in_as("staf"), kit.sign_in_as("staf"));
    let old = password(&accounts, "staf");
    let fields = [("sandi_lama", old), ("sandi_baru", NEW), ("sandi_ulang", NEW)];
    assert_eq!(here.fill("/profil", "/profil/sandi", &fields).await.location.as_deref(), Some("/profil"));
    assert_eq!(here.get("/profil").await.status, 200);
    assert_eq!(elsewhere.get("/profil").await.status, 303);
    assert_eq!(kit.stranger().fill("/masuk", "/masuk", &[("akun", "staf"), ("sandi", old)]).await.status, 422);
    assert_eq!(kit.stranger().fill("/masuk", "/masuk", &[("akun", "staf"), ("sandi", NEW)]).await.status, 303);
}

#[actix_web::test]
async fn a_refused_password_says_why_under_its_field() {
    let (kit, accounts) = regency();
    let old = password(&accounts, "staf");
    let cases = [
        ("salah", NEW, NEW, "Sandi lama tidak cocok."),
        (old, "pendek", "pendek", "yang ditulis 6."),
        (old, NEW, "lain dari yang tadi", "Kedua sandi baru tidak sama."),
        (old, old, old, "Sandi baru sama dengan sandi lama."),
        (old, "Ramadhan naik kuda", "Ramadhan naik kuda", "tidak boleh memuat"),
    ];
    let mut browser = kit.sign_in_as("staf");
    for (old, new, again, words) in cases {
        let fields = [("sandi_lama", old), ("sandi_baru", new), ("sandi_ulang", again)];
        let page = browser.fill("/profil", "/profil/sandi", &fields).await;
        assert_eq!(page.status, 422, "{words}");
        assert!(page.says(words) && !page.says(NEW), "{words}: {}", page.body);
    }
}

#[actix_web::test]
async fn a_session_of_another_cannot_be_ended_and_ones_own_can() {
    let (kit, _) = regency();
    let (mut here, mut there, mut stranger) = (kit.sign_in_as("staf"), kit.sign_in_as("staf"), kit.sign_in_as("kabid"));
    let page = here.get("/profil").await;
    let at = page.body.find("/profil/sesi/").expect("another session is listed");
    let path = page.body[at..].split('"').next().expect("an address").to_owned();
    assert_eq!(stranger.fill("/profil", &path, &[]).await.status, 404);
    assert_eq!(there.get("/profil").await.status, 200);
    assert_eq!(here.fill("/profil", &path, &[]).await.status, 303);
    assert!([here.get("/profil").await.status, there.get("/profil").await.status].contains(&303), "one of the two is out");
    assert!(kit.instance.db.verify_audit(&[], str::to_owned).expect("the chains can be read").problems.is_empty());
    assert!(!chain(&kit, "umum").contains("identity.revoke-session"), "the row stands in the OPD's own chain");
}
