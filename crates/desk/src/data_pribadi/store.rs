//! The only SQL about requests, failures and notices of personal data.

use praja_kernel::{Id, Moment};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{
    Bukti, Jenis, Kegagalan, Penanganan, Permintaan, Status, Surat, Tujuan,
    rules::{Isian, Kejadian},
};

const COLUMNS: &str =
    "SELECT id, nomor, jenis, nama, nik, kontak, bukti, pemohon, isi, status, diterima, tenggat, jawaban, dasar, dijawab,
    oleh_nama, versi FROM desk_data_permintaan";

pub(super) fn insert(tx: &mut Tx<'_>, one: &Permintaan, kode: &str) -> Result<()> {
    tx.exec(
        "INSERT INTO desk_data_permintaan (id, nomor, kode, jenis, nama, nik, kontak, bukti, pemohon, isi, status, diterima, tenggat,
           jawaban, dasar, dijawab, oleh_nama, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, '', '', NULL, '', 1)",
        params![
            one.id,
            &one.nomor,
            kode,
            one.isi.jenis.as_str(),
            &one.isi.nama,
            &one.isi.nik,
            &one.isi.kontak,
            one.bukti.as_str(),
            &one.pemohon,
            &one.isi.isi,
            one.status.as_str(),
            one.diterima,
            one.tenggat
        ],
    )?;
    Ok(())
}

pub(super) fn answer(tx: &mut Tx<'_>, one: &Permintaan) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE desk_data_permintaan SET status = ?3, jawaban = ?4, dasar = ?5, dijawab = ?6, oleh_nama = ?7, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![one.id, one.versi, one.status.as_str(), &one.jawaban, &one.dasar, one.dijawab, &one.oleh_nama],
    )?;
    Ok(changed == 1)
}

pub(super) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Permintaan>> {
    Sql::new(COLUMNS).filter("id = ?").bind(id).opt(tx, read)
}

pub(super) fn by_code(tx: &mut Tx<'_>, nomor: &str, kode: &str) -> Result<Option<Permintaan>> {
    Sql::new(COLUMNS).filter("nomor = ?").bind(nomor).filter("kode = ?").bind(kode).filter("kode <> ''").opt(tx, read)
}

/// What an account asked, the newest first.
pub(super) fn of_account(tx: &mut Tx<'_>, pemohon: &str) -> Result<Vec<Permintaan>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("pemohon = ?").bind(pemohon).push("ORDER BY diterima DESC, id DESC LIMIT 50").list(tx, read)
}

/// Those in one state after a place, the nearest end of the clock first; what is answered, the latest first.
pub(super) fn list(tx: &mut Tx<'_>, status: Status, after: Option<(Moment, Id)>, limit: i64) -> Result<Vec<Permintaan>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("status = ?").bind(status.as_str());
    let open = status == Status::Terbuka;
    if let Some((tenggat, id)) = after {
        sql.filter(if open { "(tenggat, id) > (?, ?)" } else { "(tenggat, id) < (?, ?)" }).bind(tenggat).bind(id);
    }
    sql.push(if open { "ORDER BY tenggat, id LIMIT ?" } else { "ORDER BY tenggat DESC, id DESC LIMIT ?" });
    sql.bind(limit).list(tx, read)
}

fn read(row: &Row<'_>) -> Result<Permintaan> {
    let (jenis, bukti, status): (String, String, String) = (row.get(2)?, row.get(6)?, row.get(9)?);
    Ok(Permintaan {
        id: row.get(0)?,
        nomor: row.get(1)?,
        isi: Isian {
            jenis: Jenis::parse(&jenis).map_err(|_| StoreError::unknown_word("jenis permintaan data pribadi", &jenis))?,
            nama: row.get(3)?,
            nik: row.get(4)?,
            kontak: row.get(5)?,
            isi: row.get(8)?,
        },
        bukti: Bukti::parse(&bukti).map_err(|_| StoreError::unknown_word("bukti pemohon", &bukti))?,
        pemohon: row.get(7)?,
        status: Status::parse(&status).map_err(|_| StoreError::unknown_word("keadaan permintaan data pribadi", &status))?,
        diterima: row.get(10)?,
        tenggat: row.get(11)?,
        jawaban: row.get(12)?,
        dasar: row.get(13)?,
        dijawab: row.get(14)?,
        oleh_nama: row.get(15)?,
        versi: row.get(16)?,
    })
}

