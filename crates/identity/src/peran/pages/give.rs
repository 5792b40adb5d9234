use praja_kernel::{FieldProblem, Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Key, Keys, Tx, audit::Entry};
use praja_web::{
    Facts, Field, Form, PageHeader, frame, html, page,
    picker::{Choice, Picked, resolve},
};

use super::{LIST, Peran, crumbs, find, giver, meanings};
use crate::{
    jabatan, opd,
    opd::Reach,
    peran::{
        aturan::{self, Giver, Refusal, Target},
        store,
    },
};

/// What a form says, looked up.
struct Asked {
    jabatan: Picked,
    orang: Picked,
    opd: Picked,
}

/// Roles are given and taken one after the other, so that the last superadmin is counted rightly.
pub(super) fn key() -> Key {
    Key::new("identity_peran", "beri")
}

/// GET /identity/peran/{peran}/beri.
pub(crate) fn give_form(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (role, _) = find(ctx, tx)?;
    let form = frame::form(ctx, address(&role));
    Ok(Response::page(whole(ctx, &role, &giver(ctx)?, form, None)))
}

fn address(role: &Peran) -> String {
    format!("{LIST}/{}/beri", role.id)
}

fn whole(ctx: &Ctx, role: &Peran, giver: &Giver, form: Form, asked: Option<&Asked>) -> String {
    let candidates = |pick: fn(&Asked) -> &Picked| asked.map(|asked| pick(asked).candidates()).unwrap_or_default();
    let opd_hint = if giver.is_regency_wide() {
        "Kosongkan bila peran berlaku di semua OPD yang diwakili orang itu."
    } else {
        "Peran hanya berlaku saat orang itu bertindak untuk OPD ini."
    };
    let form = form
        .group(
            "Kepada jabatan",
            "Siapa pun yang memegang jabatan ini mendapat perannya, dan kehilangan perannya saat berpindah.",
            vec![Field::picker("jabatan", "Jabatan", "/identity/pilih/jabatan").candidates(candidates(|asked| &asked.jabatan))],
        )
        .group(
            "Atau kepada orang",
            "Pakai hanya bila perannya tidak melekat pada jabatan.",
            vec![
                Field::picker("orang", "Nama orang", "/identity/pilih/orang").candidates(candidates(|asked| &asked.orang)),
                Field::picker("opd", "Berlaku pada OPD", "/identity/pilih/opd")
                    .hint(opd_hint)
                    .candidates(candidates(|asked| &asked.opd)),
            ],
        )
        .submit("Beri peran")
        .cancel("Kembali", format!("{LIST}/{}", role.id));
    let header = crumbs(PageHeader::new(format!("Beri peran {}", role.nama))).crumb(&role.nama, format!("{LIST}/{}", role.id));
    let facts = Facts::new().add("Peran", &role.nama).add("Mengizinkan", meanings(ctx, &role.izin));
    page(&frame::shell(ctx), &header, html! { (facts) (form) })
}

/// POST /identity/peran/{peran}/beri.
pub(crate) fn give(ctx: &Ctx, input: &Input) -> Outcome {
    let giver = giver(ctx)?;
    let (role, reach, asked) = ctx.read(|tx| {
        let (role, reach) = find(ctx, tx)?;
        let asked = ask(ctx, tx, input, &reach)?;
        Ok::<_, Problem>((role, reach, asked))
    })?;
    let problems: Vec<FieldProblem> =
        [asked.jabatan.problem("jabatan", "jabatan"), asked.orang.problem("orang", "orang"), asked.opd.problem("opd", "OPD")]
            .into_iter()
            .flatten()
            .collect();
    let again = |problems: &[FieldProblem], refusal: Option<&Refusal>| {
        let mut form = frame::form_again(ctx, address(&role), input).problems(problems);
        if let Some(refusal) = refusal {
            form = form.refusal(refusal.message(), refusal.next_step());
        }
        Ok(Response::form_again(whole(ctx, &role, &giver, form, Some(&asked))))
    };
    if !problems.is_empty() {
        return again(&problems, None);
    }
    let chosen = target(&asked).and_then(|target| {
        if role.umum { Err(Refusal::Empty) } else { aturan::give(&giver, &role.izin, target).map(|()| target) }
    });
    let target = match chosen {
        Ok(target) => target,
        Err(refusal) => return again(&refusal.fields(), refusal.fields().is_empty().then_some(&refusal)),
    };
    let (id, nama, only) = (role.id.clone(), role.nama.clone(), role.khusus.as_ref().and_then(|own| own.opd));
    let outcome = ctx.submit(input, Keys::of([key()]), move |tx| {
        let holder = holder(tx, target, &reach, only)?;
        if store::is_held(tx, target, &id)? {
            return Err(Problem::refused(Refusal::AlreadyHeld { nama: holder }));
        }
        store::insert(tx, target, &id)?;
        let entry = match target {
            Target::Jabatan(jabatan) => Entry::new("identity.grant-peran", "identity_jabatan", jabatan),
            Target::Orang(orang, _) => Entry::new("identity.grant-peran", "identity_orang", orang),
        };
        let mut entry = entry.with("peran", &id).with("nama", &nama).with("pemegang", &holder);
        if let Target::Orang(_, Some(opd)) = target {
            entry = entry.with("opd", opd);
        }
        tx.audit(&entry)?;
        Ok(format!("{LIST}/{id}"))
    });
    match outcome {
        Ok(response) => Ok(response.with_notice("Peran diberikan dan langsung berlaku.")),
        Err(Problem::Refused(refusal)) => {
            let mut form = frame::form_again(ctx, address(&role), input).problems(&refusal.fields());
            form = form.refusal(refusal.message(), refusal.next_step());
            Ok(Response::form_again(whole(ctx, &role, &giver, form, Some(&asked))))
        }
        Err(other) => Err(other),
    }
}

