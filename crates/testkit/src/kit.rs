use std::sync::Arc;

use praja_kernel::{Clock, Date, IdSource, Moment, Zona};
use praja_module::{AppParts, Demo, Instance, Instances, Jenis, Module, Paket, Ports, Wilayah};
use praja_store::{Blobs, By, Keyring, Options, PlanLog};

use crate::{CountedIds, StillClock, Visitor, database};

/// The day on which every test happens unless it says otherwise: a Sunday, 09.00 WIB.
const TODAY: (i16, i8, i8) = (2026, 11, 22);
const SEED: u64 = 7;

/// A whole regency for one test.
pub struct Kit {
    /// The regency.
    pub instance: Arc<Instance>,
    /// What the application is put together from.
    pub parts: Arc<AppParts>,
    /// Its clock.
    pub clock: Arc<StillClock>,
    _files: tempfile::TempDir,
}

impl Kit {
    /// The fictional regency with its people and offices, identity, desk and the given modules on, and no letters yet.
    pub fn new(modules: &[&'static Module]) -> Self {
        Self::with(modules, &Options::default(), "Kabupaten Contoh Raya", Vec::new())
    }

    /// The same, collecting the plan of every list.
    pub fn with_plans(modules: &[&'static Module]) -> (Self, PlanLog) {
        let plans = PlanLog::default();
        let options = Options { plans: Some(plans.clone()), ..Options::default() };
        (Self::with(modules, &options, "Kabupaten Contoh Raya", Vec::new()), plans)
    }

    /// A regency of another name, found by host names.
    pub fn named(modules: &[&'static Module], nama: &str, hosts: &[&str]) -> Self {
        Self::with(modules, &Options::default(), nama, hosts.iter().map(|host| (*host).to_owned()).collect())
    }

    fn with(modules: &[&'static Module], options: &Options, nama: &str, hosts: Vec<String>) -> Self {
        let zona = Zona::Wib;
        let (year, month, day) = TODAY;
        let clock = StillClock::at(Moment(zona.at(Date::constant(year, month, day).at(9, 0, 0, 0)).0));
        let ids: Arc<dyn IdSource> = CountedIds::new(clock.clone());
        let mut all: Vec<&'static Module> = vec![&praja_identity::MODULE, &praja_desk::MODULE];
        all.extend(modules.iter().copied());
        let db = database(&Options { patient: true, ..options.clone() });
        let by = By::system("testkit.prepare", clock.now(), ids.clone());
        let sets: Vec<_> = all.iter().map(|module| (module.migrations)()).collect();
        off(|| db.migrate(&sets, &by)).expect("the schema is made");
        let files = tempfile::tempdir().expect("a temporary folder");
        let (keys, _) = Keyring::create().expect("keys are drawn");
        let mut ports = Ports { sign_in: Some(praja_identity::sign_in(&all, zona)), ..Ports::default() };
        for provide in all.iter().filter_map(|module| module.provide) {
            provide(&mut ports);
        }
        let instance = Arc::new(Instance {
            id: ids.next_id(),
            jenis: Jenis::Contoh,
            wilayah: Wilayah { kode: "99.01".into(), nama: nama.into() },
            paket: Paket::plain("99.01", nama),
            zona,
            db,
            blobs: Blobs::local(files.path(), keys).expect("a folder for files"),
            clock: clock.clone(),
            ids,
            modules: modules.iter().map(|module| module.id.to_owned()).collect(),
            ports,
            url_publik: "http://127.0.0.1".into(),
            hosts,
        });
        for kind in all.iter().filter(|module| module.on_event.is_some()) {
            kind.listens.iter().for_each(|event| instance.db.subscribe(event, kind.id));
        }
        let parts = Arc::new(AppParts {
            modules: all,
            instances: Instances::new(vec![instance.clone()]),
            pages: Arc::new(praja_web::frame::GuardPages),
        });
        let kit = Self { instance, parts, clock, _files: files };
        for always in ["identity", "desk"] {
            // Only the people whom tests name: four hundred others would make every test wait.
            kit.load_demo_at(always, 0);
        }
        kit
    }

    /// Loads a module's demo data.
    pub fn load_demo(&self, module: &str) {
        self.load_demo_at(module, 1);
    }

    /// Loads a module's demo data, `scale` times the usual amount.
    pub fn load_demo_at(&self, module: &str, scale: u64) {
        let module = self.parts.modules.iter().find(|known| known.id == module).expect("the module is in the kit");
        let Some(load) = module.demo else { return };
        let anchor = self.instance.today();
        let load = || load(&Demo { instance: &self.instance, seed: SEED, anchor, scale, progress: &|_, _, _| {} });
        off(load).expect("demo data load");
    }

    /// Runs what blocks (a read or write of the database) away from an async test's own thread.
    pub fn off<T: Send>(&self, work: impl FnOnce(&Instance) -> T + Send) -> T {
        off(|| work(&self.instance))
    }

    /// Two regencies in one process: visitors of either see both, and are led by host name or cookie.
    pub fn together(first: Self, second: Self) -> (Self, Self) {
        let instances = Instances::new(vec![first.instance.clone(), second.instance.clone()]);
        let shared = |kit: &Self| {
            let pages = kit.parts.pages.clone();
            Arc::new(AppParts { modules: kit.parts.modules.clone(), instances: instances.clone(), pages })
        };
        let (one, two) = (shared(&first), shared(&second));
        (Self { parts: one, ..first }, Self { parts: two, ..second })
    }

    /// Somebody who is not signed in.
    pub fn stranger(&self) -> Visitor<'_> {
        Visitor::new(self, None)
    }

    /// The holder of a demo account (`tata-usaha`, `kadis`, `bupati` …), signed in.
    ///
    /// # Panics
    /// When the fictional regency has no such account.
    pub fn sign_in_as(&self, akun: &str) -> Visitor<'_> {
        let session = off(|| praja_identity::sessions::begin_for_rehearsal(&self.instance, akun));
        Visitor::new(self, Some(session.expect("the fictional regency has this account")))
    }
}

/// The PostgreSQL client must not run on a thread that runs async tests.
fn off<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join()).unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
