//! One complaint at the desk: what it says, who has it until when, and what may be done with it.

use praja_identity::{jabatan, opd};
use praja_kernel::{Id, Refuse, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit};
use praja_web::{
    Act as Button, Cell, Column, EmptyState, Facts, Field, Form, Icon, Markup, Notice, PageHeader, Row, Table, Tone, badge,
    detail, frame, html, next_step, section,
};

use super::{
    LIST,
    desk::{due, office},
    facts, progress,
    public::at,
    said, words,
};
use crate::{
    INSPECT_PENGADUAN, MANAGE_PENGADUAN,
    attachments::{self, Rule},
    calendar, comments,
    complaints::{self, Act, Hari, Jalur, Penanganan, Pengaduan, Status, TABLE, Teradu, objek, rules, seen, store},
    timeline,
};

/// GET /desk/pengaduan/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = find(ctx, tx)?;
    let content = content(ctx, tx, &one, None)?;
    Ok(frame::respond(ctx, &header(&one), content))
}

/// The complaint of this address; to whoever may not see it, it does not exist.
fn find(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Pengaduan, Problem> {
    let found = store::get(tx, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    if seen(tx, ctx.scope()?, &found)? { Ok(found) } else { Err(Problem::NotFound) }
}

fn header(one: &Pengaduan) -> PageHeader {
    PageHeader::new(format!("Pengaduan {}", one.nomor)).purpose(one.jenis.label()).crumb("Pengaduan", LIST)
}

/// What was refused on this page.
struct Refused<'a> {
    input: &'a Input,
    refusal: &'a dyn Refuse,
}

/// What an officer reads about whoever complained.
fn reporter(ctx: &Ctx, one: &Pengaduan) -> (Markup, Markup) {
    let redup = |text: &str| html! { span.redup { (text) } };
    if one.is_protected() {
        let who = match (&one.identitas, ctx.may(INSPECT_PENGADUAN)) {
            (None, _) => redup("Tanpa nama"),
            (Some(_), false) => redup("Dilindungi"),
            (Some(_), true) => html! {
                "••••••" " "
                (Button::post("Buka identitas", format!("{LIST}/{}/pelapor", one.id), ctx.csrf(), ctx.form_id().to_string()).icon(Icon::Key))
            },
        };
        return (who, redup("Hubungi melalui jawaban di sini"));
    }
    if one.nama.is_empty() && one.kontak.is_empty() {
        return (redup("Tanpa nama"), redup("Dijawab melalui nomor dan kode pada bukti"));
    }
    if one.disembunyikan && !ctx.may(MANAGE_PENGADUAN) {
        return (redup("Disembunyikan atas permintaan pelapor"), redup("Hubungi melalui jawaban di sini"));
    }
    (html! { (one.nama) }, html! { (one.kontak) })
}

fn content(ctx: &Ctx, tx: &mut Tx<'_>, one: &Pengaduan, refused: Option<&Refused<'_>>) -> Result<Markup, Problem> {
    let today = ctx.today();
    let calendar = calendar::of(tx, today)?;
    let name = office(tx, one)?;
    let superior = one.kepada.map(|post| jabatan::label(tx, post, today)).transpose()?;
    let about: Vec<String> = store::teradu(tx, one.id)?.into_iter().map(|one| one.nama).collect();
    let (who, contact) = reporter(ctx, one);
    let mut facts = facts(one)
        .add("Saluran", one.saluran.label())
        .add_maybe("Nomor SP4N-LAPOR", (!one.id_lapor.is_empty()).then(|| one.id_lapor.clone()))
        .add("Penanganan", format!("{}, {} hari kerja sejak {}", one.penanganan.label(), one.hari, tanggal_panjang(one.diterima)))
        .add("OPD", &name)
        .add("Pelapor", who)
        .add("Kontak", contact);
    if one.is_protected() {
        facts = facts
            .add("Jalur", badge(Tone::Warn, one.jalur.label()))
            .add_maybe("Petugas yang diadukan, menurut pelapor", (!one.teradu.is_empty()).then(|| one.teradu.clone()))
            .add_maybe("Petugas yang diadukan", (!about.is_empty()).then(|| about.join("; ")))
            .add_maybe("Ditangani oleh", superior.clone());
    }
    let holder = match (one.jalur, &superior) {
        (Jalur::Biasa, _) => name.clone(),
        (Jalur::Petugas, Some(post)) => post.clone(),
        _ => "Inspektorat".to_owned(),
    };
    let step = if one.status.is_open() {
        let tone = if one.tenggat < today { Tone::Bad } else { Tone::Info };
        let verb = if one.status == Status::Masuk { "Mulai ditangani oleh " } else { "Dijawab oleh " };
        next_step(tone, html! { (verb) (holder) " paling lambat " (due(one, today, &calendar)) })
    } else {
        next_step(
            Tone::Good,
            format!("Pengaduan ini berkeadaan {} dan tidak menunggu jawaban.", one.status.label().to_lowercase()),
        )
    };
    let files = attachments::of(tx, &objek(one.id))?;
    let body = html! {
        (step)
        (progress(ctx, one))
        (facts)
        (section("Isi pengaduan", words(&one.isi)))
        (said(ctx, tx, one)?)
        @if one.is_protected() { (section("Lampiran", own_files(one, &files))) } @else { (section("Lampiran", attachments::table(ctx, &files))) }
        (section("Riwayat", timeline::of(ctx, tx, &objek(one.id))?))
        @if !one.is_protected() { (comments::section(ctx, tx, &objek(one.id))?) }
    };
    let side = acts(ctx, tx, one, refused)?;
    Ok(detail(body, side))
}

fn acts(ctx: &Ctx, tx: &mut Tx<'_>, one: &Pengaduan, refused: Option<&Refused<'_>>) -> Result<Markup, Problem> {
    let inspects = ctx.may(INSPECT_PENGADUAN);
    let forwards = !one.is_protected() || inspects;
    let kinds: Vec<_> = Penanganan::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let whom = Field::text("petugas", "Jabatan petugas yang diadukan")
        .required()
        .max_length(200)
        .hint("Tulis nama jabatannya selengkapnya; yang memegangnya hari ini dicatat.");
    Ok(html! {
        @if let Some(refused) = refused { (Notice::new(Tone::Bad, refused.refusal.message()).text(refused.refusal.next_step())) }
        @if one.status == Status::Masuk { (section("Mulai menangani", act_form(ctx, one, "terima", None).submit("Tangani pengaduan"))) }
        @if one.status.is_open() {
            (section("Jawab", act_form(ctx, one, "jawab", refused)
                .field(Field::textarea("jawaban", "Jawaban kepada pelapor").rows(5).required().max_length(4000))
                .submit("Kirim jawaban")))
            (section("Lampirkan bukti penanganan", evidence_form(ctx, one, refused)))
            @if forwards {
                (section("Teruskan", act_form(ctx, one, "teruskan", refused)
                    .field(Field::select("opd", if one.is_protected() { "OPD yang pimpinannya menangani" } else { "OPD yang berwenang" }, &offices(tx, one)?).required())
                    .field(Field::text("alasan", "Alasan").required().max_length(300))
                    .submit("Teruskan pengaduan")))
            }
            (section("Golongkan", act_form(ctx, one, "golongkan", refused)
                .field(Field::select("penanganan", "Penanganan", &kinds).required().value(one.penanganan.as_str()))
                .field(Field::text("alasan", "Alasan").required().max_length(300))
                .submit("Ubah penanganan")))
            @if !one.is_protected() || (inspects && one.jalur == Jalur::Petugas) {
                (section("Ini tentang petugas", act_form(ctx, one, "alihkan", refused)
                    .extra(html! { p { "Petugas itu tidak lagi melihat pengaduan ini; atasannya atau Inspektorat yang menangani." } })
                    .field(whom)
                    .field(Field::text("alasan", "Alasan").required().max_length(300))
                    .submit("Alihkan pengaduan")))
            }
            (section("Tidak dapat ditindaklanjuti", act_form(ctx, one, "tolak", refused)
                .field(Field::text("alasan", "Alasan kepada pelapor").required().max_length(300))
                .submit_danger("Tolak pengaduan")))
        }
        @if !one.is_protected() {
            (section("SP4N-LAPOR", act_form(ctx, one, "lapor", refused)
                .field(Field::text("id_lapor", "Nomor SP4N-LAPOR").value(&one.id_lapor).max_length(40))
                .submit("Simpan nomor SP4N-LAPOR")))
        }
    })
}

/// The files of a protected complaint: opened from here alone, where each opening asks again who may see it.
fn own_files(one: &Pengaduan, files: &[attachments::Attachment]) -> Markup {
    let rows = files.iter().map(|file| {
        Row::new(vec![Cell::new(&file.nama), Cell::new(file.size())]).href(format!("{LIST}/{}/lampiran/{}", one.id, file.id))
    });
    html! {
        (Table::new("Lampiran")
            .column(Column::text("Berkas"))
            .column(Column::number("Ukuran"))
            .rows(rows)
            .empty(EmptyState::new(Icon::Attachment, "Belum ada lampiran", "Berkas dari pelapor dan bukti penanganan tampil di sini.")))
    }
}

/// GET /desk/pengaduan/{id}/lampiran/{lampiran}
pub(crate) fn paper(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = find(ctx, tx)?;
    attachments::of_thing(ctx, tx, &objek(one.id), ctx.param("lampiran")?, ctx.query("unduh").is_some())
}

fn offices(tx: &mut Tx<'_>, one: &Pengaduan) -> praja_store::Result<Vec<(String, String)>> {
    let all = opd::list_active(tx)?;
    let other = |opd: Id| one.is_protected() || one.status == Status::Masuk || Some(opd) != one.opd;
    Ok(all.into_iter().filter(|opd| other(opd.id)).map(|opd| (opd.id.to_string(), opd.nama)).collect())
}

/// A form for one act; what was typed and what is wrong stand in the one that was sent.
fn act_form(ctx: &Ctx, one: &Pengaduan, act: &str, refused: Option<&Refused<'_>>) -> Form {
    let action = format!("{LIST}/{}", one.id);
    let form = match refused.filter(|refused| refused.input.text("tindakan") == act) {
        Some(refused) => frame::form_again(ctx, action, refused.input).problems(&refused.refusal.fields()),
        None => frame::form(ctx, action),
    };
    form.hidden("tindakan", act).hidden("versi", one.versi.to_string())
}

/// What was typed for an act.
fn typed(ctx: &Ctx, input: &Input) -> Result<Act, Problem> {
    let text = |name: &str| input.raw(name).trim().to_owned();
    Ok(match input.text("tindakan") {
        "terima" => Act::Terima,
        "jawab" => Act::Jawab(text("jawaban")),
        "tolak" => Act::Tolak(text("alasan")),
        "golongkan" => match Penanganan::parse(input.text("penanganan")) {
            Ok(penanganan) => Act::Golongkan(penanganan, text("alasan")),
            Err(_) => return Err(Problem::refused(at("penanganan", "Pilih penanganannya."))),
        },
        "teruskan" => match input.text("opd").parse::<Id>() {
            Ok(opd) if ctx.read(|tx| opd::get(tx, opd))?.is_some() => Act::Teruskan(opd, text("alasan")),
            _ => return Err(Problem::refused(at("opd", "Pilih OPD yang berwenang."))),
        },
        "alihkan" => Act::Alihkan(vec![ctx.read(|tx| officer(ctx, tx, input.text("petugas")))?], text("alasan")),
        "lapor" => match rules::id_lapor(input.text("id_lapor")) {
            Ok(id) => Act::Lapor(id),
            Err(words) => return Err(Problem::refused(at("id_lapor", words))),
        },
        _ => return Err(Problem::NotFound),
    })
}

/// Who holds the post that was typed: exactly one post must fit.
fn officer(ctx: &Ctx, tx: &mut Tx<'_>, typed: &str) -> Result<Teradu, Problem> {
    let wrong = |words: String| Problem::refused(at("petugas", words));
    if typed.trim().chars().count() < 3 {
        return Err(wrong("Tulis nama jabatan petugas itu, sedikitnya tiga huruf.".into()));
    }
    let posts = jabatan::search(tx, typed, None, 6)?;
    let exact: Vec<_> = posts.iter().filter(|post| praja_kernel::fold(&post.nama) == praja_kernel::fold(typed)).collect();
    let post = match (exact.as_slice(), posts.as_slice()) {
        ([one], _) => *one,
        (_, [one]) => one,
        (_, []) => return Err(wrong("Tidak ada jabatan bernama begitu. Periksa ejaannya pada susunan jabatan.".into())),
        (_, several) => {
            let names = several.iter().map(|post| post.nama.as_str()).collect::<Vec<_>>().join("; ");
            return Err(wrong(format!("Beberapa jabatan cocok; tulis selengkapnya: {names}.")));
        }
    };
    let holder = jabatan::holder_on(tx, post.id, ctx.today())?;
    let holder = holder.ok_or_else(|| wrong(format!("Hari ini tidak ada yang memegang jabatan {}.", post.nama)))?;
    Ok(Teradu { orang: holder.orang, nama: format!("{} ({})", holder.nama, post.nama) })
}

/// POST /desk/pengaduan/{id}: field `tindakan` says what is done.
pub(crate) fn act(ctx: &Ctx, input: &Input) -> Outcome {
    let one = ctx.read(|tx| find(ctx, tx))?;
    let act = match typed(ctx, input) {
        Ok(act) => act,
        Err(Problem::Refused(refusal)) => return again(ctx, input, &one, &*refusal),
        Err(other) => return Err(other),
    };
    if one.is_protected() && matches!(act, Act::Teruskan(..) | Act::Alihkan(..) | Act::Lapor(_)) && !ctx.may(INSPECT_PENGADUAN) {
        return Err(Problem::NotFound);
    }
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::StaleForm)?;
    let before = Pengaduan { versi, ..one.clone() };
    let leaves = matches!(act, Act::Teruskan(..) | Act::Alihkan(..));
    let to = if leaves { LIST.to_owned() } else { format!("{LIST}/{}", one.id) };
    let today = ctx.today();
    let done = ctx.submit(input, Keys::none(), move |tx| {
        let hari = Hari::of(tx, today)?;
        complaints::act(tx, &before, &act, &hari)?;
        Ok::<_, Problem>(to.clone())
    });
    match done {
        Ok(response) => Ok(response.with_notice("Pengaduan sudah diperbarui.")),
        Err(Problem::Refused(refusal)) => again(ctx, input, &one, &*refusal),
        Err(other) => Err(other),
    }
}

