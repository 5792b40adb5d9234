//! One press on a naskah: initialling, sending back, taking back, refusing, giving a number back, withdrawing.

use praja_kernel::Refuse;
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Field, Form, Tone, decision, frame};

use super::{LIST, below, kind, load, meja, short_facts};
use crate::naskah::{
    Naskah, Refusal,
    alur::{Langkah, may},
    store,
    write::{hand, sign},
};

/// Longest reason or note, in letters.
const LONGEST: usize = 500;

fn asked(ctx: &Ctx) -> Result<Langkah, Problem> {
    let word: String = ctx.param("tindakan")?;
    let langkah = Langkah::parse(&word).map_err(|_| Problem::NotFound)?;
    // These have pages of their own.
    if matches!(
        langkah,
        Langkah::Ajukan | Langkah::Nomori | Langkah::Tandatangani | Langkah::Kirim | Langkah::Berkaskan | Langkah::Keluarkan
    ) {
        return Err(Problem::NotFound);
    }
    Ok(langkah)
}

fn action(naskah: &Naskah, langkah: Langkah) -> String {
    format!("{LIST}/{}/tindakan/{}", naskah.id, langkah.as_str())
}

/// GET /eoffice/naskah/{id}/tindakan/{tindakan}: what will happen.
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (langkah, naskah) = (asked(ctx)?, load(ctx, tx)?);
    if !may(naskah.status, langkah) {
        return Err(Problem::refused(Refusal::NotNow { langkah, status: naskah.status }));
    }
    let (kind, _) = kind(tx, &naskah.jenis)?;
    let form = fields(langkah, frame::form(ctx, action(&naskah, langkah)), &naskah);
    let (tone, heading, lines) = words(langkah);
    Ok(frame::respond(
        ctx,
        &below(&naskah, &kind, heading),
        decision(tone, "Yang akan terjadi", lines, &short_facts(&naskah, &kind), &form),
    ))
}

