//! What ends the way of a letter: closed by hand, sent away, registered twice; and the covering letter.

use praja_identity::{jabatan, opd};
use praja_kernel::{Date, FieldProblem, Id, Refuse, parse_tanggal, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{
    Field, Form, FormValues, Icon, Link, Markup, Notice, PageHeader, Tone, decision,
    form::Width,
    frame, html,
    picker::{Choice, Picked, resolve},
};

use super::{LIST, form::acting, show::facts};
use crate::{
    kerja::Kerja,
    surat_masuk::{
        Refusal, Status, SuratMasuk,
        alur::{self, Langkah},
        nomor_agenda, store,
        write::{Pengantar, close, mark_duplicate, send_away},
    },
};

/// Longest reason or name, in letters.
const LONGEST: usize = 300;

praja_kernel::words! {
    /// The pages of this file.
    enum Halaman ("langkah surat") {
        Selesai => "selesai", "Selesaikan surat";
        SalahAlamat => "salah-alamat", "Surat salah alamat";
        Duplikat => "duplikat", "Tandai sebagai duplikat";
    }
}

impl Halaman {
    const fn langkah(self) -> Langkah {
        match self {
            Self::Selesai => Langkah::Tutup,
            Self::SalahAlamat => Langkah::Kembalikan,
            Self::Duplikat => Langkah::Duplikat,
        }
    }

    fn action(self, id: Id) -> String {
        format!("{LIST}/{id}/{}", self.as_str())
    }
}

fn load(ctx: &Ctx, tx: &mut Tx<'_>, halaman: Halaman) -> Result<SuratMasuk, Problem> {
    let acting = acting(ctx).map_err(Problem::refused)?;
    let surat = store::find(tx, ctx.scope()?, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    let holds = surat.penerima == Some(acting.jabatan);
    if surat.opd != acting.opd && !holds {
        return Err(Problem::refused(Refusal::NotYours));
    }
    alur::go(surat.status, halaman.langkah(), surat.isi.sifat).map_err(Problem::refused)?;
    Ok(surat)
}

fn header(halaman: Halaman, surat: &SuratMasuk) -> PageHeader {
    let nomor = nomor_agenda(surat.agenda, surat.tahun);
    PageHeader::new(halaman.label())
        .purpose(format!("Surat masuk agenda {nomor} dari {}.", surat.isi.asal))
        .crumb("Surat masuk", LIST)
        .crumb(format!("Agenda {nomor}"), format!("{LIST}/{}", surat.id))
}

fn page(ctx: &Ctx, tx: &mut Tx<'_>, halaman: Halaman, surat: &SuratMasuk, form: &Form) -> Result<Markup, Problem> {
    let office = opd::name(tx, surat.opd)?.unwrap_or_default();
    let (tone, heading, lines): (Tone, &str, &[&str]) = match halaman {
        Halaman::Selesai => (
            Tone::Info,
            "Bila surat diselesaikan",
            &[
                "Surat berstatus Selesai dan tidak lagi menunggu siapa pun.",
                "Disposisi yang masih terbuka dibebaskan dengan alasan Anda.",
            ],
        ),
        Halaman::SalahAlamat => (
            Tone::Warn,
            "Bila surat tidak untuk OPD ini",
            &[
                "Nomor agendanya tetap ada dalam buku agenda.",
                "Surat pengantar dapat dicetak sesudahnya.",
                "OPD tujuan dalam daerah ini langsung menerimanya di kotak masuk.",
            ],
        ),
        Halaman::Duplikat => (
            Tone::Warn,
            "Bila surat ini sudah pernah dicatat",
            &[
                "Surat ini berhenti di sini; yang ditangani surat yang lebih dahulu.",
                "Nomor agendanya tetap ada dan tidak dipakai lagi.",
            ],
        ),
    };
    let list = praja_desk::klasifikasi::Klasifikasi::in_force(tx, ctx.instance())?;
    Ok(decision(tone, heading, lines, &facts(surat, &office, &list), form))
}

fn fields(ctx: &Ctx, halaman: Halaman, surat: &SuratMasuk, form: Form, picked: &Picked) -> Form {
    let back = format!("{LIST}/{}", surat.id);
    let today = ctx.today().to_string();
    match halaman {
        Halaman::Selesai => form
            .field(
                Field::textarea("alasan", "Alasan")
                    .rows(3)
                    .required()
                    .hint("Misalnya: untuk diketahui saja, tidak memerlukan tindak lanjut."),
            )
            .submit("Selesaikan surat")
            .cancel("Kembali ke surat", back),
        Halaman::SalahAlamat => {
            let ways = [
                (Langkah::Teruskan.as_str(), "Teruskan ke alamat yang benar"),
                (Langkah::Kembalikan.as_str(), "Kembalikan kepada pengirim"),
            ];
            form.field(Field::radio("cara", "Yang dilakukan", &ways).required().value(Langkah::Teruskan.as_str()))
                .field(
                    Field::picker("opd", "OPD yang dituju", "/identity/pilih/opd")
                        .candidates(picked.candidates())
                        .hint("Bila suratnya untuk OPD lain di daerah ini."),
                )
                .field(
                    Field::text("kepada", "Alamat lain").max_length(160).hint("Bila suratnya untuk instansi di luar daerah ini."),
                )
                .field(Field::text("nomor", "Nomor surat pengantar").required().max_length(80).width(Width::Medium))
                .field(Field::date("tanggal", "Tanggal surat pengantar").required().value(today.as_str()).max(today.as_str()))
                .field(
                    Field::textarea("alasan", "Alasan").rows(2).required().hint("Misalnya: urusan ini kewenangan Dinas Sosial."),
                )
                .submit("Simpan surat pengantar")
                .cancel("Kembali ke surat", back)
        }
        Halaman::Duplikat => form
            .field(
                Field::text("kembar", "Nomor agenda yang lebih dahulu")
                    .required()
                    .max_length(20)
                    .width(Width::Short)
                    .hint(format!("Misalnya {}/{}.", (surat.agenda - 1).max(1), surat.tahun)),
            )
            .submit("Tandai sebagai duplikat")
            .cancel("Kembali ke surat", back),
    }
}

fn show(ctx: &Ctx, tx: &mut Tx<'_>, halaman: Halaman) -> Outcome {
    let surat = load(ctx, tx, halaman)?;
    let form = fields(ctx, halaman, &surat, frame::form(ctx, halaman.action(surat.id)), &Picked::Nothing);
    let content = page(ctx, tx, halaman, &surat, &form)?;
    Ok(frame::respond(ctx, &header(halaman, &surat), content))
}

fn again(ctx: &Ctx, input: &Input, halaman: Halaman, picked: &Picked, refusal: &dyn Refuse) -> Outcome {
    ctx.read(|tx| {
        let surat = load(ctx, tx, halaman)?;
        let form = frame::form_again(ctx, halaman.action(surat.id), input)
            .refusal(refusal.message(), refusal.next_step())
            .problems(&refusal.fields());
        let form = fields(ctx, halaman, &surat, form, picked);
        let content = page(ctx, tx, halaman, &surat, &form)?;
        Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(halaman, &surat), content)))
    })
}

