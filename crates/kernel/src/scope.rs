#[cfg(test)]
mod tests;

use crate::{Actor, Id, Permission};

/// The post (jabatan) on whose behalf somebody acts now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActingAs {
    /// The penugasan that gives the right.
    pub penugasan: Id,
    /// The jabatan.
    pub jabatan: Id,
    /// Its name as shown, with "Plt." or "Plh." in front where that applies.
    pub nama: String,
    /// The OPD the jabatan belongs to.
    pub opd: Id,
    /// Name of that OPD.
    pub opd_nama: String,
}

/// Who asks, on whose behalf, and what they may see and do. Made by the guard only; every store function that lists, counts,
/// reads or exports takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Who acts.
    pub actor: Actor,
    /// The post acted for; citizens and tokens have none.
    pub acting: Option<ActingAs>,
    /// The OPD of the post with its predecessors (an OPD that was merged or renamed leaves its rows behind).
    pub opd_set: Vec<Id>,
    /// Identities of the roles held, for example `eoffice.tata-usaha`.
    pub roles: Vec<String>,
    /// What the roles allow; sorted.
    pub permissions: Vec<Permission>,
}

impl Scope {
    /// The scope of Praja itself for a job or an import: acts, but holds no permission of a person.
    pub fn system(tugas: &str) -> Self {
        Self {
            actor: Actor::Sistem { tugas: tugas.to_owned() },
            acting: None,
            opd_set: Vec::new(),
            roles: Vec::new(),
            permissions: Vec::new(),
        }
    }

    /// May this scope do `permission`?
    pub fn may(&self, permission: Permission) -> bool {
        self.permissions.binary_search(&permission).is_ok()
    }

    /// The OPD acted for.
    pub fn opd(&self) -> Option<Id> {
        self.acting.as_ref().map(|acting| acting.opd)
    }

    /// May this scope work on rows that belong to `opd`?
    pub fn covers_opd(&self, opd: Id) -> bool {
        self.opd_set.contains(&opd)
    }

    /// The subjects under which rows were made visible to this scope: `opd:…` for each OPD, `jabatan:…` for the post acted for
    /// and `pegawai:…` (or `warga:…`) for the person.
    pub fn subjects(&self) -> Vec<String> {
        let mut subjects: Vec<String> = self.opd_set.iter().map(|opd| format!("opd:{opd}")).collect();
        subjects.extend(self.acting.iter().map(|acting| format!("jabatan:{}", acting.jabatan)));
        subjects.push(self.actor.key());
        subjects
    }
}
