//! Reading what was typed: everything at fault is collected first, so that a form is corrected once.

use praja_kernel::{Date, FieldProblem, Id, parse_tanggal};
use praja_module::Problem;
use praja_web::{Field, form::Width, picker::Picked};

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

    /// A place among sisters, 0 to 9999; the last one when nothing was typed.
    pub(crate) fn order(&mut self, field: &'static str, typed: &str) -> Option<i64> {
        let order = match typed.trim() {
            "" => Some(999),
            typed => typed.parse::<i64>().ok().filter(|order| (0..=9999).contains(order)),
        };
        if order.is_none() {
            self.add(field, "Urutan diisi angka 0 sampai 9999.");
        }
        order
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

/// Why a form is not taken: it is shown again with what is wrong and what may have been meant above it, or it was no form of ours.
pub(crate) enum Again {
    Form(Vec<FieldProblem>, Option<Picked>),
    Problem(Problem),
}

impl<E: Into<Problem>> From<E> for Again {
    fn from(e: E) -> Self {
        Self::Problem(e.into())
    }
}

/// What may be saved, when neither the picker of what stands above nor the rule found anything wrong. A field is told about once.
pub(crate) fn together<T>(
    mut problems: Vec<FieldProblem>,
    read: Result<T, Vec<FieldProblem>>,
    picked: Picked,
) -> Result<T, Again> {
    match read {
        Ok(isi) if problems.is_empty() => Ok(isi),
        Ok(_) => Err(Again::Form(problems, Some(picked))),
        Err(more) => {
            let told: Vec<_> = problems.iter().map(|one| one.field.clone()).collect();
            let more: Vec<FieldProblem> = more.into_iter().filter(|one| !told.contains(&one.field)).collect();
            problems.extend(more);
            Err(Again::Form(problems, Some(picked)))
        }
    }
}

/// A picker with what stands in it now and what may have been meant.
pub(crate) fn picker(field: Field, now: Option<&(Id, String)>, picked: Option<&Picked>) -> Field {
    let field = match now {
        Some((id, nama)) => field.chosen(id.to_string(), nama),
        None => field,
    };
    match picked {
        Some(picked) => field.candidates(picked.candidates()),
        None => field,
    }
}

/// The place among sisters, as [`Problems::order`] reads it.
pub(crate) fn order_field(label: &str, now: &str, hint: &str) -> Field {
    Field::number("urut", label).min("0").max("9999").value(now).width(Width::Short).hint(hint)
}
