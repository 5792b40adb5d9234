use praja_desk::views;
use praja_kernel::tanggal_pendek;
use praja_module::{Ctx, Outcome, Problem, TileValue};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Icon, Link, PageHeader, Row, Table, Tone,
    export::{self, Col, Format, Sheet, respond},
    frame, html, next_step,
    picker::{self, Choice, MOST},
};

use super::{LIST, me, sampai, tahap_badge};
use crate::{
    MANAGE_ARCHIVE,
    arsip::{
        Berkas, Tahap,
        isi::Jenis,
        store::{self, Key, PAGE, Saringan},
    },
};

/// Words of the filters that are no stage.
const DUE: [(&str, Tahap, &str); 2] =
    [("lewat-aktif", Tahap::Aktif, "Lewat masa aktif"), ("lewat-inaktif", Tahap::Inaktif, "Lewat masa inaktif")];
/// Rows taken along at most.
const MOST_ROWS: usize = 10_000;
/// Rows read at once for a file.
pub(super) const STEP: usize = 500;

fn filter(ctx: &Ctx) -> Result<Saringan, Problem> {
    let Some(word) = ctx.query("tahap").filter(|word| !word.is_empty()) else { return Ok(Saringan::Semua) };
    if let Some((_, tahap, _)) = DUE.iter().find(|(name, ..)| *name == word) {
        return Ok(Saringan::Lewat(*tahap, ctx.today()));
    }
    Tahap::parse(word).map(Saringan::Tahap).map_err(|_| Problem::NotFound)
}

/// GET /eoffice/arsip?tahap=…&setelah=…
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(begun) = views::landing(ctx, tx)? {
        return Ok(begun);
    }
    let (acting, filter) = (me(ctx)?, filter(ctx)?);
    let here = Address::here(ctx).top().without("tampilan");
    let after = match ctx.query("setelah") {
        Some(text) => Some(Key::read(filter, text).ok_or(Problem::NotFound)?),
        None => None,
    };
    let mut rows = store::list(tx, acting.opd, filter, after.as_ref(), PAGE + 1)?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows
        .last()
        .filter(|_| more)
        .and_then(|row| Key::after(filter, row))
        .map(|key| here.clone().set("setelah", key.to_string()).href());
    let narrowed = |word: &str| here.clone().without("setelah").set("tahap", word).href();
    let mut table = columns().chip("Semua", narrowed(""), filter == Saringan::Semua);
    for tahap in [Tahap::Terbuka, Tahap::Aktif, Tahap::Inaktif, Tahap::Musnah, Tahap::Permanen] {
        table = table.chip(tahap.label(), narrowed(tahap.as_str()), filter == Saringan::Tahap(tahap));
    }
    for (word, tahap, label) in DUE {
        table = table.chip(label, narrowed(word), filter == Saringan::Lewat(tahap, ctx.today()));
    }
    if !rows.is_empty() {
        table = table.downloads(&here.clone().at(format!("{LIST}/unduh")));
    }
    let nothing = if filter == Saringan::Semua {
        EmptyState::new(Icon::Folder, "Belum ada berkas", "Berkas memuat surat dan naskah yang sudah selesai, menurut urusannya.")
            .action(Link::new("Buat berkas", format!("{LIST}/baru")).icon(Icon::Add))
    } else {
        EmptyState::new(Icon::Folder, "Tidak ada berkas yang cocok", "Pilih saringan lain untuk melihat berkas yang ada.")
            .action(Link::new("Tampilkan semua berkas", LIST))
    };
    let first = after.is_some().then(|| here.clone().without("setelah").href());
    let table = table.rows(rows.into_iter().map(line)).pager(first, next).empty(nothing);
    let header = PageHeader::new("Arsip")
        .purpose(format!("Daftar berkas {}, menurut kode klasifikasi.", acting.opd_nama))
        .action(Link::new("Buat berkas", format!("{LIST}/baru")).icon(Icon::Add));
    let unfiled = unfiled(ctx, tx)?;
    Ok(frame::respond(
        ctx,
        &header,
        html! {
            (super::parts(super::Part::Berkas))
            (views::bar(ctx, tx)?)
            @if unfiled > 0 {
                (next_step(Tone::Warn, html! { (count(unfiled)) " sudah selesai dan belum diberkaskan. " a href=(super::file::UNFILED) { "Berkaskan sekarang" } "." }))
            }
            (table)
        },
    ))
}

/// At most so many unfiled ones are counted.
const COUNTED: usize = 100;

