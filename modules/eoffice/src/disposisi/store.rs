//! The only SQL about orders and their recipients.

use praja_kernel::{Date, Id, Moment, Sifat};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{Disposisi, Kelompok, Konfirmasi, Peran, Status, Tujuan, pokok::Jenis};
use crate::surat_masuk::{RAHASIA, nomor_agenda};

/// After every date that can be typed.
const NO_DATE: &str = "9999-12-31";

/// Whose list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sisi {
    /// What a post got.
    Kepada(Id),
    /// What a post gave.
    Dari(Id),
}

/// Where a page of a list continues: after this row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct After {
    pub(crate) urutan: String,
    pub(crate) id: Id,
}

/// A line of a list of orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Baris {
    pub(crate) id: Id,
    pub(crate) urutan: String,
    pub(crate) pokok: Jenis,
    pub(crate) surat: Id,
    /// "agenda 12/2026", "nomor 800/12".
    pub(crate) nomor: String,
    pub(crate) asal: String,
    pub(crate) hal: String,
    pub(crate) sifat: Sifat,
    pub(crate) dari_jabatan: String,
    pub(crate) kepada_jabatan: String,
    pub(crate) peran: Peran,
    pub(crate) wajib_laporan: bool,
    pub(crate) status: Status,
    pub(crate) batas: Option<Date>,
    pub(crate) created_at: Moment,
    /// Whose book the number is in.
    pub(crate) opd: Id,
}

/// Somebody who must be reminded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ingatan {
    pub(crate) tujuan: Tujuan,
    pub(crate) ingat: Date,
}

pub(crate) fn insert(tx: &mut Tx<'_>, one: &Disposisi) -> Result<()> {
    let (dicatat_nama, dicatat_jabatan) = match &one.dicatat {
        Some((nama, jabatan)) => (Some(nama.as_str()), Some(jabatan.as_str())),
        None => (None, None),
    };
    tx.exec(
        "INSERT INTO eoffice_disposisi (id, pokok, surat, induk, opd, dari, dari_jabatan, dari_nama, dicatat_nama, dicatat_jabatan,
            konfirmasi, instruksi, catatan, batas, sementara, sifat, wajib_laporan, created_at, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)",
        params![
            one.id,
            one.pokok.as_str(),
            one.surat,
            one.induk,
            one.opd,
            one.dari,
            &one.dari_jabatan,
            &one.dari_nama,
            dicatat_nama,
            dicatat_jabatan,
            one.konfirmasi.as_str(),
            one.instruksi.join(","),
            &one.catatan,
            one.batas,
            one.sementara,
            one.sifat.as_str(),
            one.wajib_laporan,
            one.created_at,
            one.versi
        ],
    )?;
    Ok(())
}

/// Saves the recipients of an order in one statement.
pub(crate) fn insert_tujuan(tx: &mut Tx<'_>, all: &[Tujuan]) -> Result<()> {
    // SQLite takes 32,766 values in one statement; forty recipients stay far below.
    for some in all.chunks(40) {
        let mut sql = Sql::new(
            "INSERT INTO eoffice_disposisi_tujuan (id, disposisi, surat, induk, urut, dari, opd, kepada, kepada_jabatan, kepada_nama,
                peran, wajib_laporan, status, kelompok, batas, urutan, ingat, created_at, dibaca_pada, dibaca_oleh, laporan, naskah,
                naskah_id, dilaporkan_pada, dilaporkan_oleh, alasan, selesai_pada, versi) VALUES",
        );
        for (at, one) in some.iter().enumerate() {
            sql.push(if at == 0 {
                "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
            } else {
                ",(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
            });
            sql.bind(one.id).bind(one.disposisi).bind(one.surat).bind(one.induk).bind(one.urut).bind(one.dari).bind(one.opd);
            sql.bind(one.kepada).bind(&one.kepada_jabatan).bind(&one.kepada_nama).bind(one.peran.as_str());
            sql.bind(one.wajib_laporan).bind(one.status.as_str()).bind(one.status.kelompok().as_str()).bind(one.batas);
            sql.bind(urutan(one.batas)).bind(one.ingat).bind(one.created_at).bind(one.dibaca_pada);
            sql.bind(one.dibaca_oleh.as_deref()).bind(one.laporan.as_deref()).bind(one.naskah.as_deref());
            sql.bind(one.jawaban);
            sql.bind(one.dilaporkan_pada).bind(one.dilaporkan_oleh.as_deref()).bind(one.alasan.as_deref());
            sql.bind(one.selesai_pada).bind(one.versi);
        }
        sql.exec(tx)?;
    }
    Ok(())
}

