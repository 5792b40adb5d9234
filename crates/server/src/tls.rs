//! Encrypted lines: one certificate at a time, which may be replaced while the server goes on.
//!
//! It comes from files that somebody else keeps, from an authority of this installation's own ([`lokal`]), or from a public one that
//! is asked by ACME ([`acme`]). Whatever the source, a new one is taken up without a restart.

mod acme;
mod files;
mod lokal;
mod names;

use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    io::Write,
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, SystemTime},
};

use rustls::{
    ServerConfig,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
    server::{ClientHello, ResolvesServerCert},
    sign::CertifiedKey,
};
use x509_parser::prelude::{FromDer, X509Certificate};

pub use lokal::Authority;
pub use names::host_of;

use crate::{Settings, Tls};

/// The protocol in which an ACME authority asks for the proof that a name is ours (RFC 8737).
const ACME_PROTOCOL: &[u8] = b"acme-tls/1";
/// How often a certificate is looked at.
const LOOK: Duration = Duration::from_secs(60);
/// A certificate is renewed so many days before its end.
const RENEW_DAYS: i64 = 30;
/// One day, in seconds.
const DAY_S: i64 = 86_400;

/// Why there is no certificate.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be used.
    #[error("{path}: {what}")]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// A certificate could not be made.
    #[error("sertifikat tidak dapat dibuat: {0}")]
    Made(String),
    /// The authority did not give one.
    #[error("penerbit sertifikat {directory} menolak atau tidak menjawab: {what}")]
    Acme {
        /// Its address.
        directory: String,
        /// What it said.
        what: String,
    },
}

/// What a certificate says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Begins to hold, in seconds of Unix time.
    pub from: i64,
    /// Ends, in seconds of Unix time.
    pub until: i64,
    /// Names and addresses it is for.
    pub names: Vec<String>,
}

/// A certificate with its chain and its key, as PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) chain: String,
    pub(crate) key: String,
}

/// Gives every new line the certificate of the moment.
#[derive(Debug, Default)]
pub(crate) struct Door {
    current: RwLock<Option<Arc<CertifiedKey>>>,
    proofs: RwLock<BTreeMap<String, Arc<CertifiedKey>>>,
}

impl Door {
    fn take(&self, pair: &Pair) -> Result<(), TlsError> {
        let key = certified(pair)?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Some(key);
        Ok(())
    }

    fn prove(&self, name: &str, pair: &Pair) -> Result<(), TlsError> {
        let key = parsed(pair, |chain, key| {
            // A proof carries a critical extension that rustls does not know; that the key fits is certain, both were just made.
            Ok(CertifiedKey::new(chain, aws_lc_rs::default_provider().key_provider.load_private_key(key)?))
        })?;
        self.proofs.write().unwrap_or_else(PoisonError::into_inner).insert(name.to_ascii_lowercase(), key);
        Ok(())
    }

