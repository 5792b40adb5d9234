//! A superadmin sees no letter: nothing that a superadmin does alone leads to a post that does.

use praja_kernel::Id;
use praja_testkit::{Kit, Page};

use crate::{
    Browser, impor,
    jabatan::post,
    people::{assign, first, holder, office, send},
    regency, signed_in,
};

const SELF: &str = "Yosina Wambrauw";

fn refused(page: &Page) {
    assert_eq!(page.status, 422, "{}", page.body);
    assert!(
        page.says("Penugasan untuk diri sendiri dicatat oleh admin lain") && page.says("praja admin link --extra"),
        "the reason and what to do now: {}",
        page.body
    );
}

/// Another superadmin: the secretary of Bappeda, made by the first.
fn second<'a>(kit: &'a Kit, superadmin: &mut Browser<'_>) -> Browser<'a> {
    drop(signed_in(kit, "sekban"));
    let give = "/identity/peran/identity.superadmin/beri";
    assert_eq!(superadmin.fill(give, give, &[("orang_teks", "theresia bulu")]).status, 303);
    signed_in(kit, "sekban")
}

#[test]
fn a_superadmin_gives_no_post_to_oneself_in_any_way() {
    let (kit, _) = regency();
    let mut superadmin = signed_in(&kit, "superadmin");
    let head = post(&kit, "direktur rumah sakit");
    refused(&assign(&mut superadmin, head, "yosina", "plh", "2026-11-22", "2026-11-25"));
    // By a move of one's own penugasan.
    let own = post(&kit, "pranata komputer ahli muda");
    let held = first(&superadmin.get(&format!("/identity/jabatan/{own}")), "penugasan");
    let moved = [("tujuan_teks", "direktur rumah sakit"), ("mulai", "2026-11-22"), ("dasar", "SK 9"), ("gantikan", "ya")];
    refused(&send(&mut superadmin, &format!("{held}/pindah"), &moved));
    // As whoever follows somebody who is moved away.
    let bidang = post(&kit, "kepala bidang pelayanan kesehatan");
    let other = first(&superadmin.get(&format!("/identity/jabatan/{bidang}")), "penugasan");
    let moved = [
        ("tujuan_teks", "direktur rumah sakit"),
        ("mulai", "2026-11-22"),
        ("gantikan", "ya"),
        ("pengganti_teks", "yosina"),
        ("jenis_pengganti", "plt"),
        ("sampai_pengganti", "2026-12-31"),
    ];
    refused(&send(&mut superadmin, &format!("{other}/pindah"), &moved));
    // By changing what is held already.
    refused(&send(&mut superadmin, &format!("{held}/ubah"), &[("jenis", "definitif"), ("mulai", "2026-11-01"), ("sampai", "")]));
    // By a file.
    let file = "NIP;Nama;Gelar depan;Gelar belakang;Surel;Telepon;Kode OPD;Jabatan;Jenis penugasan;Mulai;Sampai;Dasar\n\
        ;Yosina Wambrauw;;;superadmin@praja.example;;1.02.02;Direktur Rumah Sakit Umum Daerah;Plh.;22-11-2026;25-11-2026;\n";
    let export = String::from_utf8(superadmin.download("/identity/ekspor/pegawai?format=csv")).expect("text");
    let nip = export.lines().find(|line| line.contains(SELF)).and_then(|line| line.split([',', ';']).next()).expect("a NIP");
    let nip = nip.trim_start_matches(['"', '=', '\'']).trim_end_matches('"');
    let at = impor::bring(&kit, &mut superadmin, "pegawai", "diri.csv", file.replacen("\n;", &format!("\n{nip};"), 1).as_bytes());
    let page = superadmin.get(&at);
    assert!(page.says("Penugasan untuk diri sendiri dicatat oleh admin lain"), "{}", page.body);
    let (nama, _) = holder(&kit, head).expect("somebody stands in");
    assert!(!nama.contains(SELF) && !holder(&kit, bidang).expect("held").0.contains(SELF));
}

