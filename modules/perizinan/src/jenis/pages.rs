//! Where types of service are kept, without ever seeing YAML: the list, one version, and a form for each of its parts.

mod bagian;
mod baris;
mod baru;
mod isian;
mod syarat;
mod terbit;

use praja_desk::timeline;
use praja_kernel::{days_between, fold, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem, Response, Route};
use praja_store::{Keys, Tx};
use praja_web::{
    Act, Address, Cell, Column, EmptyState, Facts, Field, Filters, Icon, Link, Markup, Notice, PageHeader, Row, Table, Tone,
    act_bar, badge,
    export::{Col, Format, Sheet, respond},
    frame, html, section,
};

use super::{
    Cacat, Jenis, Kanal, Refusal, periksa,
    store::{self, Keadaan, Terbit},
};
use crate::{CONFIGURE, layanan};

/// Where the types are.
pub(crate) const LIST: &str = "/perizinan/izin/jenis";
/// After so many days without a review the list warns.
const REVIEW_DAYS: i32 = 365;
/// Largest file with a description.
const UPLOAD: u64 = super::baca::LIMIT as u64;

/// The addresses.
pub(crate) const ROUTES: &[Route] = &[
    Route::get(LIST, CONFIGURE, "Daftar jenis layanan perizinan", list),
    Route::get("/perizinan/izin/jenis/unduh", CONFIGURE, "Mengunduh daftar jenis layanan", download),
    Route::post("/perizinan/izin/jenis/bawaan", CONFIGURE, "Memasang jenis layanan bawaan sebagai draf", install),
    Route::get("/perizinan/izin/jenis/baru", CONFIGURE, "Formulir jenis layanan baru", baru::form),
    Route::post("/perizinan/izin/jenis/baru", CONFIGURE, "Membuat jenis layanan baru", baru::save),
    Route::get("/perizinan/izin/jenis/impor", CONFIGURE, "Formulir memuat jenis layanan dari berkas", baru::import_form),
    Route::post("/perizinan/izin/jenis/impor", CONFIGURE, "Memuat jenis layanan dari berkas", baru::import)
        .with_upload(UPLOAD, 1),
    Route::get("/perizinan/izin/jenis/{id}", CONFIGURE, "Satu versi jenis layanan", show),
    Route::get("/perizinan/izin/jenis/{id}/berkas", CONFIGURE, "Mengunduh satu versi sebagai berkas", baru::export),
    Route::post("/perizinan/izin/jenis/{id}/versi", CONFIGURE, "Membuat versi berikutnya", baru::next),
    Route::post("/perizinan/izin/jenis/{id}/hapus", CONFIGURE, "Menghapus draf", remove),
    Route::post("/perizinan/izin/jenis/{id}/depan", CONFIGURE, "Menampilkan layanan di halaman depan, atau tidak lagi", lead),
    Route::get("/perizinan/izin/jenis/{id}/bagian/{bagian}", CONFIGURE, "Mengubah satu bagian jenis layanan", bagian::form),
    Route::post("/perizinan/izin/jenis/{id}/bagian/{bagian}", CONFIGURE, "Menyimpan satu bagian jenis layanan", bagian::save),
    Route::get("/perizinan/izin/jenis/{id}/formulir", CONFIGURE, "Susunan formulir layanan", isian::list),
    Route::post(
        "/perizinan/izin/jenis/{id}/formulir",
        CONFIGURE,
        "Menambah, memindah, atau menghapus bagian formulir",
        isian::arrange,
    ),
    Route::get("/perizinan/izin/jenis/{id}/formulir/{isian}", CONFIGURE, "Satu isian formulir", isian::form),
    Route::post("/perizinan/izin/jenis/{id}/formulir/{isian}", CONFIGURE, "Menyimpan satu isian formulir", isian::save),
    Route::get("/perizinan/izin/jenis/{id}/syarat", CONFIGURE, "Daftar persyaratan layanan", syarat::list),
    Route::post("/perizinan/izin/jenis/{id}/syarat", CONFIGURE, "Memindah atau menghapus persyaratan", syarat::arrange),
    Route::get("/perizinan/izin/jenis/{id}/syarat/{syarat}", CONFIGURE, "Satu persyaratan", syarat::form),
    Route::post("/perizinan/izin/jenis/{id}/syarat/{syarat}", CONFIGURE, "Menyimpan satu persyaratan", syarat::save),
    Route::get("/perizinan/izin/jenis/{id}/lihat", CONFIGURE, "Melihat layanan seperti warga melihatnya", terbit::preview),
    Route::get("/perizinan/izin/jenis/{id}/coba", CONFIGURE, "Mencoba syarat, biaya, dan waktu layanan", terbit::attempt),
    Route::get("/perizinan/izin/jenis/{id}/contoh/pdf", CONFIGURE, "Contoh dokumen yang terbit", terbit::document),
    Route::get("/perizinan/izin/jenis/{id}/beda", CONFIGURE, "Yang berubah dari versi yang terbit", terbit::difference),
    Route::get("/perizinan/izin/jenis/{id}/terbitkan", CONFIGURE, "Menimbang penerbitan jenis layanan", terbit::ask),
    Route::post("/perizinan/izin/jenis/{id}/terbitkan", CONFIGURE, "Menerbitkan jenis layanan", terbit::publish).with_reauth(),
    Route::get("/perizinan/izin/jenis/{id}/henti", CONFIGURE, "Menimbang penghentian jenis layanan", terbit::retire_ask),
    Route::post("/perizinan/izin/jenis/{id}/henti", CONFIGURE, "Menghentikan jenis layanan", terbit::retire).with_reauth(),
];

