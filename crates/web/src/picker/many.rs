//! Several values of one field, each looked up like one value of a picker.

use praja_kernel::{FieldProblem, fold};
use praja_module::Input;

use super::{Choice, MEANT, Picked, TYPED};

/// Name of the button that takes the typed words into the field and does nothing else.
pub const ADD: &str = "_tambah";
/// What stands behind a field's name in the name of the choices that the typed words may mean.
pub const MAYBE: &str = "_calon";
/// What stands behind a field's name in the name of the words for which those choices were offered.
pub const ASKED: &str = "_untuk";

/// What a form says about a picker of several values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Many {
    /// What was chosen, each once. The values came from the browser: check that the reader may use them.
    pub chosen: Vec<Choice>,
    /// What the words that are left may mean.
    pub open: Vec<Choice>,
    /// The typed words that did not yet become a choice; empty when nothing is left to decide.
    pub typed: String,
}

impl Many {
    /// Holds these.
    pub fn of(chosen: Vec<Choice>) -> Self {
        Self { chosen, ..Self::default() }
    }

    /// The chosen values.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.chosen.iter().map(|choice| choice.value.as_str())
    }

    /// What is wrong with the field, if anything. `what` names what is sought: "jabatan".
    pub fn problem(&self, field: &'static str, what: &str) -> Option<FieldProblem> {
        let left = if self.open.is_empty() { Picked::Unknown(self.typed.clone()) } else { Picked::Several(self.open.clone()) };
        (!self.typed.is_empty()).then(|| left.problem(field, what))?
    }

    fn add(&mut self, choice: Choice) {
        if self.chosen.iter().all(|one| one.value != choice.value) {
            self.chosen.push(choice);
        }
    }
}

/// Was the form sent only to add a value to one of its pickers? Then it comes back and nothing else happens.
pub fn is_adding(input: &Input) -> bool {
    !input.text(ADD).is_empty()
}

/// Reads the picker of several values `name`. `find` is asked only for words that were typed and not chosen.
///
/// # Errors
/// Those of `find`.
pub fn resolve_many<E>(input: &Input, name: &str, find: impl FnOnce(&str) -> Result<Vec<Choice>, E>) -> Result<Many, E> {
    let labels = input.all(&format!("{name}{MEANT}"));
    let choice = |value: &str| named(&labels, value);
    let mut many = Many::default();
    for value in input.all(name).into_iter().filter(|value| !value.is_empty()) {
        many.add(choice(value));
    }
    let typed = input.text(&format!("{name}{TYPED}"));
    if typed.is_empty() {
        return Ok(many);
    }
    let ticked = input.all(&format!("{name}{MAYBE}"));
    if !ticked.is_empty() && input.text(&format!("{name}{ASKED}")) == typed {
        ticked.into_iter().for_each(|value| many.add(choice(value)));
        return Ok(many);
    }
    let mut found = find(typed)?;
    let sought = fold(typed);
    let exact = |choice: &Choice| choice.value == typed || fold(&choice.label) == sought;
    if found.len() > 1 && found.iter().filter(|one| exact(one)).count() == 1 {
        found.retain(exact);
    }
    if found.len() == 1 {
        many.add(found.remove(0));
    } else {
        many.open = found;
        typed.clone_into(&mut many.typed);
    }
    Ok(many)
}

/// A value with the words that travelled beside it; without them it stands for itself.
pub(crate) fn named<S: AsRef<str>>(labels: &[S], value: &str) -> Choice {
    let words = labels.iter().filter_map(|pair| pair.as_ref().split_once(' ')).find(|(one, _)| *one == value);
    Choice::new(value, words.map_or(value, |(_, words)| words))
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    fn sent(pairs: &[(&str, &str)]) -> Input {
        Input { fields: pairs.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect(), ..Input::default() }
    }

    fn posts(typed: &str) -> Result<Vec<Choice>, Infallible> {
        let all = ["Sekretaris Dinas", "Kepala Bidang Gizi", "Kepala Bidang Gizi Ibu"];
        let fits = all.iter().enumerate().filter(|(_, name)| fold(name).contains(&fold(typed)));
        Ok(fits.map(|(at, name)| Choice::new(at, *name)).collect())
    }

    fn read(pairs: &[(&str, &str)]) -> Many {
        resolve_many(&sent(pairs), "jab", posts).unwrap()
    }

    #[test]
    fn typed_words_join_what_was_chosen() {
        let chosen = [("jab", "7"), ("jab_label", "7 Camat Alak"), ("jab", "7"), ("jab", "")];
        let values = |typed: &str| {
            let many = read(&[&chosen[..], &[("jab_teks", typed)]].concat());
            (many.values().collect::<Vec<_>>().join(" "), many.open.len(), many.typed.is_empty())
        };
        for (typed, expected) in [
            ("", ("7", 0, true)),
            ("sekre", ("7 0", 0, true)),
            ("kepala bidang gizi", ("7 1", 0, true)),
            ("kepala", ("7", 2, false)),
            ("angin", ("7", 0, false)),
        ] {
            let (chosen, open, done) = values(typed);
            assert_eq!((chosen.as_str(), open, done), expected, "{typed}");
        }
        assert_eq!(read(&chosen).chosen, [Choice::new(7, "Camat Alak")]);
    }

    #[test]
    fn ticked_choices_answer_the_words_they_were_offered_for_and_no_others() {
        let ticked = [("jab_calon", "1"), ("jab_calon", "2"), ("jab_label", "1 Kepala Bidang Gizi"), ("jab_untuk", "kepala")];
        let many = read(&[&ticked[..], &[("jab_teks", "kepala")]].concat());
        assert_eq!((many.values().collect::<Vec<_>>(), many.typed.as_str()), (vec!["1", "2"], ""));
        assert_eq!(many.chosen[0].label, "Kepala Bidang Gizi");
        let other = read(&[&ticked[..], &[("jab_teks", "sekre")]].concat());
        assert_eq!(other.values().collect::<Vec<_>>(), ["0"], "other words were typed since");
        let none = read(&[("jab_untuk", "kepala"), ("jab_teks", "kepala")]);
        assert_eq!((none.open.len(), none.typed.as_str()), (2, "kepala"), "nothing ticked leaves the question open");
    }

    #[test]
    fn what_is_left_is_said_beside_the_field() {
        assert!(read(&[("jab_teks", "kepala")]).problem("jab", "jabatan").unwrap().message.contains("Pilih salah satu"));
        assert!(read(&[("jab_teks", "angin")]).problem("jab", "jabatan").unwrap().message.contains("\"angin\""));
        assert_eq!(read(&[("jab_teks", "sekre")]).problem("jab", "jabatan"), None);
    }

    #[test]
    fn the_button_that_adds_is_told_from_those_that_send() {
        assert!(is_adding(&sent(&[(ADD, "jab")])) && !is_adding(&sent(&[("jab_teks", "kepala")])));
    }
}
