//! Signing what waits, one or many in one act: reserve number and code, draw, sign, keep. Whatever happens between two steps, the number
//! stays with its application and the act can be done again.

use praja_desk::{
    attachments::{self, Rule},
    registers::{self, Register},
    tte::{self, Bukti, Pengaturan},
    verify::{self, New},
};
use praja_identity::{narahubung, opd};
use praja_kernel::{Date, FieldProblem, Id, Nik, Refuse, Sifat, tanggal_panjang, tanggal_pendek};
use praja_module::{
    Ctx, Input, Outcome, Problem, Response,
    signing::{Secret, Who},
};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Field, Form, Markup, Notice, PageHeader, Tone, form::Width, frame, html};

use super::{
    KELOMPOK, Keadaan, TABLE,
    dokumen::{self, Penanda},
    objek,
    store::{self, Izin},
    subject,
};
use crate::{
    alur::{Langkah, Status},
    jenis::{self, Jenis, Permintaan},
    meja::{LIST, me},
    permohonan::{
        AlasanLompat, Permohonan, giliran,
        store::{self as applications, daftar},
        write::{self, Catatan, Kerja},
    },
};

/// Where the head signs.
pub(crate) const PAGE: &str = "/perizinan/izin/tanda-tangan";
/// At most so many in one act.
const MOST: usize = 50;
/// The field of the passphrase or code.
const SECRET: &str = "rahasia";

