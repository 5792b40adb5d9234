//! The way to the object store: HTTP/1.1 over TLS by rustls, with only the certificates that the settings name.

use std::{fmt, time::Duration};

use async_trait::async_trait;
use http_body_util::BodyExt;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use object_store::{
    ClientOptions,
    client::{
        HttpClient, HttpConnector as Connects, HttpError, HttpErrorKind, HttpRequest, HttpRequestBody, HttpResponse,
        HttpResponseBody, HttpService,
    },
};
use rustls::RootCertStore;

use crate::{ObjectTrouble, Result, trust};

const CONNECT: Duration = Duration::from_secs(5);
const ANSWER: Duration = Duration::from_secs(30);
/// A line nobody used for so long is closed.
const IDLE: Duration = Duration::from_secs(30);

/// Gives the object store its client.
#[derive(Clone)]
pub(super) struct Connector(Service);

#[derive(Clone)]
struct Service(Client<HttpsConnector<HttpConnector>, HttpRequestBody>);

impl Connector {
    pub(super) fn new(roots: RootCertStore) -> Result<Self> {
        let config = trust::client(roots, trust::Check::IssuerAndName).map_err(|e| ObjectTrouble::Settings(e.to_string()))?;
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_connect_timeout(Some(CONNECT));
        tcp.set_nodelay(true);
        // Whether a line is encrypted says the scheme in the settings; the service cannot lead elsewhere, redirects are not followed.
        let lines = HttpsConnectorBuilder::new().with_tls_config(config).https_or_http().enable_http1().wrap_connector(tcp);
        let client = Client::builder(TokioExecutor::new()).pool_timer(TokioTimer::new()).pool_idle_timeout(IDLE).build(lines);
        Ok(Self(Service(client)))
    }
}

impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Connector")
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Service")
    }
}

impl Connects for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.0.clone()))
    }
}

#[async_trait]
impl HttpService for Service {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        match tokio::time::timeout(ANSWER, self.0.request(request)).await {
            Err(late) => Err(HttpError::new(HttpErrorKind::Timeout, late)),
            Ok(Err(e)) => {
                // A certificate that is refused now is refused the next time, too.
                let kind = match trust::tls_failure(&e) {
                    Some(_) => HttpErrorKind::Unknown,
                    None if e.is_connect() => HttpErrorKind::Connect,
                    None => HttpErrorKind::Request,
                };
                Err(HttpError::new(kind, e))
            }
            Ok(Ok(answer)) => {
                Ok(answer.map(|body| HttpResponseBody::new(body.map_err(|e| HttpError::new(HttpErrorKind::Interrupted, e)))))
            }
        }
    }
}
