//! A list is read step by step, and a file that does not hold all of it says so.

use praja_kernel::ribuan;

use super::{Cell, Sheet};

/// What to do about rows that were left out, where nothing better is known.
pub fn narrow(_last: &[Cell]) -> String {
    "Persempit saringan daftar, lalu unduh lagi untuk mendapat sisanya.".into()
}

impl Sheet {
    /// Adds rows step by step: `more` pushes the next ones and says whether there may be others. At most `most` stay; when there were
    /// more, the file says so, and `rest` tells from the last row that stayed how to get the others.
    ///
    /// # Errors
    /// Those of `more`.
    pub fn gather<E>(
        &mut self,
        most: usize,
        rest: impl FnOnce(&[Cell]) -> String,
        mut more: impl FnMut(&mut Self) -> Result<bool, E>,
    ) -> Result<(), E> {
        // One row beyond the limit tells that there are others; a list that ends exactly there is whole.
        let mut others = true;
        while others && self.rows.len() <= most {
            others = more(self)?;
        }
        if self.rows.len() > most {
            self.rows.truncate(most);
            let rest = rest(self.rows.last().map_or(&[], Vec::as_slice));
            self.about.push(("Perhatian".into(), format!("Hanya {} baris pertama. {rest}", ribuan(most as u64))));
            self.partial = true;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;
    use crate::export::Col;

    /// A list of so many rows, read three at a time, of which `most` may be taken along.
    fn taken(rows: i64, most: usize) -> Sheet {
        let (mut sheet, mut next) = (Sheet::new("Uji").column(Col::int("Ke")), 0);
        let Ok(()) = sheet.gather(
            most,
            |last| format!("Lanjutkan sesudah {last:?}."),
            |sheet| {
                let step = (next..rows).take(3).map(|at| sheet.push(vec![at.into()])).count();
                next += 3;
                Ok::<_, Infallible>(step == 3)
            },
        );
        sheet
    }

    #[test]
    fn a_list_that_fits_is_whole_and_says_nothing() {
        for (rows, most) in [(0, 10), (1, 10), (9, 10), (10, 10), (9, 9)] {
            let sheet = taken(rows, most);
            assert_eq!((sheet.rows.len() as i64, sheet.partial, sheet.about.as_slice()), (rows, false, &[][..]), "{rows}");
        }
    }

    #[test]
    fn a_longer_list_is_cut_and_says_how_to_go_on() {
        for rows in [11, 12, 13, 500] {
            let sheet = taken(rows, 10);
            assert_eq!((sheet.rows.len(), sheet.partial), (10, true), "{rows}");
            assert_eq!(sheet.rows[9], [Cell::Int(9)]);
            assert_eq!(sheet.about[0].1, "Hanya 10 baris pertama. Lanjutkan sesudah [Int(9)].");
        }
    }
}
