//! The tables of an export, made from the chain and from nothing else: whoever has the chain makes the same bytes again. Pure.

use std::collections::HashMap;

use praja_kernel::{Date, Moment, Zona};
use praja_store::AuditRow;

use super::fakta::{Aduan, Ekspor, Isi, Keadaan};
use crate::{
    alur::{Jam, Langkah, Meja, Status},
    permohonan::{AlasanLompat, AlasanTolak},
};

praja_kernel::words! {
    /// The tables.
    pub(crate) enum Tabel ("tabel ekspor") {
        /// One line an application.
        Permohonan => "permohonan.csv", "Permohonan";
        /// One line a step.
        Riwayat => "riwayat.csv", "Riwayat";
        /// What was taken before others that had come earlier.
        LuarUrutan => "luar-urutan.csv", "Luar urutan";
        /// Refusals with code and rule.
        Penolakan => "penolakan.csv", "Penolakan";
        /// Complaints about applications.
        Pengaduan => "pengaduan.csv", "Pengaduan";
    }
}

/// Where an application ends in the chain, and what is counted about it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Ujung {
    urut: i64,
    lompat: i64,
    pengaduan: i64,
}

/// What the tables need to know of the whole chain before their first line: a number or two for each application.
#[derive(Debug, Default)]
pub(crate) struct Ringkas {
    permohonan: HashMap<Box<str>, Ujung>,
    pengaduan: HashMap<Box<str>, i64>,
}

impl Ringkas {
    /// Looks at the next row.
    pub(crate) fn step(&mut self, urut: i64, isi: &Isi) {
        match isi {
            Isi::Keadaan(one) => {
                let ujung = self.permohonan.entry(one.nomor.as_str().into()).or_default();
                ujung.urut = urut;
                ujung.lompat += i64::from(!one.lompat.is_empty());
            }
            Isi::Aduan(one) => {
                if self.pengaduan.insert(one.nomor.as_str().into(), urut).is_none() {
                    self.permohonan.entry(one.permohonan.as_str().into()).or_default().pengaduan += 1;
                }
            }
            Isi::Ekspor(_) => {}
        }
    }
}

/// Days and hours as the export writes them, and which applications are in it.
#[derive(Debug, Clone)]
pub(crate) struct Cara {
    dari: Date,
    sampai: Date,
    zona: Zona,
    latihan: bool,
}

impl Cara {
    /// As the act of handing out says.
    ///
    /// # Errors
    /// In the reader's words.
    pub(crate) fn of(ekspor: &Ekspor) -> Result<Self, String> {
        let day = |text: &str| text.parse::<Date>().map_err(|_| format!("tanggal \"{text}\" tidak terbaca"));
        let zona = Zona::named(&ekspor.zona).ok_or_else(|| format!("zona waktu \"{}\" tidak dikenal", ekspor.zona))?;
        Ok(Self { dari: day(&ekspor.dari)?, sampai: day(&ekspor.sampai)?, zona, latihan: ekspor.latihan })
    }

    /// In which zone.
    pub(crate) const fn zona(&self) -> Zona {
        self.zona
    }

    /// The first day.
    pub(crate) const fn dari(&self) -> Date {
        self.dari
    }

    /// The last day.
    pub(crate) const fn sampai(&self) -> Date {
        self.sampai
    }

    fn holds(&self, at: i64) -> bool {
        let day = self.zona.date(Moment(at));
        self.dari <= day && day <= self.sampai
    }

