//! The backups in their two places: which there are, which are kept, and what is known of them.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read, Write},
    os::unix::fs::{MetadataExt, OpenOptionsExt, chown},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use praja_deploy::{Files, LocalFiles};
use praja_kernel::Moment;
use praja_store::backup;
use serde::{Deserialize, Serialize};

/// The end of a backup's name.
pub(crate) const END: &str = "cadangan";
/// What is known of the copies, beside the first of them.
const STATE: &str = "keadaan.json";

/// Where backups lie first: in the installation, so that nothing has to be mounted.
pub(crate) fn first_place(root: &Path) -> PathBuf {
    root.join("data/cadangan")
}

/// One backup of this installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Copy {
    pub(crate) berkas: PathBuf,
    pub(crate) pada: Moment,
    pub(crate) ukuran: u64,
    pub(crate) versi: String,
}

/// The backups in a folder that were sealed by this key, newest first. Others' are nobody's to count or remove.
pub(crate) fn copies(folder: &Path, kunci_id: &str) -> io::Result<Vec<Copy>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let berkas = entry?.path();
        if berkas.extension().is_none_or(|end| end != END) {
            continue;
        }
        let Ok(head) = backup::manifest(&berkas) else { continue };
        if head.kunci_id == kunci_id {
            let ukuran = fs::metadata(&berkas)?.len();
            found.push(Copy { berkas, pada: head.pada, ukuran, versi: head.versi });
        }
    }
    found.sort_by(|a, b| (b.pada, &b.berkas).cmp(&(a.pada, &a.berkas)));
    Ok(found)
}

/// Removes all but the newest; gives what went.
pub(crate) fn prune(copies: &[Copy], keep: u32) -> Result<Vec<PathBuf>> {
    let keep = usize::try_from(keep).unwrap_or(usize::MAX).max(1);
    let old = copies.iter().skip(keep);
    old.map(|copy| {
        fs::remove_file(&copy.berkas).with_context(|| format!("{} tidak dapat dihapus.", copy.berkas.display()))?;
        Ok(copy.berkas.clone())
    })
    .collect()
}

/// What an administrator makes as root in the place of the service stays the service's: its owner is that of the data.
pub(crate) fn give(path: &Path, root: &Path) {
    let given = fs::metadata(root.join("data")).and_then(|data| chown(path, Some(data.uid()), Some(data.gid())));
    if let Err(error) = given {
        tracing::info!(%error, "a file keeps its owner");
    }
}

/// The disk a path is on. `None` where it does not exist.
pub(crate) fn disk(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().map(|meta| meta.dev())
}

/// Copies a backup to the second place: it appears there whole, on the disk, and read back, or not at all.
pub(crate) fn copy_over(from: &Path, folder: &Path) -> io::Result<PathBuf> {
    let name = from.file_name().unwrap_or_default();
    let target = folder.join(name);
    let draft = folder.join(format!(".{}.sebagian", name.to_string_lossy()));
    let written = || -> io::Result<()> {
        let mut input = File::open(from)?;
        // Not by `fs::copy`: a share or a stick may not take the permission bits.
        let mut out = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
        io::copy(&mut input, &mut out)?;
        out.flush()?;
        out.sync_all()?;
        drop(out);
        if !same(from, &draft)? {
            return Err(io::Error::other("yang terbaca kembali bukan yang ditulis"));
        }
        fs::rename(&draft, &target)?;
        File::open(folder)?.sync_all()
    };
    written().inspect_err(|_| {
        let _ = fs::remove_file(&draft);
    })?;
    Ok(target)
}

fn same(a: &Path, b: &Path) -> io::Result<bool> {
    let (mut a, mut b) = (File::open(a)?, File::open(b)?);
    if a.metadata()?.len() != b.metadata()?.len() {
        return Ok(false);
    }
    let (mut left, mut right) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    loop {
        let read = a.read(&mut left)?;
        if read == 0 {
            return Ok(true);
        }
        b.read_exact(&mut right[..read])?;
        if left[..read] != right[..read] {
            return Ok(false);
        }
    }
}

/// What is known of the copies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct State {
    /// By the path of the file: when it was read through, and whether it was whole.
    pub(crate) diperiksa: BTreeMap<PathBuf, Checked>,
    /// When a copy last came to the second place, or why none did.
    pub(crate) kedua: Option<Second>,
    /// The last rehearsal of a restore.
    pub(crate) latihan: Option<Drill>,
}

/// A backup that was read through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Checked {
    pub(crate) pada: Moment,
    pub(crate) ukuran: u64,
    pub(crate) utuh: bool,
}

/// What became of the last copy to the second place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Second {
    pub(crate) pada: Moment,
    /// Why it failed; empty where it is there.
    pub(crate) sebab: String,
}

