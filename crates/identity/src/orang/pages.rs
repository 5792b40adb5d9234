pub(crate) mod form;
pub(crate) mod show;
pub(crate) mod stop;

use praja_kernel::tanggal_pendek;
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Icon, Link, PageHeader, Row, Table, Tone, badge,
    export::{self, Col, Format, Sheet},
    frame, html, search_box,
};

use super::{
    Jenis, Orang, golongan,
    store::{self, Filter, Keadaan, Urut, posts_on},
};
use crate::{
    accounts::admin::bulk,
    daftar::{self, Arah, COUNT_CAP, MOST, PAGE, Place, STEP, Units},
    rights::MANAGE_PEOPLE,
};

/// The list's address.
pub(crate) const LIST: &str = "/identity/orang";

/// What the address asks for.
struct Asked {
    filter: Filter,
    urut: (Urut, Arah),
    units: Units,
}

impl Asked {
    fn of(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Self, Problem> {
        let units = Units::of(ctx, tx)?;
        let jenis = ctx.query("jenis").map(|word| Jenis::parse(word).map_err(|_| Problem::NotFound)).transpose()?;
        let keadaan = match ctx.query("keadaan") {
            None => Keadaan::Bekerja,
            Some("tanpa-jabatan") => Keadaan::TanpaJabatan,
            Some("berhenti") => Keadaan::Berhenti,
            Some(_) => return Err(Problem::NotFound),
        };
        let kata = ctx.query("q").unwrap_or_default().to_owned();
        let urut = daftar::order(ctx, &[("nama", Urut::Nama), ("nip", Urut::Nip)])?;
        Ok(Self { filter: Filter { opd: units.only.clone(), kata, jenis, keadaan }, urut, units })
    }
}

/// GET /identity/orang: people with the posts they hold today.
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(begun) = daftar::landing(ctx, tx)? {
        return Ok(begun);
    }
    let (asked, here) = (Asked::of(ctx, tx)?, daftar::here(ctx));
    let (place, today) = (Place::of(ctx)?, ctx.today());
    let page = store::page(tx, &asked.filter, today, asked.urut, &place, PAGE)?;
    let count = store::count(tx, &asked.filter, today, COUNT_CAP)?;
    let mut rows = Vec::new();
    for orang in &page.rows {
        rows.push(line(tx, orang, today)?);
    }
    let states = [("Bekerja", ""), ("Tanpa jabatan", "tanpa-jabatan"), ("Berhenti", "berhenti")];
    let mut table = daftar::tools(columns(&here), &here, &states, "/identity/orang/unduh", count, "orang");
    if ctx.may(MANAGE_PEOPLE) && asked.filter.keadaan != Keadaan::Berhenti {
        table = table.bulk(bulk::slips(ctx));
    }
    let kinds: Vec<(&str, &str)> = Jenis::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let table = table.above(asked.units.filters(&here, &kinds, "Jenis pegawai")).choose_columns(&here).rows(rows).empty(
        EmptyState::new(Icon::People, "Tidak ada yang ditemukan", "Periksa ejaan nama, atau kosongkan pencarian dan saringan.")
            .action(Link::new("Tampilkan semua pegawai", LIST)),
    );
    let mut header = PageHeader::new("Pegawai")
        .purpose("Pegawai dan pejabat pada OPD yang Anda kelola, dengan jabatan yang dipegang hari ini.")
        .action(Link::new("Catat pegawai", format!("{LIST}/baru")).icon(Icon::Add));
    if let Some(opd) = &asked.units.asked {
        header = header.crumb("OPD dan jabatan", "/identity/opd").crumb(&opd.nama, format!("/identity/opd/{}", opd.id));
    }
    let content = html! {
        (daftar::views(ctx, tx)?)
        (search_box(&here, "Cari pegawai", "Sebagian nama, atau angka awal NIP"))
        (table)
        (daftar::neighbours(&page, &here))
    };
    Ok(frame::respond(ctx, &header, content))
}

fn columns(here: &Address) -> Table {
    Table::new("Pegawai dan pejabat")
        .column(Column::text("Nama").sort_first(here, "nama"))
        .column(Column::text("Jabatan hari ini").key("jabatan"))
        .column(Column::text("NIP").sort_by(here, "nip").key("nip").wide_only())
        .column(Column::text("Jenis").key("jenis").corner())
        .column(Column::text("Pangkat dan golongan").key("golongan").spare())
}

fn line(tx: &mut Tx<'_>, orang: &Orang, today: praja_kernel::Date) -> Result<Row, Problem> {
    let posts = posts_on(tx, orang.id, today)?;
    let held = match orang.berhenti.filter(|last| *last < today) {
        Some(last) => Cell::new(badge(Tone::Neutral, &format!("Berhenti {}", tanggal_pendek(last)))),
        None if posts.is_empty() => Cell::new(badge(Tone::Warn, "Tanpa jabatan")),
        None => Cell::new(html! { @for (jabatan, opd) in &posts { div { (jabatan) " (" (opd) ")" } } }),
    };
    let nip = orang.nip.as_deref().map_or_else(Cell::empty, Cell::from);
    let rank = orang.golongan.as_deref().map(golongan::display).map_or_else(Cell::empty, Cell::from);
    Ok(Row::new(vec![orang.nama.as_str().into(), held, nip, orang.jenis.label().into(), rank])
        .href(format!("{LIST}/{}", orang.id))
        .pick(orang.id, &orang.nama))
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
    let mut place = Place::Top;
    sheet.gather(MOST, export::narrow, |sheet| {
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
        let Some(after) = page.after else { return Ok(false) };
        place = Place::After(after);
        Ok::<_, Problem>(true)
    })?;
    export::respond(ctx, sheet, Format::asked(ctx), "pegawai")
}
