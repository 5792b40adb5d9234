//! Kinds of naskah dinas (Peraturan ANRI 5/2021, Permendagri 1/2023) with how each is numbered: pattern, sequence, and the family
//! within which two numbers must not be equal.

mod collide;
mod store;
#[cfg(test)]
mod tests;

use praja_identity::jabatan;
use praja_kernel::{FieldProblem, NumberRule, Refuse, UnknownWord, words};
use praja_module::Problem;
use praja_store::{Result, StoreError, Tx, audit::Entry};

pub use collide::{Clash, clashes};

use crate::klasifikasi::Klasifikasi;

/// The reference data this release carries; their sources stand in `config-templates/data/SUMBER.md`.
const KINDS: &str = include_str!("../../../../config-templates/data/jenis_naskah.csv");
const NUMBERING: &str = include_str!("../../../../config-templates/data/register_naskah.csv");

words! {
    /// Who keeps the sequence of a kind.
    pub enum Pemegang ("pemegang register") {
        /// Each OPD counts for itself.
        Opd => "opd", "Setiap OPD";
        /// One sequence for the whole regency, kept by the sekretariat.
        Daerah => "daerah", "Satu untuk seluruh daerah";
    }
}

/// A kind of naskah.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JenisNaskah {
    /// Stable word: `surat-dinas`.
    pub kode: String,
    /// Place in the list.
    pub urut: i64,
    /// arahan, korespondensi or khusus.
    pub kelompok: String,
    /// Part of the group; may be empty.
    pub subkelompok: String,
    /// "Surat Dinas".
    pub nama: String,
    /// Shape of the page.
    pub bentuk: String,
    /// Who usually signs, in words.
    pub penandatangan: String,
    /// The kinds of posts that sign, or in whose name it is signed; none where anybody may.
    pub penanda: Vec<jabatan::Jenis>,
    /// The classification it begins with; empty where that depends on the subject.
    pub klasifikasi: String,
    /// Short name in numbers: "SD".
    pub singkatan: String,
    /// How it is numbered.
    pub aturan: NumberRule,
    /// The group whose sequence it shares.
    pub register: String,
    /// The family within which a reader could take one number for another.
    pub rumpun: String,
    /// Who keeps the sequence.
    pub pemegang: Pemegang,
    /// May be chosen for new naskah.
    pub aktif: bool,
    /// Guards against two people saving at once.
    pub versi: i64,
}

impl JenisNaskah {
    /// The group of its register, as `desk_register.kelompok` holds it.
    pub fn kelompok_register(&self) -> String {
        format!("naskah.{}", self.register)
    }
}

/// Why the numbering of a kind is not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Something typed is missing or wrong.
    #[error("Penomoran belum disimpan karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
    /// Two kinds could get equal numbers.
    #[error("Penomoran ini dapat menghasilkan nomor kembar. {0}")]
    Clash(Clash),
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "desk.jenis-naskah.fields",
            Self::Clash(_) => "desk.jenis-naskah.clash",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => "Perbaiki isian yang ditandai, lalu simpan kembali.".into(),
            Self::Clash(clash) => clash.next_step(),
        }
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) => problems.clone(),
            Self::Clash(_) => vec![FieldProblem::new("aturan", format!("{self} {}", self.next_step()))],
        }
    }
}

/// What an administrator typed about a kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// Pattern, `-`, or pattern with `+ nomor pihak lain`.
    pub aturan: String,
    /// Short name.
    pub singkatan: String,
    /// Group whose sequence it shares.
    pub register: String,
    /// Who keeps the sequence.
    pub pemegang: String,
    /// Words of the kinds of posts that sign.
    pub penanda: Vec<String>,
    /// Code it begins with.
    pub klasifikasi: String,
    /// May be chosen.
    pub aktif: bool,
}

/// The kind as it would be, when nothing that is in use could then collide with it. `known_codes` is the classification in force.
///
/// # Errors
/// [`Refusal`] with everything typed wrong, or the first collision.
pub fn change(kinds: &[JenisNaskah], kode: &str, draft: &Draft, known_codes: &Klasifikasi) -> Result<JenisNaskah, Refusal> {
    let mut problems = Vec::new();
    let aturan = NumberRule::parse(&draft.aturan).map_err(|e| problems.push(FieldProblem::new("aturan", e.to_string()))).ok();
    let singkatan = draft.singkatan.trim().to_uppercase();
    if singkatan.is_empty() || singkatan.chars().count() > 12 || !singkatan.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    {
        problems.push(FieldProblem::new("singkatan", "Singkatan terdiri atas 1 sampai 12 huruf, angka, atau tanda hubung."));
    }
    let register = draft.register.trim().to_lowercase();
    if register.is_empty() || register.len() > 40 || !register.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
        problems
            .push(FieldProblem::new("register", "Nama register terdiri atas huruf, angka, dan tanda hubung, misalnya surat."));
    }
    let pemegang = Pemegang::parse(&draft.pemegang)
        .map_err(|_| problems.push(FieldProblem::new("pemegang", "Pemegang register belum dipilih.")))
        .ok();
    let mut penanda = Vec::new();
    for word in &draft.penanda {
        match jabatan::Jenis::parse(word) {
            Ok(jenis) if !penanda.contains(&jenis) => penanda.push(jenis),
            Ok(_) => {}
            Err(_) => problems.push(FieldProblem::new("penanda", format!("Jenis jabatan \"{word}\" tidak dikenal."))),
        }
    }
    let klasifikasi = draft.klasifikasi.trim().to_owned();
    if !klasifikasi.is_empty() && known_codes.uraian(&klasifikasi).is_none() {
        problems.push(FieldProblem::new("klasifikasi", format!("Kode {klasifikasi} tidak ada dalam klasifikasi arsip.")));
    } else if !klasifikasi.is_empty() && klasifikasi.split('.').count() < 3 {
        problems.push(FieldProblem::new("klasifikasi", "Pakai kode sedikitnya tiga tingkat, misalnya 000.1.2."));
    }
    let old = kinds.iter().find(|kind| kind.kode == kode);
    let (Some(aturan), Some(pemegang), Some(old), true) = (aturan, pemegang, old, problems.is_empty()) else {
        return Err(Refusal::Fields(problems));
    };
    let new = JenisNaskah { aturan, singkatan, register, pemegang, penanda, klasifikasi, aktif: draft.aktif, ..old.clone() };
    let all: Vec<JenisNaskah> = kinds.iter().map(|kind| if kind.kode == kode { new.clone() } else { kind.clone() }).collect();
    match clashes(&all).into_iter().find(|clash| clash.names(kode)) {
        Some(clash) => Err(Refusal::Clash(clash)),
        None => Ok(new),
    }
}

