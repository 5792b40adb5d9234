//! Throttling of log-ins: how many wrong passwords are borne, and how long the door then stays shut.

pub(crate) mod store;

use praja_kernel::{Id, Moment, Zona, jam, tanggal_pendek};
use praja_module::Instance;
use praja_store::{Keys, Result};

const MINUTE: i64 = 60_000;

/// How one kind of key is throttled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Throttle {
    /// Failures further apart than this are forgotten, in milliseconds.
    pub window_ms: i64,
    /// From this many failures on, each further one shuts the door for so many milliseconds. In rising order.
    pub steps: &'static [(i64, i64)],
}

/// For one account (or one name that nobody has).
pub const PER_ACCOUNT: Throttle = Throttle { window_ms: 60 * MINUTE, steps: &[(5, MINUTE), (8, 5 * MINUTE), (10, 15 * MINUTE)] };

/// For one network address. Wide, because a whole office often comes from one.
pub const PER_ADDRESS: Throttle = Throttle { window_ms: 15 * MINUTE, steps: &[(50, MINUTE), (100, 15 * MINUTE)] };

/// For codes asked for from one network address, wanted or not.
pub const PER_SENDER: Throttle = Throttle { window_ms: 60 * MINUTE, steps: &[(30, 15 * MINUTE)] };

/// For codes sent to one account or address: each is five guesses, and nobody wants to be flooded.
pub const PER_TARGET: Throttle = Throttle { window_ms: 60 * MINUTE, steps: &[(5, 30 * MINUTE)] };

/// What is known about failures under one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attempts {
    /// Failures since `mulai`.
    pub gagal: i64,
    /// The first failure counted.
    pub mulai: Moment,
    /// The newest failure.
    pub terakhir: Moment,
    /// The door is shut until then.
    pub dikunci_sampai: Option<Moment>,
}

impl Attempts {
    /// Until when the door is shut, if it is.
    pub fn locked_until(&self, now: Moment) -> Option<Moment> {
        self.dikunci_sampai.filter(|until| now < *until)
    }

    /// The same after one more failure.
    pub fn after_failure(self, throttle: Throttle, now: Moment) -> Self {
        let fresh = self.gagal == 0 || now.ms() - self.terakhir.ms() > throttle.window_ms;
        let (gagal, mulai) = if fresh { (1, now) } else { (self.gagal + 1, self.mulai) };
        let lock = throttle.steps.iter().rev().find(|(count, _)| gagal >= *count);
        Self { gagal, mulai, terakhir: now, dikunci_sampai: lock.map(|(_, ms)| now.plus_ms(*ms)) }
    }
}

/// The key under which failures of an account are counted.
pub(crate) fn account_key(akun: Id) -> String {
    format!("akun:{akun}")
}

/// The key under which failures from a network address are counted.
pub(crate) fn address_key(alamat: &str) -> String {
    format!("alamat:{alamat}")
}

/// The key under which codes asked for from a network address are counted.
pub(crate) fn sender_key(alamat: &str) -> String {
    format!("kode:{alamat}")
}

/// The minute from which it may be tried again, as people read it: "pukul 10.32 WIB". Rounded up, so that it is never too early.
pub fn try_again_at(until: Moment, now: Moment, zona: Zona) -> String {
    let rounded = Moment(until.ms() + (MINUTE - until.ms().rem_euclid(MINUTE)) % MINUTE);
    let local = zona.local(rounded);
    let day = if local.date() == zona.date(now) { String::new() } else { format!("tanggal {} ", tanggal_pendek(local.date())) };
    format!("{day}pukul {} {zona}", jam(local))
}

/// Forgets failures that no longer matter (job `identity.sweep-attempts`).
pub(crate) fn sweep(instance: &Instance, _payload: &str) -> Result<()> {
    let by = instance.by_system("identity.sweep-attempts");
    let before = by.at.plus_ms(-24 * 60 * MINUTE);
    instance.db.write(&by, Keys::unaudited(), move |tx| {
        crate::langkah::sweep(tx, tx.now()?)?;
        store::sweep(tx, before)
    })
}

#[cfg(test)]
mod tests;
