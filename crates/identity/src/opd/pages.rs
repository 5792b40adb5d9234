use praja_kernel::Id;
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{Cell, Column, EmptyState, Facts, Icon, PageHeader, Row, Table, frame, html, section};

use super::{reach, store, tree};
use crate::{jabatan::store as posts, penugasan::display_name};

/// GET /identity/opd: the tree with its figures; an OPD's admin sees the own OPD and what is below it.
pub(crate) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let mut rows = Vec::new();
    for (depth, opd) in visible(ctx, tx)? {
        let (posts, holders) = store::counts(tx, opd.id, ctx.today())?;
        // Depth is read, not only seen: the space in front means nothing to a screen reader.
        let name = html! { @for _ in 0..depth { span aria-hidden="true" { "\u{2003}" } } (opd.nama) };
        rows.push(
            Row::new(vec![
                Cell::new(name),
                opd.singkatan.as_str().into(),
                opd.jenis.label().into(),
                opd.kode.as_str().into(),
                posts.to_string().into(),
                holders.to_string().into(),
            ])
            .href(format!("/identity/opd/{}", opd.id)),
        );
    }
    let table = Table::new("Susunan OPD")
        .column(Column::text("OPD"))
        .column(Column::text("Singkatan").wide_only())
        .column(Column::text("Jenis"))
        .column(Column::text("Kode").wide_only())
        .column(Column::number("Jabatan"))
        .column(Column::number("Pemegang"))
        .count(format!("{} OPD", rows.len()))
        .rows(rows)
        .empty(EmptyState::new(Icon::Office, "Belum ada OPD", "Susunan OPD muncul di sini setelah diimpor."));
    let header = PageHeader::new("OPD dan jabatan").purpose("Susunan perangkat daerah dengan jumlah jabatan dan pemegangnya.");
    Ok(frame::respond(ctx, &header, table))
}

/// GET /identity/opd/{id}: the posts of one OPD and who holds them today.
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let id: Id = ctx.param("id")?;
    let Some((_, opd)) = visible(ctx, tx)?.into_iter().find(|(_, opd)| opd.id == id) else { return Err(Problem::NotFound) };
    let above = match opd.induk {
        Some(above) => store::name(tx, above)?,
        None => None,
    };
    let mut rows = Vec::new();
    for jabatan in posts::list_of_opd(tx, id)? {
        let holders = posts::holders_with_kind(tx, jabatan.id, ctx.today())?;
        let names = html! { @for (_, nama, jenis) in &holders { div { (display_name(*jenis, nama)) } } };
        let names = if holders.is_empty() { Cell::empty() } else { Cell::new(names) };
        rows.push(Row::new(vec![jabatan.nama.as_str().into(), names, jabatan.jenis.label().into()]));
    }
    let facts = Facts::new()
        .add("Kode", &opd.kode)
        .add("Singkatan", &opd.singkatan)
        .add("Jenis", opd.jenis.label())
        .add_maybe("Di bawah", above)
        .add("Berlaku sejak", praja_kernel::tanggal_panjang(opd.berlaku_dari));
    let table = Table::new("Jabatan")
        .column(Column::text("Jabatan"))
        .column(Column::text("Pemegang"))
        .column(Column::text("Jenis").corner())
        .count(format!("{} jabatan", rows.len()))
        .rows(rows)
        .empty(EmptyState::new(Icon::People, "Belum ada jabatan", "Jabatan OPD ini muncul di sini setelah dicatat."));
    let header = PageHeader::new(opd.nama)
        .purpose("Jabatan pada OPD ini dan pemegangnya hari ini.")
        .crumb("OPD dan jabatan", "/identity/opd");
    Ok(frame::respond(ctx, &header, html! { (facts) (section("Jabatan dan pemegangnya", table)) }))
}

/// The OPDs this reader may see, as a tree.
fn visible(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<(usize, super::Opd)>, Problem> {
    let reach = reach(ctx, tx)?;
    let mut all = store::list_active(tx)?;
    all.retain(|opd| reach.has(opd.id));
    Ok(tree(all))
}
