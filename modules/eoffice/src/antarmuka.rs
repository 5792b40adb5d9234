//! What other programs of the regency may ask of letters: the operations, and what they have in common.

pub(crate) mod bentuk;

use praja_kernel::{FieldProblem, Moment, Refuse, Sifat, Zona, parse_tanggal};
use praja_module::{
    Ctx, Problem,
    api::{Answer, Body, Cakupan, Files, Operation},
};
use praja_web::frame;
use serde_json::{Value, json};

use crate::{READ, REGISTER, WRITE, naskah::api as keluar, surat_masuk::api as masuk};

/// Rows of one answer, where nobody asks for fewer.
const ROWS: usize = 50;
/// Rows of one answer at most.
const MOST: usize = 200;
/// The field of the files.
pub(crate) const FILES: &str = "berkas";

const BACA_MASUK: Cakupan = Cakupan { nama: "eoffice.surat-masuk.baca", arti: "Membaca surat masuk OPD", hak: READ };
const TULIS_MASUK: Cakupan = Cakupan { nama: "eoffice.surat-masuk.tulis", arti: "Mencatat surat masuk OPD", hak: REGISTER };
const BACA_KELUAR: Cakupan =
    Cakupan { nama: "eoffice.naskah-keluar.baca", arti: "Membaca naskah OPD yang sudah ditandatangani", hak: WRITE };

/// The operations.
pub(crate) const ALL: &[Operation] = &[
    Operation::get(
        "daftar-surat-masuk",
        "/api/v1/eoffice/surat-masuk",
        BACA_MASUK,
        "Daftar surat masuk",
        Answer::Found(&bentuk::DAFTAR_MASUK),
        masuk::list,
    )
    .about(
        "Surat dalam buku agenda OPD menurut urutan dicatatnya, yang lama lebih dahulu. Untuk mengikuti surat baru, simpan kursor dari \
         jawaban terakhir dan kirim lagi kemudian.",
    )
    .asking(bentuk::TANYA_MASUK),
    Operation::post(
        "catat-surat-masuk",
        "/api/v1/eoffice/surat-masuk",
        TULIS_MASUK,
        "Catat surat masuk",
        Body {
            shape: &bentuk::BARU,
            files: Some(Files {
                field: FILES,
                max_file: praja_desk::attachments::MAX_BYTES,
                max_files: praja_desk::attachments::MAX_FILES,
            }),
        },
        &bentuk::TERCATAT,
        masuk::register,
    )
    .about("Surat mendapat nomor agenda. Tugas sesudahnya masuk ke kotak masuk penanggung jawab token.")
    .traced(),
    Operation::get(
        "surat-masuk",
        "/api/v1/eoffice/surat-masuk/{id}",
        BACA_MASUK,
        "Satu surat masuk",
        Answer::Found(&bentuk::MASUK),
        masuk::show,
    )
    .about("Surat yang sifatnya di atas batas token hanya tampak nomor agenda, keadaan, dan waktunya; isian tertutup bernilai true.")
    .traced(),
    Operation::get(
        "keadaan-surat-masuk",
        "/api/v1/eoffice/surat-masuk/{id}/keadaan",
        BACA_MASUK,
        "Keadaan satu surat masuk",
        Answer::Found(&bentuk::KEADAAN),
        masuk::state,
    )
    .about("Untuk memberi tahu pengirim sampai di mana suratnya, tanpa membaca isinya."),
    Operation::get(
        "berkas-surat-masuk",
        "/api/v1/eoffice/surat-masuk/{id}/berkas/{berkas}",
        BACA_MASUK,
        "Unduh berkas surat masuk",
        Answer::File(&["application/pdf", "image/jpeg", "image/png", "image/webp", "image/tiff"]),
        masuk::file,
    )
    .about("Beberapa foto dalam satu lampiran diunduh sebagai satu PDF.")
    .traced(),
    Operation::get(
        "daftar-naskah-keluar",
        "/api/v1/eoffice/naskah-keluar",
        BACA_KELUAR,
        "Daftar naskah keluar",
        Answer::Found(&bentuk::DAFTAR_KELUAR),
        keluar::list,
    )
    .about(
        "Naskah OPD yang sudah ditandatangani menurut urutan penandatanganannya, yang lama lebih dahulu. Konsep tidak pernah tampak; yang \
         ditandatangani kurang dari sepuluh menit yang lalu menyusul, agar tidak ada yang terlewat.")
    .asking(bentuk::TANYA_KELUAR),
    Operation::get(
        "naskah-keluar",
        "/api/v1/eoffice/naskah-keluar/{id}",
        BACA_KELUAR,
        "Satu naskah keluar",
        Answer::Found(&bentuk::KELUAR),
        keluar::show,
    )
    .about("Naskah yang sifatnya di atas batas token hanya tampak nomor, tanggal, dan keadaannya.")
    .traced(),
    Operation::get(
        "pdf-naskah-keluar",
        "/api/v1/eoffice/naskah-keluar/{id}/pdf",
        BACA_KELUAR,
        "Unduh PDF naskah keluar",
        Answer::File(&["application/pdf"]),
        keluar::file,
    )
    .about("PDF yang ditandatangani, atau pindaian naskah yang ditandatangani dengan pena.")
    .traced(),
];

