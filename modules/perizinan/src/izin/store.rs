//! The only SQL about what was issued.

pub(crate) mod daftar;

use praja_kernel::{Date, Id, Moment, fold};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{Keadaan, daur::Jangka};

/// Something that was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Izin {
    pub(crate) id: Id,
    pub(crate) permohonan: Option<Id>,
    pub(crate) jenis: Id,
    pub(crate) jenis_nama: String,
    pub(crate) nomor: String,
    pub(crate) urut: i64,
    pub(crate) tanggal: Date,
    pub(crate) nama: String,
    pub(crate) nik: String,
    pub(crate) objek: String,
    pub(crate) lokasi: String,
    pub(crate) keadaan: Keadaan,
    pub(crate) berlaku_dari: Date,
    pub(crate) berlaku_sampai: Option<Date>,
    pub(crate) lama: Option<Id>,
    pub(crate) pengganti: Option<Id>,
    pub(crate) token: Option<String>,
    pub(crate) lampiran: Option<Id>,
    pub(crate) penandatangan: String,
    pub(crate) jabatan: String,
    pub(crate) peringatan: i64,
    pub(crate) created_at: Moment,
    pub(crate) versi: i64,
}

impl Izin {
    /// From when until when it is good, where renewal opens so many days before its end.
    pub(crate) const fn jangka(&self, buka: u32) -> Jangka {
        Jangka { dari: self.berlaku_dari, sampai: self.berlaku_sampai, buka }
    }
}

const COLUMNS: &str =
    "SELECT id, permohonan, jenis, jenis_nama, nomor, urut, tanggal, nama, nik, objek, lokasi, status, berlaku_dari,
     berlaku_sampai, lama, pengganti, token, lampiran, penandatangan, jabatan, peringatan, created_at, versi FROM perizinan_izin";

fn read(row: &Row<'_>) -> Result<Izin> {
    let word = |at| row.get::<String>(at);
    Ok(Izin {
        id: row.get(0)?,
        permohonan: row.get(1)?,
        jenis: row.get(2)?,
        jenis_nama: word(3)?,
        nomor: word(4)?,
        urut: row.get(5)?,
        tanggal: row.get(6)?,
        nama: word(7)?,
        nik: word(8)?,
        objek: word(9)?,
        lokasi: word(10)?,
        keadaan: Keadaan::parse(&word(11)?).map_err(|e| StoreError::Corrupt(e.to_string()))?,
        berlaku_dari: row.get(12)?,
        berlaku_sampai: row.get(13)?,
        lama: row.get(14)?,
        pengganti: row.get(15)?,
        token: row.get(16)?,
        lampiran: row.get(17)?,
        penandatangan: word(18)?,
        jabatan: word(19)?,
        peringatan: row.get(20)?,
        created_at: row.get(21)?,
        versi: row.get(22)?,
    })
}

/// One.
pub(crate) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Izin>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("id = ?").bind(id);
    sql.opt(tx, read)
}

/// What was issued, or is about to be, for an application.
pub(crate) fn of_application(tx: &mut Tx<'_>, permohonan: Id) -> Result<Option<Izin>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("permohonan = ?").bind(permohonan);
    sql.opt(tx, read)
}

/// Writes a new one.
pub(crate) fn insert(tx: &mut Tx<'_>, one: &Izin) -> Result<()> {
    tx.exec(
        "INSERT INTO perizinan_izin (id, permohonan, jenis, jenis_nama, nomor, urut, tanggal, nama, nama_fold, nik, objek, lokasi, status,
         berlaku_dari, berlaku_sampai, lama, pengganti, token, lampiran, penandatangan, jabatan, peringatan, diingatkan, created_at, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, '', ?23, ?24)",
        params![
            one.id,
            one.permohonan,
            one.jenis,
            &one.jenis_nama,
            &one.nomor,
            one.urut,
            one.tanggal,
            &one.nama,
            fold(&one.nama),
            &one.nik,
            &one.objek,
            &one.lokasi,
            one.keadaan.as_str(),
            one.berlaku_dari,
            one.berlaku_sampai,
            one.lama,
            one.pengganti,
            one.token.clone(),
            one.lampiran,
            &one.penandatangan,
            &one.jabatan,
            one.peringatan,
            one.created_at,
            one.versi
        ],
    )?;
    Ok(())
}

