//! Reading works, which is refused.

use std::ops::Range;

use crate::Library;

/// What every reader answers.
const ABSENT: &str = "bibliographies are not part of this program";

/// Why works in the form of BibLaTeX are not read.
#[derive(Debug)]
pub enum BibLaTeXError {
    /// By their form.
    Parse(Place),
    /// By their meaning.
    Type(Place),
}

/// Where and why.
#[derive(Debug)]
pub struct Place {
    /// Where.
    pub span: Range<usize>,
    /// Why.
    pub kind: &'static str,
}

/// Refuses.
///
/// # Errors
/// Always.
pub fn from_yaml_str(_: &str) -> Result<Library, serde_yaml::Error> {
    Err(serde::de::Error::custom(ABSENT))
}

/// Refuses.
///
/// # Errors
/// Always.
pub fn from_biblatex_str(_: &str) -> Result<Library, Vec<BibLaTeXError>> {
    Err(vec![BibLaTeXError::Parse(Place { span: 0..0, kind: ABSENT })])
}
