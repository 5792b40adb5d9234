//! What each person wants to hear outside Praja: per way out and derajat, at once, in the daily digest or not at all.

pub(crate) mod pages;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use praja_kernel::{Derajat, Id, words};
use praja_module::MessageKind;

use crate::channels::{Jenis, Saluran};

words! {
    /// How notices of one derajat leave the house for a person.
    pub enum Cara ("cara kirim") {
        /// At once.
        Langsung => "langsung", "Langsung";
        /// Together, at the hour and on the days that the person chose.
        Ringkasan => "ringkasan", "Dalam ringkasan";
        /// Not at all: they wait in Praja.
        Tidak => "tidak", "Tidak dikirim";
    }
}

/// A person's choice for one way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pilihan {
    /// The way.
    pub saluran: Id,
    /// For Sangat segera.
    pub sangat_segera: Cara,
    /// For Segera.
    pub segera: Cara,
    /// For Biasa.
    pub biasa: Cara,
    /// The person's own address on this way.
    pub alamat: Option<String>,
    /// Guards against two windows saving at once; 0 when nothing was chosen yet.
    pub versi: i64,
}

impl Pilihan {
    /// What holds until somebody chooses. Mail costs nothing; a gateway does, so only what cannot wait goes through it.
    pub fn default_for(saluran: &Saluran) -> Self {
        let (segera, biasa) = match saluran.jenis() {
            Jenis::Surel => (Cara::Langsung, Cara::Ringkasan),
            Jenis::Gerbang => (Cara::Tidak, Cara::Tidak),
        };
        Self { saluran: saluran.id, sangat_segera: Cara::Langsung, segera, biasa, alamat: None, versi: 0 }
    }

    /// How notices of this derajat leave.
    pub fn cara(&self, derajat: Derajat) -> Cara {
        match derajat {
            Derajat::SangatSegera => self.sangat_segera,
            Derajat::Segera => self.segera,
            Derajat::Biasa => self.biasa,
        }
    }
}

/// A way on which a person can be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// The way.
    pub saluran: Saluran,
    /// What the person chose for it.
    pub pilihan: Pilihan,
    /// The person's address on it.
    pub alamat: String,
}

/// Over which ways a notice leaves, and how. What concerns the account is never left to choice: it goes at once by mail, or where
/// there is no mail address over the first gateway.
pub fn ways(jenis: MessageKind, derajat: Derajat, reach: Vec<Reach>) -> Vec<(Reach, Cara)> {
    if jenis == MessageKind::Keamanan {
        let mail = reach.iter().position(|one| one.saluran.jenis() == Jenis::Surel).unwrap_or(0);
        return reach.into_iter().nth(mail).map(|one| (one, Cara::Langsung)).into_iter().collect();
    }
    let chosen = reach.into_iter().map(|one| {
        let cara = one.pilihan.cara(derajat);
        (one, cara)
    });
    chosen.filter(|(_, cara)| *cara != Cara::Tidak).collect()
}
