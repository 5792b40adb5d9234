//! One report in twenty is looked at again by the inspectorate. Which ones is decided by a hash with a seed of this box: nobody chooses, and
//! nobody at the desk can tell beforehand.

use std::collections::BTreeSet;

use praja_kernel::{Id, tanggal_panjang, tanggal_pendek};
use praja_module::{Ctx, Input, Outcome, Problem, Response};
use praja_store::{Keys, Tx, audit::Entry};
use praja_web::{
    Address, Cell, Column, EmptyState, Facts, Field, Icon, PageHeader, Row, Table, Tone, badge,
    export::{self, Col, Format, Sheet},
    frame, html,
};
use sha2::{Digest, Sha256};

use super::{
    laporan::{label, wrong},
    store::{self, Survei, Uji},
};
use crate::{hak::REVIEW, permohonan};

const LIST: &str = "/perizinan/izin/uji-ulang";
/// So many of a hundred.
const PERSEN: u32 = 5;
/// So many reports are looked through for the list: a regency's year.
const MOST: usize = 5000;
/// How far back, in milliseconds: a year.
const YEAR_MS: i64 = 366 * 86_400_000;
/// Outcomes.
const HASIL: &[(&str, &str)] = &[
    ("sesuai", "Sesuai dengan berita acara"),
    ("berbeda", "Berbeda dari berita acara"),
    ("tidak-dapat", "Tidak dapat diuji lagi"),
];

/// The lot of a survey. The same survey has the same one under the same seed.
fn lot(seed: &[u8], survei: Id) -> u32 {
    let sum = Sha256::new().chain_update(seed).chain_update(survei.to_string()).finalize();
    u32::from_be_bytes([sum[0], sum[1], sum[2], sum[3]])
}

/// Is this one looked at again whatever else happened in its month?
fn is_drawn(seed: &[u8], survei: Id) -> bool {
    lot(seed, survei) % 100 < PERSEN
}

/// Those that are looked at again: one in twenty, and of a month without any the one with the smallest lot.
fn by_lot(seed: &[u8], all: &[Survei]) -> Vec<Id> {
    let mut drawn: Vec<Id> = all.iter().map(|one| one.id).filter(|id| is_drawn(seed, *id)).collect();
    let month = |one: &Survei| (one.tanggal.year(), one.tanggal.month());
    let months: BTreeSet<_> = all.iter().map(month).collect();
    for wanted in months {
        let of_month = || all.iter().filter(|one| month(one) == wanted);
        if !of_month().any(|one| drawn.contains(&one.id)) {
            drawn.extend(of_month().min_by_key(|one| (lot(seed, one.id), one.id)).map(|one| one.id));
        }
    }
    drawn
}

fn seed(ctx: &Ctx) -> impl AsRef<[u8]> + use<> {
    ctx.instance().keys().secret("perizinan/uji-ulang").to_vec()
}

