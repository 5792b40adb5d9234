//! Answers from a file, from flags, and from an installation begun earlier.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::Path,
};

use anyhow::Result;
use praja_deploy::{
    Answers, Asked, Cadangan, DEFAULT_PORT, FrontServer, Given, Layout, LocalFiles, Obstacle, TlsAnswer, Wilayah, YaTidak,
    nearest, read_given, saved_answers,
};

use crate::{
    cli::InstallOptions,
    embedded,
    exit::{self, Refused},
    region,
};

const TLS: [&str; 5] = ["lokal", "berkas", "acme", "depan", "tanpa"];
/// Where a portable installation speaks TLS: ports under 1024 belong to root.
const PORTABLE_TLS: u16 = 7443;

/// The answers file with the flags laid over it; every answer that cannot be is told at once.
pub(super) fn given(options: &InstallOptions, held: &[String]) -> Result<Given> {
    let mut given = options.answers.as_ref().map_or_else(|| Ok(Given::default()), |path| read_given(&LocalFiles, path))?;
    lay_over(&mut given, options)?;
    let problems = given.problems(held);
    if problems.is_empty() {
        return Ok(given);
    }
    let lines: Vec<String> = problems.iter().map(|problem| format!("{}: {}.", problem.key, problem.reason)).collect();
    let next = options
        .answers
        .as_ref()
        .map_or_else(|| "praja install --help".to_owned(), |path| format!("nano {}", praja_deploy::typed(path)));
    Err(Refused { message: format!("Ada jawaban yang tidak dapat dipakai.\n{}", lines.join("\n")), next, code: exit::BLOCKED }
        .into())
}

fn lay_over(given: &mut Given, options: &InstallOptions) -> Result<()> {
    if let Some(words) = &options.region {
        given.wilayah = Some(Asked::Words(words.clone()));
    }
    given.jenis = options.jenis.map(Into::into).or(given.jenis);
    given.profil = options.profil.map(Into::into).or(given.profil);
    if !options.modul.is_empty() {
        given.modul = Some(options.modul.iter().filter(|id| !id.is_empty()).cloned().collect());
    }
    given.alamat = options.alamat.or(given.alamat);
    given.url_publik = options.url.clone().or(given.url_publik.take());
    given.basis_data = options.database.clone().or(given.basis_data.take());
    given.pengguna = options.pengguna.clone().or(given.pengguna.take());
    given.firewall = options.firewall.map(|answer| YaTidak::from(bool::from(answer))).or(given.firewall);
    if let Some(mode) = &options.tls {
        given.tls = Some(tls(mode, options)?);
    }
    if options.cadangan_tempat.is_some() || options.cadangan_jam.is_some() || options.cadangan_simpan.is_some() {
        let mut cadangan = given.cadangan.take().unwrap_or_default();
        cadangan.tempat = options.cadangan_tempat.clone().or(cadangan.tempat);
        cadangan.jam = options.cadangan_jam.clone().unwrap_or(cadangan.jam);
        cadangan.simpan = options.cadangan_simpan.unwrap_or(cadangan.simpan);
        given.cadangan = Some(cadangan);
    }
    Ok(())
}

