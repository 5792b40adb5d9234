//! The only SQL about bills and the rules of billing.

use praja_kernel::{Date, Id, Rupiah, UnknownWord, escape_like, fold};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{Aturan, KodeBayar, Skrd, Status};

/// Rows of one page.
pub(crate) const PAGE: usize = 50;

const COLUMNS: &str = "SELECT id, permohonan, permohonan_nomor, opd, nomor, kode_bayar, tanggal, jatuh_tempo, nama, nik, npwp, alamat,
    layanan, dasar, komponen, jumlah, bunga_persen_e2, bunga_bulan_maks, qris, status, lunas_tanggal, alasan_batal, oleh_nama, created_at,
    versi FROM perizinan_skrd";

/// A stored word as its enum.
pub(crate) fn word<T: std::str::FromStr<Err = UnknownWord>>(row: &Row<'_>, at: usize) -> Result<T> {
    row.get::<String>(at)?.parse().map_err(|e: UnknownWord| StoreError::Corrupt(e.to_string()))
}

fn read(row: &Row<'_>) -> Result<Skrd> {
    let kode: String = row.get(5)?;
    let komponen: String = row.get(14)?;
    Ok(Skrd {
        id: row.get(0)?,
        permohonan: row.get(1)?,
        permohonan_nomor: row.get(2)?,
        opd: row.get(3)?,
        nomor: row.get(4)?,
        kode: KodeBayar::parse(&kode).ok_or_else(|| StoreError::Corrupt(format!("payment code {kode}")))?,
        tanggal: row.get(6)?,
        jatuh_tempo: row.get(7)?,
        nama: row.get(8)?,
        nik: row.get(9)?,
        npwp: row.get(10)?,
        alamat: row.get(11)?,
        layanan: row.get(12)?,
        dasar: row.get(13)?,
        komponen: serde_json::from_str(&komponen).map_err(|e| StoreError::Corrupt(e.to_string()))?,
        jumlah: Rupiah(row.get(15)?),
        bunga_persen_e2: row.get(16)?,
        bunga_bulan_maks: row.get(17)?,
        qris: row.get(18)?,
        status: word(row, 19)?,
        lunas_tanggal: row.get(20)?,
        alasan_batal: row.get(21)?,
        oleh_nama: row.get(22)?,
        created_at: row.get(23)?,
        versi: row.get(24)?,
    })
}

/// Keeps a new bill.
pub(crate) fn insert(tx: &mut Tx<'_>, skrd: &Skrd) -> Result<()> {
    let komponen = serde_json::to_string(&skrd.komponen).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    tx.exec(
        "INSERT INTO perizinan_skrd (id, permohonan, permohonan_nomor, opd, nomor, kode_bayar, tanggal, jatuh_tempo, nama, nama_fold, nik,
            npwp, alamat, layanan, dasar, komponen, jumlah, bunga_persen_e2, bunga_bulan_maks, qris, status, lunas_tanggal, alasan_batal,
            oleh_nama, created_at, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26)",
        params![
            skrd.id,
            skrd.permohonan,
            &skrd.permohonan_nomor,
            skrd.opd,
            &skrd.nomor,
            skrd.kode.as_str(),
            skrd.tanggal,
            skrd.jatuh_tempo,
            &skrd.nama,
            fold(&skrd.nama),
            &skrd.nik,
            &skrd.npwp,
            &skrd.alamat,
            &skrd.layanan,
            &skrd.dasar,
            komponen,
            skrd.jumlah.0,
            skrd.bunga_persen_e2,
            skrd.bunga_bulan_maks,
            &skrd.qris,
            skrd.status.as_str(),
            skrd.lunas_tanggal,
            &skrd.alasan_batal,
            &skrd.oleh_nama,
            skrd.created_at,
            skrd.versi
        ],
    )?;
    Ok(())
}

/// Saves what may change of a bill; `false` when somebody was first.
pub(crate) fn update(tx: &mut Tx<'_>, skrd: &Skrd) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE perizinan_skrd SET qris = ?3, status = ?4, lunas_tanggal = ?5, alasan_batal = ?6, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![skrd.id, skrd.versi, &skrd.qris, skrd.status.as_str(), skrd.lunas_tanggal, &skrd.alasan_batal],
    )?;
    Ok(changed == 1)
}

/// A bill of one of these OPDs.
pub(crate) fn find(tx: &mut Tx<'_>, opds: &[Id], id: Id) -> Result<Option<Skrd>> {
    let mut sql = Sql::new(COLUMNS);
    Ok(sql.filter("id = ?").bind(id).opt(tx, read)?.filter(|skrd| opds.contains(&skrd.opd)))
}

/// The bill of a payment code.
pub(crate) fn by_code(tx: &mut Tx<'_>, kode: &KodeBayar) -> Result<Option<Skrd>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("kode_bayar = ?").bind(kode.as_str()).opt(tx, read)
}

/// The last bill of an application, cancelled ones included.
pub(crate) fn of_permohonan(tx: &mut Tx<'_>, permohonan: Id) -> Result<Option<Skrd>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("permohonan = ?").bind(permohonan).push("ORDER BY created_at DESC, id DESC LIMIT 1").opt(tx, read)
}