fn drawn(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<(Survei, Option<Uji>)>, Problem> {
    let seed = seed(ctx);
    let all = store::whole_since(tx, ctx.now().plus_ms(-YEAR_MS), MOST)?;
    let mut found = Vec::new();
    let chosen = by_lot(seed.as_ref(), &all);
    for survei in all.into_iter().filter(|survei| chosen.contains(&survei.id)) {
        let uji = store::checked(tx, survei.id)?;
        found.push((survei, uji));
    }
    Ok(found)
}

/// GET /perizinan/izin/uji-ulang
pub(super) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let all = drawn(ctx, tx)?;
    let mut lines = Vec::new();
    for (survei, uji) in &all {
        let nomor = permohonan::store::get(tx, survei.permohonan)?.map(|one| one.sebutan().to_owned()).unwrap_or_default();
        let outcome = match uji {
            Some(uji) => badge(if uji.hasil == "berbeda" { Tone::Bad } else { Tone::Good }, label(HASIL, &uji.hasil)),
            None => badge(Tone::Warn, "Belum diuji"),
        };
        lines.push(
            Row::new(vec![
                Cell::new(nomor),
                Cell::date(tanggal_pendek(survei.tanggal), tanggal_panjang(survei.tanggal)),
                Cell::new(survei.hasil.as_deref().map_or("", super::hasil_label)),
                Cell::new(outcome),
            ])
            .href(format!("{LIST}/{}", survei.id)),
        );
    }
    let mut table = Table::new("Uji ulang pemeriksaan lapangan")
        .column(Column::text("Permohonan"))
        .column(Column::date("Diperiksa"))
        .column(Column::text("Hasil berita acara"))
        .column(Column::text("Hasil uji ulang").corner())
        .rows(lines)
        .empty(EmptyState::new(
            Icon::Good,
            "Belum ada yang terpilih",
            "Satu dari dua puluh berita acara yang sah terpilih sendiri dan tampil di sini.",
        ));
    if !all.is_empty() {
        table = table.downloads(&Address::here(ctx).at(format!("{LIST}/unduh")));
    }
    let header = PageHeader::new("Uji ulang pemeriksaan lapangan")
        .purpose("Lima persen berita acara setahun terakhir dan sedikitnya satu setiap bulan, dipilih oleh perhitungan yang tidak dapat diatur siapa pun.");
    Ok(frame::respond(ctx, &header, html! { (table) }))
}

/// GET /perizinan/izin/uji-ulang/unduh
pub(super) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let mut sheet = Sheet::new("Uji ulang pemeriksaan lapangan")
        .column(Col::text("Permohonan"))
        .column(Col::date("Diperiksa"))
        .column(Col::text("Hasil berita acara"))
        .column(Col::text("Hasil uji ulang"))
        .column(Col::text("Catatan"))
        .column(Col::text("Oleh"));
    for (survei, uji) in drawn(ctx, tx)? {
        let nomor = permohonan::store::get(tx, survei.permohonan)?.map(|one| one.sebutan().to_owned()).unwrap_or_default();
        let (hasil, catatan, oleh) = match uji {
            Some(uji) => (label(HASIL, &uji.hasil).to_owned(), uji.catatan, uji.oleh_nama),
            None => ("belum diuji".to_owned(), String::new(), String::new()),
        };
        sheet.push(vec![
            export::Cell::Text(nomor),
            export::Cell::Date(survei.tanggal),
            export::Cell::Text(survei.hasil.as_deref().map_or("", super::hasil_label).to_owned()),
            export::Cell::Text(hasil),
            export::Cell::Text(catatan),
            export::Cell::Text(oleh),
        ]);
    }
    export::respond(ctx, sheet, Format::asked(ctx), "uji-ulang-lapangan")
}

