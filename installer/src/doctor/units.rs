//! The units of systemd that belong to an installation, where it is a service of the system.

use std::{fs, path::Path};

use crate::embedded;

const UNITS: &str = "/etc/systemd/system";
/// The folder by which the units name the installation.
const SYSTEM_ROOT: &str = "/srv/praja";

/// How the units of this release stand on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Units {
    /// Not there, or not those of this release.
    pub(crate) missing: Vec<String>,
    /// There, and not started with the machine.
    pub(crate) off: Vec<String>,
}

/// `None` for an installation that is no service of the system.
pub(crate) fn look(root: &Path) -> Option<Units> {
    let system = fs::canonicalize(root).is_ok_and(|root| root == Path::new(SYSTEM_ROOT));
    system.then(|| compare(Path::new(UNITS))).filter(|_| Path::new(UNITS).join("praja.service").exists())
}

fn compare(folder: &Path) -> Units {
    let mut units = Units { missing: Vec::new(), off: Vec::new() };
    for (name, text) in embedded::units() {
        match fs::read_to_string(folder.join(name)) {
            // The installer may write the port and the second place into them; a line more is no other release.
            Ok(found) if text.lines().filter(|line| line.starts_with("ExecStart=")).all(|line| found.contains(line)) => {}
            _ => {
                units.missing.push(name.to_owned());
                continue;
            }
        }
        if let Some(target) = text.lines().find_map(|line| line.strip_prefix("WantedBy="))
            && fs::symlink_metadata(folder.join(format!("{target}.wants")).join(name)).is_err()
        {
            units.off.push(name.to_owned());
        }
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_that_are_missing_changed_or_not_enabled_are_named() {
        let here = tempfile::tempdir().unwrap();
        let all: Vec<&str> = embedded::units().map(|(name, _)| name).collect();
        assert!(all.contains(&"praja-cadangan.timer") && all.contains(&"praja-latihan-pulih.timer"), "{all:?}");
        assert_eq!(compare(here.path()).missing.len(), all.len());
        for (name, text) in embedded::units() {
            fs::write(here.path().join(name), text).unwrap();
        }
        let units = compare(here.path());
        assert!(units.missing.is_empty() && units.off.contains(&"praja.service".to_owned()), "{units:?}");
        for target in ["multi-user", "sockets", "timers"] {
            let wants = here.path().join(format!("{target}.target.wants"));
            fs::create_dir(&wants).unwrap();
            for name in &all {
                std::os::unix::fs::symlink(here.path().join(name), wants.join(name)).unwrap();
            }
        }
        assert_eq!(compare(here.path()), Units { missing: Vec::new(), off: Vec::new() });
        fs::write(here.path().join("praja.service"), "[Service]\nExecStart=/usr/bin/lain\n").unwrap();
        assert_eq!(compare(here.path()).missing, ["praja.service"]);
    }
}
