//! Making the bill of an application that was found fit.

use praja_kernel::{Refuse, days_after, tanggal_panjang};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{Column, Facts, Form, Markup, PageHeader, Row, Table, Tone, decision, frame, html, page, section};

use super::{LIST, address};
use crate::{
    alur::{Langkah, NotNow, Status},
    jenis::Jenis,
    meja,
    permohonan::{
        AlasanLompat, Permohonan,
        giliran::may_take,
        store::first_in_line,
        write::{Catatan, Kerja},
    },
    skrd::{
        Refusal, sambung, store,
        write::{Tagihan, issue, keys},
    },
};

/// Where the bill of an application is made, or is found.
pub(crate) fn of(one: &Permohonan) -> String {
    format!("{LIST}/tagihan/{}", one.id)
}

fn header(one: &Permohonan, jenis: &Jenis) -> PageHeader {
    PageHeader::new("Terbitkan SKRD")
        .purpose(format!("{}, permohonan {}.", jenis.nama, one.sebutan()))
        .crumb("Retribusi", LIST)
        .crumb(one.sebutan().to_owned(), meja::href(one, ""))
}

/// What is to be billed; the messages of formulas are the reader's.
fn tagihan(one: &Permohonan, jenis: &Jenis) -> Result<Tagihan, Problem> {
    sambung::tagihan(one, jenis).map_err(|e| Problem::refused(Refusal::field("komponen", e.to_string())))
}

fn content(ctx: &Ctx, tx: &mut Tx<'_>, one: &Permohonan, jenis: &Jenis, form: Form) -> Result<Markup, Problem> {
    let tagihan = tagihan(one, jenis)?;
    let rule = store::aturan(tx, ctx.today())?;
    let due = i32::try_from(rule.jatuh_tempo_hari).ok().and_then(|days| days_after(ctx.today(), days));
    let form = match first_in_line(tx, one)? {
        Some((_, nomor)) => form.field(meja::skip(&nomor)),
        None => form,
    };
    let form = form.submit("Terbitkan dan kirim SKRD").cancel("Kembali ke permohonan", meja::href(one, ""));
    let facts = Facts::new()
        .add("Wajib retribusi", &tagihan.nama)
        .add("Dasar", &tagihan.dasar)
        .add("Jumlah", html! { strong { (tagihan.tarif.jumlah) } })
        .add_maybe("Jatuh tempo", due.map(tanggal_panjang));
    let table = Table::new("Komponen retribusi").column(Column::text("Komponen")).column(Column::number("Jumlah")).rows(
        tagihan.tarif.komponen.iter().map(|part| Row::new(vec![part.nama.as_str().into(), part.jumlah.to_string().into()])),
    );
    let told = &[
        "SKRD mendapat nomor dan kode bayar, dan tidak dapat diubah lagi.",
        "Pemohon diberi tahu; waktu pelayanan berhenti sampai ia membayar.",
        "Jumlahnya dihitung dari rumus jenis layanan dan isian permohonan; petugas tidak dapat mengubahnya.",
    ];
    Ok(html! { (section("Perhitungan", table)) (decision(Tone::Info, "Yang akan terjadi", told, &facts, &form)) })
}

/// GET /perizinan/izin/retribusi/tagihan/{id}: the form, or the bill that is there.
pub(super) fn ask(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let (one, jenis) = meja::seen(ctx, tx)?;
    if let Some(skrd) = store::of_permohonan(tx, one.id)? {
        return Ok(Response::redirect(address(skrd.id)));
    }
    if one.status != Status::DitetapkanSkrd {
        return Err(Problem::refused(Refusal::NotWaiting));
    }
    let content = content(ctx, tx, &one, &jenis, frame::form(ctx, of(&one)))?;
    Ok(frame::respond(ctx, &header(&one, &jenis), content))
}

/// POST /perizinan/izin/retribusi/tagihan/{id}
pub(super) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let (one, jenis) = ctx.read(|tx| meja::seen(ctx, tx))?;
    let lompat = AlasanLompat::parse(input.text("lompat")).ok();
    let (mine, orang) = (ctx.clone(), meja::me(ctx)?);
    let saved = ctx.submit(input, keys(one.opd, ctx.today()), move |tx| {
        let (one, jenis) = meja::seen(&mine, tx)?;
        if one.status != Status::DitetapkanSkrd {
            return Err(Problem::refused(NotNow { langkah: Langkah::KirimTagihan, status: one.status }));
        }
        let jumped = may_take(tx, &one, orang, lompat)?;
        let daerah = mine.instance().wilayah.kode.clone();
        let skrd = issue(tx, &tagihan(&one, &jenis)?, &daerah, mine.today())?;
        let kerja = Kerja::of(&mine, tx)?;
        sambung::sent(tx, &kerja, one, &skrd, Catatan::default().lompat(jumped))?;
        Ok(address(skrd.id))
    });
    match saved {
        Ok(response) => Ok(response.with_notice("SKRD sudah terbit dan dikirim kepada pemohon.")),
        Err(Problem::Refused(refusal)) if one.status == Status::DitetapkanSkrd => again(ctx, input, &one, &jenis, &*refusal),
        Err(problem) => Err(problem),
    }
}

fn again(ctx: &Ctx, input: &Input, one: &Permohonan, jenis: &Jenis, refusal: &dyn Refuse) -> Outcome {
    let form = frame::form_again(ctx, of(one), input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
    let content = ctx.read(|tx| content(ctx, tx, one, jenis, form.clone()))?;
    Ok(Response::form_again(page(&frame::shell(ctx), &header(one, jenis), content)))
}
