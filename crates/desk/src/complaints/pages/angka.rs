//! How many complaints came, how many were answered in time, and how old the open ones are: by OPD, in a year.

use std::collections::BTreeMap;

use praja_identity::opd;
use praja_kernel::{Date, Id, WorkingCalendar};
use praja_module::{Ctx, Outcome, Problem};
use praja_store::Tx;
use praja_web::{
    Address, Cell, Column, EmptyState, Field, Filters, Icon, PageHeader, Row, Stat, Table, Tone,
    export::{self, Col, Format, Sheet},
    frame, html, stats,
};

use super::LIST;
use crate::{
    INSPECT_PENGADUAN, MANAGE_PENGADUAN, calendar,
    complaints::{Jalur, Pengaduan, store},
};

/// The page.
const PAGE: &str = "/desk/pengaduan/angka";
/// Complaints of one read.
const STEP: i64 = 500;
/// More than this a year no regency has.
const MOST: usize = 200_000;

/// What is counted of an OPD.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Angka {
    /// Received.
    masuk: i64,
    /// Taken up within the time of the first response.
    ditanggap: i64,
    /// Answered, or told that it cannot be followed up.
    dijawab: i64,
    /// Of these within their time.
    tepat: i64,
    /// Opened again by whoever complained.
    dibuka_lagi: i64,
    /// Open and late.
    terlambat: i64,
    /// Open, by age in working days: up to 5, 14, 60, and beyond.
    terbuka: [i64; 4],
}

impl Angka {
    /// Counts one.
    pub(crate) fn add(
        &mut self,
        one: &Pengaduan,
        today: Date,
        calendar: &WorkingCalendar,
        day_of: impl Fn(praja_kernel::Moment) -> Date,
    ) {
        self.masuk += 1;
        self.ditanggap += i64::from(one.ditanggap.is_some_and(|at| day_of(at) <= one.batas_tanggap));
        self.dibuka_lagi += i64::from(one.dibuka_lagi > 0);
        if one.status.is_open() {
            self.terlambat += i64::from(one.tenggat < today);
            let age = calendar.working_days_between(day_of(one.dibuat), today).unwrap_or(i64::MAX);
            let at = match age {
                ..=5 => 0,
                6..=14 => 1,
                15..=60 => 2,
                _ => 3,
            };
            self.terbuka[at] += 1;
        } else if let Some(at) = one.dijawab {
            self.dijawab += 1;
            self.tepat += i64::from(day_of(at) <= one.tenggat);
        }
    }

    /// The columns after the OPD.
    fn columns(&self) -> [i64; 10] {
        let [a, b, c, d] = self.terbuka;
        [self.masuk, self.ditanggap, self.dijawab, self.tepat, self.dibuka_lagi, self.terlambat, a, b, c, d]
    }
}

const HEADS: [&str; 10] = [
    "Masuk",
    "Ditanggapi pertama tepat waktu",
    "Dijawab",
    "Dijawab tepat waktu",
    "Dibuka lagi",
    "Terbuka dan terlambat",
    "Terbuka sampai 5 hari",
    "Terbuka 6–14 hari",
    "Terbuka 15–60 hari",
    "Terbuka lebih dari 60 hari",
];

/// The same on a screen, where ten columns stand beside a name; what they mean is said above the table.
const SHORT: [&str; 10] =
    ["Masuk", "Tanggap", "Dijawab", "Tepat", "Dibuka lagi", "Terlambat", "≤ 5 hari", "6–14", "15–60", "> 60"];

fn year(ctx: &Ctx) -> Result<i16, Problem> {
    match ctx.query("tahun").filter(|text| !text.is_empty()) {
        None => Ok(ctx.today().year()),
        Some(text) => text.parse().ok().filter(|year| (1945..=9000).contains(year)).ok_or(Problem::NotFound),
    }
}

