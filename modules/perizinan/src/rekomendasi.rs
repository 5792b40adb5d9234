//! What a technical OPD says: within the clock of the application, on a clock of its own that is charged to that OPD.

pub(crate) mod store;

praja_kernel::words! {
    /// What is recommended.
    pub(crate) enum Hasil ("hasil rekomendasi") {
        /// Fit.
        Setuju => "setuju", "Setuju";
        /// Fit under conditions.
        Catatan => "catatan", "Setuju dengan catatan";
        /// Not fit.
        Tolak => "tolak", "Tidak setuju";
    }
}