/// What waits for whoever asks.
fn waiting(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<daftar::Baris>, Problem> {
    let saring = daftar::Saring { petugas: Some(me(ctx)?), status: Some(Status::Tte), ..daftar::Saring::default() };
    Ok(daftar::list(tx, ctx.scope()?, &saring, None, MOST)?)
}

fn header() -> PageHeader {
    PageHeader::new("Tanda tangani dokumen")
        .purpose("Yang masuk lebih dahulu di atas. Dokumen bernomor begitu ditandatangani.")
        .crumb("Permohonan izin", LIST)
}

/// GET /perizinan/izin/tanda-tangan?pilih=…
pub(crate) fn form(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let chosen: Option<Id> = ctx.query("pilih").and_then(|id| id.parse().ok());
    let content = page(ctx, tx, frame::form(ctx, PAGE), chosen, &[])?;
    Ok(frame::respond(ctx, &header(), content))
}

fn page(ctx: &Ctx, tx: &mut Tx<'_>, form: Form, chosen: Option<Id>, failed: &[(String, String)]) -> Result<Markup, Problem> {
    let rows = waiting(ctx, tx)?;
    let with = tte::get(tx)?;
    let told = html! {
        @for (nomor, words) in failed { (Notice::new(Tone::Bad, format!("{nomor} belum ditandatangani.")).text(words.clone())) }
    };
    if rows.is_empty() {
        return Ok(
            html! { (told) (praja_web::EmptyState::new(praja_web::Icon::Good, "Tidak ada dokumen yang menunggu tanda tangan Anda", "Dokumen yang sudah diparaf tampil di sini.")) },
        );
    }
    if !tte::is_electronic(ctx.instance(), &with) {
        return Ok(html! { (told) (Notice::new(Tone::Warn, "Daerah ini belum memakai tanda tangan elektronik.")
        .text("Pengelola mengaturnya pada halaman Tanda tangan elektronik. Izin diterbitkan secara elektronik agar keasliannya dapat diperiksa siapa pun.")) });
    }
    let options: Vec<(String, String)> = rows
        .iter()
        .map(|row| {
            let due = row.tenggat.map(|due| format!(", tenggat {}", tanggal_pendek(due))).unwrap_or_default();
            (row.id.to_string(), format!("{} {}, {}{due}", row.nomor, row.jenis_nama, row.nama))
        })
        .collect();
    let mut checks = Field::checks("pilih", "Dokumen", &options).required();
    for (id, _) in options.iter().filter(|(id, _)| chosen.is_none_or(|chosen| *id == chosen.to_string())) {
        checks = checks.value(id);
    }
    let mut form = form.field(checks).extra(html! {
        ul { @for row in &rows { li { a href={ (LIST) "/" (row.id) "/dokumen" } { "Pratinjau " (row.nomor) } } } }
    });
    let mut services: Vec<&str> = rows.iter().map(|row| row.jenis_nama.as_str()).collect();
    services.sort_unstable();
    if services.windows(2).any(|two| two[0] == two[1]) {
        form = form.field(crate::meja::skip(&rows[0].nomor));
    }
    if with.asks_nik() {
        form = form.field(
            Field::text("nik", "NIK Anda")
                .required()
                .inputmode("numeric")
                .max_length(24)
                .width(Width::Medium)
                .autocomplete("off"),
        );
    }
    form = form.field(Field::password(SECRET, "Frasa sandi tanda tangan", "off").required());
    Ok(html! { (told) (form.submit("Tanda tangani yang dipilih")) })
}

/// POST /perizinan/izin/tanda-tangan
pub(crate) fn sign(ctx: &Ctx, input: &Input) -> Outcome {
    let ids: Vec<Id> = input.all("pilih").iter().filter_map(|id| id.parse().ok()).take(MOST).collect();
    let with = ctx.read(tte::get)?;
    let mut problems = Vec::new();
    if ids.is_empty() {
        problems.push(FieldProblem::new("pilih", "Pilih sedikitnya satu dokumen."));
    }
    let nik = if with.asks_nik() {
        input.text("nik").parse::<Nik>().map(|nik| Some(nik.full().to_owned())).unwrap_or_else(|e| {
            problems.push(FieldProblem::new("nik", e.to_string()));
            None
        })
    } else {
        None
    };
    let secret = Bukti::Frasa.secret(input.raw(SECRET));
    if secret.typed().is_empty() {
        problems.push(FieldProblem::new(SECRET, "Ketik frasa sandi Anda."));
    }
    let again = |words: (String, String), problems: &[FieldProblem], failed: &[(String, String)]| -> Outcome {
        let form = frame::form_again(ctx, PAGE, input).refusal(words.0.clone(), words.1.clone()).problems(problems);
        let content = ctx.read(|tx| page(ctx, tx, form.clone(), None, failed))?;
        Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), content)))
    };
    if !problems.is_empty() {
        return again(("Belum ada yang ditandatangani.".into(), "Lengkapi isian yang ditandai.".into()), &problems, &[]);
    }
    let lompat = AlasanLompat::parse(input.text("lompat")).ok();
    match run(ctx, &with, (&secret, nik), (&ids, lompat)) {
        Ok(failed) if failed.is_empty() => {
            Ok(Response::redirect(PAGE).with_notice(&format!("{} dokumen ditandatangani.", ids.len())))
        }
        Ok(failed) if failed.len() == ids.len() => {
            again(("Belum ada yang ditandatangani.".into(), failed[0].1.clone()), &[], &failed)
        }
        Ok(failed) => again(
            (
                format!("{} dokumen ditandatangani, {} belum.", ids.len() - failed.len(), failed.len()),
                "Baca sebabnya di bawah.".into(),
            ),
            &[],
            &failed,
        ),
        Err(Problem::Refused(refusal)) => again((refusal.message(), refusal.next_step()), &refusal.fields(), &[]),
        Err(other) => Err(other),
    }
}

/// One application with its number, and the file that is to be signed.
struct Siap {
    /// Why it is signed before one that came earlier and is left.
    lompat: Option<AlasanLompat>,
    one: Permohonan,
    izin: Izin,
    pdf: Vec<u8>,
}