/// A text that must be there and is not too long.
fn text(problems: &mut Vec<FieldProblem>, input: &Input, field: &'static str, missing: &str) -> String {
    let text = input.text(field).replace("\r\n", "\n");
    let length = text.chars().count();
    if length == 0 {
        problems.push(FieldProblem::new(field, missing));
    } else if length > LONGEST {
        problems.push(FieldProblem::new(field, format!("Tulisan {length} huruf; paling panjang {LONGEST} huruf.")));
    }
    text
}

/// GET /eoffice/surat-masuk/{id}/selesai
pub(crate) fn show_close(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    show(ctx, tx, Halaman::Selesai)
}

/// POST /eoffice/surat-masuk/{id}/selesai
pub(crate) fn save_close(ctx: &Ctx, input: &Input) -> Outcome {
    let mut problems = Vec::new();
    let alasan = text(&mut problems, input, "alasan", "Alasan belum ditulis. Satu kalimat cukup.");
    if !problems.is_empty() {
        return again(ctx, input, Halaman::Selesai, &Picked::Nothing, &Refusal::Step(problems));
    }
    let surat = ctx.read(|tx| load(ctx, tx, Halaman::Selesai))?.id;
    let (kerja, scope, acting) = (Kerja::of(ctx), ctx.scope()?.clone(), acting(ctx).map_err(Problem::refused)?.clone());
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        let surat = store::find_opened(tx, &scope, surat)?.ok_or(Problem::NotFound)?;
        let to = format!("{LIST}/{}", surat.id);
        close(tx, &kerja, surat, &acting, &alasan)?;
        Ok(to)
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Surat sudah diselesaikan.")),
        Err(Problem::Refused(refusal)) => again(ctx, input, Halaman::Selesai, &Picked::Nothing, &*refusal),
        Err(problem) => Err(problem),
    }
}

