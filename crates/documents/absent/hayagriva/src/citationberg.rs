//! The words in which styles are written, as far as the typesetter names them.

/// A style.
#[derive(Debug, Clone, PartialEq)]
pub enum Style {
    /// One that stands alone.
    Independent(IndependentStyle),
    /// One that points at another.
    Dependent,
}

/// A style that stands alone.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IndependentStyle {
    /// Its settings.
    pub settings: StyleSettings,
}

impl IndependentStyle {
    /// Refuses.
    ///
    /// # Errors
    /// Always.
    pub fn from_xml(_: &str) -> Result<Self, &'static str> {
        Err("citation styles are not part of this program")
    }
}

/// Settings of a style.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StyleSettings {
    /// Where citations stand.
    pub class: StyleClass,
}

/// Where citations stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StyleClass {
    /// In the text.
    #[default]
    InText,
    /// In notes.
    Note,
}

/// A language's words.
#[derive(Debug, Clone, PartialEq)]
pub struct Locale;

/// The code of a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocaleCode(pub String);

/// What a place in a work is called.
pub mod taxonomy {
    /// What a place in a work is called.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Locator {
        /// As the writer says.
        Custom,
    }
}

/// Where a group stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Display {
    /// In lines of its own.
    Block,
    /// Indented.
    Indent,
    /// In the margin.
    LeftMargin,
    /// Right of the margin.
    RightInline,
}

/// Slant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FontStyle {
    /// Upright.
    Normal,
    /// Slanted.
    Italic,
}

/// Letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FontVariant {
    /// Usual.
    Normal,
    /// Small capitals.
    SmallCaps,
}

/// Weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FontWeight {
    /// Usual.
    Normal,
    /// Heavy.
    Bold,
    /// Light.
    Light,
}

/// Lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextDecoration {
    /// None.
    None,
    /// Under the text.
    Underline,
}

/// Height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerticalAlign {
    /// As inherited.
    None,
    /// On the line.
    Baseline,
    /// Above it.
    Sup,
    /// Below it.
    Sub,
}
