//! Where a registered letter goes: to the leader of the OPD, or where a rule of the OPD says.

pub(crate) mod pages;
mod refusal;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use praja_desk::klasifikasi::Klasifikasi;
use praja_kernel::{FieldProblem, Id, fold};

pub(crate) use refusal::Refusal;

use crate::surat_masuk::Isi;

/// Longest list of words of a rule, in letters.
const KATA: usize = 300;

/// So many classification codes has a rule at most.
const KODE: usize = 20;

/// A rule of one OPD. The first that fits decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Aturan {
    pub(crate) id: Id,
    pub(crate) opd: Id,
    /// Its place among the rules.
    pub(crate) urut: i64,
    /// One of these stands in the subject or the sender; folded. Empty: any.
    pub(crate) kata: Vec<String>,
    /// The classification begins with one of these. Empty: any.
    pub(crate) klasifikasi: Vec<String>,
    /// The post that gets the letter.
    pub(crate) tujuan: Id,
    pub(crate) aktif: bool,
    pub(crate) versi: i64,
}

/// A rule as it was typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    pub(crate) urut: String,
    pub(crate) kata: String,
    pub(crate) klasifikasi: Vec<String>,
    pub(crate) tujuan: String,
}

/// A rule ready to be saved: place, words, classifications, post.
pub(crate) type Baru = (i64, Vec<String>, Vec<String>, Id);

impl Aturan {
    /// Does it fit this letter?
    pub(crate) fn fits(&self, isi: &Isi) -> bool {
        if !self.aktif || (self.kata.is_empty() && self.klasifikasi.is_empty()) {
            return false;
        }
        let text = fold(&format!("{} {}", isi.hal, isi.asal));
        let words = self.kata.is_empty() || self.kata.iter().any(|kata| text.contains(kata.as_str()));
        let below = |code: &str| self.klasifikasi.iter().any(|above| is_below(code, above));
        let class = self.klasifikasi.is_empty() || isi.klasifikasi.as_deref().is_some_and(below);
        words && class
    }
}

/// `000.1.2` is below `000.1` and `000`, but not below `000.10`.
pub(crate) fn is_below(code: &str, above: &str) -> bool {
    code.strip_prefix(above).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The post a letter goes to, and the rule that says so; without one, the leader. A secret letter always goes to the leader: its
/// subject is nobody else's business, not even a rule's.
pub(crate) fn direct<'a>(rules: &'a [Aturan], isi: &Isi, pimpinan: Option<Id>) -> Option<(Id, Option<&'a Aturan>)> {
    let rule = if isi.sifat.is_secret() { None } else { rules.iter().find(|rule| rule.fits(isi)) };
    match rule {
        Some(rule) => Some((rule.tujuan, Some(rule))),
        None => pimpinan.map(|post| (post, None)),
    }
}

/// Reads a rule.
///
/// # Errors
/// [`Refusal::Fields`] with everything at fault.
pub(crate) fn draft(draft: &Draft, posts: &[Id], list: &Klasifikasi) -> Result<Baru, Refusal> {
    let mut problems = Vec::new();
    let mut add = |field: &'static str, message: &str| problems.push(FieldProblem::new(field, message));
    let urut = match draft.urut.trim() {
        "" => 10,
        typed => match typed.parse() {
            Ok(urut @ 1..=9999) => urut,
            _ => {
                add("urut", "Urutan diisi angka 1 sampai 9999. Aturan dengan angka lebih kecil diperiksa lebih dahulu.");
                10
            }
        },
    };
    let kata: Vec<String> = draft.kata.split(',').map(fold).filter(|kata| !kata.is_empty()).collect();
    if draft.kata.chars().count() > KATA {
        add("kata", "Kata terlalu banyak; paling panjang 300 huruf. Buat beberapa aturan.");
    }
    if kata.iter().any(|kata| kata.chars().count() < 3) {
        add("kata", "Tiap kata sedikitnya tiga huruf, agar tidak cocok dengan hampir semua surat.");
    }
    let klasifikasi = draft.klasifikasi.clone();
    if klasifikasi.iter().any(|code| list.uraian(code).is_none()) {
        add("klasifikasi", "Kode itu tidak ada dalam klasifikasi arsip. Periksa kodenya atau kosongkan.");
    } else if klasifikasi.len() > KODE {
        add("klasifikasi", "Kode terlalu banyak; paling banyak 20. Buat beberapa aturan, atau pilih kode di atasnya.");
    }
    if kata.is_empty() && klasifikasi.is_empty() {
        add("kata", "Isi kata, kode klasifikasi, atau keduanya. Tanpa itu semua surat terkena aturan ini.");
    }
    let tujuan = draft.tujuan.parse().ok().filter(|id| posts.contains(id));
    if tujuan.is_none() {
        add("tujuan", "Pilih jabatan yang menerima surat.");
    }
    match tujuan {
        Some(tujuan) if problems.is_empty() => Ok((urut, kata, klasifikasi, tujuan)),
        _ => Err(Refusal::Fields(problems)),
    }
}
