use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use anyhow::Result;
use praja_deploy::Wilayah;
use praja_kernel::Date;
use serde::Serialize;

use crate::account::DemoAccount;

/// What demo data to make: a function of these and nothing else, so that two boxes with the same answers are alike.
#[derive(Debug, Clone)]
pub(crate) struct DemoRequest {
    /// Whose demo it is.
    pub(crate) wilayah: Wilayah,
    /// How much: 1 is a quiet month of one office.
    pub(crate) skala: u32,
    /// The day around which it is built, so that something is due today and something late.
    pub(crate) jangkar: Date,
}

/// A module in this program.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ModuleInfo {
    /// Permanent identity.
    pub(crate) id: String,
    /// Title as shown.
    pub(crate) judul: String,
    /// Legal basis, one line.
    pub(crate) dasar_hukum: String,
}

/// An address of this program: what it answers, and who may ask.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct RouteInfo {
    pub(crate) modul: &'static str,
    pub(crate) metode: &'static str,
    pub(crate) alamat: &'static str,
    /// `publik`, `pegawai`, `warga`, `akun`, or the permission it needs.
    pub(crate) akses: &'static str,
    pub(crate) kegunaan: &'static str,
}

/// The outcome of checking the audit trail.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct AuditReport {
    /// Chains looked at.
    pub(crate) rantai: usize,
    /// Rows looked at.
    pub(crate) baris: i64,
    /// Values lawfully erased or masked; not a problem.
    pub(crate) terhapus: i64,
    /// What is wrong, each naming the OPD and the date; empty when all is whole.
    pub(crate) masalah: Vec<String>,
}

/// An anchor of the audit trail.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct AnchorReport {
    /// The signed text to keep elsewhere.
    pub(crate) teks: String,
    /// One short line for a QR code.
    pub(crate) ringkas: String,
    /// Chains in it.
    pub(crate) rantai: usize,
}

/// A backup that was made, read or put back.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct BackupReport {
    /// The backup file.
    pub(crate) berkas: PathBuf,
    /// Its size in bytes.
    pub(crate) ukuran: u64,
    /// Rows of all tables in it.
    pub(crate) baris: u64,
    /// Attachments in it.
    pub(crate) lampiran: u64,
    /// What is wrong with it, one sentence each; empty when all is whole.
    pub(crate) masalah: Vec<String>,
}

/// What the installer asks of the rest of the program. Everything that ends in a question is cheap and changes nothing;
/// everything else may be called again after an interruption. An [`praja_deploy::Obstacle`] inside the error is shown as such.
pub(crate) trait Operations {
    /// Are the keys complete?
    fn keys_exist(&self) -> Result<bool>;
    /// Draws the keys of the installation and writes the recovery sheet.
    fn create_keys(&self) -> Result<()>;
    /// Are all tables of this program there?
    fn is_migrated(&self) -> Result<bool>;
    /// Makes the missing tables.
    fn migrate(&self) -> Result<()>;
    /// Is the demo regency complete?
    fn demo_exists(&self) -> Result<bool>;
    /// Fills the demo regency; after an interruption it completes what is missing.
    fn load_demo(&self, request: &DemoRequest) -> Result<()>;
    /// Draws new passwords for one named account per role, at most 16, and gives them back; nothing else ever shows them.
    fn draw_accounts(&self) -> Result<Vec<DemoAccount>>;
    /// Opens accounts for participants of a training, one for each password, after the first so many.
    fn open_cards(&self, first: usize, passwords: &[String]) -> Result<Vec<DemoAccount>>;
    /// Is there a snapshot to go back to?
    fn snapshot_exists(&self) -> Result<bool>;
    /// Takes the snapshot that `--reset` puts back; it appears whole or not at all.
    fn snapshot(&self) -> Result<()>;
    /// Puts the snapshot back. Accounts and passwords stay.
    fn reset(&self) -> Result<()>;
    /// Serves until told to stop (Ctrl-C or SIGTERM), then ends what is under way and comes back. Calls `ready` once, when the
    /// address answers.
    fn serve(&self, ready: Box<dyn FnOnce(SocketAddr) + Send>) -> Result<()>;
    /// Checks the audit trail, also against anchors kept elsewhere.
    fn audit_verify(&self, anchors: &[PathBuf]) -> Result<AuditReport>;
    /// Takes an anchor of the audit trail.
    fn audit_anchor(&self) -> Result<AnchorReport>;
    /// Makes a backup while the server goes on; `None` asks for a dated name in the current folder.
    fn backup_create(&self, output: Option<&Path>) -> Result<BackupReport>;
}

/// The installation whose settings are in `config`.
#[derive(Debug, Clone)]
pub(crate) struct ServerBox {
    config: PathBuf,
}

impl ServerBox {
    /// Names the installation; opens nothing yet.
    pub(crate) const fn new(config: PathBuf) -> Self {
        Self { config }
    }

    /// The file with its settings.
    pub(crate) fn config(&self) -> &Path {
        &self.config
    }
}
