//! The Instance's keys, kept outside the database, and the recovery key on paper that brings them back.
//!
//! One master key of 32 bytes; everything else is derived from it. The file also holds the master wrapped by the recovery key, and
//! every backup carries that wrapped copy: whoever has a backup and the recovery sheet has everything, whoever lacks the sheet has
//! nothing.

use std::{fmt, path::Path, str::FromStr};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{
    KeyTrouble, Result, StoreError,
    age::{Identity, Recipient},
    audit::unhex,
    migrate::hex,
};

/// Name of the key file in the folder of keys.
pub const KEY_FILE: &str = "instansi.kunci";

type Key = Zeroizing<[u8; 32]>;

/// The Instance's keys.
#[derive(Clone)]
pub struct Keyring {
    id: String,
    master: Key,
    /// The master wrapped by the recovery key.
    wrapped: Vec<u8>,
    /// To which a backup is sealed so that the sheet alone opens it, with the program `age`; unknown of keys older than that.
    sheet: Option<Recipient>,
}

/// The key on the recovery sheet.
#[derive(Clone)]
pub struct RecoveryKey(Key);

#[derive(Serialize, Deserialize)]
struct KeyFile {
    versi: u32,
    id: String,
    induk: String,
    pemulihan: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    penerima: Option<String>,
}

/// Why a typed recovery key is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRecoveryKey {
    /// Letters are missing or too many.
    #[error("kunci pemulihan harus 56 huruf dan angka (14 kelompok berisi 4); yang diketik berisi {0}")]
    Length(usize),
    /// A letter that is not in the alphabet.
    #[error("huruf '{0}' tidak dipakai dalam kunci pemulihan; periksa kembali lembar pemulihan")]
    Letter(char),
    /// A letter was mistyped.
    #[error("kunci pemulihan salah ketik: angka pemeriksanya tidak cocok; periksa kembali lembar pemulihan")]
    Checksum,
}

impl Keyring {
    /// Draws fresh keys and the recovery key that goes on paper and nowhere else.
    pub fn create() -> Result<(Self, RecoveryKey)> {
        Self::with_new_sheet(random()?)
    }

    /// The same keys with another recovery key, because the sheet was lost or seen: it opens the backups made from now on.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] without randomness.
    pub fn renewed_sheet(&self) -> Result<(Self, RecoveryKey)> {
        Self::with_new_sheet(self.master.clone())
    }

    fn with_new_sheet(master: Key) -> Result<(Self, RecoveryKey)> {
        let recovery = RecoveryKey(random()?);
        let wrapped = wrap(&recovery.0, b"praja-master", &master[..])?;
        let sheet = Some(recovery.identity().recipient());
        Ok((Self { id: id_of(&master), master, wrapped, sheet }, recovery))
    }

    /// Reads the key file of `folder`.
    pub fn load(folder: &Path) -> Result<Self> {
        let path = folder.join(KEY_FILE);
        let text = std::fs::read_to_string(&path).map_err(|e| KeyTrouble::Unreadable { path: path.clone(), kind: e.kind() })?;
        let text = Zeroizing::new(text);
        let damaged = |said: String| KeyTrouble::Damaged { path: path.clone(), said };
        let file: KeyFile = serde_json::from_str(&text).map_err(|e| damaged(e.to_string()))?;
        let bytes = |hex: &str| unhex(hex).map_err(|e| damaged(e.to_string()));
        let master = to_key(&bytes(&file.induk)?).map_err(|e| damaged(e.to_string()))?;
        let found = id_of(&master);
        if found != file.id {
            return Err(damaged(format!("the key is not the one named {}", file.id)).into());
        }
        let sheet = match &file.penerima {
            Some(text) => Some(Recipient::of(*to_key(&bytes(text)?).map_err(|e| damaged(e.to_string()))?)),
            None => None,
        };
        Ok(Self { wrapped: bytes(&file.pemulihan)?, id: file.id, master, sheet })
    }

    /// Writes the key file, readable by its owner only, and waits until it is on disk. Never overwrites one.
    pub fn save(&self, folder: &Path) -> Result<()> {
        // A link appears whole or not at all, and never in the place of another file.
        self.write(folder, |draft, path| std::fs::hard_link(draft, path).and_then(|()| std::fs::remove_file(draft)))
    }

