//! Looking at a draft as others will see it, comparing it with what is offered, publishing it, and taking a type out of the offer.

use praja_identity::opd;
use praja_kernel::{Id, Moment, tanggal_panjang};
use praja_module::{Body, Ctx, Input, Jenis as Kotak, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Facts, Field, Form, Markup, Notice, PageHeader, Tone, decision, frame, html, section};
use serde_json::{Map, Value, json};

use super::{LIST, again, below, draft, found, href};
use crate::{
    alur::{Meja, Status},
    izin::dokumen,
    jenis::{
        Isian, Jenis, JenisIsian, Kanal, Permintaan, Refusal, periksa,
        store::{self, Keadaan, Terbit},
        uraian,
    },
    layanan::{self, pages, simulasi},
    pengaturan,
    permohonan::{Pemohon, Permohonan, isian::Jawaban},
    portal,
};

/// A NIK of nobody, for examples.
const NIK: &str = "5310011503900001";

/// GET /perizinan/izin/jenis/{id}/lihat
pub(crate) fn preview(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = found(ctx, tx)?;
    let jawaban = Jawaban::default();
    let content = html! {
        (Notice::new(Tone::Info, "Beginilah warga melihatnya.").text("Tombol untuk mengajukan tidak bekerja di sini."))
        (pages::body(&one.isi, one.versi.latihan, None, None))
        (section("Formulir", html! {
            @if one.isi.formulir.is_empty() { p { "Formulirnya belum berisi." } }
            @for part in &one.isi.formulir {
                (section(&part.judul, portal::fields(ctx, Form::get(href(&one, "lihat")), part, &part.isian.iter().collect::<Vec<&Isian>>(), &jawaban)))
            }
        }))
        (section("Standar pelayanan", pages::poster(&one.isi)))
    };
    Ok(frame::respond(ctx, &below(&one, "Seperti warga melihatnya").purpose(&one.isi.nama), content))
}

/// GET /perizinan/izin/jenis/{id}/coba
pub(crate) fn attempt(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = found(ctx, tx)?;
    let content = simulasi::content(ctx, tx, &one.isi, &href(&one, "coba"), None)?;
    let header = below(&one, "Coba hitung")
        .purpose("Syarat, biaya, dan tanggal selesai dengan isian yang Anda coba. Tidak ada yang disimpan.");
    Ok(frame::respond(ctx, &header, content))
}

/// GET /perizinan/izin/jenis/{id}/contoh/pdf
pub(crate) fn document(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = found(ctx, tx)?;
    if one.versi.kanal != Kanal::Praja {
        return Err(Problem::NotFound);
    }
    let opd = match pengaturan::ptsp(tx)? {
        Some(id) => id,
        None => opd::list_active(tx)?.first().map(|opd| opd.id).ok_or(Problem::NotFound)?,
    };
    let drawing = dokumen::drawing(ctx, tx, &sample(ctx, &one, opd)?, &one.isi, None, "basah")?;
    let bytes = dokumen::pdf(ctx, &drawing)?;
    Ok(Response::of(Body::Pdf { bytes, name: format!("contoh-{}.pdf", one.versi.kode.to_lowercase()) }))
}

/// An application of nobody, with something in every field.
fn sample(ctx: &Ctx, one: &Terbit, opd: Id) -> Result<Permohonan, Problem> {
    let nik = NIK.parse().map_err(|_| Problem::Fault("the NIK of examples is none".into()))?;
    let day = ctx.today();
    let pemohon = Pemohon {
        nama: "Maria Goreti Contoh".into(),
        nik,
        telepon: "0812 0000 0000".into(),
        email: "contoh@contoh.example".into(),
        alamat: "Jalan Contoh Nomor 1".into(),
        kuasa: None,
    };
    let version = (one.versi.jenis, one.versi.id, &*one.isi);
    Ok(Permohonan {
        nomor: Some(format!("{}-{}-0001", one.versi.kode, day.strftime("%Y%m%d"))),
        permintaan: one.isi.permohonan.first().copied().unwrap_or(Permintaan::Baru),
        isian: Value::Object(examples(&one.isi, day)).to_string(),
        status: Status::DrafSk,
        meja: Meja::Pemeriksa,
        hari_ajukan: Some(day),
        mulai: Some(day),
        pernah_lengkap: true,
        ..Permohonan::draf((one.versi.id, "CONTOHCONT".into()), version, pemohon, (opd, Moment(0)))
    })
}

