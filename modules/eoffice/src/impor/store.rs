//! The only SQL about imports themselves: the row, its problems, what is shown of its rows, the profiles of an OPD.

pub(crate) mod terap;

use praja_desk::impor::store::{parsed, place, word};
use praja_kernel::{Date, Id, escape_like, fold};
use praja_store::{Result, Row, Sql, Tx, params};

use super::{Hitungan, Impor, Status, Tindakan, pemetaan::Pemetaan};

praja_desk::import_store!("eoffice_impor", Pemetaan);

const COLUMNS: &str =
    "SELECT id, opd, jabatan, status, berkas, sidik, alamat, oleh_nama, dibuat, diubah, lembar, kepala, pemetaan,
    maju, dari, baris, baru, sama, masalah, sela, tertinggal, ringkas, terima_dari, terima_sampai, catatan, versi
    FROM eoffice_impor";

/// What is known when a file arrives.
#[derive(Debug, Clone)]
pub(crate) struct Baru {
    pub(crate) opd: Id,
    pub(crate) jabatan: Id,
    pub(crate) berkas: String,
    pub(crate) alamat: String,
    pub(crate) sidik: String,
}

/// Saves a new import that waits to be read.
pub(crate) fn insert(tx: &mut Tx<'_>, baru: &Baru) -> Result<Id> {
    let (id, by) = (tx.new_id()?, tx.by()?);
    tx.exec(
        "INSERT INTO eoffice_impor (id, opd, jabatan, status, berkas, alamat, sidik, oleh_nama, dibuat, diubah)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)",
        params![
            id,
            baru.opd,
            baru.jabatan,
            Status::Membaca.as_str(),
            &baru.berkas,
            &baru.alamat,
            &baru.sidik,
            by.actor.nama(),
            by.at
        ],
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
        sql.push("ORDER BY dibuat DESC, id DESC LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX));
        all.extend(sql.list(tx, read)?);
    }
    all.sort_by_key(|one| std::cmp::Reverse((one.dibuat, one.id)));
    all.truncate(limit);
    Ok(all)
}

/// Notes what the check found.
pub(crate) fn count(tx: &mut Tx<'_>, id: Id, all: Hitungan, ringkas: &str, masa: Option<(Date, Date)>) -> Result<()> {
    tx.exec(
        "UPDATE eoffice_impor SET baris = ?2, baru = ?3, sama = ?4, masalah = ?5, sela = ?6, tertinggal = ?7, ringkas = ?8,
            terima_dari = ?9, terima_sampai = ?10 WHERE id = ?1",
        params![
            id,
            all.baris,
            all.baru,
            all.sama,
            all.masalah,
            all.sela,
            all.tertinggal,
            ringkas,
            masa.map(|(first, _)| first),
            masa.map(|(_, last)| last)
        ],
    )?;
    Ok(())
}

/// A letter of the book as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tampil {
    pub(crate) urut: i64,
    pub(crate) baris: i64,
    pub(crate) tindakan: Tindakan,
    pub(crate) agenda: String,
    pub(crate) judul: String,
    pub(crate) asal: String,
    pub(crate) keterangan: String,
}

/// A letter of the book as it is staged.
#[derive(Debug, Clone)]
pub(crate) struct Siap {
    pub(crate) tampil: Tampil,
    /// The letter as JSON; empty where nothing is added.
    pub(crate) isi: String,
}

/// Stages rows; their places stand in them.
pub(crate) fn stage(tx: &mut Tx<'_>, id: Id, rows: &[Siap]) -> Result<()> {
    for Siap { tampil: one, isi } in rows {
        tx.exec(
            "INSERT INTO eoffice_impor_baris (impor, urut, baris, tindakan, agenda, judul, judul_fold, asal, keterangan, isi)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                id,
                one.urut,
                one.baris,
                one.tindakan.as_str(),
                &one.agenda,
                &one.judul,
                fold(&format!("{} {}", one.judul, one.asal)),
                &one.asal,
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
    let mut sql = Sql::new("SELECT urut, baris, tindakan, agenda, judul, asal, keterangan FROM eoffice_impor_baris");
    sql.filter("impor = ?").bind(id);
    if let Some(act) = act {
        sql.filter("tindakan = ?").bind(act.as_str());
    }
    if !words.is_empty() {
        sql.filter("judul_fold LIKE ? ESCAPE '!'").bind(format!("%{}%", escape_like(&fold(words))));
    }
    sql.filter("urut > ?").bind(after);
    sql.push("ORDER BY urut LIMIT ?").bind(place(limit)).list(tx, |row| {
        Ok(Tampil {
            urut: row.get(0)?,
            baris: row.get(1)?,
            tindakan: word(row, 2)?,
            agenda: row.get(3)?,
            judul: row.get(4)?,
            asal: row.get(5)?,
            keterangan: row.get(6)?,
        })
    })
}

fn read(row: &Row<'_>) -> Result<Impor> {
    let (kepala, pemetaan): (i64, String) = (row.get(11)?, row.get(12)?);
    let masa: (Option<Date>, Option<Date>) = (row.get(22)?, row.get(23)?);
    Ok(Impor {
        id: row.get(0)?,
        opd: row.get(1)?,
        jabatan: row.get(2)?,
        status: word(row, 3)?,
        berkas: row.get(4)?,
        sidik: row.get(5)?,
        alamat: row.get(6)?,
        oleh: row.get(7)?,
        dibuat: row.get(8)?,
        diubah: row.get(9)?,
        lembar: row.get(10)?,
        kepala: u32::try_from(kepala).unwrap_or(0),
        pemetaan: if pemetaan.is_empty() { None } else { Some(parsed(&pemetaan)?) },
        maju: (row.get(13)?, row.get(14)?),
        hitungan: Hitungan {
            baris: row.get(15)?,
            baru: row.get(16)?,
            sama: row.get(17)?,
            masalah: row.get(18)?,
            sela: row.get(19)?,
            tertinggal: row.get(20)?,
        },
        ringkas: row.get(21)?,
        masa: masa.0.zip(masa.1),
        catatan: row.get(24)?,
        versi: row.get(25)?,
    })
}
