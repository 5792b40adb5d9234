use std::borrow::Cow;

/// What is wrong with one field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// The field's name in the form; of a form that is data, as the data names it.
    pub field: Cow<'static, str>,
    /// What is wrong and what to do, in Indonesian, one sentence or two.
    pub message: String,
}

impl FieldProblem {
    /// A problem with `field`.
    pub fn new(field: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

/// A rule that said no: read by a citizen or an officer, never by a programmer.
///
/// Implemented by one enum per noun. `Display` (through `thiserror`) is the message.
pub trait Refuse: std::error::Error + Send + Sync + 'static {
    /// A stable word for tests, logs and the API, for example `eoffice.surat-masuk.already-registered`.
    fn code(&self) -> &'static str;

    /// Which rule said no, complete and calm, in the reader's words.
    fn message(&self) -> String {
        self.to_string()
    }

    /// What the reader can do now; empty when the message already says it.
    fn next_step(&self) -> String {
        String::new()
    }

    /// The fields at fault; empty when the refusal is not about a form.
    fn fields(&self) -> Vec<FieldProblem> {
        Vec::new()
    }
}
