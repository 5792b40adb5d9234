//! Personal data on screen: what anybody sees and asks, what officers answer, record and set.

mod atur;
mod kegagalan;
mod petugas;
mod publik;

use praja_kernel::{Moment, tanggal_jam};
use praja_module::Ctx;
use praja_web::{Facts, Markup, Tone, badge, html};

use super::{
    Permintaan, Status,
    inventaris::{Baris, Kontak},
    rules,
};

pub(crate) use atur::{save_contact, save_inventory, settings};
pub(crate) use kegagalan::{add_letter, change_failure, create_failure, failure, failures};
pub(crate) use petugas::{answer, create, download, list, new, reveal, show};
pub(crate) use publik::{ask, home, inventory, send, track};

/// Where anybody begins.
pub(super) const PUBLIC: &str = "/data-pribadi";
/// The officers' list.
pub(super) const LIST: &str = "/desk/data-pribadi";

fn when(ctx: &Ctx, at: Moment) -> String {
    let zona = ctx.instance().zona;
    format!("{} {}", tanggal_jam(zona.local(at)), zona.name())
}

/// How the clock of something open stands, in hours and minutes, with a word and a colour.
fn clock(ctx: &Ctx, tenggat: Moment) -> Markup {
    let tone = match () {
        () if ctx.now() > tenggat => Tone::Bad,
        () if rules::is_near(tenggat, ctx.now()) => Tone::Warn,
        () => Tone::Info,
    };
    badge(tone, &rules::left(tenggat, ctx.now()))
}

fn state(status: Status) -> Markup {
    let tone = match status {
        Status::Terbuka => Tone::Info,
        Status::Dipenuhi => Tone::Good,
        Status::Ditolak => Tone::Neutral,
    };
    badge(tone, status.label())
}

/// What whoever asked sees of their request.
fn progress(ctx: &Ctx, one: &Permintaan) -> Markup {
    let facts = Facts::new()
        .add("Nomor", &one.nomor)
        .add("Yang diminta", one.isi.jenis.label())
        .add("Keadaan", state(one.status))
        .add("Diterima", when(ctx, one.diterima))
        .add(
            "Dijawab paling lambat",
            html! { (when(ctx, one.tenggat)) @if one.status == Status::Terbuka { " " (clock(ctx, one.tenggat)) } },
        );
    let facts = match one.dijawab {
        Some(at) => facts.add("Dijawab", when(ctx, at)),
        None => facts,
    };
    html! {
        (facts)
        @if !one.jawaban.is_empty() {
            h3 { "Jawaban" }
            (prose(&one.jawaban))
            @if !one.dasar.is_empty() { p.redup { "Dasar: " (one.dasar) } }
        }
    }
}

/// Paragraphs as they were typed.
fn prose(text: &str) -> Markup {
    html! { @for line in text.split('\n').filter(|line| !line.trim().is_empty()) { p { (line) } } }
}

fn contact(kontak: Option<&Kontak>) -> Markup {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    match kontak {
        Some(kontak) => html! {
            (Facts::new()
                .add("Nama", &kontak.nama)
                .add_maybe("Jabatan", some(&kontak.jabatan))
                .add_maybe("Surel", some(&kontak.surel))
                .add_maybe("Telepon", some(&kontak.telepon))
                .add_maybe("Alamat", some(&kontak.alamat)))
        },
        None => {
            html! { p { "Pejabat pelindungan data pribadi belum ditetapkan. Sampaikan pertanyaan Anda melalui " a href="/pengaduan" { "pengaduan" } "." } }
        }
    }
}

/// The inventory, each kind of data with its facts: readable on a phone, too.
fn drawn(rows: &[Baris]) -> Markup {
    html! {
        @for one in rows {
            section.bagian {
                h2 { (one.data) }
                (Facts::new().add("Untuk apa", &one.tujuan).add("Dasar", &one.dasar).add("Berapa lama", &one.lama).add("Siapa yang melihat", &one.siapa))
            }
        }
    }
}
