mod question;
mod show;
mod steps;
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
    Answers, Catalogue, Facts, Host, Journal, LocalFiles, Lock, Machine, Obstacle, Severity, Target, Templates, assess, blocked,
    is_installed, measure, plan, recommend, worst,
};

use crate::{
    account::{self, DemoAccount},
    box_::{Operations, ServerBox, module_list},
    cli::TryOptions,
    embedded,
    exit::{self, Code},
    lan,
    terminal::{Terminal, seconds},
};

/// File with the demo accounts, in the installation's folder.
const ACCOUNTS: &str = "akun-demo.csv";

/// Measures this machine, installs the demo regency into a folder and serves it.
pub(crate) fn run(options: &TryOptions, terminal: &Terminal) -> Result<Code> {
    let operations = ServerBox::new(config_of(&options.root));
    run_on(options, terminal, &Machine, &operations)
}

fn run_on(options: &TryOptions, terminal: &Terminal, host: &dyn Host, operations: &dyn Operations) -> Result<Code> {
    let root = options.root.as_path();
    if let Some(pid) = Lock::holder(root) {
        return Err(Obstacle::Busy { root: root.to_path_buf(), pid: (pid > 0).then_some(pid) }.into());
    }
    let Some(place) = question::place(options, terminal)? else { return Ok(exit::APPROVAL) };
    let target = Target { root: root.to_path_buf(), address: place.address, build: embedded::build(), glibc: embedded::GLIBC };
    let installed = is_installed(&LocalFiles, root);
    let facts = facts(options, host, &target)?;

    terminal.title(&format!("Praja {}: mencoba di mesin ini", env!("CARGO_PKG_VERSION")));
    let findings = assess(&facts, &target);
    show::findings(&findings, installed, terminal);
    let severity = worst(&findings);
    if let Some(obstacle) = blocked(&facts, &target) {
        return Err(obstacle.into());
    }
    let templates = embedded::templates();
    let catalogue = Catalogue::parse(templates.text("katalog.yaml")?)?;
    let held: Vec<String> = module_list().into_iter().map(|module| module.id).collect();
    let advice = recommend(&facts, &catalogue, &held);
    let answers = question::answers(options, host.now(), &place, &advice)?;
    if !installed {
        show::recommendation(&advice, options.dry_run, terminal);
    }
    let plan = Plan { target: &target, answers: &answers, url: &place.url, templates: &templates };
    if options.dry_run {
        return dry_run(&plan, &facts, operations, severity, terminal);
    }
    let steps = plan.steps(&facts, operations)?;
    if severity == Severity::WajibDisetujui && !installed && !question::approved(options, terminal)? {
        return Ok(exit::APPROVAL);
    }
    if !installed {
        show::plan(&steps, terminal);
    }
    let _lock = Lock::take(root)?;
    install(root, &steps, terminal)?;
    drop(steps);
    if options.reset {
        let began = Instant::now();
        operations.reset().context("Data contoh tidak dapat dikembalikan.")?;
        terminal.fact("Data contoh", &format!("kembali seperti semula dalam {}", seconds(began.elapsed())));
    }
    serve(root, &answers, &place, operations, terminal)
}

/// All that a plan needs but the facts.
struct Plan<'p> {
    target: &'p Target,
    answers: &'p Answers,
    url: &'p str,
    templates: &'p Templates,
}

impl Plan<'_> {
    fn steps<'s>(&self, facts: &Facts, operations: &'s dyn Operations) -> Result<Vec<praja_deploy::Step<'s>>, Obstacle> {
        let external = steps::external(&self.target.root, self.answers, operations);
        plan(facts, self.target, self.answers, self.url, self.templates, external)
    }
}

fn facts(options: &TryOptions, host: &dyn Host, target: &Target) -> Result<Facts> {
    let Some(path) = &options.facts else { return Ok(measure(host, target)) };
    let broken = |reason: String| Obstacle::BrokenSettings { path: path.clone(), reason };
    let text = fs::read_to_string(path).map_err(|source| Obstacle::File { path: path.clone(), act: "dibaca", source })?;
    Ok(serde_json::from_str(&text).map_err(|error| broken(error.to_string()))?)
}

fn dry_run(plan: &Plan<'_>, facts: &Facts, operations: &dyn Operations, severity: Severity, terminal: &Terminal) -> Result<Code> {
    show::plan(&plan.steps(facts, operations)?, terminal);
    terminal.heading("Ringkasan");
    terminal.fact("Perubahan", "tidak ada; ini hanya rencana");
    terminal.next(&question::command(&plan.target.root, plan.target.address.port()));
    Ok(Code::of(severity))
}

fn install(root: &Path, steps: &[praja_deploy::Step<'_>], terminal: &Terminal) -> Result<()> {
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

fn serve(
    root: &Path,
    answers: &Answers,
    place: &question::Place,
    operations: &dyn Operations,
    terminal: &Terminal,
) -> Result<Code> {
    let accounts = read_accounts(root);
    let (speaker, wilayah, url) = (*terminal, answers.wilayah.to_string(), place.url.clone());
    let (file, qr) = (root.join(ACCOUNTS), place.lan.then(|| lan::qr(&place.url).ok()).flatten());
    let ready = move |_: SocketAddr| show::ready(&wilayah, &url, &accounts, &file, qr.as_deref(), &speaker);
    operations.serve(Box::new(ready))?;
    terminal.text("\nPraja berhenti dengan rapi. Semua data tersimpan.");
    terminal.next(&question::command(root, place.address.port()));
    Ok(exit::OK)
}

fn read_accounts(root: &Path) -> Vec<DemoAccount> {
    fs::read_to_string(root.join(ACCOUNTS)).ok().and_then(|csv| account::read(&csv)).unwrap_or_default()
}

fn config_of(root: &Path) -> PathBuf {
    root.join("config/praja.yaml")
}
