use praja_identity::opd;
use praja_kernel::{Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response, unseal};
use praja_store::{Keys, Tx};
use praja_web::{Facts, Field, Form, FormValues, Markup, Notice, PageHeader, Tone, form::Width, frame, html, section};

use super::{PUBLIC, PURPOSE, facts, foto, progress, words};
use crate::{
    attachments::{self, Kind, Rule},
    calendar,
    complaints::{self, Act, Bukti, Draft, Jenis, Pengaduan, Refusal, Status, check, objek, tenggat, track},
    visitors,
};

/// The form's name for photographs.
const PHOTOS: &str = "foto";
/// Anybody may send them: few and small, and only pictures, which are written anew without where they were taken.
pub(crate) const PHOTO_RULE: Rule = Rule { max_bytes: 5 << 20, max_files: 3, kinds: &[Kind::Jpeg, Kind::Png, Kind::Webp] };

/// GET /pengaduan: the form, and the way to an answer.
pub(crate) fn form(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let about = About::read(ctx, ctx.query("tentang").unwrap_or_default());
    let nama = ctx.who().map(|who| who.scope.actor.nama().to_owned()).unwrap_or_default();
    let form = frame::form(ctx, PUBLIC).values(FormValues::new().with("nama", nama).with("jenis", Jenis::Pelayanan.as_str()));
    let content = html! {
        (fields(tx, form, &about)?)
        (section("Lihat jawaban", track_form(frame::form(ctx, format!("{PUBLIC}/lacak")))))
    };
    Ok(frame::respond_plain(ctx, &header(), content))
}

/// POST /pengaduan
pub(crate) fn file(ctx: &Ctx, input: &Input) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let about = About::read(ctx, input.raw("tentang"));
    let chosen = input.text("opd").parse::<Id>().ok();
    let opd = match (about.opd, chosen) {
        (Some(opd), _) => Some(opd),
        (None, Some(opd)) => ctx.read(|tx| opd::get(tx, opd))?.map(|opd| opd.id),
        (None, None) => None,
    };
    let draft = Draft {
        jenis: Jenis::Pelayanan,
        objek: about.objek.clone(),
        tentang: about.tentang.clone(),
        opd,
        isi: input.raw("isi").to_owned(),
        lokasi: input.text("lokasi").to_owned(),
        pelapor: ctx.who().map(|who| who.scope.actor.key()).unwrap_or_default(),
        nama: input.text("nama").to_owned(),
        kontak: input.text("kontak").to_owned(),
        disembunyikan: input.text("sembunyikan") == "ya",
    };
    let draft = match check(draft, input.text("jenis")) {
        Ok(draft) => draft,
        Err(refusal) => return again(ctx, input, &about, &refusal),
    };
    let photos = match attachments::received(ctx, input, PHOTOS, &PHOTO_RULE) {
        Ok(photos) => photos,
        Err(Problem::Refused(refusal)) => return again(ctx, input, &about, &*refusal),
        Err(other) => return Err(other),
    };
    let today = ctx.today();
    // Not through `submit`: the code is told once and stands in no address.
    let (form, route) = (input.form_id(), PUBLIC);
    let filed = ctx.write(complaints::keys(today), move |tx| {
        if let Some(form) = form
            && tx.answered_form(route, form)?.is_some()
        {
            return Ok(None);
        }
        let calendar = calendar::of(tx, today)?;
        let bukti = complaints::file(tx, &draft, &calendar, today)?;
        if !photos.is_empty() {
            let readers = complaints::readers(tx, draft.opd)?;
            attachments::attach_all(tx, &objek(bukti.id), &readers, &photos, false)?;
        }
        if let Some(form) = form {
            let answered = praja_store::forms::Answered { status: 303, tujuan: PUBLIC.to_owned() };
            tx.answer_form(route, form, &answered)?;
        }
        Ok::<_, Problem>(Some(bukti))
    })?;
    match filed {
        Some(bukti) => Ok(frame::respond_plain(ctx, &PageHeader::new("Pengaduan sudah diterima"), receipt(ctx, &bukti))),
        None => Ok(Response::redirect(PUBLIC).with_notice("Pengaduan itu sudah kami terima sebelumnya.")),
    }
}

