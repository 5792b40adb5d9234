//! New types: from scratch, as a copy, from a file; the next version of one; and a version as a file.

use praja_kernel::{FieldProblem, Id};
use praja_module::{Body, Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx};
use praja_web::{Cell, Column, Field, Form, Markup, Notice, PageHeader, Row, Table, Tone, form::Width, frame, html, section};

use super::{LIST, again, found, href};
use crate::jenis::{
    AkibatDiam, Alur, Biaya, Cacat, Dokumen, Jenis, Kanal, Masa, Permintaan, Refusal, Sla, baca, periksa,
    store::{self, Keadaan, Terbit},
};

/// Where files are taken.
const IMPORT: &str = "/perizinan/izin/jenis/impor";

fn header() -> PageHeader {
    PageHeader::new("Jenis layanan baru").purpose("Mulai dari kosong, atau dari salinan yang mirip.").crumb("Jenis layanan", LIST)
}

/// GET /perizinan/izin/jenis/baru
pub(crate) fn form(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let from = source(tx, ctx.query("dari").unwrap_or_default())?;
    let mut form = fields(tx, frame::form(ctx, format!("{LIST}/baru")))?;
    if let Some(from) = from {
        let values = [("dari", from.versi.id.to_string()), ("sektor", from.versi.sektor.clone())];
        form = form.values(praja_web::FormValues::from_iter(values));
    }
    Ok(frame::respond(ctx, &header(), form))
}

fn source(tx: &mut Tx<'_>, text: &str) -> Result<Option<Terbit>, Problem> {
    match text.parse::<Id>() {
        Ok(id) => Ok(store::find(tx, id)?),
        Err(_) => Ok(None),
    }
}

fn fields(tx: &mut Tx<'_>, form: Form) -> Result<Form, Problem> {
    let copies: Vec<(String, String)> = std::iter::once((String::new(), "Kosong".to_owned()))
        .chain(store::all(tx)?.iter().map(|one| (one.versi.id.to_string(), format!("{} ({})", one.versi.nama, one.versi.kode))))
        .collect();
    Ok(form
        .field(
            Field::text("kode", "Kode")
                .required()
                .max_length(12)
                .width(Width::Short)
                .hint("2 sampai 12 huruf kapital dan angka; tetap selamanya dan mengawali nomor pendaftaran."),
        )
        .field(Field::text("nama", "Nama layanan").required().max_length(200))
        .field(
            Field::textarea("ringkasan", "Ringkasan")
                .required()
                .rows(3)
                .max_length(600)
                .hint("Untuk apa layanan ini, dalam satu atau dua kalimat yang dipahami warga."),
        )
        .field(Field::text("sektor", "Bidang").required().max_length(60).width(Width::Medium))
        .field(Field::select("dari", "Mulai dari", &copies))
        .submit("Buat draf")
        .cancel("Kembali ke daftar", LIST))
}

/// POST /perizinan/izin/jenis/baru
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let kode = input.text("kode").to_uppercase();
    let (known, from) = ctx.read(|tx| {
        let known = store::type_id(tx, &kode)?;
        let used = match known {
            Some(id) => !store::versions(tx, id)?.is_empty(),
            None => false,
        };
        Ok::<_, Problem>((used, source(tx, input.text("dari"))?))
    })?;
    let mut isi = from.map_or_else(|| blank(ctx), |from| (*from.isi).clone());
    isi.kode.clone_from(&kode);
    isi.nama = input.text("nama").to_owned();
    isi.ringkasan = input.text("ringkasan").to_owned();
    isi.sektor = input.text("sektor").to_owned();
    let own = ["kode", "nama", "ringkasan", "sektor"];
    let mut wrong: Vec<FieldProblem> = periksa::check(&isi)
        .into_iter()
        .filter(|cacat| own.contains(&cacat.jalur.as_str()))
        .map(|cacat| FieldProblem::new(cacat.jalur, format!("{} {}", cacat.pesan, cacat.saran)))
        .collect();
    if known {
        wrong.push(FieldProblem::new(
            "kode",
            format!("Kode {kode} sudah dipakai layanan lain. Pakai kode lain, atau buat versi baru dari layanan itu."),
        ));
    }
    if !wrong.is_empty() {
        let form = frame::form_again(ctx, format!("{LIST}/baru"), input).problems(&wrong);
        let form = ctx.read(|tx| fields(tx, form.clone()))?;
        return Ok(again(ctx, &header(), form));
    }
    let saved = ctx.submit(input, Keys::none(), move |tx| Ok::<_, Problem>(format!("{LIST}/{}", store::create(tx, &isi)?)))?;
    Ok(saved.with_notice("Draf dibuat. Lengkapi bagian-bagiannya, lalu terbitkan."))
}

/// What a type begins with.
fn blank(ctx: &Ctx) -> Jenis {
    Jenis {
        kode: String::new(),
        nama: String::new(),
        ringkasan: String::new(),
        sektor: String::new(),
        kanal: Kanal::Praja,
        tautan: String::new(),
        berlaku_dari: ctx.today(),
        berlaku_sampai: None,
        ditinjau: ctx.today(),
        dasar_hukum: Vec::new(),
        sumber: Vec::new(),
        sla: Sla {
            hari: periksa::HARI_TANPA_DASAR,
            dasar: String::new(),
            rekomendasi_persen: 40,
            perbaikan_hari: 10,
            tanpa_periksa: false,
        },
        diam: AkibatDiam::default(),
        biaya: Biaya::default(),
        masa: Masa::default(),
        permohonan: vec![Permintaan::Baru],
        formulir: Vec::new(),
        syarat: Vec::new(),
        alur: Alur::default(),
        dokumen: Dokumen::default(),
        standar: std::collections::BTreeMap::new(),
    }
}

