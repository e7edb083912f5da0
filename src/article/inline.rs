//! Gathers the words of one paragraph, heading or cell with their marks, and takes the pictures out.
//! It never decides what block the words become.

use super::block::{Figure, Link, Mark, Span, Text};

/// What a run of inline content amounts to, in reading order.
#[derive(Debug)]
pub(super) enum Piece {
    /// Words.
    Words(Lines),
    /// A picture that stood among them.
    Figure(Figure),
}

/// Text that remembers where its source lines began.
#[derive(Clone, Debug, Default)]
pub(super) struct Lines {
    pub(super) text: Text,
    /// Where each line after the first begins, in bytes of the text; rising.
    pub(super) starts: Vec<usize>,
}

impl Lines {
    /// A part of the text, trimmed.
    fn part(&self, start: usize, end: usize) -> Self {
        let text = self.text.slice(start..end);
        let from = start + text.plain.len() - text.plain.trim_start().len();
        let text = text.trimmed();
        let starts = self.starts.iter().map(|at| at.saturating_sub(from));
        let starts = starts.filter(|at| (1..text.plain.len()).contains(at));
        Self {
            starts: starts.collect(),
            text,
        }
    }

    /// The first line, trimmed.
    pub(super) fn first(&self) -> Text {
        let end = self.starts.first().copied();
        self.text
            .slice(0..end.unwrap_or(self.text.plain.len()))
            .trimmed()
    }

    /// Everything after the first line.
    pub(super) fn without_first(&self) -> Self {
        match self.starts.first() {
            Some(&start) => self.part(start, self.text.plain.len()),
            None => Self::default(),
        }
    }

    /// The last line, trimmed.
    pub(super) fn last(&self) -> Text {
        let start = self.starts.last().copied().unwrap_or(0);
        self.text.slice(start..self.text.plain.len()).trimmed()
    }

    /// Everything before the last line.
    pub(super) fn without_last(&self) -> Self {
        let end = self.starts.last().copied().unwrap_or(0);
        self.part(0, end)
    }
}

/// A picture whose alternative text is still being read.
#[derive(Debug)]
struct OpenImage {
    file: Option<String>,
    alt: String,
    caption: String,
    nested: usize,
}

/// Where a picture stood.
#[derive(Debug)]
struct Placed {
    at: usize,
    figure: Figure,
    own_line: bool,
}

/// Gathers inline content.
#[derive(Debug, Default)]
pub(super) struct Inline {
    lines: Lines,
    bold: usize,
    italic: usize,
    strike: usize,
    link: Option<Link>,
    pending_break: Option<Mark>,
    image: Option<OpenImage>,
    figures: Vec<Placed>,
    /// The first picture of the line that is being read.
    line_figure: usize,
}

impl Inline {
    pub(super) fn bold(&mut self, on: bool) {
        step(&mut self.bold, on);
    }

    pub(super) fn italic(&mut self, on: bool) {
        step(&mut self.italic, on);
    }

    pub(super) fn strike(&mut self, on: bool) {
        step(&mut self.strike, on);
    }

    pub(super) fn link(&mut self, link: Option<Link>) {
        self.link = link;
    }

    pub(super) fn text(&mut self, text: &str) {
        self.push(text, self.mark(false));
    }

    pub(super) fn code(&mut self, text: &str) {
        self.push(text, self.mark(true));
    }

    /// A line end of the source that is no line end of the text.
    pub(super) fn soft_break(&mut self) {
        if let Some(image) = &mut self.image {
            image.alt.push(' ');
            return;
        }
        self.end_line();
        // Pictures between two line ends leave one break, not two.
        if self.pending_break.is_none() {
            self.pending_break = Some(self.mark(false));
        }
    }

    /// A line end that the author asked for.
    pub(super) fn hard_break(&mut self) {
        if let Some(image) = &mut self.image {
            image.alt.push(' ');
            return;
        }
        self.end_line();
        self.pending_break = None;
        self.append("\n", self.mark(false));
        self.begin_line();
    }

    /// A picture begins; `file` is `None` where it lies outside the pack.
    pub(super) fn image_start(&mut self, file: Option<String>, caption: &str) {
        match &mut self.image {
            Some(outer) => outer.nested += 1,
            None => {
                self.image = Some(OpenImage {
                    file,
                    alt: String::new(),
                    caption: caption.to_owned(),
                    nested: 0,
                });
            }
        }
    }

