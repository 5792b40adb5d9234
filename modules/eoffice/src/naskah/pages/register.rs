//! The register of naskah that were numbered, by period; on paper and as a spreadsheet.

use praja_desk::views;
use praja_kernel::{Date, Id, fold, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Field, Filters, Icon, Link, Notice, PageHeader, Row, Table, Tone,
    export::{Format, narrow, respond},
    frame, html,
};

use super::{
    LIST,
    list::{first, names, push, sheet},
    marks, status_badge,
};
use crate::{
    naskah::store::{self, Baris},
    periode::Periode,
    surat_masuk::store::PAGE,
};

/// Where the register is.
pub(crate) const BOOK: &str = "/eoffice/buku-keluar";
const STEP: usize = 500;
/// A page looks through so many rows before it asks whether to go on.
const LOOK: usize = 5000;
/// Rows on paper at most.
const PAPER: usize = 2000;
/// Rows taken along at most.
const MOST: usize = 10_000;

struct Saringan {
    periode: Periode,
    jenis: String,
    /// Folded words of the addressee.
    tujuan: String,
}

impl Saringan {
    fn fits(&self, row: &Baris) -> bool {
        (self.jenis.is_empty() || row.jenis == self.jenis) && (self.tujuan.is_empty() || fold(&row.kepada).contains(&self.tujuan))
    }
}

fn asked(ctx: &Ctx) -> Saringan {
    let jenis = ctx.query("jenis").unwrap_or_default().to_owned();
    Saringan { periode: Periode::of_month(ctx), jenis, tujuan: fold(ctx.query("tujuan").unwrap_or_default()) }
}

type Key = (Date, i64, Id);

struct Found {
    rows: Vec<Baris>,
    last: Option<Key>,
    more: bool,
}

fn key(row: &Baris) -> Option<Key> {
    Some((row.tanggal?, row.urut, row.id))
}

fn walk(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    saringan: &Saringan,
    after: Option<Key>,
    newest: bool,
    size: usize,
) -> Result<Found, Problem> {
    let scope = ctx.scope()?;
    let (mut rows, mut at, mut looked) = (Vec::new(), after, 0);
    loop {
        let mut step: Vec<Baris> = Vec::new();
        for opd in &scope.opd_set {
            step.extend(store::register(tx, scope, *opd, (saringan.periode.dari, saringan.periode.sampai), at, newest, STEP)?);
        }
        step.sort_by_key(key);
        if newest {
            step.reverse();
        }
        step.truncate(STEP);
        let ended = step.len() < STEP;
        looked += step.len();
        let end = step.len();
        for (place, row) in step.into_iter().enumerate() {
            at = key(&row);
            if saringan.fits(&row) {
                rows.push(row);
                if rows.len() == size {
                    return Ok(Found { rows, last: at, more: !(ended && place + 1 == end) });
                }
            }
        }
        if ended || looked >= LOOK.max(size) {
            return Ok(Found { rows, last: at, more: !ended });
        }
    }
}

fn here(ctx: &Ctx) -> Address {
    Address::here(ctx).top().without("tampilan")
}

