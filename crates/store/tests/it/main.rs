//! What the store promises, on SQLite always and again on PostgreSQL where `PRAJA_TEST_POSTGRES` offers one.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends")]
#![allow(clippy::disallowed_methods, reason = "waits and folders of the test itself, not the Instance's time or disk")]

mod disk;
mod kill;
mod register;
mod support;
mod transactions;
