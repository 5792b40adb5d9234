//! Slips for a whole office: everybody of one OPD who never logged in.

use praja_kernel::{FieldProblem, Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, StoreError, Tx, audit::Entry};
use praja_web::{Bulk, CHOSEN, Field, Form, Icon, Notice, PageHeader, Tone, frame, html};

use super::{
    covers, permissions_of,
    slips::{first_slip, print_page, print_page_with},
    store::{self, Filter},
};
use crate::{
    opd::{self, reach},
    slip::{self, Refusal},
};

/// At most this many slips at a time: a bundle that one person hands out, and one short write.
const AT_ONCE: i64 = 200;

/// GET /identity/akun/slip.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let form = frame::form(ctx, "/identity/akun/slip");
    let form = match ctx.query("opd") {
        Some(opd) => form.values(praja_web::FormValues::new().with("opd", opd)),
        None => form,
    };
    Ok(Response::page(whole(ctx, tx, form)?))
}

fn whole(ctx: &Ctx, tx: &mut Tx<'_>, form: Form) -> Result<String, Problem> {
    let reach = reach(ctx, tx)?;
    let mut list = opd::list_active(tx)?;
    list.retain(|one| reach.has(one.id));
    let choices: Vec<(String, String)> = list.iter().map(|one| (one.id.to_string(), one.nama.clone())).collect();
    let header = PageHeader::new("Slip masuk pertama")
        .purpose("Untuk pegawai satu OPD yang belum pernah masuk. Yang belum punya akun dibuatkan akunnya.")
        .crumb("Akun", "/identity/akun");
    let form = form
        .field(Field::select("opd", "OPD", &choices).required())
        .submit("Buat slip untuk dicetak")
        .cancel("Batalkan", "/identity/akun");
    let content = html! {
        p { "Setiap slip berlaku 7 hari dan satu kali pakai. Slip lama yang belum dipakai tidak berlaku lagi setelah slip baru dibuat." }
        p { "Sekali jalan paling banyak " (AT_ONCE) " slip; ulangi untuk sisanya setelah yang pertama dibagikan dan dipakai." }
        (form)
    };
    Ok(praja_web::page(&frame::shell(ctx), &header, content))
}

/// The act on chosen people of a list: slips for those who never logged in.
pub(crate) fn slips(ctx: &Ctx) -> Bulk {
    Bulk::new("/identity/akun/slip", ctx.csrf(), ctx.form_id().to_string(), "orang").act(
        "Cetak slip masuk pertama",
        "slip",
        Icon::Print,
    )
}

/// POST /identity/akun/slip: for the chosen people, or for everybody of one OPD.
pub(crate) fn print(ctx: &Ctx, input: &Input) -> Outcome {
    let chosen: Vec<Id> = input.all(CHOSEN).into_iter().filter_map(|id| id.parse().ok()).take(AT_ONCE as usize).collect();
    if !chosen.is_empty() {
        return print_chosen(ctx, &chosen);
    }
    print_office(ctx, input)
}

fn print_chosen(ctx: &Ctx, chosen: &[Id]) -> Outcome {
    let own = ctx.scope()?.clone();
    let drawn = ctx.read(|tx| {
        let mut drawn = Vec::new();
        for orang in chosen {
            let handled = slip::may_handle(&own.permissions, &permissions_of(ctx, tx, *orang)?, own.actor.id() == Some(*orang));
            if covers(ctx, tx, *orang)? && handled.is_ok() {
                drawn.push((*orang, slip::draw()));
            }
        }
        Ok::<_, Problem>(drawn)
    })?;
    let (oleh, all) = (own.actor.id(), chosen.len());
    let slips = ctx.write(Keys::none(), move |tx| {
        let mut slips = Vec::new();
        for (orang, kode) in &drawn {
            slips.extend(first_slip(tx, *orang, kode, oleh)?);
        }
        Ok::<_, StoreError>(slips)
    })?;
    if slips.is_empty() {
        let said = "Tidak ada slip yang dibuat. Orang yang Anda pilih sudah pernah masuk, atau akunnya dikelola petugas lain.";
        return Ok(Response::redirect("/identity/akun").with_notice(said));
    }
    let left = (slips.len() < all).then(|| {
        Notice::new(Tone::Info, format!("{} dari {all} orang mendapat slip", slips.len()))
            .text("Yang lain sudah pernah masuk, atau akunnya dikelola petugas lain.")
    });
    Ok(Response::page(print_page_with(ctx, "Slip masuk pertama", left.as_ref(), &slips, "/identity/akun")))
}

fn print_office(ctx: &Ctx, input: &Input) -> Outcome {
    let again = |problem: String| -> Outcome {
        let form = frame::form_again(ctx, "/identity/akun/slip", input).problems(&[FieldProblem::new("opd", problem)]);
        Ok(Response::form_again(ctx.read(|tx| whole(ctx, tx, form.clone()))?))
    };
    let Ok(chosen) = input.text("opd").parse::<Id>() else { return again("Pilih OPD.".into()) };
    let found = ctx.read(|tx| {
        if !reach(ctx, tx)?.has(chosen) {
            return Err(Problem::NotFound);
        }
        let nama = opd::name(tx, chosen)?.ok_or(Problem::NotFound)?;
        Ok((nama, candidates(ctx, tx, chosen)?))
    })?;
    let (nama, people) = found;
    if people.is_empty() {
        let refusal = Refusal::Nobody;
        return again(format!("{} {}", refusal.message(), refusal.next_step()));
    }
    let oleh = ctx.scope()?.actor.id();
    let drawn: Vec<(Id, String)> = people.into_iter().map(|orang| (orang, slip::draw())).collect();
    let slips = ctx.write(Keys::none(), move |tx| {
        let mut slips = Vec::new();
        for (orang, kode) in &drawn {
            slips.extend(first_slip(tx, *orang, kode, oleh)?);
        }
        tx.audit(&Entry::new("identity.print-slips", "identity_opd", chosen).with("nama", &nama).with("banyaknya", slips.len()))?;
        Ok::<_, StoreError>(slips)
    })?;
    Ok(Response::page(print_page(ctx, "Slip masuk pertama", &slips, "/identity/akun")))
}

/// Who of an OPD gets a slip: people whose account was never entered, and whom whoever asks may handle.
fn candidates(ctx: &Ctx, tx: &mut Tx<'_>, chosen: Id) -> Result<Vec<Id>, Problem> {
    let mut all = Vec::new();
    for keadaan in [super::Keadaan::TanpaAkun, super::Keadaan::BelumMasuk] {
        let filter = Filter { opd: Some(vec![chosen]), keadaan: Some(keadaan), ..Filter::default() };
        all.extend(store::page(tx, &filter, ctx.now(), AT_ONCE)?);
    }
    all.sort_by(|a, b| (&a.fold, a.orang).cmp(&(&b.fold, b.orang)));
    let own = ctx.scope()?.clone();
    let mut out = Vec::new();
    for one in all {
        let theirs = permissions_of(ctx, tx, one.orang)?;
        if slip::may_handle(&own.permissions, &theirs, own.actor.id() == Some(one.orang)).is_ok() {
            out.push(one.orang);
        }
    }
    out.dedup();
    out.truncate(usize::try_from(AT_ONCE).unwrap_or(200));
    Ok(out)
}
