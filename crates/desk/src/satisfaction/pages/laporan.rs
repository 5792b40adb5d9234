//! The report of a period: index, ranking, trend, profile, what is done about the lowest elements, and its publication.

use praja_identity::opd;
use praja_kernel::{Id, Refuse, parse_tanggal, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit};
use praja_web::{
    Act, Cell, Column, EmptyState, Field, Form, FormValues, Icon, Markup, PageHeader, Row, Stat, Table, Tone, badge, charts,
    export::Format, form::Width, frame, html, section, stats,
};

use super::{LIST, shown_opd, year};
use crate::{
    MANAGE_PENGADUAN,
    satisfaction::{
        Refusal, Sums, index,
        laporan::{Masa, check, may_publish, profil, sampel, urutan},
        rules::{e2, elements},
        store, sums,
    },
};

pub(super) const REPORT: &str = "/desk/kepuasan/laporan";
/// So many of the lowest elements are worked on.
const LOWEST: usize = 3;

pub(super) fn asked(ctx: &Ctx) -> Masa {
    ctx.query("masa").and_then(|word| Masa::parse(word).ok()).unwrap_or(Masa::Tahun)
}

/// What a report is about.
#[derive(Clone, Copy)]
struct Tentang {
    opd: Id,
    tahun: i16,
    masa: Masa,
}

impl Tentang {
    fn href(self) -> String {
        format!("{REPORT}?opd={}&tahun={}&masa={}", self.opd, self.tahun, self.masa.as_str())
    }

    fn sums(self, tx: &mut Tx<'_>, layanan: Option<&str>) -> praja_store::Result<Sums> {
        let (dari, sampai) = self.masa.span(self.tahun);
        sums(tx, self.opd, layanan, &dari, &sampai)
    }
}

fn header() -> PageHeader {
    PageHeader::new("Laporan survei kepuasan")
        .purpose("Menurut PermenPANRB 14/2017: indeks, urutan unsur, kecenderungan, profil, dan tindak lanjut.")
        .crumb("Kepuasan masyarakat", LIST)
}

/// GET /desk/kepuasan/laporan?opd=…&tahun=…&masa=…&populasi=…
pub(crate) fn report(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let Some(opd) = shown_opd(ctx)? else {
        let empty = EmptyState::new(Icon::Chart, "Belum ada OPD", "Pilih jabatan Anda pada \"Bertindak sebagai\".");
        return Ok(frame::respond(ctx, &header(), empty));
    };
    let content = content(ctx, tx, Tentang { opd, tahun: year(ctx), masa: asked(ctx) }, None)?;
    Ok(frame::respond(ctx, &header(), content))
}

fn content(ctx: &Ctx, tx: &mut Tx<'_>, about: Tentang, plan: Option<Form>) -> Result<Markup, Problem> {
    let sums = about.sums(tx, None)?;
    let name = opd::name(tx, about.opd)?.unwrap_or_default();
    let order = urutan(&sums);
    let services = services(tx, about)?;
    let (dari, sampai) = about.masa.span(about.tahun);
    let people = store::profile(tx, about.opd, &dari, &sampai)?;
    let plans = store::plans(tx, about.opd, about.tahun, about.masa)?;
    let trend = trend(tx, about)?;
    Ok(html! {
        (chooser(ctx, tx, about)?)
        h2 { (name) ", " (about.masa.label()) " " (about.tahun) }
        (tiles(ctx, &sums))
        (trend)
        (section("Urutan unsur, yang terendah di atas", ranking(&sums, &order)))
        (section("Menurut layanan", services))
        (section("Profil responden", profile(&people)))
        (section("Tindak lanjut tiga unsur terendah", follow_up(ctx, about, &order, &plans, plan)))
        (section("Terbitkan", publication(ctx, about, &sums)))
    })
}

