//! Roles whose last day has been: ended by the job of local midnight, each with a row in the audit trail. They counted no longer before.

use praja_kernel::Date;
use praja_module::Instance;
use praja_store::{Keys, Result, StoreError, audit::Entry};

use super::store;

/// So many in one write.
const STEP: i64 = 100;

/// Ends what is over.
pub(crate) fn end(instance: &Instance, job: &'static str, today: Date) -> Result<()> {
    loop {
        let by = instance.by_system(job);
        let ended = instance.db.write(&by, Keys::of([super::pages::give_key()]), move |tx| {
            let over = store::expired(tx, today, STEP)?;
            for one in &over {
                store::revoke(tx, one.id)?;
                let entry = match (one.jabatan, one.orang) {
                    (Some(jabatan), _) => Entry::new("identity.end-peran", "identity_jabatan", jabatan),
                    (None, Some(orang)) => Entry::new("identity.end-peran", "identity_orang", orang),
                    (None, None) => Entry::new("identity.end-peran", "identity_peran", one.id),
                };
                tx.audit(&entry.with("peran", &one.peran).with("sampai", one.sampai).because("masa berlakunya habis"))?;
            }
            Ok::<_, StoreError>(over.len())
        })?;
        if ended == 0 {
            return Ok(());
        }
    }
}
