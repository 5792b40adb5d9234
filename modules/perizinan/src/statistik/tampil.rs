//! What pages and files about figures share: which period and service is asked for, and how a figure is written.

use praja_kernel::{Date, Id, ribuan};
use praja_module::{Ctx, Problem};
use praja_store::Tx;
use praja_web::Cell;

use super::{
    angka::{per_seribu, persen},
    hitung::{Angka, Isi, KINI},
    periode::Periode,
    store::{self, Baca},
    ukuran,
};
use crate::jenis;

/// What stands where a figure is of too few people.
pub(super) const SAMAR: &str = "*";

/// A type of service as statistics name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layanan {
    pub(super) id: Id,
    pub(super) kode: String,
    pub(super) nama: String,
}

/// What is asked for, and everything that is there about it.
#[derive(Debug, Clone)]
pub(super) struct Pilihan {
    pub(super) periode: Periode,
    pub(super) layanan: Option<Layanan>,
    /// Every service, by name.
    pub(super) semua: Vec<Layanan>,
    /// Years with figures, the newest first.
    pub(super) tahun: Vec<i16>,
    /// The figures of the year of the period; all services together first.
    pub(super) isi: Vec<Baca>,
    /// What waits now.
    pub(super) kini: Vec<Baca>,
}

/// The choice of this address; none while nothing was counted.
///
/// # Errors
/// [`Problem::NotFound`] for a period or a service that is none.
pub(super) fn asked(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Option<Pilihan>, Problem> {
    let tahun = store::years(tx)?;
    let asked = |name: &str| ctx.query(name).map(str::trim).filter(|text| !text.is_empty());
    let periode = match asked("masa") {
        Some(text) => Some(text.parse::<Periode>().map_err(|()| Problem::NotFound)?),
        None => tahun.iter().find(|year| **year <= ctx.today().year()).or(tahun.first()).map(|year| Periode::Tahun(*year)),
    };
    let Some(periode) = periode else { return Ok(None) };
    let semua: Vec<Layanan> = jenis::store::all(tx)?
        .into_iter()
        .map(|one| Layanan { id: one.versi.jenis, kode: one.versi.kode, nama: one.versi.nama })
        .collect();
    let layanan = match asked("layanan") {
        Some(kode) => Some(semua.iter().find(|one| one.kode == kode).cloned().ok_or(Problem::NotFound)?),
        None => None,
    };
    let (isi, kini) = (store::umum(tx, &Periode::Tahun(periode.tahun()).to_string())?, store::umum(tx, KINI)?);
    Ok(Some(Pilihan { periode, layanan, semua, tahun, isi, kini }))
}

static KOSONG: Isi = Isi(std::collections::BTreeMap::new());

impl Pilihan {
    /// Figures of the year: of this service, or of all together.
    pub(super) fn of(&self, layanan: Option<Id>) -> &Isi {
        self.isi.iter().find(|one| one.jenis == layanan).map_or(&KOSONG, |one| &one.isi)
    }

    /// What waits now: of this service, or of all together.
    pub(super) fn waiting(&self, layanan: Option<Id>) -> &Isi {
        self.kini.iter().find(|one| one.jenis == layanan).map_or(&KOSONG, |one| &one.isi)
    }

    /// Figures of the choice.
    pub(super) fn chosen(&self) -> &Isi {
        self.of(self.layanan.as_ref().map(|one| one.id))
    }

    /// The day on which it was counted.
    pub(super) fn day(&self, ctx: &Ctx) -> Date {
        let at = self.kini.first().or(self.isi.first()).map_or(ctx.now(), |one| one.pada);
        ctx.instance().zona.date(at)
    }

    /// The rows of the list: everything together, then each service with figures in this period, or only the one that was chosen.
    pub(super) fn rows(&self) -> Vec<(Option<&Layanan>, [Nilai; 7])> {
        let key = self.periode.to_string();
        let has = |one: &&Layanan| self.of(Some(one.id)).0.contains_key(&key);
        let listed: Vec<Option<&Layanan>> = match &self.layanan {
            Some(layanan) => vec![Some(layanan)],
            None => std::iter::once(None).chain(self.semua.iter().filter(has).map(Some)).collect(),
        };
        listed.into_iter().map(|layanan| (layanan, figures(self.of(layanan.map(|one| one.id)), &key))).collect()
    }

    /// The months of the year with the same figures, of the chosen service.
    pub(super) fn months(&self) -> Vec<(Periode, [Nilai; 7])> {
        Periode::of_year(self.periode.tahun())
            .filter(|one| matches!(one, Periode::Bulan(..)) && self.chosen().0.contains_key(&one.to_string()))
            .map(|one| (one, figures(self.chosen(), &one.to_string())))
            .collect()
    }
}

/// A figure as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Nilai {
    /// There is none.
    Tiada,
    /// A whole number.
    Bulat(i64),
    /// Words: a share, or that it is not shown.
    Kata(String),
}

impl From<Angka> for Nilai {
    fn from(angka: Angka) -> Self {
        match angka {
            Angka::Ada(value) => Self::Bulat(value),
            Angka::Samar => Self::Kata(SAMAR.to_owned()),
        }
    }
}

impl From<Option<Angka>> for Nilai {
    fn from(angka: Option<Angka>) -> Self {
        angka.map_or(Self::Tiada, Into::into)
    }
}

impl Nilai {
    /// In a page.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Tiada => "–".to_owned(),
            Self::Bulat(value) => ribuan(value.unsigned_abs()),
            Self::Kata(words) => words.clone(),
        }
    }

    /// In a table.
    pub(super) fn cell(&self) -> Cell {
        if *self == Self::Tiada { Cell::empty() } else { Cell::new(self.text()) }
    }

    /// In a file.
    pub(super) fn file(self) -> praja_web::export::Cell {
        match self {
            Self::Tiada => praja_web::export::Cell::Empty,
            Self::Bulat(value) => value.into(),
            Self::Kata(words) => words.into(),
        }
    }
}

/// A share of two counts.
pub(super) fn share(part: Angka, whole: Angka) -> Nilai {
    match (part, whole) {
        (_, Angka::Ada(0)) => Nilai::Tiada,
        (Angka::Ada(part), Angka::Ada(whole)) => per_seribu(part, whole).map_or(Nilai::Tiada, |share| Nilai::Kata(persen(share))),
        _ => Nilai::Kata(SAMAR.to_owned()),
    }
}

/// What the columns of [`figures`] are called.
pub(super) const HEADS: [&str; 7] =
    ["Masuk", "Terbit", "Ditolak", "Dikembalikan", "Median hari", "9 dari 10 hari", "Tepat waktu"];

/// The figures of a line.
pub(super) fn figures(isi: &Isi, periode: &str) -> [Nilai; 7] {
    [
        isi.count(periode, ukuran::MASUK).into(),
        isi.count(periode, ukuran::TERBIT).into(),
        isi.count(periode, ukuran::TOLAK).into(),
        isi.count(periode, ukuran::KEMBALI).into(),
        isi.days(periode, ukuran::MEDIAN).into(),
        isi.days(periode, ukuran::P90).into(),
        share(isi.count(periode, ukuran::TEPAT), isi.count(periode, ukuran::DIUKUR)),
    ]
}
