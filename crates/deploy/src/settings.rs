use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Files, Jenis, Obstacle, Wilayah};

/// What the installer itself reads from an installation's settings; the server reads them all and refuses unknown keys.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub struct Settings {
    /// Whose installation it is.
    pub wilayah: Wilayah,
    /// Real or for trying.
    pub jenis: Jenis,
    /// Where the server listens.
    pub alamat: SocketAddr,
    /// The address people type.
    pub url_publik: String,
    /// Modules that are on.
    #[serde(default)]
    pub modul: Vec<String>,
}

/// The installation's folder: the parent of `config/`; this folder where the path names no more.
pub fn root_of(config: &Path) -> &Path {
    match config.parent().and_then(Path::parent) {
        Some(root) if !root.as_os_str().is_empty() => root,
        _ => Path::new("."),
    }
}

/// Reads `praja.yaml` with `praja.local.yaml` beside it laid over it key by key.
///
/// # Errors
/// [`Obstacle::NotInstalled`] when the file does not exist, [`Obstacle::BrokenSettings`] when one of them cannot be understood.
pub fn read_settings(files: &dyn Files, config: &Path) -> Result<Settings, Obstacle> {
    let root = root_of(config).to_path_buf();
    let mut value = read_yaml(files, config)?.ok_or_else(|| Obstacle::NotInstalled { root, missing: config.to_path_buf() })?;
    if let Some(over) = read_yaml(files, &overlay_of(config))? {
        lay_over(&mut value, over);
    }
    serde_json::from_value(value)
        .map_err(|error| Obstacle::BrokenSettings { path: config.to_path_buf(), reason: settings_reason(&error.to_string()) })
}

/// What a reader of YAML said about settings, as half a sentence in Indonesian that names the key or the line. Words that are none
/// of the reader's stay as they are.
pub fn settings_reason(said: &str) -> String {
    let named = |lead: &str| said.split_once(lead).and_then(|(_, rest)| rest.split('`').next());
    if let Some(key) = named("unknown field `") {
        return format!("kunci \"{key}\" tidak dikenal");
    }
    if let Some(key) = named("missing field `") {
        return format!("kunci \"{key}\" belum ada");
    }
    if let Some(word) = named("unknown variant `") {
        return format!("nilai \"{word}\" tidak dikenal");
    }
    let line = said.split_once("line ").map(|(_, rest)| rest.chars().take_while(char::is_ascii_digit).collect::<String>());
    match line.filter(|line| !line.is_empty()) {
        Some(line) => format!("tulisan di sekitar baris {line} bukan YAML yang benar"),
        None if said.starts_with("invalid ") => "ada nilai yang bentuknya keliru".to_owned(),
        None => said.to_owned(),
    }
}

/// The overlay that belongs to a settings file: `praja.local.yaml` beside it.
pub fn overlay_of(config: &Path) -> PathBuf {
    config.with_file_name("praja.local.yaml")
}

/// The overlay's text with the address set, or without it where the settings already say so. Other lines, comments included,
/// stay as the administrator wrote them.
pub(crate) fn with_address(overlay: &str, address: Option<(SocketAddr, &str)>) -> String {
    let ours = |line: &&str| line.starts_with("alamat:") || line.starts_with("url_publik:");
    let mut text: String = overlay.lines().filter(|line| !ours(line)).flat_map(|line| [line, "\n"]).collect();
    if let Some((alamat, url)) = address {
        text.push_str(&format!("alamat: {}\nurl_publik: {}\n", quoted(&alamat.to_string()), quoted(url)));
    }
    text
}

/// A text as YAML writes it in double quotes (a JSON text is one).
pub(crate) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

fn read_yaml(files: &dyn Files, path: &Path) -> Result<Option<Value>, Obstacle> {
    let broken = |reason: String| Obstacle::BrokenSettings { path: path.to_path_buf(), reason };
    let Some(bytes) = files.read(path).map_err(Obstacle::file(path, "dibaca"))? else { return Ok(None) };
    let text = String::from_utf8(bytes).map_err(|_| broken("isinya bukan teks UTF-8".to_owned()))?;
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(Some(Value::Object(serde_json::Map::new())));
    }
    serde_yaml::from_str(&text).map(Some).map_err(|error| broken(settings_reason(&error.to_string())))
}

fn lay_over(base: &mut Value, over: Value) {
    match (base, over) {
        (Value::Object(base), Value::Object(over)) => {
            for (key, value) in over {
                lay_over(base.entry(key).or_insert(Value::Null), value);
            }
        }
        (base, over) => *base = over,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_always_lie_in_a_folder_that_has_a_name() {
        for (config, root) in [
            ("/srv/praja/config/praja.yaml", "/srv/praja"),
            ("kotak/config/praja.yaml", "kotak"),
            ("config/praja.yaml", "."),
            ("praja.yaml", "."),
        ] {
            assert_eq!(root_of(Path::new(config)), Path::new(root), "{config}");
        }
        let missing = read_settings(&crate::LocalFiles, Path::new("tidak-ada/praja.yaml")).unwrap_err();
        assert!(matches!(missing, Obstacle::NotInstalled { root, .. } if root == Path::new(".")));
    }

    #[test]
    fn what_the_reader_said_is_told_in_indonesian() {
        assert_eq!(settings_reason("unknown field `warna`, expected one of `a`, `b`"), "kunci \"warna\" tidak dikenal");
        assert_eq!(settings_reason("missing field `alamat`"), "kunci \"alamat\" belum ada");
        assert_eq!(settings_reason("did not find x at line 3 column 4"), "tulisan di sekitar baris 3 bukan YAML yang benar");
        assert_eq!(settings_reason("alamat 'rumah' salah"), "alamat 'rumah' salah");
    }
}
