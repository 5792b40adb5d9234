use std::{collections::BTreeSet, thread};

use praja_kernel::{Date, Moment, NumberRule, Zona};
use praja_module::Problem;
use praja_store::{Db, Keys, StoreError};

use super::*;
use crate::testing::{engines, id, sqlite};

const AGENDA: &str = "uji.surat-masuk";

fn key(tahun: i64) -> RegisterKey {
    RegisterKey { opd: id(1), kelompok: AGENDA, tahun }
}

fn nomor(status: Status) -> Nomor {
    Nomor {
        urut: 7,
        nomor: "007".into(),
        status,
        objek: "uji_surat:1".into(),
        alasan: None,
        asal: Asal::Register,
        tanggal: None,
        jenis: String::new(),
        keterangan: String::new(),
        oleh: "Siti".into(),
        pada: Moment(0),
    }
}

#[test]
fn a_reserved_number_is_used_or_cancelled_once_and_stays_so() {
    assert_eq!(rules::become_(&nomor(Status::Dipesan), Status::Terpakai), Ok(()));
    assert_eq!(rules::become_(&nomor(Status::Dipesan), Status::Batal), Ok(()));
    for to in Status::ALL {
        assert_eq!(rules::become_(&nomor(Status::Terpakai), *to), Err(Refusal::Used { nomor: "007".into() }));
        assert_eq!(rules::become_(&nomor(Status::Batal), *to), Err(Refusal::Cancelled { nomor: "007".into() }));
    }
}

#[test]
fn the_year_of_a_register_is_that_of_the_letter_in_the_regencys_zone() {
    // 31 December 2026, 15.30 UTC: still the old year in WIB, already the new one in WIT.
    let instant = Moment(Zona::Wib.at(Date::new(2026, 12, 31).unwrap().at(22, 30, 0, 0)).ms());
    let tahun = |zona: Zona| RegisterKey::on(id(1), AGENDA, zona.date(instant)).tahun;
    assert_eq!((tahun(Zona::Wib), tahun(Zona::Wita), tahun(Zona::Wit)), (2026, 2026, 2027));
    let old_letter = Date::new(2026, 12, 31).unwrap();
    assert_eq!(RegisterKey::on(id(1), AGENDA, old_letter).tahun, 2026, "whenever it is registered");
}

#[test]
fn agenda_numbers_repeat_between_opd_and_letter_numbers_do_not() {
    let (here, there) = (key(2026), RegisterKey { opd: id(9), ..key(2026) });
    assert_ne!(here.unique(Cakupan::Opd, "12"), there.unique(Cakupan::Opd, "12"));
    assert_eq!(here.unique(Cakupan::Daerah, "005/12/X"), there.unique(Cakupan::Daerah, "005/12/x"));
    assert_ne!(here.unique(Cakupan::Daerah, "12"), key(2027).unique(Cakupan::Daerah, "12"));
}

fn draw_one(db: &Db, by: &praja_store::By, key: RegisterKey) -> Drawn {
    db.write(by, Keys::of([key.lock()]), move |tx| draw(tx, &key, "uji_surat:1", |urut| urut.to_string())).expect("a number")
}

#[test]
fn sixty_four_callers_draw_two_thousand_numbers_without_gap_or_double() {
    const CALLERS: i64 = 64;
    const EACH: [i64; 2] = [32, 31];
    for (db, by) in engines("desk_uji_nomor") {
        let all: Vec<i64> = thread::scope(|scope| {
            let callers: Vec<_> = (0..CALLERS)
                .map(|caller| {
                    let (db, by) = (&db, &by);
                    // 16 × 32 + 48 × 31 = 2,000.
                    let count = if caller < 16 { EACH[0] } else { EACH[1] };
                    scope.spawn(move || (0..count).map(|_| draw_one(db, by, key(2026)).urut).collect::<Vec<_>>())
                })
                .collect();
            callers.into_iter().flat_map(|caller| caller.join().expect("no caller fails")).collect()
        });
        let distinct: BTreeSet<i64> = all.iter().copied().collect();
        assert_eq!((all.len(), distinct.len()), (2000, 2000), "{:?}", db.engine());
        assert_eq!((distinct.first(), distinct.last()), (Some(&1), Some(&2000)));
        assert_eq!(db.read(|tx| last(tx, &key(2026))).unwrap(), 2000);
    }
}

