//! The survey as anybody fills it in, and the results as the OPD reads them.

mod hasil;
mod laporan;

use praja_identity::opd;
use praja_kernel::{FieldProblem, Id, Refuse, nama_bulan, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem, Response, seal, unseal};
use praja_store::{Keys, Tx};
use praja_web::{
    Cell, Column, EmptyState, Field, Form, Icon, Link, Markup, Notice, PageHeader, Row, Stat, Table, Tone, charts,
    export::{self, Col, Format, Sheet},
    frame, html, icon, qr, section, stats,
};

use super::{
    About, Hasil, Refusal, Sums, answer, check, index,
    rules::{FIELDS, e2, elements},
    store, sums,
};
use crate::{MANAGE_PENGADUAN, visitors, words::encode};

pub(crate) use hasil::results as public_results;
pub(crate) use laporan::{finish, plan, publish, report};

/// Where anybody answers.
const PUBLIC: &str = "/kepuasan";
/// The results.
const LIST: &str = "/desk/kepuasan";
/// What the seal of an invitation is for.
const PURPOSE: &str = "kepuasan";
/// What the seal of the moment at which the questions were drawn is for.
const DRAWN: &str = "kepuasan-mulai";
/// Nobody reads nine questions in fewer seconds.
const LEAST_MS: i64 = 10_000;
/// So many remarks are shown.
const REMARKS: i64 = 50;

/// The way from a thing's page to the survey about how it was served. Answered once for each thing.
pub fn invite(ctx: &Ctx, about: &About) -> Markup {
    html! {
        p.ajakan { (icon(Icon::Chart)) " Bagaimana pelayanan kami? " a href=(address(ctx, about)) { "Isi survei kepuasan" } " dalam satu menit." }
    }
}

/// The index of a service this year, for the page that citizens see; nothing while nobody answered.
///
/// # Errors
/// When the database fails.
pub fn summary(ctx: &Ctx, tx: &mut Tx<'_>, opd: Id, layanan: &str) -> praja_store::Result<Markup> {
    let year = ctx.today().year();
    let sums = sums(tx, opd, Some(layanan), &format!("{year}-01"), &format!("{year}-12"))?;
    Ok(match index(&sums) {
        Some(hasil) => html! {
            p { "Indeks kepuasan masyarakat " (year) ": " strong { (e2(hasil.ikm_e2)) } " (" (hasil.mutu.kinerja.to_lowercase()) "), dari " (sums.responden) " responden." }
        },
        None => html! {},
    })
}

fn address(ctx: &Ctx, about: &About) -> String {
    let sealed = seal(
        ctx.instance().keys(),
        PURPOSE,
        &format!(
            "{}\n{}\n{}\n{}",
            about.objek,
            about.opd,
            about.layanan.replace('\n', " "),
            if about.gratis { "gratis" } else { "" }
        ),
    );
    format!("{PUBLIC}?tentang={}", encode(&sealed))
}

fn about(ctx: &Ctx, sealed: &str) -> Option<About> {
    let opened = unseal(ctx.instance().keys(), PURPOSE, sealed)?;
    let parts: Vec<&str> = opened.split('\n').collect();
    // Codes that were printed before the price was part of them have three parts.
    let (objek, opd, layanan, gratis) = match parts.as_slice() {
        [objek, opd, layanan] => (objek, opd, layanan, false),
        [objek, opd, layanan, price] => (objek, opd, layanan, *price == "gratis"),
        _ => return None,
    };
    Some(About { objek: (*objek).to_owned(), opd: opd.parse().ok()?, layanan: (*layanan).to_owned(), gratis })
}

/// GET /kepuasan?tentang=…
pub(crate) fn form(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    let sealed = ctx.query("tentang").unwrap_or_default();
    let Some(about) = about(ctx, sealed) else { return Ok(no_link(ctx)) };
    if is_officer(ctx) {
        let refusal = Refusal::Officer;
        let content = html! { (Notice::new(Tone::Info, refusal.to_string()).text(refusal.next_step())) };
        return Ok(frame::respond_plain(ctx, &header(&about), content));
    }
    let form = fields(frame::form(ctx, PUBLIC).hidden("tentang", sealed).hidden("mulai", drawn(ctx)), about.gratis);
    Ok(frame::respond_plain(ctx, &header(&about), form))
}

