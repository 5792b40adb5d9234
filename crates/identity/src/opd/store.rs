use praja_kernel::{Date, Id, escape_like, fold};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{Jenis, Opd, Reach, rules::Isi};
use crate::daftar::{Arah, Cursor, Page, Place, cut, upwards};

/// The columns [`read`] reads.
pub(crate) const COLUMNS: &str = "SELECT id, kode, nama, singkatan, jenis, induk, berlaku_dari, berlaku_sampai";

/// The name of an OPD, also of one that has ended.
pub fn name(tx: &mut Tx<'_>, opd: Id) -> Result<Option<String>> {
    tx.opt("SELECT nama FROM identity_opd WHERE id = ?1", params![opd], |row| row.get(0))
}

/// An OPD, also one that has ended.
pub fn get(tx: &mut Tx<'_>, opd: Id) -> Result<Option<Opd>> {
    let mut sql = Sql::new(COLUMNS);
    sql.push("FROM identity_opd").filter("id = ?").bind(opd);
    sql.opt(tx, read)
}

/// Every OPD without an end date, in the order of the regency's own list.
pub fn list_active(tx: &mut Tx<'_>) -> Result<Vec<Opd>> {
    tx.list(
        "SELECT id, kode, nama, singkatan, jenis, induk, berlaku_dari, berlaku_sampai FROM identity_opd
         WHERE berlaku_sampai IS NULL ORDER BY urut, id",
        &[],
        read,
    )
}

