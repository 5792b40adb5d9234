use praja_kernel::{Date, Id, JenisAsn, JenisKelamin, Nip, fold};
use praja_store::{Result, Sql, StoreError, Tx, params};

use super::{Jenis as Kind, Orang, rules::Isi};
use crate::{
    daftar::{Arah, Cursor, Page, Place, cut, upwards},
    lookup::match_words,
    penugasan::{Jenis, display_name},
};

/// Sorts people without a NIP behind all others.
pub(crate) const NO_NIP: &str = "~";

/// The names of everybody who is kept here: officers, citizens, bodies and who stands for them.
pub(crate) fn everybody(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for sql in [
        "SELECT nama FROM identity_orang",
        "SELECT nama FROM identity_warga",
        "SELECT nama FROM identity_badan",
        "SELECT wakil FROM identity_badan",
    ] {
        names.extend(tx.list(sql, &[], |row| row.get::<String>(0))?);
    }
    // A longer name may hold a shorter one.
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.dedup();
    Ok(names)
}

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

/// What stands below a name on a letter: the NIP and the rank, as `III/d`; both absent of who has none.
pub fn nip_and_rank(tx: &mut Tx<'_>, orang: Id) -> Result<(Option<String>, Option<String>)> {
    let found =
        tx.opt("SELECT nip, golongan FROM identity_orang WHERE id = ?1", params![orang], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(found.unwrap_or_default())
}

/// The person with this e-mail address.
pub(crate) fn by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<Id>> {
    tx.opt("SELECT id FROM identity_orang WHERE email = ?1", params![email], |row| row.get(0))
}

/// Does the person have an address on record?
pub(crate) fn has_email(tx: &mut Tx<'_>, orang: Id) -> Result<bool> {
    Ok(tx
        .opt("SELECT email FROM identity_orang WHERE id = ?1", params![orang], |row| row.get::<Option<String>>(0))?
        .flatten()
        .is_some())
}

/// A person as administrators work on them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rinci {
    pub(crate) id: Id,
    pub(crate) nama: String,
    pub(crate) gelar_depan: Option<String>,
    pub(crate) gelar_belakang: Option<String>,
    pub(crate) nama_lengkap: String,
    pub(crate) nip: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) telepon: Option<String>,
    pub(crate) jenis: Kind,
    pub(crate) tanggal_lahir: Option<Date>,
    pub(crate) jenis_kelamin: Option<JenisKelamin>,
    pub(crate) golongan: Option<String>,
    /// Where the person is on the books.
    pub(crate) opd: Option<Id>,
    /// Last day in service.
    pub(crate) berhenti: Option<Date>,
    pub(crate) berhenti_sebab: Option<String>,
    pub(crate) versi: i64,
}

/// A person as administrators work on them.
pub(crate) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Rinci>> {
    tx.opt(
        "SELECT id, nama, gelar_depan, gelar_belakang, nama_lengkap, nip, email, telepon, jenis, tanggal_lahir, jenis_kelamin,
            golongan, opd, berhenti, berhenti_sebab, versi FROM identity_orang WHERE id = ?1",
        params![id],
        |row| {
            let (jenis, kelamin): (String, Option<String>) = (row.get(8)?, row.get(10)?);
            let kelamin =
                kelamin.map(|word| JenisKelamin::parse(&word).map_err(|_| StoreError::unknown_word("jenis kelamin", &word)));
            Ok(Rinci {
                id: row.get(0)?,
                nama: row.get(1)?,
                gelar_depan: row.get(2)?,
                gelar_belakang: row.get(3)?,
                nama_lengkap: row.get(4)?,
                nip: row.get(5)?,
                email: row.get(6)?,
                telepon: row.get(7)?,
                jenis: Kind::parse(&jenis).map_err(|_| StoreError::unknown_word("jenis pegawai", &jenis))?,
                tanggal_lahir: row.get(9)?,
                jenis_kelamin: kelamin.transpose()?,
                golongan: row.get(11)?,
                opd: row.get(12)?,
                berhenti: row.get(13)?,
                berhenti_sebab: row.get(14)?,
                versi: row.get(15)?,
            })
        },
    )
}

