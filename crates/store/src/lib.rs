//! Praja's data: one SQL text on SQLite and PostgreSQL, and everything that must hold whichever of the two is below.

pub mod audit;
pub mod backup;
mod blob;
mod copy;
mod db;
mod ddl;
mod engine;
mod error;
mod facts;
pub mod forms;
pub mod jobs;
mod keyring;
mod keys;
mod migrate;
pub mod outbox;
mod plan;
mod seal;
pub mod search;
mod sql;
mod trust;
mod tx;
mod value;
mod work;

pub use audit::{Anchor, AuditRow};
pub use blob::{Blob, Blobs, PutError, S3};
pub use db::{By, Db, Options};
pub use error::{BackupTrouble, KeyTrouble, ObjectTrouble, Result, ServerTrouble, StoreError};
pub use keyring::{InvalidRecoveryKey, KEY_FILE, Keyring, RecoveryKey};
pub use keys::{Key, Keys};
pub use migrate::{Migration, MigrationSet};
pub use outbox::{Delivery, Event, Listener};
pub use plan::{Plan, PlanLog};
pub use sql::Sql;
pub use tx::{Engine, Tx};
pub use value::{FromValue, Row, Value, ValueRef};
pub use work::Work;
