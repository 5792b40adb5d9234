//! The columns of a file of each kind: one list for the template, the reader, the export and the help.

use super::Jenis;
use crate::{jabatan, opd, penugasan};

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Isi {
    /// Words.
    Teks,
    /// A code whose zeros count.
    Kode,
    /// 18 digits.
    Nip,
    /// A telephone number.
    Telepon,
    /// A date.
    Tanggal,
    /// One of a few words.
    Pilihan(Pilihan),
}

/// The words a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pilihan {
    /// [`opd::Jenis`].
    Opd,
    /// [`jabatan::Jenis`].
    Jabatan,
    /// [`penugasan::Jenis`].
    Penugasan,
}

impl Pilihan {
    /// As people read them, in order.
    pub fn labels(self) -> Vec<&'static str> {
        match self {
            Self::Opd => opd::Jenis::ALL.iter().map(|one| one.label()).collect(),
            Self::Jabatan => jabatan::Jenis::ALL.iter().map(|one| one.label()).collect(),
            Self::Penugasan => penugasan::Jenis::ALL.iter().map(|one| one.label()).collect(),
        }
    }
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kolom {
    /// Its title in the first row.
    pub judul: &'static str,
    /// What stands in it.
    pub isi: Isi,
    /// Must every row fill it?
    pub wajib: bool,
    /// What belongs there, for the sheet of instructions and the page.
    pub petunjuk: &'static str,
    /// An example.
    pub contoh: &'static str,
}

const fn kolom(judul: &'static str, isi: Isi, wajib: bool, petunjuk: &'static str, contoh: &'static str) -> Kolom {
    Kolom { judul, isi, wajib, petunjuk, contoh }
}

/// Code of the OPD.
pub const KODE_OPD: &str = "Kode OPD";
/// Name of the OPD.
pub const NAMA_OPD: &str = "Nama OPD";
/// Short name of the OPD.
pub const SINGKATAN: &str = "Singkatan";
/// Kind of OPD or post.
pub const JENIS: &str = "Jenis";
/// Code of the OPD above.
pub const KODE_INDUK: &str = "Kode OPD induk";
/// First day.
pub const BERLAKU: &str = "Berlaku sejak";
/// Name of the post.
pub const JABATAN: &str = "Jabatan";
/// OPD of the post above.
pub const KODE_ATASAN: &str = "Kode OPD atasan";
/// The post above.
pub const ATASAN: &str = "Jabatan atasan";
/// NIP.
pub const NIP: &str = "NIP";
/// Name without titles.
pub const NAMA: &str = "Nama";
/// Titles before the name.
pub const GELAR_DEPAN: &str = "Gelar depan";
/// Titles after the name.
pub const GELAR_BELAKANG: &str = "Gelar belakang";
/// E-mail address.
pub const SUREL: &str = "Surel";
/// Telephone number.
pub const TELEPON: &str = "Telepon";
/// How the post is held.
pub const PENUGASAN: &str = "Jenis penugasan";
/// First day at the post.
pub const MULAI: &str = "Mulai";
/// Last day at the post.
pub const SAMPAI: &str = "Sampai";
/// The decree.
pub const DASAR: &str = "Dasar";

const OPD: &[Kolom] = &[
    kolom(KODE_OPD, Isi::Kode, true, "Kode menurut daftar perangkat daerah Anda. Ubah format kolomnya menjadi Teks.", "1.02.01"),
    kolom(NAMA_OPD, Isi::Teks, true, "Nama lengkap tanpa singkatan.", "Dinas Kesehatan"),
    kolom(SINGKATAN, Isi::Teks, true, "Nama pendek untuk daftar; berbeda pada setiap OPD.", "Dinkes"),
    kolom(JENIS, Isi::Pilihan(Pilihan::Opd), true, "Salah satu jenis pada daftar pilihan.", "Dinas"),
    kolom(
        KODE_INDUK,
        Isi::Kode,
        false,
        "Kode OPD di atasnya, misalnya dinas yang membawahkan UPTD. Kosongkan bila tidak ada.",
        "",
    ),
    kolom(BERLAKU, Isi::Tanggal, false, "Hari pertama OPD ini berlaku. Kosong berarti hari ini.", "02-01-2017"),
];

const JABATAN_KOLOM: &[Kolom] = &[
    kolom(KODE_OPD, Isi::Kode, true, "Kode OPD tempat jabatan ini berada.", "1.02.01"),
    kolom(JABATAN, Isi::Teks, true, "Nama lengkap jabatan; berbeda di dalam satu OPD.", "Kepala Dinas Kesehatan"),
    kolom(JENIS, Isi::Pilihan(Pilihan::Jabatan), true, "Salah satu jenis pada daftar pilihan.", "Pimpinan tinggi"),
    kolom(KODE_ATASAN, Isi::Kode, false, "Kode OPD jabatan atasan. Kosong berarti OPD yang sama.", "4.01.01"),
    kolom(ATASAN, Isi::Teks, false, "Nama jabatan atasan langsung.", "Sekretaris Daerah"),
    kolom(BERLAKU, Isi::Tanggal, false, "Hari pertama jabatan ini berlaku. Kosong berarti hari ini.", "02-01-2017"),
];

const PEGAWAI: &[Kolom] = &[
    kolom(
        NIP,
        Isi::Nip,
        false,
        "18 angka. Ubah format kolomnya menjadi Teks sebelum mengisi. Kosong hanya untuk pejabat terpilih dan pelaksana tanpa NIP.",
        "198503122010012004",
    ),
    kolom(NAMA, Isi::Teks, true, "Nama tanpa gelar.", "Siti Rahmawati"),
    kolom(GELAR_DEPAN, Isi::Teks, false, "Gelar di depan nama.", "dr."),
    kolom(GELAR_BELAKANG, Isi::Teks, false, "Gelar di belakang nama, tanpa koma pertama.", "M.Kes."),
    kolom(SUREL, Isi::Teks, false, "Alamat surel dinas; berbeda untuk setiap orang.", "siti.rahmawati@contoh.go.id"),
    kolom(TELEPON, Isi::Telepon, false, "Nomor telepon, dengan nol di depan. Ubah format kolomnya menjadi Teks.", "081234567890"),
    kolom(KODE_OPD, Isi::Kode, false, "Kode OPD jabatan yang dipegang.", "1.02.01"),
    kolom(JABATAN, Isi::Teks, false, "Nama jabatan yang dipegang, sama dengan yang tercatat.", "Kepala Dinas Kesehatan"),
    kolom(PENUGASAN, Isi::Pilihan(Pilihan::Penugasan), false, "Kosong berarti Definitif.", "Definitif"),
    kolom(MULAI, Isi::Tanggal, false, "Hari pertama memegang jabatan itu. Wajib bila jabatan diisi.", "03-01-2022"),
    kolom(SAMPAI, Isi::Tanggal, false, "Hari terakhir. Wajib untuk Plt. dan Plh.; kosong bila tidak dibatasi.", ""),
    kolom(DASAR, Isi::Teks, false, "Nomor dan tanggal surat keputusan atau surat perintah.", "SK Bupati 821.2/15/2022"),
];

impl Jenis {
    /// The columns of a file of this kind.
    pub fn columns(self) -> &'static [Kolom] {
        match self {
            Self::Opd => OPD,
            Self::Jabatan => JABATAN_KOLOM,
            Self::Pegawai => PEGAWAI,
        }
    }
}
