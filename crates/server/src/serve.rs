use std::{
    net::{SocketAddr, TcpListener},
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
    Background, Settings, Tls,
    doors::{self, Metrics, Way},
    modules, parts,
    sertifikat::Sertifikat,
    tls::{Keeper, TlsError},
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
    /// How lines are encrypted, where plain ones are shown the way, and how many threads answer.
    pub settings: Settings,
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
    #[error(transparent)]
    Certificate(#[from] TlsError),
    /// The system failed us.
    #[error("peladen berhenti karena gangguan sistem")]
    Io(#[from] std::io::Error),
}

/// Serves until Ctrl-C or SIGTERM, ends what is under way, and comes back. `ready` is called once with the address that answers.
pub fn serve(server: Server, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let mut given = listenfd::ListenFd::from_env();
    let listener = listener(&mut given, 0, server.alamat)?;
    let plain = match server.settings.alamat_http.as_deref().map(str::parse) {
        Some(Ok(alamat)) => Some(self::listener(&mut given, 1, alamat)?),
        _ => None,
    };
    let background = Background::start(server.instances.clone(), modules())?;
    let outcome = actix_web::rt::System::new().block_on(run(&server, listener, plain, ready));
    drop(background);
    outcome
}

async fn run(
    server: &Server,
    listener: TcpListener,
    plain: Option<TcpListener>,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let instances = Instances::new(server.instances.clone());
    let parts = parts(instances.clone());
    let metrics = Arc::new(Metrics::default());
    let address = listener.local_addr()?;
    let settings = &server.settings;
    let keeper = Keeper::open(settings)?;
    let https = keeper.is_some() || server.instances.iter().any(|instance| instance.is_https());
    let way = Way { url: settings.url_publik.clone(), encrypted: keeper.is_some(), behind: settings.tls == Tls::Behind };
    let papers = Arc::new(Sertifikat::new(settings));
    let http = HttpServer::new(move || {
        let (parts, metrics) = (parts.clone(), metrics.clone());
        let (counters, way, papers) = (metrics.clone(), way.clone(), papers.clone());
        App::new()
            .app_data(Data::new(instances.clone()))
            .app_data(Data::new(metrics))
            .app_data(Data::from(papers))
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
            .wrap_fn(move |request, service| {
                way.note_address(&request);
                let answer = match way.shown(&request) {
                    Some(answer) => Err(request.into_response(answer)),
                    None => Ok(service.call(request)),
                };
                async move {
                    match answer {
                        Ok(called) => Ok(called.await?.map_into_left_body()),
                        Err(shown) => Ok(shown.map_into_right_body()),
                    }
                }
            })
            .configure(doors::configure)
            .configure(crate::sertifikat::configure)
            .configure(crate::aplikasi::configure)
            .configure(|config| praja_module::configure(&parts, config))
    })
    .workers(settings.pekerja)
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
    let http = match &keeper {
        None => http.listen(listener)?,
        Some(keeper) => http.listen_rustls_0_23(listener, keeper.config()?)?,
    };
    let http = match plain {
        Some(plain) => http.listen(plain)?,
        None => http,
    };
    if let Some(keeper) = keeper {
        actix_web::rt::spawn(keeper.keep());
    }
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
fn listener(given: &mut listenfd::ListenFd, place: usize, alamat: SocketAddr) -> Result<TcpListener, ServeError> {
    // More than one are handed over or none: a second that is missing means that systemd was not told of it.
    if place < given.len()
        && let Some(given) = given.take_tcp_listener(place)?
    {
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
