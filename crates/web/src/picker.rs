//! One way to choose a person, OPD, post, region, classification or agency: typed words, and a lookup route that completes them.
//!
//! With the script, a list opens under the field and fills the hidden value. Without it, what was typed travels to the server,
//! which looks for it: one match is taken, several come back as choices under the field.

mod many;

pub(crate) use many::named;
pub use many::{ADD, ASKED, MAYBE, Many, is_adding, resolve_many};
use praja_kernel::{FieldProblem, fold};
use praja_module::{Input, Response};
use serde::Serialize;

/// What stands behind a field's name in the name of its typed words.
pub const TYPED: &str = "_teks";
/// What stands behind a field's name in the name of the words for which its hidden value stands.
pub const MEANT: &str = "_label";
/// So many answers does a lookup route give at most.
pub const MOST: usize = 20;

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// What is stored, usually an id.
    #[serde(rename = "nilai")]
    pub value: String,
    /// The words by which it is known; chosen, they stand in the field.
    pub label: String,
    /// What tells it apart from others of the same name; may be empty.
    #[serde(rename = "keterangan")]
    pub note: String,
}

impl Choice {
    /// A choice without a note.
    pub fn new(value: impl ToString, label: impl Into<String>) -> Self {
        Self { value: value.to_string(), label: label.into(), note: String::new() }
    }

    /// Tells it apart from others of the same name.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

/// What a form says about a picker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picked {
    /// The field was left empty.
    Nothing,
    /// This value was chosen. It came from the browser: check that the reader may use it.
    One(String),
    /// The typed words mean several things; the form comes back with these as choices.
    Several(Vec<Choice>),
    /// Nothing goes by the typed words.
    Unknown(String),
}

impl Picked {
    /// The chosen value.
    pub fn value(&self) -> Option<&str> {
        match self {
            Self::One(value) => Some(value),
            _ => None,
        }
    }

    /// What may have been meant, for [`Field::candidates`](crate::Field::candidates).
    pub fn candidates(&self) -> Vec<Choice> {
        match self {
            Self::Several(choices) => choices.clone(),
            _ => Vec::new(),
        }
    }

    /// What is wrong with the field, if anything. `what` names what is sought: "OPD", "pegawai".
    pub fn problem(&self, field: &'static str, what: &str) -> Option<FieldProblem> {
        let message = match self {
            Self::Nothing | Self::One(_) => return None,
            Self::Several(_) => format!("Ada beberapa {what} dengan nama itu. Pilih salah satu di bawah isian ini."),
            Self::Unknown(typed) => {
                format!("Tidak ada {what} yang cocok dengan \"{typed}\". Periksa ejaannya, atau ketik sebagian namanya saja.")
            }
        };
        Some(FieldProblem::new(field, message))
    }
}

/// Reads the picker `name`. `find` is asked only when nothing was chosen for the typed words.
///
/// # Errors
/// Those of `find`.
pub fn resolve<E>(input: &Input, name: &str, find: impl FnOnce(&str) -> Result<Vec<Choice>, E>) -> Result<Picked, E> {
    let typed = input.text(&format!("{name}{TYPED}"));
    if typed.is_empty() {
        return Ok(Picked::Nothing);
    }
    // Without the script the hidden value stays behind when other words are typed: it counts only for the words it stands for.
    let value = input.text(name);
    if !value.is_empty() && input.text(&format!("{name}{MEANT}")) == typed {
        return Ok(Picked::One(value.to_owned()));
    }
    let mut found = find(typed)?;
    if found.len() > 1 {
        let sought = fold(typed);
        let mut same = found.iter().filter(|choice| fold(&choice.label) == sought);
        if let (Some(choice), None) = (same.next(), same.next()) {
            return Ok(Picked::One(choice.value.clone()));
        }
    }
    Ok(match found.len() {
        0 => Picked::Unknown(typed.to_owned()),
        1 => Picked::One(found.remove(0).value),
        _ => Picked::Several(found),
    })
}

/// The answer of a lookup route: at most [`MOST`] choices, and whether there are more.
pub fn answer(mut choices: Vec<Choice>, more: bool) -> Response {
    #[derive(Serialize)]
    struct Answer {
        pilihan: Vec<Choice>,
        lagi: bool,
    }
    let lagi = more || choices.len() > MOST;
    choices.truncate(MOST);
    let text = serde_json::to_string(&Answer { pilihan: choices, lagi }).unwrap_or_default();
    Response::json(text)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    fn sent(pairs: &[(&str, &str)]) -> Input {
        Input { fields: pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect(), ..Input::default() }
    }

    fn offices(typed: &str) -> Result<Vec<Choice>, Infallible> {
        let all = ["Dinas Kesehatan", "UPTD Dinas Kesehatan Alak", "Inspektorat"];
        let fits = all.iter().enumerate().filter(|(_, name)| fold(name).contains(&fold(typed)));
        Ok(fits.map(|(at, name)| Choice::new(at, *name)).collect())
    }

    fn picked(pairs: &[(&str, &str)]) -> Picked {
        resolve(&sent(pairs), "opd", offices).unwrap()
    }

    #[test]
    fn typed_words_are_looked_up() {
        let one = |at: &str| Picked::One(at.into());
        for (typed, expected) in [
            ("", Picked::Nothing),
            ("  ", Picked::Nothing),
            ("inspek", one("2")),
            ("dinas kesehatan", one("0")),
            ("dinas k", Picked::Several(offices("dinas k").unwrap())),
            ("Dinas Sihir", Picked::Unknown("Dinas Sihir".into())),
        ] {
            assert_eq!(picked(&[("opd_teks", typed)]), expected, "{typed}");
        }
    }

    #[test]
    fn a_chosen_value_counts_for_its_own_words_only() {
        let chosen = [("opd", "7"), ("opd_label", "Dinas Kesehatan"), ("opd_teks", "Dinas Kesehatan")];
        assert_eq!(picked(&chosen), Picked::One("7".into()));
        let retyped = [("opd", "7"), ("opd_label", "Dinas Kesehatan"), ("opd_teks", "Inspektorat")];
        assert_eq!(picked(&retyped), Picked::One("2".into()), "without the script the hidden value stays behind");
        let emptied = [("opd", "7"), ("opd_label", "Dinas Kesehatan"), ("opd_teks", "")];
        assert_eq!(picked(&emptied), Picked::Nothing);
    }

    #[test]
    fn what_is_unclear_is_said_beside_the_field() {
        assert!(picked(&[("opd_teks", "dinas k")]).problem("opd", "OPD").unwrap().message.contains("Pilih salah satu"));
        assert!(picked(&[("opd_teks", "sihir")]).problem("opd", "OPD").unwrap().message.contains("\"sihir\""));
        assert_eq!(picked(&[("opd_teks", "inspek")]).problem("opd", "OPD"), None);
    }

    #[test]
    fn a_lookup_answers_twenty_at_most() {
        let many = (0..25).map(|at| Choice::new(at, format!("Desa {at}")).note("Kecamatan Contoh")).collect();
        let praja_module::Body::Json(text) = answer(many, false).body else { panic!("JSON") };
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!((value["pilihan"].as_array().unwrap().len(), value["lagi"].as_bool()), (20, Some(true)));
        assert_eq!(value["pilihan"][0]["keterangan"], "Kecamatan Contoh");
    }
}
