//! Refusals as the inspectorate reads them: code, rule and words, without who applied; and what it found.

pub(crate) mod store;

use praja_kernel::{FieldProblem, Id, Refuse, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem, Response, Route};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{
    Address, Cell, Column, EmptyState, Facts, Field, Form, Icon, Notice, PageHeader, Row, Table, Tone, badge,
    export::{self, Col, Format, Sheet},
    frame, html,
};

use crate::{
    hak::{INSPECT, REVIEW},
    permohonan::{AlasanTolak, Refusal},
};

/// The list.
const PAGE: &str = "/perizinan/izin/tinjau-tolak";
/// Rows of a page.
const ROWS: usize = 50;
/// Rows of a file.
const MOST: usize = 5000;

/// The addresses.
pub(crate) const ROUTES: &[Route] = &[
    Route::get(PAGE, INSPECT, "Penolakan izin yang ditinjau pengawas", list),
    Route::get("/perizinan/izin/tinjau-tolak/unduh", INSPECT, "Mengunduh daftar penolakan", download),
    Route::get("/perizinan/izin/tinjau-tolak/{id}", INSPECT, "Satu penolakan untuk ditinjau", form),
    Route::post("/perizinan/izin/tinjau-tolak/{id}", REVIEW, "Mencatat penilaian atas penolakan", save),
];

praja_kernel::words! {
    /// What was found.
    pub(crate) enum Penilaian ("penilaian penolakan") {
        /// The reason and its rule hold.
        Wajar => "wajar", "Wajar";
        /// The reason may hold, but is told badly.
        KurangJelas => "kurang-jelas", "Alasan kurang jelas";
        /// It should not have been refused so.
        TidakBerdasar => "tidak-berdasar", "Tidak berdasar";
    }
}

fn reason(kode: &str) -> String {
    AlasanTolak::parse(kode).map_or_else(|_| kode.to_owned(), |one| one.label().to_owned())
}

/// GET /perizinan/izin/tinjau-tolak
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let after = match ctx.query("sesudah") {
        None => None,
        Some(text) => {
            let parts = text.split_once('.').and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
            Some(parts.ok_or(Problem::NotFound)?)
        }
    };
    let mut rows = store::list(tx, after, ROWS + 1)?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let here = Address::here(ctx).without("sesudah");
    let next =
        rows.last().filter(|_| more).map(|row| here.clone().set("sesudah", format!("{}.{}", row.diajukan.ms(), row.id)).href());
    let empty = rows.is_empty();
    let zona = ctx.instance().zona;
    let lines = rows.iter().map(|row| {
        let found = match row.hasil.as_deref().and_then(|word| Penilaian::parse(word).ok()) {
            Some(Penilaian::Wajar) => badge(Tone::Good, Penilaian::Wajar.label()),
            Some(other) => badge(Tone::Warn, other.label()),
            None => badge(Tone::Neutral, "Belum ditinjau"),
        };
        Row::new(vec![
            Cell::new(&row.nomor),
            Cell::new(&row.layanan),
            Cell::new(reason(&row.kode)),
            Cell::new(&row.dasar),
            Cell::new(found),
            Cell::new(tanggal_pendek(zona.date(row.diajukan))),
        ])
        .href(format!("{PAGE}/{}", row.id))
    });
    let mut table = Table::new("Penolakan izin")
        .column(Column::text("Nomor"))
        .column(Column::text("Layanan"))
        .column(Column::text("Alasan"))
        .column(Column::text("Dasar"))
        .column(Column::text("Penilaian").corner())
        .column(Column::date("Diajukan"))
        .rows(lines)
        .pager(after.map(|_| here.clone().href()), next)
        .empty(EmptyState::new(
            Icon::Shield,
            "Belum ada penolakan",
            "Permohonan yang ditolak tampil di sini dengan alasan dan dasarnya.",
        ));
    if !empty {
        table = table.downloads(&here.clone().at(format!("{PAGE}/unduh")));
    }
    let header = PageHeader::new("Tinjau penolakan")
        .purpose("Baca alasan dan dasarnya, lalu catat penilaian. Nama dan NIK pemohon tidak ditampilkan.");
    Ok(frame::respond(ctx, &header, table))
}

