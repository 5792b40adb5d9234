//! Tables that have changed, one by one, in a schema of their own. A table is copied once for everything it was.

use std::collections::{BTreeMap, BTreeSet};

use postgres::Client;

/// Tells what a table holds: how many rows, and the last transaction that wrote one. Whoever writes makes the second larger; whoever
/// takes rows away makes the first smaller.
type Mark = (i64, i64);

/// The copies that were made.
#[derive(Debug, Default)]
pub(super) struct Copies {
    made: usize,
    /// Of each table: the number of a copy, and under which marks the table was the same.
    known: BTreeMap<String, Vec<(usize, BTreeSet<Mark>)>>,
}

impl Copies {
    fn of(&self, table: &str, mark: Mark) -> Option<usize> {
        self.known.get(table)?.iter().find(|(_, marks)| marks.contains(&mark)).map(|(number, _)| *number)
    }
}

pub(super) fn copy(client: &mut Client, copies: &mut Copies) -> BTreeMap<String, usize> {
    client.batch_execute("CREATE SCHEMA IF NOT EXISTS ingat").expect("a schema is made");
    let mut kept = BTreeMap::new();
    for (table, mark) in marks(client) {
        let number = copies.of(&table, mark).unwrap_or_else(|| {
            copies.made += 1;
            let number = copies.made;
            client.batch_execute(&format!("CREATE TABLE ingat.c{number} AS TABLE {table}")).expect("a table is copied");
            copies.known.entry(table.clone()).or_default().push((number, BTreeSet::from([mark])));
            number
        });
        kept.insert(table, number);
    }
    kept
}

pub(super) fn put_back(client: &mut Client, copies: &mut Copies, kept: &BTreeMap<String, usize>) {
    // Rows of several tables hold each other; none of that is looked at before all are back.
    let mut sql = String::from("BEGIN; SET LOCAL session_replication_role = replica;\n");
    let mut changed = Vec::new();
    for (table, mark) in marks(client) {
        let number = kept[&table];
        if copies.of(&table, mark) != Some(number) {
            // Rows that are as they were stay: a table that is filled anew hundreds of times is mostly dead rows.
            sql.push_str(&format!(
                "DELETE FROM {table} AS kini WHERE NOT EXISTS (SELECT 1 FROM ingat.c{number} AS lama WHERE lama::text = kini::text);
                 INSERT INTO {table} SELECT lama.* FROM ingat.c{number} AS lama
                     WHERE NOT EXISTS (SELECT 1 FROM {table} AS kini WHERE kini::text = lama::text);\n"
            ));
            changed.push((table, number));
        }
    }
    client.batch_execute(&format!("{sql} COMMIT")).expect("tables are put back, which only a superuser may");
    for (table, mark) in marks(client) {
        let Some((_, number)) = changed.iter().find(|(name, _)| *name == table) else { continue };
        for (known, marks) in copies.known.get_mut(&table).into_iter().flatten() {
            if known == number {
                marks.insert(mark);
            }
        }
    }
}

fn marks(client: &mut Client) -> Vec<(String, Mark)> {
    let tables = client.query("SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1", &[]);
    let each: Vec<String> = tables
        .expect("the tables are named")
        .iter()
        .map(|row| {
            let table: String = row.get(0);
            format!("SELECT '{table}'::text, COUNT(*), COALESCE(MAX(xmin::text::bigint), 0) FROM {table}")
        })
        .collect();
    let found = client.query(&each.join(" UNION ALL "), &[]).expect("the tables are looked at");
    found.iter().map(|row| (row.get(0), (row.get(1), row.get(2)))).collect()
}
