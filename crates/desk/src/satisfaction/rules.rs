//! The arithmetic of PermenPANRB 14/2017 and what an answer must hold. Pure.

use std::sync::OnceLock;

use praja_kernel::{FieldProblem, Refuse};

/// The reference data this release carries; their sources stand in `config-templates/data/SUMBER.md`.
const UNSUR: &str = include_str!("../../../../config-templates/data/skm_unsur.csv");
const INTERVAL: &str = include_str!("../../../../config-templates/data/skm_interval.csv");

/// Longest remark, in letters.
const SARAN: usize = 1000;

/// One element of the survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsur {
    /// `U1`.
    pub kode: String,
    /// What is judged.
    pub nama: String,
    /// What 1 means.
    pub rendah: String,
    /// What 4 means.
    pub tinggi: String,
}

/// What an index means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutu {
    /// A to D.
    pub huruf: String,
    /// "Sangat baik".
    pub kinerja: String,
    /// The lowest index of it, in hundredths.
    dari_e2: i64,
}

/// An answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// 1 to 4 for each element, in order; none for one that does not apply.
    pub nilai: Vec<Option<u8>>,
    /// `l` or `p`, or nothing.
    pub kelamin: String,
    /// Age group; may be empty.
    pub usia: String,
    /// Education; may be empty.
    pub pendidikan: String,
    /// Work; may be empty.
    pub pekerjaan: String,
    /// A remark.
    pub saran: String,
}

/// What was counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    /// How many people answered.
    pub responden: i64,
    /// For each element in order: how many answers, and their sum.
    pub unsur: Vec<(i64, i64)>,
}

/// The index and what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hasil {
    /// Indeks Kepuasan Masyarakat in hundredths: 8831 is 88,31.
    pub ikm_e2: i64,
    /// The mean of each element in hundredths; none where nobody answered.
    pub rata_e2: Vec<Option<i64>>,
    /// What it means.
    pub mutu: Mutu,
}

/// Why an answer is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Something is missing.
    #[error("Jawaban belum dikirim karena ada pertanyaan yang belum dijawab.")]
    Fields(Vec<FieldProblem>),
    /// The link is not ours.
    #[error("Tautan survei ini tidak dikenal.")]
    Link,
    /// An officer, or the device of one, would answer for the public.
    #[error("Survei ini tidak diisi dari perangkat petugas.")]
    Officer,
    /// Nobody reads nine questions in so few seconds.
    #[error("Jawaban terkirim terlalu cepat untuk dibaca.")]
    Hasty,
    /// Too few people for results that show nobody.
    #[error("Hasil dari kurang dari tiga orang tidak diterbitkan.")]
    TooFew,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "desk.kepuasan.fields",
            Self::Link => "desk.kepuasan.link",
            Self::Officer => "desk.kepuasan.officer",
            Self::Hasty => "desk.kepuasan.hasty",
            Self::TooFew => "desk.kepuasan.too-few",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => "Jawab pertanyaan yang ditandai, lalu kirim kembali.",
            Self::Link => "Buka kembali tautan atau kode QR yang Anda terima dari petugas.",
            Self::Officer => "Berikan tautan atau kode QR-nya; pemohon menjawab pada perangkatnya sendiri.",
            Self::Hasty => "Periksa jawaban Anda sekali lagi, lalu kirim kembali.",
            Self::TooFew => "Tunggu sampai sedikitnya tiga orang menjawab pada masa ini.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) => problems.clone(),
            _ => Vec::new(),
        }
    }
}

/// The names of the form's fields, one per element.
pub(super) const FIELDS: [&str; 9] = ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8", "u9"];

/// The nine elements.
pub(super) fn elements() -> &'static [Unsur] {
    static LIST: OnceLock<Vec<Unsur>> = OnceLock::new();
    LIST.get_or_init(|| {
        rows(UNSUR)
            .into_iter()
            .filter_map(|row| {
                let field = |at: usize| row.get(at).map(str::to_owned);
                Some(Unsur { kode: field(0)?, nama: field(1)?, rendah: field(2)?, tinggi: field(3)? })
            })
            .collect()
    })
}

