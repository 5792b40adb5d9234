//! What is recorded already, as a check and an export need it.

pub(crate) mod store;

use praja_store::{Result, Tx};

use super::{jabatan, opd, pegawai};
use crate::opd::Reach;

/// OPD that have not ended.
pub(crate) fn opd(tx: &mut Tx<'_>) -> Result<Vec<opd::Tercatat>> {
    store::opd(tx)
}

/// OPD with the word whether they are within reach.
pub(crate) fn offices(tx: &mut Tx<'_>, reach: &Reach) -> Result<Vec<jabatan::Opd>> {
    let own =
        |opd: opd::Tercatat| jabatan::Opd { milik: reach.has(opd.id), id: opd.id, kode: opd.kode, singkatan: opd.singkatan };
    Ok(store::opd(tx)?.into_iter().map(own).collect())
}

/// Posts that were not abolished.
pub(crate) fn jabatan(tx: &mut Tx<'_>) -> Result<Vec<jabatan::Tercatat>> {
    store::jabatan(tx)
}

/// Everything for a file of people.
pub(crate) fn pegawai(tx: &mut Tx<'_>, reach: &Reach) -> Result<pegawai::Known> {
    let mut orang = store::orang(tx)?;
    for one in &mut orang {
        one.milik = one.opd.is_none_or(|opd| reach.has(opd));
    }
    Ok(pegawai::Known { opd: offices(tx, reach)?, jabatan: store::jabatan(tx)?, orang, penugasan: store::penugasan(tx)? })
}
