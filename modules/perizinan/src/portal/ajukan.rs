//! The beginning of an application: who asks, and for what. It is kept as a draft from the first step on.

use std::sync::Arc;

use praja_desk::{visitors, wilayah as regions};
use praja_kernel::{FieldProblem, Nik, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, StoreError, Tx, audit::Entry};
use praja_web::{
    Field, Form, Markup, Notice, PageHeader, Tone,
    form::Width,
    frame, html,
    picker::{self, Choice, MOST},
};

use super::{account, href, lama, opened, steps, writable};
use crate::{
    TABLE,
    alur::Status,
    jenis::{self, Jenis, Kanal, Permintaan},
    pengaturan,
    permohonan::{Asal, Pemohon, Permohonan, Refusal, resi, store},
};

/// GET /perizinan/pilih/wilayah?q=
pub(crate) fn wilayah(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let asked: String = ctx.query("q").unwrap_or_default().chars().take(100).collect();
    let lookup = regions::Lookup::of(&ctx.instance().paket);
    let found = lookup.search(&asked, MOST + 1);
    Ok(picker::answer(found.into_iter().map(|one| Choice::new(&one.kode, &one.nama).note(lookup.path(one))).collect(), false))
}

/// GET /perizinan/ajukan/{kode}
pub(crate) fn form(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (_, jenis) = open(ctx, tx)?;
    let form = frame::form(ctx, format!("/perizinan/ajukan/{}", jenis.kode));
    let asked = ctx.query("untuk").and_then(|word| Permintaan::parse(word).ok());
    let nama = ctx.who().map(|who| who.scope.actor.nama().to_owned()).unwrap_or_default();
    let nomor: String = ctx.query("izin").unwrap_or_default().chars().take(120).collect();
    Ok(frame::respond_plain(ctx, &header(&jenis), page(&jenis, fields(form, &jenis, Start { asked, nama, nomor }, true))))
}

/// What a new form is filled with.
struct Start {
    asked: Option<Permintaan>,
    nama: String,
    /// Number of the licence that is continued.
    nomor: String,
}

fn header(jenis: &Jenis) -> PageHeader {
    PageHeader::new(format!("Ajukan {}", jenis.nama))
        .purpose("Isian disimpan setiap kali Anda melanjutkan. Permohonan baru terkirim pada langkah terakhir.")
        .crumb("Layanan perizinan", "/perizinan/layanan")
        .crumb(&jenis.nama, format!("/perizinan/layanan/{}", jenis.kode))
}

fn page(_jenis: &Jenis, form: Form) -> Markup {
    html! {
        (Notice::new(Tone::Info, "Data Anda dipakai hanya untuk permohonan ini.")
            .text("Petugas yang menangani melihatnya, setiap pembukaan NIK dicatat. Permohonan yang tidak dikirim dihapus setelah 30 hari."))
        (form)
    }
}

