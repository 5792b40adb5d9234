//! What an OPD may be called, where it may stand, and how it changes. Pure.

use praja_kernel::{Date, FieldProblem, Id, Refuse, fold};

use super::{Jenis, Opd};
use crate::{isian::Problems, jabatan::Jabatan};

/// Why an OPD cannot be made or changed so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Fields of the form.
    #[error("Periksa kembali isian berikut")]
    Fields(Vec<FieldProblem>),
    /// It has ended.
    #[error("{nama} sudah berakhir dan tidak dapat diubah lagi.")]
    Ended {
        /// Its name.
        nama: String,
    },
    /// A change is decided for later already.
    #[error("Sudah ada rencana perubahan untuk {nama}.")]
    Planned {
        /// Its name.
        nama: String,
    },
    /// Units below must go first.
    #[error("{nama} masih memiliki {jumlah} unit di bawahnya.")]
    HasUnits {
        /// Its name.
        nama: String,
        /// How many.
        jumlah: usize,
    },
    /// It is merged into itself, or into what stands below it.
    #[error("{nama} tidak dapat digabungkan ke dirinya sendiri atau ke unit di bawahnya.")]
    IntoItself {
        /// Its name.
        nama: String,
    },
    /// Of two posts that lead, one leads on.
    #[error("Pilih jabatan yang memimpin OPD baru.")]
    NoLeader,
    /// Reorganisations are for who administers all.
    #[error("Perubahan susunan perangkat daerah dicatat oleh superadmin.")]
    NotYours,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "identity.opd.fields",
            Self::Ended { .. } => "identity.opd.ended",
            Self::Planned { .. } => "identity.opd.planned",
            Self::HasUnits { .. } => "identity.opd.has-units",
            Self::IntoItself { .. } => "identity.opd.into-itself",
            Self::NoLeader => "identity.opd.no-leader",
            Self::NotYours => "identity.opd.not-yours",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) | Self::NoLeader => String::new(),
            Self::Ended { .. } => "Buka OPD penerusnya dari halaman OPD itu.".into(),
            Self::Planned { .. } => "Batalkan rencana itu lebih dahulu pada halaman OPD.".into(),
            Self::HasUnits { .. } => "Pindahkan unit-unit itu ke induk lain, atau tutup lebih dahulu.".into(),
            Self::IntoItself { .. } => "Pilih OPD tujuan yang lain.".into(),
            Self::NotYours => "Hubungi superadmin di Diskominfo.".into(),
        }
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(problems) => problems.clone(),
            Self::IntoItself { .. } => vec![FieldProblem::new("ke", self.to_string())],
            Self::NoLeader => vec![FieldProblem::new("pimpin", self.to_string())],
            _ => Vec::new(),
        }
    }
}

/// The posts that led the OPD which melt into a new one: one leads on, the others give way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Leading {
    /// Leads the new OPD; none where none of them had a post.
    pub(crate) leads: Option<Jabatan>,
    /// End with the melting.
    pub(crate) yields: Vec<Jabatan>,
}

/// Which post leads the OPD that continues several. An OPD has one head (PP 18/2016 jo. PP 72/2019); where only one of those that end had
/// one, there is nothing to choose. `heads` are the OPD with the posts that lead them, `pimpin` the OPD whose head was chosen.
///
/// # Errors
/// [`Refusal::NoLeader`] when there are several and none of them was chosen.
pub(crate) fn leading(heads: &[(Id, Option<Jabatan>)], pimpin: Option<Id>) -> Result<Leading, Refusal> {
    let found = || heads.iter().filter_map(|(opd, head)| Some((*opd, head.clone()?)));
    let chosen = match found().count() {
        0 | 1 => found().next(),
        _ => Some(found().find(|(opd, _)| Some(*opd) == pimpin).ok_or(Refusal::NoLeader)?),
    };
    let leads = chosen.map(|(_, head)| head);
    let own = leads.as_ref().map(|head| head.id);
    Ok(Leading { yields: found().map(|(_, head)| head).filter(|head| Some(head.id) != own).collect(), leads })
}

/// What is said about an OPD.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Isi {
    pub(crate) kode: String,
    pub(crate) nama: String,
    pub(crate) singkatan: String,
    pub(crate) jenis: Jenis,
    pub(crate) induk: Option<Id>,
    pub(crate) urut: i64,
    pub(crate) berlaku_dari: Date,
}

/// What was typed, as it was typed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Draft<'a> {
    pub(crate) kode: &'a str,
    pub(crate) nama: &'a str,
    pub(crate) singkatan: &'a str,
    pub(crate) jenis: &'a str,
    pub(crate) urut: &'a str,
    pub(crate) berlaku_dari: &'a str,
}

