//! Filing for somebody by another program of the regency: the rules are those of the pages, and what is wrong is named field by field.

use std::sync::Arc;

use praja_desk::{
    attachments::{self, Kind, Rule},
    wilayah::Lookup,
};
use praja_kernel::{Date, FieldProblem, Id, Moment};
use praja_module::{Ctx, Input, Outcome, Problem, Upload};
use praja_store::{Keys, StoreError, Tx, audit::Entry};
use praja_web::frame;
use serde_json::{Map, Value, json as value};

use super::{FILE, Refusal, ptsp, store};
use crate::{
    TABLE,
    jenis::{self, Jenis, Kanal, Permintaan, Syarat, store::Terbit},
    objek, pengaturan,
    permohonan::{
        Asal, Pemohon, Permohonan,
        isian::{self, Jawaban},
        store as applications,
        write::{self, Kerja},
    },
    portal::{ajukan as portal, berkas, kirim, lama},
};

/// A file waits so long for its application, in milliseconds: a day.
pub(crate) const KEPT_MS: i64 = 24 * 60 * 60 * 1000;
/// So many files of one token wait at once.
const WAITING: i64 = 1_000;
/// What a requirement may be; which of them it takes is judged with the application.
const ANY: Rule = Rule { max_bytes: attachments::MAX_BYTES, max_files: 1, kinds: &[Kind::Pdf, Kind::Jpeg, Kind::Png] };

/// The name of a file that was left in attachments.
pub(crate) fn titipan(id: Id) -> String {
    format!("perizinan_titipan:{id}")
}

fn wrong(field: impl Into<std::borrow::Cow<'static, str>>, words: impl Into<String>) -> Problem {
    Problem::refused(Refusal::Fields(vec![FieldProblem::new(field, words)]))
}

/// POST /api/v1/perizinan/berkas
pub(super) fn leave_file(ctx: &Ctx, input: &Input) -> Outcome {
    let caller = ctx.caller()?.clone();
    let since = ctx.now().plus_ms(-KEPT_MS);
    let (opd, waiting) =
        ctx.read(|tx| Ok::<_, Problem>((ptsp(ctx, tx)?, store::left_since(tx, caller.token, since, WAITING)?)))?;
    if waiting >= WAITING {
        return Err(Problem::TooOften);
    }
    let sent = attachments::arrived(ctx, input, FILE, &ANY, &caller.scope.actor.key())?.into_iter().next();
    let sent = sent.ok_or_else(|| wrong(FILE, "Kirim satu berkas PDF, JPG, atau PNG."))?;
    let file = attachments::prepared(ctx, FILE, &sent, &ANY)?;
    let sidik = sent.blob.sidik.clone();
    let zona = ctx.instance().zona;
    ctx.once(input, Keys::none(), move |tx| {
        let (id, now) = (tx.new_id()?, tx.now()?);
        attachments::attach(tx, &titipan(id), &[], &file)?;
        store::insert(tx, &store::Titipan { id, token: caller.token, sidik: sidik.clone(), dibuat: now }, opd)?;
        tx.audit(&Entry::new("perizinan.leave-berkas", "perizinan_titipan", id).with("sidik", &sidik))?;
        let sampai: Moment = now.plus_ms(KEPT_MS);
        Ok(value!({
            "id": id, "nama": file.name, "ukuran": file.blob.ukuran, "sidik": sidik, "sampai": frame::time(zona, sampai).1,
        }))
    })
}

/// An application that may be filed.
struct Siap {
    found: Terbit,
    pemohon: (Permintaan, Pemohon),
    izin_lama: Option<Id>,
    jawaban: Jawaban,
    /// Each requirement with its file and the SHA-256 of what was sent.
    files: Vec<(Syarat, Upload, String)>,
}

