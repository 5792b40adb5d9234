use praja_desk::klasifikasi::Klasifikasi;
use praja_desk::{
    attachments::{self, Rule},
    calendar, drafts, instansi,
    registers::{self, RegisterKey},
    tasks::{self, NewTask},
};
use praja_identity::jabatan;
use praja_kernel::{ActingAs, AturanTenggat, Date, Derajat, Id, Refuse, Sifat};
use praja_module::{
    Ctx, Input, Outcome, Problem, Response, Upload,
    events::{self, SuratMasukTercatat},
};
use praja_store::{Keys, Tx, audit, search};
use praja_web::{
    Field, Form, Link, Notice, PageHeader, Tone,
    form::Width,
    frame, html,
    picker::{Choice, Picked, resolve},
};

use super::{
    LIST,
    away::{self, sent_on},
    route::usual,
};
use crate::{
    ID, REGISTER, SURAT_MASUK, TABLE,
    disposisi::calon,
    hitung::{self, Jenis},
    kerja::{Kerja, judul, kabari},
    naskah::write as written,
    objek,
    surat_masuk::{
        Baru, Desks, Draft, Known, Refusal, Status, SuratMasuk,
        alur::{Langkah, may},
        first_status, nomor_agenda, openers, readers, register, store,
        write::route,
    },
};

/// The form's name for the scans.
pub(super) const SCANS: &str = "pindaian";
/// What a scan may be; desk judges by the content.
pub(super) const ACCEPT: &str = "application/pdf,image/jpeg,image/png";

/// GET /eoffice/surat-masuk/baru?sesudah=…&terusan=…: empty; after a letter that was just saved, with its day of receipt; or filled with
/// what another OPD sent on.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    acting(ctx).map_err(Problem::refused)?;
    let mut form = frame::form(ctx, address());
    let sent_on_from: Option<Id> = ctx.query("terusan").and_then(|text| text.parse().ok());
    let mut banner = None;
    if let Some(from) = sent_on_from {
        form = form.values(sent_on(ctx, tx, from)?).hidden("terusan", from.to_string());
        banner = Some(
            Notice::new(Tone::Info, "Surat ini diteruskan kepada OPD Anda")
                .text("Periksa isiannya, lalu catat. Pindaiannya dapat dibuka pada surat asalnya.")
                .link(Link::new("Buka surat asalnya", format!("{LIST}/{from}"))),
        );
    } else if let Some(from) = ctx.query("naskah").and_then(|text| text.parse::<Id>().ok()) {
        let (values, notice) = away::of_naskah(ctx, tx, from)?;
        form = form.values(values).hidden("naskah", from.to_string());
        banner = Some(notice);
    } else if let Some(from) = ctx.query("amplop").and_then(|text| text.parse::<Id>().ok()) {
        let (values, notice) = away::of_amplop(ctx, tx, from)?;
        form = form.values(values).hidden("amplop", from.to_string());
        banner = Some(notice);
    } else if let Some(before) = ctx.query("sesudah").and_then(|text| text.parse().ok()) {
        let before = store::find(tx, ctx.scope()?, before)?.ok_or(Problem::NotFound)?;
        let nomor = nomor_agenda(before.agenda, before.tahun);
        form = form.values(
            praja_web::FormValues::new().with("tanggal_terima", before.isi.tanggal_terima.to_string()).with("arahkan", "ya"),
        );
        banner = Some(
            Notice::new(Tone::Good, format!("Surat agenda {nomor} sudah dicatat"))
                .text("Isi surat berikutnya.")
                .link(Link::new(format!("Buka surat agenda {nomor}"), format!("{LIST}/{}", before.id))),
        );
    }
    // What another letter left behind must not come between two letters that are registered in a row.
    let resumed = if banner.is_none() { drafts::resume(ctx, tx, &address())? } else { drafts::Resumed::default() };
    if let Some(values) = resumed.values {
        form = form.values(values);
    }
    let form = fields(ctx, form, &Picked::Nothing);
    Ok(frame::respond(
        ctx,
        &header(),
        html! { @if let Some(banner) = &banner { (banner) } @if let Some(kept) = &resumed.notice { (kept) } (form) },
    ))
}

