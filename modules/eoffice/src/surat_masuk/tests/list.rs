use praja_kernel::{Date, Derajat, Id, IdSource, Moment, Sifat};
use praja_store::{Db, Keys, PlanLog, Result};

use crate::{
    surat_masuk::{
        Desks, Isi, RAHASIA, Status, SuratMasuk, readers,
        store::{self, Cursor, Filter, PAGE, Place},
    },
    testing::{Ids, by, db, id, scope},
};

const DESKS: u8 = 10;

fn isi(sifat: Sifat, nomor: Option<&str>) -> Isi {
    Isi {
        asal: "Dinas Kesehatan".into(),
        instansi: None,
        nomor_surat: nomor.map(Into::into),
        tanggal_surat: Date::new(2026, 11, 18).unwrap(),
        tanggal_terima: Date::new(2026, 11, 20).unwrap(),
        hal: "Undangan rapat".into(),
        ringkasan: None,
        klasifikasi: None,
        sifat,
        derajat: Derajat::Biasa,
        tujuan: None,
        jumlah_lampiran: 0,
        lokasi: None,
    }
}

fn letter(ids: &Ids, opd: Id, agenda: i64, sifat: Sifat, status: Status) -> SuratMasuk {
    SuratMasuk {
        id: ids.next_id(),
        opd,
        tahun: 2026,
        agenda,
        isi: isi(sifat, Some(&format!("NO/{agenda}"))),
        status,
        tenggat: Moment(1000 + agenda),
        tenggat_sementara: false,
        pemegang: "Kasubag Umum".into(),
        pemegang_sejak: Moment(agenda),
        // Three letters share each moment: the identity decides between them.
        created_at: Moment(agenda / 3),
        pencatat: None,
        penerima: None,
        disposisi_terakhir: String::new(),
        disposisi_pada: None,
        selesai_pada: None,
        penutup: None,
        versi: 1,
    }
}

fn save(db: &Db, letters: Vec<SuratMasuk>) {
    db.write(&by(Moment(1)), Keys::none(), move |tx| -> Result<()> {
        for surat in &letters {
            let desks = Desks { tata_usaha: id(DESKS), pimpinan: Some(id(DESKS + 1)) };
            store::insert(tx, surat, &readers(surat.opd, surat.isi.sifat, desks))?;
        }
        Ok(())
    })
    .unwrap();
}

fn mixed(db: &Db, opd: Id, count: i64) {
    let ids = Ids::default();
    let letters = (1..=count).map(|agenda| {
        let sifat = if agenda % 7 == 0 { Sifat::Rahasia } else { Sifat::Biasa };
        letter(&ids, opd, agenda, sifat, if agenda % 2 == 0 { Status::Tercatat } else { Status::Selesai })
    });
    save(db, letters.collect());
}

fn agendas(db: &Db, jabatan: Id, filter: Filter, place: Place) -> (Vec<i64>, Option<Cursor>, Option<Cursor>) {
    let scope = scope(id(1), jabatan);
    let page = db.read::<_, praja_store::StoreError>(|tx| store::list_many(tx, &scope, filter, place, PAGE)).unwrap();
    (page.rows.iter().map(|row| row.agenda).collect(), page.newer, page.older)
}

#[test]
fn paging_down_and_up_again_shows_every_letter_once_and_in_order() {
    let db = db(None);
    mixed(&db, id(1), 130);
    let (first, newer, older) = agendas(&db, id(DESKS), Filter::All, Place::Top);
    assert_eq!((first.len(), newer), (50, None));
    let (second, _, older2) = agendas(&db, id(DESKS), Filter::All, Place::Older(older.unwrap()));
    let (third, newer3, last) = agendas(&db, id(DESKS), Filter::All, Place::Older(older2.unwrap()));
    assert_eq!(last, None);
    let all: Vec<i64> = [first, second.clone(), third].concat();
    assert_eq!(all, (1..=130).rev().collect::<Vec<_>>());
    assert_eq!(agendas(&db, id(DESKS), Filter::All, Place::Newer(newer3.unwrap())).0, second);
}

#[test]
fn a_stranger_of_the_same_opd_sees_no_secret_letter_and_other_opds_see_nothing() {
    let db = db(None);
    mixed(&db, id(1), 20);
    let (seen, ..) = agendas(&db, id(77), Filter::All, Place::Top);
    assert_eq!(seen, (1..=20).rev().filter(|agenda| agenda % 7 != 0).collect::<Vec<_>>());
    let other = scope(id(2), id(77));
    let page = db.read::<_, praja_store::StoreError>(|tx| store::list_many(tx, &other, Filter::All, Place::Top, PAGE)).unwrap();
    assert!(page.rows.is_empty());
}

#[test]
fn a_secret_letter_is_listed_and_found_without_its_subject() {
    let db = db(None);
    let ids = Ids::default();
    let secret = letter(&ids, id(1), 5, Sifat::Rahasia, Status::Tercatat);
    save(&db, vec![secret.clone()]);
    let tu = scope(id(1), id(DESKS));
    db.read::<_, praja_store::StoreError>(|tx| {
        let page = store::list_many(tx, &tu, Filter::All, Place::Top, PAGE)?;
        assert_eq!(page.rows[0].hal, RAHASIA);
        assert_eq!(store::find(tx, &tu, secret.id)?.unwrap().isi.hal, RAHASIA);
        assert_eq!(store::find_opened(tx, &tu, secret.id)?.unwrap().isi.hal, "Undangan rapat");
        assert_eq!(store::find_opened(tx, &scope(id(1), id(77)), secret.id)?, None);
        assert_eq!(store::list_agenda(tx, &tu, 5, &[2026, 2025])?[0].hal, RAHASIA);
        assert!(store::list_agenda(tx, &scope(id(1), id(77)), 5, &[2026])?.is_empty());
        Ok(())
    })
    .unwrap();
}

