//! A body as plain text, its length in words, and how long it takes to read.
//! Pull quotes are left out everywhere: they only repeat the body's own words.

use super::block::{Attribution, Block, Body, NoteKind, Text};
use super::inline::is_unspaced;

/// How many words a minute somebody reads.
const WORDS_A_MINUTE: usize = 230;

impl Body {
    /// The body as plain text: paragraphs with an empty line between them.
    pub fn plain(&self) -> String {
        let mut parts = Vec::new();
        for block in &self.blocks {
            add(block, &mut parts);
        }
        parts.join("\n\n")
    }

    /// The number of words; two characters of Chinese or Japanese count as one.
    pub fn words(&self) -> usize {
        let mut words = 0;
        for block in &self.blocks {
            each_text(block, &mut |text| words += count(text));
        }
        words
    }

    /// How long it takes to read, in minutes; at least one.
    pub fn minutes(&self) -> usize {
        self.words().div_ceil(WORDS_A_MINUTE).max(1)
    }
}

impl NoteKind {
    /// What a note without a title is called.
    pub fn label(self) -> &'static str {
        match self {
            Self::Editor => "Editor’s note",
            Self::Correction => "Correction",
            Self::Update => "Update",
            Self::KeyFacts => "Key facts",
        }
    }
}

impl Attribution {
    /// `Name, role`, or the name alone.
    pub fn line(&self) -> String {
        if self.role.is_empty() {
            self.name.clone()
        } else {
            format!("{}, {}", self.name, self.role)
        }
    }
}

fn add(block: &Block, parts: &mut Vec<String>) {
    match block {
        Block::Paragraph(text) | Block::Heading { text, .. } => parts.push(text.plain.clone()),
        Block::Quote(quote) => {
            let mut lines: Vec<String> = quote.paragraphs.iter().map(|p| p.plain.clone()).collect();
            if let Some(who) = &quote.attribution {
                lines.push(format!("— {}", who.line()));
            }
            parts.push(lines.join("\n"));
        }
        Block::PullQuote(_) => {}
        Block::List { start, items } => parts.push(list(*start, items)),
        Block::Figure(figure) => {
            let words = if figure.caption.is_blank() {
                &figure.alt
            } else {
                &figure.caption.plain
            };
            if !words.is_empty() {
                parts.push(format!("[{words}]"));
            }
        }
        Block::Note {
            kind,
            title,
            blocks,
        } => {
            parts.push(title.clone().unwrap_or_else(|| kind.label().to_owned()));
            for block in blocks {
                add(block, parts);
            }
        }
        Block::Table { head, rows, .. } => {
            let line = |row: &Vec<Text>| {
                let cells: Vec<&str> = row.iter().map(|cell| cell.plain.as_str()).collect();
                cells.join("\t")
            };
            let lines: Vec<String> = std::iter::once(head).chain(rows).map(line).collect();
            parts.push(lines.join("\n"));
        }
        Block::Rule => parts.push("* * *".to_owned()),
        Block::Code { text, .. } => parts.push(text.clone()),
    }
}

fn list(start: Option<u64>, items: &[Vec<Block>]) -> String {
    let mut lines = Vec::with_capacity(items.len());
    for (i, item) in items.iter().enumerate() {
        let sign = match start {
            Some(start) => format!("{}. ", start.saturating_add(i as u64)),
            None => "• ".to_owned(),
        };
        let mut parts = Vec::new();
        for block in item {
            add(block, &mut parts);
        }
        let indent = format!("\n{}", " ".repeat(sign.chars().count()));
        lines.push(format!("{sign}{}", parts.join("\n").replace('\n', &indent)));
    }
    lines.join("\n")
}

/// Calls `visit` with every run of text that a reader reads, in order.
fn each_text(block: &Block, visit: &mut impl FnMut(&str)) {
    match block {
        Block::Paragraph(text) | Block::Heading { text, .. } => visit(&text.plain),
        Block::Quote(quote) => {
            for paragraph in &quote.paragraphs {
                visit(&paragraph.plain);
            }
            if let Some(who) = &quote.attribution {
                visit(&who.name);
                visit(&who.role);
            }
        }
        Block::List { items, .. } => {
            for block in items.iter().flatten() {
                each_text(block, visit);
            }
        }
        Block::Figure(figure) => visit(&figure.caption.plain),
        Block::Note { title, blocks, .. } => {
            visit(title.as_deref().unwrap_or_default());
            for block in blocks {
                each_text(block, visit);
            }
        }
        Block::Table { head, rows, .. } => {
            for cell in head.iter().chain(rows.iter().flatten()) {
                visit(&cell.plain);
            }
        }
        Block::Code { text, .. } => visit(text),
        Block::PullQuote(_) | Block::Rule => {}
    }
}

fn count(text: &str) -> usize {
    let mut words = 0;
    let mut unspaced = 0_usize;
    for token in text.split_whitespace() {
        let mut rest = false;
        for c in token.chars().filter(|c| c.is_alphanumeric()) {
            if is_unspaced(c) {
                unspaced += 1;
            } else {
                rest = true;
            }
        }
        words += usize::from(rest);
    }
    words + unspaced.div_ceil(2)
}

#[cfg(test)]
mod tests {
    use crate::article::parse;

    #[test]
    fn plain_text_keeps_the_words_and_skips_pull_quotes() {
        let cases = [
            ("One *two*\nthree.", "One two three."),
            ("## Head\n\nText", "Head\n\nText"),
            ("> Said.\n> — Ana Lee, mayor", "Said.\n— Ana Lee, mayor"),
            (
                "Before\n\n> [!PULLQUOTE]\n> Again\n\nAfter",
                "Before\n\nAfter",
            ),
            ("- a\n- b\n  - c", "• a\n• b\n  • c"),
            ("3. a\n4. b", "3. a\n4. b"),
            (
                "> [!CORRECTION]\n> It was blue.",
                "Correction\n\nIt was blue.",
            ),
            (
                "> [!NOTE]\n> **To readers**\n> Hello.",
                "To readers\n\nHello.",
            ),
            ("| a | b |\n|---|---|\n| 1 | 2 |", "a\tb\n1\t2"),
            ("![A map](images/m.png \"The coast\")", "[The coast]"),
            ("a\n\n---\n\nb", "a\n\n* * *\n\nb"),
            ("", ""),
        ];
        for (markdown, plain) in cases {
            assert_eq!(parse(markdown).plain(), plain, "{markdown}");
        }
    }

    #[test]
    fn counts_words_and_minutes() {
        let cases = [
            ("", 0),
            ("One two — three", 3),
            ("one\n\n> [!PULLQUOTE]\n> one\n", 1),
            ("> said it\n> — Ana, mayor", 4),
            ("日本語の新聞", 3),
            ("שלום עולם", 2),
        ];
        for (markdown, words) in cases {
            assert_eq!(parse(markdown).words(), words, "{markdown}");
        }
        assert_eq!(parse("").minutes(), 1);
        assert_eq!(parse(&"word ".repeat(230)).minutes(), 1);
        assert_eq!(parse(&"word ".repeat(231)).minutes(), 2);
    }
}
