use std::{
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    time::Duration,
};

use anyhow::Result;
use praja_deploy::{LocalFiles, Lock, is_installed, read_settings, try_command, typed};
use serde::Serialize;

use crate::{
    cli::{ReportOptions, root_of},
    exit::{self, Code},
    terminal::Terminal,
    try_,
};

const PATIENCE: Duration = Duration::from_secs(2);

/// The state of an installation, for people and scripts.
#[derive(Debug, Serialize)]
struct Status {
    versi: &'static str,
    wilayah: String,
    jenis: String,
    modul: Vec<String>,
    alamat: SocketAddr,
    url_publik: String,
    terpasang: bool,
    berjalan: bool,
    proses: Option<u32>,
    siap: bool,
}

/// Shows the state. Ends with 0 when it serves, 10 when it rests, 20 when it runs but does not answer.
pub(crate) fn run(options: &ReportOptions, terminal: &Terminal) -> Result<Code> {
    let config = &options.at.config;
    let root = root_of(config);
    let settings = read_settings(&LocalFiles, config)?;
    let holder = Lock::holder(root);
    let status = Status {
        versi: env!("CARGO_PKG_VERSION"),
        wilayah: settings.wilayah.to_string(),
        jenis: settings.jenis.to_string(),
        modul: settings.modul,
        alamat: settings.alamat,
        url_publik: settings.url_publik,
        terpasang: is_installed(&LocalFiles, root),
        berjalan: holder.is_some(),
        proses: holder.filter(|pid| *pid > 0),
        siap: holder.is_some() && answers(settings.alamat),
    };
    if options.json {
        terminal.json(&status)?;
    } else {
        show(&status, options, terminal);
    }
    Ok(match (status.berjalan, status.siap) {
        (true, true) => exit::OK,
        (true, false) => exit::APPROVAL,
        (false, _) => exit::WARNINGS,
    })
}

fn show(status: &Status, options: &ReportOptions, terminal: &Terminal) {
    terminal.heading("Keadaan Praja");
    terminal.fact("Versi program", status.versi);
    terminal.fact("Daerah", &status.wilayah);
    terminal.fact("Jenis", &status.jenis);
    let modul = if status.modul.is_empty() { "belum ada".to_owned() } else { status.modul.join(", ") };
    terminal.fact("Modul menyala", &modul);
    terminal.fact("Alamat", &format!("{} ({})", status.url_publik, status.alamat));
    terminal.fact("Pemasangan", if status.terpasang { "selesai" } else { "belum selesai" });
    let running = match (status.berjalan, status.siap) {
        (false, _) => "berhenti",
        (true, true) => "berjalan dan siap",
        (true, false) => "berjalan, belum menjawab",
    };
    terminal.fact("Layanan", running);
    if let Some(pid) = status.proses {
        terminal.fact("Proses", &pid.to_string());
    }
    let root = root_of(&options.at.config);
    match (status.berjalan, status.siap) {
        (true, true) => terminal.text(&format!("\nBuka di peramban: {}", status.url_publik)),
        (true, false) => terminal.next(&options.at.command("praja status")),
        (false, _) if try_::is_trial(root) => terminal.next(&try_command(root)),
        (false, _) => terminal.next(&format!("praja serve --config {}", typed(&options.at.config))),
    }
}

/// Does the page for probes say that the service is ready?
pub(crate) fn answers(address: SocketAddr) -> bool {
    let ip = if address.ip().is_unspecified() { Ipv4Addr::LOCALHOST.into() } else { address.ip() };
    let address = SocketAddr::new(ip, address.port());
    let probe = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        write!(stream, "GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut first = [0; 12];
        stream.read_exact(&mut first)?;
        Ok(&first == b"HTTP/1.1 200")
    };
    probe().unwrap_or(false)
}
