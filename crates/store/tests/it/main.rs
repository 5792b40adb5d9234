//! What the store promises, on SQLite always and again on PostgreSQL where `PRAJA_TEST_POSTGRES` offers one.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends")]
#![allow(clippy::disallowed_methods, reason = "waits and folders of the test itself, not the Instance's time or disk")]

mod audit;
mod audit_export;
mod audit_search;
mod backup;
mod blobs;
mod cluster;
mod disk;
mod forms;
mod interrupted;
mod jobs;
mod kill;
mod leader;
mod migrations;
mod order;
mod outbox;
mod plans;
mod register;
mod runtime;
mod s3;
mod search;
mod support;
mod tls;
mod transactions;
mod words;
