//! Where the administrator sets up ways out, tries them, and sees whether they work.

use praja_kernel::{Id, Moment, Refuse};
use praja_module::{Ctx, Input, Jenis as InstanceKind, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{
    Act, Cell, Column, EmptyState, Facts, Field, Form, FormValues, Icon, Markup, Notice, PageHeader, Row, Table, Tone, badge,
    frame, html, page, section,
};
use serde::Deserialize;

use super::{Bentuk, Draft, Jenis, Pengaman, Pengaturan, Rahasia, Refusal, Saluran, Tujuan, check, sealed, store};
use crate::{
    deliveries::{self, Isi, Muatan, Status, store::New},
    templates,
};

/// A gateway's settings to begin with, from `config-templates/kabar/gerbang.yaml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Contoh {
    pub(super) kunci: String,
    pub(super) nama: String,
    pub(super) petunjuk: String,
    pub(super) alamat: String,
    pub(super) bentuk: Bentuk,
    pub(super) tujuan: Tujuan,
    pub(super) kepala: String,
    pub(super) isi: String,
}

pub(super) fn examples() -> Result<Vec<Contoh>, Problem> {
    let text = templates::shipped_file("gerbang.yaml").unwrap_or_default();
    serde_yaml::from_str(text).map_err(|e| Problem::Fault(format!("gerbang.yaml: {e}")))
}

/// GET /desk/saluran.
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let all = store::list(tx)?;
    let rows = all.iter().map(|saluran| {
        let (tone, words, why) = state(ctx, saluran);
        Row::new(vec![
            saluran.nama.as_str().into(),
            saluran.jenis().label().into(),
            Cell::new(html! { (badge(tone, &words)) @if let Some(why) = why { span.redup.baris-dua { (why) } } }),
            moment(ctx, saluran.terakhir_baik),
        ])
        .href(format!("/desk/saluran/{}", saluran.id))
    });
    let table = Table::new("Saluran kabar")
        .column(Column::text("Saluran"))
        .column(Column::text("Jenis"))
        .column(Column::text("Keadaan"))
        .column(Column::date("Terakhir berhasil"))
        .rows(rows)
        .empty(EmptyState::new(
            Icon::Send,
            "Belum ada saluran ke luar",
            "Kabar saat ini hanya tampil di dalam Praja. Tambahkan surel atau gerbang pesan supaya kabar juga sampai ke luar.",
        ));
    let header =
        PageHeader::new("Saluran kabar").purpose("Jalan kabar ke luar Praja: surel dinas, WhatsApp, Telegram, atau SMS.");
    let content = html! {
        (training_notice(ctx))
        (table)
        div.aksi {
            (Act::link("Tambah surel", "/desk/saluran/baru?jenis=surel").icon(Icon::Mail))
            (Act::link("Tambah gerbang pesan", "/desk/saluran/baru?jenis=gerbang").icon(Icon::Send))
            (Act::link("Lihat kiriman", "/desk/kiriman"))
            (Act::link("Ubah teks pesan", "/desk/templat"))
        }
    };
    Ok(frame::respond(ctx, &header, content))
}

/// Says in a training box that nothing leaves.
pub(crate) fn training_notice(ctx: &Ctx) -> Markup {
    html! {
        @if ctx.instance().jenis == InstanceKind::Contoh {
            (Notice::new(Tone::Info, "Ruang latihan tidak mengirim apa pun ke luar.")
                .text("Saluran boleh dicoba diatur; setiap kiriman tercatat sebagai ditahan."))
        }
    }
}

fn moment(ctx: &Ctx, at: Option<Moment>) -> Cell {
    at.map_or_else(Cell::empty, |at| Cell::new(frame::time(ctx.instance().zona, at).0))
}

/// How a way is: colour, word and, when it fails, why.
fn state(ctx: &Ctx, saluran: &Saluran) -> (Tone, String, Option<String>) {
    let why = saluran.sebab.clone().filter(|_| saluran.gagal > 0);
    if !saluran.aktif {
        return (Tone::Neutral, "Dimatikan".into(), None);
    }
    if let Some(until) = saluran.istirahat_sampai.filter(|until| *until > ctx.now()) {
        return (Tone::Bad, format!("Bermasalah, dicoba lagi {}", praja_kernel::jam(ctx.instance().zona.local(until))), why);
    }
    match (saluran.gagal, saluran.terakhir_baik) {
        (0, Some(_)) => (Tone::Good, "Berjalan".into(), None),
        (0, None) => (Tone::Neutral, "Belum pernah dipakai".into(), None),
        _ => (Tone::Warn, "Gagal, sedang dicoba lagi".into(), why),
    }
}

