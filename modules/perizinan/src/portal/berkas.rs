//! The files of an application: one form each, so that a poor line loses at most one of them; what was given before is offered again.

use praja_desk::attachments::{self, Kind, Rule};
use praja_kernel::{FieldProblem, Id, Moment, Refuse, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{Act, Markup, Notice, PageHeader, Tone, badge, frame, html};

use super::{answers, href, own, steps, writable};
use crate::{
    TABLE,
    jenis::{Jenis, Kepekaan, Syarat},
    objek,
    permohonan::{Permohonan, isian, store},
};

/// The form's field for a file.
const FIELD: &str = "berkas";
/// So many files were ever put into one application, those that were replaced included.
const MOST: usize = 200;
/// With the script a photograph is made so small before it is sent: a page of A4 can still be read.
const SIDE: u32 = 3000;
const SMALL: u64 = 2_000_000;
/// Days a paper that does not age is offered again.
const REUSE_DAYS: i64 = 5 * 366;

/// The power of attorney: asked of everybody who applies for somebody else, in every service.
pub(crate) fn kuasa() -> Syarat {
    Syarat {
        kode: "surat_kuasa".into(),
        label: "Surat kuasa bermeterai, dengan KTP pemberi dan penerima kuasa".into(),
        jenis: crate::jenis::JenisSyarat::Berkas,
        wajib: true,
        bila: String::new(),
        untuk: Vec::new(),
        format: ["pdf", "jpg", "png"].map(Into::into).to_vec(),
        petunjuk: "Hanya berlaku untuk permohonan ini.".into(),
        pakai_ulang: String::new(),
        masa_hari: 0,
        kepekaan: Kepekaan::Identitas,
    }
}

/// The files an application asks for now.
pub(crate) fn asked(one: &Permohonan, jenis: &Jenis) -> Vec<Syarat> {
    let nilai = answers(one).nilai(jenis, one.permintaan);
    let mut all: Vec<Syarat> = isian::files(jenis, one.permintaan, &nilai).into_iter().cloned().collect();
    if one.pemohon.kuasa.is_some() {
        all.push(kuasa());
    }
    all
}

/// What a requirement takes.
pub(crate) fn rule(syarat: &Syarat) -> Rule {
    let pictures = syarat.format.iter().any(|format| matches!(format.as_str(), "jpg" | "jpeg" | "png"));
    let pdf = syarat.format.iter().any(|format| format == "pdf");
    let kinds: &'static [Kind] = match (pdf, pictures) {
        (true, false) => &[Kind::Pdf],
        (false, true) => &[Kind::Jpeg, Kind::Png],
        _ => &[Kind::Pdf, Kind::Jpeg, Kind::Png],
    };
    Rule { max_bytes: attachments::MAX_BYTES, max_files: 1, kinds }
}

/// GET /perizinan/permohonan/{resi}/berkas
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (one, jenis) = writable(ctx, tx)?;
    let content = page(ctx, tx, &one, &jenis, None)?;
    Ok(frame::respond_plain(ctx, &header(&jenis), content))
}

fn header(jenis: &Jenis) -> PageHeader {
    PageHeader::new("Berkas persyaratan").purpose(format!(
        "Unggah satu per satu; setiap berkas langsung tersimpan. PDF, JPG, atau PNG, paling besar {} MB. Permohonan {}.",
        attachments::MAX_MIB,
        jenis.nama
    ))
}

