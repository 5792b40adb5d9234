//! What other programs are told when something is wrong: a word for the program, a sentence for people, the fields at fault.

use praja_kernel::{FieldProblem, Refuse};
use serde_json::{Value, json};

use crate::Problem;

/// Why a call is turned away before an operation sees it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no token.
    #[error("Permintaan ini tidak membawa token.")]
    NoToken,
    /// The token is not known, was revoked, or its time is over. Which of them is not told to strangers.
    #[error("Token tidak dikenal, sudah dicabut, atau sudah lewat masa berlakunya.")]
    BadToken,
    /// The token is not allowed this.
    #[error("Token ini tidak mempunyai cakupan {0}.")]
    Scope(&'static str),
    /// There is no name of the attempt.
    #[error("Kepala Idempotency-Key belum diisi dengan UUID.")]
    NoKey,
    /// The name of the attempt was used for something else.
    #[error("Idempotency-Key ini sudah dipakai untuk isi yang berbeda.")]
    Reused,
    /// A field that the operation does not know.
    #[error("Isian {0} tidak dikenal.")]
    Unknown(String),
    /// A field that cannot be read.
    #[error("Isian {0} tidak dapat dibaca: {1}.")]
    Broken(String, &'static str),
    /// What was sent is of another kind.
    #[error("Isi permintaan harus application/json atau multipart/form-data.")]
    Kind,
}

impl Refuse for Refusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NoToken => "api.tanpa-token",
            Self::BadToken => "api.token-tidak-berlaku",
            Self::Scope(_) => "api.cakupan-kurang",
            Self::NoKey => "api.tanpa-kunci",
            Self::Reused => "api.kunci-dipakai",
            Self::Unknown(_) => "api.isian-tidak-dikenal",
            Self::Broken(..) => "api.isian-rusak",
            Self::Kind => "api.jenis-isi",
        }
    }

    fn next_step(&self) -> String {
        match self {
            Self::NoToken => "Kirim kepala Authorization: Bearer diikuti token.",
            Self::BadToken => "Minta token baru kepada OPD yang memberikannya.",
            Self::Scope(_) => "Minta token dengan cakupan itu kepada OPD yang memberikannya.",
            Self::NoKey => "Buat satu UUID untuk setiap surat, dan pakai UUID yang sama bila permintaannya diulang.",
            Self::Reused => "Pakai UUID baru untuk isi yang baru.",
            Self::Unknown(_) => "Cocokkan nama isian dengan dokumen API.",
            Self::Broken(..) => "Perbaiki isian itu, lalu kirim lagi dengan Idempotency-Key yang sama.",
            Self::Kind => "Sebutkan jenis isi pada kepala Content-Type.",
        }
        .to_owned()
    }
}

impl Refusal {
    const fn status(&self) -> u16 {
        match self {
            Self::NoToken | Self::BadToken => 401,
            Self::Scope(_) => 403,
            Self::NoKey | Self::Unknown(_) | Self::Broken(..) => 422,
            Self::Reused => 409,
            Self::Kind => 415,
        }
    }
}

/// Status and body of what went wrong.
pub fn told(problem: &Problem, incident: Option<&str>) -> (u16, Value) {
    if let Problem::Refused(refusal) = problem {
        let error: &dyn std::error::Error = &**refusal;
        let status = error.downcast_ref::<Refusal>().map_or(422, Refusal::status);
        let step = Some(refusal.next_step()).filter(|step| !step.is_empty());
        return (status, body(refusal.code(), &refusal.message(), step.as_deref(), &refusal.fields(), None));
    }
    let (kode, pesan, saran) = match problem {
        Problem::NotFound => ("api.tidak-ditemukan", "Yang diminta tidak ada, atau bukan untuk token ini.", None),
        Problem::Forbidden(_) => ("api.tidak-berhak", "Token ini tidak berhak melakukannya.", None),
        Problem::TooLarge { .. } => ("api.terlalu-besar", "Isi permintaan melebihi batas.", Some("Kecilkan berkasnya.")),
        Problem::TooOften => ("api.terlalu-sering", "Permintaan datang terlalu cepat.", Some("Tunggu satu menit, lalu ulangi.")),
        Problem::Unreadable(_) => {
            ("api.tidak-terbaca", "Isi permintaan tidak dapat dibaca.", Some("Periksa bentuknya, lalu kirim lagi."))
        }
        Problem::Conflict => ("api.bentrok", "Data ini baru saja diubah pihak lain.", Some("Baca lagi, lalu ulangi.")),
        Problem::Store(e) if e.is_passing() => (
            "api.sibuk",
            "Basis data sedang tidak dapat melayani.",
            Some("Ulangi beberapa saat lagi dengan Idempotency-Key yang sama."),
        ),
        _ => ("api.gangguan", "Terjadi gangguan di pihak Praja.", Some("Laporkan kode insidennya kepada pengelola.")),
    };
    (problem.status(), body(kode, pesan, saran, &[], incident))
}

fn body(kode: &str, pesan: &str, saran: Option<&str>, fields: &[FieldProblem], insiden: Option<&str>) -> Value {
    let isian: Vec<Value> = fields.iter().map(|one| json!({ "nama": one.field, "pesan": one.message })).collect();
    json!({ "kode": kode, "pesan": pesan, "saran": saran, "isian": isian, "insiden": insiden })
}
