//! Another day for a survey that was set: the back office moves it with a reason that the applicant reads.

use praja_kernel::{FieldProblem, parse_tanggal, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem};
use praja_store::audit::Entry;

use super::{present, store};
use crate::{
    TABLE,
    alur::{Langkah, Meja, Status},
    meja::{
        aksi::{again as back, is_hour, note},
        href, keys, seen,
    },
    pengawasan,
    permohonan::{Refusal, store as berkas},
};

/// POST /perizinan/izin/{id}/jadwal-ulang
pub(super) fn again(ctx: &Ctx, input: &Input) -> Outcome {
    let (one, _) = ctx.read(|tx| seen(ctx, tx))?;
    if one.status != Status::SurveiDijadwalkan || !ctx.scope()?.covers_opd(one.opd) {
        return Err(Problem::refused(crate::alur::NotNow { langkah: Langkah::JadwalkanSurvei, status: one.status }));
    }
    let mut problems = Vec::new();
    let day = parse_tanggal(input.text("tanggal_baru"))
        .map_err(|e| problems.push(FieldProblem::new("tanggal_baru", e.to_string())))
        .ok();
    if day.is_some_and(|day| day < ctx.today()) {
        problems.push(FieldProblem::new("tanggal_baru", "Tanggal itu sudah lewat. Pilih hari ini atau sesudahnya."));
    }
    let jam = input.text("jam_baru").to_owned();
    if !is_hour(&jam) {
        problems.push(FieldProblem::new("jam_baru", "Tulis jam seperti 09.30."));
    }
    let alasan = note(input, "alasan_jadwal");
    if alasan.chars().count() < 10 {
        problems.push(FieldProblem::new("alasan_jadwal", "Tulis alasannya kepada pemohon, paling sedikit 10 huruf."));
    }
    let Some(day) = day.filter(|_| problems.is_empty()) else { return back(ctx, input, &Refusal::Fields(problems)) };
    let mine = ctx.clone();
    let response = ctx.submit(input, keys(&one), move |tx| {
        let (one, _) = seen(&mine, tx)?;
        let (survei, _) = present(tx, one.id)?.ok_or(Problem::NotFound)?;
        if one.status != Status::SurveiDijadwalkan || !store::move_to(tx, &survei, day, &jam)? {
            return Err(Problem::Conflict);
        }
        let by = tx.by()?.actor.clone();
        let words = format!("Pemeriksaan lapangan dipindah ke {} pukul {jam}. {alasan}", tanggal_panjang(day));
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
        tx.audit(&Entry::new("perizinan.reschedule-survei", TABLE, one.id).with("nomor", one.sebutan()).because(&alasan))?;
        Ok::<_, Problem>(href(&one, ""))
    })?;
    Ok(response.with_notice("Jadwal baru disimpan; pemohon membacanya pada halaman lacak."))
}
