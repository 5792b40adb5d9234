//! Whom a naskah names: the lines of its writer with every distribution list resolved.

use praja_module::Problem;
use praja_store::Tx;

use crate::{
    daftar::{self, Alamat},
    naskah::{
        Naskah, Refusal, store,
        tujuan::{MOST, Peran},
    },
};

/// The addressees and the copies of a naskah.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Alamatan {
    pub(crate) kepada: Vec<Alamat>,
    pub(crate) tembusan: Vec<Alamat>,
}

impl Alamatan {
    /// The names of one part, as they stand on the paper.
    pub(crate) fn names(all: &[Alamat]) -> Vec<String> {
        all.iter().map(|one| one.nama.clone()).collect()
    }
}

/// As they stand on a numbered naskah; of a draft, as they would stand on it now.
pub(crate) fn of(tx: &mut Tx<'_>, naskah: &Naskah) -> Result<Alamatan, Problem> {
    let kepada = store::alamat::of(tx, naskah.id, Peran::Tujuan)?;
    let tembusan = store::alamat::of(tx, naskah.id, Peran::Tembusan)?;
    if !kepada.is_empty() || !tembusan.is_empty() {
        return Ok(Alamatan { kepada, tembusan });
    }
    let lists = daftar::store::for_opd(tx, naskah.opd)?;
    Ok(Alamatan { kepada: daftar::expand(&naskah.isi.kepada, &lists), tembusan: daftar::expand(&naskah.isi.tembusan, &lists) })
}

/// From now on the lists may change without changing this naskah: they stand on what is signed.
///
/// # Errors
/// [`Refusal::Many`] when the lists name more than one naskah may be sent to.
pub(crate) fn freeze(tx: &mut Tx<'_>, naskah: &Naskah) -> Result<(), Problem> {
    store::alamat::remove(tx, naskah.id)?;
    let all = of(tx, naskah)?;
    let count = all.kepada.len().max(all.tembusan.len());
    if count > MOST {
        return Err(Problem::refused(Refusal::Many { count, most: MOST }));
    }
    store::alamat::insert(tx, naskah.id, Peran::Tujuan, &all.kepada)?;
    Ok(store::alamat::insert(tx, naskah.id, Peran::Tembusan, &all.tembusan)?)
}
