//! What the unit tests of this crate stand on: a scratch database with the desk's tables, predictable identities, a fixed hour.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use actix_web::{App, body::to_bytes, cookie::Cookie, dev::ServiceResponse, test as http, web};
use praja_kernel::{ActingAs, Actor, Clock, Date, Id, IdSource, Moment, Scope, Zona};
use praja_module::{AppParts, Instance, Instances, Jenis, Module, Paket, Ports, Proof, SignIn, SignedIn, Wilayah, configure};
use praja_store::{Blobs, By, Db, Keyring, Keys, Options, PlanLog, Tx};
use praja_web::frame::GuardPages;

/// 22 November 2026, 09.00 WIB.
pub(crate) fn now() -> Moment {
    Zona::Wib.at(Date::new(2026, 11, 22).expect("a date").at(9, 0, 0, 0))
}

pub(crate) fn today() -> Date {
    Zona::Wib.date(now())
}

/// Identities that rise by one.
#[derive(Default)]
pub(crate) struct Rising(AtomicU64);

impl IdSource for Rising {
    fn next_id(&self) -> Id {
        let next = self.0.fetch_add(1, Ordering::Relaxed);
        let mut random = [0; 10];
        random[2..].copy_from_slice(&next.to_be_bytes());
        Id::v7(now().ms(), random)
    }
}

pub(crate) fn id(number: u8) -> Id {
    Id::v7(1_000, [number; 10])
}

/// An officer of OPD 1 in jabatan 2.
pub(crate) fn officer() -> Scope {
    let acting =
        ActingAs { penugasan: id(4), jabatan: id(2), nama: "Sekretaris".into(), opd: id(1), opd_nama: "Dinas Uji".into() };
    Scope {
        actor: Actor::Pegawai { id: id(3), nama: "Siti Uji".into() },
        acting: Some(acting),
        opd_set: vec![id(1)],
        roles: vec![crate::PEGAWAI.into()],
        permissions: vec![crate::USE_DESK],
    }
}

pub(crate) fn by() -> By {
    By::scope(&officer(), now(), Arc::new(Rising::default()))
}

/// A scratch database, and the log of how it answers lists.
pub(crate) fn sqlite() -> (Db, By, PlanLog) {
    let plans = PlanLog::default();
    let db = Db::scratch(&Options { plans: Some(plans.clone()), patient: true, ..Options::default() })
        .expect("a scratch database opens");
    let by = by();
    db.migrate(&[(praja_identity::MODULE.migrations)(), (crate::MODULE.migrations)()], &by).expect("migrations run");
    (db, by, plans)
}

/// Every engine this run offers: SQLite, and PostgreSQL in a schema of its own where `PRAJA_TEST_POSTGRES` gives a database.
pub(crate) fn engines(schema: &'static str) -> Vec<(Db, By)> {
    engines_with(schema, &PlanLog::default())
}

/// The same, noting how PostgreSQL answers lists; SQLite's log is [`sqlite`]'s.
pub(crate) fn engines_with(schema: &'static str, plans: &PlanLog) -> Vec<(Db, By)> {
    let (db, by, _) = sqlite();
    let mut all = vec![(db, by)];
    let Ok(url) = std::env::var("PRAJA_TEST_POSTGRES") else { return all };
    let by = self::by();
    let plain = Db::open_postgres(&url, &Options::default()).expect("PostgreSQL answers");
    for sql in [format!("DROP SCHEMA IF EXISTS {schema} CASCADE"), format!("CREATE SCHEMA {schema}")] {
        let sql: &'static str = sql.leak();
        plain.write(&by, Keys::unaudited(), move |tx| tx.exec(sql, &[]).map(|_| ())).expect("a schema");
    }
    // Both forms of connection text: `postgres://…` and `host=… dbname=…`.
    let own = match (url.contains("://"), url.contains('?')) {
        (true, false) => format!("{url}?options=-csearch_path%3D{schema}"),
        (true, true) => format!("{url}&options=-csearch_path%3D{schema}"),
        (false, _) => format!("{url} options=-csearch_path={schema}"),
    };
    let db = Db::open_postgres(&own, &Options { readers: 16, plans: Some(plans.clone()), ..Options::default() });
    let db = db.expect("PostgreSQL answers");
    db.migrate(&[(praja_identity::MODULE.migrations)(), (crate::MODULE.migrations)()], &by).expect("migrations run");
    all.push((db, by));
    all
}

/// The clock stands still.
pub(crate) struct Still;

impl Clock for Still {
    fn now(&self) -> Moment {
        now()
    }
}

/// Every cookie belongs to the officer, who also holds these permissions.
struct Anybody(Vec<praja_kernel::Permission>);

impl SignIn for Anybody {
    fn find(&self, _: &mut Tx<'_>, _: &str, _: Moment) -> praja_store::Result<Option<SignedIn>> {
        let mut scope = officer();
        scope.permissions.extend(&self.0);
        scope.permissions.sort();
        let posts = scope.acting.iter().cloned().collect();
        let (must_change_password, touch, proven_at) = (false, false, now());
        Ok(Some(SignedIn { session: id(5), scope, posts, must_change_password, touch, proven_at, tamu: None }))
    }

