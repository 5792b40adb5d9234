use std::sync::Arc;

use actix_web::web::{self, ServiceConfig};
use praja_store::Listener;

use crate::{Instance, Instances, Method, Module, Pages, guard};

/// What an application is put together from.
pub struct AppParts {
    /// Every module of the binary, identity and desk among them.
    pub modules: Vec<&'static Module>,
    /// The Instances served.
    pub instances: Instances,
    /// Who draws the guard's own pages.
    pub pages: Arc<dyn Pages>,
}

impl AppParts {
    /// Every permission of every module with its meaning.
    pub fn permissions(&self) -> impl Iterator<Item = &'static (praja_kernel::Permission, &'static str)> {
        self.modules.iter().flat_map(|module| module.permissions.iter())
    }

    /// A role by its identity.
    pub fn role(&self, id: &str) -> Option<&'static crate::Role> {
        self.modules.iter().flat_map(|module| module.roles.iter()).find(|role| role.id == id)
    }
}

/// Puts every module's routes, each behind the guard, into an actix application.
pub fn configure(parts: &Arc<AppParts>, config: &mut ServiceConfig) {
    for module in &parts.modules {
        let routes: Vec<_> = module.routes.iter().collect();
        let mut paths: Vec<&'static str> = Vec::new();
        for route in &routes {
            if !paths.contains(&route.path) {
                paths.push(route.path);
            }
        }
        // The first pattern that fits answers: a fixed word goes before what may be any word, whatever order they were declared in.
        paths.sort_by_key(|path| path.split('/').map(|part| part.starts_with('{')).collect::<Vec<bool>>());
        for path in paths {
            let mut resource = web::resource(path);
            for route in routes.iter().filter(|route| route.path == path) {
                let (parts, module, route) = (parts.clone(), *module, **route);
                let method = match route.method {
                    Method::Get => web::get(),
                    Method::Post => web::post(),
                };
                resource = resource
                    .route(method.to(move |request, payload| guard::answer(parts.clone(), module, route, request, payload)));
            }
            // Whoever types the address of an act, or loads it again, reads a page of ours and not the browser's.
            let parts = parts.clone();
            config.service(resource.default_service(web::to(move |request| guard::not_found(parts.clone(), request))));
        }
        operations(parts, module, config);
    }
    let parts = parts.clone();
    config.default_service(web::to(move |request| guard::not_found(parts.clone(), request)));
}

/// Puts a module's operations for other programs behind a guard of their own.
fn operations(parts: &Arc<AppParts>, module: &'static Module, config: &mut ServiceConfig) {
    let mut paths: Vec<&'static str> = module.api.iter().map(|operation| operation.path).collect();
    paths.sort_by_key(|path| (path.split('/').map(|part| part.starts_with('{')).collect::<Vec<bool>>(), *path));
    paths.dedup();
    for path in paths {
        let mut resource = web::resource(path);
        for operation in module.api.iter().filter(|operation| operation.path == path) {
            let parts = parts.clone();
            let method = match operation.method() {
                Method::Get => web::get(),
                Method::Post => web::post(),
            };
            resource = resource
                .route(method.to(move |request, payload| guard::api::answer(parts.clone(), module, operation, request, payload)));
        }
        let parts = parts.clone();
        config.service(resource.default_service(web::to(move |request| guard::not_found(parts.clone(), request))));
    }
}

/// The listeners of the modules that are on in an Instance, and their subscriptions.
pub fn listeners(modules: &[&'static Module], instance: &Instance) -> Vec<Listener> {
    let mut all = Vec::new();
    for module in modules.iter().filter(|module| instance.has_module(module.id)) {
        let Some(hear) = module.on_event else { continue };
        for kind in module.listens {
            instance.db.subscribe(kind, module.id);
        }
        all.push(Listener { module: module.id, keys: module.event_keys, hear: Arc::new(hear) });
    }
    all
}
