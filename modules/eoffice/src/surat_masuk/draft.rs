use praja_kernel::{
    AturanTenggat, Date, Derajat, FieldProblem, Moment, Sifat, Tenggat, WorkingCalendar, Zona, parse_tanggal, tanggal_pendek,
};

use super::{Baru, Isi, Refusal};
use praja_desk::klasifikasi::Klasifikasi;

/// Longest name of a sender, in letters.
const ASAL: usize = 160;
/// Longest number of a letter.
const NOMOR: usize = 80;
/// Longest subject (Hal is never blank and fits one line of the agenda book).
const HAL: usize = 120;
/// Longest summary.
const RINGKASAN: usize = 2000;
/// Longest addressee or place.
const TUJUAN: usize = 160;
/// Most attachments a letter can name.
const LAMPIRAN: i64 = 999;
/// A letter older than this, in years, is archive and not mail; nearly always a slip of the finger.
const OLDEST_YEARS: i16 = 10;
/// Hour at which a letter of an earlier day counts as received.
const OPENING_HOUR: i8 = 8;

/// What was typed, as it was typed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft<'a> {
    /// Sender.
    pub(crate) asal: &'a str,
    /// Its number; `-` when it has none.
    pub(crate) nomor_surat: &'a str,
    /// Its date.
    pub(crate) tanggal_surat: &'a str,
    /// Day of receipt; today when empty.
    pub(crate) tanggal_terima: &'a str,
    /// Subject.
    pub(crate) hal: &'a str,
    /// Summary.
    pub(crate) ringkasan: &'a str,
    /// Classification code.
    pub(crate) klasifikasi: &'a str,
    /// Word of the security class; Biasa when empty.
    pub(crate) sifat: &'a str,
    /// Word of the urgency; Biasa when empty.
    pub(crate) derajat: &'a str,
    /// Addressee.
    pub(crate) tujuan: &'a str,
    /// Number of attachments; none when empty.
    pub(crate) jumlah_lampiran: &'a str,
    /// Where the paper lies.
    pub(crate) lokasi: &'a str,
}

/// What the rule must know besides the draft.
pub(crate) struct Known<'a> {
    /// When the draft was sent.
    pub(crate) now: Moment,
    /// The regency's zone.
    pub(crate) zona: Zona,
    /// Its working days.
    pub(crate) calendar: &'a WorkingCalendar,
    /// How it counts deadlines.
    pub(crate) aturan: AturanTenggat,
    /// The classification in force; without one no code is checked.
    pub(crate) klasifikasi: Option<&'a Klasifikasi>,
}

/// Collects what is wrong, field by field.
#[derive(Default)]
struct Problems(Vec<FieldProblem>);

impl Problems {
    fn add(&mut self, field: &'static str, message: impl Into<String>) {
        self.0.push(FieldProblem::new(field, message));
    }

    /// A text without surrounding or doubled blanks; too long a one is noted and given all the same.
    fn text(&mut self, field: &'static str, label: &str, typed: &str, longest: usize) -> Option<String> {
        let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = text.chars().count();
        if length > longest {
            self.add(field, format!("{label} {length} huruf; paling panjang {longest} huruf. Persingkat isinya."));
        }
        (!text.is_empty()).then_some(text)
    }
}

/// Reads a draft into a letter that may get its number; the number itself is drawn in the transaction that saves it.
///
/// # Errors
/// [`Refusal::Fields`] with every field at fault, so that the officer corrects the form once.
pub(crate) fn register(draft: &Draft<'_>, known: &Known<'_>) -> Result<Baru, Refusal> {
    let mut problems = Problems::default();
    let today = known.zona.date(known.now);
    let sifat = choice(&mut problems, "sifat", draft.sifat, Sifat::Biasa);
    let derajat = choice(&mut problems, "derajat", draft.derajat, Derajat::Biasa);
    let (tanggal_surat, tanggal_terima) = dates(&mut problems, draft, today);
    let isi = Isi {
        asal: asal(&mut problems, draft.asal),
        instansi: None,
        nomor_surat: nomor(&mut problems, draft.nomor_surat),
        tanggal_surat,
        tanggal_terima,
        hal: hal(&mut problems, draft.hal, sifat),
        ringkasan: paragraph(&mut problems, draft.ringkasan),
        klasifikasi: klasifikasi(&mut problems, draft.klasifikasi, known.klasifikasi),
        sifat,
        derajat,
        tujuan: problems.text("tujuan", "Tujuan", draft.tujuan, TUJUAN),
        jumlah_lampiran: lampiran(&mut problems, draft.jumlah_lampiran),
        lokasi: problems.text("lokasi", "Tempat naskah asli", draft.lokasi, TUJUAN),
    };
    if !problems.0.is_empty() {
        return Err(Refusal::Fields(problems.0));
    }
    let tenggat = tenggat(&isi, known).map_err(|message| Refusal::Fields(vec![FieldProblem::new("tanggal_terima", message)]))?;
    Ok(Baru { isi, tenggat })
}

