//! Pictures and signatures of a report. With the script they come as text of the form, small and able to wait; without it as files.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use praja_desk::attachments::{self, Kind, Rule};
use praja_kernel::Id;
use praja_module::{Ctx, Input, Outcome, Problem, Upload};
use praja_store::Tx;

use super::{bap::Foto, objek, store};
use crate::meja::seen;

/// So many pictures of a place.
pub(super) const MOST: usize = 8;
/// Pictures of the place.
pub(super) const FOTO: Rule = Rule { max_files: MOST, ..Rule::PHOTOS };
/// A signature, drawn or scanned.
pub(super) const TANDA: Rule = Rule { max_bytes: attachments::MAX_BYTES, max_files: 1, kinds: &[Kind::Jpeg, Kind::Png] };

/// A picture that came: ready to be attached, and the hash of what the camera wrote where it was not made smaller before.
pub(super) struct Gambar {
    pub(super) upload: Upload,
    pub(super) sidik_asli: String,
}

/// The pictures of the place.
///
/// # Errors
/// A refusal that points to the field `foto`.
pub(super) fn photos(ctx: &Ctx, input: &Input) -> Result<Vec<Gambar>, Problem> {
    let mut all = Vec::new();
    for (at, text) in input.all("gambar_lokasi").into_iter().take(MOST).enumerate() {
        let upload = from_text(ctx, "foto", &format!("foto-{}.jpg", at + 1), text, &FOTO)?;
        all.push(Gambar { upload, sidik_asli: String::new() });
    }
    let owner = ctx.scope()?.actor.key();
    for file in attachments::arrived(ctx, input, "foto", &FOTO, &owner)? {
        let sidik_asli = file.blob.sidik.clone();
        all.push(Gambar { upload: attachments::prepared(ctx, "foto", &file, &FOTO)?, sidik_asli });
    }
    Ok(all)
}

/// The signature a form brought: drawn into `data`, or scanned as the file `scan`.
///
/// # Errors
/// A refusal that points to the field `scan`.
pub(super) fn signature(ctx: &Ctx, input: &Input, data: &str, scan: &'static str) -> Result<Option<Upload>, Problem> {
    let drawn = input.text(data);
    if !drawn.is_empty() {
        return from_text(ctx, scan, "tanda-tangan", drawn, &TANDA).map(Some);
    }
    let owner = ctx.scope()?.actor.key();
    let Some(file) = attachments::arrived(ctx, input, scan, &TANDA, &owner)?.into_iter().next() else { return Ok(None) };
    attachments::prepared(ctx, scan, &file, &TANDA).map(Some)
}

/// `data:image/jpeg;base64,…` as a file, judged by its content like any other.
fn from_text(ctx: &Ctx, field: &'static str, name: &str, text: &str, rule: &Rule) -> Result<Upload, Problem> {
    let bytes = text.split_once("base64,").and_then(|(_, code)| STANDARD.decode(code).ok()).unwrap_or_default();
    let upload = attachments::made(ctx.instance(), field, name, &bytes, rule)?;
    attachments::prepared(ctx, field, &upload, rule)
}

/// Attaches the pictures; gives how the report names them.
///
/// # Errors
/// When they cannot be attached.
pub(super) fn attach(tx: &mut Tx<'_>, survei: Id, all: &[Gambar]) -> Result<Vec<Foto>, Problem> {
    let one = |tx: &mut Tx<'_>, gambar: &Gambar| {
        let lampiran = attachments::attach(tx, &objek(survei), &[], &gambar.upload)?;
        Ok(Foto { lampiran: lampiran.to_string(), sidik_asli: gambar.sidik_asli.clone() })
    };
    all.iter().map(|gambar| one(tx, gambar)).collect()
}

/// GET …/bap/lampiran/{lampiran}: a picture or signature of any survey of this application.
pub(super) fn serve(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (one, _) = seen(ctx, tx)?;
    let lampiran: Id = ctx.param("lampiran")?;
    for survei in store::of(tx, one.id)? {
        match attachments::of_thing(ctx, tx, &objek(survei.id), lampiran, false) {
            Err(Problem::NotFound) => {}
            found => return found,
        }
    }
    Err(Problem::NotFound)
}
