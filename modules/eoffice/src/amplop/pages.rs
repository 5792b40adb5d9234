//! Envelopes on screen: what other boxes sent to the own office, bringing an envelope or a receipt as a file, and what became of one we send.

pub(crate) mod bring;
pub(crate) mod out;

use praja_desk::{attachments, timeline};
use praja_kernel::{Id, Refuse, tanggal_panjang, tanggal_pendek};
use praja_module::{Body, Ctx, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{
    Act, Address, Cell, Column, EmptyState, Facts, Icon, Link, PageHeader, Row, Table, Tone, act_bar, badge, detail,
    export::{Col, Format, Sheet, narrow, respond},
    frame, html, next_step, section,
};

use super::{
    Isi, Masuk,
    store::{self, Diterima},
    write::receive,
};
use crate::surat_masuk::{
    pages::{LIST as LETTERS, form::acting},
    store::{Cursor, PAGE, Place},
};

/// Where letters of other boxes are.
pub(crate) const IN: &str = "/eoffice/amplop";
/// Rows taken along at most.
const MOST: usize = 10_000;

/// The name of a letter of another box in tasks, attachments and audit.
pub(crate) fn objek(id: Id) -> String {
    format!("eoffice_amplop_masuk:{id}")
}

/// POST /eoffice/simpul/terima: an envelope of another box. Answers with a receipt, or says why there is none.
pub(crate) fn taken(ctx: &Ctx, bytes: &[u8]) -> Outcome {
    match receive(ctx.instance(), bytes) {
        Ok(row) => Ok(Response::json(row.tanda_terima)),
        Err(Problem::Refused(refusal)) => Ok(refused(&*refusal)),
        Err(problem) => Err(problem),
    }
}

/// What the machine of the other side is told.
fn refused(refusal: &dyn Refuse) -> Response {
    let pesan = format!("{} {}", refusal.message(), refusal.next_step());
    let mut response = Response::json(serde_json::json!({ "kode": refusal.code(), "pesan": pesan }).to_string());
    // Who is not known yet may be tomorrow.
    response.status = if refusal.code() == "eoffice.amplop.unknown" { 403 } else { 422 };
    response
}

fn opd(ctx: &Ctx) -> Result<Id, Problem> {
    Ok(acting(ctx).map_err(Problem::refused)?.opd)
}

fn load(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Diterima, Problem> {
    store::find_in(tx, opd(ctx)?, ctx.param("id")?)?.ok_or(Problem::NotFound)
}

fn isi(row: &Diterima) -> Result<Isi, Problem> {
    serde_json::from_str(&row.isi).map_err(|e| Problem::Store(praja_store::StoreError::Corrupt(e.to_string())))
}

fn asked(ctx: &Ctx) -> Result<Option<Masuk>, Problem> {
    ctx.query("keadaan").map(Masuk::parse).transpose().map_err(|_| Problem::NotFound)
}

/// GET /eoffice/amplop?keadaan=…&lama=…&baru=…
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (own, keadaan) = (opd(ctx)?, asked(ctx)?);
    let read = |text: &str| {
        let (kunci, id) = text.split_once('.')?;
        Some(Cursor { kunci: kunci.parse().ok()?, id: id.parse().ok()? })
    };
    let place = match (ctx.query("lama"), ctx.query("baru")) {
        (Some(text), _) => Place::Older(read(text).ok_or(Problem::NotFound)?),
        (None, Some(text)) => Place::Newer(read(text).ok_or(Problem::NotFound)?),
        (None, None) => Place::Top,
    };
    let (rows, more) = store::list_in(tx, own, keadaan, place, PAGE)?;
    let here = Address::here(ctx).top();
    let to = |part: &str, row: &Diterima| here.clone().set(part, format!("{}.{}", row.diterima_pada.ms(), row.id)).href();
    let (newer, older) = match place {
        Place::Top => (false, more),
        Place::Older(_) => (true, more),
        Place::Newer(_) => (more, true),
    };
    let newer = rows.first().filter(|_| newer).map(|row| to("baru", row));
    let older = rows.last().filter(|_| older).map(|row| to("lama", row));
    let zona = ctx.instance().zona;
    let narrowed = |word: &str| here.clone().set("keadaan", word).href();
    let mut table = Table::new("Surat dari daerah lain")
        .column(Column::text("Pengirim"))
        .column(Column::text("Nomor"))
        .column(Column::text("Hal"))
        .column(Column::date("Diterima"))
        .column(Column::text("Keadaan").corner())
        .rows(rows.iter().map(|row| {
            Row::new(vec![
                row.asal.as_str().into(),
                row.nomor.as_str().into(),
                row.hal.as_str().into(),
                Cell::date(tanggal_pendek(zona.date(row.diterima_pada)), frame::time(zona, row.diterima_pada).0),
                Cell::new(state(row.keadaan)),
            ])
            .href(format!("{IN}/{}", row.id))
        }))
        .chip("Semua", narrowed(""), keadaan.is_none());
    for one in Masuk::ALL {
        table = table.chip(one.label(), narrowed(one.as_str()), keadaan == Some(*one));
    }
    if !rows.is_empty() {
        table = table.downloads(&here.clone().at(format!("{IN}/unduh")));
    }
    let empty = EmptyState::new(
        Icon::Mail,
        "Tidak ada surat dari daerah lain di sini",
        "Surat yang dikirim Praja daerah lain kepada OPD Anda menunggu di sini sampai dicatat dalam buku agenda.",
    );
    let header = PageHeader::new("Surat dari daerah lain")
        .purpose("Dikirim sebagai amplop elektronik yang ditandatangani pengirimnya.")
        .action(Link::new("Masukkan berkas amplop", format!("{IN}/masukkan")).icon(Icon::Upload));
    Ok(frame::respond(ctx, &header, table.pager(newer, older).empty(empty)))
}

fn state(keadaan: Masuk) -> praja_web::Markup {
    let tone = match keadaan {
        Masuk::Menunggu => Tone::Warn,
        Masuk::Tercatat => Tone::Good,
    };
    badge(tone, keadaan.label())
}

/// GET /eoffice/amplop/unduh
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (own, keadaan, zona) = (opd(ctx)?, asked(ctx)?, ctx.instance().zona);
    let mut sheet = Sheet::new("Surat dari daerah lain")
        .column(Col::text("Pengirim"))
        .column(Col::text("Nomor"))
        .column(Col::text("Hal"))
        .column(Col::date("Diterima"))
        .column(Col::text("Keadaan"));
    let mut place = Place::Top;
    sheet.gather(MOST, narrow, |sheet| {
        let (rows, more) = store::list_in(tx, own, keadaan, place, 500)?;
        if let Some(last) = rows.last() {
            place = Place::Older(Cursor { kunci: last.diterima_pada.ms(), id: last.id });
        }
        for row in rows {
            let at = zona.date(row.diterima_pada).into();
            sheet.push(vec![row.asal.into(), row.nomor.into(), row.hal.into(), at, row.keadaan.label().into()]);
        }
        Ok::<_, Problem>(more)
    })?;
    respond(ctx, sheet, Format::asked(ctx), "surat-dari-daerah-lain")
}

