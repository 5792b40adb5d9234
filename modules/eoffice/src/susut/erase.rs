//! Erases what lay in destroyed files: scans, attachments, words. Number, date, subject and hash of each stay. Only a list that is done
//! by its berita acara is worked on, and what was interrupted goes on where it stopped.

use std::fmt::Write as _;

use praja_desk::{attachments, comments, registers::naskah as kinds};
use praja_kernel::Id;
use praja_module::Instance;
use praja_store::{Keyring, Keys, Result, StoreError, Tx, audit::Entry};
use sha2::{Digest, Sha256};

use super::{Keputusan, MOST, store, write::Payload};
use crate::{
    amplop,
    arsip::{
        self,
        isi::{Baris, Jenis},
        store as files,
    },
    disposisi::{self, pokok::Jenis as Pokok},
    naskah, objek, teks,
};

/// The job.
pub(crate) const JOB: &str = "eoffice.erase-arsip";
/// Letters of one write: nobody waits long for the writer.
const STEP: usize = 25;

/// Runs the job.
pub(crate) fn run(instance: &Instance, payload: &str) -> Result<()> {
    let Payload { susut } = serde_json::from_str(payload).map_err(|e| StoreError::Corrupt(format!("payload of {JOB}: {e}")))?;
    let Some(proof) = instance.db.read(|tx| store::proof(tx, susut))? else { return Ok(()) };
    let dasar = format!("Berita acara {} tanggal {}", proof.nomor, praja_kernel::tanggal_panjang(proof.tanggal));
    let lines = instance.db.read(|tx| store::baris(tx, susut, 0, MOST))?;
    let waiting = lines.into_iter().filter(|line| line.keputusan == Some(Keputusan::Musnah) && line.terhapus_pada.is_none());
    for line in waiting {
        let mut after = 0;
        loop {
            let contents = instance.db.read(|tx| files::isi(tx, line.berkas.id, after, STEP))?;
            let Some(last) = contents.last() else { break };
            after = last.nomor;
            let (dasar, keys) = (dasar.clone(), instance.keys().clone());
            let gone = instance.db.write(&instance.by_system(JOB), Keys::none(), move |tx| {
                let mut gone = Vec::new();
                for one in &contents {
                    gone.extend(contents_of(tx, &keys, susut, one, &dasar)?);
                }
                Ok::<_, StoreError>(gone)
            })?;
            instance.blobs.remove(&instance.db, &gone)?;
        }
        let berkas = line.berkas;
        instance.db.write(&instance.by_system(JOB), Keys::none(), move |tx| {
            if store::erased(tx, susut, berkas.id)? {
                tx.audit(&Entry::new("eoffice.erase-berkas", arsip::write::TABLE, berkas.id).with("berkas", berkas.nomor))?;
            }
            Ok::<_, StoreError>(())
        })?;
    }
    Ok(())
}

/// Erases what one letter or naskah holds; gives the addresses of the stored files that nobody names any more.
fn contents_of(tx: &mut Tx<'_>, keys: &Keyring, susut: Id, one: &Baris, dasar: &str) -> Result<Vec<String>> {
    // Asked again in the very transaction that erases.
    if store::proof(tx, susut)?.is_none() {
        return Err(StoreError::Corrupt("a destruction without its berita acara".into()));
    }
    let id = one.isi.surat;
    let mut things = Vec::new();
    match one.isi.jenis {
        Jenis::Masuk => {
            things.push(objek(id));
            for envelope in amplop::store::of_surat(tx, id)? {
                things.push(amplop::pages::objek(envelope));
            }
        }
        Jenis::Keluar => {
            words(tx, keys, id)?;
            things.extend([naskah::write::objek(id), naskah::write::objek_lampiran(id), naskah::write::objek_badan(id)]);
            for penerima in naskah::store::penerima::of(tx, id)? {
                things.push(naskah::store::penerima::objek(penerima.id));
            }
        }
        // The paper itself, wherever its owner keeps it: destroyed is destroyed.
        Jenis::Izin => {
            let mut gone = attachments::destroy(tx, &one.isi.objek, dasar)?;
            gone.extend(comments::destroy_files(tx, &one.isi.objek, dasar)?);
            return Ok(gone);
        }
    }
    for tujuan in disposisi::store::tujuan_of_surat(tx, id)? {
        things.push(disposisi::write::objek_tujuan(tujuan.id));
    }
    let pokok = if one.isi.jenis == Jenis::Masuk { Pokok::Surat } else { Pokok::Naskah };
    teks::forget(tx, pokok, id)?;
    let mut gone = Vec::new();
    for thing in things {
        gone.extend(attachments::destroy(tx, &thing, dasar)?);
        gone.extend(comments::destroy_files(tx, &thing, dasar)?);
    }
    Ok(gone)
}

/// The words of every version of a naskah go, from the search as well; their hash stays.
fn words(tx: &mut Tx<'_>, keys: &Keyring, id: Id) -> Result<()> {
    for (versi, words) in naskah::store::kept_words(tx, id)? {
        naskah::store::forget_words(tx, id, versi, &hex(&Sha256::digest(words)))?;
    }
    let Some(naskah) = naskah::store::find_any(tx, keys, id)?.filter(|naskah| !naskah.isi.sifat.is_secret()) else {
        return Ok(());
    };
    let jenis = kinds::get(tx, &naskah.jenis)?.map(|kind| kind.nama).unwrap_or_default();
    let readers = naskah::store::readers_of(tx, id)?;
    tx.index(&naskah::write::send::found_by(&naskah, &jenis, readers))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
