use super::{About, Check, Health};
use crate::{
    Finding, Severity,
    checks::{mib, number},
};

pub(super) const CHECKS: &[Check] =
    &[settings, service, port, units, certificate, administrator, space, inodes, clock, word_processor];

const SPACE_BLOCK_MIB: u64 = 512;
const SPACE_WARN_MIB: u64 = 2048;
const INODES_BLOCK: u64 = 1_000;
const INODES_WARN: u64 = 10_000;
const CERTIFICATE_WARN_DAYS: i64 = 21;
const CERTIFICATE_APPROVE_DAYS: i64 = 7;
/// Clocks of two machines of a cluster differ by seconds.
const CLOCK_WARN_MINUTES: i64 = 5;

fn settings(health: &Health) -> Finding {
    let about = About { id: "pengaturan", group: "Layanan", title: "Pengaturan", threshold: "dapat dibaca" };
    about.usable(
        health.settings.as_ref(),
        "Praja tidak dapat dimulai dengan pengaturan ini.",
        &[&format!("Lihat apa yang keliru: {}", health.command("config check"))],
    )
}

fn service(health: &Health) -> Finding {
    let about = About { id: "layanan", group: "Layanan", title: "Layanan", threshold: "berjalan dan menjawab" };
    match (health.service.running, health.service.ready) {
        (true, true) => about.well("berjalan dan menjawab"),
        (true, false) => about.ill(
            Severity::WajibDisetujui,
            "berjalan, tidak menjawab",
            "Pegawai dan warga tidak dapat membuka Praja.",
            &["Lihat catatannya: journalctl -u praja -n 50", "Mulai ulang: systemctl restart praja"],
        ),
        (false, _) => about.ill(
            Severity::Peringatan,
            "berhenti",
            "Pegawai dan warga tidak dapat membuka Praja.",
            &["Bila dipasang sebagai layanan sistem: systemctl start praja", &format!("Selain itu: {}", health.command("serve"))],
        ),
    }
}

fn port(health: &Health) -> Finding {
    let about = About { id: "porta-layanan", group: "Layanan", title: "Porta", threshold: "bebas, atau dipakai Praja" };
    let address = &health.service.address;
    if health.service.port_taken {
        return about.ill(
            Severity::Blokir,
            format!("{address} dipakai program lain"),
            "Praja tidak dapat dimulai selama program itu berjalan.",
            &[
                "Cari program yang memakainya: ss -ltnp",
                &format!("Atau ganti porta Praja: {}", health.command("config set alamat ALAMAT:PORTA")),
            ],
        );
    }
    about.well(address.clone())
}

fn units(health: &Health) -> Finding {
    let about = About { id: "unit", group: "Layanan", title: "Unit systemd", threshold: "terpasang dan dinyalakan" };
    let Some(missing) = &health.service.units_missing else { return about.well("bukan layanan sistem") };
    let off = &health.service.units_off;
    if missing.is_empty() && off.is_empty() {
        return about.well("terpasang dan dinyalakan");
    }
    let value = [("tidak ada atau berbeda", missing), ("belum dinyalakan", off)]
        .iter()
        .filter(|(_, units)| !units.is_empty())
        .map(|(words, units)| format!("{words}: {}", units.join(", ")))
        .collect::<Vec<_>>()
        .join("; ");
    about.ill(
        Severity::Peringatan,
        value,
        "Sesudah mesin dimulai ulang, Praja atau cadangannya mungkin tidak ikut berjalan.",
        &[&format!("Betulkan sebagai root: {}", health.command("doctor --fix"))],
    )
}

fn certificate(health: &Health) -> Finding {
    let about = About { id: "sertifikat", group: "Layanan", title: "Sertifikat TLS", threshold: "berlaku lebih dari 21 hari" };
    let renew = "Perbarui sertifikatnya, lalu mulai ulang Praja: systemctl restart praja";
    if let Some(why) = &health.service.certificate {
        return about.ill(Severity::Blokir, why.clone(), "Praja tidak dapat dimulai tanpa sertifikatnya.", &[renew]);
    }
    let Some(days) = health.service.certificate_days else { return about.well("tidak dipakai di sini") };
    let severity = match days {
        ..0 => Severity::Blokir,
        0..=CERTIFICATE_APPROVE_DAYS => Severity::WajibDisetujui,
        _ if days <= CERTIFICATE_WARN_DAYS => Severity::Peringatan,
        _ => Severity::Info,
    };
    let value = if days < 0 { format!("berakhir {} hari lalu", -days) } else { format!("berlaku {days} hari lagi") };
    about.ill(severity, value, "Peramban menolak alamat yang sertifikatnya berakhir.", &[renew])
}