    /// Writes the key file in the place of the one with the same keys and another sheet.
    ///
    /// # Errors
    /// [`KeyTrouble::Other`] when other keys stand there.
    pub fn save_renewed(&self, folder: &Path) -> Result<()> {
        if Self::load(folder)?.id != self.id {
            return Err(KeyTrouble::Other.into());
        }
        self.write(folder, |draft, path| std::fs::rename(draft, path))
    }

    fn write(&self, folder: &Path, place: impl Fn(&Path, &Path) -> std::io::Result<()>) -> Result<()> {
        use std::{io::Write, os::unix::fs::OpenOptionsExt};
        let file = KeyFile {
            versi: 1,
            id: self.id.clone(),
            induk: hex(&self.master[..]),
            pemulihan: hex(&self.wrapped),
            penerima: self.sheet.as_ref().map(|sheet| hex(sheet.bytes())),
        };
        let text = Zeroizing::new(serde_json::to_string(&file).map_err(|e| StoreError::Corrupt(e.to_string()))?);
        let (path, draft) = (folder.join(KEY_FILE), folder.join(format!("{KEY_FILE}.baru")));
        let failed = |e: std::io::Error| StoreError::file(&path, &e);
        let mut out =
            std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft).map_err(failed)?;
        out.write_all(text.as_bytes()).and_then(|()| out.sync_all()).map_err(failed)?;
        place(&draft, &path).map_err(failed)?;
        std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)
    }

    /// Brings the keys back from a backup's wrapped copy and the recovery sheet.
    pub fn recover(wrapped: &[u8], recovery: &RecoveryKey) -> Result<Self> {
        let master = to_key(&unwrap(&recovery.0, b"praja-master", wrapped)?)?;
        Ok(Self { id: id_of(&master), master, wrapped: wrapped.to_vec(), sheet: Some(recovery.identity().recipient()) })
    }

    /// A short public name for this key, stored beside what it encrypts.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The master wrapped by the recovery key: safe to copy anywhere.
    pub fn wrapped(&self) -> &[u8] {
        &self.wrapped
    }

    /// The key that signs anchors and printed facts.
    pub fn signing(&self) -> SigningKey {
        SigningKey::from_bytes(&self.secret("ed25519"))
    }

    /// A secret for one purpose (cookies, form tokens): different purposes never share one.
    pub fn secret(&self, purpose: &str) -> Key {
        let digest = Sha256::new().chain_update(b"praja-turunan\0").chain_update(purpose).chain_update(b"\0");
        Zeroizing::new(digest.chain_update(&self.master[..]).finalize().into())
    }

    /// Seals a short secret that must be read again (the seed of one-time codes). `purpose` names what it is and whose: a row moved to
    /// another owner does not open.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] without randomness.
    pub fn seal(&self, purpose: &str, secret: &[u8]) -> Result<Vec<u8>> {
        wrap(&self.secret("rahasia"), purpose.as_bytes(), secret)
    }

    /// Opens what [`Keyring::seal`] sealed for the same purpose.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] for another purpose, another Instance or damaged bytes.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
        unwrap(&self.secret("rahasia"), purpose.as_bytes(), sealed)
    }

    /// What opens the backups of this Instance, also those of a sheet that is gone.
    pub(crate) fn identity(&self) -> Identity {
        Identity::of(self.secret("age"))
    }

    /// To whom backups are sealed: to these keys, and to the sheet.
    pub(crate) fn recipients(&self) -> Vec<Recipient> {
        [self.identity().recipient()].into_iter().chain(self.sheet.clone()).collect()
    }

    pub(crate) fn wrap_key(&self, key: &[u8; 32]) -> Result<Vec<u8>> {
        wrap(&self.secret("bungkus"), b"praja-blob", key)
    }

    pub(crate) fn unwrap_key(&self, wrapped: &[u8]) -> Result<Key> {
        to_key(&unwrap(&self.secret("bungkus"), b"praja-blob", wrapped)?)
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keyring({})", self.id)
    }
}

