//! Perangkat daerah (OPD) and the units below it.

pub(crate) mod pages;
pub(crate) mod rules;
pub(crate) mod store;

use praja_kernel::{Date, Id, Scope};
use praja_module::{Ctx, Problem};
use praja_store::Tx;

use crate::rights::MANAGE_ALL_OPD;

pub use rules::Refusal;
pub use store::{get, list_active, name};

praja_kernel::words! {
    /// What kind of unit an OPD is (PP 18/2016, Pasal 5; units below it are registered alike because they keep their own books).
    pub enum Jenis ("jenis OPD") {
        /// The head of the region and the deputy.
        KepalaDaerah => "kepala-daerah", "Kepala daerah";
        /// Sekretariat daerah or sekretariat DPRD.
        Sekretariat => "sekretariat", "Sekretariat";
        /// Inspektorat.
        Inspektorat => "inspektorat", "Inspektorat";
        /// Dinas.
        Dinas => "dinas", "Dinas";
        /// Badan.
        Badan => "badan", "Badan";
        /// Kecamatan.
        Kecamatan => "kecamatan", "Kecamatan";
        /// Kelurahan, below a kecamatan.
        Kelurahan => "kelurahan", "Kelurahan";
        /// Desa.
        Desa => "desa", "Desa";
        /// A bagian of the sekretariat.
        Bagian => "bagian", "Bagian";
        /// A unit with a task of its own below a dinas: puskesmas, hospital, terminal.
        Uptd => "uptd", "UPTD";
    }
}

/// An OPD as lists and choices need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opd {
    /// Identity.
    pub id: Id,
    /// Code, as the regency writes it.
    pub kode: String,
    /// Full name.
    pub nama: String,
    /// Short name for tables: "Dinkes".
    pub singkatan: String,
    /// What kind of unit.
    pub jenis: Jenis,
    /// The unit above it.
    pub induk: Option<Id>,
    /// First day.
    pub berlaku_dari: Date,
    /// Last day, once it was merged, renamed or closed.
    pub berlaku_sampai: Option<Date>,
}

/// Which OPD somebody administers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Every OPD.
    All,
    /// These: the own OPD, what it continues, and everything below; sorted.
    Only(Vec<Id>),
}

impl Reach {
    /// Is this OPD within reach?
    pub fn has(&self, opd: Id) -> bool {
        match self {
            Self::All => true,
            Self::Only(ids) => ids.binary_search(&opd).is_ok(),
        }
    }

    /// What a scope administers. Whether it administers anything is for the route's permission to say.
    pub(crate) fn of(tx: &mut Tx<'_>, scope: &Scope) -> praja_store::Result<Self> {
        if scope.may(MANAGE_ALL_OPD) {
            return Ok(Self::All);
        }
        let (mut all, mut level) = (scope.opd_set.clone(), scope.opd_set.clone());
        // A slip in an import may have bent the tree into a ring: what was seen is not walked again.
        while !level.is_empty() {
            level = store::children(tx, &level)?;
            level.retain(|id| !all.contains(id));
            all.extend_from_slice(&level);
        }
        all.sort_unstable();
        all.dedup();
        Ok(Self::Only(all))
    }
}

/// What whoever asks administers.
pub(crate) fn reach(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Reach, Problem> {
    Ok(Reach::of(tx, ctx.scope()?)?)
}

/// Puts units under the OPD they belong to. Gives each with its depth, from 0; none is lost.
pub fn tree(list: Vec<Opd>) -> Vec<(usize, Opd)> {
    crate::pohon::tree(list, |opd| opd.id, |opd| opd.induk)
}

#[cfg(test)]
mod rules_tests;
#[cfg(test)]
mod tests;
