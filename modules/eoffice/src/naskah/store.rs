//! The only SQL about naskah that are written here.

pub(crate) mod alamat;
pub(crate) mod ekspedisi;
mod list;
pub(crate) mod luar;
pub(crate) mod paraf;
pub(crate) mod penerima;
pub(crate) mod tte;

use std::collections::BTreeMap;

use praja_kernel::{Id, Scope};
use praja_store::{Keyring, Result, Row, Sql, StoreError, Tx, params};

use super::{Isi, Naskah, Nomor, Versi};
use crate::surat_masuk::store::word;

pub(crate) use list::*;

/// What the words of a secret naskah are sealed for.
const SEAL: &str = "eoffice.naskah";

/// Saves a new naskah with its first version.
pub(crate) fn insert(tx: &mut Tx<'_>, keys: &Keyring, naskah: &Naskah) -> Result<()> {
    let isi = &naskah.isi;
    tx.exec(
        "INSERT INTO eoffice_naskah (id, opd, jenis, status, hal, ringkasan, klasifikasi, sifat, derajat, lampiran, penandatangan,
            wewenang, delegasi, kepada, tembusan, rujukan, pembuat, pembuat_jabatan, pembuat_nama, versi_isi, surat_masuk, pemegang,
            pemegang_sejak, penandatangan_jabatan, penandatangan_nama, created_at, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25,
            ?26, ?27)",
        params![
            naskah.id,
            naskah.opd,
            &naskah.jenis,
            naskah.status.as_str(),
            &isi.hal,
            isi.ringkasan.as_deref(),
            isi.klasifikasi.as_deref(),
            isi.sifat.as_str(),
            isi.derajat.as_str(),
            &isi.lampiran,
            isi.penandatangan,
            isi.wewenang.as_str(),
            isi.delegasi.as_deref(),
            isi.kepada.join("\n"),
            isi.tembusan.join("\n"),
            isi.rujukan.as_deref(),
            naskah.pembuat,
            &naskah.pembuat_jabatan,
            &naskah.pembuat_nama,
            naskah.versi_isi,
            naskah.surat_masuk,
            &naskah.pemegang,
            naskah.pemegang_sejak,
            &naskah.penandatangan_jabatan,
            &naskah.penandatangan_nama,
            naskah.created_at,
            naskah.versi
        ],
    )?;
    insert_versi(tx, keys, naskah)
}

/// Keeps the words as they are now.
pub(crate) fn insert_versi(tx: &mut Tx<'_>, keys: &Keyring, naskah: &Naskah) -> Result<()> {
    let text = serde_json::to_string(&naskah.isi.bidang).map_err(|e| StoreError::Corrupt(format!("fields of a naskah: {e}")))?;
    let (open, sealed) =
        if naskah.isi.sifat.is_secret() { (None, Some(keys.seal(SEAL, text.as_bytes())?)) } else { (Some(text), None) };
    let (nama, now) = (tx.by()?.actor.nama().to_owned(), tx.now()?);
    tx.exec(
        "INSERT INTO eoffice_naskah_versi (naskah, versi, hal, bidang, tertutup, oleh_nama, oleh_jabatan, pada)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            naskah.id,
            naskah.versi_isi,
            if naskah.isi.sifat.is_secret() { "" } else { naskah.isi.hal.as_str() },
            open.as_deref(),
            sealed.as_deref(),
            nama,
            &naskah.pembuat_jabatan,
            now
        ],
    )?;
    Ok(())
}

