//! The only SQL about figures, what they are counted from, and signs of trade.

pub(super) mod teknis;
pub(super) mod terlambat;

use praja_kernel::{Id, Moment, Zona};
use praja_store::{Result, Row, Sql, StoreError, Tx, params};

use super::{
    angka::Sebaran,
    calo::{Ajuan, Tanda, Temuan, Tinjauan},
    hitung::{Fakta, Isi, Lembar},
    jejak::{Jejak, Kerja, Siapa},
};
use crate::{
    alur::{Langkah, Meja, Status},
    permohonan::AlasanLompat,
};

fn corrupt(e: impl ToString) -> StoreError {
    StoreError::Corrupt(e.to_string())
}

/// A NIK as a number: it only tells people apart.
fn orang(nik: &str) -> u64 {
    nik.parse().unwrap_or(0)
}

/// Where reading goes on: moment and identity of the last.
pub(super) type Letak = (i64, Id);

/// Applications in the order in which they came, after one of them.
pub(super) fn facts(tx: &mut Tx<'_>, zona: Zona, after: Option<Letak>, limit: i64) -> Result<Vec<(Letak, Fakta)>> {
    let (at, id) = after.map_or((0, String::new()), |(at, id)| (at, id.to_string()));
    tx.list(
        "SELECT id, diajukan, jenis, nik, kuasa_nik, status, meja, selesai, hari_pakai, sla, kode_tolak, putaran
         FROM perizinan_permohonan WHERE (diajukan, id) > (?1, ?2) ORDER BY diajukan, id LIMIT ?3",
        params![at, id, limit],
        |row| {
            let moment: Moment = row.get(1)?;
            let fakta = Fakta {
                jenis: row.get(2)?,
                orang: orang(&row.get::<String>(3)?),
                masuk: zona.date(moment),
                kuasa: !row.get::<String>(4)?.is_empty(),
                status: Status::parse(&row.get::<String>(5)?).map_err(corrupt)?,
                meja: Meja::parse(&row.get::<String>(6)?).map_err(corrupt)?,
                selesai: row.get(7)?,
                hari: row.get(8)?,
                sla: row.get(9)?,
                kode_tolak: row.get::<Option<String>>(10)?.unwrap_or_default(),
                putaran: row.get(11)?,
            };
            Ok(((moment.ms(), row.get(0)?), fakta))
        },
    )
}

/// A step with what it was about.
pub(super) struct Tapak {
    pub(super) permohonan: Id,
    pub(super) pada: i64,
    pub(super) id: Id,
    pub(super) jejak: Jejak,
    pub(super) lompat: Option<AlasanLompat>,
    pub(super) jenis: Id,
    pub(super) orang: u64,
}

/// Steps application by application, oldest first within each.
pub(super) fn steps(tx: &mut Tx<'_>, after: Option<(Id, i64, Id)>, limit: i64) -> Result<Vec<Tapak>> {
    let (one, at, id) = after.map_or((String::new(), 0, String::new()), |(one, at, id)| (one.to_string(), at, id.to_string()));
    tx.list(
        "SELECT r.permohonan, r.pada, r.id, r.langkah, r.meja, r.tanggal, r.oleh, r.oleh_nama, r.lompat, p.jenis, p.nik
         FROM perizinan_riwayat r JOIN perizinan_permohonan p ON p.id = r.permohonan
         WHERE (r.permohonan, r.pada, r.id) > (?1, ?2, ?3) ORDER BY r.permohonan, r.pada, r.id LIMIT ?4",
        params![one, at, id, limit],
        |row| {
            Ok(Tapak {
                permohonan: row.get(0)?,
                pada: row.get(1)?,
                id: row.get(2)?,
                jejak: Jejak {
                    langkah: Langkah::parse(&row.get::<String>(3)?).map_err(corrupt)?,
                    meja: Meja::parse(&row.get::<String>(4)?).map_err(corrupt)?,
                    tanggal: row.get(5)?,
                    oleh: row.get(6)?,
                    nama: row.get(7)?,
                },
                lompat: AlasanLompat::parse(&row.get::<String>(8)?).ok(),
                jenis: row.get(9)?,
                orang: orang(&row.get::<String>(10)?),
            })
        },
    )
}

