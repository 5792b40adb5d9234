//! The only SQL about complaints.

use praja_kernel::{Date, Id};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{Draft, Jenis, Pengaduan, Status};

const COLUMNS: &str =
    "SELECT id, nomor, jenis, objek, tentang, opd, isi, lokasi, pelapor, nama, kontak, disembunyikan, status, tenggat,
    sementara, jawaban, dijawab, dibuat, versi FROM desk_pengaduan";

pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: Id,
    nomor: &str,
    kode: &str,
    draft: &Draft,
    tenggat: Date,
    sementara: bool,
) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "INSERT INTO desk_pengaduan (id, nomor, kode, jenis, objek, tentang, opd, isi, lokasi, pelapor, nama, kontak, disembunyikan,
            status, tenggat, sementara, dibuat, diubah)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?17)",
        params![
            id,
            nomor,
            kode,
            draft.jenis.as_str(),
            &draft.objek,
            &draft.tentang,
            opd_text(draft.opd),
            &draft.isi,
            &draft.lokasi,
            &draft.pelapor,
            &draft.nama,
            &draft.kontak,
            draft.disembunyikan,
            Status::Masuk.as_str(),
            tenggat,
            sementara,
            now
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, one: &Pengaduan) -> Result<bool> {
    let now = tx.now()?;
    let changed = tx.exec(
        "UPDATE desk_pengaduan SET status = ?3, opd = ?4, jawaban = ?5, dijawab = ?6, diubah = ?7, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![one.id, one.versi, one.status.as_str(), opd_text(one.opd), one.jawaban.as_deref(), one.dijawab, now],
    )?;
    Ok(changed == 1)
}

pub(super) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Pengaduan>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("id = ?").bind(id).opt(tx, read)
}

pub(super) fn by_code(tx: &mut Tx<'_>, nomor: &str, kode: &str) -> Result<Option<Pengaduan>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("nomor = ?").bind(nomor).filter("kode = ?").bind(kode).opt(tx, read)
}

pub(super) fn of(tx: &mut Tx<'_>, objek: &str) -> Result<Vec<Pengaduan>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("objek = ?").bind(objek).push("ORDER BY id DESC LIMIT 50").list(tx, read)
}

/// Complaints of one OPD (or of all) in one state, the nearest deadline first, after a place. What is settled: the latest first.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    opd: Option<Id>,
    status: Status,
    after: Option<(&str, Id)>,
    limit: i64,
) -> Result<Vec<Pengaduan>> {
    let mut sql = Sql::new(COLUMNS);
    if let Some(opd) = opd {
        sql.filter("opd = ?").bind(opd.to_string());
    }
    sql.filter("status = ?").bind(status.as_str());
    let forwards = status.is_open();
    if let Some((tenggat, id)) = after {
        sql.filter(if forwards { "(tenggat, id) > (?, ?)" } else { "(tenggat, id) < (?, ?)" }).bind(tenggat).bind(id);
    }
    sql.push(if forwards { "ORDER BY tenggat, id LIMIT ?" } else { "ORDER BY tenggat DESC, id DESC LIMIT ?" });
    sql.bind(limit).list(tx, read)
}

fn opd_text(opd: Option<Id>) -> String {
    opd.map(|opd| opd.to_string()).unwrap_or_default()
}

/// The columns of [`COLUMNS`].
fn read(row: &Row<'_>) -> Result<Pengaduan> {
    let (jenis, opd, status): (String, String, String) = (row.get(2)?, row.get(5)?, row.get(12)?);
    let wrong = |_| StoreError::Corrupt(format!("'{opd}' is no OPD"));
    Ok(Pengaduan {
        id: row.get(0)?,
        nomor: row.get(1)?,
        jenis: Jenis::parse(&jenis).map_err(|_| StoreError::unknown_word("jenis pengaduan", &jenis))?,
        objek: row.get(3)?,
        tentang: row.get(4)?,
        opd: if opd.is_empty() { None } else { Some(opd.parse().map_err(wrong)?) },
        isi: row.get(6)?,
        lokasi: row.get(7)?,
        pelapor: row.get(8)?,
        nama: row.get(9)?,
        kontak: row.get(10)?,
        disembunyikan: row.get(11)?,
        status: Status::parse(&status).map_err(|_| StoreError::unknown_word("keadaan pengaduan", &status))?,
        tenggat: row.get(13)?,
        sementara: row.get(14)?,
        jawaban: row.get(15)?,
        dijawab: row.get(16)?,
        dibuat: row.get(17)?,
        versi: row.get(18)?,
    })
}