/// How many finished letters and naskah of the own OPD lie in no file, counted to a hundred.
fn unfiled(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<usize, Problem> {
    let (scope, opd) = (ctx.scope()?, me(ctx)?.opd);
    let letters = store::unfiled(tx, scope, opd, Jenis::Masuk, None, COUNTED)?.len();
    let naskah = store::unfiled(tx, scope, opd, Jenis::Keluar, None, COUNTED)?.len();
    Ok((letters + naskah).min(COUNTED))
}

fn count(unfiled: usize) -> String {
    if unfiled >= COUNTED { format!("{COUNTED} surat dan naskah atau lebih") } else { format!("{unfiled} surat dan naskah") }
}

/// Tile: what is finished and lies in no file.
pub(crate) fn tile(ctx: &Ctx, tx: &mut Tx<'_>) -> praja_store::Result<TileValue> {
    let unfiled = match unfiled(ctx, tx) {
        Ok(unfiled) => unfiled,
        Err(Problem::Store(e)) => return Err(e),
        Err(_) => 0,
    };
    let note = if unfiled == 0 { "semua sudah diberkaskan" } else { "surat dan naskah selesai" };
    let value = if unfiled >= COUNTED { format!("{COUNTED}+") } else { unfiled.to_string() };
    Ok(TileValue { value, note: note.into(), href: super::file::UNFILED.into() })
}

fn columns() -> Table {
    Table::new("Daftar berkas")
        .column(Column::text("Nomor dan kode"))
        .column(Column::text("Nama berkas"))
        .column(Column::number("Isi").key("isi"))
        .column(Column::text("Kurun waktu").key("kurun"))
        .column(Column::text("Sampai").key("sampai"))
        .column(Column::text("Nasib akhir").wide_only().key("nasib"))
        .column(Column::text("Tempat").wide_only().key("tempat"))
        .column(Column::text("Tahap").corner())
}

fn kurun(berkas: &Berkas) -> String {
    let end = berkas.ditutup.map_or_else(|| "sekarang".to_owned(), tanggal_pendek);
    format!("{} sampai {end}", tanggal_pendek(berkas.dibuka))
}

fn line(berkas: Berkas) -> Row {
    let until = sampai(&berkas);
    let href = format!("{LIST}/{}", berkas.id);
    Row::new(vec![
        html! { (berkas.nomor) br; span.redup { (berkas.kode) } }.into(),
        berkas.nama.clone().into(),
        berkas.jumlah.to_string().into(),
        kurun(&berkas).into(),
        if until.is_empty() { Cell::empty() } else { until.into() },
        berkas.masa.nasib_teks.clone().into(),
        berkas.lokasi.clone().map_or_else(Cell::empty, Cell::from),
        Cell::new(tahap_badge(berkas.tahap)),
    ])
    .href(href)
}

/// GET /eoffice/arsip/unduh: the list of files (daftar berkas).
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (acting, filter) = (me(ctx)?, filter(ctx)?);
    let mut sheet = Sheet::new("Daftar berkas")
        .about("Unit pengolah", &acting.opd_nama)
        .column(Col::int("Nomor berkas"))
        .column(Col::text("Kode klasifikasi"))
        .column(Col::text("Nama berkas"))
        .column(Col::date("Dibuka"))
        .column(Col::date("Ditutup"))
        .column(Col::int("Isi"))
        .column(Col::text("Sifat"))
        .column(Col::int("Tahun aktif"))
        .column(Col::int("Tahun inaktif"))
        .column(Col::text("Nasib akhir"))
        .column(Col::date("Tahap sampai"))
        .column(Col::text("Tempat"))
        .column(Col::text("Tahap"));
    let mut after: Option<Key> = None;
    sheet.gather(MOST_ROWS, export::narrow, |sheet| {
        let rows = store::list(tx, acting.opd, filter, after.as_ref(), STEP)?;
        after = rows.last().and_then(|row| Key::after(filter, row));
        let more = rows.len() == STEP;
        for row in rows {
            sheet.push(vec![
                row.nomor.into(),
                (&row.kode).into(),
                (&row.nama).into(),
                Some(row.dibuka).into(),
                row.ditutup.into(),
                row.jumlah.into(),
                row.sifat.label().into(),
                i64::from(row.masa.aktif).into(),
                i64::from(row.masa.inaktif).into(),
                (&row.masa.nasib_teks).into(),
                row.tempo().into(),
                row.lokasi.clone().into(),
                row.tahap.label().into(),
            ]);
        }
        Ok::<_, Problem>(more)
    })?;
    respond(ctx, sheet, Format::asked(ctx), "daftar-berkas")
}

/// GET /eoffice/pilih/berkas?q=: open files of the own OPD.
pub(crate) fn lookup(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let asked: String = ctx.query("q").unwrap_or_default().chars().take(100).collect();
    let found = store::suggest(tx, me(ctx)?.opd, &asked, MOST + 1)?;
    let more = found.len() > MOST;
    Ok(picker::answer(found.iter().take(MOST).map(choice).collect(), more))
}

/// A file as a choice.
pub(super) fn choice(berkas: &Berkas) -> Choice {
    Choice::new(berkas.id, format!("{} {}", berkas.kode, berkas.nama)).note(format!("berkas nomor {}", berkas.nomor))
}

/// Says whether whoever asks keeps the archive: links elsewhere are drawn by it.
pub(crate) fn keeps(ctx: &Ctx) -> bool {
    ctx.may(MANAGE_ARCHIVE)
}
