//! The package: a ZIP with the chain, the tables made from it, an anchor, words about how to check it, and a signed list of all that.

use std::io::{self, Write};

use ed25519_dalek::SigningKey;
use praja_kernel::{Moment, tanggal_panjang};
use praja_store::{AuditRow, audit::sign};
use sha2::{Digest, Sha256};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::{
    RANTAI,
    fakta::{self, FAKTA},
    tabel::{Cara, Ringkas, Tabel},
};

/// The first line of the list of a package.
pub(super) const JUDUL: &str = "PRAJA-EKSPOR-PENGAWASAN 1";
/// How to check it.
pub(super) const BACA: &str = "BACA-SAYA.txt";
/// The anchor that was taken with it: what is kept for the next time.
pub(super) const JANGKAR: &str = "jangkar.txt";
/// The chain, one JSON line a row.
pub(super) const BARIS: &str = "rantai.jsonl";
/// The list.
pub(super) const MANIFES: &str = "MANIFES.txt";

/// Every file of a package, in its order.
pub(super) const ISI: [&str; 9] = [
    BACA,
    JANGKAR,
    BARIS,
    Tabel::Permohonan.as_str(),
    Tabel::Riwayat.as_str(),
    Tabel::LuarUrutan.as_str(),
    Tabel::Penolakan.as_str(),
    Tabel::Pengaduan.as_str(),
    MANIFES,
];

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Satu {
    pub(super) nama: String,
    pub(super) ukuran: u64,
    /// SHA-256.
    pub(super) sidik: String,
}

/// The list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Manifes {
    pub(super) instansi: String,
    pub(super) dibuat: Moment,
    pub(super) dari: String,
    pub(super) sampai: String,
    pub(super) urut: i64,
    pub(super) sidik: String,
    pub(super) berkas: Vec<Satu>,
    pub(super) tanda: String,
}

impl Manifes {
    /// Everything but the signature: what is signed.
    pub(super) fn body(&self) -> String {
        use std::fmt::Write;
        let mut text = format!(
            "{JUDUL}\ninstansi {}\ndibuat {}\ndari {}\nsampai {}\nrantai {RANTAI} {} {}\n",
            self.instansi, self.dibuat.0, self.dari, self.sampai, self.urut, self.sidik
        );
        for one in &self.berkas {
            let _ = writeln!(text, "berkas {} {} {}", one.nama, one.ukuran, one.sidik);
        }
        text
    }

    /// The whole text.
    pub(super) fn text(&self) -> String {
        format!("{}tanda {}\n", self.body(), self.tanda)
    }

    /// Reads a text, which must be the very text that [`Self::text`] makes.
    ///
    /// # Errors
    /// The line that is wrong.
    pub(super) fn read(text: &str) -> Result<Self, usize> {
        let mut lines = text.lines();
        let mut at = 0_usize;
        let mut fact = |word: &str| {
            at += 1;
            let line = lines.next().ok_or(at)?;
            let rest = if word.is_empty() { Some(line) } else { line.strip_prefix(word).and_then(|rest| rest.strip_prefix(' ')) };
            rest.map(str::to_owned).ok_or(at)
        };
        if fact("")? != JUDUL {
            return Err(1);
        }
        let instansi = fact("instansi")?;
        let dibuat = Moment(fact("dibuat")?.parse().map_err(|_| 3_usize)?);
        let (dari, sampai) = (fact("dari")?, fact("sampai")?);
        let head = fact("rantai")?;
        let (urut, sidik) = head.strip_prefix(RANTAI).and_then(|rest| rest.trim_start().split_once(' ')).ok_or(6_usize)?;
        let mut one = Self {
            instansi,
            dibuat,
            dari,
            sampai,
            urut: urut.parse().map_err(|_| 6_usize)?,
            sidik: sidik.to_owned(),
            berkas: Vec::new(),
            tanda: String::new(),
        };
        for name in ISI.iter().filter(|name| **name != MANIFES) {
            let line = fact("berkas")?;
            let parts: Vec<&str> = line.split(' ').collect();
            match parts.as_slice() {
                [nama, ukuran, sidik] if nama == name => one.berkas.push(Satu {
                    nama: (*nama).to_owned(),
                    ukuran: ukuran.parse().map_err(|_| 7 + one.berkas.len())?,
                    sidik: (*sidik).to_owned(),
                }),
                _ => return Err(7 + one.berkas.len()),
            }
        }
        one.tanda = fact("tanda")?;
        if one.text() == text { Ok(one) } else { Err(8 + one.berkas.len()) }
    }
}

/// What a package is made of besides its rows.
pub(super) struct Bahan<'a> {
    pub(super) instansi: &'a str,
    pub(super) dibuat: Moment,
    pub(super) ekspor: &'a fakta::Ekspor,
    pub(super) oleh: &'a str,
    pub(super) urut: i64,
    pub(super) sidik: &'a str,
    pub(super) jangkar: &'a str,
    pub(super) kunci: &'a SigningKey,
}

/// A row as it leaves the house: its facts, and of everything else the commitment alone.
fn bare(row: &AuditRow) -> AuditRow {
    let mut row = row.clone();
    row.nilai.retain(|value| value.bidang == FAKTA);
    row
}

/// Goes over the chain, row by row.
type Baris<'a> = dyn Fn(&mut dyn FnMut(&AuditRow) -> io::Result<()>) -> io::Result<()> + 'a;

