//! The screens of the inspectorate's export: asking for one, taking it along, how to check it, and the anchor to keep.

use jiff::ToSpan;
use praja_identity::audit;
use praja_kernel::{Date, FieldProblem, Id, parse_tanggal, tanggal_panjang, tanggal_pendek};
use praja_module::{Body, Ctx, Input, Jenis, Outcome, Problem, Response, Route};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{
    Act, Address, Cell, Column, EmptyState, Facts, Field, Form, FormValues, Icon, Link, Markup, Notice, PageHeader, Row, Table,
    Tone, act_bar, badge,
    export::{self, Col, Format, Sheet},
    frame, html, page, progress, section,
};

use super::{RANTAI, Status, Unduhan, fakta::Ekspor, kerja, rantai, store};
use crate::{hak::INSPECT, permohonan::Refusal};

/// The list; everything else lies below it.
pub(crate) const PAGE: &str = "/perizinan/izin/ekspor-pengawasan";
const TITLE: &str = "Ekspor pengawasan";
/// Rows of a page.
const ROWS: usize = 50;
/// Rows of a file.
const MOST: usize = 5000;
/// Years that are proposed.
const YEARS: i64 = 3;
/// Writes of applications into the chain that somebody waits for.
const AT_ONCE: usize = 5;
/// Letters of a purpose.
const PURPOSE: std::ops::RangeInclusive<usize> = 10..=300;

/// The addresses.
pub(crate) const ROUTES: &[Route] = &[
    Route::get(PAGE, INSPECT, "Ekspor untuk pengawas: yang pernah dibuat", list),
    Route::get("/perizinan/izin/ekspor-pengawasan/daftar", INSPECT, "Mengunduh daftar ekspor pengawasan", download_list),
    Route::get("/perizinan/izin/ekspor-pengawasan/baru", INSPECT, "Meminta ekspor untuk pengawas", ask),
    Route::post("/perizinan/izin/ekspor-pengawasan/baru", INSPECT, "Membuat ekspor untuk pengawas dan mencatatnya", create),
    Route::get("/perizinan/izin/ekspor-pengawasan/periksa", INSPECT, "Cara memeriksa ekspor tanpa server", how),
    Route::get("/perizinan/izin/ekspor-pengawasan/jangkar", INSPECT, "Mengunduh jangkar saat ini untuk disimpan", newest),
    Route::get("/perizinan/izin/ekspor-pengawasan/{id}", INSPECT, "Satu ekspor pengawasan", show),
    Route::get("/perizinan/izin/ekspor-pengawasan/{id}/berkas", INSPECT, "Mengunduh berkas ekspor pengawasan", file),
    Route::get("/perizinan/izin/ekspor-pengawasan/{id}/jangkar", INSPECT, "Mengunduh jangkar sebuah ekspor", anchor_of),
];

fn status(one: &Unduhan) -> Markup {
    badge(if one.status == Status::Siap { Tone::Good } else { Tone::Info }, one.status.label())
}

/// The digits of a hash that two people compare by eye.
fn short(sidik: &str) -> String {
    format!("{}…", sidik.get(..16).unwrap_or(sidik))
}

fn size(bytes: i64) -> String {
    match bytes {
        ..1_048_576 => format!("{} KB", (bytes + 1023) / 1024),
        _ => format!("{},{} MB", bytes / 1_048_576, bytes % 1_048_576 * 10 / 1_048_576),
    }
}

fn range(one: &Unduhan) -> String {
    format!("{} sampai {}", tanggal_pendek(one.dari), tanggal_pendek(one.sampai))
}

