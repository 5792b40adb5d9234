//! The only SQL about the archive.

use praja_desk::klasifikasi::Nasib;
use praja_kernel::{Date, Id, Moment, Scope, escape_like, fold};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{
    ANRI_YEARS, Baru, Berkas, Masa, Persetujuan, Tahap,
    isi::{Baris, Isi, Jenis},
    kode_urut,
};
use crate::surat_masuk::store::word;

/// Rows of one page.
pub(crate) const PAGE: usize = 50;

/// Opens a file with the next number of its OPD. The caller holds the key of the OPD's archive.
pub(crate) fn insert(tx: &mut Tx<'_>, opd: Id, baru: &Baru) -> Result<Berkas> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    let last: Option<i64> =
        tx.opt("SELECT nomor FROM eoffice_berkas WHERE opd = ?1 ORDER BY nomor DESC LIMIT 1", params![opd], |row| row.get(0))?;
    let berkas = Berkas {
        id,
        opd,
        nomor: last.unwrap_or(0) + 1,
        kode: baru.kode.clone(),
        nama: baru.nama.clone(),
        uraian: baru.uraian.clone(),
        lokasi: baru.lokasi.clone(),
        tahap: Tahap::Terbuka,
        sifat: praja_kernel::Sifat::Biasa,
        jumlah: 0,
        dibuka: baru.dibuka,
        ditutup: None,
        peristiwa_pada: None,
        masa: baru.masa.clone(),
        susut: None,
        created_at: now,
        versi: 1,
    };
    tx.exec(
        "INSERT INTO eoffice_berkas (id, opd, nomor, kode, kode_urut, nama, nama_fold, uraian, lokasi, tahap, sifat, jumlah, dibuka,
            peristiwa, aktif_tahun, inaktif_tahun, nasib, nasib_teks, created_at, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
        params![
            id,
            opd,
            berkas.nomor,
            &berkas.kode,
            kode_urut(&berkas.kode),
            &berkas.nama,
            fold(&berkas.nama),
            berkas.uraian.as_deref(),
            berkas.lokasi.as_deref(),
            berkas.tahap.as_str(),
            berkas.sifat.as_str(),
            berkas.jumlah,
            berkas.dibuka,
            berkas.masa.peristiwa.as_deref(),
            i64::from(berkas.masa.aktif),
            i64::from(berkas.masa.inaktif),
            berkas.masa.nasib.as_str(),
            &berkas.masa.nasib_teks,
            now,
            berkas.versi
        ],
    )?;
    Ok(berkas)
}

/// Saves what may change of a file; `false` when somebody was first.
pub(crate) fn update(tx: &mut Tx<'_>, berkas: &Berkas) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE eoffice_berkas SET nama = ?3, nama_fold = ?4, uraian = ?5, lokasi = ?6, tahap = ?7, sifat = ?8, jumlah = ?9,
            ditutup = ?10, peristiwa_pada = ?11, tempo = ?12, nasib = ?13, nasib_teks = ?14, susut = ?15, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![
            berkas.id,
            berkas.versi,
            &berkas.nama,
            fold(&berkas.nama),
            berkas.uraian.as_deref(),
            berkas.lokasi.as_deref(),
            berkas.tahap.as_str(),
            berkas.sifat.as_str(),
            berkas.jumlah,
            berkas.ditutup,
            berkas.peristiwa_pada,
            berkas.tempo(),
            berkas.masa.nasib.as_str(),
            &berkas.masa.nasib_teks,
            berkas.susut
        ],
    )?;
    Ok(changed == 1)
}

/// The columns of a file, for [`read`].
pub(crate) const COLUMNS: &str = "b.id, b.opd, b.nomor, b.kode, b.nama, b.uraian, b.lokasi, b.tahap, b.sifat, b.jumlah, b.dibuka,
    b.ditutup, b.peristiwa, b.peristiwa_pada, b.aktif_tahun, b.inaktif_tahun, b.nasib, b.nasib_teks, b.created_at, b.versi, b.susut";
/// How many these are.
pub(crate) const WIDTH: usize = 21;

fn berkas() -> Sql {
    let mut sql = Sql::new("SELECT");
    sql.push(COLUMNS).push("FROM eoffice_berkas b");
    sql
}

/// A file of one of these OPDs.
pub(crate) fn find(tx: &mut Tx<'_>, opds: &[Id], id: Id) -> Result<Option<Berkas>> {
    let mut sql = berkas();
    sql.filter("id = ?").bind(id);
    Ok(sql.opt(tx, read)?.filter(|berkas| opds.contains(&berkas.opd)))
}

/// Where a page of the list begins: the row before it, by what the list is ordered by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Key {
    /// Code with its parts at equal width, and number.
    Kode(String, i64),
    /// The day its stage ended, and the file.
    Tempo(Date, Id),
}

