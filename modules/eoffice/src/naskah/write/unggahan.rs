//! The file of a naskah that is uploaded as PDF, and where things stand on it.

use praja_desk::attachments;
use praja_module::{Problem, Upload};
use praja_store::Tx;

use super::{Meja, entry, lampiran::may_change, objek_badan};
use crate::naskah::{Naskah, letak::Letak, store};

/// Keeps a new file, or new places on the one there is.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    meja: &Meja,
    mut naskah: Naskah,
    file: Option<&Upload>,
    letak: &[Letak],
) -> Result<(), Problem> {
    may_change(meja, &naskah).map_err(Problem::refused)?;
    let objek = objek_badan(naskah.id);
    if let Some(file) = file {
        clear(tx, &objek)?;
        let readers = store::readers_of(tx, naskah.id)?;
        attachments::attach_as(tx, &objek, &readers, file, naskah.isi.sifat.is_secret())?;
    } else if attachments::of(tx, &objek)?.is_empty() {
        return Err(Problem::Conflict);
    }
    naskah.letak = Some(letak.to_vec());
    save(tx, &naskah)
}

/// Takes the file out: the naskah is written here again.
pub(crate) fn drop(tx: &mut Tx<'_>, meja: &Meja, mut naskah: Naskah) -> Result<(), Problem> {
    may_change(meja, &naskah).map_err(Problem::refused)?;
    clear(tx, &objek_badan(naskah.id))?;
    naskah.letak = None;
    save(tx, &naskah)
}

fn clear(tx: &mut Tx<'_>, objek: &str) -> Result<(), Problem> {
    for one in attachments::of(tx, objek)? {
        attachments::take_out(tx, objek, one.id)?;
    }
    Ok(())
}

fn save(tx: &mut Tx<'_>, naskah: &Naskah) -> Result<(), Problem> {
    if !store::update(tx, naskah)? {
        return Err(Problem::Conflict);
    }
    let way = if naskah.letak.is_some() { "unggahan" } else { "disusun" };
    Ok(tx.audit(&entry("eoffice.change-naskah", naskah).with("cara", way))?)
}
