//! One HTML page that needs nothing else, and looks well without its style.

use std::fmt::Write as _;

use super::entry::Entry;

const HEAD: &str = r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Bookmarks and passages</title>
<style>
:root { color-scheme: light dark }
body { font: 1.05rem/1.55 Georgia, serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem }
h2 { font-size: 1.3rem; line-height: 1.2; margin: 2.5rem 0 .3rem }
.source, .tags { font: .85rem/1.4 system-ui, sans-serif; opacity: .75; margin: 0 }
blockquote { margin: 1rem 0; padding: .1rem 1rem; border-left: .3rem solid #c9a227; white-space: pre-wrap }
blockquote.green { border-color: #4f9d69 } blockquote.blue { border-color: #4a7fb5 } blockquote.pink { border-color: #c76b98 }
.note { white-space: pre-wrap; font-style: italic }
</style>
</head>
<body>
<h1>Bookmarks and passages</h1>
"#;

pub(super) fn page(entries: &[Entry<'_>]) -> String {
    let mut page = HEAD.to_owned();
    for entry in entries {
        let (series, story) = (
            escaped(entry.series.as_str()),
            escaped(entry.story.as_str()),
        );
        // Writing to a string cannot fail.
        _ = writeln!(
            page,
            "<article data-series=\"{series}\" data-story=\"{story}\">"
        );
        let headline = escaped(entry.headline());
        if let Some(address) = entry.was.web_address() {
            let address = escaped(address);
            _ = writeln!(page, "<h2><a href=\"{address}\">{headline}</a></h2>");
        } else {
            _ = writeln!(page, "<h2>{headline}</h2>");
        }
        paragraph(&mut page, "source", &entry.source());
        if let Some(bookmark) = entry.bookmark {
            let tags: Vec<&str> = bookmark.tags.iter().collect();
            paragraph(&mut page, "tags", &tags.join(", "));
        }
        paragraph(&mut page, "summary", &entry.was.summary);
        for (_, text) in entry.bookmark.iter().flat_map(|it| it.remark.versions()) {
            paragraph(&mut page, "note", text);
        }
        for highlight in &entry.highlights {
            let colour = highlight.colour.1.name();
            let quote = escaped(&highlight.anchor.quote);
            _ = writeln!(page, "<blockquote class=\"{colour}\">{quote}</blockquote>");
            for (_, text) in highlight.remark.versions() {
                paragraph(&mut page, "note", text);
            }
        }
        page.push_str("</article>\n");
    }
    page.push_str("</body>\n</html>\n");
    page
}

fn paragraph(page: &mut String, class: &str, text: &str) {
    if !text.trim().is_empty() {
        _ = writeln!(page, "<p class=\"{class}\">{}</p>", escaped(text));
    }
}

/// Text in which nothing is a tag.
pub(super) fn escaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '"' => plain.push_str("&quot;"),
            '\n' | '\t' => plain.push(char),
            char if char.is_control() => plain.push(' '),
            char => plain.push(char),
        }
    }
    plain
}
