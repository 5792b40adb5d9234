use praja_desk::klasifikasi::Klasifikasi;
use praja_kernel::{
    AturanTenggat, Date, DayOff, DayOffKind, Derajat, Id, Moment, Refuse, Sifat, WorkingCalendar, YearStatus, Zona,
};

use crate::surat_masuk::{
    Baru, Desks, Draft, Known, RAHASIA, Refusal, Status, SuratMasuk, add_scan, first_status, openers, readers, register,
};
use crate::surat_masuk::{
    alur::{Langkah, go},
    recount::{again, zona_of},
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn id(number: u8) -> Id {
    Id::v7(1, [number; 10])
}

/// 2026 with its five fixed holidays, as a final year.
fn calendar(today: Date) -> WorkingCalendar {
    let mut calendar = WorkingCalendar::new(today);
    let fixed = [(1, 1), (5, 1), (6, 1), (8, 17), (12, 25)];
    let rows = fixed.map(|(month, day)| DayOff {
        tanggal: Date::new(2026, month, day).unwrap(),
        jenis: DayOffKind::LiburNasional,
        nama: "Libur".into(),
    });
    calendar.load(2026, YearStatus::Final { dasar: None }, rows.into()).unwrap();
    calendar
}

fn draft() -> Draft<'static> {
    Draft {
        asal: "  Dinas   Kesehatan ",
        nomor_surat: "400.7/15/DINKES",
        tanggal_surat: "18 November 2026",
        tanggal_terima: "20/11/2026",
        hal: "Undangan rapat koordinasi",
        klasifikasi: "000.1.2",
        derajat: "segera",
        jumlah_lampiran: "2",
        ..Draft::default()
    }
}

fn known<'a>(calendar: &'a WorkingCalendar, list: &'a Klasifikasi) -> Known<'a> {
    let now = Zona::Wita.at(day("2026-11-20").at(10, 0, 0, 0));
    Known { now, zona: Zona::Wita, calendar, aturan: AturanTenggat::default(), klasifikasi: Some(list) }
}

fn try_register(draft: &Draft<'_>) -> Result<Baru, Refusal> {
    let calendar = calendar(day("2026-11-20"));
    register(draft, &known(&calendar, Klasifikasi::shipped()))
}

/// The problem of the only field at fault.
fn problem_of(field: &str, draft: &Draft<'_>) -> String {
    let refusal = try_register(draft).unwrap_err();
    let problems = refusal.fields();
    assert_eq!(problems.iter().map(|problem| problem.field.clone()).collect::<Vec<_>>(), [field], "{problems:?}");
    problems[0].message.clone()
}

fn letter(sifat: Sifat, status: Status) -> SuratMasuk {
    let baru = try_register(&draft()).unwrap();
    SuratMasuk {
        id: id(1),
        opd: id(2),
        tahun: 2026,
        agenda: 12,
        isi: super::super::Isi { sifat, ringkasan: Some("Isi".into()), ..baru.isi },
        status,
        tenggat: baru.tenggat.sampai,
        tenggat_sementara: false,
        pemegang: "Kasubag Umum".into(),
        pemegang_sejak: Moment(0),
        created_at: Moment(0),
        pencatat: None,
        penerima: None,
        disposisi_terakhir: String::new(),
        disposisi_pada: None,
        selesai_pada: None,
        penutup: None,
        versi: 1,
    }
}

#[test]
fn a_complete_draft_becomes_a_letter_with_a_tidy_sender_and_a_deadline() {
    let baru = try_register(&draft()).unwrap();
    assert_eq!(baru.isi.asal, "Dinas Kesehatan");
    assert_eq!((baru.isi.tanggal_surat, baru.isi.tanggal_terima), (day("2026-11-18"), day("2026-11-20")));
    assert_eq!((baru.isi.sifat, baru.isi.derajat, baru.isi.jumlah_lampiran), (Sifat::Biasa, Derajat::Segera, 2));
    // Friday and two working days: Tuesday.
    assert_eq!(baru.tenggat.tanggal, day("2026-11-24"));
    assert!(!baru.tenggat.provisional);
}

#[test]
fn every_field_at_fault_is_named_at_once() {
    let refusal = try_register(&Draft { jumlah_lampiran: "banyak", sifat: "gelap", ..Draft::default() }).unwrap_err();
    let fields: Vec<_> = refusal.fields().iter().map(|problem| problem.field.clone()).collect();
    assert_eq!(fields, ["sifat", "tanggal_surat", "asal", "nomor_surat", "hal", "jumlah_lampiran"]);
}

#[test]
fn a_letter_without_a_number_is_marked_with_a_dash() {
    assert_eq!(try_register(&Draft { nomor_surat: "-", ..draft() }).unwrap().isi.nomor_surat, None);
    assert!(problem_of("nomor_surat", &Draft { nomor_surat: " ", ..draft() }).contains("tanda \"-\""));
}

