//! Logging in and out, and choosing the post to act for.

mod kode;
pub(crate) mod otp;
mod pages;

use praja_kernel::{Id, Moment, Refuse, Zona};
use praja_module::{Ctx, Input, Method, Outcome, Problem, Response};
use praja_store::{By, Keys, StoreError, Tx, audit::Entry};
use sha2::{Digest, Sha256};

use crate::{
    accounts::{lookup_name, store as accounts, store::Akun},
    bukti, langkah,
    percobaan::{PER_ACCOUNT, PER_ADDRESS, account_key, address_key, store as attempts, try_again_at},
    sandi,
    sessions::{self, Origin},
    slip::{self, Slip},
    totp,
};

pub(crate) use kode::{send as send_code, show as show_code};
pub(crate) use pages::show;

/// Why nobody was let in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Unknown account, wrong password or closed account: a stranger must not learn which.
    #[error("Akun atau sandi tidak cocok.")]
    NoMatch,
    /// Too many failures.
    #[error("Terlalu banyak percobaan masuk. Coba lagi {kapan}.")]
    Throttled {
        /// "pukul 10.32 WIB".
        kapan: String,
    },
    /// The account was opened for a time, which is over.
    #[error("Akses akun ini sudah berakhir.")]
    Ended,
    /// A post that is not, or no longer, held.
    #[error("Anda tidak sedang memegang jabatan itu.")]
    NotYourPost,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NoMatch => "identity.masuk.no-match",
            Self::Throttled { .. } => "identity.masuk.throttled",
            Self::Ended => "identity.masuk.ended",
            Self::NotYourPost => "identity.masuk.not-your-post",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::NoMatch => {
                "Periksa ejaan akun serta huruf besar dan kecil pada sandi. Jika lupa, pakai tautan Lupa sandi.".into()
            }
            Self::Throttled { .. } => "Jika Anda lupa sandi, pakai tautan Lupa sandi.".into(),
            Self::Ended => {
                "Masa tugas pada surat yang menjadi dasarnya habis. Akses diberikan lagi dengan surat yang baru.".into()
            }
            Self::NotYourPost => "Pilih jabatan dari daftar di kanan atas.".into(),
        }
    }
}

/// A refusal, or the data layer failed.
#[derive(Debug)]
enum Failure {
    Refused(Refusal),
    Store(StoreError),
}

impl From<StoreError> for Failure {
    fn from(e: StoreError) -> Self {
        Self::Store(e)
    }
}

/// What one attempt is counted under.
#[derive(Clone)]
struct Counters {
    akun: String,
    alamat: String,
}

impl Counters {
    fn of(akun: Option<&Akun>, typed: &str, alamat: &str) -> Self {
        let akun = match akun {
            Some(akun) => account_key(akun.id),
            // Only a digest: people type their password into the wrong field.
            None => format!("nama:{}", digest_key(&lookup_name(typed))),
        };
        Self { akun, alamat: address_key(alamat) }
    }

    fn locked_until(&self, tx: &mut Tx<'_>, now: Moment) -> Result<Option<Moment>, StoreError> {
        let akun = attempts::get(tx, &self.akun)?.locked_until(now);
        let alamat = attempts::get(tx, &self.alamat)?.locked_until(now);
        Ok(akun.max(alamat))
    }

    fn add_failure(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        attempts::add_failure(tx, &self.akun, PER_ACCOUNT)?;
        attempts::add_failure(tx, &self.alamat, PER_ADDRESS)?;
        Ok(())
    }
}

/// A name as it is counted: a digest, because nobody needs to read it.
pub(crate) fn digest_key(text: &str) -> Id {
    let mut first = [0_u8; 10];
    first.copy_from_slice(&Sha256::digest(text.as_bytes())[..10]);
    Id::v7(0, first)
}

