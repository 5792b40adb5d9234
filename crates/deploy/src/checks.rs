use praja_kernel::{Moment, Zona, tanggal_pendek};

use crate::{Facts, Finding, Folder, Obstacle, Port, Severity, Target, Version, try_command};

const MINI: &str = "profil mini Praja: 1 vCPU, 1 GB memori, 10 GB disk";
const YUNOHOST: &str = "batas pemeriksaan YunoHost: disk 1 dan 2 GB, memori 100 dan 200 MB";
const MAILINABOX: &str = "batas Mail-in-a-Box: menolak di bawah 490 MB";
pub(crate) const PRAJA: &str = "kebutuhan program ini";
const ETCD: &str = "etcd menyarankan p99 fsync di bawah 10 ms";

const DISK_BLOCK_MIB: u64 = 1024;
const DISK_WARN_MIB: u64 = 2048;
const INODES_BLOCK: u64 = 1_000;
const INODES_WARN: u64 = 10_000;
const AVAILABLE_BLOCK_MIB: u64 = 100;
const AVAILABLE_WARN_MIB: u64 = 200;
const TOTAL_APPROVE_MIB: u64 = 490;
/// A machine sold as 1 GB shows a little less.
const TOTAL_WARN_MIB: u64 = 900;
const OPEN_BLOCK: u64 = 256;
const OPEN_WARN: u64 = 1_024;
const FSYNC_WARN_US: u64 = 25_000;
const FSYNC_APPROVE_US: u64 = 100_000;
const FIRST_YEAR: i16 = 2026;
const YEARS_AHEAD: i16 = 20;

type Check = fn(&Facts, &Target) -> Finding;

/// Every check, in the order in which the report shows them. Each gives exactly one finding.
const CHECKS: &[Check] = &[
    cores,
    total_memory,
    available_memory,
    folder,
    space,
    inodes,
    noexec,
    fsync,
    port,
    glibc,
    clock,
    time_zone,
    open_files,
    user,
    kernel,
];

/// Judges measured facts for a trial installation. Pure: the same facts give the same findings, one per check.
pub fn assess(facts: &Facts, target: &Target) -> Vec<Finding> {
    CHECKS.iter().map(|check| check(facts, target)).collect()
}

/// The first thing that blocks, as an obstacle; `None` when nothing does.
pub fn blocked(facts: &Facts, target: &Target) -> Option<Obstacle> {
    let port = target.address.port();
    let first = assess(facts, target).into_iter().find(|finding| finding.severity == Severity::Blokir)?;
    let space = facts.space.as_ref();
    Some(match first.id {
        "porta" => match &facts.port {
            Port::Refused { reason } => Obstacle::PortRefused { port, reason: reason.clone() },
            Port::Taken { next_free } => Obstacle::PortTaken { port, free: *next_free },
            Port::Free => return None,
        },
        "folder" => {
            let reason = match &facts.folder {
                Folder::Refused { reason } => reason.clone(),
                Folder::Writable => String::new(),
            };
            Obstacle::FolderNotWritable { folder: target.root.clone(), reason }
        }
        "ruang-disk" => Obstacle::LittleDisk { free_mib: space.map_or(0, |s| s.free_mib), needed_mib: DISK_BLOCK_MIB },
        "inode" => Obstacle::FewInodes { free: space.and_then(|s| s.free_inodes).unwrap_or(0), needed: INODES_BLOCK },
        "memori-tersedia" => Obstacle::LittleMemory {
            available_mib: facts.memory.as_ref().map_or(0, |m| m.available_mib),
            needed_mib: AVAILABLE_BLOCK_MIB,
        },
        "glibc" => Obstacle::OldGlibc { found: facts.glibc.unwrap_or(target.glibc), needed: target.glibc },
        "jam" => Obstacle::ClockWrong { found: day(facts.clock), built: day(target.build) },
        _ => Obstacle::FewOpenFiles { found: facts.open_files, needed: OPEN_WARN },
    })
}

