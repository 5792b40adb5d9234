//! What may become of a number, and where a letter of a given date gets one. No clock, no database.

use praja_kernel::{Date, FieldProblem, PatternError, Refuse, tanggal_panjang, tanggal_pendek};

use super::{Nomor, Status};

/// At most so many numbers are set aside at once.
pub(super) const MOST_ASIDE: i64 = 20;
/// A number entered from paper may be at most so far ahead: more is a slip of the finger.
pub(super) const MOST_AHEAD: i64 = 200;

/// Where the number of a letter comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The next one of the register.
    Next,
    /// One that was set aside for this day.
    Aside(Date),
}

/// Why a number could not be given, used or given back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The register never gave out such a number.
    #[error("Nomor urut {urut} tidak ada dalam register ini.")]
    Unknown {
        /// The place asked for.
        urut: i64,
    },
    /// Used already.
    #[error("Nomor {nomor} sudah terpakai.")]
    Used {
        /// The number.
        nomor: String,
    },
    /// Cancelled already.
    #[error("Nomor {nomor} sudah dibatalkan dan tidak dapat dipakai lagi.")]
    Cancelled {
        /// The number.
        nomor: String,
    },
    /// A number is not given back without saying why.
    #[error("Alasan pembatalan nomor belum diisi.")]
    NoReason,
    /// The kind is not numbered.
    #[error("{jenis} tidak bernomor.")]
    NotNumbered {
        /// Name of the kind.
        jenis: String,
    },
    /// The pattern needs something this letter lacks.
    #[error("{0}")]
    Pattern(#[from] PatternError),
    /// A letter of a day to come.
    #[error("Tanggal naskah {} belum tiba.", tanggal_pendek(*.tanggal))]
    Future {
        /// The letter's date.
        tanggal: Date,
    },
    /// A letter of an earlier day, for which nothing is set aside any more.
    #[error("Tidak ada nomor cadangan tanggal {} dalam register ini.", tanggal_panjang(*.tanggal))]
    NothingAside {
        /// The letter's date.
        tanggal: Date,
    },
    /// Another letter carries this very text.
    #[error("Nomor {nomor} sudah ada pada register lain.")]
    Collision {
        /// The number.
        nomor: String,
    },
    /// The national application gives the numbers.
    #[error("Nomor register ini diberikan oleh SRIKANDI.")]
    OtherOwner,
    /// The register is ours, so no number comes from elsewhere.
    #[error("Nomor register ini diberikan oleh Praja, bukan oleh SRIKANDI.")]
    OwnNumbers,
    /// A number from paper that is neither new nor set aside.
    #[error("Nomor urut {urut} sudah diberikan; nomor terakhir register ini {terakhir}.")]
    Given {
        /// The place asked for.
        urut: i64,
        /// The last one given.
        terakhir: i64,
    },
    /// A number from paper too far ahead.
    #[error("Nomor urut {urut} melompat jauh dari nomor terakhir {terakhir}.")]
    TooFar {
        /// The place asked for.
        urut: i64,
        /// The last one given.
        terakhir: i64,
    },
    /// Something typed is missing or wrong.
    #[error("Belum disimpan karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "desk.nomor.unknown",
            Self::Used { .. } => "desk.nomor.used",
            Self::Cancelled { .. } => "desk.nomor.cancelled",
            Self::NoReason => "desk.nomor.no-reason",
            Self::NotNumbered { .. } => "desk.nomor.not-numbered",
            Self::Pattern(_) => "desk.nomor.pattern",
            Self::Future { .. } => "desk.nomor.future",
            Self::NothingAside { .. } => "desk.nomor.nothing-aside",
            Self::Collision { .. } => "desk.nomor.collision",
            Self::OtherOwner => "desk.nomor.other-owner",
            Self::OwnNumbers => "desk.nomor.own-numbers",
            Self::Given { .. } => "desk.nomor.given",
            Self::TooFar { .. } => "desk.nomor.too-far",
            Self::Fields(_) => "desk.nomor.fields",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Unknown { .. } => "Periksa kembali nomor urut dan tahunnya.",
            Self::Used { .. } => "Buka naskah yang memakai nomor itu, atau ambil nomor baru.",
            Self::Cancelled { .. } => "Ambil nomor baru dari register.",
            Self::NoReason => "Tulis satu kalimat mengapa nomor ini dibatalkan.",
            Self::NotNumbered { .. } => "Terbitkan tanpa nomor, atau atur penomorannya pada halaman jenis naskah.",
            Self::Pattern(_) => "Lengkapi naskahnya, atau minta admin memeriksa pola nomor jenis ini.",
            Self::Future { .. } => "Pakai tanggal hari ini.",
            Self::NothingAside { .. } => {
                "Pakai tanggal hari ini. Nomor untuk tanggal yang lewat hanya dari cadangan yang disisihkan kepala tata usaha pada hari itu."
            }
            Self::Collision { .. } => "Minta admin memeriksa pola nomor kedua register pada halaman jenis naskah.",
            Self::OtherOwner => "Ambil nomor di SRIKANDI, lalu catat nomornya di sini.",
            Self::OwnNumbers => "Ambil nomor dari register ini.",
            Self::Given { .. } => "Periksa nomor pada naskahnya; nomor kembar harus diralat dengan naskah baru.",
            Self::TooFar { .. } => "Periksa kembali nomornya. Bila memang benar, catat dahulu nomor di antaranya.",
            Self::Fields(_) => "Perbaiki isian yang ditandai, lalu simpan kembali.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        let field = match self {
            Self::Fields(problems) => return problems.clone(),
            Self::NoReason => "alasan",
            Self::Future { .. } | Self::NothingAside { .. } => "tanggal",
            Self::Given { .. } | Self::TooFar { .. } | Self::Unknown { .. } => "urut",
            Self::Collision { .. } | Self::Pattern(_) | Self::NotNumbered { .. } => "jenis",
            Self::Used { .. } | Self::Cancelled { .. } | Self::OtherOwner | Self::OwnNumbers => return Vec::new(),
        };
        vec![FieldProblem::new(field, format!("{self} {}", self.next_step()))]
    }
}