fn crumbs(header: PageHeader) -> PageHeader {
    header.crumb("Saluran kabar", "/desk/saluran")
}

/// GET /desk/saluran/baru?jenis=surel|gerbang&contoh=…
pub(crate) fn new(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    let jenis = ctx.query("jenis").and_then(|word| Jenis::parse(word).ok()).unwrap_or(Jenis::Surel);
    let examples = examples()?;
    let chosen = ctx.query("contoh").and_then(|key| examples.iter().find(|one| one.kunci == key)).or(examples.first());
    let values = match (jenis, chosen) {
        (Jenis::Gerbang, Some(one)) => example_values(one),
        _ => [("nama", "Surel"), ("porta", "587"), ("pengaman", "starttls")].into_iter().collect(),
    };
    let form = fields(frame::form(ctx, new_address(jenis)), jenis, None).values(values);
    let content = html! {
        (training_notice(ctx))
        @if jenis == Jenis::Gerbang {
            ul.saring aria-label="Contoh gerbang" {
                @for one in &examples {
                    li { a.cip href={ (new_address(jenis)) "&contoh=" (one.kunci) }
                        aria-current=[chosen.is_some_and(|chosen| chosen.kunci == one.kunci).then_some("true")] { span { (one.nama) } } }
                }
            }
            @if let Some(one) = chosen { p { (one.petunjuk) } }
        }
        (form)
    };
    Ok(frame::respond(ctx, &crumbs(PageHeader::new(format!("Tambah {}", jenis.label().to_lowercase()))), content))
}

fn new_address(jenis: Jenis) -> String {
    format!("/desk/saluran/baru?jenis={}", jenis.as_str())
}

fn example_values(one: &Contoh) -> FormValues {
    let values = [
        ("nama", one.nama.as_str()),
        ("alamat", &one.alamat),
        ("bentuk", one.bentuk.as_str()),
        ("tujuan", one.tujuan.as_str()),
        ("kepala", &one.kepala),
        ("isi", one.isi.trim()),
    ];
    values.into_iter().collect()
}

fn options<T: Copy>(all: &[T], word: fn(T) -> &'static str, label: fn(T) -> &'static str) -> Vec<(&'static str, &'static str)> {
    all.iter().map(|one| (word(*one), label(*one))).collect()
}

fn fields(form: Form, jenis: Jenis, own: Option<&Saluran>) -> Form {
    let form = form
        .field(Field::text("nama", "Nama saluran").hint("Nama ini dibaca pegawai pada Pilihan kabar.").required().max_length(30));
    let keep = if own.is_some() { "Kosongkan untuk memakai yang tersimpan." } else { "" };
    let form = match jenis {
        Jenis::Surel => form
            .field(Field::text("mesin", "Mesin surel").hint("Misalnya surel.contoh.go.id atau 10.0.0.5.").required())
            .field(Field::number("porta", "Porta").required())
            .field(
                Field::select("pengaman", "Pengaman sambungan", &options(Pengaman::ALL, Pengaman::as_str, Pengaman::label))
                    .required(),
            )
            .field(
                Field::text("pengguna", "Nama pengguna").hint("Kosongkan bila mesin surel tidak memintanya.").autocomplete("off"),
            )
            .field(Field::password("kunci", "Sandi", "off").hint(keep))
            .field(
                Field::email("dari", "Alamat pengirim")
                    .hint("Alamat ini tampil sebagai pengirim, misalnya praja@contoh.go.id.")
                    .required(),
            ),
        Jenis::Gerbang => form
            .field(Field::text("alamat", "Alamat gerbang").required())
            .field(Field::radio("bentuk", "Bentuk isi", &options(Bentuk::ALL, Bentuk::as_str, Bentuk::label)).required())
            .field(Field::radio("tujuan", "Tujuan", &options(Tujuan::ALL, Tujuan::as_str, Tujuan::label)).required())
            .field(
                Field::textarea("isi", "Isi pesan")
                    .rows(4)
                    .hint("Harus memuat {{tujuan}} dan {{teks}}. Dapat memakai {{id}}, {{waktu}}, {{kunci}}.")
                    .required(),
            )
            .field(
                Field::textarea("kepala", "Kepala tambahan")
                    .rows(2)
                    .hint("Satu per baris, misalnya Authorization: Bearer {{kunci}}."),
            )
            .field(Field::password("kunci", "Kunci dari penyedia", "off").hint(keep))
            .field(Field::password("tanda", "Kunci tanda tangan", "off").hint(if own.is_some() {
                keep
            } else {
                "Paling sedikit 16 huruf. Berikan juga kepada pengelola gerbang supaya ia dapat memeriksa tanda tangan."
            })),
    };
    form.field(
        Field::textarea("sertifikat", "Sertifikat CA daerah")
            .rows(3)
            .hint("Hanya bila mesin itu memakai sertifikat dari CA sendiri. Tempel dalam bentuk PEM."),
    )
    .submit("Simpan saluran")
    .cancel("Batal", "/desk/saluran")
}

