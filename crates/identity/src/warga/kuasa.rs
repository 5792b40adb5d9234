//! Powers: citizens who act for a body with their own account. The body gives and revokes; an officer may revoke with a reason.

pub(crate) mod pages;
pub(crate) mod store;

use praja_kernel::{FieldProblem, Id, Moment, fold};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, StoreError, audit::Entry};

use super::petugas;
use crate::{
    accounts::{Jenis, store as accounts},
    kirim::Ways,
    percobaan::{self, PER_SENDER, store as attempts, try_again_at},
    profil::own,
    sessions::{self, Origin},
};

/// One power.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kuasa {
    pub(crate) id: Id,
    pub(crate) badan: Id,
    /// Name of the body.
    pub(crate) badan_nama: String,
    pub(crate) warga: Id,
    /// Name of the citizen when it was given.
    pub(crate) nama: String,
    pub(crate) dibuat: Moment,
    /// When it ended, and by whom.
    pub(crate) dicabut: Option<(Moment, String)>,
}

/// So many may act for one body.
const MOST: usize = 20;

/// POST /warga/kuasa: the body names a citizen by NIK and name. Both must fit one account: neither is learnt by trying the other.
pub(crate) fn give(ctx: &Ctx, input: &Input) -> Outcome {
    let (akun, now, ways) = (own(ctx)?, ctx.now(), Ways::of(ctx));
    if akun.jenis != Jenis::Badan || by_power(ctx)?.is_some() {
        return Err(Problem::NotFound);
    }
    let nik: String = input.text("nik").chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
    let nama = fold(input.text("nama"));
    let sender = percobaan::sender_key(&ctx.incoming().address);
    let (locked, found, active) = ctx.read(|tx| {
        let locked = attempts::get(tx, &sender)?.locked_until(now);
        Ok::<_, StoreError>((locked, store::citizen(tx, &nik)?, store::of_body(tx, akun.id)?))
    })?;
    let problem = match (&found, locked) {
        (_, Some(until)) => {
            let when = try_again_at(until, now, ctx.instance().zona);
            Some(("nik", format!("Sudah terlalu sering dicoba. Coba lagi {when}.")))
        }
        (Some((warga, known)), None) if fold(known) == nama => {
            let mut held = active.iter().filter(|one| one.dicabut.is_none());
            let count = held.clone().count();
            if held.any(|one| one.warga == *warga) {
                Some(("nik", "Orang ini sudah menjadi kuasa.".to_owned()))
            } else {
                (count >= MOST).then(|| ("nik", format!("Paling banyak {MOST} kuasa. Cabut dahulu yang tidak diperlukan.")))
            }
        }
        _ => Some((
            "nik",
            "NIK dan nama itu tidak cocok dengan akun warga mana pun. Kuasa harus mendaftarkan akun warga lebih dahulu."
                .to_owned(),
        )),
    };
    let chosen = match (problem, found) {
        (None, Some(chosen)) => chosen,
        (problem, _) => {
            ctx.write(Keys::unaudited(), move |tx| attempts::add_failure(tx, &sender, PER_SENDER).map(|_| ()))?;
            let (field, text) = problem.unwrap_or_default();
            return pages::again(ctx, input, &akun, &[FieldProblem::new(field, text)]);
        }
    };
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let id = store::insert(tx, akun.id, chosen.0, &chosen.1)?;
        tx.audit(&Entry::new("identity.grant-kuasa", "identity_akun", akun.id).with("nama", &chosen.1).with("kuasa", id))?;
        if let Some(warga) = accounts::get(tx, chosen.0)? {
            let text =
                format!("{} menunjuk Anda sebagai kuasa. Pilih \"Bertindak untuk badan\" pada halaman akun Anda.", akun.pemilik);
            ways.warn(tx, &warga, "Anda ditunjuk sebagai kuasa", &text)?;
        }
        Ok::<_, StoreError>("/warga".to_owned())
    })?;
    Ok(response.with_notice("Kuasa sudah ditunjuk."))
}

/// POST /warga/kuasa/{id}/cabut: by the body, or by the citizen who lays it down.
pub(crate) fn revoke(ctx: &Ctx, input: &Input) -> Outcome {
    let (akun, id): (_, Id) = (own(ctx)?, ctx.param("id")?);
    let one = ctx.read(|tx| store::get(tx, id))?.ok_or(Problem::NotFound)?;
    let is_own = one.badan == akun.id || one.warga == akun.id;
    // Who acts by a power does not decide about powers.
    if !is_own || by_power(ctx)?.is_some() {
        return Err(Problem::NotFound);
    }
    let response = ctx.submit(input, Keys::none(), move |tx| {
        end(tx, &one, &akun.pemilik, None)?;
        Ok::<_, StoreError>("/warga".to_owned())
    })?;
    Ok(response.with_notice("Kuasa dicabut; sesi yang memakainya sudah berakhir."))
}

