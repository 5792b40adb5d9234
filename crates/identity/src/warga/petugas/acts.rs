//! Decisions of officers about an account of a citizen or body; each needs a reason.

use praja_module::{Ctx, Input, Outcome, Response};
use praja_store::{Keys, Result, StoreError, Tx, audit::Entry};
use praja_web::{Field, Form, PageHeader, Tone, decision, frame};

use super::{Dilihat, Keadaan, pages::LIST, reason_problem, show, store, subject};
use crate::{
    accounts::store::{self as accounts, Akun},
    kirim::Ways,
    sessions, slip,
};

struct Decision {
    path: &'static str,
    from: &'static [Keadaan],
    title: &'static str,
    lines: &'static [&'static str],
    button: &'static str,
    act: &'static str,
    done: &'static str,
    told: &'static str,
    run: fn(&mut Tx<'_>, &Akun) -> Result<()>,
}

const BLOCK: Decision = Decision {
    path: "blokir",
    from: &[Keadaan::Belum, Keadaan::Cocok],
    title: "Blokir akun",
    lines: &[
        "Pemiliknya keluar dari semua perangkat dan tidak dapat masuk lagi sampai blokir dibuka.",
        "NIK atau nomor badan itu tidak dapat didaftarkan sebagai akun lain.",
        "Permohonan, surat, dan pengaduannya tetap tersimpan.",
    ],
    button: "Blokir akun ini",
    act: "identity.block-akun",
    done: "Akun itu diblokir.",
    told: "Akun Anda diblokir oleh petugas. Datanglah ke loket pelayanan dengan membawa KTP.",
    run: |tx, akun| {
        accounts::set_closed(tx, akun.id, true)?;
        slip::store::cancel(tx, akun.id)?;
        sessions::store::revoke_all(tx, akun.id).map(|_| ())
    },
};

const UNBLOCK: Decision = Decision {
    path: "buka-blokir",
    from: &[Keadaan::Diblokir],
    title: "Buka blokir",
    lines: &["Pemiliknya dapat masuk lagi dengan sandi yang lama.", "Tanda sudah dicocokkan, bila ada, tetap berlaku."],
    button: "Buka blokir akun ini",
    act: "identity.unblock-akun",
    done: "Blokir dibuka.",
    told: "Blokir akun Anda sudah dibuka.",
    run: |tx, akun| accounts::set_closed(tx, akun.id, false).map(|_| ()),
};

const UNCHECK: Decision = Decision {
    path: "batal-cocok",
    from: &[Keadaan::Cocok],
    title: "Batalkan pencocokan",
    lines: &[
        "Akun tidak lagi bertanda sudah dicocokkan.",
        "Pemiliknya perlu datang lagi dengan KTP untuk layanan yang memerlukannya.",
    ],
    button: "Batalkan pencocokan akun ini",
    act: "identity.unverify-akun",
    done: "Pencocokan dibatalkan.",
    told: "Pencocokan data akun Anda dibatalkan oleh petugas. Datanglah ke loket pelayanan dengan membawa KTP.",
    run: |tx, akun| store::unset_checked(tx, akun.id),
};

/// GET /identity/warga/{id}/blokir
pub(crate) fn ask_block(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    ask(ctx, tx, &BLOCK)
}

/// POST /identity/warga/{id}/blokir
pub(crate) fn block(ctx: &Ctx, input: &Input) -> Outcome {
    decide(ctx, input, &BLOCK)
}

/// GET /identity/warga/{id}/buka-blokir
pub(crate) fn ask_unblock(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    ask(ctx, tx, &UNBLOCK)
}

/// POST /identity/warga/{id}/buka-blokir
pub(crate) fn unblock(ctx: &Ctx, input: &Input) -> Outcome {
    decide(ctx, input, &UNBLOCK)
}

/// GET /identity/warga/{id}/batal-cocok
pub(crate) fn ask_uncheck(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    ask(ctx, tx, &UNCHECK)
}

/// POST /identity/warga/{id}/batal-cocok
pub(crate) fn uncheck(ctx: &Ctx, input: &Input) -> Outcome {
    decide(ctx, input, &UNCHECK)
}

/// Sent twice, or somebody was first: the page of the account shows how it stands.
pub(super) fn moved_on(seen: &Dilihat) -> Response {
    let notice = format!("Akun ini sekarang berkeadaan {}.", seen.keadaan.label().to_lowercase());
    Response::redirect(format!("{LIST}/{}", seen.akun.id)).with_notice(&notice)
}

fn ask(ctx: &Ctx, tx: &mut Tx<'_>, what: &Decision) -> Outcome {
    let seen = subject(ctx, tx)?;
    if !what.from.contains(&seen.keadaan) {
        return Ok(moved_on(&seen));
    }
    let form = frame::form(ctx, address(&seen, what));
    Ok(Response::page(whole(ctx, &seen, what, form)))
}

fn address(seen: &Dilihat, what: &Decision) -> String {
    format!("{LIST}/{}/{}", seen.akun.id, what.path)
}

fn whole(ctx: &Ctx, seen: &Dilihat, what: &Decision, form: Form) -> String {
    let back = format!("{LIST}/{}", seen.akun.id);
    let header = PageHeader::new(what.title)
        .purpose("Baca dahulu apa yang akan terjadi.")
        .crumb("Warga dan badan", LIST)
        .crumb(seen.akun.pemilik.clone(), back.clone());
    let reason = Field::textarea("alasan", "Alasan").hint("Tercatat pada jejak audit. Sebut dasar atau permintaannya.");
    let form = form.field(reason.required().max_length(500)).submit_danger(what.button).cancel("Tidak jadi", back);
    let content = decision(Tone::Warn, "Yang akan terjadi", what.lines, &show::facts(ctx, seen), &form);
    praja_web::page(&frame::shell(ctx), &header, content)
}

fn decide(ctx: &Ctx, input: &Input, what: &'static Decision) -> Outcome {
    let seen = ctx.read(|tx| subject(ctx, tx))?;
    if !what.from.contains(&seen.keadaan) {
        return Ok(moved_on(&seen));
    }
    let reason = input.text("alasan").to_owned();
    if let Some(problem) = reason_problem(&reason) {
        let form = frame::form_again(ctx, address(&seen, what), input).problems(&[problem]);
        return Ok(Response::form_again(whole(ctx, &seen, what, form)));
    }
    let (akun, ways) = (seen.akun, Ways::of(ctx));
    let response = ctx.submit(input, Keys::none(), move |tx| {
        (what.run)(tx, &akun)?;
        tx.audit(&Entry::new(what.act, "identity_akun", akun.id).with("nama", &akun.pemilik).because(reason.clone()))?;
        ways.warn(tx, &akun, what.title, what.told)?;
        Ok::<_, StoreError>(format!("{LIST}/{}", akun.id))
    })?;
    Ok(response.with_notice(what.done))
}
