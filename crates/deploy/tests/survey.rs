//! The whole assessment: what is read from a machine, how it is judged, and what follows.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use std::{collections::BTreeMap, path::Path};

use common::{NOW, Pretend, fine, good, target};
use praja_deploy::{
    Advice, Bentuk, Catalogue, Fsync, Link, Machine, Needs, Part, Profil, Severity, Survey, advice, capacity, decide, judge,
    survey,
};

type Turn = fn(&mut Survey);

/// Each check beyond those of a trial, with a change of the fine machine that flips it, and the severity it then has.
const FLIPS: &[(&str, Severity, Turn)] = &[
    ("arsitektur", Severity::WajibDisetujui, |s| s.processor.arch = "i686".into()),
    ("kecepatan", Severity::Peringatan, |s| s.processor.rounds_per_ms = 79_999),
    ("beban", Severity::Peringatan, |s| s.processor.load_permille = Some(701)),
    ("beban", Severity::WajibDisetujui, |s| s.processor.load_permille = Some(2_001)),
    ("waktu-tercuri", Severity::Peringatan, |s| s.processor.steal_permille = Some(51)),
    ("waktu-tercuri", Severity::WajibDisetujui, |s| s.processor.steal_permille = Some(201)),
    ("sandi-perangkat", Severity::Peringatan, |s| s.processor.aes = Some(false)),
    ("kontainer", Severity::Peringatan, |s| s.processor.container = true),
    ("swap", Severity::Peringatan, |s| {
        s.memory.swap_mib = 0;
        s.memory.swap_free_mib = 0;
        s.facts.memory.as_mut().unwrap().total_mib = 1_999;
    }),
    ("swap-terpakai", Severity::Peringatan, |s| s.memory.swap_free_mib = 511),
    ("kehabisan-memori", Severity::Peringatan, |s| s.memory.oom_kills = Some(1)),
    ("batas-memori", Severity::WajibDisetujui, |s| s.memory.limit_mib = Some(899)),
    ("tekanan-memori", Severity::Peringatan, |s| s.memory.stalled_permille = Some(51)),
    ("tekanan-memori", Severity::WajibDisetujui, |s| s.memory.stalled_permille = Some(251)),
    ("janji-memori", Severity::Peringatan, |s| s.memory.strict = true),
    ("sisa-disk", Severity::Peringatan, |s| s.facts.space.as_mut().unwrap().total_mib = 45_000 * 21),
    ("sisa-disk", Severity::WajibDisetujui, |s| s.facts.space.as_mut().unwrap().total_mib = 45_000 * 41),
    ("sistem-berkas", Severity::WajibDisetujui, |s| s.disk.kind = Some("nfs4".into())),
    ("sistem-berkas", Severity::WajibDisetujui, |s| s.disk.kind = Some("tmpfs".into())),
    ("sistem-berkas", Severity::WajibDisetujui, |s| s.disk.kind = Some("vfat".into())),
    ("opsi-pasang", Severity::WajibDisetujui, |s| s.disk.options.push("nobarrier".into())),
    ("laju-tulis", Severity::Peringatan, |s| s.disk.write_mib_s = Some(19)),
    ("laju-tulis", Severity::WajibDisetujui, |s| s.disk.write_mib_s = Some(4)),
    ("tekanan-disk", Severity::Peringatan, |s| s.disk.stalled_permille = Some(101)),
    ("tekanan-disk", Severity::WajibDisetujui, |s| s.disk.stalled_permille = Some(401)),
    ("jenis-disk", Severity::Peringatan, |s| s.disk.rotating = Some(true)),
    ("disk-kedua", Severity::Peringatan, |s| s.disk.second = None),
    ("raid", Severity::WajibDisetujui, |s| s.disk.degraded = vec!["md0".into()]),
    ("galat-disk", Severity::WajibDisetujui, |s| s.disk.faults = Some(1)),
    ("ruang-sementara", Severity::Peringatan, |s| s.disk.temp_free_mib = Some(199)),
    ("distribusi", Severity::Peringatan, |s| s.system.version = "10".into()),
    ("distribusi", Severity::Peringatan, |s| s.system.id = "slackware".into()),
    ("systemd", Severity::WajibDisetujui, |s| s.system.systemd = None),
    ("systemd", Severity::Peringatan, |s| s.system.systemd = Some(246)),
    ("ntp", Severity::Peringatan, |s| s.system.synchronised = false),
    ("selisih-jam", Severity::Peringatan, |s| s.system.clock_offset_s = Some(-61)),
    ("selisih-jam", Severity::WajibDisetujui, |s| s.system.clock_offset_s = Some(86_401)),
    ("mulai-ulang", Severity::Peringatan, |s| s.system.restart_needed = true),
    ("lama-menyala", Severity::Peringatan, |s| s.system.uptime_s = Some(366 * 86_400)),
    ("panel", Severity::WajibDisetujui, |s| s.system.panels = vec!["cPanel".into()]),
    ("hak-pengelola", Severity::Peringatan, |s| s.system.can_administer = false),
    ("selinux", Severity::Peringatan, |s| s.system.selinux = true),
    ("keacakan", Severity::Peringatan, |s| s.system.entropy = Some(199)),
    ("batas-utas", Severity::Peringatan, |s| s.system.threads_max = Some(1_999)),
    ("pemutakhiran-otomatis", Severity::Peringatan, |s| s.system.automatic_updates = Some(false)),
    ("aksara", Severity::Peringatan, |s| s.system.utf8 = false),
    ("tautan", Severity::Peringatan, |s| s.network.links[0].up = false),
    ("kecepatan-tautan", Severity::Peringatan, |s| s.network.links[0].mbit_s = Some(10)),
    ("galat-tautan", Severity::Peringatan, |s| s.network.links[0].faults_ppm = 1_001),
    ("mtu", Severity::Peringatan, |s| s.network.links[0].mtu = Some(1_279)),
    ("gerbang", Severity::Peringatan, |s| s.network.gateway = false),
    ("alamat", Severity::Peringatan, |s| {
        s.network.addresses.clear();
        s.network.name_points_to = vec!["127.0.0.1".into()];
    }),
    ("dns", Severity::Peringatan, |s| s.network.name_servers.clear()),
    ("nama-mesin", Severity::Peringatan, |s| s.network.host_name = "localhost".into()),
    ("nama-alamat", Severity::Peringatan, |s| s.needs.name = None),
    ("nama-alamat", Severity::Peringatan, |s| s.network.name_points_to = vec!["203.0.113.9".into()]),
    ("peladen-web", Severity::Peringatan, |s| s.network.listening.push(443)),
    ("basis-data", Severity::Peringatan, |s| s.network.listening.push(5432)),
    ("firewall", Severity::Peringatan, |s| s.network.firewall = None),
    ("ssh", Severity::Peringatan, |s| s.network.ssh_password = Some(true)),
    ("antrean-sambungan", Severity::Peringatan, |s| s.network.backlog = Some(1_023)),
    ("antrean-sambungan", Severity::WajibDisetujui, |s| s.network.backlog = Some(127)),
    ("ups", Severity::Peringatan, |s| s.needs.ups = Some(false)),
    ("ups", Severity::Peringatan, |s| s.needs.ups = None),
    ("cadangan-kedua", Severity::WajibDisetujui, |s| s.needs.second_copy = Some(false)),
    ("cadangan-kedua", Severity::Peringatan, |s| s.needs.second_copy = None),
    ("pengelola", Severity::Peringatan, |s| s.needs.administrators = 1),
    ("pengelola", Severity::WajibDisetujui, |s| s.needs.administrators = 0),
    ("kapasitas", Severity::WajibDisetujui, |s| s.needs.officers = 100_000),
    ("pertumbuhan", Severity::Peringatan, |s| s.needs.letters_a_day = 80),
    ("pertumbuhan", Severity::WajibDisetujui, |s| s.needs.letters_a_day = 2_000),
];

