//! Checking a package anywhere: no server, no database, no key, no network. What it may hold is known, so that nothing of it is ever
//! written to a disk, and no more is read than its own list allows.

mod wadah;

use std::io::{self, BufRead, BufReader, Read, Seek};

use praja_kernel::{Moment, Zona};
use praja_store::{
    Anchor, AuditRow,
    audit::{Head, ProblemKind, signature_holds, verify::Walk},
};
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::{
    RANTAI,
    fakta::{self, Ekspor, Isi},
    paket::{BARIS, JANGKAR, MANIFES, Manifes, hex},
    tabel::{Cara, Ringkas, Tabel},
};

/// Reads and jumps.
pub trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// Opens the package anew: tables and chain are read beside each other.
pub type Open<'a> = &'a dyn Fn() -> io::Result<Box<dyn ReadSeek>>;

/// No row of the chain and no line of a table is longer.
const LONGEST: u64 = 64 * 1024;
/// No list and no anchor is longer.
const MOST: u64 = 1024 * 1024;

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masalah {
    /// The file in the package; empty for the package itself.
    pub berkas: String,
    /// Its line, from 1.
    pub baris: Option<u64>,
    /// In the inspector's words.
    pub kata: String,
}

impl std::fmt::Display for Masalah {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.berkas.as_str(), self.baris) {
            ("", _) => write!(f, "{}", self.kata),
            (berkas, None) => write!(f, "{berkas}: {}", self.kata),
            (berkas, Some(baris)) => write!(f, "{berkas} baris {baris}: {}", self.kata),
        }
    }
}

fn wrong(berkas: &str, baris: impl Into<Option<u64>>, kata: impl Into<String>) -> Masalah {
    Masalah { berkas: berkas.to_owned(), baris: baris.into(), kata: kata.into() }
}

fn unread(berkas: &str) -> impl Fn(io::Error) -> Masalah {
    move |_| wrong(berkas, None, "tidak terbaca: berkas rusak atau terpotong")
}

/// A package that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laporan {
    /// The installation.
    pub instansi: String,
    /// When it was asked for.
    pub dibuat: Moment,
    /// In which zone to say so.
    pub zona: Zona,
    /// First and last day of the applications in it.
    pub dari: String,
    /// The same.
    pub sampai: String,
    /// By whom, and why.
    pub oleh: String,
    /// The same.
    pub tujuan: String,
    /// Invented data.
    pub latihan: bool,
    /// Rows of the chain.
    pub baris: i64,
    /// Hash of the last one.
    pub sidik: String,
    /// So many rows are those that were anchored: nobody can have changed them since.
    pub terjangkar: i64,
    /// When the newest anchor among those that were brought along was taken.
    pub jangkar: Moment,
    /// The tables, with their lines.
    pub tabel: Vec<(String, u64)>,
}

/// Checks a package against anchors that were kept elsewhere.
///
/// # Errors
/// What is wrong: the first thing that makes the rest meaningless, or everything that is wrong with its tables.
pub fn check(open: Open<'_>, anchors: &[Anchor]) -> Result<Laporan, Vec<Masalah>> {
    let whole = prepare(open, anchors).map_err(|one| vec![one])?;
    let mut found = Vec::new();
    let mut tabel = Vec::new();
    for one in Tabel::ALL {
        match table(open, *one, &whole) {
            Ok(lines) => tabel.push((one.as_str().to_owned(), lines)),
            Err(problem) => found.push(problem),
        }
    }
    if found.is_empty() {
        found.extend(hashes(open, &whole.manifes));
    }
    if !found.is_empty() {
        return Err(found);
    }
    let Whole { manifes, ekspor, oleh, cara, terjangkar, jangkar, .. } = whole;
    Ok(Laporan {
        instansi: manifes.instansi,
        dibuat: manifes.dibuat,
        zona: cara.zona(),
        dari: manifes.dari,
        sampai: manifes.sampai,
        oleh,
        tujuan: ekspor.tujuan,
        latihan: ekspor.latihan,
        baris: manifes.urut,
        sidik: manifes.sidik,
        terjangkar,
        jangkar,
        tabel,
    })
}

