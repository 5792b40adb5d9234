//! Files in a service that speaks S3: a real one, over TLS, that checks every signature (`scripts/s3/peer.py`).

use std::{
    io::{BufRead, BufReader, Read},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

use praja_store::{
    BackupTrouble, Blob, Blobs, By, Db, Keyring, ObjectTrouble, PutError, S3, StoreError,
    backup::{self, Restore, Source},
};

use crate::{
    backup::{counts, store_file, work},
    cluster::Authority,
    support::{Bed, DAY, NOW, beds, empty_beds, sets, skip},
};

const LIMIT: u64 = 32 << 20;

/// The service, one for all tests of this program.
struct Peer {
    port: u16,
    folder: tempfile::TempDir,
    /// Ends when its standard input is closed: with this program.
    _child: Child,
}

/// The service, or the test `name` is reported as skipped.
fn peer(name: &str) -> Option<&'static Peer> {
    static PEER: OnceLock<Option<Peer>> = OnceLock::new();
    let peer = PEER.get_or_init(|| std::env::var("PRAJA_TEST_S3").ok().filter(|python| !python.is_empty()).map(start));
    if peer.is_none() {
        skip(name, "PRAJA_TEST_S3 does not name a Python that has moto");
    }
    peer.as_ref()
}

fn start(python: String) -> Peer {
    let folder = tempfile::tempdir().unwrap();
    let at = |file: &str| folder.path().join(file);
    let authority = Authority::new("CA Uji");
    authority.write(&at("ca.pem"));
    authority.server(&at("server.pem"), &at("server.key"), &["127.0.0.1"]);
    Authority::new("CA Lain").write(&at("lain.pem"));
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/s3/peer.py");
    let mut command = Command::new(python);
    command.arg(script).arg(at("server.pem")).arg(at("server.key")).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let words: Vec<&str> = line.split_whitespace().collect();
    let [port, id, secret, other_id, other_secret] = words[..] else { panic!("the service said: {line}") };
    for (file, id, secret) in [("akses", id, secret), ("orang-lain", other_id, other_secret), ("salah", id, "bukan-rahasianya")] {
        write_key(&at(file), id, secret);
    }
    Peer { port: port.parse().unwrap(), folder, _child: child }
}

fn write_key(path: &std::path::Path, id: &str, secret: &str) {
    std::fs::write(path, format!("aws_access_key_id = {id}\naws_secret_access_key = {secret}\n")).unwrap();
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
}

impl Peer {
    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    /// Settings with a prefix that no other test has.
    fn settings(&self) -> S3 {
        static PREFIXES: AtomicU32 = AtomicU32::new(0);
        S3 {
            endpoint: format!("https://127.0.0.1:{}", self.port),
            bucket: "praja".into(),
            region: "us-east-1".into(),
            prefix: format!("uji/{}", PREFIXES.fetch_add(1, Ordering::Relaxed)),
            path_style: true,
            ca: Some(self.path("ca.pem")),
            access_key: self.path("akses"),
        }
    }
}

fn open(settings: &S3) -> Blobs {
    Blobs::s3(settings, Keyring::create().unwrap().0).unwrap()
}

fn bytes(size: usize) -> Vec<u8> {
    (0..size).map(|n| (n * 7 % 251) as u8).collect()
}

fn read(blobs: &Blobs, blob: &Blob) -> Result<Vec<u8>, StoreError> {
    let mut out = Vec::new();
    blobs.get(blob, &mut out).map(|()| out)
}

fn later(bed: &Bed, ms: i64) -> By {
    let machine = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis() as i64;
    By { at: praja_kernel::Moment(machine + ms), ..bed.by(None) }
}

fn trouble<T: std::fmt::Debug>(outcome: Result<T, StoreError>) -> ObjectTrouble {
    match outcome {
        Err(StoreError::Objects(trouble)) => trouble,
        other => panic!("{other:?}"),
    }
}

