//! Structures of a manifest, written out: the same text for the same values. It decides nothing.

use std::fmt::Write as _;

use super::manifest::{Clipped, Image, Story};
use super::name::Name;

/// A structure that is being written, field after field. Fields without a value are left out.
pub(super) struct Fields {
    text: String,
    depth: usize,
}

impl Fields {
    /// Begins a structure; `depth` is how many it lies inside.
    pub(super) fn new(structure: &str, depth: usize) -> Self {
        Self {
            text: format!("{structure}(\n"),
            depth,
        }
    }

    /// A field with a text.
    pub(super) fn text(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.value(name, &quoted(text));
        }
    }

    /// A field whose value is written already.
    pub(super) fn value(&mut self, name: &str, value: &str) {
        let space = "    ".repeat(self.depth + 1);
        // Writing to a string cannot fail.
        _ = writeln!(self.text, "{space}{name}: {value},");
    }

    /// A field with a list of texts, if there are any.
    pub(super) fn texts(&mut self, name: &str, texts: &[String]) {
        if !texts.is_empty() {
            let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
            self.value(name, &format!("[{}]", texts.join(", ")));
        }
    }

    /// A field with a list of structures, which lie two deeper.
    pub(super) fn list(&mut self, name: &str, structures: &[Self]) {
        let space = "    ".repeat(self.depth + 2);
        let end = "    ".repeat(self.depth + 1);
        let mut list = "[\n".to_owned();
        for it in structures {
            _ = writeln!(list, "{space}{},", it.closed());
        }
        list.push_str(&end);
        list.push(']');
        self.value(name, &list);
    }

    /// The whole structure.
    pub(super) fn finish(self) -> String {
        self.closed()
    }

    fn closed(&self) -> String {
        format!("{}{})", self.text, "    ".repeat(self.depth))
    }
}

/// A text as RON has it.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A story as it was written, but for its relations, which lead out of the new pack. It lies four deep.
///
/// `picture` says what the thumbnail's file is called there.
pub(super) fn story_fields<'a>(
    story: &'a Story,
    id: &str,
    body: Option<&Name>,
    picture: impl FnOnce(&'a str) -> &'a str,
) -> Fields {
    let mut fields = Fields::new("Story", 4);
    fields.text("id", Some(id));
    fields.text("headline", story.headline.as_deref());
    fields.text("summary", story.summary.as_deref());
    fields.texts("byline", &story.byline);
    fields.text("published", story.published.as_deref());
    fields.text("updated", story.updated.as_deref());
    if let Some(image) = &story.thumbnail {
        fields.value(
            "thumbnail",
            &written(image, image.file.as_deref().map(picture)),
        );
    }
    fields.texts("tags", &story.tags);
    fields.text("source", story.source.as_deref());
    fields.text("body", body.map(Name::as_str));
    fields
}

/// A picture of a story, under the name `file`.
fn written(image: &Image, file: Option<&str>) -> String {
    let mut fields = Fields::new("Image", 5);
    fields.text("file", file);
    fields.text("alt", image.alt.as_deref());
    fields.text("caption", image.caption.as_deref());
    fields.text("credit", image.credit.as_deref());
    fields.finish()
}

/// Where a story was taken from; `digest` is of its body where the record does not say.
pub(super) fn clipped(from: &Clipped, digest: &str) -> String {
    let mut fields = Fields::new("Clipped", 5);
    fields.text("series", from.series.as_deref());
    fields.text("edition", from.edition.as_deref());
    fields.text("title", from.title.as_deref());
    fields.text("published", from.published.as_deref());
    fields.text("publisher", from.publisher.as_deref());
    fields.text("rights", from.rights.as_deref());
    fields.text("language", from.language.as_deref());
    fields.text("story", from.story.as_deref());
    fields.text("digest", Some(from.digest.as_deref().unwrap_or(digest)));
    fields.finish()
}
