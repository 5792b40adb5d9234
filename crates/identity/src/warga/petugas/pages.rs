//! The list of citizens and bodies, on screen and to take along.

use praja_kernel::tanggal_pendek;
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Cell, Column, EmptyState, Icon, Link, PageHeader, Row, Table, Tone, badge,
    export::{self, Col, Format, Sheet},
    frame, html, search_box, tabs,
};

use super::{
    Keadaan,
    store::{self, Baris, Filter},
};
use crate::{
    accounts::Jenis,
    daftar::{self, MOST, PAGE, Place, STEP},
    warga::{pages::shown_number, store::RELEASED},
};

/// The list's address.
pub(crate) const LIST: &str = "/identity/warga";

struct Asked {
    filter: Filter,
}

impl Asked {
    fn of(ctx: &Ctx) -> Result<Self, Problem> {
        let jenis = match ctx.query("jenis") {
            None => Jenis::Warga,
            Some("badan") => Jenis::Badan,
            Some(_) => return Err(Problem::NotFound),
        };
        let keadaan = ctx.query("keadaan").map(|word| Keadaan::parse(word).map_err(|_| Problem::NotFound)).transpose()?;
        let kata = ctx.query("q").unwrap_or_default().to_owned();
        Ok(Self { filter: Filter { jenis, keadaan, kata } })
    }
}

/// GET /identity/warga?jenis=badan&keadaan=…&q=…
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(begun) = daftar::landing(ctx, tx)? {
        return Ok(begun);
    }
    let (asked, here) = (Asked::of(ctx)?, daftar::here(ctx));
    let narrowed = |word: &str| here.clone().set("keadaan", word).href();
    let is_body = asked.filter.jenis == Jenis::Badan;
    let page = store::page(tx, &asked.filter, &Place::of(ctx)?, PAGE)?;
    let mut table = Table::new(if is_body { "Badan" } else { "Warga" })
        .column(Column::text("Nama"))
        .column(Column::text("Keadaan").corner())
        .column(Column::text(if is_body { "NIB atau NPWP" } else { "NIK" }))
        .column(Column::date("Terdaftar"))
        .column(Column::date("Terakhir masuk").wide_only())
        .rows(page.rows.iter().map(|one| line(ctx, asked.filter.jenis, one)))
        .chip("Semua", narrowed(""), asked.filter.keadaan.is_none());
    for one in Keadaan::ALL {
        table = table.chip(one.label(), narrowed(one.as_str()), asked.filter.keadaan == Some(*one));
    }
    if !page.rows.is_empty() {
        table = table.downloads(&here.clone().at("/identity/warga/unduh"));
    }
    let table = table.empty(
        EmptyState::new(
            Icon::People,
            "Tidak ada akun yang ditemukan",
            "Periksa ejaan nama, atau kosongkan saringan. Warga dan badan mendaftar sendiri lewat halaman pendaftaran.",
        )
        .action(Link::new("Buka halaman pendaftaran", "/daftar")),
    );
    let kinds = [(Link::new("Warga", LIST), !is_body, None), (Link::new("Badan", format!("{LIST}?jenis=badan")), is_body, None)];
    let header = PageHeader::new("Warga dan badan")
        .purpose("Akun yang didaftarkan warga dan badan sendiri: cari, cocokkan dengan KTP, blokir bila disalahgunakan.");
    let hint = if is_body { "Nama, atau NIB atau NPWP lengkap" } else { "Nama, atau NIK lengkap" };
    let content = html! {
        (tabs("Jenis akun", &kinds))
        (daftar::views(ctx, tx)?)
        (search_box(&here, if is_body { "Cari badan" } else { "Cari warga" }, hint))
        (table)
        (daftar::neighbours(&page, &here))
    };
    Ok(frame::respond(ctx, &header, content))
}

fn line(ctx: &Ctx, jenis: Jenis, one: &Baris) -> Row {
    let zona = ctx.instance().zona;
    let day = |at| Cell::date(tanggal_pendek(zona.date(at)), frame::time(zona, at).0);
    Row::new(vec![
        one.nama.as_str().into(),
        Cell::new(badge(tone(one.keadaan), one.keadaan.label())),
        number(jenis, &one.nomor).into(),
        day(one.dibuat),
        one.terakhir_masuk.map_or_else(Cell::empty, day),
    ])
    .href(format!("{LIST}/{}", one.akun))
}

/// The number as officers see it: that of a citizen masked, that of a closed account gone.
pub(super) fn number(jenis: Jenis, nomor: &str) -> String {
    if nomor.starts_with(RELEASED) { "Sudah dilepas".to_owned() } else { shown_number(jenis, nomor) }
}

pub(super) fn tone(keadaan: Keadaan) -> Tone {
    match keadaan {
        Keadaan::Belum => Tone::Warn,
        Keadaan::Cocok => Tone::Good,
        Keadaan::Diblokir => Tone::Bad,
        Keadaan::Ditutup => Tone::Neutral,
    }
}

/// GET /identity/warga/unduh?…: the shown list to take along, with the NIK masked as on screen.
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let asked = Asked::of(ctx)?;
    let is_body = asked.filter.jenis == Jenis::Badan;
    let zona = ctx.instance().zona;
    let mut sheet = Sheet::new(if is_body { "Badan" } else { "Warga" })
        .column(Col::text("Nama"))
        .column(Col::text("Keadaan"))
        .column(Col::text(if is_body { "NIB atau NPWP" } else { "NIK" }))
        .column(Col::date("Terdaftar"))
        .column(Col::date("Terakhir masuk"));
    let mut place = Place::Top;
    sheet.gather(MOST, export::narrow, |sheet| {
        let page = store::page(tx, &asked.filter, &place, STEP)?;
        for one in &page.rows {
            sheet.push(vec![
                one.nama.as_str().into(),
                one.keadaan.label().into(),
                number(asked.filter.jenis, &one.nomor).into(),
                zona.date(one.dibuat).into(),
                one.terakhir_masuk.map(|at| zona.date(at)).into(),
            ]);
        }
        let Some(after) = page.after else { return Ok(false) };
        place = Place::After(after);
        Ok::<_, Problem>(true)
    })?;
    export::respond(ctx, sheet, Format::asked(ctx), if is_body { "badan" } else { "warga" })
}
