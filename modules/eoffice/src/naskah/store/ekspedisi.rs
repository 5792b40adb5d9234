//! The expedition book of an office: every recipient whom no box tells us about, by the moment the naskah was sent.

use praja_kernel::{Id, Moment, Scope, Sifat};
use praja_store::{Result, Sql, Tx};

use super::list::visible;
use crate::{
    naskah::tujuan::{Cara, Keadaan},
    surat_masuk::{RAHASIA, store::word},
};

/// A line of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Baris {
    pub(crate) id: Id,
    pub(crate) naskah: Id,
    pub(crate) nomor: String,
    pub(crate) hal: String,
    pub(crate) penerima: String,
    pub(crate) cara: Cara,
    pub(crate) keadaan: Keadaan,
    /// When the naskah was sent: the order of the book.
    pub(crate) masuk_pada: Moment,
    pub(crate) diterima_pada: Option<Moment>,
    /// Who took it, or the number of a receipt.
    pub(crate) tanda_terima: String,
}

/// Which part of the book.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bagian {
    pub(crate) dari: Moment,
    /// Up to here, without it.
    pub(crate) sebelum: Moment,
    /// The last row before, in the order asked for.
    pub(crate) setelah: Option<(Moment, Id)>,
    /// The newest first; otherwise as a book is written.
    pub(crate) terbaru: bool,
}

/// Lines of an office's book that the scope may see.
pub(crate) fn list(tx: &mut Tx<'_>, scope: &Scope, opd: Id, bagian: Bagian, limit: usize) -> Result<Vec<Baris>> {
    let mut sql = Sql::new(
        "SELECT p.id, p.naskah, n.nomor, n.hal, n.sifat, p.nama, p.cara, p.keadaan, p.masuk_pada, p.diterima_pada, p.tanda_terima
         FROM eoffice_naskah_penerima p JOIN eoffice_naskah n ON n.id = p.naskah",
    );
    sql.filter("p.pengirim = ?").bind(opd.to_string());
    sql.filter("p.masuk_pada >= ?").bind(bagian.dari).filter("p.masuk_pada < ?").bind(bagian.sebelum);
    if let Some((at, id)) = bagian.setelah {
        let (below, above) = ("(p.masuk_pada, p.id) < (?, ?)", "(p.masuk_pada, p.id) > (?, ?)");
        sql.filter(if bagian.terbaru { below } else { above }).bind(at).bind(id);
    }
    visible(&mut sql, scope);
    sql.push(if bagian.terbaru {
        "ORDER BY p.masuk_pada DESC, p.id DESC LIMIT ?"
    } else {
        "ORDER BY p.masuk_pada, p.id LIMIT ?"
    });
    sql.bind(i64::try_from(limit).unwrap_or(i64::MAX)).list(tx, |row| {
        let (sifat, hal): (Sifat, String) = (word(row, 4)?, row.get(3)?);
        Ok(Baris {
            id: row.get(0)?,
            naskah: row.get(1)?,
            nomor: row.get::<Option<String>>(2)?.unwrap_or_default(),
            hal: if sifat.is_secret() { RAHASIA.to_owned() } else { hal },
            penerima: row.get(5)?,
            cara: word(row, 6)?,
            keadaan: word(row, 7)?,
            masuk_pada: row.get(8)?,
            diterima_pada: row.get(9)?,
            tanda_terima: row.get::<Option<String>>(10)?.unwrap_or_default(),
        })
    })
}
