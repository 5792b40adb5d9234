use std::path::Path;

use crate::{Files, Obstacle};

/// The release that was installed in `root`; `None` where no installation was finished.
pub fn held_release(files: &dyn Files, root: &Path) -> Option<String> {
    let text = files.read(&root.join("config/terpasang.json")).ok()??;
    let marker: serde_json::Value = serde_json::from_slice(&text).ok()?;
    marker.get("versi")?.as_str().map(str::to_owned)
}

/// An installation of another release is not installed over.
///
/// # Errors
/// [`Obstacle::OlderRelease`] or [`Obstacle::NewerRelease`].
pub fn refuse_other_release(found: Option<String>, ours: &str, root: &Path) -> Result<(), Obstacle> {
    let Some(found) = found else { return Ok(()) };
    let root = root.to_path_buf();
    match numbers(&found).cmp(&numbers(ours)) {
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Less => Err(Obstacle::OlderRelease { root, found, ours: ours.to_owned() }),
        std::cmp::Ordering::Greater => Err(Obstacle::NewerRelease { root, found, ours: ours.to_owned() }),
    }
}

fn numbers(version: &str) -> Vec<u64> {
    version.split(['.', '-', '+']).map_while(|part| part.parse().ok()).collect()
}
