//! From a row of an old register to a licence, or to what is wrong with it. Pure.

use std::collections::HashMap;

use praja_identity::telepon;
use praja_kernel::{Date, Id, Nik, NikError, fold, tanggal_pendek};
use praja_web::lembar::{Baris, Masalah, Sel, tanggal};
use serde::{Deserialize, Serialize};

use super::{
    bidang::Bidang,
    layanan::{self, Layanan},
    pemetaan::{Akhir, NikSalah, Pemetaan},
};
use crate::{
    izin::{Keadaan, until},
    permohonan::isian::Jawaban,
};

/// Longest number, name, object, place, signer, post.
const NOMOR: usize = 120;
const NAMA: usize = 160;
/// No licence of a regency is older.
const OLDEST: i16 = 1945;
/// None is good for longer.
const FURTHEST: i16 = 2120;

/// A licence of the old register, ready to be compared with what is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Calon {
    /// Row of the spreadsheet.
    pub(crate) baris: u32,
    /// The type of ours.
    pub(crate) jenis: Id,
    pub(crate) jenis_nama: String,
    /// What the old program called it.
    pub(crate) layanan: String,
    pub(crate) nomor: String,
    pub(crate) tanggal: Date,
    pub(crate) dari: Date,
    pub(crate) sampai: Option<Date>,
    pub(crate) nama: String,
    /// Empty where the register has none.
    pub(crate) nik: String,
    pub(crate) objek: String,
    /// Code of the district or village; empty where it was not found.
    pub(crate) lokasi: String,
    pub(crate) alamat: String,
    pub(crate) keadaan: Keadaan,
    pub(crate) penandatangan: String,
    pub(crate) jabatan: String,
    pub(crate) telepon: String,
    pub(crate) email: String,
    /// What somebody should know of it, in words.
    pub(crate) catatan: String,
}

/// What a row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Isi {
    /// A licence.
    Izin(Box<Calon>),
    /// A heading between rows, a sum, or a row whose service is left out.
    Sela,
    /// Something in it must be mended first; what, was noted.
    Salah,
}

/// Districts and villages of the own regency by their folded names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tempat(HashMap<(usize, String), Vec<String>>);

impl Tempat {
    /// From codes and names.
    pub(crate) fn of<'a>(all: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut found: HashMap<(usize, String), Vec<String>> = HashMap::new();
        for (kode, nama) in all {
            found.entry((kode.split('.').count(), bare(nama))).or_default().push(kode.to_owned());
        }
        Self(found)
    }

    /// The village, else the district; empty where neither is known. Two villages of one name are told apart by their district.
    fn code(&self, kecamatan: &str, desa: &str) -> String {
        let none = Vec::new();
        let get = |level, name: &str| self.0.get(&(level, bare(name))).unwrap_or(&none);
        let district = get(3, kecamatan).first().cloned().unwrap_or_default();
        let within = |kode: &&String| district.is_empty() || kode.starts_with(&format!("{district}."));
        let mut villages = get(4, desa).iter().filter(within);
        match (villages.next(), villages.next()) {
            (Some(only), None) => only.clone(),
            _ => district,
        }
    }
}

/// A name of a place without what announces it.
fn bare(nama: &str) -> String {
    let plain: String = fold(nama).chars().map(|one| if one.is_alphanumeric() { one } else { ' ' }).collect();
    let announced = |word: &&str| !matches!(*word, "kecamatan" | "kec" | "desa" | "ds" | "kelurahan" | "kel");
    plain.split_whitespace().filter(announced).collect::<Vec<_>>().join(" ")
}

/// Reads the rows of a register.
pub(crate) struct Pembaca<'a> {
    pub(crate) pemetaan: &'a Pemetaan,
    pub(crate) today: Date,
    pub(crate) layanan: &'a [Layanan],
    pub(crate) tempat: &'a Tempat,
}

