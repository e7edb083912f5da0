//! Lines for a terminal: wrapped at words, indented, and coloured where people read them. Nothing that a pack says can steer the terminal.

use std::io;

use clap::builder::styling::{AnsiColor, Effects, Style};

use crate::cli::terminal::{self, Terminal};

/// How words are shown where there are colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paint {
    Plain,
    Strong,
    Soft,
    Gone,
    Come,
}

/// Some words, and how they are shown.
pub(super) type Part<'a> = (Paint, &'a str);

/// Where lines go.
pub(super) struct Page<'a, 'b> {
    terminal: &'a mut Terminal<'b>,
    width: usize,
    colour: bool,
    /// What stands above the first heading, until there is one.
    title: Vec<(&'static str, Paint, String)>,
}

impl<'a, 'b> Page<'a, 'b> {
    /// A page that begins with `title`, unless there is nothing on it.
    pub fn new(terminal: &'a mut Terminal<'b>, title: [(&'static str, Paint, String); 2]) -> Self {
        Self {
            title: title.into(),
            width: terminal::width(),
            colour: terminal.is_coloured(),
            terminal,
        }
    }

    /// The heading of a part.
    pub fn head(&mut self, text: &str) -> io::Result<()> {
        for (sign, paint, title) in std::mem::take(&mut self.title) {
            self.line(sign, &[(paint, &title)])?;
        }
        self.blank()?;
        self.line("", &[(Paint::Strong, text)])
    }

    /// Whether nothing was printed.
    pub fn is_empty(&self) -> bool {
        !self.title.is_empty()
    }

    /// A remark on what follows or stands above.
    pub fn note(&mut self, text: &str) -> io::Result<()> {
        self.line("      ", &[(Paint::Soft, text)])
    }

    pub fn blank(&mut self) -> io::Result<()> {
        self.terminal.line("")
    }

    /// Words after a sign; further lines begin where the words do.
    pub fn line(&mut self, sign: &str, parts: &[Part<'_>]) -> io::Result<()> {
        let indent = " ".repeat(sign.chars().count());
        let room = self.width.saturating_sub(indent.len()).max(20);
        // The sign looks like what it stands for, which comes last.
        let paint = parts.last().map(|part| part.0);
        for (nth, line) in wrapped(parts, room).iter().enumerate() {
            let mut text = String::new();
            if nth == 0 {
                let paint = paint.filter(|_| self.colour).unwrap_or(Paint::Plain);
                text.push_str(&painted(sign, paint));
            } else {
                text.push_str(&indent);
            }
            for (paint, words) in line {
                let paint = if self.colour { *paint } else { Paint::Plain };
                text.push_str(&painted(words, paint));
            }
            self.terminal.line(text.trim_end())?;
        }
        Ok(())
    }
}

fn painted(words: &str, paint: Paint) -> String {
    let style = match paint {
        _ if words.is_empty() => return String::new(),
        Paint::Plain => return words.to_owned(),
        Paint::Strong => Style::new().effects(Effects::BOLD),
        Paint::Soft => Style::new().effects(Effects::DIMMED),
        Paint::Gone => AnsiColor::Red.on_default(),
        Paint::Come => AnsiColor::Green.on_default(),
    };
    format!("{style}{words}{style:#}")
}

/// The parts in lines of at most `room` columns, unless a word is longer.
fn wrapped(parts: &[Part<'_>], room: usize) -> Vec<Line> {
    let mut wrap = Wrap {
        room,
        lines: vec![Line::new()],
        used: 0,
        word: Line::new(),
        own: 0,
    };
    for (paint, text) in parts {
        for c in text.chars() {
            match c {
                '\n' => wrap.break_line(),
                ' ' => wrap.space(*paint),
                '\t' => {
                    wrap.space(*paint);
                    wrap.letter(*paint, '|');
                    wrap.space(*paint);
                }
                c if c.is_control() => wrap.letter(*paint, char::REPLACEMENT_CHARACTER),
                c => wrap.letter(*paint, c),
            }
        }
    }
    wrap.end_word();
    wrap.lines
}

/// A line, in parts that are shown alike.
type Line = Vec<(Paint, String)>;

/// Lines in the making.
struct Wrap {
    room: usize,
    lines: Vec<Line>,
    /// The columns of the last line.
    used: usize,
    /// The word that is being read; parts may change within it.
    word: Line,
    /// Its columns.
    own: usize,
}

impl Wrap {
    fn letter(&mut self, paint: Paint, c: char) {
        push(&mut self.word, paint, c.encode_utf8(&mut [0; 4]));
        self.own += columns(c);
        if columns(c) == 2 {
            // These scripts have no spaces, and a line may end after every letter.
            self.end_word();
        }
    }

    fn space(&mut self, paint: Paint) {
        self.end_word();
        if let Some(line) = self.lines.last_mut() {
            push(line, paint, " ");
            self.used += 1;
        }
    }

    fn end_word(&mut self) {
        if self.used > 0 && self.used + self.own > self.room {
            self.lines.push(Line::new());
            self.used = 0;
        }
        self.used += std::mem::take(&mut self.own);
        let word = std::mem::take(&mut self.word);
        if let Some(line) = self.lines.last_mut() {
            for (paint, part) in word {
                push(line, paint, &part);
            }
        }
    }

    fn break_line(&mut self) {
        self.end_word();
        self.lines.push(Line::new());
        self.used = 0;
    }
}

/// Adds words to a line; what is shown alike is one part.
fn push(line: &mut Line, paint: Paint, words: &str) {
    match line.last_mut() {
        Some((last, text)) if *last == paint => text.push_str(words),
        _ => line.push((paint, words.to_owned())),
    }
}

/// How many columns a terminal gives a character: two to those of Chinese, Japanese and Korean.
fn columns(c: char) -> usize {
    match c {
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{20000}'..='\u{3FFFD}' => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(lines: &[Line]) -> Vec<String> {
        let words = |line: &Line| {
            line.iter()
                .map(|(_, text)| text.as_str())
                .collect::<String>()
        };
        lines
            .iter()
            .map(|line| words(line).trim_end().to_owned())
            .collect()
    }

    #[test]
    fn lines_are_wrapped_at_words() {
        let cases: [(&[Part<'_>], &[&str]); 6] = [
            (&[(Paint::Plain, "one two three")], &["one two", "three"]),
            // A word of two parts stays in one piece.
            (
                &[
                    (Paint::Plain, "one two"),
                    (Paint::Gone, "[-x-]"),
                    (Paint::Plain, " a"),
                ],
                &["one", "two[-x-]", "a"],
            ),
            (
                &[(Paint::Plain, "enormously long")],
                &["enormously", "long"],
            ),
            (&[(Paint::Plain, "a\nb")], &["a", "b"]),
            (&[(Paint::Plain, "一二三四五六")], &["一二三四", "五六"]),
            (
                &[(Paint::Plain, "a\u{1b}[31m\tb")],
                &["a\u{fffd}[31m |", "b"],
            ),
        ];
        for (parts, expected) in cases {
            assert_eq!(plain(&wrapped(parts, 9)), expected, "{parts:?}");
        }
    }

    #[test]
    fn colour_is_only_put_where_it_is_wanted() {
        for (colour, expected) in [
            (false, "+ new one\n"),
            (true, "\u{1b}[32m+ \u{1b}[0m\u{1b}[32mnew one\u{1b}[0m\n"),
        ] {
            let (mut out, mut err) = (Vec::new(), Vec::new());
            let mut terminal = Terminal::new(&mut out, &mut err);
            let mut page = Page {
                terminal: &mut terminal,
                width: 80,
                colour,
                title: Vec::new(),
            };
            page.line("+ ", &[(Paint::Come, "new one")]).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }
}