impl Key {
    /// The place after this row of a list.
    pub(crate) fn after(saringan: Saringan, row: &Berkas) -> Option<Self> {
        match saringan {
            Saringan::Lewat(..) => Some(Self::Tempo(row.tempo()?, row.id)),
            Saringan::Semua | Saringan::Tahap(_) => Some(Self::Kode(kode_urut(&row.kode), row.nomor)),
        }
    }

    /// Reads the place from an address, as [`std::fmt::Display`] writes it.
    pub(crate) fn read(saringan: Saringan, text: &str) -> Option<Self> {
        let (first, second) = text.split_once('_')?;
        match saringan {
            Saringan::Lewat(..) => Some(Self::Tempo(first.parse().ok()?, second.parse().ok()?)),
            Saringan::Semua | Saringan::Tahap(_) => Some(Self::Kode(first.to_owned(), second.parse().ok()?)),
        }
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Kode(kode, nomor) => write!(f, "{kode}_{nomor}"),
            Self::Tempo(tempo, id) => write!(f, "{tempo}_{id}"),
        }
    }
}

/// Which files a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Saringan {
    Semua,
    Tahap(Tahap),
    /// Whose stage ended before this day.
    Lewat(Tahap, Date),
}

/// One page of the files of an OPD, by code and number; those past their time by the day it ended.
pub(crate) fn list(tx: &mut Tx<'_>, opd: Id, saringan: Saringan, after: Option<&Key>, limit: usize) -> Result<Vec<Berkas>> {
    let mut sql = berkas();
    sql.filter("opd = ?").bind(opd);
    let order = match saringan {
        Saringan::Semua => "ORDER BY kode_urut, nomor, id LIMIT ?",
        Saringan::Tahap(tahap) => {
            sql.filter("tahap = ?").bind(tahap.as_str());
            "ORDER BY kode_urut, nomor, id LIMIT ?"
        }
        Saringan::Lewat(tahap, today) => {
            sql.filter("tahap = ?").bind(tahap.as_str()).filter("tempo < ?").bind(today);
            "ORDER BY tempo, id LIMIT ?"
        }
    };
    match after {
        Some(Key::Kode(kode, nomor)) => {
            sql.filter("(kode_urut, nomor) > (?, ?)").bind(kode.as_str()).bind(*nomor);
        }
        Some(Key::Tempo(tempo, id)) => {
            sql.filter("(tempo, id) > (?, ?)").bind(*tempo).bind(*id);
        }
        None => {}
    }
    sql.push(order).bind(i64::try_from(limit).unwrap_or(i64::MAX)).list(tx, read)
}

