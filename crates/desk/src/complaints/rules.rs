//! What may be filed and what may happen to it: pure rules.

use praja_kernel::{Date, FieldProblem, Id, Refuse, fold};
use praja_store::{Keyring, Result as StoreResult, StoreError};
use serde::{Deserialize, Serialize};

use super::{Jalur, Jenis, Penanganan, Pengaduan, Saluran, Status, Teradu};

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
    /// At which stage of that, in words.
    pub tahap: String,
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
    /// No name at all: the code alone leads back.
    pub anonim: bool,
    /// To the inspectorate alone.
    pub wbs: bool,
    /// The officer it is about, as typed.
    pub teradu: String,
    /// The officers it is about, where the thing tells who they are.
    pub orang: Vec<Teradu>,
    /// By which way it came.
    pub saluran: Saluran,
    /// What SP4N-LAPOR calls it.
    pub id_lapor: String,
    /// Who wrote it down for somebody else, as an actor's key; empty where whoever complained did.
    pub dicatat: String,
    /// The identity of a protected reporter, sealed by [`Draft::protect`].
    pub identitas: Option<Vec<u8>>,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            jenis: Jenis::Pelayanan,
            objek: String::new(),
            tentang: String::new(),
            tahap: String::new(),
            opd: None,
            isi: String::new(),
            lokasi: String::new(),
            pelapor: String::new(),
            nama: String::new(),
            kontak: String::new(),
            disembunyikan: false,
            anonim: false,
            wbs: false,
            teradu: String::new(),
            orang: Vec::new(),
            saluran: Saluran::Aplikasi,
            id_lapor: String::new(),
            dicatat: String::new(),
            identitas: None,
        }
    }
}

/// Who a protected reporter is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Identitas {
    pub(crate) nama: String,
    pub(crate) kontak: String,
}

/// What the seal of an identity is for.
const IDENTITY: &str = "pelapor-pengaduan";

impl Identitas {
    /// Opens what [`Draft::protect`] sealed.
    ///
    /// # Errors
    /// When it was not sealed here.
    pub(crate) fn open(keys: &Keyring, sealed: &[u8]) -> StoreResult<Self> {
        let bytes = keys.open(IDENTITY, sealed)?;
        serde_json::from_slice(&bytes).map_err(|e| StoreError::Corrupt(format!("{IDENTITY}: {e}")))
    }
}

impl Draft {
    /// Who may see it.
    pub fn jalur(&self) -> Jalur {
        match (self.wbs, self.teradu.is_empty() && self.orang.is_empty()) {
            (true, _) => Jalur::Wbs,
            (false, false) => Jalur::Petugas,
            (false, true) => Jalur::Biasa,
        }
    }

    /// Is it kept from everybody but a few?
    pub fn is_protected(&self) -> bool {
        self.jalur() != Jalur::Biasa
    }

    /// Seals who complained, where that is to be protected: the tables then hold no name, address or account.
    ///
    /// # Errors
    /// When it cannot be sealed.
    pub fn protect(mut self, keys: &Keyring) -> StoreResult<Self> {
        if self.jalur() == Jalur::Biasa {
            return Ok(self);
        }
        let who = Identitas { nama: std::mem::take(&mut self.nama), kontak: std::mem::take(&mut self.kontak) };
        self.pelapor = String::new();
        self.disembunyikan = true;
        if who != Identitas::default() {
            let bytes = serde_json::to_vec(&who).map_err(|e| StoreError::Corrupt(e.to_string()))?;
            self.identitas = Some(keys.seal(IDENTITY, &bytes)?);
        }
        Ok(self)
    }
}

/// Something done to a complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Somebody takes it up and looks what it is.
    Terima,
    /// It is of another kind of handling than was thought, with the reason.
    Golongkan(Penanganan, String),
    /// It goes to the unit that answers, with the reason.
    Teruskan(Id, String),
    /// It turns out to be about officers: from now on neither they nor the ordinary way see it. With the reason.
    Alihkan(Vec<Teradu>, String),
    /// What SP4N-LAPOR calls it.
    Lapor(String),
    /// The answer.
    Jawab(String),
    /// It cannot be followed up, with the reason.
    Tolak(String),
    /// Who complained accepts the answer.
    Selesai,
    /// Nobody objected in time.
    Tutup,
    /// Who complained is not content, and says why.
    Tanggapi(String),
}

