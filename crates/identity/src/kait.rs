//! Other programs that are told when something happened to a letter of an OPD (webhook): which addresses, how often it is tried, what is
//! said. Pure rules.

pub(crate) mod kerja;
pub(crate) mod pages;
mod refusal;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use std::net::IpAddr;

use praja_kernel::{FieldProblem, Id, Moment, Zona};
use praja_module::{Instance, events};
use praja_store::{Result, StoreError};
use praja_web::frame;
use serde_json::json;

use crate::isian::Problems;

pub(crate) use refusal::Refusal;

/// What the Instance's key seals the secrets of signatures for.
const PURPOSE: &str = "identity.kait";
/// A trial, asked for by whoever looks after it.
pub(crate) const UJI: &str = "uji";
/// Pauses before the second, third, … try, in minutes: dense at first, then over a night and a day.
const PAUSES: [i64; 8] = [1, 5, 15, 60, 180, 360, 720, 1440];

praja_kernel::words! {
    /// How far a delivery has come.
    pub(crate) enum Status ("keadaan kiriman") {
        /// Waits for its turn or its next try.
        Menunggu => "menunggu", "Menunggu";
        /// The program took it.
        Terkirim => "terkirim", "Terkirim";
        /// Given up.
        Gagal => "gagal", "Gagal";
        /// Held back: a contoh Instance sends nothing outside.
        Ditahan => "ditahan", "Ditahan (latihan)";
        /// No longer wanted.
        Batal => "batal", "Batal";
    }
}

/// An address that is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kait {
    pub(crate) id: Id,
    pub(crate) isi: Isi,
    pub(crate) opd: Id,
    pub(crate) aktif: bool,
    pub(crate) gagal: i64,
    pub(crate) istirahat_sampai: Option<Moment>,
    pub(crate) dibuat: Moment,
    pub(crate) oleh_nama: String,
    pub(crate) versi: i64,
    rahasia: Vec<u8>,
}

/// What its maker decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Isi {
    pub(crate) nama: String,
    pub(crate) alamat: String,
    pub(crate) sertifikat: Option<String>,
    pub(crate) peristiwa: Vec<String>,
}

impl Kait {
    /// The secret of its signatures, opened.
    pub(crate) fn rahasia(&self, instance: &Instance) -> Result<String> {
        let plain = instance.keys().open(PURPOSE, &self.rahasia)?;
        String::from_utf8(plain.to_vec()).map_err(|e| StoreError::Corrupt(e.to_string()))
    }
}

/// One delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kiriman {
    pub(crate) id: Id,
    pub(crate) kait: Id,
    pub(crate) jenis: String,
    pub(crate) nomor: String,
    pub(crate) isi: String,
    pub(crate) status: Status,
    pub(crate) percobaan: i64,
    pub(crate) coba_pada: Moment,
    pub(crate) jawaban: Option<i64>,
    pub(crate) sebab: Option<String>,
    pub(crate) dibuat: Moment,
    pub(crate) selesai_pada: Option<Moment>,
}

/// What was typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft<'a> {
    pub(crate) nama: &'a str,
    pub(crate) alamat: &'a str,
    pub(crate) sertifikat: &'a str,
    pub(crate) peristiwa: Vec<&'a str>,
}

