use std::collections::HashMap;

use praja_desk::klasifikasi::Klasifikasi;
use praja_kernel::{Date, Id, NumberPattern, Sifat, WorkingCalendar, Zona};
use praja_store::StoreError;

use super::{
    generator::{Generator, Office},
    load::load_into,
    phrases::Phrases,
};
use crate::{
    AGENDA,
    surat_masuk::{
        Desks, Status, SuratMasuk,
        store::{self, Filter, Place},
    },
    testing::{by, db, id, scope},
};

const ZONA: Zona = Zona::Wita;
/// A leap day, the last day of a year, and a Saturday just after New Year.
const ANCHORS: [&str; 3] = ["2028-02-29", "2026-12-31", "2027-01-02"];

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn offices() -> Vec<Office> {
    (1..=5)
        .map(|number| Office {
            opd: id(number),
            desks: Desks { tata_usaha: id(number + 20), pimpinan: Some(id(number + 40)) },
            tata_usaha: format!("Kasubag Umum {number}"),
            bobot: usize::from(number),
        })
        .collect()
}

fn generator(anchor: &str, scale: u64) -> Generator {
    Generator::new(7, day(anchor), scale, offices(), WorkingCalendar::new(day(anchor)), ZONA)
}

fn all(generator: &Generator) -> Vec<SuratMasuk> {
    (0..generator.total()).map(|index| generator.letter(index).0).collect()
}

#[test]
fn two_instances_with_the_same_seed_and_anchor_get_the_same_letters() {
    let (first, second) = (all(&generator("2026-11-22", 1)), all(&generator("2026-11-22", 1)));
    assert_eq!(first, second);
    assert_eq!(first.len(), 400);
    let other = Generator::new(8, day("2026-11-22"), 1, offices(), WorkingCalendar::new(day("2026-11-22")), ZONA);
    assert_ne!(first, all(&other));
}

#[test]
fn on_any_anchor_every_opd_has_something_due_today_and_something_late_and_nothing_lies_ahead() {
    for anchor in ANCHORS {
        let letters = all(&generator(anchor, 1));
        let (today, begin) = (day(anchor), ZONA.start_of(day(anchor)));
        for office in offices() {
            let own: Vec<&SuratMasuk> =
                letters.iter().filter(|surat| surat.opd == office.opd && surat.status.is_open()).collect();
            assert!(own.iter().any(|surat| ZONA.date(surat.tenggat) == today), "{anchor}: nothing due today");
            assert!(own.iter().any(|surat| surat.tenggat < begin), "{anchor}: nothing late");
        }
        for surat in &letters {
            assert!(surat.created_at < begin && surat.isi.tanggal_terima < today, "{anchor}: {surat:?}");
            assert!(surat.isi.tanggal_surat <= surat.isi.tanggal_terima, "{anchor}: {surat:?}");
            assert_eq!(ZONA.date(surat.created_at), surat.isi.tanggal_terima);
            assert_eq!(surat.tahun, i64::from(surat.isi.tanggal_terima.year()), "the year of receipt decides the book");
        }
    }
}

#[test]
fn letters_come_in_order_on_working_days_and_no_identity_repeats() {
    for (anchor, scale) in [("2026-11-22", 1), ("2027-01-02", 20)] {
        let generator = generator(anchor, scale);
        let calendar = WorkingCalendar::new(day(anchor));
        let letters = all(&generator);
        let mut ids: Vec<Id> = letters.iter().map(|surat| surat.id).collect();
        assert!(letters.windows(2).all(|two| two[0].created_at <= two[1].created_at));
        assert!(letters.iter().all(|surat| calendar.is_working(surat.isi.tanggal_terima).unwrap()));
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), letters.len());
    }
}

#[test]
fn demo_letters_keep_the_rules_of_real_ones() {
    for surat in all(&generator("2026-11-22", 5)) {
        let isi = &surat.isi;
        assert!(isi.hal.chars().count() <= 120 && isi.asal.chars().count() <= 160, "{isi:?}");
        assert!(isi.nomor_surat.as_ref().is_some_and(|nomor| nomor.chars().count() <= 80));
        assert!(!isi.hal.contains('{') && !isi.ringkasan.as_deref().unwrap_or_default().contains('{'), "{isi:?}");
        assert!(matches!(surat.status, Status::Tercatat | Status::Selesai));
    }
}

#[test]
fn the_embedded_phrases_are_whole() {
    let phrases = Phrases::shipped();
    let list = Klasifikasi::shipped();
    for hal in phrases.hal.iter().chain(&phrases.mendesak).chain(&phrases.rahasia) {
        assert!(list.uraian(&hal.klas).is_some(), "{}", hal.klas);
    }
    for pengirim in &phrases.pengirim {
        assert!(pengirim.pola.parse::<NumberPattern>().is_ok(), "{}", pengirim.pola);
    }
    assert!(phrases.pengirim.len() >= 30 && phrases.kegiatan.len() >= 15 && !phrases.tujuan.is_empty());
}

#[test]
fn the_agenda_books_are_gapless_and_end_where_the_register_ends() {
    for anchor in ANCHORS {
        let db = db(None);
        let load = || load_into(&db, &by(ZONA.start_of(day(anchor))), ZONA, generator(anchor, 2), &|_, _, _| {});
        load().unwrap();
        load().unwrap();
        for office in offices() {
            let scope = scope(office.opd, office.desks.tata_usaha);
            let mut books: HashMap<i64, Vec<i64>> = HashMap::new();
            let rows = db.read::<_, StoreError>(|tx| store::list_many(tx, &scope, Filter::All, Place::Top, 2000)).unwrap().rows;
            assert!(rows.iter().all(|row| row.hal != "[RAHASIA]" || row.sifat >= Sifat::Rahasia));
            rows.iter().for_each(|row| books.entry(row.tahun).or_default().push(row.agenda));
            for (tahun, numbers) in books {
                assert_eq!(numbers, (1..=numbers.len() as i64).rev().collect::<Vec<_>>(), "{anchor}, {tahun}");
                let key = praja_desk::registers::RegisterKey { opd: office.opd, kelompok: AGENDA, tahun };
                let last = db.read::<_, StoreError>(|tx| praja_desk::registers::last(tx, &key)).unwrap();
                assert_eq!(last, numbers.len() as i64);
            }
        }
    }
}

#[test]
fn the_youngest_letters_can_be_searched_for_and_secret_ones_cannot() {
    let db = db(None);
    load_into(&db, &by(ZONA.start_of(day("2026-11-22"))), ZONA, generator("2026-11-22", 1), &|_, _, _| {}).unwrap();
    let subjects = scope(id(1), id(21)).subjects();
    let (found, secret) = db
        .read::<_, StoreError>(|tx| {
            Ok((tx.find(&subjects, "undangan rapat", None, 50)?.hits.len(), tx.find(&subjects, "hukuman disiplin", None, 50)?))
        })
        .unwrap();
    assert!(found > 0);
    assert!(secret.hits.is_empty());
}
