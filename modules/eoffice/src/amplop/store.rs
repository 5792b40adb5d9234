//! The only SQL about envelopes.

use praja_kernel::{Id, Moment};
use praja_store::{Result, Row, Sql, Tx, params};

use super::{Keadaan, Masuk};
use crate::surat_masuk::store::{Cursor, Place, word};

/// An envelope that we send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Amplop {
    pub(crate) id: Id,
    pub(crate) naskah: Id,
    pub(crate) penerima: Id,
    pub(crate) simpul: Id,
    /// Exactly what was signed.
    pub(crate) isi: String,
    pub(crate) tanda: String,
    pub(crate) keadaan: Keadaan,
    pub(crate) percobaan: i64,
    pub(crate) coba_pada: Moment,
    pub(crate) sebab: Option<String>,
    pub(crate) dibuat: Moment,
    pub(crate) diterima_pada: Option<Moment>,
    /// The receipt of the other box, as it came.
    pub(crate) tanda_terima: Option<String>,
}

pub(crate) fn insert(tx: &mut Tx<'_>, one: &Amplop) -> Result<()> {
    tx.exec(
        "INSERT INTO eoffice_amplop (id, naskah, penerima, simpul, isi, tanda, keadaan, percobaan, coba_pada, dibuat)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, ?8, ?9)",
        params![
            one.id,
            one.naskah,
            one.penerima,
            one.simpul,
            &one.isi,
            &one.tanda,
            one.keadaan.as_str(),
            one.coba_pada,
            one.dibuat
        ],
    )?;
    Ok(())
}

/// Saves how far an envelope is.
pub(crate) fn save(tx: &mut Tx<'_>, one: &Amplop) -> Result<()> {
    tx.exec(
        "UPDATE eoffice_amplop SET keadaan = ?2, percobaan = ?3, coba_pada = ?4, sebab = ?5, diterima_pada = ?6, tanda_terima = ?7
         WHERE id = ?1",
        params![
            one.id,
            one.keadaan.as_str(),
            one.percobaan,
            one.coba_pada,
            one.sebab.as_deref(),
            one.diterima_pada,
            one.tanda_terima.as_deref()
        ],
    )?;
    Ok(())
}

/// One envelope, whoever asks: its naskah decides who may.
pub(crate) fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<Amplop>> {
    tx.opt(
        "SELECT id, naskah, penerima, simpul, isi, tanda, keadaan, percobaan, coba_pada, sebab, dibuat, diterima_pada, tanda_terima
         FROM eoffice_amplop WHERE id = ?1",
        params![id],
        read,
    )
}

/// The envelopes of a naskah, in the order they were made.
pub(crate) fn of_naskah(tx: &mut Tx<'_>, naskah: Id) -> Result<Vec<Amplop>> {
    tx.list(
        "SELECT id, naskah, penerima, simpul, isi, tanda, keadaan, percobaan, coba_pada, sebab, dibuat, diterima_pada, tanda_terima
         FROM eoffice_amplop WHERE naskah = ?1 ORDER BY id",
        params![naskah],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Amplop> {
    Ok(Amplop {
        id: row.get(0)?,
        naskah: row.get(1)?,
        penerima: row.get(2)?,
        simpul: row.get(3)?,
        isi: row.get(4)?,
        tanda: row.get(5)?,
        keadaan: word(row, 6)?,
        percobaan: row.get(7)?,
        coba_pada: row.get(8)?,
        sebab: row.get(9)?,
        dibuat: row.get(10)?,
        diterima_pada: row.get(11)?,
        tanda_terima: row.get(12)?,
    })
}

/// An envelope that we got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Diterima {
    pub(crate) id: Id,
    /// Its identity at the sender.
    pub(crate) amplop: Id,
    pub(crate) simpul: Id,
    /// The office that enters it.
    pub(crate) opd: Id,
    /// "Dinas Kesehatan Kabupaten Belitung".
    pub(crate) asal: String,
    pub(crate) nomor: String,
    pub(crate) hal: String,
    /// Exactly what was signed.
    pub(crate) isi: String,
    pub(crate) tanda: String,
    pub(crate) keadaan: Masuk,
    pub(crate) diterima_pada: Moment,
    /// Our receipt, as it was sent.
    pub(crate) tanda_terima: String,
    pub(crate) surat_masuk: Option<Id>,
}

pub(crate) fn insert_in(tx: &mut Tx<'_>, one: &Diterima) -> Result<()> {
    tx.exec(
        "INSERT INTO eoffice_amplop_masuk (id, amplop, simpul, opd, asal, nomor, hal, isi, tanda, keadaan, diterima_pada, tanda_terima)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            one.id,
            one.amplop,
            one.simpul,
            one.opd,
            &one.asal,
            &one.nomor,
            &one.hal,
            &one.isi,
            &one.tanda,
            one.keadaan.as_str(),
            one.diterima_pada,
            &one.tanda_terima
        ],
    )?;
    Ok(())
}

