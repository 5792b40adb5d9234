//! The only SQL about the working calendar.

use praja_kernel::{Date, DayOff, DayOffKind, Id, Moment, Pekan, YearStatus};
use praja_module::events::KalenderBerubah;
use praja_store::{Result, Sql, StoreError, Tx, params};

use super::{Entry, Ketetapan, Year, recount::Moved};

pub(super) fn is_loaded(tx: &mut Tx<'_>, year: i16) -> Result<bool> {
    let found = tx.opt("SELECT tahun FROM desk_libur_tahun WHERE tahun = ?1", params![i64::from(year)], |_| Ok(()))?;
    Ok(found.is_some())
}

/// Why a day is off.
pub(super) fn off_on(tx: &mut Tx<'_>, tanggal: Date) -> Result<Option<String>> {
    tx.opt("SELECT nama FROM desk_libur WHERE tanggal = ?1", params![tanggal], |row| row.get(0))
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

/// The days off of a year in order, with their decrees.
pub(super) fn entries(tx: &mut Tx<'_>, tahun: i16) -> Result<Vec<Entry>> {
    tx.list(
        "SELECT tanggal, jenis, nama, dasar FROM desk_libur WHERE tahun = ?1 ORDER BY tanggal",
        params![i64::from(tahun)],
        |row| {
            let word: String = row.get(1)?;
            let jenis = DayOffKind::parse(&word).map_err(|_| StoreError::unknown_word("jenis hari libur", &word))?;
            Ok(Entry { day: DayOff { tanggal: row.get(0)?, jenis, nama: row.get(2)? }, dasar: row.get(3)? })
        },
    )
}

/// Saves a year in place of what it had.
pub(super) fn replace_entries(tx: &mut Tx<'_>, year: &Year) -> Result<()> {
    let days: Vec<DayOff> = year.days.iter().map(|one| one.day.clone()).collect();
    replace_year(tx, year.tahun, &year.status, &days)?;
    for one in year.days.iter().filter(|one| !one.dasar.is_empty()) {
        tx.exec("UPDATE desk_libur SET dasar = ?2 WHERE tanggal = ?1", params![one.day.tanggal, &one.dasar])?;
    }
    Ok(())
}

/// Decrees about the week, in order.
pub(super) fn weeks(tx: &mut Tx<'_>) -> Result<Vec<Ketetapan>> {
    let all = "SELECT berlaku_dari, pekan, dasar FROM desk_pekan WHERE berlaku_dari <= ?1";
    let mut weeks = tx.list(all, params![Date::MAX], |row| {
        let word: String = row.get(1)?;
        let pekan = Pekan::parse(&word).map_err(|_| StoreError::unknown_word("pekan kerja", &word))?;
        Ok(Ketetapan { berlaku_dari: row.get(0)?, pekan, dasar: row.get(2)? })
    })?;
    weeks.sort_unstable_by_key(|one| one.berlaku_dari);
    Ok(weeks)
}

/// Keeps one, in place of what was to begin on the same day.
pub(super) fn set_week(tx: &mut Tx<'_>, one: &Ketetapan, oleh: &str) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "INSERT INTO desk_pekan (berlaku_dari, pekan, dasar, oleh_nama, pada) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (berlaku_dari) DO UPDATE SET pekan = excluded.pekan, dasar = excluded.dasar, oleh_nama = excluded.oleh_nama,
           pada = excluded.pada",
        params![one.berlaku_dari, one.pekan.as_str(), &one.dasar, oleh, now],
    )?;
    Ok(())
}

/// An open task with a due date.
pub(super) struct OpenTask {
    pub(super) tugas: String,
    pub(super) judul: String,
    pub(super) untuk: String,
    pub(super) tempo: Date,
    pub(super) sementara: bool,
    pub(super) dibuat: Moment,
}

/// Open tasks due within these days, in order.
pub(super) fn open_tasks(tx: &mut Tx<'_>, first: Date, last: Date) -> Result<Vec<OpenTask>> {
    tx.list(
        "SELECT id, judul, untuk, urutan, sementara, dibuat FROM desk_tugas
         WHERE status = 'terbuka' AND urutan >= ?1 AND urutan <= ?2 ORDER BY urutan, id",
        params![first.to_string(), last.to_string()],
        |row| {
            Ok(OpenTask {
                tugas: row.get(0)?,
                judul: row.get(1)?,
                untuk: row.get(2)?,
                tempo: row.get(3)?,
                sementara: row.get(4)?,
                dibuat: row.get(5)?,
            })
        },
    )
}

