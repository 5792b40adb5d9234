//! The installation's own authority, for a regency whose server has no public name: each phone is taught once to trust it.

use std::path::{Path, PathBuf};

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, NameConstraints, PKCS_ECDSA_P256_SHA256,
};
use rustls::pki_types::{CertificateDer, pem::PemObject};
use time::OffsetDateTime;

use super::{
    DAY_S, Pair, TlsError,
    names::{realm, subtrees},
    paper, read, save,
};

const AUTHORITY_FILE: &str = "otoritas.pem";
const AUTHORITY_KEY: &str = "otoritas-kunci.pem";
const CERTIFICATE: &str = "lokal.pem";
const KEY: &str = "lokal-kunci.pem";
/// Names and networks the authority was made for, one a line: it vouches for no others.
const REALM: &str = "otoritas-nama.txt";

/// Ten years: phones are taught by hand.
const AUTHORITY_DAYS: i64 = 3_650;
/// Phones refuse a certificate of more than 398 days.
const DAYS: i64 = 397;
/// Renewed long before the end, so that a server that was off for a month comes back with a good one.
const RENEW_DAYS: i64 = 60;
/// Clocks of phones go wrong by hours.
const EARLY_S: i64 = DAY_S;

/// The own authority in its folder.
#[derive(Debug, Clone)]
pub struct Authority {
    folder: PathBuf,
    region: String,
}

impl Authority {
    /// The authority of the region that is kept in `folder`.
    pub fn new(folder: &Path, region: &str) -> Self {
        Self { folder: folder.to_owned(), region: region.to_owned() }
    }

    /// Its certificate as PEM, when it was made.
    pub fn pem(&self) -> Option<String> {
        read(&self.folder.join(AUTHORITY_FILE))
    }

    /// Its certificate as phones want it, and the fingerprint people compare; none when it was not made.
    pub fn der(&self) -> Option<Vec<u8>> {
        CertificateDer::from_pem_slice(self.pem()?.as_bytes()).ok().map(|der| der.to_vec())
    }

    /// A certificate for the names: the one that is kept while it is good for long enough, else a new one.
    pub(super) fn certificate(&self, names: &[String], now: i64) -> Result<Pair, TlsError> {
        let (chain, key) = (self.folder.join(CERTIFICATE), self.folder.join(KEY));
        if self.vouches_for(names, now)
            && let (Some(chain), Some(key)) = (read(&chain), read(&key))
            && let Some(found) = paper(&chain)
            && found.until - now > RENEW_DAYS * DAY_S
            && found.from <= now
            && names.iter().all(|name| found.names.contains(&name.to_ascii_lowercase()))
        {
            return Ok(Pair { chain, key });
        }
        let issuer = self.issuer(names, now)?;
        let fresh = KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(made)?;
        let mut params = CertificateParams::new(names.to_vec()).map_err(made)?;
        params.distinguished_name = name(names.first().map_or("praja", String::as_str));
        (params.not_before, params.not_after) = (at(now - EARLY_S)?, at(now + DAYS * DAY_S)?);
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        let certificate = params.signed_by(&fresh, &issuer).map_err(made)?;
        let pair = Pair { chain: certificate.pem(), key: fresh.serialize_pem() };
        // The key goes first: a certificate without its key is no use, and a key without its certificate is made anew.
        save(&key, &pair.key, 0o600)?;
        save(&chain, &pair.chain, 0o644)?;
        Ok(pair)
    }

    /// Is it there, good for longer than a certificate, and made for these names?
    fn vouches_for(&self, names: &[String], now: i64) -> bool {
        let made_for = read(&self.folder.join(REALM)).unwrap_or_default();
        let good = self.pem().and_then(|pem| paper(&pem)).is_some_and(|paper| paper.until - now > DAYS * DAY_S);
        let covers = realm(names).iter().all(|part| made_for.lines().any(|line| line == part));
        good && covers && read(&self.folder.join(AUTHORITY_KEY)).is_some()
    }

    fn issuer(&self, names: &[String], now: i64) -> Result<Issuer<'static, KeyPair>, TlsError> {
        if self.vouches_for(names, now)
            && let (Some(pem), Some(key)) = (self.pem(), read(&self.folder.join(AUTHORITY_KEY)))
        {
            let key = KeyPair::from_pem(&key).map_err(made)?;
            return Issuer::from_ca_cert_pem(&pem, key).map_err(made);
        }
        let (realm, key) = (realm(names), KeyPair::generate_for(&PKCS_ECDSA_P256_SHA256).map_err(made)?);
        let mut params = CertificateParams::default();
        params.distinguished_name = name(&format!("Otoritas sertifikat Praja, {}", self.region));
        (params.not_before, params.not_after) = (at(now - EARLY_S)?, at(now + AUTHORITY_DAYS * DAY_S)?);
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        params.name_constraints = Some(NameConstraints { permitted_subtrees: subtrees(&realm), excluded_subtrees: Vec::new() });
        let certificate = params.self_signed(&key).map_err(made)?;
        save(&self.folder.join(AUTHORITY_KEY), &key.serialize_pem(), 0o600)?;
        save(&self.folder.join(AUTHORITY_FILE), &certificate.pem(), 0o644)?;
        save(&self.folder.join(REALM), &format!("{}\n", realm.join("\n")), 0o644)?;
        Ok(Issuer::new(params, key))
    }
}

fn name(common: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, common.chars().take(64).collect::<String>());
    name.push(DnType::CountryName, "ID");
    name
}

fn at(seconds: i64) -> Result<OffsetDateTime, TlsError> {
    OffsetDateTime::from_unix_timestamp(seconds).map_err(|e| TlsError::Made(e.to_string()))
}

fn made(error: rcgen::Error) -> TlsError {
    TlsError::Made(error.to_string())
}