/// An officer, or a device at the counter: whoever serves does not judge the serving.
fn is_officer(ctx: &Ctx) -> bool {
    ctx.who().is_some_and(|who| !who.is_citizen()) || ctx.sent_cookie("praja_loket").is_some()
}

/// When the questions were drawn, so that nobody can say it was earlier.
fn drawn(ctx: &Ctx) -> String {
    seal(ctx.instance().keys(), DRAWN, &ctx.now().0.to_string())
}

/// Were the questions before somebody's eyes for long enough?
fn was_read(ctx: &Ctx, input: &Input) -> bool {
    let at = unseal(ctx.instance().keys(), DRAWN, input.raw("mulai")).and_then(|text| text.parse::<i64>().ok());
    at.is_some_and(|at| ctx.now().0 - at >= LEAST_MS)
}

/// POST /kepuasan
pub(crate) fn send(ctx: &Ctx, input: &Input) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let sealed = input.raw("tentang").to_owned();
    let Some(about) = about(ctx, &sealed) else { return Ok(no_link(ctx)) };
    if is_officer(ctx) {
        return Err(Problem::refused(Refusal::Officer));
    }
    let typed = |name: &str| if about.gratis && name == FIELDS[3] { "4".to_owned() } else { input.raw(name).to_owned() };
    let answers = match check(typed).and_then(|answers| if was_read(ctx, input) { Ok(answers) } else { Err(Refusal::Hasty) }) {
        Ok(answers) => answers,
        Err(refusal) => {
            // The moment at which the questions were first drawn travels on; where it is none of ours, it begins now.
            let begun = if unseal(ctx.instance().keys(), DRAWN, input.raw("mulai")).is_some() {
                input.raw("mulai").to_owned()
            } else {
                drawn(ctx)
            };
            let form = frame::form_again(ctx, PUBLIC, input).hidden("tentang", sealed).hidden("mulai", begun);
            let form = fields(form.refusal(refusal.to_string(), refusal.next_step()).problems(&refusal.fields()), about.gratis);
            return Ok(Response::form_again(praja_web::plain_page(&frame::shell(ctx), &header(&about), form)));
        }
    };
    let hasty = |throttle: &std::sync::Arc<praja_module::Throttle>| !throttle.allows(&ctx.incoming().address, ctx.now());
    if ctx.instance().ports.strangers_files.as_ref().is_some_and(hasty) {
        return Err(Problem::TooOften);
    }
    // A thing is judged once; at the counter each form counts once.
    let form = input.form_id().ok_or(Problem::StaleForm)?;
    let kunci = if about.objek.is_empty() { format!("formulir:{form}") } else { about.objek.clone() };
    let today = ctx.today();
    let bulan = format!("{}-{:02}", today.year(), today.month());
    let kept = ctx.write(Keys::none(), move |tx| answer(tx, &about, &answers, &kunci, &bulan))?;
    let (title, text) = if kept {
        ("Terima kasih atas jawaban Anda", "Jawaban Anda tidak menyebut nama dan dipakai memperbaiki pelayanan.")
    } else {
        ("Jawaban untuk pelayanan ini sudah kami terima", "Satu pelayanan dinilai satu kali.")
    };
    let content = html! { (Notice::new(Tone::Good, title).text(text)) };
    Ok(frame::respond_plain(ctx, &PageHeader::new("Survei kepuasan masyarakat"), content))
}

