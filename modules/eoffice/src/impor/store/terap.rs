//! The only SQL about the letters of an import: what is recorded beside them, putting them in many at a time, taking them out.

use praja_kernel::{Id, Moment, fold};
use praja_store::{Result, Sql, Tx, params};

use super::super::{Sumber, Tindakan, pilah::Kunci};
use crate::surat_masuk::{SuratMasuk, nomor_agenda, store::nomor_fold};

/// Rows of one statement; SQLite takes 32,766 values at most, and a short text is found again in the cache of statements.
const AT_ONCE: usize = 25;
/// Rows read in one step.
const STEP: i64 = 2_000;

/// A letter of the agenda as an import compares itself with it.
#[derive(Debug, Clone)]
pub(crate) struct Ada {
    pub(crate) agenda: i64,
    /// Nothing for a letter without a number.
    pub(crate) kunci: Option<Kunci>,
    /// What an imported letter is known by.
    pub(crate) sidik: Option<String>,
}

/// The letters of one year's agenda.
pub(crate) fn recorded(tx: &mut Tx<'_>, opd: Id, tahun: i64) -> Result<Vec<Ada>> {
    let mut all: Vec<Ada> = Vec::new();
    loop {
        let after = all.last().map_or(i64::MIN, |last| last.agenda);
        let some = tx.list(
            "SELECT agenda, nomor_fold, tanggal_surat, asal_fold, impor_sidik FROM eoffice_surat_masuk
             WHERE opd = ?1 AND tahun = ?2 AND agenda > ?3 ORDER BY agenda LIMIT ?4",
            params![opd, tahun, after, STEP],
            |row| {
                let nomor: String = row.get(1)?;
                let kunci = if nomor.is_empty() { None } else { Some((nomor, row.get(2)?, row.get(3)?)) };
                Ok(Ada { agenda: row.get(0)?, kunci, sidik: row.get(4)? })
            },
        )?;
        if some.is_empty() {
            return Ok(all);
        }
        all.extend(some);
    }
}

/// Staged letters that are added, after a place: (place, JSON).
pub(crate) fn waiting(tx: &mut Tx<'_>, impor: Id, after: i64, limit: i64) -> Result<Vec<(i64, String)>> {
    tx.list(
        "SELECT urut, isi FROM eoffice_impor_baris WHERE impor = ?1 AND tindakan = ?2 AND urut > ?3 ORDER BY urut LIMIT ?4",
        params![impor, Tindakan::Baru.as_str(), after, limit],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Goes on from one place of the work to the next; `false` when another process was first, or the work was ended.
pub(crate) fn advance(tx: &mut Tx<'_>, impor: Id, status: &'static str, from: i64, to: i64) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE eoffice_impor SET maju = ?4 WHERE id = ?1 AND status = ?2 AND maju = ?3",
        params![impor, status, from, to],
    )?;
    Ok(changed == 1)
}

/// Notes the agenda number a letter got.
pub(crate) fn note_number(tx: &mut Tx<'_>, impor: Id, urut: i64, agenda: &str) -> Result<()> {
    tx.exec("UPDATE eoffice_impor_baris SET agenda = ?3 WHERE impor = ?1 AND urut = ?2", params![impor, urut, agenda])?;
    Ok(())
}

/// Leaves a letter behind whose number was given to another meanwhile.
pub(crate) fn leave(tx: &mut Tx<'_>, impor: Id, urut: i64, why: &str) -> Result<()> {
    tx.exec(
        "UPDATE eoffice_impor_baris SET tindakan = ?3, keterangan = ?4 WHERE impor = ?1 AND urut = ?2",
        params![impor, urut, Tindakan::Tertinggal.as_str(), why],
    )?;
    tx.exec("UPDATE eoffice_impor SET tertinggal = tertinggal + 1, baru = baru - 1 WHERE id = ?1", params![impor])?;
    Ok(())
}

/// Does a letter of this agenda have this number?
pub(crate) fn is_numbered(tx: &mut Tx<'_>, opd: Id, tahun: i64, agenda: i64) -> Result<bool> {
    let sql = "SELECT versi FROM eoffice_surat_masuk WHERE opd = ?1 AND tahun = ?2 AND agenda = ?3";
    Ok(tx.opt(sql, params![opd, tahun, agenda], |row| row.get::<i64>(0))?.is_some())
}

/// A letter that comes in, with where it came from and who may see and open it.
#[derive(Debug, Clone)]
pub(crate) struct Masuk {
    pub(crate) surat: SuratMasuk,
    pub(crate) baris: i64,
    pub(crate) sidik: String,
    pub(crate) agenda_lama: Option<String>,
    pub(crate) readers: Vec<String>,
}

/// Saves letters with who may see them: a few statements for fifty letters.
pub(crate) fn insert_many(tx: &mut Tx<'_>, impor: Id, letters: &[Masuk]) -> Result<()> {
    for some in letters.chunks(AT_ONCE) {
        insert_letters(tx, impor, some)?;
        insert_readers(tx, some)?;
    }
    Ok(())
}