fn rows(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(Vec<Terbit>, usize), Problem> {
    let all = store::all(tx)?;
    let total = all.len();
    let words = fold(ctx.query("q").unwrap_or_default());
    let kanal = ctx.query("kanal").and_then(|word| Kanal::parse(word).ok());
    let keadaan = ctx.query("keadaan").and_then(|word| Keadaan::parse(word).ok());
    let fits = |one: &Terbit| {
        let text = fold(&format!("{} {} {}", one.versi.nama, one.versi.kode, one.versi.sektor));
        words.split_whitespace().all(|word| text.contains(word))
            && kanal.is_none_or(|kanal| one.versi.kanal == kanal)
            && keadaan.is_none_or(|keadaan| one.versi.keadaan == keadaan)
    };
    Ok((all.into_iter().filter(fits).collect(), total))
}

/// GET /perizinan/izin/jenis
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (found, total) = rows(ctx, tx)?;
    let address = Address::here(ctx);
    let today = ctx.today();
    let lanes: Vec<(&str, &str)> =
        std::iter::once(("", "Semua kanal")).chain(Kanal::ALL.iter().map(|one| (one.as_str(), one.label()))).collect();
    let filters = Filters::new(&address)
        .field(Field::search("q", "Cari jenis layanan").value(address.get("q").unwrap_or_default()))
        .field(Field::select("kanal", "Kanal", &lanes).value(address.get("kanal").unwrap_or_default()));
    let offered = store::offered(tx)?;
    let keadaan = address.get("keadaan").unwrap_or_default().to_owned();
    let row = |one: &Terbit| {
        let old = days_between(one.isi.ditinjau, today) > REVIEW_DAYS;
        let reviewed = tanggal_pendek(one.isi.ditinjau);
        Row::new(vec![
            one.versi.nama.as_str().into(),
            one.versi.kode.as_str().into(),
            one.versi.sektor.as_str().into(),
            one.versi.kanal.label().into(),
            one.versi.nomor.to_string().into(),
            if old { Cell::new(html! { (reviewed) " " (badge(Tone::Warn, "perlu ditinjau")) }) } else { reviewed.into() },
            Cell::new(html! { @for (at, (tone, word)) in standings(one, &offered).into_iter().enumerate() { @if at > 0 { " " } (badge(tone, word)) } }),
        ])
        .href(format!("{LIST}/{}", one.versi.id))
    };
    let mut table = Table::new("Jenis layanan").above(filters).chip(
        "Semua",
        address.clone().top().without("keadaan").href(),
        keadaan.is_empty(),
    );
    for one in [Keadaan::Draf, Keadaan::Terbit, Keadaan::Dihentikan] {
        table = table.chip(one.label(), address.clone().top().set("keadaan", one.as_str()).href(), keadaan == one.as_str());
    }
    let mut table = table
        .column(Column::text("Nama"))
        .column(Column::text("Kode"))
        .column(Column::text("Bidang").wide_only())
        .column(Column::text("Kanal"))
        .column(Column::number("Versi"))
        .column(Column::text("Ditinjau"))
        .column(Column::text("Keadaan").corner())
        .rows(found.iter().map(row))
        .count(format!("{} jenis layanan", found.len()))
        .empty(EmptyState::new(
            Icon::Document,
            if total == 0 { "Belum ada jenis layanan" } else { "Tidak ada yang cocok" },
            if total == 0 {
                "Pasang jenis bawaan sebagai draf, atau buat jenis baru."
            } else {
                "Ubah kata carian atau saringannya."
            },
        ));
    if !found.is_empty() {
        table = table.downloads(&address.top().at(format!("{LIST}/unduh")));
    }
    let acts = [
        Act::link("Muat dari berkas", format!("{LIST}/impor")).icon(Icon::Upload),
        Act::post("Pasang jenis bawaan", format!("{LIST}/bawaan"), ctx.csrf(), ctx.form_id().to_string()),
    ];
    let header = PageHeader::new("Jenis layanan")
        .purpose("Syarat, biaya, waktu, alur, dan dokumen setiap layanan. Warga hanya melihat yang terbit.")
        .action(Link::new("Buat jenis baru", format!("{LIST}/baru")).icon(Icon::Add));
    Ok(frame::respond(ctx, &header, html! { (table) (act_bar(&acts)) }))
}

