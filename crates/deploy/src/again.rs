use std::path::{Path, PathBuf};

/// The folder of a trial when none is named.
pub const DEFAULT_ROOT: &str = "./praja-box";
/// The port of a trial when none is named.
pub const DEFAULT_PORT: u16 = 7321;

/// What a trial was asked for, so that the command shown next asks for the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// Folder of the installation.
    pub root: PathBuf,
    /// Region, as it was typed.
    pub region: Option<String>,
    /// How much demo data.
    pub scale: Option<u32>,
    /// Connection text of a PostgreSQL server.
    pub database: Option<String>,
    /// Other devices are served, too.
    pub lan: bool,
    /// Port, where it is not the usual one.
    pub port: Option<u16>,
}

impl Again {
    /// A trial in `root` with everything else as usual.
    pub fn of(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), region: None, scale: None, database: None, lan: false, port: None }
    }

    /// The command line.
    pub fn command(&self) -> String {
        let mut words = vec!["praja try".to_owned()];
        if self.root != Path::new(DEFAULT_ROOT) {
            words.push(format!("--root {}", typed(&self.root)));
        }
        words.extend(self.region.as_ref().map(|region| format!("--region {}", quoted(region))));
        words.extend(self.scale.map(|scale| format!("--scale {scale}")));
        words.extend(self.database.as_ref().map(|url| format!("--database {}", quoted(url))));
        words.extend(self.lan.then(|| "--lan".to_owned()));
        words.extend(self.port.filter(|port| *port != DEFAULT_PORT).map(|port| format!("--port {port}")));
        words.join(" ")
    }
}

/// The command that tries in `root`.
pub fn try_command(root: &Path) -> String {
    Again::of(root).command()
}

/// A path as a shell takes it.
pub fn typed(path: &Path) -> String {
    quoted(&path.display().to_string())
}

fn quoted(text: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "/._-+@:~".contains(letter);
    if !text.is_empty() && text.chars().all(plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_repeats_everything_that_was_asked_for() {
        assert_eq!(Again { port: Some(DEFAULT_PORT), ..Again::of(DEFAULT_ROOT) }.command(), "praja try");
        let all = Again {
            root: "kotak saya".into(),
            region: Some("Belitung Timur".into()),
            scale: Some(3),
            database: Some("postgres://praja@db/praja".into()),
            lan: true,
            port: Some(8080),
        };
        let words = "praja try --root 'kotak saya' --region 'Belitung Timur' --scale 3 --database postgres://praja@db/praja --lan \
                     --port 8080";
        assert_eq!(all.command(), words);
    }
}
