//! Electronic signatures of the regency: how it signs, and signing itself for every module that issues documents.
//!
//! Who has a document to be signed draws it whole, calls [`sign`] outside any transaction, and keeps what comes back. A passphrase is typed
//! for the act, and neither stored nor logged. `docs/adr/0033-otoritas-daerah.md` says where the authority's key lives.

mod draft;
pub(crate) mod pages;
mod percobaan;
mod refusal;
mod store;
#[cfg(test)]
mod tests;

use std::time::Duration;

use praja_kernel::{Moment, words};
use praja_module::{
    Ctx, Instance, Jenis, Problem,
    signing::{BsrePaths, BsreSettings, Mark, PadesError, Secret, SignError, SignProvider, Way, Who},
};
use praja_store::{Key, Keys, Result, StoreError, Tx, audit::Entry};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

pub use draft::{Draft, check};
pub use refusal::Refusal;

use crate::verify::TandaTangan;

/// What the Instance's key seals authority and password for.
const PURPOSE: &str = "desk.tte";
/// The table, which names the settings in the audit trail.
const TABLE: &str = "desk_tte";

words! {
    /// How documents are signed.
    pub enum Cara ("cara tanda tangan") {
        /// By hand, on paper.
        Basah => "basah", "Tanda tangan basah, lalu dipindai";
        /// With the regency's own authority.
        Lokal => "lokal", "Elektronik dengan otoritas uji daerah (tidak tersertifikasi)";
        /// With certificates of BSrE.
        Bsre => "bsre", "Elektronik tersertifikasi lewat Esign Client Service BSrE";
    }
}

words! {
    /// By what the e-sign server knows a person.
    pub enum Pengenal ("pengenal penandatangan") {
        /// The address in the person's data.
        Surel => "surel", "Alamat surel pada data pegawai";
        /// The number of citizenship, typed when signing and never stored.
        Nik => "nik", "NIK, diketik saat menandatangani dan tidak disimpan";
    }
}

words! {
    /// By what whoever signs shows that they are there now.
    #[derive(Default)]
    pub enum Bukti ("bukti penandatangan") {
        /// The passphrase of the certificate.
        #[default]
        Frasa => "frasa", "Frasa sandi";
        /// A code that was sent, good once.
        Kode => "kode", "Kode sekali pakai";
    }
}

impl Bukti {
    const fn of(secret: &Secret) -> Self {
        match secret {
            Secret::Passphrase(_) => Self::Frasa,
            Secret::Totp(_) => Self::Kode,
        }
    }

    /// What was typed, as this kind of proof.
    pub fn secret(self, typed: &str) -> Secret {
        match self {
            Self::Frasa => Secret::passphrase(typed),
            Self::Kode => Secret::code(typed),
        }
    }
}

/// The e-sign server, without its password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bsre {
    /// Its address.
    pub url: String,
    /// The name BSrE gave the regency's application.
    pub pengguna: String,
    /// The server's own certificate or that of who issued it (PEM).
    pub sertifikat: Option<String>,
    /// Where it does what.
    pub jalur: BsrePaths,
    /// How long one act of signing may take, in seconds.
    pub sabar: u64,
    /// How often it is asked again.
    pub ulang: u32,
    /// By what it knows a person.
    pub pengenal: Pengenal,
}

/// How this regency signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pengaturan {
    /// The way in force.
    pub cara: Cara,
    /// Since when it has its own authority.
    pub otoritas_sejak: Option<Moment>,
    /// The e-sign server.
    pub bsre: Option<Bsre>,
    /// Guards against two windows saving at once; 0 before anything was set.
    pub versi: i64,
    otoritas: Option<Vec<u8>>,
    rahasia: Option<Vec<u8>>,
}

impl Default for Pengaturan {
    fn default() -> Self {
        Self { cara: Cara::Basah, otoritas_sejak: None, bsre: None, versi: 0, otoritas: None, rahasia: None }
    }
}

impl Pengaturan {
    /// How a document that is signed now is signed, as its readers are told.
    pub const fn tanda_tangan(&self) -> TandaTangan {
        match self.cara {
            Cara::Basah => TandaTangan::Basah,
            Cara::Lokal => TandaTangan::Lokal,
            Cara::Bsre => TandaTangan::Bsre,
        }
    }

