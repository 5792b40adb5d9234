//! The working calendar on screen: a year with its days off for everybody, and what whoever keeps it can do.

mod act;
mod pekan;

use praja_kernel::{Date, DayOffKind, Refuse, YearStatus, hari, nama_bulan, tanggal_panjang, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Act, Cell, Column, EmptyState, Field, Form, Icon, Link, Markup, Notice, PageHeader, Row, Table, Tone, act_bar, badge, detail,
    export::{self, Col, Format, Sheet},
    frame, html, section,
};

use super::{LIST, Year, objek, of, store, year};
use crate::{MANAGE_CALENDAR, timeline};

pub(crate) use act::{add, load_ask, load_go, publish_ask, publish_go, remove_ask, remove_go};
pub(crate) use pekan::set as set_week;

/// Rows of the list of moved dates.
const PAGE: i64 = 50;

/// GET /desk/kalender?tahun=…
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let tahun = asked(ctx)?;
    let content = content(ctx, tx, tahun, None)?;
    Ok(frame::respond(ctx, &header(tahun), content))
}

/// The year in the address; this year when there is none.
pub(super) fn asked(ctx: &Ctx) -> Result<i16, Problem> {
    let this = ctx.today().year();
    let tahun = ctx.query("tahun").map_or(Ok(this), str::parse).map_err(|_| Problem::NotFound)?;
    if (this - 2..=this + 2).contains(&tahun) { Ok(tahun) } else { Err(Problem::NotFound) }
}

pub(super) fn header(tahun: i16) -> PageHeader {
    PageHeader::new(format!("Kalender kerja {tahun}"))
        .purpose("Hari libur dan cuti bersama yang dipakai menghitung batas waktu dalam hari kerja.")
}

/// Which form of the page came back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Formulir {
    Hari,
    Pekan,
}

pub(super) struct Refused<'a> {
    pub(super) form: Formulir,
    pub(super) input: &'a Input,
    pub(super) refusal: &'a dyn Refuse,
}

pub(super) fn content(ctx: &Ctx, tx: &mut Tx<'_>, tahun: i16, refused: Option<&Refused<'_>>) -> Result<Markup, Problem> {
    let year = year(tx, tahun, ctx.today())?;
    let may = ctx.may(MANAGE_CALENDAR);
    let body = html! {
        (state(&year))
        (days(ctx, &year, may))
        (section("Pekan kerja", pekan::table(tx, ctx.today())?))
        (section("Hari kerja per bulan", months(tx, ctx.today(), tahun)?))
        @if may { (section("Riwayat kalender", timeline::of(ctx, tx, &objek(tahun))?)) }
    };
    if !may {
        return Ok(body);
    }
    let here = format!("{LIST}/{tahun}");
    let side = html! {
        (act_bar(&[
            Act::link("Terbitkan kalender", format!("{here}/terbit")).icon(Icon::Stamp).main(),
            Act::link("Muat daftar hari libur", format!("{here}/muat")).icon(Icon::Upload),
            Act::link("Lihat batas waktu yang bergeser", format!("{here}/geser")).icon(Icon::History),
        ]))
        (section("Tambah hari libur", add_form(ctx, &here, refused.filter(|one| one.form == Formulir::Hari))))
        (section("Tetapkan pekan kerja", pekan::form(ctx, refused.filter(|one| one.form == Formulir::Pekan))))
    };
    Ok(detail(body, side))
}

fn state(year: &Year) -> Notice {
    match &year.status {
        YearStatus::Final { dasar } => {
            let text = dasar.as_ref().map_or_else(String::new, |dasar| format!("Menurut {dasar}."));
            Notice::new(Tone::Good, "Kalender tahun ini final").text(text)
        }
        YearStatus::Sementara => Notice::new(Tone::Warn, "Kalender tahun ini sementara").text(
            "Batas waktu yang melewati tahun ini dapat bergeser setelah keputusan bersama diterbitkan dan nomornya dimasukkan.",
        ),
    }
}

fn days(ctx: &Ctx, year: &Year, may: bool) -> Table {
    let today = ctx.today();
    let row = |one: &super::Entry| {
        let day = one.day.tanggal;
        let tone = match one.day.jenis {
            DayOffKind::LiburNasional => Tone::Info,
            DayOffKind::CutiBersama => Tone::Neutral,
            DayOffKind::PenutupanDaerah => Tone::Warn,
        };
        let act = may && day >= today;
        Row::new(vec![
            html! { time datetime=(day) { (tanggal_pendek(day)) } }.into(),
            hari(day).into(),
            one.day.nama.as_str().into(),
            badge(tone, one.day.jenis.label()).into(),
            if one.dasar.is_empty() { Cell::empty() } else { one.dasar.as_str().into() },
            if act {
                html! { a href={ (LIST) "/" (year.tahun) "/hapus?tanggal=" (day) } { "Hapus" span.senyap { " " (tanggal_pendek(day)) } } }.into()
            } else {
                Cell::empty()
            },
        ])
    };
    let this = today.year();
    let mut table = Table::new(format!("Hari libur {}", year.tahun))
        .column(Column::date("Tanggal"))
        .column(Column::text("Hari"))
        .column(Column::text("Hari libur"))
        .column(Column::text("Jenis").corner())
        .column(Column::text("Dasar").wide_only())
        .column(Column::text("Tindakan"))
        .rows(year.days.iter().map(row))
        .count(format!("{} hari", year.days.len()));
    for other in this - 1..=this + 2 {
        table = table.chip(other.to_string(), format!("{LIST}?tahun={other}"), other == year.tahun);
    }
    for (label, format) in Format::ALL.map(|format| (format.label(), format.ending())) {
        table = table.export(Link::new(label, format!("{LIST}/{}/unduh?format={format}", year.tahun)));
    }
    table
}