/// What was decided before the one writer is asked.
pub(crate) struct Decided {
    pub(crate) baru: Baru,
    pub(crate) pimpinan: Option<Id>,
    /// Name of a sender that stands in the directory already.
    pengirim: Option<Id>,
}

/// POST /eoffice/surat-masuk/baru: everything at fault is shown at once; what is right gets its number and is saved.
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let acting = acting(ctx).map_err(Problem::refused)?.clone();
    let code = ctx.read(|tx| class(ctx, tx, input))?;
    let mut scans = match attachments::received(ctx, input, SCANS, &Rule::ANY) {
        Ok(scans) => scans,
        Err(Problem::Refused(refusal)) => return Ok(again(ctx, input, &*refusal, &code)),
        Err(other) => return Err(other),
    };
    let decided = match decide(ctx, input, &acting, &scans, &code) {
        Ok(decided) => decided,
        Err(Problem::Refused(refusal)) => return Ok(again(ctx, input, &*refusal, &code)),
        Err(other) => return Err(other),
    };
    let desks = Desks { tata_usaha: acting.jabatan, pimpinan: decided.pimpinan };
    let key = RegisterKey { opd: acting.opd, kelompok: crate::AGENDA, tahun: decided.baru.tahun() };
    let (anyway, next) = (input.text("tetap") == "1", input.text("lanjut") == "1");
    let directly = !input.text("arahkan").is_empty();
    let sent_on_from: Option<Id> = input.text("terusan").parse().ok();
    let naskah: Option<Id> = input.text("naskah").parse().ok();
    if let Some(naskah) = naskah {
        // Its file comes along as the scan, where none was sent.
        let found = ctx.read(|tx| away::naskah(ctx, tx, naskah))?;
        if scans.is_empty() && decided.baru.isi.sifat.stores_scan() {
            scans = attachments::copies(ctx, &written::objek(found.id), SCANS)?;
        }
    }
    let amplop: Option<Id> = input.text("amplop").parse().ok();
    if let Some(amplop) = amplop {
        let found = ctx.read(|tx| away::amplop(ctx, tx, amplop))?;
        if scans.is_empty() && decided.baru.isi.sifat.stores_scan() {
            scans = attachments::copies(ctx, &crate::amplop::pages::objek(found.id), SCANS)?;
        }
    }
    let kerja = Kerja::of(ctx);
    let saved = ctx.submit(input, Keys::of([key.lock()]), move |tx| {
        // Asked here and not before: a second sending of the same form must find its own answer, not a warning about itself.
        if !anyway && let Some(kembar) = store::kembar(tx, acting.opd, &decided.baru.isi)? {
            let store::Kembar { id, agenda, tahun, diterima } = kembar;
            return Err(Problem::refused(Refusal::Kembar { id, agenda, tahun, diterima }));
        }
        let surat = write(tx, &decided, &key, &acting, desks, &scans, &kerja)?;
        let id = surat.id;
        if let Some(from) = sent_on_from {
            tasks::done(tx, &crate::objek_terusan(from))?;
        }
        if let Some(naskah) = naskah {
            written::send::received(tx, naskah, acting.opd, id, &nomor_agenda(surat.agenda, surat.tahun))?;
        }
        if let Some(amplop) = amplop {
            crate::amplop::write::entered(tx, amplop, id, &nomor_agenda(surat.agenda, surat.tahun))?;
        }
        send_off(tx, surat, &acting, desks, directly, &kerja)?;
        drafts::forget(tx, &address())?;
        Ok(if next { format!("{LIST}/baru?sesudah={id}") } else { format!("{LIST}/{id}") })
    });
    match saved {
        Ok(response) if next => Ok(response),
        Ok(response) => Ok(response.with_notice("Surat sudah dicatat dalam buku agenda.")),
        Err(Problem::Refused(refusal)) => Ok(again(ctx, input, &*refusal, &code)),
        Err(other) => Err(other),
    }
}

