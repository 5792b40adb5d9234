use praja_desk::{
    attachments::{self, Attachment, Rule},
    calendar, comments,
    klasifikasi::Klasifikasi,
    tasks, timeline,
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
    HANDLE, IMPORT, OPEN_SECRET, READ_AGENDA, REGISTER, ROUTE, TABLE, WRITE, acara, arsip,
    disposisi::{
        pages::{chain, confirm, give},
        store as orders,
        write::{PAGE, open_letter},
    },
    impor::{self, store::terap},
    kerja::{Kerja, judul_for},
    objek,
    surat_masuk::{
        Desks, Refusal, Status, SuratMasuk, add_scan,
        alur::{Langkah, may},
        nomor_agenda, store,
        write::may_open,
    },
};

/// GET /eoffice/surat-masuk/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let surat = store::find(tx, ctx.scope()?, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    let header = header(&surat);
    let page = frame::respond(ctx, &header, content(ctx, tx, &surat, false, None)?);
    Ok(page.kept(!surat.isi.sifat.is_secret()))
}

/// POST /eoffice/surat-masuk/{id}/buka: shows a secret letter and writes down who read it. A GET only reads, so it cannot.
pub(crate) fn open(ctx: &Ctx, _: &Input) -> Outcome {
    let (scope, id, kerja) = (ctx.scope()?.clone(), ctx.param::<Id>("id")?, Kerja::of(ctx));
    let surat = ctx.write(Keys::none(), move |tx| {
        let surat = store::find_opened(tx, &scope, id)?.ok_or(Problem::NotFound)?;
        if !surat.isi.sifat.is_secret() {
            return Ok(surat);
        }
        if !may_open(tx, &scope, &surat)? {
            return Err(Problem::Forbidden(OPEN_SECRET));
        }
        tx.audit(&Entry::new(OPEN_SECRET.name(), TABLE, id).with("nomor_agenda", nomor_agenda(surat.agenda, surat.tahun)))?;
        if let Some(acting) = &scope.acting {
            tasks::done_for(tx, &objek(id), &format!("jabatan:{}", acting.jabatan))?;
            // Read, but not yet ordered what is to be done with it.
            if surat.status == Status::Diarahkan && surat.penerima == Some(acting.jabatan) {
                let judul = judul_for(tx, "Disposisikan", &surat, acting.jabatan)?;
                open_letter(tx, &kerja, &surat, acting.jabatan, judul)?;
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
    let scans = match received(ctx, input) {
        Ok(scans) => scans,
        Err(problem) => return shown_again(ctx, id, problem),
    };
    let zona = ctx.instance().zona;
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        let before = store::find(tx, &scope, id)?.ok_or(Problem::NotFound)?;
        if before.versi != versi {
            return Err(Problem::Conflict);
        }
        let after = add_scan(before).map_err(Problem::refused)?;
        let head = jabatan::head_of(tx, after.opd)?.map(|head| head.id);
        attach(tx, &after, Desks { tata_usaha: acting.jabatan, pimpinan: head }, &scans)?;
        // Whoever the letter was sent to meanwhile reads the new page, too.
        let known = if after.isi.sifat.is_secret() { store::openers_of(tx, id)? } else { store::readers_of(tx, id)? };
        attachments::grant(tx, &objek(id), &known)?;
        if !store::update(tx, &after)? {
            return Err(Problem::Conflict);
        }
        if !after.isi.sifat.is_secret() && after.status == Status::Dipindai {
            tasks::done(tx, &objek(id))?;
            tasks::open(tx, &super::form::route_task(&after, acting.jabatan, zona))?;
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

fn received(ctx: &Ctx, input: &Input) -> Result<Vec<Upload>, Problem> {
    let scans = attachments::received(ctx, input, SCANS, &Rule::ANY)?;
    if scans.is_empty() { Err(Problem::refused(Refusal::NoScan)) } else { Ok(scans) }
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
    let source = source(ctx, tx, surat)?;
    let history = timeline::of(ctx, tx, &objek(surat.id))?;
    let office = opd::name(tx, surat.opd)?.unwrap_or_default();
    let list = Klasifikasi::in_force(tx, ctx.instance())?;
    let holder = holder(ctx, tx, surat)?;
    let secret = surat.isi.sifat.is_secret();
    let opens = may_open(tx, ctx.scope()?, surat)?;
    // The file itself asks again whether this reader may open it; here it is only not offered where it would be refused.
    let links = opens;
    let waiting = confirm::boxes(ctx, tx, surat.id)?;
    let ordered = !orders::of_surat(tx, surat.id)?.is_empty();
    let chain = if ordered { Some(chain::draw(ctx, tx, surat.id, surat.isi.sifat, opened || !secret)?) } else { None };
    let desk = give_here(ctx, tx, surat);
    let filed = arsip::pages::show::place(ctx, tx, surat.id)?;
    let agenda = acara::pages::show::of_surat(ctx, tx, surat.id)?;
    let comments = if secret { None } else { Some(comments::section(ctx, tx, &objek(surat.id))?) };
    let body = html! {
        @if let Some(waiting) = &waiting { (waiting) }
        @if let Some(desk) = &desk {
            (section("Disposisikan surat ini", html! {
                @if let Some(notice) = give::by_direction(desk) { (notice) }
                (give::form(ctx, desk))
            }))
        }
        @if let Some(filed) = &filed { (filed) }
        (facts(surat, &office, &list))
        @if let Some(source) = &source { (section("Asal catatan", source)) }
        @if let Some(ringkasan) = &surat.isi.ringkasan { (section("Ringkasan isi", html! { p.catatan { (ringkasan) } })) }
        @if let Some(penutup) = &surat.penutup { @if !secret || opened { (section("Keterangan akhir", html! { p.kutipan { (penutup) } })) } }
        @if let Some(chain) = &chain { (section("Disposisi", chain)) }
        @if let Some(agenda) = &agenda { (section("Agenda pimpinan", agenda)) }
        (section("Pindaian", scan_list(ctx, surat, &scans, links)))
        @if let Some(comments) = &comments { (comments) }
        (section("Riwayat", history))
    };
    let side = side(ctx, tx, surat, opened, opens, refusal)?;
    Ok(html! { (holder) (detail(body, side)) })
}

/// From which old book a letter came; nothing for one that was registered here.
fn source(ctx: &Ctx, tx: &mut Tx<'_>, surat: &SuratMasuk) -> Result<Option<Markup>, Problem> {
    let Some(from) = terap::source(tx, surat.id)? else { return Ok(None) };
    let when = tanggal_panjang(ctx.instance().zona.date(from.pada));
    let may = ctx.may(IMPORT) && ctx.scope()?.opd_set.contains(&surat.opd);
    Ok(Some(html! {
        p {
            "Surat ini diimpor dari buku agenda lama, "
            @if may { a href={ (impor::pages::LIST) "/" (from.impor) } { (from.berkas) } } @else { (from.berkas) }
            " baris " (from.baris) ", pada " (when) "."
            @if let Some(old) = &from.agenda_lama { " Nomornya pada buku lama: " (old) "." }
        }
    }))
}

/// The form of an order, when the letter lies on the desk of whoever asks and waits for the first one. For further ones there is a
/// page of its own.
fn give_here(ctx: &Ctx, tx: &mut Tx<'_>, surat: &SuratMasuk) -> Option<give::Desk> {
    if surat.status != Status::Diarahkan || !ctx.may(HANDLE) {
        return None;
    }
    give::desk(ctx, tx, give::On::Surat(surat.id)).ok()
}

fn side(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    surat: &SuratMasuk,
    opened: bool,
    opens: bool,
    refusal: Option<&dyn Refuse>,
) -> Result<Markup, Problem> {
    let mut acts = Vec::new();
    let address = format!("{LIST}/{}", surat.id);
    let sifat = surat.isi.sifat;
    let jabatan = ctx.scope()?.acting.as_ref().map(|acting| acting.jabatan);
    let own = ctx.scope()?.opd() == Some(surat.opd);
    if sifat.is_secret() && opens && !opened {
        acts.push(
            Act::post("Buka isi surat", format!("{address}/buka"), ctx.csrf(), ctx.form_id().to_string()).icon(Icon::Lock).main(),
        );
    }
    for one in orders::tujuan_of_surat(tx, surat.id)? {
        if Some(one.kepada) == jabatan && one.status.is_open() {
            let act = Act::link("Buka disposisi untuk Anda", format!("{PAGE}/{}", one.id)).icon(Icon::Forward);
            acts.push(if acts.is_empty() { act.main() } else { act });
        }
    }
    if ctx.may(ROUTE) && own {
        if may(surat.status, Langkah::Arahkan, sifat) {
            let label = if surat.status == Status::Diarahkan { "Ubah arahan surat" } else { "Arahkan surat" };
            let act = Act::link(label, format!("{address}/arahkan")).icon(Icon::Send);
            acts.push(if acts.is_empty() && surat.status != Status::Diarahkan { act.main() } else { act });
        }
        if may(surat.status, Langkah::Kembalikan, sifat) {
            acts.push(Act::link("Surat salah alamat", format!("{address}/salah-alamat")).icon(Icon::Left).dialog());
        }
        if may(surat.status, Langkah::Duplikat, sifat) {
            acts.push(Act::link("Tandai sebagai duplikat", format!("{address}/duplikat")).icon(Icon::Document).dialog());
        }
    }
    let holds = surat.penerima.is_some() && surat.penerima == jabatan;
    if holds && surat.status != Status::Diarahkan && may(surat.status, Langkah::Disposisi, sifat) {
        acts.push(Act::link("Tambah disposisi", format!("{address}/disposisi")).icon(Icon::Add));
    }
    if (holds || (surat.pencatat.is_some() && surat.pencatat == jabatan)) && may(surat.status, Langkah::Tutup, sifat) {
        acts.push(Act::link("Selesaikan surat", format!("{address}/selesai")).icon(Icon::Good).dialog());
    }
    if own && arsip::pages::list::keeps(ctx) && may(surat.status, Langkah::Berkaskan, sifat) {
        let href = format!("{}?jenis=masuk&surat={}", arsip::pages::file::FILE, surat.id);
        acts.push(Act::link("Berkaskan", href).icon(Icon::Folder));
    }
    if ctx.may(WRITE) && own && !matches!(surat.status, Status::Duplikat | Status::Diteruskan | Status::Dikembalikan) {
        let reply = format!("{}/baru?balas={}", crate::naskah::write::PAGE, surat.id);
        acts.push(Act::link("Jawab dengan naskah", reply).icon(Icon::Edit));
    }
    if ctx.may(READ_AGENDA) && !matches!(surat.status, Status::Duplikat) && !acara::hak::of(ctx, tx)?.is_empty() {
        let href = format!("{}/baru?surat={}", acara::pages::LIST, surat.id);
        acts.push(Act::link("Masukkan ke agenda", href).icon(Icon::Calendar));
    }
    acts.push(Act::link("Cetak lembar disposisi", format!("{address}/lembar")).icon(Icon::Print));
    if matches!(surat.status, Status::Diteruskan | Status::Dikembalikan) {
        acts.push(Act::link("Cetak surat pengantar", format!("{address}/pengantar")).icon(Icon::Print));
    }
    let scans = ctx.may(REGISTER) && own && surat.isi.sifat.stores_scan() && add_scan(surat.clone()).is_ok();
    Ok(html! {
        (act_bar(&acts))
        @if scans { (section("Tambahkan pindaian", scan_form(ctx, surat, refusal))) }
        @else if let Some(refusal) = refusal { p { (refusal.message()) " " (refusal.next_step()) } }
    })
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

pub(super) fn facts(surat: &SuratMasuk, opd: &str, list: &Klasifikasi) -> Facts {
    let isi = &surat.isi;
    let klasifikasi = isi.klasifikasi.as_ref().map(|code| match list.uraian(code) {
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
                        span.redup { @if scan.halaman > 1 { " · " (scan.halaman) " halaman" } " · " (scan.size()) " · diunggah " time datetime=(machine) { (when) } " oleh " (scan.oleh) }
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
                .stepwise()
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
