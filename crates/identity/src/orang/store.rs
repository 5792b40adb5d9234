use praja_kernel::{Date, Id, JenisAsn, JenisKelamin, Nip, escape_like, fold};
use praja_store::{Result, Sql, Tx, params};

use super::{Jenis as Kind, Orang};
use crate::penugasan::{Jenis, display_name};

/// Sorts people without a NIP behind all others.
pub(crate) const NO_NIP: &str = "~";

/// What is known about a new person.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct NewOrang<'a> {
    pub(crate) nama: &'a str,
    pub(crate) gelar_depan: Option<&'a str>,
    pub(crate) gelar_belakang: Option<&'a str>,
    pub(crate) nip: Option<&'a str>,
    pub(crate) email: Option<&'a str>,
    pub(crate) telepon: Option<&'a str>,
    /// Told by the NIP when absent; who has none is then no ASN.
    pub(crate) jenis: Option<Kind>,
    /// Told by the NIP when absent.
    pub(crate) tanggal_lahir: Option<Date>,
    /// Told by the NIP when absent.
    pub(crate) jenis_kelamin: Option<JenisKelamin>,
    /// Rank, as `III/d`.
    pub(crate) golongan: Option<&'a str>,
    /// Where the person is on the books; the first definitive penugasan sets it when absent.
    pub(crate) opd: Option<Id>,
}

/// The full name of a person.
pub fn name(tx: &mut Tx<'_>, orang: Id) -> Result<Option<String>> {
    tx.opt("SELECT nama_lengkap FROM identity_orang WHERE id = ?1", params![orang], |row| row.get(0))
}

/// The person with this e-mail address.
pub(crate) fn by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<Id>> {
    tx.opt("SELECT id FROM identity_orang WHERE email = ?1", params![email], |row| row.get(0))
}

/// Saves a new person.
pub(crate) fn insert(tx: &mut Tx<'_>, new: &NewOrang<'_>) -> Result<Id> {
    let id = tx.new_id()?;
    let full = super::full_name(new.nama, new.gelar_depan, new.gelar_belakang);
    let nip: Option<Nip> = new.nip.and_then(|nip| nip.parse().ok());
    let jenis = new.jenis.unwrap_or(match nip.as_ref().map(Nip::jenis_asn) {
        Some(JenisAsn::Pns) => Kind::Pns,
        Some(JenisAsn::Pppk) => Kind::Pppk,
        None => Kind::NonAsn,
    });
    let lahir = new.tanggal_lahir.or(nip.as_ref().map(Nip::tanggal_lahir));
    let kelamin = new.jenis_kelamin.or(nip.as_ref().map(Nip::jenis_kelamin));
    tx.exec(
        "INSERT INTO identity_orang (id, nama, gelar_depan, gelar_belakang, nama_lengkap, fold, nip, nip_urut, email, telepon, jenis,
            tanggal_lahir, jenis_kelamin, golongan, opd)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        params![
            id,
            new.nama,
            new.gelar_depan,
            new.gelar_belakang,
            full,
            fold(new.nama),
            new.nip,
            new.nip.unwrap_or(NO_NIP),
            new.email,
            new.telepon,
            jenis.as_str(),
            lahir,
            kelamin.map(JenisKelamin::as_str),
            new.golongan,
            new.opd
        ],
    )?;
    Ok(id)
}

/// What the list of people is narrowed to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    /// Only people with a post in one of these OPDs; everybody when absent.
    pub(crate) opd: Option<Vec<Id>>,
    /// A part of the name or the beginning of the NIP.
    pub(crate) kata: String,
    /// Continues after this (fold, id).
    pub(crate) sesudah: (String, String),
}

/// People in the order of their names, one more than `limit` when others follow.
pub(crate) fn page(tx: &mut Tx<'_>, filter: &Filter, today: Date, limit: i64) -> Result<Vec<Orang>> {
    let mut sql = Sql::new("SELECT o.id, o.nama_lengkap, o.nip, o.fold FROM identity_orang o");
    sql.filter("(o.fold, o.id) > (?, ?)").bind(&filter.sesudah.0).bind(&filter.sesudah.1);
    let kata = fold(&filter.kata);
    if !kata.is_empty() {
        let digits: String = kata.chars().filter(char::is_ascii_digit).collect();
        let nip = if digits.is_empty() { "-".to_owned() } else { format!("{}%", escape_like(&digits)) };
        sql.filter("(o.fold LIKE ? ESCAPE '!' OR o.nip LIKE ? ESCAPE '!')").bind(format!("%{}%", escape_like(&kata))).bind(nip);
    }
    if let Some(opd) = &filter.opd {
        sql.filter("EXISTS (SELECT 1 FROM identity_penugasan p JOIN identity_jabatan j ON j.id = p.jabatan");
        sql.push("WHERE p.orang = o.id AND p.mulai <= ? AND (p.sampai IS NULL OR p.sampai >= ?)").bind(today).bind(today);
        sql.push("AND (1 = 0");
        for one in opd {
            sql.push("OR j.opd = ?").bind(*one);
        }
        sql.push("))");
    }
    sql.push("ORDER BY o.fold, o.id LIMIT ?").bind(limit + 1);
    sql.list(tx, |row| Ok(Orang { id: row.get(0)?, nama: row.get(1)?, nip: row.get(2)?, fold: row.get(3)? }))
}

/// The posts of a person on a day as shown, with the short name of the OPD.
pub(crate) fn posts_on(tx: &mut Tx<'_>, orang: Id, day: Date) -> Result<Vec<(String, String)>> {
    tx.list(
        "SELECT p.jenis, j.nama, d.singkatan FROM identity_penugasan p JOIN identity_jabatan j ON j.id = p.jabatan
         JOIN identity_opd d ON d.id = j.opd
         WHERE p.orang = ?1 AND p.mulai <= ?2 AND (p.sampai IS NULL OR p.sampai >= ?2) ORDER BY p.mulai, p.id",
        params![orang, day],
        |row| {
            let jenis: Jenis = crate::penugasan::store::kind(&row.get::<String>(0)?)?;
            Ok((display_name(jenis, &row.get::<String>(1)?), row.get(2)?))
        },
    )
}
