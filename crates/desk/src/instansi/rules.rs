use praja_kernel::{FieldProblem, Id, Refuse, fold};

use super::{Instansi, Jenis};

/// Longest name, as on the form of an incoming letter.
const NAMA: usize = 160;
/// Longest address.
const ALAMAT: usize = 300;
/// Longest e-mail address or telephone number.
const KONTAK: usize = 120;

/// What is known about a correspondent, checked by [`check`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its name.
    pub nama: String,
    /// What kind.
    pub jenis: Jenis,
    /// Postal address.
    pub alamat: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub telepon: Option<String>,
}

impl Default for Draft {
    fn default() -> Self {
        Self { nama: String::new(), jenis: Jenis::Lainnya, alamat: None, email: None, telepon: None }
    }
}

/// Why the directory is not changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Something typed is missing or wrong.
    #[error("Instansi belum disimpan karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
    /// The name is in use.
    #[error("Nama \"{nama}\" sudah ada dalam direktori.")]
    Exists {
        /// The row that has it.
        id: Id,
        /// The name.
        nama: String,
    },
    /// It was merged into another.
    #[error("\"{nama}\" sudah digabung ke instansi lain.")]
    Merged {
        /// Its name.
        nama: String,
    },
    /// A row cannot be merged into itself.
    #[error("Instansi tidak dapat digabung ke dirinya sendiri.")]
    Same,
    /// The chosen target is not in the directory.
    #[error("Instansi tujuan belum dipilih.")]
    NoTarget,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "desk.instansi.fields",
            Self::Exists { .. } => "desk.instansi.exists",
            Self::Merged { .. } => "desk.instansi.merged",
            Self::Same => "desk.instansi.same",
            Self::NoTarget => "desk.instansi.no-target",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => "Perbaiki isian yang ditandai, lalu simpan kembali.",
            Self::Exists { .. } => "Pakai instansi yang sudah ada, atau gabungkan keduanya bila memang satu.",
            Self::Merged { .. } => "Buka instansi tujuannya, lalu ulangi di sana.",
            Self::Same => "Pilih instansi lain sebagai tujuan.",
            Self::NoTarget => "Cari instansi tujuan menurut namanya, lalu pilih satu.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) => problems.clone(),
            Self::Exists { .. } => vec![FieldProblem::new("nama", format!("{self} {}", self.next_step()))],
            Self::NoTarget | Self::Same => vec![FieldProblem::new("ke", format!("{self} {}", self.next_step()))],
            Self::Merged { .. } => Vec::new(),
        }
    }
}

/// What was typed, made ready to be saved.
///
/// # Errors
/// [`Refusal::Fields`] with everything that is wrong.
pub fn check(nama: &str, jenis: &str, alamat: &str, email: &str, telepon: &str) -> Result<Draft, Refusal> {
    let mut problems = Vec::new();
    let nama = nama.split_whitespace().collect::<Vec<_>>().join(" ");
    if fold(&nama).chars().filter(|letter| letter.is_alphanumeric()).count() < 2 {
        problems.push(FieldProblem::new("nama", "Nama belum diisi. Tulis nama lengkap, misalnya Badan Kepegawaian Negara."));
    }
    too_long(&mut problems, "nama", &nama, NAMA);
    let jenis = Jenis::parse(if jenis.is_empty() { Jenis::Lainnya.as_str() } else { jenis }).unwrap_or_else(|_| {
        problems.push(FieldProblem::new("jenis", "Jenis instansi belum dipilih dari daftar."));
        Jenis::Lainnya
    });
    too_long(&mut problems, "alamat", alamat, ALAMAT);
    too_long(&mut problems, "email", email, KONTAK);
    if !email.is_empty() && !is_email(email) {
        problems.push(FieldProblem::new("email", "Alamat surel belum lengkap. Tulis misalnya persuratan@instansi.go.id."));
    }
    too_long(&mut problems, "telepon", telepon, KONTAK);
    if !telepon.is_empty() && telepon.chars().filter(char::is_ascii_digit).count() < 5 {
        problems.push(FieldProblem::new("telepon", "Nomor telepon memuat sedikitnya lima angka."));
    }
    if !problems.is_empty() {
        return Err(Refusal::Fields(problems));
    }
    Ok(Draft { nama, jenis, alamat: some(alamat), email: some(email), telepon: some(telepon) })
}

/// May `source` go up in `target`?
pub(super) fn may_merge(source: &Instansi, target: &Instansi) -> Result<(), Refusal> {
    if source.id == target.id {
        return Err(Refusal::Same);
    }
    match [source, target].into_iter().find(|row| row.digabung.is_some()) {
        Some(merged) => Err(Refusal::Merged { nama: merged.nama.clone() }),
        None => Ok(()),
    }
}

fn too_long(problems: &mut Vec<FieldProblem>, field: &'static str, value: &str, most: usize) {
    let letters = value.chars().count();
    if letters > most {
        problems.push(FieldProblem::new(field, format!("Isian ini {letters} huruf; paling panjang {most} huruf.")));
    }
}

fn is_email(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic());
    plain && text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
