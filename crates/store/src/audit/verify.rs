//! Verifying: every row against its hash, every hash against the next row, every value against its row, every chain against an
//! anchor that was kept outside.

use std::collections::HashMap;

use praja_kernel::Moment;

use crate::{
    Anchor, Db, Result,
    audit::{AuditRow, START, anchor::heads, read_row},
    migrate::hex,
    params,
};

/// Rows read at a time: verifying must not hold one snapshot for minutes.
const PAGE: i64 = 500;

/// What is wrong in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The chain.
    pub rantai: String,
    /// The OPD's name.
    pub nama: String,
    /// The row concerned.
    pub urut: i64,
    /// The date to name: the row's, or the anchor's when the row is gone.
    pub pada: Moment,
    /// What was found.
    pub kind: ProblemKind,
}

/// What was found wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// The row's content does not give its hash.
    RowChanged,
    /// The row does not follow the one before it.
    LinkBroken,
    /// A row is missing inside the chain.
    RowMissing,
    /// A value does not give the hash in its row.
    ValueChanged {
        /// The field.
        bidang: String,
    },
    /// The chain is shorter than it was when the anchor was taken.
    Cut {
        /// Rows at the anchor.
        had: i64,
    },
    /// The chain holds together but is not the one that was anchored: it was rewritten and recomputed.
    Rewritten,
}

impl ProblemKind {
    /// In the auditor's words.
    pub fn words(&self) -> String {
        match self {
            Self::RowChanged => "isi baris diubah".into(),
            Self::LinkBroken => "sambungan ke baris sebelumnya putus".into(),
            Self::RowMissing => "baris hilang di tengah rantai".into(),
            Self::ValueChanged { bidang } => format!("nilai bidang {bidang} diubah"),
            Self::Cut { had } => format!("rantai dipotong; saat dijangkar ada {had} baris"),
            Self::Rewritten => "rantai ditulis ulang: baris yang dijangkar tidak lagi sama".into(),
        }
    }
}

/// The outcome of a verification.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Chains looked at.
    pub chains: usize,
    /// Rows looked at.
    pub rows: i64,
    /// Values that were lawfully erased or are masked: counted, not a problem.
    pub erased: i64,
    /// At most one problem per chain and kind of check: the first.
    pub problems: Vec<Problem>,
}

/// Walks over the rows of one chain in order and finds the first break.
#[derive(Debug)]
pub struct Walk {
    expected: i64,
    before: String,
    last: Option<(i64, Moment)>,
    erased: i64,
    found: Option<(i64, Moment, ProblemKind)>,
    value_found: Option<(i64, Moment, ProblemKind)>,
}

impl Default for Walk {
    fn default() -> Self {
        Self { expected: 1, before: hex(&START), last: None, erased: 0, found: None, value_found: None }
    }
}

impl Walk {
    /// Looks at the next row.
    pub fn step(&mut self, row: &AuditRow) {
        // A row that is itself but for its number was renumbered: nothing is missing.
        let renumbered = row.urut != self.expected
            && AuditRow { urut: self.expected, ..row.clone() }.expected_hash() == row.sidik
            && row.sebelum == self.before;
        let place = if renumbered { self.expected } else { row.urut };
        let problem = if renumbered {
            Some(ProblemKind::RowChanged)
        } else if row.urut != self.expected {
            Some(ProblemKind::RowMissing)
        } else if row.sebelum != self.before {
            Some(ProblemKind::LinkBroken)
        } else if row.expected_hash() != row.sidik {
            Some(ProblemKind::RowChanged)
        } else {
            None
        };
        if let (Some(kind), None) = (problem, &self.found) {
            self.found = Some((place, row.pada, kind));
        }
        self.values(row);
        self.expected = place + 1;
        self.before.clone_from(&row.sidik);
        self.last = Some((place, row.pada));
    }

    fn values(&mut self, row: &AuditRow) {
        for value in &row.nilai {
            let fits = row.bidang.iter().any(|(field, hash)| *field == value.bidang && *hash == value.hash());
            if !fits && self.value_found.is_none() {
                let kind = ProblemKind::ValueChanged { bidang: value.bidang.clone() };
                self.value_found = Some((row.urut, row.pada, kind));
            }
        }
        let gone = |(field, _): &&(String, String)| row.nilai.iter().all(|value| value.bidang != *field);
        self.erased += row.bidang.iter().filter(gone).count() as i64;
    }

