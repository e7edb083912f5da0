//! What an editor's eye would stop at in a body: what will not come out as it was meant, or could be better.
//! It looks on while a body is read, says what stands where, and leaves it to others what that is worth.

use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::alt::{self, DullAlt};
use super::block::Block;
use super::lines::LineCounter;
use super::vague::says_nothing;

/// The most findings of one body.
const MOST: usize = 100;

/// Something that an editor's eye would stop at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The line of the source, counted from 1.
    pub line: usize,
    /// The column, counted from 1 in characters.
    pub column: usize,
    /// What stands there.
    pub what: Oddity,
}

/// What an editor's eye may stop at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// A heading of level 1, which is the headline's.
    TopHeading,
    /// A heading that is more than one level below the one before.
    SkippedLevel {
        /// The level before; 1 is the headline.
        from: u8,
        /// The level of this one.
        to: u8,
    },
    /// A heading without words.
    EmptyHeading,
    /// A quote that nobody is named for.
    UnsignedQuote {
        /// Whether its last line looks like a name behind a dash that is none of ours.
        other_dash: bool,
    },
    /// A pull quote, and its words.
    PullQuote(String),
    /// Something like `[!MARKER]` that makes no callout, as it stands there.
    StrayMarker(String),
    /// A callout or a quote with nothing in it.
    EmptyCallout,
    /// A row of a table with more or fewer cells than its head.
    RaggedRow {
        /// The cells of the row.
        cells: usize,
        /// The cells of the head.
        columns: usize,
    },
    /// A link whose words do not say where it leads.
    VagueLink(String),
    /// A label that was given an address before.
    DefinedTwice(String),
    /// A description of a picture that describes nothing.
    DullAlt(DullAlt),
}

/// Words that are being gathered between the two ends of something.
struct Gathered {
    at: usize,
    words: String,
}

/// Looks on while a body is read.
pub(super) struct Lint<'a> {
    source: &'a str,
    lines: LineCounter<'a>,
    findings: Vec<Finding>,
    /// How many block quotes are open.
    quotes: usize,
    /// The block quote that was closed last.
    closed: Range<usize>,
    level: u8,
    heading: Option<Gathered>,
    link: Option<(Gathered, String)>,
    image: Option<(Gathered, String, String)>,
    columns: usize,
    /// Where words and code stand, in order: no definitions of links are there.
    leaves: Vec<Range<usize>>,
}

