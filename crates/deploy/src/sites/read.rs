use std::fmt;

use super::{Address, Site};

/// Columns of the file, in the order of the example; the first two may stand for each other.
pub const COLUMNS: [&str; 5] = ["kode", "nama", "alamat", "jalur", "pegawai"];
/// What to begin with.
pub const EXAMPLE: &str = "kode,nama,alamat,jalur,pegawai\n\
1.02.01,Dinas Kesehatan,10.20.1.1:80,kabel,85\n\
7.01.03,Kecamatan Gantung,https://kantor-gantung.contoh.go.id,radio,24\n";
/// More rows than any regency has offices.
const MOST_ROWS: usize = 2_000;
const MOST_BYTES: usize = 1024 * 1024;
const MOST_LETTERS: usize = 200;

/// What is wrong with one cell, and what to write there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowProblem {
    /// Line of the file, from 1.
    pub row: u64,
    /// Name of the column; empty when it is the whole row.
    pub column: String,
    /// What stands there.
    pub said: String,
    /// What is wrong and how to mend it.
    pub mend: String,
}

impl fmt::Display for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Baris {}", self.row)?;
        if !self.column.is_empty() {
            write!(f, ", kolom {}", self.column)?;
        }
        if !self.said.is_empty() {
            let short: String = self.said.chars().take(60).collect();
            write!(f, " (\"{short}\")")?;
        }
        write!(f, ": {}", self.mend)
    }
}

/// Reads a file of offices.
///
/// # Errors
/// Every problem of every row, so that all are mended at once.
pub fn read_sites(bytes: &[u8]) -> Result<Vec<Site>, Vec<RowProblem>> {
    let text = text(bytes).map_err(|problem| vec![problem])?;
    let first = text.lines().next().unwrap_or_default();
    let delimiter =
        [b',', b';', b'\t'].into_iter().max_by_key(|mark| first.bytes().filter(|byte| byte == mark).count()).unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut rows = reader.records();
    let heads = match rows.next() {
        Some(Ok(row)) => heads(&row)?,
        _ => return Err(vec![whole(1, &format!("tulis judul kolom: {}", COLUMNS.join(",")))]),
    };
    let (mut sites, mut problems) = (Vec::<Site>::new(), Vec::new());
    for row in rows {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                problems.push(whole(line, "baris ini tidak dapat dibaca; periksa tanda kutipnya"));
                continue;
            }
        };
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        match site(&row, &heads, &sites) {
            Ok(site) => sites.push(site),
            Err(found) => problems.extend(found),
        }
        if sites.len() > MOST_ROWS {
            problems.push(whole(
                row.position().map_or(0, csv::Position::line),
                "lebih dari 2.000 kantor; bagi menjadi beberapa berkas",
            ));
            break;
        }
    }
    if problems.is_empty() && sites.is_empty() {
        problems.push(whole(2, "belum ada satu kantor pun; tulis satu kantor tiap baris di bawah judul kolom"));
    }
    if problems.is_empty() { Ok(sites) } else { Err(problems) }
}

fn whole(row: u64, mend: &str) -> RowProblem {
    RowProblem { row, column: String::new(), said: String::new(), mend: mend.to_owned() }
}

