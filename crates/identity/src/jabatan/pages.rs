pub(crate) mod abolish;
pub(crate) mod form;
pub(crate) mod show;

use praja_kernel::{Id, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Cell, Column, EmptyState, Field, Form, FormValues, Icon, Link, Notice, PageHeader, Row, SortState, Table, Tone, badge,
    export::{self, Col, Format, Sheet},
    form::Width,
    frame, html,
};

use super::{
    Jenis,
    store::{self, Baris, Filter},
};
use crate::{
    daftar::{self, Arah, MOST, PAGE, Place, STEP},
    opd::{self, Reach, reach},
    orang,
    penugasan::display_name,
};

/// The list's address.
pub(crate) const LIST: &str = "/identity/jabatan";
/// A count stops here.
const COUNT_CAP: usize = 1000;

/// What the address asks for.
struct Asked {
    filter: Filter,
    arah: Arah,
    opd: Option<opd::Opd>,
    /// The person for whom a post is looked for.
    untuk: Option<(Id, String)>,
    /// The words of the address, for links to neighbours.
    parts: Vec<(&'static str, String)>,
}

impl Asked {
    fn of(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let reach = reach(ctx, tx)?;
        let opd: Option<Id> = ctx.query("opd").map(|text| text.parse().map_err(|_| Problem::NotFound)).transpose()?;
        if opd.is_some_and(|opd| !reach.has(opd)) {
            return Err(Problem::NotFound);
        }
        let only = match (opd, reach) {
            (Some(opd), _) => Some(vec![opd]),
            (None, Reach::Only(ids)) => Some(ids),
            (None, Reach::All) => None,
        };
        let jenis = ctx.query("jenis").map(|word| Jenis::parse(word).map_err(|_| Problem::NotFound)).transpose()?;
        let keadaan = ctx.query("keadaan").unwrap_or_default();
        if !["", "kosong", "dihapus"].contains(&keadaan) {
            return Err(Problem::NotFound);
        }
        // Whoever comes from the page of a person looks for a post for that person.
        let untuk = match ctx.query("orang").and_then(|text| text.parse::<Id>().ok()) {
            Some(id) => orang::store::name(tx, id)?.map(|nama| (id, nama)),
            None => None,
        };
        let kata = ctx.query("q").unwrap_or_default().to_owned();
        let arah = if ctx.query("urut") == Some("turun") { Arah::Turun } else { Arah::Naik };
        let parts = vec![
            ("q", kata.clone()),
            ("opd", opd.map(|id| id.to_string()).unwrap_or_default()),
            ("jenis", jenis.map(Jenis::as_str).unwrap_or_default().to_owned()),
            ("keadaan", keadaan.to_owned()),
            ("urut", if arah == Arah::Turun { "turun".to_owned() } else { String::new() }),
            ("orang", untuk.as_ref().map(|(id, _)| id.to_string()).unwrap_or_default()),
        ];
        let filter = Filter { opd: only, kata, jenis, kosong: keadaan == "kosong", dihapus: keadaan == "dihapus" };
        let opd = match opd {
            Some(id) => opd::get(tx, id)?,
            None => None,
        };
        Ok(Self { filter, arah, opd, untuk, parts })
    }

    /// The address with some parts set otherwise.
    fn address(&self, path: &str, other: &[(&str, &str)]) -> String {
        let set = |name: &str| other.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        let parts: Vec<(&str, &str)> = self.parts.iter().map(|(name, value)| (*name, set(name).unwrap_or(value))).collect();
        let new = other.iter().filter(|(name, _)| !self.parts.iter().any(|(known, _)| known == name));
        daftar::address(path, &parts.into_iter().chain(new.copied()).collect::<Vec<_>>())
    }
}

/// GET /identity/jabatan
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let asked = Asked::of(ctx, tx)?;
    let (place, today) = (Place::of(ctx)?, ctx.today());
    let page = store::page(tx, &asked.filter, today, asked.arah, &place, PAGE)?;
    let count = store::count(tx, &asked.filter, today, COUNT_CAP)?;
    let mut rows = Vec::new();
    for one in &page.rows {
        rows.push(line(tx, one, today, asked.untuk.as_ref().map(|(id, _)| *id))?);
    }
    let (state, other) = match asked.arah {
        Arah::Naik => (SortState::Up, "turun"),
        Arah::Turun => (SortState::Down, ""),
    };
    let mut table = Table::new("Jabatan")
        .column(Column::text("Jabatan").sort(asked.address(LIST, &[("urut", other)]), state))
        .column(Column::text("Pemegang hari ini"))
        .column(Column::text("OPD"))
        .column(Column::text("Jenis").wide_only());
    for (label, word) in [("Berlaku", ""), ("Kosong", "kosong"), ("Dihapus", "dihapus")] {
        let now = asked.parts.iter().any(|(name, value)| *name == "keadaan" && value == word);
        table = table.chip(label, asked.address(LIST, &[("keadaan", word)]), now);
    }
    if count > 0 {
        table = table
            .count(if count >= COUNT_CAP { "1.000+ jabatan".to_owned() } else { format!("{count} jabatan") })
            .export(Link::new("Unduh Excel", asked.address("/identity/jabatan/unduh", &[])))
            .export(Link::new("Unduh CSV", asked.address("/identity/jabatan/unduh", &[("format", "csv")])));
    }
    let table = table.rows(rows).empty(
        EmptyState::new(Icon::Office, "Tidak ada jabatan yang cocok", "Periksa ejaannya, atau tampilkan semua jabatan.")
            .action(Link::new("Tampilkan semua jabatan", LIST)),
    );
    let parts: Vec<(&str, &str)> = asked.parts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut header = PageHeader::new("Jabatan").purpose("Jabatan pada OPD yang Anda kelola, dengan pemegangnya hari ini.");
    if let Some(opd) = &asked.opd {
        header = header.crumb("OPD dan jabatan", "/identity/opd").crumb(&opd.nama, format!("/identity/opd/{}", opd.id));
    }
    let content = html! {
        @if let Some((id, nama)) = &asked.untuk {
            (Notice::new(Tone::Info, format!("Pilih jabatan untuk {nama}."))
                .text("Jabatan yang Anda buka dari daftar ini langsung menampilkan formulir penugasannya.")
                .link(Link::new("Kembali ke pegawai", format!("/identity/orang/{id}"))))
        }
        (search(&asked))
        (table)
        (daftar::neighbours(&page, LIST, &parts))
    };
    Ok(frame::respond(ctx, &header, content))
}

