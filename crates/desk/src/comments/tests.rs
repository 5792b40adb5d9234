use praja_store::{By, Keys};

use super::*;
use crate::testing::{engines, id, now, officer};

const OBJEK: &str = "uji_surat:1";

fn komentar() -> Komentar {
    let oleh = officer().actor.key();
    Komentar {
        id: id(1),
        objek: OBJEK.into(),
        isi: "Setuju".into(),
        oleh,
        oleh_nama: "Siti".into(),
        jabatan: None,
        pada: now(),
        dihapus: None,
    }
}

#[test]
fn a_comment_needs_words_and_not_too_many() {
    assert_eq!(check("  baik\r\nsekali \n"), Ok("baik\nsekali".into()));
    assert_eq!(check(" \r\n "), Err(Refusal::Empty));
    assert_eq!(check(&"a".repeat(MAX_LETTERS)).map(|text| text.len()), Ok(MAX_LETTERS));
    assert_eq!(check(&"é".repeat(MAX_LETTERS + 1)), Err(Refusal::Long { letters: MAX_LETTERS + 1 }));
}

#[test]
fn only_its_writer_takes_a_comment_back_and_only_at_once() {
    let (me, one) = (officer().actor.key(), komentar());
    assert_eq!(may_take_back(&one, &me, now()), Ok(()));
    assert_eq!(may_take_back(&one, &me, now().plus_ms(TAKE_BACK_MS)), Ok(()));
    assert_eq!(may_take_back(&one, &me, now().plus_ms(TAKE_BACK_MS + 1)), Err(Refusal::TooLate));
    assert_eq!(may_take_back(&one, "pegawai:lain", now()), Err(Refusal::NotYours));
}

#[test]
fn comments_stand_in_their_order_and_one_taken_back_keeps_its_place_without_its_words() {
    for (db, by) in engines("desk_uji_komentar") {
        let at = |ms: i64| By { at: now().plus_ms(ms), ..by.clone() };
        let add_at = |ms: i64, isi: &'static str| db.write(&at(ms), Keys::none(), move |tx| add(tx, OBJEK, isi, &[])).unwrap();
        let (first, _) = (add_at(0, "Satu"), add_at(1, "Dua"));
        db.write(&at(2), Keys::none(), |tx| add(tx, "uji_surat:2", "Lain", &[])).unwrap();
        db.write(&at(3), Keys::none(), move |tx| take_back(tx, first)).unwrap();
        let again = db.write(&at(4), Keys::none(), move |tx| take_back(tx, first));
        assert!(matches!(again, Err(Problem::NotFound)));
        let (list, acts) = db.read(|tx| Ok::<_, praja_store::StoreError>((of(tx, OBJEK)?, tx.audit_of(OBJEK, 10)?))).unwrap();
        let words: Vec<_> = list.iter().map(|one| (one.isi.as_str(), one.dihapus.is_some())).collect();
        assert_eq!(words, [("", true), ("Dua", false)]);
        let acts: Vec<_> = acts.iter().map(|row| row.tindakan.as_str()).collect();
        assert_eq!(acts, ["desk.add-komentar", "desk.add-komentar", "desk.withdraw-komentar"]);
    }
}
