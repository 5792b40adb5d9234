use std::{
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use actix_web::{
    App, HttpServer,
    dev::Service,
    middleware::{Compress, DefaultHeaders},
    web::Data,
};
use praja_module::{Instance, Instances};
use tokio::signal::unix::{SignalKind, signal};

use crate::{
    Background, Tls,
    doors::{self, Metrics},
    modules, parts, tls,
};

/// Waiting connections the kernel holds for us.
const BACKLOG: i32 = 1024;
/// Threads of one worker on which handlers may wait for the database. More only wait for each other.
const BLOCKING: usize = 8;
/// After the wish to stop, answers under way get this long, in seconds.
const GRACE_S: u64 = 10;
/// Everything a page may load comes from us; nothing may frame it.
const CSP: &str = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// What is served, and how.
pub struct Server {
    /// The Instances.
    pub instances: Vec<Arc<Instance>>,
    /// Where to listen, unless the system hands over a socket.
    pub alamat: SocketAddr,
    /// How lines are encrypted.
    pub tls: Tls,
    /// Threads that answer requests.
    pub pekerja: usize,
}

/// Why serving did not begin or ended badly.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Somebody else listens there.
    #[error("alamat {0} sudah dipakai program lain")]
    AddressInUse(SocketAddr),
    /// The address may not be used.
    #[error("alamat {alamat} tidak dapat dipakai")]
    Bind {
        /// The address.
        alamat: SocketAddr,
        /// The system's words.
        #[source]
        source: std::io::Error,
    },
    /// The certificate or key cannot be used.
    #[error("{path}: {what}")]
    Certificate {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        what: String,
    },
    /// The system failed us.
    #[error("peladen berhenti karena gangguan sistem")]
    Io(#[from] std::io::Error),
}

/// Serves until Ctrl-C or SIGTERM, ends what is under way, and comes back. `ready` is called once with the address that answers.
pub fn serve(server: Server, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let listener = listener(server.alamat)?;
    let address = listener.local_addr()?;
    let background = Background::start(server.instances.clone(), modules())?;
    let outcome = actix_web::rt::System::new().block_on(run(&server, listener, address, ready));
    drop(background);
    outcome
}

async fn run(
    server: &Server,
    listener: TcpListener,
    address: SocketAddr,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let instances = Instances::new(server.instances.clone());
    let parts = parts(instances.clone());
    let metrics = Arc::new(Metrics::default());
    let https = matches!(server.tls, Tls::Files { .. }) || server.instances.iter().any(|instance| instance.is_https());
    let http = HttpServer::new(move || {
        let (parts, metrics) = (parts.clone(), metrics.clone());
        let counters = metrics.clone();
        App::new()
            .app_data(Data::new(instances.clone()))
            .app_data(Data::new(metrics))
            .wrap(headers(https))
            .wrap(Compress::default())
            .wrap_fn(move |request, service| {
                let (began, counters) = (Instant::now(), counters.clone());
                let answer = service.call(request);
                async move {
                    let answer = answer.await?;
                    let us = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
                    counters.note(answer.status().as_u16(), us);
                    Ok(answer)
                }
            })
            .configure(doors::configure)
            .configure(|config| praja_module::configure(&parts, config))
    })
    .workers(server.pekerja)
    .worker_max_blocking_threads(BLOCKING)
    .on_connect(|connection, _| {
        // A compressed page leaves in several pieces; waiting for the reader's word after each costs 40 ms a page.
        if let Some(line) = connection.downcast_ref::<actix_web::rt::net::TcpStream>()
            && let Err(e) = line.set_nodelay(true)
        {
            tracing::debug!(error = %e, "a line stays with delays");
        }
    })
    .backlog(u32::try_from(BACKLOG).unwrap_or(1024))
    .keep_alive(Duration::from_secs(60))
    .client_request_timeout(Duration::from_secs(20))
    .shutdown_timeout(GRACE_S)
    .disable_signals();
    let http = match &server.tls {
        Tls::None => http.listen(listener)?,
        Tls::Files { sertifikat, kunci } => http.listen_rustls_0_23(listener, tls::config(sertifikat, kunci)?)?,
    };
    let running = http.run();
    let handle = running.handle();
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    actix_web::rt::spawn(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        notify(sd_notify::NotifyState::Stopping);
        handle.stop(true).await;
    });
    notify(sd_notify::NotifyState::Ready);
    ready(address);
    Ok(running.await?)
}

fn headers(https: bool) -> DefaultHeaders {
    let headers = DefaultHeaders::new()
        .add(("content-security-policy", CSP))
        .add(("x-content-type-options", "nosniff"))
        .add(("x-frame-options", "DENY"))
        .add(("referrer-policy", "same-origin"))
        .add(("cross-origin-opener-policy", "same-origin"))
        .add(("cross-origin-resource-policy", "same-origin"))
        .add(("permissions-policy", "camera=(self), geolocation=(self), microphone=(), payment=()"));
    if https { headers.add(("strict-transport-security", "max-age=31536000")) } else { headers }
}

/// A socket from systemd, so that a restart refuses nobody; else one of our own.
fn listener(alamat: SocketAddr) -> Result<TcpListener, ServeError> {
    if let Some(given) = listenfd::ListenFd::from_env().take_tcp_listener(0)? {
        return Ok(given);
    }
    TcpListener::bind(alamat).map_err(|source| match source.kind() {
        std::io::ErrorKind::AddrInUse => ServeError::AddressInUse(alamat),
        _ => ServeError::Bind { alamat, source },
    })
}

/// Outside systemd there is nobody to tell, which is no failure.
fn notify(state: sd_notify::NotifyState<'_>) {
    if let Err(e) = sd_notify::notify(&[state]) {
        tracing::debug!(error = %e, "the service manager was not told");
    }
}
