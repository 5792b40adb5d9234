//! The screens of the treasurer: bills, one bill, its paper, its QRIS, the rules of billing.

mod aturan;
pub(crate) mod bayar;
mod list;
pub(crate) mod paper;
mod qris;
mod show;
pub(crate) mod tagihan;

use praja_identity::opd;
use praja_kernel::{ActingAs, Date, Id, tanggal_pendek};
use praja_module::{Access, Ctx, Problem, Route};
use praja_store::Tx;
use praja_web::{Link, Markup, PageHeader, Tone, badge, tabs};

pub(crate) use show::payment_badge;

use super::{Skrd, Status, store};
use crate::COLLECT;

/// Where the bills are; everything else of the treasurer lies below.
pub(crate) const LIST: &str = "/perizinan/izin/retribusi";

/// The addresses of bills.
pub(crate) const ROUTES: &[Route] = &[
    Route::get(LIST, COLLECT, "Daftar SKRD", list::list),
    Route::get("/perizinan/izin/retribusi/unduh", COLLECT, "Mengunduh daftar SKRD", list::download),
    Route::get("/perizinan/izin/retribusi/aturan", COLLECT, "Aturan penagihan dan sumbernya", aturan::list),
    Route::get("/perizinan/izin/retribusi/aturan/baru", COLLECT, "Formulir aturan penagihan baru", aturan::ask),
    Route::post("/perizinan/izin/retribusi/aturan/baru", COLLECT, "Mencatat aturan penagihan", aturan::save),
    Route::get("/perizinan/izin/retribusi/tagihan/{id}", COLLECT, "Formulir SKRD satu permohonan, atau SKRD-nya", tagihan::ask),
    Route::post(
        "/perizinan/izin/retribusi/tagihan/{id}",
        COLLECT,
        "Menerbitkan SKRD dan mengirimnya kepada pemohon",
        tagihan::save,
    ),
    Route::get_as("/perizinan/permohonan/{resi}/skrd", Access::Public, "SKRD sebagai PDF bagi pemohonnya", bayar::download),
    Route::get("/perizinan/izin/retribusi/skrd/{id}", COLLECT, "Satu SKRD dengan pembayarannya", show::show),
    Route::get("/perizinan/izin/retribusi/skrd/{id}/pdf", COLLECT, "SKRD sebagai PDF", paper::show),
    Route::get("/perizinan/izin/retribusi/skrd/{id}/qris", COLLECT, "Formulir QRIS dari bank", qris::ask),
    Route::post("/perizinan/izin/retribusi/skrd/{id}/qris", COLLECT, "Menyimpan QRIS dari bank", qris::save),
];

/// The parts of the treasurer's desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Skrd,
    Setoran,
    Bank,
    Profil,
    Aturan,
}

/// Leads from each part to the others.
pub(crate) fn parts(here: Part) -> Markup {
    let all = [
        ("SKRD", LIST, Part::Skrd),
        ("Setoran", crate::pembayaran::pages::LIST, Part::Setoran),
        ("Berkas bank", crate::bank::pages::LIST, Part::Bank),
        ("Profil bank", crate::bank::pages::PROFILES, Part::Profil),
        ("Aturan", aturan::LIST, Part::Aturan),
    ];
    tabs("Bagian retribusi", &all.map(|(label, href, part)| (Link::new(label, href), part == here, None)))
}

/// For whom whoever asks acts now: the money is that OPD's.
pub(crate) fn me(ctx: &Ctx) -> Result<&ActingAs, Problem> {
    ctx.scope()?.acting.as_ref().ok_or(Problem::NotFound)
}

/// The bill of the address, when it is the own OPD's.
pub(crate) fn load(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Skrd, Problem> {
    store::find(tx, &ctx.scope()?.opd_set, ctx.param("id")?)?.ok_or(Problem::NotFound)
}

pub(crate) fn address(id: Id) -> String {
    format!("{LIST}/skrd/{id}")
}

/// A page about one bill.
pub(crate) fn below(skrd: &Skrd, title: &str) -> PageHeader {
    PageHeader::new(title)
        .purpose(format!("SKRD {} atas nama {}.", skrd.nomor, skrd.nama))
        .crumb("Retribusi", LIST)
        .crumb(skrd.nomor.clone(), address(skrd.id))
}

/// The state of a bill today, in colour, word and icon.
pub(crate) fn status_badge(skrd: &Skrd, today: Date) -> Markup {
    match skrd.status {
        Status::Terbit if skrd.is_late(today) => badge(Tone::Bad, "Terlambat"),
        Status::Terbit => badge(Tone::Warn, Status::Terbit.label()),
        Status::Lunas => badge(Tone::Good, Status::Lunas.label()),
        Status::Batal => badge(Tone::Neutral, Status::Batal.label()),
    }
}

/// The name of an OPD and where it stands, for the head of a paper.
pub(crate) fn office(tx: &mut Tx<'_>, id: Id) -> praja_store::Result<String> {
    Ok(opd::get(tx, id)?.map(|opd| opd.nama).unwrap_or_default())
}

fn day(date: Date) -> String {
    tanggal_pendek(date)
}
