use praja_kernel::Id;
use praja_module::{Ctx, Input, Outcome, Problem};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{
    Act, Cell, Column, EmptyState, Facts, Field, Form, FormValues, Icon, Link, Markup, Notice, PageHeader, Row, Stat, Table,
    Tone, badge, decision, frame, html, progress, section, stats,
};

use super::{LIST, PAGE, crumbs, exports, find, more, noun, status_badge};
use crate::impor::{Act as Step, Impor, Jenis, MAX_PROBLEMS, Status, Tindakan, kerja, store};
use crate::peran::pages::encoded;

/// GET /identity/impor/{id}: how far it is, what is wrong, or what it will do.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let impor = find(ctx, tx)?;
    let (when, _) = frame::time(ctx.instance().zona, impor.dibuat);
    let file = html! { a href={ (LIST) "/" (impor.id) "/berkas" } { (impor.berkas) } };
    let mut facts =
        Facts::new().add("Status", status_badge(&impor)).add("Berkas", file).add("Diunggah oleh", &impor.oleh).add("Waktu", when);
    if impor.baris > 0 {
        facts = facts.add("Baris", impor.baris.to_string());
    }
    let mut header = crumbs(PageHeader::new(format!("Impor {}", noun(impor.jenis))));
    if impor.status.is_moving() {
        header = header.refresh(2);
    }
    let body = match impor.status {
        Status::Menunggu | Status::Memeriksa | Status::Menerapkan => moving(ctx, &impor),
        Status::Bermasalah => wrong(ctx, tx, &impor)?,
        Status::Siap => ready(ctx, tx, &impor)?,
        Status::Selesai => done(ctx, tx, &impor)?,
        Status::Dibatalkan => {
            html! { (Notice::new(Tone::Neutral, "Impor ini dibatalkan; tidak ada data yang berubah.")) }
        }
    };
    let waits = impor.status.is_moving().then_some("1000");
    let content = html! { div.isi #impor data-segarkan=[waits] { (facts) (body) } };
    Ok(frame::respond(ctx, &header, content))
}

fn moving(ctx: &Ctx, impor: &Impor) -> Markup {
    let (done, total) = impor.maju;
    let note = match (impor.status, total) {
        (Status::Menunggu, _) => "menunggu giliran".to_owned(),
        (_, 0) => "membaca berkas".to_owned(),
        _ => format!("langkah {done} dari {total}"),
    };
    let positive = |count: i64| u64::try_from(count).unwrap_or(0);
    html! {
        @if let Some(note) = &impor.catatan { (Notice::new(Tone::Info, note.as_str())) }
        (progress(impor.status.label(), positive(done), positive(total), &note))
        p.redup { "Anda boleh meninggalkan halaman ini; pekerjaan berjalan terus." }
        @if impor.status != Status::Menerapkan { (cancel_act(ctx, impor)) }
    }
}

fn wrong(ctx: &Ctx, tx: &mut Tx<'_>, impor: &Impor) -> Result<Markup, Problem> {
    let again = Link::new("Unggah berkas yang sudah diperbaiki", format!("{LIST}/baru/{}", impor.jenis.as_str()));
    if let Some(note) = &impor.catatan {
        return Ok(html! { (Notice::new(Tone::Bad, note.as_str()).link(again)) });
    }
    let after = after(ctx)?;
    let mut list = store::problems(tx, impor.id, after, PAGE as i64)?;
    let next = next(&mut list, |(urut, _)| *urut);
    let rows = list.iter().map(|(_, one)| {
        let content = if one.isi.is_empty() { Cell::empty() } else { one.isi.as_str().into() };
        Row::new(vec![
            html! { "Baris " (one.baris) @if !one.kolom.is_empty() { ", " (one.kolom) } }.into(),
            content,
            one.pesan.as_str().into(),
            one.saran.as_str().into(),
        ])
    });
    let mut table = Table::new("Isian yang perlu diperbaiki")
        .column(Column::text("Letak"))
        .column(Column::text("Isi"))
        .column(Column::text("Masalah"))
        .column(Column::text("Cara memperbaiki"))
        .rows(rows)
        .empty(EmptyState::new(Icon::List, "Daftar masalah sudah dihapus", "Unggah berkasnya lagi untuk memeriksanya."));
    for link in exports(&format!("{LIST}/{}/masalah", impor.id)) {
        table = table.export(link);
    }
    let title = format!("{} isian perlu diperbaiki. Belum ada data yang berubah.", impor.masalah);
    let mut text = "Perbaiki berkasnya menurut daftar di bawah, lalu unggah lagi.".to_owned();
    if impor.masalah > MAX_PROBLEMS as i64 {
        text = format!(
            "{text} Yang ditampilkan {MAX_PROBLEMS} yang pertama; sering kali satu perbaikan menyelesaikan banyak baris."
        );
    }
    Ok(html! {
        (Notice::new(Tone::Bad, title).text(text).link(again))
        (section("Isian yang perlu diperbaiki", table))
        @if let Some(next) = next { (more(format!("{LIST}/{}?sesudah={next}", impor.id), "Masalah berikutnya")) }
        (cancel_act(ctx, impor))
    })
}

