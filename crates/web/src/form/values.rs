use std::collections::BTreeMap;

/// What stands in the fields of a form, by name; a name may carry several values (check boxes).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FormValues(BTreeMap<String, Vec<String>>);

impl FormValues {
    /// No values.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a value to a name.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.add(name, value);
        self
    }

    /// Fills a picker: the stored value and the words for it.
    #[must_use]
    pub fn with_pick(self, name: &str, value: impl Into<String>, label: impl Into<String>) -> Self {
        self.with(name, value).with(format!("{name}{}", crate::picker::TYPED), label)
    }

    /// Adds a value to a name.
    pub fn add(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.entry(name.into()).or_default().push(value.into());
    }

    /// The first value of a name; nothing when the name is absent.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.first().map(String::as_str)
    }

    /// The first value of a name without surrounding white space; empty when the name is absent.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default().trim()
    }

    /// All values of a name; nothing when the name was not sent at all.
    pub fn all(&self, name: &str) -> Option<&[String]> {
        self.0.get(name).map(Vec::as_slice)
    }

    /// Is this one of the values of the name?
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.0.get(name).is_some_and(|values| values.iter().any(|one| one == value))
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for FormValues {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        pairs.into_iter().fold(Self::default(), |values, (name, value)| values.with(name, value))
    }
}

impl From<&FormValues> for FormValues {
    fn from(values: &FormValues) -> Self {
        values.clone()
    }
}
