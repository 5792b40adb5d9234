//! One press on an event: it was attended, somebody else goes, it is called off, and back.

use praja_identity::jabatan;
use praja_kernel::{FieldProblem, Id, Moment, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{StoreError, Tx};
use praja_web::{
    Facts, Field, Form, Markup, Tone, decision,
    form::Width,
    frame,
    picker::{Choice, MOST, Picked, resolve},
};

use super::{address, below, load_to_change, when};
use crate::{
    acara::{Acara, Refusal, store, write},
    kerja::Kerja,
};

/// Longest reason and longest account of what came of it, in letters.
const ALASAN: usize = 500;
const HASIL: usize = 5000;

praja_kernel::words! {
    /// What is done with an event.
    pub enum Tindakan ("tindakan acara") {
        /// It took place.
        Hadir => "hadir", "Catat kehadiran dan hasil";
        /// Somebody else goes.
        Wakilkan => "wakilkan", "Wakilkan acara";
        /// It does not take place.
        Batal => "batal", "Batalkan acara";
        /// The leader goes after all.
        Kembalikan => "kembalikan", "Jadwalkan kembali";
    }
}

fn asked(ctx: &Ctx) -> Result<Tindakan, Problem> {
    Tindakan::parse(&ctx.param::<String>("tindakan")?).map_err(|_| Problem::NotFound)
}

fn action(acara: &Acara, tindakan: Tindakan) -> String {
    format!("{}/tindakan/{}", address(acara), tindakan.as_str())
}

/// May this be done now? Asked before the form is shown, and again when it is sent.
fn check(acara: &Acara, tindakan: Tindakan, now: Moment) -> Result<(), Refusal> {
    let acara = acara.clone();
    match tindakan {
        Tindakan::Hadir => acara.attend(None, now).map(|_| ()),
        Tindakan::Wakilkan => acara.delegate((Id::v7(0, [0; 10]), String::new()), None).map(|_| ()),
        Tindakan::Batal => acara.cancel(String::new()).map(|_| ()),
        Tindakan::Kembalikan => acara.take_back().map(|_| ()),
    }
}

/// GET /eoffice/agenda/{id}/tindakan/{tindakan}
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (tindakan, (acara, _)) = (asked(ctx)?, load_to_change(ctx, tx)?);
    check(&acara, tindakan, ctx.now()).map_err(Problem::refused)?;
    let form = frame::form(ctx, action(&acara, tindakan));
    let content = content(ctx, &acara, tindakan, form, &Picked::Nothing);
    Ok(frame::respond(ctx, &below(&acara, tindakan.label(), ctx.instance().zona), content))
}

fn content(ctx: &Ctx, acara: &Acara, tindakan: Tindakan, form: Form, wakil: &Picked) -> Markup {
    let zona = ctx.instance().zona;
    let facts = Facts::new()
        .add("Acara", acara.isi.judul.clone())
        .add("Waktu", when(acara, zona))
        .add("Tempat", acara.isi.tempat.clone())
        .add_maybe("Diwakili", acara.wakil.as_ref().map(|(_, nama)| nama));
    let form = form.hidden("versi", acara.versi.to_string());
    let reason = |label: &str| Field::textarea("alasan", label).rows(3).width(Width::Full);
    let (tone, lines, form): (_, &[&str], Form) = match tindakan {
        Tindakan::Hadir => (
            Tone::Info,
            &["Acara tercatat sudah berlangsung.", "Hasilnya dapat ditambah kemudian, juga sebagai notula atau laporan."],
            form.field(
                Field::textarea("hasil", "Hasil")
                    .rows(6)
                    .width(Width::Full)
                    .value(acara.hasil.clone().unwrap_or_default())
                    .hint("Keputusan dan tindak lanjutnya. Boleh kosong."),
            )
            .submit("Simpan kehadiran"),
        ),
        Tindakan::Wakilkan => (
            Tone::Info,
            &["Wakil menerima tugas dan pemberitahuan.", "Waktu ini kembali kosong pada agenda pimpinan."],
            form.field(
                Field::picker("wakil", "Diwakili oleh", "/identity/pilih/jabatan")
                    .required()
                    .width(Width::Full)
                    .candidates(wakil.candidates())
                    .hint("Ketik sebagian nama jabatan."),
            )
            .field(reason("Arahan untuk wakil").hint("Boleh kosong."))
            .submit("Wakilkan acara"),
        ),
        Tindakan::Batal => (
            Tone::Warn,
            &["Acara tetap tercatat sebagai batal.", "Wakil yang sudah ditunjuk diberi tahu."],
            form.field(reason("Alasan").required()).submit_danger("Batalkan acara"),
        ),
        Tindakan::Kembalikan => (
            Tone::Info,
            &["Pimpinan kembali menghadiri acara ini.", "Wakil yang sudah ditunjuk diberi tahu."],
            form.submit("Jadwalkan kembali"),
        ),
    };
    decision(tone, "Yang akan terjadi", lines, &facts, &form.cancel("Kembali ke acara", address(acara)))
}