fn kode(jenis: Option<Id>) -> String {
    jenis.map(|id| id.to_string()).unwrap_or_default()
}

/// Puts figures in the place of those that were there.
pub(super) fn put(tx: &mut Tx<'_>, one: &Lembar, tanggal: praja_kernel::Date) -> Result<()> {
    let now = tx.now()?;
    let text = |isi: &Isi| serde_json::to_string(isi).map_err(corrupt);
    tx.exec(
        "INSERT INTO perizinan_statistik (jenis, masa, umum, dalam, tanggal, pada) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (jenis, masa) DO UPDATE SET umum = excluded.umum, dalam = excluded.dalam, tanggal = excluded.tanggal,
         pada = excluded.pada",
        params![kode(one.jenis), &one.masa, text(&one.umum)?, text(&one.dalam)?, tanggal, now],
    )?;
    Ok(())
}

/// Figures of one service, or of all together (none), with the moment at which they were counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Baca {
    pub(crate) jenis: Option<Id>,
    pub(crate) isi: Isi,
    pub(crate) pada: Moment,
}

fn read(row: &Row<'_>) -> Result<Baca> {
    let jenis: String = row.get(0)?;
    Ok(Baca {
        jenis: if jenis.is_empty() { None } else { Some(jenis.parse().map_err(corrupt)?) },
        isi: serde_json::from_str(&row.get::<String>(1)?).map_err(corrupt)?,
        pada: row.get(2)?,
    })
}

/// What everybody may read, of every service that has any: all together first.
pub(super) fn umum(tx: &mut Tx<'_>, masa: &str) -> Result<Vec<Baca>> {
    tx.list("SELECT jenis, umum, pada FROM perizinan_statistik WHERE masa = ?1 ORDER BY jenis LIMIT 2000", params![masa], read)
}

/// What the inspectorate reads: nothing is hidden.
pub(super) fn dalam(tx: &mut Tx<'_>, masa: &str) -> Result<Vec<Baca>> {
    tx.list("SELECT jenis, dalam, pada FROM perizinan_statistik WHERE masa = ?1 ORDER BY jenis LIMIT 2000", params![masa], read)
}

/// The years of which there are figures, and the day on which they were counted last; the newest year first.
pub(super) fn years(tx: &mut Tx<'_>) -> Result<Vec<i16>> {
    let all: Vec<String> = tx.list(
        "SELECT masa FROM perizinan_statistik WHERE jenis = ?1 AND masa < 'a' ORDER BY masa DESC LIMIT 200",
        params![""],
        |row| row.get(0),
    )?;
    Ok(all.iter().filter_map(|masa| masa.parse().ok()).collect())
}

/// The day on which figures were counted last.
pub(super) fn counted(tx: &mut Tx<'_>) -> Result<Option<praja_kernel::Date>> {
    tx.opt("SELECT tanggal FROM perizinan_statistik WHERE jenis = ?1 AND masa = ?2", params!["", super::hitung::KINI], |row| {
        row.get(0)
    })
}

/// Puts what an officer did in a month in the place of what stood there.
pub(super) fn put_officer(tx: &mut Tx<'_>, (bulan, meja, petugas): &Siapa, one: &Kerja) -> Result<()> {
    let days: Vec<(i64, i64)> = one.hari.iter().collect();
    tx.exec(
        "INSERT INTO perizinan_statistik_petugas (bulan, meja, petugas, nama, berkas, tindakan, kembali, hari)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (bulan, meja, petugas) DO UPDATE SET nama = excluded.nama, berkas = excluded.berkas,
         tindakan = excluded.tindakan, kembali = excluded.kembali, hari = excluded.hari",
        params![
            bulan.to_string(),
            meja.as_str(),
            petugas,
            &one.nama,
            one.berkas,
            one.tindakan,
            one.kembali,
            serde_json::to_string(&days).map_err(corrupt)?
        ],
    )?;
    Ok(())
}