/// POST /desk/pengaduan/{id}/pelapor: who complained, for the inspectorate; each look is written down.
pub(crate) fn reveal(ctx: &Ctx, _: &Input) -> Outcome {
    if !ctx.may(INSPECT_PENGADUAN) {
        return Err(Problem::NotFound);
    }
    let one = ctx.read(|tx| find(ctx, tx))?;
    let sealed = one.identitas.clone().ok_or(Problem::NotFound)?;
    let who = rules::Identitas::open(ctx.instance().keys(), &sealed)?;
    let id = one.id;
    ctx.write(Keys::none(), move |tx| tx.audit(&audit::Entry::new("desk.reveal-pelapor", TABLE, id)))?;
    let content = html! {
        (Notice::new(Tone::Info, "Pembukaan identitas ini dicatat."))
        (Facts::new().add("Nama", &who.nama).add("Kontak", &who.kontak))
        p { a href={ (LIST) "/" (one.id) } { "Kembali ke pengaduan" } }
    };
    Ok(frame::respond(ctx, &PageHeader::new("Identitas pelapor").crumb("Pengaduan", LIST), content))
}

/// The form's name for the files.
const EVIDENCE: &str = "bukti";

fn evidence_form(ctx: &Ctx, one: &Pengaduan, refused: Option<&Refused<'_>>) -> Form {
    let form = frame::form(ctx, format!("{LIST}/{}/bukti", one.id)).multipart();
    let form = match refused.filter(|refused| refused.input.text("tindakan") == EVIDENCE) {
        Some(refused) => form.problems(&refused.refusal.fields()),
        None => form,
    };
    form.hidden("tindakan", EVIDENCE)
        .field(attachments::field_for(EVIDENCE, "Foto atau dokumen", &Rule::ANY).stepwise().required())
        .submit("Lampirkan bukti")
}