fn page(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    one: &Permohonan,
    jenis: &Jenis,
    wrong: Option<(&str, &dyn Refuse)>,
) -> Result<Markup, Problem> {
    let files = store::files(tx, one.id)?;
    let defects: Vec<_> = store::defects(tx, one.id)?.into_iter().filter(|defect| !defect.selesai).collect();
    let asked = asked(one, jenis);
    let returned = store::last_return(tx, one.id)?.map(|step| step.pada);
    let given = asked.iter().filter(|syarat| files.iter().any(|file| !file.diganti && file.syarat == syarat.kode)).count();
    let mut items = Vec::new();
    for syarat in &asked {
        let file = files.iter().find(|file| !file.diganti && file.syarat == syarat.kode);
        let old = match (file, syarat.pakai_ulang.as_str(), one.akun) {
            (None, name, Some(akun)) if !name.is_empty() => {
                store::reusable(tx, &one.pemohon.nik, akun, name, since(ctx, syarat))?.filter(|(from, _)| *from != one.id)
            }
            _ => None,
        };
        let defect = defects.iter().find(|defect| defect.tentang == format!("syarat:{}", syarat.kode)).map(|d| d.pesan.as_str());
        items.push(item(
            ctx,
            one,
            syarat,
            file,
            old.map(|(_, file)| file),
            defect.map(|pesan| (pesan, file.is_some_and(|file| returned.is_some_and(|at| file.dibuat > at)))),
            wrong.filter(|(kode, _)| *kode == syarat.kode),
        ));
    }
    Ok(html! {
        (steps(one, jenis, "berkas"))
        p { (praja_web::progress("Berkas terunggah", given as u64, asked.len().max(1) as u64, &format!("{given} dari {} berkas", asked.len()))) }
        @if asked.is_empty() { p { "Layanan ini tidak meminta berkas." } }
        ol.syarat { @for item in &items { (item) } }
        (praja_web::photos())
        (praja_web::act_bar(&[Act::link("Lanjut: periksa dan kirim", href(one, "kirim")).main()]))
    })
}

/// Papers older than this are not offered again.
fn since(ctx: &Ctx, syarat: &Syarat) -> Moment {
    let days = if syarat.masa_hari == 0 { REUSE_DAYS } else { i64::from(syarat.masa_hari) };
    ctx.now().plus_ms(-days * 24 * 60 * 60 * 1000)
}

fn item(
    ctx: &Ctx,
    one: &Permohonan,
    syarat: &Syarat,
    file: Option<&store::Berkas>,
    old: Option<store::Berkas>,
    // What is to be mended, and whether another file came since.
    defect: Option<(&str, bool)>,
    wrong: Option<(&str, &dyn Refuse)>,
) -> Markup {
    let (defect, replaced) = (defect.map(|(pesan, _)| pesan), defect.is_some_and(|(_, replaced)| replaced));
    let to = |rest: &str| href(one, &format!("berkas/{}{rest}", syarat.kode));
    // The heading of the card says which paper, to eyes and to readers of the screen alike.
    let label = if file.is_some() { "Berkas pengganti" } else { "Berkas" };
    let field = attachments::field_for(FIELD, label, &rule(syarat))
        .apart(&syarat.kode)
        .stepwise_at(href(one, "unggahan"))
        .photo(SIDE, SMALL);
    let mut form = frame::form(ctx, to("")).field(field.hint(format!(
        "{}Pastikan seluruh tulisan terbaca dan tepi kertas terlihat.",
        if syarat.petunjuk.is_empty() { String::new() } else { format!("{} ", syarat.petunjuk) }
    )));
    if let Some((_, refusal)) = wrong {
        form = form.refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
    }
    let form = form.multipart().submit(if file.is_some() { "Ganti berkas" } else { "Unggah berkas" });
    html! {
        li id={ "syarat-" (syarat.kode) } { div.isi-syarat role="group" aria-labelledby={ "nama-" (syarat.kode) } {
            h2 id={ "nama-" (syarat.kode) } { (syarat.label) " "
                @if file.is_some() { (badge(Tone::Good, "Ada")) }
                @else if syarat.wajib { (badge(Tone::Warn, "Wajib")) }
                @else { (badge(Tone::Neutral, "Bila ada")) }
            }
            @match defect {
                Some(pesan) if replaced => (Notice::new(Tone::Good, "Berkas yang diminta sudah diganti. Kirim kembali permohonannya.").text(pesan)),
                Some(pesan) => (Notice::new(Tone::Warn, "Petugas meminta berkas ini diperbaiki.").text(pesan)),
                None => {}
            }
            @if let Some(file) = file {
                p { a href=(href(one, &format!("lihat/{}", file.id))) { (file.nama) } ", diunggah " (tanggal_panjang(ctx.instance().zona.date(file.dibuat))) }
                (praja_web::act_bar(&[Act::post("Lepas berkas", to("/lepas"), ctx.csrf(), ctx.form_id().to_string())]))
            }
            @if let Some(old) = old {
                p { "Anda pernah memberikan berkas ini: " (old.nama) ", " (tanggal_panjang(ctx.instance().zona.date(old.dibuat))) "." }
                (praja_web::act_bar(&[Act::post("Pakai berkas itu", to("/pakai"), ctx.csrf(), ctx.form_id().to_string())]))
            }
            @if file.is_some() && wrong.is_none() && (defect.is_none() || replaced) {
                details.lipatan { summary { "Ganti dengan berkas lain" } div.lipatan-isi { (form) } }
            } @else {
                (form)
            }
        } }
    }
}

