//! The signer approves and the naskah gets its number; the scan of what was signed by hand comes back.

use praja_desk::{
    attachments::{self, Rule},
    registers::{Keeping, naskah::JenisNaskah},
    verify,
};
use praja_kernel::{Date, FieldProblem, Refuse, parse_tanggal, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Field, Form, Markup, Tone, decision, frame, html};

use super::{LIST, below, kind, load, meja, short_facts, show};
use crate::naskah::{
    Naskah, Refusal, Status,
    alur::Langkah,
    store,
    write::sign::{Penomoran, number, sign},
};
use crate::srikandi;

/// The form's name for the signed file.
pub(super) const FILE: &str = "naskah";

/// GET /eoffice/naskah/{id}/nomor
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let naskah = load(ctx, tx)?;
    let acting = meja(ctx)?.acting;
    if naskah.isi.penandatangan != acting.jabatan {
        return Err(Problem::refused(Refusal::NotYours));
    }
    if naskah.status != Status::SiapTte {
        return Err(Problem::refused(Refusal::NotNow { langkah: Langkah::Nomori, status: naskah.status }));
    }
    let (kind, _) = kind(tx, &naskah.jenis)?;
    if srikandi::write::numbers(tx, &kind, naskah.opd, ctx.today())? {
        return Ok(Response::redirect(format!("{LIST}/{}/srikandi", naskah.id)));
    }
    let form = fields(ctx, frame::form(ctx, action(&naskah)), &naskah, false);
    Ok(frame::respond(ctx, &below(&naskah, &kind, "Setujui dan beri nomor"), page(&naskah, &kind, &form)))
}

fn action(naskah: &Naskah) -> String {
    format!("{LIST}/{}/nomor", naskah.id)
}

fn page(naskah: &Naskah, kind: &JenisNaskah, form: &Form) -> Markup {
    decision(
        Tone::Info,
        "Yang akan terjadi",
        &[
            "Nomor dan tanggal dipesan untuk naskah ini dan tetap padanya sampai ditandatangani.",
            "Naskah dicetak dengan kode QR, ditandatangani, lalu pindaiannya diunggah.",
            "Sesudah bernomor, isi naskah tidak dapat diubah.",
        ],
        &short_facts(naskah, kind),
        form,
    )
}

fn fields(ctx: &Ctx, form: Form, naskah: &Naskah, strategic: bool) -> Form {
    let today = ctx.today().to_string();
    let mut form = form.hidden("versi", naskah.versi.to_string()).field(
        Field::date("tanggal", "Tanggal naskah")
            .required()
            .value(&today)
            .max(today)
            .hint("Tanggal yang sudah lewat memerlukan nomor cadangan hari itu."),
    );
    if strategic {
        form = form.field(Field::checkbox("mandat", "Pejabat definitif sudah memberi mandat tertulis untuk naskah ini"));
    }
    form.submit("Setujui dan beri nomor").cancel("Kembali ke naskah", format!("{LIST}/{}", naskah.id))
}

/// POST /eoffice/naskah/{id}/nomor
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let meja = meja(ctx)?;
    let (naskah, kind) = ctx.read(|tx| {
        let naskah = load(ctx, tx)?;
        let kind = kind(tx, &naskah.jenis)?.0;
        Ok::<_, Problem>((naskah, kind))
    })?;
    let tanggal = match day(ctx, input) {
        Ok(tanggal) => tanggal,
        Err(refusal) => return again(ctx, input, &naskah, &kind, &refusal),
    };
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?;
    let mandat = !input.text("mandat").is_empty();
    let numbered = kind.aturan.pattern.is_some();
    let keys = if numbered { Keeping::of(&kind, naskah.opd, tanggal).keys() } else { Keys::none() };
    let (scope, id, opd, jenis, issuer) =
        (ctx.scope()?.clone(), naskah.id, naskah.opd, kind.clone(), verify::Issuer::of(ctx.instance()));
    let saved = ctx.submit(input, keys, move |tx| {
        let naskah = store::find(tx, &meja.keys, &scope, id)?.ok_or(Problem::NotFound)?;
        if naskah.versi != versi || naskah.opd != opd {
            return Err(Problem::Conflict);
        }
        number(
            tx,
            &meja,
            naskah,
            &Penomoran { jenis: &jenis, tanggal, issuer: &issuer, mandat, cara: verify::TandaTangan::Basah },
        )?;
        Ok(format!("{LIST}/{id}"))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Naskah sudah bernomor. Cetak dan tandatangani, lalu unggah pindaiannya.")),
        Err(Problem::Refused(refusal)) => again(ctx, input, &naskah, &kind, &*refusal),
        Err(problem) => Err(problem),
    }
}

