//! Complaints on screen: the public form and its tracking, the officers' list and answer, what leaders count.

pub(crate) mod angka;
pub(crate) mod baru;
mod desk;
pub(crate) mod foto;
pub(crate) mod lapor;
mod perihal;
mod public;
mod satu;

use praja_kernel::tanggal_panjang;
use praja_module::Ctx;
use praja_store::{Result, Tx};
use praja_web::{Entry, Facts, Markup, Station, Tone, frame, html, section, stations, timeline};

use super::{Pengaduan, Status, Suara, Tanggapan, store};

pub(crate) use desk::{download, list};
pub use perihal::{Perihal, TahapPerihal, answers, invite, invite_at};
pub(crate) use public::{PHOTO_RULE, file, form, found, reply};
pub(crate) use satu::{act, evidence, paper, reveal, show};

/// The officers' list; everything else of theirs lies below it.
pub(crate) const LIST: &str = "/desk/pengaduan";
/// Where anybody files a complaint.
pub(super) const PUBLIC: &str = "/pengaduan";

/// How far a complaint has come, as a line of stations.
fn progress(ctx: &Ctx, one: &Pengaduan) -> Markup {
    let zona = ctx.instance().zona;
    let day = |moment| tanggal_panjang(zona.date(moment));
    if one.status == Status::Ditolak {
        return html! {};
    }
    let unit = if one.status == Status::DibukaLagi { Status::DibukaLagi } else { Status::Diteruskan };
    let list = [
        Station::new(Status::Masuk.label(), day(one.dibuat)),
        Station::new(
            Status::Verifikasi.label(),
            one.ditanggap.map(day).unwrap_or_else(|| format!("paling lambat {}", tanggal_panjang(one.batas_tanggap))),
        ),
        Station::new(unit.label(), format!("dijawab paling lambat {}", tanggal_panjang(one.tenggat))),
        Station::new(Status::Ditanggapi.label(), one.dijawab.map(day).unwrap_or_default()),
        Station::new(Status::Selesai.label(), ""),
    ];
    let present = match one.status {
        Status::Masuk => 0,
        Status::Verifikasi | Status::Ditolak => 1,
        Status::Diteruskan | Status::DibukaLagi => 2,
        Status::Ditanggapi => 3,
        Status::Selesai => 5,
    };
    stations(&list, present)
}

fn facts(one: &Pengaduan) -> Facts {
    let mut facts = Facts::new().add("Nomor", &one.nomor).add("Jenis", one.jenis.label());
    if !one.tentang.is_empty() {
        facts = facts.add("Tentang", &one.tentang);
    }
    if !one.tahap.is_empty() {
        facts = facts.add("Tahap", &one.tahap);
    }
    if !one.lokasi.is_empty() {
        facts = facts.add("Tempat kejadian", &one.lokasi);
    }
    facts
}

/// What was said to and by whoever complained, the latest first. `names` says whether the reader is an officer.
fn said(ctx: &Ctx, tx: &mut Tx<'_>, one: &Pengaduan) -> Result<Markup> {
    let mut all = store::said(tx, one.id)?;
    if all.is_empty()
        && let (Some(jawaban), Some(pada)) = (&one.jawaban, one.dijawab)
    {
        // An older release kept the last answer alone.
        let jenis = if one.status == Status::Ditolak { Suara::Penolakan } else { Suara::Jawaban };
        all.push(Tanggapan { jenis, isi: jawaban.clone(), pada });
    }
    if all.is_empty() {
        return Ok(html! {});
    }
    let entries: Vec<Entry> = all
        .into_iter()
        .rev()
        .map(|one| {
            let (when, machine) = frame::time(ctx.instance().zona, one.pada);
            let tone = if one.jenis == Suara::Jawaban { Tone::Good } else { Tone::Warn };
            Entry { who: one.jenis.label().to_owned(), what: String::new(), when, machine, tone, reason: Some(one.isi) }
        })
        .collect();
    Ok(section("Jawaban", timeline(&entries)))
}

/// Paragraphs as they were typed.
fn words(text: &str) -> Markup {
    html! { @for line in text.split('\n').filter(|line| !line.trim().is_empty()) { p { (line) } } }
}
