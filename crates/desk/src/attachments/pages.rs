//! Opening an attachment: inline where the browser shows it, saved where the reader asks for it, and never without being written
//! down where it is restricted.

use praja_kernel::Id;
use praja_module::{Body, Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, StoreError, Tx, audit::Entry};
use praja_web::{Facts, PageHeader, Tone, confirm, frame};

use super::{Attachment, Kind, find};

/// GET /desk/lampiran/{id}: the file, or for a restricted one the page that asks first. `?unduh=1` saves it.
pub(crate) fn serve(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let found = find(tx, ctx.scope()?, ctx.param("id")?)?;
    let (attachment, _, alamat) = found.ok_or(Problem::NotFound)?;
    if attachment.dibatasi {
        return Ok(ask_first(ctx, &attachment));
    }
    file(tx, attachment, &alamat, ctx.query("unduh").is_some())
}

/// POST /desk/lampiran/{id}: opens a restricted file and writes down who did. A GET only reads, so it cannot.
pub(crate) fn open(ctx: &Ctx, input: &Input) -> Outcome {
    let (scope, id) = (ctx.scope()?.clone(), ctx.param::<Id>("id")?);
    let save = !input.text("unduh").is_empty();
    ctx.write(Keys::none(), move |tx| {
        let (attachment, objek, alamat) = find(tx, &scope, id)?.ok_or(Problem::NotFound)?;
        let act = Entry { tindakan: "desk.open-lampiran", objek, ..Entry::default() };
        tx.audit(&act.with("lampiran", id).with("nama", &attachment.nama))?;
        file(tx, attachment, &alamat, save)
    })
}

fn file(tx: &mut Tx<'_>, attachment: Attachment, alamat: &str, save: bool) -> Outcome {
    let kind = Kind::parse(&attachment.mime).map_err(|_| StoreError::unknown_word("jenis berkas", &attachment.mime))?;
    let blob = tx.blob(alamat)?.ok_or_else(|| StoreError::Corrupt(format!("blob {alamat} has no row")))?;
    let inline = kind.is_shown() && !save;
    Ok(Response::of(Body::File { blob, mime: attachment.mime, name: attachment.nama, inline }))
}

fn ask_first(ctx: &Ctx, attachment: &Attachment) -> Response {
    let header = PageHeader::new("Buka lampiran yang dibatasi").purpose("Hanya penerima yang disebut naskahnya boleh membuka.");
    let facts = Facts::new()
        .add("Berkas", &attachment.nama)
        .add("Ukuran", attachment.size())
        .add("Diunggah", format!("{} oleh {}", frame::time(ctx.instance().zona, attachment.pada).0, attachment.oleh));
    let form = frame::form(ctx, attachment.href()).submit("Buka lampiran").submit_as("Unduh lampiran", "unduh", "1");
    let consequences = ["Nama Anda, jabatan, dan waktu pembukaan dicatat dalam riwayat naskah."];
    frame::respond(ctx, &header, confirm(Tone::Info, &consequences, &facts, &form))
}