/// GET /eoffice/buku-keluar?dari=…&sampai=…&jenis=…&tujuan=…&cetak=1
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(begun) = views::landing(ctx, tx)? {
        return Ok(begun);
    }
    let saringan = asked(ctx);
    let paper = ctx.query("cetak").is_some();
    let after = ctx.query("setelah").and_then(read);
    let found = walk(ctx, tx, &saringan, after, !paper, if paper { PAPER } else { PAGE })?;
    let names = names(tx)?;
    let period = saringan.periode.words();
    let mut table = Table::new("Buku agenda naskah keluar")
        .column(Column::text("Nomor"))
        .column(Column::date("Tanggal").corner())
        .column(Column::text("Jenis").key("jenis"))
        .column(Column::text("Hal"))
        .column(Column::text("Tujuan").key("tujuan"))
        .column(Column::text("Klasifikasi").key("klasifikasi").wide_only())
        .column(Column::text("Sifat").key("sifat").wide_only())
        .column(Column::text("Penandatangan").key("penandatangan").wide_only())
        .column(Column::text("Status"))
        .rows(found.rows.iter().map(|row| {
            let to = first(&row.kepada);
            Row::new(vec![
                row.nomor.clone().unwrap_or_default().into(),
                row.tanggal.map(tanggal_pendek).unwrap_or_default().into(),
                names.get(&row.jenis).cloned().unwrap_or_default().into(),
                row.hal.as_str().into(),
                if to.is_empty() { Cell::empty() } else { to.into() },
                row.klasifikasi.as_deref().map_or_else(Cell::empty, Into::into),
                Cell::new(marks(row.sifat, row.derajat)),
                row.penandatangan.as_str().into(),
                Cell::new(status_badge(row.status)),
            ])
            .href(format!("{LIST}/{}", row.id))
        }));
    let mut header = PageHeader::new("Buku agenda naskah keluar");
    if paper {
        let office = ctx.scope()?.acting.as_ref().map(|acting| acting.opd_nama.clone()).unwrap_or_default();
        header = header.purpose(format!("{office}, {period}."));
        let content = html! {
            @if found.more { (Notice::new(Tone::Warn, format!("Hanya {PAPER} naskah pertama yang dicetak")).text("Persempit periodenya, atau unduh sebagai Excel.")) }
            div.lanskap { (table) }
        };
        return Ok(frame::respond(ctx, &header, content));
    }
    header = header.purpose(format!("Naskah OPD Anda yang bernomor, {period}."));
    let here = here(ctx);
    table = saringan.periode.chips(table, &here, ctx.today());
    if !found.rows.is_empty() {
        let paper = here.clone().set("cetak", "1").href();
        table = table.export(Link::new("Cetak", paper).icon(Icon::Print)).downloads(&here.clone().at(format!("{BOOK}/unduh")));
    }
    let next =
        found.last.filter(|_| found.more).map(|(day, urut, id)| here.clone().set("setelah", format!("{day}_{urut}_{id}")).href());
    let empty = EmptyState::new(
        Icon::Book,
        "Tidak ada naskah dalam periode dan saringan ini",
        "Ubah periodenya, atau kosongkan sebagian saringan.",
    )
    .action(Link::new("Tampilkan bulan ini", BOOK));
    let table = table.pager(after.map(|_| here.href()), next).empty(empty).above(filters(&here, &saringan, &names));
    Ok(frame::respond(ctx, &header, html! { (views::bar(ctx, tx)?) (table.choose_columns(&here)) }))
}

fn filters(here: &Address, saringan: &Saringan, names: &std::collections::HashMap<String, String>) -> Filters {
    let mut kinds: Vec<(&str, &str)> = names.iter().map(|(kode, nama)| (kode.as_str(), nama.as_str())).collect();
    kinds.sort_by_key(|(_, nama)| *nama);
    kinds.insert(0, ("", "Semua jenis"));
    let form = Filters::new(here)
        .field(Field::date("dari", "Bertanggal dari").value(saringan.periode.dari.to_string()))
        .field(Field::date("sampai", "Sampai").value(saringan.periode.sampai.to_string()))
        .field(Field::select("jenis", "Jenis", &kinds).value(""))
        .field(Field::text("tujuan", "Tujuan").max_length(160).hint("Sebagian namanya."))
        .problems(&saringan.periode.wrong);
    let form = if saringan.jenis.is_empty() {
        form
    } else {
        form.is_set(format!("Jenis: {}", names.get(&saringan.jenis).map_or("", String::as_str)), &["jenis"])
    };
    if saringan.tujuan.is_empty() { form } else { form.is_set(format!("Tujuan: {}", saringan.tujuan), &["tujuan"]) }
}

fn read(text: &str) -> Option<Key> {
    let mut parts = text.split('_');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

/// GET /eoffice/buku-keluar/unduh
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let saringan = asked(ctx);
    let names = names(tx)?;
    let mut all = sheet("Buku agenda naskah keluar").about("Periode", saringan.periode.short());
    let mut after = None;
    all.gather(MOST, narrow, |all| {
        let found = walk(ctx, tx, &saringan, after, true, MOST + 1 - all.rows.len())?;
        for row in &found.rows {
            push(all, row, &names);
        }
        after = found.last;
        Ok::<_, Problem>(found.more)
    })?;
    respond(ctx, all, Format::asked(ctx), "buku-keluar")
}
