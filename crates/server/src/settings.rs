//! `praja.yaml` and the overlay `praja.local.yaml` beside it, whose keys win.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use crate::tls::host_of;

mod blob;
mod cadangan;
mod keys;
pub use blob::Berkas;
pub use cadangan::Cadangan;
pub use keys::{KEYS, KeyInfo, Kind, without_password};

/// Name of the overlay, beside the main file.
const OVERLAY: &str = "praja.local.yaml";

/// The settings of one installation. Relative paths were resolved against its folder.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The region served.
    pub wilayah: WilayahSettings,
    /// Real or contoh; recorded in the database at birth and never changed.
    pub jenis: JenisInstansi,
    /// Where to listen, `127.0.0.1:7321`.
    pub alamat: String,
    /// Where plain HTTP is answered with the way to the encrypted line, and phones fetch the authority they are to trust.
    #[serde(default)]
    pub alamat_http: Option<String>,
    /// The address people type and documents print, without a slash at the end.
    pub url_publik: String,
    /// Further host names; a request for any other is refused once one is named.
    #[serde(default)]
    pub host: Vec<String>,
    /// The database.
    pub basis_data: BasisData,
    /// Where encrypted files are kept.
    pub blob: Berkas,
    /// Folder of keys.
    pub kunci: PathBuf,
    /// Folder of logs.
    pub log: PathBuf,
    /// TLS.
    #[serde(default)]
    pub tls: Tls,
    /// Folder of the region pack: `paket.yaml` and `wilayah.csv`.
    #[serde(default = "paket_folder")]
    pub paket: PathBuf,
    /// Backups that are made by themselves.
    #[serde(default)]
    pub cadangan: Option<Cadangan>,
    /// Modules that are on.
    pub modul: Vec<String>,
    /// Threads that answer requests.
    pub pekerja: usize,
    /// The installation's folder.
    #[serde(skip)]
    pub root: PathBuf,
}

fn public_directory() -> String {
    "https://acme-v02.api.letsencrypt.org/directory".to_owned()
}

fn paket_folder() -> PathBuf {
    PathBuf::from("config/region")
}

/// The region served.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WilayahSettings {
    /// Region code, `"19.06"`.
    pub kode: String,
    /// Full name.
    pub nama: String,
}

/// Real or contoh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JenisInstansi {
    /// A regency at work.
    Asli,
    /// For training and trying.
    Contoh,
}

/// Which database.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "mesin", rename_all = "lowercase", deny_unknown_fields)]
pub enum BasisData {
    /// The embedded one.
    Sqlite {
        /// Its file.
        berkas: PathBuf,
    },
    /// PostgreSQL 15 or newer.
    Postgres {
        /// Connection text; may name several hosts, `sslmode` and `sslrootcert`.
        url: String,
    },
}

/// How lines are encrypted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(tag = "mode", rename_all = "lowercase", deny_unknown_fields)]
pub enum Tls {
    /// Not at all.
    #[default]
    #[serde(alias = "tanpa")]
    None,
    /// By the web server in front of us on this machine, whose word about the asker's address is taken.
    #[serde(rename = "depan")]
    Behind,
    /// With a certificate of an authority of our own, which phones are taught to trust.
    #[serde(rename = "lokal")]
    Local,
    /// With a certificate of a public authority, renewed without anybody's help.
    Acme {
        /// Where the authority can reach somebody.
        #[serde(default)]
        surel: Option<String>,
        /// Address of its directory.
        #[serde(default = "public_directory")]
        direktori: String,
        /// PEM of the certificates by which the directory's address is trusted; those of this machine otherwise.
        #[serde(default)]
        akar: Option<PathBuf>,
    },
    /// With a certificate from files.
    #[serde(alias = "berkas")]
    Files {
        /// Certificate chain, PEM.
        sertifikat: PathBuf,
        /// Private key, PEM.
        kunci: PathBuf,
    },
}

/// Why settings could not be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file is not there or may not be read.
    #[error("berkas pengaturan {path} tidak dapat dibaca")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// The system's words.
        #[source]
        source: std::io::Error,
    },
    /// The text is not what settings look like.
    #[error("berkas pengaturan {path} salah: {what}")]
    Wrong {
        /// The file.
        path: PathBuf,
        /// What is wrong and where.
        what: String,
    },
}

impl Settings {
    /// Reads `praja.yaml` at `path` and its overlay. Relative paths count from the parent of the file's folder.
    pub fn load(path: &Path) -> Result<Self, SettingsError> {
        let overlay = path.with_file_name(OVERLAY);
        let over = if overlay.exists() { read(&overlay)? } else { Value::Null };
        Self::of(path, merged(read(path)?, over))
    }

