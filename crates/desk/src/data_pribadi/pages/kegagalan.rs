//! Failures to protect personal data: what is known, the clock of the notice, who was told.

use praja_kernel::{FieldProblem, Id, Moment, Refuse, parse_jam, parse_tanggal};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit};
use praja_web::{
    Column, EmptyState, Facts, Field, Form, FormValues, Icon, Markup, PageHeader, Row, Table, Tone, badge, detail, form::Width,
    frame, html, next_step, section,
};

use super::{LIST, clock, prose, when};
use crate::{
    data_pribadi::{
        FAILURES, KELOMPOK_KEGAGALAN, Kegagalan, Penanganan, Surat, Tujuan, catat_kegagalan, catat_surat, keys,
        rules::{Refusal, check_failure, is_told},
        store,
    },
    timeline,
};

const HERE: &str = "/desk/data-pribadi/kegagalan";
/// A regency that has more has other worries than a list.
const SHOWN: i64 = 200;

fn header() -> PageHeader {
    PageHeader::new("Kegagalan pelindungan data")
        .purpose("Pemilik data dan lembaga diberi tahu tertulis paling lambat 3 x 24 jam sejak diketahui (UU 27/2022 Pasal 46).")
        .crumb("Permintaan data pribadi", LIST)
}

fn state(status: Penanganan) -> Markup {
    let tone = match status {
        Penanganan::Terbuka => Tone::Bad,
        Penanganan::Diberitahukan => Tone::Info,
        Penanganan::Selesai => Tone::Good,
    };
    badge(tone, status.label())
}

/// GET /desk/data-pribadi/kegagalan
pub(crate) fn failures(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let content = listed(ctx, tx, new_form(frame::form(ctx, HERE)))?;
    Ok(frame::respond(ctx, &header(), content))
}

fn listed(ctx: &Ctx, tx: &mut Tx<'_>, form: Form) -> Result<Markup, Problem> {
    let rows = store::failures(tx, SHOWN)?;
    let row = |one: &Kegagalan| {
        let due = if one.status == Penanganan::Terbuka {
            clock(ctx, one.tenggat)
        } else {
            html! { (when(ctx, one.tenggat)) }
        };
        let first = one.isi.data.lines().next().unwrap_or_default();
        Row::new(vec![one.nomor.as_str().into(), first.into(), due.into(), state(one.status).into()])
            .href(format!("{HERE}/{}", one.id))
    };
    let empty = EmptyState::new(
        Icon::Shield,
        "Belum ada kegagalan yang tercatat",
        "Catat setiap kegagalan begitu diketahui, juga bila rinciannya belum lengkap.",
    );
    let table = Table::new("Kegagalan pelindungan data")
        .column(Column::text("Nomor"))
        .column(Column::text("Data yang terungkap"))
        .column(Column::text("Batas pemberitahuan"))
        .column(Column::text("Keadaan").corner())
        .rows(rows.iter().map(row))
        .empty(empty);
    Ok(html! { (table) (section("Catat kegagalan", form)) })
}

fn new_form(form: Form) -> Form {
    let hint = "Misalnya 14.30. Dari sinilah 3 x 24 jam dihitung.";
    known_fields(
        form.guard()
            .field(Field::date("tanggal", "Tanggal diketahui").required())
            .field(Field::text("jam", "Jam diketahui").required().max_length(8).width(Width::Short).hint(hint)),
    )
    .submit("Catat kegagalan")
}

fn known_fields(form: Form) -> Form {
    form.field(Field::textarea("data", "Data pribadi yang terungkap").rows(2).required().max_length(4000))
        .field(Field::textarea("kejadian", "Kapan dan bagaimana terungkap").rows(3).required().max_length(4000))
        .field(Field::textarea("penanganan", "Upaya penanganan dan pemulihan").rows(3).required().max_length(4000))
        .field(Field::number("orang", "Banyaknya orang").min("0").width(Width::Short).hint("Kosongkan bila belum diketahui."))
}

fn known_at(ctx: &Ctx, input: &Input) -> Option<Moment> {
    let (day, time) = (parse_tanggal(input.text("tanggal")).ok()?, parse_jam(input.text("jam")).ok()?);
    Some(ctx.instance().zona.at(day.to_datetime(time)))
}

fn again(form: Form, refusal: &dyn Refuse) -> Form {
    form.refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields())
}

