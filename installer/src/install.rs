//! Installing for work: asks little, shows everything, touches nothing before the yes, and goes on after any interruption.

mod answers;
mod check;
mod questions;
mod show;
mod steps;

use std::{
    cell::RefCell,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use praja_deploy::{
    Admin, Again, Answers, Catalogue, Facts, Files, Host, Jenis, Journal, Layout, LocalAdmin, LocalFiles, Lock, Machine, Making,
    Obstacle, Progress, Recommendation, Step, Target, answers_schema, assess, held_release, install_plan, is_installed, measure,
    recommend, refuse_no_service, refuse_other_release, worst,
};

use crate::{
    admin,
    box_::ServerBox,
    cli::InstallOptions,
    embedded,
    exit::{self, Code},
    served::{SHEET, SHEET_PAGE, module_list},
    terminal::{Terminal, seconds},
    try_,
};

pub(crate) use praja_deploy::SERVICE_ROOT;
/// How long a service may take until it answers.
const PATIENCE: Duration = Duration::from_secs(30);

/// Installs for work.
pub(crate) fn run(options: &InstallOptions, terminal: &Terminal) -> Result<Code> {
    if options.schema {
        terminal.text(answers_schema());
        return Ok(exit::OK);
    }
    let root = std::path::absolute(options.root()).context("Folder itu tidak dapat dipakai.")?;
    let layout = if options.portable { Layout::portable(root) } else { Layout::service(root) };
    let operations = ServerBox::new(layout.root.join("config/praja.yaml"));
    Installing { options, terminal, layout, host: &Machine, system: &LocalAdmin, operations: &operations }.run()
}

struct Installing<'i> {
    options: &'i InstallOptions,
    terminal: &'i Terminal,
    layout: Layout,
    host: &'i dyn Host,
    system: &'i dyn Admin,
    operations: &'i ServerBox,
}

/// What was settled before anything is changed.
struct Settled {
    answers: Answers,
    facts: Facts,
    target: Target,
    advice: Recommendation,
    /// What asks for the same again, with what was typed at the questions.
    again: Again,
}