/// What is known once list, anchors and chain hold.
struct Whole {
    manifes: Manifes,
    ekspor: Ekspor,
    oleh: String,
    cara: Cara,
    semua: Ringkas,
    terjangkar: i64,
    jangkar: Moment,
}

fn prepare(open: Open<'_>, anchors: &[Anchor]) -> Result<Whole, Masalah> {
    wadah::check(open)?;
    let text = small(open, MANIFES)?;
    let manifes = Manifes::read(&text).map_err(|line| wrong(MANIFES, line as u64, "daftar ini diubah atau terpotong"))?;
    let written = small(open, JANGKAR)?;
    let inner: Anchor = written.parse().map_err(|e| wrong(JANGKAR, None, format!("{e}")))?;
    // The same anchor can be written in more than one way, with other ends of lines for one; this server writes it in one.
    if inner.text() != written {
        return Err(wrong(JANGKAR, None, "jangkar ini tidak tertulis seperti yang dibuat server: sudah diubah"));
    }
    let heads = earlier(&manifes, &inner, anchors)?;
    if !signature_holds(&inner.kunci, &manifes.body(), &manifes.tanda) {
        return Err(wrong(MANIFES, None, "tanda tangan tidak cocok dengan isinya: daftar ini sudah diubah"));
    }
    let head = inner.heads.iter().find(|head| head.rantai == RANTAI);
    if inner.instansi != manifes.instansi || head.is_none_or(|head| head.urut != manifes.urut || head.sidik != manifes.sidik) {
        return Err(wrong(JANGKAR, None, "jangkar ini bukan jangkar paket ini"));
    }
    let (semua, last) = chain(open, &manifes, &heads)?;
    let Isi::Ekspor(ekspor) = fakta::read(&last).map_err(|kata| wrong(BARIS, row(&last), kata))? else {
        return Err(wrong(BARIS, row(&last), "baris terakhir bukan catatan ekspor: rantai dipotong"));
    };
    if (&ekspor.dari, &ekspor.sampai) != (&manifes.dari, &manifes.sampai) || last.pada != manifes.dibuat {
        return Err(wrong(MANIFES, None, "rentang atau waktunya lain dari catatan ekspor dalam rantai"));
    }
    let cara = Cara::of(&ekspor).map_err(|kata| wrong(BARIS, row(&last), kata))?;
    let newest = heads.iter().max_by_key(|(_, head)| head.urut);
    let (jangkar, terjangkar) = newest.map_or((Moment(0), 0), |(pada, head)| (*pada, head.urut));
    Ok(Whole { manifes, ekspor, oleh: last.pelaku_nama, cara, semua, terjangkar, jangkar })
}

fn row(row: &AuditRow) -> u64 {
    u64::try_from(row.urut).unwrap_or(0)
}

/// The anchors that may say something about this package: taken before it, by the same installation with the same key.
fn earlier<'a>(manifes: &Manifes, inner: &Anchor, anchors: &'a [Anchor]) -> Result<Vec<(Moment, &'a Head)>, Masalah> {
    let told = |kata: &str| Err(wrong("", None, kata.to_owned()));
    if anchors.is_empty() {
        return told("sebutkan jangkar yang disimpan sebelum ekspor ini dibuat; tanpa jangkar tidak ada yang dapat dibuktikan");
    }
    let mut heads = Vec::new();
    for anchor in anchors {
        if anchor.instansi != manifes.instansi {
            return told("jangkar yang Anda sebutkan milik pemasangan lain");
        }
        if anchor.text() == inner.text() {
            return told("jangkar yang Anda sebutkan berasal dari paket ini sendiri; gunakan jangkar yang disimpan sebelumnya");
        }
        if anchor.pada > manifes.dibuat {
            return told("jangkar yang Anda sebutkan dibuat sesudah ekspor ini; gunakan jangkar yang lebih lama");
        }
        if anchor.kunci != inner.kunci {
            return told(
                "paket ini ditandatangani kunci lain dari jangkar Anda: bukan dari pemasangan yang sama, atau kuncinya diganti",
            );
        }
        heads.extend(anchor.heads.iter().filter(|head| head.rantai == RANTAI).map(|head| (anchor.pada, head)));
    }
    if heads.is_empty() {
        return told("jangkar yang Anda sebutkan dibuat sebelum rantai perizinan ada; gunakan jangkar yang lebih baru");
    }
    Ok(heads)
}

