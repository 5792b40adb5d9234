//! Tasks and notices that come of an order and of every act on it.

use praja_desk::tasks::{self, NewTask};
use praja_module::{MessageKind, Problem};
use praja_store::{Result, Tx};

use super::{
    super::{Act, Disposisi, Tujuan, instruksi, pokok::Pokok},
    Kata, PAGE, objek_disposisi, objek_tujuan,
};
use crate::kerja::{Kabar, Kerja};

pub(super) fn ask_leader(tx: &mut Tx<'_>, kerja: &Kerja, pokok: &Pokok, disposisi: &Disposisi) -> Result<()> {
    let nama = disposisi.dicatat.as_ref().map_or("", |(nama, _)| nama.as_str());
    let judul = pokok.judul_for(tx, &format!("Benarkan disposisi yang dicatat {nama} atas"), disposisi.dari)?;
    let tautan = pokok.tautan();
    tasks::open(
        tx,
        &NewTask {
            untuk: format!("jabatan:{}", disposisi.dari),
            judul: judul.clone(),
            tautan: tautan.clone(),
            objek: objek_disposisi(disposisi.id),
            jatuh_tempo: disposisi.batas,
            sementara: disposisi.sementara,
        },
    )?;
    let isi = "Disposisi itu dicatat atas arahan Anda dan menunggu pembenaran Anda.".to_owned();
    let kelas = (pokok.sifat(), pokok.derajat());
    kerja.tell(tx, Kabar { jabatan: disposisi.dari, judul, isi, tautan, kelas, jenis: MessageKind::Tugas })
}

/// What a task says is to be done.
pub(super) fn verb(disposisi: &Disposisi, tujuan: &Tujuan) -> &'static str {
    let first = disposisi.instruksi.first().and_then(|kode| instruksi::of(kode)).map(|one| one.kode.as_str());
    match (tujuan.wajib_laporan, first) {
        (false, _) => "Baca disposisi atas",
        (true, Some("HADIR")) => "Hadiri dan laporkan",
        (true, Some("JAWAB")) => "Siapkan jawaban atas",
        (true, _) => "Tindak lanjuti",
    }
}

pub(super) fn hand(tx: &mut Tx<'_>, tujuan: &Tujuan, judul: String, untuk: &str, sementara: bool) -> Result<()> {
    tasks::open(
        tx,
        &NewTask {
            untuk: untuk.to_owned(),
            judul,
            tautan: format!("{PAGE}/{}", tujuan.id),
            objek: objek_tujuan(tujuan.id),
            jatuh_tempo: tujuan.batas,
            sementara,
        },
    )?;
    Ok(())
}

pub(super) fn move_tasks(
    tx: &mut Tx<'_>,
    kerja: &Kerja,
    pokok: &Pokok,
    tujuan: &Tujuan,
    act: Act,
    kata: &Kata,
) -> Result<(), Problem> {
    let objek = objek_tujuan(tujuan.id);
    let (recipient, giver) = (format!("jabatan:{}", tujuan.kepada), format!("jabatan:{}", tujuan.dari));
    let tautan = format!("{PAGE}/{}", tujuan.id);
    let (quiet, kelas) = (pokok.sifat().is_secret(), (pokok.sifat(), pokok.derajat()));
    let why =
        |words: &str| if quiet || kata.alasan.is_empty() { words.to_owned() } else { format!("{words} Alasan: {}", kata.alasan) };
    match act {
        Act::Report => {
            tasks::done_for(tx, &objek, &recipient)?;
            let judul = pokok.judul_for(tx, &format!("Periksa laporan {} atas", tujuan.kepada_jabatan), tujuan.dari)?;
            hand(tx, tujuan, judul.clone(), &giver, false)?;
            let isi = "Setujui laporannya, atau kembalikan dengan alasan.".to_owned();
            kerja.tell(tx, Kabar { jabatan: tujuan.dari, judul, isi, tautan, kelas, jenis: MessageKind::Tugas })?;
        }
        Act::Return => {
            tasks::done_for(tx, &objek, &giver)?;
            let judul = pokok.judul_for(tx, "Perbaiki laporan atas", tujuan.kepada)?;
            hand(tx, tujuan, judul.clone(), &recipient, false)?;
            kerja.tell(
                tx,
                Kabar {
                    jabatan: tujuan.kepada,
                    judul,
                    isi: why("Laporan Anda dikembalikan."),
                    tautan,
                    kelas,
                    jenis: MessageKind::Tugas,
                },
            )?;
        }
        Act::Refuse => {
            tasks::done(tx, &objek)?;
            let words = format!("Tentukan penerima lain: {} menolak disposisi atas", tujuan.kepada_jabatan);
            let judul = pokok.judul_for(tx, &words, tujuan.dari)?;
            hand(tx, tujuan, judul.clone(), &giver, false)?;
            kerja.tell(
                tx,
                Kabar { jabatan: tujuan.dari, judul, isi: why("Disposisi ditolak."), tautan, kelas, jenis: MessageKind::Tugas },
            )?;
        }
        Act::Approve => {
            tasks::done(tx, &objek)?;
            let judul = pokok.judul_for(tx, "Laporan disetujui atas", tujuan.kepada)?;
            kerja.tell(
                tx,
                Kabar {
                    jabatan: tujuan.kepada,
                    judul,
                    isi: "Tidak ada lagi yang menunggu Anda.".into(),
                    tautan,
                    kelas,
                    jenis: MessageKind::Kabar,
                },
            )?;
        }
        Act::Waive => {
            tasks::done(tx, &objek)?;
            let judul = pokok.judul_for(tx, "Anda dibebaskan dari disposisi atas", tujuan.kepada)?;
            kerja.tell(
                tx,
                Kabar {
                    jabatan: tujuan.kepada,
                    judul,
                    isi: why("Laporan tidak lagi diminta."),
                    tautan,
                    kelas,
                    jenis: MessageKind::Kabar,
                },
            )?;
        }
        Act::Withdraw => tasks::done(tx, &objek)?,
        Act::Read if !tujuan.status.is_open() => tasks::done(tx, &objek)?,
        Act::Read | Act::Accept | Act::Process | Act::Forward | Act::Confirm | Act::Cancel => {}
    }
    Ok(())
}
