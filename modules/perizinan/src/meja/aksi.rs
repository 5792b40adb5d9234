//! What is done at the desks. Read, decide, write: who acts must have the application, in its order.

use praja_identity::opd;
use praja_kernel::{FieldProblem, Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;

use super::{href, keys, me, satu, seen, works_at};
use crate::{
    alur::{Langkah, Status},
    jenis::Jenis,
    permohonan::{
        AlasanLompat, AlasanTolak, Permohonan, Refusal, giliran, store,
        write::{self, Catatan, Kerja},
    },
    rekomendasi, sla,
    survei::{self, rencana},
};

/// Longest note, in letters.
const TEKS: usize = 2000;

/// What was typed into a note.
pub(crate) fn note(input: &Input, field: &str) -> String {
    input.text(field).chars().take(TEKS).collect()
}

/// Shows the application again with what is wrong.
pub(crate) fn again(ctx: &Ctx, input: &Input, refusal: &dyn Refuse) -> Outcome {
    ctx.read(|tx| satu::draw(ctx, tx, Some((input, refusal)))).map(Response::form_again)
}

fn wrong(ctx: &Ctx, input: &Input, field: &'static str, message: &str) -> Outcome {
    again(ctx, input, &Refusal::Fields(vec![FieldProblem::new(field, message)]))
}

/// Takes a step on the application of this address: `extra` does what belongs to it in the same transaction.
fn take(
    ctx: &Ctx,
    input: &Input,
    langkah: Langkah,
    catatan: Catatan,
    notice: &str,
    extra: impl Fn(&mut Tx<'_>, &Kerja, &mut Permohonan, &Jenis) -> Result<(), Problem> + Send + 'static,
) -> Outcome {
    let (one, _) = ctx.read(|tx| seen(ctx, tx))?;
    if !works_at(ctx, one.meja) {
        return Err(Problem::refused(crate::alur::NotNow { langkah, status: one.status }));
    }
    let lompat = AlasanLompat::parse(input.text("lompat")).ok();
    let (mine, orang) = (ctx.clone(), me(ctx)?);
    let done = ctx.submit(input, keys(&one), move |tx| {
        let (mut one, jenis) = seen(&mine, tx)?;
        if !works_at(&mine, one.meja) {
            return Err(Problem::refused(crate::alur::NotNow { langkah, status: one.status }));
        }
        let jumped = match langkah {
            // Neither brings it forward: a dispute begins and ends when it does, whoever else waits.
            Langkah::Tangguhkan | Langkah::Lanjutkan => giliran::may_work_on(tx, &one, orang).map(|()| None)?,
            _ => giliran::may_take(tx, &one, orang, lompat)?,
        };
        let kerja = Kerja::of(&mine, tx)?;
        extra(tx, &kerja, &mut one, &jenis)?;
        let one = write::act(tx, &kerja, one, langkah, &catatan.clone().lompat(jumped))?;
        Ok(href(&one, ""))
    });
    match done {
        Ok(response) => Ok(response.with_notice(notice)),
        Err(Problem::Refused(refusal)) => again(ctx, input, &*refusal),
        Err(other) => Err(other),
    }
}

fn plain(_: &mut Tx<'_>, _: &Kerja, _: &mut Permohonan, _: &Jenis) -> Result<(), Problem> {
    Ok(())
}

/// POST …/lengkap
pub(crate) fn complete(ctx: &Ctx, input: &Input) -> Outcome {
    take(
        ctx,
        input,
        Langkah::NyatakanLengkap,
        Catatan::default(),
        "Permohonan dinyatakan lengkap; waktu pelayanan mulai dihitung.",
        plain,
    )
}

/// POST …/periksa
pub(crate) fn examine(ctx: &Ctx, input: &Input) -> Outcome {
    take(ctx, input, Langkah::MulaiPeriksa, Catatan::default(), "Pemeriksaan dimulai.", plain)
}

/// POST …/minta-rekomendasi
pub(crate) fn ask(ctx: &Ctx, input: &Input) -> Outcome {
    let teks = note(input, "catatan");
    take(ctx, input, Langkah::MintaRekomendasi, Catatan::dalam(teks), "Rekomendasi diminta.", |tx, kerja, one, jenis| {
        let opd = one.opd_teknis.ok_or_else(|| {
            Problem::refused(Refusal::Fields(vec![FieldProblem::new(
                "catatan",
                format!(
                    "OPD teknis \"{}\" belum ada di daerah ini. Pengelola layanan memperbaikinya pada jenis layanan.",
                    jenis.alur.opd_teknis
                ),
            )]))
        })?;
        let jam = one.jam();
        let share = sla::share(&kerja.calendar, &jam, kerja.today, jenis.sla.rekomendasi_persen).map_err(write::beyond)?;
        rekomendasi::store::insert(tx, one.id, opd, kerja.today, share.hari, share.tenggat.date)?;
        Ok(())
    })
}

/// POST …/rekomendasi
pub(crate) fn recommend(ctx: &Ctx, input: &Input) -> Outcome {
    let Ok(hasil) = rekomendasi::Hasil::parse(input.text("hasil")) else {
        return wrong(ctx, input, "hasil", "Pilih hasil rekomendasi.");
    };
    let teks = note(input, "catatan");
    if hasil != rekomendasi::Hasil::Setuju && teks.chars().count() < 10 {
        return wrong(ctx, input, "catatan", "Tulis alasan atau syaratnya, paling sedikit 10 huruf.");
    }
    let catatan = Catatan::umum(teks.clone()).kode(hasil.as_str());
    take(ctx, input, Langkah::BeriRekomendasi, catatan, "Rekomendasi disimpan.", move |tx, kerja, one, _| {
        let open = rekomendasi::store::open(tx, one.id)?.ok_or(Problem::NotFound)?;
        let used = kerja.calendar.working_days_between(open.hari_diminta, kerja.today).map_err(write::beyond)?;
        if !rekomendasi::store::answer(tx, &open, hasil, &teks, used)? {
            return Err(Problem::Conflict);
        }
        Ok(())
    })
}

/// POST …/survei: day, hour and at least two officers.
pub(crate) fn schedule(ctx: &Ctx, input: &Input) -> Outcome {
    let mut problems = Vec::new();
    let plan = rencana::read(ctx, input, &rencana::PERTAMA, &mut problems);
    if plan.petugas.len() < 2 {
        problems.push(rencana::alone(&rencana::PERTAMA));
    }
    let Some(day) = plan.tanggal.filter(|_| problems.is_empty()) else {
        return again(ctx, input, &Refusal::Fields(problems));
    };
    let catatan = Catatan::umum(format!("Pemeriksaan lapangan {} pukul {}.", praja_kernel::tanggal_panjang(day), plan.jam));
    take(ctx, input, Langkah::JadwalkanSurvei, catatan, "Pemeriksaan lapangan dijadwalkan.", move |tx, kerja, one, _| {
        let team = rencana::team(tx, kerja, one, &plan.petugas, &rencana::PERTAMA)?;
        survei::store::insert(tx, one.id, day, &plan.jam, &team)?;
        Ok(())
    })
}

/// POST …/setujui
pub(crate) fn approve(ctx: &Ctx, input: &Input) -> Outcome {
    take(ctx, input, Langkah::Setujui, Catatan::dalam(note(input, "catatan")), "Permohonan disimpulkan dapat disetujui.", plain)
}

/// POST …/tolak: a code, its rule, and words the applicant reads.
pub(crate) fn refuse(ctx: &Ctx, input: &Input) -> Outcome {
    let mut problems = Vec::new();
    let kode = AlasanTolak::parse(input.text("kode_tolak"))
        .map_err(|_| problems.push(FieldProblem::new("kode_tolak", "Pilih alasan penolakan.")))
        .ok();
    let (dasar, teks) = (note(input, "dasar_tolak"), note(input, "uraian_tolak"));
    if dasar.chars().count() < 5 {
        problems.push(FieldProblem::new("dasar_tolak", "Tulis aturan yang menjadi dasar penolakan, dengan pasalnya."));
    }
    if teks.chars().count() < 20 {
        problems.push(FieldProblem::new("uraian_tolak", "Jelaskan kepada pemohon, paling sedikit 20 huruf."));
    }
    let Some(kode) = kode.filter(|_| problems.is_empty()) else { return again(ctx, input, &Refusal::Fields(problems)) };
    let catatan = Catatan::umum(format!("{} Dasar: {dasar}", teks)).kode(kode.as_str());
    take(
        ctx,
        input,
        Langkah::Tolak,
        catatan,
        "Permohonan ditolak; pemohon diberi tahu beserta hak keberatannya.",
        move |_, _, one, _| {
            (one.kode_tolak, one.dasar_tolak) = (Some(kode.as_str().to_owned()), Some(dasar.clone()));
            Ok(())
        },
    )
}

/// POST …/tangguhkan
pub(crate) fn suspend(ctx: &Ctx, input: &Input) -> Outcome {
    let teks = note(input, "alasan_tangguh");
    if teks.chars().count() < 10 {
        return wrong(ctx, input, "alasan_tangguh", "Tulis sengketa atau kuota yang menjadi sebab, paling sedikit 10 huruf.");
    }
    take(ctx, input, Langkah::Tangguhkan, Catatan::umum(teks), "Permohonan ditangguhkan; waktu berhenti dihitung.", plain)
}

/// POST …/lanjutkan
pub(crate) fn resume(ctx: &Ctx, input: &Input) -> Outcome {
    take(ctx, input, Langkah::Lanjutkan, Catatan::default(), "Permohonan dilanjutkan; waktu berjalan lagi.", plain)
}

/// POST …/kirim-paraf: what was paid is drafted first.
pub(crate) fn send_to_initial(ctx: &Ctx, input: &Input) -> Outcome {
    let (one, _) = ctx.read(|tx| seen(ctx, tx))?;
    if one.status == Status::Lunas {
        return take(ctx, input, Langkah::SusunDokumen, Catatan::default(), "Dokumen dapat disusun.", plain);
    }
    take(ctx, input, Langkah::KirimParaf, Catatan::default(), "Dokumen dikirim untuk diparaf.", |_, _, one, jenis| {
        one.sisa_paraf.clone_from(&jenis.alur.paraf);
        Ok(())
    })
}

/// POST …/paraf
pub(crate) fn initial(ctx: &Ctx, input: &Input) -> Outcome {
    take(ctx, input, Langkah::Paraf, Catatan::dalam(note(input, "catatan")), "Dokumen diparaf.", plain)
}

/// POST …/kembalikan-draf
pub(crate) fn return_draft(ctx: &Ctx, input: &Input) -> Outcome {
    let teks = note(input, "alasan_draf");
    if teks.chars().count() < 5 {
        return wrong(ctx, input, "alasan_draf", "Tulis apa yang perlu diperbaiki pada dokumen.");
    }
    take(ctx, input, Langkah::KembalikanDraf, Catatan::dalam(teks), "Dokumen dikembalikan kepada pemeriksa.", plain)
}

/// POST …/serahkan: at its end nobody has it any more; whoever serves the counter hands it over.
pub(crate) fn hand_over(ctx: &Ctx, input: &Input) -> Outcome {
    let penerima = note(input, "penerima");
    if penerima.chars().count() < 3 {
        return wrong(ctx, input, "penerima", "Tulis nama yang menerima dokumen.");
    }
    let (one, _) = ctx.read(|tx| seen(ctx, tx))?;
    let mine = ctx.clone();
    let done = ctx.submit(input, keys(&one), move |tx| {
        let (one, _) = seen(&mine, tx)?;
        let kerja = Kerja::of(&mine, tx)?;
        let catatan = Catatan::umum(format!("Diterima {penerima}."));
        let one = write::act(tx, &kerja, one, Langkah::Serahkan, &catatan)?;
        Ok::<_, Problem>(href(&one, ""))
    });
    match done {
        Ok(response) => Ok(response.with_notice("Penyerahan dicatat.")),
        Err(Problem::Refused(refusal)) => again(ctx, input, &*refusal),
        Err(other) => Err(other),
    }
}

/// POST …/benturan: whoever has it says that it is about the own family, or an own interest; it goes to somebody else.
pub(crate) fn declare(ctx: &Ctx, input: &Input) -> Outcome {
    let alasan = note(input, "alasan_benturan");
    if alasan.chars().count() < 5 {
        return wrong(ctx, input, "alasan_benturan", "Tulis hubungan atau kepentingannya.");
    }
    let (one, _) = ctx.read(|tx| seen(ctx, tx))?;
    let (mine, orang) = (ctx.clone(), me(ctx)?);
    let response = ctx.submit(input, keys(&one), move |tx| {
        let (one, _) = seen(&mine, tx)?;
        store::add_conflict(tx, one.id, orang, &alasan)?;
        let entry =
            praja_store::audit::Entry::new("perizinan.declare-benturan", crate::TABLE, one.id).with("nomor", one.sebutan());
        tx.audit(&entry.because(&alasan))?;
        if one.petugas == Some(orang) {
            let kerja = Kerja::of(&mine, tx)?;
            giliran::pass_on(tx, &kerja, one)?;
        }
        Ok::<_, Problem>(super::LIST.to_owned())
    })?;
    Ok(response.with_notice("Benturan kepentingan dicatat; permohonan dialihkan."))
}

/// Name of the technical OPD.
pub(crate) fn office(tx: &mut Tx<'_>, opd: Option<Id>) -> praja_store::Result<String> {
    Ok(match opd {
        Some(opd) => opd::name(tx, opd)?.unwrap_or_default(),
        None => String::new(),
    })
}