/// Checks that only tell: nothing makes them worse.
const TELLING: &[&str] =
    &["inti", "zona-waktu", "sistem-operasi", "noexec-sementara", "pengguna-praja", "proksi", "ipv6", "pengolah-kata"];

#[test]
fn a_fine_machine_has_nothing_to_worry_about_and_sixty_checks_or_more_say_so() {
    let findings = judge(&fine(), &target(Path::new("praja-box")));
    let bad: Vec<_> = findings.iter().filter(|one| one.severity > Severity::Info).collect();
    assert!(bad.is_empty(), "{bad:#?}");
    assert!(findings.len() >= 60, "{}", findings.len());
}

#[test]
fn each_check_of_the_assessment_flips_alone_and_says_what_to_do() {
    for (id, severity, turn) in FLIPS {
        let mut survey = fine();
        turn(&mut survey);
        let findings = judge(&survey, &target(Path::new("praja-box")));
        let flipped: Vec<_> = findings.iter().filter(|finding| finding.severity != Severity::Info).collect();
        assert_eq!(flipped.len(), 1, "{id}: {flipped:#?}");
        assert_eq!((flipped[0].id, flipped[0].severity), (*id, *severity));
        assert!(!flipped[0].meaning.is_empty() && !flipped[0].remedy.is_empty(), "{id} does not say what to do");
        assert!(flipped[0].remedy.iter().all(|act| !act.is_empty()), "{id} has an empty remedy");
    }
}

