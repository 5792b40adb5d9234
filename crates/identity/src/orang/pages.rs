pub(crate) mod form;
pub(crate) mod show;
pub(crate) mod stop;

use praja_kernel::{Id, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Cell, Column, EmptyState, Field, Form, FormValues, Icon, Link, PageHeader, Row, SortState, Table, Tone, badge,
    export::{self, Col, Format, Sheet},
    form::Width,
    frame, html,
};

use super::{
    Jenis, Orang, golongan,
    store::{self, Filter, Keadaan, Urut, posts_on},
};
use crate::{
    daftar::{self, Arah, MOST, PAGE, Place, STEP},
    opd::{self, Reach, reach},
};

/// The list's address.
pub(crate) const LIST: &str = "/identity/orang";
/// A count stops here.
const COUNT_CAP: usize = 1000;

/// What the address asks for.
struct Asked {
    filter: Filter,
    urut: (Urut, Arah),
    opd: Option<opd::Opd>,
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
        let word = ctx.query("keadaan").unwrap_or_default();
        let keadaan = match word {
            "" => Keadaan::Bekerja,
            "tanpa-jabatan" => Keadaan::TanpaJabatan,
            "berhenti" => Keadaan::Berhenti,
            _ => return Err(Problem::NotFound),
        };
        let order = ctx.query("urut").unwrap_or_default();
        let urut = match order {
            "" => (Urut::Nama, Arah::Naik),
            "nama-turun" => (Urut::Nama, Arah::Turun),
            "nip" => (Urut::Nip, Arah::Naik),
            "nip-turun" => (Urut::Nip, Arah::Turun),
            _ => return Err(Problem::NotFound),
        };
        let kata = ctx.query("q").unwrap_or_default().to_owned();
        let parts = vec![
            ("q", kata.clone()),
            ("opd", opd.map(|id| id.to_string()).unwrap_or_default()),
            ("jenis", jenis.map(Jenis::as_str).unwrap_or_default().to_owned()),
            ("keadaan", word.to_owned()),
            ("urut", order.to_owned()),
        ];
        let opd = match opd {
            Some(id) => opd::get(tx, id)?,
            None => None,
        };
        Ok(Self { filter: Filter { opd: only, kata, jenis, keadaan }, urut, opd, parts })
    }

    /// The address with one part set otherwise.
    fn address(&self, path: &str, name: &str, value: &str) -> String {
        let mut parts: Vec<(&str, &str)> =
            self.parts.iter().map(|(known, own)| (*known, if *known == name { value } else { own.as_str() })).collect();
        if !self.parts.iter().any(|(known, _)| *known == name) {
            parts.push((name, value));
        }
        daftar::address(path, &parts)
    }

    /// The head of a column by which people may be sorted: how it is now, and where a press leads.
    fn sorting(&self, by: Urut, up: &str, down: &str) -> (String, SortState) {
        let (state, to) = match self.urut {
            (urut, _) if urut != by => (SortState::None, up),
            (_, Arah::Naik) => (SortState::Up, down),
            (_, Arah::Turun) => (SortState::Down, up),
        };
        (self.address(LIST, "urut", to), state)
    }
}

