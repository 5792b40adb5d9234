//! The only SQL about surveys.

use praja_kernel::{Date, Id, Moment};
use praja_store::{Result, Row, Sql, Tx, params};

/// A survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Survei {
    pub(crate) id: Id,
    pub(crate) permohonan: Id,
    pub(crate) tanggal: Date,
    pub(crate) jam: String,
    /// `sesuai`, `sesuai-catatan`, `tidak-sesuai`; none before the report is written.
    pub(crate) hasil: Option<String>,
    /// What was found, JSON.
    pub(crate) bap: String,
    /// When the report became whole: the second officer confirmed it.
    pub(crate) pada: Option<Moment>,
    /// Name of who wrote the report.
    pub(crate) penulis: String,
    /// The report as PDF, once it is whole.
    pub(crate) cetakan: Option<Id>,
    pub(crate) versi: i64,
}

/// Who goes, with the name at the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Petugas {
    pub(crate) orang: Id,
    pub(crate) nama: String,
    pub(crate) dikonfirmasi: Option<Moment>,
    /// The signature on the glass.
    pub(crate) paraf: Option<Id>,
}

/// Who goes to the surveys of an application.
pub(crate) fn team(tx: &mut Tx<'_>, permohonan: Id) -> Result<Vec<Id>> {
    tx.list(
        "SELECT p.orang FROM perizinan_survei s JOIN perizinan_survei_petugas p ON p.survei = s.id WHERE s.permohonan = ?1",
        params![permohonan],
        |row| row.get(0),
    )
}

/// Who goes to a survey.
pub(crate) fn officers(tx: &mut Tx<'_>, survei: Id) -> Result<Vec<Petugas>> {
    let mut all = tx.list(
        "SELECT orang, nama, dikonfirmasi, paraf FROM perizinan_survei_petugas WHERE survei = ?1",
        params![survei],
        |row| Ok(Petugas { orang: row.get(0)?, nama: row.get(1)?, dikonfirmasi: row.get(2)?, paraf: row.get(3)? }),
    )?;
    all.sort_by(|one, other| (&one.nama, one.orang).cmp(&(&other.nama, other.orang)));
    Ok(all)
}

const COLUMNS: &str =
    "SELECT s.id, s.permohonan, s.tanggal, s.jam, s.hasil, s.bap, s.pada, s.penulis, s.cetakan, s.versi FROM perizinan_survei s";
const OWN: &str =
    "SELECT s.id, s.permohonan, s.tanggal, s.jam, s.hasil, s.bap, s.pada, s.penulis, s.cetakan, s.versi FROM perizinan_survei s
     JOIN perizinan_survei_petugas p ON p.survei = s.id";

fn read(row: &Row<'_>) -> Result<Survei> {
    Ok(Survei {
        id: row.get(0)?,
        permohonan: row.get(1)?,
        tanggal: row.get(2)?,
        jam: row.get(3)?,
        hasil: row.get(4)?,
        bap: row.get(5)?,
        pada: row.get(6)?,
        penulis: row.get(7)?,
        cetakan: row.get(8)?,
        versi: row.get(9)?,
    })
}

/// The surveys of an application, newest first.
pub(crate) fn of(tx: &mut Tx<'_>, permohonan: Id) -> Result<Vec<Survei>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("s.permohonan = ?").bind(permohonan);
    sql.push("ORDER BY s.created_at DESC, s.id DESC");
    sql.list(tx, read)
}

/// One survey.
pub(crate) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Survei>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("s.id = ?").bind(id);
    sql.opt(tx, read)
}

/// The surveys of an officer: those that are not finished, the next first, or those that are, the last first.
pub(crate) fn own(tx: &mut Tx<'_>, orang: Id, finished: bool, limit: usize) -> Result<Vec<Survei>> {
    let mut sql = Sql::new(OWN);
    sql.filter("p.orang = ?").bind(orang);
    let order = if finished {
        sql.filter("s.pada IS NOT NULL");
        "ORDER BY s.tanggal DESC, s.id DESC LIMIT ?"
    } else {
        sql.filter("s.pada IS NULL");
        "ORDER BY s.tanggal, s.jam, s.id LIMIT ?"
    };
    sql.push(order).bind(i64::try_from(limit).unwrap_or(i64::MAX));
    sql.list(tx, read)
}

