use super::{
    super::{
        bidang::Bidang,
        pemetaan::{Ganda, Pemetaan, Sumber},
    },
    day, read, read_as,
};
use praja_kernel::{Derajat, Sifat};

const SIMPLE: &str = "No Agenda;Tgl Terima;Asal Surat;Nomor Surat;Tgl Surat;Perihal;Sifat\n\
    1;03/01/2019;Dinas Sosial;005/1/Dinsos;2/1/2019;Undangan rapat;Biasa\n\
    2;03/01/2019;Camat Utara;-;;Laporan bulanan;Segera\n";

#[test]
fn a_simple_book_is_read_as_it_is_guessed() {
    let (all, wrong, between) = read(SIMPLE);
    assert_eq!((all.len(), wrong.len(), between), (2, 0, 0), "{wrong:#?}");
    let (one, two) = (&all[0], &all[1]);
    assert_eq!((one.tahun, one.agenda, one.baris), (2019, Some(1), 2));
    assert_eq!((one.isi.asal.as_str(), one.isi.nomor_surat.as_deref()), ("Dinas Sosial", Some("005/1/Dinsos")));
    assert_eq!((one.isi.tanggal_surat, one.isi.tanggal_terima), (day("2019-01-02"), day("2019-01-03")));
    assert_eq!(
        (two.isi.nomor_surat.as_deref(), two.isi.tanggal_surat),
        (None, day("2019-01-03")),
        "one date stands for the other"
    );
    assert_eq!((two.isi.sifat, two.isi.derajat), (Sifat::Biasa, Derajat::Segera), "urgency was written where security belongs");
}

#[test]
fn titles_years_between_the_rows_and_dates_without_a_year_are_understood() {
    let text = "BUKU AGENDA SURAT MASUK;;;;\nTahun;No;Tgl Terima;Asal;Hal\nTAHUN 2018;;;;\n;1;2 Januari;Dinas Sosial;Undangan\n\
        TAHUN 2019;;;;\n;1;03/02;Camat Utara;Laporan\n;2;;;\n2019;3;4 Mei 2019;Camat Barat;Surat\n";
    let (all, wrong, between) = read(text);
    assert_eq!((all.len(), wrong.len(), between), (3, 0, 3), "{wrong:#?}");
    let dates: Vec<_> = all.iter().map(|one| (one.tahun, one.agenda, one.isi.tanggal_terima)).collect();
    assert_eq!(
        dates,
        [(2018, Some(1), day("2018-01-02")), (2019, Some(1), day("2019-02-03")), (2019, Some(3), day("2019-05-04"))]
    );
}

#[test]
fn number_and_date_in_one_column_come_apart() {
    let text = "No Urut,Pengirim,No & Tgl Surat,Hal\n7,Dinas Sosial,\"005/12/Dinsos tgl. 12 Januari 2024\",Undangan\n\
        8,Camat,\"- / 13-01-2024\",Laporan\n9,Camat,\"005/9/X tgl 31/02/2024\",Surat\n10,Camat,005/10/X,Surat\n";
    let (all, wrong, _) = read(text);
    let said: Vec<_> = wrong.iter().map(|one| (one.baris, one.pesan.as_str())).collect();
    assert_eq!(
        said,
        [(4, "Tanggal tidak terbaca, atau tidak ada dalam kalender."), (5, "Tanggalnya kosong.")],
        "a date that is none is named; a number without a date is one where another date is known"
    );
    let (known, wrong, _) =
        read(&text.replace("Hal\n", "Hal,Tgl Terima\n").replace("005/10/X,Surat", "005/10/X,Surat,02/02/2024"));
    assert_eq!((known.last().map(|one| one.isi.tanggal_surat), wrong.len()), (Some(day("2024-02-02")), 1));
    assert_eq!((all[0].isi.nomor_surat.as_deref(), all[0].isi.tanggal_surat), (Some("005/12/Dinsos"), day("2024-01-12")));
    assert_eq!((all[1].isi.nomor_surat.as_deref(), all[1].isi.tanggal_terima), (None, day("2024-01-13")));
}