/// The requirement of this address.
fn syarat(ctx: &Ctx, one: &Permohonan, jenis: &Jenis) -> Result<Syarat, Problem> {
    let kode: String = ctx.param("syarat")?;
    asked(one, jenis).into_iter().find(|syarat| syarat.kode == kode).ok_or(Problem::NotFound)
}

/// POST /perizinan/permohonan/{resi}/berkas/{syarat}
pub(crate) fn put(ctx: &Ctx, input: &Input) -> Outcome {
    let (one, jenis) = ctx.read(|tx| writable(ctx, tx))?;
    let syarat = syarat(ctx, &one, &jenis)?;
    if ctx.read(|tx| store::files(tx, one.id))?.len() >= MOST {
        return again(ctx, &one, &jenis, &syarat, &TooMany);
    }
    let sent = match attachments::arrived(ctx, input, FIELD, &rule(&syarat), &super::unggahan::owner(&one.resi)) {
        Ok(files) => files.into_iter().next(),
        Err(Problem::Refused(refusal)) => return again(ctx, &one, &jenis, &syarat, &*refusal),
        Err(other) => return Err(other),
    };
    let Some(sent) = sent else { return again(ctx, &one, &jenis, &syarat, &Nothing) };
    if is_heic(&sent.head) {
        return again(ctx, &one, &jenis, &syarat, &Heic { name: sent.name.clone() });
    }
    let original = sent.blob.sidik.clone();
    let file = match attachments::prepared(ctx, FIELD, &sent, &rule(&syarat)) {
        Ok(file) => file,
        Err(Problem::Refused(refusal)) => return again(ctx, &one, &jenis, &syarat, &*refusal),
        Err(other) => return Err(other),
    };
    let mine = ctx.clone();
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let (one, _) = writable(&mine, tx)?;
        // Nobody opens it by desk's address: its own pages check who may see this application.
        let lampiran = attachments::attach(tx, &objek(one.id), &[], &file)?;
        store::put_file(tx, one.id, &syarat, lampiran, &file.name, &original)?;
        let entry = Entry::new("perizinan.attach-berkas", TABLE, one.id).with("syarat", &syarat.kode).with("sidik", &original);
        tx.audit(&entry)?;
        Ok::<_, Problem>(format!("{}#syarat-{}", href(&one, "berkas"), syarat.kode))
    })?;
    Ok(response.with_notice("Berkas tersimpan."))
}

/// Pictures of some telephones: nobody's browser here shows them.
fn is_heic(head: &[u8]) -> bool {
    head.len() > 12 && &head[4..8] == b"ftyp" && matches!(&head[8..12], b"heic" | b"heix" | b"mif1" | b"hevc" | b"msf1")
}

/// Such a picture was sent.
#[derive(Debug, thiserror::Error)]
#[error("Foto {name} berformat HEIC, yang tidak dapat dibuka di semua komputer.")]
struct Heic {
    name: String,
}

impl Refuse for Heic {
    fn code(&self) -> &'static str {
        "perizinan.berkas.heic"
    }

    fn next_step(&self) -> String {
        "Pada iPhone: Pengaturan, Kamera, Format, pilih Paling Kompatibel; lalu foto ulang. Atau kirim tangkapan layarnya.".into()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        vec![FieldProblem::new(FIELD, format!("{self} {}", self.next_step()))]
    }
}

/// More files than any application needs.
#[derive(Debug, thiserror::Error)]
#[error("Permohonan ini sudah menerima {MOST} berkas, termasuk yang diganti.")]
struct TooMany;

