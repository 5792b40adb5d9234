use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{Lent, Rule};
use crate::{Files, Obstacle};

const MANIFEST: &str = "config/dibuat.json";

/// What an installation made outside its folder: noted before it is made, so that a power cut never leaves a thing nobody knows of.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Manifest {
    /// Files and links.
    pub berkas: BTreeSet<PathBuf>,
    /// The user of the system, when it was not there before.
    pub pengguna: Option<String>,
    /// Units that were switched on.
    pub unit: BTreeSet<String>,
    /// The opened ports.
    pub firewall: Option<Rule>,
    /// What others keep and the service reaches, as it was before.
    pub dipinjam: BTreeMap<PathBuf, Lent>,
}

impl Manifest {
    /// What the installation in `root` has made; empty where nothing was noted.
    ///
    /// # Errors
    /// [`Obstacle::BrokenSettings`] when it cannot be understood.
    pub fn load(files: &dyn Files, root: &Path) -> Result<Self, Obstacle> {
        let path = root.join(MANIFEST);
        let Some(bytes) = files.read(&path).map_err(Obstacle::file(&path, "dibaca"))? else { return Ok(Self::default()) };
        serde_json::from_slice(&bytes)
            .map_err(|error| Obstacle::BrokenSettings { path, reason: crate::settings_reason(&error.to_string()) })
    }

    /// Writes it.
    ///
    /// # Errors
    /// [`Obstacle::File`] when it cannot be written.
    pub fn save(&self, files: &dyn Files, root: &Path) -> Result<(), Obstacle> {
        let path = root.join(MANIFEST);
        let text = serde_json::to_string_pretty(self)
            .map_err(|error| Obstacle::BrokenSettings { path: path.clone(), reason: error.to_string() })?;
        files.write(&path, format!("{text}\n").as_bytes(), 0o600).map_err(Obstacle::file(&path, "ditulis"))
    }

    /// Notes something more.
    ///
    /// # Errors
    /// As for [`Manifest::load`] and [`Manifest::save`].
    pub fn note(files: &dyn Files, root: &Path, change: impl FnOnce(&mut Self)) -> Result<(), Obstacle> {
        let before = Self::load(files, root)?;
        let mut after = before.clone();
        change(&mut after);
        if after == before { Ok(()) } else { after.save(files, root) }
    }
}
