//! Files to fill in, and the same files filled with what is recorded: what is exported can be corrected and imported again.

use std::collections::HashMap;

use praja_kernel::{Date, Id};
use praja_store::{Result, Tx};
use praja_web::export::{Format as FileKind, XlsxError};
use rust_xlsxwriter::{Color, DataValidation, ExcelDateTime, Format, FormatBorder, Workbook, Worksheet};

use super::{
    Jenis, MAX_ROWS,
    kolom::{Isi, Kolom},
    tercatat,
};
use crate::opd::Reach;

/// A cell of a filled file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Isian {
    /// Words; empty ones leave the cell empty.
    Teks(String),
    /// A day.
    Hari(Date),
}

impl From<&str> for Isian {
    fn from(text: &str) -> Self {
        Self::Teks(text.to_owned())
    }
}

impl From<&String> for Isian {
    fn from(text: &String) -> Self {
        Self::Teks(text.clone())
    }
}

impl From<Option<String>> for Isian {
    fn from(text: Option<String>) -> Self {
        Self::Teks(text.unwrap_or_default())
    }
}

impl From<Date> for Isian {
    fn from(day: Date) -> Self {
        Self::Hari(day)
    }
}

impl From<Option<Date>> for Isian {
    fn from(day: Option<Date>) -> Self {
        day.map_or_else(|| Self::Teks(String::new()), Self::Hari)
    }
}

/// The mark of a rehearsal; the reader passes over its column.
pub const LATIHAN: &str = "LATIHAN";

/// The file of a kind with these rows; `latihan` marks every row of a rehearsal.
///
/// # Errors
/// [`XlsxError`] never happens within our limits.
pub fn file(jenis: Jenis, rows: &[Vec<Isian>], kind: FileKind, latihan: bool) -> std::result::Result<Vec<u8>, String> {
    match kind {
        FileKind::Csv => csv(jenis, rows, latihan),
        // There is nothing to fill in on paper.
        FileKind::Xlsx | FileKind::Pdf => xlsx(jenis, rows, latihan).map_err(|e: XlsxError| e.to_string()),
    }
}

/// The rows of a template: one example, to be written over.
pub fn example(jenis: Jenis) -> Vec<Vec<Isian>> {
    let day = |text: &str| praja_kernel::parse_tanggal(text).ok();
    let cell = |column: &Kolom| match (column.isi, day(column.contoh)) {
        (Isi::Tanggal, Some(day)) => Isian::Hari(day),
        _ => column.contoh.into(),
    };
    vec![jenis.columns().iter().map(cell).collect()]
}

