//! How posts are filled, passed on and left.

use praja_identity::penugasan::Jenis;

use crate::{
    Browser,
    jabatan::post,
    people::{DAY_MS, Ear, assign, day, holder, office, penugasan_at, send, turn_day},
    regency, signed_in,
};

#[test]
fn a_vacant_post_is_filled_and_others_are_told_at_once() {
    let (kit, _) = regency();
    let ear = Ear::of(&kit);
    let mut admin = signed_in(&kit, "superadmin");
    let social = post(&kit, "kepala dinas sosial");
    // The Plt. is there until spring: the form says so and offers to end him on the day before.
    let page = assign(&mut admin, social, "tumini", "definitif", "2026-11-22", "");
    assert_eq!(page.status, 422, "{}", page.body);
    assert!(page.says("Plt. Hasanuddin Rahim") && page.says("Akhiri Plt. Hasanuddin Rahim") && page.says("21 November 2026"));
    let path = format!("/identity/jabatan/{social}/penugasan/baru");
    let fields = [("orang_teks", "tumini"), ("jenis", "definitif"), ("mulai", "2026-11-22"), ("gantikan", "ya")];
    let page = send(&mut admin, &path, &fields);
    assert_eq!(page.location.as_deref(), Some(format!("/identity/jabatan/{social}").as_str()), "{}", page.body);
    assert_eq!(holder(&kit, social), Some(("Tumini".into(), Jenis::Definitif)));
    let heard = ear.heard(&kit);
    assert_eq!(heard.len(), 1, "{heard:?}");
    assert!(heard[0].jabatan == social && heard[0].dari.is_some() && heard[0].kepada.is_some());
    let page = admin.get(&format!("/identity/jabatan/{social}"));
    assert!(page.says("Jabatan ini dipegang Tumini") && page.says("mencatat penugasan Tumini sebagai Kepala Dinas Sosial"));
    assert!(page.says("Pemegang sebelumnya") && page.says("Digantikan"));
}

#[test]
fn what_begins_later_begins_at_local_midnight() {
    let (kit, _) = regency();
    let ear = Ear::of(&kit);
    let mut admin = signed_in(&kit, "superadmin");
    let rsud = post(&kit, "direktur rumah sakit");
    let path = format!("/identity/jabatan/{rsud}/penugasan/baru");
    let fields = [("orang_teks", "gita maharani"), ("jenis", "definitif"), ("mulai", "24 November 2026"), ("gantikan", "ya")];
    assert_eq!(send(&mut admin, &path, &fields).status, 303);
    turn_day(&kit);
    assert!(ear.heard(&kit).is_empty(), "nothing has happened yet");
    assert_eq!(holder(&kit, rsud).map(|(_, jenis)| jenis), Some(Jenis::Plt));
    kit.clock.move_ms(2 * DAY_MS);
    turn_day(&kit);
    let heard = ear.heard(&kit);
    assert_eq!(heard.len(), 1, "{heard:?}");
    assert_eq!(heard[0].mulai, day("2026-11-24"));
    let (nama, jenis) = holder(&kit, rsud).expect("somebody holds it");
    assert!(nama.contains("Gita Maharani") && jenis == Jenis::Definitif);
    turn_day(&kit);
    assert!(ear.heard(&kit).is_empty(), "told once");
    // On the books of the new OPD.
    let page = signed_in(&kit, "superadmin").get(&format!("/identity/orang?opd={}", office(&kit, "RSUD")));
    assert!(page.says("Gita Maharani"), "{}", page.body);
}

#[test]
fn a_plh_ends_by_itself_and_hands_back() {
    let (kit, _) = regency();
    let ear = Ear::of(&kit);
    let bappeda = post(&kit, "kepala badan perencanaan");
    turn_day(&kit);
    assert_eq!(holder(&kit, bappeda).map(|(_, jenis)| jenis), Some(Jenis::Plh));
    kit.clock.move_ms(6 * DAY_MS);
    turn_day(&kit);
    let (nama, jenis) = holder(&kit, bappeda).expect("the holder is back");
    assert!(nama.contains("Ahmad Fauzan Lubis") && jenis == Jenis::Definitif);
    let heard = ear.heard(&kit);
    let back: Vec<_> = heard.iter().filter(|one| one.jabatan == bappeda).collect();
    assert!(back.len() == 1 && back[0].dari.is_some() && back[0].kepada.is_some(), "{heard:?}");
}

