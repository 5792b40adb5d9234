//! How the regency signs, as its administrator sets it: the way in force, its own authority, the e-sign server.

mod bsre;
mod otoritas;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use praja_kernel::{FieldProblem, Refuse as _, tanggal_panjang};
use praja_module::{Body, Ctx, Input, Jenis, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Act, Facts, Field, Form, FormValues, Icon, Markup, Notice, PageHeader, Tone, badge, frame, html, section};

pub(crate) use bsre::{save as save_bsre, show as show_bsre, try_out};
pub(crate) use otoritas::{save as save_authority, show as show_authority};

use super::{Cara, Pengaturan, Refusal, TABLE, get, store};
use crate::visitors;

/// Where all of it is set.
pub(super) const AT: &str = "/desk/tanda-tangan";

pub(super) fn below(title: &str) -> PageHeader {
    PageHeader::new(title).crumb("Tanda tangan elektronik", AT)
}

/// GET /desk/tanda-tangan
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let with = get(tx)?;
    let values: FormValues = [("cara", with.cara.as_str())].into_iter().collect();
    let form = fields(ctx, frame::form(ctx, AT), &with).values(values);
    Ok(frame::respond(ctx, &header(), content(ctx, &with, &form)))
}

fn header() -> PageHeader {
    PageHeader::new("Tanda tangan elektronik")
        .purpose("Dengan apa naskah dinas dan surat keputusan daerah ditandatangani, dan apa yang dibaca penerimanya.")
}

fn fields(ctx: &Ctx, form: Form, with: &Pengaturan) -> Form {
    let all = Cara::ALL.iter().filter(|cara| **cara != Cara::Bsre || ctx.instance().jenis == Jenis::Asli);
    let options: Vec<(&str, &str)> = all.map(|cara| (cara.as_str(), cara.label())).collect();
    form.hidden("versi", with.versi.to_string())
        .field(Field::radio("cara", "Cara yang dipakai", &options).required())
        .submit("Simpan cara tanda tangan")
}

fn content(ctx: &Ctx, with: &Pengaturan, form: &Form) -> Markup {
    let contoh = ctx.instance().jenis == Jenis::Contoh;
    html! {
        @if ctx.instance().ports.signing.is_none() {
            (Notice::new(Tone::Warn, "Program ini tidak memuat tanda tangan elektronik.").text("Naskah ditandatangani di kertas. Pakailah rilis resmi Praja untuk menandatangani secara elektronik."))
        }
        (in_force(with))
        (section("Ganti cara", form))
        (section("Otoritas uji daerah", authority(ctx, with)))
        (section("Sambungan BSrE", html! {
            @if contoh {
                p { "Ruang latihan tidak pernah memakai sertifikat BSrE, sehingga sambungannya tidak diatur di sini." }
                div.aksi { (Act::link("Lihat yang disiapkan", format!("{AT}/bsre")).icon(Icon::Settings)) }
            }
            @else { (bsre::summary(ctx, with)) }
        }))
    }
}

fn in_force(with: &Pengaturan) -> Markup {
    let (tone, words, text) = match with.cara {
        Cara::Basah => (
            Tone::Neutral,
            "Tanda tangan basah",
            "Naskah diberi nomor, dicetak, ditandatangani di kertas, lalu pindaiannya diunggah.",
        ),
        Cara::Lokal => (
            Tone::Warn,
            "Elektronik, tidak tersertifikasi",
            "Hanya untuk uji dan pelatihan, atau sementara sertifikat BSrE diurus. Pada PDF dan halaman verifikasi tertulis \
             tidak tersertifikasi, dan naskah ini tidak berkekuatan seperti tanda tangan elektronik tersertifikasi (PP 71/2019).",
        ),
        Cara::Bsre => (
            Tone::Good,
            "Elektronik, tersertifikasi BSrE",
            "Setiap penandatangan memakai sertifikat dan frasa sandinya sendiri. Praja tidak menyimpan keduanya.",
        ),
    };
    html! { p { (badge(tone, words)) } p { (text) } }
}

