#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the one place where the program speaks to a terminal")]

use std::{
    env,
    ffi::OsString,
    fmt,
    io::{IsTerminal, Write, stderr, stdin, stdout},
    path::PathBuf,
    time::{Duration, Instant},
};

use dialoguer::{
    Input, MultiSelect, Select,
    theme::{SimpleTheme, Theme},
};
use indicatif::{ProgressBar, ProgressStyle};
use praja_deploy::{Progress, Severity};
use serde::Serialize;

/// Columns of text; more is hard to read and many a rescue console has no more.
const WIDTH: usize = 80;
/// How the program is called, for whoever starts it under a name of his own.
const NAME: &str = "PRAJA_PERINTAH";
/// Where the text after a mark or a label begins.
const LABEL: usize = 24;

/// What the program says and asks, in one manner everywhere.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terminal {
    colour: bool,
    asks: bool,
    lively: bool,
    silent: bool,
}

/// Questions without colour that say in Indonesian what does not fit.
pub(crate) struct Plain;

impl Theme for Plain {
    fn format_error(&self, f: &mut dyn fmt::Write, why: &str) -> fmt::Result {
        write!(f, "  {why}")
    }
}

/// Shows how far a plan has run.
pub(crate) struct Steps {
    bar: Option<ProgressBar>,
    began: Instant,
    terminal: Terminal,
}

/// A wait that is shown.
pub(crate) struct Pause {
    bar: Option<ProgressBar>,
}

impl Pause {
    /// Says how far it is.
    pub(crate) fn say(&self, text: String) {
        if let Some(bar) = &self.bar {
            bar.set_message(text);
        }
    }

    /// It is over.
    pub(crate) fn end(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

impl Terminal {
    /// Colour only on a terminal and without `NO_COLOR`; questions only where somebody can answer them.
    pub(crate) fn detect() -> Self {
        let plain =
            env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()) || env::var("TERM").is_ok_and(|term| term == "dumb");
        let lively = stdout().is_terminal();
        Self { colour: lively && !plain, asks: stdin().is_terminal() && stderr().is_terminal(), lively, silent: false }
    }

    /// Says and asks nothing: for tests.
    #[cfg(test)]
    pub(crate) const fn silent() -> Self {
        Self { colour: false, asks: false, lively: false, silent: true }
    }

    /// Can somebody answer a question?
    pub(crate) const fn can_ask(&self) -> bool {
        self.asks
    }

    /// A text as it is.
    pub(crate) fn text(&self, text: &str) {
        if !self.silent {
            // A reader that went away (`praja … | head`) is no fault.
            let _ = writeln!(stdout(), "{text}");
        }
    }

    /// A value for scripts.
    pub(crate) fn json(&self, value: &impl Serialize) -> anyhow::Result<()> {
        self.text(&serde_json::to_string_pretty(value)?);
        Ok(())
    }

    /// The title of the whole.
    pub(crate) fn title(&self, text: &str) {
        self.text(&self.paint("1", text));
    }

    /// The heading of a section.
    pub(crate) fn heading(&self, text: &str) {
        self.text(&format!("\n{}\n{}", self.paint("1", text), "-".repeat(text.chars().count().min(WIDTH))));
    }

    /// One fact: a label and its value.
    pub(crate) fn fact(&self, label: &str, value: &str) {
        self.beside(&format!("  {label}"), LABEL, value);
    }

    /// A paragraph, indented by two.
    pub(crate) fn paragraph(&self, text: &str) {
        self.beside("", 2, text);
    }

    /// One judged fact with its mark.
    pub(crate) fn marked(&self, severity: Severity, text: &str) {
        let colour = match severity {
            Severity::Blokir => "1;31",
            Severity::WajibDisetujui => "1;35",
            Severity::Peringatan => "1;33",
            Severity::Info => "32",
        };
        let mark = format!("  {:<11}", severity.mark());
        let lines = wrap(text, WIDTH - 14);
        for (index, line) in lines.iter().enumerate() {
            let lead = if index == 0 { self.paint(colour, &mark) } else { " ".repeat(13) };
            self.text(&format!("{lead} {line}"));
        }
    }

    /// A line that belongs under a marked one.
    pub(crate) fn under(&self, text: &str) {
        self.beside("", 14, text);
    }

    /// One of several, under a paragraph.
    pub(crate) fn item(&self, text: &str) {
        self.beside("  -", 4, text);
    }

    /// A line that belongs to one of several.
    pub(crate) fn beneath(&self, text: &str) {
        self.beside("", 4, text);
    }

    /// A numbered line.
    pub(crate) fn numbered(&self, number: usize, text: &str) {
        self.beside(&format!("  {number:>2}."), 6, text);
    }

    /// Rows under heads, columns as wide as their widest cell.
    pub(crate) fn table(&self, heads: &[&str], rows: &[Vec<String>]) {
        let width = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
            cells.chain([heads[column].chars().count()]).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..heads.len()).map(width).collect();
        let line = |cells: &[String]| {
            let padded = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
            format!("  {}", padded.collect::<Vec<_>>().join("  ")).trim_end().to_owned()
        };
        self.text(&self.paint("1", &line(&heads.iter().map(ToString::to_string).collect::<Vec<_>>())));
        for row in rows {
            self.text(&line(row));
        }
    }