fn draft(input: &Input) -> Draft<'_> {
    Draft {
        nama: input.text("nama"),
        mesin: input.text("mesin"),
        porta: input.text("porta"),
        pengaman: input.text("pengaman"),
        pengguna: input.text("pengguna"),
        dari: input.text("dari"),
        alamat: input.text("alamat"),
        bentuk: input.text("bentuk"),
        tujuan: input.text("tujuan"),
        kepala: input.text("kepala"),
        isi: input.text("isi"),
        tanda: input.raw("tanda"),
        sertifikat: input.text("sertifikat"),
    }
}

/// Secrets as typed; an empty field keeps what there is.
fn secrets(input: &Input, before: Rahasia) -> Rahasia {
    let typed = |name: &str, before: String| if input.raw(name).is_empty() { before } else { input.raw(name).to_owned() };
    Rahasia { kunci: typed("kunci", before.kunci), tanda: typed("tanda", before.tanda) }
}

fn again(ctx: &Ctx, input: &Input, action: &str, title: &str, jenis: Jenis, own: Option<&Saluran>, refusal: &Refusal) -> Outcome {
    let mut form = frame::form_again(ctx, action, input).problems(&refusal.fields());
    if let Some(own) = own {
        form = form.hidden("versi", own.versi.to_string());
    }
    if refusal.fields().is_empty() {
        form = form.refusal(refusal.message(), refusal.next_step());
    }
    let header = crumbs(PageHeader::new(title));
    Ok(Response::form_again(page(&frame::shell(ctx), &header, fields(form, jenis, own))))
}

/// POST /desk/saluran/baru?jenis=…
pub(crate) fn create(ctx: &Ctx, input: &Input) -> Outcome {
    let jenis = ctx.query("jenis").and_then(|word| Jenis::parse(word).ok()).ok_or(Problem::NotFound)?;
    let others = ctx.read(store::list)?;
    let (nama, pengaturan) = match check(jenis, &draft(input), None, &others) {
        Ok(checked) => checked,
        Err(refusal) => {
            let title = format!("Tambah {}", jenis.label().to_lowercase());
            return again(ctx, input, &new_address(jenis), &title, jenis, None, &refusal);
        }
    };
    let sealed = sealed(ctx.instance(), &secrets(input, Rahasia::default()))?;
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let id = store::insert(tx, &nama, &pengaturan, &sealed)?;
        tx.audit(&entry("desk.create-saluran", id, &nama, &pengaturan))?;
        Ok::<_, Problem>(format!("/desk/saluran/{id}"))
    })?;
    Ok(response.with_notice("Saluran tersimpan dan menyala. Kirim pesan percobaan untuk memastikannya."))
}

/// What audit keeps: never a secret, and of a gateway's address only the host.
fn entry(act: &'static str, id: Id, nama: &str, pengaturan: &Pengaturan) -> Entry {
    let entry = Entry::new(act, "desk_saluran", id).with("nama", nama);
    match pengaturan {
        Pengaturan::Surel(surel) => {
            entry.with("mesin", format!("{}:{}", surel.mesin, surel.porta)).with("pengaman", surel.pengaman.as_str())
        }
        Pengaturan::Gerbang(gerbang) => {
            let host = gerbang.alamat.split('/').nth(2).unwrap_or_default();
            entry.with("mesin", host).with("tujuan", gerbang.tujuan.as_str())
        }
    }
}

