//! The program `praja`: one binary that measures a machine, installs itself into it, serves and looks after what it serves.

mod account;
mod admin;
mod assess;
mod audit;
mod backup;
mod box_;
mod cli;
mod config;
mod copies;
mod doctor;
mod dokumen;
mod embedded;
mod exit;
mod install;
mod lan;
mod log;
mod memory;
mod module;
mod paper;
mod recovery;
mod region;
mod restoring;
mod serve;
mod served;
mod sheet;
mod status;
mod support;
mod terminal;
mod timer;
mod try_;
mod uninstall;
mod words;

use std::process::ExitCode;

use terminal::Terminal;

// The allocator of the C library keeps what hashing passwords and drawing pages gave back, some 20 MiB for every thread that ever hashed,
// and takes its locks on the way of every page: docs/adr/0023.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // This program draws its documents in processes of itself.
    #[cfg(feature = "documents")]
    if let Some(code) = praja_documents::worker::called() {
        return code;
    }
    let terminal = Terminal::detect();
    let command = match cli::read() {
        Ok(command) => command,
        Err(cli::Stop::Shown(text)) => {
            terminal.text(&text);
            return ExitCode::SUCCESS;
        }
        Err(cli::Stop::Misused(text)) => {
            terminal.complain(&text);
            return exit::USAGE.into();
        }
    };
    if matches!(command, cli::Command::Try(_) | cli::Command::Serve(_)) {
        memory::at_once();
    }
    log::begin(if matches!(command, cli::Command::Serve(_)) { log::SERVING } else { log::QUIET });
    match run(&command, &terminal) {
        Ok(code) => code.into(),
        Err(error) => exit::explain(&error, &command.again(), &terminal).into(),
    }
}

fn run(command: &cli::Command, terminal: &Terminal) -> anyhow::Result<exit::Code> {
    match command {
        cli::Command::Try(options) => try_::run(options, terminal),
        cli::Command::Install(options) => install::run(options, terminal),
        cli::Command::Uninstall(options) => uninstall::run(options, terminal),
        cli::Command::Assess(options) => assess::run(options, terminal),
        cli::Command::Serve(options) => serve::run(options, terminal),
        cli::Command::Status(options) => status::run(options, terminal),
        cli::Command::Module(cli::ModuleCommand::List(options)) => module::list(options, terminal),
        cli::Command::Module(cli::ModuleCommand::Routes(options)) => module::routes(options, terminal),
        cli::Command::Audit(cli::AuditCommand::Verify(options)) => audit::verify(options, terminal),
        cli::Command::Audit(cli::AuditCommand::Anchor(options)) => audit::anchor(options, terminal),
        cli::Command::Admin(cli::AdminCommand::Link(options)) => admin::link(options, terminal),
        cli::Command::Dokumen(cli::DokumenCommand::Verify(options)) => dokumen::verify(options, terminal),
        cli::Command::Doctor(options) => doctor::run(options, terminal),
        cli::Command::Config(cli::ConfigCommand::Check(options)) => config::check(options, terminal),
        cli::Command::Config(cli::ConfigCommand::Show(options)) => config::show(options, terminal),
        cli::Command::Config(cli::ConfigCommand::Set(options)) => config::set(options, terminal),
        cli::Command::SupportBundle(options) => support::run(options, terminal),
        cli::Command::RecoverySheet(options) => recovery::sheet(options, terminal),
        cli::Command::Backup(cli::BackupCommand::Create(options)) => backup::create(options, terminal),
        cli::Command::Backup(cli::BackupCommand::List(options)) => backup::list(options, terminal),
        cli::Command::Backup(cli::BackupCommand::Drill(options)) => backup::drill(options, terminal),
        cli::Command::Backup(cli::BackupCommand::Restore(options)) => backup::restore(options, terminal),
        cli::Command::Backup(cli::BackupCommand::Verify(options)) => backup::verify(options, terminal),
    }
}
