use praja_kernel::{Date, FieldProblem, Moment, Zona, parse_jam, parse_tanggal};

use super::Refusal;

/// Longest title, in letters.
const JUDUL: usize = 200;
/// Longest place, host, dress and company.
const PENDEK: usize = 200;
/// Longest remark.
const KETERANGAN: usize = 2000;
/// Longest event, in days: a training, a journey abroad.
const HARI: i32 = 31;
/// How far from today an event may be, in years: a slip in the year is caught, a plan for next year is not.
const TAHUN: i16 = 3;

/// An event as it was typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    pub(crate) judul: String,
    pub(crate) tanggal: String,
    pub(crate) mulai: String,
    /// Empty: the same day.
    pub(crate) sampai_tanggal: String,
    pub(crate) selesai: String,
    pub(crate) tempat: String,
    pub(crate) penyelenggara: String,
    pub(crate) pakaian: String,
    pub(crate) pendamping: String,
    pub(crate) keterangan: String,
    pub(crate) tertutup: bool,
}

/// An event as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Baru {
    pub(crate) judul: String,
    pub(crate) mulai: Moment,
    pub(crate) selesai: Moment,
    pub(crate) tempat: String,
    pub(crate) penyelenggara: Option<String>,
    pub(crate) pakaian: Option<String>,
    pub(crate) pendamping: Option<String>,
    pub(crate) keterangan: Option<String>,
    pub(crate) tertutup: bool,
}

/// Reads an event.
///
/// # Errors
/// [`Refusal::Fields`] with everything at fault.
pub(crate) fn draft(draft: &Draft, zona: Zona, today: Date) -> Result<Baru, Refusal> {
    let mut problems = Vec::new();
    let judul = one_line(&draft.judul);
    if judul.is_empty() {
        problems.push(FieldProblem::new("judul", "Nama acara belum diisi. Tulis singkat, misalnya: Rapat koordinasi stunting."));
    }
    let tempat = one_line(&draft.tempat);
    if tempat.is_empty() {
        problems.push(FieldProblem::new("tempat", "Tempat belum diisi. Untuk rapat daring tulis: Daring."));
    }
    for (field, text, most) in [
        ("judul", &judul, JUDUL),
        ("tempat", &tempat, PENDEK),
        ("penyelenggara", &draft.penyelenggara, PENDEK),
        ("pakaian", &draft.pakaian, PENDEK),
        ("pendamping", &draft.pendamping, PENDEK),
        ("keterangan", &draft.keterangan, KETERANGAN),
    ] {
        if text.trim().chars().count() > most {
            problems.push(FieldProblem::new(field, format!("Terlalu panjang; paling panjang {most} huruf.")));
        }
    }
    let mut day = |field: &'static str, text: &str| match parse_tanggal(text) {
        Ok(day) if (day.year() - today.year()).abs() > TAHUN => {
            problems.push(FieldProblem::new(field, format!("Tahun {} terlalu jauh. Periksa tahunnya.", day.year())));
            None
        }
        Ok(day) => Some(day),
        Err(e) => {
            problems.push(FieldProblem::new(field, e.to_string()));
            None
        }
    };
    let first = day("tanggal", &draft.tanggal);
    let last = if draft.sampai_tanggal.trim().is_empty() { first } else { day("sampai_tanggal", &draft.sampai_tanggal) };
    let mut time = |field: &'static str, text: &str| {
        parse_jam(text).map_err(|e| problems.push(FieldProblem::new(field, e.to_string()))).ok()
    };
    let (from, until) = (time("mulai", &draft.mulai), time("selesai", &draft.selesai));
    let span = match (first, last, from, until) {
        (Some(first), Some(last), Some(from), Some(until)) => Some(((first, from), (last, until))),
        _ => None,
    };
    let Some(((first, from), (last, until))) = span else { return Err(Refusal::Fields(problems)) };
    if last < first {
        problems.push(FieldProblem::new("sampai_tanggal", "Tanggal akhir sebelum tanggal mulai. Tukar keduanya."));
    } else if praja_kernel::days_between(first, last) > HARI {
        problems.push(FieldProblem::new("sampai_tanggal", "Acara paling lama 31 hari. Pecah menjadi beberapa acara."));
    } else if last == first && until <= from {
        problems.push(FieldProblem::new("selesai", "Waktu selesai tidak sesudah waktu mulai."));
    }
    if !problems.is_empty() {
        return Err(Refusal::Fields(problems));
    }
    Ok(Baru {
        judul,
        mulai: zona.at(first.to_datetime(from)),
        selesai: zona.at(last.to_datetime(until)),
        tempat,
        penyelenggara: filled(&draft.penyelenggara),
        pakaian: filled(&draft.pakaian),
        pendamping: filled(&draft.pendamping),
        keterangan: filled(&draft.keterangan),
        tertutup: draft.tertutup,
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
