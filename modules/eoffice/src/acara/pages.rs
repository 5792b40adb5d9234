//! The screens of the agenda: the list, one event, its form, its acts, the sheet of a day, calendars that follow it.

pub(crate) mod act;
pub(crate) mod follow;
pub(crate) mod form;
pub(crate) mod list;
pub(crate) mod sheet;
pub(crate) mod show;

use praja_kernel::{ActingAs, Zona, hari_tanggal, jam, tanggal_pendek};
use praja_module::{Ctx, Problem};
use praja_store::Tx;
use praja_web::{Markup, PageHeader, Tone, badge};

use super::{
    Acara, Pandangan, Refusal, Status,
    hak::{self, Pimpinan},
    store,
};
use crate::surat_masuk::pages::form::acting;

/// Where the agenda is.
pub(crate) const LIST: &str = "/eoffice/agenda";

fn me(ctx: &Ctx) -> Result<&ActingAs, Problem> {
    acting(ctx).map_err(Problem::refused)
}

/// The event of the address, as far as whoever asks may see it, and the leaders whose agenda they keep.
fn load(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Acara, Pandangan, Vec<Pimpinan>), Problem> {
    let acting = me(ctx)?;
    let acara = store::find(tx, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    let kept = hak::of(ctx, tx)?;
    let read = hak::read(tx, acting.opd, &kept, ctx.today())?;
    let sees = hak::sees(&acara, acting.jabatan, &read).ok_or(Problem::NotFound)?;
    Ok((acara, sees, kept))
}

/// The same where it is to be changed.
fn load_to_change(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Acara, Pimpinan), Problem> {
    let (acara, _, kept) = load(ctx, tx)?;
    if !hak::may_change(&acara, me(ctx)?.jabatan, &kept) {
        return Err(Problem::refused(Refusal::NoAgenda));
    }
    let leader = kept.into_iter().find(|one| one.jabatan == acara.pimpinan).ok_or(Problem::NotFound)?;
    Ok((acara, leader))
}

fn address(acara: &Acara) -> String {
    format!("{LIST}/{}", acara.id)
}

/// What stands for the title where it may not be read.
const CLOSED: &str = "Acara tertutup";

fn title(acara: &Acara, sees: Pandangan) -> &str {
    if sees == Pandangan::Waktu { CLOSED } else { &acara.isi.judul }
}

fn below(acara: &Acara, heading: &str, zona: Zona) -> PageHeader {
    PageHeader::new(heading)
        .purpose(format!("{}, {}.", acara.isi.judul, when(acara, zona)))
        .crumb("Agenda pimpinan", LIST)
        .crumb(acara.isi.judul.clone(), address(acara))
}

/// "Senin, 23 November 2026, pukul 08.30 sampai 10.00 WIB".
fn when(acara: &Acara, zona: Zona) -> String {
    let (from, until) = (zona.local(acara.isi.mulai), zona.local(acara.isi.selesai));
    if from.date() == until.date() {
        format!("{}, pukul {} sampai {} {zona}", hari_tanggal(from.date()), jam(from), jam(until))
    } else {
        let (first, last) = (hari_tanggal(from.date()), hari_tanggal(until.date()));
        format!("{first} pukul {} sampai {last} pukul {} {zona}", jam(from), jam(until))
    }
}

/// "08.30–10.00", or until another day.
fn hours(acara: &Acara, zona: Zona) -> String {
    let (from, until) = (zona.local(acara.isi.mulai), zona.local(acara.isi.selesai));
    if from.date() == until.date() {
        format!("{}–{}", jam(from), jam(until))
    } else {
        format!("{} sampai {} {}", jam(from), tanggal_pendek(until.date()), jam(until))
    }
}

fn status_badge(status: Status) -> Markup {
    let tone = match status {
        Status::Dijadwalkan => Tone::Info,
        Status::Dihadiri => Tone::Good,
        Status::Diwakilkan => Tone::Warn,
        Status::Batal => Tone::Neutral,
    };
    badge(tone, status.label())
}
