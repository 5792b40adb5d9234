//! Acts on one account.

use praja_kernel::FieldProblem;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, StoreError, Tx, audit::Entry};
use praja_web::{Facts, Field, Form, PageHeader, Tone, decision, frame, page};

use super::{Subjek, subject};
use crate::{
    accounts::store::{self as accounts, Akun},
    kirim::Ways,
    percobaan::{account_key, address_key, store as attempts},
    rights::MANAGE_ALL_OPD,
    sessions, slip, totp,
};

/// Fewest letters of a reason: "ya" explains nothing to whoever reads the trail.
const REASON: usize = 10;

/// POST /identity/akun/{id}/buka-kunci: the account may be tried again at once.
pub(crate) fn unlock(ctx: &Ctx, input: &Input) -> Outcome {
    let akun = ctx.read(|tx| subject(ctx, tx))?.akun;
    let to = if input.text("ke") == "terkunci" {
        "/identity/akun?keadaan=terkunci".to_owned()
    } else {
        format!("/identity/akun/{}", akun.id)
    };
    let response = ctx.submit(input, Keys::none(), move |tx| {
        attempts::forget(tx, &account_key(akun.id))?;
        tx.audit(&Entry::new("identity.unlock-account", "identity_akun", akun.id).with("akun", &akun.nama))?;
        Ok::<_, StoreError>(to.clone())
    })?;
    Ok(response.with_notice("Kunci dibuka. Akun itu dapat dicoba lagi sekarang."))
}

/// POST /identity/akun/buka-alamat: a network address may try again at once.
pub(crate) fn unlock_address(ctx: &Ctx, input: &Input) -> Outcome {
    let alamat = input.text("alamat").to_owned();
    let response = ctx.submit(input, Keys::none(), move |tx| {
        attempts::forget(tx, &address_key(&alamat))?;
        tx.audit(&Entry::new("identity.unlock-address", "identity_percobaan", &alamat).with("alamat", &alamat))?;
        Ok::<_, StoreError>("/identity/akun?keadaan=terkunci".to_owned())
    })?;
    Ok(response.with_notice("Alamat jaringan itu dapat mencoba lagi sekarang."))
}

/// POST /identity/akun/{id}/aktifkan.
pub(crate) fn reopen(ctx: &Ctx, input: &Input) -> Outcome {
    let Subjek { akun, handling } = ctx.read(|tx| subject(ctx, tx))?;
    handling.map_err(Problem::refused)?;
    // Whoever closed their own account gave its number back; it is opened by registering again.
    if akun.orang.is_none() {
        return Err(Problem::NotFound);
    }
    let response = ctx.submit(input, Keys::none(), move |tx| {
        if accounts::set_closed(tx, akun.id, false)? {
            tx.audit(&Entry::new("identity.reopen-account", "identity_akun", akun.id).with("akun", &akun.nama))?;
        }
        Ok::<_, StoreError>(format!("/identity/akun/{}", akun.id))
    })?;
    Ok(response.with_notice("Akun diaktifkan kembali."))
}

/// POST /identity/akun/{id}/akhiri-sesi.
pub(crate) fn end_sessions(ctx: &Ctx, input: &Input) -> Outcome {
    let Subjek { akun, handling } = ctx.read(|tx| subject(ctx, tx))?;
    handling.map_err(Problem::refused)?;
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let ended = sessions::store::revoke_all(tx, akun.id)?;
        tx.audit(
            &Entry::new("identity.revoke-sessions", "identity_akun", akun.id)
                .with("akun", &akun.nama)
                .with("sesi_diakhiri", ended),
        )?;
        Ok::<_, StoreError>(format!("/identity/akun/{}", akun.id))
    })?;
    Ok(response.with_notice("Semua sesi akun itu sudah diakhiri."))
}

/// GET /identity/akun/{id}/nonaktifkan.
pub(crate) fn ask_close(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    ask(ctx, tx, &CLOSE)
}

/// POST /identity/akun/{id}/nonaktifkan.
pub(crate) fn close(ctx: &Ctx, input: &Input) -> Outcome {
    decide(ctx, input, &CLOSE, |tx, akun| {
        accounts::set_closed(tx, akun.id, true)?;
        slip::store::cancel(tx, akun.id)?;
        sessions::store::revoke_all(tx, akun.id)?;
        Ok(())
    })
}

/// GET /identity/akun/{id}/matikan-langkah-kedua.
pub(crate) fn ask_second_step(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    ask(ctx, tx, &SECOND)
}

/// POST /identity/akun/{id}/matikan-langkah-kedua.
pub(crate) fn end_second_step(ctx: &Ctx, input: &Input) -> Outcome {
    decide(ctx, input, &SECOND, |tx, akun| {
        totp::store::remove(tx, akun.id)?;
        sessions::store::revoke_all(tx, akun.id)?;
        Ok(())
    })
}