fn tls(mode: &str, options: &InstallOptions) -> Result<TlsAnswer> {
    let lacking = |flag: &str, of: &str| Refused {
        message: format!("--tls {mode} memerlukan {of}."),
        next: format!("{} {flag}", options.again().command()),
        code: exit::USAGE,
    };
    Ok(match mode {
        "lokal" => TlsAnswer::Lokal,
        "tanpa" => TlsAnswer::Tanpa,
        "berkas" => TlsAnswer::Berkas {
            sertifikat: options.sertifikat.clone().ok_or_else(|| lacking("--sertifikat BERKAS", "berkas sertifikat"))?,
            kunci: options.kunci_tls.clone().ok_or_else(|| lacking("--kunci-tls BERKAS", "berkas kunci"))?,
        },
        "acme" => TlsAnswer::Acme {
            surel: options.surel.clone().ok_or_else(|| lacking("--surel ALAMAT", "alamat surel"))?,
            direktori: options.direktori.clone(),
        },
        "depan" => TlsAnswer::Depan {
            server: match options.server_web.as_deref() {
                Some("nginx") => FrontServer::Nginx,
                Some("apache") => FrontServer::Apache,
                Some(other) => {
                    let near = nearest(other, ["nginx", "apache"]).unwrap_or_default();
                    return Err(lacking(&format!("--server-web {near}"), "nama server web nginx atau apache").into());
                }
                None => return Err(lacking("--server-web nginx", "nama server web nginx atau apache").into()),
            },
        },
        other => {
            let near = nearest(other, TLS).unwrap_or_default();
            let message =
                format!("Cara enkripsi \"{other}\" tidak dikenal; yang terdekat \"{near}\". Pilihannya: {}.", TLS.join(", "));
            return Err(Refused { message, next: format!("praja install --tls {near}"), code: exit::USAGE }.into());
        }
    })
}

/// The region by its code, its name, or a part of it that fits only one.
pub(super) fn region(asked: &Asked) -> Result<Wilayah, Obstacle> {
    let csv = embedded::data(region::REGIONS)?;
    match asked {
        Asked::Words(words) => region::find(csv, words),
        // The name in a file may be the regency's own way to write it; the code must be one.
        Asked::Whole(wilayah) => region::find(csv, &wilayah.kode).map(|_| wilayah.clone()),
    }
}

/// Where the server listens when nobody says where.
pub(super) fn usual_address(layout: &Layout, tls: Option<&TlsAnswer>) -> SocketAddr {
    let own = tls.is_none_or(TlsAnswer::is_own);
    let all = |port| SocketAddr::from((Ipv4Addr::UNSPECIFIED, port));
    let here = SocketAddr::from((Ipv4Addr::LOCALHOST, DEFAULT_PORT));
    match (layout.service, own, tls) {
        (true, true, _) => all(443),
        (true, false, Some(TlsAnswer::Tanpa)) => all(80),
        (false, true, Some(_)) => all(PORTABLE_TLS),
        _ => here,
    }
}

/// The answers of an installation that was begun or finished here.
pub(super) fn saved(root: &Path) -> Result<Option<Answers>, Obstacle> {
    match saved_answers(&LocalFiles, root) {
        // Judged with the machine, in words for the folder's owner.
        Err(Obstacle::File { .. }) => Ok(None),
        other => other,
    }
}

/// An installation keeps what it was born with; other wishes go to its settings.
pub(super) fn refuse_change(root: &Path, saved: &Answers, given: &Given) -> Result<(), Obstacle> {
    let other = |key: &str, found: String, asked: String| {
        Err(Obstacle::OtherInstallation { root: root.to_path_buf(), found: format!("pemasangan dengan {key} {found}"), asked })
    };
    if let Some(asked) = given.wilayah.as_ref().map(region).transpose()?
        && asked.kode != saved.wilayah.kode
    {
        return other("wilayah", saved.wilayah.to_string(), asked.to_string());
    }
    if let Some(asked) = given.jenis.filter(|jenis| *jenis != saved.jenis) {
        return other("jenis", saved.jenis.to_string(), asked.to_string());
    }
    if let Some(asked) = given.pengguna.as_ref().filter(|name| **name != saved.pengguna) {
        return other("pengguna", saved.pengguna.clone(), asked.clone());
    }
    if let Some(asked) = &given.basis_data
        && saved.basis_data.as_ref() != Some(asked)
    {
        return other("basis data", "yang lain".to_owned(), "basis data itu".to_owned());
    }
    Ok(())
}

/// The answers as a file for a second server.
pub(super) fn text(answers: &Answers) -> Result<String> {
    Ok(praja_deploy::answers_text(answers)?)
}

/// What is used for backups when nothing is said.
pub(super) fn usual_backup() -> Cadangan {
    Cadangan::default()
}
