//! The files of an application at the desks: what shows who somebody is, or how healthy, opens only by an act that is written down.

use praja_desk::attachments;
use praja_kernel::Id;
use praja_module::{Ctx, Input, Outcome, Problem};
use praja_store::{Keys, Tx, audit::Entry};

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
    if !opens(ctx, &one, kepekaan)? {
        return Err(Problem::NotFound);
    }
    Ok((one, file, kepekaan))
}

/// May whoever asks open files of this kind? Health data are for the technical OPD, or for whoever has the file where there is none.
pub(crate) fn opens(ctx: &Ctx, one: &Permohonan, kepekaan: Kepekaan) -> Result<bool, Problem> {
    let scope = ctx.scope()?;
    Ok(match (kepekaan, one.opd_teknis) {
        (Kepekaan::Kesehatan, Some(opd)) => scope.covers_opd(opd),
        (Kepekaan::Kesehatan, None) => one.petugas == Some(super::me(ctx)?),
        (Kepekaan::Umum | Kepekaan::Identitas, _) => true,
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

/// POST …/berkas/{berkas}: a GET only reads, so it could not write down who looked.
pub(crate) fn open(ctx: &Ctx, _: &Input) -> Outcome {
    let mine = ctx.clone();
    ctx.write(Keys::none(), move |tx| {
        let (one, file, kepekaan) = find(&mine, tx)?;
        let entry = Entry::new("perizinan.open-berkas", TABLE, one.id).with("nomor", one.sebutan());
        tx.audit(&entry.with("berkas", &file.syarat).with("kepekaan", kepekaan.as_str()))?;
        attachments::of_thing(&mine, tx, &objek(one.id), file.lampiran, false)
    })
}
