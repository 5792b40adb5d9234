//! The only SQL about the queue.

use praja_kernel::{Date, Id};
use praja_store::{Result, Row, StoreError, Tx, params};

use super::{Layanan, Prioritas, Status, Tiket};

pub(super) fn services(tx: &mut Tx<'_>) -> Result<Vec<Layanan>> {
    let text = "SELECT huruf, nama, aktif, versi FROM perizinan_antrean_layanan WHERE huruf BETWEEN 'A' AND 'Z' ORDER BY huruf";
    tx.list(text, params![], |row| Ok(Layanan { huruf: row.get(0)?, nama: row.get(1)?, aktif: row.get(2)?, versi: row.get(3)? }))
}

pub(super) fn put_service(tx: &mut Tx<'_>, one: &Layanan) -> Result<bool> {
    if one.versi == 0 {
        let text = "INSERT INTO perizinan_antrean_layanan (huruf, nama, aktif, versi) VALUES (?1, ?2, ?3, 1)";
        return Ok(tx.exec(text, params![&one.huruf, &one.nama, one.aktif])? == 1);
    }
    let text = "UPDATE perizinan_antrean_layanan SET nama = ?2, aktif = ?3, versi = versi + 1 WHERE huruf = ?1 AND versi = ?4";
    Ok(tx.exec(text, params![&one.huruf, &one.nama, one.aktif, one.versi])? == 1)
}

/// The last number of a letter on a day.
pub(super) fn last(tx: &mut Tx<'_>, tanggal: Date, huruf: &str) -> Result<i64> {
    let text = "SELECT urut FROM perizinan_antrean WHERE tanggal = ?1 AND huruf = ?2 ORDER BY urut DESC LIMIT 1";
    Ok(tx.opt(text, params![tanggal, huruf], |row| row.get(0))?.unwrap_or(0))
}

pub(super) fn insert(tx: &mut Tx<'_>, one: &Tiket, asal: &str) -> Result<()> {
    tx.exec(
        "INSERT INTO perizinan_antrean (id, tanggal, huruf, urut, layanan, status, prioritas, asal, dibuat, dipanggil, panggilan, kali,
           loket, petugas, petugas_nama, selesai, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, 0, 0, 0, '', '', 0, 1)",
        params![
            one.id,
            one.tanggal,
            &one.huruf,
            one.urut,
            &one.layanan,
            one.status.as_str(),
            one.prioritas.map_or("", Prioritas::as_str),
            asal,
            one.dibuat
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, one: &Tiket, petugas_nama: &str) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE perizinan_antrean SET status = ?3, prioritas = ?4, dipanggil = ?5, panggilan = ?6, kali = ?7, loket = ?8, petugas = ?9,
           petugas_nama = ?10, selesai = ?11, versi = versi + 1 WHERE id = ?1 AND versi = ?2",
        params![
            one.id,
            one.versi,
            one.status.as_str(),
            one.prioritas.map_or("", Prioritas::as_str),
            one.dipanggil,
            one.panggilan,
            one.kali,
            one.loket,
            &one.petugas,
            petugas_nama,
            one.selesai
        ],
    )?;
    Ok(changed == 1)
}

pub(super) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Tiket>> {
    tx.opt(
        "SELECT id, tanggal, huruf, urut, layanan, status, prioritas, dibuat, dipanggil, panggilan, kali, loket, petugas, selesai, versi
         FROM perizinan_antrean WHERE id = ?1",
        params![id],
        read,
    )
}

/// Those of a day in one state, in the order in which they came.
pub(super) fn of_status(tx: &mut Tx<'_>, tanggal: Date, status: Status) -> Result<Vec<Tiket>> {
    tx.list(
        "SELECT id, tanggal, huruf, urut, layanan, status, prioritas, dibuat, dipanggil, panggilan, kali, loket, petugas, selesai, versi
         FROM perizinan_antrean WHERE tanggal = ?1 AND status = ?2 ORDER BY dibuat, id",
        params![tanggal, status.as_str()],
        read,
    )
}

/// Those who came last among the served ones of a day.
pub(super) fn served(tx: &mut Tx<'_>, tanggal: Date, limit: i64) -> Result<Vec<Tiket>> {
    tx.list(
        "SELECT id, tanggal, huruf, urut, layanan, status, prioritas, dibuat, dipanggil, panggilan, kali, loket, petugas, selesai, versi
         FROM perizinan_antrean WHERE tanggal = ?1 AND status = 'selesai' ORDER BY dibuat DESC, id DESC LIMIT ?2",
        params![tanggal, limit],
        read,
    )
}

/// The last calls of a day, the newest first.
pub(super) fn calls(tx: &mut Tx<'_>, tanggal: Date, limit: i64) -> Result<Vec<Tiket>> {
    tx.list(
        "SELECT id, tanggal, huruf, urut, layanan, status, prioritas, dibuat, dipanggil, panggilan, kali, loket, petugas, selesai, versi
         FROM perizinan_antrean WHERE tanggal = ?1 AND panggilan > 0 ORDER BY panggilan DESC, id DESC LIMIT ?2",
        params![tanggal, limit],
        read,
    )
}

/// Every ticket of a span of days, for figures: at most a month.
pub(super) fn between(tx: &mut Tx<'_>, dari: Date, sampai: Date) -> Result<Vec<Tiket>> {
    tx.list(
        "SELECT id, tanggal, huruf, urut, layanan, status, prioritas, dibuat, dipanggil, panggilan, kali, loket, petugas, selesai, versi
         FROM perizinan_antrean WHERE tanggal >= ?1 AND tanggal <= ?2 ORDER BY tanggal, huruf, urut",
        params![dari, sampai],
        read,
    )
}

fn read(row: &Row<'_>) -> Result<Tiket> {
    let (status, prioritas): (String, String) = (row.get(5)?, row.get(6)?);
    let prioritas = match prioritas.as_str() {
        "" => None,
        word => Some(Prioritas::parse(word).map_err(|_| StoreError::unknown_word("kode prioritas", word))?),
    };
    Ok(Tiket {
        id: row.get(0)?,
        tanggal: row.get(1)?,
        huruf: row.get(2)?,
        urut: row.get(3)?,
        layanan: row.get(4)?,
        status: Status::parse(&status).map_err(|_| StoreError::unknown_word("keadaan nomor antrean", &status))?,
        prioritas,
        dibuat: row.get(7)?,
        dipanggil: row.get(8)?,
        panggilan: row.get(9)?,
        kali: row.get(10)?,
        loket: row.get(11)?,
        petugas: row.get(12)?,
        selesai: row.get(13)?,
        versi: row.get(14)?,
    })
}

/// Whether numbers may be taken from afar.
pub(super) const ONLINE: &str = "antrean.daring";

pub(super) fn is_online(tx: &mut Tx<'_>) -> Result<bool> {
    let kept: Option<String> =
        tx.opt("SELECT nilai FROM perizinan_pengaturan WHERE kunci = ?1", params![ONLINE], |row| row.get(0))?;
    Ok(kept.is_none_or(|word| word == "ya"))
}

pub(super) fn set_online(tx: &mut Tx<'_>, online: bool) -> Result<()> {
    tx.exec(
        "INSERT INTO perizinan_pengaturan (kunci, nilai, versi) VALUES (?1, ?2, 1)
         ON CONFLICT (kunci) DO UPDATE SET nilai = excluded.nilai, versi = perizinan_pengaturan.versi + 1",
        params![ONLINE, if online { "ya" } else { "tidak" }],
    )?;
    Ok(())
}
