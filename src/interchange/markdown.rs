//! Markdown: a section a story, passages as quotes.

use std::fmt::Write as _;

use super::entry::Entry;

pub(super) fn page(entries: &[Entry<'_>]) -> String {
    let mut page = "# Bookmarks and passages\n".to_owned();
    for entry in entries {
        // Writing to a string cannot fail.
        _ = write!(page, "\n## {}\n\n", line(entry.headline()));
        let source = entry.source();
        if !source.is_empty() {
            _ = writeln!(page, "{}  ", line(&source));
        }
        if let Some(bookmark) = entry.bookmark {
            let saved = bookmark.saved().to_string();
            if let Some(day) = saved.get(..10) {
                _ = writeln!(page, "Saved {day}  ");
            }
            let tags: Vec<String> = bookmark.tags.iter().map(line).collect();
            if !tags.is_empty() {
                _ = writeln!(page, "Tags: {}  ", tags.join(", "));
            }
        }
        let (series, story) = (entry.series.as_str(), entry.story.as_str());
        _ = writeln!(page, "`{}/{}`", code(series), code(story));
        if !entry.was.summary.is_empty() {
            _ = write!(page, "\n{}\n", line(&entry.was.summary));
        }
        for (_, text) in entry.bookmark.iter().flat_map(|it| it.remark.versions()) {
            note(&mut page, text);
        }
        for highlight in &entry.highlights {
            page.push('\n');
            for part in highlight.anchor.quote.split('\n') {
                _ = writeln!(page, "{}", format!("> {}", line(part)).trim_end());
            }
            for (_, text) in highlight.remark.versions() {
                note(&mut page, text);
            }
        }
    }
    page
}

fn note(page: &mut String, text: &str) {
    if text.trim().is_empty() {
        return;
    }
    let lines: Vec<String> = text.lines().map(line).collect();
    _ = write!(page, "\nNote: {}\n", lines.join("\\\n"));
}

/// Text on one line that Markdown reads as what it is.
fn line(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    // Blanks at the start of a line hide no mark from Markdown, and mean nothing to a reader.
    let text = text.trim_start();
    for (at, char) in text.chars().enumerate() {
        match char {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' => {
                plain.push('\\');
                plain.push(char);
            }
            '#' | '-' | '+' | '=' if at == 0 => {
                plain.push('\\');
                plain.push(char);
            }
            '.' | ')' if at > 0 && text.chars().take(at).all(|it| it.is_ascii_digit()) => {
                plain.push('\\');
                plain.push(char);
            }
            char if char.is_control() => plain.push(' '),
            char => plain.push(char),
        }
    }
    plain
}

/// Text between back-quotes.
fn code(text: &str) -> String {
    text.replace(['`', '\n', '\r'], " ")
}
