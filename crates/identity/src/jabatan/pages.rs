pub(crate) mod abolish;
pub(crate) mod form;
pub(crate) mod show;

use praja_kernel::{Id, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Cell, Column, EmptyState, Icon, Link, Notice, PageHeader, Row, Table, Tone, badge,
    export::{self, Col, Format, Sheet},
    frame, html, search_box,
};

use super::{
    Jenis,
    store::{self, Baris, Filter},
};
use crate::{
    daftar::{self, Arah, COUNT_CAP, MOST, PAGE, Place, STEP, Units},
    orang,
    penugasan::display_name,
};

/// The list's address.
pub(crate) const LIST: &str = "/identity/jabatan";

/// What the address asks for.
struct Asked {
    filter: Filter,
    arah: Arah,
    units: Units,
    /// The person for whom a post is looked for.
    untuk: Option<(Id, String)>,
}

impl Asked {
    fn of(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let units = Units::of(ctx, tx)?;
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
        let ((), arah) = daftar::order(ctx, &[("nama", ())])?;
        let (kosong, dihapus) = (keadaan == "kosong", keadaan == "dihapus");
        Ok(Self { filter: Filter { opd: units.only.clone(), kata, jenis, kosong, dihapus }, arah, units, untuk })
    }
}

/// GET /identity/jabatan
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(begun) = daftar::landing(ctx, tx)? {
        return Ok(begun);
    }
    let (asked, here) = (Asked::of(ctx, tx)?, daftar::here(ctx));
    let (place, today) = (Place::of(ctx)?, ctx.today());
    let page = store::page(tx, &asked.filter, today, asked.arah, &place, PAGE)?;
    let count = store::count(tx, &asked.filter, today, COUNT_CAP)?;
    let mut rows = Vec::new();
    for one in &page.rows {
        rows.push(line(tx, one, today, asked.untuk.as_ref().map(|(id, _)| *id))?);
    }
    let table = Table::new("Jabatan")
        .column(Column::text("Jabatan").sort_first(&here, "nama"))
        .column(Column::text("Pemegang hari ini").key("pemegang"))
        .column(Column::text("OPD").key("opd"))
        .column(Column::text("Jenis").key("jenis").wide_only())
        .column(Column::date("Berlaku sejak").key("sejak").spare());
    let states = [("Berlaku", ""), ("Kosong", "kosong"), ("Dihapus", "dihapus")];
    let kinds: Vec<(&str, &str)> = Jenis::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let table = daftar::tools(table, &here, &states, "/identity/jabatan/unduh", count, "jabatan")
        .above(asked.units.filters(&here, &kinds, "Jenis jabatan"))
        .choose_columns(&here)
        .rows(rows)
        .empty(
            EmptyState::new(Icon::Office, "Tidak ada jabatan yang cocok", "Periksa ejaannya, atau tampilkan semua jabatan.")
                .action(Link::new("Tampilkan semua jabatan", LIST)),
        );
    let mut header = PageHeader::new("Jabatan").purpose("Jabatan pada OPD yang Anda kelola, dengan pemegangnya hari ini.");
    if let Some(opd) = &asked.units.asked {
        header = header.crumb("OPD dan jabatan", "/identity/opd").crumb(&opd.nama, format!("/identity/opd/{}", opd.id));
    }
    let content = html! {
        (daftar::views(ctx, tx)?)
        @if let Some((id, nama)) = &asked.untuk {
            (Notice::new(Tone::Info, format!("Pilih jabatan untuk {nama}."))
                .text("Jabatan yang Anda buka dari daftar ini langsung menampilkan formulir penugasannya.")
                .link(Link::new("Kembali ke pegawai", format!("/identity/orang/{id}"))))
        }
        (search_box(&here, "Cari jabatan", "Nama jabatan: satu kata atau lebih"))
        (table)
        (daftar::neighbours(&page, &here))
    };
    Ok(frame::respond(ctx, &header, content))
}

fn line(tx: &mut Tx<'_>, one: &Baris, today: praja_kernel::Date, untuk: Option<Id>) -> Result<Row, Problem> {
    let holders = store::holders_with_kind(tx, one.id, today)?;
    let held = match (one.sampai, holders.is_empty()) {
        (Some(last), _) => Cell::new(badge(Tone::Neutral, &format!("Dihapus {}", tanggal_pendek(last)))),
        (None, true) if one.dari > today => Cell::new(badge(Tone::Info, &format!("Mulai {}", tanggal_pendek(one.dari)))),
        (None, true) => Cell::new(badge(Tone::Warn, "Kosong")),
        (None, false) => Cell::new(html! { @for (_, nama, jenis) in &holders { div { (display_name(*jenis, nama)) } } }),
    };
    Ok(Row::new(vec![
        one.nama.as_str().into(),
        held,
        one.opd.as_str().into(),
        one.jenis.label().into(),
        tanggal_pendek(one.dari).into(),
    ])
    .href(match untuk {
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
    let mut place = Place::Top;
    sheet.gather(MOST, export::narrow, |sheet| {
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
        let Some(after) = page.after else { return Ok(false) };
        place = Place::After(after);
        Ok::<_, Problem>(true)
    })?;
    export::respond(ctx, sheet, Format::asked(ctx), "jabatan")
}
