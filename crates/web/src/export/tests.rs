use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use praja_kernel::Zona;

use super::*;

fn sample() -> Sheet {
    let day = praja_kernel::parse_tanggal("22-11-2026").unwrap();
    Sheet::new("Surat masuk: Dinas [Kesehatan] / triwulan IV 2026")
        .column(Col::text("NIP"))
        .column(Col::text("Nama"))
        .column(Col::int("Lampiran"))
        .column(Col::rupiah("Nilai"))
        .column(Col::date("Tanggal"))
        .column(Col::moment("Diterima (WITA)"))
        .row(vec![
            "198501012010011001".into(),
            "Maria \"Goreti\", S.Kom.\nKupang".into(),
            (-3).into(),
            Rupiah(1_250_000).into(),
            day.into(),
            Cell::moment(Zona::Wita, Zona::Wita.at(day.at(10, 32, 5, 0))),
        ])
        .row(vec!["007".into(), "=HYPERLINK(\"x\")".into(), 0.into(), Cell::Empty, None::<Date>.into(), Cell::Empty])
}

fn opened(sheet: &Sheet) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(sheet.to_xlsx().unwrap())).unwrap()
}

#[test]
fn another_program_reads_the_same_values_from_the_spreadsheet() {
    let mut book = opened(&sample());
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(range.get_size(), (3, 6));
    let at = |line, column| range.get_value((line, column)).cloned().unwrap_or(Data::Empty);
    assert_eq!(at(0, 3), Data::String("Nilai".into()));
    assert_eq!(at(1, 0), Data::String("198501012010011001".into()), "eighteen digits are a name, not a number");
    assert_eq!(at(1, 1), Data::String("Maria \"Goreti\", S.Kom.\nKupang".into()));
    assert_eq!((at(1, 2), at(1, 3)), (Data::Float(-3.0), Data::Float(1_250_000.0)));
    let Data::DateTime(date) = at(1, 4) else { panic!("{:?}", at(1, 4)) };
    let Data::DateTime(moment) = at(1, 5) else { panic!("{:?}", at(1, 5)) };
    assert_eq!(date.to_ymd_hms_milli(), (2026, 11, 22, 0, 0, 0, 0));
    assert_eq!(moment.to_ymd_hms_milli(), (2026, 11, 22, 10, 32, 5, 0));
    assert_eq!((at(2, 0), at(2, 3), at(2, 4)), (Data::String("007".into()), Data::Empty, Data::Empty));
}

#[test]
fn nobody_can_make_a_spreadsheet_calculate() {
    let mut book = opened(&sample());
    let name = book.sheet_names()[0].clone();
    assert!(book.worksheet_formula(&name).unwrap().used_cells().next().is_none());
    for begun in ["=1+1", "+62811", "-2", "@SUM(A1)", "\t=1", "\u{FF1D}1"] {
        let csv = String::from_utf8(Sheet::new("x").column(Col::text(begun)).row(vec![begun.into()]).to_csv()).unwrap();
        let mut reader =
            ::csv::ReaderBuilder::new().has_headers(false).from_reader(csv.trim_start_matches('\u{FEFF}').as_bytes());
        for record in reader.records() {
            assert_eq!(&record.unwrap()[0], format!("'{begun}"));
        }
    }
}

#[test]
fn csv_is_utf8_with_iso_dates_and_bare_numbers() {
    let csv = sample().to_csv();
    assert!(csv.starts_with(b"\xEF\xBB\xBFNIP,Nama,Lampiran,Nilai,Tanggal,Diterima (WITA)\n"));
    let text = String::from_utf8(csv).unwrap();
    assert!(text.contains(",-3,1250000,2026-11-22,2026-11-22 10:32:05\n"), "{text}");
    assert!(text.contains("\"Maria \"\"Goreti\"\", S.Kom.\nKupang\""));
}

#[test]
fn invented_data_say_so_in_every_row_and_on_every_page() {
    let sheet = Sheet { latihan: true, ..sample() };
    let csv = String::from_utf8(sheet.to_csv()).unwrap();
    assert_eq!((csv.matches("LATIHAN").count(), csv.matches("data contoh").count()), (1, 2));
    let mut book = opened(&sheet);
    assert_eq!(book.sheet_names(), ["Surat masuk  Dinas  Kesehatan", "Keterangan"]);
    let about = book.worksheet_range_at(1).unwrap().unwrap();
    assert!(about.used_cells().any(|(_, _, value)| *value == Data::String("LATIHAN".into())));
}

#[test]
fn texts_and_numbers_beyond_a_spreadsheet_are_shown_and_not_refused() {
    let long = "🌋".repeat(40_000);
    let sheet =
        Sheet::new("").column(Col::text("Isi")).column(Col::int("Besar")).row(vec![long.as_str().into(), Cell::Int(i64::MAX)]);
    let sheet = sheet.row(vec!["a\u{0}b\u{8}_x0041_".into(), Cell::Date(praja_kernel::parse_tanggal("1-1-1850").unwrap())]);
    let mut book = opened(&sheet);
    assert_eq!(book.sheet_names(), ["Daftar"]);
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(range.get_value((1, 1)), Some(&Data::String(i64::MAX.to_string())));
    let Some(Data::String(kept)) = range.get_value((1, 0)) else { panic!("no text") };
    assert_eq!(kept.encode_utf16().count(), 32_766);
    assert_eq!(range.get_value((2, 1)), Some(&Data::String("1850-01-01".into())));
}

#[test]
fn an_empty_list_is_still_a_file_with_its_head() {
    let sheet = Sheet::new("Kosong").column(Col::text("Nama"));
    assert_eq!(opened(&sheet).worksheet_range_at(0).unwrap().unwrap().get_size(), (1, 1));
    assert!(Sheet::new("Tanpa kolom").to_xlsx().unwrap().len() > 100);
}

#[test]
fn names_of_files_can_be_saved_everywhere() {
    assert_eq!(file_name("Surat masuk: Dinas/Kesehatan"), "surat-masuk-dinas-kesehatan");
    assert_eq!(file_name("../../etc"), "etc");
}
