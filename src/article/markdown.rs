//! CommonMark becomes typed blocks.
//! It never fails: whatever the source says, there is a body, and what was odd about it is a warning.

use pulldown_cmark::{
    Alignment, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
};

use super::block::{Align, Block, Body, Link, Text, Warning};
use super::callout::{self, Node};
use super::inline::{Inline, Piece};
use super::lines::LineCounter;
use super::link::{self, Address};
use super::lint::{Finding, Lint};

/// Lists and quotes inside one another beyond this depth are laid into the one that holds them: whoever walks the blocks may
/// recurse without fear for the stack.
const MAX_DEPTH: usize = 32;

/// The most warnings of one body; a thousand of them say no more than the first hundred.
const MAX_WARNINGS: usize = 100;

/// Something that a body leans on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The line of the source, counted from 1.
    pub line: usize,
    /// The column, counted from 1 in characters.
    pub column: usize,
    /// What is named there.
    pub target: Target,
}

/// What a body may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A story of the same pack, by its id.
    Story(String),
    /// A picture, by its name inside the pack.
    Picture(String),
}

/// Reads a body.
pub fn parse(markdown: &str) -> Body {
    parse_with_references(markdown).0
}

/// Reads a body, and tells which stories and pictures it names and where.
pub fn parse_with_references(markdown: &str) -> (Body, Vec<Reference>) {
    let (body, references, _) = walk(markdown, false);
    (body, references)
}

/// Reads a body for somebody who wants to mend it: also tells what may not come out as it was meant.
pub fn parse_with_findings(markdown: &str) -> (Body, Vec<Reference>, Vec<Finding>) {
    walk(markdown, true)
}

fn walk(markdown: &str, closely: bool) -> (Body, Vec<Reference>, Vec<Finding>) {
    let markdown = markdown.strip_prefix('\u{FEFF}').unwrap_or(markdown);
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut builder = Builder::new(markdown);
    builder.lint = closely.then(|| Lint::new(markdown));
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        builder.at = range.start;
        if let Some(lint) = &mut builder.lint {
            lint.event(&event, &range);
        }
        builder.event(event);
    }
    builder.finish()
}

/// A list, an item or a quote that is not closed yet.
struct Open {
    kind: Kind,
    /// Where it begins in the source.
    at: usize,
    nodes: Vec<Node>,
}

enum Kind {
    Quote,
    List {
        start: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    Item,
}

/// A table being read.
struct TableParts {
    align: Vec<Align>,
    head: Vec<Text>,
    rows: Vec<Vec<Text>>,
    row: Vec<Text>,
    figures: Vec<Block>,
}

struct Builder<'a> {
    lines: LineCounter<'a>,
    at: usize,
    body: Vec<Node>,
    open: Vec<Open>,
    /// How many containers are open beyond [`MAX_DEPTH`].
    beyond: usize,
    inline: Option<Inline>,
    heading: bool,
    code: Option<(String, String)>,
    html: Option<String>,
    table: Option<TableParts>,
    warnings: Vec<Warning>,
    references: Vec<Reference>,
    /// Looks on, for those who check.
    lint: Option<Lint<'a>>,
}

