//! The only SQL about surat masuk.
//!
//! Lists walk one index per subject of the scope and merge the pages here. One statement with UNION ALL would be merged by SQLite
//! as well, but PostgreSQL reads and sorts every row of every subject for it.

use praja_kernel::{Date, Derajat, Id, Moment, Scope, Sifat, fold};
use praja_store::{FromValue, Result, Row, Sql, StoreError, Tx, params};

use super::{
    Isi, RAHASIA, Status, SuratMasuk,
    alur::Langkah,
    write::{Pengantar, Tersimpan},
};

/// Rows of one page.
pub(crate) const PAGE: usize = 50;
/// A count stops here.
pub(crate) const COUNT_CAP: i64 = 1000;

/// What a list is narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Filter {
    /// Everything, newest first.
    All,
    /// One state, newest first.
    Status(Status),
    /// Open letters whose deadline passed before this moment, latest deadline first.
    Late(Moment),
}

/// A place between two rows of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// When the row was registered; for late letters their deadline.
    pub(crate) kunci: i64,
    /// The row.
    pub(crate) id: Id,
}

/// Which neighbouring page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The newest rows.
    Top,
    /// Below a row.
    Older(Cursor),
    /// Above a row.
    Newer(Cursor),
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Baris {
    pub(crate) kunci: i64,
    pub(crate) id: Id,
    pub(crate) agenda: i64,
    pub(crate) tahun: i64,
    pub(crate) tanggal_terima: Date,
    pub(crate) asal: String,
    pub(crate) nomor_surat: Option<String>,
    pub(crate) tanggal_surat: Date,
    pub(crate) hal: String,
    pub(crate) sifat: Sifat,
    pub(crate) derajat: Derajat,
    pub(crate) status: Status,
    pub(crate) tenggat: Moment,
    pub(crate) created_at: Moment,
    pub(crate) klasifikasi: Option<String>,
    pub(crate) tujuan: Option<String>,
    pub(crate) disposisi_terakhir: String,
    /// Whose agenda book the number is in.
    pub(crate) opd: Id,
}

impl Baris {
    /// Its place in the list it came from.
    pub(crate) fn cursor(&self) -> Cursor {
        Cursor { kunci: self.kunci, id: self.id }
    }

    fn place(&self) -> (i64, Id) {
        (self.kunci, self.id)
    }
}

/// One page of a list, newest first, and where its neighbours are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) rows: Vec<Baris>,
    pub(crate) newer: Option<Cursor>,
    pub(crate) older: Option<Cursor>,
}

/// A letter that was registered before with the same sender, number and date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kembar {
    pub(crate) id: Id,
    pub(crate) agenda: i64,
    pub(crate) tahun: i64,
    pub(crate) diterima: Date,
}

/// Saves a new letter and who may see it: two statements.
pub(crate) fn insert(tx: &mut Tx<'_>, surat: &SuratMasuk, readers: &[String]) -> Result<()> {
    let isi = &surat.isi;
    tx.exec(
        "INSERT INTO eoffice_surat_masuk (id, opd, tahun, agenda, asal, asal_fold, nomor_surat, nomor_fold, tanggal_surat,
            tanggal_terima, hal, ringkasan, klasifikasi, sifat, derajat, tujuan, jumlah_lampiran, lokasi, status, tenggat,
            tenggat_sementara, pemegang, pemegang_sejak, created_at, versi, instansi, pencatat, penerima, disposisi_terakhir,
            disposisi_pada, selesai_pada, penutup)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25,
            ?26, ?27, ?28, ?29, ?30, ?31, ?32)",
        params![
            surat.id,
            surat.opd,
            surat.tahun,
            surat.agenda,
            &isi.asal,
            fold(&isi.asal),
            isi.nomor_surat.as_deref(),
            nomor_fold(isi),
            isi.tanggal_surat,
            isi.tanggal_terima,
            &isi.hal,
            isi.ringkasan.as_deref(),
            isi.klasifikasi.as_deref(),
            isi.sifat.as_str(),
            isi.derajat.as_str(),
            isi.tujuan.as_deref(),
            isi.jumlah_lampiran,
            isi.lokasi.as_deref(),
            surat.status.as_str(),
            surat.tenggat,
            surat.tenggat_sementara,
            &surat.pemegang,
            surat.pemegang_sejak,
            surat.created_at,
            surat.versi,
            isi.instansi,
            surat.pencatat,
            surat.penerima,
            &surat.disposisi_terakhir,
            surat.disposisi_pada,
            surat.selesai_pada,
            surat.penutup.as_deref()
        ],
    )?;
    allow(tx, surat, readers)
}

