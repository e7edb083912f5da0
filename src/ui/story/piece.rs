//! A story as a run of pieces, each laid out on its own: made once when a story is opened.
//! It knows the order in which text is read, and nothing of sizes.

use std::ops::Range;
use std::sync::Arc;

use super::changed::{self, Changes};
use crate::article::{Align, Block, Figure, Link, Mark, NoteKind, Quote, Span, Text};
use crate::model::{OpenPack, Picture, Story, StoryBody, StoryChanges};
use crate::ui::meta::joined;

/// A text that can be selected: its number in reading order, and its words. Two are the same if their words are.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// Counted from 0 over the whole story.
    pub index: usize,
    /// The words.
    pub text: Text,
}

impl PartialEq for Leaf {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

/// A part of the page that is never split.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// What the story is about, above the headline.
    Label(String),
    /// The headline.
    Headline(Leaf),
    /// The standfirst.
    Standfirst(Leaf),
    /// Who wrote it, when, how long it takes, and what changed since an earlier edition.
    ///
    /// The last is a part of this piece and none of its own, so that a place in the story is the same with it and without.
    Byline(String, Option<Changes>),
    /// A picture at full measure.
    Picture {
        /// Its name in the pack.
        file: String,
        /// What it shows.
        alt: String,
        /// The caption.
        caption: Option<Leaf>,
        /// Whose it is.
        credit: String,
        /// Its size in pixels, where it could be read.
        size: Option<(u32, u32)>,
    },
    /// A paragraph.
    Paragraph(Leaf),
    /// The words of a brief: the whole story.
    Brief(Leaf),
    /// A heading, 2 to 6.
    Heading(u8, Leaf),
    /// A quote callout.
    Quote {
        /// Its paragraphs.
        words: Vec<Leaf>,
        /// The name and the role.
        by: Option<(Leaf, String)>,
        /// Whether it repeats the body's own words.
        pull: bool,
    },
    /// An item of a list: how deep, its mark, and what it holds.
    Item {
        /// 0 for a list that is in no other.
        depth: usize,
        /// A bullet or a number.
        mark: String,
        /// What it holds.
        pieces: Vec<Piece>,
        /// Whether it is the last of its list.
        last: bool,
    },
    /// A note in its panel.
    Note {
        /// Which kind.
        kind: NoteKind,
        /// Its title.
        title: Leaf,
        /// What it holds.
        pieces: Vec<Piece>,
    },
    /// A table.
    Table {
        /// An alignment a column.
        align: Vec<Align>,
        /// The head.
        head: Vec<Leaf>,
        /// The rows.
        rows: Vec<Vec<Leaf>>,
    },
    /// A thematic break.
    Rule,
    /// Preformatted text.
    Code(Leaf),
    /// What the story is about and where it first appeared.
    Foot {
        /// The tags.
        tags: Vec<String>,
        /// A sentence with a link to it.
        source: Option<Leaf>,
    },
    /// The reader's tags and note, where there are any.
    Filed,
    /// The body is on its way.
    Coming,
    /// The body could not be read.
    Failed(String),
    /// The heading above the marked passages, or above those of them that are not in this edition.
    HighlightsHeading {
        /// Whether it is above the latter.
        lost: bool,
    },
    /// A marked passage, by its number.
    Highlight(usize),
    /// The heading above the related stories.
    RelatedHeading,
    /// Related stories side by side, by row.
    Related(Vec<usize>),
    /// The space after all.
    End,
}