fn refused_put(settings: &S3) -> ObjectTrouble {
    match open(settings).put(&mut b"isi".as_slice(), LIMIT) {
        Err(PutError::Store(StoreError::Objects(trouble))) => trouble,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_file_of_any_size_comes_back_as_it_went_in() {
    let Some(peer) = peer("s3::a_file_of_any_size_comes_back_as_it_went_in") else { return };
    let blobs = open(&peer.settings());
    // The larger ones go in parts of 5 MiB.
    for size in [0, 1, (64 << 10) + 1, 3 << 20, 5 << 20, (11 << 20) + 3] {
        let plain = bytes(size);
        let blob = blobs.put(&mut plain.as_slice(), LIMIT).unwrap();
        assert_eq!((blob.ukuran, read(&blobs, &blob).unwrap() == plain), (size as i64, true), "{size}");
    }
}

#[test]
fn a_wrong_secret_a_stranger_and_a_bucket_that_is_not_there_are_told_apart() {
    let name = "s3::a_wrong_secret_a_stranger_and_a_bucket_that_is_not_there_are_told_apart";
    let Some(peer) = peer(name) else { return };
    let settings = peer.settings();
    for key in ["salah", "orang-lain"] {
        let said = refused_put(&S3 { access_key: peer.path(key), ..settings.clone() });
        assert!(matches!(said, ObjectTrouble::Refused(_)), "{key}: {said:?}");
    }
    // This account may only see the one bucket, as is usual: another one is refused or not there, by the service's choice.
    let said = refused_put(&S3 { bucket: "tidak-ada".into(), ..settings.clone() });
    assert!(matches!(said, ObjectTrouble::NoBucket(_) | ObjectTrouble::Refused(_)), "{said:?}");
}

#[test]
fn only_the_named_authority_is_trusted_and_silence_ends_in_seconds() {
    let Some(peer) = peer("s3::only_the_named_authority_is_trusted_and_silence_ends_in_seconds") else { return };
    let settings = peer.settings();
    let said = refused_put(&S3 { ca: Some(peer.path("lain.pem")), ..settings.clone() });
    assert!(matches!(said, ObjectTrouble::Certificate(_)), "{said:?}");
    // The certificate is for the address, not for this name.
    let said = refused_put(&S3 { endpoint: format!("https://localhost:{}", peer.port), ..settings.clone() });
    assert!(matches!(said, ObjectTrouble::Certificate(_)), "{said:?}");
    let began = std::time::Instant::now();
    let said = refused_put(&S3 { endpoint: format!("https://127.0.0.1:{}", crate::cluster::free_port()), ..settings.clone() });
    assert!(matches!(said, ObjectTrouble::Unreachable(_)), "{said:?}");
    assert!(began.elapsed() < std::time::Duration::from_secs(40));
    let no_ca = Blobs::s3(&S3 { ca: Some(peer.path("akses")), ..settings }, Keyring::create().unwrap().0);
    assert!(matches!(trouble(no_ca), ObjectTrouble::Roots { .. }));
}

#[test]
fn a_file_that_is_gone_is_told_from_a_service_that_is_away() {
    let Some(peer) = peer("s3::a_file_that_is_gone_is_told_from_a_service_that_is_away") else { return };
    for bed in beds() {
        let settings = peer.settings();
        let keys = Keyring::create().unwrap().0;
        let blobs = Blobs::s3(&settings, keys.clone()).unwrap();
        blobs.claim(&bed.db, &bed.by(None)).unwrap();
        let blob = store_file(&bed, &blobs, b"isi");
        assert!(blobs.missing(&bed.db).unwrap().is_empty());
        // An empty place with the same key: the files are elsewhere.
        let elsewhere = Blobs::s3(&peer.settings(), keys.clone()).unwrap();
        assert_eq!(elsewhere.missing(&bed.db).unwrap(), std::slice::from_ref(&blob.alamat));
        assert!(matches!(read(&elsewhere, &blob), Err(StoreError::BlobGone(_))));
        let away = S3 { endpoint: format!("https://127.0.0.1:{}", crate::cluster::free_port()), ..settings };
        let away = Blobs::s3(&away, keys).unwrap();
        assert!(matches!(trouble(away.missing(&bed.db)), ObjectTrouble::Unreachable(_)), "away is not gone");
    }
}

#[test]
fn a_sweep_removes_old_orphans_and_never_what_belongs_to_another() {
    let Some(peer) = peer("s3::a_sweep_removes_old_orphans_and_never_what_belongs_to_another") else { return };
    for bed in beds() {
        let settings = peer.settings();
        let blobs = open(&settings);
        assert!(blobs.sweep(&bed.db, &later(&bed, 2 * DAY)).is_err(), "before it is marked nothing is swept");
        blobs.claim(&bed.db, &bed.by(None)).unwrap();
        blobs.claim(&bed.db, &bed.by(None)).unwrap();
        let kept = store_file(&bed, &blobs, b"a");
        let orphan = blobs.put(&mut b"b".as_slice(), LIMIT).unwrap();
        assert_eq!(blobs.sweep(&bed.db, &later(&bed, DAY - 60_000)).unwrap(), 0);

        // A second installation that is led to the same prefix by mistake.
        let stranger = crate::support::sqlite();
        assert_eq!(trouble(blobs.claim(&stranger.db, &stranger.by(None))), ObjectTrouble::OthersFiles);
        assert_eq!(trouble(blobs.sweep(&stranger.db, &later(&stranger, 2 * DAY))), ObjectTrouble::OthersFiles);
        // And this one, led to an empty prefix: its files are not there.
        assert_eq!(trouble(open(&peer.settings()).claim(&bed.db, &bed.by(None))), ObjectTrouble::NotOurs);

        assert_eq!(blobs.sweep(&bed.db, &later(&bed, DAY + 60_000)).unwrap(), 1);
        assert_eq!(read(&blobs, &kept).unwrap(), b"a");
        assert!(matches!(read(&blobs, &orphan), Err(StoreError::BlobGone(_))));
        blobs.claim(&bed.db, &bed.by(None)).unwrap();
    }
}

#[test]
fn a_backup_goes_from_and_into_a_bucket_and_a_folder() {
    let Some(peer) = peer("s3::a_backup_goes_from_and_into_a_bucket_and_a_folder") else { return };
    for bed in beds() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("c.cadangan");
        let (keys, recovery) = Keyring::create().unwrap();
        let blobs = Blobs::s3(&peer.settings(), keys).unwrap();
        blobs.claim(&bed.db, &bed.by(None)).unwrap();
        let large = bytes(6 << 20);
        let (small, big) = (store_file(&bed, &blobs, b"surat"), store_file(&bed, &blobs, &large));
        (0..20).for_each(|n| work(&bed, n));
        let sets = sets();
        let source = Source { db: &bed.db, blobs: &blobs, sets: &sets, instansi: "53.09", versi: "0.1.0" };
        assert_eq!(backup::create(&source, &file, folder.path(), NOW, &bed.ids).unwrap().blobs, 2);
        let keys = backup::keys_of(&file, &recovery).unwrap();

        let settings = peer.settings();
        let elsewhere = folder.path().join("berkas");
        for target in empty_beds() {
            let own = S3 { prefix: format!("{}/{}", settings.prefix, target.name()), ..settings.clone() };
            let there = Blobs::s3(&own, keys.clone()).unwrap();
            let put = |blobs: &Blobs, db: &Db, token: &str| {
                let what = Restore { file: &file, blobs, target: db, sets: &sets, work: folder.path(), token };
                backup::restore(&what, NOW, &target.ids)
            };
            put(&there, &target.db, "satu").unwrap();
            assert_eq!(counts(&target.db), (20, 20, 20));
            assert_eq!((read(&there, &small).unwrap(), read(&there, &big).unwrap() == large), (b"surat".to_vec(), true));
            // The restored database owns the new prefix, and has no say over that of the first.
            there.claim(&target.db, &target.by(None)).unwrap();
            assert_eq!(there.sweep(&target.db, &later(&target, 2 * DAY)).unwrap(), 0);
            assert_eq!(trouble(blobs.sweep(&target.db, &later(&target, 2 * DAY))), ObjectTrouble::OthersFiles);
            // A restore never writes over files.
            for fresh in empty_beds() {
                let refused = put(&there, &fresh.db, "dua");
                assert!(matches!(refused, Err(StoreError::Backup(BackupTrouble::FilesThere))), "{refused:?}");
            }
        }
        for target in empty_beds() {
            let local = Blobs::local(&elsewhere.join(target.name()), keys.clone()).unwrap();
            let what =
                Restore { file: &file, blobs: &local, target: &target.db, sets: &sets, work: folder.path(), token: "tiga" };
            backup::restore(&what, NOW, &target.ids).unwrap();
            assert!(read(&local, &big).unwrap() == large);
        }
        blobs.claim(&bed.db, &bed.by(None)).unwrap();
    }
}

#[test]
fn a_failed_restore_leaves_the_prefix_empty() {
    let Some(peer) = peer("s3::a_failed_restore_leaves_the_prefix_empty") else { return };
    let bed = crate::support::sqlite();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("c.cadangan");
    let (keys, _) = Keyring::create().unwrap();
    let local = Blobs::local(&folder.path().join("berkas"), keys.clone()).unwrap();
    (0..5).for_each(|n| {
        store_file(&bed, &local, &bytes(100_000 + n));
    });
    let sets = sets();
    let source = Source { db: &bed.db, blobs: &local, sets: &sets, instansi: "53.09", versi: "0.1.0" };
    backup::create(&source, &file, folder.path(), NOW, &bed.ids).unwrap();
    let whole = std::fs::read(&file).unwrap();
    let cut = folder.path().join("potong.cadangan");
    std::fs::write(&cut, &whole[..whole.len() - 120_000]).unwrap();
    let there = Blobs::s3(&peer.settings(), keys).unwrap();
    let target = crate::support::sqlite();
    let put = |file: &std::path::Path, token: &str| {
        let what = Restore { file, blobs: &there, target: &target.db, sets: &sets, work: folder.path(), token };
        backup::restore(&what, NOW, &target.ids)
    };
    let refused = put(&cut, "satu");
    assert!(matches!(refused, Err(StoreError::Backup(BackupTrouble::Damaged { .. }))), "{refused:?}");
    // Another restore finds database and prefix as empty as before.
    assert_eq!(put(&file, "dua").unwrap().blobs, 5);
}

#[test]
fn files_are_used_and_dropped_under_actix_without_a_runtime_panic() {
    let Some(peer) = peer("s3::files_are_used_and_dropped_under_actix_without_a_runtime_panic") else { return };
    let settings = peer.settings();
    actix_web::rt::System::new().block_on(async {
        let blobs = actix_web::web::block(move || open(&settings)).await.unwrap();
        let all: Vec<_> = (0..8)
            .map(|n| {
                let blobs = blobs.clone();
                actix_web::rt::spawn(async move {
                    let used = actix_web::web::block(move || {
                        let plain = bytes((2 << 20) + n);
                        let blob = blobs.put(&mut plain.as_slice(), LIMIT).unwrap();
                        // Read half, then let go of the stream.
                        let mut half = vec![0; 1 << 20];
                        blobs.open(&blob).unwrap().read_exact(&mut half).unwrap();
                        (read(&blobs, &blob).unwrap() == plain, blobs.open(&blob).unwrap())
                    });
                    let (same, stream) = used.await.unwrap();
                    assert!(same);
                    // An open file goes on an async thread, too.
                    drop(stream);
                })
            })
            .collect();
        for one in all {
            one.await.unwrap();
        }
        // Even called on an async thread it waits instead of panicking, and the last handle goes there.
        let blob = blobs.put(&mut b"isi".as_slice(), LIMIT).unwrap();
        assert_eq!(read(&blobs, &blob).unwrap(), b"isi");
        drop(blobs);
    });
}
