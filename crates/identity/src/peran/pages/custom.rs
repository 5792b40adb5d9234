use praja_kernel::{FieldProblem, Permission, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, StoreError, Tx, audit::Entry};
use praja_web::{Facts, Field, Form, FormValues, PageHeader, Tone, confirm, form::Width, frame, page};

use super::{LIST, Peran, crumbs, find, giver};
use crate::peran::{
    Khusus, Registry,
    aturan::{Draft, Giver, Refusal, check},
    store,
};

/// What stands before the identity of a role of one's own making.
const PREFIX: &str = "khusus.";

/// GET /identity/peran/baru.
pub(crate) fn new(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    let form = frame::form(ctx, format!("{LIST}/baru"));
    Ok(Response::page(whole(ctx, &giver(ctx)?, "Buat peran", form)))
}

/// POST /identity/peran/baru.
pub(crate) fn create(ctx: &Ctx, input: &Input) -> Outcome {
    let giver = giver(ctx)?;
    let (draft, taken) = read(ctx, input, None)?;
    let again = |wrong: &[Refusal]| {
        let form = frame::form_again(ctx, format!("{LIST}/baru"), input).problems(&problems(wrong));
        Ok(Response::form_again(whole(ctx, &giver, "Buat peran", form)))
    };
    let draft = match draft {
        Ok(draft) => draft,
        Err(refusal) => return again(&[refusal]),
    };
    if let Err(wrong) = check(&giver, &registry(ctx), &draft, None, &taken) {
        return again(&wrong);
    }
    // An OPD's admin makes roles for the own OPD alone.
    let opd = if giver.is_regency_wide() { None } else { Some(ctx.scope()?.opd().ok_or(Problem::NotFound)?) };
    let response = ctx.submit(input, Keys::of([super::give::key()]), move |tx| {
        let id = format!("{PREFIX}{}", tx.new_id()?);
        store::insert_custom(tx, &id, &draft.nama, &draft.keterangan, opd, &draft.izin)?;
        tx.audit(&entry("identity.create-peran", &id, &draft))?;
        Ok::<_, Problem>(format!("{LIST}/{id}"))
    })?;
    Ok(response.with_notice("Peran dibuat. Beri peran ini kepada jabatan atau orang."))
}

/// GET /identity/peran/{peran}/ubah.
pub(crate) fn edit(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (role, own) = own(ctx, tx)?;
    let mut values = FormValues::default().with("nama", &own.nama).with("keterangan", &own.keterangan);
    for one in &role.izin {
        values.add("izin", one.name());
    }
    let form = frame::form(ctx, format!("{LIST}/{}/ubah", role.id)).hidden("versi", own.versi.to_string()).values(values);
    Ok(Response::page(whole(ctx, &giver(ctx)?, "Ubah peran", form)))
}

/// POST /identity/peran/{peran}/ubah.
pub(crate) fn change(ctx: &Ctx, input: &Input) -> Outcome {
    let giver = giver(ctx)?;
    let (role, own) = ctx.read(|tx| self::own(ctx, tx))?;
    let (draft, taken) = read(ctx, input, Some(&role.id))?;
    let address = format!("{LIST}/{}/ubah", role.id);
    let again = |wrong: &[Refusal]| {
        let whole_refusal = wrong.iter().find(|one| one.fields().is_empty());
        let mut form = frame::form_again(ctx, &address, input).hidden("versi", input.text("versi")).problems(&problems(wrong));
        if let Some(refusal) = whole_refusal {
            form = form.refusal(refusal.message(), refusal.next_step());
        }
        Ok(Response::form_again(whole(ctx, &giver, "Ubah peran", form)))
    };
    let draft = match draft {
        Ok(draft) => draft,
        Err(refusal) => return again(&[refusal]),
    };
    let held = ctx.scope()?.roles.contains(&role.id);
    if let Err(wrong) = check(&giver, &registry(ctx), &draft, Some((&role.izin, held)), &taken) {
        return again(&wrong);
    }
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::StaleForm)?;
    let id = own.id;
    let response = ctx
        .submit(input, Keys::of([super::give::key()]), move |tx| {
            store::update_custom(tx, &id, versi, &draft.nama, &draft.keterangan, &draft.izin)?;
            tx.audit(&entry("identity.change-peran", &id, &draft))?;
            Ok::<_, StoreError>(format!("{LIST}/{id}"))
        })
        .map_err(conflict)?;
    Ok(response.with_notice("Peran diubah; perubahannya langsung berlaku bagi pemegangnya."))
}

/// GET /identity/peran/{peran}/akhiri.
pub(crate) fn end_form(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (role, own) = own(ctx, tx)?;
    let (posts, people) = store::counts(tx, &crate::opd::Reach::All, &role.id)?;
    let form = frame::form(ctx, format!("{LIST}/{}/akhiri", role.id))
        .hidden("versi", own.versi.to_string())
        .submit_danger("Akhiri peran")
        .cancel("Kembali", format!("{LIST}/{}", role.id));
    let held = format!("{posts} jabatan dan {people} orang kehilangan peran ini saat itu juga.");
    let lines = [held.as_str(), "Peran ini tidak dapat diberikan lagi; riwayatnya tetap tersimpan."];
    let header = crumbs(PageHeader::new(format!("Akhiri peran {}", role.nama)));
    let content = confirm(Tone::Warn, &lines, &Facts::new().add("Peran", &role.nama), &form);
    Ok(Response::page(page(&frame::shell(ctx), &header, content)))
}

