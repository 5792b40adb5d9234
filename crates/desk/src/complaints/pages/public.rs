use praja_identity::{opd, orang};
use praja_kernel::{FieldProblem, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{By, Keys, Tx};
use praja_web::{Facts, Field, Form, FormValues, Markup, Notice, PageHeader, Tone, form::Width, frame, html, section};

use super::{PUBLIC, Perihal, facts, foto, progress, said, words};
use crate::{
    attachments::{self, Kind, Rule},
    complaints::{
        self, Act, Bukti, Draft, Hari, Jalur, Jenis, Penanganan, Pengaduan, Refusal, Status, Teradu, check, jam, objek, track,
    },
    visitors,
};

/// The form's name for photographs and papers.
const PHOTOS: &str = "foto";
/// Anybody may send them: few and small; pictures are written anew without where they were taken.
pub(crate) const PHOTO_RULE: Rule =
    Rule { max_bytes: 5 << 20, max_files: 3, kinds: &[Kind::Jpeg, Kind::Png, Kind::Webp, Kind::Pdf] };

/// GET /pengaduan: the form, and the way to an answer.
pub(crate) fn form(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let about = About::read(ctx, ctx.query("tentang").unwrap_or_default());
    let nama = ctx.who().map(|who| who.scope.actor.nama().to_owned()).unwrap_or_default();
    let last = about.perihal.tahap.len().checked_sub(1).map(|at| at.to_string()).unwrap_or_default();
    let values = FormValues::new().with("nama", nama).with("jenis", Jenis::Pelayanan.as_str()).with("tahap", last);
    let form = fields(ctx, tx, frame::form(ctx, PUBLIC).values(values), &about)?;
    let content = html! {
        (form)
        (section("Lihat jawaban", track_form(frame::form(ctx, format!("{PUBLIC}/lacak")))))
    };
    Ok(frame::respond_plain(ctx, &header(), content))
}

/// What was typed, with what is known beside it.
fn typed(ctx: &Ctx, input: &Input, about: &About) -> Result<Draft, Problem> {
    let chosen = input.text("opd").parse().ok();
    let opd = match (about.perihal.opd, chosen) {
        (Some(opd), _) => Some(opd),
        (None, Some(opd)) => ctx.read(|tx| opd::get(tx, opd))?.map(|opd| opd.id),
        (None, None) => None,
    };
    let stage = input.text("tahap").parse::<usize>().ok().and_then(|at| about.perihal.tahap.get(at));
    let mut known = Vec::new();
    if let Some(stage) = stage.filter(|_| input.text("petugas_ini") == "ya") {
        for id in &stage.petugas {
            let id = *id;
            known.push(Teradu { orang: id, nama: ctx.read(|tx| orang::name(tx, id))?.unwrap_or_default() });
        }
    }
    // Where nobody is written down for that stage, it is still about an officer: the inspectorate finds out who that is.
    let about_stage =
        stage.filter(|_| input.text("petugas_ini") == "ya").map(|stage| format!("Petugas pada tahap {}", stage.nama));
    let named = input.text("teradu").trim().to_owned();
    let teradu = match about_stage {
        Some(stage) if named.is_empty() => stage,
        Some(stage) => format!("{named} ({stage})"),
        None => named,
    };
    Ok(Draft {
        objek: about.perihal.objek.clone(),
        tentang: about.perihal.tentang.clone(),
        tahap: stage.map(|stage| stage.nama.clone()).unwrap_or_default(),
        opd,
        isi: input.raw("isi").to_owned(),
        lokasi: input.text("lokasi").to_owned(),
        pelapor: ctx.who().map(|who| who.scope.actor.key()).unwrap_or_default(),
        nama: input.text("nama").to_owned(),
        kontak: input.text("kontak").to_owned(),
        disembunyikan: input.text("sembunyikan") == "ya",
        anonim: input.text("anonim") == "ya",
        wbs: input.text("wbs") == "ya",
        teradu,
        orang: known,
        ..Draft::default()
    })
}

/// POST /pengaduan
pub(crate) fn file(ctx: &Ctx, input: &Input) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let about = About::read(ctx, input.raw("tentang"));
    let draft = match check(typed(ctx, input, &about)?, input.text("jenis")) {
        Ok(draft) => draft.protect(ctx.instance().keys())?,
        Err(refusal) => return again(ctx, input, &about, &refusal),
    };
    let photos = match attachments::received(ctx, input, PHOTOS, &PHOTO_RULE) {
        Ok(photos) => photos,
        Err(Problem::Refused(refusal)) => return again(ctx, input, &about, &*refusal),
        Err(other) => return Err(other),
    };
    let mut photos = photos;
    if draft.is_protected() {
        // The name of a file may name whoever sent it, and stands in the trail.
        for (at, photo) in photos.iter_mut().enumerate() {
            photo.name = format!("berkas-{}", at + 1);
        }
    }
    let today = ctx.today();
    // Not through `submit`: the code is told once and stands in no address.
    let (form, route) = (input.form_id(), PUBLIC);
    let protected = draft.is_protected() || draft.anonim;
    let work = move |tx: &mut Tx<'_>| {
        if let Some(form) = form
            && tx.answered_form(route, form)?.is_some()
        {
            return Ok(None);
        }
        let hari = Hari::of(tx, today)?;
        let bukti = complaints::file(tx, &draft, today, &hari)?;
        if !photos.is_empty() {
            // What is protected is opened from its own page alone.
            let readers = if draft.is_protected() { Vec::new() } else { complaints::readers(tx, draft.opd)? };
            attachments::attach_all(tx, &objek(bukti.id), &readers, &photos, false)?;
        }
        if let Some(form) = form {
            let answered = praja_store::forms::Answered { status: 303, tujuan: PUBLIC.to_owned() };
            tx.answer_form(route, form, &answered)?;
        }
        Ok::<_, Problem>(Some(bukti))
    };
    // Whoever is protected or unnamed stands in no trail: the box itself writes it down.
    let filed = if protected {
        let by: By = ctx.instance().by_system("desk.receive-pengaduan");
        ctx.instance().db.write(&by, complaints::keys(today), work)?
    } else {
        ctx.write(complaints::keys(today), work)?
    };
    match filed {
        Some(bukti) => Ok(frame::respond_plain(ctx, &PageHeader::new("Pengaduan sudah diterima"), receipt(ctx, &bukti))),
        None => Ok(Response::redirect(PUBLIC).with_notice("Pengaduan itu sudah kami terima sebelumnya.")),
    }
}

