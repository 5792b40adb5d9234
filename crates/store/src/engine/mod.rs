//! The two engines. Everything that differs between them stands here, in `ddl.rs` and in `search.rs`.

pub(crate) mod pg;
pub(crate) mod sqlite;

use crate::{Result, Tx, tx::Engine};

/// What a migration of the store needs beyond the portable text: the full-text index.
pub(crate) fn extras(tx: &mut Tx<'_>, migration: &str) -> Result<()> {
    match (migration, tx.engine()) {
        ("0001-inti.sql", Engine::Sqlite) => tx.batch(
            "CREATE VIRTUAL TABLE store_cari_fts USING fts5(teks, akses, content = 'store_cari', content_rowid = 'seq',
                tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3')",
        ),
        ("0001-inti.sql", Engine::Postgres) => tx.batch(
            "CREATE SEQUENCE store_cari_seq;
             CREATE INDEX store_cari_tsv ON store_cari USING gin (to_tsvector('simple'::regconfig, teks || ' ' || akses))",
        ),
        _ => Ok(()),
    }
}
