//! What is written down about a person, and that it fits together: the NIP says when somebody was born, appointed, and of which sex. Pure.

use praja_kernel::{Date, FieldProblem, JenisAsn, JenisKelamin, Nip, Refuse, tanggal_panjang};

use super::{Jenis, golongan};
use crate::isian::Problems;

/// Why a person cannot be written down or changed so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Fields of the form.
    #[error("Periksa kembali isian berikut")]
    Fields(Vec<FieldProblem>),
    /// Left the service already.
    #[error("{nama} sudah berhenti bekerja per {}.", tanggal_panjang(*.berhenti))]
    Gone {
        /// The person.
        nama: String,
        /// Last day.
        berhenti: Date,
    },
    /// Nobody ends oneself.
    #[error("Anda tidak dapat mencatat diri sendiri berhenti bekerja.")]
    Oneself,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "identity.orang.fields",
            Self::Gone { .. } => "identity.orang.gone",
            Self::Oneself => "identity.orang.oneself",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => String::new(),
            Self::Gone { .. } => "Catat dahulu bahwa ia bekerja kembali.".into(),
            Self::Oneself => "Minta admin lain untuk mencatatnya.".into(),
        }
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) => problems.clone(),
            _ => Vec::new(),
        }
    }
}

/// What is known about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Isi {
    pub(crate) nama: String,
    pub(crate) gelar_depan: Option<String>,
    pub(crate) gelar_belakang: Option<String>,
    pub(crate) jenis: Jenis,
    pub(crate) nip: Option<Nip>,
    pub(crate) tanggal_lahir: Option<Date>,
    pub(crate) jenis_kelamin: Option<JenisKelamin>,
    pub(crate) golongan: Option<&'static str>,
    pub(crate) email: Option<String>,
    pub(crate) telepon: Option<String>,
}

/// What was typed, as it was typed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Draft<'a> {
    pub(crate) nama: &'a str,
    pub(crate) gelar_depan: &'a str,
    pub(crate) gelar_belakang: &'a str,
    pub(crate) jenis: &'a str,
    pub(crate) nip: &'a str,
    pub(crate) tanggal_lahir: &'a str,
    pub(crate) jenis_kelamin: &'a str,
    pub(crate) golongan: &'a str,
    pub(crate) email: &'a str,
    pub(crate) telepon: &'a str,
}

/// Reads what was typed. Whether NIP and e-mail address are somebody else's is for the table to say.
///
/// # Errors
/// Every field at fault.
pub(crate) fn read(draft: &Draft<'_>, today: Date) -> Result<Isi, Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let nama = problems.needed("nama", "Nama", draft.nama, 120);
    if nama.chars().any(|letter| letter.is_ascii_digit()) {
        problems.add("nama", "Nama tidak memuat angka. NIP ditulis pada isiannya sendiri.");
    }
    if nama.contains(',') {
        problems.add("nama", "Tulis nama tanpa gelar; gelar mempunyai isiannya sendiri.");
    }
    let gelar_depan = problems.text("gelar_depan", "Gelar di depan nama", draft.gelar_depan, 40);
    let gelar_belakang = problems.text("gelar_belakang", "Gelar di belakang nama", draft.gelar_belakang, 80);
    let jenis: Option<Jenis> = problems.word("jenis", "Jenis pegawai", draft.jenis);
    let nip = jenis.and_then(|jenis| nip(&mut problems, draft.nip, jenis, today));
    let lahir = problems.date("tanggal_lahir", draft.tanggal_lahir);
    let kelamin = draft.jenis_kelamin.trim().parse::<JenisKelamin>().ok();
    if let Some(nip) = &nip {
        cross_check(&mut problems, nip, lahir, kelamin);
    }
    let tanggal_lahir = lahir.or(nip.as_ref().map(Nip::tanggal_lahir));
    if tanggal_lahir.is_some_and(|day| day > today) {
        problems.add("tanggal_lahir", "Tanggal lahir belum tiba. Periksa kembali tahunnya.");
    }
    let golongan = rank(&mut problems, draft.golongan, jenis);
    let email = email(&mut problems, draft.email);
    let telepon = telepon(&mut problems, draft.telepon);
    match jenis {
        Some(jenis) if problems.0.is_empty() => Ok(Isi {
            nama,
            gelar_depan,
            gelar_belakang,
            jenis,
            jenis_kelamin: kelamin.or(nip.as_ref().map(Nip::jenis_kelamin)),
            nip,
            tanggal_lahir,
            golongan,
            email,
            telepon,
        }),
        _ => Err(problems.0),
    }
}

