//! The only SQL about the directory.

use praja_kernel::{Id, fold};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{Draft, Instansi, Jenis, Page};
use crate::words::{folded_words, next_prefix};

/// So many rows are looked at to find the most used ones among what fits.
const LOOKED_AT: i64 = 200;

/// What the directory is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// One kind.
    pub jenis: Option<Jenis>,
    /// From the last name to the first.
    pub turun: bool,
}

/// Where a page stands: the folded name and the row beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Place {
    /// At the first name.
    #[default]
    Top,
    /// After this row.
    After(String, Id),
    /// Before this row.
    Before(String, Id),
}

pub(super) fn insert(tx: &mut Tx<'_>, id: Id, draft: &Draft) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "INSERT INTO desk_instansi (id, nama, fold, jenis, alamat, email, telepon, aktif, dibuat)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, TRUE, ?8)",
        params![
            id,
            &draft.nama,
            fold(&draft.nama),
            draft.jenis.as_str(),
            draft.alamat.as_deref(),
            draft.email.as_deref(),
            draft.telepon.as_deref(),
            now
        ],
    )?;
    Ok(())
}

/// One more spelling that leads to `id`, with its words.
pub(super) fn add_name(tx: &mut Tx<'_>, id: Id, nama: &str) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "INSERT INTO desk_instansi_nama (fold, nama, instansi, pada) VALUES (?1, ?2, ?3, ?4)",
        params![fold(nama), nama, id, now],
    )?;
    for kata in folded_words(nama) {
        tx.exec(
            "INSERT INTO desk_instansi_kata (instansi, kata) VALUES (?1, ?2) ON CONFLICT (instansi, kata) DO NOTHING",
            params![id, kata],
        )?;
    }
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, id: Id, versi: i64, draft: &Draft) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE desk_instansi SET nama = ?3, fold = ?4, jenis = ?5, alamat = ?6, email = ?7, telepon = ?8, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![
            id,
            versi,
            &draft.nama,
            fold(&draft.nama),
            draft.jenis.as_str(),
            draft.alamat.as_deref(),
            draft.email.as_deref(),
            draft.telepon.as_deref()
        ],
    )?;
    Ok(changed == 1)
}

pub(super) fn count(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    tx.exec("UPDATE desk_instansi SET dipakai = dipakai + 1 WHERE id = ?1", params![id])?;
    Ok(())
}

pub(super) fn by_name(tx: &mut Tx<'_>, nama: &str) -> Result<Option<Id>> {
    tx.opt("SELECT instansi FROM desk_instansi_nama WHERE fold = ?1", params![fold(nama)], |row| row.get(0))
}

pub(super) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Instansi>> {
    tx.opt(
        "SELECT id, nama, jenis, alamat, email, telepon, dipakai, digabung, dibuat, versi FROM desk_instansi WHERE id = ?1",
        params![id],
        read,
    )
}

pub(super) fn spellings(tx: &mut Tx<'_>, id: Id) -> Result<Vec<String>> {
    tx.list("SELECT nama FROM desk_instansi_nama WHERE instansi = ?1 ORDER BY fold", params![id], |row| row.get(0))
}

pub(super) fn merge(tx: &mut Tx<'_>, source: &Instansi, target: &Instansi) -> Result<()> {
    tx.exec("UPDATE desk_instansi_nama SET instansi = ?2 WHERE instansi = ?1", params![source.id, target.id])?;
    let words: Vec<String> =
        tx.list("SELECT kata FROM desk_instansi_kata WHERE instansi = ?1", params![source.id], |row| row.get(0))?;
    for kata in words {
        tx.exec(
            "INSERT INTO desk_instansi_kata (instansi, kata) VALUES (?1, ?2) ON CONFLICT (instansi, kata) DO NOTHING",
            params![target.id, kata],
        )?;
    }
    // The words are an index, made anew from the spellings at any time; the row itself stays.
    tx.exec("DELETE FROM desk_instansi_kata WHERE instansi = ?1", params![source.id])?;
    tx.exec("UPDATE desk_instansi SET digabung = ?2 WHERE digabung = ?1", params![source.id, target.id])?;
    tx.exec(
        "UPDATE desk_instansi SET digabung = ?2, aktif = FALSE, versi = versi + 1 WHERE id = ?1",
        params![source.id, target.id],
    )?;
    tx.exec(
        "UPDATE desk_instansi SET dipakai = dipakai + ?2, versi = versi + 1 WHERE id = ?1",
        params![target.id, source.dipakai],
    )?;
    Ok(())
}

