//! Documents as a reader's own program sees them: poppler reads what we drew.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on ends")]

mod cap;
mod kantor;
mod lampiran;
mod limits;
mod place;
mod port;
mod providers;
mod samples;
mod sandbox;
mod signing;
mod text;
mod tools;
