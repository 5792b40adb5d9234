//! Roles: who may see, give, take and make them, and what that changes at once.

use praja_identity::{jabatan, opd};
use praja_kernel::Id;
use praja_testkit::{Kit, Page};

use crate::{Browser, chain, signed_in};

const ADMIN: &str = "/identity/peran/identity.admin-opd";

/// A post by its name.
fn post(kit: &Kit, nama: &str) -> Id {
    kit.off(|instance| instance.db.read(|tx| jabatan::search(tx, nama, None, 1))).expect("the fictional regency has it")[0].id
}

/// The OPD of a short name.
fn office(kit: &Kit, singkatan: &str) -> Id {
    kit.off(|instance| instance.db.read(opd::list_active))
        .expect("the fictional regency has it")
        .into_iter()
        .find(|one| one.singkatan == singkatan)
        .expect("the fictional regency has it")
        .id
}

fn give(browser: &mut Browser<'_>, role: &str, fields: &[(&str, &str)]) -> Page {
    let path = format!("/identity/peran/{role}/beri");
    browser.fill(&path, &path, fields)
}

#[test]
fn only_who_manages_roles_sees_them() {
    let kit = Kit::new(&[]);
    for path in ["/identity/peran", ADMIN, "/identity/peran/pemegang", "/identity/peran/baru"] {
        assert_eq!(signed_in(&kit, "staf").get(path).status, 403, "{path}");
        assert_eq!(signed_in(&kit, "auditor").get(path).status, 403, "{path}");
        assert_eq!(signed_in(&kit, "admin-opd").get(path).status, 200, "{path}");
    }
    assert_eq!(signed_in(&kit, "admin-opd").get("/identity/peran/tidak.ada").status, 404);
}

#[test]
fn a_role_given_to_a_post_counts_at_once_and_no_more_when_it_is_taken_back() {
    let kit = Kit::new(&[]);
    let mut staf = signed_in(&kit, "staf");
    assert_eq!(staf.get("/identity/orang").status, 403);
    let page = staf.get("/profil");
    let at = page.body.find("<dd>").unwrap();
    assert!(page.body[at..].contains("Dinas Kesehatan"));
    let (id, _) = held_by(&kit, "staf");
    let mut admin = signed_in(&kit, "admin-opd");
    // Without the script: typed words that fit one post.
    let sent =
        give(&mut admin, "identity.admin-opd", &[("jabatan", &id.to_string()), ("jabatan_teks", "x"), ("jabatan_label", "x")]);
    assert_eq!(sent.location.as_deref(), Some(ADMIN), "{}", sent.body);
    assert_eq!(staf.get("/identity/orang").status, 200, "it counts at once");
    let again =
        give(&mut admin, "identity.admin-opd", &[("jabatan", &id.to_string()), ("jabatan_teks", "x"), ("jabatan_label", "x")]);
    assert!(again.status == 422 && again.says("sudah memegang peran ini"), "{}", again.body);
    let page = admin.get(ADMIN);
    let cut = page.body.rfind("/identity/peran/cabut/").expect("it can be taken back");
    let path = page.body[cut..].split('"').next().unwrap().to_owned();
    assert_eq!(admin.fill(ADMIN, &path, &[]).location.as_deref(), Some(ADMIN));
    assert_eq!(staf.get("/identity/orang").status, 403);
    assert_eq!(admin.fill(ADMIN, &path, &[]).status, 404, "it is taken already");
    let dinkes = office(&kit, "Dinkes").to_string();
    let trail = chain(&kit, &dinkes);
    assert!(trail.contains("identity.grant-peran") && trail.contains("identity.revoke-peran"));
}

/// The post somebody with a demo account acts for, and the person.
fn held_by(kit: &Kit, akun: &str) -> (Id, Id) {
    let email = format!("{akun}@praja.example");
    kit.off(|instance| {
        instance.db.read(|tx| {
            tx.one(
                "SELECT p.jabatan, o.id FROM identity_orang o JOIN identity_penugasan p ON p.orang = o.id WHERE o.email = ?1 ORDER BY p.mulai LIMIT 1",
                praja_store::params![&email],
                |row| Ok((row.get::<Id>(0)?, row.get::<Id>(1)?)),
            )
        })
    })
    .expect("the account has a post")
}