/// From now on somebody is on the books of this OPD.
pub(crate) fn set_opd(tx: &mut Tx<'_>, id: Id, opd: Id) -> Result<()> {
    tx.exec("UPDATE identity_orang SET opd = ?2 WHERE id = ?1", params![id, opd])?;
    Ok(())
}

/// Everybody on the books of one OPD is on those of another.
pub(crate) fn move_all(tx: &mut Tx<'_>, from: Id, to: Id) -> Result<()> {
    tx.exec("UPDATE identity_orang SET opd = ?2 WHERE opd = ?1", params![from, to])?;
    Ok(())
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

/// Saves what was changed; `false` when somebody was first.
pub(crate) fn update(tx: &mut Tx<'_>, id: Id, versi: i64, isi: &Isi) -> Result<bool> {
    let full = super::full_name(&isi.nama, isi.gelar_depan.as_deref(), isi.gelar_belakang.as_deref());
    let nip = isi.nip.as_ref().map(Nip::as_str);
    let changed = tx.exec(
        "UPDATE identity_orang SET nama = ?3, gelar_depan = ?4, gelar_belakang = ?5, nama_lengkap = ?6, fold = ?7, nip = ?8,
            nip_urut = ?9, email = ?10, telepon = ?11, jenis = ?12, tanggal_lahir = ?13, jenis_kelamin = ?14, golongan = ?15,
            versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![
            id,
            versi,
            &isi.nama,
            isi.gelar_depan.as_deref(),
            isi.gelar_belakang.as_deref(),
            full,
            fold(&isi.nama),
            nip,
            nip.unwrap_or(NO_NIP),
            isi.email.as_deref(),
            isi.telepon.as_deref(),
            isi.jenis.as_str(),
            isi.tanggal_lahir,
            isi.jenis_kelamin.map(JenisKelamin::as_str),
            isi.golongan
        ],
    )?;
    Ok(changed == 1)
}

/// Saves the last day in service, or that somebody is back; `false` when somebody was first.
pub(crate) fn set_leave(tx: &mut Tx<'_>, id: Id, versi: i64, last: Option<Date>, sebab: Option<&str>) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE identity_orang SET berhenti = ?3, berhenti_sebab = ?4, versi = versi + 1 WHERE id = ?1 AND versi = ?2",
        params![id, versi, last, sebab],
    )?;
    Ok(changed == 1)
}

/// Who else has this NIP.
pub(crate) fn by_nip(tx: &mut Tx<'_>, nip: &str) -> Result<Option<Id>> {
    tx.opt("SELECT id FROM identity_orang WHERE nip = ?1", params![nip], |row| row.get(0))
}

/// Does somebody hold, or will hold, a post of these OPD?
pub(crate) fn holds_within(tx: &mut Tx<'_>, orang: Id, opd: &[Id], today: Date) -> Result<bool> {
    let mut sql = Sql::new("SELECT p.id FROM identity_penugasan p JOIN identity_jabatan j ON j.id = p.jabatan");
    sql.filter("p.orang = ?").bind(orang).filter("(p.sampai IS NULL OR p.sampai >= ?)").bind(today);
    sql.filter_in("(j.opd || '')", opd.iter().copied()).push("LIMIT 1");
    Ok(sql.opt(tx, |row| row.get::<Id>(0))?.is_some())
}

/// What the list of people is narrowed to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Filter {
    /// Only people on the books of one of these OPD; everybody when absent.
    pub(crate) opd: Option<Vec<Id>>,
    /// Words of the name, or the beginning of the NIP.
    pub(crate) kata: String,
    pub(crate) jenis: Option<Kind>,
    pub(crate) keadaan: Keadaan,
}

/// Which people are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Keadaan {
    /// In service.
    #[default]
    Bekerja,
    /// In service and without a post today.
    TanpaJabatan,
    /// Left the service.
    Berhenti,
}

/// What people are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Urut {
    #[default]
    Nama,
    Nip,
}

/// A page of people.
pub(crate) fn page(
    tx: &mut Tx<'_>,
    filter: &Filter,
    today: Date,
    (urut, arah): (Urut, Arah),
    place: &Place,
    size: usize,
) -> Result<Page<Orang>> {
    let rows = walk(tx, filter, today, (urut, arah), place, size)?;
    let key = |one: &Orang| match urut {
        Urut::Nama => Cursor { kunci: one.fold.clone(), id: one.id },
        Urut::Nip => Cursor { kunci: one.nip.clone().unwrap_or_else(|| NO_NIP.to_owned()), id: one.id },
    };
    Ok(cut(rows, size, place, key))
}

