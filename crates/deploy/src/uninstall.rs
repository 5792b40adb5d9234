//! Taking an installation away: everything it made, in the reverse order, and nothing else.

use std::path::{Path, PathBuf};

use crate::{Admin, Files, Manifest, Obstacle, install::outside::command};

/// What an uninstallation takes and leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// The installation's folder.
    pub root: PathBuf,
    /// What was made outside it.
    pub manifest: Manifest,
    /// Data, keys and settings stay.
    pub keep_data: bool,
}

/// What stays with `--keep-data`: enough to install again with the same data.
const KEPT: [&str; 3] = ["data", "keys", "config"];

impl Removal {
    /// What would be taken from `root`.
    ///
    /// # Errors
    /// [`Obstacle::NotInstalled`] where nothing of Praja lies.
    pub fn of(files: &dyn Files, system: &dyn Admin, root: &Path, keep_data: bool) -> Result<Self, Obstacle> {
        let missing = root.join("config/jawaban.yaml");
        let settings = root.join("config/praja.yaml");
        if !system.exists(&missing) && !system.exists(&settings) && !system.exists(&root.join("config/dibuat.json")) {
            return Err(Obstacle::NotInstalled { root: root.to_path_buf(), missing: settings });
        }
        Ok(Self { root: root.to_path_buf(), manifest: Manifest::load(files, root)?, keep_data })
    }

    /// Everything that goes, one line each.
    pub fn shown(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.manifest.unit.iter().map(|unit| format!("layanan {unit} (dihentikan)")).collect();
        lines.extend(self.manifest.berkas.iter().map(|path| path.display().to_string()));
        lines.extend(self.manifest.firewall.iter().flat_map(|rule| rule.close()).map(|words| words.join(" ")));
        lines.extend(self.manifest.dipinjam.keys().map(|path| format!("{} (grup dan izinnya dikembalikan)", path.display())));
        lines.extend(self.manifest.pengguna.iter().map(|name| format!("pengguna sistem {name}")));
        lines.push(match self.keep_data {
            true => format!("{}/, kecuali data/, keys/ dan config/", self.root.display()),
            false => format!("{}/ dengan seluruh isinya", self.root.display()),
        });
        lines
    }

    /// Does it. May be called again after an interruption.
    ///
    /// # Errors
    /// The first thing that cannot be taken away.
    pub fn perform(&self, files: &dyn Files, system: &dyn Admin) -> Result<(), Obstacle> {
        let Self { root, manifest, keep_data } = self;
        // The socket last: it would start the service again.
        for unit in manifest.unit.iter().filter(|unit| !unit.ends_with(".socket")).chain(manifest.unit.iter()) {
            // A unit that is gone already was stopped by an earlier run.
            let _ = system.call("systemctl", &["disable", "--now", unit]);
        }
        for path in &manifest.berkas {
            system.remove(path).map_err(Obstacle::file(path, "dihapus"))?;
        }
        if !manifest.unit.is_empty() {
            command(system, "systemctl", &["daemon-reload"])?;
            let _ = system.call("systemctl", &["reset-failed", "praja.service", "praja.socket"]);
        }
        for words in manifest.firewall.iter().flat_map(|rule| rule.held(system).close()) {
            let (program, rest) = words.split_first().map_or(("", &[][..]), |(program, rest)| (program.as_str(), rest));
            command(system, program, &rest.iter().map(String::as_str).collect::<Vec<_>>())?;
        }
        manifest.give_back(system)?;
        if *keep_data {
            // A number of a user that is gone may be given to another one.
            if manifest.pengguna.is_some() {
                for name in KEPT {
                    let path = root.join(name);
                    system.give(&path, 0, 0).map_err(Obstacle::file(&path, "diberikan"))?;
                }
            }
        }
        if let Some(name) = manifest.pengguna.as_ref().filter(|name| system.user(name).is_some()) {
            command(system, "userdel", &[name])?;
        }
        if !keep_data {
            return system.remove(root).map_err(Obstacle::file(root, "dihapus"));
        }
        for name in ["releases", "current", "docs", "logs"] {
            let path = root.join(name);
            system.remove(&path).map_err(Obstacle::file(&path, "dihapus"))?;
        }
        Manifest::default().save(files, root)
    }
}
