use super::{About, Check};
use crate::{
    Finding,
    Severity::{Info, Peringatan, WajibDisetujui},
    Survey,
    checks::{PRAJA, number},
};

pub(super) const CHECKS: &[Check] = &[
    distribution,
    systemd,
    synchronised,
    board,
    restart,
    uptime,
    panels,
    rights,
    user,
    selinux,
    entropy,
    threads,
    updates,
    utf8,
    word_processor,
];

/// Oldest release of each that still gets security updates, as (identity, major version).
const KNOWN: &[(&str, u32)] = &[
    ("debian", 11),
    ("ubuntu", 20),
    ("rhel", 8),
    ("rocky", 8),
    ("almalinux", 8),
    ("centos", 9),
    ("ol", 8),
    ("opensuse-leap", 15),
    ("linuxmint", 21),
];

fn distribution(survey: &Survey) -> Finding {
    let about = About {
        id: "distribusi",
        group: "Sistem",
        title: "Distribusi",
        threshold: "Debian 11, Ubuntu 20.04, RHEL 8 atau turunannya, dan yang lebih baru",
        source: "distribusi yang masih mendapat perbaikan keamanan",
    };
    let system = &survey.system;
    let major: u32 = system.version.split('.').next().and_then(|major| major.parse().ok()).unwrap_or(0);
    let known = KNOWN.iter().find(|(id, _)| *id == system.id);
    let (bad, meaning) = match known {
        None => (true, "Praja belum diuji pada distribusi ini."),
        Some((_, least)) if major < *least => (true, "Distribusi setua ini tidak lagi mendapat perbaikan keamanan."),
        Some(_) => (false, ""),
    };
    let value = if system.id.is_empty() { "tidak disebut".to_owned() } else { format!("{} {}", system.id, system.version) };
    about.when(bad, Peringatan, value, meaning, &["Pasang Debian 12 atau Ubuntu 24.04 sebelum bekerja dengan data asli."])
}

fn systemd(survey: &Survey) -> Finding {
    let about = About {
        id: "systemd",
        group: "Sistem",
        title: "Pengelola layanan (systemd)",
        threshold: "versi 247 atau lebih baru",
        source: "kunci layanan tersegel (LoadCredentialEncrypted, 250; LoadCredential, 247)",
    };
    let (severity, value) = match survey.system.systemd {
        None => (WajibDisetujui, "tidak ada".to_owned()),
        Some(version) if version < 247 => (Peringatan, version.to_string()),
        Some(version) => (Info, version.to_string()),
    };
    about.when(
        severity != Info,
        severity,
        value,
        "Praja tidak menyala sendiri sesudah mesin dimulai ulang, dan layanannya kurang terkurung.",
        &["Pakai distribusi dengan systemd 247 atau lebih baru, misalnya Debian 12."],
    )
}

fn synchronised(survey: &Survey) -> Finding {
    let about = About {
        id: "ntp",
        group: "Sistem",
        title: "Penyelaras jam (NTP)",
        threshold: "berjalan",
        source: "tanggal surat dan kode masuk dua langkah memerlukan jam yang tepat",
    };
    let runs = survey.system.synchronised;
    about.when(
        !runs,
        Peringatan,
        if runs { "berjalan" } else { "tidak terlihat" },
        "Jam yang tidak diselaraskan melenceng beberapa menit sebulan; kode masuk dua langkah akan ditolak.",
        &["Nyalakan: sudo timedatectl set-ntp true", "Tanpa internet, pakai penyelaras jam milik provinsi atau penerima GPS."],
    )
}

fn board(survey: &Survey) -> Finding {
    let about = About {
        id: "selisih-jam",
        group: "Sistem",
        title: "Selisih dengan jam papan induk",
        threshold: "paling banyak satu menit",
        source: PRAJA,
    };
    let Some(offset) = survey.system.clock_offset_s else { return about.unknown() };
    about.above(
        offset.unsigned_abs(),
        &[(60, Peringatan), (86_400, WajibDisetujui)],
        format!("{} detik", number(offset.unsigned_abs())),
        "Sesudah listrik padam mesin memakai jam papan induk; tanggal surat akan keliru.",
        &["Samakan jam papan induk: sudo hwclock --systohc", "Bila selisihnya kembali, ganti baterai papan induk."],
    )
}

fn restart(survey: &Survey) -> Finding {
    let about = About {
        id: "mulai-ulang",
        group: "Sistem",
        title: "Pemutakhiran yang menunggu",
        threshold: "tidak ada",
        source: "/run/reboot-required",
    };
    let needed = survey.system.restart_needed;
    about.when(
        needed,
        Peringatan,
        if needed { "menunggu mesin dimulai ulang" } else { "tidak ada" },
        "Perbaikan keamanan sudah terpasang, tetapi belum berlaku.",
        &["Mulai ulang mesin pada jam yang sepi: sudo systemctl reboot"],
    )
}

fn uptime(survey: &Survey) -> Finding {
    let about = About {
        id: "lama-menyala",
        group: "Sistem",
        title: "Lama menyala",
        threshold: "sepuluh menit sampai setahun",
        source: "kelaziman pengelolaan peladen",
    };
    let Some(seconds) = survey.system.uptime_s else { return about.unknown() };
    let days = seconds / 86_400;
    let value = if days > 0 { format!("{} hari", number(days)) } else { format!("{} menit", seconds / 60) };
    about.when(
        days > 365,
        Peringatan,
        value,
        "Kernel tidak diperbarui selama itu, dan tidak ada yang tahu apakah mesin ini dapat menyala kembali.",
        &["Mulai ulang mesin sebelum memasang, dan lihat apakah semuanya kembali."],
    )
}

