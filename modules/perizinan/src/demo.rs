//! What a trainer shows: every type of service that comes with the program, published.

mod kertas;
mod langkah;
mod pemohon;
mod permohonan;
mod suara;

use praja_kernel::Date;
use praja_module::{Demo, Jenis};
use praja_store::{Keys, Result, Tx};

use crate::jenis::store;

/// What a trainer shows first.
const LEADING: [&str; 2] = ["REK", "SKP"];

/// The service whose next version is a draft.
const DRAFTED: &str = "MKM";

/// Fills a contoh Instance. Run again, it adds what is missing.
pub(crate) fn load(demo: &Demo<'_>) -> Result<()> {
    let instance = demo.instance;
    let (contoh, instance_day) = (instance.jenis == Jenis::Contoh, demo.anchor);
    instance.db.write(&instance.by_system("perizinan.load-demo"), Keys::none(), move |tx| {
        store::install(tx, contoh)?;
        for kode in LEADING {
            store::set_leading(tx, kode, true)?;
        }
        next_version(tx, instance_day)
    })?;
    crate::antrean::demo::load(demo)?;
    crate::bantuan::demo::load(demo)?;
    permohonan::load(demo)?;
    crate::skrd::demo::load(demo)?;
    crate::statistik::kerja::refresh(instance)
}

/// A next version that somebody has begun, so that there is something to compare.
fn next_version(tx: &mut Tx<'_>, day: Date) -> Result<()> {
    let Some(one) = store::published(tx, DRAFTED, day)? else { return Ok(()) };
    if store::versions(tx, one.versi.jenis)?.len() > 1 {
        return Ok(());
    }
    let mut isi = (*one.isi).clone();
    isi.ditinjau = day;
    isi.sla.hari = 3;
    isi.dokumen.isi.push("Ahli waris menjaga kebersihan dan ketertiban makam.".into());
    store::create(tx, &isi).map(drop)
}
