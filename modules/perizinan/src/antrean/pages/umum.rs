//! What anybody sees without an account: taking a number, the number, the screen over the counter.

use praja_desk::visitors;
use praja_kernel::{Id, tanggal_panjang};
use praja_module::{Body, Ctx, Input, Outcome, Problem, Response, unseal};
use praja_store::Tx;
use praja_web::{EmptyState, Facts, Icon, Link, Markup, Notice, PageHeader, Tone, frame, html, section};

use super::{MACHINE, MINE, PUBLIC, clock, script, style};
use crate::{
    antrean::{
        Layanan, Status, Tiket, ambil, keys, layanan, ringkasan,
        rules::{Refusal, Ringkasan, about, ahead},
        store,
    },
    layanan::HOME,
};

/// What the seal of a device that gives numbers is for.
pub(super) const PURPOSE: &str = "perizinan/mesin-antrean";
/// A phone keeps its number for so long, in seconds.
const DAY_S: i64 = 12 * 60 * 60;

/// Does this device stand at the counter to give numbers?
pub(super) fn is_machine(ctx: &Ctx) -> bool {
    ctx.sent_cookie(MACHINE).is_some_and(|sealed| unseal(ctx.instance().keys(), PURPOSE, sealed).is_some())
}

/// The number this phone took today and that still waits.
fn mine(ctx: &Ctx, tx: &mut Tx<'_>) -> praja_store::Result<Option<Tiket>> {
    let Some(id) = ctx.sent_cookie(MINE).and_then(|text| text.parse::<Id>().ok()) else { return Ok(None) };
    Ok(store::get(tx, id)?.filter(|one| one.tanggal == ctx.today() && one.status == Status::Menunggu))
}

/// GET /perizinan/antrean
pub(super) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let machine = is_machine(ctx);
    let open: Vec<Layanan> = layanan(tx)?.into_iter().filter(|one| one.aktif).collect();
    let state = ringkasan(tx, ctx.today(), ctx.now())?;
    let known = if machine { None } else { mine(ctx, tx)? };
    let may = machine || store::is_online(tx)?;
    let mut header = PageHeader::new("Antrean loket").purpose("Pilih keperluan Anda untuk mendapat nomor antrean hari ini.");
    if !machine {
        header = header.crumb("Perizinan", HOME);
    }
    let content = html! {
        (style())
        @if let Some(one) = &known {
            (Notice::new(Tone::Info, format!("Nomor Anda {}", one.nomor()))
                .link(Link::new("Lihat nomor dan perkiraan waktunya", format!("{PUBLIC}/tiket/{}", one.id))))
        }
        @if open.is_empty() {
            (EmptyState::new(Icon::Clock, "Loket belum membuka antrean", "Silakan bertanya kepada petugas loket."))
        } @else if may {
            div.antrean-ambil { (choices(ctx, &open, &state)) }
        } @else {
            (Notice::new(Tone::Info, "Nomor antrean diambil di loket")
                .text("Datang ke loket, lalu ambil nomor pada perangkat antrean atau mintalah kepada petugas."))
            (waiting(&open, &state))
        }
        p { "Lanjut usia dan penyandang disabilitas didahulukan: beri tahu petugas di loket." }
        @if !machine { p { a href={ (PUBLIC) "/layar" } { "Lihat nomor yang sedang dipanggil" } } }
    };
    Ok(frame::respond_plain(ctx, &header, content))
}

fn choices(ctx: &Ctx, open: &[Layanan], state: &Ringkasan) -> praja_web::Form {
    open.iter().fold(frame::form(ctx, PUBLIC), |form, one| {
        let label = format!("{}  {} ({} menunggu)", one.huruf, one.nama, state.count(&one.huruf));
        form.submit_as(label, "huruf", one.huruf.as_str())
    })
}

fn waiting(open: &[Layanan], state: &Ringkasan) -> Facts {
    open.iter().fold(Facts::new(), |facts, one| {
        facts.add(format!("{}  {}", one.huruf, one.nama), format!("{} menunggu", state.count(&one.huruf)))
    })
}

/// POST /perizinan/antrean
pub(super) fn take(ctx: &Ctx, input: &Input) -> Outcome {
    let machine = is_machine(ctx);
    if !machine {
        // A crowd of numbers that nobody holds would empty the counter: strangers take few at a time.
        let hasty = |throttle: &std::sync::Arc<praja_module::Throttle>| !throttle.allows(&ctx.incoming().address, ctx.now());
        if ctx.instance().ports.strangers_files.as_ref().is_some_and(hasty) {
            return Err(Problem::TooOften);
        }
        let (known, online) = ctx.read(|tx| Ok::<_, Problem>((mine(ctx, tx)?, store::is_online(tx)?)))?;
        if let Some(known) = known {
            return Ok(Response::redirect(format!("{PUBLIC}/tiket/{}", known.id)));
        }
        if !online {
            return Err(Problem::refused(Refusal::OnlyHere));
        }
    }
    let (today, huruf) = (ctx.today(), input.text("huruf").to_owned());
    let asal = if machine { "mesin" } else { "mandiri" };
    let response = ctx.submit(input, keys(today), move |tx| {
        let tiket = ambil(tx, today, &huruf, None, asal)?;
        Ok::<_, Problem>(format!("{PUBLIC}/tiket/{}", tiket.id))
    })?;
    let id = match &response.body {
        Body::Redirect(to) if !machine => to.rsplit('/').next().map(str::to_owned),
        _ => None,
    };
    Ok(match id {
        Some(id) => response.with_cookie(ctx.cookie(MINE, &id, DAY_S)),
        None => response,
    })
}

