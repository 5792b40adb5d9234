//! Measuring on screen: the page an officer opens at the office, and the list for whoever looks after the lines.

mod list;
mod show;

pub(crate) use list::{download, list};
pub(crate) use show::{piece, save, show, walk};

use praja_kernel::ribuan;

/// The page that measures.
pub(super) const PAGE: &str = "/ukur";
/// The list.
pub(super) const LIST: &str = "/desk/ukur";

/// "12,3 ms" of 12,300 microseconds.
fn ms(us: u64) -> String {
    let tenths = us.div_ceil(100);
    if tenths >= 1_000 { format!("{} ms", ribuan(us.div_ceil(1_000))) } else { format!("{},{} ms", tenths / 10, tenths % 10) }
}

/// "1.250 kbit/detik", or from ten megabits on "12,5 Mbit/detik".
fn rate(kbit: Option<u64>) -> String {
    match kbit {
        None => "Tidak diukur".to_owned(),
        Some(kbit) if kbit >= 10_000 => format!("{},{} Mbit/detik", ribuan(kbit / 1_000), kbit % 1_000 / 100),
        Some(kbit) => format!("{} kbit/detik", ribuan(kbit)),
    }
}
