use std::{collections::HashMap, net::IpAddr, sync::Arc};

use actix_web::{HttpMessage, HttpRequest};

use crate::{
    Instance, Instances,
    input::{pairs, visible},
    instance::INSTANCE_COOKIE,
    response::decode,
};

/// The cookie of a session.
pub const SESSION_COOKIE: &str = "praja_sesi";
/// The header with which our script sends a form.
pub const SCRIPT_HEADER: &str = "x-praja-skrip";
/// The cookie that ties a guest's forms to the guest's browser.
pub const GUEST_COOKIE: &str = "praja_tamu";

/// What is taken out of a request before it goes to another thread.
#[derive(Clone)]
pub struct Incoming {
    /// The Instance it is for.
    pub instance: Arc<Instance>,
    /// The address without the query.
    pub path: String,
    /// The route's pattern.
    pub pattern: &'static str,
    /// The query.
    pub query: Vec<(String, String)>,
    /// Did a script of ours send this, which wants to be told where to go rather than be sent there?
    pub by_script: bool,
    /// The sender's address, for throttling.
    pub address: String,
    /// What the browser calls itself, cut short; for the list of one's own sessions.
    pub agent: String,
    /// The address with its query.
    pub whole: String,
    /// The address with its query, when the request only reads: where to come back to after signing in.
    pub(crate) back_to: Option<String>,
    pub(crate) params: Vec<(String, String)>,
    pub(crate) cookies: HashMap<String, String>,
    /// Says the browser that a page of another site sent this?
    pub(crate) foreign: bool,
    /// May the answer be compressed?
    pub(crate) gzip: bool,
}

impl Incoming {
    /// Reads a request; none when its host leads to no Instance.
    pub(crate) fn read(request: &HttpRequest, instances: &Instances, pattern: &'static str) -> Option<Self> {
        let cookies = cookies(request);
        let host = request.headers().get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
        let instance = instances.find(host, cookies.get(INSTANCE_COOKIE).map(String::as_str))?;
        let whole = request.uri().path_and_query().map_or_else(|| request.path().to_owned(), |whole| whole.as_str().to_owned());
        let agent = request.headers().get("user-agent").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let params = request.match_info().iter().map(|(name, value)| (name.to_owned(), visible(decode(value, false)))).collect();
        Some(Self {
            path: request.path().to_owned(),
            pattern,
            query: pairs(request.query_string()),
            by_script: request.headers().contains_key(SCRIPT_HEADER),
            address: asker(request).map(|address| address.to_string()).unwrap_or_default(),
            agent: agent.chars().filter(|c| !c.is_control()).take(300).collect(),
            back_to: (request.method() == actix_web::http::Method::GET).then(|| whole.clone()),
            whole,
            params,
            foreign: is_foreign(request, host),
            gzip: request
                .headers()
                .get_all("accept-encoding")
                .filter_map(|value| value.to_str().ok())
                .any(crate::pack::takes_gzip),
            cookies,
            instance,
        })
    }

    /// What the browser sent under `name`.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// The cookie that ties forms to this browser: the session's, else the guest's.
    pub(crate) fn form_cookie(&self) -> Option<&str> {
        self.cookie(SESSION_COOKIE).or_else(|| self.cookie(GUEST_COOKIE))
    }
}

impl Instances {
    /// The Instance a request is for; none when its host leads nowhere.
    pub fn of(&self, request: &HttpRequest) -> Option<Arc<Instance>> {
        let host = request.headers().get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
        self.find(host, cookies(request).get(INSTANCE_COOKIE).map(String::as_str))
    }
}

/// The asker's address when a web server that we trust stands between: the server puts it into the request's extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RealAddress(pub IpAddr);

fn asker(request: &HttpRequest) -> Option<IpAddr> {
    let told = request.extensions().get::<RealAddress>().map(|real| real.0);
    told.or_else(|| request.peer_addr().map(|peer| peer.ip()))
}

fn cookies(request: &HttpRequest) -> HashMap<String, String> {
    let headers = request.headers().get_all("cookie").filter_map(|value| value.to_str().ok());
    let parts = headers.flat_map(|line| line.split(';')).filter_map(|part| part.trim().split_once('='));
    parts.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Browsers say where a form was sent from; what says nothing (curl, very old phones) still needs the token.
fn is_foreign(request: &HttpRequest, host: &str) -> bool {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = header("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    match header("origin") {
        Some("null") | None => false,
        Some(origin) => origin.split_once("://").is_none_or(|(_, authority)| !authority.eq_ignore_ascii_case(host)),
    }
}
