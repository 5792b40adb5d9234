//! The rules of a node (simpul): the Praja box of another regency, known by its public key. Pure functions.

pub(crate) mod pages;
mod refusal;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use praja_desk::verify::key_name;
use praja_kernel::{FieldProblem, Id, fold};

pub(crate) use refusal::Refusal;

use crate::naskah::{isi::items, tujuan};

/// A box of another regency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Simpul {
    pub(crate) id: Id,
    /// "Kabupaten Belitung".
    pub(crate) nama: String,
    /// Where it answers; none where letters travel as files.
    pub(crate) alamat: Option<String>,
    /// Its public key, in hexadecimal.
    pub(crate) kunci: String,
    /// The short name of the key.
    pub(crate) kunci_id: String,
    /// Who vouches for its certificate (PEM).
    pub(crate) sertifikat: Option<String>,
    /// Addressees that are reached there.
    pub(crate) tujuan: Vec<String>,
    pub(crate) aktif: bool,
    pub(crate) versi: i64,
}

impl Simpul {
    /// Is this addressee reached there: by a name that was written down, or because it ends with the name of the regency?
    pub(crate) fn reaches(&self, line: &str) -> bool {
        let sought = tujuan::bare(tujuan::split_up(line).0);
        self.tujuan.iter().any(|one| fold(one) == sought) || sought.ends_with(&format!(" {}", fold(&self.nama)))
    }
}

/// What was typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft<'a> {
    pub(crate) nama: &'a str,
    pub(crate) alamat: &'a str,
    pub(crate) kunci: &'a str,
    pub(crate) sertifikat: &'a str,
    pub(crate) tujuan: &'a str,
}

/// What was typed, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Baru {
    pub(crate) nama: String,
    pub(crate) alamat: Option<String>,
    pub(crate) kunci: String,
    pub(crate) kunci_id: String,
    pub(crate) sertifikat: Option<String>,
    pub(crate) tujuan: Vec<String>,
}

/// Reads what was typed; `own` is the short name of our own key.
///
/// # Errors
/// [`Refusal::Fields`] with everything at fault.
pub(crate) fn read(draft: &Draft<'_>, own: &str) -> Result<Baru, Refusal> {
    let mut wrong = Vec::new();
    let nama = draft.nama.split_whitespace().collect::<Vec<_>>().join(" ");
    if nama.chars().filter(|letter| letter.is_alphabetic()).count() < 3 || nama.chars().count() > 120 {
        wrong.push(FieldProblem::new("nama", "Tulis nama daerahnya, misalnya Kabupaten Belitung; paling panjang 120 huruf."));
    }
    let alamat = draft.alamat.trim().trim_end_matches('/');
    if !alamat.is_empty() && !is_address(alamat) {
        wrong.push(FieldProblem::new(
            "alamat",
            "Alamat diawali https:// tanpa garis miring di belakang, misalnya https://praja.belitungkab.go.id.",
        ));
    }
    let kunci: String = draft.kunci.split_whitespace().collect::<String>().to_lowercase();
    let kunci_id = key_name(&kunci);
    match &kunci_id {
        None => {
            wrong.push(FieldProblem::new("kunci", "Kunci publik terdiri atas 64 angka dan huruf a sampai f. Salin seluruhnya."))
        }
        Some(id) if id == own => {
            wrong.push(FieldProblem::new("kunci", "Ini kunci daerah Anda sendiri. Minta kunci daerah lain itu."))
        }
        Some(_) => {}
    }
    let sertifikat = draft.sertifikat.trim();
    if !sertifikat.is_empty() && (!sertifikat.contains("-----BEGIN CERTIFICATE-----") || sertifikat.len() > 20_000) {
        wrong
            .push(FieldProblem::new("sertifikat", "Sertifikat diawali -----BEGIN CERTIFICATE-----. Kosongkan bila tidak perlu."));
    }
    let lines: Vec<String> =
        items(draft.tujuan).into_iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    if lines.len() > 200 || lines.iter().any(|line| line.chars().count() > 240) {
        wrong.push(FieldProblem::new("tujuan", "Paling banyak 200 baris, masing-masing paling panjang 240 huruf."));
    }
    match kunci_id {
        Some(kunci_id) if wrong.is_empty() => Ok(Baru {
            nama,
            alamat: Some(alamat.to_owned()).filter(|text| !text.is_empty()),
            kunci,
            kunci_id,
            sertifikat: Some(sertifikat.to_owned()).filter(|text| !text.is_empty()),
            tujuan: lines,
        }),
        _ => Err(Refusal::Fields(wrong)),
    }
}

/// An address over an encrypted line, or one of this very machine.
fn is_address(text: &str) -> bool {
    let host = |rest: &str| {
        let name = rest.split([':', '/']).next().unwrap_or_default();
        !name.is_empty() && !rest.contains(['/', '?', '#', '@', ' ', '\\']) && text.len() <= 200
    };
    match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(rest), _) => host(rest),
        (None, Some(rest)) => {
            let name = rest.split(':').next().unwrap_or_default();
            host(rest) && ["127.0.0.1", "localhost"].contains(&name)
        }
        (None, None) => false,
    }
}
