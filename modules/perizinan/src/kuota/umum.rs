//! The places for everybody: how many there are, held, free, and how many wait.

use praja_desk::visitors;
use praja_kernel::fold;
use praja_module::{Ctx, Outcome};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Icon, PageHeader, Row, Table,
    export::{self, Col, Format, Sheet},
    frame, html,
};

use super::{
    PAGE,
    store::{self, Kuota},
};
use crate::{jenis, layanan::HOME, survei::plain_point};

/// A place with what is taken of it.
pub(super) struct Baris {
    pub(super) kuota: Kuota,
    pub(super) layanan: String,
    pub(super) pegang: i64,
    pub(super) tunggu: i64,
}

impl Baris {
    pub(super) fn sisa(&self) -> i64 {
        (self.kuota.jumlah - self.pegang).max(0)
    }
}

/// Every place by service and name.
pub(super) fn gathered(tx: &mut Tx<'_>) -> praja_store::Result<Vec<Baris>> {
    let names = jenis::store::names(tx)?;
    let mut all = Vec::new();
    for kuota in store::all(tx)? {
        let (pegang, tunggu) = store::counts(tx, kuota.id)?;
        let layanan = names.iter().find(|(id, _)| *id == kuota.jenis).map(|(_, nama)| nama.clone()).unwrap_or_default();
        all.push(Baris { kuota, layanan, pegang, tunggu });
    }
    all.sort_by_cached_key(|one| (fold(&one.layanan), fold(&one.kuota.nama)));
    Ok(all)
}

/// GET /perizinan/kuota
pub(super) fn list(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let rows: Vec<Baris> = gathered(tx)?.into_iter().filter(|one| one.kuota.aktif).collect();
    let lines = rows.iter().map(|one| {
        let titik = &one.kuota.titik;
        Row::new(vec![
            Cell::new(&one.kuota.nama),
            Cell::new(&one.layanan),
            Cell::new(one.kuota.jumlah),
            Cell::new(one.pegang),
            Cell::new(one.sisa()),
            Cell::new(one.tunggu),
            if titik.is_empty() {
                Cell::empty()
            } else {
                Cell::new(html! { a href={ "geo:" (plain_point(titik)) } { (titik) } })
            },
        ])
    });
    let table = Table::new("Kuota tempat")
        .column(Column::text("Tempat"))
        .column(Column::text("Layanan"))
        .column(Column::number("Jumlah"))
        .column(Column::number("Terpakai"))
        .column(Column::number("Sisa").corner())
        .column(Column::number("Menunggu"))
        .column(Column::text("Letak"))
        .rows(lines)
        .downloads(&Address::here(ctx).at(format!("{PAGE}/unduh")))
        .empty(EmptyState::new(
            Icon::Good,
            "Tidak ada yang dibatasi",
            "Tidak ada layanan di sini yang jumlah tempatnya dibatasi.",
        ));
    let content = html! {
        p { "Tempat diberikan menurut urutan lengkapnya berkas. Bila habis, permohonan menunggu pada daftar ini dan dilanjutkan otomatis begitu ada tempat; tidak ada yang dapat menyela." }
        (table)
        p { a href="/pengaduan" { "Ada yang tidak sesuai? Sampaikan pengaduan" } }
    };
    let header = PageHeader::new("Kuota tempat")
        .purpose("Trayek, titik reklame, dan tempat lain yang jumlahnya dibatasi.")
        .crumb("Perizinan", HOME);
    Ok(frame::respond(ctx, &header, content))
}

/// GET …/unduh: open data.
pub(super) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    if let Some(stopped) = visitors::stop(ctx) {
        return Ok(stopped);
    }
    let mut sheet = Sheet::new("Kuota tempat")
        .column(Col::text("Tempat"))
        .column(Col::text("Layanan"))
        .column(Col::int("Jumlah"))
        .column(Col::int("Terpakai"))
        .column(Col::int("Sisa"))
        .column(Col::int("Menunggu"))
        .column(Col::text("Letak"));
    for one in gathered(tx)?.into_iter().filter(|one| one.kuota.aktif) {
        let sisa = one.sisa();
        let kuota = one.kuota;
        sheet.push(vec![
            kuota.nama.into(),
            one.layanan.into(),
            kuota.jumlah.into(),
            one.pegang.into(),
            sisa.into(),
            one.tunggu.into(),
            kuota.titik.into(),
        ]);
    }
    export::respond(ctx, sheet, Format::asked(ctx), "kuota-tempat")
}
