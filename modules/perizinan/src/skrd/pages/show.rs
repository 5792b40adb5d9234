use praja_kernel::{Date, tanggal_panjang};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Act, Cell, Column, Facts, Icon, Markup, Row, Table, Tone, act_bar, badge, detail, frame, html, next_step, section,
};

use super::{LIST, Part, address, load, paper, parts, status_badge};
use crate::{
    pembayaran::{self, Cara, Pembayaran},
    skrd::{Skrd, Status},
};

/// GET /perizinan/izin/retribusi/skrd/{id}
pub(super) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let skrd = load(ctx, tx)?;
    let payments = pembayaran::store::of_skrd(tx, skrd.id)?;
    let today = ctx.today();
    let waiting = payments.iter().find(|one| one.status == pembayaran::Status::Menunggu);
    let header = praja_web::PageHeader::new(format!("SKRD {}", skrd.nomor))
        .purpose(format!("{}, permohonan {}.", skrd.layanan, skrd.permohonan_nomor))
        .crumb("Retribusi", LIST);
    let content = html! {
        (parts(Part::Skrd))
        (now(&skrd, waiting, today)?)
        (detail(html! {
            (facts(&skrd, today)?)
            (section("Perhitungan", components(&skrd)))
            (section("Pembayaran", table(&payments)))
        }, acts(ctx, &skrd, waiting)))
    };
    Ok(frame::respond(ctx, &header, content))
}

fn now(skrd: &Skrd, waiting: Option<&Pembayaran>, today: Date) -> Result<Markup, Problem> {
    Ok(match (skrd.status, waiting) {
        (Status::Lunas, _) => {
            let when = skrd.lunas_tanggal.map(tanggal_panjang).unwrap_or_default();
            next_step(Tone::Good, format!("Lunas pada {when}."))
        }
        (Status::Batal, _) => next_step(Tone::Neutral, format!("Dibatalkan: {}", skrd.alasan_batal)),
        (Status::Terbit, Some(one)) => next_step(
            Tone::Warn,
            html! { "Setoran STS " (one.referensi) " dicatat " (one.oleh_nama) " dan menunggu konfirmasi petugas lain. " a href=(pembayaran::pages::address(one.id)) { "Periksa setoran" } "." },
        ),
        (Status::Terbit, None) => {
            let owed = skrd.owed(today).map_err(Problem::refused)?;
            let (tone, words) = if skrd.is_late(today) {
                (
                    Tone::Bad,
                    format!(
                        "Terlambat sejak {}; bila dibayar hari ini {owed}, bunga termasuk.",
                        tanggal_panjang(skrd.jatuh_tempo)
                    ),
                )
            } else {
                (Tone::Info, format!("Menunggu pembayaran {owed} sampai {}.", tanggal_panjang(skrd.jatuh_tempo)))
            };
            next_step(tone, words)
        }
    })
}

fn facts(skrd: &Skrd, today: Date) -> Result<Facts, Problem> {
    let denda = skrd.late(today).map_err(Problem::refused)?;
    let facts = Facts::new()
        .add("Keadaan", status_badge(skrd, today))
        .add("Kode bayar", html! { strong { (skrd.kode) } })
        .add("Wajib retribusi", &skrd.nama)
        .add_maybe("NPWP", Some(paper::npwp(&skrd.npwp)).filter(|text| !text.is_empty()))
        .add_maybe("Alamat", Some(&skrd.alamat).filter(|text| !text.is_empty()))
        .add("Dasar", &skrd.dasar)
        .add("Ditetapkan", tanggal_panjang(skrd.tanggal))
        .add("Jatuh tempo", tanggal_panjang(skrd.jatuh_tempo))
        .add("Jumlah", html! { strong { (skrd.jumlah) } });
    let open = skrd.status == Status::Terbit && denda.bulan > 0;
    Ok(facts
        .add_maybe("Bunga sampai hari ini", open.then(|| format!("{} ({} bulan)", denda.jumlah, denda.bulan)))
        .add("QRIS", if skrd.qris.is_empty() { "Belum ada dari bank" } else { "Sudah ada, tercetak pada SKRD" })
        .add("Diterbitkan oleh", &skrd.oleh_nama))
}

fn components(skrd: &Skrd) -> Table {
    Table::new("Komponen retribusi")
        .column(Column::text("Komponen"))
        .column(Column::number("Jumlah"))
        .rows(skrd.komponen.iter().map(|one| Row::new(vec![one.nama.as_str().into(), one.jumlah.to_string().into()])))
}

fn table(payments: &[Pembayaran]) -> Markup {
    if payments.is_empty() {
        return html! { p.redup { "Belum ada pembayaran yang tercatat." } };
    }
    let rows = payments.iter().map(|one| {
        let cell = html! { (one.cara.label()) br; span.redup { (one.referensi) } };
        Row::new(vec![
            cell.into(),
            one.jumlah.to_string().into(),
            one.denda.to_string().into(),
            Cell::date(super::day(one.tanggal), one.tanggal.to_string()),
            one.oleh_nama.as_str().into(),
            Cell::new(payment_badge(one)),
        ])
        .href(match (one.cara, one.berkas) {
            (Cara::Bank, Some(berkas)) => crate::bank::pages::address(berkas),
            _ => pembayaran::pages::address(one.id),
        })
    });
    let table = Table::new("Pembayaran")
        .column(Column::text("Cara dan referensi"))
        .column(Column::number("Jumlah"))
        .column(Column::number("Bunga di dalamnya"))
        .column(Column::date("Tanggal bayar"))
        .column(Column::text("Dicatat oleh"))
        .column(Column::text("Keadaan").corner())
        .rows(rows);
    html! { (table) }
}

/// The state of a payment.
pub(crate) fn payment_badge(one: &Pembayaran) -> Markup {
    let tone = match one.status {
        pembayaran::Status::Menunggu => Tone::Warn,
        pembayaran::Status::Sah => Tone::Good,
        pembayaran::Status::Ditolak => Tone::Bad,
    };
    badge(tone, one.status.label())
}

fn acts(ctx: &Ctx, skrd: &Skrd, waiting: Option<&Pembayaran>) -> Markup {
    let mut all = Vec::new();
    let base = address(skrd.id);
    if skrd.status == Status::Terbit {
        match waiting {
            Some(one) => {
                all.push(Act::link("Periksa setoran", pembayaran::pages::address(one.id)).icon(Icon::DocumentChecked).main())
            }
            None => all.push(Act::link("Catat setoran STS", format!("{base}/setor")).icon(Icon::Cash).main()),
        }
        all.push(
            Act::link(if skrd.qris.is_empty() { "Tempel QRIS dari bank" } else { "Ganti QRIS" }, format!("{base}/qris"))
                .icon(Icon::Edit),
        );
    }
    if paper::offered(ctx) {
        all.push(Act::link("Unduh SKRD (PDF)", format!("{base}/pdf")).icon(Icon::Download));
    }
    act_bar(&all)
}
