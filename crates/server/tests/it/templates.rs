//! A template of the regency's own is tried with the real typesetter before it is kept.

use std::sync::Arc;

use praja_kernel::Date;
use praja_store::StoreError;
use praja_testkit::Kit;

const PAGE: &str = "/desk/jenis-naskah/memo/templat";
const OWN: &str = "#let d = json(\"data.json\")\n#set document(title: d.judul)\nMemo kami: #d.hal";
const DATA: &str = "{\"judul\": \"Memo\", \"hal\": \"Rapat\", \"tanggal\": \"2026-11-23\"}";

fn drawn_by(kit: &Kit) -> Vec<String> {
    kit.off(|instance| {
        let of = |tx: &mut praja_store::Tx<'_>| {
            praja_desk::templat_naskah::drawing(tx, "memo", serde_json::json!({}), Date::constant(2026, 11, 22))
        };
        instance.db.read(|tx| Ok::<_, StoreError>(of(tx)?.files.into_keys().collect()))
    })
    .unwrap()
}

#[actix_web::test]
async fn a_template_is_shown_kept_refused_with_its_line_and_given_back() {
    let kit = Kit::giving(&[], |ports| ports.documents = Some(Arc::new(praja_documents::Drawer::in_here(true))));
    let mut admin = kit.sign_in_as("superadmin");
    let page = admin.get(PAGE).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.body.contains("umum.typ") && page.body.contains("Persiapan Bahan Rapat"), "the release's text and its sample");

    let shown = admin.fill(PAGE, PAGE, &[("templat", OWN), ("data", DATA), ("langkah", "lihat")]).await;
    assert!(shown.status == 200 && shown.bytes.starts_with(b"%PDF-"), "{}", shown.status);
    assert!(drawn_by(&kit).is_empty(), "looking keeps nothing");

    let broken = format!("{OWN}\n#d.tidak_ada\n");
    for step in ["lihat", "simpan"] {
        let refused = admin.fill(PAGE, PAGE, &[("templat", &broken), ("data", DATA), ("langkah", step)]).await;
        assert_eq!(refused.status, 422, "{step}");
        for words in ["memo.typ baris 4", "tidak_ada", "default: none", "Memo kami: #d.hal"] {
            assert!(refused.body.contains(words), "{step}, {words}: {}", refused.body);
        }
    }
    for (data, words) in [("{\"judul\": ", "bukan JSON yang utuh, baris 1"), ("{\"judul\": \"x\"}", "hal")] {
        let refused = admin.fill(PAGE, PAGE, &[("templat", OWN), ("data", data), ("langkah", "simpan")]).await;
        assert!(refused.status == 422 && refused.body.contains(words), "{words}: {}", refused.body);
    }
    assert!(drawn_by(&kit).is_empty(), "a broken template is never kept");

    let kept = admin.fill(PAGE, PAGE, &[("templat", OWN), ("data", DATA), ("langkah", "simpan")]).await;
    assert_eq!(kept.status, 303, "{}", kept.body);
    assert_eq!(drawn_by(&kit), ["memo.typ"]);
    let page = admin.get(PAGE).await.body;
    assert!(page.contains("memakai templat daerah") && page.contains("Memo kami"), "{page}");
    let kind = admin.get("/desk/jenis-naskah/memo").await.body;
    assert!(kind.contains("mengubah templat naskah"), "the history of the kind tells it: {kind}");

    let versi = page.split("name=\"versi\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let step = |versi| [("templat", OWN), ("data", DATA), ("langkah", "bawaan"), ("versi", versi)];
    assert_eq!(admin.fill(PAGE, PAGE, &step("0")).await.status, 409, "somebody else changed it meanwhile");
    let back = admin.fill(PAGE, PAGE, &step(versi)).await;
    assert_eq!(back.status, 303, "{}", back.body);
    assert!(drawn_by(&kit).is_empty());
    assert_eq!(kit.sign_in_as("tata-usaha").get(PAGE).await.status, 403, "whoever does not manage all registers sees none of it");
}

#[actix_web::test]
async fn a_program_without_the_typesetter_says_so_on_the_page_and_keeps_nothing() {
    let kit = Kit::new(&[]);
    let page = kit.sign_in_as("superadmin").get(PAGE).await;
    assert!(page.status == 200 && page.body.contains("dibangun tanpa pembuat PDF"), "{}", page.body);
}
