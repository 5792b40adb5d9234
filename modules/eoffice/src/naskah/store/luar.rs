//! What programs read of the signed naskah of an OPD, without their words. Masking is done above.

use praja_kernel::{Id, Moment, Scope};
use praja_store::{Result, Sql, Tx};

use super::{NASKAH, Naskah, read_naskah};
use crate::{antarmuka::Tanya, naskah::api::Kursor};

/// Signed naskah of the scope's OPD in the order of signing, one more than asked for.
pub(crate) fn list(tx: &mut Tx<'_>, scope: &Scope, sesudah: Kursor, sampai: Moment, tanya: &Tanya<'_>) -> Result<Vec<Naskah>> {
    let mut all = Vec::new();
    for opd in &scope.opd_set {
        let mut sql = Sql::new("SELECT");
        sql.push(NASKAH).push("FROM eoffice_naskah n").filter("n.opd = ?").bind(*opd);
        sql.filter("n.ditandatangani_pada IS NOT NULL");
        sql.filter("(n.ditandatangani_pada, n.id) > (?, ?)").bind(sesudah.pada).bind(sesudah.id);
        sql.filter("n.ditandatangani_pada < ?").bind(sampai);
        sql.push("ORDER BY n.ditandatangani_pada, n.id LIMIT ?").bind(tanya.limit());
        all.extend(sql.list(tx, read_naskah)?);
    }
    all.sort_by_key(|one| (one.ditandatangani_pada, one.id));
    all.truncate(tanya.jumlah + 1);
    Ok(all)
}

/// One naskah of the scope's OPD.
pub(crate) fn find(tx: &mut Tx<'_>, scope: &Scope, id: Id) -> Result<Option<Naskah>> {
    let mut sql = Sql::new("SELECT");
    sql.push(NASKAH).push("FROM eoffice_naskah n").filter("n.id = ?").bind(id);
    Ok(sql.opt(tx, read_naskah)?.filter(|one| scope.covers_opd(one.opd)))
}