    fn forget_proofs(&self) {
        self.proofs.write().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl ResolvesServerCert for Door {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let asks_for_proof = hello.alpn().is_some_and(|mut offered| offered.any(|name| name == ACME_PROTOCOL));
        if asks_for_proof {
            let name = hello.server_name()?.to_ascii_lowercase();
            return self.proofs.read().unwrap_or_else(PoisonError::into_inner).get(&name).cloned();
        }
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Where the encrypted lines of one installation get their certificate.
pub(crate) struct Keeper {
    door: Arc<Door>,
    tls: Tls,
    names: Vec<String>,
    region: String,
    folder: PathBuf,
}

impl Keeper {
    /// None where lines are not encrypted here. A certificate that is there already is taken up at once; what is needed for that is
    /// made.
    pub(crate) fn open(settings: &Settings) -> Result<Option<Self>, TlsError> {
        if matches!(settings.tls, Tls::None | Tls::Behind) {
            return Ok(None);
        }
        let keeper = Self {
            door: Arc::default(),
            tls: settings.tls.clone(),
            names: settings.names(),
            region: settings.wilayah.nama.clone(),
            folder: settings.tls_folder(),
        };
        keeper.door.take(&keeper.now()?)?;
        Ok(Some(keeper))
    }

    /// The configuration of the lines: TLS 1.2 and 1.3, no client certificates.
    pub(crate) fn config(&self) -> Result<ServerConfig, TlsError> {
        let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|e| TlsError::Made(e.to_string()))?
            .with_no_client_auth()
            .with_cert_resolver(self.door.clone());
        if matches!(self.tls, Tls::Acme { .. }) {
            config.alpn_protocols.push(ACME_PROTOCOL.to_vec());
        }
        Ok(config)
    }

    /// The certificate to begin with.
    fn now(&self) -> Result<Pair, TlsError> {
        match &self.tls {
            Tls::Files { sertifikat, kunci } => files::read(sertifikat, kunci),
            // Until the public authority has answered, the own one lets people in.
            Tls::Acme { .. } => match acme::kept(&self.folder, &self.names, unix_now()) {
                Some(pair) => Ok(pair),
                None => self.own(),
            },
            _ => self.own(),
        }
    }

    fn own(&self) -> Result<Pair, TlsError> {
        Authority::new(&self.folder, &self.region).certificate(&self.names, unix_now())
    }

    /// Looks after the certificate for as long as the process runs.
    pub(crate) async fn keep(self) {
        let mut failures = 0u32;
        let mut wait = Duration::ZERO;
        let mut held = self.now().ok();
        loop {
            actix_web::rt::time::sleep(wait.max(if failures == 0 { Duration::ZERO } else { pause(failures) })).await;
            wait = LOOK;
            match self.renewed(held.as_ref()).await {
                Ok(None) => failures = 0,
                Ok(Some(pair)) => match self.door.take(&pair) {
                    Ok(()) => {
                        failures = 0;
                        tracing::info!("a new certificate is in use");
                        held = Some(pair);
                    }
                    Err(e) => {
                        failures += 1;
                        tracing::warn!(error = %e, "the new certificate cannot be used; the old one stays");
                    }
                },
                Err(e) => {
                    failures += 1;
                    tracing::warn!(error = %e, attempt = failures, "no new certificate; the old one stays");
                }
            }
        }
    }

    /// A certificate that is newer than the one held.
    async fn renewed(&self, held: Option<&Pair>) -> Result<Option<Pair>, TlsError> {
        let found = match &self.tls {
            Tls::Acme { surel, direktori, akar } => match acme::kept(&self.folder, &self.names, unix_now()) {
                Some(pair) if !is_due(&pair) => pair,
                _ => {
                    let order = acme::Order { directory: direktori, email: surel.as_deref(), root: akar.as_deref() };
                    acme::obtain(&order, &self.names, &self.folder, &self.door).await?
                }
            },
            _ => self.now()?,
        };
        Ok((held != Some(&found)).then_some(found))
    }
}

/// After a failure: a minute, then twice as long each time, at most six hours, so that no authority is hammered.
fn pause(failures: u32) -> Duration {
    LOOK.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(Duration::from_secs(6 * 3600))
}

/// Is it time for a new one?
fn is_due(pair: &Pair) -> bool {
    paper(&pair.chain).is_none_or(|paper| due(&paper, unix_now()))
}

/// Thirty days before the end, or in the last third of a life shorter than ninety days.
fn due(paper: &Paper, now: i64) -> bool {
    let margin = (RENEW_DAYS * DAY_S).min((paper.until - paper.from) / 3);
    paper.until - now <= margin
}

/// What the first certificate of a PEM text says; none when it is no certificate.
pub fn paper(pem: &str) -> Option<Paper> {
    let der = CertificateDer::from_pem_slice(pem.as_bytes()).ok()?;
    let (_, certificate) = X509Certificate::from_der(&der).ok()?;
    let names = certificate.subject_alternative_name().ok().flatten();
    let names = names.map(|found| found.value.general_names.iter().filter_map(names::shown).collect()).unwrap_or_default();
    let validity = certificate.validity();
    Some(Paper { from: validity.not_before.timestamp(), until: validity.not_after.timestamp(), names })
}

fn certified(pair: &Pair) -> Result<Arc<CertifiedKey>, TlsError> {
    parsed(pair, |chain, key| CertifiedKey::from_der(chain, key, &aws_lc_rs::default_provider()))
}

fn parsed(
    pair: &Pair,
    join: impl FnOnce(Vec<CertificateDer<'static>>, PrivateKeyDer<'static>) -> Result<CertifiedKey, rustls::Error>,
) -> Result<Arc<CertifiedKey>, TlsError> {
    let made = |e: &dyn std::fmt::Display| TlsError::Made(e.to_string());
    let chain = CertificateDer::pem_slice_iter(pair.chain.as_bytes()).collect::<Result<Vec<_>, _>>().map_err(|e| made(&e))?;
    let key = PrivateKeyDer::from_pem_slice(pair.key.as_bytes()).map_err(|e| made(&e))?;
    join(chain, key).map(Arc::new).map_err(|e| made(&e))
}

/// The hour by the machine: certificates are judged by the clocks of strangers, never by an Instance's.
fn unix_now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// Writes a file so that either the old or the new one is there after a power cut.
fn save(path: &Path, text: &str, mode: u32) -> Result<(), TlsError> {
    let wrong = |e: std::io::Error| TlsError::File { path: path.to_owned(), what: format!("tidak dapat ditulis ({e})") };
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(wrong)?;
    let fresh = path.with_extension("baru");
    if fresh.exists() {
        fs::remove_file(&fresh).map_err(wrong)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(&fresh).map_err(wrong)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(wrong)?;
    fs::rename(&fresh, path).and_then(|()| File::open(folder)?.sync_all()).map_err(wrong)
}

fn read(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()
}

#[cfg(test)]
mod tests;