impl<'a> Lint<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self {
            source,
            lines: LineCounter::new(source),
            findings: Vec::new(),
            quotes: 0,
            closed: 0..0,
            level: 1,
            heading: None,
            link: None,
            image: None,
            columns: 0,
            leaves: Vec::new(),
        }
    }

    /// Sees an event before it is acted on.
    pub(super) fn event(&mut self, event: &Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag, range),
            Event::Text(text) | Event::Code(text) => self.words(text),
            Event::SoftBreak | Event::HardBreak => self.words(" "),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        let at = range.start;
        let gathered = Gathered {
            at,
            words: String::new(),
        };
        match tag {
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock => self.leaves.push(range.clone()),
            Tag::Heading { level, .. } => {
                self.leaves.push(range.clone());
                if self.quotes == 0 {
                    self.heading = Some(gathered);
                    self.heading_level(at, *level as u8);
                }
            }
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::Table(align) => {
                self.leaves.push(range.clone());
                self.columns = align.len();
            }
            Tag::TableRow => {
                let cells = cells(self.source.get(range.clone()).unwrap_or_default());
                if cells != self.columns {
                    let columns = self.columns;
                    self.find(at, Oddity::RaggedRow { cells, columns });
                }
            }
            Tag::Link {
                link_type: LinkType::Autolink | LinkType::Email,
                ..
            } => {}
            Tag::Link { dest_url, .. } => self.link = Some((gathered, dest_url.to_string())),
            Tag::Image {
                dest_url, title, ..
            } if self.image.is_none() => {
                self.image = Some((gathered, dest_url.to_string(), title.to_string()));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Heading(_) => {
                if let Some(Gathered { at, words }) = self.heading.take()
                    && words.trim().is_empty()
                {
                    self.find(at, Oddity::EmptyHeading);
                }
            }
            TagEnd::BlockQuote(_) => {
                self.quotes = self.quotes.saturating_sub(1);
                self.closed = range.clone();
            }
            TagEnd::Link => {
                if let Some((Gathered { at, words }, address)) = self.link.take()
                    && says_nothing(&words, &address)
                {
                    self.find(at, Oddity::VagueLink(words));
                }
            }
            TagEnd::Image => {
                if let Some((Gathered { at, words }, file, caption)) = self.image.take()
                    && let Some(dull) = alt::fault(&words, &file, &caption)
                {
                    self.find(at, Oddity::DullAlt(dull));
                }
            }
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.words.push_str(text);
        }
        if let Some((link, _)) = &mut self.link {
            link.words.push_str(text);
        }
        if let Some((image, _, _)) = &mut self.image {
            image.words.push_str(text);
        }
    }

    fn heading_level(&mut self, at: usize, level: u8) {
        if level == 1 {
            self.find(at, Oddity::TopHeading);
        }
        // It is shown as what it should have been.
        let (from, to) = (self.level, level.max(2));
        if to > from + 1 {
            self.find(at, Oddity::SkippedLevel { from, to });
        }
        self.level = to;
    }

    /// Sees what a block quote that began at `at` and has just been closed has become.
    pub(super) fn quote(&mut self, at: usize, blocks: &[Block]) {
        let what = match blocks.first() {
            None => Oddity::EmptyCallout,
            Some(Block::Note { blocks, .. }) if blocks.is_empty() => Oddity::EmptyCallout,
            Some(Block::PullQuote(quote)) => {
                let words: Vec<&str> = quote.paragraphs.iter().map(|p| p.plain.as_str()).collect();
                Oddity::PullQuote(words.join(" "))
            }
            Some(Block::Quote(quote)) => {
                let first = quote.paragraphs.first();
                match first.and_then(|words| stray_marker(&words.plain)) {
                    Some(marker) => Oddity::StrayMarker(marker.to_owned()),
                    None if quote.attribution.is_some() => return,
                    None => Oddity::UnsignedQuote {
                        other_dash: self.ends_in_other_dash(),
                    },
                }
            }
            Some(_) => return,
        };
        self.find(at, what);
    }

    /// Whether the last line of the quote begins with a dash that does not mark a name.
    fn ends_in_other_dash(&self) -> bool {
        let source = self.source.get(self.closed.clone()).unwrap_or_default();
        let bare = |line: &'a str| line.trim_start_matches(['>', ' ', '\t']).trim_end();
        let mut lines = source.lines().rev().map(bare).filter(|it| !it.is_empty());
        let (Some(last), Some(before)) = (lines.next(), lines.next()) else {
            return false;
        };
        last.starts_with(['–', '―', '−']) || (last.starts_with("- ") && !before.starts_with("- "))
    }

    fn find(&mut self, at: usize, what: Oddity) {
        if self.findings.len() < MOST {
            let (line, column) = self.lines.place(at);
            self.findings.push(Finding { line, column, what });
        }
    }

    pub(super) fn finish(mut self) -> Vec<Finding> {
        self.definitions();
        self.findings.sort_by_key(|it| (it.line, it.column));
        self.findings
    }

    /// Finds labels that are given an address twice: only the first one counts.
    fn definitions(&mut self) {
        let mut known = HashSet::new();
        let mut leaves = std::mem::take(&mut self.leaves).into_iter().peekable();
        let mut at = 0;
        for line in self.source.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let Some(label) = defined_label(line) else {
                continue;
            };
            while leaves.next_if(|leaf| leaf.end <= start).is_some() {}
            if leaves.peek().is_some_and(|leaf| leaf.start < at) {
                continue;
            }
            let words: Vec<&str> = label.split_whitespace().collect();
            if !known.insert(words.join(" ").to_lowercase()) {
                self.find(start, Oddity::DefinedTwice(label.to_owned()));
            }
        }
    }
}

/// The label of `[label]: address`.
fn defined_label(line: &str) -> Option<&str> {
    let bare = line.trim_start_matches(' ');
    let (label, rest) = bare.strip_prefix('[')?.split_once("]:")?;
    let sound = line.len() - bare.len() < 4 && !label.contains(['[', ']']);
    (sound && !label.trim().is_empty() && !rest.trim().is_empty()).then_some(label)
}

