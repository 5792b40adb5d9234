use praja_desk::klasifikasi::Klasifikasi;
use praja_desk::{
    attachments::{self, Attachment},
    calendar, tasks, timeline,
};
use praja_identity::{jabatan, opd};
use praja_kernel::{Id, Refuse, relatif, sisa_waktu, tanggal_panjang, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem, Response, Upload};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{
    Act, EmptyState, Facts, Field, Form, Icon, Markup, PageHeader, Tone, act_bar, badge, detail, frame, html, next_step, section,
};

use super::{
    LIST, derajat_badge,
    form::{ACCEPT, SCANS, acting, attach},
    sifat_badge, status_badge,
};
use crate::{
    OPEN_SECRET, REGISTER, TABLE, objek,
    surat_masuk::{Desks, Refusal, SuratMasuk, add_scan, nomor_agenda, store},
};

/// GET /eoffice/surat-masuk/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let surat = store::find(tx, ctx.scope()?, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    let header = header(&surat);
    Ok(frame::respond(ctx, &header, content(ctx, tx, &surat, false, None)?))
}

/// POST /eoffice/surat-masuk/{id}/buka: shows a secret letter and writes down who read it. A GET only reads, so it cannot.
pub(crate) fn open(ctx: &Ctx, _: &Input) -> Outcome {
    let (scope, id) = (ctx.scope()?.clone(), ctx.param::<Id>("id")?);
    let surat = ctx.write(Keys::none(), move |tx| {
        let surat = store::find_opened(tx, &scope, id)?.ok_or(Problem::NotFound)?;
        if surat.isi.sifat.is_secret() {
            tx.audit(&Entry::new(OPEN_SECRET.name(), TABLE, id).with("nomor_agenda", nomor_agenda(surat.agenda, surat.tahun)))?;
            if let Some(acting) = &scope.acting {
                tasks::done_for(tx, &objek(id), &format!("jabatan:{}", acting.jabatan))?;
            }
        }
        Ok::<_, Problem>(surat)
    })?;
    if !surat.isi.sifat.is_secret() {
        return Ok(Response::redirect(format!("{LIST}/{id}")));
    }
    let header = header(&surat);
    ctx.read(|tx| Ok(frame::respond(ctx, &header, content(ctx, tx, &surat, true, None)?)))
}

/// POST /eoffice/surat-masuk/{id}/pindaian: adds scans.
pub(crate) fn scan(ctx: &Ctx, input: &Input) -> Outcome {
    let acting = acting(ctx).map_err(Problem::refused)?.clone();
    let (scope, id) = (ctx.scope()?.clone(), ctx.param::<Id>("id")?);
    let versi: i64 = input.text("versi").parse().map_err(|_| Problem::Unreadable("formulir ini tidak lengkap"))?;
    let scans: Vec<Upload> = input.files(SCANS).cloned().collect();
    if let Err(problem) = check(&scans) {
        return shown_again(ctx, id, problem);
    }
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        let before = store::find(tx, &scope, id)?.ok_or(Problem::NotFound)?;
        if before.versi != versi {
            return Err(Problem::Conflict);
        }
        let after = add_scan(before).map_err(Problem::refused)?;
        let head = jabatan::head_of(tx, after.opd)?.map(|head| head.id);
        attach(tx, &after, Desks { tata_usaha: acting.jabatan, pimpinan: head }, &scans)?;
        if !store::update_status(tx, &after)? {
            return Err(Problem::Conflict);
        }
        if !after.isi.sifat.is_secret() {
            tasks::done(tx, &objek(id))?;
        }
        tx.audit(
            &Entry::new("eoffice.scan-surat-masuk", TABLE, id).with("status", after.status.as_str()).with("berkas", scans.len()),
        )?;
        Ok(format!("{LIST}/{id}"))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Pindaian sudah ditambahkan.")),
        Err(problem @ Problem::Refused(_)) => shown_again(ctx, id, problem),
        Err(other) => Err(other),
    }
}

fn check(scans: &[Upload]) -> Result<(), Problem> {
    if scans.is_empty() {
        return Err(Problem::refused(Refusal::NoScan));
    }
    for scan in scans {
        attachments::check(SCANS, scan).map_err(Problem::refused)?;
    }
    Ok(())
}

/// The page of the letter with what is wrong beside the form.
fn shown_again(ctx: &Ctx, id: Id, problem: Problem) -> Outcome {
    let Problem::Refused(refusal) = problem else { return Err(problem) };
    ctx.read(|tx| {
        let surat = store::find(tx, ctx.scope()?, id)?.ok_or(Problem::NotFound)?;
        let content = content(ctx, tx, &surat, false, Some(&*refusal))?;
        Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(&surat), content)))
    })
}

fn header(surat: &SuratMasuk) -> PageHeader {
    let title = if surat.isi.hal.is_empty() { "Surat tanpa hal" } else { &surat.isi.hal };
    PageHeader::new(title)
        .purpose(format!("Surat masuk agenda {} dari {}.", nomor_agenda(surat.agenda, surat.tahun), surat.isi.asal))
        .crumb("Surat masuk", LIST)
}

