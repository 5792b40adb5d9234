use praja_kernel::{Date, NumberParts, NumberPattern};
use serde::Deserialize;

/// The words demo letters are made of: `demo/surat-masuk.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Phrases {
    pub(super) pengirim: Vec<Pengirim>,
    pub(super) kegiatan: Vec<String>,
    pub(super) tempat: Vec<String>,
    pub(super) hal: Vec<Hal>,
    pub(super) mendesak: Vec<Hal>,
    pub(super) rahasia: Vec<Hal>,
    pub(super) tujuan: Vec<String>,
}

/// Somebody who writes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pengirim {
    pub(super) nama: String,
    pub(super) unit: String,
    pub(super) pola: String,
    /// Read once from `pola`.
    #[serde(skip)]
    pattern: Option<NumberPattern>,
}

/// What a letter is about.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hal {
    pub(super) teks: String,
    pub(super) klas: String,
    pub(super) ringkasan: String,
}

impl Phrases {
    /// The embedded list. Its form is held by a test, so that this cannot fail in a regency.
    pub(super) fn shipped() -> Self {
        let mut phrases: Self =
            serde_yaml::from_str(include_str!("../../demo/surat-masuk.yaml")).expect("the embedded list is read in a test");
        for pengirim in &mut phrases.pengirim {
            pengirim.pattern = Some(pengirim.pola.parse().expect("the patterns are read in a test"));
        }
        phrases
    }
}

impl Pengirim {
    /// A number this sender would give.
    pub(super) fn nomor(&self, no: u64, klas: &str, tanggal: Date) -> String {
        let parts = NumberParts::new(no, tanggal).klas(klas).unit(&self.unit);
        let pattern = self.pattern.as_ref().expect("set when the list was read");
        pattern.render(&parts).expect("every part is given")
    }
}
