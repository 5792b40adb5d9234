//! Texts stand in the same order on both engines, whatever rules of a language a PostgreSQL database was made with.

use praja_store::{Db, Keys, Migration, params};

use crate::support::{Bed, beds, note, postgres, sets};

/// What languages and bytes order differently: capitals, signs that a language passes over, accents, digits, lengths.
const TEXTS: [&str; 14] = ["a", "B", "b", "A", "a b", "ab", "a-b", "_a", "10", "9", "éa", "zz", "005/12/SETDA", "005/12-A"];

fn fill(bed: &Bed) {
    let rows = TEXTS.map(str::to_owned);
    bed.db.write(&bed.by(None), Keys::unaudited(), move |tx| rows.iter().try_for_each(|text| note(tx, text).map(drop))).unwrap();
}

fn ordered(db: &Db, after: &str) -> Vec<String> {
    db.read(|tx| tx.list("SELECT isi FROM uji_catatan WHERE isi > ?1 ORDER BY isi", params![after], |row| row.get(0))).unwrap()
}

#[test]
fn texts_are_ordered_and_compared_by_their_bytes() {
    let mut expected = TEXTS.map(str::to_owned);
    expected.sort();
    for bed in beds() {
        fill(&bed);
        assert_eq!(ordered(&bed.db, ""), expected, "{}", bed.name());
        // A page that goes on after a key goes on where the page before ended.
        for (at, text) in expected.iter().enumerate() {
            assert_eq!(ordered(&bed.db, text), expected[at + 1..], "after {text} on {}", bed.name());
        }
        let ends = bed.db.read(|tx| {
            let ends = |row: &praja_store::Row<'_>| Ok((row.get::<String>(0)?, row.get::<String>(1)?));
            tx.one("SELECT MIN(isi), MAX(isi) FROM uji_catatan", &[], ends)
        });
        assert_eq!(ends.unwrap(), (expected[0].clone(), expected[13].clone()), "{}", bed.name());
    }
}

const COLUMNS: &str = "SELECT COUNT(*) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_collation o ON o.oid = a.attcollation
    WHERE c.relnamespace = CAST('public' AS regnamespace) AND c.relkind = 'r' AND a.attnum > 0 AND a.atttypid = CAST('text' AS regtype)
        AND o.collname <> 'C'";

#[test]
fn tables_made_before_texts_had_an_order_of_their_own_get_it_with_their_rows() {
    let Some(bed) = postgres("tables_made_before_texts_had_an_order_of_their_own_get_it_with_their_rows") else { return };
    fill(&bed);
    // As release 0.1 left it: a table that others refer to, an index over two texts, and no trace of the migration.
    bed.tamper(
        "CREATE TABLE uji_induk (kode TEXT PRIMARY KEY);
         CREATE TABLE uji_anak (id TEXT PRIMARY KEY, induk TEXT NOT NULL REFERENCES uji_induk (kode), nama TEXT NOT NULL);
         CREATE UNIQUE INDEX uji_anak_nama ON uji_anak (induk, nama DESC) WHERE nama <> '';
         INSERT INTO uji_induk VALUES ('a'), ('B');
         INSERT INTO uji_anak VALUES ('1', 'B', 'x'), ('2', 'a', 'X');
         ALTER TABLE uji_catatan ALTER COLUMN isi TYPE TEXT COLLATE \"default\", ALTER COLUMN id TYPE TEXT COLLATE \"default\";
         ALTER TABLE store_audit ALTER COLUMN rantai TYPE TEXT COLLATE \"default\";
         DELETE FROM store_migrasi WHERE nama = '0004-urutan-teks.sql'",
    );
    assert!(bed.count(COLUMNS) >= 7);
    let mut expected = TEXTS.map(str::to_owned);
    expected.sort();
    assert_ne!(ordered(&bed.db, ""), expected, "the language of the database orders otherwise");
    let db = bed.again();
    assert_eq!(db.migrate(&sets(), &bed.by(None)).unwrap(), ["store/0004-urutan-teks.sql"]);
    assert_eq!(bed.count(COLUMNS), 0);
    assert_eq!(ordered(&db, ""), expected);
    let children = db.read(|tx| tx.list("SELECT nama FROM uji_anak ORDER BY induk", &[], |row| row.get::<String>(0)));
    assert_eq!(children.unwrap(), ["x", "X"]);
    let orphan = db.write(&bed.by(None), Keys::unaudited(), |tx| {
        tx.exec("INSERT INTO uji_anak (id, induk, nama) VALUES ('3', 'b', 'y')", &[])
    });
    assert!(orphan.is_err(), "a child still needs its parent");
}

#[test]
fn every_text_column_of_a_new_schema_is_ordered_by_its_bytes() {
    let Some(bed) = postgres("every_text_column_of_a_new_schema_is_ordered_by_its_bytes") else { return };
    let later = Migration {
        name: "0002-lagi.sql",
        sql: "ALTER TABLE uji_register ADD COLUMN nama TEXT NOT NULL DEFAULT 'x';
              REBUILD TABLE uji_catatan (id TEXT PRIMARY KEY, isi TEXT NOT NULL, oleh TEXT) COPY (id, isi) FROM (id, isi)",
    };
    let mut all = sets();
    all[0].files.push(later);
    bed.db.migrate(&all, &bed.by(None)).unwrap();
    assert_eq!(bed.count(COLUMNS), 0);
    assert!(
        bed.count("SELECT COUNT(*) FROM information_schema.columns WHERE table_name = 'uji_register' AND column_name = 'nama'")
            == 1
    );
}
