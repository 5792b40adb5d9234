//! The only SQL about registers and numbers.

use praja_kernel::{Date, Id};
use praja_store::{Result, Sql, StoreError, Tx, Value, params};

use super::{Asal, Cakupan, Nomor, Pemilik, Register, Status};

/// A register as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// Its row.
    pub id: Id,
    /// The OPD that keeps it; [`Register::daerah`] for one that the whole regency shares.
    pub opd: Id,
    /// What is numbered.
    pub kelompok: String,
    /// Its year.
    pub tahun: i64,
    /// The last place given out.
    pub terakhir: i64,
    /// Who gives its numbers.
    pub pemilik: Pemilik,
    /// The decree by which the owner was changed; may be empty.
    pub dasar: String,
    /// So many numbers are set aside by itself for each day.
    pub cadangan_harian: i64,
    /// The day of the last number; agenda numbers have none.
    pub tanggal_akhir: Option<Date>,
}

impl Book {
    /// Which register this is.
    pub fn register(&self) -> Register<'_> {
        Register { opd: self.opd, kelompok: &self.kelompok, tahun: self.tahun }
    }
}

/// A number about to be written.
pub(super) struct Row<'a> {
    pub(super) urut: i64,
    pub(super) nomor: &'a str,
    pub(super) unik: &'a str,
    pub(super) status: Status,
    pub(super) asal: Asal,
    pub(super) objek: &'a str,
    pub(super) tanggal: Option<Date>,
    pub(super) jenis: &'a str,
    pub(super) keterangan: &'a str,
}

/// The register of this key, begun when nobody has drawn from it yet.
pub(super) fn ensure(tx: &mut Tx<'_>, key: &Register<'_>) -> Result<Book> {
    let id = tx.new_id()?;
    tx.exec(
        "INSERT INTO desk_register (id, opd, kelompok, tahun, terakhir) VALUES (?1, ?2, ?3, ?4, 0)
         ON CONFLICT (opd, kelompok, tahun) DO NOTHING",
        params![id, key.opd, key.kelompok, key.tahun],
    )?;
    tx.one(
        "SELECT id, opd, kelompok, tahun, terakhir, pemilik, dasar, cadangan_harian, tanggal_akhir FROM desk_register
         WHERE opd = ?1 AND kelompok = ?2 AND tahun = ?3",
        params![key.opd, key.kelompok, key.tahun],
        read_book,
    )
}

/// A register by its row.
pub fn book(tx: &mut Tx<'_>, id: Id) -> Result<Option<Book>> {
    tx.opt(
        "SELECT id, opd, kelompok, tahun, terakhir, pemilik, dasar, cadangan_harian, tanggal_akhir FROM desk_register WHERE id = ?1",
        params![id],
        read_book,
    )
}

/// A register by its key, when it was opened.
pub(super) fn book_of(tx: &mut Tx<'_>, key: &Register<'_>) -> Result<Option<Book>> {
    tx.opt(
        "SELECT id, opd, kelompok, tahun, terakhir, pemilik, dasar, cadangan_harian, tanggal_akhir FROM desk_register
         WHERE opd = ?1 AND kelompok = ?2 AND tahun = ?3",
        params![key.opd, key.kelompok, key.tahun],
        read_book,
    )
}

/// The registers of one OPD in a year.
pub(super) fn of_opd(tx: &mut Tx<'_>, opd: Id, tahun: i64) -> Result<Vec<Book>> {
    tx.list(
        "SELECT id, opd, kelompok, tahun, terakhir, pemilik, dasar, cadangan_harian, tanggal_akhir FROM desk_register
         WHERE tahun = ?1 AND opd = ?2 ORDER BY opd, kelompok",
        params![tahun, opd],
        read_book,
    )
}

/// A page of the registers of all OPDs in a year, by group and OPD, after a place.
pub(super) fn of_year(tx: &mut Tx<'_>, tahun: i64, after: Option<(&str, Id)>, limit: i64) -> Result<Vec<Book>> {
    let mut sql =
        Sql::new("SELECT id, opd, kelompok, tahun, terakhir, pemilik, dasar, cadangan_harian, tanggal_akhir FROM desk_register");
    sql.filter("tahun = ?").bind(tahun);
    if let Some((kelompok, opd)) = after {
        sql.filter("(kelompok, opd) > (?, ?)").bind(kelompok).bind(opd);
    }
    sql.push("ORDER BY kelompok, opd LIMIT ?").bind(limit).list(tx, read_book)
}

