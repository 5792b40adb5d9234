//! Passwords: which are accepted, how they are kept, and how fresh ones are drawn.

use std::sync::{Condvar, LazyLock, Mutex};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use praja_kernel::{FieldProblem, Refuse, fold};
use praja_store::{Result, StoreError};

/// A password has at least this many letters.
pub const MIN_LENGTH: usize = 12;
/// And at most this many, so that nobody keeps the machine busy with a book.
pub const MAX_LENGTH: usize = 200;

/// Words that make up passwords everybody tries first. Folded; compared without digits and signs at both ends.
static COMMON: &str = include_str!("sandi/umum.txt");

/// Why a new password was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Too few letters.
    #[error("Sandi baru harus paling sedikit {MIN_LENGTH} karakter; yang ditulis {count}.")]
    Short {
        /// How many there are.
        count: usize,
    },
    /// Too many letters.
    #[error("Sandi baru paling panjang {MAX_LENGTH} karakter.")]
    Long,
    /// Everybody tries it first.
    #[error("Sandi ini terlalu mudah ditebak. Gabungkan beberapa kata yang tidak berhubungan.")]
    Common,
    /// Holds the account's name or the NIP.
    #[error("Sandi tidak boleh memuat nama akun, nama, atau NIP Anda.")]
    Personal,
    /// The same as before.
    #[error("Sandi baru sama dengan sandi lama. Pilih sandi lain.")]
    Same,
    /// The repetition differs.
    #[error("Kedua sandi baru tidak sama. Ketik ulang keduanya.")]
    Different,
    /// The old one is wrong.
    #[error("Sandi lama tidak cocok. Periksa huruf besar dan kecilnya.")]
    WrongOld,
    /// Too many wrong ones.
    #[error("Terlalu banyak percobaan dengan sandi yang tidak cocok. Coba lagi {kapan}.")]
    Throttled {
        /// "pukul 10.32 WIB".
        kapan: String,
    },
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Short { .. } => "identity.sandi.short",
            Self::Long => "identity.sandi.long",
            Self::Common => "identity.sandi.common",
            Self::Personal => "identity.sandi.personal",
            Self::Same => "identity.sandi.same",
            Self::Different => "identity.sandi.different",
            Self::WrongOld => "identity.sandi.wrong-old",
            Self::Throttled { .. } => "identity.sandi.throttled",
        }
    }

    fn fields(&self) -> Vec<FieldProblem> {
        let field = match self {
            Self::WrongOld => "sandi_lama",
            Self::Different => "sandi_ulang",
            Self::Throttled { .. } => return Vec::new(),
            _ => "sandi_baru",
        };
        vec![FieldProblem::new(field, self.to_string())]
    }
}

/// May this become somebody's password? `personal` are the holder's own words: name of the account, names, NIP.
pub fn check_new(sandi: &str, personal: &[&str]) -> Result<(), Refusal> {
    let count = sandi.chars().count();
    if count < MIN_LENGTH {
        return Err(Refusal::Short { count });
    }
    if count > MAX_LENGTH {
        return Err(Refusal::Long);
    }
    let plain = fold(sandi);
    if is_common(&plain) {
        return Err(Refusal::Common);
    }
    let words = personal.iter().flat_map(|text| fold(text).split([' ', '.', '@', ',']).map(str::to_owned).collect::<Vec<_>>());
    // Short words stand in too many innocent passwords.
    if words.into_iter().any(|word| word.chars().count() >= 5 && plain.contains(&word)) {
        return Err(Refusal::Personal);
    }
    Ok(())
}

/// A run of one letter, a row of digits, a common word with ornaments, or the same few letters again and again.
fn is_common(plain: &str) -> bool {
    let mut different: Vec<char> = plain.chars().collect();
    different.sort_unstable();
    different.dedup();
    let squeezed: String = plain.chars().filter(|c| c.is_alphanumeric()).collect();
    let core = squeezed.trim_matches(|c: char| c.is_ascii_digit());
    different.len() < 5
        || "01234567890123456789".contains(&squeezed)
        || COMMON.lines().any(|word| word == core || word == squeezed)
}

/// At most this many hashes at a time: each takes 19 MiB and a core.
const AT_ONCE: usize = 2;

static RUNNING: Mutex<usize> = Mutex::new(0);
static ENDED: Condvar = Condvar::new();

/// A place among the running hashes; the place is free again when it is dropped, also by a panic.
struct Place;

impl Place {
    fn take() -> Self {
        let running = RUNNING.lock().expect("nobody panics while counting");
        let mut running = ENDED.wait_while(running, |running| *running >= AT_ONCE).expect("nobody panics while counting");
        *running += 1;
        Self
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        *RUNNING.lock().expect("nobody panics while counting") -= 1;
        ENDED.notify_one();
    }
}

/// The argon2id hash of a password as PHC text. Takes tens of milliseconds: never inside a write.
pub fn hash(sandi: &str) -> Result<String> {
    let _place = Place::take();
    let hash = Argon2::default().hash_password(sandi.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|e| StoreError::Unavailable(format!("password hashing: {e}")))
}

/// A page of text is no password; hashing it would only keep the machine busy.
pub(crate) fn is_plausible(sandi: &str) -> bool {
    sandi.len() <= 4 * MAX_LENGTH
}

/// Does the password belong to the hash? Without a hash (an unknown account) it works as long and says no.
pub fn verify(sandi: &str, hash: Option<&str>) -> bool {
    static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| self::hash("tidak ada akun dengan sandi ini").ok());
    let text = hash.or(NOBODY.as_deref()).unwrap_or_default();
    let _place = Place::take();
    let Ok(parsed) = PasswordHash::new(text) else { return false };
    let right = Argon2::default().verify_password(sandi.as_bytes(), &parsed).is_ok();
    right && hash.is_some()
}

/// Draws a password that can be read aloud: four groups of four, without letters that look alike. About 79 bits: the nine stands
/// twice so that there are 32 letters.
///
/// # Panics
/// When the operating system has no randomness.
pub fn draw() -> String {
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz234567899";
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    let letters: Vec<char> = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests;
