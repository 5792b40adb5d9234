//! Stays of applications at desks, from their steps: which officer ended each, in how many working days, and with a return or not. Pure.

use std::collections::{BTreeMap, BTreeSet};

use praja_kernel::Date;

use super::{angka::Sebaran, periode::Periode};
use crate::alur::{Langkah, Meja};

/// A step as it is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Jejak {
    pub(crate) langkah: Langkah,
    /// The desk at which it was taken.
    pub(crate) meja: Meja,
    pub(crate) tanggal: Date,
    /// Who, as [`praja_kernel::Actor::key`].
    pub(crate) oleh: String,
    pub(crate) nama: String,
}

/// What an officer did at a desk in a month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Kerja {
    pub(crate) nama: String,
    /// Different applications.
    pub(crate) berkas: i64,
    /// Acts.
    pub(crate) tindakan: i64,
    /// Of them, returns to the applicant.
    pub(crate) kembali: i64,
    /// Working days of the stays that this officer ended.
    pub(crate) hari: Sebaran,
}

/// Whose, where, and in which month.
pub(crate) type Siapa = (Periode, Meja, String);

/// Adds the steps of one application, oldest first. A stay begins when an application comes to a desk and ends with the last act there; its
/// days belong to whoever took that act, in its month. What applicants do, and what happens after the end, is no work of a desk.
pub(crate) fn add(all: &mut BTreeMap<Siapa, Kerja>, steps: &[Jejak], days: impl Fn(Date, Date) -> Option<i64>) {
    let mut seen: BTreeSet<Siapa> = BTreeSet::new();
    let mut came: Option<Date> = None;
    for (at, step) in steps.iter().enumerate() {
        let ends = steps.get(at + 1).is_none_or(|next| next.meja != step.meja);
        if !matches!(step.meja, Meja::Pemohon | Meja::Selesai) && !step.oleh.starts_with("warga:") {
            let who = (Periode::bulan(step.tanggal), step.meja, step.oleh.clone());
            let work = all.entry(who.clone()).or_default();
            work.nama.clone_from(&step.nama);
            work.tindakan += 1;
            work.kembali += i64::from(step.langkah == Langkah::Kembalikan);
            if seen.insert(who) {
                work.berkas += 1;
            }
            // The last step of what is still at this desk ends no stay.
            let left = ends && (at + 1 < steps.len() || ends_here(step));
            if let Some(used) = came.filter(|_| left).and_then(|came| days(came, step.tanggal)) {
                work.hari.add(used);
            }
        }
        if ends {
            came = Some(step.tanggal);
        }
    }
}

/// Does this act always lead away from its desk? Then the stay is over though nobody at the next desk has acted yet.
const fn ends_here(step: &Jejak) -> bool {
    matches!(
        (step.meja, step.langkah),
        (_, Langkah::Kembalikan | Langkah::Tolak | Langkah::Tandatangani | Langkah::BeriRekomendasi | Langkah::CatatBap)
            | (_, Langkah::NyatakanLengkap | Langkah::MintaRekomendasi | Langkah::JadwalkanSurvei | Langkah::KirimParaf)
            | (_, Langkah::KirimTagihan | Langkah::KembalikanDraf | Langkah::Paraf)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(langkah: Langkah, meja: Meja, day: &str, oleh: &str) -> Jejak {
        Jejak { langkah, meja, tanggal: day.parse().unwrap(), oleh: oleh.into(), nama: oleh.to_uppercase() }
    }

    fn of(steps: &[Jejak]) -> BTreeMap<Siapa, Kerja> {
        let mut all = BTreeMap::new();
        add(&mut all, steps, |from, to| Some(i64::from(praja_kernel::days_between(from, to))));
        all
    }

    fn who(all: &BTreeMap<Siapa, Kerja>, meja: Meja, oleh: &str) -> Kerja {
        all.iter().find(|((_, at, by), _)| *at == meja && by == oleh).map(|(_, work)| work.clone()).unwrap_or_default()
    }

    #[test]
    fn days_of_a_stay_belong_to_whoever_ended_it() {
        use Langkah as L;
        let all = of(&[
            step(L::Ajukan, Meja::Pemohon, "2026-11-02", "warga:1"),
            step(L::NyatakanLengkap, Meja::Loket, "2026-11-03", "pegawai:a"),
            step(L::MulaiPeriksa, Meja::Pemeriksa, "2026-11-05", "pegawai:b"),
            step(L::Setujui, Meja::Pemeriksa, "2026-11-06", "pegawai:b"),
            step(L::KirimParaf, Meja::Pemeriksa, "2026-11-09", "pegawai:c"),
            step(L::Paraf, Meja::Kasi, "2026-11-10", "pegawai:d"),
        ]);
        assert_eq!(who(&all, Meja::Loket, "pegawai:a").hari.median(), Some(1));
        let (begun, ended) = (who(&all, Meja::Pemeriksa, "pegawai:b"), who(&all, Meja::Pemeriksa, "pegawai:c"));
        assert_eq!((begun.berkas, begun.tindakan, begun.hari.count()), (1, 2, 0));
        assert_eq!((ended.berkas, ended.hari.median()), (1, Some(6)));
        assert_eq!(who(&all, Meja::Kasi, "pegawai:d").hari.median(), Some(1));
        assert!(all.keys().all(|(_, meja, _)| *meja != Meja::Pemohon));
    }

    #[test]
    fn what_is_still_on_a_desk_has_no_days_yet_and_its_return_counts_once() {
        use Langkah as L;
        let all = of(&[
            step(L::Ajukan, Meja::Pemohon, "2026-11-02", "warga:1"),
            step(L::Kembalikan, Meja::Loket, "2026-11-03", "pegawai:a"),
            step(L::Ajukan, Meja::Pemohon, "2026-11-20", "warga:1"),
            step(L::NyatakanLengkap, Meja::Loket, "2026-11-23", "pegawai:a"),
            step(L::MulaiPeriksa, Meja::Pemeriksa, "2026-11-24", "pegawai:b"),
        ]);
        let counter = who(&all, Meja::Loket, "pegawai:a");
        assert_eq!((counter.berkas, counter.tindakan, counter.kembali, counter.hari.count()), (1, 2, 1, 2));
        // Seventeen days with the applicant are nobody's.
        assert_eq!(counter.hari.iter().collect::<Vec<_>>(), [(1, 1), (3, 1)]);
        assert_eq!(who(&all, Meja::Pemeriksa, "pegawai:b").hari.count(), 0);
    }
}
