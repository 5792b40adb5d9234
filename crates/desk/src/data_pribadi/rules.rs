//! The clock in hours, and what requests, answers and failures must hold: pure.

use praja_kernel::{FieldProblem, Moment, Nik, Refuse};

use super::{Jenis, Status, Surat, Tujuan};

const HOUR: i64 = 60 * 60 * 1000;
/// 3 x 24 hours: of the clock, not of working days.
const TERM: i64 = 72 * HOUR;
const LONGEST: usize = 4000;

/// What is asked, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Isian {
    pub(crate) jenis: Jenis,
    pub(crate) nama: String,
    pub(crate) nik: String,
    pub(crate) kontak: String,
    pub(crate) isi: String,
}

/// An answer, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Jawaban {
    pub(crate) status: Status,
    pub(crate) kata: String,
    pub(crate) dasar: String,
}

/// A failure as it is known, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kejadian {
    pub(crate) diketahui: Moment,
    /// Which data.
    pub(crate) data: String,
    /// When and how.
    pub(crate) kejadian: String,
    /// What is done about it.
    pub(crate) penanganan: String,
    /// How many people, as far as known.
    pub(crate) orang: i64,
}

/// Why something is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Something typed is missing or wrong.
    #[error("Isian belum disimpan karena ada yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
    /// Somebody answered before.
    #[error("Permintaan ini sudah berkeadaan {0}.")]
    Answered(&'static str),
    /// Number and code do not fit.
    #[error("Nomor dan kode permintaan tidak cocok.")]
    NoMatch,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "desk.data-pribadi.fields",
            Self::Answered(_) => "desk.data-pribadi.answered",
            Self::NoMatch => "desk.data-pribadi.no-match",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => "Perbaiki isian yang ditandai, lalu kirim kembali.",
            Self::Answered(_) => "Muat ulang halaman untuk melihat jawabannya.",
            Self::NoMatch => "Periksa nomor dan kode pada tanda terima Anda.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        if let Self::Fields(problems) = self { problems.clone() } else { Vec::new() }
    }
}

/// When the clock that began at `from` has run out.
pub(crate) fn due(from: Moment) -> Moment {
    from.plus_ms(TERM)
}

/// How much of the clock is left: "sisa 71 jam 20 menit", "lewat 2 jam 5 menit".
pub(crate) fn left(due: Moment, now: Moment) -> String {
    let minutes = (due.0 - now.0).abs() / 60_000;
    let word = if now > due { "lewat" } else { "sisa" };
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{word} {minutes} menit"),
        (hours, 0) => format!("{word} {hours} jam"),
        (hours, minutes) => format!("{word} {hours} jam {minutes} menit"),
    }
}

/// Less than a day of the three is left.
pub(crate) fn is_near(due: Moment, now: Moment) -> bool {
    now <= due && due.0 - now.0 < 24 * HOUR
}

/// Were the subjects and the agency told, as art. 46 (1) asks?
pub(crate) fn is_told(letters: &[Surat]) -> bool {
    [Tujuan::Subjek, Tujuan::Lembaga].iter().all(|wanted| letters.iter().any(|letter| letter.tujuan == *wanted))
}

fn prose(field: &'static str, typed: &str, least: usize, problems: &mut Vec<FieldProblem>) -> String {
    let text = typed.replace("\r\n", "\n").trim().to_owned();
    let letters = text.chars().count();
    if !(least..=LONGEST).contains(&letters) {
        problems.push(FieldProblem::new(field, format!("Tulis {least} sampai {LONGEST} huruf; sekarang {letters}.")));
    }
    text
}