/// What officers did from one month to another.
pub(super) fn officers(tx: &mut Tx<'_>, dari: &str, sampai: &str, meja: Option<Meja>) -> Result<Vec<(Meja, String, Kerja)>> {
    let mut sql = Sql::new("SELECT meja, petugas, nama, berkas, tindakan, kembali, hari FROM perizinan_statistik_petugas");
    sql.filter("bulan >= ?").bind(dari).filter("bulan <= ?").bind(sampai);
    if let Some(meja) = meja {
        sql.filter("meja = ?").bind(meja.as_str());
    }
    sql.push("ORDER BY bulan, meja, petugas LIMIT 20000");
    sql.list(tx, |row| {
        let days: Vec<(i64, i64)> = serde_json::from_str(&row.get::<String>(6)?).map_err(corrupt)?;
        let mut hari = Sebaran::default();
        days.into_iter().for_each(|(day, count)| hari.add_many(day, count));
        Ok((
            Meja::parse(&row.get::<String>(0)?).map_err(corrupt)?,
            row.get(1)?,
            Kerja { nama: row.get(2)?, berkas: row.get(3)?, tindakan: row.get(4)?, kembali: row.get(5)?, hari },
        ))
    })
}

/// Applications since a moment, as they are looked through for signs of trade.
pub(super) fn since(tx: &mut Tx<'_>, from: Moment, after: Option<Letak>, limit: i64) -> Result<Vec<Ajuan>> {
    let (at, id) = after.map_or((from.ms(), String::new()), |(at, id)| (at, id.to_string()));
    tx.list(
        "SELECT id, diajukan, nik, telepon, email, akun, kuasa_nik FROM perizinan_permohonan
         WHERE (diajukan, id) > (?1, ?2) ORDER BY diajukan, id LIMIT ?3",
        params![at, id, limit],
        |row| {
            Ok(Ajuan {
                id: row.get(0)?,
                pada: row.get(1)?,
                nik: row.get(2)?,
                telepon: row.get(3)?,
                email: row.get(4)?,
                akun: row.get(5)?,
                kuasa_nik: row.get(6)?,
            })
        },
    )
}

/// A sign that is to be looked at, or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Calo {
    pub(crate) id: Id,
    pub(crate) tanda: Tanda,
    pub(crate) nilai: String,
    pub(crate) orang: i64,
    pub(crate) berkas: i64,
    pub(crate) dari: Moment,
    pub(crate) sampai: Moment,
    pub(crate) status: Tinjauan,
    pub(crate) catatan: String,
    pub(crate) ditinjau_nama: String,
    pub(crate) ditinjau: Option<Moment>,
    pub(crate) versi: i64,
}

const CALO: &str =
    "SELECT id, tanda, nilai, orang, berkas, dari, sampai, status, catatan, ditinjau_nama, ditinjau, versi FROM perizinan_calo";

fn read_calo(row: &Row<'_>) -> Result<Calo> {
    Ok(Calo {
        id: row.get(0)?,
        tanda: Tanda::parse(&row.get::<String>(1)?).map_err(corrupt)?,
        nilai: row.get(2)?,
        orang: row.get(3)?,
        berkas: row.get(4)?,
        dari: row.get(5)?,
        sampai: row.get(6)?,
        status: Tinjauan::parse(&row.get::<String>(7)?).map_err(corrupt)?,
        catatan: row.get(8)?,
        ditinjau_nama: row.get(9)?,
        ditinjau: row.get(10)?,
        versi: row.get(11)?,
    })
}

/// One sign.
pub(super) fn calo(tx: &mut Tx<'_>, id: Id) -> Result<Option<Calo>> {
    let mut sql = Sql::new(CALO);
    sql.filter("id = ?").bind(id);
    sql.opt(tx, read_calo)
}

/// Signs seen since a moment that were looked at, with when.
pub(super) fn reviewed(tx: &mut Tx<'_>, from: Moment) -> Result<Vec<(Tanda, String, Moment)>> {
    tx.list(
        "SELECT tanda, nilai, ditinjau FROM perizinan_calo WHERE sampai >= ?1 AND ditinjau IS NOT NULL ORDER BY sampai, id",
        params![from],
        |row| Ok((Tanda::parse(&row.get::<String>(0)?).map_err(corrupt)?, row.get(1)?, row.get(2)?)),
    )
}

