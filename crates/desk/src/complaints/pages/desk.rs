use praja_identity::opd;
use praja_kernel::{Date, Id, Refuse, WorkingCalendar, relatif, sisa_waktu, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{
    Cell, Column, EmptyState, Field, Form, Icon, Link, Markup, Notice, PageHeader, Row, Table, Tone, badge, detail,
    export::{self, Col, Format, Sheet},
    frame, html, next_step, section,
};

use super::{LIST, facts, progress, words};
use crate::{
    MANAGE_PENGADUAN,
    attachments::{self, Rule},
    calendar, comments,
    complaints::{self, Act, Pengaduan, Refusal, Status, may_see, objek, store},
    timeline,
    words::encode,
};

/// Rows of one page.
const PAGE: usize = 50;
/// At most so many rows are taken along at once.
const MOST: usize = 5_000;

/// What the list shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    Open,
    One(Status),
}

impl View {
    fn asked(ctx: &Ctx) -> Result<Self, Problem> {
        match ctx.query("status") {
            None => Ok(Self::Open),
            Some(word) => Status::parse(word).map(Self::One).map_err(|_| Problem::NotFound),
        }
    }

    fn statuses(self) -> &'static [Status] {
        match self {
            Self::Open => &[Status::Masuk, Status::Diproses],
            Self::One(Status::Masuk) => &[Status::Masuk],
            Self::One(Status::Diproses) => &[Status::Diproses],
            Self::One(Status::Dijawab) => &[Status::Dijawab],
            Self::One(Status::Selesai) => &[Status::Selesai],
            Self::One(Status::Ditolak) => &[Status::Ditolak],
        }
    }

    fn word(self) -> Option<&'static str> {
        match self {
            Self::Open => None,
            Self::One(status) => Some(status.as_str()),
        }
    }
}

/// GET /desk/pengaduan?status=…&sesudah=…: those of the own OPD, or all; the nearest deadline first.
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let view = View::asked(ctx)?;
    let after = ctx.query("sesudah").map(|text| read_place(text).ok_or(Problem::NotFound)).transpose()?;
    let (rows, more) = page(ctx, tx, view, after.as_ref(), PAGE)?;
    let calendar = calendar::of(tx, ctx.today())?;
    let narrowed = view.word().map_or_else(String::new, |word| format!("status={word}&"));
    let next = rows.last().filter(|_| more).map(|last| format!("{LIST}?{narrowed}sesudah={}", encode(&place(last))));
    let mut lines = Vec::new();
    for one in &rows {
        let name = match one.opd {
            Some(opd) => opd::name(tx, opd)?.unwrap_or_default(),
            None => "Belum ditentukan".into(),
        };
        lines.push(line(ctx, one, name, &calendar));
    }
    let mut table = Table::new("Pengaduan")
        .column(Column::text("Nomor"))
        .column(Column::text("Pengaduan"))
        .column(Column::text("Jenis").wide_only())
        .column(Column::text("OPD"))
        .column(Column::text("Batas waktu"))
        .column(Column::text("Keadaan").corner())
        .rows(lines)
        .chip("Perlu dijawab", LIST, view == View::Open);
    for status in [Status::Masuk, Status::Diproses, Status::Dijawab, Status::Selesai, Status::Ditolak] {
        table = table.chip(status.label(), format!("{LIST}?status={}", status.as_str()), view == View::One(status));
    }
    if !rows.is_empty() {
        for (label, format) in Format::ALL.map(|format| (format.label(), format.ending())) {
            table = table.export(Link::new(label, format!("{LIST}/unduh?{narrowed}format={format}")));
        }
    }
    let empty = EmptyState::new(
        Icon::Good,
        "Tidak ada pengaduan di sini",
        "Pengaduan warga tampil setelah dikirim melalui halaman pengaduan.",
    )
    .action(Link::new("Buka halaman pengaduan", "/pengaduan"));
    let mut header = PageHeader::new("Pengaduan").purpose("Yang paling dekat batas waktunya di atas.");
    if ctx.may(MANAGE_PENGADUAN) {
        header = header.action(Link::new("Atur batas waktu", format!("{LIST}/batas")).icon(Icon::Settings));
    }
    Ok(frame::respond(ctx, &header, table.pager(after.map(|_| format!("{LIST}?{narrowed}")), next).empty(empty)))
}

