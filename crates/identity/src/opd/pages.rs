pub(crate) mod form;
pub(crate) mod melt;
pub(crate) mod reform;
pub(crate) mod show;

use praja_kernel::{Id, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Cell, Column, EmptyState, Field, Form, FormValues, Icon, Link, PageHeader, Row, Table, Tone, badge,
    export::{self, Col, Format, Sheet},
    form::Width,
    frame, html,
};

use super::{Jenis, Opd, Reach, reach, store, tree};
use crate::{
    daftar::{self, MOST, PAGE, Page, Place, STEP},
    rencana,
    rights::MANAGE_ALL_OPD,
};

/// The list's address.
pub(crate) const LIST: &str = "/identity/opd";
/// A regency with more units than this opens its tree at the top; what is below is on the page of each.
const TREE_MOST: usize = 400;

/// What the address asks for.
struct Asked {
    filter: store::Filter,
    kata: String,
    jenis: Option<Jenis>,
    berakhir: bool,
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
        let filter = store::Filter { kata: kata.clone(), jenis, berakhir, within: reach.clone() };
        Ok(Self { filter, kata, jenis, berakhir })
    }

    /// Nothing is narrowed: the tree is shown.
    fn is_tree(&self) -> bool {
        self.kata.is_empty() && self.jenis.is_none() && !self.berakhir
    }

    fn parts(&self) -> [(&'static str, &str); 3] {
        let jenis = self.jenis.map(Jenis::as_str).unwrap_or_default();
        [("q", self.kata.as_str()), ("jenis", jenis), ("keadaan", if self.berakhir { "berakhir" } else { "" })]
    }
}

/// GET /identity/opd: the tree with its figures, or what was searched; an OPD's admin sees the own OPD and what is below it.
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
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
    let table = table(&asked, count).rows(rows).empty(nothing(ctx, &asked));
    let mut header =
        PageHeader::new("OPD dan jabatan").purpose("Susunan perangkat daerah dengan jumlah jabatan dan pemegangnya.");
    if may_create(ctx, &reach) {
        header = header.action(Link::new("Catat OPD", format!("{LIST}/baru")).icon(Icon::Add));
    }
    let waiting = rencana::pages::waiting(ctx, tx)?;
    let content = html! {
        @for notice in &waiting { (notice) }
        (search(&asked))
        (table)
        @if let Some(page) = &pages { (neighbours(page, &asked)) }
        p.redup { a href="/identity/jabatan" { "Cari di semua jabatan" } " · " a href="/identity/batas" { "Batas penugasan sementara" }
            @if ctx.may(MANAGE_ALL_OPD) { " · " a href="/identity/opd/lebur" { "Leburkan dua OPD menjadi OPD baru" } } }
    };
    Ok(frame::respond(ctx, &header, content))
}

fn neighbours(page: &Page<Opd>, asked: &Asked) -> praja_web::Markup {
    daftar::neighbours(page, LIST, &asked.parts())
}

/// Who administers anything at all may add units below it.
fn may_create(ctx: &Ctx, reach: &Reach) -> bool {
    ctx.may(MANAGE_ALL_OPD) || matches!(reach, Reach::Only(ids) if !ids.is_empty())
}

fn table(asked: &Asked, count: usize) -> Table {
    let chip = |keadaan: &'static str| {
        let [q, jenis, _] = asked.parts();
        daftar::address(LIST, &[q, jenis, ("keadaan", keadaan)])
    };
    let export = |format: &'static str| {
        let parts: Vec<_> = asked.parts().into_iter().chain([("format", format)]).collect();
        daftar::address("/identity/opd/unduh", &parts)
    };
    let mut table = Table::new("Susunan OPD")
        .column(Column::text("OPD"))
        .column(Column::text("Singkatan").wide_only())
        .column(Column::text("Jenis"))
        .column(Column::text("Kode").wide_only())
        .column(Column::number("Jabatan"))
        .column(Column::number("Pemegang"))
        .chip("Berlaku", chip(""), !asked.berakhir)
        .chip("Berakhir", chip("berakhir"), asked.berakhir)
        .export(Link::new("Unduh Excel", export("")))
        .export(Link::new("Unduh CSV", export("csv")));
    if asked.is_tree() {
        table = table.count(format!("{count} OPD"));
    }
    table
}

fn search(asked: &Asked) -> Form {
    let kinds: Vec<(&str, &str)> =
        [("", "Semua jenis")].into_iter().chain(Jenis::ALL.iter().map(|one| (one.as_str(), one.label()))).collect();
    let [_, (_, jenis), (_, keadaan)] = asked.parts();
    let mut form = Form::get(LIST)
        .values(FormValues::default().with("q", &asked.kata).with("jenis", jenis))
        .field(Field::search("q", "Nama, singkatan, atau kode OPD"))
        .field(Field::select("jenis", "Jenis OPD", &kinds).value("").width(Width::Medium));
    if !keadaan.is_empty() {
        form = form.hidden("keadaan", keadaan);
    }
    form.submit("Cari OPD")
}

fn nothing(ctx: &Ctx, asked: &Asked) -> EmptyState {
    if !asked.is_tree() {
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
    let mut all: Vec<Opd> = Vec::new();
    if asked.is_tree() {
        let mut active = store::list_active(tx)?;
        active.retain(|opd| reach.has(opd.id));
        all.extend(tree(active).into_iter().map(|(_, opd)| opd));
    } else {
        let mut place = Place::Top;
        while all.len() < MOST {
            let page = store::page(tx, &asked.filter, &place, STEP)?;
            all.extend(page.rows);
            let Some(after) = page.after else { break };
            place = Place::After(after);
        }
    }
    for opd in all {
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
    export::respond(ctx, sheet, Format::asked(ctx), "opd")
}

fn name_of(tx: &mut Tx<'_>, id: Option<Id>) -> Result<Option<String>, Problem> {
    Ok(match id {
        Some(id) => store::name(tx, id)?,
        None => None,
    })
}
