//! Statistics: how many letters, how fast they get an order and an end, and whose orders are late.

use std::collections::BTreeMap;

use praja_identity::{jabatan, opd};
use praja_kernel::{Date, Id, nama_bulan};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Column, EmptyState, Icon, Link, PageHeader, Row, Stat, Table, Tone,
    charts::{self, Point, Series},
    export::{Col, Format, Sheet, respond},
    frame, html, section, stats,
};

use super::{
    Jenis, bulan, lama, median,
    store::{self, Hitungan},
};
use crate::disposisi::{calon, store as orders};

/// Where the statistics are.
pub(crate) const PAGE: &str = "/eoffice/statistik";
/// Late orders looked at for each OPD.
const LATE: i64 = 1000;
/// Months shown.
const MONTHS: usize = 12;

/// What is known about one OPD, or about several together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Ringkasan {
    pub(crate) masuk: i64,
    pub(crate) selesai: i64,
    pub(crate) salah_alamat: i64,
    /// Hours with how often they came.
    disposisi: Vec<(i64, i64)>,
    akhir: Vec<(i64, i64)>,
}

impl Ringkasan {
    pub(crate) fn add(&mut self, one: &Hitungan) {
        match one.jenis {
            Jenis::Masuk => self.masuk += one.jumlah,
            Jenis::SalahAlamat => self.salah_alamat += one.jumlah,
            Jenis::Disposisi => self.disposisi.push((one.nilai, one.jumlah)),
            Jenis::Selesai => {
                self.selesai += one.jumlah;
                self.akhir.push((one.nilai, one.jumlah));
            }
        }
    }

    fn median_disposisi(&self) -> Option<i64> {
        median(&self.disposisi)
    }

    fn median_selesai(&self) -> Option<i64> {
        median(&self.akhir)
    }
}

/// The last twelve months, oldest first.
pub(crate) fn months(today: Date) -> Vec<String> {
    let mut all = Vec::with_capacity(MONTHS);
    let (mut year, mut month) = (today.year(), today.month());
    for _ in 0..MONTHS {
        all.push(format!("{year:04}-{month:02}"));
        (year, month) = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
    }
    all.reverse();
    all
}

/// "Nov 2026".
fn month_words(bulan: &str) -> String {
    let (year, month) = bulan.split_once('-').unwrap_or((bulan, "1"));
    let name = nama_bulan(month.parse().unwrap_or(1));
    format!("{} {year}", name.chars().take(3).collect::<String>())
}

/// Everything the page shows.
struct Gambar {
    all: Ringkasan,
    /// For each month: registered, finished of those, come to the wrong address.
    monthly: Vec<(String, [i64; 3])>,
    by_opd: Vec<(String, Ringkasan, usize)>,
    late: Vec<(String, usize)>,
}