/// GET /eoffice/surat-masuk/{id}/salah-alamat
pub(crate) fn show_away(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    show(ctx, tx, Halaman::SalahAlamat)
}

/// POST /eoffice/surat-masuk/{id}/salah-alamat
pub(crate) fn save_away(ctx: &Ctx, input: &Input) -> Outcome {
    let (surat, picked, office) = ctx.read(|tx| {
        let surat = load(ctx, tx, Halaman::SalahAlamat)?;
        let picked = resolve(input, "opd", |typed| {
            let sought = praja_kernel::fold(typed);
            let all = opd::list_active(tx)?;
            let fits = |one: &&opd::Opd| praja_kernel::fold(&format!("{} {}", one.nama, one.singkatan)).contains(&sought);
            Ok::<_, Problem>(all.iter().filter(fits).take(20).map(|one| Choice::new(one.id, &one.nama)).collect())
        })?;
        let office = match picked.value().and_then(|value| value.parse::<Id>().ok()) {
            Some(id) => opd::get(tx, id)?,
            None => None,
        };
        Ok::<_, Problem>((surat, picked, office))
    })?;
    let acting = acting(ctx).map_err(Problem::refused)?.clone();
    let pengantar = match pengantar(ctx.today(), input, &surat, &picked, office.as_ref(), acting.opd) {
        Ok(pengantar) => pengantar,
        Err(problems) => return again(ctx, input, Halaman::SalahAlamat, &picked, &Refusal::Step(problems)),
    };
    let (kerja, scope, id) = (Kerja::of(ctx), ctx.scope()?.clone(), surat.id);
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        let surat = store::find_opened(tx, &scope, id)?.ok_or(Problem::NotFound)?;
        send_away(tx, &kerja, surat, &acting, pengantar.clone())?;
        Ok(format!("{LIST}/{id}/pengantar"))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Surat pengantar tersimpan dan dapat dicetak.")),
        Err(Problem::Refused(refusal)) => again(ctx, input, Halaman::SalahAlamat, &picked, &*refusal),
        Err(problem) => Err(problem),
    }
}

