//! The only SQL about the working calendar.

use praja_kernel::{DayOff, DayOffKind, YearStatus};
use praja_store::{Result, StoreError, Tx, params};

pub(super) fn is_loaded(tx: &mut Tx<'_>, year: i16) -> Result<bool> {
    let found = tx.opt("SELECT tahun FROM desk_libur_tahun WHERE tahun = ?1", params![i64::from(year)], |_| Ok(()))?;
    Ok(found.is_some())
}

pub(super) fn replace_year(tx: &mut Tx<'_>, year: i16, status: &YearStatus, days: &[DayOff]) -> Result<()> {
    let dasar = match status {
        YearStatus::Final { dasar } => dasar.clone(),
        YearStatus::Sementara => None,
    };
    let (tahun, now) = (i64::from(year), tx.now()?);
    tx.exec(
        "INSERT INTO desk_libur_tahun (tahun, status, dasar, pada) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (tahun) DO UPDATE SET status = excluded.status, dasar = excluded.dasar, pada = excluded.pada,
           versi = desk_libur_tahun.versi + 1",
        params![tahun, status.as_str(), dasar, now],
    )?;
    tx.exec("DELETE FROM desk_libur WHERE tahun = ?1", params![tahun])?;
    for day in days {
        // Of two reasons for one day the first stays, as in the calendar itself.
        tx.exec(
            "INSERT INTO desk_libur (tanggal, tahun, jenis, nama) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (tanggal) DO NOTHING",
            params![day.tanggal, tahun, day.jenis.as_str(), &day.nama],
        )?;
    }
    Ok(())
}

// Neither list is ordered: the calendar itself sorts.
pub(super) fn statuses(tx: &mut Tx<'_>, first: i16, last: i16) -> Result<Vec<(i16, YearStatus)>> {
    tx.list(
        "SELECT tahun, status, dasar FROM desk_libur_tahun WHERE tahun >= ?1 AND tahun <= ?2",
        params![i64::from(first), i64::from(last)],
        |row| {
            let year = i16::try_from(row.get::<i64>(0)?).map_err(|e| StoreError::Corrupt(e.to_string()))?;
            let word: String = row.get(1)?;
            let status = match word.as_str() {
                "final" => YearStatus::Final { dasar: row.get(2)? },
                "sementara" => YearStatus::Sementara,
                other => return Err(StoreError::unknown_word("status tahun", other)),
            };
            Ok((year, status))
        },
    )
}

pub(super) fn days(tx: &mut Tx<'_>, first: i16, last: i16) -> Result<Vec<DayOff>> {
    tx.list(
        "SELECT tanggal, jenis, nama FROM desk_libur WHERE tahun >= ?1 AND tahun <= ?2",
        params![i64::from(first), i64::from(last)],
        |row| {
            let word: String = row.get(1)?;
            let jenis = DayOffKind::parse(&word).map_err(|_| StoreError::unknown_word("jenis hari libur", &word))?;
            Ok(DayOff { tanggal: row.get(0)?, jenis, nama: row.get(2)? })
        },
    )
}
