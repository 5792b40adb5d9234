//! What is recorded already, as a check and an export need it.

pub(crate) mod store;

use std::collections::HashSet;

use praja_kernel::Id;
use praja_store::{Result, Tx};

use super::{jabatan, opd, pegawai};
use crate::{opd::Reach, penugasan::wewenang::Wewenang};

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

/// Everything for a file of people that somebody brought.
pub(crate) fn pegawai(tx: &mut Tx<'_>, reach: &Reach, pembawa: Option<Id>) -> Result<pegawai::Known> {
    let mut orang = store::orang(tx)?;
    for one in &mut orang {
        one.milik = one.opd.is_none_or(|opd| reach.has(opd));
    }
    let jabatan = store::jabatan(tx)?;
    let (far, mut jauh) = (Wewenang::among(crate::ROLES.iter()), HashSet::new());
    // Who reaches every OPD may fill every post.
    if !matches!(reach, Reach::All) {
        for one in jabatan.iter().filter(|one| reach.has(one.opd)) {
            if far.of_post(tx, one.id)? {
                jauh.insert(one.id);
            }
        }
    }
    Ok(pegawai::Known { opd: offices(tx, reach)?, jabatan, orang, penugasan: store::penugasan(tx)?, pembawa, jauh })
}
