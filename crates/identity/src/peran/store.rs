use praja_kernel::{Date, Id, Moment, Permission, fold};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{
    Grant, Khusus, Pemegang,
    aturan::Target,
    jangka::{Jangka, MOST_DAYS},
};
use crate::{lookup::match_words, opd::Reach};

/// To whom a role is given.
pub(crate) use super::aturan::Target as Holder;

/// What a request needs to know about somebody's rights.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Held {
    /// The roles.
    pub(crate) grants: Vec<Grant>,
    /// What roles of the regency's own making among them allow, by the permission's name.
    pub(crate) izin: Vec<Grant>,
    /// The OPDs that the OPD acted for continues.
    pub(crate) before: Vec<Id>,
    /// The last day of each role that is held for a time.
    pub(crate) berjangka: Vec<Date>,
    /// Was a role ever held for a time?
    pub(crate) pernah_berjangka: bool,
}

/// What the post and the person hold, and the OPDs that `opd` continues: one question, because every request asks it.
///
/// A role that was given for a time counts up to its last day and not a request longer, whoever is signed in.
pub(crate) fn held(tx: &mut Tx<'_>, orang: Id, jabatan: Option<Id>, opd: Option<Id>, today: Date) -> Result<Held> {
    let rows = tx.list(
        "SELECT 'peran', peran, opd, sampai FROM identity_peran WHERE jabatan = ?1 AND dicabut IS NULL
            AND (sampai IS NULL OR sampai >= ?4)
         UNION ALL SELECT 'peran', peran, opd, sampai FROM identity_peran WHERE orang = ?2 AND dicabut IS NULL
            AND (sampai IS NULL OR sampai >= ?4)
         UNION ALL SELECT 'izin', i.izin, r.opd, CAST(NULL AS TEXT) FROM identity_peran r
            JOIN identity_peran_izin i ON i.peran = r.peran
            WHERE r.jabatan = ?1 AND r.dicabut IS NULL AND (r.sampai IS NULL OR r.sampai >= ?4) AND i.aktif = TRUE
         UNION ALL SELECT 'izin', i.izin, r.opd, CAST(NULL AS TEXT) FROM identity_peran r
            JOIN identity_peran_izin i ON i.peran = r.peran
            WHERE r.orang = ?2 AND r.dicabut IS NULL AND (r.sampai IS NULL OR r.sampai >= ?4) AND i.aktif = TRUE
         UNION ALL SELECT 'pernah', peran, opd, sampai FROM identity_peran WHERE orang = ?2 AND sampai IS NOT NULL
         UNION ALL SELECT 'opd', pendahulu, CAST(NULL AS TEXT), CAST(NULL AS TEXT) FROM identity_opd_pendahulu WHERE opd = ?3",
        params![jabatan, orang, opd, today],
        |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?, row.get::<Option<Id>>(2)?, row.get::<Option<Date>>(3)?)),
    )?;
    let mut held = Held::default();
    for (kind, word, opd, sampai) in rows {
        match kind.as_str() {
            "peran" => {
                held.grants.push(Grant { peran: word, opd });
                held.berjangka.extend(sampai);
            }
            "pernah" => held.pernah_berjangka = true,
            "izin" => held.izin.push(Grant { peran: word, opd }),
            _ => held.before.extend(word.parse::<Id>()),
        }
    }
    Ok(held)
}

/// Gives a role.
pub(crate) fn insert(tx: &mut Tx<'_>, holder: Target, peran: &str) -> Result<()> {
    insert_for(tx, holder, peran, &Jangka::default())
}

/// Gives a role for a time.
pub(crate) fn insert_for(tx: &mut Tx<'_>, holder: Target, peran: &str, jangka: &Jangka) -> Result<()> {
    let (id, by) = (tx.new_id()?, tx.by()?);
    let (jabatan, orang, opd) = match holder {
        Target::Jabatan(jabatan) => (Some(jabatan), None, None),
        Target::Orang(orang, opd) => (None, Some(orang), opd),
    };
    tx.exec(
        "INSERT INTO identity_peran (id, jabatan, orang, peran, opd, diberikan, oleh, sampai, dasar)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![id, jabatan, orang, peran, opd, by.at, by.actor.nama(), jangka.sampai, jangka.dasar.clone()],
    )?;
    Ok(())
}

