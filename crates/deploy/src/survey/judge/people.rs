use super::{About, Check};
use crate::{
    Finding,
    Severity::{Info, Peringatan, WajibDisetujui},
    Survey,
    capacity::{capacity, years as years_of},
    checks::number,
};

pub(super) const CHECKS: &[Check] = &[ups, second_copy, administrators, users, years];

/// Growth that nobody wants to think about again before this many years.
const YEARS: u64 = 5;

fn ups(survey: &Survey) -> Finding {
    let about = About {
        id: "ups",
        group: "Listrik",
        title: "UPS",
        threshold: "ada",
        source: "jawaban Anda; Praja tahan listrik padam, perangkat keras belum tentu",
    };
    let (bad, value) = match survey.needs.ups {
        Some(true) => (false, "ada"),
        Some(false) => (true, "tidak ada"),
        None => (true, "belum dijawab"),
    };
    about.when(
        bad,
        Peringatan,
        value,
        "Listrik yang padam mendadak dapat merusak disk; layanan berhenti sampai mesin dinyalakan kembali.",
        &[
            "Pasang UPS yang sanggup 15 menit, dan setel mesin menyala sendiri sesudah padam.",
            "Sudah ada? Ulangi dengan --ups ya",
        ],
    )
}

fn second_copy(survey: &Survey) -> Finding {
    let about = About {
        id: "cadangan-kedua",
        group: "Listrik",
        title: "Salinan di tempat lain",
        threshold: "ada",
        source: "aturan 3-2-1: satu salinan di tempat lain",
    };
    let (severity, value) = match survey.needs.second_copy {
        Some(true) => (Info, "ada"),
        Some(false) => (WajibDisetujui, "tidak ada"),
        None => (Peringatan, "belum dijawab"),
    };
    about.when(
        severity != Info,
        severity,
        value,
        "Bila mesin ini rusak atau dicuri, semua surat dan izin ikut hilang.",
        &["Sediakan disk USB atau mesin kedua di gedung lain.", "Sudah ada? Ulangi dengan --salinan-kedua ya"],
    )
}

fn administrators(survey: &Survey) -> Finding {
    let about = About {
        id: "pengelola",
        group: "Orang",
        title: "Pengelola mesin",
        threshold: "sedikitnya dua orang",
        source: "jawaban Anda",
    };
    let people = survey.needs.administrators;
    about.when(
        people < 2,
        if people == 0 { WajibDisetujui } else { Peringatan },
        format!("{people} orang"),
        "Bila satu-satunya pengelola berhalangan, tidak ada yang memulihkan layanan.",
        &["Tunjuk pengelola kedua, dan simpan lembar pemulihan di dua tempat."],
    )
}

fn users(survey: &Survey) -> Finding {
    let about = About {
        id: "kapasitas",
        group: "Orang",
        title: "Pegawai yang terlayani",
        threshold: "semua pegawai yang akan memakai",
        source: "model kapasitas rilis ini (docs/performance.md)",
    };
    let Some(capacity) = capacity(survey) else { return about.unknown() };
    let (can, want) = (capacity.officers, u64::from(survey.needs.officers));
    about.when(
        can < want,
        if can * 2 < want { WajibDisetujui } else { Peringatan },
        format!("{} dari {}", number(can.min(want)), number(want)),
        "Pada jam sibuk halaman akan terasa lambat bagi sebagian pegawai.",
        &["Tambahkan inti atau memori, atau mulai dari beberapa perangkat daerah."],
    )
}

fn years(survey: &Survey) -> Finding {
    let about = About {
        id: "pertumbuhan",
        group: "Orang",
        title: "Disk cukup untuk",
        threshold: "sedikitnya 5 tahun",
        source: "model kapasitas rilis ini; surat dan izin sebanyak jawaban Anda",
    };
    let Some(years) = years_of(survey) else { return about.unknown() };
    about.when(
        years < YEARS,
        if years < 1 { WajibDisetujui } else { Peringatan },
        if years < 1 { "kurang dari setahun".to_owned() } else { format!("{} tahun", number(years)) },
        "Pindaian surat dan lampiran izin memenuhi disk lebih cepat daripada umur mesin.",
        &["Sediakan disk yang lebih besar, atau penyimpanan S3 di jaringan Anda: lihat panduan penyimpanan."],
    )
}
