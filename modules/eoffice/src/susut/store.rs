//! The only SQL about lists of disposal.

use praja_kernel::{Id, Moment, UnknownWord};
use praja_store::{Result, Row, Sql, Tx, params};

use super::{Baris, Jenis, Keputusan, Langkah, Status, Surat, Susut};
use crate::{
    arsip::{
        Persetujuan, Tahap,
        store::{COLUMNS, WIDTH, read as read_berkas},
    },
    surat_masuk::store::word,
};

/// Begins a list with the next number of its OPD. The caller holds the key of the OPD's archive.
pub(crate) fn insert(tx: &mut Tx<'_>, opd: Id, jenis: Jenis, persetujuan: Option<Persetujuan>) -> Result<Susut> {
    let (id, now, nama) = (tx.new_id()?, tx.now()?, tx.by()?.actor.nama().to_owned());
    let last: Option<i64> =
        tx.opt("SELECT nomor FROM eoffice_susut WHERE opd = ?1 ORDER BY nomor DESC LIMIT 1", params![opd], |row| row.get(0))?;
    let susut = Susut {
        id,
        opd,
        jenis,
        nomor: last.unwrap_or(0) + 1,
        persetujuan,
        status: Status::Disusun,
        jumlah: 0,
        oleh_nama: nama,
        created_at: now,
        versi: 1,
    };
    tx.exec(
        "INSERT INTO eoffice_susut (id, opd, jenis, nomor, persetujuan, status, jumlah, oleh_nama, created_at, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            id,
            opd,
            jenis.as_str(),
            susut.nomor,
            persetujuan.map(Persetujuan::as_str),
            susut.status.as_str(),
            susut.jumlah,
            &susut.oleh_nama,
            now,
            susut.versi
        ],
    )?;
    Ok(susut)
}

/// Saves how far a list is; `false` when somebody was first.
pub(crate) fn update(tx: &mut Tx<'_>, susut: &Susut) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE eoffice_susut SET status = ?3, jumlah = ?4, versi = versi + 1 WHERE id = ?1 AND versi = ?2",
        params![susut.id, susut.versi, susut.status.as_str(), susut.jumlah],
    )?;
    Ok(changed == 1)
}

const SUSUT: &str = "SELECT id, opd, jenis, nomor, persetujuan, status, jumlah, oleh_nama, created_at, versi FROM eoffice_susut";

/// A list of one of these OPDs.
pub(crate) fn find(tx: &mut Tx<'_>, opds: &[Id], id: Id) -> Result<Option<Susut>> {
    Ok(get(tx, id)?.filter(|susut| opds.contains(&susut.opd)))
}

/// A list, whoever asks: for background work.
pub(crate) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Susut>> {
    let mut sql = Sql::new(SUSUT);
    sql.filter("id = ?").bind(id).opt(tx, read)
}