#[test]
fn each_year_begins_at_one_and_a_refused_letter_gives_its_number_back() {
    for (db, by) in engines("desk_uji_tahun") {
        assert_eq!((draw_one(&db, &by, key(2026)).urut, draw_one(&db, &by, key(2027)).urut), (1, 1));
        let lost = db.write(&by, Keys::of([key(2026).lock()]), |tx| {
            draw(tx, &key(2026), "uji_surat:2", |urut| urut.to_string())?;
            Err::<(), _>(StoreError::Missing)
        });
        assert!(lost.is_err());
        assert_eq!(draw_one(&db, &by, key(2026)).urut, 2);
    }
}

#[test]
fn a_draw_without_the_registers_key_is_refused() {
    let (db, by, _) = sqlite();
    let drawn = db.write(&by, Keys::none(), |tx| draw(tx, &key(2026), "uji_surat:1", |urut| urut.to_string()));
    assert!(matches!(drawn, Err(StoreError::Statement(_))));
}

#[test]
fn a_number_of_an_old_book_is_entered_once_and_the_register_goes_on_behind_it() {
    for (db, by) in engines("desk_uji_lama") {
        let enter = |urut: i64, objek: &'static str| {
            db.write(&by, Keys::of([key(2019).lock()]), move |tx| {
                let nomor = format!("{urut}/2019");
                let tanggal = Date::new(2019, 3, 1).expect("a date");
                let one = lama::Lama { urut, nomor: &nomor, objek, tanggal, keterangan: "Undangan" };
                lama::Buku::open(tx, key(2019))?.record(tx, &one)
            })
            .unwrap()
        };
        let taken = || db.read(|tx| lama::taken(tx, &key(2019))).unwrap();
        assert!(taken().is_empty());
        assert!(enter(12, "uji_surat:1") && enter(3, "uji_surat:2"));
        assert!(!enter(12, "uji_surat:3"), "a number is never two letters'");
        assert_eq!(taken(), [3, 12].into());
        assert_eq!(draw_one(&db, &by, key(2019)).urut, 13, "also when a lower one came last");
        let found = db.read(|tx| find(tx, &key(2019), 12)).unwrap().unwrap();
        assert_eq!((found.asal, found.status, found.objek.as_str()), (Asal::DiluarSistem, Status::Terpakai, "uji_surat:1"));
        // What is undone stays with its reason; only an old book brings it back, never the register.
        db.write(&by, Keys::of([key(2019).lock()]), |tx| {
            lama::Buku::open(tx, key(2019))?.give_back(tx, 12, "uji_surat:1", "Impor diurungkan")
        })
        .unwrap();
        let found = db.read(|tx| find(tx, &key(2019), 12)).unwrap().unwrap();
        assert_eq!((found.status, found.alasan.as_deref()), (Status::Batal, Some("Impor diurungkan")));
        assert_eq!(draw_one(&db, &by, key(2019)).urut, 14);
        assert!(!taken().contains(&12) && enter(12, "uji_surat:9"));
        let found = db.read(|tx| find(tx, &key(2019), 12)).unwrap().unwrap();
        assert_eq!((found.status, found.alasan, found.objek.as_str()), (Status::Terpakai, None, "uji_surat:9"));
        let other = db.write(&by, Keys::none(), |tx| lama::Buku::open(tx, key(2019)).map(|_| ()));
        assert!(matches!(other, Err(StoreError::Statement(_))), "not without the register's key");
    }
}

