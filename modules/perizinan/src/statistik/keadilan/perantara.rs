//! Signs that somebody makes a trade of applying: where to look. Each is looked at by a person, with a note.

use praja_kernel::{FieldProblem, Id, Refuse, tanggal_panjang, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{
    Address, Cell, Column, EmptyState, Facts, Field, Form, Icon, Markup, PageHeader, Row, Table, Tone, badge,
    export::{self, Col, Format, Sheet},
    frame, html, section,
};

use super::{MOST, ROWS, place, respond};
use crate::{
    hak::REVIEW,
    nik, pengaturan,
    permohonan::Refusal,
    statistik::{
        calo::{Tinjauan, masked},
        store::{self, Calo},
    },
};

/// The list.
pub(super) const PAGE: &str = "/perizinan/izin/keadilan/perantara";

fn asked(ctx: &Ctx) -> Option<Tinjauan> {
    ctx.query("tinjauan").and_then(|word| Tinjauan::parse(word).ok())
}

fn mark(one: &Calo) -> Markup {
    badge(
        match one.status {
            Tinjauan::Baru => Tone::Warn,
            Tinjauan::Wajar => Tone::Good,
            Tinjauan::Lanjut => Tone::Bad,
        },
        one.status.label(),
    )
}

/// GET /perizinan/izin/keadilan/perantara?tinjauan=baru&sesudah=…
pub(super) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (status, after) = (asked(ctx), place(ctx)?);
    let mut rows = store::calos(tx, status, after, ROWS + 1)?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let here = Address::here(ctx).without("sesudah");
    let next =
        rows.last().filter(|_| more).map(|row| here.clone().set("sesudah", format!("{}.{}", row.sampai.ms(), row.id)).href());
    let (zona, empty, batas) = (ctx.instance().zona, rows.is_empty(), pengaturan::batas_calo(tx)?);
    let lines = rows.iter().map(|one| {
        let day = zona.date(one.sampai);
        Row::new(vec![
            Cell::new(masked(one.tanda, &one.nilai)),
            Cell::new(one.tanda.label()),
            Cell::new(one.orang),
            Cell::new(one.berkas),
            Cell::new(mark(one)),
            Cell::date(tanggal_pendek(day), tanggal_panjang(day)),
        ])
        .href(format!("{PAGE}/{}", one.id))
    });
    let mut table = Table::new("Tanda perantara")
        .column(Column::text("Yang sama"))
        .column(Column::text("Jenis"))
        .column(Column::number("Pemohon"))
        .column(Column::number("Permohonan"))
        .column(Column::text("Tinjauan").corner())
        .column(Column::date("Terakhir"))
        .chip("Semua", here.clone().without("tinjauan").href(), status.is_none());
    for one in Tinjauan::ALL {
        table = table.chip(one.label(), here.clone().set("tinjauan", one.as_str()).href(), status == Some(*one));
    }
    let mut table = table.rows(lines).pager(after.map(|_| here.href()), next).empty(EmptyState::new(
        Icon::Good,
        "Tidak ada tanda perantara",
        format!("Yang sama pada sedikitnya {} pemohon dalam {} hari tampil di sini.", batas.orang, batas.hari),
    ));
    if !empty {
        table = table.downloads(&here.at(format!("{PAGE}/unduh")));
    }
    let purpose = format!(
        "Telepon, surel, akun, atau penerima kuasa yang sama pada sedikitnya {} pemohon dalam {} hari. Ini petunjuk untuk diperiksa, bukan bukti.",
        batas.orang, batas.hari
    );
    Ok(respond(ctx, PAGE, &purpose, table))
}

/// GET …/unduh
pub(super) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let mut sheet = Sheet::new("Tanda perantara")
        .column(Col::text("Yang sama"))
        .column(Col::text("Jenis"))
        .column(Col::int("Pemohon"))
        .column(Col::int("Permohonan"))
        .column(Col::text("Tinjauan"))
        .column(Col::date("Terakhir"))
        .column(Col::text("Ditinjau oleh"))
        .column(Col::text("Isi tinjauan"));
    let (zona, status, mut after) = (ctx.instance().zona, asked(ctx), None);
    sheet.gather(MOST, export::narrow, |sheet| {
        let rows = store::calos(tx, status, after, 500)?;
        let Some(last) = rows.last() else { return Ok(false) };
        after = Some((last.sampai.ms(), last.id));
        let whole = rows.len() == 500;
        for one in rows {
            sheet.rows.push(vec![
                masked(one.tanda, &one.nilai).into(),
                one.tanda.label().into(),
                one.orang.into(),
                one.berkas.into(),
                one.status.label().into(),
                zona.date(one.sampai).into(),
                one.ditinjau_nama.into(),
                one.catatan.into(),
            ]);
        }
        Ok::<_, Problem>(whole)
    })?;
    export::respond(ctx, sheet, Format::asked(ctx), "tanda-perantara")
}