/// A decision that needs a reason.
struct Decision {
    path: &'static str,
    title: &'static str,
    consequences: &'static [&'static str],
    button: &'static str,
    act: &'static str,
    done: &'static str,
    /// The notice to whose account it is: its subject, and what it says.
    subject: &'static str,
    told: &'static str,
}

const CLOSE: Decision = Decision {
    path: "nonaktifkan",
    title: "Nonaktifkan akun",
    consequences: &[
        "Orang ini keluar dari semua perangkat dan tidak dapat masuk lagi.",
        "Slip masuk yang belum dipakai tidak berlaku lagi.",
        "Tugas dan surat tetap pada jabatannya. Akun dapat diaktifkan kembali.",
    ],
    button: "Nonaktifkan akun ini",
    act: "identity.deactivate-account",
    done: "Akun dinonaktifkan.",
    subject: "Akun Anda dinonaktifkan",
    told: "Akun Anda dinonaktifkan oleh administrator.",
};

const SECOND: Decision = Decision {
    path: "matikan-langkah-kedua",
    title: "Matikan langkah kedua",
    consequences: &[
        "Akun ini dibuka dengan sandi saja sampai pemiliknya mengaktifkan langkah kedua lagi.",
        "Kode pemulihan yang lama tidak berlaku lagi, dan semua sesi berakhir.",
        "Lakukan hanya setelah Anda memastikan bahwa pemilik akun yang memintanya.",
    ],
    button: "Matikan langkah kedua akun ini",
    act: "identity.reset-second-step",
    done: "Langkah kedua akun itu dimatikan.",
    subject: "Langkah kedua akun Anda dimatikan",
    told: "Langkah kedua akun Anda dimatikan oleh administrator. Jika bukan permintaan Anda, hubungi Diskominfo.",
};

fn ask(ctx: &Ctx, tx: &mut Tx<'_>, what: &Decision) -> Outcome {
    let Subjek { akun, handling } = subject(ctx, tx)?;
    handling.map_err(Problem::refused)?;
    let form = frame::form(ctx, format!("/identity/akun/{}/{}", akun.id, what.path));
    Ok(Response::page(ask_page(ctx, &akun, what, form)))
}

fn ask_page(ctx: &Ctx, akun: &Akun, what: &Decision, form: Form) -> String {
    let back = format!("/identity/akun/{}", akun.id);
    let header = PageHeader::new(what.title)
        .purpose("Baca dahulu apa yang akan terjadi.")
        .crumb("Akun", "/identity/akun")
        .crumb(akun.pemilik.clone(), back.clone());
    let reason =
        Field::textarea("alasan", "Alasan").hint("Tercatat pada jejak audit. Sebut dasar atau permintaannya.").required();
    let form = form.field(reason.max_length(500)).submit_danger(what.button).cancel("Tidak jadi", back);
    let facts = Facts::new().add("Nama", &akun.pemilik).add("Akun", &akun.nama);
    page(&frame::shell(ctx), &header, decision(Tone::Warn, "Yang akan terjadi", what.consequences, &facts, &form))
}

fn decide(
    ctx: &Ctx,
    input: &Input,
    what: &'static Decision,
    act: impl Fn(&mut Tx<'_>, &Akun) -> Result<(), StoreError> + Send + 'static,
) -> Outcome {
    let Subjek { akun, handling } = ctx.read(|tx| subject(ctx, tx))?;
    handling.map_err(Problem::refused)?;
    let reason = input.text("alasan").to_owned();
    if reason.chars().count() < REASON {
        let problem = FieldProblem::new("alasan", format!("Tuliskan alasannya, paling sedikit {REASON} huruf."));
        let form = frame::form_again(ctx, format!("/identity/akun/{}/{}", akun.id, what.path), input).problems(&[problem]);
        return Ok(Response::form_again(ask_page(ctx, &akun, what, form)));
    }
    let ways = Ways::of(ctx);
    let response = ctx.submit(input, Keys::none(), move |tx| {
        act(tx, &akun)?;
        tx.audit(&Entry::new(what.act, "identity_akun", akun.id).with("akun", &akun.nama).because(reason.clone()))?;
        ways.warn(tx, &akun, what.subject, what.told)?;
        Ok::<_, StoreError>(format!("/identity/akun/{}", akun.id))
    })?;
    Ok(response.with_notice(what.done))
}

/// May whoever asks open network addresses again? They belong to no OPD.
pub(super) fn may_unlock_addresses(ctx: &Ctx) -> bool {
    ctx.may(MANAGE_ALL_OPD)
}
