//! The work nobody waits for: beginning the chain, and writing a package.

use std::{
    cell::Cell,
    io::{self, BufWriter},
    thread,
};

use praja_kernel::Id;
use praja_module::Instance;
use praja_store::{AuditRow, Keys, PutError, Result, StoreError};

use super::{
    RANTAI, Status, Unduhan,
    fakta::{self, Isi},
    paket::{self, Bahan},
    rantai, store,
    tabel::Tabel,
};

/// Job: writes into the chain what is not in it.
pub(crate) const BEGIN: &str = "perizinan.begin-rantai";
/// Job: writes a package.
pub(crate) const WRITE: &str = "perizinan.write-ekspor";
/// Progress is noted after so many rows.
const STEP: i64 = 10_000;

/// Runs [`BEGIN`].
pub(crate) fn begin(instance: &Instance, _: &str) -> Result<()> {
    rantai::begin(instance, BEGIN, usize::MAX).map(drop)
}

/// Runs [`WRITE`]: the chain is read once for itself and once for each table, a page at a time; the file goes encrypted to where files
/// stand without ever lying plain on a disk.
pub(crate) fn write(instance: &Instance, text: &str) -> Result<()> {
    let id: Id = serde_json::from_str(text).map_err(|e| StoreError::Corrupt(format!("a job of an export: {e}")))?;
    let Some(one) = instance.db.read(|tx| store::get(tx, id))?.filter(|one| one.status == Status::Disusun) else { return Ok(()) };
    let (reader, writer) = io::pipe().map_err(|e| StoreError::Unavailable(e.to_string()))?;
    let blob = thread::scope(|scope| {
        let made = scope.spawn(|| make(instance, &one, writer));
        let mut reader = reader;
        let stored = instance.blobs.put(&mut reader, u64::MAX);
        // A writer that waits for somebody to read would wait for ever.
        drop(reader);
        let made = made.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        made.map_err(|e| StoreError::Unavailable(e.to_string()))?;
        stored.map_err(|e| match e {
            PutError::Store(e) => e,
            other => StoreError::Unavailable(other.to_string()),
        })
    })?;
    instance.db.write(&instance.by_system(WRITE), Keys::unaudited(), move |tx| store::finish(tx, id, &blob))
}

fn make(instance: &Instance, one: &Unduhan, out: io::PipeWriter) -> io::Result<()> {
    let last = instance.db.read(|tx| tx.audit_rows(RANTAI, one.urut - 1)).map_err(io::Error::other)?;
    let last = last.into_iter().next().ok_or_else(|| io::Error::other("the chain is shorter than the export"))?;
    let Isi::Ekspor(ekspor) = fakta::read(&last).map_err(io::Error::other)? else {
        return Err(io::Error::other("the last row of an export is not its own"));
    };
    let passes = i64::try_from(Tabel::ALL.len() + 1).unwrap_or(1);
    let (done, told) = (Cell::new(0_i64), Cell::new(0_i64));
    let rows = |each: &mut dyn FnMut(&AuditRow) -> io::Result<()>| -> io::Result<()> {
        let mut after = 0;
        while after < one.urut {
            let page = instance.db.read(|tx| tx.audit_rows(RANTAI, after)).map_err(io::Error::other)?;
            let Some(end) = page.last() else { break };
            after = end.urut;
            for row in page.iter().filter(|row| row.urut <= one.urut) {
                each(row)?;
                done.set(done.get() + 1);
            }
            if done.get() - told.get() >= STEP {
                told.set(done.get());
                let (id, so_far, total) = (one.id, done.get(), one.urut * passes);
                let by = instance.by_system(WRITE);
                let noted = instance.db.write(&by, Keys::unaudited(), move |tx| store::progress(tx, id, so_far, total));
                noted.map_err(io::Error::other)?;
            }
        }
        Ok(())
    };
    let kunci = instance.keys().signing();
    let bahan = Bahan {
        instansi: &instance.id.to_string(),
        dibuat: one.dibuat,
        ekspor: &ekspor,
        oleh: &one.oleh_nama,
        urut: one.urut,
        sidik: &one.sidik,
        jangkar: &one.jangkar,
        kunci: &kunci,
    };
    let out = paket::write(BufWriter::new(out), &bahan, &rows)?;
    out.into_inner().map_err(io::IntoInnerError::into_error).map(drop)
}
