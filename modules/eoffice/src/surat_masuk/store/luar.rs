//! What programs read of the books of an OPD. Masking is done above: these rows are whole.

use praja_kernel::{Id, Scope};
use praja_store::{Result, Sql, Tx};

use super::{
    super::{Status, SuratMasuk},
    SURAT, read_surat,
};
use crate::antarmuka::Tanya;

/// Letters of the books of the scope's OPD in the order in which they came into them, one more than asked for.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    status: Option<Status>,
    sesudah: Id,
    tanya: &Tanya<'_>,
) -> Result<Vec<SuratMasuk>> {
    let mut all = Vec::new();
    for opd in &scope.opd_set {
        let mut sql = Sql::new("SELECT");
        sql.push(SURAT).push("FROM eoffice_surat_masuk s").filter("s.opd = ?").bind(*opd);
        if let Some(status) = status {
            sql.filter("s.status = ?").bind(status.as_str());
        }
        sql.filter("s.id > ?").bind(sesudah);
        if let Some(sampai) = tanya.sampai {
            sql.filter("s.id < ?").bind(Id::v7(sampai.ms(), [0; 10]));
        }
        sql.push("ORDER BY s.id LIMIT ?").bind(tanya.limit());
        all.extend(sql.list(tx, read_surat)?);
    }
    all.sort_by_key(|one| one.id);
    all.truncate(tanya.jumlah + 1);
    Ok(all)
}

/// One letter of the books of the scope's OPD.
pub(crate) fn find(tx: &mut Tx<'_>, scope: &Scope, id: Id) -> Result<Option<SuratMasuk>> {
    let mut sql = Sql::new("SELECT");
    sql.push(SURAT).push("FROM eoffice_surat_masuk s").filter("s.id = ?").bind(id);
    Ok(sql.opt(tx, read_surat)?.filter(|one| scope.covers_opd(one.opd)))
}
