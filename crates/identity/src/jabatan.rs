//! Posts (jabatan): rights and tasks belong to them, whoever holds them.

pub(crate) mod pages;
pub(crate) mod rules;
pub(crate) mod store;

use praja_kernel::Id;

pub use store::{get, head_of, holder_on, holders, holders_on, label, list_of_opd, search, subordinates, superior};

pub use rules::Refusal;

use crate::penugasan;

praja_kernel::words! {
    /// What kind of post (UU 20/2023, Pasal 13–20; elected officials stand outside it).
    pub enum Jenis ("jenis jabatan") {
        /// Bupati, wali kota and their deputies.
        Politik => "politik", "Pejabat negara";
        /// Heads of OPD, staf ahli, asisten.
        PimpinanTinggi => "pimpinan-tinggi", "Pimpinan tinggi";
        /// Sekretaris, kepala bagian, kepala bidang, camat and below.
        Administrator => "administrator", "Administrator";
        /// Kepala subbagian, lurah, kepala UPTD.
        Pengawas => "pengawas", "Pengawas";
        /// Functional posts: arsiparis, auditor, dokter.
        Fungsional => "fungsional", "Fungsional";
        /// Everybody else.
        Pelaksana => "pelaksana", "Pelaksana";
    }
}

/// A post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jabatan {
    /// Identity.
    pub id: Id,
    /// The OPD it belongs to.
    pub opd: Id,
    /// Full name: "Kepala Dinas Kesehatan".
    pub nama: String,
    /// What kind of post.
    pub jenis: Jenis,
    /// The post above it, perhaps in another OPD.
    pub induk: Option<Id>,
}

impl Jenis {
    /// Has the post one holder at a time? Of functional and executing posts there may be several of one name.
    pub const fn is_structural(self) -> bool {
        matches!(self, Self::Politik | Self::PimpinanTinggi | Self::Administrator | Self::Pengawas)
    }
}

/// Who answers for a post on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The person.
    pub orang: Id,
    /// Full name with titles.
    pub nama: String,
    /// How the post is held.
    pub jenis: penugasan::Jenis,
}

/// Of several holders the one who answers for the post: who stands in for the day (Plh.) before who fills a vacancy (Plt., Pj.) before
/// who was appointed. Of two alike, the first.
pub fn answering(holders: Vec<Holder>) -> Option<Holder> {
    let rank = |one: &Holder| match one.jenis {
        penugasan::Jenis::Plh => 0,
        penugasan::Jenis::Plt => 1,
        penugasan::Jenis::Pj => 2,
        penugasan::Jenis::Definitif => 3,
    };
    holders.into_iter().min_by_key(rank)
}

#[cfg(test)]
mod rules_tests;
#[cfg(test)]
mod tests;
