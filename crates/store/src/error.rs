/// What the store could not do. Read by us, through the helpdesk: an officer sees an incident code.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// Somebody else changed the same rows first; the store has already tried again and given up.
    #[error("the transaction kept colliding with others")]
    Busy,
    /// The engine cannot write or be reached now (disk full, server gone). Nothing was saved.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// The connection was lost during COMMIT: the write may or may not have been saved. Never repeated blindly.
    #[error("the connection was lost while committing; the outcome is unknown")]
    Ambiguous,
    /// A unique, foreign-key or not-null constraint said no.
    #[error("a constraint was violated: {0}")]
    Constraint(String),
    /// The engine refused the statement, or a value is not of the type the caller asked for.
    #[error("the statement failed: {0}")]
    Statement(String),
    /// The closure panicked; its changes were rolled back and others were not touched.
    #[error("the closure panicked: {0}")]
    Panicked(String),
    /// A row that had to be there is not.
    #[error("no such row")]
    Missing,
    /// What is stored contradicts what the program knows (an unknown state, a changed migration, a broken key).
    #[error("stored data are not as expected: {0}")]
    Corrupt(String),
}

/// What store functions give back.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

impl StoreError {
    /// A stored word that no enum knows.
    pub fn unknown_word(kind: &str, word: &str) -> Self {
        Self::Corrupt(format!("unknown {kind} '{word}'"))
    }

    /// Is it worth showing "try again in a moment" instead of an incident?
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Busy | Self::Unavailable(_))
    }
}
