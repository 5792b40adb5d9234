//! Returning an application: everything that is wrong at once, each with its code, in one list. What could be seen the first time goes back
//! a second time only with leave of the head of division.

use praja_kernel::{FieldProblem, Moment, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Tx, audit::Entry};
use praja_web::{Field, Form, Markup, Notice, PageHeader, Tone, frame, html, section};

use super::{aksi, href, keys, me, seen, works_at};
use crate::{
    TABLE,
    alur::{Langkah, NotNow, Status},
    jenis::Jenis,
    permohonan::{
        AlasanKurang, AlasanLompat, Permohonan, Refusal, giliran,
        isian::Jawaban,
        store,
        write::{self, Catatan, Kerja},
    },
    portal::{berkas, langkah},
};

/// What may be found wanting: its name in the list of defects, and its words.
fn things(one: &Permohonan, jenis: &Jenis) -> Vec<(String, String)> {
    let jawaban = Jawaban::read(&one.isian);
    let mut all: Vec<(String, String)> =
        berkas::asked(one, jenis).into_iter().map(|syarat| (format!("syarat:{}", syarat.kode), syarat.label)).collect();
    for part in &jenis.formulir {
        all.extend(
            langkah::shown(one, jenis, part, &jawaban)
                .into_iter()
                .map(|field| (format!("isian:{}", field.kode), field.label.clone())),
        );
    }
    all
}

fn may(ctx: &Ctx, one: &Permohonan) -> Result<(), Problem> {
    if works_at(ctx, one.meja) && crate::alur::next(one.status, Langkah::Kembalikan, &one.keadaan()).is_ok() {
        Ok(())
    } else {
        Err(Problem::refused(NotNow { langkah: Langkah::Kembalikan, status: one.status }))
    }
}

fn header(one: &Permohonan) -> PageHeader {
    PageHeader::new("Kembalikan permohonan")
        .purpose("Tandai semua kekurangan sekaligus: pemohon hanya boleh diminta kembali satu kali untuk yang sudah terlihat sekarang.")
        .crumb("Permohonan izin", super::LIST)
        .crumb(one.sebutan(), href(one, ""))
}

fn fields(mut form: Form, one: &Permohonan, jenis: &Jenis, earlier: Option<&str>) -> Form {
    if let Some(earlier) = earlier {
        form = form.field(super::skip(earlier));
    }
    let mut reasons = vec![(String::new(), "Tidak ada kekurangan".to_owned())];
    reasons.extend(AlasanKurang::ALL.iter().map(|one| (one.as_str().to_owned(), one.label().to_owned())));
    for (at, (_, label)) in things(one, jenis).into_iter().enumerate() {
        form = form.group(
            label,
            "",
            vec![
                Field::select(format!("alasan{at}"), "Kekurangan", &reasons),
                Field::text(format!("pesan{at}"), "Yang perlu diperbaiki").max_length(300),
            ],
        );
    }
    form.submit_danger("Kembalikan permohonan").cancel("Kembali ke permohonan", href(one, ""))
}

/// What stands above the form, and who came earlier.
fn before(tx: &mut Tx<'_>, one: &Permohonan) -> Result<(Markup, Option<String>), Problem> {
    let old = store::defects(tx, one.id)?;
    let allowed = one.putaran == 0 || store::is_return_allowed(tx, one.id, one.putaran)?;
    let earlier = store::first_in_line(tx, one)?.map(|(_, nomor)| nomor);
    let told = html! {
        @if !allowed {
            (Notice::new(Tone::Warn, "Permohonan ini sudah pernah dikembalikan.").text("Kekurangan yang sudah ada pada pengiriman pertama hanya dapat diminta lagi dengan izin kepala bidang."))
        }
        @if !old.is_empty() {
            (section("Kekurangan yang pernah diminta", html! {
                ul { @for one in &old { li { (one.pesan) @if one.selesai { " (sudah dikirim ulang)" } } } }
            }))
        }
    };
    Ok((told, earlier))
}

/// GET …/kembalikan
pub(crate) fn form(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (one, jenis) = seen(ctx, tx)?;
    may(ctx, &one)?;
    let (before, earlier) = before(tx, &one)?;
    let form = fields(frame::form(ctx, href(&one, "kembalikan")), &one, &jenis, earlier.as_deref());
    Ok(frame::respond(ctx, &header(&one), html! { (before) (form) }))
}

fn again(ctx: &Ctx, input: &Input, one: &Permohonan, jenis: &Jenis, refusal: &dyn Refuse) -> Outcome {
    let form = frame::form_again(ctx, href(one, "kembalikan"), input)
        .refusal(refusal.message(), refusal.next_step())
        .problems(&refusal.fields());
    let (before, earlier) = ctx.read(|tx| before(tx, one))?;
    let content = html! { (before) (fields(form, one, jenis, earlier.as_deref())) };
    Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(one), content)))
}

