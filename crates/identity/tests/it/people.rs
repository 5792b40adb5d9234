//! OPD, posts, people and penugasan on the pages of administrators.

use std::sync::{Arc, Mutex};

use praja_identity::{jabatan, opd, penugasan::Jenis};
use praja_kernel::{Date, Id};
use praja_module::events::PenugasanChanged;
use praja_store::{Keys, Listener};
use praja_testkit::{Kit, Page};

use crate::{Browser, chain, jabatan::post, regency, signed_in};

pub const DAY_MS: i64 = 24 * 60 * 60 * 1000;

pub fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

pub fn office(kit: &Kit, singkatan: &str) -> Id {
    let all = kit.instance.db.read(opd::list_active).expect("the tree is read");
    all.into_iter().find(|one| one.singkatan == singkatan).unwrap_or_else(|| panic!("{singkatan} is in force")).id
}

/// Fills in the form at `path`, sent to the same address, with everything hidden in it.
pub fn send(browser: &mut Browser<'_>, path: &str, fields: &[(&str, &str)]) -> Page {
    let versi = browser.get(path).hidden("versi").unwrap_or_default().to_owned();
    let all: Vec<(&str, &str)> = fields.iter().copied().chain([("versi", versi.as_str())]).collect();
    let target = path.split('?').next().unwrap_or(path);
    browser.fill(path, target, &all)
}

/// Fills in the form of a new penugasan.
pub fn assign(browser: &mut Browser<'_>, post: Id, orang: &str, jenis: &str, mulai: &str, sampai: &str) -> Page {
    let path = format!("/identity/jabatan/{post}/penugasan/baru");
    send(browser, &path, &[("orang_teks", orang), ("jenis", jenis), ("mulai", mulai), ("sampai", sampai), ("dasar", "SK 1")])
}

/// The first address of one thing of a kind ("orang") that a page leads to.
pub fn first(page: &Page, kind: &str) -> String {
    let begin = format!("/identity/{kind}/");
    let hit = page.body.match_indices(&begin).find_map(|(at, _)| {
        let id = page.body.get(at + begin.len()..at + begin.len() + 36)?;
        id.parse::<Id>().ok().map(|id| format!("{begin}{id}"))
    });
    hit.unwrap_or_else(|| panic!("no {kind} on {}", page.body))
}

/// The address of the first penugasan on a post's page.
fn penugasan_at(browser: &mut Browser<'_>, post: Id) -> String {
    first(&browser.get(&format!("/identity/jabatan/{post}")), "penugasan")
}

/// Hears who was told to have left and come.
pub struct Ear(Arc<Mutex<Vec<PenugasanChanged>>>);

impl Ear {
    /// Listens from now on.
    pub fn of(kit: &Kit) -> Self {
        kit.instance.db.subscribe("identity.penugasan-changed", "telinga");
        Self(Arc::default())
    }

    /// What was told since.
    pub fn heard(&self, kit: &Kit) -> Vec<PenugasanChanged> {
        let heard = self.0.clone();
        let hear = move |_: &mut praja_store::Tx<'_>, delivery: &praja_store::Delivery| {
            heard.lock().expect("no panic").extend(delivery.read::<PenugasanChanged>()?);
            Ok(())
        };
        let listener = Listener { module: "telinga", keys: |_| Keys::none(), hear: Arc::new(hear) };
        let instance = &kit.instance;
        instance.db.deliver_due(&[listener], instance.now(), &instance.ids, 500).expect("delivered");
        std::mem::take(&mut *self.0.lock().expect("no panic"))
    }
}

/// The job of local midnight.
pub fn turn_day(kit: &Kit) {
    let job = praja_identity::MODULE.jobs.iter().find(|job| job.kind == "identity.turn-day").expect("the job is declared");
    (job.run)(&kit.instance, "null").expect("the day turns");
}

