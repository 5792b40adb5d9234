//! What may be wrong outside the program, kind by kind: each has a next step of its own for whoever runs it.

use std::{io, path::PathBuf};

/// What is wrong with the database server or the way to it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServerTrouble {
    /// The connection text cannot be understood.
    #[error("the connection text is wrong: {0}")]
    Address(String),
    /// Nobody answers there, or nobody who may write.
    #[error("the database server cannot be reached: {0}")]
    Unreachable(String),
    /// Account or password is not accepted.
    #[error("the database server refuses the account: {0}")]
    Password(String),
    /// There is no such database.
    #[error("the database server has no such database: {0}")]
    NoDatabase(String),
    /// The settings want an encrypted line, the server has none.
    #[error("the database server does not speak TLS")]
    NoTls,
    /// The server's certificate is not one that the settings trust.
    #[error("the certificate of the database server is refused: {0}")]
    Certificate(String),
    /// The file of trusted certificates cannot be used.
    #[error("the trusted certificates {} cannot be used: {said}", path.display())]
    Roots {
        /// The file.
        path: PathBuf,
        /// Why.
        said: String,
    },
}

/// What is wrong with the object store or the way to it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ObjectTrouble {
    /// The settings contradict themselves.
    #[error("the settings of the object store are wrong: {0}")]
    Settings(String),
    /// The file with the access key cannot be used.
    #[error("the access key {} cannot be used: {said}", path.display())]
    AccessKey {
        /// The file.
        path: PathBuf,
        /// Why.
        said: &'static str,
    },
    /// The file of trusted certificates cannot be used.
    #[error("the trusted certificates {} cannot be used: {said}", path.display())]
    Roots {
        /// The file.
        path: PathBuf,
        /// Why.
        said: String,
    },
    /// Nobody answers there, or too late.
    #[error("the object store cannot be reached: {0}")]
    Unreachable(String),
    /// Its certificate is not one that the settings trust.
    #[error("the certificate of the object store is refused: {0}")]
    Certificate(String),
    /// The access key is not accepted, or may not do this.
    #[error("the object store refuses the access key: {0}")]
    Refused(String),
    /// There is no such bucket.
    #[error("the object store has no such bucket: {0}")]
    NoBucket(String),
    /// Another installation keeps its files there.
    #[error("bucket and prefix belong to another installation")]
    OthersFiles,
    /// The database names files, and this is not where they are.
    #[error("the files of this database are not in this bucket and prefix")]
    NotOurs,
}

/// What is wrong with the Instance's keys.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyTrouble {
    /// The key file is not there or may not be read.
    #[error("the key file {} cannot be read ({kind})", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What kind of failure.
        kind: io::ErrorKind,
    },
    /// The key file is damaged.
    #[error("the key file {} is damaged: {said}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        said: String,
    },
    /// This key is not the one with which it was closed.
    #[error("the key does not open this: it belongs to another Instance")]
    Other,
}

/// What is wrong with a backup or with the place it is to be restored into.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackupTrouble {
    /// The file is something else.
    #[error("{} is no Praja backup", path.display())]
    NoBackup {
        /// The file.
        path: PathBuf,
    },
    /// What stands readable in front was changed.
    #[error("the readable head of {} was changed", path.display())]
    HeadChanged {
        /// The file.
        path: PathBuf,
    },
    /// It was cut or changed.
    #[error("{} is damaged: {said}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What was found.
        said: String,
    },
    /// Files that the data name are not in it.
    #[error("{} holds {found} of {named} files", path.display())]
    Incomplete {
        /// The backup.
        path: PathBuf,
        /// Files that are in it.
        found: usize,
        /// Files that should be in it.
        named: usize,
    },
    /// A restore never overwrites: the database holds rows.
    #[error("the target already holds data (table {table}); restore into an empty one")]
    TargetFilled {
        /// The first table with rows.
        table: String,
    },
    /// A restore never overwrites: there are files in the bucket.
    #[error("the bucket already holds files under this prefix; restore into an empty one")]
    FilesThere,
    /// Another restore into this database was begun and not finished.
    #[error("a restore into this database was begun and not finished")]
    Unfinished,
}

impl ServerTrouble {
    /// May the next try do better without anybody changing anything?
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Unreachable(_))
    }
}

impl ObjectTrouble {
    /// May the next try do better without anybody changing anything?
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Unreachable(_))
    }
}
