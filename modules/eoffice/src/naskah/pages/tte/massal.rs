//! Everything that waits for the reader's signature, chosen and signed with one passphrase; what became of each afterwards.

use praja_desk::{
    registers::naskah::JenisNaskah,
    tte::{self, Bukti, Pengaturan},
};
use praja_kernel::{Id, Refuse, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::Tx;
use praja_web::{
    Bulk, CHOSEN, Cell, Column, EmptyState, Form, Icon, Link, Markup, Notice, PageHeader, Row, Table, Tone, badge, frame, html,
};

use super::{
    super::{LIST, list::first, marks, meja, status_badge},
    CODE, jalan, offered, phrase, sent,
};
use crate::naskah::{
    Naskah, Refusal,
    store::{self, Baris},
    tte::{Hasil, MOST, refusal},
};

/// What the button on the list sends.
const ACT: &str = "tanda-tangan";

/// Where all of it happens.
pub(crate) fn address() -> String {
    format!("{LIST}/tanda-tangan")
}

fn header(title: &str) -> PageHeader {
    let header = PageHeader::new(title).crumb("Naskah", LIST);
    if title == TITLE { header } else { header.crumb(TITLE, address()) }
}

const TITLE: &str = "Siap ditandatangani";

/// GET /eoffice/naskah/tanda-tangan
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let acting = meja(ctx)?.acting;
    let with = tte::get(tx)?;
    let electronic = tte::is_electronic(ctx.instance(), &with);
    let mut rows = store::for_signature(tx, ctx.scope()?, acting.jabatan, electronic, MOST + 1)?;
    let more = rows.len() > MOST;
    rows.truncate(MOST);
    let names = super::super::list::names(tx)?;
    let empty = rows.is_empty();
    let signs = electronic && rows.iter().any(|row| super::pdf::offered(ctx, &row.jenis, row.unggahan));
    let mut table = columns().empty(EmptyState::new(
        Icon::Sign,
        "Tidak ada naskah yang menunggu tanda tangan Anda",
        "Naskah yang selesai diparaf dan ditujukan kepada jabatan Anda tampil di sini.",
    ));
    table = table.rows(rows.into_iter().map(|row| {
        let kind = names.get(&row.jenis).cloned().unwrap_or_default();
        let pick = (signs && super::pdf::offered(ctx, &row.jenis, row.unggahan)).then(|| format!("{kind}: {}", row.hal));
        let id = row.id;
        let line = line(row, &kind);
        match pick {
            Some(label) => line.pick(id, label),
            None => line,
        }
    }));
    if signs {
        let bulk = Bulk::new(address(), ctx.csrf(), ctx.form_id().to_string(), "naskah");
        table = table.bulk(bulk.act("Tanda tangani naskah terpilih", ACT, Icon::Sign));
    }
    let content = html! {
        @if !electronic && !empty {
            (Notice::new(Tone::Info, "Naskah ditandatangani di kertas.").text("Buka naskahnya, setujui dan beri nomor; pindaiannya diunggah sesudah ditandatangani."))
        }
        @if more { (Notice::new(Tone::Info, format!("{MOST} naskah terbaru ditampilkan.")).text("Yang lain tampil sesudah sebagian ditandatangani.")) }
        (table)
    };
    let proof = if with.sends_codes() { "satu frasa sandi atau kode" } else { "satu frasa sandi" };
    let purpose = if electronic {
        format!("Baca naskahnya, beri tanda, lalu tanda tangani paling banyak {MOST} sekaligus dengan {proof}.")
    } else {
        "Naskah yang menunggu tanda tangan Anda.".to_owned()
    };
    Ok(frame::respond(ctx, &header(TITLE).purpose(purpose), content))
}

fn columns() -> Table {
    Table::new("Naskah yang menunggu tanda tangan")
        .column(Column::text("Naskah"))
        .column(Column::text("Tujuan"))
        .column(Column::text("Sifat dan derajat"))
        .column(Column::text("Keadaan"))
}

