//! What each kind of naskah asks of its drafter: data, in `config-templates/naskah/jenis.yaml`.

use std::sync::OnceLock;

use serde::Deserialize;

const FILE: &str = include_str!("../../../../config-templates/naskah/jenis.yaml");

praja_kernel::words! {
    /// Shape of the page.
    pub enum Bentuk ("bentuk naskah") {
        /// Number at the left, addressee, text.
        Surat => "surat", "Surat";
        /// Title, then addressee, writer, date and subject in a table.
        Nota => "nota", "Nota";
        /// Title and number in the middle.
        Judul => "judul", "Naskah berjudul";
        /// Considering, in view of, decides.
        Penetapan => "penetapan", "Produk hukum";
        /// Two parties and their articles.
        Perjanjian => "perjanjian", "Perjanjian";
        /// A table is the body.
        Tabel => "tabel", "Tabel";
        /// A form.
        Formulir => "formulir", "Formulir";
        /// Chapters.
        Bab => "bab", "Naskah berbab";
        /// A certificate.
        Sertifikat => "sertifikat", "Sertifikat";
    }
}

praja_kernel::words! {
    /// Is it addressed to somebody?
    pub enum Tujuan ("tujuan naskah") {
        /// Must be.
        Wajib => "wajib", "Wajib";
        /// May be.
        Boleh => "boleh", "Boleh";
        /// Never is.
        Tidak => "tidak", "Tidak";
    }
}

praja_kernel::words! {
    /// What a field holds.
    pub enum Isian ("jenis isian") {
        /// One line.
        Teks => "teks", "Satu baris";
        /// Paragraphs, lists, tables.
        Naskah => "naskah", "Naskah";
        /// One item per line.
        Butir => "butir", "Butir";
        /// One person per line: name, NIP, rank, post.
        Orang => "orang", "Orang";
        /// One row per line.
        Tabel => "tabel", "Tabel";
        /// A date.
        Tanggal => "tanggal", "Tanggal";
        /// Whole rupiah.
        Uang => "uang", "Uang";
    }
}

/// One field of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bidang {
    pub(crate) nama: String,
    pub(crate) label: String,
    pub(crate) jenis: Isian,
    pub(crate) wajib: bool,
}

/// What a kind asks.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Jenis {
    pub(crate) kode: String,
    pub(crate) bentuk: Bentuk,
    /// Label of the subject.
    pub(crate) hal: String,
    pub(crate) tujuan: Tujuan,
    /// Is it initialled before it is signed?
    #[serde(default = "yes")]
    pub(crate) paraf: bool,
    pub(crate) bidang: Vec<Bidang>,
}

/// Whether the articles of a body have titles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pasal {
    /// Numbers alone, as regulations.
    Bernomor,
    /// Number and title, as agreements.
    Berjudul,
}

impl Jenis {
    /// How its body is divided into articles; `None` where it is not.
    pub(crate) fn articles(&self) -> Option<Pasal> {
        match self.bentuk {
            Bentuk::Perjanjian => Some(Pasal::Berjudul),
            Bentuk::Penetapan if self.kode.starts_with("peraturan-") => Some(Pasal::Bernomor),
            _ => None,
        }
    }
}

fn yes() -> bool {
    true
}

/// Every kind that is drafted here, in the order of the file.
pub(crate) fn all() -> &'static [Jenis] {
    static ALL: OnceLock<Vec<Jenis>> = OnceLock::new();
    ALL.get_or_init(|| serde_yaml::from_str(FILE).expect("the embedded list of kinds is read in a test"))
}

/// One kind.
pub(crate) fn of(kode: &str) -> Option<&'static Jenis> {
    all().iter().find(|one| one.kode == kode)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_but_the_disposition_is_drafted_here_once() {
        let mut ours: Vec<&str> = all().iter().map(|one| one.kode.as_str()).collect();
        let shipped = praja_desk::registers::naskah::shipped().unwrap();
        let mut theirs: Vec<&str> = shipped.iter().map(|one| one.kode.as_str()).filter(|kode| *kode != "disposisi").collect();
        ours.sort_unstable();
        theirs.sort_unstable();
        assert_eq!(ours, theirs);
    }

    #[test]
    fn the_fields_of_a_kind_have_different_names_and_one_of_them_is_asked() {
        for kind in all() {
            let mut names: Vec<&str> = kind.bidang.iter().map(|one| one.nama.as_str()).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), kind.bidang.len(), "{}", kind.kode);
            assert!(kind.bidang.iter().any(|one| one.wajib), "{}", kind.kode);
        }
    }
}
