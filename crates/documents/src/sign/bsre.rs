//! The regency's own e-sign server ("Esign Client Service" of BSrE), version 2 of its interface as public clients show it.
//!
//! Seen in public clients only, never against the real server: requests in `utils/esign-utils.js` of taufiqurrohmansuwarto/rumahASN (commit
//! ad853c38); answers (`time` and `file`; `error` and `status_code`; `status_code`, `message` and `status`) in the comments of a public TypeScript
//! client for signing decisions in bulk. Therefore each path is a setting, and what the server says is passed on in its words.

use std::sync::Arc;
use std::time::Duration;

use base64::{Engine as _, prelude::BASE64_STANDARD as BASE64};
use serde_json::{Value, json};
use ureq::{
    Agent,
    tls::{Certificate, RootCerts, TlsConfig},
};
use zeroize::Zeroizing;

use super::{CertStatus, Secret, Settings, SignError, SignProvider, Who};
use crate::pades::{Mark, check};

/// The longest answer that is read: fifty documents of a few MiB in base64.
const ANSWER: u64 = 512 * 1024 * 1024;
/// So many letters of the server's own words are passed on.
const WORDS: usize = 200;
const PAUSE: Duration = Duration::from_millis(500);

/// The client.
pub struct Bsre {
    settings: Settings,
    agent: Agent,
}

impl Bsre {
    /// A client with these settings.
    ///
    /// # Errors
    /// [`SignError::Unreachable`] when the certificate cannot be read.
    pub fn new(settings: Settings) -> Result<Self, SignError> {
        let mut roots = Vec::new();
        if let Some(pem) = &settings.certificate {
            let read = Certificate::from_pem(pem.as_bytes());
            roots.push(read.map_err(|e| SignError::Unreachable(format!("sertifikatnya tidak terbaca ({e})")))?.to_owned());
        }
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::new_with_certs(&roots))
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
            .build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .timeout_global(Some(settings.patience))
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent("Praja")
            .build();
        Ok(Self { settings, agent: config.new_agent() })
    }

    fn ask(&self, path: &str, body: &Value) -> Result<Value, SignError> {
        let url = format!("{}{path}", self.settings.url.trim_end_matches('/'));
        let basic = Zeroizing::new(format!("{}:{}", self.settings.user, self.settings.password.as_str()));
        let text = Zeroizing::new(body.to_string());
        let request = self.agent.post(&url).header("Authorization", format!("Basic {}", BASE64.encode(basic.as_bytes())));
        // The cause names address and port at most: what was sent never stands in it.
        let sent = request.header("Content-Type", "application/json").send(text.as_bytes());
        let mut answer = sent.map_err(|e| SignError::Unreachable(e.to_string()))?;
        let status = answer.status().as_u16();
        let read = answer.body_mut().with_config().limit(ANSWER).read_to_string();
        judge(status, &read.map_err(|e| SignError::Unreachable(e.to_string()))?)
    }
}

/// What the server meant.
fn judge(status: u16, text: &str) -> Result<Value, SignError> {
    let read = serde_json::from_str::<Value>(text);
    let words = || {
        let said = read.as_ref().ok().and_then(|json| json.get("message").or_else(|| json.get("error"))?.as_str());
        said.unwrap_or(text).split_whitespace().collect::<Vec<_>>().join(" ").chars().take(WORDS).collect::<String>()
    };
    match status {
        200..=299 => read.as_ref().map_err(|_| SignError::Nonsense(words())).cloned(),
        401 | 403 => Err(SignError::Credentials),
        400..=499 => Err(SignError::Refused(words())),
        _ => Err(SignError::Unreachable(format!("jawaban {status}, {}", words()))),
    }
}

/// Whom it is about: NIK where there is one, else the e-mail address.
fn about(who: &Who) -> Value {
    match (&who.nik, &who.email) {
        (Some(nik), _) => json!({ "nik": nik }),
        (None, email) => json!({ "email": email }),
    }
}

impl SignProvider for Bsre {
    fn status(&self, who: &Who) -> Result<CertStatus, SignError> {
        let answer = self.ask(&self.settings.paths.status, &about(who))?;
        let field = |name: &str| answer.get(name).and_then(Value::as_str).unwrap_or_default();
        match field("status") {
            "ISSUE" => Ok(CertStatus::Usable),
            "" => Err(SignError::Nonsense("tanpa keadaan sertifikat".into())),
            other => Ok(CertStatus::Unusable(format!("{other} {}", field("message")).trim().to_owned())),
        }
    }

    fn challenge(&self, who: &Who, documents: usize) -> Result<(), SignError> {
        let mut body = about(who);
        body["data"] = json!(documents);
        self.ask(&self.settings.paths.totp, &body).map(|_| ())
    }

    fn sign(&self, who: &Who, secret: &Secret, documents: &[Vec<u8>], mark: &Mark) -> Result<Vec<Vec<u8>>, SignError> {
        let mut body = about(who);
        let (name, word, tries) = match secret {
            Secret::Passphrase(word) => ("passphrase", word, 1 + self.settings.retries),
            Secret::Totp(word) => ("totp", word, 1),
        };
        body[name] = json!(word.as_str());
        // What is seen was drawn before; the server adds nothing to the page.
        let property = json!({ "tampilan": "INVISIBLE", "location": mark.place, "reason": mark.reason });
        body["signatureProperties"] = json!(vec![property; documents.len()]);
        body["file"] = json!(documents.iter().map(|one| BASE64.encode(one)).collect::<Vec<_>>());
        let mut outcome = self.ask(&self.settings.paths.sign, &body);
        for _ in 1..tries {
            if !matches!(outcome, Err(SignError::Unreachable(_))) {
                break;
            }
            std::thread::sleep(PAUSE);
            outcome = self.ask(&self.settings.paths.sign, &body);
        }
        forget(&mut body[name]);
        signed(&outcome?, documents)
    }

    fn is_certified(&self) -> bool {
        true
    }
}

/// Overwrites the secret that the request held.
fn forget(value: &mut Value) {
    if let Value::String(text) = std::mem::take(value) {
        drop(Zeroizing::new(text));
    }
}

/// The documents of an answer: as many as were sent, each one grown from its own by a whole signature.
fn signed(answer: &Value, documents: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, SignError> {
    let nonsense = |what: &str| SignError::Nonsense(what.to_owned());
    let files = answer.get("file").and_then(Value::as_array).ok_or_else(|| nonsense("tanpa berkas"))?;
    if files.len() != documents.len() {
        return Err(SignError::Nonsense(format!("{} berkas untuk {} naskah", files.len(), documents.len())));
    }
    let read = files.iter().zip(documents).map(|(file, sent)| {
        let bytes =
            file.as_str().and_then(|text| BASE64.decode(text).ok()).ok_or_else(|| nonsense("berkas yang bukan base64"))?;
        let found = check(&bytes, &[]).map_err(|_| nonsense("berkas yang bukan PDF"))?;
        let before = check(sent, &[]).map_err(|_| nonsense("naskah yang dikirim bukan PDF"))?.len();
        let fine = found.len() > before && found.last().is_some_and(|one| one.whole);
        if fine { Ok(bytes) } else { Err(nonsense("PDF tanpa tanda tangan yang utuh")) }
    });
    read.collect()
}