/// POST /identity/warga/{id}/kuasa/{kuasa}/cabut: by an officer, with a reason.
pub(crate) fn revoke_by_officer(ctx: &Ctx, input: &Input) -> Outcome {
    let (id, kuasa): (Id, Id) = (ctx.param("id")?, ctx.param("kuasa")?);
    let one = ctx.read(|tx| store::get(tx, kuasa))?.filter(|one| one.badan == id).ok_or(Problem::NotFound)?;
    let reason = input.text("alasan").to_owned();
    if let Some(problem) = petugas::reason_problem(&reason) {
        return pages::officer_again(ctx, input, &one, &[problem]);
    }
    let oleh = ctx.scope()?.actor.nama().to_owned();
    let response = ctx.submit(input, Keys::none(), move |tx| {
        end(tx, &one, &oleh, Some(&reason))?;
        Ok::<_, StoreError>(format!("{}/{id}", petugas::pages::LIST))
    })?;
    Ok(response.with_notice("Kuasa dicabut; sesi yang memakainya sudah berakhir."))
}

fn end(tx: &mut praja_store::Tx<'_>, one: &Kuasa, oleh: &str, reason: Option<&str>) -> Result<(), StoreError> {
    if !store::end(tx, one.id, oleh)? {
        return Ok(());
    }
    let mut entry = Entry::new("identity.revoke-kuasa", "identity_akun", one.badan).with("nama", &one.nama).with("kuasa", one.id);
    if let Some(reason) = reason {
        entry = entry.because(reason);
    }
    tx.audit(&entry)
}

/// POST /warga/kuasa/{id}/pakai: a citizen goes on as the body, in a session of its own that proves no password.
pub(crate) fn act(ctx: &Ctx, _input: &Input) -> Outcome {
    let (akun, id): (_, Id) = (own(ctx)?, ctx.param("id")?);
    let one = ctx.read(|tx| store::get(tx, id))?.filter(|one| one.warga == akun.id && one.dicabut.is_none());
    let one = one.ok_or(Problem::NotFound)?;
    let (before, origin, nama) = (ctx.session_key(), Origin::of(ctx), one.badan_nama.clone());
    let cookie = ctx.write(Keys::none(), move |tx| {
        let open = accounts::get(tx, one.badan)?.is_some_and(|badan| !badan.nonaktif);
        if !open {
            return Ok(None);
        }
        if let Some(before) = &before {
            sessions::store::revoke_key(tx, before)?;
        }
        let cookie = sessions::begin_by_power(tx, &one, &origin)?;
        tx.audit(&Entry::new("identity.use-kuasa", "identity_akun", one.badan).with("nama", &one.nama).with("kuasa", one.id))?;
        Ok::<_, StoreError>(Some(cookie))
    })?;
    let Some(cookie) = cookie else { return Ok(Response::redirect("/warga").with_notice("Akun badan itu sedang tidak aktif.")) };
    Ok(Response::redirect("/warga")
        .with_cookie(ctx.session_cookie(&cookie, sessions::ABSOLUTE_MS / 1000))
        .with_notice(&format!("Anda sekarang bertindak untuk {nama}.")))
}

/// POST /warga/kuasa/selesai: back to one's own account.
pub(crate) fn leave(ctx: &Ctx, _input: &Input) -> Outcome {
    let one = by_power(ctx)?.ok_or(Problem::NotFound)?;
    let (before, origin) = (ctx.session_key(), Origin::of(ctx));
    let cookie = ctx.write(Keys::none(), move |tx| {
        if let Some(before) = &before {
            sessions::store::revoke_key(tx, before)?;
        }
        let cookie = sessions::begin_unproven(tx, one.warga, &origin)?;
        tx.audit(&Entry::new("identity.leave-kuasa", "identity_akun", one.badan).with("nama", &one.nama).with("kuasa", one.id))?;
        Ok::<_, StoreError>(cookie)
    })?;
    Ok(Response::redirect("/warga")
        .with_cookie(ctx.session_cookie(&cookie, sessions::ABSOLUTE_MS / 1000))
        .with_notice("Anda kembali memakai akun Anda sendiri."))
}

/// The power by which this very session acts.
pub(crate) fn by_power(ctx: &Ctx) -> Result<Option<Kuasa>, StoreError> {
    let Some(who) = ctx.who() else { return Ok(None) };
    let sesi = who.session;
    ctx.read(|tx| store::of_session(tx, sesi))
}
