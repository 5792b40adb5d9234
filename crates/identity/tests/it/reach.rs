//! How far an admin of one OPD reaches.

use praja_identity::{jabatan, penugasan::Jenis};
use praja_kernel::Id;
use praja_testkit::Kit;

use crate::{
    chain,
    jabatan::post,
    people::{assign, day, first, office, penugasan_at, send},
    regency, signed_in,
};

#[test]
fn an_admin_neither_fills_posts_elsewhere_nor_gives_one_to_oneself() {
    let (kit, _) = regency();
    let mut admin = signed_in(&kit, "admin-opd");
    let social = post(&kit, "kepala dinas sosial");
    let superadmin = signed_in(&kit, "superadmin");
    drop(superadmin);
    let own = post(&kit, "kepala bidang pelayanan kesehatan");
    let page = assign(&mut admin, own, "kadek ari", "plh", "2026-11-22", "2026-11-25");
    assert!(page.status == 422 && page.says("dicatat oleh admin lain"), "{}", page.body);
    let page = assign(&mut admin, own, "rizky ramadhan", "plh", "2026-11-22", "2026-11-25");
    assert_eq!(page.status, 303, "{}", page.body);
    // Somebody of another OPD may stand in here, and is not taken away from there; nor are that person's data changed.
    let page = assign(&mut admin, post(&kit, "penyusun rencana"), "paijo raharjo", "definitif", "2026-11-22", "");
    assert!(page.status == 422 && page.says("tercatat pada OPD lain"), "{}", page.body);
    assert_eq!(
        assign(&mut admin, post(&kit, "kepala bidang pencegahan"), "paijo raharjo", "plh", "2026-11-22", "2026-11-25").status,
        303
    );
    let guest = first(&signed_in(&kit, "superadmin").get("/identity/orang?q=paijo"), "orang");
    assert!(admin.get(&guest).says("Datanya diubah oleh admin OPD itu"));
    assert_eq!(admin.get(&format!("{guest}/ubah")).status, 404);
    let foreign = |kind: &str, id: Id| format!("/identity/{kind}/{id}");
    let held = penugasan_at(&mut signed_in(&kit, "superadmin"), social);
    let dinsos = office(&kit, "Dinsos");
    let person = first(&signed_in(&kit, "superadmin").get("/identity/orang?q=tumini"), "orang");
    let gets = [
        foreign("opd", dinsos),
        format!("{}/ubah", foreign("opd", dinsos)),
        format!("{}/jabatan/baru", foreign("opd", dinsos)),
        foreign("jabatan", social),
        format!("{}/ubah", foreign("jabatan", social)),
        format!("{}/hapus", foreign("jabatan", social)),
        format!("{}/penugasan/baru", foreign("jabatan", social)),
        format!("/identity/jabatan?opd={dinsos}"),
        format!("/identity/orang?opd={dinsos}"),
        held.clone(),
        format!("{held}/ubah"),
        format!("{held}/akhiri"),
        format!("{held}/pindah"),
        person.clone(),
        format!("{person}/ubah"),
        format!("{person}/berhenti"),
    ];
    for path in &gets {
        assert_eq!(admin.get(path).status, 404, "{path}");
    }
    let posts = [
        format!("{}/ubah", foreign("opd", dinsos)),
        format!("{}/jabatan/baru", foreign("opd", dinsos)),
        format!("{}/ubah", foreign("jabatan", social)),
        format!("{}/hapus", foreign("jabatan", social)),
        format!("{}/penugasan/baru", foreign("jabatan", social)),
        format!("{held}/ubah"),
        format!("{held}/akhiri"),
        format!("{held}/pindah"),
        format!("{person}/ubah"),
        format!("{person}/berhenti"),
        format!("{person}/kembali"),
    ];
    let fields = [
        ("versi", "1"),
        ("nama", "Rebutan"),
        ("jenis", "definitif"),
        ("mulai", "2026-11-22"),
        ("sampai", "2026-11-22"),
        ("berlaku", "2026-11-22"),
        ("berhenti", "2026-11-22"),
        ("alasan", "x"),
        ("sebab", "x"),
        ("orang_teks", "kadek ari"),
        ("tujuan_teks", "pelayanan kesehatan"),
    ];
    for path in &posts {
        assert_eq!(admin.fill("/identity/opd", path, &fields).status, 404, "{path}");
    }
    for act in ["ganti-nama", "gabung", "tutup"] {
        let own = office(&kit, "Dinkes");
        assert_eq!(admin.get(&format!("/identity/opd/{own}/{act}")).status, 403, "{act}");
        assert_eq!(admin.fill("/identity/opd", &format!("/identity/opd/{own}/{act}"), &fields).status, 403, "{act}");
    }
    assert!(!chain(&kit, &dinsos.to_string()).contains("Rebutan"));
}

#[test]
fn an_admin_does_not_hand_on_rights_over_all_opd() {
    let (kit, _) = regency();
    let mut superadmin = signed_in(&kit, "superadmin");
    let mut admin = signed_in(&kit, "admin-opd");
    let dinkes = office(&kit, "Dinkes");
    let made = [("nama", "Pengawas Internal"), ("jenis", "pelaksana"), ("berlaku_dari", "2026-11-01")];
    assert_eq!(send(&mut admin, &format!("/identity/opd/{dinkes}/jabatan/baru"), &made).status, 303);
    let jabatan = post(&kit, "pengawas internal");
    // An ordinary post of the own OPD is the admin's to fill …
    let filled = assign(&mut admin, jabatan, "rizky ramadhan", "definitif", "2026-11-20", "");
    assert_eq!(filled.status, 303, "{}", filled.body);
    // … but not one to which the superadmin gave the right to read the audit trail of the whole regency.
    let give = "/identity/peran/identity.auditor/beri";
    let target = [("jabatan", jabatan.to_string()), ("jabatan_teks", "x".into()), ("jabatan_label", "x".into())];
    let target: Vec<(&str, &str)> = target.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(superadmin.fill(give, give, &target).status, 303);
    let refused = assign(&mut admin, jabatan, "paijo raharjo", "plh", "2026-11-22", "2026-11-25");
    assert!(
        refused.status == 422
            && refused.says("Pengawas Internal membawa hak mengelola semua OPD atau membaca jejak audit")
            && refused.says("Minta superadmin di Diskominfo"),
        "{}",
        refused.body
    );
    assert!(refused.says("value=\"2026-11-25\""), "what was typed is kept");
    let holders = |kit: &Kit| kit.instance.db.read(|tx| jabatan::holder_on(tx, jabatan, day("2026-11-23"))).expect("read");
    assert_eq!(holders(&kit).map(|holder| holder.jenis), Some(Jenis::Definitif), "nobody stands in");
    let auditor = post(&kit, "auditor ahli madya");
    let page = assign(&mut superadmin, auditor, "sukarta", "definitif", "2026-11-22", "");
    assert_eq!(page.status, 303, "the superadmin may: {}", page.body);
}
