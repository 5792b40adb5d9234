//! Exporting a chain for an auditor, one JSON line a row, with the values of masked fields left out. Verifiable without Praja's
//! database.

use std::io::{BufRead, Write};

use crate::{
    Anchor, Db, Result, StoreError,
    audit::{AuditRow, Head, ProblemKind, verify, verify::Walk},
};

/// A chain that was taken along and holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The chain: an OPD's identity, or `umum`.
    pub rantai: String,
    /// Rows in it.
    pub baris: i64,
    /// Hash of the last row, in hexadecimal: what an anchor names.
    pub sidik: String,
    /// How many of the anchors name this chain.
    pub jangkar: usize,
}

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

/// Verifies an exported chain, and against `anchors` that were kept elsewhere: what holds, or the first problem in words.
///
/// # Errors
/// The first row that cannot be read, does not follow or was changed; the anchor that the chain falls short of.
pub fn verify_export(input: &mut dyn BufRead, anchors: &[Anchor]) -> Result<Exported, String> {
    let mut walk = Walk::default();
    let mut last: Option<AuditRow> = None;
    let mut anchored: Vec<&Head> = Vec::new();
    let mut rewritten: Option<i64> = None;
    for (index, line) in input.split(b'\n').enumerate() {
        let line = line.map_err(|e| format!("baris {} tidak terbaca dari berkas: {e}", index + 1))?;
        // The parser's own words are English, and point at a column of a line that nobody reads.
        let row: AuditRow =
            serde_json::from_slice(&line).map_err(|_| format!("baris {}: bukan baris rantai yang utuh", index + 1))?;
        if last.is_none() {
            anchored = anchors.iter().flat_map(|anchor| &anchor.heads).filter(|head| head.rantai == row.rantai).collect();
        }
        walk.step(&row);
        if rewritten.is_none() && anchored.iter().any(|head| head.urut == row.urut && head.sidik != row.sidik) {
            rewritten = Some(row.urut);
        }
        last = Some(row);
    }
    let Some(last) = last else { return Err("berkas ini kosong".into()) };
    let told = |urut: i64, kind: &ProblemKind| Err(format!("baris {urut}: {}", kind.words()));
    if let Some((urut, _, kind)) = walk.problems().next() {
        return told(urut, &kind);
    }
    if let Some(urut) = rewritten {
        return told(urut, &ProblemKind::Rewritten);
    }
    if let Some(head) = anchored.iter().filter(|head| head.urut > last.urut).max_by_key(|head| head.urut) {
        return told(last.urut, &ProblemKind::Cut { had: head.urut });
    }
    Ok(Exported { rantai: last.rantai, baris: last.urut, sidik: last.sidik, jangkar: anchored.len() })
}