/// Saves a recipient's row; `false` when somebody was first.
pub(crate) fn save(tx: &mut Tx<'_>, one: &Tujuan) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE eoffice_disposisi_tujuan SET status = ?3, kelompok = ?4, ingat = ?5, dibaca_pada = ?6, dibaca_oleh = ?7,
            laporan = ?8, naskah = ?9, dilaporkan_pada = ?10, dilaporkan_oleh = ?11, alasan = ?12, selesai_pada = ?13,
            naskah_id = ?14, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![
            one.id,
            one.versi,
            one.status.as_str(),
            one.status.kelompok().as_str(),
            one.ingat,
            one.dibaca_pada,
            one.dibaca_oleh.as_deref(),
            one.laporan.as_deref(),
            one.naskah.as_deref(),
            one.dilaporkan_pada,
            one.dilaporkan_oleh.as_deref(),
            one.alasan.as_deref(),
            one.selesai_pada,
            one.jawaban
        ],
    )?;
    Ok(changed == 1)
}

/// Notes the next reminder; the row itself does not change for people.
pub(crate) fn set_ingat(tx: &mut Tx<'_>, id: Id, ingat: Option<Date>) -> Result<()> {
    tx.exec("UPDATE eoffice_disposisi_tujuan SET ingat = ?2 WHERE id = ?1", params![id, ingat])?;
    Ok(())
}

/// Notes which naskah answers; the row itself does not change for people.
pub(crate) fn set_jawaban(tx: &mut Tx<'_>, id: Id, naskah: Id) -> Result<()> {
    tx.exec("UPDATE eoffice_disposisi_tujuan SET naskah_id = ?2 WHERE id = ?1", params![id, naskah])?;
    Ok(())
}

/// Saves the leader's word on what the aide wrote down; `false` when somebody was first.
pub(crate) fn confirm(tx: &mut Tx<'_>, one: &Disposisi, konfirmasi: Konfirmasi, now: Moment) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE eoffice_disposisi SET konfirmasi = ?3, dikonfirmasi_pada = ?4, versi = versi + 1 WHERE id = ?1 AND versi = ?2",
        params![one.id, one.versi, konfirmasi.as_str(), now],
    )?;
    Ok(changed == 1)
}

const DISPOSISI: &str = "SELECT id, surat, induk, opd, dari, dari_jabatan, dari_nama, dicatat_nama, dicatat_jabatan, konfirmasi,
    instruksi, catatan, batas, sementara, sifat, wajib_laporan, created_at, versi, pokok FROM eoffice_disposisi";
const TUJUAN: &str =
    "SELECT id, disposisi, surat, induk, urut, dari, opd, kepada, kepada_jabatan, kepada_nama, peran, wajib_laporan,
    status, batas, ingat, created_at, dibaca_pada, dibaca_oleh, laporan, naskah, dilaporkan_pada, dilaporkan_oleh, alasan,
    selesai_pada, versi, naskah_id FROM eoffice_disposisi_tujuan";

/// One order. The caller has checked that its letter may be seen.
pub(crate) fn find(tx: &mut Tx<'_>, id: Id) -> Result<Option<Disposisi>> {
    let mut sql = Sql::new(DISPOSISI);
    sql.filter("id = ?").bind(id);
    sql.opt(tx, read)
}

/// One recipient's row. The caller has checked that its letter may be seen.
pub(crate) fn find_tujuan(tx: &mut Tx<'_>, id: Id) -> Result<Option<Tujuan>> {
    let mut sql = Sql::new(TUJUAN);
    sql.filter("id = ?").bind(id);
    sql.opt(tx, read_tujuan)
}

/// The orders on a letter, in the order in which they were given.
pub(crate) fn of_surat(tx: &mut Tx<'_>, surat: Id) -> Result<Vec<Disposisi>> {
    let mut sql = Sql::new(DISPOSISI);
    sql.filter("surat = ?").bind(surat).push("ORDER BY created_at, id");
    sql.list(tx, read)
}

/// Every recipient of every order on a letter.
pub(crate) fn tujuan_of_surat(tx: &mut Tx<'_>, surat: Id) -> Result<Vec<Tujuan>> {
    let mut sql = Sql::new(TUJUAN);
    sql.filter("surat = ?").bind(surat).push("ORDER BY created_at, urut, id");
    sql.list(tx, read_tujuan)
}

/// The recipients of one order.
pub(crate) fn tujuan_of(tx: &mut Tx<'_>, disposisi: Id) -> Result<Vec<Tujuan>> {
    let mut sql = Sql::new(TUJUAN);
    sql.filter("disposisi = ?").bind(disposisi).push("ORDER BY urut, id");
    sql.list(tx, read_tujuan)
}

