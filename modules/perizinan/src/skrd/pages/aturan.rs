//! How is billed, by which rule, from which day on.

use praja_kernel::{Desimal, Refuse, parse_tanggal};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Cell, Column, Field, Form, Icon, Link, Markup, PageHeader, Row, Table, form::Width, frame, html, page};

use super::{LIST as SKRD, Part, day, parts};
use crate::skrd::{Aturan, Refusal, store, write};

/// Where they are.
pub(super) const LIST: &str = "/perizinan/izin/retribusi/aturan";

fn action() -> String {
    format!("{LIST}/baru")
}

/// GET /perizinan/izin/retribusi/aturan
pub(super) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let mut all = store::all_aturan(tx)?;
    let now = store::aturan(tx, ctx.today())?;
    all.push(Aturan::bawaan().map_err(Problem::Fault)?);
    let rows = all.iter().map(|one| {
        let who = if one.oleh_nama.is_empty() { "Bawaan program" } else { one.oleh_nama.as_str() };
        let from = if *one == now {
            html! { (day(one.berlaku_dari)) br; strong { "berlaku sekarang" } }
        } else {
            html! { (day(one.berlaku_dari)) }
        };
        Row::new(vec![
            Cell::new(from),
            format!("{} hari", one.jatuh_tempo_hari).into(),
            format!("{} per bulan, paling lama {} bulan", Desimal::from_e2(one.bunga_persen_e2).persen(), one.bunga_bulan_maks)
                .into(),
            one.kode_pd.as_str().into(),
            one.dasar.as_str().into(),
            who.into(),
        ])
    });
    let table = Table::new("Aturan penagihan")
        .column(Column::text("Berlaku dari"))
        .column(Column::text("Jatuh tempo"))
        .column(Column::text("Bunga terlambat"))
        .column(Column::text("Kode PD").wide_only())
        .column(Column::text("Sumber"))
        .column(Column::text("Dicatat oleh").wide_only())
        .rows(rows);
    let header = PageHeader::new("Aturan penagihan")
        .purpose("Jatuh tempo, bunga, dan kode bayar SKRD. SKRD yang sudah terbit mengikuti aturan pada hari terbitnya.")
        .crumb("Retribusi", SKRD)
        .action(Link::new("Catat aturan baru", action()).icon(Icon::Add));
    Ok(frame::respond(ctx, &header, html! { (parts(Part::Aturan)) (table) }))
}

fn header() -> PageHeader {
    PageHeader::new("Aturan penagihan baru")
        .purpose("Berlaku untuk SKRD yang terbit mulai tanggalnya; yang sudah terbit tidak berubah.")
        .crumb("Retribusi", SKRD)
        .crumb("Aturan penagihan", LIST)
}

fn content(form: Form, now: &Aturan) -> Markup {
    let form = form
        .field(Field::date("berlaku_dari", "Berlaku dari").required())
        .field(
            Field::number("jatuh_tempo_hari", "Jatuh tempo (hari kalender)")
                .min("1")
                .max("365")
                .value(now.jatuh_tempo_hari.to_string())
                .required(),
        )
        .field(
            Field::text("bunga", "Bunga setiap bulan (persen)")
                .inputmode("decimal")
                .value(Desimal::from_e2(now.bunga_persen_e2).to_string())
                .hint("Misalnya 1 atau 0,75. Tulis 0 bila tanpa bunga.")
                .required(),
        )
        .field(
            Field::number("bulan", "Paling lama (bulan)").min("0").max("60").value(now.bunga_bulan_maks.to_string()).required(),
        )
        .field(
            Field::text("kode_pd", "Kode perangkat daerah")
                .inputmode("numeric")
                .max_length(2)
                .value(now.kode_pd.clone())
                .hint("Dua angka dalam kode bayar, menurut kesepakatan dengan bank.")
                .required(),
        )
        .field(
            Field::textarea("dasar", "Dasar hukum")
                .rows(2)
                .width(Width::Full)
                .hint("Nomor dan tahun Perda atau peraturan yang menetapkannya.")
                .required(),
        )
        .submit("Catat aturan")
        .cancel("Kembali", LIST);
    html! { (form) }
}

/// GET /perizinan/izin/retribusi/aturan/baru
pub(super) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let now = store::aturan(tx, ctx.today())?;
    Ok(frame::respond(ctx, &header(), content(frame::form(ctx, action()), &now)))
}

fn read(input: &Input) -> Result<Aturan, Refusal> {
    let number = |field: &'static str, least: i64, most: i64| {
        let typed = input.text(field);
        typed
            .parse::<i64>()
            .ok()
            .filter(|number| (least..=most).contains(number))
            .ok_or_else(|| Refusal::field(field, format!("Tulis angka bulat antara {least} dan {most}.")))
    };
    let berlaku_dari = parse_tanggal(input.text("berlaku_dari")).map_err(|e| Refusal::field("berlaku_dari", e.to_string()))?;
    let bunga = Desimal::parse_persen(input.text("bunga")).map_err(|e| Refusal::field("bunga", e.to_string()))?;
    let bunga_persen_e2 = bunga.to_e2().map_err(|e| Refusal::field("bunga", e.to_string()))?;
    if !(0..=1000).contains(&bunga_persen_e2) {
        return Err(Refusal::field("bunga", "Tulis persen antara 0 dan 10."));
    }
    let kode_pd = input.text("kode_pd").to_owned();
    if kode_pd.len() != 2 || !kode_pd.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(Refusal::field("kode_pd", "Tulis tepat dua angka, misalnya 01."));
    }
    let dasar: String = input.text("dasar").chars().take(500).collect();
    if dasar.is_empty() {
        return Err(Refusal::field("dasar", "Dasar hukum belum diisi."));
    }
    Ok(Aturan {
        berlaku_dari,
        jatuh_tempo_hari: number("jatuh_tempo_hari", 1, 365)?,
        bunga_persen_e2,
        bunga_bulan_maks: number("bulan", 0, 60)?,
        kode_pd,
        dasar,
        oleh_nama: String::new(),
    })
}

/// POST /perizinan/izin/retribusi/aturan/baru
pub(super) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let aturan = match read(input) {
        Ok(aturan) if aturan.berlaku_dari < ctx.today() => {
            let refusal = Refusal::field("berlaku_dari", "Aturan tidak dapat berlaku surut. Pilih hari ini atau sesudahnya.");
            return again(ctx, input, &refusal);
        }
        Ok(aturan) => aturan,
        Err(refusal) => return again(ctx, input, &refusal),
    };
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        write::add_aturan(tx, aturan.clone())?;
        Ok::<_, Problem>(LIST.to_owned())
    })?;
    Ok(saved.with_notice("Aturan penagihan sudah dicatat."))
}

fn again(ctx: &Ctx, input: &Input, refusal: &dyn Refuse) -> Outcome {
    let now = ctx.read(|tx| store::aturan(tx, ctx.today()))?;
    let form =
        frame::form_again(ctx, action(), input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
    Ok(Response::form_again(page(&frame::shell(ctx), &header(), content(form, &now))))
}
