use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
};

/// The folder of a trial when none is named.
pub const DEFAULT_ROOT: &str = "./praja-box";
/// The folder of a service when none is named.
pub const SERVICE_ROOT: &str = "/srv/praja";
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
    /// Where an installation for work listens; everywhere when absent.
    pub host: Option<IpAddr>,
    /// An installation for work, with the rest of what was typed; else a trial.
    pub install: Option<Vec<String>>,
}

impl Again {
    /// A trial in `root` with everything else as usual.
    pub fn of(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), region: None, scale: None, database: None, lan: false, port: None, host: None, install: None }
    }

    /// The command line.
    pub fn command(&self) -> String {
        let (verb, usual) = if self.install.is_some() { ("praja install", SERVICE_ROOT) } else { ("praja try", DEFAULT_ROOT) };
        let mut words = vec![verb.to_owned()];
        if self.root != Path::new(usual) {
            words.push(format!("--root {}", typed(&self.root)));
        }
        words.extend(self.region.as_ref().map(|region| format!("--region {}", quoted(region))));
        words.extend(self.scale.map(|scale| format!("--scale {scale}")));
        words.extend(self.database.as_ref().map(|url| format!("--database {}", quoted(url))));
        words.extend(self.lan.then(|| "--lan".to_owned()));
        let port = self.port.filter(|port| *port != DEFAULT_PORT || self.install.is_some());
        let host = self.host.unwrap_or(Ipv4Addr::UNSPECIFIED.into());
        words.extend(port.map(|port| match self.install {
            Some(_) => format!("--alamat {}", SocketAddr::new(host, port)),
            None => format!("--port {port}"),
        }));
        words.extend(self.install.iter().flatten().map(|word| quoted(word)));
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
            host: None,
            install: None,
        };
        let words = "praja try --root 'kotak saya' --region 'Belitung Timur' --scale 3 --database postgres://praja@db/praja --lan \
                     --port 8080";
        assert_eq!(all.command(), words);
        let flags = ["--modul", "eoffice", "--url", "https://praja go.id"].map(str::to_owned).to_vec();
        let install = Again { port: Some(8443), install: Some(flags), ..Again::of(SERVICE_ROOT) };
        assert_eq!(install.command(), "praja install --alamat 0.0.0.0:8443 --modul eoffice --url 'https://praja go.id'");
        // Whoever listens on this machine alone must not be told to listen everywhere.
        let local = Again {
            port: Some(7321),
            host: Some(Ipv4Addr::LOCALHOST.into()),
            install: Some(Vec::new()),
            ..Again::of(SERVICE_ROOT)
        };
        assert_eq!(local.command(), "praja install --alamat 127.0.0.1:7321");
    }
}
