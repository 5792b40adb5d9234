//! One part of the form: what is typed is always kept, and said to be wrong beside it.

use praja_desk::drafts;
use praja_kernel::{FieldProblem, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Form, Markup, PageHeader, frame, html, picker::Picked};

use super::{answers, bentuk, href, steps, writable};
use crate::{
    jenis::{Bagian, Isian, Jenis, JenisIsian},
    permohonan::{
        Permohonan, Refusal,
        isian::{self, Jawaban},
        store,
    },
};

/// The fields that the form showed, by which it is told what an answer brought in.
const SHOWN: &str = "_tampil";
/// Says that the script keeps what is typed.
const BY_SCRIPT: &str = "_skrip";

/// The part of this address with its place, from 1.
fn part<'a>(ctx: &Ctx, jenis: &'a Jenis) -> Result<(usize, &'a Bagian), Problem> {
    let at: usize = ctx.param("bagian")?;
    let part = at.checked_sub(1).and_then(|at| jenis.formulir.get(at)).ok_or(Problem::NotFound)?;
    Ok((at, part))
}

/// The fields of a part whose conditions hold.
pub(crate) fn shown<'a>(one: &Permohonan, jenis: &Jenis, part: &'a Bagian, jawaban: &Jawaban) -> Vec<&'a Isian> {
    let nilai = jawaban.nilai(jenis, one.permintaan);
    part.isian.iter().filter(|field| isian::holds(&field.bila, &nilai)).collect()
}

fn header(jenis: &Jenis, part: &Bagian) -> PageHeader {
    PageHeader::new(&part.judul).purpose(format!("Permohonan {}. Isian disimpan saat Anda melanjutkan.", jenis.nama))
}

fn draw(ctx: &Ctx, one: &Permohonan, jenis: &Jenis, (at, part): (usize, &Bagian), jawaban: &Jawaban, form: Form) -> Markup {
    let shown = shown(one, jenis, part, jawaban);
    let form = bentuk::fields(ctx, keeps(form, one, at, &shown), part, &shown, jawaban).submit("Simpan dan lanjut").submit_as(
        "Simpan dan tetap di sini",
        "tetap",
        "ya",
    );
    html! { (steps(one, jenis, &format!("isi/{at}"))) (form) }
}

/// The form keeps what is typed as it is typed, and says which fields it shows.
fn keeps(form: Form, one: &Permohonan, at: usize, shown: &[&Isian]) -> Form {
    let names: Vec<&str> = shown.iter().map(|field| field.kode.as_str()).collect();
    form.guard().hidden(SHOWN, names.join(" ")).autosave_at(href(one, &format!("isi/{at}")))
}

/// GET /perizinan/permohonan/{resi}/isi/{bagian}
pub(crate) fn form(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (one, jenis) = writable(ctx, tx)?;
    let (at, part) = part(ctx, &jenis)?;
    let jawaban = answers(&one);
    let mut form = frame::form(ctx, href(&one, &format!("isi/{at}")));
    let defects: Vec<FieldProblem> = store::defects(tx, one.id)?
        .into_iter()
        .filter(|defect| !defect.selesai)
        .filter_map(|defect| Some(FieldProblem::new(defect.tentang.strip_prefix("isian:")?.to_owned(), defect.pesan.clone())))
        .filter(|problem| part.isian.iter().any(|field| problem.field == field.kode))
        .collect();
    if !defects.is_empty() {
        form = form.refusal("Petugas meminta isian ini diperbaiki.", "Perbaiki isian yang ditandai.").problems(&defects);
    }
    Ok(frame::respond_plain(ctx, &header(&jenis, part), draw(ctx, &one, &jenis, (at, part), &jawaban, form)))
}

/// Takes what was typed into a part into the answers; gives what is wrong with its regions.
pub(crate) fn take_into(ctx: &Ctx, input: &Input, part: &Bagian, jawaban: &mut Jawaban) -> Vec<FieldProblem> {
    let picked = bentuk::regions(ctx, part, input);
    jawaban.take(part, |name| match picked.iter().find(|(field, _)| field == name) {
        Some((_, Picked::One(kode))) => kode.clone(),
        Some(_) => String::new(),
        None => input.text(name).to_owned(),
    });
    let problem = |(field, picked): &(String, Picked)| {
        picked.problem("wilayah", "wilayah").map(|problem| FieldProblem::new(field.clone(), problem.message))
    };
    picked.iter().filter_map(problem).collect()
}

