mod kartu;
mod question;
mod report;
pub(crate) mod show;
pub(crate) mod steps;
#[cfg(test)]
mod tests;

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Instant,
};

use anyhow::{Context, Result};
use praja_deploy::{
    Again, Answers, Catalogue, Facts, Host, Journal, LocalFiles, Lock, Machine, Obstacle, Severity, Step, Target, assess,
    is_installed, measure, plan, recommend, worst,
};

use crate::{
    account::{self, DemoAccount},
    box_::{Operations, ServerBox},
    cli::TryOptions,
    embedded,
    exit::{self, Code},
    served::module_list,
    terminal::{Terminal, seconds},
};

/// File with the demo accounts, in the installation's folder.
pub(crate) const ACCOUNTS: &str = "akun-demo.csv";
/// File with the settings, in the installation's folder.
const CONFIG: &str = "config/praja.yaml";

/// Measures this machine, installs the demo regency into a folder and serves it.
pub(crate) fn run(options: &TryOptions, terminal: &Terminal) -> Result<Code> {
    let operations = ServerBox::new(config_of(&options.root));
    run_on(options, terminal, &Machine, &operations)
}

fn run_on(options: &TryOptions, terminal: &Terminal, host: &dyn Host, operations: &dyn Operations) -> Result<Code> {
    let root = options.root.as_path();
    if let Some(pid) = Lock::holder(root) {
        let (root, pid) = (root.to_path_buf(), (pid > 0).then_some(pid));
        let busy = if options.reset { Obstacle::StopFirst { root, pid } } else { Obstacle::Busy { root, pid } };
        return Err(busy.into());
    }
    if root.join(CONFIG).exists() && !is_trial(root) {
        return Err(Obstacle::NotATrial { root: root.to_path_buf() }.into());
    }
    if root.join("data/praja.db").exists() && !is_trial(root) {
        let found = "data tanpa pemasangan yang selesai, misalnya pemulihan cadangan yang terputus".to_owned();
        return Err(Obstacle::OtherInstallation { root: root.to_path_buf(), found, asked: "percobaan".to_owned() }.into());
    }
    let begun = question::begun(options)?;
    let Some(place) = question::place(options, terminal)? else { return Ok(exit::APPROVAL) };
    let target = Target { root: root.to_path_buf(), address: place.address, build: embedded::build(), glibc: embedded::GLIBC };
    let facts = facts(options, host, &target)?;
    let findings = assess(&facts, &target);
    let templates = embedded::templates();
    let catalogue = Catalogue::parse(templates.text("katalog.yaml")?)?;
    let held: Vec<String> = module_list().into_iter().map(|module| module.id).collect();
    let advice = recommend(&facts, &catalogue, &held);
    let answers = begun.answers(options, host.now(), &place, &advice);
    let external = steps::external(root, &answers, operations);
    let planned = plan(&facts, &target, &answers, &place.url, &templates, external);
    if options.json {
        report::write(&facts, &findings, &advice, &planned, &options.again(), terminal)?;
        return Ok(Code::of(worst(&findings)));
    }
    let trial = Trial { options, place, answers, severity: worst(&findings), installed: is_installed(&LocalFiles, root) };
    terminal.title(&format!("Praja {}: mencoba di mesin ini", env!("CARGO_PKG_VERSION")));
    show::findings(&findings, trial.installed, terminal);
    let steps = planned?;
    if !trial.installed || options.dry_run {
        show::recommendation(&advice, options.dry_run, terminal);
        show::plan(&steps, root, terminal);
    }
    trial.go_on(&steps, operations, terminal)
}

/// What was settled before anything is changed.
struct Trial<'t> {
    options: &'t TryOptions,
    place: question::Place,
    answers: Answers,
    severity: Severity,
    installed: bool,
}

