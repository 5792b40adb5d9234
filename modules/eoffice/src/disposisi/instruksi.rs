//! The instructions a leader chooses from: `config-templates/data/disposisi_instruksi.csv`.

use std::sync::OnceLock;

static DAFTAR: &str = include_str!("../../../../config-templates/data/disposisi_instruksi.csv");

/// What is chosen when nothing else is: to be acted on.
pub(crate) const USUAL: &str = "TL";

/// One instruction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Instruksi {
    /// Short code, stored.
    pub(crate) kode: String,
    /// What people read.
    pub(crate) teks: String,
    /// Must the recipient report?
    pub(crate) wajib_laporan: bool,
}

/// Every instruction, in the order of the file.
pub(crate) fn all() -> &'static [Instruksi] {
    static LIST: OnceLock<Vec<Instruksi>> = OnceLock::new();
    LIST.get_or_init(|| read(DAFTAR))
}

/// The instruction of a code.
pub(crate) fn of(kode: &str) -> Option<&'static Instruksi> {
    all().iter().find(|one| one.kode == kode)
}

/// The texts of several codes; one that was taken out of the file since is shown as its code.
pub(crate) fn texts(codes: &[String]) -> Vec<&str> {
    codes.iter().map(|kode| of(kode).map_or(kode.as_str(), |one| one.teks.as_str())).collect()
}

fn read(text: &str) -> Vec<Instruksi> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().filter_map(Result::ok);
    rows.filter_map(|row| {
        let (kode, teks) = (row.get(0)?.to_owned(), row.get(1)?.to_owned());
        Some(Instruksi { kode, teks, wajib_laporan: row.get(2)? == "1" })
    })
    .collect()
}

#[test]
fn the_shipped_instructions_are_whole_and_no_code_comes_twice() {
    let mut codes: Vec<&str> = all().iter().map(|one| one.kode.as_str()).collect();
    assert_eq!(codes.len(), 19);
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), 19);
    assert!(of(USUAL).is_some_and(|one| one.wajib_laporan));
    assert!(of("TAHU").is_some_and(|one| !one.wajib_laporan));
    assert_eq!(texts(&["TL".into(), "LAMA".into()]), ["Untuk ditindaklanjuti", "LAMA"]);
    assert!(all().iter().all(|one| !one.kode.contains(',')), "codes are stored with commas between them");
}