/// The published version of the service of this address, when it may be applied for here.
fn open(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(jenis::store::Terbit, Arc<Jenis>), Problem> {
    let kode: String = ctx.param("kode")?;
    let found = jenis::store::published(tx, &kode, ctx.today())?.ok_or(Problem::NotFound)?;
    let jenis = Arc::clone(&found.isi);
    if jenis.kanal != Kanal::Praja || !jenis.is_open_on(ctx.today()) {
        return Err(Problem::refused(Refusal::Closed(jenis.nama.clone())));
    }
    Ok((found, jenis))
}

/// The fields about who applies, for the counter.
pub(crate) fn who(form: Form, jenis: &Jenis) -> Form {
    person(form, jenis, Start { asked: None, nama: String::new(), nomor: String::new() })
}

fn fields(form: Form, jenis: &Jenis, start: Start, is_new: bool) -> Form {
    let mut form = person(form, jenis, start);
    if is_new {
        form = form.field(
            Field::checkbox(
                "benar",
                "Data yang saya isi benar, dan saya memahami bahwa data ini diperlukan untuk memproses permohonan.",
            )
            .required(),
        );
    }
    form.submit("Simpan dan lanjut")
}

fn person(form: Form, jenis: &Jenis, start: Start) -> Form {
    let mut form = form.guard();
    if jenis.permohonan.len() > 1 {
        let words: Vec<_> = jenis.permohonan.iter().map(|one| (one.as_str(), one.label())).collect();
        let asked = start.asked.filter(|asked| jenis.permohonan.contains(asked)).unwrap_or(jenis.permohonan[0]);
        form = form.field(Field::radio("permintaan", "Yang dimohon", &words).required().value(asked.as_str()));
    }
    form = lama::field(form, jenis, &start.nomor);
    form = form
        .field(Field::text("nama", "Nama pemohon").required().max_length(120).autocomplete("name").value(start.nama))
        .field(
            Field::text("nik", "NIK pemohon").required().inputmode("numeric").max_length(24).width(Width::Medium).hint("16 angka pada KTP."),
        )
        .field(Field::textarea("alamat", "Alamat pemohon").rows(2).required().max_length(300).autocomplete("street-address"))
        .field(Field::phone("telepon", "Nomor ponsel").hint("Salah satu dari nomor ponsel dan surel harus diisi; hasilnya disampaikan ke sana."))
        .field(Field::email("email", "Surel"))
        .fold(
            "Saya mengurus untuk orang lain (kuasa)",
            vec![
                Field::text("kuasa_nama", "Nama Anda sebagai kuasa").max_length(120),
                Field::text("kuasa_nik", "NIK Anda").inputmode("numeric").max_length(24).width(Width::Medium).hint(
                    "Surat kuasa diunggah pada langkah Berkas. Dokumen disampaikan kepada pemohon sendiri, bukan hanya kepada kuasa.",
                ),
            ],
        );
    form
}

/// What was typed about the applicant, with everything that is wrong.
pub(crate) fn read(input: &Input, jenis: &Jenis) -> Result<(Permintaan, Pemohon), Vec<FieldProblem>> {
    let mut wrong = Vec::new();
    let permintaan = match (Permintaan::parse(input.text("permintaan")), jenis.permohonan.as_slice()) {
        (_, [only]) => *only,
        (Ok(one), all) if all.contains(&one) => one,
        (_, all) => {
            wrong.push(FieldProblem::new("permintaan", "Pilih yang dimohon."));
            all.first().copied().unwrap_or(Permintaan::Baru)
        }
    };
    let name = |field: &'static str, what: &str, wrong: &mut Vec<FieldProblem>| {
        let nama = input.text(field).split_whitespace().collect::<Vec<_>>().join(" ");
        let letters = nama.chars().count();
        if !(3..=120).contains(&letters) || nama.chars().any(|c| "<>{}".contains(c)) {
            wrong.push(FieldProblem::new(field, format!("Isi {what}, 3 sampai 120 huruf, seperti pada KTP.")));
        }
        nama
    };
    let number = |field: &'static str, wrong: &mut Vec<FieldProblem>| -> Option<Nik> {
        let read = input.text(field).parse::<Nik>();
        read.map_err(|e| wrong.push(FieldProblem::new(field, e.to_string()))).ok()
    };
    let nama = name("nama", "nama pemohon", &mut wrong);
    let nik = number("nik", &mut wrong);
    let alamat = input.text("alamat").to_owned();
    if alamat.chars().count() < 5 {
        wrong.push(FieldProblem::new("alamat", "Isi alamat pemohon dengan jalan atau dusun dan desanya."));
    } else if alamat.chars().count() > 300 {
        wrong.push(FieldProblem::new("alamat", "Paling panjang 300 huruf."));
    }
    let (telepon, email) = contacts(input, &mut wrong);
    let kuasa = if input.text("kuasa_nama").is_empty() && input.text("kuasa_nik").is_empty() {
        None
    } else {
        let kuasa_nama = name("kuasa_nama", "nama kuasa", &mut wrong);
        let kuasa_nik = number("kuasa_nik", &mut wrong);
        if kuasa_nik.is_some() && kuasa_nik == nik {
            wrong.push(FieldProblem::new(
                "kuasa_nik",
                "NIK kuasa sama dengan NIK pemohon. Kosongkan bagian kuasa bila Anda pemohonnya.",
            ));
        }
        kuasa_nik.map(|nik| (kuasa_nama, nik))
    };
    match nik {
        Some(nik) if wrong.is_empty() => Ok((permintaan, Pemohon { nama, nik, telepon, email, alamat, kuasa })),
        _ => Err(wrong),
    }
}

