//! The archive classification of Permendagri 83/2022: which codes exist and what they mean.

use std::sync::OnceLock;

static DAFTAR: &str = include_str!("../../../config-templates/data/klasifikasi_arsip_jra.csv");

/// The codes with their meaning.
#[derive(Debug, Default)]
pub(crate) struct Klasifikasi(Vec<(String, String)>);

impl Klasifikasi {
    /// The list that comes with the program, read at first use.
    pub(crate) fn shipped() -> &'static Self {
        static LIST: OnceLock<Klasifikasi> = OnceLock::new();
        LIST.get_or_init(|| Self::read(DAFTAR))
    }

    /// Reads `kode,induk,tingkat,uraian,…`; lines that cannot be read are left out.
    pub(crate) fn read(text: &str) -> Self {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let rows = reader.records().filter_map(Result::ok);
        let mut codes: Vec<(String, String)> =
            rows.filter_map(|row| Some((row.get(0)?.to_owned(), row.get(3)?.to_owned()))).collect();
        codes.sort();
        Self(codes)
    }

    /// What a code means.
    pub(crate) fn uraian(&self, code: &str) -> Option<&str> {
        let at = self.0.binary_search_by(|(known, _)| known.as_str().cmp(code)).ok()?;
        self.0.get(at).map(|(_, uraian)| uraian.as_str())
    }
}

#[test]
fn the_shipped_list_knows_its_codes() {
    let list = Klasifikasi::shipped();
    assert_eq!(list.uraian("000.1.2"), Some("Perjalanan Dinas Dalam Negeri"));
    assert_eq!(list.uraian("000.1.999"), None);
    assert!(list.0.len() > 2900);
}