fn receipt(ctx: &Ctx, bukti: &Bukti) -> Markup {
    html! {
        (Notice::new(Tone::Good, "Terima kasih. Pengaduan Anda sudah kami catat.")
            .text("Simpan nomor dan kode berikut. Keduanya diperlukan untuk melihat jawaban, dan kode tidak ditampilkan lagi."))
        (Facts::new().add("Nomor pengaduan", html! { strong { (bukti.nomor) } }).add("Kode", html! { strong { code { (bukti.kode) } } }))
        p { "Jawaban dapat dilihat di " (ctx.url(PUBLIC)) "." }
        p { a href=(PUBLIC) { "Kembali ke halaman pengaduan" } }
    }
}

fn again(ctx: &Ctx, input: &Input, about: &About, refusal: &dyn Refuse) -> Outcome {
    let form = frame::form_again(ctx, PUBLIC, input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
    let form = ctx.read(|tx| fields(tx, form.clone(), about))?;
    Ok(Response::form_again(praja_web::plain_page(&frame::shell(ctx), &header(), form)))
}

/// POST /pengaduan/lacak: number and code travel in the body, so that they stand in no history.
pub(crate) fn found(ctx: &Ctx, input: &Input) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    match ctx.read(|tx| track(tx, input.text("nomor"), input.text("kode")))? {
        Some(one) => Ok(frame::respond_plain(ctx, &answer_header(&one), answer(ctx, input, &one, None)?)),
        None => {
            let refusal = Refusal::NoMatch;
            let form = frame::form_again(ctx, format!("{PUBLIC}/lacak"), input).refusal(refusal.to_string(), refusal.next_step());
            let header = PageHeader::new("Lihat jawaban pengaduan");
            Ok(Response::form_again(praja_web::plain_page(&frame::shell(ctx), &header, track_form(form))))
        }
    }
}

/// POST /pengaduan/tanggapi: who complained accepts the answer or objects.
pub(crate) fn reply(ctx: &Ctx, input: &Input) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let (nomor, kode) = (input.text("nomor").to_owned(), input.text("kode").to_owned());
    let one = ctx.read(|tx| track(tx, &nomor, &kode))?.ok_or_else(|| Problem::refused(Refusal::NoMatch))?;
    let act = if input.text("terima") == "ya" { Act::Selesai } else { Act::Tanggapi(input.raw("tanggapan").trim().to_owned()) };
    let done = ctx.write(Keys::none(), move |tx| {
        let before = track(tx, &nomor, &kode)?.ok_or_else(|| Problem::refused(Refusal::NoMatch))?;
        complaints::act(tx, &before, &act)?;
        Ok::<_, Problem>(track(tx, &nomor, &kode)?.unwrap_or(before))
    });
    match done {
        Ok(after) => Ok(frame::respond_plain(ctx, &answer_header(&after), answer(ctx, input, &after, None)?)),
        Err(Problem::Refused(refusal)) => {
            let content = answer(ctx, input, &one, Some(&*refusal))?;
            Ok(Response::form_again(praja_web::plain_page(&frame::shell(ctx), &answer_header(&one), content)))
        }
        Err(other) => Err(other),
    }
}

fn answer_header(one: &Pengaduan) -> PageHeader {
    PageHeader::new(format!("Pengaduan {}", one.nomor)).purpose("Keadaan terbaru dan jawabannya.")
}

fn answer(ctx: &Ctx, input: &Input, one: &Pengaduan, refused: Option<&dyn Refuse>) -> Result<Markup, Problem> {
    let photos = ctx.read(|tx| foto::of(tx, one))?;
    Ok(html! {
        (progress(ctx, one))
        (facts(one))
        (section("Pengaduan Anda", words(&one.isi)))
        (foto::draw(ctx, &photos))
        @if let Some(jawaban) = &one.jawaban {
            (section(if one.status == Status::Ditolak { "Alasan tidak dapat ditindaklanjuti" } else { "Jawaban" }, words(jawaban)))
        }
        @if one.status == Status::Dijawab { (section("Tanggapan Anda", reply_form(ctx, input, refused))) }
    })
}