impl Trial<'_> {
    /// The command that repeats this run where it listened.
    fn again(&self) -> String {
        Again { port: Some(self.place.address.port()), ..self.options.again() }.command()
    }

    fn go_on(&self, steps: &[Step<'_>], operations: &dyn Operations, terminal: &Terminal) -> Result<Code> {
        let root = self.options.root.as_path();
        if self.options.dry_run {
            show::unchanged(&self.again(), terminal);
            return Ok(Code::of(self.severity));
        }
        if self.severity == Severity::WajibDisetujui && !self.installed && !question::approved(self.options, terminal)? {
            return Ok(exit::APPROVAL);
        }
        let _lock = Lock::take(root)?;
        install(root, steps, terminal)?;
        if self.options.reset {
            reset(operations, terminal)?;
        }
        let wanted = self.options.kartu.map(usize::from);
        kartu::prepare(root, wanted, self.options.reset, &self.answers.wilayah.nama, &self.place.url, operations)?;
        self.serve(operations, terminal)
    }

    fn serve(&self, operations: &dyn Operations, terminal: &Terminal) -> Result<Code> {
        let (root, url) = (self.options.root.as_path(), self.place.url.clone());
        let (accounts, file) = (read_accounts(root), root.join(ACCOUNTS));
        let (wilayah, speaker) = (self.answers.wilayah.to_string(), *terminal);
        let qr = self.place.lan.then(|| praja_web::qr::terminal(&url).ok()).flatten();
        let cards = kartu::sheet_of(root);
        let ready = move |_: SocketAddr| {
            let papers = show::Papers {
                accounts: &accounts,
                file: &file,
                cards: cards.as_ref().map(|(path, count)| (path.as_path(), *count)),
            };
            show::ready(&wilayah, &url, &papers, qr.as_deref(), &speaker);
        };
        operations.serve(Box::new(ready))?;
        terminal.text("\nPraja berhenti dengan rapi. Semua data tersimpan.");
        terminal.next(&self.again());
        Ok(exit::OK)
    }
}

fn facts(options: &TryOptions, host: &dyn Host, target: &Target) -> Result<Facts> {
    let Some(path) = &options.facts else { return Ok(measure(host, target)) };
    let broken = |reason: String| Obstacle::BrokenSettings { path: path.clone(), reason };
    let text = fs::read_to_string(path).map_err(|source| Obstacle::File { path: path.clone(), act: "dibaca", source })?;
    Ok(serde_json::from_str(&text).map_err(|error| broken(error.to_string()))?)
}

fn install(root: &Path, steps: &[Step<'_>], terminal: &Terminal) -> Result<()> {
    terminal.heading("Pemasangan");
    let began = Instant::now();
    let mut progress = terminal.steps(steps.len());
    let mut journal = Journal::open(root, &steps::SystemClock)?;
    let outcome = praja_deploy::run(steps, &LocalFiles, &mut journal, &mut |told| progress.show(told));
    progress.end();
    let outcome = outcome?;
    let count = outcome.changed.len();
    terminal.fact("Pemasangan", &format!("{count} perubahan dalam {}", seconds(began.elapsed())));
    Ok(())
}

fn reset(operations: &dyn Operations, terminal: &Terminal) -> Result<()> {
    let began = Instant::now();
    operations.reset().context("Data contoh tidak dapat dikembalikan.")?;
    terminal.fact("Data contoh", &format!("kembali seperti semula dalam {}", seconds(began.elapsed())));
    terminal.paragraph("Jangkar yang dibuat sebelum ini tidak cocok lagi dengan daerah contoh ini; buat jangkar baru.");
    Ok(())
}

/// Was the installation in `root` made by this command, and does its owner still hold the passwords? What came from a backup is none:
/// its people keep theirs.
pub(crate) fn is_trial(root: &Path) -> bool {
    root.join("config/jawaban.yaml").exists() && (!is_installed(&LocalFiles, root) || root.join(ACCOUNTS).exists())
}

fn read_accounts(root: &Path) -> Vec<DemoAccount> {
    fs::read_to_string(root.join(ACCOUNTS)).ok().and_then(|csv| account::read(&csv)).unwrap_or_default()
}

fn config_of(root: &Path) -> PathBuf {
    root.join(CONFIG)
}
