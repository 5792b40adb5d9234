//! Sessions: how long they last, and what the guard learns from one.

pub(crate) mod store;

use praja_kernel::{ActingAs, Actor, Date, Id, Moment, Scope, Zona};
use praja_module::{Ctx, Instance, Jenis, Proof, SignIn, SignedIn, cookie_value, session_key};
use praja_store::{Keys, Result, StoreError, Tx};

use crate::{accounts, bukti, demo, orang, penugasan, peran, warga};

const HOUR: i64 = 60 * 60 * 1000;
/// A session that was not used for this long is over, in milliseconds.
pub const IDLE_MS: i64 = 12 * HOUR;
/// A session is over after this long, however much it is used, in milliseconds.
pub const ABSOLUTE_MS: i64 = 7 * 24 * HOUR;
/// The use of a session is noted at most this often, in milliseconds.
pub const TOUCH_MS: i64 = 5 * 60 * 1000;

/// When a session began, was last used and ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Life {
    /// Last use that was noted.
    pub terakhir: Moment,
    /// The absolute end.
    pub kedaluwarsa: Moment,
}

impl Life {
    /// Is the session still good?
    pub fn is_valid_at(&self, now: Moment) -> bool {
        now < self.kedaluwarsa && now.ms() - self.terakhir.ms() < IDLE_MS
    }

    /// Should its use be noted now?
    pub fn is_due_for_touch(&self, now: Moment) -> bool {
        now.ms() - self.terakhir.ms() >= TOUCH_MS
    }
}

/// Identity's answer to the guard's question who asks.
pub(crate) struct Sessions {
    registry: peran::Registry,
    zona: Zona,
}

impl Sessions {
    pub(crate) fn new(registry: peran::Registry, zona: Zona) -> Self {
        Self { registry, zona }
    }
}

impl SignIn for Sessions {
    fn find(&self, tx: &mut Tx<'_>, session_key: &str, now: Moment) -> Result<Option<SignedIn>> {
        let Some(sesi) = store::find(tx, session_key)?.filter(|sesi| sesi.life.is_valid_at(now)) else { return Ok(None) };
        let Some((orang, nama)) = sesi.orang.clone() else { return citizen(tx, &sesi, now) };
        let all = penugasan::store::of_person(tx, orang)?;
        let today = self.zona.date(now);
        let current = penugasan::current(all, today);
        let acting = penugasan::acting(&current, sesi.penugasan).map(penugasan::Penugasan::acting_as);
        let (jabatan, opd) = (acting.as_ref().map(|acting| acting.jabatan), acting.as_ref().map(|acting| acting.opd));
        let mut held = peran::store::held(tx, orang, jabatan, opd, today)?;
        let Some(tamu) = guest(&held, current.is_empty()) else { return Ok(None) };
        // What was given for an OPD counts for the one that continues it.
        for grant in held.grants.iter_mut().chain(&mut held.izin) {
            if grant.opd.is_some_and(|given| held.before.contains(&given)) {
                grant.opd = opd;
            }
        }
        let (roles, permissions) = self.registry.resolve(&held.grants, &held.izin, opd);
        let posts: Vec<ActingAs> = current.iter().map(penugasan::Penugasan::acting_as).collect();
        Ok(Some(SignedIn {
            session: sesi.id,
            touch: sesi.life.is_due_for_touch(now),
            must_change_password: sesi.wajib_ganti,
            proven_at: sesi.dibuktikan,
            scope: Scope {
                actor: Actor::Pegawai { id: orang, nama },
                opd_set: opd.into_iter().chain(held.before).collect(),
                acting,
                roles,
                permissions,
            },
            posts,
            tamu,
        }))
    }

    fn touch(&self, instance: &Instance, session_key: &str) {
        let (by, key) = (instance.by_system("identity.touch-session"), session_key.to_owned());
        let noted = instance.db.write(&by, Keys::unaudited(), move |tx| store::touch(tx, &key));
        if let Err(e) = noted {
            tracing::warn!(error = %e, "the use of a session was not noted");
        }
    }

    fn prove(&self, instance: &Instance, session_key: &str, password: &str) -> Result<Proof> {
        bukti::prove(instance, session_key, password)
    }
}

/// Is whoever holds this from outside: without a post, with roles for a time and no others? Then until which day. Nothing at all where
/// such a time is over: an account that was opened for it opens nothing more.
fn guest(held: &peran::store::Held, without_post: bool) -> Option<Option<Date>> {
    let only_timed = held.grants.len() == held.berjangka.len();
    match (without_post, held.grants.is_empty()) {
        (true, true) if held.pernah_berjangka => None,
        (true, false) if only_timed => Some(held.berjangka.iter().max().copied()),
        _ => Some(None),
    }
}

/// Was this account opened for a time that is over?
pub(crate) fn is_over(tx: &mut Tx<'_>, orang: Id, today: Date) -> Result<bool> {
    let current = penugasan::current(penugasan::store::of_person(tx, orang)?, today);
    if !current.is_empty() {
        return Ok(false);
    }
    Ok(guest(&peran::store::held(tx, orang, None, None, today)?, true).is_none())
}