/// POST /api/v1/perizinan/permohonan
pub(super) fn file(ctx: &Ctx, input: &Input) -> Outcome {
    let opd = ctx.read(|tx| ptsp(ctx, tx))?;
    let found = ctx.read(|tx| service(ctx, tx, input))?;
    let siap = read(ctx, input, found)?;
    let teknis = ctx.read(|tx| Ok::<_, Problem>(pengaturan::opd_bernama(tx, &siap.found.isi.alur.opd_teknis)?))?;
    let kode = siap.found.isi.kode.clone();
    let keys = Keys::of([write::urut_key(&write::deret(&kode, ctx.today())), write::turn_key(opd)])
        .and(write::turn_key(teknis.unwrap_or(opd)));
    let mine = ctx.clone();
    ctx.once(input, keys, move |tx| {
        let mut one = portal::draft(&mine, tx, &siap.found, siap.pemohon.clone(), Asal::Antarmuka)?;
        one.izin_lama = siap.izin_lama;
        one.isian = siap.jawaban.written();
        one.biaya = kirim::fee(&siap.found.isi, &one, &siap.jawaban).map_err(|words| wrong("isian", words))?;
        applications::insert(tx, &one)?;
        for (syarat, file, sidik) in &siap.files {
            let lampiran = attachments::attach(tx, &objek(one.id), &[], file)?;
            applications::put_file(tx, one.id, syarat, lampiran, &file.name, sidik)?;
        }
        let kerja = Kerja::of(&mine, tx)?;
        let sent = write::file(tx, &kerja, one, &kode)?;
        let entry = Entry::new("perizinan.send-permohonan", TABLE, sent.id).with("nomor", sent.sebutan());
        tx.audit(&entry.with("biaya", sent.biaya).with("asal", Asal::Antarmuka.as_str()))?;
        Ok(answered(&mine, &sent))
    })
}

fn answered(ctx: &Ctx, one: &Permohonan) -> Value {
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    value!({
        "nomor": one.sebutan(),
        "resi": one.resi,
        "status": one.status.as_str(),
        "meja": one.meja.as_str(),
        "diperiksa": day(one.batas_langkah),
        "tenggat": day(one.tenggat),
        "hari": one.sla,
        "biaya": one.biaya,
        "lacak": format!("{}/perizinan/lacak?resi={}", ctx.instance().url_publik, one.resi),
    })
}

/// The service that is meant, in the version of today. A version that waits or was replaced takes nothing.
fn service(ctx: &Ctx, tx: &mut Tx<'_>, input: &Input) -> Result<Terbit, Problem> {
    let kode = input.text("kode");
    let found = jenis::store::published(tx, kode, ctx.today())?;
    let Some(found) = found.filter(|one| one.isi.is_open_on(ctx.today())) else {
        return Err(wrong("kode", "Tidak ada layanan dengan kode ini yang dapat diajukan hari ini. Baca daftar layanannya."));
    };
    if found.isi.kanal != Kanal::Praja {
        return Err(wrong("kode", format!("{} diajukan pada {}, bukan di sini.", found.isi.nama, found.isi.kanal.label())));
    }
    let versi = input.text("versi");
    if !versi.is_empty() && versi != found.versi.nomor.to_string() {
        let words =
            format!("Versi {versi} tidak berlaku hari ini; yang berlaku versi {}. Baca lagi layanannya.", found.versi.nomor);
        return Err(wrong("versi", words));
    }
    Ok(found)
}

/// Everything that was sent, with everything that is wrong.
fn read(ctx: &Ctx, input: &Input, found: Terbit) -> Result<Siap, Problem> {
    let jenis: Arc<Jenis> = Arc::clone(&found.isi);
    let mut problems = Vec::new();
    let pemohon = match portal::read(input, &jenis) {
        Ok(pemohon) => pemohon,
        Err(mut wrong) => {
            problems.append(&mut wrong);
            problems.extend(object(input, "isian").err());
            problems.extend(object(input, FILE).err());
            return Err(Problem::refused(Refusal::Fields(problems)));
        }
    };
    let nik = pemohon.1.nik.full().to_owned();
    let nomor_lama = input.text(lama::NOMOR);
    let izin_lama = ctx.read(|tx| lama::find(tx, pemohon.0, (found.versi.jenis, &jenis), &nik, nomor_lama, ctx.today()))?;
    let izin_lama = izin_lama.unwrap_or_else(|problem| {
        problems.push(problem);
        None
    });
    let typed = object(input, "isian").unwrap_or_else(|problem| {
        problems.push(problem);
        Map::new()
    });
    let jawaban = answers(ctx, &jenis, &pemohon, &typed, &mut problems);
    let given = object(input, FILE).unwrap_or_else(|problem| {
        problems.push(problem);
        Map::new()
    });
    let files = files(ctx, &jenis, &pemohon, &jawaban, &given, &mut problems)?;
    if problems.is_empty() {
        Ok(Siap { found, pemohon, izin_lama, jawaban, files })
    } else {
        Err(Problem::refused(Refusal::Fields(problems)))
    }
}

/// An object that was sent, empty where there is none.
fn object(input: &Input, name: &'static str) -> Result<Map<String, Value>, FieldProblem> {
    match input.text(name) {
        "" => Ok(Map::new()),
        text => serde_json::from_str(text).map_err(|_| FieldProblem::new(name, "Kirim sebagai objek: nama dan isinya.")),
    }
}