fn examples(jenis: &Jenis, day: praja_kernel::Date) -> Map<String, Value> {
    let one = |field: &Isian| match field.jenis {
        JenisIsian::Angka => {
            if field.min.is_empty() {
                "10".to_owned()
            } else {
                field.min.clone()
            }
        }
        JenisIsian::Rupiah => "1000000".to_owned(),
        JenisIsian::Tanggal => day.to_string(),
        JenisIsian::Nik => NIK.to_owned(),
        JenisIsian::Nib => "1234567890123".to_owned(),
        JenisIsian::Npwp => "012345678901000".to_owned(),
        JenisIsian::Telepon => "0812 0000 0000".to_owned(),
        JenisIsian::Surel => "contoh@contoh.example".to_owned(),
        JenisIsian::Pilihan => field.pilihan.first().cloned().unwrap_or_default(),
        JenisIsian::Centang => "ya".to_owned(),
        JenisIsian::Titik => "-8,6; 120,4".to_owned(),
        JenisIsian::Teks | JenisIsian::Paragraf | JenisIsian::Wilayah | JenisIsian::Tabel => {
            format!("(contoh {})", field.label.to_lowercase())
        }
    };
    jenis
        .fields()
        .map(|field| {
            let value = if field.jenis == JenisIsian::Tabel {
                let row: Map<String, Value> =
                    field.kolom.iter().map(|column| (column.kode.clone(), Value::String(one(column)))).collect();
                json!([row])
            } else {
                Value::String(one(field))
            };
            (field.kode.clone(), value)
        })
        .collect()
}

/// The version that is offered now, to compare a draft with.
fn offered(tx: &mut Tx<'_>, one: &Terbit) -> Result<Option<Terbit>, Problem> {
    Ok(store::versions(tx, one.versi.jenis)?
        .into_iter()
        .find(|other| other.versi.keadaan == Keadaan::Terbit && other.versi.id != one.versi.id))
}

/// GET /perizinan/izin/jenis/{id}/beda
pub(crate) fn difference(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = found(ctx, tx)?;
    let before = offered(tx, &one)?;
    let content = html! { (changes(before.as_ref(), &one)) p { a href=(href(&one, "")) { "Kembali ke layanan" } } };
    Ok(frame::respond(ctx, &below(&one, "Yang berubah").purpose("Dibandingkan dengan versi yang terbit sekarang."), content))
}

fn changes(before: Option<&Terbit>, after: &Terbit) -> Markup {
    let Some(before) = before else { return html! { p { "Layanan ini belum pernah terbit, jadi seluruhnya baru." } } };
    let parts = uraian::compare(&before.isi, &after.isi);
    html! {
        link rel="stylesheet" href=(praja_web::assets::url("naskah.css"));
        @if parts.is_empty() { p { "Tidak ada yang berubah dari versi " (before.versi.nomor) "." } }
        @for (title, lines) in &parts {
            (section(title, html! {
                ul.beda { @for line in lines {
                    li { @if line.baru { "Ditambah: " ins { (line.baris) } } @else { "Dihapus: " del { (line.baris) } } }
                } }
            }))
        }
    }
}

fn publish_header(one: &Terbit) -> PageHeader {
    below(one, "Terbitkan layanan").purpose(&one.isi.nama)
}

/// GET /perizinan/izin/jenis/{id}/terbitkan
pub(crate) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = draft(ctx, tx)?;
    let before = offered(tx, &one)?;
    let contoh = ctx.instance().jenis == Kotak::Contoh;
    let content = match judge(&one.isi, contoh) {
        Err(refusal) => refused(&one, &refusal),
        Ok(latihan) => {
            let form = frame::form(ctx, href(&one, "terbitkan"))
                .hidden("versi", one.versi.versi.to_string())
                .submit("Terbitkan")
                .cancel("Kembali tanpa menerbitkan", href(&one, ""));
            asked(&one, before.as_ref(), latihan, &form)
        }
    };
    Ok(frame::respond(ctx, &publish_header(&one), content))
}

/// May it be published here? Whether only as an exercise, or why not.
fn judge(isi: &Jenis, contoh: bool) -> Result<bool, Refusal> {
    let defects = periksa::check(isi);
    if !defects.is_empty() {
        return Err(Refusal::Defects(defects));
    }
    periksa::promise(isi, contoh).map_err(|cacat| Refusal::Promise(Box::new(cacat)))
}

fn refused(one: &Terbit, refusal: &Refusal) -> Markup {
    html! {
        (Notice::new(Tone::Bad, refusal.to_string()).text(praja_kernel::Refuse::next_step(refusal)))
        p { a.tombol href=(href(one, "")) { "Kembali ke draf" } }
    }
}

