//! What is asked and answered, field by field: the document is made from this.

use praja_kernel::{Derajat, Sifat};
use praja_module::api::{Field, Kind, Shape};

use crate::{naskah, surat_masuk};

fn keadaan_masuk() -> Vec<&'static str> {
    surat_masuk::Status::ALL.iter().map(|one| one.as_str()).collect()
}

fn keadaan_keluar() -> Vec<&'static str> {
    naskah::api::SIGNED.iter().map(|one| one.as_str()).collect()
}

fn sifat() -> Vec<&'static str> {
    Sifat::ALL.iter().map(|one| one.as_str()).collect()
}

fn derajat() -> Vec<&'static str> {
    Derajat::ALL.iter().map(|one| one.as_str()).collect()
}

const KURSOR: Field = Field::maybe("kursor", Kind::Text(60), "Kursor dari jawaban sebelumnya: hanya yang sesudahnya dijawab.");
const JUMLAH: Field = Field::maybe("jumlah", Kind::Number, "Paling banyak sekian baris, 1 sampai 200; 50 bila tidak disebut.");

pub(crate) static TANYA_MASUK: &[Field] = &[
    Field::maybe("sejak", Kind::Date, "Dicatat pada hari ini atau sesudahnya."),
    Field::maybe("sampai", Kind::Date, "Dicatat pada hari ini atau sebelumnya."),
    Field::maybe("status", Kind::Words(keadaan_masuk), "Hanya yang sedang dalam keadaan ini."),
    KURSOR,
    JUMLAH,
];

pub(crate) static TANYA_KELUAR: &[Field] = &[
    Field::maybe("sejak", Kind::Date, "Ditandatangani pada hari ini atau sesudahnya."),
    Field::maybe("sampai", Kind::Date, "Ditandatangani pada hari ini atau sebelumnya."),
    KURSOR,
    JUMLAH,
];

pub(crate) static DAFTAR_MASUK: Shape = Shape {
    name: "DaftarSuratMasuk",
    fields: &[
        Field::new("data", Kind::Many(&MASUK), "Suratnya."),
        Field::maybe(
            "kursor",
            Kind::Text(60),
            "Kirim sebagai kursor untuk yang berikutnya, sekarang atau kemudian; kosong bila belum ada satu pun.",
        ),
        Field::new("masih_ada", Kind::Flag, "Masih ada yang dapat diminta sekarang."),
    ],
};

pub(crate) static MASUK: Shape = Shape {
    name: "SuratMasuk",
    fields: &[
        Field::new("id", Kind::Id, "Pengenal surat."),
        Field::new("nomor_agenda", Kind::Text(0), "Nomor agenda seperti tertulis, misalnya 12/2026."),
        Field::new("agenda", Kind::Number, "Nomor dalam buku agenda."),
        Field::new("tahun", Kind::Number, "Tahun buku agenda."),
        Field::new("tertutup", Kind::Flag, "Sifatnya di atas batas token: isinya tidak diberikan."),
        Field::maybe("asal", Kind::Text(0), "Pengirim."),
        Field::maybe("nomor_surat", Kind::Text(0), "Nomor dari pengirim; kosong juga bila surat tidak bernomor."),
        Field::maybe("tanggal_surat", Kind::Date, "Tanggal pada surat."),
        Field::new("tanggal_terima", Kind::Date, "Hari diterima."),
        Field::maybe("hal", Kind::Text(0), "Hal surat."),
        Field::maybe("ringkasan", Kind::Text(0), "Ringkasan isinya."),
        Field::maybe("klasifikasi", Kind::Text(0), "Kode klasifikasi arsip."),
        Field::new("sifat", Kind::Words(sifat), "Sifat surat."),
        Field::new("derajat", Kind::Words(derajat), "Derajat surat."),
        Field::maybe("tujuan", Kind::Text(0), "Kepada siapa, seperti tertulis pada surat."),
        Field::maybe("jumlah_lampiran", Kind::Number, "Jumlah lampiran yang disebut pada surat."),
        Field::new("status", Kind::Words(keadaan_masuk), "Keadaan surat."),
        Field::new("tenggat", Kind::Moment, "Paling lambat ditangani."),
        Field::new("dicatat_pada", Kind::Moment, "Saat dicatat."),
        Field::maybe("selesai_pada", Kind::Moment, "Saat selesai."),
        Field::new("tautan", Kind::Uri, "Halamannya di Praja, untuk pegawai yang berhak."),
        Field::new("berkas", Kind::Many(&BERKAS), "Pindaiannya; kosong dalam daftar, dan pada surat yang tertutup."),
    ],
};

static BERKAS: Shape = Shape {
    name: "Berkas",
    fields: &[
        Field::new("id", Kind::Id, "Pengenal berkas."),
        Field::new("nama", Kind::Text(0), "Nama berkas."),
        Field::new("jenis", Kind::Text(0), "Jenis isinya, misalnya application/pdf."),
        Field::new("ukuran", Kind::Number, "Ukurannya dalam bita."),
        Field::new("sidik", Kind::Text(0), "SHA-256 isinya dalam heksadesimal."),
        Field::new("tautan", Kind::Uri, "Alamat untuk mengunduhnya dengan token ini."),
    ],
};