/// Takes what was typed into a part, and says what is wrong with it.
pub(crate) fn take(ctx: &Ctx, input: &Input, one: &Permohonan, jenis: &Jenis, part: &Bagian) -> (Jawaban, Vec<FieldProblem>) {
    let mut jawaban = answers(one);
    let regions = take_into(ctx, input, part, &mut jawaban);
    let nilai = jawaban.nilai(jenis, one.permintaan);
    let is_wilayah = |kode: &str| praja_desk::wilayah::Lookup::of(&ctx.instance().paket).get(kode).is_some();
    let mut problems = isian::check(part, &jawaban, &nilai, (ctx.today(), Some(&one.pemohon.nik)), &is_wilayah);
    for problem in regions {
        problems.retain(|known| known.field != problem.field);
        problems.push(problem);
    }
    (jawaban, problems)
}

/// POST /perizinan/permohonan/{resi}/isi/{bagian}: the script keeps what is typed without going on.
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let (one, jenis) = ctx.read(|tx| writable(ctx, tx))?;
    let (at, part) = part(ctx, &jenis)?;
    let (jawaban, problems) = take(ctx, input, &one, &jenis, part);
    // A field that an answer brings in is drawn before one goes on.
    let seen: Vec<&str> = input.text(SHOWN).split(' ').collect();
    let unseen = |problem: &FieldProblem| problem.field.split('.').next().is_some_and(|name| !seen.contains(&name));
    let grown = !input.text(SHOWN).is_empty() && problems.iter().any(unseen) && problems.iter().all(unseen);
    let by_script = input.text(BY_SCRIPT) == "ya";
    let stays = !input.text("tetap").is_empty() || grown;
    let next = if at < jenis.formulir.len() { format!("isi/{}", at + 1) } else { "berkas".to_owned() };
    let (mine, written) = (ctx.clone(), jawaban.written());
    let saved = ctx.write(Keys::unaudited(), move |tx| {
        let (mut one, _) = writable(&mine, tx)?;
        one.isian.clone_from(&written);
        if !store::update(tx, &one)? {
            return Err(Problem::Conflict);
        }
        Ok::<_, Problem>(one)
    })?;
    if by_script {
        return Ok(Response::json(serde_json::json!({ "tersimpan": drafts::saved_at(ctx, ctx.now()) }).to_string()));
    }
    if problems.is_empty() || grown {
        let to = if stays { href(&saved, &format!("isi/{at}")) } else { href(&saved, &next) };
        let response = Response::redirect(to);
        return Ok(if stays { response.with_notice("Isian disimpan.") } else { response });
    }
    let refusal = Refusal::Fields(problems.clone());
    let candidates = bentuk::regions(ctx, part, input);
    let mut form = Form::post(href(&saved, &format!("isi/{at}")), ctx.csrf(), ctx.form_id().to_string())
        .values(bentuk::values(input))
        .refusal("Isian disimpan, tetapi ada yang perlu diperbaiki.", refusal.next_step())
        .problems(&problems);
    let shown = shown(&saved, &jenis, part, &jawaban);
    let rest = Bagian {
        judul: String::new(),
        isian: part.isian.iter().filter(|one| one.jenis != JenisIsian::Wilayah).cloned().collect(),
    };
    form = keeps(form, &saved, at, &shown);
    // What another answer sent away stays with the form, should that answer change again.
    for field in part.isian.iter().filter(|field| shown.iter().all(|one| one.kode != field.kode)) {
        let typed = input.text(&field.kode);
        if !typed.is_empty() {
            form = form.hidden(field.kode.clone(), typed);
        }
    }
    for field in &part.isian {
        let Some((_, picked)) = candidates.iter().find(|(kode, _)| *kode == field.kode) else { continue };
        if shown.iter().any(|one| one.kode == field.kode) {
            let made =
                praja_web::Field::picker(&field.kode, &field.label, "/perizinan/pilih/wilayah").candidates(picked.candidates());
            form = form.field(if field.wajib { made.required() } else { made });
        }
    }
    let form = bentuk::fields(ctx, form, &rest, &shown, &jawaban).submit("Simpan dan lanjut").submit_as(
        "Simpan dan tetap di sini",
        "tetap",
        "ya",
    );
    let content = html! { (steps(&saved, &jenis, &format!("isi/{at}"))) (form) };
    Ok(Response::form_again(praja_web::plain_page(&frame::shell(ctx), &header(&jenis, part), content)))
}
