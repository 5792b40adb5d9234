use std::io::Read;

use praja_kernel::{FieldProblem, Id, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Anchor, Keys, Tx, audit::Entry};
use praja_web::{
    Cell, Column, EmptyState, Facts, Field, Form, Icon, Markup, Notice, PageHeader, Row, Table, Tone, badge, frame, html, page,
    progress, section,
};

use super::{LIST, parts};
use crate::audit::{Periksa, Status, kerja, store};

/// An anchor is a few lines per OPD.
pub(crate) const MAX_ANCHOR: u64 = 1 << 20;
/// Checks shown in the list.
const SHOWN: i64 = 50;

fn address() -> String {
    format!("{LIST}/periksa")
}

/// GET /identity/audit/periksa: earlier checks, and the form for a new one.
pub(crate) fn checks(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let form = frame::form(ctx, address());
    Ok(Response::page(whole(ctx, tx, form)?))
}

fn whole(ctx: &Ctx, tx: &mut Tx<'_>, form: Form) -> Result<String, Problem> {
    let zona = ctx.instance().zona;
    let rows = store::newest(tx, SHOWN)?;
    let rows = rows.iter().map(|one| {
        let (when, _) = frame::time(zona, one.dibuat);
        Row::new(vec![when.into(), status_badge(one).into(), one.baris.to_string().into(), one.oleh.as_str().into()])
            .href(format!("{LIST}/periksa/{}", one.id))
    });
    let table = Table::new("Pemeriksaan")
        .column(Column::date("Waktu"))
        .column(Column::text("Hasil").corner())
        .column(Column::number("Baris"))
        .column(Column::text("Diminta oleh"))
        .rows(rows)
        .empty(EmptyState::new(Icon::Shield, "Belum pernah diperiksa", "Hasil setiap pemeriksaan tersimpan di sini."));
    let form = form
        .multipart()
        .field(
            Field::file("jangkar", "Jangkar yang Anda simpan", ".txt")
                .multiple()
                .hint("Boleh kosong. Jangkar yang disimpan di luar Praja membuktikan bahwa rantai tidak ditulis ulang atau dipotong.")
                .max_mib(1),
        )
        .submit("Periksa sekarang");
    let header = PageHeader::new("Pemeriksaan jejak audit")
        .purpose("Membaca setiap baris setiap rantai, dan mencocokkannya dengan jangkar.")
        .crumb("Jejak audit", LIST);
    let content = html! { (parts(&address())) (form) (section("Pemeriksaan terdahulu", table)) };
    Ok(page(&frame::shell(ctx), &header, content))
}

fn status_badge(one: &Periksa) -> Markup {
    let tone = match one.status {
        Status::Menunggu | Status::Berjalan => Tone::Info,
        Status::Utuh => Tone::Good,
        Status::Bermasalah => Tone::Bad,
    };
    badge(tone, one.status.label())
}

/// POST /identity/audit/periksa.
pub(crate) fn begin(ctx: &Ctx, input: &Input) -> Outcome {
    let mut anchors = Vec::new();
    let own = ctx.instance().id.to_string();
    for file in input.files("jangkar") {
        let mut text = String::new();
        let plain = ctx.instance().blobs.open(&file.blob)?;
        let read = plain.take(MAX_ANCHOR).read_to_string(&mut text);
        let wrong = match (read, text.parse::<Anchor>()) {
            (Err(_), _) => Some("bukan berkas jangkar".to_owned()),
            (Ok(_), Err(e)) => Some(e.to_string()),
            (Ok(_), Ok(anchor)) if anchor.instansi != own => Some("jangkar itu milik pemasangan lain".into()),
            (Ok(_), Ok(_)) => None,
        };
        if let Some(why) = wrong {
            let problem = FieldProblem::new("jangkar", format!("{}: {why}.", file.name));
            let form = frame::form_again(ctx, address(), input).problems(&[problem]);
            return Ok(Response::form_again(ctx.read(|tx| whole(ctx, tx, form.clone()))?));
        }
        anchors.push(text);
    }
    ctx.submit(input, Keys::none(), move |tx| {
        let (id, now) = (tx.new_id()?, tx.now()?);
        store::insert(tx, id, &anchors)?;
        tx.enqueue(kerja::CHECK, &id, now, None)?;
        tx.audit(&Entry::new("identity.request-audit-check", "identity_audit_periksa", id).with("jangkar", anchors.len()))?;
        Ok::<_, Problem>(format!("{LIST}/periksa/{id}"))
    })
}