/// Crockford's alphabet: no I, L, O or U, so that nothing on paper is read two ways.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 32 bytes and a 3-byte checksum are 280 bits: 56 letters.
const LETTERS: usize = 56;

impl fmt::Display for RecoveryKey {
    /// Fourteen groups of four letters.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bits = Zeroizing::new(self.0.to_vec());
        bits.extend_from_slice(&checksum(&self.0));
        for group in 0..LETTERS {
            if group > 0 && group % 4 == 0 {
                f.write_str("-")?;
            }
            let value = (0..5).fold(0_usize, |value, bit| {
                let at = group * 5 + bit;
                (value << 1) | usize::from(bits[at / 8] >> (7 - at % 8) & 1)
            });
            write!(f, "{}", char::from(ALPHABET[value]))?;
        }
        Ok(())
    }
}

impl FromStr for RecoveryKey {
    type Err = InvalidRecoveryKey;

    /// Forgives blanks, hyphens, small letters, and O, I and L for 0 and 1.
    fn from_str(text: &str) -> Result<Self, InvalidRecoveryKey> {
        let mut values = Zeroizing::new(Vec::with_capacity(LETTERS));
        for letter in text.chars().filter(|c| !c.is_whitespace() && *c != '-') {
            let upper = match letter.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let value = ALPHABET.iter().position(|known| char::from(*known) == upper);
            values.push(value.ok_or(InvalidRecoveryKey::Letter(letter))?);
        }
        if values.len() != LETTERS {
            return Err(InvalidRecoveryKey::Length(values.len()));
        }
        let mut bytes = Zeroizing::new([0_u8; 35]);
        for (index, value) in values.iter().enumerate() {
            for bit in 0..5 {
                let at = index * 5 + bit;
                bytes[at / 8] |= u8::from(value >> (4 - bit) & 1 == 1) << (7 - at % 8);
            }
        }
        let mut key = Zeroizing::new([0_u8; 32]);
        key.copy_from_slice(&bytes[..32]);
        if checksum(&key) == bytes[32..] { Ok(Self(key)) } else { Err(InvalidRecoveryKey::Checksum) }
    }
}

impl RecoveryKey {
    /// Another use of the same drawn key never shares its bytes.
    fn identity(&self) -> Identity {
        let digest = Sha256::new().chain_update(b"praja-pemulihan-age\0").chain_update(&self.0[..]);
        Identity::of(Zeroizing::new(digest.finalize().into()))
    }

    /// The key as the program `age` takes it, for whoever has the backup and the sheet and not this program.
    pub fn age_text(&self) -> Zeroizing<String> {
        self.identity().text()
    }
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryKey(…)")
    }
}

fn checksum(key: &[u8; 32]) -> [u8; 3] {
    let digest = Sha256::new().chain_update(b"praja-pemulihan").chain_update(key).finalize();
    [digest[0], digest[1], digest[2]]
}

pub(crate) fn random() -> Result<Key> {
    let mut key = Zeroizing::new([0_u8; 32]);
    getrandom::fill(&mut key[..]).map_err(|e| StoreError::Unavailable(format!("no randomness: {e}")))?;
    Ok(key)
}

fn id_of(master: &[u8; 32]) -> String {
    hex(&Sha256::new().chain_update(b"praja-nama-kunci").chain_update(master).finalize()[..6])
}

fn to_key(bytes: &[u8]) -> Result<Key> {
    <[u8; 32]>::try_from(bytes).map(Zeroizing::new).map_err(|_| StoreError::Corrupt("a key must be 32 bytes".into()))
}

fn wrap(by: &[u8; 32], purpose: &[u8], secret: &[u8]) -> Result<Vec<u8>> {
    let mut nonce = [0_u8; 24];
    getrandom::fill(&mut nonce).map_err(|e| StoreError::Unavailable(format!("no randomness: {e}")))?;
    let sealed = XChaCha20Poly1305::new(by.into()).encrypt(&XNonce::from(nonce), Payload { msg: secret, aad: purpose });
    let mut out = nonce.to_vec();
    out.extend(sealed.map_err(|_| StoreError::Unavailable("wrapping a key failed".into()))?);
    Ok(out)
}

