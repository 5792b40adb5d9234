use praja_identity::opd;
use praja_kernel::{CaraKerja, Id, tanggal_jam};
use praja_module::{Body, Ctx, Input, Outcome, Problem, Response, seal, unseal};
use praja_store::{Keys, StoreError, Tx};
use praja_web::{
    Cell, Column, Facts, Icon, Link, Markup, Notice, PageHeader, Row, Table, Tone, assets, badge, frame, html, section,
};

use super::{LIST, PAGE, ms, rate};
use crate::{
    READ_UKUR,
    ukur::{
        Angka, Dengan, Ukur, keep,
        plain::{LETTERS, Next, Walk, letters},
        store,
    },
};

/// Measurements of the own office that the page shows.
const SHOWN: i64 = 5;
/// What the seals are for: a walk on its way, and figures on their way to be kept.
const WALK: &str = "ukur-jalan";
const DONE: &str = "ukur-hasil";
/// The most that is sent for one measurement, in KiB.
const MOST_KIB: usize = 4_096;
/// Answers that a script may report at once.
const MOST_TIMES: usize = 100;

/// GET /ukur
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let opd = ctx.scope()?.opd();
    let mut header = PageHeader::new("Jaringan kantor")
        .purpose("Mengukur jaringan dari kantor Anda ke mesin Praja, supaya cara kerja kantor Anda sesuai dengan jaringannya.");
    if ctx.may(READ_UKUR) {
        header = header.action(Link::new("Lihat semua kantor", LIST).icon(Icon::Chart));
    }
    let Some(opd) = opd else {
        let text =
            "Hasil ukur disimpan atas nama perangkat daerah. Pilih jabatan Anda di kanan atas, lalu buka lagi halaman ini.";
        return Ok(frame::respond(
            ctx,
            &header,
            html! { (Notice::new(Tone::Info, "Belum ada jabatan yang dipilih").text(text)) },
        ));
    };
    let nama = opd::name(tx, opd)?.unwrap_or_default();
    let latest = store::latest(tx, opd, SHOWN)?;
    let content = html! {
        (measure(ctx, &nama))
        @if let Some(first) = latest.first() { (result(ctx, first)) }
        @if latest.len() > 1 { (section("Pengukuran terakhir", history(ctx, &latest))) }
        script src=(assets::url("ukur.js")) defer {}
    };
    Ok(frame::respond(ctx, &header, content))
}

/// The button, which also works without the script: it is a link that leads on from step to step.
fn measure(ctx: &Ctx, nama: &str) -> Markup {
    html! {
        div.panel {
            p { "Buka halaman ini di " strong { (nama) } ", pada jaringan yang dipakai sehari-hari, lalu ukur. Lamanya kurang dari satu menit." }
            form #ukur method="post" action=(PAGE) {
                input type="hidden" name="_csrf" value=(ctx.csrf());
                input type="hidden" name="_kunci" value=(ctx.form_id());
                input type="hidden" name="waktu";
                input type="hidden" name="unduh";
                input type="hidden" name="unggah";
                a.tombol.utama #mulai-ukur href={ (PAGE) "/langkah" } { "Ukur jaringan" }
            }
            p #kabar-ukur role="status" aria-live="polite" {}
        }
    }
}

fn result(ctx: &Ctx, one: &Ukur) -> Markup {
    let (cara, sebab) = one.angka.cara();
    let when = tanggal_jam(ctx.instance().zona.local(one.pada));
    let facts = Facts::new()
        .add("Cara kerja", html! { (badge(tone(cara), cara.label())) })
        .add("Jawaban", format!("{}, hampir semua sampai {}", ms(one.angka.p50_us), ms(one.angka.p95_us)))
        .add("Goyah", ms(one.angka.goyah_us))
        .add("Unduh", rate(one.angka.unduh_kbit))
        .add("Unggah", rate(one.angka.unggah_kbit))
        .add("Diukur", format!("{when} oleh {}", one.oleh_nama));
    section(
        "Hasil terakhir",
        html! {
            p { (cara.artinya()) }
            (facts)
            @if !sebab.is_empty() {
                p { "Yang menghalangi cara kerja yang lebih baik:" }
                ul.berbutir { @for one in &sebab { li { (one) "." } } }
            }
        },
    )
}

fn history(ctx: &Ctx, latest: &[Ukur]) -> Table {
    let zona = ctx.instance().zona;
    Table::new("Pengukuran terakhir")
        .column(Column::text("Diukur"))
        .column(Column::text("Jawaban"))
        .column(Column::text("Unduh"))
        .column(Column::text("Unggah"))
        .column(Column::text("Cara kerja").corner())
        .rows(latest.iter().map(|one| {
            let when: Cell = tanggal_jam(zona.local(one.pada)).into();
            let cells = [ms(one.angka.p95_us), rate(one.angka.unduh_kbit), rate(one.angka.unggah_kbit)];
            let mut row = vec![when];
            row.extend(cells.into_iter().map(Cell::from));
            row.push(badge(tone(one.cara), one.cara.label()).into());
            Row::new(row)
        }))
}

/// How a way of working is shown.
pub(super) const fn tone(cara: CaraKerja) -> Tone {
    match cara {
        CaraKerja::Daring => Tone::Good,
        CaraKerja::Hemat => Tone::Info,
        CaraKerja::Berkala => Tone::Warn,
        CaraKerja::Titip => Tone::Bad,
    }
}

/// GET /ukur/berkas?kb=256: so many KiB that cannot be compressed; none at all to measure the answer alone.
pub(crate) fn piece(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    let kib = ctx.query("kb").and_then(|text| text.parse::<usize>().ok()).unwrap_or(0).min(MOST_KIB);
    let bytes = letters(kib * 1024, seed(ctx)).into_bytes();
    Ok(Response::of(Body::Bytes { bytes, mime: "application/octet-stream", name: "ukur.bin".to_owned() }))
}