/// GET /identity/audit/periksa/{id}.
pub(crate) fn check(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let id: Id = ctx.param("id")?;
    let one = store::get(tx, id)?.ok_or(Problem::NotFound)?;
    let zona = ctx.instance().zona;
    let mut header = PageHeader::new("Hasil pemeriksaan").crumb("Jejak audit", LIST).crumb("Pemeriksaan", address());
    if one.status.is_moving() {
        header = header.refresh(2);
    }
    let mut facts = Facts::new()
        .add("Hasil", status_badge(&one))
        .add("Diminta oleh", &one.oleh)
        .add("Mulai", frame::time(zona, one.dibuat).0)
        .add("Jangkar yang diunggah", one.jangkar.len().to_string());
    if let Some(end) = one.selesai {
        facts = facts
            .add("Selesai", frame::time(zona, end).0)
            .add("Rantai", one.rantai.0.to_string())
            .add("Baris", one.baris.to_string())
            .add("Nilai terhapus sah", one.terhapus.to_string());
    }
    let waits = one.status.is_moving().then_some("1000");
    let content = html! { div.isi #periksa data-segarkan=[waits] { (facts) (outcome(ctx, &one)) } };
    Ok(frame::respond(ctx, &header, content))
}

fn outcome(ctx: &Ctx, one: &Periksa) -> Markup {
    let positive = |count: i64| u64::try_from(count).unwrap_or(0);
    match one.status {
        Status::Menunggu | Status::Berjalan => {
            let (done, total) = one.rantai;
            let note = if total == 0 {
                "menunggu giliran".to_owned()
            } else {
                format!("{done} dari {total} rantai, {} baris", one.baris)
            };
            html! {
                (progress(one.status.label(), positive(done), positive(total), &note))
                p.redup { "Anda boleh meninggalkan halaman ini; pemeriksaan berjalan terus." }
            }
        }
        Status::Utuh => html! { (Notice::new(Tone::Good, "Setiap baris cocok dengan sidiknya dan dengan baris sebelumnya.")
        .text("Buat jangkar sekarang dan simpan di luar Praja, supaya keadaan hari ini dapat dibuktikan kelak.")) },
        Status::Bermasalah => {
            let rows = one.hasil.iter().map(|found| {
                let place = if found.urut == 0 { Cell::empty() } else { found.urut.to_string().into() };
                let row = Row::new(vec![
                    found.nama.as_str().into(),
                    place,
                    found.kata.as_str().into(),
                    tanggal_panjang(ctx.instance().zona.date(found.pada)).into(),
                ]);
                if found.rantai.is_empty() || found.urut == 0 {
                    row
                } else {
                    row.href(format!("{LIST}/baris/{}/{}", found.rantai, found.urut))
                }
            });
            let table = Table::new("Temuan")
                .column(Column::text("Rantai"))
                .column(Column::number("Baris"))
                .column(Column::text("Temuan"))
                .column(Column::date("Tanggal").corner())
                .rows(rows);
            html! {
                (Notice::new(Tone::Bad, format!("{} temuan. Jangan mengubah apa pun, dan hubungi inspektorat.", one.hasil.len()))
                    .text("Buat cadangan sekarang, supaya keadaan ini tersimpan sebagai bukti."))
                (table)
            }
        }
    }
}
