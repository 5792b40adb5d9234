//! Where number, date, code and signature stand on a naskah that is uploaded as PDF instead of being written here: pure rules.

use praja_kernel::FieldProblem;
use serde::{Deserialize, Serialize};

praja_kernel::words! {
    /// What is put onto a page.
    pub enum Cap ("cap naskah") {
        /// Its number.
        Nomor => "nomor", "Nomor";
        /// Its date.
        Tanggal => "tanggal", "Tanggal";
        /// Post and name of the signer, and the code unless that has a place of its own.
        Ttd => "ttd", "Ruang tanda tangan";
        /// The code by which it is verified, apart from the signature.
        Qr => "qr", "Kode QR";
    }
}

/// One of them on its page, in millimetres from the left and from the upper edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Letak {
    pub(crate) cap: Cap,
    pub(crate) halaman: u32,
    pub(crate) x: u32,
    pub(crate) y: u32,
    /// How wide its page is. Older places stand on A4.
    #[serde(default = "a4")]
    pub(crate) lebar: u32,
}

const fn a4() -> u32 {
    210
}

impl Cap {
    /// Its label within a sentence.
    const fn within(self) -> &'static str {
        match self {
            Self::Nomor => "nomor",
            Self::Tanggal => "tanggal",
            Self::Ttd => "ruang tanda tangan",
            Self::Qr => "kode QR",
        }
    }

    /// How much room it needs at least, in millimetres.
    pub(crate) const fn room(self) -> (u32, u32) {
        match self {
            Self::Nomor | Self::Tanggal => (30, 6),
            Self::Ttd => (60, 45),
            Self::Qr => (50, 24),
        }
    }

    /// How much it usually takes, in millimetres: so much of the page is kept from the others.
    pub(crate) const fn size(self) -> (u32, u32) {
        match self {
            Self::Nomor => (60, 6),
            Self::Tanggal => (45, 6),
            Self::Ttd => (70, 45),
            Self::Qr => (60, 24),
        }
    }

    /// The form's names of page and place.
    pub(crate) const fn fields(self) -> [&'static str; 3] {
        match self {
            Self::Nomor => ["nomor_halaman", "nomor_x", "nomor_y"],
            Self::Tanggal => ["tanggal_halaman", "tanggal_x", "tanggal_y"],
            Self::Ttd => ["ttd_halaman", "ttd_x", "ttd_y"],
            Self::Qr => ["qr_halaman", "qr_x", "qr_y"],
        }
    }
}

impl Letak {
    /// As wide as the block becomes on its page.
    pub(crate) fn width(self) -> f64 {
        (f64::from(self.lebar) - f64::from(self.x) - 5.0).clamp(20.0, 85.0)
    }

    /// Do both take the same part of a page?
    fn covers(self, other: Self) -> bool {
        let apart = |from: u32, long: u32, to: u32, other_long: u32| from + long <= to || to + other_long <= from;
        let ((wide, tall), (other_wide, other_tall)) = (self.cap.size(), other.cap.size());
        self.halaman == other.halaman && !apart(self.x, wide, other.x, other_wide) && !apart(self.y, tall, other.y, other_tall)
    }
}

/// Whole millimetres of a side of a page, which is small and never negative.
fn whole(side: f64) -> u32 {
    (side + 0.5).max(0.0).floor() as u32
}

/// Where blocks stand to begin with: as on a letter, and the signature on the last page; on a smaller page nearer to its corner.
pub(crate) fn usual(pages: &[(f64, f64)]) -> Vec<Letak> {
    let last = u32::try_from(pages.len()).unwrap_or(1).max(1);
    let place = |cap: Cap, halaman: u32, x: u32, y: u32| {
        let (wide, tall) = pages.get(halaman as usize - 1).map_or((210, 297), |(wide, tall)| (whole(*wide), whole(*tall)));
        let (room_x, room_y) = cap.size();
        Letak { cap, halaman, x: x.min(wide.saturating_sub(room_x)), y: y.min(tall.saturating_sub(room_y)), lebar: wide }
    };
    vec![place(Cap::Nomor, 1, 55, 55), place(Cap::Tanggal, 1, 130, 45), place(Cap::Ttd, last, 110, 200)]
}

