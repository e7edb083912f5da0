//! What a block quote is: words somebody said, a pull quote, or one of the notes.
//! It never reads Markdown; it is given the blocks that stood in the quote.

use super::block::{Attribution, Block, Figure, Mark, NoteKind, Quote, Span, Text};
use super::inline::Lines;

/// A block with the lines of its source, where it is a paragraph.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) block: Block,
    /// Where each line after the first begins.
    pub(super) starts: Vec<usize>,
}

impl Node {
    pub(super) fn plain(block: Block) -> Self {
        Self {
            block,
            starts: Vec::new(),
        }
    }

    pub(super) fn paragraph(lines: Lines) -> Self {
        Self {
            block: Block::Paragraph(lines.text),
            starts: lines.starts,
        }
    }

    fn lines(&self) -> Option<Lines> {
        match &self.block {
            Block::Paragraph(text) => Some(Lines {
                text: text.clone(),
                starts: self.starts.clone(),
            }),
            _ => None,
        }
    }
}

/// What follows `[!` and precedes `]`.
enum Marker {
    PullQuote,
    Note(NoteKind),
}

impl Marker {
    fn read(line: &str) -> Option<Self> {
        let word = line.strip_prefix("[!")?.strip_suffix(']')?;
        Some(match word.to_ascii_uppercase().as_str() {
            "PULLQUOTE" => Self::PullQuote,
            "NOTE" => Self::Note(NoteKind::Editor),
            "CORRECTION" => Self::Note(NoteKind::Correction),
            "UPDATE" => Self::Note(NoteKind::Update),
            "KEYFACTS" => Self::Note(NoteKind::KeyFacts),
            _ => return None,
        })
    }
}

/// Turns the content of a block quote into blocks.
pub(super) fn lower(mut nodes: Vec<Node>) -> Vec<Block> {
    let marker = nodes
        .first()
        .and_then(Node::lines)
        .and_then(|lines| Marker::read(&lines.first().plain));
    if marker.is_some() {
        drop_first_line(&mut nodes);
    }
    match marker {
        Some(Marker::Note(kind)) => {
            let title = take_title(&mut nodes);
            let blocks: Vec<Block> = nodes.into_iter().map(|node| node.block).collect();
            if blocks.is_empty() && title.is_none() {
                return Vec::new();
            }
            vec![Block::Note {
                kind,
                title,
                blocks,
            }]
        }
        Some(Marker::PullQuote) => quote(nodes, Block::PullQuote),
        None => quote(nodes, Block::Quote),
    }
}

fn quote(mut nodes: Vec<Node>, wrap: fn(Quote) -> Block) -> Vec<Block> {
    let attribution = take_attribution(&mut nodes);
    let mut leaves = Leaves::default();
    for node in nodes {
        leaves.add(node.block, "");
    }
    let mut blocks = Vec::new();
    if !leaves.paragraphs.is_empty() {
        blocks.push(wrap(Quote {
            paragraphs: leaves.paragraphs,
            attribution,
        }));
    }
    blocks.extend(leaves.figures.into_iter().map(Block::Figure));
    blocks
}

fn drop_first_line(nodes: &mut Vec<Node>) {
    let Some(rest) = nodes
        .first()
        .and_then(Node::lines)
        .map(|l| l.without_first())
    else {
        return;
    };
    if rest.text.is_blank() {
        nodes.remove(0);
    } else if let Some(first) = nodes.first_mut() {
        *first = Node::paragraph(rest);
    }
}

/// Takes the title: a first line that is bold from end to end.
fn take_title(nodes: &mut Vec<Node>) -> Option<String> {
    let line = nodes.first()?.lines()?.first();
    let end = line.plain.len();
    let mut covered = 0;
    for span in &line.spans {
        if span.mark.bold && span.range.start == covered {
            covered = span.range.end;
        }
    }
    if end == 0 || covered < end {
        return None;
    }
    drop_first_line(nodes);
    Some(line.plain)
}

