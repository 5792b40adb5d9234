//! Three wrong passphrases in a row, and there is a pause of five minutes. A try counts from its beginning, so that many at once are
//! still three.

use praja_kernel::{Moment, jam};
use praja_module::Ctx;
use praja_store::{Result, Tx};

use super::store;

/// So many wrong ones in a row.
pub(crate) const MOST: i64 = 3;
/// How long nothing is tried then.
pub(crate) const PAUSE_MS: i64 = 5 * 60 * 1000;

/// Tries of one person that did not succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tries {
    pub(crate) salah: i64,
    pub(crate) terakhir: Moment,
}

impl Tries {
    fn over(self) -> Moment {
        self.terakhir.plus_ms(PAUSE_MS)
    }

    /// Until when nothing is tried.
    pub(crate) fn paused_until(self, now: Moment) -> Option<Moment> {
        (self.salah >= MOST && self.over() > now).then_some(self.over())
    }

    /// How many still count; those of more than a pause ago are forgotten.
    pub(crate) fn counting(self, now: Moment) -> i64 {
        if self.over() > now { self.salah } else { 0 }
    }
}

/// What became of the wish to try.
pub(crate) enum Begun {
    /// This is the so-manieth.
    Try(i64),
    /// Not before then.
    Paused(Moment),
}

pub(crate) fn begin(tx: &mut Tx<'_>, orang: &str) -> Result<Begun> {
    let now = tx.now()?;
    let before = store::tries(tx, orang)?;
    if let Some(until) = before.and_then(|tries| tries.paused_until(now)) {
        return Ok(Begun::Paused(until));
    }
    let salah = before.map_or(0, |tries| tries.counting(now)) + 1;
    store::count(tx, orang, Tries { salah, terakhir: now })?;
    Ok(Begun::Try(salah))
}

/// The try was no wrong one: a right one forgets those before it, one that was not judged takes back only itself.
pub(crate) fn end(tx: &mut Tx<'_>, orang: &str, right: bool) -> Result<()> {
    let Some(tries) = store::tries(tx, orang)? else { return Ok(()) };
    let salah = if right { 0 } else { (tries.salah - 1).max(0) };
    store::count(tx, orang, Tries { salah, ..tries })
}

/// "pukul 10.37 WIB".
pub(crate) fn words(ctx: &Ctx, until: Moment) -> String {
    let zona = ctx.instance().zona;
    format!("pukul {} {}", jam(zona.local(until)), zona.name())
}
