//! The only SQL about complaints.

use praja_kernel::{Date, Id, Moment};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{
    Draft, Jalur, Jenis, Penanganan, Pengaduan, Saluran, Status, Suara, Tanggapan, Teradu,
    jam::{Jam, Waktu},
};

const COLUMNS: &str =
    "SELECT id, nomor, jenis, objek, tentang, opd, isi, lokasi, pelapor, nama, kontak, disembunyikan, status, tenggat,
    sementara, jawaban, dijawab, dibuat, versi, jalur, saluran, id_lapor, tahap, kepada, penanganan, hari, diterima, batas_tanggap,
    ditanggap, buka_sampai, dibuka_lagi, peringatan, identitas, teradu FROM desk_pengaduan";

/// What a new complaint gets beside what was typed.
pub(super) struct Baru {
    pub(super) id: Id,
    pub(super) nomor: String,
    /// Hashed.
    pub(super) kode: String,
    pub(super) jalur: Jalur,
    pub(super) penanganan: Penanganan,
    pub(super) hari: i64,
    pub(super) diterima: Date,
    pub(super) batas_tanggap: Date,
    pub(super) tenggat: Date,
    pub(super) sementara: bool,
}

pub(super) fn insert(tx: &mut Tx<'_>, new: &Baru, draft: &Draft) -> Result<()> {
    let now = tx.now()?;
    tx.exec(
        "INSERT INTO desk_pengaduan (id, nomor, kode, jenis, objek, tentang, opd, isi, lokasi, pelapor, nama, kontak, disembunyikan,
            status, tenggat, sementara, dibuat, diubah, jalur, saluran, id_lapor, tahap, penanganan, hari, diterima, batas_tanggap,
            identitas, teradu, dicatat)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24,
            ?25, ?26, ?27, ?28)",
        params![
            new.id,
            &new.nomor,
            &new.kode,
            draft.jenis.as_str(),
            &draft.objek,
            &draft.tentang,
            id_text(draft.opd),
            &draft.isi,
            &draft.lokasi,
            &draft.pelapor,
            &draft.nama,
            &draft.kontak,
            draft.disembunyikan,
            Status::Masuk.as_str(),
            new.tenggat,
            new.sementara,
            now,
            new.jalur.as_str(),
            draft.saluran.as_str(),
            &draft.id_lapor,
            &draft.tahap,
            new.penanganan.as_str(),
            new.hari,
            new.diterima,
            new.batas_tanggap,
            draft.identitas.as_deref(),
            &draft.teradu,
            &draft.dicatat
        ],
    )?;
    Ok(())
}

pub(super) fn update(tx: &mut Tx<'_>, one: &Pengaduan) -> Result<bool> {
    let now = tx.now()?;
    let changed = tx.exec(
        "UPDATE desk_pengaduan SET status = ?3, opd = ?4, jawaban = ?5, dijawab = ?6, diubah = ?7, jalur = ?8, id_lapor = ?9, kepada = ?10,
            penanganan = ?11, hari = ?12, diterima = ?13, tenggat = ?14, sementara = ?15, ditanggap = ?16, buka_sampai = ?17,
            dibuka_lagi = ?18, peringatan = ?19, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![
            one.id,
            one.versi,
            one.status.as_str(),
            id_text(one.opd),
            one.jawaban.as_deref(),
            one.dijawab,
            now,
            one.jalur.as_str(),
            &one.id_lapor,
            id_text(one.kepada),
            one.penanganan.as_str(),
            one.hari,
            one.diterima,
            one.tenggat,
            one.sementara,
            one.ditanggap,
            one.buka_sampai.map(|day| day.to_string()).unwrap_or_default(),
            one.dibuka_lagi,
            one.peringatan
        ],
    )?;
    Ok(changed == 1)
}

pub(super) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Pengaduan>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("id = ?").bind(id).opt(tx, read)
}

pub(super) fn by_code(tx: &mut Tx<'_>, nomor: &str, kode: &str) -> Result<Option<Pengaduan>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("nomor = ?").bind(nomor).filter("kode = ?").bind(kode).opt(tx, read)
}

pub(super) fn by_number(tx: &mut Tx<'_>, nomor: &str) -> Result<Option<Pengaduan>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("nomor = ?").bind(nomor).opt(tx, read)
}

/// What SP4N-LAPOR calls so; somebody may have typed one twice.
pub(super) fn by_lapor(tx: &mut Tx<'_>, id_lapor: &str) -> Result<Vec<Pengaduan>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("id_lapor = ?").bind(id_lapor).push("ORDER BY id DESC LIMIT 20").list(tx, read)
}