/// GET /perizinan/antrean/tiket/{id}: whoever has the address has the number; it names nobody.
pub(super) fn ticket(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let one = store::get(tx, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    let state = ringkasan(tx, one.tanggal, ctx.now())?;
    let is_today = one.tanggal == ctx.today();
    let waits = (is_today && matches!(one.status, Status::Menunggu | Status::Dipanggil)).then_some("15000");
    let mut header = PageHeader::new(format!("Nomor antrean {}", one.nomor()));
    if waits.is_some() {
        header = header.refresh(15);
    }
    let back = is_machine(ctx).then_some(PUBLIC);
    let content = html! {
        (style())
        div.isi #antrean-tiket data-segarkan=[waits] data-kembali=[back] {
            div.cetakan.antrean-tiket {
                p.antrean-tiket-layanan { (one.layanan) }
                p.antrean-tiket-nomor { (one.nomor()) }
                @if let Some(kode) = one.prioritas { p { strong { "Prioritas: " (kode.label()) } } }
                p { (tanggal_panjang(one.tanggal)) ", pukul " (clock(ctx, one.dibuat)) }
                p.redup { (ctx.instance().wilayah.nama) }
            }
            (stands(&one, &state, is_today))
        }
        p.tanpa-cetak { (praja_web::print_act("Cetak nomor")) " " a href=(PUBLIC) { "Kembali ke antrean" } }
        (script())
    };
    Ok(frame::respond_plain(ctx, &header, content))
}

fn stands(one: &Tiket, state: &Ringkasan, is_today: bool) -> Markup {
    let notice = match one.status {
        _ if !is_today => {
            Notice::new(Tone::Info, "Nomor ini tidak berlaku lagi").text("Nomor antrean berlaku pada harinya saja.")
        }
        Status::Menunggu => {
            let before = ahead(&state.waiting, one);
            let title = if before == 0 { "Anda berikutnya".to_owned() } else { format!("{before} orang di depan Anda") };
            Notice::new(Tone::Info, title)
                .text(format!("Dipanggil {}. Dengarkan panggilan atau lihat layar.", about(state.minutes(before))))
        }
        Status::Dipanggil => Notice::new(Tone::Good, format!("Silakan ke loket {}", one.loket)),
        Status::Selesai => Notice::new(Tone::Good, "Sudah dilayani").text("Terima kasih sudah datang."),
        Status::Dilewati => {
            Notice::new(Tone::Warn, "Nomor Anda sudah dipanggil").text("Temui petugas loket agar dipanggil kembali hari ini.")
        }
    };
    html! { div.tanpa-cetak { (notice) } }
}

/// GET /perizinan/antrean/layar: for a screen that is read from across the hall.
pub(super) fn screen(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let state = ringkasan(tx, ctx.today(), ctx.now())?;
    let open: Vec<Layanan> = layanan(tx)?.into_iter().filter(|one| one.aktif).collect();
    let header = PageHeader::new("Panggilan antrean").refresh(5);
    let (newest, before) = state.calls.split_first().map_or((None, &[][..]), |(first, rest)| (Some(first), rest));
    let content = html! {
        (style())
        div #layar-antrean data-segarkan="5000" {
            section.layar-kini aria-live="polite" {
                h1 { "Nomor dipanggil" }
                @match newest {
                    Some(one) => {
                        p.layar-nomor data-panggil=(call_key(one)) data-ucap=(spoken(one)) { (one.nomor()) }
                        p.layar-loket { "Loket " (one.loket) }
                    }
                    None => p.layar-loket { "Belum ada panggilan" }
                }
            }
            section.layar-lain {
                h2 { "Panggilan sebelumnya" }
                ul { @for one in before {
                    li data-panggil=(call_key(one)) data-ucap=(spoken(one)) { strong { (one.nomor()) } span { "Loket " (one.loket) } }
                } }
            }
            section.layar-tunggu {
                h2 { "Menunggu. Yang datang sekarang dipanggil " (about(state.minutes(state.waiting.len()))) "." }
                ul { @for one in &open {
                    li { strong { (one.huruf) } span { (one.nama) } span { (state.count(&one.huruf)) " orang" } }
                } }
            }
        }
        p.tanpa-cetak { button.tombol.js-saja type="button" data-antrean-bunyi aria-pressed="false" { "Nyalakan bunyi" } " " a href=(PUBLIC) { "Antrean loket" } }
        (script())
    };
    Ok(frame::respond_plain(ctx, &header, content))
}

/// A call is another when the same number is called once more.
fn call_key(one: &Tiket) -> String {
    format!("{}.{}", one.id, one.kali)
}

fn spoken(one: &Tiket) -> String {
    format!("Nomor antrean {}, {}, silakan ke loket {}", one.huruf, one.urut, one.loket)
}

/// The number that was just given, for whoever sits at the counter.
pub(super) fn given(one: &Tiket) -> Markup {
    section(
        "Nomor yang baru diberikan",
        html! { p { strong { (one.nomor()) } " untuk " (one.layanan) ". " a href={ (PUBLIC) "/tiket/" (one.id) } { "Buka dan cetak nomor" } } },
    )
}