impl Pembaca<'_> {
    /// One row. What is wrong with it goes to `masalah`.
    pub(crate) fn read(&self, row: &Baris, masalah: &mut Vec<Masalah>) -> Isi {
        if is_between(row) {
            return Isi::Sela;
        }
        let before = masalah.len();
        let nomor = self.needed(row, Bidang::Nomor, NOMOR, masalah);
        let nama = self.needed(row, Bidang::Nama, NAMA, masalah);
        let lama = self.needed(row, Bidang::Layanan, NAMA, masalah);
        let service = match lama.as_deref().map(|lama| self.service(lama)) {
            Some(Some(Some(one))) => Some(one),
            // Whoever maps said that these are not taken.
            Some(Some(None)) => {
                masalah.truncate(before);
                return Isi::Sela;
            }
            Some(None) => {
                let what = format!("Jenis izin \"{}\" belum dipasangkan dengan layanan.", lama.as_deref().unwrap_or_default());
                self.refuse(
                    row,
                    Bidang::Layanan,
                    masalah,
                    what,
                    "Pasangkan pada langkah Nama layanan, atau pilih tidak diimpor.".into(),
                );
                None
            }
            None => None,
        };
        let terbit = self.day(row, Bidang::Tanggal, masalah);
        if terbit.is_none() && masalah.len() == before {
            self.refuse(row, Bidang::Tanggal, masalah, "Tanggal terbit kosong.".into(), "Isi tanggal terbit izin ini.".into());
        }
        if let Some(day) = terbit.filter(|day| *day > self.today) {
            let what = format!("Tanggal terbit {} belum tiba.", tanggal_pendek(day));
            self.refuse(row, Bidang::Tanggal, masalah, what, "Periksa tahunnya, dan urutan tanggal pada pemetaan.".into());
        }
        let dari = self.day(row, Bidang::Dari, masalah).or(terbit);
        let sampai = self.end(row, dari, service, masalah);
        let (nik, mut catatan) = self.nik(row, masalah);
        let keadaan = self.standing(row, masalah);
        let (telepon, email) = self.contacts(row, &mut catatan);
        let (Some(nomor), Some(nama), Some(lama), Some(service), Some(terbit), Some(dari), Some(sampai)) =
            (nomor, nama, lama, service, terbit, dari, sampai)
        else {
            return Isi::Salah;
        };
        if masalah.len() > before {
            return Isi::Salah;
        }
        let words = |bidang| shortened(&self.words(row, bidang).unwrap_or_default(), NAMA);
        let lokasi = self.tempat.code(&words(Bidang::Kecamatan), &words(Bidang::Desa));
        if lokasi.is_empty() && self.words(row, Bidang::Kecamatan).is_some() {
            catatan.push("kecamatan tidak dikenal");
        }
        Isi::Izin(Box::new(Calon {
            baris: row.nomor,
            jenis: service.jenis,
            jenis_nama: service.nama.clone(),
            layanan: lama,
            nomor,
            tanggal: terbit,
            dari,
            sampai,
            nama,
            nik,
            objek: words(Bidang::Objek),
            lokasi,
            alamat: shortened(&self.words(row, Bidang::Alamat).unwrap_or_default(), 300),
            keadaan,
            penandatangan: words(Bidang::Penandatangan),
            jabatan: words(Bidang::Jabatan),
            telepon,
            email,
            catatan: catatan.join("; "),
        }))
    }

    /// `None` when nobody said what it is, `Some(None)` when its rows are left out.
    fn service(&self, lama: &str) -> Option<Option<&Layanan>> {
        match self.pemetaan.layanan.get(&fold(lama)).map(String::as_str) {
            Some("") => Some(None),
            Some(kode) => self.layanan.iter().find(|one| one.kode == kode).map(Some),
            None => layanan::exact(self.layanan, lama).map(Some),
        }
    }

    /// The cell of a field; what always holds where it is empty.
    fn cell<'r>(&self, row: &'r Baris, bidang: Bidang) -> (&'r Sel, String) {
        let from = self.pemetaan.of(bidang);
        let sel = from.kolom.map_or(&Sel::Kosong, |at| row.at(at));
        let words = sel.shown();
        let words = words.trim_start_matches(['\'', '`', '\u{2019}']).trim();
        if words.chars().any(char::is_alphanumeric) { (sel, words.to_owned()) } else { (&Sel::Kosong, from.tetap) }
    }

    /// Words of a field; a mere dash says that there are none.
    fn words(&self, row: &Baris, bidang: Bidang) -> Option<String> {
        Some(self.cell(row, bidang).1).filter(|words| words.chars().any(char::is_alphanumeric))
    }

    fn needed(&self, row: &Baris, bidang: Bidang, most: usize, masalah: &mut Vec<Masalah>) -> Option<String> {
        let Some(words) = self.words(row, bidang) else {
            let how = format!("Isi {} pada baris ini.", bidang.label().to_lowercase());
            self.refuse(row, bidang, masalah, format!("{} kosong.", bidang.label()), how);
            return None;
        };
        let count = words.chars().count();
        if count > most {
            let what = format!("{} {count} huruf; paling panjang {most} huruf.", bidang.label());
            self.refuse(row, bidang, masalah, what, "Persingkat isinya, atau periksa kolom yang dipilih.".into());
            return None;
        }
        Some(words)
    }

    fn day(&self, row: &Baris, bidang: Bidang, masalah: &mut Vec<Masalah>) -> Option<Date> {
        let (sel, words) = self.cell(row, bidang);
        if !words.chars().any(char::is_alphanumeric) {
            return None;
        }
        let Some(day) = tanggal::day(sel, &words, self.pemetaan.urutan, None) else {
            let how = "Tulis hari, bulan, dan tahun, misalnya 31/12/2019 atau 31 Desember 2019; periksa pula urutan tanggal pada pemetaan.";
            let what = format!("{} tidak terbaca, atau tidak ada dalam kalender.", bidang.label());
            self.refuse(row, bidang, masalah, what, how.into());
            return None;
        };
        if !(OLDEST..FURTHEST).contains(&day.year()) {
            let what = format!("{} {} di luar tahun {OLDEST} sampai {FURTHEST}.", bidang.label(), tanggal_pendek(day));
            self.refuse(row, bidang, masalah, what, "Periksa tahunnya.".into());
            return None;
        }
        Some(day)
    }

    /// The last day: `Some(None)` without an end, `None` when it is a problem.
    fn end(
        &self,
        row: &Baris,
        dari: Option<Date>,
        service: Option<&Layanan>,
        masalah: &mut Vec<Masalah>,
    ) -> Option<Option<Date>> {
        let words = self.words(row, Bidang::Sampai);
        if words.as_deref().is_some_and(has_no_end) {
            return Some(None);
        }
        if words.is_some() {
            let end = self.day(row, Bidang::Sampai, masalah)?;
            if dari.is_some_and(|dari| end < dari) {
                let what = format!("Berlaku sampai {} sebelum tanggal mulainya.", tanggal_pendek(end));
                self.refuse(
                    row,
                    Bidang::Sampai,
                    masalah,
                    what,
                    "Periksa kedua tanggal, dan urutan tanggal pada pemetaan.".into(),
                );
                return None;
            }
            return Some(Some(end));
        }
        let masa = &service?.masa;
        let endless = masa.tahun == 0 && masa.bulan == 0 && masa.isian.is_empty();
        match self.pemetaan.akhir {
            _ if endless => Some(None),
            Akhir::Tanpa => Some(None),
            // A type whose end is a day that the applicant names tells nothing about an old one.
            Akhir::Jenis if masa.isian.is_empty() => Some(until(masa, dari?, &Jawaban::default())),
            Akhir::Jenis | Akhir::Laporkan => {
                let how =
                    "Isi tanggalnya, tulis \"seumur hidup\" bila tanpa batas, atau pilih pada pemetaan cara membaca yang kosong.";
                self.refuse(row, Bidang::Sampai, masalah, "Akhir masa berlaku kosong.".into(), how.into());
                None
            }
        }
    }

    fn nik(&self, row: &Baris, masalah: &mut Vec<Masalah>) -> (String, Vec<&'static str>) {
        let (sel, words) = self.cell(row, Bidang::Nik);
        match nik(sel, &words) {
            Ok(Some(nik)) => (nik.full().to_owned(), Vec::new()),
            Ok(None) => (String::new(), vec!["tanpa NIK"]),
            Err(_) if self.pemetaan.nik_salah == NikSalah::Kosongkan => {
                (String::new(), vec!["NIK pada berkas salah, dikosongkan"])
            }
            Err((what, how)) => {
                self.refuse(row, Bidang::Nik, masalah, what, how);
                (String::new(), Vec::new())
            }
        }
    }

    fn standing(&self, row: &Baris, masalah: &mut Vec<Masalah>) -> Keadaan {
        let Some(words) = self.words(row, Bidang::Keadaan) else { return Keadaan::Aktif };
        keadaan(&words).unwrap_or_else(|| {
            let how = "Pilihan: berlaku, habis, dibekukan, dicabut. Kosongkan kolomnya pada pemetaan bila berisi hal lain.";
            self.refuse(row, Bidang::Keadaan, masalah, format!("Status \"{words}\" tidak dikenal."), how.into());
            Keadaan::Aktif
        })
    }

    /// What cannot be reached is not worth a row: it is left out with a note.
    fn contacts(&self, row: &Baris, catatan: &mut Vec<&'static str>) -> (String, String) {
        let typed = self.words(row, Bidang::Telepon).unwrap_or_default();
        // A spreadsheet drops the zero in front.
        let phone = telepon::parse(&typed).or_else(|| typed.starts_with('8').then(|| telepon::parse(&format!("0{typed}")))?);
        if phone.is_none() && !typed.is_empty() {
            catatan.push("nomor ponsel tidak dikenal");
        }
        let mail = self.words(row, Bidang::Email).unwrap_or_default().to_lowercase();
        let whole = mail.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        let whole = whole && !mail.contains(char::is_whitespace) && mail.chars().count() <= 120;
        if !whole && !mail.is_empty() {
            catatan.push("surel tidak dikenal");
        }
        (phone.unwrap_or_default(), if whole { mail } else { String::new() })
    }

    fn refuse(&self, row: &Baris, bidang: Bidang, masalah: &mut Vec<Masalah>, pesan: String, saran: String) {
        let from = self.pemetaan.of(bidang);
        let isi = from.kolom.map(|at| row.at(at).shown()).unwrap_or_default();
        // A list of problems goes from hand to hand: it names no whole NIK.
        let isi = if bidang == Bidang::Nik { veiled(&isi) } else { isi };
        let kolom = if from.judul.is_empty() { bidang.label() } else { &from.judul };
        masalah.push(Masalah::new(row.nomor, kolom, &isi, pesan, saran));
    }
}