/// GET /identity/orang: people with the posts they hold today.
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let asked = Asked::of(ctx, tx)?;
    let (place, today) = (Place::of(ctx)?, ctx.today());
    let page = store::page(tx, &asked.filter, today, asked.urut, &place, PAGE)?;
    let count = store::count(tx, &asked.filter, today, COUNT_CAP)?;
    let mut rows = Vec::new();
    for orang in &page.rows {
        rows.push(line(tx, orang, today)?);
    }
    let (by_name, name_state) = asked.sorting(Urut::Nama, "", "nama-turun");
    let (by_nip, nip_state) = asked.sorting(Urut::Nip, "nip", "nip-turun");
    let mut table = Table::new("Pegawai dan pejabat")
        .column(Column::text("Nama").sort(by_name, name_state))
        .column(Column::text("Jabatan hari ini"))
        .column(Column::text("NIP").sort(by_nip, nip_state).wide_only())
        .column(Column::text("Jenis").corner());
    for (label, word) in [("Bekerja", ""), ("Tanpa jabatan", "tanpa-jabatan"), ("Berhenti", "berhenti")] {
        let now = asked.parts.iter().any(|(name, value)| *name == "keadaan" && value == word);
        table = table.chip(label, asked.address(LIST, "keadaan", word), now);
    }
    if count > 0 {
        table = table
            .count(if count >= COUNT_CAP { "1.000+ orang".to_owned() } else { format!("{count} orang") })
            .export(Link::new("Unduh Excel", asked.address("/identity/orang/unduh", "format", "")))
            .export(Link::new("Unduh CSV", asked.address("/identity/orang/unduh", "format", "csv")));
    }
    let table = table.rows(rows).empty(
        EmptyState::new(Icon::People, "Tidak ada yang ditemukan", "Periksa ejaan nama, atau kosongkan pencarian dan saringan.")
            .action(Link::new("Tampilkan semua pegawai", LIST)),
    );
    let parts: Vec<(&str, &str)> = asked.parts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut header = PageHeader::new("Pegawai")
        .purpose("Pegawai dan pejabat pada OPD yang Anda kelola, dengan jabatan yang dipegang hari ini.")
        .action(Link::new("Catat pegawai", format!("{LIST}/baru")).icon(Icon::Add));
    if let Some(opd) = &asked.opd {
        header = header.crumb("OPD dan jabatan", "/identity/opd").crumb(&opd.nama, format!("/identity/opd/{}", opd.id));
    }
    let content = html! {
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
        .field(Field::search("q", "Nama atau NIP").hint("Sebagian nama, atau angka awal NIP."))
        .field(Field::select("jenis", "Jenis pegawai", &kinds).value("").width(Width::Medium));
    for (name, value) in asked.parts.iter().filter(|(name, value)| !["q", "jenis"].contains(name) && !value.is_empty()) {
        form = form.hidden(*name, value);
    }
    form.submit("Cari pegawai")
}

fn line(tx: &mut Tx<'_>, orang: &Orang, today: praja_kernel::Date) -> Result<Row, Problem> {
    let posts = posts_on(tx, orang.id, today)?;
    let held = match orang.berhenti.filter(|last| *last < today) {
        Some(last) => Cell::new(badge(Tone::Neutral, &format!("Berhenti {}", tanggal_pendek(last)))),
        None if posts.is_empty() => Cell::new(badge(Tone::Warn, "Tanpa jabatan")),
        None => Cell::new(html! { @for (jabatan, opd) in &posts { div { (jabatan) " (" (opd) ")" } } }),
    };
    let nip = orang.nip.as_deref().map_or_else(Cell::empty, Cell::from);
    Ok(Row::new(vec![orang.nama.as_str().into(), held, nip, orang.jenis.label().into()]).href(format!("{LIST}/{}", orang.id)))
}

/// GET /identity/orang/unduh: the shown list as a spreadsheet or CSV.
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (asked, today) = (Asked::of(ctx, tx)?, ctx.today());
    let mut sheet = Sheet::new("Pegawai")
        .column(Col::text("Nama"))
        .column(Col::text("NIP"))
        .column(Col::text("Jenis"))
        .column(Col::text("Pangkat dan golongan"))
        .column(Col::text("Jabatan hari ini"))
        .column(Col::text("OPD"))
        .column(Col::date("Berhenti"));
    let (mut place, mut written) = (Place::Top, 0);
    while written < MOST {
        let page = store::page(tx, &asked.filter, today, asked.urut, &place, STEP)?;
        for one in &page.rows {
            let posts = posts_on(tx, one.id, today)?;
            let (jabatan, opd): (Vec<String>, Vec<String>) = posts.into_iter().unzip();
            sheet.push(vec![
                one.nama.as_str().into(),
                one.nip.clone().into(),
                one.jenis.label().into(),
                one.golongan.as_deref().map(golongan::display).into(),
                jabatan.join("; ").into(),
                opd.join("; ").into(),
                one.berhenti.into(),
            ]);
        }
        written += page.rows.len();
        let Some(after) = page.after else { break };
        place = Place::After(after);
    }
    export::respond(ctx, sheet, Format::asked(ctx), "pegawai")
}