#[test]
fn another_superadmin_may_and_whoever_reads_the_trail_is_told() {
    let (kit, _) = regency();
    let mut superadmin = signed_in(&kit, "superadmin");
    let mut other = second(&kit, &mut superadmin);
    let bidang = post(&kit, "kepala bidang pelayanan kesehatan");
    assert_eq!(assign(&mut other, bidang, "wulan anggraini", "plh", "2026-11-22", "2026-11-25").status, 303);
    let mut auditor = signed_in(&kit, "auditor");
    assert!(!auditor.get("/kabar").says("ditugaskan sebagai"), "about others nobody is told");
    let sekolah = post(&kit, "kepala bidang pembinaan sekolah dasar");
    let page = assign(&mut other, sekolah, "yosina", "plh", "2026-11-22", "2026-11-25");
    assert_eq!(page.status, 303, "{}", page.body);
    assert!(holder(&kit, sekolah).expect("held").0.contains(SELF));
    let told = auditor.get("/kabar");
    assert!(told.says(SELF) && told.says("ditugaskan sebagai Kepala Bidang Pembinaan Sekolah Dasar"), "{}", told.body);
    let at = told.body.find("/kabar/0").expect("it leads on");
    let kabar = told.body[at..].split('"').next().expect("an address").to_owned();
    let trail = auditor.get(&kabar).location.expect("to the trail");
    assert!(trail.starts_with("/identity/audit?objek=identity_penugasan:"), "{trail}");
    assert!(auditor.get(&trail).says("mencatat penugasan") || auditor.get(&trail).says("identity.assign-penugasan"));
}

#[test]
fn a_file_that_gives_a_superadmin_a_post_is_told_to_whoever_reads_the_trail() {
    let (kit, _) = regency();
    let mut superadmin = signed_in(&kit, "superadmin");
    let mut other = second(&kit, &mut superadmin);
    let export = String::from_utf8(other.download("/identity/ekspor/pegawai?format=csv")).expect("text");
    let nip = |nama: &str| {
        let line = export.lines().find(|line| line.contains(nama)).expect("somebody is exported");
        let cell = line.split([',', ';']).next().expect("a NIP");
        cell.trim_start_matches(['"', '=', '\'']).trim_end_matches('"').to_owned()
    };
    let file = format!(
        "NIP;Nama;Gelar depan;Gelar belakang;Surel;Telepon;Kode OPD;Jabatan;Jenis penugasan;Mulai;Sampai;Dasar\n\
         {};Yosina Wambrauw;;;;;1.01.01;Kepala Bidang Pembinaan Sekolah Dasar;Plh.;22-11-2026;25-11-2026;SK 1\n\
         {};Sukarta;;;;;1.01.01;Kepala Bidang Pembinaan Sekolah Dasar;Plh.;26-11-2026;27-11-2026;SK 2\n",
        nip(SELF),
        nip("Sukarta"),
    );
    let at = impor::bring(&kit, &mut other, "pegawai", "plh.csv", file.as_bytes());
    let page = impor::apply(&kit, &mut other, &at);
    assert!(page.says("Selesai") || page.says("diterapkan"), "{}", page.body);
    let sekolah = post(&kit, "kepala bidang pembinaan sekolah dasar");
    assert!(holder(&kit, sekolah).expect("held").0.contains(SELF));
    let told = signed_in(&kit, "auditor").get("/kabar");
    assert!(told.says("Yosina Wambrauw, S.Kom. ditugaskan sebagai") && !told.says("Sukarta ditugaskan"), "{}", told.body);
}

#[test]
fn nobody_makes_the_own_post_lead_an_opd_by_changing_its_order() {
    let (kit, _) = regency();
    let mut superadmin = signed_in(&kit, "superadmin");
    let (head, kominfo) = (post(&kit, "kepala dinas komunikasi"), office(&kit, "Diskominfo"));
    let fields = [
        ("nama", "Kepala Dinas Komunikasi, Informatika, Statistik dan Persandian"),
        ("jenis", "pimpinan-tinggi"),
        ("induk_teks", "sekretaris daerah"),
        ("urut", "50"),
        ("berlaku_dari", "2021-01-04"),
    ];
    let page = send(&mut superadmin, &format!("/identity/jabatan/{head}/ubah"), &fields);
    assert!(
        page.status == 422 && page.says("menjadikan jabatan Anda sendiri") && page.says("value=\"50\""),
        "what was typed is kept: {}",
        page.body
    );
    for berlaku in ["2026-11-22", "2026-12-01"] {
        let fields = [("berlaku", berlaku), ("alasan", "Perbup 1/2026")];
        let page = send(&mut superadmin, &format!("/identity/jabatan/{head}/hapus"), &fields);
        assert!(page.status == 422 && page.says("menjadikan jabatan Anda sendiri"), "{berlaku}: {}", page.body);
    }
    let leads: Option<Id> =
        kit.off(|instance| instance.db.read(|tx| praja_identity::jabatan::head_of(tx, kominfo))).expect("read").map(|one| one.id);
    assert_eq!(leads, Some(head));
    // Another may: it is not about the order, but about whose hand changes it.
    let mut other = second(&kit, &mut superadmin);
    let page = send(&mut other, &format!("/identity/jabatan/{head}/ubah"), &fields);
    assert_eq!(page.status, 303, "{}", page.body);
}