/// Reads one page: each OPD and state walks its own index, and the walks are merged here.
fn page(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    view: View,
    after: Option<&(String, Id)>,
    size: usize,
) -> Result<(Vec<Pengaduan>, bool), Problem> {
    let scope = ctx.scope()?;
    let opds: Vec<Option<Id>> =
        if ctx.may(MANAGE_PENGADUAN) { vec![None] } else { scope.opd_set.iter().copied().map(Some).collect() };
    let after = after.map(|(tenggat, id)| (tenggat.as_str(), *id));
    let wanted = i64::try_from(size + 1).unwrap_or(i64::MAX);
    let mut rows = Vec::new();
    for opd in opds {
        for status in view.statuses() {
            rows.extend(store::list(tx, opd, *status, after, wanted)?);
        }
    }
    let key = |one: &Pengaduan| (one.tenggat, one.id);
    if view.statuses().iter().all(|status| status.is_open()) {
        rows.sort_by_key(key);
    } else {
        rows.sort_by_key(|one| std::cmp::Reverse(key(one)));
    }
    let more = rows.len() > size;
    rows.truncate(size);
    Ok((rows, more))
}

fn place(one: &Pengaduan) -> String {
    format!("{}_{}", one.tenggat, one.id)
}

fn read_place(text: &str) -> Option<(String, Id)> {
    let (tenggat, id) = text.split_once('_')?;
    tenggat.parse::<Date>().ok()?;
    Some((tenggat.to_owned(), id.parse().ok()?))
}

fn line(ctx: &Ctx, one: &Pengaduan, opd: String, calendar: &WorkingCalendar) -> Row {
    let first: String = one.isi.lines().next().unwrap_or_default().chars().take(90).collect();
    Row::new(vec![
        one.nomor.as_str().into(),
        html! { (first) @if !one.tentang.is_empty() { br; span.redup { (one.tentang) } } }.into(),
        one.jenis.label().into(),
        opd.into(),
        if one.status.is_open() { due(one, ctx.today(), calendar).into() } else { Cell::new(tanggal_pendek(one.tenggat)) },
        status_badge(one.status).into(),
    ])
    .href(format!("{LIST}/{}", one.id))
}

fn status_badge(status: Status) -> Markup {
    let tone = match status {
        Status::Masuk => Tone::Warn,
        Status::Diproses => Tone::Info,
        Status::Dijawab | Status::Selesai => Tone::Good,
        Status::Ditolak => Tone::Neutral,
    };
    badge(tone, status.label())
}

fn due(one: &Pengaduan, today: Date, calendar: &WorkingCalendar) -> Markup {
    let left = match calendar.working_days_between(today, one.tenggat) {
        Ok(working) => sisa_waktu(one.tenggat, today, working),
        Err(_) => relatif(one.tenggat, today),
    };
    let tone = if one.tenggat < today { Tone::Bad } else { Tone::Neutral };
    html! { (tanggal_pendek(one.tenggat)) " " (badge(tone, &left)) }
}

/// GET /desk/pengaduan/unduh
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let view = View::asked(ctx)?;
    let zona = ctx.instance().zona;
    let mut sheet = Sheet::new("Pengaduan")
        .column(Col::text("Nomor"))
        .column(Col::date("Diterima"))
        .column(Col::text("Jenis"))
        .column(Col::text("Isi"))
        .column(Col::text("OPD"))
        .column(Col::date("Batas waktu"))
        .column(Col::text("Keadaan"))
        .column(Col::date("Dijawab"))
        .column(Col::text("Jawaban"))
        .about("Saringan", view.word().unwrap_or("perlu dijawab"));
    sheet.gather(MOST, export::narrow, |sheet| {
        for one in page(ctx, tx, view, None, MOST + 1)?.0 {
            let name = match one.opd {
                Some(opd) => opd::name(tx, opd)?.unwrap_or_default(),
                None => String::new(),
            };
            sheet.push(vec![
                one.nomor.into(),
                zona.date(one.dibuat).into(),
                one.jenis.label().into(),
                one.isi.into(),
                name.into(),
                one.tenggat.into(),
                one.status.label().into(),
                one.dijawab.map(|at| zona.date(at)).into(),
                one.jawaban.into(),
            ]);
        }
        Ok::<_, Problem>(false)
    })?;
    export::respond(ctx, sheet, Format::asked(ctx), "pengaduan")
}

