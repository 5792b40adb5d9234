use praja_kernel::{Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Field, Form, Tone, decision, frame};

use super::{
    PAGE,
    show::{Bagian, facts, header, load},
};
use crate::{
    disposisi::{
        Act, Refusal,
        pokok::Pokok,
        step, store,
        write::{Kata, act},
    },
    kerja::Kerja,
    surat_masuk,
};

/// Longest reason, in letters.
const ALASAN: usize = 500;

fn asked(ctx: &Ctx) -> Result<(Id, Act), Problem> {
    let word: String = ctx.param("tindakan")?;
    let act = Act::parse(&word).map_err(|_| Problem::NotFound)?;
    // These have pages of their own.
    if matches!(act, Act::Forward | Act::Report | Act::Confirm | Act::Cancel) {
        return Err(Problem::NotFound);
    }
    Ok((ctx.param("id")?, act))
}

/// GET /eoffice/disposisi/{id}/tindakan/{tindakan}: what will happen, and why.
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (id, act) = asked(ctx)?;
    let bagian = load(ctx, tx, id)?;
    if bagian.side != Some(act.side()) {
        return Err(Problem::refused(Refusal::NotYours(act.side())));
    }
    step(bagian.tujuan.status, act, bagian.tujuan.wajib_laporan).map_err(Problem::refused)?;
    let form = fields(act, frame::form(ctx, action(id, act)), id);
    Ok(frame::respond(ctx, &header(&bagian), page(&bagian, act, &form)))
}

fn action(id: Id, act: Act) -> String {
    format!("{PAGE}/{id}/tindakan/{}", act.as_str())
}

fn page(bagian: &Bagian, act: Act, form: &Form) -> praja_web::Markup {
    let (tone, heading, lines) = words(act);
    decision(tone, heading, lines, &facts(bagian), form)
}

fn words(act: Act) -> (Tone, &'static str, &'static [&'static str]) {
    match act {
        Act::Refuse => (
            Tone::Warn,
            "Bila Anda menolak",
            &["Pemberi disposisi menerima alasan Anda dan menentukan penerima lain.", "Anda tidak lagi diminta melaporkan."],
        ),
        Act::Return => (
            Tone::Warn,
            "Bila laporan dikembalikan",
            &["Penerima membaca alasan Anda, memperbaiki, lalu melaporkan kembali.", "Batas waktunya tetap."],
        ),
        Act::Waive => (
            Tone::Info,
            "Bila penerima dibebaskan",
            &["Laporan tidak lagi diminta dari penerima ini.", "Alasan Anda tersimpan dalam riwayat."],
        ),
        _ => (Tone::Info, "Yang akan terjadi", &["Tindakan ini tersimpan dalam riwayat surat."]),
    }
}

fn fields(act: Act, form: Form, id: Id) -> Form {
    let back = format!("{PAGE}/{id}");
    let reason = Field::textarea("alasan", "Alasan").rows(3).required();
    match act {
        Act::Refuse => form
            .field(reason.hint("Misalnya: bukan tugas dan fungsi bidang ini; sebaiknya ditangani bidang lain."))
            .submit_danger("Tolak disposisi")
            .cancel("Kembali ke disposisi", back),
        Act::Return => form
            .field(reason.hint("Apa yang perlu dilengkapi atau diperbaiki."))
            .submit("Kembalikan laporan")
            .cancel("Kembali ke disposisi", back),
        Act::Waive => form.field(reason).submit("Bebaskan dari laporan").cancel("Kembali ke disposisi", back),
        _ => form.submit("Lanjutkan").cancel("Kembali ke disposisi", back),
    }
}

/// POST /eoffice/disposisi/{id}/tindakan/{tindakan}
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let (id, act_) = asked(ctx)?;
    let alasan = input.text("alasan").to_owned();
    let length = alasan.chars().count();
    let wrong = if act_.asks_why() && alasan.is_empty() {
        Some(Refusal::NoReason("Alasan belum ditulis."))
    } else if length > ALASAN {
        Some(Refusal::Long { field: "alasan", length, longest: ALASAN })
    } else {
        None
    };
    if let Some(refusal) = wrong {
        return again(ctx, input, id, act_, &refusal);
    }
    let bagian = ctx.read(|tx| load(ctx, tx, id))?;
    let jabatan = acting(ctx)?;
    let (kerja, scope) = (Kerja::of(ctx), ctx.scope()?.clone());
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        let tujuan = store::find_tujuan(tx, id)?.ok_or(Problem::NotFound)?;
        let order = store::find(tx, tujuan.disposisi)?.ok_or(Problem::NotFound)?;
        let pokok = Pokok::find_opened(tx, &scope, order.pokok, tujuan.surat)?.ok_or(Problem::NotFound)?;
        act(tx, &kerja, pokok, tujuan, act_, jabatan, &Kata { alasan: alasan.clone(), ..Kata::default() })?;
        Ok(format!("{PAGE}/{id}"))
    });
    match saved {
        Ok(response) => Ok(response.with_notice(told(act_, &bagian))),
        Err(Problem::Refused(refusal)) if act_.asks_why() => again(ctx, input, id, act_, &*refusal),
        Err(problem) => Err(problem),
    }
}

pub(super) fn acting(ctx: &Ctx) -> Result<Id, Problem> {
    let acting = ctx.scope()?.acting.as_ref();
    acting.map(|acting| acting.jabatan).ok_or_else(|| Problem::refused(surat_masuk::Refusal::NoOpd))
}

fn told(act: Act, bagian: &Bagian) -> &'static str {
    match act {
        Act::Read if !bagian.tujuan.wajib_laporan => "Disposisi sudah dibaca. Tidak ada lagi yang perlu Anda lakukan.",
        Act::Read => "Disposisi ditandai sudah dibaca.",
        Act::Accept => "Disposisi sudah Anda terima.",
        Act::Process => "Disposisi ditandai sedang dikerjakan.",
        Act::Refuse => "Disposisi ditolak. Pemberinya sudah diberi tahu.",
        Act::Approve => "Laporan disetujui.",
        Act::Return => "Laporan dikembalikan. Penerimanya sudah diberi tahu.",
        Act::Waive => "Penerima dibebaskan dari laporan.",
        Act::Withdraw => "Disposisi ditarik.",
        _ => "Perubahan sudah disimpan.",
    }
}

fn again(ctx: &Ctx, input: &Input, id: Id, act: Act, refusal: &dyn Refuse) -> Outcome {
    ctx.read(|tx| {
        let bagian = load(ctx, tx, id)?;
        let form = frame::form_again(ctx, action(id, act), input)
            .refusal(refusal.message(), refusal.next_step())
            .problems(&refusal.fields());
        let content = page(&bagian, act, &fields(act, form, id));
        Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(&bagian), content)))
    })
}
