//! What an administrator does with accounts: opens them, prints slips, unlocks, closes, ends the second step.

pub(crate) mod acts;
pub(crate) mod bulk;
pub(crate) mod pages;
pub(crate) mod show;
pub(crate) mod slips;
pub(crate) mod store;

use praja_kernel::{Id, Permission};
use praja_module::{Ctx, Problem};
use praja_store::{Result, Tx};

use super::store::{self as accounts, Akun};
use crate::{
    opd::{Reach, reach},
    penugasan,
    peran::{self, Registry},
    rights::MANAGE_ALL_OPD,
    slip,
};

praja_kernel::words! {
    /// In what state an account is.
    pub(crate) enum Keadaan ("keadaan akun") {
        /// A person without an account.
        TanpaAkun => "tanpa-akun", "Belum punya akun";
        /// Opened and never used.
        BelumMasuk => "belum-masuk", "Belum pernah masuk";
        /// Too many wrong passwords just now.
        Terkunci => "terkunci", "Terkunci";
        /// Closed by an administrator.
        Nonaktif => "nonaktif", "Nonaktif";
        /// In use.
        Aktif => "aktif", "Aktif";
    }
}

/// An account that whoever asks may administer.
pub(crate) struct Subjek {
    pub(crate) akun: Akun,
    /// May they take it into their hands? Refused for oneself and for those whose rights in identity go further.
    pub(crate) handling: Result<(), slip::Refusal>,
}

/// The account of the address, if it is within reach: officers by their OPD or a post they hold there, citizens for the superadmin.
pub(crate) fn subject(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Subjek, Problem> {
    let akun = accounts::get(tx, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    let Some(orang) = akun.orang else {
        return if ctx.may(MANAGE_ALL_OPD) { Ok(Subjek { akun, handling: Ok(()) }) } else { Err(Problem::NotFound) };
    };
    if !covers(ctx, tx, orang)? {
        return Err(Problem::NotFound);
    }
    let theirs = permissions_of(ctx, tx, orang)?;
    let scope = ctx.scope()?;
    let handling = slip::may_handle(&scope.permissions, &theirs, scope.actor.id() == Some(orang));
    Ok(Subjek { akun, handling })
}

/// Is a person within reach of whoever asks?
pub(crate) fn covers(ctx: &Ctx, tx: &mut Tx<'_>, orang: Id) -> Result<bool, Problem> {
    let reach = reach(ctx, tx)?;
    if reach == Reach::All || store::opd_of(tx, orang)?.is_some_and(|opd| reach.has(opd)) {
        return Ok(true);
    }
    let held = penugasan::current(penugasan::store::of_person(tx, orang)?, ctx.today());
    Ok(held.iter().any(|one| reach.has(one.opd)))
}

/// Everything a person may do, whichever post they act for.
pub(crate) fn permissions_of(ctx: &Ctx, tx: &mut Tx<'_>, orang: Id) -> Result<Vec<Permission>> {
    let registry = Registry::of(&ctx.parts().modules);
    let held = penugasan::current(penugasan::store::of_person(tx, orang)?, ctx.today());
    let posts = held.iter().map(|one| (Some(one.jabatan), Some(one.opd))).chain([(None, None)]);
    let mut all = Vec::new();
    for (jabatan, opd) in posts {
        let held = peran::store::held(tx, orang, jabatan, opd, ctx.today())?;
        // A role that counts for one OPD only is counted here whichever OPD it is: better refused once too often.
        let anywhere = |grants: Vec<peran::Grant>| -> Vec<peran::Grant> {
            grants.into_iter().map(|grant| peran::Grant { opd: None, ..grant }).collect()
        };
        all.extend(registry.resolve(&anywhere(held.grants), &anywhere(held.izin), opd).1);
    }
    all.sort();
    all.dedup();
    Ok(all)
}