#[test]
fn states_and_lateness_narrow_the_list() {
    let db = db(None);
    mixed(&db, id(1), 12);
    let (recorded, ..) = agendas(&db, id(DESKS), Filter::Status(Status::Tercatat), Place::Top);
    assert_eq!(recorded, [12, 10, 8, 6, 4, 2]);
    let (late, ..) = agendas(&db, id(DESKS), Filter::Late(Moment(1007)), Place::Top);
    assert_eq!(late, [6, 4, 2], "finished letters are never late");
    let scope = scope(id(1), id(DESKS));
    let counts = db.read::<_, praja_store::StoreError>(|tx| {
        Ok((store::count_late(tx, &scope, Moment(1007))?, store::count_since(tx, &scope, Moment(3))?))
    });
    assert_eq!(counts.unwrap(), (3, 4));
}

#[test]
fn a_letter_that_two_subjects_may_see_is_shown_once() {
    let db = db(None);
    let ids = Ids::default();
    let twice: Vec<SuratMasuk> = (1..=60).map(|agenda| letter(&ids, id(1), agenda, Sifat::Biasa, Status::Tercatat)).collect();
    db.write(&by(Moment(1)), Keys::none(), move |tx| -> Result<()> {
        for surat in &twice {
            store::insert(tx, surat, &[format!("opd:{}", surat.opd), format!("jabatan:{}", id(DESKS))])?;
        }
        Ok(())
    })
    .unwrap();
    let (first, _, older) = agendas(&db, id(DESKS), Filter::All, Place::Top);
    assert_eq!(first, (11..=60).rev().collect::<Vec<_>>());
    let (rest, ..) = agendas(&db, id(DESKS), Filter::All, Place::Older(older.unwrap()));
    assert_eq!(rest, (1..=10).rev().collect::<Vec<_>>());
}

#[test]
fn the_same_letter_is_recognised_however_it_was_typed() {
    let db = db(None);
    let ids = Ids::default();
    let first = letter(&ids, id(1), 1, Sifat::Biasa, Status::Tercatat);
    save(&db, vec![first.clone()]);
    let typed = Isi { asal: "DINAS  kesehatan".into(), nomor_surat: Some("no / 1".into()), ..first.isi.clone() };
    db.read::<_, praja_store::StoreError>(|tx| {
        assert_eq!(store::kembar(tx, id(1), &typed)?.map(|kembar| kembar.id), Some(first.id));
        assert_eq!(store::kembar(tx, id(2), &typed)?, None);
        let other = Isi { tanggal_surat: Date::new(2026, 11, 19).unwrap(), ..typed.clone() };
        assert_eq!(store::kembar(tx, id(1), &other)?, None);
        Ok(())
    })
    .unwrap();
}

#[test]
fn of_two_who_save_the_same_letter_the_second_is_told() {
    let db = db(None);
    let ids = Ids::default();
    let surat = letter(&ids, id(1), 1, Sifat::Biasa, Status::Tercatat);
    save(&db, vec![surat.clone()]);
    let scanned = SuratMasuk { status: Status::Dipindai, ..surat };
    let saved = db.write(&by(Moment(2)), Keys::none(), move |tx| -> Result<(bool, bool)> {
        Ok((store::update(tx, &scanned)?, store::update(tx, &scanned)?))
    });
    assert_eq!(saved.unwrap(), (true, false));
    assert_eq!(agendas(&db, id(DESKS), Filter::Status(Status::Dipindai), Place::Top).0, [1]);
}

#[test]
fn no_list_reads_a_whole_table_or_sorts() {
    let log = PlanLog::default();
    let db = db(Some(log.clone()));
    mixed(&db, id(1), 10);
    let scope = scope(id(1), id(DESKS));
    let here = Cursor { kunci: 3, id: id(1) };
    db.read::<_, praja_store::StoreError>(|tx| {
        for filter in [Filter::All, Filter::Status(Status::Tercatat), Filter::Late(Moment(1005))] {
            for place in [Place::Top, Place::Older(here), Place::Newer(here)] {
                store::list_many(tx, &scope, filter, place, PAGE)?;
            }
        }
        store::count_late(tx, &scope, Moment(1005))?;
        store::count_since(tx, &scope, Moment(1))?;
        store::list_agenda(tx, &scope, 1, &[2026, 2025])?;
        store::list_found(tx, &scope, &[id(1), id(2)])?;
        store::find(tx, &scope, id(1))?;
        store::kembar(tx, id(1), &isi(Sifat::Biasa, None))?;
        Ok(())
    })
    .unwrap();
    let ours: Vec<_> = log.plans().into_iter().filter(|plan| plan.sql.contains("eoffice_")).collect();
    assert!(ours.len() >= 15, "{}", ours.len());
    for plan in ours {
        assert!(plan.offences().is_empty(), "{}\n{:#?}", plan.sql, plan.lines);
    }
}
