//! Within how many working days a complaint is answered: shipped as data with its source, changed by a regency on its own page.

pub(crate) mod pages;

use praja_kernel::{Date, FieldProblem};
use praja_store::{Result, StoreError, Tx, audit};
use serde::{Deserialize, Serialize};

use super::Jenis;
use crate::choices::store as settings;

static SHIPPED: &str = include_str!("../../../../config-templates/data/pengaduan_tenggat.csv");

/// Who owns the setting: the regency itself.
const OWNER: &str = "daerah";
/// More is no promise.
const MOST: u32 = 120;

/// The time for one kind of complaint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Tenggat {
    /// Working days.
    pub(crate) hari_kerja: u32,
    /// On what it stands.
    pub(crate) dasar: String,
    /// When somebody last looked at it.
    pub(crate) ditinjau: Date,
}

/// What is shipped for a kind. A test holds that the file names every kind.
pub(crate) fn shipped(jenis: Jenis) -> Tenggat {
    read(SHIPPED, jenis).unwrap_or(Tenggat { hari_kerja: 14, dasar: String::new(), ditinjau: Date::ZERO })
}

fn read(text: &str, jenis: Jenis) -> Option<Tenggat> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let row = reader.records().filter_map(std::result::Result::ok).find(|row| row.get(0) == Some(jenis.as_str()))?;
    let (hari_kerja, ditinjau) = (row.get(1)?.parse().ok()?, row.get(3)?.parse().ok()?);
    Some(Tenggat { hari_kerja, dasar: row.get(2)?.to_owned(), ditinjau })
}

fn name(jenis: Jenis) -> String {
    format!("tenggat-pengaduan.{}", jenis.as_str())
}

/// What holds for a kind here.
pub(crate) fn of(tx: &mut Tx<'_>, jenis: Jenis) -> Result<Tenggat> {
    match settings::setting(tx, OWNER, &name(jenis))? {
        Some(text) => serde_json::from_str(&text).map_err(|e| StoreError::Corrupt(format!("{}: {e}", name(jenis)))),
        None => Ok(shipped(jenis)),
    }
}

/// Sets it; what comes later is counted by it, what was promised stays.
pub(crate) fn set(tx: &mut Tx<'_>, jenis: Jenis, tenggat: &Tenggat) -> Result<()> {
    let text = serde_json::to_string(tenggat).map_err(|e| StoreError::Corrupt(e.to_string()))?;
    settings::put_setting(tx, OWNER, &name(jenis), &text)?;
    tx.audit(
        &audit::Entry::new("desk.configure-tenggat-pengaduan", "desk_pilihan", name(jenis))
            .with("hari_kerja", tenggat.hari_kerja)
            .with("dasar", &tenggat.dasar),
    )
}

/// What was typed for one kind; problems name its own fields.
pub(crate) fn check(
    hari: &str,
    dasar: &str,
    fields: (&'static str, &'static str),
    today: Date,
) -> Result<Tenggat, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let hari_kerja = hari.trim().parse::<u32>().ok().filter(|days| (1..=MOST).contains(days));
    if hari_kerja.is_none() {
        problems.push(FieldProblem::new(fields.0, format!("Diisi angka 1 sampai {MOST} hari kerja.")));
    }
    let dasar = dasar.split_whitespace().collect::<Vec<_>>().join(" ");
    if !(5..=300).contains(&dasar.chars().count()) {
        problems.push(FieldProblem::new(fields.1, "Tulis peraturan yang menjadi dasarnya, 5 sampai 300 huruf."));
    }
    match hari_kerja {
        Some(hari_kerja) if problems.is_empty() => Ok(Tenggat { hari_kerja, dasar, ditinjau: today }),
        _ => Err(problems),
    }
}

#[cfg(test)]
mod tests {
    use praja_store::Keys;

    use super::*;
    use crate::testing::{engines, today};

    #[test]
    fn the_shipped_file_gives_every_kind_its_days_and_a_source() {
        let days: Vec<u32> = Jenis::ALL.iter().map(|jenis| read(SHIPPED, *jenis).expect("a line").hari_kerja).collect();
        assert_eq!(days, [14, 5, 14, 60]);
        assert!(Jenis::ALL.iter().all(|jenis| shipped(*jenis).dasar.len() > 20));
    }

    #[test]
    fn what_is_no_number_of_days_or_has_no_source_is_refused_beside_its_field() {
        let fields = ("hari", "dasar");
        let told = |hari, dasar| match check(hari, dasar, fields, today()) {
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
    fn a_regency_changes_one_kind_and_keeps_the_others() {
        for (db, by) in engines("desk_uji_tenggat") {
            let own = Tenggat { hari_kerja: 3, dasar: "Perbup 4/2026".into(), ditinjau: today() };
            let kept = own.clone();
            db.write(&by, Keys::none(), move |tx| set(tx, Jenis::Informasi, &kept)).unwrap();
            let found = db.read(|tx| Ok::<_, StoreError>((of(tx, Jenis::Informasi)?, of(tx, Jenis::Pengawasan)?))).unwrap();
            assert_eq!(found, (own.clone(), shipped(Jenis::Pengawasan)));
        }
    }
}
