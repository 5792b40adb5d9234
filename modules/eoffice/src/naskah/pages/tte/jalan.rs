//! The way of one act of signing: reserve, draw, sign, keep. Whatever happens between two steps, the number stays with its naskah and the
//! act can be done again.

use praja_desk::{
    attachments::{self, MAX_BYTES},
    registers::naskah::JenisNaskah,
    tte::{self, Bukti, Pengaturan},
    verify,
};
use praja_identity::narahubung;
use praja_kernel::{Date, FieldProblem, Id, Nik};
use praja_module::{
    Ctx, Input, Problem, Response, Upload,
    documents::DrawError,
    signing::{Secret, Who},
};
use praja_store::Keys;

use super::super::{kind, meja, pdf};
use crate::naskah::{
    Naskah, Refusal, Status, store,
    tte::{Hasil, refusal, words},
    write::{
        Meja, objek_lampiran,
        sign::{self, Penomoran},
    },
};

/// What whoever signs typed; forgotten with the act.
pub(super) struct Diminta {
    secret: Secret,
    nik: Option<String>,
    /// The day of those that have no number yet.
    tanggal: Date,
    mandat: bool,
}

/// One naskah and what became of it.
pub(super) type Selesai = (Id, Result<(), Refusal>);

pub(super) fn asked(input: &Input, with: &Pengaturan, tanggal: Date, mandat: bool) -> Result<Diminta, Refusal> {
    let mut problems = Vec::new();
    let nik = nik(input, with).unwrap_or_else(|problem| {
        problems.push(problem);
        None
    });
    let secret = match proof(input) {
        Bukti::Frasa => Secret::passphrase(input.raw(super::PHRASE)),
        Bukti::Kode => Secret::code(input.text(super::PHRASE)),
    };
    if secret.typed().is_empty() {
        let asked = if proof(input) == Bukti::Kode { "Ketik kode dari surel Anda." } else { "Ketik frasa sandi Anda." };
        problems.push(FieldProblem::new(super::PHRASE, asked));
    }
    if !problems.is_empty() {
        return Err(incomplete(problems));
    }
    Ok(Diminta { secret, nik, tanggal, mandat })
}

/// By what whoever signs proves that they are there, as the form says; a passphrase where it says nothing.
pub(super) fn proof(input: &Input) -> Bukti {
    Bukti::parse(input.text(super::PROOF)).unwrap_or_default()
}

fn nik(input: &Input, with: &Pengaturan) -> Result<Option<String>, FieldProblem> {
    if !with.asks_nik() {
        return Ok(None);
    }
    let typed = input.text("nik").parse::<Nik>();
    typed.map(|nik| Some(nik.full().to_owned())).map_err(|e| FieldProblem::new("nik", e.to_string()))
}

fn incomplete(fields: Vec<FieldProblem>) -> Refusal {
    Refusal::Tte { message: "Naskah belum ditandatangani.".into(), next_step: "Lengkapi isian yang ditandai.".into(), fields }
}

/// Has a code sent to whoever signs these naskah.
///
/// # Errors
/// Faults, and refusals as [`Problem::Refused`].
pub(super) fn send_code(ctx: &Ctx, input: &Input, with: &Pengaturan, naskah: &[&Naskah]) -> Result<(), Problem> {
    let nik = nik(input, with).map_err(|problem| Problem::refused(incomplete(vec![problem])))?;
    let first = naskah.first().ok_or(Problem::NotFound)?;
    tte::send_code(ctx, with, &who(ctx, nik, first)?, naskah.len())
}

