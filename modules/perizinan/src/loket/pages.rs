use std::sync::Arc;

use praja_desk::attachments;
use praja_kernel::{FieldProblem, Id, Refuse};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Act, Facts, Form, Markup, Notice, PageHeader, Tone, act_bar, badge, frame, html, search_box, section};

use super::PAGE;
use crate::{
    TABLE,
    alur::{Langkah, Status},
    jenis::{self, Jenis, Kanal, Permintaan},
    meja::{self, LIST},
    nik, objek,
    permohonan::{
        Asal, Permohonan, Refusal, giliran, isian, store,
        write::{self, Catatan, Kerja},
    },
    portal::{self, ajukan, berkas, kirim},
};

/// GET /perizinan/izin/loket?q=…
pub(crate) fn choose(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let asked = praja_kernel::fold(ctx.query("q").unwrap_or_default());
    let all = jenis::store::open(tx, ctx.today())?;
    let shown: Vec<_> = all
        .iter()
        .filter(|one| {
            asked.is_empty()
                || praja_kernel::fold(&format!("{} {} {}", one.isi.kode, one.isi.nama, one.isi.sektor)).contains(&asked)
        })
        .collect();
    let here = praja_web::Address::here(ctx).top();
    let content = html! {
        (search_box(&here, "Cari layanan", "Nama, kode, atau bidang layanan"))
        @if shown.is_empty() { p { "Tidak ada layanan yang cocok." } }
        ul.daftar-tautan {
            @for one in shown {
                li {
                    @if one.isi.kanal == Kanal::Praja {
                        a href={ (PAGE) "/" (one.isi.kode) } { (one.isi.nama) } " " span.redup { (one.isi.kode) ", " (one.isi.sla.hari) " hari kerja" }
                    } @else {
                        (one.isi.nama) " " (badge(Tone::Neutral, one.isi.kanal.label())) " " a href="/perizinan/izin/bantuan/baru" { "catat layanan berbantuan" }
                    }
                }
            }
        }
        (waiting(ctx, tx)?)
        p { a href="/identity/warga/baru" { "Buka akun bagi pemohon yang hadir dengan KTP" } }
    };
    let header = PageHeader::new("Permohonan di loket")
        .purpose("Pilih layanan yang dimohon orang yang hadir.")
        .crumb("Permohonan izin", LIST);
    Ok(frame::respond(ctx, &header, content))
}

/// What was begun at the counter and is not registered yet: nobody types it twice.
fn waiting(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Markup, Problem> {
    let mut items = Vec::new();
    for one in store::counter_drafts(tx, ctx.scope()?)? {
        let jenis = jenis::store::version(tx, one.jenis_versi)?;
        let to = format!("{PAGE}/{}/{}", jenis.kode, one.id);
        let begun = frame::time(ctx.instance().zona, one.dibuat).0;
        items.push(html! { li { a href=(to) { (one.pemohon.nama) } " " span.redup { (jenis.nama) ", dimulai " (begun) } } });
    }
    if items.is_empty() {
        return Ok(html! {});
    }
    Ok(section("Belum terdaftar", html! { ul.daftar-tautan { @for item in &items { (item) } } }))
}

/// The service of this address.
fn service(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<jenis::store::Terbit, Problem> {
    let kode: String = ctx.param("kode")?;
    let found = jenis::store::published(tx, &kode, ctx.today())?.ok_or(Problem::NotFound)?;
    if found.isi.kanal != Kanal::Praja {
        return Err(Problem::refused(Refusal::Closed(found.isi.nama.clone())));
    }
    Ok(found)
}

fn header(jenis: &Jenis) -> PageHeader {
    PageHeader::new(format!("Loket: {}", jenis.nama))
        .purpose("Isi bersama pemohon. Tekan Tab untuk pindah isian dan Enter untuk menyimpan.")
        .crumb("Permohonan di loket", PAGE)
}

/// One page with everything: the applicant, then every part of the form. What an answer brings in or takes away is drawn when it is saved.
fn fields(ctx: &Ctx, jenis: &Jenis, form: Form, permintaan: Permintaan, jawaban: &isian::Jawaban) -> Form {
    let heading = |text: &str| html! { h2 { (text) } };
    let mut form = ajukan::who(form.extra(heading("Pemohon")), jenis);
    let nilai = jawaban.nilai(jenis, permintaan);
    for part in &jenis.formulir {
        let shown: Vec<_> = part.isian.iter().filter(|field| isian::holds(&field.bila, &nilai)).collect();
        form = portal::fields(ctx, form.extra(heading(&part.judul)), part, &shown, jawaban);
    }
    form.submit("Simpan dan lanjut ke berkas").cancel("Pilih layanan lain", PAGE)
}

/// GET /perizinan/izin/loket/{kode}
pub(crate) fn form(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let found = service(ctx, tx)?;
    let form = frame::form(ctx, format!("{PAGE}/{}", found.isi.kode));
    let empty = isian::Jawaban::default();
    let permintaan = found.isi.permohonan.first().copied().unwrap_or(Permintaan::Baru);
    Ok(frame::respond(ctx, &header(&found.isi), fields(ctx, &found.isi, form, permintaan, &empty)))
}

/// POST /perizinan/izin/loket/{kode}
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let found = ctx.read(|tx| service(ctx, tx))?;
    let jenis = Arc::clone(&found.isi);
    let read = ajukan::read(input, &jenis);
    let permintaan =
        read.as_ref().map_or_else(|_| jenis.permohonan.first().copied().unwrap_or(Permintaan::Baru), |(one, _)| *one);
    let mut jawaban = isian::Jawaban::default();
    let mut problems = read.as_ref().err().cloned().unwrap_or_default();
    let is_wilayah = |kode: &str| praja_desk::wilayah::Lookup::of(&ctx.instance().paket).get(kode).is_some();
    for part in &jenis.formulir {
        problems.extend(portal::langkah::take_into(ctx, input, part, &mut jawaban));
    }
    let nilai = jawaban.nilai(&jenis, permintaan);
    for part in &jenis.formulir {
        for problem in
            isian::check(part, &jawaban, &nilai, (ctx.today(), read.as_ref().ok().map(|(_, who)| &who.nik)), &is_wilayah)
        {
            if !problems.iter().any(|known| known.field == problem.field) {
                problems.push(problem);
            }
        }
    }
    let mut izin_lama = None;
    if let Ok(who) = &read {
        match ctx.read(|tx| ajukan::continued(ctx, tx, input, who, (found.versi.jenis, &jenis)))? {
            Ok(id) => izin_lama = id,
            Err(problem) => problems.push(problem),
        }
    }
    let who = match read {
        Ok(who) if problems.is_empty() => who,
        _ => {
            let refusal = Refusal::Fields(problems.clone());
            let form = frame::form_again(ctx, format!("{PAGE}/{}", jenis.kode), input)
                .refusal(refusal.message(), refusal.next_step())
                .problems(&problems);
            let content = fields(ctx, &jenis, form, permintaan, &jawaban);
            return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(&jenis), content)));
        }
    };
    let (mine, written) = (ctx.clone(), jawaban.written());
    ctx.submit(input, Keys::none(), move |tx| {
        let mut one = ajukan::draft(&mine, tx, &found, who.clone(), Asal::Loket)?;
        one.isian.clone_from(&written);
        one.izin_lama = izin_lama;
        store::insert(tx, &one)?;
        tx.audit(
            &Entry::new("perizinan.begin-permohonan", TABLE, one.id)
                .with("jenis", &found.isi.kode)
                .with("asal", Asal::Loket.as_str()),
        )?;
        Ok::<_, Problem>(format!("{PAGE}/{}/{}", found.isi.kode, one.id))
    })
}

