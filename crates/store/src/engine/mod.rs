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
            "CREATE SEQUENCE store_cari_seq; CREATE SEQUENCE store_peristiwa_seq;
             CREATE INDEX store_cari_tsv ON store_cari USING gin (array_to_tsvector(string_to_array(btrim(teks || ' ' || akses), ' ')))",
        ),
        ("0004-urutan-teks.sql", Engine::Postgres) => order_text(tx),
        ("0005-kata-cari.sql", Engine::Sqlite) => tx.batch(
            // `ascii` takes every letter beyond ASCII for part of a word, so that only the blanks between our words part them.
            "DROP TABLE store_cari_fts;
             CREATE VIRTUAL TABLE store_cari_fts USING fts5(teks, akses, content = 'store_cari', content_rowid = 'seq',
                tokenize = 'ascii', prefix = '2 3');
             INSERT INTO store_cari_fts (store_cari_fts) VALUES ('rebuild')",
        ),
        ("0006-pecahan-nomor.sql", Engine::Sqlite) => tx.batch(
            // With the beginnings of one letter too: "1" is the beginning of very many numbers.
            "DROP TABLE store_cari_fts;
             UPDATE store_cari SET pecahan = COALESCE((SELECT group_concat('%' || lower(hex(g.gram)), ' ')
                FROM store_cari_gram g WHERE g.seq = store_cari.seq), '');
             DELETE FROM store_cari_gram;
             CREATE VIRTUAL TABLE store_cari_fts USING fts5(teks, akses, pecahan, content = 'store_cari', content_rowid = 'seq',
                tokenize = 'ascii', prefix = '1 2 3');
             INSERT INTO store_cari_fts (store_cari_fts) VALUES ('rebuild')",
        ),
        ("0006-pecahan-nomor.sql", Engine::Postgres) => tx.batch(
            "UPDATE store_cari SET pecahan = COALESCE((SELECT string_agg('%' || encode(convert_to(g.gram, 'UTF8'), 'hex'), ' ')
                FROM store_cari_gram g WHERE g.seq = store_cari.seq), '');
             DELETE FROM store_cari_gram;
             DROP INDEX store_cari_tsv;
             CREATE INDEX store_cari_tsv ON store_cari
                USING gin (array_to_tsvector(string_to_array(btrim(teks || ' ' || akses || ' ' || pecahan), ' ')))",
        ),
        _ => Ok(()),
    }
}

/// Every text column that follows the rules of a language is ordered by its bytes from now on. The rows stay; their indexes are made anew.
fn order_text(tx: &mut Tx<'_>) -> Result<()> {
    let found = tx.list(
        "SELECT CAST(c.relname AS TEXT), CAST(a.attname AS TEXT) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
             JOIN pg_collation o ON o.oid = a.attcollation
         WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relkind = 'r' AND a.attnum > 0 AND a.attisdropped = FALSE
             AND a.atttypid = CAST('text' AS regtype) AND o.collname <> 'C' ORDER BY c.relname, a.attnum",
        &[],
        |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)),
    )?;
    for columns in found.chunk_by(|one, next| one.0 == next.0) {
        // One statement for each table, so that an index over several columns is made anew once.
        let changes: Vec<String> =
            columns.iter().map(|(_, column)| format!("ALTER COLUMN {column} TYPE TEXT COLLATE \"C\"")).collect();
        tx.batch(&format!("ALTER TABLE {} {}", columns[0].0, changes.join(", ")))?;
    }
    tx.forget_statements();
    Ok(())
}

/// What counts upwards in the store's own tables. Numbers may have gaps on PostgreSQL, never repeat.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Counter {
    /// Places in the search index.
    Cari,
    /// The order of events.
    Peristiwa,
}

/// The next number. SQLite has one writer, so one past the highest will do; PostgreSQL has sequences, on which nobody waits.
pub(crate) fn next(tx: &mut Tx<'_>, counter: Counter) -> Result<i64> {
    let sql = match (tx.engine(), counter) {
        (Engine::Sqlite, Counter::Cari) => "SELECT COALESCE(MAX(seq), 0) + 1 FROM store_cari",
        (Engine::Sqlite, Counter::Peristiwa) => "SELECT COALESCE(MAX(urut), 0) + 1 FROM store_peristiwa",
        (Engine::Postgres, Counter::Cari) => "SELECT nextval('store_cari_seq')",
        (Engine::Postgres, Counter::Peristiwa) => "SELECT nextval('store_peristiwa_seq')",
    };
    tx.scalar(sql, &[])
}

/// Makes what stands beside the rows anew, after rows were copied in: the full-text index, the counters.
pub(crate) fn refresh(tx: &mut Tx<'_>) -> Result<()> {
    match tx.engine() {
        Engine::Sqlite => tx.batch("INSERT INTO store_cari_fts (store_cari_fts) VALUES ('rebuild')"),
        Engine::Postgres => tx.batch(
            "SELECT setval('store_cari_seq', (SELECT COALESCE(MAX(seq), 0) + 1 FROM store_cari), FALSE);
             SELECT setval('store_peristiwa_seq', (SELECT COALESCE(MAX(urut), 0) + 1 FROM store_peristiwa), FALSE)",
        ),
    }
}

/// Lets this transaction take its time: schema changes and copies of everything.
pub(crate) fn be_patient(tx: &mut Tx<'_>) -> Result<()> {
    match tx.engine() {
        Engine::Sqlite => Ok(()),
        Engine::Postgres => tx.batch("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"),
    }
}
