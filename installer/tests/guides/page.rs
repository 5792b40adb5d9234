//! A guide as a list of what a reader types and of what the guide says is answered.

/// Something on a page, in the order of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A command, on one line.
    Command(String),
    /// What the program is said to answer, or a file is said to hold.
    Answer(String),
    /// Settings to be written.
    Settings(String),
    /// An option named by itself.
    Option(String),
    /// A block in a language that no rule here knows.
    Unknown(String),
}

/// First words that make a span of code a command.
const PROGRAMS: &[&str] = &[
    "praja",
    "./praja",
    "cargo",
    "apt",
    "apt-get",
    "sudo",
    "su",
    "nano",
    "vi",
    "systemctl",
    "journalctl",
    "docker",
    "podman",
    "openssl",
    "install",
    "rm",
    "cp",
    "mv",
    "ls",
    "cat",
    "mkdir",
    "chmod",
    "chown",
    "tar",
    "curl",
    "wget",
    "df",
    "free",
    "kill",
    "ss",
    "ping",
    "psql",
    "createuser",
    "createdb",
    "dropdb",
    "pg_dump",
    "pg_isready",
    "git",
    "ssh",
    "scp",
    "rsync",
    "export",
    "cd",
    "node",
    "npm",
    "python3",
    "bash",
    "sh",
    "date",
    "hostnamectl",
    "timedatectl",
    "ufw",
];

/// All parts of a page, each with the number of its line.
pub fn parts(text: &str) -> Vec<(usize, Part)> {
    let lines: Vec<&str> = text.lines().collect();
    let (mut found, mut at) = (Vec::new(), 0);
    while at < lines.len() {
        let line = lines[at];
        if let Some(language) = line.trim_start().strip_prefix("```") {
            let indent = line.len() - line.trim_start().len();
            let end = (at + 1..lines.len()).find(|n| lines[*n].trim_start().starts_with("```")).unwrap_or(lines.len());
            let block: Vec<&str> = lines[at + 1..end].iter().map(|line| line.get(indent..).unwrap_or("")).collect();
            fenced(language.trim(), &block, at + 2, &mut found);
            at = end + 1;
        } else {
            found.extend(spans(line).filter_map(inline).map(|part| (at + 1, part)));
            at += 1;
        }
    }
    found
}

fn fenced(language: &str, block: &[&str], first: usize, found: &mut Vec<(usize, Part)>) {
    match language {
        "sh" => commands(block, first, found),
        "console" => {
            let mut answer = (first, Vec::new());
            for (n, line) in block.iter().enumerate() {
                if let Some(command) = line.strip_prefix("$ ") {
                    close(&mut answer, found);
                    found.push((first + n, Part::Command(command.to_owned())));
                    answer.0 = first + n + 1;
                } else {
                    answer.1.push(*line);
                }
            }
            close(&mut answer, found);
        }
        "text" => found.push((first, Part::Answer(block.join("\n")))),
        "yaml" => found.push((first, Part::Settings(block.join("\n") + "\n"))),
        other => found.push((first, Part::Unknown(other.to_owned()))),
    }
}

fn close(answer: &mut (usize, Vec<&str>), found: &mut Vec<(usize, Part)>) {
    let text = std::mem::take(&mut answer.1).join("\n");
    if !text.trim().is_empty() {
        found.push((answer.0, Part::Answer(text)));
    }
}

/// Every line is a command; a backslash at its end goes on with the next.
fn commands(block: &[&str], first: usize, found: &mut Vec<(usize, Part)>) {
    let mut begun: Option<(usize, String)> = None;
    for (n, line) in block.iter().enumerate() {
        let (at, mut text) = begun.take().unwrap_or((first + n, String::new()));
        text.push_str(line.trim());
        if let Some(more) = text.strip_suffix('\\') {
            begun = Some((at, more.to_owned()));
        } else if !text.is_empty() && !text.starts_with('#') {
            found.push((at, Part::Command(text)));
        }
    }
}

/// The spans of code in a line of prose.
fn spans(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// What a span of code asks to be typed. The name of a program alone is a name.
fn inline(span: &str) -> Option<Part> {
    let words: Vec<&str> = span.split_whitespace().collect();
    let first = *words.first()?;
    if first.starts_with("--") {
        return Some(Part::Option(first.split('=').next()?.to_owned()));
    }
    let typed = PROGRAMS.contains(&first) || first.starts_with("scripts/");
    (typed && words.len() > 1).then(|| Part::Command(span.to_owned()))
}

#[test]
fn a_guide_is_read_in_its_order() {
    let text = "Ketik `praja try --help`, `--root FOLDER`, `praja`, atau `data/`.\n\n```sh\npraja a \\\n  b\n# catatan\npraja c\n```\n\n   ```console\n   $ praja d\n\n   Hasil\n   $ praja e\n   ```\n```yaml\na: 1\n```\n```perl\n```\n";
    let command = |text: &str| Part::Command(text.into());
    let expected = [
        (1, command("praja try --help")),
        (1, Part::Option("--root".into())),
        (4, command("praja a b")),
        (7, command("praja c")),
        (11, command("praja d")),
        (12, Part::Answer("\nHasil".into())),
        (14, command("praja e")),
        (17, Part::Settings("a: 1\n".into())),
        (20, Part::Unknown("perl".into())),
    ];
    assert_eq!(parts(text), expected);
}