/// GET /perizinan/izin/jenis/unduh
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (found, _) = rows(ctx, tx)?;
    let offered = store::offered(tx)?;
    let mut sheet = Sheet::new("Jenis layanan")
        .column(Col::text("Nama"))
        .column(Col::text("Kode"))
        .column(Col::text("Bidang"))
        .column(Col::text("Kanal"))
        .column(Col::text("Versi"))
        .column(Col::text("Ditinjau"))
        .column(Col::text("Keadaan"))
        .column(Col::text("Waktu"))
        .column(Col::text("Biaya"));
    for one in found {
        let state = standings(&one, &offered).into_iter().map(|(_, word)| word).collect::<Vec<_>>().join(" ");
        let old = days_between(one.isi.ditinjau, ctx.today()) > REVIEW_DAYS;
        let reviewed = format!("{}{}", tanggal_pendek(one.isi.ditinjau), if old { " perlu ditinjau" } else { "" });
        sheet.push(vec![
            one.versi.nama.into(),
            one.versi.kode.into(),
            one.versi.sektor.into(),
            one.versi.kanal.label().into(),
            one.versi.nomor.to_string().into(),
            reviewed.into(),
            state.into(),
            layanan::term(&one.isi).into(),
            layanan::cost(&one.isi).into(),
        ]);
    }
    respond(ctx, sheet, Format::asked(ctx), "jenis-layanan")
}

/// How far the newest version has come, and whether an older one is offered meanwhile.
fn standings(one: &Terbit, offered: &std::collections::BTreeSet<praja_kernel::Id>) -> Vec<(Tone, &'static str)> {
    let mut all = vec![(tone(one.versi.keadaan), one.versi.keadaan.label())];
    if one.versi.keadaan == Keadaan::Draf && offered.contains(&one.versi.jenis) {
        all.push((Tone::Good, "versi sebelumnya terbit"));
    }
    if one.versi.latihan {
        all.push((Tone::Info, "LATIHAN"));
    }
    all
}

fn state(keadaan: Keadaan) -> Markup {
    badge(tone(keadaan), keadaan.label())
}

