//! The only SQL about tokens of programs.

use praja_kernel::{Date, Id, Moment, Sifat};
use praja_store::{Result, Row, StoreError, Tx, params};

use super::{Isi, Rahasia, Token};

const MOST: i64 = 200;

pub(crate) fn insert(tx: &mut Tx<'_>, opd: Id, isi: &Isi, rahasia: &Rahasia, berlaku_sampai: Moment) -> Result<Id> {
    let (id, now, oleh) = (tx.new_id()?, tx.now()?, tx.by()?.actor.nama().to_owned());
    tx.exec(
        "INSERT INTO identity_token (id, nama, keterangan, opd, jabatan, sifat, cakupan, kunci, petunjuk, berlaku_sampai, dibuat,
            oleh_nama)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            id,
            &isi.nama,
            &isi.keterangan,
            opd,
            isi.jabatan,
            isi.sifat.as_str(),
            isi.cakupan.join("\n"),
            &rahasia.kunci,
            &rahasia.petunjuk,
            berlaku_sampai,
            now,
            oleh
        ],
    )?;
    Ok(id)
}

/// The token of this hash, whatever became of it.
pub(crate) fn by_key(tx: &mut Tx<'_>, kunci: &str) -> Result<Option<Token>> {
    tx.opt(
        "SELECT id, nama, keterangan, opd, jabatan, sifat, cakupan, petunjuk, berlaku_sampai, dibuat, oleh_nama, terakhir,
            terakhir_alamat, dicabut, dicabut_oleh, sebab FROM identity_token WHERE kunci = ?1",
        params![kunci],
        read,
    )
}

pub(crate) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Token>> {
    tx.opt(
        "SELECT id, nama, keterangan, opd, jabatan, sifat, cakupan, petunjuk, berlaku_sampai, dibuat, oleh_nama, terakhir,
            terakhir_alamat, dicabut, dicabut_oleh, sebab FROM identity_token WHERE id = ?1",
        params![id],
        read,
    )
}

/// The tokens of an OPD, newest first.
pub(crate) fn of_opd(tx: &mut Tx<'_>, opd: Id) -> Result<Vec<Token>> {
    tx.list(
        "SELECT id, nama, keterangan, opd, jabatan, sifat, cakupan, petunjuk, berlaku_sampai, dibuat, oleh_nama, terakhir,
            terakhir_alamat, dicabut, dicabut_oleh, sebab FROM identity_token WHERE opd = ?1 ORDER BY id DESC LIMIT ?2",
        params![opd, MOST],
        read,
    )
}

/// Takes it back; `false` when somebody was first.
pub(crate) fn revoke(tx: &mut Tx<'_>, id: Id, sebab: &str) -> Result<bool> {
    let (now, oleh) = (tx.now()?, tx.by()?.actor.nama().to_owned());
    let changed = tx.exec(
        "UPDATE identity_token SET dicabut = ?2, dicabut_oleh = ?3, sebab = ?4 WHERE id = ?1 AND dicabut IS NULL",
        params![id, now, oleh, sebab],
    )?;
    Ok(changed == 1)
}

/// Counts one use.
pub(super) fn note(tx: &mut Tx<'_>, id: Id, hari: Date, operasi: &str, refused: bool, alamat: &str) -> Result<()> {
    let now = tx.now()?;
    let (good, bad) = if refused { (0, 1) } else { (1, 0) };
    tx.exec(
        "INSERT INTO identity_token_pakai (token, hari, operasi, jumlah, ditolak) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (token, hari, operasi) DO UPDATE SET jumlah = identity_token_pakai.jumlah + excluded.jumlah,
            ditolak = identity_token_pakai.ditolak + excluded.ditolak",
        params![id, hari, operasi, good, bad],
    )?;
    tx.exec("UPDATE identity_token SET terakhir = ?2, terakhir_alamat = ?3 WHERE id = ?1", params![id, now, alamat])?;
    Ok(())
}

/// One day's uses of one operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pakai {
    pub(crate) hari: Date,
    pub(crate) operasi: String,
    pub(crate) jumlah: i64,
    pub(crate) ditolak: i64,
}

/// The uses since a day, newest first.
pub(crate) fn uses(tx: &mut Tx<'_>, id: Id, since: Date) -> Result<Vec<Pakai>> {
    tx.list(
        "SELECT hari, operasi, jumlah, ditolak FROM identity_token_pakai WHERE token = ?1 AND hari >= ?2
         ORDER BY hari DESC, operasi DESC LIMIT 400",
        params![id, since],
        |row| Ok(Pakai { hari: row.get(0)?, operasi: row.get(1)?, jumlah: row.get(2)?, ditolak: row.get(3)? }),
    )
}

fn read(row: &Row<'_>) -> Result<Token> {
    let (sifat, cakupan): (String, String) = (row.get(5)?, row.get(6)?);
    Ok(Token {
        id: row.get(0)?,
        isi: Isi {
            nama: row.get(1)?,
            keterangan: row.get(2)?,
            jabatan: row.get(4)?,
            sifat: Sifat::parse(&sifat).map_err(|_| StoreError::unknown_word("sifat token", &sifat))?,
            cakupan: cakupan.lines().map(str::to_owned).collect(),
        },
        opd: row.get(3)?,
        petunjuk: row.get(7)?,
        berlaku_sampai: row.get(8)?,
        dibuat: row.get(9)?,
        oleh_nama: row.get(10)?,
        terakhir: row.get(11)?,
        terakhir_alamat: row.get(12)?,
        dicabut: row.get(13)?,
        dicabut_oleh: row.get(14)?,
        sebab: row.get(15)?,
    })
}