/// What whoever complained takes home.
pub(super) fn receipt(ctx: &Ctx, bukti: &Bukti) -> Markup {
    html! {
        (Notice::new(Tone::Good, "Terima kasih. Pengaduan Anda sudah kami catat.")
            .text("Simpan nomor dan kode berikut. Keduanya diperlukan untuk melihat jawaban, dan kode tidak ditampilkan lagi."))
        div.cetakan {
            (Facts::new().add("Nomor pengaduan", html! { strong { (bukti.nomor) } }).add("Kode", html! { strong { code { (bukti.kode) } } }))
            p { "Jawaban dapat dilihat di " (ctx.url(PUBLIC)) "." }
        }
        p { a href=(PUBLIC) { "Kembali ke halaman pengaduan" } }
    }
}

fn again(ctx: &Ctx, input: &Input, about: &About, refusal: &dyn Refuse) -> Outcome {
    let form = frame::form_again(ctx, PUBLIC, input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
    let form = ctx.read(|tx| fields(ctx, tx, form.clone(), about))?;
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
    let today = ctx.today();
    let work = move |tx: &mut Tx<'_>| {
        let before = track(tx, &nomor, &kode)?.ok_or_else(|| Problem::refused(Refusal::NoMatch))?;
        let hari = Hari::of(tx, today)?;
        complaints::act(tx, &before, &act, &hari)?;
        Ok::<_, Problem>(track(tx, &nomor, &kode)?.unwrap_or(before))
    };
    // Signed in or not: who comes back with the code of a protected complaint stands in no trail.
    let done = if one.is_protected() || one.nama.is_empty() {
        ctx.instance().db.write(&ctx.instance().by_system("desk.receive-pengaduan"), Keys::none(), work)
    } else {
        ctx.write(Keys::none(), work)
    };
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
    let (photos, said) = ctx.read(|tx| Ok::<_, Problem>((foto::of(tx, one)?, said(ctx, tx, one)?)))?;
    let open = one.buka_sampai.filter(|until| *until >= ctx.today());
    Ok(html! {
        (progress(ctx, one))
        (facts(one))
        @if one.jalur == Jalur::Wbs { p.redup { "Laporan ini hanya dibaca Inspektorat." } }
        @if one.jalur == Jalur::Petugas { p.redup { "Petugas yang diadukan tidak dapat melihat pengaduan ini." } }
        (section("Pengaduan Anda", words(&one.isi)))
        (foto::draw(ctx, &photos))
        (said)
        @if let Some(until) = open {
            @if matches!(one.status, Status::Ditanggapi | Status::Selesai) {
                (section("Tanggapan Anda", html! {
                    p { "Bila jawaban belum menyelesaikan masalah, pengaduan dapat dibuka lagi sampai " (praja_kernel::tanggal_panjang(until)) "." }
                    (reply_form(ctx, input, one, refused))
                }))
            }
        } @else if matches!(one.status, Status::Ditanggapi | Status::Selesai) {
            @if let Some(refusal) = refused { (Notice::new(Tone::Bad, refusal.message()).text(refusal.next_step())) }
        }
    })
}

