//! From what happened to figures: counted once a night, hidden where they are of too few people, kept as text for each service and year. Pure.

use std::collections::{BTreeMap, HashMap};

use praja_kernel::{Date, Id};
use serde::{Deserialize, Serialize};

use super::{
    angka::{Sebaran, kelas},
    periode::{DALAM_TAHUN, Periode},
    samar::{self, Jumlahan, Sel},
    ukuran,
};
use crate::{
    alur::{Meja, Status},
    permohonan::AlasanLompat,
};

/// An application as it is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fakta {
    pub(crate) jenis: Id,
    /// The applicant; a NIK is a number of sixteen digits.
    pub(crate) orang: u64,
    /// The day on which it was received.
    pub(crate) masuk: Date,
    pub(crate) kuasa: bool,
    pub(crate) status: Status,
    pub(crate) meja: Meja,
    pub(crate) selesai: Option<Date>,
    pub(crate) hari: Option<i64>,
    pub(crate) sla: i64,
    pub(crate) kode_tolak: String,
    pub(crate) putaran: i64,
}

/// A return or an act out of order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Peristiwa {
    pub(crate) jenis: Id,
    pub(crate) orang: u64,
    pub(crate) tanggal: Date,
    /// None for a return.
    pub(crate) lompat: Option<AlasanLompat>,
}

/// Figures of some services in some periods, each beside its place; the first service is all of them together.
#[derive(Debug)]
struct Kisi {
    jenis: usize,
    sel: Vec<Sel>,
    /// Days by period and service.
    hari: BTreeMap<(usize, usize), Sebaran>,
}

impl Kisi {
    fn new(jenis: usize, periode: usize) -> Self {
        Self { jenis, sel: vec![Sel::default(); jenis * periode * ukuran::names().len()], hari: BTreeMap::new() }
    }

    fn at(&self, periode: usize, jenis: usize, ukuran: usize) -> usize {
        (periode * self.jenis + jenis) * ukuran::names().len() + ukuran
    }

    fn periods(&self) -> usize {
        self.sel.len() / (self.jenis * ukuran::names().len())
    }

    /// One more in these periods, for its service and for all.
    fn add(&mut self, periods: &[usize], jenis: usize, name: &str, orang: u64) {
        let Some(place) = ukuran::place(name) else { return };
        for periode in periods {
            for jenis in [0, jenis] {
                let at = self.at(*periode, jenis, place);
                self.sel[at].add(orang);
            }
        }
    }

    fn add_days(&mut self, periods: &[usize], jenis: usize, hari: i64) {
        for periode in periods {
            for jenis in [0, jenis] {
                self.hari.entry((*periode, jenis)).or_default().add(hari);
            }
        }
    }

    /// Every sum: of services, of parts, and in a year of months and quarters.
    fn sums(&self) -> Vec<Jumlahan> {
        let (periods, names) = (self.periods(), ukuran::names().len());
        let mut all = Vec::new();
        for periode in 0..periods {
            for name in 0..names {
                all.push(Jumlahan {
                    total: self.at(periode, 0, name),
                    bagian: (1..self.jenis).map(|jenis| self.at(periode, jenis, name)).collect(),
                });
            }
            for jenis in 0..self.jenis {
                all.extend(ukuran::sums().iter().map(|one| Jumlahan {
                    total: self.at(periode, jenis, one.total),
                    bagian: one.bagian.iter().map(|part| self.at(periode, jenis, *part)).collect(),
                }));
            }
        }
        if periods == DALAM_TAHUN {
            for jenis in 0..self.jenis {
                for name in 0..names {
                    let of = |total: usize, parts: std::ops::Range<usize>| Jumlahan {
                        total: self.at(total, jenis, name),
                        bagian: parts.map(|part| self.at(part, jenis, name)).collect(),
                    };
                    all.push(of(0, 1..5));
                    all.extend((0..4).map(|quarter| of(1 + quarter, 5 + quarter * 3..8 + quarter * 3)));
                }
            }
        }
        all
    }

    /// As it is kept: by period and name, nothing where there is nothing. `hidden` takes out what is of too few people.
    fn written(&self, jenis: usize, labels: &[String], hidden: Option<&[bool]>) -> Isi {
        let mut isi = Isi::default();
        for (periode, label) in labels.iter().enumerate() {
            let mut figures = BTreeMap::new();
            for (place, name) in ukuran::names().iter().enumerate() {
                let at = self.at(periode, jenis, place);
                if self.sel[at].jumlah > 0 {
                    let shown = hidden.is_none_or(|hidden| !hidden[at]);
                    figures.insert(name.clone(), shown.then_some(self.sel[at].jumlah));
                }
            }
            if let Some(days) = self.hari.get(&(periode, jenis)) {
                let measured = ukuran::place(ukuran::DIUKUR).map(|place| self.at(periode, jenis, place));
                let few = hidden.is_some() && measured.is_none_or(|at| self.sel[at].is_few());
                for (name, value) in [(ukuran::MEDIAN, days.median()), (ukuran::P90, days.p90())] {
                    figures.insert(name.to_owned(), value.filter(|_| !few));
                }
            }
            if !figures.is_empty() {
                isi.0.insert(label.clone(), figures);
            }
        }
        isi
    }
}