/// The text, without the mark that some programs write before it, and with lines that end as the reader counts them.
fn text(bytes: &[u8]) -> Result<String, RowProblem> {
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(whole(1, "ini buku kerja Excel; simpan sebagai CSV UTF-8 dahulu"));
    }
    if bytes.len() > MOST_BYTES {
        return Err(whole(1, "berkas lebih dari 1 MB; berkas kantor berisi satu baris tiap kantor"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        whole(line as u64, "ada huruf yang bukan UTF-8; simpan berkas sebagai CSV UTF-8")
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n"))
}

/// For each column of the product, its place in the file.
fn heads(row: &csv::StringRecord) -> Result<[Option<usize>; 5], Vec<RowProblem>> {
    let mut places = [None; 5];
    let mut problems = Vec::new();
    for (place, said) in row.iter().enumerate() {
        let word = said.trim().to_lowercase();
        let column = match word.as_str() {
            "" => continue,
            "kode" | "kode opd" => 0,
            "nama" | "nama opd" | "opd" | "kantor" => 1,
            "alamat" | "host" | "url" => 2,
            "jalur" | "sambungan" => 3,
            "pegawai" | "jumlah pegawai" => 4,
            _ => {
                let mend = format!("kolom ini tidak dikenal; yang dikenal: {}", COLUMNS.join(", "));
                problems.push(RowProblem { row: 1, column: (place + 1).to_string(), said: said.to_owned(), mend });
                continue;
            }
        };
        if places[column].replace(place).is_some() {
            problems.push(RowProblem {
                row: 1,
                column: (place + 1).to_string(),
                said: said.to_owned(),
                mend: "kolom ini ada dua kali; hapus salah satu".to_owned(),
            });
        }
    }
    if places[2].is_none() {
        problems.push(whole(1, "kolom alamat belum ada"));
    }
    if places[0].is_none() && places[1].is_none() {
        problems.push(whole(1, "kolom kode atau nama belum ada"));
    }
    if problems.is_empty() { Ok(places) } else { Err(problems) }
}

fn site(row: &csv::StringRecord, heads: &[Option<usize>; 5], before: &[Site]) -> Result<Site, Vec<RowProblem>> {
    let line = row.position().map_or(0, csv::Position::line);
    let cell = |column: usize| heads[column].and_then(|place| row.get(place)).unwrap_or_default().trim();
    let problem = |column: usize, mend: String| RowProblem {
        row: line,
        column: COLUMNS[column].to_owned(),
        said: cell(column).to_owned(),
        mend,
    };
    let mut problems = Vec::new();
    for column in 0..COLUMNS.len() {
        if cell(column).chars().count() > MOST_LETTERS || cell(column).chars().any(char::is_control) {
            problems.push(problem(column, format!("tulis paling banyak {MOST_LETTERS} huruf dalam satu baris")));
        }
    }
    let (kode, nama) = (cell(0), cell(1));
    if kode.is_empty() && nama.is_empty() {
        problems.push(problem(1, "tulis kode atau nama kantor".to_owned()));
    }
    let same =
        |one: &&Site| if kode.is_empty() { one.kode.is_empty() && one.nama.eq_ignore_ascii_case(nama) } else { one.kode == kode };
    if let Some(other) = before.iter().find(same).filter(|_| !(kode.is_empty() && nama.is_empty())) {
        problems.push(problem(
            usize::from(kode.is_empty()),
            format!("kantor ini sudah ada pada baris {}; hapus salah satu", other.row),
        ));
    }
    let address = address(cell(2)).map_err(|mend| problems.push(problem(2, mend.to_owned()))).ok();
    let officers = match cell(4) {
        "" => None,
        said => match said.replace('.', "").parse::<u32>() {
            Ok(officers) if officers <= 100_000 => Some(officers),
            _ => {
                problems.push(problem(4, "tulis banyaknya pegawai dengan angka, misalnya 24".to_owned()));
                None
            }
        },
    };
    let extra = (0..row.len()).filter(|place| !heads.contains(&Some(*place))).find(|place| !row[*place].trim().is_empty());
    if let Some(place) = extra {
        let mend = "sel ini di luar kolom yang berjudul; nama yang memuat koma ditulis di antara tanda kutip".to_owned();
        problems.push(RowProblem { row: line, column: (place + 1).to_string(), said: row[place].to_owned(), mend });
    }
    match address {
        Some(address) if problems.is_empty() => Ok(Site {
            row: line,
            kode: kode.to_owned(),
            nama: nama.to_owned(),
            address,
            jalur: Some(cell(3).to_owned()).filter(|jalur| !jalur.is_empty()),
            officers,
        }),
        _ => Err(problems),
    }
}

/// `10.1.2.3:80`, `[fd00::1]:80`, `kantor.go.id:443`, or the address of a page.
fn address(said: &str) -> Result<Address, &'static str> {
    const PORT: &str = "tambahkan porta antara 1 dan 65535 di belakang titik dua, misalnya 10.20.1.1:80";
    const HOST: &str = "tulis nama atau alamat IP, titik dua, lalu porta, misalnya 10.20.1.1:80, atau alamat halaman https://…";
    if said.is_empty() {
        return Err(HOST);
    }
    let (rest, usual) = match said.split_once("://") {
        Some((scheme, rest)) => match scheme.to_ascii_lowercase().as_str() {
            "http" => (rest, Some(80)),
            "https" => (rest, Some(443)),
            _ => return Err("alamat halaman diawali http:// atau https://"),
        },
        None => (said, None),
    };
    let place = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if usual.is_none() && place.len() < rest.len() {
        return Err(HOST);
    }
    if place.contains('@') {
        return Err("hapus nama akun dan sandi dari alamat");
    }
    let (host, port) = match place.strip_prefix('[').and_then(|inside| inside.split_once(']')) {
        Some((host, after)) => (host, after.strip_prefix(':').or(if after.is_empty() { None } else { Some("?") })),
        None => match place.split_once(':') {
            Some((_, port)) if port.contains(':') => {
                return Err("tulis alamat IPv6 di antara kurung siku, misalnya [fd00::1]:80");
            }
            Some((host, port)) => (host, Some(port)),
            None => (place, None),
        },
    };
    let port = match (port, usual) {
        (Some(port), _) => port.parse::<u16>().ok().filter(|port| *port > 0).ok_or(PORT)?,
        (None, Some(usual)) => usual,
        (None, None) => return Err(PORT),
    };
    let is_v6 = place.starts_with('[');
    let fits = if is_v6 {
        host.parse::<std::net::Ipv6Addr>().is_ok()
    } else {
        let letters = |part: &str| {
            !part.is_empty() && part.len() <= 63 && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let numeric = host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        host.split('.').all(letters) && (!numeric || host.parse::<std::net::Ipv4Addr>().is_ok())
    };
    if fits { Ok(Address { host: host.to_owned(), port }) } else { Err(HOST) }
}
