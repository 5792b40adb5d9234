//! Ways out of the house: mail, and gateways for WhatsApp, Telegram or SMS. Secrets are sealed by the Instance's key.

mod draft;
pub(crate) mod pages;
mod refusal;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use praja_kernel::{Id, Moment, words};
use praja_module::Instance;
use praja_store::{Result, StoreError};
use serde::{Deserialize, Serialize};

pub use draft::{Draft, check};
pub use refusal::Refusal;

/// What the Instance's key seals secrets of ways out for.
const PURPOSE: &str = "desk.saluran";

words! {
    /// What kind of way.
    pub enum Jenis ("jenis saluran") {
        /// A mail server (SMTP).
        Surel => "surel", "Surel";
        /// A gateway that is called over HTTP.
        Gerbang => "gerbang", "Gerbang pesan";
    }
}

words! {
    /// How a line to a mail server is protected.
    pub enum Pengaman ("pengaman sambungan") {
        /// Encrypted from the first byte (port 465).
        Tls => "tls", "TLS sejak awal (porta 465)";
        /// Begins plain and must become encrypted before anything is said (port 587).
        Starttls => "starttls", "STARTTLS wajib (porta 587)";
        /// Not at all: only to a mail server on this machine or in the same room.
        Tanpa => "tanpa", "Tanpa pengaman (hanya untuk mesin surel di jaringan sendiri)";
    }
}

words! {
    /// How a gateway wants its message.
    pub enum Bentuk ("bentuk isi") {
        /// JSON.
        Json => "json", "JSON";
        /// As a web form sends it.
        Formulir => "formulir", "Formulir (a=b&c=d)";
    }
}

words! {
    /// What a gateway calls a person by.
    pub enum Tujuan ("tujuan gerbang") {
        /// The telephone number in the person's data.
        Telepon => "telepon", "Nomor telepon pada data pegawai";
        /// An address that each person writes down (a Telegram chat).
        Khusus => "khusus", "Alamat yang ditulis sendiri oleh pegawai";
    }
}

/// A way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saluran {
    /// Identity.
    pub id: Id,
    /// The name people choose by: "Surel", "WhatsApp".
    pub nama: String,
    /// Switched on?
    pub aktif: bool,
    /// Its settings.
    pub pengaturan: Pengaturan,
    /// Failures since it last worked.
    pub gagal: i64,
    /// It rests until then.
    pub istirahat_sampai: Option<Moment>,
    /// When it last worked.
    pub terakhir_baik: Option<Moment>,
    /// When it last failed.
    pub terakhir_gagal: Option<Moment>,
    /// Why.
    pub sebab: Option<String>,
    /// Guards against two windows saving at once.
    pub versi: i64,
    rahasia: Option<Vec<u8>>,
}

/// Settings without secrets, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "jenis", rename_all = "lowercase")]
pub enum Pengaturan {
    /// A mail server.
    Surel(Surel),
    /// A gateway.
    Gerbang(Gerbang),
}

/// A mail server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surel {
    /// Its name or address.
    pub mesin: String,
    /// Its port.
    pub porta: u16,
    /// How the line is protected.
    pub pengaman: Pengaman,
    /// Whom it knows us as; some need nobody.
    pub pengguna: Option<String>,
    /// The sender's address.
    pub dari: String,
    /// A certificate of the regency's own authority (PEM), where the machine does not know it.
    pub sertifikat: Option<String>,
}

/// A gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gerbang {
    /// Its address; may hold `{{kunci}}`.
    pub alamat: String,
    /// How it wants its message.
    pub bentuk: Bentuk,
    /// What it calls a person by.
    pub tujuan: Tujuan,
    /// Further header lines, `Name: value`; may hold `{{kunci}}`.
    pub kepala: String,
    /// The message with its tokens.
    pub isi: String,
    /// A certificate of the regency's own authority (PEM).
    pub sertifikat: Option<String>,
}

