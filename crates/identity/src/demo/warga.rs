//! Citizens and bodies of the fictional regency, in every state that an officer at the counter meets.

pub(super) mod store;

use praja_kernel::{Date, Moment, Nik};
use praja_module::{Demo, Instance};
use praja_store::{Keys, Result, StoreError, Tx, audit::Entry};
use serde::Deserialize;

use super::{data::Regency, day, pola};
use crate::{
    accounts::store as accounts,
    kirim::Alamat,
    persetujuan,
    warga::{Baru, JenisBadan, kuasa::store as powers, store as citizens},
};

static FILE: &str = include_str!("../../demo/warga.yaml");

/// Accounts of one write.
const STAGE: usize = 20;
/// The birth of the oldest invented citizen.
const OLDEST: Date = Date::constant(1951, 3, 4);
/// Births are spread over so many days.
const BIRTHS: i64 = 19_000;
/// Whose work it is to compare the papers.
const PETUGAS: &str = "identity.petugas-warga";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Penduduk {
    rekaan: i64,
    akun: Vec<Akun>,
}

/// One account as the file tells it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Akun {
    nama: String,
    /// Of the citizen, or of who answers for the body.
    nik: String,
    surel: String,
    badan: Option<Badan>,
    terdaftar: i64,
    cocok: Option<i64>,
    masuk: Option<i64>,
    #[serde(default)]
    setuju: Vec<String>,
    diblokir: Option<String>,
    #[serde(default)]
    ditutup: bool,
    #[serde(default)]
    kuasa: Vec<Kuasa>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Badan {
    jenis: JenisBadan,
    nomor: String,
    wakil: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kuasa {
    nik: String,
    sejak: i64,
    sampai: Option<i64>,
}

/// Fills an Instance that has no citizens yet.
pub(super) fn load(demo: &Demo<'_>, regency: &Regency) -> Result<()> {
    let instance = demo.instance;
    if instance.db.read(store::any)? {
        return Ok(());
    }
    let all = everybody(demo.seed)?;
    let (total, anchor) = (all.len(), demo.anchor);
    let petugas = regency.holder_of(PETUGAS).unwrap_or_else(|| "Petugas loket".to_owned());
    let by = instance.by_system("identity.load-demo");
    let mut done = 0;
    for some in all.chunks(STAGE) {
        let (chunk, petugas, clock) = (some.to_vec(), petugas.clone(), Clock::of(instance, anchor));
        instance.db.write(&by, Keys::none(), move |tx| {
            for (at, one) in chunk.iter().enumerate() {
                open(tx, one, &clock, i8::try_from(at).unwrap_or(0), &petugas)?;
            }
            Ok::<_, StoreError>(())
        })?;
        done += some.len();
        (demo.progress)("Warga dan badan", done as u64, total as u64);
    }
    Ok(())
}

/// Everybody whom the file names, and those made up of its names.
fn everybody(seed: u64) -> Result<Vec<Akun>> {
    let Penduduk { rekaan, mut akun } =
        serde_yaml::from_str(FILE).map_err(|e| StoreError::Corrupt(format!("the citizens of the demo: {e}")))?;
    let names = pola::names()?;
    akun.extend((0..rekaan).map(|number| invented(&names, number, seed)));
    Ok(akun)
}

/// The invented citizen with this number: most came to the counter, some have not yet, few closed the account again.
fn invented(names: &pola::Names, number: i64, seed: u64) -> Akun {
    let seed = i64::try_from(seed % 997).unwrap_or(0);
    let (nama, man) = names.citizen(number);
    let lahir = day(OLDEST, (number * 359 + seed * 7) % BIRTHS);
    let tanggal = i64::from(lahir.day()) + if man { 0 } else { 40 };
    let nik = format!("539999{tanggal:02}{:02}{:02}{:04}", lahir.month(), lahir.year() % 100, 101 + number);
    let surel = format!("{}.{number}@warga.example", nama.to_lowercase().replace(' ', "."));
    let terdaftar = -8 - (number * 29 + seed) % 240;
    let cocok = (number % 4 != 1).then(|| terdaftar + 1 + number % 6);
    let masuk = (number % 3 != 0).then(|| -1 - (number * 13 + seed) % terdaftar.abs());
    let setuju = if number % 5 == 0 { vec!["kabar".to_owned()] } else { Vec::new() };
    let ditutup = number % 17 == 16;
    Akun { nama, nik, surel, badan: None, terdaftar, cocok, masuk, setuju, diblokir: None, ditutup, kuasa: Vec::new() }
}

impl Akun {
    fn baru(&self) -> Result<Baru> {
        let nik = self.nik.parse::<Nik>().map_err(|e| StoreError::Corrupt(format!("demo citizen {}: {e}", self.nama)))?;
        Ok(match &self.badan {
            None => Baru::Warga { nik, nama: self.nama.clone() },
            Some(Badan { jenis, nomor, wakil }) => {
                Baru::Badan { jenis: *jenis, nomor: nomor.clone(), nama: self.nama.clone(), wakil: wakil.clone(), wakil_nik: nik }
            }
        })
    }
}

/// Turns days of the file into moments at the counter's hours.
struct Clock {
    zona: praja_kernel::Zona,
    anchor: Date,
}

impl Clock {
    fn of(instance: &Instance, anchor: Date) -> Self {
        Self { zona: instance.zona, anchor }
    }

    /// `order` keeps people apart who came on one day, `later` (hours) what one of them did on one day.
    fn at(&self, days: i64, order: i8, later: i8) -> Moment {
        self.zona.at(day(self.anchor, days).at(8 + order % 5 + later, order % 20 * 2 + 11, 0, 0))
    }
}

fn open(tx: &mut Tx<'_>, one: &Akun, clock: &Clock, order: i8, petugas: &str) -> Result<()> {
    let akun = citizens::insert(tx, &one.baru()?, Some(&Alamat::Surel(one.surel.clone())), "-")?;
    let registered = clock.at(one.terdaftar, order, 0);
    for tujuan in persetujuan::SEMUA.iter().filter(|tujuan| tujuan.wajib || one.setuju.contains(&tujuan.kunci)) {
        persetujuan::store::give(tx, akun, tujuan)?;
    }
    let last = one.masuk.map_or(registered, |days| clock.at(days, order, 1));
    store::set_times(tx, akun, registered, last)?;
    if let Some(days) = one.cocok {
        store::set_checked(tx, akun, clock.at(days, order, 2), petugas)?;
    }
    for power in &one.kuasa {
        let (warga, nama) = powers::citizen(tx, &power.nik)?.ok_or(StoreError::Missing)?;
        let id = powers::insert(tx, akun, warga, &nama)?;
        if power.sampai.is_some() {
            powers::end(tx, id, &one.nama)?;
        }
        store::set_power_times(tx, id, clock.at(power.sejak, order, 1), power.sampai.map(|days| clock.at(days, order, 1)))?;
    }
    if one.diblokir.is_some() {
        accounts::set_closed(tx, akun, true)?;
    }
    if one.ditutup {
        accounts::set_closed(tx, akun, true)?;
        accounts::set_names(tx, akun, &[])?;
        citizens::release(tx, akun)?;
        for tujuan in persetujuan::SEMUA.iter() {
            persetujuan::store::withdraw(tx, akun, &tujuan.kunci)?;
        }
    }
    // Nobody at this counter did any of it, and nothing claims that somebody did: the account was brought in.
    let entry = Entry::new("identity.import-akun", "identity_akun", akun).with("nama", &one.nama);
    tx.audit(&one.diblokir.iter().fold(entry, |entry, reason| entry.because(format!("Diblokir: {reason}"))))
}

#[cfg(test)]
mod tests;