    fn touch(&self, _: &Instance, _: &str) {}

    fn prove(&self, _: &Instance, _: &str, _: &str) -> praja_store::Result<Proof> {
        Ok(Proof::Right)
    }
}

/// A regency with nothing but the desk (and `others`), and whoever comes is the officer.
pub(crate) struct Office {
    pub(crate) instance: Arc<Instance>,
    parts: Arc<AppParts>,
    _files: tempfile::TempDir,
}

impl Office {
    pub(crate) fn new(others: &[&'static Module]) -> Self {
        Self::with(others, &[])
    }

    /// The officer holds further permissions.
    pub(crate) fn with(others: &[&'static Module], more: &[praja_kernel::Permission]) -> Self {
        Self::built(others, more, Paket::plain("99.01", "Kabupaten Uji"))
    }

    /// The regency has a pack, whose days off are in the calendar.
    pub(crate) fn of(paket: Paket) -> Self {
        let office = Self::built(&[], &[], paket);
        let instance = &office.instance;
        crate::calendar::take_pack(&instance.db, &office.by(), &instance.paket, true, today()).expect("the pack is taken");
        office
    }

    fn built(others: &[&'static Module], more: &[praja_kernel::Permission], paket: Paket) -> Self {
        let (db, by, _) = sqlite();
        db.write(&by, Keys::none(), crate::install).expect("the calendar loads");
        let files = tempfile::tempdir().expect("a folder");
        let (keys, _) = Keyring::create().expect("keys");
        let mut ports = Ports { sign_in: Some(Arc::new(Anybody(more.to_vec()))), ..Ports::default() };
        crate::MODULE.provide.expect("the desk gives the counter")(&mut ports);
        let instance = Arc::new(Instance {
            id: id(6),
            jenis: Jenis::Contoh,
            wilayah: Wilayah { kode: paket.kode.clone(), nama: paket.nama.clone() },
            paket,
            zona: Zona::Wib,
            db,
            blobs: Blobs::local(files.path(), keys).expect("a folder for files"),
            clock: Arc::new(Still),
            ids: Arc::new(Rising::default()),
            modules: others.iter().map(|module| module.id.to_owned()).collect(),
            ports,
            url_publik: "http://127.0.0.1".into(),
            hosts: Vec::new(),
        });
        let mut modules = vec![&crate::MODULE];
        modules.extend(others);
        let instances = Instances::new(vec![instance.clone()]);
        let parts = Arc::new(AppParts { modules, instances, pages: Arc::new(GuardPages) });
        Self { instance, parts, _files: files }
    }

    /// An office with the demo data of the desk, whose officer may do everything.
    pub(crate) fn with_demo() -> Self {
        let every: Vec<_> = crate::MODULE.permissions.iter().map(|(permission, _)| *permission).collect();
        let office = Self::with(&[], &every);
        let demo = |load: fn(&praja_module::Demo<'_>) -> praja_store::Result<()>| {
            let demo =
                praja_module::Demo { instance: &office.instance, seed: 7, anchor: today(), scale: 1, progress: &|_, _, _| {} };
            load(&demo).expect("demo data load");
        };
        demo(praja_identity::MODULE.demo.expect("identity has demo data"));
        demo(crate::MODULE.demo.expect("the desk has demo data"));
        demo(crate::MODULE.demo.expect("twice changes nothing"));
        office
    }

    pub(crate) fn by(&self) -> By {
        By::scope(&officer(), now(), self.instance.ids.clone())
    }

    /// Asks for a page as the officer.
    pub(crate) async fn get(&self, address: &str) -> ServiceResponse {
        self.send(http::TestRequest::get().uri(address)).await
    }

    /// Opens `form`, then sends its hidden fields with `fields` to `to`.
    pub(crate) async fn fill(&self, form: &str, to: &str, fields: &[(&str, &str)]) -> ServiceResponse {
        let page = text(self.get(form).await).await;
        let hidden = |name: &str| {
            let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1)?;
            rest.split('"').next().map(|value| (name.to_owned(), value.to_owned()))
        };
        let mut all: Vec<(String, String)> = ["_csrf", "_kunci", "versi", "izin"].into_iter().filter_map(hidden).collect();
        all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        self.send(http::TestRequest::post().uri(to).set_form(&all)).await
    }

    /// Sends a request with the officer's cookie.
    pub(crate) async fn send(&self, request: http::TestRequest) -> ServiceResponse {
        let parts = self.parts.clone();
        let app =
            http::init_service(App::new().configure(move |config: &mut web::ServiceConfig| configure(&parts, config))).await;
        http::call_service(&app, request.cookie(Cookie::new("praja_sesi", "uji")).to_request()).await
    }
}

/// The text of an answer.
pub(crate) async fn text(response: ServiceResponse) -> String {
    let bytes = to_bytes(response.into_body()).await.expect("the answer is whole");
    String::from_utf8_lossy(&bytes).into_owned()
}
