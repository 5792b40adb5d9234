//! The offices of an assessment: read from a file, measured from here, watched over hours, joined with what officers measured.

use std::{
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Read, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::Result;
use praja_deploy::{
    COLUMNS, Dark, Diary, Line, Lines, Machine, Obstacle, Office, Site, Span, Told, dark, join, measure_lines, number,
    read_sites, typed,
};
use praja_kernel::{Clock, Zona};
use praja_module::SystemClock;

use super::interrupt::Interrupt;
use crate::{
    cli::AssessOptions,
    exit::{self, Refused},
    terminal::Terminal,
};

/// A file of offices is small; what is larger is another file.
const MOST_BYTES: u64 = 2 * 1024 * 1024;
/// So many problems are shown; the rest is counted.
const SHOWN: usize = 20;
/// An interruption is heard at least this often.
const TICK: Duration = Duration::from_millis(200);

/// Reads the offices before anything is measured; every problem of the file is told at once.
pub(super) fn read(options: &AssessOptions, terminal: &Terminal) -> Result<Vec<Site>> {
    let Some(path) = &options.sites else { return Ok(Vec::new()) };
    let broken = |source| Obstacle::File { path: path.clone(), act: "dibaca", source };
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(MOST_BYTES).read_to_end(&mut bytes)).map_err(broken)?;
    read_sites(&bytes).map_err(|problems| {
        terminal.heading("Berkas kantor");
        problems.iter().take(SHOWN).for_each(|problem| terminal.item(&problem.to_string()));
        if problems.len() > SHOWN {
            terminal.item(&format!("dan {} hal lain.", number((problems.len() - SHOWN) as u64)));
        }
        let message = format!(
            "Berkas kantor {} memuat {} hal yang perlu diperbaiki. Kolomnya: {}. Tidak ada yang diukur.",
            path.display(),
            number(problems.len() as u64),
            COLUMNS.join(", ")
        );
        Refused { message, next: "praja assess --sites-contoh".to_owned(), code: exit::BLOCKED }.into()
    })
}

/// Measures and watches the offices; what is interrupted keeps what it has.
pub(super) fn measure(
    options: &AssessOptions,
    sites: &[Site],
    seen: Vec<Told>,
    zona: Zona,
    stop: &Interrupt,
    terminal: &Terminal,
) -> Result<Vec<Office>> {
    if sites.is_empty() {
        return Ok(join(&[], Vec::new(), Vec::new(), seen));
    }
    let pause = terminal.wait("Mengukur jaringan kantor");
    pause.say(format!("Mengukur jaringan {} kantor", number(sites.len() as u64)));
    let lines: Vec<Option<Line>> = measure_lines(&Machine, sites, options.quick, &|| stop.asked());
    pause.end();
    let darks: Vec<Option<Dark>> = match options.watch {
        Some(span) => {
            let diary = watch(options, sites, span, stop, terminal)?;
            sites.iter().map(|site| dark(&diary, &site.address, zona)).collect()
        }
        None => Vec::new(),
    };
    Ok(join(sites, lines, darks, seen))
}

/// Where a watch keeps what it saw.
fn diary_path(options: &AssessOptions) -> PathBuf {
    options.watch_file.clone().unwrap_or_else(|| {
        let mut name = options.sites.clone().unwrap_or_default().into_os_string();
        name.push(".pantauan");
        name.into()
    })
}

/// Watches until the span is full or somebody asks to stop. What was seen before is not watched again.
fn watch(options: &AssessOptions, sites: &[Site], span: Span, stop: &Interrupt, terminal: &Terminal) -> Result<Diary> {
    let path = diary_path(options);
    let (mut diary, mut file) = open(&path, span)?;
    let needed = diary.needed(span);
    terminal.fact("Catatan pantauan", &path.display().to_string());
    if !diary.is_empty() {
        terminal.fact("Dilanjutkan", &format!("{} dari {} putaran sudah ada", number(diary.len() as u64), number(needed as u64)));
    }
    let pause = terminal.wait("Memantau kantor");
    while diary.len() < needed && !stop.asked() {
        let began = Instant::now();
        let line = diary.look(&Machine, sites, SystemClock.now());
        let kept = writeln!(file, "{line}").and_then(|()| file.sync_data());
        kept.map_err(|source| Obstacle::File { path: path.clone(), act: "ditulis", source })?;
        pause.say(format!(
            "Memantau {} kantor: putaran {} dari {}; Ctrl-C menghentikan, perintah yang sama melanjutkan",
            sites.len(),
            diary.len(),
            needed
        ));
        while began.elapsed() < diary.every() && diary.len() < needed && !stop.asked() {
            Machine.pause(TICK.min(diary.every().saturating_sub(began.elapsed())));
        }
    }
    pause.end();
    if diary.len() < needed {
        terminal.fact("Pantauan terhenti", &format!("{} dari {} putaran", number(diary.len() as u64), number(needed as u64)));
    }
    Ok(diary)
}

/// The diary so far, and its file to add to.
fn open(path: &Path, span: Span) -> Result<(Diary, File)> {
    let broken = |act| move |source| Obstacle::File { path: path.to_path_buf(), act, source };
    let text = match fs::read_to_string(path) {
        Ok(text) => Some(text).filter(|text| !text.is_empty()),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(broken("dibaca")(error).into()),
    };
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    let Some(text) = text else {
        let diary = Diary::new(span);
        let mut file = options.open(path).map_err(broken("ditulis"))?;
        writeln!(file, "{}", diary.head()).map_err(broken("ditulis"))?;
        return Ok((diary, file));
    };
    let diary = Diary::parse(&text).map_err(|reason| Refused {
        message: format!("Catatan pantauan {} tidak dapat dilanjutkan: {reason}.", path.display()),
        next: format!("mv {} {}", typed(path), typed(&path.with_extension("lama"))),
        code: exit::BLOCKED,
    })?;
    let mut file = options.open(path).map_err(broken("ditulis"))?;
    // A line torn by a power cut ends where it was torn; it is cut off, for the next one to begin on a line of its own.
    if !text.ends_with('\n') {
        let whole = text.rfind('\n').map_or(0, |at| at + 1);
        file.set_len(whole as u64).map_err(broken("ditulis"))?;
        file.flush().map_err(broken("ditulis"))?;
    }
    Ok((diary, file))
}
