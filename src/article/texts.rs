//! The texts of a body, one after the other: what a block number in a reference or in the anchor of a passage counts.

use super::block::{Block, Body, Quote};

impl Body {
    /// Every text one can point at, in reading order: a paragraph, a heading, each paragraph of a quote and then who is quoted, a
    /// caption, the title of a note and then what it holds, each cell of a table, a block of code. A caption that is empty is none;
    /// a cell that is empty is one. A note without a title has that of its kind.
    pub fn texts(&self) -> Vec<&str> {
        let mut texts = Vec::new();
        for block in &self.blocks {
            add(block, &mut texts);
        }
        texts
    }
}

fn add<'a>(block: &'a Block, texts: &mut Vec<&'a str>) {
    match block {
        Block::Paragraph(text) | Block::Heading { text, .. } => texts.push(&text.plain),
        Block::Quote(quote) | Block::PullQuote(quote) => add_quote(quote, texts),
        Block::List { items, .. } => {
            for block in items.iter().flatten() {
                add(block, texts);
            }
        }
        Block::Figure(figure) => {
            if !figure.caption.is_blank() {
                texts.push(&figure.caption.plain);
            }
        }
        Block::Note {
            kind,
            title,
            blocks,
        } => {
            texts.push(title.as_deref().unwrap_or(kind.label()));
            for block in blocks {
                add(block, texts);
            }
        }
        Block::Table { head, rows, .. } => {
            let cells = head.iter().chain(rows.iter().flatten());
            texts.extend(cells.map(|cell| cell.plain.as_str()));
        }
        Block::Code { text, .. } => texts.push(text),
        Block::Rule => {}
    }
}

fn add_quote<'a>(quote: &'a Quote, texts: &mut Vec<&'a str>) {
    texts.extend(quote.paragraphs.iter().map(|text| text.plain.as_str()));
    texts.extend(quote.attribution.as_ref().map(|who| who.name.as_str()));
}

#[cfg(test)]
mod tests {
    use crate::article::parse;

    #[test]
    fn every_text_counts_once_and_in_order() {
        let cases: [(&str, &[&str]); 9] = [
            ("", &[]),
            (
                "One *two*.\n\n## Three\n\nFour",
                &["One two.", "Three", "Four"],
            ),
            (
                "> Said.\n>\n> Again.\n> — Ana Lee, mayor",
                &["Said.", "Again.", "Ana Lee"],
            ),
            ("> [!PULLQUOTE]\n> Again\n\nAfter", &["Again", "After"]),
            ("- a\n- b\n  - c\n\ne", &["a", "b", "c", "e"]),
            (
                "![A map](images/m.png \"The coast\")\n\n![A map](images/m.png)\n\nEnd",
                &["The coast", "End"],
            ),
            (
                "> [!CORRECTION]\n> It was blue.\n\n> [!NOTE]\n> **To readers**\n> Hello.",
                &["Correction", "It was blue.", "To readers", "Hello."],
            ),
            ("| a | b |\n|---|---|\n| 1 |  |", &["a", "b", "1", ""]),
            ("a\n\n---\n\n```\nb\n```", &["a", "b"]),
        ];
        for (markdown, texts) in cases {
            assert_eq!(parse(markdown).texts(), texts, "{markdown}");
        }
    }
}
