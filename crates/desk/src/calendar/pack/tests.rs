use praja_store::Keys;

use super::*;
use crate::{
    calendar::{install, year},
    testing::{engines, today},
};

fn pack(days: &[(&str, &str, Option<&str>)]) -> Paket {
    let day = |(tanggal, nama, dasar): &(&str, &str, Option<&str>)| LiburDaerah {
        tanggal: tanggal.parse().expect("a date"),
        nama: (*nama).to_owned(),
        dasar: dasar.map(ToOwned::to_owned),
    };
    Paket { libur_daerah: days.iter().map(day).collect(), ..Paket::plain("51.08", "Kabupaten Uji") }
}

fn regency() -> Paket {
    pack(&[
        ("2026-03-30", "Hari jadi kota", Some("Perbup 5/2025")),
        ("2026-06-17", "Upacara adat", None),
        ("2026-08-17", "Hari besar", Some("Perbup 6/2025")),
        ("2030-03-29", "Hari jauh", Some("Perbup 7/2025")),
    ])
}

fn stand(db: &Db, paket: &Paket, contoh: bool) -> Vec<Standing> {
    db.read(|tx| paket.libur_daerah.iter().map(|day| standing(tx, day, contoh)).collect::<Result<Vec<_>>>()).unwrap()
}

fn decree(db: &Db, tanggal: &str) -> Option<String> {
    let date: Date = tanggal.parse().unwrap();
    let year = db.read(|tx| year(tx, date.year(), today())).unwrap();
    year.days.into_iter().find(|one| one.day.tanggal == date).map(|one| one.dasar)
}

#[test]
fn a_regency_at_work_takes_only_days_with_a_decree_and_each_once() {
    for (db, by) in engines("desk_paket_asli") {
        let paket = regency();
        db.write(&by, Keys::none(), install).unwrap();
        assert_eq!(take(&db, &by, &paket, false, today()).unwrap(), 1);
        assert_eq!(take(&db, &by, &paket, false, today()).unwrap(), 0);
        assert_eq!(decree(&db, "2026-03-30").as_deref(), Some("Perbup 5/2025"));
        let [jadi, adat, merdeka, jauh] = <[Standing; 4]>::try_from(stand(&db, &paket, false)).unwrap();
        assert_eq!((jadi, adat, jauh), (Standing::Off("Hari jadi kota".into()), Standing::NoDecree, Standing::YearUnknown));
        assert!(matches!(merdeka, Standing::Off(because) if because != "Hari besar"), "it is off for the whole nation");
    }
}

#[test]
fn a_box_for_trying_takes_days_without_a_decree_too_and_marks_them() {
    for (db, by) in engines("desk_paket_contoh") {
        db.write(&by, Keys::none(), install).unwrap();
        assert_eq!(take(&db, &by, &regency(), true, today()).unwrap(), 2);
        assert_eq!(decree(&db, "2026-06-17").as_deref(), Some(EXAMPLE));
    }
}

#[test]
fn a_day_that_the_regency_removed_does_not_come_back() {
    for (db, by) in engines("desk_paket_hapus") {
        let paket = pack(&[("2027-03-30", "Hari jadi kota", Some("Perbup 5/2025"))]);
        db.write(&by, Keys::none(), install).unwrap();
        assert_eq!(take(&db, &by, &paket, false, today()).unwrap(), 1);
        db.write(&by, keys(), |tx| {
            let before = year(tx, 2027, today())?;
            let after = before.clone().without_day("2027-03-30".parse().unwrap(), "Dicabut", today()).unwrap();
            save(tx, &before, &after, "desk.remove-hari-libur", "Dicabut")
        })
        .unwrap();
        assert_eq!(take(&db, &by, &paket, false, today()).unwrap(), 0);
        assert_eq!(stand(&db, &paket, false), [Standing::Removed]);
        let more = Paket { libur_daerah: [paket.libur_daerah, regency().libur_daerah].concat(), ..paket };
        assert_eq!(take(&db, &by, &more, false, today()).unwrap(), 1, "what is written into the pack later is taken later");
    }
}
