//! The register of assisted visits on screen.

mod form;
mod list;

use praja_desk::{attachments, timeline};
use praja_kernel::tanggal_panjang;
use praja_module::{Ctx, Outcome, Problem, Route};
use praja_store::Tx;
use praja_web::{
    Act, Facts, Icon, Markup, Notice, PageHeader, Tone, act_bar, badge, detail, frame, html,
    picker::{self, Choice, MOST},
    section,
};

use super::{Keadaan, Kunjungan, TABLE, kbli, objek, store};
use crate::{READ, RECEIVE, nik};

/// The list.
pub(super) const LIST: &str = "/perizinan/izin/bantuan";

pub(crate) const ROUTES: &[Route] = &[
    Route::get(LIST, READ, "Layanan berbantuan pada sistem nasional", list::show),
    Route::get("/perizinan/izin/bantuan/unduh", READ, "Mengunduh layanan berbantuan yang tampil", list::download),
    Route::get("/perizinan/izin/bantuan/baru", RECEIVE, "Formulir kunjungan layanan berbantuan", form::new),
    Route::post("/perizinan/izin/bantuan/baru", RECEIVE, "Mencatat kunjungan layanan berbantuan", form::create)
        .with_judged_upload(attachments::MAX_BYTES, attachments::MAX_FILES),
    Route::get("/perizinan/izin/pilih/kbli", RECEIVE, "Mencari KBLI", lookup),
    Route::get("/perizinan/izin/bantuan/{id}", READ, "Satu kunjungan layanan berbantuan", one),
    Route::get("/perizinan/izin/bantuan/{id}/ubah", RECEIVE, "Formulir mengubah kunjungan", form::edit),
    Route::post("/perizinan/izin/bantuan/{id}/ubah", RECEIVE, "Mengubah kunjungan layanan berbantuan", form::save)
        .with_judged_upload(attachments::MAX_BYTES, attachments::MAX_FILES),
];

fn tone(keadaan: Keadaan) -> Tone {
    match keadaan {
        Keadaan::Terbit => Tone::Good,
        Keadaan::Perbaikan => Tone::Warn,
        Keadaan::Ditolak => Tone::Bad,
        Keadaan::Belum | Keadaan::Diproses => Tone::Info,
    }
}

/// Helping is the work of the PTSP: whoever belongs to another OPD has nothing to look for here.
fn here(ctx: &Ctx) -> Result<(), Problem> {
    if ctx.may(crate::RECOMMEND) && !ctx.may(RECEIVE) { Err(Problem::NotFound) } else { Ok(()) }
}

/// GET /perizinan/izin/pilih/kbli?q=
fn lookup(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    let typed: String = ctx.query("q").unwrap_or_default().chars().take(100).collect();
    let found = kbli::search(&typed, MOST + 1);
    Ok(picker::answer(found.into_iter().map(|one| Choice::new(one.key(), one.label()).note("KBLI 2020")).collect(), false))
}

/// What everybody who reads here must know.
fn no_licence() -> Notice {
    Notice::new(Tone::Info, "Catatan ini bukan izin.")
        .text("Izin terbit pada sistem nasionalnya; di sini hanya dicatat siapa yang dibantu dan keadaannya saat itu.")
}

/// GET /perizinan/izin/bantuan/{id}
fn one(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    here(ctx)?;
    let one = store::get(tx, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    let files = attachments::of(tx, &objek(one.id))?;
    let body = html! {
        (no_licence())
        (facts(ctx, &one))
        @if !one.isi.catatan.is_empty() { (section("Yang dibantu", html! { p.prosa { (one.isi.catatan) } })) }
        @if !files.is_empty() { (section("Lampiran", attachments::table(ctx, &files))) }
        (section("Riwayat", timeline::of(ctx, tx, &objek(one.id))?))
    };
    let side = html! {
        @if ctx.may(RECEIVE) { (act_bar(&[Act::link("Perbarui keadaan", format!("{LIST}/{}/ubah", one.id)).icon(Icon::Edit).main()])) }
    };
    let header = PageHeader::new(format!("{}, {}", one.isi.nama, one.isi.kanal.label()))
        .purpose("Satu kunjungan layanan berbantuan.")
        .crumb("Layanan berbantuan", LIST);
    Ok(frame::respond(ctx, &header, detail(body, side)))
}

fn facts(ctx: &Ctx, one: &Kunjungan) -> Markup {
    let isi = &one.isi;
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let facts = Facts::new()
        .add("Tanggal", tanggal_panjang(one.tanggal))
        .add("Sistem nasional", isi.kanal.label())
        .add("Keperluan", isi.keperluan.label())
        .add("Keadaan", badge(tone(isi.keadaan), isi.keadaan.label()))
        .add_maybe("Bunyi keadaan di sistem itu", some(&isi.keadaan_luar))
        .add("Nama", &isi.nama)
        .add_maybe("NIK", some(&isi.nik).map(|number| nik::tersamar(ctx, &format!("{TABLE}:{}", one.id), "pemohon", &number)))
        .add_maybe("Telepon", some(&isi.telepon))
        .add_maybe("Usaha atau badan", some(&isi.badan))
        .add_maybe("NIB", some(&isi.nib))
        .add_maybe("KBLI", some(&isi.kbli).map(|key| kbli::shown(&key)))
        .add_maybe("Nomor di sistem itu", some(&isi.nomor_luar))
        .add("Dibantu oleh", &one.petugas_nama);
    html! { (facts) }
}
