//! Files, encrypted at rest.

use std::{
    io::{self, Read},
    path::{Path, PathBuf},
};

use praja_store::{Blob, Blobs, By, KeyTrouble, Keyring, Keys, PutError, StoreError};

use crate::support::{Bed, DAY, NOW, beds};

const LIMIT: u64 = 32 << 20;

struct Shelf {
    folder: tempfile::TempDir,
    blobs: Blobs,
}

impl Shelf {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::local(folder.path(), Keyring::create().unwrap().0).unwrap();
        Self { folder, blobs }
    }

    fn files(&self) -> Vec<PathBuf> {
        let mut all = Vec::new();
        walk(self.folder.path(), &mut all);
        all
    }
}

fn walk(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { walk(&path, all) } else { all.push(path) }
    }
}

fn bytes(size: usize) -> Vec<u8> {
    (0..size).map(|n| (n * 7 % 251) as u8).collect()
}

fn read(blobs: &Blobs, blob: &Blob) -> Result<Vec<u8>, StoreError> {
    let mut out = Vec::new();
    blobs.get(blob, &mut out).map(|()| out)
}

fn keep(bed: &Bed, blob: &Blob) {
    let blob = blob.clone();
    bed.db.write(&bed.by(None), Keys::unaudited(), move |tx| tx.keep_blob(&blob)).unwrap();
}

#[test]
fn a_file_of_any_size_comes_back_as_it_went_in() {
    let shelf = Shelf::new();
    for size in [0, 1, (64 << 10) - 1, 64 << 10, (64 << 10) + 1, (1 << 20) - 1, 5 << 20, (11 << 20) + 3] {
        let plain = bytes(size);
        let blob = shelf.blobs.put(&mut plain.as_slice(), LIMIT).unwrap();
        assert_eq!((blob.ukuran, read(&shelf.blobs, &blob).unwrap() == plain), (size as i64, true), "{size}");
    }
    assert_eq!(shelf.files().len(), 8, "one object each, and no temporary file beside");
}

#[test]
fn what_lies_on_disk_is_unreadable_and_the_same_file_twice_has_two_addresses() {
    let shelf = Shelf::new();
    let plain = b"RAHASIA: hasil pemeriksaan khusus ".repeat(100);
    let [a, b] = [0; 2].map(|_| shelf.blobs.put(&mut plain.as_slice(), LIMIT).unwrap());
    assert_ne!(a.alamat, b.alamat);
    assert_eq!(a.sidik, b.sidik, "the plain hash tells that they are the same");
    for path in shelf.files() {
        let stored = std::fs::read(&path).unwrap();
        assert!(!stored.windows(7).any(|seven| seven == b"RAHASIA"), "{}", path.display());
    }
}

#[test]
fn a_file_that_is_too_large_or_cut_leaves_nothing() {
    let shelf = Shelf::new();
    let too_large = shelf.blobs.put(&mut bytes(3 << 20).as_slice(), (3 << 20) - 1);
    assert!(matches!(too_large, Err(PutError::TooLarge { limit }) if limit == (3 << 20) - 1));
    struct Cut(u32);
    impl Read for Cut {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            self.0 += 1;
            out.fill(1);
            if self.0 > 40 { Err(io::Error::other("the line was cut")) } else { Ok(out.len()) }
        }
    }
    assert!(matches!(shelf.blobs.put(&mut Cut(0), LIMIT), Err(PutError::Cut(_))));
    assert!(shelf.files().is_empty());
    assert!(shelf.blobs.put(&mut bytes(3 << 20).as_slice(), 3 << 20).is_ok(), "exactly the limit is allowed");
}

