use praja_kernel::Refuse;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Cell, Column, Field, Form, Markup, PageHeader, Row, Table, frame, html, page, section};

use super::{LIST, crumbs, jenis, noun, purpose, template_of};
use crate::{
    impor::{Jenis, MAX_BYTES, MAX_ROWS, Refusal, kerja, kolom::Isi, store},
    rights::MANAGE_ALL_OPD,
};

/// GET /identity/impor/baru/{jenis}.
pub(crate) fn form(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    let jenis = jenis(ctx)?;
    Ok(Response::page(whole(ctx, jenis, frame::form(ctx, address(jenis)))))
}

/// POST /identity/impor/baru/{jenis}: keeps the file and asks for its check.
pub(crate) fn upload(ctx: &Ctx, input: &Input) -> Outcome {
    let jenis = jenis(ctx)?;
    let Some(file) = input.files("berkas").next() else {
        return Ok(again(ctx, input, jenis, &Refusal::NoFile));
    };
    if file.head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Ok(again(ctx, input, jenis, &praja_web::lembar::Unreadable::OldExcel.into()));
    }
    let scope = ctx.scope()?;
    let opd = scope.opd().ok_or(Problem::Forbidden(jenis.permission()))?;
    let (opd_set, semua, file) = (scope.opd_set.clone(), ctx.may(MANAGE_ALL_OPD), file.clone());
    ctx.submit(input, Keys::none(), move |tx| {
        let id = tx.new_id()?;
        tx.keep_blob(&file.blob)?;
        let (berkas, alamat, sidik) = (&file.name, &file.blob.alamat, &file.blob.sidik);
        store::insert(tx, &store::New { id, jenis, opd, opd_set: &opd_set, semua, berkas, alamat, sidik })?;
        kerja::ask_check(tx, id)?;
        let entry = Entry::new("identity.upload-impor", "identity_impor", id);
        tx.audit(&entry.with("jenis", jenis.as_str()).with("berkas", berkas).with("sidik", sidik))?;
        Ok::<_, Problem>(format!("{LIST}/{id}"))
    })
}

fn again(ctx: &Ctx, input: &Input, jenis: Jenis, refusal: &Refusal) -> Response {
    let form = frame::form_again(ctx, address(jenis), input).problems(&refusal.fields());
    Response::form_again(whole(ctx, jenis, form))
}

fn address(jenis: Jenis) -> String {
    format!("{LIST}/baru/{}", jenis.as_str())
}

fn whole(ctx: &Ctx, jenis: Jenis, form: Form) -> String {
    let hint = format!("Excel (.xlsx) atau CSV, paling banyak {} baris.", grouped(MAX_ROWS));
    let form = form
        .multipart()
        .field(Field::file("berkas", "Berkas", ".xlsx,.csv").hint(hint).max_mib(MAX_BYTES >> 20).required())
        .submit("Periksa berkas")
        .cancel("Kembali", LIST);
    let header = crumbs(PageHeader::new(format!("Impor {}", noun(jenis))).purpose(purpose(jenis)));
    let content = html! {
        ol.langkah-impor {
            li { "Unduh templat " a href=(template_of(jenis, "xlsx")) { "Excel" } " atau " a href=(template_of(jenis, "csv")) { "CSV" } ", lalu isi." }
            li { "Unggah berkasnya. Praja memeriksa setiap baris dan belum mengubah apa pun." }
            li { "Baca hasilnya. Bila tidak ada masalah, terapkan; semua baris masuk sekaligus, atau tidak satu pun." }
        }
        (form)
        (section("Kolom berkas", columns(jenis)))
    };
    page(&frame::shell(ctx), &header, content)
}

fn columns(jenis: Jenis) -> Markup {
    let rows = jenis.columns().iter().map(|column| {
        let words = match column.isi {
            Isi::Pilihan(choice) => format!("{} Pilihan: {}.", column.petunjuk, choice.labels().join(", ")),
            _ => column.petunjuk.to_owned(),
        };
        let example = if column.contoh.is_empty() { Cell::empty() } else { column.contoh.into() };
        Row::new(vec![column.judul.into(), if column.wajib { "wajib" } else { "boleh kosong" }.into(), words.into(), example])
    });
    let table = Table::new("Kolom berkas")
        .column(Column::text("Kolom"))
        .column(Column::text("Wajib").corner())
        .column(Column::text("Isi"))
        .column(Column::text("Contoh").wide_only())
        .rows(rows);
    html! { p.redup { "Urutan kolom bebas. Sel kosong pada baris yang sudah tercatat tidak mengubah apa pun." } (table) }
}

/// "20.000".
fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}
