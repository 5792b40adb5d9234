//! How a letter goes on after it was registered: every state × act pair is decided here.

use super::{Refusal, Status};
use praja_kernel::Sifat;

praja_kernel::words! {
    /// What is done with a letter as a whole.
    pub enum Langkah ("langkah surat masuk") {
        /// The registry puts it on a desk.
        Arahkan => "arahkan", "diarahkan";
        /// The desk it lies on gives an order.
        Disposisi => "disposisi", "didisposisi";
        /// A recipient begins.
        Kerjakan => "kerjakan", "ditindaklanjuti";
        /// Every recipient who had to act is done.
        Tuntas => "tuntas", "diselesaikan";
        /// Closed by hand, with a reason.
        Tutup => "tutup", "diselesaikan";
        /// Not for this office: sent on to the right one.
        Teruskan => "teruskan", "diteruskan ke alamat yang benar";
        /// Not for this office: given back to its sender.
        Kembalikan => "kembalikan", "dikembalikan kepada pengirim";
        /// Registered before.
        Duplikat => "duplikat", "ditandai sebagai duplikat";
        /// It is put into a file.
        Berkaskan => "berkaskan", "diberkaskan";
        /// It is taken out of a file into which it was put by mistake.
        Keluarkan => "keluarkan", "dikeluarkan dari berkas";
    }
}

/// The state after a step. A letter is directed only when it can be read on screen; of Rahasia and above the registry opens no
/// envelope, so there is nothing to scan.
///
/// # Errors
/// [`Refusal::NotScanned`] for directing what has no scan yet, else [`Refusal::NotNow`].
pub(crate) fn go(status: Status, langkah: Langkah, sifat: Sifat) -> Result<Status, Refusal> {
    use Status::{Diarahkan, Didisposisi, Dipindai, Diterima, Ditindaklanjuti, Tercatat};
    let after = match (langkah, status) {
        (Langkah::Arahkan, Dipindai | Diarahkan) => Diarahkan,
        (Langkah::Arahkan, Diterima | Tercatat) if sifat.is_secret() => Diarahkan,
        (Langkah::Arahkan, Diterima | Tercatat) => return Err(Refusal::NotScanned),
        (Langkah::Disposisi, Diarahkan | Didisposisi) => Didisposisi,
        (Langkah::Disposisi | Langkah::Kerjakan, Ditindaklanjuti) => Ditindaklanjuti,
        (Langkah::Kerjakan, Didisposisi) => Ditindaklanjuti,
        (Langkah::Tuntas, Didisposisi | Ditindaklanjuti) => Status::Selesai,
        (Langkah::Tutup, Diarahkan | Didisposisi | Ditindaklanjuti) => Status::Selesai,
        (Langkah::Teruskan, Diterima | Tercatat | Dipindai | Diarahkan | Status::SalahAlamat) => Status::Diteruskan,
        (Langkah::Kembalikan, Diterima | Tercatat | Dipindai | Diarahkan | Status::SalahAlamat) => Status::Dikembalikan,
        (Langkah::Duplikat, Diterima | Tercatat | Dipindai) => Status::Duplikat,
        (Langkah::Berkaskan, Status::Selesai) => Status::Diberkaskan,
        (Langkah::Keluarkan, Status::Diberkaskan) => Status::Selesai,
        _ => return Err(Refusal::NotNow { langkah, status }),
    };
    Ok(after)
}

/// May the letter take this step now? For drawing buttons.
pub(crate) fn may(status: Status, langkah: Langkah, sifat: Sifat) -> bool {
    go(status, langkah, sifat).is_ok()
}
