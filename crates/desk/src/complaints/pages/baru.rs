//! Somebody at a counter, on the telephone or at SP4N-LAPOR complains, and an officer writes it down for them.

use praja_identity::opd;
use praja_kernel::{Date, Refuse, days_between, parse_tanggal};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{Field, Form, FormValues, PageHeader, form::Width, frame};

use super::{
    LIST,
    public::{at, kinds, receipt},
};
use crate::{
    attachments::{self, Rule},
    complaints::{self, Draft, Hari, Jenis, Refusal, Saluran, check, objek},
};

/// The page.
const AT: &str = "/desk/pengaduan/baru";
/// The field of the papers.
const FILES: &str = "berkas";
/// A complaint that lay elsewhere longer than this is told anew.
const BACK: i32 = 30;

fn header() -> PageHeader {
    PageHeader::new("Catat pengaduan untuk warga")
        .purpose("Dari loket, WhatsApp, telepon, surat, atau SP4N-LAPOR. Berikan bukti bernomor dan berkode kepada pelapor.")
        .crumb("Pengaduan", LIST)
}

fn fields(ctx: &Ctx, tx: &mut Tx<'_>, form: Form) -> praja_store::Result<Form> {
    let ways: Vec<(&str, &str)> =
        Saluran::ALL.iter().filter(|one| **one != Saluran::Aplikasi).map(|one| (one.as_str(), one.label())).collect();
    let mut offices: Vec<(String, String)> = vec![(String::new(), "Belum ditentukan".into())];
    offices.extend(opd::list_active(tx)?.into_iter().map(|opd| (opd.id.to_string(), opd.nama)));
    Ok(form
        .guard()
        .multipart()
        .field(Field::select("saluran", "Saluran", &ways).required())
        .field(
            Field::text("id_lapor", "Nomor SP4N-LAPOR")
                .max_length(40)
                .width(Width::Medium)
                .hint("Wajib bila datang dari SP4N-LAPOR."),
        )
        .field(
            Field::date("diterima", "Diterima tanggal")
                .required()
                .value(ctx.today().to_string())
                .hint("Batas waktu dihitung sejak tanggal ini."),
        )
        .field(Field::radio("jenis", "Jenis", &kinds(ctx, tx)?).required())
        .field(
            Field::textarea("isi", "Isi pengaduan").rows(6).required().max_length(4000).hint("Dengan kata-kata pelapor sendiri."),
        )
        .field(Field::select("opd", "Perangkat daerah yang dituju", &offices).value(""))
        .field(Field::text("lokasi", "Tempat kejadian").max_length(200))
        .field(
            Field::text("teradu", "Nama atau jabatan petugas yang diadukan")
                .max_length(200)
                .hint("Bila diisi, pengaduan langsung ke Inspektorat dan tidak tampil lagi pada Anda."),
        )
        .field(Field::checkbox("wbs", "Hanya untuk Inspektorat"))
        .field(Field::text("nama", "Nama pelapor").max_length(120).hint("Wajib, kecuali tanpa nama."))
        .field(Field::text("kontak", "Surel atau nomor telepon").max_length(120).hint("Boleh kosong: pelapor membawa buktinya."))
        .field(Field::checkbox("sembunyikan", "Nama pelapor disembunyikan dari OPD yang diadukan"))
        .field(Field::checkbox("anonim", "Tanpa nama"))
        .field(attachments::field_for(FILES, "Berkas, bila ada", &Rule::ANY))
        .submit("Catat pengaduan")
        .cancel("Kembali ke pengaduan", LIST))
}

/// GET /desk/pengaduan/baru
pub(crate) fn form(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let values = FormValues::new().with("jenis", Jenis::Pelayanan.as_str()).with("diterima", ctx.today().to_string());
    let form = fields(ctx, tx, frame::form(ctx, AT).values(values))?;
    Ok(frame::respond(ctx, &header(), form))
}

fn again(ctx: &Ctx, input: &Input, refusal: &dyn Refuse) -> Outcome {
    let form = frame::form_again(ctx, AT, input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
    let form = ctx.read(|tx| fields(ctx, tx, form.clone()))?;
    Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), form)))
}

