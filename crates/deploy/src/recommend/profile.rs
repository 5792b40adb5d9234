use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Facts, checks::number};

/// The size of an installation. Ordered from the smallest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profil {
    /// 1 vCPU, 1 GB memory, 10 GB disk.
    Mini,
    /// 2 vCPU, 4 GB memory, 40 GB disk.
    Standar,
    /// 4 vCPU, 8 GB memory, 100 GB disk.
    Penuh,
    /// More than one machine, on PostgreSQL.
    Klaster,
}

struct Size {
    profil: Profil,
    cores: u32,
    /// A little under the round figure: a machine sold as 4 GB shows less.
    memory_mib: u64,
    disk_mib: u64,
    words: &'static str,
    /// What to buy when cores, memory or disk lack.
    wares: [&'static str; 3],
}

const SIZES: [Size; 3] = [
    Size {
        profil: Profil::Penuh,
        cores: 4,
        memory_mib: 7_400,
        disk_mib: 95_000,
        words: "4 vCPU, 8 GB memori dan 100 GB disk",
        wares: ["Mesin dengan 4 inti atau lebih", "Memori menjadi 8 GB atau lebih", "SSD 480 GB untuk folder data"],
    },
    Size {
        profil: Profil::Standar,
        cores: 2,
        memory_mib: 3_600,
        disk_mib: 38_000,
        words: "2 vCPU, 4 GB memori dan 40 GB disk",
        wares: ["Mesin dengan 2 inti atau lebih", "Memori menjadi 4 GB atau lebih", "SSD 240 GB untuk folder data"],
    },
    Size {
        profil: Profil::Mini,
        cores: 1,
        memory_mib: 900,
        disk_mib: 9_500,
        words: "1 vCPU, 1 GB memori dan 10 GB disk",
        wares: ["Mesin dengan 1 inti atau lebih", "Memori menjadi 1 GB atau lebih", "Disk dengan 10 GB yang kosong"],
    },
];

/// The largest profile that fits, with the reasons.
pub(super) fn choose(facts: &Facts) -> (Profil, Vec<String>) {
    let mut reasons = Vec::new();
    for size in &SIZES {
        let lacking = lacking(facts, size);
        if lacking.is_empty() {
            reasons.insert(0, format!("Mesin ini memenuhi profil {}: {}.", size.profil, size.words));
            return (size.profil, reasons);
        }
        reasons.clear();
        let lacking: Vec<String> = lacking.into_iter().map(|(words, _)| words).collect();
        reasons.push(format!("Profil {} belum terpenuhi: {}.", size.profil, lacking.join(", ")));
    }
    reasons.push("Mesin ini di bawah profil mini; cukup untuk mencoba, belum untuk bekerja.".to_owned());
    (Profil::Mini, reasons)
}

/// What to buy before the machine reaches a profile. Below mini nothing: a trial runs on any machine, and its findings say the rest.
pub(super) fn wares(facts: &Facts, profil: Profil) -> Vec<String> {
    let size = SIZES.iter().find(|size| size.profil == profil && profil > Profil::Mini);
    let lacking = size.map(|size| lacking(facts, size)).unwrap_or_default();
    lacking.into_iter().map(|(_, ware)| ware.to_owned()).collect()
}

fn lacking(facts: &Facts, size: &Size) -> Vec<(String, &'static str)> {
    let mut lacking = Vec::new();
    if facts.cores < size.cores {
        lacking.push((format!("inti {} dari {}", facts.cores, size.cores), size.wares[0]));
    }
    let memory = facts.memory.as_ref().map_or(0, |memory| memory.total_mib);
    if memory < size.memory_mib {
        lacking.push((format!("memori {} dari {} MiB", number(memory), number(size.memory_mib)), size.wares[1]));
    }
    let free = facts.space.as_ref().map_or(0, |space| space.free_mib);
    if free < size.disk_mib {
        lacking.push((format!("disk {} dari {} MiB", number(free), number(size.disk_mib)), size.wares[2]));
    }
    lacking
}

impl Profil {
    /// The word in settings and commands: mini, standar, penuh or klaster.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mini => "mini",
            Self::Standar => "standar",
            Self::Penuh => "penuh",
            Self::Klaster => "klaster",
        }
    }
}

impl fmt::Display for Profil {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