/// POST /identity/peran/{peran}/akhiri.
pub(crate) fn end(ctx: &Ctx, input: &Input) -> Outcome {
    let (role, own) = ctx.read(|tx| self::own(ctx, tx))?;
    if giver(ctx)?.obstacle(&role.izin).is_some() {
        return Err(Problem::refused(Refusal::MoreThanMay));
    }
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::StaleForm)?;
    let (id, nama) = (own.id, own.nama);
    let response = ctx.submit(input, Keys::of([super::give::key()]), move |tx| {
        let taken = store::end_custom(tx, &id, versi)?.ok_or(Problem::Conflict)?;
        let entry = Entry::new("identity.end-peran", "identity_peran_khusus", &id);
        tx.audit(&entry.with("nama", &nama).with("pemegang", taken))?;
        Ok::<_, Problem>(LIST.to_owned())
    })?;
    Ok(response.with_notice("Peran diakhiri."))
}

/// The role of the address, when it is of the regency's own making and may be changed by whoever asks.
fn own(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Peran, Khusus), Problem> {
    let (role, reach) = find(ctx, tx)?;
    let own = role.khusus.clone().ok_or(Problem::NotFound)?;
    // A role of the whole regency is the superadmin's to change.
    if own.opd.is_none() && reach != crate::opd::Reach::All {
        return Err(Problem::NotFound);
    }
    Ok((role, own))
}

fn registry(ctx: &Ctx) -> Registry {
    Registry::of(&ctx.parts().modules)
}

/// What was typed, and the names of all other roles.
fn read(ctx: &Ctx, input: &Input, without: Option<&str>) -> Result<(Result<Draft, Refusal>, Vec<String>), Problem> {
    let registry = registry(ctx);
    let mut izin: Vec<Permission> = Vec::new();
    let mut unknown = false;
    for name in input.all("izin").into_iter().filter(|name| !name.is_empty()) {
        match registry.permission(name) {
            Some(permission) => izin.push(permission),
            None => unknown = true,
        }
    }
    izin.sort();
    izin.dedup();
    let taken = ctx
        .read(store::customs)?
        .into_iter()
        .filter(|one| Some(one.id.as_str()) != without)
        .map(|one| praja_kernel::fold(&one.nama));
    let taken = taken.collect();
    if unknown {
        return Ok((Err(Refusal::UnknownPermission), taken));
    }
    let draft = Draft { nama: input.text("nama").to_owned(), keterangan: input.text("keterangan").to_owned(), izin };
    Ok((Ok(draft), taken))
}

fn problems(wrong: &[Refusal]) -> Vec<FieldProblem> {
    let field = |one: &Refusal| match one {
        Refusal::MoreThanMay | Refusal::ToOneself => vec![FieldProblem::new("izin", one.to_string())],
        other => other.fields(),
    };
    wrong.iter().flat_map(field).collect()
}

fn entry(act: &'static str, id: &str, draft: &Draft) -> Entry {
    let izin = draft.izin.iter().map(|one| one.name()).collect::<Vec<_>>().join(", ");
    Entry::new(act, "identity_peran_khusus", id).with("nama", &draft.nama).with("izin", izin)
}

fn conflict(e: StoreError) -> Problem {
    if matches!(e, StoreError::Busy) { Problem::Conflict } else { e.into() }
}

/// The form, with the permissions whoever asks may give, by module.
fn whole(ctx: &Ctx, giver: &Giver, title: &str, form: Form) -> String {
    let mut form = form
        .guard()
        .field(
            Field::text("nama", "Nama peran")
                .hint("Sebut pekerjaannya, misalnya Pencatat surat.")
                .width(Width::Medium)
                .max_length(80)
                .required(),
        )
        .field(Field::textarea("keterangan", "Keterangan").hint("Untuk apa peran ini; boleh kosong.").rows(2).max_length(500));
    let mut options: Vec<(String, String)> = Vec::new();
    for module in ctx.parts().modules.iter().filter(|module| ctx.instance().has_module(module.id)) {
        let given = module.permissions.iter().filter(|(permission, _)| giver.may_give(*permission));
        options.extend(given.map(|(permission, words)| (permission.name().to_owned(), format!("{} ({})", words, module.title))));
    }
    form = form
        .field(
            Field::checks("izin", "Yang diizinkan", &options)
                .hint("Hanya izin yang boleh Anda berikan yang tampil di sini.")
                .required(),
        )
        .submit(if title.starts_with("Buat") { "Buat peran" } else { "Simpan peran" })
        .cancel("Kembali", LIST);
    page(&frame::shell(ctx), &crumbs(PageHeader::new(title)), form)
}
