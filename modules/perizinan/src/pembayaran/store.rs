//! The only SQL about payments.

use praja_kernel::{Id, Moment, Rupiah};
use praja_store::{Result, Row, Sql, Tx, params};

use super::{Cara, Pembayaran, Status};
use crate::skrd::store::word;

/// Rows of one page.
pub(crate) const PAGE: usize = 50;

const COLUMNS: &str =
    "SELECT p.id, p.opd, p.skrd, p.cara, p.status, p.tanggal, p.jumlah, p.denda, p.referensi, p.berkas, p.catatan, p.oleh,
    p.oleh_nama, p.created_at, p.putus_oleh, p.putus_nama, p.putus_pada, p.alasan, p.versi, s.nomor, s.nama
    FROM perizinan_pembayaran p JOIN perizinan_skrd s ON s.id = p.skrd";

/// A payment with the number and the payer of its bill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Baris {
    pub(crate) pembayaran: Pembayaran,
    pub(crate) nomor: String,
    pub(crate) nama: String,
}

fn read(row: &Row<'_>) -> Result<Baris> {
    Ok(Baris {
        pembayaran: Pembayaran {
            id: row.get(0)?,
            opd: row.get(1)?,
            skrd: row.get(2)?,
            cara: word(row, 3)?,
            status: word(row, 4)?,
            tanggal: row.get(5)?,
            jumlah: Rupiah(row.get(6)?),
            denda: Rupiah(row.get(7)?),
            referensi: row.get(8)?,
            berkas: row.get(9)?,
            catatan: row.get(10)?,
            oleh: row.get(11)?,
            oleh_nama: row.get(12)?,
            created_at: row.get(13)?,
            putus_oleh: row.get(14)?,
            putus_nama: row.get(15)?,
            putus_pada: row.get(16)?,
            alasan: row.get(17)?,
            versi: row.get(18)?,
        },
        nomor: row.get(19)?,
        nama: row.get(20)?,
    })
}

/// Keeps a payment.
pub(crate) fn insert(tx: &mut Tx<'_>, one: &Pembayaran) -> Result<()> {
    tx.exec(
        "INSERT INTO perizinan_pembayaran (id, opd, skrd, cara, status, tanggal, jumlah, denda, referensi, berkas, catatan, oleh, oleh_nama,
            created_at, putus_oleh, putus_nama, putus_pada, alasan, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        params![
            one.id,
            one.opd,
            one.skrd,
            one.cara.as_str(),
            one.status.as_str(),
            one.tanggal,
            one.jumlah.0,
            one.denda.0,
            &one.referensi,
            one.berkas,
            &one.catatan,
            &one.oleh,
            &one.oleh_nama,
            one.created_at,
            &one.putus_oleh,
            &one.putus_nama,
            one.putus_pada,
            &one.alasan,
            one.versi
        ],
    )?;
    Ok(())
}

/// Saves a decision; `false` when somebody was first.
pub(crate) fn update(tx: &mut Tx<'_>, one: &Pembayaran) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE perizinan_pembayaran SET status = ?3, putus_oleh = ?4, putus_nama = ?5, putus_pada = ?6, alasan = ?7, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![one.id, one.versi, one.status.as_str(), &one.putus_oleh, &one.putus_nama, one.putus_pada, &one.alasan],
    )?;
    Ok(changed == 1)
}

/// A payment of one of these OPDs.
pub(crate) fn find(tx: &mut Tx<'_>, opds: &[Id], id: Id) -> Result<Option<Baris>> {
    let mut sql = Sql::new(COLUMNS);
    Ok(sql.filter("p.id = ?").bind(id).opt(tx, read)?.filter(|one| opds.contains(&one.pembayaran.opd)))
}

/// The payments of a bill, the first first.
pub(crate) fn of_skrd(tx: &mut Tx<'_>, skrd: Id) -> Result<Vec<Pembayaran>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("p.skrd = ?").bind(skrd).push("ORDER BY p.created_at, p.id LIMIT 100");
    Ok(sql.list(tx, read)?.into_iter().map(|one| one.pembayaran).collect())
}

/// One page of the payments of an OPD, newest first.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    opd: Id,
    status: Option<Status>,
    before: Option<(Moment, Id)>,
    limit: usize,
) -> Result<Vec<Baris>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("p.opd = ?").bind(opd);
    if let Some(status) = status {
        sql.filter("p.status = ?").bind(status.as_str());
    }
    if let Some((at, id)) = before {
        sql.filter("(p.created_at, p.id) < (?, ?)").bind(at).bind(id);
    }
    sql.push("ORDER BY p.created_at DESC, p.id DESC LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX)).list(tx, read)
}

/// The number of the bill that a reference was used for, unless that payment was rejected.
pub(crate) fn used_for(tx: &mut Tx<'_>, opd: Id, cara: Cara, referensi: &str) -> Result<Option<String>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("p.opd = ?").bind(opd).filter("p.cara = ?").bind(cara.as_str()).filter("p.referensi = ?").bind(referensi);
    let used = sql.push("ORDER BY p.id LIMIT 20").list(tx, read)?;
    Ok(used.into_iter().find(|one| one.pembayaran.status != Status::Ditolak).map(|one| one.nomor))
}