#[test]
fn a_cancelled_number_stays_with_its_reason_and_is_never_given_out_again() {
    for (db, by) in engines("desk_uji_batal") {
        let keys = || Keys::of([key(2026).lock()]);
        let reserved = db.write(&by, keys(), |tx| reserve(tx, &key(2026), "uji_surat:1", |urut| format!("{urut:03}"))).unwrap();
        let refused = db.write(&by, keys(), |tx| cancel(tx, &key(2026), 1, "  "));
        assert!(matches!(refused, Err(Problem::Refused(_))), "a reason is needed");
        db.write(&by, keys(), |tx| cancel(tx, &key(2026), 1, "Surat batal dikirim")).unwrap();
        let kept = db.read(|tx| find(tx, &key(2026), reserved.urut)).unwrap().expect("it stays");
        assert_eq!(
            (kept.nomor.as_str(), kept.status, kept.alasan.as_deref()),
            ("001", Status::Batal, Some("Surat batal dikirim"))
        );
        assert!(matches!(db.write(&by, keys(), |tx| use_reserved(tx, &key(2026), 1)), Err(Problem::Refused(_))));
        assert_eq!(draw_one(&db, &by, key(2026)).urut, 2);
        let acts = db.read(|tx| tx.audit_of("uji_surat:1", 10)).unwrap();
        assert_eq!(acts.iter().map(|row| row.tindakan.as_str()).collect::<Vec<_>>(), ["desk.reserve-nomor", "desk.cancel-nomor"]);
    }
}

#[test]
fn a_reserved_number_is_kept_for_its_letter_until_it_is_used() {
    let (db, by, _) = sqlite();
    let keys = || Keys::of([key(2026).lock()]);
    db.write(&by, keys(), |tx| reserve(tx, &key(2026), "uji_surat:1", |urut| urut.to_string())).unwrap();
    db.write(&by, keys(), |tx| use_reserved(tx, &key(2026), 1)).unwrap();
    assert_eq!(db.read(|tx| find(tx, &key(2026), 1)).unwrap().unwrap().status, Status::Terpakai);
    assert!(matches!(db.write(&by, keys(), |tx| cancel(tx, &key(2026), 1, "salah")), Err(Problem::Refused(_))));
    assert!(matches!(db.write(&by, keys(), |tx| use_reserved(tx, &key(2026), 9)), Err(Problem::Refused(_))));
}

#[test]
fn two_registers_of_one_group_cannot_give_out_equal_letter_numbers() {
    for (db, by) in engines("desk_uji_unik") {
        let (here, there) = (key(2026), RegisterKey { opd: id(9), ..key(2026) });
        let give = |key: RegisterKey| {
            db.write(&by, Keys::of([key.lock()]), move |tx| {
                configure(tx, &key, "{klas}/{no}", Cakupan::Daerah)?;
                draw(tx, &key, "uji_surat:1", |urut| format!("005/{urut}"))
            })
        };
        assert_eq!(give(here).unwrap().nomor, "005/1");
        assert!(matches!(give(there), Err(StoreError::Constraint(_))), "{:?}", db.engine());
        assert_eq!(give(here).unwrap().nomor, "005/2");
    }
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn surat_dinas() -> naskah::JenisNaskah {
    naskah::shipped().unwrap().into_iter().find(|kind| kind.kode == "surat-dinas").unwrap()
}

/// One write that asks for a number of a surat dinas of OPD 1.
fn asks<T: Send + 'static>(
    db: &Db,
    by: &praja_store::By,
    tanggal: &str,
    give: impl Fn(&mut Tx<'_>, &Ask<'_>) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let (jenis, tanggal) = (surat_dinas(), date(tanggal));
    let keys = Keeping::of(&jenis, id(1), tanggal).keys();
    db.write(by, keys, move |tx| {
        let ask = Ask { opd: id(1), unit: "DINKES", jenis: &jenis, tanggal, klas: "000.1.2", aman: "B", objek: "uji_surat:1" };
        give(tx, &ask)
    })
}

