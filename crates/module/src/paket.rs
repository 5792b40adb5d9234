mod bacaan;

use serde::Deserialize;

/// What a regency brings along: who it is, how it looks, how it is built. Data, read from `config/region/` of an installation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paket {
    /// Code of the Ministry of Home Affairs, `"19.06"`.
    pub kode: String,
    /// `"Kabupaten Belitung Timur"`.
    pub nama: String,
    /// The province.
    pub provinsi: Option<String>,
    /// Where the government sits; stands before the date of a letter.
    pub ibu_kota: Option<String>,
    /// Lines of the postal address.
    #[serde(default)]
    pub alamat: Vec<String>,
    /// Telephone of the government's front desk.
    pub telepon: Option<String>,
    /// Official e-mail address.
    pub surel: Option<String>,
    /// Official site.
    pub situs: Option<String>,
    /// `WIB`, `WITA` or `WIT`; by the province when absent.
    pub zona: Option<String>,
    /// Accent colour, `"#0e5a63"`; brought to readable contrast by `web`.
    pub aksen: Option<String>,
    /// What is drawn where no real emblem was given.
    pub lambang: Option<Lambang>,
    /// Days off that the regency itself declared.
    #[serde(default)]
    pub libur_daerah: Vec<LiburDaerah>,
    /// File of the archive classification below `data/`; the shipped one when absent.
    pub klasifikasi: Option<String>,
    /// What stands in that file.
    #[serde(skip)]
    pub klasifikasi_isi: Option<Lampiran>,
    /// Offices, for a demo regency.
    pub struktur: Option<Struktur>,
    /// Kecamatan and desa, from the file beside the pack: code and name, in the order of the codes.
    #[serde(skip)]
    pub bagian_wilayah: Vec<(String, String)>,
}

/// A file that came with a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lampiran {
    isi: String,
    sidik: String,
}

impl Lampiran {
    /// Takes its digest once, because what is read from it is found again by that.
    pub fn new(isi: String) -> Self {
        use sha2::{Digest, Sha256};
        Self { sidik: crate::token::hex(&Sha256::digest(isi.as_bytes())), isi }
    }

    /// What stands in it.
    pub fn isi(&self) -> &str {
        &self.isi
    }

    /// SHA-256 of it, in hexadecimal.
    pub fn sidik(&self) -> &str {
        &self.sidik
    }
}

/// A neutral drawing with the regency's initials. Real emblems belong to their regencies and are not shipped.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lambang {
    /// One to three letters.
    pub huruf: String,
    /// What stands beneath them.
    #[serde(default)]
    pub hias: Hias,
}

/// An ornament that no regency owns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hias {
    /// Waves.
    Ombak,
    /// Mountains.
    Gunung,
    /// A leaf.
    Daun,
    /// Steps of a gate.
    Candi,
    /// A plain bar.
    #[default]
    Polos,
}

/// A day off declared by the regency.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LiburDaerah {
    /// The day, `2026-02-27`.
    pub tanggal: praja_kernel::Date,
    /// What is celebrated.
    pub nama: String,
    /// Number of the decree; days without one are not loaded into a regency at work.
    pub dasar: Option<String>,
}

/// The offices of a regency, as far as they differ from the shipped example.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Struktur {
    /// True while nobody checked the list against the regency's own regulation.
    pub contoh: bool,
    /// Offices that are named otherwise or stand besides.
    #[serde(default)]
    pub opd: Vec<PaketOpd>,
}

/// An office of the pack.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaketOpd {
    /// The short name of the shipped office that this one stands for; a further office when absent.
    pub pengganti: Option<String>,
    /// Full name.
    pub nama: String,
    /// Short name; that of the shipped office when absent.
    pub singkatan: Option<String>,
    /// Code; that of the shipped office when absent.
    pub kode: Option<String>,
    /// Kind of office, for a further one.
    pub jenis: Option<String>,
}

/// Why a pack cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaketError {
    /// The text is no pack.
    #[error("paket daerah tidak terbaca: {0}")]
    Unreadable(String),
    /// Something in it contradicts itself.
    #[error("paket daerah {kode}: {what}")]
    Wrong {
        /// The pack.
        kode: String,
        /// What is wrong and what to write instead.
        what: String,
    },
}

impl Paket {
    /// The pack of a regency about which nothing more is known than its code and name.
    pub fn plain(kode: &str, nama: &str) -> Self {
        Self { kode: kode.to_owned(), nama: nama.to_owned(), ..Self::default() }
    }

