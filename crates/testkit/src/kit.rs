use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use praja_kernel::{Clock, Date, IdSource, Moment, Zona};
use praja_module::{AppParts, Demo, Instance, Instances, Jenis, Module, Paket, Ports, Wilayah};
use praja_store::{Blobs, By, Db, Keyring, Options, PlanLog};

use crate::{CountedIds, StillClock, Visitor, application::Application, database};

/// The day on which every test happens unless it says otherwise: a Sunday, 09.00 WIB.
const TODAY: (i16, i8, i8) = (2026, 11, 22);
const SEED: u64 = 7;
const MINUTE_MS: i64 = 60_000;
/// The fictional regency: no regency has this code.
const KODE: &str = "99.01";
const NAMA: &str = "Kabupaten Contoh Raya";

/// A whole regency for one test.
pub struct Kit {
    /// The regency.
    pub instance: Arc<Instance>,
    /// What the application is put together from.
    pub parts: Arc<AppParts>,
    pub(crate) application: Application,
    rehearsal: Instance,
    /// Its clock.
    pub clock: Arc<StillClock>,
    pub(crate) files: Files,
}

/// Where the stored files are.
pub(crate) enum Files {
    /// Gone with the kit.
    Passing(tempfile::TempDir),
    /// Kept for the next process.
    Kept(PathBuf),
}

impl Files {
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::Passing(folder) => folder.path(),
            Self::Kept(folder) => folder,
        }
    }
}

/// What a regency stands on: its database, its files, its keys, and how often it was opened before.
struct Ground {
    db: Db,
    files: Files,
    keys: Keyring,
    opened: i64,
}

impl Ground {
    fn passing(options: &Options) -> Self {
        let files = Files::Passing(tempfile::tempdir().expect("a temporary folder"));
        let (keys, _) = Keyring::create().expect("keys are drawn");
        Self { db: database(&Options { patient: true, ..options.clone() }), files, keys, opened: 0 }
    }

    /// What lies in a folder: made when it is opened first, found again by the next process, however the one before ended.
    fn kept(folder: &Path) -> Self {
        let (files, place, count) = (folder.join("berkas"), folder.join("alamat"), folder.join("dibuka"));
        let opened = std::fs::read_to_string(&count).map_or(0, |text| text.parse().expect("a number"));
        if opened == 0 {
            std::fs::create_dir_all(&files).expect("a folder for files");
            std::fs::write(&place, database::address(folder)).expect("the place is written down");
            Keyring::create().expect("keys are drawn").0.save(folder).expect("keys are kept");
        }
        std::fs::write(&count, (opened + 1).to_string()).expect("it is counted");
        let address = std::fs::read_to_string(&place).expect("the place was written down");
        let keys = Keyring::load(folder).expect("keys are there");
        Self { db: database::open(&address), files: Files::Kept(files), keys, opened }
    }
}

