use praja_kernel::{FieldProblem, Id, Refuse, parse_tanggal};
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
        jangka::{self, Jangka, is_timed},
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
pub(crate) fn key() -> Key {
    Key::new("identity_peran", "beri")
}

/// GET /identity/peran/{peran}/beri.
pub(crate) fn give_form(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (role, _) = find(ctx, tx)?;
    let form = frame::form(ctx, address(&role));
    let most = store::most_days(tx)?;
    Ok(Response::page(whole(ctx, &role, &giver(ctx)?, form, None, most)))
}

fn address(role: &Peran) -> String {
    format!("{LIST}/{}/beri", role.id)
}

fn whole(ctx: &Ctx, role: &Peran, giver: &Giver, form: Form, asked: Option<&Asked>, most: i64) -> String {
    let timed = is_timed(&role.id);
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
        .group(
            "Masa berlaku",
            if timed {
                "Wajib untuk pemeriksa luar: peran ini hanya membaca, dan berhenti sendiri."
            } else {
                "Kosongkan bila tidak berjangka."
            },
            vec![
                if timed { Field::date("sampai", "Sampai hari").required() } else { Field::date("sampai", "Sampai hari") }.hint(
                    if timed {
                        format!("Hari terakhir; paling lama {most} hari dari hari ini.")
                    } else {
                        "Hari terakhir peran ini berlaku.".to_owned()
                    },
                ),
                if timed {
                    Field::text("dasar", "Nomor surat tugas").required()
                } else {
                    Field::text("dasar", "Nomor surat dasar")
                }
                .max_length(120),
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
    let (role, reach, asked, most) = ctx.read(|tx| {
        let (role, reach) = find(ctx, tx)?;
        let asked = ask(ctx, tx, input, &reach)?;
        Ok::<_, Problem>((role, reach, asked, store::most_days(tx)?))
    })?;
    let today = ctx.today();
    let (jangka, odd) = typed(input);
    let problems: Vec<FieldProblem> =
        [asked.jabatan.problem("jabatan", "jabatan"), asked.orang.problem("orang", "orang"), asked.opd.problem("opd", "OPD")]
            .into_iter()
            .flatten()
            .chain(odd)
            .collect();
    let again = |problems: &[FieldProblem], refusal: Option<&Refusal>| {
        let mut form = frame::form_again(ctx, address(&role), input).problems(problems);
        if let Some(refusal) = refusal {
            form = form.refusal(refusal.message(), refusal.next_step());
        }
        Ok(Response::form_again(whole(ctx, &role, &giver, form, Some(&asked), most)))
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
    if let Err(refusals) = jangka::check(&role.id, target, &jangka, today, most) {
        let problems: Vec<FieldProblem> = refusals.iter().flat_map(Refuse::fields).collect();
        return again(&problems, None);
    }
    let (id, nama, only) = (role.id.clone(), role.nama.clone(), role.khusus.as_ref().and_then(|own| own.opd));
    let outcome = ctx.submit(input, Keys::of([key()]), move |tx| {
        let holder = holder(tx, target, &reach, only)?;
        // Prolonged is what is given anew, on another letter: what was held ends with it.
        let ended = match target {
            Target::Orang(orang, _) if is_timed(&id) => store::timed_of(tx, orang, &id)?,
            _ => Vec::new(),
        };
        for one in &ended {
            store::revoke(tx, *one)?;
        }
        if store::is_held(tx, target, &id)? {
            return Err(Problem::refused(Refusal::AlreadyHeld { nama: holder }));
        }
        store::insert_for(tx, target, &id, &jangka)?;
        let entry = match target {
            Target::Jabatan(jabatan) => Entry::new("identity.grant-peran", "identity_jabatan", jabatan),
            Target::Orang(orang, _) => Entry::new("identity.grant-peran", "identity_orang", orang),
        };
        let mut entry = entry.with("peran", &id).with("nama", &nama).with("pemegang", &holder);
        if let Target::Orang(_, Some(opd)) = target {
            entry = entry.with("opd", opd);
        }
        if let Some(day) = jangka.sampai {
            entry = entry.with("sampai", day);
        }
        if let Some(dasar) = &jangka.dasar {
            entry = entry.with("dasar", dasar);
        }
        if !ended.is_empty() {
            entry = entry.with("menggantikan", ended.len());
        }
        tx.audit(&entry)?;
        Ok(format!("{LIST}/{id}"))
    });
    match outcome {
        Ok(response) => Ok(response.with_notice("Peran diberikan dan langsung berlaku.")),
        Err(Problem::Refused(refusal)) => {
            let mut form = frame::form_again(ctx, address(&role), input).problems(&refusal.fields());
            form = form.refusal(refusal.message(), refusal.next_step());
            Ok(Response::form_again(whole(ctx, &role, &giver, form, Some(&asked), most)))
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

/// Until when, and on what letter, as typed.
fn typed(input: &Input) -> (Jangka, Option<FieldProblem>) {
    let (text, dasar) = (input.text("sampai"), input.text("dasar"));
    let (sampai, odd) = match (text.is_empty(), parse_tanggal(text)) {
        (true, _) => (None, None),
        (false, Ok(day)) => (Some(day), None),
        (false, Err(e)) => (None, Some(FieldProblem::new("sampai", e.to_string()))),
    };
    (Jangka { sampai, dasar: Some(dasar.to_owned()).filter(|dasar| !dasar.is_empty()) }, odd)
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
