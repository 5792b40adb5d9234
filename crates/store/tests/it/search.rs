//! One search for all modules.

use praja_store::{
    Keys,
    search::{COUNT_CAP, Entry, Found, Narrow},
};

use crate::support::{Bed, NOW, beds, sqlite};

const UMUM: &str = "opd:umum";
const RAHASIA: &str = "jabatan:bupati";

fn entry(n: i64, judul: &str, nomor: &str, teks: &str, akses: &[&str]) -> Entry {
    Entry {
        modul: "uji",
        jenis: "surat masuk",
        tautan: format!("/uji/surat/{n}"),
        judul: judul.to_owned(),
        nomor: nomor.to_owned(),
        teks: teks.to_owned(),
        akses: akses.iter().map(|&subject| subject.to_owned()).collect(),
        pada: NOW.plus_ms(n),
    }
}

fn put(bed: &Bed, entries: Vec<Entry>) {
    bed.db.write(&bed.by(None), Keys::unaudited(), move |tx| entries.iter().try_for_each(|entry| tx.index(entry))).unwrap();
}

fn find(bed: &Bed, subjects: &[&str], query: &str) -> Found {
    page(bed, subjects, query, None, 50)
}

fn page(bed: &Bed, subjects: &[&str], query: &str, before: Option<i64>, limit: i64) -> Found {
    let subjects: Vec<String> = subjects.iter().map(|&subject| subject.to_owned()).collect();
    bed.db.read(|tx| tx.find(&subjects, query, before, limit)).unwrap()
}

/// The places found, as the `n` of [`entry`].
fn places(found: &Found) -> Vec<i64> {
    found.hits.iter().map(|hit| hit.tautan.rsplit('/').next().unwrap().parse().unwrap()).collect()
}

fn letters() -> Vec<Entry> {
    vec![
        entry(1, "Undangan Rapat Koordinasi", "719-PPO", "Bappeda; pembahasan RKPD", &[UMUM]),
        entry(2, "Permohonan data stunting", "00.8.3/112/2026", "Dinas Kesehatan kecamatan Bajawa", &[UMUM]),
        entry(3, "Undangan Musrenbang", "005/771", "Camat Golewa", &[UMUM, RAHASIA]),
        entry(4, "Laporan pemeriksaan khusus", "R-7/2026", "temuan inspektorat", &[RAHASIA]),
        entry(5, "Surat dari Café Été", "1e5abc", "ma’ruf v1.2 0x1f 12abc x@y.id/-5", &[UMUM]),
    ]
}

#[test]
fn words_in_any_order_and_unfinished_ones_are_found_newest_first() {
    for bed in beds() {
        put(&bed, letters());
        let found = |query: &str| places(&find(&bed, &[UMUM], query));
        assert_eq!(found("undangan"), [3, 1]);
        assert_eq!(found("rapat UNDANGAN"), [1]);
        assert_eq!(found("undangan mus"), [3]);
        assert_eq!(found("stunting bajawa"), [2]);
        assert_eq!(found("undangan stunting"), [] as [i64; 0]);
        assert_eq!(found("cafe ete"), [5]);
        assert_eq!(found("Ma'ruf"), [5]);
        assert_eq!(found("bukan"), [] as [i64; 0]);
    }
}

#[test]
fn a_search_is_narrowed_to_a_module_and_to_a_kind_of_thing() {
    for bed in beds() {
        put(&bed, letters());
        let other = |n, modul, jenis| Entry { modul, jenis, ..entry(n, "Undangan lain", "005/772", "", &[UMUM]) };
        put(&bed, vec![other(6, "uji", "disposisi"), other(7, "lain", "surat masuk")]);
        let found = |query: &str, modul, jenis| {
            let narrow = Narrow { modul, jenis };
            places(&bed.db.read(|tx| tx.find_within(&[UMUM.to_owned()], query, narrow, None, 50)).unwrap())
        };
        let cases = [
            ("undangan", None, None, vec![7, 6, 3, 1]),
            ("undangan", Some("uji"), None, vec![6, 3, 1]),
            ("undangan", Some("uji"), Some("surat masuk"), vec![3, 1]),
            ("undangan", Some("lain"), Some("surat masuk"), vec![7]),
            ("undangan", Some("lain"), Some("disposisi"), vec![]),
            ("undangan", None, Some("disposisi"), vec![7, 6, 3, 1]),
            ("005/77", Some("uji"), None, vec![6, 3]),
            ("005/77", Some("uji"), Some("disposisi"), vec![6]),
        ];
        for (query, modul, jenis, places) in cases {
            assert_eq!(found(query, modul, jenis), places, "{}: {query} {modul:?} {jenis:?}", bed.name());
        }
    }
}

