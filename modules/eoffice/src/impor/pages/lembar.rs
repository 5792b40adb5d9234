//! Which sheet is the book, and in which row its headings stand.

use praja_desk::impor::{Halt, first_rows, read_sheet, sheet_fields, way};
use praja_kernel::Refuse;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Form, FormValues, PageHeader, frame, html, page, section};

use super::{LIST, address, crumbs, find};
use crate::impor::{Contoh, Impor, Refusal, Status, store};

/// What the sheet holds.
const BOOK: &str = "buku agendanya";

/// An import whose sheet may still be chosen.
fn open(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Impor, Vec<Contoh>), Problem> {
    let impor = find(ctx, tx)?;
    if !matches!(impor.status, Status::Memetakan | Status::Diperiksa) {
        return Err(Problem::refused(Halt::NotNow { status: impor.status }));
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
    read_sheet(input.text("lembar"), input.text("kepala"), contoh, BOOK).map_err(|problem| Refusal::Fields(vec![problem]))
}

fn whole(ctx: &Ctx, impor: &Impor, contoh: &[Contoh], form: Form) -> String {
    let hint = "Nomor baris yang berisi judul kolom, seperti Nomor, Tanggal, dan Perihal. Surat dibaca dari baris sesudahnya.";
    let form =
        sheet_fields(form, contoh, BOOK, hint).submit("Lanjut ke pemetaan kolom").cancel("Kembali ke impor", address(impor.id));
    let header = crumbs(PageHeader::new("Lembar dan baris judul").purpose(format!("Berkas {}.", impor.berkas)))
        .crumb(impor.berkas.as_str(), address(impor.id));
    let content = html! {
        (way(1))
        (form)
        @for one in contoh { (section(&format!("Awal lembar {}", if one.nama.is_empty() { "berkas" } else { &one.nama }), first_rows(one))) }
    };
    page(&frame::shell(ctx), &header, content)
}
