//! The audit trail for its readers: looking through it, checking the chains, anchors to keep elsewhere.

pub(crate) mod kerja;
pub(crate) mod pages;
pub(crate) mod store;

use praja_kernel::{Id, Moment};
use praja_store::{
    Anchor, Keyring, Result, Tx,
    audit::{Problem, ProblemKind},
};
use serde::{Deserialize, Serialize};

/// When the last anchor was taken, by a person or by the day.
///
/// # Errors
/// When the database cannot be read.
pub fn last_anchor(tx: &mut Tx<'_>) -> Result<Option<Moment>> {
    store::last_anchor(tx)
}

/// Takes an anchor without keeping it here: for whoever carries it away at once, or what is handed out together with it.
///
/// # Errors
/// When the database cannot be read.
pub fn anchor_now(tx: &mut Tx<'_>, instansi: &str, now: Moment, keys: &Keyring) -> Result<Anchor> {
    let names = store::office_names(tx)?;
    Anchor::take(tx, instansi, now, &keys.signing(), |rantai| kerja::name_of(&names, rantai))
}

praja_kernel::words! {
    /// Where a check stands.
    pub enum Status ("status pemeriksaan") {
        /// Waits for the background.
        Menunggu => "menunggu", "Menunggu giliran";
        /// Chain after chain is read.
        Berjalan => "berjalan", "Sedang diperiksa";
        /// Nothing was changed.
        Utuh => "utuh", "Utuh";
        /// Something was.
        Bermasalah => "bermasalah", "Ada masalah";
    }
}

impl Status {
    /// Is the background at work on it?
    pub fn is_moving(self) -> bool {
        matches!(self, Self::Menunggu | Self::Berjalan)
    }
}

/// A check of the whole trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Periksa {
    /// Identity.
    pub id: Id,
    /// Where it stands.
    pub status: Status,
    /// Who asked for it.
    pub oleh: String,
    /// When.
    pub dibuat: Moment,
    /// When it ended.
    pub selesai: Option<Moment>,
    /// Chains looked at, and how many there are.
    pub rantai: (i64, i64),
    /// Rows looked at.
    pub baris: i64,
    /// Values that were lawfully erased.
    pub terhapus: i64,
    /// The anchors that were brought along, as text.
    pub jangkar: Vec<String>,
    /// What was found.
    pub hasil: Vec<Temuan>,
}

/// Something that was changed, in the auditor's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Temuan {
    /// The chain; empty when the anchor itself is meant.
    pub rantai: String,
    /// The OPD's name.
    pub nama: String,
    /// The row; 0 when a whole chain is meant.
    pub urut: i64,
    /// The day to name.
    pub pada: Moment,
    /// What was found.
    pub kata: String,
}

impl Temuan {
    /// What the store found, in words.
    pub fn of(problem: &Problem) -> Self {
        let kata = match problem.kind {
            // A chain without any row has no row to point at.
            ProblemKind::Cut { had } if problem.urut == 0 => format!("seluruh baris hilang; saat dijangkar ada {had} baris"),
            _ => problem.kind.words(),
        };
        Self { rantai: problem.rantai.clone(), nama: problem.nama.clone(), urut: problem.urut, pada: problem.pada, kata }
    }
}

/// An anchor taken here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jangkar {
    /// Identity.
    pub id: Id,
    /// When.
    pub pada: Moment,
    /// Who took it.
    pub oleh: String,
    /// How many chains it holds.
    pub rantai: i64,
    /// The signed text.
    pub teks: String,
    /// One line for a QR code.
    pub ringkas: String,
}

#[cfg(test)]
mod tests {
    use praja_store::audit::{Problem, ProblemKind};

    use super::*;

    #[test]
    fn a_chain_that_is_gone_is_told_from_one_that_was_cut() {
        let problem = |urut, kind| Problem { rantai: "umum".into(), nama: "Umum".into(), urut, pada: Moment(0), kind };
        let cases = [
            (problem(0, ProblemKind::Cut { had: 7 }), "seluruh baris hilang; saat dijangkar ada 7 baris"),
            (problem(5, ProblemKind::Cut { had: 7 }), "rantai dipotong; saat dijangkar ada 7 baris"),
            (problem(3, ProblemKind::RowChanged), "isi baris diubah"),
        ];
        for (problem, words) in cases {
            assert_eq!(Temuan::of(&problem).kata, words);
        }
    }
}