    /// The same with a text in the place of the overlay: whether that could be written.
    ///
    /// # Errors
    /// As [`Settings::load`].
    pub fn with_overlay(path: &Path, overlay: &str) -> Result<Self, SettingsError> {
        let wrong = |what: String| SettingsError::Wrong { path: path.with_file_name(OVERLAY), what };
        let over = read_text(overlay).map_err(|e| wrong(e.to_string()))?;
        Self::of(path, merged(read(path)?, over))
    }

    fn of(path: &Path, merged: Value) -> Result<Self, SettingsError> {
        let wrong = |what: String| SettingsError::Wrong { path: path.to_owned(), what };
        let mut settings: Self = serde_json::from_value(merged).map_err(|e| wrong(e.to_string()))?;
        let folder = path.parent().unwrap_or(Path::new("."));
        settings.root = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned();
        settings.resolve();
        settings.take_credentials(std::env::var_os("CREDENTIALS_DIRECTORY").as_deref().map(Path::new));
        settings.check().map_err(wrong)?;
        Ok(settings)
    }

    /// Host names and addresses people type, the printed one first.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = vec![host_of(&self.url_publik).to_ascii_lowercase()];
        for host in &self.host {
            let host = host.to_ascii_lowercase();
            if !names.contains(&host) {
                names.push(host);
            }
        }
        names
    }

    /// Where certificates are kept that the program obtains itself.
    pub fn tls_folder(&self) -> PathBuf {
        self.root.join("data/tls")
    }

    fn resolve(&mut self) {
        let root = self.root.clone();
        self.blob.resolve(&root);
        if let Some(cadangan) = &mut self.cadangan {
            cadangan.resolve(&root);
        }
        let mut paths = vec![&mut self.kunci, &mut self.log, &mut self.paket];
        if let BasisData::Sqlite { berkas } = &mut self.basis_data {
            paths.push(berkas);
        }
        match &mut self.tls {
            Tls::Files { sertifikat, kunci } => paths.extend([sertifikat, kunci]),
            Tls::Acme { akar: Some(akar), .. } => paths.push(akar),
            _ => {}
        }
        for path in paths {
            *path = root.join(&*path);
        }
    }

    /// A service gets its keys from the system, in a folder that nobody else can see; the folder of keys itself it cannot read.
    fn take_credentials(&mut self, handed: Option<&Path>) {
        if let Some(folder) = handed.filter(|folder| folder.join(praja_store::KEY_FILE).exists()) {
            self.kunci = folder.to_path_buf();
        }
    }

    fn check(&self) -> Result<(), String> {
        if self.alamat.parse::<std::net::SocketAddr>().is_err() {
            return Err(format!("alamat '{}' harus berbentuk 127.0.0.1:7321", self.alamat));
        }
        if !(self.url_publik.starts_with("http://") || self.url_publik.starts_with("https://")) || self.url_publik.ends_with('/')
        {
            return Err(format!(
                "url_publik '{}' harus diawali http:// atau https:// dan tanpa garis miring di akhir",
                self.url_publik
            ));
        }
        if let Some(plain) = &self.alamat_http
            && plain.parse::<std::net::SocketAddr>().is_err()
        {
            return Err(format!("alamat_http '{plain}' harus berbentuk 0.0.0.0:80"));
        }
        self.check_tls()?;
        if self.pekerja == 0 || self.pekerja > 64 {
            return Err(format!("pekerja {} harus antara 1 dan 64", self.pekerja));
        }
        self.cadangan.as_ref().map_or(Ok(()), Cadangan::check)?;
        let known: Vec<&str> = crate::modules().iter().map(|module| module.id).collect();
        match self.modul.iter().find(|id| !known.contains(&id.as_str())) {
            Some(unknown) => Err(format!("modul '{unknown}' tidak ada dalam program ini; yang ada: {}", known.join(", "))),
            None => Ok(()),
        }
    }
}

/// The rules that bind TLS to the rest.
impl Settings {
    fn check_tls(&self) -> Result<(), String> {
        let encrypted = !matches!(self.tls, Tls::None | Tls::Behind);
        if encrypted && !self.url_publik.starts_with("https://") {
            return Err(format!("url_publik '{}' harus diawali https:// karena tls menyala", self.url_publik));
        }
        let Tls::Acme { surel, direktori, .. } = &self.tls else { return Ok(()) };
        if !direktori.starts_with("https://") {
            return Err(format!("tls.direktori '{direktori}' harus diawali https://"));
        }
        if surel.as_deref().is_some_and(|surel| !surel.contains('@') || surel.contains([' ', ','])) {
            return Err(format!("tls.surel '{}' bukan alamat surel", surel.as_deref().unwrap_or_default()));
        }
        match self.names().iter().find(|name| !is_public(name)) {
            Some(name) => Err(format!("tls acme memerlukan nama yang dikenal internet; '{name}' bukan nama seperti itu")),
            None => Ok(()),
        }
    }
}