/// Saves everything that may change of a naskah; `false` when somebody was first.
pub(crate) fn update(tx: &mut Tx<'_>, naskah: &Naskah) -> Result<bool> {
    let isi = &naskah.isi;
    let nomor = naskah.nomor.as_ref();
    let letak = naskah.letak.as_ref().map(serde_json::to_string).transpose();
    let letak = letak.map_err(|e| StoreError::Corrupt(format!("places on a naskah: {e}")))?;
    let changed = tx.exec(
        "UPDATE eoffice_naskah SET status = ?3, hal = ?4, ringkasan = ?5, klasifikasi = ?6, sifat = ?7, derajat = ?8, lampiran = ?9,
            penandatangan = ?10, wewenang = ?11, delegasi = ?12, kepada = ?13, tembusan = ?14, rujukan = ?15, versi_isi = ?16,
            tanggal = ?17, nomor = ?18, urut = ?19, pemegang = ?20, pemegang_sejak = ?21, penandatangan_jabatan = ?22,
            penandatangan_nama = ?23, ditandatangani_pada = ?24, dikirim_pada = ?25, token = ?26, penutup = ?27, opd = ?28,
            berkas = ?29, letak = ?30,
            versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![
            naskah.id,
            naskah.versi,
            naskah.status.as_str(),
            &isi.hal,
            isi.ringkasan.as_deref(),
            isi.klasifikasi.as_deref(),
            isi.sifat.as_str(),
            isi.derajat.as_str(),
            &isi.lampiran,
            isi.penandatangan,
            isi.wewenang.as_str(),
            isi.delegasi.as_deref(),
            isi.kepada.join("\n"),
            isi.tembusan.join("\n"),
            isi.rujukan.as_deref(),
            naskah.versi_isi,
            nomor.map(|nomor| nomor.tanggal),
            nomor.map(|nomor| nomor.teks.as_str()),
            nomor.map(|nomor| nomor.urut),
            &naskah.pemegang,
            naskah.pemegang_sejak,
            &naskah.penandatangan_jabatan,
            &naskah.penandatangan_nama,
            naskah.ditandatangani_pada,
            naskah.dikirim_pada,
            naskah.token.as_deref(),
            naskah.penutup.as_deref(),
            naskah.opd,
            naskah.berkas,
            letak.as_deref()
        ],
    )?;
    tx.exec("UPDATE eoffice_naskah_akses SET status = ?2 WHERE id = ?1", params![naskah.id, naskah.status.as_str()])?;
    Ok(changed == 1)
}

/// Lets subjects see a naskah; those who may already are left as they are.
pub(crate) fn allow(tx: &mut Tx<'_>, naskah: &Naskah, subjects: &[String]) -> Result<()> {
    for subject in subjects {
        tx.exec(
            "INSERT INTO eoffice_naskah_akses (id, subject, created_at, status) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (id, subject) DO NOTHING",
            params![naskah.id, subject, naskah.created_at, naskah.status.as_str()],
        )?;
    }
    Ok(())
}

/// Takes back what an order gave that was withdrawn unread: a right, not a record; the trail keeps both acts.
pub(crate) fn disallow(tx: &mut Tx<'_>, naskah: Id, subjects: &[String]) -> Result<()> {
    for subject in subjects {
        tx.exec("DELETE FROM eoffice_naskah_akses WHERE id = ?1 AND subject = ?2", params![naskah, subject])?;
    }
    Ok(())
}

/// Everybody who may see a naskah.
pub(crate) fn readers_of(tx: &mut Tx<'_>, naskah: Id) -> Result<Vec<String>> {
    tx.list("SELECT subject FROM eoffice_naskah_akses WHERE id = ?1 ORDER BY subject", params![naskah], |row| row.get(0))
}

const NASKAH: &str = "n.id, n.opd, n.jenis, n.status, n.hal, n.ringkasan, n.klasifikasi, n.sifat, n.derajat, n.lampiran,
    n.penandatangan, n.wewenang, n.delegasi, n.kepada, n.tembusan, n.rujukan, n.pembuat, n.pembuat_jabatan, n.pembuat_nama,
    n.versi_isi, n.surat_masuk, n.tanggal, n.nomor, n.urut, n.pemegang, n.pemegang_sejak, n.penandatangan_jabatan,
    n.penandatangan_nama, n.ditandatangani_pada, n.dikirim_pada, n.token, n.penutup, n.created_at, n.versi,
    n.berkas, n.letak";

