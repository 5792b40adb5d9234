use super::{About, Check, Health};
use crate::{Finding, Severity};

pub(super) const CHECKS: &[Check] = &[keys, open, folders, sheet, journal, left_behind, release];

fn keys(health: &Health) -> Finding {
    let about = About { id: "kunci", group: "Pemasangan", title: "Kunci pemasangan", threshold: "dapat dibaca" };
    match &health.care.keys {
        None => about.well("dapat dibaca"),
        Some(why) => about.ill(
            Severity::Blokir,
            why.clone(),
            "Tanpa kuncinya, lampiran dan cadangan tidak dapat dibuka.",
            &["Kembalikan berkas kuncinya, atau pulihkan cadangan dengan lembar pemulihan."],
        ),
    }
}

fn open(health: &Health) -> Finding {
    let about = About { id: "izin-berkas", group: "Pemasangan", title: "Izin berkas", threshold: "hanya pemiliknya" };
    if health.care.open_to_others.is_empty() {
        return about.well("hanya pemiliknya");
    }
    about.ill(
        Severity::WajibDisetujui,
        format!("terbuka bagi pengguna lain: {}", health.care.open_to_others.join(", ")),
        "Pengguna lain pada mesin ini dapat membaca kunci atau sandi.",
        &[&format!("Tutup: {}", health.command("doctor --fix"))],
    )
}

fn folders(health: &Health) -> Finding {
    let about = About { id: "folder-pemasangan", group: "Pemasangan", title: "Folder", threshold: "lengkap" };
    if health.care.folders_missing.is_empty() {
        return about.well("lengkap");
    }
    about.ill(
        Severity::Peringatan,
        format!("tidak ada: {}", health.care.folders_missing.join(", ")),
        "Praja menulis ke folder itu.",
        &[&format!("Buat lagi: {}", health.command("doctor --fix"))],
    )
}

fn sheet(health: &Health) -> Finding {
    let about = About { id: "lembar-pemulihan", group: "Pemasangan", title: "Lembar pemulihan", threshold: "tidak di mesin ini" };
    // A trial's sheet opens nothing that matters.
    if health.care.sheet_lies && health.copies.needed {
        return about.ill(
            Severity::Peringatan,
            "masih di mesin ini",
            "Siapa yang mengambil alih mesin ini dapat membuka semua cadangan.",
            &[
                &format!("Cetak: {}", health.command("recovery-sheet")),
                "Simpan di brankas, lalu hapus kedua berkasnya dari folder kunci.",
            ],
        );
    }
    about.well(if health.care.sheet_lies { "masih di mesin ini (percobaan)" } else { "tidak di mesin ini" })
}

fn journal(health: &Health) -> Finding {
    let about = About { id: "pemasangan", group: "Pemasangan", title: "Langkah pemasangan", threshold: "semua selesai" };
    if health.care.steps_unfinished.is_empty() {
        return about.well("semua selesai");
    }
    about.ill(
        Severity::Peringatan,
        format!("belum selesai: {}", health.care.steps_unfinished.join(", ")),
        "Pemasangan terputus di tengah.",
        &["Ulangi perintah pemasangan yang sama; langkah yang sudah selesai dilewati."],
    )
}

fn left_behind(health: &Health) -> Finding {
    let about = About { id: "sisa-kerja", group: "Pemasangan", title: "Sisa pekerjaan", threshold: "tidak ada" };
    match health.care.left_behind {
        0 => about.well("tidak ada"),
        count => about.ill(
            Severity::Peringatan,
            format!("{count} folder"),
            "Pekerjaan yang dihentikan paksa meninggalkan salinan data terbuka.",
            &[&format!("Hapus: {}", health.command("doctor --fix"))],
        ),
    }
}

fn release(health: &Health) -> Finding {
    let about = About { id: "rilis", group: "Pemasangan", title: "Rilis", threshold: "rilis program ini" };
    match &health.care.other_release {
        None => about.well(env!("CARGO_PKG_VERSION")),
        Some(other) => about.well(format!("program {}, dipasang oleh {other}", env!("CARGO_PKG_VERSION"))),
    }
}