/// A request as typed; `typed` gives the text of a field.
pub(crate) fn check(typed: impl Fn(&str) -> String) -> Result<Isian, Refusal> {
    let mut problems = Vec::new();
    let jenis = Jenis::parse(typed("jenis").trim()).ok();
    if jenis.is_none() {
        problems.push(FieldProblem::new("jenis", "Pilih yang Anda minta."));
    }
    let nama = typed("nama").split_whitespace().collect::<Vec<_>>().join(" ");
    if nama.chars().filter(|letter| letter.is_alphabetic()).count() < 2 || nama.chars().count() > 120 {
        problems.push(FieldProblem::new("nama", "Tulis nama sesuai KTP, paling panjang 120 huruf."));
    }
    let nik = match typed("nik").parse::<Nik>() {
        Ok(nik) => nik.full().to_owned(),
        Err(wrong) => {
            problems.push(FieldProblem::new("nik", wrong.to_string()));
            String::new()
        }
    };
    let kontak = typed("kontak").trim().to_owned();
    let digits = kontak.chars().filter(char::is_ascii_digit).count();
    let is_mail = kontak.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if kontak.chars().count() > 120 || !(is_mail || digits >= 8) {
        problems.push(FieldProblem::new("kontak", "Tulis alamat surel atau nomor telepon yang dapat dihubungi."));
    }
    let isi = prose("isi", &typed("isi"), 10, &mut problems);
    match jenis {
        Some(jenis) if problems.is_empty() => Ok(Isian { jenis, nama, nik, kontak, isi }),
        _ => Err(Refusal::Fields(problems)),
    }
}

/// An answer as typed: a refusal names its reason and the rule it stands on.
pub(crate) fn check_answer(typed: impl Fn(&str) -> String) -> Result<Jawaban, Refusal> {
    let mut problems = Vec::new();
    let status = Status::parse(typed("hasil").trim()).ok().filter(|status| *status != Status::Terbuka);
    if status.is_none() {
        problems.push(FieldProblem::new("hasil", "Pilih dipenuhi atau ditolak."));
    }
    let kata = prose("jawaban", &typed("jawaban"), 10, &mut problems);
    let dasar = typed("dasar").split_whitespace().collect::<Vec<_>>().join(" ");
    if status == Some(Status::Ditolak) && dasar.chars().count() < 5 {
        problems.push(FieldProblem::new("dasar", "Penolakan menyebut peraturan yang menjadi dasarnya."));
    } else if dasar.chars().count() > 300 {
        problems.push(FieldProblem::new("dasar", "Paling panjang 300 huruf."));
    }
    match status {
        Some(status) if problems.is_empty() => Ok(Jawaban { status, kata, dasar }),
        _ => Err(Refusal::Fields(problems)),
    }
}

/// A failure as typed; `diketahui` is what the two fields of its moment say, `now` the latest it can be.
pub(crate) fn check_failure(typed: impl Fn(&str) -> String, diketahui: Option<Moment>, now: Moment) -> Result<Kejadian, Refusal> {
    let mut problems = Vec::new();
    match diketahui {
        None => problems.push(FieldProblem::new("tanggal", "Tulis tanggal dan jam kegagalan itu diketahui.")),
        Some(at) if at > now => problems.push(FieldProblem::new("tanggal", "Waktu ini belum tiba.")),
        Some(_) => {}
    }
    let data = prose("data", &typed("data"), 5, &mut problems);
    let kejadian = prose("kejadian", &typed("kejadian"), 10, &mut problems);
    let penanganan = prose("penanganan", &typed("penanganan"), 10, &mut problems);
    let orang = match typed("orang").trim() {
        "" => Some(0),
        text => text.parse::<i64>().ok().filter(|count| (0..=100_000_000).contains(count)),
    };
    if orang.is_none() {
        problems.push(FieldProblem::new("orang", "Tulis banyaknya orang dengan angka, atau kosongkan bila belum diketahui."));
    }
    match (diketahui, orang) {
        (Some(diketahui), Some(orang)) if problems.is_empty() => Ok(Kejadian { diketahui, data, kejadian, penanganan, orang }),
        _ => Err(Refusal::Fields(problems)),
    }
}
