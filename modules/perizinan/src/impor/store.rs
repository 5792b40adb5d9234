//! The only SQL about imports themselves: the row, its problems, what is shown of its rows, the profiles of the PTSP.

pub(crate) mod terap;

use praja_kernel::{Id, UnknownWord, escape_like, fold};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};
use praja_web::lembar::{Masalah, contoh::Contoh};

use super::{Hitungan, Impor, Profil, Status, Tindakan, pemetaan::Pemetaan};

const COLUMNS: &str =
    "SELECT id, opd, status, berkas, sidik, alamat, oleh_nama, dibuat, lembar, kepala, pemetaan, layanan, maju, dari, baris, baru,
    ubah, sama, masalah, sela, tertinggal, ringkas, catatan, versi FROM perizinan_impor";

/// What is known when a file arrives.
#[derive(Debug, Clone)]
pub(crate) struct Baru {
    pub(crate) opd: Id,
    pub(crate) berkas: String,
    pub(crate) alamat: String,
    pub(crate) sidik: String,
}

/// Saves a new import that waits to be read.
pub(crate) fn insert(tx: &mut Tx<'_>, baru: &Baru) -> Result<Id> {
    let (id, by) = (tx.new_id()?, tx.by()?);
    tx.exec(
        "INSERT INTO perizinan_impor (id, opd, status, berkas, alamat, sidik, oleh_nama, dibuat, diubah)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8)",
        params![id, baru.opd, Status::Membaca.as_str(), &baru.berkas, &baru.alamat, &baru.sidik, by.actor.nama(), by.at],
    )?;
    Ok(id)
}

/// An import, whoever asks.
pub(crate) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Impor>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("id = ?").bind(id).opt(tx, read)
}

/// Imports of some OPDs, newest first, one more than `limit` when others follow; `before` is the last (moment, id) seen.
pub(crate) fn page(tx: &mut Tx<'_>, opds: &[Id], before: Option<(i64, Id)>, limit: usize) -> Result<Vec<Impor>> {
    let mut all = Vec::new();
    for opd in opds {
        let mut sql = Sql::new(COLUMNS);
        sql.filter("opd = ?").bind(*opd);
        if let Some((at, id)) = before {
            sql.filter("(dibuat, id) < (?, ?)").bind(at).bind(id);
        }
        sql.push("ORDER BY dibuat DESC, id DESC LIMIT ?").bind(place(limit));
        all.extend(sql.list(tx, read)?);
    }
    all.sort_by_key(|one| std::cmp::Reverse((one.dibuat, one.id)));
    all.truncate(limit);
    Ok(all)
}

/// Moves an import on; says whether it was still in `from`.
pub(crate) fn move_on(tx: &mut Tx<'_>, id: Id, from: Status, to: Status, catatan: Option<&str>) -> Result<bool> {
    let now = tx.now()?;
    let changed = tx.exec(
        "UPDATE perizinan_impor SET status = ?3, catatan = ?4, diubah = ?5, maju = 0, dari = 0, versi = versi + 1
         WHERE id = ?1 AND status = ?2",
        params![id, from.as_str(), to.as_str(), catatan, now],
    )?;
    Ok(changed == 1)
}

/// Keeps the first rows of each sheet.
pub(crate) fn keep_samples(tx: &mut Tx<'_>, id: Id, contoh: &[Contoh]) -> Result<()> {
    tx.exec("UPDATE perizinan_impor SET contoh = ?2 WHERE id = ?1", params![id, written(contoh)?])?;
    Ok(())
}

/// The first rows of each sheet.
pub(crate) fn samples(tx: &mut Tx<'_>, id: Id) -> Result<Vec<Contoh>> {
    let text: String = tx.scalar("SELECT contoh FROM perizinan_impor WHERE id = ?1", params![id])?;
    parsed(&text)
}

/// Says which sheet is read and where its headings stand.
pub(crate) fn choose(tx: &mut Tx<'_>, id: Id, lembar: &str, kepala: u32) -> Result<()> {
    tx.exec("UPDATE perizinan_impor SET lembar = ?2, kepala = ?3 WHERE id = ?1", params![id, lembar, i64::from(kepala)])?;
    Ok(())
}

/// Says which column holds what.
pub(crate) fn keep_mapping(tx: &mut Tx<'_>, id: Id, pemetaan: &Pemetaan) -> Result<()> {
    tx.exec("UPDATE perizinan_impor SET pemetaan = ?2 WHERE id = ?1", params![id, written(pemetaan)?])?;
    Ok(())
}

fn written<T: serde::Serialize + ?Sized>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|e| StoreError::Corrupt(format!("a part of an import: {e}")))
}

fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|e| StoreError::Corrupt(format!("a part of an import: {e}")))
}

