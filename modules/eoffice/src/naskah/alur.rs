//! How a naskah goes on: every state × act pair is decided here.

use super::{Refusal, Status};

praja_kernel::words! {
    /// What is done with a naskah as a whole.
    pub enum Langkah ("langkah naskah") {
        /// The writer hands it on: to those who initial it, or to the signer where nobody has to.
        Ajukan => "ajukan", "diajukan";
        /// One of the chain initials it.
        Paraf => "paraf", "diparaf";
        /// One of the chain or the signer sends it back with notes.
        Kembalikan => "kembalikan", "dikembalikan";
        /// The writer takes it back before it has its number.
        Tarik => "tarik", "ditarik kembali";
        /// The signer refuses it for good.
        Tolak => "tolak", "ditolak";
        /// It gets number and date.
        Nomori => "nomori", "diberi nomor";
        /// Its number is given back, with a reason.
        Lepas => "lepas", "dilepas nomornya";
        /// It is signed.
        Tandatangani => "tandatangani", "ditandatangani";
        /// It goes to everybody it is addressed to.
        Kirim => "kirim", "dikirim";
        /// It is withdrawn after signing.
        Cabut => "cabut", "dicabut";
        /// It is put into a file.
        Berkaskan => "berkaskan", "diberkaskan";
        /// It is taken out of a file into which it was put by mistake.
        Keluarkan => "keluarkan", "dikeluarkan dari berkas";
    }
}

impl Langkah {
    /// Must it say why?
    pub(crate) const fn asks_why(self) -> bool {
        matches!(self, Self::Kembalikan | Self::Tolak | Self::Lepas | Self::Cabut)
    }
}

/// The state after a step. `done` says whether with this step everybody of the chain has initialled.
///
/// # Errors
/// [`Refusal::NotNow`] for everything that does not fit the state.
pub(crate) fn go(status: Status, langkah: Langkah, done: bool) -> Result<Status, Refusal> {
    use Status::{Diberkaskan, Dicabut, Dikirim, Dikoreksi, Ditolak, Konsep, Menandatangani, Paraf, SiapTte, Tertandatangani};
    let after = match (langkah, status) {
        (Langkah::Ajukan, Konsep | Dikoreksi) | (Langkah::Paraf, Paraf) => {
            if done {
                SiapTte
            } else {
                Paraf
            }
        }
        (Langkah::Kembalikan, Paraf | SiapTte) => Dikoreksi,
        (Langkah::Tarik, Paraf | SiapTte) => Konsep,
        (Langkah::Tolak, SiapTte) => Ditolak,
        (Langkah::Nomori, SiapTte) => Menandatangani,
        (Langkah::Lepas, Menandatangani) => SiapTte,
        (Langkah::Tandatangani, Menandatangani) => Tertandatangani,
        (Langkah::Kirim, Tertandatangani) => Dikirim,
        (Langkah::Cabut, Tertandatangani | Dikirim | Diberkaskan) => Dicabut,
        (Langkah::Berkaskan, Tertandatangani | Dikirim) => Diberkaskan,
        // What was never sent had nobody to be sent to.
        (Langkah::Keluarkan, Diberkaskan) => {
            if done {
                Dikirim
            } else {
                Tertandatangani
            }
        }
        _ => return Err(Refusal::NotNow { langkah, status }),
    };
    Ok(after)
}

/// May the naskah take this step now? For drawing buttons.
pub(crate) fn may(status: Status, langkah: Langkah) -> bool {
    go(status, langkah, true).is_ok()
}
