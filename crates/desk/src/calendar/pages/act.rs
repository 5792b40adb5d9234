use praja_kernel::{Date, Refuse, YearStatus, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{
    Cell, Column, EmptyState, Facts, Field, Form, Icon, Markup, PageHeader, Row, Table, Tone, decision, frame, html, section,
};

use super::{Formulir, LIST, Refused, content, day_words, header, typed_date};
use crate::calendar::{Refusal, Year, keys, recount, save, year};

/// POST /desk/kalender/{tahun}/tambah
pub(crate) fn add(ctx: &Ctx, input: &Input) -> Outcome {
    let tahun = year_of(ctx)?;
    let text = |name: &str| input.text(name).to_owned();
    let (jenis, tanggal, nama, dasar) = (text("jenis"), typed_date(input.text("tanggal")), text("nama"), text("dasar"));
    let saved = change(ctx, input, tahun, move |year| {
        let sebab = format!(
            "{} ditetapkan libur: {}.",
            tanggal.as_ref().map_or_else(|_| "Hari".into(), |day| day_words(*day)),
            nama.trim()
        );
        Ok((year.with_day(&jenis, tanggal.clone(), &nama, &dasar)?, "desk.add-hari-libur", sebab))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Hari libur sudah ditambahkan. Batas waktu yang terdampak dihitung ulang.")),
        Err(Problem::Refused(refusal)) => {
            let content =
                ctx.read(|tx| content(ctx, tx, tahun, Some(&Refused { form: Formulir::Hari, input, refusal: &*refusal })))?;
            Ok(again(ctx, &header(tahun), content))
        }
        Err(other) => Err(other),
    }
}

/// GET /desk/kalender/{tahun}/hapus?tanggal=…
pub(crate) fn remove_ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let tahun = year_of(ctx)?;
    let tanggal: Date = ctx.query("tanggal").and_then(|text| text.parse().ok()).ok_or(Problem::NotFound)?;
    let year = year(tx, tahun, ctx.today())?;
    let form = frame::form(ctx, format!("{LIST}/{tahun}/hapus"));
    let page = remove_page(&year, tanggal, form).ok_or(Problem::NotFound)?;
    Ok(frame::respond(ctx, &below(tahun, "Hapus hari libur"), page))
}

/// POST /desk/kalender/{tahun}/hapus
pub(crate) fn remove_go(ctx: &Ctx, input: &Input) -> Outcome {
    let tahun = year_of(ctx)?;
    let tanggal: Date = input.text("tanggal").parse().map_err(|_| Problem::NotFound)?;
    let (alasan, today) = (input.text("alasan").to_owned(), ctx.today());
    let saved = change(ctx, input, tahun, move |year| {
        let sebab = format!("{} tidak lagi libur: {}.", day_words(tanggal), alasan.trim());
        Ok((year.without_day(tanggal, &alasan, today)?, "desk.remove-hari-libur", sebab))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Hari libur sudah dihapus. Batas waktu yang terdampak dihitung ulang.")),
        Err(Problem::Refused(refusal)) => {
            let year = ctx.read(|tx| year(tx, tahun, ctx.today()))?;
            let form = refused(frame::form_again(ctx, format!("{LIST}/{tahun}/hapus"), input), &*refusal);
            let page = remove_page(&year, tanggal, form).ok_or(Problem::NotFound)?;
            Ok(again(ctx, &below(tahun, "Hapus hari libur"), page))
        }
        Err(other) => Err(other),
    }
}

fn remove_page(year: &Year, tanggal: Date, form: Form) -> Option<Markup> {
    let one = year.days.iter().find(|one| one.day.tanggal == tanggal)?;
    let facts =
        Facts::new().add("Tanggal", day_words(tanggal)).add("Hari libur", &one.day.nama).add("Jenis", one.day.jenis.label());
    let what = [
        "Hari ini menjadi hari kerja.",
        "Batas waktu yang dihitung melewatinya menjadi lebih awal, dan pemegangnya diberi tahu.",
    ];
    let form = form
        .hidden("tanggal", tanggal.to_string())
        .field(Field::text("alasan", "Dasar atau alasan").required().max_length(200))
        .submit_danger("Hapus hari libur")
        .cancel("Kembali tanpa menghapus", format!("{LIST}?tahun={}", year.tahun));
    Some(decision(Tone::Warn, "Yang akan terjadi", &what, &facts, &form))
}

/// GET /desk/kalender/{tahun}/muat
pub(crate) fn load_ask(ctx: &Ctx, _: &mut Tx<'_>) -> Outcome {
    let tahun = year_of(ctx)?;
    let form = frame::form(ctx, format!("{LIST}/{tahun}/muat"));
    Ok(frame::respond(ctx, &below(tahun, "Muat daftar hari libur"), load_form(tahun, form)))
}

/// POST /desk/kalender/{tahun}/muat
pub(crate) fn load_go(ctx: &Ctx, input: &Input) -> Outcome {
    let tahun = year_of(ctx)?;
    let (text, today) = (input.raw("daftar").to_owned(), ctx.today());
    let saved = change(ctx, input, tahun, move |year| {
        Ok((year.with_list(&text, today)?, "desk.import-hari-libur", format!("Daftar hari libur {tahun} diganti.")))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("Daftar hari libur sudah dimuat. Batas waktu yang terdampak dihitung ulang.")),
        Err(Problem::Refused(refusal)) => {
            let form = refused(frame::form_again(ctx, format!("{LIST}/{tahun}/muat"), input), &*refusal);
            Ok(again(ctx, &below(tahun, "Muat daftar hari libur"), load_form(tahun, form)))
        }
        Err(other) => Err(other),
    }
}

fn load_form(tahun: i16, form: Form) -> Form {
    let hint = "Tempel isi berkas CSV: baris pertama tanggal,hari,jenis,nama; jenis libur_nasional atau cuti_bersama. \
                Bentuk yang sama dengan unduhan CSV kalender.";
    form.field(Field::textarea("daftar", "Daftar hari libur").rows(12).required().hint(hint))
        .submit("Muat daftar")
        .cancel("Kembali tanpa memuat", format!("{LIST}?tahun={tahun}"))
}

/// GET /desk/kalender/{tahun}/terbit: the decree's number, and which due dates would move.
pub(crate) fn publish_ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let tahun = year_of(ctx)?;
    let form = frame::form(ctx, format!("{LIST}/{tahun}/terbit"));
    let content = publish_page(ctx, tx, tahun, form)?;
    Ok(frame::respond(ctx, &below(tahun, "Terbitkan kalender"), content))
}

/// POST /desk/kalender/{tahun}/terbit
pub(crate) fn publish_go(ctx: &Ctx, input: &Input) -> Outcome {
    let tahun = year_of(ctx)?;
    let dasar = input.text("dasar").to_owned();
    let saved = change(ctx, input, tahun, move |year| {
        let sebab = format!("Kalender kerja {tahun} ditetapkan dengan {}.", dasar.trim());
        Ok((year.published(&dasar)?, "desk.publish-kalender", sebab))
    });
    match saved {
        Ok(response) => {
            Ok(response.with_notice("Kalender sudah diterbitkan. Batas waktu dihitung ulang dan pemegangnya diberi tahu."))
        }
        Err(Problem::Refused(refusal)) => {
            let form = refused(frame::form_again(ctx, format!("{LIST}/{tahun}/terbit"), input), &*refusal);
            let content = ctx.read(|tx| publish_page(ctx, tx, tahun, form.clone()))?;
            Ok(again(ctx, &below(tahun, "Terbitkan kalender"), content))
        }
        Err(other) => Err(other),
    }
}

fn publish_page(ctx: &Ctx, tx: &mut Tx<'_>, tahun: i16, form: Form) -> Result<Markup, Problem> {
    let today = ctx.today();
    let year = year(tx, tahun, today)?;
    let zona = ctx.instance().zona;
    let event =
        year.clone().published("pratinjau 1").map_err(Problem::refused)?.changes(&year, &[], "pratinjau".into(), String::new());
    let mut calendar = crate::calendar::of(tx, today)?;
    let status = YearStatus::Final { dasar: None };
    let days = year.days.iter().map(|one| one.day.clone()).collect();
    calendar.load(tahun, status, days).map_err(|e| Problem::Fault(e.to_string()))?;
    let open = crate::calendar::store::open_tasks(tx, today, Date::new(tahun, 12, 31).unwrap_or(today))?;
    let provisional: Vec<_> = open.iter().filter(|task| task.sementara).collect();
    let mut rows = Vec::new();
    for task in provisional.iter().take(50) {
        let Ok(due) = recount(&event, &calendar, zona.date(task.dibuat), task.tempo, true) else { continue };
        let certain = if due.provisional { "Masih sementara" } else { "Menjadi pasti" };
        rows.push(Row::new(vec![
            task.judul.as_str().into(),
            tanggal_pendek(task.tempo).into(),
            Cell::new(tanggal_pendek(due.date)),
            certain.into(),
        ]));
    }
    let facts = Facts::new()
        .add("Tahun", tahun)
        .add("Keadaan sekarang", year.status.label())
        .add("Hari libur dalam daftar", year.days.len())
        .add("Tugas terbuka yang bertanggal sementara", provisional.len());
    let what = [
        "Kalender tahun ini menjadi final dengan nomor keputusan yang Anda isi.",
        "Batas waktu tugas dan surat yang bertanggal sementara dihitung ulang, dan pemegangnya diberi tahu.",
    ];
    let form = form
        .field(
            Field::text("dasar", "Nomor keputusan bersama")
                .required()
                .max_length(160)
                .hint("Cocokkan dahulu daftar hari libur dengan naskah keputusannya."),
        )
        .submit("Terbitkan kalender")
        .cancel("Kembali tanpa menerbitkan", format!("{LIST}?tahun={tahun}"));
    let list = Table::new("Tugas bertanggal sementara")
        .column(Column::text("Tugas"))
        .column(Column::date("Batas waktu"))
        .column(Column::date("Sesudah terbit"))
        .column(Column::text("Kepastian"))
        .rows(rows)
        .empty(EmptyState::new(
            Icon::Good,
            "Tidak ada tugas bertanggal sementara",
            "Penerbitan tidak menggeser tugas yang terbuka.",
        ));
    Ok(html! {
        (decision(Tone::Info, "Yang akan terjadi", &what, &facts, &form))
        (section("Tugas bertanggal sementara", list))
    })
}

/// Reads the year, lets a rule change it, saves it with its event.
fn change(
    ctx: &Ctx,
    input: &Input,
    tahun: i16,
    rule: impl Fn(Year) -> Result<(Year, &'static str, String), Refusal> + Send + 'static,
) -> Result<Response, Problem> {
    let today = ctx.today();
    ctx.submit(input, keys(), move |tx| {
        let before = year(tx, tahun, today)?;
        let (after, act, sebab) = rule(before.clone()).map_err(Problem::refused)?;
        save(tx, &before, &after, act, &sebab)?;
        Ok::<_, Problem>(format!("{LIST}?tahun={tahun}"))
    })
}

/// Years that can be changed: this one and the two after it; the past is settled.
fn year_of(ctx: &Ctx) -> Result<i16, Problem> {
    let (tahun, this): (i16, i16) = (ctx.param("tahun")?, ctx.today().year());
    if (this..=this + 2).contains(&tahun) { Ok(tahun) } else { Err(Problem::refused(Refusal::Year(tahun))) }
}

fn refused(form: Form, refusal: &dyn Refuse) -> Form {
    form.refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields())
}

fn below(tahun: i16, title: &str) -> PageHeader {
    PageHeader::new(format!("{title} {tahun}")).crumb(format!("Kalender kerja {tahun}"), format!("{LIST}?tahun={tahun}"))
}

pub(super) fn again(ctx: &Ctx, header: &PageHeader, content: impl praja_web::Render) -> Response {
    Response::form_again(praja_web::page(&frame::shell(ctx), header, content))
}
