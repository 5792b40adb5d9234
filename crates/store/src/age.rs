//! The file format of age (age-encryption.org/v1) for X25519 recipients: whoever has the key opens the file with `age`, too.
//!
//! Only what a backup needs: no passphrases, no armour, no SSH keys. docs/adr/0025 tells why it is written here.

use std::io::{self, BufRead, Read, Write};

use base64::{Engine as _, prelude::BASE64_STANDARD_NO_PAD as BASE64};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce, aead::Aead};
use curve25519_dalek::MontgomeryPoint;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::seal::{Piece, SealReader, SealWriter};

const VERSION: &str = "age-encryption.org/v1";
const X25519: &str = "X25519";
const WRAPS: &[u8] = b"age-encryption.org/v1/X25519";
/// A line of a body; a shorter one ends it.
const COLUMNS: usize = 64;
const FILE_KEY: usize = 16;
/// More than any header of ours; a file that is no age file does not fill the memory.
const HEADER_LIMIT: u64 = 64 * 1024;

type Key = Zeroizing<[u8; 32]>;

/// The secret that opens.
pub(crate) struct Identity(Key);

/// The public half, to which is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recipient([u8; 32]);

impl Identity {
    pub(crate) fn of(secret: Key) -> Self {
        Self(secret)
    }

    pub(crate) fn recipient(&self) -> Recipient {
        Recipient(MontgomeryPoint::mul_base_clamped(*self.0).to_bytes())
    }

    /// As the program `age` takes it.
    pub(crate) fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(bech32("age-secret-key-", &self.0[..]).to_uppercase())
    }

    fn unwrap(&self, share: &[u8; 32], body: &[u8]) -> Option<Zeroizing<[u8; FILE_KEY]>> {
        let shared = agreed(MontgomeryPoint(*share), &self.0)?;
        let key = wrapping(share, &self.recipient().0, &shared);
        let plain = ChaCha20Poly1305::new((&*key).into()).decrypt(&Nonce::default(), body).ok()?;
        <[u8; FILE_KEY]>::try_from(plain).ok().map(Zeroizing::new)
    }
}

impl Recipient {
    pub(crate) fn of(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(crate) const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    fn wrap(&self, file_key: &[u8; FILE_KEY]) -> io::Result<String> {
        let ephemeral = random::<32>()?;
        let share = MontgomeryPoint::mul_base_clamped(*ephemeral).to_bytes();
        let shared = agreed(MontgomeryPoint(self.0), &ephemeral).ok_or_else(|| io::Error::other("a weak recipient"))?;
        let key = wrapping(&share, &self.0, &shared);
        let sealed = ChaCha20Poly1305::new((&*key).into()).encrypt(&Nonce::default(), &file_key[..]);
        let body = BASE64.encode(sealed.map_err(|_| io::Error::other("sealing failed"))?);
        Ok(format!("-> {X25519} {}\n{body}\n", BASE64.encode(share)))
    }
}

/// A point of low order would make a secret that everybody knows.
fn agreed(point: MontgomeryPoint, secret: &[u8; 32]) -> Option<Key> {
    let shared = Zeroizing::new(point.mul_clamped(*secret).to_bytes());
    (*shared != [0; 32]).then_some(shared)
}

fn wrapping(share: &[u8; 32], recipient: &[u8; 32], shared: &[u8; 32]) -> Key {
    hkdf(shared, &[&share[..], &recipient[..]].concat(), WRAPS)
}

/// HKDF-SHA-256 for the 32 bytes that age always asks for.
fn hkdf(secret: &[u8], salt: &[u8], info: &[u8]) -> Key {
    let extracted = Zeroizing::new(hmac(salt, &[secret]));
    Zeroizing::new(hmac(&extracted[..], &[info, &[1]]))
}

fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    parts.iter().for_each(|part| mac.update(part));
    mac.finalize().into_bytes().into()
}

fn random<const N: usize>() -> io::Result<Zeroizing<[u8; N]>> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(&mut bytes[..]).map_err(io::Error::other)?;
    Ok(bytes)
}

/// Writes the header for `recipients`; what is then written can be read by each of them. Call [`SealWriter::finish`] at the end.
pub(crate) fn seal<W: Write>(mut out: W, recipients: &[Recipient]) -> io::Result<SealWriter<W>> {
    let file_key = random::<FILE_KEY>()?;
    let mut header = format!("{VERSION}\n");
    for recipient in recipients {
        header.push_str(&recipient.wrap(&file_key)?);
    }
    header.push_str("---");
    let mac = hmac(&hkdf(&file_key[..], &[], b"header")[..], &[header.as_bytes()]);
    writeln!(out, "{header} {}", BASE64.encode(mac))?;
    let nonce = random::<16>()?;
    out.write_all(&nonce[..])?;
    Ok(SealWriter::over(out, pieces(&file_key, &nonce, true)))
}