/// Lets subjects see that a letter is there; those who may already are left as they are.
pub(crate) fn allow(tx: &mut Tx<'_>, surat: &SuratMasuk, readers: &[String]) -> Result<()> {
    if readers.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("INSERT INTO eoffice_akses (id, subject, created_at, status, tenggat) VALUES");
    for (at, reader) in readers.iter().enumerate() {
        sql.push(if at == 0 { "(?, ?, ?, ?, ?)" } else { ", (?, ?, ?, ?, ?)" });
        sql.bind(surat.id).bind(reader).bind(surat.created_at).bind(surat.status.as_str()).bind(running(surat));
    }
    sql.push("ON CONFLICT (id, subject) DO NOTHING").exec(tx)?;
    Ok(())
}

/// Takes back what an order gave that was withdrawn unread: a right, not a record; the trail keeps both acts.
pub(crate) fn disallow(tx: &mut Tx<'_>, surat: Id, subjects: &[String]) -> Result<()> {
    for subject in subjects {
        tx.exec("DELETE FROM eoffice_akses WHERE id = ?1 AND subject = ?2", params![surat, subject])?;
        tx.exec("DELETE FROM eoffice_pembuka WHERE surat = ?1 AND subject = ?2", params![surat, subject])?;
    }
    Ok(())
}

/// Everybody who may see a letter.
pub(crate) fn readers_of(tx: &mut Tx<'_>, surat: Id) -> Result<Vec<String>> {
    tx.list("SELECT subject FROM eoffice_akses WHERE id = ?1", params![surat], |row| row.get(0))
}

/// Lets subjects open what is in a secret letter.
pub(crate) fn allow_opening(tx: &mut Tx<'_>, surat: Id, subjects: &[String]) -> Result<()> {
    for subject in subjects {
        tx.exec(
            "INSERT INTO eoffice_pembuka (surat, subject) VALUES (?1, ?2) ON CONFLICT (surat, subject) DO NOTHING",
            params![surat, subject],
        )?;
    }
    Ok(())
}

/// Everybody who may open a secret letter.
pub(crate) fn openers_of(tx: &mut Tx<'_>, surat: Id) -> Result<Vec<String>> {
    tx.list("SELECT subject FROM eoffice_pembuka WHERE surat = ?1", params![surat], |row| row.get(0))
}

/// Was a secret letter opened to one of the scope's subjects?
pub(crate) fn opens(tx: &mut Tx<'_>, scope: &Scope, surat: Id) -> Result<bool> {
    let mut sql = Sql::new("SELECT subject FROM eoffice_pembuka");
    sql.filter("surat = ?").bind(surat).filter_in("subject", scope.subjects()).push("LIMIT 1");
    Ok(sql.opt(tx, |_| Ok(()))?.is_some())
}

/// Saves how far a letter is and who holds it; `false` when somebody was first.
pub(crate) fn update(tx: &mut Tx<'_>, surat: &SuratMasuk) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE eoffice_surat_masuk SET status = ?3, pemegang = ?4, pemegang_sejak = ?5, penerima = ?6, disposisi_terakhir = ?7,
            disposisi_pada = ?8, selesai_pada = ?9, penutup = ?10, tenggat = ?11, tenggat_sementara = ?12, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![
            surat.id,
            surat.versi,
            surat.status.as_str(),
            &surat.pemegang,
            surat.pemegang_sejak,
            surat.penerima,
            &surat.disposisi_terakhir,
            surat.disposisi_pada,
            surat.selesai_pada,
            surat.penutup.as_deref(),
            surat.tenggat,
            surat.tenggat_sementara
        ],
    )?;
    tx.exec(
        "UPDATE eoffice_akses SET status = ?2, tenggat = ?3 WHERE id = ?1",
        params![surat.id, surat.status.as_str(), running(surat)],
    )?;
    Ok(changed == 1)
}

