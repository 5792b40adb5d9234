//! The only SQL about refusals that are read by the inspectorate.

use praja_kernel::{Id, Moment};
use praja_store::{Result, Row, Sql, Tx, params};

use super::Penilaian;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Penolakan {
    pub(crate) id: Id,
    pub(crate) nomor: String,
    pub(crate) layanan: String,
    pub(crate) kode: String,
    pub(crate) dasar: String,
    pub(crate) diajukan: Moment,
    pub(crate) hasil: Option<String>,
    pub(crate) oleh: Option<String>,
    /// The office that refused.
    pub(crate) opd: Id,
}

const COLUMNS: &str = "SELECT p.id, p.nomor, v.nama, p.kode_tolak, p.dasar_tolak, p.diajukan, t.hasil, t.oleh_nama, p.opd
     FROM perizinan_permohonan p JOIN perizinan_jenis_versi v ON v.id = p.jenis_versi
     LEFT JOIN perizinan_tinjau_tolak t ON t.permohonan = p.id";

fn read(row: &Row<'_>) -> Result<Penolakan> {
    let maybe = |at| row.get::<Option<String>>(at);
    Ok(Penolakan {
        id: row.get(0)?,
        nomor: maybe(1)?.unwrap_or_default(),
        layanan: row.get(2)?,
        kode: maybe(3)?.unwrap_or_default(),
        dasar: maybe(4)?.unwrap_or_default(),
        diajukan: row.get(5)?,
        hasil: maybe(6)?,
        oleh: maybe(7)?,
        opd: row.get(8)?,
    })
}

/// Refusals, the newest application first.
pub(super) fn list(tx: &mut Tx<'_>, after: Option<(i64, Id)>, limit: usize) -> Result<Vec<Penolakan>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("p.status = 'ditolak'").filter("p.diajukan IS NOT NULL");
    if let Some((at, id)) = after {
        sql.filter("(p.diajukan, p.id) < (?, ?)").bind(at).bind(id);
    }
    sql.push("ORDER BY p.diajukan DESC, p.id DESC LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX));
    sql.list(tx, read)
}

/// One refusal.
pub(super) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Penolakan>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("p.id = ?").bind(id).filter("p.status = 'ditolak'");
    sql.opt(tx, read)
}

/// What the applicant was told.
pub(super) fn words(tx: &mut Tx<'_>, id: Id) -> Result<Option<String>> {
    tx.opt(
        "SELECT catatan FROM perizinan_riwayat WHERE permohonan = ?1 AND ke = 'ditolak' ORDER BY pada DESC, id DESC LIMIT 1",
        params![id],
        |row| row.get(0),
    )
}

/// Writes down what was found, in the place of what was found before.
pub(super) fn put(tx: &mut Tx<'_>, id: Id, hasil: Penilaian, catatan: &str) -> Result<()> {
    let (now, by) = (tx.now()?, tx.by()?.actor.clone());
    tx.exec(
        "INSERT INTO perizinan_tinjau_tolak (permohonan, hasil, catatan, oleh, oleh_nama, pada) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (permohonan) DO UPDATE SET hasil = excluded.hasil, catatan = excluded.catatan, oleh = excluded.oleh,
         oleh_nama = excluded.oleh_nama, pada = excluded.pada",
        params![id, hasil.as_str(), catatan, by.key(), by.nama(), now],
    )?;
    Ok(())
}