fn chooser(ctx: &Ctx, tx: &mut Tx<'_>, about: Tentang) -> Result<Markup, Problem> {
    let masa: Vec<(&str, &str)> = Masa::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    let values = FormValues::new()
        .with("opd", about.opd.to_string())
        .with("tahun", about.tahun.to_string())
        .with("masa", about.masa.as_str())
        .with("populasi", ctx.query("populasi").unwrap_or_default());
    let mut form = Form::get(REPORT).values(values);
    if ctx.may(MANAGE_PENGADUAN) {
        let offices: Vec<(String, String)> =
            opd::list_active(tx)?.into_iter().map(|one| (one.id.to_string(), one.nama)).collect();
        form = form.field(Field::select("opd", "Perangkat daerah", &offices));
    }
    let form = form
        .field(Field::number("tahun", "Tahun").min("2020").max("2099").width(Width::Short))
        .field(Field::select("masa", "Masa", &masa))
        .field(
            Field::number("populasi", "Banyaknya yang dilayani")
                .min("0")
                .width(Width::Short)
                .hint("Untuk menghitung sampel yang perlu."),
        )
        .submit("Tampilkan laporan");
    let links = Format::ALL.map(|format| {
        let masa = about.masa.as_str();
        (format.label(), format!("{LIST}/unduh?opd={}&tahun={}&masa={masa}&format={}", about.opd, about.tahun, format.ending()))
    });
    Ok(html! { (form) ul.tautan { @for (label, href) in links { li { a href=(href) { (label) } } } } })
}

fn tiles(ctx: &Ctx, sums: &Sums) -> Markup {
    let hasil = index(sums);
    let needed = ctx.query("populasi").and_then(|text| text.parse::<u64>().ok()).map(sampel);
    let enough = needed.is_none_or(|needed| u64::try_from(sums.responden).is_ok_and(|count| count >= needed));
    let mut all = vec![Stat {
        label: "Indeks kepuasan".into(),
        value: hasil.as_ref().map_or_else(|| "-".to_owned(), |hasil| e2(hasil.ikm_e2)),
        note: hasil
            .as_ref()
            .map_or_else(String::new, |hasil| format!("{}, {}", hasil.mutu.huruf, hasil.mutu.kinerja.to_lowercase())),
        ..Stat::default()
    }];
    all.push(Stat { label: "Responden".into(), value: sums.responden.to_string(), ..Stat::default() });
    if let Some(needed) = needed {
        let (tone, note) = if enough { (Tone::Good, "tercapai") } else { (Tone::Warn, "belum tercapai") };
        all.push(Stat { label: "Sampel yang perlu".into(), value: needed.to_string(), note: note.into(), tone, href: None });
    }
    stats(&all)
}

/// The index of each quarter of this year and the one before; quarters without answers are left out.
fn trend(tx: &mut Tx<'_>, about: Tentang) -> Result<Markup, Problem> {
    let mut points = Vec::new();
    for tahun in [about.tahun - 1, about.tahun] {
        for masa in Masa::QUARTERS {
            if let Some(hasil) = index(&Tentang { tahun, masa, ..about }.sums(tx, None)?) {
                points.push(charts::Point::new(format!("{} {tahun}", masa.label()), hasil.ikm_e2, e2(hasil.ikm_e2)));
            }
        }
    }
    Ok(if points.len() < 2 {
        html! {}
    } else {
        charts::line("Indeks per triwulan", "Triwulan", "Indeks", &points)
    })
}

fn ranking(sums: &Sums, order: &[usize]) -> Table {
    let hasil = index(sums);
    let mean = |at: usize| hasil.as_ref().and_then(|hasil| hasil.rata_e2.get(at).copied().flatten()).map_or_else(String::new, e2);
    Table::new("Urutan unsur")
        .column(Column::text("Unsur"))
        .column(Column::number("Nilai rata-rata"))
        .column(Column::number("Jawaban"))
        .rows(order.iter().filter_map(|at| {
            let unsur = elements().get(*at)?;
            Some(Row::new(vec![format!("{} {}", unsur.kode, unsur.nama).into(), mean(*at).into(), Cell::new(sums.unsur[*at].0)]))
        }))
        .empty(EmptyState::new(Icon::Chart, "Belum ada jawaban pada masa ini", "Pilih masa lain, atau bagikan tautan surveinya."))
}

