//! The steps that reach beyond the installation's folder. What each makes is noted in the manifest before it is made.

use std::path::{Path, PathBuf};

use super::{Admin, Layout, Making, Manifest, Rule};
use crate::{Answers, Files, Obstacle, Step, Templates};

const OPEN: u32 = 0o644;

/// The program in its own folder, the link to the current release, and the command people type.
pub(super) fn release<'a>(making: &Making<'_>, system: &'a dyn Admin) -> Option<Step<'a>> {
    let layout = making.layout.clone();
    let version = env!("CARGO_PKG_VERSION");
    let (folder, current) = (layout.release(version), layout.root.join("current"));
    let (program, source) = (folder.join("praja"), making.program.to_path_buf());
    let inside = current.join("praja");
    let relative = PathBuf::from("releases").join(version);
    let mut touches = vec![program.display().to_string(), current.display().to_string()];
    if layout.service {
        touches.push(layout.command.display().to_string());
    }
    let (is_program, is_relative, is_inside, is_layout) = (program.clone(), relative.clone(), inside.clone(), layout.clone());
    let from = source.clone();
    let done = move |_: &dyn Files| {
        let placed = system.is_same(&from, &is_program) || from == is_program;
        let linked = system.target(&is_layout.root.join("current")).as_ref() == Some(&is_relative);
        let named = !is_layout.service || system.target(&is_layout.command).as_ref() == Some(&is_inside);
        Ok(placed && linked && named)
    };
    let run = move |files: &dyn Files, _| {
        files.make_folder(&folder, 0o755).map_err(Obstacle::file(&folder, "dibuat"))?;
        if !system.is_same(&source, &program) {
            system.copy_program(&source, &program).map_err(Obstacle::file(&program, "ditulis"))?;
        }
        system.link(&relative, &current).map_err(Obstacle::file(&current, "dibuat"))?;
        if layout.service {
            made(files, &layout, &layout.command, system)?;
            system.link(&inside, &layout.command).map_err(Obstacle::file(&layout.command, "dibuat"))?;
        }
        Ok(())
    };
    Some(Step::new("rilis", "Menaruh program", touches, done, run))
}

/// The guides, so that they can be read without a line.
pub(super) fn guides<'a>(making: &Making<'_>) -> Option<Step<'a>> {
    let folder = making.layout.root.join("docs/panduan");
    let guides: Vec<(PathBuf, String)> = making.guides.iter().map(|(name, text)| (folder.join(name), text.clone())).collect();
    if guides.is_empty() {
        return None;
    }
    let wanted = guides.clone();
    let touches = vec![format!("{}/", folder.display())];
    let done = move |files: &dyn Files| same(files, &wanted);
    let run = move |files: &dyn Files, _| {
        files.make_folder(&folder, 0o755).map_err(Obstacle::file(&folder, "dibuat"))?;
        for (path, text) in &guides {
            if let Some(inside) = path.parent().filter(|inside| *inside != folder) {
                files.make_folder(inside, 0o755).map_err(Obstacle::file(inside, "dibuat"))?;
            }
            files.write(path, text.as_bytes(), OPEN).map_err(Obstacle::file(path, "ditulis"))?;
        }
        Ok(())
    };
    Some(Step::new("panduan", "Menyalin panduan", touches, done, run))
}

/// The user of the system that serves, without a shell and without rights.
pub(super) fn user<'a>(layout: &Layout, answers: &Answers, system: &'a dyn Admin) -> Step<'a> {
    let (name, root) = (answers.pengguna.clone(), layout.root.clone());
    let seen = name.clone();
    Step::new(
        "pengguna",
        "Membuat pengguna layanan",
        vec![format!("pengguna sistem {name}")],
        move |_| Ok(system.user(&seen).is_some()),
        move |files, _| {
            Manifest::note(files, &root, |manifest| manifest.pengguna = Some(name.clone()))?;
            let home = root.display().to_string();
            let arguments =
                ["--system", "--user-group", "--no-create-home", "--home-dir", &home, "--shell", "/usr/sbin/nologin", &name];
            command(system, "useradd", &arguments)
        },
    )
}

