//! The only SQL about registers and numbers.

use praja_kernel::Id;
use praja_store::{Result, StoreError, Tx, params};

use super::{Cakupan, Nomor, RegisterKey, Status};

/// The next place of a register; opens the register when it is not there yet.
pub(super) fn next(tx: &mut Tx<'_>, key: &RegisterKey) -> Result<(Id, i64, Cakupan)> {
    let id = tx.new_id()?;
    tx.one(
        "INSERT INTO desk_register (id, opd, kelompok, tahun, terakhir) VALUES (?1, ?2, ?3, ?4, 1)
         ON CONFLICT (opd, kelompok, tahun) DO UPDATE SET terakhir = desk_register.terakhir + 1
         RETURNING id, terakhir, cakupan",
        params![id, key.opd, key.kelompok, key.tahun],
        |row| Ok((row.get(0)?, row.get(1)?, cakupan(&row.get::<String>(2)?)?)),
    )
}

pub(super) fn last(tx: &mut Tx<'_>, key: &RegisterKey) -> Result<i64> {
    let last = tx.opt(
        "SELECT terakhir FROM desk_register WHERE opd = ?1 AND kelompok = ?2 AND tahun = ?3",
        params![key.opd, key.kelompok, key.tahun],
        |row| row.get(0),
    )?;
    Ok(last.unwrap_or(0))
}

/// Sets the pattern, and the scope while no number was given out; gives the scope that holds now.
pub(super) fn configure(tx: &mut Tx<'_>, key: &RegisterKey, pola: &str, scope: Cakupan) -> Result<(Id, Cakupan)> {
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

pub(super) fn find(tx: &mut Tx<'_>, key: &RegisterKey, urut: i64) -> Result<Option<(Id, Nomor)>> {
    tx.opt(
        "SELECT r.id, n.urut, n.nomor, n.status, n.objek, n.alasan
         FROM desk_register r JOIN desk_nomor n ON n.register = r.id
         WHERE r.opd = ?1 AND r.kelompok = ?2 AND r.tahun = ?3 AND n.urut = ?4",
        params![key.opd, key.kelompok, key.tahun, urut],
        |row| {
            let word: String = row.get(3)?;
            let status = Status::parse(&word).map_err(|_| StoreError::unknown_word("status nomor", &word))?;
            let nomor = Nomor { urut: row.get(1)?, nomor: row.get(2)?, status, objek: row.get(4)?, alasan: row.get(5)? };
            Ok((row.get(0)?, nomor))
        },
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