/// Does the target hold the role already, so that giving it again would say nothing new?
pub(crate) fn is_held(tx: &mut Tx<'_>, holder: Target, peran: &str) -> Result<bool> {
    let found = match holder {
        Target::Jabatan(jabatan) => tx.opt(
            "SELECT id FROM identity_peran WHERE jabatan = ?1 AND peran = ?2 AND dicabut IS NULL LIMIT 1",
            params![jabatan, peran],
            |_| Ok(()),
        )?,
        Target::Orang(orang, opd) => tx.opt(
            "SELECT id FROM identity_peran WHERE orang = ?1 AND peran = ?2 AND dicabut IS NULL AND (opd IS NULL OR opd = ?3) LIMIT 1",
            params![orang, peran, opd],
            |_| Ok(()),
        )?,
    };
    Ok(found.is_some())
}

/// What a person holds of a role for a time now, to be ended by what is given in its place.
pub(crate) fn timed_of(tx: &mut Tx<'_>, orang: Id, peran: &str) -> Result<Vec<Id>> {
    tx.list(
        "SELECT id FROM identity_peran WHERE orang = ?1 AND peran = ?2 AND dicabut IS NULL AND sampai IS NOT NULL",
        params![orang, peran],
        |row| row.get(0),
    )
}

/// A role whose last day has been, with who held it.
pub(crate) struct Lewat {
    pub(crate) id: Id,
    pub(crate) peran: String,
    pub(crate) jabatan: Option<Id>,
    pub(crate) orang: Option<Id>,
    pub(crate) sampai: Date,
}

/// Roles whose last day has been.
pub(crate) fn expired(tx: &mut Tx<'_>, today: Date, limit: i64) -> Result<Vec<Lewat>> {
    tx.list(
        "SELECT id, peran, jabatan, orang, sampai FROM identity_peran WHERE sampai < ?1 AND dicabut IS NULL ORDER BY sampai, id LIMIT ?2",
        params![today, limit],
        |row| Ok(Lewat { id: row.get(0)?, peran: row.get(1)?, jabatan: row.get(2)?, orang: row.get(3)?, sampai: row.get(4)? }),
    )
}

const BERJANGKA: &str = "peran-berjangka";

/// Days an outside auditor's role may be given for.
pub(crate) fn most_days(tx: &mut Tx<'_>) -> Result<i64> {
    let own = tx.opt("SELECT hari FROM identity_batas WHERE jenis = ?1", params![BERJANGKA], |row| row.get::<i64>(0))?;
    Ok(own.filter(|days| *days > 0).unwrap_or(MOST_DAYS))
}

/// Sets how many.
pub(crate) fn set_most_days(tx: &mut Tx<'_>, days: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO identity_batas (jenis, bulan, perpanjangan, hari) VALUES (?1, 0, 0, ?2)
         ON CONFLICT (jenis) DO UPDATE SET hari = ?2, versi = identity_batas.versi + 1",
        params![BERJANGKA, days],
    )?;
    Ok(())
}

/// Takes a role back. Says whether it was still given.
pub(crate) fn revoke(tx: &mut Tx<'_>, id: Id) -> Result<bool> {
    let by = tx.by()?;
    let changed = tx.exec(
        "UPDATE identity_peran SET dicabut = ?2, dicabut_oleh = ?3 WHERE id = ?1 AND dicabut IS NULL",
        params![id, by.at, by.actor.nama()],
    )?;
    Ok(changed == 1)
}

/// How many people hold a role on a day, by their posts or in person, without one grant of it.
pub(crate) fn others(tx: &mut Tx<'_>, peran: &str, without: Id, day: Date) -> Result<i64> {
    tx.scalar(
        "SELECT COUNT(*) FROM identity_peran r LEFT JOIN identity_penugasan p ON p.jabatan = r.jabatan
            AND p.mulai <= ?3 AND (p.sampai IS NULL OR p.sampai >= ?3)
         WHERE r.peran = ?1 AND r.dicabut IS NULL AND r.id <> ?2 AND (r.orang IS NOT NULL OR p.id IS NOT NULL)",
        params![peran, without, day],
    )
}