/// Signs these naskah in one act of the provider; gives what became of each, in order.
///
/// # Errors
/// Faults only: what is refused stands beside its naskah.
pub(super) fn run(ctx: &Ctx, with: &Pengaturan, asked: &Diminta, ids: &[Id]) -> Result<Vec<Selesai>, Problem> {
    let meja = meja(ctx)?;
    // During a pause nothing is numbered.
    if let Err(problem) = ctx.read(|tx| tte::may_try(ctx, tx)) {
        let refusal = refusal(problem)?;
        return Ok(ids.iter().map(|id| (*id, Err(refusal.clone()))).collect());
    }
    let mut ready = Vec::new();
    let mut outcomes: Vec<Selesai> = Vec::with_capacity(ids.len());
    for id in ids {
        match prepare(ctx, &meja, with, asked, *id) {
            Ok(one) => {
                ready.push(one);
                outcomes.push((*id, Ok(())));
            }
            Err(problem) => outcomes.push((*id, Err(refusal(problem)?))),
        }
    }
    let Some(first) = ready.first() else { return Ok(outcomes) };
    let who = who(ctx, asked.nik.clone(), &first.naskah)?;
    let reason = match ready.as_slice() {
        [one] => format!("{} {}", one.jenis.nama, one.naskah.nomor.as_ref().map_or("", |nomor| nomor.teks.as_str())),
        many => format!("{} naskah dinas", many.len()),
    };
    let documents: Vec<Vec<u8>> = ready.iter_mut().map(|one| std::mem::take(&mut one.pdf)).collect();
    let signed = match tte::sign(ctx, with, &who, &asked.secret, &documents, reason.trim_end()) {
        Ok(signed) => signed,
        Err(problem) => {
            let refusal = refusal(problem)?;
            for one in &ready {
                put(&mut outcomes, one.naskah.id, Err(refusal.clone()));
            }
            return Ok(outcomes);
        }
    };
    for (one, file) in ready.into_iter().zip(signed) {
        let id = one.naskah.id;
        if let Err(problem) = keep(ctx, &meja, with, one, &file) {
            put(&mut outcomes, id, Err(refusal(problem)?));
        }
    }
    Ok(outcomes)
}

fn put(outcomes: &mut [Selesai], id: Id, outcome: Result<(), Refusal>) {
    if let Some(found) = outcomes.iter_mut().find(|(known, _)| *known == id) {
        found.1 = outcome;
    }
}

/// A naskah with its number, and the file that is to be signed.
struct Siap {
    naskah: Naskah,
    jenis: JenisNaskah,
    pdf: Vec<u8>,
}

fn prepare(ctx: &Ctx, meja: &Meja, with: &Pengaturan, asked: &Diminta, id: Id) -> Result<Siap, Problem> {
    let scope = ctx.scope()?.clone();
    let find = |tx: &mut praja_store::Tx<'_>| -> Result<(Naskah, JenisNaskah), Problem> {
        let naskah = store::find(tx, ctx.instance().keys(), ctx.scope()?, id)?.ok_or(Problem::NotFound)?;
        let kind = kind(tx, &naskah.jenis)?.0;
        Ok((naskah, kind))
    };
    let (before, jenis) = ctx.read(find)?;
    if !pdf::offered(ctx, &before.jenis, before.letak.is_some()) {
        return Err(Problem::refused(Refusal::Pdf("Jenis naskah ini ditandatangani di kertas.".into())));
    }
    // What could not be drawn must not be numbered.
    let tte = with.tanda_tangan();
    let draw = |naskah: &Naskah| whole(ctx, naskah, tte);
    if before.status == Status::SiapTte {
        draw(&before)?;
    }
    let tanggal = before.nomor.as_ref().map_or(asked.tanggal, |nomor| nomor.tanggal);
    let keys = if jenis.aturan.pattern.is_some() {
        praja_desk::registers::Keeping::of(&jenis, before.opd, tanggal).keys()
    } else {
        Keys::none()
    };
    let (mine, kind, issuer, mandat, versi) =
        (meja.clone(), jenis.clone(), verify::Issuer::of(ctx.instance()), asked.mandat, before.versi);
    ctx.write(keys, move |tx| {
        let naskah = store::find(tx, &mine.keys, &scope, id)?.ok_or(Problem::NotFound)?;
        if naskah.versi != versi {
            return Err(Problem::Conflict);
        }
        sign::begin(tx, &mine, naskah, &Penomoran { jenis: &kind, tanggal, issuer: &issuer, mandat, cara: tte })
    })?;
    let (naskah, jenis) = ctx.read(find)?;
    let pdf = draw(&naskah)?;
    Ok(Siap { naskah, jenis, pdf })
}

/// The naskah and its lampiran as one file.
fn whole(ctx: &Ctx, naskah: &Naskah, tte: verify::TandaTangan) -> Result<Vec<u8>, Problem> {
    let cannot = |e: DrawError| Problem::refused(Refusal::Pdf(e.to_string()));
    let documents = ctx.instance().ports.documents.as_ref().ok_or_else(|| cannot(DrawError::absent()))?;
    let mut pdf = ctx.read(|tx| pdf::drawing(ctx, tx, naskah, tte.as_str())?.pdf(ctx, tx, naskah))?;
    let lampiran = attachments::as_pages(ctx, &objek_lampiran(naskah.id))?;
    if !lampiran.is_empty() {
        let files: Vec<&[u8]> = std::iter::once(pdf.as_slice()).chain(lampiran.iter().map(|one| one.pdf.as_slice())).collect();
        pdf = documents.join(&files).map_err(cannot)?.pdf;
    }
    if u64::try_from(pdf.len()).unwrap_or(u64::MAX) > MAX_BYTES - ROOM {
        let most = (MAX_BYTES - ROOM) >> 20;
        return Err(Problem::refused(Refusal::Pdf(format!(
            "Naskah dan lampirannya lebih dari {most} MiB. Perkecil lampirannya."
        ))));
    }
    Ok(pdf)
}

