//! Tasks, and ONE inbox over all modules: who must do what, where, until when. Counters are kept with every opening and closing,
//! so that no page counts.

pub(crate) mod handover;
pub(crate) mod pages;
mod store;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use praja_kernel::{Date, Id, Moment, Scope, WorkingCalendar, days_between, relatif, sisa_waktu, words};
use praja_store::{Result, StoreError, Tx};
use praja_web::Tone;

words! {
    /// What became of a task.
    pub enum Status ("status tugas") {
        /// Waits for whoever holds it.
        Terbuka => "terbuka", "Terbuka";
        /// Done, or no longer needed.
        Selesai => "selesai", "Selesai";
    }
}

words! {
    /// What the inbox shows.
    pub enum View ("tampilan kotak masuk") {
        /// Everything open.
        Terbuka => "terbuka", "Terbuka";
        /// Open and past its due date.
        Terlambat => "terlambat", "Terlambat";
        /// Open and due from today to a week from now.
        Pekan => "pekan", "Tujuh hari ke depan";
        /// Done, the latest first.
        Selesai => "selesai", "Selesai";
    }
}

/// Something that somebody must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTask {
    /// Who: a subject as in [`Scope::subjects`], `jabatan:<id>` where it goes with the post.
    pub untuk: String,
    /// What, in one line that begins with a verb: "Arahkan surat dari Dinas Kesehatan".
    pub judul: String,
    /// The page where it is done, without the host.
    pub tautan: String,
    /// What it is about, `<table>:<id>`; [`done`] closes by it.
    pub objek: String,
    /// Until when.
    pub jatuh_tempo: Option<Date>,
    /// The due date may still move, because a year's holidays are not final.
    pub sementara: bool,
}

/// A task as the inbox shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Its row.
    pub id: Id,
    /// Who must do it.
    pub untuk: String,
    /// What.
    pub judul: String,
    /// Where.
    pub tautan: String,
    /// What it is about.
    pub objek: String,
    /// Until when.
    pub jatuh_tempo: Option<Date>,
    /// The due date may still move.
    pub sementara: bool,
    /// Name of who gave it, at the time.
    pub oleh: String,
    /// Since when.
    pub dibuat: Moment,
    /// When it was done.
    pub selesai_pada: Option<Moment>,
    /// Name of who did it: history keeps it when the post passes to somebody else.
    pub selesai_oleh: Option<String>,
    /// Name of who held it before it passed to a successor.
    pub semula: Option<String>,
    /// May its holder tick it off?
    pub ringan: bool,
}

/// What the inbox is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Open, late, due soon or done.
    pub view: View,
    /// Only tasks of this module.
    pub modul: Option<String>,
    /// Only those of one kind of subject: `jabatan`, `opd` or `pegawai`.
    pub untuk: Option<String>,
    /// Only those with these words in their line.
    pub kata: String,
}

impl From<View> for Filter {
    fn from(view: View) -> Self {
        Self { view, modul: None, untuk: None, kata: String::new() }
    }
}

/// Where a page of the inbox continues: after this row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    /// The due date, or when it was done.
    urutan: String,
    /// The row.
    id: Id,
}

/// One page of the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// In order.
    pub tasks: Vec<Task>,
    /// Where the next page begins, when there is one.
    pub next: Option<After>,
}

/// Gives somebody a task and counts it.
///
/// # Errors
/// [`StoreError::Statement`] when `tautan` leads out of this box.
pub fn open(tx: &mut Tx<'_>, task: &NewTask) -> Result<Id> {
    add(tx, task, None, false)
}

/// Gives a person a task for the post that person holds: when the post passes on, the task goes with it.
///
/// # Errors
/// As [`open`].
pub fn open_for_post(tx: &mut Tx<'_>, task: &NewTask, jabatan: Id) -> Result<Id> {
    add(tx, task, Some(jabatan), false)
}

/// Gives somebody a task that its holder may tick off, because no other act closes it: something to read or to check.
///
/// # Errors
/// As [`open`].
pub fn open_light(tx: &mut Tx<'_>, task: &NewTask) -> Result<Id> {
    add(tx, task, None, true)
}

fn add(tx: &mut Tx<'_>, task: &NewTask, sebagai: Option<Id>, ringan: bool) -> Result<Id> {
    if !task.tautan.starts_with('/') || task.tautan.starts_with("//") {
        return Err(StoreError::Statement(format!("a task leads to a page of ours, not to {}", task.tautan)));
    }
    let id = store::insert(tx, task, sebagai, ringan)?;
    store::count(tx, &task.untuk, 1)?;
    Ok(id)
}

/// Closes every open task about `objek`, whoever holds it. Closing what is closed changes nothing.
pub fn done(tx: &mut Tx<'_>, objek: &str) -> Result<()> {
    for untuk in store::close(tx, objek, None)? {
        store::count(tx, &untuk, -1)?;
    }
    Ok(())
}

/// Closes the open tasks about `objek` that one subject holds, and leaves those of the others.
pub fn done_for(tx: &mut Tx<'_>, objek: &str, untuk: &str) -> Result<()> {
    let closed = store::close(tx, objek, Some(untuk))?.len();
    if closed > 0 {
        store::count(tx, untuk, -i64::try_from(closed).unwrap_or(i64::MAX))?;
    }
    Ok(())
}

/// Ticks off light tasks of whoever asks and gives how many there were; others' tasks, and those that an act closes, stay.
pub fn tick_off(tx: &mut Tx<'_>, scope: &Scope, ids: &[Id]) -> Result<i64> {
    change(tx, scope, ids, Status::Terbuka, Status::Selesai)
}

