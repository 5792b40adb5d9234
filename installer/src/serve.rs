use anyhow::Result;
use praja_deploy::{LocalFiles, Lock, read_settings};

use crate::{
    box_::{Operations, ServerBox},
    cli::{ConfigOptions, root_of},
    exit::{self, Code},
    terminal::Terminal,
};

/// Serves an installation until told to stop.
pub(crate) fn run(options: &ConfigOptions, terminal: &Terminal) -> Result<Code> {
    let settings = read_settings(&LocalFiles, &options.config)?;
    let _lock = Lock::take(root_of(&options.config))?;
    let speaker = *terminal;
    let ready =
        move |address| speaker.text(&format!("Praja melayani {} di {address} ({})", settings.wilayah, settings.url_publik));
    ServerBox::new(options.config.clone()).serve(Box::new(ready))?;
    terminal.text("Praja berhenti dengan rapi. Semua data tersimpan.");
    Ok(exit::OK)
}