/// What the body's place in the page is.
pub enum BodyPart<'a> {
    /// It is on its way.
    Coming,
    /// It is here.
    Here(&'a StoryBody),
    /// It could not be read.
    Failed(&'a str),
}

/// The pieces of a story, and the words of its leaves in reading order.
#[derive(Debug, Default)]
pub struct Pieces {
    /// The pieces from top to bottom.
    pub all: Vec<Piece>,
    /// The words that a copy takes.
    pub leaves: Vec<Arc<str>>,
    /// Which of them are the texts of the body, in the order of [`crate::article::Body::texts`].
    pub body: Range<usize>,
    /// Which of the leaves are the story's text, and neither its head nor what stands below it.
    pub texts: Range<usize>,
    /// The pieces that list marked passages.
    pub(super) listed: Range<usize>,
}

impl Pieces {
    /// Lays out the order of a story; related cards stand `across` in a row.
    pub fn new(
        open: &OpenPack,
        story: &Story,
        body: &BodyPart<'_>,
        changes: Option<(&StoryChanges, bool)>,
        across: usize,
    ) -> Self {
        let mut make = Maker::default();
        make.head(open, story, body, changes);
        let start = make.leaves.len();
        match body {
            BodyPart::Coming => make.pieces.push(Piece::Coming),
            BodyPart::Failed(why) => make.pieces.push(Piece::Failed((*why).to_owned())),
            BodyPart::Here(body) => {
                for block in &body.body.blocks {
                    make.block(block, body, 0);
                }
            }
        }
        let body = start..make.leaves.len();
        // The text of a brief is its summary, which stands last in the head.
        let texts = start - usize::from(story.brief)..body.end;
        let list = make.foot(open, story, across);
        Self {
            body,
            all: make.pieces,
            leaves: make.leaves,
            texts,
            listed: list..list,
        }
    }
}

#[derive(Default)]
struct Maker {
    pieces: Vec<Piece>,
    leaves: Vec<Arc<str>>,
}

impl Maker {
    fn leaf(&mut self, text: &Text) -> Leaf {
        let index = self.leaves.len();
        self.leaves.push(Arc::from(text.plain.as_str()));
        Leaf {
            index,
            text: text.clone(),
        }
    }

    fn plain(&mut self, text: &str) -> Leaf {
        self.leaf(&Text::plain(text))
    }

    fn head(
        &mut self,
        open: &OpenPack,
        story: &Story,
        body: &BodyPart<'_>,
        changes: Option<(&StoryChanges, bool)>,
    ) {
        let section = open.edition.sections().get(story.section);
        let section = section.map_or("", |section| section.title.as_str());
        let parts: Vec<&str> = [story.tags.first().map_or("", String::as_str), section]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        if !parts.is_empty() {
            let label = parts.join(" · ").to_uppercase();
            self.pieces.push(Piece::Label(label));
        }
        let headline = self.plain(&story.headline);
        self.pieces.push(Piece::Headline(headline));
        if !story.brief && !story.summary.is_empty() {
            let standfirst = self.plain(&story.summary);
            self.pieces.push(Piece::Standfirst(standfirst));
        }
        let mut by = vec![story.byline.join(", ")];
        if by[0].is_empty() {
            let from = story.clipped.as_ref().map(|it| &it.publisher);
            by[0].clone_from(from.unwrap_or(&open.edition.info().publisher));
        }
        by.extend(story.published.map(crate::model::Date::long));
        by.extend(story.updated.map(|date| format!("updated {}", date.long())));
        match body {
            _ if story.brief => by.push("In brief".to_owned()),
            BodyPart::Here(body) => by.push(format!("{} min", body.minutes)),
            _ => {}
        }
        if let Some(from) = &story.clipped {
            by.push(format!("kept from {}", from.from()));
            by.push(from.rights.clone());
        }
        let by = joined(by.iter().map(String::as_str), "   ·   ");
        let changes = changes.map(|(changes, unfolded)| self.changes(changes, unfolded));
        self.pieces.push(Piece::Byline(by, changes));
        if let Some(picture) = &story.thumbnail {
            let sizes = match body {
                BodyPart::Here(body) => body.sizes.get(&picture.file).copied(),
                _ => None,
            };
            self.picture(picture, sizes);
        }
        if story.brief {
            let leaf = self.plain(&story.summary);
            self.pieces.push(Piece::Brief(leaf));
        }
    }

    fn changes(&mut self, changes: &StoryChanges, unfolded: bool) -> Changes {
        let mut made = Changes {
            line: format!("Changed since {}", changes.since),
            unfolded,
            lines: Vec::new(),
            remark: String::new(),
        };
        if unfolded {
            for line in changed::lines(changes) {
                made.lines
                    .push((line.label, self.leaf(&line.text), line.spoken));
            }
            let marks = changed::has_marks(changes);
            let marks = if marks {
                "What is struck through is gone; what is bold is new."
            } else {
                ""
            };
            let more = match changes.left_out {
                0 => String::new(),
                1 => "One more change is not shown.".to_owned(),
                more => format!("{more} more changes are not shown."),
            };
            made.remark = joined([marks, &more], " ");
        }
        made
    }

    fn picture(&mut self, picture: &Picture, size: Option<(u32, u32)>) {
        let caption = (!picture.caption.is_empty()).then(|| self.plain(&picture.caption));
        self.pieces.push(Piece::Picture {
            file: picture.file.clone(),
            alt: picture.alt.clone(),
            caption,
            credit: picture.credit.clone(),
            size,
        });
    }

    fn block(&mut self, block: &Block, body: &StoryBody, depth: usize) {
        let piece = match block {
            Block::Paragraph(text) => Piece::Paragraph(self.leaf(text)),
            Block::Heading { level, text } => Piece::Heading(*level, self.leaf(text)),
            Block::Quote(quote) => self.quote(quote, false),
            Block::PullQuote(quote) => self.quote(quote, true),
            Block::List { start, items } => {
                let count = items.len();
                for (nth, item) in items.iter().enumerate() {
                    let mark = match start {
                        Some(first) => format!("{}.", first.saturating_add(nth as u64)),
                        None if depth.is_multiple_of(2) => "•".to_owned(),
                        None => "–".to_owned(),
                    };
                    self.item(item, body, depth, mark, nth + 1 == count);
                }
                return;
            }
            Block::Figure(Figure { file, alt, caption }) => {
                let caption = (!caption.is_blank()).then(|| self.leaf(caption));
                Piece::Picture {
                    file: file.clone(),
                    alt: alt.clone(),
                    caption,
                    credit: String::new(),
                    size: body.sizes.get(file).copied(),
                }
            }
            Block::Note {
                kind,
                title,
                blocks,
            } => {
                let title = self.plain(title.as_deref().unwrap_or(kind.label()));
                let pieces = self.inside(blocks, body, depth);
                Piece::Note {
                    kind: *kind,
                    title,
                    pieces,
                }
            }
            Block::Table { align, head, rows } => Piece::Table {
                align: align.clone(),
                head: head.iter().map(|cell| self.leaf(cell)).collect(),
                rows: rows
                    .iter()
                    .map(|row| row.iter().map(|cell| self.leaf(cell)).collect())
                    .collect(),
            },
            Block::Rule => Piece::Rule,
            Block::Code { text, .. } => Piece::Code(self.plain(text)),
        };
        self.pieces.push(piece);
    }

    fn quote(&mut self, quote: &Quote, pull: bool) -> Piece {
        let words = quote
            .paragraphs
            .iter()
            .map(|text| self.leaf(text))
            .collect();
        let by = quote
            .attribution
            .as_ref()
            .map(|by| (self.plain(&by.name), by.role.clone()));
        Piece::Quote { words, by, pull }
    }

    /// The pieces of blocks that stand inside another piece.
    fn inside(&mut self, blocks: &[Block], body: &StoryBody, depth: usize) -> Vec<Piece> {
        let outside = std::mem::take(&mut self.pieces);
        for block in blocks {
            self.block(block, body, depth);
        }
        std::mem::replace(&mut self.pieces, outside)
    }

    fn item(&mut self, blocks: &[Block], body: &StoryBody, depth: usize, mark: String, last: bool) {
        // A list inside becomes items of its own, one deeper, so that no piece grows without bound.
        let split = blocks
            .iter()
            .position(|block| matches!(block, Block::List { .. }))
            .unwrap_or(blocks.len());
        let (own, rest) = blocks.split_at(split);
        let pieces = self.inside(own, body, depth + 1);
        self.pieces.push(Piece::Item {
            depth,
            mark,
            pieces,
            last: last && rest.is_empty() && depth == 0,
        });
        for block in rest {
            self.block(block, body, depth + 1);
        }
    }

    /// What stands below the text; returns where passages can be listed in between.
    fn foot(&mut self, open: &OpenPack, story: &Story, across: usize) -> usize {
        if !story.tags.is_empty() || story.source.is_some() {
            let source = story.source.as_deref();
            let source = source.map(|address| self.leaf(&source_line(address)));
            self.pieces.push(Piece::Foot {
                tags: story.tags.clone(),
                source,
            });
        }
        self.pieces.push(Piece::Filed);
        let list = self.pieces.len();
        let related: Vec<usize> = story
            .related
            .iter()
            .filter_map(|id| open.edition.row_of(id))
            .collect();
        if !related.is_empty() {
            self.pieces.push(Piece::RelatedHeading);
            for rows in related.chunks(across.max(1)) {
                self.pieces.push(Piece::Related(rows.to_vec()));
            }
        }
        self.pieces.push(Piece::End);
        list
    }
}

/// Where a story first appeared, as a link.
fn source_line(address: &str) -> Text {
    let words = "First published at ";
    let plain = format!("{words}{address}");
    let mark = Mark {
        link: Some(Link::Web(address.to_owned())),
        ..Mark::default()
    };
    Text {
        spans: vec![Span {
            range: words.len()..plain.len(),
            mark,
        }],
        plain,
    }
}
