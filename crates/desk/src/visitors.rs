//! Strangers on public pages: how often one address may ask.

use std::sync::Arc;

use praja_module::{Ctx, Ports, Response, Throttle};
use praja_web::{Notice, PageHeader, Tone, frame, html};

/// One address may ask so often within a minute: a desk officer checking a pile of letters behind one office line does not meet it.
const PER_MINUTE: u32 = 120;

/// One address may send forms with files so often within ten minutes: each may store fifteen MiB.
const FILES: u32 = 12;

/// Whoever is known by an own application sends its files, some of them twice: so many within ten minutes.
const KNOWN: u32 = 120;

/// One address of another box may send so much within ten minutes: a regency that sends fifty letters at once does not meet it.
const MACHINES: u32 = 120;

pub(crate) fn provide(ports: &mut Ports) {
    ports.strangers_files = Some(Arc::new(Throttle::new(FILES, 10 * 60_000)));
    ports.known_files = Some(Arc::new(Throttle::new(KNOWN, 10 * 60_000)));
    ports.machines = Some(Arc::new(Throttle::new(MACHINES, 10 * 60_000)));
    ports.visitors = Some(Arc::new(Throttle::new(PER_MINUTE, 60_000)));
}

/// The page that asks a hasty visitor to wait; nothing for everybody else.
pub fn stop(ctx: &Ctx) -> Option<Response> {
    let throttle = ctx.instance().ports.visitors.as_ref()?;
    if throttle.allows(&ctx.incoming().address, ctx.now()) {
        return None;
    }
    let header = PageHeader::new("Terlalu banyak permintaan");
    let text = "Alamat jaringan Anda mengirim permintaan terlalu cepat. Tunggu satu menit, lalu muat ulang halaman ini.";
    let mut response = frame::respond_plain(ctx, &header, html! { (Notice::new(Tone::Warn, "Tunggu sebentar").text(text)) });
    response.status = 429;
    Some(response)
}