pub fn holder(kit: &Kit, post: Id) -> Option<(String, Jenis)> {
    let today = kit.instance.today();
    kit.instance.db.read(|tx| jabatan::holder_on(tx, post, today)).expect("read").map(|one| (one.nama, one.jenis))
}

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

#[test]
fn a_post_is_made_changed_and_abolished_with_everything_below_it() {
    let (kit, _) = regency();
    let mut admin = signed_in(&kit, "admin-opd");
    let dinkes = office(&kit, "Dinkes");
    let path = format!("/identity/opd/{dinkes}/jabatan/baru");
    let wrong = send(
        &mut admin,
        &path,
        &[("nama", "Sekretaris Dinas Kesehatan"), ("jenis", "administrator"), ("berlaku_dari", "2026-11-22")],
    );
    assert!(
        wrong.status == 422
            && wrong.says("sudah memiliki jabatan struktural")
            && wrong.says("value=\"Sekretaris Dinas Kesehatan\"")
    );
    let several = send(
        &mut admin,
        &path,
        &[("nama", "Seksi Baru"), ("jenis", "pengawas"), ("induk_teks", "kepala bidang"), ("berlaku_dari", "2026-11-22")],
    );
    assert!(
        several.status == 422
            && several.says("Ada beberapa jabatan dengan nama itu")
            && several.says("type=\"radio\" name=\"induk\"")
    );
    let fields = [
        ("nama", "Kepala Seksi Gizi"),
        ("jenis", "pengawas"),
        ("induk_teks", "kepala bidang pelayanan kesehatan"),
        ("urut", "20"),
        ("berlaku_dari", "2026-11-01"),
    ];
    let page = send(&mut admin, &path, &fields);
    assert_eq!(page.status, 303, "{}", page.body);
    let seksi = post(&kit, "kepala seksi gizi");
    assert_eq!(
        kit.instance.db.read(|tx| jabatan::superior(tx, seksi)).expect("read").map(|one| one.nama),
        Some("Kepala Bidang Pelayanan Kesehatan".into())
    );
    // Two officers at one form: the second is told.
    let edit = format!("/identity/jabatan/{seksi}/ubah");
    let old = admin.get(&edit).hidden("versi").expect("the form carries it").to_owned();
    let renamed = [
        ("nama", "Kepala Seksi Gizi Masyarakat"),
        ("jenis", "pengawas"),
        ("berlaku_dari", "2026-11-01"),
        ("versi", old.as_str()),
    ];
    assert_eq!(admin.fill(&edit, &edit, &renamed).status, 303);
    assert_eq!(admin.fill(&edit, &edit, &renamed).status, 409);
    // The bidang goes: its people answer to the head, its holder leaves.
    let bidang = post(&kit, "kepala bidang pelayanan kesehatan");
    let path = format!("/identity/jabatan/{bidang}/hapus");
    assert!(admin.get(&path).says("Asep Ruhiyat Suryana") && admin.get(&path).says("berpindah ke bawah Kepala Dinas Kesehatan"));
    assert_eq!(send(&mut admin, &path, &[("berlaku", "2026-11-22")]).status, 422, "without a reason");
    assert_eq!(send(&mut admin, &path, &[("berlaku", "2026-11-22"), ("alasan", "Perbup 9/2026")]).status, 303);
    assert_eq!(holder(&kit, bidang), None);
    let staff = post(&kit, "penyusun rencana kegiatan");
    assert_eq!(
        kit.instance.db.read(|tx| jabatan::superior(tx, staff)).expect("read").map(|one| one.nama),
        Some("Kepala Dinas Kesehatan".into())
    );
    assert!(admin.get(&format!("/identity/jabatan/{bidang}")).says("Jabatan ini sudah dihapus"));
    assert!(admin.get("/identity/jabatan?keadaan=dihapus").says("Kepala Bidang Pelayanan Kesehatan"));
}

