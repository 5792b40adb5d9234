//! A letter of the regency by e-mail to somebody outside: a message of its own with a file, sent and tried again like every other.

use praja_kernel::{Derajat, Id};
use praja_store::{Result, Tx};
use serde::{Deserialize, Serialize};

use super::{Isi, Muatan, Status, spread, store};
use crate::channels::{self, Pengaturan};

/// The file that goes along: one that is attached to a thing of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Berkas {
    /// What it is attached to, `<table>:<id>`.
    pub objek: String,
    /// Its SHA-256.
    pub sidik: String,
    /// The name it gets.
    pub nama: String,
}

/// A letter by e-mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surat<'a> {
    /// The address.
    pub alamat: &'a str,
    /// Whose it is.
    pub nama: &'a str,
    /// One line.
    pub judul: &'a str,
    /// The text.
    pub isi: &'a str,
    /// Where it leads, without the host.
    pub tautan: &'a str,
    /// Its urgency.
    pub derajat: Derajat,
    /// Its file.
    pub berkas: Berkas,
    /// Held: a contoh Instance sends nothing outside.
    pub latihan: bool,
}

/// Is there a mail server?
pub fn has_mail(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(way(tx)?.is_some())
}

fn way(tx: &mut Tx<'_>) -> Result<Option<channels::Saluran>> {
    let all = channels::store::active(tx)?;
    Ok(all.into_iter().find(|one| matches!(one.pengaturan, Pengaturan::Surel(_))))
}

/// Queues a letter; none where there is no mail server. The caller has checked that the file may leave the house.
pub fn queue_letter(tx: &mut Tx<'_>, surat: &Surat<'_>) -> Result<Option<Id>> {
    let Some(saluran) = way(tx)? else { return Ok(None) };
    let (dari, oleh) = (tx.by()?.actor.nama().to_owned(), tx.by()?.actor.key());
    let muatan = Muatan {
        isi: surat.isi.to_owned(),
        tautan: surat.tautan.to_owned(),
        derajat: surat.derajat,
        dari,
        jumlah: 0,
        berkas: Some(surat.berkas.clone()),
    };
    let (status, sebab) = if surat.latihan {
        (Status::Ditahan, Some("Ruang latihan tidak mengirim apa pun ke luar."))
    } else {
        (Status::Menunggu, None)
    };
    let new = store::New {
        kabar: None,
        saluran: saluran.id,
        penerima: "",
        penerima_nama: surat.nama,
        alamat: surat.alamat,
        jenis: Isi::Kabar,
        judul: surat.judul,
        muatan: &muatan,
        oleh: &oleh,
        status,
        sebab,
    };
    spread::queue(tx, &new).map(Some)
}

/// How far a message is, and why it failed last.
pub fn state_of(tx: &mut Tx<'_>, id: Id) -> Result<Option<(Status, Option<String>)>> {
    Ok(store::get(tx, id)?.map(|one| (one.status, one.sebab)))
}