/// A value as somebody would type it.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string().replace('.', ","),
        Value::Bool(true) => "ya".to_owned(),
        _ => String::new(),
    }
}

/// The answers, judged as on the page. A name that the form does not have is told, not dropped.
fn answers(
    ctx: &Ctx,
    jenis: &Jenis,
    (permintaan, pemohon): &(Permintaan, Pemohon),
    typed: &Map<String, Value>,
    problems: &mut Vec<FieldProblem>,
) -> Jawaban {
    let known = |name: &str| jenis.fields().any(|field| field.kode == name);
    for name in typed.keys().filter(|name| !known(name)) {
        problems.push(FieldProblem::new(format!("isian.{}", short(name)), "Formulir layanan ini tidak mempunyai isian ini."));
    }
    let cell = |name: &str| -> String {
        let mut parts = name.split('.');
        let (field, row, column) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
        let value = typed.get(field);
        match (row.and_then(|row| row.parse::<usize>().ok()), column) {
            (Some(row), Some(column)) => value.and_then(|all| all.get(row)?.get(column)).map(plain).unwrap_or_default(),
            _ => value.map(plain).unwrap_or_default(),
        }
    };
    let mut jawaban = Jawaban::default();
    for part in &jenis.formulir {
        jawaban.take(part, cell);
    }
    let nilai = jawaban.nilai(jenis, *permintaan);
    let lookup = Lookup::of(&ctx.instance().paket);
    let is_wilayah = |kode: &str| lookup.get(kode).is_some();
    for part in &jenis.formulir {
        for problem in isian::check(part, &jawaban, &nilai, (ctx.today(), Some(&pemohon.nik)), &is_wilayah) {
            problems.push(FieldProblem::new(format!("isian.{}", problem.field), problem.message));
        }
    }
    jawaban
}

/// A name from outside, as far as it is worth repeating.
fn short(name: &str) -> String {
    name.chars().filter(|one| !one.is_control()).take(60).collect()
}

/// The files the application asks for, each from what this very token left.
fn files(
    ctx: &Ctx,
    jenis: &Jenis,
    (permintaan, pemohon): &(Permintaan, Pemohon),
    jawaban: &Jawaban,
    given: &Map<String, Value>,
    problems: &mut Vec<FieldProblem>,
) -> Result<Vec<(Syarat, Upload, String)>, Problem> {
    let nilai = jawaban.nilai(jenis, *permintaan);
    let mut asked: Vec<Syarat> = isian::files(jenis, *permintaan, &nilai).into_iter().cloned().collect();
    if pemohon.kuasa.is_some() {
        asked.push(berkas::kuasa());
    }
    for name in given.keys().filter(|name| asked.iter().all(|syarat| syarat.kode != **name)) {
        let words = "Permohonan ini tidak meminta berkas dengan nama ini.";
        problems.push(FieldProblem::new(format!("berkas.{}", short(name)), words));
    }
    let mut all = Vec::new();
    for syarat in asked {
        let field = format!("berkas.{}", syarat.kode);
        match given.get(&syarat.kode).and_then(Value::as_str) {
            None if syarat.wajib => problems.push(FieldProblem::new(field, format!("{} belum disertakan.", syarat.label))),
            None => {}
            Some(id) => match one_file(ctx, &syarat, id)? {
                Ok((file, sidik)) => all.push((syarat, file, sidik)),
                Err(words) => problems.push(FieldProblem::new(field, words)),
            },
        }
    }
    Ok(all)
}

/// One file that was left, as a copy of the application's own.
fn one_file(ctx: &Ctx, syarat: &Syarat, id: &str) -> Result<Result<(Upload, String), String>, Problem> {
    let caller = ctx.caller()?.clone();
    let known = match id.parse::<Id>() {
        Ok(id) => ctx.read(|tx| store::get(tx, id))?,
        Err(_) => None,
    };
    let fresh = |one: &store::Titipan| one.token == caller.token && ctx.now().ms() - one.dibuat.ms() < KEPT_MS;
    let Some(known) = known.filter(fresh) else {
        return Ok(Err("Tidak ada berkas dengan id ini dari token ini, atau sudah lewat 24 jam. Titipkan lagi.".to_owned()));
    };
    let Some(copy) = attachments::copies(ctx, &titipan(known.id), FILE)?.into_iter().next() else {
        return Err(Problem::Store(StoreError::Missing));
    };
    match attachments::prepared(ctx, FILE, &copy, &berkas::rule(syarat)) {
        Ok(file) => Ok(Ok((file, known.sidik))),
        Err(Problem::Refused(refusal)) => Ok(Err(refusal.message())),
        Err(other) => Err(other),
    }
}