/// What a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Saringan {
    /// Only these.
    pub(crate) status: Option<Status>,
    /// Only those that were due before this day.
    pub(crate) tempo_sebelum: Option<Date>,
    /// A payment code, the number of a bill or application, or a part of a name.
    pub(crate) cari: String,
    /// By the day they are due, not by their own.
    pub(crate) menurut_tempo: bool,
    /// The latest first.
    pub(crate) turun: bool,
}

impl Saringan {
    /// What places a row in this order.
    pub(crate) fn key(&self, skrd: &Skrd) -> (Date, Id) {
        (if self.menurut_tempo { skrd.jatuh_tempo } else { skrd.tanggal }, skrd.id)
    }
}

/// One page of the bills of an OPD.
pub(crate) fn list(tx: &mut Tx<'_>, opd: Id, saringan: &Saringan, after: Option<(Date, Id)>, limit: usize) -> Result<Vec<Skrd>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("opd = ?").bind(opd);
    if let Some(status) = saringan.status {
        sql.filter("status = ?").bind(status.as_str());
    }
    if let Some(day) = saringan.tempo_sebelum {
        sql.filter("jatuh_tempo < ?").bind(day);
    }
    if let Some(kode) = KodeBayar::parse(&saringan.cari) {
        sql.filter("kode_bayar = ?").bind(kode.as_str());
    } else if !saringan.cari.is_empty() {
        let part = format!("%{}%", escape_like(&fold(&saringan.cari)));
        sql.filter("(nama_fold LIKE ? ESCAPE '!' OR nomor = ? OR permohonan_nomor = ?)");
        sql.bind(part).bind(saringan.cari.as_str()).bind(saringan.cari.as_str());
    }
    if let Some((day, id)) = after {
        sql.filter(match (saringan.menurut_tempo, saringan.turun) {
            (false, false) => "(tanggal, id) > (?, ?)",
            (false, true) => "(tanggal, id) < (?, ?)",
            (true, false) => "(jatuh_tempo, id) > (?, ?)",
            (true, true) => "(jatuh_tempo, id) < (?, ?)",
        });
        sql.bind(day).bind(id);
    }
    let order = match (saringan.menurut_tempo, saringan.turun) {
        (false, false) => "ORDER BY tanggal, id LIMIT ?",
        (false, true) => "ORDER BY tanggal DESC, id DESC LIMIT ?",
        (true, false) => "ORDER BY jatuh_tempo, id LIMIT ?",
        (true, true) => "ORDER BY jatuh_tempo DESC, id DESC LIMIT ?",
    };
    sql.push(order).bind(i64::try_from(limit).unwrap_or(i64::MAX)).list(tx, read)
}

const ATURAN: &str = "SELECT berlaku_dari, jatuh_tempo_hari, bunga_persen_e2, bunga_bulan_maks, kode_pd, dasar, oleh_nama
    FROM perizinan_skrd_aturan";

fn read_aturan(row: &Row<'_>) -> Result<Aturan> {
    Ok(Aturan {
        berlaku_dari: row.get(0)?,
        jatuh_tempo_hari: row.get(1)?,
        bunga_persen_e2: row.get(2)?,
        bunga_bulan_maks: row.get(3)?,
        kode_pd: row.get(4)?,
        dasar: row.get(5)?,
        oleh_nama: row.get(6)?,
    })
}

/// The rule of billing on a day: the latest of the regency's own, else what comes with the program.
pub(crate) fn aturan(tx: &mut Tx<'_>, today: Date) -> Result<Aturan> {
    let mut sql = Sql::new(ATURAN);
    sql.filter("berlaku_dari <= ?").bind(today).push("ORDER BY berlaku_dari DESC, created_at DESC, id DESC LIMIT 1");
    match sql.opt(tx, read_aturan)? {
        Some(own) => Ok(own),
        None => Aturan::bawaan().map_err(StoreError::Corrupt),
    }
}

/// The regency's own rules, the latest first.
pub(crate) fn all_aturan(tx: &mut Tx<'_>) -> Result<Vec<Aturan>> {
    let mut sql = Sql::new(ATURAN);
    // A range that holds every day, so that the index is walked.
    sql.filter("berlaku_dari >= ?").bind("");
    sql.push("ORDER BY berlaku_dari DESC, created_at DESC, id DESC LIMIT 100").list(tx, read_aturan)
}

/// Adds a rule.
pub(crate) fn insert_aturan(tx: &mut Tx<'_>, aturan: &Aturan) -> Result<Id> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO perizinan_skrd_aturan (id, berlaku_dari, jatuh_tempo_hari, bunga_persen_e2, bunga_bulan_maks, kode_pd, dasar, oleh_nama,
            created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            id,
            aturan.berlaku_dari,
            aturan.jatuh_tempo_hari,
            aturan.bunga_persen_e2,
            aturan.bunga_bulan_maks,
            &aturan.kode_pd,
            &aturan.dasar,
            &aturan.oleh_nama,
            now
        ],
    )?;
    Ok(id)
}
