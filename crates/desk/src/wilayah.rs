//! Regions by the codes of the Ministry of Home Affairs: provinces, regencies, districts, and the villages of the regions whose
//! lists are shipped.

#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use praja_kernel::fold;
use praja_module::Paket;

static FILES: [&str; 3] = [
    include_str!("../../../config-templates/data/wilayah_provinsi_kabkota.csv"),
    include_str!("../../../config-templates/data/wilayah_kecamatan.csv"),
    include_str!("../../../config-templates/data/wilayah_desa_contoh.csv"),
];

/// A region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wilayah {
    /// `19.06.01`.
    pub kode: String,
    /// `Kecamatan …` is not written in the source: "Manggar".
    pub nama: String,
    fold: String,
}

/// Every region, in the order of the codes.
#[derive(Debug, Default)]
pub struct Daftar(Vec<Wilayah>);

impl Daftar {
    /// The lists that come with the program, read at first use.
    pub fn shipped() -> &'static Self {
        static LIST: OnceLock<Daftar> = OnceLock::new();
        LIST.get_or_init(|| {
            let rows = FILES.iter().flat_map(|text| {
                let mut reader = csv::Reader::from_reader(text.as_bytes());
                let rows: Vec<_> = reader.records().filter_map(Result::ok).collect();
                rows
            });
            let mut all: Vec<Wilayah> = rows.filter_map(|row| Some(Wilayah::new(row.get(0)?, row.get(1)?))).collect();
            all.sort_by(|a, b| a.kode.cmp(&b.kode));
            Self(all)
        })
    }

    /// A region by its code.
    pub fn get(&self, kode: &str) -> Option<&Wilayah> {
        self.0.binary_search_by(|known| known.kode.as_str().cmp(kode)).ok().and_then(|at| self.0.get(at))
    }

    fn fitting(&self, typed: &str) -> impl Iterator<Item = &Wilayah> {
        let typed = fold(typed);
        let is_code = typed.starts_with(|first: char| first.is_ascii_digit());
        self.0.iter().filter(move |one| {
            !typed.is_empty()
                && if is_code {
                    one.kode.starts_with(typed.as_str())
                } else {
                    typed.split(' ').all(|word| has_word(&one.fold, word))
                }
        })
    }
}

/// The regions as one regency looks them up: the shipped lists, and every kecamatan and desa of its own pack in their place.
#[derive(Debug)]
pub struct Lookup {
    kode: String,
    below: String,
    own: Daftar,
}

impl Lookup {
    /// The regions as the regency of this pack sees them.
    pub fn of(paket: &Paket) -> Self {
        let mut own: Vec<Wilayah> = paket.bagian_wilayah.iter().map(|(kode, nama)| Wilayah::new(kode, nama)).collect();
        own.sort_by(|a, b| a.kode.cmp(&b.kode));
        Self { kode: paket.kode.clone(), below: format!("{}.", paket.kode), own: Daftar(own) }
    }

    /// A region by its code.
    pub fn get(&self, kode: &str) -> Option<&Wilayah> {
        self.own.get(kode).or_else(|| Daftar::shipped().get(kode).filter(|one| self.stands(one)))
    }

    /// Regions whose code begins with what was typed or whose name has every typed word (each may be unfinished). Those of the
    /// own regency first, then the larger ones.
    pub fn search(&self, typed: &str, limit: usize) -> Vec<&Wilayah> {
        let shipped = Daftar::shipped().fitting(typed).filter(|one| self.stands(one));
        let mut found: Vec<&Wilayah> = self.own.fitting(typed).chain(shipped).collect();
        found.sort_by_key(|one| (!one.kode.starts_with(&self.kode), one.level(), one.kode.as_str()));
        found.truncate(limit);
        found
    }

    /// Of the own kecamatan and desa those that fit, in the order of their codes.
    pub(crate) fn search_own(&self, typed: &str) -> Vec<&Wilayah> {
        self.own.fitting(typed).collect()
    }

    /// The regions above one, nearest first: "Kecamatan Manggar, Kabupaten Belitung Timur, Kepulauan Bangka Belitung".
    pub fn path(&self, one: &Wilayah) -> String {
        let mut above = Vec::new();
        let mut kode = one.kode.as_str();
        while let Some((parent, _)) = kode.rsplit_once('.') {
            kode = parent;
            if let Some(one) = self.get(kode) {
                above.push(if one.level() == 3 { format!("Kecamatan {}", one.nama) } else { one.nama.clone() });
            }
        }
        if above.is_empty() { "Provinsi".into() } else { above.join(", ") }
    }

    /// What the release says of the own regency counts only where the pack says nothing.
    fn stands(&self, shipped: &Wilayah) -> bool {
        self.own.0.is_empty() || !shipped.kode.starts_with(&self.below)
    }
}

impl Wilayah {
    /// 1 for a province, 2 for a regency or city, 3 for a district, 4 for a village.
    pub fn level(&self) -> usize {
        self.kode.split('.').count()
    }

    fn new(kode: &str, nama: &str) -> Self {
        Self { kode: kode.to_owned(), fold: fold(nama), nama: nama.to_owned() }
    }
}

fn has_word(text: &str, typed: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric()).any(|word| word.starts_with(typed))
}