/// Figures of a service by period and name. A name that is missing is nothing; one without a value is not shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Isi(pub(crate) BTreeMap<String, BTreeMap<String, Option<i64>>>);

/// A figure as it may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Angka {
    /// So many.
    Ada(i64),
    /// Of too few people, or telling of such.
    Samar,
}

impl Angka {
    /// The number where it is shown.
    pub(crate) const fn value(self) -> Option<i64> {
        match self {
            Self::Ada(value) => Some(value),
            Self::Samar => None,
        }
    }
}

impl Isi {
    /// A count.
    pub(crate) fn count(&self, periode: &str, name: &str) -> Angka {
        match self.0.get(periode).and_then(|figures| figures.get(name)) {
            None => Angka::Ada(0),
            Some(None) => Angka::Samar,
            Some(Some(value)) => Angka::Ada(*value),
        }
    }

    /// A number of days; none where nothing was measured.
    pub(crate) fn days(&self, periode: &str, name: &str) -> Option<Angka> {
        self.0.get(periode)?.get(name).map(|value| value.map_or(Angka::Samar, Angka::Ada))
    }
}

/// What is kept of one service in one year, or of what waits now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lembar {
    /// "2026", or [`KINI`].
    pub(crate) masa: String,
    /// None for all services together.
    pub(crate) jenis: Option<Id>,
    /// For everybody.
    pub(crate) umum: Isi,
    /// For the inspectorate: nothing is hidden.
    pub(crate) dalam: Isi,
}

/// What waits now stands under this name.
pub(crate) const KINI: &str = "kini";

/// Counts while applications are read.
#[derive(Debug)]
pub(crate) struct Hitungan {
    jenis: HashMap<Id, usize>,
    order: Vec<Id>,
    tahun: BTreeMap<i16, Kisi>,
    kini: Kisi,
}

impl Hitungan {
    /// Nothing yet, of these services.
    pub(crate) fn new(order: Vec<Id>) -> Self {
        let jenis = order.iter().enumerate().map(|(at, id)| (*id, at + 1)).collect();
        let kini = Kisi::new(order.len() + 1, 1);
        Self { jenis, order, tahun: BTreeMap::new(), kini }
    }

    fn year(&mut self, day: Date) -> (&mut Kisi, [usize; 3]) {
        let jenis = self.order.len() + 1;
        (self.tahun.entry(day.year()).or_insert_with(|| Kisi::new(jenis, DALAM_TAHUN)), Periode::places(day.month()))
    }

    /// An application that was sent.
    pub(crate) fn application(&mut self, one: &Fakta) {
        let Some(jenis) = self.jenis.get(&one.jenis).copied() else { return };
        let orang = one.orang;
        let (kisi, periods) = self.year(one.masuk);
        kisi.add(&periods, jenis, ukuran::MASUK, orang);
        kisi.add(&periods, jenis, if one.kuasa { ukuran::KUASA } else { ukuran::SENDIRI }, orang);
        let outcome = match one.status {
            Status::Terbit | Status::Diserahkan => Some(ukuran::TERBIT),
            Status::Ditolak => Some(ukuran::TOLAK),
            _ => None,
        };
        if let (Some(outcome), Some(day)) = (outcome, one.selesai) {
            let (kisi, periods) = self.year(day);
            kisi.add(&periods, jenis, ukuran::PUTUS, orang);
            kisi.add(&periods, jenis, outcome, orang);
            if outcome == ukuran::TOLAK {
                kisi.add(&periods, jenis, &ukuran::tolak(&one.kode_tolak), orang);
            }
            kisi.add(&periods, jenis, if one.putaran > 0 { ukuran::PERNAH } else { ukuran::UTUH }, orang);
            match one.hari {
                Some(hari) => {
                    kisi.add(&periods, jenis, ukuran::DIUKUR, orang);
                    kisi.add(&periods, jenis, if hari <= one.sla { ukuran::TEPAT } else { ukuran::LAMBAT }, orang);
                    kisi.add(&periods, jenis, &ukuran::hari(kelas(hari)), orang);
                    kisi.add_days(&periods, jenis, hari);
                }
                None => kisi.add(&periods, jenis, ukuran::TANPA, orang),
            }
        }
        if one.meja != Meja::Selesai && one.status != Status::Draf {
            self.kini.add(&[0], jenis, ukuran::ANTRE, orang);
            self.kini.add(&[0], jenis, &ukuran::antre(one.meja), orang);
        }
    }

