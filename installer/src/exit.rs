use std::{fmt, process::ExitCode};

use praja_deploy::{Again, Obstacle};

use crate::{terminal::Terminal, words};

/// How the program ends, for scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Code(u8);

/// All is well.
pub(crate) const OK: Code = Code(0);
/// Something broke that should not have.
pub(crate) const FAULT: Code = Code(1);
/// The command was typed wrongly.
pub(crate) const USAGE: Code = Code(2);
/// It works, with warnings.
pub(crate) const WARNINGS: Code = Code(10);
/// Somebody has to agree first.
pub(crate) const APPROVAL: Code = Code(20);
/// It does not work here and now.
pub(crate) const BLOCKED: Code = Code(30);

/// Stopped at once by whoever runs it, as shells count it.
pub(crate) const INTERRUPTED: i32 = 130;

impl Code {
    /// The code of an assessment.
    pub(crate) const fn of(severity: praja_deploy::Severity) -> Self {
        Self(severity.exit_code())
    }
}

impl From<Code> for ExitCode {
    fn from(code: Code) -> Self {
        Self::from(code.0)
    }
}

/// What a command will not do, with the very next command: for what only the installer knows. [`Obstacle`] is the same for what
/// `praja-deploy` knows.
#[derive(Debug)]
pub(crate) struct Refused {
    /// What was found and what is needed.
    pub(crate) message: String,
    /// The next command.
    pub(crate) next: String,
    /// How the program ends.
    pub(crate) code: Code,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refused {}

/// An obstacle met after somebody had answered questions.
#[derive(Debug)]
struct Answered {
    obstacle: Obstacle,
    again: Again,
}

impl fmt::Display for Answered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.obstacle.fmt(f)
    }
}

impl std::error::Error for Answered {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.obstacle.source()
    }
}

/// The same error; where it is an obstacle, the command shown after it repeats what `again` does.
pub(crate) fn asking_again(error: anyhow::Error, again: &Again) -> anyhow::Error {
    match error.downcast::<Obstacle>() {
        Ok(obstacle) => Answered { obstacle, again: again.clone() }.into(),
        Err(other) => other,
    }
}

/// Shows what stopped the program: an obstacle with its next command, anything else with its causes.
pub(crate) fn explain(error: &anyhow::Error, again: &Again, terminal: &Terminal) -> Code {
    terminal.complaint_heading();
    let mut sentences: Vec<String> = Vec::new();
    for cause in error.chain() {
        let sentence = words::of(cause);
        // Two layers may say the same.
        if !sentences.contains(&sentence) {
            sentences.push(sentence);
        }
    }
    for (index, sentence) in sentences.iter().enumerate() {
        terminal.complain(&if index == 0 { sentence.clone() } else { format!("  Sebab: {sentence}") });
    }
    if let Some(refused) = error.chain().find_map(|cause| cause.downcast_ref::<Refused>()) {
        terminal.complain_next(&refused.next);
        return refused.code;
    }
    let (obstacle, again) = match (error.downcast_ref::<Answered>(), error.downcast_ref::<Obstacle>()) {
        (Some(answered), _) => (&answered.obstacle, &answered.again),
        (None, Some(obstacle)) => (obstacle, again),
        (None, None) => return FAULT,
    };
    terminal.complain_next(&obstacle.next_command(again));
    match obstacle {
        Obstacle::StepFailed { .. } | Obstacle::File { .. } => FAULT,
        _ => BLOCKED,
    }
}
