//! The last act of an installation: the service answers, and the page to log in is there.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, anyhow};
use praja_deploy::{Answers, typed};
use rustls::{
    ClientConfig, ClientConnection, DigitallySignedStruct, SignatureScheme, StreamOwned,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, aws_lc_rs, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
};

use crate::exit::{self, Refused};

const PAUSE: Duration = Duration::from_millis(150);
const LINE: Duration = Duration::from_secs(5);

/// Waits until the service answers on this machine, then looks for the page to log in.
pub(super) fn service(answers: &Answers, patience: Duration) -> Result<String> {
    let failed = |said: String| {
        let message = format!("Layanan sudah dinyalakan tetapi belum menjawab di {}: {said}.", answers.alamat);
        anyhow!(Refused { message, next: "journalctl -u praja --no-pager -n 30".to_owned(), code: exit::BLOCKED })
    };
    watch(answers, patience, || None).map_err(failed)
}

/// Starts the server of a portable installation for a moment, for the same look.
pub(super) fn trial_start(root: &Path, answers: &Answers, patience: Duration) -> Result<String> {
    let config = root.join("config/praja.yaml");
    if praja_deploy::Lock::holder(root).is_some() {
        return service(answers, patience);
    }
    let command = format!("praja serve --config {}", typed(&config));
    let refused = |said: String| {
        let message = format!("Pemasangan ini belum dapat melayani: {said}.");
        anyhow!(Refused { message, next: command.clone(), code: exit::BLOCKED })
    };
    let mut started = Command::new(std::env::current_exe()?);
    // The link for the first administrator is shown by us, not by this short life.
    started.arg("serve").arg("--config").arg(&config).env("PRAJA_LAYANAN", "1");
    let mut child = started.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let looked = watch(answers, patience, || ended(&mut child));
    let _ = Command::new("sh").args(["-c", &format!("kill {}", child.id())]).status();
    child.wait()?;
    looked.map_err(refused)
}

fn ended(child: &mut Child) -> Option<String> {
    child.try_wait().ok().flatten().map(|status| format!("program berhenti sendiri ({status})"))
}

fn watch(answers: &Answers, patience: Duration, mut ended: impl FnMut() -> Option<String>) -> Result<String, String> {
    let began = Instant::now();
    loop {
        let said = match get(answers, "/readyz") {
            Ok((200, _)) => break,
            Ok((status, _)) => format!("halaman kesehatan menjawab {status}"),
            Err(error) => format!("tidak dapat dihubungi ({})", error.kind()),
        };
        if let Some(why) = ended() {
            return Err(why);
        }
        if began.elapsed() > patience {
            return Err(said);
        }
        thread::sleep(PAUSE);
    }
    match get(answers, "/masuk") {
        Ok((200, page)) if page.contains("<form") && page.contains("type=\"password\"") => {
            Ok(format!("menjawab di {}, dan halaman masuk siap", answers.alamat))
        }
        Ok((status, _)) => Err(format!("halaman masuk menjawab {status} tanpa formulirnya")),
        Err(error) => Err(format!("halaman masuk tidak dapat dibuka ({})", error.kind())),
    }
}

/// One page from this machine, under the name that people type.
fn get(answers: &Answers, path: &str) -> std::io::Result<(u16, String)> {
    let ip = if answers.alamat.ip().is_unspecified() { Ipv4Addr::LOCALHOST.into() } else { answers.alamat.ip() };
    let line = TcpStream::connect_timeout(&SocketAddr::new(ip, answers.alamat.port()), LINE)?;
    line.set_read_timeout(Some(LINE))?;
    line.set_write_timeout(Some(LINE))?;
    let host = answers.url_publik.split_once("//").map_or("localhost", |(_, host)| host);
    let asked = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    let answer = if answers.tls.is_own() { encrypted(line, host, &asked)? } else { exchange(line, &asked)? };
    let text = String::from_utf8_lossy(&answer).into_owned();
    let status = text.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or(0);
    Ok((status, text))
}

fn exchange(mut line: impl Read + Write, asked: &str) -> std::io::Result<Vec<u8>> {
    line.write_all(asked.as_bytes())?;
    let mut answer = Vec::new();
    // A line that ends without a farewell still brought the page.
    match line.read_to_end(&mut answer) {
        Err(error) if answer.is_empty() => Err(error),
        _ => Ok(answer),
    }
}

fn encrypted(line: TcpStream, host: &str, asked: &str) -> std::io::Result<Vec<u8>> {
    let failed = |error: rustls::Error| std::io::Error::other(error);
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions().map_err(failed)?;
    let config = config.dangerous().with_custom_certificate_verifier(Arc::new(Ours(provider))).with_no_client_auth();
    let name = host.split(':').next().unwrap_or("localhost").to_owned();
    let name = ServerName::try_from(name).map_err(std::io::Error::other)?;
    let connection = ClientConnection::new(Arc::new(config), name).map_err(failed)?;
    exchange(StreamOwned::new(connection, line), asked)
}

/// Takes any certificate: the line does not leave this machine, and a certificate of our own authority is trusted by nobody yet. The
/// page that teaches phones is where trust is judged.
#[derive(Debug)]
struct Ours(Arc<CryptoProvider>);

impl ServerCertVerifier for Ours {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, cert, signed, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, cert, signed, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
