//! What `praja doctor` finds out about an installation. Nothing here fails: what cannot be found out is told.

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    os::unix::fs::PermissionsExt,
    path::Path,
};

use praja_deploy::{Care, Copies, Data, FOLDERS, Health, Host, Journal, Lock, Machine, Service, overlay_of};
use praja_kernel::Moment;
use praja_module::Instance;
use praja_server::{BasisData, JenisInstansi, Settings, Tls};
use praja_store::{Keyring, Options, StoreError, Work};

use super::{ServerBox, machine, recovery::sheet_lies};
use crate::{
    cli::root_of,
    copies::{Copy, State, copies, disk, first_place},
    doctor::{certificate, units},
    embedded, status, words,
};

const HOUR_MS: i64 = 60 * 60 * 1000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// Failures older than this are history.
const NOTICES_DAYS: i64 = 7;

impl ServerBox {
    /// Everything that is looked at; the audit trail and every attachment only where `whole`, because they take minutes.
    pub(crate) fn health(&self, whole: bool) -> Health {
        let root = root_of(self.config());
        let at = format!(" --config {}", praja_deploy::typed(self.config()));
        let settings = match self.settings() {
            Ok(settings) => settings,
            Err(error) => {
                let why: Vec<String> = error.chain().map(words::of).collect();
                return Health { at, settings: Some(why.join(" ")), care: care(root, None), ..Health::default() };
            }
        };
        let keys = Keyring::load(&settings.kunci);
        let now = machine().0.now();
        let mut service = service(&settings, now);
        let mut care = care(root, Some(&settings));
        care.keys = keys.as_ref().err().map(words::store);
        let data = data(&settings, now, whole, &mut service);
        let copies = keys.map(|keys| copied(&settings, keys.id(), now)).unwrap_or_default();
        Health { at, settings: None, service, data, copies, care }
    }
}

fn service(settings: &Settings, now: Moment) -> Service {
    let running = Lock::holder(&settings.root).is_some();
    let address: Option<SocketAddr> = settings.alamat.parse().ok();
    // A port below 1024 is opened by systemd: that we may not open it says nothing.
    let taken =
        |address: &SocketAddr| TcpListener::bind(address).is_err_and(|error| error.kind() == std::io::ErrorKind::AddrInUse);
    let place = Machine.file_system(&settings.root.join("data")).ok();
    // Those we make or fetch ourselves are not there before the first start.
    let own = |name: &str| Some(settings.tls_folder().join(name)).filter(|path| path.exists());
    let file = match &settings.tls {
        Tls::Files { sertifikat, .. } => Some(sertifikat.clone()),
        Tls::Local => own("lokal.pem"),
        Tls::Acme { .. } => own("acme/sertifikat.pem"),
        Tls::None | Tls::Behind => None,
    };
    let (certificate_days, certificate) = match file.map(|file| certificate::ends(&file)) {
        Some(Ok(end)) => (Some((end.ms() - now.ms()).div_euclid(DAY_MS)), None),
        Some(Err(why)) => (None, Some(why)),
        None => (None, None),
    };
    let units = units::look(&settings.root);
    Service {
        running,
        ready: running && address.is_some_and(status::answers),
        port_taken: !running && address.as_ref().is_some_and(taken),
        address: settings.alamat.clone(),
        certificate_days,
        certificate,
        free_mib: place.as_ref().map(|place| place.free_mib),
        free_inodes: place.and_then(|place| place.free_inodes),
        clock_behind_minutes: 0,
        clock_before_build: now < embedded::build(),
        units_missing: units.as_ref().map(|units| units.missing.clone()),
        units_off: units.map(|units| units.off).unwrap_or_default(),
        no_administrator: false,
        word_processor: Some(praja_deploy::has_word_processor(&Machine)),
    }
}

fn data(settings: &Settings, now: Moment, whole: bool, service: &mut Service) -> Data {
    let mut data = Data::default();
    let closed = |error: &dyn std::fmt::Display| Some(error.to_string());
    // Opening it would make an empty one.
    if let BasisData::Sqlite { berkas } = &settings.basis_data
        && !berkas.exists()
    {
        data.closed = Some(format!("berkas {} tidak ada", berkas.display()));
        return data;
    }
    match praja_server::outdated(settings) {
        Ok(missing) => data.migrations_missing = missing.len() as u64,
        Err(error) => {
            data.closed = Some(told(&error));
            return data;
        }
    }
    let options = Options { readers: 1, patient: true, ..Options::default() };
    match praja_server::database(settings, &options).and_then(|db| db.restore_under_way()) {
        Ok(under_way) => data.restoring = under_way.is_some(),
        Err(error) => {
            // Tables of the first migration are missing: an installation that was never finished.
            data.closed = Some(words::store(&error));
            return data;
        }
    }
    if data.restoring || data.migrations_missing > 0 {
        return data;
    }
    let instance = match praja_server::open(settings, &options) {
        Ok(instance) => instance,
        Err(error) => {
            data.closed = Some(told(&error));
            return data;
        }
    };
    if let Err(error) = look_inside(&instance, now, whole, &mut data, service) {
        data.closed = closed(&words::store(&error));
    }
    data
}

