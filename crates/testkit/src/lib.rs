//! For tests only: the fictional regency in a database that disappears, with a clock that stands still and people who are signed in.
//!
//! On SQLite always; on PostgreSQL when `PRAJA_TEST_POSTGRES` names a server.

mod application;
mod browser;
mod clock;
mod database;
mod kit;
mod memory;

pub use browser::{Page, Visitor, urlencode};
pub use clock::{CountedIds, StillClock};
pub use database::{database, offers_postgres, skipped};
pub use kit::Kit;
pub use memory::{Memory, Remembered};
