//! Looking through the audit trail: newest first, by chain, actor, act, object and time, one index step per row shown.

use praja_kernel::Moment;

use crate::{
    AuditRow, Result, Sql, Tx,
    audit::{anchor::heads, read_row},
    params,
};

/// A row's place in the order of the whole trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// When it was written.
    pub pada: Moment,
    /// Its chain.
    pub rantai: String,
    /// Its number in the chain.
    pub urut: i64,
}

/// What is looked for; what is absent does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// One chain: an OPD's identity, or `umum`.
    pub rantai: Option<String>,
    /// One actor, as [`praja_kernel::Actor::key`].
    pub pelaku: Option<String>,
    /// One act.
    pub tindakan: Option<String>,
    /// One object, `<table>:<id>`.
    pub objek: Option<String>,
    /// From this moment on.
    pub dari: Option<Moment>,
    /// Before this moment.
    pub sampai: Option<Moment>,
    /// Continues with what is older than this.
    pub sebelum: Option<Place>,
}

const COLUMNS: &str =
    "SELECT a.rantai, a.urut, a.pada, a.pelaku, a.pelaku_nama, a.jabatan, a.tindakan, a.objek, a.alasan, a.bidang,
    a.sebelum, a.sidik, n.isi
    FROM store_audit a LEFT JOIN store_audit_nilai n ON n.rantai = a.rantai AND n.urut = a.urut";

impl Tx<'_> {
    /// Rows of the trail, newest first, at most `limit`.
    pub fn find_audit(&mut self, wanted: &Wanted, limit: i64) -> Result<Vec<AuditRow>> {
        if let Some(objek) = &wanted.objek {
            return self.find_audit_of(objek, wanted, limit);
        }
        let mut sql = Sql::new(COLUMNS);
        let within_chain =
            wanted.pelaku.is_none() && wanted.tindakan.is_none() && wanted.dari.is_none() && wanted.sampai.is_none();
        match &wanted.rantai {
            // One chain as a whole is walked along its key.
            Some(rantai) if within_chain => {
                let before = wanted.sebelum.as_ref().map_or(i64::MAX, |place| place.urut);
                sql.filter("a.rantai = ?").bind(rantai).filter("a.urut < ?").bind(before);
                sql.push("ORDER BY a.rantai DESC, a.urut DESC LIMIT ?").bind(limit);
                return sql.list(self, read_row);
            }
            // Written so that the index of the narrower part, which is in the order of time, is walked and not the key.
            Some(rantai) => drop(sql.filter("(a.rantai || '') = ?").bind(rantai)),
            None => {}
        }
        match (&wanted.pelaku, &wanted.tindakan) {
            (Some(pelaku), Some(tindakan)) => {
                sql.filter("a.pelaku = ?").bind(pelaku).filter("(a.tindakan || '') = ?").bind(tindakan);
            }
            (Some(pelaku), None) => drop(sql.filter("a.pelaku = ?").bind(pelaku)),
            (None, Some(tindakan)) => drop(sql.filter("a.tindakan = ?").bind(tindakan)),
            (None, None) => {}
        }
        let last = Place { pada: wanted.sampai.unwrap_or(Moment(i64::MAX)), rantai: String::new(), urut: 0 };
        let before = wanted.sebelum.as_ref().filter(|place| place.pada <= last.pada).unwrap_or(&last);
        sql.filter("(a.pada, a.rantai, a.urut) < (?, ?, ?)").bind(before.pada).bind(&before.rantai).bind(before.urut);
        if let Some(from) = wanted.dari {
            sql.filter("a.pada >= ?").bind(from);
        }
        sql.push("ORDER BY a.pada DESC, a.rantai DESC, a.urut DESC LIMIT ?").bind(limit);
        sql.list(self, read_row)
    }

    /// What happened to one object; its rows are few.
    fn find_audit_of(&mut self, objek: &str, wanted: &Wanted, limit: i64) -> Result<Vec<AuditRow>> {
        let mut rows = self.audit_of(objek, 10_000)?;
        let fits = |row: &AuditRow| {
            wanted.rantai.as_ref().is_none_or(|rantai| *rantai == row.rantai)
                && wanted.pelaku.as_ref().is_none_or(|pelaku| *pelaku == row.pelaku)
                && wanted.tindakan.as_ref().is_none_or(|tindakan| *tindakan == row.tindakan)
                && wanted.dari.is_none_or(|from| row.pada >= from)
                && wanted.sampai.is_none_or(|to| row.pada < to)
                && wanted
                    .sebelum
                    .as_ref()
                    .is_none_or(|place| (row.pada, &row.rantai, row.urut) < (place.pada, &place.rantai, place.urut))
        };
        rows.retain(fits);
        rows.sort_by(|one, other| (other.pada, &other.rantai, other.urut).cmp(&(one.pada, &one.rantai, one.urut)));
        rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(rows)
    }

    /// One row.
    pub fn audit_row(&mut self, rantai: &str, urut: i64) -> Result<Option<AuditRow>> {
        let mut sql = Sql::new(COLUMNS);
        sql.filter("a.rantai = ?").bind(rantai).filter("a.urut = ?").bind(urut);
        sql.opt(self, read_row)
    }

    /// Every act that occurs, sorted: one index step each.
    pub fn audit_acts(&mut self) -> Result<Vec<String>> {
        let mut all: Vec<String> = Vec::new();
        loop {
            let after = all.last().cloned().unwrap_or_default();
            let next: Option<String> =
                self.one("SELECT MIN(tindakan) FROM store_audit WHERE tindakan > ?1", params![&after], |row| row.get(0))?;
            match next {
                Some(act) => all.push(act),
                None => return Ok(all),
            }
        }
    }

    /// Every chain with the number of its last row.
    pub fn audit_chains(&mut self) -> Result<Vec<(String, i64)>> {
        Ok(heads(self)?.into_iter().map(|(rantai, urut, _)| (rantai, urut)).collect())
    }
}
