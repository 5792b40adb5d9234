//! The registers on screen: which there are, the numbers of one, setting numbers aside, entering those from paper, giving back.

mod act;
mod kinds;
mod outside;

use praja_identity::opd;
use praja_kernel::{Id, Refuse, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Act, Cell, Column, EmptyState, Facts, Field, Form, Icon, Link, Markup, PageHeader, Row, Table, Tone, act_bar, badge, detail,
    export::{self, Col, Format, Sheet},
    frame, html, section,
};

use super::{Asal, Book, Nomor, Pemilik, Register, Status, book, darurat, naskah, numbers, store};
use crate::{MANAGE_ALL_REGISTER, timeline, words::first_upper};

pub(super) use act::below;
pub(crate) use act::{cancel_ask, cancel_go, daily, open, owner_ask, owner_go, reserve};
pub(crate) use kinds::{edit as kind_edit, list as kind_list, save as kind_save};
pub(crate) use outside::{ask as outside_ask, go as outside_go};

/// The address of the list; everything else lies below it.
pub(crate) const LIST: &str = "/desk/register";
/// Where one is opened.
const OPEN: &str = "/desk/register/buka";
/// Rows of one page.
const PAGE: i64 = 50;
/// At most so many rows are taken along at once.
const MOST: usize = 10_000;

/// GET /desk/register?tahun=…: the registers of the own OPD, or of all.
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let this_year = i64::from(ctx.today().year());
    let tahun: i64 = ctx.query("tahun").and_then(|text| text.parse().ok()).unwrap_or(this_year);
    let form = open_form(ctx, tx, frame::form(ctx, OPEN), tahun)?;
    let content = books(ctx, tx, tahun, form)?;
    Ok(frame::respond(ctx, &list_header(), content))
}

fn list_header() -> PageHeader {
    let header = PageHeader::new("Register nomor")
        .purpose("Setiap nomor keluar satu kali, tanpa celah, dan tetap tercatat meskipun dibatalkan.");
    header.action(Link::new("Atur jenis naskah", kinds::LIST).icon(Icon::Settings))
}

/// The registers of a year, and the form by which one more is opened.
fn books(ctx: &Ctx, tx: &mut Tx<'_>, tahun: i64, form: Form) -> Result<Markup, Problem> {
    let this_year = i64::from(ctx.today().year());
    let all = ctx.may(MANAGE_ALL_REGISTER);
    let (mut books, mut next) = (Vec::new(), None);
    if all {
        let after = match (ctx.query("kelompok"), ctx.query("opd").and_then(|opd| opd.parse::<Id>().ok())) {
            (Some(kelompok), Some(opd)) => Some((kelompok, opd)),
            _ => None,
        };
        books = store::of_year(tx, tahun, after, PAGE + 1)?;
        if books.len() as i64 > PAGE {
            books.truncate(usize::try_from(PAGE).unwrap_or(50));
            next = books
                .last()
                .map(|last| format!("{LIST}?tahun={tahun}&kelompok={}&opd={}", crate::words::encode(&last.kelompok), last.opd));
        }
    } else {
        for opd in &ctx.scope()?.opd_set {
            books.extend(store::of_opd(tx, *opd, tahun)?);
        }
    }
    let mut rows = Vec::new();
    for one in &books {
        let (name, aside) = (keeper(tx, one.opd)?, store::count_aside(tx, one.id)?);
        rows.push(
            Row::new(vec![
                label(&one.kelompok).into(),
                name.into(),
                Cell::new(one.terakhir),
                if aside == 0 { Cell::empty() } else { Cell::new(aside) },
                one.pemilik.label().into(),
            ])
            .href(format!("{LIST}/{}", one.id)),
        );
    }
    let mut table = Table::new(format!("Register nomor tahun {tahun}"))
        .column(Column::text("Register"))
        .column(Column::text("Pemegang"))
        .column(Column::number("Nomor terakhir"))
        .column(Column::number("Cadangan"))
        .column(Column::text("Penomoran oleh").wide_only())
        .rows(rows)
        .pager(None, next)
        .empty(EmptyState::new(
            Icon::Book,
            format!("Belum ada register tahun {tahun}"),
            "Register terbuka sendiri ketika nomor pertamanya diambil, atau dibuka di bawah sebelum itu.",
        ));
    for year in [this_year + 1, this_year, this_year - 1, this_year - 2] {
        table = table.chip(year.to_string(), format!("{LIST}?tahun={year}"), year == tahun);
    }
    Ok(html! { (table) (section("Buka register", form)) })
}