/// Signs them in one act of the provider; gives what was not signed, and why.
fn run(
    ctx: &Ctx,
    with: &Pengaturan,
    (secret, nik): (&Secret, Option<String>),
    (ids, lompat): (&[Id], Option<AlasanLompat>),
) -> Result<Vec<(String, String)>, Problem> {
    // During a pause nothing is numbered.
    ctx.read(|tx| tte::may_try(ctx, tx))?;
    let (mut ready, mut failed) = (Vec::new(), Vec::new());
    for id in ids {
        match prepare(ctx, with, *id, (ids, lompat)) {
            Ok(one) => ready.push(one),
            Err(Problem::Refused(refusal)) => {
                failed.push((named(ctx, *id)?, format!("{} {}", refusal.message(), refusal.next_step())))
            }
            Err(Problem::NotFound | Problem::Conflict) => {
                failed.push((named(ctx, *id)?, "Baru saja diubah dari tempat lain. Muat ulang halaman ini.".into()));
            }
            Err(other) => return Err(other),
        }
    }
    let Some(first) = ready.first() else { return Ok(failed) };
    let key = ctx.scope()?.actor.key();
    let email = ctx.read(|tx| narahubung::of(tx, &key))?.and_then(|kontak| kontak.email);
    let who = Who { nik, email, name: first.izin.penandatangan.clone(), post: first.izin.jabatan.clone() };
    let reason = match ready.as_slice() {
        [one] => format!("{} {}", one.izin.jenis_nama, one.izin.nomor),
        many => format!("{} dokumen perizinan", many.len()),
    };
    let documents: Vec<Vec<u8>> = ready.iter_mut().map(|one| std::mem::take(&mut one.pdf)).collect();
    let signed = tte::sign(ctx, with, &who, secret, &documents, &reason)?;
    for (one, file) in ready.into_iter().zip(signed) {
        let nomor = one.one.sebutan().to_owned();
        match keep(ctx, with, one, &file) {
            Ok(()) => {}
            Err(Problem::Refused(refusal)) => failed.push((nomor, format!("{} {}", refusal.message(), refusal.next_step()))),
            Err(Problem::Conflict) => failed.push((nomor, "Baru saja diubah dari tempat lain. Tanda tangani kembali.".into())),
            Err(other) => return Err(other),
        }
    }
    Ok(failed)
}

fn named(ctx: &Ctx, id: Id) -> Result<String, Problem> {
    Ok(ctx.read(|tx| applications::get(tx, id))?.and_then(|one| one.nomor).unwrap_or_else(|| "Dokumen".into()))
}

/// The application, when it waits for the signature of whoever asks.
fn mine(ctx: &Ctx, tx: &mut Tx<'_>, id: Id) -> Result<(Permohonan, std::sync::Arc<Jenis>), Problem> {
    let one = applications::get(tx, id)?
        .filter(|one| ctx.scope().is_ok_and(|scope| scope.covers_opd(one.opd)))
        .ok_or(Problem::NotFound)?;
    if one.status != Status::Tte {
        return Err(Problem::refused(crate::alur::NotNow { langkah: Langkah::Tandatangani, status: one.status }));
    }
    let orang = me(ctx)?;
    if let Some(refusal) = giliran::barred(tx, &one, orang)? {
        return Err(Problem::refused(refusal));
    }
    if one.petugas.is_some_and(|petugas| petugas != orang) {
        return Err(Problem::refused(crate::permohonan::Refusal::OthersTurn(one.petugas_nama)));
    }
    let jenis = jenis::store::version(tx, one.jenis_versi)?;
    Ok((one, jenis))
}

/// Whoever signs is the head of the PTSP today.
fn signer(ctx: &Ctx, tx: &mut Tx<'_>, one: &Permohonan, day: Date) -> Result<Penanda, Problem> {
    let found = dokumen::penanda(tx, one.opd, day)?;
    let orang = me(ctx)?;
    found.filter(|signer| signer.orang == orang).ok_or_else(|| Problem::refused(NotHead))
}

/// Somebody else than the head signs.
#[derive(Debug, thiserror::Error)]
#[error("Hari ini Anda tidak tercatat sebagai kepala perangkat daerah penerbit.")]
struct NotHead;

