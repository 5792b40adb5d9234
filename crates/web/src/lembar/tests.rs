use std::io::Write;

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::*;

const MAX_ROWS: usize = 20_000;

fn read(bytes: &[u8]) -> Result<Vec<Baris>, Unreadable> {
    super::read(bytes, &Reading::template("Data", MAX_ROWS))
}

fn book(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().expect("a small book is written")
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        out.start_file(*name, options).expect("a part begins");
        out.write_all(content).expect("a part is written");
    }
    out.finish().expect("the file ends").into_inner()
}

fn teks(words: &str) -> Sel {
    Sel::Teks(words.into())
}

#[test]
fn words_numbers_dates_formulas_and_merged_cells_are_told_apart() {
    let bytes = book(|sheet| {
        let date = Format::new().set_num_format("dd/mm/yyyy");
        sheet.write_string(0, 0, " Kode\u{a0} OPD ").unwrap();
        sheet.write_number(1, 0, 198503122010012004_f64).unwrap();
        sheet.write_datetime_with_format(1, 1, ExcelDateTime::from_ymd(2022, 1, 3).unwrap(), &date).unwrap();
        sheet.write_formula(1, 2, Formula::new("=1+1").set_result("2")).unwrap();
        sheet.merge_range(3, 0, 4, 1, "Dinas", &Format::new()).unwrap();
        sheet.write_boolean(5, 0, true).unwrap();
    });
    let rows = read(&bytes).unwrap();
    assert_eq!(rows[0], Baris { nomor: 1, sel: vec![teks("Kode OPD")] });
    assert_eq!(rows[1].nomor, 2);
    assert!(matches!(rows[1].sel[0], Sel::Angka(number) if number > 1.98e17));
    assert_eq!(rows[1].sel[1], Sel::Tanggal(Date::constant(2022, 1, 3)));
    assert_eq!(rows[1].sel[2], Sel::Rumus);
    assert_eq!((rows[2].nomor, &rows[2].sel[..]), (4, &[Sel::Gabung, Sel::Gabung][..]));
    assert_eq!(rows.last().unwrap().sel[0], Sel::Lain("TRUE".into()));
}

#[test]
fn the_sheet_named_data_counts_wherever_it_stands() {
    let mut two = Workbook::new();
    two.add_worksheet().set_name("Petunjuk").unwrap().write_string(0, 0, "bukan ini").unwrap();
    two.add_worksheet().set_name("data").unwrap().write_string(0, 0, "ini").unwrap();
    let bytes = two.save_to_buffer().unwrap();
    assert_eq!(read(&bytes).unwrap()[0].sel, [teks("ini")]);
}

#[test]
fn of_a_book_formulas_give_their_result_and_a_merged_year_stands_in_each_of_its_rows() {
    let bytes = book(|sheet| {
        sheet.merge_range(0, 0, 0, 2, "BUKU AGENDA", &Format::new()).unwrap();
        sheet.merge_range(1, 0, 3, 0, "2019", &Format::new()).unwrap();
        sheet.write_formula(1, 1, Formula::new("=1+1").set_result("2")).unwrap();
        sheet.write_string(2, 1, "dua").unwrap();
        sheet.write_string(3, 1, "tiga").unwrap();
        sheet.write_string(4, 1, "empat").unwrap();
    });
    let rows = super::read(&bytes, &Reading::book("", 10)).unwrap();
    let title = teks("BUKU AGENDA");
    assert_eq!(rows[0].sel, [title.clone(), title.clone(), title]);
    assert_eq!(rows[1].sel, [teks("2019"), Sel::Angka(2.0)]);
    assert_eq!((&rows[3].sel[0], &rows[3].sel[1]), (&teks("2019"), &teks("tiga")));
    assert_eq!(rows[4].sel, [Sel::Kosong, teks("empat")]);
}

#[test]
fn the_sheets_of_a_book_are_named_and_each_is_read_by_its_name() {
    let mut two = Workbook::new();
    two.add_worksheet().set_name("2018").unwrap().write_string(0, 0, "lama").unwrap();
    two.add_worksheet().set_name("2019").unwrap().write_string(0, 0, "baru").unwrap();
    let bytes = two.save_to_buffer().unwrap();
    assert_eq!(sheets(&bytes).unwrap(), ["2018", "2019"]);
    assert_eq!(super::read(&bytes, &Reading::book("2019", 10)).unwrap()[0].sel, [teks("baru")]);
    assert_eq!(sheets(b"a;b\n").unwrap(), [""]);
    assert_eq!(sheets(b"PK\x03\x04 rusak").unwrap_err(), Unreadable::Damaged);
}

#[test]
fn csv_is_read_with_any_separator_and_with_a_byte_order_mark() {
    for text in ["\u{feff}a,b\r\n1,\"x, y\"\r\n", "a;b\n1;x, y\n", "a\tb\n1\tx, y\n"] {
        let rows = read(text.as_bytes()).unwrap();
        assert_eq!(rows[0].sel, [teks("a"), teks("b")], "{text}");
        assert_eq!(rows[1], Baris { nomor: 2, sel: vec![teks("1"), teks("x, y")] }, "{text}");
    }
}

#[test]
fn empty_rows_are_left_out_but_keep_their_numbers() {
    let rows = read(b"a,b\n,\n  ,\n1,2\n").unwrap();
    assert_eq!(rows.iter().map(|row| row.nomor).collect::<Vec<_>>(), [1, 4]);
}