fn draw(ctx: &Ctx, tx: &mut Tx<'_>, id: Id, form: Form) -> Result<String, Problem> {
    let one = store::calo(tx, id)?.ok_or(Problem::NotFound)?;
    let behind = store::behind(tx, id)?;
    let zona = ctx.instance().zona;
    let day = |at| tanggal_pendek(zona.date(at));
    let facts = Facts::new()
        .add(one.tanda.label(), masked(one.tanda, &one.nilai))
        .add("Pemohon berbeda", one.orang)
        .add("Permohonan", one.berkas)
        .add("Masa", format!("{} sampai {}", day(one.dari), day(one.sampai)))
        .add("Tinjauan", mark(&one))
        .add_maybe("Ditinjau", one.ditinjau.map(|at| format!("{}, {}", one.ditinjau_nama, frame::time(zona, at).0)))
        .add_maybe("Isi tinjauan", (!one.catatan.is_empty()).then_some(&one.catatan));
    let table = Table::new("Permohonan di baliknya")
        .column(Column::text("Nomor"))
        .column(Column::text("Layanan"))
        .column(Column::text("NIK pemohon"))
        .column(Column::text("Keadaan"))
        .column(Column::date("Diajukan"))
        .rows(behind.iter().map(|row| {
            let at = zona.date(row.diajukan);
            Row::new(vec![
                Cell::new(&row.nomor),
                Cell::new(&row.layanan),
                Cell::new(nik::samar(&row.nik)),
                Cell::new(row.status.label()),
                Cell::date(tanggal_pendek(at), tanggal_panjang(at)),
            ])
        }));
    let words: Vec<_> =
        Tinjauan::ALL.iter().filter(|one| **one != Tinjauan::Baru).map(|one| (one.as_str(), one.label())).collect();
    let form = form
        .hidden("versi", one.versi.to_string())
        .field(Field::radio("hasil", "Hasil tinjauan", &words).required())
        .field(
            Field::textarea("catatan", "Yang ditemukan")
                .rows(3)
                .required()
                .max_length(1000)
                .hint("Misalnya satu keluarga, satu sekolah, atau seseorang yang memungut biaya."),
        )
        .submit("Simpan tinjauan")
        .cancel("Kembali ke daftar", PAGE);
    let may_write = ctx.may(REVIEW);
    let header = PageHeader::new("Tanda perantara")
        .purpose("Yang sama pada permohonan beberapa orang. Ini petunjuk untuk diperiksa, bukan bukti.")
        .crumb("Keadilan layanan", super::PAGE)
        .crumb("Tanda perantara", PAGE);
    Ok(praja_web::page(
        &frame::shell(ctx),
        &header,
        html! { (facts) (section("Permohonan", table)) @if may_write { (section("Tinjauan Anda", form)) } },
    ))
}

/// GET …/{id}
pub(super) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let id: Id = ctx.param("id")?;
    let form = frame::form(ctx, format!("{PAGE}/{id}"));
    Ok(Response::page(draw(ctx, tx, id, form)?))
}

/// POST …/{id}
pub(super) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let id: Id = ctx.param("id")?;
    let mut problems = Vec::new();
    let hasil = Tinjauan::parse(input.text("hasil")).ok().filter(|one| *one != Tinjauan::Baru);
    if hasil.is_none() {
        problems.push(FieldProblem::new("hasil", "Pilih hasil tinjauan."));
    }
    let catatan: String = input.text("catatan").trim().chars().take(1000).collect();
    if catatan.chars().count() < 10 {
        problems.push(FieldProblem::new("catatan", "Tulis yang ditemukan, paling sedikit 10 huruf."));
    }
    let Some(hasil) = hasil.filter(|_| problems.is_empty()) else {
        let refusal = Refusal::Fields(problems);
        let form = frame::form_again(ctx, format!("{PAGE}/{id}"), input)
            .refusal("Tinjauan belum disimpan.", refusal.next_step())
            .problems(&refusal.fields());
        return Ok(Response::form_again(ctx.read(|tx| draw(ctx, tx, id, form.clone()))?));
    };
    let versi = input.text("versi").parse::<i64>().unwrap_or(0);
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let one = store::calo(tx, id)?.ok_or(Problem::NotFound)?;
        if one.versi != versi || !store::review(tx, &one, hasil, &catatan)? {
            return Err(Problem::Conflict);
        }
        tx.audit(
            &Entry::new("perizinan.review-perantara", "perizinan_calo", id)
                .with("tanda", one.tanda.as_str())
                .with("hasil", hasil.as_str())
                .because(&catatan),
        )?;
        Ok::<_, Problem>(PAGE.to_owned())
    })?;
    Ok(response.with_notice("Tinjauan disimpan."))
}
