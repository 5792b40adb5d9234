use std::{path::PathBuf, sync::Arc};

use praja_kernel::{Clock, IdSource, Zona};
use praja_module::{Instance, Jenis, Paket, PaketError, Ports, SystemClock, SystemIds, Wilayah};
use praja_store::{BackupTrouble, Blobs, By, Db, Keyring, Options, StoreError};

use crate::{BasisData, JenisInstansi, Settings, migration_sets, modules, paket};

/// Names of the facts a database keeps about its Instance.
pub mod fact_names {
    /// The Instance's identity.
    pub const INSTANSI: &str = "instansi";
    /// `asli` or `contoh`.
    pub const JENIS: &str = "jenis";
}

/// Why an Instance could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Keys, database or files.
    #[error("data pemasangan ini tidak dapat dibuka")]
    Store(#[from] StoreError),
    /// The settings say otherwise than the database was born.
    #[error(
        "basis data ini lahir sebagai '{born}', tetapi pengaturan menyebut '{told}'; jenis tidak pernah berubah, kembalikan pengaturannya"
    )]
    OtherKind {
        /// Recorded at birth.
        born: String,
        /// Told by the settings.
        told: &'static str,
    },
    /// A file of the region pack may not be read.
    #[error("{path} tidak dapat dibaca; periksa haknya")]
    UnreadablePack {
        /// The file.
        path: PathBuf,
        /// The system's words.
        #[source]
        source: std::io::Error,
    },
    /// The region pack cannot be used.
    #[error("{path} tidak dapat dipakai; perbaiki bagian yang disebut, atau pindahkan berkas itu untuk memakai paket bawaan")]
    BrokenPack {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        #[source]
        source: PaketError,
    },
    /// A stored fact cannot be read.
    #[error("fakta '{0}' dalam basis data rusak")]
    BrokenFact(&'static str),
}

/// Opens the database that the settings name.
pub fn database(settings: &Settings, options: &Options) -> Result<Db, StoreError> {
    match &settings.basis_data {
        BasisData::Sqlite { berkas } => Db::open_sqlite(berkas, options),
        BasisData::Postgres { url } => Db::open_postgres(url, &Options { readers: 16, ..options.clone() }),
    }
}

/// Brings the schema up to date and, the first time, records which Instance this is. Gives the migrations run now.
pub fn migrate(settings: &Settings) -> Result<Vec<String>, OpenError> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let ids: Arc<dyn IdSource> = Arc::new(SystemIds::new(clock.clone()));
    let db = database(settings, &Options { readers: 1, patient: true, ..Options::default() })?;
    let by = By::system("server.migrate", clock.now(), ids);
    let done = db.migrate(&migration_sets(), &by)?;
    let jenis = jenis(settings);
    db.write(&by, praja_store::Keys::unaudited(), move |tx| {
        let id = tx.new_id()?;
        tx.record_fact(fact_names::INSTANSI, &id.to_string())?;
        tx.record_fact(fact_names::JENIS, jenis.as_str())?;
        Ok::<_, StoreError>(())
    })?;
    db.write(&by, praja_store::Keys::none(), praja_desk::install)?;
    let paket = paket::read(&settings.paket, &settings.wilayah)?;
    let today = zona(&paket, settings).date(clock.now());
    praja_desk::calendar::take_pack(&db, &by, &paket, jenis == Jenis::Contoh, today)?;
    Ok(done)
}

/// Takes the days off of the region pack into the calendar, those that were written into it since the last start.
pub fn take_pack(instance: &Instance) -> Result<usize, StoreError> {
    let by = instance.by_system("server.take-pack");
    praja_desk::calendar::take_pack(&instance.db, &by, &instance.paket, instance.jenis == Jenis::Contoh, instance.today())
}

/// The zone the pack names; else the one of the province.
fn zona(paket: &Paket, settings: &Settings) -> Zona {
    paket.zona.as_deref().and_then(Zona::named).unwrap_or_else(|| Zona::of_region(&settings.wilayah.kode))
}

/// Has every migration of this binary run?
pub fn is_migrated(settings: &Settings) -> Result<bool, OpenError> {
    if let BasisData::Sqlite { berkas } = &settings.basis_data
        && !berkas.exists()
    {
        return Ok(false);
    }
    let db = database(settings, &Options { readers: 1, ..Options::default() })?;
    if !db.outdated_by(&migration_sets())?.is_empty() {
        return Ok(false);
    }
    Ok(db.read(|tx| Ok::<_, StoreError>(tx.fact(fact_names::INSTANSI)?.is_some() && tx.fact(fact_names::JENIS)?.is_some()))?)
}