/// Gives the next place of a register; the day of its last number only moves on.
pub(super) fn advance(tx: &mut Tx<'_>, register: Id, tanggal: Date) -> Result<i64> {
    tx.one(
        "UPDATE desk_register SET terakhir = terakhir + 1,
           tanggal_akhir = CASE WHEN tanggal_akhir < ?2 THEN ?2 ELSE tanggal_akhir END
         WHERE id = ?1 RETURNING terakhir",
        params![register, tanggal.to_string()],
        |row| row.get(0),
    )
}

/// The first number set aside for a day. A register holds a few hundred of them at most.
pub(super) fn first_aside(tx: &mut Tx<'_>, register: Id, day: Date) -> Result<Option<i64>> {
    tx.opt(
        "SELECT urut FROM desk_nomor WHERE register = ?1 AND status = ?2 AND tanggal = ?3 ORDER BY urut LIMIT 1",
        params![register, Status::Cadangan.as_str(), day.to_string()],
        |row| row.get(0),
    )
}

/// How many numbers are set aside.
pub(super) fn count_aside(tx: &mut Tx<'_>, register: Id) -> Result<i64> {
    tx.scalar("SELECT COUNT(*) FROM desk_nomor WHERE register = ?1 AND status = ?2", params![register, Status::Cadangan.as_str()])
}

pub(super) fn is_taken(tx: &mut Tx<'_>, unik: &str) -> Result<bool> {
    Ok(tx.opt("SELECT urut FROM desk_nomor WHERE unik = ?1", params![unik], |_| Ok(()))?.is_some())
}

pub(super) fn add(tx: &mut Tx<'_>, register: Id, row: &Row<'_>) -> Result<()> {
    let values = values(tx, register, row)?;
    tx.exec(
        "INSERT INTO desk_nomor (register, urut, nomor, unik, status, asal, objek, tanggal, jenis, keterangan, oleh_nama, pada, diubah)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?12)",
        &values,
    )?;
    Ok(())
}

/// Gives a number that was set aside to its letter.
pub(super) fn fill(tx: &mut Tx<'_>, register: Id, row: &Row<'_>) -> Result<()> {
    let values = values(tx, register, row)?;
    tx.exec(
        "UPDATE desk_nomor SET nomor = ?3, unik = ?4, status = ?5, asal = ?6, objek = ?7, tanggal = ?8, jenis = ?9, keterangan = ?10,
           oleh_nama = ?11, diubah = ?12
         WHERE register = ?1 AND urut = ?2",
        &values,
    )?;
    Ok(())
}

/// A number as it is stored, in the order of both statements above.
fn values(tx: &Tx<'_>, register: Id, row: &Row<'_>) -> Result<Vec<Value>> {
    let by = tx.by()?;
    let values = params![
        register,
        row.urut,
        row.nomor,
        row.unik,
        row.status.as_str(),
        row.asal.as_str(),
        row.objek,
        day(row.tanggal),
        row.jenis,
        row.keterangan,
        by.actor.nama(),
        by.at
    ];
    Ok(values.to_vec())
}

/// Raises the last place of a register to one that came from outside; it never falls.
pub(super) fn raise(tx: &mut Tx<'_>, register: Id, urut: i64) -> Result<()> {
    tx.exec("UPDATE desk_register SET terakhir = ?2 WHERE id = ?1 AND terakhir < ?2", params![register, urut])?;
    Ok(())
}

/// A number that is used again is not cancelled any more.
pub(super) fn clear_reason(tx: &mut Tx<'_>, register: Id, urut: i64) -> Result<()> {
    tx.exec("UPDATE desk_nomor SET alasan = NULL WHERE register = ?1 AND urut = ?2", params![register, urut])?;
    Ok(())
}

