//! What every module declares, walked as data: a new module is held to it from its first day.

use std::{collections::BTreeSet, path::PathBuf};

use praja_module::{Access, Method, Module, Offline, Route, training::Scenario};

use crate::tree::{files, packages, read, root};

/// Always on, and home of the few addresses without a module's name in front.
const ALWAYS_ON: [&str; 2] = ["identity", "desk"];

fn modules() -> Vec<&'static Module> {
    praja_server::modules()
}

fn routes(module: &'static Module) -> impl Iterator<Item = &'static Route> {
    module.routes.iter()
}

/// Runs a check over every module and shows everything that is wrong at once.
fn each(check: impl Fn(&'static Module, &mut Vec<String>)) {
    let mut wrong = Vec::new();
    for module in modules() {
        let mut found = Vec::new();
        check(module, &mut found);
        wrong.extend(found.into_iter().map(|problem| format!("{}: {problem}", module.id)));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn declared() -> BTreeSet<&'static str> {
    modules().iter().flat_map(|module| module.permissions).map(|(permission, _)| permission.name()).collect()
}

#[test]
fn every_folder_of_modules_is_in_the_program() {
    let known: BTreeSet<_> = modules().iter().map(|module| module.id).collect();
    assert_eq!(known.len(), modules().len(), "two modules share an id");
    for package in packages().iter().filter(|one| one.is_module()) {
        assert!(
            known.contains(package.folder.trim_start_matches("modules/")),
            "{} is not in praja_server::modules",
            package.folder
        );
    }
    each(|module, wrong| {
        wrong.extend(module.needs.iter().filter(|id| !known.contains(*id)).map(|id| format!("needs {id}, which does not exist")));
    });
}

#[test]
fn embedded_migrations_equal_those_on_disk() {
    each(|module, wrong| {
        let set = (module.migrations)();
        if set.owner != module.id {
            wrong.push(format!("its migrations belong to {}", set.owner));
        }
        let parent = if ALWAYS_ON.contains(&module.id) { "crates" } else { "modules" };
        let folder = format!("{parent}/{}/migrations", module.id);
        let on_disk: Vec<PathBuf> = files(&folder, &["sql"]);
        let embedded: Vec<PathBuf> = set.files.iter().map(|file| PathBuf::from(&folder).join(file.name)).collect();
        if on_disk != embedded {
            wrong.push(format!("on disk {on_disk:?}, in the binary {embedded:?}"));
        }
        for file in &set.files {
            let path = PathBuf::from(&folder).join(file.name);
            if root().join(&path).exists() && read(&path) != file.sql {
                wrong.push(format!("{} differs from the binary; its build.rs must rerun when it changes", path.display()));
            }
        }
    });
}

#[test]
fn permissions_and_roles_carry_the_name_of_their_module() {
    let declared = declared();
    each(|module, wrong| {
        let prefix = format!("{}.", module.id);
        for (permission, meaning) in module.permissions {
            if !permission.name().starts_with(&prefix) || !permission.name().contains('-') {
                wrong.push(format!("{permission} is not {prefix}verb-noun"));
            }
            if meaning.is_empty() {
                wrong.push(format!("{permission} has no meaning"));
            }
        }
        for role in module.roles {
            if !role.id.starts_with(&prefix) {
                wrong.push(format!("the role {} does not begin with {prefix}", role.id));
            }
            let unknown = role.permissions.iter().filter(|one| !declared.contains(one.name()));
            wrong.extend(unknown.map(|one| format!("the role {} holds {one}, which nobody declares", role.id)));
        }
        let jobs = module.jobs.iter().filter(|job| !job.kind.starts_with(&prefix));
        wrong.extend(jobs.map(|job| format!("the job {} does not begin with {prefix}", job.kind)));
    });
}

#[test]
fn every_route_says_its_purpose_and_asks_for_a_permission_that_exists() {
    let declared = declared();
    let mut seen = BTreeSet::new();
    let twice: Vec<_> = modules()
        .into_iter()
        .flat_map(routes)
        .filter(|route| !seen.insert((route.path, route.method == Method::Get)))
        .map(|route| route.path)
        .collect();
    assert!(twice.is_empty(), "answered twice: {twice:?}");
    each(|module, wrong| {
        for route in routes(module) {
            if route.purpose.trim().is_empty() {
                wrong.push(format!("{} has no purpose", route.path));
            }
            if let Access::Needs(permission) = route.access
                && !declared.contains(permission.name())
            {
                wrong.push(format!("{} asks for {permission}, which nobody declares", route.path));
            }
        }
    });
}

#[test]
fn devices_keep_pages_and_hold_back_only_what_can_be_sent_twice() {
    each(|module, wrong| {
        for route in module.routes {
            let fits = match route.offline {
                Offline::Never => true,
                Offline::Read => route.method == Method::Get && route.access != Access::Public,
                // A password is never kept. Files wait only as text that the page's script made small; the handler judges them like any file
                // and tells of what it does not take, so that what waited is never lost for one picture.
                Offline::Wait => {
                    route.method == Method::Post
                        && !route.reauth
                        && route.upload.is_none_or(|rule| rule.told && rule.max_file <= 15 << 20)
                }
            };
            if !fits {
                wrong.push(format!("{} cannot do without a line", route.path));
            }
        }
    });
}

#[test]
fn a_service_module_answers_below_its_own_name() {
    each(|module, wrong| {
        if ALWAYS_ON.contains(&module.id) {
            return;
        }
        let below = |path: &str, prefix: &str| path == prefix || path.starts_with(&format!("{prefix}/"));
        let (pages, api) = (format!("/{}", module.id), format!("/api/v1/{}", module.id));
        wrong.extend(
            module.routes.iter().filter(|one| !below(one.path, &pages)).map(|one| format!("{} is not below {pages}", one.path)),
        );
        wrong
            .extend(module.api.iter().filter(|one| !below(one.path, &api)).map(|one| format!("{} is not below {api}", one.path)));
    });
}

#[test]
fn each_menu_entry_leads_to_a_page_that_whoever_sees_it_may_open() {
    each(|module, wrong| {
        for entry in module.menu {
            let page = module.routes.iter().find(|route| route.method == Method::Get && route.path == entry.href);
            match page {
                None => wrong.push(format!("the menu entry {} leads to {}, which is no page", entry.label, entry.href)),
                Some(page) if page.access != entry.access => {
                    wrong.push(format!(
                        "the menu entry {} is shown to {:?}, its page asks {:?}",
                        entry.label, entry.access, page.access
                    ));
                }
                Some(_) => {}
            }
        }
    });
}

#[test]
fn every_role_has_an_exercise_and_every_exercise_names_what_exists() {
    let accounts = read(&root().join("crates/identity/demo/kabupaten.yaml"));
    let pages: Vec<&str> =
        modules().into_iter().flat_map(routes).filter(|one| one.method == Method::Get).map(|one| one.path).collect();
    each(|module, wrong| {
        let exercises: Vec<Scenario> = module.training.iter().map(|text| Scenario::read(text).expect("it can be read")).collect();
        let known: BTreeSet<&str> = exercises.iter().map(|one| one.peran.as_str()).collect();
        if !exercises.is_empty() {
            wrong.extend(
                module.roles.iter().filter(|role| !known.contains(role.id)).map(|role| format!("no exercise for {}", role.id)),
            );
        }
        let sources: String = files(&format!("modules/{}/src", module.id), &["rs"]).iter().map(|file| read(file)).collect();
        for one in &exercises {
            let mut lacks = |what: &str, there: bool| {
                if !there {
                    wrong.push(format!("{}: there is no {what}", one.id));
                }
            };
            lacks("such prefix", one.id.starts_with(&format!("{}.", module.id)));
            let role = module.roles.iter().find(|role| role.id == one.peran);
            lacks(
                "role that holds its permission",
                role.is_some_and(|role| role.permissions.iter().any(|held| held.name() == one.izin)),
            );
            lacks("such demo account", accounts.contains(&format!("akun: {},", one.akun)));
            for step in &one.langkah {
                let path = step.halaman.split('?').next().unwrap_or_default();
                lacks(path, pages.iter().any(|page| fits(page, path)));
                lacks(&step.bukti.tindakan, sources.contains(&format!("\"{}\"", step.bukti.tindakan)));
            }
        }
    });
}

/// Does the address fit the pattern of a route?
fn fits(pattern: &str, path: &str) -> bool {
    let (mut ours, mut theirs) = (pattern.split('/'), path.split('/'));
    loop {
        match (ours.next(), theirs.next()) {
            (None, None) => return true,
            (Some(part), Some(word)) if part == word || part.starts_with('{') => {}
            _ => return false,
        }
    }
}
