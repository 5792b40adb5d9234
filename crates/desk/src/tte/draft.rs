use praja_kernel::FieldProblem;
use praja_module::signing::BsrePaths;

use super::{Bsre, Pengenal, Refusal};

/// Shortest passphrase of the regency's authority, in letters: it is asked for on every act, and never tried by a machine faster than a
/// few times a second.
pub(super) const SHORTEST: usize = 12;
const LONGEST: usize = 200;
/// How long one act of signing may take, in seconds.
const PATIENCE: std::ops::RangeInclusive<u64> = 5..=120;
const MOST_RETRIES: u32 = 5;

/// What was typed about the e-sign server.
#[derive(Debug, Clone, Copy, Default)]
pub struct Draft<'a> {
    /// Its address.
    pub url: &'a str,
    /// The application's name.
    pub pengguna: &'a str,
    /// Its certificate.
    pub sertifikat: &'a str,
    /// Path of signing.
    pub jalur_tanda: &'a str,
    /// Path of codes.
    pub jalur_kode: &'a str,
    /// Path of the state of a certificate.
    pub jalur_keadaan: &'a str,
    /// Seconds of patience.
    pub sabar: &'a str,
    /// Retries.
    pub ulang: &'a str,
    /// By what it knows a person.
    pub pengenal: &'a str,
}

/// Reads what was typed. `has_password`: was one typed or stored before?
///
/// # Errors
/// [`Refusal::Fields`].
pub fn check(draft: &Draft<'_>, has_password: bool) -> Result<Bsre, Refusal> {
    let mut problems = Vec::new();
    let mut add = |field: &'static str, words: String| problems.push(FieldProblem::new(field, words));
    let url = draft.url.trim_end_matches('/');
    if !is_https(url) {
        add("url", "Tulis alamat yang diawali https://, misalnya https://10.1.2.3. Tanpa pengaman (http://) hanya untuk mesin ini sendiri.".into());
    }
    if draft.pengguna.is_empty() || draft.pengguna.chars().count() > LONGEST || draft.pengguna.contains(':') {
        add("pengguna", "Tulis nama pengguna yang diberikan BSrE, tanpa titik dua.".into());
    }
    if !has_password {
        add("rahasia_layanan", "Tulis sandi layanan yang diberikan BSrE.".into());
    }
    for (field, path) in
        [("jalur_tanda", draft.jalur_tanda), ("jalur_kode", draft.jalur_kode), ("jalur_keadaan", draft.jalur_keadaan)]
    {
        let plain = path.starts_with('/') && path.len() <= LONGEST && path.bytes().all(|byte| byte.is_ascii_graphic());
        if !plain || path.contains(['?', '#']) {
            add(field, "Tulis jalur yang diawali garis miring, misalnya /api/v2/sign/pdf.".into());
        }
    }
    let sabar = draft.sabar.parse::<u64>().ok().filter(|seconds| PATIENCE.contains(seconds));
    if sabar.is_none() {
        add("sabar", format!("Tulis angka {} sampai {} detik.", PATIENCE.start(), PATIENCE.end()));
    }
    let ulang = draft.ulang.parse::<u32>().ok().filter(|times| *times <= MOST_RETRIES);
    if ulang.is_none() {
        add("ulang", format!("Tulis angka 0 sampai {MOST_RETRIES}."));
    }
    let pengenal = Pengenal::parse(draft.pengenal).ok();
    if pengenal.is_none() {
        add("pengenal", "Pilih pengenal penandatangan.".into());
    }
    let sertifikat = match certificate(draft.sertifikat) {
        Ok(pem) => pem,
        Err(words) => {
            add("sertifikat", words.to_owned());
            None
        }
    };
    match (sabar, ulang, pengenal) {
        (Some(sabar), Some(ulang), Some(pengenal)) if problems.is_empty() => Ok(Bsre {
            url: url.to_owned(),
            pengguna: draft.pengguna.to_owned(),
            sertifikat,
            jalur: BsrePaths {
                sign: draft.jalur_tanda.to_owned(),
                totp: draft.jalur_kode.to_owned(),
                status: draft.jalur_keadaan.to_owned(),
            },
            sabar,
            ulang,
            pengenal,
        }),
        _ => Err(Refusal::Fields(problems)),
    }
}

/// HTTPS anywhere; plain HTTP only on this very machine, because passphrases travel there.
fn is_https(url: &str) -> bool {
    let Ok(uri) = url.parse::<ureq::http::Uri>() else { return false };
    let plain = url.bytes().all(|byte| byte.is_ascii_graphic()) && !url.contains(['?', '#', '@']);
    match (uri.scheme_str(), uri.host()) {
        (Some("https"), Some(host)) => plain && !host.is_empty(),
        (Some("http"), Some(host)) => plain && ["127.0.0.1", "localhost", "[::1]"].contains(&host),
        _ => false,
    }
}

fn certificate(text: &str) -> Result<Option<String>, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match ureq::tls::Certificate::from_pem(text.as_bytes()) {
        Ok(_) => Ok(Some(format!("{text}\n"))),
        Err(_) => Err("Tempel sertifikat dalam bentuk PEM, mulai dari -----BEGIN CERTIFICATE-----."),
    }
}

/// May this be the passphrase of the authority, typed twice?
pub(super) fn passphrase(typed: &str, again: &str) -> Result<(), Refusal> {
    let length = typed.chars().count();
    let mut problems = Vec::new();
    if !(SHORTEST..=LONGEST).contains(&length) {
        problems.push(FieldProblem::new(
            "rahasia_baru",
            format!("Pakai paling sedikit {SHORTEST} huruf; beberapa kata acak mudah diingat dan sukar ditebak."),
        ));
    }
    if typed != again {
        problems.push(FieldProblem::new("rahasia_ulang", "Kedua ketikan tidak sama. Ketik frasa yang sama dua kali."));
    }
    if problems.is_empty() { Ok(()) } else { Err(Refusal::Fields(problems)) }
}