    /// Reads a pack and, with it, the lines `kode,nama` of its kecamatan and desa.
    ///
    /// # Errors
    /// [`PaketError`] names the line or the field at fault and what belongs there.
    pub fn parse(yaml: &str, wilayah_csv: &str) -> Result<Self, PaketError> {
        let mut paket: Self = serde_yaml::from_str(yaml).map_err(|e| PaketError::Unreadable(bacaan::reason(&e, yaml)))?;
        paket.check()?;
        for line in wilayah_csv.lines().skip(1).filter(|line| !line.trim().is_empty()) {
            let (kode, nama) =
                line.split_once(',').ok_or_else(|| paket.wrong(format!("baris wilayah \"{line}\" bukan kode,nama")))?;
            if !kode.starts_with(&paket.kode) {
                return Err(paket.wrong(format!("wilayah {kode} bukan bagian dari {}", paket.kode)));
            }
            paket.bagian_wilayah.push((kode.to_owned(), nama.trim().trim_matches('"').to_owned()));
        }
        Ok(paket)
    }

    fn check(&self) -> Result<(), PaketError> {
        let code =
            self.kode.len() == 5 && self.kode.char_indices().all(|(at, c)| if at == 2 { c == '.' } else { c.is_ascii_digit() });
        if !code {
            return Err(self.wrong(format!("kode \"{}\" bukan kode kabupaten atau kota seperti 19.06", self.kode)));
        }
        if self.nama.trim().is_empty() {
            return Err(self.wrong("nama belum diisi".to_owned()));
        }
        if let Some(zona) = self.zona.as_deref().filter(|zona| !["WIB", "WITA", "WIT"].contains(zona)) {
            return Err(self.wrong(format!("zona \"{zona}\" tidak dikenal; tulis WIB, WITA, atau WIT")));
        }
        let is_color =
            |text: &str| text.len() == 7 && text.starts_with('#') && text[1..].bytes().all(|byte| byte.is_ascii_hexdigit());
        if let Some(aksen) = self.aksen.as_deref().filter(|aksen| !aksen.is_ascii() || !is_color(aksen)) {
            return Err(self.wrong(format!("aksen \"{aksen}\" bukan warna seperti \"#0e5a63\"")));
        }
        if let Some(lambang) = self.lambang.as_ref().filter(|lambang| !(1..=3).contains(&lambang.huruf.chars().count())) {
            return Err(self.wrong(format!("huruf lambang \"{}\" harus satu sampai tiga huruf", lambang.huruf)));
        }
        Ok(())
    }

    fn wrong(&self, what: String) -> PaketError {
        PaketError::Wrong { kode: self.kode.clone(), what }
    }

    /// The kecamatan, in the order of their codes.
    pub fn kecamatan(&self) -> impl Iterator<Item = (&str, &str)> {
        self.bagian_wilayah.iter().filter(|(kode, _)| kode.len() == 8).map(|(kode, nama)| (kode.as_str(), nama.as_str()))
    }

    /// Desa and kelurahan of a kecamatan, in the order of their codes.
    pub fn desa<'a>(&'a self, kecamatan: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let below = self.bagian_wilayah.iter().filter(move |(kode, _)| kode.len() == 13 && kode.starts_with(kecamatan));
        below.map(|(kode, nama)| (kode.as_str(), nama.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const YAML: &str = "kode: \"19.06\"\nnama: Kabupaten Belitung Timur\n";

    #[test]
    fn a_pack_knows_its_kecamatan_and_desa() {
        let csv = "kode,nama\n19.06.01,Manggar\n19.06.01.2001,Kelubi\n19.06.02,Gantung\n";
        let paket = Paket::parse(YAML, csv).unwrap();
        assert_eq!(paket.kecamatan().collect::<Vec<_>>(), [("19.06.01", "Manggar"), ("19.06.02", "Gantung")]);
        assert_eq!(paket.desa("19.06.01").collect::<Vec<_>>(), [("19.06.01.2001", "Kelubi")]);
    }

    #[test]
    fn what_is_wrong_in_a_pack_is_named() {
        let cases = [
            ("kode: \"1906\"\nnama: X\n", "", "bukan kode kabupaten"),
            ("kode: \"19.06\"\nnama: \" \"\n", "", "nama belum diisi"),
            ("kode: \"19.06\"\nnama: X\nzona: WIBB\n", "", "WIB, WITA, atau WIT"),
            ("kode: \"19.06\"\nnama: X\naksen: biru\n", "", "bukan warna"),
            ("kode: \"19.06\"\nnama: X\naksen: \"#éé1234\"\n", "", "bukan warna"),
            ("kode: \"19.06\"\nnama: X\nlambang: {huruf: ABCD}\n", "", "satu sampai tiga huruf"),
            ("kode: \"19.06\"\nnama: X\nnamaa: Y\n", "", "tidak terbaca"),
            (YAML, "kode,nama\n53.10.01,Lain\n", "bukan bagian dari 19.06"),
            (YAML, "kode,nama\nrusak\n", "bukan kode,nama"),
        ];
        for (yaml, csv, words) in cases {
            let said = Paket::parse(yaml, csv).unwrap_err().to_string();
            assert!(said.contains(words), "{yaml}: {said}");
        }
    }
}