    /// Must whoever signs type their NIK?
    pub fn asks_nik(&self) -> bool {
        self.cara == Cara::Bsre && self.bsre.as_ref().is_some_and(|bsre| bsre.pengenal == Pengenal::Nik)
    }

    /// Can a code be sent to whoever signs?
    pub const fn sends_codes(&self) -> bool {
        matches!(self.cara, Cara::Bsre)
    }

    /// The authority as the program for signatures knows it.
    fn authority(&self, instance: &Instance) -> Result<Option<Zeroizing<Vec<u8>>>> {
        self.otoritas.as_ref().map(|sealed| instance.keys().open(PURPOSE, sealed)).transpose()
    }

    fn password(&self, instance: &Instance) -> Result<Zeroizing<String>> {
        let Some(sealed) = &self.rahasia else { return Ok(Zeroizing::default()) };
        let plain = instance.keys().open(PURPOSE, sealed)?;
        let text =
            std::str::from_utf8(&plain).map_err(|e| StoreError::Corrupt(format!("the password of an e-sign server: {e}")))?;
        Ok(Zeroizing::new(text.to_owned()))
    }
}

fn sealed(instance: &Instance, plain: &[u8]) -> Result<Vec<u8>> {
    instance.keys().seal(PURPOSE, plain)
}

/// How this regency signs now.
///
/// # Errors
/// When the database fails.
pub fn get(tx: &mut Tx<'_>) -> Result<Pengaturan> {
    store::get(tx)
}

/// Does this Instance sign electronically now, and is there a program for it?
pub fn is_electronic(instance: &Instance, with: &Pengaturan) -> bool {
    let allowed = with.cara == Cara::Lokal || (with.cara == Cara::Bsre && instance.jenis == Jenis::Asli);
    allowed && instance.ports.signing.is_some()
}

/// The provider of the way in force.
fn provider(instance: &Instance, with: &Pengaturan) -> Result<Box<dyn SignProvider>, Problem> {
    let signing = instance.ports.signing.as_ref().ok_or_else(|| Problem::refused(Refusal::Absent))?;
    let way = match (with.cara, &with.bsre) {
        (Cara::Lokal, _) => {
            let authority = with.authority(instance)?.ok_or_else(|| Problem::refused(Refusal::NoAuthority))?;
            Way::Lokal(authority.to_vec())
        }
        (Cara::Bsre, _) if instance.jenis == Jenis::Contoh => return Err(Problem::refused(Refusal::Training)),
        (Cara::Bsre, Some(bsre)) => Way::Bsre(settings(bsre, with.password(instance)?)),
        (Cara::Bsre, None) | (Cara::Basah, _) => return Err(Problem::refused(Refusal::OnPaper)),
    };
    signing.provider(way, instance.clock.clone()).map_err(|e| Problem::refused(Refusal::of(&e, "")))
}

fn settings(bsre: &Bsre, password: Zeroizing<String>) -> BsreSettings {
    BsreSettings {
        url: bsre.url.clone(),
        user: bsre.pengguna.clone(),
        password,
        certificate: bsre.sertifikat.clone(),
        paths: bsre.jalur.clone(),
        patience: Duration::from_secs(bsre.sabar),
        retries: bsre.ulang,
    }
}

