//! What a regency is advised to switch on, in which order, and what has to come first.

mod cluster;
mod hurdle;
mod profile;

use serde::Serialize;

use crate::{Bentuk, Catalogue, Facts, Finding, Sistem, Survey};

pub use cluster::Cluster;
pub(crate) use hurdle::ware;
pub use profile::Profil;

use hurdle::Hurdles;

/// What we advise a regency to install on the measured machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recommendation {
    /// The largest profile the machine carries; mini when it carries none.
    pub profil: Profil,
    /// Why this profile and no larger one, one sentence each.
    pub reasons: Vec<String>,
    /// What to adopt, in order; stages without content are left out.
    pub stages: Vec<Stage>,
    /// Identities of the modules to switch on when Praja is installed: those of the first stage, and those that only wait for what somebody
    /// may agree to in writing.
    pub modul: Vec<String>,
    /// What a cluster needs beyond this machine, when one is advised.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cluster: Option<Cluster>,
}

/// Systems that are adopted together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stage {
    /// Heading of the stage, with its number.
    pub title: String,
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
    /// What has to be mended before.
    pub fix: Vec<String>,
    /// What has to be bought before.
    pub buy: Vec<String>,
}

/// The headings of the stages, in order; the number comes before.
const TITLES: [&str; 4] = ["nyalakan sekarang", "sesudah diperbaiki", "sesudah dibeli", "rilis Praja berikutnya"];
/// The stage of what this program does not hold.
const LATER: usize = 3;

/// Chooses a profile for the machine and puts the catalogue in stages, from what a trial measures. `held` names the modules this program holds.
pub fn recommend(facts: &Facts, catalogue: &Catalogue, held: &[String]) -> Recommendation {
    let (profil, reasons) = profile::choose(facts);
    let (stages, modul) = stages(catalogue, held, |row| Hurdles::of_profile(row.profil, facts));
    Recommendation { profil, reasons, stages, modul, cluster: None }
}

/// The same from a whole assessment: what was found stands before what it hinders, and a large regency is told of a cluster.
pub fn decide(survey: &Survey, findings: &[Finding], catalogue: &Catalogue, held: &[String]) -> Recommendation {
    let (largest, mut reasons) = profile::choose(&survey.facts);
    let cluster = cluster::cluster(survey, largest);
    if let Some(cluster) = &cluster {
        reasons.insert(0, cluster.reason.clone());
    }
    let profil = if cluster.is_some() && largest == Profil::Penuh { Profil::Klaster } else { largest };
    let (stages, modul) = stages(catalogue, held, |row| {
        let mut hurdles = Hurdles::of_findings(row, findings);
        hurdles.join(Hurdles::of_profile(row.profil, &survey.facts));
        hurdles
    });
    Recommendation { profil, reasons, stages, modul, cluster }
}

/// Every row of the catalogue in its stage, and the modules to switch on.
fn stages(catalogue: &Catalogue, held: &[String], hurdles: impl Fn(&Sistem) -> Hurdles) -> (Vec<Stage>, Vec<String>) {
    let mut rows: [Vec<Suggestion>; 4] = Default::default();
    let mut modul = Vec::new();
    for row in &catalogue.sistem {
        let hurdles = hurdles(row);
        let (stage, reason) = place(row, &hurdles, held);
        if stage != LATER && !hurdles.forbids {
            modul.extend(row.modul.clone());
        }
        let (fix, buy) = if stage == LATER { (Vec::new(), Vec::new()) } else { (hurdles.fix, hurdles.buy) };
        let (nama, modul) = (row.nama.clone(), row.modul.clone());
        rows[stage].push(Suggestion { nomor: row.nomor, nama, modul, reason, fix, buy });
    }
    modul.sort();
    modul.dedup();
    let filled = rows.into_iter().enumerate().filter(|(_, systems)| !systems.is_empty());
    let stage = |(place, (stage, systems)): (usize, (usize, Vec<Suggestion>))| Stage {
        title: format!("Tahap {}, {}", place + 1, TITLES[stage]),
        later: stage == LATER,
        systems,
    };
    (filled.enumerate().map(stage).collect(), modul)
}

/// Index of the stage, with the reason.
fn place(row: &Sistem, hurdles: &Hurdles, held: &[String]) -> (usize, String) {
    let is_there = match row.bentuk {
        Bentuk::Bawaan => true,
        Bentuk::Modul => row.modul.as_ref().is_some_and(|id| held.contains(id)),
        Bentuk::Rencana => false,
    };
    if !is_there {
        return (LATER, row.alasan.clone());
    }
    let mut reason = row.alasan.clone();
    if row.bentuk == Bentuk::Bawaan {
        reason.push_str(" Selalu ada.");
    }
    if let Some(profil) = hurdles.larger {
        reason.push_str(&format!(" Memerlukan profil {profil}."));
    }
    if !hurdles.fix.is_empty() {
        reason.push_str(&format!(" Perbaiki dahulu: {}.", hurdles.fix.join("; ")));
    }
    if !hurdles.buy.is_empty() {
        reason.push_str(&format!(" Sediakan dahulu: {}.", hurdles.buy.join("; ")));
    }
    if hurdles.is_agreeable() {
        reason.push_str(" Boleh juga disetujui secara tertulis.");
    }
    let stage = if !hurdles.buy.is_empty() { 2 } else { usize::from(!hurdles.fix.is_empty()) };
    (stage, reason)
}
