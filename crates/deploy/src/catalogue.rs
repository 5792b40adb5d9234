use serde::Deserialize;

use crate::{Obstacle, Profil};

/// The systems Praja promises, as `katalog.yaml` lists them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// One row per system, in the order in which a regency usually adopts them.
    pub sistem: Vec<Sistem>,
}

/// One system of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sistem {
    /// Its number in the catalogue, from 1.
    pub nomor: u8,
    /// Its name, as a regent knows it.
    pub nama: String,
    /// What it is for, half a sentence.
    pub uraian: String,
    /// The regencies it comes from.
    pub asal: Vec<String>,
    /// A module, or a part that is always there.
    pub bentuk: Bentuk,
    /// Identity of the module; absent for a part that is always there.
    #[serde(default)]
    pub modul: Option<String>,
    /// The smallest profile on which it runs well.
    pub profil: Profil,
    /// Identities of findings that must be in order before it is switched on, beyond what every system asks.
    #[serde(default)]
    pub perlu: Vec<String>,
    /// Why a regency wants it at this place in the order, one sentence.
    pub alasan: String,
}

/// How a system comes to a regency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bentuk {
    /// Always there, in every installation.
    Bawaan,
    /// A module that can be switched on and off.
    Modul,
    /// Promised for a later release, and not a module: nothing of it is in this program yet.
    Rencana,
}

impl Catalogue {
    /// Reads a catalogue.
    ///
    /// # Errors
    /// [`Obstacle::BrokenTemplate`] when the text is not a catalogue, holds a number twice or a module without an identity.
    pub fn parse(yaml: &str) -> Result<Self, Obstacle> {
        let broken = |reason: String| Obstacle::BrokenTemplate { path: "katalog.yaml".to_owned(), reason };
        let catalogue: Self = serde_yaml::from_str(yaml).map_err(|error| broken(error.to_string()))?;
        for (place, row) in catalogue.sistem.iter().enumerate() {
            if catalogue.sistem[..place].iter().any(|other| other.nomor == row.nomor) {
                return Err(broken(format!("nomor {} dipakai dua kali", row.nomor)));
            }
            if (row.bentuk == Bentuk::Modul) != row.modul.is_some() {
                return Err(broken(format!("baris {} ({}) harus bermodul bila bentuknya modul", row.nomor, row.nama)));
            }
        }
        Ok(catalogue)
    }
}