/// May whoever asks try to sign now? Asked before anything is prepared, so that nothing is begun during a pause.
///
/// # Errors
/// [`Refusal::Paused`].
pub fn may_try(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(), Problem> {
    let found = store::tries(tx, &ctx.scope()?.actor.key())?;
    match found.and_then(|tries| tries.paused_until(ctx.now())) {
        Some(until) => Err(Problem::refused(Refusal::Paused(percobaan::words(ctx, until)))),
        None => Ok(()),
    }
}

/// Signs all of these documents or none, in one act of the provider; gives them back in their order. Blocks, for seconds where another
/// machine signs: for POST handlers, outside any transaction. `reason` is what for, as readers of the signature see it.
///
/// # Errors
/// [`Refusal`]: each trouble by its own name, a wrong passphrase with how many tries are left.
pub fn sign(
    ctx: &Ctx,
    with: &Pengaturan,
    who: &Who,
    secret: &Secret,
    documents: &[Vec<u8>],
    reason: &str,
) -> Result<Vec<Vec<u8>>, Problem> {
    let instance = ctx.instance();
    if secret.typed().is_empty() {
        return Err(Problem::refused(Refusal::NoSecret(Bukti::of(secret))));
    }
    let provider = known_to(instance, with, who)?;
    let orang = ctx.scope()?.actor.key();
    let keys = || Keys::none().and(Key::new(TABLE, &orang));
    let who_tries = orang.clone();
    let used = match ctx.write(keys(), move |tx| percobaan::begin(tx, &who_tries))? {
        percobaan::Begun::Try(used) => used,
        percobaan::Begun::Paused(until) => return Err(Problem::refused(Refusal::Paused(percobaan::words(ctx, until)))),
    };
    let mark = Mark::new(format!("{}, {}", who.name, who.post), reason, place(instance), ctx.now(), instance.zona);
    let outcome = provider.sign(who, secret, documents, &mark);
    let wrong = matches!(&outcome, Err(SignError::Refused(_) | SignError::Pades(PadesError::WrongPassphrase)));
    let (right, cara, count) = (outcome.is_ok(), with.cara, documents.len());
    ctx.write(keys(), move |tx| {
        if !wrong {
            return percobaan::end(tx, &orang, right);
        }
        let act = Entry { tindakan: "desk.fail-tanda-tangan", objek: orang.clone(), ..Entry::default() };
        tx.audit(&act.with("cara", cara.as_str()).with("berkas", count.to_string())).map(|_| ())
    })?;
    match outcome {
        Ok(signed) => Ok(signed),
        Err(error) if wrong && used >= percobaan::MOST => {
            let until = percobaan::words(ctx, ctx.now().plus_ms(percobaan::PAUSE_MS));
            Err(Problem::refused(Refusal::WrongAndPaused { why: refusal::wrong(&error, secret.typed()), until }))
        }
        Err(error) if wrong => Err(Problem::refused(Refusal::Wrong {
            why: refusal::wrong(&error, secret.typed()),
            left: percobaan::MOST - used,
            bukti: Bukti::of(secret),
        })),
        Err(error) => Err(Problem::refused(Refusal::of(&error, secret.typed()))),
    }
}

/// Has a code for so many documents sent to whoever is going to sign them. Blocks like [`sign`]: for POST handlers, outside any transaction.
///
/// # Errors
/// [`Refusal`]: during a pause, where there are no codes, and when the e-sign server does not send one.
pub fn send_code(ctx: &Ctx, with: &Pengaturan, who: &Who, documents: usize) -> Result<(), Problem> {
    ctx.read(|tx| may_try(ctx, tx))?;
    let provider = known_to(ctx.instance(), with, who)?;
    provider.challenge(who, documents).map_err(|e| Problem::refused(Refusal::of(&e, "")))?;
    let (orang, cara) = (ctx.scope()?.actor.key(), with.cara);
    ctx.write(Keys::none(), move |tx| -> Result<_> {
        let act = Entry { tindakan: "desk.send-kode-tanda-tangan", objek: orang.clone(), ..Entry::default() };
        tx.audit(&act.with("cara", cara.as_str()).with("berkas", documents.to_string()))
    })?;
    Ok(())
}

/// The provider of the way in force, where it can know this person.
fn known_to(instance: &Instance, with: &Pengaturan, who: &Who) -> Result<Box<dyn SignProvider>, Problem> {
    if with.cara == Cara::Bsre && who.nik.is_none() && who.email.is_none() {
        return Err(Problem::refused(Refusal::NoAddress));
    }
    provider(instance, with)
}

/// The town that stands in signatures.
fn place(instance: &Instance) -> String {
    let region = &instance.wilayah.nama;
    let short = || region.split_once(' ').map_or(region.as_str(), |(_, name)| name).to_owned();
    instance.paket.ibu_kota.clone().unwrap_or_else(short)
}
