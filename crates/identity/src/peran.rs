//! Roles: what the modules declare, and who holds them.

pub(crate) mod store;

pub use store::holders;

use std::collections::HashMap;

use praja_kernel::{Id, Permission};
use praja_module::{Module, Role};

/// The roles of all modules with what they allow. Static: made once at start.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    roles: HashMap<&'static str, &'static Role>,
    everyone: Vec<&'static Role>,
}

/// A role as given to a post or a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Identity of the role.
    pub peran: String,
    /// Counts only while acting for this OPD.
    pub opd: Option<Id>,
}

impl Registry {
    /// The roles of these modules. A role named `<module>.pegawai` is held by every officer who acts for a post, without being given.
    pub fn of(modules: &[&'static Module]) -> Self {
        let all: Vec<&'static Role> = modules.iter().flat_map(|module| module.roles.iter()).collect();
        Self {
            everyone: all.iter().copied().filter(|role| role.id.ends_with(".pegawai")).collect(),
            roles: all.into_iter().map(|role| (role.id, role)).collect(),
        }
    }

    /// A role by its identity; none when its module is not in this binary.
    pub fn role(&self, id: &str) -> Option<&'static Role> {
        self.roles.get(id).copied()
    }

    /// The roles in force and what they allow together, both sorted. `opd` is the OPD acted for; without one only roles that are
    /// bound to no OPD count.
    pub fn resolve(&self, grants: &[Grant], opd: Option<Id>) -> (Vec<String>, Vec<Permission>) {
        let given = grants.iter().filter(|grant| grant.opd.is_none() || grant.opd == opd).map(|grant| grant.peran.as_str());
        let common = self.everyone.iter().filter(|_| opd.is_some()).map(|role| role.id);
        let mut roles: Vec<String> = given.chain(common).map(str::to_owned).collect();
        roles.sort();
        roles.dedup();
        let known = roles.iter().filter_map(|id| self.role(id));
        let mut permissions: Vec<Permission> = known.flat_map(|role| role.permissions.iter().copied()).collect();
        permissions.sort();
        permissions.dedup();
        (roles, permissions)
    }
}

#[cfg(test)]
mod tests;
