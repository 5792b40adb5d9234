//! Who may give which role: nobody's own rights grow by what they do themselves.

use praja_kernel::{FieldProblem, Id, Permission, Refuse};

use super::Registry;
use crate::rights::{MANAGE_ALL_OPD, READ_AUDIT};

/// Modules that are always on; their permissions reach beyond one OPD.
const ALWAYS_ON: [&str; 2] = ["identity.", "desk."];

/// Whoever gives or takes roles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Giver {
    /// The person.
    pub orang: Id,
    /// Every post the person may act for.
    pub jabatan: Vec<Id>,
    /// What the roles held allow; sorted.
    pub permissions: Vec<Permission>,
}

impl Giver {
    fn holds(&self, permission: Permission) -> bool {
        self.permissions.binary_search(&permission).is_ok()
    }

    /// Does the giver appoint for the whole regency?
    pub fn is_regency_wide(&self) -> bool {
        self.holds(MANAGE_ALL_OPD)
    }

    /// May this permission be part of a role the giver gives?
    ///
    /// What one holds may be passed on. Administration of people, posts and roles is passed on by its holders alone. Beyond that a
    /// superadmin appoints for the whole regency, without holding what is given; an OPD's admin gives the work of the services in the
    /// own OPD.
    pub fn may_give(&self, permission: Permission) -> bool {
        if self.holds(permission) {
            return true;
        }
        let name = permission.name();
        if name.starts_with(ALWAYS_ON[0]) && permission != READ_AUDIT {
            return false;
        }
        self.is_regency_wide() || !ALWAYS_ON.iter().any(|module| name.starts_with(module))
    }

    /// The first permission that stands in the way of giving these together.
    pub fn obstacle(&self, permissions: &[Permission]) -> Option<Permission> {
        permissions.iter().copied().find(|one| !self.may_give(*one))
    }
}

/// To whom a role is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A post: whoever holds it has the role.
    Jabatan(Id),
    /// A person, everywhere or only while acting for one OPD.
    Orang(Id, Option<Id>),
}

/// May `giver` give a role that allows `permissions` to `target`?
///
/// # Errors
/// [`Refusal`] when it would be to oneself or more than one may give.
pub fn give(giver: &Giver, permissions: &[Permission], target: Target) -> Result<(), Refusal> {
    let own = match target {
        Target::Jabatan(jabatan) => giver.jabatan.contains(&jabatan),
        Target::Orang(orang, _) => orang == giver.orang,
    };
    if own {
        return Err(Refusal::ToOneself);
    }
    if matches!(target, Target::Orang(_, None)) && !giver.is_regency_wide() {
        return Err(Refusal::OpdMissing);
    }
    if permissions.is_empty() {
        return Err(Refusal::Empty);
    }
    match giver.obstacle(permissions) {
        Some(_) => Err(Refusal::MoreThanMay),
        None => Ok(()),
    }
}

/// A role of one's own making, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its name.
    pub nama: String,
    /// What it is for.
    pub keterangan: String,
    /// What it allows; sorted.
    pub izin: Vec<Permission>,
}

