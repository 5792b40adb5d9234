//! Lampiran of a draft: added, put in order, taken out by its writer.

use std::io::Read;

use praja_desk::attachments::{self, Attachment, Kind, Rule};
use praja_kernel::{FieldProblem, Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response, Upload};
use praja_store::{Keys, Tx};
use praja_web::{Act, Column, EmptyState, Form, Icon, Markup, Row, Table, frame, html, section};

use super::{LIST, below, kind, load, meja};
use crate::naskah::{
    Naskah, Refusal, store,
    write::{
        lampiran::{Ubah, change, may_change},
        objek_lampiran,
    },
};

/// The form's name for the files.
const FILES: &str = "lampiran";
/// What becomes pages.
const RULE: Rule = Rule { kinds: &[Kind::Pdf, Kind::Jpeg, Kind::Png, Kind::Webp], ..Rule::ANY };

fn address(naskah: Id) -> String {
    format!("{LIST}/{naskah}/lampiran")
}

/// GET /eoffice/naskah/{id}/lampiran
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let naskah = load(ctx, tx)?;
    may_change(&meja(ctx)?, &naskah).map_err(Problem::refused)?;
    let form = frame::form(ctx, address(naskah.id));
    let content = content(ctx, tx, &naskah, form)?;
    Ok(frame::respond(ctx, &below(&naskah, &kind(tx, &naskah.jenis)?.0, "Lampiran naskah"), content))
}

fn content(ctx: &Ctx, tx: &mut Tx<'_>, naskah: &Naskah, form: Form) -> Result<Markup, Problem> {
    let all = attachments::of(tx, &objek_lampiran(naskah.id))?;
    let form = form
        .multipart()
        .field(attachments::field_for(FILES, "Berkas lampiran", &RULE).required())
        .submit("Tambahkan lampiran")
        .cancel("Kembali ke naskah", format!("{LIST}/{}", naskah.id));
    Ok(html! {
        p { "Halaman semua lampiran digabung di belakang naskah menurut urutan ini, lalu ditandatangani bersama sebagai satu PDF." }
        (table(ctx, naskah, &all))
        (section("Tambah lampiran", form))
    })
}

fn table(ctx: &Ctx, naskah: &Naskah, all: &[Attachment]) -> Table {
    let post = |one: &Attachment, label: &str, what: &str| {
        Act::post(label, format!("{}/{}/{what}", address(naskah.id), one.id), ctx.csrf(), ctx.form_id().to_string())
    };
    Table::new("Lampiran menurut urutannya")
        .column(Column::number("No."))
        .column(Column::text("Berkas"))
        .column(Column::number("Ukuran"))
        .column(Column::text("Tindakan"))
        .rows(all.iter().enumerate().map(|(at, one)| {
            Row::new(vec![
                (at + 1).to_string().into(),
                html! { a href=(one.href()) { (one.nama) } @if one.halaman > 1 { span.redup { " (" (one.halaman) " gambar)" } } }
                    .into(),
                one.size().into(),
                html! {
                    div.aksi {
                        @if at > 0 { (post(one, "Naikkan", "naik").icon(Icon::SortUp)) }
                        (post(one, "Keluarkan", "hapus").danger())
                    }
                }
                .into(),
            ])
        }))
        .empty(EmptyState::new(Icon::Attachment, "Belum ada lampiran", "Tambahkan PDF atau gambar di bawah ini."))
}

/// POST /eoffice/naskah/{id}/lampiran
pub(crate) fn add(ctx: &Ctx, input: &Input) -> Outcome {
    let naskah = ctx.read(|tx| load(ctx, tx))?;
    may_change(&meja(ctx)?, &naskah).map_err(Problem::refused)?;
    let files = match attachments::received(ctx, input, FILES, &RULE) {
        Ok(files) => files,
        Err(Problem::Refused(refusal)) => return again(ctx, input, &naskah, &*refusal),
        Err(problem) => return Err(problem),
    };
    if files.is_empty() {
        return again(ctx, input, &naskah, &wrong("Pilih berkas lampirannya.".into()));
    }
    if let Some(refusal) = unusable(ctx, &files)? {
        return again(ctx, input, &naskah, &refusal);
    }
    done(ctx, input, Ubah::Tambah(files), "Lampiran ditambahkan.")
}

fn wrong(words: String) -> Refusal {
    Refusal::Fields(vec![FieldProblem::new(FILES, words)])
}

/// A file whose pages cannot be taken over is refused now, not when it is to be signed.
fn unusable(ctx: &Ctx, files: &[Upload]) -> Result<Option<Refusal>, Problem> {
    let Some(documents) = &ctx.instance().ports.documents else { return Ok(None) };
    for file in files.iter().filter(|file| attachments::sniff(&file.head) == Some(Kind::Pdf)) {
        let mut bytes = Vec::new();
        let mut reader = ctx.instance().blobs.open(&file.blob)?;
        reader.read_to_end(&mut bytes).map_err(|e| Problem::Fault(format!("an upload cannot be read: {e}")))?;
        if let Err(why) = documents.join(&[&bytes]) {
            return Ok(Some(wrong(format!("\"{}\" tidak dapat dijadikan halaman naskah. {why}", file.name))));
        }
    }
    Ok(None)
}

fn again(ctx: &Ctx, input: &Input, naskah: &Naskah, refusal: &dyn Refuse) -> Outcome {
    ctx.read(|tx| {
        let form = frame::form_again(ctx, address(naskah.id), input)
            .refusal(refusal.message(), refusal.next_step())
            .problems(&refusal.fields());
        let content = content(ctx, tx, naskah, form)?;
        let header = below(naskah, &kind(tx, &naskah.jenis)?.0, "Lampiran naskah");
        Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header, content)))
    })
}

/// POST /eoffice/naskah/{id}/lampiran/{lampiran}/naik
pub(crate) fn raise(ctx: &Ctx, input: &Input) -> Outcome {
    done(ctx, input, Ubah::Naikkan(ctx.param("lampiran")?), "Urutan lampiran sudah diubah.")
}

/// POST /eoffice/naskah/{id}/lampiran/{lampiran}/hapus
pub(crate) fn remove(ctx: &Ctx, input: &Input) -> Outcome {
    done(ctx, input, Ubah::Hapus(ctx.param("lampiran")?), "Lampiran dikeluarkan.")
}

fn done(ctx: &Ctx, input: &Input, ubah: Ubah, notice: &str) -> Outcome {
    let (meja, scope, id) = (meja(ctx)?, ctx.scope()?.clone(), ctx.param::<Id>("id")?);
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let naskah = store::find(tx, &meja.keys, &scope, id)?.ok_or(Problem::NotFound)?;
        change(tx, &meja, naskah, &ubah)?;
        Ok::<_, Problem>(address(id))
    })?;
    Ok(response.with_notice(notice))
}
