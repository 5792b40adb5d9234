//! The screens of naskah that are written here: the list; forms, one naskah, its sheet and its register beside it.

pub(crate) mod act;
mod disposisi;
pub(crate) mod ekspedisi;
pub(crate) mod form;
pub(crate) mod lampiran;
pub(crate) mod lembar;
pub(crate) mod list;
pub(crate) mod number;
mod papan;
pub(crate) mod pdf;
pub(crate) mod pratinjau;
pub(crate) mod register;
pub(crate) mod send;
pub(crate) mod show;
pub(crate) mod submit;
pub(crate) mod tte;
pub(crate) mod unggahan;
pub(crate) mod versi;

use praja_desk::registers::naskah::{self as kinds, JenisNaskah};
use praja_kernel::{Id, tanggal_panjang};
use praja_module::{Ctx, Problem};
use praja_store::Tx;
use praja_web::{Facts, Markup, PageHeader, Tone, badge, html};

use super::{Naskah, Refusal, Status, jenis::Jenis, store, write::Meja};
use crate::{
    kerja::Kerja,
    surat_masuk::pages::{derajat_badge, sifat_badge},
    susut,
};

pub(crate) use super::write::PAGE as LIST;

/// What a change needs, of whoever asks.
pub(crate) fn meja(ctx: &Ctx) -> Result<Meja, Problem> {
    let acting = ctx.scope()?.acting.clone().ok_or_else(|| Problem::refused(Refusal::NoOpd))?;
    Ok(Meja { kerja: Kerja::of(ctx), keys: ctx.instance().keys().clone(), acting })
}

/// The naskah of the address, when the reader may see it.
pub(crate) fn load(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Naskah, Problem> {
    let id: Id = ctx.param("id")?;
    store::find(tx, ctx.instance().keys(), ctx.scope()?, id)?.ok_or(Problem::NotFound)
}

/// What was destroyed is not drawn any more: a page without its words would be taken for the naskah.
pub(crate) fn whole(tx: &mut Tx<'_>, naskah: &Naskah) -> Result<(), Problem> {
    match susut::store::destroyed(tx, naskah.id)? {
        Some(surat) => {
            let tanggal = tanggal_panjang(surat.tanggal);
            Err(Problem::refused(Refusal::Destroyed { nomor: surat.nomor, tanggal }))
        }
        None => Ok(()),
    }
}

/// A kind as this regency numbers it, and what it asks.
pub(crate) fn kind(tx: &mut Tx<'_>, kode: &str) -> Result<(JenisNaskah, &'static Jenis), Problem> {
    let asks = super::jenis::of(kode).ok_or(Problem::NotFound)?;
    Ok((kinds::get(tx, kode)?.ok_or(Problem::NotFound)?, asks))
}

/// How a naskah is called on a page: "Surat Dinas 000.1.2/12/DINKES", or without its number.
pub(crate) fn title(naskah: &Naskah, kind: &JenisNaskah) -> String {
    match &naskah.nomor {
        Some(nomor) if nomor.urut > 0 => format!("{} {}", kind.nama, nomor.teks),
        _ => kind.nama.clone(),
    }
}

pub(crate) fn header(naskah: &Naskah, kind: &JenisNaskah) -> PageHeader {
    PageHeader::new(title(naskah, kind)).purpose(naskah.isi.hal.clone()).crumb("Naskah", LIST)
}

/// The header of a page below one naskah.
pub(crate) fn below(naskah: &Naskah, kind: &JenisNaskah, page: &str) -> PageHeader {
    PageHeader::new(page)
        .purpose(naskah.isi.hal.clone())
        .crumb("Naskah", LIST)
        .crumb(title(naskah, kind), format!("{LIST}/{}", naskah.id))
}

/// What decides a naskah at a glance.
pub(crate) fn short_facts(naskah: &Naskah, kind: &JenisNaskah) -> Facts {
    Facts::new()
        .add("Jenis", &kind.nama)
        .add("Hal", &naskah.isi.hal)
        .add("Penandatangan", &naskah.penandatangan_jabatan)
        .add("Sifat", html! { @if naskah.isi.sifat == praja_kernel::Sifat::Biasa { (naskah.isi.sifat.label()) } @else { (sifat_badge(naskah.isi.sifat)) } })
        .add("Status", status_badge(naskah.status))
}

/// A state as colour, word and icon.
pub(crate) fn status_badge(status: Status) -> Markup {
    let tone = match status {
        Status::Konsep => Tone::Neutral,
        Status::Dikoreksi | Status::SiapTte | Status::Menandatangani => Tone::Warn,
        Status::Paraf => Tone::Info,
        Status::Tertandatangani | Status::Dikirim | Status::Diberkaskan => Tone::Good,
        Status::Ditolak | Status::Dicabut => Tone::Bad,
    };
    badge(tone, status.label())
}

fn marks(sifat: praja_kernel::Sifat, derajat: praja_kernel::Derajat) -> Markup {
    html! { (sifat_badge(sifat)) (derajat_badge(derajat)) }
}