/// Citizens and bodies act for nobody else and hold no permission: what they may see is their own.
fn citizen(tx: &mut Tx<'_>, sesi: &store::Sesi, now: Moment) -> Result<Option<SignedIn>> {
    let Some(mut actor) = warga::store::actor(tx, sesi.akun)? else { return Ok(None) };
    // Whoever reads the trail must see who acted, not only for whom.
    if let (Actor::Badan { nama, .. }, Some(kuasa)) = (&mut actor, &sesi.kuasa) {
        *nama = format!("{nama} (kuasa: {kuasa})");
    }
    Ok(Some(SignedIn {
        session: sesi.id,
        touch: sesi.life.is_due_for_touch(now),
        must_change_password: sesi.wajib_ganti,
        proven_at: sesi.dibuktikan,
        scope: Scope { actor, acting: None, opd_set: Vec::new(), roles: Vec::new(), permissions: Vec::new() },
        posts: Vec::new(),
        tamu: None,
    }))
}

/// Where a session begins: the network address and the browser, as its holder will see them in the list.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    pub(crate) alamat: String,
    pub(crate) peramban: String,
}

impl Origin {
    /// Of a request.
    pub(crate) fn of(ctx: &Ctx) -> Self {
        let incoming = ctx.incoming();
        Self { alamat: incoming.address.clone(), peramban: browser_name(&incoming.agent) }
    }
}

/// "Chrome di Android" from what a browser calls itself; only for the eyes of its owner, so a guess is good enough.
pub(crate) fn browser_name(agent: &str) -> String {
    // The order matters: most browsers also carry the names of those before them.
    const BROWSERS: [(&str, &str); 7] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ];
    const SYSTEMS: [(&str, &str); 6] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ];
    let named = |list: &[(&str, &'static str)]| list.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    match (named(&BROWSERS), named(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} di {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "Peramban lain".to_owned(),
    }
}

/// Begins a session in a write and gives the value for its cookie ([`praja_module::Ctx::session_cookie`]). Leaves no audit row: what
/// led to the session is audited by whoever calls.
pub(crate) fn begin(tx: &mut Tx<'_>, akun: Id, origin: &Origin) -> Result<String> {
    let cookie = cookie_value();
    store::insert(tx, &session_key(&cookie), akun, origin)?;
    accounts::store::note_log_in(tx, akun)?;
    Ok(cookie)
}

/// Begins a session of a body for a citizen who acts by a power. The body's password was not typed: dangerous acts ask for it.
pub(crate) fn begin_by_power(tx: &mut Tx<'_>, kuasa: &warga::kuasa::Kuasa, origin: &Origin) -> Result<String> {
    let cookie = cookie_value();
    let sesi = store::insert(tx, &session_key(&cookie), kuasa.badan, origin)?;
    store::set_unproven(tx, sesi, Some(kuasa.id))?;
    Ok(cookie)
}

/// Begins a session of an account whose password was not typed just now.
pub(crate) fn begin_unproven(tx: &mut Tx<'_>, akun: Id, origin: &Origin) -> Result<String> {
    let cookie = cookie_value();
    let sesi = store::insert(tx, &session_key(&cookie), akun, origin)?;
    store::set_unproven(tx, sesi, None)?;
    accounts::store::note_log_in(tx, akun)?;
    Ok(cookie)
}

/// Begins a session without a password and gives the value of its cookie: for tests and rehearsals, in a contoh Instance only.
///
/// `who` is the name of a demo account (`tata-usaha`), `warga`, `badan` or a role (`eoffice.tata-usaha`), which somebody who holds it stands for. An
/// account that was not opened yet is opened here, with a hash that no password has.
///
/// # Errors
/// [`StoreError::Missing`] when there is nobody like that; [`StoreError::Statement`] in an Instance that is not contoh.
pub fn begin_for_rehearsal(instance: &Instance, who: &str) -> Result<String> {
    if instance.jenis != Jenis::Contoh {
        return Err(StoreError::Statement("only a contoh Instance opens sessions without a password".into()));
    }
    let regency = demo::data::Regency::read(&instance.wilayah.nama)?;
    let (by, who, akun) = (instance.by_system("identity.rehearse"), who.to_owned(), regency.account_for(who));
    instance.db.write(&by, Keys::unaudited(), move |tx| {
        let origin = Origin { alamat: "gladi".into(), peramban: "Gladi".into() };
        if let Some(citizen) = warga::rehearsal(tx, &who)? {
            return begin(tx, citizen, &origin);
        }
        let named = match &akun {
            Some(akun) => orang::store::by_email(tx, &demo::data::email(akun))?,
            None => None,
        };
        let orang = match named {
            Some(orang) => orang,
            None => peran::store::first_holder(tx, &who)?.ok_or(StoreError::Missing)?,
        };
        let akun = match (accounts::store::of_person(tx, orang)?, &akun) {
            (Some(known), _) => known.id,
            (None, Some(name)) => accounts::store::insert(tx, orang, name, "-", false)?,
            (None, None) => accounts::store::insert(tx, orang, &format!("gladi-{orang}"), "-", false)?,
        };
        begin(tx, akun, &origin)
    })
}

#[cfg(test)]
mod tests;
