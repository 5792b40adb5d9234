//! An auditor from outside: let in for a time on a letter, reads, writes nothing, and is out the day after.

use praja_module::{Access, Method, Route};
use praja_testkit::{Kit, Page};

use crate::{Person, alur::kit};

const ROLE: &str = "perizinan.pemeriksa-luar";
const PAGE: &str = "/perizinan/izin/ekspor-pengawasan";
const SANDI: &str = "Sungai-Kapur-Barus-77";

fn between<'a>(page: &'a Page, start: &str, end: &str) -> &'a str {
    let found = page.body.split_once(start).and_then(|(_, rest)| rest.split_once(end));
    found.map(|(text, _)| text).unwrap_or_else(|| panic!("{start} is on {}", page.body))
}

fn day(kit: &Kit, days: i64) -> String {
    kit.off(|instance| instance.today().checked_add(jiff::Span::new().days(days)).expect("a day").to_string())
}

fn give(admin: &mut Person<'_>, orang: &str, fields: &[(&str, &str)]) -> Page {
    let path = format!("/identity/peran/{ROLE}/beri");
    let chosen = [("orang", orang), ("orang_teks", "Rina"), ("orang_label", "Rina")];
    admin.fill(&path, &path, &[&chosen, fields].concat())
}

/// The superadmin takes somebody of another authority down and opens an account; gives the person and the slip with its account name.
fn newcomer(kit: &Kit) -> (String, String, String) {
    let mut admin = Person::officer(kit, "superadmin");
    let form = "/identity/orang/baru";
    let office = kit
        .off(|instance| instance.db.read(praja_identity::opd::list_active))
        .expect("the tree is read")
        .into_iter()
        .find(|one| one.nama.contains("Inspektorat"))
        .expect("there is one")
        .id
        .to_string();
    let fields = [
        ("nama", "Rina Pemeriksa"),
        ("jenis", "non-asn"),
        ("opd", office.as_str()),
        ("opd_teks", "Inspektorat"),
        ("opd_label", "Inspektorat"),
        ("email", "rina@bpk.example"),
    ];
    let made = admin.fill(form, form, &fields);
    assert_eq!(made.status, 303, "{}", made.body);
    let list = admin.get("/identity/orang?q=Rina+Pemeriksa");
    let orang = list
        .body
        .match_indices("/identity/orang/")
        .find_map(|(at, _)| list.body.get(at + 16..at + 52).filter(|id| id.parse::<praja_kernel::Id>().is_ok()))
        .unwrap_or_else(|| panic!("she is listed: {}", list.body))
        .to_owned();
    let open = format!("/identity/akun/buka/{orang}");
    let slip = admin.fill(&open, "/identity/akun/buka", &[("orang", &orang)]);
    assert_eq!(slip.status, 200, "{}", slip.body);
    let code = between(&slip, "<p class=\"kode\"><code>", "</code>").to_owned();
    (orang, "rina.pemeriksa".to_owned(), code)
}

/// Logs in with the slip and chooses a password.
fn enter<'a>(kit: &'a Kit, akun: &str, code: &str) -> Person<'a> {
    let mut rina = Person::stranger(kit);
    let sent = rina.fill("/masuk", "/masuk", &[("akun", akun), ("sandi", code)]);
    assert_eq!(sent.location.as_deref(), Some("/profil"), "{}", sent.body);
    let kept = rina.fill("/profil", "/profil/sandi", &[("sandi_baru", SANDI), ("sandi_ulang", SANDI)]);
    assert_eq!(kept.status, 303, "{}", kept.body);
    rina
}

fn log_in(kit: &Kit, akun: &str) -> Page {
    Person::stranger(kit).fill("/masuk", "/masuk", &[("akun", akun), ("sandi", SANDI)])
}

/// Works on, hour by hour, to the end of the day; nobody who works is signed out for being idle.
fn work_on(kit: &Kit, both: [&mut Person<'_>; 2]) {
    let [auditor, rina] = both;
    let today = day(kit, 0);
    loop {
        kit.clock.move_ms(3_600_000);
        if day(kit, 0) != today {
            return;
        }
        assert_eq!((auditor.get(PAGE).status, rina.get(PAGE).status), (200, 200));
    }
}

fn every_route() -> impl Iterator<Item = &'static Route> {
    let modules = [&praja_identity::MODULE, &praja_desk::MODULE, &praja_perizinan::MODULE];
    modules.into_iter().flat_map(|module| module.routes.iter())
}