/// Two pages of one office must not weigh the same letters: something on the way may keep them.
fn seed(ctx: &Ctx) -> u64 {
    let id = ctx.form_id().to_string();
    id.bytes().fold(ctx.now().ms().unsigned_abs(), |state, byte| state.wrapping_mul(0x100_0000_01b3) ^ u64::from(byte))
}

/// GET /ukur/langkah?s=…: the next step without the script.
pub(crate) fn walk(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let keys = ctx.instance().keys();
    let on = |text: &str| format!("{PAGE}/langkah?s={}", seal(keys, WALK, text));
    let Some(sealed) = ctx.query("s") else {
        return Ok(Response::redirect(on(&Walk::begin(ctx.now()).text())));
    };
    // A seal of an older page, or a stranger's, begins anew.
    let next = unseal(keys, WALK, sealed).and_then(|text| Walk::parse(&text)).map_or(Next::Again, |walk| walk.step(ctx.now()));
    match next {
        Next::On(text) => Ok(Response::redirect(on(&text))),
        Next::Weigh(text) => Ok(Response::page(weighed(&on(&text), seed(ctx)))),
        Next::Done(angka) => done(ctx, tx, &angka),
        Next::Again => Ok(Response::redirect(PAGE).with_notice("Pengukuran terhenti terlalu lama. Ukur lagi dari awal.")),
    }
}

/// A page of known weight that leads on by itself once all of it is there.
fn weighed(next: &str, seed: u64) -> String {
    html! {
        (praja_web::DOCTYPE)
        html lang="id" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="refresh" content=(format!("0; url={next}"));
                title { "Mengukur jaringan" }
                link rel="stylesheet" href=(assets::url("praja.css"));
            }
            body {
                main { h1 { "Mengukur jaringan" } p role="status" { "Halaman ini berlanjut sendiri setelah seluruhnya sampai." } }
                div hidden { (letters(LETTERS, seed)) }
            }
        }
    }
    .into_string()
}

/// What was measured without the script, to be kept with one press.
fn done(ctx: &Ctx, tx: &mut Tx<'_>, angka: &Angka) -> Outcome {
    let Some(opd) = ctx.scope()?.opd() else { return Ok(Response::redirect(PAGE)) };
    let nama = opd::name(tx, opd)?.unwrap_or_default();
    let (cara, sebab) = angka.cara();
    let Angka { p50_us, p95_us, goyah_us, .. } = *angka;
    let figures = format!("{p50_us}|{p95_us}|{goyah_us}|{}", angka.unduh_kbit.unwrap_or_default());
    let form = frame::form(ctx, PAGE)
        .hidden("hasil", seal(ctx.instance().keys(), DONE, &figures))
        .submit("Simpan hasil")
        .cancel("Ukur lagi", format!("{PAGE}/langkah"));
    let facts = Facts::new()
        .add("Kantor", &nama)
        .add("Cara kerja", html! { (badge(tone(cara), cara.label())) })
        .add("Jawaban", format!("{}, hampir semua sampai {}", ms(p50_us), ms(p95_us)))
        .add("Unduh", rate(angka.unduh_kbit))
        .add("Unggah", "Hanya dapat diukur dengan skrip");
    let header = PageHeader::new("Hasil ukur jaringan")
        .purpose("Simpan supaya pengelola mengetahui jaringan kantor Anda.")
        .crumb("Jaringan kantor", PAGE);
    let content = html! {
        p { (cara.artinya()) }
        (facts)
        @if !sebab.is_empty() { ul.berbutir { @for one in &sebab { li { (one) "." } } } }
        (form)
    };
    Ok(frame::respond(ctx, &header, content))
}

/// POST /ukur: keeps what was measured. A form with nothing but weight measures the way up, and keeps nothing.
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    if input.fields.iter().any(|(name, _)| name == "beban") {
        return Ok(Response::json("{}".to_owned()));
    }
    let again = || Ok(Response::redirect(PAGE).with_notice("Hasil ukur itu tidak dapat dibaca. Ukur lagi dari awal."));
    let Some((angka, dengan)) = figures(ctx, input) else { return again() };
    let opd: Id = ctx.scope()?.opd().ok_or(Problem::NotFound)?;
    let response = ctx.submit(input, Keys::none(), move |tx| {
        keep(tx, opd, &angka, dengan)?;
        Ok::<_, StoreError>(PAGE.to_owned())
    })?;
    Ok(response.with_notice("Hasil ukur disimpan."))
}

/// The figures of a form: those under our seal, or those that the script measured.
fn figures(ctx: &Ctx, input: &Input) -> Option<(Angka, Dengan)> {
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let sealed = input.text("hasil");
    if !sealed.is_empty() {
        let text = unseal(ctx.instance().keys(), DONE, sealed)?;
        let parts: Vec<u64> = text.split('|').map(number).collect::<Option<_>>()?;
        let [p50_us, p95_us, goyah_us, unduh] = parts[..] else { return None };
        return Some((Angka { p50_us, p95_us, goyah_us, unduh_kbit: Some(unduh), unggah_kbit: None }, Dengan::Polos));
    }
    let times: Vec<u64> = input.text("waktu").split(',').take(MOST_TIMES + 1).map(number).collect::<Option<_>>()?;
    let rate = |name: &str| match input.text(name) {
        "" => Some(None),
        text => number(text).map(Some),
    };
    let angka = Angka::of(&times, rate("unduh")?, rate("unggah")?).filter(|_| times.len() <= MOST_TIMES)?;
    Some((angka, Dengan::Skrip))
}