/// GET /desk/saluran/{id}.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let saluran = store::get(tx, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    let form =
        fields(frame::form(ctx, address(saluran.id)).hidden("versi", saluran.versi.to_string()), saluran.jenis(), Some(&saluran));
    let (tone, words, why) = state(ctx, &saluran);
    let zona = ctx.instance().zona;
    let mut facts = Facts::new().add("Jenis", saluran.jenis().label());
    let known = [
        ("Sebab kegagalan terakhir", why),
        ("Terakhir berhasil", saluran.terakhir_baik.map(|at| frame::time(zona, at).0)),
        ("Terakhir gagal", saluran.terakhir_gagal.map(|at| frame::time(zona, at).0)),
    ];
    for (label, value) in known {
        if let Some(value) = value {
            facts = facts.add(label, value);
        }
    }
    let post = |label: &str, what: &str| {
        Act::post(label, format!("{}/{what}", address(saluran.id)), ctx.csrf(), ctx.form_id().to_string())
            .value("versi", saluran.versi.to_string())
    };
    let switch = if saluran.aktif { post("Matikan saluran", "matikan") } else { post("Nyalakan saluran", "nyalakan") };
    let trial = frame::form(ctx, format!("{}/coba", address(saluran.id)))
        .field(Field::text("tujuan_coba", "Alamat tujuan percobaan").hint(hint(&saluran)).required())
        .submit("Kirim percobaan");
    let content = html! {
        (training_notice(ctx))
        p { (badge(tone, &words)) }
        (facts)
        div.aksi { (switch) (Act::link("Lihat kirimannya", format!("/desk/kiriman?saluran={}", saluran.id))) }
        @if saluran.aktif { (section("Coba saluran ini", trial)) }
        (section("Pengaturan", form.values(values(&saluran))))
    };
    Ok(frame::respond(ctx, &crumbs(PageHeader::new(&saluran.nama)), content))
}

fn hint(saluran: &Saluran) -> &'static str {
    match &saluran.pengaturan {
        Pengaturan::Surel(_) => "Alamat surel Anda sendiri.",
        Pengaturan::Gerbang(gerbang) if gerbang.tujuan == Tujuan::Telepon => "Nomor telepon seluler Anda sendiri.",
        Pengaturan::Gerbang(_) => "ID yang diberikan gerbang, misalnya ID obrolan.",
    }
}

fn address(id: Id) -> String {
    format!("/desk/saluran/{id}")
}

fn values(saluran: &Saluran) -> FormValues {
    let mut values = FormValues::new().with("nama", &saluran.nama);
    let mut add = |name: &str, value: &str| values.add(name, value);
    match &saluran.pengaturan {
        Pengaturan::Surel(surel) => {
            add("mesin", &surel.mesin);
            add("porta", &surel.porta.to_string());
            add("pengaman", surel.pengaman.as_str());
            add("pengguna", surel.pengguna.as_deref().unwrap_or_default());
            add("dari", &surel.dari);
            add("sertifikat", surel.sertifikat.as_deref().unwrap_or_default());
        }
        Pengaturan::Gerbang(gerbang) => {
            add("alamat", &gerbang.alamat);
            add("bentuk", gerbang.bentuk.as_str());
            add("tujuan", gerbang.tujuan.as_str());
            add("kepala", &gerbang.kepala);
            add("isi", &gerbang.isi);
            add("sertifikat", gerbang.sertifikat.as_deref().unwrap_or_default());
        }
    }
    values
}

/// POST /desk/saluran/{id}.
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let id: Id = ctx.param("id")?;
    let (saluran, others) = ctx.read(|tx| Ok::<_, Problem>((store::get(tx, id)?, store::list(tx)?)))?;
    let saluran = saluran.ok_or(Problem::NotFound)?;
    let (nama, pengaturan) = match check(saluran.jenis(), &draft(input), Some(&saluran), &others) {
        Ok(checked) => checked,
        Err(refusal) => return again(ctx, input, &address(id), &saluran.nama, saluran.jenis(), Some(&saluran), &refusal),
    };
    let sealed = sealed(ctx.instance(), &secrets(input, saluran.rahasia(ctx.instance())?))?;
    let versi = input.text("versi").parse().unwrap_or(saluran.versi);
    let response = ctx.submit(input, Keys::none(), move |tx| {
        if !store::update(tx, id, &nama, &pengaturan, &sealed, versi)? {
            return Err(Problem::Conflict);
        }
        tx.audit(&entry("desk.edit-saluran", id, &nama, &pengaturan))?;
        Ok(address(id))
    })?;
    Ok(response.with_notice("Pengaturan saluran tersimpan."))
}