/// POST /desk/data-pribadi/kegagalan
pub(crate) fn create_failure(ctx: &Ctx, input: &Input) -> Outcome {
    let isi = match check_failure(|name| input.raw(name).to_owned(), known_at(ctx, input), ctx.now()) {
        Ok(isi) => isi,
        Err(refusal) => {
            let form = again(frame::form_again(ctx, HERE, input), &refusal);
            let content = ctx.read(|tx| listed(ctx, tx, new_form(form.clone())))?;
            return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), content)));
        }
    };
    let today = ctx.today();
    let response = ctx.submit(input, keys(KELOMPOK_KEGAGALAN, today), move |tx| {
        Ok::<_, Problem>(format!("{HERE}/{}", catat_kegagalan(tx, &isi, today)?))
    })?;
    Ok(response.with_notice("Kegagalan sudah dicatat. Beri tahu pemilik data dan lembaga, lalu catat suratnya di sini."))
}

/// GET /desk/data-pribadi/kegagalan/{id}
pub(crate) fn failure(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = store::failure(tx, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    let content = shown(ctx, tx, &one, None)?;
    Ok(frame::respond(ctx, &one_header(&one), content))
}

fn one_header(one: &Kegagalan) -> PageHeader {
    PageHeader::new(format!("Kegagalan {}", one.nomor))
        .purpose("Apa yang terungkap, apa yang dilakukan, dan siapa yang sudah diberi tahu.")
        .crumb("Permintaan data pribadi", LIST)
        .crumb("Kegagalan pelindungan data", HERE)
}

/// A form of this page that came back with what is wrong.
type Wrong<'a> = (&'static str, &'a Input, &'a dyn Refuse);

fn shown(ctx: &Ctx, tx: &mut Tx<'_>, one: &Kegagalan, wrong: Option<Wrong<'_>>) -> Result<Markup, Problem> {
    let letters = store::letters(tx, one.id)?;
    let body = html! {
        @if is_told(&letters) { (next_step(Tone::Good, html! { "Pemilik data dan lembaga sudah diberi tahu." })) }
        @else {
            (next_step(Tone::Bad, html! { "Pemilik data dan lembaga diberi tahu paling lambat " (when(ctx, one.tenggat)) ". " (clock(ctx, one.tenggat)) }))
        }
        (Facts::new()
            .add("Diketahui", when(ctx, one.isi.diketahui))
            .add("Keadaan", state(one.status))
            .add("Banyaknya orang", if one.isi.orang == 0 { "Belum diketahui".to_owned() } else { one.isi.orang.to_string() })
            .add("Dicatat oleh", &one.oleh_nama))
        (section("Data yang terungkap", prose(&one.isi.data)))
        (section("Kapan dan bagaimana", prose(&one.isi.kejadian)))
        (section("Penanganan dan pemulihan", prose(&one.isi.penanganan)))
        (section("Pemberitahuan", told(ctx, one, &letters)))
        (section("Riwayat", timeline::of(ctx, tx, &format!("{FAILURES}:{}", one.id))?))
    };
    let form = |name: &'static str| {
        let action = format!("{HERE}/{}/{name}", one.id);
        match wrong.filter(|(of, ..)| *of == name) {
            Some((_, input, refusal)) => again(frame::form_again(ctx, action, input), refusal),
            None => frame::form(ctx, action),
        }
    };
    let mut change = form("ubah");
    if wrong.is_none_or(|(of, ..)| of != "ubah") {
        let orang = if one.isi.orang == 0 { String::new() } else { one.isi.orang.to_string() };
        change = change.values(
            FormValues::new()
                .with("data", &one.isi.data)
                .with("kejadian", &one.isi.kejadian)
                .with("penanganan", &one.isi.penanganan)
                .with("orang", orang),
        );
    }
    let targets: Vec<(&str, &str)> = Tujuan::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let side = html! {
        (section("Catat pemberitahuan", form("surat")
            .field(Field::radio("tujuan", "Tujuan", &targets).required())
            .field(Field::text("kepada", "Kepada").required().max_length(160))
            .field(Field::text("nomor_surat", "Nomor surat").required().max_length(80))
            .submit("Catat pemberitahuan")))
        (section("Perbarui catatan", known_fields(change.hidden("versi", one.versi.to_string()))
            .field(Field::checkbox("selesai", "Penanganan sudah selesai"))
            .submit("Simpan catatan")))
    };
    Ok(detail(body, side))
}

