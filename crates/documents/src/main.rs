//! Draws documents for whoever keeps templates, and is the worker of this crate's own tests.
//!
//! ```text
//! praja-naskah KODE DATA.json HASIL.pdf [BERKAS-TEMPLAT…]    draws one document; files named later replace shipped ones
//! praja-naskah contoh KODE                                   prints the sample data of a kind
//! praja-naskah __naskah MIB [FOLDER-HURUF]                  draws what comes in on standard input
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::io::{Write, stderr, stdout};
use std::path::Path;
use std::process::ExitCode;

use praja_documents::{Engine, Limits, Pack, kind, sample, worker};

fn main() -> ExitCode {
    if let Some(code) = worker::called() {
        return code;
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["contoh", code] => show_sample(code),
        [code, data, target, own @ ..] => draw(code, data, target, own),
        _ => Err("Tulis: praja-naskah KODE DATA.json HASIL.pdf, atau praja-naskah contoh KODE.".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            // Nowhere else to tell it when the screen is gone.
            let _ = writeln!(stderr(), "{problem}");
            ExitCode::FAILURE
        }
    }
}

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn show_sample(code: &str) -> Outcome {
    let kind = kind(code).ok_or_else(|| format!("Jenis naskah {code} tidak dikenal."))?;
    Ok(writeln!(stdout(), "{:#}", sample(kind))?)
}

fn draw(code: &str, data: &str, target: &str, own: &[&str]) -> Outcome {
    let kind = kind(code).ok_or_else(|| format!("Jenis naskah {code} tidak dikenal."))?;
    let mut files = BTreeMap::new();
    for path in own {
        let name = Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.insert(name, fs::read(path)?);
    }
    let job = Pack::new(files).job(kind, &serde_json::from_slice(&fs::read(data)?)?)?;
    let (engine, _) = Engine::new(Vec::new(), Limits::default());
    let done = engine.render(&job)?;
    for warning in &done.warnings {
        writeln!(stderr(), "{warning}")?;
    }
    fs::write(target, &done.pdf)?;
    Ok(writeln!(stdout(), "{target}: {} halaman", done.pages)?)
}