fn authority(ctx: &Ctx, with: &Pengaturan) -> Markup {
    match with.otoritas_sejak {
        None => html! {
            p { "Otoritas uji menerbitkan sertifikat penandatangan di dalam Praja sendiri, dengan satu frasa sandi untuk seluruh daerah." }
            div.aksi { (Act::link("Buat otoritas uji", format!("{AT}/otoritas")).icon(Icon::Key)) }
        },
        Some(since) => html! {
            (Facts::new()
                .add("Keadaan", badge(Tone::Warn, "Tidak tersertifikasi"))
                .add("Dibuat", tanggal_panjang(ctx.instance().zona.date(since)))
                .add("Sertifikat", html! { a href="/v/otoritas.pem" { "Unduh sertifikat otoritas" } }))
            p { "Siapa pun yang mengetahui frasa sandinya dan memegang jabatan penandatangan dapat menandatangani. Berikan hanya kepada penandatangan." }
            div.aksi { (Act::link("Ganti frasa sandi", format!("{AT}/otoritas")).icon(Icon::Key)) }
        },
    }
}

/// POST /desk/tanda-tangan
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let with = ctx.read(get)?;
    let cara = Cara::parse(input.text("cara")).map_err(|_| ());
    let refusal = match cara {
        Err(()) => Some(Refusal::Fields(vec![FieldProblem::new("cara", "Pilih cara tanda tangan.")])),
        Ok(Cara::Basah) => None,
        Ok(_) if ctx.instance().ports.signing.is_none() => Some(Refusal::Absent),
        Ok(Cara::Lokal) => with.otoritas_sejak.is_none().then_some(Refusal::NoAuthority),
        Ok(Cara::Bsre) if ctx.instance().jenis == Jenis::Contoh => Some(Refusal::Training),
        Ok(Cara::Bsre) => with.bsre.is_none().then_some(Refusal::NoBsre),
    };
    let cara = match (cara, refusal) {
        (Ok(cara), None) => cara,
        (_, refusal) => return again(ctx, input, &with, &refusal.unwrap_or(Refusal::OnPaper)),
    };
    let versi = versi(input)?;
    let response = ctx.submit(input, Keys::none(), move |tx| {
        if !store::save(tx, versi, store::Change { cara: Some(cara), ..Default::default() })? {
            return Err(Problem::Conflict);
        }
        tx.audit(&Entry::new("desk.choose-tanda-tangan", TABLE, "daerah").with("cara", cara.as_str()))?;
        Ok(AT.to_owned())
    })?;
    Ok(response.with_notice("Cara tanda tangan tersimpan dan berlaku bagi naskah berikutnya."))
}

fn again(ctx: &Ctx, input: &Input, with: &Pengaturan, refusal: &Refusal) -> Outcome {
    let form = frame::form_again(ctx, AT, input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
    let content = content(ctx, with, &fields(ctx, form, with));
    Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), content)))
}

pub(super) fn versi(input: &Input) -> Result<i64, Problem> {
    input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))
}

/// GET /v/otoritas.pem: the certificates by which signatures of the regency's own authorities are traced. Public, as every certificate.
pub(crate) fn certificates(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let all = store::authorities(tx)?;
    if all.is_empty() {
        return Err(Problem::NotFound);
    }
    let pem: String = all.iter().map(|(_, der)| pem(der)).collect();
    Ok(Response::of(Body::Bytes { bytes: pem.into_bytes(), mime: "application/x-pem-file", name: "otoritas-daerah.pem".into() }))
}

fn pem(der: &[u8]) -> String {
    let text = BASE64_STANDARD.encode(der);
    let lines: Vec<&str> = (0..text.len()).step_by(64).filter_map(|at| text.get(at..(at + 64).min(text.len()))).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}