#[test]
fn typed_words_lead_to_one_post_or_to_a_choice() {
    let kit = Kit::new(&[]);
    let mut superadmin = signed_in(&kit, "superadmin");
    let sent = give(&mut superadmin, "identity.admin-opd", &[("jabatan_teks", "kepala dinas")]);
    assert!(sent.status == 422 && sent.says("Ada beberapa jabatan dengan nama itu."), "{}", sent.body);
    let sent = give(&mut superadmin, "identity.admin-opd", &[("jabatan_teks", "tidak ada jabatan begini")]);
    assert!(sent.status == 422 && sent.says("Tidak ada jabatan yang cocok"), "{}", sent.body);
    let sent = give(&mut superadmin, "identity.admin-opd", &[("jabatan_teks", "kepala dinas sosial")]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert!(superadmin.get("/identity/peran/pemegang?kata=dinas+sosial").says("Admin OPD"));
    assert!(give(&mut superadmin, "identity.admin-opd", &[]).says("Pilih jabatan atau orang yang menerima peran."));
}

#[test]
fn an_admin_reaches_neither_another_opd_nor_beyond_the_own_rights() {
    let kit = Kit::new(&[]);
    let mut admin = signed_in(&kit, "admin-opd");
    let foreign = post(&kit, "kepala dinas sosial").to_string();
    let chosen = [("jabatan", foreign.as_str()), ("jabatan_teks", "x"), ("jabatan_label", "x")];
    assert_eq!(give(&mut admin, "identity.admin-opd", &chosen).status, 404);
    let (own, _) = held_by(&kit, "staf");
    let own = own.to_string();
    for role in ["identity.superadmin", "identity.auditor"] {
        let sent = give(&mut admin, role, &[("jabatan", &own), ("jabatan_teks", "x"), ("jabatan_label", "x")]);
        assert!(sent.status == 422 && sent.says("Peran ini memuat izin di luar wewenang Anda."), "{role}: {}", sent.body);
        assert!(!admin.get(&format!("/identity/peran/{role}")).says("Beri peran ini"));
    }
    let (mine, me) = held_by(&kit, "admin-opd");
    let (mine, me, dinkes) = (mine.to_string(), me.to_string(), office(&kit, "Dinkes").to_string());
    let to_own_post = [("jabatan", mine.as_str()), ("jabatan_teks", "x"), ("jabatan_label", "x")];
    let to_oneself = [
        ("orang", me.as_str()),
        ("orang_teks", "x"),
        ("orang_label", "x"),
        ("opd", &dinkes),
        ("opd_teks", "x"),
        ("opd_label", "x"),
    ];
    for fields in [&to_own_post[..], &to_oneself[..]] {
        let sent = give(&mut admin, "identity.admin-opd", fields);
        assert!(sent.status == 422 && sent.says("Anda tidak dapat menambah hak diri sendiri."), "{}", sent.body);
    }
    let list = admin.get("/identity/peran/pemegang");
    assert!(!list.says("Dinas Sosial"), "holders of other OPD are not shown");
    let csv = admin.get("/identity/peran/pemegang/unduh?format=csv");
    assert!(csv.status == 200 && !csv.says("Dinas Sosial"));
}

#[test]
fn the_last_superadmin_stays() {
    let kit = Kit::new(&[]);
    let mut superadmin = signed_in(&kit, "superadmin");
    let path = "/identity/peran/identity.superadmin";
    let page = superadmin.get(path);
    let cut = page.body.find("/identity/peran/cabut/").expect("the grant is shown");
    let taken = page.body[cut..].split('"').next().unwrap().to_owned();
    let sent = superadmin.fill(path, &taken, &[]);
    assert!(sent.status == 422 && sent.says("superadmin yang terakhir"), "{}", sent.body);
}

#[test]
fn a_role_of_ones_own_making_is_made_given_changed_and_ended() {
    let kit = Kit::new(&[]);
    let mut admin = signed_in(&kit, "admin-opd");
    let new = "/identity/peran/baru";
    let page = admin.get(new);
    assert!(page.says("identity.manage-people") && !page.says("identity.manage-all-opd") && !page.says("identity.read-audit"));
    let sent = admin.fill(new, new, &[("nama", "Pengelola data"), ("izin", "identity.read-audit")]);
    assert!(sent.status == 422 && sent.says("di luar wewenang Anda") && sent.says("Pengelola data"), "{}", sent.body);
    let sent = admin.fill(new, new, &[("nama", "Pengelola data"), ("izin", "identity.manage-people")]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let at = sent.location.unwrap();
    let twice = admin.fill(new, new, &[("nama", "pengelola DATA"), ("izin", "identity.manage-people")]);
    assert!(twice.status == 422 && twice.says("Sudah ada peran bernama"));
    let (own, _) = held_by(&kit, "staf");
    let own = own.to_string();
    let role = at.rsplit('/').next().unwrap().to_owned();
    assert_eq!(give(&mut admin, &role, &[("jabatan", &own), ("jabatan_teks", "x"), ("jabatan_label", "x")]).status, 303);
    let mut staf = signed_in(&kit, "staf");
    assert_eq!(staf.get("/identity/orang").status, 200);
    assert_eq!(staf.get("/identity/peran").status, 403);
    // Changed: it allows something else from now on. Somebody with the old form is told.
    let form = admin.get(&format!("{at}/ubah"));
    let old = form.hidden("versi").unwrap().to_owned();
    let change = |browser: &mut Browser<'_>, versi: &str| {
        browser.fill(
            &format!("{at}/ubah"),
            &format!("{at}/ubah"),
            &[("versi", versi), ("nama", "Pengelola peran"), ("izin", "identity.manage-roles")],
        )
    };
    assert_eq!(change(&mut admin, &old).status, 303);
    assert_eq!(change(&mut admin, &old).status, 409);
    assert_eq!((staf.get("/identity/orang").status, staf.get("/identity/peran").status), (403, 200));
    // The holder of a role does not raise it above what the holder has.
    let form = staf.get(&format!("{at}/ubah"));
    let sent = staf.fill(
        &format!("{at}/ubah"),
        &format!("{at}/ubah"),
        &[
            ("versi", form.hidden("versi").unwrap()),
            ("nama", "Pengelola peran"),
            ("izin", "identity.manage-roles"),
            ("izin", "identity.manage-people"),
        ],
    );
    assert_eq!(sent.status, 422, "{}", sent.body);
    let form = admin.get(&format!("{at}/akhiri"));
    assert!(form.says("1 jabatan dan 0 orang kehilangan peran ini"));
    let sent = admin.fill(&format!("{at}/akhiri"), &format!("{at}/akhiri"), &[("versi", form.hidden("versi").unwrap())]);
    assert_eq!(sent.status, 303, "{}", sent.body);
    assert_eq!(staf.get("/identity/peran").status, 403);
    assert_eq!(admin.get(&at).status, 404);
}

#[test]
fn a_role_made_for_one_opd_is_not_seen_in_another() {
    let kit = Kit::new(&[]);
    let mut admin = signed_in(&kit, "admin-opd");
    let new = "/identity/peran/baru";
    let at = admin.fill(new, new, &[("nama", "Khusus Dinkes"), ("izin", "identity.manage-people")]).location.unwrap();
    let role = at.rsplit('/').next().unwrap().to_owned();
    let mut superadmin = signed_in(&kit, "superadmin");
    assert_eq!(superadmin.get(&at).status, 200);
    let foreign = post(&kit, "kepala dinas sosial").to_string();
    let chosen = [("jabatan", foreign.as_str()), ("jabatan_teks", "x"), ("jabatan_label", "x")];
    assert_eq!(give(&mut superadmin, &role, &chosen).status, 404, "it is given in its OPD alone");
    let whole = superadmin.fill(new, new, &[("nama", "Seluruh kabupaten"), ("izin", "identity.read-audit")]).location.unwrap();
    assert!(admin.get(&whole).status == 200 && !admin.get(&whole).says("Ubah peran"));
    assert_eq!(admin.get(&format!("{whole}/ubah")).status, 404);
    assert_eq!(admin.get(&format!("{whole}/akhiri")).status, 404);
}

#[test]
fn no_page_of_roles_reads_a_whole_table_or_sorts_in_memory() {
    let (kit, plans) = Kit::with_plans(&[]);
    let paths = [
        "/identity/peran",
        ADMIN,
        "/identity/peran/pemegang",
        "/identity/peran/pemegang?kata=kepala&peran=identity.admin-opd",
        "/identity/peran/pemegang/unduh",
    ];
    for akun in ["superadmin", "admin-opd"] {
        let mut browser = signed_in(&kit, akun);
        for path in paths {
            assert_eq!(browser.get(path).status, 200, "{path}");
        }
        give(&mut browser, "identity.admin-opd", &[("orang_teks", "wulan"), ("opd_teks", "dinkes")]);
    }
    for plan in plans.plans().iter().filter(|plan| plan.sql.contains("identity_")) {
        assert!(plan.offences_besides(&["identity_peran_khusus"]).is_empty(), "{}\n{:#?}", plan.sql, plan.lines);
    }
}
