//! The screens of payments: entering an STS, the list of payments, confirming one.

mod decide;
mod enter;
mod list;

use praja_kernel::Id;
use praja_module::Route;

use crate::COLLECT;

/// Where they are.
pub(crate) const LIST: &str = "/perizinan/izin/retribusi/setoran";

/// The addresses of payments.
pub(crate) const ROUTES: &[Route] = &[
    Route::get("/perizinan/izin/retribusi/skrd/{id}/setor", COLLECT, "Formulir setoran dengan STS", enter::ask),
    Route::post("/perizinan/izin/retribusi/skrd/{id}/setor", COLLECT, "Mencatat setoran dengan STS", enter::save),
    Route::get(LIST, COLLECT, "Daftar setoran dan pembayaran", list::list),
    Route::get("/perizinan/izin/retribusi/setoran/unduh", COLLECT, "Mengunduh daftar setoran", list::download),
    Route::get("/perizinan/izin/retribusi/setoran/{id}", COLLECT, "Satu setoran, untuk dikonfirmasi petugas lain", decide::ask),
    Route::post("/perizinan/izin/retribusi/setoran/{id}", COLLECT, "Mengonfirmasi atau menolak setoran", decide::save),
];

pub(crate) fn address(id: Id) -> String {
    format!("{LIST}/{id}")
}
