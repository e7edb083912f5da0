//! `offprint check`: every problem of a pack, for its author.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::args::{Check, Deny};
use super::source::origin;
use super::terminal::Terminal;
use super::{CliError, DONE, PROBLEMS, rules};
use crate::pack::{Problem, Report, Severity, check_with, rule};

/// What `check --json` prints. Fields may be added, never renamed or taken away.
#[derive(Serialize)]
struct CheckJson<'a> {
    pack: String,
    files: usize,
    counts: CountsJson,
    problems: Vec<ProblemJson<'a>>,
}

#[derive(Serialize)]
struct CountsJson {
    errors: usize,
    warnings: usize,
    advice: usize,
}

#[derive(Serialize)]
struct ProblemJson<'a> {
    code: &'a str,
    severity: &'a str,
    rule: &'a str,
    file: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
}

pub(super) fn run(wish: &Check, terminal: &mut Terminal<'_>) -> Result<u8, CliError> {
    // Without a pack there is a wish for rules; the command line sees to that.
    let Some(pack) = &wish.pack else {
        return rules::run(wish, terminal);
    };
    let report = check_with(&origin(pack), &AtomicBool::new(false), &|_, _| {})?;
    let counts = CountsJson::of(&report);
    let denied = match wish.deny {
        None => 0,
        Some(Deny::Warnings) => counts.warnings,
        Some(Deny::Advice) => counts.warnings + counts.advice,
    };
    let status = if counts.errors + denied == 0 {
        DONE
    } else {
        PROBLEMS
    };
    if wish.json {
        terminal.json(&CheckJson {
            pack: pack.display().to_string(),
            files: report.files,
            counts,
            problems: report.problems.iter().map(ProblemJson::of).collect(),
        })?;
    } else {
        for problem in &report.problems {
            terminal.line(problem)?;
        }
        terminal.message(&summary(pack, &counts, report.files));
    }
    Ok(status)
}

/// `my-pack: 3 errors, 2 warnings, 1 piece of advice in 14 files`.
fn summary(pack: &Path, counts: &CountsJson, files: usize) -> String {
    let count = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{count} {many}")),
    };
    let parts: Vec<String> = [
        count(counts.errors, "error", "errors"),
        count(counts.warnings, "warning", "warnings"),
        count(counts.advice, "piece of advice", "pieces of advice"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let found = if parts.is_empty() {
        "no problems".to_owned()
    } else {
        parts.join(", ")
    };
    let s = if files == 1 { "" } else { "s" };
    format!("{}: {found} in {files} file{s}", pack.display())
}

impl CountsJson {
    fn of(report: &Report) -> Self {
        Self {
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            advice: report.count(Severity::Advice),
        }
    }
}

impl<'a> ProblemJson<'a> {
    fn of(problem: &'a Problem) -> Self {
        Self {
            code: problem.code,
            severity: problem.severity.as_str(),
            rule: rule(problem.code).map_or("", |rule| rule.title),
            file: &problem.file,
            line: problem.line,
            column: problem.column,
            message: &problem.message,
        }
    }
}