impl Refuse for NotHead {
    fn code(&self) -> &'static str {
        "perizinan.dokumen.not-head"
    }

    fn next_step(&self) -> String {
        "Tanyakan penugasan Anda kepada pengelola kepegawaian.".into()
    }
}

/// The reason for signing this one while one of the same service that came earlier is left; none where nobody is passed over.
fn jumped(
    tx: &mut Tx<'_>,
    one: &Permohonan,
    chosen: &[Id],
    lompat: Option<AlasanLompat>,
) -> Result<Option<AlasanLompat>, Problem> {
    let left = applications::ahead_in_line(tx, one, MOST + 1)?.into_iter().find(|(id, _)| !chosen.contains(id));
    match (left, lompat) {
        (None, _) => Ok(None),
        (Some(_), Some(lompat)) => Ok(Some(lompat)),
        (Some((_, nomor)), None) => Err(Problem::refused(crate::permohonan::Refusal::OutOfOrder(nomor))),
    }
}

fn prepare(ctx: &Ctx, with: &Pengaturan, id: Id, (chosen, lompat): (&[Id], Option<AlasanLompat>)) -> Result<Siap, Problem> {
    let (before, jenis) = ctx.read(|tx| mine(ctx, tx, id))?;
    let lompat = ctx.read(|tx| jumped(tx, &before, chosen, lompat))?;
    let tte = with.tanda_tangan();
    // What could not be drawn must not be numbered.
    let existing = ctx.read(|tx| store::of_application(tx, id))?;
    if existing.is_none() {
        let drawing = ctx.read(|tx| dokumen::drawing(ctx, tx, &before, &jenis, None, tte.as_str()))?;
        dokumen::pdf(ctx, &drawing)?;
    }
    let today = ctx.today();
    let register = Register::on(before.opd, KELOMPOK, today);
    let earlier = existing.as_ref().map_or(today, |known| known.tanggal);
    let keys = Keys::of([register.lock()]).and(Register::on(before.opd, KELOMPOK, earlier).lock());
    let (again, issuer) = (ctx.clone(), verify::Issuer::of(ctx.instance()));
    let izin = ctx.write(keys, move |tx| {
        let (one, jenis) = mine(&again, tx, id)?;
        let who = signer(&again, tx, &one, today)?;
        let known = store::of_application(tx, id)?;
        if let Some(known) = &known {
            if known.keadaan != Keadaan::Menunggu || known.tanggal != earlier {
                return Err(Problem::Conflict);
            }
            if known.tanggal == today && known.penandatangan == who.nama && known.jabatan == who.display() {
                return Ok(known.clone());
            }
            // Nothing is signed under the day, or the name, of an attempt that failed: its number is given up, with the reason.
            let words = format!("Tidak jadi ditandatangani pada {}.", tanggal_panjang(known.tanggal));
            registers::cancel(tx, &Register::on(one.opd, KELOMPOK, known.tanggal), known.urut, &words)?;
            if let Some(token) = &known.token {
                verify::revoke(tx, token, &words, None)?;
            }
        }
        let office = opd::get(tx, one.opd)?.ok_or(Problem::NotFound)?;
        let unit = if office.singkatan.is_empty() { office.nama.clone() } else { office.singkatan.clone() }.to_uppercase();
        let izin_id = match &known {
            Some(known) => known.id,
            None => tx.new_id()?,
        };
        let register = Register::on(one.opd, KELOMPOK, today);
        // What cannot be written as a number must not take one.
        dokumen::number(&jenis, &unit, today, 1)?;
        let drawn = registers::reserve(tx, &register, &objek(izin_id), |urut| {
            dokumen::number(&jenis, &unit, today, urut).unwrap_or_default()
        })?;
        let title = super::judul(&jenis, one.permintaan);
        let issued = verify::reserve(
            tx,
            &issuer,
            &New {
                objek: objek(izin_id),
                jenis: title,
                nomor: drawn.nomor.clone(),
                tanggal: today,
                hal: format!("{} untuk {}", jenis.nama, one.pemohon.nama),
                sifat: Sifat::Biasa,
                jabatan: who.display(),
                penandatangan: who.nama.clone(),
                opd_nama: office.nama,
                tanda_tangan: tte,
                ditandatangani: None,
                sidik: None,
            },
        )?;
        let (objek_izin, lokasi) = subject(&jenis, &one);
        let izin = Izin {
            id: izin_id,
            permohonan: Some(id),
            jenis: one.jenis,
            jenis_nama: jenis.nama.clone(),
            nomor: drawn.nomor,
            urut: drawn.urut,
            tanggal: today,
            nama: one.pemohon.nama.clone(),
            nik: one.pemohon.nik.full().to_owned(),
            objek: objek_izin,
            lokasi,
            keadaan: Keadaan::Menunggu,
            berlaku_dari: today,
            berlaku_sampai: super::ends(tx, &one, &jenis, today)?,
            lama: one.izin_lama,
            pengganti: None,
            token: Some(issued.token),
            lampiran: None,
            penandatangan: who.nama.clone(),
            jabatan: who.display(),
            peringatan: 0,
            created_at: tx.now()?,
            versi: known.as_ref().map_or(1, |known| known.versi),
        };
        if known.is_some() {
            if !store::renumber(tx, &izin)? {
                return Err(Problem::Conflict);
            }
        } else {
            store::insert(tx, &izin)?;
        }
        tx.audit(&Entry::new("perizinan.number-izin", TABLE, izin.id).with("nomor", &izin.nomor))?;
        Ok::<_, Problem>(izin)
    })?;
    let drawing = ctx.read(|tx| dokumen::drawing(ctx, tx, &before, &jenis, Some(&izin), tte.as_str()))?;
    let pdf = dokumen::pdf(ctx, &drawing)?;
    Ok(Siap { lompat, one: before, izin, pdf })
}

