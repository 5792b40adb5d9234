//! Old agenda books come in: a spreadsheet in whatever shape somebody kept it, mapped column by column, checked without changing
//! anything, taken over in short steps, and taken back as a whole while nobody has worked with it.

mod baca;
mod bidang;
pub(crate) mod kerja;
mod nilai;
pub(crate) mod pages;
mod pemetaan;
mod pilah;
mod refusal;
pub(crate) mod store;
mod tanggal;
#[cfg(test)]
mod tests;

use praja_kernel::{Date, Id, Moment};

use pemetaan::Pemetaan;
pub(crate) use refusal::Refusal;

/// The table of imports, which names them in audit.
pub(crate) const TABLE: &str = "eoffice_impor";
/// A file may be this large, in bytes.
pub(crate) const MAX_BYTES: u64 = 20 << 20;
/// A sheet may hold this many rows.
pub(crate) const MAX_ROWS: usize = 50_000;
/// So many problems are kept for reading; the rest is only counted.
pub(crate) const MAX_PROBLEMS: usize = 1_000;
/// Rows staged in one write.
pub(crate) const CHUNK: usize = 500;
/// Letters taken over or taken back in one write: others wait for the writer no longer than this takes.
pub(crate) const STEP: usize = 50;

praja_kernel::words! {
    /// Where an import stands.
    pub enum Status ("status impor agenda") {
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
        /// Its letters are being taken over.
        Menerapkan => "menerapkan", "Sedang diterapkan";
        /// They are in the agenda.
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
pub(crate) enum Act {
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
    /// Its letters are in.
    Finish,
    /// Somebody wants them out again.
    Undo,
    /// They are out.
    Undone,
    /// Somebody gives it up.
    Cancel,
}

impl Status {
    /// The state after an act; `baru` is how many letters it would add.
    ///
    /// # Errors
    /// [`Refusal`] when the import is not in a state for it, or has nothing to add.
    pub(crate) fn after(self, act: Act, baru: i64) -> Result<Self, Refusal> {
        match (self, act) {
            (Self::Membaca, Act::Read) => Ok(Self::Memetakan),
            (Self::Membaca, Act::Refuse) => Ok(Self::Tertolak),
            (Self::Memetakan | Self::Diperiksa, Act::Map) => Ok(Self::Memeriksa),
            (Self::Memeriksa, Act::Check) => Ok(Self::Diperiksa),
            (Self::Diperiksa, Act::Apply) if baru == 0 => Err(Refusal::NothingNew),
            (Self::Diperiksa, Act::Apply) => Ok(Self::Menerapkan),
            (Self::Menerapkan, Act::Finish) => Ok(Self::Selesai),
            (Self::Selesai, Act::Undo) => Ok(Self::Mengurungkan),
            (Self::Mengurungkan, Act::Undone) => Ok(Self::Diurungkan),
            (Self::Membaca | Self::Tertolak | Self::Memetakan | Self::Memeriksa | Self::Diperiksa, Act::Cancel) => {
                Ok(Self::Dibatalkan)
            }
            _ => Err(Refusal::NotNow { status: self }),
        }
    }

    /// Is the background at work on it?
    pub(crate) fn is_moving(self) -> bool {
        matches!(self, Self::Membaca | Self::Memeriksa | Self::Menerapkan | Self::Mengurungkan)
    }
}

praja_kernel::words! {
    /// What becomes of a row.
    pub enum Tindakan ("tindakan impor agenda") {
        /// Added.
        Baru => "baru", "Ditambahkan";
        /// Is recorded already.
        Sama => "sama", "Sudah tercatat";
        /// Its number was given to another letter between check and taking over.
        Tertinggal => "tertinggal", "Tertinggal";
    }
}

/// A sheet as the page of its mapping shows it: its first rows.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Contoh {
    /// Name of the sheet; empty for text.
    pub(crate) nama: String,
    /// Rows in it.
    pub(crate) jumlah: usize,
    /// Its first rows, with their numbers.
    pub(crate) baris: Vec<(u32, Vec<String>)>,
}

impl Contoh {
    /// How many columns its first rows have.
    pub(crate) fn columns(&self) -> usize {
        self.baris.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0)
    }

    /// The headings of a row, one for each column; where it says nothing, the row above may.
    pub(crate) fn headings(&self, kepala: u32) -> Vec<String> {
        let place = self.baris.iter().position(|(number, _)| *number == kepala);
        let cells = |at: Option<usize>| at.and_then(|at| self.baris.get(at)).map(|(_, cells)| cells.as_slice());
        let (own, above) = (cells(place), cells(place.and_then(|at| at.checked_sub(1))));
        let said = |row: Option<&[String]>, at: usize| row.and_then(|row| row.get(at)).filter(|word| !word.is_empty()).cloned();
        (0..self.columns()).map(|at| said(own, at).or_else(|| said(above, at)).unwrap_or_default()).collect()
    }
}

/// An import as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Impor {
    pub(crate) id: Id,
    pub(crate) status: Status,
    /// The OPD whose book it is.
    pub(crate) opd: Id,
    /// The post of whoever brought it.
    pub(crate) jabatan: Id,
    pub(crate) berkas: String,
    pub(crate) sidik: String,
    pub(crate) alamat: String,
    pub(crate) oleh: String,
    pub(crate) dibuat: Moment,
    pub(crate) diubah: Moment,
    /// The sheet that is read, and the row of its headings; 0 until it is chosen.
    pub(crate) lembar: String,
    pub(crate) kepala: u32,
    pub(crate) pemetaan: Option<Pemetaan>,
    /// Steps of the present work that are done, and how many there are.
    pub(crate) maju: (i64, i64),
    /// Rows that are letters, added, known already, wrong, between the letters, left behind.
    pub(crate) hitungan: Hitungan,
    /// Letters by year, in words.
    pub(crate) ringkas: String,
    /// First and last day of receipt of what was added.
    pub(crate) masa: Option<(Date, Date)>,
    /// Why it was refused or taken back, or what became of it.
    pub(crate) catatan: Option<String>,
    pub(crate) versi: i64,
}

/// How many rows of each kind a book has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Hitungan {
    pub(crate) baris: i64,
    pub(crate) baru: i64,
    pub(crate) sama: i64,
    pub(crate) masalah: i64,
    pub(crate) sela: i64,
    pub(crate) tertinggal: i64,
}

/// A reading kept for the next file of an OPD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Profil {
    pub(crate) id: Id,
    pub(crate) nama: String,
    pub(crate) pemetaan: Pemetaan,
    pub(crate) oleh: String,
    pub(crate) dibuat: Moment,
}

/// Longest name of a profile.
pub(crate) const PROFIL: usize = 80;

/// Where a letter came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sumber {
    pub(crate) impor: Id,
    pub(crate) berkas: String,
    pub(crate) baris: i64,
    /// Its number in the old book, where it could not be kept.
    pub(crate) agenda_lama: Option<String>,
    pub(crate) pada: Moment,
}
