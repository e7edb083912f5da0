//! Where in a text something stands, counted as one goes along, so that a long file is counted through once.

/// A place in a text that only goes forward.
pub(super) struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    pub fn of(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            line: 1,
        }
    }

    /// The line, from 1, in which the byte `at` stands; `at` is never before the one asked for last.
    pub fn line(&mut self, at: usize) -> usize {
        let passed = self.text.get(self.at..at).unwrap_or_default();
        self.line += passed.matches('\n').count();
        self.at = self.at.max(at);
        self.line
    }
}
