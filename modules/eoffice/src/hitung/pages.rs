//! Statistics: how many letters come and go, how long each step takes, what is late, sent back or not filed.

use praja_kernel::Id;
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Field, Filters, Icon, Link, Markup, PageHeader, Row, Stat, Table, Tone,
    charts::{self, Point, Series},
    export::{Col, Format, Sheet, respond},
    frame, html, section, stats,
};

use super::{
    gambar::{CAP, Gambar, Kantor, Lama, gather},
    lama,
    saringan::{Saringan, month_words, offices, usual},
};

/// Where the statistics are.
pub(crate) const PAGE: &str = "/eoffice/statistik";
/// Posts shown with late orders.
const POSTS: usize = 10;

/// What is shown, and of whom one may ask.
struct Halaman {
    saringan: Saringan,
    offices: Vec<(Id, String)>,
    gambar: Gambar,
}

fn load(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Halaman, Problem> {
    let (mut saringan, offices) = (Saringan::of(ctx), offices(ctx, tx)?);
    // An OPD whose figures one does not see counts as not asked for.
    saringan.opd = saringan.opd.filter(|wanted| offices.iter().any(|(id, _)| id == wanted));
    let chosen: Vec<(Id, String)> =
        offices.iter().filter(|(id, _)| saringan.opd.is_none_or(|wanted| wanted == *id)).cloned().collect();
    let gambar = gather(tx, &chosen, &saringan, ctx.today())?;
    Ok(Halaman { saringan, offices, gambar })
}

/// GET /eoffice/statistik?dari=…&sampai=…&opd=…
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let page = load(ctx, tx)?;
    let gambar = &page.gambar;
    let header = PageHeader::new("Statistik surat")
        .purpose(format!("Surat masuk dan keluar, lamanya setiap langkah, dan yang tertunggak: {}.", page.saringan.period()));
    let content = html! {
        (narrowing(ctx, &page))
        (stats(&figures(gambar)))
        (section("Surat menurut bulan", monthly(gambar)))
        (section("Lamanya setiap langkah", steps(gambar)))
        section.bagian #terlambat {
            h2 { "Disposisi terlambat menurut jabatan" }
            (late(gambar))
        }
        (section("Naskah yang dikembalikan", returned(gambar)))
        (section("Menurut OPD", table(ctx, gambar)))
        @if !gambar.by_opd.is_empty() { (section("Yang tertunggak menurut OPD", rest(gambar))) }
    };
    Ok(frame::respond(ctx, &header, content))
}

fn here(ctx: &Ctx) -> Address {
    Address::here(ctx).top()
}

/// Usual periods as chips, and the form of all filters.
fn narrowing(ctx: &Ctx, page: &Halaman) -> Markup {
    let (saringan, here) = (&page.saringan, here(ctx));
    let any = std::iter::once((String::new(), "Semua OPD"));
    let choices: Vec<(String, &str)> = any.chain(page.offices.iter().map(|(id, nama)| (id.to_string(), nama.as_str()))).collect();
    let mut form = Filters::new(&here)
        .field(Field::date("dari", "Dari bulan").value(saringan.dari.to_string()))
        .field(Field::date("sampai", "Sampai bulan").value(saringan.sampai.to_string()))
        .problems(&saringan.wrong);
    if page.offices.len() > 1 {
        form = form.field(Field::select("opd", "OPD", &choices).value(""));
    }
    if ctx.query("dari").or(ctx.query("sampai")).is_some() {
        form = form.is_set(saringan.period(), &["dari", "sampai"]);
    }
    let chosen = page.offices.iter().find(|(id, _)| Some(*id) == saringan.opd);
    if let Some((_, nama)) = chosen {
        form = form.is_set(format!("OPD: {nama}"), &["opd"]);
    }
    html! {
        ul.saring aria-label="Masa yang lazim" {
            @for (label, dari, sampai) in usual(ctx.today()) {
                @let active = (dari, sampai) == (saringan.dari, saringan.sampai);
                li { a.cip aria-current=[active.then_some("true")] href=(here.clone().set("dari", dari.to_string()).set("sampai", sampai.to_string()).href()) { (label) } }
            }
        }
        (form)
    }
}