/// GET /perizinan/izin/ekspor-pengawasan
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let after = match ctx.query("sesudah") {
        None => None,
        Some(text) => {
            let parts = text.split_once('.').and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
            Some(parts.ok_or(Problem::NotFound)?)
        }
    };
    let mut all = store::list(tx, after, ROWS + 1)?;
    let more = all.len() > ROWS;
    all.truncate(ROWS);
    let here = Address::here(ctx).without("sesudah");
    let next =
        all.last().filter(|_| more).map(|row| here.clone().set("sesudah", format!("{}.{}", row.dibuat.ms(), row.id)).href());
    let zona = ctx.instance().zona;
    let rows = all.iter().map(|one| {
        Row::new(vec![
            frame::time(zona, one.dibuat).0.into(),
            status(one).into(),
            range(one).into(),
            one.tujuan.as_str().into(),
            one.oleh_nama.as_str().into(),
            one.urut.to_string().into(),
            Cell::new(html! { span.kode { (short(&one.sidik)) } }),
        ])
        .href(format!("{PAGE}/{}", one.id))
    });
    let mut table = Table::new(TITLE)
        .column(Column::text("Dibuat"))
        .column(Column::text("Keadaan").corner())
        .column(Column::text("Diajukan"))
        .column(Column::text("Tujuan"))
        .column(Column::text("Oleh"))
        .column(Column::number("Baris rantai"))
        .column(Column::text("Sidik ujung").wide_only())
        .rows(rows)
        .pager(after.map(|_| here.clone().href()), next)
        .empty(EmptyState::new(
            Icon::Shield,
            "Belum pernah dibuat",
            "Setiap ekspor tercatat di sini dengan pembuat, tujuan, dan ujung rantainya.",
        ));
    if !all.is_empty() {
        table = table.downloads(&here.clone().at(format!("{PAGE}/daftar")));
    }
    let header = PageHeader::new(TITLE)
        .purpose("Seluruh permohonan dalam berkas tersamar yang dapat diperiksa tanpa server ini.")
        .action(Link::new("Buat ekspor", format!("{PAGE}/baru")).icon(Icon::Add));
    let content = html! { (kept(ctx, tx)?) (table) };
    Ok(frame::respond(ctx, &header, content))
}

/// What is to be kept outside, today.
fn kept(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Markup, Problem> {
    let (instance, now) = (ctx.instance(), ctx.now());
    let one = audit::anchor_now(tx, &instance.id.to_string(), now, instance.keys())?;
    let facts = Facts::new()
        .add("Saat ini", frame::time(instance.zona, now).0)
        .add_maybe(
            "Ujung rantai perizinan",
            one.heads.iter().find(|head| head.rantai == RANTAI).map(|head| {
                html! { "Baris " (head.urut) ", " span.kode.putus { (head.sidik) } }
            }),
        )
        .add("Ringkasan jangkar", html! { span.kode.putus { (one.summary()) } });
    let acts = [
        Act::link("Unduh jangkar", format!("{PAGE}/jangkar")).icon(Icon::Download),
        Act::link("Cara memeriksa ekspor", format!("{PAGE}/periksa")),
    ];
    Ok(section(
        "Jangkar hari ini",
        html! {
            p { "Simpan di luar kantor yang diawasi, paling sedikit sebulan sekali. Dengannya ekspor berikutnya dibuktikan." }
            (facts)
            (act_bar(&acts))
        },
    ))
}

/// GET …/daftar
pub(crate) fn download_list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let zona = ctx.instance().zona;
    let mut sheet = Sheet::new(TITLE)
        .column(Col::moment(format!("Dibuat ({})", zona.name())))
        .column(Col::text("Keadaan"))
        .column(Col::date("Dari"))
        .column(Col::date("Sampai"))
        .column(Col::text("Tujuan"))
        .column(Col::text("Oleh"))
        .column(Col::int("Baris rantai"))
        .column(Col::text("Sidik ujung"))
        .column(Col::text("Sidik berkas"));
    for one in store::list(tx, None, MOST)? {
        sheet.push(vec![
            export::Cell::moment(zona, one.dibuat),
            one.status.label().into(),
            one.dari.into(),
            one.sampai.into(),
            one.tujuan.into(),
            one.oleh_nama.into(),
            one.urut.into(),
            one.sidik.into(),
            one.sidik_berkas.into(),
        ]);
    }
    export::respond(ctx, sheet, Format::asked(ctx), "ekspor-pengawasan")
}

