//! TLS to PostgreSQL, by rustls.

use std::{
    future::Future,
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
};

use postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use rustls::pki_types::ServerName;
use sha2::{Digest, Sha256, Sha384, Sha512};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_rustls::{TlsConnector, client::TlsStream as Line};

use super::address::{Mode, Roots, Security};
use crate::{ServerTrouble, trust};

/// Makes encrypted lines to a server.
#[derive(Clone)]
pub(crate) struct Tls {
    connector: TlsConnector,
    /// Did a server agree to TLS since this was last asked?
    agreed: Arc<AtomicBool>,
}

impl Tls {
    pub(crate) fn new(security: &Security) -> Result<Self, ServerTrouble> {
        let check = security.check();
        let roots = match &security.roots {
            _ if check == trust::Check::Nothing => rustls::RootCertStore::empty(),
            Roots::File(path) => trust::roots(Some(path)).map_err(|said| ServerTrouble::Roots { path: path.clone(), said })?,
            Roots::Machine | Roots::Unsaid => {
                trust::roots(None).map_err(|said| ServerTrouble::Roots { path: "/etc/ssl/certs".into(), said })?
            }
        };
        let config = trust::client(roots, check).map_err(|e| ServerTrouble::Certificate(e.to_string()))?;
        Ok(Self { connector: TlsConnector::from(Arc::new(config)), agreed: Arc::default() })
    }

    /// Did a server agree to TLS since this was last asked?
    pub(crate) fn was_agreed(&self) -> bool {
        self.agreed.swap(false, Ordering::Relaxed)
    }
}

/// What the client itself has to know of the mode: the checks are done here.
pub(crate) const fn client_mode(mode: Mode) -> postgres::config::SslMode {
    match mode {
        Mode::Disable => postgres::config::SslMode::Disable,
        Mode::Prefer => postgres::config::SslMode::Prefer,
        Mode::Require | Mode::VerifyCa | Mode::VerifyFull => postgres::config::SslMode::Require,
    }
}

/// One call to one server.
pub(crate) struct Call {
    tls: Tls,
    name: String,
}

impl<S> MakeTlsConnect<S> for Tls
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = Encrypted<S>;
    type TlsConnect = Call;
    type Error = io::Error;

    fn make_tls_connect(&mut self, domain: &str) -> io::Result<Call> {
        Ok(Call { tls: self.clone(), name: domain.to_owned() })
    }
}

impl<S> TlsConnect<S> for Call
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    type Stream = Encrypted<S>;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Encrypted<S>>> + Send>>;

    fn connect(self, stream: S) -> Self::Future {
        self.tls.agreed.store(true, Ordering::Relaxed);
        Box::pin(async move {
            let name = ServerName::try_from(self.name).map_err(io::Error::other)?;
            Ok(Encrypted(Box::new(self.tls.connector.connect(name, stream).await?)))
        })
    }
}

/// An encrypted line.
pub(crate) struct Encrypted<S>(Box<Line<S>>);

impl<S> TlsStream for Encrypted<S>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    /// Binds the password's proof to this line, so that whoever sits in between cannot pass it on.
    fn channel_binding(&self) -> ChannelBinding {
        let certificate = self.0.get_ref().1.peer_certificates().and_then(<[_]>::first);
        match certificate.and_then(|certificate| end_point(certificate)) {
            Some(hash) => ChannelBinding::tls_server_end_point(hash),
            None => ChannelBinding::none(),
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Encrypted<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buffer)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Encrypted<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

/// The certificate's `tls-server-end-point` (RFC 5929, 4.1): its hash, by the hash it was signed with.
fn end_point(certificate: &[u8]) -> Option<Vec<u8>> {
    /// Object identifiers of RSA (1.2.840.113549.1.1) and ECDSA (1.2.840.10045.4) signatures.
    const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01];
    const ECDSA: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04];
    let (whole, _) = element(certificate)?;
    let (_, after_signed_part) = element(whole)?;
    let (algorithm, _) = element(after_signed_part)?;
    let (oid, _) = element(algorithm)?;
    let which = oid.strip_prefix(RSA).or_else(|| oid.strip_prefix(ECDSA))?;
    match (oid.starts_with(RSA), which) {
        // MD5 and SHA-1 count as SHA-256.
        (true, [4 | 5 | 11]) | (false, [1] | [3, 2]) => Some(Sha256::digest(certificate).to_vec()),
        (true, [12]) | (false, [3, 3]) => Some(Sha384::digest(certificate).to_vec()),
        (true, [13]) | (false, [3, 4]) => Some(Sha512::digest(certificate).to_vec()),
        // Others (Ed25519, RSA-PSS) have no hash that both sides agree on.
        _ => None,
    }
}

/// The content of the DER element at the front, and what follows it.
fn element(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (&first, rest) = bytes.get(1..)?.split_first()?;
    let (length, rest) = if first < 0x80 {
        (usize::from(first), rest)
    } else {
        let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
        if digits.len() > 4 {
            return None;
        }
        (digits.iter().fold(0_usize, |length, digit| (length << 8) | usize::from(*digit)), rest)
    };
    rest.split_at_checked(length)
}
