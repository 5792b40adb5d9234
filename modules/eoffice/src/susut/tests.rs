use praja_desk::klasifikasi::Nasib;
use praja_kernel::{Date, Moment, Sifat};

use super::{Baris, Bidang, Jenis, Keputusan, Langkah, Refusal, Status, Susut, asks, go, read};
use crate::{
    arsip::{Berkas, Masa, Persetujuan, Tahap},
    testing::id,
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn berkas(tahap: Tahap, nasib: Nasib, years: (u16, u16)) -> Berkas {
    Berkas {
        id: id(1),
        opd: id(2),
        nomor: 1,
        kode: "000.1.1".into(),
        nama: "Telepon".into(),
        uraian: None,
        lokasi: None,
        tahap,
        sifat: Sifat::Biasa,
        jumlah: 3,
        dibuka: day("2010-01-01"),
        ditutup: Some(day("2012-12-31")),
        peristiwa_pada: None,
        masa: Masa { aktif: years.0, peristiwa: None, inaktif: years.1, nasib, nasib_teks: nasib.label().into() },
        susut: None,
        created_at: Moment(0),
        versi: 1,
    }
}

fn susut(jenis: Jenis, whose: Option<Persetujuan>) -> Susut {
    Susut {
        id: id(5),
        opd: id(2),
        jenis,
        nomor: 1,
        persetujuan: whose,
        status: Status::Disusun,
        jumlah: 0,
        oleh_nama: "Ana".into(),
        created_at: Moment(0),
        versi: 1,
    }
}

#[test]
fn a_destruction_is_judged_approved_and_decided_before_it_is_done() {
    let way = [
        (Status::Disusun, Langkah::Nilai, Status::Dinilai),
        (Status::Dinilai, Langkah::Setujui, Status::Disetujui),
        (Status::Disetujui, Langkah::Tetapkan, Status::Ditetapkan),
        (Status::Ditetapkan, Langkah::BeritaAcara, Status::Selesai),
    ];
    for from in Status::ALL {
        for step in Langkah::ALL {
            let expected = match way.iter().find(|(before, by, _)| (before, by) == (from, step)) {
                Some((_, _, after)) => Some(*after),
                None if *step == Langkah::Batalkan && !matches!(from, Status::Selesai | Status::Batal) => Some(Status::Batal),
                None => None,
            };
            assert_eq!(go(Jenis::Musnah, *from, *step).ok(), expected, "{from:?} {step:?}");
        }
    }
}

#[test]
fn a_move_needs_its_berita_acara_alone_and_a_handing_over_the_institutions_word_before() {
    assert_eq!(go(Jenis::Pindah, Status::Disusun, Langkah::BeritaAcara), Ok(Status::Selesai));
    assert!(go(Jenis::Pindah, Status::Disusun, Langkah::Setujui).is_err());
    assert!(go(Jenis::Serah, Status::Disusun, Langkah::BeritaAcara).is_err());
    assert_eq!(go(Jenis::Serah, Status::Disusun, Langkah::Setujui), Ok(Status::Disetujui));
    assert_eq!(go(Jenis::Serah, Status::Disetujui, Langkah::BeritaAcara), Ok(Status::Selesai));
    assert_eq!(susut(Jenis::Musnah, None).next(), Some(Langkah::Nilai));
    assert_eq!(Susut { status: Status::Selesai, ..susut(Jenis::Musnah, None) }.next(), None);
}

#[test]
fn a_file_stands_only_in_a_list_that_its_stage_its_time_and_its_fate_allow() {
    let today = day("2026-11-22");
    let cases = [
        (Jenis::Pindah, Tahap::Aktif, Nasib::Permanen, (2, 30), true),
        (Jenis::Pindah, Tahap::Inaktif, Nasib::Musnah, (2, 3), false),
        // Active until the end of 2026.
        (Jenis::Pindah, Tahap::Aktif, Nasib::Musnah, (14, 1), false),
        (Jenis::Musnah, Tahap::Inaktif, Nasib::Musnah, (2, 3), true),
        (Jenis::Musnah, Tahap::Inaktif, Nasib::DinilaiKembali, (2, 3), true),
        (Jenis::Musnah, Tahap::Inaktif, Nasib::Permanen, (2, 3), false),
        (Jenis::Musnah, Tahap::Aktif, Nasib::Musnah, (2, 3), false),
        (Jenis::Musnah, Tahap::Inaktif, Nasib::Musnah, (2, 30), false),
        (Jenis::Musnah, Tahap::Musnah, Nasib::Musnah, (2, 3), false),
        (Jenis::Serah, Tahap::Inaktif, Nasib::Permanen, (2, 3), true),
        (Jenis::Serah, Tahap::Inaktif, Nasib::Musnah, (2, 3), false),
        (Jenis::Serah, Tahap::Terbuka, Nasib::Permanen, (2, 3), false),
    ];
    for (jenis, tahap, nasib, years, fits) in cases {
        let found = susut(jenis, None).fits(&berkas(tahap, nasib, years), today);
        assert_eq!(found.is_ok(), fits, "{jenis:?} {tahap:?} {nasib:?} {years:?}: {found:?}");
    }
}

#[test]
fn files_of_another_approver_another_list_or_another_office_have_no_place() {
    let today = day("2026-11-22");
    let (short, long) = (berkas(Tahap::Inaktif, Nasib::Musnah, (2, 7)), berkas(Tahap::Inaktif, Nasib::Musnah, (2, 8)));
    let (regent, anri) =
        (susut(Jenis::Musnah, Some(Persetujuan::KepalaDaerah)), susut(Jenis::Musnah, Some(Persetujuan::KepalaAnri)));
    for (list, file, fits) in [(&regent, &short, true), (&regent, &long, false), (&anri, &long, true), (&anri, &short, false)] {
        assert_eq!(list.fits(file, today).is_ok(), fits, "{:?} {:?}", list.persetujuan, file.masa);
    }
    assert!(regent.fits(&Berkas { susut: Some(id(9)), ..short.clone() }, today).is_err());
    assert!(regent.fits(&Berkas { susut: Some(regent.id), ..short.clone() }, today).is_ok());
    assert!(regent.fits(&Berkas { opd: id(8), ..short }, today).is_err());
}

#[test]
fn what_the_schedule_leaves_open_is_for_the_panel_to_decide() {
    let line = |nasib, keputusan| Baris {
        urut: 1,
        berkas: berkas(Tahap::Inaktif, nasib, (2, 3)),
        keputusan,
        alasan: None,
        terhapus_pada: None,
    };
    assert_eq!(line(Nasib::Musnah, None).decided(), Some(Keputusan::Musnah));
    assert_eq!(line(Nasib::DinilaiKembali, None).decided(), None);
    assert_eq!(line(Nasib::Musnah, Some(Keputusan::Tetap)).decided(), Some(Keputusan::Tetap));
}

#[test]
fn every_paper_is_asked_in_earnest() {
    let today = day("2026-11-22");
    let good = |bidang: Bidang| match bidang {
        Bidang::Tanggal => "20 November 2026".to_owned(),
        Bidang::Saksi(_) => "Satu\n\nDua\nTiga".to_owned(),
        _ => " Kata   kata ".to_owned(),
    };
    for jenis in Jenis::ALL {
        for step in Langkah::ALL.iter().filter(|step| Status::ALL.iter().any(|from| go(*jenis, *from, **step).is_ok())) {
            let surat = read(*jenis, *step, &good, None, today).unwrap();
            for (asked, _, _) in asks(*jenis, *step) {
                let without = |bidang: Bidang| if bidang == *asked { " ".to_owned() } else { good(bidang) };
                let Err(Refusal::Fields(wrong)) = read(*jenis, *step, &without, None, today) else { panic!("{asked:?}") };
                assert_eq!(wrong.iter().map(|one| one.field.clone()).collect::<Vec<_>>(), [asked.name()], "{jenis:?} {step:?}");
            }
            assert!(*step == Langkah::Batalkan || surat.nomor == "Kata kata", "{surat:?}");
        }
    }
}

#[test]
fn a_paper_is_not_older_than_the_one_before_and_not_of_tomorrow() {
    let today = day("2026-11-22");
    let on = |text: &'static str, before: Option<&str>| {
        let typed = move |bidang: Bidang| if bidang == Bidang::Tanggal { text.to_owned() } else { "Kata".to_owned() };
        read(Jenis::Musnah, Langkah::Tetapkan, &typed, before.map(day), today).map(|surat| surat.tanggal)
    };
    assert_eq!(on("2026-11-22", None), Ok(today));
    assert_eq!(on("2026-11-10", Some("2026-11-10")), Ok(day("2026-11-10")));
    for (text, before) in [("2026-11-23", None), ("2026-11-09", Some("2026-11-10")), ("31 Februari 2026", None)] {
        assert!(matches!(on(text, before), Err(Refusal::Fields(_))), "{text}");
    }
}