/// Takes the attribution: a last line that begins with a dash, below at least one line of words.
fn take_attribution(nodes: &mut Vec<Node>) -> Option<Attribution> {
    let lines = nodes.last()?.lines()?;
    let last = lines.last().plain;
    let who = after_dash(&last)?;
    let rest = lines.without_last();
    if !rest.text.is_blank() {
        *nodes.last_mut()? = Node::paragraph(rest);
    } else if nodes.len() > 1 {
        nodes.pop();
    } else {
        return None;
    }
    // A dash with nothing after it names nobody, but is no part of the words either.
    (!who.is_empty()).then(|| attribution(who))
}

/// What follows the dash of an attribution.
fn after_dash(line: &str) -> Option<&str> {
    if let Some(rest) = line.strip_prefix('—') {
        return Some(rest.trim());
    }
    // Typed on a keyboard without the dash.
    line.strip_prefix("-- ").map(str::trim)
}

/// Reads `Name, role`.
fn attribution(who: &str) -> Attribution {
    // The comma of the language: Latin, Arabic, Chinese and Japanese.
    let (name, role) = who.split_once([',', '،', '，', '、']).unwrap_or((who, ""));
    let (name, role) = match name.trim() {
        "" => (who, ""),
        name => (name, role.trim()),
    };
    Attribution {
        name: name.to_owned(),
        role: role.to_owned(),
    }
}

/// A quotation is paragraphs; whatever else stood in it is put into paragraphs, so that no word is lost.
#[derive(Default)]
struct Leaves {
    paragraphs: Vec<Text>,
    figures: Vec<Figure>,
}

impl Leaves {
    fn add(&mut self, block: Block, prefix: &str) {
        match block {
            Block::Paragraph(text) => self.push(text, prefix),
            Block::Heading { text, .. } => {
                let range = 0..text.plain.len();
                let mark = Mark {
                    bold: true,
                    ..Mark::default()
                };
                self.push(with_mark(text.plain, range, mark), prefix);
            }
            Block::Quote(quote) | Block::PullQuote(quote) => {
                for paragraph in quote.paragraphs {
                    self.push(paragraph, prefix);
                }
                if let Some(Attribution { name, role }) = quote.attribution {
                    let comma = if role.is_empty() { "" } else { ", " };
                    self.push(Text::plain(format!("— {name}{comma}{role}")), prefix);
                }
            }
            Block::List { start, items } => {
                for (i, item) in items.into_iter().enumerate() {
                    let sign = match start {
                        Some(start) => format!("{prefix}{}. ", start.saturating_add(i as u64)),
                        None => format!("{prefix}• "),
                    };
                    let mut sign = sign.as_str();
                    for block in item {
                        self.add(block, sign);
                        sign = "";
                    }
                }
            }
            Block::Figure(figure) => self.figures.push(figure),
            Block::Note { title, blocks, .. } => {
                if let Some(title) = title {
                    self.push(Text::plain(title), prefix);
                }
                for block in blocks {
                    self.add(block, "");
                }
            }
            Block::Table { head, rows, .. } => {
                for row in std::iter::once(head).chain(rows) {
                    let cells: Vec<String> = row.into_iter().map(|cell| cell.plain).collect();
                    self.push(Text::plain(cells.join(" · ")), prefix);
                }
            }
            Block::Code { text, .. } => {
                let range = 0..text.len();
                let mark = Mark {
                    code: true,
                    ..Mark::default()
                };
                self.push(with_mark(text, range, mark), prefix);
            }
            Block::Rule => {}
        }
    }

    fn push(&mut self, mut text: Text, prefix: &str) {
        if text.is_blank() {
            return;
        }
        if !prefix.is_empty() {
            text.plain.insert_str(0, prefix);
            for span in &mut text.spans {
                span.range.start += prefix.len();
                span.range.end += prefix.len();
            }
        }
        self.paragraphs.push(text);
    }
}

fn with_mark(plain: String, range: std::ops::Range<usize>, mark: Mark) -> Text {
    let spans = if range.is_empty() {
        Vec::new()
    } else {
        vec![Span { range, mark }]
    };
    Text { plain, spans }
}
