//! Rights that reach beyond one OPD, and what follows when somebody who holds them is given a post: nobody gives it to oneself, and whoever
//! reads the audit trail is told.

use praja_kernel::{Date, Id, Permission};
use praja_module::{Ctx, Message, MessageKind, Messenger, Role};
use praja_store::{Result, Tx};

use super::store;
use crate::{
    peran::{aturan::Target, store as roles},
    rights::{MANAGE_ALL_OPD, READ_AUDIT},
};

/// Permissions that reach beyond one OPD.
const FAR: [Permission; 2] = [MANAGE_ALL_OPD, READ_AUDIT];

/// Roles that allow something which reaches beyond one OPD.
#[derive(Debug, Clone)]
pub(crate) struct Wewenang {
    /// Such roles.
    far: Vec<&'static str>,
    /// Those among them that read the audit trail.
    watching: Vec<&'static str>,
}

impl Wewenang {
    /// Of these roles.
    pub(crate) fn among(all: impl Iterator<Item = &'static Role> + Clone) -> Self {
        let with = |wanted: &[Permission]| -> Vec<&'static str> {
            all.clone().filter(|role| role.permissions.iter().any(|one| wanted.contains(one))).map(|role| role.id).collect()
        };
        Self { far: with(&FAR), watching: with(&[READ_AUDIT]) }
    }

    /// Of everything in this program.
    pub(crate) fn of(ctx: &Ctx) -> Self {
        Self::among(ctx.parts().modules.iter().flat_map(|module| module.roles.iter()))
    }

    /// Does a post carry such rights?
    pub(crate) fn of_post(&self, tx: &mut Tx<'_>, jabatan: Id) -> Result<bool> {
        roles::reaches(tx, Target::Jabatan(jabatan), &self.far, &FAR)
    }

    /// Does a person hold such rights, of their own or by a post held today or later?
    pub(crate) fn of_person(&self, tx: &mut Tx<'_>, orang: Id, today: Date) -> Result<bool> {
        if roles::reaches(tx, Target::Orang(orang, None), &self.far, &FAR)? {
            return Ok(true);
        }
        let posts = store::of_person_held(tx, orang)?;
        for held in posts.iter().filter(|held| held.sampai.is_none_or(|last| last >= today)) {
            if self.of_post(tx, held.jabatan)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Everybody who holds such rights by a shipped role today: few, whatever the size of the regency.
    pub(crate) fn people(&self, tx: &mut Tx<'_>, today: Date) -> Result<Vec<Id>> {
        let mut all = Vec::new();
        for role in &self.far {
            for holder in roles::holders(tx, role)? {
                match holder.split_once(':').map(|(kind, id)| (kind, id.parse::<Id>())) {
                    Some(("pegawai", Ok(id))) => all.push(id),
                    Some(("jabatan", Ok(post))) => {
                        all.extend(crate::jabatan::holders_on(tx, post, today)?.into_iter().map(|(orang, _)| orang));
                    }
                    _ => {}
                }
            }
        }
        all.sort();
        all.dedup();
        Ok(all)
    }

    /// Tells whoever reads the audit trail that somebody with such rights was given a post: from then on they also see what the post sees.
    pub(crate) fn tell(&self, tx: &mut Tx<'_>, messenger: &dyn Messenger, given: &Given<'_>) -> Result<()> {
        let mut told = Vec::new();
        for role in &self.watching {
            told.extend(roles::holders(tx, role)?);
        }
        told.sort();
        told.dedup();
        let by = tx.by()?.actor.clone();
        for to in told.into_iter().filter(|to| *to != by.key()) {
            let subject = format!("{} ditugaskan sebagai {}", given.orang, given.jabatan);
            let body = format!(
                "Orang ini mengelola semua OPD atau membaca jejak audit. Dicatat oleh {}. Periksa dasar penugasannya pada jejak audit.",
                by.nama()
            );
            let page = format!("/identity/audit?objek={}:{}", super::acts::TABLE, given.penugasan);
            messenger.tell(tx, &Message::new(MessageKind::Kabar, to, subject, page).body(body))?;
        }
        Ok(())
    }
}

/// A post that was given.
pub(crate) struct Given<'a> {
    pub(crate) penugasan: Id,
    pub(crate) orang: &'a str,
    pub(crate) jabatan: &'a str,
}
