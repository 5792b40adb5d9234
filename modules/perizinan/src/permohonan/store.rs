//! The only SQL about applications, their steps, files and defects.

pub(crate) mod daftar;

use praja_kernel::{Date, Id, Moment, Nik, fold};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{Asal, Pemohon, Permohonan};
use crate::{
    alur::{Langkah, Meja, Status},
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

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Riwayat {
    pub(crate) langkah: Langkah,
    pub(crate) dari: Status,
    pub(crate) ke: Status,
    pub(crate) meja: Meja,
    pub(crate) pada: Moment,
    pub(crate) tanggal: Date,
    /// Who, as [`praja_kernel::Actor::key`].
    pub(crate) oleh: String,
    pub(crate) oleh_nama: String,
    pub(crate) kode: String,
    /// Why it was taken out of its turn, as [`super::AlasanLompat`]; empty where it was not.
    pub(crate) lompat: String,
    pub(crate) catatan: String,
    /// May the applicant read the note?
    pub(crate) umum: bool,
}

pub(crate) fn add_step(tx: &mut Tx<'_>, permohonan: Id, one: &Riwayat) -> Result<()> {
    let id = tx.new_id()?;
    tx.exec(
        "INSERT INTO perizinan_riwayat (id, permohonan, langkah, dari, ke, meja, pada, tanggal, oleh, oleh_nama, kode, lompat,
         catatan, umum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        params![
            id,
            permohonan,
            one.langkah.as_str(),
            one.dari.as_str(),
            one.ke.as_str(),
            one.meja.as_str(),
            one.pada,
            one.tanggal,
            &one.oleh,
            &one.oleh_nama,
            &one.kode,
            &one.lompat,
            &one.catatan,
            one.umum
        ],
    )?;
    Ok(())
}

/// The steps of an application, oldest first.
pub(crate) fn steps(tx: &mut Tx<'_>, permohonan: Id) -> Result<Vec<Riwayat>> {
    tx.list(
        "SELECT langkah, dari, ke, meja, pada, tanggal, oleh, oleh_nama, kode, lompat, catatan, umum FROM perizinan_riwayat
         WHERE permohonan = ?1 ORDER BY pada, id LIMIT 500",
        params![permohonan],
        |row| {
            let word = |at| row.get::<String>(at);
            Ok(Riwayat {
                langkah: Langkah::parse(&word(0)?).map_err(corrupt)?,
                dari: Status::parse(&word(1)?).map_err(corrupt)?,
                ke: Status::parse(&word(2)?).map_err(corrupt)?,
                meja: Meja::parse(&word(3)?).map_err(corrupt)?,
                pada: row.get(4)?,
                tanggal: row.get(5)?,
                oleh: word(6)?,
                oleh_nama: word(7)?,
                kode: word(8)?,
                lompat: word(9)?,
                catatan: word(10)?,
                umum: row.get(11)?,
            })
        },
    )
}

/// A file of an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Berkas {
    pub(crate) id: Id,
    pub(crate) syarat: String,
    pub(crate) kepekaan: String,
    /// The attachment of desk.
    pub(crate) lampiran: Id,
    pub(crate) nama: String,
    /// SHA-256 of what was sent, before it was made smaller.
    pub(crate) sidik_asli: String,
    /// A later one stands in its place.
    pub(crate) diganti: bool,
    pub(crate) dibuat: Moment,
}

fn read_file(row: &Row<'_>) -> Result<Berkas> {
    Ok(Berkas {
        id: row.get(0)?,
        syarat: row.get(1)?,
        kepekaan: row.get(2)?,
        lampiran: row.get(3)?,
        nama: row.get(4)?,
        sidik_asli: row.get(5)?,
        diganti: row.get(6)?,
        dibuat: row.get(7)?,
    })
}

/// The files of an application, also those that were replaced, oldest first.
pub(crate) fn files(tx: &mut Tx<'_>, permohonan: Id) -> Result<Vec<Berkas>> {
    tx.list(
        "SELECT id, syarat, kepekaan, lampiran, nama, sidik_asli, diganti, created_at FROM perizinan_berkas
         WHERE permohonan = ?1 ORDER BY created_at, id",
        params![permohonan],
        read_file,
    )
}