fn cores(facts: &Facts, _: &Target) -> Finding {
    Finding {
        meaning: String::new(),
        ..finding("inti", "Mesin", "Inti prosesor", Severity::Info, facts.cores.to_string(), "1".to_owned(), MINI)
    }
}

fn total_memory(facts: &Facts, _: &Target) -> Finding {
    let Some(memory) = &facts.memory else { return unknown("memori", "Mesin", "Memori", MINI) };
    let severity =
        at_least(memory.total_mib, &[(TOTAL_APPROVE_MIB, Severity::WajibDisetujui), (TOTAL_WARN_MIB, Severity::Peringatan)]);
    let found = finding("memori", "Mesin", "Memori", severity, mib(memory.total_mib), mib(TOTAL_WARN_MIB), MAILINABOX);
    explain(
        found,
        "Dengan memori sekecil ini Praja melambat saat beberapa orang bekerja bersamaan.",
        &["Tambahkan memori mesin menjadi 1 GB atau lebih."],
    )
}

fn available_memory(facts: &Facts, _: &Target) -> Finding {
    let Some(memory) = &facts.memory else { return unknown("memori-tersedia", "Mesin", "Memori tersedia", YUNOHOST) };
    let limits = [(AVAILABLE_BLOCK_MIB, Severity::Blokir), (AVAILABLE_WARN_MIB, Severity::Peringatan)];
    let severity = at_least(memory.available_mib, &limits);
    let title = "Memori tersedia";
    let found =
        finding("memori-tersedia", "Mesin", title, severity, mib(memory.available_mib), mib(AVAILABLE_BLOCK_MIB), YUNOHOST);
    explain(
        found,
        "Program lain memakai hampir seluruh memori.",
        &["Hentikan program yang tidak diperlukan.", "Lihat pemakaian memori: free -m"],
    )
}

fn folder(facts: &Facts, target: &Target) -> Finding {
    let root = target.root.display().to_string();
    match &facts.folder {
        Folder::Writable => finding("folder", "Disk", "Folder tujuan", Severity::Info, root, "dapat ditulis".to_owned(), PRAJA),
        Folder::Refused { reason } => explain(
            finding("folder", "Disk", "Folder tujuan", Severity::Blokir, root, "dapat ditulis".to_owned(), PRAJA),
            &format!("Folder itu tidak dapat ditulis: {reason}."),
            &["Pilih folder lain: praja try --root ~/praja-box"],
        ),
    }
}

fn space(facts: &Facts, _: &Target) -> Finding {
    let Some(space) = &facts.space else { return unknown("ruang-disk", "Disk", "Ruang disk", YUNOHOST) };
    let severity = at_least(space.free_mib, &[(DISK_BLOCK_MIB, Severity::Blokir), (DISK_WARN_MIB, Severity::Peringatan)]);
    explain(
        finding("ruang-disk", "Disk", "Ruang disk", severity, mib(space.free_mib), mib(DISK_BLOCK_MIB), YUNOHOST),
        "Basis data dan lampiran akan segera memenuhi disk.",
        &["Kosongkan ruang atau pilih disk lain: praja try --root /folder/di/disk/lain", "Lihat pemakaian disk: df -h"],
    )
}

fn inodes(facts: &Facts, _: &Target) -> Finding {
    let needed = number(INODES_BLOCK);
    let Some(free) = facts.space.as_ref().and_then(|space| space.free_inodes) else {
        return finding("inode", "Disk", "Jumlah berkas", Severity::Info, "tanpa batas".to_owned(), needed, PRAJA);
    };
    let severity = at_least(free, &[(INODES_BLOCK, Severity::Blokir), (INODES_WARN, Severity::Peringatan)]);
    explain(
        finding("inode", "Disk", "Jumlah berkas", severity, format!("{} tersisa", number(free)), needed, PRAJA),
        "Sistem berkas hampir tidak dapat membuat berkas baru walaupun ruangnya masih ada.",
        &["Hapus berkas kecil yang tidak diperlukan.", "Lihat sisanya: df -i"],
    )
}