    fn moment(&self, at: i64) -> String {
        self.zona.local(Moment(at)).strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    fn close(&self, mut cells: Vec<String>) -> String {
        if self.latihan {
            cells.push("data contoh".into());
        }
        line(&cells)
    }
}

/// With the byte order mark, spreadsheets read the file as UTF-8.
const MARK: &str = "\u{FEFF}";

impl Tabel {
    /// The first line.
    pub(crate) fn head(self, cara: &Cara) -> String {
        let names: &[&str] = match self {
            Self::Permohonan => &[
                "Nomor",
                "Kode layanan",
                "Layanan",
                "Permintaan",
                "Asal",
                "Melalui kuasa",
                "NIK tersamar",
                "Diajukan",
                "Hari ajukan",
                "Keadaan",
                "Meja",
                "Janji (hari kerja)",
                "Hari ke-0",
                "Tenggat",
                "Selesai",
                "Hari kerja terpakai",
                "Tepat waktu",
                "Kali dikembalikan",
                "Langkah luar urutan",
                "Pengaduan",
                "Kode penolakan",
                "Dasar penolakan",
                "Retribusi (rupiah)",
                "OPD teknis",
                "Baris rantai",
            ],
            Self::Riwayat => &["Nomor", "Waktu", "Langkah", "Dari", "Ke", "Meja", "Oleh", "Kode", "Luar urutan", "Baris rantai"],
            Self::LuarUrutan => &["Nomor", "Layanan", "Waktu", "Langkah", "Meja", "Oleh", "Alasan", "Baris rantai"],
            Self::Penolakan => &[
                "Nomor",
                "Layanan",
                "Diajukan",
                "Ditolak",
                "Kode",
                "Alasan",
                "Dasar",
                "Hari kerja terpakai",
                "Oleh",
                "Baris rantai",
            ],
            Self::Pengaduan => &[
                "Nomor pengaduan",
                "Permohonan",
                "Jenis",
                "Keadaan",
                "Masuk",
                "Tenggat",
                "Dijawab",
                "Tepat waktu",
                "Baris rantai",
            ],
        };
        let mut cells: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        if cara.latihan {
            cells.push("LATIHAN".into());
        }
        format!("{MARK}{}", line(&cells))
    }

