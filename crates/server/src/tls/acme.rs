//! A certificate of a public authority, asked for by ACME (RFC 8555) and proved on our own encrypted line (TLS-ALPN-01, RFC 8737): one
//! open port is enough, and no other program has a part in it.

use std::{future::Future, path::Path, pin::Pin, time::Duration};

use actix_web::web::Bytes;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use instant_acme::{
    Account, AccountCredentials, AuthorizationStatus, BodyWrapper, BytesResponse, ChallengeType, Error, HttpClient, Identifier,
    NewAccount, NewOrder, OrderStatus, RetryPolicy,
};
use rcgen::{CertificateParams, CustomExtension, KeyPair};

use super::{Door, Pair, TlsError, paper, read, save};

const ACCOUNT: &str = "acme/akun.json";
const CERTIFICATE: &str = "acme/sertifikat.pem";
const KEY: &str = "acme/kunci.pem";
/// Which authority the account is of; an account is worth nothing elsewhere.
const DIRECTORY: &str = "acme/penerbit.txt";

/// How long an authority may take over one certificate.
const PATIENCE: Duration = Duration::from_secs(120);
const CONNECT: Duration = Duration::from_secs(15);

/// Whom to ask.
pub(super) struct Order<'a> {
    pub(super) directory: &'a str,
    pub(super) email: Option<&'a str>,
    /// Certificates by which the authority's own address is trusted; those of this machine otherwise.
    pub(super) root: Option<&'a Path>,
}

/// The certificate that was obtained before, while it holds and is for these names.
pub(super) fn kept(folder: &Path, names: &[String], now: i64) -> Option<Pair> {
    let pair = Pair { chain: read(&folder.join(CERTIFICATE))?, key: read(&folder.join(KEY))? };
    let found = paper(&pair.chain)?;
    let covers = names.iter().all(|name| found.names.contains(&name.to_ascii_lowercase()));
    (covers && found.until > now && super::certified(&pair).is_ok()).then_some(pair)
}

/// Obtains a certificate and keeps it. `door` shows the proofs meanwhile.
pub(super) async fn obtain(order: &Order<'_>, names: &[String], folder: &Path, door: &Door) -> Result<Pair, TlsError> {
    let asked = tokio::time::timeout(PATIENCE, ask(order, names, folder, door)).await;
    door.forget_proofs();
    let refused = |what: String| TlsError::Acme { directory: order.directory.to_owned(), what };
    let pair = match asked {
        Ok(Ok(pair)) => pair,
        Ok(Err(Trouble::Acme(e))) => return Err(refused(causes(&e))),
        Ok(Err(Trouble::Own(e))) => return Err(e),
        Err(_) => return Err(refused(format!("belum selesai sesudah {} detik", PATIENCE.as_secs()))),
    };
    save(&folder.join(KEY), &pair.key, 0o600)?;
    save(&folder.join(CERTIFICATE), &pair.chain, 0o644)?;
    Ok(pair)
}

/// An error with what it came from: "client error (Connect)" alone helps nobody.
fn causes(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        told.push_str(&format!(": {cause}"));
        next = cause.source();
    }
    told
}

enum Trouble {
    Acme(Error),
    Own(TlsError),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Self::Acme(error)
    }
}

impl From<TlsError> for Trouble {
    fn from(error: TlsError) -> Self {
        Self::Own(error)
    }
}

async fn ask(order: &Order<'_>, names: &[String], folder: &Path, door: &Door) -> Result<Pair, Trouble> {
    let account = account(order, folder).await?;
    let identifiers: Vec<Identifier> = names.iter().map(|name| Identifier::Dns(name.clone())).collect();
    let mut placed = account.new_order(&NewOrder::new(&identifiers)).await?;
    let mut authorizations = placed.authorizations();
    while let Some(next) = authorizations.next().await {
        let mut next = next?;
        match next.status {
            AuthorizationStatus::Valid => continue,
            AuthorizationStatus::Pending => {}
            _ => return Err(Error::Str("the authority will not prove the name").into()),
        }
        let mut challenge = next.challenge(ChallengeType::TlsAlpn01).ok_or(Error::Unsupported("tls-alpn-01"))?;
        let name = challenge.identifier().to_string();
        door.prove(&name, &proof(&name, challenge.key_authorization().digest().as_ref())?)?;
        challenge.set_ready().await?;
    }
    let retries = RetryPolicy::default();
    if placed.poll_ready(&retries).await? != OrderStatus::Ready {
        return Err(why_not(placed.authorizations()).await);
    }
    let key = placed.finalize().await?;
    let chain = placed.poll_certificate(&retries).await?;
    Ok(Pair { chain, key })
}

