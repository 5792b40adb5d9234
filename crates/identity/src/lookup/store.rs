use praja_kernel::{Date, Id, escape_like};
use praja_store::{Result, Sql, Tx};

use super::match_words;
use crate::opd::{self, Opd, Reach};

/// A person as the address book knows them.
pub(crate) struct Person {
    pub(crate) id: Id,
    pub(crate) nama: String,
    pub(crate) nip: Option<String>,
}

/// People in service, in the order of their names.
pub(crate) fn people(tx: &mut Tx<'_>, words: &str, today: Date, numbers: bool, limit: usize) -> Result<Vec<Person>> {
    let digits: String = words.chars().filter(|letter| !letter.is_whitespace()).collect();
    let by_number = numbers && digits.len() >= 4 && digits.bytes().all(|digit| digit.is_ascii_digit());
    let mut sql = Sql::new("SELECT id, nama_lengkap, nip FROM identity_orang");
    if by_number {
        // From this number on and not beyond it: an index can walk that, which it cannot with LIKE.
        sql.filter("nip_urut >= ?").bind(digits.as_str()).filter("nip_urut < ?").bind(format!("{digits}:"));
    } else {
        sql.filter("fold > ''");
        match_words(&mut sql, "fold LIKE ? ESCAPE '!'", words);
    }
    sql.filter("(berhenti IS NULL OR berhenti >= ?)").bind(today);
    sql.push(if by_number { "ORDER BY nip_urut, id LIMIT ?" } else { "ORDER BY fold, id LIMIT ?" }).bind(count(limit));
    sql.list(tx, |row| Ok(Person { id: row.get(0)?, nama: row.get(1)?, nip: row.get(2)? }))
}

/// OPD in force, in the order of their names.
pub(crate) fn offices(tx: &mut Tx<'_>, words: &str, within: &Reach, limit: usize) -> Result<Vec<Opd>> {
    let mut sql = Sql::new(opd::store::COLUMNS);
    sql.push("FROM identity_opd").filter("fold > ''").filter("(berlaku_sampai || '') IS NULL");
    for word in praja_kernel::fold(words).split(' ').filter(|word| !word.is_empty()) {
        sql.filter("(fold LIKE ? ESCAPE '!' OR kode LIKE ? ESCAPE '!')");
        sql.bind(format!("%{}%", escape_like(word))).bind(format!("{}%", escape_like(word)));
    }
    if let Reach::Only(ids) = within {
        // Not to be looked up by: the index by name gives the order.
        sql.filter_in("(id || '')", ids.iter().copied());
    }
    sql.push("ORDER BY fold, id LIMIT ?").bind(count(limit));
    sql.list(tx, opd::store::read)
}

/// Posts in force with the short name of their OPD, in the order of their names.
pub(crate) fn posts(tx: &mut Tx<'_>, words: &str, within: &Reach, limit: usize) -> Result<Vec<(Id, String, String)>> {
    let mut sql = Sql::new("SELECT j.id, j.nama, d.singkatan FROM identity_jabatan j JOIN identity_opd d ON d.id = j.opd");
    sql.filter("j.fold > ''").filter("j.berlaku_sampai IS NULL");
    // A post is known by its own name, or by that and its OPD's: "kepala dinkes".
    for word in praja_kernel::fold(words).split(' ').filter(|word| !word.is_empty()) {
        sql.filter("(j.fold LIKE ? ESCAPE '!' OR d.fold LIKE ? ESCAPE '!')");
        sql.bind(format!("%{}%", escape_like(word))).bind(format!("%{}%", escape_like(word)));
    }
    if let Reach::Only(ids) = within {
        sql.filter_in("(j.opd || '')", ids.iter().copied());
    }
    sql.push("ORDER BY j.fold, j.id LIMIT ?").bind(count(limit));
    sql.list(tx, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

fn count(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}
