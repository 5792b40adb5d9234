//! The addresses that belong to no module: health, metrics and the assets of the pages.

use std::{
    fmt::Write,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use actix_web::{
    HttpMessage, HttpRequest, HttpResponse,
    dev::ServiceRequest,
    http::Method,
    web::{self, Data, Path, ServiceConfig},
};
use praja_module::{Instances, RealAddress};

/// Counters for `/metrics`.
pub(crate) struct Metrics {
    began: Instant,
    /// Answers by the first digit of their status.
    pub(crate) answers: [AtomicU64; 6],
    /// Time spent answering, in microseconds.
    pub(crate) busy_us: AtomicU64,
}

impl Default for Metrics {
    fn default() -> Self {
        Self { began: Instant::now(), answers: Default::default(), busy_us: AtomicU64::new(0) }
    }
}

impl Metrics {
    pub(crate) fn note(&self, status: u16, us: u64) {
        let class = usize::from(status / 100).min(5);
        self.answers[class].fetch_add(1, Ordering::Relaxed);
        self.busy_us.fetch_add(us, Ordering::Relaxed);
    }
}

/// How a request that came on this line is treated before any page sees it.
#[derive(Debug, Clone)]
pub(crate) struct Way {
    /// The address people type, without a slash at the end.
    pub(crate) url: String,
    /// Are there encrypted lines of our own?
    pub(crate) encrypted: bool,
    /// Does a web server on this machine stand in front of us?
    pub(crate) behind: bool,
}

/// Pages that are shown on a plain line too: what a phone needs before it can trust the encrypted one, and health.
const PLAIN: [&str; 5] = ["/sertifikat", "/aset", "/healthz", "/readyz", "/metrics"];

impl Way {
    /// The way to the encrypted line, for a request that came on a plain one.
    pub(crate) fn shown(&self, request: &ServiceRequest) -> Option<HttpResponse> {
        if !self.encrypted || request.app_config().secure() {
            return None;
        }
        let path = request.path();
        let open = |place: &&str| path.strip_prefix(*place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if PLAIN.iter().any(open) {
            return None;
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            // What was typed has crossed the line in the open; it is not carried on as if nothing had happened.
            return Some(HttpResponse::Forbidden().content_type("text/plain; charset=utf-8").body(format!(
                "Formulir tidak dikirim karena alamat ini tidak terenkripsi. Buka {} lalu isi kembali.\n",
                self.url
            )));
        }
        let place = request.uri().path_and_query().map_or("/", |place| place.as_str());
        Some(HttpResponse::PermanentRedirect().insert_header(("location", format!("{}{place}", self.url))).finish())
    }

    /// Behind a web server every request comes from this machine; the last address it names is the one it saw itself.
    pub(crate) fn note_address(&self, request: &ServiceRequest) {
        let near = request.peer_addr().is_some_and(|peer| peer.ip().is_loopback());
        if !self.behind || !near {
            return;
        }
        let named = request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok()).next_back();
        let last = named.and_then(|line| line.rsplit(',').next()).and_then(|word| word.trim().parse().ok());
        if let Some(address) = last {
            request.extensions_mut().insert(RealAddress(address));
        }
    }
}

pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(web::resource("/healthz").get(healthz))
        .service(web::resource("/readyz").get(readyz))
        .service(web::resource("/metrics").get(metrics))
        .service(web::resource("/favicon.ico").get(|| async { asset("favicon.svg", None) }))
        .service(web::resource("/aset/{path:.*}").get(|path: Path<String>, request: HttpRequest| async move {
            let known = request.headers().get("if-none-match").and_then(|value| value.to_str().ok()).map(ToOwned::to_owned);
            asset(&path, known.as_deref())
        }));
}

/// The process answers.
async fn healthz() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

/// Every Instance's database answers.
async fn readyz(instances: Data<Instances>) -> HttpResponse {
    let asked = web::block(move || instances.all().iter().try_for_each(|instance| instance.db.ping())).await;
    match asked {
        Ok(Ok(())) => HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("siap\n"),
        Ok(Err(e)) => {
            tracing::warn!(error = %e, "not ready");
            HttpResponse::ServiceUnavailable().content_type("text/plain; charset=utf-8").body("basis data belum menjawab\n")
        }
        Err(_) => HttpResponse::ServiceUnavailable().finish(),
    }
}

/// Figures for a monitoring program on this machine; from anywhere else the page does not exist.
async fn metrics(request: HttpRequest, metrics: Data<Arc<Metrics>>, instances: Data<Instances>) -> HttpResponse {
    let local = request.peer_addr().is_some_and(|peer| peer.ip().is_loopback());
    // Behind a web server on this machine every stranger seems local; what it forwarded says so.
    let forwarded = ["x-forwarded-for", "forwarded", "x-real-ip", "via"].iter().any(|name| request.headers().contains_key(*name));
    if !local || forwarded {
        return HttpResponse::NotFound().finish();
    }
    let backlog =
        web::block(move || instances.all().iter().map(|instance| (instance.id, instance.db.backlog())).collect::<Vec<_>>());
    let mut text = String::new();
    let _ = writeln!(text, "# TYPE praja_uptime_seconds gauge\npraja_uptime_seconds {}", metrics.began.elapsed().as_secs());
    let _ = writeln!(text, "# TYPE praja_answers_total counter");
    for (class, count) in metrics.answers.iter().enumerate().skip(1) {
        let _ = writeln!(text, "praja_answers_total{{status=\"{class}xx\"}} {}", count.load(Ordering::Relaxed));
    }
    let busy = metrics.busy_us.load(Ordering::Relaxed);
    let _ = writeln!(text, "# TYPE praja_busy_microseconds_total counter\npraja_busy_microseconds_total {busy}");
    if let Some(kib) = resident_kib() {
        let _ = writeln!(text, "# TYPE praja_resident_bytes gauge\npraja_resident_bytes {}", kib * 1024);
    }
    let _ = writeln!(text, "# TYPE praja_backlog gauge");
    for (id, counts) in backlog.await.unwrap_or_default() {
        for (what, count) in counts.into_iter().flatten() {
            let _ = writeln!(text, "praja_backlog{{instansi=\"{id}\",antrean=\"{what}\"}} {count}");
        }
    }
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text)
}

fn asset(path: &str, known: Option<&str>) -> HttpResponse {
    let Some(asset) = praja_web::assets::find(path) else { return HttpResponse::NotFound().finish() };
    let mut out = if known == Some(asset.etag.as_str()) { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    out.insert_header(("etag", asset.etag.clone())).insert_header(("cache-control", asset.cache_control()));
    if known == Some(asset.etag.as_str()) { out.finish() } else { out.content_type(asset.mime).body(asset.bytes.into_owned()) }
}

/// Memory this process holds, in KiB.
fn resident_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
