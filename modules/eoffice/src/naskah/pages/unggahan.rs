//! A naskah that is uploaded as PDF instead of being written here: its file, and where number, date, code and signature stand on it.

use std::{borrow::Cow, io::Read};

use praja_desk::attachments::{self, Rule};
use praja_kernel::{FieldProblem, Id, Refuse};
use praja_module::{Body, Ctx, Input, Outcome, Problem, Response, Upload, documents::DrawError};
use praja_store::{Keys, Tx};
use praja_web::{Act, Facts, Field, Form, FormValues, Icon, Markup, form::Width, frame, html, section};

use super::{LIST, below, kind, load, meja, papan};
use crate::naskah::{
    Naskah, Refusal,
    letak::{Cap, Letak, check, usual},
    store,
    write::{lampiran::may_change, objek_badan, unggahan},
};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
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
    let pages = match &file {
        Some(file) => sizes(ctx, tx, naskah, file.id)?,
        None => Vec::new(),
    };
    let converts = ctx.instance().ports.documents.as_ref().is_some_and(|documents| documents.converts());
    form = form.field(field(converts, file.is_some()));
    if file.is_some() {
        form = form.extra(papan::board(&address(naskah.id), &pages, naskah.letak.as_deref().unwrap_or_default()));
        for cap in Cap::ALL {
            let [page, x, y] = cap.fields();
            let hint = match cap {
                Cap::Ttd => {
                    "Jabatan dan nama penandatangan, dengan kode QR di antaranya bila kode itu tidak diberi tempat sendiri."
                }
                Cap::Qr => "Kosongkan halamannya agar kode QR ada di dalam ruang tanda tangan.",
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

/// The file field: what it takes depends on what the machine can turn into PDF.
fn field(converts: bool, held: bool) -> Field {
    let accept = if converts { format!("{},.docx,{DOCX}", RULE.accept()) } else { RULE.accept() };
    let what = if converts {
        "PDF, atau Word (DOCX) yang diubah menjadi PDF di server ini."
    } else {
        "PDF. Dokumen Word disimpan dulu sebagai PDF (Simpan sebagai, jenis PDF), lalu PDF itu yang diunggah: server ini tidak mengubahnya."
    };
    let what = if held { format!("{what} Kosongkan untuk memakai yang sudah ada.") } else { what.to_owned() };
    let field = Field::file(FILE, "Berkas naskah", accept).hint(what).max_mib(RULE.max_bytes >> 20);
    if held { field } else { field.required() }
}

/// Width and height of every page; of a file that nobody can read now, none.
fn sizes(ctx: &Ctx, tx: &mut Tx<'_>, naskah: &Naskah, file: Id) -> Result<Vec<(f64, f64)>, Problem> {
    let Some(documents) = ctx.instance().ports.documents.as_ref() else { return Ok(Vec::new()) };
    let bytes = attachments::bytes(ctx, tx, &objek_badan(naskah.id), file)?;
    Ok(documents.pages(&bytes).unwrap_or_default())
}

/// GET /eoffice/naskah/{id}/unggahan/{halaman}/berkas?lebar=: a page as a picture, to place things on.
pub(crate) fn page(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let naskah = load(ctx, tx)?;
    may_change(&meja(ctx)?, &naskah).map_err(Problem::refused)?;
    let objek = objek_badan(naskah.id);
    let file = attachments::of(tx, &objek)?.into_iter().next().ok_or(Problem::NotFound)?;
    let page: u32 = ctx.param("halaman")?;
    let wide = ctx.query("lebar").and_then(|text| text.parse().ok()).unwrap_or(900).clamp(papan::WIDTHS.0, papan::WIDTHS.1);
    let documents = ctx.instance().ports.documents.as_ref();
    let documents = documents.ok_or_else(|| Problem::refused(Refusal::Pdf(DrawError::absent().to_string())))?;
    let bytes = attachments::bytes(ctx, tx, &objek, file.id)?;
    let known = documents.pages(&bytes).map_err(|why| Problem::refused(Refusal::Pdf(why.to_string())))?;
    let page = usize::try_from(page).ok().filter(|page| (1..=known.len()).contains(page)).ok_or(Problem::NotFound)?;
    let drawn = documents.picture(&bytes, page, wide).map_err(|why| Problem::refused(Refusal::Pdf(why.to_string())))?;
    Ok(Response::of(Body::Bytes { bytes: drawn.png, mime: "image/png", name: format!("halaman-{page}.png") }))
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
    let input = &match as_pdf(ctx, input) {
        Ok(input) => input,
        Err(Problem::Refused(refusal)) => return again(ctx, input, &naskah, &*refusal),
        Err(problem) => return Err(problem),
    };
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

/// What came with the form, a file of a word processor as the PDF that is made of it.
fn as_pdf<'i>(ctx: &Ctx, input: &'i Input) -> Result<Cow<'i, Input>, Problem> {
    let is_docx = |file: &&Upload| file.head.starts_with(b"PK\x03\x04");
    let Some(file) = input.files(FILE).find(is_docx) else { return Ok(Cow::Borrowed(input)) };
    let told = |why: DrawError| Problem::refused(wrong(why.to_string()));
    let documents = ctx.instance().ports.documents.as_ref().ok_or_else(|| told(DrawError::absent()))?;
    if !documents.converts() {
        return Err(told(DrawError::no_office()));
    }
    let mut docx = Vec::new();
    let blobs = &ctx.instance().blobs;
    blobs.open(&file.blob)?.read_to_end(&mut docx).map_err(|e| Problem::Fault(format!("an upload cannot be read: {e}")))?;
    let pdf = documents.convert(&docx).map_err(told)?;
    let head = pdf[..pdf.len().min(512)].to_vec();
    let blob = blobs.put(&mut pdf.as_slice(), u64::MAX).map_err(|e| Problem::Fault(format!("a PDF cannot be kept: {e}")))?;
    let stem = file.name.rsplit_once('.').map_or(file.name.as_str(), |(stem, _)| stem);
    let made = Upload { field: FILE.into(), name: format!("{stem}.pdf"), head, blob };
    let mut changed = input.clone();
    changed.files = changed.files.into_iter().filter(|one| one.field != FILE).chain([made]).collect();
    Ok(Cow::Owned(changed))
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