fn code<T: std::fmt::Debug>(outcome: Result<T, Problem>) -> &'static str {
    match outcome {
        Err(Problem::Refused(refusal)) => refusal.code(),
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[test]
fn a_letter_of_today_takes_the_next_number_and_one_of_an_earlier_day_what_was_set_aside() {
    let today = date("2026-11-22");
    assert_eq!(place(today, today), Ok(Place::Next));
    assert_eq!(place(date("2026-11-21"), today), Ok(Place::Aside(date("2026-11-21"))));
    assert_eq!(place(date("2026-11-23"), today), Err(Refusal::Future { tanggal: date("2026-11-23") }));
    assert_eq!(place(date("2025-12-31"), date("2026-01-02")), Ok(Place::Aside(date("2025-12-31"))));
}

#[test]
fn a_number_from_paper_is_the_next_one_a_skipping_one_or_one_set_aside() {
    let cases = [
        (11, 10, false, Ok(11..11)),
        (14, 10, false, Ok(11..14)),
        (7, 10, true, Ok(0..0)),
        (10, 10, false, Err(Refusal::Given { urut: 10, terakhir: 10 })),
        (211, 10, false, Err(Refusal::TooFar { urut: 211, terakhir: 10 })),
    ];
    for (urut, terakhir, aside, expected) in cases {
        assert_eq!(rules::outside(urut, terakhir, aside), expected, "{urut}");
    }
}

#[test]
fn backdated_letters_take_their_days_reserve_in_order_and_nothing_else() {
    for (db, by) in engines("desk_uji_cadangan") {
        let today = date("2026-11-22");
        let take = |tanggal: &str, today: Date| asks(&db, &by, tanggal, move |tx, ask| reserve_for(tx, ask, today));
        assert_eq!(take("2026-11-22", today).unwrap().nomor, "000.1.2/1/DINKES");
        asks(&db, &by, "2026-11-22", |tx, ask| set_aside(tx, &ask.keeping().register(), date("2026-11-22"), 2)).unwrap();
        let tomorrow = date("2026-11-23");
        assert_eq!(take("2026-11-23", tomorrow).unwrap().nomor, "000.1.2/4/DINKES");
        assert_eq!(take("2026-11-22", tomorrow).unwrap().nomor, "000.1.2/2/DINKES");
        assert_eq!(take("2026-11-22", tomorrow).unwrap().nomor, "000.1.2/3/DINKES");
        assert_eq!(code(take("2026-11-22", tomorrow)), "desk.nomor.nothing-aside");
        assert_eq!(code(take("2026-11-20", tomorrow)), "desk.nomor.nothing-aside");
        assert_eq!(code(take("2026-11-24", tomorrow)), "desk.nomor.future");
        let too_many = asks(&db, &by, "2026-11-23", |tx, ask| set_aside(tx, &ask.keeping().register(), date("2026-11-23"), 21));
        assert_eq!(code(too_many), "desk.nomor.fields");
    }
}

#[test]
fn a_register_sets_numbers_aside_by_itself_when_a_new_day_begins() {
    for (db, by) in engines("desk_uji_harian") {
        let take = |tanggal: &str, today: &str| {
            let today = date(today);
            asks(&db, &by, tanggal, move |tx, ask| draw_for(tx, ask, today)).map(|drawn| drawn.urut)
        };
        asks(&db, &by, "2026-11-20", |tx, ask| set_daily(tx, &ask.keeping().register(), 3)).unwrap();
        assert_eq!(take("2026-11-20", "2026-11-20").unwrap(), 1);
        assert_eq!(take("2026-11-23", "2026-11-23").unwrap(), 5, "2, 3 and 4 are kept for the Friday");
        assert_eq!(take("2026-11-23", "2026-11-23").unwrap(), 6, "once a day");
        assert_eq!(take("2026-11-20", "2026-11-23").unwrap(), 2);
        assert_eq!(code(take("2026-11-21", "2026-11-23")), "desk.nomor.nothing-aside");
    }
}

#[test]
fn the_old_years_register_is_not_touched_by_the_new_years_letters() {
    for (db, by) in engines("desk_uji_ganti_tahun") {
        let take = |tanggal: &str, today: &str| {
            let today = date(today);
            asks(&db, &by, tanggal, move |tx, ask| reserve_for(tx, ask, today)).map(|drawn| drawn.nomor)
        };
        assert_eq!(take("2026-12-31", "2026-12-31").unwrap(), "000.1.2/1/DINKES");
        asks(&db, &by, "2026-12-31", |tx, ask| set_aside(tx, &ask.keeping().register(), date("2026-12-31"), 1)).unwrap();
        assert_eq!(take("2027-01-01", "2027-01-01").unwrap(), "000.1.2/1/DINKES", "the same text in another year");
        assert_eq!(take("2026-12-31", "2027-01-02").unwrap(), "000.1.2/2/DINKES");
        assert_eq!(take("2027-01-02", "2027-01-02").unwrap(), "000.1.2/2/DINKES");
    }
}

#[test]
fn numbers_from_an_outage_are_entered_without_a_gap() {
    for (db, by) in engines("desk_uji_luar") {
        let today = date("2026-11-22");
        let enter = |urut: i64, why: &'static str| {
            asks(&db, &by, "2026-11-20", move |tx, ask| record_outside(tx, ask, urut, why, today)).map(|drawn| drawn.nomor)
        };
        asks(&db, &by, "2026-11-22", move |tx, ask| draw_for(tx, ask, today)).unwrap();
        assert_eq!(code(enter(4, "  ")), "desk.nomor.fields");
        assert_eq!(enter(4, "Undangan rapat untuk camat").unwrap(), "000.1.2/4/DINKES");
        assert_eq!(code(enter(1, "Lain")), "desk.nomor.given");
        assert_eq!(code(enter(4, "Lain")), "desk.nomor.given");
        assert_eq!(enter(2, "Surat tugas").unwrap(), "000.1.2/2/DINKES", "skipped before, entered now");
        assert_eq!(code(enter(999, "Lain")), "desk.nomor.too-far");
        let list = db
            .read(|tx| {
                let jenis = surat_dinas();
                let book = store::of_opd(tx, id(1), 2026)?.remove(0);
                assert_eq!(book.kelompok, jenis.kelompok_register());
                numbers(tx, book.id, None, None, 10)
            })
            .unwrap();
        let kept: Vec<_> = list.iter().map(|one| (one.urut, one.status, one.asal)).collect();
        assert_eq!(
            kept,
            [
                (4, Status::Terpakai, Asal::DiluarSistem),
                (3, Status::Cadangan, Asal::DiluarSistem),
                (2, Status::Terpakai, Asal::DiluarSistem),
                (1, Status::Terpakai, Asal::Register)
            ]
        );
        assert_eq!(asks(&db, &by, "2026-11-22", move |tx, ask| draw_for(tx, ask, today)).unwrap().urut, 5);
    }
}

