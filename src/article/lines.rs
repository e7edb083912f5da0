//! Where a byte of the source stands, as people count: line and column, both from 1.
//! It goes on from the last answer, so asking from front to back takes one walk over the text.

/// Turns byte offsets, which mostly rise, into lines and columns.
pub(super) struct LineCounter<'a> {
    source: &'a str,
    at: usize,
    line: usize,
    column: usize,
}

impl<'a> LineCounter<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self {
            source,
            at: 0,
            line: 1,
            column: 1,
        }
    }

    /// The line and the column, in characters, of a byte.
    pub(super) fn place(&mut self, at: usize) -> (usize, usize) {
        let breaks = |text: &str| text.bytes().filter(|&b| b == b'\n').count();
        if let Some(passed) = self.source.get(self.at..at) {
            self.line += breaks(passed);
            self.column = match passed.rsplit_once('\n') {
                Some((_, line)) => line.chars().count() + 1,
                None => self.column + passed.chars().count(),
            };
        } else if let Some(passed) = self.source.get(at..self.at) {
            self.line -= breaks(passed);
            let before = self.source.get(..at).unwrap_or_default();
            let line = before.rsplit_once('\n').map_or(before, |(_, line)| line);
            self.column = line.chars().count() + 1;
        }
        self.at = at;
        (self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::LineCounter;

    #[test]
    fn counts_lines_and_characters_both_ways() {
        let mut lines = LineCounter::new("é1\n\nab ü c\nend");
        for (at, place) in [
            (0, (1, 1)),
            (2, (1, 2)),
            (4, (2, 1)),
            (10, (3, 5)),
            (5, (3, 1)),
            (6, (3, 2)),
            (13, (4, 1)),
            (16, (4, 4)),
            (2, (1, 2)),
            (4, (2, 1)),
        ] {
            assert_eq!(lines.place(at), place, "{at}");
        }
    }
}
