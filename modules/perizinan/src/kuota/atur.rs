//! Which places there are, and how many of each: kept by whoever keeps the services.

use praja_kernel::{FieldProblem, Id, Refuse, fold};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{
    Cell, Column, EmptyState, Field, Form, FormValues, Icon, Link, PageHeader, Row, Table, Tone, badge, form::Width, frame, html,
};

use super::{
    DESK, PAGE,
    store::{self, Kuota},
    umum::gathered,
};
use crate::{
    jenis,
    permohonan::{Refusal, isian::point},
};

/// More places of one kind than a regency has.
const MOST: i64 = 100_000;

/// A place that may be limited: the service, and the words of its field.
struct Pilihan {
    jenis: Id,
    layanan: String,
    words: Vec<String>,
}

/// Services that name a field for places, with the words of that field.
fn limited(tx: &mut Tx<'_>) -> praja_store::Result<Vec<Pilihan>> {
    let all = jenis::store::all(tx)?;
    let found = all.into_iter().filter_map(|one| {
        let words = one.isi.field(&one.isi.alur.kuota)?.pilihan.clone();
        Some(Pilihan { jenis: one.versi.jenis, layanan: one.versi.nama, words })
    });
    Ok(found.collect())
}

fn choices(all: &[Pilihan]) -> Vec<(String, String)> {
    let of = |one: &Pilihan| -> Vec<(String, String)> {
        one.words.iter().map(|word| (format!("{}|{word}", one.jenis), format!("{}: {word}", one.layanan))).collect()
    };
    all.iter().flat_map(of).collect()
}

/// GET /perizinan/izin/kuota
pub(super) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let rows = gathered(tx)?;
    let lines = rows.iter().map(|one| {
        let state = if one.kuota.aktif { badge(Tone::Good, "Dipakai") } else { badge(Tone::Neutral, "Tidak dipakai") };
        Row::new(vec![
            Cell::new(&one.kuota.nama),
            Cell::new(&one.layanan),
            Cell::new(one.kuota.jumlah),
            Cell::new(one.pegang),
            Cell::new(one.tunggu),
            Cell::new(state),
        ])
        .href(format!("{DESK}/{}", one.kuota.id))
    });
    let table = Table::new("Kuota tempat")
        .column(Column::text("Tempat"))
        .column(Column::text("Layanan"))
        .column(Column::number("Jumlah"))
        .column(Column::number("Terpakai"))
        .column(Column::number("Menunggu"))
        .column(Column::text("Keadaan").corner())
        .rows(lines)
        .empty(
            EmptyState::new(
                Icon::Settings,
                "Belum ada tempat yang dibatasi",
                "Tambahkan tempat dan jumlahnya; permohonan yang melebihinya menunggu menurut urutan.",
            )
            .action(Link::new("Tambah tempat", format!("{DESK}/baru"))),
        );
    let header = PageHeader::new("Kuota tempat")
        .purpose("Berapa tempat yang ada untuk setiap pilihan pada formulir layanan. Daftarnya terbuka bagi siapa pun.")
        .action(Link::new("Tambah tempat", format!("{DESK}/baru")).icon(Icon::Add));
    Ok(frame::respond(ctx, &header, html! { (table) p { a href=(PAGE) { "Lihat yang dilihat warga" } } }))
}

fn header(title: &str) -> PageHeader {
    PageHeader::new(title.to_owned())
        .purpose(
            "Jumlah yang dikurangi tidak mengambil tempat siapa pun; yang ditambah diberikan kepada yang menunggu paling lama.",
        )
        .crumb("Kuota tempat", DESK)
}

fn fields(form: Form) -> Form {
    form.field(Field::number("jumlah", "Jumlah tempat").required().min("0").max(MOST.to_string()).width(Width::Short))
        .field(Field::text("titik", "Letak").max_length(60).hint("Lintang dan bujur, misalnya -2,8731; 108,0512. Boleh kosong."))
        .field(
            Field::checkbox("aktif", "Dipakai")
                .hint("Yang tidak dipakai tidak membatasi permohonan baru dan tidak tampil bagi warga."),
        )
}

/// What was typed: how many, where, and whether it counts.
fn typed(input: &Input, problems: &mut Vec<FieldProblem>) -> (i64, String, bool) {
    let jumlah = input.text("jumlah").parse::<i64>().ok().filter(|count| (0..=MOST).contains(count));
    if jumlah.is_none() {
        problems.push(FieldProblem::new("jumlah", "Tulis angka antara 0 dan 100.000."));
    }
    let titik: String = input.text("titik").trim().chars().take(60).collect();
    if !titik.is_empty()
        && let Err(words) = point(&titik)
    {
        problems.push(FieldProblem::new("titik", words));
    }
    (jumlah.unwrap_or(0), titik, input.text("aktif") == "ya")
}