/// How many days are worked in each month: what performance and attendance are counted with.
fn months(tx: &mut Tx<'_>, today: Date, tahun: i16) -> Result<Table, Problem> {
    let calendar = of(tx, today)?;
    let mut rows = Vec::new();
    let mut all = 0;
    for month in 1..=12 {
        let Ok(first) = Date::new(tahun, month, 1) else { continue };
        // The first day is counted by itself: the day before January lies in another year, which may be beyond what is known.
        let first_works = i64::from(calendar.is_working(first).unwrap_or(false));
        let count = calendar.working_days_between(first, first.last_of_month()).map(|days| days + first_works);
        let count = count.unwrap_or(0);
        all += count;
        rows.push(Row::new(vec![nama_bulan(month).into(), Cell::new(count)]));
    }
    rows.push(Row::new(vec![html! { strong { "Setahun" } }.into(), Cell::new(html! { strong { (all) } })]));
    Ok(Table::new(format!("Hari kerja per bulan {tahun}"))
        .column(Column::text("Bulan"))
        .column(Column::number("Hari kerja"))
        .rows(rows))
}

fn add_form(ctx: &Ctx, here: &str, refused: Option<&Refused<'_>>) -> Form {
    let action = format!("{here}/tambah");
    let form = match refused {
        Some(refused) => frame::form_again(ctx, action, refused.input)
            .refusal(refused.refusal.message(), refused.refusal.next_step())
            .problems(&refused.refusal.fields()),
        None => frame::form(ctx, action),
    };
    let kinds: Vec<(&str, &str)> = DayOffKind::ALL.iter().map(|kind| (kind.as_str(), kind.label())).collect();
    form.field(Field::date("tanggal", "Tanggal").required())
        .field(
            Field::select("jenis", "Jenis", &kinds)
                .required()
                .value(DayOffKind::PenutupanDaerah.as_str())
                .hint("Penutupan daerah untuk hari yang ditetapkan bupati atau wali kota sendiri."),
        )
        .field(Field::text("nama", "Nama hari libur").required().max_length(120))
        .field(
            Field::text("dasar", "Nomor keputusan")
                .max_length(160)
                .hint("Wajib untuk penutupan daerah dan untuk kalender yang sudah final."),
        )
        .submit("Tambahkan hari libur")
}

/// GET /desk/kalender/{tahun}/unduh?format=…: in the form that can be loaded again.
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let year = year(tx, ctx.param("tahun")?, ctx.today())?;
    let mut sheet = Sheet::new(format!("Hari libur {}", year.tahun))
        .column(Col::date("tanggal"))
        .column(Col::text("hari"))
        .column(Col::text("jenis"))
        .column(Col::text("nama"))
        .column(Col::text("dasar"))
        .about("Keadaan", year.status.label());
    for one in &year.days {
        sheet.push(vec![
            one.day.tanggal.into(),
            hari(one.day.tanggal).into(),
            one.day.jenis.as_str().into(),
            one.day.nama.as_str().into(),
            one.dasar.as_str().into(),
        ]);
    }
    export::respond(ctx, sheet, Format::asked(ctx), &format!("hari-libur-{}", year.tahun))
}

/// GET /desk/kalender/{tahun}/geser: due dates that moved, the latest change first.
pub(crate) fn moved(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let tahun: i16 = ctx.param("tahun")?;
    let before = ctx.query("sebelum").map(str::parse).transpose().map_err(|_| Problem::NotFound)?;
    let mut rows = store::moved(tx, tahun, before, PAGE + 1)?;
    let more = rows.len() as i64 > PAGE;
    rows.truncate(usize::try_from(PAGE).unwrap_or(50));
    let here = format!("{LIST}/{tahun}/geser");
    let next = rows.last().filter(|_| more).map(|last| format!("{here}?sebelum={}", last.id));
    let table = Table::new("Batas waktu yang bergeser")
        .column(Column::text("Tugas"))
        .column(Column::date("Semula"))
        .column(Column::date("Menjadi"))
        .column(Column::text("Sebab"))
        .rows(rows.iter().map(|one| {
            Row::new(vec![
                one.judul.as_str().into(),
                tanggal_pendek(one.dari).into(),
                tanggal_pendek(one.ke).into(),
                one.sebab.as_str().into(),
            ])
        }))
        .pager(before.map(|_: praja_kernel::Id| here.clone()), next)
        .empty(EmptyState::new(
            Icon::Good,
            "Tidak ada batas waktu yang bergeser",
            "Perubahan kalender tahun ini belum menggeser tugas yang terbuka. Penghitungan berjalan beberapa saat setelah kalender diubah.",
        ));
    let header = PageHeader::new(format!("Batas waktu yang bergeser {tahun}"))
        .purpose("Pemegang tugas sudah diberi tahu.")
        .crumb(format!("Kalender kerja {tahun}"), format!("{LIST}?tahun={tahun}"));
    Ok(frame::respond(ctx, &header, table))
}

/// A date typed into a form, or what is wrong with it.
pub(super) fn typed_date(text: &str) -> Result<Date, String> {
    praja_kernel::parse_tanggal(text).map_err(|e| e.to_string())
}

/// "Senin, 22 November 2026" for a page that asks before it acts.
pub(super) fn day_words(date: Date) -> String {
    format!("{}, {}", hari(date), tanggal_panjang(date))
}
