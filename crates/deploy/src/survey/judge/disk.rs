use super::{About, Check, percent};
use crate::{
    Finding,
    Severity::{Info, Peringatan, WajibDisetujui},
    Survey,
    checks::{PRAJA, at_least, explain, mib},
};

pub(super) const CHECKS: &[Check] =
    &[share, kind, options, rate, stalled, rotating, second, degraded, faults, temp_room, temp_noexec];

/// File systems on which locks and power cuts are not what a database expects.
const REMOTE: &[&str] = &["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.glusterfs", "ceph"];
const NO_RIGHTS: &[&str] = &["vfat", "exfat", "ntfs", "ntfs3", "fuseblk", "msdos"];
const MEMORY: &[&str] = &["tmpfs", "ramfs"];

fn share(survey: &Survey) -> Finding {
    let about = About {
        id: "sisa-disk",
        group: "Disk",
        title: "Bagian disk yang kosong",
        threshold: "sedikitnya 5 %",
        source: "batas pemeriksaan YunoHost: 2,5 dan 5 %",
    };
    let Some(space) = survey.facts.space.as_ref().filter(|space| space.total_mib > 0) else { return about.unknown() };
    let permille = u32::try_from(space.free_mib * 1000 / space.total_mib).unwrap_or(1000);
    let severity = at_least(u64::from(permille), &[(25, WajibDisetujui), (50, Peringatan)]);
    explain(
        about.found(severity, percent(permille)),
        "Disk yang hampir penuh melambat, dan bagian untuk root akan habis lebih dahulu.",
        &["Kosongkan disk: df -h, lalu sudo du -xhd1 / | sort -h"],
    )
}

fn kind(survey: &Survey) -> Finding {
    let about = About {
        id: "sistem-berkas",
        group: "Disk",
        title: "Sistem berkas",
        threshold: "ext4, xfs, btrfs atau zfs pada disk mesin ini",
        source: "dokumentasi SQLite: berkas pada jaringan tidak aman dikunci",
    };
    let Some(kind) = survey.disk.kind.as_deref() else { return about.unknown() };
    let (bad, meaning, remedy) = if REMOTE.contains(&kind) {
        (
            true,
            "Basis data tertanam pada folder jaringan dapat rusak bila jaringan putus.",
            "Pilih folder pada disk mesin ini, atau pakai PostgreSQL.",
        )
    } else if MEMORY.contains(&kind) {
        (true, "Folder itu hidup di memori: semua data hilang saat mesin dimatikan.", "Pilih folder pada disk.")
    } else if NO_RIGHTS.contains(&kind) {
        (
            true,
            "Sistem berkas itu tidak menyimpan hak akses: siapa pun pada mesin ini dapat membaca kunci.",
            "Pilih folder pada disk dengan ext4 atau xfs.",
        )
    } else {
        (false, "", "")
    };
    about.when(bad, WajibDisetujui, kind, meaning, &[remedy])
}

fn options(survey: &Survey) -> Finding {
    let about = About {
        id: "opsi-pasang",
        group: "Disk",
        title: "Opsi pemasangan disk",
        threshold: "tanpa nobarrier dan data=writeback",
        source: "dokumentasi kernel: ext4, penghalang tulis",
    };
    let risky: Vec<&str> = survey
        .disk
        .options
        .iter()
        .map(String::as_str)
        .filter(|one| matches!(*one, "nobarrier" | "barrier=0" | "data=writeback"))
        .collect();
    about.when(
        !risky.is_empty(),
        WajibDisetujui,
        if risky.is_empty() { "aman".to_owned() } else { risky.join(", ") },
        "Dengan opsi itu surat yang sudah tersimpan dapat hilang saat listrik padam.",
        &["Hapus opsi itu dari /etc/fstab, lalu mulai ulang mesin."],
    )
}

fn rate(survey: &Survey) -> Finding {
    let about = About {
        id: "laju-tulis",
        group: "Disk",
        title: "Laju tulis disk",
        threshold: "sedikitnya 20 MiB/detik",
        source: "cadangan 10 GB selesai dalam sepuluh menit",
    };
    let Some(rate) = survey.disk.write_mib_s else { return about.unknown() };
    explain(
        about.found(at_least(rate, &[(5, WajibDisetujui), (20, Peringatan)]), format!("{rate} MiB/detik")),
        "Unggahan pindaian, pencadangan, dan pemutakhiran akan lama.",
        &["Pakai SSD, atau disk yang tidak dipakai bersama."],
    )
}

