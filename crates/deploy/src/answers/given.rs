use std::{net::SocketAddr, path::Path};

use praja_kernel::Date;
use serde::{Deserialize, Deserializer, de::Error};
use serde_json::Value;

use super::{Cadangan, Jenis, NO_PLACE, TlsAnswer, Wilayah, YaTidak, day};
use crate::{Files, Obstacle, Profil, nearest};

/// The region as somebody names it: a code, a name or a part of one, or both as saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// To be looked for.
    Words(String),
    /// As an installation saved it.
    Whole(Wilayah),
}

/// The answers somebody wrote or saved. What is not there is asked, or taken as usual.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Given {
    /// Whose installation this is.
    pub wilayah: Option<Asked>,
    /// Real or for trying.
    pub jenis: Option<Jenis>,
    /// Size.
    pub profil: Option<Profil>,
    /// Modules that are on.
    pub modul: Option<Vec<String>>,
    /// Where the server listens.
    pub alamat: Option<SocketAddr>,
    /// The address people type.
    pub url_publik: Option<String>,
    /// Connection text of a PostgreSQL server.
    pub basis_data: Option<String>,
    /// How lines are encrypted.
    pub tls: Option<TlsAnswer>,
    /// The second place of backups.
    pub cadangan: Option<Cadangan>,
    /// The user of the system that the service runs as.
    pub pengguna: Option<String>,
    /// Open the port in the machine's firewall?
    pub firewall: Option<YaTidak>,
    /// How much demo data.
    pub skala: Option<u32>,
    /// The day the demo data is built around.
    #[serde(with = "day")]
    pub jangkar: Option<Date>,
}

/// One answer that cannot be used, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongAnswer {
    /// Its key in an answers file.
    pub key: &'static str,
    /// What is wrong with it, half a sentence.
    pub reason: String,
}

impl<'de> Deserialize<'de> for Asked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(words) => Ok(Self::Words(words)),
            // 51.10 without quotes is read as 51.1, which is another place.
            Value::Number(_) => Err(D::Error::custom("kode wilayah ditulis di antara tanda kutip, seperti \"19.06\"")),
            whole => serde_json::from_value(whole).map(Self::Whole).map_err(D::Error::custom),
        }
    }
}

/// The JSON Schema of an answers file.
pub fn answers_schema() -> &'static str {
    include_str!("jawaban.schema.json")
}

/// Reads an answers file, written by hand or saved by another installation.
///
/// # Errors
/// [`Obstacle::WrongAnswers`] when it is not there or cannot be understood; an unknown key is named with the nearest that is known.
pub fn read_given(files: &dyn Files, path: &Path) -> Result<Given, Obstacle> {
    let wrong = |reason: String| Obstacle::WrongAnswers { path: path.to_path_buf(), reason };
    let Some(bytes) = files.read(path).map_err(Obstacle::file(path, "dibaca"))? else {
        return Err(wrong("berkasnya tidak ada".to_owned()));
    };
    let text = String::from_utf8(bytes).map_err(|_| wrong("isinya bukan teks UTF-8".to_owned()))?;
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(Given::default());
    }
    serde_yaml::from_str(&text).map_err(|error| wrong(reason(&error.to_string())))
}

/// What the reader of YAML said, with its line, and the nearest word that would do.
fn reason(said: &str) -> String {
    let told = crate::settings_reason(said);
    let first = said.lines().next().unwrap_or_default();
    let (line, message) = placed(first);
    let Some((_, rest)) = message.split_once("unknown ") else {
        if message.starts_with("missing ") {
            return told;
        }
        // Our own words come through as they are; the reader's are English.
        let ours = message.contains("ditulis");
        return match line {
            Some(line) if ours => format!("{message} (baris {line})"),
            Some(line) if message.starts_with("invalid ") => format!("nilai pada baris {line} bentuknya keliru"),
            _ => told,
        };
    };
    let word = rest.split('`').nth(1).unwrap_or_default();
    let known = message.split_once("expected ").map_or("", |(_, known)| known.trim_start_matches("one of "));
    let known = known.split([',', '`']).flat_map(|part| part.split(" or ")).map(str::trim).filter(|part| !part.is_empty());
    nearest(word, known).map_or_else(|| told.clone(), |near| format!("{told}; yang terdekat \"{near}\""))
}

