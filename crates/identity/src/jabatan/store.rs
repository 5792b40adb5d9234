use praja_kernel::{Date, Id, fold};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{Holder, Jabatan, Jenis, answering, rules::Isi};
use crate::{
    daftar::{Arah, Cursor, Page, Place, cut, upwards},
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
    Ok(Jabatan {
        id: row.get(0)?,
        opd: row.get(1)?,
        nama: row.get(2)?,
        jenis: jenis(&row.get::<String>(3)?)?,
        induk: row.get(4)?,
    })
}

/// A post as administrators work on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rinci {
    pub(crate) id: Id,
    pub(crate) opd: Id,
    pub(crate) nama: String,
    pub(crate) jenis: Jenis,
    pub(crate) induk: Option<Id>,
    pub(crate) urut: i64,
    pub(crate) dari: Date,
    pub(crate) sampai: Option<Date>,
    pub(crate) versi: i64,
}

/// A post as administrators work on it, also one that was abolished.
pub(crate) fn row(tx: &mut Tx<'_>, id: Id) -> Result<Option<Rinci>> {
    tx.opt(
        "SELECT id, opd, nama, jenis, induk, urut, berlaku_dari, berlaku_sampai, versi FROM identity_jabatan WHERE id = ?1",
        params![id],
        |row| {
            Ok(Rinci {
                id: row.get(0)?,
                opd: row.get(1)?,
                nama: row.get(2)?,
                jenis: jenis(&row.get::<String>(3)?)?,
                induk: row.get(4)?,
                urut: row.get(5)?,
                dari: row.get(6)?,
                sampai: row.get(7)?,
                versi: row.get(8)?,
            })
        },
    )
}

/// The post and everything above it, nearest first.
pub(crate) fn above(tx: &mut Tx<'_>, from: Id) -> Result<Vec<Id>> {
    let mut all = vec![from];
    let mut at = from;
    while let Some(Some(next)) =
        tx.opt("SELECT induk FROM identity_jabatan WHERE id = ?1", params![at], |row| row.get::<Option<Id>>(0))?
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

/// Saves a new post of an OPD and gives its identity.
pub(crate) fn create(tx: &mut Tx<'_>, opd: Id, isi: &Isi) -> Result<Id> {
    let id = tx.new_id()?;
    insert(tx, &Jabatan { id, opd, nama: isi.nama.clone(), jenis: isi.jenis, induk: isi.induk }, isi.urut, isi.berlaku_dari)?;
    Ok(id)
}

/// Saves what was changed; `false` when somebody was first.
pub(crate) fn update(tx: &mut Tx<'_>, id: Id, versi: i64, isi: &Isi) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE identity_jabatan SET nama = ?3, fold = ?4, jenis = ?5, induk = ?6, urut = ?7, berlaku_dari = ?8, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![id, versi, &isi.nama, fold(&isi.nama), isi.jenis.as_str(), isi.induk, isi.urut, isi.berlaku_dari],
    )?;
    Ok(changed == 1)
}

/// Saves the last day.
pub(crate) fn set_end(tx: &mut Tx<'_>, id: Id, sampai: Date) -> Result<()> {
    tx.exec("UPDATE identity_jabatan SET berlaku_sampai = ?2, versi = versi + 1 WHERE id = ?1", params![id, sampai])?;
    Ok(())
}

/// Puts the posts below one below another (or at the top).
pub(crate) fn move_subordinates(tx: &mut Tx<'_>, from: Id, to: Option<Id>) -> Result<()> {
    tx.exec(
        "UPDATE identity_jabatan SET induk = ?2, versi = versi + 1 WHERE induk = ?1 AND berlaku_sampai IS NULL",
        params![from, to],
    )?;
    Ok(())
}

/// Moves the posts of an OPD that are in force to another one, behind those it has. Gives how many.
pub(crate) fn move_all(tx: &mut Tx<'_>, from: Id, to: Id) -> Result<usize> {
    let last: i64 =
        tx.scalar("SELECT COALESCE(MAX(urut), 0) FROM identity_jabatan WHERE opd = ?1 AND berlaku_sampai IS NULL", params![to])?;
    let moved = tx.exec(
        "UPDATE identity_jabatan SET opd = ?2, urut = urut + ?3, versi = versi + 1 WHERE opd = ?1 AND berlaku_sampai IS NULL",
        params![from, to, last],
    )?;
    Ok(usize::try_from(moved).unwrap_or(usize::MAX))
}