/// The classification as typed, picked, or found by its words.
pub(crate) fn class(ctx: &Ctx, tx: &mut Tx<'_>, input: &Input) -> Result<Picked, Problem> {
    let list = Klasifikasi::in_force(tx, ctx.instance())?;
    // Clients without the picker send the code itself.
    if input.text("klasifikasi_teks").is_empty() {
        let code = input.text("klasifikasi");
        return Ok(if code.is_empty() { Picked::Nothing } else { Picked::One(code.to_owned()) });
    }
    resolve(input, "klasifikasi", |typed| {
        let first = typed.split_whitespace().next().unwrap_or_default();
        if first.starts_with(|letter: char| letter.is_ascii_digit()) {
            return Ok(vec![Choice::new(first, first)]);
        }
        let found = list.search(typed, 10);
        Ok(found.into_iter().map(|kode| Choice::new(&kode.kode, kode.label())).collect())
    })
}

/// The sender's name: picked from the directory or typed.
fn sender(input: &Input) -> &str {
    let typed = input.text("asal_teks");
    if typed.is_empty() && input.text("asal").parse::<Id>().is_err() { input.text("asal") } else { typed }
}

/// Reads what the rule must know on a reader, so that the one writer is kept for writing.
pub(crate) fn decide(ctx: &Ctx, input: &Input, acting: &ActingAs, scans: &[Upload], code: &Picked) -> Result<Decided, Problem> {
    let today = ctx.today();
    let (calendar, head, pengirim) = ctx.read(|tx| {
        let head = jabatan::head_of(tx, acting.opd)?;
        Ok::<_, Problem>((calendar::of(tx, today)?, head.map(|head| head.id), instansi::find(tx, sender(input))?))
    })?;
    let list = ctx.read(|tx| Klasifikasi::in_force(tx, ctx.instance()))?;
    let known = Known {
        now: ctx.now(),
        zona: ctx.instance().zona,
        calendar: &calendar,
        aturan: AturanTenggat::default(),
        klasifikasi: Some(&list),
    };
    let mut problems = Vec::new();
    problems.extend(code.problem("klasifikasi", "kode klasifikasi"));
    let baru = match register(&draft(input, code), &known) {
        Ok(baru) if problems.is_empty() => baru,
        Ok(_) => return Err(Problem::refused(Refusal::Fields(problems))),
        Err(Refusal::Fields(more)) => {
            problems.extend(more);
            return Err(Problem::refused(Refusal::Fields(problems)));
        }
        Err(refusal) => return Err(Problem::refused(refusal)),
    };
    first_status(baru.isi.sifat, scans.len()).map_err(Problem::refused)?;
    Ok(Decided { baru, pimpinan: head, pengirim })
}

/// Draws the number and saves the letter with everything that belongs to it.
pub(crate) fn write(
    tx: &mut Tx<'_>,
    decided: &Decided,
    key: &RegisterKey,
    acting: &ActingAs,
    desks: Desks,
    scans: &[Upload],
    kerja: &Kerja,
) -> Result<SuratMasuk, Problem> {
    let baru = &decided.baru;
    let (id, now) = (tx.new_id()?, tx.now()?);
    let objek = objek(id);
    let drawn = registers::draw(tx, key, &objek, |urut| nomor_agenda(urut, key.tahun))?;
    // A new sender enters the directory; one that is known is only named, so that registering stays one short write.
    let instansi = match decided.pengirim {
        Some(known) => known,
        None => instansi::find_or_add(tx, &baru.isi.asal)?,
    };
    let isi = crate::surat_masuk::Isi { instansi: Some(instansi), ..baru.isi.clone() };
    let surat = SuratMasuk {
        id,
        opd: acting.opd,
        tahun: key.tahun,
        agenda: drawn.urut,
        isi,
        status: first_status(baru.isi.sifat, scans.len()).map_err(Problem::refused)?,
        tenggat: baru.tenggat.sampai,
        tenggat_sementara: baru.tenggat.provisional,
        pemegang: acting.nama.clone(),
        pemegang_sejak: now,
        created_at: now,
        pencatat: Some(acting.jabatan),
        penerima: None,
        disposisi_terakhir: String::new(),
        disposisi_pada: None,
        selesai_pada: None,
        penutup: None,
        versi: 1,
    };
    let readers = readers(surat.opd, surat.isi.sifat, desks);
    store::insert(tx, &surat, &readers)?;
    if surat.isi.sifat.is_secret() {
        store::allow_opening(tx, id, &openers(surat.opd, surat.isi.sifat, desks))?;
    }
    tx.audit(&entry(&surat, &drawn.nomor))?;
    attach(tx, &surat, desks, scans)?;
    if !surat.isi.sifat.is_secret() {
        tx.index_later(&found_by(&surat, readers))?;
    }
    hitung::store::add(tx, surat.opd, &hitung::bulan(kerja.zona.date(now)), Jenis::Masuk, 0, 1)?;
    tx.emit(&SuratMasukTercatat { surat: id, opd: surat.opd, agenda: surat.agenda, tahun: surat.tahun })?;
    kabari(tx, events::SURAT_TERCATAT, &surat)?;
    Ok(surat)
}

