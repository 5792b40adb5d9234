//! One naskah beside the national application: approving it, its fields to copy, and what comes back.

use praja_desk::{
    attachments::{self, Rule},
    klasifikasi::Klasifikasi,
    registers::{Keeping, naskah::JenisNaskah},
};
use praja_kernel::{Date, FieldProblem, Refuse, parse_tanggal, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Field, Form, Markup, Notice, Tone, assets, decision, detail, frame, html, section};

use crate::{
    naskah::{
        Naskah, Refusal as NaskahRefusal, Status,
        pages::{LIST, below, kind, load, meja, short_facts, show::dispatches},
        store as naskah_store,
    },
    srikandi::{Kolom, Refusal, store, usual, write},
};

/// The form's name for the signed file.
const FILE: &str = "naskah";

fn address(naskah: &Naskah) -> String {
    format!("{LIST}/{}/srikandi", naskah.id)
}

/// Where the form of its state is sent.
fn action(naskah: &Naskah) -> String {
    if naskah.status == Status::SiapTte { address(naskah) } else { format!("{}/kembali", address(naskah)) }
}

/// GET /eoffice/naskah/{id}/srikandi
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let naskah = load(ctx, tx)?;
    let (kind, _) = kind(tx, &naskah.jenis)?;
    let form = frame::form(ctx, action(&naskah));
    let content = content(ctx, tx, &naskah, &kind, form, false)?;
    Ok(frame::respond(ctx, &below(&naskah, &kind, "Terbitkan lewat SRIKANDI"), content))
}

fn content(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    naskah: &Naskah,
    kind: &JenisNaskah,
    form: Form,
    strategic: bool,
) -> Result<Markup, Problem> {
    match naskah.status {
        Status::SiapTte => {
            if !write::numbers(tx, kind, naskah.opd, ctx.today())? {
                return Err(Problem::refused(Refusal::OwnNumbers));
            }
            if naskah.isi.penandatangan != meja(ctx)?.acting.jabatan {
                return Err(Problem::refused(NaskahRefusal::NotYours));
            }
            let what = [
                "Naskah diterbitkan, dinomori, dan ditandatangani di SRIKANDI; Praja tidak memberi nomor.",
                "Penyusun menyalin isiannya ke SRIKANDI, lalu menyimpan nomor dan PDF-nya di sini.",
                "Sesudah disetujui, isi naskah tidak dapat diubah.",
            ];
            let mut form = form.hidden("versi", naskah.versi.to_string());
            if strategic {
                let words = "Pejabat definitif sudah memberi mandat tertulis untuk naskah ini";
                form = form.field(Field::checkbox("mandat", words));
            }
            let form = form.submit("Setujui untuk SRIKANDI").cancel("Kembali ke naskah", format!("{LIST}/{}", naskah.id));
            Ok(decision(Tone::Info, "Yang akan terjadi", &what, &short_facts(naskah, kind), &form))
        }
        Status::Menandatangani if naskah.nomor.is_none() => {
            if !dispatches(ctx, naskah) {
                return Err(Problem::refused(NaskahRefusal::NotYours));
            }
            Ok(detail(
                html! {
                    (section("Isian untuk SRIKANDI", fields(ctx, tx, naskah, kind)?))
                    (section("Sesudah terbit di SRIKANDI", back(ctx, naskah, form)))
                },
                html! { (short_facts(naskah, kind)) },
            ))
        }
        _ => Err(Problem::refused(Refusal::NotWaiting)),
    }
}

/// The columns of the office's first profile, or the usual ones.
fn columns(tx: &mut Tx<'_>, naskah: &Naskah) -> Result<Vec<Kolom>, Problem> {
    Ok(store::profiles(tx, naskah.opd)?.into_iter().next().map_or_else(usual, |profile| profile.kolom))
}

fn fields(ctx: &Ctx, tx: &mut Tx<'_>, naskah: &Naskah, kind: &JenisNaskah) -> Result<Markup, Problem> {
    let list = Klasifikasi::in_force(tx, ctx.instance())?;
    let uraian = naskah.isi.klasifikasi.as_ref().and_then(|kode| list.uraian(kode)).unwrap_or_default().to_owned();
    let data = write::data(tx, naskah, &kind.nama, uraian, &ctx.instance().url_publik)?;
    let rows: Vec<(String, String)> = columns(tx, naskah)?.into_iter().map(|one| (one.nama, data.value(one.isi))).collect();
    Ok(html! {
        p.redup { "Menurut urutan profil isian OPD Anda. Urutan bawaan mengikuti panduan umum dan belum dicocokkan dengan SRIKANDI yang berjalan." }
        div.salinan {
            @for (at, (nama, value)) in rows.iter().enumerate() {
                div.salinan-satu {
                    label for={ "salin-" (at) } { (nama) }
                    @if value.chars().count() > 80 {
                        textarea id={ "salin-" (at) } readonly rows="2" { (value) }
                    } @else {
                        input id={ "salin-" (at) } type="text" readonly value=(value);
                    }
                    @if !value.is_empty() { button.tombol type="button" hidden data-salin={ "salin-" (at) } { "Salin" span.senyap { " " (nama) } } }
                }
            }
        }
        script src=(assets::url("salin.js")) defer {}
    })
}