fn fields(form: Form, gratis: bool) -> Form {
    let questions = elements()
        .iter()
        .zip(FIELDS)
        .filter(|(_, field)| !(gratis && *field == FIELDS[3]))
        .map(|(unsur, field)| {
            let options = [
                ("1", format!("1, {}", unsur.rendah)),
                ("2", "2".to_owned()),
                ("3", "3".to_owned()),
                ("4", format!("4, {}", unsur.tinggi)),
            ];
            Field::radio(field, unsur.nama.as_str(), &options).required()
        })
        .collect();
    let education = ["", "SD ke bawah", "SMP", "SMA", "Diploma", "Sarjana ke atas"]
        .map(|word| (word, if word.is_empty() { "Tidak disebut" } else { word }));
    let work = ["", "ASN, TNI, atau Polri", "Swasta", "Wirausaha", "Petani atau nelayan", "Pelajar atau mahasiswa", "Lainnya"]
        .map(|word| (word, if word.is_empty() { "Tidak disebut" } else { word }));
    let ages = ["", "Di bawah 20 tahun", "20 sampai 29 tahun", "30 sampai 39 tahun", "40 sampai 49 tahun", "50 tahun ke atas"]
        .map(|word| (word, if word.is_empty() { "Tidak disebut" } else { word }));
    let scale = if gratis {
        "1 berarti kurang, 4 berarti sangat baik. Layanan ini gratis, sehingga biayanya bernilai 4."
    } else {
        "1 berarti kurang, 4 berarti sangat baik."
    };
    form.group("Penilaian Anda", scale, questions)
        .group(
            "Tentang Anda",
            "Boleh dilewati; tidak ada nama yang dicatat.",
            vec![
                Field::select("kelamin", "Jenis kelamin", &[("", "Tidak disebut"), ("l", "Laki-laki"), ("p", "Perempuan")])
                    .value(""),
                Field::select("usia", "Usia", &ages).value(""),
                Field::select("pendidikan", "Pendidikan", &education).value(""),
                Field::select("pekerjaan", "Pekerjaan", &work).value(""),
                Field::textarea("saran", "Saran").rows(3).max_length(1000),
            ],
        )
        .submit("Kirim jawaban")
}

fn header(about: &About) -> PageHeader {
    PageHeader::new("Survei kepuasan masyarakat").purpose(about.layanan.clone())
}

fn no_link(ctx: &Ctx) -> Response {
    let refusal = Refusal::Link;
    let content = html! { (Notice::new(Tone::Info, refusal.to_string()).text(refusal.next_step())) };
    frame::respond_plain(ctx, &PageHeader::new("Survei kepuasan masyarakat"), content)
}

/// The OPD whose results are shown: the own one, or any for who manages all.
fn shown_opd(ctx: &Ctx) -> Result<Option<Id>, Problem> {
    let own = ctx.scope()?.opd();
    match ctx.query("opd").map(str::parse::<Id>) {
        Some(Ok(opd)) if ctx.may(MANAGE_PENGADUAN) || ctx.scope()?.covers_opd(opd) => Ok(Some(opd)),
        Some(_) => Err(Problem::NotFound),
        None => Ok(own),
    }
}

fn year(ctx: &Ctx) -> i16 {
    ctx.query("tahun").and_then(|text| text.parse().ok()).unwrap_or_else(|| ctx.today().year())
}

/// GET /desk/kepuasan?opd=…&tahun=…&layanan=…
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let header = PageHeader::new("Kepuasan masyarakat")
        .purpose("Indeks menurut PermenPANRB 14/2017 dari jawaban yang masuk.")
        .action(Link::new("Buka laporan dan tindak lanjut", laporan::REPORT).icon(Icon::Chart));
    let Some(shown) = shown_opd(ctx)? else {
        let empty = EmptyState::new(Icon::Chart, "Belum ada OPD", "Pilih jabatan Anda pada \"Bertindak sebagai\".");
        return Ok(frame::respond(ctx, &header, empty));
    };
    let (tahun, layanan) = (year(ctx), ctx.query("layanan"));
    let (dari, sampai) = (format!("{tahun}-01"), format!("{tahun}-12"));
    let sums = sums(tx, shown, layanan, &dari, &sampai)?;
    let name = opd::name(tx, shown)?.unwrap_or_default();
    let services = store::services(tx, shown)?;
    let link = |tahun: i16, layanan: Option<&str>| {
        let service = layanan.map_or_else(String::new, |word| format!("&layanan={}", encode(word)));
        format!("{LIST}?opd={shown}&tahun={tahun}{service}")
    };
    let mut table = results(&sums, index(&sums).as_ref());
    for year in [ctx.today().year(), ctx.today().year() - 1] {
        table = table.chip(year.to_string(), link(year, layanan), year == tahun);
    }
    table = table.chip("Semua layanan", link(tahun, None), layanan.is_none());
    for service in &services {
        table = table.chip(service.as_str(), link(tahun, Some(service)), layanan == Some(service.as_str()));
    }
    for (label, format) in Format::ALL.map(|format| (format.label(), format.ending())) {
        table = table.export(Link::new(label, format!("{LIST}/unduh?opd={shown}&tahun={tahun}&format={format}")));
    }
    let zona = ctx.instance().zona;
    let remarks = store::remarks(tx, shown, &dari, &sampai, REMARKS)?;
    let remarks = Table::new("Saran")
        .column(Column::text("Saran"))
        .column(Column::text("Layanan"))
        .column(Column::date("Tanggal").corner())
        .rows(remarks.iter().map(|(layanan, saran, pada)| {
            Row::new(vec![saran.as_str().into(), layanan.as_str().into(), tanggal_pendek(zona.date(*pada)).into()])
        }))
        .empty(EmptyState::new(Icon::Comment, "Belum ada saran", "Saran yang ditulis responden tampil di sini."));
    let chooser = chooser(ctx, tx, shown)?;
    let content = html! {
        (chooser)
        @if let Some(hasil) = index(&sums) { (tiles(&hasil, &sums)) (chart(&hasil)) }
        (section(&format!("Unsur pelayanan, {name}"), table))
        (section("Saran", remarks))
        (section("Tautan survei untuk loket", link_form(ctx, shown, None)))
    };
    Ok(frame::respond(ctx, &header, content))
}

