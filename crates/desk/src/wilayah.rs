//! Regions by the codes of the Ministry of Home Affairs: provinces, regencies, districts, and the villages of the regions whose
//! lists are shipped.

#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use praja_kernel::fold;

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
            let mut all: Vec<Wilayah> = rows
                .filter_map(|row| {
                    let nama = row.get(1)?.to_owned();
                    Some(Wilayah { kode: row.get(0)?.to_owned(), fold: fold(&nama), nama })
                })
                .collect();
            all.sort_by(|a, b| a.kode.cmp(&b.kode));
            Self(all)
        })
    }

    /// A region by its code.
    pub fn get(&self, kode: &str) -> Option<&Wilayah> {
        self.0.binary_search_by(|known| known.kode.as_str().cmp(kode)).ok().and_then(|at| self.0.get(at))
    }

    /// Regions whose code begins with what was typed or whose name has every typed word (each may be unfinished). Those of the
    /// asking regency first, then the larger ones.
    pub fn search(&self, typed: &str, own: &str, limit: usize) -> Vec<&Wilayah> {
        let typed = fold(typed);
        if typed.is_empty() {
            return Vec::new();
        }
        let words: Vec<&str> = typed.split(' ').collect();
        let is_code = typed.starts_with(|first: char| first.is_ascii_digit());
        let fits = |one: &&Wilayah| {
            if is_code { one.kode.starts_with(typed.as_str()) } else { words.iter().all(|word| has_word(&one.fold, word)) }
        };
        let mut found: Vec<&Wilayah> = self.0.iter().filter(fits).collect();
        found.sort_by_key(|one| (!one.kode.starts_with(own), one.level(), one.kode.as_str()));
        found.truncate(limit);
        found
    }
}

impl Wilayah {
    /// 1 for a province, 2 for a regency or city, 3 for a district, 4 for a village.
    pub fn level(&self) -> usize {
        self.kode.split('.').count()
    }

    /// The regions above it, nearest first: "Kecamatan Manggar, Kabupaten Belitung Timur, Kepulauan Bangka Belitung".
    pub fn path(&self) -> String {
        let mut above = Vec::new();
        let mut kode = self.kode.as_str();
        while let Some((parent, _)) = kode.rsplit_once('.') {
            kode = parent;
            if let Some(one) = Daftar::shipped().get(kode) {
                above.push(if one.level() == 3 { format!("Kecamatan {}", one.nama) } else { one.nama.clone() });
            }
        }
        if above.is_empty() { "Provinsi".into() } else { above.join(", ") }
    }
}

fn has_word(text: &str, typed: &str) -> bool {
    text.split(|letter: char| !letter.is_alphanumeric()).any(|word| word.starts_with(typed))
}
