//! The routes that the page's script speaks with. They answer in JSON:
//! `{"id":"…","diterima":0,"potongan":1048576}`: which upload, how many bytes came, how large a piece may be.

use praja_kernel::Id;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};

use super::{MOST_OPEN, PIECE, Unggahan, fits, may_begin, store};

#[derive(serde::Serialize)]
struct Answer {
    id: String,
    diterima: i64,
    potongan: u64,
}

fn answer(upload: &Unggahan, status: u16, potongan: u64) -> Outcome {
    let answer = Answer { id: upload.id.to_string(), diterima: upload.diterima, potongan };
    let text = serde_json::to_string(&answer).map_err(|e| Problem::Fault(e.to_string()))?;
    let mut response = Response::json(text);
    response.status = status;
    Ok(response)
}

/// POST /desk/unggahan: fields `nama` and `ukuran`.
pub(crate) fn begin(ctx: &Ctx, input: &Input) -> Outcome {
    begin_for(ctx, input, ctx.scope()?.actor.key(), PIECE)
}

/// The same for whoever a module knows by `owner`, in pieces of at most `potongan` bytes: the module's own route has checked who asks.
///
/// # Errors
/// A refusal for a size that is not taken, or for too many at once.
pub fn begin_for(ctx: &Ctx, input: &Input, owner: String, potongan: u64) -> Outcome {
    let ukuran: i64 = input.text("ukuran").parse().unwrap_or(0);
    let name = input.text("nama");
    let nama: String =
        name.rsplit(['/', '\\']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(120).collect();
    let upload = ctx.write(Keys::unaudited(), move |tx| {
        may_begin(ukuran, store::count(tx, &owner, MOST_OPEN)?).map_err(Problem::refused)?;
        let id = store::insert(tx, &owner, &nama, ukuran)?;
        store::get(tx, id)?.ok_or(Problem::NotFound)
    })?;
    answer(&upload, 200, potongan)
}

/// POST /desk/unggahan/{id}: field `dari` and the file `potongan`; without a file it only tells how far the upload is. A piece that does not begin where the last one ended is not taken;
/// the answer (409) says where to go on.
pub(crate) fn piece(ctx: &Ctx, input: &Input) -> Outcome {
    piece_for(ctx, input, &ctx.scope()?.actor.key(), PIECE)
}

/// The same for whoever a module knows by `owner`; the address has the upload as `{id}`.
///
/// # Errors
/// [`Problem::NotFound`] for an upload of somebody else.
pub fn piece_for(ctx: &Ctx, input: &Input, owner: &str, potongan: u64) -> Outcome {
    let upload = ctx.read(|tx| own(ctx, tx, owner))?;
    let dari: i64 = input.text("dari").parse().unwrap_or(-1);
    let Some(piece) = input.files("potongan").next().map(|file| file.blob.clone()) else {
        return answer(&upload, 200, potongan);
    };
    if !fits(&upload, dari, piece.ukuran) {
        return answer(&upload, 409, potongan);
    }
    let id = upload.id;
    let (upload, status) = ctx.write(Keys::unaudited(), move |tx| {
        let added = store::add_piece(tx, &upload, &piece)?;
        let now = store::get(tx, id)?.ok_or(Problem::NotFound)?;
        Ok::<_, Problem>((now, if added { 200 } else { 409 }))
    })?;
    answer(&upload, status, potongan)
}

/// POST /desk/unggahan/{id}/hapus: the reader took the file out of the form.
pub(crate) fn discard(ctx: &Ctx, _: &Input) -> Outcome {
    discard_for(ctx, &ctx.scope()?.actor.key(), PIECE)
}

/// The same for whoever a module knows by `owner`.
///
/// # Errors
/// [`Problem::NotFound`] for an upload of somebody else.
pub fn discard_for(ctx: &Ctx, owner: &str, potongan: u64) -> Outcome {
    let mut upload = ctx.read(|tx| own(ctx, tx, owner))?;
    let id = upload.id;
    ctx.write(Keys::unaudited(), move |tx| store::forget(tx, id).map_err(Problem::from))?;
    upload.diterima = 0;
    answer(&upload, 200, potongan)
}

/// The upload of this address, when it is the asker's own.
fn own(ctx: &Ctx, tx: &mut Tx<'_>, owner: &str) -> Result<Unggahan, Problem> {
    let id: Id = ctx.param("id")?;
    store::get(tx, id)?.filter(|upload| upload.pemilik == owner).ok_or(Problem::NotFound)
}