#[test]
fn no_check_is_without_a_fault_that_flips_it() {
    let trial = praja_deploy::assess(&good(), &target(Path::new("praja-box")));
    let findings = judge(&fine(), &target(Path::new("praja-box")));
    let mut ids: Vec<_> = findings.iter().map(|one| one.id).collect();
    for id in &ids {
        let flipped = FLIPS.iter().any(|(flips, ..)| flips == id) || trial.iter().any(|one| one.id == *id);
        assert!(flipped || TELLING.contains(id), "nothing flips {id}");
    }
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "two checks have the same name");
    assert!(findings.iter().all(|one| !one.source.is_empty() && !one.value.is_empty() && !one.threshold.is_empty()));
}

#[test]
fn a_virtual_disk_that_says_it_turns_is_judged_by_its_writes() {
    let mut survey = fine();
    survey.disk.rotating = Some(true);
    survey.processor.virtual_machine = true;
    let of =
        |survey: &Survey| judge(survey, &target(Path::new("x"))).into_iter().find(|one| one.id == "jenis-disk").unwrap().severity;
    survey.facts.fsync = Some(Fsync { p50_us: 100, p99_us: 900, writes: 20 });
    assert_eq!(of(&survey), Severity::Info);
    survey.facts.fsync = Some(Fsync { p50_us: 8_000, p99_us: 12_000, writes: 20 });
    assert_eq!(of(&survey), Severity::Peringatan);
}

