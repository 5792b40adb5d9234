//! A new address: the secret of its signatures is drawn here and shown once.

use praja_kernel::{Refuse, fold};
use praja_module::{Ctx, Input, Outcome, Problem, Response, cookie_value, events};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Facts, Field, Form, Markup, Notice, PageHeader, Tone, form::Width, frame, html, page};

use super::{LIST, TABLE};
use crate::{
    kait::{Draft, Isi, Refusal, check, sealed, store},
    token::pages as tokens,
};

fn header() -> PageHeader {
    PageHeader::new("Daftarkan webhook")
        .purpose("Aplikasi ini diberi tahu nomor dan keadaan surat; isinya dibacanya dengan token.")
        .crumb("Aplikasi terhubung", tokens::LIST)
        .crumb("Webhook", LIST)
}

fn fields(form: Form) -> Form {
    form.guard()
        .field(Field::text("nama", "Nama").required().max_length(80).width(Width::Medium).hint("Seperti SIMPEG."))
        .field(
            Field::text("alamat", "Alamat penerima")
                .required()
                .max_length(300)
                .hint("https://… Tanpa pengaman (http://) hanya untuk mesin di jaringan pemerintah sendiri."),
        )
        .field(Field::checks("peristiwa", "Yang diberitahukan", events::KABAR).required())
        .fold(
            "Sertifikat penerbit sendiri",
            vec![
                Field::textarea("sertifikat", "Sertifikat (PEM)")
                    .rows(5)
                    .hint("Hanya bila aplikasi itu memakai penerbit sertifikat sendiri."),
            ],
        )
        .submit("Daftarkan webhook")
        .cancel("Kembali tanpa menyimpan", LIST)
}

/// GET /identity/webhook/baru
pub(crate) fn new(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    ctx.scope()?.opd().ok_or_else(|| Problem::refused(Refusal::NoOpd))?;
    Ok(frame::respond(ctx, &header(), fields(frame::form(ctx, format!("{LIST}/baru")))))
}

/// POST /identity/webhook/baru
pub(crate) fn create(ctx: &Ctx, input: &Input) -> Outcome {
    let opd = ctx.scope()?.opd().ok_or_else(|| Problem::refused(Refusal::NoOpd))?;
    let draft = Draft {
        nama: input.text("nama"),
        alamat: input.text("alamat"),
        sertifikat: input.text("sertifikat"),
        peristiwa: input.all("peristiwa"),
    };
    let taken: Vec<String> = ctx.read(|tx| store::of_opd(tx, opd))?.iter().map(|one| fold(&one.isi.nama)).collect();
    let isi = match check(&draft, &taken) {
        Ok(isi) => isi,
        Err(problems) => {
            let refusal = Refusal::Fields(problems);
            let form = frame::form_again(ctx, format!("{LIST}/baru"), input)
                .refusal(refusal.message(), refusal.next_step())
                .problems(&refusal.fields());
            return Ok(Response::form_again(page(&frame::shell(ctx), &header(), fields(form))));
        }
    };
    let rahasia = cookie_value();
    let (kept, shut) = (isi.clone(), sealed(ctx.instance(), &rahasia)?);
    let id = ctx.write(Keys::none(), move |tx| {
        let id = store::insert(tx, opd, &kept, &shut)?;
        let entry = Entry::new("identity.add-webhook", TABLE, id).with("nama", &kept.nama).with("alamat", &kept.alamat);
        tx.audit(&entry.with("peristiwa", kept.peristiwa.join(", ")))?;
        Ok::<_, Problem>(id)
    })?;
    let header = PageHeader::new(format!("Kunci tanda tangan untuk {}", isi.nama))
        .purpose("Salin kunci ini sekarang; sesudah ini tidak diperlihatkan lagi.")
        .crumb("Aplikasi terhubung", tokens::LIST)
        .crumb("Webhook", LIST);
    Ok(Response::page(page(&frame::shell(ctx), &header, shown(&isi, &rahasia, &format!("{LIST}/{id}")))))
}

fn shown(isi: &Isi, rahasia: &str, to: &str) -> Markup {
    let notice = Notice::new(Tone::Warn, "Kunci ini tidak dapat diperlihatkan lagi").text(
        "Berikan kepada pengelola aplikasi itu lewat jalan yang aman. Dengan kunci ini aplikasinya memeriksa bahwa kabar benar dari Praja.",
    );
    let facts = Facts::new()
        .add("Kunci", html! { code { (rahasia) } })
        .add("Alamat", &isi.alamat)
        .add("Tanda tangan", html! { "Kepala " code { "X-Praja-Tanda" } ": " code { "v1=" } " lalu HMAC-SHA256 atas waktu, titik, pengenal, titik, isi." });
    html! { (notice) (facts) p { a href=(to) { "Buka webhook ini" } } }
}
