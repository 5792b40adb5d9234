//! What the head does with a licence: each act with its reason, its rule and the minutes of the hearing, told to the holder and on /v/.

use praja_desk::{
    attachments::{self, Rule},
    verify,
};
use praja_kernel::{FieldProblem, Refuse};
use praja_module::{Ctx, Input, MessageKind, Outcome, Problem, Response};
use praja_store::{Key, Keys, audit::Entry};

use super::{href, satu, seen};
use crate::{
    izin::{
        TABLE,
        daur::{self, Tindakan},
        store,
    },
    peristiwa,
    permohonan::{Refusal, kabar, store as applications},
};

/// The minutes of a hearing: one paper.
pub(super) const RISALAH: Rule = Rule { max_files: 1, ..Rule::DOCUMENTS };
/// Shortest reason and rule, in letters.
const ALASAN: usize = 20;
const DASAR: usize = 5;

fn again(ctx: &Ctx, tindakan: Tindakan, input: &Input, refusal: &dyn Refuse) -> Outcome {
    ctx.read(|tx| satu::draw(ctx, tx, Some((tindakan, input, refusal)))).map(Response::form_again)
}

const fn audited(tindakan: Tindakan) -> &'static str {
    match tindakan {
        Tindakan::Peringatan => "perizinan.warn-izin",
        Tindakan::Bekukan => "perizinan.freeze-izin",
        Tindakan::Cairkan => "perizinan.thaw-izin",
        Tindakan::Cabut => "perizinan.revoke-izin",
    }
}

/// The field of the minutes of each act: a form names its fields for itself.
const fn file_field(tindakan: Tindakan) -> &'static str {
    match tindakan {
        Tindakan::Peringatan => "risalah_peringatan",
        Tindakan::Bekukan => "risalah_bekukan",
        Tindakan::Cairkan => "risalah_cairkan",
        Tindakan::Cabut => "risalah_cabut",
    }
}

/// POST /perizinan/izin/terbit/{id}/{tindakan}
pub(super) fn act(ctx: &Ctx, input: &Input) -> Outcome {
    let word: String = ctx.param("tindakan")?;
    let tindakan = Tindakan::parse(&word).map_err(|_| Problem::NotFound)?;
    let one = ctx.read(|tx| seen(ctx, tx))?;
    let (alasan_field, dasar_field, file) = (format!("alasan_{word}"), format!("dasar_{word}"), file_field(tindakan));
    let (alasan, dasar) = (input.text(&alasan_field).trim().to_owned(), input.text(&dasar_field).trim().to_owned());
    let mut problems = Vec::new();
    if !(ALASAN..=1000).contains(&alasan.chars().count()) {
        problems.push(FieldProblem::new(alasan_field, format!("Tulis alasannya, {ALASAN} sampai 1.000 huruf.")));
    }
    if !(DASAR..=300).contains(&dasar.chars().count()) {
        problems
            .push(FieldProblem::new(dasar_field, "Tulis aturan yang menjadi dasar, dengan pasalnya; paling panjang 300 huruf."));
    }
    let uploads = match attachments::received(ctx, input, file, &RISALAH) {
        Ok(uploads) => uploads,
        Err(Problem::Refused(refusal)) => {
            problems.extend(refusal.fields());
            Vec::new()
        }
        Err(other) => return Err(other),
    };
    if uploads.is_empty() && tindakan != Tindakan::Cairkan && problems.iter().all(|problem| problem.field != file) {
        problems.push(FieldProblem::new(file, "Lampirkan risalah pemeriksaan sebagai PDF."));
    }
    if !problems.is_empty() {
        return again(ctx, tindakan, input, &Refusal::Fields(problems));
    }
    let (mine, today, typed) = (ctx.clone(), ctx.today(), input.text("versi").to_owned());
    let done = ctx.submit(input, Keys::of([Key::new(TABLE, one.id)]), move |tx| {
        let mut one = seen(&mine, tx)?;
        let (keadaan, peringatan) =
            daur::act(tindakan, one.keadaan, one.berlaku_sampai, one.peringatan, today).map_err(Problem::refused)?;
        // The form was drawn for another state: a second window acted in between.
        if one.versi.to_string() != typed {
            return Err(Problem::Conflict);
        }
        (one.keadaan, one.peringatan) = (keadaan, peringatan);
        if !store::update(tx, &one)? {
            return Err(Problem::Conflict);
        }
        let row = store::add_event(tx, one.id, tindakan.as_str(), &alasan, &dasar)?;
        attachments::attach_all(tx, &satu::event(row), &[], &uploads, false)?;
        if let Some(token) = &one.token {
            let public = format!("{alasan} Dasar: {dasar}");
            match tindakan {
                Tindakan::Peringatan => {}
                Tindakan::Bekukan => verify::freeze(tx, token, &public)?,
                Tindakan::Cairkan => verify::thaw(tx, token)?,
                Tindakan::Cabut => verify::revoke(tx, token, &public, None)?,
            }
        }
        let words = match tindakan {
            Tindakan::Peringatan => format!("mendapat peringatan ke-{peringatan}"),
            Tindakan::Bekukan => "dibekukan".into(),
            Tindakan::Cairkan => "berlaku kembali".into(),
            Tindakan::Cabut => "dicabut".into(),
        };
        let filed = one.permohonan.map(|id| applications::get(tx, id)).transpose()?.flatten();
        peristiwa::acted(tx, &one, filed.as_ref(), tindakan, today, &satu::event(row))?;
        if let Some(filed) = filed {
            kabar::tell(tx, &filed, MessageKind::Kabar, format!("{} {} {words}", one.jenis_nama, one.nomor))?;
        }
        let entry = Entry::new(audited(tindakan), TABLE, one.id).with("nomor", &one.nomor).with("dasar", &dasar);
        tx.audit(&entry.because(&alasan))?;
        Ok::<_, Problem>(href(one.id, ""))
    });
    match done {
        Ok(response) => Ok(response.with_notice("Tindakan dicatat dan tampil pada halaman permohonan pemegangnya.")),
        Err(Problem::Refused(refusal)) => again(ctx, tindakan, input, &*refusal),
        Err(other) => Err(other),
    }
}
