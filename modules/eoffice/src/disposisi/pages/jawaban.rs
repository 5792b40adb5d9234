//! The naskah that answers an order: chosen among one's own, begun from the order, shown as far as it may be read.

use praja_desk::registers::naskah as kinds;
use praja_kernel::Id;
use praja_module::{Ctx, Problem};
use praja_store::{Result, Tx, audit::Entry};
use praja_web::{FormValues, Markup, html};

use super::show::{Bagian, load};
use crate::{
    disposisi::{Refusal, Side, Tujuan, pokok::Jenis, store},
    naskah,
    surat_masuk::RAHASIA,
};

/// So many of one's own naskah are offered, the youngest first.
const MOST: usize = 50;
/// Kinds that answer whoever wrote; with the others one writes to whoever gave the order.
const OUTWARD: [&str; 5] = ["surat-dinas", "undangan-eksternal", "surat-pengantar", "surat-keterangan", "rekomendasi"];

/// The naskah that may be chosen as the answer: those that the reader's post wrote or signs, and the one that was begun from here.
/// Nothing, the first choice, is always possible.
pub(crate) fn offers(ctx: &Ctx, tx: &mut Tx<'_>, tujuan: &Tujuan) -> Result<Vec<(String, String)>, Problem> {
    let mut all = vec![(String::new(), "Tidak ada naskah jawaban".to_owned())];
    let Some(acting) = &ctx.scope()?.acting else { return Ok(all) };
    let mut rows = naskah::store::of_post(tx, acting.jabatan, MOST)?;
    if let Some(begun) = tujuan.jawaban.filter(|id| rows.iter().all(|row| row.id != *id)) {
        rows.extend(naskah::store::list_found(tx, ctx.scope()?, &[begun])?);
    }
    for row in rows {
        let kind = kinds::get(tx, &row.jenis)?.map_or_else(|| row.jenis.clone(), |kind| kind.nama);
        let nomor = row.nomor.as_deref().unwrap_or("konsep");
        all.push((row.id.to_string(), format!("{kind} {nomor}: {}", row.hal)));
    }
    Ok(all)
}

/// The answer as whoever sees the order sees it: a link for those who may read that naskah, for others no more than that there is one.
pub(crate) fn of(ctx: &Ctx, tx: &mut Tx<'_>, tujuan: &Tujuan) -> Result<Option<Markup>, Problem> {
    let Some(id) = tujuan.jawaban else { return Ok(None) };
    let found = naskah::store::list_found(tx, ctx.scope()?, &[id])?.into_iter().next();
    let Some(row) = found.filter(|_| ctx.may(crate::WRITE)) else {
        return Ok(Some(html! { p.redup { "Dijawab dengan naskah yang hanya terbuka bagi yang berhak membacanya." } }));
    };
    let kind = kinds::get(tx, &row.jenis)?.map_or_else(|| row.jenis.clone(), |kind| kind.nama);
    let hal = if row.sifat.is_secret() { RAHASIA } else { row.hal.as_str() };
    Ok(Some(html! {
        p {
            "Naskah jawaban: "
            a href={ (naskah::write::PAGE) "/" (id) } { (kind) @if let Some(nomor) = &row.nomor { " " (nomor) } ": " (hal) }
            " " (naskah::pages::status_badge(row.status))
        }
    }))
}

/// An order that a naskah is begun from, when it lies with whoever asks and waits for their report.
pub(crate) fn begun(ctx: &Ctx, tx: &mut Tx<'_>, asked: &str) -> Result<Option<Bagian>, Problem> {
    let Ok(id) = asked.parse::<Id>() else { return Ok(None) };
    let bagian = load(ctx, tx, id)?;
    if bagian.side != Some(Side::Recipient) {
        return Err(Problem::refused(Refusal::NotYours(Side::Recipient)));
    }
    crate::disposisi::step(bagian.tujuan.status, crate::disposisi::Act::Report, bagian.tujuan.wajib_laporan)
        .map_err(Problem::refused)?;
    Ok(Some(bagian))
}

/// What such a naskah begins with.
pub(crate) fn values(bagian: &Bagian, kode: &str) -> FormValues {
    let pokok = &bagian.pokok;
    let kepada = if OUTWARD.contains(&kode) { pokok.asal() } else { bagian.disposisi.dari_jabatan.as_str() };
    let values = FormValues::new()
        .with("kepada", kepada)
        .with("rujukan", pokok.rujukan())
        .with("sifat", bagian.disposisi.sifat.as_str())
        .with("derajat", pokok.derajat().as_str());
    if pokok.sifat().is_secret() { values } else { values.with("hal", pokok.hal()) }
}

/// The letter that such a naskah answers, for its page.
pub(crate) fn letter(bagian: &Bagian) -> Option<Id> {
    (bagian.pokok.jenis() == Jenis::Surat).then(|| bagian.pokok.id())
}

/// Keeps that a naskah was begun from an order: it stands in the report before anybody chooses it.
pub(crate) fn attach(tx: &mut Tx<'_>, tujuan: Id, naskah: Id) -> Result<(), Problem> {
    let one = store::find_tujuan(tx, tujuan)?.ok_or(Problem::NotFound)?;
    store::set_jawaban(tx, tujuan, naskah)?;
    let entry = Entry::new("eoffice.answer-disposisi", naskah::write::TABLE, naskah).with("disposisi", one.disposisi);
    Ok(tx.audit(&entry)?)
}
