//! Grammars of no language: program text is set as it is.

/// Grammars.
pub mod syntax {
    use syntect::parsing::SyntaxSet;

    /// The grammar of plain text alone.
    pub fn extra_no_newlines() -> SyntaxSet {
        let mut builder = SyntaxSet::new().into_builder();
        builder.add_plain_text_syntax();
        builder.build()
    }
}