#[test]
fn a_panel_has_three_and_a_destruction_two_witnesses_each_named_once() {
    let today = day("2026-11-22");
    let with = |step: Langkah, people: &'static str| {
        let typed = move |bidang: Bidang| match bidang {
            Bidang::Tanggal => "2026-11-20".to_owned(),
            Bidang::Saksi(_) => people.to_owned(),
            _ => "Kata".to_owned(),
        };
        read(Jenis::Musnah, step, &typed, None, today).map(|surat| surat.saksi.len())
    };
    assert_eq!(with(Langkah::BeritaAcara, "Ana\nBudi"), Ok(2));
    assert!(with(Langkah::BeritaAcara, "Ana").is_err());
    assert!(with(Langkah::BeritaAcara, "Ana\n ANA ").is_err());
    assert!(with(Langkah::Nilai, "Ana\nBudi").is_err());
    assert_eq!(with(Langkah::Nilai, "Ana\nBudi\nCici"), Ok(3));
}

#[test]
fn the_berita_acara_of_each_kind_is_drawn_before_and_after_it_is_filled_in() {
    use praja_documents::Drawer;
    use praja_module::documents::{Documents, Drawing};
    let today = day("2026-11-22");
    let drawer = Drawer::in_here(false);
    let head = super::pages::paper::Kepala {
        induk: "Pemerintah Kabupaten Contoh".into(),
        nama: "Dinas *Kesehatan* #1".into(),
        alamat: "Jalan Melati 1".into(),
        tempat: "Kotacontoh".into(),
        latihan: true,
    };
    let typed = |bidang: Bidang| match bidang {
        Bidang::Tanggal => "2026-11-20".to_owned(),
        Bidang::Saksi(_) => "Satu\nDua\nTiga".to_owned(),
        _ => "Kata <b> $x$".to_owned(),
    };
    for jenis in Jenis::ALL {
        let steps: Vec<Langkah> = [Langkah::Nilai, Langkah::Setujui, Langkah::Tetapkan, Langkah::BeritaAcara]
            .into_iter()
            .filter(|step| Status::ALL.iter().any(|from| go(*jenis, *from, *step).is_ok()))
            .collect();
        let papers: Vec<_> = steps.iter().map(|step| (*step, read(*jenis, *step, &typed, None, today).unwrap())).collect();
        for papers in [&[][..], &papers[..]] {
            let data = super::pages::paper::data(&susut(*jenis, None), papers, &head, today);
            let drawn = drawer.draw(&Drawing::new("berita-acara", data, today));
            let drawn = drawn.unwrap_or_else(|e| panic!("{jenis:?}: {e}"));
            // Witnesses that do not fit go to a second page.
            assert!(drawn.pdf.starts_with(b"%PDF-") && drawn.pages <= 2, "{jenis:?} {}", drawn.pages);
        }
    }
}