#[test]
fn a_move_fills_three_places_in_one_step_or_none() {
    let (kit, _) = regency();
    let ear = Ear::of(&kit);
    let mut admin = signed_in(&kit, "superadmin");
    let (from, to) = (post(&kit, "kepala bidang pelayanan kesehatan"), post(&kit, "kepala bidang pembinaan sekolah dasar"));
    let at = penugasan_at(&mut admin, from);
    let path = format!("{at}/pindah");
    let fields = |gantikan: &'static str| {
        [
            ("tujuan_teks", "bidang pembinaan sekolah dasar"),
            ("mulai", "22-11-2026"),
            ("dasar", "SK Bupati 12/2026"),
            ("pengganti_teks", "rizky ramadhan"),
            ("jenis_pengganti", "plt"),
            ("sampai_pengganti", "31-12-2026"),
            ("gantikan", gantikan),
        ]
    };
    let page = send(&mut admin, &path, &fields(""));
    assert!(page.status == 422 && page.says("Elisabet Mama Tadu"), "the target is held: {}", page.body);
    assert!(holder(&kit, from).expect("nothing happened").0.contains("Asep Ruhiyat"));
    assert!(ear.heard(&kit).is_empty());
    let page = send(&mut admin, &path, &fields("ya"));
    assert_eq!(page.status, 303, "{}", page.body);
    assert!(holder(&kit, to).expect("held").0.contains("Asep Ruhiyat"));
    let (nama, jenis) = holder(&kit, from).expect("the successor is there");
    assert!(nama.contains("Rizky Ramadhan") && jenis == Jenis::Plt);
    let heard = ear.heard(&kit);
    assert_eq!(heard.iter().filter(|one| one.dari.is_some() && one.kepada.is_some()).count(), 2, "{heard:?}");
}

#[test]
fn limits_are_the_regency_s_own() {
    let (kit, _) = regency();
    let mut admin = signed_in(&kit, "superadmin");
    let kabid = post(&kit, "kepala bidang pelayanan kesehatan");
    let ask = |admin: &mut Browser<'_>| assign(admin, kabid, "rizky ramadhan", "plh", "2026-11-22", "2027-02-20");
    let wrong = send(&mut admin, "/identity/batas", &[("pj_bulan", "12"), ("pj_perpanjangan", "1"), ("plt_bulan", "x")]);
    assert!(wrong.status == 422 && wrong.says("Lama diisi angka 1 sampai 36 bulan"));
    let shorter = [
        ("pj_bulan", "12"),
        ("pj_perpanjangan", "1"),
        ("plt_bulan", "3"),
        ("plt_perpanjangan", "1"),
        ("plh_bulan", "1"),
        ("plh_perpanjangan", "0"),
        ("pemeriksa_hari", "90"),
    ];
    assert_eq!(send(&mut admin, "/identity/batas", &shorter).status, 303);
    let page = ask(&mut admin);
    assert!(
        page.status == 422 && page.says("Plh. paling lama 1 bulan, jadi paling lambat berakhir 21 Desember 2026"),
        "{}",
        page.body
    );
    assert_eq!(signed_in(&kit, "admin-opd").fill("/identity/opd", "/identity/batas", &shorter).status, 403);
    assert!(signed_in(&kit, "admin-opd").get("/identity/batas").says("diubah oleh superadmin"));
}

#[test]
fn a_penugasan_is_prolonged_corrected_and_called_off() {
    let (kit, _) = regency();
    let mut admin = signed_in(&kit, "superadmin");
    let kabid = post(&kit, "kepala bidang pelayanan kesehatan");
    assert_eq!(assign(&mut admin, kabid, "rizky ramadhan", "plh", "2026-12-01", "2026-12-05").status, 303);
    let page = admin.get(&format!("/identity/jabatan/{kabid}"));
    let at = page.body.rfind("Akan datang").expect("it is listed");
    let from = page.body[..at].rfind("/identity/penugasan/").expect("its address");
    let at = page.body[from..from + 56].to_owned();
    let form = admin.get(&format!("{at}/ubah"));
    assert!(form.says("value=\"2026-12-05\"") && form.says("checked"));
    let longer = [("jenis", "plh"), ("mulai", "2026-12-01"), ("sampai", "2026-12-10")];
    assert_eq!(send(&mut admin, &format!("{at}/ubah"), &longer).status, 303);
    assert!(admin.get(&at).says("10 Desember 2026"));
    let page = send(&mut admin, &format!("{at}/ubah"), &[("jenis", "plt"), ("mulai", "2026-12-01"), ("sampai", "2026-12-10")]);
    assert!(page.status == 422 && page.says("tidak kosong pada waktu itu"));
    assert!(admin.get(&format!("{at}/akhiri")).says("Batalkan penugasan"));
    assert_eq!(send(&mut admin, &format!("{at}/akhiri"), &[("alasan", "Batal bertugas")]).status, 303);
    assert!(admin.get(&at).says("dibatalkan sebelum dimulai"));
    assert!(admin.get(&format!("/identity/jabatan/{kabid}")).says("Dibatalkan"));
}