/// Reads what was typed or clicked: page, x and y of each. Number and date may stand in no place, because the file says them itself; the
/// code may, because the signature holds it then.
pub(crate) fn check(typed: &[(Cap, [&str; 3])], pages: &[(f64, f64)]) -> Result<Vec<Letak>, Vec<FieldProblem>> {
    let (mut found, mut problems) = (Vec::<Letak>::new(), Vec::new());
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
        let mut place = |field: &'static str, typed: &str, side: f64, room: u32| {
            let most = whole(side).saturating_sub(room);
            let value = typed.parse::<u32>().ok().filter(|value| *value <= most);
            if value.is_none() {
                problems.push(FieldProblem::new(field, format!("Tulis angka 0 sampai {most} milimeter.")));
            }
            value
        };
        let (x, y) = (place(x_field, x, *wide, room_x), place(y_field, y, *tall, room_y));
        let (Some(x), Some(y)) = (x, y) else { continue };
        let here = Letak { cap: *cap, halaman, x, y, lebar: whole(*wide) };
        if let Some(other) = found.iter().find(|other| other.covers(here)) {
            let words = format!("{} bertumpuk dengan {}. Geser salah satunya.", cap.label(), other.cap.within());
            problems.push(FieldProblem::new(y_field, words));
        }
        found.push(here);
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
                .map_err(|all| all.into_iter().map(|one| one.field.into_owned()).collect::<Vec<_>>())
        };
        let ttd = Letak { cap: Cap::Ttd, halaman: 2, x: 110, y: 200, lebar: 210 };
        let good = ["2", "110", "200"];
        assert_eq!(
            typed(["1", "55", "55"], good),
            Ok(vec![Letak { cap: Cap::Nomor, halaman: 1, x: 55, y: 55, lebar: 210 }, ttd])
        );
        assert_eq!(typed(["", "", ""], good), Ok(vec![ttd]), "the file says its number itself");
        for (ttd, wrong) in [
            (["", "110", "200"], vec!["ttd_halaman"]),
            (["3", "110", "200"], vec!["ttd_halaman"]),
            (["0", "110", "200"], vec!["ttd_halaman"]),
            (["2", "151", "200"], vec!["ttd_x"]),
            (["2", "150", "253"], vec!["ttd_y"]),
            (["2", "-1", "dua"], vec!["ttd_x", "ttd_y"]),
        ] {
            assert_eq!(typed(["1", "55", "55"], ttd), Err(wrong.into_iter().map(ToOwned::to_owned).collect()), "{ttd:?}");
        }
    }

    #[test]
    fn what_is_proposed_can_be_used_on_any_paper() {
        for page in [(210.0, 297.0), (297.0, 210.0), (215.0, 330.0), (148.0, 210.0), (329.9, 215.1)] {
            let usual = usual(&[page]);
            let typed: Vec<[String; 3]> =
                usual.iter().map(|one| [one.halaman, one.x, one.y].map(|number| number.to_string())).collect();
            let typed: Vec<(Cap, [&str; 3])> =
                usual.iter().zip(&typed).map(|(one, [page, x, y])| (one.cap, [page.as_str(), x, y])).collect();
            assert_eq!(check(&typed, &[page]), Ok(usual), "{page:?}");
        }
    }

    #[test]
    fn blocks_do_not_cover_each_other_unless_on_other_pages() {
        let outcome = |nomor: [&'static str; 3], ttd: [&'static str; 3]| {
            check(&[(Cap::Nomor, nomor), (Cap::Ttd, ttd)], &A4).map(|_| ()).map_err(|all| all[0].clone())
        };
        let covered = outcome(["1", "100", "210"], ["1", "110", "200"]).unwrap_err();
        assert_eq!((&*covered.field, covered.message.contains("bertumpuk dengan nomor")), ("ttd_y", true), "{covered:?}");
        for nomor in [["2", "100", "210"], ["1", "50", "210"], ["1", "100", "194"], ["1", "100", "245"]] {
            assert_eq!(outcome(nomor, ["1", "110", "200"]), Ok(()), "{nomor:?}");
        }
    }

    #[test]
    fn the_code_may_stand_apart_from_the_signature_and_not_on_it() {
        let outcome = |qr: [&'static str; 3]| check(&[(Cap::Ttd, ["1", "110", "200"]), (Cap::Qr, qr)], &A4);
        assert_eq!(outcome(["", "", ""]).map(|all| all.len()), Ok(1));
        let apart = Letak { cap: Cap::Qr, halaman: 1, x: 20, y: 260, lebar: 210 };
        assert_eq!(outcome(["1", "20", "260"]).map(|all| all[1]), Ok(apart));
        let wrong = |qr| outcome(qr).unwrap_err().into_iter().map(|one| one.field).collect::<Vec<_>>();
        assert_eq!(wrong(["1", "120", "210"]), ["qr_y"], "it would cover the signature");
        assert_eq!(wrong(["1", "161", "274"]), ["qr_x", "qr_y"], "it would leave the page");
    }

    #[test]
    fn a_place_that_was_kept_before_stands_on_a4() {
        let kept: Letak = serde_json::from_str(r#"{"cap":"ttd","halaman":1,"x":110,"y":200}"#).unwrap();
        assert_eq!((kept.lebar, kept.width()), (210, 85.0));
        assert_eq!(Letak { lebar: 148, ..kept }.width(), 33.0);
    }
}
