//! What this crate's own tests share: a scratch database with the tables of identity, desk and this module.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use praja_kernel::{Id, IdSource, Moment};
use praja_store::{By, Db, Options, PlanLog};

/// Identities that rise and never repeat.
#[derive(Default)]
pub(crate) struct Ids(AtomicU64);

impl IdSource for Ids {
    fn next_id(&self) -> Id {
        let count = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        let mut random = [0; 10];
        random[2..].copy_from_slice(&count.to_be_bytes());
        Id::v7(1, random)
    }
}

/// A database with every table an application touches.
pub(crate) fn db(plans: Option<PlanLog>) -> Db {
    let db = Db::scratch(&Options { plans, ..Options::default() }).unwrap();
    let sets = [(praja_identity::MODULE.migrations)(), (praja_desk::MODULE.migrations)(), (crate::MODULE.migrations)()];
    db.migrate(&sets, &by(Moment(0))).unwrap();
    db
}

/// The system writes, at a moment.
pub(crate) fn by(at: Moment) -> By {
    static IDS: std::sync::OnceLock<Arc<Ids>> = std::sync::OnceLock::new();
    By::system("perizinan.test", at, IDS.get_or_init(Arc::default).clone())
}
