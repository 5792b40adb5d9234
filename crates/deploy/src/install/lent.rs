//! What an administrator keeps outside the installation and the service must reach: the certificate with its key, and the second place of
//! backups. Its group becomes that of the service; who owns it stays, and all of it is put back when the installation is taken away.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Admin, Layout, Manifest};
use crate::{Answers, Obstacle, Step, TlsAnswer};

const READ: u32 = 0o4;
const WRITE: u32 = 0o7;
/// What the unit hides from the service (`ProtectHome=`, `PrivateTmp=`).
const HIDDEN: [&str; 5] = ["/home", "/root", "/run/user", "/tmp", "/var/tmp"];

/// How something was before it was lent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lent {
    /// Its group.
    pub grup: u32,
    /// Its permission bits.
    pub mode: u32,
}

#[derive(Debug, Clone)]
struct Need {
    path: PathBuf,
    bits: u32,
    /// Without it the service does not start; else the owner is warned day by day.
    must: bool,
}

impl Need {
    /// Everybody may do it: nothing has to be lent.
    fn is_open(&self, system: &dyn Admin) -> bool {
        system.mode(&self.path).is_none_or(|mode| mode & self.bits == self.bits)
    }

    fn is_met(&self, system: &dyn Admin, group: u32) -> bool {
        let by_group = system.mode(&self.path).is_some_and(|mode| (mode >> 3) & self.bits == self.bits);
        self.is_open(system) || by_group && system.group(&self.path) == Some(group)
    }

    fn shown(&self, name: &str) -> String {
        let right = if self.bits == READ { "g+r" } else { "g+rwx" };
        format!("chgrp {name} {path}; chmod {right} {path}", path = crate::typed(&self.path))
    }
}

fn needs(answers: &Answers) -> Vec<Need> {
    let read = |path: &PathBuf| Need { path: path.clone(), bits: READ, must: true };
    let papers = match &answers.tls {
        TlsAnswer::Berkas { sertifikat, kunci } => vec![read(sertifikat), read(kunci)],
        _ => Vec::new(),
    };
    let place = answers.cadangan.tempat.iter().map(|path| Need { path: path.clone(), bits: WRITE, must: false });
    papers.into_iter().chain(place).collect()
}

/// Refuses a certificate where the service never comes to.
pub(super) fn refuse_shut(answers: &Answers, system: &dyn Admin) -> Result<(), Obstacle> {
    let group = system.user(&answers.pengguna).map(|(_, group)| group);
    for need in needs(answers).into_iter().filter(|need| need.must) {
        if let Some(folder) = shut(&need.path, group, system, &HIDDEN) {
            return Err(Obstacle::ShutAway { path: need.path, folder });
        }
    }
    Ok(())
}

/// The first folder on the way that the service does not come through.
fn shut(path: &Path, group: Option<u32>, system: &dyn Admin, hidden: &[&str]) -> Option<PathBuf> {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let through = |folder: &Path| {
        let mode = system.mode(folder).unwrap_or(0o755);
        mode & 0o001 != 0 || mode & 0o010 != 0 && group.is_some() && system.group(folder) == group
    };
    for way in [path, real.as_path()] {
        if let Some(place) = hidden.iter().map(Path::new).find(|place| way.starts_with(place)) {
            return Some(place.to_path_buf());
        }
        if let Some(folder) = way.ancestors().skip(1).filter(|folder| folder.is_absolute()).find(|folder| !through(folder)) {
            return Some(folder.to_path_buf());
        }
    }
    None
}

/// The step; none where the service reaches everything as it is.
pub(super) fn lend<'a>(layout: &Layout, answers: &Answers, system: &'a dyn Admin) -> Option<Step<'a>> {
    let needs: Vec<Need> = needs(answers).into_iter().filter(|need| !need.is_open(system)).collect();
    if needs.is_empty() {
        return None;
    }
    let (name, root) = (answers.pengguna.clone(), layout.root.clone());
    let touches = needs.iter().map(|need| need.shown(&name)).collect();
    let (seen, seen_name, seen_root) = (needs.clone(), name.clone(), root.clone());
    Some(Step::new(
        "hak",
        "Memberi layanan hak atas yang dipakainya",
        touches,
        move |files| {
            let Some((_, group)) = system.user(&seen_name) else { return Ok(false) };
            let noted = Manifest::load(files, &seen_root)?.dipinjam;
            Ok(seen.iter().all(|need| need.is_met(system, group) || !need.must && noted.contains_key(&need.path)))
        },
        move |files, _| {
            let missing = || Obstacle::CommandFailed { command: format!("id {name}"), said: "pengguna itu tidak ada".to_owned() };
            let (_, group) = system.user(&name).ok_or_else(missing)?;
            for need in needs.iter().filter(|need| !need.is_met(system, group)) {
                let (Some(grup), Some(mode)) = (system.group(&need.path), system.mode(&need.path)) else { continue };
                Manifest::note(files, &root, |manifest| {
                    manifest.dipinjam.entry(need.path.clone()).or_insert(Lent { grup, mode });
                })?;
                let given = system.regroup(&need.path, group).and_then(|()| system.set_mode(&need.path, mode | need.bits << 3));
                match given {
                    Err(error) if need.must => return Err(Obstacle::file(&need.path, "diberikan")(error)),
                    // A stick without owners: doctor and the page about backups say what to do.
                    _ => {}
                }
            }
            Ok(())
        },
    ))
}

