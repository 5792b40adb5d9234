//! The only SQL about the agenda of leaders.

use praja_kernel::{Id, Moment};
use praja_store::{Result, Row, Sql, Tx, params};

use super::{Acara, Baru};
use crate::surat_masuk::store::word;

/// Most events of one reading: a leader with ten a day fills it in seven weeks.
pub(crate) const MOST: usize = 500;

const ACARA: &str =
    "SELECT id, opd, pimpinan, judul, mulai, selesai, tempat, penyelenggara, pakaian, pendamping, keterangan, tertutup,
    status, wakil, wakil_nama, alasan, hasil, surat_masuk, naskah, pencatat, pencatat_nama, created_at, versi FROM eoffice_acara";

/// Keeps a new event.
pub(crate) fn insert(tx: &mut Tx<'_>, acara: &Acara) -> Result<()> {
    let isi = &acara.isi;
    tx.exec(
        "INSERT INTO eoffice_acara (id, opd, pimpinan, judul, mulai, selesai, tempat, penyelenggara, pakaian, pendamping, keterangan,
            tertutup, status, surat_masuk, pencatat, pencatat_nama, created_at, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, 1)",
        params![
            acara.id,
            acara.opd,
            acara.pimpinan,
            &isi.judul,
            isi.mulai,
            isi.selesai,
            &isi.tempat,
            isi.penyelenggara.as_deref(),
            isi.pakaian.as_deref(),
            isi.pendamping.as_deref(),
            isi.keterangan.as_deref(),
            isi.tertutup,
            acara.status.as_str(),
            acara.surat_masuk,
            acara.pencatat,
            &acara.pencatat_nama,
            acara.created_at
        ],
    )?;
    Ok(())
}

/// Saves an event; `false` when somebody was first.
pub(crate) fn update(tx: &mut Tx<'_>, acara: &Acara) -> Result<bool> {
    let isi = &acara.isi;
    let (wakil, wakil_nama) = match &acara.wakil {
        Some((wakil, nama)) => (Some(*wakil), Some(nama.as_str())),
        None => (None, None),
    };
    let changed = tx.exec(
        "UPDATE eoffice_acara SET judul = ?3, mulai = ?4, selesai = ?5, tempat = ?6, penyelenggara = ?7, pakaian = ?8, pendamping = ?9,
            keterangan = ?10, tertutup = ?11, status = ?12, wakil = ?13, wakil_nama = ?14, alasan = ?15, hasil = ?16, naskah = ?17,
            versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![
            acara.id,
            acara.versi,
            &isi.judul,
            isi.mulai,
            isi.selesai,
            &isi.tempat,
            isi.penyelenggara.as_deref(),
            isi.pakaian.as_deref(),
            isi.pendamping.as_deref(),
            isi.keterangan.as_deref(),
            isi.tertutup,
            acara.status.as_str(),
            wakil,
            wakil_nama,
            acara.alasan.as_deref(),
            acara.hasil.as_deref(),
            acara.naskah
        ],
    )?;
    Ok(changed == 1)
}

/// One event. Whether whoever asks may see it is decided by `hak`.
pub(crate) fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<Acara>> {
    let mut sql = Sql::new(ACARA);
    sql.filter("id = ?").bind(id).opt(tx, read)
}

/// Whose events a reading is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Milik {
    /// The agenda of this post.
    Pimpinan(Id),
    /// What this post goes to instead of its leader.
    Wakil(Id),
}