/// Writes a package. `rows` goes over the chain up to its end as often as it is asked; `told` hears how many rows were written.
///
/// # Errors
/// When reading or writing fails, or a row is not what it should be.
pub(super) fn write<W: Write>(out: W, bahan: &Bahan<'_>, rows: &Baris<'_>) -> io::Result<W> {
    let cara = Cara::of(bahan.ekspor).map_err(io::Error::other)?;
    let mut zip = ZipWriter::new_stream(out);
    let mut berkas = Vec::new();
    berkas.push(put(&mut zip, BACA, |file| file.write_all(words(bahan, &cara).as_bytes()))?);
    berkas.push(put(&mut zip, JANGKAR, |file| file.write_all(bahan.jangkar.as_bytes()))?);
    let mut semua = Ringkas::default();
    berkas.push(put(&mut zip, BARIS, |file| {
        rows(&mut |row| {
            semua.step(row.urut, &fakta::read(row).map_err(io::Error::other)?);
            serde_json::to_writer(&mut *file, &bare(row)).map_err(io::Error::other)?;
            file.write_all(b"\n")
        })
    })?);
    for tabel in Tabel::ALL {
        berkas.push(put(&mut zip, tabel.as_str(), |file| {
            file.write_all(tabel.head(&cara).as_bytes())?;
            rows(&mut |row| {
                let isi = fakta::read(row).map_err(io::Error::other)?;
                match tabel.line(row, &isi, &semua, &cara) {
                    Some(line) => file.write_all(line.as_bytes()),
                    None => Ok(()),
                }
            })
        })?);
    }
    let mut manifes = Manifes {
        instansi: bahan.instansi.to_owned(),
        dibuat: bahan.dibuat,
        dari: bahan.ekspor.dari.clone(),
        sampai: bahan.ekspor.sampai.clone(),
        urut: bahan.urut,
        sidik: bahan.sidik.to_owned(),
        berkas,
        tanda: String::new(),
    };
    manifes.tanda = sign(bahan.kunci, &manifes.body());
    put(&mut zip, MANIFES, |file| file.write_all(manifes.text().as_bytes()))?;
    zip.finish().map(zip::write::StreamWriter::into_inner).map_err(io::Error::other)
}

/// Counts and hashes what goes through.
struct Hashing<'a> {
    out: &'a mut dyn Write,
    sidik: Sha256,
    ukuran: u64,
}

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.sidik.update(&bytes[..count]);
        self.ukuran += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn put<W: Write + io::Seek>(
    zip: &mut ZipWriter<W>,
    nama: &str,
    body: impl FnOnce(&mut Hashing<'_>) -> io::Result<()>,
) -> io::Result<Satu> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
    zip.start_file(nama, options).map_err(io::Error::other)?;
    let mut through = Hashing { out: zip, sidik: Sha256::new(), ukuran: 0 };
    body(&mut through)?;
    Ok(Satu { nama: nama.to_owned(), ukuran: through.ukuran, sidik: hex(&through.sidik.finalize()) })
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// What whoever opens the package reads first.
fn words(bahan: &Bahan<'_>, cara: &Cara) -> String {
    let latihan = if bahan.ekspor.latihan { "LATIHAN: data dalam berkas ini contoh, bukan data warga.\n\n" } else { "" };
    let [dari, sampai] = [cara.dari(), cara.sampai()].map(tanggal_panjang);
    let text = format!(
        "{latihan}EKSPOR PENGAWASAN PERIZINAN\n\
Permohonan yang diajukan {dari} sampai {sampai}.\n\
Diminta oleh {oleh}, untuk: {tujuan}\n\n\
ISI\n\
  permohonan.csv   satu baris setiap permohonan, keadaan terakhirnya\n\
  riwayat.csv      satu baris setiap langkah: siapa, kapan, dari mana ke mana\n\
  luar-urutan.csv  yang didahulukan, dengan alasannya\n\
  penolakan.csv    yang ditolak, dengan kode dan dasarnya\n\
  pengaduan.csv    pengaduan tentang permohonan\n\
  rantai.jsonl     rantai sidik: asal seluruh tabel di atas\n\
  jangkar.txt      ujung rantai hari ini; simpan untuk pemeriksaan berikutnya\n\
  MANIFES.txt      daftar berkas dengan sidiknya, ditandatangani\n\n\
Kolom terakhir setiap tabel, \"Baris rantai\", menunjuk baris rantai.jsonl. NIK tersamar; nama pemohon dan\n\
catatan petugas tidak disertakan, tetapi sidiknya ada dalam rantai.\n\n\
CARA MEMERIKSA, TANPA SERVER DAN TANPA INTERNET\n\
1. Siapkan jangkar yang Anda simpan SEBELUM ekspor ini dibuat, misalnya berkas jangkar-20260901-0700.txt\n\
   pada flashdisk inspektorat. Jangkar di dalam paket ini tidak membuktikan apa pun tentang paket ini.\n\
2. Ambil program praja dari sumber yang Anda percaya, bukan dari server yang diperiksa. Tidak perlu dipasang.\n\
3. Jalankan, pada komputer mana pun:\n\n\
   praja audit verify --export ekspor.zip --anchor jangkar-20260901-0700.txt\n\n\
Program menghitung ulang setiap sidik, mencocokkannya dengan jangkar Anda, lalu membuat kembali setiap tabel\n\
dari rantai dan membandingkannya huruf demi huruf. Sel yang diubah, baris yang dihapus atau ditambah, rantai\n\
yang dipotong atau dihitung ulang, dan tabel dari ekspor lain ditolak dengan nama berkas dan barisnya.\n\n\
Ujung rantai dalam paket ini: baris {urut}\n{sidik}\n",
        oleh = bahan.oleh,
        tujuan = bahan.ekspor.tujuan,
        urut = bahan.urut,
        sidik = bahan.sidik,
    );
    // Programs on other systems show lines only so.
    text.replace('\n', "\r\n")
}