fn csv(jenis: Jenis, rows: &[Vec<Isian>], latihan: bool) -> std::result::Result<Vec<u8>, String> {
    let columns = jenis.columns();
    let mut writer = ::csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    let mark = latihan.then_some(LATIHAN);
    let head = columns.iter().map(|column| column.judul).chain(mark);
    writer.write_record(head).map_err(|e| e.to_string())?;
    for row in rows {
        let cells = row.iter().map(|cell| match cell {
            // What a spreadsheet would calculate gets an apostrophe; reading takes it off where it cannot belong.
            Isian::Teks(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{text}"),
            Isian::Teks(text) => text.clone(),
            Isian::Hari(day) => day.to_string(),
        });
        writer.write_record(cells.chain(mark.map(str::to_owned))).map_err(|e| e.to_string())?;
    }
    writer.into_inner().map_err(|e| e.to_string())
}

fn xlsx(jenis: Jenis, rows: &[Vec<Isian>], latihan: bool) -> std::result::Result<Vec<u8>, XlsxError> {
    let columns = jenis.columns();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(super::SHEET)?;
    let head = Format::new().set_bold().set_background_color(Color::RGB(0x00E6_F0EF)).set_border_bottom(FormatBorder::Thin);
    let needed = head.clone().set_background_color(Color::RGB(0x00CF_E5E2));
    for (at, column) in (0_u16..).zip(columns) {
        let title = if column.wajib { format!("{}*", column.judul) } else { column.judul.to_owned() };
        sheet.write_string_with_format(0, at, title, if column.wajib { &needed } else { &head })?;
        prepare(sheet, at, column)?;
    }
    if latihan {
        sheet.write_string_with_format(0, wide(columns.len()), LATIHAN, &head)?;
    }
    let date = Format::new().set_num_format("dd-mm-yyyy");
    for (line, row) in (1_u32..).zip(rows) {
        for (at, cell) in (0_u16..).zip(row) {
            match cell {
                Isian::Teks(text) if text.is_empty() => {}
                Isian::Teks(text) => drop(sheet.write_string(line, at, text)?),
                Isian::Hari(day) => {
                    let (year, month, date_of) =
                        (day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs());
                    sheet.write_datetime_with_format(line, at, &ExcelDateTime::from_ymd(year, month, date_of)?, &date)?;
                }
            }
        }
        if latihan {
            sheet.write_string(line, wide(columns.len()), LATIHAN)?;
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    help(book.add_worksheet(), jenis)?;
    book.save_to_buffer()
}

fn wide(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// Gives a column the format that keeps zeros, and a list to choose from.
fn prepare(sheet: &mut Worksheet, at: u16, column: &Kolom) -> std::result::Result<(), XlsxError> {
    let width = match column.isi {
        Isi::Tanggal => 14.0,
        Isi::Nip | Isi::Telepon | Isi::Pilihan(_) => 22.0,
        Isi::Kode => 16.0,
        Isi::Teks => 32.0,
    };
    sheet.set_column_width(at, width)?;
    match column.isi {
        // Text, so that neither zeros in front nor the last three digits of a NIP are lost.
        Isi::Kode | Isi::Nip | Isi::Telepon | Isi::Teks => {
            sheet.set_column_format(at, &Format::new().set_num_format("@"))?;
        }
        Isi::Tanggal => {
            sheet.set_column_format(at, &Format::new().set_num_format("dd-mm-yyyy"))?;
        }
        Isi::Pilihan(choice) => {
            let list = DataValidation::new().allow_list_strings(&choice.labels())?;
            sheet.add_data_validation(1, at, u32::try_from(MAX_ROWS).unwrap_or(u32::MAX), at, &list)?;
        }
    }
    Ok(())
}

/// The sheet that says what belongs in each column.
fn help(sheet: &mut Worksheet, jenis: Jenis) -> std::result::Result<(), XlsxError> {
    sheet.set_name("Petunjuk")?;
    let bold = Format::new().set_bold();
    let wrap = Format::new().set_text_wrap();
    for (at, (title, width)) in
        (0_u16..).zip([("Kolom", 22.0), ("Wajib", 8.0), ("Isi", 60.0), ("Pilihan", 50.0), ("Contoh", 30.0)])
    {
        sheet.write_string_with_format(0, at, title, &bold)?;
        sheet.set_column_width(at, width)?;
    }
    for (line, column) in (1_u32..).zip(jenis.columns()) {
        sheet.write_string(line, 0, column.judul)?;
        sheet.write_string(line, 1, if column.wajib { "ya" } else { "tidak" })?;
        sheet.write_string_with_format(line, 2, column.petunjuk, &wrap)?;
        if let Isi::Pilihan(choice) = column.isi {
            sheet.write_string_with_format(line, 3, choice.labels().join(", "), &wrap)?;
        }
        sheet.write_string(line, 4, column.contoh)?;
    }
    Ok(())
}

/// Everything within reach that is recorded, as rows of a file of its kind.
pub(crate) fn recorded(tx: &mut Tx<'_>, jenis: Jenis, reach: &Reach, today: Date) -> Result<Vec<Vec<Isian>>> {
    match jenis {
        Jenis::Opd => opd(tx, reach),
        Jenis::Jabatan => jabatan(tx, reach),
        Jenis::Pegawai => pegawai(tx, reach, today),
    }
}

fn opd(tx: &mut Tx<'_>, reach: &Reach) -> Result<Vec<Vec<Isian>>> {
    let all = tercatat::opd(tx)?;
    let codes: HashMap<Id, &String> = all.iter().map(|one| (one.id, &one.kode)).collect();
    let own = all.iter().filter(|one| reach.has(one.id));
    let row = |one: &super::opd::Tercatat| {
        let above = one.induk.and_then(|id| codes.get(&id)).map_or("", |kode| kode.as_str());
        let jenis = one.jenis.label();
        vec![(&one.kode).into(), (&one.nama).into(), (&one.singkatan).into(), jenis.into(), above.into(), one.dari.into()]
    };
    Ok(own.map(row).collect())
}

fn jabatan(tx: &mut Tx<'_>, reach: &Reach) -> Result<Vec<Vec<Isian>>> {
    let offices = tercatat::opd(tx)?;
    let all = tercatat::jabatan(tx)?;
    let place: HashMap<Id, (usize, &String)> = offices.iter().enumerate().map(|(at, one)| (one.id, (at, &one.kode))).collect();
    let names: HashMap<Id, &super::jabatan::Tercatat> = all.iter().map(|one| (one.id, one)).collect();
    let mut own: Vec<_> =
        all.iter().filter(|one| reach.has(one.opd)).filter_map(|one| Some((*place.get(&one.opd)?, one))).collect();
    own.sort_by_key(|((at, _), one)| (*at, one.id));
    let row = |((_, kode), one): ((usize, &String), &super::jabatan::Tercatat)| {
        let above = one.induk.and_then(|id| names.get(&id));
        let code = above
            .filter(|above| above.opd != one.opd)
            .and_then(|above| place.get(&above.opd))
            .map_or("", |(_, kode)| kode.as_str());
        let above = above.map_or("", |above| above.nama.as_str());
        vec![kode.into(), (&one.nama).into(), one.jenis.label().into(), code.into(), above.into(), one.dari.into()]
    };
    Ok(own.into_iter().map(row).collect())
}

/// A row per penugasan that counts today; who holds none has one row, too.
fn pegawai(tx: &mut Tx<'_>, reach: &Reach, today: Date) -> Result<Vec<Vec<Isian>>> {
    let known = tercatat::pegawai(tx, reach, None)?;
    let codes: HashMap<Id, &String> = known.opd.iter().map(|one| (one.id, &one.kode)).collect();
    let posts: HashMap<Id, &super::jabatan::Tercatat> = known.jabatan.iter().map(|one| (one.id, one)).collect();
    let mut held: HashMap<Id, Vec<&super::pegawai::Penugasan>> = HashMap::new();
    let current = known.penugasan.iter().filter(|one| one.mulai <= today && one.sampai.is_none_or(|last| today <= last));
    for one in current.filter(|one| posts.get(&one.jabatan).is_some_and(|post| reach.has(post.opd))) {
        held.entry(one.orang).or_default().push(one);
    }
    let mut people: Vec<_> =
        known.orang.iter().filter(|one| (one.milik && one.opd.is_some()) || held.contains_key(&one.id)).collect();
    people.sort_by_cached_key(|one| (praja_kernel::fold(&one.nama), one.id));
    let mut rows = Vec::with_capacity(people.len());
    for one in people {
        let person = || -> Vec<Isian> {
            let [nip, front, back, email, phone] =
                [&one.nip, &one.gelar_depan, &one.gelar_belakang, &one.email, &one.telepon].map(|text| Isian::from(text.clone()));
            vec![nip, (&one.nama).into(), front, back, email, phone]
        };
        let Some(tasks) = held.get(&one.id) else {
            rows.push(person().into_iter().chain(std::iter::repeat_n(Isian::from(""), 6)).collect());
            continue;
        };
        for task in tasks {
            let Some(post) = posts.get(&task.jabatan) else { continue };
            let code = codes.get(&post.opd).map_or("", |kode| kode.as_str());
            let rest: [Isian; 6] = [
                code.into(),
                (&post.nama).into(),
                task.jenis.label().into(),
                task.mulai.into(),
                task.sampai.into(),
                task.dasar.clone().into(),
            ];
            rows.push(person().into_iter().chain(rest).collect());
        }
    }
    Ok(rows)
}