fn words(langkah: Langkah) -> (Tone, &'static str, &'static [&'static str]) {
    match langkah {
        Langkah::Paraf => (
            Tone::Info,
            "Paraf naskah",
            &[
                "Paraf Anda tercatat untuk versi yang Anda baca ini, dan gugur bila isinya berubah.",
                "Naskah diteruskan ke paraf berikutnya atau kepada penandatangan.",
            ],
        ),
        Langkah::Kembalikan => (
            Tone::Warn,
            "Kembalikan naskah",
            &["Penyusun membaca catatan Anda, memperbaiki, lalu mengajukan kembali.", "Paraf yang sudah diberikan diminta lagi."],
        ),
        Langkah::Tarik => {
            (Tone::Warn, "Tarik naskah", &["Naskah kembali menjadi konsep pada Anda.", "Paraf yang sudah diberikan gugur."])
        }
        Langkah::Tolak => (Tone::Bad, "Tolak naskah", &["Naskah tidak dapat dilanjutkan lagi.", "Penyusun membaca alasan Anda."]),
        Langkah::Lepas => (
            Tone::Bad,
            "Lepas nomor naskah",
            &[
                "Nomor tetap tercatat dalam register sebagai batal dan tidak diberikan lagi.",
                "Naskah kembali menunggu penandatangan.",
            ],
        ),
        Langkah::Cabut => (
            Tone::Bad,
            "Cabut naskah",
            &[
                "Naskah tetap tersimpan apa adanya.",
                "Halaman verifikasi menyatakan naskah ini dicabut, beserta alasan Anda.",
                "Penerima di Praja diberi tahu.",
            ],
        ),
        _ => (Tone::Info, "Lanjutkan", &[]),
    }
}

fn fields(langkah: Langkah, form: Form, naskah: &Naskah) -> Form {
    let form = form.hidden("versi", naskah.versi_isi.to_string());
    let reason = Field::textarea("alasan", "Alasan").rows(3).required();
    let form = match langkah {
        Langkah::Paraf => form.field(Field::textarea("alasan", "Catatan").rows(2).hint("Boleh kosong.")).submit("Paraf naskah"),
        Langkah::Kembalikan => form.field(reason.hint("Apa yang perlu diperbaiki.")).submit("Kembalikan naskah"),
        Langkah::Tarik => form.submit("Tarik naskah"),
        Langkah::Tolak => form.field(reason).submit_danger("Tolak naskah"),
        Langkah::Lepas => form.field(reason).submit_danger("Lepas nomor"),
        Langkah::Cabut => form.field(reason.hint("Dibaca siapa pun yang memeriksa naskah ini.")).submit_danger("Cabut naskah"),
        _ => form,
    };
    form.cancel("Kembali ke naskah", format!("{LIST}/{}", naskah.id))
}

/// POST /eoffice/naskah/{id}/tindakan/{tindakan}
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let langkah = asked(ctx)?;
    let meja = meja(ctx)?;
    let (naskah, kind) = ctx.read(|tx| {
        let naskah = load(ctx, tx)?;
        let kind = kind(tx, &naskah.jenis)?.0;
        Ok::<_, Problem>((naskah, kind))
    })?;
    let alasan = input.text("alasan").replace("\r\n", "\n");
    let length = alasan.chars().count();
    let wrong = if langkah.asks_why() && alasan.is_empty() {
        Some(Refusal::NoReason("Alasan belum ditulis."))
    } else if length > LONGEST {
        Some(Refusal::Long { field: "alasan", length, longest: LONGEST })
    } else {
        None
    };
    if let Some(refusal) = wrong {
        return again(ctx, input, langkah, &naskah, &refusal);
    }
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?;
    let keys = match langkah {
        Langkah::Lepas => sign::keeping(&naskah, &kind).map_or_else(Keys::none, |keeping| keeping.keys()),
        _ => Keys::none(),
    };
    let (scope, id, held) = (ctx.scope()?.clone(), naskah.id, naskah.nomor.clone());
    let saved = ctx.submit(input, keys, move |tx| {
        let naskah = store::find(tx, &meja.keys, &scope, id)?.ok_or(Problem::NotFound)?;
        match langkah {
            Langkah::Paraf => hand::initial(tx, &meja, naskah, versi, &alasan)?,
            Langkah::Kembalikan => hand::send_back(tx, &meja, naskah, &alasan)?,
            Langkah::Tarik => hand::withdraw(tx, &meja, naskah)?,
            Langkah::Tolak => hand::refuse(tx, &meja, naskah, &alasan)?,
            // The register that was locked is that of the number the page showed.
            Langkah::Lepas if naskah.nomor == held => sign::release(tx, &meja, naskah, &kind, &alasan)?,
            Langkah::Cabut => sign::revoke(tx, &meja, naskah, &alasan)?,
            _ => return Err(Problem::Conflict),
        }
        Ok(format!("{LIST}/{id}"))
    });
    match saved {
        Ok(response) => Ok(response.with_notice(told(langkah))),
        Err(Problem::Refused(refusal)) => again(ctx, input, langkah, &naskah, &*refusal),
        Err(problem) => Err(problem),
    }
}

fn told(langkah: Langkah) -> &'static str {
    match langkah {
        Langkah::Paraf => "Naskah sudah Anda paraf.",
        Langkah::Kembalikan => "Naskah dikembalikan kepada penyusunnya.",
        Langkah::Tarik => "Naskah kembali menjadi konsep.",
        Langkah::Tolak => "Naskah ditolak.",
        Langkah::Lepas => "Nomor dilepas dan tercatat batal.",
        Langkah::Cabut => "Naskah dicabut.",
        _ => "Perubahan sudah disimpan.",
    }
}

fn again(ctx: &Ctx, input: &Input, langkah: Langkah, naskah: &Naskah, refusal: &dyn Refuse) -> Outcome {
    ctx.read(|tx| {
        let (kind, _) = kind(tx, &naskah.jenis)?;
        let form = frame::form_again(ctx, action(naskah, langkah), input)
            .refusal(refusal.message(), refusal.next_step())
            .problems(&refusal.fields());
        let (tone, heading, lines) = words(langkah);
        let content = decision(tone, "Yang akan terjadi", lines, &short_facts(naskah, &kind), &fields(langkah, form, naskah));
        Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &below(naskah, &kind, heading), content)))
    })
}