    /// What was found so far: at most the first break and the first value that does not fit, with place and moment.
    pub fn problems(&self) -> impl Iterator<Item = (i64, Moment, ProblemKind)> {
        self.found.iter().chain(&self.value_found).cloned().collect::<Vec<_>>().into_iter()
    }

    pub(crate) fn erased(&self) -> i64 {
        self.erased
    }
}

impl Db {
    /// Verifies every chain, and against `anchors` that were kept outside (any number, any order).
    pub fn verify_audit(&self, anchors: &[Anchor], name_of: impl Fn(&str) -> String) -> Result<Report> {
        self.verify_audit_with(anchors, name_of, |_, _, _| {})
    }

    /// The same, telling after each chain how many of how many were looked at, and how many rows.
    pub fn verify_audit_with(
        &self,
        anchors: &[Anchor],
        name_of: impl Fn(&str) -> String,
        mut progress: impl FnMut(usize, usize, i64),
    ) -> Result<Report> {
        let mut report = Report::default();
        let mut wanted: HashMap<String, Vec<(Moment, crate::audit::Head)>> = HashMap::new();
        for anchor in anchors {
            for head in &anchor.heads {
                wanted.entry(head.rantai.clone()).or_default().push((anchor.pada, head.clone()));
            }
        }
        let mut chains: Vec<String> = self.read(heads)?.into_iter().map(|(rantai, ..)| rantai).collect();
        chains.extend(wanted.keys().filter(|rantai| !chains.contains(rantai)).cloned().collect::<Vec<_>>());
        let total = chains.len();
        for rantai in chains {
            let mut anchored = wanted.remove(&rantai).unwrap_or_default();
            anchored.sort_by_key(|(pada, head)| (head.urut, *pada));
            let nama = anchored.last().map_or_else(|| name_of(&rantai), |(_, head)| head.nama.clone());
            self.verify_chain(&rantai, &nama, &anchored, &mut report)?;
            progress(report.chains, total, report.rows);
        }
        Ok(report)
    }

    fn verify_chain(
        &self,
        rantai: &str,
        nama: &str,
        anchored: &[(Moment, crate::audit::Head)],
        report: &mut Report,
    ) -> Result<()> {
        let mut walk = Walk::default();
        let mut rewritten: Option<(i64, Moment)> = None;
        let mut after = 0_i64;
        loop {
            let rows = self.read(|tx| page(tx, rantai, after))?;
            let Some(last) = rows.last() else { break };
            after = last.urut;
            for row in &rows {
                walk.step(row);
                let differs = |(_, head): &&(Moment, crate::audit::Head)| head.urut == row.urut && head.sidik != row.sidik;
                if let (None, Some((pada, _))) = (rewritten, anchored.iter().find(differs)) {
                    rewritten = Some((row.urut, *pada));
                }
            }
            report.rows += rows.len() as i64;
        }
        report.chains += 1;
        report.erased += walk.erased();
        let mut add = |urut, pada, kind| {
            report.problems.push(Problem { rantai: rantai.to_owned(), nama: nama.to_owned(), urut, pada, kind });
        };
        for (urut, pada, kind) in walk.problems() {
            add(urut, pada, kind);
        }
        if let Some((urut, pada)) = rewritten {
            add(urut, pada, ProblemKind::Rewritten);
        }
        if let Some((pada, head)) = anchored.iter().find(|(_, head)| head.urut > after) {
            add(after, *pada, ProblemKind::Cut { had: head.urut });
        }
        Ok(())
    }
}

pub(crate) fn page(tx: &mut crate::Tx<'_>, rantai: &str, after: i64) -> Result<Vec<AuditRow>> {
    tx.list(
        "SELECT a.rantai, a.urut, a.pada, a.pelaku, a.pelaku_nama, a.jabatan, a.tindakan, a.objek, a.alasan, a.bidang,
                a.sebelum, a.sidik, n.isi
         FROM store_audit a LEFT JOIN store_audit_nilai n ON n.rantai = a.rantai AND n.urut = a.urut
         WHERE a.rantai = ?1 AND a.urut > ?2 ORDER BY a.rantai, a.urut LIMIT ?3",
        params![rantai, after, PAGE],
        read_row,
    )
}