/// The OPDs whose figures one sees: the own ones; from the top of the regency all.
fn offices(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Vec<(Id, String)>, Problem> {
    let scope = ctx.scope()?;
    let Some(acting) = &scope.acting else { return Ok(Vec::new()) };
    let all = match jabatan::get(tx, acting.jabatan)? {
        Some(post) => calon::post_reaches_all(tx, &post)?,
        None => false,
    };
    if all {
        return Ok(opd::list_active(tx)?.into_iter().map(|opd| (opd.id, opd.nama)).collect());
    }
    let mut own = Vec::new();
    for id in &scope.opd_set {
        own.push((*id, opd::name(tx, *id)?.unwrap_or_default()));
    }
    Ok(own)
}

fn gather(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Gambar, Problem> {
    let offices = offices(ctx, tx)?;
    let months = months(ctx.today());
    let ids: Vec<Id> = offices.iter().map(|(id, _)| *id).collect();
    let (first, last) = (months.first().cloned().unwrap_or_default(), months.last().cloned().unwrap_or_default());
    let counted = store::list(tx, &ids, &first, &last)?;
    let mut all = Ringkasan::default();
    let mut monthly: BTreeMap<&str, [i64; 3]> = months.iter().map(|month| (month.as_str(), [0; 3])).collect();
    let mut by_opd: BTreeMap<Id, Ringkasan> = BTreeMap::new();
    for one in &counted {
        all.add(one);
        by_opd.entry(one.opd).or_default().add(one);
        let line = match one.jenis {
            Jenis::Masuk => Some(0),
            Jenis::Selesai => Some(1),
            Jenis::SalahAlamat => Some(2),
            Jenis::Disposisi => None,
        };
        if let (Some(line), Some(counts)) = (line, monthly.get_mut(one.bulan.as_str())) {
            counts[line] += one.jumlah;
        }
    }
    let mut late: BTreeMap<String, usize> = BTreeMap::new();
    let mut rows = Vec::new();
    for (id, nama) in offices {
        let overdue = orders::overdue(tx, id, ctx.today(), LATE)?;
        let count = overdue.len();
        for (_, jabatan) in overdue {
            *late.entry(jabatan).or_default() += 1;
        }
        rows.push((nama, by_opd.remove(&id).unwrap_or_default(), count));
    }
    rows.sort_by_key(|(_, one, late)| std::cmp::Reverse((*late, one.masuk)));
    let mut late: Vec<(String, usize)> = late.into_iter().collect();
    late.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let monthly = months.iter().map(|month| (month.clone(), monthly.get(month.as_str()).copied().unwrap_or_default())).collect();
    Ok(Gambar { all, monthly, by_opd: rows, late })
}

/// GET /eoffice/statistik
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let gambar = gather(ctx, tx)?;
    let all = &gambar.all;
    let words = |hours: Option<i64>| hours.map_or_else(|| "–".to_owned(), lama);
    let late: usize = gambar.late.iter().map(|(_, count)| count).sum();
    let stat =
        |label: &str, value: String, note: &str, tone| Stat { label: label.into(), value, note: note.into(), tone, href: None };
    let figures = [
        stat("Surat dicatat", all.masuk.to_string(), "12 bulan terakhir", Tone::Neutral),
        stat("Selesai", all.selesai.to_string(), "dari surat itu", Tone::Neutral),
        stat("Sampai disposisi", words(all.median_disposisi()), "nilai tengah sejak dicatat", Tone::Neutral),
        stat("Sampai selesai", words(all.median_selesai()), "nilai tengah sejak disposisi", Tone::Neutral),
        stat(
            "Disposisi terlambat",
            late.to_string(),
            if late == 0 { "semua dalam batas waktu" } else { "belum dilaporkan" },
            if late == 0 { Tone::Good } else { Tone::Bad },
        ),
    ];
    let labels: Vec<String> = gambar.monthly.iter().map(|(month, _)| month_words(month)).collect();
    let series = [("Dicatat", 0), ("Sudah selesai", 1), ("Salah alamat", 2)]
        .map(|(name, line)| Series::new(name, gambar.monthly.iter().map(|(_, counts)| counts[line]).collect()));
    let worst: Vec<Point> =
        gambar.late.iter().take(10).map(|(nama, count)| Point::new(nama.as_str(), *count as i64, count.to_string())).collect();
    let header = PageHeader::new("Statistik surat masuk")
        .purpose("Banyaknya surat, cepatnya ditangani, dan disposisi yang terlambat, selama dua belas bulan terakhir.");
    let content = html! {
        (stats(&figures))
        (section("Banyaknya surat", charts::lines("Surat menurut bulan dicatat", "Bulan", &labels, &series)))
        section.bagian #terlambat {
            h2 { "Disposisi terlambat menurut jabatan" }
            @if worst.is_empty() {
                (EmptyState::new(Icon::Good, "Tidak ada disposisi yang terlambat", "Semua disposisi yang terbuka masih dalam batas waktunya."))
            } @else { (charts::bars("Sepuluh jabatan dengan disposisi terlambat terbanyak", "Jabatan", "Disposisi", &worst)) }
        }
        (section("Menurut OPD", table(&gambar)))
    };
    Ok(frame::respond(ctx, &header, content))
}

fn table(gambar: &Gambar) -> Table {
    let words = |hours: Option<i64>| hours.map_or_else(praja_web::Cell::empty, |hours| lama(hours).into());
    Table::new("Surat masuk menurut OPD")
        .column(Column::text("OPD"))
        .column(Column::number("Dicatat"))
        .column(Column::number("Selesai"))
        .column(Column::number("Salah alamat"))
        .column(Column::text("Sampai disposisi"))
        .column(Column::text("Sampai selesai"))
        .column(Column::number("Terlambat"))
        .rows(gambar.by_opd.iter().map(|(nama, one, late)| {
            Row::new(vec![
                nama.as_str().into(),
                one.masuk.to_string().into(),
                one.selesai.to_string().into(),
                one.salah_alamat.to_string().into(),
                words(one.median_disposisi()),
                words(one.median_selesai()),
                late.to_string().into(),
            ])
        }))
        .export(Link::new("Unduh Excel", format!("{PAGE}/unduh?format=xlsx")))
        .export(Link::new("Unduh CSV", format!("{PAGE}/unduh?format=csv")))
        .export(Link::new("Unduh PDF", format!("{PAGE}/unduh?format=pdf")))
}

/// GET /eoffice/statistik/unduh
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let gambar = gather(ctx, tx)?;
    let mut sheet = Sheet::new("Statistik surat masuk")
        .column(Col::text("OPD"))
        .column(Col::int("Dicatat"))
        .column(Col::int("Selesai"))
        .column(Col::int("Salah alamat"))
        .column(Col::int("Jam sampai disposisi (nilai tengah)"))
        .column(Col::int("Jam sampai selesai (nilai tengah)"))
        .column(Col::int("Disposisi terlambat"))
        .about("Periode", format!("12 bulan sampai {}", month_words(&bulan(ctx.today()))));
    for (nama, one, late) in &gambar.by_opd {
        sheet.push(vec![
            nama.into(),
            one.masuk.into(),
            one.selesai.into(),
            one.salah_alamat.into(),
            one.median_disposisi().into(),
            one.median_selesai().into(),
            i64::try_from(*late).unwrap_or(i64::MAX).into(),
        ]);
    }
    respond(ctx, sheet, Format::asked(ctx), "statistik-surat-masuk")
}