/// The draft of this address, begun at the counter.
fn draft(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Permohonan, Arc<Jenis>), Problem> {
    let id: Id = ctx.param("id")?;
    let one = store::get(tx, id)?.filter(|one| one.asal == Asal::Loket && one.status == Status::Draf).ok_or(Problem::NotFound)?;
    if !ctx.scope()?.covers_opd(one.opd) {
        return Err(Problem::NotFound);
    }
    let jenis = jenis::store::version(tx, one.jenis_versi)?;
    Ok((one, jenis))
}

/// The field of a requirement.
fn field(kode: &str) -> String {
    format!("berkas_{kode}")
}

fn page(ctx: &Ctx, tx: &mut Tx<'_>, one: &Permohonan, jenis: &Jenis, mut form: Form) -> Result<Markup, Problem> {
    let files = store::files(tx, one.id)?;
    let warnings = nik::peringatan(tx, &ctx.instance().paket, &one.pemohon.nik, &one.pemohon.nama)?;
    for syarat in berkas::asked(one, jenis) {
        let there = files.iter().find(|file| !file.diganti && file.syarat == syarat.kode);
        let state = match there {
            Some(file) => format!("Sudah ada: {}. ", file.nama),
            None if syarat.wajib => "Wajib. ".to_owned(),
            None => "Bila ada. ".to_owned(),
        };
        form = form.field(
            attachments::field_for(&field(&syarat.kode), &syarat.label, &berkas::rule(&syarat))
                .hint(format!("{state}{}", syarat.petunjuk)),
        );
    }
    let form = form
        .multipart()
        .submit_as("Simpan berkas dan daftarkan", "daftar", "ya")
        .submit_as("Simpan berkas saja", "daftar", "tidak")
        .cancel("Pilih layanan lain", PAGE);
    Ok(html! {
        (Facts::new().add("Pemohon", &one.pemohon.nama).add("NIK", one.pemohon.nik.masked()).add("Layanan", &jenis.nama).add("Yang dimohon", one.permintaan.label()))
        @for warning in &warnings { (Notice::new(Tone::Warn, warning.untuk_petugas())) }
        (section("Berkas", form))
    })
}

/// GET /perizinan/izin/loket/{kode}/{id}
pub(crate) fn files(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (one, jenis) = draft(ctx, tx)?;
    let form = frame::form(ctx, format!("{PAGE}/{}/{}", jenis.kode, one.id));
    let content = page(ctx, tx, &one, &jenis, form)?;
    Ok(frame::respond(ctx, &header(&jenis), content))
}

