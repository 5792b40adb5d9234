use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    io::{Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use praja_kernel::Clock;
use serde::{Deserialize, Serialize};

use crate::Obstacle;

/// What happened to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// It was begun; it may be half done.
    Mulai,
    /// It was finished.
    Selesai,
}

#[derive(Debug, Serialize, Deserialize)]
struct Line {
    step: String,
    event: Event,
    at: i64,
}

/// What an installation did, one JSON object per line, each on the disk before the next act: `config/journal.jsonl`.
pub struct Journal<'a> {
    file: File,
    path: PathBuf,
    clock: &'a dyn Clock,
    last: BTreeMap<String, Event>,
}

impl<'a> Journal<'a> {
    /// Opens the journal of the installation in `root`, or begins one. Makes the folder `config` when it is missing.
    ///
    /// A last line cut by a power failure is taken away.
    ///
    /// # Errors
    /// [`Obstacle::File`] when the folder or the file cannot be read or written.
    pub fn open(root: &Path, clock: &'a dyn Clock) -> Result<Self, Obstacle> {
        let folder = root.join("config");
        fs::create_dir_all(&folder).map_err(Obstacle::file(&folder, "dibuat"))?;
        let path = folder.join("journal.jsonl");
        let open = OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(&path);
        let mut file = open.map_err(Obstacle::file(&path, "dibuka"))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(Obstacle::file(&path, "dibaca"))?;
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |place| place + 1);
        file.set_len(whole as u64).map_err(Obstacle::file(&path, "dipotong"))?;
        let lines = bytes[..whole].split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice::<Line>(line).ok());
        let last = lines.map(|line| (line.step, line.event)).collect();
        Ok(Self { file, path, clock, last })
    }

    /// Steps of the installation in `root` that were begun and not finished. Changes nothing; none where there is no journal.
    pub fn unfinished(root: &Path) -> Vec<String> {
        let bytes = fs::read(root.join("config/journal.jsonl")).unwrap_or_default();
        let lines = bytes.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice::<Line>(line).ok());
        let last: BTreeMap<String, Event> = lines.map(|line| (line.step, line.event)).collect();
        last.into_iter().filter(|(_, event)| *event == Event::Mulai).map(|(step, _)| step).collect()
    }

    /// The last thing noted about a step; `None` when it was never begun.
    pub fn last(&self, step: &str) -> Option<Event> {
        self.last.get(step).copied()
    }

    /// Notes what happened, durably.
    ///
    /// # Errors
    /// [`Obstacle::File`] when the line cannot be written.
    pub fn note(&mut self, step: &str, event: Event) -> Result<(), Obstacle> {
        let line = Line { step: step.to_owned(), event, at: self.clock.now().ms() };
        let mut text = serde_json::to_vec(&line)
            .map_err(|error| Obstacle::StepFailed { title: step.to_owned(), source: Box::new(error) })?;
        text.push(b'\n');
        let written = self.file.write_all(&text).and_then(|()| self.file.sync_data());
        written.map_err(Obstacle::file(&self.path, "ditulis"))?;
        self.last.insert(line.step, event);
        Ok(())
    }
}
