pub(crate) mod form;
pub(crate) mod melt;
pub(crate) mod reform;
pub(crate) mod show;

use praja_kernel::{Id, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Icon, Link, PageHeader, Row, SORT, Table, Tone, badge,
    export::{self, Col, Format, Sheet},
    frame, html, search_box,
};

use super::{Jenis, Opd, Reach, reach, store, tree};
use crate::{
    daftar::{self, MOST, PAGE, Place, STEP},
    rencana,
    rights::MANAGE_ALL_OPD,
};

/// The list's address.
pub(crate) const LIST: &str = "/identity/opd";
/// Where the list is taken along.
const UNDUH: &str = "/identity/opd/unduh";
/// A regency with more units than this opens its tree at the top; what is below is on the page of each.
const TREE_MOST: usize = 400;

/// What the address asks for.
struct Asked {
    filter: store::Filter,
    /// The list is sorted by name instead of by the tree.
    sorted: bool,
}

impl Asked {
    fn of(ctx: &Ctx, reach: &Reach) -> Result<Self, Problem> {
        let jenis = ctx.query("jenis").map(|word| Jenis::parse(word).map_err(|_| Problem::NotFound)).transpose()?;
        let berakhir = match ctx.query("keadaan") {
            None => false,
            Some("berakhir") => true,
            Some(_) => return Err(Problem::NotFound),
        };
        let kata = ctx.query("q").unwrap_or_default().to_owned();
        let ((), arah) = daftar::order(ctx, &[("nama", ())])?;
        let filter = store::Filter { kata, jenis, berakhir, within: reach.clone(), arah };
        Ok(Self { filter, sorted: ctx.query(SORT).is_some() })
    }

    /// Nothing is narrowed: the tree is shown.
    fn is_tree(&self) -> bool {
        !self.is_narrowed() && !self.sorted
    }

    fn is_narrowed(&self) -> bool {
        !self.filter.kata.is_empty() || self.filter.jenis.is_some() || self.filter.berakhir
    }
}

/// GET /identity/opd: the tree with its figures, or what was searched; an OPD's admin sees the own OPD and what is below it.
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(begun) = daftar::landing(ctx, tx)? {
        return Ok(begun);
    }
    let here = daftar::here(ctx);
    let reach = reach(ctx, tx)?;
    let asked = Asked::of(ctx, &reach)?;
    let mut rows = Vec::new();
    let (mut count, mut pages) = (0, None);
    if asked.is_tree() {
        let mut all = store::list_active(tx)?;
        all.retain(|opd| reach.has(opd.id));
        count = all.len();
        let whole = count <= TREE_MOST;
        for (depth, opd) in tree(all).into_iter().filter(|(depth, _)| whole || *depth == 0) {
            rows.push(line(ctx, tx, &opd, depth)?);
        }
    } else {
        let page = store::page(tx, &asked.filter, &Place::of(ctx)?, PAGE)?;
        for opd in &page.rows {
            rows.push(line(ctx, tx, opd, 0)?);
        }
        pages = Some(page);
    }
    let table = table(&asked, &here, count, rows).empty(nothing(ctx, &asked));
    let mut header =
        PageHeader::new("OPD dan jabatan").purpose("Susunan perangkat daerah dengan jumlah jabatan dan pemegangnya.");
    if may_create(ctx, &reach) {
        header = header.action(Link::new("Catat OPD", format!("{LIST}/baru")).icon(Icon::Add));
    }
    let waiting = rencana::pages::waiting(ctx, tx)?;
    let content = html! {
        @for notice in &waiting { (notice) }
        (daftar::views(ctx, tx)?)
        (search_box(&here, "Cari OPD", "Nama, singkatan, atau kode OPD"))
        (table)
        @if asked.sorted && !asked.is_narrowed() { p { a href=(here.clone().without(SORT).href()) { "Kembali ke susunan pohon" } } }
        @if let Some(page) = &pages { (daftar::neighbours(page, &here)) }
        p.redup { a href="/identity/jabatan" { "Cari di semua jabatan" } " · " a href="/identity/batas" { "Batas penugasan sementara" }
            @if ctx.may(MANAGE_ALL_OPD) { " · " a href="/identity/opd/lebur" { "Leburkan dua OPD menjadi OPD baru" } } }
    };
    Ok(frame::respond(ctx, &header, content))
}

/// Who administers anything at all may add units below it.
fn may_create(ctx: &Ctx, reach: &Reach) -> bool {
    ctx.may(MANAGE_ALL_OPD) || matches!(reach, Reach::Only(ids) if !ids.is_empty())
}

