//! Outage mode on screen: beginning it by a decree, ending it, and entering in the national application what was numbered meanwhile.

use praja_kernel::{Refuse, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Act, EmptyState, Facts, Field, Form, Icon, Markup, Tone, act_bar, decision, frame, html, section};

use super::{Darurat, begin, current, end, read, reconcile, store, unknown_there};
use crate::registers::{
    Book, Pemilik, Refusal,
    pages::{LIST, below, find, label},
};

/// So many numbers are reconciled with one form.
const AT_ONCE: i64 = 50;

fn address(book: &Book, page: &str) -> String {
    format!("{LIST}/{}/{page}", book.id)
}

/// What the page of a register says about it: the time of outage it is in or may enter, and what is still to be reconciled.
pub(crate) fn part(ctx: &Ctx, tx: &mut Tx<'_>, book: &Book) -> Result<Option<Markup>, Problem> {
    let all = store::of(tx, book.id)?;
    if book.pemilik == Pemilik::Praja && all.is_empty() {
        return Ok(None);
    }
    let open = all.iter().find(|one| one.selesai.is_none());
    let left = unknown_there(tx, book.id, AT_ONCE)?.len();
    let mut acts = Vec::new();
    if book.pemilik == Pemilik::Srikandi {
        acts.push(Act::link("Mulai masa darurat", address(book, "darurat")).icon(Icon::Warn));
    }
    if open.is_some() {
        acts.push(
            Act::post("Akhiri masa darurat", address(book, "darurat/akhiri"), ctx.csrf(), ctx.form_id().to_string())
                .icon(Icon::Good),
        );
    }
    if left > 0 {
        acts.push(Act::link("Cocokkan dengan SRIKANDI", address(book, "rekonsiliasi")).icon(Icon::DocumentChecked));
    }
    let words = match open {
        Some(one) => format!("Praja memberi nomor sampai {} menurut keputusan {}.", tanggal_panjang(one.sampai), one.nomor),
        None => "Bila SRIKANDI tidak dapat dipakai, Praja memberi nomor untuk sementara berdasarkan keputusan.".to_owned(),
    };
    Ok(Some(section(
        "Masa darurat",
        html! {
            p { (words) }
            @if left > 0 { p { (left) @if left as i64 == AT_ONCE { " nomor atau lebih" } @else { " nomor" } " dari masa darurat belum dicatat di SRIKANDI." } }
            @if !all.is_empty() { ul.berbutir { @for one in &all { li { (line(ctx, one)) } } } }
            (act_bar(&acts))
        },
    )))
}

fn line(ctx: &Ctx, one: &Darurat) -> String {
    let zona = ctx.instance().zona;
    let begun = tanggal_panjang(zona.date(one.mulai));
    let ended = one.selesai.map_or_else(|| "sekarang".to_owned(), |at| tanggal_panjang(zona.date(at)));
    format!("{begun} sampai {ended}, keputusan {} tanggal {}, oleh {}", one.nomor, tanggal_panjang(one.tanggal), one.oleh)
}

/// GET /desk/register/{id}/darurat
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let book = find(ctx, tx)?;
    if book.pemilik != Pemilik::Srikandi {
        return Err(Problem::refused(Refusal::OwnNumbers));
    }
    let form = frame::form(ctx, address(&book, "darurat"));
    Ok(frame::respond(ctx, &below(&book, "Mulai masa darurat"), page(ctx, &book, form)))
}

fn page(ctx: &Ctx, book: &Book, form: Form) -> Markup {
    let today = ctx.today().to_string();
    let facts = Facts::new().add("Register", format!("{} {}", label(&book.kelompok), book.tahun));
    let what = [
        "Praja memberi nomor register ini sampai tanggal yang Anda tulis, lalu kembali kepada SRIKANDI dengan sendirinya.",
        "Nomor yang diberikan selama itu didaftar untuk dicatat di SRIKANDI sesudahnya.",
    ];
    let form = form
        .field(Field::text("nomor", "Nomor keputusan").required().max_length(160))
        .field(Field::date("tanggal", "Tanggal keputusan").required().max(today.as_str()))
        .field(Field::date("sampai", "Berlaku sampai").required().min(today.as_str()).hint("Paling lama 90 hari."))
        .submit_danger("Mulai masa darurat")
        .cancel("Kembali tanpa memulai", format!("{LIST}/{}", book.id));
    decision(Tone::Warn, "Yang akan terjadi", &what, &facts, &form)
}

