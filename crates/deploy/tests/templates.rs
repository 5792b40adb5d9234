//! Every profile's template gives settings that a strict reader accepts.

#![allow(clippy::unwrap_used)] // a test may stop at once

mod common;

use std::collections::BTreeMap;

use common::{answers, templates};
use praja_deploy::{Answers, Templates, settings_text};
use serde::Deserialize;
use serde_json::Value;

/// The keys of `praja.yaml`, all of them and no other.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)] // the test is that they are read
struct Strict {
    wilayah: BTreeMap<String, String>,
    jenis: String,
    alamat: std::net::SocketAddr,
    url_publik: String,
    host: Vec<String>,
    basis_data: BTreeMap<String, String>,
    blob: String,
    kunci: String,
    log: String,
    tls: BTreeMap<String, String>,
    modul: Vec<String>,
    pekerja: u32,
}

fn values() -> Vec<(&'static str, String)> {
    let text = |text: &str| Value::from(text).to_string();
    vec![
        ("kode", text("19.06")),
        ("nama", text("Kabupaten \"Contoh\": # satu")),
        ("jenis", "contoh".into()),
        ("alamat", text("127.0.0.1:7321")),
        ("url_publik", text("http://127.0.0.1:7321")),
        ("modul", "[\"eoffice\"]".into()),
        ("basis_data", "{mesin: sqlite, berkas: data/praja.db}".into()),
        ("postgres_url", text("postgres://praja@db1,db2/praja")),
        ("tls", "{mode: none}".into()),
        ("sertifikat", text("/etc/praja/tls.pem")),
        ("kunci_tls", text("/etc/praja/tls.key")),
    ]
}

#[test]
fn each_profile_gives_settings_with_exactly_the_known_keys() {
    for profil in ["mini", "standar", "penuh", "klaster"] {
        let text = templates().fill(&format!("profil/{profil}/praja.yaml.tmpl"), &values()).unwrap();
        let read: Strict = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{profil}: {error}\n{text}"));
        assert_eq!(read.wilayah["kode"], "19.06");
        assert_eq!(read.wilayah["nama"], "Kabupaten \"Contoh\": # satu");
        assert_eq!(read.modul, ["eoffice"]);
    }
}

#[test]
fn the_database_of_the_answers_is_the_one_in_the_settings() {
    let database = |basis_data: Option<&str>| {
        let answers = Answers { basis_data: basis_data.map(ToOwned::to_owned), ..answers() };
        let read: Strict = serde_yaml::from_str(&settings_text(&answers, &templates()).unwrap()).unwrap();
        read.basis_data
    };
    assert_eq!(database(None)["berkas"], "data/praja.db");
    assert_eq!(database(Some("host=/run/pg user='a b'"))["url"], "host=/run/pg user='a b'");
}

#[test]
fn a_template_that_asks_for_an_unknown_value_is_refused() {
    let broken = Templates::new([("a".to_owned(), "x: {{lain}}".to_owned()), ("b".to_owned(), "x: {{kode".to_owned())]);
    assert!(broken.fill("a", &values()).unwrap_err().to_string().contains("lain"));
    assert!(broken.fill("b", &values()).unwrap_err().to_string().contains("tidak ditutup"));
    assert!(broken.fill("c", &values()).unwrap_err().to_string().contains("tidak ada"));
}