fn line(row: Baris, kind: &str) -> Row {
    let number = match (&row.nomor, row.tanggal) {
        (Some(nomor), Some(tanggal)) => format!("{nomor} · {}", tanggal_pendek(tanggal)),
        _ => kind.to_owned(),
    };
    let to = first(&row.kepada);
    Row::new(vec![
        html! { (row.hal) br; span.redup { (number) } }.into(),
        if to.is_empty() { Cell::empty() } else { to.into() },
        Cell::new(marks(row.sifat, row.derajat)),
        Cell::new(status_badge(row.status)),
    ])
    .href(format!("{LIST}/{}", row.id))
}

fn ids(input: &Input) -> Vec<Id> {
    let mut ids: Vec<Id> = Vec::new();
    for id in input.all(CHOSEN).into_iter().filter_map(|text| text.parse().ok()) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// What was chosen, as far as whoever asks may see it and sign it.
struct Chosen {
    naskah: Vec<(Naskah, JenisNaskah)>,
    left: usize,
}

fn load(ctx: &Ctx, tx: &mut Tx<'_>, with: &Pengaturan, ids: &[Id]) -> Result<Chosen, Problem> {
    let acting = meja(ctx)?.acting;
    let mut chosen = Chosen { naskah: Vec::new(), left: 0 };
    for id in ids {
        let found = store::find(tx, ctx.instance().keys(), ctx.scope()?, *id)?;
        match found.filter(|one| one.isi.penandatangan == acting.jabatan && offered(ctx, with, one)) {
            Some(naskah) => {
                let kind = super::kind(tx, &naskah.jenis)?.0;
                chosen.naskah.push((naskah, kind));
            }
            None => chosen.left += 1,
        }
    }
    Ok(chosen)
}

/// POST /eoffice/naskah/tanda-tangan: from the list without a passphrase, which asks for it; from there with one.
pub(crate) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    if let Some(before) = jalan::answered(ctx, input)? {
        return Ok(before);
    }
    let ids = ids(input);
    if ids.is_empty() {
        return Ok(Response::redirect(address()).with_notice("Belum ada naskah yang dipilih."));
    }
    if ids.len() > MOST {
        return Ok(Response::redirect(address()).with_notice(&format!("Pilih paling banyak {MOST} naskah sekali jalan.")));
    }
    let (with, chosen) = ctx.read(|tx| {
        let with = tte::get(tx)?;
        let chosen = load(ctx, tx, &with, &ids)?;
        Ok::<_, Problem>((with, chosen))
    })?;
    if !tte::is_electronic(ctx.instance(), &with) {
        return Err(Problem::refused(tte::Refusal::OnPaper));
    }
    if input.text(praja_web::ACT) == ACT {
        let form = fields(&chosen, frame::form(ctx, address()), &with, Bukti::Frasa);
        return Ok(frame::respond(ctx, &header("Tanda tangani sekaligus"), content(&chosen, &form)));
    }
    if input.text(praja_web::ACT) == CODE && !chosen.naskah.is_empty() {
        let waiting: Vec<&Naskah> = chosen.naskah.iter().map(|(naskah, _)| naskah).collect();
        let asked = jalan::send_code(ctx, input, &with, &waiting);
        return match asked.map_or_else(|e| refusal(e).map(Some), |()| Ok(None))? {
            Some(refusal) => again(ctx, input, &chosen, &with, &refusal),
            None => {
                let form = fields(&chosen, frame::form_again(ctx, address(), input).extra(sent()), &with, Bukti::Kode);
                Ok(frame::respond(ctx, &header("Tanda tangani sekaligus"), content(&chosen, &form)))
            }
        };
    }
    let asked = match jalan::asked(input, &with, ctx.today(), false) {
        Ok(asked) => asked,
        Err(refusal) => return again(ctx, input, &chosen, &with, &refusal),
    };
    let done = jalan::run(ctx, &with, &asked, &ids)?;
    // The same trouble with all of them is trouble with what was typed: the form comes back.
    if let Some(refusal) = all_refused(&done) {
        let refusal = refusal.clone();
        jalan::noted(ctx, done)?;
        let chosen = ctx.read(|tx| load(ctx, tx, &with, &ids))?;
        return again(ctx, input, &chosen, &with, &refusal);
    }
    jalan::kept(ctx, input, done, |kelompok| format!("{}/hasil?kelompok={kelompok}", address()))
}

fn all_refused(done: &[jalan::Selesai]) -> Option<&Refusal> {
    let first = done.first()?.1.as_ref().err()?;
    (!first.fields().is_empty() && done.iter().all(|(_, outcome)| outcome.as_ref().err() == Some(first))).then_some(first)
}