#[test]
fn under_srikandi_the_box_gives_no_number_and_takes_those_of_srikandi_back() {
    for (db, by) in engines("desk_uji_srikandi") {
        let today = date("2026-11-22");
        let give = || asks(&db, &by, "2026-11-22", move |tx, ask| reserve_for(tx, ask, today));
        let record = |nomor: &'static str| asks(&db, &by, "2026-11-22", move |tx, ask| record_external(tx, ask, nomor));
        assert_eq!(code(record("B/1/UJI")), "desk.nomor.own-numbers");
        let change = |dasar: &'static str| {
            asks(&db, &by, "2026-11-22", move |tx, ask| set_owner(tx, &ask.keeping().register(), Pemilik::Srikandi, dasar))
        };
        assert_eq!(code(change(" ")), "desk.nomor.fields");
        change("Keputusan Sekda 5/2026").unwrap();
        assert_eq!(code(give()), "desk.nomor.other-owner");
        assert_eq!(record(" B/1  UJI ").unwrap().nomor, "B/1 UJI");
        assert_eq!(code(record("b/1 uji")), "desk.nomor.collision");
    }
}

#[test]
fn two_opd_of_one_short_name_do_not_get_one_number() {
    for (db, by) in engines("desk_uji_kembar") {
        let give = |opd: u8| {
            let (jenis, tanggal) = (surat_dinas(), date("2026-11-22"));
            let keys = Keeping::of(&jenis, id(opd), tanggal).keys();
            db.write(&by, keys, move |tx| {
                let ask =
                    Ask { opd: id(opd), unit: "UPTD", jenis: &jenis, tanggal, klas: "000.1.2", aman: "B", objek: "uji_surat:1" };
                reserve_for(tx, &ask, tanggal)
            })
        };
        assert_eq!(give(1).unwrap().nomor, "000.1.2/1/UPTD");
        assert_eq!(code(give(9)), "desk.nomor.collision");
    }
}

