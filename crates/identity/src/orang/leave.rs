//! Leaving the service: posts end by their last day, the account is closed on the day after.

use praja_kernel::{Date, Id};
use praja_module::Instance;
use praja_store::{Keys, Result, StoreError, Tx, audit::Entry};
use serde::{Deserialize, Serialize};

use super::store;
use crate::{accounts::store as accounts, penugasan::rules::next_day};

/// The job's name.
pub(crate) const CLOSE_ACCOUNT: &str = "identity.close-account";

#[derive(Serialize, Deserialize)]
struct Payload {
    orang: Id,
    berhenti: Date,
}

/// Closes the account now when the last day is over, else by a job on the day after.
pub(crate) fn close_after(tx: &mut Tx<'_>, orang: Id, last: Date, today: Date, zona: praja_kernel::Zona) -> Result<()> {
    if last < today {
        return close(tx, orang);
    }
    let at = zona.start_of(next_day(last));
    tx.enqueue(CLOSE_ACCOUNT, &Payload { orang, berhenti: last }, at, None).map(|_| ())
}

/// Closes the account of somebody who left, unless it was decided otherwise meanwhile (job `identity.close-account`).
pub(crate) fn close_account(instance: &Instance, payload: &str) -> Result<()> {
    let Payload { orang, berhenti } = serde_json::from_str(payload).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let today = instance.today();
    let by = instance.by_system(CLOSE_ACCOUNT);
    instance.db.write(&by, Keys::none(), move |tx| {
        let person = store::get(tx, orang)?;
        if person.is_some_and(|one| one.berhenti == Some(berhenti)) && berhenti < today { close(tx, orang) } else { Ok(()) }
    })
}

fn close(tx: &mut Tx<'_>, orang: Id) -> Result<()> {
    let Some(akun) = accounts::of_person(tx, orang)? else { return Ok(()) };
    if accounts::set_closed(tx, akun.id, true)? {
        tx.audit(&Entry::new("identity.deactivate-akun", "identity_akun", akun.id).with("akun", &akun.nama))?;
    }
    Ok(())
}

/// Opens the account again of somebody who came back.
pub(crate) fn reopen(tx: &mut Tx<'_>, orang: Id) -> Result<()> {
    let Some(akun) = accounts::of_person(tx, orang)? else { return Ok(()) };
    if accounts::set_closed(tx, akun.id, false)? {
        tx.audit(&Entry::new("identity.reopen-akun", "identity_akun", akun.id).with("akun", &akun.nama))?;
    }
    Ok(())
}