/// The service reads its settings and keys nothing else; data and logs are its own; keys stay with root and reach it as credentials.
pub(super) fn ownership<'a>(layout: &Layout, answers: &Answers, system: &'a dyn Admin) -> Step<'a> {
    let (root, name) = (layout.root.clone(), answers.pengguna.clone());
    let (seen_root, seen_name) = (root.clone(), name.clone());
    Step::new(
        "pemilik",
        "Memberikan data kepada layanan",
        vec![format!("{}/data/", root.display()), format!("{}/logs/", root.display()), format!("{}/config/", root.display())],
        move |_| {
            let Some((user, group)) = system.user(&seen_name) else { return Ok(false) };
            for (path, owner, owned_by, mode) in owners(&seen_root, user, group) {
                let given = if path.ends_with("config") || path.ends_with("keys") {
                    system.exists(&path) && system.mode(&path) == mode
                } else {
                    system.is_given(&path, owner, owned_by).map_err(Obstacle::file(&path, "dibaca"))?
                        && (mode.is_none() || !system.exists(&path) || system.mode(&path) == mode)
                };
                if !given {
                    return Ok(false);
                }
            }
            Ok(true)
        },
        move |_, _| {
            let missing = || Obstacle::CommandFailed { command: format!("id {name}"), said: "pengguna itu tidak ada".to_owned() };
            let (user, group) = system.user(&name).ok_or_else(missing)?;
            // Who serves has to come through, whatever the umask of who installs.
            system.set_mode(&root, 0o755).map_err(Obstacle::file(&root, "diberikan"))?;
            for (path, owner, owned_by, mode) in owners(&root, user, group).into_iter().filter(|(path, ..)| system.exists(path)) {
                system.give(&path, owner, owned_by).map_err(Obstacle::file(&path, "diberikan"))?;
                if let Some(mode) = mode {
                    system.set_mode(&path, mode).map_err(Obstacle::file(&path, "diberikan"))?;
                }
            }
            Ok(())
        },
    )
}

/// Whose what is below the root, with permission bits; the later line wins over the earlier.
fn owners(root: &Path, user: u32, group: u32) -> Vec<(PathBuf, u32, u32, Option<u32>)> {
    let own = |name: &str, owner, owned_by, mode| (root.join(name), owner, owned_by, mode);
    vec![
        own("data", user, group, Some(0o750)),
        own("logs", user, group, Some(0o750)),
        own("config", 0, group, Some(0o750)),
        own("config/region", 0, group, None),
        own("config/praja.yaml", 0, group, Some(0o640)),
        own("config/praja.local.yaml", 0, group, Some(0o640)),
        own("keys", 0, 0, Some(0o700)),
    ]
}

/// The units, known to the system.
pub(super) fn unit_files<'a>(layout: &Layout, units: &[(String, String)], system: &'a dyn Admin) -> Step<'a> {
    let folder = layout.units();
    let texts: Vec<(PathBuf, String)> = units.iter().map(|(name, text)| (folder.join(name), text.clone())).collect();
    let (layout, wanted) = (layout.clone(), texts.clone());
    let touches = texts.iter().map(|(path, _)| path.display().to_string()).collect();
    Step::new(
        "unit",
        "Menulis unit layanan",
        touches,
        move |files| same(files, &wanted),
        move |files, _| {
            for (path, text) in &texts {
                made(files, &layout, path, system)?;
                files.write(path, text.as_bytes(), OPEN).map_err(Obstacle::file(path, "ditulis"))?;
            }
            command(system, "systemctl", &["daemon-reload"])
        },
    )
}

