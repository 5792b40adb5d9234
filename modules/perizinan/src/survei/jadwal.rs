//! Another day for a survey that was set: the back office moves it with a reason that the applicant reads.

use praja_kernel::{FieldProblem, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem};
use praja_store::audit::Entry;

use super::{present, rencana, store};
use crate::{
    TABLE,
    alur::{Langkah, Meja, Status},
    meja::{
        aksi::{again as back, note},
        href, keys, seen,
    },
    pengawasan,
    permohonan::{Refusal, giliran, kabar, store as berkas, write::Kerja},
};

/// POST /perizinan/izin/{id}/jadwal-ulang
pub(super) fn again(ctx: &Ctx, input: &Input) -> Outcome {
    let (one, _) = ctx.read(|tx| seen(ctx, tx))?;
    if one.status != Status::SurveiDijadwalkan || !ctx.scope()?.covers_opd(one.opd) {
        return Err(Problem::refused(crate::alur::NotNow { langkah: Langkah::JadwalkanSurvei, status: one.status }));
    }
    let mut problems = Vec::new();
    let plan = rencana::read(ctx, input, &rencana::ULANG, &mut problems);
    let alasan = note(input, "alasan_jadwal");
    if alasan.chars().count() < 10 {
        problems.push(FieldProblem::new("alasan_jadwal", "Tulis alasannya kepada pemohon, paling sedikit 10 huruf."));
    }
    // None is a team that stays as it is.
    if plan.petugas.len() == 1 {
        problems.push(rencana::alone(&rencana::ULANG));
    }
    let Some(day) = plan.tanggal.filter(|_| problems.is_empty()) else {
        return back(ctx, input, &Refusal::Fields(problems));
    };
    let mine = ctx.clone();
    let response = ctx.submit(input, keys(&one), move |tx| {
        let (mut one, _) = seen(&mine, tx)?;
        let (survei, _) = present(tx, one.id)?.ok_or(Problem::NotFound)?;
        if one.status != Status::SurveiDijadwalkan || !store::move_to(tx, &survei, day, &plan.jam)? {
            return Err(Problem::Conflict);
        }
        if !plan.petugas.is_empty() {
            let kerja = Kerja::of(&mine, tx)?;
            let team = rencana::team(tx, &kerja, &one, &plan.petugas, &rencana::ULANG)?;
            store::set_team(tx, survei.id, &team)?;
            one.petugas_nama = super::names(&store::officers(tx, survei.id)?);
            if !berkas::update(tx, &one)? {
                return Err(Problem::Conflict);
            }
            one.versi += 1;
        }
        let by = tx.by()?.actor.clone();
        let words = format!("Pemeriksaan lapangan dipindah ke {} pukul {}. {alasan}", tanggal_panjang(day), plan.jam);
        let step = berkas::Riwayat {
            langkah: Langkah::JadwalkanSurvei,
            dari: one.status,
            ke: one.status,
            meja: Meja::Pemeriksa,
            pada: tx.now()?,
            tanggal: mine.today(),
            oleh: by.key(),
            oleh_nama: by.nama().to_owned(),
            kode: "jadwal-ulang".into(),
            lompat: String::new(),
            catatan: words,
            umum: true,
        };
        berkas::add_step(tx, one.id, &step)?;
        pengawasan::rantai::step(tx, &one, &step)?;
        kabar::survey(tx, &one, true)?;
        // Everybody of the team reads the new day in the inbox.
        giliran::hand_over(tx, &one)?;
        tx.audit(&Entry::new("perizinan.reschedule-survei", TABLE, one.id).with("nomor", one.sebutan()).because(&alasan))?;
        Ok::<_, Problem>(href(&one, ""))
    });
    match response {
        Ok(response) => Ok(response.with_notice("Jadwal baru disimpan; pemohon diberi tahu.")),
        Err(Problem::Refused(refusal)) => back(ctx, input, &*refusal),
        Err(other) => Err(other),
    }
}