/// Somebody who holds a role, by a post or in person.
pub(crate) fn first_holder(tx: &mut Tx<'_>, peran: &str) -> Result<Option<Id>> {
    let found = tx.opt(
        "SELECT COALESCE(r.orang, p.orang) FROM identity_peran r LEFT JOIN identity_penugasan p ON p.jabatan = r.jabatan
         WHERE r.peran = ?1 AND r.dicabut IS NULL AND COALESCE(r.orang, p.orang) IS NOT NULL ORDER BY r.peran, r.id LIMIT 1",
        params![peran],
        |row| row.get::<Id>(0),
    )?;
    Ok(found)
}

/// Who holds a role now, as subjects of tasks and notices: `jabatan:…` or `pegawai:…`.
pub fn holders(tx: &mut Tx<'_>, peran: &str) -> Result<Vec<String>> {
    tx.list(
        "SELECT jabatan, orang FROM identity_peran WHERE peran = ?1 AND dicabut IS NULL ORDER BY peran, id",
        params![peran],
        |row| {
            let (jabatan, orang): (Option<Id>, Option<Id>) = (row.get(0)?, row.get(1)?);
            Ok(match (jabatan, orang) {
                (Some(jabatan), _) => format!("jabatan:{jabatan}"),
                (None, Some(orang)) => format!("pegawai:{orang}"),
                (None, None) => String::new(),
            })
        },
    )
    .map(|all| all.into_iter().filter(|subject| !subject.is_empty()).collect())
}

/// What a list of holders is narrowed to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    /// One role.
    pub(crate) peran: Option<String>,
    /// Words of the post's or person's name.
    pub(crate) kata: String,
    /// Continues after this grant.
    pub(crate) sesudah: Option<Id>,
}

/// Who holds which role within reach, in the order in which they were given, one more than `limit` when others follow.
pub(crate) fn page(tx: &mut Tx<'_>, reach: &Reach, filter: &Filter, limit: i64) -> Result<Vec<Pemegang>> {
    let mut sql = Sql::new(
        "SELECT r.id, r.peran, j.id, j.nama, o.id, o.nama_lengkap, r.opd, d.nama, r.diberikan, r.oleh, COALESCE(j.opd, r.opd, o.opd),
            r.sampai, r.dasar
         FROM identity_peran r LEFT JOIN identity_jabatan j ON j.id = r.jabatan LEFT JOIN identity_orang o ON o.id = r.orang
         LEFT JOIN identity_opd d ON d.id = COALESCE(j.opd, r.opd, o.opd)",
    );
    if let Some(peran) = &filter.peran {
        sql.filter("r.peran = ?").bind(peran);
    }
    sql.filter("r.dicabut IS NULL").filter("r.id > ?").bind(filter.sesudah.map(|id| id.to_string()).unwrap_or_default());
    match_words(&mut sql, "COALESCE(j.fold, o.fold) LIKE ? ESCAPE '!'", &filter.kata);
    if let Reach::Only(opds) = reach {
        sql.filter_in("COALESCE(j.opd, r.opd, o.opd)", opds.iter().copied());
    }
    sql.push("ORDER BY r.id LIMIT ?").bind(limit + 1);
    sql.list(tx, read_holder)
}

/// One grant that was not taken back.
pub(crate) fn grant(tx: &mut Tx<'_>, id: Id) -> Result<Option<Pemegang>> {
    tx.opt(
        "SELECT r.id, r.peran, j.id, j.nama, o.id, o.nama_lengkap, r.opd, d.nama, r.diberikan, r.oleh, COALESCE(j.opd, r.opd, o.opd),
            r.sampai, r.dasar
         FROM identity_peran r LEFT JOIN identity_jabatan j ON j.id = r.jabatan LEFT JOIN identity_orang o ON o.id = r.orang
         LEFT JOIN identity_opd d ON d.id = COALESCE(j.opd, r.opd, o.opd) WHERE r.id = ?1 AND r.dicabut IS NULL",
        params![id],
        read_holder,
    )
}

