//! Handing a naskah on: who initials it, in which order.

use praja_identity::jabatan;
use praja_kernel::{FieldProblem, Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{
    Field, Form, Markup, Notice, Tone, detail, frame, html,
    picker::{Choice, Picked, resolve},
};

use super::{LIST, below, form::complete, form::shown, kind, load, meja, short_facts};
use crate::naskah::{Naskah, Refusal, rantai::MOST_OTHERS, store, write::hand};

/// The fields for posts of other units.
const OTHERS: [&str; 3] = ["koordinasi", "koordinasi2", "koordinasi3"];

/// GET /eoffice/naskah/{id}/ajukan
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let naskah = load(ctx, tx)?;
    let form = frame::form(ctx, action(&naskah));
    page(ctx, tx, &naskah, form, &[]).map(|content| frame::respond(ctx, &content.0, content.1))
}

fn action(naskah: &Naskah) -> String {
    format!("{LIST}/{}/ajukan", naskah.id)
}

fn page(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    naskah: &Naskah,
    form: Form,
    others: &[Picked],
) -> Result<(praja_web::PageHeader, Markup), Problem> {
    let meja = meja(ctx)?;
    let (kind, asks) = kind(tx, &naskah.jenis)?;
    let missing = complete(ctx, tx, naskah)?.err();
    let line = if asks.paraf { hand::proposed(tx, &meja, naskah)? } else { Vec::new() };
    let mut options = Vec::new();
    for post in &line {
        options.push((post.id.to_string(), jabatan::label(tx, post.id, ctx.today())?));
    }
    let mut form = form.hidden("versi", naskah.versi.to_string());
    if !options.is_empty() {
        let mut field = Field::checks("paraf", "Paraf hierarki", &options)
            .hint("Berurutan dari atas ke bawah daftar ini. Hapus centang yang tidak perlu.");
        for (id, _) in &options {
            field = field.value(id);
        }
        form = form.field(field);
    }
    if asks.paraf {
        let pickers = OTHERS.into_iter().enumerate().map(|(at, name)| {
            let label = if at == 0 { "Paraf koordinasi".to_owned() } else { format!("Paraf koordinasi ke-{}", at + 1) };
            Field::picker(name, label, "/identity/pilih/jabatan")
                .candidates(others.get(at).map(Picked::candidates).unwrap_or_default())
                .hint("Jabatan unit lain yang tugasnya disinggung naskah ini; boleh kosong.")
        });
        form = form.fold("Minta paraf koordinasi unit lain", pickers.collect());
    }
    let form = form.submit("Ajukan naskah").cancel("Kembali ke naskah", format!("{LIST}/{}", naskah.id));
    let facts = short_facts(naskah, &kind);
    let content = match &missing {
        Some(refusal) => html! {
            (Notice::new(Tone::Warn, "Naskah belum lengkap").text("Lengkapi yang berikut, lalu ajukan."))
            ul { @for one in shown(refusal, asks) { li { (one.message) } } }
            p { a.tombol.utama href={ (LIST) "/" (naskah.id) "/ubah" } { "Lengkapi naskah" } }
        },
        None if options.is_empty() => html! {
            (Notice::new(Tone::Info, "Langsung kepada penandatangan").text(format!("Tidak ada paraf yang diperlukan sebelum {}.", naskah.penandatangan_jabatan)))
            (form)
        },
        None => html! { (form) },
    };
    Ok((below(naskah, &kind, "Ajukan naskah"), detail(content, html! { (facts) })))
}

/// POST /eoffice/naskah/{id}/ajukan
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let meja = meja(ctx)?;
    let today = ctx.today();
    let (naskah, line, others, picked, mut problems) = ctx.read(|tx| {
        let naskah = load(ctx, tx)?;
        let (_, asks) = kind(tx, &naskah.jenis)?;
        let mut problems = match complete(ctx, tx, &naskah)? {
            Ok(()) => Vec::new(),
            Err(refusal) => refusal.fields(),
        };
        // Only posts of the proposed line, in its order, whatever was sent.
        let asked: Vec<Id> = input.all("paraf").into_iter().filter_map(|text| text.parse().ok()).collect();
        let proposed = if asks.paraf { hand::proposed(tx, &meja, &naskah)? } else { Vec::new() };
        let line: Vec<Id> = proposed.into_iter().map(|post| post.id).filter(|post| asked.contains(post)).collect();
        let (mut others, mut picked) = (Vec::new(), Vec::new());
        for name in OTHERS.into_iter().filter(|_| asks.paraf) {
            let one = resolve(input, name, |words| {
                let posts = jabatan::search(tx, words, None, praja_web::picker::MOST)?;
                posts.iter().map(|post| Ok(Choice::new(post.id, &post.nama).note(jabatan::label(tx, post.id, today)?))).collect()
            })
            .map_err(|e: praja_store::StoreError| Problem::from(e))?;
            problems.extend(one.problem(name, "jabatan"));
            if let Some(id) = one.value().and_then(|value| value.parse::<Id>().ok()) {
                if jabatan::get(tx, id)?.is_none() {
                    problems.push(FieldProblem::new(name, "Jabatan itu tidak ada."));
                } else if line.contains(&id) || others.contains(&id) || id == naskah.isi.penandatangan || id == naskah.pembuat {
                    problems.push(FieldProblem::new(name, "Jabatan itu sudah ada dalam rangkaian naskah ini."));
                } else {
                    others.push(id);
                }
            }
            picked.push(one);
        }
        Ok::<_, Problem>((naskah, line, others, picked, problems))
    })?;
    if others.len() > MOST_OTHERS {
        problems.push(FieldProblem::new(OTHERS[0], "Terlalu banyak paraf koordinasi."));
    }
    if !problems.is_empty() {
        return again(ctx, input, &naskah, &picked, &Refusal::Fields(problems));
    }
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?;
    let (scope, id) = (ctx.scope()?.clone(), naskah.id);
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        let naskah = store::find(tx, &meja.keys, &scope, id)?.ok_or(Problem::NotFound)?;
        if naskah.versi != versi {
            return Err(Problem::Conflict);
        }
        hand::submit(tx, &meja, naskah, &line, &others)?;
        Ok(format!("{LIST}/{id}"))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Naskah sudah diajukan.")),
        Err(Problem::Refused(refusal)) => again(ctx, input, &naskah, &picked, &*refusal),
        Err(problem) => Err(problem),
    }
}

fn again(ctx: &Ctx, input: &Input, naskah: &Naskah, picked: &[Picked], refusal: &dyn Refuse) -> Outcome {
    ctx.read(|tx| {
        let form = frame::form_again(ctx, action(naskah), input)
            .refusal(refusal.message(), refusal.next_step())
            .problems(&refusal.fields());
        let (header, content) = page(ctx, tx, naskah, form, picked)?;
        Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header, content)))
    })
}