/// A page of signs, the newest first.
pub(super) fn calos(tx: &mut Tx<'_>, status: Option<Tinjauan>, after: Option<Letak>, limit: usize) -> Result<Vec<Calo>> {
    let mut sql = Sql::new(CALO);
    sql.filter("sampai >= ?").bind(0_i64);
    if let Some(status) = status {
        sql.filter("status = ?").bind(status.as_str());
    }
    if let Some((at, id)) = after {
        sql.filter("(sampai, id) < (?, ?)").bind(at).bind(id);
    }
    sql.push("ORDER BY sampai DESC, id DESC LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX));
    sql.list(tx, read_calo)
}

/// Writes down what was found; what was looked at before is to be looked at again.
pub(super) fn found(tx: &mut Tx<'_>, one: &Temuan) -> Result<()> {
    let (new, now) = (tx.new_id()?, tx.now()?);
    let berkas = i64::try_from(one.berkas.len()).unwrap_or(i64::MAX);
    let id: Id = tx.one(
        "INSERT INTO perizinan_calo (id, tanda, nilai, orang, berkas, dari, sampai, status, catatan, ditinjau_nama, ditinjau,
             created_at, versi)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'baru', '', '', NULL, ?8, 1)
         ON CONFLICT (tanda, nilai) DO UPDATE SET orang = excluded.orang, berkas = excluded.berkas, dari = excluded.dari,
         sampai = excluded.sampai, status = 'baru', versi = perizinan_calo.versi + 1
         RETURNING id",
        params![new, one.tanda.as_str(), &one.nilai, one.orang, berkas, one.dari, one.sampai, now],
        |row| row.get(0),
    )?;
    for permohonan in &one.berkas {
        tx.exec(
            "INSERT INTO perizinan_calo_permohonan (calo, permohonan) VALUES (?1, ?2) ON CONFLICT (calo, permohonan) DO NOTHING",
            params![id, *permohonan],
        )?;
    }
    Ok(())
}

/// Writes down what the inspectorate found; `false` when somebody was first.
pub(super) fn review(tx: &mut Tx<'_>, one: &Calo, status: Tinjauan, catatan: &str) -> Result<bool> {
    let (now, by) = (tx.now()?, tx.by()?.actor.nama().to_owned());
    let changed = tx.exec(
        "UPDATE perizinan_calo SET status = ?3, catatan = ?4, ditinjau_nama = ?5, ditinjau = ?6, versi = versi + 1
         WHERE id = ?1 AND versi = ?2",
        params![one.id, one.versi, status.as_str(), catatan, by, now],
    )?;
    Ok(changed == 1)
}

/// An application behind a sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DiBalik {
    pub(crate) nomor: String,
    pub(crate) layanan: String,
    pub(crate) nik: String,
    pub(crate) status: Status,
    pub(crate) diajukan: Moment,
}

/// The applications behind a sign, at most five hundred.
pub(super) fn behind(tx: &mut Tx<'_>, calo: Id) -> Result<Vec<DiBalik>> {
    let mut all = tx.list(
        "SELECT p.nomor, v.nama, p.nik, p.status, p.diajukan FROM perizinan_calo_permohonan c
         JOIN perizinan_permohonan p ON p.id = c.permohonan JOIN perizinan_jenis_versi v ON v.id = p.jenis_versi
         WHERE c.calo = ?1 ORDER BY c.permohonan LIMIT 500",
        params![calo],
        |row| {
            Ok(DiBalik {
                nomor: row.get::<Option<String>>(0)?.unwrap_or_default(),
                layanan: row.get(1)?,
                nik: row.get(2)?,
                status: Status::parse(&row.get::<String>(3)?).map_err(corrupt)?,
                diajukan: row.get(4)?,
            })
        },
    )?;
    all.sort_by(|a, b| b.diajukan.cmp(&a.diajukan).then_with(|| a.nomor.cmp(&b.nomor)));
    Ok(all)
}

