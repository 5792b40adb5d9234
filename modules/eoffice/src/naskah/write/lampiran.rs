//! Lampiran of a draft: files whose pages are bound to the naskah when it is signed, in their order.

use praja_desk::attachments;
use praja_kernel::{Id, terbilang};
use praja_module::{Problem, Upload};
use praja_store::Tx;

use super::{Meja, objek_lampiran};
use crate::naskah::{Naskah, Refusal, alur::Langkah, store};

/// "2 (dua) berkas", as a naskah says it; "-" for none.
pub(crate) fn words(count: usize) -> String {
    match i64::try_from(count) {
        Ok(0) | Err(_) => "-".to_owned(),
        Ok(count) => format!("{count} ({}) berkas", terbilang(count)),
    }
}

/// May whoever acts change them: the writer, while it is a draft?
///
/// # Errors
/// [`Refusal`].
pub(crate) fn may_change(meja: &Meja, naskah: &Naskah) -> Result<(), Refusal> {
    if naskah.pembuat != meja.acting.jabatan {
        return Err(Refusal::NotYours);
    }
    if !naskah.status.is_draft() {
        return Err(Refusal::NotNow { langkah: Langkah::Ajukan, status: naskah.status });
    }
    Ok(())
}

/// What is done with them.
#[derive(Clone)]
pub(crate) enum Ubah {
    Tambah(Vec<Upload>),
    Naikkan(Id),
    Hapus(Id),
}

/// Changes them, and their count on the naskah unless its writer wrote something else there.
pub(crate) fn change(tx: &mut Tx<'_>, meja: &Meja, mut naskah: Naskah, ubah: &Ubah) -> Result<(), Problem> {
    may_change(meja, &naskah).map_err(Problem::refused)?;
    let objek = objek_lampiran(naskah.id);
    let before = words(attachments::of(tx, &objek)?.len());
    match ubah {
        Ubah::Tambah(files) => {
            let readers = store::readers_of(tx, naskah.id)?;
            attachments::attach_all(tx, &objek, &readers, files, naskah.isi.sifat.is_secret())?;
        }
        Ubah::Naikkan(id) => attachments::raise(tx, &objek, *id)?,
        Ubah::Hapus(id) => attachments::take_out(tx, &objek, *id)?,
    }
    let after = words(attachments::of(tx, &objek)?.len());
    if before != after && [before.as_str(), "-", ""].contains(&naskah.isi.lampiran.as_str()) {
        naskah.isi.lampiran = after;
        if !store::update(tx, &naskah)? {
            return Err(Problem::Conflict);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_naskah_says_how_many_lampiran_it_has() {
        for (count, said) in [(0, "-"), (1, "1 (satu) berkas"), (3, "3 (tiga) berkas"), (12, "12 (dua belas) berkas")] {
            assert_eq!(words(count), said);
        }
    }
}