#[test]
fn a_tampered_exchanged_or_missing_object_is_refused() {
    let shelf = Shelf::new();
    let plain = bytes(200_000);
    let place = |blob: &Blob| shelf.folder.path().join(&blob.alamat[..2]).join(&blob.alamat);
    for damage in 0..4 {
        let blob = shelf.blobs.put(&mut plain.as_slice(), LIMIT).unwrap();
        let other = shelf.blobs.put(&mut plain.as_slice(), LIMIT).unwrap();
        let path = place(&blob);
        let mut stored = std::fs::read(&path).unwrap();
        match damage {
            0 => stored[100_000] ^= 1,
            1 => stored.truncate(64 * 1024 + 16 + 23),
            2 => stored = std::fs::read(place(&other)).unwrap(),
            _ => stored.clear(),
        }
        std::fs::write(&path, stored).unwrap();
        assert!(matches!(read(&shelf.blobs, &blob), Err(StoreError::Corrupt(_))), "damage {damage}");
        std::fs::remove_file(&path).unwrap();
        assert!(matches!(read(&shelf.blobs, &blob), Err(StoreError::BlobGone(_))));
    }
}

#[test]
fn another_instances_key_opens_nothing() {
    let shelf = Shelf::new();
    let blob = shelf.blobs.put(&mut b"isi".as_slice(), LIMIT).unwrap();
    let stranger = Blobs::local(shelf.folder.path(), Keyring::create().unwrap().0).unwrap();
    assert!(matches!(read(&stranger, &blob), Err(StoreError::Keys(KeyTrouble::Other))));
}

#[test]
fn a_sweep_removes_only_what_is_old_and_belongs_to_nobody() {
    for bed in beds() {
        let shelf = Shelf::new();
        let [kept, orphan] = [b"a", b"b"].map(|plain| shelf.blobs.put(&mut plain.as_slice(), LIMIT).unwrap());
        keep(&bed, &kept);
        // Files carry the machine's time; an upload of today may still get its row.
        let machine = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis() as i64;
        let sweep = |ms: i64| {
            let by = By { at: praja_kernel::Moment(machine + ms), ..bed.by(None) };
            shelf.blobs.sweep(&bed.db, &by).unwrap()
        };
        assert_eq!(sweep(DAY - 60_000), 0);
        assert_eq!(sweep(DAY + 60_000), 1);
        assert_eq!(read(&shelf.blobs, &kept).unwrap(), b"a");
        assert!(read(&shelf.blobs, &orphan).is_err());
        assert!(shelf.blobs.missing(&bed.db).unwrap().is_empty());
        std::fs::remove_file(&shelf.files()[0]).unwrap();
        assert_eq!(shelf.blobs.missing(&bed.db).unwrap(), [kept.alamat]);
    }
}

#[test]
fn a_file_is_found_by_its_address_in_the_database() {
    for bed in beds() {
        let shelf = Shelf::new();
        let blob = shelf.blobs.put(&mut b"isi".as_slice(), LIMIT).unwrap();
        keep(&bed, &blob);
        let alamat = blob.alamat.clone();
        let found = bed.db.read(|tx| tx.blob(&alamat)).unwrap();
        assert_eq!(found.as_ref(), Some(&blob));
        assert_eq!(read(&shelf.blobs, &found.unwrap()).unwrap(), b"isi");
        assert_eq!(bed.db.read(|tx| tx.blob("tidak ada")).unwrap(), None);
        assert_eq!(bed.count("SELECT dibuat FROM store_blob"), NOW.0);
    }
}

#[test]
fn files_are_stored_and_read_from_the_blocking_threads_of_a_runtime() {
    let shelf = Shelf::new();
    // As many at once as there are threads: none may wait for another thread of the same kind.
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).max_blocking_threads(4).enable_all().build().unwrap();
    runtime.block_on(async {
        let all: Vec<_> = (0..16)
            .map(|_| {
                let blobs = shelf.blobs.clone();
                tokio::task::spawn_blocking(move || {
                    let blob = blobs.put(&mut bytes(2 << 20).as_slice(), LIMIT).unwrap();
                    read(&blobs, &blob).unwrap().len()
                })
            })
            .collect();
        for one in all {
            assert_eq!(one.await.unwrap(), 2 << 20);
        }
    });
}
