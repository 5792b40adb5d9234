use praja_kernel::FieldProblem;

use super::{Bentuk, Gerbang, Jenis, Pengaman, Pengaturan, Refusal, Saluran, Surel, Tujuan};
use crate::templates::{Escape, fill, tokens};

/// Longest name, in letters.
const NAMA: usize = 30;
/// Tokens of a gateway's address, headers and message.
const TOKENS: [&str; 5] = ["kunci", "tujuan", "teks", "id", "waktu"];
/// Shortest secret for signatures, in letters.
const TANDA: usize = 16;

/// What was typed.
#[derive(Debug, Clone, Copy, Default)]
pub struct Draft<'a> {
    /// The name.
    pub nama: &'a str,
    /// Mail: the machine.
    pub mesin: &'a str,
    /// Mail: its port.
    pub porta: &'a str,
    /// Mail: how the line is protected.
    pub pengaman: &'a str,
    /// Mail: the user.
    pub pengguna: &'a str,
    /// Mail: the sender.
    pub dari: &'a str,
    /// Gateway: its address.
    pub alamat: &'a str,
    /// Gateway: how it wants its message.
    pub bentuk: &'a str,
    /// Gateway: what it calls a person by.
    pub tujuan: &'a str,
    /// Gateway: further headers.
    pub kepala: &'a str,
    /// Gateway: the message.
    pub isi: &'a str,
    /// Gateway: the secret of signatures; empty keeps the one there is.
    pub tanda: &'a str,
    /// A certificate of the regency's own authority.
    pub sertifikat: &'a str,
}

/// Reads what was typed into settings. `own` is the way that is changed; `others` are there already.
///
/// # Errors
/// [`Refusal`]
pub fn check(
    jenis: Jenis,
    draft: &Draft<'_>,
    own: Option<&Saluran>,
    others: &[Saluran],
) -> Result<(String, Pengaturan), Refusal> {
    let mut problems = Vec::new();
    let nama = draft.nama.split_whitespace().collect::<Vec<_>>().join(" ");
    if nama.is_empty() || nama.chars().count() > NAMA {
        problems.push(FieldProblem::new("nama", format!("Tulis nama saluran, paling panjang {NAMA} huruf.")));
    }
    let sertifikat = certificate(draft.sertifikat, &mut problems);
    let pengaturan = match jenis {
        Jenis::Surel => mail(draft, sertifikat, &mut problems).map(Pengaturan::Surel),
        Jenis::Gerbang => gateway(draft, sertifikat, own.is_some(), &mut problems).map(Pengaturan::Gerbang),
    };
    let Some(pengaturan) = pengaturan.filter(|_| problems.is_empty()) else { return Err(Refusal::Fields(problems)) };
    let mut others = others.iter().filter(|other| own.is_none_or(|own| own.id != other.id));
    if others.clone().any(|other| praja_kernel::fold(&other.nama) == praja_kernel::fold(&nama)) {
        return Err(Refusal::SameName(nama));
    }
    if jenis == Jenis::Surel && others.any(|other| other.jenis() == Jenis::Surel && other.aktif) {
        return Err(Refusal::SecondMail);
    }
    Ok((nama, pengaturan))
}

fn mail(draft: &Draft<'_>, sertifikat: Option<String>, problems: &mut Vec<FieldProblem>) -> Option<Surel> {
    let mesin = draft.mesin.to_lowercase();
    if mesin.is_empty() || !mesin.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:".contains(&byte)) {
        problems.push(FieldProblem::new("mesin", "Tulis nama atau alamat mesin surel, misalnya surel.contoh.go.id."));
    }
    let porta = draft.porta.parse::<u16>().ok().filter(|porta| *porta > 0);
    if porta.is_none() {
        problems.push(FieldProblem::new("porta", "Tulis angka porta, biasanya 465 atau 587."));
    }
    let pengaman = Pengaman::parse(draft.pengaman).ok();
    if pengaman.is_none() {
        problems.push(FieldProblem::new("pengaman", "Pilih pengaman sambungan."));
    }
    let dari = draft.dari.to_lowercase();
    if dari.parse::<lettre::Address>().is_err() {
        problems.push(FieldProblem::new("dari", "Tulis alamat surel pengirim, misalnya praja@contoh.go.id."));
    }
    if pengaman == Some(Pengaman::Tanpa) && !draft.pengguna.is_empty() {
        problems.push(FieldProblem::new(
            "pengguna",
            "Nama pengguna dan sandi tidak boleh lewat sambungan tanpa pengaman. Pilih TLS atau STARTTLS.",
        ));
    }
    let pengguna = Some(draft.pengguna.to_owned()).filter(|name| !name.is_empty());
    Some(Surel { mesin, porta: porta?, pengaman: pengaman?, pengguna, dari, sertifikat })
}