/// Reads what was sealed to `identity`. `None` when it was sealed to others only.
pub(crate) fn open<R: BufRead>(mut input: R, identity: &Identity) -> io::Result<Option<SealReader<R>>> {
    let broken = || io::Error::new(io::ErrorKind::InvalidData, "the header is no header of age");
    let mut header = String::new();
    let mut line = String::new();
    let mut file_key = None;
    let mut next = |line: &mut String, header: &mut String| -> io::Result<()> {
        line.clear();
        (&mut input).take(HEADER_LIMIT).read_line(line)?;
        header.push_str(line);
        if !line.ends_with('\n') || header.len() as u64 > HEADER_LIMIT {
            return Err(broken());
        }
        line.pop();
        Ok(())
    };
    next(&mut line, &mut header)?;
    if line != VERSION {
        return Err(broken());
    }
    next(&mut line, &mut header)?;
    while let Some(stanza) = line.strip_prefix("-> ") {
        let words: Vec<String> = stanza.split(' ').map(str::to_owned).collect();
        let mut body = Vec::new();
        loop {
            next(&mut line, &mut header)?;
            body.extend(BASE64.decode(&line).map_err(|_| broken())?);
            if line.len() < COLUMNS {
                break;
            }
        }
        if let ([kind, share], true) = (&words[..], file_key.is_none())
            && kind == X25519
        {
            let share = BASE64.decode(share).ok().and_then(|share| <[u8; 32]>::try_from(share).ok()).ok_or_else(broken)?;
            file_key = identity.unwrap(&share, &body);
        }
        next(&mut line, &mut header)?;
    }
    let mac = line.strip_prefix("--- ").and_then(|mac| BASE64.decode(mac).ok()).ok_or_else(broken)?;
    let Some(file_key) = file_key else { return Ok(None) };
    let signed = header.len() - line.len() - 1 + "---".len();
    let mut told = Hmac::<Sha256>::new_from_slice(&hkdf(&file_key[..], &[], b"header")[..]).map_err(io::Error::other)?;
    told.update(&header.as_bytes()[..signed]);
    told.verify_slice(&mac).map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "the header was changed"))?;
    let mut nonce = [0; 16];
    input.read_exact(&mut nonce)?;
    SealReader::over(input, pieces(&file_key, &nonce, false)).map(Some)
}

/// Seals or opens the pieces of the payload, one after the other.
fn pieces(file_key: &[u8; FILE_KEY], nonce: &[u8; 16], seals: bool) -> Piece {
    let cipher = ChaCha20Poly1305::new((&*hkdf(file_key, nonce, b"payload")).into());
    let mut count = 0_u64;
    Box::new(move |piece, last| {
        let mut nonce = [0; 12];
        nonce[3..11].copy_from_slice(&count.to_be_bytes());
        nonce[11] = u8::from(last);
        count += 1;
        let nonce = Nonce::from(nonce);
        if seals { cipher.encrypt(&nonce, piece) } else { cipher.decrypt(&nonce, piece) }.ok()
    })
}

/// Bech32 (BIP 173), in small letters.
fn bech32(lead: &str, bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    let mut values: Vec<u8> = Vec::new();
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            values.push((held >> bits & 31) as u8);
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        values.push((held << (5 - bits) & 31) as u8);
    }
    let high = lead.bytes().map(|letter| letter >> 5);
    let low = lead.bytes().map(|letter| letter & 31);
    let whole: Vec<u8> = high.chain([0]).chain(low).chain(values.iter().copied()).chain([0; 6]).collect();
    let check = polymod(&whole) ^ 1;
    let sum = (0..6).map(|place| (check >> (5 * (5 - place)) & 31) as u8);
    let letters = values.iter().copied().chain(sum).map(|value| char::from(LETTERS[usize::from(value)]));
    format!("{lead}1{}", letters.collect::<String>())
}

fn polymod(values: &[u8]) -> u32 {
    const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    values.iter().fold(1, |check, value| {
        let top = check >> 25;
        let next = (check & 0x01ff_ffff) << 5 ^ u32::from(*value);
        GENERATOR.iter().enumerate().filter(|(bit, _)| top >> bit & 1 == 1).fold(next, |next, (_, one)| next ^ one)
    })
}

#[cfg(test)]
mod tests;
