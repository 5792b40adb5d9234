//! Why nothing was drawn, in the words of whoever keeps the templates.

use praja_module::documents::DrawError;
pub use praja_module::documents::Trouble;

/// Why nothing was drawn.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize, serde::Deserialize)]
pub enum Problem {
    /// The template, or what it was given, does not work.
    #[error("Templat belum dapat dipakai. {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))]
    Template(Vec<Trouble>),
    /// There is no such template.
    #[error("Templat {name} tidak ada di antara berkas yang diberikan.")]
    NoTemplate {
        /// Its name.
        name: String,
    },
    /// A file's name could not stand in a pack.
    #[error(
        "Nama berkas \"{name}\" tidak dapat dipakai. Pakailah huruf kecil, angka, titik, dan tanda hubung, paling banyak 60."
    )]
    BadName {
        /// As given.
        name: String,
    },
    /// A template that is no text.
    #[error("{name} bukan berkas teks UTF-8.")]
    NotText {
        /// Its name.
        name: String,
    },
    /// More was given than one document may need.
    #[error("Berkas templat dan data {given_kib} KiB; paling besar {most_kib} KiB.")]
    TooMuchInput {
        /// What was given.
        given_kib: usize,
        /// The limit.
        most_kib: usize,
    },
    /// More pages than a document may have.
    #[error("Naskah menjadi {pages} halaman; paling banyak {most}. Pecah naskah, atau jadikan sebagian isinya lampiran berkas.")]
    TooManyPages {
        /// What it became.
        pages: usize,
        /// The limit.
        most: usize,
    },
    /// It took longer than a render may.
    #[error("Templat tidak selesai dalam {seconds} detik dan dihentikan. Periksa perulangan yang tidak berakhir.")]
    TooLong {
        /// The limit.
        seconds: u64,
    },
    /// It wanted more memory than a render may have.
    #[error("Templat memerlukan memori lebih dari {mib} MiB dan dihentikan. Periksa perulangan dan teks yang sangat panjang.")]
    TooMuchMemory {
        /// The limit.
        mib: u64,
    },
    /// The process that draws could not be begun or ended in an odd way.
    #[error("Pembuat PDF tidak dapat dijalankan: {0}")]
    Worker(String),
    /// Too many wait already.
    #[error("Pembuat PDF sedang melayani banyak permintaan. Coba lagi sebentar.")]
    Busy,
}

impl From<Problem> for DrawError {
    fn from(problem: Problem) -> Self {
        let words = problem.to_string();
        match problem {
            Problem::Template(troubles) => Self::Template(troubles),
            Problem::NoTemplate { name } => Self::Unknown(name),
            Problem::BadName { name } | Problem::NotText { name } => {
                Self::Template(vec![Trouble { file: name, line: 0, what: words, hint: String::new() }])
            }
            Problem::TooMuchInput { .. }
            | Problem::TooManyPages { .. }
            | Problem::TooLong { .. }
            | Problem::TooMuchMemory { .. } => Self::TooMuch(words),
            Problem::Worker(_) | Problem::Busy => Self::Away(words),
        }
    }
}