pub(super) fn was_moved(tx: &mut Tx<'_>, perubahan: &str, tugas: &str) -> Result<bool> {
    let found = tx.opt("SELECT id FROM desk_geser WHERE perubahan = ?1 AND tugas = ?2", params![perubahan, tugas], |_| Ok(()))?;
    Ok(found.is_some())
}

/// Moves a due date and notes it, unless the task was closed or moved meanwhile.
pub(super) fn move_due(tx: &mut Tx<'_>, event: &KalenderBerubah, one: &Moved) -> Result<()> {
    let changed = tx.exec(
        "UPDATE desk_tugas SET jatuh_tempo = ?3, urutan = ?3, sementara = ?4, versi = versi + 1
         WHERE id = ?1 AND status = 'terbuka' AND urutan = ?2",
        params![&one.tugas, one.dari.to_string(), one.ke.to_string(), one.sementara],
    )?;
    if changed == 0 {
        return Ok(());
    }
    let (id, now) = (tx.new_id()?, tx.now()?);
    // A date that only became certain is noted as told: nobody has to do anything about it.
    tx.exec(
        "INSERT INTO desk_geser (id, tahun, perubahan, sebab, tugas, judul, untuk, dari, ke, pada, diberitahu)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (perubahan, tugas) DO NOTHING",
        params![
            id,
            i64::from(event.tahun),
            &event.id,
            &event.sebab,
            &one.tugas,
            &one.judul,
            &one.untuk,
            one.dari,
            one.ke,
            now,
            one.dari == one.ke
        ],
    )?;
    Ok(())
}

/// Whoever holds tasks that this change moved and was not told yet, with title, old and new date of each.
#[allow(clippy::type_complexity, reason = "a holder with what moved")]
pub(super) fn untold(tx: &mut Tx<'_>, perubahan: &str) -> Result<Vec<(String, Vec<(String, Date, Date)>)>> {
    let rows = tx.list(
        "SELECT untuk, judul, dari, ke FROM desk_geser WHERE perubahan = ?1 AND diberitahu = FALSE ORDER BY untuk, id",
        params![perubahan],
        |row| Ok((row.get::<String>(0)?, (row.get(1)?, row.get(2)?, row.get(3)?))),
    )?;
    let mut grouped: Vec<(String, Vec<(String, Date, Date)>)> = Vec::new();
    for (untuk, task) in rows {
        match grouped.last_mut().filter(|(last, _)| *last == untuk) {
            Some((_, tasks)) => tasks.push(task),
            None => grouped.push((untuk, vec![task])),
        }
    }
    Ok(grouped)
}

pub(super) fn mark_told(tx: &mut Tx<'_>, perubahan: &str) -> Result<()> {
    tx.exec("UPDATE desk_geser SET diberitahu = TRUE WHERE perubahan = ?1 AND diberitahu = FALSE", params![perubahan])?;
    Ok(())
}

/// A due date that moved, as the page lists it.
pub(super) struct Geser {
    pub(super) id: Id,
    pub(super) judul: String,
    pub(super) dari: Date,
    pub(super) ke: Date,
    pub(super) sebab: String,
}

/// What moved because of a year, the latest first, before a row.
pub(super) fn moved(tx: &mut Tx<'_>, tahun: i16, before: Option<Id>, limit: i64) -> Result<Vec<Geser>> {
    let mut sql = Sql::new("SELECT id, judul, dari, ke, sebab FROM desk_geser");
    sql.filter("tahun = ?").bind(i64::from(tahun));
    if let Some(before) = before {
        sql.filter("id < ?").bind(before);
    }
    sql.push("ORDER BY id DESC LIMIT ?")
        .bind(limit)
        .list(tx, |row| Ok(Geser { id: row.get(0)?, judul: row.get(1)?, dari: row.get(2)?, ke: row.get(3)?, sebab: row.get(4)? }))
}