/// The letter registered before with the same sender, number and date.
pub(crate) fn kembar(tx: &mut Tx<'_>, opd: Id, isi: &Isi) -> Result<Option<Kembar>> {
    tx.opt(
        "SELECT id, agenda, tahun, tanggal_terima FROM eoffice_surat_masuk
         WHERE opd = ?1 AND nomor_fold = ?2 AND tanggal_surat = ?3 AND asal_fold = ?4 LIMIT 1",
        params![opd, nomor_fold(isi), isi.tanggal_surat, fold(&isi.asal)],
        |row| Ok(Kembar { id: row.get(0)?, agenda: row.get(1)?, tahun: row.get(2)?, diterima: row.get(3)? }),
    )
}

/// One letter that the scope may see; a secret one without subject and summary.
pub(crate) fn find(tx: &mut Tx<'_>, scope: &Scope, id: Id) -> Result<Option<SuratMasuk>> {
    Ok(find_opened(tx, scope, id)?.map(SuratMasuk::masked))
}

const SURAT: &str =
    "s.id, s.opd, s.tahun, s.agenda, s.asal, s.nomor_surat, s.tanggal_surat, s.tanggal_terima, s.hal, s.ringkasan,
    s.klasifikasi, s.sifat, s.derajat, s.tujuan, s.jumlah_lampiran, s.lokasi, s.status, s.tenggat, s.tenggat_sementara,
    s.pemegang, s.pemegang_sejak, s.created_at, s.versi, s.instansi, s.pencatat, s.penerima, s.disposisi_terakhir,
    s.disposisi_pada, s.selesai_pada, s.penutup";

/// One letter that the scope may see, with everything in it. Only for who may open it, and only where that is written down.
pub(crate) fn find_opened(tx: &mut Tx<'_>, scope: &Scope, id: Id) -> Result<Option<SuratMasuk>> {
    let mut sql = Sql::new("SELECT");
    sql.push(SURAT).push("FROM eoffice_akses a JOIN eoffice_surat_masuk s ON s.id = a.id").filter("a.id = ?").bind(id);
    sql.filter_in("a.subject", scope.subjects()).push("LIMIT 1");
    sql.opt(tx, read_surat)
}

/// One letter, whoever asks: for background work, which shows it to nobody.
pub(crate) fn find_any(tx: &mut Tx<'_>, id: Id) -> Result<Option<SuratMasuk>> {
    let mut sql = Sql::new("SELECT");
    sql.push(SURAT).push("FROM eoffice_surat_masuk s").filter("s.id = ?").bind(id);
    sql.opt(tx, read_surat)
}

/// Letters whose deadline may still move, by deadline.
pub(crate) fn provisional(tx: &mut Tx<'_>, after: (Moment, Id), limit: i64) -> Result<Vec<SuratMasuk>> {
    let mut sql = Sql::new("SELECT");
    sql.push(SURAT).push("FROM eoffice_surat_masuk s").filter("s.tenggat_sementara = TRUE");
    sql.filter("(s.tenggat, s.id) > (?, ?)").bind(after.0).bind(after.1);
    sql.push("ORDER BY s.tenggat, s.id LIMIT ?").bind(limit).list(tx, read_surat)
}

/// A page of what the scope may see.
pub(crate) fn list(tx: &mut Tx<'_>, scope: &Scope, filter: Filter, place: Place) -> Result<Page> {
    page(tx, &scope.subjects(), filter, place, PAGE)
}

