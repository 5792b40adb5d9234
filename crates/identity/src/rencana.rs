//! Changes of the regency's structure: a new name, a merger, a closing, a post that is abolished. One that was decided for a later day waits
//! here and is carried out at that day's local midnight, so that what is in force is always what the tables say.

pub(crate) mod apply;
pub(crate) mod pages;
pub(crate) mod store;

use praja_kernel::{Date, Id};
use praja_module::{Instance, Problem};
use praja_store::{Keys, Result, StoreError};
use serde::{Deserialize, Serialize};

use crate::{opd, penugasan::TURN_DAY};

praja_kernel::words! {
    /// How far a plan has come.
    pub enum Status ("keadaan rencana") {
        /// Its day has not come.
        Menunggu => "menunggu", "Menunggu";
        /// Carried out.
        Dilaksanakan => "dilaksanakan", "Dilaksanakan";
        /// Called off before its day.
        Dibatalkan => "dibatalkan", "Dibatalkan";
        /// The rules said no on its day; what they said stands beside it.
        Tertahan => "tertahan", "Tertahan";
    }
}

praja_kernel::words! {
    /// What becomes of the posts of an OPD that is merged into another.
    pub enum Cara ("perlakuan jabatan") {
        /// They go along with their holders, tasks and history.
        Pindah => "pindah", "Pindahkan semua jabatan beserta pemegangnya";
        /// They end, and every penugasan with them.
        Akhiri => "akhiri", "Akhiri semua jabatan dan penugasannya";
    }
}

/// An OPD that begins with a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Baru {
    pub(crate) kode: String,
    pub(crate) nama: String,
    pub(crate) singkatan: String,
    pub(crate) jenis: opd::Jenis,
    pub(crate) induk: Option<Id>,
}

/// A change of structure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "jenis", rename_all = "kebab-case")]
pub(crate) enum Perubahan {
    /// The OPD ends and goes on under a new name; posts, holders and units go along.
    GantiNama { opd: Id, baru: Baru },
    /// The OPD ends and another that is there already continues it.
    Gabung { opd: Id, ke: Id, cara: Cara },
    /// Several OPD end and one that begins now continues them all. `pimpin` is the OPD whose head leads on.
    Lebur {
        opd: Vec<Id>,
        baru: Baru,
        #[serde(default)]
        pimpin: Option<Id>,
    },
    /// The OPD ends; nobody continues it.
    Tutup { opd: Id },
    /// The post ends; those below answer to whoever is above it.
    HapusJabatan { jabatan: Id },
}

impl Perubahan {
    /// The word it is stored under.
    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::GantiNama { .. } => "ganti-nama",
            Self::Gabung { .. } => "gabung",
            Self::Lebur { .. } => "lebur",
            Self::Tutup { .. } => "tutup",
            Self::HapusJabatan { .. } => "hapus-jabatan",
        }
    }

    /// The thing that changes, `<table>:<id>`.
    pub(crate) fn objek(&self) -> String {
        match self {
            Self::GantiNama { opd, .. } | Self::Gabung { opd, .. } | Self::Tutup { opd } => format!("identity_opd:{opd}"),
            Self::Lebur { opd, .. } => format!("identity_opd:{}", opd.first().map(Id::to_string).unwrap_or_default()),
            Self::HapusJabatan { jabatan } => format!("identity_jabatan:{jabatan}"),
        }
    }

    /// Everything that ends or changes by it; each may have one plan at a time.
    pub(crate) fn semua_objek(&self) -> Vec<String> {
        match self {
            Self::Lebur { opd, .. } => opd.iter().map(|one| format!("identity_opd:{one}")).collect(),
            _ => vec![self.objek()],
        }
    }
}

/// A plan as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rencana {
    pub(crate) id: Id,
    pub(crate) perubahan: Perubahan,
    pub(crate) berlaku: Date,
    pub(crate) status: Status,
    pub(crate) catatan: Option<String>,
    pub(crate) pembuat: String,
    pub(crate) versi: i64,
}

/// Carries out what is due, one change in one write. What the rules refuse on the day is set aside with their words.
pub(crate) fn carry_out_due(instance: &Instance, today: Date) -> Result<()> {
    for plan in instance.db.read(|tx| store::due(tx, today))? {
        let by = instance.by_system(TURN_DAY);
        let done = instance.db.write(&by, Keys::none(), {
            let plan = plan.clone();
            move |tx| {
                apply::carry_out(tx, &plan.perubahan, plan.berlaku, today)?;
                store::set_status(tx, plan.id, plan.versi, Status::Dilaksanakan, None)?;
                Ok::<_, Problem>(())
            }
        });
        let why = match done {
            Ok(()) => continue,
            Err(Problem::Refused(refusal)) => format!("{} {}", refusal.message(), refusal.next_step()).trim().to_owned(),
            Err(Problem::NotFound | Problem::Conflict) => "Yang akan diubah sudah tidak ada atau sudah diubah.".to_owned(),
            Err(Problem::Store(e)) => return Err(e),
            Err(other) => return Err(StoreError::Corrupt(format!("a planned change failed: {other:?}"))),
        };
        let by = instance.by_system(TURN_DAY);
        instance.db.write(&by, Keys::unaudited(), move |tx| {
            store::set_status(tx, plan.id, plan.versi, Status::Tertahan, Some(&why)).map(|_| ())
        })?;
    }
    Ok(())
}
