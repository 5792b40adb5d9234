//! The classification on screen: looking through it, and loading the regency's own list after a dry run.

use std::io::Read;

use praja_kernel::FieldProblem;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, StoreError, Tx};
use praja_web::{
    Cell, Column, EmptyState, Facts, Field, Form, FormValues, Icon, Link, Markup, Notice, PageHeader, Row, Table, Tone, decision,
    frame, html,
};

use super::{
    Klasifikasi, Kode,
    aktif::{self, Asal, with_source},
    periksa::{self, TOLD},
};
use crate::{MANAGE_ALL_REGISTER, words::encode};

const LIST: &str = "/desk/klasifikasi";
/// Rows of one page.
const PAGE: usize = 100;
/// Largest file, in bytes.
pub(crate) const MAX_BYTES: u64 = 4 << 20;
/// The field of the file.
const FILE: &str = "berkas";

/// GET /desk/klasifikasi?q=…&induk=…&mulai=…
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (list, asal) = with_source(tx, &ctx.instance().paket)?;
    let typed = ctx.query("q").unwrap_or_default();
    let induk = ctx.query("induk");
    let from: usize = ctx.query("mulai").and_then(|text| text.parse().ok()).unwrap_or(0);
    let all: Vec<&Kode> = if typed.is_empty() { list.below(induk) } else { list.search_all(typed) };
    let rows: Vec<&Kode> = all.iter().copied().skip(from).take(PAGE).collect();
    let here = |from: usize| {
        let words = if typed.is_empty() { String::new() } else { format!("q={}&", encode(typed)) };
        let above = induk.map_or_else(String::new, |induk| format!("induk={}&", encode(induk)));
        format!("{LIST}?{words}{above}mulai={from}")
    };
    let lines = rows.iter().map(|kode| {
        let row = Row::new(vec![
            kode.kode.as_str().into(),
            kode.uraian.as_str().into(),
            Cell::new(html! { @if let Some(above) = kode.induk() { (above) " " (list.uraian(above).unwrap_or_default()) } }),
        ]);
        if list.below(Some(&kode.kode)).is_empty() { row } else { row.href(format!("{LIST}?induk={}", encode(&kode.kode))) }
    });
    let older = (from + PAGE < all.len()).then(|| here(from + PAGE));
    let table = Table::new("Klasifikasi arsip")
        .column(Column::text("Kode"))
        .column(Column::text("Uraian"))
        .column(Column::text("Induk").wide_only())
        .count(format!("{} kode", all.len()))
        .rows(lines)
        .pager((from > 0).then(|| here(from.saturating_sub(PAGE))), older)
        .empty(
            EmptyState::new(Icon::Folder, "Tidak ada kode yang cocok", "Periksa ejaannya, atau ketik awal kodenya.")
                .action(Link::new("Tampilkan pokok klasifikasi", LIST)),
        );
    let mut header = PageHeader::new("Klasifikasi arsip").purpose("Kode untuk memberkaskan surat, menurut pokok masalahnya.");
    if let Some(induk) = induk {
        header = header.crumb("Klasifikasi arsip", LIST);
        if let Some(kode) = list.get(induk) {
            header = PageHeader::new(kode.label()).purpose("Kode di bawahnya.").crumb("Klasifikasi arsip", LIST);
        }
    }
    if ctx.may(MANAGE_ALL_REGISTER) {
        header = header.action(Link::new("Muat daftar sendiri", format!("{LIST}/muat")).icon(Icon::Upload));
    }
    let search = Form::get(LIST)
        .values(FormValues::new().with("q", typed))
        .field(Field::search("q", "Kode atau uraian").hint("Awal kode, atau beberapa kata dari uraiannya."))
        .submit("Cari kode");
    Ok(frame::respond(ctx, &header, html! { (search) p.redup { "Sumber: " (asal.label()) "." } (table) }))
}

/// GET /desk/klasifikasi/muat
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (list, asal) = with_source(tx, &ctx.instance().paket)?;
    Ok(frame::respond(ctx, &header(), ask_page(ctx, frame::form(ctx, format!("{LIST}/muat")), &list, asal, &[])))
}

fn header() -> PageHeader {
    PageHeader::new("Muat klasifikasi arsip")
        .purpose("Daftar milik daerah sendiri menggantikan daftar yang berlaku. Surat lama tetap dengan kodenya.")
        .crumb("Klasifikasi arsip", LIST)
}