#[test]
fn odd_words_are_cut_alike_on_both_engines() {
    for bed in beds() {
        put(&bed, letters());
        for query in ["1e5abc", "1e5", "v1.2", "0x1f", "12abc", "x@y.id", "-5", "y id"] {
            assert_eq!(places(&find(&bed, &[UMUM], query)), [5], "{}: {query}", bed.name());
        }
    }
}

#[test]
fn any_fragment_of_a_number_is_found() {
    for bed in beds() {
        put(&bed, letters());
        let found = |query: &str| places(&find(&bed, &[UMUM, RAHASIA], query));
        assert_eq!(found("719-PPO"), [1]);
        assert_eq!(found("19-pp"), [1]);
        assert_eq!(found("00.8.3"), [2]);
        assert_eq!(found("8.3/11"), [2]);
        assert_eq!(found("5/77"), [3]);
        assert_eq!(found("/2026"), [4, 2]);
        assert_eq!(found("7%9-PPO"), [] as [i64; 0], "a percent sign is no joker");
    }
}

#[test]
fn nobody_finds_what_is_hidden_from_them_nor_by_its_words() {
    for bed in beds() {
        put(&bed, letters());
        for query in ["inspektorat", "temuan", "laporan", "R-7/2026", "-7/20"] {
            let hidden = find(&bed, &[UMUM], query);
            assert_eq!((hidden.hits.len(), hidden.count), (0, 0), "{query}");
            assert_eq!(places(&find(&bed, &[RAHASIA], query)), [4], "{query}");
        }
        assert!(find(&bed, &[], "undangan").hits.is_empty(), "without a subject nothing");
        assert!(find(&bed, &["opd:lain"], "undangan").hits.is_empty());
    }
}

#[test]
fn the_words_for_access_are_no_words_to_search_by() {
    for bed in beds() {
        put(&bed, letters());
        // What stands in the index for a subject, read as an attacker with a look at the database would.
        let akses = bed
            .db
            .write(&bed.by(None), Keys::unaudited(), |tx| {
                tx.list("SELECT akses FROM store_cari WHERE ref = '/uji/surat/4'", &[], |row| row.get::<String>(0))
            })
            .unwrap()
            .remove(0);
        for query in [
            akses.as_str(),
            RAHASIA,
            "jabatan bupati",
            "\" OR akses : x",
            "undangan' | 'temuan",
            "teks: *",
            "a & !b",
            "NEAR(a b)",
        ] {
            assert!(find(&bed, &[UMUM], query).hits.iter().all(|hit| hit.tautan != "/uji/surat/4"), "{}: {query}", bed.name());
        }
        let by_token = find(&bed, &[UMUM], &akses);
        assert_eq!((by_token.hits.len(), by_token.count), (0, 0), "{}", bed.name());
    }
}

#[test]
fn an_update_replaces_words_number_and_access() {
    for bed in beds() {
        put(&bed, letters());
        put(&bed, vec![entry(1, "Undangan Upacara", "720-XYZ", "", &[RAHASIA])]);
        let all = [UMUM, RAHASIA];
        assert!(find(&bed, &all, "rapat").hits.is_empty());
        assert!(find(&bed, &all, "719-PPO").hits.is_empty());
        assert_eq!(places(&find(&bed, &all, "upacara")), [1]);
        assert_eq!(places(&find(&bed, &all, "20-xy")), [1]);
        assert!(find(&bed, &[UMUM], "upacara").hits.is_empty());
        assert_eq!(bed.count("SELECT COUNT(*) FROM store_cari"), 5);
    }
}

#[test]
fn pages_go_on_below_the_last_and_lose_nothing() {
    for bed in beds() {
        put(&bed, (0..45).map(|n| entry(n, "Undangan", &format!("005/{n:03}/2026"), "", &[UMUM])).collect());
        for query in ["undangan", "/2026"] {
            let mut seen = Vec::new();
            let mut before = None;
            loop {
                let found = page(&bed, &[UMUM], query, before, 20);
                assert_eq!(found.count, 45, "the count is of all pages");
                seen.extend(places(&found));
                before = found.hits.last().map(|hit| hit.seq);
                if !found.more {
                    break;
                }
            }
            assert_eq!(seen, (0..45).rev().collect::<Vec<_>>(), "{query}");
        }
    }
}

#[test]
fn a_count_stops_above_a_thousand() {
    let bed = sqlite();
    for chunk in 0..3 {
        put(&bed, (0..400).map(|n| entry(chunk * 400 + n, "Undangan", &format!("{n}/2026"), "", &[UMUM])).collect());
    }
    assert_eq!(find(&bed, &[UMUM], "undangan").count, COUNT_CAP + 1);
    assert_eq!(find(&bed, &[UMUM], "/2026").count, COUNT_CAP + 1);
    assert_eq!(find(&bed, &[UMUM], "undangan 399").count, 3);
}

