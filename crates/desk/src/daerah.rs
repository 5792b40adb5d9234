//! The regency as its pack describes it: read on screen, changed in the files of the installation.

#[cfg(test)]
mod tests;

use praja_kernel::{hari, tanggal_panjang};
use praja_module::{Ctx, Jenis, Outcome, Paket, Problem};
use praja_store::Tx;
use praja_web::{
    Cell, Column, EmptyState, Facts, Icon, Link, Markup, Notice, PageHeader, Row, Table, Tone, assets, badge, color::Accent,
    crest::Crest, frame, html, icon, section,
};

use crate::{
    calendar::{self, pack::Standing},
    wilayah::{Lookup, Wilayah},
};

/// The address of the page.
pub(crate) const PAGE: &str = "/desk/daerah";
/// A search shows so many.
const FOUND: usize = 50;

/// GET /desk/daerah?q=…&kecamatan=…
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let paket = &ctx.instance().paket;
    if let Some(kode) = ctx.query("kecamatan") {
        let (kode, nama) = paket.kecamatan().find(|(own, _)| *own == kode).ok_or(Problem::NotFound)?;
        let header = PageHeader::new(format!("Kecamatan {nama}"))
            .purpose(format!("Desa dan kelurahan menurut kode wilayah {kode}."))
            .crumb("Profil daerah", PAGE);
        return Ok(frame::respond(ctx, &header, html! { (search_box("")) (villages(paket, kode)) }));
    }
    let asked: String = ctx.query("q").unwrap_or_default().chars().take(100).collect();
    if !asked.trim().is_empty() {
        let header = PageHeader::new("Kecamatan, desa, dan kelurahan").crumb("Profil daerah", PAGE);
        return Ok(frame::respond(ctx, &header, html! { (search_box(&asked)) (found(paket, &asked)) }));
    }
    let header = PageHeader::new("Profil daerah")
        .purpose("Identitas, tampilan, hari libur daerah, dan wilayah yang dipakai pemasangan ini.");
    let content = html! {
        (example(paket))
        (section("Identitas", identity(ctx)))
        (section("Hari libur daerah", holidays(ctx, tx)?))
        (section("Kecamatan, desa, dan kelurahan", html! { (search_box("")) (districts(paket)) }))
        (section("Cara mengubah", how()))
    };
    Ok(frame::respond(ctx, &header, content))
}

fn example(paket: &Paket) -> Markup {
    let is_example = paket.struktur.as_ref().is_some_and(|struktur| struktur.contoh);
    html! {
        @if is_example {
            (Notice::new(Tone::Info, "Susunan OPD dalam paket ini contoh").text(
                "Belum ada yang mencocokkannya dengan peraturan daerah. OPD yang dipakai bekerja dikelola administrator di halaman OPD.",
            ))
        }
    }
}

fn identity(ctx: &Ctx) -> Facts {
    let (instance, paket) = (ctx.instance(), &ctx.instance().paket);
    let accent = paket.aksen.as_deref().and_then(|color| Accent::parse(color).ok());
    let crest = paket.lambang.as_ref().map(|lambang| Crest::new(lambang, accent.unwrap_or_default()));
    let lines = (!paket.alamat.is_empty()).then(|| paket.alamat.join(", "));
    Facts::new()
        .add("Nama", &instance.wilayah.nama)
        .add("Kode wilayah", &instance.wilayah.kode)
        .add("Provinsi", stated(paket.provinsi.as_ref()))
        .add("Ibu kota", stated(paket.ibu_kota.as_ref()))
        .add("Alamat", stated(lines.as_ref()))
        .add("Telepon", stated(paket.telepon.as_ref()))
        .add("Surel", stated(paket.surel.as_ref()))
        .add("Situs", stated(paket.situs.as_ref()))
        .add("Zona waktu", instance.zona.name())
        .add_maybe(
            "Lambang",
            crest.map(|crest| {
                html! {
                    img src=(assets::crest_url(&crest)) width="48" height="54" alt="Lambang netral dengan huruf daerah";
                    p.redup { "Gambar netral, bukan lambang resmi daerah." }
                }
            }),
        )
        .add("Warna", accent.map_or_else(|| html! { "Warna bawaan Praja" }, |accent| swatch(&accent)))
}

/// What the pack says, or that it says nothing.
fn stated(value: Option<&String>) -> Markup {
    match value.filter(|value| !value.trim().is_empty()) {
        Some(value) => html! { (value) },
        None => html! { span.redup { "Belum diisi" } },
    }
}

fn swatch(accent: &Accent) -> Markup {
    let color = accent.hex();
    html! {
        svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" { rect width="16" height="16" rx="3" fill=(color) {} }
        " " (color)
    }
}