fn insert_letters(tx: &mut Tx<'_>, impor: Id, letters: &[Masuk]) -> Result<()> {
    let mut sql = Sql::new(
        "INSERT INTO eoffice_surat_masuk (id, opd, tahun, agenda, asal, asal_fold, nomor_surat, nomor_fold, tanggal_surat,
            tanggal_terima, hal, ringkasan, klasifikasi, sifat, derajat, tujuan, jumlah_lampiran, lokasi, status, tenggat,
            tenggat_sementara, pemegang, pemegang_sejak, created_at, versi, instansi, pencatat, disposisi_terakhir, selesai_pada,
            penutup, impor, impor_baris, impor_sidik, agenda_lama) VALUES",
    );
    for (at, one) in letters.iter().enumerate() {
        let (surat, isi) = (&one.surat, &one.surat.isi);
        if at > 0 {
            sql.push(",");
        }
        sql.push("(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
        sql.bind(surat.id).bind(surat.opd).bind(surat.tahun).bind(surat.agenda).bind(&isi.asal).bind(fold(&isi.asal));
        sql.bind(isi.nomor_surat.as_deref()).bind(nomor_fold(isi)).bind(isi.tanggal_surat).bind(isi.tanggal_terima);
        sql.bind(&isi.hal).bind(isi.ringkasan.as_deref()).bind(isi.klasifikasi.as_deref()).bind(isi.sifat.as_str());
        sql.bind(isi.derajat.as_str()).bind(isi.tujuan.as_deref()).bind(isi.jumlah_lampiran).bind(isi.lokasi.as_deref());
        sql.bind(surat.status.as_str()).bind(surat.tenggat).bind(surat.tenggat_sementara).bind(&surat.pemegang);
        sql.bind(surat.pemegang_sejak).bind(surat.created_at).bind(surat.versi).bind(isi.instansi).bind(surat.pencatat);
        sql.bind(&surat.disposisi_terakhir).bind(surat.selesai_pada).bind(surat.penutup.as_deref());
        sql.bind(impor).bind(one.baris).bind(&one.sidik).bind(one.agenda_lama.as_deref());
    }
    sql.exec(tx)?;
    Ok(())
}

fn insert_readers(tx: &mut Tx<'_>, letters: &[Masuk]) -> Result<()> {
    let rows: Vec<(&SuratMasuk, &String)> =
        letters.iter().flat_map(|one| one.readers.iter().map(move |reader| (&one.surat, reader))).collect();
    let Some(_) = rows.first() else { return Ok(()) };
    let mut sql = Sql::new("INSERT INTO eoffice_akses (id, subject, created_at, status, tenggat) VALUES");
    for (at, (surat, reader)) in rows.into_iter().enumerate() {
        sql.push(if at == 0 { "(?,?,?,?,NULL)" } else { ",(?,?,?,?,NULL)" });
        sql.bind(surat.id).bind(reader).bind(surat.created_at).bind(surat.status.as_str());
    }
    sql.exec(tx)?;
    Ok(())
}

/// A letter of an import that may be taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Keluar {
    pub(crate) id: Id,
    pub(crate) tahun: i64,
    pub(crate) agenda: i64,
    /// Has anybody changed, answered or scheduled it?
    pub(crate) tersentuh: bool,
    pub(crate) created_at: Moment,
    pub(crate) rahasia: bool,
}

/// Letters of an import after one, and whether anybody has worked with them.
pub(crate) fn letters(tx: &mut Tx<'_>, impor: Id, after: Option<Id>, limit: i64) -> Result<Vec<Keluar>> {
    let mut sql = Sql::new(
        "SELECT s.id, s.tahun, s.agenda, s.versi, s.created_at, s.sifat,
            EXISTS (SELECT 1 FROM eoffice_naskah n WHERE n.surat_masuk = s.id),
            EXISTS (SELECT 1 FROM eoffice_acara c WHERE c.surat_masuk = s.id)
         FROM eoffice_surat_masuk s",
    );
    sql.filter("s.impor = ?").bind(impor);
    if let Some(after) = after {
        sql.filter("s.id > ?").bind(after);
    }
    sql.push("ORDER BY s.id LIMIT ?").bind(limit).list(tx, |row| {
        let (versi, answered, scheduled): (i64, bool, bool) = (row.get(3)?, row.get(6)?, row.get(7)?);
        let sifat: praja_kernel::Sifat = crate::surat_masuk::store::word(row, 5)?;
        Ok(Keluar {
            id: row.get(0)?,
            tahun: row.get(1)?,
            agenda: row.get(2)?,
            tersentuh: versi != 1 || answered || scheduled,
            created_at: row.get(4)?,
            rahasia: sifat.is_secret(),
        })
    })
}

/// Takes a letter out whose import is undone: its number stays in the register with the reason, the file and the act in the trail.
pub(crate) fn remove(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    tx.exec("DELETE FROM eoffice_akses WHERE id = ?1", params![id])?;
    tx.exec("DELETE FROM eoffice_pembuka WHERE surat = ?1", params![id])?;
    tx.exec("DELETE FROM eoffice_surat_masuk WHERE id = ?1 AND versi = 1", params![id])?;
    Ok(())
}

/// Where a letter came from; nothing for one that was registered here. The caller has checked that the letter may be seen.
pub(crate) fn source(tx: &mut Tx<'_>, surat: Id) -> Result<Option<Sumber>> {
    tx.opt(
        "SELECT i.id, i.berkas, s.impor_baris, s.agenda_lama, i.diubah FROM eoffice_surat_masuk s
         JOIN eoffice_impor i ON i.id = s.impor WHERE s.id = ?1",
        params![surat],
        |row| {
            Ok(Sumber {
                impor: row.get(0)?,
                berkas: row.get(1)?,
                baris: row.get(2)?,
                agenda_lama: row.get(3)?,
                pada: row.get(4)?,
            })
        },
    )
}

/// "12/2019 dan 3 lainnya".
pub(crate) fn named(letters: &[Keluar]) -> String {
    let first = letters.iter().take(5).map(|one| nomor_agenda(one.agenda, one.tahun)).collect::<Vec<_>>().join(", ");
    if letters.len() > 5 { format!("{first}, dan {} lainnya", letters.len() - 5) } else { first }
}