fn told(ctx: &Ctx, one: &Kegagalan, letters: &[Surat]) -> Table {
    Table::new("Pemberitahuan")
        .column(Column::text("Kepada"))
        .column(Column::text("Tujuan"))
        .column(Column::text("Nomor surat"))
        .column(Column::text("Dicatat").corner())
        .rows(letters.iter().map(|letter| {
            let late = letter.pada > one.tenggat;
            let at = html! { (when(ctx, letter.pada)) @if late { " " (badge(Tone::Bad, "Terlambat")) } };
            Row::new(vec![
                letter.kepada.as_str().into(),
                letter.tujuan.label().into(),
                letter.nomor_surat.as_str().into(),
                at.into(),
            ])
        }))
        .empty(EmptyState::new(
            Icon::Mail,
            "Belum ada yang diberi tahu",
            "Pemilik data dan lembaga wajib diberi tahu secara tertulis.",
        ))
}

fn one(ctx: &Ctx) -> Result<Kegagalan, Problem> {
    let id: Id = ctx.param("id")?;
    ctx.read(|tx| store::failure(tx, id).map_err(Problem::from))?.ok_or(Problem::NotFound)
}

fn refused(ctx: &Ctx, one: &Kegagalan, form: &'static str, input: &Input, refusal: &dyn Refuse) -> Outcome {
    let content = ctx.read(|tx| shown(ctx, tx, one, Some((form, input, refusal))))?;
    Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &one_header(one), content)))
}

/// POST /desk/data-pribadi/kegagalan/{id}/surat
pub(crate) fn add_letter(ctx: &Ctx, input: &Input) -> Outcome {
    let one = one(ctx)?;
    let (kepada, nomor_surat) = (input.text("kepada").to_owned(), input.text("nomor_surat").to_owned());
    let tujuan = Tujuan::parse(input.text("tujuan")).ok();
    let mut problems = Vec::new();
    if tujuan.is_none() {
        problems.push(FieldProblem::new("tujuan", "Pilih siapa yang diberi tahu."));
    }
    if !(3..=160).contains(&kepada.chars().count()) {
        problems.push(FieldProblem::new("kepada", "Tulis penerimanya, 3 sampai 160 huruf."));
    }
    if !(1..=80).contains(&nomor_surat.chars().count()) {
        problems.push(FieldProblem::new("nomor_surat", "Tulis nomor suratnya, paling panjang 80 huruf."));
    }
    let (Some(tujuan), true) = (tujuan, problems.is_empty()) else {
        return refused(ctx, &one, "surat", input, &Refusal::Fields(problems));
    };
    let (id, now, oleh_nama) = (one.id, ctx.now(), ctx.scope()?.actor.nama().to_owned());
    let surat = Surat { tujuan, kepada, nomor_surat, pada: now, oleh_nama };
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let one = store::failure(tx, id)?.ok_or(Problem::NotFound)?;
        catat_surat(tx, &one, &surat)?;
        Ok::<_, Problem>(format!("{HERE}/{id}"))
    })?;
    Ok(response.with_notice("Pemberitahuan sudah dicatat."))
}

/// POST /desk/data-pribadi/kegagalan/{id}/ubah
pub(crate) fn change_failure(ctx: &Ctx, input: &Input) -> Outcome {
    let one = one(ctx)?;
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::StaleForm)?;
    let isi = match check_failure(|name| input.raw(name).to_owned(), Some(one.isi.diketahui), ctx.now()) {
        Ok(isi) => isi,
        Err(refusal) => return refused(ctx, &one, "ubah", input, &refusal),
    };
    let closes = input.text("selesai") == "ya";
    let told = ctx.read(|tx| store::letters(tx, one.id).map_err(Problem::from))?;
    if closes && !is_told(&told) {
        let problem = FieldProblem::new("selesai", "Catat dahulu pemberitahuan kepada pemilik data dan kepada lembaga.");
        return refused(ctx, &one, "ubah", input, &Refusal::Fields(vec![problem]));
    }
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let status = if closes { Penanganan::Selesai } else { one.status };
        if !store::set_failure(tx, &Kegagalan { versi, ..one.clone() }, &isi, status)? {
            return Err(Problem::Conflict);
        }
        let entry = audit::Entry::new("desk.change-kegagalan-data", FAILURES, one.id).with("nomor", &one.nomor);
        tx.audit(&entry.with("keadaan", status.as_str()))?;
        Ok::<_, Problem>(format!("{HERE}/{}", one.id))
    })?;
    Ok(response.with_notice("Catatan sudah disimpan."))
}
