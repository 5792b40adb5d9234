//! The counter: an application of somebody who is there, in one form for the keyboard and one for all files, with a receipt at the end.
//! Needs neither e-mail nor internet.

pub(crate) mod pages;

use praja_module::Route;

use crate::hak::RECEIVE;
use praja_desk::attachments;

/// Where the counter begins.
pub(crate) const PAGE: &str = "/perizinan/izin/loket";

/// The addresses.
pub(crate) const ROUTES: &[Route] = &[
    Route::get(PAGE, RECEIVE, "Memilih layanan bagi pemohon yang hadir", pages::choose),
    Route::get("/perizinan/izin/loket/{kode}", RECEIVE, "Formulir permohonan di loket", pages::form),
    Route::post("/perizinan/izin/loket/{kode}", RECEIVE, "Mencatat permohonan di loket", pages::save),
    Route::get("/perizinan/izin/loket/{kode}/{id}", RECEIVE, "Berkas permohonan di loket", pages::files),
    Route::post("/perizinan/izin/loket/{kode}/{id}", RECEIVE, "Menyimpan berkas dan mendaftarkan permohonan", pages::register)
        .with_judged_upload(attachments::MAX_BYTES, MOST),
    Route::get("/perizinan/izin/{id}/bukti", RECEIVE, "Bukti permohonan untuk dicetak di loket", pages::receipt),
];

/// Most files of one form: the longest list of requirements has twenty-six.
pub(crate) const MOST: usize = 40;