/// GET /desk/pengaduan/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = find(ctx, tx)?;
    let content = content(ctx, tx, &one, None)?;
    Ok(frame::respond(ctx, &header(&one), content))
}

fn find(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Pengaduan, Problem> {
    let found = store::get(tx, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    if may_see(ctx.scope()?, &found) { Ok(found) } else { Err(Problem::NotFound) }
}

fn header(one: &Pengaduan) -> PageHeader {
    PageHeader::new(format!("Pengaduan {}", one.nomor)).purpose(one.jenis.label()).crumb("Pengaduan", LIST)
}

/// What was refused on this page.
struct Refused<'a> {
    input: &'a Input,
    refusal: &'a dyn Refuse,
}

fn content(ctx: &Ctx, tx: &mut Tx<'_>, one: &Pengaduan, refused: Option<&Refused<'_>>) -> Result<Markup, Problem> {
    let today = ctx.today();
    let calendar = calendar::of(tx, today)?;
    let name = match one.opd {
        Some(opd) => opd::name(tx, opd)?.unwrap_or_default(),
        None => "Belum ditentukan".into(),
    };
    let hidden = one.disembunyikan && !ctx.may(MANAGE_PENGADUAN);
    let facts = facts(one)
        .add("OPD", &name)
        .add(
            "Pelapor",
            if hidden {
                html! { span.redup { "Disembunyikan atas permintaan pelapor" } }
            } else {
                html! { (one.nama) }
            },
        )
        .add(
            "Kontak",
            if hidden {
                html! { span.redup { "Hubungi melalui jawaban di sini" } }
            } else {
                html! { (one.kontak) }
            },
        );
    let step = if one.status.is_open() {
        let tone = if one.tenggat < today { Tone::Bad } else { Tone::Info };
        next_step(tone, html! { "Dijawab oleh " (name) " paling lambat " (due(one, today, &calendar)) })
    } else {
        next_step(
            Tone::Good,
            format!("Pengaduan ini berkeadaan {} dan tidak menunggu jawaban.", one.status.label().to_lowercase()),
        )
    };
    let body = html! {
        (step)
        (progress(ctx, one))
        (facts)
        (section("Isi pengaduan", words(&one.isi)))
        @if let Some(jawaban) = &one.jawaban { (section("Jawaban", words(jawaban))) }
        (section("Lampiran", attachments::table(ctx, &attachments::of(tx, &objek(one.id))?)))
        (section("Riwayat", timeline::of(ctx, tx, &objek(one.id))?))
        (comments::section(ctx, tx, &objek(one.id))?)
    };
    let side = html! {
        @if let Some(refused) = refused { (Notice::new(Tone::Bad, refused.refusal.message()).text(refused.refusal.next_step())) }
        @if one.status == Status::Masuk { (section("Mulai menangani", act_form(ctx, one, "terima", None).submit("Tangani pengaduan"))) }
        @if one.status.is_open() {
            (section("Jawab", act_form(ctx, one, "jawab", refused)
                .field(Field::textarea("jawaban", "Jawaban kepada pelapor").rows(5).required().max_length(4000))
                .submit("Kirim jawaban")))
            (section("Lampirkan bukti penanganan", evidence_form(ctx, one, refused)))
            (section("Teruskan", act_form(ctx, one, "teruskan", refused)
                .field(Field::select("opd", "OPD yang berwenang", &offices(tx, one)?).required())
                .field(Field::text("alasan", "Alasan").required().max_length(300))
                .submit("Teruskan pengaduan")))
            (section("Tidak dapat ditindaklanjuti", act_form(ctx, one, "tolak", refused)
                .field(Field::text("alasan", "Alasan kepada pelapor").required().max_length(300))
                .submit_danger("Tolak pengaduan")))
        }
    };
    Ok(detail(body, side))
}

fn offices(tx: &mut Tx<'_>, one: &Pengaduan) -> praja_store::Result<Vec<(String, String)>> {
    let all = opd::list_active(tx)?;
    Ok(all.into_iter().filter(|opd| Some(opd.id) != one.opd).map(|opd| (opd.id.to_string(), opd.nama)).collect())
}

/// A form for one act; what was typed and what is wrong stand in the one that was sent.
fn act_form(ctx: &Ctx, one: &Pengaduan, act: &str, refused: Option<&Refused<'_>>) -> Form {
    let action = format!("{LIST}/{}", one.id);
    let form = match refused.filter(|refused| refused.input.text("tindakan") == act) {
        Some(refused) => frame::form_again(ctx, action, refused.input).problems(&refused.refusal.fields()),
        None => frame::form(ctx, action),
    };
    form.hidden("tindakan", act).hidden("versi", one.versi.to_string())
}

/// POST /desk/pengaduan/{id}: field `tindakan` says what is done.
pub(crate) fn act(ctx: &Ctx, input: &Input) -> Outcome {
    let one = ctx.read(|tx| find(ctx, tx))?;
    let text = |name: &str| input.raw(name).trim().to_owned();
    let act = match input.text("tindakan") {
        "terima" => Act::Terima,
        "jawab" => Act::Jawab(text("jawaban")),
        "tolak" => Act::Tolak(text("alasan")),
        "teruskan" => match input.text("opd").parse::<Id>() {
            Ok(opd) if ctx.read(|tx| opd::get(tx, opd))?.is_some() => Act::Teruskan(opd, text("alasan")),
            _ => {
                return again(
                    ctx,
                    input,
                    &one,
                    &Refusal::Fields(vec![praja_kernel::FieldProblem::new("opd", "Pilih OPD yang berwenang.")]),
                );
            }
        },
        _ => return Err(Problem::NotFound),
    };
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::StaleForm)?;
    let before = Pengaduan { versi, ..one.clone() };
    let to = if matches!(act, Act::Teruskan(..)) { LIST.to_owned() } else { format!("{LIST}/{}", one.id) };
    let done = ctx.submit(input, Keys::none(), move |tx| {
        complaints::act(tx, &before, &act)?;
        Ok::<_, Problem>(to.clone())
    });
    match done {
        Ok(response) => Ok(response.with_notice("Pengaduan sudah diperbarui.")),
        Err(Problem::Refused(refusal)) => again(ctx, input, &one, &*refusal),
        Err(other) => Err(other),
    }
}