fn asked(one: &Terbit, before: Option<&Terbit>, latihan: bool, form: &Form) -> Markup {
    let facts = Facts::new()
        .add("Layanan", &one.isi.nama)
        .add("Versi", one.versi.nomor)
        .add("Waktu", layanan::term(&one.isi))
        .add("Biaya", layanan::cost(&one.isi))
        .add("Dapat dimohon dari", tanggal_panjang(one.isi.berlaku_dari));
    let mut what = vec![
        "Warga dapat mengajukan permohonan menurut versi ini.",
        "Versi yang terbit tidak dapat diubah lagi; perubahan berikutnya memerlukan versi baru.",
    ];
    if before.is_some() {
        what.push("Permohonan yang sudah diajukan tetap memakai versi sebelumnya sampai selesai.");
    }
    if latihan {
        what.push("Layanan ini ditandai LATIHAN, karena jangka waktunya belum mempunyai aturan.");
    }
    html! {
        (decision(if latihan { Tone::Warn } else { Tone::Info }, "Yang akan terjadi", &what, &facts, form))
        (section("Yang berubah", changes(before, one)))
    }
}

/// POST /perizinan/izin/jenis/{id}/terbitkan
pub(crate) fn publish(ctx: &Ctx, input: &Input) -> Outcome {
    let one = ctx.read(|tx| draft(ctx, tx))?;
    let latihan = match judge(&one.isi, ctx.instance().jenis == Kotak::Contoh) {
        Ok(latihan) => latihan,
        Err(refusal) => return Ok(again(ctx, &publish_header(&one), refused(&one, &refusal))),
    };
    let (id, versi, today, to) =
        (one.versi.id, input.text("versi").parse().unwrap_or(one.versi.versi), ctx.today(), href(&one, ""));
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        if store::publish(tx, id, versi, latihan, today)? { Ok::<_, Problem>(to.clone()) } else { Err(Problem::Conflict) }
    })?;
    Ok(saved.with_notice("Layanan sudah terbit dan dapat dimohon warga."))
}

fn retire_header(one: &Terbit) -> PageHeader {
    below(one, "Hentikan layanan").purpose(&one.isi.nama)
}

fn retire_page(one: &Terbit, form: Form) -> Markup {
    let facts = Facts::new().add("Layanan", &one.isi.nama).add("Versi", one.versi.nomor);
    let what = [
        "Layanan tidak lagi tampil dan tidak dapat dimohon.",
        "Permohonan yang sudah diajukan tetap diselesaikan, dan izin yang sudah terbit tetap berlaku.",
    ];
    let form = form
        .hidden("versi", one.versi.versi.to_string())
        .field(
            Field::text("alasan", "Alasan")
                .required()
                .max_length(300)
                .hint("Satu kalimat, misalnya: kewenangan beralih ke provinsi."),
        )
        .submit_danger("Hentikan layanan")
        .cancel("Kembali tanpa menghentikan", href(one, ""));
    decision(Tone::Warn, "Yang akan terjadi", &what, &facts, &form)
}

/// GET /perizinan/izin/jenis/{id}/henti
pub(crate) fn retire_ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = on_offer(ctx, tx)?;
    let form = frame::form(ctx, href(&one, "henti"));
    Ok(frame::respond(ctx, &retire_header(&one), retire_page(&one, form)))
}

fn on_offer(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Terbit, Problem> {
    let one = found(ctx, tx)?;
    if one.versi.keadaan == Keadaan::Terbit { Ok(one) } else { Err(Problem::refused(Refusal::NotOffered)) }
}

/// POST /perizinan/izin/jenis/{id}/henti
pub(crate) fn retire(ctx: &Ctx, input: &Input) -> Outcome {
    let one = ctx.read(|tx| on_offer(ctx, tx))?;
    let alasan: String = input.text("alasan").chars().take(300).collect();
    if alasan.is_empty() {
        let refusal = Refusal::NoReason;
        let wrong =
            [praja_kernel::FieldProblem::new("alasan", format!("{refusal} {}", praja_kernel::Refuse::next_step(&refusal)))];
        let form = frame::form_again(ctx, href(&one, "henti"), input).problems(&wrong);
        return Ok(again(ctx, &retire_header(&one), retire_page(&one, form)));
    }
    let (id, versi) = (one.versi.id, input.text("versi").parse().unwrap_or(one.versi.versi));
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        if store::retire(tx, id, versi, &alasan)? { Ok::<_, Problem>(LIST.to_owned()) } else { Err(Problem::Conflict) }
    })?;
    Ok(saved.with_notice("Layanan dihentikan. Permohonan yang sudah masuk tetap diselesaikan."))
}
