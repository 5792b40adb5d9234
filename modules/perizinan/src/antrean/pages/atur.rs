//! Which services the counter has, and whether a number can be taken from afar.

use praja_kernel::Refuse;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit};
use praja_web::{
    Column, Field, Form, FormValues, Markup, PageHeader, Row, Table, Tone, badge, form::Width, frame, html, section,
};

use super::DESK;
use crate::antrean::{
    Layanan, layanan,
    rules::{Refusal, check},
    store,
};

const PAGE: &str = "/perizinan/izin/antrean/layanan";

/// GET /perizinan/izin/antrean/layanan
pub(super) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let content = content(ctx, tx, fields(frame::form(ctx, PAGE), true).submit("Tambah layanan"))?;
    Ok(frame::respond(ctx, &header(), content))
}

fn header() -> PageHeader {
    PageHeader::new("Layanan loket")
        .purpose("Setiap layanan mempunyai satu huruf pada nomor antreannya.")
        .crumb("Antrean loket", DESK)
}

fn content(ctx: &Ctx, tx: &mut Tx<'_>, form: Form) -> Result<Markup, Problem> {
    let state = |one: &Layanan| if one.aktif { badge(Tone::Good, "Dibuka") } else { badge(Tone::Neutral, "Ditutup") };
    let table = Table::new("Layanan loket")
        .column(Column::text("Huruf"))
        .column(Column::text("Layanan"))
        .column(Column::text("Keadaan").corner())
        .rows(layanan(tx)?.iter().map(|one| {
            Row::new(vec![one.huruf.as_str().into(), one.nama.as_str().into(), praja_web::Cell::new(state(one))])
                .href(format!("{PAGE}/{}", one.huruf))
        }));
    let mut values = FormValues::new();
    if store::is_online(tx)? {
        values = values.with("daring", "ya");
    }
    let way = frame::form(ctx, format!("{DESK}/cara"))
        .values(values)
        .field(
            Field::checkbox("daring", "Nomor dapat diambil dari ponsel sendiri")
                .hint("Bila tidak, hanya mesin antrean dan petugas yang memberi nomor."),
        )
        .submit("Simpan cara mengambil nomor");
    Ok(html! { (table) (section("Tambah layanan", form)) (section("Cara mengambil nomor", way)) })
}

fn fields(form: Form, with_letter: bool) -> Form {
    let form = if with_letter {
        form.field(
            Field::text("huruf", "Huruf")
                .required()
                .max_length(1)
                .width(Width::Short)
                .hint("A sampai Z, tetap untuk layanan ini."),
        )
    } else {
        form
    };
    form.field(Field::text("nama", "Nama layanan").required().max_length(60))
}

/// What is shipped becomes the regency's own with its first change.
fn own(tx: &mut Tx<'_>) -> Result<Vec<Layanan>, Problem> {
    if store::services(tx)?.is_empty() {
        for one in layanan(tx)? {
            store::put_service(tx, &one)?;
        }
    }
    Ok(store::services(tx)?)
}

fn keys() -> Keys {
    Keys::of([praja_store::Key::new("perizinan_antrean_layanan", "")])
}

fn put(tx: &mut Tx<'_>, one: &Layanan) -> Result<(), Problem> {
    if !store::put_service(tx, one)? {
        return Err(Problem::Conflict);
    }
    let entry = audit::Entry::new("perizinan.configure-antrean", "perizinan_antrean_layanan", &one.huruf);
    Ok(tx.audit(&entry.with("nama", &one.nama).with("aktif", one.aktif))?)
}

