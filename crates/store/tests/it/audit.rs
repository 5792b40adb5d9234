//! The audit chain against somebody who holds the database and the program.

use praja_kernel::{Id, Moment};
use praja_store::{
    Anchor, AuditRow, Keyring, Keys,
    audit::{Entry, ProblemKind, Report},
};

use crate::support::{Bed, DAY, NOW, beds};

const NAMA: &str = "Dinas Kesehatan";

/// Writes `count` rows into the chain of OPD 1.
pub fn write_rows(bed: &Bed, from: i64, count: i64) {
    for n in from..from + count {
        let entry =
            Entry::new("uji.save-surat", "uji_surat", n).with("hal", format_args!("Undangan {n}")).with("nik", 5_301_000 + n);
        bed.db.write(&bed.by(Some(1)), Keys::none(), move |tx| tx.audit(&entry)).unwrap();
    }
}

pub fn chain() -> String {
    Id::v7(1, [1; 10]).to_string()
}

pub fn verify(bed: &Bed, anchors: &[Anchor]) -> Report {
    bed.db.verify_audit(anchors, |_| "nama dari basis data".to_owned()).unwrap()
}

fn anchor(bed: &Bed, keys: &Keyring, at: Moment) -> Anchor {
    let taken = bed.db.read(|tx| Anchor::take(tx, "53.09", at, &keys.signing(), |_| NAMA.to_owned())).unwrap();
    // What is kept outside is the text.
    taken.text().parse().unwrap()
}