#[test]
fn units_are_made_below_the_own_opd_only() {
    let (kit, _) = regency();
    let mut admin = signed_in(&kit, "admin-opd");
    let unit = |induk: &'static str| {
        [
            ("nama", "Puskesmas Kampung Tengah"),
            ("singkatan", "PKM KT"),
            ("kode", "1.02.09"),
            ("jenis", "uptd"),
            ("induk_teks", induk),
            ("berlaku_dari", "2026-11-22"),
        ]
    };
    let page = send(&mut admin, "/identity/opd/baru", &unit("dinas sosial"));
    assert!(page.status == 422 && page.says("Tidak ada OPD yang cocok"), "another's OPD is not found: {}", page.body);
    assert_eq!(send(&mut admin, "/identity/opd/baru", &unit("")).status, 422, "a UPTD stands below a dinas");
    let top = [("nama", "Dinas Baru"), ("singkatan", "DB"), ("kode", "9.9"), ("jenis", "dinas"), ("berlaku_dari", "2026-11-22")];
    assert!(send(&mut admin, "/identity/opd/baru", &top).says("dicatat oleh superadmin"));
    let page = send(&mut admin, "/identity/opd/baru", &unit("dinas kesehatan"));
    assert_eq!(page.status, 303, "{}", page.body);
    assert!(admin.get("/identity/opd").says("Puskesmas Kampung Tengah"));
    let found = admin.get("/identity/opd?q=pkm+kt");
    assert!(found.says("Puskesmas Kampung Tengah") && !found.says("Puskesmas Pasar Baru"));
}

#[test]
fn somebody_is_written_down_found_changed_and_leaves() {
    let (kit, _) = regency();
    let mut admin = signed_in(&kit, "admin-opd");
    let wrong = [
        ("nama", "Lestari Wulandari"),
        ("jenis", "pns"),
        ("nip", "199001012015032001"),
        ("tanggal_lahir", "2-1-1990"),
        ("opd_teks", "dinas kesehatan"),
    ];
    let page = send(&mut admin, "/identity/orang/baru", &wrong);
    assert!(page.status == 422 && page.says("berbeda dengan yang tertulis pada NIP") && page.says("value=\"Lestari Wulandari\""));
    let right = [
        ("nama", "Lestari Wulandari"),
        ("gelar_belakang", "S.Gz."),
        ("jenis", "pns"),
        ("nip", "19900101 201503 2 001"),
        ("golongan", "III/b"),
        ("email", "lestari@contoh.example"),
        ("opd_teks", "Dinas Kesehatan"),
    ];
    let page = send(&mut admin, "/identity/orang/baru", &right);
    assert_eq!(page.status, 303, "{}", page.body);
    let at = page.location.expect("her page");
    let page = admin.get(&at);
    assert!(page.says("Lestari Wulandari, S.Gz.") && page.says("Penata Muda Tingkat I (III/b)") && page.says("1 Januari 1990"));
    assert!(page.says("belum memegang jabatan"));
    assert!(
        send(&mut admin, "/identity/orang/baru", &right).says("sudah dicatat untuk Lestari Wulandari"),
        "a NIP is one person's"
    );
    assert!(admin.get("/identity/orang?keadaan=tanpa-jabatan").says("Lestari Wulandari"));
    assert!(admin.get("/identity/orang?q=19900101").says("Lestari Wulandari"));
    assert!(admin.get("/identity/orang?jenis=pppk&q=lestari").says("Tidak ada yang ditemukan"));
    let seksi = post(&kit, "kepala bidang pencegahan");
    assert_eq!(assign(&mut admin, seksi, "lestari wulandari", "plh", "2026-11-22", "2026-11-30").status, 303);
    let page = send(&mut admin, &format!("{at}/berhenti"), &[("berhenti", "2026-11-24"), ("sebab", "")]);
    assert!(page.status == 422 && page.says("Sebab belum diisi"));
    assert_eq!(
        send(&mut admin, &format!("{at}/berhenti"), &[("berhenti", "2026-11-24"), ("sebab", "Pindah instansi")]).status,
        303
    );
    assert!(admin.get(&at).says("bekerja sampai 24 November 2026"));
    kit.clock.move_ms(3 * DAY_MS);
    let mut admin = signed_in(&kit, "admin-opd");
    assert!(admin.get("/identity/orang?keadaan=berhenti").says("Lestari Wulandari"));
    assert!(!admin.get("/identity/orang").says("Lestari Wulandari"));
    assert!(holder(&kit, seksi).expect("the definitive holder").0.contains("Nur Aisyah"));
    assert!(admin.get(&at).says("Catat bekerja kembali"));
    let versi = admin.get(&at).hidden("versi").expect("the button carries it").to_owned();
    assert_eq!(admin.fill(&at, &format!("{at}/kembali"), &[("versi", &versi)]).status, 303);
    assert!(admin.get("/identity/orang").says("Lestari Wulandari"));
}

