#[cfg(test)]
mod tests;

crate::words! {
    /// Security class of a letter, from open to closed: a disposition inherits it and never lowers it, so `max` is the rule.
    pub enum Sifat ("sifat") {
        /// Any staff of the units addressed, and TU.
        Biasa => "biasa", "Biasa";
        /// The officials addressed and their named staff.
        Terbatas => "terbatas", "Terbatas";
        /// The official addressed (and a named secretary where delegated); TU sees number, date and sender.
        Rahasia => "rahasia", "Rahasia";
        /// The official addressed alone; no scan is stored unless somebody decides so.
        SangatRahasia => "sangat_rahasia", "Sangat rahasia";
    }
}

impl Sifat {
    /// The letter in numbers and on envelopes: B, T, R or SR.
    pub const fn huruf(self) -> &'static str {
        match self {
            Self::Biasa => "B",
            Self::Terbatas => "T",
            Self::Rahasia => "R",
            Self::SangatRahasia => "SR",
        }
    }

    /// Rahasia and above: TU sees `[RAHASIA]` instead of the subject, attachments are encrypted for the official, nothing
    /// enters the search index and every view is audited.
    pub const fn is_secret(self) -> bool {
        matches!(self, Self::Rahasia | Self::SangatRahasia)
    }

    /// May a notice or the public verification page carry the subject? Only Biasa.
    pub const fn shows_hal_outside(self) -> bool {
        matches!(self, Self::Biasa)
    }

    /// Is a scan stored without somebody deciding so? All but Sangat rahasia, which keeps metadata and the physical place.
    pub const fn stores_scan(self) -> bool {
        !matches!(self, Self::SangatRahasia)
    }
}
