//! Of which months and which OPD the statistics are.

use praja_identity::{jabatan, opd};
use praja_kernel::{Date, FieldProblem, Id, nama_bulan, parse_tanggal};
use praja_module::{Ctx, Problem};
use praja_store::Tx;

use super::bulan;
use crate::disposisi::calon;

/// Months shown when nobody says otherwise.
const MONTHS: usize = 12;
/// Months shown at most: five years.
const MOST: usize = 60;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Saringan {
    /// The months, oldest first, as `2026-11`.
    pub(crate) bulan: Vec<String>,
    pub(crate) dari: Date,
    pub(crate) sampai: Date,
    /// One of the OPDs one may see; all of them when nobody says which.
    pub(crate) opd: Option<Id>,
    /// What was typed and is no period.
    pub(crate) wrong: Vec<FieldProblem>,
}

/// The first day of the month so many months before that of a day.
fn months_before(day: Date, count: usize) -> Date {
    let months = i32::from(day.year()) * 12 + i32::from(day.month()) - 1 - i32::try_from(count).unwrap_or(0);
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12) + 1);
    let made = i16::try_from(year).ok().zip(i8::try_from(month).ok()).and_then(|(year, month)| Date::new(year, month, 1).ok());
    made.unwrap_or(day)
}

/// The months from that of one day to that of another, oldest first, at most [`MOST`] of them: the latest.
pub(crate) fn months(dari: Date, sampai: Date) -> Vec<String> {
    let mut all = Vec::new();
    for back in 0..MOST {
        let first = months_before(sampai, back);
        if bulan(first) < bulan(dari) {
            break;
        }
        all.push(bulan(first));
    }
    all.reverse();
    all
}

/// "Nov 2026".
pub(crate) fn month_words(bulan: &str) -> String {
    let (year, month) = bulan.split_once('-').unwrap_or((bulan, "1"));
    let name = nama_bulan(month.parse().unwrap_or(1));
    format!("{} {year}", name.chars().take(3).collect::<String>())
}

impl Saringan {
    /// Reads the address. A period that is none counts as not given and is named.
    pub(crate) fn of(ctx: &Ctx) -> Self {
        let today = ctx.today();
        let mut wrong = Vec::new();
        let mut date = |name: &'static str, usual: Date| match ctx.query(name).map(parse_tanggal) {
            None => usual,
            Some(Ok(day)) => day,
            Some(Err(e)) => {
                wrong.push(FieldProblem::new(name, e.to_string()));
                usual
            }
        };
        let (mut dari, mut sampai) = (date("dari", months_before(today, MONTHS - 1)), date("sampai", today));
        if dari > sampai {
            wrong.push(FieldProblem::new("dari", "Bulan awal sesudah bulan akhir. Tukar keduanya."));
            (dari, sampai) = (months_before(today, MONTHS - 1), today);
        }
        if bulan(dari) < bulan(months_before(sampai, MOST - 1)) {
            wrong.push(FieldProblem::new(
                "dari",
                format!("Paling banyak {MOST} bulan sekaligus; yang ditampilkan {MOST} bulan terakhir."),
            ));
            dari = months_before(sampai, MOST - 1);
        }
        Self { bulan: months(dari, sampai), dari, sampai, opd: ctx.query("opd").and_then(|text| text.parse().ok()), wrong }
    }

    /// "Des 2025 sampai Nov 2026".
    pub(crate) fn period(&self) -> String {
        match (self.bulan.first(), self.bulan.last()) {
            (Some(first), Some(last)) if first == last => month_words(first),
            (Some(first), Some(last)) => format!("{} sampai {}", month_words(first), month_words(last)),
            _ => String::new(),
        }
    }
}

/// Usual periods, as their labels, first and last day.
pub(crate) fn usual(today: Date) -> [(&'static str, Date, Date); 3] {
    let first = |year: i16| Date::new(year, 1, 1).unwrap_or(today);
    let last = Date::new(today.year() - 1, 12, 31).unwrap_or(today);
    [
        ("12 bulan terakhir", months_before(today, MONTHS - 1), today),
        ("Tahun ini", first(today.year()), today),
        ("Tahun lalu", first(today.year() - 1), last),
    ]
}

/// The OPDs whose figures one sees: the own ones; from the top of the regency all.
pub(crate) fn offices(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<(Id, String)>, Problem> {
    let scope = ctx.scope()?;
    let Some(acting) = &scope.acting else { return Ok(Vec::new()) };
    let all = match jabatan::get(tx, acting.jabatan)? {
        Some(post) => calon::post_reaches_all(tx, &post)?,
        None => false,
    };
    if all {
        return Ok(opd::list_active(tx)?.into_iter().map(|opd| (opd.id, opd.nama)).collect());
    }
    let mut own = Vec::new();
    for id in &scope.opd_set {
        own.push((*id, opd::name(tx, *id)?.unwrap_or_default()));
    }
    Ok(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_go_over_the_turn_of_the_year_and_are_never_more_than_five_years() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(months(day("2025-11-30"), day("2026-02-01")), ["2025-11", "2025-12", "2026-01", "2026-02"]);
        assert_eq!(months(day("2026-02-28"), day("2026-02-01")), ["2026-02"]);
        assert_eq!(months(day("1990-01-01"), day("2026-02-01")).len(), MOST);
        assert!(months(day("2026-03-01"), day("2026-02-01")).is_empty());
        assert_eq!(months_before(day("2026-01-15"), 1), day("2025-12-01"));
        assert_eq!(month_words("2026-05"), "Mei 2026");
    }
}