fn header(title: impl Into<String>) -> PageHeader {
    PageHeader::new(title).crumb(TITLE, PAGE)
}

fn fields(form: Form) -> Form {
    form.field(Field::date("dari", "Diajukan sejak").required())
        .field(Field::date("sampai", "Diajukan sampai").required())
        .field(
            Field::textarea("tujuan", "Untuk apa")
                .rows(2)
                .max_length(300)
                .required()
                .hint("Misalnya nomor surat tugas pemeriksaan. Tercatat pada jejak audit dan dalam berkasnya."),
        )
        .submit("Buat ekspor")
        .cancel("Kembali ke daftar", PAGE)
}

/// GET …/baru
pub(crate) fn ask(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    let today = ctx.today();
    let from = today.checked_sub(YEARS.years()).unwrap_or(today);
    let values: FormValues =
        [("dari".to_owned(), from.to_string()), ("sampai".to_owned(), today.to_string())].into_iter().collect();
    let form = fields(frame::form(ctx, format!("{PAGE}/baru")).values(values));
    Ok(frame::respond(ctx, &header("Buat ekspor").purpose(MASKED), form))
}

const MASKED: &str = "NIK tersamar; nama, alamat, telepon, dan isian pemohon tidak disertakan.";

/// What was typed, or everything that is wrong with it.
fn read(input: &Input, today: Date) -> Result<(Date, Date, String), Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut day = |name: &'static str| {
        parse_tanggal(input.text(name)).map_err(|e| problems.push(FieldProblem::new(name, e.to_string()))).ok()
    };
    let (dari, sampai) = (day("dari"), day("sampai"));
    if let (Some(dari), Some(sampai)) = (dari, sampai)
        && dari > sampai
    {
        problems.push(FieldProblem::new("sampai", "Tanggal ini mendahului tanggal awalnya."));
    }
    if sampai.is_some_and(|day| day > today) {
        problems.push(FieldProblem::new("sampai", "Tanggal ini belum tiba. Pilih paling akhir hari ini."));
    }
    let tujuan = input.text("tujuan").split_whitespace().collect::<Vec<_>>().join(" ");
    if !PURPOSE.contains(&tujuan.chars().count()) {
        problems.push(FieldProblem::new("tujuan", "Tulis untuk apa ekspor ini, 10 sampai 300 huruf."));
    }
    match (dari, sampai) {
        (Some(dari), Some(sampai)) if problems.is_empty() => Ok((dari, sampai, tujuan)),
        _ => Err(problems),
    }
}