/// Files of an OPD that may be moved, destroyed or handed over now and stand in no list, those longest past their time first.
pub(crate) fn candidates(
    tx: &mut Tx<'_>,
    opd: Id,
    (tahap, fates): (Tahap, &[Nasib]),
    whose: Option<Persetujuan>,
    today: Date,
    after: Option<(Date, Id)>,
    limit: usize,
) -> Result<Vec<Berkas>> {
    let mut sql = berkas();
    sql.filter("opd = ?").bind(opd).filter("tahap = ?").bind(tahap.as_str()).filter("tempo < ?").bind(today);
    sql.filter_in("nasib", fates.iter().map(|nasib| nasib.as_str())).filter("susut IS NULL");
    match whose {
        Some(Persetujuan::KepalaAnri) => {
            sql.filter("aktif_tahun + inaktif_tahun >= ?").bind(i64::from(ANRI_YEARS));
        }
        Some(Persetujuan::KepalaDaerah) => {
            sql.filter("aktif_tahun + inaktif_tahun < ?").bind(i64::from(ANRI_YEARS));
        }
        None => {}
    }
    if let Some((tempo, id)) = after {
        sql.filter("(tempo, id) > (?, ?)").bind(tempo).bind(id);
    }
    sql.push("ORDER BY tempo, id LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX)).list(tx, read)
}

/// At most this many words of what was typed count.
const WORDS: usize = 8;

/// Open files of an OPD whose code begins as typed, then those whose name has all words; at most `limit`, however many are open.
pub(crate) fn suggest(tx: &mut Tx<'_>, opd: Id, typed: &str, limit: usize) -> Result<Vec<Berkas>> {
    let mut found: Vec<Berkas> = Vec::new();
    let code = typed.split_whitespace().next().filter(|word| word.starts_with(|letter: char| letter.is_ascii_digit()));
    if let Some(code) = code.filter(|code| *code == typed.trim()) {
        let mut sql = open(opd);
        sql.filter("kode LIKE ? ESCAPE '!'").bind(format!("{}%", escape_like(code)));
        found = first(sql, tx, limit)?;
    }
    if found.len() < limit {
        let mut sql = open(opd);
        for word in fold(typed).split(' ').filter(|word| !word.is_empty()).take(WORDS) {
            sql.filter("nama_fold LIKE ? ESCAPE '!'").bind(format!("%{}%", escape_like(word)));
        }
        for berkas in first(sql, tx, limit)? {
            if found.len() < limit && found.iter().all(|known| known.id != berkas.id) {
                found.push(berkas);
            }
        }
    }
    Ok(found)
}

fn open(opd: Id) -> Sql {
    let mut sql = berkas();
    sql.filter("opd = ?").bind(opd).filter("tahap = ?").bind(Tahap::Terbuka.as_str());
    sql
}

fn first(mut sql: Sql, tx: &mut Tx<'_>, limit: usize) -> Result<Vec<Berkas>> {
    sql.push("ORDER BY kode_urut, nomor, id LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX)).list(tx, read)
}

pub(crate) fn read(row: &Row<'_>) -> Result<Berkas> {
    let years = |at: usize| -> Result<u16> {
        u16::try_from(row.get::<i64>(at)?).map_err(|_| StoreError::Corrupt("years of a file".into()))
    };
    let nasib: String = row.get(16)?;
    Ok(Berkas {
        id: row.get(0)?,
        opd: row.get(1)?,
        nomor: row.get(2)?,
        kode: row.get(3)?,
        nama: row.get(4)?,
        uraian: row.get(5)?,
        lokasi: row.get(6)?,
        tahap: word(row, 7)?,
        sifat: word(row, 8)?,
        jumlah: row.get(9)?,
        dibuka: row.get(10)?,
        ditutup: row.get(11)?,
        peristiwa_pada: row.get(13)?,
        masa: Masa {
            peristiwa: row.get(12)?,
            aktif: years(14)?,
            inaktif: years(15)?,
            nasib: Nasib::parse(&nasib).ok_or_else(|| StoreError::unknown_word("nasib akhir", &nasib))?,
            nasib_teks: row.get(17)?,
        },
        created_at: row.get(18)?,
        versi: row.get(19)?,
        susut: row.get(20)?,
    })
}

/// Puts a line into a file.
pub(crate) fn insert_isi(tx: &mut Tx<'_>, berkas: Id, isi: &Isi) -> Result<()> {
    let (id, now, nama) = (tx.new_id()?, tx.now()?, tx.by()?.actor.nama().to_owned());
    let last: Option<i64> =
        tx.opt("SELECT nomor FROM eoffice_berkas_isi WHERE berkas = ?1 ORDER BY nomor DESC LIMIT 1", params![berkas], |row| {
            row.get(0)
        })?;
    tx.exec(
        "INSERT INTO eoffice_berkas_isi (id, berkas, nomor, jenis, surat, nomor_surat, tanggal, uraian, pihak, sifat, oleh_nama, pada, objek)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        params![
            id,
            berkas,
            last.unwrap_or(0) + 1,
            isi.jenis.as_str(),
            isi.surat,
            isi.nomor_surat.as_deref(),
            isi.tanggal,
            &isi.uraian,
            &isi.pihak,
            isi.sifat.as_str(),
            nama,
            now,
            &isi.objek
        ],
    )?;
    Ok(())
}

/// Takes a line out again: its trail is in the audit chain.
pub(crate) fn remove_isi(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    tx.exec("DELETE FROM eoffice_berkas_isi WHERE id = ?1", params![id])?;
    Ok(())
}

const ISI: &str =
    "SELECT id, nomor, jenis, surat, nomor_surat, tanggal, uraian, pihak, sifat, oleh_nama, pada, objek FROM eoffice_berkas_isi";

/// Lines of a file after a number.
pub(crate) fn isi(tx: &mut Tx<'_>, berkas: Id, after: i64, limit: usize) -> Result<Vec<Baris>> {
    let mut sql = Sql::new(ISI);
    sql.filter("berkas = ?").bind(berkas).filter("nomor > ?").bind(after);
    sql.push("ORDER BY nomor LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX)).list(tx, read_isi)
}

/// One line of a file.
pub(crate) fn one_isi(tx: &mut Tx<'_>, berkas: Id, id: Id) -> Result<Option<Baris>> {
    let mut sql = Sql::new(ISI);
    sql.filter("id = ?").bind(id).filter("berkas = ?").bind(berkas).opt(tx, read_isi)
}

/// The highest class of what lies in a file.
pub(crate) fn highest(tx: &mut Tx<'_>, berkas: Id) -> Result<praja_kernel::Sifat> {
    let all = tx.list("SELECT DISTINCT sifat FROM eoffice_berkas_isi WHERE berkas = ?1", params![berkas], |row| word(row, 0))?;
    Ok(all.into_iter().max().unwrap_or(praja_kernel::Sifat::Biasa))
}

/// The file a letter or naskah lies in.
pub(crate) fn of_surat(tx: &mut Tx<'_>, surat: Id) -> Result<Option<Berkas>> {
    let mut sql = Sql::new("SELECT");
    sql.push(COLUMNS).push("FROM eoffice_berkas_isi i JOIN eoffice_berkas b ON b.id = i.berkas WHERE i.surat = ?").bind(surat);
    sql.opt(tx, read)
}

/// The open file that the system keeps for a source.
pub(crate) fn open_of(tx: &mut Tx<'_>, opd: Id, sumber: &str) -> Result<Option<Berkas>> {
    let mut sql = berkas();
    sql.filter("opd = ?").bind(opd).filter("sumber = ?").bind(sumber).filter("tahap = ?").bind(Tahap::Terbuka.as_str());
    sql.push("ORDER BY id LIMIT 1").opt(tx, read)
}

/// Says for which source a file was opened.
pub(crate) fn set_source(tx: &mut Tx<'_>, id: Id, sumber: &str) -> Result<()> {
    tx.exec("UPDATE eoffice_berkas SET sumber = ?2 WHERE id = ?1", params![id, sumber])?;
    Ok(())
}

/// Up to which event it was made sure that everything was heard.
pub(crate) fn caught_up(tx: &mut Tx<'_>, nama: &str) -> Result<i64> {
    Ok(tx.opt("SELECT sampai FROM eoffice_susulan WHERE nama = ?1", params![nama], |row| row.get(0))?.unwrap_or(0))
}

/// Notes it.
pub(crate) fn set_caught_up(tx: &mut Tx<'_>, nama: &str, sampai: i64) -> Result<()> {
    tx.exec(
        "INSERT INTO eoffice_susulan (nama, sampai) VALUES (?1, ?2) ON CONFLICT (nama) DO UPDATE SET sampai = excluded.sampai",
        params![nama, sampai],
    )?;
    Ok(())
}

fn read_isi(row: &Row<'_>) -> Result<Baris> {
    Ok(Baris {
        id: row.get(0)?,
        nomor: row.get(1)?,
        isi: Isi {
            jenis: word(row, 2)?,
            surat: row.get(3)?,
            nomor_surat: row.get(4)?,
            tanggal: row.get(5)?,
            uraian: row.get(6)?,
            pihak: row.get(7)?,
            sifat: word(row, 8)?,
            objek: row.get(11)?,
        },
        oleh_nama: row.get(9)?,
        pada: row.get(10)?,
    })
}

/// A place in the list of what is not filed: when it was registered or begun, and its id.
pub(crate) type Belum = (Moment, Id);

/// How much of an OPD is finished and lies in no file, at most `cap`: counted from an index that holds nothing else.
pub(crate) fn count_unfiled(tx: &mut Tx<'_>, opd: Id, jenis: Jenis, cap: i64) -> Result<usize> {
    let sql = match jenis {
        Jenis::Masuk => {
            "SELECT id FROM eoffice_surat_masuk WHERE status = 'selesai' AND impor IS NULL AND opd = ?1 ORDER BY created_at, id LIMIT ?2"
        }
        Jenis::Izin => return Ok(0),
        Jenis::Keluar => "SELECT id FROM eoffice_naskah WHERE status = 'dikirim' AND opd = ?1 ORDER BY created_at, id LIMIT ?2",
    };
    Ok(tx.list(sql, params![opd, cap], |_| Ok(()))?.len())
}

/// What is finished and lies in no file, oldest first, as far as the scope may see it.
pub(crate) fn unfiled(
    tx: &mut Tx<'_>,
    scope: &Scope,
    opd: Id,
    jenis: Jenis,
    after: Option<Belum>,
    limit: usize,
) -> Result<Vec<Belum>> {
    // The state stands in the text, because the index holds only rows of it.
    let (text, access) = match jenis {
        Jenis::Masuk => (
            "SELECT s.created_at, s.id FROM eoffice_surat_masuk s WHERE s.status = 'selesai' AND s.impor IS NULL",
            "eoffice_akses",
        ),
        Jenis::Izin => return Ok(Vec::new()),
        Jenis::Keluar => ("SELECT s.created_at, s.id FROM eoffice_naskah s WHERE s.status = 'dikirim'", "eoffice_naskah_akses"),
    };
    let mut sql = Sql::new(text);
    sql.push("AND s.opd = ?").bind(opd);
    if let Some((at, id)) = after {
        sql.push("AND (s.created_at, s.id) > (?, ?)").bind(at).bind(id);
    }
    sql.push("AND EXISTS (SELECT 1 FROM").push(access).push("a WHERE a.id = s.id AND (1 = 0");
    for subject in scope.subjects() {
        sql.push("OR a.subject = ?").bind(subject);
    }
    sql.push(")) ORDER BY s.created_at, s.id LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX));
    sql.list(tx, |row| Ok((row.get(0)?, row.get(1)?)))
}