    /// The picture ends. Returns it where its place in the text was noted.
    pub(super) fn image_end(&mut self) -> Option<&Figure> {
        let image = self.image.as_mut()?;
        if image.nested > 0 {
            image.nested -= 1;
            return None;
        }
        let image = self.image.take()?;
        let Some(file) = image.file else {
            // What cannot be shown is at least told.
            self.text(&image.alt);
            if !image.caption.trim().is_empty() {
                self.text(&format!(" ({})", image.caption.trim()));
            }
            return None;
        };
        let figure = Figure {
            file,
            alt: image.alt.trim().to_owned(),
            caption: Text::plain(image.caption.trim()),
        };
        self.figures.push(Placed {
            at: self.lines.text.plain.len(),
            figure,
            own_line: false,
        });
        self.figures.last().map(|placed| &placed.figure)
    }

    /// The words alone, and the pictures that stood among them.
    pub(super) fn finish_together(mut self) -> (Lines, Vec<Figure>) {
        let lines = self.finish_lines();
        (lines, self.figures.into_iter().map(|p| p.figure).collect())
    }

    /// The words cut where a picture had a line of its own; other pictures follow the words they stood in.
    pub(super) fn finish(mut self) -> Vec<Piece> {
        self.end_line();
        let lines = std::mem::take(&mut self.lines);
        let end = lines.text.plain.len();
        let mut pieces = Vec::new();
        let mut waiting = Vec::new();
        let mut from = 0;
        let words = |from: usize, to: usize, pieces: &mut Vec<Piece>| {
            let part = lines.part(from, to);
            if !part.text.plain.is_empty() {
                pieces.push(Piece::Words(part));
            }
        };
        for Placed {
            at,
            figure,
            own_line,
        } in self.figures
        {
            let leads = lines
                .text
                .plain
                .get(from..at)
                .is_some_and(|before| before.trim().is_empty());
            if own_line || (leads && waiting.is_empty()) {
                words(from, at, &mut pieces);
                pieces.extend(waiting.drain(..).map(Piece::Figure));
                pieces.push(Piece::Figure(figure));
                from = at;
            } else {
                waiting.push(figure);
            }
        }
        words(from, end, &mut pieces);
        pieces.extend(waiting.into_iter().map(Piece::Figure));
        pieces
    }

    fn finish_lines(&mut self) -> Lines {
        let lines = std::mem::take(&mut self.lines);
        lines.part(0, lines.text.plain.len())
    }

    fn mark(&self, code: bool) -> Mark {
        Mark {
            bold: self.bold > 0,
            italic: self.italic > 0,
            strike: self.strike > 0,
            code,
            link: self.link.clone(),
        }
    }

    /// Notes which pictures had the line to themselves.
    fn end_line(&mut self) {
        let start = self.lines.starts.last().copied().unwrap_or(0);
        let line = self.lines.text.plain.get(start..).unwrap_or_default();
        // A pending break means that nothing but pictures came since.
        let alone = self.pending_break.is_some() || line.trim().is_empty();
        for placed in self.figures.iter_mut().skip(self.line_figure) {
            placed.own_line = alone;
        }
        self.line_figure = self.figures.len();
    }

    fn begin_line(&mut self) {
        self.lines.starts.push(self.lines.text.plain.len());
    }

    fn push(&mut self, text: &str, mark: Mark) {
        if let Some(image) = &mut self.image {
            image.alt.push_str(text);
            return;
        }
        let Some(next) = text.chars().next() else {
            return;
        };
        if let Some(break_mark) = self.pending_break.take() {
            let last = self.lines.text.plain.chars().next_back();
            let joined = last.is_none_or(char::is_whitespace)
                || last.is_some_and(|last| is_unspaced(last) && is_unspaced(next));
            if !joined {
                self.append(" ", break_mark);
            }
            self.begin_line();
        }
        self.append(text, mark);
    }

    fn append(&mut self, text: &str, mark: Mark) {
        let Text { plain, spans } = &mut self.lines.text;
        let start = plain.len();
        plain.push_str(text);
        let end = plain.len();
        if start == end || mark == Mark::default() {
            return;
        }
        match spans.last_mut() {
            Some(last) if last.range.end == start && last.mark == mark => last.range.end = end,
            _ => spans.push(Span {
                range: start..end,
                mark,
            }),
        }
    }
}

fn step(count: &mut usize, on: bool) {
    *count = if on {
        *count + 1
    } else {
        count.saturating_sub(1)
    };
}

/// Whether a character belongs to a script that is written without spaces, so that a line end of the source between two of
/// them means nothing: Chinese and Japanese.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{30FF}'     // radicals, ideographic punctuation, kana
        | '\u{3105}'..='\u{312F}'   // bopomofo
        | '\u{31A0}'..='\u{9FFF}'   // ideographs
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF01}'..='\u{FF60}'   // full-width forms
        | '\u{FF61}'..='\u{FF9F}'
        | '\u{20000}'..='\u{3FFFF}')
}