/// The events that begin within `from..until`, by time; at most `limit`. An event of several days is found by its first.
pub(crate) fn list(tx: &mut Tx<'_>, milik: Milik, from: Moment, until: Moment, limit: usize) -> Result<Vec<Acara>> {
    let mut sql = Sql::new(ACARA);
    match milik {
        Milik::Pimpinan(post) => sql.filter("pimpinan = ?").bind(post),
        Milik::Wakil(post) => sql.filter("wakil = ?").bind(post),
    };
    sql.filter("mulai >= ?").bind(from).filter("mulai < ?").bind(until);
    sql.push("ORDER BY mulai, id LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX)).list(tx, read)
}

/// The events that a letter led to.
pub(crate) fn of_surat(tx: &mut Tx<'_>, surat: Id) -> Result<Vec<Acara>> {
    let mut sql = Sql::new(ACARA);
    sql.filter("surat_masuk = ?").bind(surat).push("ORDER BY mulai, id LIMIT 20").list(tx, read)
}

fn read(row: &Row<'_>) -> Result<Acara> {
    let wakil: Option<Id> = row.get(13)?;
    let wakil_nama: Option<String> = row.get(14)?;
    Ok(Acara {
        id: row.get(0)?,
        opd: row.get(1)?,
        pimpinan: row.get(2)?,
        isi: Baru {
            judul: row.get(3)?,
            mulai: row.get(4)?,
            selesai: row.get(5)?,
            tempat: row.get(6)?,
            penyelenggara: row.get(7)?,
            pakaian: row.get(8)?,
            pendamping: row.get(9)?,
            keterangan: row.get(10)?,
            tertutup: row.get(11)?,
        },
        status: word(row, 12)?,
        wakil: wakil.map(|wakil| (wakil, wakil_nama.unwrap_or_default())),
        alasan: row.get(15)?,
        hasil: row.get(16)?,
        surat_masuk: row.get(17)?,
        naskah: row.get(18)?,
        pencatat: row.get(19)?,
        pencatat_nama: row.get(20)?,
        created_at: row.get(21)?,
        versi: row.get(22)?,
    })
}

/// An address by which a calendar follows an agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Langganan {
    pub(crate) id: Id,
    pub(crate) pimpinan: Id,
    /// What its owner calls it: the name of a telephone.
    pub(crate) nama: String,
    /// Who asked for it, in which post: when this person no longer holds it, the address is silent.
    pub(crate) orang: Id,
    pub(crate) jabatan: Id,
    pub(crate) oleh_nama: String,
    pub(crate) created_at: Moment,
    pub(crate) dicabut_pada: Option<Moment>,
}

const LANGGANAN: &str =
    "SELECT id, pimpinan, nama, orang, jabatan, oleh_nama, created_at, dicabut_pada FROM eoffice_acara_langganan";

/// Keeps an address by the digest of its secret part.
pub(crate) fn subscribe(tx: &mut Tx<'_>, one: &Langganan, sidik: &str) -> Result<()> {
    tx.exec(
        "INSERT INTO eoffice_acara_langganan (id, sidik, pimpinan, nama, orang, jabatan, oleh_nama, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![one.id, sidik, one.pimpinan, &one.nama, one.orang, one.jabatan, &one.oleh_nama, one.created_at],
    )?;
    Ok(())
}

/// The address of a digest, also one that was withdrawn.
pub(crate) fn subscription(tx: &mut Tx<'_>, sidik: &str) -> Result<Option<Langganan>> {
    let mut sql = Sql::new(LANGGANAN);
    sql.filter("sidik = ?").bind(sidik).opt(tx, read_langganan)
}

/// What a person in a post asked for, the latest first.
pub(crate) fn subscriptions(tx: &mut Tx<'_>, orang: Id, jabatan: Id) -> Result<Vec<Langganan>> {
    let mut sql = Sql::new(LANGGANAN);
    sql.filter("jabatan = ?")
        .bind(jabatan)
        .filter("orang = ?")
        .bind(orang)
        .push("ORDER BY created_at DESC, id DESC LIMIT 50")
        .list(tx, read_langganan)
}

/// Withdraws an address of a person; `false` when there is none that still answers.
pub(crate) fn unsubscribe(tx: &mut Tx<'_>, id: Id, orang: Id) -> Result<bool> {
    let now = tx.now()?;
    let changed = tx.exec(
        "UPDATE eoffice_acara_langganan SET dicabut_pada = ?3 WHERE id = ?1 AND orang = ?2 AND dicabut_pada IS NULL",
        params![id, orang, now],
    )?;
    Ok(changed == 1)
}

fn read_langganan(row: &Row<'_>) -> Result<Langganan> {
    Ok(Langganan {
        id: row.get(0)?,
        pimpinan: row.get(1)?,
        nama: row.get(2)?,
        orang: row.get(3)?,
        jabatan: row.get(4)?,
        oleh_nama: row.get(5)?,
        created_at: row.get(6)?,
        dicabut_pada: row.get(7)?,
    })
}
