use std::fmt;

use crate::{Event, Files, Journal, Obstacle};

/// One act of an installation. It knows whether it is already done, because the power may fail between any two.
pub struct Step<'a> {
    /// A stable word, noted in the journal.
    pub id: String,
    /// What it does, as shown to the reader.
    pub title: String,
    /// The files, folders or other things it makes or changes, as shown to the reader.
    pub touches: Vec<String>,
    is_done: IsDone<'a>,
    pub(crate) run: Run<'a>,
}

type IsDone<'a> = Box<dyn Fn(&dyn Files) -> Result<bool, Obstacle> + 'a>;
type Run<'a> = Box<dyn Fn(&dyn Files, Start) -> Result<(), Obstacle> + 'a>;

/// Whether a step begins on clean ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// It was never begun, or what it made is gone.
    Baru,
    /// An earlier run was interrupted in the middle of it.
    Lanjutan,
}

/// What a run tells while it goes on.
#[derive(Debug, Clone, Copy)]
pub enum Progress<'s> {
    /// A step begins.
    Begin {
        /// Its place, from 1.
        place: usize,
        /// How many there are.
        of: usize,
        /// Its title.
        title: &'s str,
    },
    /// A step has ended; the place and the number are those of its beginning.
    End {
        /// Its place, from 1.
        place: usize,
        /// How many there are.
        of: usize,
        /// Its title.
        title: &'s str,
        /// False when it had been done before.
        changed: bool,
    },
}

/// What a whole run did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// Steps that changed something.
    pub changed: Vec<String>,
    /// Steps that had been done before.
    pub unchanged: Vec<String>,
}

impl<'a> Step<'a> {
    /// Makes a step. `run` is called again after an interruption, so it must bear that.
    pub fn new(
        id: impl Into<String>,
        title: impl Into<String>,
        touches: Vec<String>,
        is_done: impl Fn(&dyn Files) -> Result<bool, Obstacle> + 'a,
        run: impl Fn(&dyn Files, Start) -> Result<(), Obstacle> + 'a,
    ) -> Self {
        Self { id: id.into(), title: title.into(), touches, is_done: Box::new(is_done), run: Box::new(run) }
    }

    /// Is there nothing left to do?
    ///
    /// # Errors
    /// When that cannot be found out.
    pub fn is_done(&self, files: &dyn Files) -> Result<bool, Obstacle> {
        (self.is_done)(files)
    }
}

impl fmt::Debug for Step<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Step").field("id", &self.id).field("touches", &self.touches).finish_non_exhaustive()
    }
}

/// Runs what is left of a plan, in order, noting each step before and after.
///
/// # Errors
/// The first obstacle; the run can be repeated and goes on from there.
pub fn run(
    steps: &[Step<'_>],
    files: &dyn Files,
    journal: &mut Journal<'_>,
    watch: &mut dyn FnMut(Progress<'_>),
) -> Result<Outcome, Obstacle> {
    let mut outcome = Outcome::default();
    let of = steps.len();
    for (index, step) in steps.iter().enumerate() {
        let (place, title) = (index + 1, step.title.as_str());
        watch(Progress::Begin { place, of, title });
        let changed = perform(step, files, journal)?;
        watch(Progress::End { place, of, title, changed });
        if changed { &mut outcome.changed } else { &mut outcome.unchanged }.push(step.id.clone());
    }
    Ok(outcome)
}

/// True when the step had something to do.
fn perform(step: &Step<'_>, files: &dyn Files, journal: &mut Journal<'_>) -> Result<bool, Obstacle> {
    let begun = journal.last(&step.id) == Some(Event::Mulai);
    if step.is_done(files)? {
        // The power failed between the act and the note of it.
        if begun {
            journal.note(&step.id, Event::Selesai)?;
        }
        return Ok(false);
    }
    journal.note(&step.id, Event::Mulai)?;
    (step.run)(files, if begun { Start::Lanjutan } else { Start::Baru })?;
    journal.note(&step.id, Event::Selesai)?;
    Ok(true)
}