/// Notes how far the work is.
pub(crate) fn progress(tx: &mut Tx<'_>, id: Id, maju: i64, dari: i64) -> Result<()> {
    tx.exec("UPDATE perizinan_impor SET maju = ?2, dari = ?3 WHERE id = ?1", params![id, maju, dari])?;
    Ok(())
}

/// Notes what the check found.
pub(crate) fn count(tx: &mut Tx<'_>, id: Id, all: Hitungan, ringkas: &str, layanan: &[(String, i64)]) -> Result<()> {
    tx.exec(
        "UPDATE perizinan_impor SET baris = ?2, baru = ?3, ubah = ?4, sama = ?5, masalah = ?6, sela = ?7, tertinggal = ?8,
            ringkas = ?9, layanan = ?10 WHERE id = ?1",
        params![id, all.baris, all.baru, all.ubah, all.sama, all.masalah, all.sela, all.tertinggal, ringkas, written(layanan)?],
    )?;
    Ok(())
}

/// Keeps problems from place `from` on.
pub(crate) fn insert_problems(tx: &mut Tx<'_>, id: Id, from: usize, list: &[Masalah]) -> Result<()> {
    for (at, one) in list.iter().enumerate() {
        tx.exec(
            "INSERT INTO perizinan_impor_masalah (impor, urut, baris, kolom, isi, pesan, saran)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![id, place(from + at), i64::from(one.baris), &one.kolom, &one.isi, &one.pesan, &one.saran],
        )?;
    }
    Ok(())
}

/// Problems after a place, at most `limit`, with their places.
pub(crate) fn problems(tx: &mut Tx<'_>, id: Id, after: i64, limit: usize) -> Result<Vec<(i64, Masalah)>> {
    tx.list(
        "SELECT urut, baris, kolom, isi, pesan, saran FROM perizinan_impor_masalah
         WHERE impor = ?1 AND urut > ?2 ORDER BY urut LIMIT ?3",
        params![id, after, place(limit)],
        |row| {
            let baris = u32::try_from(row.get::<i64>(1)?).unwrap_or(u32::MAX);
            let masalah = Masalah { baris, kolom: row.get(2)?, isi: row.get(3)?, pesan: row.get(4)?, saran: row.get(5)? };
            Ok((row.get(0)?, masalah))
        },
    )
}

/// A row of the file as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tampil {
    pub(crate) urut: i64,
    pub(crate) baris: i64,
    pub(crate) tindakan: Tindakan,
    pub(crate) nomor: String,
    pub(crate) nama: String,
    pub(crate) layanan: String,
    pub(crate) keterangan: String,
}

/// A row of the file as it is staged.
#[derive(Debug, Clone)]
pub(crate) struct Siap {
    pub(crate) tampil: Tampil,
    /// What is written as JSON; empty where nothing is.
    pub(crate) isi: String,
}

/// Stages rows; their places stand in them.
pub(crate) fn stage(tx: &mut Tx<'_>, id: Id, rows: &[Siap]) -> Result<()> {
    for Siap { tampil: one, isi } in rows {
        tx.exec(
            "INSERT INTO perizinan_impor_baris (impor, urut, baris, tindakan, nomor, nama, fold, layanan, keterangan, isi)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                id,
                one.urut,
                one.baris,
                one.tindakan.as_str(),
                &one.nomor,
                &one.nama,
                fold(&format!("{} {}", one.nomor, one.nama)),
                &one.layanan,
                &one.keterangan,
                isi
            ],
        )?;
    }
    Ok(())
}

/// What is shown of the rows after a place, narrowed to one kind of act and to words.
pub(crate) fn shown(
    tx: &mut Tx<'_>,
    id: Id,
    act: Option<Tindakan>,
    words: &str,
    after: i64,
    limit: usize,
) -> Result<Vec<Tampil>> {
    let mut sql = Sql::new("SELECT urut, baris, tindakan, nomor, nama, layanan, keterangan FROM perizinan_impor_baris");
    sql.filter("impor = ?").bind(id);
    if let Some(act) = act {
        sql.filter("tindakan = ?").bind(act.as_str());
    }
    if !words.is_empty() {
        sql.filter("fold LIKE ? ESCAPE '!'").bind(format!("%{}%", escape_like(&fold(words))));
    }
    sql.filter("urut > ?").bind(after);
    sql.push("ORDER BY urut LIMIT ?").bind(place(limit)).list(tx, |row| {
        Ok(Tampil {
            urut: row.get(0)?,
            baris: row.get(1)?,
            tindakan: word(row, 2)?,
            nomor: row.get(3)?,
            nama: row.get(4)?,
            layanan: row.get(5)?,
            keterangan: row.get(6)?,
        })
    })
}

