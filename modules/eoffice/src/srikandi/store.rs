//! The only SQL about working beside the national application.

use praja_kernel::{Date, Id, Sifat, fold};
use praja_store::{Result, Row, StoreError, Tx, params};

use super::{Ada, Bidang, Kolom, Profil};
use crate::{naskah::Status, surat_masuk::store::word};

/// Most profiles of one office.
const MOST: i64 = 50;
/// Most naskah of one comparison or package.
const ROWS: i64 = 2_000;

/// The profiles of an office, by name.
pub(crate) fn profiles(tx: &mut Tx<'_>, opd: Id) -> Result<Vec<Profil>> {
    tx.list(
        "SELECT id, opd, nama, kolom, versi FROM eoffice_profil_ekspor WHERE opd = ?1 ORDER BY nama_fold LIMIT ?2",
        params![opd, MOST],
        read_profile,
    )
}

/// One profile of an office.
pub(crate) fn profile(tx: &mut Tx<'_>, opd: Id, id: Id) -> Result<Option<Profil>> {
    tx.opt(
        "SELECT id, opd, nama, kolom, versi FROM eoffice_profil_ekspor WHERE id = ?1 AND opd = ?2",
        params![id, opd],
        read_profile,
    )
}

fn written(kolom: &[Kolom]) -> String {
    kolom.iter().map(|one| format!("{}\t{}", one.isi.as_str(), one.nama)).collect::<Vec<_>>().join("\n")
}

/// Is there another profile of this office with the name?
pub(crate) fn is_taken(tx: &mut Tx<'_>, opd: Id, nama: &str, but: Option<Id>) -> Result<bool> {
    let found: Option<Id> =
        tx.opt("SELECT id FROM eoffice_profil_ekspor WHERE opd = ?1 AND nama_fold = ?2", params![opd, fold(nama)], |row| {
            row.get(0)
        })?;
    Ok(found.is_some() && found != but)
}

pub(crate) fn insert_profile(tx: &mut Tx<'_>, opd: Id, nama: &str, kolom: &[Kolom]) -> Result<Id> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO eoffice_profil_ekspor (id, opd, nama, nama_fold, kolom, created_at, versi) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)",
        params![id, opd, nama, fold(nama), written(kolom), now],
    )?;
    Ok(id)
}

/// `false` when somebody was first.
pub(crate) fn update_profile(tx: &mut Tx<'_>, one: &Profil) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE eoffice_profil_ekspor SET nama = ?3, nama_fold = ?4, kolom = ?5, versi = versi + 1 WHERE id = ?1 AND versi = ?2",
        params![one.id, one.versi, &one.nama, fold(&one.nama), written(&one.kolom)],
    )?;
    Ok(changed == 1)
}

fn read_profile(row: &Row<'_>) -> Result<Profil> {
    let text: String = row.get(3)?;
    let mut kolom = Vec::new();
    for line in text.lines() {
        let (isi, nama) = line.split_once('\t').ok_or_else(|| StoreError::Corrupt("a column of a profile".into()))?;
        let isi = Bidang::parse(isi).map_err(|_| StoreError::unknown_word("isian naskah", isi))?;
        kolom.push(Kolom { nama: nama.to_owned(), isi });
    }
    Ok(Profil { id: row.get(0)?, opd: row.get(1)?, nama: row.get(2)?, kolom, versi: row.get(4)? })
}

/// What the national application has, as its lists said.
pub(crate) fn remember(tx: &mut Tx<'_>, opd: Id, rows: &[Ada]) -> Result<()> {
    let now = tx.now()?;
    for row in rows {
        tx.exec(
            "INSERT INTO eoffice_srikandi_ada (opd, kunci, nomor, tanggal, hal, dilihat) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (opd, kunci) DO UPDATE SET nomor = excluded.nomor, tanggal = excluded.tanggal, hal = excluded.hal,
                dilihat = excluded.dilihat",
            params![opd, row.kunci(), &row.nomor, row.tanggal.to_string(), &row.hal, now],
        )?;
    }
    Ok(())
}

/// The same between two days.
pub(crate) fn theirs(tx: &mut Tx<'_>, opd: Id, dari: Date, sampai: Date) -> Result<Vec<Ada>> {
    tx.list(
        "SELECT nomor, tanggal, hal FROM eoffice_srikandi_ada WHERE opd = ?1 AND tanggal >= ?2 AND tanggal <= ?3
         ORDER BY tanggal, kunci LIMIT ?4",
        params![opd, dari.to_string(), sampai.to_string(), ROWS],
        |row| {
            let day: String = row.get(1)?;
            let tanggal = day.parse().map_err(|_| StoreError::Corrupt(format!("'{day}' is no date")))?;
            Ok(Ada { nomor: row.get(0)?, tanggal, hal: row.get(2)? })
        },
    )
}

/// A naskah of the office with its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bernomor {
    pub(crate) id: Id,
    pub(crate) jenis: String,
    pub(crate) status: Status,
    pub(crate) sifat: Sifat,
    pub(crate) ada: Ada,
}

/// The naskah of an office that were numbered between two days. Whoever asks sends and files them for the office; of those that are not Biasa
/// no subject is given.
pub(crate) fn ours(tx: &mut Tx<'_>, opd: Id, dari: Date, sampai: Date) -> Result<Vec<Bernomor>> {
    tx.list(
        "SELECT id, jenis, status, sifat, nomor, tanggal, hal FROM eoffice_naskah
         WHERE opd = ?1 AND tanggal >= ?2 AND tanggal <= ?3 ORDER BY tanggal, urut, id LIMIT ?4",
        params![opd, dari, sampai, ROWS],
        |row| {
            let sifat: Sifat = word(row, 3)?;
            let hal: String = row.get(6)?;
            let hal = if sifat == Sifat::Biasa { hal } else { format!("({})", sifat.label().to_lowercase()) };
            let ada = Ada { nomor: row.get(4)?, tanggal: row.get(5)?, hal };
            Ok(Bernomor { id: row.get(0)?, jenis: row.get(1)?, status: word(row, 2)?, sifat, ada })
        },
    )
}

/// Approved naskah of an office that wait for their number: identity, kind, subject, since when.
pub(crate) fn waiting(tx: &mut Tx<'_>, opd: Id) -> Result<Vec<(Id, String, String, praja_kernel::Moment)>> {
    tx.list(
        "SELECT id, jenis, sifat, hal, pemegang_sejak FROM eoffice_naskah
         WHERE opd = ?1 AND tanggal IS NULL AND status = ?2 ORDER BY urut, id LIMIT 200",
        params![opd, Status::Menandatangani.as_str()],
        |row| {
            let sifat: Sifat = word(row, 2)?;
            let hal: String = row.get(3)?;
            let hal = if sifat == Sifat::Biasa { hal } else { format!("({})", sifat.label().to_lowercase()) };
            Ok((row.get(0)?, row.get(1)?, hal, row.get(4)?))
        },
    )
}
