use actix_web::test::TestRequest;

use super::*;
use crate::testing::{Office, officer, text};

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn tokens_passwords_and_empty_fields_are_never_kept() {
    let typed = pairs(&[
        ("_csrf", "x"),
        ("_formulir", "/a"),
        ("hal", "Undangan"),
        ("sandi_baru", "rahasia sekali"),
        ("kode_otp", "123456"),
        ("tujuan", "  "),
        ("kepada", "a"),
        ("kepada", "b"),
    ]);
    assert_eq!(keepable(&typed), pairs(&[("hal", "Undangan"), ("kepada", "a"), ("kepada", "b")]));
}

#[test]
fn a_draft_belongs_to_a_page_of_ours() {
    for (formulir, ours) in [
        ("/eoffice/surat-masuk/baru", true),
        ("/eoffice/surat-masuk/01?x=1", true),
        ("//x.example", false),
        ("https://x.example", false),
        ("/a\\b", false),
        ("/a b", false),
        ("", false),
        (&*format!("/{}", "a".repeat(300)), false),
    ] {
        assert_eq!(is_form(formulir), ours, "{formulir}");
    }
}

async fn post(office: &Office, address: &str, fields: &str) -> (u16, Option<String>, String) {
    let page = text(office.get("/desk/tampilan").await).await;
    let csrf = page.split("name=\"_csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a token").to_owned();
    let request = TestRequest::post()
        .uri(address)
        .insert_header(("content-type", "application/x-www-form-urlencoded"))
        .set_payload(format!("_csrf={csrf}&{fields}"));
    let response = office.send(request).await;
    let to = response.headers().get("location").and_then(|to| to.to_str().ok()).map(str::to_owned);
    (response.status().as_u16(), to, text(response).await)
}

fn stored(office: &Office) -> Vec<(String, Moment)> {
    office.instance.db.read(|tx| store::list(tx, &officer().actor.key(), 10)).expect("drafts")
}

#[actix_web::test]
async fn what_was_typed_is_kept_sealed_shown_again_and_dropped() {
    let office = Office::new(&[]);
    let typed = "_formulir=%2Fuji%2Fbaru&hal=Surat+sangat+khusus&sandi=jangan";
    let (status, to, _) = post(&office, "/desk/draf", typed).await;
    assert_eq!((status, to.as_deref()), (303, Some("/uji/baru")));
    let (status, _, json) = post(&office, "/desk/draf", &format!("{typed}&_skrip=ya")).await;
    assert_eq!((status, json.as_str()), (200, "{\"tersimpan\":\"09.00\"}"));
    assert_eq!(stored(&office).len(), 1);
    let (sealed, _) =
        office.instance.db.read(|tx| store::get(tx, &officer().actor.key(), "/uji/baru")).unwrap().expect("the draft");
    assert!(!String::from_utf8_lossy(&sealed).contains("khusus"), "whoever reads the database reads no draft");
    let plain = office.instance.keys().open(PURPOSE, &sealed).unwrap();
    assert_eq!(std::str::from_utf8(&plain).unwrap(), "[[\"hal\",\"Surat sangat khusus\"]]");
    let (_, to, _) = post(&office, "/desk/draf/buang", "_formulir=%2Fuji%2Fbaru").await;
    assert_eq!((to.as_deref(), stored(&office).len()), (Some("/uji/baru"), 0));
}

#[actix_web::test]
async fn an_emptied_form_leaves_no_draft_and_a_huge_one_is_refused() {
    let office = Office::new(&[]);
    post(&office, "/desk/draf", "_formulir=%2Fuji%2Fbaru&hal=x").await;
    post(&office, "/desk/draf", "_formulir=%2Fuji%2Fbaru&hal=").await;
    assert!(stored(&office).is_empty());
    let huge = format!("_formulir=%2Fuji%2Fbaru&hal={}", "x".repeat(LONGEST));
    assert_eq!(post(&office, "/desk/draf", &huge).await.0, 422);
    assert_eq!(post(&office, "/desk/draf", "_formulir=https%3A%2F%2Fx.example&hal=x").await.0, 422);
}

#[actix_web::test]
async fn drafts_that_nobody_came_back_to_are_swept() {
    let office = Office::new(&[]);
    post(&office, "/desk/draf", "_formulir=%2Fuji%2Fbaru&hal=x").await;
    sweep(&office.instance, "").expect("the job runs");
    assert_eq!(stored(&office).len(), 1, "a fresh draft stays");
    let later = By { at: crate::testing::now().plus_ms(KEPT_MS + 1), ..office.by() };
    office
        .instance
        .db
        .write(&later, Keys::unaudited(), |tx| {
            let before = tx.now()?.plus_ms(-KEPT_MS);
            store::remove_older(tx, before)
        })
        .expect("the sweep");
    assert!(stored(&office).is_empty());
}