/// Opens a register before its first number, so that its reserve and owner can be set.
fn open_form(ctx: &Ctx, tx: &mut Tx<'_>, form: Form, tahun: i64) -> praja_store::Result<Form> {
    let mut groups: Vec<(String, String)> = Vec::new();
    for kind in naskah::all(tx)? {
        let kelompok = kind.kelompok_register();
        let own = kind.pemegang == naskah::Pemegang::Opd || ctx.may(MANAGE_ALL_REGISTER);
        if kind.aturan.pattern.is_some() && own && !groups.iter().any(|(known, _)| *known == kelompok) {
            groups.push((kelompok.clone(), label(&kelompok)));
        }
    }
    Ok(form
        .field(Field::select("kelompok", "Register", &groups).required())
        .field(Field::number("tahun", "Tahun").required().value(tahun.to_string()))
        .submit("Buka register"))
}

/// The list again, with what was typed and why no register was opened.
pub(super) fn open_again(ctx: &Ctx, input: &Input, refusal: &dyn Refuse) -> Outcome {
    let tahun = i64::from(ctx.today().year());
    let content = ctx.read(|tx| {
        let form = frame::form_again(ctx, OPEN, input).problems(&refusal.fields());
        let form = if refusal.fields().is_empty() { form.refusal(refusal.message(), refusal.next_step()) } else { form };
        let form = open_form(ctx, tx, form, tahun)?;
        books(ctx, tx, tahun, form)
    })?;
    Ok(act::again(ctx, &list_header(), content))
}

/// GET /desk/register/{id}?status=…&sebelum=…
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let book = find(ctx, tx)?;
    let content = content(ctx, tx, &book, None)?;
    Ok(frame::respond(ctx, &header(&book), content))
}

/// What was refused on the page of a register, and what was typed.
pub(super) struct Refused<'a> {
    form: &'static str,
    input: &'a Input,
    refusal: &'a dyn Refuse,
}

pub(super) fn content(ctx: &Ctx, tx: &mut Tx<'_>, book: &Book, refused: Option<&Refused<'_>>) -> Result<Markup, Problem> {
    let here = format!("{LIST}/{}", book.id);
    let facts = Facts::new()
        .add("Pemegang", keeper(tx, book.opd)?)
        .add("Tahun", book.tahun)
        .add("Nomor terakhir", book.terakhir)
        .add("Nomor cadangan", store::count_aside(tx, book.id)?)
        .add(
            "Cadangan harian otomatis",
            if book.cadangan_harian == 0 { "Tidak ada".into() } else { format!("{} nomor", book.cadangan_harian) },
        )
        .add("Penomoran oleh", html! { (book.pemilik.label()) @if !book.dasar.is_empty() { " (" (book.dasar) ")" } });
    let outage = darurat::pages::part(ctx, tx, book)?;
    let body = html! {
        (facts)
        (section("Nomor", table(ctx, tx, book)?))
        @if let Some(outage) = &outage { (outage) }
        (section("Riwayat register", timeline::of(ctx, tx, &format!("desk_register:{}", book.id))?))
    };
    let ours = book.pemilik == Pemilik::Praja && book.kelompok.starts_with("naskah.");
    let side = html! {
        @if ours {
            (section("Sisihkan nomor cadangan", reserve_form(ctx, &here, refused)))
            (section("Cadangan harian", daily_form(ctx, &here, book, refused)))
        }
        @if book.kelompok.starts_with("naskah.") {
            (act_bar(&[
                Act::link("Catat nomor di luar sistem", format!("{here}/luar")).icon(Icon::Edit),
                Act::link("Ganti pemilik penomoran", format!("{here}/pemilik")).icon(Icon::Settings),
            ]))
        }
    };
    Ok(detail(body, side))
}

