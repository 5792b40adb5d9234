//! The only SQL about staged rows: putting them there in chunks, taking them over in one step, removing them.

use praja_kernel::{Date, Id, Nip, fold};
use praja_store::{Result, Sql, Tx, params};

use super::super::{Jenis, Tindakan, jabatan, opd, pegawai};
use crate::orang::store::NO_NIP;

/// Stages offices.
pub(crate) fn insert_opd(tx: &mut Tx<'_>, impor: Id, from: usize, rows: &[opd::Rencana]) -> Result<()> {
    for (at, row) in rows.iter().enumerate() {
        let opd = &row.opd;
        tx.exec(
            "INSERT INTO identity_impor_opd (impor, urut, tindakan, opd, versi, kode, nama, singkatan, fold, jenis, induk, dari)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            params![
                impor,
                place(from + at),
                row.tindakan.as_str(),
                opd.id,
                opd.versi,
                &opd.kode,
                &opd.nama,
                &opd.singkatan,
                fold(&format!("{} {}", opd.nama, opd.singkatan)),
                opd.jenis.as_str(),
                opd.induk,
                opd.dari
            ],
        )?;
    }
    Ok(())
}

/// Stages posts.
pub(crate) fn insert_jabatan(tx: &mut Tx<'_>, impor: Id, from: usize, rows: &[jabatan::Rencana]) -> Result<()> {
    for (at, row) in rows.iter().enumerate() {
        let one = &row.jabatan;
        tx.exec(
            "INSERT INTO identity_impor_jabatan (impor, urut, tindakan, jabatan, versi, opd, nama, fold, jenis, induk, dari)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                impor,
                place(from + at),
                row.tindakan.as_str(),
                one.id,
                one.versi,
                one.opd,
                &one.nama,
                fold(&one.nama),
                one.jenis.as_str(),
                one.induk,
                one.dari
            ],
        )?;
    }
    Ok(())
}

/// Stages people.
pub(crate) fn insert_orang(tx: &mut Tx<'_>, impor: Id, from: usize, rows: &[(Tindakan, pegawai::Orang)]) -> Result<()> {
    for (at, (act, one)) in rows.iter().enumerate() {
        let nip: Option<Nip> = one.nip.as_ref().and_then(|nip| nip.parse().ok());
        tx.exec(
            "INSERT INTO identity_impor_orang (impor, urut, tindakan, orang, versi, nama, gelar_depan, gelar_belakang, nama_lengkap,
                fold, nip, nip_urut, email, telepon, jenis, tanggal_lahir, jenis_kelamin, opd)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
            params![
                impor,
                place(from + at),
                act.as_str(),
                one.id,
                one.versi,
                &one.nama,
                one.gelar_depan.clone(),
                one.gelar_belakang.clone(),
                one.full_name(),
                fold(&one.nama),
                one.nip.clone(),
                one.nip.as_deref().unwrap_or(NO_NIP),
                one.email.clone(),
                one.telepon.clone(),
                one.jenis.as_str(),
                nip.as_ref().map(Nip::tanggal_lahir),
                nip.as_ref().map(|nip| nip.jenis_kelamin().as_str()),
                one.opd
            ],
        )?;
    }
    Ok(())
}

/// Stages penugasan.
pub(crate) fn insert_penugasan(
    tx: &mut Tx<'_>,
    impor: Id,
    from: usize,
    rows: &[(Tindakan, pegawai::Penugasan, bool)],
) -> Result<()> {
    for (at, (act, one, structural)) in rows.iter().enumerate() {
        tx.exec(
            "INSERT INTO identity_impor_penugasan (impor, urut, tindakan, penugasan, versi, orang, jabatan, jenis, struktural, mulai,
                sampai, dasar)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            params![
                impor,
                place(from + at),
                act.as_str(),
                one.id,
                one.versi,
                one.orang,
                one.jabatan,
                one.jenis.as_str(),
                *structural,
                one.mulai,
                one.sampai,
                one.dasar.clone()
            ],
        )?;
    }
    Ok(())
}

