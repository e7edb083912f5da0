//! Takes a body apart into its passages, in reading order. It copies no text that stands in the body as it is.

use std::borrow::Cow;

use super::{Kind, Passage};
use crate::article::block::{Block, Body, Figure, Quote, Text};

/// A passage, as it stands in its body.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Found<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its words.
    pub text: Cow<'a, str>,
}

impl Found<'_> {
    /// The same for keeping, as number `at` of its body.
    pub fn passage(&self, at: usize) -> Passage {
        Passage {
            at,
            kind: self.kind,
            text: self.text.clone().into_owned(),
        }
    }
}

/// The passages of a body.
pub(super) fn passages(body: &Body) -> Vec<Found<'_>> {
    let mut found = Vec::new();
    for block in &body.blocks {
        add(block, Kind::Paragraph, &mut found);
    }
    found
}

/// Adds the passages of a block; prose in it is of the kind `prose`.
fn add<'a>(block: &'a Block, prose: Kind, found: &mut Vec<Found<'a>>) {
    let mut push = |kind, text| found.push(Found { kind, text });
    match block {
        Block::Paragraph(text) => push(prose, Cow::from(&text.plain)),
        Block::Heading { text, .. } => push(Kind::Heading, Cow::from(&text.plain)),
        Block::Quote(quote) => add_quote(quote, Kind::Quote, found),
        Block::PullQuote(quote) => add_quote(quote, Kind::PullQuote, found),
        Block::List { items, .. } => {
            for item in items {
                for (nth, block) in item.iter().enumerate() {
                    let own = if nth == 0 {
                        Kind::Item
                    } else {
                        Kind::Paragraph
                    };
                    add(block, own, found);
                }
            }
        }
        Block::Figure(figure) => push(Kind::Picture, Cow::from(picture(figure))),
        Block::Note {
            kind,
            title,
            blocks,
        } => {
            let title = title.as_deref().unwrap_or(kind.label());
            push(Kind::Note, Cow::from(title));
            for block in blocks {
                add(block, Kind::Paragraph, found);
            }
        }
        Block::Table { head, rows, .. } => {
            for cells in std::iter::once(head).chain(rows) {
                push(Kind::Row, Cow::from(row(cells)));
            }
        }
        Block::Rule => push(Kind::Rule, Cow::from("* * *")),
        Block::Code { text, .. } => push(Kind::Code, Cow::from(text)),
    }
}

fn add_quote<'a>(quote: &'a Quote, kind: Kind, found: &mut Vec<Found<'a>>) {
    for paragraph in &quote.paragraphs {
        let text = Cow::from(&paragraph.plain);
        found.push(Found { kind, text });
    }
    if let Some(who) = &quote.attribution {
        found.push(Found {
            kind: Kind::Attribution,
            text: Cow::from(who.line()),
        });
    }
}

/// Caption and description, and the name: another picture under the same caption is a change.
fn picture(figure: &Figure) -> String {
    let parts = [figure.caption.plain.trim(), figure.alt.trim()];
    let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if said.is_empty() {
        return figure.file.clone();
    }
    format!("{} ({})", said.join(" — "), figure.file)
}

fn row(cells: &[Text]) -> String {
    let cells: Vec<&str> = cells.iter().map(|cell| cell.plain.as_str()).collect();
    cells.join("\t")
}
