//! The only SQL about applications, their steps, files, defects and turns.

mod berkas;
pub(crate) mod daftar;
mod giliran;
mod jejak;

pub(crate) use berkas::{Berkas, files, put_file, remove_file, reusable};
pub(crate) use giliran::{add_conflict, ahead_in_line, conflicts, first_in_line, place_in_line};
pub(super) use giliran::{take_turn, turns};
pub(crate) use jejak::{
    Kekurangan, Riwayat, add_defect, add_step, allow_return, defects, is_return_allowed, last_return, mend_all, steps,
};

use praja_kernel::{Id, Moment, Nik, fold};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{Asal, Pemohon, Permohonan};
use crate::{
    alur::{Meja, Status},
    jenis::{Paraf, Permintaan},
};

const COLUMNS: &str =
    "SELECT id, nomor, resi, jenis, jenis_versi, permintaan, akun, nama, nik, telepon, email, alamat, kuasa_nama,
     kuasa_nik, isian, izin_lama, asal, status, meja, opd, opd_teknis, petugas, petugas_nama, sejak, diajukan, hari_ajukan,
     batas_langkah, sla, mulai, terpakai, lanjut, tenggat, sementara, selesai, hari_pakai, sebelum_tangguh, pernah_lengkap,
     perlu_rekomendasi, perlu_survei, biaya, sisa_paraf, kode_tolak, dasar_tolak, putaran, peringatan, created_at, versi
     FROM perizinan_permohonan";

pub(super) fn corrupt(e: impl ToString) -> StoreError {
    StoreError::Corrupt(e.to_string())
}

fn read(row: &Row<'_>) -> Result<Permohonan> {
    let word = |at| row.get::<String>(at);
    let maybe = |at| row.get::<Option<String>>(at);
    let nik = |text: String| text.parse::<Nik>().map_err(corrupt);
    let status = |text: String| Status::parse(&text).map_err(corrupt);
    let (kuasa_nama, kuasa_nik): (String, String) = (word(12)?, word(13)?);
    let kuasa = if kuasa_nama.is_empty() { None } else { Some((kuasa_nama, nik(kuasa_nik)?)) };
    let sisa: Result<Vec<Paraf>> =
        word(40)?.split(',').filter(|one| !one.is_empty()).map(|one| Paraf::parse(one).map_err(corrupt)).collect();
    Ok(Permohonan {
        id: row.get(0)?,
        nomor: maybe(1)?,
        resi: word(2)?,
        jenis: row.get(3)?,
        jenis_versi: row.get(4)?,
        permintaan: Permintaan::parse(&word(5)?).map_err(corrupt)?,
        akun: row.get(6)?,
        pemohon: Pemohon { nama: word(7)?, nik: nik(word(8)?)?, telepon: word(9)?, email: word(10)?, alamat: word(11)?, kuasa },
        isian: word(14)?,
        izin_lama: row.get(15)?,
        asal: Asal::parse(&word(16)?).map_err(corrupt)?,
        status: status(word(17)?)?,
        meja: Meja::parse(&word(18)?).map_err(corrupt)?,
        opd: row.get(19)?,
        opd_teknis: row.get(20)?,
        petugas: row.get(21)?,
        petugas_nama: word(22)?,
        sejak: row.get(23)?,
        diajukan: row.get(24)?,
        hari_ajukan: row.get(25)?,
        batas_langkah: row.get(26)?,
        sla: row.get(27)?,
        mulai: row.get(28)?,
        terpakai: row.get(29)?,
        lanjut: row.get(30)?,
        tenggat: row.get(31)?,
        sementara: row.get(32)?,
        selesai: row.get(33)?,
        hari_pakai: row.get(34)?,
        sebelum_tangguh: maybe(35)?.map(status).transpose()?,
        pernah_lengkap: row.get(36)?,
        perlu_rekomendasi: row.get(37)?,
        perlu_survei: row.get(38)?,
        biaya: row.get(39)?,
        sisa_paraf: sisa?,
        kode_tolak: maybe(41)?,
        dasar_tolak: maybe(42)?,
        putaran: row.get(43)?,
        peringatan: row.get(44)?,
        dibuat: row.get(45)?,
        versi: row.get(46)?,
    })
}