/// The day it was received: today, or up to a month ago.
fn received(typed: &str, today: Date) -> Result<Date, Refusal> {
    let day = parse_tanggal(typed).map_err(|e| at("diterima", e.to_string()))?;
    match days_between(day, today) {
        0..=BACK => Ok(day),
        ..0 => Err(at("diterima", "Tanggal itu belum tiba. Tulis tanggal pengaduan diterima.")),
        _ => Err(at("diterima", "Lebih dari 30 hari yang lalu. Tulis tanggal pengaduan sampai kepada Anda.")),
    }
}

/// POST /desk/pengaduan/baru
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let today = ctx.today();
    let chosen = input.text("opd").parse().ok();
    let opd = match chosen {
        Some(opd) => ctx.read(|tx| opd::get(tx, opd))?.map(|opd| opd.id),
        None => None,
    };
    let saluran = Saluran::parse(input.text("saluran")).ok().filter(|one| *one != Saluran::Aplikasi);
    let draft = Draft {
        opd,
        isi: input.raw("isi").to_owned(),
        lokasi: input.text("lokasi").to_owned(),
        nama: input.text("nama").to_owned(),
        kontak: input.text("kontak").to_owned(),
        disembunyikan: input.text("sembunyikan") == "ya",
        anonim: input.text("anonim") == "ya",
        wbs: input.text("wbs") == "ya",
        teradu: input.text("teradu").to_owned(),
        saluran: saluran.unwrap_or(Saluran::Loket),
        id_lapor: input.text("id_lapor").to_owned(),
        dicatat: ctx.scope()?.actor.key(),
        ..Draft::default()
    };
    // Everything that is wrong is told at once.
    let mut problems = Vec::new();
    if saluran.is_none() {
        problems.extend(at("saluran", "Pilih salurannya.").fields());
    }
    let day = received(input.text("diterima"), today).unwrap_or_else(|refusal| {
        problems.extend(refusal.fields());
        today
    });
    let draft = match check(draft.clone(), input.text("jenis")) {
        Ok(draft) => draft,
        Err(refusal) => {
            problems.extend(refusal.fields());
            draft
        }
    };
    if !problems.is_empty() {
        return again(ctx, input, &Refusal::Fields(problems));
    }
    let mut draft = draft.protect(ctx.instance().keys())?;
    if draft.is_protected() {
        // Who wrote it down would lead to who complained.
        draft.dicatat = String::new();
    }
    let mut files = match attachments::received(ctx, input, FILES, &Rule::ANY) {
        Ok(files) => files,
        Err(Problem::Refused(refusal)) => return again(ctx, input, &*refusal),
        Err(other) => return Err(other),
    };
    if draft.is_protected() {
        for (at, file) in files.iter_mut().enumerate() {
            file.name = format!("berkas-{}", at + 1);
        }
    }
    let (form, protected) = (input.form_id(), draft.is_protected());
    // Not through `submit`: the code is told once and stands in no address.
    let work = move |tx: &mut Tx<'_>| {
        if let Some(form) = form
            && tx.answered_form(AT, form)?.is_some()
        {
            return Ok(None);
        }
        let hari = Hari::of(tx, today)?;
        let bukti = complaints::file(tx, &draft, day, &hari)?;
        if !files.is_empty() {
            let readers = if protected { Vec::new() } else { complaints::readers(tx, draft.opd)? };
            attachments::attach_all(tx, &objek(bukti.id), &readers, &files, false)?;
        }
        if let Some(form) = form {
            tx.answer_form(AT, form, &praja_store::forms::Answered { status: 303, tujuan: LIST.to_owned() })?;
        }
        Ok::<_, Problem>(Some(bukti))
    };
    let keys = complaints::keys(today);
    let filed = if protected {
        ctx.instance().db.write(&ctx.instance().by_system("desk.receive-pengaduan"), keys, work)?
    } else {
        ctx.write(keys, work)?
    };
    match filed {
        Some(bukti) => {
            Ok(frame::respond(ctx, &PageHeader::new("Pengaduan sudah dicatat").crumb("Pengaduan", LIST), receipt(ctx, &bukti)))
        }
        None => Ok(Response::redirect(LIST).with_notice("Pengaduan itu sudah dicatat sebelumnya.")),
    }
}