impl Kit {
    /// The fictional regency with its people and offices, identity, desk and the given modules on, and no letters yet.
    pub fn new(modules: &[&'static Module]) -> Self {
        Self::with(modules, &Options::default(), usual(NAMA), Vec::new(), Jenis::Contoh, |_| {})
    }

    /// The same, collecting the plan of every list.
    pub fn with_plans(modules: &[&'static Module]) -> (Self, PlanLog) {
        let plans = PlanLog::default();
        let options = Options { plans: Some(plans.clone()), ..Options::default() };
        (Self::with(modules, &options, usual(NAMA), Vec::new(), Jenis::Contoh, |_| {}), plans)
    }

    /// A regency of another name, found by host names.
    pub fn named(modules: &[&'static Module], nama: &str, hosts: &[&str]) -> Self {
        Self::with(
            modules,
            &Options::default(),
            usual(nama),
            hosts.iter().map(|host| (*host).to_owned()).collect(),
            Jenis::Contoh,
            |_| {},
        )
    }

    /// The same people at work in earnest: what leaves the house really leaves.
    pub fn asli(modules: &[&'static Module]) -> Self {
        Self::with(modules, &Options::default(), usual(NAMA), Vec::new(), Jenis::Asli, |_| {})
    }

    /// A regency that outlives its process: in this folder (on PostgreSQL, in a database it names), durable, and found again by whoever
    /// opens it next. Each time its clock begins a minute later, because identities carry the time.
    ///
    /// # Panics
    /// When it cannot be made or opened.
    pub fn kept(folder: &Path, modules: &[&'static Module], give: impl FnOnce(&mut Ports)) -> Self {
        Self::on(Ground::kept(folder), modules, usual(NAMA), Vec::new(), Jenis::Contoh, give)
    }

    /// The same, with ports that a program gives beside its modules.
    pub fn giving(modules: &[&'static Module], give: impl FnOnce(&mut Ports)) -> Self {
        Self::with(modules, &Options::default(), usual(NAMA), Vec::new(), Jenis::Contoh, give)
    }

    /// A regency at work in earnest, with ports that a program gives beside its modules.
    pub fn asli_giving(modules: &[&'static Module], give: impl FnOnce(&mut Ports)) -> Self {
        Self::with(modules, &Options::default(), usual(NAMA), Vec::new(), Jenis::Asli, give)
    }

    /// A regency that brought a pack of its own.
    pub fn of_pack(modules: &[&'static Module], paket: Paket) -> Self {
        Self::with(modules, &Options::default(), paket, Vec::new(), Jenis::Contoh, |_| {})
    }

    fn with(
        modules: &[&'static Module],
        options: &Options,
        paket: Paket,
        hosts: Vec<String>,
        jenis: Jenis,
        give: impl FnOnce(&mut Ports),
    ) -> Self {
        Self::on(Ground::passing(options), modules, paket, hosts, jenis, give)
    }

    fn on(
        ground: Ground,
        modules: &[&'static Module],
        paket: Paket,
        hosts: Vec<String>,
        jenis: Jenis,
        give: impl FnOnce(&mut Ports),
    ) -> Self {
        let Ground { db, files, keys, opened } = ground;
        let zona = Zona::Wib;
        let (year, month, day) = TODAY;
        let nine = zona.at(Date::constant(year, month, day).at(9, 0, 0, 0));
        let clock = StillClock::at(Moment(nine.0 + opened * MINUTE_MS));
        let ids: Arc<dyn IdSource> = CountedIds::new(clock.clone());
        let mut all: Vec<&'static Module> = vec![&praja_identity::MODULE, &praja_desk::MODULE];
        all.extend(modules.iter().copied());
        let by = By::system("testkit.prepare", clock.now(), ids.clone());
        let sets: Vec<_> = all.iter().map(|module| (module.migrations)()).collect();
        off(|| db.migrate(&sets, &by)).expect("the schema is made");
        let mut ports = Ports { sign_in: Some(praja_identity::sign_in(&all, zona)), ..Ports::default() };
        for provide in all.iter().filter_map(|module| module.provide) {
            provide(&mut ports);
        }
        give(&mut ports);
        let blobs = Blobs::local(files.path(), keys).expect("a folder for files");
        let id = ids.next_id();
        let make = |jenis| Instance {
            id,
            jenis,
            wilayah: Wilayah { kode: paket.kode.clone(), nama: paket.nama.clone() },
            paket: paket.clone(),
            zona,
            db: db.clone(),
            blobs: blobs.clone(),
            clock: clock.clone(),
            ids: ids.clone(),
            modules: modules.iter().map(|module| module.id.to_owned()).collect(),
            ports: ports.clone(),
            url_publik: "http://127.0.0.1".into(),
            hosts: hosts.clone(),
        };
        // Only a contoh Instance opens sessions without a password; tests of one at work sign in through its double.
        let (instance, rehearsal) = (Arc::new(make(jenis)), make(Jenis::Contoh));
        for kind in all.iter().filter(|module| module.on_event.is_some()) {
            kind.listens.iter().for_each(|event| instance.db.subscribe(event, kind.id));
        }
        let parts = Arc::new(AppParts {
            modules: all,
            instances: Instances::new(vec![instance.clone()]),
            pages: Arc::new(praja_web::frame::GuardPages),
        });
        let kit = Self { instance, parts, application: Application::new(), rehearsal, clock, files };
        for always in ["identity", "desk"].into_iter().filter(|_| opened == 0) {
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

    /// Does what the background would do now: delivers events and runs every job that is due, until nothing is left. Gives the jobs that
    /// ran and the causes of those that failed.
    pub fn work(&self) -> (usize, Vec<String>) {
        off(|| {
            let listeners = praja_module::listeners(&self.parts.modules, &self.instance);
            let by = By::system("testkit.work", self.clock.now(), self.instance.ids.clone());
            let (mut ran, mut failed) = (0, Vec::new());
            loop {
                let db = &self.instance.db;
                let heard = db.deliver_due(&listeners, self.clock.now(), &self.instance.ids, 200).expect("events are delivered");
                let Some(job) = db.lease_job(&by, "testkit", 60_000).expect("a job is leased") else {
                    if heard == 0 {
                        return (ran, failed);
                    }
                    continue;
                };
                let mut kinds = self.parts.modules.iter().flat_map(|module| module.jobs.iter());
                let kind = kinds.find(|kind| kind.kind == job.kind).expect("some module does this work");
                ran += 1;
                match (kind.run)(&self.instance, &job.payload) {
                    Ok(()) => drop(db.finish_job(&by, &job, "testkit").expect("a job ends")),
                    Err(e) => {
                        failed.push(format!("{}: {e}", job.kind));
                        db.fail_job(&by, &job, "testkit", &e.to_string()).expect("a job fails");
                    }
                }
            }
        })
    }

    /// Runs one job of this kind now, as its clock would.
    pub fn run_job(&self, kind: &str) {
        let mut kinds = self.parts.modules.iter().flat_map(|module| module.jobs.iter());
        let job = kinds.find(|job| job.kind == kind).expect("some module does this work");
        off(|| (job.run)(&self.instance, "null")).expect("the job runs");
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
        let anew = |parts, kit| Self { parts, application: Application::new(), ..kit };
        (anew(one, first), anew(two, second))
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
        let session = off(|| praja_identity::sessions::begin_for_rehearsal(&self.rehearsal, akun));
        Visitor::new(self, Some(session.expect("the fictional regency has this account")))
    }
}

/// The pack of a regency that brought none.
fn usual(nama: &str) -> Paket {
    Paket::plain(KODE, nama)
}

/// The PostgreSQL client must not run on a thread that runs async tests.
pub(crate) fn off<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| scope.spawn(work).join()).unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}