/// POST /perizinan/izin/antrean/layanan
pub(super) fn add(ctx: &Ctx, input: &Input) -> Outcome {
    let (huruf, nama) = (input.text("huruf").to_owned(), input.text("nama").to_owned());
    let done = ctx.submit(input, keys(), move |tx| {
        let taken: Vec<String> = own(tx)?.into_iter().map(|one| one.huruf).collect();
        let (huruf, nama) = check(&huruf, &nama, &taken).map_err(Problem::refused)?;
        put(tx, &Layanan { huruf, nama, aktif: true, versi: 0 })?;
        Ok::<_, Problem>(PAGE.to_owned())
    });
    match done {
        Err(Problem::Refused(refusal)) => {
            let form = again(frame::form_again(ctx, PAGE, input), &*refusal);
            let content = ctx.read(|tx| content(ctx, tx, fields(form.clone(), true).submit("Tambah layanan")))?;
            Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), content)))
        }
        other => Ok(other?.with_notice("Layanan loket ditambahkan.")),
    }
}

fn again(form: Form, refusal: &dyn Refuse) -> Form {
    form.refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields())
}

fn one(tx: &mut Tx<'_>, huruf: &str) -> Result<Layanan, Problem> {
    layanan(tx)?.into_iter().find(|one| one.huruf == huruf).ok_or(Problem::NotFound)
}

fn edit_header(huruf: &str) -> PageHeader {
    PageHeader::new(format!("Layanan {huruf}"))
        .purpose("Nama yang tampil di layar dan pada nomor, dan apakah loket membukanya.")
        .crumb("Antrean loket", DESK)
        .crumb("Layanan loket", PAGE)
}

fn edit_form(form: Form) -> Form {
    fields(form, false)
        .field(Field::checkbox("aktif", "Dibuka").hint("Layanan yang ditutup tidak memberi nomor baru."))
        .submit("Simpan layanan")
        .cancel("Kembali", PAGE)
}

/// GET /perizinan/izin/antrean/layanan/{huruf}
pub(super) fn edit(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = one(tx, &ctx.param::<String>("huruf")?)?;
    let mut values = FormValues::new().with("nama", one.nama.as_str());
    if one.aktif {
        values = values.with("aktif", "ya");
    }
    let form = frame::form(ctx, format!("{PAGE}/{}", one.huruf)).values(values).hidden("versi", one.versi.to_string());
    Ok(frame::respond(ctx, &edit_header(&one.huruf), edit_form(form)))
}

/// POST /perizinan/izin/antrean/layanan/{huruf}
pub(super) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let huruf: String = ctx.param("huruf")?;
    ctx.read(|tx| one(tx, &huruf))?;
    let nama = match check(&huruf, input.text("nama"), &[]) {
        Ok((_, nama)) => nama,
        Err(refusal) => {
            let form = again(frame::form_again(ctx, format!("{PAGE}/{huruf}"), input), &refusal);
            let form = edit_form(form.hidden("versi", input.text("versi")));
            return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &edit_header(&huruf), form)));
        }
    };
    let aktif = input.text("aktif") == "ya";
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::refused(Refusal::Service))?;
    let done = ctx.submit(input, keys(), move |tx| {
        let before = store::services(tx)?.is_empty();
        own(tx)?;
        // A row that was only now copied from the shipped list has its first version.
        let versi = if before && versi == 0 { 1 } else { versi };
        put(tx, &Layanan { huruf: huruf.clone(), nama: nama.clone(), aktif, versi })?;
        Ok::<_, Problem>(PAGE.to_owned())
    })?;
    Ok(done.with_notice("Layanan loket disimpan."))
}

/// POST /perizinan/izin/antrean/cara
pub(super) fn save_way(ctx: &Ctx, input: &Input) -> Outcome {
    let online = input.text("daring") == "ya";
    let done = ctx.submit(input, keys(), move |tx| {
        store::set_online(tx, online)?;
        let entry = audit::Entry::new("perizinan.configure-antrean", "perizinan_pengaturan", store::ONLINE);
        tx.audit(&entry.with("daring", online))?;
        Ok::<_, Problem>(PAGE.to_owned())
    })?;
    Ok(done.with_notice("Cara mengambil nomor disimpan."))
}
