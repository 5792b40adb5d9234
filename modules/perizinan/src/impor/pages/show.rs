use praja_desk::impor::{more, moving, place, problem_table, status_badge, way};
use praja_module::{Ctx, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{
    Act, Address, Cell, Column, EmptyState, Facts, Field, Form, FormValues, Icon, Link, Markup, Notice, PageHeader, Row, Stat,
    Table, Tone, act_bar, badge, decision, frame, html, page, section, stats,
};

use super::{LIST, PAGE, address, crumbs, find, grouped};
use crate::{
    impor::{Act as Step, Impor, MAX_PROBLEMS, Status, Tindakan, store},
    izin::terbit,
};

/// GET /perizinan/izin/impor/{id}: how far it is, what is wrong, what it will do or did.
pub(super) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let impor = find(ctx, tx)?;
    Ok(Response::page(whole(ctx, tx, &impor, None)?))
}

/// The page; `undo` is the form of taking back with what is wrong in it.
pub(super) fn whole(ctx: &Ctx, tx: &mut Tx<'_>, impor: &Impor, undo: Option<Form>) -> Result<String, Problem> {
    let mut header = crumbs(PageHeader::new(impor.berkas.as_str()).purpose("Izin aplikasi lama yang dipindahkan ke Praja."));
    if impor.status.is_moving() {
        header = header.refresh(2);
    }
    let body = match impor.status {
        Status::Membaca | Status::Memeriksa | Status::Menerapkan | Status::Mengurungkan => html! {
            (moving(impor.status, impor.maju, "izin", "Anda boleh meninggalkan halaman ini; pekerjaan berjalan terus dan permohonan tetap dilayani."))
            @if impor.status.after(Step::Cancel, 0).is_ok() { (cancel_act(ctx, impor)) }
        },
        Status::Tertolak => {
            let why = impor.catatan.as_deref().unwrap_or("Berkas ini tidak dapat dibaca.");
            html! {
                (Notice::new(Tone::Bad, why).link(Link::new("Unggah berkas lain", format!("{LIST}/baru"))))
                (cancel_act(ctx, impor))
            }
        }
        Status::Memetakan => unmapped(ctx, impor),
        Status::Diperiksa => checked(ctx, tx, impor)?,
        Status::Selesai => done(ctx, tx, impor, undo)?,
        Status::Diurungkan => {
            let rows = rows(ctx, tx, impor)?;
            let note = impor.catatan.as_deref().unwrap_or_default();
            html! { (Notice::new(Tone::Neutral, "Impor ini sudah diurungkan; izinnya dikeluarkan lagi.").text(note)) (rows) }
        }
        Status::Dibatalkan => html! { (Notice::new(Tone::Neutral, "Impor ini dibatalkan; tidak ada izin yang berubah.")) },
    };
    let waits = impor.status.is_moving().then_some("1000");
    let content = html! { div.isi #impor data-segarkan=[waits] { (way(place(impor.status))) (facts(ctx, impor)) (body) } };
    Ok(page(&frame::shell(ctx), &header, content))
}

fn facts(ctx: &Ctx, impor: &Impor) -> Facts {
    let (when, _) = frame::time(ctx.instance().zona, impor.dibuat);
    let file = html! { a href={ (address(impor.id)) "/berkas" } { (impor.berkas) } };
    let sheet = if impor.lembar.is_empty() { "Isi berkas" } else { &impor.lembar };
    let chosen = (impor.kepala > 0).then(|| format!("{sheet}, judul pada baris {}", impor.kepala));
    Facts::new()
        .add("Status", status_badge(impor.status))
        .add("Berkas", file)
        .add_maybe("Lembar", chosen)
        .add("Diunggah oleh", &impor.oleh)
        .add("Waktu", when)
}

fn unmapped(ctx: &Ctx, impor: &Impor) -> Markup {
    let acts = [
        Act::link("Tentukan lembar dan baris judul", format!("{}/lembar", address(impor.id))).icon(Icon::Right).main(),
        Act::link("Langsung ke pemetaan kolom", format!("{}/kolom", address(impor.id))),
    ];
    html! {
        (Notice::new(Tone::Info, "Berkas sudah terbaca. Tentukan lembar dan baris judulnya, lalu petakan kolomnya."))
        (act_bar(&acts))
        (cancel_act(ctx, impor))
    }
}

fn checked(ctx: &Ctx, tx: &mut Tx<'_>, impor: &Impor) -> Result<Markup, Problem> {
    let count = impor.hitungan;
    let mut remap = Vec::new();
    if !impor.layanan.is_empty() {
        remap.push(Act::link("Pasangkan nama layanan", format!("{}/layanan", address(impor.id))).icon(Icon::Edit));
    }
    remap.push(Act::link("Ubah pemetaan kolom", format!("{}/kolom", address(impor.id))).icon(Icon::Edit));
    remap.push(Act::link("Ubah lembar dan baris judul", format!("{}/lembar", address(impor.id))));
    let problems = problems(ctx, tx, impor)?;
    let rows = rows(ctx, tx, impor)?;
    Ok(html! {
        (figures(impor))
        @if impor.writes() == 0 && count.masalah == 0 {
            (Notice::new(Tone::Good, "Semua izin pada berkas ini sudah tercatat; tidak ada yang perlu diterapkan."))
        } @else if impor.writes() == 0 {
            (Notice::new(Tone::Bad, "Belum ada izin yang dapat diterapkan. Perbaiki berkas, pemetaan, atau pasangan layanannya menurut daftar masalah."))
        } @else { (apply_form(ctx, impor)) }
        (act_bar(&remap))
        @if let Some(problems) = problems { (problems) }
        (rows)
        (cancel_act(ctx, impor))
    })
}

fn apply_form(ctx: &Ctx, impor: &Impor) -> Markup {
    let count = impor.hitungan;
    let form = frame::form(ctx, format!("{}/terapkan", address(impor.id)))
        .hidden("versi", impor.versi.to_string())
        .submit("Terapkan impor")
        .cancel("Kembali ke daftar impor", LIST);
    let mut lines = Vec::new();
    if count.baru > 0 {
        lines.push(format!("{} izin dicatat dengan nomor lamanya ({}).", grouped(count.baru), impor.ringkas));
    }
    if count.ubah > 0 {
        lines.push(format!("{} izin dari impor sebelumnya diperbarui menurut berkas ini.", grouped(count.ubah)));
    }
    if count.sama > 0 {
        lines.push(format!("{} izin sudah tercatat dan dilewati.", grouped(count.sama)));
    }
    if count.masalah > 0 {
        lines.push(format!(
            "{} isian bermasalah tidak ikut. Perbaiki berkasnya lalu impor lagi; izin yang sudah masuk tidak menjadi ganda.",
            grouped(count.masalah)
        ));
    }
    lines
        .push("Izin tampil pada daftar izin untuk umum, dapat diperiksa, diingatkan, dan diperpanjang seperti izin lain.".into());
    lines.push("Impor dapat diurungkan seluruhnya selama belum ada izinnya yang dipakai.".into());
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    decision(Tone::Info, "Yang akan terjadi", &lines, &Facts::new(), &form)
}

fn figures(impor: &Impor) -> Markup {
    let (path, count) = (address(impor.id), impor.hitungan);
    let one = |label: &str, value: i64, note: &str, tone, href: Option<String>| Stat {
        label: label.into(),
        value: grouped(value),
        note: note.into(),
        tone,
        href: href.filter(|_| value > 0),
    };
    let by = |act: Tindakan| Some(format!("{path}?tindakan={}", act.as_str()));
    let bad = if count.masalah > 0 { Tone::Bad } else { Tone::Neutral };
    let mut all = vec![
        one("Ditambahkan", count.baru, "izin baru", Tone::Neutral, by(Tindakan::Baru)),
        one("Diperbarui", count.ubah, "dari impor sebelumnya", Tone::Neutral, by(Tindakan::Ubah)),
        one("Sudah tercatat", count.sama, "tidak diubah", Tone::Neutral, by(Tindakan::Sama)),
        one("Masalah", count.masalah, "isian perlu diperbaiki", bad, None),
        one("Baris lain", count.sela, "judul bagian, atau layanan yang tidak diimpor", Tone::Neutral, None),
    ];
    if count.tertinggal > 0 {
        all.push(one("Tertinggal", count.tertinggal, "didahului perubahan lain", Tone::Warn, by(Tindakan::Tertinggal)));
    }
    stats(&all)
}

fn problems(ctx: &Ctx, tx: &mut Tx<'_>, impor: &Impor) -> Result<Option<Markup>, Problem> {
    if impor.hitungan.masalah == 0 {
        return Ok(None);
    }
    let after = number(ctx, "masalah")?.unwrap_or(-1);
    let mut list = store::problems(tx, impor.id, after, PAGE + 1)?;
    let next = next(&mut list, |(urut, _)| *urut);
    let table = problem_table(&list, format!("{}/masalah", address(impor.id)));
    let most = i64::try_from(MAX_PROBLEMS).unwrap_or(i64::MAX);
    Ok(Some(section(
        "Isian yang perlu diperbaiki",
        html! {
            @if impor.hitungan.masalah > most {
                p.redup { "Yang ditampilkan " (grouped(most)) " yang pertama; sering kali satu perbaikan pada pemetaan menyelesaikan banyak baris." }
            }
            (table)
            @if let Some(next) = next { (more(format!("{}?masalah={next}", address(impor.id)), "Masalah berikutnya")) }
        },
    )))
}

/// What the rows are narrowed to by the address.
pub(super) fn narrowed(ctx: &Ctx) -> Result<(Option<Tindakan>, &str), Problem> {
    let act = match ctx.query("tindakan") {
        None => None,
        Some(word) => Some(Tindakan::parse(word).map_err(|_| Problem::NotFound)?),
    };
    Ok((act, ctx.query("kata").unwrap_or_default()))
}

/// What becomes of each row, narrowed by act and words.
fn rows(ctx: &Ctx, tx: &mut Tx<'_>, impor: &Impor) -> Result<Markup, Problem> {
    let (act, words) = narrowed(ctx)?;
    let after = number(ctx, "sesudah")?.unwrap_or(0);
    let mut list = store::shown(tx, impor.id, act, words, after, PAGE + 1)?;
    let next = next(&mut list, |row| row.urut);
    let here = |name: &str, value: &str| {
        let mut address = Address::new(address(impor.id));
        if let Some(act) = act.filter(|_| name != "tindakan") {
            address = address.set("tindakan", act.as_str());
        }
        if !words.is_empty() {
            address = address.set("kata", words);
        }
        if value.is_empty() { address } else { address.set(name, value) }
    };
    let mut table = Table::new("Izin pada berkas")
        .column(Column::text("Nomor"))
        .column(Column::text("Tindakan").corner())
        .column(Column::text("Nama"))
        .column(Column::text("Layanan"))
        .column(Column::text("Keterangan"))
        .column(Column::number("Baris").wide_only())
        .rows(list.iter().map(|row| {
            let tone = match row.tindakan {
                Tindakan::Baru | Tindakan::Ubah => Tone::Good,
                Tindakan::Sama => Tone::Neutral,
                Tindakan::Tertinggal => Tone::Warn,
            };
            Row::new(vec![
                row.nomor.as_str().into(),
                badge(tone, row.tindakan.label()).into(),
                row.nama.as_str().into(),
                row.layanan.as_str().into(),
                if row.keterangan.is_empty() { Cell::empty() } else { row.keterangan.as_str().into() },
                row.baris.to_string().into(),
            ])
        }))
        .chip("Semua", here("tindakan", "").href(), act.is_none())
        .empty(EmptyState::new(Icon::List, "Tidak ada baris", "Pilih saringan lain, atau kosongkan pencarian."));
    for one in Tindakan::ALL {
        table = table.chip(one.label(), here("tindakan", one.as_str()).href(), act == Some(*one));
    }
    table = table.downloads(&here("", "").at(format!("{}/unduh", address(impor.id))));
    let field = Field::search("kata", "Cari nomor atau nama pada berkas");
    let mut search =
        Form::get(address(impor.id)).values(FormValues::default().with("kata", words)).field(field).submit("Cari baris");
    if let Some(act) = act {
        search = search.hidden("tindakan", act.as_str());
    }
    Ok(section(
        "Izin pada berkas",
        html! {
            div.saringan { (search) }
            (table)
            @if let Some(next) = next { (more(here("sesudah", &next.to_string()).href(), "Baris berikutnya")) }
        },
    ))
}

fn done(ctx: &Ctx, tx: &mut Tx<'_>, impor: &Impor, undo: Option<Form>) -> Result<Markup, Problem> {
    let form = undo.unwrap_or_else(|| frame::form(ctx, format!("{}/urungkan", address(impor.id))));
    let form = form
        .field(
            Field::text("alasan", "Alasan mengurungkan")
                .required()
                .max_length(300)
                .hint("Tercatat dalam jejak audit, dan tampil pada halaman pemeriksaan izin yang dikeluarkan."),
        )
        .submit_danger("Urungkan impor");
    let lines = [
        "Semua izinnya dikeluarkan lagi; yang diperbarui kembali seperti sebelumnya.",
        "Halaman pemeriksaannya menyatakan bahwa pencatatannya dibatalkan.",
        "Hanya dapat selama belum ada izinnya yang diperpanjang, diperingatkan, dibekukan, dicabut, atau diperbarui impor lain.",
    ];
    let problems = problems(ctx, tx, impor)?;
    let rows = rows(ctx, tx, impor)?;
    Ok(html! {
        @if let Some(note) = &impor.catatan { (Notice::new(Tone::Warn, note.as_str())) }
        (Notice::new(Tone::Good, format!("{} izin sudah tercatat.", grouped(impor.writes())))
            .link(Link::new("Buka daftar izin yang terbit", terbit::PAGE)))
        (figures(impor))
        @if let Some(problems) = problems { (problems) }
        (rows)
        section.bagian #urungkan { h2 { "Urungkan impor" } (decision(Tone::Warn, "Bila impor ini keliru", &lines, &Facts::new(), &form)) }
    })
}

fn number(ctx: &Ctx, name: &str) -> Result<Option<i64>, Problem> {
    ctx.query(name).map(|text| text.parse().map_err(|_| Problem::NotFound)).transpose()
}

/// The place after which the next page begins, when there is one; the list keeps one page.
fn next<T>(list: &mut Vec<T>, place: impl Fn(&T) -> i64) -> Option<i64> {
    let more = list.len() > PAGE;
    list.truncate(PAGE);
    list.last().filter(|_| more).map(place)
}

fn cancel_act(ctx: &Ctx, impor: &Impor) -> Markup {
    let action = format!("{}/batal", address(impor.id));
    html! { p.aksi { (Act::post("Batalkan impor", action, ctx.csrf(), ctx.form_id().to_string()).danger()) } }
}
