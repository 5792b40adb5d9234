//! A naskah that is uploaded as PDF instead of being written here: its file, and where number, date and signature stand on it.

use std::io::Read;

use praja_desk::attachments::{self, Rule};
use praja_kernel::{FieldProblem, Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response, documents::DrawError};
use praja_store::{Keys, Tx};
use praja_web::{Act, Facts, Field, Form, FormValues, Icon, Markup, form::Width, frame, html, section};

use super::{LIST, below, kind, load, meja};
use crate::naskah::{
    Naskah, Refusal,
    letak::{Cap, Letak, check, usual},
    store,
    write::{lampiran::may_change, objek_badan, unggahan},
};

/// The form's name for the file.
const FILE: &str = "naskah";
const RULE: Rule = Rule { max_files: 1, ..Rule::DOCUMENTS };

fn address(naskah: Id) -> String {
    format!("{LIST}/{naskah}/unggahan")
}

/// GET /eoffice/naskah/{id}/unggahan
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let naskah = load(ctx, tx)?;
    may_change(&meja(ctx)?, &naskah).map_err(Problem::refused)?;
    let content = content(ctx, tx, &naskah, frame::form(ctx, address(naskah.id)), None)?;
    Ok(frame::respond(ctx, &below(&naskah, &kind(tx, &naskah.jenis)?.0, TITLE), content))
}

const TITLE: &str = "Naskah dari PDF";

/// `typed` is the form as it came back.
fn content(ctx: &Ctx, tx: &mut Tx<'_>, naskah: &Naskah, form: Form, typed: Option<()>) -> Result<Markup, Problem> {
    let file = attachments::of(tx, &objek_badan(naskah.id))?.into_iter().next();
    let mut form = form.multipart();
    let field = attachments::field_for(FILE, "Berkas naskah", &RULE);
    form = form.field(if file.is_some() { field.hint("PDF. Kosongkan untuk memakai yang sudah ada.") } else { field.required() });
    if file.is_some() {
        for cap in Cap::ALL {
            let [page, x, y] = cap.fields();
            let hint = match cap {
                Cap::Ttd => "Jabatan, kode QR, dan nama penandatangan.",
                _ => "Kosongkan halamannya bila sudah tertulis dalam berkas.",
            };
            let number = |name, label| Field::number(name, label).min("0").width(Width::Short);
            let page = number(page, "Halaman").min("1");
            let page = if *cap == Cap::Ttd { page.required() } else { page };
            form = form.group(cap.label(), hint, vec![page, number(x, "Dari kiri (mm)"), number(y, "Dari atas (mm)")]);
        }
        if typed.is_none() {
            form = form.values(values(naskah.letak.as_deref().unwrap_or_default()));
        }
    }
    let form = form.submit("Simpan").cancel("Kembali ke naskah", format!("{LIST}/{}", naskah.id));
    Ok(html! {
        p { "Untuk naskah yang disusun dengan pengolah kata. Nomor, tanggal, dan ruang tanda tangan berkode QR dicantumkan Praja pada halamannya." }
        @if let Some(file) = &file {
            (Facts::new().add("Berkas", html! { a href=(file.href()) { (file.nama) } }).add("Ukuran", file.size()))
            div.aksi {
                (Act::link("Lihat hasilnya", format!("{LIST}/{}/pdf", naskah.id)).icon(Icon::Document))
                (Act::post("Keluarkan berkas", format!("{}/hapus", address(naskah.id)), ctx.csrf(), ctx.form_id().to_string()).danger())
            }
        }
        (section(if file.is_some() { "Letak pada halaman" } else { "Unggah naskah" }, form))
    })
}

fn values(letak: &[Letak]) -> FormValues {
    letak.iter().fold(FormValues::new(), |values, one| {
        let [page, x, y] = one.cap.fields();
        values.with(page, one.halaman.to_string()).with(x, one.x.to_string()).with(y, one.y.to_string())
    })
}