fn read_holder(row: &Row<'_>) -> Result<Pemegang> {
    Ok(Pemegang {
        id: row.get(0)?,
        peran: row.get(1)?,
        jabatan: row.get(2)?,
        jabatan_nama: row.get(3)?,
        orang: row.get(4)?,
        orang_nama: row.get(5)?,
        hanya_opd: row.get(6)?,
        opd_nama: row.get(7)?,
        diberikan: row.get::<Moment>(8)?,
        oleh: row.get(9)?,
        opd: row.get(10)?,
        sampai: row.get(11)?,
        dasar: row.get(12)?,
    })
}

/// How many posts and how many people hold a role within reach.
pub(crate) fn counts(tx: &mut Tx<'_>, reach: &Reach, peran: &str) -> Result<(i64, i64)> {
    let mut sql = Sql::new(
        "SELECT COUNT(r.jabatan), COUNT(r.orang) FROM identity_peran r LEFT JOIN identity_jabatan j ON j.id = r.jabatan
         LEFT JOIN identity_orang o ON o.id = r.orang",
    );
    sql.filter("r.peran = ?").bind(peran).filter("r.dicabut IS NULL");
    if let Reach::Only(opds) = reach {
        sql.filter_in("COALESCE(j.opd, r.opd, o.opd)", opds.iter().copied());
    }
    sql.opt(tx, |row| Ok((row.get(0)?, row.get(1)?))).map(Option::unwrap_or_default)
}

