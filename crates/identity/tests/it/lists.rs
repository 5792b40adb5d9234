use praja_identity::{jabatan, opd};
use praja_testkit::Kit;

use crate::regency;

#[actix_web::test]
async fn an_admin_sees_the_own_opd_and_what_is_below_it() {
    let (kit, _) = regency();
    let mut admin = kit.sign_in_as("admin-opd");
    let page = admin.get("/identity/opd").await;
    assert!(page.says("Dinas Kesehatan") && page.says("Puskesmas Pasar Baru") && page.says("3 OPD"), "{}", page.body);
    assert!(!page.says("Dinas Sosial"));
    let people = admin.get("/identity/orang").await;
    assert!(people.says("Wulan Anggraini Pratiwi") && !people.says("Hasanuddin Rahim"));
    let social = kit.instance.db.read(opd::list_active).expect("the tree is read");
    let social = social.iter().find(|one| one.singkatan == "Dinsos").expect("Dinas Sosial is there").id;
    assert_eq!(admin.get(&format!("/identity/opd/{social}")).await.status, 404);
    assert_eq!(kit.sign_in_as("superadmin").get(&format!("/identity/opd/{social}")).await.status, 200);
}

#[actix_web::test]
async fn others_are_turned_away() {
    let (kit, _) = regency();
    for path in ["/identity/opd", "/identity/orang"] {
        assert_eq!(kit.sign_in_as("staf").get(path).await.status, 403);
        assert_eq!(kit.stranger().get(path).await.status, 303);
    }
}

#[actix_web::test]
async fn people_are_found_by_a_part_of_the_name_and_by_nip() {
    let (kit, _) = regency();
    let mut superadmin = kit.sign_in_as("superadmin");
    for (word, name) in
        [("anggraini", "Wulan Anggraini Pratiwi"), ("MI'UN", "Rojali bin Mi"), ("19940112", "Wulan Anggraini Pratiwi")]
    {
        let page = superadmin.get(&format!("/identity/orang?q={word}")).await;
        assert!(page.says(name) && !page.says("Hasanuddin Rahim"), "{word}");
    }
    assert!(superadmin.get("/identity/orang?q=%25").await.says("Tidak ada yang ditemukan"));
}

#[actix_web::test]
async fn the_list_of_people_goes_on_where_it_stopped() {
    let (kit, _) = regency();
    let mut superadmin = kit.sign_in_as("superadmin");
    let first = superadmin.get("/identity/orang").await;
    let (fold, id) = (first.hidden("fold").expect("more follow"), first.hidden("id").expect("more follow"));
    let next = superadmin.get(&format!("/identity/orang?fold={}&id={id}", fold.replace(' ', "+"))).await;
    assert!(first.says("Agus Salim Tanjung") && !next.says("Agus Salim Tanjung"));
    assert!(next.says("Zulkifli Arsyad Lamalera") && !first.says("Zulkifli Arsyad Lamalera"));
}

#[actix_web::test]
async fn no_list_reads_a_whole_table_or_sorts_in_memory() {
    let (kit, plans) = Kit::with_plans(&[]);
    let mut superadmin = kit.sign_in_as("superadmin");
    for path in ["/profil", "/identity/opd", "/identity/orang", "/identity/orang?q=a"] {
        assert_eq!(superadmin.get(path).await.status, 200, "{path}");
    }
    let mut admin = kit.sign_in_as("admin-opd");
    admin.get("/identity/orang?q=a").await;
    let page = admin.get("/identity/opd").await;
    let at = page.body.find("/identity/opd/").expect("an OPD is listed");
    assert_eq!(admin.get(&page.body[at..at + 50]).await.status, 200);
    for plan in plans.plans().iter().filter(|plan| plan.sql.contains("identity_")) {
        assert!(plan.offences().is_empty(), "{}\n{:#?}", plan.sql, plan.lines);
    }
}

#[test]
fn every_opd_that_registers_letters_has_somebody_for_it_and_a_head() {
    let (kit, _) = regency();
    let dinas = kit.instance.db.read(opd::list_active).expect("the tree is read");
    assert!(dinas.iter().all(|one| one.nama != "Dinas Perhubungan, Komunikasi dan Informatika"), "it was merged");
    for one in dinas.iter().filter(|one| matches!(one.jenis, opd::Jenis::Dinas | opd::Jenis::Badan)) {
        let head = kit.instance.db.read(|tx| jabatan::head_of(tx, one.id)).expect("read").expect("there is a head");
        assert!(head.nama.starts_with("Kepala"), "{}", head.nama);
        let holders = kit.instance.db.read(|tx| jabatan::holders_on(tx, head.id, kit.instance.today())).expect("read");
        assert!(!holders.is_empty(), "nobody holds {}", head.nama);
    }
}

#[test]
fn the_demo_regency_is_loaded_once() {
    let (kit, accounts) = regency();
    let count = || kit.instance.db.read(opd::list_active).expect("the tree is read").len();
    let before = count();
    kit.load_demo("identity");
    assert_eq!(count(), before);
    let again = praja_identity::accounts::create_demo(&kit.instance).expect("passwords are drawn anew");
    assert_eq!(again.len(), accounts.len());
    assert!(again.iter().zip(&accounts).all(|(new, old)| new.akun == old.akun && new.sandi != old.sandi));
}
