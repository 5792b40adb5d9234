//! A period as an address asks for it: from (`dari`) until (`sampai`).

use praja_kernel::{Date, FieldProblem, parse_tanggal, tanggal_panjang, tanggal_pendek};
use praja_module::Ctx;
use praja_web::{Address, Table};

/// A period, both days within it. What is wrong with what was asked counts as not asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Periode {
    pub(crate) dari: Date,
    pub(crate) sampai: Date,
    pub(crate) wrong: Vec<FieldProblem>,
}

impl Periode {
    /// What the address asks; of what it does not ask, the usual.
    pub(crate) fn asked(ctx: &Ctx, usual: (Date, Date)) -> Self {
        Self::read((ctx.query("dari"), ctx.query("sampai")), usual)
    }

    /// What the address asks; else this month until today.
    pub(crate) fn of_month(ctx: &Ctx) -> Self {
        let today = ctx.today();
        Self::asked(ctx, (month(today), today))
    }

    fn read((dari, sampai): (Option<&str>, Option<&str>), usual: (Date, Date)) -> Self {
        let mut wrong = Vec::new();
        let dari = day(dari, "dari", usual.0, &mut wrong);
        let sampai = day(sampai, "sampai", usual.1, &mut wrong);
        if dari > sampai {
            wrong.push(FieldProblem::new("dari", "Tanggal awal sesudah tanggal akhir. Tukar keduanya."));
        }
        Self { dari, sampai, wrong }
    }

    /// "1 November 2026 sampai 22 November 2026".
    pub(crate) fn words(&self) -> String {
        format!("{} sampai {}", tanggal_panjang(self.dari), tanggal_panjang(self.sampai))
    }

    /// "1 Nov 2026 sampai 22 Nov 2026".
    pub(crate) fn short(&self) -> String {
        format!("{} sampai {}", tanggal_pendek(self.dari), tanggal_pendek(self.sampai))
    }

    /// Today, this month, this year: what a book is printed for.
    pub(crate) fn chips(&self, table: Table, here: &Address, today: Date) -> Table {
        let year = Date::new(today.year(), 1, 1).unwrap_or(today);
        let all = [("Hari ini", today), ("Bulan ini", month(today)), ("Tahun ini", year)];
        all.into_iter().fold(table, |table, (label, dari)| {
            let href = here.clone().set("dari", dari.to_string()).set("sampai", today.to_string()).href();
            table.chip(label, href, (self.dari, self.sampai) == (dari, today))
        })
    }
}

/// A day that was typed; else the usual one, with what is wrong about it.
pub(crate) fn day(typed: Option<&str>, name: &'static str, usual: Date, wrong: &mut Vec<FieldProblem>) -> Date {
    match typed.map(parse_tanggal) {
        None => usual,
        Some(Ok(date)) => date,
        Some(Err(e)) => {
            wrong.push(FieldProblem::new(name, e.to_string()));
            usual
        }
    }
}

fn month(today: Date) -> Date {
    Date::new(today.year(), today.month(), 1).unwrap_or(today)
}

#[cfg(test)]
mod tests {
    use praja_kernel::Date;

    use super::{Periode, month};

    const TODAY: Date = Date::constant(2026, 11, 22);
    const FIRST: Date = Date::constant(2026, 11, 1);

    #[test]
    fn a_period_is_what_was_asked_and_else_the_usual_one() {
        let cases = [
            ((None, None), "1 Nov 2026 sampai 22 Nov 2026", None),
            ((Some("2026-10-01"), Some("31 Oktober 2026")), "1 Okt 2026 sampai 31 Okt 2026", None),
            ((Some("20/11/2026"), None), "20 Nov 2026 sampai 22 Nov 2026", None),
            ((Some("31/02/2026"), None), "1 Nov 2026 sampai 22 Nov 2026", Some("dari")),
            ((None, Some("besok")), "1 Nov 2026 sampai 22 Nov 2026", Some("sampai")),
            ((Some("2026-12-01"), None), "1 Des 2026 sampai 22 Nov 2026", Some("dari")),
        ];
        for (typed, period, wrong) in cases {
            let found = Periode::read(typed, (month(TODAY), TODAY));
            assert_eq!(found.short(), period, "{typed:?}");
            assert_eq!(found.wrong.first().map(|one| &*one.field), wrong, "{typed:?}");
        }
        assert_eq!(month(TODAY), FIRST);
        assert_eq!(Periode::read((None, None), (FIRST, TODAY)).words(), "1 November 2026 sampai 22 November 2026");
    }
}
