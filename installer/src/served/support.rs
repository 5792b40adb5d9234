//! What a bundle for a helper asks of an installation: figures of its tables, and the names that must not be in it.

use anyhow::Result;

use super::ServerBox;

impl ServerBox {
    /// Rows in each table.
    pub(crate) fn table_counts(&self) -> Result<Vec<(String, i64)>> {
        let (_, instance) = self.open()?;
        Ok(praja_store::row_counts(&instance.db, &praja_server::migration_sets())?)
    }

    /// The changes to tables that were run, one a line with its moment.
    pub(crate) fn schema(&self) -> Result<String> {
        let (_, instance) = self.open()?;
        let all = instance.db.schema()?;
        Ok(all.iter().map(|(owner, name, at)| format!("{owner} {name} {}\n", instance.zona.local(*at))).collect())
    }

    /// Names of everybody this installation knows.
    pub(crate) fn people(&self) -> Result<Vec<String>> {
        let (_, instance) = self.open()?;
        Ok(instance.db.read(praja_identity::everybody)?)
    }
}