fn reserve_form(ctx: &Ctx, here: &str, refused: Option<&Refused<'_>>) -> Form {
    form(ctx, format!("{here}/cadangan"), "cadangan", refused)
        .field(
            Field::number("jumlah", "Jumlah nomor")
                .required()
                .min("1")
                .max("20")
                .value("3")
                .hint("Untuk naskah bertanggal hari ini yang menyusul kemudian."),
        )
        .submit("Sisihkan nomor")
}

fn daily_form(ctx: &Ctx, here: &str, book: &Book, refused: Option<&Refused<'_>>) -> Form {
    form(ctx, format!("{here}/harian"), "harian", refused)
        .field(
            Field::number("harian", "Nomor per hari")
                .min("0")
                .max("20")
                .value(book.cadangan_harian.to_string())
                .hint("Disisihkan sendiri saat nomor pertama hari berikutnya diambil; 0 bila tidak."),
        )
        .submit("Simpan jumlah")
}

fn form(ctx: &Ctx, action: String, name: &str, refused: Option<&Refused<'_>>) -> Form {
    match refused.filter(|refused| refused.form == name) {
        Some(refused) => frame::form_again(ctx, action, refused.input)
            .refusal(refused.refusal.message(), refused.refusal.next_step())
            .problems(&refused.refusal.fields()),
        None => frame::form(ctx, action),
    }
}

fn table(ctx: &Ctx, tx: &mut Tx<'_>, book: &Book) -> Result<Table, Problem> {
    let here = format!("{LIST}/{}", book.id);
    let status = ctx.query("status").map(Status::parse).transpose().map_err(|_| Problem::NotFound)?;
    let below = ctx.query("sebelum").map(str::parse::<i64>).transpose().map_err(|_| Problem::NotFound)?;
    let mut rows = numbers(tx, book.id, status, below, PAGE + 1)?;
    let more = rows.len() as i64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(50));
    let narrowed = status.map_or_else(String::new, |status| format!("status={}&", status.as_str()));
    let next = rows.last().filter(|_| more).map(|last| format!("{here}?{narrowed}sebelum={}", last.urut));
    let first = below.map(|_| format!("{here}?{narrowed}"));
    let mut table = Table::new("Nomor register")
        .column(Column::text("Nomor"))
        .column(Column::text("Keadaan").corner())
        .column(Column::date("Tanggal"))
        .column(Column::text("Asal"))
        .column(Column::text("Keterangan"))
        .column(Column::text("Tindakan"))
        .rows(rows.iter().map(|one| line(&here, one)))
        .chip("Semua", here.clone(), status.is_none());
    for one in Status::ALL {
        table = table.chip(one.label(), format!("{here}?status={}", one.as_str()), status == Some(*one));
    }
    if !rows.is_empty() {
        for (label, format) in Format::ALL.map(|format| (format.label(), format.ending())) {
            table = table.export(Link::new(label, format!("{here}/unduh?format={format}&{narrowed}")));
        }
    }
    Ok(table.pager(first, next).empty(EmptyState::new(
        Icon::Book,
        "Belum ada nomor di sini",
        "Nomor tampil setelah diambil, disisihkan, atau dicatat.",
    )))
}

