//! The photographs of a complaint, for whoever complained: the page with the answer, which asked for number and code, draws each with
//! a sealed leave of its own, because a picture's address can carry neither.

use praja_kernel::{Id, Moment};
use praja_module::{Ctx, Outcome, Problem, seal, unseal};
use praja_store::{Result, Tx};
use praja_web::{Markup, html, section};

use super::PUBLIC;
use crate::{
    attachments,
    complaints::{Pengaduan, objek},
};

/// What the seal of a leave to see is for.
const PURPOSE: &str = "foto-pengaduan";
/// As long as the page with the answer stays open, in milliseconds: half an hour.
const GOOD_MS: i64 = 30 * 60 * 1000;

/// A photograph or paper: the attachment, and its place in it.
pub(super) struct Foto {
    lampiran: Id,
    urut: i64,
    /// No picture: its name is a link.
    nama: Option<String>,
}

/// What came with the complaint itself, not what officers added as evidence.
pub(super) fn of(tx: &mut Tx<'_>, one: &Pengaduan) -> Result<Vec<Foto>> {
    let own = attachments::of(tx, &objek(one.id))?.into_iter().filter(|file| file.pada == one.dibuat);
    Ok(own
        .flat_map(|file| {
            let nama = (!file.mime.starts_with("image/")).then(|| file.nama.clone());
            (1..=file.halaman).map(move |urut| Foto { lampiran: file.id, urut, nama: nama.clone() })
        })
        .collect())
}

/// The pictures in a row of their own; nothing where none was sent.
pub(super) fn draw(ctx: &Ctx, photos: &[Foto]) -> Markup {
    if photos.is_empty() {
        return html! {};
    }
    let until = ctx.now().plus_ms(GOOD_MS).ms();
    let href = |foto: &Foto| {
        let leave = seal(ctx.instance().keys(), PURPOSE, &format!("{}\n{until}", foto.lampiran));
        format!("{PUBLIC}/foto/{}/{}?izin={leave}", foto.lampiran, foto.urut)
    };
    section(
        "Berkas yang Anda kirim",
        html! {
            ol.halaman-lampiran {
                @for (at, foto) in photos.iter().enumerate() {
                    li { a href=(href(foto)) {
                        @match &foto.nama {
                            Some(nama) => (nama),
                            None => img src=(href(foto)) alt={ "Foto " (at + 1) " dari " (photos.len()) } loading="lazy";,
                        }
                    } }
                }
            }
        },
    )
}

/// GET /pengaduan/foto/{lampiran}/{urut}: with a leave that is not older than half an hour. To anybody else it does not exist.
pub(crate) fn serve(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (lampiran, urut) = (ctx.param::<Id>("lampiran")?, ctx.param::<i64>("urut")?);
    let opened = ctx.query("izin").and_then(|sealed| unseal(ctx.instance().keys(), PURPOSE, sealed)).unwrap_or_default();
    let fresh = opened
        .split_once('\n')
        .is_some_and(|(of, until)| of == lampiran.to_string() && until.parse().is_ok_and(|until| ctx.now() <= Moment(until)));
    if fresh { attachments::pages::picture(tx, lampiran, urut) } else { Err(Problem::NotFound) }
}
