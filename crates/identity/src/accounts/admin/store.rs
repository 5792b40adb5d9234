use praja_kernel::{Id, Moment, escape_like, fold};
use praja_store::{Result, Sql, Tx, params};

use super::Keadaan;

/// What the list of accounts is narrowed to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    /// Only people on the books of these OPDs; everybody when absent.
    pub(crate) opd: Option<Vec<Id>>,
    pub(crate) keadaan: Option<Keadaan>,
    /// A part of the name or the beginning of the NIP.
    pub(crate) kata: String,
    /// Continues after this (fold, id).
    pub(crate) sesudah: (String, String),
}

/// A person with the account, if there is one.
#[derive(Debug, Clone)]
pub(crate) struct Baris {
    pub(crate) orang: Id,
    pub(crate) nama: String,
    pub(crate) fold: String,
    pub(crate) nip: Option<String>,
    pub(crate) opd: Option<String>,
    pub(crate) akun: Option<Id>,
    pub(crate) terakhir_masuk: Option<Moment>,
    pub(crate) nonaktif: bool,
    pub(crate) dua_langkah: bool,
    pub(crate) dikunci_sampai: Option<Moment>,
}

impl Baris {
    /// In what state the account is.
    pub(crate) fn keadaan(&self, now: Moment) -> Keadaan {
        match self.akun {
            None => Keadaan::TanpaAkun,
            Some(_) if self.nonaktif => Keadaan::Nonaktif,
            Some(_) if self.dikunci_sampai.is_some_and(|until| now < until) => Keadaan::Terkunci,
            Some(_) if self.terakhir_masuk.is_none() => Keadaan::BelumMasuk,
            Some(_) => Keadaan::Aktif,
        }
    }
}

/// People in the order of their names with their accounts, one more than `limit` when others follow.
pub(crate) fn page(tx: &mut Tx<'_>, filter: &Filter, now: Moment, limit: i64) -> Result<Vec<Baris>> {
    let mut sql = Sql::new(
        "SELECT o.id, o.nama_lengkap, o.fold, o.nip, d.singkatan, a.id, a.terakhir_masuk, a.nonaktif, t.aktif, p.dikunci_sampai
         FROM identity_orang o LEFT JOIN identity_opd d ON d.id = o.opd LEFT JOIN identity_akun a ON a.orang = o.id
         LEFT JOIN identity_totp t ON t.akun = a.id LEFT JOIN identity_percobaan p ON p.kunci = 'akun:' || a.id",
    );
    sql.filter("(o.fold, o.id) > (?, ?)").bind(&filter.sesudah.0).bind(&filter.sesudah.1);
    // Who left the service needs no account any more; who still has an open one is shown all the same.
    sql.filter("(o.berhenti IS NULL OR a.nonaktif = FALSE)");
    let kata = fold(&filter.kata);
    if !kata.is_empty() {
        let digits: String = kata.chars().filter(char::is_ascii_digit).collect();
        let nip = if digits.is_empty() { "-".to_owned() } else { format!("{}%", escape_like(&digits)) };
        sql.filter("(o.fold LIKE ? ESCAPE '!' OR o.nip LIKE ? ESCAPE '!')").bind(format!("%{}%", escape_like(&kata))).bind(nip);
    }
    match filter.opd.as_deref() {
        // One OPD walks its own index, however many people there are elsewhere.
        Some([one]) => {
            sql.filter("o.opd = ?").bind(*one);
        }
        Some(many) => {
            sql.filter("(1 = 0");
            for one in many {
                sql.push("OR o.opd = ?").bind(*one);
            }
            sql.push(")");
        }
        None => {}
    }
    match filter.keadaan {
        Some(Keadaan::TanpaAkun) => {
            sql.filter("a.id IS NULL");
        }
        Some(Keadaan::BelumMasuk) => {
            sql.filter("a.terakhir_masuk IS NULL AND a.nonaktif = FALSE");
        }
        Some(Keadaan::Nonaktif) => {
            sql.filter("a.nonaktif = TRUE");
        }
        Some(Keadaan::Terkunci) => {
            sql.filter("p.dikunci_sampai > ?").bind(now);
        }
        Some(Keadaan::Aktif) => {
            sql.filter("a.terakhir_masuk IS NOT NULL AND a.nonaktif = FALSE");
        }
        None => {}
    }
    sql.push("ORDER BY o.fold, o.id LIMIT ?").bind(limit + 1);
    sql.list(tx, |row| {
        Ok(Baris {
            orang: row.get(0)?,
            nama: row.get(1)?,
            fold: row.get(2)?,
            nip: row.get(3)?,
            opd: row.get(4)?,
            akun: row.get(5)?,
            terakhir_masuk: row.get(6)?,
            nonaktif: row.get::<Option<bool>>(7)?.unwrap_or(false),
            dua_langkah: row.get::<Option<Moment>>(8)?.is_some(),
            dikunci_sampai: row.get(9)?,
        })
    })
}

