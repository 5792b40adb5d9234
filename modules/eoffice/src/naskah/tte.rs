//! Attempts to sign electronically, and what became of each: pure words.

use praja_kernel::{Id, Moment, Refuse};
use praja_module::Problem;

use super::Refusal;

praja_kernel::words! {
    /// What became of one naskah.
    pub enum Hasil ("hasil tanda tangan") {
        /// It is signed.
        Tertandatangani => "tertandatangani", "Ditandatangani";
        /// It is not, and waits.
        Gagal => "gagal", "Belum ditandatangani";
    }
}

/// One attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Percobaan {
    pub(crate) naskah: Id,
    pub(crate) hasil: Hasil,
    /// What was refused, and what helps.
    pub(crate) pesan: Option<String>,
    pub(crate) pada: Moment,
}

/// At most so many in one act.
pub(crate) const MOST: usize = 50;

/// What stops one naskah and not those beside it; faults of ours stop all.
///
/// # Errors
/// The fault.
pub(crate) fn refusal(problem: Problem) -> Result<Refusal, Problem> {
    let said = |message: &str, next_step: &str| Refusal::Tte {
        message: message.to_owned(),
        next_step: next_step.to_owned(),
        fields: Vec::new(),
    };
    Ok(match problem {
        Problem::Refused(why) => Refusal::Tte { message: why.message(), next_step: why.next_step(), fields: why.fields() },
        Problem::Conflict => said(
            "Naskah ini baru saja diubah atau ditandatangani dari tempat lain.",
            "Buka naskahnya untuk melihat keadaannya sekarang.",
        ),
        Problem::NotFound => said("Naskah ini tidak ditemukan di antara yang dapat Anda baca.", "Muat ulang daftarnya."),
        other => return Err(other),
    })
}

/// A refusal as one text.
pub(crate) fn words(refusal: &Refusal) -> String {
    format!("{} {}", refusal.message(), refusal.next_step()).trim_end().to_owned()
}
