//! An officer is away: the head of division hands what waits for them on. To whom, the program decides, as for every turn.

use praja_kernel::{FieldProblem, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem};
use praja_store::audit::Entry;
use praja_web::{Field, Form};

use super::{aksi, href, keys, seen};
use crate::{
    TABLE,
    alur::Meja,
    permohonan::{Permohonan, Refusal, giliran, write::Kerja},
};

/// Nobody else stands at the desk, or nobody has it.
#[derive(Debug, thiserror::Error)]
#[error("Tidak ada petugas lain yang dapat menerima permohonan ini.")]
struct NobodyElse;

impl Refuse for NobodyElse {
    fn code(&self) -> &'static str {
        "perizinan.permohonan.nobody-else"
    }

    fn next_step(&self) -> String {
        "Tambah petugas di meja itu pada pengaturan peran, atau tetapkan pelaksana harian jabatannya, lalu alihkan kembali."
            .into()
    }
}

/// Can it be handed on: does one officer have it, by turn?
pub(super) fn may(one: &Permohonan) -> bool {
    one.petugas.is_some() && !matches!(one.meja, Meja::Surveyor | Meja::Selesai | Meja::Pemohon)
}

/// The questions.
pub(super) fn fields(form: Form, one: &Permohonan) -> Form {
    form.field(
        Field::textarea("alasan_alih", "Mengapa petugasnya berhalangan")
            .rows(2)
            .required()
            .max_length(300)
            .hint(format!("Sekarang pada {}; penerimanya ditentukan sistem menurut giliran.", one.petugas_nama)),
    )
    .submit("Alihkan permohonan")
}

/// POST …/alihkan
pub(super) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let (one, _) = ctx.read(|tx| seen(ctx, tx))?;
    if !ctx.scope()?.covers_opd(one.opd) {
        return Err(Problem::NotFound);
    }
    let alasan = aksi::note(input, "alasan_alih");
    if alasan.chars().count() < 5 {
        let problem = FieldProblem::new("alasan_alih", "Tulis mengapa petugasnya berhalangan, misalnya cuti atau dinas luar.");
        return aksi::again(ctx, input, &Refusal::Fields(vec![problem]));
    }
    let mine = ctx.clone();
    let done = ctx.submit(input, keys(&one), move |tx| {
        let (one, _) = seen(&mine, tx)?;
        if !may(&one) {
            return Err(Problem::refused(NobodyElse));
        }
        let (who, before) = (one.petugas, one.petugas_nama.clone());
        let kerja = Kerja::of(&mine, tx)?;
        let one = giliran::pass_on(tx, &kerja, one)?;
        if one.petugas == who || one.petugas.is_none() {
            return Err(Problem::refused(NobodyElse));
        }
        tx.audit(
            &Entry::new("perizinan.pass-on-permohonan", TABLE, one.id)
                .with("nomor", one.sebutan())
                .with("dari", before)
                .with("kepada", &one.petugas_nama)
                .because(&alasan),
        )?;
        Ok(href(&one, ""))
    });
    match done {
        Ok(response) => Ok(response.with_notice("Permohonan dialihkan kepada petugas lain.")),
        Err(Problem::Refused(refusal)) => aksi::again(ctx, input, &*refusal),
        Err(other) => Err(other),
    }
}
