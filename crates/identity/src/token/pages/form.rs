//! A new token: shown once, on the page that answers the form.

use praja_kernel::{Sifat, fold, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Response, api};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Facts, Field, Form, Link, Notice, PageHeader, Tone, form::Width, frame, html, page};

use super::{LIST, TABLE};
use crate::{
    jabatan,
    token::{Draft, Isi, Keadaan, Known, Rahasia, Refusal, check, dokumen, may_give, scopes, store},
};

/// What the form offers to whoever asks.
struct Meja {
    opd: praja_kernel::Id,
    opd_nama: String,
    boleh: Vec<api::Cakupan>,
    jabatan: Vec<jabatan::Jabatan>,
    pimpinan: bool,
    dipakai: Vec<String>,
}

fn meja(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Meja, Problem> {
    let acting = ctx.scope()?.acting.clone().ok_or_else(|| Problem::refused(Refusal::NoOpd))?;
    let on: Vec<_> = ctx.parts().modules.iter().copied().filter(|module| ctx.instance().has_module(module.id)).collect();
    let boleh = may_give(scopes(&on), |hak| ctx.may(hak));
    if boleh.is_empty() {
        return Err(Problem::refused(Refusal::Nothing));
    }
    let now = ctx.now();
    let dipakai = store::of_opd(tx, acting.opd)?;
    let dipakai = dipakai.iter().filter(|one| one.keadaan(now) == Keadaan::Berlaku).map(|one| fold(&one.isi.nama)).collect();
    let pimpinan = jabatan::head_of(tx, acting.opd)?.is_some_and(|head| head.id == acting.jabatan);
    let jabatan = jabatan::list_of_opd(tx, acting.opd)?;
    Ok(Meja { opd: acting.opd, opd_nama: acting.opd_nama, boleh, jabatan, pimpinan, dipakai })
}

fn header() -> PageHeader {
    PageHeader::new("Buat token aplikasi")
        .purpose("Token diperlihatkan satu kali. Berikan langsung kepada pengelola aplikasinya.")
        .crumb("Aplikasi terhubung", LIST)
}

fn fields(form: Form, meja: &Meja) -> Form {
    let cakupan: Vec<(&str, &str)> = meja.boleh.iter().map(|one| (one.nama, one.arti)).collect();
    let jabatan: Vec<(String, &str)> = meja.jabatan.iter().map(|one| (one.id.to_string(), one.nama.as_str())).collect();
    let mut sifat = vec![(Sifat::Biasa.as_str(), "Biasa")];
    if meja.pimpinan {
        sifat.push((Sifat::Terbatas.as_str(), "Biasa dan terbatas"));
    }
    form.guard()
        .field(Field::text("nama", "Nama aplikasi").required().max_length(80).width(Width::Medium).hint("Seperti SIMPEG atau Layanan Pengaduan."))
        .field(
            Field::textarea("keterangan", "Keperluan dan dasarnya")
                .required()
                .rows(2)
                .max_length(300)
                .hint("Untuk apa datanya dipakai, dan surat atau perjanjian yang mendasarinya."),
        )
        .field(
            Field::checks("cakupan", "Yang boleh dilakukan", &cakupan)
                .required()
                .hint("Hanya yang haknya Anda pegang sendiri. Berlaku bagi surat OPD ini saja."),
        )
        .field(Field::radio("sifat", "Surat yang isinya boleh dibaca", &sifat).value(Sifat::Biasa.as_str()).hint(
            "Surat lain tampak nomor dan keadaannya saja. Surat terbatas hanya dapat dibuka pimpinan OPD; surat rahasia tidak pernah.",
        ))
        .field(
            Field::select("jabatan", "Penanggung jawab", &jabatan)
                .required()
                .hint("Tugas dari surat yang dicatat aplikasi ini masuk ke kotak masuk jabatan ini."),
        )
        .field(Field::date("sampai", "Berlaku sampai").required())
        .submit("Buat token")
        .cancel("Kembali tanpa membuat", LIST)
}

/// GET /identity/token/baru
pub(crate) fn new(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let meja = meja(ctx, tx)?;
    Ok(frame::respond(ctx, &header(), fields(frame::form(ctx, format!("{LIST}/baru")), &meja)))
}

/// POST /identity/token/baru
pub(crate) fn create(ctx: &Ctx, input: &Input) -> Outcome {
    let meja = ctx.read(|tx| meja(ctx, tx))?;
    let draft = Draft {
        nama: input.text("nama"),
        keterangan: input.text("keterangan"),
        jabatan: input.text("jabatan"),
        sifat: input.text("sifat"),
        cakupan: input.all("cakupan"),
        sampai: input.text("sampai"),
    };
    let posts: Vec<_> = meja.jabatan.iter().map(|one| one.id).collect();
    let known =
        Known { today: ctx.today(), boleh: &meja.boleh, jabatan: &posts, pimpinan: meja.pimpinan, dipakai: &meja.dipakai };
    let (isi, sampai) = match check(&draft, &known) {
        Ok(read) => read,
        Err(problems) => {
            let refusal = Refusal::Fields(problems);
            let form = frame::form_again(ctx, format!("{LIST}/baru"), input)
                .refusal(praja_kernel::Refuse::message(&refusal), praja_kernel::Refuse::next_step(&refusal))
                .problems(&praja_kernel::Refuse::fields(&refusal));
            return Ok(Response::form_again(page(&frame::shell(ctx), &header(), fields(form, &meja))));
        }
    };
    let rahasia = Rahasia::draw();
    let (opd, kept, zona) = (meja.opd, isi.clone(), ctx.instance().zona);
    let until = zona.start_of(sampai.tomorrow().unwrap_or(sampai));
    let (kunci, petunjuk) = (rahasia.kunci.clone(), rahasia.petunjuk.clone());
    ctx.write(Keys::none(), move |tx| {
        let secret = Rahasia { teks: String::new(), kunci: kunci.clone(), petunjuk: petunjuk.clone() };
        let id = store::insert(tx, opd, &kept, &secret, until)?;
        tx.audit(&entry(id, &kept, sampai))?;
        Ok::<_, Problem>(())
    })?;
    Ok(Response::page(page(&frame::shell(ctx), &shown_header(&isi), shown(ctx, &isi, &rahasia, &meja.opd_nama, sampai))))
}

fn entry(id: praja_kernel::Id, isi: &Isi, sampai: praja_kernel::Date) -> Entry {
    Entry::new("identity.create-token", TABLE, id)
        .with("nama", &isi.nama)
        .with("keterangan", &isi.keterangan)
        .with("cakupan", isi.cakupan.join(", "))
        .with("sifat", isi.sifat.as_str())
        .with("jabatan", isi.jabatan)
        .with("sampai", sampai)
}

fn shown_header(isi: &Isi) -> PageHeader {
    PageHeader::new(format!("Token untuk {}", isi.nama))
        .purpose("Salin token ini sekarang; Praja hanya menyimpan sidiknya.")
        .crumb("Aplikasi terhubung", LIST)
}

fn shown(ctx: &Ctx, isi: &Isi, rahasia: &Rahasia, opd: &str, sampai: praja_kernel::Date) -> praja_web::Markup {
    let facts = Facts::new()
        .add("Token", html! { code { (rahasia.teks) } })
        .add("OPD", opd)
        .add("Berlaku sampai", tanggal_panjang(sampai))
        .add("Alamat dokumen API", html! { code { (ctx.url(api::DOCUMENT)) } });
    let notice = Notice::new(Tone::Warn, "Token ini tidak dapat diperlihatkan lagi")
        .text(format!(
            "Berikan kepada pengelola {} lewat jalan yang aman, bukan surel atau grup percakapan. Bila hilang atau bocor, cabut lalu buat yang baru.",
            isi.nama
        ))
        .link(Link::new("Lihat apa yang dapat diminta aplikasi", dokumen::PAGE));
    html! { (notice) (facts) p { a href=(LIST) { "Kembali ke Aplikasi terhubung" } } }
}
