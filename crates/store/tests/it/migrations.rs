//! The schema, step by step.

use praja_store::{Db, Keys, Migration, MigrationSet, Result, StoreError, Value, params};

use crate::support::{Bed, beds, empty_beds};

const FIRST: &str = "
    -- The first shape; a comment with 'quotes; and a semicolon
    CREATE TABLE uji_opd (id TEXT PRIMARY KEY, nama TEXT NOT NULL, induk TEXT REFERENCES uji_opd (id));
    CREATE TABLE uji_surat (
        id TEXT PRIMARY KEY, opd TEXT NOT NULL, hal TEXT NOT NULL DEFAULT 'tanpa hal; BIGINT', jumlah BIGINT NOT NULL DEFAULT 0,
        selesai BOOLEAN NOT NULL DEFAULT FALSE, berkas BYTEA, nilai DOUBLE PRECISION
    );
    CREATE UNIQUE INDEX uji_surat_hal ON uji_surat (opd, hal);
    INSERT INTO uji_opd (id, nama) VALUES ('1', 'Sekretariat Daerah');";
const SECOND: &str = "
    ALTER TABLE uji_surat ADD COLUMN sifat TEXT NOT NULL DEFAULT 'biasa';
    ALTER TABLE uji_surat ADD COLUMN rahasia BOOLEAN NOT NULL DEFAULT FALSE;
    UPDATE uji_surat SET sifat = 'segera' WHERE selesai = FALSE;
    DROP INDEX uji_surat_hal;
    CREATE INDEX uji_surat_opd ON uji_surat (opd, id DESC) WHERE rahasia = FALSE";
const THIRD: &str = "
    REBUILD TABLE uji_surat (
        id TEXT PRIMARY KEY, opd TEXT NOT NULL, hal TEXT NOT NULL, jumlah BIGINT, selesai BOOLEAN NOT NULL, berkas BYTEA,
        nilai DOUBLE PRECISION, UNIQUE (opd, id)
    ) COPY (id, opd, hal, jumlah, selesai, berkas, nilai)
      FROM (id, opd, hal || ' (' || sifat || ')', jumlah + 1, selesai, berkas, nilai);
    REBUILD TABLE uji_opd (id TEXT PRIMARY KEY, nama TEXT NOT NULL, induk TEXT REFERENCES uji_opd (id), aktif BOOLEAN NOT NULL)
    COPY (id, nama, induk, aktif) FROM (id, upper(nama), induk, TRUE);
    CREATE INDEX uji_opd_induk ON uji_opd (induk)";

/// The store's own migrations, then those of the tests.
const ALL: [&str; 8] = [
    "store/0001-inti.sql",
    "store/0002-pemulihan.sql",
    "store/0003-audit-cari.sql",
    "store/0004-urutan-teks.sql",
    "store/0005-kata-cari.sql",
    "store/0006-pecahan-nomor.sql",
    "store/0007-isi-cari.sql",
    "uji/0001-awal.sql",
];

fn set(files: &[(&'static str, &'static str)]) -> Vec<MigrationSet> {
    vec![MigrationSet { owner: "uji", files: files.iter().map(|(name, sql)| Migration { name, sql }).collect() }]
}

fn migrate(bed: &Bed, files: &[(&'static str, &'static str)]) -> Result<Vec<String>> {
    bed.db.migrate(&set(files), &bed.by(None))
}

#[test]
fn migrating_twice_is_migrating_once() {
    for bed in empty_beds() {
        let files = [("0001-awal.sql", FIRST)];
        assert_eq!(migrate(&bed, &files).unwrap(), ALL);
        assert!(migrate(&bed, &files).unwrap().is_empty());
        assert_eq!(bed.count("SELECT COUNT(*) FROM uji_opd"), 1);
        let schema: Vec<String> =
            bed.db.schema().unwrap().into_iter().map(|(owner, name, _)| format!("{owner}/{name}")).collect();
        assert_eq!(schema, ALL);
    }
}

#[test]
fn a_database_knows_which_migrations_it_has_not_seen() {
    for bed in empty_beds() {
        let sets = set(&[("0001-awal.sql", FIRST), ("0002-sifat.sql", SECOND)]);
        assert_eq!(bed.db.outdated_by(&sets[..0]).unwrap(), ALL[..7]);
        migrate(&bed, &[("0001-awal.sql", FIRST)]).unwrap();
        assert_eq!(bed.db.outdated_by(&sets).unwrap(), ["uji/0002-sifat.sql"]);
        migrate(&bed, &[("0001-awal.sql", FIRST), ("0002-sifat.sql", SECOND)]).unwrap();
        assert!(bed.db.outdated_by(&sets).unwrap().is_empty());
        // A program of the release before works on: what came later only added.
        assert!(bed.db.outdated_by(&set(&[("0001-awal.sql", FIRST)])).unwrap().is_empty());
    }
}