/// Opens ticked-off tasks again.
pub fn untick(tx: &mut Tx<'_>, scope: &Scope, ids: &[Id]) -> Result<i64> {
    change(tx, scope, ids, Status::Selesai, Status::Terbuka)
}

fn change(tx: &mut Tx<'_>, scope: &Scope, ids: &[Id], from: Status, to: Status) -> Result<i64> {
    let mut changed = 0;
    for id in ids {
        for subject in scope.subjects() {
            if store::switch_light(tx, *id, &subject, from, to)? {
                store::count(tx, &subject, if to == Status::Terbuka { 1 } else { -1 })?;
                changed += 1;
            }
        }
    }
    Ok(changed)
}

/// How many tasks wait for whoever asks: the counter in the top bar. Kept, not counted.
pub fn open_count(tx: &mut Tx<'_>, scope: &Scope) -> Result<i64> {
    store::open_count(tx, &scope.subjects())
}

/// Is a task about `objek` open, whoever holds it?
pub fn is_open(tx: &mut Tx<'_>, objek: &str) -> Result<bool> {
    store::is_open(tx, objek)
}

/// Who holds an open task about `objek`, as subjects.
pub(crate) fn holders(tx: &mut Tx<'_>, objek: &str) -> Result<Vec<String>> {
    store::holders(tx, objek)
}

/// How many open tasks are past their due date, at most `limit`.
pub fn late_count(tx: &mut Tx<'_>, scope: &Scope, today: Date, limit: i64) -> Result<i64> {
    let mut count = 0;
    for subject in scope.subjects() {
        count += store::late(tx, &subject, today, limit)?;
    }
    Ok(count.min(limit))
}

/// One page of the inbox of everything `scope` stands for, merged in order.
pub fn list(tx: &mut Tx<'_>, scope: &Scope, view: View, today: Date, after: Option<&After>, limit: usize) -> Result<Page> {
    find(tx, scope, &Filter::from(view), today, after, limit)
}

/// One page of what a filter leaves of the inbox of everything `scope` stands for, merged in order.
pub fn find(tx: &mut Tx<'_>, scope: &Scope, filter: &Filter, today: Date, after: Option<&After>, limit: usize) -> Result<Page> {
    let (mut tasks, view) = (Vec::new(), filter.view);
    let one_more = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    for subject in scope.subjects() {
        if filter.untuk.as_ref().is_none_or(|kind| subject.starts_with(&format!("{kind}:"))) {
            tasks.extend(store::list(tx, &subject, filter, today, after, one_more)?);
        }
    }
    tasks.sort_by(|a, b| order(view, a, b));
    let more = tasks.len() > limit;
    tasks.truncate(limit);
    let next = tasks.last().filter(|_| more).map(|last| After { urutan: last.urutan(view), id: last.id });
    Ok(Page { tasks, next })
}

/// The order of the inbox: what is late first, then by due date, without one last; of two alike the newest first. What is done:
/// the latest first.
pub fn order(view: View, a: &Task, b: &Task) -> Ordering {
    match view {
        View::Terbuka | View::Terlambat | View::Pekan => a.urutan(view).cmp(&b.urutan(view)).then_with(|| b.id.cmp(&a.id)),
        View::Selesai => b.selesai_pada.cmp(&a.selesai_pada).then_with(|| b.id.cmp(&a.id)),
    }
}

/// How a due date stands, for a badge: "terlambat 2 hari kerja", "jatuh tempo besok", "3 hari kerja lagi (sementara)". Nothing for
/// a task without one.
pub fn due_state(task: &Task, today: Date, calendar: &WorkingCalendar) -> Option<(Tone, String)> {
    let due = task.jatuh_tempo?;
    let words = match calendar.working_days_between(today, due) {
        Ok(working) => sisa_waktu(due, today, working),
        // Beyond the calendar's horizon plain days are still true.
        Err(_) => relatif(due, today),
    };
    let tone = match days_between(today, due) {
        ..0 => Tone::Bad,
        0..=1 => Tone::Warn,
        _ => Tone::Neutral,
    };
    Some((tone, if task.sementara && due >= today { format!("{words} (sementara)") } else { words }))
}

impl Task {
    /// What the inbox is ordered by, as text that sorts: stored beside an open task.
    fn urutan(&self, view: View) -> String {
        match view {
            View::Terbuka | View::Terlambat | View::Pekan => urutan(self.jatuh_tempo),
            View::Selesai => self.selesai_pada.unwrap_or_default().ms().to_string(),
        }
    }

    /// On whose behalf it waits, for the reader.
    pub fn untuk_label(&self) -> &'static str {
        match self.untuk.split_once(':').map(|(kind, _)| kind) {
            Some("jabatan") => "Jabatan Anda",
            Some("opd") => "OPD Anda",
            _ => "Anda",
        }
    }
}

/// The last day of the week that begins today.
fn week_after(today: Date) -> Date {
    (0..7).fold(today, |day, _| day.tomorrow().unwrap_or(day))
}

/// After every date that can be typed.
const NO_DATE: &str = "9999-12-31";

fn urutan(due: Option<Date>) -> String {
    due.map_or_else(|| NO_DATE.to_owned(), |due| due.to_string())
}

impl std::fmt::Display for After {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_{}", self.urutan, self.id)
    }
}

impl std::str::FromStr for After {
    type Err = praja_kernel::InvalidId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (urutan, id) = text.split_once('_').ok_or(praja_kernel::InvalidId)?;
        let plain = urutan.len() <= 20 && urutan.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        if plain { Ok(Self { urutan: urutan.to_owned(), id: id.parse()? }) } else { Err(praja_kernel::InvalidId) }
    }
}