/// The line that the reader names, and what it says of it.
fn placed(first: &str) -> (Option<&str>, &str) {
    let rest = first.strip_prefix("error: ").unwrap_or(first);
    match rest.split_once(": ") {
        Some((place, message)) if place.starts_with("line ") => (place.split(' ').nth(1), message),
        _ => (None, rest),
    }
}

impl Given {
    /// Everything in it that cannot be, with its key. `held` names the modules of this program.
    pub fn problems(&self, held: &[String]) -> Vec<WrongAnswer> {
        let mut found = Vec::new();
        let mut wrong = |key, reason: String| found.push(WrongAnswer { key, reason });
        for id in self.modul.iter().flatten().filter(|id| !held.contains(id)) {
            let near = nearest(id, held.iter().map(String::as_str))
                .map_or_else(String::new, |near| format!("; yang terdekat \"{near}\""));
            wrong("modul", format!("modul \"{id}\" tidak ada dalam program ini{near}"));
        }
        if let Some(url) = &self.url_publik
            && let Err(reason) = check_url(url)
        {
            wrong("url_publik", reason);
        }
        if let Some(url) = &self.basis_data
            && !["postgres://", "postgresql://"].iter().any(|lead| url.starts_with(lead))
            && !url.contains("host=")
        {
            wrong("basis_data", "alamat PostgreSQL diawali postgres://, misalnya postgres://praja@10.0.0.5/praja".to_owned());
        }
        if let Some(name) = &self.pengguna
            && let Err(reason) = check_user(name)
        {
            wrong("pengguna", reason);
        }
        if let Some(cadangan) = &self.cadangan {
            if !is_hour(&cadangan.jam) {
                wrong("cadangan.jam", format!("\"{}\" bukan jam; tulis seperti \"02:15\"", cadangan.jam));
            }
            if !(1..=3650).contains(&cadangan.simpan) {
                wrong("cadangan.simpan", format!("{} di luar 1 sampai 3650", cadangan.simpan));
            }
            if let Some(place) = cadangan.tempat.as_ref().filter(|place| !place.is_absolute() && place.as_os_str() != NO_PLACE) {
                wrong("cadangan.tempat", format!("\"{}\" bukan jalur lengkap; awali dengan /", place.display()));
            }
        }
        match &self.tls {
            Some(TlsAnswer::Acme { surel, .. }) if !is_mail(surel) => {
                wrong("tls.surel", format!("\"{surel}\" bukan alamat surel"));
            }
            Some(TlsAnswer::Acme { direktori: Some(url), .. }) if !url.starts_with("https://") => {
                wrong("tls.direktori", format!("\"{url}\" harus diawali https://"));
            }
            _ => {}
        }
        if self.skala.is_some_and(|skala| !(1..=10_000).contains(&skala)) {
            wrong("skala", "banyaknya data contoh 1 sampai 10000".to_owned());
        }
        found
    }
}

/// Is this an address that people can type: a scheme, a host, perhaps a port?
///
/// # Errors
/// What is wrong with it, half a sentence.
pub fn check_url(url: &str) -> Result<(), String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let Some(host) = rest else { return Err(format!("\"{url}\" harus diawali https:// atau http://")) };
    let (name, port) = host.rsplit_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '.';
    if name.is_empty() || !name.chars().all(letter) || name.starts_with('.') || name.ends_with('.') {
        return Err(format!("\"{url}\" harus berupa nama mesin saja sesudah //, tanpa garis miring atau jalur"));
    }
    match port.map(str::parse::<u16>) {
        Some(Err(_) | Ok(0)) => Err(format!("porta pada \"{url}\" harus antara 1 dan 65535")),
        _ => Ok(()),
    }
}

fn check_user(name: &str) -> Result<(), String> {
    let fits = |(at, letter): (usize, char)| {
        letter.is_ascii_lowercase() || letter == '_' || at > 0 && (letter.is_ascii_digit() || letter == '-')
    };
    if name == "root" {
        return Err("layanan tidak dijalankan sebagai root".to_owned());
    }
    if name.is_empty() || name.len() > 31 || !name.chars().enumerate().all(fits) {
        return Err(format!("\"{name}\" bukan nama pengguna; pakai huruf kecil, angka dan tanda hubung, paling panjang 31"));
    }
    Ok(())
}

fn is_hour(text: &str) -> bool {
    let Some((hour, minute)) = text.split_once(':') else { return false };
    let number = |part: &str, most: u8| part.len() == 2 && part.parse::<u8>().is_ok_and(|value| value <= most);
    number(hour, 23) && number(minute, 59)
}

fn is_mail(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !text.contains(char::is_whitespace))
}