#[test]
fn several_processes_that_start_at_once_migrate_once() {
    for bed in empty_beds() {
        let done: Vec<usize> = std::thread::scope(|scope| {
            let all: Vec<_> = (0..4)
                .map(|_| {
                    let (db, by) = (bed.again(), bed.by(None));
                    scope.spawn(move || db.migrate(&set(&[("0001-awal.sql", FIRST)]), &by).unwrap().len())
                })
                .collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        // Those of the store and the one of the module, once.
        assert_eq!(done.iter().sum::<usize>(), bed.db.schema().unwrap().len(), "{done:?}");
    }
}

#[test]
fn a_released_migration_that_was_changed_or_is_unknown_is_refused() {
    for bed in empty_beds() {
        migrate(&bed, &[("0001-awal.sql", FIRST), ("0002-sifat.sql", SECOND)]).unwrap();
        let changed = migrate(&bed, &[("0001-awal.sql", FIRST), ("0002-sifat.sql", "DROP INDEX uji_surat_hal")]);
        assert!(
            matches!(&changed, Err(StoreError::Corrupt(why)) if why.contains("uji/0002-sifat.sql was changed")),
            "{changed:?}"
        );
        let older = migrate(&bed, &[("0001-awal.sql", FIRST)]);
        assert!(
            matches!(&older, Err(StoreError::Corrupt(why)) if why.contains("uji/0002-sifat.sql ran here before")),
            "{older:?}"
        );
        // A module that is not in this binary is no reason to refuse the others.
        assert!(bed.db.migrate(&[], &bed.by(None)).unwrap().is_empty());
    }
}

#[test]
fn every_allowed_statement_keeps_the_rows_that_are_there() {
    for bed in empty_beds() {
        migrate(&bed, &[("0001-awal.sql", FIRST)]).unwrap();
        bed.db
            .write(&bed.by(None), Keys::unaudited(), |tx| {
                tx.exec("INSERT INTO uji_opd (id, nama, induk) VALUES ('2', 'Bagian Umum', '1')", &[])?;
                tx.exec(
                    "INSERT INTO uji_surat (id, opd, hal, jumlah, selesai, berkas, nilai) VALUES ('a', '1', 'Undangan', 3, ?1, ?2, ?3)",
                    params![true, vec![1_u8, 2], 0.5],
                )?;
                tx.exec("INSERT INTO uji_surat (id, opd) VALUES ('b', '2')", &[])
            })
            .unwrap();
        let all = [("0001-awal.sql", FIRST), ("0002-sifat.sql", SECOND), ("0003-bentuk.sql", THIRD)];
        assert_eq!(migrate(&bed, &all).unwrap(), ["uji/0002-sifat.sql", "uji/0003-bentuk.sql"]);
        let rows = bed.db.read(|tx| {
            tx.list("SELECT id, hal, jumlah, selesai, berkas, nilai FROM uji_surat ORDER BY id", &[], |row| {
                Ok((
                    row.get::<String>(0)?,
                    row.get::<String>(1)?,
                    row.get::<i64>(2)?,
                    row.get::<bool>(3)?,
                    row.get::<Option<Vec<u8>>>(4)?,
                    row.get::<Option<f64>>(5)?,
                ))
            })
        });
        let first = ("a".to_owned(), "Undangan (biasa)".to_owned(), 4, true, Some(vec![1, 2]), Some(0.5));
        let second = ("b".to_owned(), "tanpa hal; BIGINT (segera)".to_owned(), 1, false, None, None);
        assert_eq!(rows.unwrap(), [first, second], "{}", bed.name());
        let names =
            bed.db.read(|tx| tx.list("SELECT nama FROM uji_opd WHERE aktif ORDER BY id", &[], |row| row.get::<String>(0)));
        assert_eq!(names.unwrap(), ["SEKRETARIAT DAERAH", "BAGIAN UMUM"]);
        // The table that refers to itself still does.
        let orphan = add_opd(&bed, "9", "tidak ada");
        assert!(matches!(orphan, Err(StoreError::Constraint(_))), "{orphan:?}");
        add_opd(&bed, "3", "2").unwrap();
    }
}

fn add_opd(bed: &Bed, id: &'static str, induk: &'static str) -> Result<u64> {
    bed.db.write(&bed.by(None), Keys::unaudited(), move |tx| {
        tx.exec("INSERT INTO uji_opd (id, nama, induk, aktif) VALUES (?1, 'x', ?2, TRUE)", params![id, induk])
    })
}

#[test]
fn a_table_that_others_refer_to_is_not_rebuilt_and_loses_no_children() {
    for bed in empty_beds() {
        let first = "CREATE TABLE uji_induk (id TEXT PRIMARY KEY);
            CREATE TABLE uji_anak (id TEXT PRIMARY KEY, induk TEXT NOT NULL REFERENCES uji_induk (id) ON DELETE CASCADE);
            INSERT INTO uji_induk (id) VALUES ('1'); INSERT INTO uji_anak (id, induk) VALUES ('a', '1')";
        let second = "REBUILD TABLE uji_induk (id TEXT PRIMARY KEY, n BIGINT) COPY (id) FROM (id)";
        migrate(&bed, &[("0001-a.sql", first)]).unwrap();
        let refused = migrate(&bed, &[("0001-a.sql", first), ("0002-b.sql", second)]);
        assert!(matches!(&refused, Err(StoreError::Statement(why)) if why.contains("uji/0002-b.sql")), "{refused:?}");
        assert_eq!(bed.count("SELECT COUNT(*) FROM uji_anak"), 1);
    }
}

#[test]
fn a_migration_that_fails_halfway_leaves_nothing() {
    for bed in empty_beds() {
        let broken = "CREATE TABLE uji_a (id TEXT PRIMARY KEY); INSERT INTO uji_tidak_ada (id) VALUES ('1')";
        assert!(migrate(&bed, &[("0001-a.sql", broken)]).is_err());
        migrate(&bed, &[("0001-a.sql", "CREATE TABLE uji_a (id TEXT PRIMARY KEY)")]).unwrap();
    }
}

#[test]
fn what_is_not_portable_or_not_ones_own_is_refused_on_both_engines() {
    for sql in [
        "CREATE TABLE uji_a (id INTEGER PRIMARY KEY)",
        "CREATE TABLE uji_a (id TEXT, pada TIMESTAMP)",
        "CREATE TABLE uji_a (id TEXT, n VARCHAR)",
        "ALTER TABLE uji_catatan ADD COLUMN n INT",
        "CREATE TABLE IF NOT EXISTS uji_a (id TEXT PRIMARY KEY)",
        "CREATE TABLE lain_a (id TEXT PRIMARY KEY)",
        "CREATE TABLE uji (id TEXT PRIMARY KEY)",
        "DROP TABLE uji_catatan",
        "DELETE FROM uji_catatan",
        "ALTER TABLE uji_catatan DROP COLUMN isi",
        "ALTER TABLE uji_catatan ALTER COLUMN isi SET DEFAULT ''",
        "CREATE TRIGGER t AFTER INSERT ON uji_catatan BEGIN SELECT 1; END",
    ] {
        for bed in empty_beds() {
            let outcome = migrate(&bed, &[("0001-a.sql", sql)]);
            assert!(matches!(outcome, Err(StoreError::Statement(_))), "{sql}: {outcome:?}");
        }
    }
}

#[test]
fn a_column_takes_only_its_type_on_both_engines() {
    for bed in beds() {
        let put = |value: Value| {
            bed.db.write(&bed.by(None), Keys::unaudited(), move |tx| {
                tx.exec("INSERT INTO uji_register (id, terakhir) VALUES ('x', ?1)", std::slice::from_ref(&value))
            })
        };
        assert!(put(Value::Text("tiga".into())).is_err());
        assert!(put(Value::Blob(vec![1])).is_err());
        assert!(put(Value::Int(3)).is_ok());
    }
}

#[test]
fn two_databases_in_one_process_know_nothing_of_each_other() {
    let (a, b) = (Db::scratch(&crate::support::quick()).unwrap(), Db::scratch(&crate::support::quick()).unwrap());
    let by = crate::support::by(&crate::support::ids(), None);
    a.migrate(&crate::support::sets(), &by).unwrap();
    assert!(a.is_scratch() && a.path() != b.path());
    assert!(b.schema().is_err());
    let path = a.path().unwrap().to_owned();
    drop(a);
    assert!(!path.exists(), "a scratch database goes with its last handle");
}

#[test]
fn a_table_whose_shape_another_process_changed_is_read_and_written_at_once() {
    for bed in beds() {
        let ask = || {
            bed.db.read(|tx| {
                tx.list("SELECT id, terakhir FROM uji_register", &[], |row| row.value(1).map(praja_store::Value::from))
            })
        };
        let put = |id: &'static str| {
            bed.db.write(&bed.by(None), Keys::unaudited(), move |tx| {
                tx.list("INSERT INTO uji_register (id, terakhir) VALUES (?1, '7') RETURNING terakhir", params![id], |row| {
                    row.value(0).map(praja_store::Value::from)
                })
            })
        };
        put("a").unwrap();
        assert_eq!(ask().unwrap(), [Value::Int(7)]);
        let rebuild = "REBUILD TABLE uji_register (id TEXT PRIMARY KEY, terakhir TEXT) COPY (id, terakhir) FROM (id, CAST(terakhir AS TEXT))";
        let mut sets = crate::support::sets();
        sets[0].files.push(Migration { name: "0002-teks.sql", sql: rebuild });
        bed.again().migrate(&sets, &bed.by(None)).unwrap();
        assert_eq!(ask().unwrap(), [Value::Text("7".into())], "{}", bed.name());
        assert_eq!(put("b").unwrap(), [Value::Text("7".into())], "{}", bed.name());
    }
}

#[test]
fn a_new_database_file_is_readable_by_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let bed = crate::support::sqlite();
    for ending in ["", "-wal", "-shm"] {
        let mode = std::fs::metadata(format!("{}{ending}", bed.address())).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{ending}");
    }
}
