//! What a trainer shows: every type of service that comes with the program, published.

use praja_module::{Demo, Jenis};
use praja_store::{Keys, Result};

use crate::jenis::store;

/// Fills a contoh Instance. Run again, it adds what is missing.
pub(crate) fn load(demo: &Demo<'_>) -> Result<()> {
    let instance = demo.instance;
    let contoh = instance.jenis == Jenis::Contoh;
    instance.db.write(&instance.by_system("perizinan.load-demo"), Keys::none(), move |tx| store::install(tx, contoh))?;
    crate::antrean::demo::load(demo)?;
    crate::bantuan::demo::load(demo)
}