/// Reads what was typed; `taken` are the names of the others of this OPD, folded.
///
/// # Errors
/// Everything at fault.
pub(crate) fn check(draft: &Draft<'_>, taken: &[String]) -> std::result::Result<Isi, Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let nama = problems.needed("nama", "Nama", draft.nama, 80);
    if taken.contains(&praja_kernel::fold(&nama)) {
        problems.add("nama", "Sudah ada webhook bernama ini. Tulis nama lain.");
    }
    let alamat = draft.alamat.trim().to_owned();
    if !is_address(&alamat) {
        problems.add(
            "alamat",
            "Tulis alamat yang diawali https://. Tanpa pengaman (http://) hanya untuk mesin di jaringan pemerintah sendiri.",
        );
    }
    let sertifikat = Some(draft.sertifikat.trim().to_owned()).filter(|text| !text.is_empty());
    if sertifikat.as_ref().is_some_and(|text| !text.starts_with("-----BEGIN CERTIFICATE-----") || text.len() > 20_000) {
        problems.add("sertifikat", "Tempel sertifikat dalam bentuk PEM, mulai dari -----BEGIN CERTIFICATE-----.");
    }
    let known = |name: &str| events::KABAR.iter().any(|(kind, _)| *kind == name);
    let mut peristiwa: Vec<String> = draft.peristiwa.iter().filter(|one| !one.is_empty()).map(|one| (*one).to_owned()).collect();
    peristiwa.sort();
    peristiwa.dedup();
    if peristiwa.is_empty() || !peristiwa.iter().all(|name| known(name)) {
        problems.add("peristiwa", "Pilih sedikitnya satu peristiwa.");
    }
    if problems.0.is_empty() { Ok(Isi { nama, alamat, sertifikat, peristiwa }) } else { Err(problems.0) }
}

/// HTTPS anywhere; plain HTTP only to a private address or a name inside the house. What a name leads to is looked at again when it is
/// called.
fn is_address(text: &str) -> bool {
    let (secure, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        (None, None) => return false,
    };
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let (host, port) = authority.rsplit_once(':').unwrap_or((authority, "443"));
    let plain = |letter: char| letter.is_ascii_graphic() && !['\\', '#', '"', '<', '>'].contains(&letter);
    let named = !host.is_empty() && host.chars().all(|letter| letter.is_ascii_alphanumeric() || "-._".contains(letter));
    named
        && text.len() <= 300
        && text.chars().all(plain)
        && port.parse::<u16>().is_ok_and(|port| port > 0)
        && (secure || is_inside(host))
}

fn is_inside(host: &str) -> bool {
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => address.is_private() || address.is_loopback(),
        Ok(IpAddr::V6(_)) => false,
        Err(_) => host.ends_with(".local") || !host.contains('.'),
    }
}

/// What to do after a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// It was taken.
    Sent,
    /// Again after so many milliseconds.
    Again(i64),
    /// Never by itself.
    GiveUp,
}

/// Decides after a try: `answer` is the status, or none when nobody answered; `before` counts the tries that failed. A program that says
/// that the address is gone, or that it will never take this, is not asked again.
pub(crate) fn next(answer: Option<u16>, before: i64) -> Next {
    match answer {
        Some(200..=299) => Next::Sent,
        Some(400 | 404 | 405 | 410 | 413 | 415 | 422) => Next::GiveUp,
        _ => {
            let pause = usize::try_from(before).ok().and_then(|at| PAUSES.get(at));
            pause.map_or(Next::GiveUp, |minutes| Next::Again(minutes * 60_000))
        }
    }
}

/// How long an address rests after so many failures in a row, so that others' work does not wait for it.
pub(crate) fn rest_ms(failures: i64) -> Option<i64> {
    let minutes = match failures {
        ..3 => return None,
        3 => 5,
        4 => 10,
        5 => 20,
        6 => 40,
        _ => 60,
    };
    Some(minutes * 60_000)
}

/// What is said: which thing, its number and its state, and where a token reads more. Nothing of what is in it.
pub(crate) fn body(id: Id, kabar: &events::KabarAplikasi, at: Moment, zona: Zona, url: &str) -> String {
    json!({
        "id": id,
        "peristiwa": kabar.jenis,
        "pada": frame::time(zona, at).1,
        "opd": kabar.opd,
        "objek": { "id": kabar.id, "nomor": kabar.nomor, "status": kabar.status, "tautan": format!("{url}{}", kabar.alamat) },
    })
    .to_string()
}

/// A secret as it is stored.
pub(crate) fn sealed(instance: &Instance, rahasia: &str) -> Result<Vec<u8>> {
    instance.keys().seal(PURPOSE, rahasia.as_bytes())
}

/// What a kind of event is called.
pub(crate) fn meaning(jenis: &str) -> &str {
    let known = events::KABAR.iter().find(|(kind, _)| *kind == jenis).map(|(_, words)| *words);
    known.unwrap_or(if jenis == UJI { "Percobaan" } else { jenis })
}
