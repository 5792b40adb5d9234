//! The rules of a distribution list: a name that stands for many addressees ("Seluruh Camat"). Pure functions.
//!
//! A list is resolved when a naskah gets its number: from then on it names people and offices, and later changes of the list change nothing.

pub(crate) mod pages;
mod refusal;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use praja_kernel::{FieldProblem, Id, fold};

pub(crate) use refusal::Refusal;

use crate::naskah::{isi::items, tujuan};

/// Longest name of a list.
pub(crate) const NAMA: usize = 120;
/// Longest line.
const LINE: usize = 240;
/// Most lists of one owner.
pub(crate) const MOST_LISTS: usize = 200;

/// A distribution list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Daftar {
    pub(crate) id: Id,
    /// The OPD that keeps it; none for one of the whole regency.
    pub(crate) opd: Option<Id>,
    pub(crate) nama: String,
    /// One addressee each.
    pub(crate) anggota: Vec<String>,
    /// May be used for new naskah.
    pub(crate) aktif: bool,
    pub(crate) versi: i64,
}

/// An addressee as it stands on a naskah, with the list that brought it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alamat {
    pub(crate) nama: String,
    pub(crate) daftar: Option<String>,
}

/// What was typed about a list, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Baru {
    pub(crate) nama: String,
    pub(crate) anggota: Vec<String>,
}

/// The lines of an address with every list resolved, each addressee once. Of two lists with one name the first counts: the own OPD's comes
/// before the regency's.
pub(crate) fn expand(lines: &[String], lists: &[Daftar]) -> Vec<Alamat> {
    let mut seen: Vec<String> = Vec::new();
    let mut all = Vec::new();
    let mut add = |nama: &str, daftar: Option<&str>| {
        let folded = fold(nama);
        if !seen.contains(&folded) {
            seen.push(folded);
            all.push(Alamat { nama: nama.to_owned(), daftar: daftar.map(ToOwned::to_owned) });
        }
    };
    for line in lines {
        match meant(line, lists) {
            Some(list) => list.anggota.iter().for_each(|one| add(one, Some(&list.nama))),
            None => add(line, None),
        }
    }
    all
}

/// The list that a line names.
pub(crate) fn meant<'a>(line: &str, lists: &'a [Daftar]) -> Option<&'a Daftar> {
    let sought = tujuan::bare(line);
    lists.iter().find(|list| list.aktif && fold(&list.nama) == sought)
}

/// Reads what was typed; `others` are the lists that whoever types can see, without the one that is changed.
///
/// # Errors
/// [`Refusal::Fields`] with everything at fault.
pub(crate) fn read(nama: &str, anggota: &str, others: &[Daftar]) -> Result<Baru, Refusal> {
    let mut wrong = Vec::new();
    let nama = nama.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters = nama.chars().filter(|letter| letter.is_alphabetic()).count();
    if letters < 3 {
        wrong.push(FieldProblem::new("nama", "Nama daftar ditulis dengan kata-kata, misalnya Seluruh Camat."));
    } else if nama.chars().count() > NAMA {
        wrong.push(FieldProblem::new("nama", format!("Nama daftar paling panjang {NAMA} huruf.")));
    }
    let lines: Vec<String> =
        items(anggota).into_iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let mut members: Vec<String> = Vec::new();
    for line in lines {
        if members.iter().all(|known| fold(known) != fold(&line)) {
            members.push(line);
        }
    }
    if members.is_empty() {
        wrong.push(FieldProblem::new("anggota", "Isi daftar belum ditulis. Tulis satu tujuan setiap baris."));
    } else if members.len() > tujuan::MOST {
        wrong.push(FieldProblem::new("anggota", format!("Ada {} baris; paling banyak {}.", members.len(), tujuan::MOST)));
    } else if let Some(long) = members.iter().find(|line| line.chars().count() > LINE) {
        let begin: String = long.chars().take(30).collect();
        wrong.push(FieldProblem::new("anggota", format!("Baris \"{begin}…\" terlalu panjang; paling panjang {LINE} huruf.")));
    } else if let Some(list) = members.iter().find(|line| fold(line) == fold(&nama) || meant(line, others).is_some()) {
        wrong.push(FieldProblem::new(
            "anggota",
            format!("\"{list}\" adalah nama daftar. Tulis tujuan di dalamnya satu per satu."),
        ));
    }
    if wrong.is_empty() { Ok(Baru { nama, anggota: members }) } else { Err(Refusal::Fields(wrong)) }
}
