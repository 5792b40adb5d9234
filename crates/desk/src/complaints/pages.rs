//! Complaints on screen: the public form and its tracking, the officers' list and answer.

mod desk;
pub(crate) mod foto;
mod public;

use praja_kernel::{Id, tanggal_panjang};
use praja_module::{Ctx, seal};
use praja_web::{Facts, Icon, Link, Markup, Station, html, icon, stations};

use super::{Pengaduan, Status};
use crate::words::encode;

pub(crate) use desk::{act, download, evidence, list, show};
pub(crate) use public::{PHOTO_RULE, file, form, found, reply};

/// The officers' list; everything else of theirs lies below it.
pub(crate) const LIST: &str = "/desk/pengaduan";
/// Where anybody files a complaint.
pub(super) const PUBLIC: &str = "/pengaduan";
/// What the seal of a complaint's subject is for.
pub(super) const PURPOSE: &str = "pengaduan";

/// The way from a thing's page to a complaint about it. `tentang` names the thing in words that strangers may read.
pub fn invite(ctx: &Ctx, objek: &str, opd: Option<Id>, tentang: &str) -> Markup {
    let opd = opd.map(|opd| opd.to_string()).unwrap_or_default();
    let about = seal(ctx.instance().keys(), PURPOSE, &format!("{objek}\n{opd}\n{}", tentang.replace('\n', " ")));
    let link = Link::new("Sampaikan pengaduan", format!("{PUBLIC}?tentang={}", encode(&about)));
    html! {
        p.ajakan { (icon(Icon::Comment)) " Ada yang tidak sesuai? " a href=(link.href) { (link.label) } " tentang hal ini." }
    }
}

/// How far a complaint has come, as a line of stations.
fn progress(ctx: &Ctx, one: &Pengaduan) -> Markup {
    let zona = ctx.instance().zona;
    let day = |moment| tanggal_panjang(zona.date(moment));
    if one.status == Status::Ditolak {
        return html! {};
    }
    let list = [
        Station::new(Status::Masuk.label(), day(one.dibuat)),
        Station::new(Status::Diproses.label(), format!("dijawab paling lambat {}", tanggal_panjang(one.tenggat))),
        Station::new(Status::Dijawab.label(), one.dijawab.map(day).unwrap_or_default()),
        Station::new(Status::Selesai.label(), ""),
    ];
    let present = match one.status {
        Status::Masuk => 0,
        Status::Diproses | Status::Ditolak => 1,
        Status::Dijawab => 2,
        Status::Selesai => 4,
    };
    stations(&list, present)
}

fn facts(one: &Pengaduan) -> Facts {
    let mut facts = Facts::new().add("Nomor", &one.nomor).add("Jenis", one.jenis.label());
    if !one.tentang.is_empty() {
        facts = facts.add("Tentang", &one.tentang);
    }
    if !one.lokasi.is_empty() {
        facts = facts.add("Tempat kejadian", &one.lokasi);
    }
    facts
}

/// Paragraphs as they were typed.
fn words(text: &str) -> Markup {
    html! { @for line in text.split('\n').filter(|line| !line.trim().is_empty()) { p { (line) } } }
}
