//! Lists of what was issued: each walks one index, without counting.

use std::collections::HashMap;

use praja_kernel::{Date, Id, Scope, fold};
use praja_store::{Result, Row, Sql, Tx};

use crate::{
    izin::{
        Keadaan,
        daur::{BUKA, Hari, Jangka, Tampak, stands},
    },
    jenis,
};

/// A line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Baris {
    pub(crate) id: Id,
    pub(crate) jenis: Id,
    pub(crate) jenis_nama: String,
    pub(crate) nomor: String,
    pub(crate) tanggal: Date,
    pub(crate) nama: String,
    pub(crate) objek: String,
    pub(crate) lokasi: String,
    pub(crate) keadaan: Keadaan,
    /// How it stands today.
    pub(crate) tampak: Tampak,
    pub(crate) berlaku_dari: Date,
    pub(crate) berlaku_sampai: Option<Date>,
    pub(crate) token: Option<String>,
}

/// What a list is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Saring {
    pub(crate) jenis: Option<Id>,
    pub(crate) tampak: Option<Tampak>,
    pub(crate) tahun: Option<i16>,
    /// Code of a region: what lies in it.
    pub(crate) wilayah: Option<String>,
    /// Number or part of the name.
    pub(crate) cari: Option<String>,
    /// Types whose holders are named nowhere in this list, so that nobody finds them by name.
    pub(crate) tertutup: Vec<Id>,
    /// What is in force and ends first, first; otherwise the newest first.
    pub(crate) menurut_akhir: bool,
}

impl Saring {
    /// Is what ends first, first? What is about to end and what ended always; what is in force when asked.
    pub(crate) const fn by_end(&self) -> bool {
        match self.tampak {
            Some(Tampak::AkanHabis | Tampak::Habis) => true,
            Some(Tampak::Berlaku) | None => self.menurut_akhir,
            Some(_) => false,
        }
    }
}

/// Where a page continues: after this row.
pub(crate) type Sesudah = (Date, Id);

const BARIS: &str = "SELECT id, jenis, jenis_nama, nomor, tanggal, nama, objek, lokasi, status, berlaku_sampai, token,
     berlaku_dari FROM perizinan_izin";

/// Whose licences are listed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Bagi<'a> {
    /// Everybody's: the PTSP and the public register.
    Semua,
    /// Those about which the OPD of this scope was asked.
    Teknis(&'a Scope),
}

/// No type opens renewal earlier than a century before the end.
const LONGEST: i32 = 36_500;

/// How many days before an end renewal opens, by type: by its newest version, as whoever applies today finds it.
#[derive(Debug, Default)]
pub(crate) struct Buka(HashMap<Id, u32>);

impl Buka {
    /// Of every type.
    pub(crate) fn load(tx: &mut Tx<'_>) -> Result<Self> {
        Ok(Self(jenis::store::all(tx)?.into_iter().map(|one| (one.versi.jenis, one.isi.masa.perpanjangan_hari)).collect()))
    }

    /// Of one.
    pub(crate) fn of(&self, jenis: Id) -> u32 {
        self.0.get(&jenis).copied().unwrap_or(BUKA)
    }

    /// The day up to which something may be about to end.
    fn furthest(&self, today: Date) -> Date {
        let most = self.0.values().copied().chain([BUKA]).max().unwrap_or(BUKA);
        Hari::new(i32::try_from(most).unwrap_or(LONGEST).min(LONGEST)).checked_from(today)
    }
}

/// One page. Which of two are about to end is told from each one's own term, which no index holds: so what may be is read, and what is not is
/// left out.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    bagi: Bagi<'_>,
    saring: &Saring,
    today: Date,
    mut after: Option<Sesudah>,
    limit: usize,
) -> Result<Vec<Baris>> {
    let buka = Buka::load(tx)?;
    let mut found = Vec::new();
    loop {
        let mut rows = read_on(tx, bagi, saring, &buka, today, after, limit)?;
        let last = rows.len() < limit;
        after = rows.last().and_then(|row| Some((if saring.by_end() { row.berlaku_sampai? } else { row.tanggal }, row.id)));
        for row in &mut rows {
            let jangka = Jangka { dari: row.berlaku_dari, sampai: row.berlaku_sampai, buka: buka.of(row.jenis) };
            row.tampak = stands(row.keadaan, jangka, today);
        }
        found.extend(rows.into_iter().filter(|row| saring.tampak.is_none_or(|asked| asked == row.tampak)));
        if last || found.len() >= limit {
            found.truncate(limit);
            return Ok(found);
        }
    }
}

