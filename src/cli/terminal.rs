//! Where results and messages go. The program's own streams, or a test's.

use std::fmt::Display;
use std::io::{self, IsTerminal as _, Write};

use serde::Serialize;

/// The two streams of a command.
pub struct Terminal<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    /// Whether help and results may be coloured.
    colour: bool,
    /// Whether somebody watches the messages as they come.
    watched: bool,
}

impl<'a> Terminal<'a> {
    /// Results to `out`, messages to `err`.
    pub fn new(out: &'a mut dyn Write, err: &'a mut dyn Write) -> Self {
        Self {
            out,
            err,
            colour: false,
            watched: false,
        }
    }

    /// The same with progress, and with coloured help and results, if people read it and have not asked for none.
    #[must_use]
    pub fn coloured(mut self) -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|it| it.is_empty());
        self.watched = io::stderr().is_terminal();
        self.colour = wanted && io::stdout().is_terminal() && self.watched;
        self
    }

    /// Whether messages go to a terminal, where a line may be written over.
    pub(super) fn is_watched(&self) -> bool {
        self.watched
    }

    /// Whether results may be coloured.
    pub(super) fn is_coloured(&self) -> bool {
        self.colour
    }

    /// Prints a line of the result.
    pub(super) fn line(&mut self, line: impl Display) -> io::Result<()> {
        writeln!(self.out, "{line}")
    }

    /// Prints the result as JSON.
    pub(super) fn json(&mut self, value: &impl Serialize) -> Result<(), serde_json::Error> {
        serde_json::to_writer_pretty(&mut *self.out, value)?;
        writeln!(self.out).map_err(serde_json::Error::io)
    }

    /// Prints a part of the result as JSON on one line, and sees to it that it is out.
    pub(super) fn json_line(&mut self, value: &impl Serialize) -> Result<(), serde_json::Error> {
        serde_json::to_writer(&mut *self.out, value)?;
        writeln!(self.out)
            .and_then(|()| self.out.flush())
            .map_err(serde_json::Error::io)
    }

    /// Sees to it that the result is out.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Prints a message. There is nowhere to tell that this failed.
    pub fn message(&mut self, message: &dyn Display) {
        _ = writeln!(self.err, "offprint: {message}");
    }

    /// Prints help, the version or what was wrong with the command line, and gives the exit status.
    pub(super) fn clap(&mut self, error: &clap::Error) -> u8 {
        let (to, status) = if error.use_stderr() {
            (&mut self.err, super::FAILED)
        } else {
            (&mut self.out, super::DONE)
        };
        let text = error.render();
        let written = if self.colour {
            write!(to, "{}", text.ansi())
        } else {
            write!(to, "{text}")
        };
        match written.and_then(|()| to.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => super::FAILED,
            _ => status,
        }
    }
}

/// How many columns a line may have: what `COLUMNS` says within reason, else the 80 that every terminal has.
pub(super) fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok();
    let columns = columns.and_then(|it| it.trim().parse::<usize>().ok());
    columns.unwrap_or(80).clamp(40, 110)
}