/// One naskah that the scope may see, with its words. Everybody who sees a secret one works on it.
pub(crate) fn find(tx: &mut Tx<'_>, keys: &Keyring, scope: &Scope, id: Id) -> Result<Option<Naskah>> {
    let Some(mut naskah) = find_head(tx, scope, id)? else { return Ok(None) };
    naskah.isi.bidang = versi(tx, keys, id, naskah.versi_isi)?.map(|versi| versi.bidang).unwrap_or_default();
    Ok(Some(naskah))
}

/// The same without its words.
pub(crate) fn find_head(tx: &mut Tx<'_>, scope: &Scope, id: Id) -> Result<Option<Naskah>> {
    let mut sql = Sql::new("SELECT");
    sql.push(NASKAH).push("FROM eoffice_naskah_akses a JOIN eoffice_naskah n ON n.id = a.id").filter("a.id = ?").bind(id);
    sql.filter_in("a.subject", scope.subjects()).push("LIMIT 1");
    sql.opt(tx, read_naskah)
}

/// One naskah without its words, whoever asks: for background work, which shows it to nobody.
pub(crate) fn find_any_head(tx: &mut Tx<'_>, id: Id) -> Result<Option<Naskah>> {
    let mut sql = Sql::new("SELECT");
    sql.push(NASKAH).push("FROM eoffice_naskah n").filter("n.id = ?").bind(id);
    sql.opt(tx, read_naskah)
}

/// One naskah, whoever asks: for background work, which shows it to nobody.
pub(crate) fn find_any(tx: &mut Tx<'_>, keys: &Keyring, id: Id) -> Result<Option<Naskah>> {
    let Some(mut naskah) = find_any_head(tx, id)? else { return Ok(None) };
    naskah.isi.bidang = versi(tx, keys, id, naskah.versi_isi)?.map(|versi| versi.bidang).unwrap_or_default();
    Ok(Some(naskah))
}

/// Naskah after one that are signed and not secret, by identity: for background work.
pub(crate) fn open_ids(tx: &mut Tx<'_>, after: &str, limit: i64) -> Result<Vec<Id>> {
    tx.list(
        "SELECT id FROM eoffice_naskah WHERE id > ?1 AND sifat IN ('biasa', 'terbatas') AND berkas IS NOT NULL ORDER BY id LIMIT ?2",
        params![after, limit],
        |row| row.get(0),
    )
}

/// Is there such a naskah?
pub(crate) fn find_any_id(tx: &mut Tx<'_>, id: Id) -> Result<bool> {
    Ok(tx.opt("SELECT id FROM eoffice_naskah WHERE id = ?1", params![id], |_| Ok(()))?.is_some())
}

/// The post that writes a naskah.
pub(crate) fn writer_of(tx: &mut Tx<'_>, id: Id) -> Result<Option<Id>> {
    tx.opt("SELECT pembuat FROM eoffice_naskah WHERE id = ?1", params![id], |row| row.get(0))
}

/// The words of one version.
pub(crate) fn versi(tx: &mut Tx<'_>, keys: &Keyring, naskah: Id, versi: i64) -> Result<Option<Versi>> {
    let found = tx.opt(
        "SELECT versi, hal, bidang, tertutup, oleh_nama, oleh_jabatan, pada FROM eoffice_naskah_versi
         WHERE naskah = ?1 AND versi = ?2",
        params![naskah, versi],
        read_versi,
    )?;
    found.map(|(versi, open, sealed)| opened(keys, versi, open, sealed)).transpose()
}

/// Every version, oldest first, without its words.
pub(crate) fn all_versi(tx: &mut Tx<'_>, naskah: Id) -> Result<Vec<Versi>> {
    let all = tx.list(
        "SELECT versi, hal, bidang, tertutup, oleh_nama, oleh_jabatan, pada FROM eoffice_naskah_versi
         WHERE naskah = ?1 ORDER BY versi",
        params![naskah],
        read_versi,
    )?;
    Ok(all.into_iter().map(|(versi, ..)| versi).collect())
}