fn read_on(
    tx: &mut Tx<'_>,
    bagi: Bagi<'_>,
    saring: &Saring,
    buka: &Buka,
    today: Date,
    after: Option<Sesudah>,
    limit: usize,
) -> Result<Vec<Baris>> {
    let mut sql = Sql::new(BARIS);
    sql.filter("status <> 'menunggu'");
    if let Bagi::Teknis(scope) = bagi {
        sql.filter("permohonan IN (SELECT p.id FROM perizinan_permohonan p WHERE 1 = 0");
        for opd in &scope.opd_set {
            sql.push("OR p.opd_teknis = ?").bind(*opd);
        }
        sql.push(")");
    }
    if let Some(jenis) = saring.jenis {
        sql.filter("jenis = ?").bind(jenis);
    }
    if let Some(tampak) = saring.tampak {
        standing(&mut sql, tampak, today, buka);
    }
    let by_end = saring.by_end();
    if saring.tahun.is_none() && !by_end {
        // Before the first licence: the list walks its index from one end instead of reading the table.
        sql.filter("tanggal >= ?").bind(Date::constant(1900, 1, 1));
    }
    if let Some((first, last)) = saring.tahun.and_then(|year| Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)))
    {
        sql.filter("tanggal >= ?").bind(first).filter("tanggal <= ?").bind(last);
    }
    if let Some(wilayah) = &saring.wilayah {
        sql.filter("(lokasi = ? OR lokasi LIKE ?)").bind(wilayah.clone()).bind(format!("{wilayah}.%"));
    }
    if let Some(cari) = &saring.cari {
        // A percent sign or an underscore that was typed is no pattern.
        let word: String = fold(cari).chars().filter(|c| !matches!(c, '%' | '_' | '\\')).collect();
        sql.filter("(nomor = ? OR (nama_fold LIKE ?").bind(cari.trim()).bind(format!("%{word}%"));
        for jenis in &saring.tertutup {
            sql.push("AND jenis <> ?").bind(*jenis);
        }
        sql.push("))");
    }
    if by_end {
        if saring.tampak.is_none() {
            sql.filter("status = 'aktif'");
        }
        sql.filter("berlaku_sampai IS NOT NULL");
        if let Some((day, id)) = after {
            sql.filter("(berlaku_sampai, id) > (?, ?)").bind(day).bind(id);
        }
        sql.push("ORDER BY berlaku_sampai, id LIMIT ?");
    } else {
        if let Some((day, id)) = after {
            sql.filter("(tanggal, id) < (?, ?)").bind(day).bind(id);
        }
        sql.push("ORDER BY tanggal DESC, id DESC LIMIT ?");
    }
    sql.bind(i64::try_from(limit).unwrap_or(i64::MAX));
    sql.list(tx, read)
}

fn standing(sql: &mut Sql, tampak: Tampak, today: Date, buka: &Buka) {
    match tampak {
        Tampak::Berlaku => sql.filter("status = 'aktif'").filter("(berlaku_sampai IS NULL OR berlaku_sampai >= ?)").bind(today),
        Tampak::AkanHabis => {
            let furthest = buka.furthest(today);
            sql.filter("status = 'aktif'").filter("berlaku_sampai >= ?").bind(today).filter("berlaku_sampai <= ?").bind(furthest)
        }
        Tampak::Habis => sql.filter("status = 'aktif'").filter("berlaku_sampai < ?").bind(today),
        Tampak::Diperpanjang => sql.filter("status = 'diperpanjang'"),
        Tampak::Diubah => sql.filter("status = 'diubah'"),
        Tampak::Dibekukan => sql.filter("status = 'dibekukan'"),
        Tampak::Dicabut => sql.filter("status = 'dicabut'"),
    };
}

fn read(row: &Row<'_>) -> Result<Baris> {
    let word = |at| row.get::<String>(at);
    Ok(Baris {
        id: row.get(0)?,
        jenis: row.get(1)?,
        jenis_nama: word(2)?,
        nomor: word(3)?,
        tanggal: row.get(4)?,
        nama: word(5)?,
        objek: word(6)?,
        lokasi: word(7)?,
        keadaan: Keadaan::parse(&word(8)?).map_err(|e| praja_store::StoreError::Corrupt(e.to_string()))?,
        // Told once the type is known.
        tampak: Tampak::Berlaku,
        berlaku_dari: row.get(11)?,
        berlaku_sampai: row.get(9)?,
        token: row.get(10)?,
    })
}
