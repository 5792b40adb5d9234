//! Exporting a chain for an auditor, one JSON line a row, with the values of masked fields left out. Verifiable without Praja's
//! database.

use std::io::{BufRead, Write};

use crate::{
    Db, Result, StoreError,
    audit::{AuditRow, verify, verify::Walk},
};

impl Db {
    /// Writes one chain to `out`. Values of fields for which `masked` says true stay behind; their hashes go along.
    pub fn export_audit(&self, rantai: &str, masked: impl Fn(&str) -> bool, out: &mut dyn Write) -> Result<i64> {
        let mut after = 0;
        let mut count = 0;
        loop {
            let rows = self.read(|tx| verify::page(tx, rantai, after))?;
            let Some(last) = rows.last() else { return Ok(count) };
            after = last.urut;
            for mut row in rows {
                row.nilai.retain(|value| !masked(&value.bidang));
                let line = serde_json::to_string(&row).map_err(|e| StoreError::Corrupt(e.to_string()))?;
                writeln!(out, "{line}").map_err(|e| StoreError::Unavailable(e.to_string()))?;
                count += 1;
            }
        }
    }
}

/// Verifies an exported chain: gives the number of rows, or the first problem in words.
pub fn verify_export(input: &mut dyn BufRead) -> Result<i64, String> {
    let mut walk = Walk::default();
    let mut count = 0;
    for (index, line) in input.lines().enumerate() {
        let line = line.map_err(|e| e.to_string())?;
        let row: AuditRow = serde_json::from_str(&line).map_err(|e| format!("baris {} tidak terbaca: {e}", index + 1))?;
        walk.step(&row);
        count += 1;
    }
    match walk.problems().next() {
        None => Ok(count),
        Some((urut, _, kind)) => Err(format!("baris {urut}: {}", kind.words())),
    }
}