/// POST /perizinan/izin/jenis/{id}/versi
pub(crate) fn next(ctx: &Ctx, input: &Input) -> Outcome {
    let (one, has_draft) = ctx.read(|tx| {
        let one = found(ctx, tx)?;
        let draft = store::versions(tx, one.versi.jenis)?.iter().any(|other| other.versi.keadaan == Keadaan::Draf);
        Ok::<_, Problem>((one, draft))
    })?;
    if has_draft {
        return Err(Problem::refused(Refusal::HasDraft));
    }
    let mut isi = (*one.isi).clone();
    isi.berlaku_dari = isi.berlaku_dari.max(ctx.today());
    isi.ditinjau = ctx.today();
    let saved = ctx.submit(input, Keys::none(), move |tx| Ok::<_, Problem>(format!("{LIST}/{}", store::create(tx, &isi)?)))?;
    Ok(saved.with_notice("Draf versi baru dibuat dari versi ini. Yang terbit tetap berlaku sampai draf diterbitkan."))
}

/// GET /perizinan/izin/jenis/{id}/berkas
pub(crate) fn export(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = found(ctx, tx)?;
    let name = format!("{}-versi-{}.yaml", one.versi.kode.to_lowercase(), one.versi.nomor);
    Ok(Response::of(Body::Bytes { bytes: baca::write(&one.isi).into_bytes(), mime: "application/yaml", name }))
}

fn import_header() -> PageHeader {
    PageHeader::new("Muat jenis layanan dari berkas")
        .purpose("Untuk yang menulis YAML sendiri, atau menerima berkas dari daerah lain. Yang dimuat menjadi draf.")
        .crumb("Jenis layanan", LIST)
}

fn import_fields(form: Form) -> Form {
    form.multipart()
        .field(Field::file("berkas", "Berkas YAML", ".yaml,.yml").hint("Paling besar 256 KiB."))
        .field(Field::textarea("yaml", "atau isi YAML").rows(10).hint("Dipakai bila tidak ada berkas yang dipilih."))
        .submit("Muat sebagai draf")
        .cancel("Kembali ke daftar", LIST)
}

/// GET /perizinan/izin/jenis/impor
pub(crate) fn import_form(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    Ok(frame::respond(ctx, &import_header(), import_fields(frame::form(ctx, IMPORT))))
}

/// POST /perizinan/izin/jenis/impor: what is broken is refused with lines and remedies.
pub(crate) fn import(ctx: &Ctx, input: &Input) -> Outcome {
    let text = match input.files("berkas").next() {
        Some(file) => {
            let mut bytes = Vec::new();
            ctx.instance().blobs.get(&file.blob, &mut bytes)?;
            match String::from_utf8(bytes) {
                Ok(text) => text,
                Err(_) => {
                    return refuse(
                        ctx,
                        input,
                        &[unreadable("Berkas ini bukan teks UTF-8.", "Simpan sebagai teks UTF-8, lalu muat kembali.")],
                    );
                }
            }
        }
        None => input.raw("yaml").to_owned(),
    };
    if text.trim().is_empty() {
        return refuse(ctx, input, &[unreadable("Belum ada yang dimuat.", "Pilih berkas YAML, atau tempel isinya.")]);
    }
    let isi = match baca::read(&text) {
        Ok(isi) => isi,
        Err(wrong) => return refuse(ctx, input, &wrong),
    };
    let draft = ctx.read(|tx| {
        let Some(id) = store::type_id(tx, &isi.kode)? else { return Ok::<_, Problem>(None) };
        Ok(store::versions(tx, id)?.into_iter().find(|one| one.versi.keadaan == Keadaan::Draf))
    })?;
    let saved = ctx.submit(input, Keys::none(), move |tx| match &draft {
        Some(draft) if store::save(tx, draft.versi.id, draft.versi.versi, &isi)? => Ok::<_, Problem>(href(draft, "")),
        Some(_) => Err(Problem::Conflict),
        None => Ok(format!("{LIST}/{}", store::create(tx, &isi)?)),
    })?;
    Ok(saved.with_notice("Berkas dimuat sebagai draf. Tinjau, lalu terbitkan."))
}

fn unreadable(pesan: &str, saran: &str) -> Cacat {
    Cacat { jalur: String::new(), baris: 0, pesan: pesan.to_owned(), saran: saran.to_owned() }
}

fn refuse(ctx: &Ctx, input: &Input, wrong: &[Cacat]) -> Outcome {
    let sent = input.files("berkas").next().is_some() || input.unkept.iter().any(|file| file.field == "berkas");
    let field = if sent || input.text("yaml").is_empty() { "berkas" } else { "yaml" };
    let first = wrong.first().map(|one| {
        let line = if one.baris == 0 { String::new() } else { format!("Baris {}: ", one.baris) };
        FieldProblem::new(field, format!("{line}{} {}", one.pesan, one.saran))
    });
    let form = import_fields(frame::form_again(ctx, IMPORT, input).problems(first.as_slice()));
    Ok(again(ctx, &import_header(), html! { (told(wrong)) (form) }))
}

/// Every defect with its line and remedy.
fn told(wrong: &[Cacat]) -> Markup {
    html! {
        (Notice::new(Tone::Bad, format!("Berkas belum dapat dimuat: {} hal perlu diperbaiki.", wrong.len())))
        (section("Yang perlu diperbaiki", Table::new("Yang perlu diperbaiki")
            .column(Column::number("Baris")).column(Column::text("Yang salah")).column(Column::text("Cara memperbaiki"))
            .rows(wrong.iter().take(200).map(|one| Row::new(vec![
                if one.baris == 0 { Cell::empty() } else { one.baris.to_string().into() }, one.pesan.as_str().into(), one.saran.as_str().into(),
            ])))))
    }
}
