//! What the screens of every import share: the way with its steps, the badge of a state, the first rows of a sheet.

use praja_kernel::FieldProblem;
use praja_module::{Body, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Field, Form, Icon, Markup, Row, Station, Table, Tone, badge,
    export::{self, Col, Sheet},
    html, icon,
    lembar::{Masalah, contoh::Contoh},
    progress, stations,
};

use super::Status;

/// Rows shown of a sheet.
const ROWS: usize = 12;
/// Cells of a row that are shown.
const CELLS: usize = 8;

/// The steps of the way, with the present one.
pub fn way(present: usize) -> Markup {
    let steps = ["Unggah berkas", "Lembar dan judul", "Kolom", "Hasil pemeriksaan", "Diterapkan"];
    stations(&steps.map(|name| Station::new(name, "")), present)
}

/// Where on the way an import stands.
pub const fn place(status: Status) -> usize {
    match status {
        Status::Membaca | Status::Tertolak => 0,
        Status::Memetakan => 1,
        Status::Memeriksa | Status::Diperiksa | Status::Dibatalkan => 3,
        Status::Menerapkan | Status::Mengurungkan | Status::Diurungkan => 4,
        Status::Selesai => 5,
    }
}

/// A state as lists show it.
pub fn status_badge(status: Status) -> Markup {
    let tone = match status {
        Status::Membaca | Status::Memeriksa | Status::Menerapkan | Status::Mengurungkan => Tone::Info,
        Status::Tertolak => Tone::Bad,
        Status::Memetakan | Status::Diperiksa => Tone::Warn,
        Status::Selesai => Tone::Good,
        Status::Diurungkan | Status::Dibatalkan => Tone::Neutral,
    };
    badge(tone, status.label())
}

/// The way to what follows on a list.
pub fn more(href: String, label: &str) -> Markup {
    html! { p.aksi { a.tombol href=(href) rel="next" { span { (label) } (icon(Icon::Right)) } } }
}

/// "A", "B", … "AA", as spreadsheets name their columns.
pub fn letters(column: usize) -> String {
    let letter = |at: usize| char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    match column / 26 {
        0 => letter(column).to_string(),
        front => format!("{}{}", letter(front - 1), letter(column)),
    }
}

/// The first rows of a sheet as they stand in the file.
pub fn first_rows(one: &Contoh) -> Markup {
    html! {
        ul.tautan {
            @for (number, cells) in one.baris.iter().take(ROWS) {
                @let said: Vec<String> = cells.iter().filter(|cell| !cell.is_empty()).map(|cell| shown(cell)).collect();
                li {
                    strong { "Baris " (number) } " "
                    span.redup { (said.iter().take(CELLS).map(String::as_str).collect::<Vec<_>>().join(" | ")) @if said.len() > CELLS { " | …" } }
                }
            }
        }
    }
}

/// A cell as an example shows it. Sixteen digits are most likely a NIK or the number of a family: enough of it to tell the column, not the
/// person.
fn shown(cell: &str) -> String {
    let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
    let bare = cell.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, ' ' | '.' | '-' | '\''));
    if bare && digits.len() == 16 { format!("{}******{}", &digits[..6], &digits[12..]) } else { cell.to_owned() }
}

/// The columns to choose from, each with its heading and the first thing below it; first that there is none.
pub fn columns(lembar: &Contoh, kepala: u32) -> Vec<(String, String)> {
    let below: Vec<&Vec<String>> = lembar.baris.iter().filter(|(number, _)| *number > kepala).map(|(_, cells)| cells).collect();
    let none = std::iter::once((String::new(), "Tidak ada kolomnya".to_owned()));
    let headings = lembar.headings(kepala);
    let each = headings.iter().enumerate().map(|(at, heading)| {
        let sample = below.iter().filter_map(|cells| cells.get(at)).find(|cell| !cell.is_empty());
        let sample: String = sample.map(|cell| shown(cell).chars().take(30).collect()).unwrap_or_default();
        let sample = if sample.is_empty() { String::new() } else { format!(", misalnya {sample}") };
        let heading = if heading.is_empty() { "tanpa judul" } else { heading };
        (at.to_string(), format!("{}: {heading}{sample}", letters(at)))
    });
    none.chain(each).collect()
}

