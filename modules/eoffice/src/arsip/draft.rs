use praja_desk::klasifikasi::{Klasifikasi, Nasib};
use praja_kernel::{Date, FieldProblem, parse_tanggal};

use super::{Masa, Refusal};

/// Longest name, in letters.
const NAMA: usize = 200;
/// Longest description and place.
const URAIAN: usize = 1000;
const LOKASI: usize = 120;
/// Longest retention a schedule may ask for, in years.
const TAHUN: u16 = 100;

/// A file as it was typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    pub(crate) nama: String,
    pub(crate) kode: String,
    pub(crate) uraian: String,
    pub(crate) lokasi: String,
    pub(crate) dibuka: String,
    /// Asked only where the schedule is silent about the code.
    pub(crate) aktif: String,
    pub(crate) inaktif: String,
    pub(crate) nasib: String,
}

/// A file ready to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Baru {
    pub(crate) nama: String,
    pub(crate) kode: String,
    pub(crate) uraian: Option<String>,
    pub(crate) lokasi: Option<String>,
    pub(crate) dibuka: Date,
    pub(crate) masa: Masa,
}

/// Reads a file.
///
/// # Errors
/// [`Refusal::Fields`] with everything at fault.
pub(crate) fn draft(draft: &Draft, list: &Klasifikasi, today: Date) -> Result<Baru, Refusal> {
    let mut problems = Vec::new();
    let mut add = |field: &'static str, message: &str| problems.push(FieldProblem::new(field, message));
    let nama = draft.nama.split_whitespace().collect::<Vec<_>>().join(" ");
    if nama.is_empty() {
        add("nama", "Nama berkas belum diisi. Tulis urusannya, misalnya: Rapat koordinasi stunting 2026.");
    } else if nama.chars().count() > NAMA {
        add("nama", "Nama berkas terlalu panjang; paling panjang 200 huruf.");
    }
    let found = list.get(draft.kode.trim());
    match found {
        None if draft.kode.trim().is_empty() => add("klasifikasi", "Kode klasifikasi belum dipilih."),
        None => add("klasifikasi", "Kode itu tidak ada dalam klasifikasi arsip. Ketik kode atau sebagian uraiannya, lalu pilih."),
        Some(kode) if !list.is_usable(&kode.kode) => {
            add("klasifikasi", "Kode itu terlalu umum untuk berkas. Pilih kode di bawahnya, sedikitnya tiga tingkat.");
        }
        Some(_) => {}
    }
    if draft.uraian.chars().count() > URAIAN {
        add("uraian", "Uraian terlalu panjang; paling panjang 1.000 huruf.");
    }
    if draft.lokasi.chars().count() > LOKASI {
        add("lokasi", "Tempat terlalu panjang; paling panjang 120 huruf.");
    }
    let dibuka = if draft.dibuka.trim().is_empty() { Ok(today) } else { parse_tanggal(&draft.dibuka) };
    let dibuka = match dibuka {
        Ok(day) if day > today => {
            add("dibuka", "Tanggal dibuka belum tiba. Tulis hari ini atau sebelumnya.");
            today
        }
        Ok(day) => day,
        Err(e) => {
            add("dibuka", &e.to_string());
            today
        }
    };
    let masa = match found.and_then(|kode| kode.retensi.as_ref()) {
        Some(retensi) => Some(Masa::from(retensi)),
        None if found.is_some() => by_hand(draft, &mut add),
        None => None,
    };
    match (masa, found) {
        (Some(masa), Some(kode)) if problems.is_empty() => {
            Ok(Baru { nama, kode: kode.kode.clone(), uraian: filled(&draft.uraian), lokasi: filled(&draft.lokasi), dibuka, masa })
        }
        _ => Err(Refusal::Fields(problems)),
    }
}

/// The retention somebody sets for a code of which the schedule says nothing.
fn by_hand(draft: &Draft, add: &mut impl FnMut(&'static str, &str)) -> Option<Masa> {
    let mut years = |field: &'static str, text: &str| match text.trim().parse::<u16>() {
        Ok(years) if years <= TAHUN => Some(years),
        _ => {
            add(field, "Jadwal retensi tidak menyebut kode ini. Isi lamanya dalam tahun, 0 sampai 100.");
            None
        }
    };
    let (aktif, inaktif) = (years("aktif", &draft.aktif), years("inaktif", &draft.inaktif));
    let nasib = Nasib::parse(&draft.nasib);
    if nasib.is_none() {
        add("nasib", "Jadwal retensi tidak menyebut kode ini. Pilih nasib akhirnya.");
    }
    let (aktif, inaktif, nasib) = (aktif?, inaktif?, nasib?);
    Some(Masa { aktif, peristiwa: None, inaktif, nasib, nasib_teks: nasib.label().to_owned() })
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
