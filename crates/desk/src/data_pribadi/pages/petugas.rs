//! What officers take at the counter, list and answer.

use praja_kernel::{FieldProblem, Id, Moment, Nik, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit};
use praja_web::{
    Act, Address, Column, EmptyState, Facts, Field, Form, Icon, Link, Markup, Notice, PageHeader, Row, Table, Tone, detail,
    export::{self, Col, Format, Sheet},
    form::Width,
    frame, html, next_step, section,
};

use super::{LIST, PUBLIC, clock, progress, prose, state, when};
use crate::{
    attachments::{self, Rule},
    data_pribadi::{
        Bukti, Jenis, KELOMPOK, Permintaan, Status, TABLE, jawab, keys, objek,
        rules::{Refusal, check, check_answer, due, left},
        store, terima,
    },
    timeline,
    words::encode,
};

/// Rows of one page.
const PAGE: i64 = 50;
/// At most so many rows are taken along at once.
const MOST: usize = 5_000;
const FILES: &str = "bukti";

fn asked(ctx: &Ctx) -> Status {
    ctx.query("status").and_then(|word| Status::parse(word).ok()).unwrap_or(Status::Terbuka)
}

fn masked(one: &Permintaan) -> String {
    one.isi.nik.parse::<Nik>().map_or_else(|_| String::new(), |nik| nik.masked())
}

/// GET /desk/data-pribadi?status=…&sesudah=…
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let status = asked(ctx);
    let read = |text: &str| -> Option<(Moment, Id)> {
        let (at, id) = text.split_once('_')?;
        Some((Moment(at.parse().ok()?), id.parse().ok()?))
    };
    let after = ctx.query("sesudah").map(|text| read(text).ok_or(Problem::NotFound)).transpose()?;
    let mut rows = store::list(tx, status, after, PAGE + 1)?;
    let more = i64::try_from(rows.len()).is_ok_and(|count| count > PAGE);
    rows.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let top = format!("{LIST}?status={}", status.as_str());
    let place = |last: &Permintaan| format!("{top}&sesudah={}", encode(&format!("{}_{}", last.tenggat.0, last.id)));
    let next = rows.last().filter(|_| more).map(place);
    let row = |one: &Permintaan| {
        let due = if one.status == Status::Terbuka {
            clock(ctx, one.tenggat)
        } else {
            html! { (when(ctx, one.tenggat)) }
        };
        Row::new(vec![
            one.nomor.as_str().into(),
            one.isi.jenis.label().into(),
            one.isi.nama.as_str().into(),
            due.into(),
            state(one.status).into(),
        ])
        .href(format!("{LIST}/{}", one.id))
    };
    let empty = EmptyState::new(
        Icon::Shield,
        "Tidak ada permintaan di sini",
        "Permintaan dari akun warga dan dari loket tampil di sini.",
    )
    .action(Link::new("Buka halaman untuk warga", PUBLIC));
    let mut table = Table::new("Permintaan data pribadi")
        .column(Column::text("Nomor"))
        .column(Column::text("Yang diminta"))
        .column(Column::text("Nama"))
        .column(Column::text("Batas waktu"))
        .column(Column::text("Keadaan").corner())
        .rows(rows.iter().map(row))
        .pager(after.map(|_| top.clone()), next)
        .empty(empty);
    for one in Status::ALL {
        table = table.chip(one.label(), format!("{LIST}?status={}", one.as_str()), *one == status);
    }
    if !rows.is_empty() {
        table = table.downloads(&Address::here(ctx).at(format!("{LIST}/unduh")));
    }
    let header = PageHeader::new("Permintaan data pribadi")
        .purpose("Dijawab dalam 3 x 24 jam sejak diterima; yang paling dekat batasnya di atas.")
        .action(Link::new("Catat permintaan", format!("{LIST}/baru")).icon(Icon::Add));
    let content = html! {
        (table)
        ul.tautan {
            li { a href={ (LIST) "/kegagalan" } { "Kegagalan pelindungan data" } }
            li { a href={ (LIST) "/pengaturan" } { "Narahubung dan inventaris" } }
        }
    };
    Ok(frame::respond(ctx, &header, content))
}

