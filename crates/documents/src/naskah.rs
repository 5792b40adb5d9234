//! The kinds of naskah, their templates, and what a regency puts in their place.

use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};
use serde_json::Value;

use crate::{DATA, Job, Problem, Trouble};

static SHIPPED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../config-templates/naskah");

/// The kinds by their code, as `config-templates/data/register_naskah.csv` names them.
pub const KINDS: [Kind; 32] = [
    Kind("berita-acara"),
    Kind("daftar-hadir"),
    Kind("disposisi"),
    Kind("instruksi"),
    Kind("keputusan"),
    Kind("keputusan-bk-dprd"),
    Kind("keputusan-dprd"),
    Kind("keputusan-pimpinan-dprd"),
    Kind("laporan"),
    Kind("memo"),
    Kind("nota-dinas"),
    Kind("nota-kesepakatan"),
    Kind("notula"),
    Kind("pengumuman"),
    Kind("peraturan-bupati"),
    Kind("peraturan-daerah"),
    Kind("peraturan-dprd"),
    Kind("perjanjian-kerja-sama"),
    Kind("rekomendasi"),
    Kind("sertifikat"),
    Kind("sop"),
    Kind("spd"),
    Kind("surat-dinas"),
    Kind("surat-edaran"),
    Kind("surat-keterangan"),
    Kind("surat-kuasa"),
    Kind("surat-pengantar"),
    Kind("surat-perintah"),
    Kind("surat-tugas"),
    Kind("telaahan-staf"),
    Kind("undangan-eksternal"),
    Kind("undangan-internal"),
];

/// A kind of naskah.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind(&'static str);

impl Kind {
    /// Its code.
    pub fn code(self) -> &'static str {
        self.0
    }
}

/// The kind with this code.
pub fn kind(code: &str) -> Option<Kind> {
    KINDS.into_iter().find(|kind| kind.0 == code)
}

/// The data by which a kind's template is shown and tried.
pub fn sample(kind: Kind) -> Value {
    let file = SHIPPED.get_file(format!("{}.contoh.json", kind.0)).expect("a test finds a sample for each kind");
    serde_json::from_slice(file.contents()).expect("a test reads each sample")
}

/// Templates: those of this release, each of which a regency may replace by its own file of the same name.
#[derive(Debug, Clone)]
pub struct Pack(BTreeMap<String, Vec<u8>>);

impl Pack {
    /// The shipped templates with `own` files in their place.
    pub fn new(own: BTreeMap<String, Vec<u8>>) -> Self {
        let shipped = SHIPPED.files().filter_map(|file| {
            let name = file.path().to_str().filter(|name| name.ends_with(".typ") || name.ends_with(".svg"))?;
            Some((name.to_owned(), file.contents().to_vec()))
        });
        let mut files: BTreeMap<String, Vec<u8>> = shipped.collect();
        files.extend(own);
        Self(files)
    }

    /// A document of this kind with this data.
    ///
    /// # Errors
    /// [`Problem::Template`] when the data has no date that could be the document's.
    pub fn job(&self, kind: Kind, data: &Value) -> Result<Job, Problem> {
        let date = data.get("tanggal").and_then(Value::as_str).and_then(read_date).ok_or_else(|| {
            let what = "Data tidak memuat tanggal naskah.".to_owned();
            Problem::Template(vec![Trouble {
                file: DATA.to_owned(),
                line: 0,
                what,
                hint: "Isi tanggal seperti 2026-11-22.".to_owned(),
            }])
        })?;
        Ok(self.job_on(kind.0, data, date, &BTreeMap::new()))
    }

    /// A document by the template of this name, with further files.
    pub(crate) fn job_on(&self, name: &str, data: &Value, date: (i32, u8, u8), further: &BTreeMap<String, Vec<u8>>) -> Job {
        let mut files = self.0.clone();
        files.extend(further.iter().map(|(name, bytes)| (name.clone(), bytes.clone())));
        files.insert(DATA.to_owned(), data.to_string().into_bytes());
        Job { main: format!("{name}.typ"), files, date }
    }

    pub(crate) fn file(&self, name: &str) -> Option<&[u8]> {
        self.0.get(name).map(Vec::as_slice)
    }
}

fn read_date(text: &str) -> Option<(i32, u8, u8)> {
    let date: praja_kernel::Date = text.parse().ok()?;
    Some((date.year().into(), date.month().try_into().ok()?, date.day().try_into().ok()?))
}
