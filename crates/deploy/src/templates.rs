use std::collections::BTreeMap;

use crate::Obstacle;

/// The text files of `config-templates`, by their path below it.
#[derive(Debug, Clone, Default)]
pub struct Templates(BTreeMap<String, String>);

impl Templates {
    /// Takes paths (as `profil/mini/praja.yaml.tmpl`) with their text.
    pub fn new(files: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(files.into_iter().collect())
    }

    /// The text of one file.
    ///
    /// # Errors
    /// [`Obstacle::BrokenTemplate`] when there is no such file.
    pub fn text(&self, path: &str) -> Result<&str, Obstacle> {
        let missing = || Obstacle::BrokenTemplate { path: path.to_owned(), reason: "berkas tidak ada".to_owned() };
        self.0.get(path).map(String::as_str).ok_or_else(missing)
    }

    /// The paths that begin with `lead`, in their order.
    pub fn below<'t>(&'t self, lead: &'t str) -> impl Iterator<Item = &'t str> {
        self.0.keys().map(String::as_str).filter(move |path| path.starts_with(lead))
    }

    /// The text with each `{{name}}` replaced by its value. Values are put in as they are: quote them for the file's format first.
    ///
    /// # Errors
    /// [`Obstacle::BrokenTemplate`] when there is no such file, when it names a value that is not given or leaves a brace open.
    pub fn fill(&self, path: &str, values: &[(&str, String)]) -> Result<String, Obstacle> {
        let broken = |reason: String| Obstacle::BrokenTemplate { path: path.to_owned(), reason };
        let mut rest = self.text(path)?;
        let mut filled = String::with_capacity(rest.len());
        while let Some((before, after)) = rest.split_once("{{") {
            let (name, after) = after.split_once("}}").ok_or_else(|| broken("kurung {{ tidak ditutup".to_owned()))?;
            let value = values.iter().find(|(known, _)| *known == name.trim());
            let (_, value) = value.ok_or_else(|| broken(format!("nilai {} tidak dikenal", name.trim())))?;
            filled.push_str(before);
            filled.push_str(value);
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }
}
