//! What other programs of the regency may ask of licensing: which services there are, how far an application is, what changed, what was
//! issued; and how they file an application for somebody.

mod ajukan;
mod baca;
mod bentuk;
mod contoh;
mod data;
mod lacak;
pub(crate) mod store;

pub(crate) use ajukan::{KEPT_MS, titipan};
use praja_desk::attachments;
use praja_kernel::{FieldProblem, Id, Refuse};
use praja_module::{
    Ctx, Problem,
    api::{Answer, Body, Cakupan, Files, Operation},
};
use praja_store::Tx;

use crate::{
    hak::{CONFIGURE, READ},
    pengaturan,
};

const BACA_LAYANAN: Cakupan =
    Cakupan { nama: "perizinan.layanan.baca", arti: "Membaca daftar layanan perizinan beserta syaratnya", hak: READ };
const BACA_PERMOHONAN: Cakupan =
    Cakupan { nama: "perizinan.permohonan.baca", arti: "Membaca keadaan permohonan izin tanpa data pribadi pemohon", hak: READ };
const LACAK_PERMOHONAN: Cakupan = Cakupan {
    nama: "perizinan.permohonan.lacak",
    arti: "Melacak permohonan izin atas permintaan pemohon dengan resi dan empat angka NIK",
    hak: READ,
};
const TULIS_PERMOHONAN: Cakupan =
    Cakupan { nama: "perizinan.permohonan.tulis", arti: "Mengajukan permohonan izin untuk pemohon", hak: CONFIGURE };
const BACA_DATA: Cakupan = Cakupan {
    nama: "perizinan.data.baca",
    arti: "Membaca perubahan permohonan izin tanpa data pribadi, untuk gudang data",
    hak: READ,
};
const BACA_IZIN: Cakupan = Cakupan { nama: "perizinan.izin.baca", arti: "Mencari izin yang terbit dengan nomornya", hak: READ };

/// The field of a file.
const FILE: &str = "berkas";

/// The operations.
pub(crate) const ALL: &[Operation] = &[
    Operation::get(
        "daftar-layanan",
        "/api/v1/perizinan/layanan",
        BACA_LAYANAN,
        "Daftar layanan perizinan",
        Answer::Found(&bentuk::DAFTAR),
        baca::services,
    )
    .about("Layanan yang dapat diajukan hari ini, juga yang diajukan pada aplikasi nasional; kanal menyebut tempatnya.")
    .like("", contoh::LAYANAN),
    Operation::get(
        "layanan",
        "/api/v1/perizinan/layanan/{kode}",
        BACA_LAYANAN,
        "Satu layanan perizinan",
        Answer::Found(&bentuk::SATU),
        baca::service,
    )
    .about("Isian formulir dan syarat dari versi yang berlaku hari ini. Yang bersyarat disebut semuanya.")
    .like("", contoh::SATU_LAYANAN),
    Operation::post(
        "titip-berkas",
        "/api/v1/perizinan/berkas",
        TULIS_PERMOHONAN,
        "Titip satu berkas persyaratan",
        Body { shape: &bentuk::TITIP, files: Some(Files { field: FILE, max_file: attachments::MAX_BYTES, max_files: 1 }) },
        &bentuk::TITIPAN,
        ajukan::leave_file,
    )
    .about("PDF, JPG, atau PNG. Disimpan 24 jam; id-nya disebut pada permohonan yang diajukan dengan token yang sama.")
    .like(contoh::TITIP, contoh::TITIPAN)
    .traced(),
    Operation::post(
        "ajukan-permohonan",
        "/api/v1/perizinan/permohonan",
        TULIS_PERMOHONAN,
        "Ajukan permohonan izin",
        Body { shape: &bentuk::BARU, files: None },
        &bentuk::DIAJUKAN,
        ajukan::file,
    )
    .about(
        "Diperiksa seperti pada halaman permohonan: isian, NIK, dan berkas; yang salah disebut menurut namanya, misalnya isian.lokasi atau \
         berkas.ktp. Permohonan yang lengkap mendapat nomor dan masuk antrean seperti yang lain.",
    )
    .like(contoh::AJUKAN, contoh::DIAJUKAN)
    .traced(),
    Operation::get(
        "perubahan-permohonan",
        "/api/v1/perizinan/permohonan",
        BACA_DATA,
        "Perubahan permohonan sejak kursor",
        Answer::Found(&bentuk::PERUBAHAN),
        data::changes,
    )
    .about(
        "Setiap langkah permohonan OPD pemilik token menurut waktunya, tanpa nama, NIK, alamat, isian, dan catatan. Langkah satu menit \
         terakhir menyusul, agar tidak ada yang terlewat.",
    )
    .asking(bentuk::TANYA_PERUBAHAN)
    .like("", contoh::PERUBAHAN),
    Operation::get(
        "keadaan-permohonan",
        "/api/v1/perizinan/permohonan/{nomor}",
        BACA_PERMOHONAN,
        "Keadaan satu permohonan",
        Answer::Found(&bentuk::KEADAAN),
        baca::state,
    )
    .about("Dengan nomor pendaftaran, bukan resi. Hanya permohonan OPD pemilik token; nama pemohon tersamar, NIK dan alamat tidak pernah tampak.")
    .like("", contoh::KEADAAN)
    .traced(),
    Operation::post(
        "lacak-permohonan",
        "/api/v1/perizinan/lacak",
        LACAK_PERMOHONAN,
        "Lacak permohonan dengan resi",
        Body { shape: &bentuk::LACAK, files: None },
        &bentuk::TERLACAK,
        lacak::track,
    )
    .finding(&bentuk::TERLACAK)
    .about(
        "Untuk portal daerah, atas permintaan pemohon. Resi dan angka NIK dikirim dalam isi, supaya tidak tertinggal pada catatan alamat. \
         Tebakan yang salah dihitung menurut resi dan menurut token.",
    )
    .like(contoh::LACAK, contoh::TERLACAK),
    Operation::get(
        "izin-bernomor",
        "/api/v1/perizinan/izin",
        BACA_IZIN,
        "Cari izin dengan nomornya",
        Answer::Found(&bentuk::DAFTAR_IZIN),
        data::licences,
    )
    .about("Yang juga terbaca pada daftar izin untuk umum, termasuk izin dari aplikasi lama. Nomor yang sama dapat dipakai layanan yang berbeda.")
    .asking(bentuk::TANYA_IZIN)
    .like("", contoh::IZIN),
];