impl Act {
    /// As the audit names it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Terima => "desk.accept-pengaduan",
            Self::Golongkan(..) => "desk.classify-pengaduan",
            Self::Teruskan(..) => "desk.forward-pengaduan",
            Self::Alihkan(..) => "desk.divert-pengaduan",
            Self::Lapor(_) => "desk.link-lapor",
            Self::Jawab(_) => "desk.answer-pengaduan",
            Self::Tolak(_) => "desk.refuse-pengaduan",
            Self::Selesai => "desk.close-pengaduan",
            Self::Tutup => "desk.lapse-pengaduan",
            Self::Tanggapi(_) => "desk.reopen-pengaduan",
        }
    }

    /// What was written.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Golongkan(_, words)
            | Self::Teruskan(_, words)
            | Self::Alihkan(_, words)
            | Self::Jawab(words)
            | Self::Tolak(words)
            | Self::Tanggapi(words) => Some(words),
            Self::Terima | Self::Selesai | Self::Tutup | Self::Lapor(_) => None,
        }
    }
}

/// Why a complaint is not filed or not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Something typed is missing or wrong.
    #[error("Pengaduan belum disimpan karena ada isian yang perlu diperbaiki.")]
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
    /// The time to object is over.
    #[error("Masa membuka lagi pengaduan ini berakhir {}.", praja_kernel::tanggal_panjang(*.0))]
    TooLate(Date),
    /// Everybody it could go to is whom it is about.
    #[error("Pimpinan OPD itu adalah yang diadukan, dan tidak ada atasan lain yang tercatat.")]
    Nobody,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "desk.pengaduan.fields",
            Self::State(_) => "desk.pengaduan.state",
            Self::NoMatch => "desk.pengaduan.no-match",
            Self::SameOpd => "desk.pengaduan.same-opd",
            Self::TooLate(_) => "desk.pengaduan.too-late",
            Self::Nobody => "desk.pengaduan.nobody",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => "Perbaiki isian yang ditandai, lalu kirim kembali.",
            Self::State(_) => "Muat ulang halaman untuk melihat keadaan terbarunya.",
            Self::NoMatch => "Periksa nomor dan kode pada bukti pengaduan Anda.",
            Self::SameOpd => "Pilih OPD lain.",
            Self::TooLate(_) => "Sampaikan pengaduan baru dan sebutkan nomor pengaduan ini.",
            Self::Nobody => "Pilih OPD lain, atau tangani di Inspektorat.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) => problems.clone(),
            Self::SameOpd | Self::Nobody => vec![FieldProblem::new("opd", format!("{self} {}", self.next_step()))],
            Self::State(_) | Self::NoMatch | Self::TooLate(_) => Vec::new(),
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A number of SP4N-LAPOR as typed; empty where there is none.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn id_lapor(typed: &str) -> Result<String, &'static str> {
    let id = typed.trim().trim_start_matches('#').to_owned();
    let plain = id.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.' | '/'));
    if id.is_empty() || (plain && (3..=40).contains(&id.len())) {
        Ok(id)
    } else {
        Err("Nomor SP4N-LAPOR terdiri atas 3 sampai 40 angka, huruf, atau tanda hubung, misalnya 7654321.")
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
    draft.teradu = one_line(&draft.teradu);
    if draft.teradu.chars().count() > 200 {
        problems.push(FieldProblem::new("teradu", "Nama atau jabatan petugas paling panjang 200 huruf."));
    }
    (draft.nama, draft.kontak) = (one_line(&draft.nama), draft.kontak.trim().to_owned());
    if draft.anonim {
        (draft.nama, draft.kontak, draft.pelapor) = Default::default();
    } else if !(draft.wbs && draft.nama.is_empty() && draft.kontak.is_empty()) {
        who(&draft, &mut problems);
    }
    if draft.lokasi.chars().count() > 200 {
        problems.push(FieldProblem::new("lokasi", "Tempat kejadian paling panjang 200 huruf."));
    }
    match id_lapor(&draft.id_lapor) {
        Ok(id) if id.is_empty() && draft.saluran == Saluran::Lapor => {
            problems.push(FieldProblem::new("id_lapor", "Tulis nomor yang diberikan SP4N-LAPOR."));
        }
        Ok(id) => draft.id_lapor = id,
        Err(words) => problems.push(FieldProblem::new("id_lapor", words)),
    }
    if problems.is_empty() { Ok(draft) } else { Err(Refusal::Fields(problems)) }
}

