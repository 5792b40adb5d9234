//! Small facts about the database itself: which Instance it is, whether it is a contoh, the day its demo is anchored on.

use crate::{Result, Tx, params};

impl Tx<'_> {
    /// A fact, if it was recorded.
    pub fn fact(&mut self, name: &str) -> Result<Option<String>> {
        self.opt("SELECT isi FROM store_fakta WHERE nama = ?1", params![name], |row| row.get(0))
    }

    /// Records a fact once; a fact never changes. Gives the one that stands.
    pub fn record_fact(&mut self, name: &str, value: &str) -> Result<String> {
        self.exec("INSERT INTO store_fakta (nama, isi) VALUES (?1, ?2) ON CONFLICT (nama) DO NOTHING", params![name, value])?;
        self.scalar("SELECT isi FROM store_fakta WHERE nama = ?1", params![name])
    }
}