impl Manifest {
    /// Puts back what was lent.
    ///
    /// # Errors
    /// [`Obstacle::File`] for what is there and must not stay readable.
    pub(crate) fn give_back(&self, system: &dyn Admin) -> Result<(), Obstacle> {
        for (path, lent) in self.dipinjam.iter().filter(|(path, _)| system.exists(path)) {
            if system.mode(path) == Some(lent.mode) && system.group(path) == Some(lent.grup) {
                continue;
            }
            let back = system.set_mode(path, lent.mode).and_then(|()| system.regroup(path, lent.grup));
            back.map_err(Obstacle::file(path, "dikembalikan"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::*;
    use crate::{Jenis, LocalAdmin, LocalFiles, Profil, Start, Wilayah};

    const NOBODY: u32 = 65_534;

    fn answers(folder: &Path) -> Answers {
        let wilayah = Wilayah { kode: "99.01".into(), nama: "Uji".into() };
        let mut answers = Answers::new(wilayah, Jenis::Asli, Profil::Mini, "0.0.0.0:443".parse().unwrap(), "https://x.id");
        answers.tls = TlsAnswer::Berkas { sertifikat: folder.join("situs.pem"), kunci: folder.join("kunci.pem") };
        answers.cadangan.tempat = Some(folder.join("usb"));
        // The only user of another group than root's that every system has.
        answers.pengguna = "nobody".into();
        answers
    }

    fn bits(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn a_key_and_a_second_place_are_lent_to_the_service_and_put_back() {
        let here = tempfile::tempdir().unwrap();
        let answers = answers(here.path());
        let (open, key, place) = (here.path().join("situs.pem"), here.path().join("kunci.pem"), here.path().join("usb"));
        fs::write(&open, "a").unwrap();
        fs::write(&key, "a").unwrap();
        fs::create_dir(&place).unwrap();
        for (path, mode) in [(&open, 0o644), (&key, 0o600), (&place, 0o755)] {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }
        let layout = Layout::service(here.path().join("praja"));
        fs::create_dir_all(layout.root.join("config")).unwrap();
        let (Some((_, group)), Some(own)) = (LocalAdmin.user("nobody"), LocalAdmin.group(&key)) else { return };
        if LocalAdmin.regroup(&key, NOBODY).is_err() {
            return; // only root gives away
        }
        LocalAdmin.regroup(&key, own).unwrap();
        let step = lend(&layout, &answers, &LocalAdmin).unwrap();
        let words: Vec<&str> = step.touches.iter().map(|touch| touch.rsplit(' ').nth(1).unwrap()).collect();
        assert_eq!(words, ["g+r", "g+rwx"], "{:?}", step.touches);
        assert!(!step.is_done(&LocalFiles).unwrap());
        for _ in 0..2 {
            (step.run)(&LocalFiles, Start::Baru).unwrap();
            assert!(step.is_done(&LocalFiles).unwrap());
            assert_eq!((bits(&open), bits(&key), bits(&place)), (0o644, 0o640, 0o775));
            assert_eq!((LocalAdmin.group(&key), LocalAdmin.group(&place)), (Some(group), Some(group)));
        }
        let manifest = Manifest::load(&LocalFiles, &layout.root).unwrap();
        assert_eq!(manifest.dipinjam.len(), 2, "what everybody may read needs nothing");
        manifest.give_back(&LocalAdmin).unwrap();
        assert_eq!((bits(&key), bits(&place), LocalAdmin.group(&key)), (0o600, 0o755, Some(own)));
        fs::remove_file(&key).unwrap();
        manifest.give_back(&LocalAdmin).unwrap();
    }

    #[test]
    fn a_key_in_a_folder_that_the_service_does_not_come_through_is_seen() {
        let here = tempfile::tempdir().unwrap();
        let folder = here.path().join("pribadi");
        fs::create_dir(&folder).unwrap();
        let key = folder.join("kunci.pem");
        fs::write(&key, "a").unwrap();
        fs::set_permissions(here.path(), fs::Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
        assert_eq!(shut(&key, Some(NOBODY), &LocalAdmin, &[]), Some(folder.clone()));
        std::os::unix::fs::symlink(&key, here.path().join("tautan.pem")).unwrap();
        let link = here.path().join("tautan.pem");
        assert_eq!(
            shut(&link, None, &LocalAdmin, &[]).as_deref(),
            folder.canonicalize().ok().as_deref(),
            "what it points at counts"
        );
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o711)).unwrap();
        assert_eq!(shut(&key, None, &LocalAdmin, &[]), None);
        let place = here.path().display().to_string();
        assert_eq!(shut(&key, None, &LocalAdmin, &[&place]), Some(here.path().to_path_buf()));
        assert!(matches!(refuse_shut(&answers(Path::new("/home/a")), &LocalAdmin), Err(Obstacle::ShutAway { .. })));
    }
}