/// POST …/baru: writes into the chain that it is handed out, takes an anchor of that, and lets the background write the file.
pub(crate) fn create(ctx: &Ctx, input: &Input) -> Outcome {
    let (dari, sampai, tujuan) = match read(input, ctx.today()) {
        Ok(read) => read,
        Err(problems) => {
            let refusal = Refusal::Fields(problems);
            let form = frame::form_again(ctx, format!("{PAGE}/baru"), input)
                .refusal("Ekspor belum dibuat.", praja_kernel::Refuse::next_step(&refusal))
                .problems(&praja_kernel::Refuse::fields(&refusal));
            return Ok(Response::form_again(page(&frame::shell(ctx), &header("Buat ekspor").purpose(MASKED), fields(form))));
        }
    };
    let instance = ctx.instance();
    // What is not in the chain yet belongs into this export; what is much, the background writes.
    if !rantai::begin(instance, kerja::BEGIN, AT_ONCE)? {
        let form = frame::form_again(ctx, format!("{PAGE}/baru"), input).refusal(
            "Rantai pengawasan masih disusun dari permohonan lama.",
            "Ekspor dapat dibuat sesudah semuanya masuk. Coba lagi beberapa menit lagi; yang Anda ketik tetap ada di sini.",
        );
        return Ok(Response::form_again(page(&frame::shell(ctx), &header("Buat ekspor").purpose(MASKED), fields(form))));
    }
    let (instansi, keys) = (instance.id.to_string(), instance.keys().clone());
    let ekspor = Ekspor {
        dari: dari.to_string(),
        sampai: sampai.to_string(),
        tujuan: tujuan.clone(),
        zona: instance.zona.name().to_owned(),
        latihan: instance.jenis == Jenis::Contoh,
    };
    let response = ctx.submit(input, Keys::of([rantai::key()]), move |tx| {
        let (id, now) = (tx.new_id()?, tx.now()?);
        let last = rantai::handed_out(tx, id, &ekspor)?;
        let jangkar = audit::anchor_now(tx, &instansi, now, &keys)?.text();
        let (urut, sidik) = (last.urut, last.sidik.as_str());
        store::insert(tx, &store::Baru { id, dari, sampai, tujuan: &tujuan, urut, sidik, jangkar: &jangkar })?;
        tx.enqueue(kerja::WRITE, &id, now, None)?;
        let entry = Entry::new("perizinan.export-pengawasan", "perizinan_ekspor", id)
            .with("dari", dari)
            .with("sampai", sampai)
            .with("ujung", format!("{urut} {sidik}"));
        tx.audit(&entry.because(&tujuan))?;
        Ok::<_, Problem>(format!("{PAGE}/{id}"))
    })?;
    Ok(response.with_notice("Ekspor dicatat dan sedang disusun."))
}

fn find(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Unduhan, Problem> {
    let id: Id = ctx.param("id")?;
    store::get(tx, id)?.ok_or(Problem::NotFound)
}

/// GET …/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = find(ctx, tx)?;
    let zona = ctx.instance().zona;
    let mut header = header(format!("Ekspor {}", tanggal_pendek(zona.date(one.dibuat))));
    let is_moving = one.status == Status::Disusun;
    if is_moving {
        header = header.refresh(2);
    }
    let mut facts = Facts::new()
        .add("Keadaan", status(&one))
        .add("Permohonan yang diajukan", format!("{} sampai {}", tanggal_panjang(one.dari), tanggal_panjang(one.sampai)))
        .add("Tujuan", &one.tujuan)
        .add("Dibuat", frame::time(zona, one.dibuat).0)
        .add("Oleh", &one.oleh_nama)
        .add("Ujung rantai", html! { "Baris " (one.urut) br; span.kode.putus { (one.sidik) } });
    if let Some(at) = one.selesai {
        facts = facts
            .add("Selesai disusun", frame::time(zona, at).0)
            .add("Ukuran", size(one.ukuran))
            .add("Sidik berkas (SHA-256)", html! { span.kode.putus { (one.sidik_berkas) } });
    }
    let waits = is_moving.then_some("1000");
    let positive = |count: i64| u64::try_from(count).unwrap_or(0);
    let content = html! {
        div.isi #ekspor data-segarkan=[waits] {
            (facts)
            @if is_moving {
                (progress("Menyusun berkas", positive(one.maju.0), positive(one.maju.1), &format!("{} dari {} baris", one.maju.0, one.maju.1)))
                p.redup { "Anda boleh meninggalkan halaman ini; berkas tetap disusun." }
            } @else {
                (act_bar(&[
                    Act::link("Unduh ekspor", format!("{PAGE}/{}/berkas", one.id)).icon(Icon::Download).main(),
                    Act::link("Unduh jangkarnya", format!("{PAGE}/{}/jangkar", one.id)).icon(Icon::Download),
                    Act::link("Cara memeriksa", format!("{PAGE}/periksa")),
                ]))
                (Notice::new(Tone::Info, "Jangkar ini untuk pemeriksaan berikutnya.").text("Yang membuktikan ekspor ini adalah jangkar yang sudah Anda simpan sebelumnya."))
            }
        }
    };
    Ok(frame::respond(ctx, &header, content))
}