/// How somebody came in.
enum Entered {
    /// With the cookie of the new session; perhaps the password must be changed first, on this page.
    Inside { cookie: String, must_change: Option<&'static str> },
    /// The password was right, the code of the second step is missing: the cookie of the step.
    Halfway(String),
}

/// POST /masuk.
pub(crate) fn enter(ctx: &Ctx, input: &Input) -> Outcome {
    let ke = destination(ctx, input.text("ke"));
    match try_to_enter(ctx, input, &ke) {
        Ok(Entered::Inside { cookie, must_change }) => Ok(inside(ctx, &cookie, must_change, ke)),
        Ok(Entered::Halfway(cookie)) => Ok(Response::redirect("/masuk/kode").with_cookie(cookie)),
        Err(Failure::Refused(refusal)) => pages::again(ctx, input, &ke, &refusal),
        Err(Failure::Store(e)) => Err(e.into()),
    }
}

/// On to the page that was wanted, or first to a new password.
pub(super) fn inside(ctx: &Ctx, cookie: &str, must_change: Option<&str>, ke: String) -> Response {
    let response = Response::redirect(must_change.map_or(ke, str::to_owned));
    let response = response.with_cookie(ctx.session_cookie(cookie, sessions::ABSOLUTE_MS / 1000));
    if must_change.is_some() { response.with_notice("Anda berhasil masuk. Ganti dahulu sandi Anda.") } else { response }
}

fn try_to_enter(ctx: &Ctx, input: &Input, ke: &str) -> Result<Entered, Failure> {
    let typed = input.text("akun").to_owned();
    let (now, zona, alamat) = (ctx.now(), ctx.instance().zona, ctx.incoming().address.clone());
    let sandi = Some(input.raw("sandi")).filter(|sandi| sandi::is_plausible(sandi)).unwrap_or_default();
    let sidik = slip::digest(sandi);
    let (akun, counters, locked, slip) = ctx.read(|tx| {
        let akun = accounts::find(tx, &typed)?.filter(|akun| !akun.nonaktif);
        let counters = Counters::of(akun.as_ref(), &typed, &alamat);
        let locked = counters.locked_until(tx, now)?;
        let slip = slip::store::find(tx, &sidik, now)?;
        let slip = slip.filter(|slip| slip.akun.is_some() && slip.akun == akun.as_ref().map(|akun| akun.id));
        Ok::<_, StoreError>((akun, counters, locked, slip))
    })?;
    if let Some(until) = locked {
        return Err(Failure::Refused(throttled(until, now, zona)));
    }
    let right = sandi::verify(sandi, akun.as_ref().map(|akun| akun.sandi.as_str())) || slip.is_some();
    match akun {
        Some(akun) if right => begin(ctx, akun, counters, slip, ke),
        other => refuse(ctx, other, counters),
    }
}

fn begin(ctx: &Ctx, akun: Akun, counters: Counters, slip: Option<Slip>, ke: &str) -> Result<Entered, Failure> {
    let by = bukti::by(ctx.instance(), &akun);
    let (before, origin, zona) = (ctx.session_key(), Origin::of(ctx), ctx.instance().zona);
    let (step, step_cookie) = langkah::begin(ctx, langkah::Jenis::Masuk, Some(akun.id), ke.to_owned());
    ctx.instance().db.write(&by, Keys::none(), move |tx| {
        let now = tx.now()?;
        // Somebody else may have shut the door while the password was being checked.
        if let Some(until) = counters.locked_until(tx, now)? {
            return Err(Failure::Refused(throttled(until, now, zona)));
        }
        if let Some(orang) = akun.orang
            && sessions::is_over(tx, orang, zona.date(now))?
        {
            tx.audit(
                &Entry::new("identity.fail-log-in", "identity_akun", akun.id).with("akun", &akun.nama).because("akses berakhir"),
            )?;
            return tx.commit_and_refuse(Failure::Refused(Refusal::Ended));
        }
        let mut must_change = akun.wajib_ganti;
        if let Some(slip) = slip {
            if !slip::store::use_up(tx, slip.id)? {
                return Err(Failure::Refused(Refusal::NoMatch));
            }
            accounts::demand_new_password(tx, akun.id)?;
            must_change = true;
            tx.audit(&Entry::new("identity.use-slip", "identity_akun", akun.id).with("jenis", slip.jenis.label()))?;
        }
        if totp::store::active_since(tx, akun.id)?.is_some() {
            // Failures are forgotten after the second step only: the first alone opens nothing.
            langkah::store::save(tx, &step)?;
            return Ok(Entered::Halfway(step_cookie.clone()));
        }
        attempts::forget(tx, &counters.akun)?;
        let entry = Entry::new("identity.log-in", "identity_akun", akun.id).with("akun", &akun.nama);
        let cookie = open_session(tx, akun.id, before.as_deref(), &origin)?;
        tx.audit(&entry.with("alamat", &origin.alamat))?;
        Ok(Entered::Inside { cookie, must_change: must_change.then(|| akun.home()) })
    })
}

/// Begins a session; the one this browser had ends.
pub(super) fn open_session(tx: &mut Tx<'_>, akun: Id, before: Option<&str>, origin: &Origin) -> Result<String, StoreError> {
    if let Some(before) = before {
        sessions::store::revoke_key(tx, before)?;
    }
    sessions::begin(tx, akun, origin)
}

fn refuse(ctx: &Ctx, akun: Option<Akun>, counters: Counters) -> Result<Entered, Failure> {
    let alamat = ctx.incoming().address.clone();
    let by = By::system("publik", ctx.now(), ctx.instance().ids.clone());
    ctx.instance().db.write(&by, Keys::none(), move |tx| {
        counters.add_failure(tx)?;
        if let Some(akun) = &akun {
            let entry = Entry::new("identity.fail-log-in", "identity_akun", akun.id);
            tx.audit(&entry.with("akun", &akun.nama).with("alamat", &alamat))?;
        }
        tx.commit_and_refuse(Failure::Refused(Refusal::NoMatch))
    })
}

fn throttled(until: Moment, now: Moment, zona: Zona) -> Refusal {
    Refusal::Throttled { kapan: try_again_at(until, now, zona) }
}

/// POST /keluar. Also without a session, so that a second press does not lead to a log-in page that leads back here.
pub(crate) fn leave(ctx: &Ctx, _input: &Input) -> Outcome {
    if let (Some(who), Some(key)) = (ctx.who(), ctx.session_key()) {
        let sesi = who.session;
        ctx.write(Keys::none(), move |tx| {
            if sessions::store::revoke_key(tx, &key)? {
                tx.audit(&Entry::new("identity.log-out", "identity_sesi", sesi))?;
            }
            Ok::<_, StoreError>(())
        })?;
    }
    Ok(Response::redirect("/masuk").with_cookie(ctx.session_cookie("", 0)).with_notice("Anda sudah keluar."))
}

/// POST /bertindak-sebagai.
pub(crate) fn act_for(ctx: &Ctx, input: &Input) -> Outcome {
    let who = ctx.who().ok_or(Problem::SignInFirst)?;
    let wanted: Option<Id> = input.text("penugasan").parse().ok();
    let Some(post) = who.posts.iter().find(|post| Some(post.penugasan) == wanted) else {
        return Err(Problem::refused(Refusal::NotYourPost));
    };
    let (sesi, penugasan, nama) = (who.session, post.penugasan, post.nama.clone());
    let notice = format!("Anda sekarang bertindak sebagai {}.", post.nama);
    ctx.write(Keys::none(), move |tx| {
        sessions::store::choose(tx, sesi, penugasan)?;
        tx.audit(&Entry::new("identity.act-for", "identity_penugasan", penugasan).with("jabatan", &nama))
    })?;
    Ok(Response::redirect(destination(ctx, input.text("ke"))).with_notice(&notice))
}

/// Where to go afterwards: a page of this box that can be opened, else the start page.
pub(crate) fn destination(ctx: &Ctx, ke: &str) -> String {
    let path = ke.split(['?', '#']).next().unwrap_or_default();
    // What can only be sent (a session that ended under a form) cannot be opened.
    let routes = || ctx.parts().modules.iter().flat_map(|module| module.routes.iter());
    let only_sent = |path: &str| {
        let mut same = routes().filter(|route| matches(route.path, path)).peekable();
        same.peek().is_some() && same.all(|route| route.method == Method::Post)
    };
    if is_local(ke) && path != "/masuk" && !only_sent(path) { ke.to_owned() } else { "/".to_owned() }
}

/// Does an address fit a route's pattern?
fn matches(pattern: &str, path: &str) -> bool {
    let (mut parts, mut pieces) = (pattern.split('/'), path.split('/'));
    loop {
        match (parts.next(), pieces.next()) {
            (None, None) => return true,
            (Some(part), Some(piece)) if part == piece || (part.starts_with('{') && !piece.is_empty()) => {}
            _ => return false,
        }
    }
}

/// Is this an address on this very host? `//host` and `/\host` are read by browsers as another one.
fn is_local(ke: &str) -> bool {
    let rest = ke.strip_prefix('/');
    rest.is_some_and(|rest| !rest.starts_with(['/', '\\']))
        && ke.len() <= 1000
        && !ke.contains(|c: char| c.is_control() || c == '\\')
}

#[cfg(test)]
mod tests;