    /// The line that this row gives in this table, if it gives one.
    pub(crate) fn line(self, row: &AuditRow, isi: &Isi, semua: &Ringkas, cara: &Cara) -> Option<String> {
        let cells = match (self, isi) {
            (Self::Pengaduan, Isi::Aduan(one)) => {
                let is_last = semua.pengaduan.get(one.nomor.as_str()) == Some(&row.urut);
                (is_last && cara.holds(one.masuk)).then(|| aduan(one, row.urut, cara))
            }
            (Self::Pengaduan, _) | (_, Isi::Aduan(_) | Isi::Ekspor(_)) => None,
            (_, Isi::Keadaan(one)) if !cara.holds(one.diajukan) => None,
            (Self::Permohonan, Isi::Keadaan(one)) => {
                let ujung = semua.permohonan.get(one.nomor.as_str()).copied().unwrap_or_default();
                (ujung.urut == row.urut).then(|| permohonan(one, ujung, cara))
            }
            (Self::Riwayat, Isi::Keadaan(one)) => (!one.langkah.is_empty()).then(|| riwayat(one, row, cara)),
            (Self::LuarUrutan, Isi::Keadaan(one)) => (!one.lompat.is_empty()).then(|| lompat(one, row, cara)),
            (Self::Penolakan, Isi::Keadaan(one)) => {
                // A refusal from before the chain began has no step in it: the row it began with tells it.
                let is_refusal = one.langkah == Langkah::Tolak.as_str() || one.langkah.is_empty();
                (one.ke == Status::Ditolak.as_str() && is_refusal).then(|| penolakan(one, row, cara))
            }
        };
        cells.map(|cells| cara.close(cells))
    }
}

fn permohonan(one: &Keadaan, ujung: Ujung, cara: &Cara) -> Vec<String> {
    vec![
        one.nomor.clone(),
        one.kode.clone(),
        one.layanan.clone(),
        one.permintaan.clone(),
        one.asal.clone(),
        yes(one.kuasa),
        one.nik.clone(),
        cara.moment(one.diajukan),
        one.hari_ajukan.clone(),
        status(&one.ke),
        desk(&one.meja),
        one.sla.to_string(),
        one.mulai.clone(),
        one.tenggat.clone(),
        one.selesai.clone(),
        one.hari_pakai.map(|days| days.to_string()).unwrap_or_default(),
        if is_undecided(one) { String::new() } else { in_time(&one.selesai, &one.tenggat) },
        one.dikembalikan.to_string(),
        ujung.lompat.to_string(),
        ujung.pengaduan.to_string(),
        one.kode_tolak.clone(),
        one.dasar_tolak.clone(),
        one.biaya.to_string(),
        one.teknis.clone(),
        ujung.urut.to_string(),
    ]
}

fn riwayat(one: &Keadaan, row: &AuditRow, cara: &Cara) -> Vec<String> {
    vec![
        one.nomor.clone(),
        cara.moment(row.pada.0),
        Langkah::parse(&one.langkah).map_or_else(|_| one.langkah.clone(), |langkah| langkah.label().to_owned()),
        status(&one.dari),
        status(&one.ke),
        desk(&one.oleh_meja),
        row.pelaku_nama.clone(),
        one.sebab.clone(),
        one.lompat.clone(),
        row.urut.to_string(),
    ]
}

fn lompat(one: &Keadaan, row: &AuditRow, cara: &Cara) -> Vec<String> {
    vec![
        one.nomor.clone(),
        one.layanan.clone(),
        cara.moment(row.pada.0),
        Langkah::parse(&one.langkah).map_or_else(|_| one.langkah.clone(), |langkah| langkah.label().to_owned()),
        desk(&one.oleh_meja),
        row.pelaku_nama.clone(),
        AlasanLompat::parse(&one.lompat).map_or_else(|_| one.lompat.clone(), |why| why.label().to_owned()),
        row.urut.to_string(),
    ]
}

fn penolakan(one: &Keadaan, row: &AuditRow, cara: &Cara) -> Vec<String> {
    vec![
        one.nomor.clone(),
        one.layanan.clone(),
        cara.moment(one.diajukan),
        if one.langkah.is_empty() { one.selesai.clone() } else { cara.moment(row.pada.0) },
        one.kode_tolak.clone(),
        AlasanTolak::parse(&one.kode_tolak).map_or_else(|_| String::new(), |why| why.label().to_owned()),
        one.dasar_tolak.clone(),
        one.hari_pakai.map(|days| days.to_string()).unwrap_or_default(),
        if one.langkah.is_empty() { String::new() } else { row.pelaku_nama.clone() },
        row.urut.to_string(),
    ]
}

fn aduan(one: &Aduan, urut: i64, cara: &Cara) -> Vec<String> {
    let answered = one.dijawab.map(|at| cara.zona.date(Moment(at)).to_string()).unwrap_or_default();
    vec![
        one.nomor.clone(),
        one.permohonan.clone(),
        one.jenis.clone(),
        one.status.clone(),
        cara.moment(one.masuk),
        one.tenggat.clone(),
        one.dijawab.map(|at| cara.moment(at)).unwrap_or_default(),
        in_time(&answered, &one.tenggat),
        urut.to_string(),
    ]
}

fn yes(is: bool) -> String {
    if is { "ya" } else { "tidak" }.into()
}

/// Did it end without a decision while the clock stood? Its due date had stopped to hold, so that it was neither kept nor missed. What was
/// withdrawn while the clock ran is judged like what was decided: an office that is late does not become punctual by it.
fn is_undecided(one: &Keadaan) -> bool {
    match Status::parse(&one.ke) {
        Ok(Status::Gugur) => true,
        // A chain that began later does not know from where; so many days used tell that the office was not late.
        Ok(Status::DicabutPemohon) => Status::parse(&one.dari)
            .map_or_else(|_| one.hari_pakai.is_some_and(|used| used <= one.sla), |dari| dari.jam() == Jam::Berhenti),
        _ => false,
    }
}

/// Days are written so that they sort as they follow each other.
fn in_time(done: &str, due: &str) -> String {
    if done.is_empty() || due.is_empty() { String::new() } else { yes(done <= due) }
}

fn status(word: &str) -> String {
    Status::parse(word).map_or_else(|_| word.to_owned(), |one| one.label().to_owned())
}

fn desk(word: &str) -> String {
    Meja::parse(word).map_or_else(|_| word.to_owned(), |one| one.label().to_owned())
}

/// Spreadsheets take a text that begins so for a formula; the wide forms are read like the narrow ones.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}'];

/// One line: a text with commas, quotes or lines stands in quotes, one that a spreadsheet would calculate has an apostrophe in front.
/// Line breaks become blanks, so that a line of the file is a line of the table.
fn line(cells: &[String]) -> String {
    let mut out = String::new();
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        let mut text = cell.replace(['\n', '\r'], " ");
        if text.starts_with(FORMULA) {
            text.insert(0, '\'');
        }
        if text.contains([',', '"']) {
            out.push('"');
            out.push_str(&text.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&text);
        }
    }
    out.push_str("\r\n");
    out
}