/// The path with something in the place of every name.
fn filled(route: &Route) -> String {
    let parts =
        route.path.split('/').map(|part| if part.starts_with('{') { "0192a7b0-0000-7000-8000-000000000001" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

#[test]
fn the_role_of_an_outside_auditor_is_given_only_with_an_end_a_letter_and_to_a_person() {
    let kit = kit();
    let (orang, ..) = newcomer(&kit);
    let mut admin = Person::officer(&kit, "superadmin");
    let without = give(&mut admin, &orang, &[]);
    assert!(
        without.status == 422 && without.says("Pilih hari terakhir") && without.says("nomor surat tugas"),
        "{}",
        without.body
    );
    let late = give(&mut admin, &orang, &[("sampai", &day(&kit, 91)), ("dasar", "ST-12/BPK/2026")]);
    assert!(late.status == 422 && late.says("Paling lama 90 hari") && late.says("ST-12/BPK/2026"), "{}", late.body);
    let past = give(&mut admin, &orang, &[("sampai", &day(&kit, -1)), ("dasar", "ST-12/BPK/2026")]);
    assert!(past.status == 422 && past.says("sudah lewat"), "{}", past.body);
    // The regency allows less.
    let limits = "/identity/batas";
    let set = [
        ("pj_bulan", "3"),
        ("pj_perpanjangan", "1"),
        ("plt_bulan", "3"),
        ("plt_perpanjangan", "1"),
        ("plh_bulan", "1"),
        ("plh_perpanjangan", "0"),
        ("pemeriksa_hari", "30"),
    ];
    assert_eq!(admin.fill(limits, limits, &set).status, 303);
    let late = give(&mut admin, &orang, &[("sampai", &day(&kit, 31)), ("dasar", "ST-12/BPK/2026")]);
    assert!(late.status == 422 && late.says("Paling lama 30 hari"), "{}", late.body);
    let given = give(&mut admin, &orang, &[("sampai", &day(&kit, 30)), ("dasar", "ST-12/BPK/2026")]);
    assert_eq!(given.status, 303, "{}", given.body);
    assert!(admin.get("/identity/peran/pemegang?kata=Rina").says("ST-12/BPK/2026"));
}

#[test]
fn an_outside_auditor_reads_until_the_last_day_writes_nothing_and_is_out_the_day_after_while_signed_in() {
    let kit = kit();
    let (orang, akun, code) = newcomer(&kit);
    let mut admin = Person::officer(&kit, "superadmin");
    let given = give(&mut admin, &orang, &[("sampai", &day(&kit, 1)), ("dasar", "ST-12/BPK/2026")]);
    assert_eq!(given.status, 303, "{}", given.body);
    let mut rina = enter(&kit, &akun, &code);
    for page in [PAGE, "/perizinan/izin/tinjau-tolak", "/perizinan/izin/uji-ulang"] {
        let read = rina.get(page);
        assert!(read.status == 200 && read.says("Akses sampai"), "{page}: {}", read.body);
    }
    let mut tried = 0;
    for route in every_route().filter(|route| route.method == Method::Post) {
        let is_own = matches!(route.access, Access::Account)
            || ["/masuk", "/lupa-sandi", "/keluar"].iter().any(|own| route.path.starts_with(own));
        // The one act that reads: asking for what is taken along.
        if is_own || route.path == "/perizinan/izin/ekspor-pengawasan/baru" || route.upload.is_some() {
            continue;
        }
        let answer = rina.fill("/profil", &filled(route), &[]);
        assert_eq!(answer.status, 403, "{} {}", route.path, answer.body);
        tried += 1;
    }
    assert!(tried > 80, "{tried}");
    assert!(rina.fill("/profil", "/desk/draf", &[]).says("hanya membaca"));
    // The last day counts to its end; the day after nothing opens, though nobody signed out and no job has run.
    let mut auditor = Person::officer(&kit, "auditor");
    work_on(&kit, [&mut auditor, &mut rina]);
    work_on(&kit, [&mut auditor, &mut rina]);
    assert_eq!(auditor.get(PAGE).status, 200, "sessions live on");
    for route in every_route().filter(|route| route.access != Access::Public) {
        let path = filled(route);
        let answer = if route.method == Method::Post { rina.fill("/masuk", &path, &[]) } else { rina.get(&path) };
        assert_eq!(answer.status, 303, "{} {}", route.path, answer.body);
        assert!(answer.location.as_deref().is_some_and(|to| to.starts_with("/masuk")), "{}: {:?}", route.path, answer.location);
    }
    let refused = log_in(&kit, &akun);
    assert!(refused.status == 422 && refused.says("Akses akun ini sudah berakhir"), "{}", refused.body);
    // Midnight ends it in the books, with a row in the trail; a new letter opens it again.
    kit.run_job("identity.turn-day");
    let mut auditor = Person::officer(&kit, "auditor");
    let trail = auditor.get("/identity/audit?tindakan=identity.end-peran");
    assert!(trail.says("masa berlakunya habis"), "{}", trail.body);
    let mut admin = Person::officer(&kit, "superadmin");
    let again = give(&mut admin, &orang, &[("sampai", &day(&kit, 10)), ("dasar", "ST-40/BPK/2027")]);
    assert_eq!(again.status, 303, "{}", again.body);
    assert_eq!(log_in(&kit, &akun).location.as_deref(), Some("/"));
}

#[test]
fn a_role_for_a_time_is_prolonged_by_a_new_act_and_ended_at_once_by_taking_it_back() {
    let kit = kit();
    let (orang, akun, code) = newcomer(&kit);
    let mut admin = Person::officer(&kit, "superadmin");
    assert_eq!(give(&mut admin, &orang, &[("sampai", &day(&kit, 5)), ("dasar", "ST-12/BPK/2026")]).status, 303);
    let mut rina = enter(&kit, &akun, &code);
    assert_eq!(give(&mut admin, &orang, &[("sampai", &day(&kit, 20)), ("dasar", "ST-13/BPK/2026")]).status, 303);
    let held = admin.get("/identity/peran/pemegang?kata=Rina");
    assert!(held.says("ST-13/BPK/2026") && !held.says("ST-12/BPK/2026"), "{}", held.body);
    let mut auditor = Person::officer(&kit, "auditor");
    for _ in 0..6 {
        work_on(&kit, [&mut auditor, &mut rina]);
    }
    assert_eq!(rina.get(PAGE).status, 200, "the first letter's last day has been");
    let path = format!("/identity/peran/cabut/{}", between(&held, "/identity/peran/cabut/", "\""));
    let mut admin = Person::officer(&kit, "superadmin");
    assert_eq!(admin.fill("/identity/peran/pemegang?kata=Rina", &path, &[]).status, 303);
    let out = rina.get(PAGE);
    assert!(out.location.is_some_and(|to| to.starts_with("/masuk")));
    assert_eq!(log_in(&kit, &akun).status, 422);
}
