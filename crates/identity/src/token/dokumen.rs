//! What other programs may ask, as a document for their tools and as a page for the people who write them.

use praja_module::{
    Ctx, Method, Outcome, Problem, Response,
    api::{self, Answer, Field, Kind, Operation, Shape},
};
use praja_store::Tx;
use praja_web::{Cell, Column, Markup, PageHeader, Row, Table, frame, html, section};

/// The page for people.
pub(crate) const PAGE: &str = "/api";

/// GET /api/v1/openapi.json
pub(crate) fn document(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    Ok(Response::json(api::document(ctx).to_string()))
}

/// GET /api
pub(crate) fn page(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    let modules = ctx.parts().modules.iter().filter(|module| ctx.instance().has_module(module.id) && !module.api.is_empty());
    let modules: Vec<_> = modules.collect();
    if modules.is_empty() {
        return Err(Problem::NotFound);
    }
    let header = PageHeader::new("API untuk aplikasi daerah")
        .purpose("Apa yang dapat diminta aplikasi lain milik daerah dari Praja, dengan token dari OPD.");
    let content = html! {
        (section("Cara memanggil", html! {
            p { "Setiap permintaan membawa kepala " code { "Authorization: Bearer" } " diikuti token. Token dibuat OPD yang suratnya dibaca, pada halaman Aplikasi terhubung." }
            p { "Satu token dipakai paling banyak " (api::PER_MINUTE) " kali setiap menit. Sesudah itu jawabannya 429, dan kepala " code { "Retry-After" } " menyebut lamanya menunggu." }
            p { "Yang mencatat sesuatu juga membawa " code { "Idempotency-Key" } ", satu UUID untuk setiap isi. Bila jawabannya tidak sampai, ulangi dengan UUID yang sama: Praja mencatatnya satu kali dan menjawab yang sama." }
            p { "Yang salah dijawab dengan " code { "kode" } " untuk program, " code { "pesan" } " untuk orang, dan " code { "isian" } " yang perlu diperbaiki." }
            p { "Agar tidak perlu bertanya terus-menerus, aplikasi dapat diberi tahu lewat webhook yang didaftarkan OPD: nomor dan keadaan surat, ditandatangani, tanpa isinya." }
            p { a href=(api::DOCUMENT) { "Unduh dokumen OpenAPI 3.1" } }
        }))
        @for module in modules {
            @for operation in module.api { (one(operation)) }
        }
        (section("Jawaban bila ada yang salah", table(api::GALAT.fields, false)))
    };
    Ok(frame::respond_plain(ctx, &header, content))
}

fn one(operation: &Operation) -> Markup {
    let method = if operation.method() == Method::Get { "GET" } else { "POST" };
    section(
        operation.title,
        html! {
            p { code { (method) " " (operation.path) } }
            @if !operation.about.is_empty() { p { (operation.about) } }
            p.redup { "Cakupan token: " code { (operation.cakupan.nama) } " (" (operation.cakupan.arti) ")." }
            @if !operation.query.is_empty() { h3 { "Dapat ditanyakan" } (table(operation.query, true)) }
            @if let Some(body) = &operation.body {
                h3 { "Yang dikirim" }
                (table(body.shape.fields, true))
                @if let Some(files) = &body.files {
                    p { "Berkas pada isian " code { (files.field) } ": paling banyak " (files.max_files) ", masing-masing paling besar "
                        (files.max_file >> 20) " MiB; dalam JSON berupa daftar " code { "nama" } " dan " code { "isi" } " (base64)." }
                }
            }
            h3 { "Jawaban " (operation.answer.status()) }
            (answered(&operation.answer))
            details {
                summary { "Jawaban lain" }
                ul { @for (status, words) in api::errors_of(operation) { li { (status) ": " (words) "." } } }
            }
        },
    )
}

fn answered(answer: &Answer) -> Markup {
    match answer {
        Answer::Found(shape) | Answer::Made(shape) => nested(shape, 0),
        Answer::File(kinds) => html! { p { "Berkas: " (kinds.join(", ")) "." } },
    }
}

/// A thing, and the things within it below.
fn nested(shape: &Shape, depth: usize) -> Markup {
    let inner = shape.fields.iter().filter_map(|field| match field.kind {
        Kind::One(inner) | Kind::Many(inner) => Some((field.name, inner)),
        _ => None,
    });
    html! {
        (table(shape.fields, false))
        @if depth < 4 { @for (name, inner) in inner { p { "Setiap " code { (name) } ":" } (nested(inner, depth + 1)) } }
    }
}

fn table(fields: &[Field], sent: bool) -> Table {
    let shape = |field: &Field| match (sent, field.must) {
        (true, true) => format!("{}, wajib", kind(field.kind)),
        (false, false) => format!("{}, dapat kosong", kind(field.kind)),
        _ => kind(field.kind),
    };
    let row = |field: &Field| Row::new(vec![Cell::new(html! { code { (field.name) } }), shape(field).into(), field.about.into()]);
    Table::new("Isian")
        .column(Column::text("Isian"))
        .column(Column::text("Bentuk"))
        .column(Column::text("Arti"))
        .rows(fields.iter().map(row))
}

fn kind(kind: Kind) -> String {
    match kind {
        Kind::Text(0) => "teks".into(),
        Kind::Text(most) => format!("teks, paling panjang {most} huruf"),
        Kind::Id => "UUID".into(),
        Kind::Date => "tanggal, seperti 2026-11-22".into(),
        Kind::Moment => "waktu, seperti 2026-11-22T09:00:00+07:00".into(),
        Kind::Uri => "alamat".into(),
        Kind::Number => "bilangan bulat".into(),
        Kind::Flag => "true atau false".into(),
        Kind::Words(words) => words().join(", "),
        Kind::Texts => "daftar teks".into(),
        Kind::Object => "objek: nama dan isinya".into(),
        Kind::One(_) => "objek".into(),
        Kind::Many(_) => "daftar".into(),
    }
}