pub(super) fn insert_failure(tx: &mut Tx<'_>, one: &Kegagalan) -> Result<()> {
    tx.exec(
        "INSERT INTO desk_data_kegagalan (id, nomor, diketahui, tenggat, data, kejadian, penanganan, orang, status, oleh_nama, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 1)",
        params![
            one.id,
            &one.nomor,
            one.isi.diketahui,
            one.tenggat,
            &one.isi.data,
            &one.isi.kejadian,
            &one.isi.penanganan,
            one.isi.orang,
            one.status.as_str(),
            &one.oleh_nama
        ],
    )?;
    Ok(())
}

/// What is known by now, and how far the handling has come. When it was known never changes: the clock stands on it.
pub(super) fn set_failure(tx: &mut Tx<'_>, one: &Kegagalan, isi: &Kejadian, status: Penanganan) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE desk_data_kegagalan SET data = ?3, kejadian = ?4, penanganan = ?5, orang = ?6, status = ?7, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![one.id, one.versi, &isi.data, &isi.kejadian, &isi.penanganan, isi.orang, status.as_str()],
    )?;
    Ok(changed == 1)
}

pub(super) fn failure(tx: &mut Tx<'_>, id: Id) -> Result<Option<Kegagalan>> {
    tx.opt(
        "SELECT id, nomor, diketahui, tenggat, data, kejadian, penanganan, orang, status, oleh_nama, versi
         FROM desk_data_kegagalan WHERE id = ?1",
        params![id],
        read_failure,
    )
}

pub(super) fn failures(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Kegagalan>> {
    tx.list(
        "SELECT id, nomor, diketahui, tenggat, data, kejadian, penanganan, orang, status, oleh_nama, versi
         FROM desk_data_kegagalan WHERE diketahui > 0 ORDER BY diketahui DESC, id DESC LIMIT ?1",
        params![limit],
        read_failure,
    )
}

fn read_failure(row: &Row<'_>) -> Result<Kegagalan> {
    let status: String = row.get(8)?;
    Ok(Kegagalan {
        id: row.get(0)?,
        nomor: row.get(1)?,
        isi: Kejadian {
            diketahui: row.get(2)?,
            data: row.get(4)?,
            kejadian: row.get(5)?,
            penanganan: row.get(6)?,
            orang: row.get(7)?,
        },
        tenggat: row.get(3)?,
        status: Penanganan::parse(&status)
            .map_err(|_| StoreError::unknown_word("keadaan kegagalan pelindungan data", &status))?,
        oleh_nama: row.get(9)?,
        versi: row.get(10)?,
    })
}

pub(super) fn insert_letter(tx: &mut Tx<'_>, kegagalan: Id, one: &Surat) -> Result<()> {
    let id = tx.new_id()?;
    tx.exec(
        "INSERT INTO desk_data_surat (id, kegagalan, kepada, tujuan, nomor_surat, pada, oleh_nama) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![id, kegagalan, &one.kepada, one.tujuan.as_str(), &one.nomor_surat, one.pada, &one.oleh_nama],
    )?;
    Ok(())
}

pub(super) fn letters(tx: &mut Tx<'_>, kegagalan: Id) -> Result<Vec<Surat>> {
    let text = "SELECT tujuan, kepada, nomor_surat, pada, oleh_nama FROM desk_data_surat WHERE kegagalan = ?1 ORDER BY pada, id";
    tx.list(text, params![kegagalan], |row| {
        let tujuan: String = row.get(0)?;
        Ok(Surat {
            tujuan: Tujuan::parse(&tujuan).map_err(|_| StoreError::unknown_word("tujuan pemberitahuan", &tujuan))?,
            kepada: row.get(1)?,
            nomor_surat: row.get(2)?,
            pada: row.get(3)?,
            oleh_nama: row.get(4)?,
        })
    })
}