#[test]
fn dates_are_neither_in_the_future_nor_older_than_ten_years_nor_the_wrong_way_round() {
    assert!(problem_of("tanggal_surat", &Draft { tanggal_surat: "21-11-2026", ..draft() }).contains("belum tiba"));
    assert!(problem_of("tanggal_surat", &Draft { tanggal_surat: "1-1-2016", ..draft() }).contains("10 tahun"));
    assert!(problem_of("tanggal_terima", &Draft { tanggal_terima: "17-11-2026", ..draft() }).contains("lebih dahulu"));
    assert!(problem_of("tanggal_surat", &Draft { tanggal_surat: "30-2-2026", ..draft() }).contains("hanya sampai tanggal 28"));
    assert_eq!(try_register(&Draft { tanggal_terima: "", ..draft() }).unwrap().isi.tanggal_terima, day("2026-11-20"));
}

#[test]
fn lengths_are_counted_in_letters_not_in_bytes() {
    let (longest, long) = ("é".repeat(120), "é".repeat(121));
    assert!(try_register(&Draft { hal: &longest, ..draft() }).is_ok());
    assert!(problem_of("hal", &Draft { hal: &long, ..draft() }).contains("121 huruf"));
    let asal = "a".repeat(161);
    problem_of("asal", &Draft { asal: &asal, ..draft() });
    let nomor = "1".repeat(81);
    problem_of("nomor_surat", &Draft { nomor_surat: &nomor, ..draft() });
}

#[test]
fn a_classification_has_three_levels_and_is_in_the_list() {
    assert!(problem_of("klasifikasi", &Draft { klasifikasi: "000.1", ..draft() }).contains("terlalu umum"));
    assert!(problem_of("klasifikasi", &Draft { klasifikasi: "000.1.999", ..draft() }).contains("tidak ada"));
    assert_eq!(try_register(&Draft { klasifikasi: "", ..draft() }).unwrap().isi.klasifikasi, None);
}

#[test]
fn the_subject_of_a_closed_envelope_may_be_empty() {
    assert!(try_register(&Draft { hal: "", sifat: "rahasia", ..draft() }).is_ok());
    assert!(problem_of("hal", &Draft { hal: "", sifat: "terbatas", ..draft() }).contains("belum diisi"));
}

#[test]
fn a_letter_of_december_entered_in_january_stays_in_the_old_book() {
    let calendar = calendar(day("2027-01-04"));
    let known = Known { now: Zona::Wita.at(day("2027-01-04").at(8, 0, 0, 0)), ..known(&calendar, Klasifikasi::shipped()) };
    let baru = register(&Draft { tanggal_terima: "31-12-2026", ..draft() }, &known).unwrap();
    assert_eq!(baru.tahun(), 2026);
    assert!(baru.tenggat.provisional, "2027 is not final");
}

#[test]
fn a_scan_makes_a_letter_readable_and_a_top_secret_one_has_none() {
    assert_eq!(first_status(Sifat::Biasa, 0), Ok(Status::Tercatat));
    assert_eq!(first_status(Sifat::Rahasia, 1), Ok(Status::Dipindai));
    assert_eq!(first_status(Sifat::SangatRahasia, 0), Ok(Status::Tercatat));
    assert_eq!(first_status(Sifat::SangatRahasia, 1), Err(Refusal::ScanOfTopSecret));
    assert_eq!(add_scan(letter(Sifat::Biasa, Status::Tercatat)).unwrap().status, Status::Dipindai);
    assert_eq!(add_scan(letter(Sifat::Biasa, Status::Didisposisi)).unwrap().status, Status::Didisposisi);
    assert_eq!(add_scan(letter(Sifat::SangatRahasia, Status::Tercatat)), Err(Refusal::ScanOfTopSecret));
    for status in Status::ALL.iter().filter(|status| !status.is_open()) {
        assert_eq!(add_scan(letter(Sifat::Biasa, *status)), Err(Refusal::Closed(status.label())));
    }
}

#[test]
fn a_secret_letter_is_seen_by_two_desks_and_opened_by_one() {
    let desks = Desks { tata_usaha: id(3), pimpinan: Some(id(4)) };
    let posts = vec![format!("jabatan:{}", id(3)), format!("jabatan:{}", id(4))];
    assert_eq!(readers(id(2), Sifat::Biasa, desks), [format!("opd:{}", id(2))]);
    assert_eq!(readers(id(2), Sifat::Rahasia, desks), posts);
    assert_eq!(openers(id(2), Sifat::Terbatas, desks), posts);
    assert_eq!(openers(id(2), Sifat::Rahasia, desks), posts[1..]);
    assert_eq!(readers(id(2), Sifat::Terbatas, Desks { pimpinan: Some(id(3)), ..desks }), posts[..1]);
}