const fn tone(keadaan: Keadaan) -> Tone {
    match keadaan {
        Keadaan::Draf => Tone::Warn,
        Keadaan::Terbit => Tone::Good,
        Keadaan::Diganti | Keadaan::Dihentikan => Tone::Neutral,
    }
}

/// POST /perizinan/izin/jenis/bawaan
pub(crate) fn install(ctx: &Ctx, input: &Input) -> Outcome {
    let before = ctx.read(store::all)?.len();
    let saved = ctx.submit(input, Keys::none(), |tx| {
        store::install(tx, false)?;
        Ok::<_, Problem>(LIST.to_owned())
    })?;
    let count = ctx.read(store::all)?.len().saturating_sub(before);
    let notice = if count == 0 {
        "Semua jenis bawaan sudah ada.".to_owned()
    } else {
        format!("{count} jenis bawaan dipasang sebagai draf. Tinjau satu per satu sebelum diterbitkan.")
    };
    Ok(saved.with_notice(&notice))
}

/// The version of this address.
fn found(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Terbit, Problem> {
    store::find(tx, ctx.param("id")?)?.ok_or(Problem::NotFound)
}

/// The same, when it may still be written.
fn draft(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Terbit, Problem> {
    let one = found(ctx, tx)?;
    if one.versi.keadaan == Keadaan::Draf { Ok(one) } else { Err(Problem::refused(Refusal::Published)) }
}

/// A page of a version.
fn href(one: &Terbit, rest: &str) -> String {
    if rest.is_empty() { format!("{LIST}/{}", one.versi.id) } else { format!("{LIST}/{}/{rest}", one.versi.id) }
}

/// The header of a page below that of a version.
fn below(one: &Terbit, title: impl Into<String>) -> PageHeader {
    PageHeader::new(title)
        .crumb("Jenis layanan", LIST)
        .crumb(format!("{} versi {}", one.versi.kode, one.versi.nomor), href(one, ""))
}

/// Saves a draft as it is now and goes on.
fn save(ctx: &Ctx, input: &Input, one: &Terbit, isi: Jenis, to: String, notice: &str) -> Outcome {
    let (id, versi) = (one.versi.id, input.text("versi").parse().unwrap_or(one.versi.versi));
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        if store::save(tx, id, versi, &isi)? { Ok::<_, Problem>(to.clone()) } else { Err(Problem::Conflict) }
    })?;
    Ok(saved.with_notice(notice))
}

/// Moving and removing one field or requirement of a draft.
fn arranging(ctx: &Ctx, one: &Terbit, rest: &str, kode: &str) -> Markup {
    let act = |label: &str, aksi: &str| {
        Act::post(label, href(one, rest), ctx.csrf(), ctx.form_id().to_string())
            .value("versi", one.versi.versi.to_string())
            .value("aksi", aksi)
            .value("apa", kode)
    };
    section("Urutan", act_bar(&[act("Naikkan", "naik"), act("Turunkan", "turun"), act("Hapus dari draf", "hapus").danger()]))
}

/// A form shown again.
fn again(ctx: &Ctx, header: &PageHeader, content: impl praja_web::Render) -> Response {
    Response::form_again(praja_web::page(&frame::shell(ctx), header, content))
}

/// The parts of the editor with the beginnings of the paths they hold.
const PARTS: &[(&str, &str, &[&str])] = &[
    (
        "bagian/pokok",
        "Identitas dan dasar hukum",
        &["kode", "nama", "ringkasan", "sektor", "kanal", "tautan", "berlaku", "ditinjau", "dasar_hukum", "sumber"],
    ),
    ("bagian/waktu", "Waktu dan akibat bila tidak diputus", &["sla", "diam"]),
    ("formulir", "Formulir", &["formulir"]),
    ("syarat", "Persyaratan", &["syarat"]),
    ("bagian/biaya", "Biaya", &["biaya"]),
    ("bagian/masa", "Yang dimohon dan masa berlaku", &["masa", "permohonan"]),
    ("bagian/alur", "Alur kerja", &["alur"]),
    ("bagian/dokumen", "Dokumen yang terbit", &["dokumen"]),
    ("bagian/standar", "Standar pelayanan", &["standar"]),
];

