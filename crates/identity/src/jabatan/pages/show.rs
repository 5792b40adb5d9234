use praja_kernel::{Date, Id, tanggal_panjang, tanggal_pendek};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Act, Cell, Column, EmptyState, Facts, Icon, Markup, Notice, PageHeader, Row, Table, Tone, act_bar, badge, detail, frame,
    html, next_step, section,
};

use super::LIST;
use crate::{
    jabatan::{
        Holder, answering,
        store::{self, Rinci},
    },
    opd::{self, reach},
    penugasan::{
        display_name,
        store::{self as held, Found},
    },
    rencana::store as plans,
    riwayat,
};

/// One post that the asker administers; others' look as if they were not there.
pub(crate) fn found(ctx: &Ctx, tx: &mut Tx<'_>, id: Id) -> Result<Rinci, Problem> {
    let row = store::row(tx, id)?.ok_or(Problem::NotFound)?;
    if reach(ctx, tx)?.has(row.opd) { Ok(row) } else { Err(Problem::NotFound) }
}

/// The header of pages about one post.
pub(crate) fn header(tx: &mut Tx<'_>, post: &Rinci, title: &str, purpose: &str) -> Result<PageHeader, Problem> {
    let opd = opd::name(tx, post.opd)?.unwrap_or_default();
    let header = PageHeader::new(title)
        .purpose(purpose)
        .crumb("OPD dan jabatan", "/identity/opd")
        .crumb(opd, format!("/identity/opd/{}", post.opd));
    Ok(if title == post.nama { header } else { header.crumb(&post.nama, format!("{LIST}/{}", post.id)) })
}

/// GET /identity/jabatan/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let post = found(ctx, tx, ctx.param("id")?)?;
    let today = ctx.today();
    let all = held::found_at_post(tx, post.id)?;
    let above = match post.induk {
        Some(above) => store::get(tx, above)?,
        None => None,
    };
    let header = header(tx, &post, &post.nama, "Siapa yang memegang jabatan ini, sejak kapan, dan siapa atasannya.")?;
    let facts = Facts::new()
        .add("Jenis", post.jenis.label())
        .add(
            "Atasan",
            match &above {
                Some(above) => html! { (above.nama) },
                None => html! { span.redup { "Tidak ada; jabatan teratas" } },
            },
        )
        .add("Urutan dalam OPD", post.urut.to_string())
        .add("Berlaku sejak", tanggal_panjang(post.dari));
    let facts = match post.sampai {
        Some(last) => facts.add("Dihapus per", tanggal_panjang(last)),
        None => facts,
    };
    let plans = plans::of(tx, &format!("identity_jabatan:{}", post.id))?;
    let running = post.sampai.is_none();
    let (now, past): (Vec<&Found>, Vec<&Found>) =
        all.iter().partition(|one| !one.held.is_called_off() && one.held.sampai.is_none_or(|last| last >= today));
    let body = html! {
        (facts)
        (section("Pemegang", holders(&now, today, running)))
        @if !past.is_empty() { (section("Pemegang sebelumnya", earlier(&past))) }
        (section("Jabatan di bawahnya", below(tx, post.id, today)?))
        (riwayat::of(ctx, tx, &subjects(&post, &all))?)
    };
    let side = html! { @if running && plans.is_empty() { (acts(&post)) } };
    let content = html! {
        (state(&post, &all, today))
        @for plan in &plans { (crate::rencana::pages::notice(ctx, plan)) }
        @if !running { (Notice::new(Tone::Neutral, "Jabatan ini sudah dihapus.").text("Riwayatnya tetap dapat dibaca.")) }
        (detail(body, side))
    };
    Ok(frame::respond(ctx, &header, content))
}

fn subjects(post: &Rinci, all: &[Found]) -> Vec<String> {
    let held = all.iter().map(|one| format!("identity_penugasan:{}", one.held.id));
    [format!("identity_jabatan:{}", post.id)].into_iter().chain(held).collect()
}

