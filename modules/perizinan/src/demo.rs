//! What a trainer shows: every type of service that comes with the program, published.

mod kertas;
mod permohonan;

use praja_module::{Demo, Jenis};
use praja_store::{Keys, Result, StoreError};

use crate::jenis::store;

/// What a trainer shows first.
const LEADING: [&str; 2] = ["REK", "SKP"];

/// Fills a contoh Instance. Run again, it adds what is missing.
pub(crate) fn load(demo: &Demo<'_>) -> Result<()> {
    let instance = demo.instance;
    let contoh = instance.jenis == Jenis::Contoh;
    instance.db.write(&instance.by_system("perizinan.load-demo"), Keys::none(), move |tx| {
        store::install(tx, contoh)?;
        for kode in LEADING {
            store::set_leading(tx, kode, true)?;
        }
        Ok::<_, StoreError>(())
    })?;
    crate::antrean::demo::load(demo)?;
    crate::bantuan::demo::load(demo)?;
    permohonan::load(demo)?;
    crate::skrd::demo::load(demo)
}
