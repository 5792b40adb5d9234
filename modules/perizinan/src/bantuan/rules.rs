//! What a visit must hold: pure.

use praja_kernel::{FieldProblem, Nik, Refuse, fold};

use super::{Keadaan, Keperluan, kbli};
use crate::jenis::Kanal;

/// What was typed, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Isian {
    pub(crate) kanal: Kanal,
    pub(crate) nama: String,
    /// Sixteen digits or nothing.
    pub(crate) nik: String,
    pub(crate) telepon: String,
    pub(crate) badan: String,
    /// Thirteen digits or nothing.
    pub(crate) nib: String,
    /// Year and code, or nothing.
    pub(crate) kbli: String,
    pub(crate) nomor_luar: String,
    pub(crate) keperluan: Keperluan,
    pub(crate) keadaan: Keadaan,
    pub(crate) keadaan_luar: String,
    pub(crate) catatan: String,
}

impl Isian {
    /// Everything a search looks in; no NIK, so that nobody is found by it in a list.
    pub(super) fn folded(&self) -> String {
        fold(&format!("{} {} {} {} {}", self.nama, self.badan, self.nib, self.nomor_luar, self.kbli))
    }
}

/// Why a visit is not written down.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Something typed is missing or wrong.
    #[error("Kunjungan belum disimpan karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        "perizinan.bantuan.fields"
    }

    fn next_step(&self) -> String {
        "Perbaiki isian yang ditandai, lalu simpan kembali.".to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        let Self::Fields(problems) = self;
        problems.clone()
    }
}

/// Only the digits and letters of a number that is written in groups.
fn packed(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '.' | '-')).collect()
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Reads what was typed; `typed` gives the text of a field, `kbli` the chosen key or what is wrong with the choice.
pub(super) fn check(typed: impl Fn(&str) -> String, kbli: Result<String, FieldProblem>) -> Result<Isian, Refusal> {
    let mut problems = Vec::new();
    let mut long = |field: &'static str, most: usize| {
        let text = spaced(&typed(field));
        if text.chars().count() > most {
            problems.push(FieldProblem::new(field, format!("Paling panjang {most} huruf.")));
        }
        text
    };
    let (nama, badan) = (long("nama", 120), long("badan", 160));
    let (nomor_luar, keadaan_luar) = (long("nomor_luar", 60), long("keadaan_luar", 160));
    let catatan = typed("catatan").replace("\r\n", "\n").trim().to_owned();
    if catatan.chars().count() > 2000 {
        problems.push(FieldProblem::new("catatan", "Paling panjang 2000 huruf."));
    }
    if nama.chars().filter(|letter| letter.is_alphabetic()).count() < 2 {
        problems.push(FieldProblem::new("nama", "Tulis nama orang yang datang."));
    }
    let kanal = Kanal::parse(&typed("kanal")).ok().filter(|kanal| *kanal != Kanal::Praja);
    if kanal.is_none() {
        problems.push(FieldProblem::new("kanal", "Pilih sistem nasionalnya."));
    }
    let keperluan = Keperluan::parse(&typed("keperluan")).ok();
    if keperluan.is_none() {
        problems.push(FieldProblem::new("keperluan", "Pilih keperluannya."));
    }
    let keadaan = Keadaan::parse(&typed("keadaan")).ok();
    if keadaan.is_none() {
        problems.push(FieldProblem::new("keadaan", "Pilih keadaannya di sistem nasional."));
    }
    let nik = match typed("nik").trim() {
        "" => String::new(),
        text => match text.parse::<Nik>() {
            Ok(nik) => nik.full().to_owned(),
            Err(wrong) => {
                problems.push(FieldProblem::new("nik", wrong.to_string()));
                String::new()
            }
        },
    };
    let telepon = packed(&typed("telepon"));
    let digits = telepon.strip_prefix('+').unwrap_or(&telepon);
    if !(telepon.is_empty() || (8..=15).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit())) {
        problems.push(FieldProblem::new("telepon", "Tulis nomor telepon, 8 sampai 15 angka, atau kosongkan."));
    }
    let nib = packed(&typed("nib"));
    if !(nib.is_empty() || nib.len() == 13 && nib.bytes().all(|digit| digit.is_ascii_digit())) {
        problems.push(FieldProblem::new(
            "nib",
            format!("NIB terdiri atas 13 angka; yang ditulis {} huruf dan angka.", nib.chars().count()),
        ));
    }
    let kbli = match kbli {
        Ok(key) if key.is_empty() || kbli::get(&key).is_some() => key,
        Ok(_) => {
            problems.push(FieldProblem::new("kbli", "Pilih KBLI dari daftar, atau kosongkan."));
            String::new()
        }
        Err(problem) => {
            problems.push(problem);
            String::new()
        }
    };
    if keadaan == Some(Keadaan::Terbit) && nomor_luar.is_empty() && nib.is_empty() {
        problems.push(FieldProblem::new("nomor_luar", "Tulis nomor yang terbit di sistem nasional, atau NIB-nya."));
    }
    match (kanal, keperluan, keadaan) {
        (Some(kanal), Some(keperluan), Some(keadaan)) if problems.is_empty() => {
            Ok(Isian { kanal, nama, nik, telepon, badan, nib, kbli, nomor_luar, keperluan, keadaan, keadaan_luar, catatan })
        }
        _ => Err(Refusal::Fields(problems)),
    }
}
