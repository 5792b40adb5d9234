use praja_kernel::{FieldProblem, Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{
    Form, frame,
    picker::{self, Picked},
};

use super::{Terms, person, terms};
use crate::{
    jabatan::{pages::show, store::Rinci},
    lookup,
    penugasan::{
        Refusal,
        acts::{self, Asker},
        midnight::key,
    },
};

/// What the second button of an occupied post sends.
pub(super) const REPLACES: (&str, &str) = ("gantikan", "ya");

/// GET /identity/jabatan/{id}/penugasan/baru
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let post = open(ctx, tx)?;
    let start = Terms { mulai: ctx.today().to_string(), ..Terms::default() };
    let mut who = person("orang", "Pegawai", None).required();
    if let Some(id) = ctx.query("orang").and_then(|text| text.parse::<Id>().ok())
        && let Some(nama) = crate::orang::store::name(tx, id)?
    {
        who = who.chosen(id.to_string(), nama);
    }
    let form = frame::form(ctx, action(post.id)).field(who);
    let form = terms(form, Some(&start)).submit("Tugaskan pegawai").cancel("Kembali ke jabatan", back(post.id));
    let header =
        show::header(tx, &post, "Tugaskan pegawai", "Hak dan tugas jabatan berlaku bagi pegawai itu sejak hari pertama.")?;
    Ok(frame::respond(ctx, &header, form))
}

/// POST /identity/jabatan/{id}/penugasan/baru
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let today = ctx.today();
    let post = ctx.read(|tx| open(ctx, tx))?;
    let picked = ctx.read(|tx| picker::resolve(input, "orang", |typed| lookup::find_people(tx, typed, today, true)))?;
    let mut problems: Vec<FieldProblem> = picked.problem("orang", "pegawai").into_iter().collect();
    let orang: Option<Id> = picked.value().and_then(|value| value.parse().ok());
    if orang.is_none() && problems.is_empty() {
        problems.push(FieldProblem::new("orang", "Pegawai belum dipilih."));
    }
    let replaces = input.text(REPLACES.0) == REPLACES.1;
    let read = acts::terms(input.text("jenis"), input.text("mulai"), input.text("sampai"), input.text("dasar"), replaces, today);
    let (orang, read) = match (orang, read) {
        (Some(orang), Ok(read)) => (orang, read),
        (_, read) => {
            problems.extend(read.err().unwrap_or_default());
            return again(ctx, input, &post, &Refusal::Fields(problems), Some(&picked));
        }
    };
    let (asker, id) = (Asker::of(ctx)?, post.id);
    let saved = ctx.submit(input, Keys::of([key(id)]), move |tx| {
        acts::start(tx, &asker, id, orang, &read)?;
        Ok::<_, Problem>(back(id))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Penugasan sudah dicatat.")),
        Err(Problem::Refused(refusal)) => again(ctx, input, &post, &*refusal, Some(&picked)),
        Err(other) => Err(other),
    }
}

fn again(ctx: &Ctx, input: &Input, post: &Rinci, refusal: &dyn Refuse, picked: Option<&Picked>) -> Outcome {
    let form = frame::form_again(ctx, action(post.id), input);
    let form = told(form, refusal).field(person("orang", "Pegawai", picked).required());
    let form = with_replacing(terms(form, None).submit("Tugaskan pegawai"), refusal).cancel("Kembali ke jabatan", back(post.id));
    let header =
        ctx.read(|tx| show::header(tx, post, "Tugaskan pegawai", "Hak dan tugas jabatan berlaku sejak hari pertama."))?;
    Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header, form)))
}

/// What a refusal says, above the form and beside its fields.
pub(super) fn told(form: Form, refusal: &dyn Refuse) -> Form {
    let fields = refusal.fields();
    let form = form.problems(&fields);
    if fields.is_empty() || !refusal.next_step().is_empty() { form.refusal(refusal.message(), refusal.next_step()) } else { form }
}

/// The second button, when whoever is there may be ended for the new one.
pub(super) fn with_replacing(form: Form, refusal: &dyn Refuse) -> Form {
    let error: &dyn std::error::Error = refusal;
    match error.downcast_ref::<Refusal>() {
        Some(Refusal::Occupied { diakhiri: Some(last), pemegang, .. }) => form.submit_as(
            format!("Akhiri {pemegang} pada {}, lalu tugaskan", praja_kernel::tanggal_panjang(*last)),
            REPLACES.0,
            REPLACES.1,
        ),
        _ => form,
    }
}

fn open(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Rinci, Problem> {
    let post = show::found(ctx, tx, ctx.param("id")?)?;
    match post.sampai {
        None => Ok(post),
        Some(_) => Err(Problem::refused(crate::jabatan::Refusal::Abolished { nama: post.nama })),
    }
}

fn action(id: Id) -> String {
    format!("/identity/jabatan/{id}/penugasan/baru")
}

fn back(id: Id) -> String {
    format!("/identity/jabatan/{id}")
}