fn archive(open: Open<'_>) -> Result<ZipArchive<Box<dyn ReadSeek>>, Masalah> {
    let file = open().map_err(|_| wrong("", None, "berkas ekspor tidak dapat dibuka"))?;
    ZipArchive::new(file).map_err(|_| wrong("", None, "bukan berkas ekspor yang utuh"))
}

/// A file of the package that is read whole.
fn small(open: Open<'_>, name: &str) -> Result<String, Masalah> {
    let mut archive = archive(open)?;
    let file = archive.by_name(name).map_err(|_| wrong(name, None, "tidak ada dalam paket"))?;
    let mut text = String::new();
    let read = file.take(MOST + 1).read_to_string(&mut text).map_err(unread(name))?;
    if read as u64 > MOST { Err(wrong(name, None, "terlalu besar")) } else { Ok(text) }
}

/// The next line with its end; nothing at the end of the file.
fn line(file: &mut impl BufRead, name: &str, at: u64) -> Result<Option<Vec<u8>>, Masalah> {
    let mut bytes = Vec::new();
    file.take(LONGEST + 1).read_until(b'\n', &mut bytes).map_err(|_| wrong(name, at, "tidak terbaca: berkas rusak"))?;
    if bytes.len() as u64 > LONGEST {
        return Err(wrong(name, at, "baris ini terlalu panjang"));
    }
    Ok(if bytes.is_empty() { None } else { Some(bytes) })
}

/// Goes over the rows of the chain.
fn rows(open: Open<'_>, mut each: impl FnMut(u64, AuditRow) -> Result<(), Masalah>) -> Result<(), Masalah> {
    let mut archive = archive(open)?;
    let file = archive.by_name(BARIS).map_err(|_| wrong(BARIS, None, "tidak ada dalam paket"))?;
    let mut file = BufReader::new(file);
    let mut at = 1;
    while let Some(bytes) = line(&mut file, BARIS, at)? {
        let odd = || wrong(BARIS, at, "bukan baris rantai yang utuh");
        let row: AuditRow = serde_json::from_slice(&bytes).map_err(|_| odd())?;
        // The same row may be written in many ways; this is the one.
        let mut same = serde_json::to_vec(&row).map_err(|_| odd())?;
        same.push(b'\n');
        if same != bytes {
            return Err(odd());
        }
        each(at, row)?;
        at += 1;
    }
    Ok(())
}

/// Every row against its hash, its neighbour and the anchors. Gives what the tables need to know, and the last row.
fn chain(open: Open<'_>, manifes: &Manifes, heads: &[(Moment, &Head)]) -> Result<(Ringkas, AuditRow), Masalah> {
    let mut walk = Walk::default();
    let mut semua = Ringkas::default();
    let mut last: Option<AuditRow> = None;
    rows(open, |at, row| {
        if row.rantai != RANTAI {
            return Err(wrong(BARIS, at, "baris ini dari rantai lain"));
        }
        walk.step(&row);
        if let Some((_, _, kind)) = walk.problems().next() {
            return Err(wrong(BARIS, at, kind.words()));
        }
        if heads.iter().any(|(_, head)| head.urut == row.urut && head.sidik != row.sidik) {
            return Err(wrong(BARIS, at, ProblemKind::Rewritten.words()));
        }
        semua.step(row.urut, &fakta::read(&row).map_err(|kata| wrong(BARIS, at, kata))?);
        last = Some(row);
        Ok(())
    })?;
    let Some(last) = last else { return Err(wrong(BARIS, None, "rantai ini kosong")) };
    let at = row(&last);
    if let Some((_, head)) = heads.iter().find(|(_, head)| head.urut > last.urut) {
        return Err(wrong(BARIS, at, ProblemKind::Cut { had: head.urut }.words()));
    }
    if last.urut != manifes.urut || last.sidik != manifes.sidik {
        return Err(wrong(BARIS, at, format!("rantai berakhir di sini; menurut daftar ada {} baris", manifes.urut)));
    }
    Ok((semua, last))
}

