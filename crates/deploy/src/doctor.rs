//! The health of an installation at work: what was looked at, judged as findings. Pure, as [`crate::judge`] is.

mod care;
mod copies;
mod data;
mod service;

use serde::{Deserialize, Serialize};

use crate::{
    Finding, Severity,
    checks::{explain, finding},
};

/// What was found out about an installation. `None`: it could not be found out, or does not apply.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Health {
    /// What a command on this installation ends in, as ` --config /srv/praja/config/praja.yaml`.
    pub at: String,
    /// The settings cannot be used; why.
    pub settings: Option<String>,
    /// The service.
    pub service: Service,
    /// Its data.
    pub data: Data,
    /// Its backups.
    pub copies: Copies,
    /// Its folders and keys.
    pub care: Care,
}

/// The service and the machine below it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Service {
    /// A process works on the folder.
    pub running: bool,
    /// It answers.
    pub ready: bool,
    /// Another program listens on the address.
    pub port_taken: bool,
    /// The address.
    pub address: String,
    /// Days until the certificate ends; negative when it has ended.
    pub certificate_days: Option<i64>,
    /// Why the certificate cannot be read.
    pub certificate: Option<String>,
    /// Free space where the data are, MiB.
    pub free_mib: Option<u64>,
    /// Files that can still be made there.
    pub free_inodes: Option<u64>,
    /// Minutes by which the clock is behind what this installation has already written; 0 or less is well.
    pub clock_behind_minutes: i64,
    /// The clock is before the day this program was built.
    pub clock_before_build: bool,
    /// Units of systemd that should be there and are not, or are not those of this release. `None`: not a service of the system.
    pub units_missing: Option<Vec<String>>,
    /// Units that are there and not enabled.
    pub units_off: Vec<String>,
    /// Who may anchor is nobody: there is no administrator yet.
    pub no_administrator: bool,
    /// LibreOffice is on this machine.
    pub word_processor: Option<bool>,
}

/// The data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Data {
    /// The database could be opened; else why not.
    pub closed: Option<String>,
    /// Migrations of this program that it lacks.
    pub migrations_missing: u64,
    /// A restore into it is unfinished.
    pub restoring: bool,
    /// Attachments that are named and gone.
    pub blobs_missing: Option<u64>,
    /// Objects nobody names.
    pub blobs_orphaned: Option<u64>,
    /// Events that found no taker after all attempts.
    pub dead_letters: u64,
    /// Jobs set aside after all attempts.
    pub dead_jobs: u64,
    /// Jobs that wait.
    pub waiting_jobs: u64,
    /// Notices that could not be sent in the last days.
    pub failed_notices: u64,
    /// Problems of the audit trail; `None`: it was not read through.
    pub audit_problems: Option<u64>,
    /// Days since an anchor was taken; `None`: never.
    pub anchor_days: Option<i64>,
}

/// The backups.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Copies {
    /// Real regencies need them; a trial does not.
    pub needed: bool,
    /// They are made by themselves.
    pub planned: bool,
    /// Hours since the newest in the installation.
    pub newest_hours: Option<i64>,
    /// The second place, where one is named.
    pub second: Option<String>,
    /// It can be read.
    pub second_reachable: bool,
    /// It is on the disk the data are on.
    pub second_same_disk: bool,
    /// Hours since the newest there.
    pub second_hours: Option<i64>,
    /// Why the last copy there failed.
    pub second_trouble: String,
    /// Copies that were read through and found damaged.
    pub damaged: u64,
    /// Days since a restore was rehearsed.
    pub drill_days: Option<i64>,
    /// What went wrong then.
    pub drill_trouble: Option<String>,
}

/// Folders, keys and what was left behind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Care {
    /// Why the keys cannot be used.
    pub keys: Option<String>,
    /// Files and folders others can read that they must not.
    pub open_to_others: Vec<String>,
    /// Folders of an installation that are not there.
    pub folders_missing: Vec<String>,
    /// The recovery sheet still lies on this machine.
    pub sheet_lies: bool,
    /// Steps of the installation that were begun and not finished.
    pub steps_unfinished: Vec<String>,
    /// Folders with plain data that a killed process left.
    pub left_behind: u64,
    /// The release that made the installation, where it is another than this program's.
    pub other_release: Option<String>,
}

type Check = fn(&Health) -> Finding;

/// Judges the health of an installation: one finding for each check. Pure.
pub fn examine(health: &Health) -> Vec<Finding> {
    let checks = [service::CHECKS, data::CHECKS, copies::CHECKS, care::CHECKS];
    checks.into_iter().flatten().map(|check| check(health)).collect()
}

/// What a check is about, the same whatever it finds.
struct About {
    id: &'static str,
    group: &'static str,
    title: &'static str,
    threshold: &'static str,
}

/// Every threshold here is a rule of this program's own.
const SOURCE: &str = crate::checks::PRAJA;

impl About {
    fn well(&self, value: impl Into<String>) -> Finding {
        finding(self.id, self.group, self.title, Severity::Info, value.into(), self.threshold.to_owned(), SOURCE)
    }

    fn unknown(&self) -> Finding {
        self.well("tidak diperiksa")
    }

    /// Well as asked where nothing is named; else ill with what is.
    fn named(&self, severity: Severity, words: &str, names: &[String], meaning: &str, remedy: &[&str]) -> Finding {
        if names.is_empty() {
            return self.well(self.threshold);
        }
        self.ill(severity, format!("{words}: {}", names.join(", ")), meaning, remedy)
    }

    /// Well as asked without a reason why not.
    fn usable(&self, why_not: Option<&String>, meaning: &str, remedy: &[&str]) -> Finding {
        why_not.map_or_else(|| self.well(self.threshold), |why| self.ill(Severity::Blokir, why.as_str(), meaning, remedy))
    }

    fn ill(&self, severity: Severity, value: impl Into<String>, meaning: &str, remedy: &[&str]) -> Finding {
        let found = finding(self.id, self.group, self.title, severity, value.into(), self.threshold.to_owned(), SOURCE);
        explain(found, meaning, remedy)
    }
}

impl Health {
    /// A command on this installation.
    fn command(&self, words: &str) -> String {
        format!("praja {words}{}", self.at)
    }
}

#[cfg(test)]
mod tests;