/// Every row of the chain, by plain reading.
fn rows(bed: &Bed) -> Vec<AuditRow> {
    let mut out = Vec::new();
    bed.db.export_audit(&chain(), |_| false, &mut out).unwrap();
    String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What an attacker with the program does: changes row `at`, and makes every hash after it fit again.
fn rewrite_and_recompute(bed: &Bed, at: i64) {
    let mut before: Option<String> = None;
    let mut sql = String::new();
    for mut row in rows(bed) {
        if row.urut == at {
            row.tindakan = "uji.nothing-happened".into();
        }
        if let Some(before) = &before {
            row.sebelum.clone_from(before);
        }
        row.sidik = row.expected_hash();
        before = Some(row.sidik.clone());
        let bytes = |hex: &str| if bed.name() == "sqlite" { format!("X'{hex}'") } else { format!("'\\x{hex}'") };
        sql += &format!(
            "UPDATE store_audit SET tindakan = '{}', sebelum = {}, sidik = {} WHERE rantai = '{}' AND urut = {};",
            row.tindakan,
            bytes(&row.sebelum),
            bytes(&row.sidik),
            row.rantai,
            row.urut
        );
    }
    bed.tamper(&sql);
}

fn cut(bed: &Bed, after: i64) {
    bed.tamper(&format!("DELETE FROM store_audit WHERE urut > {after}; DELETE FROM store_audit_nilai WHERE urut > {after};"));
}

#[test]
fn an_earlier_anchor_names_opd_and_date_when_a_row_was_rewritten_the_last_hundred_cut_and_everything_recomputed() {
    for bed in beds() {
        let (keys, _) = Keyring::create().unwrap();
        write_rows(&bed, 0, 250);
        let before = anchor(&bed, &keys, NOW);
        assert_eq!(verify(&bed, std::slice::from_ref(&before)).problems, []);
        rewrite_and_recompute(&bed, 30);
        cut(&bed, 150);
        // Without anything kept outside nobody can tell: that is why anchors leave the building.
        assert_eq!(verify(&bed, &[]).problems, [], "{}", bed.name());

        let found = verify(&bed, std::slice::from_ref(&before)).problems;
        let [problem] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((problem.nama.as_str(), problem.pada, &problem.kind), (NAMA, NOW, &ProblemKind::Cut { had: 250 }));
        assert_eq!(problem.rantai, chain());

        // A patient attacker fills the hundred up again.
        write_rows(&bed, 1000, 120);
        assert_eq!(verify(&bed, &[]).problems, []);
        let found = verify(&bed, &[before]).problems;
        let [problem] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((problem.nama.as_str(), problem.pada, &problem.kind), (NAMA, NOW, &ProblemKind::Rewritten));
    }
}

#[test]
fn the_first_anchor_that_no_longer_fits_tells_since_when() {
    for bed in beds() {
        let (keys, _) = Keyring::create().unwrap();
        let anchors: Vec<Anchor> = (0..3)
            .map(|day| {
                write_rows(&bed, day * 10, 10);
                anchor(&bed, &keys, NOW.plus_ms(day * DAY))
            })
            .collect();
        rewrite_and_recompute(&bed, 15);
        let problems = verify(&bed, &anchors).problems;
        let [problem] = problems.as_slice() else { panic!("{problems:?}") };
        // Day 0 still fits: the rewriting happened in what day 1 anchored.
        assert_eq!((problem.urut, problem.pada, &problem.kind), (20, NOW.plus_ms(DAY), &ProblemKind::Rewritten));
    }
}

#[test]
fn a_chain_that_vanished_altogether_is_named_from_the_anchor() {
    for bed in beds() {
        let (keys, _) = Keyring::create().unwrap();
        write_rows(&bed, 0, 5);
        let before = anchor(&bed, &keys, NOW);
        cut(&bed, 0);
        assert_eq!(verify(&bed, &[]).problems, []);
        let problems = verify(&bed, &[before]).problems;
        assert_eq!((problems[0].nama.as_str(), &problems[0].kind), (NAMA, &ProblemKind::Cut { had: 5 }));
    }
}

#[test]
fn each_careless_change_is_found_without_an_anchor() {
    let cases: [(&str, i64, ProblemKind); 6] = [
        ("UPDATE store_audit SET pelaku_nama = 'Orang Lain' WHERE urut = 7", 7, ProblemKind::RowChanged),
        ("UPDATE store_audit SET alasan = '' WHERE urut = 7", 7, ProblemKind::RowChanged),
        ("DELETE FROM store_audit WHERE urut = 7", 8, ProblemKind::RowMissing),
        ("DELETE FROM store_audit WHERE urut = 1", 2, ProblemKind::RowMissing),
        ("UPDATE store_audit SET sebelum = sidik WHERE urut = 7", 7, ProblemKind::LinkBroken),
        (
            "UPDATE store_audit_nilai SET isi = replace(isi, 'Undangan 6', 'Undangan 66') WHERE urut = 7",
            7,
            ProblemKind::ValueChanged { bidang: "hal".into() },
        ),
    ];
    for (sql, urut, kind) in cases {
        for bed in beds() {
            write_rows(&bed, 0, 10);
            bed.tamper(sql);
            let found = verify(&bed, &[]).problems;
            let [problem] = found.as_slice() else { panic!("{sql}: {found:?}") };
            assert_eq!((problem.urut, &problem.kind), (urut, &kind), "{sql}");
            assert_eq!(problem.nama, "nama dari basis data");
        }
    }
}

#[test]
fn a_value_slipped_in_under_a_name_the_row_does_not_have_is_found() {
    for bed in beds() {
        write_rows(&bed, 0, 3);
        bed.tamper(
            "UPDATE store_audit_nilai SET isi = replace(isi, '[{', '[{\"bidang\":\"palsu\",\"garam\":\"00\",\"nilai\":\"x\"},{') WHERE urut = 2",
        );
        let found = verify(&bed, &[]).problems;
        assert_eq!(found[0].kind, ProblemKind::ValueChanged { bidang: "palsu".into() });
    }
}

#[test]
fn an_edited_anchor_is_refused() {
    for bed in beds() {
        let (keys, _) = Keyring::create().unwrap();
        write_rows(&bed, 0, 12);
        let text = anchor(&bed, &keys, NOW).text();
        assert!(text.parse::<Anchor>().is_ok());
        for edited in [
            text.replace(" 12 ", " 11 "),
            text.replace(NAMA, "Dinas Pendidikan"),
            text.replace("instansi 53.09", "instansi 53.10"),
            text.lines().filter(|line| !line.starts_with("rantai")).map(|line| format!("{line}\n")).collect(),
            text.lines().filter(|line| !line.starts_with("tanda")).map(|line| format!("{line}\n")).collect(),
            format!("{text}rantai x 1 00 Lain\n"),
        ] {
            assert!(edited.parse::<Anchor>().is_err(), "{edited}");
        }
        assert!("".parse::<Anchor>().is_err());
        // Passing through a mail program changes line ends, not words.
        assert!(text.replace('\n', "\r\n").parse::<Anchor>().is_ok());
    }
}

#[test]
fn a_timeline_shows_the_rows_of_one_object_oldest_first() {
    for bed in beds() {
        write_rows(&bed, 0, 3);
        write_rows(&bed, 1, 1);
        let rows = bed.db.read(|tx| tx.audit_of("uji_surat:1", 10)).unwrap();
        assert_eq!(rows.iter().map(|row| row.urut).collect::<Vec<_>>(), [2, 4]);
        assert_eq!(rows[0].jabatan.as_deref(), Some("Pengadministrasi Umum 1"));
        assert_eq!(rows[0].nilai[0].nilai, "Undangan 1");
    }
}
