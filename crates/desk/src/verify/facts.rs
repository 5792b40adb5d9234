//! The facts of a document as they are signed: a text that any program can check with the public key, without asking this box.

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use praja_kernel::Date;
use sha2::{Digest, Sha256};

use super::code::{decode, encode};

/// The first line of what is signed; a later form gets another number.
const TITLE: &str = "PRAJA-FAKTA 1";
/// The form's number in the address.
const FORM: &str = "1";

/// What the code on paper says by itself. Never the subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The regency; begins with LATIHAN when a training box signed.
    pub daerah: String,
    /// The token.
    pub token: String,
    /// Number of the document.
    pub nomor: String,
    /// Its date.
    pub tanggal: Date,
    /// Its kind.
    pub jenis: String,
    /// Who signed, with the post.
    pub penandatangan: String,
}

/// A public key with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    /// The first eight bytes of the key's SHA-256, in hexadecimal.
    pub id: String,
    /// The Ed25519 public key, in hexadecimal.
    pub kunci: String,
}

/// Why a text proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unproven {
    /// It is cut, or is something else.
    #[error("Teks ini bukan fakta verifikasi, atau terpotong.")]
    Unreadable,
    /// It names a key that is not among ours.
    #[error("Kunci yang disebut bukan kunci daerah ini.")]
    UnknownKey,
    /// The signature does not fit the facts.
    #[error("Tanda tangan tidak cocok dengan isinya.")]
    BadSignature,
}

/// Signs facts.
#[derive(Clone)]
pub(super) struct Signer {
    key: SigningKey,
    id: String,
}

impl Signer {
    pub(super) fn new(key: SigningKey) -> Self {
        let id = key_id(key.verifying_key().as_bytes());
        Self { key, id }
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn public(&self) -> String {
        hex(self.key.verifying_key().as_bytes())
    }

    /// `1.<key>.<facts>.<signature>`: what stands behind `#` in the address.
    pub(super) fn prove(&self, facts: &Facts) -> String {
        let body = facts.body();
        let signature = self.key.sign(signed_text(&body).as_bytes());
        format!("{FORM}.{}.{}.{}", self.id, encode(body.as_bytes()), encode(&signature.to_bytes()))
    }
}

impl Facts {
    /// One fact per line.
    fn body(&self) -> String {
        let lines = [&self.daerah, &self.token, &self.nomor, &self.tanggal.to_string(), &self.jenis, &self.penandatangan];
        lines.map(|line| line.replace(['\n', '\r'], " ")).join("\n")
    }

    fn read(body: &str) -> Option<Self> {
        let lines: Vec<&str> = body.split('\n').collect();
        let [daerah, token, nomor, tanggal, jenis, penandatangan] = lines.as_slice() else { return None };
        Some(Self {
            daerah: (*daerah).to_owned(),
            token: (*token).to_owned(),
            nomor: (*nomor).to_owned(),
            tanggal: tanggal.parse().ok()?,
            jenis: (*jenis).to_owned(),
            penandatangan: (*penandatangan).to_owned(),
        })
    }
}

/// The facts in what stands behind `#` of an address, when one of `keys` signed them.
///
/// # Errors
/// [`Unproven`] says why they prove nothing.
pub fn check(text: &str, keys: &[PublicKey]) -> Result<Facts, Unproven> {
    let proof = text.trim().rsplit('#').next().unwrap_or_default();
    let parts: Vec<&str> = proof.split('.').collect();
    let [FORM, id, facts, signature] = parts.as_slice() else { return Err(Unproven::Unreadable) };
    let body = decode(facts).and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(Unproven::Unreadable)?;
    let read = Facts::read(&body).ok_or(Unproven::Unreadable)?;
    let signature = decode(signature).and_then(|bytes| Signature::from_slice(&bytes).ok()).ok_or(Unproven::Unreadable)?;
    let key = keys.iter().find(|key| key.id == *id).and_then(|key| verifying(&key.kunci)).ok_or(Unproven::UnknownKey)?;
    key.verify_strict(signed_text(&body).as_bytes(), &signature).map_err(|_| Unproven::BadSignature)?;
    Ok(read)
}

fn signed_text(body: &str) -> String {
    format!("{TITLE}\n{body}")
}

pub(super) fn key_id(key: &[u8; 32]) -> String {
    hex(&Sha256::digest(key)[..8])
}

pub(super) fn verifying(text: &str) -> Option<VerifyingKey> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let bytes: Option<Vec<u8>> = pairs.iter().map(|[high, low]| Some((digit(*high)? << 4) | digit(*low)?)).collect();
    let bytes = <[u8; 32]>::try_from(bytes.filter(|_| rest.is_empty())?).ok()?;
    VerifyingKey::from_bytes(&bytes).ok()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signer(seed: u8) -> Signer {
        Signer::new(SigningKey::from_bytes(&[seed; 32]))
    }

