use praja_kernel::Id;
use praja_module::{Body, Ctx, Input, Outcome, Problem, Response};
use praja_store::{Anchor, Keys, Tx};
use praja_web::{Act, Cell, Column, EmptyState, Facts, Icon, PageHeader, Row, Table, act_bar, frame, html, qr, section};

use super::{LIST, parts};
use crate::audit::{Jangkar, kerja, store};

/// Anchors shown in the list.
const SHOWN: i64 = 100;

fn address() -> String {
    format!("{LIST}/jangkar")
}

/// GET /identity/audit/jangkar: anchors that were taken, and the button that takes one.
pub(crate) fn anchors(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let zona = ctx.instance().zona;
    let list = store::anchors(tx, SHOWN)?;
    let rows = list.iter().map(|one| {
        Row::new(vec![
            frame::time(zona, one.pada).0.into(),
            one.rantai.to_string().into(),
            one.oleh.as_str().into(),
            Cell::new(html! { a href={ (LIST) "/jangkar/" (one.id) "/berkas" } { "Unduh berkas" } }),
        ])
        .href(format!("{LIST}/jangkar/{}", one.id))
    });
    let table = Table::new("Jangkar")
        .column(Column::date("Waktu"))
        .column(Column::number("Rantai"))
        .column(Column::text("Dibuat oleh"))
        .column(Column::text("Berkas").corner())
        .rows(rows)
        .empty(EmptyState::new(Icon::Shield, "Belum ada jangkar", "Jangkar mencatat ujung setiap rantai dan ditandatangani."));
    let take = Act::post("Buat jangkar", address(), ctx.csrf(), ctx.form_id().to_string()).icon(Icon::Shield).main();
    let header = PageHeader::new("Jangkar jejak audit")
        .purpose(
            "Ujung setiap rantai, ditandatangani, untuk disimpan di luar Praja: pada inspektorat, di kertas, atau di mesin lain.",
        )
        .crumb("Jejak audit", LIST);
    Ok(frame::respond(ctx, &header, html! { (parts(&address())) (act_bar(&[take])) (table) }))
}

/// POST /identity/audit/jangkar.
pub(crate) fn take(ctx: &Ctx, input: &Input) -> Outcome {
    let instance = ctx.instance();
    let (instansi, keys) = (instance.id.to_string(), instance.keys().clone());
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let id = kerja::take(tx, &instansi, &keys)?;
        Ok::<_, Problem>(format!("{LIST}/jangkar/{id}"))
    })?;
    Ok(response.with_notice("Jangkar dibuat. Unduh berkasnya atau cetak halaman ini, lalu simpan di luar Praja."))
}

fn find(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Jangkar, Problem> {
    let id: Id = ctx.param("id")?;
    store::anchor(tx, id)?.ok_or(Problem::NotFound)
}

/// GET /identity/audit/jangkar/{id}: what it holds, its QR code, its file.
pub(crate) fn anchor(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = find(ctx, tx)?;
    let parsed: Anchor = one.teks.parse().map_err(|e| Problem::Fault(format!("a kept anchor: {e}")))?;
    let facts = Facts::new()
        .add("Dibuat", frame::time(ctx.instance().zona, one.pada).0)
        .add("Oleh", &one.oleh)
        .add("Rantai", one.rantai.to_string())
        .add("Ringkasan", html! { span.kode.putus { (one.ringkas) } });
    let rows = parsed.heads.iter().map(|head| {
        Row::new(vec![
            head.nama.as_str().into(),
            head.urut.to_string().into(),
            Cell::new(html! { span.kode.putus { (head.sidik) } }),
        ])
    });
    let table = Table::new("Ujung rantai")
        .column(Column::text("Rantai"))
        .column(Column::number("Baris terakhir"))
        .column(Column::text("Sidik").wide_only())
        .rows(rows);
    let code = qr::svg(&one.ringkas, "Kode QR ringkasan jangkar").map_err(|e| Problem::Fault(e.to_string()))?;
    let file = Act::link("Unduh berkas jangkar", format!("{LIST}/jangkar/{}/berkas", one.id)).icon(Icon::Download).main();
    let header = PageHeader::new("Jangkar").crumb("Jejak audit", LIST).crumb("Jangkar", address());
    let content = html! {
        (facts)
        (act_bar(&[file]))
        figure.jangkar { (code) figcaption.redup { "Pindai untuk menyimpan ringkasan ini di luar Praja. Ringkasan memuat sidik seluruh berkas." } }
        (section("Ujung setiap rantai", table))
    };
    Ok(frame::respond(ctx, &header, content))
}

/// GET /identity/audit/jangkar/{id}/berkas: the signed text.
pub(crate) fn file(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = find(ctx, tx)?;
    let local = ctx.instance().zona.local(one.pada);
    let name = format!("jangkar-{}-{:02}{:02}.txt", local.date(), local.hour(), local.minute());
    Ok(Response::of(Body::Bytes { bytes: one.teks.into_bytes(), mime: "text/plain; charset=utf-8", name }))
}