#[test]
fn every_fault_is_named_by_row_and_column_with_its_cure() {
    let text = "No Agenda;Tgl Terima;Asal Surat;Perihal;Sifat\n1;31/02/2019;Dinas Sosial;Undangan;Biasa\n\
        2;01/01/2030;Dinas Sosial;Undangan;Biasa\n3;;Dinas Sosial;Undangan;\n4;02/01/2019;;Undangan;\n5;02/01/2019;Camat;;Gawat\n\
        6;02/01/1900;Camat;Undangan;\n";
    let (all, wrong, _) = read(text);
    assert!(all.is_empty(), "{all:#?}");
    let named: Vec<(u32, &str, &str)> = wrong.iter().map(|one| (one.baris, one.kolom.as_str(), one.isi.as_str())).collect();
    assert_eq!(
        named,
        [
            (2, "Tgl Terima", "31/02/2019"),
            (3, "Tgl Terima", "01/01/2030"),
            (4, "Tgl Terima", ""),
            (5, "Asal Surat", ""),
            (6, "Sifat", "Gawat"),
            (6, "Perihal", ""),
            (7, "Tgl Terima", "02/01/1900")
        ]
    );
    assert!(wrong.iter().all(|one| !one.saran.is_empty() && one.pesan.ends_with('.')));
}

#[test]
fn what_stands_fixed_fills_empty_cells_and_missing_columns() {
    let one = |kolom: Option<usize>, tetap: &str| Sumber { kolom, tetap: tetap.into(), ..Sumber::default() };
    let mut map = Pemetaan { ganda: Ganda::Berikutnya, ..Pemetaan::default() };
    map.sumber.insert(Bidang::Asal, one(Some(0), "Tidak diketahui"));
    map.sumber.insert(Bidang::Hal, one(Some(1), ""));
    map.sumber.insert(Bidang::TanggalTerima, one(None, "31/12/2015"));
    map.sumber.insert(Bidang::Lokasi, one(None, "Gudang arsip"));
    let (all, wrong, _) = read_as("Asal;Hal;Isi\n;Undangan;a\nCamat;Laporan;b\n", 1, &map);
    assert_eq!(wrong, []);
    let said: Vec<_> = all.iter().map(|one| (one.isi.asal.as_str(), one.isi.tanggal_surat, one.isi.lokasi.as_deref())).collect();
    assert_eq!(
        said,
        [("Tidak diketahui", day("2015-12-31"), Some("Gudang arsip")), ("Camat", day("2015-12-31"), Some("Gudang arsip"))]
    );
}

#[test]
fn long_subjects_old_codes_and_long_orders_are_kept_whole_in_the_summary() {
    let hal = "kata ".repeat(40);
    let text = format!(
        "No;Tgl Terima;Asal;Hal;Kode;Disposisi\n1;02/01/2019;Camat;{hal};005;Kabid\n2;02/01/2019;Camat;Pendek;000.1.2;-\n"
    );
    let (all, wrong, _) = read(&text);
    assert_eq!(wrong, []);
    assert!(all[0].isi.hal.ends_with('…') && all[0].isi.hal.chars().count() <= 120);
    let told = all[0].isi.ringkasan.as_deref().unwrap();
    assert!(told.contains(hal.trim()) && told.contains("Kode klasifikasi lama: 005"), "{told}");
    assert_eq!((all[0].isi.klasifikasi.as_deref(), all[0].disposisi.as_str()), (None, "Kabid"));
    assert_eq!(
        (all[1].isi.klasifikasi.as_deref(), all[1].disposisi.as_str(), &all[1].isi.ringkasan),
        (Some("000.1.2"), "", &None)
    );
}

#[test]
fn a_secret_letter_needs_no_subject_and_tells_none_elsewhere() {
    let text = "No;Tgl Terima;Asal;Hal;Ket;Sifat\n1;02/01/2019;Kodim;;Isi rahasia;Rahasia\n";
    let (all, wrong, _) = read(text);
    assert_eq!(wrong, []);
    assert_eq!((all[0].isi.sifat, all[0].isi.hal.as_str(), &all[0].isi.ringkasan), (Sifat::Rahasia, "", &None));
}

#[test]
fn the_same_row_is_known_again_wherever_it_stands_and_another_is_not() {
    let (first, _, _) = read(SIMPLE);
    let (again, _, _) = read(&SIMPLE.replace("1;03/01/2019", "\n1;03/01/2019").replace("Dinas Sosial", "DINAS  SOSIAL"));
    assert_eq!(first[0].sidik, again[0].sidik);
    assert_ne!(first[0].sidik, first[1].sidik);
    let (other, _, _) = read(&SIMPLE.replace("Undangan rapat", "Undangan lain"));
    assert_ne!(first[0].sidik, other[0].sidik);
}

#[test]
fn a_year_that_does_not_fit_the_day_of_receipt_is_named() {
    let text = "Tahun;No;Tgl Terima;Asal;Hal\n2012;1;02/01/2019;Camat;Undangan\n2018;2;02/01/2019;Camat;Undangan\n";
    let (all, wrong, _) = read(text);
    assert_eq!((wrong.len(), wrong[0].kolom.as_str()), (1, "Tahun"), "{wrong:#?}");
    assert_eq!((all.len(), all[0].tahun), (1, 2018), "what came at New Year stands in the old book");
}