/// The signed file becomes the document, in one transaction; whoever was first wins.
fn keep(ctx: &Ctx, with: &Pengaturan, ready: Siap, file: &[u8]) -> Result<(), Problem> {
    let name = format!("{}.pdf", ready.izin.nomor.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-"));
    let upload = attachments::made(ctx.instance(), "dokumen", &name, file, &Rule::DOCUMENTS)?;
    let (again, cara, now) = (ctx.clone(), with.tanda_tangan(), ctx.now());
    let (register, lompat) = (Register::on(ready.one.opd, KELOMPOK, ready.izin.tanggal), ready.lompat);
    let keys = Keys::of([write::turn_key(ready.one.opd), register.lock()]);
    ctx.write(keys, move |tx| {
        let (one, jenis) = mine(&again, tx, ready.one.id)?;
        let mut izin = store::get(tx, ready.izin.id)?.ok_or(Problem::NotFound)?;
        if izin.keadaan != Keadaan::Menunggu || one.versi != ready.one.versi {
            return Err(Problem::Conflict);
        }
        let lampiran = attachments::attach(tx, &objek(izin.id), &[], &upload)?;
        if let Some(token) = &izin.token {
            verify::complete(tx, token, now, cara, Some(&upload.blob.sidik))?;
        }
        registers::use_reserved(tx, &Register::on(one.opd, KELOMPOK, izin.tanggal), izin.urut)?;
        // What gives a licence back is a document, and no licence.
        izin.keadaan = if one.permintaan == Permintaan::Pencabutan { Keadaan::Dicabut } else { Keadaan::Aktif };
        izin.lampiran = Some(lampiran);
        if !store::update(tx, &izin)? {
            return Err(Problem::Conflict);
        }
        store::add_event(tx, izin.id, "terbit", "", "")?;
        super::continues(tx, &one, &izin)?;
        let kerja = Kerja::of(&again, tx)?;
        let one =
            write::act(tx, &kerja, one, Langkah::Tandatangani, &Catatan::umum(format!("Nomor {}.", izin.nomor)).lompat(lompat))?;
        super::told(tx, &one, &jenis, &izin)?;
        Ok::<_, Problem>(())
    })
}
