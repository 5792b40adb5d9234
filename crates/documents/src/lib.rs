//! Documents: a template and its data become a PDF, which is signed and checked.
//!
//! The only crate that links the typesetter. Templates see nothing but the files they are handed: no disk, no network, no packages.
//! `docs/adr/0028-naskah-pdf.md` says how a render is kept within its time and memory.

mod address;
mod engine;
mod fonts;
mod hint;
mod join;
mod naskah;
pub mod office;
pub mod pades;
mod picture;
mod port;
mod qr;
pub mod sign;
mod stamp;
mod text;
mod trouble;
pub mod worker;
mod world;

pub use address::addresses;
pub use engine::{Engine, Limits, Rendered};
pub use naskah::{KINDS, Kind, Pack, kind, sample};
pub use port::{Drawer, Signatures};
pub use qr::svg as qr_svg;
pub use trouble::{Problem, Trouble};
pub use worker::Workers;

use std::collections::BTreeMap;

/// The name under which a template reads its data.
pub const DATA: &str = "data.json";

/// What is to be drawn: files by their name, one of them the template, one of them the data.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Job {
    /// The template, one of `files`.
    pub main: String,
    /// Everything that the template may read.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Year, month, day: the date of the document, in its properties; the same input gives the same bytes on any day.
    pub date: (i32, u8, u8),
}