/// What must not be read in a stolen database.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rahasia {
    /// The password at the mail server, or the gateway's own key.
    #[serde(default)]
    pub kunci: String,
    /// The secret with which we sign what we send to a gateway.
    #[serde(default)]
    pub tanda: String,
}

impl Saluran {
    /// A way without secrets or history.
    #[cfg(test)]
    pub(crate) fn for_test(id: Id, pengaturan: Pengaturan) -> Self {
        Self {
            id,
            nama: "Uji".into(),
            aktif: true,
            pengaturan,
            gagal: 0,
            istirahat_sampai: None,
            terakhir_baik: None,
            terakhir_gagal: None,
            sebab: None,
            versi: 1,
            rahasia: None,
        }
    }

    /// Its kind.
    pub fn jenis(&self) -> Jenis {
        match self.pengaturan {
            Pengaturan::Surel(_) => Jenis::Surel,
            Pengaturan::Gerbang(_) => Jenis::Gerbang,
        }
    }

    /// Its secrets, opened.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when another Instance sealed them.
    pub fn rahasia(&self, instance: &Instance) -> Result<Rahasia> {
        let Some(sealed) = &self.rahasia else { return Ok(Rahasia::default()) };
        let plain = instance.keys().open(PURPOSE, sealed)?;
        serde_json::from_slice(&plain).map_err(|e| StoreError::Corrupt(e.to_string()))
    }

    /// The address of a person on this way: the person's own choice, else what identity knows.
    pub fn alamat(&self, own: Option<&str>, kontak: &praja_identity::narahubung::Kontak) -> Option<String> {
        let own = own.map(str::trim).filter(|own| !own.is_empty()).map(str::to_owned);
        match &self.pengaturan {
            Pengaturan::Surel(_) => own.or_else(|| kontak.email.clone()),
            Pengaturan::Gerbang(Gerbang { tujuan: Tujuan::Telepon, .. }) => own.or_else(|| kontak.telepon.clone()),
            Pengaturan::Gerbang(Gerbang { tujuan: Tujuan::Khusus, .. }) => own,
        }
    }

    /// May an address typed by a person be used on this way?
    pub fn check_alamat(&self, typed: &str) -> Result<String, &'static str> {
        match &self.pengaturan {
            Pengaturan::Surel(_) if typed.parse::<lettre::Address>().is_ok() => Ok(typed.to_lowercase()),
            Pengaturan::Surel(_) => Err("Tulis alamat surel lengkap, misalnya nama@contoh.go.id."),
            Pengaturan::Gerbang(Gerbang { tujuan: Tujuan::Telepon, .. }) => praja_identity::telepon::parse(typed)
                .filter(|number| praja_identity::telepon::is_mobile(number))
                .ok_or("Tulis nomor telepon seluler, misalnya 0812 3456 7890."),
            Pengaturan::Gerbang(_) if typed.len() <= 60 && typed.bytes().all(|byte| byte.is_ascii_graphic()) => {
                Ok(typed.to_owned())
            }
            Pengaturan::Gerbang(_) => Err("Tulis ID yang diberikan gerbang, tanpa spasi, paling panjang 60 huruf."),
        }
    }
}

/// Secrets as they are stored.
///
/// # Errors
/// Without randomness.
pub fn sealed(instance: &Instance, rahasia: &Rahasia) -> Result<Vec<u8>> {
    let plain = serde_json::to_vec(rahasia).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    instance.keys().seal(PURPOSE, &plain)
}

/// How long a way rests after so many failures in a row: not at all for the first two, then five minutes, doubled up to an hour.
pub fn rest_ms(failures: i64) -> Option<i64> {
    let minutes = match failures {
        ..3 => return None,
        3 => 5,
        4 => 10,
        5 => 20,
        6 => 40,
        _ => 60,
    };
    Some(minutes * 60 * 1000)
}
