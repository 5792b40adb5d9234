//! The line of an office, measured by an officer who works there: how long an answer takes, and how much goes through in both directions.
//! Stored under the OPD, so that the assessment of the machine knows what each office can do.

pub(crate) mod pages;
mod plain;
mod store;
#[cfg(test)]
mod tests;

use praja_identity::opd;
use praja_kernel::{CaraKerja, Id, Jalur, Moment};
use praja_store::{Result, Tx, audit::Entry};

const TABLE: &str = "desk_ukur";
/// What an office is like is told by its latest measurements.
const LATEST: i64 = 20;
/// An answer that takes longer is no answer, and nothing is faster than light in a cable or than a cable of a machine room.
const SLOWEST_US: u64 = 60_000_000;
const FASTEST_KBIT: u64 = 100_000_000;

praja_kernel::words! {
    /// How a line was measured.
    pub enum Dengan ("cara mengukur") {
        /// By the script of the page, in both directions.
        Skrip => "skrip", "Lengkap";
        /// Without the script: the answers, and what comes down.
        Polos => "polos", "Tanpa skrip";
    }
}

/// The figures of one measurement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Angka {
    /// Half of the answers came faster, in microseconds.
    pub p50_us: u64,
    /// All but a twentieth came faster, in microseconds.
    pub p95_us: u64,
    /// How much an answer differed from the one before, on average, in microseconds.
    pub goyah_us: u64,
    /// To the office, in kilobits a second.
    pub unduh_kbit: Option<u64>,
    /// From the office, in kilobits a second.
    pub unggah_kbit: Option<u64>,
}

/// One measurement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ukur {
    /// Its identity.
    pub id: Id,
    /// The office.
    pub opd: Id,
    /// Who measured.
    pub oleh_nama: String,
    /// When.
    pub pada: Moment,
    /// What.
    pub angka: Angka,
    /// How.
    pub dengan: Dengan,
    /// The way of working that this allows.
    pub cara: CaraKerja,
}

/// What an OPD's latest measurements say together: the middle one of each figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Code of the OPD.
    pub kode: String,
    /// Its name.
    pub nama: String,
    /// When it was last measured.
    pub at: Moment,
    /// Measurements counted.
    pub times: u32,
    /// Half of the answers came faster, in microseconds.
    pub p50_us: u64,
    /// All but a twentieth came faster, in microseconds.
    pub p95_us: u64,
    /// To the office, in kilobits a second.
    pub down_kbit: Option<u64>,
    /// From the office, in kilobits a second.
    pub up_kbit: Option<u64>,
}

impl Angka {
    /// Figures that can be true, from the times of answers in microseconds and the rates.
    pub(crate) fn of(times: &[u64], unduh_kbit: Option<u64>, unggah_kbit: Option<u64>) -> Option<Self> {
        let mut sorted = times.to_vec();
        sorted.sort_unstable();
        let at = |percent: usize| sorted.get((sorted.len() * percent).div_ceil(100).max(1) - 1).copied();
        let steps: Vec<u64> = times.windows(2).map(|pair| pair[0].abs_diff(pair[1])).collect();
        let goyah_us = steps.iter().sum::<u64>() / u64::try_from(steps.len()).unwrap_or(1).max(1);
        let angka = Self { p50_us: at(50)?, p95_us: at(95)?, goyah_us, unduh_kbit, unggah_kbit };
        let rates = [unduh_kbit, unggah_kbit].into_iter().flatten().all(|rate| (1..=FASTEST_KBIT).contains(&rate));
        (sorted.last().is_some_and(|slowest| *slowest <= SLOWEST_US) && rates).then_some(angka)
    }

    /// The way of working that they allow, with what forbids a better one.
    pub fn cara(&self) -> (CaraKerja, Vec<String>) {
        let jalur = Jalur {
            tanggap_us: Some(self.p95_us),
            unduh_kbit: self.unduh_kbit,
            unggah_kbit: self.unggah_kbit,
            ..Jalur::default()
        };
        jalur.cara().unwrap_or((CaraKerja::Daring, Vec::new()))
    }
}

/// Keeps a measurement under the OPD.
pub(crate) fn keep(tx: &mut Tx<'_>, opd: Id, angka: &Angka, dengan: Dengan) -> Result<Id> {
    let (cara, _) = angka.cara();
    let id = store::insert(tx, opd, angka, dengan, cara)?;
    tx.audit(&Entry::new("desk.measure-jaringan", TABLE, id).with("opd", opd).with("cara", cara.as_str()))?;
    Ok(id)
}

/// What the offices' own measurements say, an entry for each OPD that was measured.
///
/// # Errors
/// When the database fails.
pub fn summary(tx: &mut Tx<'_>) -> Result<Vec<Summary>> {
    let mut all = Vec::new();
    for opd in opd::list_active(tx)? {
        let latest = store::latest(tx, opd.id, LATEST)?;
        let Some(first) = latest.first() else { continue };
        let middle = |of: fn(&Angka) -> Option<u64>| {
            let mut values: Vec<u64> = latest.iter().filter_map(|one| of(&one.angka)).collect();
            values.sort_unstable();
            values.get(values.len().saturating_sub(1) / 2).copied()
        };
        all.push(Summary {
            at: first.pada,
            times: u32::try_from(latest.len()).unwrap_or(u32::MAX),
            p50_us: middle(|angka| Some(angka.p50_us)).unwrap_or_default(),
            p95_us: middle(|angka| Some(angka.p95_us)).unwrap_or_default(),
            down_kbit: middle(|angka| angka.unduh_kbit),
            up_kbit: middle(|angka| angka.unggah_kbit),
            kode: opd.kode,
            nama: opd.nama,
        });
    }
    Ok(all)
}