/// A restore that was rehearsed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Drill {
    pub(crate) pada: Moment,
    pub(crate) berkas: PathBuf,
    /// It came from the second place.
    pub(crate) kedua: bool,
    pub(crate) baris: u64,
    pub(crate) lampiran: u64,
    pub(crate) rantai: usize,
    /// What went wrong, a sentence each; empty when all is well.
    pub(crate) masalah: Vec<String>,
}

impl State {
    /// What stands in the folder; nothing is known where it cannot be read.
    pub(crate) fn read(root: &Path) -> Self {
        let text = fs::read_to_string(first_place(root).join(STATE)).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    /// Changes what is known.
    pub(crate) fn change(root: &Path, change: impl FnOnce(&mut Self)) -> Result<()> {
        let folder = first_place(root);
        let mut state = Self::read(root);
        change(&mut state);
        state.diperiksa.retain(|file, _| file.exists());
        LocalFiles.make_folder(&folder, 0o700)?;
        let path = folder.join(STATE);
        LocalFiles.write(&path, serde_json::to_string_pretty(&state)?.as_bytes(), 0o600)?;
        give(&folder, root);
        give(&path, root);
        Ok(())
    }

    /// Whether this very file was found whole, or damaged.
    pub(crate) fn checked(&self, copy: &Copy) -> Option<&Checked> {
        self.diperiksa.get(&absolute(&copy.berkas)).filter(|checked| checked.ukuran == copy.ukuran)
    }
}

/// The path by which a file is known, wherever one stands.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy(folder: &Path, name: &str, pada: i64) -> Copy {
        let berkas = folder.join(name);
        fs::write(&berkas, name).unwrap();
        Copy { berkas, pada: Moment(pada), ukuran: 1, versi: "1".into() }
    }

    #[test]
    fn the_newest_copies_are_kept_and_the_last_one_never_goes() {
        let here = tempfile::tempdir().unwrap();
        let copies: Vec<Copy> = (0..5).rev().map(|n| copy(here.path(), &format!("{n}.cadangan"), n)).collect();
        let gone = prune(&copies, 2).unwrap();
        assert_eq!(gone.len(), 3);
        assert!(copies[0].berkas.exists() && copies[1].berkas.exists() && gone.iter().all(|file| !file.exists()));
        assert!(prune(&copies[..1], 0).unwrap().is_empty() && copies[0].berkas.exists());
    }

    #[test]
    fn what_is_no_backup_of_this_installation_is_not_counted() {
        let here = tempfile::tempdir().unwrap();
        fs::write(here.path().join("surat.cadangan"), "bukan").unwrap();
        fs::write(here.path().join("lain.txt"), "bukan").unwrap();
        assert!(copies(here.path(), "x").unwrap().is_empty());
        assert!(copies(&here.path().join("tidak-ada"), "x").is_err());
    }

    #[test]
    fn a_copy_appears_whole_or_not_at_all() {
        let here = tempfile::tempdir().unwrap();
        let (from, folder) = (here.path().join("a.cadangan"), here.path().join("kedua"));
        fs::write(&from, vec![7; 200_000]).unwrap();
        assert!(copy_over(&from, &folder).is_err(), "the stick is not there");
        fs::create_dir(&folder).unwrap();
        let target = copy_over(&from, &folder).unwrap();
        assert!(same(&from, &target).unwrap() && fs::read_dir(&folder).unwrap().count() == 1);
        let mut changed = fs::read(&from).unwrap();
        changed[150_000] = 8;
        fs::write(&target, changed).unwrap();
        assert!(!same(&from, &target).unwrap());
    }

    #[test]
    fn what_root_writes_belongs_to_the_service() {
        const NOBODY: u32 = 65_534;
        let here = tempfile::tempdir().unwrap();
        let data = here.path().join("data");
        fs::create_dir(&data).unwrap();
        if chown(&data, Some(NOBODY), Some(NOBODY)).is_err() {
            return; // only root gives away, and only root takes what is the service's
        }
        State::change(here.path(), |state| state.kedua = Some(Second { pada: Moment(1), sebab: String::new() })).unwrap();
        for path in [first_place(here.path()), first_place(here.path()).join(STATE)] {
            let meta = fs::metadata(&path).unwrap();
            assert_eq!((meta.uid(), meta.gid()), (NOBODY, NOBODY), "{}", path.display());
        }
    }

    #[test]
    fn what_is_known_of_a_copy_holds_for_that_file_alone() {
        let here = tempfile::tempdir().unwrap();
        fs::create_dir_all(here.path().join("data")).unwrap();
        let one = copy(here.path(), "a.cadangan", 1);
        let checked = Checked { pada: Moment(5), ukuran: 1, utuh: true };
        State::change(here.path(), |state| {
            state.diperiksa.insert(absolute(&one.berkas), checked);
            state.diperiksa.insert("/tidak/ada.cadangan".into(), checked);
        })
        .unwrap();
        let state = State::read(here.path());
        assert_eq!((state.checked(&one), state.diperiksa.len()), (Some(&checked), 1));
        assert_eq!(state.checked(&Copy { ukuran: 2, ..one }), None, "another file of the same name");
    }
}