fn stalled(survey: &Survey) -> Finding {
    let about = About {
        id: "tekanan-disk",
        group: "Disk",
        title: "Waktu menunggu disk",
        threshold: "paling banyak 10 % dalam lima menit",
        source: "tekanan menurut kernel (PSI)",
    };
    let Some(stalled) = survey.disk.stalled_permille else { return about.unknown() };
    about.above(
        u64::from(stalled),
        &[(100, Peringatan), (400, WajibDisetujui)],
        percent(stalled),
        "Program lain membuat disk ini sibuk.",
        &["Cari yang menulis: sudo iotop", "Pindahkan pekerjaan itu, misalnya pencadangan, ke malam hari."],
    )
}

fn rotating(survey: &Survey) -> Finding {
    let about = About {
        id: "jenis-disk",
        group: "Disk",
        title: "Jenis disk",
        threshold: "SSD atau NVMe",
        source: "pengukuran rilis ini",
    };
    let Some(mut rotating) = survey.disk.rotating else { return about.unknown() };
    // A virtual disk often says that it turns; what counts there is how long a durable write takes.
    let swift = survey.facts.fsync.as_ref().is_some_and(|fsync| fsync.p99_us < 5_000);
    rotating &= !(survey.processor.virtual_machine && swift);
    about.when(
        rotating,
        Peringatan,
        if rotating { "disk berputar" } else { "SSD" },
        "Setiap penyimpanan menunggu putaran disk; satu SSD kecil sudah menghapus tunggu itu.",
        &["Beli SSD 240 GB untuk folder data; disk lama menjadi tempat cadangan."],
    )
}

fn second(survey: &Survey) -> Finding {
    let about = About {
        id: "disk-kedua",
        group: "Disk",
        title: "Disk kedua untuk cadangan",
        threshold: "ada",
        source: "aturan 3-2-1: dua media",
    };
    about.when(
        survey.disk.second.is_none(),
        Peringatan,
        survey.disk.second.as_deref().unwrap_or("tidak ada"),
        "Cadangan pada disk yang sama ikut hilang bila disk itu rusak.",
        &["Pasang disk kedua atau disk USB untuk cadangan."],
    )
}

fn degraded(survey: &Survey) -> Finding {
    let about =
        About { id: "raid", group: "Disk", title: "Larik disk (RAID)", threshold: "semua anggota utuh", source: "/proc/mdstat" };
    let arrays = &survey.disk.degraded;
    about.when(
        !arrays.is_empty(),
        WajibDisetujui,
        if arrays.is_empty() { "tidak ada yang kurang".to_owned() } else { arrays.join(", ") },
        "Larik itu kehilangan satu disk; disk berikutnya yang rusak membawa semua data.",
        &["Ganti disk yang rusak sebelum memasang: cat /proc/mdstat"],
    )
}

fn faults(survey: &Survey) -> Finding {
    let about = About {
        id: "galat-disk",
        group: "Disk",
        title: "Galat sistem berkas",
        threshold: "tidak ada",
        source: "hitungan ext4 (errors_count)",
    };
    let Some(faults) = survey.disk.faults else { return about.unknown() };
    about.when(
        faults > 0,
        WajibDisetujui,
        format!("{faults} galat"),
        "Sistem berkas menemukan kerusakan; disk itu mungkin segera rusak.",
        &["Periksa disk: sudo smartctl -a /dev/sda", "Periksa sistem berkas saat mesin dimulai: sudo touch /forcefsck"],
    )
}

fn temp_room(survey: &Survey) -> Finding {
    let about =
        About { id: "ruang-sementara", group: "Disk", title: "Ruang di /tmp", threshold: "sedikitnya 200 MiB", source: PRAJA };
    let Some(free) = survey.disk.temp_free_mib else { return about.unknown() };
    about.when(
        free < 200,
        Peringatan,
        mib(free),
        "Pemulihan cadangan dan unggahan besar memerlukan ruang sementara.",
        &["Kosongkan /tmp, atau setel TMPDIR ke folder pada disk yang lapang."],
    )
}

fn temp_noexec(survey: &Survey) -> Finding {
    let about = About {
        id: "noexec-sementara",
        group: "Disk",
        title: "Menjalankan program dari /tmp",
        threshold: "tidak dipakai Praja",
        source: PRAJA,
    };
    // Good practice, and told only because other installers stumble over it.
    about.found(Info, if survey.disk.temp_noexec { "dilarang (noexec); Praja tidak memerlukannya" } else { "boleh" })
}