fn fields(chosen: &Chosen, form: Form, with: &Pengaturan, bukti: Bukti) -> Form {
    let form = chosen.naskah.iter().fold(form, |form, (naskah, _)| form.hidden(CHOSEN, naskah.id.to_string()));
    phrase(form, with, bukti, format!("Tanda tangani {} naskah", chosen.naskah.len()))
        .cancel("Kembali tanpa menandatangani", address())
}

fn content(chosen: &Chosen, form: &Form) -> Markup {
    html! {
        @if chosen.left > 0 {
            (Notice::new(Tone::Warn, format!("{} pilihan tidak menunggu tanda tangan Anda lagi", chosen.left)).text("Yang lain tetap dapat ditandatangani sekarang."))
        }
        @if chosen.naskah.is_empty() {
            (Notice::new(Tone::Warn, "Tidak ada naskah yang dapat ditandatangani").link(Link::new("Kembali ke daftar", address())))
        } @else {
            p { "Naskah yang belum bernomor diberi nomor dengan tanggal hari ini. Sesudah ditandatangani, isinya tidak dapat diubah." }
            (Table::new("Naskah yang dipilih")
                .column(Column::text("Naskah"))
                .column(Column::text("Tujuan"))
                .rows(chosen.naskah.iter().map(|(naskah, kind)| {
                    Row::new(vec![
                        html! { (naskah.isi.hal) br; span.redup { (super::super::title(naskah, kind)) } }.into(),
                        first(&naskah.isi.kepada.join("\n")).into(),
                    ]).href(format!("{LIST}/{}", naskah.id))
                })))
            (form)
        }
    }
}

fn again(ctx: &Ctx, input: &Input, chosen: &Chosen, with: &Pengaturan, refusal: &Refusal) -> Outcome {
    let form =
        frame::form_again(ctx, address(), input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields());
    let content = content(chosen, &fields(chosen, form, with, jalan::proof(input)));
    Ok(Response::form_again(praja_web::page(&frame::shell(ctx), &header("Tanda tangani sekaligus"), content)))
}

/// GET /eoffice/naskah/tanda-tangan/hasil?kelompok=…: what became of each naskah of one act, for whoever did it.
pub(crate) fn outcome(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let kelompok: Id = ctx.query("kelompok").and_then(|text| text.parse().ok()).ok_or(Problem::NotFound)?;
    let all = store::tte::of_act(tx, kelompok, &ctx.scope()?.actor.key())?;
    if all.is_empty() {
        return Err(Problem::NotFound);
    }
    let signed = all.iter().filter(|one| one.hasil == Hasil::Tertandatangani).count();
    let ids: Vec<Id> = all.iter().map(|one| one.naskah).collect();
    let rows = store::list_found(tx, ctx.scope()?, &ids)?;
    let names = super::super::list::names(tx)?;
    let lines = all.iter().filter_map(|one| {
        let row = rows.iter().find(|row| row.id == one.naskah)?;
        let kind = names.get(&row.jenis).cloned().unwrap_or_default();
        let number = row.nomor.clone().unwrap_or_else(|| "belum bernomor".into());
        let tone = if one.hasil == Hasil::Tertandatangani { Tone::Good } else { Tone::Warn };
        let row = Row::new(vec![
            html! { (row.hal) br; span.redup { (kind) " · " (number) } }.into(),
            Cell::new(html! { (badge(tone, one.hasil.label())) @if let Some(words) = &one.pesan { br; span.redup { (words) } } }),
        ])
        .href(format!("{LIST}/{}", row.id));
        Some(row)
    });
    let left = all.len() - signed;
    let told = match (signed, left) {
        (signed, 0) => Notice::new(Tone::Good, format!("{signed} naskah sudah ditandatangani")),
        (signed, left) => Notice::new(Tone::Warn, format!("{signed} naskah sudah ditandatangani, {left} belum")),
    };
    let told = told.link(Link::new("Kembali ke daftar", address()));
    let table = Table::new("Hasil").column(Column::text("Naskah")).column(Column::text("Hasil")).rows(lines);
    Ok(frame::respond(ctx, &header("Hasil tanda tangan"), html! { (told) (table) }))
}