/// What is wrong with what was asked in the address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Ada yang perlu diperbaiki pada alamat permintaan.")]
pub(crate) struct Asked(Vec<FieldProblem>);

impl Refuse for Asked {
    fn code(&self) -> &'static str {
        "eoffice.api.pertanyaan"
    }

    fn next_step(&self) -> String {
        "Cocokkan dengan dokumen API, lalu ulangi.".into()
    }

    fn fields(&self) -> Vec<FieldProblem> {
        self.0.clone()
    }
}

impl Asked {
    pub(crate) fn field(name: &'static str, message: &str) -> Problem {
        Problem::refused(Self(vec![FieldProblem::new(name, message)]))
    }
}

/// What a list is narrowed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tanya<'a> {
    /// Nothing before this moment.
    pub(crate) sejak: Moment,
    /// Nothing from this moment on.
    pub(crate) sampai: Option<Moment>,
    /// The row after which it goes on, as it was given.
    pub(crate) kursor: Option<&'a str>,
    pub(crate) jumlah: usize,
}

/// Reads the common questions: from which day to which, after which row, how many.
pub(crate) fn tanya(ctx: &Ctx) -> Result<Tanya<'_>, Problem> {
    let zona = ctx.instance().zona;
    let day = |name: &'static str| match ctx.query(name) {
        None => Ok(None),
        Some(text) => parse_tanggal(text).map(Some).map_err(|e| Asked::field(name, &e.to_string())),
    };
    let (sejak, sampai) = (day("sejak")?, day("sampai")?);
    let jumlah = match ctx.query("jumlah").map(str::parse::<usize>) {
        None => ROWS,
        Some(Ok(jumlah)) if (1..=MOST).contains(&jumlah) => jumlah,
        Some(_) => return Err(Asked::field("jumlah", &format!("Jumlah diisi 1 sampai {MOST}."))),
    };
    let sejak = sejak.map_or(Moment(0), |day| zona.start_of(day));
    let sampai = sampai.and_then(|day| day.tomorrow().ok()).map(|day| zona.start_of(day));
    Ok(Tanya { sejak, sampai, kursor: ctx.query("kursor"), jumlah })
}

impl Tanya<'_> {
    /// One row more than was asked for tells whether there is more.
    pub(crate) fn limit(&self) -> i64 {
        i64::try_from(self.jumlah + 1).unwrap_or(i64::MAX)
    }
}

/// A cursor that is none of ours.
pub(crate) fn kursor_asing() -> Problem {
    Asked::field("kursor", "Kursor tidak dikenal. Pakai kursor dari jawaban sebelumnya apa adanya.")
}

/// A page of a list: its rows, the place after the last one, and whether there is more.
pub(crate) fn halaman(rows: Vec<Value>, kursor: Option<String>, tanya: &Tanya<'_>, more: bool) -> Value {
    let kursor = kursor.or_else(|| tanya.kursor.map(str::to_owned));
    json!({ "data": rows, "kursor": kursor, "masih_ada": more })
}

pub(crate) fn waktu(zona: Zona, at: Moment) -> String {
    frame::time(zona, at).1
}

/// Does what is in a letter of this class stay in the house?
pub(crate) fn tertutup(batas: Sifat, sifat: Sifat) -> bool {
    sifat > batas || sifat.is_secret()
}