#[test]
fn a_kind_without_number_and_a_letter_without_a_part_are_refused() {
    let (db, by, _) = sqlite();
    let today = date("2026-11-22");
    let none = naskah::JenisNaskah { aturan: NumberRule { pattern: None, nomor_pihak_lain: false }, ..surat_dinas() };
    let keys = || Keeping::of(&surat_dinas(), id(1), today).keys();
    let without = db.write(&by, keys(), move |tx| {
        let ask = Ask { opd: id(1), unit: "X", jenis: &none, tanggal: today, klas: "000.1.2", aman: "B", objek: "" };
        reserve_for(tx, &ask, today)
    });
    assert_eq!(code(without), "desk.nomor.not-numbered");
    let jenis = surat_dinas();
    let missing = db.write(&by, keys(), move |tx| {
        let ask = Ask { opd: id(1), unit: " ", jenis: &jenis, tanggal: today, klas: "000.1.2", aman: "B", objek: "" };
        reserve_for(tx, &ask, today)
    });
    assert_eq!(code(missing), "desk.nomor.pattern");
}

mod screens {
    use crate::{
        MANAGE_ALL_REGISTER, MANAGE_REGISTER,
        testing::{Office, text},
    };

    async fn opened(office: &Office, kelompok: &str) -> String {
        let fields = [("kelompok", kelompok), ("tahun", "2026")];
        let saved = office.fill("/desk/register", "/desk/register/buka", &fields).await;
        assert_eq!(saved.status(), 303, "{kelompok}");
        saved.headers().get("location").unwrap().to_str().unwrap().to_owned()
    }

    #[actix_web::test]
    async fn a_head_of_registry_opens_a_register_keeps_numbers_and_enters_those_from_paper() {
        let office = Office::with(&[], &[MANAGE_REGISTER]);
        let book = opened(&office, "naskah.surat").await;
        assert_eq!(opened(&office, "naskah.surat").await, book, "once");
        let wrong = office.fill(&book, &format!("{book}/cadangan"), &[("jumlah", "99")]).await;
        assert_eq!(wrong.status(), 422);
        assert!(text(wrong).await.contains("value=\"99\""), "what was typed stays");
        assert_eq!(office.fill(&book, &format!("{book}/cadangan"), &[("jumlah", "2")]).await.status(), 303);
        assert_eq!(office.fill(&book, &format!("{book}/harian"), &[("harian", "3")]).await.status(), 303);
        let paper = format!("{book}/luar");
        let missing = office.fill(&paper, &paper, &[("jenis", "surat-dinas"), ("urut", "x"), ("tanggal", "2025-01-01")]).await;
        let body = text(missing).await;
        for words in ["adalah angka", "tahun 2026", "sedikitnya tiga tingkat", "Tulis hal"] {
            assert!(body.contains(words), "{words}");
        }
        let fields = [
            ("jenis", "surat-dinas"),
            ("urut", "4"),
            ("tanggal", "2026-11-20"),
            ("klasifikasi", "000.1.2"),
            ("unit", "DINKES"),
            ("keterangan", "Undangan <rapat> untuk camat"),
        ];
        assert_eq!(office.fill(&paper, &paper, &fields).await.status(), 303);
        let body = text(office.get(&book).await).await;
        assert!(body.contains("000.1.2/4/DINKES") && body.contains("Undangan &lt;rapat&gt;") && body.contains("Urut 3"));
        let cancel = format!("{book}/nomor/3/batal");
        assert_eq!(office.fill(&cancel, &cancel, &[("alasan", " ")]).await.status(), 422);
        assert_eq!(office.fill(&cancel, &cancel, &[("alasan", "Tidak jadi")]).await.status(), 303);
        assert_eq!(office.get(&cancel).await.status(), 422, "once is enough");
        let csv = text(office.get(&format!("{book}/unduh?format=csv")).await).await;
        assert!(csv.contains("Tidak jadi") && csv.contains("Di luar sistem"), "{csv}");
        let owner = format!("{book}/pemilik");
        assert_eq!(office.fill(&owner, &owner, &[("dasar", "")]).await.status(), 422);
        assert_eq!(office.fill(&owner, &owner, &[("dasar", "Keputusan 5/2026")]).await.status(), 303);
        assert!(text(office.get(&book).await).await.contains("SRIKANDI"));
    }

