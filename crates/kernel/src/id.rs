#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Identity of a row, an event or a document: a UUIDv7, so that identities sort by the time they were made.
///
/// Stored and shown as the 36-letter lower-case text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(Uuid);

/// A text that is not the identity of anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("bukan pengenal yang sah")]
pub struct InvalidId;

/// Where new identities come from. Each Instance has its own; tests give a predictable one.
pub trait IdSource: Send + Sync {
    /// An identity never given before.
    fn next_id(&self) -> Id;
}

impl Id {
    /// Makes a UUIDv7 from milliseconds since 1970 (UTC) and ten random bytes. A negative time counts as 0.
    pub fn v7(unix_ms: i64, random: [u8; 10]) -> Self {
        let ms = u64::try_from(unix_ms).unwrap_or(0);
        Self(uuid::Builder::from_unix_timestamp_millis(ms, &random).into_uuid())
    }

    /// The sixteen bytes.
    pub fn bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }

    /// Thirty-two hexadecimal letters without hyphens: one word for a full-text index.
    pub fn word(&self) -> String {
        self.0.simple().to_string()
    }
}

impl std::str::FromStr for Id {
    type Err = InvalidId;

    /// Accepts only the canonical lower-case form, so that one identity has one spelling in addresses and logs.
    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let id = Uuid::try_parse(text).map_err(|_| InvalidId)?;
        let mut buffer = Uuid::encode_buffer();
        if id.hyphenated().encode_lower(&mut buffer) == text { Ok(Self(id)) } else { Err(InvalidId) }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