/// The migrations that a database at work has not seen: an older program served it until now. None for one that is not there yet, or
/// half restored; opening it tells why.
pub fn outdated(settings: &Settings) -> Result<Vec<String>, OpenError> {
    if let BasisData::Sqlite { berkas } = &settings.basis_data
        && !berkas.exists()
    {
        return Ok(Vec::new());
    }
    let db = database(settings, &Options { readers: 1, ..Options::default() })?;
    let missing = db.outdated_by(&migration_sets())?;
    // Without the first nothing was ever kept here; without the second no restore could have been begun.
    let lacks = |number: &str| missing.iter().any(|name| name.starts_with(number));
    if lacks("store/0001") || (!lacks("store/0002") && db.restore_under_way()?.is_some()) {
        return Ok(Vec::new());
    }
    Ok(missing)
}

/// Opens the Instance of an installation that was migrated.
pub fn open(settings: &Settings, options: &Options) -> Result<Instance, OpenError> {
    let keys = Keyring::load(&settings.kunci)?;
    let db = database(settings, options)?;
    if db.restore_under_way()?.is_some() {
        return Err(StoreError::from(BackupTrouble::Unfinished).into());
    }
    let blobs = settings.blob.open(keys)?;
    let (id, born) = db.read(|tx| Ok::<_, StoreError>((tx.fact(fact_names::INSTANSI)?, tx.fact(fact_names::JENIS)?)))?;
    let id = id.and_then(|text| text.parse().ok()).ok_or(OpenError::BrokenFact(fact_names::INSTANSI))?;
    let jenis = jenis(settings);
    let born = born.ok_or(OpenError::BrokenFact(fact_names::JENIS))?;
    if born != jenis.as_str() {
        return Err(OpenError::OtherKind { born, told: jenis.as_str() });
    }
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let ids: Arc<dyn IdSource> = Arc::new(SystemIds::new(clock.clone()));
    let paket = paket::read(&settings.paket, &settings.wilayah)?;
    let zona = zona(&paket, settings);
    claim(&blobs, &db, &By::system("server.open", clock.now(), ids.clone()))?;
    Ok(Instance {
        id,
        jenis,
        wilayah: Wilayah { kode: settings.wilayah.kode.clone(), nama: settings.wilayah.nama.clone() },
        paket,
        zona,
        db,
        blobs,
        clock,
        ids,
        modules: settings.modul.clone(),
        ports: ports(settings, zona),
        url_publik: settings.url_publik.clone(),
        // Named hosts stand beside the printed one; where none is named, any leads here.
        hosts: if settings.host.is_empty() { Vec::new() } else { settings.names() },
    })
}

/// Files of another installation are never touched. Where they cannot be asked for now, work goes on without them.
fn claim(blobs: &Blobs, db: &Db, by: &By) -> Result<(), StoreError> {
    match blobs.claim(db, by) {
        Err(away) if away.is_passing() => {
            tracing::warn!(error = %away, "the files cannot be reached now");
            Ok(())
        }
        other => other,
    }
}

/// What identity, desk and the modules offer each other.
fn ports(settings: &Settings, zona: Zona) -> Ports {
    let all = modules();
    let mut ports = Ports { sign_in: Some(praja_identity::sign_in(&all, zona)), ..Ports::default() };
    documents(settings, &mut ports);
    for module in all {
        if let Some(provide) = module.provide {
            provide(&mut ports);
        }
    }
    ports
}

#[cfg(feature = "documents")]
fn documents(settings: &Settings, ports: &mut Ports) {
    let contoh = jenis(settings) == Jenis::Contoh;
    let (templates, fonts) = (settings.paket.join("naskah"), settings.paket.join("fonts"));
    ports.documents = Some(Arc::new(praja_documents::Drawer::by_workers(&templates, &fonts, contoh)));
    ports.signing = Some(Arc::new(praja_documents::Signatures { contoh }));
}

/// A program without the typesetter: whoever asks for a document says so.
#[cfg(not(feature = "documents"))]
fn documents(_: &Settings, _: &mut Ports) {}

fn jenis(settings: &Settings) -> Jenis {
    match settings.jenis {
        JenisInstansi::Asli => Jenis::Asli,
        JenisInstansi::Contoh => Jenis::Contoh,
    }
}
