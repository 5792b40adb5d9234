//! Properties: whatever people type, both engines and the search hold.

use praja_store::{Engine, Keys, search::Entry};
use proptest::prelude::*;

use crate::support::{NOW, beds, sets, sqlite};

fn runs(cases: u32) -> ProptestConfig {
    // Without files beside the sources: a failing case is printed whole.
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

#[test]
fn any_text_is_taken_into_the_index_and_any_query_is_answered_alike() {
    let beds = beds();
    let subjects = ["opd:1".to_owned()];
    let text = prop_oneof!["\\PC{0,40}", "[a-c0-9 ./'\":*&|!()<>-]{0,20}", any::<String>()];
    proptest!(runs(150), |(judul in text.clone(), nomor in text.clone(), query in text)| {
        // NUL is the one letter PostgreSQL's TEXT cannot hold; forms refuse it.
        let clean = |text: &str| text.replace('\0', "");
        let (judul, nomor, query) = (clean(&judul), clean(&nomor), clean(&query));
        let mut answers = Vec::new();
        for bed in &beds {
            let entry = Entry {
                modul: "uji", jenis: "x", tautan: "/x".into(), judul: judul.clone(), nomor: nomor.clone(), teks: String::new(),
                akses: subjects.to_vec(), pada: NOW,
            };
            bed.db.write(&bed.by(None), Keys::unaudited(), move |tx| tx.index(&entry)).unwrap();
            let found = bed.db.read(|tx| tx.find(&subjects, &query, None, 10)).unwrap();
            answers.push((found.hits.len(), found.count));
            // Each word of the title finds it. Of some letters nothing is left when they are folded: an accent, a modifier apostrophe.
            let is_word = |word: &&str| word.chars().all(char::is_alphanumeric) && praja_kernel::fold(word).chars().any(char::is_alphanumeric);
            for word in judul.split_whitespace().filter(is_word) {
                let found = bed.db.read(|tx| tx.find(&subjects, word, None, 10)).unwrap();
                prop_assert_eq!(found.hits.len(), 1, "{}: {:?} in {:?}", bed.name(), word, &judul);
            }
        }
        prop_assert!(answers.windows(2).all(|two| two[0] == two[1]), "{:?}", answers);
    });
}

/// Letters on which SQLite's own table of letters (Unicode 6.1, without marks that count as letters) and ours differ, and how they lie in a
/// word: a mark of Telugu alone and within a word, scripts that came later, letters in circles, numbers that are no digits.
const ODD: [&str; 9] = [
    "\u{0C55}",
    "a\u{0C55}b",
    "\u{1E922}\u{1E923}",
    "\u{16E60}x",
    "\u{24D0}\u{24D1}",
    "\u{2167}",
    "x\u{00B2}",
    "\u{0903}\u{0915}",
    "\u{1F130}",
];

#[test]
fn what_a_letter_is_is_said_in_one_place_for_both_engines() {
    let subjects = ["opd:1".to_owned()];
    for bed in beds() {
        for (at, word) in ODD.into_iter().enumerate() {
            let entry = Entry {
                modul: "uji",
                jenis: "x",
                tautan: format!("/{at}"),
                judul: format!("surat {word} nomor"),
                akses: subjects.to_vec(),
                pada: NOW,
                ..Entry::default()
            };
            bed.db.write(&bed.by(None), Keys::unaudited(), move |tx| tx.index(&entry)).unwrap();
            let found = bed.db.read(|tx| tx.find(&subjects, word, None, 10)).unwrap();
            let hits: Vec<String> = found.hits.iter().map(|hit| hit.tautan.clone()).collect();
            assert_eq!(hits, [format!("/{at}")], "{}: {word:?} ({})", bed.name(), word.escape_unicode());
        }
        let count = |query: &str| bed.db.read(|tx| tx.find(&subjects, query, None, 10)).unwrap().count;
        // A word is one word: its beginning finds it, its end does not.
        assert_eq!((count("a"), count("b"), count("surat")), (1, 0, ODD.len() as i64), "{}", bed.name());
    }
}

#[test]
fn an_index_that_was_made_by_the_letters_of_sqlite_is_made_anew() {
    let subjects = ["opd:1".to_owned()];
    // PostgreSQL never had it.
    let bed = sqlite();
    let entry = Entry {
        modul: "uji",
        jenis: "x",
        tautan: "/1".into(),
        judul: "surat \u{0C55}".into(),
        akses: subjects.to_vec(),
        pada: NOW,
        ..Entry::default()
    };
    bed.db.write(&bed.by(None), Keys::unaudited(), move |tx| tx.index(&entry)).unwrap();
    bed.tamper(
        "DROP TABLE store_cari_fts;
         CREATE VIRTUAL TABLE store_cari_fts USING fts5(teks, akses, content = 'store_cari', content_rowid = 'seq',
             tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3');
         INSERT INTO store_cari_fts (store_cari_fts) VALUES ('rebuild');
         ALTER TABLE store_cari DROP COLUMN pecahan;
         DELETE FROM store_migrasi WHERE nama IN ('0005-kata-cari.sql', '0006-pecahan-nomor.sql')",
    );
    let db = bed.again();
    let old = [
        bed.count("SELECT COUNT(*) FROM store_cari_fts WHERE store_cari_fts MATCH '\"surat\"'"),
        bed.count("SELECT COUNT(*) FROM store_cari_fts WHERE store_cari_fts MATCH '\"\u{0C55}\"'"),
    ];
    assert_eq!(old, [1, 0], "the control: as it was");
    assert_eq!(db.migrate(&sets(), &bed.by(None)).unwrap(), ["store/0005-kata-cari.sql", "store/0006-pecahan-nomor.sql"]);
    let count = |query: &str| db.read(|tx| tx.find(&subjects, query, None, 10)).unwrap().count;
    assert_eq!((count("surat"), count("\u{0C55}")), (1, 1));
}

#[test]
fn pieces_of_numbers_that_stood_in_a_table_of_their_own_are_found_after_the_upgrade() {
    let subjects = ["opd:1".to_owned()];
    for bed in beds() {
        let entry = |n: i64, nomor: &str| Entry {
            modul: "uji",
            jenis: "x",
            tautan: format!("/{n}"),
            judul: "surat".into(),
            nomor: nomor.into(),
            akses: subjects.to_vec(),
            pada: NOW,
            ..Entry::default()
        };
        let entries = [entry(1, "005/17ж/2026"), entry(2, ""), entry(3, "17/005")];
        bed.db.write(&bed.by(None), Keys::unaudited(), move |tx| entries.iter().try_for_each(|one| tx.index(one))).unwrap();
        let before: Vec<String> =
            bed.db.read(|tx| tx.list("SELECT pecahan FROM store_cari ORDER BY seq", &[], |row| row.get(0))).unwrap();
        // As a program of before 0006 left it.
        bed.tamper(match bed.db.engine() {
            Engine::Sqlite => "DROP TABLE store_cari_fts; ALTER TABLE store_cari DROP COLUMN pecahan",
            Engine::Postgres => "ALTER TABLE store_cari DROP COLUMN pecahan",
        });
        if bed.db.engine() == Engine::Sqlite {
            bed.tamper(
                "CREATE VIRTUAL TABLE store_cari_fts USING fts5(teks, akses, content = 'store_cari', content_rowid = 'seq',
                     tokenize = 'ascii', prefix = '2 3');
                 INSERT INTO store_cari_fts (store_cari_fts) VALUES ('rebuild')",
            );
        } else {
            bed.tamper(
                "CREATE INDEX store_cari_tsv ON store_cari
                     USING gin (array_to_tsvector(string_to_array(btrim(teks || ' ' || akses), ' ')))",
            );
        }
        bed.tamper(
            "INSERT INTO store_cari_gram VALUES ('005', 1), ('05/', 1), ('5/1', 1), ('/17', 1), ('17ж', 1), ('7ж/', 1), ('ж/2', 1), ('/20', 1),
                 ('202', 1), ('026', 1), ('17/', 3), ('7/0', 3), ('/00', 3), ('005', 3);
             DELETE FROM store_migrasi WHERE nama = '0006-pecahan-nomor.sql'",
        );
        let db = bed.again();
        assert_eq!(db.migrate(&sets(), &bed.by(None)).unwrap(), ["store/0006-pecahan-nomor.sql"]);
        let pieces = |text: &str| {
            let mut all: Vec<String> = text.split(' ').map(str::to_owned).collect();
            all.sort();
            all
        };
        let after: Vec<String> =
            db.read(|tx| tx.list("SELECT pecahan FROM store_cari ORDER BY seq", &[], |row| row.get(0))).unwrap();
        assert_eq!(
            after.iter().map(|text| pieces(text)).collect::<Vec<_>>(),
            before.iter().map(|text| pieces(text)).collect::<Vec<_>>()
        );
        let found = |query: &str| db.read(|tx| tx.find(&subjects, query, None, 10)).unwrap().hits.len();
        assert_eq!(bed.count("SELECT COUNT(*) FROM store_cari_gram"), 0);
        assert_eq!((found("5/17ж"), found("005"), found("7/0"), found("05/2")), (1, 2, 1, 0), "{}", bed.name());
    }
}

#[test]
fn any_text_comes_back_from_a_row_as_it_went_in() {
    let beds = beds();
    proptest!(runs(100), |(isi in any::<String>(), bytes in any::<Vec<u8>>(), n in any::<i64>())| {
        let isi = isi.replace('\0', "");
        for bed in &beds {
            let back = {
                let (isi, bytes) = (isi.clone(), bytes.clone());
                bed.db.write(&bed.by(None), Keys::unaudited(), move |tx| {
                    tx.one(
                        "SELECT CAST(?1 AS TEXT), CAST(?2 AS BIGINT), sidik FROM (SELECT sebelum AS sidik FROM store_audit WHERE 1 = 0) AS t
                         UNION ALL SELECT CAST(?1 AS TEXT), CAST(?2 AS BIGINT), CAST(?3 AS BYTEA)",
                        praja_store::params![isi.as_str(), n, bytes.clone()],
                        |row| Ok((row.get::<String>(0)?, row.get::<i64>(1)?)),
                    )
                }).unwrap()
            };
            prop_assert_eq!(back, (isi.clone(), n));
        }
    });
}