fn ask(ctx: &Ctx, tx: &mut Tx<'_>, input: &Input, reach: &Reach) -> Result<Asked, Problem> {
    let today = ctx.today();
    let jabatan = resolve(input, "jabatan", |typed| {
        let mut list = Vec::new();
        for one in jabatan::search(tx, typed, None, 200)?.into_iter().filter(|one| reach.has(one.opd)).take(20) {
            let (label, office) = (jabatan::label(tx, one.id, today)?, opd::name(tx, one.opd)?);
            list.push(Choice::new(one.id, label).note(office.unwrap_or_default()));
        }
        Ok::<_, Problem>(list)
    })?;
    let orang = resolve(input, "orang", |typed| {
        let found = store::people(tx, reach, typed, 20)?;
        Ok::<_, Problem>(found.into_iter().map(|(id, nama, opd)| Choice::new(id, nama).note(opd)).collect())
    })?;
    let opd = resolve(input, "opd", |typed| {
        let words = praja_kernel::fold(typed);
        let fits =
            |one: &opd::Opd| reach.has(one.id) && praja_kernel::fold(&format!("{} {}", one.nama, one.singkatan)).contains(&words);
        let found = opd::list_active(tx)?.into_iter().filter(fits).take(20);
        Ok::<_, Problem>(found.map(|one| Choice::new(one.id, one.nama).note(one.singkatan)).collect())
    })?;
    Ok(Asked { jabatan, orang, opd })
}

fn target(asked: &Asked) -> Result<Target, Refusal> {
    let id = |picked: &Picked| picked.value().map(|value| value.parse::<Id>().map_err(|_| Refusal::NobodyChosen)).transpose();
    match (id(&asked.jabatan)?, id(&asked.orang)?, id(&asked.opd)?) {
        (Some(jabatan), None, _) => Ok(Target::Jabatan(jabatan)),
        (None, Some(orang), opd) => Ok(Target::Orang(orang, opd)),
        _ => Err(Refusal::NobodyChosen),
    }
}

/// The name of whoever gets the role, when they are within reach; what the browser sent may be anything.
fn holder(tx: &mut Tx<'_>, target: Target, reach: &Reach, only: Option<Id>) -> Result<String, Problem> {
    let allowed = |opd: Id| reach.has(opd) && only.is_none_or(|only| only == opd);
    match target {
        Target::Jabatan(id) => {
            let jabatan = jabatan::get(tx, id)?.filter(|one| allowed(one.opd)).ok_or(Problem::NotFound)?;
            Ok(jabatan.nama)
        }
        Target::Orang(id, opd) => {
            let (nama, home) = store::person(tx, id)?.ok_or(Problem::NotFound)?;
            let within = match reach {
                Reach::All => only.is_none() || opd == only,
                Reach::Only(_) => home.is_some_and(|home| reach.has(home)) && opd.is_some_and(allowed),
            };
            if within { Ok(nama) } else { Err(Problem::NotFound) }
        }
    }
}