/// The ordinary complaints about a thing.
pub(super) fn of(tx: &mut Tx<'_>, objek: &str) -> Result<Vec<Pengaduan>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("objek = ?").bind(objek).filter("jalur = 'biasa'").push("ORDER BY id DESC LIMIT 50").list(tx, read)
}

/// Which complaints a list walks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bagian {
    /// All of one way.
    Semua(Jalur),
    /// The ordinary ones of one OPD.
    Opd(Id),
    /// Those about officers that were forwarded to one post.
    Kepada(Id),
}

/// Complaints in one state, the nearest deadline first, after a place; of what is settled the latest first. None that is about `bukan`.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    bagian: Bagian,
    status: Status,
    after: Option<(&str, Id)>,
    bukan: Option<Id>,
    limit: i64,
) -> Result<Vec<Pengaduan>> {
    let mut sql = Sql::new(COLUMNS);
    match bagian {
        Bagian::Semua(jalur) => sql.filter("jalur = ?").bind(jalur.as_str()),
        Bagian::Opd(opd) => sql.filter("opd = ?").bind(opd.to_string()).filter("jalur = 'biasa'"),
        Bagian::Kepada(post) => sql.filter("kepada = ?").bind(post.to_string()).filter("jalur = 'petugas'"),
    };
    sql.filter("status = ?").bind(status.as_str());
    let forwards = status.is_open();
    if let Some((tenggat, id)) = after {
        sql.filter(if forwards { "(tenggat, id) > (?, ?)" } else { "(tenggat, id) < (?, ?)" }).bind(tenggat).bind(id);
    }
    if let Some(orang) = bukan {
        sql.filter("NOT EXISTS (SELECT 1 FROM desk_pengaduan_teradu t WHERE t.pengaduan = desk_pengaduan.id AND t.orang = ?)")
            .bind(orang);
    }
    sql.push(if forwards { "ORDER BY tenggat, id LIMIT ?" } else { "ORDER BY tenggat DESC, id DESC LIMIT ?" });
    sql.bind(limit).list(tx, read)
}

/// Complaints that came between two moments, in their order, after a place.
pub(super) fn between(
    tx: &mut Tx<'_>,
    (from, to): (Moment, Moment),
    after: Option<(Moment, Id)>,
    limit: i64,
) -> Result<Vec<Pengaduan>> {
    let mut sql = Sql::new(COLUMNS);
    sql.filter("dibuat >= ?").bind(from).filter("dibuat < ?").bind(to);
    if let Some((at, id)) = after {
        sql.filter("(dibuat, id) > (?, ?)").bind(at).bind(id);
    }
    sql.push("ORDER BY dibuat, id LIMIT ?").bind(limit).list(tx, read)
}

/// Whom a complaint is about.
pub(crate) fn teradu(tx: &mut Tx<'_>, id: Id) -> Result<Vec<Teradu>> {
    tx.list("SELECT orang, nama FROM desk_pengaduan_teradu WHERE pengaduan = ?1 ORDER BY orang", params![id], |row| {
        Ok(Teradu { orang: row.get(0)?, nama: row.get(1)? })
    })
}

pub(super) fn add_teradu(tx: &mut Tx<'_>, id: Id, one: &Teradu) -> Result<()> {
    tx.exec(
        "INSERT INTO desk_pengaduan_teradu (pengaduan, orang, nama) VALUES (?1, ?2, ?3) ON CONFLICT (pengaduan, orang) DO NOTHING",
        params![id, one.orang, &one.nama],
    )?;
    Ok(())
}

/// Keeps what was said.
pub(super) fn say(tx: &mut Tx<'_>, id: Id, jenis: Suara, isi: &str) -> Result<()> {
    let (row, now) = (tx.new_id()?, tx.now()?);
    tx.exec(
        "INSERT INTO desk_pengaduan_tanggapan (id, pengaduan, jenis, isi, pada) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![row, id, jenis.as_str(), isi, now],
    )?;
    Ok(())
}

/// What was said, in order.
pub(crate) fn said(tx: &mut Tx<'_>, id: Id) -> Result<Vec<Tanggapan>> {
    tx.list(
        "SELECT jenis, isi, pada FROM desk_pengaduan_tanggapan WHERE pengaduan = ?1 ORDER BY pada, id LIMIT 200",
        params![id],
        |row| {
            let jenis: String = row.get(0)?;
            let jenis = Suara::parse(&jenis).map_err(|_| StoreError::unknown_word("suara tanggapan", &jenis))?;
            Ok(Tanggapan { jenis, isi: row.get(1)?, pada: row.get(2)? })
        },
    )
}

