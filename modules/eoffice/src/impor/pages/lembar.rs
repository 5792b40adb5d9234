//! Which sheet is the book, and in which row its headings stand.

use praja_kernel::{FieldProblem, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Field, Form, FormValues, Markup, PageHeader, frame, html, page, section};

use super::{LIST, address, crumbs, find, grouped, way};
use crate::impor::{Contoh, Impor, Refusal, Status, store};

/// Rows shown of a sheet.
const ROWS: usize = 12;

/// Cells of a row that are shown.
const CELLS: usize = 8;

/// An import whose sheet may still be chosen.
fn open(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Impor, Vec<Contoh>), Problem> {
    let impor = find(ctx, tx)?;
    if !matches!(impor.status, Status::Memetakan | Status::Diperiksa) {
        return Err(Problem::refused(Refusal::NotNow { status: impor.status }));
    }
    let contoh = store::samples(tx, impor.id)?;
    Ok((impor, contoh))
}

/// GET /eoffice/impor/{id}/lembar
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (impor, contoh) = open(ctx, tx)?;
    let values = FormValues::new().with("lembar", &impor.lembar).with("kepala", impor.kepala.to_string());
    let form = frame::form(ctx, format!("{}/lembar", address(impor.id))).values(values);
    Ok(Response::page(whole(ctx, &impor, &contoh, form)))
}

/// POST of the same address.
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let (impor, contoh) = ctx.read(|tx| open(ctx, tx))?;
    let (nama, kepala) = match read(input, &contoh) {
        Ok(read) => read,
        Err(refusal) => {
            let form = frame::form_again(ctx, format!("{}/lembar", address(impor.id)), input)
                .refusal("Pilihan belum disimpan karena ada isian yang perlu diperbaiki.", "")
                .problems(&refusal.fields());
            return Ok(Response::form_again(whole(ctx, &impor, &contoh, form)));
        }
    };
    let id = impor.id;
    ctx.submit(input, Keys::unaudited(), move |tx| {
        store::choose(tx, id, &nama, kepala)?;
        Ok::<_, Problem>(format!("{LIST}/{id}/kolom"))
    })
}

fn read(input: &Input, contoh: &[Contoh]) -> Result<(String, u32), Refusal> {
    let nama = input.text("lembar");
    let Some(one) = contoh.iter().find(|one| one.nama == nama) else {
        return Err(Refusal::Fields(vec![FieldProblem::new("lembar", "Pilih lembar yang berisi buku agendanya.")]));
    };
    let kepala: Option<u32> = input.text("kepala").parse().ok();
    match kepala.filter(|row| one.baris.iter().any(|(number, _)| number == row)) {
        Some(kepala) => Ok((nama.to_owned(), kepala)),
        None => {
            let last = one.baris.last().map_or(1, |(number, _)| *number);
            let message = format!("Isi nomor baris judul kolom: baris yang berisi, sampai baris {last}.");
            Err(Refusal::Fields(vec![FieldProblem::new("kepala", message)]))
        }
    }
}

fn whole(ctx: &Ctx, impor: &Impor, contoh: &[Contoh], form: Form) -> String {
    let label = |one: &Contoh| {
        let name = if one.nama.is_empty() { "Isi berkas" } else { &one.nama };
        (one.nama.clone(), format!("{name} ({} baris)", grouped(i64::try_from(one.jumlah).unwrap_or(i64::MAX))))
    };
    let sheets: Vec<(String, String)> = contoh.iter().map(label).collect();
    let form = match sheets.as_slice() {
        [(only, _)] => form.hidden("lembar", only.clone()),
        _ => form.field(Field::radio("lembar", "Lembar yang berisi buku agenda", &sheets).required()),
    };
    let form = form
        .field(Field::number("kepala", "Baris judul kolom").required().min("1").hint(
            "Nomor baris yang berisi judul kolom, seperti Nomor, Tanggal, dan Perihal. Surat dibaca dari baris sesudahnya.",
        ))
        .submit("Lanjut ke pemetaan kolom")
        .cancel("Kembali ke impor", address(impor.id));
    let header = crumbs(PageHeader::new("Lembar dan baris judul").purpose(format!("Berkas {}.", impor.berkas)))
        .crumb(impor.berkas.as_str(), address(impor.id));
    let content = html! {
        (way(1))
        (form)
        @for one in contoh { (section(&format!("Awal lembar {}", if one.nama.is_empty() { "berkas" } else { &one.nama }), rows(one))) }
    };
    page(&frame::shell(ctx), &header, content)
}

/// The first rows as they stand in the file.
fn rows(one: &Contoh) -> Markup {
    html! {
        ul.tautan {
            @for (number, cells) in one.baris.iter().take(ROWS) {
                @let said: Vec<&str> = cells.iter().filter(|cell| !cell.is_empty()).map(String::as_str).collect();
                li {
                    strong { "Baris " (number) } " "
                    span.redup { (said.iter().take(CELLS).copied().collect::<Vec<_>>().join(" | ")) @if said.len() > CELLS { " | …" } }
                }
            }
        }
    }
}