    /// The very next command to type.
    pub(crate) fn next(&self, command: &str) {
        self.text(&format!("\nPerintah berikutnya: {}", self.paint("1", &callable(command))));
    }

    /// The heading over what stopped the program; on standard error, as all that follows it.
    pub(crate) fn complaint_heading(&self) {
        let _ = writeln!(stderr(), "\n{}", self.paint("1;31", "Praja berhenti"));
    }

    /// One thing that stopped the program.
    pub(crate) fn complain(&self, text: &str) {
        for line in text.lines().flat_map(fitted) {
            let _ = writeln!(stderr(), "{line}");
        }
    }

    /// The next command after what stopped the program.
    pub(crate) fn complain_next(&self, command: &str) {
        let _ = writeln!(stderr(), "\nPerintah berikutnya: {}", self.paint("1", &callable(command)));
    }

    /// Asks; the safe answer is no, and stands when nobody can answer.
    pub(crate) fn ask(&self, question: &str) -> anyhow::Result<bool> {
        if !self.asks {
            return Ok(false);
        }
        let asked = Input::<String>::with_theme(&Plain).with_prompt(format!("{question} (ya/tidak)")).default("tidak".to_owned());
        let fits = |text: &String| yes_or_no(text).map(drop).ok_or("Jawab dengan ya atau tidak.");
        Ok(yes_or_no(&asked.validate_with(fits).interact_text()?) == Some(true))
    }

    /// Asks for a text until it fits; `usual` stands when only Enter is pressed.
    pub(crate) fn input(
        &self,
        name: &str,
        help: &str,
        usual: Option<&str>,
        fits: impl Fn(&str) -> Result<(), String>,
    ) -> anyhow::Result<String> {
        self.prompted(help);
        let mut asked = Input::<String>::with_theme(&Plain).with_prompt(format!("  {name}"));
        if let Some(usual) = usual {
            asked = asked.default(usual.to_owned()).show_default(!usual.is_empty());
        }
        Ok(asked.allow_empty(usual.is_some()).validate_with(|text: &String| fits(text)).interact_text()?)
    }

    /// Asks for one of several; gives its place.
    pub(crate) fn choose(&self, name: &str, help: &str, items: &[String], usual: usize) -> anyhow::Result<usize> {
        self.prompted(help);
        let items: Vec<String> = items.iter().map(|item| clipped(item, WIDTH - 6)).collect();
        let prompt = format!("  {name} (panah, lalu Enter)");
        let chosen =
            Select::with_theme(&SimpleTheme).with_prompt(prompt).items(&items).default(usual).report(false).interact()?;
        self.fact(name, head(&items[chosen]));
        Ok(chosen)
    }