/// Checks a new role, or a change of one that allowed `before`. `taken` are the folded names of all other roles.
///
/// # Errors
/// The first [`Refusal`] of each field.
pub fn check(
    giver: &Giver,
    registry: &Registry,
    draft: &Draft,
    before: Option<(&[Permission], bool)>,
    taken: &[String],
) -> Result<(), Vec<Refusal>> {
    let mut wrong = Vec::new();
    let length = draft.nama.chars().count();
    if !(3..=80).contains(&length) {
        wrong.push(Refusal::Name);
    } else if taken.contains(&praja_kernel::fold(&draft.nama)) || registry.has_title(&draft.nama) {
        wrong.push(Refusal::NameTaken { nama: draft.nama.clone() });
    }
    if draft.keterangan.chars().count() > 500 {
        wrong.push(Refusal::LongNote);
    }
    if draft.izin.is_empty() {
        wrong.push(Refusal::NoPermission);
    } else if giver.obstacle(&draft.izin).is_some() {
        wrong.push(Refusal::MoreThanMay);
    } else if let Some((before, held)) = before {
        let grows = draft.izin.iter().any(|one| !before.contains(one) && !giver.holds(*one));
        if giver.obstacle(before).is_some() {
            wrong.push(Refusal::MoreThanMay);
        } else if held && grows {
            wrong.push(Refusal::ToOneself);
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// Why a role is not given, taken or made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// To oneself, or to a post one holds.
    #[error("Anda tidak dapat menambah hak diri sendiri.")]
    ToOneself,
    /// The role allows more than one may give.
    #[error("Peran ini memuat izin di luar wewenang Anda.")]
    MoreThanMay,
    /// Its module is not in this program.
    #[error("Peran ini tidak memuat izin apa pun pada pemasangan ini.")]
    Empty,
    /// An OPD's admin gives roles to a person for an OPD.
    #[error("Pilih OPD tempat peran ini berlaku.")]
    OpdMissing,
    /// Neither a post nor a person was chosen.
    #[error("Pilih jabatan atau orang yang menerima peran.")]
    NobodyChosen,
    /// The same role is held already.
    #[error("{nama} sudah memegang peran ini.")]
    AlreadyHeld {
        /// The post or person.
        nama: String,
    },
    /// The role was taken back meanwhile.
    #[error("Peran itu sudah dicabut.")]
    AlreadyTaken,
    /// Nobody would be left to administer the regency.
    #[error("Ini superadmin yang terakhir; tanpa superadmin tidak ada yang dapat mengelola Praja.")]
    LastSuperadmin,
    /// A name of 3 to 80 letters is missing.
    #[error("Nama peran terdiri dari 3 sampai 80 huruf.")]
    Name,
    /// Another role has the name.
    #[error("Sudah ada peran bernama \"{nama}\".")]
    NameTaken {
        /// The name.
        nama: String,
    },
    /// The note is too long.
    #[error("Keterangan paling panjang 500 huruf.")]
    LongNote,
    /// No permission was chosen.
    #[error("Pilih paling sedikit satu izin.")]
    NoPermission,
    /// The role is for a time, and the last day is missing.
    #[error("Pilih hari terakhir peran ini berlaku.")]
    EndMissing,
    /// The last day has been.
    #[error("Hari itu sudah lewat. Pilih hari ini atau sesudahnya.")]
    EndPast,
    /// The last day is too far off.
    #[error("Paling lama {most} hari. Sesudahnya peran diberikan lagi dengan surat yang baru.")]
    EndLate {
        /// Days at most.
        most: i64,
    },
    /// The letter is missing.
    #[error("Tulis nomor surat tugas yang menjadi dasarnya, 5 sampai 120 huruf.")]
    BasisMissing,
    /// Such a role is no post's.
    #[error("Peran ini hanya diberikan kepada orang, bukan jabatan.")]
    OnlyToPerson,
    /// A chosen permission does not exist.
    #[error("Ada izin yang tidak dikenal. Muat ulang halaman ini.")]
    UnknownPermission,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::ToOneself => "identity.peran.to-oneself",
            Self::MoreThanMay => "identity.peran.more-than-may",
            Self::Empty => "identity.peran.empty",
            Self::OpdMissing => "identity.peran.opd-missing",
            Self::NobodyChosen => "identity.peran.nobody-chosen",
            Self::AlreadyHeld { .. } => "identity.peran.already-held",
            Self::AlreadyTaken => "identity.peran.already-taken",
            Self::LastSuperadmin => "identity.peran.last-superadmin",
            Self::Name => "identity.peran.name",
            Self::NameTaken { .. } => "identity.peran.name-taken",
            Self::LongNote => "identity.peran.long-note",
            Self::NoPermission => "identity.peran.no-permission",
            Self::UnknownPermission => "identity.peran.unknown-permission",
            Self::EndMissing => "identity.peran.end-missing",
            Self::EndPast => "identity.peran.end-past",
            Self::EndLate { .. } => "identity.peran.end-late",
            Self::BasisMissing => "identity.peran.basis-missing",
            Self::OnlyToPerson => "identity.peran.only-to-person",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::ToOneself => "Minta admin lain atau superadmin memberikannya.".into(),
            Self::MoreThanMay => "Pilih peran lain, atau minta superadmin.".into(),
            Self::LastSuperadmin => "Beri peran superadmin kepada orang lain lebih dahulu.".into(),
            _ => String::new(),
        }
    }

    fn fields(&self) -> Vec<FieldProblem> {
        let field = match self {
            Self::OpdMissing => "opd",
            Self::NobodyChosen | Self::OnlyToPerson => "jabatan",
            Self::EndMissing | Self::EndPast | Self::EndLate { .. } => "sampai",
            Self::BasisMissing => "dasar",
            Self::Name | Self::NameTaken { .. } => "nama",
            Self::LongNote => "keterangan",
            Self::NoPermission | Self::UnknownPermission => "izin",
            _ => return Vec::new(),
        };
        vec![FieldProblem::new(field, self.to_string())]
    }
}

#[cfg(test)]
mod tests;
