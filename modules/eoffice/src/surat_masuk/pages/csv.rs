use praja_module::{Body, Ctx, Outcome, Problem, Response};
use praja_store::Tx;

use super::filter;
use crate::surat_masuk::{
    nomor_agenda,
    store::{self, Baris, Filter, Place},
};

/// At most so many rows are taken along at once.
const MOST: usize = 10_000;
/// Rows read in one step.
const STEP: usize = 500;
/// Spreadsheets take a text that begins so for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// GET /eoffice/surat-masuk/unduh?status=…: the shown list as CSV, for a spreadsheet.
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let bytes = write(ctx, tx, filter(ctx)?)?;
    let name = format!("surat-masuk-{}.csv", ctx.today());
    Ok(Response::of(Body::Bytes { bytes, mime: "text/csv; charset=utf-8", name }))
}

fn write(ctx: &Ctx, tx: &mut Tx<'_>, filter: Filter) -> Result<Vec<u8>, Problem> {
    // With the byte order mark, spreadsheets read the file as UTF-8.
    let mut writer = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    let head = ["Agenda", "Diterima", "Pengirim", "Nomor surat", "Tanggal surat", "Hal", "Sifat", "Derajat", "Status"];
    writer.write_record(head).map_err(unwritten)?;
    let (mut place, mut written) = (Place::Top, 0);
    while written < MOST {
        let page = store::list_many(tx, ctx.scope()?, filter, place, STEP)?;
        for row in &page.rows {
            writer.write_record(record(row)).map_err(unwritten)?;
        }
        written += page.rows.len();
        match page.older {
            Some(last) => place = Place::Older(last),
            None => break,
        }
    }
    writer.into_inner().map_err(|e| Problem::Fault(e.to_string()))
}

fn record(row: &Baris) -> [String; 9] {
    [
        nomor_agenda(row.agenda, row.tahun),
        row.tanggal_terima.to_string(),
        plain(&row.asal),
        plain(row.nomor_surat.as_deref().unwrap_or_default()),
        row.tanggal_surat.to_string(),
        plain(&row.hal),
        row.sifat.label().to_owned(),
        row.derajat.label().to_owned(),
        row.status.label().to_owned(),
    ]
}

/// A text that no spreadsheet runs: an apostrophe stands before what looks like a formula.
fn plain(text: &str) -> String {
    if text.starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

fn unwritten(e: csv::Error) -> Problem {
    Problem::Fault(e.to_string())
}

#[test]
fn a_sender_cannot_make_the_spreadsheet_calculate() {
    assert_eq!(plain("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
    assert_eq!(plain("Dinas Kesehatan"), "Dinas Kesehatan");
}
