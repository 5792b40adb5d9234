use praja_desk::klasifikasi::Klasifikasi;
use praja_desk::{
    attachments, calendar,
    registers::{self, RegisterKey},
    tasks::{self, NewTask},
};
use praja_identity::jabatan;
use praja_kernel::{ActingAs, AturanTenggat, Date, Derajat, Id, Refuse, Sifat};
use praja_module::{Ctx, Input, Outcome, Problem, Response, Upload, events::SuratMasukTercatat};
use praja_store::{Keys, Tx, audit, search};
use praja_web::{Field, Form, Link, Notice, PageHeader, Tone, form::Width, frame, html};

use super::LIST;
use crate::{
    ID, REGISTER, SURAT_MASUK, TABLE, objek,
    surat_masuk::{
        Baru, Desks, Draft, Known, Refusal, Status, SuratMasuk, first_status, nomor_agenda, openers, readers, register, store,
    },
};

/// The form's name for the scans.
pub(super) const SCANS: &str = "pindaian";
/// What a scan may be; desk judges by the content.
pub(super) const ACCEPT: &str = "application/pdf,image/jpeg,image/png";

/// GET /eoffice/surat-masuk/baru
pub(crate) fn show(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    acting(ctx).map_err(Problem::refused)?;
    let form = fields(ctx, frame::form(ctx, address()));
    Ok(frame::respond(ctx, &header(), form))
}

/// POST /eoffice/surat-masuk/baru: everything at fault is shown at once; what is right gets its number and is saved.
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let acting = acting(ctx).map_err(Problem::refused)?.clone();
    let scans: Vec<Upload> = input.files(SCANS).cloned().collect();
    let (baru, pimpinan) = match decide(ctx, input, &acting, &scans) {
        Ok(decided) => decided,
        Err(Problem::Refused(refusal)) => return Ok(again(ctx, input, &*refusal)),
        Err(other) => return Err(other),
    };
    let desks = Desks { tata_usaha: acting.jabatan, pimpinan };
    let key = RegisterKey { opd: acting.opd, kelompok: crate::AGENDA, tahun: baru.tahun() };
    let anyway = input.text("tetap") == "1";
    let saved = ctx.submit(input, Keys::of([key.lock()]), move |tx| {
        // Asked here and not before: a second sending of the same form must find its own answer, not a warning about itself.
        if !anyway && let Some(kembar) = store::kembar(tx, acting.opd, &baru.isi)? {
            let store::Kembar { id, agenda, tahun, diterima } = kembar;
            return Err(Problem::refused(Refusal::Kembar { id, agenda, tahun, diterima }));
        }
        let surat = write(tx, &baru, &key, &acting, desks, &scans)?;
        Ok(format!("{LIST}/{}", surat.id))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Surat sudah dicatat dalam buku agenda.")),
        Err(Problem::Refused(refusal)) => Ok(again(ctx, input, &*refusal)),
        Err(other) => Err(other),
    }
}

/// Reads what the rule must know on a reader, so that the one writer is kept for writing.
fn decide(ctx: &Ctx, input: &Input, acting: &ActingAs, scans: &[Upload]) -> Result<(Baru, Option<Id>), Problem> {
    let today = ctx.today();
    let (calendar, head) = ctx.read(|tx| {
        let head = jabatan::head_of(tx, acting.opd)?;
        Ok::<_, Problem>((calendar::of(tx, today)?, head.map(|head| head.id)))
    })?;
    let known = Known {
        now: ctx.now(),
        zona: ctx.instance().zona,
        calendar: &calendar,
        aturan: AturanTenggat::default(),
        klasifikasi: Some(Klasifikasi::shipped()),
    };
    let baru = register(&draft(input), &known).map_err(Problem::refused)?;
    for scan in scans {
        attachments::check(SCANS, scan).map_err(Problem::refused)?;
    }
    first_status(baru.isi.sifat, scans.len()).map_err(Problem::refused)?;
    Ok((baru, head))
}

