//! Messages on their way out of the house: found by each reader's choice, sent by a job, tried again with growing pauses, and kept with
//! their outcome for the administrator and the sender.

pub(crate) mod digest;
mod gateway;
mod letters;
mod luar;
mod mail;
pub(crate) mod pages;
mod send;
mod spread;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use praja_kernel::{Derajat, Id, Moment, words};
use praja_module::MessageKind;
use praja_store::{Result, Tx};
use serde::{Deserialize, Serialize};

pub use gateway::signature;
pub(crate) use gateway::{agent, direct};
pub use letters::{Berkas, Surat, has_mail, queue_letter, state_of};
pub use luar::{Hasil, tell_contact};
pub(crate) use mail::chain;
pub(crate) use send::run as send_now;
pub(crate) use spread::{can_send_code, queue, run as spread_now, send_code};

/// How many messages were given up since then: for whoever looks after the installation.
///
/// # Errors
/// When the database cannot be read.
pub fn failed_since(tx: &mut Tx<'_>, since: Moment) -> Result<i64> {
    store::failed_since(tx, since)
}

/// The job that sends one message.
pub(crate) const SEND: &str = "desk.send-notice";

words! {
    /// How far a message has come.
    pub enum Status ("keadaan kiriman") {
        /// Waits for its turn or its next try.
        Menunggu => "menunggu", "Menunggu";
        /// Waits for the daily digest.
        Ringkasan => "ringkasan", "Menunggu ringkasan";
        /// Went in a digest.
        Diringkas => "diringkas", "Dalam ringkasan";
        /// Accepted by the mail server or the gateway.
        Terkirim => "terkirim", "Terkirim";
        /// Given up.
        Gagal => "gagal", "Gagal";
        /// Held back: a contoh Instance sends nothing outside.
        Ditahan => "ditahan", "Ditahan (latihan)";
        /// No longer needed.
        Batal => "batal", "Batal";
    }
}

words! {
    /// What a message is about; decides its text.
    pub enum Isi ("jenis kiriman") {
        /// Something to do.
        Tugas => "tugas", "Tugas baru";
        /// A deadline.
        Pengingat => "pengingat", "Pengingat";
        /// The account.
        Keamanan => "keamanan", "Keamanan akun";
        /// Something to know.
        Kabar => "kabar", "Kabar";
        /// The daily digest.
        Ringkasan => "ringkasan", "Ringkasan";
        /// A trial by the administrator or by the person.
        Percobaan => "percobaan", "Percobaan";
    }
}

impl From<MessageKind> for Isi {
    fn from(jenis: MessageKind) -> Self {
        match jenis {
            MessageKind::Tugas => Self::Tugas,
            MessageKind::Pengingat => Self::Pengingat,
            MessageKind::Keamanan => Self::Keamanan,
            MessageKind::Kabar => Self::Kabar,
        }
    }
}

impl Isi {
    /// The text it is written with.
    fn template(self) -> &'static str {
        match self {
            Self::Percobaan => Self::Kabar.as_str(),
            other => other.as_str(),
        }
    }
}

/// One message over one way to one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kiriman {
    /// Identity: stays the same when it is sent again, so that a gateway can tell a repetition.
    pub id: Id,
    /// The notice it tells of; digests, codes and trials have none.
    pub kabar: Option<Id>,
    /// The way.
    pub saluran: Id,
    /// To whom, as an actor key.
    pub penerima: String,
    /// The name at the time.
    pub penerima_nama: String,
    /// To which address.
    pub alamat: String,
    /// What it is about.
    pub jenis: Isi,
    /// One line.
    pub judul: String,
    /// What else its text needs.
    pub muatan: Muatan,
    /// Who caused it, as an actor key.
    pub oleh: String,
    /// How far it is.
    pub status: Status,
    /// Failures so far.
    pub percobaan: i64,
    /// When it is tried next.
    pub coba_pada: Moment,
    /// Why it failed last.
    pub sebab: Option<String>,
    /// When it was queued.
    pub dibuat: Moment,
    /// When it was over.
    pub selesai_pada: Option<Moment>,
}

/// What the text of a message needs beside its line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Muatan {
    /// The text; for a digest its lines.
    pub isi: String,
    /// Where it leads, without the host.
    pub tautan: String,
    /// Urgency.
    pub derajat: Derajat,
    /// Name of the sender.
    pub dari: String,
    /// How many notices a digest holds.
    #[serde(default)]
    pub jumlah: usize,
    /// The file that goes along with a letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub berkas: Option<Berkas>,
}

/// Why a message did not leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// This address will never take it.
    Address(String),
    /// The way itself: others would fail, too, and it may be mended.
    Way(String),
}

/// What to do after a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// It left.
    Sent,
    /// Again after so many milliseconds.
    Again(i64),
    /// Never.
    GiveUp,
}

/// Pauses before the second, third, … try, in minutes: dense at first, then over a night and a day.
const PAUSES: [i64; 9] = [1, 2, 5, 15, 30, 60, 180, 360, 720];

/// Decides after a try; `failed_before` counts the failures so far. A code is worthless after its five minutes.
pub fn next(outcome: &Result<(), Failure>, failed_before: i64, jenis: Isi) -> Next {
    match outcome {
        Ok(()) => Next::Sent,
        Err(Failure::Address(_)) => Next::GiveUp,
        Err(Failure::Way(_)) => {
            let pauses = if jenis == Isi::Keamanan { &PAUSES[..2] } else { &PAUSES[..] };
            let pause = usize::try_from(failed_before).ok().and_then(|at| pauses.get(at));
            pause.map_or(Next::GiveUp, |minutes| Next::Again(minutes * 60 * 1000))
        }
    }
}
