//! The only SQL about counts.

use praja_kernel::Id;
use praja_store::{Result, Sql, StoreError, Tx, params};

use super::Jenis;

/// One value of one month, and how often it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hitungan {
    pub(crate) opd: Id,
    pub(crate) bulan: String,
    pub(crate) jenis: Jenis,
    pub(crate) nilai: i64,
    pub(crate) jumlah: i64,
}

/// Adds to a count, and begins it where there is none.
pub(crate) fn add(tx: &mut Tx<'_>, opd: Id, bulan: &str, jenis: Jenis, nilai: i64, jumlah: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO eoffice_hitung (opd, bulan, jenis, nilai, jumlah) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (opd, bulan, jenis, nilai) DO UPDATE SET jumlah = eoffice_hitung.jumlah + excluded.jumlah",
        params![opd, bulan, jenis.as_str(), nilai, jumlah],
    )?;
    Ok(())
}

/// Everything counted for some OPDs in a range of months, both ends included.
pub(crate) fn list(tx: &mut Tx<'_>, opd: &[Id], from: &str, to: &str) -> Result<Vec<Hitungan>> {
    let mut sql = Sql::new("SELECT opd, bulan, jenis, nilai, jumlah FROM eoffice_hitung");
    sql.filter_in("opd", opd.iter().copied()).filter("bulan >= ?").bind(from).filter("bulan <= ?").bind(to);
    sql.list(tx, |row| {
        let word: String = row.get(2)?;
        Ok(Hitungan {
            opd: row.get(0)?,
            bulan: row.get(1)?,
            jenis: Jenis::parse(&word).map_err(|_| StoreError::unknown_word("jenis hitungan", &word))?,
            nilai: row.get(3)?,
            jumlah: row.get(4)?,
        })
    })
}