/// Reads the kinds this release carries.
///
/// # Errors
/// [`StoreError::Corrupt`] when the two embedded files contradict each other, which a test rules out.
pub fn shipped() -> Result<Vec<JenisNaskah>> {
    let corrupt = |what: String| StoreError::Corrupt(format!("kinds of naskah: {what}"));
    let rows = |text: &'static str| -> Result<Vec<csv::StringRecord>> {
        csv::Reader::from_reader(text.as_bytes()).into_records().collect::<Result<_, _>>().map_err(|e| corrupt(e.to_string()))
    };
    let numbering = rows(NUMBERING)?;
    let field = |row: &csv::StringRecord, at: usize| row.get(at).unwrap_or_default().to_owned();
    let mut kinds = Vec::new();
    for (at, row) in rows(KINDS)?.iter().enumerate() {
        let nama = field(row, 2);
        let own = numbering.iter().find(|one| one.get(0) == Some(nama.as_str())).ok_or_else(|| corrupt(nama.clone()))?;
        kinds.push(JenisNaskah {
            kode: field(own, 1),
            urut: i64::try_from(at).unwrap_or(i64::MAX) + 1,
            kelompok: field(row, 0),
            subkelompok: field(row, 1),
            bentuk: field(row, 3),
            penandatangan: field(row, 4),
            singkatan: field(own, 2),
            aturan: NumberRule::parse(&field(row, 5)).map_err(|e| corrupt(format!("{nama}: {e}")))?,
            register: field(own, 3),
            rumpun: field(own, 4),
            pemegang: Pemegang::parse(&field(own, 5)).map_err(|e| corrupt(e.to_string()))?,
            penanda: posts(&field(own, 6)).map_err(|e| corrupt(e.to_string()))?,
            klasifikasi: field(own, 7),
            aktif: true,
            versi: 1,
            nama,
        });
    }
    Ok(kinds)
}

fn words_of(posts: &[jabatan::Jenis]) -> String {
    posts.iter().map(|post| post.as_str()).collect::<Vec<_>>().join(" ")
}

/// Words of kinds of posts, parted by blanks.
fn posts(words: &str) -> std::result::Result<Vec<jabatan::Jenis>, UnknownWord> {
    words.split_whitespace().map(jabatan::Jenis::parse).collect()
}

/// Loads the kinds this release carries; those that are loaded already are left as the regency has them.
///
/// # Errors
/// When the database fails.
pub fn install(tx: &mut Tx<'_>) -> Result<()> {
    let known = store::all(tx)?;
    for kind in shipped()? {
        if !known.iter().any(|one| one.kode == kind.kode) {
            store::insert(tx, &kind)?;
        }
    }
    Ok(())
}

/// Every kind, in order.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<JenisNaskah>> {
    store::all(tx)
}

/// One kind.
pub fn get(tx: &mut Tx<'_>, kode: &str) -> Result<Option<JenisNaskah>> {
    store::get(tx, kode)
}

/// Saves how a kind is numbered from now on; numbers that were given stay as they are.
///
/// # Errors
/// [`Refusal`] as [`change`]; [`Problem::Conflict`] when somebody was first.
pub fn save(tx: &mut Tx<'_>, kode: &str, versi: i64, draft: &Draft, known_codes: &Klasifikasi) -> Result<(), Problem> {
    let kinds = store::all(tx)?;
    if !kinds.iter().any(|kind| kind.kode == kode) {
        return Err(Problem::NotFound);
    }
    let kind = change(&kinds, kode, draft, known_codes).map_err(Problem::refused)?;
    if !store::update(tx, &kind, versi)? {
        return Err(Problem::Conflict);
    }
    let entry = Entry::new("desk.configure-jenis-naskah", "desk_jenis_naskah", kode)
        .with("nama", &kind.nama)
        .with("aturan", kind.aturan.to_text())
        .with("singkatan", &kind.singkatan)
        .with("register", &kind.register)
        .with("pemegang", kind.pemegang.as_str())
        .with("penanda", words_of(&kind.penanda))
        .with("klasifikasi", &kind.klasifikasi)
        .with("aktif", kind.aktif);
    Ok(tx.audit(&entry)?)
}
