//! The whole year on paper: a summary, then for each service its months, days, reasons and desks.

use praja_desk::visitors;
use praja_kernel::tanggal_panjang;
use praja_module::{
    Body, Ctx, Jenis, Outcome, Problem, Response,
    documents::{DrawError, Drawing, TABLE},
};
use praja_store::Tx;
use praja_web::export::PdfRefusal;
use serde_json::{Value, json};

use super::{
    angka::{KELAS, kelas_label},
    hitung::{Isi, KINI},
    periode::Periode,
    store::{self, Baca},
    tampil::{HEADS, Layanan, Nilai, figures, share},
    ukuran, umum,
};
use crate::{alur::Meja, permohonan::AlasanLompat};

/// The kind is a list on paper, the text is that of this report.
const TEMPLATE: &[u8] = include_bytes!("../../cetak/statistik.typ");

/// GET /perizinan/statistik/laporan?tahun=2026
pub(super) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let (year, isi, semua) = umum::year(ctx, tx)?;
    let kini = store::umum(tx, KINI)?;
    let drawing = Drawing::new(TABLE, data(ctx, year, &isi, &kini, &semua), ctx.today()).file("tabel.typ", TEMPLATE.to_vec());
    let documents =
        ctx.instance().ports.documents.as_deref().ok_or_else(|| Problem::refused(PdfRefusal::Undrawn(DrawError::absent())))?;
    let drawn = documents.draw(&drawing).map_err(|e| Problem::refused(PdfRefusal::Undrawn(e)))?;
    Ok(Response::of(Body::Pdf { bytes: drawn.pdf, name: format!("statistik-perizinan-{year}.pdf") }))
}

fn data(ctx: &Ctx, year: i16, isi: &[Baca], kini: &[Baca], semua: &[Layanan]) -> Value {
    let instance = ctx.instance();
    let empty = Isi::default();
    let of = |all: &'_ [Baca], id| all.iter().position(|one| one.jenis == id);
    let waiting = |id| of(kini, id).map_or(&empty, |at| &kini[at].isi);
    let whole = Periode::Tahun(year).to_string();
    let mut parts: Vec<Value> = Vec::new();
    if let Some(at) = of(isi, None) {
        parts.push(part("Semua layanan", &isi[at].isi, waiting(None), year));
    }
    let mut summary: Vec<Vec<String>> = Vec::new();
    for layanan in semua {
        let Some(at) = of(isi, Some(layanan.id)) else { continue };
        parts.push(part(&layanan.nama, &isi[at].isi, waiting(Some(layanan.id)), year));
        summary.push(row(&layanan.nama, &isi[at].isi, &whole));
    }
    let day = isi.first().map_or(ctx.now(), |one| one.pada);
    json!({
        "judul": format!("Statistik pelayanan perizinan tahun {year}"),
        "pemda": instance.wilayah.nama,
        "latihan": instance.jenis == Jenis::Contoh,
        "tanggal": tanggal_panjang(instance.zona.date(day)),
        "kepala": HEADS,
        "ringkasan": summary,
        "bagian": parts,
    })
}

fn row(first: &str, isi: &Isi, periode: &str) -> Vec<String> {
    std::iter::once(first.to_owned()).chain(figures(isi, periode).iter().map(Nilai::text)).collect()
}

/// Everything about one service, or about all together.
fn part(nama: &str, isi: &Isi, kini: &Isi, year: i16) -> Value {
    let periods: Vec<Periode> = Periode::of_year(year).collect();
    let months: Vec<Periode> = periods.iter().copied().filter(|one| matches!(one, Periode::Bulan(..))).collect();
    let text = |periode: &Periode, name: &str| Nilai::from(isi.count(&periode.to_string(), name)).text();
    // Months, then quarters, then the year.
    let order = periods.iter().skip(5).chain(periods.iter().skip(1).take(4)).chain(periods.first());
    let by_period: Vec<Vec<String>> = order.clone().map(|one| row(&one.label(), isi, &one.to_string())).collect();
    let more: Vec<Vec<String>> = order
        .map(|one| {
            let key = one.to_string();
            vec![
                one.label(),
                text(one, ukuran::KUASA),
                share(isi.count(&key, ukuran::KUASA), isi.count(&key, ukuran::MASUK)).text(),
                share(isi.count(&key, ukuran::PERNAH), isi.count(&key, ukuran::PUTUS)).text(),
                text(one, ukuran::TEPAT),
                text(one, ukuran::LAMBAT),
                text(one, ukuran::LOMPAT),
            ]
        })
        .collect();
    let by_month = |lines: Vec<(String, String)>| -> Vec<Vec<String>> {
        lines
            .into_iter()
            .map(|(name, label)| {
                let figures = months.iter().map(|one| text(one, &name));
                std::iter::once(label).chain(figures).chain(periods.first().map(|one| text(one, &name))).collect()
            })
            .collect()
    };
    let days = by_month((0..=KELAS.len()).map(|at| (ukuran::hari(at), kelas_label(at))).collect());
    let refusals = by_month(ukuran::refusals().map(|(name, label)| (name, label.to_owned())).collect());
    let jumps = by_month(AlasanLompat::ALL.iter().map(|one| (ukuran::lompat(*one), one.label().to_owned())).collect());
    let desks: Vec<Vec<String>> = Meja::ALL
        .iter()
        .filter(|meja| **meja != Meja::Selesai)
        .map(|meja| vec![meja.label().to_owned(), Nilai::from(kini.count(KINI, &ukuran::antre(*meja))).text()])
        .collect();
    json!({
        "nama": nama, "masa": by_period, "lain": more, "hari": days, "tolak": refusals, "lompat": jumps, "antre": desks,
    })
}
