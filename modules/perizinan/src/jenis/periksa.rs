//! What is wrong with a type that can be read: names that meet nothing, formulas that do not count, promises without a rule. Everything at once.

mod dokumen;
mod formulir;
mod pokok;
#[cfg(test)]
mod tests;

use super::{Cacat, Jenis, Kanal};

pub(crate) use dokumen::BAWAAN;
pub(crate) use formulir::kind;

/// Working days that need no rule of their own (UU 30/2014 as amended by the job creation law).
pub(crate) const HARI_TANPA_DASAR: u32 = 5;

/// Everything that is wrong, in the order of the description.
pub(crate) fn check(jenis: &Jenis) -> Vec<Cacat> {
    let mut buku = Buku::default();
    pokok::check(jenis, &mut buku);
    formulir::check(jenis, &mut buku);
    dokumen::check(jenis, &mut buku);
    buku.0
}

/// May it promise so many days here? `Ok(true)`: only because this Instance is an exercise, and it is marked so.
///
/// # Errors
/// Why not, and what helps.
pub(crate) fn promise(jenis: &Jenis, contoh: bool) -> Result<bool, Cacat> {
    if jenis.kanal != Kanal::Praja || !jenis.sla.dasar.trim().is_empty() || jenis.sla.hari <= HARI_TANPA_DASAR {
        return Ok(false);
    }
    if contoh {
        return Ok(true);
    }
    Err(Cacat {
        jalur: "sla.dasar".into(),
        baris: 0,
        pesan: format!(
            "Layanan ini menjanjikan {} hari kerja tanpa aturan yang menetapkannya. Bila tidak ada aturan, keputusan wajib dibuat paling \
             lama {HARI_TANPA_DASAR} hari kerja sejak berkas lengkap (UU 30/2014 sebagaimana diubah).",
            jenis.sla.hari
        ),
        saran: format!(
            "Tulis aturan yang menetapkan {} hari itu, atau janjikan paling lama {HARI_TANPA_DASAR} hari kerja.",
            jenis.sla.hari
        ),
    })
}

/// Where defects are written down.
#[derive(Default)]
struct Buku(Vec<Cacat>);

impl Buku {
    fn tell(&mut self, jalur: impl Into<String>, pesan: impl Into<String>, saran: impl Into<String>) {
        self.0.push(Cacat { jalur: jalur.into(), baris: 0, pesan: pesan.into(), saran: saran.into() });
    }

    /// Tells it where `wrong`.
    fn when(&mut self, wrong: bool, jalur: &str, pesan: &str, saran: &str) {
        if wrong {
            self.tell(jalur, pesan, saran);
        }
    }
}

/// Is it a name of a field or requirement: small letters, digits, `_`, a letter first, at most 40?
pub(crate) fn is_name(kode: &str) -> bool {
    kode.len() <= 40
        && kode.starts_with(|letter: char| letter.is_ascii_lowercase())
        && kode.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_')
}

/// Is it a code of a type: 2 to 12 capitals and digits?
pub(crate) fn is_code(kode: &str) -> bool {
    (2..=12).contains(&kode.len()) && kode.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit())
}
