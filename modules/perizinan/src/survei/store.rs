//! The only SQL about surveys.

use praja_kernel::{Date, Id, Moment};
use praja_store::{Result, Row, Tx, params};

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
    pub(crate) pada: Option<Moment>,
    pub(crate) versi: i64,
}

/// Who goes, with the name at the time.
pub(crate) fn team(tx: &mut Tx<'_>, permohonan: Id) -> Result<Vec<Id>> {
    tx.list(
        "SELECT p.orang FROM perizinan_survei s JOIN perizinan_survei_petugas p ON p.survei = s.id WHERE s.permohonan = ?1",
        params![permohonan],
        |row| row.get(0),
    )
}

/// Names of who goes to a survey.
pub(crate) fn names(tx: &mut Tx<'_>, survei: Id) -> Result<Vec<(Id, String)>> {
    tx.list("SELECT orang, nama FROM perizinan_survei_petugas WHERE survei = ?1 ORDER BY nama, orang", params![survei], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

fn read(row: &Row<'_>) -> Result<Survei> {
    Ok(Survei {
        id: row.get(0)?,
        permohonan: row.get(1)?,
        tanggal: row.get(2)?,
        jam: row.get(3)?,
        hasil: row.get(4)?,
        bap: row.get(5)?,
        pada: row.get(6)?,
        versi: row.get(7)?,
    })
}

/// The surveys of an application, newest first.
pub(crate) fn of(tx: &mut Tx<'_>, permohonan: Id) -> Result<Vec<Survei>> {
    tx.list(
        "SELECT id, permohonan, tanggal, jam, hasil, bap, pada, versi FROM perizinan_survei WHERE permohonan = ?1
         ORDER BY created_at DESC, id DESC",
        params![permohonan],
        read,
    )
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

/// Writes the report; `false` when somebody was first.
pub(crate) fn report(tx: &mut Tx<'_>, one: &Survei, hasil: &str, bap: &str) -> Result<bool> {
    let now = tx.now()?;
    let changed = tx.exec(
        "UPDATE perizinan_survei SET hasil = ?3, bap = ?4, pada = ?5, versi = versi + 1 WHERE id = ?1 AND versi = ?2",
        params![one.id, one.versi, hasil, bap, now],
    )?;
    Ok(changed == 1)
}