/// A door that is shut now.
#[derive(Debug, Clone)]
pub(crate) struct Terkunci {
    /// `akun:<id>`, `alamat:<network address>` or a digest.
    pub(crate) kunci: String,
    pub(crate) gagal: i64,
    pub(crate) terakhir: Moment,
    pub(crate) sampai: Moment,
    /// The account behind it: identity, full name, the officer, the OPD on whose books the officer is.
    pub(crate) akun: Option<(Id, String)>,
    pub(crate) orang: Option<Id>,
    pub(crate) opd: Option<Id>,
}

/// Doors that are shut now, the one that opens first first.
pub(crate) fn locked(tx: &mut Tx<'_>, now: Moment) -> Result<Vec<Terkunci>> {
    tx.list(
        "SELECT p.kunci, p.gagal, p.terakhir, p.dikunci_sampai, a.id, COALESCE(o.nama_lengkap, w.nama, b.nama), a.orang, o.opd
         FROM identity_percobaan p LEFT JOIN identity_akun a ON a.id = SUBSTR(p.kunci, 6)
         LEFT JOIN identity_orang o ON o.id = a.orang LEFT JOIN identity_warga w ON w.akun = a.id
         LEFT JOIN identity_badan b ON b.akun = a.id
         WHERE p.dikunci_sampai > ?1 ORDER BY p.dikunci_sampai, p.kunci LIMIT 200",
        params![now],
        |row| {
            Ok(Terkunci {
                kunci: row.get(0)?,
                gagal: row.get(1)?,
                terakhir: row.get(2)?,
                sampai: row.get(3)?,
                akun: row.get::<Option<Id>>(4)?.zip(row.get::<Option<String>>(5)?),
                orang: row.get(6)?,
                opd: row.get(7)?,
            })
        },
    )
}

/// The OPD on whose books a person is.
pub(crate) fn opd_of(tx: &mut Tx<'_>, orang: Id) -> Result<Option<Id>> {
    Ok(tx.opt("SELECT opd FROM identity_orang WHERE id = ?1", params![orang], |row| row.get(0))?.flatten())
}

/// A person as a slip names them.
#[derive(Debug, Clone)]
pub(crate) struct Orang {
    pub(crate) nama: String,
    pub(crate) nip: Option<String>,
    /// Name of the OPD on whose books they are.
    pub(crate) opd: Option<String>,
}

/// A person, for a slip.
pub(crate) fn person(tx: &mut Tx<'_>, orang: Id) -> Result<Option<Orang>> {
    tx.opt(
        "SELECT o.nama_lengkap, o.nip, d.nama FROM identity_orang o LEFT JOIN identity_opd d ON d.id = o.opd WHERE o.id = ?1",
        params![orang],
        |row| Ok(Orang { nama: row.get(0)?, nip: row.get(1)?, opd: row.get(2)? }),
    )
}

/// When an account was made and last used.
pub(crate) fn times(tx: &mut Tx<'_>, akun: Id) -> Result<(Moment, Option<Moment>)> {
    tx.one("SELECT dibuat, terakhir_masuk FROM identity_akun WHERE id = ?1", params![akun], |row| Ok((row.get(0)?, row.get(1)?)))
}