/// Where a letter of this date gets its number on `today`: numbers stand in the order of dates, so an earlier day is served only
/// from what was set aside for it.
///
/// # Errors
/// [`Refusal::Future`].
pub fn place(letter: Date, today: Date) -> Result<Place, Refusal> {
    match letter.cmp(&today) {
        std::cmp::Ordering::Equal => Ok(Place::Next),
        std::cmp::Ordering::Less => Ok(Place::Aside(letter)),
        std::cmp::Ordering::Greater => Err(Refusal::Future { tanggal: letter }),
    }
}

/// May a number now become `status`?
pub(super) fn become_(nomor: &Nomor, status: Status) -> Result<(), Refusal> {
    match (nomor.status, status) {
        (Status::Dipesan, Status::Terpakai | Status::Batal | Status::Dipesan) => Ok(()),
        (Status::Cadangan, Status::Batal | Status::Cadangan) => Ok(()),
        // What is set aside is given with its text by `take_aside`, never by a mere change of state.
        (Status::Cadangan, Status::Dipesan | Status::Terpakai) => Err(Refusal::Unknown { urut: nomor.urut }),
        (Status::Dipesan, Status::Cadangan) => Err(Refusal::Unknown { urut: nomor.urut }),
        (Status::Terpakai, _) => Err(Refusal::Used { nomor: nomor.nomor.clone() }),
        (Status::Batal, _) => Err(Refusal::Cancelled { nomor: nomor.nomor.clone() }),
    }
}

/// What an entry from paper does to the register: the numbers it skips are set aside, so that they can be entered, too.
pub(super) fn outside(urut: i64, terakhir: i64, is_aside: bool) -> Result<std::ops::Range<i64>, Refusal> {
    if is_aside {
        return Ok(0..0);
    }
    if urut <= terakhir {
        return Err(Refusal::Given { urut, terakhir });
    }
    if urut > terakhir + MOST_AHEAD {
        return Err(Refusal::TooFar { urut, terakhir });
    }
    Ok(terakhir + 1..urut)
}