fn pengantar(
    today: Date,
    input: &Input,
    surat: &SuratMasuk,
    picked: &Picked,
    office: Option<&opd::Opd>,
    own: Id,
) -> Result<Pengantar, Vec<FieldProblem>> {
    let mut problems: Vec<FieldProblem> = picked.problem("opd", "OPD").into_iter().collect();
    let langkah = match input.text("cara") {
        word if word == Langkah::Kembalikan.as_str() => Langkah::Kembalikan,
        _ => Langkah::Teruskan,
    };
    let other = input.text("kepada").to_owned();
    let (kepada, kepada_opd) = match (langkah, office) {
        (Langkah::Kembalikan, _) => (surat.isi.asal.clone(), None),
        (_, Some(office)) if office.id == own => {
            problems
                .push(FieldProblem::new("opd", "Itu OPD Anda sendiri. Pilih OPD lain, atau arahkan surat di dalam OPD Anda."));
            (String::new(), None)
        }
        (_, Some(office)) => (office.nama.clone(), Some(office.id)),
        (_, None) => (other, None),
    };
    if kepada.is_empty() && problems.is_empty() {
        problems.push(FieldProblem::new("opd", "Alamat yang benar belum diisi. Pilih OPD, atau tulis alamat lain di bawahnya."));
    }
    if kepada.chars().count() > 160 {
        problems.push(FieldProblem::new("kepada", "Alamat paling panjang 160 huruf. Persingkat isinya."));
    }
    let nomor = text(&mut problems, input, "nomor", "Nomor surat pengantar belum diisi. Isi tanda \"-\" bila tidak bernomor.");
    if nomor.chars().count() > 80 {
        problems.push(FieldProblem::new("nomor", "Nomor paling panjang 80 huruf."));
    }
    let alasan = text(&mut problems, input, "alasan", "Alasan belum ditulis. Satu kalimat cukup.");
    let tanggal = match parse_tanggal(input.text("tanggal")) {
        Ok(tanggal) if tanggal > today || tanggal < surat.isi.tanggal_terima => {
            problems.push(FieldProblem::new(
                "tanggal",
                "Tanggal surat pengantar berada di antara tanggal terima surat dan hari ini.",
            ));
            today
        }
        Ok(tanggal) => tanggal,
        Err(e) => {
            problems.push(FieldProblem::new("tanggal", e.to_string()));
            today
        }
    };
    if problems.is_empty() { Ok(Pengantar { langkah, kepada, kepada_opd, nomor, tanggal, alasan }) } else { Err(problems) }
}

/// GET /eoffice/surat-masuk/{id}/duplikat
pub(crate) fn show_duplicate(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    show(ctx, tx, Halaman::Duplikat)
}

/// POST /eoffice/surat-masuk/{id}/duplikat
pub(crate) fn save_duplicate(ctx: &Ctx, input: &Input) -> Outcome {
    let typed = input.text("kembar").to_owned();
    let scope = ctx.scope()?.clone();
    let (surat, found) = ctx.read(|tx| {
        let surat = load(ctx, tx, Halaman::Duplikat)?;
        let (agenda, tahun) = typed.split_once('/').unwrap_or((typed.as_str(), ""));
        let agenda: i64 = agenda.trim().parse().unwrap_or(0);
        let tahun: i64 = if tahun.trim().is_empty() { surat.tahun } else { tahun.trim().parse().unwrap_or(0) };
        let rows = store::list_agenda(tx, &scope, agenda, &[tahun])?;
        // One of the two must stay: what is a duplicate itself is not the earlier one.
        let other = rows.into_iter().find(|row| row.id != surat.id && row.status != Status::Duplikat);
        Ok::<_, Problem>((surat, other.map(|row| nomor_agenda(row.agenda, row.tahun))))
    })?;
    let Some(of) = found else {
        let message = "Nomor agenda itu tidak ada dalam buku agenda OPD Anda, surat ini sendiri, atau sudah ditandai sebagai duplikat. Periksa nomor dan tahunnya.";
        let problem = FieldProblem::new("kembar", message);
        return again(ctx, input, Halaman::Duplikat, &Picked::Nothing, &Refusal::Step(vec![problem]));
    };
    let id = surat.id;
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        let surat = store::find_opened(tx, &scope, id)?.ok_or(Problem::NotFound)?;
        mark_duplicate(tx, surat, &of)?;
        Ok(format!("{LIST}/{id}"))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Surat ditandai sebagai duplikat.")),
        Err(Problem::Refused(refusal)) => again(ctx, input, Halaman::Duplikat, &Picked::Nothing, &*refusal),
        Err(problem) => Err(problem),
    }
}