fn belongs(cacat: &Cacat, prefixes: &[&str]) -> bool {
    prefixes.iter().any(|prefix| cacat.jalur.starts_with(prefix))
}

/// GET /perizinan/izin/jenis/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = found(ctx, tx)?;
    let is_draft = one.versi.keadaan == Keadaan::Draf;
    let defects = if is_draft { periksa::check(&one.isi) } else { Vec::new() };
    let others = store::versions(tx, one.versi.jenis)?;
    let published = others.iter().find(|other| other.versi.keadaan == Keadaan::Terbit);
    let leading = store::leading(tx)?.contains(&one.versi.kode);
    let history = timeline::of(ctx, tx, &format!("{}:{}", store::TABLE, one.versi.id))?;
    let facts = Facts::new()
        .add("Keadaan", state(one.versi.keadaan))
        .add("Kode", &one.versi.kode)
        .add("Versi", one.versi.nomor)
        .add("Kanal", one.versi.kanal.label())
        .add("Waktu", layanan::term(&one.isi))
        .add("Biaya", layanan::cost(&one.isi))
        .add("Ditinjau terakhir", tanggal_pendek(one.isi.ditinjau))
        .add("Terakhir diubah oleh", &one.versi.oleh);
    let content = html! {
        (standing(&one, &defects, ctx.instance().jenis == praja_module::Jenis::Contoh))
        (facts)
        (act_bar(&acts(ctx, &one, published, &others, leading)))
        (section("Bagian", parts(&one, &defects, is_draft)))
        (section("Versi", html! {
            (Table::new("Versi layanan ini").column(Column::text("Versi")).column(Column::text("Keadaan")).column(Column::text("Berlaku dari"))
                .rows(others.iter().map(|other| Row::new(vec![
                    format!("Versi {}", other.versi.nomor).into(), Cell::new(state(other.versi.keadaan)), tanggal_pendek(other.versi.berlaku_dari).into(),
                ]).href(href(other, "")))))
            p.redup { "Permohonan tetap memakai versi ketika diajukan, juga setelah versi baru terbit." }
        }))
        (section("Riwayat", html! { details { summary { "Siapa mengubah apa, dan kapan" } (history) } }))
    };
    let header = PageHeader::new(&one.versi.nama).purpose(&one.isi.ringkasan).crumb("Jenis layanan", LIST);
    Ok(frame::respond(ctx, &header, content))
}

fn standing(one: &Terbit, defects: &[Cacat], contoh: bool) -> Markup {
    html! {
        @match one.versi.keadaan {
            Keadaan::Draf if !defects.is_empty() => {
                (Notice::new(Tone::Warn, format!("{} hal perlu dilengkapi sebelum draf ini dapat diterbitkan.", defects.len())))
            }
            Keadaan::Draf => @match periksa::promise(&one.isi, contoh) {
                Ok(false) => (Notice::new(Tone::Good, "Draf ini lengkap dan dapat diterbitkan.")),
                Ok(true) => (Notice::new(Tone::Info, "Draf ini lengkap dan dapat diterbitkan sebagai LATIHAN.").text("Jangka waktunya belum mempunyai aturan.")),
                Err(why) => (Notice::new(Tone::Warn, why.pesan).text(why.saran)),
            },
            Keadaan::Terbit => (Notice::new(Tone::Good, "Versi ini terbit dan dapat dimohon warga.").text("Untuk mengubahnya, buat versi baru.")),
            Keadaan::Diganti => (Notice::new(Tone::Info, "Versi ini sudah diganti. Permohonan yang diajukan dengannya tetap memakainya.")),
            Keadaan::Dihentikan => (Notice::new(Tone::Info, "Layanan ini dihentikan. Permohonan yang sudah diajukan tetap diselesaikan.")),
        }
    }
}