/// The first desk: what can be read is directed at once where the registry says so; a secret letter always goes to its addressee;
/// otherwise the registry has a task.
pub(crate) fn send_off(
    tx: &mut Tx<'_>,
    surat: SuratMasuk,
    acting: &ActingAs,
    desks: Desks,
    directly: bool,
    kerja: &Kerja,
) -> Result<(), Problem> {
    let secret = surat.isi.sifat.is_secret();
    if (directly || secret) && may(surat.status, Langkah::Arahkan, surat.isi.sifat) {
        let to = if secret { desks.pimpinan } else { usual(tx, acting, &surat)?.map(|(post, _)| post) };
        if let Some(post) = to
            && let Some(post) = jabatan::get(tx, post)?
        {
            let to = calon::of(tx, &post, kerja.today)?;
            return route(tx, kerja, surat, &to);
        }
    }
    let task = match surat.status {
        Status::Dipindai => Some(route_task(&surat, acting.jabatan, kerja.zona)),
        _ => first_task(&surat, desks, kerja.zona.date(surat.tenggat)),
    };
    if let Some(task) = task {
        tasks::open(tx, &task)?;
    }
    Ok(())
}

/// What the registry does with a letter that can be read.
pub(crate) fn route_task(surat: &SuratMasuk, jabatan: Id, zona: praja_kernel::Zona) -> NewTask {
    NewTask {
        untuk: format!("jabatan:{jabatan}"),
        judul: judul("Arahkan", surat),
        tautan: format!("{LIST}/{}/arahkan", surat.id),
        objek: objek(surat.id),
        jatuh_tempo: Some(zona.date(surat.tenggat)),
        sementara: surat.tenggat_sementara,
    }
}

/// Attaches scans; those of a secret letter open only for the leader it is addressed to, and each opening is written down.
pub(super) fn attach(tx: &mut Tx<'_>, surat: &SuratMasuk, desks: Desks, scans: &[Upload]) -> Result<(), Problem> {
    let sifat = surat.isi.sifat;
    let openers = openers(surat.opd, sifat, desks);
    attachments::attach_all(tx, &objek(surat.id), &openers, scans, sifat.is_secret())?;
    if !scans.is_empty() {
        crate::teks::later(tx, crate::disposisi::pokok::Jenis::Surat, surat.id, sifat)?;
    }
    Ok(())
}

/// The audit row; of a secret letter it carries no word of the content.
fn entry(surat: &SuratMasuk, nomor: &str) -> audit::Entry {
    let isi = &surat.isi;
    let entry = audit::Entry::new(REGISTER.name(), TABLE, surat.id)
        .with("nomor_agenda", nomor)
        .with("asal", &isi.asal)
        .with("nomor_surat", isi.nomor_surat.as_deref().unwrap_or("-"))
        .with("tanggal_surat", isi.tanggal_surat)
        .with("tanggal_terima", isi.tanggal_terima)
        .with("sifat", isi.sifat.as_str())
        .with("derajat", isi.derajat.as_str());
    if isi.sifat.is_secret() { entry } else { entry.with("hal", &isi.hal) }
}