fn services(tx: &mut Tx<'_>, about: Tentang) -> Result<Table, Problem> {
    let mut rows = Vec::new();
    for service in store::services(tx, about.opd)? {
        let sums = about.sums(tx, Some(&service))?;
        if let Some(hasil) = index(&sums) {
            rows.push(Row::new(vec![
                service.into(),
                e2(hasil.ikm_e2).into(),
                hasil.mutu.huruf.into(),
                Cell::new(sums.responden),
            ]));
        }
    }
    Ok(Table::new("Menurut layanan")
        .column(Column::text("Layanan"))
        .column(Column::number("Indeks"))
        .column(Column::text("Mutu"))
        .column(Column::number("Responden"))
        .rows(rows)
        .empty(EmptyState::new(Icon::Chart, "Belum ada jawaban pada masa ini", "Layanan tampil setelah dinilai.")))
}

fn profile(people: &[[String; 4]]) -> Markup {
    let heads = ["Jenis kelamin", "Usia", "Pendidikan", "Pekerjaan"];
    let word = |at: usize, value: &str| match (at, value) {
        (_, "") => "Tidak disebut".to_owned(),
        (0, "l") => "Laki-laki".to_owned(),
        (0, "p") => "Perempuan".to_owned(),
        (_, other) => other.to_owned(),
    };
    html! {
        @for (at, head) in heads.iter().enumerate() {
            (Table::new(*head)
                .column(Column::text(*head))
                .column(Column::number("Orang"))
                .rows(profil(people.iter().map(|one| word(at, &one[at]))).into_iter().map(|(name, count)| {
                    Row::new(vec![name.into(), count.map_or_else(|| "Tidak ditampilkan".into(), Cell::new)])
                }))
                .empty(EmptyState::new(Icon::People, "Belum ada jawaban", "Profil tampil setelah ada yang menjawab.")))
        }
        p.redup { "Kelompok di bawah tiga orang tidak ditampilkan." }
    }
}

fn lowest(order: &[usize]) -> Vec<&'static str> {
    order.iter().take(LOWEST).filter_map(|at| elements().get(*at)).map(|one| one.kode.as_str()).collect()
}

fn follow_up(ctx: &Ctx, about: Tentang, order: &[usize], plans: &[store::Tersimpan], form: Option<Form>) -> Markup {
    let today = ctx.today();
    let name = |kode: &str| {
        elements().iter().find(|one| one.kode == kode).map_or_else(|| kode.to_owned(), |one| format!("{} {}", one.kode, one.nama))
    };
    let choices: Vec<(&str, String)> = lowest(order).into_iter().map(|kode| (kode, name(kode))).collect();
    let form = form.unwrap_or_else(|| frame::form(ctx, format!("{LIST}/rencana")));
    html! {
        @for (id, plan, done, _) in plans {
            section.bagian {
                h3 { (name(&plan.unsur)) }
                p { (plan.tindakan) }
                p { (plan.pemilik) ", selesai " (tanggal_pendek(plan.tenggat)) " "
                    @if *done { (badge(Tone::Good, "Selesai")) }
                    @else if plan.tenggat < today { (badge(Tone::Bad, "Terlambat")) }
                    @else { (badge(Tone::Info, "Berjalan")) }
                }
                @if !done {
                    (Act::post("Tandai selesai", format!("{LIST}/rencana/{id}/selesai"), ctx.csrf(), ctx.form_id().to_string())
                        .value("opd", about.opd.to_string()).value("tahun", about.tahun.to_string()).value("masa", about.masa.as_str()))
                }
            }
        }
        @if choices.is_empty() { p { "Unsur terendah tampil setelah ada jawaban." } }
        @else {
            (hidden(form, about)
                .field(Field::select("unsur", "Unsur", &choices).required())
                .field(Field::textarea("tindakan", "Yang dilakukan").rows(3).required().max_length(500))
                .field(Field::text("pemilik", "Penanggung jawab").required().max_length(120).hint("Jabatan atau nama."))
                .field(Field::date("tenggat", "Selesai pada").required())
                .submit("Catat tindak lanjut"))
        }
    }
}

fn hidden(form: Form, about: Tentang) -> Form {
    form.hidden("opd", about.opd.to_string()).hidden("tahun", about.tahun.to_string()).hidden("masa", about.masa.as_str())
}