/// Cancels the number of what an undone import brought.
pub(super) fn give_back(tx: &mut Tx<'_>, register: Id, urut: i64, objek: &str, alasan: &str) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "UPDATE desk_nomor SET status = ?4, asal = ?5, alasan = ?6, diubah = ?7 WHERE register = ?1 AND urut = ?2 AND objek = ?3",
        params![register, urut, objek, Status::Batal.as_str(), Asal::DiluarSistem.as_str(), alasan, now],
    )?;
    Ok(())
}

pub(super) fn set_owner(tx: &mut Tx<'_>, register: Id, pemilik: Pemilik, dasar: &str) -> Result<()> {
    tx.exec(
        "UPDATE desk_register SET pemilik = ?2, dasar = ?3, versi = versi + 1 WHERE id = ?1",
        params![register, pemilik.as_str(), dasar],
    )?;
    Ok(())
}

pub(super) fn set_daily(tx: &mut Tx<'_>, register: Id, count: i64) -> Result<()> {
    tx.exec("UPDATE desk_register SET cadangan_harian = ?2, versi = versi + 1 WHERE id = ?1", params![register, count])?;
    Ok(())
}

/// A number by its register's row and place.
pub(super) fn numbered(tx: &mut Tx<'_>, register: Id, urut: i64) -> Result<Option<Nomor>> {
    tx.opt(
        "SELECT urut, nomor, status, objek, alasan, asal, tanggal, jenis, keterangan, oleh_nama, pada FROM desk_nomor
         WHERE register = ?1 AND urut = ?2",
        params![register, urut],
        |row| read_nomor(row, 0),
    )
}

/// Numbers of a register, the highest first, below a place; of one state where asked.
pub fn numbers(tx: &mut Tx<'_>, register: Id, status: Option<Status>, below: Option<i64>, limit: i64) -> Result<Vec<Nomor>> {
    let mut sql =
        Sql::new("SELECT urut, nomor, status, objek, alasan, asal, tanggal, jenis, keterangan, oleh_nama, pada FROM desk_nomor");
    sql.filter("register = ?").bind(register);
    if let Some(status) = status {
        sql.filter("status = ?").bind(status.as_str());
    }
    if let Some(below) = below {
        sql.filter("urut < ?").bind(below);
    }
    sql.push("ORDER BY urut DESC LIMIT ?").bind(limit).list(tx, |row| read_nomor(row, 0))
}

fn day(tanggal: Option<Date>) -> String {
    tanggal.map(|day| day.to_string()).unwrap_or_default()
}

fn read_day(text: &str) -> Result<Option<Date>> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| StoreError::Corrupt(format!("'{text}' is no date")))
}

/// Columns: id, opd, kelompok, tahun, terakhir, pemilik, dasar, cadangan_harian, tanggal_akhir.
fn read_book(row: &praja_store::Row<'_>) -> Result<Book> {
    let (pemilik, akhir): (String, String) = (row.get(5)?, row.get(8)?);
    Ok(Book {
        id: row.get(0)?,
        opd: row.get(1)?,
        kelompok: row.get(2)?,
        tahun: row.get(3)?,
        terakhir: row.get(4)?,
        pemilik: Pemilik::parse(&pemilik).map_err(|_| StoreError::unknown_word("pemilik register", &pemilik))?,
        dasar: row.get(6)?,
        cadangan_harian: row.get(7)?,
        tanggal_akhir: read_day(&akhir)?,
    })
}

/// Columns from `at`: urut, nomor, status, objek, alasan, asal, tanggal, jenis, keterangan, oleh_nama, pada.
pub(super) fn read_nomor(row: &praja_store::Row<'_>, at: usize) -> Result<Nomor> {
    let (status, asal, tanggal): (String, String, String) = (row.get(at + 2)?, row.get(at + 5)?, row.get(at + 6)?);
    Ok(Nomor {
        urut: row.get(at)?,
        nomor: row.get(at + 1)?,
        status: Status::parse(&status).map_err(|_| StoreError::unknown_word("status nomor", &status))?,
        objek: row.get(at + 3)?,
        alasan: row.get(at + 4)?,
        asal: Asal::parse(&asal).map_err(|_| StoreError::unknown_word("asal nomor", &asal))?,
        tanggal: read_day(&tanggal)?,
        jenis: row.get(at + 7)?,
        keterangan: row.get(at + 8)?,
        oleh: row.get(at + 9)?,
        pada: row.get(at + 10)?,
    })
}

