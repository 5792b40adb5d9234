//! Roles: what the modules declare, and who holds them.

pub mod aturan;
pub(crate) mod habis;
pub mod jangka;
pub(crate) mod pages;
pub(crate) mod store;

pub use store::holders;

use std::collections::HashMap;

use praja_kernel::{Date, Id, Moment, Permission, fold};
use praja_module::{Module, Role};

/// The roles of all modules with what they allow. Static: made once at start.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    roles: HashMap<&'static str, &'static Role>,
    everyone: Vec<&'static Role>,
    permissions: HashMap<&'static str, Permission>,
}

/// A role as given to a post or a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Identity of the role.
    pub peran: String,
    /// Counts only while acting for this OPD.
    pub opd: Option<Id>,
}

/// A role of the regency's own making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Khusus {
    /// `khusus.<uuid>`.
    pub id: String,
    /// Its name.
    pub nama: String,
    /// What it is for.
    pub keterangan: String,
    /// Where alone it may be given; the whole regency when absent.
    pub opd: Option<Id>,
    /// Raised with every change.
    pub versi: i64,
    /// What it allows, by name.
    pub izin: Vec<String>,
}

/// Who holds a role: a post or a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pemegang {
    /// Identity of the grant.
    pub id: Id,
    /// The role.
    pub peran: String,
    /// The post.
    pub jabatan: Option<Id>,
    /// Its name.
    pub jabatan_nama: Option<String>,
    /// The person.
    pub orang: Option<Id>,
    /// Full name.
    pub orang_nama: Option<String>,
    /// Counts only while acting for this OPD.
    pub hanya_opd: Option<Id>,
    /// Name of the OPD: of the post, of the narrowing, else the person's own.
    pub opd_nama: Option<String>,
    /// Since when.
    pub diberikan: Moment,
    /// The last day on which it counts.
    pub sampai: Option<Date>,
    /// The letter it stands on.
    pub dasar: Option<String>,
    /// Who gave it; unknown of roles that came with the regency's first data.
    pub oleh: Option<String>,
    /// The OPD whose admin sees it.
    pub opd: Option<Id>,
}

impl Registry {
    /// The roles of these modules. A role named `<module>.pegawai` is held by every officer who acts for a post, without being given.
    pub fn of(modules: &[&'static Module]) -> Self {
        let all: Vec<&'static Role> = modules.iter().flat_map(|module| module.roles.iter()).collect();
        Self {
            everyone: all.iter().copied().filter(|role| role.id.ends_with(".pegawai")).collect(),
            roles: all.into_iter().map(|role| (role.id, role)).collect(),
            permissions: modules
                .iter()
                .flat_map(|module| module.permissions.iter())
                .map(|(permission, _)| (permission.name(), *permission))
                .collect(),
        }
    }

    /// A role by its identity; none when its module is not in this binary.
    pub fn role(&self, id: &str) -> Option<&'static Role> {
        self.roles.get(id).copied()
    }

    /// A permission by its name; none when its module is not in this binary.
    pub fn permission(&self, name: &str) -> Option<Permission> {
        self.permissions.get(name).copied()
    }

    /// Has a shipped role this title, however it is written?
    pub fn has_title(&self, title: &str) -> bool {
        self.roles.values().any(|role| fold(role.title) == fold(title))
    }

    /// The roles in force and what they allow together, both sorted. `opd` is the OPD acted for; without one only roles that are
    /// bound to no OPD count. `izin` is what roles of the regency's own making allow, by the names of permissions.
    pub fn resolve(&self, grants: &[Grant], izin: &[Grant], opd: Option<Id>) -> (Vec<String>, Vec<Permission>) {
        let counts = |grant: &&Grant| grant.opd.is_none() || grant.opd == opd;
        let given = grants.iter().filter(counts).map(|grant| grant.peran.as_str());
        let common = self.everyone.iter().filter(|_| opd.is_some()).map(|role| role.id);
        let mut roles: Vec<String> = given.chain(common).map(str::to_owned).collect();
        roles.sort();
        roles.dedup();
        let known = roles.iter().filter_map(|id| self.role(id)).flat_map(|role| role.permissions.iter().copied());
        // What a role of the regency's own making names and no module of this binary knows allows nothing.
        let own = izin.iter().filter(counts).filter_map(|grant| self.permission(&grant.peran));
        let mut permissions: Vec<Permission> = known.chain(own).collect();
        permissions.sort();
        permissions.dedup();
        (roles, permissions)
    }
}

#[cfg(test)]
mod tests;
