use super::{About, Check, Health};
use crate::{Finding, Severity, checks::number};

pub(super) const CHECKS: &[Check] =
    &[database, migrations, restoring, missing, orphans, letters, jobs, waiting, notices, audit, anchor];

const WAITING_WARN: u64 = 1_000;
/// Orphans of a day are uploads under way; many are a sign that sweeping does not run.
const ORPHANS_WARN: u64 = 100;
const ANCHOR_WARN_DAYS: i64 = 8;

fn database(health: &Health) -> Finding {
    let about = About { id: "basis-data", group: "Data", title: "Basis data", threshold: "dapat dibuka" };
    match &health.data.closed {
        None => about.well("dapat dibuka"),
        Some(why) => about.ill(
            Severity::Blokir,
            why.clone(),
            "Praja tidak dapat melayani tanpa basis datanya.",
            &[&format!("Bila datanya rusak, pulihkan cadangan: {}", health.command("backup list"))],
        ),
    }
}

fn migrations(health: &Health) -> Finding {
    let about = About { id: "migrasi", group: "Data", title: "Tabel", threshold: "sesuai program ini" };
    match health.data.migrations_missing {
        0 => about.well("sesuai program ini"),
        count => about.ill(
            Severity::Peringatan,
            format!("{} perubahan belum dijalankan", number(count)),
            "Basis data berasal dari rilis yang lebih tua.",
            &[
                &format!("Buat cadangan: {}", health.command("backup create")),
                "Lalu mulai ulang Praja; tabelnya disesuaikan sendiri.",
            ],
        ),
    }
}

fn restoring(health: &Health) -> Finding {
    let about = About { id: "pemulihan", group: "Data", title: "Pemulihan", threshold: "tidak ada yang terputus" };
    if health.data.restoring {
        return about.ill(
            Severity::Blokir,
            "terputus di tengah",
            "Basis data ini baru terisi sebagian dan tidak boleh dilayani.",
            &["Ulangi perintah praja backup restore yang sama, dengan folder yang sama."],
        );
    }
    about.well("tidak ada yang terputus")
}

fn missing(health: &Health) -> Finding {
    let about = About { id: "lampiran-hilang", group: "Data", title: "Lampiran", threshold: "semua ada" };
    match health.data.blobs_missing {
        None => about.unknown(),
        Some(0) => about.well("semua ada"),
        Some(count) => about.ill(
            Severity::Blokir,
            format!("{} lampiran hilang dari tempatnya", number(count)),
            "Surat yang menyebut lampiran itu tidak dapat dibuka seutuhnya.",
            &[&format!("Cari cadangan yang masih memuatnya: {}", health.command("backup list"))],
        ),
    }
}

fn orphans(health: &Health) -> Finding {
    let about = About { id: "lampiran-yatim", group: "Data", title: "Berkas tanpa pemilik", threshold: "di bawah 100" };
    match health.data.blobs_orphaned {
        None => about.unknown(),
        Some(count) => about.ill(
            if count >= ORPHANS_WARN { Severity::Peringatan } else { Severity::Info },
            number(count),
            "Berkas yang tidak disebut data apa pun memakan ruang.",
            &["Praja menyapunya sekali sehari selama melayani; biarkan layanan berjalan."],
        ),
    }
}

fn letters(health: &Health) -> Finding {
    let about = About { id: "peristiwa-mati", group: "Data", title: "Peristiwa yang gagal", threshold: "0" };
    about.ill(
        if health.data.dead_letters > 0 { Severity::Peringatan } else { Severity::Info },
        number(health.data.dead_letters),
        "Satu modul tidak mendengar apa yang terjadi pada modul lain.",
        &["Lihat sebabnya pada catatan: journalctl -u praja -n 200"],
    )
}

fn jobs(health: &Health) -> Finding {
    let about = About { id: "pekerjaan-mati", group: "Data", title: "Pekerjaan yang gagal", threshold: "0" };
    about.ill(
        if health.data.dead_jobs > 0 { Severity::Peringatan } else { Severity::Info },
        number(health.data.dead_jobs),
        "Pekerjaan latar, misalnya impor atau kiriman, disisihkan setelah delapan kali gagal.",
        &["Lihat sebabnya pada catatan: journalctl -u praja -n 200"],
    )
}

fn waiting(health: &Health) -> Finding {
    let about = About { id: "pekerjaan-menunggu", group: "Data", title: "Pekerjaan menunggu", threshold: "di bawah 1.000" };
    about.ill(
        if health.data.waiting_jobs >= WAITING_WARN { Severity::Peringatan } else { Severity::Info },
        number(health.data.waiting_jobs),
        "Pekerjaan latar tertinggal; kabar dan pencarian datang terlambat.",
        &["Pastikan layanan berjalan: systemctl status praja"],
    )
}

fn notices(health: &Health) -> Finding {
    let about = About { id: "kiriman", group: "Data", title: "Surel dan kiriman luar", threshold: "tidak ada yang gagal" };
    about.ill(
        if health.data.failed_notices > 0 { Severity::Peringatan } else { Severity::Info },
        if health.data.failed_notices == 0 {
            "tidak ada yang gagal".to_owned()
        } else {
            format!("{} gagal", number(health.data.failed_notices))
        },
        "Sebagian pegawai tidak menerima surel atau pesan; kabarnya tetap ada di dalam Praja.",
        &["Buka Administrasi, Kiriman untuk melihat sebabnya."],
    )
}

fn audit(health: &Health) -> Finding {
    let about = About { id: "jejak-audit", group: "Data", title: "Jejak audit", threshold: "utuh" };
    match health.data.audit_problems {
        None => about.unknown(),
        Some(0) => about.well("utuh"),
        Some(count) => about.ill(
            Severity::Blokir,
            format!("{} masalah", number(count)),
            "Baris jejak audit diubah atau hilang.",
            &[
                &format!("Lihat yang mana: {}", health.command("audit verify")),
                "Hubungi Inspektorat dan jangan mengubah apa pun.",
            ],
        ),
    }
}

fn anchor(health: &Health) -> Finding {
    let about = About { id: "jangkar", group: "Data", title: "Jangkar jejak audit", threshold: "paling lama 8 hari" };
    let (severity, value) = match health.data.anchor_days {
        None => (Severity::Peringatan, "belum pernah dibuat".to_owned()),
        Some(days) if days > ANCHOR_WARN_DAYS => (Severity::Peringatan, format!("{days} hari lalu")),
        Some(days) => (Severity::Info, format!("{days} hari lalu")),
    };
    about.ill(
        severity,
        value,
        "Tanpa jangkar di luar mesin ini, jejak yang ditulis ulang seluruhnya tidak ketahuan.",
        &[&format!("Buat jangkar dan serahkan kepada Inspektorat: {}", health.command("audit anchor --output jangkar.txt"))],
    )
}
