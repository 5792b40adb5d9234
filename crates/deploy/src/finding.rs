use serde::Serialize;

/// How much a finding matters. Ordered: the last is the gravest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// As it should be, or good to know.
    Info,
    /// Works, but less well.
    Peringatan,
    /// Works only at a risk that somebody must accept.
    WajibDisetujui,
    /// Does not work.
    Blokir,
}

/// One thing that was judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// A stable word, as `ruang-disk`.
    pub id: &'static str,
    /// Heading it belongs under: Mesin, Disk, Jaringan or Sistem.
    pub group: &'static str,
    /// What it is about, in two or three words.
    pub title: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What was found, with its unit.
    pub value: String,
    /// What is asked, with its unit.
    pub threshold: String,
    /// Where the threshold comes from.
    pub source: &'static str,
    /// What this means for the reader, one sentence; empty when all is well.
    pub meaning: String,
    /// What to do, one act per line; empty when all is well.
    pub remedy: Vec<String>,
}

impl Severity {
    /// The mark shown before a line, also without colour.
    pub const fn mark(self) -> &'static str {
        match self {
            Self::Blokir => "BLOKIR",
            Self::WajibDisetujui => "SETUJUI",
            Self::Peringatan => "PERINGATAN",
            Self::Info => "INFO",
        }
    }

    /// The exit code of an assessment whose gravest finding this is: 0, 10, 20 or 30.
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Info => 0,
            Self::Peringatan => 10,
            Self::WajibDisetujui => 20,
            Self::Blokir => 30,
        }
    }
}

/// The gravest severity among `findings`; `Info` when there are none.
pub fn worst(findings: &[Finding]) -> Severity {
    findings.iter().map(|finding| finding.severity).max().unwrap_or(Severity::Info)
}