/// The first four letters and how many follow.
fn veiled(words: &str) -> String {
    let count = words.chars().count();
    if count <= 4 { words.to_owned() } else { format!("{}… ({count} huruf)", words.chars().take(4).collect::<String>()) }
}

/// A row that is no licence: all its cells say the same (a title merged over the whole width), or only one says anything.
fn is_between(row: &Baris) -> bool {
    let mut cells = row.sel.iter().map(Sel::shown).filter(|words| words.chars().any(char::is_alphanumeric));
    let first = cells.next().unwrap_or_default();
    cells.all(|words| words == first)
}

/// Has a spreadsheet made a number of it, as in "5.31502E+15"?
fn is_scientific(words: &str) -> bool {
    let plain = words.to_ascii_lowercase();
    plain.split_once('e').is_some_and(|(front, back)| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        front.chars().all(|one| one.is_ascii_digit() || matches!(one, '.' | ',')) && digits(back.trim_start_matches(['+', '-']))
    })
}

/// The NIK of a cell; none where nothing is written. What a spreadsheet has cut is not taken for one.
///
/// # Errors
/// What is wrong, and what to do.
pub(crate) fn nik(sel: &Sel, words: &str) -> Result<Option<Nik>, (String, String)> {
    let plain = words.trim_start_matches(['\'', '`', '\u{2019}']).trim();
    if !plain.chars().any(char::is_alphanumeric) {
        return Ok(None);
    }
    let cut = matches!(sel, Sel::Angka(number) if number.abs() >= 1e15) || is_scientific(plain);
    if cut {
        return Err((
            "NIK tersimpan sebagai bilangan. Lembar kerja hanya menyimpan 15 angka, sehingga angka terakhirnya hilang.".into(),
            "Ambil lagi NIK dari aplikasi lama dengan kolom berformat Teks; NIK ini tidak dapat dipulihkan dari berkas.".into(),
        ));
    }
    let digits: String = plain.chars().filter(|one| !one.is_whitespace() && !matches!(one, '.' | '-' | '/')).collect();
    digits.parse::<Nik>().map(Some).map_err(|e| {
        let how = match e {
            NikError::Length { count: 15 } => {
                "Satu angka hilang, sering kali karena lembar kerja. Cocokkan dengan KTP; jangan ditambah nol."
            }
            NikError::Length { .. } | NikError::NotDigits => {
                "Bila kolom ini berisi NIB, NPWP, atau SIM, jangan memetakannya sebagai NIK."
            }
            NikError::Serial => {
                "Empat angka terakhir 0000 adalah sisa pembulatan lembar kerja. Ambil lagi dari aplikasi lama sebagai Teks."
            }
            _ => "Cocokkan dengan KTP pemegangnya.",
        };
        (e.to_string(), how.to_owned())
    })
}

