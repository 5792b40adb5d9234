//! Where billing meets the application: what is to be billed, and what happens when it is billed and paid.

use praja_kernel::{DateTime, Id};
use praja_module::Problem;
use praja_store::{Key, Tx};

use super::{Refusal, Skrd, TarifError, compute, write::Tagihan};
use crate::{
    alur::{Langkah, Status},
    jenis::{Jenis, JenisIsian},
    permohonan::{
        Permohonan,
        isian::Jawaban,
        store,
        write::{Catatan, Kerja, act, turn_key},
    },
};

/// What a write that lets an application go on must hold.
pub(crate) fn key(opd: Id) -> Key {
    turn_key(opd)
}

/// What is to be billed for an application, by the formulas of the version it was filed under.
///
/// # Errors
/// [`TarifError`] for a component that cannot be computed.
pub(crate) fn tagihan(one: &Permohonan, jenis: &Jenis) -> Result<Tagihan, TarifError> {
    let jawaban = Jawaban::read(&one.isian);
    let tarif = compute(jenis, &jawaban.nilai(jenis, one.permintaan))?;
    let npwp = jenis.fields().find(|field| field.jenis == JenisIsian::Npwp);
    Ok(Tagihan {
        permohonan: one.id,
        permohonan_nomor: one.sebutan().to_owned(),
        opd: one.opd,
        nama: one.pemohon.nama.clone(),
        nik: one.pemohon.nik.full().to_owned(),
        npwp: npwp.map(|field| jawaban.text(&field.kode).to_owned()).unwrap_or_default(),
        alamat: one.pemohon.alamat.clone(),
        layanan: jenis.nama.clone(),
        dasar: jenis.biaya.dasar.clone(),
        tarif,
    })
}

/// The bill was made: it is the applicant's turn to pay, and the clock stands.
pub(crate) fn sent(tx: &mut Tx<'_>, kerja: &Kerja, one: Permohonan, skrd: &Skrd, catatan: Catatan) -> Result<(), Problem> {
    let teks =
        format!("SKRD {} sebesar {}, jatuh tempo {}.", skrd.nomor, skrd.jumlah, praja_kernel::tanggal_panjang(skrd.jatuh_tempo));
    let catatan = Catatan { teks, umum: true, ..catatan };
    act(tx, kerja, one, Langkah::KirimTagihan, &catatan).map(drop)
}

/// A bill of this application was paid: it goes on.
///
/// # Errors
/// [`Refusal::NotWaiting`] when it waits for no payment; needs [`key`].
pub(crate) fn lunas(tx: &mut Tx<'_>, permohonan: Id, at: DateTime) -> Result<(), Problem> {
    let one = store::get(tx, permohonan)?.ok_or(Problem::NotFound)?;
    if one.status != Status::MenungguBayar {
        return Err(Problem::refused(Refusal::NotWaiting));
    }
    let kerja = Kerja::on(tx, at)?;
    act(tx, &kerja, one, Langkah::Lunasi, &Catatan::umum("Pembayaran retribusi diterima.")).map(drop)
}
