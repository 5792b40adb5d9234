//! The figures of the statistics, gathered from what was counted when it happened and from what is open now.

use std::collections::{BTreeMap, HashMap};

use praja_kernel::{Date, Id};
use praja_module::Problem;
use praja_store::Tx;

use super::{
    Jenis, median,
    saringan::Saringan,
    store::{self, Hitungan},
};
use crate::{
    arsip::{self, isi::Jenis as Isi},
    disposisi::store as orders,
};

/// Late orders and unfiled things are counted up to this many for each OPD.
pub(crate) const CAP: i64 = 1_000;

/// How long a step took: whole hours, with how often they came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lama(HashMap<i64, i64>);

impl Lama {
    fn add(&mut self, jam: i64, jumlah: i64) {
        *self.0.entry(jam).or_default() += jumlah;
    }

    /// The middle one.
    pub(crate) fn median(&self) -> Option<i64> {
        let all: Vec<(i64, i64)> = self.0.iter().map(|(jam, jumlah)| (*jam, *jumlah)).collect();
        median(&all)
    }

    /// How many took this step.
    pub(crate) fn count(&self) -> i64 {
        self.0.values().sum()
    }
}

/// What is known about one OPD, or about several together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ringkasan {
    pub(crate) masuk: i64,
    pub(crate) impor: i64,
    pub(crate) salah_alamat: i64,
    pub(crate) keluar: i64,
    pub(crate) diajukan: i64,
    pub(crate) dikembalikan: i64,
    /// Registered → first desk.
    pub(crate) arahan: Lama,
    /// First desk → first order.
    pub(crate) meja: Lama,
    /// Registered → first order.
    pub(crate) disposisi: Lama,
    /// First order → end.
    pub(crate) selesai: Lama,
}

impl Ringkasan {
    pub(crate) fn add(&mut self, one: &Hitungan) {
        let Hitungan { nilai, jumlah, .. } = *one;
        match one.jenis {
            Jenis::Masuk => self.masuk += jumlah,
            Jenis::Impor => self.impor += jumlah,
            Jenis::SalahAlamat => self.salah_alamat += jumlah,
            Jenis::Keluar => self.keluar += jumlah,
            Jenis::Diajukan => self.diajukan += jumlah,
            Jenis::Dikembalikan => self.dikembalikan += jumlah,
            Jenis::Arahan => self.arahan.add(nilai, jumlah),
            Jenis::Meja => self.meja.add(nilai, jumlah),
            Jenis::Disposisi => self.disposisi.add(nilai, jumlah),
            Jenis::Selesai => self.selesai.add(nilai, jumlah),
        }
    }

    /// Of a hundred naskah handed on, how many were sent back; nothing where none was.
    pub(crate) fn kembali(&self) -> Option<i64> {
        (self.diajukan > 0).then(|| (self.dikembalikan * 100 + self.diajukan / 2) / self.diajukan)
    }
}

/// One month: what came, what came with old books, what was ended of it, what was not for this office, what went out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Bulan {
    pub(crate) masuk: i64,
    pub(crate) impor: i64,
    pub(crate) selesai: i64,
    pub(crate) salah_alamat: i64,
    pub(crate) keluar: i64,
}

/// One OPD.
#[derive(Debug, Clone, Default)]
pub(crate) struct Kantor {
    pub(crate) nama: String,
    pub(crate) isi: Ringkasan,
    /// Orders that are late now.
    pub(crate) terlambat: usize,
    /// Letters and naskah that are finished and lie in no file now.
    pub(crate) belum: usize,
}

/// Everything the page shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gambar {
    pub(crate) all: Ringkasan,
    pub(crate) monthly: Vec<(String, Bulan)>,
    pub(crate) by_opd: Vec<Kantor>,
    /// Late orders by post, most first.
    pub(crate) late: Vec<(String, usize)>,
}

