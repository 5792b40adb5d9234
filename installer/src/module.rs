use anyhow::Result;
use praja_deploy::{LocalFiles, Obstacle, read_settings, try_command};
use serde::Serialize;

use crate::{
    box_::ModuleInfo,
    cli::{ReportOptions, RoutesOptions, root_of},
    exit::{self, Code},
    served::{module_list, route_list},
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

/// Lists the addresses this program answers, for whoever checks rights and for the scan of all pages.
pub(crate) fn routes(options: &RoutesOptions, terminal: &Terminal) -> Result<Code> {
    let routes = route_list();
    if options.json {
        terminal.json(&routes)?;
        return Ok(exit::OK);
    }
    terminal.heading("Alamat yang dijawab program ini");
    let cells: Vec<Vec<String>> = routes
        .iter()
        .map(|route| [route.metode, route.alamat, route.akses, route.kegunaan].map(str::to_owned).to_vec())
        .collect();
    terminal.table(&["Cara", "Alamat", "Hak", "Kegunaan"], &cells);
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