/// What an applicant gave before under a name papers share: the newest of each, given since `since`.
pub(crate) fn reusable(tx: &mut Tx<'_>, nik: &Nik, pakai_ulang: &str, since: Moment) -> Result<Option<(Id, Berkas)>> {
    tx.opt(
        "SELECT b.id, b.syarat, b.kepekaan, b.lampiran, b.nama, b.sidik_asli, b.diganti, b.created_at, b.permohonan
         FROM perizinan_permohonan p JOIN perizinan_berkas b ON b.permohonan = p.id
         WHERE p.nik = ?1 AND b.pakai_ulang = ?2 AND b.diganti = FALSE AND b.created_at >= ?3 AND p.status <> 'draf'
         ORDER BY b.created_at DESC, b.id DESC LIMIT 1",
        params![nik.full(), pakai_ulang, since],
        |row| Ok((row.get(8)?, read_file(row)?)),
    )
}

/// Puts a file in the place of those that were there for the same requirement.
pub(crate) fn put_file(
    tx: &mut Tx<'_>,
    permohonan: Id,
    syarat: &crate::jenis::Syarat,
    lampiran: Id,
    nama: &str,
    sidik: &str,
) -> Result<()> {
    remove_file(tx, permohonan, &syarat.kode)?;
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO perizinan_berkas (id, permohonan, syarat, pakai_ulang, kepekaan, lampiran, nama, sidik_asli, diganti, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, FALSE, ?9)",
        params![id, permohonan, &syarat.kode, &syarat.pakai_ulang, syarat.kepekaan.as_str(), lampiran, nama, sidik, now],
    )?;
    Ok(())
}

/// Takes the file of a requirement out; it stays on record.
pub(crate) fn remove_file(tx: &mut Tx<'_>, permohonan: Id, syarat: &str) -> Result<()> {
    tx.exec(
        "UPDATE perizinan_berkas SET diganti = TRUE WHERE permohonan = ?1 AND syarat = ?2 AND diganti = FALSE",
        params![permohonan, syarat],
    )?;
    Ok(())
}

/// Something that is to be mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kekurangan {
    pub(crate) putaran: i64,
    /// `syarat:ktp` or `isian:luas`.
    pub(crate) tentang: String,
    pub(crate) kode: String,
    pub(crate) pesan: String,
    pub(crate) selesai: bool,
}

/// Everything that was ever to be mended, oldest first.
pub(crate) fn defects(tx: &mut Tx<'_>, permohonan: Id) -> Result<Vec<Kekurangan>> {
    tx.list(
        "SELECT putaran, tentang, kode, pesan, selesai FROM perizinan_kekurangan WHERE permohonan = ?1 ORDER BY putaran, id",
        params![permohonan],
        |row| {
            Ok(Kekurangan {
                putaran: row.get(0)?,
                tentang: row.get(1)?,
                kode: row.get(2)?,
                pesan: row.get(3)?,
                selesai: row.get(4)?,
            })
        },
    )
}

pub(crate) fn add_defect(tx: &mut Tx<'_>, permohonan: Id, one: &Kekurangan, oleh: &str) -> Result<()> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO perizinan_kekurangan (id, permohonan, putaran, tentang, kode, pesan, selesai, oleh, pada)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, FALSE, ?7, ?8)",
        params![id, permohonan, one.putaran, &one.tentang, &one.kode, &one.pesan, oleh, now],
    )?;
    Ok(())
}

/// Marks everything of a round as mended: the applicant sent it again.
pub(crate) fn mend_all(tx: &mut Tx<'_>, permohonan: Id) -> Result<()> {
    tx.exec("UPDATE perizinan_kekurangan SET selesai = TRUE WHERE permohonan = ?1 AND selesai = FALSE", params![permohonan])?;
    Ok(())
}