/// The next place of a register; opens the register when it is not there yet.
pub(super) fn next(tx: &mut Tx<'_>, key: &Register<'_>) -> Result<(Id, i64, Cakupan)> {
    let id = tx.new_id()?;
    tx.one(
        "INSERT INTO desk_register (id, opd, kelompok, tahun, terakhir) VALUES (?1, ?2, ?3, ?4, 1)
         ON CONFLICT (opd, kelompok, tahun) DO UPDATE SET terakhir = desk_register.terakhir + 1
         RETURNING id, terakhir, cakupan",
        params![id, key.opd, key.kelompok, key.tahun],
        |row| Ok((row.get(0)?, row.get(1)?, cakupan(&row.get::<String>(2)?)?)),
    )
}

pub(super) fn last(tx: &mut Tx<'_>, key: &Register<'_>) -> Result<i64> {
    let last = tx.opt(
        "SELECT terakhir FROM desk_register WHERE opd = ?1 AND kelompok = ?2 AND tahun = ?3",
        params![key.opd, key.kelompok, key.tahun],
        |row| row.get(0),
    )?;
    Ok(last.unwrap_or(0))
}

/// Sets the pattern, and the scope while no number was given out; gives the scope that holds now.
pub(super) fn configure(tx: &mut Tx<'_>, key: &Register<'_>, pola: &str, scope: Cakupan) -> Result<(Id, Cakupan)> {
    let id = tx.new_id()?;
    tx.one(
        "INSERT INTO desk_register (id, opd, kelompok, tahun, terakhir, pola, cakupan) VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6)
         ON CONFLICT (opd, kelompok, tahun) DO UPDATE SET pola = excluded.pola, versi = desk_register.versi + 1,
           cakupan = CASE WHEN desk_register.terakhir = 0 THEN excluded.cakupan ELSE desk_register.cakupan END
         RETURNING id, cakupan",
        params![id, key.opd, key.kelompok, key.tahun, pola, scope.as_str()],
        |row| Ok((row.get(0)?, cakupan(&row.get::<String>(1)?)?)),
    )
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    register: Id,
    urut: i64,
    nomor: &str,
    unik: &str,
    status: Status,
    objek: &str,
) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "INSERT INTO desk_nomor (register, urut, nomor, unik, status, objek, pada, diubah)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)",
        params![register, urut, nomor, unik, status.as_str(), objek, now],
    )?;
    Ok(())
}

pub(super) fn find(tx: &mut Tx<'_>, key: &Register<'_>, urut: i64) -> Result<Option<(Id, Nomor)>> {
    tx.opt(
        "SELECT r.id, n.urut, n.nomor, n.status, n.objek, n.alasan, n.asal, n.tanggal, n.jenis, n.keterangan, n.oleh_nama, n.pada
         FROM desk_register r JOIN desk_nomor n ON n.register = r.id
         WHERE r.opd = ?1 AND r.kelompok = ?2 AND r.tahun = ?3 AND n.urut = ?4",
        params![key.opd, key.kelompok, key.tahun, urut],
        |row| Ok((row.get(0)?, read_nomor(row, 1)?)),
    )
}

/// Gives how many rows changed: none when somebody was first.
pub(super) fn change(tx: &mut Tx<'_>, register: Id, urut: i64, from: Status, to: Status, alasan: Option<&str>) -> Result<u64> {
    let now = tx.now()?;
    tx.exec(
        "UPDATE desk_nomor SET status = ?4, alasan = ?5, diubah = ?6 WHERE register = ?1 AND urut = ?2 AND status = ?3",
        params![register, urut, from.as_str(), to.as_str(), alasan, now],
    )
}

fn cakupan(word: &str) -> Result<Cakupan> {
    Cakupan::parse(word).map_err(|_| StoreError::unknown_word("cakupan nomor", word))
}