fn acts(ctx: &Ctx, one: &Terbit, published: Option<&Terbit>, others: &[Terbit], leading: bool) -> Vec<Act> {
    let post = |label: &str, rest: &str| {
        Act::post(label, href(one, rest), ctx.csrf(), ctx.form_id().to_string()).value("versi", one.versi.versi.to_string())
    };
    let has_draft = others.iter().any(|other| other.versi.keadaan == Keadaan::Draf);
    let mut acts = Vec::new();
    if one.versi.keadaan == Keadaan::Draf {
        acts.push(Act::link("Terbitkan", href(one, "terbitkan")).icon(Icon::Good).main());
        if published.is_some() {
            acts.push(Act::link("Lihat perubahan", href(one, "beda")).icon(Icon::History));
        }
    } else if !has_draft {
        acts.push(post("Buat versi baru", "versi").main());
    }
    acts.push(Act::link("Lihat seperti warga", href(one, "lihat")).icon(Icon::Person));
    if one.versi.kanal == Kanal::Praja {
        acts.push(Act::link("Coba hitung", href(one, "coba")));
        acts.push(Act::link("Contoh dokumen", href(one, "contoh/pdf")).icon(Icon::Document));
    }
    acts.push(Act::link("Buat salinan sebagai jenis baru", format!("{LIST}/baru?dari={}", one.versi.id)));
    acts.push(Act::link("Unduh YAML", href(one, "berkas")));
    match one.versi.keadaan {
        Keadaan::Draf => acts.push(post("Hapus draf", "hapus").danger()),
        Keadaan::Terbit => {
            let label = if leading { "Jangan tampilkan di depan" } else { "Tampilkan di halaman depan" };
            acts.push(post(label, "depan").value("depan", if leading { "tidak" } else { "ya" }));
            acts.push(Act::link("Hentikan layanan", href(one, "henti")).danger());
        }
        Keadaan::Diganti | Keadaan::Dihentikan => {}
    }
    acts
}

fn parts(one: &Terbit, defects: &[Cacat], is_draft: bool) -> Markup {
    let described = super::uraian::describe(&one.isi);
    html! {
        @if is_draft {
            (Table::new("Bagian jenis layanan").column(Column::text("Bagian")).column(Column::text("Yang perlu dilengkapi"))
                .rows(PARTS.iter().map(|(rest, title, prefixes)| {
                    let own: Vec<&Cacat> = defects.iter().filter(|cacat| belongs(cacat, prefixes)).collect();
                    let told = if own.is_empty() { badge(Tone::Good, "Lengkap") } else { html! {
                        ul.berbutir { @for cacat in own.iter().take(5) { li { (cacat.pesan) " " span.redup { (cacat.saran) } } } }
                    } };
                    Row::new(vec![(*title).into(), Cell::new(told)]).href(href(one, rest))
                })))
        } @else {
            @for (title, lines) in &described {
                @if !lines.is_empty() {
                    details { summary { (title) } ul.berbutir { @for line in lines { li { (line) } } } }
                }
            }
        }
    }
}

/// POST /perizinan/izin/jenis/{id}/hapus
pub(crate) fn remove(ctx: &Ctx, input: &Input) -> Outcome {
    let one = ctx.read(|tx| draft(ctx, tx))?;
    let (id, versi) = (one.versi.id, input.text("versi").parse().unwrap_or(one.versi.versi));
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        if store::remove_draft(tx, id, versi)? { Ok::<_, Problem>(LIST.to_owned()) } else { Err(Problem::Conflict) }
    })?;
    Ok(saved.with_notice("Draf sudah dihapus."))
}

/// POST /perizinan/izin/jenis/{id}/depan
pub(crate) fn lead(ctx: &Ctx, input: &Input) -> Outcome {
    let one = ctx.read(|tx| found(ctx, tx))?;
    let (kode, first, to) = (one.versi.kode.clone(), input.text("depan") != "tidak", href(&one, ""));
    let saved = ctx.submit(input, Keys::none(), move |tx| {
        store::set_leading(tx, &kode, first)?;
        Ok::<_, Problem>(to.clone())
    })?;
    Ok(saved.with_notice(if first {
        "Layanan ditampilkan di halaman depan."
    } else {
        "Layanan tidak lagi ditampilkan di halaman depan."
    }))
}