fn ready(ctx: &Ctx, tx: &mut Tx<'_>, impor: &Impor) -> Result<Markup, Problem> {
    let (baru, ubah, _) = impor.hitungan;
    let preview = preview(ctx, tx, impor)?;
    if baru + ubah == 0 {
        return Ok(html! {
            (Notice::new(Tone::Good, "Semua baris sudah tercatat seperti pada berkas ini; tidak ada yang perlu diterapkan."))
            (preview)
            (cancel_act(ctx, impor))
        });
    }
    let form = frame::form(ctx, format!("{LIST}/{}/terapkan", impor.id))
        .hidden("versi", impor.versi.to_string())
        .submit("Terapkan impor")
        .cancel("Kembali ke daftar impor", LIST);
    let added = format!("{baru} baris menambah data, {ubah} baris mengubah data.");
    let lines = [
        added.as_str(),
        "Semua baris masuk sekaligus; bila ada yang gagal, tidak satu pun masuk.",
        "Data yang tidak disebut dalam berkas tidak berubah dan tidak dihapus.",
    ];
    Ok(html! {
        (decision(Tone::Info, "Yang akan terjadi", &lines, &Facts::new(), &form))
        (preview)
        (cancel_act(ctx, impor))
    })
}

fn done(ctx: &Ctx, tx: &mut Tx<'_>, impor: &Impor) -> Result<Markup, Problem> {
    let (label, href) = match impor.jenis {
        Jenis::Opd | Jenis::Jabatan => ("Buka OPD dan jabatan", "/identity/opd"),
        Jenis::Pegawai => ("Buka daftar pegawai", "/identity/orang"),
    };
    let preview = preview(ctx, tx, impor)?;
    Ok(html! { (Notice::new(Tone::Good, "Semua baris sudah diterapkan.").link(Link::new(label, href))) (preview) })
}

/// What becomes of each row, narrowed by act and words.
fn preview(ctx: &Ctx, tx: &mut Tx<'_>, impor: &Impor) -> Result<Markup, Problem> {
    let act = match ctx.query("tindakan") {
        None => None,
        Some(word) => Some(Tindakan::parse(word).map_err(|_| Problem::NotFound)?),
    };
    let words = ctx.query("kata").unwrap_or_default();
    let after = after(ctx)?;
    let mut list = store::shown(tx, impor.id, act, words, after, PAGE as i64)?;
    let next = next(&mut list, |row| row.urut);
    let path = format!("{LIST}/{}", impor.id);
    let rows = list.iter().map(|row| {
        let tone = match row.tindakan {
            Tindakan::Baru => Tone::Good,
            Tindakan::Ubah => Tone::Warn,
            Tindakan::Sama => Tone::Neutral,
        };
        let words = if row.ringkas.is_empty() { Cell::empty() } else { row.ringkas.as_str().into() };
        Row::new(vec![row.judul.as_str().into(), badge(tone, row.tindakan.label()).into(), words, row.baris.to_string().into()])
    });
    let mut table = Table::new("Isi berkas")
        .column(Column::text("Nama"))
        .column(Column::text("Tindakan").corner())
        .column(Column::text("Keterangan"))
        .column(Column::number("Baris").wide_only())
        .rows(rows)
        .chip("Semua", &path, act.is_none())
        .empty(EmptyState::new(Icon::List, "Tidak ada baris", "Pilih saringan lain, atau kosongkan pencarian."));
    for one in Tindakan::ALL {
        table = table.chip(one.label(), format!("{path}?tindakan={}", one.as_str()), act == Some(*one));
    }
    let (baru, ubah, sama) = impor.hitungan;
    let figure = |label: &str, value: i64, act: Tindakan| Stat {
        label: label.into(),
        value: value.to_string(),
        href: Some(format!("{path}?tindakan={}", act.as_str())),
        ..Stat::default()
    };
    let figures = [
        figure("Ditambahkan", baru, Tindakan::Baru),
        figure("Diubah", ubah, Tindakan::Ubah),
        figure("Sudah tercatat", sama, Tindakan::Sama),
    ];
    let field = Field::search("kata", "Cari nama pada berkas");
    let mut search = Form::get(&path).values(FormValues::default().with("kata", words)).field(field).submit("Cari baris");
    let mut kept = String::new();
    if let Some(act) = act {
        search = search.hidden("tindakan", act.as_str());
        kept = format!("tindakan={}&", act.as_str());
    }
    if !words.is_empty() {
        kept.push_str(&format!("kata={}&", encoded(words)));
    }
    Ok(section(
        "Isi berkas",
        html! {
            (stats(&figures))
            div.saringan { (search) }
            (table)
            @if let Some(next) = next { (more(format!("{path}?{kept}sesudah={next}"), "Baris berikutnya")) }
        },
    ))
}

