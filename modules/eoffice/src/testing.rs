//! What this crate's own tests share: a scratch database with the tables of identity, desk and this module.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use praja_kernel::{ActingAs, Actor, Id, IdSource, Moment, Scope};
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

/// An identity by a number.
pub(crate) fn id(number: u8) -> Id {
    Id::v7(2, [number; 10])
}

/// A database with every table a letter touches.
pub(crate) fn db(plans: Option<PlanLog>) -> Db {
    let db = Db::scratch(&Options { plans, ..Options::default() }).unwrap();
    let sets = [(praja_identity::MODULE.migrations)(), (praja_desk::MODULE.migrations)(), (crate::MODULE.migrations)()];
    db.migrate(&sets, &by(Moment(0))).unwrap();
    db
}

/// The system writes, at a moment.
pub(crate) fn by(at: Moment) -> By {
    By::system("eoffice.test", at, Arc::new(Ids::default()))
}

/// Somebody who acts for `opd` in post `jabatan`.
pub(crate) fn scope(opd: Id, jabatan: Id) -> Scope {
    Scope {
        actor: Actor::Pegawai { id: id(90), nama: "Ana Lusia".into() },
        acting: Some(ActingAs { penugasan: id(91), jabatan, nama: "Kasubag Umum".into(), opd, opd_nama: "Dinas".into() }),
        opd_set: vec![opd],
        roles: Vec::new(),
        permissions: Vec::new(),
    }
}
