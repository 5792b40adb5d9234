use std::sync::{Arc, Mutex};

/// How an engine means to answer one statement.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The statement.
    pub sql: String,
    /// The engine's words, a line each.
    pub lines: Vec<String>,
}

/// The store's own tables that are small by nature: a row per migration, a handful of facts.
const SMALL: [&str; 2] = ["store_migrasi", "store_fakta"];

impl Plan {
    /// The lines that read a whole table or sort in memory, which no list may do.
    ///
    /// SQLite: `SCAN` of a table (a virtual table's index is fine, and so is a subquery, whose inside has lines of its own) and
    /// `TEMP B-TREE`. PostgreSQL (with `enable_seqscan` off and enough rows): `Seq Scan`.
    pub fn offences(&self) -> Vec<&str> {
        self.offences_besides(&[])
    }

    /// The same, with tables that may be read whole because they grow with the regency's offices, not with its work.
    pub fn offences_besides(&self, small: &[&str]) -> Vec<&str> {
        let offends = |line: &&str| {
            if line.contains("TEMP B-TREE") {
                return true;
            }
            let table =
                after(line, "Seq Scan on ").or_else(|| after(line, "SCAN ").filter(|_| !line.contains("VIRTUAL TABLE INDEX")));
            table.is_some_and(|table| !SMALL.contains(&table) && !small.contains(&table) && !self.is_inner(table))
        };
        self.lines.iter().map(String::as_str).filter(offends).collect()
    }

    /// Is `name` what SQLite calls a subquery of this statement, or a row without a table?
    fn is_inner(&self, name: &str) -> bool {
        let made = |line: &String| ["CO-ROUTINE ", "MATERIALIZE "].iter().any(|word| after(line, word) == Some(name));
        name == "CONSTANT" || name.chars().all(|letter| letter.is_ascii_digit()) || self.lines.iter().any(made)
    }
}

/// The word that follows `words` in a line of a plan.
fn after<'a>(line: &'a str, words: &str) -> Option<&'a str> {
    line.split_once(words)?.1.split_whitespace().next()
}

/// Collects the plan of every list a test run asks for. Give it to [`crate::Options`].
#[derive(Debug, Clone, Default)]
pub struct PlanLog(Arc<Mutex<Vec<Plan>>>);

impl PlanLog {
    /// Everything collected so far, one per distinct statement.
    pub fn plans(&self) -> Vec<Plan> {
        self.0.lock().expect("no holder of the plan log panics").clone()
    }

    pub(crate) fn knows(&self, sql: &str) -> bool {
        self.0.lock().expect("no holder of the plan log panics").iter().any(|plan| plan.sql == sql)
    }

    pub(crate) fn add(&self, plan: Plan) {
        self.0.lock().expect("no holder of the plan log panics").push(plan);
    }
}

#[cfg(test)]
mod tests {
    use super::Plan;

    fn offences(lines: &[&str]) -> usize {
        let lines = lines.iter().map(|&line| line.to_owned()).collect();
        Plan { sql: String::new(), lines }.offences_besides(&["identity_opd"]).len()
    }

    #[test]
    fn a_table_read_whole_and_a_sort_are_offences() {
        assert_eq!(offences(&["SCAN eoffice_surat"]), 1);
        assert_eq!(offences(&["SCAN eoffice_surat USING COVERING INDEX eoffice_surat_opd"]), 1);
        assert_eq!(offences(&["SEARCH s USING INDEX x (opd=?)", "USE TEMP B-TREE FOR ORDER BY"]), 1);
        assert_eq!(offences(&["Limit  (cost=1..2)", "  ->  Seq Scan on eoffice_surat s  (cost=1..2)"]), 1);
        assert_eq!(offences(&["MATERIALIZE t", "SCAN eoffice_surat", "SCAN t"]), 1, "the inside of a subquery counts");
    }

    #[test]
    fn an_index_a_subquery_and_a_small_table_are_none() {
        assert_eq!(offences(&["SCAN f VIRTUAL TABLE INDEX 0:M1", "SEARCH c USING INTEGER PRIMARY KEY (rowid=?)"]), 0);
        assert_eq!(offences(&["SCAN CONSTANT ROW", "SCAN 2 CONSTANT ROWS"]), 0);
        assert_eq!(offences(&["CO-ROUTINE (subquery-1)", "SEARCH s USING INDEX x (opd=?)", "SCAN (subquery-1)"]), 0);
        assert_eq!(offences(&["SCAN identity_opd", "SCAN store_migrasi USING INDEX y"]), 0);
        assert_eq!(offences(&["Index Scan using x on eoffice_surat", "Bitmap Heap Scan on eoffice_surat"]), 0);
    }
}
