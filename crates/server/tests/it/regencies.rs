//! Two regencies in one process, strangers at every door, and the first thread from log-in to audit trail.

use praja_module::{Access, Instances, Method};
use praja_testkit::{Kit, Visitor};

const LIST: &str = "/eoffice/surat-masuk";
const FORM: &str = "/eoffice/surat-masuk/baru";
const SCAN: &[u8] = b"%PDF-1.4\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n";

fn modules() -> Vec<&'static praja_module::Module> {
    praja_server::modules().into_iter().filter(|module| !matches!(module.id, "identity" | "desk")).collect()
}

fn letter(nomor: &str, hal: &str) -> Vec<(&'static str, String)> {
    [
        ("asal", "Badan Pusat Statistik"),
        ("nomor_surat", nomor),
        ("tanggal_surat", "2026-11-20"),
        ("tanggal_terima", "2026-11-22"),
        ("hal", hal),
        ("sifat", "biasa"),
        ("derajat", "segera"),
        ("tujuan", "Kepala Dinas Kesehatan"),
        ("jumlah_lampiran", "1"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

async fn register(visitor: &mut Visitor<'_>, nomor: &str, hal: &str) -> praja_testkit::Page {
    let fields = letter(nomor, hal);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    visitor.upload(FORM, FORM, &fields, &[("pindaian", "surat dari BPS.pdf", SCAN)]).await
}

#[actix_web::test]
async fn a_letter_goes_from_the_form_to_the_list_the_page_the_scan_and_the_audit_trail() {
    let kit = Kit::new(&modules());
    let mut tu = kit.sign_in_as("tata-usaha");
    let saved = register(&mut tu, "B-719/BPS/2026", "Permintaan data sektoral triwulan IV").await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let at = saved.location.expect("the letter has a page");
    let list = tu.get(LIST).await;
    assert!(list.says("Permintaan data sektoral triwulan IV") && list.says("B-719/BPS/2026"), "{}", list.body);
    let shown = tu.get(&at).await;
    assert_eq!(shown.status, 200);
    assert!(shown.says("surat dari BPS.pdf") && shown.says("Wulan"), "the scan and who registered it are shown");
    let href = shown.body.split("href=\"").find(|part| part.starts_with("/desk/lampiran/")).expect("a link to the scan");
    let scan = tu.get(href.split('"').next().unwrap()).await;
    assert_eq!((scan.status, scan.body.as_bytes()), (200, SCAN));
    assert_eq!(scan.header("content-type"), Some("application/pdf"));
    let report = kit.off(|regency| regency.db.verify_audit(&[], |_| String::new())).unwrap();
    assert!(report.problems.is_empty() && report.rows > 0, "{report:?}");
}

#[actix_web::test]
async fn another_opd_sees_neither_the_letter_nor_its_scan() {
    let kit = Kit::new(&modules());
    let mut tu = kit.sign_in_as("tata-usaha");
    let saved = register(&mut tu, "B-720/BPS/2026", "Rahasia dapur dinas").await;
    let at = saved.location.unwrap();
    let shown = tu.get(&at).await;
    let href = shown
        .body
        .split("href=\"")
        .find(|part| part.starts_with("/desk/lampiran/"))
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    for other in ["tu.setda", "camat"] {
        let mut other = kit.sign_in_as(other);
        assert!(!other.get(LIST).await.says("Rahasia dapur dinas"));
        assert_eq!(other.get(&at).await.status, 404);
        assert_eq!(other.get(&href).await.status, 404);
        assert!(!other.get("/cari?q=dapur").await.says("Rahasia dapur dinas"));
    }
}

#[actix_web::test]
async fn the_same_form_sent_twice_registers_one_letter() {
    let kit = Kit::new(&modules());
    let mut tu = kit.sign_in_as("tata-usaha");
    let page = tu.get(FORM).await;
    let fields = letter("B-1/2026", "Sekali saja");
    let mut all =
        vec![("_csrf", page.hidden("_csrf").unwrap().to_owned()), ("_kunci", page.hidden("_kunci").unwrap().to_owned())];
    all.extend(fields);
    let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let first = tu.post(FORM, &all).await;
    let second = tu.post(FORM, &all).await;
    assert_eq!((first.status, second.status), (303, 303));
    assert_eq!(first.location, second.location);
    assert_eq!(tu.get(LIST).await.body.matches("B-1/2026").count(), 1);
}

#[actix_web::test]
async fn two_regencies_in_one_process_share_nothing() {
    let modules = modules();
    let first = Kit::named(&modules, "Kabupaten Satu", &["satu.test"]);
    let second = Kit::named(&modules, "Kabupaten Dua", &["dua.test"]);
    let (first, second) = Kit::together(first, second);
    let mut tu = first.sign_in_as("tata-usaha").host("satu.test");
    let saved = register(&mut tu, "B-5/2026", "Hanya milik Kabupaten Satu").await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    assert!(tu.get(LIST).await.says("Kabupaten Satu"));
    let mut theirs = second.sign_in_as("tata-usaha").host("dua.test");
    let list = theirs.get(LIST).await;
    assert!(list.says("Kabupaten Dua") && !list.says("Hanya milik Kabupaten Satu"));
    let mut lost = first.sign_in_as("tata-usaha").host("dua.test");
    assert_eq!(lost.get(LIST).await.status, 303, "a session of one regency means nothing in the other");
    assert_eq!(first.stranger().host("tiga.test").get("/masuk").await.status, 421);
}

#[actix_web::test]
async fn a_signed_cookie_leads_to_a_regency_and_a_forged_one_does_not() {
    let modules = modules();
    let (first, second) = Kit::together(Kit::named(&modules, "Kabupaten Satu", &[]), Kit::named(&modules, "Kabupaten Dua", &[]));
    let cookie = Instances::cookie_for(&second.instance);
    assert!(first.stranger().with_cookie("praja_ruang", &cookie).get("/masuk").await.says("Kabupaten Dua"));
    let forged = format!("{}.{}", second.instance.id, "0".repeat(32));
    assert!(first.stranger().with_cookie("praja_ruang", &forged).get("/masuk").await.says("Kabupaten Satu"));
}

/// A route's pattern with something in the place of each variable part.
pub fn filled(pattern: &str, with: &str) -> String {
    pattern.split('/').map(|part| if part.starts_with('{') { with } else { part }).collect::<Vec<_>>().join("/")
}

#[actix_web::test]
async fn strangers_are_turned_away_from_every_guarded_door() {
    let kit = Kit::new(&modules());
    let some = "01935b6e-0000-7000-8000-000000000001";
    for route in kit.parts.modules.iter().flat_map(|module| module.routes.iter()) {
        if route.access == Access::Public {
            continue;
        }
        let path = filled(route.path, some);
        let answer = match route.method {
            Method::Get => kit.stranger().get(&path).await,
            Method::Post => kit.stranger().post(&path, &[("_csrf", "x"), ("_kunci", some)]).await,
        };
        assert_eq!(answer.status, 303, "{path}");
        assert!(answer.location.unwrap_or_default().starts_with("/masuk"), "{path}");
        let forged = kit.stranger().with_cookie("praja_sesi", &"0".repeat(64)).get(&path).await;
        assert!([303, 404, 405].contains(&forged.status), "{path} let a forged session in: {}", forged.status);
    }
}

#[actix_web::test]
async fn a_form_without_its_proof_of_origin_changes_nothing() {
    let kit = Kit::new(&modules());
    let mut tu = kit.sign_in_as("tata-usaha");
    let fields = letter("B-9/2026", "Tanpa bukti asal");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(tu.post(FORM, &fields).await.status, 403);
    let page = tu.get(FORM).await;
    let csrf = page.hidden("_csrf").unwrap().to_owned();
    let mut all = vec![("_csrf", csrf.as_str())];
    all.extend(fields);
    let body = praja_testkit::urlencode(&all);
    let foreign = actix_web::test::TestRequest::post()
        .uri(FORM)
        .insert_header(("content-type", "application/x-www-form-urlencoded"))
        .insert_header(("sec-fetch-site", "cross-site"))
        .set_payload(body);
    assert_eq!(tu.send(foreign).await.status, 403, "the right token from a foreign page");
    assert!(!tu.get(LIST).await.says("Tanpa bukti asal"));
}

#[actix_web::test]
async fn who_lacks_the_permission_is_told_which_right_is_missing() {
    let kit = Kit::new(&modules());
    let mut boss = kit.sign_in_as("kadis");
    let page = boss.get(FORM).await;
    assert_eq!(page.status, 403);
    assert!(page.says("hubungi"), "{}", page.body);
    assert!(!boss.get("/").await.says("Catat surat masuk"), "what may not be done is not offered");
}
