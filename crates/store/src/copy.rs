//! Copying every row from one engine to the other, table by table, in one snapshot of the source.

use std::sync::Arc;

use crate::{By, Db, Keys, MigrationSet, Result, StoreError, Tx, Value, engine, migrate, tx::Engine};

/// Rows per write: a long copy must not become one long transaction.
const STAGE: usize = 500;
/// The table that says a restore is under way.
const RESTORE: &str = "store_pemulihan";

#[derive(Debug, Clone)]
struct Table {
    name: String,
    columns: Vec<Column>,
}

#[derive(Debug, Clone)]
struct Column {
    name: String,
    boolean: bool,
}

/// Copies all rows; the target has the same schema and holds nothing but what its migrations put in. Gives the number of rows.
pub(crate) fn rows(from: &Db, to: &Db, sets: &[MigrationSet], by: &By) -> Result<u64> {
    let names = table_names(sets)?;
    let tables = to.read(|tx| names.iter().map(|name| table(tx, name)).collect::<Result<Vec<_>>>())?;
    // Rows that migrations put in may have been changed or removed since: the copy is what counts.
    clear(to, &names, by)?;
    from.read(|source| {
        engine::be_patient(source)?;
        let mut total = 0;
        for table in &tables {
            total += copy_table(source, to, table, by)?;
        }
        Ok(total)
    })
}

/// Every table of the store and of `sets`, parents before children.
pub(crate) fn table_names(sets: &[MigrationSet]) -> Result<Vec<String>> {
    let mut names = migrate::own().tables()?;
    // Says something of this database alone.
    names.retain(|name| name != RESTORE);
    for set in sets {
        names.extend(set.tables()?);
    }
    Ok(names)
}

/// How many rows a table holds.
pub(crate) fn count(db: &Db, table: &str) -> Result<i64> {
    let sql = format!("SELECT COUNT(*) FROM {table}");
    db.read(|tx| tx.list_text(&sql, &[], |row| row.get(0)).map(|all| all.first().copied().unwrap_or(0)))
}

/// Rows in each table of these migrations and of the store.
///
/// # Errors
/// When the database cannot be read.
pub fn row_counts(db: &Db, sets: &[MigrationSet]) -> Result<Vec<(String, i64)>> {
    table_names(sets)?.into_iter().map(|table| count(db, &table).map(|rows| (table, rows))).collect()
}

fn clear(to: &Db, names: &[String], by: &By) -> Result<()> {
    let names = names.to_vec();
    to.write(by, Keys::unaudited(), move |tx| {
        for name in names.iter().rev() {
            tx.exec_text(&format!("DELETE FROM {name}"), &[])?;
        }
        Ok(())
    })
}

/// Removes every row, children before parents.
pub(crate) fn empty(db: &Db, sets: &[MigrationSet], by: &By) -> Result<()> {
    let mut names = table_names(sets)?;
    names.reverse();
    db.write(by, Keys::unaudited(), move |tx| {
        for name in &names {
            tx.exec_text(&format!("DELETE FROM {name}"), &[])?;
        }
        Ok(())
    })
}

fn copy_table(source: &mut Tx<'_>, to: &Db, table: &Table, by: &By) -> Result<u64> {
    let columns = table.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ");
    let marks = (1..=table.columns.len()).map(|n| format!("?{n}")).collect::<Vec<_>>().join(", ");
    let select = format!("SELECT {columns} FROM {}", table.name);
    let insert = format!("INSERT INTO {} ({columns}) VALUES ({marks})", table.name);
    let mut stage: Rows = Vec::with_capacity(STAGE);
    let mut early: Rows = Vec::new();
    let mut count = 0;
    let shape = table.columns.clone();
    source.list_text(&select, &[], |row| {
        let values = shape.iter().enumerate().map(|(index, column)| {
            Ok(match (Value::from(row.value(index)?), column.boolean) {
                (Value::Int(i), true) => Value::Bool(i != 0),
                (value, _) => value,
            })
        });
        stage.push(values.collect::<Result<_>>()?);
        count += 1;
        if stage.len() == STAGE {
            early.extend(flush(to, &insert, std::mem::take(&mut stage), by)?);
        }
        Ok(())
    })?;
    early.extend(flush(to, &insert, stage, by)?);
    // A table that refers to itself may give a child before its parent.
    while !early.is_empty() {
        let before = early.len();
        early = flush(to, &insert, early, by)?;
        if early.len() == before {
            return Err(StoreError::Corrupt(format!("{before} rows of {} refer to rows that are not there", table.name)));
        }
    }
    Ok(count)
}

type Rows = Vec<Vec<Value>>;

/// Inserts the rows and gives back those whose parents are not there yet.
fn flush(to: &Db, insert: &str, stage: Rows, by: &By) -> Result<Rows> {
    let insert = insert.to_owned();
    let stage = Arc::new(stage);
    let (all, text) = (stage.clone(), insert.clone());
    let whole = to.write(by, Keys::unaudited(), move |tx| {
        for values in all.iter() {
            tx.exec_text(&text, values)?;
        }
        Ok(())
    });
    match whole {
        Ok(()) => Ok(Vec::new()),
        Err(StoreError::Constraint(_)) => to.write(by, Keys::unaudited(), move |tx| {
            let mut early = Vec::new();
            for values in stage.iter() {
                match tx.savepoint(|tx| tx.exec_text(&insert, values)) {
                    Ok(_) => {}
                    Err(StoreError::Constraint(_)) => early.push(values.clone()),
                    Err(e) => return Err(e),
                }
            }
            Ok(early)
        }),
        Err(e) => Err(e),
    }
}

fn table(tx: &mut Tx<'_>, name: &str) -> Result<Table> {
    let columns = match tx.engine() {
        Engine::Sqlite => {
            tx.list_text(&format!("PRAGMA table_info({name})"), &[], |row| Ok(Column { name: row.get(1)?, boolean: false }))?
        }
        Engine::Postgres => tx.list_text(
            "SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT) FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name = ?1 ORDER BY ordinal_position",
            &[Value::from(name)],
            |row| Ok(Column { name: row.get(0)?, boolean: row.get::<String>(1)? == "boolean" }),
        )?,
    };
    Ok(Table { name: name.to_owned(), columns })
}

impl Db {
    /// Writes a compact copy of an SQLite database to a new file, while others go on writing.
    pub(crate) fn vacuum_into(&self, to: &std::path::Path) -> Result<()> {
        self.on_reader(|conn| {
            let target = to.to_string_lossy().into_owned();
            conn.execute_batch("PRAGMA query_only = OFF").map_err(crate::engine::sqlite::error)?;
            let done = conn.execute("VACUUM INTO ?1", [target]).map_err(crate::engine::sqlite::error);
            conn.execute_batch("PRAGMA query_only = ON").map_err(crate::engine::sqlite::error)?;
            done.map(|_| ())
        })
    }
}