fn space(health: &Health) -> Finding {
    let about = About { id: "ruang-data", group: "Mesin", title: "Ruang disk data", threshold: "2.048 MiB" };
    let Some(free) = health.service.free_mib else { return about.unknown() };
    let severity = crate::checks::at_least(free, &[(SPACE_BLOCK_MIB, Severity::Blokir), (SPACE_WARN_MIB, Severity::Peringatan)]);
    about.ill(
        severity,
        format!("{} tersisa", mib(free)),
        "Bila disk penuh, tidak satu pun surat dapat disimpan.",
        &["Lihat pemakaian disk: df -h", "Pindahkan cadangan lama ke disk lain, atau tambah disk."],
    )
}

fn inodes(health: &Health) -> Finding {
    let about = About { id: "berkas-data", group: "Mesin", title: "Jumlah berkas", threshold: "10.000 tersisa" };
    let Some(free) = health.service.free_inodes else { return about.well("tanpa batas") };
    let severity = crate::checks::at_least(free, &[(INODES_BLOCK, Severity::Blokir), (INODES_WARN, Severity::Peringatan)]);
    about.ill(
        severity,
        format!("{} tersisa", number(free)),
        "Sistem berkas hampir tidak dapat membuat berkas baru walaupun ruangnya masih ada.",
        &["Lihat sisanya: df -i"],
    )
}

fn clock(health: &Health) -> Finding {
    let about = About { id: "jam-mesin", group: "Mesin", title: "Jam mesin", threshold: "tidak mundur" };
    let behind = health.service.clock_behind_minutes;
    let (severity, value) = if health.service.clock_before_build {
        (Severity::Blokir, "lebih tua daripada program ini".to_owned())
    } else if behind > CLOCK_WARN_MINUTES {
        (Severity::WajibDisetujui, format!("{} menit di belakang data terakhir", number(behind.unsigned_abs())))
    } else {
        (Severity::Info, "wajar".to_owned())
    };
    about.ill(
        severity,
        value,
        "Jam yang mundur membuat tanggal surat, nomor agenda dan jejak audit keliru.",
        &["Setel jam mesin: sudo timedatectl set-ntp true"],
    )
}

fn administrator(health: &Health) -> Finding {
    let about = About { id: "administrator", group: "Layanan", title: "Administrator", threshold: "paling sedikit satu" };
    if health.service.no_administrator {
        return about.ill(
            Severity::Peringatan,
            "belum ada",
            "Tidak seorang pun dapat mengatur OPD, pegawai dan akun.",
            &[&format!("Buat tautan sekali pakai: {}", health.command("admin link"))],
        );
    }
    about.well("ada")
}

/// Nothing is amiss without it: a naskah from Word is then saved as PDF by its writer. So it is told, and no warning.
fn word_processor(health: &Health) -> Finding {
    let about = About { id: "pengolah-kata", group: "Mesin", title: "LibreOffice", threshold: "tidak wajib" };
    match health.service.word_processor {
        None => about.unknown(),
        Some(true) => about.well("ada; naskah dapat diunggah sebagai berkas Word (DOCX)"),
        Some(false) => {
            let meaning = "Penyusun yang mengetik dengan pengolah kata menyimpan naskahnya sebagai PDF sebelum mengunggahnya.";
            let remedy = [
                "Bila berkas Word hendak diterima, pasang: sudo apt install libreoffice-writer-nogui",
                "Lalu mulai ulang Praja: systemctl restart praja",
            ];
            let found = about.well("tidak ada; berkas Word (DOCX) tidak diterima, PDF diterima");
            Finding { meaning: meaning.to_owned(), remedy: remedy.map(str::to_owned).to_vec(), ..found }
        }
    }
}
