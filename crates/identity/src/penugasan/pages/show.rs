use praja_kernel::{Date, tanggal_panjang};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{Act, Facts, Markup, PageHeader, Tone, act_bar, detail, frame, html, next_step};

use super::{at, found};
use crate::{
    opd,
    penugasan::{Jenis, display_name, store::Found},
    riwayat,
};

/// The header of pages about one penugasan.
pub(crate) fn header(tx: &mut Tx<'_>, one: &Found, title: &str, purpose: &str) -> Result<PageHeader, Problem> {
    let opd = opd::name(tx, one.opd)?.unwrap_or_default();
    Ok(PageHeader::new(title)
        .purpose(purpose)
        .crumb(opd, format!("/identity/opd/{}", one.opd))
        .crumb(&one.held.jabatan_nama, format!("/identity/jabatan/{}", one.held.jabatan)))
}

/// GET /identity/penugasan/{id}
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let one = found(ctx, tx, ctx.param("id")?)?;
    let today = ctx.today();
    let title = format!("{} sebagai {}", one.held.orang_nama, display_name(one.held.jenis, &one.held.jabatan_nama));
    let header = header(tx, &one, &title, "Penugasan seseorang pada satu jabatan.")?;
    let orang = html! { a href={ "/identity/orang/" (one.held.orang) } { (one.held.orang_nama) } };
    let facts = Facts::new()
        .add("Pegawai", orang)
        .add("Jabatan", &one.held.jabatan_nama)
        .add("Cara memegang jabatan", one.held.jenis.label())
        .add("Hari pertama", tanggal_panjang(one.held.mulai))
        .add("Hari terakhir", one.held.sampai.map_or_else(|| "Tidak dibatasi".into(), tanggal_panjang))
        .add_maybe("Dasar penugasan", one.dasar.as_deref());
    let facts = match &one.alasan_akhir {
        Some(why) => facts.add("Alasan berakhir", why),
        None => facts,
    };
    let body = html! { (facts) (riwayat::of(ctx, tx, &[format!("identity_penugasan:{}", one.held.id)])?) };
    let over = one.held.is_called_off() || one.held.sampai.is_some_and(|last| last < today);
    let side = html! { @if !over { (acts(&one, today)) } };
    Ok(frame::respond(ctx, &header, html! { (state(&one, today)) (detail(body, side)) }))
}

fn state(one: &Found, today: Date) -> Markup {
    let held = &one.held;
    match held.sampai {
        _ if held.is_called_off() => next_step(Tone::Neutral, "Penugasan ini dibatalkan sebelum dimulai."),
        _ if held.mulai > today => next_step(Tone::Info, format!("Penugasan ini dimulai {}.", tanggal_panjang(held.mulai))),
        Some(last) if last < today => next_step(Tone::Neutral, format!("Penugasan ini berakhir {}.", tanggal_panjang(last))),
        Some(last) => next_step(
            Tone::Good,
            format!("Penugasan ini berjalan dan berakhir dengan sendirinya sesudah {}.", tanggal_panjang(last)),
        ),
        None => next_step(Tone::Good, format!("Penugasan ini berjalan sejak {}.", tanggal_panjang(held.mulai))),
    }
}

fn acts(one: &Found, today: Date) -> Markup {
    let at = at(one.held.id);
    let mut list = Vec::new();
    if one.held.jenis == Jenis::Definitif && one.held.mulai <= today {
        list.push(Act::link("Pindahkan pegawai", format!("{at}/pindah")).main());
    }
    list.push(Act::link("Ubah penugasan", format!("{at}/ubah")));
    let end = if one.held.mulai > today { "Batalkan penugasan" } else { "Akhiri penugasan" };
    list.push(Act::link(end, format!("{at}/akhiri")).danger());
    act_bar(&list)
}
