//! Figures about the service: for everybody without a name, for the inspectorate to the last officer. Counted every night, never while a page
//! is drawn.

pub(crate) mod angka;
mod hitung;
mod periode;
mod samar;
mod ukuran;
