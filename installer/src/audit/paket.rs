//! Packages for the inspectorate: a ZIP with tables and the chain they are made from.

use std::{fs::File, io::Read, path::Path};

use anyhow::Result;
use praja_deploy::{Severity, typed};
use praja_store::Anchor;

use crate::{
    cli::AuditVerifyOptions,
    exit::{self, Code, Refused},
    terminal::Terminal,
};

/// Is this file a package rather than a chain?
pub(super) fn is_package(path: &Path) -> bool {
    let mut head = [0; 2];
    File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && head == *b"PK"
}

/// The command for one package.
fn again(path: &Path, options: &AuditVerifyOptions) -> String {
    let anchor = options.anchor.first().map_or_else(|| "JANGKAR".to_owned(), |anchor| typed(anchor));
    format!("praja audit verify --export {} --anchor {anchor}", typed(path))
}

/// Packages are checked one at a time.
pub(super) fn alone(path: &Path, options: &AuditVerifyOptions) -> Refused {
    let message = "Periksa setiap berkas ekspor (ZIP) sendiri-sendiri.".to_owned();
    Refused { message, next: again(path, options), code: exit::USAGE }
}

/// Without the module there is nothing that knows its tables.
#[cfg(not(feature = "perizinan"))]
pub(super) fn verify(path: &Path, _: &[Anchor], options: &AuditVerifyOptions, _: &Terminal) -> Result<Code> {
    let message = "Program ini dibuat tanpa modul perizinan, sehingga tidak mengenal berkas ekspornya.".to_owned();
    Err(Refused { message, next: again(path, options), code: exit::BLOCKED }.into())
}

/// Checks a package on any machine: no database, no settings, no keys, no network. Ends with 30 when it does not hold.
#[cfg(feature = "perizinan")]
pub(super) fn verify(path: &Path, anchors: &[Anchor], options: &AuditVerifyOptions, terminal: &Terminal) -> Result<Code> {
    use praja_server::periksa::perizinan::{ReadSeek, check};

    let open = || File::open(path).map(|file| Box::new(file) as Box<dyn ReadSeek>);
    let outcome = check(&open, anchors);
    let code = if outcome.is_ok() { exit::OK } else { exit::BLOCKED };
    if options.report.json {
        terminal.json(&as_json(path, &outcome))?;
        return Ok(code);
    }
    terminal.heading("Ekspor pengawasan perizinan");
    terminal.fact("Berkas", &path.display().to_string());
    terminal.fact("Jangkar", &anchors.len().to_string());
    match outcome {
        Ok(held) => told(&held, terminal),
        Err(found) => {
            found.iter().for_each(|problem| terminal.marked(Severity::Blokir, &problem.to_string()));
            terminal.fact("Hasil", "TIDAK TERBUKTI");
            terminal.paragraph("Simpan berkas itu apa adanya sebagai bukti. Jangan memakai isinya sebelum sebabnya diketahui.");
        }
    }
    Ok(code)
}

#[cfg(feature = "perizinan")]
fn told(held: &praja_server::periksa::perizinan::Laporan, terminal: &Terminal) {
    let day = |text: &str| text.parse().map_or_else(|_| text.to_owned(), praja_kernel::tanggal_panjang);
    let moment = |at| {
        let local = held.zona.local(at);
        format!("{} {:02}.{:02} {}", praja_kernel::tanggal_panjang(local.date()), local.hour(), local.minute(), held.zona.name())
    };
    if held.latihan {
        terminal.marked(Severity::Info, "Data contoh (LATIHAN), bukan data warga.");
    }
    terminal.fact("Permohonan", &format!("diajukan {} sampai {}", day(&held.dari), day(&held.sampai)));
    terminal.fact("Dibuat", &format!("{}, oleh {}", moment(held.dibuat), held.oleh));
    terminal.fact("Tujuan", &held.tujuan);
    terminal.heading("Yang diperiksa");
    terminal.fact("Rantai", &format!("{} baris, setiap sidik dihitung ulang", held.baris));
    terminal.fact("Terbukti jangkar", &format!("baris 1 sampai {} ({})", held.terjangkar, moment(held.jangkar)));
    let rest = held.baris - held.terjangkar;
    terminal.fact("Sesudah jangkar", &format!("{rest} baris, ditandatangani kunci pemasangan yang sama"));
    for (name, lines) in &held.tabel {
        terminal.fact(name, &format!("{lines} baris, sama dengan rantai"));
    }
    terminal.fact("Sidik ujung", &held.sidik);
    terminal.fact("Hasil", "UTUH");
    terminal.paragraph("Simpan jangkar.txt dari paket ini di luar kantor yang diawasi: ia membuktikan baris sesudahnya pada pemeriksaan berikutnya.");
}

#[cfg(feature = "perizinan")]
fn as_json(
    path: &Path,
    outcome: &Result<praja_server::periksa::perizinan::Laporan, Vec<praja_server::periksa::perizinan::Masalah>>,
) -> serde_json::Value {
    let held = outcome.as_ref().ok();
    let found = outcome.as_ref().err().map(|found| found.iter().map(ToString::to_string).collect::<Vec<_>>());
    serde_json::json!({
        "berkas": path,
        "dari": held.map(|one| &one.dari),
        "sampai": held.map(|one| &one.sampai),
        "baris": held.map(|one| one.baris),
        "terjangkar": held.map(|one| one.terjangkar),
        "sidik": held.map(|one| &one.sidik),
        "tabel": held.map(|one| one.tabel.iter().cloned().collect::<std::collections::BTreeMap<_, _>>()),
        "masalah": found.unwrap_or_default(),
    })
}