fn table(asked: &Asked, here: &Address, count: usize, rows: Vec<Row>) -> Table {
    let kinds: Vec<(&str, &str)> = Jenis::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    // The tree has its own order; a narrowed list stands by name when nothing else is asked for.
    let nama = Column::text("OPD");
    let nama = if asked.is_tree() { nama.sort_by(here, "nama") } else { nama.sort_first(here, "nama") };
    let table = Table::new("Susunan OPD")
        .column(nama)
        .column(Column::text("Singkatan").key("singkatan").wide_only())
        .column(Column::text("Jenis").key("jenis"))
        .column(Column::text("Kode").key("kode").wide_only())
        .column(Column::number("Jabatan").key("jabatan"))
        .column(Column::number("Pemegang").key("pemegang"));
    // Only the tree is read whole and can be counted for nothing.
    let shown = if asked.is_tree() { count } else { 0 };
    let table = daftar::tools(table, here, &[("Berlaku", ""), ("Berakhir", "berakhir")], UNDUH, shown, "OPD");
    let table = if asked.is_tree() || rows.is_empty() { table } else { table.downloads(&here.clone().at(UNDUH)) };
    table.above(daftar::by_kind(here, &kinds, "Jenis OPD")).choose_columns(here).rows(rows)
}

fn nothing(ctx: &Ctx, asked: &Asked) -> EmptyState {
    if asked.is_narrowed() {
        return EmptyState::new(Icon::Search, "Tidak ada OPD yang cocok", "Periksa ejaannya, atau tampilkan semua OPD.")
            .action(Link::new("Tampilkan semua OPD", LIST));
    }
    let empty = EmptyState::new(Icon::Office, "Belum ada OPD", "Susunan OPD muncul di sini setelah dicatat atau diimpor.");
    if ctx.may(MANAGE_ALL_OPD) { empty.action(Link::new("Catat OPD", format!("{LIST}/baru"))) } else { empty }
}

fn line(ctx: &Ctx, tx: &mut Tx<'_>, opd: &Opd, depth: usize) -> Result<Row, Problem> {
    let (posts, holders) = store::counts(tx, opd.id, ctx.today())?;
    let name = html! {
        span class={ "tingkat-" (depth.min(6)) } { (opd.nama) }
        @if let Some(last) = opd.berlaku_sampai { " " (badge(Tone::Neutral, &format!("Berakhir {}", tanggal_pendek(last)))) }
        @else if opd.berlaku_dari > ctx.today() { " " (badge(Tone::Info, &format!("Mulai {}", tanggal_pendek(opd.berlaku_dari)))) }
    };
    Ok(Row::new(vec![
        Cell::new(name),
        opd.singkatan.as_str().into(),
        opd.jenis.label().into(),
        opd.kode.as_str().into(),
        posts.to_string().into(),
        holders.to_string().into(),
    ])
    .href(format!("{LIST}/{}", opd.id)))
}

/// GET /identity/opd/unduh: the shown list as a spreadsheet or CSV.
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let reach = reach(ctx, tx)?;
    let asked = Asked::of(ctx, &reach)?;
    let mut sheet = Sheet::new("OPD")
        .column(Col::text("Kode"))
        .column(Col::text("OPD"))
        .column(Col::text("Singkatan"))
        .column(Col::text("Jenis"))
        .column(Col::text("Di bawah"))
        .column(Col::date("Berlaku sejak"))
        .column(Col::date("Berlaku sampai"))
        .column(Col::int("Jabatan"))
        .column(Col::int("Pemegang"));
    let mut place = Place::Top;
    sheet.gather(MOST, export::narrow, |sheet| {
        let (some, after) = if asked.is_tree() {
            let mut active = store::list_active(tx)?;
            active.retain(|opd| reach.has(opd.id));
            (tree(active).into_iter().map(|(_, opd)| opd).collect(), None)
        } else {
            let page = store::page(tx, &asked.filter, &place, STEP)?;
            (page.rows, page.after)
        };
        for opd in some {
            let (posts, holders) = store::counts(tx, opd.id, ctx.today())?;
            let above = name_of(tx, opd.induk)?;
            sheet.push(vec![
                opd.kode.into(),
                opd.nama.into(),
                opd.singkatan.into(),
                opd.jenis.label().into(),
                above.into(),
                opd.berlaku_dari.into(),
                opd.berlaku_sampai.into(),
                posts.into(),
                holders.into(),
            ]);
        }
        let Some(after) = after else { return Ok(false) };
        place = Place::After(after);
        Ok::<_, Problem>(true)
    })?;
    export::respond(ctx, sheet, Format::asked(ctx), "opd")
}

fn name_of(tx: &mut Tx<'_>, id: Option<Id>) -> Result<Option<String>, Problem> {
    Ok(match id {
        Some(id) => store::name(tx, id)?,
        None => None,
    })
}
