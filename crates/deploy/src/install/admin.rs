use std::{
    fs, io,
    os::unix::fs::{MetadataExt, PermissionsExt, chown, lchown, symlink},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The parts of a machine that an installation changes beyond writing files, so that a test can play them.
pub trait Admin {
    /// Runs a program of the system and gives what it said.
    ///
    /// # Errors
    /// What it said when it failed, or why it could not be started.
    fn call(&self, program: &str, arguments: &[&str]) -> Result<String, String>;
    /// Is there a program of this name?
    fn has(&self, program: &str) -> bool;
    /// Number of a user and of its group.
    fn user(&self, name: &str) -> Option<(u32, u32)>;
    /// Gives a file, or a folder with all in it, to a user and a group.
    fn give(&self, path: &Path, user: u32, group: u32) -> io::Result<()>;
    /// Is everything there given to this user and group?
    fn is_given(&self, path: &Path, user: u32, group: u32) -> io::Result<bool>;
    /// Number of its group; `None` when there is none.
    fn group(&self, path: &Path) -> Option<u32>;
    /// Gives this one file or folder to a group.
    fn regroup(&self, path: &Path, group: u32) -> io::Result<()>;
    /// Permission bits of a file; `None` when there is none.
    fn mode(&self, path: &Path) -> Option<u32>;
    /// Sets permission bits.
    fn set_mode(&self, path: &Path, mode: u32) -> io::Result<()>;
    /// Points a symbolic link somewhere, in one act.
    fn link(&self, target: &Path, at: &Path) -> io::Result<()>;
    /// Where a symbolic link points; `None` when it is none.
    fn target(&self, at: &Path) -> Option<PathBuf>;
    /// Removes a file, a link, or a folder with all in it; what is not there is no fault.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Is there anything?
    fn exists(&self, path: &Path) -> bool;
    /// Copies a program, durably; it appears whole or not at all.
    fn copy_program(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Do two files hold the same?
    fn is_same(&self, left: &Path, right: &Path) -> bool;
}

/// The machine we run on.
#[derive(Debug, Clone, Copy, Default)]
pub struct LocalAdmin;

impl Admin for LocalAdmin {
    fn call(&self, program: &str, arguments: &[&str]) -> Result<String, String> {
        // Programs of an administrator lie where an ordinary search path does not lead.
        let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
        let output = Command::new(program).args(arguments).env("PATH", path).env("LC_ALL", "C").stdin(Stdio::null()).output();
        let output = output.map_err(|error| error.to_string())?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if output.status.success() {
            return Ok(text(&output.stdout));
        }
        let said = text(&output.stderr);
        Err(if said.is_empty() { text(&output.stdout) } else { said })
    }

    fn has(&self, program: &str) -> bool {
        ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"]
            .iter()
            .any(|folder| Path::new(folder).join(program).exists())
    }

    fn user(&self, name: &str) -> Option<(u32, u32)> {
        let users = fs::read_to_string("/etc/passwd").ok()?;
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    }

    fn give(&self, path: &Path, user: u32, group: u32) -> io::Result<()> {
        let meta = fs::symlink_metadata(path)?;
        if meta.is_symlink() {
            return lchown(path, Some(user), Some(group));
        }
        if meta.uid() != user || meta.gid() != group {
            chown(path, Some(user), Some(group))?;
        }
        if meta.is_dir() {
            for entry in fs::read_dir(path)? {
                self.give(&entry?.path(), user, group)?;
            }
        }
        Ok(())
    }

    fn is_given(&self, path: &Path, user: u32, group: u32) -> io::Result<bool> {
        let meta = match fs::symlink_metadata(path) {
            Ok(meta) => meta,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(true),
            Err(error) => return Err(error),
        };
        if meta.uid() != user || meta.gid() != group {
            return Ok(false);
        }
        if meta.is_dir() {
            for entry in fs::read_dir(path)? {
                if !self.is_given(&entry?.path(), user, group)? {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    fn group(&self, path: &Path) -> Option<u32> {
        fs::metadata(path).ok().map(|meta| meta.gid())
    }

    fn regroup(&self, path: &Path, group: u32) -> io::Result<()> {
        chown(path, None, Some(group))
    }

    fn mode(&self, path: &Path) -> Option<u32> {
        fs::metadata(path).ok().map(|meta| meta.permissions().mode() & 0o777)
    }

    fn set_mode(&self, path: &Path, mode: u32) -> io::Result<()> {
        fs::set_permissions(path, fs::Permissions::from_mode(mode))
    }

    fn link(&self, target: &Path, at: &Path) -> io::Result<()> {
        let draft = at.with_extension("praja-baru");
        self.remove(&draft)?;
        symlink(target, &draft)?;
        fs::rename(&draft, at)?;
        at.parent().map_or(Ok(()), |folder| fs::File::open(folder)?.sync_all())
    }

    fn target(&self, at: &Path) -> Option<PathBuf> {
        fs::read_link(at).ok()
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let removed = match fs::symlink_metadata(path) {
            Ok(meta) if meta.is_dir() => fs::remove_dir_all(path),
            Ok(_) => fs::remove_file(path),
            Err(error) => Err(error),
        };
        match removed {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }

    fn exists(&self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok()
    }

    fn copy_program(&self, from: &Path, to: &Path) -> io::Result<()> {
        let draft = to.with_extension("sebagian");
        fs::copy(from, &draft)?;
        fs::set_permissions(&draft, fs::Permissions::from_mode(0o755))?;
        fs::File::open(&draft)?.sync_all()?;
        fs::rename(&draft, to)?;
        to.parent().map_or(Ok(()), |folder| fs::File::open(folder)?.sync_all())
    }

    fn is_same(&self, left: &Path, right: &Path) -> bool {
        use io::Read;
        let (Ok(mut left), Ok(mut right)) = (fs::File::open(left), fs::File::open(right)) else { return false };
        let long = |file: &fs::File| file.metadata().map(|meta| meta.len()).ok();
        if long(&left) != long(&right) {
            return false;
        }
        // In pieces: a program of many megabytes must not double the installer's memory.
        let (mut one, mut other) = (vec![0; 1 << 16], vec![0; 1 << 16]);
        loop {
            let Ok(count) = left.read(&mut one) else { return false };
            if count == 0 {
                return true;
            }
            if right.read_exact(&mut other[..count]).is_err() || one[..count] != other[..count] {
                return false;
            }
        }
    }
}
