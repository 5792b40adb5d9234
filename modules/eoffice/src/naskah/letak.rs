//! Where number, date and signature stand on a naskah that is uploaded as PDF instead of being written here: pure rules.

use praja_kernel::FieldProblem;
use serde::{Deserialize, Serialize};

praja_kernel::words! {
    /// What is put onto a page.
    pub enum Cap ("cap naskah") {
        /// Its number.
        Nomor => "nomor", "Nomor";
        /// Its date.
        Tanggal => "tanggal", "Tanggal";
        /// Post, code and name of the signer.
        Ttd => "ttd", "Ruang tanda tangan";
    }
}

/// One of them on its page, in millimetres from the left and from the upper edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Letak {
    pub(crate) cap: Cap,
    pub(crate) halaman: u32,
    pub(crate) x: u32,
    pub(crate) y: u32,
}

impl Cap {
    /// How much room it needs at least, in millimetres.
    const fn room(self) -> (u32, u32) {
        match self {
            Self::Nomor | Self::Tanggal => (30, 6),
            Self::Ttd => (60, 45),
        }
    }

    /// The form's names of page and place.
    pub(crate) const fn fields(self) -> [&'static str; 3] {
        match self {
            Self::Nomor => ["nomor_halaman", "nomor_x", "nomor_y"],
            Self::Tanggal => ["tanggal_halaman", "tanggal_x", "tanggal_y"],
            Self::Ttd => ["ttd_halaman", "ttd_x", "ttd_y"],
        }
    }
}

/// As wide as a block becomes on a page of this width.
pub(crate) fn width(letak: Letak, page: f64) -> f64 {
    (page - f64::from(letak.x) - 5.0).clamp(20.0, 85.0)
}

/// Where blocks stand to begin with: as on a letter, and the signature on the last page.
pub(crate) fn usual(pages: &[(f64, f64)]) -> Vec<Letak> {
    let last = u32::try_from(pages.len()).unwrap_or(1).max(1);
    vec![
        Letak { cap: Cap::Nomor, halaman: 1, x: 55, y: 55 },
        Letak { cap: Cap::Tanggal, halaman: 1, x: 130, y: 45 },
        Letak { cap: Cap::Ttd, halaman: last, x: 110, y: 200 },
    ]
}

/// Reads what was typed: page, x and y of each. Number and date may stand in no place, because the file says them itself.
pub(crate) fn check(typed: &[(Cap, [&str; 3])], pages: &[(f64, f64)]) -> Result<Vec<Letak>, Vec<FieldProblem>> {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for (cap, [halaman, x, y]) in typed {
        let [page_field, x_field, y_field] = cap.fields();
        if halaman.is_empty() && *cap != Cap::Ttd {
            continue;
        }
        let page = halaman.parse::<u32>().ok().filter(|page| *page >= 1);
        let size = page.and_then(|page| pages.get(usize::try_from(page - 1).ok()?));
        let (Some(halaman), Some((wide, tall))) = (page, size) else {
            problems.push(FieldProblem::new(page_field, format!("Tulis halaman 1 sampai {}.", pages.len())));
            continue;
        };
        let (room_x, room_y) = cap.room();
        let mut place = |field: &'static str, typed: &str, whole: f64, room: u32| {
            // Sizes of pages are small and never negative.
            let most = (whole + 0.5 - f64::from(room)).max(0.0).floor() as u32;
            let value = typed.parse::<u32>().ok().filter(|value| *value <= most);
            if value.is_none() {
                problems.push(FieldProblem::new(field, format!("Tulis angka 0 sampai {most} milimeter.")));
            }
            value
        };
        let (x, y) = (place(x_field, x, *wide, room_x), place(y_field, y, *tall, room_y));
        if let (Some(x), Some(y)) = (x, y) {
            found.push(Letak { cap: *cap, halaman, x, y });
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A4: [(f64, f64); 2] = [(210.0, 297.0), (210.0, 297.0)];

    #[test]
    fn a_block_stands_on_a_page_that_is_there_and_whole() {
        let typed = |nomor: [&'static str; 3], ttd: [&'static str; 3]| {
            check(&[(Cap::Nomor, nomor), (Cap::Ttd, ttd)], &A4)
                .map_err(|all| all.into_iter().map(|one| one.field).collect::<Vec<_>>())
        };
        let ttd = Letak { cap: Cap::Ttd, halaman: 2, x: 110, y: 200 };
        let good = ["2", "110", "200"];
        assert_eq!(typed(["1", "55", "55"], good), Ok(vec![Letak { cap: Cap::Nomor, halaman: 1, x: 55, y: 55 }, ttd]));
        assert_eq!(typed(["", "", ""], good), Ok(vec![ttd]), "the file says its number itself");
        for (ttd, wrong) in [
            (["", "110", "200"], vec!["ttd_halaman"]),
            (["3", "110", "200"], vec!["ttd_halaman"]),
            (["0", "110", "200"], vec!["ttd_halaman"]),
            (["2", "151", "200"], vec!["ttd_x"]),
            (["2", "150", "253"], vec!["ttd_y"]),
            (["2", "-1", "dua"], vec!["ttd_x", "ttd_y"]),
        ] {
            assert_eq!(typed(["1", "55", "55"], ttd), Err(wrong), "{ttd:?}");
        }
    }

    #[test]
    fn what_is_proposed_can_be_used() {
        let usual = usual(&A4);
        let typed: Vec<[String; 3]> =
            usual.iter().map(|one| [one.halaman, one.x, one.y].map(|number| number.to_string())).collect();
        let typed: Vec<(Cap, [&str; 3])> =
            usual.iter().zip(&typed).map(|(one, [page, x, y])| (one.cap, [page.as_str(), x, y])).collect();
        assert_eq!(check(&typed, &A4), Ok(usual));
    }
}
