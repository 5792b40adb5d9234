//! One press on a file: closing, opening again, noting its event, taking a line out.

use praja_kernel::{Date, FieldProblem, Id, Refuse, parse_tanggal, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{Facts, Field, Form, Markup, Tone, decision, frame};

use super::{address, below, load, masa, me};
use crate::arsip::{Berkas, Refusal, isi::Baris, store, write};

/// Longest reason, in letters.
const LONGEST: usize = 500;

praja_kernel::words! {
    /// What is done with a file.
    pub enum Tindakan ("tindakan berkas") {
        /// Its matter is finished.
        Tutup => "tutup", "Tutup berkas";
        /// Something is missing in it.
        Buka => "buka", "Buka kembali berkas";
        /// What its years count from has happened.
        Peristiwa => "peristiwa", "Catat peristiwa";
    }
}

fn asked(ctx: &Ctx) -> Result<Tindakan, Problem> {
    Tindakan::parse(&ctx.param::<String>("tindakan")?).map_err(|_| Problem::NotFound)
}

fn action(berkas: &Berkas, tindakan: Tindakan) -> String {
    format!("{}/tindakan/{}", address(berkas), tindakan.as_str())
}

fn short(berkas: &Berkas) -> Facts {
    Facts::new()
        .add("Berkas", format!("{} {}", berkas.nomor, berkas.nama))
        .add("Isi", format!("{} surat atau naskah", berkas.jumlah))
        .add("Dibuka", tanggal_pendek(berkas.dibuka))
        .add("Retensi", masa(berkas))
}

/// May this be done now? Asked before the form is shown, and again when it is sent.
fn check(berkas: &Berkas, tindakan: Tindakan, today: Date) -> Result<(), Refusal> {
    match tindakan {
        Tindakan::Tutup => berkas.clone().close(today.max(berkas.dibuka), today.max(berkas.dibuka)).map(|_| ()),
        Tindakan::Buka => berkas.clone().reopen().map(|_| ()),
        Tindakan::Peristiwa => berkas.clone().happened(today, today).map(|_| ()),
    }
}

/// GET /eoffice/arsip/{id}/tindakan/{tindakan}
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (tindakan, berkas) = (asked(ctx)?, load(ctx, tx)?);
    check(&berkas, tindakan, ctx.today()).map_err(Problem::refused)?;
    let form = frame::form(ctx, action(&berkas, tindakan));
    Ok(frame::respond(ctx, &below(&berkas, tindakan.label()), content(ctx, &berkas, tindakan, form)))
}

fn content(ctx: &Ctx, berkas: &Berkas, tindakan: Tindakan, form: Form) -> Markup {
    let form = form.hidden("versi", berkas.versi.to_string());
    let event = berkas.masa.peristiwa.as_deref().unwrap_or_default();
    let happened = || Field::date("peristiwa_pada", "Tanggal peristiwa").hint(format!("Retensi berkas ini dihitung: {event}."));
    let (tone, lines, form): (_, &[&str], Form) = match tindakan {
        Tindakan::Tutup => {
            let form = form.field(Field::date("ditutup", "Tanggal ditutup").value(ctx.today().to_string()).required());
            let form = if berkas.masa.peristiwa.is_some() { form.field(happened()) } else { form };
            (
                Tone::Info,
                &[
                    "Berkas tidak menerima surat lagi.",
                    "Retensinya mulai dihitung, dan tanggal berakhirnya tampil pada daftar berkas.",
                ],
                form.submit("Tutup berkas"),
            )
        }
        Tindakan::Buka => (
            Tone::Warn,
            &["Berkas menerima surat lagi.", "Retensinya berhenti dihitung sampai ditutup kembali."],
            form.field(Field::textarea("alasan", "Alasan").rows(3).required()).submit("Buka kembali berkas"),
        ),
        Tindakan::Peristiwa => (
            Tone::Info,
            &["Retensi dihitung sejak tanggal ini, atau sejak berkas ditutup bila itu lebih kemudian."],
            form.field(happened().required()).submit("Catat peristiwa"),
        ),
    };
    decision(tone, "Yang akan terjadi", lines, &short(berkas), &form.cancel("Kembali ke berkas", address(berkas)))
}

