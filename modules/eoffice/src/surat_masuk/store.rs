//! The only SQL about surat masuk.

mod list;
pub(crate) mod luar;

use praja_kernel::{Date, Id, Moment, Scope, fold};
use praja_store::{FromValue, Result, Row, Sql, StoreError, Tx, params};

pub(crate) use list::*;

use super::{
    Isi, SuratMasuk,
    alur::Langkah,
    write::{Pengantar, Tersimpan},
};

/// A letter that was registered before with the same sender, number and date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kembar {
    pub(crate) id: Id,
    pub(crate) agenda: i64,
    pub(crate) tahun: i64,
    pub(crate) diterima: Date,
}

/// Saves a new letter and who may see it: two statements.
pub(crate) fn insert(tx: &mut Tx<'_>, surat: &SuratMasuk, readers: &[String]) -> Result<()> {
    let isi = &surat.isi;
    tx.exec(
        "INSERT INTO eoffice_surat_masuk (id, opd, tahun, agenda, asal, asal_fold, nomor_surat, nomor_fold, tanggal_surat,
            tanggal_terima, hal, ringkasan, klasifikasi, sifat, derajat, tujuan, jumlah_lampiran, lokasi, status, tenggat,
            tenggat_sementara, pemegang, pemegang_sejak, created_at, versi, instansi, pencatat, penerima, disposisi_terakhir,
            disposisi_pada, selesai_pada, penutup)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25,
            ?26, ?27, ?28, ?29, ?30, ?31, ?32)",
        params![
            surat.id,
            surat.opd,
            surat.tahun,
            surat.agenda,
            &isi.asal,
            fold(&isi.asal),
            isi.nomor_surat.as_deref(),
            nomor_fold(isi),
            isi.tanggal_surat,
            isi.tanggal_terima,
            &isi.hal,
            isi.ringkasan.as_deref(),
            isi.klasifikasi.as_deref(),
            isi.sifat.as_str(),
            isi.derajat.as_str(),
            isi.tujuan.as_deref(),
            isi.jumlah_lampiran,
            isi.lokasi.as_deref(),
            surat.status.as_str(),
            surat.tenggat,
            surat.tenggat_sementara,
            &surat.pemegang,
            surat.pemegang_sejak,
            surat.created_at,
            surat.versi,
            isi.instansi,
            surat.pencatat,
            surat.penerima,
            &surat.disposisi_terakhir,
            surat.disposisi_pada,
            surat.selesai_pada,
            surat.penutup.as_deref()
        ],
    )?;
    allow(tx, surat, readers)
}

/// Lets subjects see that a letter is there; those who may already are left as they are.
pub(crate) fn allow(tx: &mut Tx<'_>, surat: &SuratMasuk, readers: &[String]) -> Result<()> {
    if readers.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new("INSERT INTO eoffice_akses (id, subject, created_at, status, tenggat) VALUES");
    for (at, reader) in readers.iter().enumerate() {
        sql.push(if at == 0 { "(?, ?, ?, ?, ?)" } else { ", (?, ?, ?, ?, ?)" });
        sql.bind(surat.id).bind(reader).bind(surat.created_at).bind(surat.status.as_str()).bind(running(surat));
    }
    sql.push("ON CONFLICT (id, subject) DO NOTHING").exec(tx)?;
    Ok(())
}

/// Takes back what an order gave that was withdrawn unread: a right, not a record; the trail keeps both acts.
pub(crate) fn disallow(tx: &mut Tx<'_>, surat: Id, subjects: &[String]) -> Result<()> {
    for subject in subjects {
        tx.exec("DELETE FROM eoffice_akses WHERE id = ?1 AND subject = ?2", params![surat, subject])?;
        tx.exec("DELETE FROM eoffice_pembuka WHERE surat = ?1 AND subject = ?2", params![surat, subject])?;
    }
    Ok(())
}

/// Everybody who may see a letter.
pub(crate) fn readers_of(tx: &mut Tx<'_>, surat: Id) -> Result<Vec<String>> {
    tx.list("SELECT subject FROM eoffice_akses WHERE id = ?1", params![surat], |row| row.get(0))
}

/// Lets subjects open what is in a secret letter.
pub(crate) fn allow_opening(tx: &mut Tx<'_>, surat: Id, subjects: &[String]) -> Result<()> {
    for subject in subjects {
        tx.exec(
            "INSERT INTO eoffice_pembuka (surat, subject) VALUES (?1, ?2) ON CONFLICT (surat, subject) DO NOTHING",
            params![surat, subject],
        )?;
    }
    Ok(())
}

/// Everybody who may open a secret letter.
pub(crate) fn openers_of(tx: &mut Tx<'_>, surat: Id) -> Result<Vec<String>> {
    tx.list("SELECT subject FROM eoffice_pembuka WHERE surat = ?1", params![surat], |row| row.get(0))
}

