//! The second step of a log-in: a code from an application on the holder's phone (RFC 6238), or a recovery code from paper.

pub(crate) mod pages;
pub(crate) mod store;

use praja_kernel::{Id, Moment, Refuse};
use praja_store::{Keyring, Result, StoreError, Tx};
use sha2::{Digest, Sha256};
use totp_rs::{Algorithm, Builder, Secret, Totp};

use crate::langkah::{hex, plain};

/// Bytes of a seed: what RFC 4226 asks for.
const SEED: usize = 20;
/// Length of one code's life, in seconds.
const STEP_S: u64 = 30;
/// How many recovery codes are given.
pub(crate) const RECOVERY_CODES: usize = 10;

/// Why the second step was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// No such code now.
    #[error("Kode tidak cocok. Pakai kode yang sedang tampil pada aplikasi, dan periksa apakah jam ponsel Anda tepat.")]
    Wrong,
    /// The code counted already.
    #[error("Kode itu baru saja dipakai. Tunggu kode berikutnya pada aplikasi.")]
    Used,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Wrong => "identity.totp.wrong",
            Self::Used => "identity.totp.used",
        }
    }
}

/// The second step of an account.
pub(crate) struct Dua {
    pub(crate) rahasia: Vec<u8>,
    /// Since when it is asked for; not yet while it is being set up.
    pub(crate) aktif: Option<Moment>,
    /// The last time step whose code was used.
    pub(crate) langkah: i64,
}

/// Draws a seed.
///
/// # Panics
/// When the operating system has no randomness.
pub(crate) fn draw_seed() -> [u8; SEED] {
    let mut seed = [0_u8; SEED];
    getrandom::fill(&mut seed).expect("the operating system gives random bytes");
    seed
}

/// The seed as it is typed into an application: base32 in groups of four.
pub(crate) fn typed_form(seed: &[u8]) -> String {
    let text = Secret::from(seed.to_vec()).to_base32();
    text.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned()).collect::<Vec<_>>().join(" ")
}

/// The address that applications read from a QR code.
pub(crate) fn address(seed: &[u8], penerbit: &str, akun: &str) -> String {
    let encode = |text: &str| {
        text.bytes().fold(String::new(), |mut out, byte| {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' => out.push(char::from(byte)),
                other => out.push_str(&format!("%{other:02X}")),
            }
            out
        })
    };
    let secret = Secret::from(seed.to_vec()).to_base32();
    format!("otpauth://totp/{0}:{1}?secret={secret}&issuer={0}", encode(penerbit), encode(akun))
}

/// The time step whose code was typed: now, or one step before or after, because phones' clocks differ. Each counts once.
pub(crate) fn check(seed: &[u8], typed: &str, last: i64, now: Moment) -> Result<i64, Refusal> {
    let seconds = u64::try_from(now.ms() / 1000).unwrap_or(0);
    let found = totp(seed).check(&plain(typed), seconds).ok_or(Refusal::Wrong)?;
    let found = i64::try_from(found).unwrap_or(i64::MAX);
    if found <= last { Err(Refusal::Used) } else { Ok(found) }
}

/// The code of a moment.
#[cfg(test)]
pub(crate) fn code_at(seed: &[u8], now: Moment) -> String {
    totp(seed).generate(u64::try_from(now.ms() / 1000).unwrap_or(0)).to_string()
}

fn totp(seed: &[u8]) -> Totp {
    // Applications silently take SHA-1 whatever they are told; everything else would lock people out.
    let builder = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_skew(1).with_step_duration(STEP_S);
    builder.with_secret(seed.to_vec()).build_noncompliant()
}

/// Draws recovery codes: two groups of five letters, about 50 bits each.
///
/// # Panics
/// When the operating system has no randomness.
pub(crate) fn draw_recovery_codes() -> Vec<String> {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567899";
    let mut bytes = [0_u8; RECOVERY_CODES * 10];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    let letter = |byte: &u8| char::from(LETTERS[usize::from(byte % 32)]);
    bytes
        .chunks(10)
        .map(|chunk| {
            let letters: String = chunk.iter().map(letter).collect();
            format!("{}-{}", &letters[..5], &letters[5..])
        })
        .collect()
}

/// What is kept of a recovery code; drawn by us with 50 bits, so a plain digest is enough.
pub(crate) fn recovery_digest(akun: Id, typed: &str) -> String {
    hex(&Sha256::new()
        .chain_update(b"praja-pemulihan-akun\0")
        .chain_update(akun.to_string())
        .chain_update(plain(typed))
        .finalize())
}

/// Does what was typed open the second step? An application's code is six digits; everything else is taken for a recovery code, which
/// is used up. Gives whether a recovery code was used.
pub(crate) fn accept(tx: &mut Tx<'_>, keys: &Keyring, akun: Id, typed: &str) -> Result<Result<bool, Refusal>> {
    let now = tx.now()?;
    let Some(dua) = store::get(tx, keys, akun)?.filter(|dua| dua.aktif.is_some()) else { return Ok(Err(Refusal::Wrong)) };
    let typed = plain(typed);
    if typed.len() != 6 || !typed.bytes().all(|byte| byte.is_ascii_digit()) {
        let known = store::use_recovery(tx, akun, &recovery_digest(akun, &typed))?;
        return Ok(if known { Ok(true) } else { Err(Refusal::Wrong) });
    }
    match check(&dua.rahasia, &typed, dua.langkah, now) {
        // Of two browsers that send the same code at the same time, one comes first.
        Ok(step) if store::use_step(tx, akun, step)? => Ok(Ok(false)),
        Ok(_) => Ok(Err(Refusal::Used)),
        Err(refusal) => Ok(Err(refusal)),
    }
}

pub(crate) fn purpose(akun: Id) -> String {
    format!("identity.totp:{akun}")
}

pub(crate) fn corrupt(akun: Id) -> StoreError {
    StoreError::Corrupt(format!("the seed of account {akun} does not open with this Instance's key"))
}

#[cfg(test)]
mod tests;