/// ASN have a NIP of their kind; elected officials and others have none.
fn nip(problems: &mut Problems, typed: &str, jenis: Jenis, today: Date) -> Option<Nip> {
    let asn = match jenis {
        Jenis::Pns => JenisAsn::Pns,
        Jenis::Pppk => JenisAsn::Pppk,
        Jenis::PejabatNegara | Jenis::NonAsn => {
            if !typed.trim().is_empty() {
                problems
                    .add("nip", format!("{} tidak ber-NIP. Kosongkan NIP, atau pilih jenis pegawai yang lain.", jenis.label()));
            }
            return None;
        }
    };
    let nip: Nip = typed.parse().map_err(|e: praja_kernel::NipError| problems.add("nip", e.to_string())).ok()?;
    if nip.jenis_asn() != asn {
        problems.add(
            "nip",
            format!(
                "NIP ini adalah NIP {} menurut angka ke-13 dan ke-14, sedangkan jenis pegawainya {}.",
                nip.jenis_asn().label(),
                asn.label()
            ),
        );
    }
    let month = nip.bulan_tmt().unwrap_or(1);
    if (nip.tahun_tmt(), month) > (today.year(), today.month()) {
        problems.add("nip", format!("TMT pada NIP ({}) belum tiba. Periksa angka ke-9 sampai ke-14.", nip.tahun_tmt()));
    }
    Some(nip)
}

/// Birth date and sex are written twice, once inside the NIP: where they differ, one of them is a slip of the finger.
fn cross_check(problems: &mut Problems, nip: &Nip, lahir: Option<Date>, kelamin: Option<JenisKelamin>) {
    if let Some(lahir) = lahir
        && lahir != nip.tanggal_lahir()
    {
        problems.add(
            "tanggal_lahir",
            format!(
                "Tanggal lahir {} berbeda dengan yang tertulis pada NIP, {}. Periksa keduanya.",
                tanggal_panjang(lahir),
                tanggal_panjang(nip.tanggal_lahir())
            ),
        );
    }
    if let Some(kelamin) = kelamin
        && kelamin != nip.jenis_kelamin()
    {
        problems.add(
            "jenis_kelamin",
            format!("Angka ke-15 NIP menyatakan {}. Periksa keduanya.", nip.jenis_kelamin().label().to_lowercase()),
        );
    }
}

fn rank(problems: &mut Problems, typed: &str, jenis: Option<Jenis>) -> Option<&'static str> {
    let (typed, jenis) = (typed.trim(), jenis?);
    if typed.is_empty() {
        return None;
    }
    let code = golongan::read(typed, jenis);
    if code.is_none() {
        problems.add("golongan", format!("{typed} bukan golongan {}. Pilih yang sesuai, atau kosongkan.", jenis.label()));
    }
    code
}

fn email(problems: &mut Problems, typed: &str) -> Option<String> {
    let text = typed.trim().to_lowercase();
    if text.is_empty() {
        return None;
    }
    let whole = text.split_once('@').is_some_and(|(name, host)| {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "-._+".contains(letter);
        !name.is_empty() && name.chars().all(plain) && host.chars().all(plain) && host.contains('.') && !host.ends_with('.')
    });
    if !whole || text.len() > 120 {
        problems.add("email", "Alamat surel belum lengkap. Tulis misalnya nama@contoh.go.id.");
    }
    Some(text)
}

fn telepon(problems: &mut Problems, typed: &str) -> Option<String> {
    let text = typed.trim();
    if text.is_empty() {
        return None;
    }
    let read = crate::telepon::parse(text);
    if read.is_none() {
        problems.add("telepon", "Nomor telepon belum benar. Tulis misalnya 0812 3456 7890.");
    }
    read
}

/// Reads the last day in service.
///
/// # Errors
/// Every field at fault.
pub(crate) fn leave(typed: &str, sebab: &str, today: Date) -> Result<(Date, String), Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let last = problems.needed_date("berhenti", "Hari kerja terakhir", typed);
    let sebab = problems.needed("sebab", "Sebab", sebab, 200);
    if last.is_some_and(|day| day.year() > today.year() + 2) {
        problems.add("berhenti", "Hari kerja terakhir masih lebih dari dua tahun lagi. Periksa kembali tahunnya.");
    }
    match last {
        Some(last) if problems.0.is_empty() => Ok((last, sebab)),
        _ => Err(problems.0),
    }
}
