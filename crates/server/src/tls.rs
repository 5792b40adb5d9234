use std::{path::Path, sync::Arc};

use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};

use crate::ServeError;

/// A TLS configuration from PEM files: TLS 1.2 and 1.3, no client certificates.
pub(crate) fn config(certificate: &Path, key: &Path) -> Result<ServerConfig, ServeError> {
    let unreadable = |path: &Path, what: String| ServeError::Certificate { path: path.to_owned(), what };
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(|all| all.collect::<Result<Vec<_>, _>>())
        .map_err(|e| unreadable(certificate, e.to_string()))?;
    if chain.is_empty() {
        return Err(unreadable(certificate, "tidak memuat sertifikat".into()));
    }
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|e| unreadable(key, e.to_string()))?;
    ServerConfig::builder_with_provider(Arc::new(rustls::crypto::aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, secret))
        .map_err(|e| unreadable(certificate, e.to_string()))
}
