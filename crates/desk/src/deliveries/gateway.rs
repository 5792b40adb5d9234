//! Gateways over HTTP: the message filled into the regency's own template, signed, and sent once per try.

use std::{sync::Arc, time::Duration};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use ureq::{
    Agent,
    config::{Config, ConfigBuilder},
    tls::{Certificate, RootCerts, TlsConfig},
    typestate::AgentScope,
};

use super::{Failure, mail::chain, send::Letter};
use crate::{
    channels::{Bentuk, Gerbang, Rahasia},
    outside::guard::{NOWHERE, guarded},
    templates::{Escape, fill},
};

/// A gateway that has not answered by then is not there.
const PATIENCE: Duration = Duration::from_secs(15);
/// So much of an answer is read: enough for a refusal's words.
const ANSWER: u64 = 16 * 1024;

/// The signature of what is sent: HMAC-SHA256 over `time.id.body`, so that a gateway can tell a forged or an old message.
pub fn signature(secret: &str, at: u64, id: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a secret of any length is a key");
    mac.update(format!("{at}.{id}.").as_bytes());
    mac.update(body.as_bytes());
    let sum = mac.finalize().into_bytes();
    sum.iter().fold(String::from("v1="), |out, byte| out + &format!("{byte:02x}"))
}

pub(super) fn send(settings: &Gerbang, rahasia: &Rahasia, letter: &Letter) -> Result<(), Failure> {
    let (id, at) = (letter.id.to_string(), letter.at.to_string());
    let values = [("kunci", rahasia.kunci.as_str()), ("tujuan", &letter.to), ("teks", &letter.text), ("id", &id), ("waktu", &at)];
    let (escape, kind) = match settings.bentuk {
        Bentuk::Json => (Escape::Json, "application/json"),
        Bentuk::Formulir => (Escape::Percent, "application/x-www-form-urlencoded"),
    };
    let body = fill(&settings.isi, &values, escape);
    let address = fill(&settings.alamat, &values[..1], Escape::Percent);
    let agent = agent(settings.sertifikat.as_deref(), PATIENCE)?;
    let mut request = agent
        .post(&address)
        .header("Content-Type", kind)
        .header("X-Praja-Id", &id)
        .header("X-Praja-Waktu", &at)
        .header("X-Praja-Tanda", signature(&rahasia.tanda, letter.at, &id, &body));
    for line in settings.kepala.lines() {
        if let Some((name, value)) = line.split_once(':') {
            request = request.header(name.trim(), fill(value.trim(), &values[..1], Escape::Plain));
        }
    }
    match request.send(body.as_str()) {
        Ok(mut answer) => {
            let status = answer.status().as_u16();
            let words = answer.body_mut().with_config().limit(ANSWER).read_to_string().unwrap_or_default();
            judge(status, &words)
        }
        Err(ureq::Error::HostNotFound) => Err(Failure::Way(NOWHERE.to_owned())),
        // The address may hold the key, so it never stands in a cause.
        Err(e) => {
            Err(Failure::Way(format!("Gerbang tidak dapat dihubungi: {}", chain(&e).replace(&rahasia_or_dash(rahasia), "…"))))
        }
    }
}

fn rahasia_or_dash(rahasia: &Rahasia) -> String {
    if rahasia.kunci.is_empty() { "\u{0}".to_owned() } else { rahasia.kunci.clone() }
}

/// What the gateway meant. Some answer 200 and say `"status": false` inside.
pub(super) fn judge(status: u16, answer: &str) -> Result<(), Failure> {
    let words: String = answer.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect();
    match status {
        200..=299 => {
            let json = serde_json::from_str::<serde_json::Value>(answer).unwrap_or_default();
            let refused = ["status", "ok", "success"].iter().any(|name| json.get(name) == Some(&serde_json::Value::Bool(false)));
            if refused { Err(Failure::Address(format!("Gerbang menolak pesan ini: {words}"))) } else { Ok(()) }
        }
        401 | 403 => Err(Failure::Way(format!("Gerbang menolak kunci kita ({status}): {words}"))),
        400 | 404 | 410 | 413 | 422 => Err(Failure::Address(format!("Gerbang menolak pesan ini ({status}): {words}"))),
        _ => Err(Failure::Way(format!("Gerbang sedang bermasalah ({status}): {words}"))),
    }
}

/// A caller over HTTP that trusts this machine's certificates and the given one. Whoever writes an address down for the whole regency may
/// name a program on this machine, where gateways often stand.
pub(crate) fn agent(pem: Option<&str>, patience: Duration) -> Result<Agent, Failure> {
    Ok(guarded(config(pem, patience)?.build(), true))
}

/// How a caller is set up that asks no proxy.
pub(crate) fn direct(pem: Option<&str>, patience: Duration) -> Result<Config, Failure> {
    Ok(config(pem, patience)?.proxy(None).build())
}

/// How we call: over a checked line, without redirects, bounded in time.
fn config(pem: Option<&str>, patience: Duration) -> Result<ConfigBuilder<AgentScope>, Failure> {
    let unusable = |what: String| Failure::Way(format!("Sambungan ke gerbang tidak dapat disiapkan: {what}"));
    let mut roots: Vec<Certificate<'static>> = rustls_native_certs::load_native_certs()
        .certs
        .iter()
        .map(|cert| Certificate::from_der(cert.as_ref()).to_owned())
        .collect();
    if let Some(pem) = pem {
        roots.push(Certificate::from_pem(pem.as_bytes()).map_err(|e| unusable(e.to_string()))?.to_owned());
    }
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::new_with_certs(&roots))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .build();
    let config = Agent::config_builder().tls_config(tls).timeout_global(Some(patience)).max_redirects(0);
    Ok(config.http_status_as_error(false).user_agent("Praja"))
}
