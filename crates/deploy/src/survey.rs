//! The whole assessment: what a machine, its system and its network are measured to be, and what people say they need of it.
//!
//! [`Facts`] are what a trial needs and cost no time; a [`Survey`] adds what a decision needs. Both are plain data: saved as JSON on one
//! machine, they are judged again on another.

mod advice;
mod judge;
mod look;

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::{Facts, Host, Target, measure};

pub use advice::{Advice, advice};
pub use judge::judge;
pub use look::has_word_processor;
pub(crate) use look::systemd_version;

/// Everything that was measured and said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    /// What was not looked at, because the assessment was interrupted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unmeasured: Vec<Part>,
    /// What a trial asks of a machine.
    pub facts: Facts,
    /// Its processors.
    pub processor: Processor,
    /// Its memory, beyond the sizes.
    pub memory: MemoryUse,
    /// The disk that would hold the data.
    pub disk: Disk,
    /// Its operating system.
    pub system: System,
    /// Its network.
    pub network: Network,
    /// What people said.
    pub needs: Needs,
}

/// A part of a survey that can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// [`Survey::processor`].
    Prosesor,
    /// [`Survey::memory`].
    Memori,
    /// [`Survey::disk`].
    Disk,
    /// [`Survey::system`].
    Sistem,
    /// [`Survey::network`].
    Jaringan,
}

/// The processors.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Processor {
    /// `x86_64`, `aarch64`, …
    pub arch: String,
    /// As the processor names itself.
    pub model: String,
    /// Rounds of a small computation in a millisecond, on one core.
    pub rounds_per_ms: u64,
    /// Time that neighbours on the same host took, per mille.
    pub steal_permille: Option<u32>,
    /// Work that waits for each core, per mille: 1,000 is one busy core for each.
    pub load_permille: Option<u32>,
    /// Encrypts in hardware.
    pub aes: Option<bool>,
    /// A virtual machine.
    pub virtual_machine: bool,
    /// A container (Docker, LXC, nspawn).
    pub container: bool,
}

/// How memory is used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemoryUse {
    /// Swap space, in MiB.
    pub swap_mib: u64,
    /// Of it unused, in MiB.
    pub swap_free_mib: u64,
    /// Programs that the system killed for want of memory since it started.
    pub oom_kills: Option<u64>,
    /// The limit of the container, in MiB.
    pub limit_mib: Option<u64>,
    /// Time that programs waited for memory in the last five minutes, per mille.
    pub stalled_permille: Option<u32>,
    /// The system promises no more memory than it has.
    pub strict: bool,
}

/// The disk of the data.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disk {
    /// Type of the file system, as `ext4`.
    pub kind: Option<String>,
    /// Its mount options.
    pub options: Vec<String>,
    /// MiB a second of one long durable write.
    pub write_mib_s: Option<u64>,
    /// Free in the folder for temporary files, in MiB.
    pub temp_free_mib: Option<u64>,
    /// Nothing may be executed there.
    pub temp_noexec: bool,
    /// Time that programs waited for the disk in the last five minutes, per mille.
    pub stalled_permille: Option<u32>,
    /// A disk with moving parts.
    pub rotating: Option<bool>,
    /// Another disk where a backup may lie: its mount point.
    pub second: Option<String>,
    /// Arrays of disks that lost a member.
    pub degraded: Vec<String>,
    /// Faults that the file system counted.
    pub faults: Option<u64>,
}

/// The operating system.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct System {
    /// `debian`, `ubuntu`, …
    pub id: String,
    /// Its version, as `12` or `22.04`.
    pub version: String,
    /// Version of systemd, when it runs this machine.
    pub systemd: Option<u32>,
    /// The clock follows a time service.
    pub synchronised: bool,
    /// Seconds between the system's clock and the clock on the board.
    pub clock_offset_s: Option<i64>,
    /// An update waits for a restart.
    pub restart_needed: bool,
    /// Seconds since the start.
    pub uptime_s: Option<u64>,
    /// Hosting panels found.
    pub panels: Vec<String>,
    /// `sudo` or root is there.
    pub can_administer: bool,
    /// A user called praja is there already.
    pub user_praja: bool,
    /// SELinux enforces.
    pub selinux: bool,
    /// Randomness at hand.
    pub entropy: Option<u64>,
    /// Threads that may run.
    pub threads_max: Option<u64>,
    /// Security updates come by themselves.
    pub automatic_updates: Option<bool>,
    /// Texts are UTF-8.
    pub utf8: bool,
    /// LibreOffice is there. A survey of an older release does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word_processor: Option<bool>,
}

