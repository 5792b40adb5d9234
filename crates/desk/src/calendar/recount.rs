//! Counting due dates again after the calendar changed: in the background, in small writes, each task once, and then telling whoever
//! holds them.

use praja_kernel::{Date, tanggal_pendek};
use praja_module::{Instance, Message, MessageKind, events::KalenderBerubah};
use praja_store::{Keys, Result, StoreError, Tx};

use super::{of, recount, store};
use crate::notices;

/// The job that counts again.
pub(crate) const JOB: &str = "desk.recount-due";
/// So many tasks are moved in one write: nobody waits for it.
const STAGE: usize = 200;

/// A task whose due date moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moved {
    pub(super) tugas: String,
    pub(super) judul: String,
    pub(super) untuk: String,
    pub(super) dari: Date,
    pub(super) ke: Date,
    pub(super) sementara: bool,
}

/// Runs [`JOB`]: its payload is the change.
pub(crate) fn run(instance: &Instance, payload: &str) -> Result<()> {
    let event: KalenderBerubah = serde_json::from_str(payload).map_err(|e| StoreError::Corrupt(format!("{JOB}: {e}")))?;
    let (today, zona) = (instance.today(), instance.zona);
    let found = {
        let event = event.clone();
        instance.db.read(move |tx| affected(tx, &event, today, |moment| zona.date(moment)))?
    };
    let by = instance.by_system(JOB);
    for stage in found.chunks(STAGE) {
        let (stage, event) = (stage.to_vec(), event.clone());
        instance.db.write(&by, Keys::unaudited(), move |tx| {
            for one in &stage {
                store::move_due(tx, &event, one)?;
            }
            Ok::<_, StoreError>(())
        })?;
    }
    instance.db.write(&by, Keys::unaudited(), move |tx| tell(tx, &event))
}

/// Open tasks, due from today to the end of the year after the change, whose date or whose certainty changes. Those that this very
/// change has moved before (the job was cut off) are left out.
pub(super) fn affected(
    tx: &mut Tx<'_>,
    event: &KalenderBerubah,
    today: Date,
    day_of: impl Fn(praja_kernel::Moment) -> Date,
) -> Result<Vec<Moved>> {
    let calendar = of(tx, today)?;
    let last = Date::new(event.tahun.saturating_add(1), 12, 31).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    let mut moved = Vec::new();
    for task in store::open_tasks(tx, today, last)? {
        if store::was_moved(tx, &event.id, &task.tugas)? {
            continue;
        }
        // A date beyond the horizon was not counted with this calendar.
        let Ok(due) = recount(event, &calendar, day_of(task.dibuat), task.tempo, task.sementara) else { continue };
        if due.date != task.tempo || due.provisional != task.sementara {
            moved.push(Moved {
                tugas: task.tugas,
                judul: task.judul,
                untuk: task.untuk,
                dari: task.tempo,
                ke: due.date,
                sementara: due.provisional,
            });
        }
    }
    Ok(moved)
}

/// One notice to each holder about all of its dates.
fn tell(tx: &mut Tx<'_>, event: &KalenderBerubah) -> Result<()> {
    for (untuk, tasks) in store::untold(tx, &event.id)? {
        let lines: Vec<String> = tasks
            .iter()
            .take(5)
            .map(|(judul, dari, ke)| format!("{judul}: dari {} menjadi {}", tanggal_pendek(*dari), tanggal_pendek(*ke)))
            .collect();
        let more = if tasks.len() > 5 { format!("\ndan {} lainnya", tasks.len() - 5) } else { String::new() };
        let message = Message::new(
            MessageKind::Pengingat,
            &untuk,
            format!("{} batas waktu Anda bergeser karena kalender kerja berubah", tasks.len()),
            "/kotak-masuk",
        )
        .body(format!("{}\n{}{more}", event.sebab, lines.join("\n")));
        notices::tell(tx, &message)?;
    }
    store::mark_told(tx, &event.id)
}