/// A page of another size, for taking the list along.
pub(crate) fn list_many(tx: &mut Tx<'_>, scope: &Scope, filter: Filter, place: Place, size: usize) -> Result<Page> {
    page(tx, &scope.subjects(), filter, place, size)
}

fn page(tx: &mut Tx<'_>, subjects: &[String], filter: Filter, place: Place, size: usize) -> Result<Page> {
    let mut rows = walk(tx, subjects, filter, place, size + 1)?;
    let more = rows.len() > size;
    rows.truncate(size);
    let (newer, older) = match place {
        Place::Top => (false, more),
        Place::Older(_) => (true, more),
        Place::Newer(_) => (more, true),
    };
    if matches!(place, Place::Newer(_)) {
        rows.reverse();
    }
    let newer = rows.first().filter(|_| newer).map(Baris::cursor);
    let older = rows.last().filter(|_| older).map(Baris::cursor);
    Ok(Page { rows, newer, older })
}

/// Reads `wanted` rows in the direction of `place`: so many of each subject, merged. A letter that reaches the scope by two
/// subjects comes twice.
fn walk(tx: &mut Tx<'_>, subjects: &[String], filter: Filter, place: Place, wanted: usize) -> Result<Vec<Baris>> {
    let mut rows: Vec<Baris> = Vec::new();
    for subject in subjects {
        let some = walk_one(tx, subject, filter, place, wanted)?;
        if rows.is_empty() { rows = some } else { rows.extend(some) }
    }
    match place {
        Place::Top | Place::Older(_) => rows.sort_by_key(|row| std::cmp::Reverse(row.place())),
        Place::Newer(_) => rows.sort_by_key(Baris::place),
    }
    rows.dedup_by_key(|row| row.id);
    rows.truncate(wanted);
    Ok(rows)
}

/// The letters of one subject: a walk along one index that stops when there are enough.
fn walk_one(tx: &mut Tx<'_>, subject: &str, filter: Filter, place: Place, wanted: usize) -> Result<Vec<Baris>> {
    let late = matches!(filter, Filter::Late(_));
    let mut sql = Sql::new(if late { "SELECT a.tenggat, a.id," } else { "SELECT a.created_at, a.id," });
    sql.push(
        "s.agenda, s.tahun, s.tanggal_terima, s.asal, s.nomor_surat, s.tanggal_surat, s.hal, s.sifat, s.derajat, s.status,
            s.tenggat, s.created_at, s.klasifikasi, s.tujuan, s.disposisi_terakhir, s.opd
         FROM eoffice_akses a JOIN eoffice_surat_masuk s ON s.id = a.id",
    );
    sql.filter("a.subject = ?").bind(subject);
    match filter {
        Filter::All => {}
        Filter::Status(status) => {
            sql.filter("a.status = ?").bind(status.as_str());
        }
        Filter::Late(now) => {
            sql.filter("a.tenggat < ?").bind(now);
        }
    }
    let below = match place {
        Place::Top => None,
        Place::Older(cursor) if late => Some(("(a.tenggat, a.id) < (?, ?)", cursor)),
        Place::Older(cursor) => Some(("(a.created_at, a.id) < (?, ?)", cursor)),
        Place::Newer(cursor) if late => Some(("(a.tenggat, a.id) > (?, ?)", cursor)),
        Place::Newer(cursor) => Some(("(a.created_at, a.id) > (?, ?)", cursor)),
    };
    if let Some((predicate, cursor)) = below {
        sql.filter(predicate).bind(cursor.kunci).bind(cursor.id);
    }
    sql.push(match (place, late) {
        (Place::Newer(_), true) => "ORDER BY a.tenggat, a.id LIMIT ?",
        (Place::Newer(_), false) => "ORDER BY a.created_at, a.id LIMIT ?",
        (_, true) => "ORDER BY a.tenggat DESC, a.id DESC LIMIT ?",
        (_, false) => "ORDER BY a.created_at DESC, a.id DESC LIMIT ?",
    });
    sql.bind(i64::try_from(wanted).unwrap_or(i64::MAX));
    sql.list(tx, read_baris)
}