/// POST /desk/pengaduan/{id}/bukti: several photographs become the pages of one attachment.
pub(crate) fn evidence(ctx: &Ctx, input: &Input) -> Outcome {
    let one = ctx.read(|tx| find(ctx, tx))?;
    let attached = attachments::received(ctx, input, EVIDENCE, &Rule::ANY).and_then(|mut files| {
        if files.is_empty() {
            return Err(Problem::refused(at(EVIDENCE, "Pilih berkas yang akan dilampirkan.")));
        }
        if one.is_protected() {
            for (at, file) in files.iter_mut().enumerate() {
                file.name = format!("bukti-{}", at + 1);
            }
        }
        let (sender, opd, protected) = (ctx.scope()?.actor.key(), one.opd, one.is_protected());
        let (objek, to) = (objek(one.id), format!("{LIST}/{}", one.id));
        ctx.submit(input, Keys::none(), move |tx| {
            let mut subjects = Vec::new();
            if !protected {
                subjects = complaints::readers(tx, opd)?;
                subjects.push(sender.clone());
            }
            attachments::attach_all(tx, &objek, &subjects, &files, false)?;
            Ok::<_, Problem>(to.clone())
        })
    });
    match attached {
        Ok(response) => Ok(response.with_notice("Bukti sudah dilampirkan.")),
        Err(Problem::Refused(refusal)) => again(ctx, input, &one, &*refusal),
        Err(other) => Err(other),
    }
}

fn again(ctx: &Ctx, input: &Input, one: &Pengaduan, refusal: &dyn Refuse) -> Outcome {
    let content = ctx.read(|tx| content(ctx, tx, one, Some(&Refused { input, refusal })))?;
    Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(one), content)))
}
