//! The operations of `box_` on a real installation, through `praja-server`.

mod backup;
mod dokumen;
mod health;
mod recovery;
mod scheduled;
mod shown;
mod support;

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result, anyhow, bail};
use praja_deploy::{Obstacle, Seen, Told, overlay_of, settings_reason};
use praja_kernel::{Clock, IdSource};
use praja_module::{Access, Demo, Instance, Method, Module, Route, SystemClock, SystemIds};
use praja_server::{BasisData, OpenError, ServeError, Server, Settings, SettingsError};
use praja_store::{
    Anchor, By, Db, KEY_FILE, Keyring, Keys, Options, Work,
    audit::{Problem, ProblemKind},
    backup::{replace, snapshot},
};

pub(crate) use backup::{Destination, backup_restore, backup_verify, is_backup};
pub(crate) use health::open_to_others;
pub(crate) use scheduled::{Listed, Place, note_checked};

use crate::{
    account::DemoAccount,
    box_::{AnchorReport, AuditReport, BackupReport, DemoRequest, ModuleInfo, Operations, RouteInfo, ServerBox},
    timer::Timer,
};

/// The recovery sheet, beside the key it brings back, until it is printed and taken away.
pub(crate) const SHEET: &str = "lembar-pemulihan.txt";
/// The sheet as a page to print, beside the one in plain text.
pub(crate) const SHEET_PAGE: &str = "lembar-pemulihan.html";
/// What `try --reset` puts back.
const SNAPSHOT: &str = "data/awal.db";
/// Two boxes with the same seed and anchor hold the same demo regency.
const SEED: u64 = 20_060_714;
const DEMO_BEGUN: &str = "contoh.mulai";
const DEMO_DONE: &str = "contoh.selesai";

/// The modules in this program.
pub(crate) fn module_list() -> Vec<ModuleInfo> {
    let own = |module: &&Module| !matches!(module.id, "identity" | "desk");
    let info = |module: &Module| ModuleInfo {
        id: module.id.to_owned(),
        judul: module.title.to_owned(),
        dasar_hukum: module.legal_basis.join("; "),
    };
    praja_server::modules().into_iter().filter(own).map(info).collect()
}

/// Every address of this program, those of identity and desk too.
pub(crate) fn route_list() -> Vec<RouteInfo> {
    let info = |module: &Module, route: &Route| RouteInfo {
        modul: module.id,
        metode: match route.method {
            Method::Get => "GET",
            Method::Post => "POST",
        },
        alamat: route.path,
        akses: match route.access {
            Access::Public => "publik",
            Access::SignedIn => "pegawai",
            Access::Warga => "warga",
            Access::Account => "akun",
            Access::Needs(permission) => permission.name(),
        },
        kegunaan: route.purpose,
    };
    let of_server = praja_server::PAGES.iter().map(|(alamat, kegunaan)| RouteInfo {
        modul: "server",
        metode: "GET",
        alamat,
        akses: "publik",
        kegunaan,
    });
    let of_modules =
        praja_server::modules().into_iter().flat_map(|module| module.routes.iter().map(move |route| info(module, route)));
    let of_programs = praja_server::modules().into_iter().flat_map(|module| {
        module.api.iter().map(|operation| RouteInfo {
            modul: module.id,
            metode: match operation.method() {
                Method::Get => "GET",
                Method::Post => "POST",
            },
            alamat: operation.path,
            akses: "token",
            kegunaan: operation.title,
        })
    });
    of_server.chain(of_modules).chain(of_programs).collect()
}

impl ServerBox {
    fn settings(&self) -> Result<Settings> {
        load_settings(self.config())
    }

    /// The Instance, for work of minutes rather than for serving.
    fn open(&self) -> Result<(Settings, Instance)> {
        let settings = self.settings()?;
        let options = Options { readers: 2, patient: true, ..Options::default() };
        let instance = praja_server::open(&settings, &options)?;
        Ok((settings, instance))
    }
}

/// The settings with their overlay; what is wrong in them is told with the file in which it stands.
fn load_settings(config: &Path) -> Result<Settings> {
    let wrong = |what: &str| {
        let key = what.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next());
        let over = overlay_of(config);
        let holds = |key: &str| fs::read_to_string(&over).is_ok_and(|text| text.contains(&format!("{key}:")));
        let path = if key.is_some_and(holds) { over.clone() } else { config.to_path_buf() };
        Obstacle::BrokenSettings { path, reason: settings_reason(what) }
    };
    Settings::load(config).map_err(|error| match &error {
        SettingsError::Wrong { what, .. } => wrong(what).into(),
        SettingsError::Unreadable { .. } => anyhow!(error),
    })
}