/// The figures of a year: of the own OPD, or of all for who manages complaints. What is protected is counted for the inspectorate alone.
fn gathered(ctx: &Ctx, tx: &mut Tx<'_>, year: i16) -> Result<BTreeMap<String, Angka>, Problem> {
    let (today, zona) = (ctx.today(), ctx.instance().zona);
    let calendar = calendar::of(tx, today)?;
    let day = |year: i16| Date::new(year, 1, 1).map_err(|_| Problem::NotFound);
    let first = |year: i16| Ok::<_, Problem>(zona.at(day(year)?.at(0, 0, 0, 0)));
    let span = (first(year)?, first(year + 1)?);
    let scope = ctx.scope()?;
    let (manages, inspects) = (ctx.may(MANAGE_PENGADUAN), ctx.may(INSPECT_PENGADUAN));
    let counted = |one: &Pengaduan| match one.jalur {
        Jalur::Biasa => manages || one.opd.is_some_and(|opd| scope.covers_opd(opd)),
        Jalur::Petugas | Jalur::Wbs => inspects,
    };
    let mut names: BTreeMap<Option<Id>, String> = BTreeMap::new();
    let mut all: BTreeMap<String, Angka> = BTreeMap::new();
    let (mut after, mut read) = (None, 0);
    loop {
        let rows = store::between(tx, span, after, STEP)?;
        let Some(last) = rows.last() else { break };
        after = Some((last.dibuat, last.id));
        read += rows.len();
        for one in rows.iter().filter(|one| counted(one)) {
            let name = match (one.jalur, names.get(&one.opd)) {
                (Jalur::Petugas | Jalur::Wbs, _) => one.jalur.label().to_owned(),
                (Jalur::Biasa, Some(name)) => name.clone(),
                (Jalur::Biasa, None) => {
                    let name = one.opd.map(|opd| opd::name(tx, opd)).transpose()?.flatten();
                    let name = name.unwrap_or_else(|| "Belum ditentukan".into());
                    names.insert(one.opd, name.clone());
                    name
                }
            };
            all.entry(name).or_default().add(one, today, &calendar, |at| zona.date(at));
        }
        if read >= MOST {
            break;
        }
    }
    Ok(all)
}

fn percent(part: i64, whole: i64) -> String {
    if whole == 0 { "-".to_owned() } else { format!("{}%", (part * 200 + whole) / (whole * 2)) }
}

/// GET /desk/pengaduan/angka?tahun=…
pub(crate) fn show(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let year = year(ctx)?;
    let all = gathered(ctx, tx, year)?;
    let sum = |pick: fn(&Angka) -> i64| all.values().map(pick).sum::<i64>();
    let (masuk, dijawab, tepat) = (sum(|one| one.masuk), sum(|one| one.dijawab), sum(|one| one.tepat));
    let late = sum(|one| one.terlambat);
    let open = sum(|one| one.terbuka.iter().sum());
    let tile =
        |label: &str, value: String, note: &str, tone| Stat { label: label.into(), value, note: note.into(), tone, href: None };
    let tiles = [
        tile("Masuk", masuk.to_string(), "", Tone::Neutral),
        tile("Dijawab tepat waktu", percent(tepat, dijawab), "dari yang dijawab", Tone::Neutral),
        tile("Terbuka", open.to_string(), "menunggu jawaban", Tone::Neutral),
        tile("Terlambat", late.to_string(), "terbuka dan lewat batas waktu", if late > 0 { Tone::Bad } else { Tone::Neutral }),
    ];
    let here = Address::here(ctx);
    let mut table = Table::new(format!("Pengaduan yang masuk tahun {year}")).column(Column::text("OPD"));
    for head in SHORT {
        table = table.column(Column::number(head));
    }
    let mut table = table
        .rows(all.iter().map(|(name, one)| {
            let mut cells: Vec<Cell> = vec![name.as_str().into()];
            cells.extend(one.columns().map(|figure| Cell::new(figure.to_string())));
            Row::new(cells)
        }))
        .empty(EmptyState::new(Icon::Chart, "Belum ada pengaduan pada tahun ini", "Angka tampil begitu pengaduan diterima."));
    if !all.is_empty() {
        table = table.downloads(&here.clone().at(format!("{PAGE}/unduh")));
    }
    let now = i32::from(ctx.today().year());
    let years: Vec<(String, String)> = (0..6).map(|back| (now - back).to_string()).map(|one| (one.clone(), one)).collect();
    let filters = Filters::new(&here).field(Field::select("tahun", "Tahun", &years));
    let header = PageHeader::new("Angka pengaduan").purpose("Umur dihitung dalam hari kerja.").crumb("Pengaduan", LIST);
    Ok(frame::respond(
        ctx,
        &header,
        html! {
                    (filters)
                    (stats(&tiles))
        @if !all.is_empty() {
                        p.redup { "Tanggap: ditanggapi pertama kali tepat waktu. Tepat: dijawab tepat waktu. Terlambat: masih terbuka dan lewat batas waktu. Empat kolom terakhir: umur yang masih terbuka, dalam hari kerja." }
                    }
                    (table)
                },
    ))
}

/// GET /desk/pengaduan/angka/unduh?tahun=…
pub(crate) fn download(ctx: &Ctx, tx: &mut Tx<'_>) -> Outcome {
    let year = year(ctx)?;
    let all = gathered(ctx, tx, year)?;
    let sheet = Sheet::new(format!("Angka pengaduan {year}")).column(Col::text("OPD"));
    let mut sheet = HEADS.iter().fold(sheet, |sheet, head| sheet.column(Col::int(*head)));
    for (name, one) in &all {
        let mut row: Vec<export::Cell> = vec![name.clone().into()];
        row.extend(one.columns().map(Into::into));
        sheet.push(row);
    }
    export::respond(ctx, sheet, Format::asked(ctx), "angka-pengaduan")
}