/// Letters by what the search found, as far as the scope may see them; newest first.
pub(crate) fn list_found(tx: &mut Tx<'_>, scope: &Scope, ids: &[Id]) -> Result<Vec<Baris>> {
    let mut sql = found(scope);
    sql.filter_in("s.id", ids.iter().copied());
    let mut rows = sql.list(tx, read_baris)?;
    rows.sort_by_key(|row| std::cmp::Reverse(row.place()));
    Ok(rows)
}

/// Letters by agenda number, in one year or in all.
pub(crate) fn list_agenda(tx: &mut Tx<'_>, scope: &Scope, agenda: i64, tahun: &[i64]) -> Result<Vec<Baris>> {
    let mut sql = found(scope);
    sql.filter_in("s.opd", scope.opd_set.iter().copied());
    sql.filter_in("s.tahun", tahun.iter().copied());
    sql.filter("s.agenda = ?").bind(agenda);
    let mut rows = sql.list(tx, read_baris)?;
    rows.sort_by_key(|row| std::cmp::Reverse(row.place()));
    Ok(rows)
}

fn found(scope: &Scope) -> Sql {
    let mut sql = Sql::new(
        "SELECT s.created_at, s.id, s.agenda, s.tahun, s.tanggal_terima, s.asal, s.nomor_surat, s.tanggal_surat, s.hal, s.sifat,
            s.derajat, s.status, s.tenggat, s.created_at, s.klasifikasi, s.tujuan, s.disposisi_terakhir, s.opd
         FROM eoffice_surat_masuk s",
    );
    sql.filter("EXISTS (SELECT 1 FROM eoffice_akses a WHERE a.id = s.id AND (1 = 0");
    for subject in scope.subjects() {
        sql.push("OR a.subject = ?").bind(subject);
    }
    sql.push("))");
    sql
}

/// The letters that a subject sees by its own name, newest first, below a place.
pub(crate) fn seen_by(tx: &mut Tx<'_>, subject: &str, below: Option<Cursor>, limit: usize) -> Result<Vec<Cursor>> {
    let mut sql = Sql::new("SELECT created_at, id FROM eoffice_akses");
    sql.filter("subject = ?").bind(subject);
    if let Some(Cursor { kunci, id }) = below {
        sql.filter("(created_at, id) < (?, ?)").bind(kunci).bind(id);
    }
    sql.push("ORDER BY created_at DESC, id DESC LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX));
    sql.list(tx, |row| Ok(Cursor { kunci: row.get(0)?, id: row.get(1)? }))
}

/// Open letters past their deadline, at most [`COUNT_CAP`] + 1 for each subject: read from the index alone.
pub(crate) fn count_late(tx: &mut Tx<'_>, scope: &Scope, now: Moment) -> Result<i64> {
    count(tx, scope, "SELECT id FROM eoffice_akses WHERE subject = ?1 AND tenggat < ?2 LIMIT ?3", now)
}

/// Letters registered since a moment, at most [`COUNT_CAP`] + 1 for each subject: read from the index alone.
pub(crate) fn count_since(tx: &mut Tx<'_>, scope: &Scope, since: Moment) -> Result<i64> {
    count(tx, scope, "SELECT id FROM eoffice_akses WHERE subject = ?1 AND created_at >= ?2 LIMIT ?3", since)
}

/// Open letters of one subject past their deadline, at most [`COUNT_CAP`].
pub(crate) fn late_of(tx: &mut Tx<'_>, subject: &str, now: Moment) -> Result<usize> {
    let sql = "SELECT id FROM eoffice_akses WHERE subject = ?1 AND tenggat < ?2 LIMIT ?3";
    Ok(tx.list(sql, params![subject, now, COUNT_CAP], |_| Ok(()))?.len())
}

/// Counted here and not by the engine, whose COUNT over a limited list is a walk over that list besides.
fn count(tx: &mut Tx<'_>, scope: &Scope, sql: &'static str, moment: Moment) -> Result<i64> {
    let mut all = 0;
    for subject in scope.subjects() {
        all += tx.list(sql, params![subject, moment, COUNT_CAP + 1], |_| Ok(()))?.len();
    }
    Ok(i64::try_from(all).unwrap_or(i64::MAX))
}

/// Letters that lie on a desk and wait for an order, newest first; nothing of Sangat rahasia for the aide.
pub(crate) fn list_on_desk(tx: &mut Tx<'_>, jabatan: Id, limit: i64) -> Result<Vec<Baris>> {
    let subject = format!("jabatan:{jabatan}");
    let rows = walk_one(tx, &subject, Filter::Status(Status::Diarahkan), Place::Top, usize::try_from(limit).unwrap_or(PAGE))?;
    Ok(rows)
}

/// Saves the covering letter of a letter that is sent away.
pub(crate) fn insert_pengantar(tx: &mut Tx<'_>, surat: Id, saved: &Tersimpan) -> Result<()> {
    let (isi, now) = (&saved.isi, tx.now()?);
    tx.exec(
        "INSERT INTO eoffice_pengantar (surat, jenis, kepada, kepada_opd, nomor, tanggal, alasan, oleh_nama, oleh_jabatan, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            surat,
            isi.langkah.as_str(),
            &isi.kepada,
            isi.kepada_opd,
            &isi.nomor,
            isi.tanggal,
            &isi.alasan,
            &saved.oleh_nama,
            &saved.oleh_jabatan,
            now
        ],
    )?;
    Ok(())
}