/// One application. Who may see it is asked by the caller ([`super::hak`]).
pub(crate) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Permohonan>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("id = ?").bind(id);
    sql.opt(tx, read)
}

/// The application with this resi.
pub(crate) fn by_resi(tx: &mut Tx<'_>, resi: &str) -> Result<Option<Permohonan>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("resi = ?").bind(resi);
    sql.opt(tx, read)
}

/// The application with this registration number.
pub(crate) fn by_nomor(tx: &mut Tx<'_>, nomor: &str) -> Result<Option<Permohonan>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("nomor = ?").bind(nomor);
    sql.opt(tx, read)
}

fn sisa(one: &Permohonan) -> String {
    one.sisa_paraf.iter().map(|paraf| paraf.as_str()).collect::<Vec<_>>().join(",")
}

/// Writes a new one.
pub(crate) fn insert(tx: &mut Tx<'_>, one: &Permohonan) -> Result<()> {
    let (kuasa_nama, kuasa_nik) = kuasa(&one.pemohon);
    tx.exec(
        "INSERT INTO perizinan_permohonan (id, nomor, resi, jenis, jenis_versi, permintaan, akun, nama, nama_fold, nik, telepon,
         email, alamat, kuasa_nama, kuasa_nik, isian, izin_lama, asal, status, meja, opd, opd_teknis, petugas, petugas_nama, sejak,
         diajukan, hari_ajukan, batas_langkah, sla, mulai, terpakai, lanjut, tenggat, sementara, selesai, hari_pakai,
         sebelum_tangguh, pernah_lengkap, perlu_rekomendasi, perlu_survei, biaya, sisa_paraf, kode_tolak, dasar_tolak, putaran,
         peringatan, created_at, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25,
         ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?39, ?40, ?41, ?42, ?43, ?44, ?45, ?46, ?47, ?48)",
        params![
            one.id,
            one.nomor.clone(),
            &one.resi,
            one.jenis,
            one.jenis_versi,
            one.permintaan.as_str(),
            one.akun,
            &one.pemohon.nama,
            fold(&one.pemohon.nama),
            one.pemohon.nik.full(),
            &one.pemohon.telepon,
            &one.pemohon.email,
            &one.pemohon.alamat,
            kuasa_nama,
            kuasa_nik,
            &one.isian,
            one.izin_lama,
            one.asal.as_str(),
            one.status.as_str(),
            one.meja.as_str(),
            one.opd,
            one.opd_teknis,
            one.petugas,
            &one.petugas_nama,
            one.sejak,
            one.diajukan,
            one.hari_ajukan,
            one.batas_langkah,
            one.sla,
            one.mulai,
            one.terpakai,
            one.lanjut,
            one.tenggat,
            one.sementara,
            one.selesai,
            one.hari_pakai,
            one.sebelum_tangguh.map(Status::as_str),
            one.pernah_lengkap,
            one.perlu_rekomendasi,
            one.perlu_survei,
            one.biaya,
            sisa(one),
            one.kode_tolak.clone(),
            one.dasar_tolak.clone(),
            one.putaran,
            one.peringatan,
            one.dibuat,
            one.versi
        ],
    )?;
    Ok(())
}

fn kuasa(pemohon: &Pemohon) -> (String, String) {
    pemohon.kuasa.as_ref().map(|(nama, nik)| (nama.clone(), nik.full().to_owned())).unwrap_or_default()
}