fn noexec(facts: &Facts, _: &Target) -> Finding {
    let noexec = facts.space.as_ref().is_some_and(|space| space.noexec);
    let severity = if noexec { Severity::Peringatan } else { Severity::Info };
    let value = if noexec { "dilarang (noexec)" } else { "boleh" };
    explain(
        finding("noexec", "Disk", "Menjalankan program", severity, value.to_owned(), "boleh".to_owned(), PRAJA),
        "Program tidak dapat dijalankan dari folder ini; data tetap dapat disimpan.",
        &["Simpan program praja di folder lain, misalnya ~/bin."],
    )
}

fn fsync(facts: &Facts, _: &Target) -> Finding {
    let Some(fsync) = &facts.fsync else { return unknown("fsync", "Disk", "Tulis tahan listrik padam", ETCD) };
    let severity = if fsync.p99_us > FSYNC_APPROVE_US {
        Severity::WajibDisetujui
    } else if fsync.p99_us > FSYNC_WARN_US {
        Severity::Peringatan
    } else {
        Severity::Info
    };
    let value = format!("p50 {}, p99 {}", ms(fsync.p50_us), ms(fsync.p99_us));
    explain(
        finding("fsync", "Disk", "Tulis tahan listrik padam", severity, value, format!("p99 {}", ms(FSYNC_WARN_US)), ETCD),
        "Setiap penyimpanan menunggu disk; pada disk ini pengguna akan merasakannya.",
        &["Gunakan SSD, atau mesin yang disknya tidak dipakai bersama."],
    )
}

fn port(facts: &Facts, target: &Target) -> Finding {
    let address = target.address.to_string();
    let judged = |severity, state: &str| {
        finding("porta", "Jaringan", "Porta", severity, format!("{address} {state}"), "bebas".to_owned(), PRAJA)
    };
    let taken = "Program lain sudah memakai porta itu.".to_owned();
    let (state, meaning, remedy) = match &facts.port {
        Port::Free => return judged(Severity::Info, "bebas"),
        Port::Taken { next_free: Some(free) } => ("terpakai", taken, again(target, &format!("--port {free}"))),
        Port::Taken { next_free: None } => ("terpakai", taken, "Cari program yang memakainya: ss -ltnp".to_owned()),
        Port::Refused { reason } => {
            ("ditolak sistem", format!("Porta itu tidak dapat dibuka: {reason}."), again(target, "--port 7321"))
        }
    };
    Finding { meaning, remedy: vec![remedy], ..judged(Severity::Blokir, state) }
}

fn glibc(facts: &Facts, target: &Target) -> Finding {
    let version = facts.glibc.map_or_else(|| "tidak diketahui".to_owned(), |version| version.to_string());
    if target.glibc == Version::NONE {
        return finding("glibc", "Sistem", "Pustaka glibc", Severity::Info, version, "tidak diperlukan".to_owned(), PRAJA);
    }
    let needed = target.glibc.to_string();
    let Some(version) = facts.glibc else {
        return finding("glibc", "Sistem", "Pustaka glibc", Severity::Info, "tidak diketahui".to_owned(), needed, PRAJA);
    };
    let severity = if version < target.glibc { Severity::Blokir } else { Severity::Info };
    explain(
        finding("glibc", "Sistem", "Pustaka glibc", severity, version.to_string(), needed, PRAJA),
        "Sistem operasi ini lebih tua daripada yang dapat menjalankan Praja.",
        &["Pasang sistem operasi yang lebih baru, misalnya Debian 12 atau Ubuntu 22.04."],
    )
}

fn clock(facts: &Facts, target: &Target) -> Finding {
    let year = Zona::Wib.date(facts.clock).year();
    let early = facts.clock < target.build || year < FIRST_YEAR;
    let late = year > Zona::Wib.date(target.build).year().max(FIRST_YEAR) + YEARS_AHEAD;
    let severity = if early || late { Severity::Blokir } else { Severity::Info };
    let threshold = format!("sesudah {}", day(target.build));
    explain(
        finding("jam", "Sistem", "Jam mesin", severity, day(facts.clock), threshold, PRAJA),
        "Jam yang keliru membuat tanggal surat, nomor agenda dan masa berlaku keliru.",
        &["Setel jam mesin: sudo timedatectl set-ntp true"],
    )
}

