//! How long a temporary penugasan may last: shipped as data, changed by a regency on its own page.

use super::Jenis;

static SHIPPED: &str = include_str!("../../../../config-templates/data/penugasan_batas.csv");

/// Months at once, and how often they may be prolonged by as many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limit {
    pub(crate) bulan: i64,
    pub(crate) perpanjangan: i64,
}

/// The limits in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    pub(crate) pj: Limit,
    pub(crate) plt: Limit,
    pub(crate) plh: Limit,
}

impl Limits {
    /// The limit of a kind; a definitive penugasan has none.
    pub(crate) fn of(&self, jenis: Jenis) -> Option<Limit> {
        match jenis {
            Jenis::Definitif => None,
            Jenis::Pj => Some(self.pj),
            Jenis::Plt => Some(self.plt),
            Jenis::Plh => Some(self.plh),
        }
    }

    /// The same with one limit changed; a definitive penugasan has none to change.
    pub(crate) fn with(mut self, jenis: Jenis, limit: Limit) -> Self {
        match jenis {
            Jenis::Definitif => {}
            Jenis::Pj => self.pj = limit,
            Jenis::Plt => self.plt = limit,
            Jenis::Plh => self.plh = limit,
        }
        self
    }

    /// What is shipped; a test reads the file.
    pub(crate) fn shipped() -> Self {
        let find = |jenis| row(jenis).map_or(Limit { bulan: 3, perpanjangan: 0 }, |(limit, _)| limit);
        Self { pj: find(Jenis::Pj), plt: find(Jenis::Plt), plh: find(Jenis::Plh) }
    }
}

/// On what the shipped limit of a kind stands.
pub(crate) fn source(jenis: Jenis) -> &'static str {
    row(jenis).map_or("", |(_, source)| source)
}

/// `jenis,bulan,perpanjangan,dasar`; the last may hold commas.
fn row(jenis: Jenis) -> Option<(Limit, &'static str)> {
    SHIPPED.lines().find_map(|line| {
        let mut cells = line.splitn(4, ',');
        if cells.next()? != jenis.as_str() {
            return None;
        }
        let limit = Limit { bulan: cells.next()?.parse().ok()?, perpanjangan: cells.next()?.parse().ok()? };
        Some((limit, cells.next()?.trim_matches('"')))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_file_limits_every_temporary_kind_and_says_why() {
        for jenis in [Jenis::Pj, Jenis::Plt, Jenis::Plh] {
            let (limit, source) = row(jenis).expect("the file has a line");
            assert!((1..=24).contains(&limit.bulan) && (0..=3).contains(&limit.perpanjangan) && source.len() > 10, "{jenis:?}");
            assert_eq!(Limits::shipped().of(jenis), Some(limit));
        }
        assert_eq!(Limits::shipped().of(Jenis::Definitif), None);
    }

    #[test]
    fn a_regency_changes_one_limit_and_keeps_the_others() {
        let own = Limits::shipped().with(Jenis::Plh, Limit { bulan: 1, perpanjangan: 0 });
        assert_eq!(own.plh.bulan, 1);
        assert_eq!((own.plt, own.pj), (Limits::shipped().plt, Limits::shipped().pj));
    }
}
