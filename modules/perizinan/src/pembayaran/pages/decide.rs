use praja_kernel::{Refuse, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{Facts, Field, Form, Markup, PageHeader, Tone, decision, form::Width, frame, html, next_step, page};

use super::{LIST, address};
use crate::{
    pembayaran::{Pembayaran, Status, may_decide, store, store::Baris, write},
    skrd::{
        self, Refusal, Skrd,
        pages::{self, Part, parts},
        write::keys,
    },
};

fn load(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Baris, Skrd), Problem> {
    let opds = &ctx.scope()?.opd_set;
    let one = store::find(tx, opds, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    let skrd = skrd::store::find(tx, opds, one.pembayaran.skrd)?.ok_or(Problem::NotFound)?;
    Ok((one, skrd))
}

fn header(one: &Baris) -> PageHeader {
    PageHeader::new(format!("Setoran {}", one.pembayaran.referensi))
        .purpose(format!("Untuk SKRD {} atas nama {}.", one.nomor, one.nama))
        .crumb("Retribusi", pages::LIST)
        .crumb("Setoran", LIST)
}

fn facts(ctx: &Ctx, one: &Pembayaran, skrd: &Skrd) -> Facts {
    let zona = ctx.instance().zona;
    let (when, machine) = frame::time(zona, one.created_at);
    let facts = Facts::new()
        .add("Keadaan", pages::payment_badge(one))
        .add("SKRD", html! { a href=(pages::address(skrd.id)) { (skrd.nomor) } })
        .add("Cara", one.cara.label())
        .add("Referensi", &one.referensi)
        .add("Tanggal bayar", tanggal_panjang(one.tanggal))
        .add("Jumlah", one.jumlah.to_string())
        .add("Bunga di dalamnya", one.denda.to_string())
        .add("Dicatat oleh", html! { (one.oleh_nama) ", " time datetime=(machine) { (when) } })
        .add_maybe("Catatan", Some(&one.catatan).filter(|text| !text.is_empty()));
    let decided = one.putus_pada.map(|at| {
        let (when, machine) = frame::time(zona, at);
        html! { (one.putus_nama) ", " time datetime=(machine) { (when) } }
    });
    facts.add_maybe("Diputuskan oleh", decided).add_maybe("Alasan", Some(&one.alasan).filter(|text| !text.is_empty()))
}

fn content(ctx: &Ctx, one: &Baris, skrd: &Skrd, form: Form) -> Result<Markup, Problem> {
    let pembayaran = &one.pembayaran;
    let orang = ctx.scope()?.actor.key();
    let facts = facts(ctx, pembayaran, skrd);
    let body = match may_decide(pembayaran, &orang) {
        Ok(()) => {
            let form = form
                .hidden("versi", pembayaran.versi.to_string())
                .field(Field::textarea("alasan", "Alasan").rows(2).width(Width::Full).max_length(500).hint("Wajib bila ditolak."))
                .submit_as("Tolak setoran", "putusan", "tolak")
                .submit_as("Konfirmasi setoran", "putusan", "sah")
                .cancel("Kembali ke daftar", LIST);
            let told = &[
                "Cocokkan nomor, tanggal, dan jumlah dengan STS aslinya.",
                "Bila dikonfirmasi, SKRD menjadi lunas dan permohonannya berlanjut; ini tidak dapat dibatalkan.",
                "Bila ditolak, SKRD tetap menunggu pembayaran.",
            ];
            decision(Tone::Info, "Yang akan terjadi", told, &facts, &form)
        }
        Err(refusal @ Refusal::SamePerson) => html! {
            (next_step(Tone::Warn, format!("{} {}", refusal.message(), refusal.next_step())))
            (facts)
        },
        Err(_) => html! { (facts) },
    };
    Ok(html! { (parts(Part::Setoran)) (body) })
}

fn action(one: &Baris) -> String {
    address(one.pembayaran.id)
}

/// GET /perizinan/izin/retribusi/setoran/{id}
pub(super) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (one, skrd) = load(ctx, tx)?;
    let content = content(ctx, &one, &skrd, frame::form(ctx, action(&one)))?;
    Ok(frame::respond(ctx, &header(&one), content))
}

/// POST /perizinan/izin/retribusi/setoran/{id}
pub(super) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let (one, skrd) = ctx.read(|tx| load(ctx, tx))?;
    let sah = match input.text("putusan") {
        "sah" => true,
        "tolak" => false,
        _ => return Err(Problem::Unreadable("formulir ini tidak lengkap")),
    };
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?;
    let alasan: String = input.text("alasan").chars().take(500).collect();
    let (id, opd, at) = (one.pembayaran.id, skrd.opd, ctx.instance().zona.local(ctx.now()));
    let saved = ctx.submit(input, keys(opd, ctx.today()), move |tx| {
        let one = store::find(tx, &[opd], id)?.ok_or(Problem::NotFound)?.pembayaran;
        if one.versi != versi && one.status == Status::Menunggu {
            return Err(Problem::Conflict);
        }
        let skrd = skrd::store::find(tx, &[opd], one.skrd)?.ok_or(Problem::NotFound)?;
        let to = pages::address(skrd.id);
        write::decide(tx, one, skrd, sah, &alasan, at)?;
        Ok(to)
    });
    match saved {
        Ok(response) => {
            Ok(response.with_notice(if sah { "Setoran sudah dikonfirmasi dan SKRD lunas." } else { "Setoran sudah ditolak." }))
        }
        Err(Problem::Refused(refusal)) => {
            let form = frame::form_again(ctx, action(&one), input)
                .refusal(refusal.message(), refusal.next_step())
                .problems(&refusal.fields());
            let content = content(ctx, &one, &skrd, form)?;
            Ok(Response::form_again(page(&frame::shell(ctx), &header(&one), content)))
        }
        Err(problem) => Err(problem),
    }
}
