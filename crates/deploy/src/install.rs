//! An installation for work: the plan of a service with its user, units and door, and of a portable one, which is the same with
//! fewer steps.

mod admin;
mod firewall;
mod lent;
mod manifest;
pub(crate) mod outside;
mod release;

mod units;

use std::path::{Path, PathBuf};

use crate::{Answers, Facts, Obstacle, Port, Profil, Step, Target, Templates, checks::blocked, plan};

pub use admin::{Admin, LocalAdmin};
pub use firewall::{Firewall, Rule};
pub use lent::Lent;
pub use manifest::Manifest;
pub use release::{held_release, refuse_other_release};

/// Where an installation lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Its folder.
    pub root: PathBuf,
    /// Folder of the system's settings, `/etc`.
    pub etc: PathBuf,
    /// The command people type, a link to the current release.
    pub command: PathBuf,
    /// As a service, with a user, units and a door; else one folder and nothing else.
    pub service: bool,
}

impl Layout {
    /// A service of this machine.
    pub fn service(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), etc: "/etc".into(), command: "/usr/local/bin/praja".into(), service: true }
    }

    /// One folder.
    pub fn portable(root: impl Into<PathBuf>) -> Self {
        Self { service: false, ..Self::service(root) }
    }

    /// The folder of a release.
    pub fn release(&self, version: &str) -> PathBuf {
        self.root.join("releases").join(version)
    }

    /// Where units of an administrator lie.
    pub fn units(&self) -> PathBuf {
        self.etc.join("systemd/system")
    }

    /// Where the rotation of logs is told.
    pub fn rotation(&self) -> PathBuf {
        self.etc.join("logrotate.d/praja")
    }
}

/// What a plan of an installation is made from.
pub struct Making<'m> {
    /// What was measured.
    pub facts: &'m Facts,
    /// What this program asks of a machine, and where it goes.
    pub target: &'m Target,
    /// What was answered.
    pub answers: &'m Answers,
    /// Where it lies.
    pub layout: &'m Layout,
    /// The shipped templates.
    pub templates: &'m Templates,
    /// The program that is installed.
    pub program: &'m Path,
    /// The shipped guides, by their name.
    pub guides: &'m [(String, String)],
}

/// The steps of an installation for work. `external` are those that need the rest of the program, `before_start` runs before the
/// service starts: who holds the folder lets it go there.
///
/// # Errors
/// An obstacle when a fact blocks it. Nothing is changed.
pub fn install_plan<'a>(
    making: &Making<'_>,
    system: &'a dyn Admin,
    external: Vec<Step<'a>>,
    before_start: impl Fn() + 'a,
) -> Result<Vec<Step<'a>>, Obstacle> {
    let Making { facts, target, answers, layout, templates, .. } = making;
    if answers.profil == Profil::Klaster {
        return Err(Obstacle::ClusterNotHere);
    }
    let mut facts = (*facts).clone();
    if is_ours(system, layout) {
        // The door is held by the very installation that is looked at again.
        facts.port = Port::Free;
    }
    if layout.service && matches!(facts.port, Port::Refused { .. }) && target.address.ip().is_unspecified() {
        facts.port = Port::Free;
    }
    if let Some(obstacle) = blocked(&facts, target) {
        return Err(obstacle);
    }
    if layout.service {
        lent::refuse_shut(answers, system)?;
    }
    let mut core = plan::core(target, answers, templates)?;
    let mark = core.pop();
    let mut steps = vec![core.remove(0)];
    steps.extend(outside::release(making, system));
    steps.extend(outside::guides(making));
    if layout.service {
        steps.push(outside::user(layout, answers, system));
    }
    steps.extend(core);
    steps.extend(external);
    if layout.service {
        let units = units::units(layout, answers, templates)?;
        steps.push(outside::ownership(layout, answers, system));
        steps.extend(lent::lend(layout, answers, system));
        steps.push(outside::unit_files(layout, &units, system));
        steps.extend(outside::rotation(layout, answers, templates, system)?);
        if answers.firewall.is_yes()
            && !plan::outer_ports(answers).is_empty()
            && let Some(tool) = Firewall::find(system)
        {
            let rule = Rule { alat: tool, porta: plan::outer_ports(answers) };
            steps.push(outside::opened(layout, rule, system));
        }
        steps.extend(mark);
        steps.push(outside::started(layout, units::switched_on(&units), system, before_start));
    } else {
        steps.extend(mark);
    }
    Ok(steps)
}

/// Does the installation of this layout hold the door itself?
fn is_ours(system: &dyn Admin, layout: &Layout) -> bool {
    layout.service
        && system.exists(&layout.units().join("praja.socket"))
        && system.exists(&layout.root.join("config/dibuat.json"))
        && system.call("systemctl", &["is-active", "praja.socket"]).is_ok()
}

/// What keeps a service from being installed by whoever asks here.
///
/// # Errors
/// [`Obstacle::NotRoot`], [`Obstacle::NoSystemd`] or [`Obstacle::InTheWay`].
pub fn refuse_no_service(is_root: bool, layout: &Layout, system: &dyn Admin) -> Result<(), Obstacle> {
    if !is_root {
        return Err(Obstacle::NotRoot);
    }
    if system.call("systemctl", &["show", "--property=Version"]).is_err() {
        return Err(Obstacle::NoSystemd);
    }
    if system.exists(&layout.command) && system.target(&layout.command).is_none() {
        return Err(Obstacle::InTheWay { path: layout.command.clone() });
    }
    Ok(())
}
