//! Whom a naskah is addressed to: an office of this box, or somebody outside.

use praja_kernel::{Id, Moment, fold};

/// More addressees than this stand in an annex ("Yth. (daftar terlampir)").
pub(crate) const ON_THE_PAGE: usize = 5;
/// Most addressees or copies of one naskah.
pub(crate) const MOST: usize = 300;

praja_kernel::words! {
    /// Why somebody gets a naskah.
    pub enum Peran ("peran penerima naskah") {
        /// Must act on it.
        Tujuan => "tujuan", "Tujuan";
        /// Gets a copy to know, without a duty.
        Tembusan => "tembusan", "Tembusan";
    }
}

praja_kernel::words! {
    /// How a naskah leaves for somebody.
    pub enum Cara ("cara kirim") {
        /// To an office of this box, at once.
        Praja => "praja", "Kotak surat OPD";
        /// On paper, by a messenger.
        Ekspedisi => "ekspedisi", "Ekspedisi";
        /// By post.
        Pos => "pos", "Pos";
        /// To the Praja box of another regency.
        Simpul => "simpul", "Praja daerah lain";
        /// By e-mail.
        Surel => "surel", "Surel";
        /// Fetched at the counter.
        Diambil => "diambil", "Diambil di loket";
    }
}

praja_kernel::words! {
    /// How far a naskah is with one recipient.
    pub enum Keadaan ("keadaan pengiriman") {
        /// Not sent.
        Belum => "belum", "Belum dikirim";
        /// Sent, not yet confirmed.
        Dikirim => "dikirim", "Dikirim";
        /// Taken in by its recipient.
        Diterima => "diterima", "Diterima";
    }
}

/// One recipient, frozen when the naskah is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Penerima {
    pub(crate) id: Id,
    pub(crate) urut: i64,
    pub(crate) peran: Peran,
    /// As it stands on the naskah.
    pub(crate) nama: String,
    /// The office of this box.
    pub(crate) opd: Option<Id>,
    /// The post of the own office, for papers that stay inside.
    pub(crate) jabatan: Option<Id>,
    pub(crate) cara: Cara,
    pub(crate) keadaan: Keadaan,
    pub(crate) dikirim_pada: Option<Moment>,
    pub(crate) diterima_pada: Option<Moment>,
    /// Who took it, as the expedition book says, or the agenda number it got.
    pub(crate) tanda_terima: Option<String>,
    /// The letter it became in the agenda of its recipient.
    pub(crate) surat_masuk: Option<Id>,
    /// The box of another regency.
    pub(crate) simpul: Option<Id>,
    /// The e-mail address, of one who gets it by e-mail, and the message that went there.
    pub(crate) surel: Option<String>,
    pub(crate) kiriman: Option<Id>,
    /// The distribution list by which it goes there.
    pub(crate) daftar: Option<String>,
}

/// Somebody of this box who can be addressed: an office, or a post of the own office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alamat {
    pub(crate) opd: Id,
    /// A post of the own office; none for an office as a whole.
    pub(crate) jabatan: Option<Id>,
    /// The names it goes by: of an office its name, its short name and its head's post.
    pub(crate) nama: Vec<String>,
}

/// Whom a line of the address means, by one of the names; "Yth." and a place ("di Manggar") do not matter. A line with "u.p." goes to the
/// unit it names there, when that is an office of this box or a post of the own one, else to whom it is addressed.
pub(crate) fn meant<'a>(line: &str, all: &'a [Alamat]) -> Option<&'a Alamat> {
    let (main, up) = split_up(line);
    up.and_then(|up| named(up, all)).or_else(|| named(main, all))
}

fn named<'a>(line: &str, all: &'a [Alamat]) -> Option<&'a Alamat> {
    let sought = bare(line);
    if sought.is_empty() {
        return None;
    }
    all.iter().find(|one| one.nama.iter().any(|name| !name.is_empty() && fold(name) == sought))
}

/// "Kepala Dinas Kesehatan u.p. Kepala Bidang Gizi" is addressed to the first, for the attention of the second.
pub(crate) fn split_up(line: &str) -> (&str, Option<&str>) {
    let small = line.to_ascii_lowercase();
    for mark in [" u.p. ", " up. ", " u.p "] {
        if let Some(at) = small.find(mark) {
            let (main, rest) = (line[..at].trim_end_matches([' ', ',']), line[at + mark.len()..].trim());
            if !main.is_empty() && !rest.is_empty() {
                return (main, Some(rest));
            }
        }
    }
    (line, None)
}

/// A line without what does not name anybody: "Yth.", a place, punctuation; folded.
pub(crate) fn bare(line: &str) -> String {
    let folded = fold(line);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let from = words.iter().position(|word| !matches!(*word, "yth" | "yth." | "kepada" | "sdr" | "sdr.")).unwrap_or(words.len());
    let words = &words[from..];
    let to = words.iter().position(|word| *word == "di").filter(|at| *at > 0).unwrap_or(words.len());
    words[..to].join(" ").trim_end_matches([',', '.', ';']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::id;

    fn all() -> Vec<Alamat> {
        let office =
            |n, names: &[&str]| Alamat { opd: id(n), jabatan: None, nama: names.iter().map(|name| (*name).into()).collect() };
        vec![
            office(1, &["Kepala Dinas Kesehatan", "Dinas Kesehatan", "Dinkes"]),
            office(2, &["Camat Manggar", "Kecamatan Manggar", ""]),
        ]
    }

    #[test]
    fn an_office_is_meant_by_its_name_its_short_name_and_its_head() {
        for (line, found) in [
            ("Kepala Dinas Kesehatan", Some(1)),
            ("Yth. Kepala  dinas kesehatan,", Some(1)),
            ("Kepada Yth. Kepala Dinas Kesehatan di Manggar", Some(1)),
            ("dinkes", Some(1)),
            ("Dinas Kesehatan", Some(1)),
            ("Camat Manggar", Some(2)),
            ("Kepala Dinas Kesehatan Provinsi", None),
            ("Camat", None),
            ("Kepala Dinas Kesehatan u.p. Kepala Bidang Gizi", Some(1)),
            ("Yth. Sekretaris Daerah, u.p. Camat Manggar", Some(2)),
            ("Menteri Kesehatan u.p. Sekretaris Jenderal", None),
            ("Grup. Kesehatan", None),
            ("", None),
            ("Yth.", None),
        ] {
            assert_eq!(meant(line, &all()).map(|one| one.opd), found.map(id), "{line}");
        }
    }
}
