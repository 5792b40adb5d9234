//! Old books and registers come in by the same way, whatever they hold: a file is looked into, somebody says which column holds what,
//! its rows are checked without changing anything, taken over in short steps, and taken back as a whole while nobody has worked with
//! them. Here is what every such import shares; what a row means, and where it goes, is told by the module.

mod pages;
pub mod store;

use std::io::Read;

use praja_kernel::{Actor, Id, Refuse, Scope};
use praja_module::Instance;
use praja_store::{By, Result as Stored, StoreError, Tx};
use serde::{Deserialize, Serialize};

pub use pages::{
    columns, first_rows, letters, more, moving, original, place, problem_sheet, problem_table, read_sheet, sheet_fields,
    status_badge, way,
};
pub use store::Profil;

praja_kernel::words! {
    /// Where an import stands.
    pub enum Status ("status impor") {
        /// The file is stored and is being looked into.
        Membaca => "membaca", "Sedang dibaca";
        /// It cannot be read.
        Tertolak => "tertolak", "Tidak dapat dibaca";
        /// Somebody says which column holds what.
        Memetakan => "memetakan", "Menunggu pemetaan kolom";
        /// Its rows are being checked.
        Memeriksa => "memeriksa", "Sedang diperiksa";
        /// What it would do is known.
        Diperiksa => "diperiksa", "Selesai diperiksa";
        /// What it holds is being taken over.
        Menerapkan => "menerapkan", "Sedang diterapkan";
        /// All of it is in.
        Selesai => "selesai", "Selesai";
        /// They are being taken out again.
        Mengurungkan => "mengurungkan", "Sedang diurungkan";
        /// They were taken out again.
        Diurungkan => "diurungkan", "Diurungkan";
        /// Given up before anything was taken over.
        Dibatalkan => "dibatalkan", "Dibatalkan";
    }
}

/// What happens to an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It was read, and has sheets with rows.
    Read,
    /// It cannot be read.
    Refuse,
    /// Its columns were mapped, or mapped anew.
    Map,
    /// Its rows were checked.
    Check,
    /// Somebody wants it taken over.
    Apply,
    /// All of it is in.
    Finish,
    /// Somebody wants them out again.
    Undo,
    /// They are out.
    Undone,
    /// Somebody gives it up.
    Cancel,
}

impl Status {
    /// The state after an act; `baru` is how many things it would add.
    ///
    /// # Errors
    /// [`Halt`] when the import is not in a state for it, or has nothing to add.
    pub fn after(self, act: Act, baru: i64) -> Result<Self, Halt> {
        match (self, act) {
            (Self::Membaca, Act::Read) => Ok(Self::Memetakan),
            (Self::Membaca, Act::Refuse) => Ok(Self::Tertolak),
            (Self::Memetakan | Self::Diperiksa, Act::Map) => Ok(Self::Memeriksa),
            (Self::Memeriksa, Act::Check) => Ok(Self::Diperiksa),
            (Self::Diperiksa, Act::Apply) if baru == 0 => Err(Halt::NothingNew),
            (Self::Diperiksa, Act::Apply) => Ok(Self::Menerapkan),
            (Self::Menerapkan, Act::Finish) => Ok(Self::Selesai),
            (Self::Selesai, Act::Undo) => Ok(Self::Mengurungkan),
            (Self::Mengurungkan, Act::Undone) => Ok(Self::Diurungkan),
            (Self::Membaca | Self::Tertolak | Self::Memetakan | Self::Memeriksa | Self::Diperiksa, Act::Cancel) => {
                Ok(Self::Dibatalkan)
            }
            _ => Err(Halt::NotNow { status: self }),
        }
    }

    /// Is the background at work on it?
    pub fn is_moving(self) -> bool {
        matches!(self, Self::Membaca | Self::Memeriksa | Self::Menerapkan | Self::Mengurungkan)
    }
}

/// Why an import does not go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Halt {
    /// The act does not fit the state.
    #[error("Impor ini berstatus {}.", .status.label())]
    NotNow {
        /// Where it stands.
        status: Status,
    },
    /// Everything in the file is recorded already, or wrong.
    #[error("Tidak ada data baru yang dapat diterapkan dari berkas ini.")]
    NothingNew,
}

impl Refuse for Halt {
    fn code(&self) -> &'static str {
        match self {
            Self::NotNow { .. } => "desk.impor.not-now",
            Self::NothingNew => "desk.impor.nothing-new",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::NotNow { status } if status.is_moving() => "Tunggu sampai selesai; halaman impor menunjukkan kemajuannya.",
            Self::NotNow { .. } => "Buka halaman impor ini untuk melihat langkah yang dapat diambil.",
            Self::NothingNew => "Perbaiki berkas atau pemetaannya menurut daftar masalah, lalu periksa lagi.",
        }
        .to_owned()
    }
}

/// What a job of an import is given.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Payload {
    /// The import.
    pub impor: Id,
    /// Who said so: the change is written down under this name.
    pub oleh: Option<Who>,
    /// Why it is taken back.
    #[serde(default)]
    pub alasan: String,
}

impl Payload {
    /// A piece of work that the box does in its own name.
    pub const fn of(impor: Id) -> Self {
        Self { impor, oleh: None, alasan: String::new() }
    }

    /// As a job was given it.
    ///
    /// # Errors
    /// When it was kept by another release in another form.
    pub fn read(text: &str) -> Stored<Self> {
        serde_json::from_str(text).map_err(|e| StoreError::Corrupt(format!("a job of an import: {e}")))
    }
}

/// Who acts, as the audit trail names it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Who {
    actor: Actor,
    jabatan: Option<String>,
    opd: Option<Id>,
}

impl Who {
    /// The one who asks.
    pub fn of(scope: &Scope) -> Self {
        let jabatan = scope.acting.as_ref().map(|acting| acting.nama.clone());
        Self { actor: scope.actor.clone(), jabatan, opd: scope.opd() }
    }
}

/// Asks for a piece of work; of two askings for one import the second adds nothing.
///
/// # Errors
/// When the database fails.
pub fn ask(tx: &mut Tx<'_>, job: &'static str, payload: &Payload) -> Stored<()> {
    let now = tx.now()?;
    tx.enqueue(job, payload, now, Some(&format!("{job}:{}", payload.impor)))?;
    Ok(())
}

/// The writer of a job, under the name of whoever asked for it.
pub fn writer(instance: &Instance, job: &'static str, oleh: Option<Who>) -> By {
    let system = instance.by_system(job);
    match oleh {
        Some(who) => By { actor: who.actor, jabatan: who.jabatan, opd: who.opd, ..system },
        None => system,
    }
}

/// The file of an import, up to so many bytes.
///
/// # Errors
/// When it is not there any more or cannot be read.
pub fn bytes_of(instance: &Instance, alamat: &str, most: u64) -> Stored<Vec<u8>> {
    let blob = instance.db.read(|tx| tx.blob(alamat))?.ok_or(StoreError::Missing)?;
    let mut bytes = Vec::new();
    let plain = instance.blobs.open(&blob)?;
    plain.take(most + 1).read_to_end(&mut bytes).map_err(|e| StoreError::Unavailable(e.to_string()))?;
    Ok(bytes)
}