#[test]
fn a_very_long_text_is_taken_and_found_by_its_beginning() {
    for bed in beds() {
        let long = format!("awal {} {}", "x".repeat(5000), "kata ".repeat(300_000));
        put(&bed, vec![entry(1, "Naskah", "", &long, &[UMUM]), entry(2, "", "", "", &[])]);
        assert_eq!(places(&find(&bed, &[UMUM], "naskah awal")), [1]);
        assert_eq!(places(&find(&bed, &[UMUM], &"x".repeat(4000))), [1]);
    }
}

#[test]
fn what_waits_for_the_index_is_found_once_it_was_put_in_and_is_never_put_in_twice() {
    for bed in beds() {
        let entries = letters();
        bed.db
            .write(&bed.by(None), Keys::unaudited(), move |tx| entries.iter().try_for_each(|entry| tx.index_later(entry)))
            .unwrap();
        assert_eq!(places(&find(&bed, &[UMUM], "undangan")), [] as [i64; 0]);
        assert_eq!(bed.db.index_waiting(&bed.by(None), 3).unwrap(), 3);
        assert_eq!(bed.db.index_waiting(&bed.by(None), 3).unwrap(), 2);
        assert_eq!(bed.db.index_waiting(&bed.by(None), 3).unwrap(), 0);
        assert_eq!(places(&find(&bed, &[UMUM], "undangan")), [3, 1]);
    }
}

fn put_body(bed: &Bed, n: i64, text: &str) {
    let text = text.to_owned();
    bed.db
        .write(&bed.by(None), Keys::unaudited(), move |tx| tx.index_body("uji", "surat masuk", &format!("/uji/surat/{n}"), &text))
        .unwrap();
}

#[test]
fn words_of_what_is_attached_belong_to_the_thing_and_a_hit_that_needs_them_says_so() {
    for bed in beds() {
        put(&bed, letters());
        put_body(&bed, 2, "Lampiran: ultrasonografi, ultrasonografi dan stunting. 112");
        let marks = |subjects: &[&str], query: &str| {
            let found = find(&bed, subjects, query);
            (places(&found), found.hits.iter().map(|hit| hit.dalam_lampiran).collect::<Vec<_>>(), found.count)
        };
        assert_eq!(marks(&[UMUM], "ultrasono"), (vec![2], vec![true], 1));
        assert_eq!(
            marks(&[UMUM], "bajawa ultrasonografi"),
            (vec![2], vec![true], 1),
            "some in the thing, some in what is attached"
        );
        assert_eq!(marks(&[UMUM], "stunting bajawa"), (vec![2], vec![false], 1), "all stand in the thing itself");
        assert_eq!(marks(&[UMUM], "112/20"), (vec![2], vec![false], 1), "a fragment of its number");
        assert_eq!(marks(&[RAHASIA], "ultrasonografi"), (vec![], vec![], 0), "counted for those alone who find the thing");
        // Put in anew with other readers and another subject: the words stay, and follow its access.
        put(&bed, vec![entry(2, "Permohonan lain", "00.8.3/112/2026", "", &[RAHASIA])]);
        assert_eq!(marks(&[UMUM], "ultrasonografi"), (vec![], vec![], 0));
        assert_eq!(marks(&[RAHASIA], "ultrasonografi"), (vec![2], vec![true], 1));
        assert_eq!(marks(&[RAHASIA], "bajawa"), (vec![], vec![], 0), "the old words of the thing are gone");
        put_body(&bed, 2, "kedua");
        assert_eq!(marks(&[RAHASIA], "ultrasonografi").2, 0);
        assert_eq!(marks(&[RAHASIA], "kedua permohonan"), (vec![2], vec![true], 1));
        put_body(&bed, 2, "");
        assert_eq!(marks(&[RAHASIA], "kedua").2, 0);
        assert_eq!(marks(&[RAHASIA], "permohonan lain"), (vec![2], vec![false], 1));
    }
}

#[test]
fn words_of_what_is_attached_may_come_before_their_thing_and_never_burst_the_index() {
    for bed in beds() {
        put_body(&bed, 9, "lebihdahulu");
        assert_eq!(find(&bed, &[UMUM], "lebihdahulu").count, 0, "nobody finds what has no readers yet");
        let later = entry(9, "Menyusul", "", "", &[UMUM]);
        bed.db.write(&bed.by(None), Keys::unaudited(), move |tx| tx.index_later(&later)).unwrap();
        assert_eq!(bed.db.index_waiting(&bed.by(None), 10).unwrap(), 1);
        assert_eq!(places(&find(&bed, &[UMUM], "lebihdahulu menyusul")), [9]);
        let long: String = (0..40_000).map(|n| format!("kata{n:06}é ")).collect();
        put_body(&bed, 9, &long);
        assert_eq!(places(&find(&bed, &[UMUM], "kata000001")), [9]);
        assert_eq!(find(&bed, &[UMUM], "kata039999").count, 0, "words beyond what the index takes");
    }
}
