//! What a trainer shows: a request whose clock runs, one that was answered, and a failure of which the agency is not told yet.

use praja_kernel::Moment;
use praja_module::Demo;
use praja_store::{Keys, Result};

use super::{
    Bukti, Jenis, Kegagalan, Penanganan, Permintaan, Status, Surat, Tujuan,
    rules::{Isian, Kejadian, due},
    store,
};

const HOUR: i64 = 3_600_000;

/// Fills a contoh Instance once.
pub(crate) fn load(demo: &Demo<'_>) -> Result<()> {
    let (instance, now) = (demo.instance, demo.instance.now());
    let tahun = demo.anchor.year();
    instance.db.write(&instance.by_system("desk.load-demo"), Keys::none(), move |tx| {
        if !store::failures(tx, 1)?.is_empty() {
            return Ok(());
        }
        let samples = [
            (Jenis::Akses, "Yohana Bria", "5315014104900001", "Mohon salinan data saya pada layanan perizinan.", 20),
            (Jenis::Cabut, "Made Suardana", "5315010203850001", "Jangan kirimi saya kabar tentang layanan umum lagi.", 200),
        ];
        for (at, (jenis, nama, nik, isi, hours)) in samples.into_iter().enumerate() {
            let diterima = now.plus_ms(-hours * HOUR);
            let mut one = Permintaan {
                id: tx.new_id()?,
                nomor: format!("DP-{tahun}-CONTOH{}", at + 1),
                isi: Isian { jenis, nama: nama.into(), nik: nik.into(), kontak: "0812 0000 0000".into(), isi: isi.into() },
                bukti: Bukti::Ktp,
                pemohon: String::new(),
                status: Status::Terbuka,
                diterima,
                tenggat: due(diterima),
                jawaban: String::new(),
                dasar: String::new(),
                dijawab: None,
                oleh_nama: String::new(),
                versi: 1,
            };
            store::insert(tx, &one, "")?;
            if jenis == Jenis::Cabut {
                one.status = Status::Dipenuhi;
                one.jawaban = "Persetujuan untuk kabar sudah dicabut; tidak ada kabar yang dikirim sejak saat itu.".into();
                (one.dijawab, one.oleh_nama) = (Some(diterima.plus_ms(5 * HOUR)), "Pengelola meja kerja".into());
                store::answer(tx, &one)?;
            }
        }
        failure(tx, now, tahun)
    })
}

fn failure(tx: &mut praja_store::Tx<'_>, now: Moment, tahun: i16) -> Result<()> {
    let diketahui = now.plus_ms(-30 * HOUR);
    let one = Kegagalan {
        id: tx.new_id()?,
        nomor: format!("KP-{tahun}-CONTOH"),
        isi: Kejadian {
            diketahui,
            data: "Nama dan nomor telepon pada lembar daftar hadir penyuluhan".into(),
            kejadian: "Lembar tertinggal di balai desa dan difoto orang lain.".into(),
            penanganan: "Lembar diambil kembali; foto diminta dihapus; daftar hadir kertas dihentikan.".into(),
            orang: 42,
        },
        tenggat: due(diketahui),
        status: Penanganan::Terbuka,
        oleh_nama: "Pengelola meja kerja".into(),
        versi: 1,
    };
    store::insert_failure(tx, &one)?;
    let surat = Surat {
        tujuan: Tujuan::Subjek,
        kepada: "42 peserta penyuluhan".into(),
        nomor_surat: "LATIHAN/1".into(),
        pada: diketahui.plus_ms(10 * HOUR),
        oleh_nama: "Pengelola meja kerja".into(),
    };
    store::insert_letter(tx, one.id, &surat)
}
