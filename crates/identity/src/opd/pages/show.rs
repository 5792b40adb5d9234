use praja_kernel::{Id, tanggal_panjang};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Act, Cell, Column, EmptyState, Facts, Icon, Link, Markup, Notice, PageHeader, Row, Table, Tone, act_bar, badge, detail,
    frame, html, section,
};

use super::LIST;
use crate::{
    jabatan::store as posts,
    opd::{Opd, reach, store},
    penugasan::display_name,
    rencana::store as plans,
    rights::MANAGE_ALL_OPD,
    riwayat,
};

/// Posts shown on the page of an OPD; all of them are in the list of posts.
const POSTS: usize = 100;

/// One OPD that the asker administers; others look as if they were not there.
pub(crate) fn found(ctx: &Ctx, tx: &mut Tx<'_>, id: Id) -> Result<store::Rinci, Problem> {
    let row = store::row(tx, id)?.ok_or(Problem::NotFound)?;
    if reach(ctx, tx)?.has(id) { Ok(row) } else { Err(Problem::NotFound) }
}

/// The header of pages about one OPD.
pub(crate) fn header(opd: &Opd, title: &str, purpose: &str) -> PageHeader {
    let header = PageHeader::new(title).purpose(purpose).crumb("OPD dan jabatan", LIST);
    if title == opd.nama { header } else { header.crumb(&opd.nama, format!("{LIST}/{}", opd.id)) }
}

/// GET /identity/opd/{id}: one OPD, its units, its posts and who holds them today.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let row = found(ctx, tx, ctx.param("id")?)?;
    let opd = row.opd;
    let running = opd.berlaku_sampai.is_none();
    let header = header(&opd, &opd.nama, "Data OPD ini, unit di bawahnya, serta jabatan dan pemegangnya hari ini.");
    let plans = plans::of(tx, &format!("identity_opd:{}", opd.id))?;
    let before = store::predecessors(tx, opd.id)?;
    let facts = facts(tx, &opd, &before)?;
    let body = html! {
        (facts)
        (section("Jabatan dan pemegangnya", post_table(ctx, tx, &opd)?))
        (section("Unit di bawahnya", units(ctx, tx, opd.id)?))
        (riwayat::of(ctx, tx, &[format!("identity_opd:{}", opd.id)])?)
    };
    let side = html! { @if running { (acts(ctx, &opd, plans.is_empty())) } };
    let content = html! {
        @if !running { (ended(tx, &opd)?) }
        @for plan in &plans { (crate::rencana::pages::notice(ctx, plan)) }
        (detail(body, side))
    };
    Ok(frame::respond(ctx, &header, content))
}

fn facts(tx: &mut Tx<'_>, opd: &Opd, before: &[(Id, String)]) -> Result<Facts, Problem> {
    let above = super::name_of(tx, opd.induk)?;
    let mut facts = Facts::new()
        .add("Kode", &opd.kode)
        .add("Singkatan", &opd.singkatan)
        .add("Jenis", opd.jenis.label())
        .add("Di bawah", above.unwrap_or_else(|| "Langsung di bawah kepala daerah".into()))
        .add("Berlaku sejak", tanggal_panjang(opd.berlaku_dari));
    if let Some(last) = opd.berlaku_sampai {
        facts = facts.add("Berlaku sampai", tanggal_panjang(last));
    }
    if !before.is_empty() {
        let names = html! { @for (id, nama) in before { div { a href={ (LIST) "/" (id) } { (nama) } } } };
        facts = facts.add("Melanjutkan", names);
    }
    Ok(facts)
}

