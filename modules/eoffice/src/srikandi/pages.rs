//! Working beside the national application on screen: what waits for it, what only one side has, its list of a day.

pub(crate) mod naskah;
pub(crate) mod paket;
pub(crate) mod profil;

use praja_desk::registers::naskah as kinds;
use praja_kernel::{Id, Refuse, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{
    Act, Address, Column, EmptyState, Field, Filters, Form, Icon, Markup, PageHeader, Row, Table, act_bar,
    export::{Col, Format, Sheet, respond},
    frame, html, section,
};

use super::{
    Ada, read_list, store,
    write::{compare, since},
};
use crate::{naskah::pages::LIST as NASKAH, periode::Periode, surat_masuk::pages::form::acting};

/// Where it is.
pub(crate) const LIST: &str = "/eoffice/srikandi";

fn opd(ctx: &Ctx) -> Result<Id, Problem> {
    Ok(acting(ctx).map_err(Problem::refused)?.opd)
}

/// The days that are compared.
fn period(ctx: &Ctx) -> Periode {
    let today = ctx.today();
    Periode::asked(ctx, (since(today), today))
}

fn header() -> PageHeader {
    PageHeader::new("SRIKANDI")
        .purpose("Naskah OPD Anda yang bernomor di SRIKANDI: yang menunggu, dan yang baru ada pada satu sisi.")
}

/// GET /eoffice/srikandi?dari=…&sampai=…
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let content = content(ctx, tx, frame::form(ctx, LIST))?;
    Ok(frame::respond(ctx, &header(), content))
}

fn content(ctx: &Ctx, tx: &mut Tx<'_>, form: Form) -> Result<Markup, Problem> {
    let own = opd(ctx)?;
    let periode = period(ctx);
    let here = Address::here(ctx).top();
    let names: std::collections::HashMap<String, String> =
        kinds::all(tx)?.into_iter().map(|kind| (kind.kode, kind.nama)).collect();
    let zona = ctx.instance().zona;
    let waiting = store::waiting(tx, own)?;
    let rows = differences(ctx, tx, &periode)?;
    let filters = Filters::new(&here)
        .field(Field::date("dari", "Bertanggal dari").value(periode.dari.to_string()))
        .field(Field::date("sampai", "Sampai").value(periode.sampai.to_string()))
        .problems(&periode.wrong);
    let mut table = Table::new("Selisih")
        .column(Column::text("Nomor"))
        .column(Column::date("Tanggal").corner())
        .column(Column::text("Hal"))
        .column(Column::text("Hanya di"))
        .rows(rows.iter().map(|(row, side)| {
            Row::new(vec![
                row.nomor.as_str().into(),
                tanggal_pendek(row.tanggal).into(),
                row.hal.as_str().into(),
                side.as_str().into(),
            ])
        }))
        .empty(EmptyState::new(Icon::Good, "Tidak ada selisih", "Praja dan daftar SRIKANDI memuat naskah yang sama."))
        .above(filters);
    if !rows.is_empty() {
        table = table.downloads(&here.at(format!("{LIST}/unduh")));
    }
    let form = form
        .field(Field::textarea("daftar", "Daftar dari SRIKANDI").required().rows(6).hint(
            "Salin kolom nomor, tanggal, dan hal dari SRIKANDI atau Excel, lalu tempelkan di sini. Satu naskah setiap baris.",
        ))
        .submit("Cocokkan daftar");
    Ok(html! {
        (section("Menunggu SRIKANDI", html! {
            @if waiting.is_empty() { p.redup { "Tidak ada naskah yang menunggu diterbitkan lewat SRIKANDI." } }
            @else { ul { @for (id, jenis, hal, sejak) in &waiting {
                li { a href={ (NASKAH) "/" (id) "/srikandi" } { (names.get(jenis).map_or("", String::as_str)) ": " (hal) } span.redup { " · sejak " (tanggal_pendek(zona.date(*sejak))) } }
            } } }
        }))
        (section("Selisih", html! {
            p.redup { "Dibandingkan: " (periode.words()) "." }
            (table)
        }))
        (section("Daftar harian", form))
        (act_bar(&[
            Act::link("Buat paket ekspor", paket::PAGE).icon(Icon::Download),
            Act::link("Atur profil isian", profil::LIST).icon(Icon::Settings),
        ]))
    })
}

/// What only one side has between two days, with the side.
fn differences(ctx: &Ctx, tx: &mut Tx<'_>, periode: &Periode) -> Result<Vec<(Ada, String)>, Problem> {
    let (here, there) = compare(tx, opd(ctx)?, periode.dari, periode.sampai)?;
    let of = |rows: Vec<Ada>, side: &str| rows.into_iter().map(|row| (row, side.to_owned())).collect::<Vec<_>>();
    Ok([of(here, "Praja"), of(there, "SRIKANDI")].concat())
}

/// POST /eoffice/srikandi: what the other side has, as a list that was pasted.
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let own = opd(ctx)?;
    let rows = match read_list(input.raw("daftar")) {
        Ok(rows) => rows,
        Err(refusal) => {
            return ctx.read(|tx| {
                let form = frame::form_again(ctx, LIST, input)
                    .refusal(refusal.message(), refusal.next_step())
                    .problems(&refusal.fields());
                let content = content(ctx, tx, form)?;
                Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), content)))
            });
        }
    };
    let count = rows.len();
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        store::remember(tx, own, &rows)?;
        tx.audit(&Entry::new("eoffice.record-srikandi", "identity_opd", own).with("baris", rows.len().to_string()))?;
        Ok::<_, Problem>(LIST.to_owned())
    })?;
    Ok(saved.with_notice(&format!("{count} naskah dari SRIKANDI dicocokkan.")))
}

/// GET /eoffice/srikandi/unduh
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let periode = period(ctx);
    let mut sheet = Sheet::new("Selisih Praja dan SRIKANDI")
        .about("Periode", periode.short())
        .column(Col::text("Nomor"))
        .column(Col::date("Tanggal"))
        .column(Col::text("Hal"))
        .column(Col::text("Hanya di"));
    for (row, side) in differences(ctx, tx, &periode)? {
        sheet.push(vec![row.nomor.into(), row.tanggal.into(), row.hal.into(), side.into()]);
    }
    respond(ctx, sheet, Format::asked(ctx), "selisih-srikandi")
}