fn ask_page(ctx: &Ctx, form: Form, list: &Klasifikasi, asal: Asal, wrong: &[(usize, String)]) -> Markup {
    let form = form
        .multipart()
        .field(
            Field::file(FILE, "Berkas CSV", ".csv,text/csv")
                .required()
                .max_mib(MAX_BYTES >> 20)
                .hint("Kolom: kode,induk,tingkat,uraian. Pemisah koma, huruf UTF-8."),
        )
        .submit("Periksa berkas")
        .cancel("Kembali ke klasifikasi", LIST);
    let back = frame::form(ctx, format!("{LIST}/muat/bawaan")).submit_danger("Kembalikan daftar bawaan");
    html! {
        (Facts::new().add("Yang berlaku sekarang", format!("{} kode", list.len())).add("Sumber", asal.label()))
        @if !wrong.is_empty() {
            (Notice::new(Tone::Bad, format!("{} baris perlu diperbaiki. Belum ada yang berubah.", wrong.len())))
            ul { @for (line, what) in wrong.iter().take(TOLD) { li { "Baris " (line) ": " (what) } } }
            @if wrong.len() > TOLD { p.redup { "Dan " (wrong.len() - TOLD) " masalah lain." } }
        }
        (form)
        @if asal == Asal::Dimuat { (back) }
    }
}

/// POST /desk/klasifikasi/muat: the dry run. Nothing is kept but the uploaded file, which travels on by its digest.
pub(crate) fn try_out(ctx: &Ctx, input: &Input) -> Outcome {
    let (list, asal) = ctx.read(|tx| with_source(tx, &ctx.instance().paket))?;
    let again = |problem: Option<&str>, wrong: &[(usize, String)]| {
        let mut form = frame::form_again(ctx, format!("{LIST}/muat"), input);
        if let Some(problem) = problem {
            form = form.problems(&[FieldProblem::new(FILE, problem)]);
        }
        let content = ask_page(ctx, form, &list, asal, wrong);
        Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), content)))
    };
    let Some(file) = input.files(FILE).next() else { return again(Some("Pilih berkas CSV yang akan dimuat."), &[]) };
    let mut bytes = Vec::new();
    ctx.instance().blobs.open(&file.blob)?.read_to_end(&mut bytes).map_err(|e| StoreError::Unavailable(e.to_string()))?;
    let Ok(text) = String::from_utf8(bytes) else {
        return again(Some("Berkas ini bukan teks UTF-8. Simpan sebagai CSV UTF-8, lalu unggah lagi."), &[]);
    };
    let text = text.trim_start_matches('\u{feff}').to_owned();
    let fresh = match periksa::check(&text) {
        Ok(fresh) => fresh,
        Err(wrong) => return again(None, &wrong),
    };
    let (added, gone, changed) = fresh.compared_with(&list);
    let facts = Facts::new()
        .add("Kode dalam berkas", fresh.len().to_string())
        .add("Ditambahkan", added.to_string())
        .add("Tidak ada lagi", gone.to_string())
        .add("Uraiannya berubah", changed.to_string());
    let staged = ctx.write(Keys::unaudited(), move |tx| aktif::stage(tx, &text))?;
    let form = frame::form(ctx, format!("{LIST}/muat/terapkan"))
        .hidden("sidik", staged)
        .submit_danger("Berlakukan daftar ini")
        .cancel("Tidak jadi, kembali ke klasifikasi", LIST);
    let lines = [
        "Daftar ini langsung berlaku untuk surat baru, aturan arahan, dan nomor naskah.",
        "Surat yang sudah diklasifikasi tetap dengan kodenya, juga bila kode itu tidak ada lagi.",
        "Daftar bawaan dapat dikembalikan kapan saja.",
    ];
    Ok(frame::respond(ctx, &header(), decision(Tone::Warn, "Hasil pemeriksaan", &lines, &facts, &form)))
}

/// POST /desk/klasifikasi/muat/terapkan
pub(crate) fn apply(ctx: &Ctx, input: &Input) -> Outcome {
    let sidik = input.text("sidik").to_owned();
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let text = aktif::staged(tx, &sidik)?.ok_or(Problem::Conflict)?;
        let codes = Klasifikasi::read(&text).len();
        aktif::load(tx, &text, codes)?;
        Ok::<_, Problem>(LIST.to_owned())
    })?;
    Ok(response.with_notice("Klasifikasi arsip yang baru sudah berlaku."))
}

/// POST /desk/klasifikasi/muat/bawaan
pub(crate) fn restore(ctx: &Ctx, input: &Input) -> Outcome {
    let response = ctx.submit(input, Keys::none(), move |tx| {
        aktif::load(tx, "", 0)?;
        Ok::<_, Problem>(LIST.to_owned())
    })?;
    Ok(response.with_notice("Klasifikasi bawaan berlaku lagi."))
}
