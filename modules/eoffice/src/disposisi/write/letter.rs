//! How far a letter is after something happened to its orders.

use praja_desk::tasks::{self, NewTask};
use praja_kernel::Id;
use praja_module::{Problem, events::SURAT_SELESAI};
use praja_store::{Result, Tx, audit::Entry};

use super::{
    super::{Hasil, Konfirmasi, Status, Tujuan, is_done, pokok::Pokok, store},
    objek_disposisi, objek_tujuan,
};
use crate::{
    TABLE,
    hitung::{self, Jenis},
    kerja::{Kerja, kabari},
    objek,
    surat_masuk::{
        SuratMasuk,
        alur::{self, Langkah},
        store as letters,
    },
};

/// The task of whoever must give an order on a letter.
pub(crate) fn open_letter(tx: &mut Tx<'_>, kerja: &Kerja, surat: &SuratMasuk, jabatan: Id, judul: String) -> Result<()> {
    let tautan = format!("{}/{}", crate::surat_masuk::pages::LIST, surat.id);
    tasks::open(
        tx,
        &NewTask {
            untuk: format!("jabatan:{jabatan}"),
            judul,
            tautan,
            objek: objek(surat.id),
            jatuh_tempo: Some(kerja.zona.date(surat.tenggat)),
            sementara: surat.tenggat_sementara,
        },
    )?;
    Ok(())
}

/// The task of whoever must give an order on a naskah anew.
pub(super) fn open_naskah(tx: &mut Tx<'_>, pokok: &Pokok, jabatan: Id, judul: String) -> Result<()> {
    tasks::open(
        tx,
        &NewTask {
            untuk: format!("jabatan:{jabatan}"),
            judul,
            tautan: pokok.tautan(),
            objek: pokok.objek(),
            jatuh_tempo: None,
            sementara: false,
        },
    )?;
    Ok(())
}

/// How far the letter is after an act on one of its orders.
pub(super) fn carry_on(tx: &mut Tx<'_>, kerja: &Kerja, mut surat: SuratMasuk, tujuan: &Tujuan) -> Result<(), Problem> {
    let sifat = surat.isi.sifat;
    let working = matches!(tujuan.status, Status::Diterima | Status::Diproses | Status::Dilaporkan | Status::Dikembalikan);
    let mut next = surat.status;
    if working && let Ok(status) = alur::go(next, Langkah::Kerjakan, sifat) {
        next = status;
    }
    if !tujuan.status.is_open() && tujuan.induk.is_none() {
        let all = store::tujuan_of_surat(tx, surat.id)?;
        let first: Vec<Hasil> = all
            .iter()
            .filter(|one| one.induk.is_none())
            .map(|one| Hasil { status: one.status, peran: one.peran, wajib_laporan: one.wajib_laporan })
            .collect();
        if is_done(&first)
            && let Ok(status) = alur::go(next, Langkah::Tuntas, sifat)
        {
            next = status;
        }
    }
    if next == surat.status {
        return Ok(());
    }
    surat.status = next;
    if next == crate::surat_masuk::Status::Selesai {
        return finish(tx, kerja, surat, None);
    }
    if letters::update(tx, &surat)? { Ok(()) } else { Err(Problem::Conflict) }
}

/// Ends a letter: counted, and nobody waits for it any more.
pub(crate) fn finish(tx: &mut Tx<'_>, kerja: &Kerja, mut surat: SuratMasuk, penutup: Option<&str>) -> Result<(), Problem> {
    let now = tx.now()?;
    surat.selesai_pada = Some(now);
    surat.penutup = penutup.map(ToOwned::to_owned);
    let from = surat.disposisi_pada.unwrap_or(surat.created_at);
    hitung::store::add(tx, surat.opd, &month(kerja, &surat), Jenis::Selesai, hitung::jam(from, now), 1)?;
    if !letters::update(tx, &surat)? {
        return Err(Problem::Conflict);
    }
    tasks::done(tx, &objek(surat.id))?;
    kabari(tx, SURAT_SELESAI, &surat)?;
    let entry = Entry::new("eoffice.close-surat-masuk", TABLE, surat.id).with("status", surat.status.as_str());
    let secret = surat.isi.sifat.is_secret();
    tx.audit(&match penutup {
        Some(alasan) if !secret => entry.because(alasan),
        _ => entry,
    })?;
    Ok(())
}

/// Ends every order on a letter that was closed by hand, or on a naskah that was withdrawn: nobody is reminded of it any more.
pub(crate) fn release_all(tx: &mut Tx<'_>, surat: Id, alasan: &str) -> Result<(), Problem> {
    let now = tx.now()?;
    for mut one in store::tujuan_of_surat(tx, surat)? {
        if !one.status.is_open() && one.status != Status::Konsep {
            continue;
        }
        one.status = if one.status == Status::Konsep { Status::Ditarik } else { Status::Selesai };
        one.alasan = Some(alasan.to_owned());
        one.selesai_pada = Some(now);
        one.ingat = None;
        tasks::done(tx, &objek_tujuan(one.id))?;
        if !store::save(tx, &one)? {
            return Err(Problem::Conflict);
        }
    }
    for one in store::of_surat(tx, surat)? {
        tasks::done(tx, &objek_disposisi(one.id))?;
        if one.konfirmasi == Konfirmasi::Menunggu {
            store::confirm(tx, &one, Konfirmasi::Dibatalkan, now)?;
        }
    }
    Ok(())
}

pub(super) fn month(kerja: &Kerja, surat: &SuratMasuk) -> String {
    hitung::bulan(kerja.zona.date(surat.created_at))
}
