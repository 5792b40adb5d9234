//! The last step: everything once more, what is missing with the way to it, and sending.

use praja_module::{Ctx, Input, Outcome, Problem};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Facts, Link, Markup, Notice, PageHeader, Tone, frame, html, section};

use super::{answers, bentuk, berkas, href, langkah, steps, writable};
use crate::{
    TABLE,
    alur::{Langkah, Status},
    jenis::Jenis,
    nik,
    permohonan::{
        Permohonan, Refusal,
        isian::{self, Jawaban},
        store,
        write::{self, Kerja},
    },
};

/// What keeps an application from being sent: in words, and where it is mended.
pub(crate) fn missing(ctx: &Ctx, tx: &mut Tx<'_>, one: &Permohonan, jenis: &Jenis) -> Result<Vec<(String, String)>, Problem> {
    let jawaban = answers(one);
    let nilai = jawaban.nilai(jenis, one.permintaan);
    let is_wilayah = |kode: &str| praja_desk::wilayah::Lookup::of(&ctx.instance().paket).get(kode).is_some();
    let mut all = Vec::new();
    for (at, part) in jenis.formulir.iter().enumerate() {
        let wrong = isian::check(part, &jawaban, &nilai, (ctx.today(), Some(&one.pemohon.nik)), &is_wilayah);
        if !wrong.is_empty() {
            all.push((format!("{}: {} isian perlu dilengkapi", part.judul, wrong.len()), href(one, &format!("isi/{}", at + 1))));
        }
    }
    let files = store::files(tx, one.id)?;
    let defects = store::defects(tx, one.id)?;
    for (at, part) in jenis.formulir.iter().enumerate() {
        for field in &part.isian {
            let tentang = format!("isian:{}", field.kode);
            let same = |defect: &store::Kekurangan| {
                !defect.selesai && defect.tentang == tentang && defect.sidik == jawaban.digest(&field.kode)
            };
            if defects.iter().any(same) {
                all.push((
                    format!("{}: \"{}\" belum diubah seperti diminta petugas", part.judul, field.label),
                    href(one, &format!("isi/{}", at + 1)),
                ));
            }
        }
    }
    let returned = store::last_return(tx, one.id)?.map(|step| step.pada);
    for syarat in berkas::asked(one, jenis) {
        let file = files.iter().find(|file| !file.diganti && file.syarat == syarat.kode);
        let to = || format!("{}#syarat-{}", href(one, "berkas"), syarat.kode);
        match file {
            None if syarat.wajib => all.push((format!("Berkas {} belum diunggah", syarat.label), to())),
            // What was found wanting must be another file than before.
            Some(file) => {
                let tentang = format!("syarat:{}", syarat.kode);
                let old = defects.iter().any(|defect| !defect.selesai && defect.tentang == tentang);
                if old && returned.is_some_and(|at| file.dibuat <= at) {
                    all.push((format!("Berkas {} belum diganti seperti diminta petugas", syarat.label), to()));
                }
            }
            None => {}
        }
    }
    Ok(all)
}

/// What it costs, by the formulas of its type; zero for a free service. `Err` says which component cannot be computed.
pub(crate) fn fee(jenis: &Jenis, one: &Permohonan, jawaban: &Jawaban) -> Result<i64, String> {
    crate::skrd::compute(jenis, &jawaban.nilai(jenis, one.permintaan)).map(|tarif| tarif.jumlah.0).map_err(|e| e.to_string())
}

/// GET /perizinan/permohonan/{resi}/kirim
pub(crate) fn review(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (one, jenis) = writable(ctx, tx)?;
    let missing = missing(ctx, tx, &one, &jenis)?;
    let files = store::files(tx, one.id)?;
    let content = html! {
        (steps(&one, &jenis, "kirim"))
        @if missing.is_empty() {
            (frame::form(ctx, href(&one, "kirim"))
                .extra(html! { p { "Permohonan sudah lengkap. Setelah dikirim, isian dan berkas tidak dapat diubah kecuali petugas mengembalikannya." } })
                .submit(if one.status == Status::Dikembalikan { "Kirim perbaikan" } else { "Kirim permohonan" }))
        } @else {
            (Notice::new(Tone::Warn, "Belum dapat dikirim: ada yang perlu dilengkapi."))
            ul { @for (words, to) in &missing { li { a href=(to) { (words) } } } }
        }
        @if let Some(words) = nik::for_applicant(&ctx.instance().paket, &one.pemohon.nik) { (Notice::new(Tone::Warn, words)) }
        (summary(ctx, &one, &jenis, &files))
    };
    let header =
        PageHeader::new("Periksa dan kirim").purpose(format!("Permohonan {}. Baca sekali lagi sebelum mengirim.", jenis.nama));
    Ok(frame::respond_plain(ctx, &header, content))
}

