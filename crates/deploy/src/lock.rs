use std::{
    fs::{self, File, OpenOptions},
    io::{Read, Seek, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    thread,
    time::Duration,
};

use rustix::{
    fs::{FlockOperation, flock},
    io::Errno,
};

use crate::Obstacle;

const TRIES: u32 = 4;
const PAUSE: Duration = Duration::from_millis(25);

/// Held while a Praja works on a folder, so that two never do: the system frees it when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Lock {
    /// Takes the folder; makes `data/` in it when that is missing.
    ///
    /// # Errors
    /// [`Obstacle::Busy`] when another process holds it, [`Obstacle::File`] when the lock cannot be written.
    pub fn take(root: &Path) -> Result<Self, Obstacle> {
        let folder = root.join("data");
        fs::create_dir_all(&folder).map_err(Obstacle::file(&folder, "dibuat"))?;
        let path = folder.join("praja.lock");
        let open = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(&path);
        let mut file = open.map_err(Obstacle::file(&path, "dibuka"))?;
        match patiently(&file) {
            Ok(()) => {}
            Err(Errno::WOULDBLOCK) => return Err(Obstacle::Busy { root: root.to_path_buf(), pid: holder(&mut file) }),
            Err(errno) => return Err(Obstacle::file(path, "dikunci")(errno.into())),
        }
        let noted = file.set_len(0).and_then(|()| write!(file, "{}", std::process::id()));
        noted.map_err(Obstacle::file(path, "ditulis"))?;
        Ok(Self { file })
    }

    /// The process that works on the folder now; `None` when nobody does. Changes nothing.
    pub fn holder(root: &Path) -> Option<u32> {
        let mut file = OpenOptions::new().read(true).open(root.join("data/praja.lock")).ok()?;
        match flock(&file, FlockOperation::NonBlockingLockShared) {
            Ok(()) => {
                let _ = flock(&file, FlockOperation::Unlock);
                None
            }
            Err(_) => holder(&mut file).or(Some(0)),
        }
    }
}

impl Drop for Lock {
    /// Frees the folder at once, even while a child that is just being started still shares the handle.
    fn drop(&mut self) {
        let _ = flock(&self.file, FlockOperation::Unlock);
    }
}

/// Tries for a moment: somebody may just be looking whether the folder is held.
fn patiently(file: &File) -> Result<(), Errno> {
    for _ in 0..TRIES {
        match flock(file, FlockOperation::NonBlockingLockExclusive) {
            Err(Errno::WOULDBLOCK) => thread::sleep(PAUSE),
            other => return other,
        }
    }
    flock(file, FlockOperation::NonBlockingLockExclusive)
}

fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.rewind().ok()?;
    file.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