/// What the authority said about the name it could not prove.
async fn why_not(mut authorizations: instant_acme::Authorizations<'_>) -> Trouble {
    while let Some(Ok(authorization)) = authorizations.next().await {
        let said = authorization.challenges.iter().find_map(|challenge| challenge.error.as_ref());
        if let Some(said) = said {
            return Error::Other(format!("nama tidak terbukti: {said}").into()).into();
        }
    }
    Error::Str("nama tidak terbukti").into()
}

/// The self-signed certificate that proves a name.
fn proof(name: &str, digest: &[u8]) -> Result<Pair, TlsError> {
    let made = |e: rcgen::Error| TlsError::Made(e.to_string());
    let key = KeyPair::generate().map_err(made)?;
    let mut params = CertificateParams::new(vec![name.to_owned()]).map_err(made)?;
    params.custom_extensions = vec![CustomExtension::new_acme_identifier(digest)];
    let certificate = params.self_signed(&key).map_err(made)?;
    Ok(Pair { chain: certificate.pem(), key: key.serialize_pem() })
}

/// The account at this authority: the kept one, else a new one.
async fn account(order: &Order<'_>, folder: &Path) -> Result<Account, Trouble> {
    let builder = Account::builder_with_http(Box::new(Line::new(order.root)?));
    let same = read(&folder.join(DIRECTORY)).is_some_and(|kept| kept.trim() == order.directory);
    let kept = read(&folder.join(ACCOUNT)).filter(|_| same);
    if let Some(credentials) = kept.and_then(|text| serde_json::from_str::<AccountCredentials>(&text).ok()) {
        return Ok(builder.from_credentials(credentials).await?);
    }
    let contact = order.email.map(|email| format!("mailto:{email}"));
    let contact: Vec<&str> = contact.as_deref().into_iter().collect();
    let asked = NewAccount { contact: &contact, terms_of_service_agreed: true, only_return_existing: false };
    let (account, credentials) = builder.create(&asked, order.directory.to_owned(), None).await?;
    let text = serde_json::to_string(&credentials).map_err(Error::from)?;
    save(&folder.join(ACCOUNT), &text, 0o600)?;
    save(&folder.join(DIRECTORY), order.directory, 0o600)?;
    Ok(account)
}

/// HTTP/1.1 to the authority, over TLS by rustls.
struct Line(Client<HttpsConnector<HttpConnector>, BodyWrapper<Bytes>>);

impl Line {
    fn new(root: Option<&Path>) -> Result<Self, TlsError> {
        let wrong = |what: String| TlsError::File { path: root.unwrap_or(Path::new("/etc/ssl/certs")).to_owned(), what };
        let config = praja_store::tls_client(root).map_err(wrong)?;
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_connect_timeout(Some(CONNECT));
        let lines = HttpsConnectorBuilder::new().with_tls_config(config).https_only().enable_http1().wrap_connector(tcp);
        Ok(Self(Client::builder(TokioExecutor::new()).build(lines)))
    }
}

impl HttpClient for Line {
    fn request(
        &self,
        request: http::Request<BodyWrapper<Bytes>>,
    ) -> Pin<Box<dyn Future<Output = Result<BytesResponse, Error>> + Send>> {
        let asked = self.0.request(request);
        Box::pin(async move { asked.await.map(BytesResponse::from).map_err(|e| Error::Other(Box::new(e))) })
    }
}