#[test]
fn who_leaves_can_no_longer_log_in() {
    let (kit, accounts) = regency();
    let mut admin = signed_in(&kit, "admin-opd");
    let at = first(&admin.get("/identity/orang?q=rizky"), "orang");
    assert_eq!(send(&mut admin, &format!("{at}/berhenti"), &[("berhenti", "2026-11-21"), ("sebab", "Pensiun")]).status, 303);
    let fields = [("akun", "staf"), ("sandi", crate::password(&accounts, "staf"))];
    assert!(crate::stranger(&kit).fill("/masuk", "/masuk", &fields).says("Akun atau sandi tidak cocok"));
    assert!(admin.get(&at).says("Ditutup"));
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

#[test]
fn lists_are_taken_along_as_they_are_shown() {
    let (kit, _) = regency();
    let mut admin = signed_in(&kit, "admin-opd");
    let people = admin.get("/identity/orang/unduh?format=csv&q=wulan");
    assert!(people.status == 200 && people.says("Wulan Anggraini Pratiwi") && !people.says("Hasanuddin"), "{}", people.body);
    let posts = admin.get("/identity/jabatan/unduh?format=csv");
    assert!(posts.says("Kepala Puskesmas Pasar Baru") && !posts.says("Kepala Dinas Sosial"));
    let offices = admin.get("/identity/opd/unduh?format=csv");
    assert!(offices.says("Puskesmas Pasar Baru") && !offices.says("Dinas Sosial"));
    let sheet = admin.get("/identity/orang/unduh");
    assert!(sheet.header("content-type").is_some_and(|kind| kind.contains("spreadsheetml")));
}

#[test]
fn officers_pick_from_the_address_book_and_only_administrators_see_numbers() {
    let (kit, _) = regency();
    let mut staff = signed_in(&kit, "staf");
    let page = staff.get("/identity/pilih/orang?q=pratiwi+wulan");
    assert!(page.says("Wulan Anggraini Pratiwi") && page.says("Pengadministrasi") && !page.says("NIP"), "{}", page.body);
    assert!(staff.get("/identity/pilih/orang?q=19940112").says("\"pilihan\":[]"));
    let mut admin = signed_in(&kit, "admin-opd");
    assert!(admin.get("/identity/pilih/orang?q=19940112").says("Wulan Anggraini Pratiwi"));
    assert!(staff.get("/identity/pilih/jabatan?q=kepala+dinsos").says("Plt. Hasanuddin Rahim"));
    assert!(staff.get("/identity/pilih/opd?q=1.06").says("Dinas Sosial"));
    assert!(admin.get("/identity/pilih/opd?q=dinas+sosial&kelola=1").says("\"pilihan\":[]"));
    assert!(
        admin.get("/identity/pilih/jabatan?q=kepala&kelola=1").says("Kepala Puskesmas")
            && !admin.get("/identity/pilih/jabatan?q=sosial&kelola=1").says("Sosial")
    );
    let many = staff.get("/identity/pilih/jabatan?q=");
    assert!(many.says("\"lagi\":true"), "{}", many.body);
    assert_eq!(crate::stranger(&kit).get("/identity/pilih/orang?q=a").status, 303);
}