fn search(asked: &Asked) -> Form {
    let kinds: Vec<(&str, &str)> =
        [("", "Semua jenis")].into_iter().chain(Jenis::ALL.iter().map(|one| (one.as_str(), one.label()))).collect();
    let jenis = asked.filter.jenis.map(Jenis::as_str).unwrap_or_default();
    let mut form = Form::get(LIST)
        .values(FormValues::default().with("q", &asked.filter.kata).with("jenis", jenis))
        .field(Field::search("q", "Nama jabatan").hint("Satu kata atau lebih, urutannya bebas."))
        .field(Field::select("jenis", "Jenis jabatan", &kinds).value("").width(Width::Medium));
    for (name, value) in asked.parts.iter().filter(|(name, value)| !["q", "jenis"].contains(name) && !value.is_empty()) {
        form = form.hidden(*name, value);
    }
    form.submit("Cari jabatan")
}

fn line(tx: &mut Tx<'_>, one: &Baris, today: praja_kernel::Date, untuk: Option<Id>) -> Result<Row, Problem> {
    let holders = store::holders_with_kind(tx, one.id, today)?;
    let held = match (one.sampai, holders.is_empty()) {
        (Some(last), _) => Cell::new(badge(Tone::Neutral, &format!("Dihapus {}", tanggal_pendek(last)))),
        (None, true) if one.dari > today => Cell::new(badge(Tone::Info, &format!("Mulai {}", tanggal_pendek(one.dari)))),
        (None, true) => Cell::new(badge(Tone::Warn, "Kosong")),
        (None, false) => Cell::new(html! { @for (_, nama, jenis) in &holders { div { (display_name(*jenis, nama)) } } }),
    };
    Ok(Row::new(vec![one.nama.as_str().into(), held, one.opd.as_str().into(), one.jenis.label().into()]).href(match untuk {
        Some(orang) if one.sampai.is_none() => format!("{LIST}/{}/penugasan/baru?orang={orang}", one.id),
        _ => format!("{LIST}/{}", one.id),
    }))
}

/// GET /identity/jabatan/unduh: the shown list as a spreadsheet or CSV.
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (asked, today) = (Asked::of(ctx, tx)?, ctx.today());
    let mut sheet = Sheet::new("Jabatan")
        .column(Col::text("Jabatan"))
        .column(Col::text("Jenis"))
        .column(Col::text("OPD"))
        .column(Col::text("Pemegang"))
        .column(Col::text("Cara memegang"))
        .column(Col::date("Berlaku sejak"))
        .column(Col::date("Dihapus"));
    let (mut place, mut written) = (Place::Top, 0);
    while written < MOST {
        let page = store::page(tx, &asked.filter, today, asked.arah, &place, STEP)?;
        for one in &page.rows {
            let holder = super::holder_on(tx, one.id, today)?;
            sheet.push(vec![
                one.nama.as_str().into(),
                one.jenis.label().into(),
                one.opd.as_str().into(),
                holder.as_ref().map(|holder| holder.nama.clone()).into(),
                holder.map(|holder| holder.jenis.label().to_owned()).into(),
                one.dari.into(),
                one.sampai.into(),
            ]);
        }
        written += page.rows.len();
        let Some(after) = page.after else { break };
        place = Place::After(after);
    }
    export::respond(ctx, sheet, Format::asked(ctx), "jabatan")
}