/// What the search knows about a letter. Never called for a secret one.
pub(crate) fn found_by(surat: &SuratMasuk, akses: Vec<String>) -> search::Entry {
    let isi = &surat.isi;
    let more = [isi.ringkasan.as_deref(), isi.tujuan.as_deref(), isi.klasifikasi.as_deref()];
    let mut teks = format!("{} {}", isi.asal, nomor_agenda(surat.agenda, surat.tahun));
    for text in more.into_iter().flatten() {
        teks.push(' ');
        teks.push_str(text);
    }
    search::Entry {
        modul: ID,
        jenis: SURAT_MASUK,
        tautan: format!("{LIST}/{}", surat.id),
        judul: isi.hal.clone(),
        nomor: isi.nomor_surat.clone().unwrap_or_default(),
        teks,
        akses,
        pada: surat.created_at,
    }
}

/// The first thing to do: the registry scans what came without a scan; a secret letter waits for its addressee. The words say no
/// more than a notice may.
pub(crate) fn first_task(surat: &SuratMasuk, desks: Desks, jatuh_tempo: Date) -> Option<NewTask> {
    let nomor = nomor_agenda(surat.agenda, surat.tahun);
    let (post, judul) = match (surat.isi.sifat, surat.status) {
        (Sifat::SangatRahasia, _) => (desks.pimpinan?, "Ada naskah sangat rahasia".to_owned()),
        (Sifat::Rahasia, _) => (desks.pimpinan?, format!("Buka surat rahasia dengan nomor agenda {nomor}")),
        (_, Status::Dipindai) => return None,
        (sifat, _) if sifat.shows_hal_outside() => (desks.tata_usaha, format!("Pindai surat masuk {nomor}: {}", surat.isi.hal)),
        _ => (desks.tata_usaha, format!("Pindai surat masuk {nomor}")),
    };
    Some(NewTask {
        untuk: format!("jabatan:{post}"),
        judul,
        tautan: format!("{LIST}/{}", surat.id),
        objek: objek(surat.id),
        jatuh_tempo: Some(jatuh_tempo),
        sementara: surat.tenggat_sementara,
    })
}

pub(crate) fn acting(ctx: &Ctx) -> Result<&ActingAs, Refusal> {
    ctx.scope().ok().and_then(|scope| scope.acting.as_ref()).ok_or(Refusal::NoOpd)
}

fn draft<'a>(input: &'a Input, code: &'a Picked) -> Draft<'a> {
    Draft {
        asal: sender(input),
        nomor_surat: input.text("nomor_surat"),
        tanggal_surat: input.text("tanggal_surat"),
        tanggal_terima: input.text("tanggal_terima"),
        hal: input.text("hal"),
        ringkasan: input.text("ringkasan"),
        klasifikasi: code.value().unwrap_or_default(),
        sifat: input.text("sifat"),
        derajat: input.text("derajat"),
        tujuan: input.text("tujuan"),
        jumlah_lampiran: input.text("jumlah_lampiran"),
        lokasi: input.text("lokasi"),
    }
}

