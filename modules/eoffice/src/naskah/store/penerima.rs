use praja_kernel::Id;
use praja_store::{Result, Row, Tx, params};

use crate::{
    naskah::tujuan::{Cara, Penerima},
    surat_masuk::store::word,
};

/// Freezes who gets a naskah of an office. Those whom no box tells us about stand in its expedition book.
pub(crate) fn insert(tx: &mut Tx<'_>, naskah: Id, opd: Id, all: &[Penerima]) -> Result<()> {
    let now = tx.now()?;
    for one in all {
        tx.exec(
            "INSERT INTO eoffice_naskah_penerima (id, naskah, urut, peran, nama, opd, jabatan, cara, keadaan, dikirim_pada, daftar,
                simpul, pengirim, masuk_pada, surel, kiriman)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
            params![
                one.id,
                naskah,
                one.urut,
                one.peran.as_str(),
                &one.nama,
                one.opd,
                one.jabatan,
                one.cara.as_str(),
                one.keadaan.as_str(),
                one.dikirim_pada,
                one.daftar.as_deref().unwrap_or_default(),
                one.simpul.map(|id| id.to_string()).unwrap_or_default(),
                if matches!(one.cara, Cara::Praja | Cara::Simpul) { String::new() } else { opd.to_string() },
                now,
                one.surel.as_deref().unwrap_or_default(),
                one.kiriman.map(|id| id.to_string()).unwrap_or_default()
            ],
        )?;
    }
    Ok(())
}

/// The name of a recipient's row in attachments: a picture of the signature under which it was taken.
pub(crate) fn objek(id: Id) -> String {
    format!("eoffice_naskah_penerima:{id}")
}

/// Saves how far one recipient is.
pub(crate) fn save(tx: &mut Tx<'_>, one: &Penerima) -> Result<()> {
    tx.exec(
        "UPDATE eoffice_naskah_penerima SET cara = ?2, keadaan = ?3, dikirim_pada = ?4, diterima_pada = ?5, tanda_terima = ?6,
            surat_masuk = ?7
         WHERE id = ?1",
        params![
            one.id,
            one.cara.as_str(),
            one.keadaan.as_str(),
            one.dikirim_pada,
            one.diterima_pada,
            one.tanda_terima.as_deref(),
            one.surat_masuk
        ],
    )?;
    Ok(())
}

const COLUMNS: &str = "SELECT id, urut, peran, nama, opd, cara, keadaan, dikirim_pada, diterima_pada, tanda_terima, surat_masuk,
        jabatan, daftar, simpul, surel, kiriman FROM eoffice_naskah_penerima WHERE naskah = ?1 ORDER BY peran DESC, urut, id";

/// Everybody who gets a naskah: addressees first.
pub(crate) fn of(tx: &mut Tx<'_>, naskah: Id) -> Result<Vec<Penerima>> {
    tx.list(COLUMNS, params![naskah], read)
}

fn read(row: &Row<'_>) -> Result<Penerima> {
    Ok(Penerima {
        id: row.get(0)?,
        urut: row.get(1)?,
        peran: word(row, 2)?,
        nama: row.get(3)?,
        opd: row.get(4)?,
        cara: word(row, 5)?,
        keadaan: word(row, 6)?,
        dikirim_pada: row.get(7)?,
        diterima_pada: row.get(8)?,
        tanda_terima: row.get(9)?,
        surat_masuk: row.get(10)?,
        jabatan: row.get(11)?,
        simpul: row.get::<String>(13)?.parse().ok(),
        surel: Some(row.get::<String>(14)?).filter(|text| !text.is_empty()),
        kiriman: row.get::<String>(15)?.parse().ok(),
        daftar: Some(row.get::<String>(12)?).filter(|name| !name.is_empty()),
    })
}