/// What a signature adds at most.
const ROOM: u64 = 1 << 20;

/// The signer, as the provider knows people.
fn who(ctx: &Ctx, nik: Option<String>, naskah: &Naskah) -> Result<Who, Problem> {
    let key = ctx.scope()?.actor.key();
    let email = ctx.read(|tx| narahubung::of(tx, &key))?.and_then(|kontak| kontak.email);
    Ok(Who { nik, email, name: naskah.penandatangan_nama.clone(), post: naskah.penandatangan_jabatan.clone() })
}

/// The signed file becomes the naskah, in one transaction; whoever was first wins.
fn keep(ctx: &Ctx, meja: &Meja, with: &Pengaturan, one: Siap, file: &[u8]) -> Result<(), Problem> {
    let stored = ctx.instance().blobs.put(&mut &*file, MAX_BYTES);
    let blob = stored.map_err(|e| Problem::Fault(format!("a signed naskah cannot be stored: {e}")))?;
    let name = format!("{}.pdf", pdf::file_name(&one.naskah));
    let upload = Upload { field: "naskah".into(), name, head: file.get(..512).unwrap_or(file).to_vec(), blob };
    let keys = sign::keeping(&one.naskah, &one.jenis).map_or_else(Keys::none, |keeping| keeping.keys());
    let (meja, scope, cara) = (meja.clone(), ctx.scope()?.clone(), with.tanda_tangan());
    let Siap { naskah: before, jenis, .. } = one;
    ctx.write(keys, move |tx| {
        let naskah = store::find(tx, &meja.keys, &scope, before.id)?.ok_or(Problem::NotFound)?;
        // The number in the file must be the one the naskah has: released and numbered anew meanwhile, it is another paper.
        if naskah.versi != before.versi || naskah.isi.penandatangan != meja.acting.jabatan {
            return Err(Problem::Conflict);
        }
        sign::sign(tx, &meja, naskah, &jenis, &upload, cara)
    })
}

/// What a form was answered before, when it is sent twice.
pub(super) fn answered(ctx: &Ctx, input: &Input) -> Result<Option<Response>, Problem> {
    let Some(form) = input.form_id() else { return Ok(None) };
    let pattern = ctx.incoming().pattern;
    // Forms are remembered under whoever sent them: asked as a writer.
    let before = ctx.write(Keys::unaudited(), move |tx| tx.answered_form(pattern, form))?;
    Ok(before.map(|before| Response::redirect(before.tujuan)))
}

/// Writes down what became of each naskah, and answers the form.
pub(super) fn kept(
    ctx: &Ctx,
    input: &Input,
    done: Vec<Selesai>,
    to: impl Fn(Id) -> String + Send + 'static,
) -> Result<Response, Problem> {
    let kelompok = ctx.form_id();
    ctx.submit(input, Keys::none(), move |tx| {
        note(tx, kelompok, &done)?;
        Ok::<_, Problem>(to(kelompok))
    })
}

/// Writes down what became of each naskah; the form can be sent again.
pub(super) fn noted(ctx: &Ctx, done: Vec<Selesai>) -> Result<(), Problem> {
    let kelompok = ctx.form_id();
    ctx.write(Keys::none(), move |tx| Ok::<_, Problem>(note(tx, kelompok, &done)?))
}

fn note(tx: &mut praja_store::Tx<'_>, kelompok: Id, done: &[Selesai]) -> praja_store::Result<()> {
    for (urut, (naskah, outcome)) in done.iter().enumerate() {
        // What nobody may see leaves no trace of its identity.
        if store::find_any_id(tx, *naskah)? {
            let pesan = outcome.as_ref().err().map(words);
            let hasil = if pesan.is_some() { Hasil::Gagal } else { Hasil::Tertandatangani };
            store::tte::insert(tx, kelompok, urut, *naskah, hasil, pesan.as_deref())?;
        }
    }
    Ok(())
}