fn figures(gambar: &Gambar) -> Vec<Stat> {
    let all = &gambar.all;
    let late: usize = gambar.late.iter().map(|(_, count)| count).sum();
    let unfiled: usize = gambar.by_opd.iter().map(|one| one.belum).sum();
    let stat =
        |label: &str, value: String, note: &str, tone| Stat { label: label.into(), value, note: note.into(), tone, href: None };
    let count = |value: i64| praja_kernel::ribuan(u64::try_from(value).unwrap_or(0));
    let words = |lama_: &Lama| lama_.median().map_or_else(|| "–".to_owned(), lama);
    let impor =
        if all.impor > 0 { format!("dan {} dari buku lama", count(all.impor)) } else { "dicatat pada masa itu".to_owned() };
    vec![
        stat("Surat masuk", count(all.masuk), &impor, Tone::Neutral),
        stat("Selesai", count(all.selesai.count()), "dari surat itu", Tone::Neutral),
        stat("Naskah keluar", count(all.keluar), "ditandatangani", Tone::Neutral),
        stat("Sampai disposisi", words(&all.disposisi), "nilai tengah sejak dicatat", Tone::Neutral),
        stat(
            "Disposisi terlambat",
            capped(late),
            if late == 0 { "semua dalam batas waktu" } else { "belum dilaporkan" },
            if late == 0 { Tone::Good } else { Tone::Bad },
        ),
        stat(
            "Belum diberkaskan",
            capped(unfiled),
            if unfiled == 0 { "semua sudah dalam berkas" } else { "surat dan naskah yang selesai" },
            if unfiled == 0 { Tone::Good } else { Tone::Warn },
        ),
    ]
}

/// What stops at the cap in some OPD says so.
fn capped(count: usize) -> String {
    let words = praja_kernel::ribuan(count as u64);
    if i64::try_from(count).is_ok_and(|count| count >= CAP) { format!("{words}+") } else { words }
}

fn monthly(gambar: &Gambar) -> Markup {
    let labels: Vec<String> = gambar.monthly.iter().map(|(month, _)| month_words(month)).collect();
    let line = |name: &str, of: fn(&super::gambar::Bulan) -> i64| {
        Series::new(name, gambar.monthly.iter().map(|(_, month)| of(month)).collect())
    };
    let mut series = vec![
        line("Surat masuk", |month| month.masuk),
        line("Sudah selesai", |month| month.selesai),
        line("Naskah keluar", |month| month.keluar),
    ];
    let extra = if gambar.all.impor > 0 {
        line("Dari buku lama", |month| month.impor)
    } else {
        line("Salah alamat", |month| month.salah_alamat)
    };
    series.push(extra);
    charts::lines("Surat masuk menurut bulan dicatat, naskah keluar menurut tanggalnya", "Bulan", &labels, &series)
}

fn steps(gambar: &Gambar) -> Markup {
    let all = &gambar.all;
    let steps = [
        ("Dicatat sampai diarahkan", &all.arahan),
        ("Diarahkan sampai disposisi pertama", &all.meja),
        ("Disposisi pertama sampai selesai", &all.selesai),
    ];
    if steps.iter().all(|(_, one)| one.count() == 0) {
        return html! { (EmptyState::new(Icon::Clock, "Belum ada langkah yang dapat diukur", "Lamanya dihitung sejak surat diarahkan, didisposisi, dan diselesaikan.")) };
    }
    let points: Vec<Point> = steps
        .iter()
        .filter_map(|(name, one)| one.median().map(|jam| Point::new(format!("{name} ({} surat)", one.count()), jam, lama(jam))))
        .collect();
    charts::bars("Nilai tengah lamanya setiap langkah", "Langkah", "Lamanya", &points)
}

fn late(gambar: &Gambar) -> Markup {
    let worst: Vec<Point> =
        gambar.late.iter().take(POSTS).map(|(nama, count)| Point::new(nama.as_str(), *count as i64, count.to_string())).collect();
    if worst.is_empty() {
        return html! {
            (EmptyState::new(Icon::Good, "Tidak ada disposisi yang terlambat", "Semua disposisi yang terbuka masih dalam batas waktunya."))
        };
    }
    charts::bars("Sepuluh jabatan dengan disposisi terlambat terbanyak, hari ini", "Jabatan", "Disposisi", &worst)
}