/// POST /eoffice/naskah/{id}/unggahan
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let (naskah, held) = ctx.read(|tx| {
        let naskah = load(ctx, tx)?;
        let held = attachments::of(tx, &objek_badan(naskah.id))?.into_iter().next();
        Ok::<_, Problem>((naskah, held))
    })?;
    may_change(&meja(ctx)?, &naskah).map_err(Problem::refused)?;
    let file = match attachments::received(ctx, input, FILE, &RULE) {
        Ok(files) => files.into_iter().next(),
        Err(Problem::Refused(refusal)) => return again(ctx, input, &naskah, &*refusal),
        Err(problem) => return Err(problem),
    };
    let mut bytes = Vec::new();
    match (&file, &held) {
        (Some(file), _) => {
            let mut reader = ctx.instance().blobs.open(&file.blob)?;
            reader.read_to_end(&mut bytes).map_err(|e| Problem::Fault(format!("an upload cannot be read: {e}")))?;
        }
        (None, Some(held)) => bytes = ctx.read(|tx| attachments::bytes(ctx, tx, &objek_badan(naskah.id), held.id))?,
        (None, None) => return again(ctx, input, &naskah, &wrong("Pilih berkas PDF naskahnya.".into())),
    }
    let documents = ctx.instance().ports.documents.as_ref();
    let documents = documents.ok_or_else(|| Problem::refused(Refusal::Pdf(DrawError::absent().to_string())))?;
    let pages = match documents.pages(&bytes) {
        Ok(pages) => pages,
        Err(why) => return again(ctx, input, &naskah, &wrong(why.to_string())),
    };
    // A new file begins where letters have these things; its writer looks and moves them.
    let letak = if file.is_some() && held.is_none() {
        usual(&pages)
    } else {
        let typed = Cap::ALL.iter().map(|cap| (*cap, cap.fields().map(|name| input.text(name)))).collect::<Vec<_>>();
        match check(&typed, &pages) {
            Ok(letak) => letak,
            Err(problems) => return again(ctx, input, &naskah, &Refusal::Fields(problems)),
        }
    };
    let (meja, scope, id) = (meja(ctx)?, ctx.scope()?.clone(), naskah.id);
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let naskah = store::find(tx, &meja.keys, &scope, id)?.ok_or(Problem::NotFound)?;
        unggahan::keep(tx, &meja, naskah, file.as_ref(), &letak)?;
        Ok::<_, Problem>(address(id))
    })?;
    Ok(response.with_notice("Tersimpan. Lihat hasilnya, lalu geser letaknya bila perlu."))
}

fn wrong(words: String) -> Refusal {
    Refusal::Fields(vec![FieldProblem::new(FILE, words)])
}

fn again(ctx: &Ctx, input: &Input, naskah: &Naskah, refusal: &dyn Refuse) -> Outcome {
    ctx.read(|tx| {
        let form = frame::form_again(ctx, address(naskah.id), input)
            .refusal(refusal.message(), refusal.next_step())
            .problems(&refusal.fields());
        let content = content(ctx, tx, naskah, form, Some(()))?;
        let header = below(naskah, &kind(tx, &naskah.jenis)?.0, TITLE);
        Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header, content)))
    })
}

/// POST /eoffice/naskah/{id}/unggahan/hapus: it is written here again.
pub(crate) fn remove(ctx: &Ctx, input: &Input) -> Outcome {
    let (meja, scope, id) = (meja(ctx)?, ctx.scope()?.clone(), ctx.param::<Id>("id")?);
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let naskah = store::find(tx, &meja.keys, &scope, id)?.ok_or(Problem::NotFound)?;
        unggahan::drop(tx, &meja, naskah)?;
        Ok::<_, Problem>(format!("{LIST}/{id}"))
    })?;
    Ok(response.with_notice("Berkas dikeluarkan. Isi naskah disusun pada formulirnya."))
}
