//! Taking an installation away, after showing everything that goes.

use anyhow::{Context, Result};
use praja_deploy::{Admin, LocalAdmin, LocalFiles, Lock, Obstacle, Removal, typed};

use crate::{
    cli::UninstallOptions,
    exit::{self, Code, Refused},
    terminal::Terminal,
};

/// Shows what goes, asks, and takes it away.
pub(crate) fn run(options: &UninstallOptions, terminal: &Terminal) -> Result<Code> {
    let root = std::path::absolute(options.root()).context("Folder itu tidak dapat dipakai.")?;
    let system = LocalAdmin;
    let removal = Removal::of(&LocalFiles, &system, &root, options.keep_data)?;
    let outside = !removal.manifest.berkas.is_empty() || !removal.manifest.unit.is_empty();
    if outside && !praja_deploy::Host::is_root(&praja_deploy::Machine) {
        return Err(Obstacle::NotRoot.into());
    }
    if !outside && let Some(pid) = Lock::holder(&root) {
        let message = format!("Praja masih berjalan di folder {} (proses {pid}). Hentikan dahulu, lalu ulangi.", root.display());
        return Err(Refused { message, next: format!("kill {pid}"), code: exit::BLOCKED }.into());
    }
    terminal.heading("Yang akan dihapus");
    removal.shown().iter().for_each(|line| terminal.item(line));
    if !options.keep_data {
        terminal.paragraph("Semua surat, lampiran, dan kunci ikut terhapus dan tidak dapat dikembalikan tanpa cadangan. Dengan --keep-data, data, kunci, dan pengaturan tetap ada.");
    }
    if options.dry_run {
        terminal.text("\nTidak ada yang diubah (--dry-run).");
        return Ok(exit::OK);
    }
    if !options.yes && !terminal.ask("Hapus semuanya itu?")? {
        let message = "Belum disetujui. Tidak ada yang diubah.".to_owned();
        return Err(Refused { message, next: format!("{} --yes", again(options)), code: exit::APPROVAL }.into());
    }
    removal.perform(&LocalFiles, &system)?;
    if options.keep_data {
        terminal.text(&format!("\nPraja dihapus. Data, kunci, dan pengaturan tetap di {}.", root.display()));
        terminal.next(&format!("praja install --root {}", typed(&root)));
    } else {
        let left = system.exists(&root);
        terminal.text(if left {
            "\nPraja dihapus, tetapi foldernya masih ada."
        } else {
            "\nPraja dihapus. Tidak ada yang tersisa."
        });
    }
    Ok(exit::OK)
}

fn again(options: &UninstallOptions) -> String {
    let keep = if options.keep_data { " --keep-data" } else { "" };
    format!("praja uninstall --root {}{keep}", typed(&options.root()))
}