/// Posts and current penugasan of an OPD without an end date.
pub(crate) fn counts(tx: &mut Tx<'_>, opd: Id, today: praja_kernel::Date) -> Result<(i64, i64)> {
    tx.one(
        "SELECT (SELECT COUNT(*) FROM identity_jabatan j WHERE j.opd = ?1 AND j.berlaku_sampai IS NULL),
                (SELECT COUNT(*) FROM identity_jabatan j JOIN identity_penugasan p ON p.jabatan = j.id
                 WHERE j.opd = ?1 AND p.mulai <= ?2 AND (p.sampai IS NULL OR p.sampai >= ?2))",
        params![opd, today],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The units directly below these, also ended ones.
pub(crate) fn children(tx: &mut Tx<'_>, parents: &[Id]) -> Result<Vec<Id>> {
    let mut sql = Sql::new("SELECT id FROM identity_opd");
    sql.filter_in("induk", parents.iter().copied());
    sql.list(tx, |row| row.get(0))
}

/// An OPD as administrators work on it.
pub(crate) struct Rinci {
    pub(crate) opd: Opd,
    pub(crate) urut: i64,
    pub(crate) versi: i64,
}

/// An OPD as administrators work on it, also one that has ended.
pub(crate) fn row(tx: &mut Tx<'_>, id: Id) -> Result<Option<Rinci>> {
    tx.opt(
        "SELECT id, kode, nama, singkatan, jenis, induk, berlaku_dari, berlaku_sampai, urut, versi FROM identity_opd WHERE id = ?1",
        params![id],
        |row| Ok(Rinci { opd: read(row)?, urut: row.get(8)?, versi: row.get(9)? }),
    )
}

/// The OPD and everything above it, nearest first.
pub(crate) fn above(tx: &mut Tx<'_>, from: Id) -> Result<Vec<Id>> {
    let mut all = vec![from];
    let mut at = from;
    while let Some(Some(next)) =
        tx.opt("SELECT induk FROM identity_opd WHERE id = ?1", params![at], |row| row.get::<Option<Id>>(0))?
    {
        // A ring from a bad import ends the walk.
        if all.contains(&next) {
            break;
        }
        all.push(next);
        at = next;
    }
    Ok(all)
}

/// The units in force directly below, in their order.
pub(crate) fn units(tx: &mut Tx<'_>, id: Id) -> Result<Vec<Opd>> {
    let mut sql = Sql::new(COLUMNS);
    sql.push("FROM identity_opd").filter("induk = ?").bind(id).filter("berlaku_sampai IS NULL").push("ORDER BY urut, id");
    sql.list(tx, read)
}

/// Every OPD that this one continues, with its name.
pub(crate) fn predecessors(tx: &mut Tx<'_>, id: Id) -> Result<Vec<(Id, String)>> {
    tx.list(
        "SELECT d.id, d.nama FROM identity_opd_pendahulu x JOIN identity_opd d ON d.id = x.pendahulu WHERE x.opd = ?1",
        params![id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// The OPD in force that continue one which has ended.
pub(crate) fn successors(tx: &mut Tx<'_>, id: Id) -> Result<Vec<(Id, String)>> {
    tx.list(
        "SELECT d.id, d.nama FROM identity_opd d WHERE d.berlaku_sampai IS NULL
         AND EXISTS (SELECT 1 FROM identity_opd_pendahulu x WHERE x.opd = d.id AND x.pendahulu = ?1) ORDER BY d.urut, d.id",
        params![id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// What the flat list is narrowed to.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    pub(crate) kata: String,
    pub(crate) jenis: Option<Jenis>,
    /// OPD that have ended instead of those in force.
    pub(crate) berakhir: bool,
    pub(crate) within: Reach,
    pub(crate) arah: Arah,
}

/// A page of the flat list, by name.
pub(crate) fn page(tx: &mut Tx<'_>, filter: &Filter, place: &Place, size: usize) -> Result<Page<Opd>> {
    let mut sql = Sql::new(COLUMNS);
    sql.push("FROM identity_opd");
    let up = upwards(filter.arah, place);
    match place {
        Place::Top => sql.filter("fold >= ''"),
        Place::After(cursor) | Place::Before(cursor) => {
            sql.filter(if up { "(fold, id) > (?, ?)" } else { "(fold, id) < (?, ?)" }).bind(&cursor.kunci).bind(cursor.id)
        }
    };
    // Not to be looked up by, either: the index by name gives the order.
    sql.filter(if filter.berakhir { "(berlaku_sampai || '') IS NOT NULL" } else { "(berlaku_sampai || '') IS NULL" });
    for word in fold(&filter.kata).split(' ').filter(|word| !word.is_empty()) {
        sql.filter("(fold LIKE ? ESCAPE '!' OR kode LIKE ? ESCAPE '!')");
        sql.bind(format!("%{}%", escape_like(word))).bind(format!("{}%", escape_like(word)));
    }
    if let Some(jenis) = filter.jenis {
        sql.filter("jenis = ?").bind(jenis.as_str());
    }
    if let Reach::Only(ids) = &filter.within {
        // Not to be looked up by: the index by name gives the order.
        sql.filter_in("(id || '')", ids.iter().copied());
    }
    sql.push(if up { "ORDER BY fold, id LIMIT ?" } else { "ORDER BY fold DESC, id DESC LIMIT ?" });
    sql.bind(i64::try_from(size + 1).unwrap_or(i64::MAX));
    let rows = sql.list(tx, read)?;
    Ok(cut(rows, size, place, |one| Cursor { kunci: folded(&one.nama, &one.singkatan), id: one.id }))
}

/// The words by which an OPD is found and sorted.
fn folded(nama: &str, singkatan: &str) -> String {
    fold(&format!("{nama} {singkatan}"))
}

/// How many units in force stand directly below.
pub(crate) fn active_units(tx: &mut Tx<'_>, id: Id) -> Result<usize> {
    let count: i64 = tx.scalar("SELECT COUNT(*) FROM identity_opd WHERE induk = ?1 AND berlaku_sampai IS NULL", params![id])?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// Saves what was changed; `false` when somebody was first.
pub(crate) fn update(tx: &mut Tx<'_>, id: Id, versi: i64, isi: &Isi) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE identity_opd SET kode = ?3, nama = ?4, singkatan = ?5, fold = ?6, jenis = ?7, induk = ?8, urut = ?9,
            berlaku_dari = ?10, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![
            id,
            versi,
            &isi.kode,
            &isi.nama,
            &isi.singkatan,
            folded(&isi.nama, &isi.singkatan),
            isi.jenis.as_str(),
            isi.induk,
            isi.urut,
            isi.berlaku_dari
        ],
    )?;
    Ok(changed == 1)
}

/// Saves the last day.
pub(crate) fn set_end(tx: &mut Tx<'_>, id: Id, sampai: Date) -> Result<()> {
    tx.exec("UPDATE identity_opd SET berlaku_sampai = ?2, versi = versi + 1 WHERE id = ?1", params![id, sampai])?;
    Ok(())
}

/// Puts the units below one OPD below another.
pub(crate) fn move_units(tx: &mut Tx<'_>, from: Id, to: Id) -> Result<()> {
    tx.exec(
        "UPDATE identity_opd SET induk = ?2, versi = versi + 1 WHERE induk = ?1 AND berlaku_sampai IS NULL AND id <> ?2",
        params![from, to],
    )?;
    Ok(())
}

/// Saves a new OPD at place `urut` of the regency's list.
pub(crate) fn insert(tx: &mut Tx<'_>, opd: &Opd, urut: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO identity_opd (id, kode, nama, singkatan, fold, jenis, induk, urut, berlaku_dari, berlaku_sampai)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            opd.id,
            &opd.kode,
            &opd.nama,
            &opd.singkatan,
            folded(&opd.nama, &opd.singkatan),
            opd.jenis.as_str(),
            opd.induk,
            urut,
            opd.berlaku_dari,
            opd.berlaku_sampai
        ],
    )?;
    Ok(())
}

/// Names `pendahulu`, and everything that it had absorbed, as what `opd` continues.
pub(crate) fn insert_predecessor(tx: &mut Tx<'_>, opd: Id, pendahulu: Id) -> Result<()> {
    let mut all: Vec<Id> =
        tx.list("SELECT pendahulu FROM identity_opd_pendahulu WHERE opd = ?1", params![pendahulu], |row| row.get(0))?;
    all.push(pendahulu);
    for one in all {
        tx.exec(
            "INSERT INTO identity_opd_pendahulu (opd, pendahulu) VALUES (?1, ?2) ON CONFLICT (opd, pendahulu) DO NOTHING",
            params![opd, one],
        )?;
    }
    Ok(())
}

/// Is there any OPD at all?
pub(crate) fn any(tx: &mut Tx<'_>) -> Result<bool> {
    Ok(tx.opt("SELECT id FROM identity_opd WHERE berlaku_sampai IS NULL LIMIT 1", &[], |row| row.get::<Id>(0))?.is_some())
}

pub(crate) fn read(row: &Row<'_>) -> Result<Opd> {
    let jenis: String = row.get(4)?;
    Ok(Opd {
        id: row.get(0)?,
        kode: row.get(1)?,
        nama: row.get(2)?,
        singkatan: row.get(3)?,
        jenis: Jenis::parse(&jenis).map_err(|_| StoreError::unknown_word("jenis OPD", &jenis))?,
        induk: row.get(5)?,
        berlaku_dari: row.get(6)?,
        berlaku_sampai: row.get(7)?,
    })
}
