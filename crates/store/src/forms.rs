//! Idempotent forms: a form sent twice (a double click, a lost answer on a bad line) is done once and answered twice.

use praja_kernel::Id;

use crate::{Result, StoreError, Tx, params};

/// How long an answered form is remembered, in milliseconds: seven days.
pub const KEPT_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// What the first sending of a form was answered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// HTTP status.
    pub status: i64,
    /// Where the sender was taken.
    pub tujuan: String,
}

impl Tx<'_> {
    /// Was this form answered before? The key is the actor, the route and the hidden UUID of the form.
    pub fn answered_form(&mut self, route: &str, form: Id) -> Result<Option<Answered>> {
        let key = key(self, route, form)?;
        self.opt("SELECT status, tujuan FROM store_formulir WHERE kunci = ?1", params![key], |row| {
            Ok(Answered { status: row.get(0)?, tujuan: row.get(1)? })
        })
    }

    /// Remembers the answer in the same transaction as what the form did. The closure asked [`Tx::answered_form`] first: of two
    /// sendings at once the second then runs again and finds the first answer.
    ///
    /// # Errors
    /// [`StoreError::Constraint`] when the form was answered before and the closure had not asked.
    pub fn answer_form(&mut self, route: &str, form: Id, answer: &Answered) -> Result<()> {
        let (key, now) = (key(self, route, form)?, self.now()?);
        // PostgreSQL takes a row of which this snapshot knows nothing for a collision, and the closure runs again.
        let remembered = self.exec(
            "INSERT INTO store_formulir (kunci, status, tujuan, pada) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (kunci) DO NOTHING",
            params![&key, answer.status, &answer.tujuan, now],
        )?;
        if remembered == 1 { Ok(()) } else { Err(StoreError::Constraint(format!("the form {key} was answered before"))) }
    }

    /// Forgets answers older than seven days; gives how many. Called by a daily job.
    pub fn purge_forms(&mut self) -> Result<u64> {
        let before = self.now()?.plus_ms(-KEPT_MS);
        self.exec("DELETE FROM store_formulir WHERE pada < ?1", params![before])
    }
}

fn key(tx: &Tx<'_>, route: &str, form: Id) -> Result<String> {
    Ok(format!("{} {route} {form}", tx.by()?.actor.key()))
}
