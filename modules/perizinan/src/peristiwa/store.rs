//! The only SQL about the figures of a month.

use praja_kernel::Id;
use praja_store::{Result, Sql, Tx, params};

use super::Hitung;

/// What was decided in a month for one service of one OPD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Baris {
    pub(crate) bulan: String,
    pub(crate) jenis: String,
    pub(crate) terbit: i64,
    pub(crate) ditolak: i64,
    pub(crate) terlambat: i64,
}

/// Counts one; the caller holds the OPD's turns, so that nobody waits in vain.
pub(crate) fn count(tx: &mut Tx<'_>, opd: Id, bulan: &str, jenis: &str, what: Hitung) -> Result<()> {
    let one = |wanted: Hitung| i64::from(what == wanted);
    tx.exec(
        "INSERT INTO perizinan_bulan (opd, bulan, jenis, terbit, ditolak, terlambat) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (opd, bulan, jenis) DO UPDATE SET terbit = perizinan_bulan.terbit + excluded.terbit,
         ditolak = perizinan_bulan.ditolak + excluded.ditolak, terlambat = perizinan_bulan.terlambat + excluded.terlambat",
        params![opd, bulan, jenis, one(Hitung::Terbit), one(Hitung::Ditolak), one(Hitung::Terlambat)],
    )?;
    Ok(())
}

/// The figures of the months from one to another, the latest month first, then by service.
pub(super) fn of(tx: &mut Tx<'_>, from: &str, to: &str) -> Result<Vec<Baris>> {
    let mut sql = Sql::new("SELECT bulan, jenis, terbit, ditolak, terlambat FROM perizinan_bulan");
    sql.filter("bulan >= ?").bind(from).filter("bulan <= ?").bind(to);
    let mut all: Vec<Baris> = sql.push("ORDER BY bulan DESC, jenis DESC, opd DESC LIMIT 5000").list(tx, |row| {
        Ok(Baris { bulan: row.get(0)?, jenis: row.get(1)?, terbit: row.get(2)?, ditolak: row.get(3)?, terlambat: row.get(4)? })
    })?;
    // Two OPD may issue the same service: the leaders read one line of it.
    all.sort_by(|a, b| b.bulan.cmp(&a.bulan).then_with(|| a.jenis.cmp(&b.jenis)));
    all.dedup_by(|next, kept| {
        let same = (&next.bulan, &next.jenis) == (&kept.bulan, &kept.jenis);
        if same {
            kept.terbit += next.terbit;
            kept.ditolak += next.ditolak;
            kept.terlambat += next.terlambat;
        }
        same
    });
    Ok(all)
}