impl Installing<'_> {
    fn run(&self) -> Result<Code> {
        let Self { options, terminal, layout, .. } = self;
        let root = layout.root.as_path();
        if layout.service && !options.dry_run {
            refuse_no_service(self.host.is_root(), layout, self.system)?;
        }
        self.refuse_other_machine()?;
        let done = is_installed(&LocalFiles, root);
        refuse_other_release(held_release(&LocalFiles, root), env!("CARGO_PKG_VERSION"), root)?;
        if try_::is_trial(root) && root.join(try_::ACCOUNTS).exists() && !done {
            let found = "percobaan yang belum selesai".to_owned();
            return Err(Obstacle::OtherInstallation { root: root.to_path_buf(), found, asked: "pemasangan".to_owned() }.into());
        }
        terminal.title(&format!("Praja {}: memasang {}", env!("CARGO_PKG_VERSION"), show::manner(layout)));
        let settled = self.settle()?;
        self.proceed(&settled, done).map_err(|error| exit::asking_again(error, &settled.again))
    }

    fn proceed(&self, settled: &Settled, done: bool) -> Result<Code> {
        let Self { options, terminal, layout, .. } = self;
        let root = layout.root.as_path();
        let Settled { answers, facts, target, advice, again } = settled;
        let mut findings = assess(facts, target);
        if layout.service {
            // A trial wants no root; a service does.
            findings.retain(|finding| finding.id != "pengguna");
        }
        findings.extend(show::losses(answers));
        try_::show::findings(&findings, true, terminal);
        show::answers(answers, advice, terminal);
        self.refuse_second_door(answers)?;
        let lock = RefCell::new(None::<Lock>);
        let external = steps::external(root, answers, self.operations);
        let templates = embedded::templates();
        let program = std::env::current_exe().context("Program ini tidak menemukan berkasnya sendiri.")?;
        let guides = embedded::guides();
        let making = Making { facts, target, answers, layout, templates: &templates, program: &program, guides: &guides };
        let steps = install_plan(&making, self.system, external, || drop(lock.borrow_mut().take()))?;
        if !done || options.dry_run {
            try_::show::plan(&steps, root, terminal);
            show::front(answers, terminal);
            show::firewall(answers, layout, self.system, terminal);
        }
        if let Some(path) = &options.save_answers {
            self.save_answers(path, answers)?;
        }
        if options.dry_run {
            terminal.text("\nTidak ada yang diubah (--dry-run).");
            terminal.next(&again.command());
            return Ok(Code::of(worst(&findings)));
        }
        if !done && !self.agreed(again)? {
            return Ok(exit::APPROVAL);
        }
        // A service that runs holds the folder itself; what is left to do then touches no data.
        if !(done && Lock::holder(root).is_some()) {
            *lock.borrow_mut() = Some(Lock::take(root)?);
        }
        let began = Instant::now();
        let changed = self.perform(&steps)?;
        drop(lock.borrow_mut().take());
        self.check(answers)?;
        terminal.fact("Pemasangan", &format!("{changed} perubahan dalam {}", seconds(began.elapsed())));
        self.close(answers, changed > 0)
    }

    /// A program of another kind of processor runs here only by emulation, slowly and untested.
    fn refuse_other_machine(&self) -> Result<(), Obstacle> {
        let (found, built) = (self.host.arch(), std::env::consts::ARCH);
        if found == built { Ok(()) } else { Err(Obstacle::OtherMachine { found, built: built.to_owned() }) }
    }

    /// The plain door beside an encrypted one shows the way; another web server behind it would be cut off.
    fn refuse_second_door(&self, answers: &Answers) -> Result<(), Obstacle> {
        let Some(door) = praja_deploy::plain_door(answers) else { return Ok(()) };
        let ours = !self.layout.service || self.system.exists(&self.layout.units().join("praja.socket"));
        match self.host.bind(door) {
            Err(error) if !ours && error.kind() == std::io::ErrorKind::AddrInUse => {
                Err(Obstacle::PortTaken { port: door.port(), free: None })
            }
            _ => Ok(()),
        }
    }

    fn settle(&self) -> Result<Settled> {
        let catalogue = Catalogue::parse(embedded::templates().text("katalog.yaml")?)?;
        let held: Vec<String> = module_list().into_iter().map(|module| module.id).collect();
        let given = answers::given(self.options, &held)?;
        let saved = answers::saved(&self.layout.root)?;
        let measured = |address| {
            let target = Target { root: self.layout.root.clone(), address, build: embedded::build(), glibc: embedded::GLIBC };
            let wait = self.terminal.wait("Menilai mesin");
            let facts = measure(self.host, &target);
            wait.end();
            (facts, target)
        };
        let first =
            saved.as_ref().map(|saved| saved.alamat).or(given.alamat).unwrap_or(answers::usual_address(&self.layout, None));
        let (facts, target) = measured(first);
        let advice = recommend(&facts, &catalogue, &held);
        if let Some(saved) = saved {
            answers::refuse_change(&self.layout.root, &saved, &given)?;
            return Ok(Settled { answers: saved, facts, target, advice, again: self.options.again() });
        }
        let asking = questions::Asking {
            given,
            terminal: self.terminal,
            layout: &self.layout,
            advice: &advice,
            system: self.system,
            host: self.host,
            asks: self.terminal.can_ask() && !self.options.yes,
            again: &self.options.again(),
            said: RefCell::default(),
        };
        let (answers, said) = asking.answers()?;
        let mut again = self.options.again();
        again.install.get_or_insert_default().extend(said);
        let (facts, target) = if answers.alamat == target.address { (facts, target) } else { measured(answers.alamat) };
        Ok(Settled { answers, facts, target, advice, again })
    }

    fn save_answers(&self, path: &Path, answers: &Answers) -> Result<()> {
        let text = answers::text(answers)?;
        LocalFiles.write(path, text.as_bytes(), 0o600).map_err(|source| Obstacle::File {
            path: path.to_path_buf(),
            act: "ditulis",
            source,
        })?;
        self.terminal.fact("Jawaban disimpan", &path.display().to_string());
        Ok(())
    }

    fn agreed(&self, again: &Again) -> Result<bool> {
        if self.options.yes || self.terminal.ask("Lanjutkan pemasangan?")? {
            return Ok(true);
        }
        self.terminal.text("\nBelum disetujui. Tidak ada yang diubah.");
        // Where nobody can be asked, asking again would end here again.
        let yes = if self.terminal.can_ask() { "" } else { " --yes" };
        self.terminal.next(&format!("{}{yes}", again.command()));
        Ok(false)
    }

    fn perform(&self, steps: &[Step<'_>]) -> Result<usize> {
        self.terminal.heading("Pemasangan");
        let mut progress = self.terminal.steps(steps.len());
        let mut journal = Journal::open(&self.layout.root, &try_::steps::SystemClock)?;
        let outcome = praja_deploy::run(steps, &LocalFiles, &mut journal, &mut |told| {
            progress.show(told);
            power_cut(told);
        });
        progress.end();
        Ok(outcome?.changed.len())
    }

    /// The last act: is there a service, and can somebody log in?
    fn check(&self, answers: &Answers) -> Result<()> {
        let wait = self.terminal.wait("Memeriksa layanan");
        let looked = if self.layout.service {
            check::service(answers, PATIENCE)
        } else {
            check::trial_start(&self.layout.root, answers, PATIENCE)
        };
        wait.end();
        let found = looked?;
        self.terminal.fact("Kesehatan", &found);
        Ok(())
    }

    fn close(&self, answers: &Answers, changed: bool) -> Result<Code> {
        let Self { terminal, layout, .. } = self;
        terminal.heading("Praja terpasang");
        terminal.fact("Daerah", &answers.wilayah.to_string());
        terminal.fact("Alamat", &answers.url_publik);
        terminal.fact("Folder", &layout.root.display().to_string());
        let [page, text] = [SHEET_PAGE, SHEET].map(|name| layout.root.join("keys").join(name));
        if text.exists() {
            let page = Some(page).filter(|page| page.exists());
            terminal.fact("Lembar pemulihan", &page.as_ref().unwrap_or(&text).display().to_string());
            if page.is_some() {
                terminal.fact("Sebagai teks", &text.display().to_string());
            }
            let files = if page.is_some() { "kedua berkasnya" } else { "berkasnya" };
            terminal.paragraph(&format!(
                "Cetak lembar itu, simpan di brankas yang terpisah dari mesin ini, lalu hapus {files}. Tanpa lembar itu cadangan tidak dapat dipulihkan di mesin lain."
            ));
        }
        if answers.cadangan.tempat.is_none() && layout.service {
            terminal.marked(
                praja_deploy::Severity::Peringatan,
                "Cadangan hanya ada di disk mesin ini. Tetapkan tempat kedua dengan --cadangan-tempat atau pada pengaturan.",
            );
        }
        let config = layout.root.join("config/praja.yaml");
        let at = format!("--config {}", praja_deploy::typed(&config));
        if answers.jenis == Jenis::Asli && !self.operations.has_administrator()? {
            // Once: a further link would make the one worthless that somebody may have copied.
            match if changed { self.operations.admin_link(false)? } else { None } {
                Some(link) => admin::show(terminal, &link),
                None => terminal.fact("Administrator", &format!("belum ada; buat tautannya dengan praja admin link {at}")),
            }
        }
        if changed {
            show::firewall(answers, layout, self.system, terminal);
        }
        let next = if layout.service { "praja status" } else { "praja serve" };
        terminal.next(&format!("{next} {at}"));
        Ok(exit::OK)
    }
}

/// For tests, in builds that are not released: the power fails at the place that `PRAJA_UJI_PUTUS` names, `3` after the third step and
/// `3-mulai` before it.
fn power_cut(told: Progress<'_>) {
    if !cfg!(debug_assertions) {
        return;
    }
    let Ok(wanted) = std::env::var("PRAJA_UJI_PUTUS") else { return };
    let here = match told {
        Progress::Begin { place, .. } => format!("{place}-mulai"),
        Progress::End { place, .. } => place.to_string(),
    };
    if here == wanted {
        // By the shell: the smallest systems have no other program to do it.
        let _ = std::process::Command::new("sh").args(["-c", &format!("kill -9 {}", std::process::id())]).status();
    }
}

impl InstallOptions {
    /// The folder asked for, or the usual one.
    pub(crate) fn root(&self) -> PathBuf {
        let usual = if self.portable { praja_deploy::DEFAULT_ROOT } else { SERVICE_ROOT };
        self.root.clone().unwrap_or_else(|| usual.into())
    }
}
