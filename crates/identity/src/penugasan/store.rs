use praja_kernel::{Date, Id};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{
    Jenis, Penugasan,
    acts::Terms,
    batas::{Limit, Limits},
    rules::Held,
};
use crate::jabatan;

/// Every penugasan of a person that has begun or will begin, also ended ones, oldest first.
pub(crate) fn of_person(tx: &mut Tx<'_>, orang: Id) -> Result<Vec<Penugasan>> {
    tx.list(
        "SELECT p.id, j.id, j.nama, p.jenis, p.mulai, p.sampai, d.id, d.nama
         FROM identity_penugasan p JOIN identity_jabatan j ON j.id = p.jabatan JOIN identity_opd d ON d.id = j.opd
         WHERE p.orang = ?1 ORDER BY p.mulai, p.id",
        params![orang],
        |row| {
            Ok(Penugasan {
                id: row.get(0)?,
                jabatan: row.get(1)?,
                jabatan_nama: row.get(2)?,
                jenis: kind(&row.get::<String>(3)?)?,
                mulai: row.get(4)?,
                sampai: row.get(5)?,
                opd: row.get(6)?,
                opd_nama: row.get(7)?,
            })
        },
    )
}

/// Saves a penugasan that others need not be told about: demo data, an import. Who was on no OPD's books is from now on those of a
/// definitive post.
pub(crate) fn insert(tx: &mut Tx<'_>, orang: Id, jabatan: Id, jenis: Jenis, mulai: Date, sampai: Option<Date>) -> Result<Id> {
    let id = tx.new_id()?;
    tx.exec(
        "INSERT INTO identity_penugasan (id, orang, jabatan, jenis, mulai, sampai) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![id, orang, jabatan, jenis.as_str(), mulai, sampai],
    )?;
    if jenis == Jenis::Definitif {
        tx.exec(
            "UPDATE identity_orang SET opd = (SELECT j.opd FROM identity_jabatan j WHERE j.id = ?2) WHERE id = ?1 AND opd IS NULL",
            params![orang, jabatan],
        )?;
    }
    Ok(id)
}

/// Reads a stored kind.
pub(crate) fn kind(word: &str) -> Result<Jenis> {
    Jenis::parse(word).map_err(|_| StoreError::unknown_word("jenis penugasan", word))
}

/// A penugasan as administrators work on it.
pub(crate) struct Found {
    pub(crate) held: Held,
    /// The OPD of the post.
    pub(crate) opd: Id,
    pub(crate) dasar: Option<String>,
    pub(crate) alasan_akhir: Option<String>,
    pub(crate) versi: i64,
}

const HELD: &str = "SELECT p.id, p.orang, o.nama_lengkap, p.jabatan, j.nama, j.jenis, p.jenis, p.mulai, p.sampai, j.opd, p.dasar,
        p.alasan_akhir, p.versi
     FROM identity_penugasan p JOIN identity_jabatan j ON j.id = p.jabatan JOIN identity_orang o ON o.id = p.orang";

/// One penugasan.
pub(crate) fn row(tx: &mut Tx<'_>, id: Id) -> Result<Option<Found>> {
    let mut sql = Sql::new(HELD);
    sql.filter("p.id = ?").bind(id);
    sql.opt(tx, read_found)
}

/// Everything that was, is and will be held of a post, oldest first.
pub(crate) fn at_post(tx: &mut Tx<'_>, jabatan: Id) -> Result<Vec<Held>> {
    Ok(found_at_post(tx, jabatan)?.into_iter().map(|found| found.held).collect())
}

/// The same with what administrators read about each.
pub(crate) fn found_at_post(tx: &mut Tx<'_>, jabatan: Id) -> Result<Vec<Found>> {
    let mut sql = Sql::new(HELD);
    sql.filter("p.jabatan = ?").bind(jabatan).push("ORDER BY p.mulai, p.id");
    sql.list(tx, read_found)
}

/// Everything that somebody held, holds and will hold, oldest first.
pub(crate) fn of_person_held(tx: &mut Tx<'_>, orang: Id) -> Result<Vec<Held>> {
    Ok(found_of_person(tx, orang)?.into_iter().map(|found| found.held).collect())
}

/// The same with what administrators read about each.
pub(crate) fn found_of_person(tx: &mut Tx<'_>, orang: Id) -> Result<Vec<Found>> {
    let mut sql = Sql::new(HELD);
    sql.filter("p.orang = ?").bind(orang).push("ORDER BY p.mulai, p.id");
    sql.list(tx, read_found)
}

/// Saves a new penugasan that others are to be told about.
pub(crate) fn begin(tx: &mut Tx<'_>, orang: Id, jabatan: Id, terms: &Terms) -> Result<Id> {
    let id = tx.new_id()?;
    tx.exec(
        "INSERT INTO identity_penugasan (id, orang, jabatan, jenis, mulai, sampai, dasar, mulai_dikabarkan)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, FALSE)",
        params![id, orang, jabatan, terms.jenis.as_str(), terms.mulai, terms.sampai, terms.dasar.as_deref()],
    )?;
    Ok(id)
}