/// What was marked: each with its code and words.
fn marked(input: &Input, one: &Permohonan, jenis: &Jenis) -> Result<Vec<store::Kekurangan>, Vec<FieldProblem>> {
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    let jawaban = Jawaban::read(&one.isian);
    for (at, (tentang, label)) in things(one, jenis).into_iter().enumerate() {
        let (kode, pesan) = (input.text(&format!("alasan{at}")), input.text(&format!("pesan{at}")));
        match (AlasanKurang::parse(kode), pesan) {
            (Ok(kode), pesan) if pesan.chars().count() >= 5 => found.push(store::Kekurangan {
                putaran: one.putaran + 1,
                sidik: tentang.strip_prefix("isian:").map(|kode| jawaban.digest(kode)).unwrap_or_default(),
                tentang,
                kode: kode.as_str().to_owned(),
                pesan: format!("{label}: {}. {}", kode.label().to_lowercase(), pesan.chars().take(300).collect::<String>()),
                selesai: false,
            }),
            (Ok(_), _) => wrong.push(FieldProblem::new(
                format!("pesan{at}"),
                "Tulis yang perlu diperbaiki dengan kata-kata yang dimengerti pemohon.",
            )),
            (Err(_), "") => {}
            (Err(_), _) => wrong.push(FieldProblem::new(format!("alasan{at}"), "Pilih kekurangannya, atau kosongkan uraiannya.")),
        }
    }
    if found.is_empty() && wrong.is_empty() {
        wrong.push(FieldProblem::new("alasan0", "Tandai sedikitnya satu kekurangan."));
    }
    if wrong.is_empty() { Ok(found) } else { Err(wrong) }
}

/// POST …/kembalikan
pub(crate) fn send(ctx: &Ctx, input: &Input) -> Outcome {
    let (one, jenis) = ctx.read(|tx| seen(ctx, tx))?;
    may(ctx, &one)?;
    let defects = match marked(input, &one, &jenis) {
        Ok(defects) => defects,
        Err(wrong) => return again(ctx, input, &one, &jenis, &Refusal::Fields(wrong)),
    };
    let lompat = AlasanLompat::parse(input.text("lompat")).ok();
    let (mine, orang) = (ctx.clone(), me(ctx)?);
    let done = ctx.submit(input, keys(&one), move |tx| {
        let (one, _) = seen(&mine, tx)?;
        may(&mine, &one)?;
        let jumped = giliran::may_take(tx, &one, orang, lompat)?;
        if one.putaran > 0 && !store::is_return_allowed(tx, one.id, one.putaran)? && seen_before(tx, &one, &defects)? {
            return Err(Problem::refused(Refusal::SecondReturn));
        }
        let by = tx.by()?.actor.key();
        for defect in &defects {
            store::add_defect(tx, one.id, defect, &by)?;
        }
        let kerja = Kerja::of(&mine, tx)?;
        let words = format!("{} kekurangan perlu diperbaiki.", defects.len());
        let one = write::act(tx, &kerja, one, Langkah::Kembalikan, &Catatan::umum(words).lompat(jumped))?;
        Ok(href(&one, ""))
    });
    match done {
        Ok(response) => Ok(response.with_notice("Permohonan dikembalikan dengan seluruh kekurangannya.")),
        Err(Problem::Refused(refusal)) => again(ctx, input, &one, &jenis, &*refusal),
        Err(other) => Err(other),
    }
}

/// Was one of these to be seen when the application went back before?
fn seen_before(tx: &mut Tx<'_>, one: &Permohonan, defects: &[store::Kekurangan]) -> Result<bool, Problem> {
    let old = store::defects(tx, one.id)?;
    let files = store::files(tx, one.id)?;
    let returned = store::steps(tx, one.id)?.iter().rev().find(|step| step.ke == Status::Dikembalikan).map(|step| step.pada);
    Ok(defects.iter().any(|defect| !is_new(&defect.tentang, one.putaran, returned, &files, &old)))
}

/// Could nobody see this before the last return? A file that came since is new; so is an answer that was asked for with that return, which
/// the applicant was to write anew.
fn is_new(tentang: &str, putaran: i64, returned: Option<Moment>, files: &[store::Berkas], old: &[store::Kekurangan]) -> bool {
    match tentang.strip_prefix("syarat:") {
        Some(syarat) => {
            let present = files.iter().find(|file| !file.diganti && file.syarat == syarat);
            present.is_some_and(|file| returned.is_none_or(|at| file.dibuat > at))
        }
        None => old.iter().any(|before| before.tentang == tentang && before.putaran == putaran),
    }
}

/// POST …/izinkan-kembali
pub(crate) fn allow(ctx: &Ctx, input: &Input) -> Outcome {
    let alasan = aksi::note(input, "alasan_izin");
    if alasan.chars().count() < 10 {
        return aksi::again(
            ctx,
            input,
            &Refusal::Fields(vec![FieldProblem::new(
                "alasan_izin",
                "Tulis mengapa kekurangan itu baru diminta sekarang, paling sedikit 10 huruf.",
            )]),
        );
    }
    let mine = ctx.clone();
    let response = ctx.submit(input, praja_store::Keys::none(), move |tx| {
        let (one, _) = seen(&mine, tx)?;
        let by = tx.by()?.actor.key();
        store::allow_return(tx, one.id, one.putaran, &alasan, &by)?;
        tx.audit(&Entry::new("perizinan.allow-pengembalian", TABLE, one.id).with("nomor", one.sebutan()).because(&alasan))?;
        Ok::<_, Problem>(href(&one, ""))
    })?;
    Ok(response.with_notice("Pengembalian kedua diizinkan."))
}