/// Gathers the figures of these OPDs.
pub(crate) fn gather(tx: &mut Tx<'_>, offices: &[(Id, String)], saringan: &Saringan, today: Date) -> Result<Gambar, Problem> {
    let ids: Vec<Id> = offices.iter().map(|(id, _)| *id).collect();
    let months = &saringan.bulan;
    let (first, last) = (months.first().cloned().unwrap_or_default(), months.last().cloned().unwrap_or_default());
    let mut gambar = Gambar::default();
    let mut monthly: BTreeMap<&str, Bulan> = months.iter().map(|month| (month.as_str(), Bulan::default())).collect();
    let mut by_opd: HashMap<Id, Ringkasan> = HashMap::new();
    for one in store::list(tx, &ids, &first, &last)? {
        gambar.all.add(&one);
        by_opd.entry(one.opd).or_default().add(&one);
        let Some(month) = monthly.get_mut(one.bulan.as_str()) else { continue };
        match one.jenis {
            Jenis::Masuk => month.masuk += one.jumlah,
            Jenis::Impor => month.impor += one.jumlah,
            Jenis::Selesai => month.selesai += one.jumlah,
            Jenis::SalahAlamat => month.salah_alamat += one.jumlah,
            Jenis::Keluar => month.keluar += one.jumlah,
            Jenis::Arahan | Jenis::Meja | Jenis::Disposisi | Jenis::Diajukan | Jenis::Dikembalikan => {}
        }
    }
    gambar.monthly =
        months.iter().map(|month| (month.clone(), monthly.get(month.as_str()).copied().unwrap_or_default())).collect();
    let mut late: BTreeMap<String, usize> = BTreeMap::new();
    for (id, nama) in offices {
        let overdue = orders::overdue(tx, *id, today, CAP)?;
        let terlambat = overdue.len();
        for (_, jabatan) in overdue {
            *late.entry(jabatan).or_default() += 1;
        }
        let mut belum = 0;
        for jenis in [Isi::Masuk, Isi::Keluar] {
            belum += arsip::store::count_unfiled(tx, *id, jenis, CAP)?;
        }
        gambar.by_opd.push(Kantor { nama: nama.clone(), isi: by_opd.remove(id).unwrap_or_default(), terlambat, belum });
    }
    gambar.by_opd.sort_by_key(|one| std::cmp::Reverse((one.terlambat, one.isi.masuk)));
    gambar.late = late.into_iter().collect();
    gambar.late.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Ok(gambar)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(jenis: Jenis, nilai: i64, jumlah: i64) -> Hitungan {
        Hitungan { opd: Id::v7(1, [0; 10]), bulan: "2026-11".into(), jenis, nilai, jumlah }
    }

    #[test]
    fn the_steps_of_a_letter_are_counted_apart_and_their_medians_stand_beside_how_many_took_them() {
        let mut all = Ringkasan::default();
        for (jenis, nilai, jumlah) in
            [(Jenis::Arahan, 1, 3), (Jenis::Arahan, 9, 1), (Jenis::Meja, 30, 2), (Jenis::Selesai, 48, 1), (Jenis::Masuk, 0, 7)]
        {
            all.add(&counted(jenis, nilai, jumlah));
        }
        assert_eq!((all.arahan.median(), all.arahan.count()), (Some(1), 4));
        assert_eq!((all.meja.median(), all.selesai.median(), all.disposisi.median()), (Some(30), Some(48), None));
        assert_eq!(all.masuk, 7);
    }

    #[test]
    fn the_rate_of_return_is_a_share_of_what_was_handed_on() {
        let mut all = Ringkasan::default();
        assert_eq!(all.kembali(), None, "of nothing there is no share");
        all.add(&counted(Jenis::Diajukan, 0, 8));
        assert_eq!(all.kembali(), Some(0));
        all.add(&counted(Jenis::Dikembalikan, 0, 1));
        assert_eq!(all.kembali(), Some(13), "12.5 is rounded up");
    }
}