/// Saves other terms; `false` when somebody was first. What now begins or ends later is told about then.
pub(crate) fn update(tx: &mut Tx<'_>, id: Id, versi: i64, terms: &Terms, today: Date) -> Result<bool> {
    let (begins_later, ends_later) = (terms.mulai > today, terms.sampai.is_none_or(|last| last >= today));
    let changed = tx.exec(
        "UPDATE identity_penugasan SET jenis = ?3, mulai = ?4, sampai = ?5, dasar = ?6, alasan_akhir = NULL,
            mulai_dikabarkan = CASE WHEN ?7 THEN FALSE ELSE mulai_dikabarkan END,
            akhir_dikabarkan = CASE WHEN ?8 THEN FALSE ELSE akhir_dikabarkan END, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![id, versi, terms.jenis.as_str(), terms.mulai, terms.sampai, terms.dasar.as_deref(), begins_later, ends_later],
    )?;
    Ok(changed == 1)
}

/// Saves the last day and why.
pub(crate) fn set_end(tx: &mut Tx<'_>, id: Id, sampai: Date, alasan: &str) -> Result<()> {
    let alasan = Some(alasan).filter(|text| !text.is_empty());
    tx.exec(
        "UPDATE identity_penugasan SET sampai = ?2, alasan_akhir = ?3, akhir_dikabarkan = FALSE, versi = versi + 1 WHERE id = ?1",
        params![id, sampai, alasan],
    )?;
    Ok(())
}

/// The posts at which something began or ended that nobody was told about.
pub(crate) fn due(tx: &mut Tx<'_>, today: Date) -> Result<Vec<Id>> {
    let mut posts: Vec<Id> = tx.list(
        "SELECT jabatan FROM identity_penugasan WHERE mulai_dikabarkan = FALSE AND mulai <= ?1",
        params![today],
        |row| row.get(0),
    )?;
    posts.extend(tx.list(
        "SELECT jabatan FROM identity_penugasan WHERE akhir_dikabarkan = FALSE AND sampai < ?1",
        params![today],
        |row| row.get::<Id>(0),
    )?);
    posts.sort_unstable();
    posts.dedup();
    Ok(posts)
}

/// What began and ended at a post without others being told.
pub(crate) struct Untold {
    pub(crate) began: Vec<Id>,
    pub(crate) ended: Vec<Id>,
}

/// What began and ended at a post up to today without others being told.
pub(crate) fn untold(tx: &mut Tx<'_>, jabatan: Id, today: Date) -> Result<Untold> {
    let began = tx.list(
        "SELECT id FROM identity_penugasan WHERE jabatan = ?1 AND mulai_dikabarkan = FALSE AND mulai <= ?2",
        params![jabatan, today],
        |row| row.get(0),
    )?;
    let ended = tx.list(
        "SELECT id FROM identity_penugasan WHERE jabatan = ?1 AND akhir_dikabarkan = FALSE AND sampai < ?2",
        params![jabatan, today],
        |row| row.get(0),
    )?;
    Ok(Untold { began, ended })
}

/// Others were told about a post up to today.
pub(crate) fn mark_told(tx: &mut Tx<'_>, jabatan: Id, today: Date) -> Result<()> {
    tx.exec(
        "UPDATE identity_penugasan SET mulai_dikabarkan = TRUE WHERE jabatan = ?1 AND mulai_dikabarkan = FALSE AND mulai <= ?2",
        params![jabatan, today],
    )?;
    tx.exec(
        "UPDATE identity_penugasan SET akhir_dikabarkan = TRUE WHERE jabatan = ?1 AND akhir_dikabarkan = FALSE AND sampai < ?2",
        params![jabatan, today],
    )?;
    Ok(())
}

/// The limits in force: what is shipped, and what the regency changed.
pub(crate) fn limits(tx: &mut Tx<'_>) -> Result<Limits> {
    let own = own_limits(tx)?;
    Ok(own.into_iter().fold(Limits::shipped(), |limits, (jenis, limit, _)| limits.with(jenis, limit)))
}

/// What the regency changed, each with its `versi`.
pub(crate) fn own_limits(tx: &mut Tx<'_>) -> Result<Vec<(Jenis, Limit, i64)>> {
    let mut sql = Sql::new("SELECT jenis, bulan, perpanjangan, versi FROM identity_batas");
    sql.filter_in("jenis", [Jenis::Pj, Jenis::Plt, Jenis::Plh].map(Jenis::as_str));
    sql.list(tx, |row| Ok((kind(&row.get::<String>(0)?)?, Limit { bulan: row.get(1)?, perpanjangan: row.get(2)? }, row.get(3)?)))
}

/// Saves a limit of the regency's own.
pub(crate) fn set_limit(tx: &mut Tx<'_>, jenis: Jenis, limit: Limit) -> Result<()> {
    tx.exec(
        "INSERT INTO identity_batas (jenis, bulan, perpanjangan) VALUES (?1, ?2, ?3)
         ON CONFLICT (jenis) DO UPDATE SET bulan = ?2, perpanjangan = ?3, versi = identity_batas.versi + 1",
        params![jenis.as_str(), limit.bulan, limit.perpanjangan],
    )?;
    Ok(())
}

fn read_found(row: &Row<'_>) -> Result<Found> {
    let word: String = row.get(5)?;
    Ok(Found {
        held: Held {
            id: row.get(0)?,
            orang: row.get(1)?,
            orang_nama: row.get(2)?,
            jabatan: row.get(3)?,
            jabatan_nama: row.get(4)?,
            jabatan_jenis: jabatan::Jenis::parse(&word).map_err(|_| StoreError::unknown_word("jenis jabatan", &word))?,
            jenis: kind(&row.get::<String>(6)?)?,
            mulai: row.get(7)?,
            sampai: row.get(8)?,
        },
        opd: row.get(9)?,
        dasar: row.get(10)?,
        alasan_akhir: row.get(11)?,
        versi: row.get(12)?,
    })
}
