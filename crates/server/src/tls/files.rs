//! A certificate that somebody else keeps in files, such as the regency's wildcard certificate.

use std::{fs, path::Path};

use super::{Pair, TlsError, certified, paper};

/// The certificate and the key, tried together: a key of another certificate is found here and not by a citizen.
pub(super) fn read(certificate: &Path, key: &Path) -> Result<Pair, TlsError> {
    let text = |path: &Path| {
        fs::read_to_string(path)
            .map_err(|e| TlsError::File { path: path.to_owned(), what: format!("berkas tidak dapat dibaca ({e})") })
    };
    let pair = Pair { chain: text(certificate)?, key: text(key)? };
    if paper(&pair.chain).is_none() {
        return Err(TlsError::File { path: certificate.to_owned(), what: "tidak memuat sertifikat dalam bentuk PEM".into() });
    }
    certified(&pair).map_err(|_| TlsError::File {
        path: key.to_owned(),
        what: "bukan kunci dari sertifikat itu, atau bukan kunci dalam bentuk PEM tanpa sandi".into(),
    })?;
    Ok(pair)
}