pub(super) fn day(ctx: &Ctx, input: &Input) -> Result<Date, Refusal> {
    let today = ctx.today();
    let day =
        parse_tanggal(input.text("tanggal")).map_err(|e| Refusal::Fields(vec![FieldProblem::new("tanggal", e.to_string())]))?;
    if day > today {
        return Err(Refusal::Day(format!("Tanggal {} belum tiba.", tanggal_panjang(day))));
    }
    Ok(day)
}

fn again(ctx: &Ctx, input: &Input, naskah: &Naskah, kind: &JenisNaskah, refusal: &dyn Refuse) -> Outcome {
    let strategic = refusal.fields().iter().any(|one| one.field == "mandat") || !input.text("mandat").is_empty();
    let form =
        frame::form_again(ctx, action(naskah), input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
    let content = page(naskah, kind, &fields(ctx, form, naskah, strategic));
    Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &below(naskah, kind, "Setujui dan beri nomor"), content)))
}

/// The form for the scan of what was signed by hand.
pub(super) fn scan_form(ctx: &Ctx, naskah: &Naskah, refusal: Option<&dyn Refuse>) -> Markup {
    let form = frame::form(ctx, format!("{LIST}/{}/bertanda-tangan", naskah.id))
        .multipart()
        .hidden("versi", naskah.versi.to_string())
        .field(
            Field::file(FILE, "Pindaian naskah yang sudah ditandatangani", "application/pdf")
                .required()
                .stepwise()
                .hint("Satu berkas PDF.")
                .max_mib(attachments::MAX_MIB),
        )
        .submit("Simpan naskah bertanda tangan");
    let form = match refusal {
        Some(refusal) => form.refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields()),
        None => form,
    };
    html! { (form) }
}

/// POST /eoffice/naskah/{id}/bertanda-tangan
pub(crate) fn signed(ctx: &Ctx, input: &Input) -> Outcome {
    let meja = meja(ctx)?;
    let (naskah, kind) = ctx.read(|tx| {
        let naskah = load(ctx, tx)?;
        let kind = kind(tx, &naskah.jenis)?.0;
        Ok::<_, Problem>((naskah, kind))
    })?;
    if !show::dispatches(ctx, &naskah) {
        return Err(Problem::refused(Refusal::NotYours));
    }
    // Approved for the national application: its number comes back with the file.
    if naskah.status == Status::Menandatangani && naskah.nomor.is_none() {
        return Err(Problem::refused(Refusal::NotNow { langkah: Langkah::Tandatangani, status: naskah.status }));
    }
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?;
    let rule = Rule { kinds: &[attachments::Kind::Pdf], max_files: 1, ..Rule::ANY };
    let files = match attachments::received(ctx, input, FILE, &rule) {
        Ok(files) => files,
        Err(Problem::Refused(refusal)) => return show::again(ctx, &*refusal),
        Err(problem) => return Err(problem),
    };
    let Some(file) = files.into_iter().next() else { return show::again(ctx, &Refusal::NoFile) };
    let keys = crate::naskah::write::sign::keeping(&naskah, &kind).map_or_else(Keys::none, |keeping| keeping.keys());
    let (scope, id, held) = (ctx.scope()?.clone(), naskah.id, naskah.nomor);
    let saved = ctx.submit(input, keys, move |tx| {
        let naskah = store::find(tx, &meja.keys, &scope, id)?.ok_or(Problem::NotFound)?;
        if naskah.versi != versi || naskah.nomor != held {
            return Err(Problem::Conflict);
        }
        sign(tx, &meja, naskah, &kind, &file, verify::TandaTangan::Basah)?;
        Ok(format!("{LIST}/{id}"))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Naskah bertanda tangan sudah disimpan.")),
        Err(Problem::Refused(refusal)) => show::again(ctx, &*refusal),
        Err(problem) => Err(problem),
    }
}