/// Did the head of division allow one more return in this round?
pub(crate) fn is_return_allowed(tx: &mut Tx<'_>, permohonan: Id, putaran: i64) -> Result<bool> {
    let found = tx.opt(
        "SELECT id FROM perizinan_izin_kembali WHERE permohonan = ?1 AND putaran = ?2",
        params![permohonan, putaran],
        |row| row.get::<Id>(0),
    )?;
    Ok(found.is_some())
}

pub(crate) fn allow_return(tx: &mut Tx<'_>, permohonan: Id, putaran: i64, alasan: &str, oleh: &str) -> Result<()> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO perizinan_izin_kembali (id, permohonan, putaran, alasan, oleh, pada) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (permohonan, putaran) DO NOTHING",
        params![id, permohonan, putaran, alasan, oleh, now],
    )?;
    Ok(())
}

/// When each officer of a desk was last given work.
pub(super) fn turns(tx: &mut Tx<'_>, meja: Meja, opd: Id) -> Result<Vec<(Id, Moment)>> {
    tx.list("SELECT petugas, terakhir FROM perizinan_giliran WHERE meja = ?1 AND opd = ?2", params![meja.as_str(), opd], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

pub(super) fn take_turn(tx: &mut Tx<'_>, meja: Meja, opd: Id, petugas: Id) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "INSERT INTO perizinan_giliran (meja, opd, petugas, terakhir) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (meja, opd, petugas) DO UPDATE SET terakhir = excluded.terakhir",
        params![meja.as_str(), opd, petugas, now],
    )?;
    Ok(())
}

/// Who declared a conflict of interest about an application.
pub(crate) fn conflicts(tx: &mut Tx<'_>, permohonan: Id) -> Result<Vec<(Id, String)>> {
    tx.list("SELECT petugas, alasan FROM perizinan_konflik WHERE permohonan = ?1 ORDER BY petugas", params![permohonan], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
}

pub(crate) fn add_conflict(tx: &mut Tx<'_>, permohonan: Id, petugas: Id, alasan: &str) -> Result<()> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO perizinan_konflik (id, permohonan, petugas, alasan, pada) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (permohonan, petugas) DO NOTHING",
        params![id, permohonan, petugas, alasan, now],
    )?;
    Ok(())
}

/// The oldest application of the same type that waits on the same desk of the same officer, other than this one.
pub(crate) fn first_in_line(tx: &mut Tx<'_>, one: &Permohonan) -> Result<Option<(Id, String)>> {
    Ok(ahead_in_line(tx, one, 1)?.into_iter().next())
}

/// Who came earlier to the same desk for the same service and waits in the same state for the same officer, at most so many.
pub(crate) fn ahead_in_line(tx: &mut Tx<'_>, one: &Permohonan, limit: usize) -> Result<Vec<(Id, String)>> {
    let mut sql = Sql::new("SELECT id, nomor FROM perizinan_permohonan");
    sql.filter("meja = ?").bind(one.meja.as_str().to_owned());
    sql.filter("jenis = ?").bind(one.jenis);
    match one.petugas {
        Some(petugas) => sql.filter("petugas = ?").bind(petugas),
        None => sql.filter("petugas IS NULL"),
    };
    sql.filter("status = ?").bind(one.status.as_str().to_owned());
    sql.filter("(sejak, id) < (?, ?)").bind(one.sejak).bind(one.id);
    sql.push("ORDER BY sejak, id LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX));
    sql.list(tx, |row| Ok((row.get::<Id>(0)?, row.get::<Option<String>>(1)?.unwrap_or_default())))
}

/// How many wait before this one: same type, same desk, earlier.
pub(crate) fn place_in_line(tx: &mut Tx<'_>, one: &Permohonan) -> Result<i64> {
    let before: i64 = tx.one(
        "SELECT COUNT(*) FROM perizinan_permohonan WHERE meja = ?1 AND jenis = ?2 AND (sejak < ?3 OR (sejak = ?3 AND id < ?4))",
        params![one.meja.as_str(), one.jenis, one.sejak, one.id],
        |row| row.get(0),
    )?;
    Ok(before + 1)
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