/// The covering letter of a letter that was sent away. The caller has checked that the letter may be seen.
pub(crate) fn pengantar(tx: &mut Tx<'_>, surat: Id) -> Result<Option<Tersimpan>> {
    tx.opt(
        "SELECT jenis, kepada, kepada_opd, nomor, tanggal, alasan, oleh_nama, oleh_jabatan FROM eoffice_pengantar WHERE surat = ?1",
        params![surat],
        |row| {
            let jenis: String = row.get(0)?;
            Ok(Tersimpan {
                isi: Pengantar {
                    langkah: Langkah::parse(&jenis).map_err(|_| StoreError::unknown_word("langkah surat masuk", &jenis))?,
                    kepada: row.get(1)?,
                    kepada_opd: row.get(2)?,
                    nomor: row.get(3)?,
                    tanggal: row.get(4)?,
                    alasan: row.get(5)?,
                },
                oleh_nama: row.get(6)?,
                oleh_jabatan: row.get(7)?,
            })
        },
    )
}

/// One page of the agenda book of one OPD: letters received in a period, by date and number. `after` is the last row before.
pub(crate) fn book(
    tx: &mut Tx<'_>,
    scope: &Scope,
    opd: Id,
    period: (Date, Date),
    after: Option<(Date, i64, Id)>,
    newest_first: bool,
    limit: usize,
) -> Result<Vec<Baris>> {
    let mut sql = Sql::new(
        "SELECT s.agenda, s.id, s.agenda, s.tahun, s.tanggal_terima, s.asal, s.nomor_surat, s.tanggal_surat, s.hal, s.sifat,
            s.derajat, s.status, s.tenggat, s.created_at, s.klasifikasi, s.tujuan, s.disposisi_terakhir, s.opd
         FROM eoffice_surat_masuk s",
    );
    sql.filter("s.opd = ?").bind(opd);
    let (mut from, mut to) = period;
    if let Some((day, _, _)) = after {
        if newest_first { to = to.min(day) } else { from = from.max(day) }
    }
    sql.filter("s.tanggal_terima >= ?").bind(from).filter("s.tanggal_terima <= ?").bind(to);
    if let Some((day, agenda, id)) = after {
        let below = "(s.tanggal_terima, s.agenda, s.id) < (?, ?, ?)";
        let above = "(s.tanggal_terima, s.agenda, s.id) > (?, ?, ?)";
        sql.filter(if newest_first { below } else { above }).bind(day).bind(agenda).bind(id);
    }
    sql.filter("EXISTS (SELECT 1 FROM eoffice_akses a WHERE a.id = s.id AND (1 = 0");
    for subject in scope.subjects() {
        sql.push("OR a.subject = ?").bind(subject);
    }
    sql.push("))");
    sql.push(if newest_first {
        "ORDER BY s.tanggal_terima DESC, s.agenda DESC, s.id DESC LIMIT ?"
    } else {
        "ORDER BY s.tanggal_terima, s.agenda, s.id LIMIT ?"
    });
    sql.bind(i64::try_from(limit).unwrap_or(i64::MAX)).list(tx, read_baris)
}

