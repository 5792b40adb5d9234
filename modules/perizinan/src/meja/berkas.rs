//! The files of an application at the desks: what shows who somebody is, or how healthy, opens only by an act that is written down.

use praja_desk::attachments;
use praja_kernel::{Id, Refuse};
use praja_module::{
    Body, Ctx, Input, Outcome, Problem, Response,
    documents::{Block, DrawError, Drawing, STAMP},
};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::frame;
use serde_json::json;

use super::seen;
use crate::{
    TABLE,
    jenis::Kepekaan,
    objek,
    permohonan::{Permohonan, store},
};

/// The file of this address.
fn find(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Permohonan, store::Berkas, Kepekaan), Problem> {
    let (one, _) = seen(ctx, tx)?;
    let id: Id = ctx.param("berkas")?;
    let file = store::files(tx, one.id)?.into_iter().find(|file| file.id == id).ok_or(Problem::NotFound)?;
    let kepekaan = Kepekaan::parse(&file.kepekaan).map_err(|_| Problem::NotFound)?;
    if !opens(ctx, tx, &one, kepekaan)? {
        return Err(Problem::NotFound);
    }
    Ok((one, file, kepekaan))
}

/// May whoever asks open files of this kind? Health data are for the technical OPD, or for whoever has the file where there is none; what
/// shows who somebody is, for whoever handles it.
pub(crate) fn opens(ctx: &Ctx, tx: &mut Tx<'_>, one: &Permohonan, kepekaan: Kepekaan) -> Result<bool, Problem> {
    let scope = ctx.scope()?;
    Ok(match (kepekaan, one.opd_teknis) {
        (Kepekaan::Kesehatan, Some(opd)) => scope.covers_opd(opd),
        (Kepekaan::Kesehatan, None) => one.petugas == Some(super::me(ctx)?),
        (Kepekaan::Identitas, _) => super::handles(ctx, tx, one)?,
        (Kepekaan::Umum, _) => true,
    })
}

/// GET …/berkas/{berkas}: what shows nobody's identity.
pub(crate) fn serve(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (one, file, kepekaan) = find(ctx, tx)?;
    if kepekaan != Kepekaan::Umum {
        return Err(Problem::NotFound);
    }
    attachments::of_thing(ctx, tx, &objek(one.id), file.lampiran, false)
}

/// POST …/berkas/{berkas}: a GET only reads, so it could not write down who looked. What leaves is a marked copy, never the file itself.
pub(crate) fn open(ctx: &Ctx, _: &Input) -> Outcome {
    let mine = ctx.clone();
    // What cannot be marked is not shown, and not written down as shown.
    let (one, file, _) = ctx.read(|tx| find(ctx, tx))?;
    let pages = attachments::pages_of(ctx, &objek(one.id), file.lampiran)?;
    let bytes = marked(ctx, &one, &pages.pdf)?;
    let (one, file) = ctx.write(Keys::none(), move |tx| {
        let (one, file, kepekaan) = find(&mine, tx)?;
        let entry = Entry::new("perizinan.open-berkas", TABLE, one.id).with("nomor", one.sebutan());
        tx.audit(&entry.with("berkas", &file.syarat).with("kepekaan", kepekaan.as_str()))?;
        Ok::<_, Problem>((one, file))
    })?;
    Ok(Response::of(Body::Pdf { bytes, name: format!("{}-{}.pdf", one.sebutan(), file.syarat) }))
}

/// The pages with the mark burnt in: for which application, and who opened it when.
fn marked(ctx: &Ctx, one: &Permohonan, pdf: &[u8]) -> Result<Vec<u8>, Problem> {
    let cannot = |e: DrawError| Problem::refused(Unmarked(e.to_string()));
    let documents = ctx.instance().ports.documents.as_ref().ok_or_else(|| cannot(DrawError::absent()))?;
    let pages = documents.pages(pdf).map_err(cannot)?;
    let time = frame::time(ctx.instance().zona, ctx.now()).0;
    let catatan = format!("hanya untuk permohonan {}, dibuka {} {time}", one.resi, ctx.scope()?.actor.nama());
    let block = |(at, (lebar, tinggi)): (usize, (f64, f64))| {
        let data = json!({
            "judul": "Salinan bertanda air",
            "cap": "air",
            "lebar": lebar,
            "tinggi": tinggi,
            "teks": format!("hanya untuk permohonan {}", one.resi),
            "catatan": catatan,
        });
        Block { page: at + 1, x: 0.0, y: 0.0, drawing: Drawing::new(STAMP, data, ctx.today()).file("cap.typ", TEMPLATE.to_vec()) }
    };
    let blocks: Vec<Block> = pages.into_iter().enumerate().map(block).collect();
    Ok(documents.stamp(pdf, &blocks).map_err(cannot)?.pdf)
}

/// The mark of a copy.
const TEMPLATE: &[u8] = include_bytes!("../../cetak/tanda-air.typ");

/// The copy cannot be marked, so it is not shown.
#[derive(Debug, thiserror::Error)]
#[error("Berkas ini belum dapat ditampilkan, karena tanda air tidak dapat dibubuhkan. {0}")]
struct Unmarked(String);

impl Refuse for Unmarked {
    fn code(&self) -> &'static str {
        "perizinan.berkas.unmarked"
    }

    fn next_step(&self) -> String {
        "Kembalikan berkas ini kepada pemohon agar dicetak menjadi PDF baru atau difoto, atau beri tahu pengelola bila semua berkas demikian."
            .into()
    }
}