    #[actix_web::test]
    async fn a_register_of_another_opd_or_of_the_regency_is_not_found() {
        let all = Office::with(&[], &[MANAGE_REGISTER, MANAGE_ALL_REGISTER]);
        let shared = opened(&all, "naskah.peraturan-daerah").await;
        assert_eq!(all.get(&shared).await.status(), 200);
        assert!(text(all.get("/desk/register?tahun=2026").await).await.contains("Seluruh daerah"));
        let own = Office::with(&[], &[MANAGE_REGISTER]);
        assert_eq!(own.get(&shared).await.status(), 404);
        let forbidden =
            own.fill("/desk/register", "/desk/register/buka", &[("kelompok", "naskah.peraturan-daerah"), ("tahun", "2026")]);
        assert_eq!(forbidden.await.status(), 403);
        let wrong = own.fill("/desk/register", "/desk/register/buka", &[("kelompok", "tidak-ada"), ("tahun", "1999")]).await;
        assert_eq!(wrong.status(), 422);
        let wrong = text(wrong).await;
        assert!(wrong.contains("Pilih salah satu register") && wrong.contains("Tahun register antara 2025 dan 2027"), "{wrong}");
        assert!(wrong.contains("value=\"1999\"") && wrong.contains("f-tahun-masalah"), "{wrong}");
        assert_eq!(own.get("/desk/register").await.status(), 200);
        assert_eq!(own.get("/desk/jenis-naskah/memo").await.status(), 403);
        assert_eq!(Office::new(&[]).get("/desk/register").await.status(), 403);
    }

    #[actix_web::test]
    async fn numbering_of_a_kind_is_changed_on_screen_and_a_collision_is_explained() {
        let office = Office::with(&[], &[MANAGE_REGISTER, MANAGE_ALL_REGISTER]);
        let list = text(office.get("/desk/jenis-naskah").await).await;
        assert!(list.contains("32 jenis") && list.contains("000.8.3.3/15/OR"));
        let page = "/desk/jenis-naskah/nota-dinas";
        let apart =
            [("aturan", "{klas}/{no}/{unit}"), ("singkatan", "ND"), ("register", "nota"), ("pemegang", "opd"), ("aktif", "ya")];
        let refused = office.fill(page, page, &apart).await;
        assert_eq!(refused.status(), 422);
        assert!(text(refused).await.contains("nomornya dapat sama"));
        let fine =
            [("aturan", "{jenis}/{no}/{unit}"), ("singkatan", "nd"), ("register", "nota"), ("pemegang", "opd"), ("aktif", "ya")];
        assert_eq!(office.fill(page, page, &fine).await.status(), 303);
        let body = text(office.get(page).await).await;
        assert!(body.contains("{jenis}/{no}/{unit}") && body.contains("Pola yang lazim"));
    }
}
