//! The agenda book of a period, with filters; on paper and as a spreadsheet.

use praja_desk::{klasifikasi::Klasifikasi, views};
use praja_kernel::{Date, FieldProblem, Sifat, fold, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Field, Filters, Icon, Link, Markup, Notice, PageHeader, Row, SORT, Table, Tone,
    export::{narrow, respond},
    frame, html,
};

use super::{
    LIST, imported,
    narrow::Sumber,
    sifat_badge, status_badge,
    take::{MOST, format, push, sheet},
};
use crate::{
    IMPORT,
    arah::is_below,
    periode::Periode,
    surat_masuk::{
        Status, nomor_agenda,
        store::{self, Baris, PAGE},
    },
};

/// Where the book is.
pub(crate) const BOOK: &str = "/eoffice/buku-agenda";
/// Rows read in one step while looking for what fits the filters.
const STEP: usize = 500;
/// A page looks through so many rows before it asks whether to go on.
const LOOK: usize = 5000;
/// How the address asks for the letters that came first, first.
const UP: &str = "diterima";
/// Rows on paper at most.
const PAPER: usize = 2000;

/// What the book is narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Saringan {
    pub(crate) periode: Periode,
    pub(crate) klasifikasi: String,
    pub(crate) status: Option<Status>,
    /// Folded words of the sender.
    pub(crate) pengirim: String,
    pub(crate) sifat: Option<Sifat>,
    /// Where the letters come from.
    pub(crate) sumber: Option<Sumber>,
    pub(crate) terbaru: bool,
}

impl Saringan {
    /// Does a row of the period fit the rest?
    pub(crate) fn fits(&self, row: &Baris) -> bool {
        let class =
            self.klasifikasi.is_empty() || row.klasifikasi.as_deref().is_some_and(|code| is_below(code, &self.klasifikasi));
        let sender = self.pengirim.is_empty() || fold(&row.asal).contains(&self.pengirim);
        class
            && sender
            && self.status.is_none_or(|status| status == row.status)
            && self.sifat.is_none_or(|sifat| sifat == row.sifat)
            && self.sumber.is_none_or(|sumber| sumber.fits(row))
    }
}

/// The filters of the address, and what is wrong with them; what is wrong counts as not given.
fn asked(ctx: &Ctx, list: &Klasifikasi) -> (Saringan, Vec<FieldProblem>) {
    let periode = Periode::of_month(ctx);
    let mut wrong = periode.wrong.clone();
    let klasifikasi: String = ctx.query("klasifikasi").unwrap_or_default().split_whitespace().collect();
    if !klasifikasi.is_empty() && list.uraian(&klasifikasi).is_none() {
        wrong.push(FieldProblem::new("klasifikasi", format!("Kode {klasifikasi} tidak ada dalam klasifikasi arsip.")));
    }
    let saringan = Saringan {
        periode,
        klasifikasi,
        status: ctx.query("status").and_then(|word| Status::parse(word).ok()),
        pengirim: fold(ctx.query("pengirim").unwrap_or_default()),
        sifat: ctx.query("sifat").and_then(|word| Sifat::parse(word).ok()),
        sumber: ctx.query("sumber").and_then(|word| Sumber::parse(word).ok()),
        terbaru: ctx.query(SORT) != Some(UP),
    };
    (saringan, wrong)
}

/// GET /eoffice/buku-agenda?dari=…&sampai=…&klasifikasi=…&status=…&pengirim=…&sifat=…&urut=…&cetak=1
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(begun) = views::landing(ctx, tx)? {
        return Ok(begun);
    }
    let (saringan, wrong) = asked(ctx, &*Klasifikasi::in_force(tx, ctx.instance())?);
    let paper = ctx.query("cetak").is_some();
    let after = ctx.query("setelah").and_then(read);
    let size = if paper { PAPER } else { PAGE };
    let found = walk(ctx, tx, &saringan, after, size)?;
    let table = table(ctx, &saringan, &found, after.is_some(), paper);
    let period = saringan.periode.words();
    let mut header = PageHeader::new("Buku agenda surat masuk");
    header = if paper {
        let office = ctx.scope()?.acting.as_ref().map(|acting| acting.opd_nama.clone()).unwrap_or_default();
        header.purpose(format!("{office}, {period}."))
    } else {
        let header = header.purpose(format!("Surat yang diterima OPD Anda, {period}."));
        if ctx.may(IMPORT) {
            header.action(Link::new("Impor buku lama", crate::impor::pages::LIST).icon(Icon::Upload))
        } else {
            header
        }
    };
    let content = html! {
        @for one in wrong.iter().filter(|_| paper) { (Notice::new(Tone::Warn, one.message.as_str())) }
        @if paper {
            @if found.more { (Notice::new(Tone::Warn, format!("Hanya {PAPER} surat pertama yang dicetak")).text("Persempit periodenya, atau unduh sebagai Excel.")) }
            div.lanskap { (table) }
        } @else { (views::bar(ctx, tx)?) (table.above(filters(ctx, &saringan, &wrong)).choose_columns(&here(ctx))) }
    };
    Ok(frame::respond(ctx, &header, content))
}

