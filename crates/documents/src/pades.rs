//! Signatures in PDF: PAdES level B-B, written as an update behind the document, and checked by ourselves.

mod check;
mod cms;
mod der;
pub mod lokal;
mod pdf;

pub use check::check;
pub use praja_module::signing::{Mark, PadesError, Root, Signature};
