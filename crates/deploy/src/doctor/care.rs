use super::{About, Check, Health};
use crate::{Finding, Severity};

pub(super) const CHECKS: &[Check] = &[keys, open, folders, sheet, journal, left_behind, release];

const GROUP: &str = "Pemasangan";
/// What mends what is safe to mend.
const FIX: &str = "doctor --fix";

fn keys(health: &Health) -> Finding {
    let about = About { id: "kunci", group: GROUP, title: "Kunci pemasangan", threshold: "dapat dibaca" };
    about.usable(
        health.care.keys.as_ref(),
        "Tanpa kuncinya, lampiran dan cadangan tidak dapat dibuka.",
        &["Kembalikan berkas kuncinya, atau pulihkan cadangan dengan lembar pemulihan."],
    )
}

fn open(health: &Health) -> Finding {
    let about = About { id: "izin-berkas", group: GROUP, title: "Izin berkas", threshold: "hanya pemiliknya" };
    about.named(
        Severity::WajibDisetujui,
        "terbuka bagi pengguna lain",
        &health.care.open_to_others,
        "Pengguna lain pada mesin ini dapat membaca kunci atau sandi.",
        &[&format!("Tutup: {}", health.command(FIX))],
    )
}

fn folders(health: &Health) -> Finding {
    let about = About { id: "folder-pemasangan", group: GROUP, title: "Folder", threshold: "lengkap" };
    about.named(
        Severity::Peringatan,
        "tidak ada",
        &health.care.folders_missing,
        "Praja menulis ke folder itu.",
        &[&format!("Buat lagi: {}", health.command(FIX))],
    )
}

fn sheet(health: &Health) -> Finding {
    let about = About { id: "lembar-pemulihan", group: GROUP, title: "Lembar pemulihan", threshold: "tidak di mesin ini" };
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
    let about = About { id: "pemasangan", group: GROUP, title: "Langkah pemasangan", threshold: "semua selesai" };
    about.named(
        Severity::Peringatan,
        "belum selesai",
        &health.care.steps_unfinished,
        "Pemasangan terputus di tengah.",
        &["Ulangi perintah pemasangan yang sama; langkah yang sudah selesai dilewati."],
    )
}

fn left_behind(health: &Health) -> Finding {
    let about = About { id: "sisa-kerja", group: GROUP, title: "Sisa pekerjaan", threshold: "tidak ada" };
    if health.care.left_behind == 0 {
        return about.well(about.threshold);
    }
    about.ill(
        Severity::Peringatan,
        format!("{} folder", health.care.left_behind),
        "Pekerjaan yang dihentikan paksa meninggalkan salinan data terbuka.",
        &[&format!("Hapus: {}", health.command(FIX))],
    )
}

fn release(health: &Health) -> Finding {
    let about = About { id: "rilis", group: GROUP, title: "Rilis", threshold: "rilis program ini" };
    match &health.care.other_release {
        None => about.well(env!("CARGO_PKG_VERSION")),
        Some(other) => about.well(format!("program {}, dipasang oleh {other}", env!("CARGO_PKG_VERSION"))),
    }
}