#[test]
fn every_kind_of_wrong_file_is_refused_in_its_own_words() {
    let old = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 rest of an old file";
    let ods = zipped(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]);
    let docx = zipped(&[("word/document.xml", b"<w/>")]);
    let mut cut = book(|sheet| {
        sheet.write_string(0, 0, "x").unwrap();
    });
    cut.truncate(cut.len() / 2);
    let rows = "x\n".repeat(MAX_ROWS + 2);
    let cases: [(&[u8], Unreadable); 9] = [
        (b"", Unreadable::Empty),
        (b"\n\n,,\n", Unreadable::Empty),
        (old, Unreadable::OldExcel),
        (&ods, Unreadable::OpenDocument),
        (&docx, Unreadable::NotSheet),
        (&cut, Unreadable::Damaged),
        (b"%PDF-1.7\n\x00\x01\x02", Unreadable::NotSheet),
        (b"nama\nJos\xE9\n", Unreadable::NotUtf8 { baris: 2 }),
        (rows.as_bytes(), Unreadable::TooManyRows { most: MAX_ROWS }),
    ];
    for (bytes, expected) in cases {
        assert_eq!(read(bytes).unwrap_err(), expected);
    }
    let wide = book(|sheet| {
        sheet.write_string(4, 16_000, "jauh").unwrap();
    });
    assert_eq!(read(&wide).unwrap_err(), Unreadable::TooWide { baris: 5 });
}

#[test]
fn a_part_that_unpacks_to_more_than_any_list_is_not_unpacked() {
    let bomb = vec![b' '; usize::try_from(MAX_UNPACKED).unwrap() / 4 + 1];
    let parts: Vec<(String, &[u8])> = (0..4).map(|at| (format!("xl/worksheets/sheet{at}.xml"), &bomb[..])).collect();
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, content)| (name.as_str(), *content)).collect();
    let file = zipped(&parts);
    assert!(file.len() < 2 << 20, "packed it is small: {}", file.len());
    assert_eq!(read(&file).unwrap_err(), Unreadable::TooLarge);
}

#[test]
fn a_part_that_claims_room_for_more_texts_than_there_can_be_is_refused() {
    for claim in ["99999999999", "18446744073709551615"] {
        let strings = format!("<sst xmlns=\"x\" count=\"1\" uniqueCount=\"{claim}\"><si><t>x</t></si></sst>");
        let file = zipped(&[("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", strings.as_bytes())]);
        assert_eq!(read(&file).unwrap_err(), Unreadable::Damaged, "{claim}");
    }
}

#[test]
fn a_sheet_with_one_cell_in_its_last_corner_takes_no_room() {
    let far = book(|sheet| {
        sheet.write_string(1_048_575, 3, "jauh di bawah").unwrap();
    });
    assert_eq!(
        read(&far).unwrap(),
        [Baris { nomor: 1_048_576, sel: vec![Sel::Kosong, Sel::Kosong, Sel::Kosong, teks("jauh di bawah")] }]
    );
}

#[test]
fn a_damaged_file_is_refused_or_gives_rows_in_order_within_the_limits() {
    let good = book(|sheet| {
        for row in 0..40 {
            sheet.write_string(row, 0, format!("nama {row}")).unwrap();
        }
    });
    let whole = read(&good).unwrap();
    assert_eq!((whole.len(), &whole[39].sel[0]), (40, &teks("nama 39")));
    let (mut refused, mut same) = (0, 0);
    for at in (0..good.len()).step_by(37) {
        let mut bad = good.clone();
        bad[at] ^= 0x5A;
        match read(&bad) {
            // A packed part carries its checksum: a damaged one is never taken for another list of names.
            Ok(rows) if rows == whole => same += 1,
            Ok(rows) => panic!("byte {at} changed what was read: {rows:?}"),
            Err(why) => {
                refused += 1;
                assert!(
                    matches!(why, Unreadable::Damaged | Unreadable::NotUtf8 { .. } | Unreadable::TooLarge | Unreadable::Empty),
                    "byte {at}: {why:?}"
                );
            }
        }
    }
    // Some bytes carry nothing (times, attributes); most do.
    assert!(refused > same, "{refused} refused, {same} read alike");
}

#[test]
fn long_contents_are_shortened_where_they_are_named() {
    let masalah = Masalah::new(7, "Nama", &"x".repeat(500), "Salah.", "Perbaiki.");
    assert_eq!(masalah.isi.chars().count(), 80);
    assert!(masalah.isi.ends_with('…'));
}

#[test]
fn a_book_of_an_old_windows_program_is_read_with_its_letters() {
    let rows = super::read(b"nama;tempat\r\nJos\xE9;Caf\xE9 \x93Lada\x94\r\n", &Reading::book("", 10)).unwrap();
    assert_eq!(rows[1].sel, [teks("José"), teks("Café “Lada”")]);
    // What is UTF-8 stays so, and what is no text is still refused.
    let rows = super::read("\u{feff}nama\tkota\nJosé\tManggar\n".as_bytes(), &Reading::book("", 10)).unwrap();
    assert_eq!(rows[1].sel, [teks("José"), teks("Manggar")]);
    assert_eq!(super::read(b"%PDF-1.7\n\x00\x01\xE9", &Reading::book("", 10)), Err(Unreadable::NotSheet));
}