/// The words of every version as they are kept, open or sealed; versions whose words were destroyed are left out.
pub(crate) fn kept_words(tx: &mut Tx<'_>, naskah: Id) -> Result<Vec<(i64, Vec<u8>)>> {
    let all = tx.list(
        "SELECT versi, bidang, tertutup FROM eoffice_naskah_versi WHERE naskah = ?1 ORDER BY versi",
        params![naskah],
        |row| Ok((row.get::<i64>(0)?, row.get::<Option<String>>(1)?, row.get::<Option<Vec<u8>>>(2)?)),
    )?;
    let kept =
        |(versi, open, sealed): (i64, Option<String>, Option<Vec<u8>>)| Some((versi, open.map(String::into_bytes).or(sealed)?));
    Ok(all.into_iter().filter_map(kept).collect())
}

/// Destroys the words of a version and keeps their hash.
pub(crate) fn forget_words(tx: &mut Tx<'_>, naskah: Id, versi: i64, sidik: &str) -> Result<()> {
    tx.exec(
        "UPDATE eoffice_naskah_versi SET bidang = NULL, tertutup = NULL, sidik = ?3 WHERE naskah = ?1 AND versi = ?2",
        params![naskah, versi, sidik],
    )?;
    Ok(())
}

type Sealed = (Versi, Option<String>, Option<Vec<u8>>);

fn read_versi(row: &Row<'_>) -> Result<Sealed> {
    let versi = Versi {
        versi: row.get(0)?,
        hal: row.get(1)?,
        bidang: BTreeMap::new(),
        oleh_nama: row.get(4)?,
        oleh_jabatan: row.get(5)?,
        pada: row.get(6)?,
    };
    Ok((versi, row.get(2)?, row.get(3)?))
}

fn opened(keys: &Keyring, mut versi: Versi, open: Option<String>, sealed: Option<Vec<u8>>) -> Result<Versi> {
    let corrupt = |e: serde_json::Error| StoreError::Corrupt(format!("fields of a naskah: {e}"));
    versi.bidang = match (open, sealed) {
        (Some(text), _) => serde_json::from_str(&text).map_err(corrupt)?,
        (None, Some(bytes)) => serde_json::from_slice(&keys.open(SEAL, &bytes)?).map_err(corrupt)?,
        (None, None) => BTreeMap::new(),
    };
    Ok(versi)
}

fn lines(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.is_empty()).map(ToOwned::to_owned).collect()
}

fn read_naskah(row: &Row<'_>) -> Result<Naskah> {
    let isi = Isi {
        hal: row.get(4)?,
        ringkasan: row.get(5)?,
        klasifikasi: row.get(6)?,
        sifat: word(row, 7)?,
        derajat: word(row, 8)?,
        lampiran: row.get(9)?,
        penandatangan: row.get(10)?,
        wewenang: word(row, 11)?,
        delegasi: row.get(12)?,
        bidang: BTreeMap::new(),
        kepada: lines(&row.get::<String>(13)?),
        tembusan: lines(&row.get::<String>(14)?),
        rujukan: row.get(15)?,
    };
    let nomor = match (row.get(21)?, row.get(22)?, row.get(23)?) {
        (Some(tanggal), Some(teks), Some(urut)) => Some(Nomor { tanggal, teks, urut }),
        _ => None,
    };
    let letak: Option<String> = row.get(35)?;
    Ok(Naskah {
        id: row.get(0)?,
        opd: row.get(1)?,
        jenis: row.get(2)?,
        status: word(row, 3)?,
        isi,
        pembuat: row.get(16)?,
        pembuat_jabatan: row.get(17)?,
        pembuat_nama: row.get(18)?,
        versi_isi: row.get(19)?,
        surat_masuk: row.get(20)?,
        nomor,
        pemegang: row.get(24)?,
        pemegang_sejak: row.get(25)?,
        penandatangan_jabatan: row.get(26)?,
        penandatangan_nama: row.get(27)?,
        ditandatangani_pada: row.get(28)?,
        dikirim_pada: row.get(29)?,
        token: row.get(30)?,
        penutup: row.get(31)?,
        created_at: row.get(32)?,
        versi: row.get(33)?,
        berkas: row.get(34)?,
        letak: letak
            .map(|text| serde_json::from_str(&text).map_err(|e| StoreError::Corrupt(format!("places on a naskah: {e}"))))
            .transpose()?,
    })
}
