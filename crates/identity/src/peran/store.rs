use praja_kernel::Id;
use praja_store::{Result, Tx, params};

use super::Grant;

/// To whom a role is given.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Holder {
    Jabatan(Id),
    /// A person, everywhere or only while acting for one OPD.
    Orang(Id, Option<Id>),
}

/// What the post and the person hold, and the OPDs that `opd` continues: one question, because every request asks it.
pub(crate) fn grants_and_predecessors(
    tx: &mut Tx<'_>,
    orang: Id,
    jabatan: Option<Id>,
    opd: Option<Id>,
) -> Result<(Vec<Grant>, Vec<Id>)> {
    let rows = tx.list(
        "SELECT 'peran', peran, opd FROM identity_peran WHERE jabatan = ?1 AND dicabut IS NULL
         UNION ALL SELECT 'peran', peran, opd FROM identity_peran WHERE orang = ?2 AND dicabut IS NULL
         UNION ALL SELECT 'opd', pendahulu, CAST(NULL AS TEXT) FROM identity_opd_pendahulu WHERE opd = ?3",
        params![jabatan, orang, opd],
        |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?, row.get::<Option<Id>>(2)?)),
    )?;
    let (mut grants, mut before) = (Vec::new(), Vec::new());
    for (kind, word, opd) in rows {
        match kind.as_str() {
            "peran" => grants.push(Grant { peran: word, opd }),
            _ => before.extend(word.parse::<Id>()),
        }
    }
    Ok((grants, before))
}

/// Gives a role.
pub(crate) fn insert(tx: &mut Tx<'_>, holder: Holder, peran: &str) -> Result<()> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    let (jabatan, orang, opd) = match holder {
        Holder::Jabatan(jabatan) => (Some(jabatan), None, None),
        Holder::Orang(orang, opd) => (None, Some(orang), opd),
    };
    tx.exec(
        "INSERT INTO identity_peran (id, jabatan, orang, peran, opd, diberikan) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![id, jabatan, orang, peran, opd, now],
    )?;
    Ok(())
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