fn line(here: &str, one: &Nomor) -> Row {
    let tone = match one.status {
        Status::Cadangan => Tone::Info,
        Status::Dipesan => Tone::Warn,
        Status::Terpakai => Tone::Good,
        Status::Batal => Tone::Bad,
    };
    let note = one.alasan.as_deref().or(Some(one.keterangan.as_str()).filter(|text| !text.is_empty()));
    let may_cancel = matches!(one.status, Status::Cadangan | Status::Dipesan);
    Row::new(vec![
        if one.status == Status::Cadangan { format!("Urut {}", one.urut).into() } else { one.nomor.as_str().into() },
        badge(tone, one.status.label()).into(),
        one.tanggal.map_or_else(Cell::empty, |day| tanggal_pendek(day).into()),
        if one.asal == Asal::Register { Cell::empty() } else { one.asal.label().into() },
        note.map_or_else(Cell::empty, Cell::from),
        if may_cancel {
            html! { a href={ (here) "/nomor/" (one.urut) "/batal" } { "Batalkan" span.senyap { " nomor urut " (one.urut) } } }
                .into()
        } else {
            Cell::empty()
        },
    ])
}

/// GET /desk/register/{id}/unduh?format=…&status=…
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let book = find(ctx, tx)?;
    let status = ctx.query("status").map(Status::parse).transpose().map_err(|_| Problem::NotFound)?;
    let mut sheet = Sheet::new(label(&book.kelompok))
        .column(Col::int("Nomor urut"))
        .column(Col::text("Nomor"))
        .column(Col::text("Keadaan"))
        .column(Col::date("Tanggal"))
        .column(Col::text("Asal"))
        .column(Col::text("Keterangan"))
        .column(Col::text("Alasan pembatalan"))
        .column(Col::text("Dicatat oleh"))
        .about("Pemegang", keeper(tx, book.opd)?)
        .about("Tahun", book.tahun.to_string());
    if let Some(status) = status {
        sheet = sheet.about("Keadaan", status.label());
    }
    let mut below = None;
    sheet.gather(MOST, export::narrow, |sheet| {
        let rows = numbers(tx, book.id, status, below, 500)?;
        let Some(last) = rows.last() else { return Ok(false) };
        below = Some(last.urut);
        for one in rows {
            sheet.push(vec![
                one.urut.into(),
                one.nomor.into(),
                one.status.label().into(),
                one.tanggal.into(),
                one.asal.label().into(),
                one.keterangan.into(),
                one.alasan.into(),
                one.oleh.into(),
            ]);
        }
        Ok::<_, Problem>(true)
    })?;
    export::respond(ctx, sheet, Format::asked(ctx), &format!("register-{}-{}", label(&book.kelompok), book.tahun))
}

/// The register of this address, when the asker may see it: the own OPD's, or any.
pub(crate) fn find(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Book, Problem> {
    let found = book(tx, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    if ctx.may(MANAGE_ALL_REGISTER) || ctx.scope()?.covers_opd(found.opd) { Ok(found) } else { Err(Problem::NotFound) }
}

pub(super) fn header(book: &Book) -> PageHeader {
    PageHeader::new(format!("{} {}", label(&book.kelompok), book.tahun))
        .purpose("Nomor yang pernah keluar dari register ini, terbaru di atas.")
        .crumb("Register nomor", LIST)
}

/// Who keeps it, as people say it.
fn keeper(tx: &mut Tx<'_>, id: Id) -> praja_store::Result<String> {
    if id == Register::daerah() {
        return Ok("Seluruh daerah".into());
    }
    Ok(opd::name(tx, id)?.unwrap_or_else(|| "OPD yang sudah tidak ada".into()))
}

/// `naskah.surat-dinas` is "Naskah surat dinas", `eoffice.surat-masuk` is "Agenda surat masuk".
pub(crate) fn label(kelompok: &str) -> String {
    let (module, noun) = kelompok.split_once('.').unwrap_or(("", kelompok));
    let noun = noun.replace('-', " ");
    match module {
        "naskah" => format!("Naskah {noun}"),
        "eoffice" => format!("Agenda {noun}"),
        _ => first_upper(&noun),
    }
}
