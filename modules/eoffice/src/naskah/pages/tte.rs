//! Signing electronically: one naskah, or many with one passphrase. Number and date are reserved first and stay; the file is drawn and
//! signed outside any transaction; only then one transaction makes it the naskah.

mod jalan;
pub(crate) mod massal;

use praja_desk::tte::{self, Bukti, Pengaturan};
use praja_kernel::{Refuse, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{Field, Form, Markup, Notice, Render as _, Tone, decision, frame};

use super::{LIST, below, kind, load, meja, number, pdf, short_facts};
use crate::naskah::{Naskah, Refusal, Status, alur::Langkah, tte as rules};
use jalan::{Diminta, run};

/// The field of the passphrase; no page ever shows its value.
const PHRASE: &str = "rahasia";
/// The field that says whether that is a passphrase or a code.
const PROOF: &str = "bukti";
/// What the button sends that has a code sent.
const CODE: &str = "minta-kode";

/// Can this naskah be signed electronically by whoever asks, now?
pub(super) fn offered(ctx: &Ctx, with: &Pengaturan, naskah: &Naskah) -> bool {
    let waits = matches!(naskah.status, Status::SiapTte | Status::Menandatangani);
    waits && tte::is_electronic(ctx.instance(), with) && pdf::offered(ctx, &naskah.jenis, naskah.letak.is_some())
}

fn address(naskah: &Naskah) -> String {
    format!("{LIST}/{}/tte", naskah.id)
}

fn checked(ctx: &Ctx, with: &Pengaturan, naskah: &Naskah) -> Result<(), Problem> {
    if naskah.isi.penandatangan != meja(ctx)?.acting.jabatan {
        return Err(Problem::refused(Refusal::NotYours));
    }
    if !matches!(naskah.status, Status::SiapTte | Status::Menandatangani) {
        return Err(Problem::refused(Refusal::NotNow { langkah: Langkah::Tandatangani, status: naskah.status }));
    }
    if !tte::is_electronic(ctx.instance(), with) {
        return Err(Problem::refused(tte::Refusal::OnPaper));
    }
    if !pdf::offered(ctx, &naskah.jenis, naskah.letak.is_some()) {
        return Err(Problem::refused(Refusal::Pdf("Jenis naskah ini ditandatangani di kertas.".into())));
    }
    Ok(())
}

/// GET /eoffice/naskah/{id}/tte
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let naskah = load(ctx, tx)?;
    let with = tte::get(tx)?;
    checked(ctx, &with, &naskah)?;
    let (kind, _) = kind(tx, &naskah.jenis)?;
    let form = fields(ctx, frame::form(ctx, address(&naskah)), &naskah, &with, false, Bukti::Frasa);
    Ok(frame::respond(ctx, &below(&naskah, &kind, "Tanda tangani naskah"), page(&naskah, &kind, &with, &form)))
}

fn page(naskah: &Naskah, kind: &praja_desk::registers::naskah::JenisNaskah, with: &Pengaturan, form: &Form) -> Markup {
    let mut facts = short_facts(naskah, kind).add("Cara", with.cara.label());
    let mut lines = Vec::new();
    if let Some(nomor) = &naskah.nomor {
        facts = facts.add("Nomor", &nomor.teks).add("Tanggal", tanggal_panjang(nomor.tanggal));
        lines.push("Nomor dan tanggal yang sudah dipesan dipakai; tidak ada nomor baru.");
    } else {
        lines.push("Nomor dan tanggal dipesan dahulu, dan tetap milik naskah ini walaupun penandatanganan gagal.");
    }
    lines.push(if with.sends_codes() {
        "PDF bernomor, bertanggal, dan berkode QR dibuat, lalu ditandatangani dengan frasa sandi atau kode Anda."
    } else {
        "PDF bernomor, bertanggal, dan berkode QR dibuat, lalu ditandatangani dengan frasa sandi Anda."
    });
    lines.push("Sesudah ditandatangani, isi dan berkasnya tidak dapat diubah.");
    decision(Tone::Info, "Yang akan terjadi", &lines, &facts, form)
}

fn fields(ctx: &Ctx, form: Form, naskah: &Naskah, with: &Pengaturan, strategic: bool, bukti: Bukti) -> Form {
    let mut form = form.hidden("versi", naskah.versi.to_string());
    if naskah.status == Status::SiapTte {
        let today = ctx.today().to_string();
        form = form.field(
            Field::date("tanggal", "Tanggal naskah")
                .required()
                .value(&today)
                .max(today)
                .hint("Tanggal yang sudah lewat memerlukan nomor cadangan hari itu."),
        );
    }
    if strategic {
        form = form.field(Field::checkbox("mandat", "Pejabat definitif sudah memberi mandat tertulis untuk naskah ini"));
    }
    phrase(form, with, bukti, "Tanda tangani naskah").cancel("Kembali ke naskah", format!("{LIST}/{}", naskah.id))
}