    fn key(signer: &Signer) -> PublicKey {
        PublicKey { id: signer.id().into(), kunci: signer.public() }
    }

    fn facts() -> Facts {
        Facts {
            daerah: "Kabupaten Uji".into(),
            token: "0".repeat(26),
            nomor: "000.8.3.3/15/OR".into(),
            tanggal: Date::constant(2026, 11, 22),
            jenis: "Surat Tugas".into(),
            penandatangan: "Siti Uji, Kepala Dinas Uji".into(),
        }
    }

    #[test]
    fn signed_facts_are_proven_by_their_key_alone() {
        let (ours, others) = (signer(1), signer(2));
        let proof = ours.prove(&facts());
        let address = format!("https://uji.example/v/{}#{proof}", facts().token);
        assert_eq!(check(&address, &[key(&others), key(&ours)]), Ok(facts()));
        assert_eq!(check(&proof, &[key(&others)]), Err(Unproven::UnknownKey));
        let forged = PublicKey { id: ours.id().into(), kunci: others.public() };
        assert_eq!(check(&proof, &[forged]), Err(Unproven::BadSignature));
    }

    #[test]
    fn a_changed_letter_proves_nothing() {
        let ours = signer(1);
        let parts: Vec<String> = ours.prove(&facts()).split('.').map(str::to_owned).collect();
        let other = Facts { nomor: "000.8.3.3/16/OR".into(), ..facts() };
        let changed = [&parts[0], &parts[1], &encode(other.body().as_bytes()), &parts[3]].map(String::as_str).join(".");
        assert_eq!(check(&changed, &[key(&ours)]), Err(Unproven::BadSignature));
        for cut in ["", "1", "1.a.b.c", "2.a.b.c", &parts[..3].join(".")] {
            assert_eq!(check(cut, &[key(&ours)]), Err(Unproven::Unreadable), "{cut}");
        }
    }

    #[test]
    fn a_line_break_in_a_number_cannot_shift_the_facts() {
        let ours = signer(1);
        let sly = Facts { nomor: "1\n2026-01-01\nPerda".into(), ..facts() };
        let read = check(&ours.prove(&sly), &[key(&ours)]).unwrap();
        assert_eq!((read.nomor.as_str(), read.jenis.as_str()), ("1 2026-01-01 Perda", "Surat Tugas"));
    }

    /// The bytes of ADR 0021, so that no later release signs another text by accident.
    #[test]
    fn the_signed_form_is_the_one_that_was_written_down() {
        let text = signed_text(&facts().body());
        assert_eq!(
            text,
            "PRAJA-FAKTA 1\nKabupaten Uji\n00000000000000000000000000\n000.8.3.3/15/OR\n2026-11-22\nSurat Tugas\nSiti Uji, Kepala Dinas Uji"
        );
        assert_eq!(signer(1).id(), "34750f98bd59fcfc");
    }
}
