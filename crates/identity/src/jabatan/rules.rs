//! What a post may be called and where it may stand. Pure.

use praja_kernel::{Date, FieldProblem, Id, Refuse, fold};

use super::{Jabatan, Jenis};
use crate::isian::Problems;

/// Why a post cannot be made or changed so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Fields of the form.
    #[error("Periksa kembali isian berikut")]
    Fields(Vec<FieldProblem>),
    /// It was abolished.
    #[error("{nama} sudah dihapus dan tidak dapat diubah lagi.")]
    Abolished {
        /// Its name.
        nama: String,
    },
    /// Whoever changes the order of posts would lead the OPD by it, and read what its leader reads.
    #[error("Perubahan ini menjadikan jabatan Anda sendiri, {nama}, pemimpin OPD.")]
    ToLead {
        /// The own post.
        nama: String,
    },
    /// The abolition is decided for later already.
    #[error("Penghapusan {nama} sudah direncanakan.")]
    Planned {
        /// Its name.
        nama: String,
    },
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "identity.jabatan.fields",
            Self::Abolished { .. } => "identity.jabatan.abolished",
            Self::ToLead { .. } => "identity.jabatan.to-lead",
            Self::Planned { .. } => "identity.jabatan.planned",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => String::new(),
            Self::Abolished { .. } => "Catat jabatan baru bila diperlukan.".into(),
            Self::ToLead { .. } => "Minta admin lain mencatatnya, atau letakkan jabatan Anda di urutan lain.".into(),
            Self::Planned { .. } => "Batalkan rencana itu lebih dahulu pada halaman jabatan.".into(),
        }
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) => problems.clone(),
            _ => Vec::new(),
        }
    }
}

/// The posts of an OPD in their order before and after a change, and those that whoever changes them holds: nobody makes the own post lead.
///
/// # Errors
/// [`Refusal::ToLead`].
pub(crate) fn order(before: &[Jabatan], after: &[Jabatan], own: &[Id]) -> Result<(), Refusal> {
    let led = before.first().map(|one| one.id);
    match after.first() {
        Some(head) if Some(head.id) != led && own.contains(&head.id) => Err(Refusal::ToLead { nama: head.nama.clone() }),
        _ => Ok(()),
    }
}

/// What is said about a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Isi {
    pub(crate) nama: String,
    pub(crate) jenis: Jenis,
    pub(crate) induk: Option<Id>,
    pub(crate) urut: i64,
    pub(crate) berlaku_dari: Date,
}

/// What was typed, as it was typed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Draft<'a> {
    pub(crate) nama: &'a str,
    pub(crate) jenis: &'a str,
    pub(crate) urut: &'a str,
    pub(crate) berlaku_dari: &'a str,
}

/// What the rule must know besides.
pub(crate) struct Known<'a> {
    /// The post that is changed; none for a new one.
    pub(crate) id: Option<Id>,
    pub(crate) induk: Option<Id>,
    /// The post above and everything above that.
    pub(crate) above: &'a [Id],
    /// The posts of the OPD in force.
    pub(crate) sisters: &'a [Jabatan],
    /// First day of the OPD.
    pub(crate) opd_dari: Date,
    /// How many hold the post today.
    pub(crate) holders: usize,
}

/// Reads what was typed into what may be saved.
///
/// # Errors
/// Every field at fault.
pub(crate) fn read(draft: &Draft<'_>, known: &Known<'_>) -> Result<Isi, Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let nama = problems.needed("nama", "Nama jabatan", draft.nama, 200);
    let jenis: Option<Jenis> = problems.word("jenis", "Jenis jabatan", draft.jenis);
    let urut = problems.order("urut", draft.urut);
    let berlaku_dari = problems.needed_date("berlaku_dari", "Tanggal mulai berlaku", draft.berlaku_dari);
    if berlaku_dari.is_some_and(|day| day < known.opd_dari) {
        let day = praja_kernel::tanggal_panjang(known.opd_dari);
        problems.add("berlaku_dari", format!("OPD ini baru ada sejak {day}. Pilih tanggal itu atau sesudahnya."));
    }
    let twin = |one: &&Jabatan| Some(one.id) != known.id && one.jenis.is_structural() && fold(&one.nama) == fold(&nama);
    if jenis.is_some_and(Jenis::is_structural) && known.sisters.iter().any(|one| twin(&one)) {
        problems.add("nama", "OPD ini sudah memiliki jabatan struktural dengan nama itu. Bedakan namanya.");
    }
    if jenis.is_some_and(Jenis::is_structural) && known.holders > 1 {
        problems.add("jenis", format!("Jabatan ini dipegang {} orang; jabatan struktural dipegang satu orang.", known.holders));
    }
    if known.id.is_some_and(|own| known.above.contains(&own)) {
        problems.add("induk", "Jabatan ini sendiri berada di atas atasan yang dipilih. Pilih atasan lain.");
    }
    match (jenis, urut, berlaku_dari) {
        (Some(jenis), Some(urut), Some(berlaku_dari)) if problems.0.is_empty() => {
            Ok(Isi { nama, jenis, induk: known.induk, urut, berlaku_dari })
        }
        _ => Err(problems.0),
    }
}