fn again(ctx: &Ctx, input: &Input, refusal: &dyn Refuse, code: &Picked) -> Response {
    let error: &dyn std::error::Error = refusal;
    let kembar = match error.downcast_ref::<Refusal>() {
        Some(Refusal::Kembar { id, agenda, tahun, .. }) => Some((*id, nomor_agenda(*agenda, *tahun))),
        _ => None,
    };
    let mut form =
        frame::form_again(ctx, address(), input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
    if let Some((id, nomor)) = &kembar {
        let notice = Notice::new(Tone::Warn, format!("Bandingkan dengan surat agenda {nomor}"))
            .text("Bila ini memang surat lain, tekan \"Catat sebagai surat lain\" di bawah.")
            .link(Link::new(format!("Buka surat agenda {nomor}"), format!("{LIST}/{id}")));
        form = form.extra(html! { (notice) });
    }
    for name in ["terusan", "naskah", "amplop"] {
        if let Ok(from) = input.text(name).parse::<Id>() {
            form = form.hidden(name, from.to_string());
        }
    }
    form = fields(ctx, form, code);
    if kembar.is_some() {
        form = form.submit_as("Catat sebagai surat lain", "tetap", "1");
    }
    Response::form_again(praja_web::page(&frame::shell(ctx), &header(), form))
}

fn address() -> String {
    format!("{LIST}/baru")
}

fn header() -> PageHeader {
    PageHeader::new("Catat surat masuk")
        .purpose("Surat mendapat nomor agenda saat disimpan. Isi seperti tertulis pada surat.")
        .crumb("Surat masuk", LIST)
}

fn fields(ctx: &Ctx, form: Form, code: &Picked) -> Form {
    let today = ctx.today().to_string();
    let sifat: Vec<(&str, &str)> = Sifat::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let derajat: Vec<(&str, &str)> = Derajat::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let scans = "PDF, JPG atau PNG; boleh beberapa berkas. Bila formulir tampil lagi karena ada yang perlu diperbaiki, pilih berkasnya kembali.";
    form.multipart()
        .guard()
        .autosave(address())
        .group(
            "Surat",
            "",
            vec![
                Field::picker("asal", "Pengirim", "/desk/pilih/instansi")
                    .required()
                    .autofocus()
                    .max_length(160)
                    .hint("Ketik sebagian nama lalu pilih; pengirim baru boleh langsung diketik."),
                Field::text("nomor_surat", "Nomor surat")
                    .required()
                    .max_length(80)
                    .width(Width::Medium)
                    .hint("Isi tanda \"-\" bila surat tidak bernomor."),
                Field::date("tanggal_surat", "Tanggal surat").required().max(today.as_str()),
                Field::date("tanggal_terima", "Tanggal terima").required().max(today.as_str()).value(today.as_str()),
                Field::text("hal", "Hal")
                    .required()
                    .max_length(120)
                    .hint("Boleh dikosongkan bila sampul surat rahasia tidak dibuka."),
                Field::textarea("ringkasan", "Ringkasan isi").rows(3).hint("Dua atau tiga kalimat; boleh kosong."),
            ],
        )
        .group(
            "Penanganan",
            "",
            vec![
                Field::radio("sifat", "Sifat", &sifat)
                    .value(Sifat::Biasa.as_str())
                    .hint("Isi surat rahasia dan sangat rahasia hanya dibuka oleh pimpinan yang dituju."),
                Field::radio("derajat", "Derajat", &derajat)
                    .value(Derajat::Biasa.as_str())
                    .hint("Menentukan batas waktu penanganan."),
                Field::text("tujuan", "Ditujukan kepada").max_length(160).hint("Jabatan atau unit yang tertulis pada surat."),
                Field::picker("klasifikasi", "Kode klasifikasi", "/desk/pilih/klasifikasi")
                    .candidates(code.candidates())
                    .hint("Kode seperti 000.1.2 atau katanya, misalnya perjalanan dinas; boleh diisi kemudian."),
                Field::number("jumlah_lampiran", "Jumlah lampiran").min("0").max("999"),
                Field::text("lokasi", "Tempat naskah asli").max_length(160).hint("Lemari, boks, atau map."),
            ],
        )
        .group(
            "Pindaian",
            "",
            vec![
                Field::file(SCANS, "Pindaian surat", ACCEPT).multiple().stepwise().hint(scans).max_mib(attachments::MAX_MIB),
                Field::checkbox("arahkan", "Langsung arahkan kepada pimpinan atau menurut aturan arahan")
                    .value("ya")
                    .hint("Berlaku bila pindaiannya disertakan. Tanpa pindaian, surat menunggu dipindai."),
            ],
        )
        .submit("Catat surat masuk")
        .submit_as("Catat dan isi surat berikutnya", "lanjut", "1")
        .cancel("Kembali ke daftar tanpa menyimpan", LIST)
}
