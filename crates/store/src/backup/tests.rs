use praja_kernel::Id;

use super::*;
use crate::{keyring, seal::SealWriter};

struct Ids;

impl IdSource for Ids {
    fn next_id(&self) -> Id {
        Id::v7(1, [1; 10])
    }
}

/// As the first releases wrote it.
fn write_first_form(path: &Path, manifest: &Manifest, data: &Path, blobs: &Blobs) {
    let key = keyring::random().unwrap();
    let manifest = Manifest { kunci: Some(hex(&blobs.keys().wrap_key(&key).unwrap())), ..manifest.clone() };
    let head = head_text(&manifest).unwrap();
    let mut out = File::create(path).unwrap();
    out.write_all(MAGIC_1).unwrap();
    writeln!(out, "{head}").unwrap();
    let sealing = SealWriter::new(out, &key).unwrap();
    pack(sealing, &head, data, blobs, &[], &failed(path)).unwrap().finish().unwrap();
}

#[test]
fn a_backup_of_the_first_form_is_still_read_and_its_form_cannot_be_exchanged() {
    let here = tempfile::tempdir().unwrap();
    let (keys, recovery) = Keyring::create().unwrap();
    let blobs = Blobs::local(&here.path().join("berkas"), keys.clone()).unwrap();
    let data = here.path().join("asal.db");
    let db = Db::open_sqlite(&data, &Options { readers: 1, ..Options::default() }).unwrap();
    let ids: Arc<dyn IdSource> = Arc::new(Ids);
    db.migrate(&[], &By::system("uji", Moment(1), ids.clone())).unwrap();
    let source = Source { db: &db, blobs: &blobs, sets: &[], instansi: "x", versi: "0.1.0" };
    let second = here.path().join("dua");
    let moved = create(&source, &second, here.path(), Moment(2), &ids).unwrap();
    drop(db);
    let first = here.path().join("satu");
    write_first_form(&first, &moved.manifest, &data, &blobs);
    for file in [&first, &second] {
        let keys = keys_of(file, &recovery).unwrap();
        let (read, report) = verify(file, &keys, here.path()).unwrap();
        assert!(read.manifest.pada == Moment(2) && report.problems.is_empty());
        let (other, _) = Keyring::create().unwrap();
        assert!(matches!(verify(file, &other, here.path()), Err(StoreError::Keys(KeyTrouble::Other))));
        let mut bytes = std::fs::read(file).unwrap();
        bytes[MAGIC_1.len() - 2] ^= b'1' ^ b'2';
        let exchanged = here.path().join("tertukar");
        std::fs::write(&exchanged, bytes).unwrap();
        let error = verify(&exchanged, &keys, here.path()).unwrap_err();
        assert!(matches!(error, StoreError::Backup(BackupTrouble::HeadChanged { .. })), "{error}");
    }
}
