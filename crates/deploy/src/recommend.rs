use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Bentuk, Catalogue, Facts, Sistem, checks::number};

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

/// What we advise a regency to install on the measured machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recommendation {
    /// The largest profile the machine carries; mini when it carries none.
    pub profil: Profil,
    /// Why this profile and no larger one, one sentence each.
    pub reasons: Vec<String>,
    /// What to adopt, in order; stages without content are left out.
    pub stages: Vec<Stage>,
    /// Identities of the modules to switch on now.
    pub modul: Vec<String>,
}

/// Systems that are adopted together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stage {
    /// Heading of the stage.
    pub title: &'static str,
    /// Nothing of it can be done with this program.
    pub later: bool,
    /// Its systems, in the order of the catalogue.
    pub systems: Vec<Suggestion>,
}

/// One system with the reason for its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// Number in the catalogue.
    pub nomor: u8,
    /// Name.
    pub nama: String,
    /// Module that holds it, when it is one.
    pub modul: Option<String>,
    /// Why now, or why not yet.
    pub reason: String,
}

struct Size {
    profil: Profil,
    cores: u32,
    /// A little under the round figure: a machine sold as 4 GB shows less.
    memory_mib: u64,
    disk_mib: u64,
    words: &'static str,
}

const SIZES: [Size; 3] = [
    Size { profil: Profil::Penuh, cores: 4, memory_mib: 7_400, disk_mib: 95_000, words: "4 vCPU, 8 GB memori dan 100 GB disk" },
    Size { profil: Profil::Standar, cores: 2, memory_mib: 3_600, disk_mib: 38_000, words: "2 vCPU, 4 GB memori dan 40 GB disk" },
    Size { profil: Profil::Mini, cores: 1, memory_mib: 900, disk_mib: 9_500, words: "1 vCPU, 1 GB memori dan 10 GB disk" },
];

/// Chooses a profile for the machine and puts the catalogue in stages. `held` names the modules this program holds.
pub fn recommend(facts: &Facts, catalogue: &Catalogue, held: &[String]) -> Recommendation {
    let (profil, reasons) = choose(facts);
    let mut stages = [
        Stage { title: "Tahap 1, nyalakan sekarang", later: false, systems: Vec::new() },
        Stage { title: "Tahap 2, sesudah mesin diperbesar", later: false, systems: Vec::new() },
        Stage { title: "Tahap 3, rilis Praja berikutnya", later: true, systems: Vec::new() },
    ];
    let mut modul = Vec::new();
    for row in &catalogue.sistem {
        let (stage, reason) = place(row, profil, held);
        if stage == 0 {
            modul.extend(row.modul.clone());
        }
        stages[stage].systems.push(Suggestion { nomor: row.nomor, nama: row.nama.clone(), modul: row.modul.clone(), reason });
    }
    modul.sort();
    modul.dedup();
    Recommendation { profil, reasons, stages: stages.into_iter().filter(|stage| !stage.systems.is_empty()).collect(), modul }
}

fn choose(facts: &Facts) -> (Profil, Vec<String>) {
    let mut reasons = Vec::new();
    for size in &SIZES {
        let lacking = lacking(facts, size);
        if lacking.is_empty() {
            reasons.insert(0, format!("Mesin ini memenuhi profil {}: {}.", size.profil, size.words));
            return (size.profil, reasons);
        }
        reasons.clear();
        reasons.push(format!("Profil {} belum terpenuhi: {}.", size.profil, lacking.join(", ")));
    }
    reasons.push("Mesin ini di bawah profil mini; cukup untuk mencoba, belum untuk bekerja.".to_owned());
    (Profil::Mini, reasons)
}

fn lacking(facts: &Facts, size: &Size) -> Vec<String> {
    let mut lacking = Vec::new();
    if facts.cores < size.cores {
        lacking.push(format!("inti {} dari {}", facts.cores, size.cores));
    }
    let memory = facts.memory.as_ref().map_or(0, |memory| memory.total_mib);
    if memory < size.memory_mib {
        lacking.push(format!("memori {} dari {} MiB", number(memory), number(size.memory_mib)));
    }
    let free = facts.space.as_ref().map_or(0, |space| space.free_mib);
    if free < size.disk_mib {
        lacking.push(format!("disk {} dari {} MiB", number(free), number(size.disk_mib)));
    }
    lacking
}

/// Index of the stage, with the reason.
fn place(row: &Sistem, profil: Profil, held: &[String]) -> (usize, String) {
    let is_held = row.modul.as_ref().is_some_and(|id| held.contains(id));
    match row.bentuk {
        Bentuk::Bawaan => (0, format!("{} Selalu ada.", row.alasan)),
        Bentuk::Modul if is_held && row.profil <= profil => (0, row.alasan.clone()),
        Bentuk::Modul if is_held => (1, format!("{} Memerlukan profil {}.", row.alasan, row.profil)),
        Bentuk::Modul | Bentuk::Rencana => (2, row.alasan.clone()),
    }
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
