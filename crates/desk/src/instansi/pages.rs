//! The directory on screen: the list and its copies, one correspondent, and the forms that add, change and merge.

mod form;
mod merge;

use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Act, Address, Cell, Column, EmptyState, Facts, Field, Filters, Form, Icon, Link, Notice, PageHeader, Row, SORT, Table, Tone,
    act_bar, detail,
    export::{self, Col, Format, Sheet},
    frame, html, search_box, section,
};

use super::{Filter, Instansi, Jenis, Page, Place, current, get, list as page_of, spellings, suggest};
use crate::{MANAGE_INSTANSI, timeline, views};

pub(crate) use form::{create, edit, new, save};
pub(crate) use merge::{ask as merge_ask, go as merge_go};

/// The address of the list; everything else lies below it.
pub(crate) const LIST: &str = "/desk/instansi";
/// How the address asks for the last names first.
const DOWN: &str = "-nama";
/// Rows of one page.
const PAGE: usize = 50;
/// A search shows so many.
const FOUND: usize = 50;
/// At most so many rows are taken along at once.
const MOST: usize = 10_000;

/// GET /desk/instansi?q=…&jenis=…&sesudah=…&sebelum=…
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(begun) = views::landing(ctx, tx)? {
        return Ok(begun);
    }
    let asked: String = ctx.query("q").unwrap_or_default().chars().take(100).collect();
    let table = if asked.is_empty() { by_name(ctx, tx)? } else { found(tx, &asked)? };
    let mut header = PageHeader::new("Direktori instansi").purpose(
        "Instansi dan orang luar yang bersurat dengan kita; dipakai saat mencatat surat masuk dan menulis tujuan surat.",
    );
    if ctx.may(MANAGE_INSTANSI) {
        header = header.action(Link::new("Tambah instansi", format!("{LIST}/baru")).icon(Icon::Add));
    }
    let here = here(ctx);
    let table = table.choose_columns(&here);
    let find = search_box(&here, "Cari instansi", "Beberapa huruf dari namanya");
    Ok(frame::respond(ctx, &header, html! { (views::bar(ctx, tx)?) (find) (table) }))
}

fn by_name(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Table, Problem> {
    let filter = filter(ctx)?;
    let Page { rows, before, after } = page_of(tx, &filter, &place(ctx)?, PAGE)?;
    let here = here(ctx);
    let to = |place: &Place| match place {
        Place::Top => here.href(),
        Place::After(fold, id) => here.clone().set("sesudah", format!("{id}.{fold}")).href(),
        Place::Before(fold, id) => here.clone().set("sebelum", format!("{id}.{fold}")).href(),
    };
    let mut table = columns(Some(&here)).rows(rows.iter().map(line)).above(filters(&here, filter.jenis));
    if !rows.is_empty() {
        table = table.downloads(&here.clone().at(format!("{LIST}/unduh")));
    }
    let (newer, older) = (before.as_ref().map(to), after.as_ref().map(to));
    let empty = match filter.jenis {
        Some(jenis) => EmptyState::new(
            Icon::Search,
            format!("Tidak ada instansi berjenis {}", jenis.label()),
            "Pilih jenis lain, atau tampilkan semua instansi.",
        )
        .action(Link::new("Tampilkan semua instansi", LIST)),
        None => EmptyState::new(
            Icon::Office,
            "Belum ada instansi",
            "Pengirim surat masuk ditambahkan ke sini dengan sendirinya ketika suratnya dicatat.",
        ),
    };
    Ok(table.pager(newer, older).empty(empty))
}

/// Narrows the list to one kind.
fn filters(here: &Address, jenis: Option<Jenis>) -> Filters {
    let all: Vec<(&str, &str)> =
        std::iter::once(("", "Semua jenis")).chain(Jenis::ALL.iter().map(|one| (one.as_str(), one.label()))).collect();
    let filters = Filters::new(here).field(Field::select("jenis", "Jenis instansi", &all).value(""));
    match jenis {
        Some(jenis) => filters.is_set(format!("Jenis: {}", jenis.label()), &["jenis"]),
        None => filters,
    }
}

fn found(tx: &mut Tx<'_>, asked: &str) -> Result<Table, Problem> {
    let rows = suggest(tx, asked, FOUND)?;
    let count = if rows.len() == FOUND { format!("{FOUND} teratas") } else { format!("{} instansi", rows.len()) };
    let empty = EmptyState::new(
        Icon::Search,
        format!("Tidak ada instansi untuk \"{asked}\""),
        "Periksa ejaannya, atau tulis beberapa huruf dari kata mana pun dalam namanya.",
    )
    .action(Link::new("Tampilkan semua instansi", LIST));
    let table = columns(None).rows(rows.iter().map(line)).empty(empty);
    Ok(if rows.is_empty() { table } else { table.count(count) })
}

fn here(ctx: &Ctx) -> Address {
    Address::here(ctx).top().without("tampilan")
}

/// What a search found stands by its fit and is sorted by nothing.
fn columns(sorted: Option<&Address>) -> Table {
    let nama = Column::text("Nama");
    Table::new("Direktori instansi")
        .column(match sorted {
            Some(here) => nama.sort_first(here, "nama"),
            None => nama,
        })
        .column(Column::text("Jenis").key("jenis"))
        .column(Column::text("Kontak").key("kontak").wide_only())
        .column(Column::number("Disebut dalam surat").key("disebut"))
        .column(Column::text("Alamat").key("alamat").spare())
}

fn line(row: &Instansi) -> Row {
    let contact = row.email.as_deref().or(row.telepon.as_deref());
    Row::new(vec![
        row.nama.as_str().into(),
        row.jenis.label().into(),
        contact.map_or_else(Cell::empty, Cell::from),
        Cell::new(row.dipakai),
        row.alamat.as_deref().map_or_else(Cell::empty, Cell::from),
    ])
    .href(format!("{LIST}/{}", row.id))
}

/// GET /desk/instansi/unduh?bentuk=…&jenis=…: the shown list to take along.
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (filter, mut place) = (filter(ctx)?, Place::Top);
    let mut sheet = Sheet::new("Direktori instansi")
        .column(Col::text("Nama"))
        .column(Col::text("Jenis"))
        .column(Col::text("Alamat"))
        .column(Col::text("Surel"))
        .column(Col::text("Telepon"))
        .column(Col::int("Disebut dalam surat"));
    if let Some(jenis) = filter.jenis {
        sheet = sheet.about("Jenis", jenis.label());
    }
    sheet.gather(MOST, export::narrow, |sheet| {
        let page = page_of(tx, &filter, &place, 500)?;
        for row in page.rows {
            sheet.rows.push(vec![
                row.nama.into(),
                row.jenis.label().into(),
                row.alamat.into(),
                row.email.into(),
                row.telepon.into(),
                row.dipakai.into(),
            ]);
        }
        let Some(after) = page.after else { return Ok(false) };
        place = after;
        Ok::<_, Problem>(true)
    })?;
    export::respond(ctx, sheet, Format::asked(ctx), "direktori-instansi")
}

