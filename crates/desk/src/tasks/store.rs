//! The only SQL about tasks and their counters.

use praja_kernel::{Date, Id, escape_like, fold};
use praja_store::{Result, Row, Sql, Tx, params};

use super::{After, Filter, NewTask, Status, Task, View, urutan};

pub(super) fn insert(tx: &mut Tx<'_>, task: &NewTask, sebagai: Option<Id>, ringan: bool) -> Result<Id> {
    let (id, by) = (tx.new_id()?, tx.by()?);
    tx.exec(
        "INSERT INTO desk_tugas (id, untuk, judul, tautan, objek, jatuh_tempo, sementara, urutan, status, oleh, oleh_nama, dibuat,
           fold, sebagai, ringan)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
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
            by.at,
            fold(&task.judul),
            sebagai,
            ringan
        ],
    )?;
    Ok(id)
}

/// Closes open tasks about an object and gives whose they were, one for each.
pub(super) fn close(tx: &mut Tx<'_>, objek: &str, untuk: Option<&str>) -> Result<Vec<String>> {
    let by = tx.by()?;
    let mut sql = Sql::new("UPDATE desk_tugas SET versi = versi + 1, status = ?");
    sql.bind(Status::Selesai.as_str()).push(", selesai_pada = ?").bind(by.at).push(", selesai_oleh = ?").bind(by.actor.key());
    sql.push(", selesai_nama = ?").bind(by.actor.nama());
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

/// Who holds an open task about a thing.
pub(super) fn holders(tx: &mut Tx<'_>, objek: &str) -> Result<Vec<String>> {
    tx.list(
        "SELECT untuk FROM desk_tugas WHERE objek = ?1 AND status = ?2 ORDER BY objek, status LIMIT 200",
        params![objek, Status::Terbuka.as_str()],
        |row| row.get(0),
    )
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
    filter: &Filter,
    today: Date,
    after: Option<&After>,
    limit: i64,
) -> Result<Vec<Task>> {
    let view = filter.view;
    let status = if view == View::Selesai { Status::Selesai } else { Status::Terbuka };
    let mut sql = Sql::new(
        "SELECT id, untuk, judul, tautan, objek, jatuh_tempo, sementara, oleh_nama, dibuat, selesai_pada,
           selesai_nama, semula_nama, ringan FROM desk_tugas",
    );
    sql.filter("untuk = ?").bind(subject).filter("status = ?").bind(status.as_str());
    if view == View::Terlambat {
        sql.filter("urutan < ?").bind(today);
    }
    if view == View::Pekan {
        let week = super::week_after(today);
        sql.filter("urutan >= ?").bind(today).filter("urutan <= ?").bind(week);
    }
    if let Some(modul) = &filter.modul {
        sql.filter("objek LIKE ? ESCAPE '!'").bind(format!("{}!_%", escape_like(modul)));
    }
    for word in fold(&filter.kata).split_whitespace() {
        sql.filter("fold LIKE ? ESCAPE '!'").bind(format!("%{}%", escape_like(word)));
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
        View::Terbuka | View::Terlambat | View::Pekan => "ORDER BY urutan, id DESC LIMIT ?",
    });
    sql.bind(limit).list(tx, read)
}

/// Closes or opens a light task of one subject; says whether it was one.
pub(super) fn switch_light(tx: &mut Tx<'_>, id: Id, untuk: &str, from: Status, to: Status) -> Result<bool> {
    let by = tx.by()?;
    let done = to == Status::Selesai;
    let changed = tx.exec(
        "UPDATE desk_tugas SET status = ?4, selesai_pada = ?5, selesai_oleh = ?6, selesai_nama = ?7, versi = versi + 1
         WHERE id = ?1 AND untuk = ?2 AND status = ?3 AND ringan = TRUE",
        params![
            id,
            untuk,
            from.as_str(),
            to.as_str(),
            done.then_some(by.at),
            done.then(|| by.actor.key()),
            done.then(|| by.actor.nama().to_owned())
        ],
    )?;
    Ok(changed == 1)
}

/// Gives the open tasks that a person holds for a post to another subject; gives how many.
pub(super) fn pass_on(tx: &mut Tx<'_>, jabatan: Id, dari: &str, dari_nama: &str, kepada: &str) -> Result<i64> {
    let now = tx.now()?;
    let moved = tx.exec(
        "UPDATE desk_tugas SET untuk = ?3, semula_nama = ?4, alih_pada = ?5, versi = versi + 1
         WHERE sebagai = ?1 AND status = ?6 AND untuk = ?2",
        params![jabatan, dari, kepada, dari_nama, now, Status::Terbuka.as_str()],
    )?;
    Ok(i64::try_from(moved).unwrap_or(0))
}

/// Notes on the open tasks of a post who held it before; gives how many there are.
pub(super) fn note_former(tx: &mut Tx<'_>, untuk: &str, dari_nama: &str) -> Result<i64> {
    let now = tx.now()?;
    let noted = tx.exec(
        "UPDATE desk_tugas SET semula_nama = ?2, alih_pada = ?3 WHERE untuk = ?1 AND status = ?4",
        params![untuk, dari_nama, now, Status::Terbuka.as_str()],
    )?;
    Ok(i64::try_from(noted).unwrap_or(0))
}

/// Writes down a hand-over.
pub(super) fn log_handover(
    tx: &mut Tx<'_>,
    jabatan: Id,
    dari: Option<&(Id, String)>,
    kepada: Option<&(Id, String)>,
    tugas: i64,
) -> Result<()> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO desk_alih (id, jabatan, dari, dari_nama, kepada, kepada_nama, tugas, pada) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            id,
            jabatan,
            dari.map(|(orang, _)| *orang),
            dari.map(|(_, nama)| nama.as_str()),
            kepada.map(|(orang, _)| *orang),
            kepada.map(|(_, nama)| nama.as_str()),
            tugas,
            now
        ],
    )?;
    Ok(())
}

/// Columns: id, untuk, judul, tautan, objek, jatuh_tempo, sementara, oleh_nama, dibuat, selesai_pada, selesai_nama, semula_nama,
/// ringan.
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
        selesai_oleh: row.get(10)?,
        semula: row.get(11)?,
        ringan: row.get(12)?,
    })
}
