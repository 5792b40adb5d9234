//! OPD, posts, people and penugasan on the pages of administrators.

use std::sync::{Arc, Mutex};

use praja_identity::{jabatan, opd, penugasan::Jenis};
use praja_kernel::{Date, Id};
use praja_module::events::PenugasanChanged;
use praja_store::{Keys, Listener};
use praja_testkit::{Kit, Page};

use crate::{Browser, jabatan::post, regency, signed_in};

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
pub fn penugasan_at(browser: &mut Browser<'_>, post: Id) -> String {
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
