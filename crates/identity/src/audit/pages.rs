//! The screens of the audit trail.

mod anchors;
mod chains;
mod check;
mod row;

use praja_kernel::{Id, Moment, parse_tanggal, tanggal_panjang};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::{
    AuditRow, Tx,
    audit::search::{Place, Wanted},
};
use praja_web::{
    Cell, Column, EmptyState, Field, Filters, FormValues, Icon, Link, Markup, Notice, PageHeader, Row, Table, Tone,
    export::{self, Col, Format, Sheet},
    frame, html, tabs,
};

use super::{kerja::name_of, store};
use crate::{
    daftar,
    opd::Reach,
    peran::{pages::encoded, store::people},
};

pub(crate) use anchors::{anchor, anchors, file, take};
pub(crate) use chains::{chains, download};
pub(crate) use check::{MAX_ANCHOR, begin, check, checks};
pub(crate) use row::show;

/// The address of the list; everything else lies below it.
pub(crate) const LIST: &str = "/identity/audit";
/// Rows of one page.
const PAGE: i64 = 50;
/// At most so many rows are taken along at once: the file is made in memory, and a small office's machine has little of it.
const MOST: usize = 100_000;
/// Rows read in one step when they are taken along.
const STEP: i64 = 2_000;

/// What was asked in the form above the list.
struct Asked {
    wanted: Wanted,
    values: FormValues,
    /// People whose name goes by the typed words, when there are several.
    several: Vec<(Id, String, String)>,
    /// What could not be understood.
    odd: Vec<String>,
}

/// GET /identity/audit?…: rows of the trail, newest first.
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(begun) = daftar::landing(ctx, tx)? {
        return Ok(begun);
    }
    let asked = read(ctx, tx)?;
    let names = store::office_names(tx)?;
    let mut rows = tx.find_audit(&asked.wanted, PAGE + 1)?;
    let more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let path = path(&asked.values);
    let older =
        rows.last().filter(|_| more).map(|last| format!("{path}sebelum={}.{}.{}", last.pada.ms(), last.rantai, last.urut));
    let table = Table::new("Jejak audit")
        .column(Column::text("Tindakan"))
        .column(Column::date("Waktu"))
        .column(Column::text("Pelaku").key("pelaku"))
        .column(Column::text("Rantai").key("rantai"))
        .column(Column::text("Objek").key("objek").wide_only())
        .rows(rows.iter().map(|one| line(ctx, one, &names)))
        .downloads(&daftar::here(ctx).at(format!("{LIST}/unduh")))
        .pager(None, older)
        .empty(EmptyState::new(
            Icon::Shield,
            "Tidak ada tindakan yang cocok",
            "Kosongkan sebagian saringan, atau perlebar tanggalnya.",
        ));
    let header = PageHeader::new("Jejak audit")
        .purpose("Siapa melakukan apa, kapan, dan untuk jabatan apa. Baris tidak dapat diubah tanpa ketahuan.");
    let content = html! {
        (parts(LIST))
        @for odd in &asked.odd { (Notice::new(Tone::Warn, odd.as_str())) }
        (choices(&asked, &path))
        (daftar::views(ctx, tx)?)
        (table.above(filters(ctx, tx, &names)?).choose_columns(&daftar::here(ctx)))
    };
    Ok(frame::respond(ctx, &header, content))
}

/// GET /identity/audit/unduh?…: the same rows to take along.
pub(crate) fn export(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let asked = read(ctx, tx)?;
    let names = store::office_names(tx)?;
    let zona = ctx.instance().zona;
    let mut sheet = Sheet::new("Jejak audit")
        .column(Col::moment(format!("Waktu ({})", zona.name())))
        .column(Col::text("Pelaku"))
        .column(Col::text("Jabatan"))
        .column(Col::text("Tindakan"))
        .column(Col::text("Kode tindakan"))
        .column(Col::text("Objek"))
        .column(Col::text("Alasan"))
        .column(Col::text("Nilai"))
        .column(Col::text("Rantai"))
        .column(Col::int("Baris"))
        .column(Col::text("Sidik"));
    let mut wanted = Wanted { sebelum: None, ..asked.wanted };
    sheet.gather(MOST, go_on, |sheet| {
        let found = tx.find_audit(&wanted, STEP)?;
        wanted.sebelum = found.last().map(|last| Place { pada: last.pada, rantai: last.rantai.clone(), urut: last.urut });
        for one in &found {
            sheet.push(taken(ctx, one, &names));
        }
        Ok::<_, Problem>(found.len() == STEP as usize)
    })?;
    export::respond(ctx, sheet, Format::asked(ctx), "jejak-audit")
}

