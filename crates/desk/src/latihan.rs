//! Training: exercises of the modules that are on, for whoever may do them, each step proven by what the audit trail says was done. Only a
//! regency for trying (contoh) has them: nobody practises on real letters.

pub(crate) mod pages;
mod rules;
mod store;
#[cfg(test)]
mod tests;

use praja_kernel::{Id, Moment};
use praja_module::{Ctx, Jenis, Problem, training::Scenario};
use praja_store::Tx;

/// The list of exercises.
pub(crate) const LIST: &str = "/desk/latihan";
/// What the participants did.
pub(crate) const PARTICIPANTS: &str = "/desk/latihan/peserta";

/// Somebody's attempt at an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Percobaan {
    /// Its identity.
    pub(crate) id: Id,
    /// Who, as [`praja_kernel::Actor::key`].
    pub(crate) orang: String,
    /// Their name then.
    pub(crate) orang_nama: String,
    /// Their office then.
    pub(crate) opd_nama: String,
    /// The exercise.
    pub(crate) skenario: String,
    /// When it began; what was done before proves nothing.
    pub(crate) mulai: Moment,
    /// When the last step was seen to be done.
    pub(crate) selesai: Option<Moment>,
    /// Steps done when last looked.
    pub(crate) sudah: i64,
    /// Steps there were.
    pub(crate) semua: i64,
}

impl Percobaan {
    /// A short word that tells this attempt from others: so that two people who practise do not register the same letter.
    pub(crate) fn kode(&self) -> String {
        let text = self.id.to_string();
        text[text.len().saturating_sub(4)..].to_uppercase()
    }
}

/// Does this regency have exercises at all?
pub(crate) fn is_offered(ctx: &Ctx) -> bool {
    ctx.instance().jenis == Jenis::Contoh
}

/// The exercises of the modules that are on.
///
/// # Errors
/// When a module's text cannot be read, which a test of the server excludes.
pub(crate) fn all(ctx: &Ctx) -> Result<Vec<Scenario>, Problem> {
    let on = ctx.parts().modules.iter().filter(|module| ctx.instance().has_module(module.id));
    on.flat_map(|module| module.training).map(|text| Scenario::read(text).map_err(Problem::Fault)).collect()
}

/// Those that whoever asks may do.
///
/// # Errors
/// As [`all`].
pub(crate) fn mine(ctx: &Ctx) -> Result<Vec<Scenario>, Problem> {
    let scope = ctx.scope()?;
    let mut all = all(ctx)?;
    all.retain(|scenario| scope.permissions.iter().any(|held| held.name() == scenario.izin));
    Ok(all)
}

/// What the start page says of the exercises; nothing where there are none.
///
/// # Errors
/// When the database cannot be read.
pub(crate) fn invitation(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Option<String>, Problem> {
    if !is_offered(ctx) || !ctx.may(crate::USE_DESK) {
        return Ok(None);
    }
    let (who, mine) = (ctx.scope()?.actor.key(), mine(ctx)?);
    let mut open = 0;
    for scenario in &mine {
        if store::last(tx, &who, &scenario.id)?.is_none_or(|one| one.selesai.is_none()) {
            open += 1;
        }
    }
    Ok(match (mine.len(), open) {
        (0, _) => None,
        (all, 0) => Some(format!("Semua {all} latihan untuk jabatan Anda sudah tuntas.")),
        (_, open) => {
            Some(format!("{open} latihan untuk jabatan Anda belum tuntas. Setiap latihan selesai dalam beberapa menit."))
        }
    })
}