/// Saves what may change; `false` when somebody was first.
pub(crate) fn update(tx: &mut Tx<'_>, one: &Permohonan) -> Result<bool> {
    let (kuasa_nama, kuasa_nik) = kuasa(&one.pemohon);
    let changed = tx.exec(
        "UPDATE perizinan_permohonan SET nomor = ?3, akun = ?4, nama = ?5, nama_fold = ?6, nik = ?7, telepon = ?8, email = ?9,
         alamat = ?10, kuasa_nama = ?11, kuasa_nik = ?12, isian = ?13, izin_lama = ?14, status = ?15, meja = ?16, opd_teknis = ?17,
         petugas = ?18, petugas_nama = ?19, sejak = ?20, diajukan = ?21, hari_ajukan = ?22, batas_langkah = ?23, sla = ?24,
         mulai = ?25, terpakai = ?26, lanjut = ?27, tenggat = ?28, sementara = ?29, selesai = ?30, hari_pakai = ?31,
         sebelum_tangguh = ?32, pernah_lengkap = ?33, perlu_rekomendasi = ?34, perlu_survei = ?35, biaya = ?36, sisa_paraf = ?37,
         kode_tolak = ?38, dasar_tolak = ?39, putaran = ?40, peringatan = ?41, permintaan = ?42, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![
            one.id,
            one.versi,
            one.nomor.clone(),
            one.akun,
            &one.pemohon.nama,
            fold(&one.pemohon.nama),
            one.pemohon.nik.full(),
            &one.pemohon.telepon,
            &one.pemohon.email,
            &one.pemohon.alamat,
            kuasa_nama,
            kuasa_nik,
            &one.isian,
            one.izin_lama,
            one.status.as_str(),
            one.meja.as_str(),
            one.opd_teknis,
            one.petugas,
            &one.petugas_nama,
            one.sejak,
            one.diajukan,
            one.hari_ajukan,
            one.batas_langkah,
            one.sla,
            one.mulai,
            one.terpakai,
            one.lanjut,
            one.tenggat,
            one.sementara,
            one.selesai,
            one.hari_pakai,
            one.sebelum_tangguh.map(Status::as_str),
            one.pernah_lengkap,
            one.perlu_rekomendasi,
            one.perlu_survei,
            one.biaya,
            sisa(one),
            one.kode_tolak.clone(),
            one.dasar_tolak.clone(),
            one.putaran,
            one.peringatan,
            one.permintaan.as_str()
        ],
    )?;
    Ok(changed == 1)
}

/// The next number of a series; the write holds the series' key ([`super::write::urut_key`]).
pub(super) fn next_number(tx: &mut Tx<'_>, deret: &str) -> Result<i64> {
    tx.one(
        "INSERT INTO perizinan_urut (deret, terakhir) VALUES (?1, 1)
         ON CONFLICT (deret) DO UPDATE SET terakhir = perizinan_urut.terakhir + 1 RETURNING terakhir",
        params![deret],
        |row| row.get(0),
    )
}

/// Guesses from one address since a moment, at most ten and one.
pub(crate) fn guesses(tx: &mut Tx<'_>, alamat: &str, since: Moment, most: i64) -> Result<i64> {
    tx.one(
        "SELECT COUNT(*) FROM (SELECT id FROM perizinan_gagal_lacak WHERE alamat = ?1 AND pada >= ?2 LIMIT ?3) g",
        params![alamat, since, most],
        |row| row.get(0),
    )
}

pub(crate) fn add_guess(tx: &mut Tx<'_>, alamat: &str) -> Result<()> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec("INSERT INTO perizinan_gagal_lacak (id, alamat, pada) VALUES (?1, ?2, ?3)", params![id, alamat, now])?;
    Ok(())
}

/// The applications of an account, newest first.
pub(crate) fn of_account(tx: &mut Tx<'_>, akun: Id) -> Result<Vec<Permohonan>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("akun = ?").bind(akun);
    sql.push("ORDER BY created_at DESC, id DESC LIMIT 100");
    sql.list(tx, read)
}

/// Is there any application that was sent?
pub(crate) fn is_any(tx: &mut Tx<'_>) -> Result<bool> {
    let first = Moment(0);
    let found = tx.opt(
        "SELECT id FROM perizinan_permohonan WHERE diajukan >= ?1 ORDER BY diajukan, id LIMIT 1",
        params![first],
        |row| row.get::<Id>(0),
    )?;
    Ok(found.is_some())
}

/// Drafts begun at the counter of these OPD, newest first.
pub(crate) fn counter_drafts(tx: &mut Tx<'_>, scope: &praja_kernel::Scope) -> Result<Vec<Permohonan>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("status = 'draf'").filter("asal = 'loket'");
    sql.filter_in("opd", scope.opd_set.iter().copied());
    sql.push("ORDER BY created_at DESC, id DESC LIMIT 50");
    sql.list(tx, read)
}
