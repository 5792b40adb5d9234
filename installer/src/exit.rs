use std::{path::Path, process::ExitCode};

use praja_deploy::Obstacle;

use crate::terminal::Terminal;

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

/// Shows what stopped the program: an obstacle with its next command, anything else with its causes.
pub(crate) fn explain(error: &anyhow::Error, root: &Path, terminal: &Terminal) -> Code {
    terminal.complaint_heading();
    terminal.complain(&error.to_string());
    for cause in error.chain().skip(1) {
        terminal.complain(&format!("  Sebab: {cause}"));
    }
    let Some(obstacle) = error.downcast_ref::<Obstacle>() else { return FAULT };
    terminal.complain_next(&obstacle.next_command(root));
    match obstacle {
        Obstacle::StepFailed { .. } | Obstacle::File { .. } => FAULT,
        _ => BLOCKED,
    }
}
