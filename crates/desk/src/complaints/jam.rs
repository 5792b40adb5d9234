//! The times of complaints: shipped as data with their source, changed by a regency on its own page from a day on. What was promised stays.

pub(crate) mod pages;

use praja_kernel::{Date, FieldProblem, words};
use praja_store::{Result, StoreError, Tx, audit};
use serde::Deserialize;

use super::{Jenis, store};
use crate::choices::store as settings;

static SHIPPED: &str = include_str!("../../../../config-templates/data/pengaduan_tenggat.csv");

/// Who owns what was set before there were days from which a time holds.
const OWNER: &str = "daerah";
/// More is no promise.
const MOST: u32 = 120;

words! {
    /// What is timed.
    pub enum Jam ("waktu pengaduan") {
        /// Until somebody takes it up.
        Pertama => "tanggapan-pertama", "Tanggapan pertama";
        /// Until a question is answered.
        Normatif => "normatif", "Jawaban informasi atau normatif";
        /// Until it is answered where nobody has to look.
        TanpaLapangan => "tanpa-lapangan", "Jawaban tanpa pemeriksaan lapangan";
        /// Until it is answered where somebody has to look, or to investigate.
        Lapangan => "lapangan", "Jawaban dengan pemeriksaan lapangan atau pengawasan";
        /// How long whoever complained may object to the answer.
        BukaLagi => "buka-lagi", "Masa pelapor membuka lagi";
    }
}

words! {
    /// How a complaint is handled, which gives its time.
    pub enum Penanganan ("penanganan pengaduan") {
        /// A question, or a rule to be explained.
        Normatif => "normatif", "Informasi atau normatif";
        /// Answered from the desk.
        TanpaLapangan => "tanpa-lapangan", "Tanpa pemeriksaan lapangan";
        /// Somebody has to look at the place, or to investigate.
        Lapangan => "lapangan", "Perlu pemeriksaan lapangan atau pengawasan";
    }
}

impl Penanganan {
    /// What a kind needs unless somebody who verified it decides otherwise.
    pub const fn of(jenis: Jenis) -> Self {
        match jenis {
            Jenis::Informasi => Self::Normatif,
            Jenis::Pelayanan | Jenis::Aspirasi => Self::TanpaLapangan,
            Jenis::Pengawasan => Self::Lapangan,
        }
    }

    /// Its time.
    pub const fn jam(self) -> Jam {
        match self {
            Self::Normatif => Jam::Normatif,
            Self::TanpaLapangan => Jam::TanpaLapangan,
            Self::Lapangan => Jam::Lapangan,
        }
    }
}

impl Jam {
    /// The kind of complaint whose time an older release set in its place.
    const fn earlier(self) -> Option<&'static str> {
        match self {
            Self::Normatif => Some("tenggat-pengaduan.informasi"),
            Self::TanpaLapangan => Some("tenggat-pengaduan.pelayanan"),
            Self::Lapangan => Some("tenggat-pengaduan.pengawasan"),
            Self::Pertama | Self::BukaLagi => None,
        }
    }

    /// In what it is counted.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::BukaLagi => "hari",
            _ => "hari kerja",
        }
    }
}

/// A time with its rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Waktu {
    /// So many days; working days but for [`Jam::BukaLagi`].
    pub(crate) hari: u32,
    /// On what it stands.
    pub(crate) dasar: String,
    /// From which day it holds.
    pub(crate) berlaku_dari: Date,
    /// When somebody last looked at it.
    pub(crate) ditinjau: Date,
}

/// What is shipped. A test holds that the file names every time.
pub(crate) fn shipped(jam: Jam) -> Waktu {
    read(SHIPPED, jam).unwrap_or(Waktu { hari: 14, dasar: String::new(), berlaku_dari: Date::ZERO, ditinjau: Date::ZERO })
}

fn read(text: &str, jam: Jam) -> Option<Waktu> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let row = reader.records().filter_map(std::result::Result::ok).find(|row| row.get(0) == Some(jam.as_str()))?;
    Some(Waktu {
        hari: row.get(1)?.parse().ok()?,
        dasar: row.get(3)?.to_owned(),
        berlaku_dari: row.get(4)?.parse().ok()?,
        ditinjau: row.get(5)?.parse().ok()?,
    })
}

/// What an older release kept.
#[derive(Deserialize)]
struct Earlier {
    hari_kerja: u32,
    dasar: String,
    ditinjau: Date,
}