/// GET /eoffice/buku-agenda/unduh
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (saringan, _) = asked(ctx, &*Klasifikasi::in_force(tx, ctx.instance())?);
    let mut all = sheet("Buku agenda surat masuk").about("Periode", saringan.periode.short());
    for (name, value) in [("Klasifikasi", &saringan.klasifikasi), ("Pengirim", &saringan.pengirim)] {
        if !value.is_empty() {
            all = all.about(name, value);
        }
    }
    let mut after = None;
    all.gather(MOST, narrow, |all| {
        let found = walk(ctx, tx, &saringan, after, MOST + 1 - all.rows.len())?;
        for row in &found.rows {
            push(all, row, None);
        }
        after = found.last;
        Ok::<_, Problem>(found.more)
    })?;
    respond(ctx, all, format(ctx), "buku-agenda")
}

type Key = (Date, i64, praja_kernel::Id);

/// Part of the book.
struct Found {
    rows: Vec<Baris>,
    /// The last row that was looked at.
    last: Option<Key>,
    /// There may be more behind it.
    more: bool,
    /// The look ended before a page was full.
    tired: bool,
}

fn key(row: &Baris) -> Key {
    (row.tanggal_terima, row.agenda, row.id)
}

/// Walks the book of every OPD the scope stands for (its own and those it absorbed) and keeps what fits.
fn walk(ctx: &Ctx, tx: &mut Tx<'_>, saringan: &Saringan, after: Option<Key>, size: usize) -> Result<Found, Problem> {
    let scope = ctx.scope()?;
    let (mut rows, mut at, mut looked) = (Vec::new(), after, 0);
    loop {
        let mut step: Vec<Baris> = Vec::new();
        for opd in &scope.opd_set {
            step.extend(store::book(
                tx,
                scope,
                *opd,
                (saringan.periode.dari, saringan.periode.sampai),
                at,
                saringan.terbaru,
                STEP,
            )?);
        }
        step.sort_by_key(key);
        if saringan.terbaru {
            step.reverse();
        }
        step.truncate(STEP);
        let ended = step.len() < STEP;
        looked += step.len();
        let end = step.len();
        for (place, row) in step.into_iter().enumerate() {
            at = Some(key(&row));
            if saringan.fits(&row) {
                rows.push(row);
                if rows.len() == size {
                    return Ok(Found { rows, last: at, more: !(ended && place + 1 == end), tired: false });
                }
            }
        }
        if ended {
            return Ok(Found { rows, last: at, more: false, tired: false });
        }
        if looked >= LOOK.max(size) {
            return Ok(Found { rows, last: at, more: true, tired: true });
        }
    }
}

/// The book with its filters, its order and its columns, from its beginning.
fn here(ctx: &Ctx) -> Address {
    Address::here(ctx).top().without("tampilan")
}