/// GET /desk/data-pribadi/unduh?status=…
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (status, mut after, now) = (asked(ctx), None, ctx.now());
    let zona = ctx.instance().zona;
    let mut sheet = Sheet::new("Permintaan data pribadi")
        .column(Col::text("Nomor"))
        .column(Col::text("Yang diminta"))
        .column(Col::text("Nama"))
        .column(Col::text("Batas waktu"))
        .column(Col::text("Keadaan"))
        .column(Col::text("NIK"))
        .column(Col::moment("Diterima"))
        .column(Col::moment("Dijawab"))
        .about("Saringan", status.label());
    sheet.gather(MOST, export::narrow, |sheet| {
        let rows = store::list(tx, status, after, 500)?;
        let Some(last) = rows.last() else { return Ok(false) };
        after = Some((last.tenggat, last.id));
        let whole = rows.len() == 500;
        for one in rows {
            let due = if status == Status::Terbuka { left(one.tenggat, now) } else { when(ctx, one.tenggat) };
            let nik = masked(&one);
            sheet.rows.push(vec![
                one.nomor.into(),
                one.isi.jenis.label().into(),
                one.isi.nama.into(),
                due.into(),
                one.status.label().into(),
                nik.into(),
                export::Cell::moment(zona, one.diterima),
                one.dijawab.map(|at| export::Cell::moment(zona, at)).into(),
            ]);
        }
        Ok::<_, Problem>(whole)
    })?;
    export::respond(ctx, sheet, Format::asked(ctx), "permintaan-data-pribadi")
}

fn new_header() -> PageHeader {
    PageHeader::new("Catat permintaan")
        .purpose("Dari orang yang datang ke loket dan menunjukkan KTP-nya.")
        .crumb("Permintaan data pribadi", LIST)
}

fn fields(form: Form) -> Form {
    let kinds: Vec<(&str, &str)> = Jenis::ALL.iter().map(|jenis| (jenis.as_str(), jenis.label())).collect();
    form.guard()
        .field(Field::text("nama", "Nama").required().max_length(120))
        .field(Field::text("nik", "NIK").required().max_length(20).inputmode("numeric").width(Width::Short).autocomplete("off"))
        .field(Field::text("kontak", "Surel atau nomor telepon").required().max_length(120))
        .field(Field::radio("jenis", "Yang diminta", &kinds).required())
        .field(Field::textarea("isi", "Penjelasan").rows(5).required().max_length(4000))
        .field(Field::checkbox("ktp", "KTP-nya saya lihat, dan nama serta NIK-nya cocok"))
        .submit("Catat permintaan")
        .cancel("Kembali", LIST)
}

/// GET /desk/data-pribadi/baru
pub(crate) fn new(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    Ok(frame::respond(ctx, &new_header(), fields(frame::form(ctx, format!("{LIST}/baru")))))
}

fn refused(form: Form, refusal: &dyn Refuse) -> Form {
    form.refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields())
}

/// POST /desk/data-pribadi/baru
pub(crate) fn create(ctx: &Ctx, input: &Input) -> Outcome {
    let mut checked = check(|name| input.raw(name).to_owned());
    if input.text("ktp") != "ya" {
        let mut problems = checked.as_ref().err().map(Refuse::fields).unwrap_or_default();
        problems.push(FieldProblem::new("ktp", "Tanpa melihat KTP, permintaan di loket tidak dapat dicatat."));
        checked = Err(Refusal::Fields(problems));
    }
    let isi = match checked {
        Ok(isi) => isi,
        Err(refusal) => {
            let form = fields(refused(frame::form_again(ctx, format!("{LIST}/baru"), input), &refusal));
            return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &new_header(), form)));
        }
    };
    let today = ctx.today();
    // Not through `submit`: the code is told once and stands in no address.
    let (form, route) = (input.form_id(), "/desk/data-pribadi/baru");
    let taken = ctx.write(keys(KELOMPOK, today), move |tx| {
        if let Some(form) = form {
            if tx.answered_form(route, form)?.is_some() {
                return Ok(None);
            }
            tx.answer_form(route, form, &praja_store::forms::Answered { status: 303, tujuan: LIST.to_owned() })?;
        }
        Ok::<_, Problem>(Some(terima(tx, &isi, Bukti::Ktp, "", today)?))
    })?;
    let Some((id, nomor, kode)) = taken else {
        return Ok(Response::redirect(LIST).with_notice("Permintaan itu sudah dicatat sebelumnya."));
    };
    let content = html! {
        (Notice::new(Tone::Good, "Permintaan dicatat.").text("Cetak atau salin nomor dan kodenya untuk peminta. Kode tidak ditampilkan lagi."))
        div.cetakan {
            (Facts::new()
                .add("Nomor permintaan", html! { strong { (nomor) } })
                .add("Kode", html! { strong { code { (kode) } } })
                .add("Dijawab paling lambat", when(ctx, due(ctx.now())))
                .add("Dilihat di", ctx.url(PUBLIC)))
        }
        p { a href={ (LIST) "/" (id) } { "Buka permintaan ini" } }
    };
    Ok(frame::respond(ctx, &PageHeader::new("Permintaan sudah dicatat").crumb("Permintaan data pribadi", LIST), content))
}

/// GET /desk/data-pribadi/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = store::get(tx, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    let content = content(ctx, tx, &one, frame::form(ctx, format!("{LIST}/{}/jawab", one.id)))?;
    Ok(frame::respond(ctx, &show_header(&one), content))
}