fn unwrap(by: &[u8; 32], purpose: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>> {
    let wrong = || StoreError::Keys(KeyTrouble::Other);
    let (nonce, sealed) = wrapped.split_at_checked(24).ok_or_else(wrong)?;
    let nonce = <[u8; 24]>::try_from(nonce).map_err(|_| wrong())?;
    let opened = XChaCha20Poly1305::new(by.into()).decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: purpose });
    opened.map(Zeroizing::new).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recovery_key_survives_being_typed_from_paper() {
        let (_, recovery) = Keyring::create().unwrap();
        let shown = recovery.to_string();
        assert_eq!(shown.len(), 56 + 13);
        let typed = shown.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        assert_eq!(typed.parse::<RecoveryKey>().unwrap().to_string(), shown);
    }

    #[test]
    fn a_mistyped_recovery_key_is_refused_with_its_reason() {
        let (_, recovery) = Keyring::create().unwrap();
        let shown = recovery.to_string();
        let other = if shown.starts_with('7') { "8" } else { "7" };
        assert_eq!(format!("{other}{}", &shown[1..]).parse::<RecoveryKey>().unwrap_err(), InvalidRecoveryKey::Checksum);
        assert_eq!(shown[5..].parse::<RecoveryKey>().unwrap_err(), InvalidRecoveryKey::Length(52));
        assert_eq!(shown.replacen('-', "U", 1).parse::<RecoveryKey>().unwrap_err(), InvalidRecoveryKey::Letter('U'));
    }

    #[test]
    fn the_recovery_key_alone_brings_the_keys_back() {
        let (keys, recovery) = Keyring::create().unwrap();
        let back = Keyring::recover(keys.wrapped(), &recovery).unwrap();
        assert_eq!(back.secret("x"), keys.secret("x"));
        let (_, other) = Keyring::create().unwrap();
        assert!(Keyring::recover(keys.wrapped(), &other).is_err());
    }

    #[test]
    fn a_renewed_sheet_brings_the_same_keys_back_and_the_old_one_no_longer() {
        let folder = tempfile::tempdir().unwrap();
        let (keys, old) = Keyring::create().unwrap();
        keys.save(folder.path()).unwrap();
        let (renewed, new) = keys.renewed_sheet().unwrap();
        renewed.save_renewed(folder.path()).unwrap();
        let read = Keyring::load(folder.path()).unwrap();
        assert_eq!((read.id(), read.secret("x")), (keys.id(), keys.secret("x")));
        assert_eq!(Keyring::recover(read.wrapped(), &new).unwrap().secret("x"), keys.secret("x"));
        assert!(Keyring::recover(read.wrapped(), &old).is_err());
        let other = tempfile::tempdir().unwrap();
        Keyring::create().unwrap().0.save(other.path()).unwrap();
        assert!(renewed.save_renewed(other.path()).is_err());
    }

    #[test]
    fn a_key_file_from_before_age_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let (keys, _) = Keyring::create().unwrap();
        let old = Keyring { sheet: None, ..keys };
        old.save(folder.path()).unwrap();
        assert!(!std::fs::read_to_string(folder.path().join(KEY_FILE)).unwrap().contains("penerima"));
        assert_eq!(Keyring::load(folder.path()).unwrap().recipients().len(), 1);
    }

    #[test]
    fn a_sealed_secret_opens_for_its_own_purpose_only() {
        let (keys, _) = Keyring::create().unwrap();
        let sealed = keys.seal("totp:a", b"benih").unwrap();
        assert_eq!(&keys.open("totp:a", &sealed).unwrap()[..], b"benih");
        assert!(keys.open("totp:b", &sealed).is_err());
        assert!(!sealed.windows(5).any(|part| part == b"benih"));
    }

    #[test]
    fn a_key_file_is_private_and_never_overwritten() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (keys, _) = Keyring::create().unwrap();
        keys.save(folder.path()).unwrap();
        let mode = std::fs::metadata(folder.path().join(KEY_FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(Keyring::load(folder.path()).unwrap().id(), keys.id());
        assert!(keys.save(folder.path()).is_err());
    }
}