fn panels(survey: &Survey) -> Finding {
    let about = About {
        id: "panel",
        group: "Sistem",
        title: "Panel hosting",
        threshold: "tidak ada",
        source: "panel menulis ulang pengaturan web, firewall, dan sertifikat",
    };
    let panels = &survey.system.panels;
    about.when(
        !panels.is_empty(),
        WajibDisetujui,
        if panels.is_empty() { "tidak ada".to_owned() } else { panels.join(", ") },
        "Panel itu dapat menimpa pengaturan Praja tanpa memberi tahu.",
        &["Pakai mesin tersendiri, atau pasang Praja di belakang web yang dikelola panel itu."],
    )
}

fn rights(survey: &Survey) -> Finding {
    let about = About {
        id: "hak-pengelola",
        group: "Sistem",
        title: "Hak untuk memasang layanan",
        threshold: "root atau sudo",
        source: PRAJA,
    };
    let can = survey.system.can_administer;
    about.when(
        !can,
        Peringatan,
        if can { "ada" } else { "tidak terlihat" },
        "Tanpa hak itu Praja hanya dapat dicoba, tidak dapat dipasang sebagai layanan.",
        &["Minta pengelola mesin menjalankan pemasangan."],
    )
}

fn user(survey: &Survey) -> Finding {
    let about = About {
        id: "pengguna-praja",
        group: "Sistem",
        title: "Pengguna praja",
        threshold: "belum ada, atau milik pemasangan yang lama",
        source: PRAJA,
    };
    about.found(Info, if survey.system.user_praja { "sudah ada" } else { "belum ada" })
}

fn selinux(survey: &Survey) -> Finding {
    let about = About {
        id: "selinux",
        group: "Sistem",
        title: "SELinux",
        threshold: "tidak memaksa, atau aturannya disiapkan",
        source: "Praja belum membawa aturan SELinux",
    };
    let enforces = survey.system.selinux;
    about.when(
        enforces,
        Peringatan,
        if enforces { "memaksa" } else { "tidak memaksa" },
        "Sistem dapat melarang layanan membuka folder atau porta yang tidak lazim.",
        &["Letakkan folder data di /var/lib/praja dan pakai porta 443 atau 8443."],
    )
}

fn entropy(survey: &Survey) -> Finding {
    let about = About { id: "keacakan", group: "Sistem", title: "Keacakan", threshold: "sedikitnya 200", source: "random(4)" };
    let Some(entropy) = survey.system.entropy else { return about.unknown() };
    about.when(
        entropy < 200,
        Peringatan,
        number(entropy),
        "Pembuatan kunci dapat menunggu lama.",
        &["Pasang penambah keacakan: sudo apt install rng-tools5"],
    )
}

fn threads(survey: &Survey) -> Finding {
    let about = About {
        id: "batas-utas",
        group: "Sistem",
        title: "Batas utas kernel",
        threshold: "sedikitnya 2.000",
        source: "kernel.threads-max",
    };
    let Some(threads) = survey.system.threads_max else { return about.unknown() };
    about.when(
        threads < 2_000,
        Peringatan,
        number(threads),
        "Program lain dan Praja bersama-sama dapat mencapai batas itu.",
        &["Naikkan: sudo sysctl -w kernel.threads-max=16000"],
    )
}

fn updates(survey: &Survey) -> Finding {
    let about = About {
        id: "pemutakhiran-otomatis",
        group: "Sistem",
        title: "Perbaikan keamanan otomatis",
        threshold: "menyala",
        source: "kelaziman pengelolaan peladen",
    };
    let Some(on) = survey.system.automatic_updates else { return about.unknown() };
    about.when(
        !on,
        Peringatan,
        if on { "menyala" } else { "tidak menyala" },
        "Celah keamanan sistem operasi tetap terbuka sampai ada yang memperbaikinya dengan tangan.",
        &["Nyalakan: sudo apt install unattended-upgrades"],
    )
}

fn utf8(survey: &Survey) -> Finding {
    let about = About {
        id: "aksara",
        group: "Sistem",
        title: "Pengodean aksara",
        threshold: "UTF-8",
        source: "kunci dan laporan pada layar terminal",
    };
    let utf8 = survey.system.utf8;
    about.when(
        !utf8,
        Peringatan,
        if utf8 { "UTF-8" } else { "bukan UTF-8" },
        "Garis dan tanda pada layar terminal dapat tampil keliru; data tidak terpengaruh.",
        &["Setel: export LANG=C.UTF-8"],
    )
}

/// Nothing is worse without it: a naskah from Word is then saved as PDF by its writer.
fn word_processor(survey: &Survey) -> Finding {
    let about = About {
        id: "pengolah-kata",
        group: "Sistem",
        title: "LibreOffice, untuk naskah dari berkas Word",
        threshold: "tidak wajib",
        source: PRAJA,
    };
    let Some(there) = survey.system.word_processor else { return about.unknown() };
    about.found(
        Info,
        if there {
            "ada; berkas Word (DOCX) diubah menjadi PDF di mesin ini"
        } else {
            "tidak ada; penyusun mengunggah PDF, atau pasang: sudo apt install libreoffice-writer-nogui"
        },
    )
}