/// One page of the lists of an OPD, newest first.
pub(crate) fn list(tx: &mut Tx<'_>, opd: Id, jenis: Option<Jenis>, before: Option<i64>, limit: usize) -> Result<Vec<Susut>> {
    let mut sql = Sql::new(SUSUT);
    sql.filter("opd = ?").bind(opd);
    if let Some(jenis) = jenis {
        sql.filter("jenis = ?").bind(jenis.as_str());
    }
    if let Some(before) = before {
        sql.filter("nomor < ?").bind(before);
    }
    sql.push("ORDER BY nomor DESC LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX)).list(tx, read)
}

fn maybe_word<T: std::str::FromStr<Err = UnknownWord>>(row: &Row<'_>, at: usize) -> Result<Option<T>> {
    if row.get::<Option<String>>(at)?.is_none() { Ok(None) } else { word(row, at).map(Some) }
}

fn read(row: &Row<'_>) -> Result<Susut> {
    Ok(Susut {
        id: row.get(0)?,
        opd: row.get(1)?,
        jenis: word(row, 2)?,
        nomor: row.get(3)?,
        persetujuan: maybe_word(row, 4)?,
        status: word(row, 5)?,
        jumlah: row.get(6)?,
        oleh_nama: row.get(7)?,
        created_at: row.get(8)?,
        versi: row.get(9)?,
    })
}

/// Puts a file at the end of a list.
pub(crate) fn add(tx: &mut Tx<'_>, susut: Id, berkas: Id) -> Result<()> {
    let last: Option<i64> =
        tx.opt("SELECT urut FROM eoffice_susut_berkas WHERE susut = ?1 ORDER BY urut DESC LIMIT 1", params![susut], |row| {
            row.get(0)
        })?;
    tx.exec(
        "INSERT INTO eoffice_susut_berkas (susut, urut, berkas) VALUES (?1, ?2, ?3)",
        params![susut, last.unwrap_or(0) + 1, berkas],
    )?;
    Ok(())
}

/// Takes a file out of a list that is still drawn up.
pub(crate) fn take_out(tx: &mut Tx<'_>, susut: Id, berkas: Id) -> Result<()> {
    tx.exec("DELETE FROM eoffice_susut_berkas WHERE susut = ?1 AND berkas = ?2", params![susut, berkas])?;
    Ok(())
}

/// Notes what the panel decided about a file.
pub(crate) fn decide(tx: &mut Tx<'_>, susut: Id, berkas: Id, keputusan: Keputusan, alasan: Option<&str>) -> Result<()> {
    tx.exec(
        "UPDATE eoffice_susut_berkas SET keputusan = ?3, alasan = ?4 WHERE susut = ?1 AND berkas = ?2",
        params![susut, berkas, keputusan.as_str(), alasan],
    )?;
    Ok(())
}

/// Notes that everything in a file was erased.
pub(crate) fn erased(tx: &mut Tx<'_>, susut: Id, berkas: Id) -> Result<bool> {
    let now = tx.now()?;
    let changed = tx.exec(
        "UPDATE eoffice_susut_berkas SET terhapus_pada = ?3 WHERE susut = ?1 AND berkas = ?2 AND terhapus_pada IS NULL",
        params![susut, berkas, now],
    )?;
    Ok(changed == 1)
}

fn lines() -> Sql {
    let mut sql = Sql::new("SELECT");
    sql.push(COLUMNS).push(", l.urut, l.keputusan, l.alasan, l.terhapus_pada FROM eoffice_susut_berkas l");
    sql.push("JOIN eoffice_berkas b ON b.id = l.berkas");
    sql
}

/// Files of a list after a place.
pub(crate) fn baris(tx: &mut Tx<'_>, susut: Id, after: i64, limit: usize) -> Result<Vec<Baris>> {
    let mut sql = lines();
    sql.filter("l.susut = ?").bind(susut).filter("l.urut > ?").bind(after);
    sql.push("ORDER BY l.urut LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX)).list(tx, read_baris)
}

/// One file of a list.
pub(crate) fn one(tx: &mut Tx<'_>, susut: Id, berkas: Id) -> Result<Option<Baris>> {
    let mut sql = lines();
    sql.filter("l.susut = ?").bind(susut).filter("l.berkas = ?").bind(berkas).opt(tx, read_baris)
}

fn read_baris(row: &Row<'_>) -> Result<Baris> {
    Ok(Baris {
        berkas: read_berkas(row)?,
        urut: row.get(WIDTH)?,
        keputusan: maybe_word(row, WIDTH + 1)?,
        alasan: row.get(WIDTH + 2)?,
        terhapus_pada: row.get(WIDTH + 3)?,
    })
}

/// Keeps the paper of a step.
pub(crate) fn insert_langkah(tx: &mut Tx<'_>, susut: Id, langkah: Langkah, surat: &Surat) -> Result<()> {
    let (now, nama) = (tx.now()?, tx.by()?.actor.nama().to_owned());
    tx.exec(
        "INSERT INTO eoffice_susut_langkah (susut, langkah, nomor, tanggal, pejabat, pihak, saksi, cara, tempat, catatan, oleh_nama,
            pada)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        params![
            susut,
            langkah.as_str(),
            &surat.nomor,
            surat.tanggal,
            &surat.pejabat,
            &surat.pihak,
            surat.saksi.join("\n"),
            &surat.cara,
            &surat.tempat,
            &surat.catatan,
            nama,
            now
        ],
    )?;
    Ok(())
}

const SURAT: &str =
    "SELECT langkah, nomor, tanggal, pejabat, pihak, saksi, cara, tempat, catatan, pada FROM eoffice_susut_langkah";

/// The papers of a list, in the order in which they were noted.
pub(crate) fn langkah(tx: &mut Tx<'_>, susut: Id) -> Result<Vec<(Langkah, Surat)>> {
    let mut sql = Sql::new(SURAT);
    let mut all = sql.filter("susut = ?").bind(susut).list(tx, read_langkah)?;
    all.sort_by_key(|(_, _, pada)| *pada);
    Ok(all.into_iter().map(|(langkah, surat, _)| (langkah, surat)).collect())
}

/// The berita acara of a destruction that is done; without it nothing may be erased.
pub(crate) fn proof(tx: &mut Tx<'_>, susut: Id) -> Result<Option<Surat>> {
    let done = get(tx, susut)?.is_some_and(|susut| susut.jenis == Jenis::Musnah && susut.status == Status::Selesai);
    if !done {
        return Ok(None);
    }
    let mut sql = Sql::new(SURAT);
    sql.filter("susut = ?").bind(susut).filter("langkah = ?").bind(Langkah::BeritaAcara.as_str());
    Ok(sql.opt(tx, read_langkah)?.map(|(_, surat, _)| surat))
}

/// The berita acara by which a file was destroyed.
pub(crate) fn destroyed_by(tx: &mut Tx<'_>, berkas: Id) -> Result<Option<Surat>> {
    let lists: Vec<Id> = tx.list(
        "SELECT susut FROM eoffice_susut_berkas WHERE berkas = ?1 AND keputusan = ?2",
        params![berkas, Keputusan::Musnah.as_str()],
        |row| row.get(0),
    )?;
    for susut in lists {
        if let Some(surat) = proof(tx, susut)? {
            return Ok(Some(surat));
        }
    }
    Ok(None)
}

/// The berita acara by which the content of a letter or naskah was destroyed.
pub(crate) fn destroyed(tx: &mut Tx<'_>, isi: Id) -> Result<Option<Surat>> {
    match crate::arsip::store::of_surat(tx, isi)? {
        Some(berkas) if berkas.tahap == Tahap::Musnah => destroyed_by(tx, berkas.id),
        _ => Ok(None),
    }
}

fn read_langkah(row: &Row<'_>) -> Result<(Langkah, Surat, Moment)> {
    let saksi: String = row.get(5)?;
    let surat = Surat {
        nomor: row.get(1)?,
        tanggal: row.get(2)?,
        pejabat: row.get(3)?,
        pihak: row.get(4)?,
        saksi: saksi.lines().map(ToOwned::to_owned).collect(),
        cara: row.get(6)?,
        tempat: row.get(7)?,
        catatan: row.get(8)?,
    };
    Ok((word(row, 0)?, surat, row.get(9)?))
}