fn chooser(ctx: &Ctx, tx: &mut Tx<'_>, shown: Id) -> praja_store::Result<Markup> {
    if !ctx.may(MANAGE_PENGADUAN) {
        return Ok(html! {});
    }
    let offices: Vec<(String, String)> = opd::list_active(tx)?.into_iter().map(|opd| (opd.id.to_string(), opd.nama)).collect();
    let form = Form::get(LIST)
        .field(Field::select("opd", "Perangkat daerah", &offices).value(shown.to_string()))
        .submit("Tampilkan OPD");
    Ok(html! { (form) })
}

fn tiles(hasil: &Hasil, sums: &Sums) -> Markup {
    let tone = match hasil.mutu.huruf.as_str() {
        "A" | "B" => Tone::Good,
        "C" => Tone::Warn,
        _ => Tone::Bad,
    };
    let weakest = hasil.rata_e2.iter().enumerate().filter_map(|(at, mean)| Some((mean.as_ref()?, at))).min();
    let mut all = vec![
        Stat { label: "Indeks kepuasan".into(), value: e2(hasil.ikm_e2), note: hasil.mutu.kinerja.clone(), tone, href: None },
        Stat {
            label: "Mutu pelayanan".into(),
            value: hasil.mutu.huruf.clone(),
            note: hasil.mutu.kinerja.clone(),
            tone,
            href: None,
        },
        Stat { label: "Responden".into(), value: sums.responden.to_string(), ..Stat::default() },
    ];
    if let Some((mean, at)) = weakest {
        let nama = elements().get(at).map(|unsur| unsur.nama.clone()).unwrap_or_default();
        all.push(Stat { label: "Unsur terendah".into(), value: e2(*mean), note: nama, ..Stat::default() });
    }
    stats(&all)
}

fn chart(hasil: &Hasil) -> Markup {
    let points: Vec<charts::Point> = elements()
        .iter()
        .zip(&hasil.rata_e2)
        .filter_map(|(unsur, mean)| Some(charts::Point::new(unsur.kode.as_str(), (*mean)?, e2((*mean)?))))
        .collect();
    charts::bars("Nilai rata-rata per unsur", "Unsur", "Nilai (1 sampai 4)", &points)
}

fn results(sums: &Sums, hasil: Option<&Hasil>) -> Table {
    let row = |(at, unsur): (usize, &super::Unsur)| {
        let mean = hasil.and_then(|hasil| hasil.rata_e2.get(at).copied().flatten());
        let count = sums.unsur.get(at).map_or(0, |(count, _)| *count);
        Row::new(vec![
            format!("{} {}", unsur.kode, unsur.nama).into(),
            mean.map_or_else(Cell::empty, |mean| Cell::new(e2(mean))),
            Cell::new(count),
        ])
    };
    let table = Table::new("Unsur pelayanan")
        .column(Column::text("Unsur"))
        .column(Column::number("Nilai rata-rata"))
        .column(Column::number("Jawaban"))
        .empty(EmptyState::new(
            Icon::Chart,
            "Belum ada jawaban",
            "Bagikan tautan survei di bawah, atau pasang kode QR-nya di loket.",
        ));
    if hasil.is_some() { table.rows(elements().iter().enumerate().map(row)) } else { table }
}