fn show_header(one: &Permintaan) -> PageHeader {
    PageHeader::new(format!("Permintaan {}", one.nomor)).purpose(one.isi.jenis.label()).crumb("Permintaan data pribadi", LIST)
}

fn content(ctx: &Ctx, tx: &mut Tx<'_>, one: &Permintaan, form: Form) -> Result<Markup, Problem> {
    let files = attachments::of(tx, &objek(one.id))?;
    let open = one.status == Status::Terbuka;
    let whole = Act::post("Buka NIK", format!("{LIST}/{}/nik", one.id), ctx.csrf(), ctx.form_id().to_string()).icon(Icon::Key);
    let body = html! {
        @if open { (next_step(Tone::Info, html! { "Dijawab paling lambat " (when(ctx, one.tenggat)) ". " (clock(ctx, one.tenggat)) })) }
        (section("Peminta", html! {
            (Facts::new()
                .add("Nama", &one.isi.nama)
                .add("NIK", html! { (masked(one)) " " (whole) })
                .add("Kontak", &one.isi.kontak)
                .add("Bukti", one.bukti.label()))
        }))
        (section("Yang diminta", prose(&one.isi.isi)))
        @if !open { (section("Jawaban", progress(ctx, one))) }
        @if !files.is_empty() { (section("Bukti pelaksanaan", attachments::table(ctx, &files))) }
        (section("Riwayat", timeline::of(ctx, tx, &objek(one.id))?))
    };
    Ok(detail(body, html! { @if open { (section("Jawab", answer_form(form, one))) } }))
}

fn answer_form(form: Form, one: &Permintaan) -> Form {
    let results = [("dipenuhi", Status::Dipenuhi.label()), ("ditolak", Status::Ditolak.label())];
    form.guard()
        .multipart()
        .hidden("versi", one.versi.to_string())
        .field(Field::radio("hasil", "Hasil", &results).required())
        .field(
            Field::textarea("jawaban", "Jawaban untuk peminta")
                .rows(6)
                .required()
                .max_length(4000)
                .hint("Apa yang dilakukan, atau mengapa tidak."),
        )
        .field(Field::text("dasar", "Dasar").max_length(300).hint("Wajib bila ditolak: peraturan yang mewajibkan data disimpan."))
        .field(attachments::field_for(FILES, "Bukti pelaksanaan, bila ada", &Rule::ANY))
        .submit("Kirim jawaban")
}

/// POST /desk/data-pribadi/{id}/jawab
pub(crate) fn answer(ctx: &Ctx, input: &Input) -> Outcome {
    let id: Id = ctx.param("id")?;
    let before = ctx.read(|tx| store::get(tx, id).map_err(Problem::from))?.ok_or(Problem::NotFound)?;
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::StaleForm)?;
    let kept = before.clone();
    let done = check_answer(|name| input.raw(name).to_owned())
        .map_err(Problem::refused)
        .and_then(|jawaban| Ok((jawaban, attachments::received(ctx, input, FILES, &Rule::ANY)?)))
        .and_then(|(jawaban, files)| {
            ctx.submit(input, Keys::none(), move |tx| {
                jawab(tx, &kept, versi, &jawaban, &files)?;
                Ok::<_, Problem>(format!("{LIST}/{id}"))
            })
        });
    match done {
        Ok(response) => Ok(response.with_notice("Jawaban sudah dikirim.")),
        Err(Problem::Refused(refusal)) => {
            let form = refused(frame::form_again(ctx, format!("{LIST}/{id}/jawab"), input), &*refusal);
            let content = ctx.read(|tx| content(ctx, tx, &before, form.clone()))?;
            Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &show_header(&before), content)))
        }
        Err(other) => Err(other),
    }
}

/// POST /desk/data-pribadi/{id}/nik: the data of the person are looked for by it; who looked is written down.
pub(crate) fn reveal(ctx: &Ctx, _: &Input) -> Outcome {
    let id: Id = ctx.param("id")?;
    let one = ctx.write(Keys::none(), move |tx| {
        let one = store::get(tx, id)?.ok_or(Problem::NotFound)?;
        tx.audit(&audit::Entry::new("desk.reveal-nik", TABLE, id).with("nomor", &one.nomor))?;
        Ok::<_, Problem>(one)
    })?;
    let content = html! {
        (Notice::new(Tone::Info, "Pembukaan NIK ini dicatat."))
        (Facts::new().add("Nama", &one.isi.nama).add("NIK", html! { strong { (one.isi.nik) } }))
        p { a href={ (LIST) "/" (id) } { "Kembali ke permintaan" } }
    };
    Ok(frame::respond(ctx, &PageHeader::new("NIK").crumb("Permintaan data pribadi", LIST), content))
}