/// What the rule must know besides: the parent that was chosen, those above it, and the OPD in force with which names may clash.
pub(crate) struct Known<'a> {
    /// The OPD that is changed; none for a new one.
    pub(crate) id: Option<Id>,
    pub(crate) induk: Option<&'a Opd>,
    /// The parent and everything above it.
    pub(crate) above: &'a [Id],
    pub(crate) active: &'a [Opd],
}

/// Kinds below which a kind stands, and whether it must (PP 18/2016 jo. PP 72/2019; a desa is no perangkat daerah, UU 6/2014, and is
/// listed below its kecamatan).
pub(crate) const fn parents(jenis: Jenis) -> (&'static [Jenis], bool) {
    match jenis {
        Jenis::KepalaDaerah => (&[], false),
        Jenis::Sekretariat | Jenis::Inspektorat | Jenis::Dinas | Jenis::Badan | Jenis::Kecamatan => {
            (&[Jenis::KepalaDaerah], false)
        }
        Jenis::Kelurahan | Jenis::Desa => (&[Jenis::Kecamatan], true),
        Jenis::Bagian => (&[Jenis::Sekretariat], true),
        Jenis::Uptd => (&[Jenis::Dinas, Jenis::Badan], true),
    }
}

/// Reads what was typed into what may be saved.
///
/// # Errors
/// Every field at fault.
pub(crate) fn read(draft: &Draft<'_>, known: &Known<'_>) -> Result<Isi, Vec<FieldProblem>> {
    let mut problems = Problems::default();
    let kode = problems.needed("kode", "Kode OPD", draft.kode, 30);
    let nama = problems.needed("nama", "Nama OPD", draft.nama, 160);
    let singkatan = problems.needed("singkatan", "Singkatan", draft.singkatan, 40);
    let jenis: Option<Jenis> = problems.word("jenis", "Jenis OPD", draft.jenis);
    let urut = problems.order("urut", draft.urut);
    let berlaku_dari = problems.needed_date("berlaku_dari", "Tanggal mulai berlaku", draft.berlaku_dari);
    if kode.chars().any(|letter| !letter.is_ascii_alphanumeric() && !". -/".contains(letter)) {
        problems.add("kode", "Kode OPD hanya memuat huruf, angka, titik, garis miring, dan tanda hubung.");
    }
    clash(&mut problems, &kode, &nama, &singkatan, known);
    if let Some(jenis) = jenis {
        place(&mut problems, jenis, known);
    }
    match (jenis, urut, berlaku_dari) {
        (Some(jenis), Some(urut), Some(berlaku_dari)) if problems.0.is_empty() => {
            Ok(Isi { kode, nama, singkatan, jenis, induk: known.induk.map(|one| one.id), urut, berlaku_dari })
        }
        _ => Err(problems.0),
    }
}

/// No two OPD in force share a code, a name or a short name.
fn clash(problems: &mut Problems, kode: &str, nama: &str, singkatan: &str, known: &Known<'_>) {
    let others = || known.active.iter().filter(|one| Some(one.id) != known.id);
    type Get = fn(&Opd) -> &str;
    let checks: [(&'static str, &str, &str, Get); 3] = [
        ("kode", "Kode", kode, |one| &one.kode),
        ("nama", "Nama", nama, |one| &one.nama),
        ("singkatan", "Singkatan", singkatan, |one| &one.singkatan),
    ];
    for (field, label, typed, get) in checks {
        if let Some(other) = others().find(|one| !typed.is_empty() && fold(get(one)) == fold(typed)) {
            problems.add(field, format!("{label} ini sudah dipakai {}. Pakai yang lain.", other.nama));
        }
    }
}

fn place(problems: &mut Problems, jenis: Jenis, known: &Known<'_>) {
    let (allowed, must) = parents(jenis);
    let names = || allowed.iter().map(|one| one.label().to_lowercase()).collect::<Vec<_>>().join(" atau ");
    match known.induk {
        None if must => problems.add("induk", format!("{} selalu di bawah {}. Pilih induknya.", jenis.label(), names())),
        None => {}
        Some(induk) if !allowed.contains(&induk.jenis) => {
            let where_to =
                if allowed.is_empty() { "tidak memiliki induk".to_owned() } else { format!("hanya di bawah {}", names()) };
            problems.add(
                "induk",
                format!("{} {where_to}. {} adalah {}.", jenis.label(), induk.nama, induk.jenis.label().to_lowercase()),
            );
        }
        Some(_) if known.id.is_some_and(|own| known.above.contains(&own)) => {
            problems.add("induk", "OPD ini sendiri berada di atas induk yang dipilih. Pilih induk lain.");
        }
        Some(_) => {}
    }
}
