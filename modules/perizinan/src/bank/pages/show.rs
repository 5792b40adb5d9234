use praja_kernel::{tanggal_panjang, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Act, Address, Cell, Column, Facts, Icon, Markup, PageHeader, Row, Stat, Table, Tone, act_bar, badge, detail,
    export::{Col, Format, Sheet, respond},
    frame, html, next_step, stats,
};

use super::{LIST, address, load, status_badge};
use crate::{
    bank::{Berkas, Putusan, Status, Temuan, store},
    skrd::pages::{self, Part, parts},
};

fn tone(putusan: Putusan) -> Tone {
    match putusan {
        Putusan::Cocok => Tone::Good,
        Putusan::JumlahBeda | Putusan::DuaKali | Putusan::Batal => Tone::Bad,
        Putusan::TidakDikenal | Putusan::TidakTerbaca => Tone::Warn,
        Putusan::BukanSetoran => Tone::Neutral,
    }
}

/// GET /perizinan/izin/retribusi/bank/{id}?putusan=…
pub(super) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = load(ctx, tx)?;
    let rows = store::rows(tx, one.id)?;
    let only = ctx.query("putusan").filter(|word| !word.is_empty());
    let only = only.map(|word| Putusan::parse(word).map_err(|_| Problem::NotFound)).transpose()?;
    let header = PageHeader::new(one.nama.clone())
        .purpose(format!("Berkas {}, {} baris.", one.profil_nama, one.baris))
        .crumb("Retribusi", pages::LIST)
        .crumb("Berkas bank", LIST);
    let others = one.baris - one.cocok;
    let content = html! {
        (parts(Part::Bank))
        (now(&one, others))
        (stats(&[
            Stat { label: "Cocok".into(), value: one.cocok.to_string(), note: one.nilai.to_string(), tone: Tone::Good, href: None },
            Stat { label: "Tidak cocok".into(), value: others.to_string(), note: "tidak diterapkan".into(), tone: Tone::Neutral, href: None },
        ]))
        (detail(table(ctx, &one, &rows, only), html! { (facts(ctx, &one)) (acts(ctx, &one)) }))
    };
    Ok(frame::respond(ctx, &header, content))
}

fn now(one: &Berkas, others: i64) -> Markup {
    match one.status {
        Status::Diperiksa if one.cocok == 0 => {
            next_step(Tone::Warn, "Tidak ada baris yang cocok. Periksa pesan setiap baris, atau pilih profil lain.")
        }
        Status::Diperiksa => next_step(
            Tone::Warn,
            format!(
                "Belum ada yang berubah. Bila diterapkan, {} SKRD menjadi lunas sebesar {}; {others} baris lain dilewati.",
                one.cocok, one.nilai
            ),
        ),
        Status::Diterapkan => next_step(Tone::Good, format!("Sudah diterapkan oleh {}.", one.selesai_nama)),
        Status::Dibuang => next_step(Tone::Neutral, "Berkas ini tidak dipakai."),
    }
}

fn facts(ctx: &Ctx, one: &Berkas) -> Facts {
    let zona = ctx.instance().zona;
    let (when, machine) = frame::time(zona, one.created_at);
    let done = one.selesai_pada.map(|at| {
        let (when, machine) = frame::time(zona, at);
        html! { (one.selesai_nama) ", " time datetime=(machine) { (when) } }
    });
    Facts::new()
        .add("Keadaan", status_badge(one.status))
        .add("Profil", &one.profil_nama)
        .add("Diunggah oleh", html! { (one.oleh_nama) ", " time datetime=(machine) { (when) } })
        .add_maybe("Diputuskan oleh", done)
        .add("Sidik SHA-256", html! { code.sidik { (one.sidik) } })
}

fn acts(ctx: &Ctx, one: &Berkas) -> Markup {
    if one.status != Status::Diperiksa {
        return html! {};
    }
    let post =
        |label: &str, value: &str| Act::post(label, address(one.id), ctx.csrf(), ctx.form_id().to_string()).value("aksi", value);
    let mut all = Vec::new();
    if one.cocok > 0 {
        all.push(post("Terapkan yang cocok", "terapkan").icon(Icon::DocumentChecked).main());
    }
    all.push(post("Jangan pakai berkas ini", "buang").icon(Icon::Close));
    act_bar(&all)
}

fn table(ctx: &Ctx, one: &Berkas, rows: &[Temuan], only: Option<Putusan>) -> Table {
    let here = Address::here(ctx).top();
    let narrowed = |word: &str| here.clone().set("putusan", word).href();
    let mut table = Table::new("Baris berkas")
        .column(Column::text("Baris dan isi"))
        .column(Column::date("Tanggal"))
        .column(Column::number("Jumlah"))
        .column(Column::text("Hasil"))
        .column(Column::text("Putusan").corner())
        .chip(format!("Semua ({})", rows.len()), narrowed(""), only.is_none());
    for putusan in Putusan::ALL {
        let count = rows.iter().filter(|row| row.putusan == *putusan).count();
        if count > 0 {
            table = table.chip(format!("{} ({count})", putusan.label()), narrowed(putusan.as_str()), only == Some(*putusan));
        }
    }
    table.downloads(&here.clone().at(format!("{}/unduh", address(one.id)))).rows(
        rows.iter().filter(|row| only.is_none_or(|only| only == row.putusan)).map(|row| {
            let found = &row.baris;
            let line = Row::new(vec![
                html! { "Baris " (found.nomor) br; span.redup { (found.teks) } }.into(),
                found.tanggal.map_or_else(Cell::empty, |day| Cell::date(tanggal_pendek(day), tanggal_panjang(day))),
                found.jumlah.map_or_else(Cell::empty, |jumlah| jumlah.to_string().into()),
                row.pesan.as_str().into(),
                Cell::new(badge(tone(row.putusan), row.putusan.label())),
            ]);
            match row.skrd {
                Some(skrd) => line.href(pages::address(skrd)),
                None => line,
            }
        }),
    )
}

/// GET /perizinan/izin/retribusi/bank/{id}/unduh
pub(super) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = load(ctx, tx)?;
    let mut sheet = Sheet::new("Hasil pemeriksaan berkas bank")
        .about("Berkas", &one.nama)
        .about("Sidik SHA-256", &one.sidik)
        .about("Keadaan", one.status.label())
        .column(Col::int("Baris"))
        .column(Col::text("Isi kolom kode"))
        .column(Col::text("Kode bayar"))
        .column(Col::date("Tanggal"))
        .column(Col::rupiah("Jumlah"))
        .column(Col::text("Referensi"))
        .column(Col::text("Putusan"))
        .column(Col::text("Pesan"));
    for row in store::rows(tx, one.id)? {
        let kode = row.baris.kode.map(|kode| kode.as_str().to_owned()).unwrap_or_default();
        sheet.push(vec![
            row.baris.nomor.into(),
            (&row.baris.teks).into(),
            kode.into(),
            row.baris.tanggal.into(),
            row.baris.jumlah.into(),
            (&row.baris.referensi).into(),
            row.putusan.label().into(),
            (&row.pesan).into(),
        ]);
    }
    respond(ctx, sheet, Format::asked(ctx), "hasil-berkas-bank")
}