fn link_form(ctx: &Ctx, opd: Id, refused: Option<(&Input, &[FieldProblem])>) -> Form {
    let action = format!("{LIST}/tautan");
    let form = match refused {
        Some((input, problems)) => frame::form_again(ctx, action, input).problems(problems),
        None => frame::form(ctx, action),
    };
    form.hidden("opd", opd.to_string())
        .field(
            Field::text("layanan", "Nama layanan")
                .required()
                .max_length(120)
                .hint("Seperti pada standar pelayanan, misalnya Penerbitan surat pengantar."),
        )
        .field(
            Field::checkbox("gratis", "Layanan ini gratis")
                .hint("Unsur biaya bernilai 4 untuk semua orang dan tidak ditanyakan."),
        )
        .submit("Buat tautan dan kode QR")
}

/// POST /desk/kepuasan/tautan: a link and a code to put on the counter. Changes nothing.
pub(crate) fn link(ctx: &Ctx, input: &Input) -> Outcome {
    let opd: Id = input.text("opd").parse().map_err(|_| Problem::NotFound)?;
    if !(ctx.may(MANAGE_PENGADUAN) || ctx.scope()?.covers_opd(opd)) {
        return Err(Problem::NotFound);
    }
    let layanan = input.text("layanan").split_whitespace().collect::<Vec<_>>().join(" ");
    let header =
        PageHeader::new("Tautan survei").purpose("Cetak kode QR ini dan pasang di loket.").crumb("Kepuasan masyarakat", LIST);
    if layanan.is_empty() || layanan.chars().count() > 120 {
        let problems = [FieldProblem::new("layanan", "Tulis nama layanan, paling panjang 120 huruf.")];
        let form = link_form(ctx, opd, Some((input, &problems)));
        return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header, form)));
    }
    let gratis = input.text("gratis") == "ya";
    let url = ctx.url(&address(ctx, &About { objek: String::new(), opd, layanan: layanan.clone(), gratis }));
    let code = qr::svg(&url, &format!("Survei kepuasan: {layanan}")).map_err(|e| Problem::Fault(e.to_string()))?;
    let content = html! {
        h2 { (layanan) }
        div.kode-qr { (code) }
        p { a href=(url) { "Buka survei" } }
        p.redup { "Setiap orang mengisi satu formulir. Jawaban dihitung untuk layanan ini." }
    };
    Ok(frame::respond(ctx, &header, content))
}

/// GET /desk/kepuasan/unduh?opd=…&tahun=…: per service and element.
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let shown = shown_opd(ctx)?.ok_or(Problem::NotFound)?;
    let tahun = year(ctx);
    let masa = laporan::asked(ctx);
    let (dari, sampai) = masa.span(tahun);
    let (first, last) = masa.months();
    let mut sheet = Sheet::new(format!("Kepuasan masyarakat {tahun}"))
        .column(Col::text("Layanan"))
        .column(Col::int("Responden"))
        .column(Col::text("Indeks"))
        .column(Col::text("Mutu"));
    for unsur in elements() {
        sheet = sheet.column(Col::text(format!("{} {}", unsur.kode, unsur.nama)));
    }
    sheet = sheet
        .about("Perangkat daerah", opd::name(tx, shown)?.unwrap_or_default())
        .about("Masa", format!("{} sampai {} {tahun}", nama_bulan(first.cast_signed()), nama_bulan(last.cast_signed())));
    for service in store::services(tx, shown)? {
        let sums = sums(tx, shown, Some(&service), &dari, &sampai)?;
        let Some(hasil) = index(&sums) else { continue };
        let mut row: Vec<export::Cell> =
            vec![service.into(), sums.responden.into(), e2(hasil.ikm_e2).into(), hasil.mutu.huruf.clone().into()];
        row.extend(hasil.rata_e2.iter().map(|mean| mean.map(e2).into()));
        sheet.push(row);
    }
    export::respond(ctx, sheet, Format::asked(ctx), "kepuasan-masyarakat")
}
