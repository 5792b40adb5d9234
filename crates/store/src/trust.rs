//! Whom the program trusts on an encrypted line: the certificates of a file, or those of this machine. TLS 1.2 and 1.3 by rustls.

use std::{path::Path, sync::Arc};

use rustls::{
    ClientConfig, ConfigBuilder, DigitallySignedStruct, DistinguishedName, Error, RootCertStore, SignatureScheme, WantsVerifier,
    client::{
        WebPkiServerVerifier,
        danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    },
    crypto::{CryptoProvider, aws_lc_rs},
    pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject},
};

/// How far a certificate is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Check {
    /// Not at all: the line is encrypted, and nobody knows to whom.
    Nothing,
    /// Signed by one who is trusted, for whichever name.
    Issuer,
    /// Signed by one who is trusted, for the name that was called.
    IssuerAndName,
}

/// Trusted certificates: those in the PEM file, or those of this machine. Why not, in words, otherwise.
pub(crate) fn roots(file: Option<&Path>) -> Result<RootCertStore, String> {
    let mut store = RootCertStore::empty();
    match file {
        Some(path) => {
            for certificate in CertificateDer::pem_file_iter(path).map_err(|e| e.to_string())? {
                store.add(certificate.map_err(|e| e.to_string())?).map_err(|e| e.to_string())?;
            }
        }
        None => {
            store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    if store.is_empty() { Err("no certificate in it".into()) } else { Ok(store) }
}

/// A client's side of TLS that trusts the certificates of a PEM file, or those of this machine.
///
/// # Errors
/// In words, when there is no certificate to trust.
pub fn tls_client(root: Option<&Path>) -> Result<ClientConfig, String> {
    client(roots(root)?, Check::IssuerAndName).map_err(|e| e.to_string())
}

/// A client's side of TLS.
pub(crate) fn client(roots: RootCertStore, check: Check) -> Result<ClientConfig, Error> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let begin = || -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, Error> {
        ClientConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions()
    };
    if check == Check::IssuerAndName {
        return Ok(begin()?.with_root_certificates(roots).with_no_client_auth());
    }
    let chain = match check {
        Check::Nothing => None,
        _ => Some(
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone())
                .build()
                .map_err(|e| Error::General(e.to_string()))?,
        ),
    };
    let lenient = Arc::new(Lenient { chain, provider: provider.clone() });
    Ok(begin()?.dangerous().with_custom_certificate_verifier(lenient).with_no_client_auth())
}

/// Looks at less than a browser would. That the other side holds the certificate's key is checked all the same.
#[derive(Debug)]
struct Lenient {
    chain: Option<Arc<WebPkiServerVerifier>>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Lenient {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        use rustls::CertificateError::{NotValidForName, NotValidForNameContext};
        let Some(chain) = &self.chain else { return Ok(ServerCertVerified::assertion()) };
        match chain.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
            // The name is looked at last: all else was in order.
            Err(Error::InvalidCertificate(NotValidForName | NotValidForNameContext { .. })) => {
                Ok(ServerCertVerified::assertion())
            }
            other => other,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        rustls::crypto::verify_tls12_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        rustls::crypto::verify_tls13_signature(message, cert, dss, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }

    fn root_hint_subjects(&self) -> Option<&[DistinguishedName]> {
        None
    }
}

/// The TLS failure inside an error, however deep: rustls puts it into an `io::Error`, others around that.
pub(crate) fn tls_failure<'a>(error: &'a (dyn std::error::Error + 'static)) -> Option<&'a Error> {
    let mut next = Some(error);
    while let Some(here) = next {
        if let Some(found) = here.downcast_ref::<Error>() {
            return Some(found);
        }
        // An io::Error that carries another gives as its source what that one's source is: look at the one it carries.
        let carried = here.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        next = match carried {
            Some(inner) => Some(inner as &(dyn std::error::Error + 'static)),
            None => here.source(),
        };
    }
    None
}
