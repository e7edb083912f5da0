//! The bookmark file that browsers import, which goes back to Netscape: a list of links. Nothing in it is closed, and that is the form.

use std::fmt::Write as _;

use super::entry::Entry;
use super::html::escaped;
use crate::model::Reference;

const HEAD: &str = r#"<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
"#;

pub(super) fn list(entries: &[Entry<'_>]) -> String {
    let mut list = HEAD.to_owned();
    for entry in entries {
        let address = match entry.was.web_address() {
            Some(address) => address.to_owned(),
            None => Reference::of_story(entry.series, &entry.was.edition, entry.story).to_string(),
        };
        // Writing to a string cannot fail.
        _ = write!(list, "    <DT><A HREF=\"{}\"", escaped(&address));
        if let Some(bookmark) = entry.bookmark {
            if let Some(seconds) = bookmark.saved().seconds() {
                _ = write!(list, " ADD_DATE=\"{seconds}\"");
            }
            let tags: Vec<&str> = bookmark.tags.iter().collect();
            if !tags.is_empty() {
                _ = write!(list, " TAGS=\"{}\"", escaped(&tags.join(",")));
            }
        }
        _ = writeln!(list, ">{}</A>", escaped(entry.headline()));
        let texts = about(entry);
        if !texts.is_empty() {
            _ = writeln!(list, "    <DD>{}", escaped(&texts.join("\n\n")));
        }
    }
    list.push_str("</DL><p>\n");
    list
}

/// The note, then each passage with its own.
fn about(entry: &Entry<'_>) -> Vec<String> {
    let note = entry.bookmark.map(|it| it.remark.text());
    let mut texts: Vec<String> = note.into_iter().collect();
    for highlight in &entry.highlights {
        texts.push(format!("“{}”", highlight.anchor.quote));
        texts.push(highlight.remark.text());
    }
    texts.retain(|it| !it.trim().is_empty());
    texts
}