impl<'a> Builder<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            lines: LineCounter::new(source),
            at: 0,
            body: Vec::new(),
            open: Vec::new(),
            beyond: 0,
            inline: None,
            heading: false,
            code: None,
            html: None,
            table: None,
            warnings: Vec::new(),
            references: Vec::new(),
            lint: None,
        }
    }

    fn finish(mut self) -> (Body, Vec<Reference>, Vec<Finding>) {
        self.flush();
        let blocks = self.body.into_iter().map(|node| node.block).collect();
        let body = Body {
            blocks,
            warnings: self.warnings,
        };
        let findings = self.lint.map(Lint::finish);
        (body, self.references, findings.unwrap_or_default())
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => self.inline().code(&text),
            Event::Html(html) => match &mut self.html {
                Some(text) => text.push_str(&html),
                None => self.inline_html(&html),
            },
            Event::InlineHtml(html) => self.inline_html(&html),
            Event::SoftBreak => self.inline().soft_break(),
            Event::HardBreak => self.inline().hard_break(),
            Event::Rule => self.block(Block::Rule),
            // Not asked for in the options, so they do not come.
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { .. } => {
                self.flush();
                self.heading = true;
            }
            Tag::BlockQuote(_) => self.open(Kind::Quote),
            Tag::List(start) => self.open(Kind::List {
                start,
                items: Vec::new(),
            }),
            Tag::Item => self.open(Kind::Item),
            Tag::CodeBlock(kind) => {
                self.flush();
                let language = match kind {
                    CodeBlockKind::Fenced(info) => {
                        info.split_whitespace().next().unwrap_or("").to_owned()
                    }
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, String::new()));
            }
            Tag::HtmlBlock => {
                self.flush();
                self.html = Some(String::new());
                self.warn_html();
            }
            Tag::Table(align) => {
                self.flush();
                self.table = Some(TableParts {
                    align: align.into_iter().map(lower_align).collect(),
                    head: Vec::new(),
                    rows: Vec::new(),
                    row: Vec::new(),
                    figures: Vec::new(),
                });
            }
            Tag::Emphasis => self.inline().italic(true),
            Tag::Strong => self.inline().bold(true),
            Tag::Strikethrough => self.inline().strike(true),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.link(link_type, &dest_url),
            Tag::Image {
                dest_url, title, ..
            } => self.image(&dest_url, &title),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.flush(),
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => self.close(),
            TagEnd::CodeBlock => {
                if let Some((language, mut text)) = self.code.take() {
                    if text.ends_with('\n') {
                        text.pop();
                    }
                    self.block(Block::Code { language, text });
                }
            }
            TagEnd::HtmlBlock => {
                if let Some(html) = self.html.take()
                    && !html.trim().is_empty()
                {
                    self.block(Block::Paragraph(Text::plain(html.trim())));
                }
            }
            TagEnd::TableCell => {
                let (lines, figures) = self.inline.take().unwrap_or_default().finish_together();
                if let Some(table) = &mut self.table {
                    table.row.push(lines.text);
                    table.figures.extend(figures.into_iter().map(Block::Figure));
                }
            }
            TagEnd::TableHead => {
                if let Some(table) = &mut self.table {
                    table.head = table.take_row();
                }
            }
            TagEnd::TableRow => {
                if let Some(table) = &mut self.table {
                    let row = table.take_row();
                    table.rows.push(row);
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.block(Block::Table {
                        align: table.align,
                        head: table.head,
                        rows: table.rows,
                    });
                    for figure in table.figures {
                        self.block(figure);
                    }
                }
            }
            TagEnd::Emphasis => self.inline().italic(false),
            TagEnd::Strong => self.inline().bold(false),
            TagEnd::Strikethrough => self.inline().strike(false),
            TagEnd::Link => self.inline().link(None),
            TagEnd::Image => self.end_image(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, code)) = &mut self.code {
            code.push_str(text);
        } else if let Some(html) = &mut self.html {
            html.push_str(text);
        } else {
            self.inline().text(text);
        }
    }

    fn inline(&mut self) -> &mut Inline {
        self.inline.get_or_insert_default()
    }

    fn inline_html(&mut self, html: &str) {
        self.warn_html();
        self.inline().text(html);
    }

    fn warn_html(&mut self) {
        self.warn(
            "P023",
            "Raw HTML is shown as text: write it in Markdown, or put it between backquotes.",
        );
    }

    fn link(&mut self, kind: LinkType, address: &CowStr<'_>) {
        let address = match kind {
            LinkType::Email => format!("mailto:{address}"),
            _ => address.to_string(),
        };
        let link = match link::sort(&address) {
            Address::Leads(link) => Some(link),
            Address::NotFollowed => {
                self.warn(
                    "P025",
                    &format!(
                        "A link to “{}” is not followed: links lead to https:, http:, mailto: or story: addresses.",
                        shortened(&address)
                    ),
                );
                None
            }
        };
        if let Some(Link::Story(id)) = &link {
            let target = Target::Story(id.clone());
            self.refer(target);
        }
        self.inline().link(link);
    }

    fn image(&mut self, address: &str, title: &str) {
        let name = link::picture_name(address);
        match &name {
            Some(name) => self.refer(Target::Picture(name.clone())),
            None => self.warn(
                "P025",
                &format!(
                    "The picture “{}” lies outside the pack and is never fetched: put it into images/.",
                    shortened(address)
                ),
            ),
        }
        self.inline().image_start(name, title);
    }

    fn end_image(&mut self) {
        let silent = self.inline().image_end().and_then(|figure| {
            figure
                .alt
                .is_empty()
                .then(|| format!("The picture “{}” has no alternative text: say between the brackets what it shows.", shortened(&figure.file)))
        });
        if let Some(message) = silent {
            self.warn("P033", &message);
        }
    }

    fn end_heading(&mut self, level: HeadingLevel) {
        self.heading = false;
        let (lines, figures) = self.inline.take().unwrap_or_default().finish_together();
        if !lines.text.is_blank() {
            self.block(Block::Heading {
                // The headline is the story's only heading of level 1.
                level: (level as u8).max(2),
                text: lines.text,
            });
        }
        for figure in figures {
            self.block(Block::Figure(figure));
        }
    }

    /// Ends the paragraph that is being gathered, if there is one.
    fn flush(&mut self) {
        let Some(inline) = self.inline.take() else {
            return;
        };
        for piece in inline.finish() {
            match piece {
                Piece::Words(lines) => self.node(Node::paragraph(lines)),
                Piece::Figure(figure) => self.node(Node::plain(Block::Figure(figure))),
            }
        }
    }

    fn block(&mut self, block: Block) {
        self.flush();
        self.node(Node::plain(block));
    }

    fn node(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(open) => open.nodes.push(node),
            None => self.body.push(node),
        }
    }

    fn open(&mut self, kind: Kind) {
        self.flush();
        // An item always goes into its list, so the list is what is refused.
        if self.beyond > 0 || (self.open.len() >= MAX_DEPTH && !matches!(kind, Kind::Item)) {
            self.beyond += 1;
            return;
        }
        let (nodes, at) = (Vec::new(), self.at);
        self.open.push(Open { kind, at, nodes });
    }

    fn close(&mut self) {
        self.flush();
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let Some(Open { kind, at, nodes }) = self.open.pop() else {
            return;
        };
        match kind {
            Kind::Quote => {
                let blocks = callout::lower(nodes);
                // A quote inside a quote becomes paragraphs of that one.
                let inside = self.open.iter().any(|it| matches!(it.kind, Kind::Quote));
                if let Some(lint) = self.lint.as_mut().filter(|_| !inside) {
                    lint.quote(at, &blocks);
                }
                for block in blocks {
                    self.node(Node::plain(block));
                }
            }
            Kind::Item => {
                let blocks = nodes.into_iter().map(|node| node.block).collect();
                if let Some(Open {
                    kind: Kind::List { items, .. },
                    ..
                }) = self.open.last_mut()
                {
                    items.push(blocks);
                }
            }
            Kind::List { start, items } => self.node(Node::plain(Block::List { start, items })),
        }
    }

    fn refer(&mut self, target: Target) {
        let (line, column) = self.lines.place(self.at);
        self.references.push(Reference {
            line,
            column,
            target,
        });
    }

    fn warn(&mut self, code: &'static str, message: &str) {
        if self.warnings.len() < MAX_WARNINGS {
            let (line, column) = self.lines.place(self.at);
            self.warnings.push(Warning {
                line,
                column,
                code,
                message: message.to_owned(),
            });
        }
    }
}

impl TableParts {
    /// The row that was read, as wide as the table.
    fn take_row(&mut self) -> Vec<Text> {
        let mut row = std::mem::take(&mut self.row);
        row.resize_with(self.align.len(), Text::default);
        row
    }
}

fn lower_align(align: Alignment) -> Align {
    match align {
        Alignment::None | Alignment::Left => Align::Start,
        Alignment::Center => Align::Centre,
        Alignment::Right => Align::End,
    }
}

/// At most 80 characters of what an author wrote.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