/// The regency's own time that holds on a day.
pub(super) fn waktu(tx: &mut Tx<'_>, jam: Jam, day: Date) -> Result<Option<Waktu>> {
    tx.opt(
        "SELECT hari, dasar, berlaku_dari, ditinjau FROM desk_pengaduan_jam WHERE jam = ?1 AND berlaku_dari <= ?2
         ORDER BY berlaku_dari DESC LIMIT 1",
        params![jam.as_str(), day],
        |row| {
            let hari: i64 = row.get(0)?;
            let hari = u32::try_from(hari).map_err(|_| StoreError::Corrupt(format!("{hari} days of a complaint")))?;
            Ok(Waktu { hari, dasar: row.get(1)?, berlaku_dari: row.get(2)?, ditinjau: row.get(3)? })
        },
    )
}

pub(super) fn put_waktu(tx: &mut Tx<'_>, jam: Jam, waktu: &Waktu) -> Result<()> {
    let nama = tx.by()?.actor.nama().to_owned();
    tx.exec(
        "INSERT INTO desk_pengaduan_jam (jam, berlaku_dari, hari, dasar, ditinjau, oleh_nama) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (jam, berlaku_dari) DO UPDATE SET hari = excluded.hari, dasar = excluded.dasar, ditinjau = excluded.ditinjau,
         oleh_nama = excluded.oleh_nama",
        params![jam.as_str(), waktu.berlaku_dari, i64::from(waktu.hari), &waktu.dasar, waktu.ditinjau, nama],
    )?;
    Ok(())
}

fn id_text(id: Option<Id>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

fn maybe_id(row: &Row<'_>, at: usize) -> Result<Option<Id>> {
    let text: String = row.get(at)?;
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| StoreError::Corrupt(format!("'{text}' is no identity")))
}

/// A day, or another where an older release kept none.
fn day_or(row: &Row<'_>, at: usize, other: Date) -> Result<Date> {
    let text: String = row.get(at)?;
    if text.is_empty() {
        return Ok(other);
    }
    text.parse().map_err(|_| StoreError::Corrupt(format!("'{text}' is no day")))
}

macro_rules! word {
    ($row:expr, $at:expr, $kind:ty, $noun:literal) => {{
        let word: String = $row.get($at)?;
        <$kind>::parse(&word).map_err(|_| StoreError::unknown_word($noun, &word))?
    }};
}

/// The columns of [`COLUMNS`].
fn read(row: &Row<'_>) -> Result<Pengaduan> {
    let tenggat: Date = row.get(13)?;
    let buka: String = row.get(29)?;
    Ok(Pengaduan {
        id: row.get(0)?,
        nomor: row.get(1)?,
        jenis: word!(row, 2, Jenis, "jenis pengaduan"),
        objek: row.get(3)?,
        tentang: row.get(4)?,
        opd: maybe_id(row, 5)?,
        isi: row.get(6)?,
        lokasi: row.get(7)?,
        pelapor: row.get(8)?,
        nama: row.get(9)?,
        kontak: row.get(10)?,
        disembunyikan: row.get(11)?,
        status: word!(row, 12, Status, "keadaan pengaduan"),
        tenggat,
        sementara: row.get(14)?,
        jawaban: row.get(15)?,
        dijawab: row.get(16)?,
        dibuat: row.get(17)?,
        versi: row.get(18)?,
        jalur: word!(row, 19, Jalur, "jalur pengaduan"),
        saluran: word!(row, 20, Saluran, "saluran pengaduan"),
        id_lapor: row.get(21)?,
        tahap: row.get(22)?,
        kepada: maybe_id(row, 23)?,
        penanganan: word!(row, 24, Penanganan, "penanganan pengaduan"),
        hari: row.get(25)?,
        diterima: day_or(row, 26, tenggat)?,
        batas_tanggap: day_or(row, 27, tenggat)?,
        ditanggap: row.get(28)?,
        buka_sampai: if buka.is_empty() { None } else { Some(day_or(row, 29, tenggat)?) },
        dibuka_lagi: row.get(30)?,
        peringatan: row.get(31)?,
        identitas: row.get(32)?,
        teradu: row.get(33)?,
    })
}
