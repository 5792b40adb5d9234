//! Something begun in one browser and ended there by a code that was sent: a forgotten password, a registration, a new address. The
//! second step of a log-in is kept the same way; its code comes from the holder's own device.

pub(crate) mod store;

use praja_kernel::{Id, Moment, Refuse};
use praja_module::{Ctx, cookie_value, session_key};
use praja_store::{Keyring, Result, StoreError, Tx};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

praja_kernel::words! {
    /// What was begun.
    pub(crate) enum Jenis ("jenis langkah") {
        /// The password was right; the code of the second step is missing.
        Masuk => "masuk", "Masuk";
        /// A log-in of a citizen or body by a code alone.
        Otp => "otp", "Masuk dengan kode";
        /// A forgotten password.
        Sandi => "sandi", "Mengganti sandi yang lupa";
        /// A registration of a citizen or a body.
        Daftar => "daftar", "Mendaftarkan akun";
        /// A new e-mail address or telephone number.
        Kontak => "kontak", "Mengganti alamat surel atau nomor telepon";
    }
}

/// The cookie of the browser in which it was begun.
const COOKIE: &str = "praja_langkah";
const MINUTE: i64 = 60_000;
/// A code may be typed for this long, in milliseconds.
pub(crate) const CODE_MS: i64 = 5 * MINUTE;
/// Wrong codes that are borne; then a new one must be sent.
pub(crate) const TRIES: i64 = 5;
/// Between two sendings, in milliseconds.
pub(crate) const PAUSE_MS: i64 = MINUTE;
/// Codes that are sent for one step.
pub(crate) const SENDINGS: i64 = 4;
/// A step is forgotten after this long, in milliseconds.
pub(crate) const LIFE_MS: i64 = 30 * MINUTE;

/// Why a code was not taken, or no new one was sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Another code was sent.
    #[error("Kode tidak cocok. Periksa kembali enam angkanya; sisa percobaan {left}.")]
    Wrong {
        /// How often it may still be tried.
        left: i64,
    },
    /// Tried too often.
    #[error("Kode ini sudah salah {TRIES} kali dan tidak berlaku lagi. Minta kode baru.")]
    UsedUp,
    /// Typed too late.
    #[error("Kode sudah lewat 5 menit dan tidak berlaku lagi. Minta kode baru.")]
    Expired,
    /// The last one was sent a moment ago.
    #[error("Kode baru saja dikirim. Tunggu {seconds} detik sebelum meminta lagi.")]
    TooSoon {
        /// How long to wait.
        seconds: i64,
    },
    /// Enough was sent.
    #[error("Kode sudah dikirim {SENDINGS} kali. Mulailah lagi dari awal setelah beberapa saat.")]
    TooMany,
    /// The step is over, or was begun in another browser.
    #[error("Langkah ini sudah berakhir atau dimulai pada peramban lain. Mulailah lagi dari awal.")]
    Gone,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Wrong { .. } => "identity.langkah.wrong",
            Self::UsedUp => "identity.langkah.used-up",
            Self::Expired => "identity.langkah.expired",
            Self::TooSoon { .. } => "identity.langkah.too-soon",
            Self::TooMany => "identity.langkah.too-many",
            Self::Gone => "identity.langkah.gone",
        }
    }
}

/// A step under way.
#[derive(Debug, Clone)]
pub(crate) struct Langkah {
    /// The hash of the browser's cookie.
    pub(crate) kunci: String,
    pub(crate) jenis: Jenis,
    /// Whose it is; nobody's where a stranger must not learn that there is no such account.
    pub(crate) akun: Option<Id>,
    /// What was typed, sealed.
    pub(crate) muatan: Option<Vec<u8>>,
    /// The digest of the code; a step without one never ends well.
    pub(crate) kode: Option<String>,
    /// Where the code was sent, masked; for the second step of a log-in, the page that was wanted.
    pub(crate) tujuan: String,
    /// Wrong codes so far.
    pub(crate) gagal: i64,
    /// Codes sent so far.
    pub(crate) kiriman: i64,
    /// When the last one was sent.
    pub(crate) dikirim: Moment,
    /// When the step is forgotten.
    pub(crate) kedaluwarsa: Moment,
}