fn publication(ctx: &Ctx, about: Tentang, sums: &Sums) -> Markup {
    html! {
        @if may_publish(sums.responden) {
            p { "Hasil masa ini dan tindak lanjutnya dapat dibaca semua orang pada " a href="/kepuasan/hasil" { "halaman hasil survei" } " setelah diterbitkan." }
            (hidden(frame::form(ctx, format!("{LIST}/terbit")), about).submit("Terbitkan hasil"))
        } @else {
            p { "Hasil dari kurang dari tiga orang tidak diterbitkan." }
        }
    }
}

/// What a form of the report is about, when whoever sent it may see it.
fn sent(ctx: &Ctx, input: &Input) -> Result<Tentang, Problem> {
    let opd: Id = input.text("opd").parse().map_err(|_| Problem::NotFound)?;
    if !(ctx.may(MANAGE_PENGADUAN) || ctx.scope()?.covers_opd(opd)) {
        return Err(Problem::NotFound);
    }
    let tahun = input.text("tahun").parse().map_err(|_| Problem::NotFound)?;
    let masa = Masa::parse(input.text("masa")).map_err(|_| Problem::NotFound)?;
    Ok(Tentang { opd, tahun, masa })
}

/// POST /desk/kepuasan/rencana
pub(crate) fn plan(ctx: &Ctx, input: &Input) -> Outcome {
    let about = sent(ctx, input)?;
    let order = ctx.read(|tx| about.sums(tx, None).map(|sums| urutan(&sums)).map_err(Problem::from))?;
    let day = parse_tanggal(input.text("tenggat")).ok();
    let plan = match check(|name| input.raw(name).to_owned(), day, ctx.today(), &lowest(&order)) {
        Ok(plan) => plan,
        Err(refusal) => {
            let form = frame::form_again(ctx, format!("{LIST}/rencana"), input)
                .refusal(refusal.message(), refusal.next_step())
                .problems(&refusal.fields());
            let content = ctx.read(|tx| content(ctx, tx, about, Some(form.clone())))?;
            return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(), content)));
        }
    };
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let id = store::insert_plan(tx, about.opd, about.tahun, about.masa, &plan)?;
        let entry = audit::Entry::new("desk.plan-tindak-lanjut", "desk_kepuasan_rencana", id).with("unsur", &plan.unsur);
        tx.audit(&entry.with("pemilik", &plan.pemilik).with("tenggat", plan.tenggat))?;
        Ok::<_, Problem>(about.href())
    })?;
    Ok(response.with_notice("Tindak lanjut sudah dicatat."))
}

/// POST /desk/kepuasan/rencana/{id}/selesai
pub(crate) fn finish(ctx: &Ctx, input: &Input) -> Outcome {
    let (about, id) = (sent(ctx, input)?, ctx.param::<Id>("id")?);
    let response = ctx.submit(input, Keys::none(), move |tx| {
        if !store::finish_plan(tx, id, about.opd)? {
            return Err(Problem::Conflict);
        }
        tx.audit(&audit::Entry::new("desk.finish-tindak-lanjut", "desk_kepuasan_rencana", id))?;
        Ok::<_, Problem>(about.href())
    })?;
    Ok(response.with_notice("Tindak lanjut ditandai selesai."))
}

/// POST /desk/kepuasan/terbit
pub(crate) fn publish(ctx: &Ctx, input: &Input) -> Outcome {
    let about = sent(ctx, input)?;
    let oleh = ctx.scope()?.actor.nama().to_owned();
    let response = ctx.submit(input, Keys::none(), move |tx| {
        if !may_publish(about.sums(tx, None)?.responden) {
            return Err(Problem::refused(Refusal::TooFew));
        }
        store::publish(tx, about.opd, about.tahun, about.masa, &oleh)?;
        let entry = audit::Entry::new("desk.publish-kepuasan", "desk_kepuasan_terbit", about.opd);
        tx.audit(&entry.with("tahun", about.tahun).with("masa", about.masa.as_str()))?;
        Ok::<_, Problem>(about.href())
    })?;
    Ok(response.with_notice("Hasil survei sudah diterbitkan."))
}
