//! Penugasan: a person holds a post, definitively or for a while.

pub(crate) mod acts;
pub(crate) mod batas;
pub(crate) mod midnight;
pub(crate) mod pages;
mod refusal;
pub(crate) mod rules;
pub(crate) mod store;
pub(crate) mod wewenang;

use praja_kernel::{ActingAs, Date, Id};

pub(crate) use midnight::{TURN_DAY, turn_day};
pub use refusal::Refusal;

praja_kernel::words! {
    /// How somebody holds a post (UU 30/2014, Pasal 14 and its elucidation; PP 49/2018 for the acting official).
    pub enum Jenis ("jenis penugasan") {
        /// Appointed to the post.
        Definitif => "definitif", "Definitif";
        /// Penjabat: fills the post of a head of region.
        Pj => "pj", "Pj.";
        /// Pelaksana tugas: the post is vacant or its holder is absent for long.
        Plt => "plt", "Plt.";
        /// Pelaksana harian: the holder is away for a few days.
        Plh => "plh", "Plh.";
    }
}

// Most are definitive: what a form shows at first.
#[allow(clippy::derivable_impls, reason = "the enum is made by a macro")]
impl Default for Jenis {
    fn default() -> Self {
        Self::Definitif
    }
}

/// A penugasan with the names that are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Penugasan {
    /// Identity.
    pub id: Id,
    /// The post.
    pub jabatan: Id,
    /// Name of the post.
    pub jabatan_nama: String,
    /// How it is held.
    pub jenis: Jenis,
    /// First day.
    pub mulai: Date,
    /// Last day; open when absent.
    pub sampai: Option<Date>,
    /// The OPD of the post.
    pub opd: Id,
    /// Name of that OPD.
    pub opd_nama: String,
}

impl Penugasan {
    /// Does it count on this day? The last day still counts.
    pub fn is_valid_on(&self, day: Date) -> bool {
        self.mulai <= day && self.sampai.is_none_or(|last| day <= last)
    }

    /// The post as shown: "Plt. Kepala Dinas Sosial".
    pub fn display_name(&self) -> String {
        display_name(self.jenis, &self.jabatan_nama)
    }

    /// As the scope carries it.
    pub fn acting_as(&self) -> ActingAs {
        ActingAs {
            penugasan: self.id,
            jabatan: self.jabatan,
            nama: self.display_name(),
            opd: self.opd,
            opd_nama: self.opd_nama.clone(),
        }
    }
}

/// "Plt. Kepala Dinas Sosial"; a definitive holder needs no word in front.
pub fn display_name(jenis: Jenis, jabatan: &str) -> String {
    match jenis {
        Jenis::Definitif => jabatan.to_owned(),
        Jenis::Pj | Jenis::Plt | Jenis::Plh => format!("{} {jabatan}", jenis.label()),
    }
}

/// The posts that a person answers for on a day.
///
/// # Errors
/// When the database fails.
pub fn posts_of(tx: &mut praja_store::Tx<'_>, orang: Id, day: Date) -> praja_store::Result<Vec<Id>> {
    Ok(current(store::of_person(tx, orang)?, day).into_iter().map(|one| one.jabatan).collect())
}

/// The penugasan a person may act under on a day: definitive ones first, then the older ones.
pub fn current(mut all: Vec<Penugasan>, day: Date) -> Vec<Penugasan> {
    all.retain(|one| one.is_valid_on(day));
    all.sort_by_key(|one| (one.jenis, one.mulai, one.id));
    all
}

/// The one acted under: the chosen one while it is valid, else the first.
pub fn acting(current: &[Penugasan], chosen: Option<Id>) -> Option<&Penugasan> {
    chosen.and_then(|id| current.iter().find(|one| one.id == id)).or_else(|| current.first())
}

#[cfg(test)]
mod rules_tests;
#[cfg(test)]
mod tests;