/// Everything that was written and uploaded.
pub(crate) fn summary(ctx: &Ctx, one: &Permohonan, jenis: &Jenis, files: &[store::Berkas]) -> Markup {
    let jawaban = answers(one);
    let who = &one.pemohon;
    let facts = Facts::new()
        .add("Yang dimohon", one.permintaan.label())
        .add("Nama", &who.nama)
        .add("NIK", who.nik.masked())
        .add("Alamat", &who.alamat)
        .add_maybe("Nomor ponsel", (!who.telepon.is_empty()).then_some(&who.telepon))
        .add_maybe("Surel", (!who.email.is_empty()).then_some(&who.email))
        .add_maybe("Kuasa", who.kuasa.as_ref().map(|(nama, nik)| format!("{nama}, NIK {}", nik.masked())));
    html! {
        (section("Pemohon", facts))
        @for part in &jenis.formulir {
            (section(&part.judul, bentuk::facts(ctx, part, &langkah::shown(one, jenis, part, &jawaban), &jawaban)))
        }
        (section("Berkas", html! {
            ul {
                @for syarat in berkas::asked(one, jenis) {
                    @let file = files.iter().find(|file| !file.diganti && file.syarat == syarat.kode);
                    li { (syarat.label) ": "
                        @if let Some(file) = file { (file.nama) } @else if syarat.wajib { "belum ada" } @else { "tidak dilampirkan" }
                    }
                }
            }
        }))
    }
}

/// POST /perizinan/permohonan/{resi}/kirim
pub(crate) fn send(ctx: &Ctx, input: &Input) -> Outcome {
    let (one, jenis) = match ctx.read(|tx| writable(ctx, tx)) {
        Ok(found) => found,
        // Sent twice: the answer of the first.
        Err(Problem::NotFound) => return again(ctx),
        Err(other) => return Err(other),
    };
    let missing = ctx.read(|tx| missing(ctx, tx, &one, &jenis))?;
    if let Some((words, _)) = missing.first() {
        return Err(Problem::refused(Refusal::Unfinished(words.clone())));
    }
    let keys = Keys::of([write::urut_key(&write::deret(&jenis.kode, ctx.today())), write::turn_key(one.opd)])
        .and(write::turn_key(one.opd_teknis.unwrap_or(one.opd)));
    let (mine, kode) = (ctx.clone(), jenis.kode.clone());
    let response = ctx.submit(input, keys, move |tx| {
        let (mut one, jenis) = writable(&mine, tx)?;
        one.biaya = fee(&jenis, &one, &answers(&one)).map_err(|words| Problem::refused(Refusal::Unfinished(words)))?;
        let kerja = Kerja::of(&mine, tx)?;
        store::mend_all(tx, one.id)?;
        let sent = if one.nomor.is_none() {
            write::file(tx, &kerja, one, &kode)?
        } else {
            write::act(tx, &kerja, one, Langkah::Ajukan, &write::Catatan::default())?
        };
        tx.audit(
            &Entry::new("perizinan.send-permohonan", TABLE, sent.id).with("nomor", sent.sebutan()).with("biaya", sent.biaya),
        )?;
        Ok::<_, Problem>(href(&sent, ""))
    })?;
    Ok(response.with_notice("Permohonan terkirim. Simpan nomor resinya."))
}

/// Answers a second sending with the address of the first.
fn again(ctx: &Ctx) -> Outcome {
    let (one, _) = ctx.read(|tx| super::own(ctx, tx))?;
    let to = href(&one, "");
    Ok(praja_module::Response::redirect(to).with_notice("Permohonan ini sudah terkirim."))
}

/// A link to the services.
pub(crate) fn services() -> Link {
    Link::new("Lihat layanan perizinan", "/perizinan/layanan")
}