fn after(ctx: &Ctx) -> Result<i64, Problem> {
    ctx.query("sesudah").map_or(Ok(-1), |text| text.parse().map_err(|_| Problem::NotFound))
}

/// The place after which the next page begins, when there is one; the list keeps one page.
fn next<T>(list: &mut Vec<T>, place: impl Fn(&T) -> i64) -> Option<i64> {
    let more = list.len() > PAGE;
    list.truncate(PAGE);
    list.last().filter(|_| more).map(place)
}

fn cancel_act(ctx: &Ctx, impor: &Impor) -> Markup {
    let action = format!("{LIST}/{}/batal", impor.id);
    html! { p.aksi { (Act::post("Batalkan impor", action, ctx.csrf(), ctx.form_id().to_string()).danger()) } }
}

/// POST /identity/impor/{id}/terapkan.
pub(crate) fn apply(ctx: &Ctx, input: &Input) -> Outcome {
    let impor = ctx.read(|tx| find(ctx, tx))?;
    may(ctx, &impor)?;
    let to = impor.status.after(Step::Apply).map_err(Problem::refused)?;
    let scope = ctx.scope()?;
    let who = kerja::Who {
        actor: scope.actor.clone(),
        jabatan: scope.acting.as_ref().map(|acting| acting.nama.clone()),
        opd: scope.opd(),
    };
    let id: Id = impor.id;
    ctx.submit(input, Keys::none(), move |tx| {
        if !store::move_on(tx, id, Status::Siap, to, None)? {
            return Err(Problem::Conflict);
        }
        let now = tx.now()?;
        let payload = kerja::Payload { impor: id, oleh: Some(who.clone()) };
        tx.enqueue(kerja::APPLY, &payload, now, Some(&format!("{}:{id}", kerja::APPLY)))?;
        Ok(format!("{LIST}/{id}"))
    })
}

/// POST /identity/impor/{id}/batal.
pub(crate) fn cancel(ctx: &Ctx, input: &Input) -> Outcome {
    let impor = ctx.read(|tx| find(ctx, tx))?;
    may(ctx, &impor)?;
    let to = impor.status.after(Step::Cancel).map_err(Problem::refused)?;
    let (id, from) = (impor.id, impor.status);
    let response = ctx.submit(input, Keys::none(), move |tx| {
        if !store::move_on(tx, id, from, to, None)? {
            return Err(Problem::Conflict);
        }
        tx.audit(&Entry::new("identity.cancel-impor", "identity_impor", id))?;
        Ok(LIST.to_owned())
    })?;
    Ok(response.with_notice("Impor dibatalkan; tidak ada data yang berubah."))
}

/// Who may bring such a file may also apply it.
fn may(ctx: &Ctx, impor: &Impor) -> Result<(), Problem> {
    let needed = impor.jenis.permission();
    if ctx.may(needed) { Ok(()) } else { Err(Problem::Forbidden(needed)) }
}
