use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use tempfile::TempDir;

use crate::{Kit, database, kit::off};

mod pg;
mod sqlite;

/// Remembers how a regency was, and takes it back there: what a test has used up is there again, as often as it likes.
///
/// Rows and files go back. The clock and the source of identities go on, so that nothing new is taken for something old. Nobody may be
/// writing meanwhile.
pub struct Memory<'a> {
    kit: &'a Kit,
    /// Every file that was there when something was remembered.
    files: TempDir,
    next: AtomicUsize,
    copies: Mutex<pg::Copies>,
}

/// How a regency was.
pub struct Remembered(Kept);

enum Kept {
    /// A copy of the file.
    File(PathBuf),
    /// The copy of each table, by its number.
    Tables(BTreeMap<String, usize>),
}

impl Drop for Remembered {
    fn drop(&mut self) {
        if let Kept::File(path) = &self.0 {
            sqlite::remove(path);
        }
    }
}

impl<'a> Memory<'a> {
    /// Of this regency.
    ///
    /// # Panics
    /// When there is no room for files.
    pub fn of(kit: &'a Kit) -> Self {
        let files = tempfile::tempdir().expect("a temporary folder");
        Self { kit, files, next: AtomicUsize::new(1), copies: Mutex::default() }
    }

    /// Remembers how it is now.
    ///
    /// # Panics
    /// When the database cannot be copied.
    pub fn remember(&self) -> Remembered {
        link(self.kit.files.path(), self.files.path());
        let db = &self.kit.instance.db;
        Remembered(match db.path() {
            Some(path) => {
                let number = self.next.fetch_add(1, Ordering::Relaxed);
                let copy = path.with_file_name(format!("ingat-{number}.db"));
                off(|| sqlite::copy(path, &copy));
                Kept::File(copy)
            }
            None => Kept::Tables(off(|| {
                pg::copy(&mut database::client(db), &mut self.copies.lock().unwrap_or_else(PoisonError::into_inner))
            })),
        })
    }

    /// Goes back.
    ///
    /// # Panics
    /// When what was remembered cannot be put back.
    pub fn go_back(&self, to: &Remembered) {
        link(self.files.path(), self.kit.files.path());
        let db = &self.kit.instance.db;
        match (&to.0, db.path()) {
            (Kept::File(copy), Some(path)) => off(|| sqlite::put_back(copy, path)),
            (Kept::Tables(tables), None) => off(|| {
                let mut copies = self.copies.lock().unwrap_or_else(PoisonError::into_inner);
                pg::put_back(&mut database::client(db), &mut copies, tables);
            }),
            _ => panic!("what was remembered is of another regency"),
        }
    }
}

/// Gives every file of `from` a name in `to` as well, where it has none yet. A stored file is never changed.
fn link(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder of files is read") {
        let entry = entry.expect("a folder of files is read");
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            std::fs::create_dir_all(&target).expect("a folder is made");
            link(&path, &target);
        } else if !target.exists() {
            std::fs::hard_link(&path, &target).expect("a file gets a second name");
        }
    }
}

#[cfg(test)]
mod tests {
    use praja_store::{By, Keys, StoreError, params};

    use super::Memory;
    use crate::Kit;

    #[test]
    fn a_regency_is_as_it_was_however_often_it_goes_back() {
        let kit = Kit::new(&[]);
        let memory = Memory::of(&kit);
        let rows = || {
            kit.off(|instance| {
                let read = instance.db.read(|tx| {
                    let names = tx.list("SELECT nama FROM identity_opd ORDER BY nama, id", &[], |row| row.get::<String>(0))?;
                    Ok::<_, StoreError>((names, tx.fact("uji.ingat")?))
                });
                read.expect("rows are read")
            })
        };
        let write = |text: &'static str| {
            kit.off(|instance| {
                let by = By::system("uji.ingat", instance.now(), instance.ids.clone());
                instance.db.write(&by, Keys::unaudited(), move |tx| {
                    tx.exec("UPDATE identity_opd SET nama = nama || ?1 WHERE nama LIKE 'Dinas%'", params![text])?;
                    tx.record_fact("uji.ingat", text)
                })
            })
            .expect("it is written");
        };
        let file = kit.files.path().join("uji");
        std::fs::write(&file, "isi").expect("a file is written");
        let before = (memory.remember(), rows());
        write("satu");
        let after = (memory.remember(), rows());
        assert!(before.1.0.len() == after.1.0.len() && before.1.0 != after.1.0 && before.1.1.is_none());
        std::fs::remove_file(&file).expect("the file goes");
        for _ in 0..3 {
            memory.go_back(&before.0);
            assert_eq!(rows(), before.1);
            write("dua");
            memory.go_back(&after.0);
            assert_eq!(rows(), after.1);
        }
        assert_eq!(std::fs::read_to_string(&file).expect("the file is back"), "isi");
    }
}