/// Those to whom a recipient passed the work on.
pub(crate) fn children(tx: &mut Tx<'_>, tujuan: Id) -> Result<Vec<Tujuan>> {
    let mut sql = Sql::new(TUJUAN);
    sql.filter("induk = ?").bind(tujuan).push("ORDER BY created_at, urut, id");
    sql.list(tx, read_tujuan)
}

/// One page of a post's orders: what is open by due date, what ended with the latest due date first.
pub(crate) fn list(tx: &mut Tx<'_>, sisi: Sisi, kelompok: Kelompok, after: Option<&After>, limit: usize) -> Result<Vec<Baris>> {
    let mut sql = Sql::new(
        "SELECT t.id, t.urutan, t.surat, s.agenda, s.tahun, COALESCE(s.asal, n.penandatangan_jabatan), COALESCE(s.hal, n.hal),
            COALESCE(s.sifat, n.sifat), d.dari_jabatan, t.kepada_jabatan, t.peran, t.wajib_laporan, t.status, t.batas,
            t.created_at, COALESCE(s.opd, n.opd), d.pokok, n.nomor
         FROM eoffice_disposisi_tujuan t JOIN eoffice_disposisi d ON d.id = t.disposisi
            LEFT JOIN eoffice_surat_masuk s ON s.id = t.surat LEFT JOIN eoffice_naskah n ON n.id = t.surat",
    );
    match sisi {
        Sisi::Kepada(jabatan) => sql.filter("t.kepada = ?").bind(jabatan),
        Sisi::Dari(jabatan) => sql.filter("t.dari = ?").bind(jabatan),
    };
    sql.filter("t.kelompok = ?").bind(kelompok.as_str());
    let down = kelompok == Kelompok::Selesai;
    if let Some(After { urutan, id }) = after {
        sql.filter(if down { "(t.urutan, t.id) < (?, ?)" } else { "(t.urutan, t.id) > (?, ?)" }).bind(urutan.as_str()).bind(*id);
    }
    sql.push(if down { "ORDER BY t.urutan DESC, t.id DESC LIMIT ?" } else { "ORDER BY t.urutan, t.id LIMIT ?" });
    sql.bind(i64::try_from(limit).unwrap_or(i64::MAX)).list(tx, read_baris)
}

/// How many open orders a post has, at most `cap`; only those due before `day` when one is given.
pub(crate) fn count(tx: &mut Tx<'_>, sisi: Sisi, kelompok: Kelompok, before: Option<Date>, cap: i64) -> Result<usize> {
    let mut sql = Sql::new("SELECT id FROM eoffice_disposisi_tujuan");
    match sisi {
        Sisi::Kepada(jabatan) => sql.filter("kepada = ?").bind(jabatan),
        Sisi::Dari(jabatan) => sql.filter("dari = ?").bind(jabatan),
    };
    sql.filter("kelompok = ?").bind(kelompok.as_str());
    if let Some(day) = before {
        sql.filter("urutan < ?").bind(day);
    }
    sql.push("LIMIT ?").bind(cap);
    Ok(sql.list(tx, |_| Ok(()))?.len())
}

/// Open orders of an OPD whose day is over, as (post, its name): at most `limit`, for the statistics.
pub(crate) fn overdue(tx: &mut Tx<'_>, opd: Id, today: Date, limit: i64) -> Result<Vec<(Id, String)>> {
    tx.list(
        "SELECT kepada, kepada_jabatan, status FROM eoffice_disposisi_tujuan
         WHERE opd = ?1 AND kelompok = 'terbuka' AND urutan < ?2 ORDER BY urutan, id LIMIT ?3",
        params![opd, today, limit],
        |row| Ok((row.get(0)?, row.get(1)?, status(row, 2)?)),
    )
    .map(|rows| {
        let late = rows.into_iter().filter(|(_, _, status): &(Id, String, Status)| status.presses());
        late.map(|(jabatan, nama, _)| (jabatan, nama)).collect()
    })
}

/// Whose reminder is due, at most `limit`.
pub(crate) fn to_remind(tx: &mut Tx<'_>, today: Date, limit: i64) -> Result<Vec<Ingatan>> {
    let mut sql = Sql::new(TUJUAN);
    sql.filter("ingat <= ?").bind(today).push("ORDER BY ingat, id LIMIT ?").bind(limit);
    let rows = sql.list(tx, read_tujuan)?;
    Ok(rows.into_iter().filter_map(|tujuan| tujuan.ingat.map(|ingat| Ingatan { ingat, tujuan })).collect())
}

