//! The shapes of what other programs send and are answered.

use praja_module::api::{Field, Kind, Shape};

use crate::{
    alur::{Langkah, Meja, Status},
    izin::daur::Tampak,
    jenis::{JenisIsian, Kanal, Permintaan},
    permohonan::Asal,
};

pub(super) fn words<T: Copy>(all: &[T], word: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| word(*one)).collect()
}

fn kanal() -> Vec<&'static str> {
    words(Kanal::ALL, Kanal::as_str)
}

fn status() -> Vec<&'static str> {
    words(Status::ALL, Status::as_str)
}

fn isian() -> Vec<&'static str> {
    words(JenisIsian::ALL, JenisIsian::as_str)
}

pub(super) static DAFTAR: Shape =
    Shape { name: "DaftarLayananIzin", fields: &[Field::new("data", Kind::Many(&RINGKAS), "Layanan menurut namanya.")] };

const KODE: Field = Field::new("kode", Kind::Text(0), "Kode tetap layanan.");
const NAMA: Field = Field::new("nama", Kind::Text(0), "Nama layanan.");
const RINGKASAN: Field = Field::new("ringkasan", Kind::Text(0), "Gunanya.");
const SEKTOR: Field = Field::new("sektor", Kind::Text(0), "Bidang urusan.");
const KANAL: Field = Field::new("kanal", Kind::Words(kanal), "Tempat layanan itu diajukan dan dicatat.");
const HARI: Field = Field::new("hari", Kind::Number, "Janji hari kerja sejak berkas lengkap.");
const GRATIS: Field = Field::new("gratis", Kind::Flag, "Tanpa retribusi.");
const PERMOHONAN: Field =
    Field::new("permohonan", Kind::Texts, "Yang dapat dimohon: baru, perpanjangan, perubahan, salinan, pencabutan.");

static RINGKAS: Shape =
    Shape { name: "LayananIzinRingkas", fields: &[KODE, NAMA, RINGKASAN, SEKTOR, KANAL, HARI, GRATIS, PERMOHONAN] };

pub(super) static SATU: Shape = Shape {
    name: "LayananIzin",
    fields: &[
        KODE,
        NAMA,
        RINGKASAN,
        SEKTOR,
        KANAL,
        HARI,
        GRATIS,
        PERMOHONAN,
        Field::new("versi", Kind::Number, "Nomor versi yang berlaku hari ini."),
        Field::new("dasar_hukum", Kind::Texts, "Aturan yang mendasarinya."),
        Field::new("isian", Kind::Many(&ISIAN), "Isian formulir."),
        Field::new("syarat", Kind::Many(&SYARAT), "Yang harus ditunjukkan."),
    ],
};

static ISIAN: Shape = Shape {
    name: "IsianLayananIzin",
    fields: &[
        Field::new("kode", Kind::Text(0), "Nama isian."),
        Field::new("label", Kind::Text(0), "Yang dibaca pemohon."),
        Field::new("jenis", Kind::Words(isian), "Jenis isinya."),
        Field::new("wajib", Kind::Flag, "Harus diisi bila tampil."),
        Field::new("bersyarat", Kind::Flag, "Hanya tampil menurut jawaban lain."),
        Field::new("pilihan", Kind::Texts, "Kata yang dapat dipilih; kosong bila bukan pilihan."),
    ],
};

static SYARAT: Shape = Shape {
    name: "SyaratLayananIzin",
    fields: &[
        Field::new("kode", Kind::Text(0), "Nama syarat."),
        Field::new("label", Kind::Text(0), "Yang dibaca pemohon."),
        Field::new("wajib", Kind::Flag, "Harus dipenuhi bila diminta."),
        Field::new("bersyarat", Kind::Flag, "Hanya diminta menurut jawaban pemohon."),
        Field::new("untuk", Kind::Texts, "Permohonan yang memintanya; kosong: semua."),
    ],
};

const TENGGAT: Field = Field::maybe(
    "tenggat",
    Kind::Date,
    "Paling lambat selesai; kosong selama waktunya belum berjalan atau berhenti, dan bila permohonan gugur atau dicabut.",
);
const WAKTU_BERHENTI: Field = Field::new(
    "waktu_berhenti",
    Kind::Flag,
    "Waktunya sekarang berhenti dihitung (dikembalikan, menunggu pembayaran, ditangguhkan); tenggat dihitung lagi setelah dilanjutkan.",
);

