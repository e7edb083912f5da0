//! CSV after RFC 4180: a line a bookmark, then one for each passage of its story.

use super::entry::Entry;

const HEADER: [&str; 15] = [
    "kind",
    "series",
    "edition",
    "story",
    "headline",
    "summary",
    "publisher",
    "pack",
    "published",
    "saved",
    "tags",
    "note",
    "passage",
    "colour",
    "origin",
];

pub(super) fn table(entries: &[Entry<'_>]) -> String {
    let mut table = String::new();
    row(&mut table, &HEADER);
    for entry in entries {
        let was = entry.was;
        let published = was.published.as_deref().unwrap_or_default();
        let line = |kind, saved: &str, tags: &str, note: &str, passage, colour| {
            let (series, story) = (entry.series.as_str(), entry.story.as_str());
            [
                kind,
                series,
                &was.edition,
                story,
                &was.headline,
                &was.summary,
                &was.publisher,
                &was.pack_title,
                published,
                saved,
                tags,
                note,
                passage,
                colour,
                &was.origin,
            ]
            .map(str::to_owned)
        };
        if let Some(it) = entry.bookmark {
            let tags: Vec<&str> = it.tags.iter().collect();
            let (saved, tags) = (it.saved().to_string(), tags.join("; "));
            let note = it.remark.text();
            row(&mut table, &line("bookmark", &saved, &tags, &note, "", ""));
        }
        for it in &entry.highlights {
            let (saved, note) = (it.life.made.to_string(), it.remark.text());
            let colour = it.colour.1.name();
            let passage = it.anchor.quote.as_str();
            row(
                &mut table,
                &line("passage", &saved, "", &note, passage, colour),
            );
        }
    }
    table
}

fn row(table: &mut String, cells: &[impl AsRef<str>]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            table.push(',');
        }
        table.push_str(&quoted(cell.as_ref()));
    }
    table.push_str("\r\n");
}

/// A cell. One that a spreadsheet would take for a formula begins with an apostrophe, as is the custom.
fn quoted(text: &str) -> String {
    let begins = text.trim_start();
    let formula = begins.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let guard = if formula || text.starts_with(['\t', '\r']) {
        "'"
    } else {
        ""
    };
    let plain = !text.contains([',', '"', '\n', '\r']) && text.trim() == text;
    if plain {
        format!("{guard}{text}")
    } else {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    }
}