/// Why a call is turned away.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    /// Something that was sent is missing or wrong.
    #[error("Permohonan belum diajukan karena ada isian yang perlu diperbaiki.")]
    Fields(Vec<FieldProblem>),
    /// Something that was asked in the address is wrong.
    #[error("Ada yang perlu diperbaiki pada alamat permintaan.")]
    Asked(Vec<FieldProblem>),
    /// The token belongs to another OPD than the PTSP.
    #[error("Permohonan hanya diajukan dengan token OPD penyelenggara pelayanan terpadu satu pintu.")]
    NotPtsp,
    /// Resi and digits do not belong together.
    #[error("Resi dan empat angka NIK ini tidak cocok dengan permohonan mana pun.")]
    NoMatch,
    /// Guessed too often.
    #[error("Terlalu banyak percobaan yang tidak cocok untuk resi atau token ini.")]
    TooManyTries,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Fields(_) => "perizinan.api.isian",
            Self::Asked(_) => "perizinan.api.pertanyaan",
            Self::NotPtsp => "perizinan.api.bukan-ptsp",
            Self::NoMatch => "perizinan.api.tidak-cocok",
            Self::TooManyTries => "perizinan.api.terlalu-sering-menebak",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::Fields(_) => "Perbaiki isian yang disebut, lalu kirim lagi dengan Idempotency-Key yang baru.",
            Self::Asked(_) => "Cocokkan dengan dokumen API, lalu ulangi.",
            Self::NotPtsp => "Minta token kepada OPD penyelenggara pelayanan terpadu satu pintu.",
            Self::NoMatch => "Minta pemohon memeriksa resi pada buktinya dan NIK pada KTP-nya.",
            Self::TooManyTries => "Tunggu lima belas menit, lalu coba lagi dengan resi yang benar.",
        }
        .to_owned()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        match self {
            Self::Fields(all) | Self::Asked(all) => all.clone(),
            Self::NotPtsp | Self::NoMatch | Self::TooManyTries => Vec::new(),
        }
    }
}

/// The PTSP, when the token is its own: applications are received by nobody else.
fn ptsp(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Id, Problem> {
    let opd = pengaturan::ptsp(tx)?;
    let caller = ctx.caller()?;
    opd.filter(|opd| caller.scope.covers_opd(*opd)).ok_or_else(|| Problem::refused(Refusal::NotPtsp))
}
