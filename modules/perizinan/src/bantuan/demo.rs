//! Some visits for a trainer.

use praja_kernel::days_after;
use praja_module::Demo;
use praja_store::{Keys, Result};

use super::{Keadaan, Keperluan, Kunjungan, rules::Isian, store};
use crate::jenis::Kanal;

/// Fills a contoh Instance once.
pub(crate) fn load(demo: &Demo<'_>) -> Result<()> {
    let (instance, anchor) = (demo.instance, demo.anchor);
    instance.db.write(&instance.by_system("perizinan.load-demo"), Keys::none(), move |tx| {
        let (dari, sampai) = (days_after(anchor, -60).unwrap_or(anchor), anchor);
        if !store::figures(tx, dari, sampai)?.is_empty() {
            return Ok(());
        }
        for (at, (kanal, nama, badan, kbli, keperluan, keadaan)) in (0_i32..).zip(VISITS) {
            let nib = if keadaan == Keadaan::Terbit { format!("91200099{at:05}") } else { String::new() };
            let isi = Isian {
                kanal,
                nama: nama.into(),
                nik: String::new(),
                telepon: String::new(),
                badan: badan.into(),
                nomor_luar: if nib.is_empty() { format!("LATIHAN-{at:04}") } else { String::new() },
                nib,
                kbli: kbli.into(),
                keperluan,
                keadaan,
                keadaan_luar: String::new(),
                catatan: "Dibantu mengisi data di komputer layanan mandiri.".into(),
            };
            let tanggal = days_after(anchor, -at * 2).unwrap_or(anchor);
            let one = Kunjungan { id: tx.new_id()?, tanggal, isi, petugas_nama: "Petugas Latihan".into(), versi: 1 };
            store::insert(tx, &one, "sistem:perizinan.load-demo")?;
        }
        Ok(())
    })
}

type Visit = (Kanal, &'static str, &'static str, &'static str, Keperluan, Keadaan);

const VISITS: [Visit; 6] = [
    (Kanal::Oss, "Rini Latihan", "Warung Rini", "2020:56101", Keperluan::Pendaftaran, Keadaan::Terbit),
    (Kanal::Oss, "Dedi Latihan", "Bengkel Dedi", "2020:45201", Keperluan::Pemenuhan, Keadaan::Perbaikan),
    (Kanal::Simbg, "Maya Latihan", "", "", Keperluan::Pendaftaran, Keadaan::Diproses),
    (Kanal::Mppdn, "Anton Latihan", "", "", Keperluan::Akun, Keadaan::Belum),
    (Kanal::Amdalnet, "Sari Latihan", "CV Sari Laut", "2020:10211", Keperluan::Pelacakan, Keadaan::Diproses),
    (Kanal::Oss, "Bayu Latihan", "Toko Bayu", "2020:47111", Keperluan::Perubahan, Keadaan::Terbit),
];