/// Does it say that there is no last day?
pub(crate) fn has_no_end(words: &str) -> bool {
    const ENDLESS: [&str; 8] =
        ["seumur hidup", "selamanya", "tidak terbatas", "tanpa batas", "tidak ada batas", "selama", "permanen", "tidak berbatas"];
    let plain = fold(words);
    ENDLESS.iter().any(|known| plain.starts_with(known))
}

/// How a licence stands, as other programs call it; that it ended is told from its dates.
pub(crate) fn keadaan(words: &str) -> Option<Keadaan> {
    let plain: String = fold(words).chars().filter(|one| one.is_alphanumeric()).collect();
    match &*plain {
        "aktif" | "berlaku" | "masihberlaku" | "terbit" | "izinterbit" | "selesai" | "diserahkan" | "valid" | "1" | "ya"
        | "habis" | "habismasaberlaku" | "tidakberlaku" | "kadaluarsa" | "kedaluwarsa" | "expired" | "akanhabis" => {
            Some(Keadaan::Aktif)
        }
        "dicabut" | "cabut" | "izindicabut" | "batal" | "dibatalkan" => Some(Keadaan::Dicabut),
        "dibekukan" | "beku" | "pembekuan" | "suspend" | "disuspend" => Some(Keadaan::Dibekukan),
        _ => None,
    }
}

fn shortened(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let kept: String = words.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}
