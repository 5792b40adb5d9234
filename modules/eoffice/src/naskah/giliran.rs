//! One preview at a time for each person: who types fast asks again and again, and must not take the drawing from the others.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use praja_kernel::Id;

/// Whose preview is being drawn: the place of the regency in this process, and the person.
static BUSY: Mutex<BTreeSet<(usize, Id)>> = Mutex::new(BTreeSet::new());

/// A turn; it ends when this is dropped.
pub(crate) struct Giliran((usize, Id));

impl Giliran {
    /// The turn of a person of this Instance; none while the one before is not over. Two Instances of one process may know the same person.
    pub(crate) fn take<T>(instance: &Arc<T>, orang: Id) -> Option<Self> {
        let key = (Arc::as_ptr(instance) as usize, orang);
        let is_free = BUSY.lock().unwrap_or_else(PoisonError::into_inner).insert(key);
        // Made only where the turn was taken: the end of one that was not would end the other's.
        is_free.then(|| Self(key))
    }
}

impl Drop for Giliran {
    fn drop(&mut self) {
        BUSY.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_has_one_turn_and_another_person_or_regency_has_its_own() {
        let id = |one: u8| Id::v7(0, [one; 10]);
        let (here, there) = (Arc::new(1), Arc::new(1));
        let mine = Giliran::take(&here, id(2)).unwrap();
        assert!(Giliran::take(&here, id(2)).is_none());
        assert!(Giliran::take(&here, id(2)).is_none(), "asking ends nobody's turn");
        assert!(Giliran::take(&here, id(3)).is_some() && Giliran::take(&there, id(2)).is_some());
        drop(mine);
        assert!(Giliran::take(&here, id(2)).is_some());
    }
}