/// GET …/{id}/berkas
pub(crate) fn file(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = find(ctx, tx)?;
    let alamat = one.berkas.as_deref().ok_or(Problem::NotFound)?;
    let blob = tx.blob(alamat)?.ok_or(Problem::NotFound)?;
    let local = ctx.instance().zona.local(one.dibuat);
    let name = format!("ekspor-perizinan-{}-{:02}{:02}.zip", local.date(), local.hour(), local.minute());
    Ok(Response::of(Body::File { blob, mime: "application/zip".into(), name, inline: false }))
}

fn anchor(ctx: &Ctx, at: praja_kernel::Moment, text: String) -> Response {
    let local = ctx.instance().zona.local(at);
    let name = format!("jangkar-{}-{:02}{:02}.txt", local.date().to_string().replace('-', ""), local.hour(), local.minute());
    Response::of(Body::Bytes { bytes: text.into_bytes(), mime: "text/plain; charset=utf-8", name })
}

/// GET …/{id}/jangkar
pub(crate) fn anchor_of(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = find(ctx, tx)?;
    Ok(anchor(ctx, one.dibuat, one.jangkar))
}

/// GET …/jangkar: the ends of all chains as they are now, signed.
pub(crate) fn newest(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (instance, now) = (ctx.instance(), ctx.now());
    let one = audit::anchor_now(tx, &instance.id.to_string(), now, instance.keys())?;
    Ok(anchor(ctx, now, one.text()))
}

/// GET …/periksa
pub(crate) fn how(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    let content = html! {
        (section("Sebelumnya: simpan jangkar", html! {
            p { "Jangkar adalah berkas teks pendek: ujung setiap rantai pada suatu hari, ditandatangani. Unduh dari halaman "
                a href=(PAGE) { "Ekspor pengawasan" } " dan simpan di luar kantor yang diawasi: flashdisk, surel kantor, atau kertas." }
            p { "Jangkar membuktikan semua yang terjadi sampai hari itu. Yang terjadi sesudahnya baru terbukti oleh jangkar berikutnya." }
        }))
        (section("Memeriksa, tanpa server dan tanpa internet", html! {
            ol {
                li { "Siapkan berkas ekspor (ZIP), jangkar yang Anda simpan sebelum ekspor itu dibuat, dan program " code { "praja" }
                    " dari sumber yang Anda percaya, bukan dari server yang diperiksa. Program tidak perlu dipasang." }
                li { "Pada komputer mana pun, buka terminal di folder itu dan ketik:"
                    br; code.kode.putus { "praja audit verify --export ekspor.zip --anchor jangkar.txt" } }
                li { "Baca hasilnya: apa yang diperiksa, sampai baris mana rantai terbukti oleh jangkar Anda, dan bila ada yang salah, nama berkas dan barisnya." }
            }
        }))
        (section("Yang ketahuan", html! {
            ul {
                li { "sel yang diubah, baris yang dihapus, ditambah, atau ditukar dalam tabel mana pun;" }
                li { "rantai yang dipotong, disambung, atau dihitung ulang dari awal;" }
                li { "tabel dari ekspor lain, daftar isi yang diubah, berkas yang disisipkan." }
            }
        }))
        (section("Yang tidak disertakan", html! {
            p { (MASKED) " Nama pemohon dan catatan petugas terikat dalam rantai sebagai sidik: bila diminta sah, admin dapat menunjukkan nilainya dan sidik itu membuktikan bahwa nilainya tidak diganti." }
            p { "Permohonan dari sebelum rantai ada, dan yang diimpor, masuk rantai dengan keadaannya saat itu; langkah-langkah sebelumnya tidak terbukti." }
        }))
    };
    Ok(frame::respond(ctx, &header("Cara memeriksa ekspor"), content))
}