impl Refuse for TooMany {
    fn code(&self) -> &'static str {
        "perizinan.berkas.too-many"
    }

    fn next_step(&self) -> String {
        "Kirim permohonan dengan berkas yang ada, atau hubungi petugas loket.".into()
    }
}

/// The form came without a file.
#[derive(Debug, thiserror::Error)]
#[error("Belum ada berkas yang dipilih.")]
struct Nothing;

impl Refuse for Nothing {
    fn code(&self) -> &'static str {
        "perizinan.berkas.nothing"
    }

    fn next_step(&self) -> String {
        "Pilih berkas atau ambil foto, lalu tekan Unggah berkas.".into()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        vec![FieldProblem::new(FIELD, format!("{self} {}", self.next_step()))]
    }
}

fn again(ctx: &Ctx, one: &Permohonan, jenis: &Jenis, syarat: &Syarat, refusal: &dyn Refuse) -> Outcome {
    let content = ctx.read(|tx| page(ctx, tx, one, jenis, Some((&syarat.kode, refusal))))?;
    Ok(Response::form_again(praja_web::plain_page(&frame::shell(ctx), &header(jenis), content)))
}

/// POST /perizinan/permohonan/{resi}/berkas/{syarat}/pakai
pub(crate) fn reuse(ctx: &Ctx, input: &Input) -> Outcome {
    let (one, jenis) = ctx.read(|tx| writable(ctx, tx))?;
    let syarat = syarat(ctx, &one, &jenis)?;
    let (nik, from) = (one.pemohon.nik.clone(), since(ctx, &syarat));
    let Some(akun) = one.akun else { return Err(Problem::NotFound) };
    let Some((source, old)) = ctx.read(|tx| store::reusable(tx, &nik, akun, &syarat.pakai_ulang, from))? else {
        return Err(Problem::NotFound);
    };
    let copies = attachments::copies(ctx, &objek(source), FIELD)?;
    let kept = ctx.read(|tx| attachments::of(tx, &objek(source)))?.into_iter().find(|one| one.id == old.lampiran);
    let kept = kept.ok_or(Problem::NotFound)?;
    let copy = copies.into_iter().find(|copy| copy.name == kept.nama).ok_or(Problem::NotFound)?;
    let mine = ctx.clone();
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let (one, _) = writable(&mine, tx)?;
        let lampiran = attachments::attach(tx, &objek(one.id), &[], &copy)?;
        store::put_file(tx, one.id, &syarat, lampiran, &old.nama, &old.sidik_asli)?;
        tx.audit(&Entry::new("perizinan.reuse-berkas", TABLE, one.id).with("syarat", &syarat.kode))?;
        Ok::<_, Problem>(format!("{}#syarat-{}", href(&one, "berkas"), syarat.kode))
    })?;
    Ok(response.with_notice("Berkas yang pernah Anda berikan dipakai lagi."))
}

/// POST /perizinan/permohonan/{resi}/berkas/{syarat}/lepas
pub(crate) fn remove(ctx: &Ctx, input: &Input) -> Outcome {
    let (one, jenis) = ctx.read(|tx| writable(ctx, tx))?;
    let syarat = syarat(ctx, &one, &jenis)?;
    let mine = ctx.clone();
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let (one, _) = writable(&mine, tx)?;
        store::remove_file(tx, one.id, &syarat.kode)?;
        tx.audit(&Entry::new("perizinan.detach-berkas", TABLE, one.id).with("syarat", &syarat.kode))?;
        Ok::<_, Problem>(href(&one, "berkas"))
    })?;
    Ok(response.with_notice("Berkas dilepas."))
}

/// GET /perizinan/permohonan/{resi}/lihat/{berkas}
pub(crate) fn serve(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (one, _) = own(ctx, tx)?;
    let id: Id = ctx.param("berkas")?;
    let file = store::files(tx, one.id)?.into_iter().find(|file| file.id == id && !file.diganti).ok_or(Problem::NotFound)?;
    attachments::of_thing(ctx, tx, &objek(one.id), file.lampiran, false)
}
