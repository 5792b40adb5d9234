//! The only SQL about tasks and their counters.

use praja_kernel::{Date, Id};
use praja_store::{Result, Row, Sql, Tx, params};

use super::{After, NewTask, Status, Task, View, urutan};

pub(super) fn insert(tx: &mut Tx<'_>, task: &NewTask) -> Result<Id> {
    let (id, by) = (tx.new_id()?, tx.by()?);
    tx.exec(
        "INSERT INTO desk_tugas (id, untuk, judul, tautan, objek, jatuh_tempo, sementara, urutan, status, oleh, oleh_nama, dibuat)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            id,
            &task.untuk,
            &task.judul,
            &task.tautan,
            &task.objek,
            task.jatuh_tempo,
            task.sementara,
            urutan(task.jatuh_tempo),
            Status::Terbuka.as_str(),
            by.actor.key(),
            by.actor.nama(),
            by.at
        ],
    )?;
    Ok(id)
}

/// Closes open tasks about an object and gives whose they were, one for each.
pub(super) fn close(tx: &mut Tx<'_>, objek: &str, untuk: Option<&str>) -> Result<Vec<String>> {
    let by = tx.by()?;
    let mut sql = Sql::new("UPDATE desk_tugas SET versi = versi + 1, status = ?");
    sql.bind(Status::Selesai.as_str()).push(", selesai_pada = ?").bind(by.at).push(", selesai_oleh = ?").bind(by.actor.key());
    sql.filter("objek = ?").bind(objek).filter("status = ?").bind(Status::Terbuka.as_str());
    if let Some(untuk) = untuk {
        sql.filter("untuk = ?").bind(untuk);
    }
    sql.push("RETURNING untuk").list(tx, |row| row.get(0))
}

pub(super) fn is_open(tx: &mut Tx<'_>, objek: &str) -> Result<bool> {
    let found = tx.opt(
        "SELECT id FROM desk_tugas WHERE objek = ?1 AND status = ?2 LIMIT 1",
        params![objek, Status::Terbuka.as_str()],
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}

/// Moves a counter, and begins it where there is none.
pub(super) fn count(tx: &mut Tx<'_>, subject: &str, by: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO desk_hitung (subject, terbuka) VALUES (?1, ?2)
         ON CONFLICT (subject) DO UPDATE SET terbuka = desk_hitung.terbuka + excluded.terbuka",
        params![subject, by],
    )?;
    Ok(())
}

pub(super) fn open_count(tx: &mut Tx<'_>, subjects: &[String]) -> Result<i64> {
    let mut sql = Sql::new("SELECT terbuka FROM desk_hitung");
    sql.filter_in("subject", subjects.iter().map(String::as_str));
    Ok(sql.list(tx, |row| row.get::<i64>(0))?.into_iter().sum())
}

/// Open tasks of one subject due before `today`, at most `limit` of them counted.
pub(super) fn late(tx: &mut Tx<'_>, subject: &str, today: Date, limit: i64) -> Result<i64> {
    let rows = tx.list(
        "SELECT urutan FROM desk_tugas WHERE untuk = ?1 AND status = ?2 AND urutan < ?3 ORDER BY urutan, id DESC LIMIT ?4",
        params![subject, Status::Terbuka.as_str(), today, limit],
        |_| Ok(()),
    )?;
    Ok(i64::try_from(rows.len()).unwrap_or(limit))
}

pub(super) fn list(
    tx: &mut Tx<'_>,
    subject: &str,
    view: View,
    today: Date,
    after: Option<&After>,
    limit: i64,
) -> Result<Vec<Task>> {
    let status = if view == View::Selesai { Status::Selesai } else { Status::Terbuka };
    let mut sql = Sql::new(
        "SELECT id, untuk, judul, tautan, objek, jatuh_tempo, sementara, oleh_nama, dibuat, selesai_pada FROM desk_tugas",
    );
    sql.filter("untuk = ?").bind(subject).filter("status = ?").bind(status.as_str());
    if view == View::Terlambat {
        sql.filter("urutan < ?").bind(today);
    }
    match (view, after) {
        (_, None) => {}
        // The first predicate is the one the index can begin at.
        (View::Selesai, Some(After { urutan, id })) => {
            let ms: i64 = urutan.parse().unwrap_or(i64::MAX);
            sql.filter("selesai_pada <= ?").bind(ms).filter("(selesai_pada < ? OR id < ?)").bind(ms).bind(*id);
        }
        (_, Some(After { urutan, id })) => {
            sql.filter("urutan >= ?").bind(urutan).filter("(urutan > ? OR id < ?)").bind(urutan).bind(*id);
        }
    }
    sql.push(match view {
        View::Selesai => "ORDER BY selesai_pada DESC, id DESC LIMIT ?",
        View::Terbuka | View::Terlambat => "ORDER BY urutan, id DESC LIMIT ?",
    });
    sql.bind(limit).list(tx, read)
}

/// Columns: id, untuk, judul, tautan, objek, jatuh_tempo, sementara, oleh_nama, dibuat, selesai_pada.
fn read(row: &Row<'_>) -> Result<Task> {
    Ok(Task {
        id: row.get(0)?,
        untuk: row.get(1)?,
        judul: row.get(2)?,
        tautan: row.get(3)?,
        objek: row.get(4)?,
        jatuh_tempo: row.get(5)?,
        sementara: row.get(6)?,
        oleh: row.get(7)?,
        dibuat: row.get(8)?,
        selesai_pada: row.get(9)?,
    })
}
