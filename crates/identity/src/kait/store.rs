//! The only SQL about addresses that are told, and what they were told.

use praja_kernel::{Id, Moment};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{Isi, Kait, Kiriman, Status};

const KAIT: &str =
    "SELECT id, nama, alamat, sertifikat, peristiwa, opd, aktif, gagal, istirahat_sampai, dibuat, oleh_nama, versi, rahasia
    FROM identity_kait";
const KIRIMAN: &str = "SELECT id, kait, jenis, nomor, isi, status, percobaan, coba_pada, jawaban, sebab, dibuat, selesai_pada
    FROM identity_kait_kiriman";

pub(crate) fn insert(tx: &mut Tx<'_>, opd: Id, isi: &Isi, rahasia: &[u8]) -> Result<Id> {
    let (id, now, oleh) = (tx.new_id()?, tx.now()?, tx.by()?.actor.nama().to_owned());
    tx.exec(
        "INSERT INTO identity_kait (id, nama, opd, alamat, sertifikat, peristiwa, rahasia, aktif, dibuat, oleh_nama)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, TRUE, ?8, ?9)",
        params![id, &isi.nama, opd, &isi.alamat, isi.sertifikat.as_deref(), isi.peristiwa.join("\n"), rahasia, now, oleh],
    )?;
    Ok(id)
}

pub(crate) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Kait>> {
    Sql::new(KAIT).filter("id = ?").bind(id).opt(tx, read)
}

/// The addresses of an OPD, newest first.
pub(crate) fn of_opd(tx: &mut Tx<'_>, opd: Id) -> Result<Vec<Kait>> {
    Sql::new(KAIT).filter("opd = ?").bind(opd).push("ORDER BY id DESC LIMIT 200").list(tx, read)
}

/// Switches it; begins anew, so that a mended one is tried at once. Gives false when somebody was first.
pub(crate) fn switch(tx: &mut Tx<'_>, id: Id, aktif: bool, versi: i64) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE identity_kait SET aktif = ?2, gagal = 0, istirahat_sampai = NULL, versi = versi + 1 WHERE id = ?1 AND versi = ?3",
        params![id, aktif, versi],
    )?;
    Ok(changed == 1)
}

/// It worked, or failed once more and rests until then.
pub(super) fn note(tx: &mut Tx<'_>, id: Id, gagal: i64, istirahat: Option<Moment>) -> Result<()> {
    tx.exec("UPDATE identity_kait SET gagal = ?2, istirahat_sampai = ?3 WHERE id = ?1", params![id, gagal, istirahat])?;
    Ok(())
}

pub(super) fn queue(tx: &mut Tx<'_>, id: Id, kait: Id, jenis: &str, nomor: &str, isi: &str) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "INSERT INTO identity_kait_kiriman (id, kait, jenis, nomor, isi, status, percobaan, coba_pada, dibuat)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?7)",
        params![id, kait, jenis, nomor, isi, Status::Menunggu.as_str(), now],
    )?;
    Ok(())
}

pub(crate) fn delivery(tx: &mut Tx<'_>, id: Id) -> Result<Option<Kiriman>> {
    Sql::new(KIRIMAN).filter("id = ?").bind(id).opt(tx, read_kiriman)
}

/// What an address was told, newest first, below a row.
pub(crate) fn deliveries(
    tx: &mut Tx<'_>,
    kait: Id,
    status: Option<Status>,
    sebelum: Option<Id>,
    limit: i64,
) -> Result<Vec<Kiriman>> {
    let mut sql = Sql::new(KIRIMAN);
    sql.filter("kait = ?").bind(kait);
    if let Some(status) = status {
        sql.filter("status = ?").bind(status.as_str());
    }
    if let Some(sebelum) = sebelum {
        sql.filter("id < ?").bind(sebelum);
    }
    sql.push("ORDER BY id DESC LIMIT ?").bind(limit).list(tx, read_kiriman)
}

/// Saves what became of a try.
pub(crate) fn save(tx: &mut Tx<'_>, one: &Kiriman) -> Result<()> {
    tx.exec(
        "UPDATE identity_kait_kiriman SET status = ?2, percobaan = ?3, coba_pada = ?4, jawaban = ?5, sebab = ?6, selesai_pada = ?7
         WHERE id = ?1",
        params![one.id, one.status.as_str(), one.percobaan, one.coba_pada, one.jawaban, one.sebab.as_deref(), one.selesai_pada],
    )?;
    Ok(())
}

/// Forgets what was told before a row; the addresses stay. Those that still wait stay, too.
pub(super) fn sweep(tx: &mut Tx<'_>, kait: Id, before: Id) -> Result<u64> {
    let mut gone = 0;
    for status in [Status::Terkirim, Status::Gagal, Status::Ditahan, Status::Batal] {
        gone += tx.exec(
            "DELETE FROM identity_kait_kiriman WHERE kait = ?1 AND status = ?2 AND id < ?3",
            params![kait, status.as_str(), before],
        )?;
    }
    Ok(gone)
}

/// Every address, a page at a time, after one.
pub(super) fn after(tx: &mut Tx<'_>, id: Id, limit: i64) -> Result<Vec<Id>> {
    tx.list("SELECT id FROM identity_kait WHERE id > ?1 ORDER BY id LIMIT ?2", params![id, limit], |row| row.get(0))
}

fn read(row: &Row<'_>) -> Result<Kait> {
    let peristiwa: String = row.get(4)?;
    Ok(Kait {
        id: row.get(0)?,
        isi: Isi {
            nama: row.get(1)?,
            alamat: row.get(2)?,
            sertifikat: row.get(3)?,
            peristiwa: peristiwa.lines().map(str::to_owned).collect(),
        },
        opd: row.get(5)?,
        aktif: row.get(6)?,
        gagal: row.get(7)?,
        istirahat_sampai: row.get(8)?,
        dibuat: row.get(9)?,
        oleh_nama: row.get(10)?,
        versi: row.get(11)?,
        rahasia: row.get(12)?,
    })
}

fn read_kiriman(row: &Row<'_>) -> Result<Kiriman> {
    let status: String = row.get(5)?;
    Ok(Kiriman {
        id: row.get(0)?,
        kait: row.get(1)?,
        jenis: row.get(2)?,
        nomor: row.get(3)?,
        isi: row.get(4)?,
        status: Status::parse(&status).map_err(|_| StoreError::unknown_word("keadaan kiriman", &status))?,
        percobaan: row.get(6)?,
        coba_pada: row.get(7)?,
        jawaban: row.get(8)?,
        sebab: row.get(9)?,
        dibuat: row.get(10)?,
        selesai_pada: row.get(11)?,
    })
}