/// What the list of posts is narrowed to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    /// Only posts of these OPD; of all when absent.
    pub(crate) opd: Option<Vec<Id>>,
    /// Words of the name.
    pub(crate) kata: String,
    pub(crate) jenis: Option<Jenis>,
    /// Only posts that nobody holds today.
    pub(crate) kosong: bool,
    /// Posts that were abolished instead of those in force.
    pub(crate) dihapus: bool,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Baris {
    pub(crate) id: Id,
    pub(crate) nama: String,
    pub(crate) fold: String,
    pub(crate) jenis: Jenis,
    pub(crate) opd: String,
    pub(crate) dari: Date,
    pub(crate) sampai: Option<Date>,
}

/// A page of posts in the order of their names.
pub(crate) fn page(tx: &mut Tx<'_>, filter: &Filter, today: Date, arah: Arah, place: &Place, size: usize) -> Result<Page<Baris>> {
    let rows = walk(tx, filter, today, arah, place, size)?;
    Ok(cut(rows, size, place, |row| Cursor { kunci: row.fold.clone(), id: row.id }))
}

/// One walk along the index by name.
fn walk(tx: &mut Tx<'_>, filter: &Filter, today: Date, arah: Arah, place: &Place, size: usize) -> Result<Vec<Baris>> {
    let mut sql = Sql::new(
        "SELECT j.id, j.nama, j.fold, j.jenis, d.singkatan, j.berlaku_dari, j.berlaku_sampai
         FROM identity_jabatan j JOIN identity_opd d ON d.id = j.opd",
    );
    match filter.opd.as_deref() {
        None => {}
        Some([only]) => {
            sql.filter("j.opd = ?").bind(*only);
        }
        // Not to be looked up by: the index by name gives the order.
        Some(several) => {
            sql.filter_in("(j.opd || '')", several.iter().copied());
        }
    }
    let up = upwards(arah, place);
    match place {
        Place::Top => sql.filter("j.fold >= ''"),
        Place::After(cursor) | Place::Before(cursor) => {
            let beyond = if up { "(j.fold, j.id) > (?, ?)" } else { "(j.fold, j.id) < (?, ?)" };
            sql.filter(beyond).bind(&cursor.kunci).bind(cursor.id)
        }
    };
    sql.filter(if filter.dihapus { "j.berlaku_sampai IS NOT NULL" } else { "j.berlaku_sampai IS NULL" });
    match_words(&mut sql, "j.fold LIKE ? ESCAPE '!'", &filter.kata);
    if let Some(jenis) = filter.jenis {
        sql.filter("j.jenis = ?").bind(jenis.as_str());
    }
    if filter.kosong {
        sql.filter("NOT EXISTS (SELECT 1 FROM identity_penugasan p WHERE p.jabatan = j.id AND p.mulai <= ?");
        sql.push("AND (p.sampai IS NULL OR p.sampai >= ?))").bind(today).bind(today);
    }
    sql.push(if up { "ORDER BY j.fold, j.id LIMIT ?" } else { "ORDER BY j.fold DESC, j.id DESC LIMIT ?" });
    sql.bind(i64::try_from(size + 1).unwrap_or(i64::MAX));
    sql.list(tx, |row| {
        Ok(Baris {
            id: row.get(0)?,
            nama: row.get(1)?,
            fold: row.get(2)?,
            jenis: jenis(&row.get::<String>(3)?)?,
            opd: row.get(4)?,
            dari: row.get(5)?,
            sampai: row.get(6)?,
        })
    })
}

/// How many posts of a filter there are, counted up to `cap`.
pub(crate) fn count(tx: &mut Tx<'_>, filter: &Filter, today: Date, cap: usize) -> Result<usize> {
    Ok(page(tx, filter, today, Arah::Naik, &Place::Top, cap)?.rows.len())
}

fn jenis(word: &str) -> Result<Jenis> {
    Jenis::parse(word).map_err(|_| StoreError::unknown_word("jenis jabatan", word))
}
