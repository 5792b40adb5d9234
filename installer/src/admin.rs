use anyhow::Result;
use praja_deploy::{LocalFiles, read_settings};
use serde::Serialize;

use crate::{
    box_::ServerBox,
    cli::AdminLinkOptions,
    exit::{self, Code, Refused},
    terminal::Terminal,
};

#[derive(Serialize)]
struct Report {
    tautan: String,
    berlaku_jam: u32,
}

/// Makes a one-time link by which whoever opens it becomes administrator.
pub(crate) fn link(options: &AdminLinkOptions, terminal: &Terminal) -> Result<Code> {
    let config = &options.report.at.config;
    read_settings(&LocalFiles, config)?;
    let Some(tautan) = ServerBox::new(config.clone()).admin_link(options.extra)? else {
        let message = "Pemasangan ini sudah mempunyai administrator. Pakai --extra bila tidak satu pun dari mereka dapat masuk.";
        let next = options.report.at.command("praja admin link --extra");
        return Err(Refused { message: message.into(), next, code: exit::BLOCKED }.into());
    };
    if options.report.json {
        terminal.json(&Report { tautan, berlaku_jam: 24 })?;
    } else {
        show(terminal, &tautan);
    }
    Ok(exit::OK)
}

/// Shows the link with what it is good for.
pub(crate) fn show(terminal: &Terminal, link: &str) {
    terminal.heading("Administrator pertama");
    terminal.paragraph("Buka tautan ini untuk menjadi administrator. Berlaku 24 jam, satu kali pakai; tautan yang lebih lama tidak berlaku lagi.");
    terminal.text(&format!("\n  {link}\n"));
    if let Ok(qr) = praja_web::qr::terminal(link) {
        terminal.text(&qr);
    }
    terminal.paragraph("Siapa pun yang memegang tautan ini menjadi administrator. Jangan mengirimnya lewat grup percakapan.");
}
