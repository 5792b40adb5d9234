//! Anchors: the heads of all chains, signed and carried out of the building, so that even who holds the database and the program
//! cannot rewrite yesterday unnoticed.

use std::{fmt::Write, str::FromStr};

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use praja_kernel::Moment;

use crate::{Result, Tx, audit::unhex, migrate::hex};

const TITLE: &str = "PRAJA-JANGKAR 1";

/// The last row of one chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The chain.
    pub rantai: String,
    /// Its last row.
    pub urut: i64,
    /// That row's hash, in hexadecimal.
    pub sidik: String,
    /// The OPD's name, so that a finding can name it even from a ruined database.
    pub nama: String,
}

/// The heads of all chains at one moment, with a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The Instance.
    pub instansi: String,
    /// When it was taken.
    pub pada: Moment,
    /// One per chain, sorted by chain.
    pub heads: Vec<Head>,
    /// The Ed25519 public key, in hexadecimal.
    pub kunci: String,
    tanda: String,
}

/// Why a text is no anchor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnchorError {
    /// The text is cut or is something else.
    #[error("berkas jangkar tidak terbaca pada baris {line}; gunakan berkas yang disimpan saat jangkar dibuat")]
    Unreadable {
        /// Line number, from 1.
        line: usize,
    },
    /// The signature does not fit the text.
    #[error("tanda tangan jangkar tidak cocok dengan isinya: berkas ini sudah diubah")]
    BadSignature,
}

impl Anchor {
    /// Reads the heads of all chains and signs them. `name_of` gives the OPD's name for a chain.
    pub fn take(
        tx: &mut Tx<'_>,
        instansi: &str,
        pada: Moment,
        key: &SigningKey,
        name_of: impl Fn(&str) -> String,
    ) -> Result<Self> {
        let heads = heads(tx)?
            .into_iter()
            .map(|(rantai, urut, sidik)| {
                let nama = name_of(&rantai).replace(['\n', '\r'], " ");
                Head { rantai, urut, sidik, nama }
            })
            .collect();
        let kunci = hex(key.verifying_key().as_bytes());
        let mut anchor = Self { instansi: instansi.to_owned(), pada, heads, kunci, tanda: String::new() };
        anchor.tanda = sign(key, &anchor.body());
        Ok(anchor)
    }

    /// The signed text: a title, facts, a line per chain, and the signature.
    pub fn text(&self) -> String {
        format!("{}tanda {}\n", self.body(), self.tanda)
    }

    /// One short line for a QR code: instance, time and a hash over everything.
    pub fn summary(&self) -> String {
        use sha2::{Digest, Sha256};
        format!("PRAJA-JANGKAR/{}/{}/{}", self.instansi, self.pada.0, hex(&Sha256::digest(self.body().as_bytes())))
    }

    fn body(&self) -> String {
        let mut body = format!("{TITLE}\ninstansi {}\npada {}\nkunci {}\n", self.instansi, self.pada.0, self.kunci);
        for head in &self.heads {
            let _ = writeln!(body, "rantai {} {} {} {}", head.rantai, head.urut, head.sidik, head.nama);
        }
        body
    }

    fn signature_holds(&self) -> bool {
        signature_holds(&self.kunci, &self.body(), &self.tanda)
    }
}

/// Signs a text with the Instance's key, in hexadecimal. The text begins with what it is, so that no signature serves for another kind.
pub fn sign(key: &SigningKey, text: &str) -> String {
    hex(&key.sign(text.as_bytes()).to_bytes())
}

/// Does `tanda` fit `text` under the public key `kunci`? Both in hexadecimal, as [`sign`] writes it: with large letters it would mean the
/// same, and a byte that was changed would go unnoticed.
pub fn signature_holds(kunci: &str, text: &str, tanda: &str) -> bool {
    let written = |text: &str| unhex(text).ok().filter(|bytes| hex(bytes) == text);
    let key = written(kunci).and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    let signature = written(tanda).and_then(|bytes| Signature::from_slice(&bytes).ok());
    match (key.and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok()), signature) {
        (Some(key), Some(signature)) => key.verify_strict(text.as_bytes(), &signature).is_ok(),
        _ => false,
    }
}

impl FromStr for Anchor {
    type Err = AnchorError;

    fn from_str(text: &str) -> Result<Self, AnchorError> {
        let mut lines = text.lines().enumerate();
        let mut fact = |word: &str| {
            let (index, line) = lines.next().ok_or(AnchorError::Unreadable { line: 0 })?;
            let value =
                if word.is_empty() { Some(line) } else { line.strip_prefix(word).and_then(|rest| rest.strip_prefix(' ')) };
            value.map(ToOwned::to_owned).ok_or(AnchorError::Unreadable { line: index + 1 })
        };
        if fact("")? != TITLE {
            return Err(AnchorError::Unreadable { line: 1 });
        }
        let instansi = fact("instansi")?;
        let pada = Moment(fact("pada")?.parse().map_err(|_| AnchorError::Unreadable { line: 3 })?);
        let kunci = fact("kunci")?;
        let mut anchor = Self { instansi, pada, heads: Vec::new(), kunci, tanda: String::new() };
        for (index, line) in lines {
            let unreadable = AnchorError::Unreadable { line: index + 1 };
            match line.splitn(5, ' ').collect::<Vec<_>>().as_slice() {
                ["rantai", rantai, urut, sidik, nama] => anchor.heads.push(Head {
                    rantai: (*rantai).to_owned(),
                    urut: urut.parse().map_err(|_| unreadable)?,
                    sidik: (*sidik).to_owned(),
                    nama: (*nama).to_owned(),
                }),
                ["tanda", tanda] => anchor.tanda = (*tanda).to_owned(),
                _ => return Err(unreadable),
            }
        }
        if anchor.signature_holds() { Ok(anchor) } else { Err(AnchorError::BadSignature) }
    }
}

/// Chain, last row, its hash. One index step per chain, however long the chains are.
pub(crate) fn heads(tx: &mut Tx<'_>) -> Result<Vec<(String, i64, String)>> {
    let mut all = Vec::new();
    let mut after = String::new();
    while let Some(head) = tx.opt(
        "SELECT a.rantai, a.urut, a.sidik FROM store_audit a
         WHERE a.rantai = (SELECT MIN(b.rantai) FROM store_audit b WHERE b.rantai > ?1) ORDER BY a.rantai DESC, a.urut DESC LIMIT 1",
        crate::params![&after],
        |row| Ok((row.get::<String>(0)?, row.get::<i64>(1)?, hex(&row.get::<Vec<u8>>(2)?))),
    )? {
        after.clone_from(&head.0);
        all.push(head);
    }
    Ok(all)
}