#[test]
fn what_the_system_says_is_read() {
    let mut host = Pretend::default();
    let mut say = |path: &'static str, text: &str| host.files.insert(path, text.to_owned());
    say("/proc/cpuinfo", "model name\t: Intel Xeon\nflags\t\t: fpu aes hypervisor\n");
    say("/proc/loadavg", "0.10 1.50 0.30 1/200 4000\n");
    say("/proc/stat", "cpu  100 0 50 1000 0 0 0 7 0 0\n");
    say("/proc/vmstat", "pgfault 5\noom_kill 3\n");
    say("/proc/pressure/memory", "some avg10=0.00 avg60=0.00 avg300=12.34 total=1\nfull avg10=0.00\n");
    say(
        "/proc/mounts",
        "/dev/sda2 / ext4 rw,relatime 0 0\n/dev/md0 /srv xfs rw,noatime 0 0\n/dev/sdb1 /mnt/usb\\0401 ext4 rw 0 0\nsnap /snap squashfs ro 0 0\n",
    );
    say(
        "/proc/mdstat",
        "Personalities : [raid1]\nmd0 : active raid1 sdc1[0]\n      975 blocks [2/1] [U_]\n\nunused devices: <none>\n",
    );
    say(
        "/proc/net/tcp",
        "sl local\n 0: 00000000:01BB 00000000:0000 0A 0\n 1: 0100007F:1538 00000000:0000 0A 0\n 2: 00000000:1F90 0100007F:0001 01 0\n",
    );
    say("/proc/net/route", "Iface Destination Gateway\neth0 00000000 0100000A 0003\n");
    say(
        "/proc/net/fib_trie",
        "Main:\n  |-- 10.1.2.0\n     /24 link UNICAST\n  |-- 10.1.2.3\n     /32 host LOCAL\n  |-- 127.0.0.1\n     /32 host LOCAL\n",
    );
    say("/etc/resolv.conf", "# x\nnameserver 10.1.2.1\nsearch contoh\n");
    say("/etc/ssh/sshd_config", "#PasswordAuthentication yes\nPasswordAuthentication yes\n");
    say("/etc/ssh/sshd_config.d/10-kunci.conf", "PasswordAuthentication no\n");
    say("/etc/ufw/ufw.conf", "ENABLED=yes\n");
    say("/sys/class/net/eth0/operstate", "up\n");
    say("/sys/class/net/eth0/speed", "1000\n");
    say("/sys/class/net/eth0/mtu", "1500\n");
    say("/sys/class/net/eth0/statistics/rx_errors", "5\n");
    say("/sys/class/net/eth0/statistics/rx_packets", "1000\n");
    say("/sys/class/rtc/rtc0/since_epoch", &format!("{}\n", NOW.0 / 1000 - 90));
    say("/proc/uptime", "86400.5 1.0\n");
    say("/etc/passwd", "root:x:0:0::/:/bin/sh\npraja:x:990:990::/:/bin/false\n");
    say("/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");
    host.folders =
        BTreeMap::from([("/sys/class/net", vec!["lo", "eth0", "veth12"]), ("/etc/ssh/sshd_config.d", vec!["10-kunci.conf"])]);
    host.there = vec!["/run/systemd/system", "/run/chrony/chronyd.pid", "/usr/sbin/nginx", "/etc/apt", "/usr/bin/soffice"];
    host.variables = BTreeMap::from([("LANG", "id_ID.UTF-8"), ("http_proxy", "http://user:rahasia@proksi:3128")]);
    let needs = Needs { name: Some("praja.contoh.go.id".into()), ..Needs::default() };
    let found = survey(&host, &target(Path::new("praja-box")), needs, true, &|| false);

    assert_eq!((found.processor.aes, found.processor.virtual_machine), (Some(true), true));
    assert_eq!(found.processor.load_permille, Some(750), "1,50 over two cores");
    assert_eq!((found.memory.oom_kills, found.memory.stalled_permille), (Some(3), Some(123)));
    assert_eq!((found.disk.kind.as_deref(), found.disk.degraded.as_slice()), (Some("xfs"), ["md0".to_owned()].as_slice()));
    assert_eq!(found.disk.second.as_deref(), Some("/"), "another disk than the one of the data");
    assert_eq!(found.network.listening, [443], "what listens for others; neither loopback nor connections");
    assert_eq!(found.network.web_server.as_deref(), Some("nginx"));
    assert_eq!((found.network.addresses.as_slice(), found.network.gateway), (["10.1.2.3".to_owned()].as_slice(), true));
    assert_eq!(found.network.name_points_to, ["10.1.2.3"]);
    assert_eq!((found.network.ssh_password, found.network.firewall.as_deref()), (Some(false), Some("ufw")));
    assert_eq!(
        found.network.links,
        [Link { name: "eth0".into(), up: true, mbit_s: Some(1_000), faults_ppm: 5_000, mtu: Some(1_500) }]
    );
    assert_eq!((found.system.systemd, found.system.synchronised, found.system.user_praja), (Some(252), true, true));
    assert_eq!((found.system.clock_offset_s, found.system.uptime_s), (Some(90), Some(86_400)));
    assert_eq!((found.system.automatic_updates, found.system.utf8), (Some(false), true));
    assert_eq!(found.system.word_processor, Some(true));
    let shown = serde_json::to_string(&judge(&found, &target(Path::new("praja-box")))).unwrap();
    assert!(!shown.contains("rahasia@"), "a proxy's password is nobody's business");
}

#[test]
fn a_system_that_says_nothing_is_surveyed_and_blocks_nothing() {
    let mut host = Pretend::default();
    host.files.clear();
    let found = survey(&host, &target(Path::new("praja-box")), Needs::default(), true, &|| false);
    let findings = judge(&found, &target(Path::new("praja-box")));
    assert!(findings.iter().all(|one| one.severity < Severity::Blokir));
    assert_eq!(serde_json::from_str::<Survey>(&serde_json::to_string(&found).unwrap()).unwrap(), found);
}

#[test]
fn more_of_anything_never_serves_fewer_people() {
    let base = capacity(&fine()).unwrap();
    let turns: [Turn; 4] = [
        |s| s.facts.cores = 8,
        |s| s.processor.rounds_per_ms *= 2,
        |s| s.facts.memory.as_mut().unwrap().total_mib *= 4,
        |s| s.facts.fsync.as_mut().unwrap().p99_us /= 4,
    ];
    for turn in turns {
        let mut more = fine();
        turn(&mut more);
        assert!(capacity(&more).unwrap().officers >= base.officers);
    }
    let mut stolen = fine();
    stolen.processor.steal_permille = Some(500);
    assert!(capacity(&stolen).unwrap().officers < base.officers);
    let mut slow = fine();
    slow.facts.fsync = Some(Fsync { p50_us: 900_000, p99_us: 2_000_000, writes: 20 });
    assert_eq!(capacity(&slow).unwrap().bound, "disk");
}