/// POST /perizinan/izin/loket/{kode}/{id}: keeps the files, and registers the application as complete: whoever takes it has seen it.
pub(crate) fn register(ctx: &Ctx, input: &Input) -> Outcome {
    let (one, jenis) = ctx.read(|tx| draft(ctx, tx))?;
    let (mut taken, mut problems) = (Vec::new(), Vec::new());
    for syarat in berkas::asked(&one, &jenis) {
        let name = field(&syarat.kode);
        let own = Input {
            fields: input.fields.iter().filter(|(known, _)| known.starts_with(&name)).cloned().collect(),
            files: input
                .files
                .iter()
                .filter(|file| file.field == name)
                .cloned()
                .map(|file| praja_module::Upload { field: "berkas".into(), ..file })
                .collect(),
            unkept: input
                .unkept
                .iter()
                .filter(|file| file.field == name)
                .cloned()
                .map(|file| praja_module::Unkept { field: "berkas".into(), ..file })
                .collect(),
        };
        match attachments::received(ctx, &own, "berkas", &berkas::rule(&syarat)) {
            Ok(files) => taken.extend(files.into_iter().map(|file| (syarat.clone(), file))),
            Err(Problem::Refused(refusal)) => {
                problems.push(FieldProblem::new(name, format!("{} {}", refusal.message(), refusal.next_step())))
            }
            Err(other) => return Err(other),
        }
    }
    let again = |refusal: &dyn Refuse| -> Outcome {
        let form = frame::form_again(ctx, format!("{PAGE}/{}/{}", jenis.kode, one.id), input)
            .refusal(refusal.message(), refusal.next_step())
            .problems(&refusal.fields());
        let content = ctx.read(|tx| page(ctx, tx, &one, &jenis, form.clone()))?;
        Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(&jenis), content)))
    };
    // What can be kept is kept: nobody scans a pile twice because one of it was blank.
    if !taken.is_empty() {
        let mine = ctx.clone();
        ctx.write(Keys::none(), move |tx| {
            let (one, _) = draft(&mine, tx)?;
            for (syarat, file) in &taken {
                let lampiran = attachments::attach(tx, &objek(one.id), &[], file)?;
                store::put_file(tx, one.id, syarat, lampiran, &file.name, &file.blob.sidik)?;
            }
            Ok::<_, Problem>(())
        })?;
    }
    if !problems.is_empty() {
        return again(&Refusal::Fields(problems));
    }
    if input.text("daftar") != "ya" {
        return Ok(Response::redirect(format!("{PAGE}/{}/{}", jenis.kode, one.id)).with_notice("Berkas disimpan."));
    }
    if let Some((words, _)) = ctx.read(|tx| kirim::missing(ctx, tx, &one, &jenis))?.first() {
        return again(&Refusal::Unfinished(words.clone()));
    }
    let keys = Keys::of([write::urut_key(&write::deret(&jenis.kode, ctx.today())), write::turn_key(one.opd)])
        .and(write::turn_key(one.opd_teknis.unwrap_or(one.opd)));
    let (mine, kode) = (ctx.clone(), jenis.kode.clone());
    let response = ctx.submit(input, keys, move |tx| {
        let (mut one, jenis) = draft(&mine, tx)?;
        let jawaban = isian::Jawaban::read(&one.isian);
        one.biaya = kirim::fee(&jenis, &one, &jawaban).map_err(|words| Problem::refused(Refusal::Unfinished(words)))?;
        // Nobody takes in, at any desk, what is their own.
        if let Some(refusal) = giliran::barred(tx, &one, meja::me(&mine)?)? {
            return Err(Problem::refused(refusal));
        }
        let kerja = Kerja::of(&mine, tx)?;
        let mut one = write::file(tx, &kerja, one, &kode)?;
        if one.status == Status::Diajukan {
            let catatan = Catatan::umum("Diterima dan diperiksa di loket bersama pemohon.");
            one = write::act(tx, &kerja, one, Langkah::NyatakanLengkap, &catatan)?;
        }
        Ok::<_, Problem>(meja::href(&one, "bukti"))
    })?;
    Ok(response.with_notice("Permohonan terdaftar dan lengkap. Cetak buktinya untuk pemohon."))
}

/// GET /perizinan/izin/{id}/bukti
pub(crate) fn receipt(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (one, jenis) = meja::seen(ctx, tx)?;
    let kerja = Kerja::of(ctx, tx)?;
    let content = html! {
        (portal::permohonan::paper(ctx, tx, &kerja, &one, &jenis)?)
        div.tanpa-cetak {
            p { (praja_web::print_act("Cetak bukti")) }
            (act_bar(&[
                Act::link("Permohonan berikutnya", PAGE).main(),
                Act::link("Buka akun bagi pemohon ini", "/identity/warga/baru"),
                Act::link("Buka permohonan", meja::href(&one, "")),
            ]))
        }
    };
    let header = PageHeader::new("Bukti permohonan").purpose("Cetak dan serahkan kepada pemohon.").crumb("Permohonan izin", LIST);
    Ok(frame::respond(ctx, &header, content))
}