pub(super) static KEADAAN: Shape = Shape {
    name: "KeadaanPermohonanIzin",
    fields: &[
        Field::new("nomor", Kind::Text(0), "Nomor pendaftaran."),
        Field::new("layanan", Kind::Text(0), "Nama layanan."),
        Field::new("pemohon", Kind::Text(0), "Nama pemohon, tersamar."),
        Field::new("status", Kind::Words(status), "Keadaannya."),
        Field::new("keterangan", Kind::Text(0), "Keadaannya dalam kata-kata."),
        Field::new("meja", Kind::Text(0), "Meja yang memegangnya."),
        Field::new("diajukan", Kind::Moment, "Saat diajukan."),
        TENGGAT,
        WAKTU_BERHENTI,
        Field::maybe("selesai", Kind::Date, "Hari selesainya."),
        Field::maybe("nomor_dokumen", Kind::Text(0), "Nomor dokumen yang terbit."),
        Field::maybe("pemeriksaan", Kind::Uri, "Halaman pemeriksaan keaslian dokumen itu."),
    ],
};

fn permintaan() -> Vec<&'static str> {
    words(Permintaan::ALL, Permintaan::as_str)
}

fn meja() -> Vec<&'static str> {
    words(Meja::ALL, Meja::as_str)
}

fn asal() -> Vec<&'static str> {
    words(Asal::ALL, Asal::as_str)
}

fn langkah() -> Vec<&'static str> {
    words(Langkah::ALL, Langkah::as_str)
}

fn tampak() -> Vec<&'static str> {
    words(Tampak::ALL, Tampak::as_str)
}

pub(super) static TITIP: Shape = Shape { name: "BerkasTitipan", fields: &[] };

pub(super) static TITIPAN: Shape = Shape {
    name: "BerkasTertitip",
    fields: &[
        Field::new("id", Kind::Id, "Disebut pada isian berkas saat mengajukan permohonan."),
        Field::new("nama", Kind::Text(0), "Nama berkasnya."),
        Field::new("ukuran", Kind::Number, "Byte yang disimpan; foto dapat diperkecil."),
        Field::new("sidik", Kind::Text(0), "SHA-256 isi berkas sebagaimana dikirim."),
        Field::new("sampai", Kind::Moment, "Dihapus sesudah waktu ini; permohonan yang memakainya menyimpan salinannya sendiri."),
    ],
};

pub(super) static BARU: Shape = Shape {
    name: "PermohonanIzinBaru",
    fields: &[
        Field::new("kode", Kind::Text(20), "Kode layanan."),
        Field::maybe("versi", Kind::Number, "Nomor versi yang dibaca aplikasi; ditolak bila bukan yang berlaku hari ini."),
        Field::maybe("permintaan", Kind::Words(permintaan), "Yang dimohon; wajib bila layanannya menerima lebih dari satu."),
        Field::maybe("nomor_lama", Kind::Text(120), "Nomor izin yang dilanjutkan; wajib selain untuk permohonan baru."),
        Field::new("nama", Kind::Text(120), "Nama pemohon seperti pada KTP."),
        Field::new("nik", Kind::Text(24), "NIK pemohon, 16 angka, sebagai teks."),
        Field::new("alamat", Kind::Text(300), "Alamat pemohon."),
        Field::maybe("telepon", Kind::Text(24), "Nomor ponsel; salah satu dari telepon dan email wajib."),
        Field::maybe("email", Kind::Text(120), "Surel."),
        Field::maybe("kuasa_nama", Kind::Text(120), "Nama kuasa, bila ada."),
        Field::maybe("kuasa_nik", Kind::Text(24), "NIK kuasa; surat_kuasa lalu menjadi berkas wajib."),
        Field::maybe("isian", Kind::Object, "Jawaban formulir: nama isian dan isinya. Tabel ditulis sebagai daftar objek."),
        Field::maybe("berkas", Kind::Object, "Berkas persyaratan: nama syarat dan id berkas yang sudah dititipkan."),
    ],
};

pub(super) static DIAJUKAN: Shape = Shape {
    name: "PermohonanIzinDiajukan",
    fields: &[
        Field::new("nomor", Kind::Text(0), "Nomor pendaftaran."),
        Field::new("resi", Kind::Text(0), "Untuk pemohon: dengan empat angka terakhir NIK-nya membuka permohonan."),
        Field::new("status", Kind::Words(status), "Keadaannya."),
        Field::new("meja", Kind::Words(meja), "Meja yang memegangnya."),
        Field::maybe("diperiksa", Kind::Date, "Paling lambat kelengkapannya diperiksa."),
        Field::maybe(
            "tenggat",
            Kind::Date,
            "Paling lambat selesai; kosong sampai dinyatakan lengkap, karena hari ke-0 dihitung dari sana.",
        ),
        Field::new("hari", Kind::Number, "Janji hari kerja sejak lengkap."),
        Field::new("biaya", Kind::Number, "Perkiraan retribusi dalam rupiah; 0 bila gratis."),
        Field::new("lacak", Kind::Uri, "Halaman pelacakan untuk pemohon."),
    ],
};