#[test]
fn masking_takes_subject_and_summary_of_secret_letters_alone() {
    let secret = letter(Sifat::Rahasia, Status::Tercatat).masked();
    assert_eq!((secret.isi.hal.as_str(), secret.isi.ringkasan), (RAHASIA, None));
    let open = letter(Sifat::Terbatas, Status::Tercatat);
    assert_eq!(open.clone().masked(), open);
}

#[test]
fn only_a_letter_that_waits_can_be_late() {
    let late = Moment(i64::MAX);
    assert!(letter(Sifat::Biasa, Status::Dipindai).is_late(late));
    assert!(!letter(Sifat::Biasa, Status::Selesai).is_late(late));
    assert!(!letter(Sifat::Biasa, Status::Dipindai).is_late(Moment(0)));
}

#[test]
fn a_stored_state_is_one_word_and_is_read_back() {
    for status in Status::ALL {
        assert_eq!(Status::parse(status.as_str()), Ok(*status));
        assert!(status.as_str().chars().all(|letter| letter.is_ascii_lowercase() || letter == '_'));
    }
}

#[test]
fn a_deadline_is_counted_again_by_the_calendar_as_it_is_now_in_every_zone() {
    for zona in [Zona::Wib, Zona::Wita, Zona::Wit] {
        let end = |text: &str| zona.at(day(text).at(23, 59, 59, 999_000_000));
        assert_eq!(zona_of(end("2026-11-24")), Some(zona));
        let surat = SuratMasuk { tenggat: end("2026-11-24"), ..letter(Sifat::Biasa, Status::Tercatat) };
        let mut calendar = calendar(day("2026-11-20"));
        assert_eq!(again(&surat, zona, &calendar).unwrap().sampai, end("2026-11-24"));
        calendar.add_day_off(DayOff { tanggal: day("2026-11-23"), jenis: DayOffKind::LiburNasional, nama: "Libur baru".into() });
        assert_eq!(again(&surat, zona, &calendar).unwrap().sampai, end("2026-11-25"));
    }
    assert_eq!(zona_of(Moment(1_234_567)), None);
}

#[test]
fn every_state_and_step_of_a_letter_is_decided_as_the_table_says() {
    use Langkah::{Arahkan, Berkaskan, Disposisi, Duplikat, Keluarkan, Kembalikan, Kerjakan, Teruskan, Tuntas, Tutup};
    let allowed: [(Langkah, &[(Status, Status)]); 10] = [
        (Berkaskan, &[(Status::Selesai, Status::Diberkaskan)]),
        (Keluarkan, &[(Status::Diberkaskan, Status::Selesai)]),
        (Arahkan, &[(Status::Dipindai, Status::Diarahkan), (Status::Diarahkan, Status::Diarahkan)]),
        (
            Disposisi,
            &[
                (Status::Diarahkan, Status::Didisposisi),
                (Status::Didisposisi, Status::Didisposisi),
                (Status::Ditindaklanjuti, Status::Ditindaklanjuti),
            ],
        ),
        (Kerjakan, &[(Status::Didisposisi, Status::Ditindaklanjuti), (Status::Ditindaklanjuti, Status::Ditindaklanjuti)]),
        (Tuntas, &[(Status::Didisposisi, Status::Selesai), (Status::Ditindaklanjuti, Status::Selesai)]),
        (
            Tutup,
            &[
                (Status::Diarahkan, Status::Selesai),
                (Status::Didisposisi, Status::Selesai),
                (Status::Ditindaklanjuti, Status::Selesai),
            ],
        ),
        (
            Teruskan,
            &[
                (Status::Diterima, Status::Diteruskan),
                (Status::Tercatat, Status::Diteruskan),
                (Status::Dipindai, Status::Diteruskan),
                (Status::Diarahkan, Status::Diteruskan),
                (Status::SalahAlamat, Status::Diteruskan),
            ],
        ),
        (
            Kembalikan,
            &[
                (Status::Diterima, Status::Dikembalikan),
                (Status::Tercatat, Status::Dikembalikan),
                (Status::Dipindai, Status::Dikembalikan),
                (Status::Diarahkan, Status::Dikembalikan),
                (Status::SalahAlamat, Status::Dikembalikan),
            ],
        ),
        (
            Duplikat,
            &[(Status::Diterima, Status::Duplikat), (Status::Tercatat, Status::Duplikat), (Status::Dipindai, Status::Duplikat)],
        ),
    ];
    assert_eq!(allowed.len(), Langkah::ALL.len());
    for (langkah, pairs) in allowed {
        for status in Status::ALL {
            let expected = pairs.iter().find(|(from, _)| from == status).map(|(_, to)| *to);
            assert_eq!(go(*status, langkah, Sifat::Biasa).ok(), expected, "{status:?} × {langkah:?}");
        }
    }
    assert_eq!(go(Status::Tercatat, Arahkan, Sifat::Biasa), Err(Refusal::NotScanned));
    assert_eq!(go(Status::Tercatat, Arahkan, Sifat::Rahasia), Ok(Status::Diarahkan), "no envelope is opened to be scanned");
}