impl ServerBox {
    /// Brings a database that an older program served up to date, and gives the number of changes to its tables. Whoever holds the lock of
    /// the installation's folder calls it; on a shared server the store's own lock keeps two from doing it at once.
    pub(crate) fn update(&self) -> Result<usize> {
        let settings = self.settings()?;
        if praja_server::outdated(&settings)?.is_empty() {
            return Ok(0);
        }
        let done = praja_server::migrate(&settings).context(
            "Basis data ini berasal dari rilis lain dan belum dapat disesuaikan. Tidak ada yang berubah di dalamnya; pakai lagi program rilis sebelumnya.",
        )?;
        Ok(done.len())
    }

    /// Is there somebody who administers it?
    pub(crate) fn has_administrator(&self) -> Result<bool> {
        Ok(praja_identity::has_administrator(&self.open()?.1)?)
    }

    /// What officers measured of their offices' lines: code and name of the OPD, and the figures.
    pub(crate) fn measured_lines(&self) -> Result<Vec<Told>> {
        let (_, instance) = self.open()?;
        let lines = instance.db.read(praja_desk::ukur::summary)?;
        let seen = |line: praja_desk::ukur::Summary| {
            let seen = Seen {
                at: line.at,
                times: line.times,
                p50_us: line.p50_us,
                p95_us: line.p95_us,
                down_kbit: line.down_kbit,
                up_kbit: line.up_kbit,
            };
            (line.kode, line.nama, seen)
        };
        Ok(lines.into_iter().map(seen).collect())
    }

    /// A one-time link by which whoever opens it becomes administrator; none when there is one already and no further is wanted.
    pub(crate) fn admin_link(&self, extra: bool) -> Result<Option<String>> {
        let (_, instance) = self.open()?;
        if !extra && praja_identity::has_administrator(&instance)? {
            return Ok(None);
        }
        Ok(Some(praja_identity::administrator_link(&instance)?))
    }

    /// The same for a box at work that has no administrator yet; a box for trying has its accounts.
    pub(crate) fn first_admin_link(&self) -> Result<Option<String>> {
        if matches!(self.settings()?.jenis, praja_server::JenisInstansi::Contoh) {
            return Ok(None);
        }
        self.admin_link(false)
    }
}

impl Operations for ServerBox {
    fn keys_exist(&self) -> Result<bool> {
        let settings = self.settings()?;
        if !settings.kunci.join(KEY_FILE).exists() {
            return Ok(false);
        }
        // A power cut while the file was written leaves half a key; once there is data, a broken key is never drawn anew.
        Ok(Keyring::load(&settings.kunci).is_ok() || !is_unborn(&settings))
    }

    fn create_keys(&self) -> Result<()> {
        let settings = self.settings()?;
        let (keys, drawn) = Keyring::create()?;
        let half = settings.kunci.join(KEY_FILE);
        if half.exists() && is_unborn(&settings) {
            fs::remove_file(half)?;
        }
        // The sheet first: a key without its sheet could never be recovered.
        recovery::write_sheet(&settings, &keys, &drawn)?;
        Ok(keys.save(&settings.kunci)?)
    }

    fn is_migrated(&self) -> Result<bool> {
        let settings = self.settings()?;
        if !praja_server::is_migrated(&settings)? {
            return Ok(false);
        }
        // Tables come first, the facts of the birth after them: a power cut in between leaves the one without the other.
        match praja_server::open(&settings, &Options { readers: 1, ..Options::default() }) {
            Err(OpenError::BrokenFact(_)) => Ok(false),
            other => Ok(other.map(|_| true)?),
        }
    }

    fn migrate(&self) -> Result<()> {
        praja_server::migrate(&self.settings()?)?;
        Ok(())
    }

    fn demo_exists(&self) -> Result<bool> {
        let (_, instance) = self.open()?;
        Ok(instance.db.read(|tx| tx.fact(DEMO_DONE))?.is_some())
    }

    fn load_demo(&self, request: &DemoRequest) -> Result<()> {
        let (settings, instance) = self.open()?;
        let mut instance = instance;
        if instance.db.read(|tx| tx.fact(DEMO_BEGUN))?.is_some() {
            // A half-filled regency is begun anew: nothing in it was anybody's work.
            drop(instance);
            clear(&settings)?;
            praja_server::migrate(&settings)?;
            instance = self.open()?.1;
        }
        record(&instance, DEMO_BEGUN, &request.jangkar.to_string())?;
        let (seed, scale) = (SEED, u64::from(request.skala));
        for module in praja_server::modules().into_iter().filter(|module| instance.has_module(module.id)) {
            let Some(load) = module.demo else { continue };
            load(&Demo { instance: &instance, seed, anchor: request.jangkar, scale, progress: &|_, _, _| {} })
                .with_context(|| format!("Data contoh modul {} tidak dapat diisi.", module.id))?;
        }
        record(&instance, DEMO_DONE, &request.wilayah.to_string())
    }

