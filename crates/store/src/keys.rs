use sha2::{Digest, Sha256};

/// A contended thing that a write takes before it begins, such as a register or an OPD's audit chain.
///
/// PostgreSQL takes an advisory lock per key in sorted order before BEGIN; SQLite has one writer and ignores them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(String);

impl Key {
    /// A key for the thing `id` of `kind` (a table or a noun), for example `Key::new("desk_register", &id)`.
    pub fn new(kind: &str, id: impl std::fmt::Display) -> Self {
        Self(format!("{kind}:{id}"))
    }

    /// The audit chain of an OPD, or `umum`.
    pub fn chain(chain: &str) -> Self {
        Self(format!("store_audit:{chain}"))
    }

    /// The number PostgreSQL locks on: the first eight bytes of the key's SHA-256.
    pub(crate) fn number(&self) -> i64 {
        let digest = Sha256::digest(self.0.as_bytes());
        let mut first = [0_u8; 8];
        first.copy_from_slice(&digest[..8]);
        i64::from_be_bytes(first)
    }
}

/// The keys one write takes. Unless [`Keys::unaudited`], the audit chain of whoever writes is among them.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    keys: Vec<Key>,
    unaudited: bool,
}

impl Keys {
    /// No contended thing but the audit chain.
    pub fn none() -> Self {
        Self::default()
    }

    /// The given contended things and the audit chain.
    pub fn of(keys: impl IntoIterator<Item = Key>) -> Self {
        Self { keys: keys.into_iter().collect(), unaudited: false }
    }

    /// For writes that leave no audit row (a session touched, a job leased): does not queue behind the OPD's chain.
    pub fn unaudited() -> Self {
        Self { keys: Vec::new(), unaudited: true }
    }

    /// Adds a key.
    pub fn and(mut self, key: Key) -> Self {
        self.keys.push(key);
        self
    }

    pub(crate) fn settle(mut self, chain: &str) -> Vec<Key> {
        if !self.unaudited {
            self.keys.push(Key::chain(chain));
        }
        self.keys.sort();
        self.keys.dedup();
        self.keys
    }
}