fn returned(gambar: &Gambar) -> Markup {
    let all = &gambar.all;
    let Some(share) = all.kembali() else {
        return html! { (EmptyState::new(Icon::Edit, "Belum ada naskah yang diajukan", "Tingkat pengembalian dihitung dari naskah yang diajukan untuk diparaf dan ditandatangani.")) };
    };
    let mut worst: Vec<&Kantor> = gambar.by_opd.iter().filter(|one| one.isi.dikembalikan > 0).collect();
    worst.sort_by_key(|one| std::cmp::Reverse(one.isi.kembali()));
    let points: Vec<Point> = worst
        .iter()
        .take(POSTS)
        .filter_map(|one| one.isi.kembali().map(|share| Point::new(one.nama.as_str(), share, format!("{share}%"))))
        .collect();
    html! {
        p { "Dari " (all.diajukan) " kali naskah diajukan, " (all.dikembalikan) " kali dikembalikan kepada penyusunnya (" (share) "%)." }
        @if !points.is_empty() { (charts::bars("Tingkat pengembalian naskah menurut OPD", "OPD", "Dikembalikan", &points)) }
    }
}

/// Two tables: all columns in one would not fit beside the menu.
fn table(ctx: &Ctx, gambar: &Gambar) -> Table {
    Table::new("Surat menurut OPD")
        .column(Column::text("OPD"))
        .column(Column::number("Surat masuk"))
        .column(Column::number("Selesai"))
        .column(Column::number("Naskah keluar"))
        .column(Column::number("Sampai disposisi"))
        .column(Column::number("Sampai selesai"))
        .rows(gambar.by_opd.iter().map(|one| {
            let isi = &one.isi;
            Row::new(vec![
                one.nama.as_str().into(),
                isi.masuk.to_string().into(),
                isi.selesai.count().to_string().into(),
                isi.keluar.to_string().into(),
                duration(&isi.disposisi),
                duration(&isi.selesai),
            ])
        }))
        .downloads(&here(ctx).at(format!("{PAGE}/unduh")))
        .empty(
            EmptyState::new(
                Icon::Chart,
                "Tidak ada OPD yang dapat dilihat",
                "Statistik tampil menurut jabatan yang Anda jalankan.",
            )
            .action(Link::new("Buka beranda", "/")),
        )
}

/// What is left lying, and what came otherwise.
fn rest(gambar: &Gambar) -> Table {
    Table::new("Tunggakan menurut OPD")
        .column(Column::text("OPD"))
        .column(Column::number("Terlambat"))
        .column(Column::number("Belum diberkaskan"))
        .column(Column::number("Dikembalikan"))
        .column(Column::number("Salah alamat"))
        .column(Column::number("Dari buku lama"))
        .column(Column::number("Sampai diarahkan"))
        .rows(gambar.by_opd.iter().map(|one| {
            let isi = &one.isi;
            Row::new(vec![
                one.nama.as_str().into(),
                capped(one.terlambat).into(),
                one.belum.to_string().into(),
                isi.kembali().map_or_else(Cell::empty, |share| format!("{share}%").into()),
                isi.salah_alamat.to_string().into(),
                isi.impor.to_string().into(),
                duration(&isi.arahan),
            ])
        }))
}

fn duration(one: &Lama) -> Cell {
    one.median().map_or_else(Cell::empty, |hours| lama(hours).into())
}

/// GET /eoffice/statistik/unduh?…&format=…: the same OPDs and months.
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let page = load(ctx, tx)?;
    let mut sheet = Sheet::new("Statistik surat")
        .column(Col::text("OPD"))
        .column(Col::int("Surat masuk"))
        .column(Col::int("Dari buku lama"))
        .column(Col::int("Selesai"))
        .column(Col::int("Salah alamat"))
        .column(Col::int("Naskah keluar"))
        .column(Col::int("Jam sampai diarahkan (nilai tengah)"))
        .column(Col::int("Jam sejak diarahkan sampai disposisi (nilai tengah)"))
        .column(Col::int("Jam sampai disposisi (nilai tengah)"))
        .column(Col::int("Jam sejak disposisi sampai selesai (nilai tengah)"))
        .column(Col::int("Disposisi terlambat"))
        .column(Col::int("Naskah diajukan"))
        .column(Col::int("Naskah dikembalikan"))
        .column(Col::int("Belum diberkaskan"))
        .about("Periode", page.saringan.period());
    for one in &page.gambar.by_opd {
        let isi = &one.isi;
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        sheet.push(vec![
            (&one.nama).into(),
            isi.masuk.into(),
            isi.impor.into(),
            isi.selesai.count().into(),
            isi.salah_alamat.into(),
            isi.keluar.into(),
            isi.arahan.median().into(),
            isi.meja.median().into(),
            isi.disposisi.median().into(),
            isi.selesai.median().into(),
            count(one.terlambat).into(),
            isi.diajukan.into(),
            isi.dikembalikan.into(),
            count(one.belum).into(),
        ]);
    }
    respond(ctx, sheet, Format::asked(ctx), "statistik-surat")
}