/// Who answers for the post now, in one sentence.
fn state(post: &Rinci, all: &[Found], today: Date) -> Markup {
    let valid = || all.iter().filter(|one| !one.held.is_called_off() && one.held.is_valid_on(today));
    let holder = |one: &Found| Holder { orang: one.held.orang, nama: one.held.orang_nama.clone(), jenis: one.held.jenis };
    if post.sampai.is_some() {
        return html! {};
    }
    let Some(answers) = answering(valid().map(holder).collect()) else {
        let last = all.iter().filter_map(|one| one.held.sampai).filter(|last| *last < today).max();
        let since =
            last.map(|last| format!(" sejak {}", tanggal_panjang(crate::penugasan::rules::next_day(last)))).unwrap_or_default();
        return next_step(Tone::Warn, format!("Jabatan ini kosong{since}. Surat dan tugasnya menunggu pemegang berikutnya."));
    };
    let since = valid().find(|one| one.held.orang == answers.orang && one.held.jenis == answers.jenis).map(|one| one.held.mulai);
    let since = since.map(|day| format!(" sejak {}", tanggal_panjang(day))).unwrap_or_default();
    let others = valid().count().saturating_sub(1);
    let more = if others > 0 && !post.jenis.is_structural() { format!(" dan {others} orang lain") } else { String::new() };
    next_step(Tone::Info, format!("Jabatan ini dipegang {}{more}{since}.", display_name(answers.jenis, &answers.nama)))
}

fn holders(now: &[&Found], today: Date, running: bool) -> Table {
    let rows = now.iter().map(|one| {
        let state = if one.held.mulai > today { badge(Tone::Info, "Akan datang") } else { badge(Tone::Good, "Berjalan") };
        let last = one.held.sampai.map_or_else(|| Cell::new("Tidak dibatasi"), |day| tanggal_pendek(day).into());
        let row = Row::new(vec![
            one.held.orang_nama.as_str().into(),
            one.held.jenis.label().into(),
            tanggal_pendek(one.held.mulai).into(),
            last,
            Cell::new(state),
        ]);
        if running { row.href(format!("/identity/penugasan/{}", one.held.id)) } else { row }
    });
    Table::new("Pemegang")
        .column(Column::text("Nama"))
        .column(Column::text("Cara"))
        .column(Column::date("Sejak"))
        .column(Column::date("Sampai"))
        .column(Column::text("Keadaan").corner())
        .rows(rows)
        .empty(EmptyState::new(Icon::People, "Tidak ada pemegang", "Tugaskan seseorang dengan tombol Tugaskan pegawai."))
}

fn earlier(past: &[&Found]) -> Table {
    let rows = past.iter().rev().map(|one| {
        let last = one.held.sampai.filter(|_| !one.held.is_called_off()).map_or_else(|| "Dibatalkan".into(), tanggal_pendek);
        Row::new(vec![
            one.held.orang_nama.as_str().into(),
            one.held.jenis.label().into(),
            tanggal_pendek(one.held.mulai).into(),
            last.into(),
            one.alasan_akhir.as_deref().map_or_else(Cell::empty, Cell::from),
        ])
    });
    Table::new("Pemegang sebelumnya")
        .column(Column::text("Nama"))
        .column(Column::text("Cara"))
        .column(Column::date("Sejak"))
        .column(Column::date("Sampai"))
        .column(Column::text("Alasan berakhir").wide_only())
        .rows(rows)
}

fn below(tx: &mut Tx<'_>, id: Id, today: Date) -> Result<Table, Problem> {
    let mut rows = Vec::new();
    for one in store::subordinates(tx, id)? {
        let holder = store::holder_on(tx, one.id, today)?;
        let holder =
            holder.map_or_else(|| Cell::new(badge(Tone::Warn, "Kosong")), |one| display_name(one.jenis, &one.nama).into());
        rows.push(Row::new(vec![one.nama.as_str().into(), holder]).href(format!("{LIST}/{}", one.id)));
    }
    Ok(Table::new("Jabatan di bawahnya")
        .column(Column::text("Jabatan"))
        .column(Column::text("Pemegang"))
        .rows(rows)
        .empty(EmptyState::new(Icon::Office, "Tidak ada bawahan", "Jabatan yang beratasan jabatan ini tampil di sini.")))
}

fn acts(post: &Rinci) -> Markup {
    let at = format!("{LIST}/{}", post.id);
    act_bar(&[
        Act::link("Tugaskan pegawai", format!("{at}/penugasan/baru")).icon(Icon::Add).main(),
        Act::link("Ubah jabatan", format!("{at}/ubah")),
        Act::link("Tambah jabatan bawahan", format!("/identity/opd/{}/jabatan/baru?atasan={}", post.opd, post.id)),
        Act::link("Hapus jabatan", format!("{at}/hapus")).danger(),
    ])
}