fn time_zone(facts: &Facts, _: &Target) -> Finding {
    let value = facts.time_zone.clone();
    let any = "bebas, Praja memakai zona wilayah".to_owned();
    finding("zona-waktu", "Sistem", "Zona waktu", Severity::Info, value, any, "Keppres 41/1987: WIB, WITA, WIT")
}

fn open_files(facts: &Facts, _: &Target) -> Finding {
    let severity = at_least(facts.open_files, &[(OPEN_BLOCK, Severity::Blokir), (OPEN_WARN, Severity::Peringatan)]);
    let value = if facts.open_files > 1 << 40 { "tanpa batas".to_owned() } else { number(facts.open_files) };
    explain(
        finding("berkas-terbuka", "Sistem", "Batas berkas terbuka", severity, value, number(OPEN_WARN), PRAJA),
        "Setiap orang yang terhubung memakai satu berkas terbuka; selebihnya akan ditolak.",
        &["Naikkan batasnya: ulimit -n 4096"],
    )
}

fn user(facts: &Facts, _: &Target) -> Finding {
    let severity = if facts.root { Severity::Peringatan } else { Severity::Info };
    let value = if facts.root { "root" } else { "pengguna biasa" };
    explain(
        finding("pengguna", "Sistem", "Dijalankan oleh", severity, value.to_owned(), "pengguna biasa".to_owned(), PRAJA),
        "Percobaan tidak memerlukan hak root; berkasnya akan menjadi milik root.",
        &["Jalankan sebagai pengguna biasa."],
    )
}

fn kernel(facts: &Facts, _: &Target) -> Finding {
    let value = format!("{}, kernel {}", facts.distribution, facts.kernel);
    finding("sistem-operasi", "Sistem", "Sistem operasi", Severity::Info, value, "Linux".to_owned(), PRAJA)
}

pub(crate) fn finding(
    id: &'static str,
    group: &'static str,
    title: &'static str,
    severity: Severity,
    value: String,
    threshold: String,
    source: &'static str,
) -> Finding {
    Finding { id, group, title, severity, value, threshold, source, meaning: String::new(), remedy: Vec::new() }
}

pub(crate) fn unknown(id: &'static str, group: &'static str, title: &'static str, source: &'static str) -> Finding {
    finding(id, group, title, Severity::Info, "tidak dapat diukur".to_owned(), "tidak diperiksa".to_owned(), source)
}

/// Adds meaning and remedy, unless all is well.
pub(crate) fn explain(found: Finding, meaning: &str, remedy: &[&str]) -> Finding {
    if found.severity == Severity::Info {
        return found;
    }
    Finding { meaning: meaning.to_owned(), remedy: remedy.iter().map(ToString::to_string).collect(), ..found }
}

/// The severity of the first limit that `value` stays under; `Info` when it stays under none.
pub(crate) fn at_least(value: u64, limits: &[(u64, Severity)]) -> Severity {
    limits.iter().find(|(limit, _)| value < *limit).map_or(Severity::Info, |(_, severity)| *severity)
}

/// The command to repeat with another port, for the same folder.
fn again(target: &Target, option: &str) -> String {
    format!("Pakai porta lain: {} {option}", try_command(&target.root))
}

pub(crate) fn mib(amount: u64) -> String {
    format!("{} MiB", number(amount))
}

fn ms(microseconds: u64) -> String {
    format!("{},{} ms", microseconds / 1000, microseconds % 1000 / 100)
}

/// With dots between the thousands, as Indonesian readers expect.
pub fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

fn day(at: Moment) -> String {
    tanggal_pendek(Zona::Wib.date(at))
}
