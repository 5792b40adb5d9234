//! `praja recovery-sheet`: prints the way back onto paper.

use anyhow::Result;
use praja_deploy::{LocalFiles, read_settings, typed};

use crate::{
    box_::ServerBox,
    cli::RecoverySheetOptions,
    exit::{self, Code},
    terminal::Terminal,
};

/// Writes the sheet as a page to print. Ends with 20 where a new one is asked for and nobody agreed.
pub(crate) fn sheet(options: &RecoverySheetOptions, terminal: &Terminal) -> Result<Code> {
    let at = &options.report.at;
    read_settings(&LocalFiles, &at.config)?;
    if options.new && !options.yes {
        terminal.paragraph(
            "Lembar baru menggantikan lembar yang ada: cadangan yang dibuat sesudah ini hanya terbuka dengan lembar baru, cadangan lama \
             hanya dengan lembar lama.",
        );
        if !terminal.ask("Buat lembar pemulihan baru?")? {
            terminal.next(&at.command("praja recovery-sheet --new --yes"));
            return Ok(exit::APPROVAL);
        }
    }
    let files = ServerBox::new(at.config.clone()).recovery_sheet(options.new)?;
    if options.report.json {
        terminal.json(&files)?;
        return Ok(exit::OK);
    }
    terminal.heading(if files.baru { "Lembar pemulihan baru" } else { "Lembar pemulihan" });
    terminal.fact("Untuk dicetak", &files.html.display().to_string());
    terminal.fact("Sebagai teks", &files.teks.display().to_string());
    terminal.fact("Nama kunci", &files.kunci_id);
    terminal.text("");
    terminal.paragraph("Cetak dua lembar, simpan terpisah dari mesin ini, lalu hapus kedua berkas itu.");
    terminal.next(&format!("rm {} {}", typed(&files.html), typed(&files.teks)));
    Ok(exit::OK)
}