/// Removes staged rows and problems whose places lie below `below`; how many went.
pub(crate) fn remove_some(tx: &mut Tx<'_>, id: Id, below: i64) -> Result<u64> {
    let rows = tx.exec("DELETE FROM perizinan_impor_baris WHERE impor = ?1 AND urut < ?2", params![id, below])?;
    Ok(rows + tx.exec("DELETE FROM perizinan_impor_masalah WHERE impor = ?1 AND urut < ?2", params![id, below])?)
}

/// The oldest import that rests since before a moment and whose staged rows still lie there.
pub(crate) fn to_clean(tx: &mut Tx<'_>, before: i64) -> Result<Option<Id>> {
    tx.opt(
        "SELECT id FROM perizinan_impor WHERE dibersihkan = FALSE AND diubah < ?1 ORDER BY diubah, id LIMIT 1",
        params![before],
        |row| row.get(0),
    )
}

/// Notes that nothing staged is left; the samples go, too.
pub(crate) fn mark_clean(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    tx.exec("UPDATE perizinan_impor SET dibersihkan = TRUE, contoh = '[]' WHERE id = ?1", params![id])?;
    Ok(())
}

/// The profiles of an OPD by name. It has a handful.
pub(crate) fn profiles(tx: &mut Tx<'_>, opd: Id) -> Result<Vec<Profil>> {
    tx.list(
        "SELECT id, nama, pemetaan, oleh_nama, dibuat FROM perizinan_impor_profil WHERE opd = ?1 ORDER BY nama_fold LIMIT 100",
        params![opd],
        |row| {
            Ok(Profil {
                id: row.get(0)?,
                nama: row.get(1)?,
                pemetaan: parsed(&row.get::<String>(2)?)?,
                oleh: row.get(3)?,
                dibuat: row.get(4)?,
            })
        },
    )
}

/// Keeps a profile; one of the same name is replaced.
pub(crate) fn keep_profile(tx: &mut Tx<'_>, opd: Id, nama: &str, pemetaan: &Pemetaan) -> Result<()> {
    let (id, by) = (tx.new_id()?, tx.by()?);
    tx.exec(
        "INSERT INTO perizinan_impor_profil (id, opd, nama, nama_fold, pemetaan, oleh_nama, dibuat)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (opd, nama_fold) DO UPDATE SET nama = excluded.nama, pemetaan = excluded.pemetaan,
            oleh_nama = excluded.oleh_nama, dibuat = excluded.dibuat, versi = perizinan_impor_profil.versi + 1",
        params![id, opd, nama, fold(nama), written(pemetaan)?, by.actor.nama(), by.at],
    )?;
    Ok(())
}

/// Removes a profile: a habit, not a record. `None` when there is no such one.
pub(crate) fn remove_profile(tx: &mut Tx<'_>, opd: Id, id: Id) -> Result<Option<String>> {
    let nama =
        tx.opt("SELECT nama FROM perizinan_impor_profil WHERE id = ?1 AND opd = ?2", params![id, opd], |row| row.get(0))?;
    tx.exec("DELETE FROM perizinan_impor_profil WHERE id = ?1 AND opd = ?2", params![id, opd])?;
    Ok(nama)
}

fn place(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}

fn word<T: std::str::FromStr<Err = UnknownWord>>(row: &Row<'_>, at: usize) -> Result<T> {
    row.get::<String>(at)?.parse().map_err(|e: UnknownWord| StoreError::Corrupt(e.to_string()))
}

fn read(row: &Row<'_>) -> Result<Impor> {
    let (kepala, pemetaan): (i64, String) = (row.get(9)?, row.get(10)?);
    Ok(Impor {
        id: row.get(0)?,
        opd: row.get(1)?,
        status: word(row, 2)?,
        berkas: row.get(3)?,
        sidik: row.get(4)?,
        alamat: row.get(5)?,
        oleh: row.get(6)?,
        dibuat: row.get(7)?,
        lembar: row.get(8)?,
        kepala: u32::try_from(kepala).unwrap_or(0),
        pemetaan: if pemetaan.is_empty() { None } else { Some(parsed(&pemetaan)?) },
        layanan: parsed(&row.get::<String>(11)?)?,
        maju: (row.get(12)?, row.get(13)?),
        hitungan: Hitungan {
            baris: row.get(14)?,
            baru: row.get(15)?,
            ubah: row.get(16)?,
            sama: row.get(17)?,
            masalah: row.get(18)?,
            sela: row.get(19)?,
            tertinggal: row.get(20)?,
        },
        ringkas: row.get(21)?,
        catatan: row.get(22)?,
        versi: row.get(23)?,
    })
}