/// POST /desk/register/{id}/darurat
pub(crate) fn go(ctx: &Ctx, input: &Input) -> Outcome {
    let book = ctx.read(|tx| find(ctx, tx))?;
    let typed = read(input.text("nomor"), input.text("tanggal"), input.text("sampai"), ctx.today());
    let kept = book.clone();
    let saved = typed.map_err(Problem::refused).and_then(|decree| {
        ctx.submit(input, Keys::of([book.register().lock()]), move |tx| {
            begin(tx, &kept, &decree)?;
            Ok::<_, Problem>(format!("{LIST}/{}", kept.id))
        })
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Masa darurat dimulai; Praja memberi nomor register ini.")),
        Err(Problem::Refused(refusal)) => {
            let form = again(ctx, address(&book, "darurat"), input, &*refusal);
            let content = page(ctx, &book, form);
            Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &below(&book, "Mulai masa darurat"), content)))
        }
        Err(other) => Err(other),
    }
}

fn again(ctx: &Ctx, action: String, input: &Input, refusal: &dyn Refuse) -> Form {
    frame::form_again(ctx, action, input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields())
}

/// POST /desk/register/{id}/darurat/akhiri
pub(crate) fn stop(ctx: &Ctx, input: &Input) -> Outcome {
    let (book, one) = ctx.read(|tx| {
        let book = find(ctx, tx)?;
        let one = current(tx, book.id)?.ok_or(Problem::NotFound)?;
        Ok::<_, Problem>((book, one))
    })?;
    let kept = book.clone();
    let saved = ctx.submit(input, Keys::of([book.register().lock()]), move |tx| {
        let why = format!("Masa darurat menurut keputusan {} diakhiri", one.nomor);
        end(tx, &kept.register(), &one, &why)?;
        Ok::<_, Problem>(format!("{LIST}/{}", kept.id))
    })?;
    Ok(saved.with_notice("Masa darurat diakhiri; SRIKANDI kembali memberi nomor."))
}

/// GET /desk/register/{id}/rekonsiliasi
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let book = find(ctx, tx)?;
    let left = unknown_there(tx, book.id, AT_ONCE)?;
    let mut form = frame::form(ctx, address(&book, "rekonsiliasi"));
    for one in &left {
        let label = format!("{}, {}", one.nomor, one.tanggal.map(tanggal_panjang).unwrap_or_default());
        form = form.field(Field::text(format!("n_{}", one.urut), label).max_length(160));
    }
    let form = form.submit("Simpan pencocokan").cancel("Kembali ke register", format!("{LIST}/{}", book.id));
    let header = below(&book, "Cocokkan dengan SRIKANDI").purpose(
        "Catat setiap nomor ini di SRIKANDI, lalu tulis nomor agenda atau tautannya di sana. Yang dikosongkan tetap menunggu.",
    );
    let content = html! {
        @if left.is_empty() {
            (EmptyState::new(Icon::Good, "Semua nomor masa darurat sudah cocok", "Tidak ada yang perlu dicatat di SRIKANDI."))
        } @else { (form) }
    };
    Ok(frame::respond(ctx, &header, content))
}

/// POST /desk/register/{id}/rekonsiliasi
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let book = ctx.read(|tx| find(ctx, tx))?;
    let typed: Vec<(i64, String)> = input
        .fields
        .iter()
        .filter_map(|(name, value)| Some((name.strip_prefix("n_")?.parse().ok()?, value.trim().to_owned())))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    let (count, kept) = (typed.len(), book.clone());
    let saved = ctx.submit(input, Keys::of([book.register().lock()]), move |tx| {
        let open: Vec<i64> = unknown_there(tx, kept.id, 10_000)?.into_iter().map(|one| one.urut).collect();
        for (urut, value) in typed.iter().filter(|(urut, _)| open.contains(urut)) {
            reconcile(tx, kept.id, *urut, value)?;
        }
        Ok::<_, Problem>(format!("{LIST}/{}", kept.id))
    })?;
    Ok(saved.with_notice(&if count == 0 { "Tidak ada yang diisi.".to_owned() } else { format!("{count} nomor dicocokkan.") }))
}