/// All layers of an error, in the reader's words.
fn told(error: &(dyn std::error::Error + 'static)) -> String {
    let mut layers = vec![words::of(error)];
    let mut below = error.source();
    while let Some(cause) = below {
        layers.push(words::of(cause));
        below = cause.source();
    }
    layers.dedup();
    layers.join(" ")
}

fn look_inside(instance: &Instance, now: Moment, whole: bool, data: &mut Data, service: &mut Service) -> Result<(), StoreError> {
    let count = |value: i64| u64::try_from(value).unwrap_or(0);
    for (name, value) in instance.db.backlog()? {
        match name {
            "kerja_mati" => data.dead_jobs = count(value),
            "kerja_menunggu" => data.waiting_jobs = count(value),
            "kiriman_mati" => data.dead_letters = count(value),
            _ => {}
        }
    }
    let since = now.plus_ms(-NOTICES_DAYS * DAY_MS);
    let (failed, anchor, newest) = instance.db.read(|tx| {
        Ok::<_, StoreError>((
            praja_desk::deliveries::failed_since(tx, since)?,
            praja_identity::audit::last_anchor(tx)?,
            tx.find_audit(&praja_store::audit::search::Wanted::default(), 1)?.first().map(|row| row.pada),
        ))
    })?;
    data.failed_notices = count(failed);
    data.anchor_days = anchor.map(|anchor| (now.ms() - anchor.ms()).div_euclid(DAY_MS).max(0));
    service.clock_behind_minutes = newest.map_or(0, |newest| (newest.ms() - now.ms()) / 60_000);
    service.no_administrator = !praja_identity::has_administrator(instance)?;
    if whole {
        data.audit_problems = Some(instance.db.verify_audit(&[], |_| String::new())?.problems.len() as u64);
        data.blobs_missing = Some(instance.blobs.missing(&instance.db)?.len() as u64);
        data.blobs_orphaned = Some(instance.blobs.orphans(&instance.db, now)? as u64);
    }
    Ok(())
}

pub(super) fn copied(settings: &Settings, kunci_id: &str, now: Moment) -> Copies {
    let state = State::read(&settings.root);
    let hours = |copy: &Copy| (now.ms() - copy.pada.ms()).div_euclid(HOUR_MS);
    let first = copies(&first_place(&settings.root), kunci_id).unwrap_or_default();
    let place = settings.cadangan.as_ref().and_then(|plan| plan.tempat.as_deref());
    let second = place.map(|place| copies(place, kunci_id));
    let reachable = second.as_ref().is_some_and(Result::is_ok);
    let second = second.and_then(Result::ok).unwrap_or_default();
    let broken = first.iter().chain(&second).filter(|copy| state.checked(copy).is_some_and(|checked| !checked.utuh));
    let drill = state.latihan.as_ref();
    Copies {
        needed: settings.jenis == JenisInstansi::Asli,
        planned: settings.cadangan.is_some(),
        newest_hours: first.first().map(hours),
        second: place.map(|place| place.display().to_string()),
        second_reachable: reachable,
        second_same_disk: place.is_some_and(|place| disk(place).is_some() && disk(place) == disk(&settings.root)),
        second_hours: second.first().map(hours),
        second_trouble: state.kedua.as_ref().map(|kedua| kedua.sebab.clone()).unwrap_or_default(),
        damaged: broken.count() as u64,
        drill_days: drill.map(|drill| (now.ms() - drill.pada.ms()).div_euclid(DAY_MS).max(0)),
        drill_trouble: drill.and_then(|drill| drill.masalah.first().cloned()),
    }
}

fn care(root: &Path, settings: Option<&Settings>) -> Care {
    Care {
        keys: None,
        open_to_others: open_to_others(root).into_iter().map(|(name, _)| name).collect(),
        folders_missing: FOLDERS
            .iter()
            .filter(|(name, _)| !root.join(name).is_dir())
            .map(|(name, _)| (*name).to_owned())
            .collect(),
        sheet_lies: settings.is_some_and(sheet_lies),
        steps_unfinished: Journal::unfinished(root),
        left_behind: Work::left_behind(&root.join("data")).map_or(0, |count| count as u64),
        other_release: made_by(root).filter(|release| release != env!("CARGO_PKG_VERSION")),
    }
}

/// The release whose installer finished this installation.
fn made_by(root: &Path) -> Option<String> {
    let text = fs::read_to_string(root.join("config/terpasang.json")).ok()?;
    let mark: serde_json::Value = serde_json::from_str(&text).ok()?;
    mark.get("versi")?.as_str().map(str::to_owned)
}

/// What must be nobody else's, with the bits it should have, where others can read it.
pub(crate) fn open_to_others(root: &Path) -> Vec<(String, u32)> {
    let config = root.join("config/praja.yaml");
    let mut wanted: Vec<(std::path::PathBuf, u32, u32)> = vec![
        (root.join("keys"), 0o700, 0o077),
        (config.clone(), 0o600, 0o027),
        (overlay_of(&config), 0o600, 0o027),
        (root.join("data"), 0o750, 0o007),
    ];
    let keys = fs::read_dir(root.join("keys")).into_iter().flatten().filter_map(Result::ok);
    wanted.extend(keys.map(|entry| (entry.path(), 0o600, 0o077)).filter(|(path, ..)| path.is_file()));
    let open = wanted
        .into_iter()
        .filter(|(path, _, forbidden)| fs::metadata(path).is_ok_and(|meta| meta.permissions().mode() & forbidden != 0));
    open.map(|(path, mode, _)| (path.strip_prefix(root).unwrap_or(&path).display().to_string(), mode)).collect()
}