fn back(ctx: &Ctx, naskah: &Naskah, form: Form) -> Markup {
    let today = ctx.today().to_string();
    let form = form
        .multipart()
        .hidden("versi", naskah.versi.to_string())
        .field(Field::text("nomor", "Nomor dari SRIKANDI").required().max_length(160).hint("Persis seperti di SRIKANDI."))
        .field(Field::date("tanggal", "Tanggal naskah").required().value(&today).max(today.as_str()))
        .field(
            Field::file(FILE, "PDF bertanda tangan dari SRIKANDI", "application/pdf")
                .required()
                .stepwise()
                .max_mib(attachments::MAX_MIB),
        )
        .submit("Simpan nomor dan naskah")
        .cancel("Kembali ke naskah", format!("{LIST}/{}", naskah.id));
    html! { (form) }
}

/// POST of the same address: approving.
pub(crate) fn approve(ctx: &Ctx, input: &Input) -> Outcome {
    let meja = meja(ctx)?;
    let (naskah, kind) = both(ctx)?;
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?;
    let mandat = !input.text("mandat").is_empty();
    let (scope, id, jenis) = (ctx.scope()?.clone(), naskah.id, kind.clone());
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        let naskah = naskah_store::find(tx, &meja.keys, &scope, id)?.ok_or(Problem::NotFound)?;
        if naskah.versi != versi {
            return Err(Problem::Conflict);
        }
        write::approve(tx, &meja, naskah, &jenis, mandat)?;
        Ok(format!("{LIST}/{id}"))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Naskah disetujui untuk diterbitkan lewat SRIKANDI.")),
        Err(Problem::Refused(refusal)) => again(ctx, input, &naskah, &kind, &*refusal),
        Err(problem) => Err(problem),
    }
}

fn both(ctx: &Ctx) -> Result<(Naskah, JenisNaskah), Problem> {
    ctx.read(|tx| {
        let naskah = load(ctx, tx)?;
        let kind = kind(tx, &naskah.jenis)?.0;
        Ok((naskah, kind))
    })
}

/// POST /eoffice/naskah/{id}/srikandi/kembali: number, day and signed file.
pub(crate) fn returned(ctx: &Ctx, input: &Input) -> Outcome {
    let meja = meja(ctx)?;
    let (naskah, kind) = both(ctx)?;
    if !dispatches(ctx, &naskah) {
        return Err(Problem::refused(NaskahRefusal::NotYours));
    }
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?;
    let rule = Rule { max_files: 1, ..Rule::DOCUMENTS };
    let files = match attachments::received(ctx, input, FILE, &rule) {
        Ok(files) => files,
        Err(Problem::Refused(refusal)) => return again(ctx, input, &naskah, &kind, &*refusal),
        Err(problem) => return Err(problem),
    };
    let (tanggal, nomor, file) = match typed(ctx, input, files.into_iter().next()) {
        Ok(typed) => typed,
        Err(refusal) => return again(ctx, input, &naskah, &kind, &refusal),
    };
    let keys = Keeping::of(&kind, naskah.opd, tanggal).keys();
    let (scope, id, jenis) = (ctx.scope()?.clone(), naskah.id, kind.clone());
    let saved = ctx.submit(input, keys, move |tx| {
        let naskah = naskah_store::find(tx, &meja.keys, &scope, id)?.ok_or(Problem::NotFound)?;
        if naskah.versi != versi {
            return Err(Problem::Conflict);
        }
        write::take_back(tx, &meja, naskah, &jenis, (tanggal, &nomor), &file)?;
        Ok(format!("{LIST}/{id}"))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Nomor dan naskah dari SRIKANDI sudah disimpan.")),
        Err(Problem::Refused(refusal)) => again(ctx, input, &naskah, &kind, &*refusal),
        Err(problem) => Err(problem),
    }
}

fn typed(ctx: &Ctx, input: &Input, file: Option<praja_module::Upload>) -> Result<(Date, String, praja_module::Upload), Refusal> {
    let mut wrong = Vec::new();
    let nomor = input.text("nomor").split_whitespace().collect::<Vec<_>>().join(" ");
    if nomor.is_empty() || nomor.chars().count() > 160 {
        wrong.push(FieldProblem::new("nomor", "Salin nomor naskah dari SRIKANDI; paling panjang 160 huruf."));
    }
    let tanggal = match parse_tanggal(input.text("tanggal")) {
        Ok(day) if day > ctx.today() => {
            wrong.push(FieldProblem::new("tanggal", format!("Tanggal {} belum tiba.", tanggal_panjang(day))));
            None
        }
        Ok(day) => Some(day),
        Err(e) => {
            wrong.push(FieldProblem::new("tanggal", e.to_string()));
            None
        }
    };
    if file.is_none() {
        wrong.push(FieldProblem::new(FILE, "Pilih berkas PDF yang sudah ditandatangani di SRIKANDI."));
    }
    match (tanggal, file) {
        (Some(tanggal), Some(file)) if wrong.is_empty() => Ok((tanggal, nomor, file)),
        _ => Err(Refusal::Fields(wrong)),
    }
}

fn again(ctx: &Ctx, input: &Input, naskah: &Naskah, kind: &JenisNaskah, refusal: &dyn Refuse) -> Outcome {
    let strategic = refusal.fields().iter().any(|one| one.field == "mandat") || !input.text("mandat").is_empty();
    ctx.read(|tx| {
        let form = frame::form_again(ctx, action(naskah), input)
            .refusal(refusal.message(), refusal.next_step())
            .problems(&refusal.fields());
        let content = match content(ctx, tx, naskah, kind, form, strategic) {
            Err(Problem::Refused(other)) => {
                html! { (Notice::new(Tone::Bad, other.message()).text(other.next_step())) }
            }
            other => other?,
        };
        let page = praja_web::page(&frame::shell(ctx), &below(naskah, kind, "Terbitkan lewat SRIKANDI"), content);
        Ok(Response::form_again(page))
    })
}
