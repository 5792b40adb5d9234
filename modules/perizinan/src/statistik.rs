//! Figures about the service: for everybody without a name, for the inspectorate to the last officer. Counted every night, never while a page
//! is drawn.

pub(crate) mod angka;
pub(crate) mod calo;
mod hitung;
mod jejak;
pub(crate) mod keadilan;
pub(crate) mod kerja;
mod laporan;
mod periode;
mod samar;
pub(crate) mod store;
mod tampil;
mod teknis;
mod ukuran;
mod umum;

use praja_module::{Access, Route};

/// Where anybody reads the figures.
pub(crate) const PAGE: &str = "/perizinan/statistik";

/// The addresses.
pub(crate) const ROUTES: &[Route] = &[
    Route::get_as(PAGE, Access::Public, "Statistik pelayanan perizinan untuk umum", umum::show),
    Route::get_as("/perizinan/statistik/unduh", Access::Public, "Mengunduh statistik pelayanan", umum::download),
    Route::get_as("/perizinan/statistik/data", Access::Public, "Angka setahun sebagai data terbuka", umum::data),
    Route::get_as("/perizinan/statistik/laporan", Access::Public, "Laporan statistik setahun sebagai PDF", laporan::show),
];