/// Counts what was changed by others since the file was checked: then the plan does not hold any more.
pub(crate) fn stale(tx: &mut Tx<'_>, impor: Id, jenis: Jenis) -> Result<i64> {
    match jenis {
        Jenis::Opd => tx.scalar(
            "SELECT (SELECT COUNT(*) FROM identity_impor_opd s LEFT JOIN identity_opd o ON o.id = s.opd
                     WHERE s.impor = ?1 AND s.tindakan <> 'baru' AND (o.id IS NULL OR o.versi <> s.versi OR o.berlaku_sampai IS NOT NULL))
                  + (SELECT COUNT(*) FROM identity_impor_opd s JOIN identity_opd o ON o.kode = s.kode
                     WHERE s.impor = ?1 AND s.tindakan = 'baru' AND o.berlaku_sampai IS NULL)",
            params![impor],
        ),
        Jenis::Jabatan => tx.scalar(
            "SELECT (SELECT COUNT(*) FROM identity_impor_jabatan s LEFT JOIN identity_jabatan j ON j.id = s.jabatan
                     WHERE s.impor = ?1 AND s.tindakan <> 'baru' AND (j.id IS NULL OR j.versi <> s.versi OR j.berlaku_sampai IS NOT NULL))
                  + (SELECT COUNT(*) FROM identity_impor_jabatan s JOIN identity_jabatan j ON j.opd = s.opd AND j.fold = s.fold
                     WHERE s.impor = ?1 AND s.tindakan = 'baru' AND j.berlaku_sampai IS NULL)
                  + (SELECT COUNT(*) FROM identity_impor_jabatan s JOIN identity_opd o ON o.id = s.opd
                     WHERE s.impor = ?1 AND o.berlaku_sampai IS NOT NULL)",
            params![impor],
        ),
        Jenis::Pegawai => tx.scalar(
            "SELECT (SELECT COUNT(*) FROM identity_impor_orang s LEFT JOIN identity_orang o ON o.id = s.orang
                     WHERE s.impor = ?1 AND s.tindakan <> 'baru' AND (o.id IS NULL OR o.versi <> s.versi))
                  + (SELECT COUNT(*) FROM identity_impor_orang s JOIN identity_orang o ON o.nip = s.nip
                     WHERE s.impor = ?1 AND o.id <> s.orang)
                  + (SELECT COUNT(*) FROM identity_impor_orang s JOIN identity_orang o ON o.email = s.email
                     WHERE s.impor = ?1 AND o.id <> s.orang)
                  + (SELECT COUNT(*) FROM identity_impor_penugasan s LEFT JOIN identity_penugasan p ON p.id = s.penugasan
                     WHERE s.impor = ?1 AND s.tindakan <> 'baru' AND (p.id IS NULL OR p.versi <> s.versi))
                  + (SELECT COUNT(*) FROM identity_impor_penugasan s JOIN identity_jabatan j ON j.id = s.jabatan
                     WHERE s.impor = ?1 AND j.berlaku_sampai IS NOT NULL)
                  + (SELECT COUNT(*) FROM identity_impor_penugasan s JOIN identity_penugasan p ON p.jabatan = s.jabatan
                     WHERE s.impor = ?1 AND s.tindakan = 'baru' AND s.struktural = TRUE AND s.jenis = 'definitif'
                     AND p.jenis = 'definitif' AND p.orang <> s.orang AND (p.sampai IS NULL OR p.sampai >= s.mulai)
                     AND (s.sampai IS NULL OR p.mulai <= s.sampai))",
            params![impor],
        ),
    }
}

/// Takes everything staged over, with a handful of statements, however many rows.
pub(crate) fn apply(tx: &mut Tx<'_>, impor: Id, jenis: Jenis, today: Date) -> Result<()> {
    match jenis {
        Jenis::Opd => apply_opd(tx, impor),
        Jenis::Jabatan => apply_jabatan(tx, impor),
        Jenis::Pegawai => apply_orang(tx, impor).and_then(|()| apply_penugasan(tx, impor, today)),
    }
}

fn apply_opd(tx: &mut Tx<'_>, impor: Id) -> Result<()> {
    let last: i64 = tx.scalar("SELECT COALESCE(MAX(urut), 0) FROM identity_opd WHERE berlaku_sampai IS NULL", &[])?;
    tx.exec(
        "INSERT INTO identity_opd (id, kode, nama, singkatan, fold, jenis, induk, urut, berlaku_dari)
         SELECT opd, kode, nama, singkatan, fold, jenis, induk, ?2 + 1 + urut, dari FROM identity_impor_opd
         WHERE impor = ?1 AND tindakan = 'baru'",
        params![impor, last],
    )?;
    tx.exec(
        "UPDATE identity_opd SET nama = s.nama, singkatan = s.singkatan, fold = s.fold, jenis = s.jenis, induk = s.induk,
            berlaku_dari = s.dari, versi = identity_opd.versi + 1
         FROM identity_impor_opd s WHERE s.impor = ?1 AND s.tindakan = 'ubah' AND identity_opd.id = s.opd",
        params![impor],
    )?;
    Ok(())
}

fn apply_jabatan(tx: &mut Tx<'_>, impor: Id) -> Result<()> {
    // Behind the posts that are there already: their order is that of the regency's own list, and the head comes first.
    tx.exec(
        "INSERT INTO identity_jabatan (id, opd, nama, fold, jenis, induk, urut, berlaku_dari)
         SELECT s.jabatan, s.opd, s.nama, s.fold, s.jenis, s.induk,
            1 + s.urut + COALESCE((SELECT MAX(j.urut) FROM identity_jabatan j WHERE j.opd = s.opd), -1), s.dari
         FROM identity_impor_jabatan s WHERE s.impor = ?1 AND s.tindakan = 'baru'",
        params![impor],
    )?;
    tx.exec(
        "UPDATE identity_jabatan SET nama = s.nama, fold = s.fold, jenis = s.jenis, induk = s.induk, berlaku_dari = s.dari,
            versi = identity_jabatan.versi + 1
         FROM identity_impor_jabatan s WHERE s.impor = ?1 AND s.tindakan = 'ubah' AND identity_jabatan.id = s.jabatan",
        params![impor],
    )?;
    Ok(())
}

