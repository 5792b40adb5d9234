//! The screens of imports: the list, bringing a file, choosing its sheet, mapping its columns and its services, what was found, taking it over
//! and back.

mod act;
mod files;
mod kolom;
mod layanan;
mod lembar;
mod list;
mod show;
mod upload;

use praja_kernel::Id;
use praja_module::{Ctx, Problem, Route};
use praja_store::Tx;
use praja_web::PageHeader;

use super::{Impor, MAX_BYTES, Refusal, store};
use crate::{hak::IMPORT, pengaturan};

/// The address of the list; everything else lies below it.
pub(crate) const LIST: &str = "/perizinan/izin/impor";
/// Rows of one page.
const PAGE: usize = 50;

/// The addresses.
pub(crate) const ROUTES: &[Route] = &[
    Route::get(LIST, IMPORT, "Daftar izin lama yang diimpor", list::list),
    Route::get("/perizinan/izin/impor/unduh", IMPORT, "Mengunduh riwayat impor izin", list::download),
    Route::get("/perizinan/izin/impor/baru", IMPORT, "Formulir mengunggah daftar izin lama", upload::show),
    Route::post("/perizinan/izin/impor/baru", IMPORT, "Mengunggah daftar izin lama", upload::save).with_upload(MAX_BYTES, 1),
    Route::post("/perizinan/izin/impor/profil/{id}/hapus", IMPORT, "Menghapus profil pemetaan impor izin", list::remove_profile),
    Route::get("/perizinan/izin/impor/{id}", IMPORT, "Keadaan satu impor izin", show::show),
    Route::get("/perizinan/izin/impor/{id}/unduh", IMPORT, "Mengunduh hasil impor izin", files::rows),
    Route::get("/perizinan/izin/impor/{id}/masalah", IMPORT, "Mengunduh masalah satu impor izin", files::problems),
    Route::get("/perizinan/izin/impor/{id}/berkas", IMPORT, "Daftar izin lama sebagaimana diunggah", files::original),
    Route::get("/perizinan/izin/impor/{id}/lembar", IMPORT, "Formulir memilih lembar dan baris judul daftar izin", lembar::show),
    Route::post("/perizinan/izin/impor/{id}/lembar", IMPORT, "Memilih lembar dan baris judul daftar izin", lembar::save),
    Route::get("/perizinan/izin/impor/{id}/kolom", IMPORT, "Formulir memetakan kolom daftar izin", kolom::show),
    Route::post("/perizinan/izin/impor/{id}/kolom", IMPORT, "Memetakan kolom daftar izin", kolom::save),
    Route::get("/perizinan/izin/impor/{id}/layanan", IMPORT, "Formulir memasangkan nama layanan lama", layanan::show),
    Route::post("/perizinan/izin/impor/{id}/layanan", IMPORT, "Memasangkan nama layanan lama", layanan::save),
    Route::post("/perizinan/izin/impor/{id}/terapkan", IMPORT, "Menerapkan impor izin", act::apply),
    Route::post("/perizinan/izin/impor/{id}/batal", IMPORT, "Membatalkan impor izin", act::cancel),
    Route::post("/perizinan/izin/impor/{id}/urungkan", IMPORT, "Mengurungkan impor izin", act::undo),
];

/// The PTSP, when whoever asks acts for it: licences are its business alone.
fn ptsp(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Id, Problem> {
    let opd = pengaturan::ptsp(tx)?;
    let scope = ctx.scope()?;
    opd.filter(|opd| scope.covers_opd(*opd)).ok_or_else(|| Problem::refused(Refusal::NotHere))
}

/// An import of the own OPD, or of one it absorbed; of others not even that they exist.
fn find(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Impor, Problem> {
    let id: Id = ctx.param("id")?;
    let own = &ctx.scope()?.opd_set;
    store::get(tx, id)?.filter(|impor| own.contains(&impor.opd)).ok_or(Problem::NotFound)
}

fn crumbs(header: PageHeader) -> PageHeader {
    header.crumb("Impor izin lama", LIST)
}

fn address(id: Id) -> String {
    format!("{LIST}/{id}")
}

/// "1.203".
fn grouped(count: i64) -> String {
    praja_kernel::ribuan(u64::try_from(count).unwrap_or(0))
}
