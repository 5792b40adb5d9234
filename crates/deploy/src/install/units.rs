use std::net::SocketAddr;

use super::Layout;
use crate::{Answers, Obstacle, Templates, plain_door};

/// The folder of units below `config-templates`.
const FOLDER: &str = "systemd/";
/// What stands in the place of a shipped word.
type Ours = fn(&Layout, &Answers) -> String;
/// What the shipped units are written for.
const SHIPPED: [(&str, Ours); 4] = [
    ("/usr/local/bin/praja", |layout, _| layout.command.display().to_string()),
    ("/srv/praja", |layout, _| layout.root.display().to_string()),
    ("User=praja", |_, answers| format!("User={}", answers.pengguna)),
    ("Group=praja", |_, answers| format!("Group={}", answers.pengguna)),
];

/// The units of the service with their text: everything shipped in `config-templates/systemd`.
///
/// # Errors
/// [`Obstacle::BrokenTemplate`] when one cannot be read.
pub(super) fn units(layout: &Layout, answers: &Answers, templates: &Templates) -> Result<Vec<(String, String)>, Obstacle> {
    let mut found = Vec::new();
    for path in templates.below(FOLDER) {
        let name = path.trim_start_matches(FOLDER).to_owned();
        let mut text = templates.text(path)?.to_owned();
        for (shipped, ours) in SHIPPED {
            text = text.replace(shipped, &ours(layout, answers));
        }
        if name == "praja.socket" {
            let doors: Vec<String> = [Some(answers.alamat), plain_door(answers)].into_iter().flatten().map(stream).collect();
            let lines: Vec<String> = doors.iter().map(|door| format!("ListenStream={door}")).collect();
            text = text.replace("ListenStream=443", &lines.join("\n"));
        }
        if let (Some(place), true) = (&answers.cadangan.tempat, name.starts_with("praja-") && name.ends_with(".service")) {
            // The second place lies outside the installation; the service may write there and nowhere else.
            text = text.replace("ReadWritePaths=", &format!("ReadWritePaths=-{} ", place.display()));
        }
        found.push((name, text));
    }
    Ok(found)
}

/// Units that are switched on, in the order in which they are started.
pub(super) fn switched_on(units: &[(String, String)]) -> Vec<String> {
    let ends = |end: &'static str| move |name: &&String| name.ends_with(end);
    let names: Vec<String> = units.iter().map(|(name, _)| name.clone()).collect();
    let mut on: Vec<String> = names.iter().filter(ends(".socket")).cloned().collect();
    on.extend(names.iter().filter(|name| *name == "praja.service").cloned());
    on.extend(names.iter().filter(ends(".timer")).cloned());
    on
}

/// An address as a socket unit names it: the port alone listens on every address of both kinds.
fn stream(address: SocketAddr) -> String {
    if address.ip().is_unspecified() { address.port().to_string() } else { address.to_string() }
}