    fn draw_accounts(&self) -> Result<Vec<DemoAccount>> {
        let (_, instance) = self.open()?;
        Ok(praja_identity::accounts::create_demo(&instance)?.into_iter().map(account).collect())
    }

    fn open_cards(&self, first: usize, passwords: &[String]) -> Result<Vec<DemoAccount>> {
        let (_, instance) = self.open()?;
        Ok(praja_identity::accounts::open_cards(&instance, first, passwords)?.into_iter().map(account).collect())
    }

    fn snapshot_exists(&self) -> Result<bool> {
        Ok(self.settings()?.root.join(SNAPSHOT).exists())
    }

    fn snapshot(&self) -> Result<()> {
        let (settings, instance) = self.open()?;
        let whole = settings.root.join(SNAPSHOT);
        let partial = whole.with_extension("db.sebagian");
        if partial.exists() {
            fs::remove_file(&partial)?;
        }
        snapshot(&instance.db, &praja_server::migration_sets(), &partial, instance.now(), &instance.ids)?;
        fs::File::open(&partial)?.sync_all()?;
        fs::rename(&partial, &whole)?;
        Ok(())
    }

    fn reset(&self) -> Result<()> {
        let settings = self.settings()?;
        let snapshot = settings.root.join(SNAPSHOT);
        let BasisData::Sqlite { berkas } = &settings.basis_data else {
            return reset_server_database(&settings, &snapshot);
        };
        let fresh = berkas.with_extension("db.baru");
        fs::copy(&snapshot, &fresh).with_context(|| format!("{} tidak dapat disalin.", snapshot.display()))?;
        fs::File::open(&fresh)?.sync_all()?;
        // A WAL of the old file must never be played into the new one.
        remove_beside(berkas)?;
        fs::rename(&fresh, berkas)?;
        if let Some(folder) = berkas.parent() {
            fs::File::open(folder)?.sync_all()?;
        }
        Ok(())
    }

    fn serve(&self, ready: Box<dyn FnOnce(SocketAddr) + Send>) -> Result<()> {
        let settings = self.settings()?;
        // Plain data that a killed backup left do not wait for the next backup.
        Work::sweep(&settings.root.join("data"))?;
        let mut instance = praja_server::open(&settings, &Options::default())?;
        instance.ports.backups = Some(Arc::new(shown::Shown::new(self.config().to_path_buf())));
        praja_server::take_pack(&instance)?;
        let alamat: SocketAddr = settings.alamat.parse().with_context(|| format!("Alamat {} salah.", settings.alamat))?;
        let server = Server { instances: vec![Arc::new(instance)], alamat, settings: settings.clone() };
        let _backups = Timer::start(self.config().to_path_buf());
        praja_server::serve(server, ready).map_err(|error| match error {
            ServeError::AddressInUse(taken) => taken_port(taken).into(),
            other => anyhow!(other),
        })
    }

    fn audit_verify(&self, anchors: &[PathBuf]) -> Result<AuditReport> {
        let (_, instance) = self.open()?;
        let anchors = anchors.iter().map(|path| read_anchor(path)).collect::<Result<Vec<_>>>()?;
        let known = own_key(&instance);
        if let Some(other) = anchors.iter().find(|anchor| anchor.instansi != instance.id.to_string()) {
            bail!("Jangkar itu milik pemasangan {}, bukan pemasangan ini ({}).", other.instansi, instance.id);
        }
        let names = names(&instance)?;
        let report = instance.db.verify_audit(&anchors, |chain| name_of(&names, chain))?;
        let mut masalah: Vec<String> = report
            .problems
            .iter()
            .map(|problem| told(problem, &praja_kernel::tanggal_panjang(instance.zona.date(problem.pada))))
            .collect();
        if anchors.iter().any(|anchor| anchor.kunci != known) {
            masalah.push(
                "Kunci pemasangan ini bukan kunci yang menandatangani jangkar: kunci diganti sesudah jangkar dibuat.".into(),
            );
        }
        let rantai = report.chains;
        Ok(AuditReport { rantai, baris: report.rows, terhapus: report.erased, masalah })
    }

    fn audit_anchor(&self) -> Result<AnchorReport> {
        let (_, instance) = self.open()?;
        let names = names(&instance)?;
        let (id, key, now) = (instance.id.to_string(), instance.keys().signing(), instance.now());
        let anchor = instance.db.read(|tx| Anchor::take(tx, &id, now, &key, |chain| name_of(&names, chain)))?;
        Ok(AnchorReport { teks: anchor.text(), ringkas: anchor.summary(), rantai: anchor.heads.len() })
    }

    fn backup_create(&self, output: Option<&Path>) -> Result<BackupReport> {
        let (settings, instance) = self.open()?;
        backup::create(&settings, &instance, output)
    }
}