/// The survey of this address, when it was drawn.
fn found(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Survei, Problem> {
    let id: Id = ctx.param("survei")?;
    let one = store::get(tx, id)?.filter(|one| one.pada.is_some()).ok_or(Problem::NotFound)?;
    if drawn(ctx, tx)?.iter().any(|(survei, _)| survei.id == one.id) { Ok(one) } else { Err(Problem::NotFound) }
}

/// GET /perizinan/izin/uji-ulang/{survei}
pub(super) fn form(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    Ok(Response::page(draw(ctx, tx, None)?))
}

fn draw(ctx: &Ctx, tx: &mut Tx<'_>, again: super::laporan::Again<'_>) -> Result<String, Problem> {
    let survei = found(ctx, tx)?;
    let one = permohonan::store::get(tx, survei.permohonan)?.ok_or(Problem::NotFound)?;
    let bap = super::bap::Bap::read(&survei.bap);
    let team = super::names(&store::officers(tx, survei.id)?);
    let to = format!("{LIST}/{}", survei.id);
    let facts = Facts::new()
        .add("Permohonan", one.sebutan())
        .add("Diperiksa", format!("{} pukul {}", tanggal_panjang(survei.tanggal), survei.jam))
        .add("Petugas", team)
        .add("Hasil", survei.hasil.as_deref().map_or("", super::hasil_label))
        .add_maybe("Catatan", (!bap.catatan.is_empty()).then_some(&bap.catatan))
        .add("Titik", &bap.titik.letak)
        .add("Cara titik", if bap.titik.perangkat { "diukur perangkat" } else { "diketik" });
    let content = html! {
        (facts)
        ul { @for butir in &bap.butir { li { (butir.nama) ": " (label(super::bap::BUTIR, &butir.hasil)) @if !butir.temuan.is_empty() { ". " (butir.temuan) } } } }
        @match store::checked(tx, survei.id)? {
            Some(uji) => (Facts::new()
                .add("Hasil uji ulang", label(HASIL, &uji.hasil))
                .add("Catatan", &uji.catatan)
                .add("Oleh", format!("{}, {}", uji.oleh_nama, frame::time(ctx.instance().zona, uji.pada).0))),
            None if !ctx.may(REVIEW) => p.redup { "Belum diuji. Hasilnya dicatat pengawas." },
            None => ({
                let form = match again {
                    Some((input, refusal)) => frame::form_again(ctx, to, input).refusal(refusal.message(), refusal.next_step()).problems(&refusal.fields()),
                    None => frame::form(ctx, to),
                };
                form.field(Field::radio("hasil", "Hasil uji ulang", HASIL).required())
                    .field(Field::textarea("catatan", "Yang ditemukan").rows(4).required().max_length(2000))
                    .submit("Catat hasil uji ulang")
            }),
        }
    };
    let header = PageHeader::new("Uji ulang").purpose(format!("Berita acara {}", one.sebutan())).crumb("Uji ulang", LIST);
    Ok(praja_web::page(&frame::shell(ctx), &header, content))
}

/// POST /perizinan/izin/uji-ulang/{survei}
pub(super) fn save(ctx: &Ctx, input: &Input) -> Outcome {
    let hasil = input.text("hasil").to_owned();
    let catatan: String = input.text("catatan").chars().take(2000).collect();
    let refusal = if !HASIL.iter().any(|(known, _)| *known == hasil) {
        Some(wrong("hasil", "Pilih hasil uji ulang."))
    } else if catatan.chars().count() < 10 {
        Some(wrong("catatan", "Tulis yang ditemukan, paling sedikit 10 huruf."))
    } else {
        None
    };
    if let Some(refusal) = refusal {
        return ctx.read(|tx| draw(ctx, tx, Some((input, &refusal)))).map(Response::form_again);
    }
    let mine = ctx.clone();
    let response = ctx.submit(input, Keys::none(), move |tx| {
        let survei = found(&mine, tx)?;
        if !store::check(tx, survei.id, &hasil, &catatan)? {
            return Err(Problem::Conflict);
        }
        tx.audit(&Entry::new("perizinan.recheck-survei", "perizinan_survei", survei.id).with("hasil", &hasil).because(&catatan))?;
        Ok::<_, Problem>(LIST.to_owned())
    })?;
    Ok(response.with_notice("Hasil uji ulang dicatat."))
}

#[cfg(test)]
mod tests {
    use praja_kernel::Id;

    use super::is_drawn;

    #[test]
    fn one_in_twenty_is_drawn_and_always_the_same_ones_under_one_seed() {
        let ids: Vec<Id> = (0..4000_u32).map(|n| format!("0192a7b0-0000-7000-8000-{n:012}").parse().expect("an id")).collect();
        let drawn: Vec<bool> = ids.iter().map(|id| is_drawn(b"benih", *id)).collect();
        let count = drawn.iter().filter(|one| **one).count();
        assert!((140..=260).contains(&count), "{count}");
        assert_eq!(drawn, ids.iter().map(|id| is_drawn(b"benih", *id)).collect::<Vec<_>>());
        assert_ne!(drawn, ids.iter().map(|id| is_drawn(b"lain", *id)).collect::<Vec<_>>());
    }
}