/// GET /desk/instansi/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let row = get(tx, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    let names: Vec<String> = spellings(tx, row.id)?.into_iter().filter(|name| *name != row.nama).collect();
    let merged = match row.digabung {
        Some(_) => current(tx, row.id)?.filter(|into| into.id != row.id),
        None => None,
    };
    let facts = Facts::new()
        .add("Jenis", row.jenis.label())
        .add_maybe("Alamat", row.alamat.as_ref())
        .add_maybe("Surel", row.email.as_ref())
        .add_maybe("Telepon", row.telepon.as_ref())
        .add("Disebut dalam surat", format!("{} kali", row.dipakai));
    let body = html! {
        @if let Some(into) = &merged {
            (Notice::new(Tone::Info, format!("Sudah digabung ke {}", into.nama))
                .text("Baris ini disimpan agar surat lama tetap dapat dijelaskan.")
                .link(Link::new("Buka instansi yang berlaku", format!("{LIST}/{}", into.id))))
        }
        (facts)
        @if !names.is_empty() {
            (section("Nama lain yang pernah ditulis", html! { ul { @for name in &names { li { (name) } } } }))
        }
        (section("Riwayat", timeline::of(ctx, tx, &format!("desk_instansi:{}", row.id))?))
    };
    let side = html! {
        @if ctx.may(MANAGE_INSTANSI) && row.digabung.is_none() {
            (act_bar(&[
                Act::link("Ubah instansi", format!("{LIST}/{}/ubah", row.id)).icon(Icon::Edit).main(),
                Act::link("Gabungkan ke instansi lain", format!("{LIST}/{}/gabung", row.id)).icon(Icon::Forward),
            ]))
        }
    };
    let header =
        PageHeader::new(&row.nama).purpose("Satu instansi atau orang dalam direktori.").crumb("Direktori instansi", LIST);
    Ok(frame::respond(ctx, &header, detail(body, side)))
}

fn filter(ctx: &Ctx) -> Result<Filter, Problem> {
    let jenis = ctx.query("jenis").map(Jenis::parse).transpose().map_err(|_| Problem::NotFound)?;
    // An order that this list does not know counts as not given.
    Ok(Filter { jenis, turun: ctx.query(SORT) == Some(DOWN) })
}

fn place(ctx: &Ctx) -> Result<Place, Problem> {
    let read = |text: &str| {
        let (id, fold) = text.split_once('.')?;
        Some((fold.to_owned(), id.parse().ok()?))
    };
    match (ctx.query("sesudah"), ctx.query("sebelum")) {
        (Some(text), _) => read(text).map(|(fold, id)| Place::After(fold, id)).ok_or(Problem::NotFound),
        (None, Some(text)) => read(text).map(|(fold, id)| Place::Before(fold, id)).ok_or(Problem::NotFound),
        (None, None) => Ok(Place::Top),
    }
}

/// A form of this directory with what is wrong, or as it is.
fn with(form: Form, refusal: Option<&dyn praja_kernel::Refuse>) -> Form {
    match refusal {
        Some(refusal) => form.refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields()),
        None => form,
    }
}
