use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::ReportOptions;

#[derive(Debug, Subcommand)]
pub(crate) enum DokumenCommand {
    /// Periksa keaslian naskah dari isi kode QR atau berkas PDF-nya, juga tanpa jaringan
    Verify(DokumenVerifyOptions),
}

#[derive(Debug, Args)]
pub(crate) struct DokumenVerifyOptions {
    /// Isi kode QR sebagaimana dibaca ponsel, atau berkas PDF
    #[arg(value_name = "QR|PDF")]
    pub(crate) what: String,
    /// Kunci publik daerah, berkas kunci.txt dari halaman /v/kunci.txt; tanpa ini dipakai catatan pemasangan di mesin ini
    #[arg(long, value_name = "BERKAS")]
    pub(crate) kunci: Vec<PathBuf>,
    /// Sertifikat otoritas penandatangan (DER atau PEM), untuk mengenali penerbit tanda tangan dalam PDF
    #[arg(long, value_name = "BERKAS")]
    pub(crate) otoritas: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) report: ReportOptions,
}
