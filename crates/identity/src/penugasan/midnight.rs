use praja_kernel::{Date, Id};
use praja_module::{Instance, events::PenugasanChanged};
use praja_store::{Key, Keys, Result, StoreError, Tx};

use super::{
    Jenis,
    rules::{self, next_day},
    store,
};

/// The job's name.
pub(crate) const TURN_DAY: &str = "identity.turn-day";
/// So many posts are told about in one write, so that nobody waits for a reorganisation.
const CHUNK: usize = 50;

/// The key of writes about who holds a post.
pub(crate) fn key(jabatan: Id) -> Key {
    Key::new("identity_jabatan", jabatan)
}

/// Tells others what began and ended by the calendar, carries out changes decided for this day, and queues itself for the next local
/// midnight (job `identity.turn-day`).
pub(crate) fn turn_day(instance: &Instance, _payload: &str) -> Result<()> {
    let today = instance.today();
    crate::rencana::carry_out_due(instance, today)?;
    crate::peran::habis::end(instance, TURN_DAY, today)?;
    let due = instance.db.read(|tx| store::due(tx, today))?;
    for posts in due.chunks(CHUNK) {
        let by = instance.by_system(TURN_DAY);
        let keys = Keys::of(posts.iter().copied().map(key));
        let posts = posts.to_vec();
        instance.db.write(&by, keys, move |tx| {
            for post in &posts {
                tell(tx, *post, today)?;
            }
            Ok::<_, StoreError>(())
        })?;
    }
    let (tomorrow, by) = (next_day(today), instance.by_system(TURN_DAY));
    let at = instance.zona.start_of(tomorrow);
    // A key of that day: the one of this run is taken until it has ended.
    let name = format!("{TURN_DAY}:{tomorrow}");
    instance.db.write(&by, Keys::unaudited(), move |tx| tx.enqueue(TURN_DAY, &(), at, Some(&name)).map(|_| ()))
}

/// Tells others who left and who came at a post up to today, once. Whoever came definitively is from now on on the books of its OPD.
pub(crate) fn tell(tx: &mut Tx<'_>, jabatan: Id, today: Date) -> Result<()> {
    let Some(post) = crate::jabatan::get(tx, jabatan)? else { return Ok(()) };
    let all = store::at_post(tx, jabatan)?;
    let untold = store::untold(tx, jabatan, today)?;
    let pick =
        |ids: &[Id]| all.iter().filter(|held| ids.contains(&held.id) && !held.is_called_off()).cloned().collect::<Vec<_>>();
    let now: Vec<_> = all.iter().filter(|held| !held.is_called_off() && held.is_valid_on(today)).cloned().collect();
    let mut came = pick(&untold.began);
    came.retain(|held| held.is_valid_on(today));
    for (dari, kepada, mulai) in rules::changes(post.jenis, &pick(&untold.ended), &came, &now, today) {
        tx.emit(&PenugasanChanged { jabatan, dari, kepada, mulai })?;
    }
    for held in came.iter().filter(|held| held.jenis == Jenis::Definitif) {
        crate::orang::store::set_opd(tx, held.orang, post.opd)?;
    }
    store::mark_told(tx, jabatan, today)
}