/// POST /eoffice/arsip/{id}/tindakan/{tindakan}
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let (tindakan, opd, today) = (asked(ctx)?, me(ctx)?.opd, ctx.today());
    let berkas = ctx.read(|tx| load(ctx, tx))?;
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?;
    let (ditutup, peristiwa, alasan) = match read(input, tindakan) {
        Ok(read) => read,
        Err(refusal) => return Ok(again(ctx, input, &berkas, tindakan, &refusal)),
    };
    let id = berkas.id;
    let saved = ctx.submit(input, write::keys(opd), move |tx| {
        let berkas = store::find(tx, &[opd], id)?.ok_or(Problem::NotFound)?;
        if berkas.versi != versi {
            return Err(Problem::Conflict);
        }
        let to = address(&berkas);
        match tindakan {
            Tindakan::Tutup => write::close(tx, berkas, ditutup.unwrap_or(today), peristiwa, today)?,
            Tindakan::Buka => write::reopen(tx, berkas, &alasan)?,
            Tindakan::Peristiwa => write::happen(tx, berkas, peristiwa.unwrap_or(today), today)?,
        }
        Ok(to)
    });
    match saved {
        Ok(response) => Ok(response.with_notice(match tindakan {
            Tindakan::Tutup => "Berkas sudah ditutup.",
            Tindakan::Buka => "Berkas dibuka kembali.",
            Tindakan::Peristiwa => "Tanggal peristiwa sudah dicatat.",
        })),
        Err(Problem::Refused(refusal)) => Ok(again(ctx, input, &berkas, tindakan, &*refusal)),
        Err(problem) => Err(problem),
    }
}

type Typed = (Option<Date>, Option<Date>, String);

fn read(input: &Input, tindakan: Tindakan) -> Result<Typed, Refusal> {
    let mut wrong = Vec::new();
    let mut date = |name: &'static str, required: bool| match input.text(name) {
        "" if required => {
            wrong.push(FieldProblem::new(name, "Tanggalnya belum diisi."));
            None
        }
        "" => None,
        text => parse_tanggal(text).map_err(|e| wrong.push(FieldProblem::new(name, e.to_string()))).ok(),
    };
    let ditutup = (tindakan == Tindakan::Tutup).then(|| date("ditutup", true)).flatten();
    let peristiwa = (tindakan != Tindakan::Buka).then(|| date("peristiwa_pada", tindakan == Tindakan::Peristiwa)).flatten();
    let alasan = input.text("alasan").to_owned();
    if tindakan == Tindakan::Buka && alasan.is_empty() {
        wrong.push(FieldProblem::new("alasan", "Alasannya belum ditulis. Sebutkan surat apa yang masih harus masuk."));
    }
    if alasan.chars().count() > LONGEST {
        wrong.push(FieldProblem::new("alasan", "Alasan terlalu panjang; paling panjang 500 huruf."));
    }
    if wrong.is_empty() { Ok((ditutup, peristiwa, alasan)) } else { Err(Refusal::Fields(wrong)) }
}

fn again(ctx: &Ctx, input: &Input, berkas: &Berkas, tindakan: Tindakan, refusal: &dyn Refuse) -> Response {
    let form = frame::form_again(ctx, action(berkas, tindakan), input)
        .refusal(refusal.message(), refusal.next_step())
        .problems(&refusal.fields());
    let content = content(ctx, berkas, tindakan, form);
    Response::form_again(praja_web::page(&frame::shell(ctx), &below(berkas, tindakan.label()), content))
}

fn line(ctx: &Ctx, tx: &mut Tx<'_>, berkas: &Berkas) -> Result<Baris, Problem> {
    store::one_isi(tx, berkas.id, ctx.param("isi")?)?.ok_or(Problem::NotFound)
}

/// GET /eoffice/arsip/{id}/keluarkan/{isi}
pub(crate) fn ask_out(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let berkas = load(ctx, tx)?;
    let line = line(ctx, tx, &berkas)?;
    if berkas.tahap != crate::arsip::Tahap::Terbuka {
        return Err(Problem::refused(Refusal::NotOpen(berkas.tahap)));
    }
    let form = frame::form(ctx, format!("{}/keluarkan/{}", address(&berkas), line.id))
        .submit_danger("Keluarkan dari berkas")
        .cancel("Kembali ke berkas", address(&berkas));
    let facts = Facts::new()
        .add("Berkas", format!("{} {}", berkas.nomor, berkas.nama))
        .add("Yang dikeluarkan", line.isi.uraian.clone())
        .add("Tanggal surat", tanggal_pendek(line.isi.tanggal));
    let lines = &["Surat atau naskah ini kembali belum diberkaskan.", "Riwayatnya mencatat bahwa ia pernah berada di sini."];
    Ok(frame::respond(
        ctx,
        &below(&berkas, "Keluarkan dari berkas"),
        decision(Tone::Warn, "Yang akan terjadi", lines, &facts, &form),
    ))
}

/// POST /eoffice/arsip/{id}/keluarkan/{isi}
pub(crate) fn save_out(ctx: &Ctx, input: &Input) -> Outcome {
    let opd = me(ctx)?.opd;
    let (id, line): (Id, Id) = (ctx.param("id")?, ctx.param("isi")?);
    let keyring = ctx.instance().keys().clone();
    let saved = ctx.submit(input, write::keys(opd), move |tx| {
        let berkas = store::find(tx, &[opd], id)?.ok_or(Problem::NotFound)?;
        let to = address(&berkas);
        write::take_out(tx, &keyring, berkas, line)?;
        Ok::<_, Problem>(to)
    })?;
    Ok(saved.with_notice("Sudah dikeluarkan dari berkas."))
}
