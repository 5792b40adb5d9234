//! Copying every row from one engine to the other, table by table, in one snapshot of the source.

use crate::{By, Db, Keys, MigrationSet, Result, Tx, Value, migrate, tx::Engine};

/// Rows per write: a long copy must not become one long transaction.
const STAGE: usize = 500;

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

/// Copies all rows; the target has the same schema and is empty. Gives the number of rows.
pub(crate) fn rows(from: &Db, to: &Db, sets: &[MigrationSet], by: &By) -> Result<u64> {
    let mut names = migrate::own().tables()?;
    for set in sets {
        names.extend(set.tables()?);
    }
    let tables = to.read(|tx| names.iter().map(|name| table(tx, name)).collect::<Result<Vec<_>>>())?;
    from.read(|source| {
        let mut total = 0;
        for table in &tables {
            total += copy_table(source, to, table, by)?;
        }
        Ok(total)
    })
}

fn copy_table(source: &mut Tx<'_>, to: &Db, table: &Table, by: &By) -> Result<u64> {
    let columns = table.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ");
    let marks = (1..=table.columns.len()).map(|n| format!("?{n}")).collect::<Vec<_>>().join(", ");
    let select = format!("SELECT {columns} FROM {}", table.name);
    let insert = format!("INSERT INTO {} ({columns}) VALUES ({marks}) ON CONFLICT DO NOTHING", table.name);
    let mut stage: Vec<Vec<Value>> = Vec::with_capacity(STAGE);
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
            flush(to, &insert, std::mem::take(&mut stage), by)?;
        }
        Ok(())
    })?;
    flush(to, &insert, stage, by)?;
    Ok(count)
}

fn flush(to: &Db, insert: &str, stage: Vec<Vec<Value>>, by: &By) -> Result<()> {
    let insert = insert.to_owned();
    to.write(by, Keys::unaudited(), move |tx| {
        for values in &stage {
            tx.exec_text(&insert, values)?;
        }
        Ok(())
    })
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
