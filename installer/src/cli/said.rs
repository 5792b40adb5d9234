//! Help and complaints about the command line, in Indonesian throughout.

use clap::{
    Command as Clap, CommandFactory, FromArgMatches,
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::{Cli, Command};
use crate::terminal::callable;

/// Why there is no command to run.
pub(crate) enum Stop {
    /// Help or version was asked for: here it is.
    Shown(String),
    /// The command was typed wrongly: what was wrong, and what to type.
    Misused(String),
}

/// Reads the command line.
pub(crate) fn read() -> Result<Command, Stop> {
    let matches = command().try_get_matches().map_err(|error| stop(&error))?;
    Cli::from_arg_matches(&matches).map(|cli| cli.command).map_err(|error| stop(&error))
}

/// The whole command tree, with every heading in Indonesian.
fn command() -> Clap {
    indonesian(Cli::command().max_term_width(80), "praja")
}

fn indonesian(command: Clap, path: &str) -> Clap {
    let positionals: Vec<String> = command
        .get_positionals()
        .map(|argument| format!(" <{}>", argument.get_value_names().map_or("NILAI", |names| &names[0])))
        .collect();
    let (rest, sections) = if command.has_subcommands() {
        (" <PERINTAH>".to_owned(), "Perintah:\n{subcommands}\n\nOpsi:\n{options}")
    } else if positionals.is_empty() {
        (" [OPSI]".to_owned(), "Opsi:\n{options}")
    } else {
        (format!(" [OPSI]{}", positionals.concat()), "Yang disebut:\n{positionals}\n\nOpsi:\n{options}")
    };
    let template = format!("{{about}}\n\nPenggunaan:\n  {{usage}}\n\n{sections}{{after-help}}");
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let command = command.help_template(template).override_usage(format!("{path}{rest}")).disable_help_subcommand(true);
    names.into_iter().fold(command, |command, name| {
        let below = format!("{path} {name}");
        command.mut_subcommand(name, |sub| indonesian(sub, &below))
    })
}

fn stop(error: &clap::Error) -> Stop {
    let context = |kind| error.get(kind).map(words).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let message = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => return Stop::Shown(error.to_string().trim_end().to_owned()),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return Stop::Misused(error.to_string().trim_end().to_owned()),
        ErrorKind::UnknownArgument => format!("Opsi {argument} tidak dikenal."),
        ErrorKind::InvalidSubcommand => format!("Perintah {} tidak dikenal.", context(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingSubcommand => "Perintahnya belum disebut.".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("{argument} belum disebut."),
        ErrorKind::ArgumentConflict => format!("{argument} hanya boleh disebut sekali dan tidak bersama opsi yang bertentangan."),
        ErrorKind::InvalidValue if value.is_empty() => format!("Nilai untuk {argument} belum disebut."),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("Nilai \"{value}\" tidak dapat dipakai untuk {argument}.")
        }
        ErrorKind::InvalidUtf8 => "Perintah itu memuat huruf yang bukan UTF-8.".to_owned(),
        _ => "Perintah itu tidak dapat dipahami.".to_owned(),
    };
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand].map(context).concat();
    let near = if near.is_empty() { String::new() } else { format!(" Mungkin maksud Anda: {near}.") };
    Stop::Misused(format!("{message}{near}\nPerintah berikutnya: {}", callable("praja --help")))
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        other => other.to_string(),
    }
}