/// GET …/unduh
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let rows = store::list(tx, None, MOST)?;
    let mut sheet = Sheet::new("Penolakan izin")
        .column(Col::text("Nomor"))
        .column(Col::text("Layanan"))
        .column(Col::text("Alasan"))
        .column(Col::text("Dasar"))
        .column(Col::text("Penilaian"))
        .column(Col::date("Diajukan"));
    for row in rows {
        let found = row.hasil.as_deref().and_then(|word| Penilaian::parse(word).ok()).map_or("Belum ditinjau", Penilaian::label);
        sheet.push(vec![
            export::Cell::Text(row.nomor),
            export::Cell::Text(row.layanan),
            export::Cell::Text(reason(&row.kode)),
            export::Cell::Text(row.dasar),
            export::Cell::Text(found.into()),
            export::Cell::Date(ctx.instance().zona.date(row.diajukan)),
        ]);
    }
    export::respond(ctx, sheet, Format::asked(ctx), "penolakan-izin")
}

fn fields(form: Form) -> Form {
    let words: Vec<_> = Penilaian::ALL.iter().map(|one| (one.as_str(), one.label())).collect();
    form.field(Field::radio("hasil", "Penilaian", &words).required())
        .field(
            Field::textarea("catatan", "Catatan")
                .rows(3)
                .max_length(1000)
                .hint("Wajib bila penolakan dinilai kurang jelas atau tidak berdasar."),
        )
        .submit("Simpan penilaian")
        .cancel("Kembali ke daftar", PAGE)
}

/// Whoever belongs to the office that refused reads what was found and finds nothing itself.
fn is_outside(ctx: &Ctx, one: &store::Penolakan) -> bool {
    ctx.scope().is_ok_and(|scope| scope.opd() != Some(one.opd))
}

fn page(ctx: &Ctx, tx: &mut Tx<'_>, id: Id, form: Form) -> Result<String, Problem> {
    let one = store::get(tx, id)?.ok_or(Problem::NotFound)?;
    let facts = Facts::new()
        .add("Nomor", &one.nomor)
        .add("Layanan", &one.layanan)
        .add("Alasan", reason(&one.kode))
        .add("Dasar", &one.dasar)
        .add_maybe("Penjelasan kepada pemohon", store::words(tx, id)?)
        .add_maybe("Ditinjau", one.oleh.as_ref().map(|nama| format!("oleh {nama}")));
    let header = PageHeader::new(format!("Penolakan {}", one.nomor)).crumb("Tinjau penolakan", PAGE);
    let content = if is_outside(ctx, &one) && ctx.may(REVIEW) {
        html! { (facts) (fields(form)) }
    } else {
        html! {
            (facts)
            (Notice::new(Tone::Info, "Penilaian dicatat pengawas di luar kantor yang menolak.").text("Di sini Anda membaca hasilnya."))
        }
    };
    Ok(praja_web::page(&frame::shell(ctx), &header, content))
}

/// GET …/{id}
pub(crate) fn form(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let id: Id = ctx.param("id")?;
    let form = frame::form(ctx, format!("{PAGE}/{id}"));
    Ok(Response::page(page(ctx, tx, id, form)?))
}

/// POST …/{id}
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let id: Id = ctx.param("id")?;
    let mut problems = Vec::new();
    let hasil =
        Penilaian::parse(input.text("hasil")).map_err(|_| problems.push(FieldProblem::new("hasil", "Pilih penilaian."))).ok();
    let catatan: String = input.text("catatan").chars().take(1000).collect();
    if hasil.is_some_and(|one| one != Penilaian::Wajar) && catatan.chars().count() < 10 {
        problems.push(FieldProblem::new("catatan", "Tulis yang kurang jelas atau tidak berdasar, paling sedikit 10 huruf."));
    }
    let Some(hasil) = hasil.filter(|_| problems.is_empty()) else {
        let refusal = Refusal::Fields(problems);
        let form = frame::form_again(ctx, format!("{PAGE}/{id}"), input)
            .refusal("Penilaian belum disimpan.", refusal.next_step())
            .problems(&refusal.fields());
        return Ok(Response::form_again(ctx.read(|tx| page(ctx, tx, id, form.clone()))?));
    };
    let mine = ctx.clone();
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let one = store::get(tx, id)?.filter(|one| is_outside(&mine, one)).ok_or(Problem::NotFound)?;
        store::put(tx, id, hasil, &catatan)?;
        let entry =
            Entry::new("perizinan.review-penolakan", crate::TABLE, id).with("nomor", &one.nomor).with("hasil", hasil.as_str());
        tx.audit(&if catatan.is_empty() { entry } else { entry.because(&catatan) })?;
        Ok::<_, Problem>(PAGE.to_owned())
    })?;
    Ok(response.with_notice("Penilaian disimpan."))
}
