//! How long a letter takes: `cargo bench -p praja-documents`.
//!
//! Each letter has other data, as in a morning's work. "Penyusun" is the engine in this process, "pekerja" the same through a worker with
//! its pipes, from the data to the PDF.

use std::collections::BTreeMap;
use std::io::{Write, stdout};
use std::time::{Duration, Instant};

use praja_documents::worker::Plan;
use praja_documents::{Engine, Job, Limits, Pack, Workers, kind, qr_svg, sample};
use serde_json::json;

const LETTERS: usize = 200;
const WARM_UP: usize = 20;

fn main() -> std::io::Result<()> {
    let begun = Instant::now();
    let (engine, _) = Engine::new(Vec::new(), Limits::default());
    let ready = begun.elapsed();
    let pack = Pack::new(BTreeMap::new());
    let begun = Instant::now();
    let first = engine.render(&letter(&pack, 0)).map_err(std::io::Error::other)?;
    writeln!(
        stdout(),
        "penyusun siap {ready:.1?}, surat pertama {:.1?}, {} halaman, {} KiB",
        begun.elapsed(),
        first.pages,
        first.pdf.len() / 1024
    )?;

    let bare = measure(|number| engine.render(&letter(&pack, number)).map(|done| done.pdf.len()));
    report("penyusun", &bare)?;

    let program = env!("CARGO_BIN_EXE_praja-naskah").into();
    let workers = Workers::new(Plan {
        program,
        arguments: vec![praja_documents::worker::CALL.into(), "512".into()],
        count: 1,
        seconds: 30,
        mib: 512,
    });
    let through = measure(|number| workers.render(&letter(&pack, number)).map(|done| done.pdf.len()));
    report("pekerja", &through)?;
    writeln!(stdout(), "pekerja dibanding penyusun: {:.2}", median(&through).as_secs_f64() / median(&bare).as_secs_f64())
}

/// A letter of one page with letterhead, emblem, list, table, code and copies; no two are the same.
fn letter(pack: &Pack, number: usize) -> Job {
    let kind = kind("surat-dinas").expect("surat dinas is a kind");
    let mut data = sample(kind);
    data["nomor"] = json!(format!("000.8.3.3/{number}/Diskominfo"));
    data["hal"] = json!(format!("Penggunaan Aplikasi Persuratan Elektronik ke-{number}"));
    data["tujuan"] = json!([{ "nama": format!("Camat nomor {number}") }]);
    data["lampiran_naskah"] = json!([]);
    let address = format!("https://contoh.example/v/7zzzzzzzzzzzzzzzzzzzzz{number:04}#1.0011223344556677.{}", "a".repeat(260));
    data["qr"] = json!({ "svg": qr_svg(&address), "alamat": "contoh.example/v", "kode": "7ZZZZ-ZZZZZ" });
    pack.job(kind, &data).expect("the sample has a date")
}

fn measure<E: std::fmt::Debug>(mut draw: impl FnMut(usize) -> Result<usize, E>) -> Vec<Duration> {
    let mut times = Vec::with_capacity(LETTERS);
    for number in 1..=WARM_UP + LETTERS {
        let begun = Instant::now();
        let size = draw(number).expect("the sample can be drawn");
        assert!(size > 10_000, "a letter has more bytes than {size}");
        if number > WARM_UP {
            times.push(begun.elapsed());
        }
    }
    times.sort_unstable();
    times
}

fn median(times: &[Duration]) -> Duration {
    times[times.len() / 2]
}

fn report(name: &str, times: &[Duration]) -> std::io::Result<()> {
    let all: Duration = times.iter().sum();
    let p99 = times[times.len() * 99 / 100];
    let each_second = times.len() as f64 / all.as_secs_f64();
    writeln!(stdout(), "{name}: tengah {:.1?}, p99 {p99:.1?}, {each_second:.0} surat setiap detik pada satu inti", median(times))
}