fn contacts(input: &Input, wrong: &mut Vec<FieldProblem>) -> (String, String) {
    let (typed, email) = (input.text("telepon"), input.text("email"));
    let telepon: String = typed.chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')')).collect();
    let digits = telepon.strip_prefix('+').unwrap_or(&telepon);
    if !telepon.is_empty() && (!(8..=15).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit())) {
        wrong.push(FieldProblem::new("telepon", "Nomor ponsel diawali 08 atau +628 dan berisi 10 sampai 13 angka."));
    }
    let whole = email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !email.contains(' '));
    if !email.is_empty() && (!whole || email.chars().count() > 120) {
        wrong.push(FieldProblem::new("email", "Alamat surel ini tidak lengkap. Contoh: siti@contoh.id"));
    }
    if telepon.is_empty() && email.is_empty() {
        wrong.push(FieldProblem::new("telepon", "Isi nomor ponsel, atau isi surel di bawahnya."));
    }
    (telepon, email.to_lowercase())
}

fn again(ctx: &Ctx, input: &Input, jenis: &Jenis, action: String, problems: &[FieldProblem], is_new: bool) -> Response {
    let refusal = Refusal::Fields(problems.to_vec());
    let form = frame::form_again(ctx, action, input).refusal(refusal.message(), refusal.next_step()).problems(problems);
    let form = fields(form, jenis, Start { asked: None, nama: String::new(), nomor: String::new() }, is_new);
    Response::form_again(praja_web::plain_page(&frame::shell(ctx), &header(jenis), page(jenis, form)))
}

/// A draft with nothing but its applicant.
pub(crate) fn draft(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    found: &jenis::store::Terbit,
    (permintaan, pemohon): (Permintaan, Pemohon),
    asal: Asal,
) -> Result<Permohonan, Problem> {
    let opd = pengaturan::ptsp(tx)?.ok_or_else(|| Problem::refused(Refusal::NoOffice))?;
    let jenis = &found.isi;
    let mut random = [0; 10];
    getrandom::fill(&mut random).map_err(|e| StoreError::Unavailable(format!("no randomness: {e}")))?;
    let (id, now) = (tx.new_id()?, tx.now()?);
    let draft = Permohonan::draf((id, resi(random)), (found.versi.jenis, found.versi.id, jenis), pemohon, (opd, now));
    let opd_teknis = pengaturan::opd_bernama(tx, &jenis.alur.opd_teknis)?;
    Ok(Permohonan { permintaan, akun: account(ctx), asal, opd_teknis, ..draft })
}

/// POST /perizinan/ajukan/{kode}
pub(crate) fn begin(ctx: &Ctx, input: &Input) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let (found, jenis) = ctx.read(|tx| open(ctx, tx))?;
    let mut wrong = Vec::new();
    if input.text("benar").is_empty() {
        wrong.push(FieldProblem::new("benar", "Permohonan hanya dapat dimulai bila Anda menyatakan datanya benar."));
    }
    let read = read(input, &jenis).map_err(|mut problems| {
        problems.append(&mut wrong.clone());
        problems
    });
    let who = match read {
        Ok(who) if wrong.is_empty() => who,
        Ok(_) => return Ok(again(ctx, input, &jenis, format!("/perizinan/ajukan/{}", jenis.kode), &wrong, true)),
        Err(problems) => return Ok(again(ctx, input, &jenis, format!("/perizinan/ajukan/{}", jenis.kode), &problems, true)),
    };
    let continued = ctx.read(|tx| continued(ctx, tx, input, &who, (found.versi.jenis, &jenis)))?;
    let izin_lama = match continued {
        Ok(izin_lama) => izin_lama,
        Err(problem) => return Ok(again(ctx, input, &jenis, format!("/perizinan/ajukan/{}", jenis.kode), &[problem], true)),
    };
    let mine = ctx.clone();
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let mut one = draft(&mine, tx, &found, who.clone(), Asal::Daring)?;
        one.izin_lama = izin_lama;
        lama::prefill(tx, &mut one)?;
        store::insert(tx, &one)?;
        tx.audit(&Entry::new("perizinan.begin-permohonan", TABLE, one.id).with("jenis", &found.isi.kode))?;
        Ok::<_, Problem>(href(&one, if found.isi.formulir.is_empty() { "berkas" } else { "isi/1" }))
    })?;
    let resi = match &response.body {
        praja_module::Body::Redirect(to) => to.trim_start_matches(super::SATU).trim_start_matches('/').chars().take(10).collect(),
        _ => String::new(),
    };
    Ok(opened(ctx, response, &resi))
}