/// One walk along the index by name or by NIP.
fn walk(
    tx: &mut Tx<'_>,
    filter: &Filter,
    today: Date,
    (urut, arah): (Urut, Arah),
    place: &Place,
    size: usize,
) -> Result<Vec<Orang>> {
    let mut sql = Sql::new("SELECT o.id, o.nama_lengkap, o.nip, o.fold, o.jenis, o.golongan, o.berhenti FROM identity_orang o");
    match filter.opd.as_deref() {
        None => {}
        Some([only]) => {
            sql.filter("o.opd = ?").bind(*only);
        }
        // Not to be looked up by: the index by name gives the order.
        Some(several) => {
            sql.filter_in("(o.opd || '')", several.iter().copied());
        }
    }
    let up = upwards(arah, place);
    match (place, urut) {
        (Place::Top, Urut::Nama) => sql.filter("o.fold >= ''"),
        (Place::Top, Urut::Nip) => sql.filter("o.nip_urut >= ''"),
        (Place::After(cursor) | Place::Before(cursor), _) => {
            let beyond = match (urut, up) {
                (Urut::Nama, true) => "(o.fold, o.id) > (?, ?)",
                (Urut::Nama, false) => "(o.fold, o.id) < (?, ?)",
                (Urut::Nip, true) => "(o.nip_urut, o.id) > (?, ?)",
                (Urut::Nip, false) => "(o.nip_urut, o.id) < (?, ?)",
            };
            sql.filter(beyond).bind(&cursor.kunci).bind(cursor.id)
        }
    };
    words(&mut sql, &filter.kata);
    if let Some(jenis) = filter.jenis {
        sql.filter("o.jenis = ?").bind(jenis.as_str());
    }
    match filter.keadaan {
        Keadaan::Bekerja => sql.filter("(o.berhenti IS NULL OR o.berhenti >= ?)").bind(today),
        Keadaan::Berhenti => sql.filter("o.berhenti < ?").bind(today),
        Keadaan::TanpaJabatan => {
            sql.filter("(o.berhenti IS NULL OR o.berhenti >= ?)").bind(today);
            sql.filter("NOT EXISTS (SELECT 1 FROM identity_penugasan p WHERE p.orang = o.id AND p.mulai <= ?");
            sql.push("AND (p.sampai IS NULL OR p.sampai >= ?))").bind(today).bind(today)
        }
    };
    sql.push(match (urut, up) {
        (Urut::Nama, true) => "ORDER BY o.fold, o.id LIMIT ?",
        (Urut::Nama, false) => "ORDER BY o.fold DESC, o.id DESC LIMIT ?",
        (Urut::Nip, true) => "ORDER BY o.nip_urut, o.id LIMIT ?",
        (Urut::Nip, false) => "ORDER BY o.nip_urut DESC, o.id DESC LIMIT ?",
    });
    sql.bind(i64::try_from(size + 1).unwrap_or(i64::MAX));
    sql.list(tx, |row| {
        let jenis: String = row.get(4)?;
        Ok(Orang {
            id: row.get(0)?,
            nama: row.get(1)?,
            nip: row.get(2)?,
            fold: row.get(3)?,
            jenis: Kind::parse(&jenis).map_err(|_| StoreError::unknown_word("jenis pegawai", &jenis))?,
            golongan: row.get(5)?,
            berhenti: row.get(6)?,
        })
    })
}

/// Digits alone are the beginning of a NIP; everything else is words of the name.
fn words(sql: &mut Sql, kata: &str) {
    let digits: String = kata.chars().filter(|letter| !letter.is_whitespace()).collect();
    if !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()) {
        sql.filter("o.nip LIKE ? ESCAPE '!'").bind(format!("{digits}%"));
    } else {
        match_words(sql, "o.fold LIKE ? ESCAPE '!'", kata);
    }
}

/// How many people of a filter there are, counted up to `cap`.
pub(crate) fn count(tx: &mut Tx<'_>, filter: &Filter, today: Date, cap: usize) -> Result<usize> {
    Ok(page(tx, filter, today, (Urut::Nama, Arah::Naik), &Place::Top, cap)?.rows.len())
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
