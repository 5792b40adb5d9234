//! Composes every module of the binary into one application: settings, Instances, background work and the HTTP server.
//!
//! The only crate that names every module. A module is one cargo feature and one line in [`modules`].

mod aplikasi;
mod background;
mod doors;
mod instance;
mod paket;
mod sertifikat;
mod serve;
mod settings;
mod tls;

use std::sync::Arc;

use praja_module::{AppParts, Instances, Module};
use praja_store::MigrationSet;

pub use background::Background;
pub use instance::{OpenError, database, fact_names, is_migrated, migrate, open, outdated, take_pack};
pub use sertifikat::PAGES;
pub use serve::{ServeError, Server, serve};
pub use settings::{
    BasisData, Berkas, Cadangan, JenisInstansi, KEYS, KeyInfo, Kind, Settings, SettingsError, Tls, WilayahSettings, merged,
    read_text as read_settings_text, without_password,
};

pub use tls::{Authority, Paper, TlsError, host_of, paper};

/// Checking what modules hand out to others, far from any server.
pub mod periksa {
    #[cfg(feature = "perizinan")]
    pub use praja_perizinan::pengawasan::periksa as perizinan;
}

/// Every module of this binary: identity and desk, which are always on, and those its features name.
pub fn modules() -> Vec<&'static Module> {
    vec![
        &praja_identity::MODULE,
        &praja_desk::MODULE,
        #[cfg(feature = "eoffice")]
        &praja_eoffice::MODULE,
        #[cfg(feature = "perizinan")]
        &praja_perizinan::MODULE,
    ]
}

/// The migrations of every module of this binary, in an order in which parents come before children.
pub fn migration_sets() -> Vec<MigrationSet> {
    modules().iter().map(|module| (module.migrations)()).collect()
}

/// What an application over these Instances is put together from.
pub fn parts(instances: Instances) -> Arc<AppParts> {
    Arc::new(AppParts { modules: modules(), instances, pages: Arc::new(praja_web::frame::GuardPages) })
}
