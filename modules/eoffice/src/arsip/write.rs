//! What filing changes: the file, the letter or naskah, the trail. Inside one transaction.

use praja_kernel::{Date, Id, Scope};
use praja_module::Problem;
use praja_store::{Key, Keyring, Keys, Tx, audit::Entry};

use super::{
    Baru, Berkas, Refusal,
    isi::{Dokumen, Jenis},
    store,
};
use crate::{naskah, surat_masuk};

/// The table, which names a file in the audit trail.
pub(crate) const TABLE: &str = "eoffice_berkas";

/// Everything about the archive of one OPD happens one after the other: numbers of files, and of what lies in them.
pub(crate) fn keys(opd: Id) -> Keys {
    Keys::of([Key::new(TABLE, opd)])
}

/// The name of a file in the audit trail.
pub(crate) fn objek(id: Id) -> String {
    format!("{TABLE}:{id}")
}

fn entry(act: &'static str, berkas: &Berkas) -> Entry {
    Entry::new(act, TABLE, berkas.id).with("berkas", berkas.nomor).with("kode", &berkas.kode)
}

/// Opens a file.
pub(crate) fn open(tx: &mut Tx<'_>, opd: Id, baru: &Baru) -> Result<Berkas, Problem> {
    let berkas = store::insert(tx, opd, baru)?;
    tx.audit(&entry("eoffice.create-berkas", &berkas).with("nama", &berkas.nama))?;
    Ok(berkas)
}

/// Saves name, description and place.
pub(crate) fn change(tx: &mut Tx<'_>, berkas: &Berkas) -> Result<(), Problem> {
    save(tx, berkas)?;
    Ok(tx.audit(&entry("eoffice.change-berkas", berkas).with("nama", &berkas.nama))?)
}

fn save(tx: &mut Tx<'_>, berkas: &Berkas) -> Result<(), Problem> {
    if store::update(tx, berkas)? { Ok(()) } else { Err(Problem::Conflict) }
}

/// Reads a letter or naskah that is to be filed, as far as the scope may see it. Unmasked: only the line that is kept is masked.
pub(crate) fn document(
    tx: &mut Tx<'_>,
    keyring: &Keyring,
    scope: &Scope,
    jenis: Jenis,
    id: Id,
) -> Result<Option<Dokumen>, Problem> {
    Ok(match jenis {
        Jenis::Masuk => surat_masuk::store::find_opened(tx, scope, id)?.map(|surat| Dokumen::Masuk(Box::new(surat))),
        Jenis::Keluar => naskah::store::find(tx, keyring, scope, id)?.map(|naskah| Dokumen::Keluar(Box::new(naskah))),
        // Comes by itself, never by hand.
        Jenis::Izin => None,
    })
}

/// Puts documents into a file.
///
/// # Errors
/// [`Refusal`] for what may not be filed now, or lies with another OPD.
pub(crate) fn file(tx: &mut Tx<'_>, mut berkas: Berkas, documents: Vec<Dokumen>) -> Result<(), Problem> {
    for document in documents {
        if document.opd() != berkas.opd {
            return Err(Problem::refused(Refusal::OtherOpd));
        }
        document.check().map_err(Problem::refused)?;
        let isi = document.isi();
        berkas = berkas.take(isi.sifat).map_err(Problem::refused)?;
        store::insert_isi(tx, berkas.id, &isi)?;
        let saved = match document {
            Dokumen::Masuk(mut surat) => {
                surat.status = surat_masuk::Status::Diberkaskan;
                surat_masuk::store::update(tx, &surat)?
            }
            Dokumen::Keluar(mut naskah) => {
                naskah.status = naskah::Status::Diberkaskan;
                naskah::store::update(tx, &naskah)?
            }
        };
        if !saved {
            return Err(Problem::Conflict);
        }
        let table = match isi.jenis {
            Jenis::Masuk => crate::TABLE,
            Jenis::Keluar | Jenis::Izin => naskah::write::TABLE,
        };
        tx.audit(&Entry::new("eoffice.file-surat", table, isi.surat).with("berkas", berkas.nomor).with("kode", &berkas.kode))?;
    }
    save(tx, &berkas)
}

/// Takes a line out of an open file: it was put there by mistake.
///
/// # Errors
/// [`Refusal::NotOpen`]; [`Refusal::ByItself`] for what came without anybody.
pub(crate) fn take_out(tx: &mut Tx<'_>, keyring: &Keyring, mut berkas: Berkas, line: Id) -> Result<(), Problem> {
    if berkas.tahap != super::Tahap::Terbuka {
        return Err(Problem::refused(Refusal::NotOpen(berkas.tahap)));
    }
    let line = store::one_isi(tx, berkas.id, line)?.ok_or(Problem::NotFound)?;
    let id = line.isi.surat;
    let (saved, table) = match line.isi.jenis {
        Jenis::Masuk => {
            let mut surat = surat_masuk::store::find_any(tx, id)?.ok_or(Problem::NotFound)?;
            let step = surat_masuk::alur::Langkah::Keluarkan;
            surat.status = surat_masuk::alur::go(surat.status, step, surat.isi.sifat).map_err(Problem::refused)?;
            (surat_masuk::store::update(tx, &surat)?, crate::TABLE)
        }
        Jenis::Keluar => {
            let mut naskah = naskah::store::find_any(tx, keyring, id)?.ok_or(Problem::NotFound)?;
            let sent = naskah.dikirim_pada.is_some();
            naskah.status = naskah::alur::go(naskah.status, naskah::alur::Langkah::Keluarkan, sent).map_err(Problem::refused)?;
            (naskah::store::update(tx, &naskah)?, naskah::write::TABLE)
        }
        Jenis::Izin => return Err(Problem::refused(Refusal::ByItself)),
    };
    if !saved {
        return Err(Problem::Conflict);
    }
    store::remove_isi(tx, line.id)?;
    berkas.jumlah -= 1;
    berkas.sifat = store::highest(tx, berkas.id)?;
    save(tx, &berkas)?;
    Ok(tx.audit(&Entry::new("eoffice.unfile-surat", table, id).with("berkas", berkas.nomor).with("kode", &berkas.kode))?)
}

/// Closes a file.
pub(crate) fn close(tx: &mut Tx<'_>, berkas: Berkas, day: Date, happened: Option<Date>, today: Date) -> Result<(), Problem> {
    let mut berkas = berkas.close(day, today).map_err(Problem::refused)?;
    if let Some(event) = happened {
        berkas = berkas.happened(event, today).map_err(Problem::refused)?;
    }
    save(tx, &berkas)?;
    let until = berkas.tempo().map_or_else(|| "menunggu peristiwa".to_owned(), |day| day.to_string());
    Ok(tx.audit(&entry("eoffice.close-berkas", &berkas).with("isi", berkas.jumlah).with("aktif_sampai", until))?)
}

/// Notes the day of its event.
pub(crate) fn happen(tx: &mut Tx<'_>, berkas: Berkas, day: Date, today: Date) -> Result<(), Problem> {
    let berkas = berkas.happened(day, today).map_err(Problem::refused)?;
    save(tx, &berkas)?;
    Ok(tx.audit(&entry("eoffice.date-berkas", &berkas).with("peristiwa_pada", day))?)
}

/// Opens a closed file again, with a reason.
pub(crate) fn reopen(tx: &mut Tx<'_>, berkas: Berkas, why: &str) -> Result<(), Problem> {
    let berkas = berkas.reopen().map_err(Problem::refused)?;
    save(tx, &berkas)?;
    Ok(tx.audit(&entry("eoffice.reopen-berkas", &berkas).because(why))?)
}
