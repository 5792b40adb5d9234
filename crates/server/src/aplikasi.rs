//! What makes Praja installable: its manifest for each Instance, and the worker that looks after pages on a device without a line.

use std::sync::LazyLock;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{self, Data, ServiceConfig},
};
use praja_module::{Instances, Jenis, Offline};
use praja_web::{color::Accent, luring};

use crate::modules;

static WORKER: LazyLock<String> = LazyLock::new(|| {
    let modules = modules();
    let routes = modules.iter().flat_map(|module| module.routes);
    let waits: Vec<&str> = routes.filter(|route| route.offline == Offline::Wait).map(|route| route.path).collect();
    luring::worker(&waits)
});

pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(web::resource(luring::MANIFEST).get(manifest)).service(web::resource(luring::WORKER).get(worker));
}

async fn manifest(request: HttpRequest, instances: Data<Instances>) -> HttpResponse {
    let Some(instance) = instances.of(&request) else { return HttpResponse::NotFound().finish() };
    let accent = instance.paket.aksen.as_deref().and_then(|color| Accent::parse(color).ok()).unwrap_or_default();
    HttpResponse::Ok()
        .content_type("application/manifest+json")
        .insert_header(("cache-control", "no-cache"))
        .body(luring::manifest(&instance.wilayah.nama, instance.jenis == Jenis::Contoh, accent))
}

/// Asked anew each time: an old worker would go on serving the pages of an older release.
async fn worker() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/javascript; charset=utf-8")
        .insert_header(("cache-control", "no-cache"))
        .body(WORKER.as_str())
}