/// Name and address of whoever wants to be known.
fn who(draft: &Draft, problems: &mut Vec<FieldProblem>) {
    if fold(&draft.nama).chars().filter(|letter| letter.is_alphabetic()).count() < 2 || draft.nama.chars().count() > 120 {
        problems.push(FieldProblem::new("nama", "Tulis nama Anda, paling panjang 120 huruf, atau pilih tanpa nama di bawah."));
    }
    let digits = draft.kontak.chars().filter(char::is_ascii_digit).count();
    let is_mail = draft.kontak.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    // Whoever stands at a counter takes the receipt along.
    let absent = !draft.dicatat.is_empty() && draft.kontak.is_empty();
    if draft.kontak.chars().count() > 120 || !(is_mail || digits >= 8 || absent) {
        problems.push(FieldProblem::new("kontak", "Tulis alamat surel atau nomor telepon yang dapat dihubungi."));
    }
}

/// The complaint after an act on a day.
///
/// # Errors
/// [`Refusal`] when its state does not allow the act, or words are missing.
pub fn step(before: &Pengaduan, act: &Act, today: Date) -> Result<Pengaduan, Refusal> {
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
    let wrong = Err(Refusal::State(before.status.label()));
    match act {
        Act::Terima if before.status == Status::Masuk => after.status = Status::Verifikasi,
        Act::Lapor(id) => after.id_lapor = id.clone(),
        Act::Golongkan(penanganan, _) if before.status.is_open() => after.penanganan = *penanganan,
        Act::Teruskan(opd, _) if before.status.is_open() => {
            if before.opd == Some(*opd) && before.status != Status::Masuk && before.kepada.is_none() {
                return Err(Refusal::SameOpd);
            }
            (after.opd, after.status) = (Some(*opd), Status::Diteruskan);
        }
        Act::Alihkan(..) if before.status.is_open() && before.jalur == Jalur::Biasa => {
            (after.jalur, after.status, after.kepada) = (Jalur::Petugas, Status::Masuk, None);
        }
        // Further officers become known: the way stays, and so does what was done.
        Act::Alihkan(..) if before.status.is_open() => after.kepada = None,
        Act::Jawab(words) if before.status.is_open() => {
            (after.jawaban, after.status) = (Some(words.trim().to_owned()), Status::Ditanggapi);
        }
        Act::Tolak(words) if before.status.is_open() => {
            (after.jawaban, after.status) = (Some(words.trim().to_owned()), Status::Ditolak);
        }
        Act::Selesai if before.status == Status::Ditanggapi => after.status = Status::Selesai,
        Act::Tutup if before.status == Status::Ditanggapi && before.buka_sampai.is_some_and(|until| until < today) => {
            after.status = Status::Selesai;
        }
        Act::Tanggapi(_) if matches!(before.status, Status::Ditanggapi | Status::Selesai) => {
            if let Some(until) = before.buka_sampai.filter(|until| *until < today) {
                return Err(Refusal::TooLate(until));
            }
            (after.status, after.dibuka_lagi) = (Status::DibukaLagi, before.dibuka_lagi + 1);
        }
        _ => return wrong,
    }
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
