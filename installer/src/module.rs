use anyhow::Result;
use praja_deploy::{LocalFiles, Obstacle, read_settings, try_command};
use serde::Serialize;

use crate::{
    box_::ModuleInfo,
    cli::{ReportOptions, root_of},
    exit::{self, Code},
    served::module_list,
    terminal::Terminal,
};

#[derive(Debug, Serialize)]
struct Row {
    #[serde(flatten)]
    module: ModuleInfo,
    /// On in the installation; `None` where there is none.
    menyala: Option<bool>,
}

/// Lists the modules this program holds and which of them are on.
pub(crate) fn list(options: &ReportOptions, terminal: &Terminal) -> Result<Code> {
    let on = match read_settings(&LocalFiles, &options.at.config) {
        Ok(settings) => Some(settings.modul),
        Err(Obstacle::NotInstalled { .. }) => None,
        Err(obstacle) => return Err(obstacle.into()),
    };
    let is_on = |module: &ModuleInfo| on.as_ref().map(|on| on.contains(&module.id));
    let rows: Vec<Row> = module_list().into_iter().map(|module| Row { menyala: is_on(&module), module }).collect();
    if options.json {
        terminal.json(&rows)?;
        return Ok(exit::OK);
    }
    terminal.heading("Modul dalam program ini");
    if rows.is_empty() {
        terminal.paragraph("Program ini dibuat tanpa modul.");
    }
    let cells: Vec<Vec<String>> = rows.iter().map(cells).collect();
    if !cells.is_empty() {
        terminal.table(&["Modul", "Keadaan", "Judul"], &cells);
    }
    if on.is_none() {
        terminal.next(&try_command(root_of(&options.at.config)));
    }
    Ok(exit::OK)
}

fn cells(row: &Row) -> Vec<String> {
    let state = match row.menyala {
        Some(true) => "menyala",
        Some(false) => "mati",
        None => "belum dipasang",
    };
    vec![row.module.id.clone(), state.to_owned(), row.module.judul.clone()]
}
