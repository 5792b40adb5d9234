use praja_identity::{jabatan, opd};
use praja_testkit::Kit;

use crate::{regency, signed_in, stranger};

#[test]
fn an_admin_sees_the_own_opd_and_what_is_below_it() {
    let (kit, _) = regency();
    let mut admin = signed_in(&kit, "admin-opd");
    let page = admin.get("/identity/opd");
    assert!(page.says("Dinas Kesehatan") && page.says("Puskesmas Pasar Baru") && page.says("3 OPD"), "{}", page.body);
    assert!(!page.says("Dinas Sosial"));
    let people = admin.get("/identity/orang");
    assert!(people.says("Wulan Anggraini Pratiwi") && !people.says("Hasanuddin Rahim"));
    let social = kit.instance.db.read(opd::list_active).expect("the tree is read");
    let social = social.iter().find(|one| one.singkatan == "Dinsos").expect("Dinas Sosial is there").id;
    assert_eq!(admin.get(&format!("/identity/opd/{social}")).status, 404);
    assert_eq!(signed_in(&kit, "superadmin").get(&format!("/identity/opd/{social}")).status, 200);
}

#[test]
fn others_are_turned_away() {
    let (kit, _) = regency();
    for path in ["/identity/opd", "/identity/orang"] {
        assert_eq!(signed_in(&kit, "staf").get(path).status, 403);
        assert_eq!(stranger(&kit).get(path).status, 303);
    }
}

#[test]
fn people_are_found_by_a_part_of_the_name_and_by_nip() {
    let (kit, _) = regency();
    let mut superadmin = signed_in(&kit, "superadmin");
    for (word, name) in
        [("anggraini", "Wulan Anggraini Pratiwi"), ("MI'UN", "Rojali bin Mi"), ("19940112", "Wulan Anggraini Pratiwi")]
    {
        let page = superadmin.get(&format!("/identity/orang?q={word}"));
        assert!(page.says(name) && !page.says("Hasanuddin Rahim"), "{word}");
    }
    assert!(superadmin.get("/identity/orang?q=%25").says("Tidak ada yang ditemukan"));
}

#[test]
fn the_list_of_people_goes_on_where_it_stopped() {
    let (kit, _) = regency();
    let mut superadmin = signed_in(&kit, "superadmin");
    let first = superadmin.get("/identity/orang");
    let (fold, id) = (first.hidden("fold").expect("more follow"), first.hidden("id").expect("more follow"));
    let next = superadmin.get(&format!("/identity/orang?fold={}&id={id}", fold.replace(' ', "+")));
    assert!(first.says("Agus Salim Tanjung") && !next.says("Agus Salim Tanjung"));
    assert!(next.says("Zulkifli Arsyad Lamalera") && !first.says("Zulkifli Arsyad Lamalera"));
}

#[test]
fn no_list_reads_a_whole_table_or_sorts_in_memory() {
    let (kit, plans) = Kit::with_plans(&[]);
    let mut superadmin = signed_in(&kit, "superadmin");
    for path in ["/profil", "/identity/opd", "/identity/orang", "/identity/orang?q=a"] {
        assert_eq!(superadmin.get(path).status, 200, "{path}");
    }
    let mut admin = signed_in(&kit, "admin-opd");
    admin.get("/identity/orang?q=a");
    let page = admin.get("/identity/opd");
    let at = page.body.find("/identity/opd/").expect("an OPD is listed");
    assert_eq!(admin.get(&page.body[at..at + 50]).status, 200);
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
