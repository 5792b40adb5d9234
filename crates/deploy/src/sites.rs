//! Offices: whose line is measured, what was measured of it, and which way of working it allows.

mod judge;
mod line;
mod read;
mod watch;

use std::fmt;

use praja_kernel::{CaraKerja, Moment};
use serde::{Deserialize, Serialize};

pub use judge::{join, office_findings};
pub use line::{Line, Lines, measure_lines};
pub use read::{COLUMNS, EXAMPLE, RowProblem, read_sites};
pub use watch::{Dark, Diary, Span, dark};

/// An office with the address by which its line is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Line of the file, for the reader.
    pub row: u64,
    /// Code of the OPD; may be empty when there is a name.
    pub kode: String,
    /// Its name; may be empty when there is a code.
    pub nama: String,
    /// Where its line ends.
    pub address: Address,
    /// What the line is, as the file says: kabel, radio, seluler, satelit.
    pub jalur: Option<String>,
    /// Officers who work there.
    pub officers: Option<u32>,
}

/// A name or number of a machine, and a port.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// Name, IPv4 or IPv6 without brackets.
    pub host: String,
    /// Port.
    pub port: u16,
}

/// What is known of an office's line, and what follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// Code of the OPD; empty when only the name is known.
    pub kode: String,
    /// Its name.
    pub nama: String,
    /// Where it was measured from this machine.
    #[serde(default)]
    pub alamat: Option<String>,
    /// What the line is.
    #[serde(default)]
    pub jalur: Option<String>,
    /// Officers who work there.
    #[serde(default)]
    pub officers: Option<u32>,
    /// Measured from this machine.
    #[serde(default)]
    pub line: Option<Line>,
    /// Measured over hours.
    #[serde(default)]
    pub dark: Option<Dark>,
    /// Measured by an officer, from the office.
    #[serde(default)]
    pub seen: Option<Seen>,
    /// The way of working that the line allows; `None` when nothing was measured.
    #[serde(default)]
    pub way: Option<Way>,
}

/// What an officer measured on the page for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// When.
    pub at: Moment,
    /// How often the office was measured.
    pub times: u32,
    /// Half of the answers came faster, in microseconds.
    pub p50_us: u64,
    /// All but a twentieth came faster, in microseconds.
    pub p95_us: u64,
    /// To the office, in kilobits a second.
    pub down_kbit: Option<u64>,
    /// From the office, in kilobits a second.
    pub up_kbit: Option<u64>,
}

/// Code and name of an OPD, with what was measured there.
pub type Told = (String, String, Seen);

/// A way of working, with why no better one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// The way.
    pub cara: CaraKerja,
    /// What officers do.
    pub artinya: String,
    /// What forbids a better one.
    pub sebab: Vec<String>,
}

impl Office {
    /// Its name, else its code.
    pub fn label(&self) -> &str {
        if self.nama.is_empty() { &self.kode } else { &self.nama }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]:{}", self.host, self.port)
        } else {
            write!(f, "{}:{}", self.host, self.port)
        }
    }
}