/// `[!WORD]` at the start of a quote.
fn stray_marker(words: &str) -> Option<&str> {
    let name = words.strip_prefix("[!")?.split(']').next()?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_ ".contains(c);
    let sound = (1..=30).contains(&name.len()) && name.chars().all(plain);
    if sound {
        words.get(..name.len() + 3)
    } else {
        None
    }
}

/// The cells of a table's row, as it stands in the source.
fn cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut cells = 1;
    let mut escaped = false;
    let mut after_bar = false;
    for c in row.chars() {
        after_bar = c == '|' && !escaped;
        cells += usize::from(after_bar);
        escaped = c == '\\' && !escaped;
    }
    cells - usize::from(after_bar)
}

#[cfg(test)]
mod tests {
    use super::{DullAlt, Oddity};
    use crate::article::parse_with_findings;

    #[test]
    fn finds_what_an_editor_would_stop_at() {
        let check = |markdown: &str, expected: &[(usize, usize, Oddity)]| {
            let (_, _, findings) = parse_with_findings(markdown);
            let found: Vec<_> = findings
                .into_iter()
                .map(|it| (it.line, it.column, it.what))
                .collect();
            assert_eq!(found, expected, "{markdown}");
        };
        let unsigned = |other_dash| Oddity::UnsignedQuote { other_dash };
        let ragged = |cells, columns| Oddity::RaggedRow { cells, columns };
        let skipped = |from, to| Oddity::SkippedLevel { from, to };
        let twice = Oddity::DefinedTwice;
        check("## A\n\n### B\n\n## C\n\n### D", &[]);
        check("Words\n\n# A\n\n## B", &[(3, 1, Oddity::TopHeading)]);
        check(
            "### A\n\n## B\n\n#### C",
            &[(1, 1, skipped(1, 3)), (5, 1, skipped(2, 4))],
        );
        check(
            "##\n\n## `x`\n\n## ![A map](m.png)",
            &[(1, 1, Oddity::EmptyHeading)],
        );
        check("> Words\n> — Ana Lee", &[]);
        check("> Words", &[(1, 1, unsigned(false))]);
        check("a\n\n> “Words”\n> – Ana Lee", &[(3, 1, unsigned(true))]);
        check("> “Words”\n> - Ana Lee", &[(1, 1, unsigned(true))]);
        check("> - one\n> - two", &[(1, 1, unsigned(false))]);
        check("> > Words\n>\n> — Ana Lee", &[]);
        check(
            "> [!PULLQUOTE]\n> Some words",
            &[(1, 1, Oddity::PullQuote("Some words".to_owned()))],
        );
        check(
            "> [!WARNING]\n> Words",
            &[(1, 1, Oddity::StrayMarker("[!WARNING]".to_owned()))],
        );
        check(
            "> [!NOTE] Words",
            &[(1, 1, Oddity::StrayMarker("[!NOTE]".to_owned()))],
        );
        check("> [!CORRECTION]", &[(1, 1, Oddity::EmptyCallout)]);
        check("> [!UPDATE]\n> **Title**", &[(1, 1, Oddity::EmptyCallout)]);
        check(
            "| a | b |\n| - | - |\n| 1 | 2 |\n1 | `\\|` | 3\n| 1 |",
            &[(4, 1, ragged(3, 2)), (5, 1, ragged(1, 2))],
        );
        check(
            "> [!KEYFACTS]\n> Hello\n>\n> | a | b |\n> | - | - |\n> | 1 | 2 |\n> | 1 | 2 | 3 |",
            &[(7, 3, ragged(3, 2))],
        );
        check(
            "é [here](story:a), [Here!](story:a), [the quay](story:a)",
            &[
                (1, 3, Oddity::VagueLink("here".to_owned())),
                (1, 20, Oddity::VagueLink("Here!".to_owned())),
            ],
        );
        check(
            "<https://example.org/> and [https://example.org/](https://example.org/)",
            &[],
        );
        check(
            "[a][x] [b][y]\n\n[x]: story:one\n[y]: story:two\n[X]: story:three",
            &[(5, 1, twice("X".to_owned()))],
        );
        check(
            "[x]: story:one\n\n```\n[x]: story:two\n```\n\nWords\n[x]: story:three",
            &[],
        );
        check(
            "![image of a cat](cat.png)",
            &[(1, 1, Oddity::DullAlt(DullAlt::Announces))],
        );
        let (_, _, many) = parse_with_findings(&"##\n\n".repeat(1000));
        assert_eq!(many.len(), 100);
    }
}