/// What holds on a day.
pub(crate) fn of(tx: &mut Tx<'_>, jam: Jam, day: Date) -> Result<Waktu> {
    if let Some(own) = store::waktu(tx, jam, day)? {
        return Ok(own);
    }
    if let Some(name) = jam.earlier()
        && let Some(text) = settings::setting(tx, OWNER, name)?
    {
        let own: Earlier = serde_json::from_str(&text).map_err(|e| StoreError::Corrupt(format!("{name}: {e}")))?;
        return Ok(Waktu { hari: own.hari_kerja, dasar: own.dasar, berlaku_dari: own.ditinjau, ditinjau: own.ditinjau });
    }
    Ok(shipped(jam))
}

/// Sets it from a day on.
pub(crate) fn set(tx: &mut Tx<'_>, jam: Jam, waktu: &Waktu) -> Result<()> {
    store::put_waktu(tx, jam, waktu)?;
    tx.audit(
        &audit::Entry::new("desk.configure-tenggat-pengaduan", "desk_pengaduan_jam", jam.as_str())
            .with("hari", waktu.hari)
            .with("berlaku_dari", waktu.berlaku_dari)
            .with("dasar", &waktu.dasar),
    )
}

/// What was typed for one time; problems name its own fields.
pub(crate) fn check(
    hari: &str,
    dasar: &str,
    fields: (&'static str, &'static str),
    (from, today): (Date, Date),
) -> std::result::Result<Waktu, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let days = hari.trim().parse::<u32>().ok().filter(|days| (1..=MOST).contains(days));
    if days.is_none() {
        problems.push(FieldProblem::new(fields.0, format!("Diisi angka 1 sampai {MOST} hari.")));
    }
    let dasar = dasar.split_whitespace().collect::<Vec<_>>().join(" ");
    if !(5..=300).contains(&dasar.chars().count()) {
        problems.push(FieldProblem::new(fields.1, "Tulis peraturan yang menjadi dasarnya, 5 sampai 300 huruf."));
    }
    match days {
        Some(hari) if problems.is_empty() => Ok(Waktu { hari, dasar, berlaku_dari: from, ditinjau: today }),
        _ => Err(problems),
    }
}

#[cfg(test)]
mod tests {
    use praja_store::Keys;

    use super::*;
    use crate::testing::{engines, today};

    #[test]
    fn the_shipped_file_gives_every_time_its_days_and_a_source() {
        let days: Vec<u32> = Jam::ALL.iter().map(|jam| read(SHIPPED, *jam).expect("a line").hari).collect();
        assert_eq!(days, [3, 5, 14, 60, 10]);
        assert!(Jam::ALL.iter().all(|jam| shipped(*jam).dasar.len() > 20));
    }

    #[test]
    fn what_is_no_number_of_days_or_has_no_source_is_refused_beside_its_field() {
        let fields = ("hari", "dasar");
        let told = |hari, dasar| match check(hari, dasar, fields, (today(), today())) {
            Ok(_) => Vec::new(),
            Err(problems) => problems.into_iter().map(|one| one.field.to_string()).collect(),
        };
        assert_eq!(told("10", "Perbup 4/2026"), Vec::<String>::new());
        for (hari, dasar, expected) in
            [("0", "Perbup 4/2026", vec!["hari"]), ("121", "Perbup 4", vec!["hari"]), ("x", "", vec!["hari", "dasar"])]
        {
            assert_eq!(told(hari, dasar), expected, "{hari} {dasar}");
        }
    }

    #[test]
    fn a_time_holds_from_its_day_on_and_what_an_older_release_set_before_it() {
        for (db, by) in engines("desk_uji_tenggat") {
            let day = |text: &str| text.parse::<Date>().unwrap();
            let own = Waktu { hari: 3, dasar: "Perbup 4/2026".into(), berlaku_dari: day("2026-12-01"), ditinjau: today() };
            let kept = own.clone();
            db.write(&by, Keys::none(), move |tx| {
                settings::put_setting(
                    tx,
                    "daerah",
                    "tenggat-pengaduan.pengawasan",
                    r#"{"hari_kerja":30,"dasar":"Perbup 1/2025","ditinjau":"2025-01-01"}"#,
                )?;
                set(tx, Jam::Normatif, &kept)
            })
            .unwrap();
            let found = |jam, text: &'static str| db.read(move |tx| of(tx, jam, day(text))).unwrap();
            assert_eq!(found(Jam::Normatif, "2026-11-30").hari, 5, "not yet");
            assert_eq!(found(Jam::Normatif, "2026-12-01"), own);
            assert_eq!(found(Jam::Lapangan, "2026-11-30").hari, 30);
            assert_eq!(found(Jam::TanpaLapangan, "2026-11-30"), shipped(Jam::TanpaLapangan));
        }
    }
}
