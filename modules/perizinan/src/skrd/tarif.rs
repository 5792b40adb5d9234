use praja_kernel::Rupiah;

use super::Komponen;
use crate::{
    jenis::Jenis,
    rumus::{Gagal, Nilai, Rumus, Salah},
};

/// What an application costs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tarif {
    /// Its components that cost something, in the order of the type.
    pub(crate) komponen: Vec<Komponen>,
    /// Their sum.
    pub(crate) jumlah: Rupiah,
}

/// Why the cost of an application is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TarifError {
    /// A formula of the type cannot be read; publishing rules it out.
    #[error("Rumus biaya \"{nama}\" tidak dapat dibaca. {salah}")]
    Unreadable {
        /// The component.
        nama: String,
        /// What is wrong with it.
        salah: Salah,
    },
    /// A formula gives nothing for these answers.
    #[error("Biaya \"{nama}\" belum dapat dihitung. {gagal}")]
    Uncomputed {
        /// The component.
        nama: String,
        /// Why.
        gagal: Gagal,
    },
    /// The sum does not fit.
    #[error("Jumlah biaya terlalu besar.")]
    TooLarge,
}

/// The cost by the formulas of a type. Each component is rounded once; a free type costs nothing whatever is answered.
pub(crate) fn compute(jenis: &Jenis, nilai: &Nilai) -> Result<Tarif, TarifError> {
    let mut komponen = Vec::new();
    for one in &jenis.biaya.komponen {
        let nama = || one.nama.clone();
        let rumus = Rumus::parse(&one.rumus).map_err(|salah| TarifError::Unreadable { nama: nama(), salah })?;
        let jumlah = rumus.rupiah(nilai).map_err(|gagal| TarifError::Uncomputed { nama: nama(), gagal: gagal.named(jenis) })?;
        if jumlah > Rupiah::ZERO {
            komponen.push(Komponen { nama: nama(), jumlah });
        }
    }
    let jumlah = Rupiah::sum(komponen.iter().map(|one| one.jumlah)).map_err(|_| TarifError::TooLarge)?;
    Ok(Tarif { komponen, jumlah })
}