    /// A return or an act out of order.
    pub(crate) fn event(&mut self, one: &Peristiwa) {
        let Some(jenis) = self.jenis.get(&one.jenis).copied() else { return };
        let (kisi, periods) = self.year(one.tanggal);
        match one.lompat {
            None => kisi.add(&periods, jenis, ukuran::KEMBALI, one.orang),
            Some(kode) => {
                kisi.add(&periods, jenis, ukuran::LOMPAT, one.orang);
                kisi.add(&periods, jenis, &ukuran::lompat(kode), one.orang);
            }
        }
    }

    /// Everything as it is kept. Services without any figure are left out; all of them together never are.
    pub(crate) fn finish(self) -> Vec<Lembar> {
        let mut all = Vec::new();
        let years = self.tahun.into_iter().map(|(tahun, kisi)| {
            let labels: Vec<String> = Periode::of_year(tahun).map(|one| one.to_string()).collect();
            (Periode::Tahun(tahun).to_string(), labels, kisi)
        });
        for (masa, labels, kisi) in years.chain([(KINI.to_owned(), vec![KINI.to_owned()], self.kini)]) {
            let hidden = samar::hide(&kisi.sel, &kisi.sums());
            for jenis in 0..kisi.jenis {
                let dalam = kisi.written(jenis, &labels, None);
                if jenis == 0 || !dalam.0.is_empty() {
                    let umum = kisi.written(jenis, &labels, Some(&hidden));
                    all.push(Lembar { masa: masa.clone(), jenis: jenis.checked_sub(1).map(|at| self.order[at]), umum, dalam });
                }
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u32) -> Id {
        format!("0192a7b0-0000-7000-8000-{number:012}").parse().unwrap()
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn fakta(jenis: u32, orang: u64) -> Fakta {
        Fakta {
            jenis: id(jenis),
            orang,
            masuk: day("2026-10-30"),
            kuasa: false,
            status: Status::Diserahkan,
            meja: Meja::Selesai,
            selesai: Some(day("2026-11-04")),
            hari: Some(3),
            sla: 5,
            kode_tolak: String::new(),
            putaran: 0,
        }
    }

    fn of(all: &[Lembar], masa: &str, jenis: Option<u32>) -> Lembar {
        all.iter().find(|one| one.masa == masa && one.jenis == jenis.map(id)).cloned().unwrap()
    }

    #[test]
    fn an_application_counts_as_received_in_its_month_and_as_issued_in_the_month_of_its_end() {
        let mut count = Hitungan::new(vec![id(1)]);
        (0..4).for_each(|person| count.application(&fakta(1, person)));
        let all = count.finish();
        let one = of(&all, "2026", Some(1)).umum;
        for (periode, masuk, terbit) in
            [("2026-10", 4, 0), ("2026-11", 0, 4), ("2026-T4", 4, 4), ("2026-T3", 0, 0), ("2026", 4, 4)]
        {
            assert_eq!(
                (one.count(periode, ukuran::MASUK), one.count(periode, ukuran::TERBIT)),
                (Angka::Ada(masuk), Angka::Ada(terbit)),
                "{periode}"
            );
        }
        assert_eq!((one.days("2026-11", ukuran::MEDIAN), one.days("2026-10", ukuran::MEDIAN)), (Some(Angka::Ada(3)), None));
        assert_eq!(of(&all, "2026", None).umum.count("2026", ukuran::TEPAT), Angka::Ada(4));
        assert_eq!(of(&all, KINI, None).umum.count(KINI, ukuran::ANTRE), Angka::Ada(0));
    }

    #[test]
    fn what_fewer_than_three_people_asked_for_is_hidden_from_everybody_but_the_inspectorate() {
        let mut count = Hitungan::new(vec![id(1), id(2)]);
        (0..6).for_each(|person| count.application(&fakta(1, person)));
        // Three applications of the same two people.
        [10, 10, 11].iter().for_each(|person| count.application(&fakta(2, *person)));
        let all = count.finish();
        let (one, other, both) = (of(&all, "2026", Some(1)), of(&all, "2026", Some(2)), of(&all, "2026", None));
        assert_eq!(other.umum.count("2026", ukuran::TERBIT), Angka::Samar);
        assert_eq!(other.umum.days("2026", ukuran::MEDIAN), Some(Angka::Samar));
        assert_eq!(other.dalam.count("2026", ukuran::TERBIT), Angka::Ada(3));
        // Nine less six would tell.
        assert_eq!(both.umum.count("2026", ukuran::TERBIT), Angka::Ada(9));
        assert_eq!(one.umum.count("2026", ukuran::TERBIT), Angka::Samar);
    }

    #[test]
    fn late_refused_returned_and_waiting_are_each_counted_once() {
        let mut count = Hitungan::new(vec![id(1)]);
        for person in 0..3 {
            count.application(&fakta(1, person));
            count.application(&Fakta { hari: Some(9), putaran: 2, ..fakta(1, 10 + person) });
            count.application(&Fakta { status: Status::Ditolak, kode_tolak: "kuota-habis".into(), ..fakta(1, 20 + person) });
            count.application(&Fakta {
                status: Status::Lengkap,
                meja: Meja::Pemeriksa,
                selesai: None,
                hari: None,
                ..fakta(1, 30 + person)
            });
            count.application(&Fakta { status: Status::Gugur, kuasa: true, hari: None, ..fakta(1, 40 + person) });
            let event = Peristiwa { jenis: id(1), orang: 10 + person, tanggal: day("2026-11-02"), lompat: None };
            count.event(&event);
            count.event(&Peristiwa { lompat: Some(AlasanLompat::Rentan), ..event });
        }
        let all = count.finish();
        let (one, now) = (of(&all, "2026", Some(1)).umum, of(&all, KINI, Some(1)).umum);
        for (name, many) in [
            (ukuran::MASUK, 15),
            (ukuran::KUASA, 3),
            (ukuran::PUTUS, 9),
            (ukuran::TERBIT, 6),
            (ukuran::TOLAK, 3),
            ("tolak:kuota-habis", 3),
            (ukuran::PERNAH, 3),
            (ukuran::TEPAT, 6),
            (ukuran::LAMBAT, 3),
            (ukuran::KEMBALI, 3),
            (ukuran::LOMPAT, 3),
            ("lompat:disabilitas-lansia", 3),
            ("hari:1", 6),
            ("hari:4", 3),
        ] {
            assert_eq!(one.count("2026", name), Angka::Ada(many), "{name}");
        }
        assert_eq!((one.days("2026", ukuran::MEDIAN), one.days("2026", ukuran::P90)), (Some(Angka::Ada(3)), Some(Angka::Ada(9))));
        assert_eq!(now.count(KINI, &ukuran::antre(Meja::Pemeriksa)), Angka::Ada(3));
    }

    #[test]
    fn what_is_kept_is_read_as_it_was_written() {
        let mut count = Hitungan::new(vec![id(1)]);
        (0..2).for_each(|person| count.application(&fakta(1, person)));
        let one = of(&count.finish(), "2026", Some(1)).umum;
        let text = serde_json::to_string(&one).unwrap();
        assert_eq!(serde_json::from_str::<Isi>(&text).unwrap(), one);
        assert!(text.contains("null") && !text.contains(":2"), "{text}");
    }

    #[test]
    fn in_a_year_of_many_quiet_services_nothing_of_fewer_than_three_people_is_shown_or_can_be_worked_out() {
        let mut count = Hitungan::new((0..16).map(id).collect());
        for number in 0..700_u64 {
            let mixed = number.wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let (jenis, month) =
                (u32::try_from((mixed >> 17) % 256).unwrap().isqrt(), 1 + i8::try_from((mixed >> 31) % 11).unwrap());
            let masuk = Date::new(2026, month, 5).unwrap();
            let status = if mixed % 11 == 0 { Status::Ditolak } else { Status::Diserahkan };
            let hari = Some(i64::try_from((mixed >> 40) % 12).unwrap());
            let kode_tolak = if mixed % 22 == 0 { "kuota-habis" } else { "data-tidak-benar" }.to_owned();
            let selesai = Date::new(2026, month + i8::from(mixed % 3 == 0), 20).ok();
            let kuasa = mixed % 13 == 0;
            count.application(&Fakta { masuk, status, hari, kode_tolak, selesai, kuasa, ..fakta(jenis, mixed >> 50) });
        }
        let kisi = count.tahun.remove(&2026).unwrap();
        let sums = kisi.sums();
        let hidden = samar::hide(&kisi.sel, &sums);
        let shown = kisi.sel.iter().zip(&hidden).filter(|(sel, hidden)| sel.jumlah > 0 && !**hidden);
        assert!(shown.clone().all(|(sel, _)| !sel.is_few()) && shown.count() > 100);
        let told: Vec<usize> = samar::solvable(&hidden, &sums).into_iter().filter(|at| kisi.sel[*at].is_few()).collect();
        assert_eq!(told, Vec::<usize>::new());
    }
}