/// The form's name for the files.
const EVIDENCE: &str = "bukti";

fn evidence_form(ctx: &Ctx, one: &Pengaduan, refused: Option<&Refused<'_>>) -> Form {
    let form = frame::form(ctx, format!("{LIST}/{}/bukti", one.id)).multipart();
    let form = match refused.filter(|refused| refused.input.text("tindakan") == EVIDENCE) {
        Some(refused) => form.problems(&refused.refusal.fields()),
        None => form,
    };
    form.hidden("tindakan", EVIDENCE)
        .field(attachments::field_for(EVIDENCE, "Foto atau dokumen", &Rule::ANY).stepwise().required())
        .submit("Lampirkan bukti")
}

/// POST /desk/pengaduan/{id}/bukti: several photographs become the pages of one attachment.
pub(crate) fn evidence(ctx: &Ctx, input: &Input) -> Outcome {
    let one = ctx.read(|tx| find(ctx, tx))?;
    let attached = attachments::received(ctx, input, EVIDENCE, &Rule::ANY).and_then(|files| {
        if files.is_empty() {
            let problem = praja_kernel::FieldProblem::new(EVIDENCE, "Pilih berkas yang akan dilampirkan.");
            return Err(Problem::refused(Refusal::Fields(vec![problem])));
        }
        let (sender, opd) = (ctx.scope()?.actor.key(), one.opd);
        let (objek, to) = (objek(one.id), format!("{LIST}/{}", one.id));
        ctx.submit(input, Keys::none(), move |tx| {
            let mut subjects = complaints::readers(tx, opd)?;
            subjects.push(sender.clone());
            attachments::attach_all(tx, &objek, &subjects, &files, false)?;
            Ok::<_, Problem>(to.clone())
        })
    });
    match attached {
        Ok(response) => Ok(response.with_notice("Bukti sudah dilampirkan.")),
        Err(Problem::Refused(refusal)) => again(ctx, input, &one, &*refusal),
        Err(other) => Err(other),
    }
}

fn again(ctx: &Ctx, input: &Input, one: &Pengaduan, refusal: &dyn Refuse) -> Outcome {
    let content = ctx.read(|tx| content(ctx, tx, one, Some(&Refused { input, refusal })))?;
    Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(one), content)))
}
