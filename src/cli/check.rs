//! `offprint check`: every problem of a pack, for its author.

use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::args::Check;
use super::source::origin;
use super::terminal::Terminal;
use super::{CliError, DONE, PROBLEMS};
use crate::pack::{Problem, Severity, check};

/// What `check --json` prints. Fields may be added, never renamed or taken away.
#[derive(Serialize)]
struct CheckJson<'a> {
    pack: String,
    problems: Vec<ProblemJson<'a>>,
}

#[derive(Serialize)]
struct ProblemJson<'a> {
    code: &'a str,
    severity: &'a str,
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
}

pub(super) fn run(wish: &Check, terminal: &mut Terminal<'_>) -> Result<u8, CliError> {
    let problems = check(&origin(&wish.pack), &AtomicBool::new(false))?;
    if wish.json {
        terminal.json(&CheckJson {
            pack: wish.pack.display().to_string(),
            problems: problems.iter().map(ProblemJson::of).collect(),
        })?;
    } else {
        for problem in &problems {
            terminal.line(problem)?;
        }
        if problems.is_empty() {
            terminal.message(&format_args!("{}: no problems", wish.pack.display()));
        }
    }
    // Advice is for the author's taste to decide; everything of the pack is shown.
    let is_clean = problems.iter().all(|it| it.severity == Severity::Advice);
    Ok(if is_clean { DONE } else { PROBLEMS })
}

impl<'a> ProblemJson<'a> {
    fn of(problem: &'a Problem) -> Self {
        Self {
            code: problem.code,
            severity: problem.severity.as_str(),
            file: &problem.file,
            line: problem.line,
            column: problem.column,
            message: &problem.message,
        }
    }
}