pub(super) fn suggest(tx: &mut Tx<'_>, typed: &str, limit: usize) -> Result<Vec<Instansi>> {
    let mut words = folded_words(typed);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    // The longest word leaves the fewest rows to look at.
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let mut sql = Sql::new(
        "SELECT i.id, i.nama, i.jenis, i.alamat, i.email, i.telepon, i.dipakai, i.digabung, i.dibuat, i.versi
         FROM desk_instansi_kata k JOIN desk_instansi i ON i.id = k.instansi",
    );
    sql.filter("k.kata >= ?").bind(&words[0]).filter("k.kata < ?").bind(next_prefix(&words[0]));
    for other in &words[1..] {
        sql.filter("EXISTS (SELECT 1 FROM desk_instansi_kata o WHERE o.instansi = k.instansi AND o.kata >= ?").bind(other);
        sql.push("AND o.kata < ?)").bind(next_prefix(other));
    }
    sql.push("ORDER BY k.kata, k.instansi LIMIT ?").bind(LOOKED_AT);
    let mut found = sql.list(tx, read)?;
    found.sort_by(|a, b| b.dipakai.cmp(&a.dipakai).then_with(|| a.nama.cmp(&b.nama)).then_with(|| a.id.cmp(&b.id)));
    found.dedup_by_key(|row| row.id);
    found.truncate(limit);
    Ok(found)
}

pub(super) fn list(tx: &mut Tx<'_>, filter: &Filter, place: &Place, limit: usize) -> Result<Page> {
    let mut sql = Sql::new("SELECT id, nama, jenis, alamat, email, telepon, dipakai, digabung, dibuat, versi FROM desk_instansi");
    sql.filter("aktif = TRUE");
    if let Some(jenis) = filter.jenis {
        sql.filter("jenis = ?").bind(jenis.as_str());
    }
    let back = matches!(place, Place::Before(..));
    // Reading back in a list that falls is reading as it rises.
    let falls = back != filter.turun;
    match place {
        Place::Top => {}
        Place::After(fold, id) | Place::Before(fold, id) => {
            sql.filter(if falls { "(fold, id) < (?, ?)" } else { "(fold, id) > (?, ?)" }).bind(fold).bind(*id);
        }
    }
    sql.push(if falls { "ORDER BY fold DESC, id DESC LIMIT ?" } else { "ORDER BY fold, id LIMIT ?" });
    let mut rows = sql.bind(i64::try_from(limit + 1).unwrap_or(i64::MAX)).list(tx, read)?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    if back {
        rows.reverse();
    }
    let (has_before, has_after) = match place {
        Place::Top => (false, more),
        Place::After(..) => (true, more),
        Place::Before(..) => (more, true),
    };
    let edge = |row: Option<&Instansi>, wanted: bool| row.filter(|_| wanted).map(|row| (fold(&row.nama), row.id));
    let before = edge(rows.first(), has_before).map(|(fold, id)| Place::Before(fold, id));
    let after = edge(rows.last(), has_after).map(|(fold, id)| Place::After(fold, id));
    Ok(Page { rows, before, after })
}

/// Columns: id, nama, jenis, alamat, email, telepon, dipakai, digabung, dibuat, versi.
fn read(row: &Row<'_>) -> Result<Instansi> {
    let jenis: String = row.get(2)?;
    Ok(Instansi {
        id: row.get(0)?,
        nama: row.get(1)?,
        jenis: Jenis::parse(&jenis).map_err(|_| StoreError::unknown_word("jenis instansi", &jenis))?,
        alamat: row.get(3)?,
        email: row.get(4)?,
        telepon: row.get(5)?,
        dipakai: row.get(6)?,
        digabung: row.get(7)?,
        dibuat: row.get(8)?,
        versi: row.get(9)?,
    })
}
