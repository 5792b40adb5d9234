//! The first administrator of a box: a one-time link on the console, because whoever stands at the machine is the only one who can be
//! trusted before there is anybody. There is no default password.

mod pages;
pub(crate) mod store;

use praja_kernel::{FieldProblem, Id, Nip, Refuse};
use praja_module::{Ctx, Input, Instance, Outcome, Problem, Response};
use praja_store::{By, Keys, Result, StoreError, audit::Entry};

use crate::{
    accounts::store as accounts,
    kirim::is_email,
    lupa::new_password_problem,
    orang::store::{self as people, NewOrang},
    peran::{aturan::Target, store as roles},
    percobaan::{PER_ADDRESS, address_key, store as attempts},
    sandi,
    sessions::{self, Origin},
    slip::{self, Jenis},
    totp,
};

pub(crate) use pages::show;

/// The role of those who administer everything.
pub(crate) const SUPERADMIN: &str = "identity.superadmin";

/// Is there somebody who can log in and administer everything?
///
/// # Errors
/// When the database fails.
pub fn has_administrator(instance: &Instance) -> Result<bool> {
    let today = instance.today();
    instance.db.read(|tx| store::has_administrator(tx, SUPERADMIN, today))
}

/// Makes a one-time link by which whoever opens it becomes superadmin, good for a day. Older ones open nothing from now on. Only for the
/// console of the machine itself.
///
/// # Errors
/// When the database fails.
pub fn administrator_link(instance: &Instance) -> Result<String> {
    let code = slip::draw();
    let sidik = slip::digest(&code);
    instance.db.write(&instance.by_system("installer.admin-link"), Keys::none(), move |tx| {
        let until = slip::store::insert(tx, Jenis::Pengelola, None, &sidik, None)?;
        tx.audit(&Entry::new("identity.issue-admin-link", "identity_slip", "pengelola").with("berlaku_sampai", until.ms()))
    })?;
    Ok(format!("{}/pengelola-pertama/{code}", instance.url_publik))
}

/// Who wants to be administrator, checked.
struct Baru {
    nama: String,
    nip: Option<Nip>,
    email: String,
}

/// What is wrong with the form, everything at once.
fn checked(input: &Input) -> std::result::Result<Baru, Vec<FieldProblem>> {
    let mut wrong = Vec::new();
    let nama = input.text("nama").split_whitespace().collect::<Vec<_>>().join(" ");
    if nama.chars().count() < 3 {
        wrong.push(FieldProblem::new("nama", "Isi nama lengkap Anda, paling sedikit 3 huruf."));
    }
    let nip = match input.text("nip") {
        "" => None,
        typed => typed.parse().map_err(|e: praja_kernel::NipError| wrong.push(FieldProblem::new("nip", e.to_string()))).ok(),
    };
    let email = input.text("email").to_lowercase();
    if !is_email(&email) {
        wrong.push(FieldProblem::new("email", "Isi alamat surel yang lengkap. Contoh: nama@daerah.go.id"));
    }
    let personal = [nama.as_str(), input.text("nip"), email.as_str()];
    wrong.extend(new_password_problem(input, &personal));
    if wrong.is_empty() { Ok(Baru { nama, nip, email }) } else { Err(wrong) }
}

/// POST /pengelola-pertama/{kode}.
pub(crate) fn create(ctx: &Ctx, input: &Input) -> Outcome {
    let kode: String = ctx.param("kode")?;
    let Some(link) =
        ctx.read(|tx| slip::store::find(tx, &slip::digest(&kode), ctx.now()))?.filter(|one| one.jenis == Jenis::Pengelola)
    else {
        return refused(ctx);
    };
    let baru = match checked(input) {
        Ok(baru) => baru,
        Err(problems) => return Ok(pages::again(ctx, input, &kode, &problems)),
    };
    let (hash, origin) = (sandi::hash(input.raw("sandi_baru"))?, Origin::of(ctx));
    let by = By::system("publik", ctx.now(), ctx.instance().ids.clone());
    let made = ctx.instance().db.write(&by, Keys::none(), move |tx| {
        if !slip::store::use_up(tx, link.id)? {
            return Ok(None);
        }
        let nip = baru.nip.as_ref().map(Nip::as_str);
        let known = match nip {
            Some(nip) => store::by_nip(tx, nip)?,
            None => None,
        };
        let orang: Id = match known.or(people::by_email(tx, &baru.email)?) {
            Some(known) => known,
            None => people::insert(tx, &NewOrang { nama: &baru.nama, nip, email: Some(&baru.email), ..NewOrang::default() })?,
        };
        let akun = match accounts::of_person(tx, orang)? {
            Some(akun) => {
                // They stand at the machine: what kept them out is taken away.
                accounts::set_password(tx, akun.id, akun.versi, &hash, false)?;
                accounts::set_closed(tx, akun.id, false)?;
                totp::store::remove(tx, akun.id)?;
                sessions::store::revoke_all(tx, akun.id)?;
                akun.id
            }
            None => accounts::insert(tx, orang, nip.unwrap_or(&baru.email), &hash, false)?,
        };
        let everywhere = Target::Orang(orang, None);
        if !roles::is_held(tx, everywhere, SUPERADMIN)? {
            roles::insert(tx, everywhere, SUPERADMIN)?;
        }
        tx.audit(
            &Entry::new("identity.create-administrator", "identity_akun", akun)
                .with("nama", &baru.nama)
                .with("alamat", &origin.alamat),
        )?;
        Ok::<_, StoreError>(Some(sessions::begin(tx, akun, &origin)?))
    })?;
    let Some(cookie) = made else { return refused(ctx) };
    Ok(Response::redirect("/identity/opd")
        .with_cookie(ctx.session_cookie(&cookie, sessions::ABSOLUTE_MS / 1000))
        .with_notice("Anda kini superadmin. Mulailah dengan mengimpor susunan OPD, jabatan, dan pegawai."))
}

/// A link that opens nothing; guesses are counted like wrong passwords.
fn refused(ctx: &Ctx) -> Outcome {
    let key = address_key(&ctx.incoming().address);
    ctx.write(Keys::unaudited(), move |tx| attempts::add_failure(tx, &key, PER_ADDRESS).map(|_| ()))?;
    Err(Problem::refused(Refusal::Dead))
}

/// Why the link opens nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Used, too old, replaced, or never given.
    #[error("Tautan ini sudah dipakai, sudah lewat 24 jam, atau diganti tautan yang lebih baru.")]
    Dead,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        "identity.pertama.dead"
    }

    fn next_step(&self) -> String {
        "Buat tautan baru di terminal mesin Praja dengan perintah praja admin link.".into()
    }
}
