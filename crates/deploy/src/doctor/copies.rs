use super::{About, Check, Health};
use crate::{Finding, Severity};

pub(super) const CHECKS: &[Check] = &[planned, newest, second, disk, damaged, drill];

/// A day, and the time a late one takes.
const NEWEST_WARN_HOURS: i64 = 26;
const NEWEST_APPROVE_HOURS: i64 = 24 * 7;
const SECOND_WARN_HOURS: i64 = 24;
const DRILL_WARN_DAYS: i64 = 8;

fn planned(health: &Health) -> Finding {
    let about = About { id: "cadangan-terjadwal", group: "Cadangan", title: "Cadangan terjadwal", threshold: "diatur" };
    if health.copies.planned || !health.copies.needed {
        return about.well(if health.copies.planned { "diatur" } else { "tidak diperlukan untuk percobaan" });
    }
    about.ill(
        Severity::Peringatan,
        "belum diatur",
        "Tidak ada cadangan yang dibuat dengan sendirinya.",
        &[&format!("Sebutkan tempat kedua: {}", health.command("config set cadangan.tempat /mnt/cadangan"))],
    )
}

fn newest(health: &Health) -> Finding {
    let about = About { id: "cadangan-umur", group: "Cadangan", title: "Cadangan terbaru", threshold: "paling lama 26 jam" };
    if !health.copies.needed && !health.copies.planned {
        return about.unknown();
    }
    let (severity, value) = match health.copies.newest_hours {
        None => (Severity::WajibDisetujui, "belum ada".to_owned()),
        Some(hours) if hours > NEWEST_APPROVE_HOURS => (Severity::WajibDisetujui, age(hours)),
        Some(hours) if hours > NEWEST_WARN_HOURS => (Severity::Peringatan, age(hours)),
        Some(hours) => (Severity::Info, age(hours)),
    };
    about.ill(
        severity,
        value,
        "Bila data rusak hari ini, pekerjaan sejak cadangan terakhir hilang.",
        &[&format!("Buat sekarang: {}", health.command("backup create --scheduled"))],
    )
}

fn second(health: &Health) -> Finding {
    let about =
        About { id: "cadangan-kedua", group: "Cadangan", title: "Salinan di tempat kedua", threshold: "paling lama 24 jam" };
    let copies = &health.copies;
    let meaning = "Bila disk ini rusak, hilang, atau terbakar, cadangannya ikut hilang.";
    let Some(place) = &copies.second else {
        if !copies.needed && !copies.planned {
            return about.unknown();
        }
        let set =
            format!("Sebutkan disk, folder jaringan, atau USB: {}", health.command("config set cadangan.tempat /mnt/cadangan"));
        return about.ill(Severity::Peringatan, "tempat kedua belum disebut", meaning, &[&set]);
    };
    let now = format!("Salin sekarang: {}", health.command("backup create --scheduled"));
    let mount = format!("Pasang disknya pada {place}: mount {place}");
    if !copies.second_reachable {
        return about.ill(Severity::Peringatan, format!("{place} tidak dapat dibaca"), meaning, &[&mount, &now]);
    }
    match copies.second_hours {
        Some(hours) if hours <= SECOND_WARN_HOURS => about.well(age(hours)),
        other => {
            let mut value = other.map_or_else(|| "belum ada".to_owned(), age);
            if !copies.second_trouble.is_empty() {
                value = format!("{value}; yang terakhir gagal: {}", copies.second_trouble);
            }
            about.ill(Severity::Peringatan, value, meaning, &[&mount, &now])
        }
    }
}

fn disk(health: &Health) -> Finding {
    let about = About { id: "cadangan-disk", group: "Cadangan", title: "Disk tempat kedua", threshold: "bukan disk data" };
    match &health.copies.second {
        None => about.unknown(),
        Some(place) if health.copies.second_same_disk => about.ill(
            Severity::Peringatan,
            format!("{place} pada disk yang sama dengan data"),
            "Salinan itu hilang bersama datanya. Mungkin disk yang seharusnya di sana belum terpasang.",
            &[&format!("Lihat disk mana yang memuatnya: df {place}"), "Pasang disk lain di sana."],
        ),
        Some(_) if !health.copies.second_reachable => about.unknown(),
        Some(_) => about.well("disk lain"),
    }
}

fn damaged(health: &Health) -> Finding {
    let about = About { id: "cadangan-rusak", group: "Cadangan", title: "Cadangan yang diperiksa", threshold: "utuh" };
    match health.copies.damaged {
        0 => about.well("tidak ada yang rusak"),
        count => about.ill(
            Severity::WajibDisetujui,
            format!("{count} rusak"),
            "Cadangan itu tidak dapat dipulihkan.",
            &[
                &format!("Lihat yang mana: {}", health.command("backup list")),
                "Hapus yang rusak, periksa disknya, lalu buat yang baru.",
            ],
        ),
    }
}

fn drill(health: &Health) -> Finding {
    let about =
        About { id: "latihan-pulih", group: "Cadangan", title: "Latihan pulih", threshold: "berhasil, paling lama 8 hari" };
    let again = format!("Latih sekarang: {}", health.command("backup drill"));
    if let Some(trouble) = &health.copies.drill_trouble {
        return about.ill(
            Severity::WajibDisetujui,
            format!("gagal: {trouble}"),
            "Cadangan yang ada mungkin tidak dapat dipulihkan ketika diperlukan.",
            &["Buat cadangan baru, lalu latih lagi.", &again],
        );
    }
    let (severity, value) = match health.copies.drill_days {
        None if !health.copies.needed && !health.copies.planned => return about.unknown(),
        None => (Severity::Peringatan, "belum pernah".to_owned()),
        Some(days) if days > DRILL_WARN_DAYS => (Severity::Peringatan, format!("{days} hari lalu")),
        Some(days) => (Severity::Info, format!("berhasil, {days} hari lalu")),
    };
    about.ill(severity, value, "Cadangan yang tidak pernah dilatih belum tentu dapat dipulihkan.", &[&again])
}

fn age(hours: i64) -> String {
    if hours < 48 { format!("{} jam lalu", hours.max(0)) } else { format!("{} hari lalu", hours / 24) }
}