/// The rows are taken newest first: the day of the last one is where the next file begins.
fn go_on(last: &[export::Cell]) -> String {
    match last.first() {
        Some(export::Cell::Moment(local)) => format!(
            "Baris lama berikutnya: unduh lagi dengan batas akhir {}; baris hari itu ada dalam kedua berkas.",
            tanggal_panjang(local.date())
        ),
        _ => export::narrow(last),
    }
}

/// A row as it is taken along.
fn taken(ctx: &Ctx, one: &AuditRow, names: &[(Id, String)]) -> Vec<export::Cell> {
    let values =
        one.nilai.iter().map(|value| format!("{}: {}", field(&value.bidang), value.nilai)).collect::<Vec<_>>().join("; ");
    vec![
        export::Cell::moment(ctx.instance().zona, one.pada),
        one.pelaku_nama.as_str().into(),
        one.jabatan.clone().into(),
        sentence(ctx, &one.tindakan).into(),
        one.tindakan.as_str().into(),
        one.objek.as_str().into(),
        one.alasan.clone().into(),
        values.into(),
        name_of(names, &one.rantai).into(),
        one.urut.into(),
        one.sidik.as_str().into(),
    ]
}

fn line(ctx: &Ctx, one: &AuditRow, names: &[(Id, String)]) -> Row {
    let (when, _) = frame::time(ctx.instance().zona, one.pada);
    let who = html! { (one.pelaku_nama) @if let Some(jabatan) = &one.jabatan { br; span.redup { (jabatan) } } };
    let what =
        html! { (sentence(ctx, &one.tindakan)) @if let Some(reason) = &one.alasan { br; span.redup { "Alasan: " (reason) } } };
    Row::new(vec![
        what.into(),
        when.into(),
        who.into(),
        name_of(names, &one.rantai).into(),
        Cell::new(html! { span.kode { (one.objek) } }),
    ])
    .href(format!("{LIST}/baris/{}/{}", one.rantai, one.urut))
}

/// The act as a sentence without its subject; by its own name where desk does not tell.
fn sentence(ctx: &Ctx, tindakan: &str) -> String {
    match ctx.instance().ports.act_words {
        Some(words) => words(tindakan),
        None => tindakan.to_owned(),
    }
}

/// `nomor_agenda` is "nomor agenda".
fn field(name: &str) -> String {
    name.replace('_', " ")
}

/// The four views of the trail.
fn parts(present: &str) -> Markup {
    let link = |label: &str, href: &str| (Link::new(label, href), href == present, None);
    let (check, anchors) = (format!("{LIST}/periksa"), format!("{LIST}/jangkar"));
    let chains = chains::address();
    tabs(
        "Bagian jejak audit",
        &[link("Tindakan", LIST), link("Pemeriksaan", &check), link("Jangkar", &anchors), link("Rantai", &chains)],
    )
}