/// The questions of every act of signing, and its buttons.
fn phrase(form: Form, with: &Pengaturan, bukti: Bukti, submit: impl Into<String>) -> Form {
    let form = if with.asks_nik() {
        form.field(
            Field::text("nik", "NIK Anda")
                .required()
                .inputmode("numeric")
                .autocomplete("off")
                .hint("Diteruskan ke server BSrE dan tidak disimpan."),
        )
    } else {
        form
    };
    let (field, another) = match bukti {
        Bukti::Frasa => {
            let hint = "Tidak disimpan. Tiga kali tidak cocok: dijeda lima menit.";
            (Field::password(PHRASE, bukti.label(), "off").hint(hint), "Pakai kode dari surel")
        }
        Bukti::Kode => {
            let hint = "Dikirim BSrE ke surel Anda, berlaku sekali. Tiga kali tidak cocok: dijeda lima menit.";
            (Field::password(PHRASE, bukti.label(), "one-time-code").inputmode("numeric").hint(hint), "Kirim kode baru")
        }
    };
    let form = form.hidden(PROOF, bukti.as_str()).field(field.required()).submit(submit);
    if with.sends_codes() { form.submit_as(another, praja_web::ACT, CODE) } else { form }
}

/// What is said once a code is on its way.
fn sent() -> Markup {
    Notice::new(Tone::Good, "Kode dikirim ke surel Anda").text("Buka surel dari BSrE, lalu ketik kodenya di bawah ini.").render()
}

/// POST /eoffice/naskah/{id}/tte
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    if let Some(before) = jalan::answered(ctx, input)? {
        return Ok(before);
    }
    let (naskah, with) = ctx.read(|tx| Ok::<_, Problem>((load(ctx, tx)?, tte::get(tx)?)))?;
    checked(ctx, &with, &naskah)?;
    if input.text(praja_web::ACT) == CODE {
        return match jalan::send_code(ctx, input, &with, &[&naskah])
            .map_or_else(|e| rules::refusal(e).map(Some), |()| Ok(None))?
        {
            Some(refusal) => again(ctx, input, &with, &refusal),
            None => with_code(ctx, input, &with, &naskah),
        };
    }
    let asked = match asked(ctx, input, &naskah, &with) {
        Ok(asked) => asked,
        Err(refusal) => return again(ctx, input, &with, &refusal),
    };
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?;
    if versi != naskah.versi {
        return Err(Problem::Conflict);
    }
    let done = run(ctx, &with, &asked, std::slice::from_ref(&naskah.id))?;
    let to = format!("{LIST}/{}", naskah.id);
    let refused = done.iter().find_map(|(_, outcome)| outcome.as_ref().err().cloned());
    match refused {
        None => {
            let response = jalan::kept(ctx, input, done, move |_| to.clone())?;
            Ok(response.with_notice("Naskah sudah ditandatangani. Kirimkan kepada tujuannya."))
        }
        Some(refusal) => {
            jalan::noted(ctx, done)?;
            again(ctx, input, &with, &refusal)
        }
    }
}

fn asked(ctx: &Ctx, input: &Input, naskah: &Naskah, with: &Pengaturan) -> Result<Diminta, Refusal> {
    let tanggal = match &naskah.nomor {
        Some(nomor) => nomor.tanggal,
        None => number::day(ctx, input)?,
    };
    jalan::asked(input, with, tanggal, !input.text("mandat").is_empty())
}

/// The form again, for the code that was sent.
fn with_code(ctx: &Ctx, input: &Input, with: &Pengaturan, naskah: &Naskah) -> Outcome {
    let (kind, _) = ctx.read(|tx| kind(tx, &naskah.jenis))?;
    let strategic = !input.text("mandat").is_empty();
    let form = frame::form_again(ctx, address(naskah), input).extra(sent());
    let form = fields(ctx, form, naskah, with, strategic, Bukti::Kode);
    Ok(frame::respond(ctx, &below(naskah, &kind, "Tanda tangani naskah"), page(naskah, &kind, with, &form)))
}

fn again(ctx: &Ctx, input: &Input, with: &Pengaturan, refusal: &Refusal) -> Outcome {
    // How it stands may have changed: the number was reserved, or somebody else was first.
    ctx.read(|tx| {
        let naskah = load(ctx, tx)?;
        if checked(ctx, with, &naskah).is_err() {
            return Err(Problem::refused(refusal.clone()));
        }
        let (kind, _) = kind(tx, &naskah.jenis)?;
        let strategic = refusal.fields().iter().any(|one| one.field == "mandat") || !input.text("mandat").is_empty();
        let form = frame::form_again(ctx, address(&naskah), input)
            .refusal(refusal.message(), refusal.next_step())
            .problems(&refusal.fields());
        let form = fields(ctx, form, &naskah, with, strategic, jalan::proof(input));
        let content = page(&naskah, &kind, with, &form);
        Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &below(&naskah, &kind, "Tanda tangani naskah"), content)))
    })
}

/// "Menunggu TTE sejak …" with what the last attempt met, for the page of the naskah.
pub(super) fn waiting(ctx: &Ctx, tx: &mut Tx<'_>, naskah: &Naskah) -> praja_store::Result<Option<String>> {
    let last = crate::naskah::store::tte::last(tx, naskah.id)?.filter(|one| one.hasil == rules::Hasil::Gagal);
    Ok(last.map(|one| {
        let when = frame::time(ctx.instance().zona, one.pada).0;
        format!("Percobaan terakhir, {when}: {}", one.pesan.unwrap_or_default())
    }))
}