/// GET /eoffice/surat-masuk/{id}/pengantar: the covering letter, for printing.
pub(crate) fn letter(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let surat = store::find(tx, ctx.scope()?, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    let saved = store::pengantar(tx, surat.id)?.ok_or(Problem::NotFound)?;
    let office = opd::name(tx, surat.opd)?.unwrap_or_default();
    let head = jabatan::head_of(tx, surat.opd)?;
    let signer = match &head {
        Some(head) => jabatan::label(tx, head.id, saved.isi.tanggal)?,
        None => String::new(),
    };
    let back = format!("{LIST}/{}", surat.id);
    let header = PageHeader::new("Surat pengantar")
        .purpose("Cetak halaman ini dari peramban, lalu sertakan pada surat aslinya.")
        .crumb("Surat masuk", LIST)
        .action(Link::new("Kembali ke surat", back).icon(Icon::Left));
    let isi = &surat.isi;
    let content = html! {
        div.cetakan {
            p { strong { (office) } br; (ctx.instance().wilayah.nama) }
            p { "Yth. " strong { (saved.isi.kepada) } }
            p { strong { "SURAT PENGANTAR" } br; "Nomor " (saved.isi.nomor) }
            table {
                thead { tr { th scope="col" { "No." } th scope="col" { "Naskah yang dikirimkan" } th scope="col" { "Banyaknya" } th scope="col" { "Keterangan" } } }
                tbody { tr {
                    td { "1" }
                    td { "Surat " (isi.asal) ", nomor " (isi.nomor_surat.as_deref().unwrap_or("-")) ", tanggal " (tanggal_panjang(isi.tanggal_surat)) ", hal " (isi.hal) }
                    td { "1 berkas" }
                    td { @if saved.isi.langkah == Langkah::Kembalikan { "Dikembalikan. " } @else { "Diteruskan. " } (saved.isi.alasan) }
                } }
            }
            p { (tanggal_panjang(saved.isi.tanggal)) }
            p { (signer) }
            div.isian-kosong {}
            p.redup { "Disiapkan oleh " (saved.oleh_nama) ", " (saved.oleh_jabatan) ". Nomor agenda " (nomor_agenda(surat.agenda, surat.tahun)) "." }
        }
    };
    Ok(frame::respond(ctx, &header, content))
}

/// Values for the form of a letter that another OPD sent on.
pub(super) fn sent_on(ctx: &Ctx, tx: &mut Tx<'_>, from: Id) -> Result<FormValues, Problem> {
    let surat = store::find(tx, ctx.scope()?, from)?.ok_or(Problem::NotFound)?;
    let isi = &surat.isi;
    let mut values = FormValues::new()
        .with("asal_teks", &isi.asal)
        .with("nomor_surat", isi.nomor_surat.as_deref().unwrap_or("-"))
        .with("tanggal_surat", isi.tanggal_surat.to_string())
        .with("tanggal_terima", ctx.today().to_string())
        .with("sifat", isi.sifat.as_str())
        .with("derajat", isi.derajat.as_str())
        .with("jumlah_lampiran", isi.jumlah_lampiran.to_string());
    // As the envelope says, also for whose attention within the office.
    let own = ctx.scope()?.opd();
    let sent = crate::naskah::store::penerima::of(tx, from)?;
    if let Some(one) = sent.iter().find(|one| one.opd == own && one.peran == crate::naskah::tujuan::Peran::Tujuan) {
        values = values.with("tujuan", one.nama.chars().take(160).collect::<String>());
    }
    if !isi.sifat.is_secret() {
        values = values.with("hal", &isi.hal).with("ringkasan", isi.ringkasan.as_deref().unwrap_or_default());
    }
    if let Some(tujuan) = &isi.tujuan {
        values = values.with("tujuan", tujuan);
    }
    Ok(values)
}

/// A naskah that was sent to the reader's OPD.
pub(super) fn naskah(ctx: &Ctx, tx: &mut Tx<'_>, from: Id) -> Result<crate::naskah::Naskah, Problem> {
    let scope = ctx.scope()?;
    let found = crate::naskah::store::find(tx, ctx.instance().keys(), scope, from)?.ok_or(Problem::NotFound)?;
    let sent = crate::naskah::store::penerima::of(tx, from)?;
    if sent.iter().any(|one| one.opd.is_some() && one.opd == scope.opd()) { Ok(found) } else { Err(Problem::NotFound) }
}

/// What another OPD of this box sent, as the form that enters it in the agenda.
pub(super) fn of_naskah(ctx: &Ctx, tx: &mut Tx<'_>, from: Id) -> Result<(FormValues, Notice), Problem> {
    let found = naskah(ctx, tx, from)?;
    let isi = &found.isi;
    let nomor = found.nomor.as_ref();
    let mut values = FormValues::new()
        .with("asal_teks", opd::name(tx, found.opd)?.unwrap_or_default())
        .with("nomor_surat", nomor.map_or("-", |nomor| nomor.teks.as_str()))
        .with("tanggal_surat", nomor.map(|nomor| nomor.tanggal.to_string()).unwrap_or_default())
        .with("tanggal_terima", ctx.today().to_string())
        .with("sifat", isi.sifat.as_str())
        .with("derajat", isi.derajat.as_str());
    if !isi.sifat.is_secret() {
        values = values.with("hal", &isi.hal).with("ringkasan", isi.ringkasan.as_deref().unwrap_or_default());
    }
    let notice = Notice::new(Tone::Info, "Naskah ini dikirim kepada OPD Anda lewat Praja")
        .text("Periksa isiannya, lalu catat. Berkasnya ikut tersimpan sebagai pindaian.")
        .link(Link::new("Buka naskahnya", format!("{}/{from}", crate::naskah::write::PAGE)));
    Ok((values, notice))
}

/// A letter of another regency's box that waits for the own office.
pub(super) fn amplop(ctx: &Ctx, tx: &mut Tx<'_>, id: Id) -> Result<crate::amplop::store::Diterima, Problem> {
    let own = super::form::acting(ctx).map_err(Problem::refused)?.opd;
    let found = crate::amplop::store::find_in(tx, own, id)?;
    found.filter(|row| row.keadaan == crate::amplop::Masuk::Menunggu).ok_or(Problem::NotFound)
}

/// What such a letter fills into the form, and the notice above it.
pub(super) fn of_amplop(ctx: &Ctx, tx: &mut Tx<'_>, id: Id) -> Result<(FormValues, Notice), Problem> {
    let row = amplop(ctx, tx, id)?;
    let isi: crate::amplop::Isi =
        serde_json::from_str(&row.isi).map_err(|e| Problem::Store(praja_store::StoreError::Corrupt(e.to_string())))?;
    let naskah = &isi.naskah;
    let cut = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    let values = FormValues::new()
        .with("asal_teks", &row.asal)
        .with("nomor_surat", cut(&naskah.nomor, 80))
        .with("tanggal_surat", naskah.tanggal.to_string())
        .with("tanggal_terima", ctx.today().to_string())
        .with("hal", cut(&naskah.hal, 120))
        .with("ringkasan", cut(naskah.ringkasan.as_deref().unwrap_or_default(), 2000))
        .with("tujuan", cut(&isi.kepada.nama, 160))
        .with("sifat", &naskah.sifat)
        .with("derajat", &naskah.derajat);
    let notice = Notice::new(Tone::Info, format!("Surat ini dikirim {} sebagai amplop elektronik", isi.dari.daerah))
        .text(
            "Tanda tangan pengirimnya sudah diperiksa. Periksa isiannya, lalu catat. Berkasnya ikut tersimpan sebagai pindaian.",
        )
        .link(Link::new("Buka amplopnya", format!("{}/{id}", crate::amplop::pages::IN)));
    Ok((values, notice))
}
