//! Bibliographies that are never read: no library has entries, so none is ever cited.

use std::{borrow::Cow, marker::PhantomData};

pub mod archive;
pub mod citationberg;
pub mod io;

use citationberg::{IndependentStyle, Locale, LocaleCode};

/// What there is none of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Never {}

/// A work.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry(Never);

impl Entry {
    /// Its key.
    pub fn key(&self) -> &str {
        match self.0 {}
    }

    /// Its title.
    pub fn title(&self) -> Option<&Title> {
        match self.0 {}
    }
}

/// A title.
#[derive(Debug)]
pub struct Title {
    /// Its words.
    pub value: Words,
}

/// Words with their looks.
#[derive(Debug)]
pub struct Words(Never);

impl Words {
    /// Without looks.
    pub fn to_str(&self) -> Cow<'_, str> {
        match self.0 {}
    }
}

/// Works; there are none.
#[derive(Debug, Clone, Default)]
pub struct Library;

impl Library {
    /// Always.
    pub fn is_empty(&self) -> bool {
        true
    }
}

impl IntoIterator for Library {
    type Item = Entry;
    type IntoIter = std::iter::Empty<Entry>;

    fn into_iter(self) -> Self::IntoIter {
        std::iter::empty()
    }
}

/// Where in a work.
#[derive(Debug, Clone)]
pub struct SpecificLocator<'a>(pub citationberg::taxonomy::Locator, pub LocatorPayload<'a>);

/// What is said of the place.
#[derive(Debug, Clone)]
pub enum LocatorPayload<'a> {
    /// Text.
    Str(&'a str),
    /// Something of the caller.
    Transparent(TransparentLocator),
}

/// Something of the caller.
#[derive(Debug, Clone)]
pub struct TransparentLocator;

impl TransparentLocator {
    /// Forgets it.
    pub fn new<T>(_: T) -> Self {
        Self
    }
}

/// How a work is named in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CitePurpose {
    /// As part of a sentence.
    Prose,
    /// Whole.
    Full,
    /// By its author.
    Author,
    /// By its year.
    Year,
}

/// One work that is cited.
#[derive(Debug, Clone)]
pub struct CitationItem<'a, T>(PhantomData<&'a T>);

impl<'a, T> CitationItem<'a, T> {
    /// A work and its place.
    pub fn new(_: &'a T, _: Option<SpecificLocator<'a>>, _: Option<LocaleCode>, _: bool, _: Option<CitePurpose>) -> Self {
        Self(PhantomData)
    }
}

/// A citation.
#[derive(Debug)]
pub struct CitationRequest<'a, T>(PhantomData<&'a T>);

impl<'a, T> CitationRequest<'a, T> {
    /// Of works, in a style.
    pub fn new(
        _: Vec<CitationItem<'a, T>>,
        _: &'a IndependentStyle,
        _: Option<LocaleCode>,
        _: &'a [Locale],
        _: Option<usize>,
    ) -> Self {
        Self(PhantomData)
    }
}

/// A bibliography.
#[derive(Debug)]
pub struct BibliographyRequest<'a> {
    /// Its style.
    pub style: &'a IndependentStyle,
    /// Its language.
    pub locale: Option<LocaleCode>,
    /// Languages that are known.
    pub locale_files: &'a [Locale],
}

/// What sets citations and bibliographies.
#[derive(Debug)]
pub struct BibliographyDriver<'a, T>(PhantomData<&'a T>);

impl<'a, T> BibliographyDriver<'a, T> {
    /// Nothing yet.
    #[allow(clippy::new_without_default, reason = "the interface is the library's")]
    pub fn new() -> Self {
        Self(PhantomData)
    }

    /// Without effect.
    #[must_use]
    pub fn with_citation_number_offset(self, _: usize) -> Self {
        self
    }

    /// Without effect.
    pub fn citation(&mut self, _: CitationRequest<'a, T>) {}

    /// Nothing.
    pub fn finish(self, _: BibliographyRequest<'_>) -> Rendered {
        Rendered { bibliography: None, citations: Vec::new() }
    }
}

/// What was set.
#[derive(Debug)]
pub struct Rendered {
    /// The bibliography.
    pub bibliography: Option<RenderedBibliography>,
    /// The citations.
    pub citations: Vec<RenderedCitation>,
}

/// A bibliography that was set.
#[derive(Debug)]
pub struct RenderedBibliography {
    /// Its lines hang.
    pub hanging_indent: bool,
    /// Its works.
    pub items: Vec<BibliographyItem>,
}

/// A citation that was set.
#[derive(Debug)]
pub struct RenderedCitation {
    /// Its content.
    pub citation: ElemChildren,
}

/// A work that was set.
#[derive(Debug)]
pub struct BibliographyItem {
    /// Its key.
    pub key: String,
    /// What stands before it.
    pub first_field: Option<ElemChild>,
    /// Its content.
    pub content: ElemChildren,
}

/// Content.
#[derive(Debug)]
pub struct ElemChildren(pub Vec<ElemChild>);

impl ElemChildren {
    /// Nothing.
    pub fn find_meta(&self, _: &ElemMeta) -> Option<&Elem> {
        None
    }
}

/// One piece of content.
#[derive(Debug)]
pub enum ElemChild {
    /// Text.
    Text(Formatted),
    /// A group.
    Elem(Elem),
    /// Mathematics.
    Markup(String),
    /// A link.
    Link {
        /// What it says.
        text: Formatted,
        /// Where it leads.
        url: String,
    },
    /// Something of the caller.
    Transparent {
        /// Which.
        cite_idx: usize,
        /// How it looks.
        format: Formatting,
    },
}

/// A group.
#[derive(Debug)]
pub struct Elem {
    /// Its content.
    pub children: ElemChildren,
    /// Its place.
    pub display: Option<citationberg::Display>,
    /// Its meaning.
    pub meta: Option<ElemMeta>,
}

/// What a group means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElemMeta {
    /// The number of a citation.
    CitationNumber,
    /// A work.
    Entry(usize),
}

/// Text and its looks.
#[derive(Debug)]
pub struct Formatted {
    /// The text.
    pub text: String,
    /// Its looks.
    pub formatting: Formatting,
}

/// How text looks.
#[derive(Debug, Clone, Copy)]
pub struct Formatting {
    /// Slant.
    pub font_style: citationberg::FontStyle,
    /// Letters.
    pub font_variant: citationberg::FontVariant,
    /// Weight.
    pub font_weight: citationberg::FontWeight,
    /// Lines.
    pub text_decoration: citationberg::TextDecoration,
    /// Height.
    pub vertical_align: citationberg::VerticalAlign,
}