fn urutan(batas: Option<Date>) -> String {
    batas.map_or_else(|| NO_DATE.to_owned(), |batas| batas.to_string())
}

fn status(row: &Row<'_>, at: usize) -> Result<Status> {
    let word: String = row.get(at)?;
    Status::parse(&word).map_err(|_| StoreError::unknown_word("keadaan disposisi", &word))
}

fn peran(row: &Row<'_>, at: usize) -> Result<Peran> {
    let word: String = row.get(at)?;
    Peran::parse(&word).map_err(|_| StoreError::unknown_word("peran penerima disposisi", &word))
}

fn pokok(row: &Row<'_>, at: usize) -> Result<Jenis> {
    let word: String = row.get(at)?;
    Jenis::parse(&word).map_err(|_| StoreError::unknown_word("pokok disposisi", &word))
}

fn sifat(row: &Row<'_>, at: usize) -> Result<Sifat> {
    let word: String = row.get(at)?;
    Sifat::parse(&word).map_err(|_| StoreError::unknown_word("sifat", &word))
}

fn read(row: &Row<'_>) -> Result<Disposisi> {
    let konfirmasi: String = row.get(9)?;
    let dicatat = row.get::<Option<String>>(7)?.zip(row.get::<Option<String>>(8)?);
    let instruksi: String = row.get(10)?;
    Ok(Disposisi {
        id: row.get(0)?,
        surat: row.get(1)?,
        induk: row.get(2)?,
        opd: row.get(3)?,
        dari: row.get(4)?,
        dari_jabatan: row.get(5)?,
        dari_nama: row.get(6)?,
        dicatat,
        konfirmasi: Konfirmasi::parse(&konfirmasi).map_err(|_| StoreError::unknown_word("pembenaran disposisi", &konfirmasi))?,
        instruksi: instruksi.split(',').filter(|kode| !kode.is_empty()).map(ToOwned::to_owned).collect(),
        catatan: row.get(11)?,
        batas: row.get(12)?,
        sementara: row.get(13)?,
        sifat: sifat(row, 14)?,
        wajib_laporan: row.get(15)?,
        created_at: row.get(16)?,
        versi: row.get(17)?,
        pokok: pokok(row, 18)?,
    })
}

fn read_tujuan(row: &Row<'_>) -> Result<Tujuan> {
    Ok(Tujuan {
        id: row.get(0)?,
        disposisi: row.get(1)?,
        surat: row.get(2)?,
        induk: row.get(3)?,
        urut: row.get(4)?,
        dari: row.get(5)?,
        opd: row.get(6)?,
        kepada: row.get(7)?,
        kepada_jabatan: row.get(8)?,
        kepada_nama: row.get(9)?,
        peran: peran(row, 10)?,
        wajib_laporan: row.get(11)?,
        status: status(row, 12)?,
        batas: row.get(13)?,
        ingat: row.get(14)?,
        created_at: row.get(15)?,
        dibaca_pada: row.get(16)?,
        dibaca_oleh: row.get(17)?,
        laporan: row.get(18)?,
        naskah: row.get(19)?,
        dilaporkan_pada: row.get(20)?,
        dilaporkan_oleh: row.get(21)?,
        alasan: row.get(22)?,
        selesai_pada: row.get(23)?,
        versi: row.get(24)?,
        jawaban: row.get(25)?,
    })
}

fn read_baris(row: &Row<'_>) -> Result<Baris> {
    let sifat = sifat(row, 7)?;
    Ok(Baris {
        id: row.get(0)?,
        urutan: row.get(1)?,
        pokok: pokok(row, 16)?,
        surat: row.get(2)?,
        nomor: match row.get::<Option<i64>>(3)?.zip(row.get(4)?) {
            Some((agenda, tahun)) => format!("agenda {}", nomor_agenda(agenda, tahun)),
            None => row.get::<Option<String>>(17)?.map_or_else(|| "tanpa nomor".to_owned(), |nomor| format!("nomor {nomor}")),
        },
        asal: row.get(5)?,
        hal: if sifat.is_secret() { RAHASIA.to_owned() } else { row.get(6)? },
        sifat,
        dari_jabatan: row.get(8)?,
        kepada_jabatan: row.get(9)?,
        peran: peran(row, 10)?,
        wajib_laporan: row.get(11)?,
        status: status(row, 12)?,
        batas: row.get(13)?,
        created_at: row.get(14)?,
        opd: row.get(15)?,
    })
}