/// People within reach whose name has all these words, with their OPD's name.
pub(crate) fn people(tx: &mut Tx<'_>, reach: &Reach, words: &str, limit: usize) -> Result<Vec<(Id, String, String)>> {
    let mut sql = Sql::new(
        "SELECT o.id, o.nama_lengkap, COALESCE(d.nama, '') FROM identity_orang o LEFT JOIN identity_opd d ON d.id = o.opd",
    );
    sql.filter("o.fold > ''");
    match_words(&mut sql, "o.fold LIKE ? ESCAPE '!'", words);
    if let Reach::Only(opds) = reach {
        sql.filter_in("(o.opd || '')", opds.iter().copied());
    }
    sql.push("ORDER BY o.fold, o.id LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX));
    sql.list(tx, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

/// A person's full name and OPD.
pub(crate) fn person(tx: &mut Tx<'_>, id: Id) -> Result<Option<(String, Option<Id>)>> {
    tx.opt("SELECT nama_lengkap, opd FROM identity_orang WHERE id = ?1", params![id], |row| Ok((row.get(0)?, row.get(1)?)))
}

// ---- Roles of the regency's own making ------------------------------------------------------------------------------------

/// Every role of one's own making that was not ended, by name.
pub(crate) fn customs(tx: &mut Tx<'_>) -> Result<Vec<Khusus>> {
    let mut all = tx.list(
        "SELECT id, nama, keterangan, opd, versi FROM identity_peran_khusus WHERE diakhiri IS NULL ORDER BY fold, id",
        &[],
        read_custom,
    )?;
    for one in &mut all {
        one.izin = permissions_of(tx, &one.id)?;
    }
    Ok(all)
}

/// One of them.
pub(crate) fn custom(tx: &mut Tx<'_>, id: &str) -> Result<Option<Khusus>> {
    let found = tx.opt(
        "SELECT id, nama, keterangan, opd, versi FROM identity_peran_khusus WHERE id = ?1 AND diakhiri IS NULL",
        params![id],
        read_custom,
    )?;
    let Some(mut one) = found else { return Ok(None) };
    one.izin = permissions_of(tx, id)?;
    Ok(Some(one))
}

fn permissions_of(tx: &mut Tx<'_>, id: &str) -> Result<Vec<String>> {
    tx.list("SELECT izin FROM identity_peran_izin WHERE peran = ?1 AND aktif = TRUE ORDER BY izin", params![id], |row| row.get(0))
}

fn read_custom(row: &Row<'_>) -> Result<Khusus> {
    Ok(Khusus {
        id: row.get(0)?,
        nama: row.get(1)?,
        keterangan: row.get(2)?,
        opd: row.get(3)?,
        versi: row.get(4)?,
        izin: Vec::new(),
    })
}

/// Saves a new role.
pub(crate) fn insert_custom(
    tx: &mut Tx<'_>,
    id: &str,
    nama: &str,
    keterangan: &str,
    opd: Option<Id>,
    izin: &[Permission],
) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "INSERT INTO identity_peran_khusus (id, nama, fold, keterangan, opd, dibuat) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![id, nama, fold(nama), keterangan, opd, now],
    )?;
    set_permissions(tx, id, izin)
}

/// Changes a role.
///
/// # Errors
/// [`StoreError::Busy`] when somebody else changed it first.
pub(crate) fn update_custom(
    tx: &mut Tx<'_>,
    id: &str,
    versi: i64,
    nama: &str,
    keterangan: &str,
    izin: &[Permission],
) -> Result<()> {
    let changed = tx.exec(
        "UPDATE identity_peran_khusus SET nama = ?3, fold = ?4, keterangan = ?5, versi = versi + 1
         WHERE id = ?1 AND versi = ?2 AND diakhiri IS NULL",
        params![id, versi, nama, fold(nama), keterangan],
    )?;
    if changed == 0 {
        return Err(StoreError::Busy);
    }
    set_permissions(tx, id, izin)
}

fn set_permissions(tx: &mut Tx<'_>, id: &str, izin: &[Permission]) -> Result<()> {
    tx.exec("UPDATE identity_peran_izin SET aktif = FALSE WHERE peran = ?1", params![id])?;
    for one in izin {
        tx.exec(
            "INSERT INTO identity_peran_izin (peran, izin, aktif) VALUES (?1, ?2, TRUE)
             ON CONFLICT (peran, izin) DO UPDATE SET aktif = TRUE",
            params![id, one.name()],
        )?;
    }
    Ok(())
}

/// Ends a role; whoever held it holds it no more. Gives how many that were, or nothing when it was changed or ended meanwhile.
pub(crate) fn end_custom(tx: &mut Tx<'_>, id: &str, versi: i64) -> Result<Option<u64>> {
    let by = tx.by()?;
    let ended = tx.exec(
        "UPDATE identity_peran_khusus SET diakhiri = ?3, versi = versi + 1 WHERE id = ?1 AND versi = ?2 AND diakhiri IS NULL",
        params![id, versi, by.at],
    )?;
    if ended == 0 {
        return Ok(None);
    }
    let taken = tx.exec(
        "UPDATE identity_peran SET dicabut = ?2, dicabut_oleh = ?3 WHERE peran = ?1 AND dicabut IS NULL",
        params![id, by.at, by.actor.nama()],
    )?;
    Ok(Some(taken))
}

/// Does a post carry, or a person hold, one of these roles, or a role of the regency's own making that allows one of these permissions?
pub(crate) fn reaches(tx: &mut Tx<'_>, whose: Target, roles: &[&'static str], permissions: &[Permission]) -> Result<bool> {
    let (column, id) = match whose {
        Target::Jabatan(id) => ("r.jabatan = ?", id),
        Target::Orang(id, _) => ("r.orang = ?", id),
    };
    let mut sql = Sql::new("SELECT r.id FROM identity_peran r");
    sql.filter(column).bind(id).filter_in("r.peran", roles.iter().copied()).filter("r.dicabut IS NULL").push("LIMIT 1");
    if sql.opt(tx, |row| row.get::<Id>(0))?.is_some() {
        return Ok(true);
    }
    let mut sql = Sql::new("SELECT r.id FROM identity_peran r JOIN identity_peran_izin i ON i.peran = r.peran");
    sql.filter(column).bind(id).filter("r.dicabut IS NULL").filter("i.aktif = TRUE");
    sql.filter_in("i.izin", permissions.iter().map(|one| one.name())).push("LIMIT 1");
    Ok(sql.opt(tx, |row| row.get::<Id>(0))?.is_some())
}
