//! The only SQL about settings of signing.

use praja_kernel::Moment;
use praja_store::{Result, Row, StoreError, Tx, params};

use super::{Bsre, Cara, Pengaturan, percobaan::Tries};

/// The one row of the settings.
const ROW: &str = "daerah";

pub(super) fn get(tx: &mut Tx<'_>) -> Result<Pengaturan> {
    let found = tx.opt(
        "SELECT cara, pengaturan, rahasia, otoritas, otoritas_sejak, versi FROM desk_tte WHERE id = ?1",
        params![ROW],
        read,
    )?;
    Ok(found.unwrap_or_default())
}

fn read(row: &Row<'_>) -> Result<Pengaturan> {
    let cara: String = row.get(0)?;
    let bsre: Option<String> = row.get(1)?;
    let corrupt = |e: serde_json::Error| StoreError::Corrupt(format!("settings of an e-sign server: {e}"));
    Ok(Pengaturan {
        cara: Cara::parse(&cara).map_err(|_| StoreError::unknown_word("cara tanda tangan", &cara))?,
        bsre: bsre.map(|text| serde_json::from_str(&text).map_err(corrupt)).transpose()?,
        rahasia: row.get(2)?,
        otoritas: row.get(3)?,
        otoritas_sejak: row.get(4)?,
        versi: row.get(5)?,
    })
}

/// What is kept of the settings by one act; what is not named stays.
#[derive(Default)]
pub(super) struct Change {
    pub(super) cara: Option<Cara>,
    pub(super) bsre: Option<(Bsre, Option<Vec<u8>>)>,
    pub(super) otoritas: Option<(Vec<u8>, Moment)>,
}

/// Saves a change; `false` when somebody was first.
pub(super) fn save(tx: &mut Tx<'_>, versi: i64, change: Change) -> Result<bool> {
    let now = tx.now()?;
    tx.exec(
        "INSERT INTO desk_tte (id, cara, diubah, versi) VALUES (?1, ?2, ?3, 0) ON CONFLICT (id) DO NOTHING",
        params![ROW, Cara::Basah.as_str(), now],
    )?;
    let mut kept = get(tx)?;
    kept.cara = change.cara.unwrap_or(kept.cara);
    if let Some((bsre, rahasia)) = change.bsre {
        kept.bsre = Some(bsre);
        kept.rahasia = rahasia.or(kept.rahasia);
    }
    if let Some((otoritas, sejak)) = change.otoritas {
        (kept.otoritas, kept.otoritas_sejak) = (Some(otoritas), Some(sejak));
    }
    let json = kept.bsre.as_ref().map(serde_json::to_string).transpose();
    let json = json.map_err(|e| StoreError::Corrupt(format!("settings of an e-sign server: {e}")))?;
    let changed = tx.exec(
        "UPDATE desk_tte SET cara = ?3, pengaturan = ?4, rahasia = ?5, otoritas = ?6, otoritas_sejak = ?7, diubah = ?8,
            versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![
            ROW,
            versi,
            kept.cara.as_str(),
            json.as_deref(),
            kept.rahasia.as_deref(),
            kept.otoritas.as_deref(),
            kept.otoritas_sejak,
            now
        ],
    )?;
    Ok(changed == 1)
}

/// Keeps the certificate of an authority for ever.
pub(super) fn remember(tx: &mut Tx<'_>, sidik: &str, sertifikat: &[u8]) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "INSERT INTO desk_tte_otoritas (sidik, sertifikat, sejak) VALUES (?1, ?2, ?3) ON CONFLICT (sidik) DO NOTHING",
        params![sidik, sertifikat, now],
    )?;
    Ok(())
}

/// The certificates of every authority.
pub(super) fn authorities(tx: &mut Tx<'_>) -> Result<Vec<(String, Vec<u8>)>> {
    tx.list("SELECT sidik, sertifikat FROM desk_tte_otoritas WHERE sidik > '' ORDER BY sidik", &[], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

pub(super) fn tries(tx: &mut Tx<'_>, orang: &str) -> Result<Option<Tries>> {
    tx.opt("SELECT salah, terakhir FROM desk_tte_percobaan WHERE orang = ?1", params![orang], |row| {
        Ok(Tries { salah: row.get(0)?, terakhir: row.get(1)? })
    })
}

pub(super) fn count(tx: &mut Tx<'_>, orang: &str, tries: Tries) -> Result<()> {
    tx.exec(
        "INSERT INTO desk_tte_percobaan (orang, salah, terakhir) VALUES (?1, ?2, ?3)
         ON CONFLICT (orang) DO UPDATE SET salah = excluded.salah, terakhir = excluded.terakhir",
        params![orang, tries.salah, tries.terakhir],
    )?;
    Ok(())
}
