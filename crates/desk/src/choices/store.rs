//! The only SQL about what people want to hear outside Praja.

use praja_kernel::Id;
use praja_store::{Result, Row, StoreError, Tx, params};

use super::{Cara, Pilihan};

pub(crate) fn get(tx: &mut Tx<'_>, pemilik: &str, saluran: Id) -> Result<Option<Pilihan>> {
    tx.opt(
        "SELECT saluran, sangat_segera, segera, biasa, alamat, versi FROM desk_pilihan_saluran WHERE pemilik = ?1 AND saluran = ?2",
        params![pemilik, saluran],
        read,
    )
}

/// Gives false when another window was first.
pub(super) fn put(tx: &mut Tx<'_>, pemilik: &str, pilihan: &Pilihan) -> Result<bool> {
    let now = tx.now()?;
    let changed = tx.exec(
        "INSERT INTO desk_pilihan_saluran (pemilik, saluran, sangat_segera, segera, biasa, alamat, diubah)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (pemilik, saluran) DO UPDATE SET sangat_segera = excluded.sangat_segera, segera = excluded.segera,
           biasa = excluded.biasa, alamat = excluded.alamat, diubah = excluded.diubah, versi = desk_pilihan_saluran.versi + 1
         WHERE desk_pilihan_saluran.versi = ?8",
        params![
            pemilik,
            pilihan.saluran,
            pilihan.sangat_segera.as_str(),
            pilihan.segera.as_str(),
            pilihan.biasa.as_str(),
            pilihan.alamat.as_deref(),
            now,
            pilihan.versi
        ],
    )?;
    Ok(changed == 1)
}

fn read(row: &Row<'_>) -> Result<Pilihan> {
    let cara = |at| -> Result<Cara> {
        let word: String = row.get(at)?;
        Cara::parse(&word).map_err(|_| StoreError::unknown_word("cara kirim", &word))
    };
    Ok(Pilihan {
        saluran: row.get(0)?,
        sangat_segera: cara(1)?,
        segera: cara(2)?,
        biasa: cara(3)?,
        alamat: row.get(4)?,
        versi: row.get(5)?,
    })
}

/// A small choice or setting of an owner.
pub(crate) fn setting(tx: &mut Tx<'_>, pemilik: &str, nama: &str) -> Result<Option<String>> {
    tx.opt("SELECT isi FROM desk_pilihan WHERE pemilik = ?1 AND nama = ?2", params![pemilik, nama], |row| row.get(0))
}

/// Keeps a small choice or setting.
pub(crate) fn put_setting(tx: &mut Tx<'_>, pemilik: &str, nama: &str, isi: &str) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "INSERT INTO desk_pilihan (pemilik, nama, isi, pada) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (pemilik, nama) DO UPDATE SET isi = excluded.isi, pada = excluded.pada",
        params![pemilik, nama, isi, now],
    )?;
    Ok(())
}