pub(crate) static KEADAAN: Shape = Shape {
    name: "KeadaanSuratMasuk",
    fields: &[
        Field::new("id", Kind::Id, "Pengenal surat."),
        Field::new("nomor_agenda", Kind::Text(0), "Nomor agenda."),
        Field::new("status", Kind::Words(keadaan_masuk), "Keadaan surat."),
        Field::new("keterangan", Kind::Text(0), "Keadaan itu dalam kata-kata."),
        Field::maybe("pemegang", Kind::Text(0), "Jabatan yang sedang memegangnya; kosong pada surat yang tertutup."),
        Field::new("sejak", Kind::Moment, "Sejak kapan dipegang."),
        Field::new("tenggat", Kind::Moment, "Paling lambat ditangani."),
        Field::new("lewat_tenggat", Kind::Flag, "Belum selesai padahal tenggatnya lewat."),
        Field::maybe("selesai_pada", Kind::Moment, "Saat selesai."),
    ],
};

pub(crate) static BARU: Shape = Shape {
    name: "SuratMasukBaru",
    fields: &[
        Field::new("asal", Kind::Text(160), "Pengirim, seperti tertulis pada kepala surat."),
        Field::new("nomor_surat", Kind::Text(80), "Nomor dari pengirim; tanda - bila tidak bernomor."),
        Field::new("tanggal_surat", Kind::Date, "Tanggal pada surat."),
        Field::maybe("tanggal_terima", Kind::Date, "Hari diterima; hari ini bila tidak disebut."),
        Field::new("hal", Kind::Text(120), "Hal surat."),
        Field::maybe("ringkasan", Kind::Text(2000), "Ringkasan isinya."),
        Field::maybe("klasifikasi", Kind::Text(0), "Kode klasifikasi arsip, sedikitnya tiga tingkat."),
        Field::maybe("sifat", Kind::Words(sifat), "Sifat surat, tidak di atas batas token; biasa bila tidak disebut."),
        Field::maybe("derajat", Kind::Words(derajat), "Derajat surat; biasa bila tidak disebut."),
        Field::maybe("tujuan", Kind::Text(160), "Kepada siapa, seperti tertulis pada surat."),
        Field::maybe("jumlah_lampiran", Kind::Number, "Jumlah lampiran yang disebut pada surat."),
        Field::maybe("lokasi", Kind::Text(160), "Tempat naskah aslinya."),
        Field::maybe("arahkan", Kind::Flag, "Langsung diarahkan menurut aturan OPD, bila berkasnya disertakan."),
        Field::maybe("tetap", Kind::Flag, "Catat juga bila surat dengan pengirim, nomor, dan tanggal yang sama sudah ada."),
    ],
};

pub(crate) static TERCATAT: Shape = Shape {
    name: "SuratMasukTercatat",
    fields: &[
        Field::new("id", Kind::Id, "Pengenal surat."),
        Field::new("nomor_agenda", Kind::Text(0), "Nomor agendanya."),
        Field::new("status", Kind::Words(keadaan_masuk), "Keadaannya sesudah dicatat."),
        Field::new("tenggat", Kind::Moment, "Paling lambat ditangani."),
        Field::new("tautan", Kind::Uri, "Halamannya di Praja, untuk pegawai yang berhak."),
    ],
};

pub(crate) static DAFTAR_KELUAR: Shape = Shape {
    name: "DaftarNaskahKeluar",
    fields: &[
        Field::new("data", Kind::Many(&KELUAR), "Naskahnya."),
        Field::maybe(
            "kursor",
            Kind::Text(60),
            "Kirim sebagai kursor untuk yang berikutnya, sekarang atau kemudian; kosong bila belum ada satu pun.",
        ),
        Field::new("masih_ada", Kind::Flag, "Masih ada yang dapat diminta sekarang."),
    ],
};

pub(crate) static KELUAR: Shape = Shape {
    name: "NaskahKeluar",
    fields: &[
        Field::new("id", Kind::Id, "Pengenal naskah."),
        Field::new("jenis", Kind::Text(0), "Kode jenis naskah, misalnya surat-dinas."),
        Field::new("tertutup", Kind::Flag, "Sifatnya di atas batas token: isinya tidak diberikan."),
        Field::maybe("nomor", Kind::Text(0), "Nomor naskah; kosong pada jenis yang tidak bernomor."),
        Field::maybe("tanggal", Kind::Date, "Tanggal naskah."),
        Field::maybe("hal", Kind::Text(0), "Hal atau tentang."),
        Field::maybe("klasifikasi", Kind::Text(0), "Kode klasifikasi arsip."),
        Field::new("sifat", Kind::Words(sifat), "Sifat naskah."),
        Field::new("derajat", Kind::Words(derajat), "Derajat naskah."),
        Field::new("kepada", Kind::Texts, "Tujuannya; kosong pada naskah yang tertutup."),
        Field::new("tembusan", Kind::Texts, "Tembusannya; kosong pada naskah yang tertutup."),
        Field::maybe("jabatan", Kind::Text(0), "Jabatan penanda tangan."),
        Field::maybe("penandatangan", Kind::Text(0), "Nama penanda tangan."),
        Field::new("status", Kind::Words(keadaan_keluar), "Keadaan naskah."),
        Field::new("ditandatangani_pada", Kind::Moment, "Saat ditandatangani."),
        Field::maybe("dikirim_pada", Kind::Moment, "Saat dikirim."),
        Field::maybe("verifikasi", Kind::Uri, "Halaman verifikasinya, terbuka untuk umum."),
        Field::maybe("pdf", Kind::Uri, "Alamat untuk mengunduh PDF-nya dengan token ini."),
        Field::new("tautan", Kind::Uri, "Halamannya di Praja, untuk pegawai yang berhak."),
    ],
};
