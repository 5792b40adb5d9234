//! What may be filed and what may happen to it: pure rules.

use praja_kernel::{FieldProblem, Id, Refuse, fold};
use praja_store::{Result as StoreResult, StoreError};

use super::{Jenis, Pengaduan, Status};

/// A complaint says something in at least so many letters.
const SHORTEST: usize = 20;
/// Longest complaint or answer, in letters.
const LONGEST: usize = 4000;

/// A complaint ready to be filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What is asked.
    pub jenis: Jenis,
    /// What it is about; empty for none of ours.
    pub objek: String,
    /// The same in words.
    pub tentang: String,
    /// The OPD it is about, where known.
    pub opd: Option<Id>,
    /// The words.
    pub isi: String,
    /// Where it happened.
    pub lokasi: String,
    /// Who, when signed in.
    pub pelapor: String,
    /// The name given.
    pub nama: String,
    /// E-mail or telephone.
    pub kontak: String,
    /// Keep the name from the OPD.
    pub disembunyikan: bool,
}

/// Something done to a complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// An officer takes it up.
    Terima,
    /// It goes to another OPD, with the reason.
    Teruskan(Id, String),
    /// The answer.
    Jawab(String),
    /// It cannot be followed up, with the reason.
    Tolak(String),
    /// Who complained accepts the answer.
    Selesai,
    /// Who complained is not content, and says why.
    Tanggapi(String),
}

impl Act {
    /// As the audit names it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Terima => "desk.accept-pengaduan",
            Self::Teruskan(..) => "desk.forward-pengaduan",
            Self::Jawab(_) => "desk.answer-pengaduan",
            Self::Tolak(_) => "desk.refuse-pengaduan",
            Self::Selesai => "desk.close-pengaduan",
            Self::Tanggapi(_) => "desk.reopen-pengaduan",
        }
    }

    /// What was written.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Teruskan(_, words) | Self::Jawab(words) | Self::Tolak(words) | Self::Tanggapi(words) => Some(words),
            Self::Terima | Self::Selesai => None,
        }
    }
}

/// Why a complaint is not filed or not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Something typed is missing or wrong.
    #[error("Pengaduan belum dikirim karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
    /// The state does not allow it.
    #[error("Pengaduan ini sudah berkeadaan {0}.")]
    State(&'static str),
    /// Number and code do not fit.
    #[error("Nomor dan kode pengaduan tidak cocok.")]
    NoMatch,
    /// It would go where it is.
    #[error("Pengaduan ini sudah pada OPD tersebut.")]
    SameOpd,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "desk.pengaduan.fields",
            Self::State(_) => "desk.pengaduan.state",
            Self::NoMatch => "desk.pengaduan.no-match",
            Self::SameOpd => "desk.pengaduan.same-opd",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => "Perbaiki isian yang ditandai, lalu kirim kembali.",
            Self::State(_) => "Muat ulang halaman untuk melihat keadaan terbarunya.",
            Self::NoMatch => "Periksa nomor dan kode pada bukti pengaduan Anda.",
            Self::SameOpd => "Pilih OPD lain.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) => problems.clone(),
            Self::SameOpd => vec![FieldProblem::new("opd", format!("{self} {}", self.next_step()))],
            Self::State(_) | Self::NoMatch => Vec::new(),
        }
    }
}

/// What was typed, checked at once. `draft` carries what is known beside it (the thing, the OPD, who is signed in).
///
/// # Errors
/// [`Refusal::Fields`] with everything that is wrong.
pub fn check(mut draft: Draft, jenis: &str) -> Result<Draft, Refusal> {
    let mut problems = Vec::new();
    match Jenis::parse(jenis) {
        Ok(jenis) => draft.jenis = jenis,
        Err(_) => problems.push(FieldProblem::new("jenis", "Pilih jenis pengaduan.")),
    }
    draft.isi = draft.isi.replace("\r\n", "\n").trim().to_owned();
    let letters = draft.isi.chars().count();
    if letters < SHORTEST {
        problems
            .push(FieldProblem::new("isi", "Ceritakan apa yang terjadi, kapan, dan siapa yang terkait, sedikitnya 20 huruf."));
    } else if letters > LONGEST {
        problems.push(FieldProblem::new("isi", format!("Isi pengaduan {letters} huruf; paling panjang {LONGEST} huruf.")));
    }
    draft.nama = draft.nama.split_whitespace().collect::<Vec<_>>().join(" ");
    if fold(&draft.nama).chars().filter(|letter| letter.is_alphabetic()).count() < 2 || draft.nama.chars().count() > 120 {
        problems.push(FieldProblem::new("nama", "Tulis nama Anda, paling panjang 120 huruf. Nama dapat disembunyikan di bawah."));
    }
    let digits = draft.kontak.chars().filter(char::is_ascii_digit).count();
    let is_mail = draft.kontak.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if draft.kontak.chars().count() > 120 || !(is_mail || digits >= 8) {
        problems.push(FieldProblem::new("kontak", "Tulis alamat surel atau nomor telepon yang dapat dihubungi."));
    }
    if draft.lokasi.chars().count() > 200 {
        problems.push(FieldProblem::new("lokasi", "Tempat kejadian paling panjang 200 huruf."));
    }
    if problems.is_empty() { Ok(draft) } else { Err(Refusal::Fields(problems)) }
}

/// The complaint after an act.
///
/// # Errors
/// [`Refusal`] when its state does not allow the act, or words are missing.
pub fn step(before: &Pengaduan, act: &Act) -> Result<Pengaduan, Refusal> {
    if let Some(words) = act.words() {
        let (field, shortest) = match act {
            Act::Jawab(_) => ("jawaban", SHORTEST),
            Act::Tanggapi(_) => ("tanggapan", SHORTEST),
            _ => ("alasan", 5),
        };
        let letters = words.trim().chars().count();
        if letters < shortest || letters > LONGEST {
            let message = format!("Tulis {shortest} sampai {LONGEST} huruf.");
            return Err(Refusal::Fields(vec![FieldProblem::new(field, message)]));
        }
    }
    let mut after = before.clone();
    after.status = match (before.status, act) {
        (Status::Masuk, Act::Terima) => Status::Diproses,
        (Status::Masuk | Status::Diproses, Act::Teruskan(opd, _)) => {
            if before.opd == Some(*opd) {
                return Err(Refusal::SameOpd);
            }
            after.opd = Some(*opd);
            Status::Masuk
        }
        (Status::Masuk | Status::Diproses, Act::Jawab(words)) => {
            after.jawaban = Some(words.trim().to_owned());
            Status::Dijawab
        }
        (Status::Masuk | Status::Diproses, Act::Tolak(words)) => {
            after.jawaban = Some(words.trim().to_owned());
            Status::Ditolak
        }
        (Status::Dijawab, Act::Selesai) => Status::Selesai,
        (Status::Dijawab, Act::Tanggapi(_)) => Status::Diproses,
        (status, _) => return Err(Refusal::State(status.label())),
    };
    Ok(after)
}

/// Crockford's letters: nothing on a slip of paper is read two ways.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Ten letters, fifty bits: with the limit on attempts nobody guesses one.
pub(crate) fn code() -> StoreResult<String> {
    let mut bytes = [0_u8; 10];
    getrandom::fill(&mut bytes).map_err(|e| StoreError::Unavailable(format!("no randomness: {e}")))?;
    Ok(bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect())
}

/// A code as typed: small letters, blanks and hyphens are forgiven, O is 0, I and L are 1.
pub(crate) fn plain_code(typed: &str) -> String {
    let letters = typed.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').take(40);
    letters
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}