fn catalogue() -> Catalogue {
    Catalogue::parse(common::templates().text("katalog.yaml").unwrap()).unwrap()
}

/// What is advised when these modules are in the program.
fn advised(survey: &Survey, held: &[&str]) -> (praja_deploy::Recommendation, Advice) {
    let findings = judge(survey, &target(Path::new("x")));
    let held: Vec<String> = held.iter().map(ToString::to_string).collect();
    let recommendation = decide(survey, &findings, &catalogue(), &held);
    let advice = advice(&findings, &recommendation);
    (recommendation, advice)
}

/// The stage of a system, and why.
fn stage_of(recommendation: &praja_deploy::Recommendation, nama: &str) -> (String, String) {
    let (stage, system) = recommendation
        .stages
        .iter()
        .find_map(|stage| Some((stage, stage.systems.iter().find(|system| system.nama == nama)?)))
        .unwrap();
    (stage.title.split_once(", ").unwrap().1.to_owned(), system.reason.clone())
}

#[test]
fn the_advice_orders_the_work_and_names_what_to_buy() {
    let mut survey = fine();
    assert!(advised(&survey, &[]).1.decision.contains("sekarang"));
    survey.needs.ups = Some(false);
    survey.disk.degraded = vec!["md0".into()];
    survey.facts.open_files = 100;
    let (_, advice) = advised(&survey, &[]);
    assert!(advice.decision.contains("belum dapat dipasang"), "{}", advice.decision);
    assert_eq!((advice.before.len(), advice.accept.len(), advice.later.len()), (1, 1, 1), "{advice:#?}");
    assert_eq!(advice.shopping.len(), 2, "{advice:#?}");
    assert!(advice.shopping.iter().any(|ware| ware.starts_with("UPS") && ware.ends_with("(untuk: UPS)")), "{advice:#?}");
}

#[test]
fn a_system_stands_now_or_after_what_hinders_it_is_mended_or_bought() {
    let held = ["eoffice", "perizinan", "eplanning"];
    let at = |turn: Turn, nama: &str| {
        let mut survey = fine();
        turn(&mut survey);
        stage_of(&advised(&survey, &held).0, nama)
    };
    assert_eq!(at(|_| {}, "e-Office").0, "nyalakan sekarang");
    assert_eq!(at(|_| {}, "e-SAKIP").0, "rilis Praja berikutnya");

    // What needs an agreement hinders modules, and what is always there not.
    let (stage, reason) = at(|s| s.system.systemd = None, "e-Office");
    assert_eq!(stage, "sesudah diperbaiki");
    assert!(
        reason.contains("Perbaiki dahulu: Pengelola layanan (systemd)") && reason.contains("disetujui secara tertulis"),
        "{reason}"
    );
    assert_eq!(at(|s| s.system.systemd = None, "Pelatihan").0, "nyalakan sekarang");
    let (stage, reason) = at(|s| s.needs.second_copy = Some(false), "e-Office");
    assert_eq!(stage, "sesudah dibeli");
    assert!(reason.contains("Disk USB 1 TB"), "{reason}");

    // What blocks hinders everything, and nobody may agree to it.
    let (stage, reason) = at(|s| s.facts.open_files = 100, "Pelatihan");
    assert_eq!(stage, "sesudah diperbaiki");
    assert!(!reason.contains("disetujui"), "{reason}");

    // What one system asks for hinders that one already as a warning.
    let (stage, reason) = at(|s| s.needs.name = None, "Perizinan");
    assert_eq!(stage, "sesudah diperbaiki");
    assert!(reason.contains("Nama untuk membuka Praja"), "{reason}");
    assert_eq!(at(|s| s.needs.name = None, "e-Office").0, "nyalakan sekarang");

    // A machine too small for a profile.
    let (stage, reason) = at(|s| s.facts.memory.as_mut().unwrap().total_mib = 2_000, "e-Planning");
    assert_eq!(stage, "sesudah dibeli");
    assert!(reason.contains("profil standar") && reason.contains("Memori menjadi 4 GB"), "{reason}");
}