fn content(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    surat: &SuratMasuk,
    opened: bool,
    refusal: Option<&dyn Refuse>,
) -> Result<Markup, Problem> {
    let scans = attachments::of(tx, &objek(surat.id))?;
    let opd = opd::name(tx, surat.opd)?.unwrap_or_default();
    let holder = holder(ctx, tx, surat)?;
    let may_open = ctx.may(OPEN_SECRET);
    let links = !surat.isi.sifat.is_secret() || may_open;
    let body = html! {
        (facts(surat, &opd))
        @if let Some(ringkasan) = &surat.isi.ringkasan { (section("Ringkasan", html! { p { (ringkasan) } })) }
        (section("Pindaian", scan_list(ctx, surat, &scans, links)))
        (section("Riwayat", timeline::of(ctx, tx, &objek(surat.id))?))
    };
    let side = html! {
        @if surat.isi.sifat.is_secret() && !opened {
            @if may_open {
                p { "Isi surat ini hanya untuk pimpinan yang dituju. Nama Anda dan waktu pembukaan dicatat dalam riwayat." }
                (act_bar(&[Act::post("Buka isi surat", format!("{LIST}/{}/buka", surat.id), ctx.csrf(), ctx.form_id().to_string())
                    .icon(Icon::Lock).main()]))
            } @else {
                p { "Hal dan isi surat ini hanya dapat dibuka oleh pimpinan yang dituju." }
            }
        }
        @if ctx.may(REGISTER) && add_scan(surat.clone()).is_ok() { (section("Tambah pindaian", scan_form(ctx, surat, refusal))) }
        @else if let Some(refusal) = refusal { p { (refusal.message()) " " (refusal.next_step()) } }
    };
    Ok(html! { (holder) (detail(body, side)) })
}

/// Who holds the letter, since when and until when, in one sentence.
fn holder(ctx: &Ctx, tx: &mut Tx<'_>, surat: &SuratMasuk) -> Result<Markup, Problem> {
    let (zona, today) = (ctx.instance().zona, ctx.today());
    let since = tanggal_panjang(zona.date(surat.pemegang_sejak));
    if !surat.status.is_open() {
        let sentence = format!("Surat ini berstatus {} dan tidak menunggu tindakan.", surat.status.label());
        return Ok(next_step(Tone::Good, sentence));
    }
    let due = zona.date(surat.tenggat);
    let left = match calendar::of(tx, today)?.working_days_between(today, due) {
        Ok(working) => sisa_waktu(due, today, working),
        Err(_) => relatif(due, today),
    };
    let late = surat.is_late(ctx.now());
    let tone = if late {
        Tone::Bad
    } else if due == today {
        Tone::Warn
    } else {
        Tone::Info
    };
    let provisional = if surat.tenggat_sementara { ", tanggal sementara karena hari libur tahun itu belum final" } else { "" };
    let sentence = format!(
        "Surat ini dipegang {} sejak {since} dan ditangani paling lambat {} ({left}{provisional}).",
        surat.pemegang,
        tanggal_panjang(due)
    );
    Ok(next_step(tone, html! { (sentence) @if late { " " (badge(Tone::Bad, "Lewat batas")) } }))
}

fn facts(surat: &SuratMasuk, opd: &str) -> Facts {
    let isi = &surat.isi;
    let klasifikasi = isi.klasifikasi.as_ref().map(|code| match Klasifikasi::shipped().uraian(code) {
        Some(uraian) => format!("{code} {uraian}"),
        None => code.clone(),
    });
    let lampiran = if isi.jumlah_lampiran == 0 { "-".to_owned() } else { isi.jumlah_lampiran.to_string() };
    Facts::new()
        .add("Nomor agenda", format!("{}, {opd}", nomor_agenda(surat.agenda, surat.tahun)))
        .add("Status", status_badge(surat.status))
        .add("Pengirim", &isi.asal)
        .add("Nomor surat", isi.nomor_surat.as_deref().unwrap_or("Tanpa nomor"))
        .add("Tanggal surat", tanggal_pendek(isi.tanggal_surat))
        .add("Tanggal terima", tanggal_pendek(isi.tanggal_terima))
        .add("Sifat", html! { @if isi.sifat == praja_kernel::Sifat::Biasa { (isi.sifat.label()) } @else { (sifat_badge(isi.sifat)) } })
        .add("Derajat", html! { @if isi.derajat == praja_kernel::Derajat::Biasa { (isi.derajat.label()) } @else { (derajat_badge(isi.derajat)) } })
        .add_maybe("Ditujukan kepada", isi.tujuan.as_ref())
        .add_maybe("Klasifikasi", klasifikasi)
        .add("Lampiran", lampiran)
        .add_maybe("Tempat naskah asli", isi.lokasi.as_ref())
}

fn scan_list(ctx: &Ctx, surat: &SuratMasuk, scans: &[Attachment], links: bool) -> Markup {
    let zona = ctx.instance().zona;
    html! {
        @if scans.is_empty() {
            @if surat.isi.sifat.stores_scan() {
                (EmptyState::new(Icon::Attachment, "Belum ada pindaian", "Pindai surat aslinya agar dapat dibaca tanpa mencari kertasnya."))
            } @else {
                p.redup { "Pindaian naskah sangat rahasia tidak disimpan. Naskah aslinya ada pada tempat yang tercatat di atas." }
            }
        } @else {
            ul.lampiran {
                @for scan in scans {
                    @let (when, machine) = frame::time(zona, scan.pada);
                    li {
                        @if links { a href=(scan.href()) { (scan.nama) } } @else { span { (scan.nama) } }
                        span.redup { " · " (scan.size()) " · diunggah " time datetime=(machine) { (when) } " oleh " (scan.oleh) }
                    }
                }
            }
        }
    }
}

fn scan_form(ctx: &Ctx, surat: &SuratMasuk, refusal: Option<&dyn Refuse>) -> Form {
    let form = frame::form(ctx, format!("{LIST}/{}/pindaian", surat.id))
        .multipart()
        .hidden("versi", surat.versi.to_string())
        .field(
            Field::file(SCANS, "Berkas pindaian", ACCEPT)
                .multiple()
                .required()
                .hint("PDF, JPG atau PNG.")
                .max_mib(attachments::MAX_MIB),
        )
        .submit("Tambahkan pindaian");
    match refusal {
        Some(refusal) => form.refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields()),
        None => form,
    }
}
