//! The only SQL about kinds of naskah.

use praja_kernel::NumberRule;
use praja_store::{Result, Row, StoreError, Tx, params};

use super::{JenisNaskah, Pemegang, posts, words_of};

pub(super) fn all(tx: &mut Tx<'_>) -> Result<Vec<JenisNaskah>> {
    tx.list(
        "SELECT kode, urut, kelompok, subkelompok, nama, bentuk, penandatangan, singkatan, aturan, register, rumpun, pemegang,
            aktif, versi, penanda, klasifikasi
         FROM desk_jenis_naskah WHERE urut > 0 ORDER BY urut, kode",
        &[],
        read,
    )
}

pub(super) fn get(tx: &mut Tx<'_>, kode: &str) -> Result<Option<JenisNaskah>> {
    tx.opt(
        "SELECT kode, urut, kelompok, subkelompok, nama, bentuk, penandatangan, singkatan, aturan, register, rumpun, pemegang,
            aktif, versi, penanda, klasifikasi
         FROM desk_jenis_naskah WHERE kode = ?1",
        params![kode],
        read,
    )
}

pub(super) fn insert(tx: &mut Tx<'_>, kind: &JenisNaskah) -> Result<()> {
    tx.exec(
        "INSERT INTO desk_jenis_naskah (kode, urut, kelompok, subkelompok, nama, bentuk, penandatangan, singkatan, aturan, register,
            rumpun, pemegang, aktif, penanda, klasifikasi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        params![
            &kind.kode,
            kind.urut,
            &kind.kelompok,
            &kind.subkelompok,
            &kind.nama,
            &kind.bentuk,
            &kind.penandatangan,
            &kind.singkatan,
            kind.aturan.to_text(),
            &kind.register,
            &kind.rumpun,
            kind.pemegang.as_str(),
            kind.aktif,
            words_of(&kind.penanda),
            &kind.klasifikasi
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, kind: &JenisNaskah, versi: i64) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE desk_jenis_naskah SET singkatan = ?3, aturan = ?4, register = ?5, pemegang = ?6, aktif = ?7, penanda = ?8,
            klasifikasi = ?9, versi = versi + 1
         WHERE kode = ?1 AND versi = ?2",
        params![
            &kind.kode,
            versi,
            &kind.singkatan,
            kind.aturan.to_text(),
            &kind.register,
            kind.pemegang.as_str(),
            kind.aktif,
            words_of(&kind.penanda),
            &kind.klasifikasi
        ],
    )?;
    Ok(changed == 1)
}

fn read(row: &Row<'_>) -> Result<JenisNaskah> {
    let (aturan, pemegang, penanda): (String, String, String) = (row.get(8)?, row.get(11)?, row.get(14)?);
    Ok(JenisNaskah {
        kode: row.get(0)?,
        urut: row.get(1)?,
        kelompok: row.get(2)?,
        subkelompok: row.get(3)?,
        nama: row.get(4)?,
        bentuk: row.get(5)?,
        penandatangan: row.get(6)?,
        singkatan: row.get(7)?,
        aturan: NumberRule::parse(&aturan).map_err(|e| StoreError::Corrupt(format!("number pattern {aturan}: {e}")))?,
        register: row.get(9)?,
        rumpun: row.get(10)?,
        pemegang: Pemegang::parse(&pemegang).map_err(|_| StoreError::unknown_word("pemegang register", &pemegang))?,
        aktif: row.get(12)?,
        versi: row.get(13)?,
        penanda: posts(&penanda).map_err(|_| StoreError::unknown_word("jenis jabatan", &penanda))?,
        klasifikasi: row.get(15)?,
    })
}