fn apply_orang(tx: &mut Tx<'_>, impor: Id) -> Result<()> {
    tx.exec(
        "INSERT INTO identity_orang (id, nama, gelar_depan, gelar_belakang, nama_lengkap, fold, nip, nip_urut, email, telepon, jenis,
            tanggal_lahir, jenis_kelamin, opd)
         SELECT orang, nama, gelar_depan, gelar_belakang, nama_lengkap, fold, nip, nip_urut, email, telepon, jenis, tanggal_lahir,
            jenis_kelamin, opd
         FROM identity_impor_orang WHERE impor = ?1 AND tindakan = 'baru'",
        params![impor],
    )?;
    tx.exec(
        "UPDATE identity_orang SET nama = s.nama, gelar_depan = s.gelar_depan, gelar_belakang = s.gelar_belakang,
            nama_lengkap = s.nama_lengkap, fold = s.fold, nip = s.nip, nip_urut = s.nip_urut, email = s.email, telepon = s.telepon,
            jenis = s.jenis, tanggal_lahir = COALESCE(s.tanggal_lahir, identity_orang.tanggal_lahir),
            jenis_kelamin = COALESCE(s.jenis_kelamin, identity_orang.jenis_kelamin), opd = s.opd, versi = identity_orang.versi + 1
         FROM identity_impor_orang s WHERE s.impor = ?1 AND s.tindakan = 'ubah' AND identity_orang.id = s.orang",
        params![impor],
    )?;
    Ok(())
}

/// A post that somebody held before is handed over: others are told when it begins. On a new post nothing waits.
fn apply_penugasan(tx: &mut Tx<'_>, impor: Id, today: Date) -> Result<()> {
    tx.exec(
        "INSERT INTO identity_penugasan (id, orang, jabatan, jenis, mulai, sampai, dasar, mulai_dikabarkan, akhir_dikabarkan)
         SELECT s.penugasan, s.orang, s.jabatan, s.jenis, s.mulai, s.sampai, s.dasar,
            NOT EXISTS (SELECT 1 FROM identity_penugasan p WHERE p.jabatan = s.jabatan), s.sampai IS NOT NULL AND s.sampai < ?2
         FROM identity_impor_penugasan s WHERE s.impor = ?1 AND s.tindakan = 'baru'",
        params![impor, today],
    )?;
    tx.exec(
        "UPDATE identity_penugasan SET sampai = s.sampai, dasar = s.dasar, versi = identity_penugasan.versi + 1
         FROM identity_impor_penugasan s
         WHERE s.impor = ?1 AND s.tindakan = 'ubah' AND identity_penugasan.id = s.penugasan",
        params![impor],
    )?;
    Ok(())
}

/// What an import gives to any of these people: the penugasan, who, and which post.
pub(crate) fn given_to(tx: &mut Tx<'_>, impor: Id, people: &[Id]) -> Result<Vec<(Id, String, String)>> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new(
        "SELECT s.penugasan, o.nama_lengkap, j.nama FROM identity_impor_penugasan s JOIN identity_orang o ON o.id = s.orang
         JOIN identity_jabatan j ON j.id = s.jabatan",
    );
    sql.filter("s.impor = ?").bind(impor).filter("s.tindakan = 'baru'").filter_in("s.orang", people.iter().copied());
    sql.list(tx, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

/// Removes some staged rows, at most a few thousand at a time; says whether others are left.
pub(crate) fn remove_some(tx: &mut Tx<'_>, impor: Id, below: i64, shown_too: bool) -> Result<u64> {
    let mut gone = tx.exec("DELETE FROM identity_impor_opd WHERE impor = ?1 AND urut < ?2", params![impor, below])?;
    gone += tx.exec("DELETE FROM identity_impor_jabatan WHERE impor = ?1 AND urut < ?2", params![impor, below])?;
    gone += tx.exec("DELETE FROM identity_impor_orang WHERE impor = ?1 AND urut < ?2", params![impor, below])?;
    gone += tx.exec("DELETE FROM identity_impor_penugasan WHERE impor = ?1 AND urut < ?2", params![impor, below])?;
    if shown_too {
        gone += tx.exec("DELETE FROM identity_impor_baris WHERE impor = ?1 AND urut < ?2", params![impor, below])?;
        gone += tx.exec("DELETE FROM identity_impor_masalah WHERE impor = ?1 AND urut < ?2", params![impor, below])?;
    }
    Ok(gone)
}

fn place(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}
