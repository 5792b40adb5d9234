//! The styles that are known by a name: one, without content, for the typesetter asks for it before anybody cites.

use crate::citationberg::{IndependentStyle, Locale, Style};

/// A style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ArchivedStyle {
    /// What is taken where none is named.
    InstituteOfElectricalAndElectronicsEngineers,
}

impl ArchivedStyle {
    /// Every style.
    pub fn all() -> &'static [Self] {
        &[Self::InstituteOfElectricalAndElectronicsEngineers]
    }

    /// The style of a name.
    pub fn by_name(name: &str) -> Option<Self> {
        Self::all().iter().copied().find(|style| style.names().contains(&name))
    }

    /// Its names.
    pub fn names(&self) -> &'static [&'static str] {
        &["ieee"]
    }

    /// Its title.
    pub fn display_name(&self) -> &'static str {
        "IEEE"
    }

    /// Its content.
    pub fn get(&self) -> Style {
        Style::Independent(IndependentStyle::default())
    }
}

/// Languages: none.
pub fn locales() -> Vec<Locale> {
    Vec::new()
}
