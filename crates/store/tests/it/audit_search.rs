//! Looking through the audit trail finds what is wanted, newest first, page after page, along an index.

use praja_kernel::{Actor, Id, Moment};
use praja_store::{
    By, Keys, PlanLog,
    audit::{
        AuditRow, Entry,
        search::{Place, Wanted},
    },
};

use crate::support::{Bed, NOW, beds};

/// 600 rows: two OPD in turn, three acts, seven objects, a row a second, two people.
fn fill(bed: &Bed) {
    for n in 0..600_i64 {
        let opd = u8::try_from(1 + n % 2).expect("small");
        let person = u8::try_from(1 + n % 3 / 2).expect("small");
        let actor = Actor::Pegawai { id: Id::v7(1, [person; 10]), nama: format!("Pegawai {person}") };
        let by = By { actor, at: NOW.plus_ms(n * 1000), ..bed.by(Some(opd)) };
        let act = ["uji.save-surat", "uji.read-surat", "uji.move-surat"][usize::try_from(n % 3).expect("small")];
        let entry = Entry::new(act, "uji_surat", n % 7).with("n", n);
        bed.db.write(&by, Keys::none(), move |tx| tx.audit(&entry)).expect("a row is written");
    }
}

fn number(row: &AuditRow) -> i64 {
    row.nilai[0].nilai.parse().expect("the number of the row")
}

/// Everything that is wanted, a page at a time.
fn all(bed: &Bed, wanted: &Wanted) -> Vec<i64> {
    let (mut wanted, mut found) = (wanted.clone(), Vec::new());
    loop {
        let rows = bed.db.read(|tx| tx.find_audit(&wanted, 37)).expect("the trail is read");
        let Some(last) = rows.last() else { return found };
        wanted.sebelum = Some(Place { pada: last.pada, rantai: last.rantai.clone(), urut: last.urut });
        found.extend(rows.iter().map(number));
    }
}

fn expected(fits: impl Fn(i64) -> bool) -> Vec<i64> {
    (0..600).rev().filter(|n| fits(*n)).collect()
}

#[test]
fn each_filter_and_every_two_of_them_find_what_they_say_newest_first() {
    for bed in beds() {
        fill(&bed);
        let chain = Id::v7(1, [1; 10]).to_string();
        let person = format!("pegawai:{}", Id::v7(1, [2; 10]));
        let of = |wanted: Wanted| all(&bed, &wanted);
        let rantai = || Wanted { rantai: Some(chain.clone()), ..Wanted::default() };
        let pelaku = || Wanted { pelaku: Some(person.clone()), ..Wanted::default() };
        let act = Some("uji.read-surat".to_owned());
        let objek = Some("uji_surat:3".to_owned());
        let (from, to) = (Some(NOW.plus_ms(100_000)), Some(NOW.plus_ms(200_000)));
        assert_eq!(of(Wanted::default()), expected(|_| true), "{}", bed.name());
        assert_eq!(of(rantai()), expected(|n| n % 2 == 0));
        assert_eq!(of(pelaku()), expected(|n| n % 3 == 2));
        assert_eq!(of(Wanted { tindakan: act.clone(), ..Wanted::default() }), expected(|n| n % 3 == 1));
        assert_eq!(of(Wanted { objek: objek.clone(), ..Wanted::default() }), expected(|n| n % 7 == 3));
        assert_eq!(of(Wanted { dari: from, sampai: to, ..Wanted::default() }), expected(|n| (100..200).contains(&n)));
        assert_eq!(of(Wanted { dari: from, sampai: to, ..rantai() }), expected(|n| (100..200).contains(&n) && n % 2 == 0));
        assert_eq!(of(Wanted { tindakan: act.clone(), ..rantai() }), expected(|n| n % 3 == 1 && n % 2 == 0));
        assert_eq!(of(Wanted { rantai: Some(chain.clone()), ..pelaku() }), expected(|n| n % 3 == 2 && n % 2 == 0));
        assert_eq!(of(Wanted { tindakan: act.clone(), ..pelaku() }), expected(|_| false));
        assert_eq!(of(Wanted { objek, tindakan: act, dari: from, ..rantai() }), expected(|n| n % 42 == 10 && n >= 100));
        let acts = bed.db.read(|tx| tx.audit_acts()).expect("the acts are read");
        assert!(["uji.move-surat", "uji.read-surat", "uji.save-surat"].iter().all(|act| acts.iter().any(|one| one == act)));
        let chains = bed.db.read(|tx| tx.audit_chains()).expect("the chains are read");
        assert!(chains.contains(&(chain.clone(), 300)));
        let row = bed.db.read(|tx| tx.audit_row(&chain, 7)).expect("a row is read").expect("it is there");
        assert_eq!((row.urut, number(&row), row.pada), (7, 12, Moment(NOW.0 + 12_000)));
        assert!(bed.db.read(|tx| tx.audit_row(&chain, 301)).expect("read").is_none());
    }
}

#[test]
fn no_search_reads_the_whole_trail_or_sorts_in_memory() {
    for bed in beds() {
        fill(&bed);
        let log = PlanLog::default();
        let bed = bed.with_plans(&log);
        let some = |text: &str| Some(text.to_owned());
        let wanted = [
            Wanted::default(),
            Wanted { rantai: some("umum"), ..Wanted::default() },
            Wanted { pelaku: some("pegawai:x"), ..Wanted::default() },
            Wanted { tindakan: some("uji.read-surat"), rantai: some("umum"), ..Wanted::default() },
            Wanted { pelaku: some("pegawai:x"), tindakan: some("uji.read-surat"), dari: Some(NOW), ..Wanted::default() },
            Wanted { dari: Some(NOW), sampai: Some(NOW.plus_ms(1)), rantai: some("umum"), ..Wanted::default() },
            Wanted { objek: some("uji_surat:3"), ..Wanted::default() },
        ];
        for one in wanted {
            bed.db.read(|tx| tx.find_audit(&one, 50)).expect("the trail is read");
        }
        bed.db.read(|tx| tx.audit_acts()).expect("the acts are read");
        for plan in log.plans() {
            assert!(plan.offences().is_empty(), "{}: {}\n{:#?}", bed.name(), plan.sql, plan.lines);
        }
    }
}

#[test]
fn a_check_tells_how_far_it_is() {
    for bed in beds() {
        fill(&bed);
        let mut seen = Vec::new();
        let report = bed.db.verify_audit_with(&[], |_| "OPD".into(), |done, total, rows| seen.push((done, total, rows)));
        let report = report.expect("the trail is read");
        let (done, total, rows) = *seen.last().expect("progress was told");
        assert!(report.problems.is_empty() && done == total && rows == report.rows && rows >= 600, "{seen:?}");
    }
}
