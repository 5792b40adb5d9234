//! A folder into which a restore is under way: how the same command knows, after a power cut, that it may begin anew.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use praja_deploy::{FOLDERS, typed};
use praja_kernel::IdSource;

use crate::exit::{self, Refused};

/// Stands in the folder as long as the restore is not finished, and holds its token.
const MARK: &str = ".pemulihan";

/// May a restore go into this folder? Into an empty one, or one that an interrupted restore left.
pub(crate) fn is_free(root: &Path) -> Result<bool> {
    let mut entries = match fs::read_dir(root) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(true),
        other => other.with_context(|| format!("Folder {} tidak dapat dibaca.", root.display()))?,
    };
    Ok(root.join(MARK).exists() || entries.next().is_none())
}

/// A restore under way.
pub(crate) struct UnderWay {
    root: PathBuf,
    token: String,
    /// Locked as long as this process lives, however it ends.
    _held: File,
}

impl UnderWay {
    /// Marks the folder, after removing what the same restore left when it was interrupted.
    pub(crate) fn begin(root: &Path) -> Result<Self> {
        fs::create_dir_all(root).with_context(|| format!("Folder {} tidak dapat dibuat.", root.display()))?;
        let path = root.join(MARK);
        let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(&path);
        let mut held = open.with_context(|| format!("Folder {} tidak dapat ditulis.", root.display()))?;
        match held.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let message = format!("Pemulihan lain sedang berjalan ke folder {}.", root.display());
                return Err(Refused { message, next: format!("ls -la {}", typed(root)), code: exit::BLOCKED }.into());
            }
            Err(TryLockError::Error(e)) => return Err(e.into()),
        }
        let mut token = String::new();
        held.read_to_string(&mut token)?;
        if token.is_empty() {
            token = fresh_token();
            held.write_all(token.as_bytes())?;
            held.sync_all()?;
            File::open(root)?.sync_all()?;
        } else {
            remove_folders(root);
        }
        Ok(Self { root: root.to_path_buf(), token, _held: held })
    }

    /// Names this restore, also towards the database and the place of the files.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// It is finished: from now on the folder holds an installation.
    pub(crate) fn end(self) -> Result<()> {
        fs::remove_file(self.root.join(MARK))?;
        Ok(File::open(&self.root)?.sync_all()?)
    }

    /// It failed: the folder is empty again.
    pub(crate) fn undo(self) {
        remove_folders(&self.root);
        if let Err(e) = fs::remove_file(self.root.join(MARK)) {
            tracing::warn!(error = %e, "left over from a failed restore");
        }
    }
}

fn fresh_token() -> String {
    let clock = std::sync::Arc::new(praja_module::SystemClock);
    praja_module::SystemIds::new(clock).next_id().to_string()
}

/// All of it was made by the restore: the folder was empty.
fn remove_folders(root: &Path) {
    for (folder, _) in FOLDERS.iter().filter(|(folder, _)| !folder.contains('/')) {
        match fs::remove_dir_all(root.join(folder)) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(folder, error = %e, "left over from an interrupted restore");
            }
            _ => {}
        }
    }
}