/// Was a secret letter opened to one of the scope's subjects?
pub(crate) fn opens(tx: &mut Tx<'_>, scope: &Scope, surat: Id) -> Result<bool> {
    let mut sql = Sql::new("SELECT subject FROM eoffice_pembuka");
    sql.filter("surat = ?").bind(surat).filter_in("subject", scope.subjects()).push("LIMIT 1");
    Ok(sql.opt(tx, |_| Ok(()))?.is_some())
}

/// Saves how far a letter is and who holds it; `false` when somebody was first.
pub(crate) fn update(tx: &mut Tx<'_>, surat: &SuratMasuk) -> Result<bool> {
    let changed = tx.exec(
        "UPDATE eoffice_surat_masuk SET status = ?3, pemegang = ?4, pemegang_sejak = ?5, penerima = ?6, disposisi_terakhir = ?7,
            disposisi_pada = ?8, selesai_pada = ?9, penutup = ?10, tenggat = ?11, tenggat_sementara = ?12, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![
            surat.id,
            surat.versi,
            surat.status.as_str(),
            &surat.pemegang,
            surat.pemegang_sejak,
            surat.penerima,
            &surat.disposisi_terakhir,
            surat.disposisi_pada,
            surat.selesai_pada,
            surat.penutup.as_deref(),
            surat.tenggat,
            surat.tenggat_sementara
        ],
    )?;
    tx.exec(
        "UPDATE eoffice_akses SET status = ?2, tenggat = ?3 WHERE id = ?1",
        params![surat.id, surat.status.as_str(), running(surat)],
    )?;
    Ok(changed == 1)
}

/// The letter registered before with the same sender, number and date.
pub(crate) fn kembar(tx: &mut Tx<'_>, opd: Id, isi: &Isi) -> Result<Option<Kembar>> {
    tx.opt(
        "SELECT id, agenda, tahun, tanggal_terima FROM eoffice_surat_masuk
         WHERE opd = ?1 AND nomor_fold = ?2 AND tanggal_surat = ?3 AND asal_fold = ?4 LIMIT 1",
        params![opd, nomor_fold(isi), isi.tanggal_surat, fold(&isi.asal)],
        |row| Ok(Kembar { id: row.get(0)?, agenda: row.get(1)?, tahun: row.get(2)?, diterima: row.get(3)? }),
    )
}

/// One letter that the scope may see; a secret one without subject and summary.
pub(crate) fn find(tx: &mut Tx<'_>, scope: &Scope, id: Id) -> Result<Option<SuratMasuk>> {
    Ok(find_opened(tx, scope, id)?.map(SuratMasuk::masked))
}

const SURAT: &str =
    "s.id, s.opd, s.tahun, s.agenda, s.asal, s.nomor_surat, s.tanggal_surat, s.tanggal_terima, s.hal, s.ringkasan,
    s.klasifikasi, s.sifat, s.derajat, s.tujuan, s.jumlah_lampiran, s.lokasi, s.status, s.tenggat, s.tenggat_sementara,
    s.pemegang, s.pemegang_sejak, s.created_at, s.versi, s.instansi, s.pencatat, s.penerima, s.disposisi_terakhir,
    s.disposisi_pada, s.selesai_pada, s.penutup";

/// One letter that the scope may see, with everything in it. Only for who may open it, and only where that is written down.
pub(crate) fn find_opened(tx: &mut Tx<'_>, scope: &Scope, id: Id) -> Result<Option<SuratMasuk>> {
    let mut sql = Sql::new("SELECT");
    sql.push(SURAT).push("FROM eoffice_akses a JOIN eoffice_surat_masuk s ON s.id = a.id").filter("a.id = ?").bind(id);
    sql.filter_in("a.subject", scope.subjects()).push("LIMIT 1");
    sql.opt(tx, read_surat)
}

/// One letter, whoever asks: for background work, which shows it to nobody.
pub(crate) fn find_any(tx: &mut Tx<'_>, id: Id) -> Result<Option<SuratMasuk>> {
    let mut sql = Sql::new("SELECT");
    sql.push(SURAT).push("FROM eoffice_surat_masuk s").filter("s.id = ?").bind(id);
    sql.opt(tx, read_surat)
}

/// Letters after one that are not secret, by identity: for background work.
pub(crate) fn open_ids(tx: &mut Tx<'_>, after: &str, limit: i64) -> Result<Vec<Id>> {
    tx.list(
        "SELECT id FROM eoffice_surat_masuk WHERE id > ?1 AND sifat IN ('biasa', 'terbatas') ORDER BY id LIMIT ?2",
        params![after, limit],
        |row| row.get(0),
    )
}

