//! Why nothing was drawn, in the words of whoever keeps the templates.

/// One place in a template that does not work.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Trouble {
    /// The file; empty where no place is known.
    pub file: String,
    /// Its line, from 1; 0 where no place is known.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub hint: String,
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.line > 0 {
            write!(f, "{} baris {}: ", self.file, self.line)?;
        }
        write!(f, "{} {}", self.what, self.hint)
    }
}

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
}