/// What is wrong, by row and column; `file` takes it along.
pub fn problem_table(list: &[(i64, Masalah)], file: String) -> Table {
    Table::new("Isian yang perlu diperbaiki")
        .column(Column::text("Letak"))
        .column(Column::text("Isi"))
        .column(Column::text("Masalah"))
        .column(Column::text("Cara memperbaiki"))
        .rows(list.iter().map(|(_, one)| {
            Row::new(vec![
                html! { "Baris " (one.baris) @if !one.kolom.is_empty() { ", " (one.kolom) } }.into(),
                if one.isi.is_empty() { Cell::empty() } else { one.isi.as_str().into() },
                one.pesan.as_str().into(),
                one.saran.as_str().into(),
            ])
        }))
        .downloads(&Address::new(file))
        .empty(EmptyState::new(Icon::List, "Daftar masalah sudah dihapus", "Periksa lagi berkasnya untuk melihatnya."))
}

/// The same to be handed to whoever mends it.
pub fn problem_sheet(name: &str, berkas: &str, list: Vec<(i64, Masalah)>) -> Sheet {
    let mut sheet = Sheet::new(name)
        .column(Col::int("Baris"))
        .column(Col::text("Kolom"))
        .column(Col::text("Isi"))
        .column(Col::text("Masalah"))
        .column(Col::text("Cara memperbaiki"))
        .about("Berkas", berkas);
    for (_, one) in list {
        let baris = export::Cell::Int(i64::from(one.baris));
        sheet.push(vec![baris, one.kolom.into(), one.isi.into(), one.pesan.into(), one.saran.into()]);
    }
    sheet
}

/// A file as it was brought.
///
/// # Errors
/// [`Problem::NotFound`] once it is gone.
pub fn original(tx: &mut Tx<'_>, alamat: &str, name: String) -> Outcome {
    let blob = tx.blob(alamat)?.ok_or(Problem::NotFound)?;
    Ok(Response::of(Body::File { blob, mime: "application/octet-stream".into(), name, inline: false }))
}

/// Which sheet and which row of headings were chosen; `isi` says what the sheet should hold.
///
/// # Errors
/// What is wrong with the choice, beside its field.
pub fn read_sheet(lembar: &str, kepala: &str, contoh: &[Contoh], isi: &str) -> Result<(String, u32), FieldProblem> {
    let Some(one) = contoh.iter().find(|one| one.nama == lembar) else {
        return Err(FieldProblem::new("lembar", format!("Pilih lembar yang berisi {isi}.")));
    };
    let row: Option<u32> = kepala.parse().ok();
    match row.filter(|row| one.baris.iter().any(|(number, _)| number == row)) {
        Some(row) => Ok((one.nama.clone(), row)),
        None => {
            let last = one.baris.last().map_or(1, |(number, _)| *number);
            let message = format!("Isi nomor baris judul kolom: baris yang berisi, sampai baris {last}.");
            Err(FieldProblem::new("kepala", message))
        }
    }
}

/// The fields for that choice.
pub fn sheet_fields(form: Form, contoh: &[Contoh], isi: &str, hint: &'static str) -> Form {
    let label = |one: &Contoh| {
        let name = if one.nama.is_empty() { "Isi berkas" } else { &one.nama };
        (one.nama.clone(), format!("{name} ({} baris)", praja_kernel::ribuan(one.jumlah as u64)))
    };
    let sheets: Vec<(String, String)> = contoh.iter().map(label).collect();
    let form = match sheets.as_slice() {
        [(only, _)] => form.hidden("lembar", only.clone()),
        _ => form.field(Field::radio("lembar", format!("Lembar yang berisi {isi}"), &sheets).required()),
    };
    form.field(Field::number("kepala", "Baris judul kolom").required().min("1").hint(hint))
}

/// How far the background is.
pub fn moving(status: Status, (done, total): (i64, i64), unit: &str, leave: &str) -> Markup {
    let positive = |count: i64| u64::try_from(count).unwrap_or(0);
    let unit = if matches!(status, Status::Menerapkan | Status::Mengurungkan) { unit } else { "langkah" };
    let words = |count| praja_kernel::ribuan(positive(count));
    let note = if total == 0 { "membaca berkas".to_owned() } else { format!("{} dari {} {unit}", words(done), words(total)) };
    html! {
        (progress(status.label(), positive(done), positive(total), &note))
        p.redup { (leave) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_of_a_sheet_shows_no_whole_nik() {
        assert_eq!(shown("5315015209850001"), "531501******0001");
        assert_eq!(shown("'5315 0152 0985 0001"), "531501******0001");
        for cell in ["531501520985000", "Jalan Melati 12", "31/12/2019", "53.15.01.2098"] {
            assert_eq!(shown(cell), cell);
        }
    }
}