fn reply_form(ctx: &Ctx, input: &Input, refused: Option<&dyn Refuse>) -> Form {
    let action = format!("{PUBLIC}/tanggapi");
    let form = match refused {
        Some(refusal) => {
            frame::form_again(ctx, action, input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields())
        }
        None => frame::form(ctx, action),
    };
    form.hidden("nomor", input.text("nomor"))
        .hidden("kode", input.text("kode"))
        .field(Field::textarea("tanggapan", "Bila belum puas, tulis sebabnya").rows(3).max_length(4000))
        .submit_as("Terima jawaban", "terima", "ya")
        .submit_as("Kirim tanggapan", "terima", "tidak")
}

fn track_form(form: Form) -> Form {
    form.field(Field::text("nomor", "Nomor pengaduan").required().max_length(40).width(Width::Short).hint("Misalnya 2026-00012."))
        .field(
            Field::text("kode", "Kode")
                .required()
                .max_length(40)
                .width(Width::Short)
                .autocomplete("off")
                .hint("Sepuluh huruf dan angka pada bukti pengaduan."),
        )
        .submit("Lihat jawaban")
}

fn fields(tx: &mut Tx<'_>, form: Form, about: &About) -> praja_store::Result<Form> {
    let mut kinds: Vec<(String, String)> = Vec::new();
    for jenis in Jenis::ALL {
        let days = tenggat::of(tx, *jenis)?.hari_kerja;
        kinds.push((jenis.as_str().to_owned(), format!("{} (dijawab dalam {days} hari kerja)", jenis.label())));
    }
    let mut form = form.guard().multipart().hidden("tentang", &about.sealed);
    if !about.tentang.is_empty() {
        form = form.extra(html! { p { "Tentang: " strong { (about.tentang) } } });
    }
    form = form.field(Field::radio("jenis", "Jenis", &kinds).required()).field(
        Field::textarea("isi", "Isi pengaduan")
            .rows(6)
            .required()
            .max_length(4000)
            .hint("Apa yang terjadi, kapan, dan siapa yang terkait. Jangan menulis NIK atau nomor rekening."),
    );
    if about.opd.is_none() {
        let mut offices: Vec<(String, String)> = vec![(String::new(), "Saya tidak tahu".into())];
        offices.extend(opd::list_active(tx)?.into_iter().map(|opd| (opd.id.to_string(), opd.nama)));
        form = form.field(Field::select("opd", "Perangkat daerah yang dituju", &offices).value(""));
    }
    Ok(form
        .field(Field::text("lokasi", "Tempat kejadian").max_length(200))
        .field(attachments::field_for(PHOTOS, "Foto, bila ada", &PHOTO_RULE))
        .field(Field::text("nama", "Nama Anda").required().max_length(120).autocomplete("name"))
        .field(
            Field::text("kontak", "Surel atau nomor telepon")
                .required()
                .max_length(120)
                .hint("Hanya untuk menghubungi Anda tentang pengaduan ini."),
        )
        .field(Field::checkbox("sembunyikan", "Sembunyikan nama saya dari OPD yang diadukan"))
        .submit("Kirim pengaduan"))
}

fn header() -> PageHeader {
    PageHeader::new("Pengaduan, informasi, dan aspirasi")
        .purpose("Untuk siapa saja, tanpa akun. Setiap pengaduan mendapat nomor dan dijawab.")
}

/// What a complaint is about, as the page that led here sealed it.
#[derive(Default)]
struct About {
    sealed: String,
    objek: String,
    opd: Option<Id>,
    tentang: String,
}

impl About {
    fn read(ctx: &Ctx, sealed: &str) -> Self {
        let Some(opened) = unseal(ctx.instance().keys(), PURPOSE, sealed) else { return Self::default() };
        let parts: Vec<&str> = opened.split('\n').collect();
        let [objek, opd, tentang] = parts.as_slice() else { return Self::default() };
        Self { sealed: sealed.to_owned(), objek: (*objek).to_owned(), opd: opd.parse().ok(), tentang: (*tentang).to_owned() }
    }
}