/// Logs that never fill the disk, where the machine rotates logs at all.
pub(super) fn rotation<'a>(
    layout: &Layout,
    answers: &Answers,
    templates: &Templates,
    system: &'a dyn Admin,
) -> Result<Option<Step<'a>>, Obstacle> {
    let path = layout.rotation();
    if !path.parent().is_some_and(|folder| system.exists(folder)) {
        return Ok(None);
    }
    let values = [("root", layout.root.display().to_string()), ("pengguna", answers.pengguna.clone())];
    let text = templates.fill("logrotate/praja.tmpl", &values)?;
    let (layout, wanted) = (layout.clone(), vec![(path.clone(), text.clone())]);
    Ok(Some(Step::new(
        "rotasi",
        "Mengatur perputaran catatan",
        vec![path.display().to_string()],
        move |files| same(files, &wanted),
        move |files, _| {
            made(files, &layout, &path, system)?;
            files.write(&path, text.as_bytes(), OPEN).map_err(Obstacle::file(&path, "ditulis"))
        },
    )))
}

/// The ports in the machine's firewall. What was open before stays so when the installation is taken away.
pub(super) fn opened<'a>(layout: &Layout, rule: Rule, system: &'a dyn Admin) -> Step<'a> {
    let root = layout.root.clone();
    let touches = rule.with(None, &rule.held(system)).open().iter().map(|words| words.join(" ")).collect();
    let seen = rule.clone();
    Step::new(
        "firewall",
        "Membuka porta pada firewall",
        touches,
        move |_| Ok(seen.is_open(system)),
        move |files, _| {
            let held = rule.held(system);
            Manifest::note(files, &root, |manifest| manifest.firewall = Some(rule.with(manifest.firewall.as_ref(), &held)))?;
            rule.with(None, &held).open().iter().try_for_each(|words| {
                let (program, arguments) = words.split_first().map_or(("", &[][..]), |(program, rest)| (program.as_str(), rest));
                command(system, program, &arguments.iter().map(String::as_str).collect::<Vec<_>>())
            })
        },
    )
}

/// The service runs, now and after every start of the machine.
pub(super) fn started<'a>(layout: &Layout, units: Vec<String>, system: &'a dyn Admin, before: impl Fn() + 'a) -> Step<'a> {
    let (root, touches) = (layout.root.clone(), units.clone());
    let seen = units.clone();
    Step::new(
        "layanan",
        "Menyalakan layanan",
        touches,
        move |_| {
            let is = |what: &str, unit: &String| system.call("systemctl", &[what, unit]).is_ok();
            Ok(seen.iter().all(|unit| is("is-enabled", unit) && is("is-active", unit)))
        },
        move |files, _| {
            Manifest::note(files, &root, |manifest| manifest.unit.extend(units.iter().cloned()))?;
            before();
            let mut words = vec!["enable", "--now"];
            words.extend(units.iter().map(String::as_str));
            command(system, "systemctl", &words)
        },
    )
}

/// Notes a file that is about to be made; one that was there before was not made by us.
fn made(files: &dyn Files, layout: &Layout, path: &Path, system: &dyn Admin) -> Result<(), Obstacle> {
    if system.exists(path) {
        return Ok(());
    }
    Manifest::note(files, &layout.root, |manifest| {
        manifest.berkas.insert(path.to_path_buf());
    })
}

fn same(files: &dyn Files, wanted: &[(PathBuf, String)]) -> Result<bool, Obstacle> {
    for (path, text) in wanted {
        if files.read(path).map_err(Obstacle::file(path, "dibaca"))?.as_deref() != Some(text.as_bytes()) {
            return Ok(false);
        }
    }
    Ok(true)
}

pub(crate) fn command(system: &dyn Admin, program: &str, arguments: &[&str]) -> Result<(), Obstacle> {
    let failed = |said| Obstacle::CommandFailed { command: format!("{program} {}", arguments.join(" ")), said };
    system.call(program, arguments).map(drop).map_err(failed)
}
