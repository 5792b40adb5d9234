//! Reading what was typed: everything at fault is collected first, so that a form is corrected once.

use praja_kernel::{Date, FieldProblem, parse_tanggal};

/// What is wrong, field by field.
#[derive(Debug, Default)]
pub(crate) struct Problems(pub(crate) Vec<FieldProblem>);

impl Problems {
    /// Adds a problem.
    pub(crate) fn add(&mut self, field: &'static str, message: impl Into<String>) {
        self.0.push(FieldProblem::new(field, message));
    }

    /// A text without surrounding or doubled blanks. Too long a one is noted and given all the same.
    pub(crate) fn text(&mut self, field: &'static str, label: &str, typed: &str, longest: usize) -> Option<String> {
        let text = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = text.chars().count();
        if length > longest {
            self.add(field, format!("{label} {length} huruf; paling panjang {longest} huruf. Persingkat isinya."));
        }
        (!text.is_empty()).then_some(text)
    }

    /// A text that must be there.
    pub(crate) fn needed(&mut self, field: &'static str, label: &str, typed: &str, longest: usize) -> String {
        let text = self.text(field, label, typed, longest);
        if text.is_none() {
            self.add(field, format!("{label} belum diisi."));
        }
        text.unwrap_or_default()
    }

    /// A date, or none when nothing was typed.
    pub(crate) fn date(&mut self, field: &'static str, typed: &str) -> Option<Date> {
        if typed.trim().is_empty() {
            return None;
        }
        parse_tanggal(typed).map_err(|e| self.add(field, e.to_string())).ok()
    }

    /// A date that must be there; `label` begins the sentence.
    pub(crate) fn needed_date(&mut self, field: &'static str, label: &str, typed: &str) -> Option<Date> {
        if typed.trim().is_empty() {
            self.add(field, format!("{label} belum diisi."));
        }
        self.date(field, typed)
    }

    /// A word of a list, from a choice that the browser shows.
    pub(crate) fn word<T: std::str::FromStr>(&mut self, field: &'static str, label: &str, typed: &str) -> Option<T> {
        let word = typed.trim().parse().ok();
        if word.is_none() {
            self.add(field, format!("{label} belum dipilih."));
        }
        word
    }
}