/// Letters without a number compare as an empty text.
pub(crate) fn nomor_fold(isi: &Isi) -> String {
    isi.nomor_surat.as_deref().map_or_else(String::new, |nomor| fold(nomor).split_whitespace().collect())
}

fn running(surat: &SuratMasuk) -> Option<Moment> {
    surat.status.is_open().then_some(surat.tenggat)
}

/// A stored word that no choice has is a fault of ours, not of the reader.
struct Word<T>(T);

impl<T: std::str::FromStr<Err = praja_kernel::UnknownWord>> FromValue for Word<T> {
    fn from_value(value: praja_store::ValueRef<'_>) -> Result<Self> {
        let praja_store::ValueRef::Text(word) = value else {
            return Err(StoreError::Corrupt("a word was expected".into()));
        };
        word.parse().map(Self).map_err(|unknown: praja_kernel::UnknownWord| StoreError::unknown_word(unknown.noun, &unknown.word))
    }
}

fn word<T: std::str::FromStr<Err = praja_kernel::UnknownWord>>(row: &Row<'_>, at: usize) -> Result<T> {
    Ok(row.get::<Word<T>>(at)?.0)
}

fn read_baris(row: &Row<'_>) -> Result<Baris> {
    let sifat: Sifat = word(row, 9)?;
    let hal = if sifat.is_secret() { RAHASIA.to_owned() } else { row.get(8)? };
    Ok(Baris {
        kunci: row.get(0)?,
        id: row.get(1)?,
        agenda: row.get(2)?,
        tahun: row.get(3)?,
        tanggal_terima: row.get(4)?,
        asal: row.get(5)?,
        nomor_surat: row.get(6)?,
        tanggal_surat: row.get(7)?,
        hal,
        sifat,
        derajat: word(row, 10)?,
        status: word(row, 11)?,
        tenggat: row.get(12)?,
        created_at: row.get(13)?,
        klasifikasi: row.get(14)?,
        tujuan: row.get(15)?,
        disposisi_terakhir: row.get(16)?,
        opd: row.get(17)?,
    })
}

fn read_surat(row: &Row<'_>) -> Result<SuratMasuk> {
    let isi = Isi {
        asal: row.get(4)?,
        instansi: row.get(23)?,
        nomor_surat: row.get(5)?,
        tanggal_surat: row.get(6)?,
        tanggal_terima: row.get(7)?,
        hal: row.get(8)?,
        ringkasan: row.get(9)?,
        klasifikasi: row.get(10)?,
        sifat: word(row, 11)?,
        derajat: word(row, 12)?,
        tujuan: row.get(13)?,
        jumlah_lampiran: row.get(14)?,
        lokasi: row.get(15)?,
    };
    Ok(SuratMasuk {
        id: row.get(0)?,
        opd: row.get(1)?,
        tahun: row.get(2)?,
        agenda: row.get(3)?,
        isi,
        status: word(row, 16)?,
        tenggat: row.get(17)?,
        tenggat_sementara: row.get(18)?,
        pemegang: row.get(19)?,
        pemegang_sejak: row.get(20)?,
        created_at: row.get(21)?,
        versi: row.get(22)?,
        pencatat: row.get(24)?,
        penerima: row.get(25)?,
        disposisi_terakhir: row.get(26)?,
        disposisi_pada: row.get(27)?,
        selesai_pada: row.get(28)?,
        penutup: row.get(29)?,
    })
}
