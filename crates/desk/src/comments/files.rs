//! Files of comments. Who may see a thing may open what was said about it: the page of the thing, which has checked that, draws each
//! file with a sealed leave for its reader, so that no list of readers has to be kept up beside the thing's own.

use praja_kernel::{Id, Moment};
use praja_module::{Ctx, Outcome, Problem, seal, unseal};
use praja_store::{Result, Tx};
use praja_web::{Icon, Markup, html, icon};

use super::{Komentar, get};
use crate::attachments::{self, Attachment};

/// The field of the form.
pub(super) const FIELD: &str = "lampiran_komentar";
/// What the seal of a leave to open is for.
const PURPOSE: &str = "komentar-lampiran";

/// Such a leave is good for an hour, in milliseconds: whoever may no longer see the thing keeps no key to it for longer.
const GOOD_MS: i64 = 60 * 60 * 1000;

/// What the files of a comment are attached to.
pub(super) fn objek(komentar: Id) -> String {
    format!("desk_komentar:{komentar}")
}

/// The files of all these comments, in one question.
pub(super) fn of(tx: &mut Tx<'_>, comments: &[Komentar]) -> Result<Vec<(String, Attachment)>> {
    let things: Vec<String> = comments.iter().filter(|one| one.dihapus.is_none()).map(|one| objek(one.id)).collect();
    attachments::of_all(tx, &things)
}

/// The files of one comment, each with its reader's leave.
pub(super) fn list(ctx: &Ctx, komentar: Id, files: &[(String, Attachment)]) -> Markup {
    let thing = objek(komentar);
    let own: Vec<&Attachment> = files.iter().filter(|(of, _)| *of == thing).map(|(_, file)| file).collect();
    html! {
        @if !own.is_empty() {
            ul.tautan {
                @for file in own {
                    li { a href=(href(ctx, komentar, file)) { (icon(Icon::Attachment)) span { (name(file)) " (" (file.size()) ")" } } }
                }
            }
        }
    }
}

/// Its name; several photographs open as one PDF.
fn name(file: &Attachment) -> String {
    if file.halaman == 1 { file.nama.clone() } else { format!("{}, {} halaman dalam satu PDF", file.nama, file.halaman) }
}

fn href(ctx: &Ctx, komentar: Id, file: &Attachment) -> String {
    let whose = ctx.scope().map(|scope| scope.actor.key()).unwrap_or_default();
    let until = ctx.now().plus_ms(GOOD_MS).ms();
    let leave = seal(ctx.instance().keys(), PURPOSE, &format!("{}\n{whose}\n{until}", file.id));
    format!("/desk/komentar/{komentar}/lampiran/{}?izin={leave}", file.id)
}

/// GET /desk/komentar/{id}/lampiran/{lampiran}: for whoever was shown it, for an hour. To anybody else it does not exist.
pub(crate) fn serve(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (komentar, lampiran) = (ctx.param::<Id>("id")?, ctx.param::<Id>("lampiran")?);
    if !has_leave(ctx, lampiran)? || get(tx, komentar)?.is_none_or(|one| one.dihapus.is_some()) {
        return Err(Problem::NotFound);
    }
    attachments::pages::of_thing(ctx, tx, &objek(komentar), lampiran, ctx.query("unduh").is_some())
}

fn has_leave(ctx: &Ctx, lampiran: Id) -> Result<bool, Problem> {
    let opened = ctx.query("izin").and_then(|sealed| unseal(ctx.instance().keys(), PURPOSE, sealed)).unwrap_or_default();
    let parts: Vec<&str> = opened.split('\n').collect();
    let [file, whose, until] = parts.as_slice() else { return Ok(false) };
    let fresh = until.parse().is_ok_and(|until| ctx.now() <= Moment(until));
    Ok(fresh && *file == lampiran.to_string() && *whose == ctx.scope()?.actor.key())
}
