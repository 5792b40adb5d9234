use praja_kernel::{Date, Id, fold};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{Holder, Jabatan, Jenis, answering};
use crate::{
    lookup::match_words,
    penugasan::{Jenis as Cara, display_name},
};

/// A post, also one that was abolished.
pub fn get(tx: &mut Tx<'_>, jabatan: Id) -> Result<Option<Jabatan>> {
    tx.opt("SELECT id, opd, nama, jenis, induk FROM identity_jabatan WHERE id = ?1", params![jabatan], read)
}

/// The posts of an OPD that were not abolished, highest first.
pub fn list_of_opd(tx: &mut Tx<'_>, opd: Id) -> Result<Vec<Jabatan>> {
    tx.list(
        "SELECT id, opd, nama, jenis, induk FROM identity_jabatan WHERE opd = ?1 AND berlaku_sampai IS NULL ORDER BY urut, id",
        params![opd],
        read,
    )
}

/// The post that leads an OPD: the first of its list.
pub fn head_of(tx: &mut Tx<'_>, opd: Id) -> Result<Option<Jabatan>> {
    tx.opt(
        "SELECT id, opd, nama, jenis, induk FROM identity_jabatan WHERE opd = ?1 AND berlaku_sampai IS NULL
         ORDER BY urut, id LIMIT 1",
        params![opd],
        read,
    )
}

/// The post above: to whom its holder answers. None at the top, or when the one above was abolished.
pub fn superior(tx: &mut Tx<'_>, jabatan: Id) -> Result<Option<Jabatan>> {
    tx.opt(
        "SELECT a.id, a.opd, a.nama, a.jenis, a.induk FROM identity_jabatan j JOIN identity_jabatan a ON a.id = j.induk
         WHERE j.id = ?1 AND a.berlaku_sampai IS NULL",
        params![jabatan],
        read,
    )
}

/// The posts directly below, in their order; also those of other OPD.
pub fn subordinates(tx: &mut Tx<'_>, jabatan: Id) -> Result<Vec<Jabatan>> {
    tx.list(
        "SELECT id, opd, nama, jenis, induk FROM identity_jabatan WHERE induk = ?1 AND berlaku_sampai IS NULL ORDER BY urut, id",
        params![jabatan],
        read,
    )
}

/// Who answers for a post on a day: the Plh. while the holder is away, else the Plt. or Pj., else the definitive holder.
pub fn holder_on(tx: &mut Tx<'_>, jabatan: Id, day: Date) -> Result<Option<Holder>> {
    let all = holders_with_kind(tx, jabatan, day)?;
    Ok(answering(all.into_iter().map(|(orang, nama, jenis)| Holder { orang, nama, jenis }).collect()))
}

/// The post as lists show it on a day: "Plt. Kepala Dinas Sosial (Hasanuddin Rahim, S.Sos.)"; a vacant one says so.
pub fn label(tx: &mut Tx<'_>, jabatan: Id, day: Date) -> Result<String> {
    let nama = get(tx, jabatan)?.ok_or(StoreError::Missing)?.nama;
    Ok(match holder_on(tx, jabatan, day)? {
        Some(holder) => format!("{} ({})", display_name(holder.jenis, &nama), holder.nama),
        None => format!("{nama} (kosong)"),
    })
}

/// Posts whose name has all these words, in the order of their names; of one OPD or of all. Abolished ones are left out.
pub fn search(tx: &mut Tx<'_>, words: &str, opd: Option<Id>, limit: usize) -> Result<Vec<Jabatan>> {
    let mut sql = Sql::new("SELECT id, opd, nama, jenis, induk FROM identity_jabatan");
    if let Some(opd) = opd {
        sql.filter("opd = ?").bind(opd);
    }
    // Said so that the index by name is walked from its beginning.
    sql.filter("fold > ''").filter("berlaku_sampai IS NULL");
    match_words(&mut sql, "fold LIKE ? ESCAPE '!'", words);
    sql.push("ORDER BY fold, id LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX));
    sql.list(tx, read)
}

/// Who holds a post without a known end: (person, full name). A Plt. or Plh. with an end date needs [`holders_on`].
pub fn holders(tx: &mut Tx<'_>, jabatan: Id) -> Result<Vec<(Id, String)>> {
    tx.list(
        "SELECT o.id, o.nama_lengkap FROM identity_penugasan p JOIN identity_orang o ON o.id = p.orang
         WHERE p.jabatan = ?1 AND p.sampai IS NULL ORDER BY p.mulai, p.id",
        params![jabatan],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Who holds a post on a day: (person, full name), longest first.
pub fn holders_on(tx: &mut Tx<'_>, jabatan: Id, day: Date) -> Result<Vec<(Id, String)>> {
    let list = holders_with_kind(tx, jabatan, day)?;
    Ok(list.into_iter().map(|(orang, nama, _)| (orang, nama)).collect())
}

/// Who holds a post on a day and how.
pub(crate) fn holders_with_kind(tx: &mut Tx<'_>, jabatan: Id, day: Date) -> Result<Vec<(Id, String, Cara)>> {
    tx.list(
        "SELECT o.id, o.nama_lengkap, p.jenis FROM identity_penugasan p JOIN identity_orang o ON o.id = p.orang
         WHERE p.jabatan = ?1 AND p.mulai <= ?2 AND (p.sampai IS NULL OR p.sampai >= ?2) ORDER BY p.mulai, p.id",
        params![jabatan, day],
        |row| Ok((row.get(0)?, row.get(1)?, crate::penugasan::store::kind(&row.get::<String>(2)?)?)),
    )
}

/// Saves a new post at place `urut` of its OPD.
pub(crate) fn insert(tx: &mut Tx<'_>, jabatan: &Jabatan, urut: i64, dari: Date) -> Result<()> {
    tx.exec(
        "INSERT INTO identity_jabatan (id, opd, nama, fold, jenis, induk, urut, berlaku_dari)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![jabatan.id, jabatan.opd, &jabatan.nama, fold(&jabatan.nama), jabatan.jenis.as_str(), jabatan.induk, urut, dari],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Jabatan> {
    let jenis: String = row.get(3)?;
    Ok(Jabatan {
        id: row.get(0)?,
        opd: row.get(1)?,
        nama: row.get(2)?,
        jenis: Jenis::parse(&jenis).map_err(|_| StoreError::unknown_word("jenis jabatan", &jenis))?,
        induk: row.get(4)?,
    })
}
