use serde::Serialize;

use super::Profil;
use crate::{Survey, checks::number};

/// From so many officers on, one machine that stands still keeps too many people from their work.
const OFFICERS: u32 = 5_000;
/// A cluster is looked after by so many people.
const ADMINISTRATORS: u32 = 3;

/// Why a cluster is advised, and what it needs that Praja does not bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cluster {
    /// Why, one or two sentences.
    pub reason: String,
    /// What is missing.
    pub missing: Vec<String>,
    /// The profile to begin with on this machine alone.
    pub begin_with: Profil,
}

/// A cluster for a large regency; `None` for all others.
pub(super) fn cluster(survey: &Survey, largest: Profil) -> Option<Cluster> {
    let officers = survey.needs.officers;
    if officers < OFFICERS {
        return None;
    }
    let mut missing = vec![
        "Dua mesin lagi seperti ini, di ruang atau gedung lain".to_owned(),
        "PostgreSQL dengan salinan yang dapat mengambil alih, misalnya dengan Patroni dan etcd: Praja memakainya, tidak memasangnya".to_owned(),
        "Penyimpanan S3 untuk lampiran, yang dicapai semua mesin".to_owned(),
        "Pembagi beban dengan satu nama di depan semua mesin".to_owned(),
    ];
    if survey.needs.administrators < ADMINISTRATORS {
        missing.push(format!("{ADMINISTRATORS} pengelola, seorang di antaranya mengenal PostgreSQL"));
    }
    if largest < Profil::Penuh {
        missing.push("Mesin dengan profil penuh: mesin ini belum".to_owned());
    }
    let reason = format!(
        "Untuk {} pegawai dianjurkan profil klaster: satu mesin yang berhenti menghentikan pekerjaan semuanya. Mulailah dengan profil {largest} pada mesin ini.",
        number(u64::from(officers))
    );
    Some(Cluster { reason, missing, begin_with: largest })
}