/// One table against the chain, line by line. Gives how many lines it has under its head.
fn table(open: Open<'_>, tabel: Tabel, whole: &Whole) -> Result<u64, Masalah> {
    let name = tabel.as_str();
    let mut archive = archive(open)?;
    let file = archive.by_name(name).map_err(|_| wrong(name, None, "tidak ada dalam paket"))?;
    let mut file = BufReader::new(file);
    let mut at = 1;
    let head = tabel.head(&whole.cara);
    let mut meet = |expected: &str, urut: i64| -> Result<(), Masalah> {
        let found = line(&mut file, name, at)?;
        if found.as_deref() != Some(expected.as_bytes()) {
            return Err(wrong(name, at, differs(&head, expected, found.as_deref(), urut)));
        }
        at += 1;
        Ok(())
    };
    meet(&head, 0)?;
    rows(open, |_, row| {
        let isi = fakta::read(&row).map_err(|kata| wrong(BARIS, None, kata))?;
        match tabel.line(&row, &isi, &whole.semua, &whole.cara) {
            Some(expected) => meet(&expected, row.urut),
            None => Ok(()),
        }
    })?;
    match line(&mut file, name, at)? {
        None => Ok(at - 2),
        Some(_) => Err(wrong(name, at, "baris ini tidak ada dalam rantai")),
    }
}

/// What is wrong with a line, in words that lead to the cell.
fn differs(head: &str, expected: &str, found: Option<&[u8]>, urut: i64) -> String {
    let Some(found) = found else { return format!("tabel berakhir di sini; baris rantai {urut} hilang") };
    let cells = |bytes: &[u8]| -> Vec<String> {
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let first = reader.byte_records().next().and_then(Result::ok).unwrap_or_default();
        first.iter().map(|cell| String::from_utf8_lossy(cell).chars().take(80).collect()).collect()
    };
    let (names, due, is) = (cells(head.as_bytes()), cells(expected.as_bytes()), cells(found));
    let odd: Vec<usize> = (0..due.len().max(is.len())).filter(|at| due.get(*at) != is.get(*at)).collect();
    match odd.as_slice() {
        [at] => format!(
            "kolom \"{}\" tertulis \"{}\", menurut rantai \"{}\"",
            names.get(*at).map_or("", String::as_str).trim_start_matches('\u{FEFF}'),
            is.get(*at).map_or("", String::as_str),
            due.get(*at).map_or("", String::as_str)
        ),
        _ if urut == 0 => "kepala tabel diubah".into(),
        _ => format!("bukan baris rantai {urut}: ada baris yang diubah, dihapus, ditambah, atau ditukar"),
    }
}

/// Every file against the list: also the words to the reader, which stand in no chain.
fn hashes(open: Open<'_>, manifes: &Manifes) -> Vec<Masalah> {
    let one = |satu: &super::paket::Satu| -> Result<(), Masalah> {
        let mut archive = archive(open)?;
        let file = archive.by_name(&satu.nama).map_err(|_| wrong(&satu.nama, None, "tidak ada dalam paket"))?;
        let mut file = file.take(satu.ukuran.saturating_add(1));
        let mut sum = Sha256::new();
        let (mut size, mut buffer) = (0, vec![0_u8; 64 * 1024]);
        loop {
            let read = file.read(&mut buffer).map_err(unread(&satu.nama))?;
            if read == 0 {
                break;
            }
            size += read as u64;
            sum.update(buffer.get(..read).unwrap_or_default());
        }
        if size != satu.ukuran || hex(&sum.finalize()) != satu.sidik {
            return Err(wrong(&satu.nama, None, "bukan berkas yang didaftar dalam MANIFES.txt"));
        }
        Ok(())
    };
    manifes.berkas.iter().filter_map(|satu| one(satu).err()).collect()
}