fn gateway(draft: &Draft<'_>, sertifikat: Option<String>, has_secret: bool, problems: &mut Vec<FieldProblem>) -> Option<Gerbang> {
    let (bentuk, tujuan) = (Bentuk::parse(draft.bentuk).ok(), Tujuan::parse(draft.tujuan).ok());
    if !is_address(draft.alamat) {
        let message =
            "Tulis alamat gerbang yang diawali https://. Tanpa pengaman (http://) hanya untuk mesin di jaringan sendiri.";
        problems.push(FieldProblem::new("alamat", message));
    }
    if bentuk.is_none() {
        problems.push(FieldProblem::new("bentuk", "Pilih bentuk isi."));
    }
    if tujuan.is_none() {
        problems.push(FieldProblem::new("tujuan", "Pilih tujuan gerbang."));
    }
    if let Some(message) = bentuk.and_then(|bentuk| wrong_message(draft.isi, bentuk)) {
        problems.push(FieldProblem::new("isi", message));
    }
    if !draft.kepala.lines().filter(|line| !line.trim().is_empty()).all(is_header) {
        problems.push(FieldProblem::new("kepala", "Tulis satu kepala per baris, misalnya Authorization: {{kunci}}."));
    }
    if (draft.tanda.is_empty() && !has_secret) || (!draft.tanda.is_empty() && draft.tanda.chars().count() < TANDA) {
        problems.push(FieldProblem::new("tanda", format!("Tulis kunci tanda tangan, paling sedikit {TANDA} huruf.")));
    }
    Some(Gerbang {
        alamat: draft.alamat.to_owned(),
        bentuk: bentuk?,
        tujuan: tujuan?,
        kepala: draft.kepala.trim().to_owned(),
        isi: draft.isi.replace("\r\n", "\n").trim().to_owned(),
        sertifikat,
    })
}

/// HTTPS anywhere; plain HTTP only inside the house, where a gateway on the same network often knows nothing else.
fn is_address(text: &str) -> bool {
    let known = tokens(text).is_ok_and(|found| found.iter().all(|token| *token == "kunci"));
    let filled = fill(text, &[("kunci", "x")], Escape::Percent);
    let Ok(uri) = filled.parse::<ureq::http::Uri>() else { return false };
    let Some(host) = uri.host().filter(|_| known) else { return false };
    match uri.scheme_str() {
        Some("https") => true,
        Some("http") => is_inside(host),
        _ => false,
    }
}

/// A private address, this machine, or a name without a dot.
fn is_inside(host: &str) -> bool {
    match host.parse::<std::net::Ipv4Addr>() {
        Ok(address) => address.is_private() || address.is_loopback(),
        Err(_) => host == "[::1]" || host.ends_with(".local") || !host.contains('.'),
    }
}

fn wrong_message(isi: &str, bentuk: Bentuk) -> Option<String> {
    let found = match tokens(isi) {
        Ok(found) => found,
        Err(refusal) => return Some(refusal.to_string()),
    };
    if let Some(token) = found.iter().find(|token| !TOKENS.contains(token)) {
        return Some(format!(
            "Tanda {{{{{token}}}}} tidak dikenal. Yang dapat dipakai: {}.",
            TOKENS.map(|one| format!("{{{{{one}}}}}")).join(", ")
        ));
    }
    if !found.contains(&"tujuan") || !found.contains(&"teks") {
        return Some("Isi harus memuat {{tujuan}} dan {{teks}}.".to_owned());
    }
    let values = TOKENS.map(|name| (name, "1"));
    let is_json = bentuk != Bentuk::Json || serde_json::from_str::<serde_json::Value>(&fill(isi, &values, Escape::Json)).is_ok();
    if is_json { None } else { Some("Isi ini bukan JSON yang benar. Periksa tanda kutip, koma, dan kurungnya.".to_owned()) }
}

/// `Name: value` with a name that HTTP allows, and nothing that we set ourselves.
fn is_header(line: &str) -> bool {
    let Some((name, value)) = line.split_once(':') else { return false };
    let (name, value) = (name.trim(), value.trim());
    let own = ["content-length", "host", "content-type"].contains(&name.to_lowercase().as_str());
    let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let tokens_known = tokens(value).is_ok_and(|found| found.iter().all(|token| *token == "kunci"));
    plain && !own && tokens_known && value.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ')
}

fn certificate(text: &str, problems: &mut Vec<FieldProblem>) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if ureq::tls::Certificate::from_pem(text.as_bytes()).is_err() {
        problems
            .push(FieldProblem::new("sertifikat", "Tempel sertifikat dalam bentuk PEM, mulai dari -----BEGIN CERTIFICATE-----."));
        return None;
    }
    Some(format!("{text}\n"))
}