fn holidays(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Markup, Problem> {
    let contoh = ctx.instance().jenis == Jenis::Contoh;
    let mut table = Table::new("Hari libur daerah")
        .column(Column::date("Tanggal"))
        .column(Column::text("Hari libur"))
        .column(Column::text("Dasar"))
        .column(Column::text("Dalam kalender").corner());
    for day in &ctx.instance().paket.libur_daerah {
        let standing = calendar::pack::standing(tx, day, contoh)?;
        let dasar = calendar::pack::basis(day, contoh);
        table = table.row(Row::new(vec![
            Cell::date(
                praja_kernel::tanggal_pendek(day.tanggal),
                format!("{}, {}", hari(day.tanggal), tanggal_panjang(day.tanggal)),
            ),
            day.nama.as_str().into(),
            dasar.map_or_else(Cell::empty, Cell::from),
            state(&standing, &day.nama).into(),
        ]));
    }
    let table = table.empty(EmptyState::new(
        Icon::Calendar,
        "Paket ini tidak memuat hari libur daerah",
        "Hari libur nasional dan cuti bersama tetap dihitung dari kalender kerja.",
    ));
    Ok(html! { (table) p { a href=(calendar::LIST) { "Buka kalender kerja" } } })
}

fn state(standing: &Standing, nama: &str) -> Markup {
    match standing {
        Standing::Off(because) if because == nama.trim() => badge(Tone::Good, "Libur"),
        Standing::Off(because) => html! { (badge(Tone::Good, "Libur")) " " span.redup { (because) } },
        Standing::NoDecree => badge(Tone::Warn, "Belum berlaku: tanpa nomor keputusan"),
        Standing::YearUnknown => badge(Tone::Neutral, "Menunggu kalender tahun itu"),
        Standing::Removed => badge(Tone::Neutral, "Dihapus dari kalender"),
        Standing::Waiting => badge(Tone::Neutral, "Dimuat saat Praja dijalankan ulang"),
    }
}

fn districts(paket: &Paket) -> Table {
    let rows: Vec<Row> = paket
        .kecamatan()
        .map(|(kode, nama)| {
            Row::new(vec![nama.into(), kode.into(), format!("{} desa dan kelurahan", paket.desa(kode).count()).into()])
                .href(format!("{PAGE}?kecamatan={kode}"))
        })
        .collect();
    let count = format!("{} kecamatan", rows.len());
    let table = Table::new("Kecamatan")
        .column(Column::text("Kecamatan"))
        .column(Column::text("Kode"))
        .column(Column::text("Di dalamnya"));
    if rows.is_empty() { table.empty(nothing()) } else { table.count(count).rows(rows) }
}

fn villages(paket: &Paket, kecamatan: &str) -> Table {
    let rows: Vec<Row> =
        paket.desa(kecamatan).map(|(kode, nama)| Row::new(vec![nama.into(), kind(kode).into(), kode.into()])).collect();
    let count = format!("{} desa dan kelurahan", rows.len());
    let table =
        Table::new("Desa dan kelurahan").column(Column::text("Nama")).column(Column::text("Jenis")).column(Column::text("Kode"));
    if rows.is_empty() { table.empty(nothing()) } else { table.count(count).rows(rows) }
}

fn found(paket: &Paket, asked: &str) -> Table {
    let lookup = Lookup::of(paket);
    let all = lookup.search_own(asked);
    let row = |one: &&Wilayah| {
        let above =
            if one.level() == 3 { String::new() } else { lookup.path(one).split(',').next().unwrap_or_default().to_owned() };
        let kecamatan = one.kode.get(..8).unwrap_or(&one.kode);
        Row::new(vec![
            one.nama.as_str().into(),
            kind(&one.kode).into(),
            if above.is_empty() { Cell::empty() } else { above.into() },
            one.kode.as_str().into(),
        ])
        .href(format!("{PAGE}?kecamatan={kecamatan}"))
    };
    let table = Table::new("Hasil pencarian")
        .column(Column::text("Nama"))
        .column(Column::text("Jenis"))
        .column(Column::text("Di dalam"))
        .column(Column::text("Kode"))
        .rows(all.iter().take(FOUND).map(row))
        .empty(
            EmptyState::new(
                Icon::Search,
                format!("Tidak ada wilayah untuk \"{asked}\""),
                "Periksa ejaannya, atau tulis beberapa huruf dari namanya atau awal kodenya.",
            )
            .action(Link::new("Tampilkan semua kecamatan", PAGE)),
        );
    match all.len() {
        0 => table,
        many if many > FOUND => table.count(format!("{FOUND} dari {many}")),
        few => table.count(format!("{few} wilayah")),
    }
}

/// Kelurahan have codes that begin with 1 below their kecamatan, desa with 2.
fn kind(kode: &str) -> &'static str {
    match (kode.len(), kode.as_bytes().get(9)) {
        (8, _) => "Kecamatan",
        (_, Some(b'1')) => "Kelurahan",
        _ => "Desa",
    }
}

fn nothing() -> EmptyState {
    EmptyState::new(
        Icon::Government,
        "Paket ini belum memuat daftar wilayah",
        "Daftarnya ada dalam berkas config/region/wilayah.csv di folder pemasangan.",
    )
}

fn search_box(asked: &str) -> Markup {
    html! {
        form.cari role="search" aria-label="Kecamatan, desa, dan kelurahan" action=(PAGE) method="get" {
            label.senyap for="cari-wilayah" { "Cari kecamatan, desa, atau kelurahan" }
            (icon(Icon::Search))
            input #cari-wilayah type="search" name="q" value=(asked) placeholder="Nama atau kode" autocomplete="off";
        }
    }
}

fn how() -> Markup {
    html! {
        p { "Halaman ini hanya untuk dibaca. Yang memegang komputer Praja mengubahnya begini:" }
        ol.bernomor {
            li { "Buka berkas " code { "config/region/paket.yaml" } " di folder pemasangan. Daftar wilayah ada di sebelahnya, " code { "wilayah.csv" } "." }
            li { "Ubah isinya menurut panduan \"Paket daerah\", lalu simpan." }
            li { "Jalankan ulang Praja. Isian yang keliru disebutkan dengan nama bagiannya, dan tidak ada data yang berubah." }
        }
        p { "Hari libur yang ditetapkan kemudian lebih mudah ditambahkan di " a href=(calendar::LIST) { "kalender kerja" } "." }
    }
}
