use praja_kernel::{Actor, Id};
use praja_store::{Result, Row, StoreError, Tx, params};

use super::{Jenis, lookup_name};

/// An account as log-in and password change need it.
#[derive(Debug, Clone)]
pub(crate) struct Akun {
    pub(crate) id: Id,
    pub(crate) jenis: Jenis,
    /// Name of the account.
    pub(crate) nama: String,
    /// The officer; none for citizens and bodies, who are their account.
    pub(crate) orang: Option<Id>,
    /// Full name of whoever it belongs to.
    pub(crate) pemilik: String,
    pub(crate) nip: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) telepon: Option<String>,
    /// The password's hash.
    pub(crate) sandi: String,
    pub(crate) wajib_ganti: bool,
    pub(crate) nonaktif: bool,
    pub(crate) versi: i64,
}

impl Akun {
    /// Whoever the account belongs to, as the one who acts.
    pub(crate) fn actor(&self) -> Actor {
        let nama = self.pemilik.clone();
        match (self.jenis, self.orang) {
            (Jenis::Pegawai, orang) => Actor::Pegawai { id: orang.unwrap_or(self.id), nama },
            (Jenis::Warga, _) => Actor::Warga { id: self.id, nama },
            (Jenis::Badan, _) => Actor::Badan { id: self.id, nama },
        }
    }

    /// The page about oneself.
    pub(crate) fn home(&self) -> &'static str {
        if self.jenis == Jenis::Pegawai { "/profil" } else { "/warga" }
    }

    /// Words of the holder that must not stand in the password.
    pub(crate) fn personal_words(&self) -> [&str; 3] {
        [&self.nama, &self.pemilik, self.nip.as_deref().unwrap_or_default()]
    }
}

/// The account behind what was typed: its name, a NIP, a NIK, an e-mail address or a telephone number.
pub(crate) fn find(tx: &mut Tx<'_>, typed: &str) -> Result<Option<Akun>> {
    tx.opt(
        "SELECT a.id, a.jenis, a.nama, a.orang, COALESCE(o.nama_lengkap, w.nama, b.nama), o.nip,
                COALESCE(o.email, w.email, b.email), COALESCE(o.telepon, w.telepon, b.telepon),
                a.sandi, a.wajib_ganti, a.nonaktif, a.versi
         FROM identity_nama_masuk m JOIN identity_akun a ON a.id = m.akun LEFT JOIN identity_orang o ON o.id = a.orang
         LEFT JOIN identity_warga w ON w.akun = a.id LEFT JOIN identity_badan b ON b.akun = a.id
         WHERE m.fold = ?1",
        params![lookup_name(typed)],
        read,
    )
}

/// An account by its identity.
pub(crate) fn get(tx: &mut Tx<'_>, akun: Id) -> Result<Option<Akun>> {
    tx.opt(
        "SELECT a.id, a.jenis, a.nama, a.orang, COALESCE(o.nama_lengkap, w.nama, b.nama), o.nip,
                COALESCE(o.email, w.email, b.email), COALESCE(o.telepon, w.telepon, b.telepon),
                a.sandi, a.wajib_ganti, a.nonaktif, a.versi
         FROM identity_akun a LEFT JOIN identity_orang o ON o.id = a.orang
         LEFT JOIN identity_warga w ON w.akun = a.id LEFT JOIN identity_badan b ON b.akun = a.id
         WHERE a.id = ?1",
        params![akun],
        read,
    )
}

/// The account of an officer.
pub(crate) fn of_person(tx: &mut Tx<'_>, orang: Id) -> Result<Option<Akun>> {
    let found = tx.opt("SELECT id FROM identity_akun WHERE orang = ?1", params![orang], |row| row.get::<Id>(0))?;
    match found {
        Some(akun) => get(tx, akun),
        None => Ok(None),
    }
}

/// The account of whoever acts.
pub(crate) fn of_actor(tx: &mut Tx<'_>, actor: &Actor) -> Result<Option<Akun>> {
    match actor {
        Actor::Pegawai { id, .. } => of_person(tx, *id),
        Actor::Warga { id, .. } | Actor::Badan { id, .. } => get(tx, *id),
        Actor::Token { .. } | Actor::Sistem { .. } => Ok(None),
    }
}

/// Opens an account for an officer, to be entered by its name, the NIP and the e-mail address.
pub(crate) fn insert(tx: &mut Tx<'_>, orang: Id, nama: &str, sandi: &str, wajib_ganti: bool) -> Result<Id> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO identity_akun (id, jenis, orang, nama, sandi, sandi_pada, wajib_ganti, dibuat)
         VALUES (?1, 'pegawai', ?2, ?3, ?4, ?5, ?6, ?5)",
        params![id, orang, nama, sandi, now, wajib_ganti],
    )?;
    sync_names(tx, orang)?;
    Ok(id)
}