/// Where an OPD that has ended goes on.
fn ended(tx: &mut Tx<'_>, opd: &Opd) -> Result<Markup, Problem> {
    let last = opd.berlaku_sampai.map(tanggal_panjang).unwrap_or_default();
    let after = store::successors(tx, opd.id)?;
    let mut notice = Notice::new(Tone::Neutral, format!("OPD ini berakhir {last}."));
    notice = match after.first() {
        Some((id, nama)) => notice
            .text("Surat dan berkasnya dibuka oleh OPD penerusnya.")
            .link(Link::new(format!("Buka {nama}"), format!("{LIST}/{id}"))),
        None => notice.text("Tidak ada OPD yang melanjutkannya. Riwayatnya tetap dapat dibaca."),
    };
    Ok(html! { (notice) })
}

fn acts(ctx: &Ctx, opd: &Opd, free: bool) -> Markup {
    let at = format!("{LIST}/{}", opd.id);
    let mut list = vec![
        Act::link("Tambah jabatan", format!("{at}/jabatan/baru")).icon(Icon::Add).main(),
        Act::link("Ubah data OPD", format!("{at}/ubah")),
        Act::link("Tambah unit di bawahnya", format!("{LIST}/baru?induk={}", opd.id)),
    ];
    if ctx.may(MANAGE_ALL_OPD) && free {
        list.push(Act::link("Ganti nama OPD", format!("{at}/ganti-nama")));
        list.push(Act::link("Gabungkan ke OPD lain", format!("{at}/gabung")));
        list.push(Act::link("Tutup OPD", format!("{at}/tutup")).danger());
    }
    act_bar(&list)
}

fn post_table(ctx: &Ctx, tx: &mut Tx<'_>, opd: &Opd) -> Result<Markup, Problem> {
    let all = posts::list_of_opd(tx, opd.id)?;
    let total = all.len();
    let mut rows = Vec::new();
    for (depth, jabatan) in crate::pohon::tree(all, |one| one.id, |one| one.induk).into_iter().take(POSTS) {
        let holders = posts::holders_with_kind(tx, jabatan.id, ctx.today())?;
        let names = html! { @for (_, nama, jenis) in &holders { div { (display_name(*jenis, nama)) } } };
        let names = if holders.is_empty() { Cell::new(badge(Tone::Warn, "Kosong")) } else { Cell::new(names) };
        let nama = html! { span class={ "tingkat-" (depth.min(6)) } { (jabatan.nama) } };
        rows.push(
            Row::new(vec![Cell::new(nama), names, jabatan.jenis.label().into()])
                .href(format!("/identity/jabatan/{}", jabatan.id)),
        );
    }
    let table = Table::new("Jabatan")
        .column(Column::text("Jabatan"))
        .column(Column::text("Pemegang"))
        .column(Column::text("Jenis").corner())
        .count(if total > POSTS { format!("{POSTS} dari {total} jabatan") } else { format!("{total} jabatan") })
        .rows(rows)
        .empty(EmptyState::new(Icon::People, "Belum ada jabatan", "Jabatan OPD ini muncul di sini setelah dicatat."));
    let href = format!("/identity/jabatan?opd={}", opd.id);
    Ok(html! { (table) p { a href=(href) { "Cari dan unduh jabatan OPD ini" } " · "
    a href={ "/identity/orang?opd=" (opd.id) } { "Pegawai OPD ini" } } })
}

fn units(ctx: &Ctx, tx: &mut Tx<'_>, id: Id) -> Result<Table, Problem> {
    let mut rows = Vec::new();
    for unit in store::units(tx, id)? {
        rows.push(super::line(ctx, tx, &unit, 0)?);
    }
    let count = format!("{} unit", rows.len());
    Ok(Table::new("Unit di bawahnya")
        .column(Column::text("OPD"))
        .column(Column::text("Singkatan").wide_only())
        .column(Column::text("Jenis"))
        .column(Column::text("Kode").wide_only())
        .column(Column::number("Jabatan"))
        .column(Column::number("Pemegang"))
        .count(count)
        .rows(rows)
        .empty(EmptyState::new(Icon::Office, "Tidak ada unit di bawahnya", "UPTD, bagian, kelurahan, atau desa tampil di sini.")))
}
