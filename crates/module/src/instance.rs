use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use praja_kernel::{Clock, Date, Id, IdSource, Moment, Zona};
use praja_store::{Blobs, By, Db, Keyring};

use crate::{Caller, Paket, Ports};

/// Whether an Instance is real. Decided at birth and recorded in its database; never changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jenis {
    /// A regency at work.
    Asli,
    /// A training or demo Instance: LATIHAN on everything, no certified signing, no notice leaves the house.
    Contoh,
}

impl Jenis {
    /// The stored word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asli => "asli",
            Self::Contoh => "contoh",
        }
    }
}

/// The region an Instance serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wilayah {
    /// Code of the Ministry of Home Affairs, `"19.06"`.
    pub kode: String,
    /// `"Kabupaten Belitung Timur"`.
    pub nama: String,
}

/// Everything one regency needs. Nothing is global: one process may serve many.
pub struct Instance {
    /// Identity, drawn at birth.
    pub id: Id,
    /// Real or contoh.
    pub jenis: Jenis,
    /// The region.
    pub wilayah: Wilayah,
    /// What the regency brings along.
    pub paket: Paket,
    /// Its time zone.
    pub zona: Zona,
    /// Its data.
    pub db: Db,
    /// Its files.
    pub blobs: Blobs,
    /// Its clock.
    pub clock: Arc<dyn Clock>,
    /// Its source of identities.
    pub ids: Arc<dyn IdSource>,
    /// Modules that are on, besides identity and desk.
    pub modules: Vec<String>,
    /// What modules offer each other.
    pub ports: Ports,
    /// The address printed on paper, without a slash at the end.
    pub url_publik: String,
    /// Host names that lead here; empty in a box with one Instance.
    pub hosts: Vec<String>,
}

impl Instance {
    /// Now, by its clock.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Today, in its zone.
    pub fn today(&self) -> Date {
        self.zona.date(self.now())
    }

    /// Praja itself as the writer.
    pub fn by_system(&self, tugas: &str) -> By {
        By::system(tugas, self.now(), self.ids.clone())
    }

    /// A program that calls with a token as the writer, in the books of its OPD.
    pub fn by_caller(&self, caller: &Caller, at: Moment) -> By {
        By { opd: Some(caller.opd), ..By::scope(&caller.scope, at, self.ids.clone()) }
    }

    /// Its keys.
    pub fn keys(&self) -> &Keyring {
        self.blobs.keys()
    }

    /// Is this module on? identity and desk always are.
    pub fn has_module(&self, id: &str) -> bool {
        matches!(id, "identity" | "desk") || self.modules.iter().any(|on| on == id)
    }

    /// Are cookies to be sent over HTTPS only?
    pub fn is_https(&self) -> bool {
        self.url_publik.starts_with("https://")
    }
}

/// The Instances one process serves, found by host name or by a signed cookie.
#[derive(Clone, Default)]
pub struct Instances(Vec<Arc<Instance>>);

/// The cookie that chooses an Instance where host names cannot (a trainer's laptop).
pub const INSTANCE_COOKIE: &str = "praja_ruang";

impl Instances {
    /// A box with these Instances; the first answers where nothing else is said.
    pub fn new(all: Vec<Arc<Instance>>) -> Self {
        Self(all)
    }

    /// All of them.
    pub fn all(&self) -> &[Arc<Instance>] {
        &self.0
    }

    /// The Instance of a request: by host name; else by the cookie, when its signature is right; else the only or first one
    /// that is not bound to a host name.
    pub fn find(&self, host: &str, cookie: Option<&str>) -> Option<Arc<Instance>> {
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        if let Some(found) = self.0.iter().find(|instance| instance.hosts.iter().any(|own| own.eq_ignore_ascii_case(name))) {
            return Some(found.clone());
        }
        if let Some(chosen) = cookie.and_then(|value| self.by_cookie(value)) {
            return Some(chosen);
        }
        self.0.iter().find(|instance| instance.hosts.is_empty()).cloned()
    }

    fn by_cookie(&self, value: &str) -> Option<Arc<Instance>> {
        let right = |instance: &&Arc<Instance>| crate::token::same(value, &Self::cookie_for(instance));
        self.0.iter().find(right).cloned()
    }

    /// The value of [`INSTANCE_COOKIE`] that leads to `instance`.
    pub fn cookie_for(instance: &Instance) -> String {
        crate::token::signed(instance.keys(), "ruang", &instance.id.to_string())
    }
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "the one place where an Instance's clock reads the machine's")]
    fn now(&self) -> Moment {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// UUIDv7 from a clock and the machine's randomness, rising even within one millisecond, so that events keep their order.
pub struct SystemIds {
    clock: Arc<dyn Clock>,
    /// Milliseconds in the upper 48 bits, a counter below.
    last: AtomicU64,
}

impl SystemIds {
    /// Identities by this clock.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, last: AtomicU64::new(0) }
    }
}

impl IdSource for SystemIds {
    fn next_id(&self) -> Id {
        let now = u64::try_from(self.clock.now().0).unwrap_or(0) << 12;
        let mut stamp = now;
        let raised = self.last.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| {
            stamp = now.max(last + 1);
            Some(stamp)
        });
        debug_assert!(raised.is_ok(), "the closure always gives a value");
        let mut random = [0_u8; 10];
        getrandom::fill(&mut random).expect("the operating system gives random bytes");
        let [_, _, _, _, _, _, high, low] = (stamp & 0xFFF).to_be_bytes();
        random[0] = high;
        random[1] = low;
        Id::v7(i64::try_from(stamp >> 12).unwrap_or(i64::MAX), random)
    }
}