/// Letters whose deadline may still move, by deadline.
pub(crate) fn provisional(tx: &mut Tx<'_>, after: (Moment, Id), limit: i64) -> Result<Vec<SuratMasuk>> {
    let mut sql = Sql::new("SELECT");
    sql.push(SURAT).push("FROM eoffice_surat_masuk s").filter("s.tenggat_sementara = TRUE");
    sql.filter("(s.tenggat, s.id) > (?, ?)").bind(after.0).bind(after.1);
    sql.push("ORDER BY s.tenggat, s.id LIMIT ?").bind(limit).list(tx, read_surat)
}

/// Saves the covering letter of a letter that is sent away.
pub(crate) fn insert_pengantar(tx: &mut Tx<'_>, surat: Id, saved: &Tersimpan) -> Result<()> {
    let (isi, now) = (&saved.isi, tx.now()?);
    tx.exec(
        "INSERT INTO eoffice_pengantar (surat, jenis, kepada, kepada_opd, nomor, tanggal, alasan, oleh_nama, oleh_jabatan, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            surat,
            isi.langkah.as_str(),
            &isi.kepada,
            isi.kepada_opd,
            &isi.nomor,
            isi.tanggal,
            &isi.alasan,
            &saved.oleh_nama,
            &saved.oleh_jabatan,
            now
        ],
    )?;
    Ok(())
}

/// The covering letter of a letter that was sent away. The caller has checked that the letter may be seen.
pub(crate) fn pengantar(tx: &mut Tx<'_>, surat: Id) -> Result<Option<Tersimpan>> {
    tx.opt(
        "SELECT jenis, kepada, kepada_opd, nomor, tanggal, alasan, oleh_nama, oleh_jabatan FROM eoffice_pengantar WHERE surat = ?1",
        params![surat],
        |row| {
            let jenis: String = row.get(0)?;
            Ok(Tersimpan {
                isi: Pengantar {
                    langkah: Langkah::parse(&jenis).map_err(|_| StoreError::unknown_word("langkah surat masuk", &jenis))?,
                    kepada: row.get(1)?,
                    kepada_opd: row.get(2)?,
                    nomor: row.get(3)?,
                    tanggal: row.get(4)?,
                    alasan: row.get(5)?,
                },
                oleh_nama: row.get(6)?,
                oleh_jabatan: row.get(7)?,
            })
        },
    )
}

/// Letters without a number compare as an empty text.
pub(crate) fn nomor_fold(isi: &Isi) -> String {
    isi.nomor_surat.as_deref().map_or_else(String::new, |nomor| fold(nomor).split_whitespace().collect())
}

fn running(surat: &SuratMasuk) -> Option<Moment> {
    surat.status.is_open().then_some(surat.tenggat)
}

/// A stored word that no choice has is a fault of ours, not of the reader.
struct Word<T>(T);

impl<T: std::str::FromStr<Err = praja_kernel::UnknownWord>> FromValue for Word<T> {
    fn from_value(value: praja_store::ValueRef<'_>) -> Result<Self> {
        let praja_store::ValueRef::Text(word) = value else {
            return Err(StoreError::Corrupt("a word was expected".into()));
        };
        word.parse().map(Self).map_err(|unknown: praja_kernel::UnknownWord| StoreError::unknown_word(unknown.noun, &unknown.word))
    }
}

pub(crate) fn word<T: std::str::FromStr<Err = praja_kernel::UnknownWord>>(row: &Row<'_>, at: usize) -> Result<T> {
    Ok(row.get::<Word<T>>(at)?.0)
}

fn read_surat(row: &Row<'_>) -> Result<SuratMasuk> {
    let isi = Isi {
        asal: row.get(4)?,
        instansi: row.get(23)?,
        nomor_surat: row.get(5)?,
        tanggal_surat: row.get(6)?,
        tanggal_terima: row.get(7)?,
        hal: row.get(8)?,
        ringkasan: row.get(9)?,
        klasifikasi: row.get(10)?,
        sifat: word(row, 11)?,
        derajat: word(row, 12)?,
        tujuan: row.get(13)?,
        jumlah_lampiran: row.get(14)?,
        lokasi: row.get(15)?,
    };
    Ok(SuratMasuk {
        id: row.get(0)?,
        opd: row.get(1)?,
        tahun: row.get(2)?,
        agenda: row.get(3)?,
        isi,
        status: word(row, 16)?,
        tenggat: row.get(17)?,
        tenggat_sementara: row.get(18)?,
        pemegang: row.get(19)?,
        pemegang_sejak: row.get(20)?,
        created_at: row.get(21)?,
        versi: row.get(22)?,
        pencatat: row.get(24)?,
        penerima: row.get(25)?,
        disposisi_terakhir: row.get(26)?,
        disposisi_pada: row.get(27)?,
        selesai_pada: row.get(28)?,
        penutup: row.get(29)?,
    })
}