/// An act out of order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lompatan {
    pub(crate) id: Id,
    pub(crate) nomor: String,
    pub(crate) layanan: String,
    pub(crate) meja: Meja,
    pub(crate) petugas: String,
    pub(crate) langkah: Langkah,
    pub(crate) alasan: AlasanLompat,
    pub(crate) catatan: String,
    pub(crate) pada: Moment,
}

/// What the list of acts out of order is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SaringLompat {
    pub(crate) alasan: Option<AlasanLompat>,
    pub(crate) jenis: Option<Id>,
    pub(crate) meja: Option<Meja>,
    /// From this moment, and before this one.
    pub(crate) masa: Option<(Moment, Moment)>,
}

/// Acts out of order, the newest first. Each reason is walked by its own index and the pages are put together here.
pub(super) fn jumps(tx: &mut Tx<'_>, saring: &SaringLompat, after: Option<Letak>, limit: usize) -> Result<Vec<Lompatan>> {
    let mut all = Vec::new();
    for alasan in AlasanLompat::ALL.iter().filter(|one| saring.alasan.is_none_or(|asked| asked == **one)) {
        let mut sql = Sql::new(
            "SELECT r.id, p.nomor, v.nama, r.meja, r.oleh_nama, r.langkah, r.lompat, r.catatan, r.pada FROM perizinan_riwayat r
             JOIN perizinan_permohonan p ON p.id = r.permohonan JOIN perizinan_jenis_versi v ON v.id = p.jenis_versi",
        );
        sql.filter("r.lompat = ?").bind(alasan.as_str());
        if let Some(jenis) = saring.jenis {
            sql.filter("p.jenis = ?").bind(jenis);
        }
        if let Some(meja) = saring.meja {
            sql.filter("r.meja = ?").bind(meja.as_str());
        }
        if let Some((from, before)) = saring.masa {
            sql.filter("r.pada >= ?").bind(from).filter("r.pada < ?").bind(before);
        }
        if let Some((at, id)) = after {
            sql.filter("(r.pada, r.id) < (?, ?)").bind(at).bind(id);
        }
        sql.push("ORDER BY r.pada DESC, r.id DESC LIMIT ?").bind(i64::try_from(limit).unwrap_or(i64::MAX));
        all.extend(sql.list(tx, |row| {
            Ok(Lompatan {
                id: row.get(0)?,
                nomor: row.get::<Option<String>>(1)?.unwrap_or_default(),
                layanan: row.get(2)?,
                meja: Meja::parse(&row.get::<String>(3)?).map_err(corrupt)?,
                petugas: row.get(4)?,
                langkah: Langkah::parse(&row.get::<String>(5)?).map_err(corrupt)?,
                alasan: AlasanLompat::parse(&row.get::<String>(6)?).map_err(corrupt)?,
                catatan: row.get(7)?,
                pada: row.get(8)?,
            })
        })?);
    }
    all.sort_by_key(|one| std::cmp::Reverse((one.pada, one.id)));
    all.truncate(limit);
    Ok(all)
}

/// A proxy with what was filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kuasa {
    pub(crate) nik: String,
    pub(crate) nama: String,
    pub(crate) berkas: i64,
    pub(crate) terakhir: Moment,
}

/// Proxies of a period with how much they filed, by NIK; at most ten thousand. The plus keeps the walk on the index of proxies: they are
/// few, and stand in it one after the other.
pub(super) fn proxies(tx: &mut Tx<'_>, from: Moment, before: Moment) -> Result<Vec<Kuasa>> {
    tx.list(
        "SELECT kuasa_nik, MAX(kuasa_nama), COUNT(*), MAX(diajukan) FROM perizinan_permohonan
         WHERE kuasa_nik > '' AND +diajukan >= ?1 AND +diajukan < ?2 GROUP BY kuasa_nik ORDER BY kuasa_nik LIMIT 10000",
        params![from, before],
        |row| Ok(Kuasa { nik: row.get(0)?, nama: row.get(1)?, berkas: row.get(2)?, terakhir: row.get(3)? }),
    )
}