fn new_form(form: Form, all: &[Pilihan]) -> Form {
    let mut words = vec![(String::new(), "Pilih tempat".to_owned())];
    words.extend(choices(all));
    let form = form.field(
        Field::select("tempat", "Layanan dan tempat", &words)
            .required()
            .hint("Pilihan dari isian yang disebut sebagai kuota pada bagian alur jenis layanannya."),
    );
    fields(form).submit("Tambah tempat").cancel("Kembali", DESK)
}

/// GET /perizinan/izin/kuota/baru
pub(super) fn new(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let all = limited(tx)?;
    if choices(&all).is_empty() {
        let empty = EmptyState::new(
            Icon::Settings,
            "Belum ada layanan dengan kuota",
            "Pada jenis layanan, bagian alur, pilih isian yang menjadi tempat berkuota, lalu terbitkan versinya.",
        );
        return Ok(frame::respond(ctx, &header("Tambah tempat"), empty));
    }
    let form = frame::form(ctx, format!("{DESK}/baru")).values(FormValues::new().with("aktif", "ya"));
    Ok(frame::respond(ctx, &header("Tambah tempat"), new_form(form, &all)))
}

fn refused(form: Form, refusal: &dyn Refuse) -> Form {
    form.refusal("Tempat belum disimpan.", refusal.next_step()).problems(&refusal.fields())
}

/// POST /perizinan/izin/kuota/baru
pub(super) fn add(ctx: &Ctx, input: &Input) -> Outcome {
    let all = ctx.read(limited)?;
    let mut problems = Vec::new();
    let (jumlah, titik, aktif) = typed(input, &mut problems);
    let chosen = input.text("tempat").split_once('|').and_then(|(id, word)| {
        let jenis: Id = id.parse().ok()?;
        all.iter().find(|one| one.jenis == jenis)?.words.iter().find(|known| *known == word).map(|word| (jenis, word.clone()))
    });
    if chosen.is_none() {
        problems.push(FieldProblem::new("tempat", "Pilih layanan dan tempatnya."));
    }
    let again = |refusal: &dyn Refuse| {
        let form = new_form(refused(frame::form_again(ctx, format!("{DESK}/baru"), input), refusal), &all);
        Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header("Tambah tempat"), form)))
    };
    let Some((jenis, nama)) = chosen.filter(|_| problems.is_empty()) else { return again(&Refusal::Fields(problems)) };
    let done = ctx.submit(input, Keys::none(), move |tx| {
        let one = Kuota { id: tx.new_id()?, jenis, nama: nama.clone(), jumlah, titik: titik.clone(), aktif, versi: 1 };
        if !store::insert(tx, &one, &fold(&nama))? {
            let wrong = FieldProblem::new("tempat", "Tempat ini sudah ada. Ubah jumlahnya pada daftar.");
            return Err(Problem::refused(Refusal::Fields(vec![wrong])));
        }
        tx.audit(&Entry::new("perizinan.add-kuota", "perizinan_kuota", one.id).with("nama", &one.nama).with("jumlah", jumlah))?;
        Ok(DESK.to_owned())
    });
    match done {
        Ok(response) => Ok(response.with_notice("Tempat ditambahkan.")),
        Err(Problem::Refused(refusal)) => again(&*refusal),
        Err(other) => Err(other),
    }
}

fn edit_form(form: Form, versi: &str) -> Form {
    fields(form.hidden("versi", versi)).submit("Simpan tempat").cancel("Kembali", DESK)
}

/// GET /perizinan/izin/kuota/{id}
pub(super) fn edit(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = store::get(tx, ctx.param("id")?)?.ok_or(Problem::NotFound)?;
    let mut values = FormValues::new().with("jumlah", one.jumlah.to_string()).with("titik", &one.titik);
    if one.aktif {
        values = values.with("aktif", "ya");
    }
    let form = frame::form(ctx, format!("{DESK}/{}", one.id)).values(values);
    Ok(frame::respond(ctx, &header(&one.nama), edit_form(form, &one.versi.to_string())))
}

/// POST /perizinan/izin/kuota/{id}
pub(super) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let id: Id = ctx.param("id")?;
    let one = ctx.read(|tx| store::get(tx, id))?.ok_or(Problem::NotFound)?;
    let mut problems = Vec::new();
    let (jumlah, titik, aktif) = typed(input, &mut problems);
    if !problems.is_empty() {
        let form = refused(frame::form_again(ctx, format!("{DESK}/{id}"), input), &Refusal::Fields(problems));
        let form = edit_form(form, input.text("versi"));
        return Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header(&one.nama), form)));
    }
    let versi = input.text("versi").parse::<i64>().unwrap_or(0);
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let changed = Kuota { jumlah, titik: titik.clone(), aktif, versi, ..one.clone() };
        if !store::update(tx, &changed)? {
            return Err(Problem::Conflict);
        }
        tx.audit(
            &Entry::new("perizinan.change-kuota", "perizinan_kuota", id)
                .with("nama", &one.nama)
                .with("jumlah", jumlah)
                .with("aktif", aktif),
        )?;
        Ok::<_, Problem>(DESK.to_owned())
    })?;
    Ok(response.with_notice("Tempat disimpan."))
}