/// Surveys whose report is whole since a moment, the last first.
pub(crate) fn whole_since(tx: &mut Tx<'_>, since: Moment, limit: usize) -> Result<Vec<Survei>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("s.pada >= ?").bind(since);
    sql.push("ORDER BY s.pada DESC, s.id DESC LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX));
    sql.list(tx, read)
}

/// Sends others: whoever stays keeps what was done.
pub(crate) fn set_team(tx: &mut Tx<'_>, survei: Id, team: &[(Id, String)]) -> Result<()> {
    for petugas in officers(tx, survei)? {
        if !team.iter().any(|(orang, _)| *orang == petugas.orang) {
            tx.exec("DELETE FROM perizinan_survei_petugas WHERE survei = ?1 AND orang = ?2", params![survei, petugas.orang])?;
        }
    }
    for (orang, nama) in team {
        tx.exec(
            "INSERT INTO perizinan_survei_petugas (survei, orang, nama) VALUES (?1, ?2, ?3) ON CONFLICT (survei, orang) DO NOTHING",
            params![survei, *orang, nama],
        )?;
    }
    Ok(())
}

/// Sets day and team.
pub(crate) fn insert(tx: &mut Tx<'_>, permohonan: Id, tanggal: Date, jam: &str, team: &[(Id, String)]) -> Result<Id> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO perizinan_survei (id, permohonan, tanggal, jam, hasil, bap, pada, created_at, versi)
         VALUES (?1, ?2, ?3, ?4, NULL, '{}', NULL, ?5, 1)",
        params![id, permohonan, tanggal, jam, now],
    )?;
    for (orang, nama) in team {
        tx.exec(
            "INSERT INTO perizinan_survei_petugas (survei, orang, nama) VALUES (?1, ?2, ?3) ON CONFLICT (survei, orang) DO NOTHING",
            params![id, *orang, nama],
        )?;
    }
    Ok(id)
}

/// Another day; `false` when somebody was first.
pub(crate) fn move_to(tx: &mut Tx<'_>, one: &Survei, tanggal: Date, jam: &str) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE perizinan_survei SET tanggal = ?3, jam = ?4, versi = versi + 1 WHERE id = ?1 AND versi = ?2",
        params![one.id, one.versi, tanggal, jam],
    )?;
    Ok(changed == 1)
}

/// Writes the report; whoever confirmed an earlier text confirms again. `false` when somebody was first.
pub(crate) fn report(tx: &mut Tx<'_>, one: &Survei, hasil: &str, bap: &str, penulis: &str) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE perizinan_survei SET hasil = ?3, bap = ?4, penulis = ?5, versi = versi + 1 WHERE id = ?1 AND versi = ?2",
        params![one.id, one.versi, hasil, bap, penulis],
    )?;
    tx.exec("UPDATE perizinan_survei_petugas SET dikonfirmasi = NULL, paraf = NULL WHERE survei = ?1", params![one.id])?;
    Ok(changed == 1)
}

/// An officer stands by the report.
pub(crate) fn confirm(tx: &mut Tx<'_>, survei: Id, orang: Id, paraf: Option<Id>) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "UPDATE perizinan_survei_petugas SET dikonfirmasi = ?3, paraf = COALESCE(?4, paraf) WHERE survei = ?1 AND orang = ?2",
        params![survei, orang, now, paraf],
    )?;
    Ok(())
}

/// The report is whole, with its paper; `false` when somebody was first.
pub(crate) fn finish(tx: &mut Tx<'_>, one: &Survei, cetakan: Option<Id>) -> Result<bool> {
    let now = tx.now()?;
    let changed = tx.exec(
        "UPDATE perizinan_survei SET pada = ?3, cetakan = ?4, versi = versi + 1 WHERE id = ?1 AND versi = ?2",
        params![one.id, one.versi, now, cetakan],
    )?;
    Ok(changed == 1)
}

/// What the inspectorate found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Uji {
    pub(crate) hasil: String,
    pub(crate) catatan: String,
    pub(crate) oleh_nama: String,
    pub(crate) pada: Moment,
}

/// The outcome of a second look.
pub(crate) fn checked(tx: &mut Tx<'_>, survei: Id) -> Result<Option<Uji>> {
    tx.opt("SELECT hasil, catatan, oleh_nama, pada FROM perizinan_uji_ulang WHERE survei = ?1", params![survei], |row| {
        Ok(Uji { hasil: row.get(0)?, catatan: row.get(1)?, oleh_nama: row.get(2)?, pada: row.get(3)? })
    })
}

/// Records the outcome of a second look, once; `false` when somebody was first.
pub(crate) fn check(tx: &mut Tx<'_>, survei: Id, hasil: &str, catatan: &str) -> Result<bool> {
    let (now, by) = (tx.now()?, tx.by()?.actor.clone());
    let added = tx.exec(
        "INSERT INTO perizinan_uji_ulang (survei, hasil, catatan, oleh, oleh_nama, pada) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (survei) DO NOTHING",
        params![survei, hasil, catatan, by.key(), by.nama(), now],
    )?;
    Ok(added == 1)
}
