use anyhow::Result;
use praja_deploy::{LocalFiles, Lock, Obstacle, overlay_of, read_settings};

use crate::{
    admin,
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
    let (wilayah, url) = (settings.wilayah.clone(), settings.url_publik.clone());
    let server = ServerBox::new(options.config.clone());
    let changes = server.update()?;
    if changes > 0 {
        terminal.text(&format!(
            "Basis data disesuaikan dengan versi {} program ini: {changes} perubahan tabel.",
            env!("CARGO_PKG_VERSION")
        ));
    }
    // What a service says is kept in the journal of the system, which is no place for a key to the whole.
    let is_service = ["NOTIFY_SOCKET", "PRAJA_LAYANAN"].iter().any(|name| std::env::var_os(name).is_some());
    let link = if is_service { None } else { server.first_admin_link()? };
    let ready = move |address| {
        speaker.text(&format!("Praja melayani {wilayah} di {address} ({url})"));
        if let Some(link) = link {
            admin::show(&speaker, &link);
        }
    };
    server.serve(Box::new(ready)).map_err(|error| match error.downcast_ref() {
        Some(Obstacle::PortTaken { .. }) => {
            Obstacle::AddressTaken { address: settings.alamat, overlay: overlay_of(&options.config) }.into()
        }
        _ => error,
    })?;
    terminal.text("Praja berhenti dengan rapi. Semua data tersimpan.");
    Ok(exit::OK)
}
