use std::collections::HashMap;

use praja_desk::klasifikasi::Klasifikasi;
use praja_kernel::{Date, Id, NumberPattern, Sifat, WorkingCalendar, Zona};
use praja_store::StoreError;

use super::{
    chain::Bawahan,
    generator::{Generator, Office},
    load::load_into,
    phrases::Phrases,
    scan,
};
use crate::{
    AGENDA,
    disposisi::{self, calon::Calon, is_done},
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

fn calon(jabatan: u8, opd: u8) -> Calon {
    Calon {
        jabatan: id(jabatan),
        opd: id(opd),
        nama_jabatan: format!("Jabatan {jabatan}"),
        pemegang: format!("Pemegang {jabatan}"),
    }
}

fn offices() -> Vec<Office> {
    (1..=5)
        .map(|number| Office {
            opd: id(number),
            desks: Desks { tata_usaha: id(number + 20), pimpinan: Some(id(number + 40)) },
            tata_usaha: format!("Kasubag Umum {number}"),
            bobot: usize::from(number),
            kepala: Some(calon(number + 40, number)),
            bawahan: (1..=2)
                .map(|below| Bawahan {
                    calon: calon(number + 60 + 10 * below, number),
                    bawahan: vec![calon(number + 100 + 10 * below, number)],
                })
                .collect(),
        })
        .collect()
}

fn generator(anchor: &str, scale: u64) -> Generator {
    Generator::new(7, day(anchor), scale, offices(), WorkingCalendar::new(day(anchor)), ZONA)
}

fn all(generator: &Generator) -> Vec<SuratMasuk> {
    (0..generator.total()).map(|index| generator.letter(index).surat).collect()
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
        assert!(surat.status.is_open() || surat.status == Status::Selesai);
        assert_eq!(surat.selesai_pada.is_some(), surat.status == Status::Selesai, "{surat:?}");
        assert!(surat.disposisi_pada.is_none_or(|at| at >= surat.created_at), "{surat:?}");
        assert!(surat.selesai_pada.is_none_or(|at| surat.disposisi_pada.is_some_and(|given| given <= at)), "{surat:?}");
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

#[test]
fn the_orders_of_demo_letters_keep_the_rules_of_real_ones() {
    let generator = generator("2026-11-22", 5);
    let begin = ZONA.start_of(day("2026-11-22"));
    let mut open = 0;
    for index in 0..generator.total() {
        let one = generator.letter(index);
        let first: Vec<_> = one.perintah.iter().filter(|(order, _)| order.induk.is_none()).flat_map(|(_, parts)| parts).collect();
        let results: Vec<_> = first
            .iter()
            .map(|part| disposisi::Hasil { status: part.status, peran: part.peran, wajib_laporan: part.wajib_laporan })
            .collect();
        if !first.is_empty() {
            assert_eq!(is_done(&results), one.surat.status == Status::Selesai, "{:?}", one.surat);
            assert_eq!(first.iter().filter(|part| part.peran == disposisi::Peran::PenanggungJawab).count(), 1);
        }
        for (order, parts) in &one.perintah {
            for part in parts {
                let moments = [Some(order.created_at), part.dibaca_pada, part.dilaporkan_pada, part.selesai_pada];
                assert!(order.created_at >= one.surat.created_at && moments.iter().flatten().all(|at| *at < begin), "{part:?}");
                assert!(part.dilaporkan_pada.is_none_or(|at| part.selesai_pada.is_none_or(|end| at <= end)), "{part:?}");
                let below = one.perintah.iter().filter(|(other, _)| other.induk == Some(part.id)).flat_map(|(_, parts)| parts);
                let states: Vec<_> = below.map(|child| (child.status, child.wajib_laporan)).collect();
                if part.laporan.is_some() {
                    assert!(
                        disposisi::report(disposisi::Status::Diproses, &states, true).is_ok(),
                        "reported too early: {part:?}"
                    );
                }
                open += usize::from(part.status.is_open());
            }
        }
    }
    assert!(open > 5, "only {open} orders live");
}

#[test]
fn the_paper_of_a_letter_says_what_its_record_says_and_its_table_of_places_is_right() {
    for surat in all(&generator("2026-11-22", 1)).iter().filter(|surat| !surat.isi.sifat.is_secret()).take(60) {
        let bytes = scan::pdf(surat, "Kepala Dinas (contoh)");
        let text = String::from_utf8(bytes).unwrap();
        for word in surat.isi.hal.split_whitespace().filter(|word| word.is_ascii() && !word.contains(['(', ')'])) {
            assert!(text.contains(word), "{word}");
        }
        assert!(text.contains(surat.isi.nomor_surat.as_deref().unwrap_or("Nomor")) && text.contains(r"Kepala Dinas \(contoh\)"));
        let at: usize = text.rsplit("startxref\n").next().unwrap().lines().next().unwrap().parse().unwrap();
        assert!(text[at..].starts_with("xref\n0 7\n"));
        for (number, place) in text[at..].lines().skip(3).take(6).enumerate() {
            let place: usize = place[..10].parse().unwrap();
            assert!(text[place..].starts_with(&format!("{} 0 obj", number + 1)));
        }
        let length: usize = text.split("/Length ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
        let stream = text.split("stream\n").nth(1).unwrap().strip_suffix("end").unwrap();
        assert_eq!(stream.len(), length);
        assert_eq!(praja_desk::attachments::sniff(text.as_bytes()), Some(praja_desk::attachments::Kind::Pdf));
    }
}