/// Gives what waits for a signature another number, day, signer and code; `false` when somebody was first.
pub(crate) fn renumber(tx: &mut Tx<'_>, one: &Izin) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE perizinan_izin SET nomor = ?3, urut = ?4, tanggal = ?5, berlaku_dari = ?6, berlaku_sampai = ?7, token = ?8,
         penandatangan = ?9, jabatan = ?10, versi = versi + 1 WHERE id = ?1 AND versi = ?2 AND status = 'menunggu'",
        params![
            one.id,
            one.versi,
            &one.nomor,
            one.urut,
            one.tanggal,
            one.berlaku_dari,
            one.berlaku_sampai,
            one.token.clone(),
            &one.penandatangan,
            &one.jabatan
        ],
    )?;
    Ok(changed == 1)
}

/// Saves what may change; `false` when somebody was first.
pub(crate) fn update(tx: &mut Tx<'_>, one: &Izin) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE perizinan_izin SET status = ?3, berlaku_sampai = ?4, pengganti = ?5, token = ?6, lampiran = ?7, peringatan = ?8,
         penandatangan = ?9, jabatan = ?10, versi = versi + 1 WHERE id = ?1 AND versi = ?2",
        params![
            one.id,
            one.versi,
            one.keadaan.as_str(),
            one.berlaku_sampai,
            one.pengganti,
            one.token.clone(),
            one.lampiran,
            one.peringatan,
            &one.penandatangan,
            &one.jabatan
        ],
    )?;
    Ok(changed == 1)
}

/// Writes down what happened to it; gives the event.
pub(crate) fn add_event(tx: &mut Tx<'_>, izin: Id, jenis: &str, alasan: &str, dasar: &str) -> Result<Id> {
    let (id, now, by) = (tx.new_id()?, tx.now()?, tx.by()?.actor.clone());
    tx.exec(
        "INSERT INTO perizinan_izin_peristiwa (id, izin, jenis, alasan, dasar, oleh, oleh_nama, pada)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![id, izin, jenis, alasan, dasar, by.key(), by.nama(), now],
    )?;
    Ok(id)
}

/// Something that happened to a licence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Peristiwa {
    pub(crate) id: Id,
    pub(crate) jenis: String,
    pub(crate) alasan: String,
    pub(crate) dasar: String,
    pub(crate) oleh_nama: String,
    pub(crate) pada: Moment,
}

/// What happened to it, the newest first: a licence has a handful.
pub(crate) fn events(tx: &mut Tx<'_>, izin: Id) -> Result<Vec<Peristiwa>> {
    tx.list(
        "SELECT id, jenis, alasan, dasar, oleh_nama, pada FROM perizinan_izin_peristiwa WHERE izin = ?1 ORDER BY pada DESC, id DESC LIMIT 200",
        params![izin],
        |row| {
            Ok(Peristiwa {
                id: row.get(0)?,
                jenis: row.get(1)?,
                alasan: row.get(2)?,
                dasar: row.get(3)?,
                oleh_nama: row.get(4)?,
                pada: row.get(5)?,
            })
        },
    )
}

/// Licences with this number that are signed: an old register may have given one twice.
pub(crate) fn by_number(tx: &mut Tx<'_>, nomor: &str) -> Result<Vec<Izin>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("nomor = ?").bind(nomor).filter("status <> 'menunggu'").push("ORDER BY tanggal DESC, id DESC LIMIT 20");
    sql.list(tx, read)
}

/// Licences in force that end between two days and were not reminded of this step yet, after one of them.
pub(crate) fn ending(
    tx: &mut Tx<'_>,
    from: Date,
    to: Date,
    after: Option<(Date, Id)>,
    limit: i64,
) -> Result<Vec<(Izin, String)>> {
    let mut sql = Sql::new(
        "SELECT id, permohonan, jenis, jenis_nama, nomor, urut, tanggal, nama, nik, objek, lokasi, status, berlaku_dari,
         berlaku_sampai, lama, pengganti, token, lampiran, penandatangan, jabatan, peringatan, created_at, versi, diingatkan
         FROM perizinan_izin",
    );
    sql.filter("status = 'aktif'").filter("berlaku_sampai >= ?").bind(from).filter("berlaku_sampai <= ?").bind(to);
    if let Some((day, id)) = after {
        sql.filter("(berlaku_sampai, id) > (?, ?)").bind(day).bind(id);
    }
    sql.push("ORDER BY berlaku_sampai, id LIMIT ?").bind(limit);
    sql.list(tx, |row| Ok((read(row)?, row.get(23)?)))
}

/// Notes up to which step the holder was reminded; `false` when somebody was first.
pub(crate) fn reminded(tx: &mut Tx<'_>, id: Id, before: &str, step: &str) -> Result<bool> {
    let changed =
        tx.exec("UPDATE perizinan_izin SET diingatkan = ?3 WHERE id = ?1 AND diingatkan = ?2", params![id, before, step])?;
    Ok(changed == 1)
}
