//! What a story's body is made of: typed blocks of plain text with marked ranges.
//! It never knows how a block looks, nor where its text came from.

use std::ops::Range;

/// A story's body as the reader gets it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
    /// What was odd about the source; the body is usable all the same.
    pub warnings: Vec<Warning>,
}

/// One block of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A run of prose.
    Paragraph(Text),
    /// A heading inside the story; `level` is 2 to 6, the headline being 1.
    Heading {
        /// 2 to 6.
        level: u8,
        /// The heading's words.
        text: Text,
    },
    /// New text that somebody said or wrote, drawn as a callout.
    Quote(Quote),
    /// The body's own words again, drawn as a callout; search, word count and export skip it.
    PullQuote(Quote),
    /// A list; each item is blocks of its own.
    List {
        /// The first number of an ordered list, `None` for bullets.
        start: Option<u64>,
        /// The items in order.
        items: Vec<Vec<Block>>,
    },
    /// A picture with its caption.
    Figure(Figure),
    /// An editor's note, correction, update or box of key facts.
    Note {
        /// Which of them.
        kind: NoteKind,
        /// Its title, where the author gave one.
        title: Option<String>,
        /// What it says.
        blocks: Vec<Block>,
    },
    /// A table; every row has as many cells as `align`.
    Table {
        /// One alignment a column.
        align: Vec<Align>,
        /// The head row.
        head: Vec<Text>,
        /// The body rows.
        rows: Vec<Vec<Text>>,
    },
    /// A thematic break.
    Rule,
    /// Preformatted text, lines as they are.
    Code {
        /// The language named after the fence, or empty.
        language: String,
        /// The lines.
        text: String,
    },
}

/// Words somebody said, and who.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quote {
    /// The paragraphs of the quotation.
    pub paragraphs: Vec<Text>,
    /// Who said it.
    pub attribution: Option<Attribution>,
}

/// Who is quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The name, up to the first comma.
    pub name: String,
    /// What follows the comma, or empty.
    pub role: String,
}

/// A picture in the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its name inside the pack, such as `images/map.png`.
    pub file: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// The caption, or empty.
    pub caption: Text,
}

/// What a note is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteKind {
    /// A word from the editor.
    Editor,
    /// What was wrong and is put right.
    Correction,
    /// What has happened since.
    Update,
    /// The facts in short.
    KeyFacts,
}

/// How a table column is set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// At the side where the text starts.
    #[default]
    Start,
    /// Centred.
    Centre,
    /// At the side where the text ends; figures.
    End,
}

/// Plain text with marked ranges.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The text itself.
    pub plain: String,
    /// Ranges in bytes of `plain`, ordered and not overlapping; unmarked text has no span.
    pub spans: Vec<Span>,
}

/// A marked range of a [`Text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Bytes of the plain text; both ends lie on character boundaries.
    pub range: Range<usize>,
    /// How it is marked.
    pub mark: Mark,
}

/// How a range is marked; several may hold at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "any of them may hold together with any other"
)]
pub struct Mark {
    /// Strong emphasis.
    pub bold: bool,
    /// Emphasis.
    pub italic: bool,
    /// Code.
    pub code: bool,
    /// Struck through.
    pub strike: bool,
    /// Where the range leads.
    pub link: Option<Link>,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// A story of the same pack, by its id.
    Story(String),
    /// An address outside the pack.
    Web(String),
}

/// Something odd in a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The line of the source, counted from 1.
    pub line: usize,
    /// The column, counted from 1 in characters.
    pub column: usize,
    /// A code of the format's problem list, such as `P023`.
    pub code: &'static str,
    /// One sentence.
    pub message: String,
}

impl Text {
    /// Text without marks.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            plain: text.into(),
            spans: Vec::new(),
        }
    }

    /// Whether there is nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.plain.trim().is_empty()
    }

    /// A part of the text with its marks; a range that does not lie on character boundaries gives nothing.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        let Some(plain) = self.plain.get(range.clone()) else {
            return Self::default();
        };
        let shift = |at: usize| at.clamp(range.start, range.end) - range.start;
        let spans = self.spans.iter().filter_map(|span| {
            let range = shift(span.range.start)..shift(span.range.end);
            let mark = span.mark.clone();
            (!range.is_empty()).then_some(Span { range, mark })
        });
        Self {
            plain: plain.to_owned(),
            spans: spans.collect(),
        }
    }

    /// The text without white space at its ends.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        let start = self.plain.len() - self.plain.trim_start().len();
        let end = start + self.plain.trim().len();
        if (start, end) == (0, self.plain.len()) {
            return self.clone();
        }
        self.slice(start..end)
    }
}

impl Body {
    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Calls `visit` with every text of the body, in order.
    pub fn each_text_mut(&mut self, mut visit: impl FnMut(&mut Text)) {
        for block in &mut self.blocks {
            block.each_text_mut(&mut visit);
        }
    }

    /// The figures of the body, in order, also those inside lists and notes.
    pub fn figures(&self) -> Vec<&Figure> {
        let mut figures = Vec::new();
        for block in &self.blocks {
            block.add_figures(&mut figures);
        }
        figures
    }
}

impl Block {
    fn each_text_mut(&mut self, visit: &mut impl FnMut(&mut Text)) {
        match self {
            Self::Paragraph(text) | Self::Heading { text, .. } => visit(text),
            Self::Quote(quote) | Self::PullQuote(quote) => {
                quote.paragraphs.iter_mut().for_each(visit);
            }
            Self::List { items, .. } => {
                for block in items.iter_mut().flatten() {
                    block.each_text_mut(visit);
                }
            }
            Self::Figure(figure) => visit(&mut figure.caption),
            Self::Note { blocks, .. } => {
                for block in blocks {
                    block.each_text_mut(visit);
                }
            }
            Self::Table { head, rows, .. } => {
                head.iter_mut().for_each(&mut *visit);
                rows.iter_mut().flatten().for_each(visit);
            }
            Self::Rule | Self::Code { .. } => {}
        }
    }

    fn add_figures<'a>(&'a self, figures: &mut Vec<&'a Figure>) {
        let inner: Box<dyn Iterator<Item = &Self>> = match self {
            Self::Figure(figure) => {
                figures.push(figure);
                return;
            }
            Self::List { items, .. } => Box::new(items.iter().flatten()),
            Self::Note { blocks, .. } => Box::new(blocks.iter()),
            _ => return,
        };
        for block in inner {
            block.add_figures(figures);
        }
    }
}