/// GET /eoffice/amplop/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let row = load(ctx, tx)?;
    let isi = isi(&row)?;
    let naskah = &isi.naskah;
    let zona = ctx.instance().zona;
    let simpul = crate::simpul::store::find(tx, row.simpul)?.map(|simpul| simpul.nama).unwrap_or_default();
    let files = attachments::of(tx, &objek(row.id))?;
    let mut facts = Facts::new()
        .add("Pengirim", &row.asal)
        .add("Simpul", format!("{simpul}, kunci {}", isi.dari.kunci))
        .add("Jenis", &naskah.jenis)
        .add("Nomor", &naskah.nomor)
        .add("Tanggal", tanggal_panjang(naskah.tanggal))
        .add("Hal", &naskah.hal)
        .add("Sifat", praja_kernel::Sifat::parse(&naskah.sifat).map_or("", |sifat| sifat.label()))
        .add("Ditujukan kepada", &isi.kepada.nama)
        .add("Penandatangan", format!("{}, {}", naskah.penandatangan, naskah.jabatan))
        .add("Diterima", frame::time(zona, row.diterima_pada).0)
        .add("Keadaan", state(row.keadaan));
    for (label, value) in [("Ringkasan", &naskah.ringkasan), ("Verifikasi", &naskah.verifikasi)] {
        if let Some(value) = value {
            facts = facts.add(label, value);
        }
    }
    let waits = row.keadaan == Masuk::Menunggu;
    let words = if waits { "Menunggu dicatat dalam buku agenda." } else { "Sudah dicatat dalam buku agenda." };
    let body = html! {
        (next_step(if waits { Tone::Warn } else { Tone::Good }, words))
        (facts)
        @if !files.is_empty() { (section("Berkas", attachments::table(ctx, &files))) }
        (section("Riwayat", timeline::of(ctx, tx, &objek(row.id))?))
    };
    let mut acts = Vec::new();
    if waits {
        acts.push(Act::link("Catat surat masuk", format!("{LETTERS}/baru?amplop={}", row.id)).icon(Icon::Add).main());
    }
    if let Some(surat) = row.surat_masuk {
        acts.push(Act::link("Buka surat masuk", format!("{LETTERS}/{surat}")).icon(Icon::Mail));
    }
    acts.push(Act::link("Unduh tanda terima", format!("{IN}/{}/berkas", row.id)).icon(Icon::Download));
    let header = PageHeader::new(format!("{} {}", naskah.jenis, naskah.nomor))
        .purpose(naskah.hal.clone())
        .crumb("Surat dari daerah lain", IN);
    Ok(frame::respond(ctx, &header, detail(body, act_bar(&acts))))
}

/// GET /eoffice/amplop/{id}/berkas: the receipt as a file, for a sender without a line.
pub(crate) fn receipt(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let row = load(ctx, tx)?;
    let name = format!("tanda-terima-{}.terima", row.amplop);
    Ok(Response::of(Body::Bytes { bytes: row.tanda_terima.into_bytes(), mime: "application/json", name }))
}