fn read(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Asked, Problem> {
    let text = |name: &str| ctx.query(name).map(str::to_owned);
    let (mut odd, mut several) = (Vec::new(), Vec::new());
    let mut day = |name: &str, label: &str| {
        let typed = ctx.query(name)?;
        match parse_tanggal(typed) {
            Ok(day) => Some(day),
            Err(e) => {
                odd.push(format!("{label}: {e}"));
                None
            }
        }
    };
    let (from, to) = (day("dari", "Dari tanggal"), day("sampai", "Sampai tanggal"));
    let zona = ctx.instance().zona;
    let mut pelaku = text("pelaku");
    if let Some(typed) = pelaku.take() {
        if typed.contains(':') {
            pelaku = Some(typed);
        } else {
            let mut found = people(tx, &Reach::All, &typed, 20)?;
            match found.len() {
                0 => {
                    odd.push(format!("Tidak ada orang bernama \"{typed}\". Periksa ejaannya, atau tulis sebagian namanya saja."))
                }
                1 => pelaku = Some(format!("pegawai:{}", found.remove(0).0)),
                _ => several = found,
            }
        }
    }
    let sebelum = ctx.query("sebelum").map(|text| place(text).ok_or(Problem::NotFound)).transpose()?;
    let wanted = Wanted {
        rantai: text("rantai"),
        pelaku,
        tindakan: text("tindakan"),
        objek: text("objek"),
        dari: from.map(|day| zona.start_of(day)),
        // The last day counts.
        sampai: to.and_then(|day| day.tomorrow().ok()).map(|day| zona.start_of(day)),
        sebelum,
    };
    let names = ["rantai", "pelaku", "tindakan", "objek", "dari", "sampai"];
    let values = names.iter().filter_map(|name| Some((*name, ctx.query(name)?.to_owned()))).collect();
    Ok(Asked { wanted, values, several, odd })
}

fn place(text: &str) -> Option<Place> {
    let (pada, rest) = text.split_once('.')?;
    let (rantai, urut) = rest.rsplit_once('.')?;
    Some(Place { pada: Moment(pada.parse().ok()?), rantai: rantai.to_owned(), urut: urut.parse().ok()? })
}

/// The list with these filters, ready for one more part of the query.
fn path(values: &FormValues) -> String {
    let mut path = format!("{LIST}?");
    for name in ["rantai", "pelaku", "tindakan", "objek", "dari", "sampai"] {
        if let Some(value) = values.get(name) {
            path.push_str(&format!("{name}={}&", encoded(value)));
        }
    }
    path
}

/// Who may have been meant by the typed name.
fn choices(asked: &Asked, path: &str) -> Markup {
    let typed = asked.values.text("pelaku");
    let without = path.replace(&format!("pelaku={}&", encoded(typed)), "");
    html! {
        @if !asked.several.is_empty() {
            div.pesan.nada-info role="status" {
                div {
                    p.pesan-judul { "Ada beberapa orang bernama \"" (typed) "\". Pilih salah satu:" }
                    ul { @for (id, nama, opd) in &asked.several {
                        li { a href={ (without) "pelaku=pegawai:" (id) } { (nama) } @if !opd.is_empty() { " (" (opd) ")" } }
                    } }
                }
            }
        }
    }
}

fn filters(ctx: &Ctx, tx: &mut Tx<'_>, names: &[(Id, String)]) -> Result<Filters, Problem> {
    let first = |label: &str| std::iter::once((String::new(), label.to_owned()));
    let chains = tx.audit_chains()?.into_iter().map(|(rantai, _)| (rantai.clone(), name_of(names, &rantai)));
    let mut chains: Vec<(String, String)> = chains.collect();
    chains.sort_by_key(|(rantai, nama)| (rantai != "umum", praja_kernel::fold(nama)));
    let chains: Vec<_> = first("Semua OPD").chain(chains).collect();
    let mut acts: Vec<(String, String)> = tx.audit_acts()?.into_iter().map(|act| (act.clone(), sentence(ctx, &act))).collect();
    acts.sort_by_key(|(_, words)| praja_kernel::fold(words));
    let acts: Vec<_> = first("Semua tindakan").chain(acts).collect();
    let here = daftar::here(ctx);
    let named = |list: &[(String, String)], name: &str| {
        let value = ctx.query(name)?;
        list.iter().find(|(known, _)| known == value).map(|(_, words)| words.clone())
    };
    let who = match ctx.query("pelaku").and_then(|text| text.strip_prefix("pegawai:")).and_then(|id| id.parse().ok()) {
        Some(id) => crate::orang::store::get(tx, id)?.map(|one| one.nama_lengkap),
        None => ctx.query("pelaku").map(str::to_owned),
    };
    let plain = |name: &str| ctx.query(name).map(str::to_owned);
    let set = [
        ("rantai", "OPD", named(&chains, "rantai")),
        ("pelaku", "Pelaku", who),
        ("tindakan", "Tindakan", named(&acts, "tindakan")),
        ("dari", "Dari", plain("dari")),
        ("sampai", "Sampai", plain("sampai")),
        ("objek", "Objek", plain("objek")),
    ];
    let filters = Filters::new(&here)
        .field(Field::select("rantai", "OPD", &chains).value(""))
        .field(Field::text("pelaku", "Pelaku").hint("Nama atau sebagian nama."))
        .field(Field::select("tindakan", "Tindakan", &acts).value(""))
        .field(Field::date("dari", "Dari tanggal"))
        .field(Field::date("sampai", "Sampai tanggal"))
        .field(Field::text("objek", "Objek").hint("Misalnya identity_orang:… seperti tertulis pada rincian."));
    let used = set.into_iter().filter_map(|(name, label, value)| Some((name, format!("{label}: {}", value?))));
    Ok(used.fold(filters, |filters, (name, words)| filters.is_set(words, &[name])))
}
