use std::{io, path::PathBuf};

mod trouble;
pub use trouble::{BackupTrouble, KeyTrouble, ObjectTrouble, ServerTrouble};

/// What the store could not do. Read by us, through the helpdesk: an officer sees an incident code. Whoever runs the program is told in
/// Indonesian, by the kind of the error and never by its words.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// Somebody else changed the same rows first; the store has already tried again and given up.
    #[error("the transaction kept colliding with others")]
    Busy,
    /// The engine cannot write or be reached now. Nothing was saved.
    #[error("the database is unavailable: {0}")]
    Unavailable(String),
    /// The disk is full. Nothing was saved.
    #[error("the disk is full: {0}")]
    Full(String),
    /// A file or folder could not be read or written.
    #[error("{}: {said}", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What kind of failure.
        kind: io::ErrorKind,
        /// The system's words.
        said: String,
    },
    /// The database server, or the way to it.
    #[error(transparent)]
    Server(#[from] ServerTrouble),
    /// The object store that keeps files, or the way to it.
    #[error(transparent)]
    Objects(#[from] ObjectTrouble),
    /// The Instance's keys.
    #[error(transparent)]
    Keys(#[from] KeyTrouble),
    /// A backup, or what it is to be restored into.
    #[error(transparent)]
    Backup(#[from] BackupTrouble),
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
    /// A stored file that a row names is gone.
    #[error("blob {0} is gone")]
    BlobGone(String),
    /// What is stored contradicts what the program knows (an unknown state, a changed migration, a damaged file).
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
        match self {
            Self::Busy | Self::Unavailable(_) | Self::Full(_) | Self::File { .. } => true,
            Self::Server(trouble) => trouble.is_passing(),
            Self::Objects(trouble) => trouble.is_passing(),
            _ => false,
        }
    }

    /// A failure of the disk at `path`.
    pub(crate) fn file(path: &std::path::Path, e: &io::Error) -> Self {
        if matches!(e.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) {
            return Self::Full(format!("{}: {e}", path.display()));
        }
        // A store's own error that travelled through a reader or writer comes out as it went in.
        match e.get_ref().and_then(|inner| inner.downcast_ref::<Self>()) {
            Some(inner) => inner.clone(),
            None => Self::File { path: path.to_owned(), kind: e.kind(), said: e.to_string() },
        }
    }
}