/// The qualities, the lowest first.
pub(super) fn qualities() -> &'static [Mutu] {
    static LIST: OnceLock<Vec<Mutu>> = OnceLock::new();
    LIST.get_or_init(|| {
        rows(INTERVAL)
            .into_iter()
            .filter_map(|row| {
                let (whole, part) = row.get(3)?.split_once('.')?;
                let dari_e2 = whole.parse::<i64>().ok()? * 100 + part.parse::<i64>().ok()?;
                Some(Mutu { huruf: row.get(5)?.to_owned(), kinerja: row.get(6)?.to_owned(), dari_e2 })
            })
            .collect()
    })
}

fn rows(text: &'static str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(text.as_bytes()).into_records().filter_map(Result::ok).collect()
}

/// What was typed, when every element is judged. `typed` gives the text of a field.
///
/// # Errors
/// [`Refusal::Fields`] with every question that is open.
pub fn check(typed: impl Fn(&str) -> String) -> Result<Answers, Refusal> {
    let mut problems = Vec::new();
    let mut nilai = Vec::new();
    for field in FIELDS {
        match typed(field).parse::<u8>() {
            Ok(value @ 1..=4) => nilai.push(Some(value)),
            _ => {
                problems.push(FieldProblem::new(field, "Pilih salah satu jawaban."));
                nilai.push(None);
            }
        }
    }
    let saran = typed("saran").replace("\r\n", "\n").trim().to_owned();
    if saran.chars().count() > SARAN {
        problems.push(FieldProblem::new("saran", format!("Saran paling panjang {SARAN} huruf.")));
    }
    if !problems.is_empty() {
        return Err(Refusal::Fields(problems));
    }
    let short = |name: &str| typed(name).chars().take(40).collect::<String>();
    Ok(Answers {
        nilai,
        kelamin: short("kelamin"),
        usia: short("usia"),
        pendidikan: short("pendidikan"),
        pekerjaan: short("pekerjaan"),
        saran,
    })
}

/// The index: the mean of the elements' means, each of the same weight, times 25. The regulation writes the weight of nine elements as
/// 0,11; with it nobody could reach 100, so the weight here is exactly one ninth. Rounded half up to hundredths at the very end.
pub fn index(sums: &Sums) -> Option<Hasil> {
    let answered: Vec<(i64, i64)> = sums.unsur.iter().copied().filter(|(count, _)| *count > 0).collect();
    if answered.is_empty() {
        return None;
    }
    // Σ sum/count over one denominator, in whole numbers.
    let (mut numerator, mut denominator) = (0_i128, 1_i128);
    for (count, sum) in &answered {
        numerator = numerator * i128::from(*count) + i128::from(*sum) * denominator;
        denominator *= i128::from(*count);
        let common = gcd(numerator, denominator);
        (numerator, denominator) = (numerator / common, denominator / common);
    }
    let ikm_e2 = rounded(numerator * 2500, denominator * i128::try_from(answered.len()).ok()?);
    let rata = |(count, sum): &(i64, i64)| (*count > 0).then(|| rounded(i128::from(*sum) * 100, i128::from(*count)));
    Some(Hasil { ikm_e2, rata_e2: sums.unsur.iter().map(rata).collect(), mutu: quality(ikm_e2)?.clone() })
}

/// What an index in hundredths means.
pub(super) fn quality(ikm_e2: i64) -> Option<&'static Mutu> {
    qualities().iter().rev().find(|mutu| mutu.dari_e2 <= ikm_e2)
}

fn rounded(numerator: i128, denominator: i128) -> i64 {
    i64::try_from((numerator * 2 + denominator) / (denominator * 2)).unwrap_or(i64::MAX)
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a.max(1) } else { gcd(b, a % b) }
}

/// "88,31".
pub(super) fn e2(value: i64) -> String {
    format!("{},{:02}", value / 100, value % 100)
}