#[test]
fn only_modules_that_nothing_forbids_are_switched_on() {
    let modul = |turn: Turn| {
        let mut survey = fine();
        turn(&mut survey);
        advised(&survey, &["eoffice", "perizinan"]).0.modul
    };
    assert_eq!(modul(|_| {}), ["eoffice", "perizinan"]);
    assert_eq!(modul(|s| s.needs.name = None), ["eoffice"]);
    assert_eq!(modul(|s| s.system.systemd = None), ["eoffice", "perizinan"], "somebody may agree");
    assert!(modul(|s| s.facts.open_files = 100).is_empty(), "nothing where something blocks");
}

#[test]
fn what_the_catalogue_asks_for_is_judged() {
    let findings = judge(&fine(), &target(Path::new("x")));
    for row in &catalogue().sistem {
        for id in &row.perlu {
            assert!(findings.iter().any(|one| one.id == id), "{}: nothing judges {id}", row.nama);
        }
        assert!(row.perlu.is_empty() || row.bentuk == Bentuk::Modul, "{}", row.nama);
    }
}

#[test]
fn a_large_regency_is_told_of_a_cluster_and_what_it_lacks() {
    let mut survey = fine();
    survey.needs.officers = 4_999;
    assert_eq!(advised(&survey, &[]).0.cluster, None);
    survey.needs.officers = 5_000;
    let (small, _) = advised(&survey, &[]);
    let lacks = small.cluster.clone().unwrap();
    assert_eq!(
        (small.profil, lacks.begin_with),
        (Profil::Standar, Profil::Standar),
        "a machine that is too small stays what it is"
    );
    assert!(lacks.missing.iter().any(|one| one.contains("PostgreSQL")) && lacks.missing.iter().any(|one| one.contains("penuh")));
    survey.facts.cores = 8;
    survey.facts.memory.as_mut().unwrap().total_mib = 16_000;
    survey.facts.space.as_mut().unwrap().free_mib = 400_000;
    survey.needs.administrators = 3;
    let (large, _) = advised(&survey, &[]);
    assert_eq!((large.profil, large.cluster.clone().unwrap().begin_with), (Profil::Klaster, Profil::Penuh));
    assert_eq!(large.cluster.unwrap().missing.len(), 4, "what is there is not missing");
}

#[test]
fn an_interrupted_assessment_judges_what_it_has_and_says_what_it_has_not() {
    let steps = std::cell::Cell::new(0);
    // Interrupted while the third part is looked at.
    let stop = || {
        steps.set(steps.get() + 1);
        steps.get() > 3
    };
    let found = survey(&Pretend::default(), &target(Path::new("praja-box")), Needs::default(), false, &stop);
    assert_eq!(found.unmeasured, [Part::Disk, Part::Jaringan]);
    let findings = judge(&found, &target(Path::new("x")));
    let cut = findings.iter().find(|one| one.id == "terputus").unwrap();
    assert_eq!((cut.severity, cut.value.as_str()), (Severity::WajibDisetujui, "belum diukur: disk, jaringan"));
    assert!(findings.iter().any(|one| one.id == "swap") && !findings.iter().any(|one| one.id == "firewall"));
    assert!(capacity(&found).is_some());
    let nothing = survey(&Pretend::default(), &target(Path::new("x")), Needs::default(), false, &|| true);
    assert_eq!((nothing.unmeasured.len(), capacity(&nothing)), (5, None));
    assert!(judge(&nothing, &target(Path::new("x"))).iter().any(|one| one.id == "memori"), "what a trial asks is there");
    assert_eq!(serde_json::from_str::<Survey>(&serde_json::to_string(&found).unwrap()).unwrap(), found);
}

#[test]
fn this_machine_is_surveyed_quickly_and_left_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let began = std::time::Instant::now();
    let found = survey(&Machine, &target(&folder.path().join("not/yet")), Needs::default(), true, &|| false);
    assert!(began.elapsed().as_secs() < 30, "{:?}", began.elapsed());
    assert!(found.disk.write_mib_s.is_some() && found.processor.rounds_per_ms > 0);
    // In a chroot without a mount of its own nothing says what lies below.
    let mounts = std::fs::read_to_string("/proc/mounts").unwrap();
    let says = mounts.lines().any(|line| line.split(' ').nth(1) == Some("/"));
    assert!(found.disk.kind.is_some() || !says, "{mounts}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
