//! Properties: whatever people type, both engines and the search hold.

use praja_store::{Keys, search::Entry};
use proptest::prelude::*;

use crate::support::{NOW, beds};

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
            // Each word of the title finds it.
            for word in judul.split_whitespace().filter(|word| word.chars().all(char::is_alphanumeric)) {
                let found = bed.db.read(|tx| tx.find(&subjects, word, None, 10)).unwrap();
                prop_assert_eq!(found.hits.len(), 1, "{}: {:?} in {:?}", bed.name(), word, &judul);
            }
        }
        prop_assert!(answers.windows(2).all(|two| two[0] == two[1]), "{:?}", answers);
    });
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
