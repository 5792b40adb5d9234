//! What the regency sets, and where it is read.

use crate::{Person, alur};

#[test]
fn where_gifts_are_reported_stands_where_officers_log_in_and_work() {
    let kit = alur::kit();
    let page = "/perizinan/izin/pengaturan";
    assert!(Person::stranger(&kit).get("/masuk").says("Unit Pengendalian Gratifikasi"), "also before anybody set anything");
    let mut keeper = Person::officer(&kit, "pengelola-izin");
    let shown = keeper.get(page).body;
    let opd =
        shown.split("selected").next().and_then(|before| before.rsplit("value=\"").next()?.split('"').next()).unwrap_or_default();
    let mut set = |upg: &str, days: &str| {
        let fields = [("opd", opd), ("jam", "15"), ("calo_orang", "5"), ("calo_hari", "30"), ("keberatan", days), ("upg", upg)];
        keeper.fill(page, page, &fields)
    };
    let wrong = set("https://upg.contoh.go.id", "0");
    assert!(wrong.status == 422 && wrong.says("Tulis angka antara 1 dan 90") && wrong.says("upg.contoh"), "{}", wrong.body);
    assert_eq!(set("https://upg.contoh.go.id/lapor", "14").status, 303);
    for (mut who, page) in [
        (Person::stranger(&kit), "/masuk"),
        (Person::officer(&kit, "loket"), "/perizinan/izin"),
        (Person::officer(&kit, "kepala-izin"), "/perizinan/izin"),
    ] {
        assert!(who.get(page).body.contains("href=\"https://upg.contoh.go.id/lapor\""), "{page}");
    }
    // Words are words, whatever they look like.
    assert_eq!(set("javascript:alert(1)", "14").status, 303);
    let words = Person::stranger(&kit).get("/masuk");
    assert!(words.says("javascript:alert(1)") && !words.body.contains("href=\"javascript"), "{}", words.body);
}