fn filters(ctx: &Ctx, saringan: &Saringan, wrong: &[FieldProblem]) -> Filters {
    let status: Vec<(&str, &str)> =
        std::iter::once(("", "Semua status")).chain(Status::ALL.iter().map(|one| (one.as_str(), one.label()))).collect();
    let sifat: Vec<(&str, &str)> =
        std::iter::once(("", "Semua sifat")).chain(Sifat::ALL.iter().map(|one| (one.as_str(), one.label()))).collect();
    let form = Filters::new(&here(ctx))
        .field(Field::date("dari", "Diterima dari").value(saringan.periode.dari.to_string()))
        .field(Field::date("sampai", "Sampai").value(saringan.periode.sampai.to_string()))
        .field(Field::text("pengirim", "Pengirim").max_length(160).hint("Sebagian namanya."))
        .field(Field::text("klasifikasi", "Kode klasifikasi").max_length(20).hint("Beserta kode di bawahnya, misalnya 000.1."))
        .field(Field::select("status", "Status", &status).value(""))
        .field(Field::select("sifat", "Sifat", &sifat).value(""))
        .field(Field::select("sumber", "Sumber", &Sumber::choices()).value(""))
        .problems(wrong);
    let typed = ctx.query("pengirim").filter(|_| !saringan.pengirim.is_empty()).unwrap_or_default();
    let period = saringan.periode.short();
    let dated = ctx.query("dari").or(ctx.query("sampai")).is_some();
    let set: [(&[&str], String, bool); 6] = [
        (&["dari", "sampai"], format!("Diterima {period}"), dated),
        (&["pengirim"], format!("Pengirim: {typed}"), !typed.is_empty()),
        (&["klasifikasi"], format!("Klasifikasi: {}", saringan.klasifikasi), !saringan.klasifikasi.is_empty()),
        (&["status"], format!("Status: {}", saringan.status.map_or("", Status::label)), saringan.status.is_some()),
        (&["sifat"], format!("Sifat: {}", saringan.sifat.map_or("", Sifat::label)), saringan.sifat.is_some()),
        (&["sumber"], format!("Sumber: {}", saringan.sumber.map_or("", Sumber::label)), saringan.sumber.is_some()),
    ];
    set.into_iter().filter(|(.., used)| *used).fold(form, |form, (parts, words, _)| form.is_set(words, parts))
}

fn table(ctx: &Ctx, saringan: &Saringan, found: &Found, further: bool, paper: bool) -> Table {
    let here = here(ctx);
    let received = Column::date("Diterima");
    let mut table = Table::new("Buku agenda surat masuk")
        .column(Column::text("Agenda"))
        .column(if paper { received } else { received.corner().sort_first(&here, "-diterima") })
        // On a screen beside the menu, long titles would push the state out of sight.
        .column(Column::text(if paper { "Pengirim, nomor dan tanggal surat" } else { "Pengirim dan surat" }).key("pengirim"))
        .column(Column::text("Hal"))
        .column(Column::text("Klasifikasi").key("klasifikasi").wide_only())
        .column(Column::text("Sifat").key("sifat").wide_only())
        .column(Column::text(if paper { "Disposisi terakhir" } else { "Disposisi" }).key("disposisi"))
        .column(Column::text("Status"))
        .rows(found.rows.iter().map(line));
    if paper {
        return table;
    }
    table = saringan.periode.chips(table, &here, ctx.today());
    if !found.rows.is_empty() {
        let paper = here.clone().set("cetak", "1").set(SORT, UP).href();
        table = table.export(Link::new("Cetak", paper).icon(Icon::Print)).downloads(&here.clone().at(format!("{BOOK}/unduh")));
    }
    let next = found
        .last
        .filter(|_| found.more)
        .map(|(day, agenda, id)| here.clone().set("setelah", format!("{day}_{agenda}_{id}")).href());
    let back = further.then(|| here.href());
    let empty = if found.tired {
        EmptyState::new(
            Icon::Search,
            format!("Belum ada yang cocok di antara {LOOK} surat yang dilihat"),
            "Lanjutkan ke halaman berikutnya, atau persempit periodenya.",
        )
    } else {
        EmptyState::new(
            Icon::Book,
            "Tidak ada surat dalam periode dan saringan ini",
            "Ubah periodenya, atau kosongkan sebagian saringan.",
        )
        .action(Link::new("Tampilkan bulan ini", BOOK))
    };
    let (newer, older) = if saringan.terbaru { (back, next) } else { (next, back) };
    table.upward(!saringan.terbaru).pager(newer, older).empty(empty)
}

fn line(row: &Baris) -> Row {
    let nomor = row.nomor_surat.as_deref().unwrap_or("tanpa nomor");
    let sender: Markup = html! { (row.asal) br; span.redup { (nomor) " · " (tanggal_pendek(row.tanggal_surat)) } };
    Row::new(vec![
        nomor_agenda(row.agenda, row.tahun).into(),
        tanggal_pendek(row.tanggal_terima).into(),
        sender.into(),
        row.hal.as_str().into(),
        row.klasifikasi.as_deref().map_or_else(Cell::empty, Into::into),
        if row.sifat == Sifat::Biasa { Cell::empty() } else { Cell::new(sifat_badge(row.sifat)) },
        if row.disposisi_terakhir.is_empty() { Cell::empty() } else { row.disposisi_terakhir.as_str().into() },
        Cell::new(html! { (status_badge(row.status)) @if row.impor { (imported()) } }),
    ])
    .href(format!("{LIST}/{}", row.id))
}

fn read(text: &str) -> Option<Key> {
    let mut parts = text.split('_');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}