/// POST /desk/saluran/{id}/nyalakan.
pub(crate) fn switch_on(ctx: &Ctx, input: &Input) -> Outcome {
    switch(ctx, input, true)
}

/// POST /desk/saluran/{id}/matikan.
pub(crate) fn switch_off(ctx: &Ctx, input: &Input) -> Outcome {
    switch(ctx, input, false)
}

fn switch(ctx: &Ctx, input: &Input, on: bool) -> Outcome {
    let id: Id = ctx.param("id")?;
    let (saluran, others) = ctx.read(|tx| Ok::<_, Problem>((store::get(tx, id)?, store::active(tx)?)))?;
    let saluran = saluran.ok_or(Problem::NotFound)?;
    if on && saluran.jenis() == Jenis::Surel && others.iter().any(|other| other.id != id && other.jenis() == Jenis::Surel) {
        return Err(Problem::refused(Refusal::SecondMail));
    }
    let versi = input.text("versi").parse().unwrap_or(saluran.versi);
    let (act, notice) = if on {
        ("desk.open-saluran", "Saluran dinyalakan.")
    } else {
        ("desk.close-saluran", "Saluran dimatikan. Kabar tetap tampil di dalam Praja.")
    };
    let response = ctx.submit(input, Keys::none(), move |tx| {
        if !store::switch(tx, id, on, versi)? {
            return Err(Problem::Conflict);
        }
        tx.audit(&entry(act, id, &saluran.nama, &saluran.pengaturan))?;
        Ok(address(id))
    })?;
    Ok(response.with_notice(notice))
}

/// POST /desk/saluran/{id}/coba: one message to an address that the administrator types.
pub(crate) fn try_out(ctx: &Ctx, input: &Input) -> Outcome {
    let id: Id = ctx.param("id")?;
    let saluran = ctx.read(|tx| store::get(tx, id))?.ok_or(Problem::NotFound)?;
    let alamat = match saluran.check_alamat(input.text("tujuan_coba")) {
        Ok(alamat) => alamat,
        Err(message) => {
            let form = frame::form_again(ctx, format!("{}/coba", address(id)), input)
                .problems(&[praja_kernel::FieldProblem::new("tujuan_coba", message)])
                .field(Field::text("tujuan_coba", "Alamat tujuan percobaan").hint(hint(&saluran)).required())
                .submit("Kirim percobaan")
                .cancel("Batal", address(id));
            let header = crumbs(PageHeader::new(format!("Coba {}", saluran.nama)));
            return Ok(Response::form_again(page(&frame::shell(ctx), &header, form)));
        }
    };
    let response = queue_trial(ctx, input, &saluran, alamat, format!("/desk/kiriman?saluran={id}"))?;
    Ok(response.with_notice("Percobaan dikirim. Keadaannya tampil pada daftar ini; muat ulang halaman untuk melihat hasilnya."))
}

/// Queues a trial to whoever asks.
pub(crate) fn queue_trial(ctx: &Ctx, input: &Input, saluran: &Saluran, alamat: String, to: String) -> Outcome {
    let who = ctx.scope()?.actor.clone();
    let (id, held) = (saluran.id, ctx.instance().jenis == InstanceKind::Contoh);
    ctx.submit(input, Keys::none(), move |tx| {
        let muatan = Muatan {
            isi: "Bila pesan ini sampai, saluran ini berjalan.".into(),
            tautan: "/kabar".into(),
            derajat: praja_kernel::Derajat::Biasa,
            dari: who.nama().to_owned(),
            jumlah: 0,
            berkas: None,
        };
        let new = New {
            kabar: None,
            saluran: id,
            penerima: &who.key(),
            penerima_nama: who.nama(),
            alamat: &alamat,
            jenis: Isi::Percobaan,
            judul: "Percobaan saluran kabar Praja",
            muatan: &muatan,
            oleh: &who.key(),
            status: if held { Status::Ditahan } else { Status::Menunggu },
            sebab: held.then_some("Ruang latihan tidak mengirim apa pun ke luar."),
        };
        let kiriman = deliveries::queue(tx, &new)?;
        tx.audit(&Entry::new("desk.send-percobaan", "desk_kiriman", kiriman).with("saluran", id))?;
        Ok::<_, Problem>(to.clone())
    })
}
