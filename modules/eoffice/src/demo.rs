//! What a trainer shows: two years of letters, something due today and something late, as a function of seed and anchor day.

mod acara;
mod arsip;
mod chain;
mod generator;
mod kirim;
mod load;
mod naskah;
mod phrases;
mod scan;
mod store;
#[cfg(test)]
mod tests;

pub(crate) use load::load;