fn reply_form(ctx: &Ctx, input: &Input, one: &Pengaduan, refused: Option<&dyn Refuse>) -> Form {
    let action = format!("{PUBLIC}/tanggapi");
    let form = match refused {
        Some(refusal) => {
            frame::form_again(ctx, action, input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields())
        }
        None => frame::form(ctx, action),
    };
    let form = form
        .hidden("nomor", input.text("nomor"))
        .hidden("kode", input.text("kode"))
        .field(Field::textarea("tanggapan", "Bila belum puas, tulis sebabnya").rows(3).max_length(4000));
    let form = if one.status == Status::Ditanggapi { form.submit_as("Terima jawaban", "terima", "ya") } else { form };
    form.submit_as("Buka lagi pengaduan", "terima", "tidak")
}

fn track_form(form: Form) -> Form {
    // Reports of wrongdoing carry a number that counts nothing, so that no one can tell how many there are.
    let hint = "Seperti pada bukti pengaduan, misalnya 2026-00012 atau P-8RXGF1Q4CJ.";
    form.field(Field::text("nomor", "Nomor pengaduan").required().max_length(40).width(Width::Short).hint(hint))
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

/// The kinds with the time in which each is answered today.
pub(super) fn kinds(ctx: &Ctx, tx: &mut Tx<'_>) -> praja_store::Result<Vec<(String, String)>> {
    let today = ctx.today();
    let mut kinds = Vec::new();
    for jenis in Jenis::ALL {
        let days = jam::of(tx, Penanganan::of(*jenis).jam(), today)?.hari;
        kinds.push((jenis.as_str().to_owned(), format!("{} (dijawab dalam {days} hari kerja)", jenis.label())));
    }
    Ok(kinds)
}

fn fields(ctx: &Ctx, tx: &mut Tx<'_>, form: Form, about: &About) -> praja_store::Result<Form> {
    let kinds = kinds(ctx, tx)?;
    let mut form = form.guard().multipart().hidden("tentang", &about.sealed);
    if !about.perihal.tentang.is_empty() {
        form = form.extra(html! { p { "Tentang: " strong { (about.perihal.tentang) } } });
    }
    form = form.field(Field::radio("jenis", "Jenis", &kinds).required()).field(
        Field::textarea("isi", "Isi pengaduan")
            .rows(6)
            .required()
            .max_length(4000)
            .hint("Apa yang terjadi, kapan, dan siapa yang terkait. Jangan menulis NIK atau nomor rekening."),
    );
    if about.perihal.opd.is_none() {
        let mut offices: Vec<(String, String)> = vec![(String::new(), "Saya tidak tahu".into())];
        offices.extend(opd::list_active(tx)?.into_iter().map(|opd| (opd.id.to_string(), opd.nama)));
        form = form.field(Field::select("opd", "Perangkat daerah yang dituju", &offices).value(""));
    }
    let mut whom = Vec::new();
    if !about.perihal.tahap.is_empty() {
        let stages: Vec<(String, String)> =
            about.perihal.tahap.iter().enumerate().map(|(at, stage)| (at.to_string(), stage.nama.clone())).collect();
        form = form.field(Field::select("tahap", "Tahap yang diadukan", &stages));
        whom.push(Field::checkbox("petugas_ini", "Pengaduan ini tentang petugas yang menangani tahap itu"));
    }
    whom.push(
        Field::text("teradu", "Nama atau jabatan petugas yang diadukan")
            .max_length(200)
            .hint("Bila diisi, petugas itu tidak melihat pengaduan ini; atasannya atau Inspektorat yang menangani."),
    );
    whom.push(
        Field::checkbox("wbs", "Hanya untuk Inspektorat").hint(
            "Untuk melaporkan pelanggaran atau permintaan uang. Tidak dibaca perangkat daerah mana pun selain Inspektorat.",
        ),
    );
    Ok(form
        .group("Bila tentang petugas", "", whom)
        .field(Field::text("lokasi", "Tempat kejadian").max_length(200))
        .field(attachments::field_for(PHOTOS, "Foto atau dokumen, bila ada", &PHOTO_RULE))
        .group(
            "Pelapor",
            "",
            vec![
                Field::text("nama", "Nama Anda").max_length(120).autocomplete("name").hint("Wajib, kecuali tanpa nama."),
                Field::text("kontak", "Surel atau nomor telepon")
                    .max_length(120)
                    .hint("Wajib, kecuali tanpa nama. Hanya untuk menghubungi Anda tentang pengaduan ini."),
                Field::checkbox("sembunyikan", "Sembunyikan nama saya dari OPD yang diadukan"),
                Field::checkbox("anonim", "Tanpa nama")
                    .hint("Nama dan kontak tidak disimpan. Kembalilah dengan nomor dan kode pada bukti."),
            ],
        )
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
    perihal: Perihal,
}

impl About {
    fn read(ctx: &Ctx, sealed: &str) -> Self {
        match Perihal::opened(ctx, sealed) {
            Some(perihal) => Self { sealed: sealed.to_owned(), perihal },
            None => Self::default(),
        }
    }
}

/// A problem beside a field.
pub(super) fn at(field: &'static str, words: impl Into<String>) -> Refusal {
    Refusal::Fields(vec![FieldProblem::new(field, words.into())])
}