fn posts(ctx: &Ctx, tx: &mut Tx<'_>, typed: &str) -> Result<Vec<Choice>, StoreError> {
    let posts = jabatan::search(tx, typed, None, MOST)?;
    posts.iter().map(|post| Ok(Choice::new(post.id, &post.nama).note(jabatan::label(tx, post.id, ctx.today())?))).collect()
}

/// What a form of an act says.
struct Typed {
    hasil: Option<String>,
    alasan: String,
    wakil: Option<Id>,
}

fn read(input: &Input, tindakan: Tindakan, wakil: &Picked) -> Result<Typed, Refusal> {
    let mut wrong = Vec::new();
    let (hasil, alasan) = (input.text("hasil").trim(), input.text("alasan").trim());
    if hasil.chars().count() > HASIL {
        wrong.push(FieldProblem::new("hasil", "Terlalu panjang; paling panjang 5.000 huruf. Tulis selebihnya sebagai notula."));
    }
    if alasan.chars().count() > ALASAN {
        wrong.push(FieldProblem::new("alasan", "Terlalu panjang; paling panjang 500 huruf."));
    }
    if tindakan == Tindakan::Batal && alasan.is_empty() {
        wrong.push(FieldProblem::new("alasan", "Alasannya belum ditulis. Sebutkan mengapa acara ini batal."));
    }
    let chosen = wakil.value().and_then(|value| value.parse().ok());
    if tindakan == Tindakan::Wakilkan && chosen.is_none() {
        let missing = || FieldProblem::new("wakil", "Pilih jabatan yang mewakili.");
        wrong.push(wakil.problem("wakil", "jabatan").unwrap_or_else(missing));
    }
    if !wrong.is_empty() {
        return Err(Refusal::Fields(wrong));
    }
    Ok(Typed { hasil: (!hasil.is_empty()).then(|| hasil.to_owned()), alasan: alasan.to_owned(), wakil: chosen })
}

/// POST /eoffice/agenda/{id}/tindakan/{tindakan}
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let tindakan = asked(ctx)?;
    let (acara, leader) = ctx.read(|tx| load_to_change(ctx, tx))?;
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?;
    let wakil = if tindakan == Tindakan::Wakilkan {
        ctx.read(|tx| resolve(input, "wakil", |typed| posts(ctx, tx, typed)))?
    } else {
        Picked::Nothing
    };
    let typed = match read(input, tindakan, &wakil) {
        Ok(typed) => typed,
        Err(refusal) => return Ok(again(ctx, input, &acara, tindakan, &wakil, &refusal)),
    };
    let (kerja, id) = (Kerja::of(ctx), acara.id);
    let saved = ctx.submit(input, write::keys(leader.jabatan), move |tx| {
        let acara = store::find(tx, id)?.filter(|one| one.versi == versi).ok_or(Problem::Conflict)?;
        let to = address(&acara);
        let alasan = Some(typed.alasan.clone()).filter(|text| !text.is_empty());
        match (tindakan, typed.wakil) {
            (Tindakan::Hadir, _) => write::attend(tx, acara, typed.hasil.clone())?,
            (Tindakan::Wakilkan, Some(wakil)) => write::delegate(tx, &kerja, acara, wakil, alasan, &leader)?,
            (Tindakan::Wakilkan, None) => return Err(Problem::refused(Refusal::field("wakil", "Pilih jabatan yang mewakili."))),
            (Tindakan::Batal, _) => write::cancel(tx, &kerja, acara, &typed.alasan)?,
            (Tindakan::Kembalikan, _) => write::take_back(tx, &kerja, acara)?,
        }
        Ok(to)
    });
    match saved {
        Ok(response) => Ok(response.with_notice(match tindakan {
            Tindakan::Hadir => "Kehadiran sudah dicatat.",
            Tindakan::Wakilkan => "Acara sudah diwakilkan.",
            Tindakan::Batal => "Acara dibatalkan.",
            Tindakan::Kembalikan => "Acara dijadwalkan kembali.",
        })),
        Err(Problem::Refused(refusal)) => Ok(again(ctx, input, &acara, tindakan, &wakil, &*refusal)),
        Err(problem) => Err(problem),
    }
}

fn again(ctx: &Ctx, input: &Input, acara: &Acara, tindakan: Tindakan, wakil: &Picked, refusal: &dyn Refuse) -> Response {
    let form = frame::form_again(ctx, action(acara, tindakan), input)
        .refusal(refusal.message(), refusal.next_step())
        .problems(&refusal.fields());
    let content = content(ctx, acara, tindakan, form, wakil);
    Response::form_again(praja_web::page(&frame::shell(ctx), &below(acara, tindakan.label(), ctx.instance().zona), content))
}
