//! Folders for plain data that stand for minutes: with a lock by which the next run tells what a killed one left, and removes it.

use std::{
    fs::{DirBuilder, File, TryLockError},
    io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use crate::{Result, StoreError, migrate::hex};

/// A folder under this name is in use, or was when its process was killed.
const AT_WORK: &str = ".praja-kerja-";
/// A folder that is not locked yet; nothing is in it.
const NEW: &str = ".praja-baru-";

/// A private folder that goes with this value. What a killed process left of its own goes when the next one begins in the same place.
#[derive(Debug)]
pub struct Work {
    path: PathBuf,
    /// Locked as long as the process lives, however it ends.
    _held: File,
}

impl Work {
    /// Makes a folder inside `place`, after removing what killed processes left there.
    pub fn begin(place: &Path) -> Result<Self> {
        Self::sweep(place)?;
        let mut random = [0_u8; 8];
        getrandom::fill(&mut random).map_err(|e| StoreError::Unavailable(format!("no randomness: {e}")))?;
        let name = hex(&random);
        let (new, path) = (place.join(format!("{NEW}{name}")), place.join(format!("{AT_WORK}{name}")));
        let made = || -> io::Result<File> {
            DirBuilder::new().mode(0o700).create(&new)?;
            let held = File::open(&new)?;
            held.lock()?;
            // Only now may others see it: whoever finds it unlocked finds it abandoned.
            std::fs::rename(&new, &path)?;
            Ok(held)
        };
        let held = made().map_err(|e| StoreError::file(place, &e))?;
        Ok(Self { path, _held: held })
    }

    /// Where to work.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes what killed processes left in `place`. Gives how many folders that were.
    pub fn sweep(place: &Path) -> Result<usize> {
        Self::left(place, true)
    }

    /// How many folders killed processes left in `place`.
    ///
    /// # Errors
    /// When the place cannot be read.
    pub fn left_behind(place: &Path) -> Result<usize> {
        Self::left(place, false)
    }

    fn left(place: &Path, remove: bool) -> Result<usize> {
        let mut found = 0;
        let entries = match std::fs::read_dir(place) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(0),
            other => other.map_err(|e| StoreError::file(place, &e))?,
        };
        for entry in entries.filter_map(Result::ok) {
            let path = entry.path();
            if !entry.file_name().to_string_lossy().starts_with(AT_WORK) {
                continue;
            }
            // Another process may have swept it meanwhile.
            let Ok(folder) = File::open(&path) else { continue };
            match folder.try_lock() {
                Ok(()) => {
                    if remove {
                        std::fs::remove_dir_all(&path).map_err(|e| StoreError::file(&path, &e))?;
                    }
                    found += 1;
                }
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(e)) => return Err(StoreError::file(&path, &e)),
            }
        }
        Ok(found)
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if let Err(e) = std::fs::remove_dir_all(&self.path) {
            tracing::warn!(folder = %self.path.display(), error = %e, "a work folder stays until the next run");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_in_use_stays_and_an_abandoned_one_goes() {
        let place = tempfile::tempdir().unwrap();
        let used = Work::begin(place.path()).unwrap();
        std::fs::write(used.path().join("data.db"), "x").unwrap();
        let abandoned = place.path().join(format!("{AT_WORK}0123"));
        std::fs::create_dir(&abandoned).unwrap();
        std::fs::write(abandoned.join("data.db"), "x").unwrap();
        std::fs::create_dir(place.path().join("lain")).unwrap();
        assert_eq!(Work::left_behind(place.path()).unwrap(), 1);
        assert_eq!(Work::sweep(place.path()).unwrap(), 1);
        assert_eq!(Work::left_behind(place.path()).unwrap(), 0);
        assert!(used.path().join("data.db").exists() && !abandoned.exists());
        let gone = used.path().to_owned();
        drop(used);
        assert!(!gone.exists() && place.path().join("lain").exists());
        assert_eq!(Work::sweep(&place.path().join("tidak ada")).unwrap(), 0);
    }
}
