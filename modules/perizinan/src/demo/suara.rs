//! What applicants say afterwards: answers about their satisfaction, and complaints at a stage.

use praja_desk::{
    complaints,
    satisfaction::{self, About, Answers},
};
use praja_kernel::{Date, Id};
use praja_module::Demo;
use praja_store::{Keys, Result, StoreError, Tx};

use super::langkah::fault;
use crate::{
    alur::{Meja, Status},
    jenis, objek,
    permohonan::{Permohonan, store},
};

/// Of so many who were served, one does not answer.
const SILENT: usize = 6;

/// What some of them add.
const SARAN: [&str; 8] = [
    "Sudah baik. Mohon jam layanan loket juga dibuka pada Sabtu pagi.",
    "Unggah berkas di ponsel mudah, tetapi sinyal di dusun kami lemah.",
    "Petugas menjelaskan dengan sabar.",
    "Pemeriksaan lapangan sebaiknya diberi tahu sehari sebelumnya.",
    "Tidak perlu bolak-balik seperti dahulu.",
    "Contoh isian di formulir membantu, tambahkan contoh denah lokasi.",
    "Tanggal selesai yang dijanjikan ditepati.",
    "Penolakan permohonan saya dijelaskan, tetapi sebaiknya sejak di loket.",
];

/// Complaints: at which desk, the words, how far they came.
const PENGADUAN: [(Meja, &str, Sampai); 5] = [
    (
        Meja::Pemeriksa,
        "Permohonan saya sudah beberapa hari di pemeriksa tanpa kabar; kapan kira-kira diperiksa?",
        Sampai::Dijawab,
    ),
    (
        Meja::Surveyor,
        "Petugas lapangan datang tidak pada jam yang dijadwalkan, saya sudah menunggu setengah hari.",
        Sampai::Selesai,
    ),
    (Meja::Loket, "Nomor antrean saya terlewat karena layar panggilan di ruang tunggu mati.", Sampai::Selesai),
    (
        Meja::OpdTeknis,
        "Rekomendasi teknis untuk papan nama toko saya lebih lama daripada yang tertulis di standar pelayanan.",
        Sampai::Diterima,
    ),
    (
        Meja::Pemeriksa,
        "Status di halaman lacak tidak berubah sejak Senin, mohon diperiksa apakah berkas saya sudah dibaca.",
        Sampai::Masuk,
    ),
];

/// How far a complaint came.
#[derive(Debug, Clone, Copy)]
enum Sampai {
    Masuk,
    Diterima,
    Dijawab,
    Selesai,
}

/// Answers of those who were served, and complaints of some who waited.
pub(super) fn load(demo: &Demo<'_>, applications: impl Iterator<Item = Id>) -> Result<()> {
    let (instance, anchor) = (demo.instance, demo.anchor);
    let mut served = Vec::new();
    for id in applications {
        if let Some(one) = instance.db.read(|tx| store::get(tx, id))?
            && matches!(one.status, Status::Terbit | Status::Diserahkan | Status::Ditolak)
        {
            served.push(one);
        }
    }
    let by = instance.by_system("perizinan.load-demo");
    let said = served.clone();
    instance.db.write(&by, Keys::none(), move |tx| {
        for (number, one) in said.iter().enumerate().filter(|(number, _)| number % SILENT != SILENT - 1) {
            let day = one.selesai.unwrap_or(anchor);
            answer(tx, one, number, day)?;
        }
        Ok::<_, StoreError>(())
    })?;
    let hari = instance.db.read(|tx| complaints::Hari::of(tx, anchor))?;
    instance.db.write(&by, complaints::keys(anchor), move |tx| {
        for ((meja, isi, sampai), one) in PENGADUAN.iter().zip(served.iter().step_by(3)) {
            complain(tx, one, (*meja, isi, *sampai), &hari)?;
        }
        Ok::<_, StoreError>(())
    })
}

/// One person's answer: the time it took (the third element) pleases least, courtesy most.
fn answer(tx: &mut Tx<'_>, one: &Permohonan, number: usize, day: Date) -> Result<()> {
    let jenis = jenis::store::version(tx, one.jenis_versi)?;
    let about = About { objek: objek(one.id), opd: one.opd, layanan: jenis.nama.clone(), gratis: jenis.is_free() };
    let refused = one.status == Status::Ditolak;
    let nilai = (0..9).map(|unsur| {
        Some(match unsur {
            2 if refused => 1 + u8::from(number.is_multiple_of(2)),
            2 => 2 + u8::from(!number.is_multiple_of(3)),
            3 if about.gratis => 4,
            6 => 4,
            _ => 3 + u8::from((number + unsur).is_multiple_of(3)),
        })
    });
    let answers = Answers {
        nilai: nilai.collect(),
        kelamin: if number.is_multiple_of(2) { "p".into() } else { "l".into() },
        saran: if number % SILENT == 1 {
            SARAN.get(number / SILENT).copied().unwrap_or_default().to_owned()
        } else {
            String::new()
        },
        ..Answers::default()
    };
    let month = format!("{}-{:02}", day.year(), day.month());
    satisfaction::answer(tx, &about, &answers, &about.objek, &month).map(drop)
}

fn complain(tx: &mut Tx<'_>, one: &Permohonan, (meja, isi, sampai): (Meja, &str, Sampai), hari: &complaints::Hari) -> Result<()> {
    let draft = complaints::Draft {
        objek: objek(one.id),
        tentang: format!("permohonan {}", one.sebutan()),
        tahap: meja.label().to_owned(),
        opd: Some(one.opd),
        isi: isi.to_owned(),
        nama: one.pemohon.nama.clone(),
        kontak: one.pemohon.telepon.clone(),
        ..complaints::Draft::default()
    };
    let draft = complaints::check(draft, "pelayanan").map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let filed = complaints::file(tx, &draft, hari.today, hari)?;
    let answer = "Terima kasih. Permohonan Bapak/Ibu sudah dilanjutkan; keterlambatan ini kami catat untuk perbaikan.".to_owned();
    let acts = match sampai {
        Sampai::Masuk => vec![],
        Sampai::Diterima => vec![complaints::Act::Terima],
        Sampai::Dijawab => vec![complaints::Act::Terima, complaints::Act::Jawab(answer)],
        Sampai::Selesai => vec![complaints::Act::Terima, complaints::Act::Jawab(answer), complaints::Act::Selesai],
    };
    for act in acts {
        if let Some(before) = complaints::get(tx, filed.id)? {
            complaints::act(tx, &before, &act, hari).map_err(fault)?;
        }
    }
    Ok(())
}
