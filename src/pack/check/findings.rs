//! Gathers what is wrong, and gives each problem its place at the end, when it is known which places are asked for.
//! It never judges. How often somebody may guess is counted here, as that takes a look at many names.

use crate::pack::lower::{self, Pending};
use crate::pack::nearest::hint;
use crate::pack::places::Spot;
use crate::pack::problem::{Problem, Severity};
use crate::pack::source::MANIFEST;

/// Where something is named.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// In the manifest.
    Manifest(Spot),
    /// In a body, at a line and a column.
    Body(String, usize, usize),
}

/// How often it is guessed what is meant.
const HINTS: usize = 50;

/// What has been found so far.
pub(super) struct Findings {
    pending: Vec<Pending>,
    problems: Vec<Problem>,
    hints: usize,
}

impl Findings {
    /// `pending` is what opening has found.
    pub(super) fn new(pending: Vec<Pending>) -> Self {
        Self {
            pending,
            problems: Vec::new(),
            hints: HINTS,
        }
    }

    /// A guess which of `names` is meant, to be put into a sentence; empty if there is none.
    pub(super) fn guess<'a>(
        &mut self,
        written: &str,
        names: impl Iterator<Item = &'a str>,
    ) -> String {
        match self.hints.checked_sub(1) {
            Some(left) => {
                self.hints = left;
                hint(written, names)
            }
            None => String::new(),
        }
    }

    /// A problem of a file as a whole.
    pub(super) fn file(&mut self, code: &'static str, file: &str, message: impl Into<String>) {
        self.problems.push(Problem::new(code, file, message));
    }

    /// A problem that is known in full.
    pub(super) fn add(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// A problem of a field of the manifest, in the structure that `spot` lies in.
    pub(super) fn field(
        &mut self,
        code: &'static str,
        spot: &Spot,
        field: &str,
        message: impl Into<String>,
    ) {
        let spot = Spot {
            field: field.to_owned(),
            ..spot.clone()
        };
        let problem = Problem::new(code, MANIFEST, message);
        self.pending.push(Pending { problem, spot });
    }

    /// A problem at a line and column of a file.
    pub(super) fn at(
        &mut self,
        code: &'static str,
        file: &str,
        (line, column): (usize, usize),
        message: impl Into<String>,
    ) {
        let problem = Problem::new(code, file, message).at_line(line);
        self.problems.push(Problem {
            column: Some(column),
            ..problem
        });
    }

    /// A problem where something is named.
    pub(super) fn place(&mut self, code: &'static str, place: &Place, message: impl Into<String>) {
        match place {
            Place::Manifest(spot) => self.field(code, spot, &spot.field, message),
            Place::Body(file, line, column) => self.at(code, file, (*line, *column), message),
        }
    }

    /// Whether a file has an error.
    pub(super) fn has_error(&self, file: &str) -> bool {
        let mut problems = self.problems.iter();
        problems.any(|it| it.file == file && it.severity == Severity::Error)
    }

    /// Everything, in the order of files and lines; the manifest comes first.
    pub(super) fn finish(self, manifest: &[u8]) -> Vec<Problem> {
        let mut all = lower::resolve(self.pending, manifest);
        all.extend(self.problems);
        let key = |p: &Problem| (p.file != MANIFEST, p.file.clone(), p.line, p.column, p.code);
        all.sort_by_cached_key(key);
        all.dedup();
        all
    }
}

/// At most 80 characters of what an author wrote.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