fn write(
    tx: &mut Tx<'_>,
    baru: &Baru,
    key: &RegisterKey,
    acting: &ActingAs,
    desks: Desks,
    scans: &[Upload],
) -> Result<SuratMasuk, Problem> {
    let (id, now) = (tx.new_id()?, tx.now()?);
    let objek = objek(id);
    let drawn = registers::draw(tx, key, &objek, |urut| nomor_agenda(urut, key.tahun))?;
    let surat = SuratMasuk {
        id,
        opd: acting.opd,
        tahun: key.tahun,
        agenda: drawn.urut,
        isi: baru.isi.clone(),
        status: first_status(baru.isi.sifat, scans.len()).map_err(Problem::refused)?,
        tenggat: baru.tenggat.sampai,
        tenggat_sementara: baru.tenggat.provisional,
        pemegang: acting.nama.clone(),
        pemegang_sejak: now,
        created_at: now,
        versi: 1,
    };
    let readers = readers(surat.opd, surat.isi.sifat, desks);
    store::insert(tx, &surat, &readers)?;
    tx.audit(&entry(&surat, &drawn.nomor))?;
    attach(tx, &surat, desks, scans)?;
    if !surat.isi.sifat.is_secret() {
        tx.index_later(&found_by(&surat, readers))?;
    }
    if let Some(task) = first_task(&surat, desks, baru.tenggat.tanggal) {
        tasks::open(tx, &task)?;
    }
    tx.emit(&SuratMasukTercatat { surat: id, opd: surat.opd, agenda: surat.agenda, tahun: surat.tahun })?;
    Ok(surat)
}

/// Attaches scans; those of a secret letter open only for the leader it is addressed to, and each opening is written down.
pub(super) fn attach(tx: &mut Tx<'_>, surat: &SuratMasuk, desks: Desks, scans: &[Upload]) -> Result<(), Problem> {
    let sifat = surat.isi.sifat;
    let openers = openers(surat.opd, sifat, desks);
    for scan in scans {
        attachments::attach_as(tx, &objek(surat.id), &openers, scan, sifat.is_secret())?;
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

pub(super) fn acting(ctx: &Ctx) -> Result<&ActingAs, Refusal> {
    ctx.scope().ok().and_then(|scope| scope.acting.as_ref()).ok_or(Refusal::NoOpd)
}

fn draft(input: &Input) -> Draft<'_> {
    Draft {
        asal: input.text("asal"),
        nomor_surat: input.text("nomor_surat"),
        tanggal_surat: input.text("tanggal_surat"),
        tanggal_terima: input.text("tanggal_terima"),
        hal: input.text("hal"),
        ringkasan: input.text("ringkasan"),
        klasifikasi: input.text("klasifikasi"),
        sifat: input.text("sifat"),
        derajat: input.text("derajat"),
        tujuan: input.text("tujuan"),
        jumlah_lampiran: input.text("jumlah_lampiran"),
        lokasi: input.text("lokasi"),
    }
}

fn again(ctx: &Ctx, input: &Input, refusal: &dyn Refuse) -> Response {
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
    form = fields(ctx, form);
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

fn fields(ctx: &Ctx, form: Form) -> Form {
    let today = ctx.today().to_string();
    let sifat: Vec<(&str, &str)> = Sifat::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let derajat: Vec<(&str, &str)> = Derajat::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let scans = "PDF, JPG atau PNG; boleh beberapa berkas. Bila formulir tampil lagi karena ada yang perlu diperbaiki, pilih berkasnya kembali.";
    form.multipart()
        .guard()
        .group(
            "Surat",
            "",
            vec![
                Field::text("asal", "Pengirim").required().max_length(160).hint("Instansi atau orang yang mengirim surat."),
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
                Field::text("klasifikasi", "Kode klasifikasi")
                    .width(Width::Short)
                    .hint("Misalnya 000.1.2; boleh diisi kemudian."),
                Field::number("jumlah_lampiran", "Jumlah lampiran").min("0").max("999"),
                Field::text("lokasi", "Tempat naskah asli").max_length(160).hint("Lemari, boks, atau map."),
            ],
        )
        .group(
            "Pindaian",
            "",
            vec![Field::file(SCANS, "Pindaian surat", ACCEPT).multiple().hint(scans).max_mib(attachments::MAX_MIB)],
        )
        .submit("Catat surat masuk")
        .cancel("Kembali ke daftar tanpa menyimpan", LIST)
}
