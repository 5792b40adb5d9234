use std::{fmt::Write, sync::Arc};

use praja_desk::{
    calendar,
    registers::{self, RegisterKey},
    tasks,
};
use praja_identity::{jabatan, opd};
use praja_kernel::Zona;
use praja_module::Demo;
use praja_store::{By, Db, Keys, Result, StoreError, Tx, audit::Entry};
use sha2::{Digest, Sha256};

use super::{
    generator::{Generator, Office},
    store,
};
use crate::{
    AGENDA, TABLE,
    surat_masuk::{Desks, SuratMasuk, nomor_agenda, pages::form, readers},
};

/// Letters of one write: imports are staged, so that nobody waits for the writer.
const STAGE: u64 = 500;
/// The youngest letters are put into the search index and the inbox; two million would only slow the first start.
const INDEXED: u64 = 2000;
/// Letters of one write when they are indexed, too.
const INDEXED_STAGE: u64 = 100;

/// Fills the agenda books of every OPD. Run again, it goes on where it was cut off.
pub(crate) fn load(demo: &Demo<'_>) -> Result<()> {
    let instance = demo.instance;
    let anchor = demo.anchor;
    let (offices, calendar) = instance.db.read(|tx| Ok::<_, StoreError>((offices(tx)?, calendar::of(tx, anchor)?)))?;
    let generator = Generator::new(demo.seed, anchor, demo.scale, offices, calendar, instance.zona);
    let by = instance.by_system("eoffice.load-demo");
    load_into(&instance.db, &by, instance.zona, generator, demo.progress)
}

/// The OPDs that have posts: the registry is the post named for it, else the leader's own.
fn offices(tx: &mut Tx<'_>) -> Result<Vec<Office>> {
    let mut offices = Vec::new();
    for opd in opd::list_active(tx)? {
        let posts = jabatan::list_of_opd(tx, opd.id)?;
        let Some(head) = posts.first() else { continue };
        let registry = ["Persuratan", "Tata Usaha", "Umum"]
            .iter()
            .find_map(|name| posts.iter().skip(1).find(|post| post.nama.contains(name)));
        let registry = registry.unwrap_or(head);
        let desks = Desks { tata_usaha: registry.id, pimpinan: Some(head.id) };
        offices.push(Office { opd: opd.id, desks, tata_usaha: registry.nama.clone(), bobot: bobot(opd.jenis) });
    }
    Ok(offices)
}

/// A dinas gets far more mail than a kelurahan.
const fn bobot(jenis: opd::Jenis) -> usize {
    match jenis {
        opd::Jenis::Sekretariat | opd::Jenis::Inspektorat | opd::Jenis::Dinas | opd::Jenis::Badan => 8,
        opd::Jenis::Bagian => 5,
        opd::Jenis::KepalaDaerah | opd::Jenis::Kecamatan => 3,
        opd::Jenis::Kelurahan | opd::Jenis::Desa | opd::Jenis::Uptd => 1,
    }
}

pub(super) fn load_into(db: &Db, by: &By, zona: Zona, generator: Generator, progress: &dyn Fn(&str, u64, u64)) -> Result<()> {
    let generator = Arc::new(generator);
    let total = generator.total();
    let indexed_from = total.saturating_sub(INDEXED);
    let mut from = 0;
    while from < total {
        let indexed = from >= indexed_from;
        let to = if indexed { (from + INDEXED_STAGE).min(total) } else { (from + STAGE).min(indexed_from) };
        let letters: Vec<(SuratMasuk, Desks)> = (from..to).map(|index| generator.letter(index)).collect();
        let mut books: Vec<RegisterKey> = Vec::new();
        for (surat, _) in &letters {
            if !books.contains(&book(surat)) {
                books.push(book(surat));
            }
        }
        db.write(by, Keys::of(books.iter().map(RegisterKey::lock)), move |tx| stage(tx, &letters, indexed, zona))?;
        progress("Surat masuk", to, total);
        from = to;
    }
    Ok(())
}

fn book(surat: &SuratMasuk) -> RegisterKey {
    RegisterKey { opd: surat.opd, kelompok: AGENDA, tahun: surat.tahun }
}

/// One write: letters with their numbers and readers, and ONE audit row with count and hash for all of them. A letter imported
/// as history was not registered by anybody here, so no audit row of its own claims that it was.
fn stage(tx: &mut Tx<'_>, letters: &[(SuratMasuk, Desks)], indexed: bool, zona: Zona) -> Result<()> {
    let Some((first, _)) = letters.first() else { return Ok(()) };
    if store::is_there(tx, first.id)? {
        return Ok(());
    }
    let mut digest = Sha256::new();
    let mut numbered = Vec::with_capacity(letters.len());
    for (surat, desks) in letters {
        let drawn = registers::draw(tx, &book(surat), &crate::objek(surat.id), |urut| nomor_agenda(urut, surat.tahun))?;
        let surat = SuratMasuk { agenda: drawn.urut, ..surat.clone() };
        digest.update(format!("{}\n{}\n{}\n{}\n", surat.id, drawn.nomor, surat.isi.asal, surat.isi.hal));
        let readers = readers(surat.opd, surat.isi.sifat, *desks);
        numbered.push((surat, readers));
    }
    store::insert_many(tx, &numbered)?;
    if indexed {
        for ((surat, readers), (_, desks)) in numbered.iter().zip(letters) {
            announce(tx, surat, readers, *desks, zona)?;
        }
    }
    let sidik = digest.finalize().iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    });
    tx.audit(&Entry::new("eoffice.import-surat-masuk", TABLE, "contoh").with("jumlah", letters.len()).with("sidik", sidik))
}

/// The youngest letters can be searched for, and what is open waits in an inbox.
fn announce(tx: &mut Tx<'_>, surat: &SuratMasuk, readers: &[String], desks: Desks, zona: Zona) -> Result<()> {
    if !surat.isi.sifat.is_secret() {
        tx.index(&form::found_by(surat, readers.to_vec()))?;
    }
    // Where the leader keeps the books alone, nobody is sent to the scanner.
    if surat.status.is_open()
        && desks.pimpinan != Some(desks.tata_usaha)
        && let Some(task) = form::first_task(surat, desks, zona.date(surat.tenggat))
    {
        tasks::open(tx, &task)?;
    }
    Ok(())
}