    /// Asks for any of several; gives their places.
    pub(crate) fn checklist(&self, name: &str, help: &str, items: &[String], on: &[bool]) -> anyhow::Result<Vec<usize>> {
        self.prompted(help);
        let items: Vec<String> = items.iter().map(|item| clipped(item, WIDTH - 8)).collect();
        let asked = MultiSelect::with_theme(&SimpleTheme).with_prompt(format!("  {name}")).items(&items).defaults(on);
        let chosen = asked.report(false).interact()?;
        let names: Vec<&str> = chosen.iter().map(|at| head(&items[*at])).collect();
        self.fact(name, &if names.is_empty() { "tidak ada".to_owned() } else { names.join(", ") });
        Ok(chosen)
    }

    fn prompted(&self, help: &str) {
        if !help.is_empty() {
            self.text("");
            self.paragraph(help);
        }
    }

    /// Shows that something takes seconds, until [`Pause::end`].
    pub(crate) fn wait(&self, what: &'static str) -> Pause {
        let bar = (self.lively && !self.silent).then(|| {
            let bar = ProgressBar::new_spinner().with_message(what);
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        Pause { bar }
    }

    /// Begins to show the progress of a plan.
    pub(crate) fn steps(&self, count: usize) -> Steps {
        let bar = self.lively.then(|| {
            let bar = ProgressBar::new(count as u64);
            let style = ProgressStyle::with_template("  {spinner} Langkah {prefix}: {msg} ({elapsed})");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
            bar.enable_steady_tick(Duration::from_millis(120));
            bar
        });
        Steps { bar, began: Instant::now(), terminal: *self }
    }

    fn beside(&self, label: &str, indent: usize, value: &str) {
        for (index, line) in wrap(value, WIDTH - indent).iter().enumerate() {
            let lead = if index == 0 { label } else { "" };
            let gap = if index == 0 && label.chars().count() >= indent { " " } else { "" };
            self.text(&format!("{lead:<indent$}{gap}{line}"));
        }
    }

    fn paint(&self, code: &str, text: &str) -> String {
        if self.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

impl Steps {
    /// Shows one thing a run told.
    pub(crate) fn show(&mut self, progress: Progress<'_>) {
        match progress {
            Progress::Begin { place, of, title } => {
                self.began = Instant::now();
                if let Some(bar) = &self.bar {
                    bar.set_prefix(format!("{place} dari {of}"));
                    bar.set_message(title.to_owned());
                }
            }
            Progress::End { place, of, title, changed } => {
                let how =
                    if changed { format!("selesai, {}", seconds(self.began.elapsed())) } else { "sudah selesai".to_owned() };
                let line = format!("  Langkah {place} dari {of}: {title} ({how})");
                match &self.bar {
                    Some(bar) => bar.suspend(|| self.terminal.text(&line)),
                    None => self.terminal.text(&line),
                }
            }
        }
    }

    /// Takes the moving line away.
    pub(crate) fn end(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

/// A duration in seconds, as `0,3 detik`.
pub(crate) fn seconds(took: Duration) -> String {
    let tenths = took.as_millis().div_ceil(100);
    format!("{},{} detik", tenths / 10, tenths % 10)
}

/// A command as it can be typed here: before anything is installed, the shell knows no `praja`, and the program is called by its path.
pub(crate) fn callable(command: &str) -> String {
    let (before, rest) = command.strip_prefix("sudo ").map_or(("", command), |rest| ("sudo ", rest));
    match rest.strip_prefix("praja").filter(|rest| rest.is_empty() || rest.starts_with(' ')) {
        Some(rest) => format!("{before}{}{rest}", own_name(env::var_os(NAME), env::var_os("PATH"), env::args_os().next())),
        None => command.to_owned(),
    }
}

fn own_name(told: Option<OsString>, path: Option<OsString>, called: Option<OsString>) -> String {
    if let Some(told) = told.filter(|told| !told.is_empty()) {
        return told.to_string_lossy().into_owned();
    }
    let known = path.is_some_and(|path| env::split_paths(&path).any(|folder| folder.join("praja").is_file()));
    let called = called.map(PathBuf::from).filter(|called| !known && called.components().count() > 1);
    called.map_or_else(|| "praja".to_owned(), |called| praja_deploy::typed(&called))
}

/// A yes or a no as people type it; none for anything else.
pub(crate) fn yes_or_no(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "ya" | "y" | "iya" | "yes" => Some(true),
        "tidak" | "t" | "tdk" | "n" | "no" => Some(false),
        _ => None,
    }
}

/// What is chosen, without what explains it.
fn head(item: &str) -> &str {
    item.split_once(": ").map_or(item, |(head, _)| head)
}

/// A line that a list redraws must not wrap, or the list leaves traces.
fn clipped(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}

/// The line as it is when it fits, else broken.
fn fitted(line: &str) -> Vec<String> {
    if line.chars().count() <= WIDTH { vec![line.to_owned()] } else { wrap(line, WIDTH) }
}

/// Breaks a text between words; a word longer than a line, such as a path, stays whole so that it can be copied.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let indent: String = text.chars().take_while(|letter| *letter == ' ').collect();
    for word in text.split_whitespace() {
        let needed = line.chars().count() + 1 + word.chars().count();
        if !line.trim().is_empty() && needed > width {
            lines.push(std::mem::take(&mut line));
        }
        line.push_str(if line.is_empty() { &indent } else { " " });
        line.push_str(word);
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_asked_but_a_word_stays_whole() {
        let text = "satu dua tiga empat lima enam tujuh delapan";
        assert!(wrap(text, 16).iter().all(|line| line.chars().count() <= 16));
        assert_eq!(wrap(text, 16).join(" "), text);
        assert_eq!(wrap("di /folder/yang/panjang/sekali", 10), ["di", "/folder/yang/panjang/sekali"]);
    }

    #[test]
    fn a_yes_is_typed_as_a_word_or_a_letter_and_nothing_else_is_one() {
        for (typed, meant) in
            [("ya", Some(true)), (" Y ", Some(true)), ("tidak", Some(false)), ("T", Some(false)), ("n", Some(false))]
        {
            assert_eq!(yes_or_no(typed), meant, "{typed}");
        }
        for typed in ["", "yaa", "mungkin", "1", "ya tidak"] {
            assert_eq!(yes_or_no(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_command_names_the_program_so_that_the_shell_finds_it() {
        let here = tempfile::tempdir().unwrap();
        let (empty, full) = (here.path().join("kosong"), here.path().join("penuh"));
        for folder in [&empty, &full] {
            std::fs::create_dir(folder).unwrap();
        }
        std::fs::write(full.join("praja"), "").unwrap();
        let name = |told: Option<&str>, path: &std::path::Path, called: &str| {
            own_name(told.map(OsString::from), Some(path.as_os_str().to_owned()), Some(called.into()))
        };
        assert_eq!(name(None, &empty, "./praja"), "./praja");
        assert_eq!(name(None, &empty, "/media/stik usb/praja"), "'/media/stik usb/praja'");
        assert_eq!(name(None, &full, "./praja"), "praja", "it is installed");
        assert_eq!(name(None, &empty, "praja"), "praja");
        assert_eq!(name(Some("sh mulai.sh"), &full, "./praja"), "sh mulai.sh");
        assert_eq!(callable("nano praja.yaml"), "nano praja.yaml");
        assert_eq!(callable("prajamuda --help"), "prajamuda --help");
    }

    #[test]
    fn a_time_is_written_with_a_comma() {
        assert_eq!(seconds(Duration::from_millis(1_210)), "1,3 detik");
    }
}
