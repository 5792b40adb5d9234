//! The signature itself: CMS SignedData (RFC 5652) without the content, with the attributes that PAdES asks for (ETSI EN 319 142-1, level B-B).

use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm};
use rcgen::{KeyPair, SigningKey as _};
use sha2::{Digest, Sha256};
use x509_parser::prelude::{FromDer, X509Certificate};

use super::der::{INTEGER, Node, OCTETS, OID, SEQUENCE, SET, ZERO, group, set, value};

const SIGNED_DATA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
const DATA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01];
const CONTENT_TYPE: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x03];
const MESSAGE_DIGEST: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x04];
const SIGNING_CERTIFICATE_V2: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x10, 0x02, 0x2F];
const SHA256: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
const ECDSA_SHA256: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02];

/// Signs a digest: the DER of a ContentInfo. Nothing when the certificate cannot be read or the key refuses.
pub(super) fn sign(digest: &[u8], certificate: &[u8], issuer: &[u8], key: &KeyPair) -> Option<Vec<u8>> {
    let (_, read) = X509Certificate::from_der(certificate).ok()?;
    let sha256 = group(SEQUENCE, &[value(OID, SHA256)]);
    // No signing-time: PAdES takes the time from /M, and two times could differ.
    let proof = group(SEQUENCE, &[value(OCTETS, &Sha256::digest(certificate))]);
    let attributes = set(vec![
        attribute(CONTENT_TYPE, value(OID, DATA)),
        attribute(MESSAGE_DIGEST, value(OCTETS, digest)),
        attribute(SIGNING_CERTIFICATE_V2, group(SEQUENCE, &[group(SEQUENCE, &[proof])])),
    ]);
    let signature = key.sign(&attributes).ok()?;
    let mut tagged = attributes;
    tagged[0] = ZERO;
    let whose =
        group(SEQUENCE, &[read.tbs_certificate.issuer.as_raw().to_vec(), value(INTEGER, read.tbs_certificate.raw_serial())]);
    let signer = group(
        SEQUENCE,
        &[
            value(INTEGER, &[1]),
            whose,
            sha256.clone(),
            tagged,
            group(SEQUENCE, &[value(OID, ECDSA_SHA256)]),
            value(OCTETS, &signature),
        ],
    );
    let signed = group(
        SEQUENCE,
        &[
            value(INTEGER, &[1]),
            group(SET, &[sha256]),
            group(SEQUENCE, &[value(OID, DATA)]),
            group(ZERO, &[certificate.to_vec(), issuer.to_vec()]),
            group(SET, &[signer]),
        ],
    );
    Some(group(SEQUENCE, &[value(OID, SIGNED_DATA), group(ZERO, &[signed])]))
}

fn attribute(name: &[u8], content: Vec<u8>) -> Vec<u8> {
    group(SEQUENCE, &[value(OID, name), group(SET, &[content])])
}

/// What a signature says of itself once it fits the digest.
pub(super) struct Checked {
    /// The common name in the signer's certificate.
    pub(super) name: String,
    /// The signer's certificate and those that came with it.
    pub(super) certificates: Vec<Vec<u8>>,
}

/// Reads a signature and checks it against the digest of what it should cover. Nothing when it is of another kind or does not fit.
pub(super) fn check(cms: &[u8], digest: &[u8]) -> Option<Checked> {
    let (info, _) = Node::read(cms)?;
    let parts = info.inside()?;
    let [kind, wrapped] = parts.as_slice() else { return None };
    let signed = wrapped.inside()?.into_iter().next().filter(|_| kind.content == SIGNED_DATA)?.inside()?;
    let certificates: Vec<Vec<u8>> =
        signed.iter().find(|node| node.tag == ZERO)?.inside()?.into_iter().map(|node| node.whole.to_vec()).collect();
    let signers = signed.last()?.inside()?;
    // One signature holds one signer; several signers each have a signature of their own.
    let [signer] = signers.as_slice() else { return None };
    let fields = signer.inside()?;
    let [_, whose, _, attributes, _, signature, ..] = fields.as_slice() else { return None };
    let certificate = certificates.iter().find(|one| is_whose(one, whose))?;
    let pairs = attributes.inside()?;
    let said = |name: &[u8]| attribute_value(&pairs, name);
    if said(CONTENT_TYPE)?.content != DATA || said(MESSAGE_DIGEST)?.content != digest {
        return None;
    }
    let named = said(SIGNING_CERTIFICATE_V2)?.inside()?.first()?.inside()?.first()?.inside()?;
    let hash = named.iter().find(|node| node.tag == OCTETS)?;
    if hash.content != Sha256::digest(certificate).as_slice() {
        return None;
    }
    let mut covered = attributes.whole.to_vec();
    covered[0] = SET;
    let (_, read) = X509Certificate::from_der(certificate).ok()?;
    verify(&read, &covered, signature.content).then(|| Checked {
        name: read.subject().iter_common_name().filter_map(|name| name.as_str().ok()).collect::<Vec<_>>().join(" "),
        certificates: std::iter::once(certificate.clone())
            .chain(certificates.iter().filter(|one| *one != certificate).cloned())
            .collect(),
    })
}

fn is_whose(certificate: &[u8], whose: &Node<'_>) -> bool {
    let fits = || {
        let (_, read) = X509Certificate::from_der(certificate).ok()?;
        let parts = whose.inside()?;
        let [issuer, serial] = parts.as_slice() else { return None };
        Some(issuer.whole == read.tbs_certificate.issuer.as_raw() && serial.content == read.tbs_certificate.raw_serial())
    };
    fits().unwrap_or(false)
}

fn attribute_value<'b>(pairs: &[Node<'b>], name: &[u8]) -> Option<Node<'b>> {
    let mut found = pairs.iter().filter_map(|pair| {
        let parts = pair.inside()?;
        let [key, values] = parts.as_slice() else { return None };
        values.inside()?.into_iter().next().filter(|_| key.content == name)
    });
    // Said twice it could be read in two ways.
    found.next().filter(|_| found.next().is_none())
}

/// Was this certificate issued by that one?
pub(super) fn is_issued_by(certificate: &[u8], issuer: &[u8]) -> bool {
    let (Ok((_, certificate)), Ok((_, issuer))) = (X509Certificate::from_der(certificate), X509Certificate::from_der(issuer))
    else {
        return false;
    };
    certificate.issuer().as_raw() == issuer.subject().as_raw()
        && issuer.is_ca()
        && verify(&issuer, certificate.tbs_certificate.as_ref(), &certificate.signature_value.data)
}

/// ECDSA on P-256, or RSA from 2,048 bits, both with SHA-256: what our own signer and BSrE use.
fn verify(by: &X509Certificate<'_>, message: &[u8], signature: &[u8]) -> bool {
    let key = by.public_key();
    let algorithm: &'static dyn VerificationAlgorithm = if key.algorithm.algorithm.to_id_string() == "1.2.840.113549.1.1.1" {
        &RSA_PKCS1_2048_8192_SHA256
    } else {
        &ECDSA_P256_SHA256_ASN1
    };
    UnparsedPublicKey::new(algorithm, &key.subject_public_key.data).verify(message, signature).is_ok()
}