impl Langkah {
    /// Is `code` the one that was sent? Compared without telling by time where they differ.
    pub(crate) fn judge(&self, keys: &Keyring, code: &str, now: Moment) -> Result<(), Refusal> {
        if self.gagal >= TRIES {
            return Err(Refusal::UsedUp);
        }
        if now.ms() - self.dikirim.ms() >= CODE_MS {
            return Err(Refusal::Expired);
        }
        let typed = digest(keys, &self.kunci, &plain(code));
        let sent = self.kode.as_deref().unwrap_or_default();
        let left = TRIES - self.gagal - 1;
        match (bool::from(typed.as_bytes().ct_eq(sent.as_bytes())), left) {
            (true, _) => Ok(()),
            (false, 0) => Err(Refusal::UsedUp),
            (false, left) => Err(Refusal::Wrong { left }),
        }
    }

    /// May another code be sent now?
    pub(crate) fn may_send_again(&self, now: Moment) -> Result<(), Refusal> {
        let since = now.ms() - self.dikirim.ms();
        if self.kiriman >= SENDINGS {
            Err(Refusal::TooMany)
        } else if since < PAUSE_MS {
            Err(Refusal::TooSoon { seconds: (PAUSE_MS - since + 999) / 1000 })
        } else {
            Ok(())
        }
    }

    /// What was typed when the step began.
    pub(crate) fn load<T: serde::de::DeserializeOwned>(&self, keys: &Keyring) -> Result<Option<T>> {
        let Some(sealed) = &self.muatan else { return Ok(None) };
        let plain = keys.open(&purpose(&self.kunci), sealed)?;
        serde_json::from_slice(&plain).map(Some).map_err(|e| StoreError::Corrupt(format!("a step's content: {e}")))
    }
}

/// A new step for this browser, and the value of its cookie.
pub(crate) fn begin(ctx: &Ctx, jenis: Jenis, akun: Option<Id>, tujuan: String) -> (Langkah, String) {
    let (cookie, now) = (cookie_value(), ctx.now());
    let kedaluwarsa = now.plus_ms(LIFE_MS);
    let kunci = session_key(&cookie);
    let step = Langkah { kunci, jenis, akun, muatan: None, kode: None, tujuan, gagal: 0, kiriman: 0, dikirim: now, kedaluwarsa };
    (step, ctx.cookie(COOKIE, &cookie, LIFE_MS / 1000))
}

/// Seals what was typed, for [`Langkah::load`].
pub(crate) fn seal(keys: &Keyring, kunci: &str, content: &impl serde::Serialize) -> Result<Vec<u8>> {
    let plain = serde_json::to_vec(content).map_err(|e| StoreError::Corrupt(format!("a step's content: {e}")))?;
    keys.seal(&purpose(kunci), &plain)
}

/// The step under way in this browser.
pub(crate) fn current(ctx: &Ctx, tx: &mut Tx<'_>, jenis: Jenis) -> Result<Option<Langkah>> {
    let Some(cookie) = ctx.sent_cookie(COOKIE) else { return Ok(None) };
    let now = ctx.now();
    Ok(store::get(tx, &session_key(cookie))?.filter(|step| step.jenis == jenis && now < step.kedaluwarsa))
}

/// The `Set-Cookie` value that forgets the step.
pub(crate) fn forget_cookie(ctx: &Ctx) -> String {
    ctx.cookie(COOKIE, "", 0)
}

/// Six digits, each combination as likely as any other.
///
/// # Panics
/// When the operating system has no randomness.
pub(crate) fn draw_code() -> String {
    // The largest multiple of a million that fits: what lies above would make small codes likelier.
    const FAIR: u32 = u32::MAX - u32::MAX % 1_000_000;
    loop {
        let mut bytes = [0_u8; 4];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        let number = u32::from_be_bytes(bytes);
        if number < FAIR {
            return format!("{:06}", number % 1_000_000);
        }
    }
}

/// What is kept of a code. Keyed, because a million codes are hashed in a second by whoever reads the database.
pub(crate) fn digest(keys: &Keyring, kunci: &str, code: &str) -> String {
    let secret = keys.secret("kode");
    let inner = Sha256::new().chain_update(&secret[..]).chain_update(kunci).chain_update(b"\0").chain_update(code).finalize();
    hex(&Sha256::new().chain_update(&secret[..]).chain_update(inner).finalize())
}

/// A code as it counts: people type it in groups.
pub(crate) fn plain(code: &str) -> String {
    code.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect::<String>().to_lowercase()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn purpose(kunci: &str) -> String {
    format!("identity.langkah:{kunci}")
}

/// Forgets steps that are over (part of the job `identity.sweep-attempts`).
pub(crate) fn sweep(tx: &mut Tx<'_>, now: Moment) -> Result<()> {
    store::sweep(tx, now)
}

#[cfg(test)]
mod tests;
