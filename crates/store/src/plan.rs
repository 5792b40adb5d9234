use std::sync::{Arc, Mutex};

/// How an engine means to answer one statement.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The statement.
    pub sql: String,
    /// The engine's words, a line each.
    pub lines: Vec<String>,
}

impl Plan {
    /// The lines that read a whole table or sort in memory, which no list may do.
    ///
    /// SQLite: `SCAN` of a table (a virtual table's index is fine) and `TEMP B-TREE`. PostgreSQL (with `enable_seqscan` off and
    /// enough rows): `Seq Scan`.
    pub fn offences(&self) -> Vec<&str> {
        let offends = |line: &&str| {
            let scan = line.contains("SCAN ") && !line.contains("VIRTUAL TABLE INDEX") && !line.contains("CONSTANT ROW");
            scan || line.contains("TEMP B-TREE") || line.contains("Seq Scan")
        };
        self.lines.iter().map(String::as_str).filter(offends).collect()
    }
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