pub(super) static LACAK: Shape = Shape {
    name: "LacakPermohonanIzin",
    fields: &[
        Field::new("resi", Kind::Text(16), "Nomor resi."),
        Field::new("nik4", Kind::Text(4), "Empat angka terakhir NIK pemohon."),
    ],
};

pub(super) static TERLACAK: Shape = Shape {
    name: "PermohonanIzinTerlacak",
    fields: &[
        Field::new("keadaan", Kind::One(&KEADAAN), "Keadaan permohonan."),
        Field::new("kekurangan", Kind::Texts, "Yang masih harus diperbaiki pemohon."),
        Field::new("tautan", Kind::Uri, "Tempat pemohon memperbaiki, membayar, atau mengunduh."),
    ],
};

pub(super) const TANYA_PERUBAHAN: &[Field] = &[
    Field::maybe("kursor", Kind::Text(80), "Kursor dari jawaban sebelumnya: hanya yang sesudahnya dijawab."),
    Field::maybe("jumlah", Kind::Number, "Paling banyak sekian langkah, 1 sampai 500; tanpa isian 100."),
];

pub(super) static PERUBAHAN: Shape = Shape {
    name: "PerubahanPermohonanIzin",
    fields: &[
        Field::new("data", Kind::Many(&LANGKAH), "Langkah menurut waktunya, yang lama lebih dahulu."),
        Field::maybe(
            "kursor",
            Kind::Text(0),
            "Kirim sebagai kursor untuk yang berikutnya, sekarang atau kemudian; kosong bila belum ada satu pun.",
        ),
        Field::new("masih_ada", Kind::Flag, "Masih ada sesudah kursor ini."),
    ],
};

static LANGKAH: Shape = Shape {
    name: "LangkahPermohonanIzin",
    fields: &[
        Field::new("nomor", Kind::Text(0), "Nomor pendaftaran."),
        Field::new("layanan", Kind::Text(0), "Kode layanan."),
        Field::new("permintaan", Kind::Words(permintaan), "Yang dimohon."),
        Field::new("asal", Kind::Words(asal), "Lewat mana permohonan masuk."),
        Field::new("langkah", Kind::Words(langkah), "Yang dilakukan."),
        Field::new("dari", Kind::Words(status), "Keadaan sebelumnya."),
        Field::new("ke", Kind::Words(status), "Keadaan sesudahnya."),
        Field::new("meja", Kind::Words(meja), "Meja sesudahnya."),
        Field::new("pada", Kind::Moment, "Saat langkah itu."),
        Field::maybe("alasan", Kind::Text(0), "Kode alasan pengembalian, penolakan, atau penangguhan."),
        Field::maybe("diajukan", Kind::Moment, "Saat permohonan diajukan."),
        TENGGAT,
        WAKTU_BERHENTI,
        Field::maybe("selesai", Kind::Date, "Hari selesainya."),
        Field::maybe("hari_pakai", Kind::Number, "Hari kerja yang terpakai sampai selesai."),
        Field::new("biaya", Kind::Number, "Retribusi dalam rupiah."),
    ],
};

pub(super) const TANYA_IZIN: &[Field] =
    &[Field::new("nomor", Kind::Text(120), "Nomor izin persis seperti tertulis pada dokumennya.")];

pub(super) static DAFTAR_IZIN: Shape = Shape {
    name: "DaftarIzinBernomor",
    fields: &[Field::new("data", Kind::Many(&IZIN), "Izin dengan nomor itu, yang terbaru lebih dahulu; kosong bila tidak ada.")],
};

static IZIN: Shape = Shape {
    name: "IzinTerbit",
    fields: &[
        Field::new("nomor", Kind::Text(0), "Nomor izin."),
        Field::new("layanan", Kind::Text(0), "Nama layanan."),
        Field::maybe("pemegang", Kind::Text(0), "Nama pemegang; kosong bila layanannya menutup nama."),
        Field::new("keadaan", Kind::Words(tampak), "Keadaannya hari ini."),
        Field::new("tanggal", Kind::Date, "Tanggal terbit."),
        Field::new("berlaku_dari", Kind::Date, "Hari pertama berlaku."),
        Field::maybe("berlaku_sampai", Kind::Date, "Hari terakhir berlaku; kosong bila tanpa batas."),
        Field::maybe("pemeriksaan", Kind::Uri, "Halaman pemeriksaan keasliannya."),
    ],
};