/// The licence that was named for what is applied for; `Err` beside its field.
pub(crate) fn continued(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    input: &Input,
    (permintaan, pemohon): &(Permintaan, Pemohon),
    jenis: (praja_kernel::Id, &Jenis),
) -> Result<Result<Option<praja_kernel::Id>, FieldProblem>, Problem> {
    Ok(lama::find(tx, *permintaan, jenis, pemohon.nik.full(), input.text(lama::NOMOR), ctx.today())?)
}

/// GET /perizinan/permohonan/{resi}/pemohon
pub(crate) fn edit(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (one, jenis) = writable(ctx, tx)?;
    let who = &one.pemohon;
    let (kuasa_nama, kuasa_nik) = who.kuasa.as_ref().map(|(nama, nik)| (nama.as_str(), nik.full())).unwrap_or_default();
    let values = praja_web::FormValues::new()
        .with("permintaan", one.permintaan.as_str())
        .with(lama::NOMOR, lama::number(tx, &one)?)
        .with("nama", &who.nama)
        .with("nik", who.nik.full())
        .with("alamat", &who.alamat)
        .with("telepon", &who.telepon)
        .with("email", &who.email)
        .with("kuasa_nama", kuasa_nama)
        .with("kuasa_nik", kuasa_nik);
    let form = fields(
        frame::form(ctx, href(&one, "pemohon")).values(values),
        &jenis,
        Start { asked: None, nama: String::new(), nomor: String::new() },
        false,
    );
    Ok(frame::respond_plain(ctx, &header(&jenis), html! { (steps(&one, &jenis, "pemohon")) (form) }))
}

/// POST /perizinan/permohonan/{resi}/pemohon
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let (one, jenis) = ctx.read(|tx| writable(ctx, tx))?;
    let (permintaan, pemohon) = match read(input, &jenis) {
        Ok(who) => who,
        Err(problems) => return Ok(again(ctx, input, &jenis, href(&one, "pemohon"), &problems, false)),
    };
    // A number in line belongs to one person: it cannot be handed to another.
    if one.status != Status::Draf {
        let old = &one.pemohon;
        let changed =
            [("nama", pemohon.nama != old.nama), ("nik", pemohon.nik != old.nik), ("kuasa_nama", pemohon.kuasa != old.kuasa)];
        let problems: Vec<FieldProblem> = changed
            .into_iter()
            .filter(|(_, changed)| *changed)
            .map(|(field, _)| {
                FieldProblem::new(
                    field,
                    "Tidak dapat diganti setelah permohonan dikirim. Untuk orang lain, ajukan permohonan baru.",
                )
            })
            .collect();
        if !problems.is_empty() {
            return Ok(again(ctx, input, &jenis, href(&one, "pemohon"), &problems, false));
        }
    }
    let who = (permintaan, pemohon);
    let izin_lama = match ctx.read(|tx| continued(ctx, tx, input, &who, (one.jenis, &jenis)))? {
        Ok(izin_lama) => izin_lama,
        // What was filed under a licence stays so: the officers decide about what became of it since.
        Err(_) if one.status != Status::Draf => one.izin_lama,
        Err(problem) => return Ok(again(ctx, input, &jenis, href(&one, "pemohon"), &[problem], false)),
    };
    let (permintaan, pemohon) = who;
    let mine = ctx.clone();
    ctx.submit(input, Keys::none(), move |tx| {
        let (mut one, jenis) = writable(&mine, tx)?;
        if one.status == Status::Draf {
            one.pemohon = pemohon.clone();
            (one.permintaan, one.izin_lama) = (permintaan, izin_lama);
        } else {
            (one.pemohon.alamat, one.pemohon.telepon, one.pemohon.email) =
                (pemohon.alamat.clone(), pemohon.telepon.clone(), pemohon.email.clone());
        }
        if !store::update(tx, &one)? {
            return Err(Problem::Conflict);
        }
        tx.audit(&Entry::new("perizinan.change-pemohon", TABLE, one.id).with("nomor", one.sebutan()))?;
        Ok(href(&one, if jenis.formulir.is_empty() { "berkas" } else { "isi/1" }))
    })
}