/// A problem of the audit trail, with the day on which it was whole.
fn told(problem: &Problem, tanggal: &str) -> String {
    match problem.kind {
        // A chain without any row has no row to point at.
        ProblemKind::Cut { had } if problem.urut == 0 => {
            format!("{}, {tanggal}: seluruh baris hilang; saat dijangkar ada {had} baris.", problem.nama)
        }
        _ => format!("{}, baris {}, {tanggal}: {}.", problem.nama, problem.urut, problem.kind.words()),
    }
}

/// An anchor as it was kept elsewhere.
pub(crate) fn read_anchor(path: &Path) -> Result<Anchor> {
    let text = fs::read_to_string(path).with_context(|| format!("Jangkar {} tidak dapat dibaca.", path.display()))?;
    text.parse().with_context(|| format!("Jangkar {} tidak dapat dipakai.", path.display()))
}

fn own_key(instance: &Instance) -> String {
    instance.keys().signing().verifying_key().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn names(instance: &Instance) -> Result<Vec<(String, String)>> {
    let opd = instance.db.read(praja_identity::opd::list_active)?;
    Ok(opd.into_iter().map(|opd| (opd.id.to_string(), opd.nama)).collect())
}

fn name_of(names: &[(String, String)], chain: &str) -> String {
    if chain == "umum" {
        return "Umum (warga, masuk dan keluar, sistem)".into();
    }
    match names.iter().find(|(id, _)| id == chain) {
        Some((_, nama)) => nama.clone(),
        None if chain.parse::<praja_kernel::Id>().is_ok() => format!("OPD {chain}"),
        None => format!("Rantai {chain}"),
    }
}

fn record(instance: &Instance, name: &'static str, value: &str) -> Result<()> {
    let value = value.to_owned();
    let by = instance.by_system("installer.record");
    instance.db.write(&by, Keys::unaudited(), move |tx| tx.record_fact(name, &value).map(|_| ()))?;
    Ok(())
}

/// Has the embedded database never been made? A server's database is taken for born.
fn is_unborn(settings: &Settings) -> bool {
    matches!(&settings.basis_data, BasisData::Sqlite { berkas } if !berkas.exists())
}

fn clear(settings: &Settings) -> Result<()> {
    let BasisData::Sqlite { berkas } = &settings.basis_data else {
        bail!("Pengisian daerah contoh terputus di tengah. Kosongkan basis data PostgreSQL itu, lalu ulangi perintahnya.");
    };
    fs::remove_file(berkas)?;
    remove_beside(berkas)
}

/// The WAL and index that stand beside an SQLite file.
fn remove_beside(berkas: &Path) -> Result<()> {
    for end in ["-wal", "-shm"] {
        let mut name = berkas.as_os_str().to_owned();
        name.push(end);
        match fs::remove_file(PathBuf::from(name)) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e.into()),
            _ => {}
        }
    }
    Ok(())
}

fn reset_server_database(settings: &Settings, snapshot: &Path) -> Result<()> {
    let BasisData::Postgres { url } = &settings.basis_data else { return Ok(()) };
    let (clock, ids) = machine();
    let target = Db::open_postgres(url, &Options { patient: true, ..Options::default() })?;
    let source = Db::open_sqlite(snapshot, &Options { readers: 1, patient: true, ..Options::default() })?;
    let by = By::system("installer.reset", clock.now(), ids);
    replace(&source, &target, &praja_server::migration_sets(), &by)?;
    Ok(())
}

fn machine() -> (Arc<dyn Clock>, Arc<dyn IdSource>) {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    (clock.clone(), Arc::new(SystemIds::new(clock)))
}

fn taken_port(address: SocketAddr) -> Obstacle {
    Obstacle::PortTaken { port: address.port(), free: None }
}

fn account(drawn: praja_identity::accounts::DemoAccount) -> DemoAccount {
    DemoAccount { nama: drawn.nama, jabatan: drawn.jabatan, opd: drawn.opd, akun: drawn.akun, sandi: drawn.sandi }
}

#[cfg(test)]
mod tests {
    use praja_kernel::Moment;

    use super::*;

    #[test]
    fn a_chain_that_was_cut_whole_is_named_without_a_row() {
        let cut = |urut| {
            let kind = ProblemKind::Cut { had: 5 };
            told(&Problem { rantai: "x".into(), nama: "Dinas Kesehatan".into(), urut, pada: Moment(0), kind }, "23 November 2026")
        };
        assert_eq!(cut(0), "Dinas Kesehatan, 23 November 2026: seluruh baris hilang; saat dijangkar ada 5 baris.");
        assert!(cut(4).starts_with("Dinas Kesehatan, baris 4, 23 November 2026: rantai dipotong"));
    }
}
