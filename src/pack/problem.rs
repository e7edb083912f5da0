//! One thing that is wrong with a pack, with its code and its place.
//! What a code means, and how much it weighs, stands in `rules`.

use std::fmt;

use super::error::PackError;
use super::rules::rule;

/// How much a problem weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something that the author put in cannot be shown at all, or nothing can.
    Error,
    /// It is shown, but otherwise than the author will have meant; or a mistake is likely.
    Warning,
    /// Everything is shown; the author could still do better.
    Advice,
}

impl Severity {
    /// `error`, `warning` or `advice`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "advice",
        }
    }
}

/// Something wrong with a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Its code, such as `P020`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The file of the pack it is found in.
    pub file: String,
    /// The line, counted from 1.
    pub line: Option<usize>,
    /// The column, counted from 1 in characters.
    pub column: Option<usize>,
    /// What is wrong and what to do.
    pub message: String,
}

impl Problem {
    /// A problem of a file as a whole.
    pub fn new(code: &'static str, file: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: rule(code).map_or(Severity::Warning, |rule| rule.severity),
            file: file.into(),
            line: None,
            column: None,
            message: message.into(),
        }
    }

    /// The same at a line.
    #[must_use]
    pub fn at_line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }

    /// The same with another weight.
    #[must_use]
    pub fn weighing(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The problem that an error is, where it has a code.
    pub fn from_error(error: &PackError, file: &str) -> Option<Self> {
        let mut problem = Self::new(error.code()?, file, error.to_string());
        if let PackError::ManifestSyntax { line, column, .. } = error {
            problem.line = Some(*line);
            problem.column = Some(*column);
        }
        Some(problem)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = self.column {
            write!(f, ":{column}")?;
        }
        write!(
            f,
            ": {} {}: {}",
            self.severity.as_str(),
            self.code,
            self.message
        )
    }
}