/// Can a public authority vouch for it? It has a dot, is no address and stands under no ending of private networks.
fn is_public(name: &str) -> bool {
    let private = ["local", "lokal", "lan", "internal", "localhost", "home", "test", "intra"];
    name.contains('.')
        && name.parse::<std::net::IpAddr>().is_err()
        && !name.rsplit('.').next().is_some_and(|last| private.contains(&last))
}

fn read(path: &Path) -> Result<Value, SettingsError> {
    let unreadable = |source| SettingsError::Unreadable { path: path.to_owned(), source };
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    read_text(&text).map_err(|e| SettingsError::Wrong { path: path.to_owned(), what: e.to_string() })
}

/// A text of settings; nothing but comments says nothing.
///
/// # Errors
/// The YAML reader's words.
pub fn read_text(text: &str) -> Result<Value, serde_yaml::Error> {
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(Value::Null);
    }
    serde_yaml::from_str(text)
}

/// Settings with an overlay laid over them.
pub fn merged(mut base: Value, over: Value) -> Value {
    merge(&mut base, over);
    base
}

/// Keys that say which others stand beside them.
const KINDS: [&str; 2] = ["mesin", "mode"];

/// Keys of `over` win; maps are merged key by key, lists and words replaced whole, and so is a map of another kind: the file of the
/// embedded database means nothing beside the address of a server.
fn merge(base: &mut Value, over: Value) {
    let other_kind = |kind| over.get(kind).is_some_and(|over| base.get(kind).is_some_and(|base| base != over));
    if KINDS.into_iter().any(other_kind) {
        *base = over;
        return;
    }
    match (base, over) {
        (Value::Object(base), Value::Object(over)) => {
            for (key, value) in over {
                merge(base.entry(key).or_insert(Value::Null), value);
            }
        }
        (_, Value::Null) => {}
        (base, over) => *base = over,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overlay_of_comments_changes_nothing_and_a_text_can_be_tried_before_it_is_written() {
        assert_eq!(load(YAML, Some("# belum ada\n")).unwrap().pekerja, 2);
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("config")).unwrap();
        let path = root.path().join("config/praja.yaml");
        std::fs::write(&path, YAML).unwrap();
        assert_eq!(Settings::with_overlay(&path, "pekerja: 8\n").unwrap().pekerja, 8);
        assert!(Settings::with_overlay(&path, "pekerja: 99\n").is_err());
        assert_eq!(Settings::load(&path).unwrap().pekerja, 2);
    }

    #[test]
    fn every_key_a_template_holds_is_in_the_list_and_every_listed_key_is_taken() {
        let mut names = Vec::new();
        let value: Value = serde_yaml::from_str(YAML).unwrap();
        for (key, below) in value.as_object().unwrap() {
            match below.as_object() {
                Some(map) => names.extend(map.keys().map(|name| format!("{key}.{name}"))),
                None => names.push(key.clone()),
            }
        }
        for name in names {
            assert!(KEYS.iter().any(|known| known.name == name), "{name}");
        }
        for known in KEYS {
            let sample = match known.kind {
                Kind::Number => "2",
                Kind::Flag => "true",
                Kind::List => "[]",
                Kind::Text => "x",
            };
            let whole = known.name.split('.').rev().fold(sample.to_owned(), |inner, part| format!("{{{part}: {inner}}}"));
            let error = load(YAML, Some(&whole)).err().map(|e| e.to_string()).unwrap_or_default();
            let last = known.name.rsplit('.').next().unwrap();
            assert!(
                !error.contains(&format!("unknown field `{last}`"))
                    || known.name.contains("url")
                    || known.name.starts_with("tls."),
                "{}: {error}",
                known.name
            );
        }
    }

    const YAML: &str = "wilayah: {kode: \"19.06\", nama: \"Kabupaten Belitung Timur\"}
jenis: contoh
alamat: 127.0.0.1:7321
url_publik: http://127.0.0.1:7321
host: []
basis_data: {mesin: sqlite, berkas: data/praja.db}
blob: data/blobs
kunci: keys
log: logs
tls: {mode: none}
modul: []
pekerja: 2
";

    fn load(main: &str, overlay: Option<&str>) -> Result<Settings, SettingsError> {
        let root = tempfile::tempdir().unwrap();
        let config = root.path().join("config");
        std::fs::create_dir(&config).unwrap();
        std::fs::write(config.join("praja.yaml"), main).unwrap();
        if let Some(overlay) = overlay {
            std::fs::write(config.join(OVERLAY), overlay).unwrap();
        }
        Settings::load(&config.join("praja.yaml")).inspect(|settings| assert_eq!(settings.root, root.path()))
    }

    #[test]
    fn paths_count_from_the_installation_and_not_from_where_the_program_was_started() {
        let settings = load(YAML, None).unwrap();
        assert_eq!(settings.blob, Berkas::Folder(settings.root.join("data/blobs")));
        assert_eq!(settings.wilayah.kode, "19.06");
    }

    #[test]
    fn keys_handed_over_by_the_system_win_over_the_folder_that_the_service_cannot_read() {
        let mut settings = load(YAML, None).unwrap();
        let (own, handed) = (settings.kunci.clone(), tempfile::tempdir().unwrap());
        settings.take_credentials(Some(handed.path()));
        assert_eq!(settings.kunci, own, "a folder without the key");
        std::fs::write(handed.path().join(praja_store::KEY_FILE), "").unwrap();
        settings.take_credentials(Some(handed.path()));
        assert_eq!(settings.kunci, handed.path());
    }

    #[test]
    fn a_key_of_the_overlay_wins_and_the_others_stay() {
        let settings = load(YAML, Some("alamat: 127.0.0.1:9000\nwilayah:\n  nama: Kabupaten Lain\n")).unwrap();
        assert_eq!(settings.alamat, "127.0.0.1:9000");
        assert_eq!((settings.wilayah.kode.as_str(), settings.wilayah.nama.as_str()), ("19.06", "Kabupaten Lain"));
    }

    #[test]
    fn an_overlay_may_move_to_another_engine() {
        let settings = load(YAML, Some("basis_data: {mesin: postgres, url: \"postgres://praja@db/praja\"}\n")).unwrap();
        assert!(matches!(settings.basis_data, BasisData::Postgres { url } if url == "postgres://praja@db/praja"));
    }

    #[test]
    fn backups_go_to_a_second_place_where_one_is_named() {
        assert_eq!(load(YAML, None).unwrap().cadangan, None);
        let plan = load(YAML, Some("cadangan: {tempat: /mnt/cadangan}\n")).unwrap().cadangan.unwrap();
        assert_eq!(plan, Cadangan { tempat: Some("/mnt/cadangan".into()), jam: "01:30".into(), simpan: 14 });
    }

    #[test]
    fn files_may_be_kept_in_a_service_that_speaks_s3() {
        let s3 =
            "blob:\n  s3: {alamat: \"https://s3.contoh.go.id\", bucket: praja, kunci_akses: keys/s3.kunci, ca: /etc/ca.pem}\n";
        let settings = load(YAML, Some(s3)).unwrap();
        let Berkas::S3(s3) = settings.blob else { panic!("{:?}", settings.blob) };
        assert_eq!((s3.access_key, s3.ca), (settings.root.join("keys/s3.kunci"), Some(PathBuf::from("/etc/ca.pem"))));
        assert_eq!((s3.region.as_str(), s3.prefix.as_str(), s3.path_style), ("us-east-1", "", false));
    }

    #[test]
    fn an_unknown_key_a_wrong_address_and_an_unknown_module_are_refused_by_name() {
        for (change, named) in [
            ("warna: biru\n", "warna"),
            ("alamat: rumah\n", "rumah"),
            ("modul: [terbang]\n", "terbang"),
            ("url_publik: http://x/\n", "http://x/"),
            ("pekerja: 0\n", "pekerja 0"),
            ("blob: {s4: {}}\n", "s4"),
            ("cadangan: {jam: \"25:00\"}\n", "25:00"),
            ("cadangan: {simpan: 0}\n", "simpan 0"),
            ("cadangan: {tujuan: /mnt}\n", "tujuan"),
            ("blob: {s3: {alamat: \"https://s3\", bucket: b, kunci_akses: k, warna: biru}}\n", "warna"),
            ("blob: {s3: {alamat: \"https://s3\", kunci_akses: k}}\n", "bucket"),
        ] {
            let error = load(YAML, Some(change)).unwrap_err().to_string();
            assert!(error.contains(named), "{change} -> {error}");
        }
    }
}