/// It stands in the agenda; `false` when it did before.
pub(crate) fn set_entered(tx: &mut Tx<'_>, id: Id, surat_masuk: Id) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE eoffice_amplop_masuk SET keadaan = ?2, surat_masuk = ?3 WHERE id = ?1 AND keadaan = ?4",
        params![id, Masuk::Tercatat.as_str(), surat_masuk, Masuk::Menunggu.as_str()],
    )?;
    Ok(changed == 1)
}

const DITERIMA: &str =
    "SELECT id, amplop, simpul, opd, asal, nomor, hal, isi, tanda, keadaan, diterima_pada, tanda_terima, surat_masuk
    FROM eoffice_amplop_masuk";

/// The envelopes that brought a letter which was registered.
pub(crate) fn of_surat(tx: &mut Tx<'_>, surat: Id) -> Result<Vec<Id>> {
    tx.list("SELECT id FROM eoffice_amplop_masuk WHERE surat_masuk = ?1", params![surat], |row| row.get(0))
}

/// The envelope of this identity from this node.
pub(crate) fn of_node(tx: &mut Tx<'_>, simpul: Id, amplop: Id) -> Result<Option<Diterima>> {
    Sql::new(DITERIMA).filter("simpul = ?").bind(simpul).filter("amplop = ?").bind(amplop).opt(tx, read_in)
}

/// One envelope that came to this office.
pub(crate) fn find_in(tx: &mut Tx<'_>, opd: Id, id: Id) -> Result<Option<Diterima>> {
    Sql::new(DITERIMA).filter("id = ?").bind(id).filter("opd = ?").bind(opd).opt(tx, read_in)
}

/// A page of what came to an office, newest first, and whether there is more beyond it.
pub(crate) fn list_in(
    tx: &mut Tx<'_>,
    opd: Id,
    keadaan: Option<Masuk>,
    place: Place,
    size: usize,
) -> Result<(Vec<Diterima>, bool)> {
    let mut sql = Sql::new(DITERIMA);
    sql.filter("opd = ?").bind(opd);
    if let Some(keadaan) = keadaan {
        sql.filter("keadaan = ?").bind(keadaan.as_str());
    }
    let up = match place {
        Place::Top => false,
        Place::Older(Cursor { kunci, id }) => {
            sql.filter("(diterima_pada, id) < (?, ?)").bind(kunci).bind(id);
            false
        }
        Place::Newer(Cursor { kunci, id }) => {
            sql.filter("(diterima_pada, id) > (?, ?)").bind(kunci).bind(id);
            true
        }
    };
    sql.push(if up { "ORDER BY diterima_pada, id LIMIT ?" } else { "ORDER BY diterima_pada DESC, id DESC LIMIT ?" });
    sql.bind(i64::try_from(size + 1).unwrap_or(i64::MAX));
    let mut rows = sql.list(tx, read_in)?;
    let more = rows.len() > size;
    rows.truncate(size);
    if up {
        rows.reverse();
    }
    Ok((rows, more))
}

fn read_in(row: &Row<'_>) -> Result<Diterima> {
    Ok(Diterima {
        id: row.get(0)?,
        amplop: row.get(1)?,
        simpul: row.get(2)?,
        opd: row.get(3)?,
        asal: row.get(4)?,
        nomor: row.get(5)?,
        hal: row.get(6)?,
        isi: row.get(7)?,
        tanda: row.get(8)?,
        keadaan: word(row, 9)?,
        diterima_pada: row.get(10)?,
        tanda_terima: row.get(11)?,
        surat_masuk: row.get(12)?,
    })
}