/// Counted from now for a letter of today, else from the opening hour of its day.
fn tenggat(isi: &Isi, known: &Known<'_>) -> Result<Tenggat, String> {
    let opening = known.zona.at(isi.tanggal_terima.at(OPENING_HOUR, 0, 0, 0));
    let received = if known.zona.date(known.now) == isi.tanggal_terima { known.now } else { opening };
    isi.derajat.tenggat(&known.aturan, received, known.zona, known.calendar).map_err(|e| e.to_string())
}

fn choice<T: std::str::FromStr<Err = praja_kernel::UnknownWord>>(
    problems: &mut Problems,
    field: &'static str,
    typed: &str,
    default: T,
) -> T {
    match typed.trim() {
        "" => default,
        word => word.parse().unwrap_or_else(|unknown: praja_kernel::UnknownWord| {
            problems.add(field, unknown.to_string());
            default
        }),
    }
}

fn asal(problems: &mut Problems, typed: &str) -> String {
    let asal = problems.text("asal", "Nama pengirim", typed, ASAL).unwrap_or_default();
    if asal.is_empty() {
        problems.add("asal", "Pengirim belum diisi. Salin nama instansi atau orang dari kepala surat.");
    }
    asal
}

fn nomor(problems: &mut Problems, typed: &str) -> Option<String> {
    let nomor = problems.text("nomor_surat", "Nomor surat", typed, NOMOR);
    if nomor.is_none() {
        problems.add("nomor_surat", "Nomor surat belum diisi. Isi tanda \"-\" bila surat tidak bernomor.");
    }
    nomor.filter(|nomor| nomor.chars().any(char::is_alphanumeric))
}

fn dates(problems: &mut Problems, draft: &Draft<'_>, today: Date) -> (Date, Date) {
    let surat = read_date(problems, "tanggal_surat", draft.tanggal_surat, today);
    let terima = if draft.tanggal_terima.trim().is_empty() {
        Some(today)
    } else {
        read_date(problems, "tanggal_terima", draft.tanggal_terima, today)
    };
    if let (Some(surat), Some(terima)) = (surat, terima)
        && terima < surat
    {
        problems.add(
            "tanggal_terima",
            format!("Surat bertanggal {} tidak mungkin diterima lebih dahulu. Periksa kedua tanggalnya.", tanggal_pendek(surat)),
        );
    }
    (surat.unwrap_or(today), terima.unwrap_or(today))
}

fn read_date(problems: &mut Problems, field: &'static str, typed: &str, today: Date) -> Option<Date> {
    let date = match parse_tanggal(typed) {
        Ok(date) => date,
        Err(e) => {
            problems.add(field, e.to_string());
            return None;
        }
    };
    let oldest = Date::new(today.year().saturating_sub(OLDEST_YEARS), today.month(), 1).unwrap_or(today);
    if date > today {
        problems.add(field, format!("Tanggal {} belum tiba. Periksa kembali tahunnya.", tanggal_pendek(date)));
    } else if date < oldest {
        problems.add(
            field,
            format!("Tanggal {} lebih dari {OLDEST_YEARS} tahun yang lalu. Periksa kembali tahunnya.", tanggal_pendek(date)),
        );
    } else {
        return Some(date);
    }
    None
}

/// The registry may leave the subject of a closed envelope empty; what it does write is never shown to others.
fn hal(problems: &mut Problems, typed: &str, sifat: Sifat) -> String {
    let hal = problems.text("hal", "Hal", typed, HAL).unwrap_or_default();
    if hal.is_empty() && !sifat.is_secret() {
        problems.add("hal", "Hal belum diisi. Salin seperti tertulis pada surat.");
    }
    hal
}

/// Keeps the lines of a summary.
fn paragraph(problems: &mut Problems, typed: &str) -> Option<String> {
    let text = typed.trim().replace("\r\n", "\n");
    let length = text.chars().count();
    if length > RINGKASAN {
        problems.add("ringkasan", format!("Ringkasan {length} huruf; paling panjang {RINGKASAN} huruf. Persingkat isinya."));
    }
    (!text.is_empty()).then_some(text)
}

fn klasifikasi(problems: &mut Problems, typed: &str, list: Option<&Klasifikasi>) -> Option<String> {
    let code: String = typed.split_whitespace().collect();
    if code.is_empty() {
        return None;
    }
    if code.split('.').count() < 3 {
        problems.add(
            "klasifikasi",
            format!("Kode {code} terlalu umum. Pakai kode sedikitnya tiga tingkat, misalnya 000.1.2, atau kosongkan dahulu."),
        );
    } else if list.is_some_and(|list| list.uraian(&code).is_none()) {
        problems
            .add("klasifikasi", format!("Kode {code} tidak ada dalam klasifikasi arsip. Periksa kodenya atau kosongkan dahulu."));
    }
    Some(code)
}

fn lampiran(problems: &mut Problems, typed: &str) -> i64 {
    match typed.trim() {
        "" | "-" => 0,
        typed => match typed.parse() {
            Ok(count) if (0..=LAMPIRAN).contains(&count) => count,
            _ => {
                problems.add("jumlah_lampiran", format!("Jumlah lampiran diisi angka 0 sampai {LAMPIRAN}."));
                0
            }
        },
    }
}
