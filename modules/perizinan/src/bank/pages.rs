//! The screens of bank files: bringing one, what was found, applying it; how each bank writes its files.

mod act;
mod list;
mod profil;
mod show;
mod upload;

use praja_kernel::Id;
use praja_module::{Ctx, Problem, Route};
use praja_store::Tx;
use praja_web::{Markup, Tone, badge};

use super::{Berkas, MAX_BYTES, Status, store};
use crate::COLLECT;

/// Where the files are.
pub(crate) const LIST: &str = "/perizinan/izin/retribusi/bank";
/// Where the profiles are.
pub(crate) const PROFILES: &str = "/perizinan/izin/retribusi/profil";

/// The addresses of bank files.
pub(crate) const ROUTES: &[Route] = &[
    Route::get(LIST, COLLECT, "Daftar berkas bank", list::list),
    Route::get("/perizinan/izin/retribusi/bank/unduh", COLLECT, "Mengunduh daftar berkas bank", list::download),
    Route::get("/perizinan/izin/retribusi/bank/baru", COLLECT, "Formulir mengunggah berkas bank", upload::show),
    Route::post("/perizinan/izin/retribusi/bank/baru", COLLECT, "Memeriksa berkas bank tanpa mengubah apa pun", upload::save)
        .with_upload(MAX_BYTES, 1),
    Route::get("/perizinan/izin/retribusi/bank/{id}", COLLECT, "Hasil pemeriksaan satu berkas bank", show::show),
    Route::get("/perizinan/izin/retribusi/bank/{id}/unduh", COLLECT, "Mengunduh hasil pemeriksaan", show::download),
    Route::post("/perizinan/izin/retribusi/bank/{id}", COLLECT, "Menerapkan berkas bank, atau tidak memakainya", act::save),
    Route::get(PROFILES, COLLECT, "Daftar profil bank", profil::list),
    Route::get("/perizinan/izin/retribusi/profil/unduh", COLLECT, "Mengunduh daftar profil bank", profil::download),
    Route::get("/perizinan/izin/retribusi/profil/baru", COLLECT, "Formulir profil bank baru", profil::ask_new),
    Route::post("/perizinan/izin/retribusi/profil/baru", COLLECT, "Menyimpan profil bank baru", profil::save_new),
    Route::get("/perizinan/izin/retribusi/profil/{id}", COLLECT, "Formulir mengubah profil bank", profil::ask),
    Route::post("/perizinan/izin/retribusi/profil/{id}", COLLECT, "Menyimpan profil bank", profil::save),
];

pub(crate) fn address(id: Id) -> String {
    format!("{LIST}/{id}")
}

fn load(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Berkas, Problem> {
    store::find(tx, &ctx.scope()?.opd_set, ctx.param("id")?)?.ok_or(Problem::NotFound)
}

fn status_badge(status: Status) -> Markup {
    let tone = match status {
        Status::Diperiksa => Tone::Warn,
        Status::Diterapkan => Tone::Good,
        Status::Dibuang => Tone::Neutral,
    };
    badge(tone, status.label())
}