/// Opens the account of a citizen or a body. What it is entered by is added by whoever calls.
pub(crate) fn insert_own(tx: &mut Tx<'_>, jenis: Jenis, nama: &str, sandi: &str) -> Result<Id> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO identity_akun (id, jenis, nama, sandi, sandi_pada, dibuat) VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
        params![id, jenis.as_str(), nama, sandi, now],
    )?;
    Ok(id)
}

/// Makes what an officer may type at log-in fit the person again: after the NIP or the e-mail address was changed, call this. A name
/// that already leads to somebody else's account is left to them.
pub(crate) fn sync_names(tx: &mut Tx<'_>, orang: Id) -> Result<()> {
    let found = tx.opt(
        "SELECT a.id, a.nama, o.nip, o.email FROM identity_akun a JOIN identity_orang o ON o.id = a.orang WHERE a.orang = ?1",
        params![orang],
        |row| Ok((row.get::<Id>(0)?, [Some(row.get::<String>(1)?), row.get(2)?, row.get(3)?])),
    )?;
    let Some((akun, names)) = found else { return Ok(()) };
    let kinds = ["akun", "nip", "email"];
    set_names(tx, akun, &kinds.into_iter().zip(names).filter_map(|(kind, name)| Some((kind, name?))).collect::<Vec<_>>())
}

/// Replaces everything an account may be entered by; each is (kind, name).
pub(crate) fn set_names(tx: &mut Tx<'_>, akun: Id, names: &[(&'static str, String)]) -> Result<()> {
    tx.exec("DELETE FROM identity_nama_masuk WHERE akun = ?1", params![akun])?;
    for (jenis, name) in names {
        tx.exec(
            "INSERT INTO identity_nama_masuk (fold, akun, jenis) VALUES (?1, ?2, ?3) ON CONFLICT (fold) DO NOTHING",
            params![lookup_name(name), akun, *jenis],
        )?;
    }
    Ok(())
}

/// Whose account a name leads to.
pub(crate) fn holder_of_name(tx: &mut Tx<'_>, name: &str) -> Result<Option<Id>> {
    tx.opt("SELECT akun FROM identity_nama_masuk WHERE fold = ?1", params![lookup_name(name)], |row| row.get(0))
}

/// Saves a new password.
///
/// # Errors
/// [`StoreError::Busy`] when the account was changed in between.
pub(crate) fn set_password(tx: &mut Tx<'_>, akun: Id, versi: i64, sandi: &str, wajib_ganti: bool) -> Result<()> {
    let now = tx.now()?;
    let changed = tx.exec(
        "UPDATE identity_akun SET sandi = ?3, sandi_pada = ?4, wajib_ganti = ?5, versi = versi + 1 WHERE id = ?1 AND versi = ?2",
        params![akun, versi, sandi, now, wajib_ganti],
    )?;
    if changed == 0 { Err(StoreError::Busy) } else { Ok(()) }
}

/// From the next log-in on a new password must be chosen first.
pub(crate) fn demand_new_password(tx: &mut Tx<'_>, akun: Id) -> Result<()> {
    tx.exec("UPDATE identity_akun SET wajib_ganti = TRUE, versi = versi + 1 WHERE id = ?1", params![akun])?;
    Ok(())
}

/// Closes an account or opens it again. Gives whether that was a change.
pub(crate) fn set_closed(tx: &mut Tx<'_>, akun: Id, nonaktif: bool) -> Result<bool> {
    let sql = "UPDATE identity_akun SET nonaktif = ?2, versi = versi + 1 WHERE id = ?1 AND nonaktif <> ?2";
    Ok(tx.exec(sql, params![akun, nonaktif])? > 0)
}

/// Notes a log-in.
pub(crate) fn note_log_in(tx: &mut Tx<'_>, akun: Id) -> Result<()> {
    let now = tx.now()?;
    tx.exec("UPDATE identity_akun SET terakhir_masuk = ?2 WHERE id = ?1", params![akun, now])?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Akun> {
    let jenis: String = row.get(1)?;
    Ok(Akun {
        id: row.get(0)?,
        jenis: Jenis::parse(&jenis).map_err(|_| StoreError::unknown_word("jenis akun", &jenis))?,
        nama: row.get(2)?,
        orang: row.get(3)?,
        pemilik: row.get::<Option<String>>(4)?.unwrap_or_default(),
        nip: row.get(5)?,
        email: row.get(6)?,
        telepon: row.get(7)?,
        sandi: row.get(8)?,
        wajib_ganti: row.get(9)?,
        nonaktif: row.get(10)?,
        versi: row.get(11)?,
    })
}