/// The network.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Network {
    /// Ports on which some program listens for others.
    pub listening: Vec<u16>,
    /// A web server that is installed, as `nginx`.
    pub web_server: Option<String>,
    /// Network cards.
    pub links: Vec<Link>,
    /// There is a way out.
    pub gateway: bool,
    /// Name servers.
    pub name_servers: Vec<String>,
    /// Name of the machine.
    pub host_name: String,
    /// Own IPv4 addresses but loopback.
    pub addresses: Vec<String>,
    /// What the wanted name points to; empty when nothing.
    pub name_points_to: Vec<String>,
    /// A proxy is set.
    pub proxy: Option<String>,
    /// IPv6 is on.
    pub ipv6: bool,
    /// The firewall that is on, as `ufw`.
    pub firewall: Option<String>,
    /// SSH takes passwords.
    pub ssh_password: Option<bool>,
    /// Connections that may wait to be taken.
    pub backlog: Option<u64>,
}

/// A network card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// As `eth0`.
    pub name: String,
    /// Connected.
    pub up: bool,
    /// Megabits a second, where the card tells.
    pub mbit_s: Option<u64>,
    /// Packets with faults, of a million.
    pub faults_ppm: u64,
    /// Largest packet, in bytes.
    pub mtu: Option<u64>,
}

/// What people said, or what we took for granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Needs {
    /// Officers who will work with Praja.
    pub officers: u32,
    /// Letters a working day, in and out, all offices.
    pub letters_a_day: u32,
    /// Applications for permits a month.
    pub permits_a_month: u32,
    /// People who will look after the machine.
    pub administrators: u32,
    /// A UPS holds the machine.
    pub ups: Option<bool>,
    /// A copy of the data will be kept on another machine or medium.
    pub second_copy: Option<bool>,
    /// The name by which people will open Praja.
    pub name: Option<String>,
}

impl Default for Needs {
    /// A usual regency: 400 officers, 150 letters a day, 300 permits a month, two people in charge; the rest is not known.
    fn default() -> Self {
        Self {
            officers: 400,
            letters_a_day: 150,
            permits_a_month: 300,
            administrators: 2,
            ups: None,
            second_copy: None,
            name: None,
        }
    }
}

/// Measures this machine for `target`. `quick` leaves out what takes seconds: a long write is then a short one. Once `stop` says so, what
/// was not begun is left out and named in [`Survey::unmeasured`].
pub fn survey(host: &dyn Host, target: &Target, needs: Needs, quick: bool, stop: &dyn Fn() -> bool) -> Survey {
    let facts = measure(host, target);
    let (existing, is_folder) = host.existing(&target.root);
    let data: Option<&Path> = is_folder.then_some(existing.as_path());
    let mut unmeasured = Vec::new();
    // What costs least comes first: an interruption then loses least.
    let memory = unless(stop, Part::Memori, &mut unmeasured, || look::memory(host));
    let system = unless(stop, Part::Sistem, &mut unmeasured, || look::system(host));
    let processor = unless(stop, Part::Prosesor, &mut unmeasured, || look::processor(host, facts.cores, quick, stop));
    let disk = unless(stop, Part::Disk, &mut unmeasured, || look::disk(host, data, quick));
    let network = unless(stop, Part::Jaringan, &mut unmeasured, || look::network(host, needs.name.as_deref()));
    Survey { unmeasured, facts, processor, memory, disk, system, network, needs }
}

fn unless<T: Default>(stop: &dyn Fn() -> bool, part: Part, unmeasured: &mut Vec<Part>, look: impl FnOnce() -> T) -> T {
    if stop() {
        unmeasured.push(part);
        return T::default();
    }
    look()
}

impl Survey {
    /// Was this part looked at?
    pub fn has(&self, part: Part) -> bool {
        !self.unmeasured.contains(&part)
    }
}

impl Part {
    /// As a reader calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Prosesor => "prosesor",
            Self::Memori => "pemakaian memori",
            Self::Disk => "disk",
            Self::Sistem => "sistem operasi",
            Self::Jaringan => "jaringan",
        }
    }
}
