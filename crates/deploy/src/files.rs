use std::{
    fs::{self, File, OpenOptions, Permissions},
    io::{self, ErrorKind, Write},
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

/// The folder tree that steps work on; a test replaces it to cut the power between any two acts.
pub trait Files {
    /// What a file holds; `None` when it does not exist.
    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>>;
    /// Permission bits of a folder; `None` when it does not exist or is not a folder.
    fn folder_mode(&self, path: &Path) -> io::Result<Option<u32>>;
    /// Makes a folder with all above it, or corrects its permission bits.
    fn make_folder(&self, path: &Path, mode: u32) -> io::Result<()>;
    /// Writes a file that nobody looks at yet, durably.
    fn write_draft(&self, path: &Path, bytes: &[u8], mode: u32) -> io::Result<()>;
    /// Gives a draft its final name at once, durably.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Replaces a file so that a power cut leaves either the old or the new content, never half.
    fn write(&self, path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
        let draft = draft_of(path);
        self.write_draft(&draft, bytes, mode)?;
        self.rename(&draft, path)
    }
}

/// The disk of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct LocalFiles;

impl Files for LocalFiles {
    fn read(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        match fs::read(path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn folder_mode(&self, path: &Path) -> io::Result<Option<u32>> {
        match fs::metadata(path) {
            Ok(meta) => Ok(meta.is_dir().then(|| meta.permissions().mode() & 0o777)),
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn make_folder(&self, path: &Path, mode: u32) -> io::Result<()> {
        fs::create_dir_all(path)?;
        // After the making, not with it: the process's umask would take bits away.
        fs::set_permissions(path, Permissions::from_mode(mode))?;
        sync_folder_of(path)
    }

    fn write_draft(&self, path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
        // A draft left by a power cut may carry other permission bits.
        match fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(path)?;
        file.write_all(bytes)?;
        file.set_permissions(Permissions::from_mode(mode))?;
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)?;
        sync_folder_of(to)
    }
}

/// Nothing is there: no such file, or a file stands where a folder would have to be.
fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn draft_of(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.baru"))
}

fn sync_folder_of(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => File::open(folder)?.sync_all(),
        _ => File::open(".")?.sync_all(),
    }
}
